//! Waiting for the bot: woken by every change, bounded in real time, and loud when nothing comes.
//! To show that the bot does *not* answer, post the message that it must ignore, then one that it must
//! answer, wait for that answer and look at `replies_to` the first: nothing needs to sleep. Post both in one
//! channel: a client that handles events in parallel keeps their order, if anywhere, within a channel.

use std::time::Duration;

use super::Sandbox;
use crate::Snowflake;
use crate::record::{Sent, Via};
use crate::state::State;

/// Real time: far above what a loopback answer takes, so that reaching it means that nothing comes.
const PATIENCE: Duration = Duration::from_secs(10);

impl Sandbox {
    /// Waits until a client has a session and is connected.
    ///
    /// # Panics
    /// Like every wait here: after 10 s of real time, with all that was recorded.
    pub async fn connected(&self) {
        let live = |state: &mut State| state.sessions.list.iter().any(|session| session.socket.is_some());
        self.until("a connected session", |state| live(state).then_some(())).await;
    }

    /// Waits until a client has resumed this often.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn resumed(&self, times: usize) {
        self.until("a resumed session", |state| (state.sessions.resumes >= times).then_some(())).await;
    }

    /// Waits until the bot has registered its global commands.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn registered(&self) {
        self.until("registered commands", |state| (state.registrations > 0).then_some(())).await;
    }

    /// Waits for the next thing that the bot sent and that this method has not given out yet.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn next_sent(&self) -> Sent {
        self.until("something sent", |state| {
            let next = state.ledger.sent.get(state.ledger.taken).cloned()?;
            state.ledger.taken += 1;
            Some(next)
        })
        .await
    }

    /// Waits for the first answer to a message (a reply) or to an interaction; a deferral is none.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn answer_to(&self, question: Snowflake) -> Sent {
        self.until(&format!("an answer to {question}"), |state| {
            let about = |sent: &&Sent| sent.reply_to == Some(question) || sent.interaction == Some(question);
            state.ledger.sent.iter().filter(about).find(|sent| sent.is_answer()).cloned()
        })
        .await
    }

    /// Waits for the latest edit of a message of the bot's, over whatever way.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn edited(&self, message: Snowflake) -> Sent {
        self.until(&format!("an edit of {message}"), |state| {
            let is_edit = |sent: &&Sent| sent.message == Some(message) && sent.via == Via::Edit;
            state.ledger.sent.iter().rev().find(is_edit).cloned()
        })
        .await
    }

    /// Waits until a message is deleted.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn gone(&self, message: Snowflake) {
        let is_gone = |state: &mut State| state.messages.get(&message).is_none_or(|message| message.deleted);
        self.until(&format!("the deletion of {message}"), |state| is_gone(state).then_some(())).await;
    }

    /// Waits until this many things were recorded as refused by the platform.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn refused(&self, times: usize) {
        self.until("a refusal", |state| (state.ledger.refusals.len() >= times).then_some(())).await;
    }

    /// Waits until this many clients have identified, with success or without.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn identified(&self, times: usize) {
        self.until("an identify", |state| (state.sessions.identifies >= times).then_some(())).await;
    }

    /// Waits until this many requests have come, whatever became of them.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn requested(&self, times: usize) {
        self.until("a request", |state| (state.ledger.counts.requests >= times).then_some(())).await;
    }

    /// Waits until this many answers to messages and interactions have been counted.
    ///
    /// # Panics
    /// When no further answer comes for 10 s.
    pub async fn answered(&self, times: usize) {
        loop {
            let before = self.counts().answers;
            if before >= times {
                return;
            }
            self.until("a further answer", |state| (state.ledger.counts.answers > before).then_some(())).await;
        }
    }

    /// Waits until this many answers are held.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn holding(&self, answers: usize) {
        self.until("a held answer", |state| (state.held >= answers).then_some(())).await;
    }

    async fn until<T>(&self, what: &str, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let search = async {
            loop {
                let changed = self.platform.changed.notified();
                tokio::pin!(changed);
                // Registered before the look, so that no change between look and wait is missed.
                changed.as_mut().enable();
                if let Some(found) = look(&mut self.platform.lock()) {
                    return found;
                }
                changed.await;
            }
        };
        match tokio::time::timeout(PATIENCE, search).await {
            Ok(found) => found,
            Err(_) => panic!("waited {PATIENCE:?} for {what}; so far:{}", self.report()),
        }
    }

    /// All that was recorded, a line each.
    fn report(&self) -> String {
        let state = self.platform.lock();
        let requests = state
            .ledger
            .requests
            .iter()
            .map(|request| format!("\n  request {} {} -> {}", request.method, request.path, request.status));
        let violations = state.ledger.violations.iter().map(|violation| format!("\n  violation {violation}"));
        let refusals = state.ledger.refusals.iter().map(|refusal| format!("\n  refusal {refusal}"));
        let identifies = format!("\n  {} identifies", state.sessions.identifies);
        requests.chain(violations).chain(refusals).chain([identifies]).collect()
    }
}
