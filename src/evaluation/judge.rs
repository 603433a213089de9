//! Asks every gold question and holds every dialogue, and marks the replies.

use super::dialogue::{Dialogue, Dialogues, Turn};
use super::given::{Given, items};
use super::gold::{Gold, Half, Question};
use super::mark::{Mark, mark};
use super::report::Report;
use crate::answer::{Engine, Reply, State, Thresholds};
use crate::matcher::Scope;

/// One question with what was given and its mark.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The question.
    pub question: &'a Question,
    /// What was replied.
    pub given: Given,
    /// What it is worth.
    pub mark: Mark,
}

/// One turn of a dialogue with what was given and its mark.
#[derive(Clone, Debug)]
pub struct JudgedTurn<'a> {
    /// The dialogue.
    pub dialogue: &'a Dialogue,
    /// Place of the turn in it, from 1.
    pub number: usize,
    /// The turn.
    pub turn: &'a Turn,
    /// What was replied.
    pub given: Given,
    /// What it is worth.
    pub mark: Mark,
    /// Where it asks for the second thing and there was one: whether that is shown.
    pub second: Option<bool>,
}

/// Asks every question of `gold` (of one half, if given) and judges the replies. The engine has its stories only.
pub fn judge<'a>(engine: &Engine, gold: &'a Gold, half: Option<Half>) -> Vec<Judged<'a>> {
    let scope = scope(engine, &gold.stories);
    let asked = gold.questions.iter().filter(|q| half.is_none_or(|h| q.half == h));
    asked
        .map(|question| {
            // Only a list has pages, and only a conversation can turn them.
            let given = if question.list {
                Given::to(engine, &question.q, scope, &State::default()).0
            } else {
                Given { reply: engine.reply(&question.q, scope), further: Vec::new() }
            };
            let mark = mark(question.wish(), &given, engine.stories());
            Judged { question, given, mark }
        })
        .collect()
}

/// Holds every dialogue (of one half, if given) from its start and judges each reply. The engine has its stories only.
pub fn judge_dialogues<'a>(engine: &Engine, file: &'a Dialogues, half: Option<Half>) -> Vec<JudgedTurn<'a>> {
    let scope = scope(engine, &file.stories);
    let held = file.dialogues.iter().filter(|d| half.is_none_or(|h| d.half == h));
    held.flat_map(|dialogue| hold(engine, dialogue, scope)).collect()
}

fn hold<'a>(engine: &Engine, dialogue: &'a Dialogue, scope: Scope) -> Vec<JudgedTurn<'a>> {
    let mut state = State::default();
    let mut out: Vec<JudgedTurn<'a>> = Vec::new();
    for (n, turn) in dialogue.turns.iter().enumerate() {
        let (given, next) = Given::to(engine, &turn.say, scope, &state);
        let mark = mark(turn.wish(), &given, engine.stories());
        let before = out.last().filter(|_| turn.second).and_then(|j| second(&j.given.reply));
        let second = before.map(|item| given.shown().contains(&item));
        out.push(JudgedTurn { dialogue, number: n + 1, turn, given, mark, second });
        state = next;
    }
    out
}

/// The second thing of a reply: of what it shows, else of what it offers. A quote below its fact is no thing of its own.
pub(super) fn second(reply: &Reply) -> Option<(&str, &str)> {
    let offered = || reply.suggestions.get(1).map(|s| (s.story.as_str(), s.id.as_str()));
    match reply.facts.as_slice() {
        [_] => offered(),
        _ => items(reply).nth(1).or_else(offered),
    }
}

/// One story, or all that the engine has.
fn scope(engine: &Engine, stories: &[String]) -> Scope {
    match stories {
        [one] => engine.scope_of(one).unwrap_or(Scope::All),
        _ => Scope::All,
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

/// The report over all files, each with its engine, for each value of `answer_at` from 0.05 to 0.95, with `nearest_at`
/// kept at its share of it.
pub fn sweep(files: Vec<(Engine, &Gold)>, half: Option<Half>) -> Vec<Swept> {
    let ratio = |t: &Thresholds| t.nearest_at / t.answer_at.max(f32::EPSILON);
    let ratio = files.first().map_or(0.0, |(engine, _)| ratio(engine.thresholds()));
    let mut files = files;
    let mut out = Vec::new();
    for step in 1..20u8 {
        let answer_at = f32::from(step) * 0.05;
        let thresholds = Thresholds { answer_at, nearest_at: answer_at * ratio };
        files = files.into_iter().map(|(engine, gold)| (engine.with_thresholds(thresholds), gold)).collect();
        let judged: Vec<Judged<'_>> = files.iter().flat_map(|(engine, gold)| judge(engine, gold, half)).collect();
        out.push(Swept { thresholds, report: Report::of(&judged) });
    }
    out
}
