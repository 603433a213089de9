//! Which messages and interactions were seen already: Discord may deliver an event more than once.
//!
//! Bounded twice, by number and by age, so that it never grows with the bot's life.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

/// A session can be resumed for a few minutes; what it replays is not older.
const REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// What one process is asked in that time at 20 a second; 64 bytes each. Where more is asked, what a resumed session replays
/// is kept from a second answer by the message's nonce alone.
const MOST: usize = 20_000;

/// Ids that were seen, with the time.
#[derive(Debug, Default)]
pub(super) struct Recent {
    seen: HashMap<u64, SystemTime>,
    order: VecDeque<u64>,
}

impl Recent {
    /// Whether `id` is seen for the first time.
    pub(super) fn is_new(&mut self, id: u64, now: SystemTime) -> bool {
        self.forget(now);
        if self.seen.contains_key(&id) {
            return false;
        }
        self.seen.insert(id, now);
        self.order.push_back(id);
        true
    }

    /// Takes back that `id` was seen: what it stood for did not happen.
    pub(super) fn unsee(&mut self, id: u64) {
        self.seen.remove(&id);
    }

    /// Forgets what is old, and the oldest where there is too much.
    fn forget(&mut self, now: SystemTime) {
        while let Some(oldest) = self.order.front() {
            let age = self.seen.get(oldest).and_then(|seen| now.duration_since(*seen).ok()).unwrap_or_default();
            if age <= REMEMBERED && self.order.len() < MOST {
                return;
            }
            self.seen.remove(oldest);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_is_once() {
        let start = SystemTime::UNIX_EPOCH;
        let mut recent = Recent::default();
        let rows = [
            (1, 0, true),
            (1, 0, false),
            (2, 60, true),
            (1, 900, false),
            (1, 901, true),
            (2, 960, false),
            (2, 961, true),
        ];
        for (id, seconds, new) in rows {
            assert_eq!(recent.is_new(id, start + Duration::from_secs(seconds)), new, "{id} at {seconds}");
        }
    }

    #[test]
    fn bounded() {
        let mut recent = Recent::default();
        for id in 0..3 * MOST as u64 {
            assert!(recent.is_new(id, SystemTime::UNIX_EPOCH));
        }
        assert!(recent.order.len() <= MOST && recent.seen.len() == recent.order.len());
    }

    #[test]
    fn what_did_not_happen_is_new_again() {
        let mut recent = Recent::default();
        assert!(recent.is_new(1, SystemTime::UNIX_EPOCH));
        recent.unsee(1);
        assert!(recent.is_new(1, SystemTime::UNIX_EPOCH) && !recent.is_new(1, SystemTime::UNIX_EPOCH));
    }
}
