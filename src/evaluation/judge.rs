//! Right, wrong or refused: what a reply is worth to somebody who asked.

use std::collections::BTreeMap;

use super::gold::{Gold, Half, Question, Wanted};
use crate::answer::{Engine, Outcome, Reply, Thresholds};
use crate::matcher::Scope;

/// The verdict on one reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Shows what was wanted, as an answer; or rightly none.
    Right,
    /// Offers what was wanted as the nearest.
    Offered,
    /// Says that the story doesn't say, though it does.
    Refused,
    /// Shows something else.
    Wrong,
}

/// One question with its reply's mark.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The question.
    pub question: &'a Question,
    /// What was replied.
    pub reply: Reply,
    /// What it is worth.
    pub mark: Mark,
}

/// Counts of one kind of question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Replies marked right.
    pub right: usize,
    /// Replies that offer the right fact as the nearest.
    pub offered: usize,
    /// Replies that refuse though the story says it.
    pub refused: usize,
    /// Replies that show something else.
    pub wrong: usize,
}

impl Row {
    /// All questions of the kind.
    pub fn all(&self) -> usize {
        self.right + self.offered + self.refused + self.wrong
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

/// Counts by kind, and over what the story answers and what it does not.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By the question's kind.
    pub kinds: BTreeMap<String, Row>,
    /// Questions that the story answers.
    pub answerable: Row,
    /// Questions that it does not.
    pub unanswerable: Row,
}

/// Asks every question of `gold` (of one half, if given) within its story and judges the replies.
pub fn judge<'a>(engine: &Engine, gold: &'a Gold, half: Option<Half>) -> Vec<Judged<'a>> {
    let scope = engine.scope_of(&gold.story).unwrap_or(Scope::All);
    let asked = gold.questions.iter().filter(|q| half.is_none_or(|h| q.half == h));
    asked
        .map(|question| {
            let reply = engine.reply(&question.q, scope);
            let mark = mark(question, &reply);
            Judged { question, reply, mark }
        })
        .collect()
}

impl Report {
    /// Counts the marks.
    pub fn of(judged: &[Judged<'_>]) -> Self {
        let mut report = Self::default();
        for one in judged {
            report.kinds.entry(one.question.kind.clone()).or_default().add(one.mark);
            let side = if is_answerable(one.question) { &mut report.answerable } else { &mut report.unanswerable };
            side.add(one.mark);
        }
        report
    }

    /// Share 0..1 of answerable questions with the right fact shown, as an answer or as the nearest.
    pub fn right(&self) -> f32 {
        share(self.answerable.right + self.answerable.offered, self.answerable.all())
    }

    /// Share 0..1 of unanswerable questions answered as if they were not.
    pub fn invented(&self) -> f32 {
        share(self.unanswerable.wrong, self.unanswerable.all())
    }
}

fn share(part: usize, all: usize) -> f32 {
    if all == 0 { 0.0 } else { part as f32 / all as f32 }
}

fn is_answerable(question: &Question) -> bool {
    question.want.iter().any(|w| matches!(w, Wanted::Item(_)))
}

fn mark(question: &Question, reply: &Reply) -> Mark {
    let shows = |id: &String| reply.facts.iter().any(|f| f.id == *id) || reply.quotes.iter().any(|q| q.id == *id);
    let is_shown = question.want.iter().any(|w| matches!(w, Wanted::Item(id) if shows(id)));
    let may_refuse = question.want.iter().any(|w| matches!(w, Wanted::Unknown | Wanted::Lacks(_)));
    match reply.outcome {
        Outcome::Answer | Outcome::Clarify | Outcome::Several if is_shown => Mark::Right,
        Outcome::Answer | Outcome::Clarify | Outcome::Several => Mark::Wrong,
        // "The story doesn't say when, it does say" and "the closest is" do not pretend to answer.
        Outcome::Nearest if is_shown => Mark::Offered,
        Outcome::Nearest if may_refuse => Mark::Right,
        Outcome::Nearest => Mark::Wrong,
        Outcome::Unknown | Outcome::Meta | Outcome::Silent if may_refuse => Mark::Right,
        Outcome::Unknown | Outcome::Meta | Outcome::Silent => Mark::Refused,
    }
}

/// One row of the trade-off between answering and refusing.
#[derive(Clone, Debug)]
pub struct Swept {
    /// The thresholds tried.
    pub thresholds: Thresholds,
    /// What they give.
    pub report: Report,
}

/// The report for each value of `answer_at` from 0.05 to 0.95, with `nearest_at` kept at its share of it.
pub fn sweep(engine: Engine, golds: &[Gold], half: Option<Half>) -> Vec<Swept> {
    let ratio = engine.thresholds().nearest_at / engine.thresholds().answer_at.max(f32::EPSILON);
    let mut engine = engine;
    let mut out = Vec::new();
    for step in 1..20u8 {
        let answer_at = f32::from(step) * 0.05;
        let thresholds = Thresholds { answer_at, nearest_at: answer_at * ratio };
        engine = engine.with_thresholds(thresholds);
        let judged: Vec<Judged<'_>> = golds.iter().flat_map(|gold| judge(&engine, gold, half)).collect();
        out.push(Swept { thresholds, report: Report::of(&judged) });
    }
    out
}
