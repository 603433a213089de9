//! A message as it goes out: a card or text, and rows of buttons or a menu. Pure; `deliver` writes it for Discord.

use super::press::Press;
use super::render::Card;

/// The longest label of a button (message components).
pub(super) const LABEL: usize = 80;
/// The longest label, value and description of a menu's option.
pub(super) const OPTION: usize = 100;
/// The most options of a menu.
pub(super) const OPTIONS: usize = 25;
/// The most buttons in a row.
pub(super) const BUTTONS: usize = 5;

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outgoing {
    pub(super) body: Body,
    pub(super) rows: Vec<Row>,
    /// Seen by the asker alone, where that is possible.
    pub(super) private: bool,
}

/// The text of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Card(Card),
    /// Markdown, measured and escaped.
    Text(String),
}

/// A row below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Buttons(Vec<Button>),
    Menu { press: Press, placeholder: &'static str, options: Vec<Choice> },
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Button {
    /// Not Markdown, at most `LABEL` characters.
    pub(super) label: String,
    pub(super) press: Press,
    pub(super) tone: Tone,
}

/// How a button looks; its label says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Goes on with the story.
    Primary,
    Secondary,
    Danger,
}

/// An option of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) about: Option<String>,
    pub(super) chosen: bool,
}

impl Outgoing {
    /// A sentence to the asker alone.
    pub(super) fn notice(text: impl Into<String>) -> Self {
        Self { body: Body::Text(text.into()), rows: Vec::new(), private: true }
    }
}
