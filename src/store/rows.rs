//! What is kept, as values. Plain data: what a row means is decided by whoever reads it.

use time::Date;

/// How many days a server keeps its gaps unless it says otherwise.
pub(super) const KEEP_DAYS: u32 = 30;

/// The settings of one server.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its id.
    pub id: u64,
    /// Whether the bot answers there at all.
    pub enabled: bool,
    /// Ids of the stories it answers from; empty: all.
    pub stories: Vec<String>,
    /// The language of the bot's own words; None: the asker's.
    pub language: Option<String>,
    /// The confidence from which on a fact is the answer; None: the configuration's.
    pub answer_at: Option<f32>,
    /// The confidence from which on a fact is the nearest; None: the configuration's.
    pub nearest_at: Option<f32>,
    /// Whether questions without an answer are kept.
    pub collects: bool,
    /// How long they are kept after they were last asked.
    pub keep_days: u32,
    /// Channels with settings of their own, by id.
    pub channels: Vec<Channel>,
}

impl Server {
    /// A server that has set nothing: enabled, all stories, keeps no questions.
    pub fn new(id: u64) -> Self {
        Self {
            id,
            enabled: true,
            stories: Vec::new(),
            language: None,
            answer_at: None,
            nearest_at: None,
            collects: false,
            keep_days: KEEP_DAYS,
            channels: Vec::new(),
        }
    }
}

/// The settings of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: u64,
    /// Whether it is one of those that the bot answers in; where a server names none it answers in all.
    pub allowed: bool,
    /// Whether it listens to plain messages.
    pub passive: Passive,
    /// Ids of the stories it answers from; empty: the server's.
    pub stories: Vec<String>,
}

impl Channel {
    /// A channel that has set nothing: not named among the allowed, not listened to, the server's stories.
    pub fn new(id: u64) -> Self {
        Self { id, allowed: false, passive: Passive::Off, stories: Vec::new() }
    }
}

/// What the bot does with plain messages of a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Passive {
    /// Nothing.
    #[default]
    Off,
    /// Counts what it would answer, and stays silent.
    DryRun,
    /// Answers what it is sure of.
    On,
}

impl Passive {
    const ALL: &[Self] = &[Self::Off, Self::DryRun, Self::On];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::DryRun => "dry-run",
            Self::On => "on",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|passive| passive.as_str() == word)
    }
}

/// A fact or quote by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// Id of the story.
    pub story: String,
    /// Id of the fact or quote.
    pub id: String,
}

/// What a reader said of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It helped.
    Helpful,
    /// It did not.
    Unhelpful,
    /// It is not true, or does not answer the question.
    Wrong,
}

/// How often readers said what of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// The item.
    pub item: Item,
    /// It helped.
    pub helpful: u64,
    /// It did not.
    pub unhelpful: u64,
    /// It is wrong.
    pub wrong: u64,
}

/// Why a question is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The base had no answer.
    Unanswered,
    /// The answer did not help.
    Unhelpful,
    /// The answer was wrong.
    Wrong,
}

/// A question that missed its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Folded, without what names a person: see `answer::normalised`.
    pub question: String,
    /// Why it is kept.
    pub reason: Reason,
    /// The item shown, or the nearest there was.
    pub nearest: Option<Item>,
}

/// A kept question with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// As it was first put.
    pub question: String,
    /// How often the base had no answer.
    pub unanswered: u64,
    /// How often the answer did not help.
    pub unhelpful: u64,
    /// How often it was wrong.
    pub wrong: u64,
    /// The item that was rated, else the nearest there was.
    pub nearest: Option<Item>,
    /// The day it was first put.
    pub first: Date,
    /// The day it was last put.
    pub last: Date,
}

impl Gap {
    /// How often it was put, whatever came of it.
    pub fn asked(&self) -> u64 {
        self.unanswered.saturating_add(self.unhelpful).saturating_add(self.wrong)
    }
}
