//! From items to a reply: what belongs together, what is shown of it, what to ask next.

use super::ask_next;
use super::ask_next::suggestions;
use super::asker::Asker;
use super::engine::{Engine, Item, LOOKED_AT};
use super::reply::{Band, Outcome, Reply, ShownFact, ShownQuote, Suggestion};
use super::show;
use super::state::Key;
use crate::knowledge::{ItemIx, Quote};
use crate::matcher::{Candidate, Confidence, Found, Scope};

/// So many items are shown where none is sure, those included that must stand with one: three, and a denial.
const MOST_NEAREST: usize = 4;

impl Engine {
    /// The reply that shows these items and what belongs to them; `near` is what else may be asked.
    pub(super) fn with_items(
        &self,
        asker: Asker,
        outcome: Outcome,
        lead: Option<&str>,
        items: Vec<(Found, Confidence)>,
        near: impl Iterator<Item = Found>,
    ) -> Reply {
        let limited = |(found, confidence): (Found, Confidence)| (found, self.thresholds.limit(outcome, confidence));
        let items: Vec<(Found, Confidence)> = items.into_iter().map(limited).collect();
        let confidence = items.first().map(|(_, confidence)| *confidence).unwrap_or_default();
        let items = self.with_companions(items, outcome);
        let (facts, quotes) = self.shown(asker, &items);
        let items: Vec<Found> = items.into_iter().map(|(found, _)| found).collect();
        let next = self.related(&items).into_iter().chain(near);
        Reply {
            said: asker.said,
            outcome,
            confidence,
            band: self.thresholds.band(confidence),
            lead: lead.map(str::to_owned),
            suggestions: suggestions(&self.stories, &items, next),
            facts,
            quotes,
            page: None,
        }
    }

    /// An answer that lacks something after all: the closest there is.
    pub(super) fn unsure(&self, asker: Asker, reply: Reply) -> Reply {
        let confidence = self.thresholds.limit(Outcome::Nearest, reply.confidence);
        let (lead, band) = (Some(asker.said.closest.to_owned()), self.thresholds.band(confidence));
        Reply { outcome: Outcome::Nearest, lead, confidence, band, ..reply }
    }

    /// Whether what a reply shows first has anything of `about`.
    pub(super) fn touches(&self, asker: Asker, about: &str, reply: &Reply) -> bool {
        let ranking = self.index.rank(about, asker.scope, LOOKED_AT);
        let shown = reply.facts.iter().map(|f| (&f.story, &f.id)).chain(reply.quotes.iter().map(|q| (&q.story, &q.id)));
        let keys: Vec<Key> = shown.map(|(story, id)| Key::of(story, id)).collect();
        let is_shown =
            |c: &&Candidate| self.at(c).and_then(|found| self.key(found)).is_some_and(|key| keys.contains(&key));
        ranking.candidates.iter().filter(is_shown).any(|c| c.covered > 0.0)
    }

    /// That the story doesn't say, and what it can answer that is near.
    pub(super) fn unknown(&self, asker: Asker, ranked: &[Candidate]) -> Reply {
        let is_several = self.stories.len() > 1 && asker.scope == Scope::All;
        let lead = if is_several { asker.said.unknown_several } else { asker.said.unknown };
        let near = ranked.iter().filter_map(|c| self.at(c)).chain(self.featured_items(asker.scope));
        let best = ranked.first().map(|c| c.confidence).unwrap_or_default();
        let confidence = self.thresholds.limit(Outcome::Unknown, best);
        Reply { confidence, ..self.bare(asker, Outcome::Unknown, lead, suggestions(&self.stories, &[], near)) }
    }

    /// The items as they are shown: facts, and each quote once.
    fn shown(&self, asker: Asker, items: &[(Found, Confidence)]) -> (Vec<ShownFact>, Vec<ShownQuote>) {
        let mut facts: Vec<ShownFact> = Vec::new();
        let mut quotes: Vec<ShownQuote> = Vec::new();
        for (found, confidence) in items {
            let Some(story) = self.stories.get(found.story) else { continue };
            let spoken: Vec<&Quote> = match self.item(*found) {
                Some(Item::Fact(fact)) => {
                    facts.push(show::fact(story, fact, *confidence, self.stories.len() > 1, asker.said));
                    fact.quotes.iter().map(AsRef::as_ref).collect()
                }
                Some(Item::Quote(quote)) => vec![quote],
                None => Vec::new(),
            };
            for quote in spoken {
                if !quotes.iter().any(|q| q.story == story.id.as_str() && q.id == quote.id.as_str()) {
                    quotes.push(show::quote(story, quote));
                }
            }
        }
        (facts, quotes)
    }

    /// A fact brings the one it is always shown with. Two facts are the most of an answer, so such a fact is never the
    /// second of a tie; where two stories rival and in a list each fact brings its own.
    fn with_companions(&self, items: Vec<(Found, Confidence)>, outcome: Outcome) -> Vec<(Found, Confidence)> {
        let companion = |(found, confidence): &(Found, Confidence)| {
            let with = match self.item(*found) {
                Some(Item::Fact(fact)) => fact.with.first().copied(),
                _ => None,
            };
            with.map(|n| (Found { story: found.story, item: ItemIx::Fact(n) }, *confidence))
        };
        if matches!(outcome, Outcome::Clarify | Outcome::Several | Outcome::Nearest) {
            let most = if outcome == Outcome::Nearest { MOST_NEAREST } else { usize::MAX };
            let mut all: Vec<(Found, Confidence)> = Vec::with_capacity(items.len());
            for item in &items {
                let both = std::iter::once(*item).chain(companion(item));
                let new: Vec<_> = both.filter(|(found, _)| !all.iter().any(|(known, _)| known == found)).collect();
                if all.len() + new.len() <= most {
                    all.extend(new);
                }
            }
            return all;
        }
        match items.first().and_then(|first| Some([*first, companion(first)?])) {
            Some(both) => both.to_vec(),
            None => items
                .iter()
                .take(1)
                .chain(items.iter().skip(1).filter(|item| companion(item).is_none()))
                .copied()
                .collect(),
        }
    }

    pub(super) fn related(&self, shown: &[Found]) -> Vec<Found> {
        let related = |found: &Found| {
            let items = match self.item(*found) {
                Some(Item::Fact(fact)) => fact.related.clone(),
                Some(Item::Quote(quote)) => quote.related.clone(),
                None => Vec::new(),
            };
            items.into_iter().map(|item| Found { story: found.story, item }).collect::<Vec<_>>()
        };
        shown.iter().flat_map(related).collect()
    }

    /// A reply without facts.
    pub(super) fn bare(&self, asker: Asker, outcome: Outcome, lead: &str, mut suggestions: Vec<Suggestion>) -> Reply {
        suggestions.truncate(ask_next::MOST);
        Reply {
            said: asker.said,
            outcome,
            confidence: Confidence::default(),
            band: Band::None,
            lead: Some(lead.to_owned()),
            facts: Vec::new(),
            quotes: Vec::new(),
            page: None,
            suggestions,
        }
    }

    /// The reply to two questions at once: what stands in front of one stays in front of its own facts.
    pub(super) fn joined(&self, one: Reply, other: Reply) -> Reply {
        let shows = |reply: &Reply| !reply.facts.is_empty() || !reply.quotes.is_empty();
        let (mut first, mut second) = if shows(&one) || !shows(&other) { (one, other) } else { (other, one) };
        if !shows(&second) {
            let half = match second.outcome {
                Outcome::Unknown if shows(&first) => Some(first.said.other_half.to_owned()),
                Outcome::Meta => second.lead,
                _ => None,
            };
            let leads: Vec<String> = half.into_iter().chain(first.lead.take()).collect();
            first.lead = (!leads.is_empty()).then(|| leads.join("\n\n"));
            return first;
        }
        for reply in [&mut first, &mut second] {
            if let Some(fact) = reply.facts.first_mut() {
                fact.lead = reply.lead.take();
            }
        }
        // The less sure of the two says how sure the whole is.
        if second.outcome == Outcome::Nearest && first.outcome == Outcome::Answer {
            (first.outcome, first.confidence, first.band) = (second.outcome, second.confidence, second.band);
        }
        let is_fact = |a: &ShownFact, b: &ShownFact| (&a.story, &a.id) == (&b.story, &b.id);
        let is_quote = |a: &ShownQuote, b: &ShownQuote| (&a.story, &a.id) == (&b.story, &b.id);
        second.facts.retain(|fact| !first.facts.iter().any(|known| is_fact(known, fact)));
        second.quotes.retain(|quote| !first.quotes.iter().any(|known| is_quote(known, quote)));
        first.facts.append(&mut second.facts);
        first.quotes.append(&mut second.quotes);
        first.page = first.page.or(second.page);
        first
    }
}
