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
}

/// Compares every quote and anchor that `story` takes from `source` with the article's text, in file order.
pub fn verify(story: &Story, source: &Id, article: &str) -> Vec<Proof> {
    let mut out = Vec::new();
    let mut prove = |id: &Id, exact: &str, citation: &Citation| {
        if citation.source.id == *source {
            let verdict = verdict(exact, citation, article);
            out.push(Proof { id: id.clone(), exact: exact.to_owned(), at: citation.at, verdict });
        }
    };
    for fact in &story.facts {
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

fn verdict(exact: &str, citation: &Citation, article: &str) -> Verdict {
    let blocks = blocks(article);
    let scope = scope(&citation.source, citation.place, &blocks);
    let found = in_text(exact, citation, &scope);
    if found != Verdict::Absent {
        return found;
    }
    let paragraphs = 1..=body(&citation.source, &blocks).len() as u32;
    let elsewhere = |n: &u32| {
        let text = self::scope(&citation.source, Some(Place::Paragraph(*n)), &blocks);
        in_text(exact, citation, &text) != Verdict::Absent
    };
    match paragraphs.into_iter().find(elsewhere) {
        Some(n) => Verdict::Misplaced(Some(n)),
        None if canonical(article).contains(&canonical(exact)) => Verdict::Misplaced(None),
        None => Verdict::Absent,
    }
}

fn in_text(exact: &str, citation: &Citation, text: &str) -> Verdict {
    let count = |fold: fn(&str) -> String| {
        let context = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
        occurrences(&fold(exact), &context(&citation.prefix), &context(&citation.suffix), &fold(text))
    };
    match (count(str::to_owned), count(canonical)) {
        (0, 0) => Verdict::Absent,
        (1, _) => Verdict::Exact,
        (0, 1) => Verdict::Folded,
        _ => Verdict::Ambiguous,
    }
}

/// How often `exact` stands in `text` right behind `prefix` and right before `suffix`.
fn occurrences(exact: &str, prefix: &str, suffix: &str, text: &str) -> usize {
    let fits = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + exact.len()..).unwrap_or_default();
        before.trim_end().ends_with(prefix.trim()) && after.trim_start().starts_with(suffix.trim())
    };
    text.match_indices(exact).filter(|(at, _)| fits(*at)).count()
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

fn body<'a>(source: &Source, blocks: &'a [String]) -> Vec<&'a String> {
    match &source.body {
        None => blocks.iter().collect(),
        Some(body) => body.iter().filter_map(|n| blocks.get((*n as usize).checked_sub(1)?)).collect(),
    }
}

/// The text a place names: a paragraph, what is not body text, or everything.
fn scope(source: &Source, place: Option<Place>, blocks: &[String]) -> String {
    match place {
        None => blocks.join("\n\n"),
        Some(Place::Paragraph(n)) => {
            let body = body(source, blocks);
            (n as usize).checked_sub(1).and_then(|n| body.get(n)).map_or_else(String::new, |b| (*b).clone())
        }
        Some(Place::Part(_)) => outside_body(source, blocks),
    }
}

/// Headline, byline and aside are told apart by nothing in a plain text, so each is looked for in all blocks that are
/// not body text; where the file names no body, in all blocks.
fn outside_body(source: &Source, blocks: &[String]) -> String {
    let Some(body) = &source.body else { return blocks.join("\n\n") };
    let outside = blocks.iter().enumerate().filter(|(n, _)| !body.contains(&(*n as u32 + 1)));
    outside.map(|(_, b)| b.as_str()).collect::<Vec<_>>().join("\n\n")
}
