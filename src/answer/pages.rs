//! Lists page by page, and what "more" brings.

use super::asker::Asker;
use super::detail::SAME_MATTER;
use super::engine::{Engine, Item, LOOKED_AT, Spoken};
use super::lists;
use super::lists::Wanted;
use super::phrases::filled;
use super::reply::{Outcome, Page, Reply};
use super::state::{Key, ListOf, State};
use crate::knowledge::{Fact, ItemIx, Quote, Story};
use crate::matcher::{Confidence, Found, Scope};
use crate::text::Word;

/// Items on one page of a list.
pub(super) const PAGE: usize = 5;
/// The longest name of a list: a button's id holds 100 characters, and says what it does and from where.
const CODE: usize = 80;
/// The next place of a list that leaves out what was shown before: it begins anew each time.
const UNSEEN: usize = 0;
/// Items that "more" brings where there is no list.
const MORE: usize = 3;
/// Somebody's words on one matter that are shown together.
const WORDS: usize = 2;

impl Engine {
    /// The next page, or what else belongs to what was shown.
    pub(super) fn more(&self, asker: Asker, said: &[Word], state: &State, shown: &[Found]) -> Option<Spoken> {
        if let Some((of, next)) = &state.list {
            let seen = if *next == UNSEEN { self.known(&state.seen) } else { Vec::new() };
            return self.page(asker, of, *next, &seen);
        }
        if shown.is_empty() {
            return Some((self.nothing_before(asker), None));
        }
        let seen = self.known(&state.seen);
        // "Another one" of a quote is a quote.
        let is_of_kind = said.iter().any(|w| matches!(w.folded.as_str(), "one" | "another" | "other" | "others"));
        let quotes = if is_of_kind { self.quotes_like(shown) } else { Vec::new() };
        let near = quotes
            .into_iter()
            .chain(self.related(shown))
            .chain(shown.iter().flat_map(|found| self.of_same_topic(*found)));
        // Then what else there is of the story.
        let rest = shown.iter().take(1).flat_map(|found| self.featured_items(Scope::Story(found.story)));
        let mut next: Vec<Found> = Vec::new();
        for found in near.chain(rest).filter(|found| !seen.contains(found)) {
            if !next.contains(&found) && next.len() < MORE {
                next.push(found);
            }
        }
        if next.is_empty() {
            return Some((self.bare(asker, Outcome::Meta, asker.said.no_more, self.featured(asker.scope)), None));
        }
        let items = next.into_iter().map(|found| (found, Confidence::new(1.0))).collect();
        Some((self.with_items(asker, Outcome::Several, None, items, std::iter::empty()), None))
    }

    /// Where nothing but a quote was shown: the others of its speaker.
    fn quotes_like(&self, shown: &[Found]) -> Vec<Found> {
        let [only] = shown else { return Vec::new() };
        let (Some(Item::Quote(quote)), Some(story)) = (self.item(*only), self.stories.get(only.story)) else {
            return Vec::new();
        };
        let is_theirs = |other: &Quote| other.speaker.as_ref().map(|p| &p.id) == quote.speaker.as_ref().map(|p| &p.id);
        let quotes = story.quotes.iter().enumerate().filter(|(_, other)| is_theirs(other));
        quotes.map(|(n, _)| Found { story: only.story, item: ItemIx::Quote(n) }).collect()
    }

    fn of_same_topic(&self, found: Found) -> Vec<Found> {
        let Some(story) = self.stories.get(found.story) else { return Vec::new() };
        let topics = match self.item(found) {
            Some(Item::Fact(fact)) => &fact.topics,
            Some(Item::Quote(quote)) => &quote.topics,
            None => return Vec::new(),
        };
        let shares = |fact: &Fact| fact.topics.iter().any(|t| topics.iter().any(|own| own.id == t.id));
        let facts = story.facts.iter().enumerate().filter(|(_, fact)| shares(fact));
        facts.map(|(n, _)| Found { story: found.story, item: ItemIx::Fact(n) }).collect()
    }

    /// A list's first page, or somebody's word on one matter; None where there is nothing. `seen` is left out.
    pub(super) fn listed(&self, asker: Asker, wanted: Wanted, seen: &[Found]) -> Option<Spoken> {
        match wanted {
            Wanted::List(of) => self.page(asker, &of, 0, seen),
            Wanted::Word(of) => self.word_on(asker, &of).map(|reply| (reply, None)),
        }
    }

    /// What somebody said about one matter: of what is theirs, the one or two that are about it, else the one that fits it best.
    fn word_on(&self, asker: Asker, of: &ListOf) -> Option<Reply> {
        let stories: Vec<_> = self.in_scope(asker.scope).collect();
        let theirs = lists::items(&ListOf { about: String::new(), ..of.clone() }, &stories);
        let about = lists::items(of, &stories);
        let ranking = self.index.rank(&of.about, asker.scope, LOOKED_AT);
        let place = |found: &Found| ranking.candidates.iter().position(|c| self.at(c) == Some(*found));
        let mut fitting: Vec<Found> = about.clone();
        if fitting.is_empty() {
            let covers = |found: &Found| {
                let candidate = ranking.candidates.iter().find(|c| self.at(c) == Some(*found));
                candidate.is_some_and(|c| c.covered >= SAME_MATTER)
            };
            fitting = theirs.into_iter().filter(covers).collect();
        }
        fitting.sort_by_key(|found| place(found).unwrap_or(usize::MAX));
        fitting.truncate(if about.len() == WORDS { WORDS } else { 1 });
        let outcome = if about.is_empty() { Outcome::Nearest } else { Outcome::Answer };
        let lead = about.is_empty().then_some(asker.said.closest);
        let items: Vec<(Found, Confidence)> = fitting.into_iter().map(|found| (found, Confidence::new(1.0))).collect();
        (!items.is_empty()).then(|| self.with_items(asker, outcome, lead, items, std::iter::empty()))
    }

    /// A page of a list; None where it has nothing. `seen` is left out.
    pub(super) fn page(&self, asker: Asker, of: &ListOf, from: usize, seen: &[Found]) -> Option<Spoken> {
        let is_in = |story: &Story| of.story.is_none_or(|key| key == Key::of(story.id.as_str(), ""));
        let stories: Vec<_> = self.in_scope(asker.scope).filter(|(_, story)| is_in(story)).collect();
        let mut items = lists::items(of, &stories);
        items.retain(|found| !seen.contains(found));
        if items.is_empty() {
            return None;
        }
        // The next page is of the same stories, whatever the next message is asked of.
        let story = match asker.scope {
            Scope::Story(n) => self.stories.get(n).map(|story| Key::of(story.id.as_str(), "")),
            Scope::All => of.story,
        };
        let of = ListOf { story, ..of.clone() };
        let code = if seen.is_empty() { of.written() } else { String::new() };
        let reply = self.part(asker, &items, from, code);
        let last = from + PAGE.min(items.len().saturating_sub(from));
        let next = if seen.is_empty() { last } else { UNSEEN };
        let list = (reply.page.is_some() && last < items.len()).then_some((of, next));
        Some((reply, list))
    }

    /// The items of a list from one place on, as many as a page holds; `code` names the list.
    pub(super) fn part(&self, asker: Asker, items: &[Found], from: usize, code: String) -> Reply {
        let all = items.len();
        let page: Vec<(Found, Confidence)> =
            items.iter().skip(from).take(PAGE).map(|found| (*found, Confidence::new(1.0))).collect();
        if page.is_empty() {
            return self.bare(asker, Outcome::Meta, asker.said.no_more, self.featured(asker.scope));
        }
        let last = from + page.len();
        let lead = (all > PAGE).then(|| {
            let place = if last == from + 1 { last.to_string() } else { format!("{}–{last}", from + 1) };
            let part = filled(&filled(asker.said.some_of_list, &place), &all.to_string());
            if last < all { format!("{part} {}", asker.said.more) } else { part }
        });
        let outcome = if all == 1 { Outcome::Answer } else { Outcome::Several };
        let mut reply = self.with_items(asker, outcome, lead.as_deref(), page, std::iter::empty());
        let code = if code.chars().count() <= CODE { code } else { String::new() };
        reply.page = Some(Page { code, first: from + 1, last, all });
        reply
    }
}
