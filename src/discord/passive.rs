//! Answering in plain channels, where a moderator switched it on: what looks like a question, after a while in which
//! nobody else spoke, and never the same thing twice in a row. Pure; time comes in.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// A person who knows the answer begins to write within this time.
const WAIT: Duration = Duration::from_secs(10);
/// The same fact is not said again in a channel for this long.
const TOPIC: Duration = Duration::from_secs(10 * 60);
/// Questions waiting at once; beyond it new ones are left alone. A channel has at most one.
const MOST: usize = 1_000;
/// Facts remembered before old ones are dropped.
const KEPT: usize = 10_000;

/// Words that open a question, as people write without its mark: English, German, Spanish.
const OPENING: &[&str] = &[
    "who", "what", "when", "where", "why", "how", "which", "whose", "is", "are", "was", "were", "does", "do", "did",
    "has", "have", "can", "could", "will", "would", "wer", "was", "wann", "wo", "warum", "wie", "welche", "wieso",
    "quién", "quien", "qué", "cuándo", "cuando", "dónde", "donde", "cómo", "cuál", "cuánto",
];
/// Fewer words are talk, more are a story.
const WORDS: std::ops::RangeInclusive<usize> = 3..=40;

/// Whether a message looks like a question.
pub(super) fn looks_like_question(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let opens = words.first().is_some_and(|first| OPENING.contains(&first.to_lowercase().as_str()));
    let last = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?');
    WORDS.contains(&words.len()) && (last.ends_with('?') || opens && !text.contains(['\n', '.']))
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting<T> {
    pub(super) author: u64,
    pub(super) message: u64,
    pub(super) due: SystemTime,
    /// What the caller needs to answer it.
    pub(super) question: T,
}

/// What waits, and what was said lately, a channel each.
#[derive(Debug)]
pub(super) struct Passive<T> {
    waiting: HashMap<u64, Waiting<T>>,
    said: HashMap<(u64, String), SystemTime>,
}

impl<T> Default for Passive<T> {
    fn default() -> Self {
        Self { waiting: HashMap::new(), said: HashMap::new() }
    }
}

impl<T> Passive<T> {
    /// Somebody spoke in a channel: whatever somebody else asked there is theirs now.
    pub(super) fn heard(&mut self, channel: u64, author: u64) {
        if self.waiting.get(&channel).is_some_and(|waiting| waiting.author != author) {
            self.waiting.remove(&channel);
        }
    }

    /// Lets a question wait; a newer one takes the place of an older one of the same channel.
    pub(super) fn wait(&mut self, channel: u64, (author, message): (u64, u64), question: T, now: SystemTime) {
        if self.waiting.len() < MOST || self.waiting.contains_key(&channel) {
            self.waiting.insert(channel, Waiting { author, message, due: now + WAIT, question });
        }
    }

    /// A message was deleted, or is no longer what it was.
    pub(super) fn gone(&mut self, channel: u64, message: u64) {
        if self.waiting.get(&channel).is_some_and(|waiting| waiting.message == message) {
            self.waiting.remove(&channel);
        }
    }

    /// The questions of all channels that have waited long enough.
    pub(super) fn due(&mut self, now: SystemTime) -> Vec<T> {
        let channels: Vec<u64> =
            self.waiting.iter().filter(|(_, w)| w.due <= now).map(|(channel, _)| *channel).collect();
        channels.iter().filter_map(|channel| self.waiting.remove(channel)).map(|w| w.question).collect()
    }

    /// Whether `item` may be said in `channel`, and that it is said now.
    pub(super) fn may_say(&mut self, channel: u64, item: &str, now: SystemTime) -> bool {
        let is_fresh = |at: &SystemTime| now.duration_since(*at).unwrap_or_default() < TOPIC;
        if self.said.len() >= KEPT {
            self.said.retain(|_, at| is_fresh(at));
        }
        let key = (channel, item.to_owned());
        if self.said.get(&key).is_some_and(is_fresh) {
            return false;
        }
        self.said.insert(key, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn what_looks_like_a_question() {
        let rows = [
            ("why are they closing the office?", true),
            ("why are they closing the office", true),
            ("so they are leaving, right? lol", false),
            ("they close it :(", false),
            ("ok?", false),
            ("is this thing on", true),
            ("what a day. I am done", false),
            ("¿cuándo cierra la oficina?", true),
            ("are they closing?!", true),
            ("", false),
        ];
        for (text, want) in rows {
            assert_eq!(looks_like_question(text), want, "{text}");
        }
        assert!(!looks_like_question(&format!("why {}", "word ".repeat(60))));
    }

    #[test]
    fn only_where_nobody_else_spoke() {
        let mut passive = Passive::default();
        passive.wait(7, (1, 70), "one", at(0));
        passive.wait(8, (1, 80), "two", at(0));
        passive.wait(9, (1, 90), "old", at(0));
        passive.wait(9, (1, 91), "new", at(5));
        passive.wait(6, (1, 60), "gone", at(0));
        passive.gone(6, 60);
        passive.gone(9, 90);
        passive.heard(7, 2);
        passive.heard(8, 1);
        assert_eq!(passive.due(at(9)), Vec::<&str>::new());
        assert_eq!(passive.due(at(10)), ["two"]);
        assert_eq!(passive.due(at(15)), ["new"]);
        assert_eq!(passive.due(at(99)), Vec::<&str>::new());
    }

    #[test]
    fn the_same_is_not_said_again() {
        let mut passive: Passive<()> = Passive::default();
        let rows = [(7, "a", 0, true), (7, "a", 599, false), (7, "b", 1, true), (8, "a", 1, true), (7, "a", 600, true)];
        for (channel, item, seconds, want) in rows {
            assert_eq!(passive.may_say(channel, item, at(seconds)), want, "{item} in {channel} at {seconds}");
        }
    }
}
