//! Rate limits by the sandbox's clock, where a world asks for them: one bucket for each route and its channel or
//! webhook, and 50 requests a second over all routes but those of interactions. Nothing here refuses.

use std::collections::HashMap;

use crate::fault::Scope;
use crate::rest::{Call, Operation, Reply};

/// Requests of one bucket in one window. Discord publishes no numbers; clients have to read the headers.
const BUCKET: u64 = 5;
const BUCKET_MS: u64 = 5_000;
/// Over all routes, as documented.
const GLOBAL: u64 = 50;
const GLOBAL_MS: u64 = 1_000;

/// Requests since the beginning of a window.
#[derive(Clone, Copy, Default)]
struct Window {
    since_ms: u64,
    count: u64,
    /// Whether a 429 has told the client to wait for the end of the window.
    told: bool,
}

impl Window {
    /// Counts a request; gives the rest of the window if there were too many.
    fn count(&mut self, now: u64, most: u64, length: u64) -> Option<u64> {
        if now >= self.since_ms + length {
            *self = Self { since_ms: now, count: 0, told: false };
        }
        self.count += 1;
        (self.count > most).then(|| self.since_ms + length - now)
    }
}

/// Too many requests.
pub(crate) struct Limited {
    pub(crate) scope: Scope,
    pub(crate) wait_ms: u64,
    /// The client had been told to wait, and did not.
    pub(crate) heedless: bool,
}

/// All that was counted. Empty where a world does not ask for limits.
#[derive(Default)]
pub(crate) struct Limits {
    global: Window,
    buckets: HashMap<String, Window>,
}

impl Limits {
    /// Counts a request, and says whether it is one too many.
    pub(crate) fn count(&mut self, call: &Call, now: u64) -> Option<Limited> {
        let open = call.is(&[Operation::CreateInteractionResponse]) || call.is(Operation::WEBHOOKS);
        if !open && let Some(wait_ms) = self.global.count(now, GLOBAL, GLOBAL_MS) {
            let heedless = std::mem::replace(&mut self.global.told, true);
            return Some(Limited { scope: Scope::Global, wait_ms, heedless });
        }
        let window = self.buckets.entry(bucket(call)?).or_default();
        let wait_ms = window.count(now, BUCKET, BUCKET_MS)?;
        let heedless = std::mem::replace(&mut window.told, true);
        Some(Limited { scope: Scope::User, wait_ms, heedless })
    }

    /// Writes into an answer how much of its bucket is left.
    pub(crate) fn describe(&self, call: &Call, now: u64, reply: &mut Reply) {
        let Some((name, window)) = bucket(call).and_then(|name| self.buckets.get_key_value(&name)) else {
            return;
        };
        let reset_ms = (window.since_ms + BUCKET_MS).saturating_sub(now);
        reply.headers.extend([
            ("x-ratelimit-limit", BUCKET.to_string()),
            ("x-ratelimit-remaining", BUCKET.saturating_sub(window.count).to_string()),
            ("x-ratelimit-reset", ((now + reset_ms) as f64 / 1000.0).to_string()),
            ("x-ratelimit-reset-after", (reset_ms as f64 / 1000.0).to_string()),
            ("x-ratelimit-bucket", name.replace(['/', ' ', '{', '}'], "")),
        ]);
    }
}

/// The bucket of a request: its route with the channel, guild or webhook in it. Callbacks have none.
fn bucket(call: &Call) -> Option<String> {
    let route = call.route.filter(|route| route.operation != Operation::CreateInteractionResponse)?;
    let major: Vec<&str> =
        ["channel_id", "guild_id", "webhook_id", "webhook_token"].iter().map(|name| call.param(name)).collect();
    Some(format!("{} {} {}", route.method, route.path, major.concat()))
}
