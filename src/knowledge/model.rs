//! Stories as the rest of the program knows them: every reference resolved, every text checked.
//!
//! Values of these types come from `resolve` alone, after all checks have passed.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use time::Date;

use super::diagnostic::Position;
use super::limits;
use crate::text::{Language, fold};

/// `[a-z0-9][a-z0-9-]{0,31}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id, or the nearest well-formed one to propose (None where nothing of it can be kept).
    ///
    /// # Errors
    /// When `typed` is not of the form above.
    pub fn parse(typed: &str) -> Result<Self, Option<Self>> {
        let is_start = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let bytes = typed.as_bytes();
        let is_good = bytes.len() <= limits::ID
            && bytes.first().is_some_and(|b| is_start(*b))
            && bytes.iter().all(|b| is_start(*b) || *b == b'-');
        if is_good { Ok(Self(typed.to_owned())) } else { Err(Self::folded(typed)) }
    }

    fn folded(typed: &str) -> Option<Self> {
        let folded = fold(typed);
        let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
        let kept: String = parts.join("-").chars().take(limits::ID).collect();
        let kept = kept.trim_end_matches('-');
        (!kept.is_empty()).then(|| Self(kept.to_owned()))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One story file.
#[derive(Clone, Debug)]
pub struct Story {
    /// The file it came from, as named in diagnostics.
    pub file: String,
    /// Of the file's text.
    pub(super) fingerprint: u64,
    /// Unique among the loaded stories.
    pub id: Id,
    /// In the editor's words.
    pub title: String,
    /// In the editor's words.
    pub summary: Option<String>,
    /// Picks stemmer and stop words.
    pub language: Language,
    /// What people call the story.
    pub aliases: Vec<String>,
    /// Offered first to somebody who asks nothing yet.
    pub featured: Vec<ItemIx>,
    /// Articles.
    pub sources: Vec<Arc<Source>>,
    /// People, organisations, governments.
    pub people: Vec<Arc<Person>>,
    /// Subjects with their synonyms.
    pub topics: Vec<Arc<Topic>>,
    /// In file order; copies of a story share them.
    pub facts: Arc<[Fact]>,
    /// In file order.
    pub quotes: Vec<Arc<Quote>>,
}

impl Story {
    /// Whether both were read from one file with the same text.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.file == other.file && self.fingerprint == other.fingerprint
    }
}

/// A fact or quote of one story, by its place in that story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemIx {
    /// Index into `Story::facts`.
    Fact(usize),
    /// Index into `Story::quotes`.
    Quote(usize),
}

/// An article.
#[derive(Clone, Debug)]
pub struct Source {
    /// Unique within the story.
    pub id: Id,
    /// As printed.
    pub headline: String,
    /// Bylines.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// http or https.
    pub url: Option<url::Url>,
    /// Never guessed.
    pub published: Option<Date>,
    /// Which blank-line blocks of the article's text, from 1, are paragraphs 1, 2, 3; None: every block counts.
    pub body: Option<Vec<u32>>,
    /// Of the folded article text, lower-case hexadecimal; and where it stands in the file.
    pub sha256: Option<String>,
    /// Where the source's table starts.
    pub at: Position,
}

/// Somebody who says, writes or does something in a story.
#[derive(Clone, Debug)]
pub struct Person {
    /// Unique within the story.
    pub id: Id,
    /// `person` unless the file says otherwise.
    pub kind: String,
    /// As shown.
    pub name: String,
    /// As shown behind the name.
    pub role: Option<String>,
    /// Other names people use.
    pub aliases: Vec<String>,
}

/// A subject and the words that mean it.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Unique within the story.
    pub id: Id,
    /// As shown.
    pub name: String,
    /// Words that mean the same here; never empty (the name where the file gives none).
    pub terms: Vec<String>,
}

/// How sure a statement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Claim {
    /// The article says it in its own voice.
    #[default]
    Reported,
    /// Somebody asserts it.
    Stated,
    /// Asserted without proof, often by unnamed people.
    Alleged,
    /// The statement is what was denied.
    Denied,
    /// Somebody's judgement.
    Opinion,
}

impl Claim {
    /// All there are.
    pub(super) const ALL: [Self; 5] = [Self::Reported, Self::Stated, Self::Alleged, Self::Denied, Self::Opinion];

    /// The word used in story files and records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Stated => "stated",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
            Self::Opinion => "opinion",
        }
    }
}

/// Whose claim a statement is.
#[derive(Clone, Debug)]
pub enum Claimant {
    /// Somebody with an entry of their own.
    Person(Arc<Person>),
    /// Somebody described in words: "some in the trade".
    Text(String),
}

impl Claimant {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Text(text) => text,
        }
    }
}

/// A question with its place in the file.
#[derive(Clone, Debug)]
pub struct Question {
    /// As shown on buttons.
    pub text: String,
    /// Where it stands.
    pub at: Position,
}

/// One sentence that may be said.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Unique among the story's facts and quotes.
    pub id: Id,
    /// One sentence, true even when read alone.
    pub statement: String,
    /// How sure it is.
    pub claim: Claim,
    /// Whose claim it is.
    pub by: Option<Claimant>,
    /// Who relayed it.
    pub via: Option<String>,
    /// What it is about.
    pub topics: Vec<Arc<Topic>>,
    /// Words people may use that the statement lacks.
    pub keywords: Vec<String>,
    /// Sample questions.
    pub questions: Vec<Question>,
    /// Questions it must not answer.
    pub not_for: Vec<String>,
    /// Verbatim quotes that belong to it.
    pub quotes: Vec<Arc<Quote>>,
    /// Indices into `Story::facts`: always shown with this one, in this order.
    pub with: Vec<usize>,
    /// Offered as what to ask next.
    pub related: Vec<ItemIx>,
    /// When it was true.
    pub as_of: Option<Date>,
    /// Where it stands in the article.
    pub citations: Citations,
    /// What was put right later.
    pub corrections: Vec<Correction>,
}

/// Words somebody said, byte for byte.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Unique among the story's facts and quotes.
    pub id: Id,
    /// Verbatim; shown as it is.
    pub exact: String,
    /// None: the article does not name the speaker.
    pub speaker: Option<Arc<Person>>,
    /// The speaker is a reading of the text, not named by it.
    pub speaker_inferred: bool,
    /// What it is about.
    pub topics: Vec<Arc<Topic>>,
    /// Words people may use that the quote lacks.
    pub keywords: Vec<String>,
    /// Sample questions.
    pub questions: Vec<Question>,
    /// Questions it must not answer.
    pub not_for: Vec<String>,
    /// Offered as what to ask next.
    pub related: Vec<ItemIx>,
    /// Where it stands in the article.
    pub citations: Citations,
    /// What was put right later.
    pub corrections: Vec<Correction>,
}

/// What was put right after publication.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub date: Date,
    /// In the editor's words.
    pub text: String,
}

/// Where a fact or quote stands: at least one place.
#[derive(Clone, Debug)]
pub struct Citations {
    first: Citation,
    more: Vec<Citation>,
}

impl Citations {
    pub(super) fn new(first: Citation, more: Vec<Citation>) -> Self {
        Self { first, more }
    }

    /// The place shown where there is room for one.
    pub fn first(&self) -> &Citation {
        &self.first
    }

    /// All places in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Citation> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

/// One place in one article.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The article.
    pub source: Arc<Source>,
    /// Which part of it; None: anywhere.
    pub place: Option<Place>,
    /// A few verbatim words to find it by.
    pub anchor: Option<String>,
    /// Verbatim words right before, where the anchor or quote occurs more than once.
    pub prefix: Option<String>,
    /// Verbatim words right after.
    pub suffix: Option<String>,
    /// Where it stands in the story file.
    pub at: Position,
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Body paragraph, from 1.
    Paragraph(u32),
    /// Not body text.
    Part(Part),
}

/// What is not body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The headline.
    Headline,
    /// The line that names the author.
    Byline,
    /// A box, a caption, a link to another article.
    Aside,
}

impl Part {
    /// All there are.
    pub(super) const ALL: [Self; 3] = [Self::Headline, Self::Byline, Self::Aside];

    /// The word used in story files and replies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Aside => "aside",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids() {
        let long = "a".repeat(33);
        let kept = "a".repeat(32);
        let rows = [
            ("office-closing", Ok("office-closing")),
            ("9-to-5", Ok("9-to-5")),
            ("Office Closing", Err(Some("office-closing"))),
            ("café_au_lait!", Err(Some("cafe-au-lait"))),
            ("-x", Err(Some("x"))),
            (long.as_str(), Err(Some(kept.as_str()))),
            ("", Err(None)),
            ("日本", Err(None)),
        ];
        for (typed, want) in rows {
            let got = Id::parse(typed);
            let got = got.as_ref().map(Id::as_str).map_err(|e| e.as_ref().map(Id::as_str));
            assert_eq!(got, want, "{typed:?}");
        }
    }
}
