//! Gold questions: what a fair judge would accept as the reply.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::dialogue::Dialogues;
use super::wanted::{Form, ItemName, Wanted, Wish};

/// A file for `eval`: one of two kinds, told apart by its tables.
#[derive(Clone, Debug)]
pub enum GoldFile {
    /// It has `[[question]]`.
    Questions(Gold),
    /// It has `[[dialogue]]`.
    Dialogues(Dialogues),
}

/// A file of gold questions.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Ids of the stories that are loaded together for it; seldom more than one.
    pub stories: Vec<String>,
    /// What must be reached, over both halves.
    pub floor: Option<Floor>,
    /// The questions.
    pub questions: Vec<Question>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    story: Option<String>,
    stories: Option<Vec<String>>,
    floor: Option<Floor>,
    #[serde(rename = "question")]
    questions: Vec<Question>,
}

/// The least that `eval` accepts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// Share 0..1 of answerable questions with a right reply.
    pub right: f32,
    /// Share 0..1 of unanswerable questions that may be answered as if they were not.
    pub invented: f32,
}

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As somebody would type it.
    pub q: String,
    /// What a right reply does: one of these, or all of them for `list` and `both`.
    pub want: Vec<Wanted>,
    /// A word to group by.
    pub kind: String,
    /// Which half it belongs to.
    #[serde(default)]
    pub half: Half,
    /// Everything wanted must be shown, over all pages, and little else.
    #[serde(default)]
    pub list: bool,
    /// Everything wanted must be shown in the one reply.
    #[serde(default)]
    pub both: bool,
    /// What a list may show besides.
    #[serde(default)]
    pub may: Vec<ItemName>,
}

/// Tuning looks at one half only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// May be looked at while tuning.
    #[default]
    Dev,
    /// Never looked at while tuning.
    Held,
}

/// A gold file that cannot be read.
#[derive(Debug, Error)]
#[error("not a file of {kind}: {reason}")]
pub struct GoldError {
    kind: &'static str,
    reason: String,
}

impl GoldError {
    pub(super) fn new(kind: &'static str, reason: String) -> Self {
        Self { kind, reason }
    }
}

const KIND: &str = "gold questions";

impl GoldFile {
    /// Reads a file of either kind.
    ///
    /// # Errors
    /// When the text is not TOML of one of the two shapes; the message is one line.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        #[derive(Deserialize)]
        struct Tables {
            question: Option<IgnoredAny>,
            dialogue: Option<IgnoredAny>,
        }
        // A file that is no TOML at all, or has neither table, gets the message for questions.
        match toml::from_str(text) {
            Ok(Tables { question: None, dialogue: Some(_) }) => Dialogues::parse(text).map(Self::Dialogues),
            _ => Gold::parse(text).map(Self::Questions),
        }
    }

    /// Ids of the stories that are loaded together for it.
    pub fn stories(&self) -> &[String] {
        match self {
            Self::Questions(gold) => &gold.stories,
            Self::Dialogues(dialogues) => &dialogues.stories,
        }
    }
}

impl Gold {
    /// Reads a file of gold questions.
    ///
    /// # Errors
    /// When the text is not TOML of that shape; the message is one line.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        let shape: Shape = shape(text, KIND)?;
        let stories = stories(shape.story, shape.stories).map_err(|reason| GoldError::new(KIND, reason))?;
        for (n, question) in shape.questions.iter().enumerate() {
            if let Some(fault) = question.fault(&stories) {
                return Err(GoldError::new(KIND, format!("question {}, {:?}: {fault}", n + 1, question.q)));
            }
        }
        Ok(Self { stories, floor: shape.floor, questions: shape.questions })
    }
}

impl Question {
    /// What is wanted of the reply.
    pub fn wish(&self) -> Wish<'_> {
        let form = match (self.list, self.both) {
            (true, _) => Form::List,
            (false, true) => Form::Both,
            (false, false) => Form::One,
        };
        Wish { want: &self.want, may: &self.may, form }
    }

    fn fault(&self, stories: &[String]) -> Option<String> {
        match self {
            Self { list: true, both: true, .. } => Some("it has `list` and `both`; keep one of them".to_owned()),
            Self { want, .. } if want.is_empty() => {
                Some("`want` is empty; write \"unknown\" where the story does not say".to_owned())
            }
            _ => self.wish().fault(stories),
        }
    }
}

/// The file as it is written, or in one line why it has not that shape.
pub(super) fn shape<T: DeserializeOwned>(text: &str, kind: &'static str) -> Result<T, GoldError> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(0, |s| text.get(..s.start).unwrap_or_default().matches('\n').count() + 1);
        GoldError::new(kind, format!("line {line}: {}", e.message()))
    })
}

/// The stories of a file, from the two keys that may name them.
pub(super) fn stories(story: Option<String>, stories: Option<Vec<String>>) -> Result<Vec<String>, String> {
    match (story, stories) {
        (Some(one), None) => Ok(vec![one]),
        (None, Some(several)) if !several.is_empty() => Ok(several),
        _ => Err("write either story = \"ID\" or stories = [\"ID\", \"ID\"]".to_owned()),
    }
}
