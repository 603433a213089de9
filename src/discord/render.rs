//! From a reply to a message: a card (an embed), or plain text where embeds are not allowed. Pure and measured.
//!
//! Where a message holds no more, further quotes go first, then the details of sources, then the second fact, and a line
//! says what was left out. A statement or quote is shown whole or not at all, never cut.

use super::escape::{escape, escape_around_links};
use super::phrases;
use super::phrases::Phrases as OnDiscord;
use crate::answer::phrases::Phrases;
use crate::answer::{Cited, Outcome, Reply, ShownFact, ShownQuote, speaker_line};
use crate::knowledge::Correction;

/// Discord's limits (resources/message), counted in UTF-16 units: whether Discord counts those or code points is not
/// documented, and there are never fewer of them.
pub(super) const CONTENT: usize = 2000;
const DESCRIPTION: usize = 4096;
/// What stands in front of a reply: a link to a message, or the titles of some stories.
const HEAD: usize = 600;
/// More than any address with an anchor of ordinary length; beyond it the link opens the page without the anchor.
const LINK: usize = 900;
/// More authors are "and others".
const AUTHORS: usize = 3;

/// An embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) description: String,
    pub(super) colour: u32,
}

/// How much is shown of a reply.
#[derive(Clone, Copy, Debug)]
struct Room {
    facts: usize,
    quotes: usize,
    source: Detail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    Full,
    /// No authors, no date, the latest correction only.
    Short,
    /// The link, or the headline where there is none.
    Bare,
    /// The headline alone.
    Named,
}

/// The reply as an embed; questions to go on with are buttons below it (`buttons`). `head` is Markdown in front.
pub(super) fn card(reply: &Reply, head: Option<&str>) -> Card {
    let head = head.map(|head| lines_within(head, HEAD));
    let most = DESCRIPTION - room_for(head.as_deref());
    Card { description: headed(head, fitting(reply, most)), colour: colour(reply.outcome) }
}

/// The reply as the text of a message.
pub(super) fn plain(reply: &Reply, head: Option<&str>) -> String {
    let head = head.map(|head| lines_within(head, HEAD));
    let most = CONTENT - room_for(head.as_deref());
    headed(head, fitting(reply, most))
}

fn room_for(head: Option<&str>) -> usize {
    head.map_or(0, |head| length(head) + 1)
}

fn headed(head: Option<String>, text: String) -> String {
    match head {
        Some(head) => format!("{head}\n{text}"),
        None => text,
    }
}

/// `text` in at most `most` units, cut between lines; every line stands for itself.
pub(super) fn lines_within(text: &str, most: usize) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        if length(&out) + length(line) + 1 > most {
            break;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Told apart at a glance; the words alone tell it too.
fn colour(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Answer => 0x2E_7D32,
        Outcome::Nearest | Outcome::Clarify => 0xF9_A825,
        Outcome::Unknown => 0x75_7575,
        Outcome::Several | Outcome::Meta | Outcome::Silent => 0x15_65C0,
    }
}

/// What is tried, from everything to the least.
fn rooms(reply: &Reply) -> Vec<Room> {
    let (facts, quotes) = (reply.facts.len(), reply.quotes.len());
    let full = Room { facts, quotes, source: Detail::Full };
    let mut rooms = vec![full];
    rooms.extend((1..quotes).rev().map(|quotes| Room { quotes, ..full }));
    for source in [Detail::Short, Detail::Bare, Detail::Named] {
        for facts in [facts, facts.min(1)] {
            rooms.push(Room { facts, quotes: quotes.min(1), source });
            rooms.push(Room { facts, quotes: 0, source });
        }
    }
    rooms
}

fn fitting(reply: &Reply, most: usize) -> String {
    let mut written = rooms(reply).into_iter().map(|room| composed(reply, room));
    written.find(|text| length(text) <= most).unwrap_or_else(|| on_discord(reply.said).too_long.to_owned())
}

fn on_discord(said: &Phrases) -> &'static OnDiscord {
    phrases::of(said.code)
}

fn composed(reply: &Reply, room: Room) -> String {
    let mut blocks: Vec<String> = reply.lead.iter().map(|lead| led(lead, reply.outcome)).collect();
    let mut last: Option<&Cited> = None;
    for fact in reply.facts.iter().take(room.facts) {
        blocks.extend(fact.lead.as_deref().map(|lead| led(lead, reply.outcome)));
        blocks.push(fact_block(fact, room.source, reply.said));
        last = Some(&fact.cited);
    }
    for quote in reply.quotes.iter().take(room.quotes) {
        let is_same = last.is_some_and(|c| c.is_same_place(&quote.cited));
        blocks.push(quote_block(quote, !is_same, room.source, reply.said));
        last = Some(&quote.cited);
    }
    blocks.extend(
        on_discord(reply.said)
            .left_out(reply.quotes.len().saturating_sub(room.quotes), reply.facts.len().saturating_sub(room.facts)),
    );
    blocks.join("\n\n")
}

/// A reply that is no answer says so in bold.
fn led(lead: &str, outcome: Outcome) -> String {
    let lead = escape_around_links(lead);
    match outcome {
        Outcome::Nearest | Outcome::Unknown | Outcome::Clarify => format!("**{lead}**"),
        _ => lead,
    }
}

fn fact_block(fact: &ShownFact, source: Detail, said: &Phrases) -> String {
    let title = fact.story_title.as_ref().map(|t| format!("*{}*\n", escape(t))).unwrap_or_default();
    let label = fact.label.as_ref().map(|l| format!("{} ", escape(l))).unwrap_or_default();
    let as_of = said.as_of(fact.as_of);
    let corrections = corrections(&fact.corrections, source, said);
    format!("{title}{label}{}{as_of}\n{}{corrections}", escape(&fact.statement), source_line(&fact.cited, source, said))
}

fn quote_block(quote: &ShownQuote, with_source: bool, source: Detail, said: &Phrases) -> String {
    let words = format!("“{}”", escape(&quote.exact));
    let words: Vec<String> = words.split('\n').map(|line| format!("> {line}")).collect();
    let cited = if with_source { format!("\n{}", source_line(&quote.cited, source, said)) } else { String::new() };
    format!(
        "{}\n> — {}{cited}{}",
        words.join("\n"),
        escape(&speaker_line(quote, said)),
        corrections(&quote.corrections, source, said)
    )
}

fn corrections(all: &[Correction], source: Detail, said: &Phrases) -> String {
    let shown = if source == Detail::Full { all } else { all.split_at(all.len().saturating_sub(1)).1 };
    shown.iter().map(|c| format!("\n{}", said.corrected(c.date, &escape(&c.text)))).collect()
}

/// Headline, author, publisher, date, place; the headline is the link.
fn source_line(cited: &Cited, detail: Detail, said: &Phrases) -> String {
    let link = cited.url.as_deref().and_then(linkable);
    if matches!(detail, Detail::Bare | Detail::Named) {
        let link = link.filter(|_| detail == Detail::Bare);
        let named = link.map_or_else(|| format!("“{}”", escape(&cited.headline)), |link| format!("<{link}>"));
        return format!("{} {named}", said.source);
    }
    let headline = format!("“{}”", escape(&cited.headline));
    let mut parts = vec![link.map_or_else(|| headline.clone(), |link| format!("[{headline}](<{link}>)"))];
    if detail == Detail::Full {
        parts.extend(cited.authors.iter().take(AUTHORS).map(|a| escape(a)));
        parts.extend((cited.authors.len() > AUTHORS).then(|| on_discord(said).and_others.to_owned()));
    }
    parts.extend(cited.publisher.as_deref().map(escape));
    parts.extend(cited.published.filter(|_| detail == Detail::Full).map(|date| date.to_string()));
    parts.extend(said.place(cited));
    format!("{} {}", said.source, parts.join(", "))
}

/// The address as a link may hold it: without what would close it, and without the anchor where that is too long.
fn linkable(url: &str) -> Option<String> {
    let safe = url.replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
    let page = || safe.split_once(":~:text=").map(|(page, _)| page.trim_end_matches('#').to_owned());
    let fits = |link: &String| link.len() <= LINK && !link.contains(char::is_whitespace);
    Some(safe.clone()).filter(fits).or_else(|| page().filter(fits))
}

#[cfg(test)]
mod tests;
