//! How long the bot takes in real time: from the moment an event goes onto the socket to the arrival of the
//! request that answers it. The only place that looks at the machine's clock; no rule depends on it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::Snowflake;

/// Has its own lock: sockets write here while the state is busy.
#[derive(Default)]
pub(crate) struct Times(Mutex<Measured>);

#[derive(Default)]
struct Measured {
    left: HashMap<Snowflake, Instant>,
    taken: Vec<(Snowflake, Duration)>,
}

impl Times {
    fn lock(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A question's event goes out. One that goes out again (a resume) counts from the first time.
    pub(crate) fn leaves(&self, question: Snowflake) {
        self.lock().left.entry(question).or_insert_with(Instant::now);
    }

    /// The request with its answer arrived; later ones to the same question do not count.
    pub(crate) fn answered(&self, question: Snowflake, arrived: Instant) {
        let mut measured = self.lock();
        if let Some(left) = measured.left.remove(&question) {
            measured.taken.push((question, arrived.saturating_duration_since(left)));
        }
    }

    /// All that were measured, with their questions, in the order of the answers.
    pub(crate) fn taken(&self) -> Vec<(Snowflake, Duration)> {
        self.lock().taken.clone()
    }
}
