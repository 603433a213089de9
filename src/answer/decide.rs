//! From ranked candidates to the kind of reply: the two thresholds and what overrides them.

use super::reply::{Band, Outcome};
use crate::matcher::{Asked, Candidate, Confidence, Ranking};

/// Where "answer" and "nearest" begin, on the one scale of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on a fact is an answer, 0..1.
    pub answer_at: f32,
    /// From here on it is worth offering, 0..1, at most `answer_at`.
    pub nearest_at: f32,
}

impl Default for Thresholds {
    /// Set on the gold questions with `eval --sweep`, by the totals of both halves.
    fn default() -> Self {
        Self { answer_at: 0.8, nearest_at: 0.05 }
    }
}

impl Thresholds {
    /// The confidence to tell: what overrides a threshold lowers it into the band of its outcome.
    pub(super) fn limit(&self, outcome: Outcome, confidence: Confidence) -> Confidence {
        /// Just below the threshold, in the three decimals that are shown.
        const BELOW: f32 = 0.001;
        match outcome {
            Outcome::Nearest => confidence.min(Confidence::new(self.answer_at - BELOW)),
            Outcome::Unknown => confidence.min(Confidence::new(self.nearest_at - BELOW)),
            _ => confidence,
        }
    }

    /// The band of a confidence.
    pub fn band(&self, confidence: Confidence) -> Band {
        match confidence.get() {
            c if c >= self.answer_at => Band::High,
            c if c >= self.nearest_at => Band::Medium,
            _ => Band::None,
        }
    }
}

/// Two facts this close in score fit about equally well: where the first is wrong, the second mostly is right (gold questions).
const TIE: f32 = 2.0;
/// Where nothing fits well, the second of the nearest is shown too if it is at most so far behind, and the third if it is at
/// most so far: two are shown on average. Of those between 5 and 7.5 behind, or 2 and 4, one in twenty is what was meant where
/// none before it is; of those beyond one in ninety (gold questions of 22 stories).
const NEARLY_AS_NEAR: [f32; 2] = [7.5, 4.0];
/// The best of two stories may be this far apart, one author having thought of the question and the other not, and still
/// need the asker's word on which is meant.
const TIE_OF_STORIES: f32 = 3.0;
/// How sure another story's fact must be where the question has no name.
const LIKELY: f32 = 0.4;
/// A question of which a story lacks a larger share is not its own.
const MOSTLY_UNSAID: f32 = 0.65;
/// But the other story may lack hardly more of the question's words.
const UNSAID_MORE: f32 = 0.1;

/// A fact that holds the kind of answer asked for may be this much behind one that lacks it.
const NEARLY: f32 = 0.5;
/// And may lack hardly more of the question: the cities of new offices are not those of the remaining ones.
const UNCOVERED_MORE: f32 = 0.1;
/// A question of which a larger share is unknown to the story is not answered, however well the rest fits: a fact on
/// Toronto does not tell its population.
const NO_ANSWER_FROM: f32 = 0.2;
/// A larger share in names that the fact lacks: "Is McAfee closing its office?" is not told by Kaspersky's.
const NO_ANSWER_FROM_FOREIGN: f32 = 0.1;
/// A question of which no field of the fact has a larger share, kin counted, is not answered by it.
const NO_ANSWER_FROM_UNCOVERED: f32 = 0.45;
/// A question with a larger share in names that its story does not have at all is about something else.
const REFUSED_FROM_STRANGERS: f32 = 0.25;
/// But a fact so likely by the rest is what was meant, and has other names: "why do they open offices in Chicago".
const LIKELY_BUT_FOR_NAMES: f32 = 3.5;
/// Unless the names are most of it: the capital of France is not that of the US.
const MOSTLY_STRANGERS: f32 = 0.5;
/// A fact that its author barred from answering, and that would be so far ahead otherwise, is what the question is about:
/// no other that is merely near is offered.
const BARRED_AHEAD: f32 = 3.0;
/// What the best fact meets of a question, in nats, and its score together come to less where the question is about something else:
/// of those that are answered by one of the first three facts 5 in 100 do, of questions about other stories half (gold questions).
const WORTH_OFFERING: f32 = 1.5;

/// Whether a fact stands beside the question, however well it fits: it lacks a word, a name, the point or the voice asked
/// for, or has it the other way round.
fn is_beside(best: &Candidate) -> bool {
    let lacks_words = best.unsaid > NO_ANSWER_FROM
        || best.foreign > NO_ANSWER_FROM_FOREIGN
        || best.uncovered > NO_ANSWER_FROM_UNCOVERED;
    lacks_words || !best.pointed || !best.voiced || !best.named || best.swapped
}

/// Whether a question is about something else than the story.
fn is_strange(best: &Candidate) -> bool {
    let is_likely = best.score >= LIKELY_BUT_FOR_NAMES && best.strangers < MOSTLY_STRANGERS;
    let is_of_others = best.strangers > REFUSED_FROM_STRANGERS && !is_likely;
    !is_worth_offering(best) || is_of_others
}

/// Whether a fact has enough of a question to be the nearest to it.
pub(super) fn is_worth_offering(candidate: &Candidate) -> bool {
    candidate.score + candidate.met >= WORTH_OFFERING
}

/// The best and those behind it that may as well be what was meant.
pub(super) fn nearest(ranked: &[Candidate]) -> Vec<&Candidate> {
    let best = ranked.first().map_or(0.0, |best| best.score);
    let behind = ranked.iter().skip(1).zip(NEARLY_AS_NEAR);
    let near = behind.take_while(|(c, margin)| best - c.score < *margin).map(|(c, _)| c);
    ranked.iter().take(1).chain(near).collect()
}

/// Whether a candidate is sure enough to be an answer and lacks nothing asked for.
pub(super) fn fits(best: &Candidate, thresholds: &Thresholds) -> bool {
    thresholds.band(best.confidence) == Band::High && !is_beside(best)
}

/// Whether the best of another story fits a question about as well as the best of all.
pub(super) fn are_rivals(best: &Candidate, other: &Candidate, names: bool, thresholds: &Thresholds) -> bool {
    let is_whole = |c: &Candidate| c.voiced && c.foreign <= NO_ANSWER_FROM_FOREIGN && c.unsaid <= MOSTLY_UNSAID;
    if !is_whole(best) || !is_whole(other) || thresholds.band(best.confidence) == Band::None {
        return false;
    }
    // Without a name nothing says which story is meant, however well one author foresaw the question.
    if !names {
        return other.confidence.get() >= LIKELY;
    }
    let is_as_full = other.unsaid - best.unsaid < UNSAID_MORE && best.holds == other.holds;
    thresholds.band(other.confidence) != Band::None && is_as_full && best.score - other.score < TIE_OF_STORIES
}

/// A fact that lacks more of a question after a number counts something else.
const COUNTED: f32 = 0.6;

/// What to do with the candidates.
#[derive(Debug)]
pub(super) enum Decision<'a> {
    /// Show it as the answer, the second too where there is one (and `with` calls for none).
    Answer(&'a Candidate, Option<&'a Candidate>),
    /// Show these as the nearest there are, at most three.
    Nearest(Vec<&'a Candidate>),
    /// The first knows the thing but not what was asked of it; the others likewise.
    Lacks(Vec<&'a Candidate>, Asked),
    /// The best of two stories.
    Clarify(&'a Candidate, &'a Candidate),
    /// Nothing fits.
    Unknown,
}

/// Decides by the best candidates, which come best first.
pub(super) fn decide<'a>(ranking: &'a Ranking, thresholds: &Thresholds) -> Decision<'a> {
    let ranked = &ranking.candidates;
    let Some(best) = ranked.first() else { return Decision::Unknown };
    let band = thresholds.band(best.confidence);
    let would_be_first = |c: &Candidate| c.barred > 0.0 && c.score + c.barred > best.score + BARRED_AHEAD;
    let is_barred = !fits(best, thresholds) && ranked.iter().any(would_be_first);
    // Nobody is the chief executive in a story that has none.
    let has_no_such = best.has_lesser_role || ranked.iter().filter(|c| c.barred == 0.0).all(|c| !c.has_role);
    if band == Band::None || is_strange(best) || is_barred || has_no_such {
        return Decision::Unknown;
    }
    let is_high = |c: &&Candidate| thresholds.band(c.confidence) == Band::High;
    if let Some(asked) = ranking.asked.filter(|_| !best.holds) {
        // Another fact that holds the kind of answer and is nearly as near is what was meant.
        let is_as_full = |c: &Candidate| c.uncovered - best.uncovered < UNCOVERED_MORE;
        let answers = |c: &&Candidate| c.holds && !is_beside(c) && best.score - c.score < NEARLY && is_as_full(c);
        return match ranked.iter().filter(is_high).find(answers) {
            Some(holder) => Decision::Answer(holder, None),
            None => Decision::Lacks(nearest(ranked), asked),
        };
    }
    // A number of something else is no answer to how many.
    let counts_another = ranking.asked == Some(Asked::HowMany) && best.covered < COUNTED;
    let is_answer = band == Band::High && best.holds && !counts_another && !is_beside(best);
    if !is_answer {
        return Decision::Nearest(nearest(ranked));
    }
    let is_tied = |c: &&Candidate| c.holds && !is_beside(c) && best.score - c.score < TIE;
    Decision::Answer(best, ranked.get(1).filter(is_tied).filter(is_high))
}
