//! Conversations by a key of the caller's: each lives for a while after its last message. Time comes in as an argument.

use std::collections::HashMap;
use std::time::Duration;

use super::State;

/// How long a conversation is remembered after its last message.
const REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// Conversations kept at once; beyond it the one that has been quiet longest goes. Some 300 bytes each.
const MOST: usize = 10_000;

/// The conversations of one process.
#[derive(Debug, Default)]
pub struct Sessions {
    states: HashMap<String, (Duration, State)>,
    /// When those that are over were last forgotten.
    swept: Duration,
}

impl Sessions {
    /// What was said last in a conversation; empty where it is new or too long ago. `now` is any clock that rises.
    pub fn get(&self, key: &str, now: Duration) -> State {
        let fresh = self.states.get(key).filter(|(at, _)| now.saturating_sub(*at) <= REMEMBERED);
        fresh.map(|(_, state)| state.clone()).unwrap_or_default()
    }

    /// Remembers what was said.
    pub fn put(&mut self, key: &str, now: Duration, state: State) {
        let is_full = self.states.len() >= MOST && !self.states.contains_key(key);
        if is_full || now.saturating_sub(self.swept) > REMEMBERED {
            self.states.retain(|_, (at, _)| now.saturating_sub(*at) <= REMEMBERED);
            self.swept = now;
        }
        if self.states.len() >= MOST && !self.states.contains_key(key) {
            let quietest = self.states.iter().min_by_key(|(key, (at, _))| (*at, *key)).map(|(key, _)| key.clone());
            quietest.and_then(|key| self.states.remove(&key));
        }
        self.states.insert(key.to_owned(), (now, state));
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
    use super::{MOST, REMEMBERED, Sessions};
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
    fn never_more_than_the_most() {
        let mut sessions = Sessions::default();
        for n in 0..MOST + 10 {
            sessions.put(&n.to_string(), Duration::from_millis(n as u64), State::default());
        }
        assert_eq!(sessions.len(), MOST);
    }
}
