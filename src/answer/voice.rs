//! What somebody says to what was shown: "what does the mayor say to that", "and the company?".

use super::asker::Asker;
use super::dialogue::content;
use super::engine::{Engine, Item, LOOKED_AT};
use super::lists;
use super::person::says;
use super::reply::{Outcome, Reply};
use super::state::{Key, ListOf, State};
use crate::knowledge::Claim;
use crate::matcher::{Confidence, Found};
use crate::text::Word;

impl Engine {
    /// What somebody who is named says to what was shown: of what is theirs, or tells of them, what is related to it or like it.
    pub(super) fn word_to_that(&self, asker: Asker, said: &[Word], state: &State, shown: &[Found]) -> Option<Reply> {
        /// So many of them are shown.
        const WORDS: usize = 2;
        let stories: Vec<_> = self.in_scope(asker.scope).collect();
        let by = lists::voice(said, &stories.iter().map(|(_, story)| *story).collect::<Vec<_>>())?;
        let theirs = lists::items(&ListOf { by: Some(by), ..ListOf::default() }, &stories);
        let statement = shown.first().and_then(|found| self.statement(*found)).unwrap_or_default();
        let ranking = self.index.rank(&format!("{} {statement}", content(&state.asked)), asker.scope, LOOKED_AT);
        let beside = self.word_beside(by, &theirs, shown);
        let alike = ranking.candidates.iter().filter_map(|c| self.at(c)).filter(|found| theirs.contains(found));
        let mut items: Vec<(Found, Confidence)> = Vec::with_capacity(WORDS);
        for found in beside.into_iter().chain(alike).filter(|found| !shown.contains(found)) {
            if items.len() < WORDS && !items.iter().any(|(known, _)| *known == found) {
                items.push((found, Confidence::new(1.0)));
            }
        }
        (!items.is_empty()).then(|| self.with_items(asker, Outcome::Answer, None, items, std::iter::empty()))
    }

    /// What is related to what was shown and somebody's own, or tells of them.
    fn word_beside(&self, by: Key, theirs: &[Found], shown: &[Found]) -> Vec<Found> {
        let is_word = |found: &Found| theirs.contains(found) || self.tells_of(*found, by);
        self.related(shown).into_iter().filter(is_word).collect()
    }

    /// "And the company?": its word on what was shown, where something beside that is.
    pub(super) fn and_somebody(&self, asker: Asker, rest: &[Word], shown: &[Found]) -> Option<Reply> {
        const PLACED: &[&str] = &["in", "at", "to", "from", "for", "with"];
        rest.first().filter(|w| !PLACED.contains(&w.folded.as_str()))?;
        let stories: Vec<_> = self.in_scope(asker.scope).collect();
        let by = lists::voice(rest, &stories.iter().map(|(_, story)| *story).collect::<Vec<_>>())?;
        let theirs = lists::items(&ListOf { by: Some(by), ..ListOf::default() }, &stories);
        let beside = self.word_beside(by, &theirs, shown).into_iter().find(|found| !shown.contains(found))?;
        Some(self.with_items(asker, Outcome::Answer, None, vec![(beside, Confidence::new(1.0))], std::iter::empty()))
    }

    /// Whether a fact that is more than the article's own word names somebody.
    fn tells_of(&self, found: Found, by: Key) -> bool {
        let Some(story) = self.stories.get(found.story) else { return false };
        let Some(Item::Fact(fact)) = self.item(found) else { return false };
        let person = story.people.iter().find(|p| Key::of(story.id.as_str(), p.id.as_str()) == by);
        fact.claim != Claim::Reported && person.is_some_and(|p| says(&fact.statement, &p.name, &story.language))
    }
}
