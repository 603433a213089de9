//! A reply as a person would read it in a terminal or a plain message.

use super::phrases;
use super::reply::{Cited, Reply, ShownFact, ShownQuote, Suggestion};

/// The whole reply as text of several lines, without a line break at the end. Quotes stand byte for byte.
pub fn plain(reply: &Reply) -> String {
    let mut blocks: Vec<String> = reply.lead.iter().cloned().collect();
    let mut cited: Option<&Cited> = None;
    for fact in &reply.facts {
        blocks.push(fact_block(fact));
        cited = Some(&fact.cited);
    }
    for quote in &reply.quotes {
        let same_place = cited.is_some_and(|c| c.is_same_place(&quote.cited));
        blocks.push(quote_block(quote, !same_place));
        cited = Some(&quote.cited);
    }
    if !reply.suggestions.is_empty() {
        let row = |(n, s): (usize, &Suggestion)| format!("  {}. {}", n + 1, s.text);
        let rows: Vec<String> = reply.suggestions.iter().enumerate().map(row).collect();
        blocks.push(format!("{}\n{}", phrases::ASK, rows.join("\n")));
    }
    blocks.join("\n\n")
}

fn fact_block(fact: &ShownFact) -> String {
    let title = fact.story_title.as_ref().map(|t| format!("[{t}] ")).unwrap_or_default();
    let label = fact.label.as_ref().map(|l| format!("{l} ")).unwrap_or_default();
    let as_of = phrases::as_of(fact.as_of);
    let mut block =
        format!("{title}{label}{}{as_of}\n  {} {}", fact.statement, phrases::SOURCE, source_line(&fact.cited));
    for correction in &fact.corrections {
        block.push_str(&format!("\n  {}", phrases::corrected(correction.date, &correction.text)));
    }
    block
}

fn quote_block(quote: &ShownQuote, with_source: bool) -> String {
    let mut block = format!("  “{}”\n  — {}", quote.exact, speaker_line(quote));
    if with_source {
        block.push_str(&format!("\n  {} {}", phrases::SOURCE, source_line(&quote.cited)));
    }
    for correction in &quote.corrections {
        block.push_str(&format!("\n  {}", phrases::corrected(correction.date, &correction.text)));
    }
    block
}

/// Speaker and role, with what is inferred or relayed said.
pub fn speaker_line(quote: &ShownQuote) -> String {
    let mut line = quote.speaker.clone().unwrap_or_else(|| phrases::NO_SPEAKER.to_owned());
    if let Some(role) = &quote.role {
        line.push_str(&format!(", {role}"));
    }
    if quote.speaker_inferred {
        line.push_str(&format!(" {}", phrases::INFERRED));
    }
    if let Some(via) = &quote.via {
        line.push_str(&format!(", as relayed by {via}"));
    }
    line
}

/// Headline, author, publisher, date, place and link, as far as known.
pub fn source_line(cited: &Cited) -> String {
    let mut parts = vec![format!("“{}”", cited.headline)];
    parts.extend(cited.authors.iter().cloned());
    parts.extend(cited.publisher.clone());
    parts.extend(cited.published.map(|d| d.to_string()));
    parts.extend(phrases::place(cited));
    let link = cited.url.as_ref().map(|u| format!(" <{u}>")).unwrap_or_default();
    format!("{}{link}", parts.join(", "))
}
