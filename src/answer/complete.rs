//! Questions to offer while somebody types: featured ones on an empty line, else those that fit what stands there so far.
//!
//! Called for every letter that is typed, within Discord's 3 s: one ranking and one pass over the sample questions.

use super::ask_next::suggestion;
use super::engine::{Engine, Item};
use super::reply::Suggestion;
use super::state::Key;
use crate::knowledge::Question;
use crate::matcher::{Found, Scope};
use crate::text::fold;

/// The ranking gives at most so many; the rest come from the letters.
const RANKED: usize = 10;

impl Engine {
    /// At most `most` questions that go on from `typed`: those that hold its letters or the beginnings of its words,
    /// best match first, then what the matcher finds. No item comes twice.
    pub fn completions(&self, typed: &str, scope: Scope, most: usize) -> Vec<Suggestion> {
        let folded = fold(typed);
        let folded = folded.trim();
        let mut offered: Vec<Suggestion> = Vec::new();
        let mut offer = |suggestion: Suggestion| {
            let is_there = offered
                .iter()
                .any(|s| s.text == suggestion.text || (&s.story, &s.id) == (&suggestion.story, &suggestion.id));
            if !is_there && offered.len() < most {
                offered.push(suggestion);
            }
        };
        if folded.is_empty() {
            self.featured_items(scope).filter_map(|found| suggestion(&self.stories, found)).for_each(&mut offer);
            let rest = self.found.iter().filter(|found| self.is_in(scope, found));
            rest.filter_map(|found| suggestion(&self.stories, *found)).for_each(&mut offer);
            return offered;
        }
        let ranking = self.index.rank(typed, scope, RANKED);
        let ranked: Vec<Found> = ranking.candidates.iter().filter_map(|c| self.at(c)).collect();
        let place = |found: &Found| ranked.iter().position(|r| r == found).unwrap_or(RANKED);
        let mut lettered: Vec<(usize, usize, Suggestion)> = Vec::new();
        for found in self.found.iter().filter(|found| self.is_in(scope, found)) {
            let held = self.questions(*found).iter().filter_map(|q| Some((goes_on(&fold(&q.text), folded)?, q)));
            let best = held.min_by_key(|(level, _)| *level);
            if let Some(((level, question), offer)) = best.zip(suggestion(&self.stories, *found)) {
                lettered.push((level, place(found), Suggestion { text: question.text.clone(), ..offer }));
            }
        }
        lettered.sort_by_key(|(level, place, _)| (*level, *place));
        lettered.into_iter().for_each(|(.., suggestion)| offer(suggestion));
        ranked.into_iter().filter_map(|found| suggestion(&self.stories, found)).for_each(&mut offer);
        offered
    }

    /// Whether what a suggestion says is one of its item's sample questions.
    pub fn has_question(&self, suggestion: &Suggestion) -> bool {
        let items = self.known(&[Key::of(&suggestion.story, &suggestion.id)]);
        items.iter().any(|found| self.questions(*found).iter().any(|q| q.text == suggestion.text))
    }

    fn is_in(&self, scope: Scope, found: &Found) -> bool {
        scope == Scope::All || scope == Scope::Story(found.story)
    }

    fn questions(&self, found: Found) -> &[Question] {
        match self.item(found) {
            Some(Item::Fact(fact)) => &fact.questions,
            Some(Item::Quote(quote)) => &quote.questions,
            None => &[],
        }
    }
}

/// How well a question goes on from what is typed, best 0: it begins so, it has that, or every word of it begins a word.
fn goes_on(question: &str, typed: &str) -> Option<usize> {
    if let Some(at) = question.find(typed) {
        return Some(usize::from(at > 0));
    }
    let begins = |part: &str| question.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(part));
    typed.split_whitespace().all(begins).then_some(2)
}
