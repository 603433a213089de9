//! Trying a request again: a few times, a little later each time, where that can help.
//!
//! serenity's rate limiter waits out every 429 by itself. It is off only where the bot talks to another server than
//! Discord; there serenity 0.12.5 drops the `retry_after` of the answer, so that the waits here are guesses.

use std::time::{Duration, Instant};

use serenity::Error;

use super::fatal::is_passing;

/// Before the second, third and fourth try: what passes at once, the usual `retry_after`, and a short outage.
const WAITS: [Duration; 3] = [Duration::from_millis(250), Duration::from_secs(1), Duration::from_secs(4)];

/// The tries of one request.
pub(super) struct Tries {
    made: usize,
    begun: Instant,
    within: Duration,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self::within(Duration::MAX)
    }

    /// No try begins later than this after the first.
    pub(super) fn within(within: Duration) -> Self {
        Self { made: 0, begun: Instant::now(), within }
    }

    /// Whether an earlier try may have had its effect already.
    pub(super) fn is_repeated(&self) -> bool {
        self.made > 0
    }

    /// Whether to try again after this error; comes back when it is time to.
    pub(super) async fn again(&mut self, error: &Error) -> bool {
        let Some(wait) = WAITS.get(self.made).copied().filter(|_| is_passing(error)) else { return false };
        if self.begun.elapsed() + wait > self.within {
            return false;
        }
        self.made += 1;
        tokio::time::sleep(wait).await;
        true
    }
}

/// What a request that may be sent more than once ends with.
pub(super) async fn tried<T, R>(mut request: impl FnMut() -> R) -> Result<T, Error>
where
    R: Future<Output = Result<T, Error>>,
{
    let mut tries = Tries::new();
    loop {
        match request().await {
            Err(error) if tries.again(&error).await => {}
            done => return done,
        }
    }
}
