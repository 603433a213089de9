//! Conversations by a key of the caller's: each lives for a while after its last message. Time comes in as an argument.

use std::collections::HashMap;
use std::time::Duration;

use super::State;

/// How long a conversation is remembered after its last message.
const REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// Conversations kept at once; beyond it those that have been quiet longest go. Some 300 bytes each.
const MOST: usize = 2_500;
/// So many go at once: to look through all of them takes as long as an answer.
const AT_ONCE: usize = MOST / 10;

/// The conversations of one process.
#[derive(Debug, Default)]
pub struct Sessions {
    // In boxes: a full table that forgets and learns doubles once, and must not take a megabyte for that.
    states: HashMap<String, Box<(Duration, State)>>,
    /// When those that are over were last forgotten.
    swept: Duration,
}

impl Sessions {
    /// What was said last in a conversation; empty where it is new or too long ago. `now` is any clock that rises.
    pub fn get(&self, key: &str, now: Duration) -> State {
        let fresh = self.states.get(key).filter(|said| now.saturating_sub(said.0) <= REMEMBERED);
        fresh.map(|said| said.1.clone()).unwrap_or_default()
    }

    /// Remembers what was said.
    pub fn put(&mut self, key: &str, now: Duration, state: State) {
        let is_full = self.states.len() >= MOST && !self.states.contains_key(key);
        if is_full || now.saturating_sub(self.swept) > REMEMBERED {
            self.forget(now);
        }
        if self.states.len() >= MOST && !self.states.contains_key(key) {
            self.forget_quietest();
        }
        self.states.insert(key.to_owned(), Box::new((now, state)));
    }

    /// Forgets the conversations that are over.
    pub fn forget(&mut self, now: Duration) {
        self.states.retain(|_, said| now.saturating_sub(said.0) <= REMEMBERED);
        self.swept = now;
    }

    fn forget_quietest(&mut self) {
        let mut times: Vec<Duration> = self.states.values().map(|said| said.0).collect();
        let (_, last, _) = times.select_nth_unstable(AT_ONCE - 1);
        let (last, mut left) = (*last, AT_ONCE);
        self.states.retain(|_, said| {
            let goes = left > 0 && said.0 <= last;
            left -= usize::from(goes);
            !goes
        });
    }

    /// How many conversations are remembered.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, MOST, REMEMBERED, Sessions};
    use crate::answer::State;
    use std::time::Duration;

    #[test]
    fn remembered_for_a_while() {
        let said = State { asked: "why".to_owned(), ..State::default() };
        let mut sessions = Sessions::default();
        sessions.put("a", Duration::from_secs(5), said.clone());
        let rows = [
            ("a", 5, true),
            ("a", 5 + REMEMBERED.as_secs(), true),
            ("a", 6 + REMEMBERED.as_secs(), false),
            ("b", 5, false),
        ];
        for (key, now, known) in rows {
            assert_eq!(sessions.get(key, Duration::from_secs(now)) == said, known, "{key} at {now}");
        }
    }

    #[test]
    fn the_quietest_go_when_there_are_too_many() {
        // One after the other, and all in the same moment.
        for step in [1, 0] {
            let mut sessions = Sessions::default();
            for n in 0..=MOST {
                let said = State { asked: n.to_string(), ..State::default() };
                sessions.put(&n.to_string(), Duration::from_millis((n * step) as u64), said);
            }
            assert_eq!(sessions.len(), MOST - AT_ONCE + 1);
            let is_known = |n: usize| sessions.states.contains_key(&n.to_string());
            assert!(is_known(MOST));
            assert!(step == 0 || !is_known(AT_ONCE - 1) && is_known(AT_ONCE));
        }
    }
}
