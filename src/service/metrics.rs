//! What is counted while the bot runs, and its text for Prometheus. Clones count together.
//!
//! Every label has few values, and none says who asked, where or what. Names follow the conventions of Prometheus: the
//! prefix, base units, `_total` on counters (added by the encoder).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::reload::Outcome;

/// The media type of the text.
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// With the usual thresholds (0.2, 0.75, and 0.85 for answers nobody asked for) among them.
const CONFIDENCES: [f64; 12] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0];
/// From a look-up on loopback to the last try after an outage; Discord gives an interaction 3 s.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Discord's JSON codes told apart (topics/opcodes-and-status-codes): what the bot meets when it answers.
const CODES: [i64; 18] = [
    10_003, 10_004, 10_008, 10_015, 10_062, 20_016, 20_028, 30_046, 40_060, 50_001, 50_006, 50_007, 50_008, 50_013,
    50_027, 50_035, 50_083, 160_002,
];

type Labels<const N: usize> = [(&'static str, &'static str); N];

/// All that is counted: a field and a row in `new` each.
#[derive(Clone)]
pub struct Metrics {
    questions: Family<Labels<2>, Counter>,
    confidence: Histogram,
    seconds: Histogram,
    failed: Family<[(&'static str, String); 1], Counter>,
    reloads: Family<Labels<1>, Counter>,
    shards: Family<Labels<1>, Gauge>,
    /// Sessions of a shard after its first, resumed or new.
    pub reconnects: Counter,
    /// Reads and writes of the store that failed.
    pub store_errors: Counter,
    /// Open questions that are kept.
    pub gaps: Gauge,
    stories: Gauge,
    left_out: Gauge,
    facts: Gauge,
    quotes: Gauge,
    registry: Arc<Registry>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        let mut metrics = Self {
            questions: Family::default(),
            confidence: Histogram::new(CONFIDENCES),
            seconds: Histogram::new(SECONDS),
            failed: Family::default(),
            reloads: Family::default(),
            shards: Family::default(),
            reconnects: Counter::default(),
            store_errors: Counter::default(),
            gaps: Gauge::default(),
            stories: Gauge::default(),
            left_out: Gauge::default(),
            facts: Gauge::default(),
            quotes: Gauge::default(),
            registry: Arc::default(),
        };
        metrics.registry = Arc::new(metrics.registered());
        // Both are there from the start: a counter that begins at one has no rate.
        for result in ["ok", "refused"] {
            drop(metrics.reloads.get_or_create(&[("result", result)]));
        }
        metrics
    }

    fn registered(&self) -> Registry {
        let mut all = Registry::with_prefix("onrecord");
        let version = env!("CARGO_PKG_VERSION");
        all.register("build", "The version that runs", Info::new([("version", version)]));
        all.register("questions", "Questions answered, by outcome and kind of channel", self.questions.clone());
        all.register("confidence", "How sure the best match of a question is", self.confidence.clone());
        let seconds = "From the event to the answer sent";
        all.register_with_unit("answer", seconds, Unit::Seconds, self.seconds.clone());
        all.register("replies_failed", "Answers not sent, by Discord's code or the HTTP status", self.failed.clone());
        all.register("reconnects", "Sessions of a shard after its first", self.reconnects.clone());
        all.register("shards", "Shards by state", self.shards.clone());
        all.register("stories", "Stories loaded", self.stories.clone());
        let left_out = "Story files left out at the start for their errors";
        all.register("stories_left_out", left_out, self.left_out.clone());
        all.register("facts", "Facts loaded", self.facts.clone());
        all.register("quotes", "Quotes loaded", self.quotes.clone());
        all.register("reloads", "Readings of the story files after the first, by result", self.reloads.clone());
        all.register("store_errors", "Reads and writes of the store that failed", self.store_errors.clone());
        all.register("gaps", "Open questions that are kept", self.gaps.clone());
        all
    }

    /// A question was answered, `took` after it was heard.
    pub fn answered(&self, outcome: &'static str, channel: &'static str, confidence: f32, took: Duration) {
        self.questions.get_or_create(&[("outcome", outcome), ("channel", channel)]).inc();
        self.confidence.observe(f64::from(confidence));
        self.seconds.observe(took.as_secs_f64());
    }

    /// An answer was not sent: Discord's JSON code, or the HTTP status where there is none, or neither where nothing came.
    pub fn failed(&self, code: Option<i64>) {
        let label = match code {
            None => "none".to_owned(),
            Some(code) if CODES.contains(&code) || (400..600).contains(&code) => code.to_string(),
            Some(_) => "other".to_owned(),
        };
        self.failed.get_or_create(&[("code", label)]).inc();
    }

    /// How many shards are in each state.
    pub fn shards(&self, states: &[(&'static str, usize)]) {
        for (state, shards) in states {
            self.shards.get_or_create(&[("state", *state)]).set(gauged(*shards));
        }
    }

    /// What is loaded now.
    pub fn loaded(&self, stories: usize, facts: usize, quotes: usize) {
        self.stories.set(gauged(stories));
        self.facts.set(gauged(facts));
        self.quotes.set(gauged(quotes));
    }

    /// How many story files were left out at the start.
    pub fn left_out(&self, files: usize) {
        self.left_out.set(gauged(files));
    }

    /// Whether anything is loaded.
    pub(super) fn is_loaded(&self) -> bool {
        self.stories.get() > 0
    }

    /// The story files were read again.
    pub(super) fn reloaded(&self, outcome: &Outcome) {
        let result = if outcome.is_ok() { "ok" } else { "refused" };
        self.reloads.get_or_create(&[("result", result)]).inc();
        if let Ok(done) = outcome {
            self.loaded(done.stories, done.facts, done.quotes);
            self.left_out(0);
        }
    }

    /// Everything, for Prometheus.
    pub fn text(&self) -> String {
        let mut out = String::new();
        match encode(&mut out, &self.registry) {
            Ok(()) => out,
            // Writing into a string does not fail.
            Err(fmt::Error) => String::new(),
        }
    }
}

fn gauged(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
