//! The race over one base: systems take turns of a few questions in rotating order, so that whatever else the machine does
//! hits all alike.
//!
//! A turn is long enough that a system's data is warm in most of it, as in a race over one system alone.

use std::time::{Duration, Instant};

use bench_facts::{Base, Question};

use crate::Fallible;
use crate::results::{Speed, Timing};
use crate::systems::{Kind, MOST, System};

/// Questions in one turn: the first dozen find caches and branch predictors as the system before left them.
const TURN: usize = 64;
/// Times that all questions are asked, of systems that are fast enough; the median of a question's times counts, so that
/// a pause of the machine is not taken for one of the system.
const PASSES: usize = 3;
const WARM_UP: usize = 20;
/// A system gets so many questions that it takes no longer than this for each kind of typing and pass,
const PATIENCE: Duration = Duration::from_secs(4);
/// and never fewer than this, which is all that systems slower than `SLOW` get.
const FEWEST: usize = 30;
const SLOW: Duration = Duration::from_millis(20);
/// Slower systems do not run at all.
pub const TOO_SLOW: Duration = Duration::from_millis(400);

/// One system with its times so far.
pub struct Runner<'a> {
    pub kind: &'static Kind,
    pub system: Box<dyn System<'a> + 'a>,
    questions: usize,
    passes: usize,
    clean: Samples,
    typed: Samples,
}

#[derive(Default)]
struct Samples {
    /// Question and nanoseconds.
    times: Vec<(usize, u64)>,
    judged: usize,
    first: usize,
    first_five: usize,
}

impl<'a> Runner<'a> {
    /// Builds the system, warms it up, and sees how many questions it can be asked.
    pub fn new(kind: &'static Kind, base: &'a Base, questions: &[Question]) -> Fallible<Self> {
        let mut system = (kind.build)(&base.facts)?;
        let mut times: Vec<Duration> = Vec::new();
        let start = Instant::now();
        for question in questions.iter().take(WARM_UP) {
            times.push(timed(&mut *system, &question.clean)?.0);
            if start.elapsed() > PATIENCE {
                break;
            }
        }
        times.sort_unstable();
        let usual = times.get(times.len() / 2).copied().unwrap_or_default().max(Duration::from_nanos(100));
        let affordable = (PATIENCE.as_nanos() / usual.as_nanos()) as usize;
        let most = if usual > SLOW { FEWEST } else { affordable.max(FEWEST) };
        let questions_asked = most.min(questions.len());
        let passes = if affordable >= PASSES * questions.len() { PASSES } else { 1 };
        Ok(Self {
            kind,
            system,
            questions: questions_asked,
            passes,
            clean: Samples::default(),
            typed: Samples::default(),
        })
    }

    /// Whether it is asked the `n`th of `all` questions; those it is asked lie evenly among them.
    fn is_asked(&self, n: usize, all: usize) -> bool {
        (n + 1) * self.questions / all > n * self.questions / all
    }

    fn ask(&mut self, n: usize, question: &Question, badly: bool, judge: bool) -> Fallible<()> {
        let (text, samples) =
            if badly { (&question.typed, &mut self.typed) } else { (&question.clean, &mut self.clean) };
        let (time, found) = timed(&mut *self.system, text)?;
        samples.times.push((n, u64::try_from(time.as_nanos())?));
        if judge {
            let place = found.iter().take(MOST).position(|fact| question.gold.contains(fact));
            samples.judged += 1;
            samples.first += usize::from(place == Some(0));
            samples.first_five += usize::from(place.is_some_and(|p| p < 5));
        }
        Ok(())
    }

    /// What it reached.
    pub fn speed(&self) -> Speed {
        let both = [self.clean.medians(), self.typed.medians()].concat();
        Speed {
            asked: self.questions,
            p50: percentile(both, 50),
            clean: self.clean.timing(),
            typed: self.typed.timing(),
        }
    }
}

/// Asks all systems all questions, clean and typed badly.
pub fn run(runners: &mut [Runner], questions: &[Question]) -> Fallible<()> {
    let systems = runners.len();
    let mut turn = 0;
    for pass in 0..PASSES {
        for (block, asked) in questions.chunks(TURN).enumerate() {
            for badly in [false, true] {
                for place in 0..systems {
                    let runner = &mut runners[(turn + place) % systems];
                    for (n, question) in (block * TURN..).zip(asked) {
                        if pass < runner.passes && runner.is_asked(n, questions.len()) {
                            runner.ask(n, question, badly, pass == 0)?;
                        }
                    }
                }
                turn += 1;
            }
        }
    }
    Ok(())
}

/// Time of one question, from its text to the list of facts.
pub fn timed<'a>(system: &mut dyn System<'a>, question: &str) -> Fallible<(Duration, Vec<usize>)> {
    let start = Instant::now();
    let found = system.find(question)?;
    Ok((start.elapsed(), found))
}

/// The `percent`th percentile of times in nanoseconds, in microseconds; by nearest rank.
pub fn percentile(mut nanoseconds: Vec<u64>, percent: usize) -> f64 {
    nanoseconds.sort_unstable();
    let rank = (nanoseconds.len() * percent).div_ceil(100).saturating_sub(1);
    nanoseconds.get(rank).map_or(f64::NAN, |n| *n as f64 / 1_000.0)
}

impl Samples {
    /// The median time of each question, in nanoseconds.
    fn medians(&self) -> Vec<u64> {
        let mut times = self.times.clone();
        times.sort_unstable();
        times
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|of_one| of_one.get(of_one.len() / 2))
            .map(|(_, time)| *time)
            .collect()
    }

    fn timing(&self) -> Timing {
        let share = |n: usize| n as f64 / self.judged.max(1) as f64;
        Timing {
            p50: percentile(self.medians(), 50),
            p99: percentile(self.medians(), 99),
            hit1: share(self.first),
            hit5: share(self.first_five),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Samples, percentile};

    #[test]
    fn percentiles_by_nearest_rank() {
        let times = |n: u64| (1..=n).rev().map(|ms| ms * 1_000).collect::<Vec<u64>>();
        let rows = [(1, 50, 1.0), (2, 50, 1.0), (3, 50, 2.0), (100, 99, 99.0), (1_000, 99, 990.0)];
        for (count, percent, want) in rows {
            assert_eq!(percentile(times(count), percent), want, "{percent} % of {count}");
        }
        assert!(percentile(Vec::new(), 50).is_nan());
    }

    #[test]
    fn a_pause_is_not_the_systems() {
        let samples = Samples { times: vec![(0, 5), (1, 7), (0, 4_000), (1, 8), (0, 6), (1, 9)], ..Samples::default() };
        assert_eq!(samples.medians(), [6, 8]);
    }
}
