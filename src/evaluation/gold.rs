//! Gold questions: what a fair judge would accept as the reply.

use serde::Deserialize;
use thiserror::Error;

/// A file of gold questions for one story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Id of the story.
    pub story: String,
    /// What must be reached, over both halves.
    pub floor: Option<Floor>,
    /// The questions.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
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
    /// What a right reply shows: one of these.
    pub want: Vec<Wanted>,
    /// A word to group by.
    pub kind: String,
    /// Which half it belongs to.
    #[serde(default)]
    pub half: Half,
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

/// What a right reply shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Wanted {
    /// Nothing: the story does not say.
    Unknown,
    /// This fact at the most, and that it lacks what was asked for.
    Lacks(String),
    /// This fact or quote.
    Item(String),
}

impl From<String> for Wanted {
    fn from(text: String) -> Self {
        match text.strip_prefix("lacks:") {
            Some(id) => Self::Lacks(id.to_owned()),
            None if text == "unknown" => Self::Unknown,
            None => Self::Item(text),
        }
    }
}

/// A gold file that cannot be read.
#[derive(Debug, Error)]
#[error("not a file of gold questions: {0}")]
pub struct GoldError(String);

impl Gold {
    /// Reads a gold file.
    ///
    /// # Errors
    /// When the text is not TOML of that shape; the message is one line.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |s| text.get(..s.start).unwrap_or_default().matches('\n').count() + 1);
            GoldError(format!("line {line}: {}", e.message()))
        })
    }
}
