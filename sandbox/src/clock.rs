//! Virtual time. It stands still until a test moves it; nothing here looks at the machine's clock,
//! so a deadline of 15 minutes is tested in no time at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// 2031-03-11T09:00:00Z: any fixed instant after Discord's epoch would do.
const START_MS: u64 = 1_930_986_000_000;

/// A clock that the sandbox, the test and the bot under test can share; clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    /// A clock that stands at a fixed instant.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START_MS)))
    }

    /// The time it shows.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.unix_ms())
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn unix_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}
