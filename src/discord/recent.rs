//! Which messages and interactions were seen already: Discord may deliver an event more than once.
//!
//! Bounded twice, by number and by age, so that it never grows with the bot's life.

use std::collections::{HashSet, VecDeque};
use std::time::{Duration, SystemTime};

/// A session can be resumed for a few minutes; what it replays is not older.
const REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// What one process is asked in that time at 15 a second; 45 bytes each. Where more is asked, what a resumed session replays
/// is kept from a second answer by the message's nonce alone.
const MOST: usize = 14_000;

/// Ids that were seen, and when.
#[derive(Debug)]
pub(super) struct Recent {
    seen: HashSet<u64>,
    order: VecDeque<(u64, SystemTime)>,
}

impl Default for Recent {
    /// With all its room from the start: a full table in which one id takes another's place doubles once, hours later, when
    /// the marks of those removed have used it up. Twice what is kept never does.
    fn default() -> Self {
        Self { seen: HashSet::with_capacity(2 * MOST), order: VecDeque::new() }
    }
}

impl Recent {
    /// Whether `id` is seen for the first time.
    pub(super) fn is_new(&mut self, id: u64, now: SystemTime) -> bool {
        self.forget(now);
        let is_new = self.seen.insert(id);
        if is_new {
            self.order.push_back((id, now));
        }
        is_new
    }

    /// Takes back that `id` was seen: what it stood for did not happen.
    pub(super) fn unsee(&mut self, id: u64) {
        self.seen.remove(&id);
        self.order.retain(|(seen, _)| *seen != id);
    }

    /// Forgets what is old, and the oldest where there is too much.
    fn forget(&mut self, now: SystemTime) {
        while let Some((oldest, at)) = self.order.front() {
            let age = now.duration_since(*at).unwrap_or_default();
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
        assert_eq!((recent.order.len(), recent.seen.len()), (MOST, MOST));
        assert!(recent.seen.capacity() <= Recent::default().seen.capacity(), "flat from the start");
    }

    #[test]
    fn what_did_not_happen_is_new_again() {
        let mut recent = Recent::default();
        assert!(recent.is_new(1, SystemTime::UNIX_EPOCH));
        recent.unsee(1);
        assert!(recent.is_new(1, SystemTime::UNIX_EPOCH) && !recent.is_new(1, SystemTime::UNIX_EPOCH));
    }
}
