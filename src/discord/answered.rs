//! Which message of the bot's answers which question, for as long as a question may be edited or deleted. Pure.
//!
//! Ids and, for the minute in which an edit counts, the conversation before; in memory: after a restart old replies stay as
//! they are. Of messages that are no questions nothing is kept but the last deleted ids, because events come in any order.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use crate::answer::State;

/// An edit within this time changes the reply; later the talk has gone on.
const EDITABLE: Duration = Duration::from_secs(60);
/// A deletion within this time takes the reply along.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// Questions kept at once; some 400 bytes each in their first minute.
const MOST: usize = 2_000;
/// Deleted ids kept, for a question that arrives after its deletion.
const DELETED: usize = 256;

/// A question that was answered.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The bot's message.
    pub(super) reply: u64,
    /// When.
    pub(super) at: SystemTime,
    /// The conversation as it was before.
    pub(super) before: State,
    /// The question, as a hash.
    pub(super) asked: u64,
}

/// What became of a question.
#[derive(Clone, Debug)]
enum Fate {
    /// Waits for its answer.
    Taken,
    Answered(Box<Answer>),
    Deleted,
}

/// What became of the last questions.
#[derive(Debug, Default)]
pub(super) struct Answered {
    known: HashMap<u64, Fate>,
    order: VecDeque<(u64, SystemTime)>,
    deleted: VecDeque<u64>,
}

impl Answered {
    /// A question is going to be answered; false where it is gone already.
    pub(super) fn take(&mut self, question: u64, now: SystemTime) -> bool {
        if self.is_deleted(question) || self.deleted.contains(&question) {
            return false;
        }
        if self.known.insert(question, Fate::Taken).is_none() {
            self.order.push_back((question, now));
        }
        self.forget(now);
        true
    }

    /// Whether the question was deleted since it was taken.
    pub(super) fn is_deleted(&self, question: u64) -> bool {
        matches!(self.known.get(&question), Some(Fate::Deleted))
    }

    /// A question was answered; false where it was deleted meanwhile.
    pub(super) fn put(&mut self, question: u64, answer: Answer) -> bool {
        let fate = self.known.get_mut(&question).filter(|fate| !matches!(fate, Fate::Deleted));
        fate.map(|fate| *fate = Fate::Answered(Box::new(answer))).is_some()
    }

    /// A message was deleted: the bot's message to it, if there is one.
    pub(super) fn delete(&mut self, message: u64) -> Option<u64> {
        let Some(fate) = self.known.get_mut(&message) else {
            self.deleted.push_back(message);
            self.deleted.drain(..self.deleted.len().saturating_sub(DELETED));
            return None;
        };
        match std::mem::replace(fate, Fate::Deleted) {
            Fate::Answered(answer) => Some(answer.reply),
            _ => None,
        }
    }

    /// The answer to a question that was edited to `asked`, where that is soon enough and a change.
    pub(super) fn edited(&self, question: u64, asked: u64, now: SystemTime) -> Option<Answer> {
        let Some(Fate::Answered(answer)) = self.known.get(&question) else { return None };
        let is_soon = now.duration_since(answer.at).unwrap_or_default() <= EDITABLE;
        (is_soon && answer.asked != asked).then(|| (**answer).clone())
    }

    /// Forgets what is old; of what can no longer be edited, what was said before.
    pub(super) fn forget(&mut self, now: SystemTime) {
        let age = |at: &SystemTime| now.duration_since(*at).unwrap_or_default();
        while let Some((oldest, _)) = self.order.front().filter(|(_, at)| age(at) > KEPT || self.order.len() > MOST) {
            self.known.remove(oldest);
            self.order.pop_front();
        }
        for (question, _) in self.order.iter().take_while(|(_, at)| age(at) > EDITABLE) {
            if let Some(Fate::Answered(answer)) = self.known.get_mut(question) {
                answer.before = State::default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn answer(reply: u64) -> Answer {
        Answer { reply, at: at(0), before: State::default(), asked: 5 }
    }

    fn answered(question: u64, reply: u64) -> Answered {
        let mut answered = Answered::default();
        assert!(answered.take(question, at(0)) && answered.put(question, answer(reply)));
        answered
    }

    #[test]
    fn edits_count_for_a_minute() {
        let answered = answered(1, 10);
        let rows = [(1, 6, 60, Some(10)), (1, 6, 61, None), (1, 5, 1, None), (2, 6, 1, None)];
        for (question, asked, seconds, want) in rows {
            assert_eq!(answered.edited(question, asked, at(seconds)).map(|a| a.reply), want, "{question} at {seconds}");
        }
    }

    #[test]
    fn deletions_find_the_reply_once_and_may_come_at_any_time() {
        let mut answered = answered(1, 10);
        assert_eq!((answered.delete(1), answered.delete(1)), (Some(10), None));
        assert!(answered.edited(1, 6, at(0)).is_none());
        assert!(answered.take(2, at(0)));
        assert_eq!((answered.delete(2), answered.is_deleted(2), answered.put(2, answer(20))), (None, true, false));
        assert_eq!((answered.delete(3), answered.take(3, at(0))), (None, false), "before the question itself");
    }

    #[test]
    fn nothing_stays_for_good() {
        let mut answered = answered(1, 10);
        answered.forget(at(900));
        assert_eq!(answered.known.len(), 1);
        answered.forget(at(901));
        assert_eq!((answered.known.len(), answered.order.len()), (0, 0));
    }

    #[test]
    fn bounded() {
        let mut answered = Answered::default();
        for question in 0..2 * MOST as u64 {
            assert!(answered.take(question, at(0)));
            answered.delete(u64::MAX - question);
        }
        assert_eq!((answered.known.len(), answered.order.len(), answered.deleted.len()), (MOST, MOST, DELETED));
    }
}
