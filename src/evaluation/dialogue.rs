//! Dialogues: messages of one conversation in order, each with what a fair judge would accept as the reply.

use serde::Deserialize;

use super::gold::{GoldError, Half, shape, stories};
use super::wanted::{Form, ItemName, Wanted, Wish};

/// A file of dialogues.
#[derive(Clone, Debug)]
pub struct Dialogues {
    /// Ids of the stories that are loaded together for it; seldom more than one.
    pub stories: Vec<String>,
    /// What must be reached, over both halves.
    pub floor: Option<TurnFloor>,
    /// The dialogues.
    pub dialogues: Vec<Dialogue>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    story: Option<String>,
    stories: Option<Vec<String>>,
    floor: Option<TurnFloor>,
    #[serde(rename = "dialogue")]
    dialogues: Vec<Dialogue>,
}

/// The least that `eval` accepts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnFloor {
    /// Share 0..1 of follow-up turns with a right reply.
    pub right: f32,
}

/// One conversation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// What to call it.
    pub name: String,
    /// Which half it belongs to.
    #[serde(default)]
    pub half: Half,
    /// Whether it goes over to another subject on its way.
    #[serde(default)]
    pub changes: bool,
    /// Its messages in order.
    #[serde(rename = "turn")]
    pub turns: Vec<Turn>,
}

/// One message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// As somebody would type it.
    pub say: String,
    /// How it hangs together with what came before.
    pub kind: TurnKind,
    /// What a right reply does: one of these, or all of them for `list`; empty: anything but making something up.
    pub want: Vec<Wanted>,
    /// Everything wanted must be shown, over all pages, and little else.
    #[serde(default)]
    pub list: bool,
    /// What a list may show besides.
    #[serde(default)]
    pub may: Vec<ItemName>,
    /// Asks for the second thing that the reply before showed or offered.
    #[serde(default)]
    pub second: bool,
}

/// How a message hangs together with what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TurnKind {
    /// The first of a dialogue.
    Opening,
    /// Understood only with what came before.
    Followup,
    /// Another subject; understood alone.
    New,
    /// Thanks, help, where it is from.
    Meta,
}

impl TurnKind {
    /// The word used in files and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Followup => "followup",
            Self::New => "new",
            Self::Meta => "meta",
        }
    }
}

const KIND: &str = "dialogues";

impl Dialogues {
    /// Reads a file of dialogues.
    ///
    /// # Errors
    /// When the text is not TOML of that shape; the message is one line.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        let shape: Shape = shape(text, KIND)?;
        let stories = stories(shape.story, shape.stories).map_err(|reason| GoldError::new(KIND, reason))?;
        for dialogue in &shape.dialogues {
            for (n, turn) in dialogue.turns.iter().enumerate() {
                if let Some(fault) = turn.wish().fault(&stories) {
                    let at = format!("dialogue {:?}, turn {}", dialogue.name, n + 1);
                    return Err(GoldError::new(KIND, format!("{at}: {fault}")));
                }
            }
        }
        Ok(Self { stories, floor: shape.floor, dialogues: shape.dialogues })
    }
}

impl Turn {
    /// What is wanted of the reply.
    pub fn wish(&self) -> Wish<'_> {
        let form = if self.list { Form::List } else { Form::One };
        Wish { want: &self.want, may: &self.may, form }
    }
}
