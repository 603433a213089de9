//! Counts of marks: by kind of question or turn, and the shares that floors are set for.

use std::collections::BTreeMap;

use super::dialogue::TurnKind;
use super::gold::Question;
use super::judge::{Judged, JudgedTurn};
use super::mark::Mark;
use super::wanted::{ItemName, Wanted};

/// Counts of one kind of question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Replies marked right.
    pub right: usize,
    /// Replies that offer the right fact as the nearest, or half of a list.
    pub offered: usize,
    /// Replies that refuse though the story says it.
    pub refused: usize,
    /// Replies that show something else.
    pub wrong: usize,
}

/// Counts by kind, and over what the story answers and what it does not.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By the question's kind.
    pub kinds: BTreeMap<String, Row>,
    /// Questions that the story answers.
    pub answerable: Row,
    /// Questions that it does not.
    pub unanswerable: Row,
    /// Questions on the bot or the article itself.
    pub meta: Row,
    /// Over questions that name the story they want.
    pub story: Part,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// So many.
    pub part: usize,
    /// Of so many.
    pub all: usize,
}

/// Counts of dialogues.
#[derive(Clone, Debug, Default)]
pub struct DialogueReport {
    /// By the turn's kind.
    pub kinds: BTreeMap<TurnKind, Row>,
    /// Turns that ask for the second thing shown before, and get it. Whether they do is no part of their mark.
    pub seconds: Part,
}

impl Row {
    /// All questions of the kind.
    pub fn all(&self) -> usize {
        self.right + self.offered + self.refused + self.wrong
    }

    /// Share 0..1 with the wanted thing shown, as an answer or as the nearest.
    pub fn shown(&self) -> f32 {
        Part { part: self.right + self.offered, all: self.all() }.share()
    }

    fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Right => self.right += 1,
            Mark::Offered => self.offered += 1,
            Mark::Refused => self.refused += 1,
            Mark::Wrong => self.wrong += 1,
        }
    }
}

impl Part {
    /// 0..1; 0 of nothing is 0.
    pub fn share(&self) -> f32 {
        if self.all == 0 { 0.0 } else { self.part as f32 / self.all as f32 }
    }

    fn add(&mut self, is_part: bool) {
        self.part += usize::from(is_part);
        self.all += 1;
    }
}

impl Report {
    /// Counts the marks.
    pub fn of(judged: &[Judged<'_>]) -> Self {
        let mut report = Self::default();
        for one in judged {
            report.kinds.entry(one.question.kind.clone()).or_default().add(one.mark);
            report.side(one.question).add(one.mark);
            if let Some(is_chosen) = chosen(one) {
                report.story.add(is_chosen);
            }
        }
        report
    }

    /// Share 0..1 of answerable questions with the right fact shown, as an answer or as the nearest.
    pub fn right(&self) -> f32 {
        self.answerable.shown()
    }

    /// Share 0..1 of unanswerable questions answered as if they were not.
    pub fn invented(&self) -> f32 {
        Part { part: self.unanswerable.wrong, all: self.unanswerable.all() }.share()
    }

    fn side(&mut self, question: &Question) -> &mut Row {
        let has = |is: fn(&Wanted) -> bool| question.want.iter().any(is);
        if has(|w| matches!(w, Wanted::Item(_) | Wanted::Source(_) | Wanted::Speaker(_))) {
            &mut self.answerable
        } else if has(|w| matches!(w, Wanted::Unknown | Wanted::Lacks(_))) {
            &mut self.unanswerable
        } else {
            &mut self.meta
        }
    }
}

/// Whether everything shown is of a story that was wanted; None where nothing is shown or no story is named.
fn chosen(judged: &Judged<'_>) -> Option<bool> {
    let named = judged.question.want.iter().filter_map(Wanted::named);
    let stories: Vec<&str> = named.filter_map(|item: &ItemName| item.story.as_deref()).collect();
    let shown = judged.given.shown();
    let is_asked = !stories.is_empty() && !shown.is_empty();
    is_asked.then(|| shown.iter().all(|(story, _)| stories.contains(story)))
}

impl DialogueReport {
    /// Counts the marks.
    pub fn of(judged: &[JudgedTurn<'_>]) -> Self {
        let mut report = Self::default();
        for one in judged {
            report.kinds.entry(one.turn.kind).or_default().add(one.mark);
            if let Some(is_given) = one.second {
                report.seconds.add(is_given);
            }
        }
        report
    }

    /// Share 0..1 of follow-up turns with what was wanted, as an answer or as the nearest.
    pub fn right(&self) -> f32 {
        self.kinds.get(&TurnKind::Followup).map_or(0.0, Row::shown)
    }
}
