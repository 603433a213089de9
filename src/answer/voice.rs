//! What somebody says to what was shown: "what does the mayor say to that", "and the company?".

use super::asker::Asker;
use super::dialogue::content;
use super::engine::{Engine, Item, LOOKED_AT};
use super::lists;
use super::person::says;
use super::reply::{Outcome, Reply};
use super::state::{Key, ListOf, State};
use crate::knowledge::{Claim, Claimant};
use crate::matcher::{Confidence, Found};
use crate::text::Word;

/// A fact that is somebody's word begins with the name.
const OPENING: usize = 5;

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
        // Their word on something that is merely like it is the closest at most.
        let (outcome, lead) =
            if beside.is_empty() { (Outcome::Nearest, Some(asker.said.closest)) } else { (Outcome::Answer, None) };
        let alike = ranking.candidates.iter().filter_map(|c| self.at(c)).filter(|found| theirs.contains(found));
        let alike = alike.filter(|found| beside.is_empty() && !shown.contains(found));
        let items = beside.iter().copied().chain(alike).take(WORDS).map(|found| (found, Confidence::new(1.0)));
        let items: Vec<(Found, Confidence)> = items.collect();
        (!items.is_empty()).then(|| self.with_items(asker, outcome, lead, items, std::iter::empty()))
    }

    /// What was shown beside the first, or is related to it, and is somebody's own word.
    fn word_beside(&self, by: Key, theirs: &[Found], shown: &[Found]) -> Vec<Found> {
        let is_word = |found: &Found| theirs.contains(found) || self.tells_of(*found, by);
        let near = shown.iter().skip(1).copied().chain(self.related(shown));
        let mut beside: Vec<Found> = Vec::new();
        for found in near.filter(is_word).filter(|found| shown.first() != Some(found)) {
            if !beside.contains(&found) {
                beside.push(found);
            }
        }
        beside
    }

    /// "And the company?": its word on what was shown, where something beside that is.
    pub(super) fn and_somebody(&self, asker: Asker, rest: &[Word], shown: &[Found]) -> Option<Reply> {
        const PLACED: &[&str] = &["in", "at", "to", "from", "for", "with"];
        rest.first().filter(|w| !PLACED.contains(&w.folded.as_str()))?;
        let stories: Vec<_> = self.in_scope(asker.scope).collect();
        let by = lists::voice(rest, &stories.iter().map(|(_, story)| *story).collect::<Vec<_>>())?;
        let theirs = lists::items(&ListOf { by: Some(by), ..ListOf::default() }, &stories);
        let beside = *self.word_beside(by, &theirs, shown).first()?;
        Some(self.with_items(asker, Outcome::Answer, None, vec![(beside, Confidence::new(1.0))], std::iter::empty()))
    }

    /// Whether a fact that is nobody else's word, nor the article's, begins with somebody: "The mayor and the council deny".
    fn tells_of(&self, found: Found, by: Key) -> bool {
        let Some(story) = self.stories.get(found.story) else { return false };
        let Some(Item::Fact(fact)) = self.item(found) else { return false };
        let person = story.people.iter().find(|p| Key::of(story.id.as_str(), p.id.as_str()) == by);
        let opening: Vec<&str> = fact.statement.split_whitespace().take(OPENING).collect();
        let voice = match &fact.by {
            Some(Claimant::Person(_)) => return false,
            Some(Claimant::Text(text)) => text.clone(),
            None => opening.join(" "),
        };
        let is_named = |name: &String| says(&voice, name, &story.language);
        let is_word = !matches!(fact.claim, Claim::Reported | Claim::Alleged);
        is_word && person.is_some_and(|p| std::iter::once(&p.name).chain(&p.aliases).any(is_named))
    }
}
