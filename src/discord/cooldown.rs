//! How often somebody, and a channel, is answered in a while. Pure; time comes in.
//!
//! A burst is fine, a stream is not: the one who goes on is told once, then left alone until the window has passed.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// Questions are counted in windows of this length.
const WINDOW: Duration = Duration::from_secs(20);
/// Of one user in a window: faster than anybody reads answers.
const OF_USER: u32 = 6;
/// Of one channel in a window: beyond it nobody can follow.
const OF_CHANNEL: u32 = 40;
/// From so many windows on it is looked, once a second, which have passed: to look at each question would take longer than to answer.
const KEPT: usize = 2_000;
const LOOK: Duration = Duration::from_secs(1);

/// Who or what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Counted {
    User(u64),
    Channel(u64),
}

/// Whether a question is answered now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// It is.
    Fine,
    /// It is not, and this is the one time to say so; with the seconds left.
    Notice(u64),
    /// It is not, and that was said.
    Quiet(u64),
}

#[derive(Clone, Copy, Debug)]
struct Window {
    from: SystemTime,
    count: u32,
}

/// The windows of everybody who asked lately.
#[derive(Debug, Default)]
pub(super) struct Cooldown {
    windows: HashMap<Counted, Window>,
    /// When it was last looked.
    looked: Option<SystemTime>,
}

impl Cooldown {
    /// Counts a question.
    pub(super) fn count(&mut self, user: u64, channel: u64, now: SystemTime) -> Pace {
        self.forget(now);
        let of_user = self.of(Counted::User(user), OF_USER, now);
        if of_user != Pace::Fine { of_user } else { self.of(Counted::Channel(channel), OF_CHANNEL, now) }
    }

    /// Counts an edit where a question would be fine, and says whether. The one notice is for questions.
    pub(super) fn count_edit(&mut self, user: u64, channel: u64, now: SystemTime) -> bool {
        let has_room = |counted: Counted, most: u32| {
            let window = self.windows.get(&counted);
            window.is_none_or(|w| w.count < most || now.duration_since(w.from).unwrap_or_default() >= WINDOW)
        };
        let is_fine = has_room(Counted::User(user), OF_USER) && has_room(Counted::Channel(channel), OF_CHANNEL);
        is_fine && self.count(user, channel, now) == Pace::Fine
    }

    fn of(&mut self, counted: Counted, most: u32, now: SystemTime) -> Pace {
        let window = self.windows.entry(counted).or_insert(Window { from: now, count: 0 });
        let age = now.duration_since(window.from).unwrap_or_default();
        if age >= WINDOW {
            *window = Window { from: now, count: 0 };
        }
        window.count = window.count.saturating_add(1);
        let left = WINDOW.saturating_sub(now.duration_since(window.from).unwrap_or_default()).as_secs().max(1);
        match window.count {
            count if count <= most => Pace::Fine,
            count if count == most + 1 => Pace::Notice(left),
            _ => Pace::Quiet(left),
        }
    }

    fn forget(&mut self, now: SystemTime) {
        let is_within = |at: SystemTime, most: Duration| now.duration_since(at).is_ok_and(|age| age < most);
        if self.windows.len() >= KEPT && !self.looked.is_some_and(|looked| is_within(looked, LOOK)) {
            self.windows.retain(|_, window| is_within(window.from, WINDOW));
            self.looked = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_burst_is_fine_a_stream_is_told_once() {
        let mut cooldown = Cooldown::default();
        for _ in 0..OF_USER {
            assert_eq!(cooldown.count(1, 7, at(0)), Pace::Fine);
        }
        let rows = [
            (1, 7, 5, Pace::Notice(15)),
            (1, 7, 6, Pace::Quiet(14)),
            (2, 7, 6, Pace::Fine),
            (1, 8, 19, Pace::Quiet(1)),
            (1, 7, 20, Pace::Fine),
        ];
        for (user, channel, seconds, want) in rows {
            assert_eq!(cooldown.count(user, channel, at(seconds)), want, "{user} in {channel} at {seconds}");
        }
    }

    #[test]
    fn an_edit_counts_and_takes_no_notice() {
        let mut cooldown = Cooldown::default();
        assert!((0..OF_USER).all(|_| cooldown.count_edit(1, 7, at(0))));
        assert!(!cooldown.count_edit(1, 7, at(1)) && !cooldown.count_edit(1, 7, at(2)));
        assert_eq!(cooldown.count(1, 7, at(5)), Pace::Notice(15));
        assert!(cooldown.count_edit(1, 7, at(20)));
    }

    #[test]
    fn a_channel_has_a_limit_of_its_own() {
        let mut cooldown = Cooldown::default();
        let paces: Vec<Pace> = (0..u64::from(OF_CHANNEL) + 2).map(|user| cooldown.count(user, 7, at(0))).collect();
        let most = OF_CHANNEL as usize;
        assert!(paces[..most].iter().all(|pace| *pace == Pace::Fine));
        assert_eq!(paces[most..], [Pace::Notice(20), Pace::Quiet(20)]);
        assert_eq!(cooldown.count(1, 8, at(0)), Pace::Fine);
    }

    #[test]
    fn bounded() {
        let mut cooldown = Cooldown::default();
        for user in 0..3 * KEPT as u64 {
            cooldown.count(user, user, at(user));
        }
        assert!(cooldown.windows.len() <= KEPT + 2);
    }
}
