//! Order and measure of what messages set off: one after the other in a channel, many channels at once, and a limit.
//!
//! serenity runs every event as a task of its own, in any order; within a channel jobs run in the order of their messages
//! here. Where too much waits, passive work goes first. Interactions never wait here: Discord gives them 3 s. A job that
//! panics takes no other with it.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;
use tokio::sync::{Notify, Semaphore};

/// Channels at work at once. Each may wait for seconds where Discord limits its rate, and must not hold up the others.
const AT_ONCE: usize = 512;
/// From so many waiting jobs on passive ones are left.
const PASSIVE_FITS: usize = 64;
/// From so many waiting jobs on no more are taken: at 500 a second they would be answered after four seconds.
const ALL_FIT: usize = 2_000;
/// An idle channel waits so long for a message that came before the one at hand and arrives after it. On four threads at load 5
/// one run in ten of four events in a wrong order is still answered in that order, with 5 and 10 ms alike.
const GRACE: Duration = Duration::from_millis(2);

/// Which goes first in a channel: the message's id, then the question before its edit.
pub(super) type Place = (u64, Step);

/// What happens to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Asked,
    Edited,
}

/// What becomes of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Queued,
    /// Too much waits.
    Shed,
    /// The bot is stopping.
    Closed,
}

/// What is to be done, and not yet a future of some kilobytes: thousands may wait.
pub(super) type Job = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;

/// All channels with work.
#[derive(Default)]
struct Channels {
    /// A channel in here has a worker.
    waiting: HashMap<u64, BTreeMap<Place, Job>>,
    jobs: usize,
    closed: bool,
}

/// The queue; clones are one queue.
#[derive(Clone)]
pub(super) struct Queue {
    channels: Arc<Mutex<Channels>>,
    at_once: Arc<Semaphore>,
    idle: Arc<Notify>,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self { channels: Arc::default(), at_once: Arc::new(Semaphore::new(AT_ONCE)), idle: Arc::new(Notify::new()) }
    }

    /// Takes a job for a channel; `passive` work is the first to be left.
    pub(super) fn push(&self, channel: u64, place: Place, passive: bool, job: Job) -> Taken {
        let is_new = {
            let mut channels = self.lock();
            if channels.closed {
                return Taken::Closed;
            }
            if channels.jobs >= if passive { PASSIVE_FITS } else { ALL_FIT } {
                return Taken::Shed;
            }
            channels.jobs += 1;
            let is_new = !channels.waiting.contains_key(&channel);
            let before = channels.waiting.entry(channel).or_default().insert(place, job);
            // A second edit takes the place of one that has not begun.
            channels.jobs -= usize::from(before.is_some());
            is_new
        };
        if is_new {
            tokio::spawn(self.clone().work(channel));
        }
        Taken::Queued
    }

    /// How many jobs wait or run.
    pub(super) fn len(&self) -> usize {
        self.lock().jobs
    }

    /// Takes no more jobs; resolves when all that were taken are done.
    pub(super) async fn finish(&self) {
        self.lock().closed = true;
        loop {
            let idle = self.idle.notified();
            if self.len() == 0 {
                return;
            }
            idle.await;
        }
    }

    async fn work(self, channel: u64) {
        tokio::time::sleep(GRACE).await;
        while let Some(job) = self.next(channel) {
            let permit = self.at_once.acquire().await;
            if AssertUnwindSafe(job()).catch_unwind().await.is_err() {
                tracing::error!(channel, "an answer broke; the next goes on");
            }
            drop(permit);
            self.lock().jobs -= 1;
            self.idle.notify_waiters();
        }
    }

    /// The first job of a channel; where there is none the channel's worker is done.
    fn next(&self, channel: u64) -> Option<Job> {
        let mut channels = self.lock();
        let job = channels.waiting.get_mut(&channel).and_then(BTreeMap::pop_first).map(|(_, job)| job);
        if job.is_none() {
            channels.waiting.remove(&channel);
        }
        job
    }

    /// Held for a look or a change, never over an await.
    fn lock(&self) -> std::sync::MutexGuard<'_, Channels> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noting(notes: &Arc<Mutex<Vec<u64>>>, note: u64) -> Job {
        let notes = Arc::clone(notes);
        Box::new(move || Box::pin(async move { notes.lock().unwrap().push(note) }))
    }

    #[tokio::test]
    async fn a_channel_keeps_the_order_of_its_messages() {
        let (queue, notes) = (Queue::new(), Arc::default());
        for (place, note) in [((30, Step::Asked), 3), ((10, Step::Edited), 2), ((10, Step::Asked), 1)] {
            assert_eq!(queue.push(7, place, false, noting(&notes, note)), Taken::Queued);
        }
        queue.finish().await;
        assert_eq!(*notes.lock().unwrap(), [1, 2, 3]);
        assert_eq!(queue.push(7, (40, Step::Asked), false, noting(&notes, 4)), Taken::Closed);
    }

    #[tokio::test]
    async fn a_panic_is_one_jobs_own() {
        let (queue, notes) = (Queue::new(), Arc::default());
        queue.push(7, (1, Step::Asked), false, Box::new(|| Box::pin(async { panic!("on purpose") })));
        queue.push(7, (2, Step::Asked), false, noting(&notes, 2));
        queue.push(8, (1, Step::Asked), false, noting(&notes, 1));
        queue.finish().await;
        let mut notes = notes.lock().unwrap().clone();
        notes.sort_unstable();
        assert_eq!((notes, queue.len()), (vec![1, 2], 0));
    }

    #[tokio::test]
    async fn passive_work_is_left_first() {
        let (queue, notes) = (Queue::new(), Arc::default());
        for id in 0..ALL_FIT as u64 {
            let passive = queue.push(id, (id, Step::Edited), true, noting(&notes, id));
            assert_eq!(passive == Taken::Shed, id >= PASSIVE_FITS as u64, "{id}");
            if passive == Taken::Shed {
                assert_eq!(queue.push(id, (id, Step::Asked), false, noting(&notes, id)), Taken::Queued);
            }
        }
        assert_eq!(queue.push(1, (9, Step::Asked), false, noting(&notes, 9)), Taken::Shed);
        queue.finish().await;
        assert_eq!(notes.lock().unwrap().len(), ALL_FIT);
    }
}
