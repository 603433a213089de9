//! Who talks with the bot where: the conversation of each member in each channel, in memory only.
//!
//! The last question's text is kept with it for some minutes, then forgotten; nothing of it reaches a log.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::answer::{Sessions, State};

/// All conversations of this process. The lock is held for a look-up or for keeping, never over an answer.
#[derive(Default)]
pub(super) struct Conversations(Mutex<Sessions>);

impl Conversations {
    /// What was said last.
    pub(super) fn get(&self, channel: u64, user: u64, now: SystemTime) -> State {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key(channel, user), since_epoch(now))
    }

    /// Forgets the conversations that are over.
    pub(super) fn forget(&self, now: SystemTime) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).forget(since_epoch(now));
    }

    /// Remembers what was said.
    pub(super) fn put(&self, channel: u64, user: u64, now: SystemTime, state: State) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(&key(channel, user), since_epoch(now), state);
    }
}

fn key(channel: u64, user: u64) -> String {
    format!("{channel}/{user}")
}

fn since_epoch(now: SystemTime) -> Duration {
    now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO)
}
