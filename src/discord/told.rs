//! What is told of a question once its answer is sent: one line in the log, and the metrics.
//!
//! Ids and numbers; what was asked only where `log.text` allows it, and then nowhere but in that line.

use std::time::Instant;

use super::shared::Shared;
use crate::answer::Reply;

/// A question and what it was answered with.
#[derive(Debug)]
pub(super) struct Told {
    outcome: &'static str,
    confidence: f32,
    /// As `story/id`, with commas between them.
    facts: String,
    quotes: String,
}

/// Where it came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    /// "a message", "an interaction".
    pub(super) what: &'static str,
    pub(super) guild: Option<u64>,
    /// Which kind of channel; five at most, because it is a label.
    pub(super) channel: &'static str,
    pub(super) heard: Instant,
    pub(super) text: Option<&'a str>,
}

impl Told {
    pub(super) fn of(reply: &Reply) -> Self {
        let joined = |ids: Vec<String>| ids.join(",");
        Self {
            outcome: reply.outcome.as_str(),
            confidence: reply.confidence.get(),
            facts: joined(reply.facts.iter().map(|fact| format!("{}/{}", fact.story, fact.id)).collect()),
            quotes: joined(reply.quotes.iter().map(|quote| format!("{}/{}", quote.story, quote.id)).collect()),
        }
    }

    /// Logs and counts it.
    pub(super) fn tell(&self, shared: &Shared, origin: Origin<'_>) {
        let Self { outcome, confidence, facts, quotes } = self;
        let Origin { what, guild, channel, heard, text } = origin;
        let (took, text) = (heard.elapsed(), text.filter(|_| shared.log_text));
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(guild, channel, outcome, confidence, facts, quotes, ms, text, "answered {what}");
        shared.metrics.answered(outcome, channel, *confidence, took);
    }
}
