//! What all handlers share. Every lock is held for a look-up or a change, never over an await.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use time::Date;
use time::OffsetDateTime;

use super::answered::Answered;
use super::client::Clock;
use super::conversations::Conversations;
use super::cooldown::Cooldown;
use super::engines::Engines;
use super::messages::Asked;
use super::passive::Passive;
use super::recent::Recent;
use super::settings::Settings;
use crate::answer::{Reply, are_twins, item_key, normalised};
use crate::service::{Metrics, Reload};
use crate::store::{Item, Missed, Reason, Store, StoreError};

/// The state of the whole bot.
pub(super) struct Shared {
    pub(super) engines: Engines,
    pub(super) settings: Settings,
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) owners: Vec<u64>,
    /// Whether it has the MESSAGE_CONTENT intent.
    pub(super) hears_all: bool,
    pub(super) reload: Reload,
    pub(super) metrics: Metrics,
    /// Whether the log may hold what is asked.
    pub(super) log_text: bool,
    pub(super) started: SystemTime,
    pub(super) conversations: Conversations,
    pub(super) cooldown: Mutex<Cooldown>,
    pub(super) answered: Mutex<Answered>,
    pub(super) passive: Mutex<Passive<Asked>>,
    /// Messages and interactions, which share one space of ids.
    pub(super) recent: Mutex<Recent>,
    /// Who judged what: a hash of user, message and verdict, in memory only.
    pub(super) judged: Mutex<Recent>,
}

impl Shared {
    pub(super) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    pub(super) fn today(&self) -> Date {
        OffsetDateTime::from(self.now()).date()
    }

    /// Whether an event is here for the first time.
    pub(super) fn is_new(&self, id: u64) -> bool {
        locked(&self.recent).is_new(id, self.now())
    }

    /// Forgets conversations that are over, and what was answered long ago.
    pub(super) fn forget(&self) {
        self.conversations.forget(self.now());
        locked(&self.answered).forget(self.now());
    }

    /// Keeps a question that the editors should know of, where its server wants that. `text` is normalised first.
    pub(super) async fn note(&self, server: Option<u64>, text: &str, reason: Reason, nearest: Option<Item>) {
        let Some(server) = server.filter(|id| self.settings.of(*id).collects) else { return };
        let Some(question) = normalised(text) else { return };
        let missed = Missed { question, reason, nearest };
        if let Err(error) = self.counted(self.store.note(server, &missed, self.today(), &are_twins).await) {
            tracing::error!(guild = server, cause = %error, "an open question was not kept");
        }
        self.count_gaps().await;
    }

    /// What the store answered; an error of it is counted.
    pub(super) fn counted<T>(&self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        answer.inspect_err(|_| {
            self.metrics.store_errors.inc();
        })
    }

    /// Tells the metrics how many open questions are kept.
    pub(super) async fn count_gaps(&self) {
        match self.counted(self.store.gap_count().await) {
            Ok(gaps) => drop(self.metrics.gaps.set(gaps)),
            Err(error) => tracing::error!(cause = %error, "open questions cannot be counted"),
        }
    }
}

/// The key of what a reply shows first.
pub(super) fn shown_first(reply: &Reply) -> Option<String> {
    let fact = reply.facts.first().map(|f| item_key(&f.story, &f.id));
    fact.or_else(|| reply.quotes.first().map(|q| item_key(&q.story, &q.id)))
}

/// A task that panicked left a value that is still true.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
