//! Who talks with the bot where: the conversation of each member in each channel, in memory only.
//!
//! The last question's text is kept with it for some minutes, then forgotten; nothing of it reaches a log or a disk.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::UNIX_EPOCH;

use super::client::Clock;
use crate::answer::{Asker, Engine, Reply, Sessions};

/// All conversations of this process.
pub(super) struct Conversations {
    pub(super) engine: Arc<Engine>,
    clock: Clock,
    sessions: Mutex<Sessions>,
}

impl Conversations {
    pub(super) fn new(engine: Arc<Engine>, clock: Clock) -> Self {
        Self { engine, clock, sessions: Mutex::default() }
    }

    /// The reply to what `user` says in `channel`. The lock is held for a look-up and for keeping, never over an answer.
    pub(super) fn reply(&self, channel: u64, user: u64, asker: Asker, message: &str) -> Reply {
        let key = format!("{channel}/{user}");
        let now = (self.clock)().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let state = self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(&key, now);
        let (reply, state) = self.engine.talk_as(asker, message, &state);
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).put(&key, now, state);
        reply
    }
}
