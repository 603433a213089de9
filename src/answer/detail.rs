//! When, where, why and how many of what was shown, and what somebody says to it: answered from a fact beside it, refused with
//! what was shown where the story does not say.

use super::asker::Asker;
use super::decide::Decision;
use super::dialogue::content;
use super::engine::{Engine, Item, LOOKED_AT};
use super::follow::says_something;
use super::lists;
use super::person::says;
use super::reply::{Band, Outcome, Reply};
use super::state::{Key, ListOf, State};
use crate::knowledge::Claim;
use crate::matcher::{Asked, Candidate, Confidence, Found};
use crate::text::{Language, Word, words};

/// From this share of its words on, a fact is about the same matter as the question before.
pub(super) const SAME_MATTER: f32 = 0.5;
/// From this share of the question before and its "why" on, a fact gives its reason though its author did not relate them.
const REASON: f32 = 0.7;

impl Engine {
    /// When, where, why, how many of what was shown.
    pub(super) fn detail(&self, asker: Asker, message: &str, state: &State, shown: &[Found]) -> Reply {
        let statement = shown.first().and_then(|found| self.statement(*found)).unwrap_or_default();
        let beside: Vec<Found> = shown.iter().copied().chain(self.related(shown)).collect();
        let is_of_that = words(message, &Language::default()).iter().any(|w| says_something(w) || w.folded == "not");
        let mut asked = None;
        let mut holder_beside = None;
        for base in [content(&state.asked), content(&statement)] {
            let ranking = self.index.rank(&format!("{message} {base}"), asker.scope, LOOKED_AT);
            asked = asked.or(ranking.asked);
            let is_sure = |c: &&Candidate| self.thresholds.band(c.confidence) == Band::High && c.covered >= SAME_MATTER;
            // "Why is he against it" asks for no reason of something else, nor does "why" by chance.
            let is_near = |c: &&Candidate| {
                let is_why = ranking.asked == Some(Asked::Why);
                let is_beside = self.at(c).is_some_and(|found| beside.contains(&found));
                is_beside || (!is_of_that && (!is_why || c.covered >= REASON))
            };
            // Whoever asks has read what was shown.
            let is_new = |c: &&Candidate| {
                ranking.asked != Some(Asked::Why) || !self.at(c).is_some_and(|found| shown.contains(&found))
            };
            let holds = |c: &&Candidate| c.holds && ranking.asked.is_some();
            let holder = ranking.candidates.iter().filter(is_sure).filter(is_near).filter(is_new).find(holds);
            let is_unread = |found: &Found| beside.contains(found) && !shown.contains(found);
            let mut near = ranking.candidates.iter().filter(|c| holds(c)).filter_map(|c| self.at(c));
            holder_beside = holder_beside.or(near.find(is_unread));
            if let Some(best) = holder {
                return self.worded(asker, &Decision::Answer(best, None), &ranking.candidates);
            }
        }
        let lead = asked.map_or(asker.said.closest, |asked| asker.said.lacks(asked));
        if asked == Some(Asked::Why)
            && let Some(reason) = self.reason(asker, message, state, shown)
        {
            let first = shown.iter().take(1).copied();
            let items = std::iter::once(reason).chain(first).map(|found| (found, Confidence::new(1.0))).collect();
            return self.with_items(asker, Outcome::Nearest, Some(lead), items, std::iter::empty());
        }
        if let Some(holder) = holder_beside {
            let first = shown.iter().take(1).copied();
            let items = std::iter::once(holder).chain(first).map(|found| (found, Confidence::new(1.0))).collect();
            return self.with_items(asker, Outcome::Nearest, Some(asker.said.closest), items, std::iter::empty());
        }
        self.again(asker, Outcome::Nearest, shown, |_| lead.to_owned())
    }

    /// What somebody who is named says to what was shown: of what is theirs, or tells of them, what is related to it or like it.
    pub(super) fn word_to_that(&self, asker: Asker, said: &[Word], state: &State, shown: &[Found]) -> Option<Reply> {
        /// So many of them are shown.
        const WORDS: usize = 2;
        let stories: Vec<_> = self.in_scope(asker.scope).collect();
        let by = lists::voice(said, &stories.iter().map(|(_, story)| *story).collect::<Vec<_>>())?;
        let theirs = lists::items(&ListOf { by: Some(by), ..ListOf::default() }, &stories);
        let statement = shown.first().and_then(|found| self.statement(*found)).unwrap_or_default();
        let ranking = self.index.rank(&format!("{} {statement}", content(&state.asked)), asker.scope, LOOKED_AT);
        let related = self.related(shown);
        let told = |found: &Found| self.tells_of(*found, by);
        let beside = related.iter().copied().filter(|found| theirs.contains(found) || told(found));
        let alike = ranking.candidates.iter().filter_map(|c| self.at(c)).filter(|found| theirs.contains(found));
        let mut items: Vec<(Found, Confidence)> = Vec::with_capacity(WORDS);
        for found in beside.chain(alike).filter(|found| !shown.contains(found)) {
            if items.len() < WORDS && !items.iter().any(|(known, _)| *known == found) {
                items.push((found, Confidence::new(1.0)));
            }
        }
        (!items.is_empty()).then(|| self.with_items(asker, Outcome::Answer, None, items, std::iter::empty()))
    }

    /// Whether a fact that is more than the article's own word names somebody.
    fn tells_of(&self, found: Found, by: Key) -> bool {
        let Some(story) = self.stories.get(found.story) else { return false };
        let Some(Item::Fact(fact)) = self.item(found) else { return false };
        let person = story.people.iter().find(|p| Key::of(story.id.as_str(), p.id.as_str()) == by);
        fact.claim != Claim::Reported && person.is_some_and(|p| says(&fact.statement, &p.name, &story.language))
    }

    /// Of what is related to what was shown, what is likest to be an example of it.
    pub(super) fn example(&self, asker: Asker, message: &str, state: &State, shown: &[Found]) -> Reply {
        match self.reason(asker, message, state, shown) {
            Some(example) => {
                let items = vec![(example, Confidence::new(1.0))];
                self.with_items(asker, Outcome::Nearest, Some(asker.said.closest), items, std::iter::empty())
            }
            None => self.again(asker, Outcome::Nearest, shown, |_| asker.said.closest.to_owned()),
        }
    }

    /// What is likeliest to be a reason for what was shown, of what its author relates to it, where no fact says "because".
    fn reason(&self, asker: Asker, message: &str, state: &State, shown: &[Found]) -> Option<Found> {
        let statement = shown.first().and_then(|found| self.statement(*found)).unwrap_or_default();
        let base = format!("{message} {} {}", content(&state.asked), content(&statement));
        let ranking = self.index.rank(&base, asker.scope, LOOKED_AT);
        let place = |found: &Found| ranking.candidates.iter().position(|c| self.at(c) == Some(*found));
        let related = self.related(shown).into_iter().filter(|found| !shown.contains(found));
        related.min_by_key(|found| place(found).unwrap_or(usize::MAX))
    }
}

/// "Why is he against it": hardly a word but those that stand for what was shown.
pub(super) fn asks_why_alone(said: &[Word]) -> bool {
    let is_why = said.iter().any(|w| matches!(w.folded.as_str(), "why" | "y" | "whys"));
    is_why && said.iter().filter(|w| says_something(w)).count() <= 1
}
