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
        Self { answer_at: 0.75, nearest_at: 0.2 }
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

/// Two facts this close in score fit equally well.
const TIE: f32 = 0.1;
/// Facts of two stories this close need the asker's word on which is meant.
const TIE_OF_STORIES: f32 = 0.5;

/// A fact that holds the kind of answer asked for may be this much behind one that lacks it.
const NEARLY: f32 = 0.5;
/// A question of which a larger share is unknown to the story is not answered, however well the rest fits: a fact on
/// Toronto does not tell its population.
const NO_ANSWER_FROM: f32 = 0.3;
/// A larger share in names that the fact lacks: "Is McAfee closing its office?" is not told by Kaspersky's.
const NO_ANSWER_FROM_FOREIGN: f32 = 0.1;
/// From this share on it is about something else altogether.
const REFUSED_FROM: f32 = 0.65;

/// Whether a fact stands beside the question, however well it fits: it lacks a word, a name or the voice asked for.
fn is_beside(best: &Candidate) -> bool {
    best.unsaid > NO_ANSWER_FROM || best.foreign > NO_ANSWER_FROM_FOREIGN || !best.voiced
}

/// What to do with the candidates.
#[derive(Debug)]
pub(super) enum Decision<'a> {
    /// Show it as the answer, the second too where there is one (and `with` calls for none).
    Answer(&'a Candidate, Option<&'a Candidate>),
    /// Show it as the nearest there is.
    Nearest(&'a Candidate),
    /// It knows the thing but not what was asked of it.
    Lacks(&'a Candidate, Asked),
    /// The best of two stories.
    Clarify(&'a Candidate, &'a Candidate),
    /// Nothing fits.
    Unknown,
}

/// Decides by the best candidates, which come best first. `story_of` names the story of an entry.
pub(super) fn decide<'a>(
    ranking: &'a Ranking,
    thresholds: &Thresholds,
    story_of: impl Fn(&Candidate) -> usize,
) -> Decision<'a> {
    let ranked = &ranking.candidates;
    let Some(best) = ranked.first() else { return Decision::Unknown };
    let band = thresholds.band(best.confidence);
    if band == Band::None || best.strange > REFUSED_FROM {
        return Decision::Unknown;
    }
    let is_high = |c: &&Candidate| thresholds.band(c.confidence) == Band::High;
    let rival = ranked.iter().find(|c| story_of(c) != story_of(best) && best.score - c.score < TIE_OF_STORIES);
    if let Some(rival) = rival.filter(is_high).filter(|_| band == Band::High) {
        return Decision::Clarify(best, rival);
    }
    if let Some(asked) = ranking.asked.filter(|_| !best.holds) {
        // Another fact that holds the kind of answer and is nearly as near is what was meant.
        let answers = |c: &&Candidate| c.holds && !is_beside(c) && best.score - c.score < NEARLY;
        return match ranked.iter().filter(is_high).find(answers) {
            Some(holder) => Decision::Answer(holder, None),
            None => Decision::Lacks(best, asked),
        };
    }
    match band {
        Band::High if is_beside(best) => Decision::Nearest(best),
        Band::High => {
            let second = ranked.get(1).filter(|c| c.holds && best.score - c.score < TIE).filter(is_high);
            Decision::Answer(best, second)
        }
        _ => Decision::Nearest(best),
    }
}
