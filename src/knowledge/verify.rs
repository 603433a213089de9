//! Proof that quotes and anchors stand in the article they cite.
//!
//! Takes the article as text and returns values; reading files and printing is the command line's.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::diagnostic::Position;
use super::model::{Citation, Id, Place, Source, Story};
use crate::text::canonical;

/// How a quote or anchor compares with the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Byte for byte.
    Exact,
    /// Equal after folding print: see `text::canonical`.
    Folded,
    /// More than once in the place cited; `prefix` or `suffix` would tell which.
    Ambiguous,
    /// Only elsewhere in the article: in paragraph n, or outside the body (None).
    Misplaced(Option<u32>),
    /// Nowhere.
    Absent,
}

impl Verdict {
    /// Whether the words are proved to stand where the file says.
    pub fn is_proof(self) -> bool {
        matches!(self, Self::Exact | Self::Folded)
    }
}

/// The verdict on one quote or anchor.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The fact or quote.
    pub id: Id,
    /// The words looked for.
    pub exact: String,
    /// Where they are cited in the story file.
    pub at: Position,
    /// What was found.
    pub verdict: Verdict,
    /// Where that is nothing: the article's words that are nearest to those looked for, if any are near.
    pub near: Option<String>,
}

/// Compares every quote and anchor that `story` takes from `source` with the article's text, in file order.
pub fn verify(story: &Story, source: &Id, article: &str) -> Vec<Proof> {
    let Some(source) = story.sources.iter().find(|s| s.id == *source) else { return Vec::new() };
    let article = Article::new(source, article);
    let mut out = Vec::new();
    let mut prove = |id: &Id, exact: &str, citation: &Citation| {
        if citation.source.id == source.id {
            let verdict = article.verdict(exact, citation);
            let near = if verdict == Verdict::Absent { nearest(exact, &article.whole.exact) } else { None };
            out.push(Proof { id: id.clone(), exact: exact.to_owned(), at: citation.at, verdict, near });
        }
    };
    for fact in story.facts.iter() {
        for citation in fact.citations.iter() {
            if let Some(anchor) = &citation.anchor {
                prove(&fact.id, anchor, citation);
            }
        }
    }
    for quote in &story.quotes {
        for citation in quote.citations.iter() {
            prove(&quote.id, &quote.exact, citation);
            if let Some(anchor) = &citation.anchor {
                prove(&quote.id, anchor, citation);
            }
        }
    }
    out
}

/// SHA-256 of the folded article text, lower-case hexadecimal.
pub fn digest(article: &str) -> String {
    let hash = Sha256::digest(canonical(article).as_bytes());
    hash.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A text as printed, and folded.
struct Printed {
    exact: String,
    folded: String,
}

impl Printed {
    fn new(exact: String) -> Self {
        Self { folded: canonical(&exact), exact }
    }
}

/// An article cut into the places that a citation may name, each folded once.
struct Article {
    whole: Printed,
    paragraphs: Vec<Printed>,
    outside: Printed,
}

impl Article {
    fn new(source: &Source, text: &str) -> Self {
        let blocks = blocks(text);
        let whole = blocks.join("\n\n");
        let (paragraphs, outside): (Vec<String>, String) = match &source.body {
            None => (blocks.clone(), whole.clone()),
            Some(body) => {
                let inside = body.iter().filter_map(|n| blocks.get((*n as usize).checked_sub(1)?)).cloned();
                // Headline, byline and aside are told apart by nothing in a plain text: they are what is not body.
                let rest = blocks.iter().enumerate().filter(|(n, _)| !body.contains(&(*n as u32 + 1)));
                (inside.collect(), rest.map(|(_, b)| b.as_str()).collect::<Vec<_>>().join("\n\n"))
            }
        };
        let paragraphs = paragraphs.into_iter().map(Printed::new).collect();
        Self { whole: Printed::new(whole), paragraphs, outside: Printed::new(outside) }
    }

    fn verdict(&self, exact: &str, citation: &Citation) -> Verdict {
        let place = match citation.place {
            None => Some(&self.whole),
            Some(Place::Paragraph(n)) => (n as usize).checked_sub(1).and_then(|n| self.paragraphs.get(n)),
            Some(Place::Part(_)) => Some(&self.outside),
        };
        let found = place.map_or(Verdict::Absent, |text| in_text(exact, citation, text));
        if found != Verdict::Absent {
            return found;
        }
        let elsewhere = self.paragraphs.iter().position(|text| in_text(exact, citation, text) != Verdict::Absent);
        match elsewhere {
            Some(n) => Verdict::Misplaced(Some(n as u32 + 1)),
            None if in_text(exact, citation, &self.whole) != Verdict::Absent => Verdict::Misplaced(None),
            None => Verdict::Absent,
        }
    }
}

fn in_text(exact: &str, citation: &Citation, text: &Printed) -> Verdict {
    let count = |fold: fn(&str) -> String, text: &str| {
        let context = |words: &Option<String>| words.as_deref().map(fold).unwrap_or_default();
        occurrences(&fold(exact), &context(&citation.prefix), &context(&citation.suffix), text)
    };
    match (count(str::to_owned, &text.exact), count(canonical, &text.folded)) {
        (0, 0) => Verdict::Absent,
        (1, _) => Verdict::Exact,
        (0, 1) => Verdict::Folded,
        _ => Verdict::Ambiguous,
    }
}

/// How often `exact` stands in `text` as whole words, right behind `prefix` and right before `suffix`.
fn occurrences(exact: &str, prefix: &str, suffix: &str, text: &str) -> usize {
    let starts_word = exact.starts_with(char::is_alphanumeric);
    let ends_word = exact.ends_with(char::is_alphanumeric);
    let fits = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + exact.len()..).unwrap_or_default();
        let is_cut = (starts_word && before.ends_with(char::is_alphanumeric))
            || (ends_word && after.starts_with(char::is_alphanumeric));
        !is_cut && before.trim_end().ends_with(prefix.trim()) && after.trim_start().starts_with(suffix.trim())
    };
    text.match_indices(exact).filter(|(at, _)| fits(*at)).count()
}

/// Of the article's runs of as many words the first that shares most with `exact`; None where that is less than half.
fn nearest(exact: &str, article: &str) -> Option<String> {
    let folded = |word: &str| canonical(word).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let wanted: Vec<String> = exact.split_whitespace().map(folded).collect();
    let printed: Vec<&str> = article.split_whitespace().collect();
    let is_wanted: Vec<bool> = printed.iter().map(|word| wanted.contains(&folded(word))).collect();
    let shared = |run: &[bool]| run.iter().filter(|is| **is).count();
    let runs = is_wanted.windows(wanted.len().max(1)).enumerate();
    let (at, most) = runs.map(|(at, run)| (at, shared(run))).rev().max_by_key(|(_, shared)| *shared)?;
    let run = printed.get(at..at + wanted.len())?;
    (most * 2 >= wanted.len()).then(|| run.join(" "))
}

/// The article's blocks between blank lines, from the first that holds text.
fn blocks(article: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in article.lines() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open) {
            Some(block) => {
                block.push('\n');
                block.push_str(line);
            }
            None => out.push(line.to_owned()),
        }
        open = true;
    }
    out
}
