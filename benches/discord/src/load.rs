//! A load at a steady rate, and what came of it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use discord_sandbox::{Clock, Post, Sandbox, Snowflake};
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use crate::scenery::Scenery;

/// Short, so that a rate is a stream and not a burst.
const TICK: Duration = Duration::from_millis(5);
/// After the last question nothing is lost before so long.
const LATE: Duration = Duration::from_secs(5);

/// How many of each a second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rates {
    /// Mentions of the bot with a question.
    pub questions: u64,
    /// Messages to nobody.
    pub chatter: u64,
    /// Letters typed into `/ask`.
    pub typing: u64,
}

/// What people wait for.
#[derive(Debug, Default)]
pub struct Asked {
    ids: Vec<Snowflake>,
}

/// From event to request, for those that were answered.
#[derive(Debug, Default)]
pub struct Answered {
    /// How many were put.
    pub asked: usize,
    sorted: Vec<Duration>,
}

impl Answered {
    /// How many were not answered.
    pub fn lost(&self) -> usize {
        self.asked - self.sorted.len()
    }

    /// So many per hundred took no longer, in milliseconds.
    pub fn percentile(&self, percent: f64) -> f64 {
        let rank = (self.sorted.len() as f64 * percent / 100.0).ceil() as usize;
        self.sorted.get(rank.saturating_sub(1)).map_or(f64::NAN, |taken| taken.as_secs_f64() * 1e3)
    }

    fn of(asked: &Asked, times: &HashMap<Snowflake, Duration>) -> Self {
        let mut sorted: Vec<Duration> = asked.ids.iter().filter_map(|id| times.get(id).copied()).collect();
        sorted.sort_unstable();
        Self { asked: asked.ids.len(), sorted }
    }
}

/// What came of a load.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Questions.
    pub questions: Answered,
    /// Letters typed into `/ask`.
    pub typing: Answered,
    /// How many messages of chatter were posted.
    pub chatter: usize,
    /// From the first to the last event.
    pub took: Duration,
}

/// Something done from time to time, with the time since the start.
pub type Look<'a> = &'a mut dyn FnMut(Duration);

/// Keeps a load up for a while, and waits for the answers. Virtual time goes with real time.
pub async fn run(
    sandbox: &Sandbox,
    clock: &Clock,
    scenery: &mut Scenery,
    rates: Rates,
    length: Duration,
    look: Look<'_>,
) -> Outcome {
    let (mut questions, mut typing, mut chatter) = (Asked::default(), Asked::default(), 0);
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let (start, mut told) = (Instant::now(), Duration::ZERO);
    while start.elapsed() < length {
        ticks.tick().await;
        let passed = start.elapsed().min(length);
        clock.advance(passed.saturating_sub(told));
        told = passed;
        let due = |rate: u64, done: usize| (rate as f64 * passed.as_secs_f64()) as usize - done;
        let asked = posts(scenery, due(rates.questions, questions.ids.len()), Scenery::question);
        questions.ids.extend(sandbox.post_many(&asked));
        let talk = posts(scenery, due(rates.chatter, chatter), |scenery| scenery.talk().to_owned());
        chatter += sandbox.post_many(&talk).len();
        for _ in 0..due(rates.typing, typing.ids.len()) {
            typing.ids.push(typed(sandbox, scenery));
        }
        look(passed);
    }
    let took = start.elapsed();
    let times = settled(sandbox, &questions, &typing).await;
    Outcome { questions: Answered::of(&questions, &times), typing: Answered::of(&typing, &times), chatter, took }
}

fn posts(scenery: &mut Scenery, count: usize, text: impl Fn(&Scenery) -> String) -> Vec<Post> {
    let mut post = || {
        let (channel, author) = scenery.next();
        Post::new(channel, author, &text(scenery))
    };
    (0..count).map(|_| post()).collect()
}

fn typed(sandbox: &Sandbox, scenery: &mut Scenery) -> Snowflake {
    let (channel, user) = scenery.next();
    sandbox.autocomplete(channel, user, "ask", &json!({"question": scenery.typed()}), "question").id
}

/// The time of every answer, when all have come or nothing comes any more.
async fn settled(sandbox: &Sandbox, questions: &Asked, typing: &Asked) -> HashMap<Snowflake, Duration> {
    let asked = || questions.ids.iter().chain(&typing.ids);
    let end = Instant::now() + LATE;
    loop {
        let times: HashMap<Snowflake, Duration> = sandbox.answer_times().into_iter().collect();
        if Instant::now() > end || asked().all(|id| times.contains_key(id)) {
            return times;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
