//! The JSON record of one question, as the design gives it; its keys are a contract.

use serde::Serialize;
use serde_json::Value;

use crate::answer::{Cited, Reply, plain};

/// One answered question.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    id: Option<Value>,
    q: &'a str,
    outcome: &'static str,
    confidence: f64,
    band: &'static str,
    text: String,
    story: Option<&'a str>,
    facts: Vec<FactRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
    sources: Vec<SourceRecord<'a>>,
    suggestions: Vec<&'a str>,
    us: u64,
}

#[derive(Debug, Serialize)]
struct FactRecord<'a> {
    story: &'a str,
    id: &'a str,
    statement: &'a str,
    claim: &'static str,
    by: Option<&'a str>,
    confidence: f64,
}

#[derive(Debug, Serialize)]
struct QuoteRecord<'a> {
    story: &'a str,
    id: &'a str,
    exact: &'a str,
    speaker: Option<&'a str>,
    speaker_inferred: bool,
}

#[derive(Debug, PartialEq, Serialize)]
struct SourceRecord<'a> {
    id: &'a str,
    headline: &'a str,
    publisher: Option<&'a str>,
    paragraph: Option<u32>,
    url: Option<&'a str>,
}

/// A line that could not be answered.
#[derive(Debug, Serialize)]
pub(super) struct ErrorRecord<'a> {
    pub id: Option<Value>,
    pub q: Option<&'a str>,
    pub outcome: &'static str,
    pub error: String,
}

impl<'a> ErrorRecord<'a> {
    pub(super) fn new(id: Option<Value>, q: Option<&'a str>, error: String) -> Self {
        Self { id, q, outcome: "error", error }
    }
}

impl<'a> Record<'a> {
    pub(super) fn new(id: Option<Value>, q: &'a str, reply: &'a Reply, us: u64) -> Self {
        let facts = reply.facts.iter().map(|fact| FactRecord {
            story: &fact.story,
            id: &fact.id,
            statement: &fact.statement,
            claim: fact.claim.as_str(),
            by: fact.by.as_deref(),
            confidence: rounded(fact.confidence.get()),
        });
        let quotes = reply.quotes.iter().map(|quote| QuoteRecord {
            story: &quote.story,
            id: &quote.id,
            exact: &quote.exact,
            speaker: quote.speaker.as_deref(),
            speaker_inferred: quote.speaker_inferred,
        });
        let stories = reply.facts.iter().map(|f| &f.story).chain(reply.quotes.iter().map(|q| &q.story));
        Self {
            id,
            q,
            outcome: reply.outcome.as_str(),
            confidence: rounded(reply.confidence.get()),
            band: reply.band.as_str(),
            text: stripped(&plain(reply)),
            story: stories.map(String::as_str).next(),
            facts: facts.collect(),
            quotes: quotes.collect(),
            sources: sources(reply),
            suggestions: reply.suggestions.iter().map(|s| s.text.as_str()).collect(),
            us,
        }
    }
}

fn sources(reply: &Reply) -> Vec<SourceRecord<'_>> {
    let cited = reply.facts.iter().map(|f| &f.cited).chain(reply.quotes.iter().map(|q| &q.cited));
    let mut out = Vec::new();
    for source in cited.map(source) {
        if !out.contains(&source) {
            out.push(source);
        }
    }
    out
}

fn source(cited: &Cited) -> SourceRecord<'_> {
    SourceRecord {
        id: &cited.id,
        headline: &cited.headline,
        publisher: cited.publisher.as_deref(),
        paragraph: cited.paragraph,
        url: cited.url.as_deref(),
    }
}

/// Three decimals say more than the scale can tell.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// Without control characters, which a terminal would obey; line breaks stay.
pub(super) fn stripped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}
