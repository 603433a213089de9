//! When, where, why and how many of what was shown: answered from a fact beside it, refused with what was shown where the
//! story does not say.

use super::asker::Asker;
use super::decide::Decision;
use super::dialogue::{content, with_one_beside};
use super::engine::{Engine, LOOKED_AT};
use super::follow::says_something;
use super::reply::{Band, Outcome, Reply};
use super::state::State;
use crate::matcher::{Asked, Candidate, Confidence, Found, Ranking};
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
        let (mut asked, mut unread) = (None, None);
        for base in [content(&state.asked), content(&statement)] {
            let ranking = self.index.rank(&format!("{message} {base}"), asker.scope, LOOKED_AT);
            asked = asked.or(ranking.asked);
            if let Some(holder) = self.holder(message, &ranking, shown, &beside) {
                return self.held(asker, message, state, (shown, &beside), (holder, &ranking));
            }
            let holds = |c: &&Candidate| c.holds && ranking.asked.is_some();
            let is_unread = |found: &Found| beside.contains(found) && !shown.contains(found);
            let mut holders = ranking.candidates.iter().filter(holds).filter_map(|c| self.at(c));
            unread = unread.or_else(|| holders.find(is_unread));
        }
        let first = shown.iter().take(1).copied();
        let lead = asked.map_or(asker.said.closest, |asked| asker.said.lacks(asked));
        if asked == Some(Asked::Why)
            && let Some(reason) = self.reason(asker, message, state, shown)
        {
            return self.offered(asker, lead, std::iter::once(reason).chain(first));
        }
        match unread {
            Some(holder) => self.offered(asker, asker.said.closest, std::iter::once(holder).chain(first)),
            None => self.again(asker, Outcome::Nearest, shown, |_| lead.to_owned()),
        }
    }

    /// The best that surely holds the kind of answer asked for.
    fn holder<'a>(
        &self,
        message: &str,
        ranking: &'a Ranking,
        shown: &[Found],
        beside: &[Found],
    ) -> Option<&'a Candidate> {
        let is_why = ranking.asked == Some(Asked::Why);
        let is_of_that = words(message, &Language::default()).iter().any(|w| says_something(w) || w.folded == "not");
        let is_in = |c: &Candidate, list: &[Found]| self.at(c).is_some_and(|found| list.contains(&found));
        let is_sure = |c: &&Candidate| self.thresholds.band(c.confidence) == Band::High && c.covered >= SAME_MATTER;
        // "Why is he against it" asks for no reason of something else, nor does "why" by chance.
        let is_near = |c: &&Candidate| is_in(c, beside) || (!is_of_that && (!is_why || c.covered >= REASON));
        // Whoever asks why has read what was shown.
        let is_new = |c: &&Candidate| !is_why || !is_in(c, shown);
        let holds = |c: &&Candidate| c.holds && ranking.asked.is_some();
        ranking.candidates.iter().filter(is_sure).filter(is_near).filter(is_new).find(holds)
    }

    /// The reply with what holds the kind of answer: the answer, where nothing says that something else may have been meant.
    fn held(
        &self,
        asker: Asker,
        message: &str,
        state: &State,
        (shown, beside): (&[Found], &[Found]),
        (best, ranking): (&Candidate, &Ranking),
    ) -> Reply {
        let found = self.at(best);
        let is_in = |list: &[Found]| found.is_some_and(|found| list.contains(&found));
        // Where its author did not relate it, a reason may be what is related.
        if ranking.asked == Some(Asked::Why)
            && !is_in(beside)
            && let Some(reason) = self.reason(asker, message, state, shown)
        {
            return self.offered(asker, asker.said.closest, found.into_iter().chain([reason]));
        }
        // "To whom?" of what names somebody: it may be somebody else.
        if ranking.asked == Some(Asked::Who) && is_in(shown) {
            let is_beside = |c: &Candidate| self.at(c).is_some_and(|found| beside.contains(&found));
            let near = with_one_beside(vec![best], ranking, &is_beside);
            return self.worded(asker, &Decision::Nearest(near), &ranking.candidates);
        }
        self.worded(asker, &Decision::Answer(best, None), &ranking.candidates)
    }

    fn offered(&self, asker: Asker, lead: &str, items: impl Iterator<Item = Found>) -> Reply {
        let items = items.map(|found| (found, Confidence::new(1.0))).collect();
        self.with_items(asker, Outcome::Nearest, Some(lead), items, std::iter::empty())
    }

    /// Of what is related to what was shown, what is likest to be an example of it.
    pub(super) fn example(&self, asker: Asker, message: &str, state: &State, shown: &[Found]) -> Reply {
        match self.reason(asker, message, state, shown) {
            Some(example) => {
                let first = shown.iter().take(1).copied();
                self.offered(asker, asker.said.closest, std::iter::once(example).chain(first))
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
