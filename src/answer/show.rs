//! From items of the base to what a reply shows of them.

use super::label::label;
use super::link::at_words;
use super::phrases::Phrases;
use super::reply::{Cited, ShownFact, ShownQuote};
use crate::knowledge::{Citation, Claimant, Fact, Place, Quote, Story};
use crate::matcher::Confidence;

/// A fact with its label and source. `titled` where several stories are loaded.
pub(super) fn fact(story: &Story, fact: &Fact, confidence: Confidence, titled: bool, said: &Phrases) -> ShownFact {
    let first = fact.citations.first();
    ShownFact {
        story: story.id.to_string(),
        story_title: titled.then(|| story.title.clone()),
        id: fact.id.to_string(),
        claim: fact.claim,
        by: fact.by.as_ref().map(|by| by.name().to_owned()),
        lead: None,
        label: label(fact, &story.language, said),
        statement: fact.statement.clone(),
        as_of: fact.as_of,
        corrections: fact.corrections.clone(),
        cited: cited(first, first.anchor.as_deref()),
        confidence,
    }
}

/// A quote with its speaker and source.
pub(super) fn quote(story: &Story, quote: &Quote) -> ShownQuote {
    let first = quote.citations.first();
    ShownQuote {
        story: story.id.to_string(),
        id: quote.id.to_string(),
        exact: quote.exact.clone(),
        speaker: quote.speaker.as_ref().map(|s| s.name.clone()),
        role: quote.speaker.as_ref().and_then(|s| s.role.clone()),
        speaker_inferred: quote.speaker_inferred,
        via: relayed_by(story, quote),
        corrections: quote.corrections.clone(),
        cited: cited(first, Some(first.anchor.as_deref().unwrap_or(&quote.exact))),
    }
}

/// A quote was relayed by whoever relayed the fact that rests on it and is the same person's.
fn relayed_by(story: &Story, quote: &Quote) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let rests_on = |f: &&Fact| f.quotes.iter().any(|q| q.id == quote.id);
    let is_theirs = |f: &&Fact| matches!(&f.by, Some(Claimant::Person(by)) if by.id == speaker.id);
    story.facts.iter().filter(rests_on).find(is_theirs).and_then(|f| f.via.clone())
}

fn cited(citation: &Citation, words: Option<&str>) -> Cited {
    let source = &citation.source;
    // What stands beside a headline or byline differs between the text and the page.
    let in_body = !matches!(citation.place, Some(Place::Part(_)));
    let beside = |text: &Option<String>| text.clone().filter(|_| in_body);
    let url = source.url.as_ref().map(|url| match words {
        Some(words) => at_words(url, words, beside(&citation.prefix).as_deref(), beside(&citation.suffix).as_deref()),
        None => url.to_string(),
    });
    Cited {
        id: source.id.to_string(),
        headline: source.headline.clone(),
        authors: source.authors.clone(),
        publisher: source.publisher.clone(),
        published: source.published,
        paragraph: match citation.place {
            Some(Place::Paragraph(n)) => Some(n),
            _ => None,
        },
        part: match citation.place {
            Some(Place::Part(part)) => Some(part.as_str()),
            _ => None,
        },
        url,
    }
}
