//! A reply, complete and independent of where it is shown.
//!
//! Every statement and quote in it is a copy from the base, byte for byte; every other word is from `phrases`.

use time::Date;

use super::phrases::Phrases;
use crate::knowledge::{Claim, Correction};
use crate::matcher::Confidence;

/// Which kind of reply it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// High confidence: one fact, two where they belong together.
    Answer,
    /// Medium confidence, or the fact lacks what was asked for.
    Nearest,
    /// Two stories or two facts fit equally well.
    Clarify,
    /// A list was asked for.
    Several,
    /// The story doesn't say.
    Unknown,
    /// About the bot or the article, not about its content.
    Meta,
    /// Nothing is said; passive listening only.
    Silent,
}

impl Outcome {
    /// The word used in records, logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Nearest => "nearest",
            Self::Clarify => "clarify",
            Self::Several => "several",
            Self::Unknown => "unknown",
            Self::Meta => "meta",
            Self::Silent => "silent",
        }
    }
}

/// Confidence in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// At or above `answer_at`.
    High,
    /// Between the thresholds.
    Medium,
    /// Below `nearest_at`.
    None,
}

impl Band {
    /// The word people see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::None => "none",
        }
    }
}

/// What is said.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What the bot says around it, in the asker's language.
    pub said: &'static Phrases,
    /// Which kind it is.
    pub outcome: Outcome,
    /// How sure the best match is, even where it is not shown.
    pub confidence: Confidence,
    /// The same in a word.
    pub band: Band,
    /// A sentence in front: "The closest the story has is:". From the phrase table, with names from the base.
    pub lead: Option<String>,
    /// In the order to show them.
    pub facts: Vec<ShownFact>,
    /// In the order to show them.
    pub quotes: Vec<ShownQuote>,
    /// Which part of a list is shown, where a list was asked for.
    pub page: Option<Page>,
    /// At most three.
    pub suggestions: Vec<Suggestion>,
}

impl Reply {
    /// Whether a question was asked that no story answers; a message without one is no gap in the record.
    pub fn is_unanswered(&self) -> bool {
        let lead = self.lead.as_deref();
        self.outcome == Outcome::Unknown && (lead == Some(self.said.unknown) || lead == Some(self.said.unknown_several))
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Leads to any other part of the same list; empty where the list cannot be named in a few letters.
    pub code: String,
    /// Place of the first item shown, from 1.
    pub first: usize,
    /// Place of the last item shown.
    pub last: usize,
    /// How many there are.
    pub all: usize,
}

/// A fact as it is shown.
#[derive(Clone, Debug)]
pub struct ShownFact {
    /// Id of its story.
    pub story: String,
    /// Title of its story, where several are loaded.
    pub story_title: Option<String>,
    /// Its id.
    pub id: String,
    /// How sure the statement is.
    pub claim: Claim,
    /// Whose claim it is, by name.
    pub by: Option<String>,
    /// A sentence in front of this fact alone, where a reply answers two questions.
    pub lead: Option<String>,
    /// In front of the statement: "Alleged by ...". None where the statement needs no label.
    pub label: Option<String>,
    /// From the base.
    pub statement: String,
    /// When it was true.
    pub as_of: Option<Date>,
    /// What was put right later.
    pub corrections: Vec<Correction>,
    /// Where it stands.
    pub cited: Cited,
    /// How sure the match is.
    pub confidence: Confidence,
}

/// A quote as it is shown.
#[derive(Clone, Debug)]
pub struct ShownQuote {
    /// Id of its story.
    pub story: String,
    /// Its id.
    pub id: String,
    /// Byte for byte.
    pub exact: String,
    /// None: the article does not name the speaker.
    pub speaker: Option<String>,
    /// What the speaker is.
    pub role: Option<String>,
    /// Not named by the text.
    pub speaker_inferred: bool,
    /// Who relayed the words, if somebody did.
    pub via: Option<String>,
    /// What was put right later.
    pub corrections: Vec<Correction>,
    /// Where it stands.
    pub cited: Cited,
}

/// A source as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// As printed.
    pub headline: String,
    /// Bylines.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, if known.
    pub published: Option<Date>,
    /// Body paragraph, from 1.
    pub paragraph: Option<u32>,
    /// Where it stands if not in the body: headline, byline, aside.
    pub part: Option<&'static str>,
    /// Opens the page at the words, where the source has an address.
    pub url: Option<String>,
}

impl Cited {
    /// Whether both name the same part of the same article.
    pub fn is_same_place(&self, other: &Self) -> bool {
        (&self.id, self.paragraph, self.part) == (&other.id, other.paragraph, other.part)
    }
}

/// A question to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Id of its story.
    pub story: String,
    /// The fact or quote that answers it.
    pub id: String,
    /// The question, or the shortened statement where the author wrote none.
    pub text: String,
}
