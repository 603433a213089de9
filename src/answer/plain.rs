//! A reply as a person would read it in a terminal or a plain message.

use super::phrases::{Phrases, filled};
use super::reply::{Cited, Reply, ShownFact, ShownQuote, Suggestion};

/// The whole reply as text of several lines, without a line break at the end. Quotes stand byte for byte.
pub fn plain(reply: &Reply) -> String {
    let mut blocks: Vec<String> = reply.lead.iter().cloned().collect();
    let mut cited: Option<&Cited> = None;
    for fact in &reply.facts {
        blocks.extend(fact.lead.clone());
        blocks.push(fact_block(fact, reply.said));
        cited = Some(&fact.cited);
    }
    for quote in &reply.quotes {
        let same_place = cited.is_some_and(|c| c.is_same_place(&quote.cited));
        blocks.push(quote_block(quote, !same_place, reply.said));
        cited = Some(&quote.cited);
    }
    if !reply.suggestions.is_empty() {
        let row = |(n, s): (usize, &Suggestion)| format!("  {}. {}", n + 1, s.text);
        let rows: Vec<String> = reply.suggestions.iter().enumerate().map(row).collect();
        blocks.push(format!("{}\n{}", reply.said.ask, rows.join("\n")));
    }
    blocks.join("\n\n")
}

fn fact_block(fact: &ShownFact, said: &Phrases) -> String {
    let title = fact.story_title.as_ref().map(|t| format!("[{t}] ")).unwrap_or_default();
    let label = fact.label.as_ref().map(|l| format!("{l} ")).unwrap_or_default();
    let as_of = said.as_of(fact.as_of);
    let mut block =
        format!("{title}{label}{}{as_of}\n  {} {}", fact.statement, said.source, source_line(&fact.cited, said));
    for correction in &fact.corrections {
        block.push_str(&format!("\n  {}", said.corrected(correction.date, &correction.text)));
    }
    block
}

fn quote_block(quote: &ShownQuote, with_source: bool, said: &Phrases) -> String {
    let mut block = format!("  “{}”\n  — {}", quote.exact, speaker_line(quote, said));
    if with_source {
        block.push_str(&format!("\n  {} {}", said.source, source_line(&quote.cited, said)));
    }
    for correction in &quote.corrections {
        block.push_str(&format!("\n  {}", said.corrected(correction.date, &correction.text)));
    }
    block
}

/// Speaker and role, with what is inferred or relayed said.
pub fn speaker_line(quote: &ShownQuote, said: &Phrases) -> String {
    let mut line = quote.speaker.clone().unwrap_or_else(|| said.no_speaker.to_owned());
    if let Some(role) = &quote.role {
        line.push_str(&format!(", {role}"));
    }
    if quote.speaker_inferred {
        line.push_str(&format!(" {}", said.inferred));
    }
    if let Some(via) = &quote.via {
        line.push_str(&format!(", {}", filled(said.relayed_by, via)));
    }
    line
}

/// Headline, author, publisher, date, place and link, as far as known.
pub fn source_line(cited: &Cited, said: &Phrases) -> String {
    let mut parts = vec![format!("“{}”", cited.headline)];
    parts.extend(cited.authors.iter().cloned());
    parts.extend(cited.publisher.clone());
    parts.extend(cited.published.map(|d| d.to_string()));
    parts.extend(said.place(cited));
    let link = cited.url.as_ref().map(|u| format!(" <{u}>")).unwrap_or_default();
    format!("{}{link}", parts.join(", "))
}
