//! What has happened so far, behind one lock that is never held over an await. Requests, gateway and
//! driver all change it here; whoever waits is told through `changed`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};
use tokio::sync::Notify;

use crate::gateway::Sessions;
use crate::record::{Refusal, Request, Sent, Violation};
use crate::schema::Layers;
use crate::{Clock, Fault, Snowflake, World, payload};

/// Snowflakes count milliseconds from 2015-01-01, above 22 bits that the sandbox uses as a counter.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// What REST, gateway and driver share.
pub(crate) struct Platform {
    pub(crate) layers: Layers,
    pub(crate) changed: Notify,
    state: Mutex<State>,
}

impl Platform {
    pub(crate) fn new(world: World, clock: Clock, layers: Layers, port: u16) -> Self {
        let state = Mutex::new(State::new(world, clock, format!("ws://127.0.0.1:{port}/ws/")));
        Self { layers, changed: Notify::new(), state }
    }

    /// A test that panicked while it held the lock has failed already: its state may still be read.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits for a change.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let result = act(&mut self.lock());
        self.changed.notify_waiters();
        result
    }
}

/// A message, with what its JSON does not say.
pub(crate) struct Message {
    pub(crate) value: Value,
    pub(crate) channel: Snowflake,
    pub(crate) author: Snowflake,
    pub(crate) deleted: bool,
    pub(crate) ephemeral: bool,
    /// A deferral that shows "is thinking" until it is edited.
    pub(crate) pending: bool,
}

/// An interaction, from the user's click to the bot's answer.
pub(crate) struct Asked {
    pub(crate) token: String,
    pub(crate) kind: u8,
    pub(crate) channel: Snowflake,
    pub(crate) asked_ms: u64,
    /// The callback type of the first answer.
    pub(crate) answered: Option<u8>,
    /// The message that `@original` names.
    pub(crate) original: Option<Snowflake>,
    /// The message whose button was pressed.
    pub(crate) source: Option<Snowflake>,
}

/// A nonce that must not make a second message for a while.
pub(crate) struct Nonce {
    pub(crate) nonce: Value,
    pub(crate) channel: Snowflake,
    pub(crate) message: Snowflake,
    pub(crate) sent_ms: u64,
}

/// Everything that changes.
pub(crate) struct State {
    pub(crate) world: Arc<World>,
    pub(crate) clock: Clock,
    pub(crate) gateway_url: String,
    pub(crate) sessions: Sessions,
    pub(crate) messages: BTreeMap<Snowflake, Message>,
    pub(crate) asked: BTreeMap<Snowflake, Asked>,
    pub(crate) nonces: Vec<Nonce>,
    pub(crate) commands: Vec<Value>,
    pub(crate) guild_commands: BTreeMap<Snowflake, Vec<Value>>,
    pub(crate) registrations: usize,
    pub(crate) sent: Vec<Sent>,
    /// How many of `sent` the test has taken with `next_sent`.
    pub(crate) taken: usize,
    pub(crate) requests: Vec<Request>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) faults: Vec<Fault>,
    ids: u64,
}

impl State {
    fn new(world: World, clock: Clock, gateway_url: String) -> Self {
        Self {
            world: Arc::new(world),
            clock,
            gateway_url,
            sessions: Sessions::default(),
            messages: BTreeMap::new(),
            asked: BTreeMap::new(),
            nonces: Vec::new(),
            commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            registrations: 0,
            sent: Vec::new(),
            taken: 0,
            requests: Vec::new(),
            violations: Vec::new(),
            refusals: Vec::new(),
            faults: Vec::new(),
            ids: 0,
        }
    }

    /// A fresh id that carries the virtual time.
    pub(crate) fn next_id(&mut self) -> Snowflake {
        self.ids += 1;
        let ms = self.clock.unix_ms().saturating_sub(DISCORD_EPOCH_MS);
        Snowflake((ms << 22) | (self.ids & 0x3f_ffff))
    }

    /// Stores a new message and announces it to those who may see it.
    pub(crate) fn add_message(&mut self, message: Message) -> Snowflake {
        let id = self.next_id();
        let mut message = message;
        message.value["id"] = id.into();
        let announced = !message.ephemeral && !message.pending;
        let value = message.value.clone();
        self.messages.insert(id, message);
        if announced {
            self.dispatch("MESSAGE_CREATE", value);
        }
        id
    }

    /// Puts new parts into a message and announces the change. A deferral appears with its first edit.
    pub(crate) fn change_message(&mut self, id: Snowflake, parts: &Map<String, Value>) {
        let now = payload::timestamp(&self.clock);
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        let event = if message.pending { "MESSAGE_CREATE" } else { "MESSAGE_UPDATE" };
        if !message.pending {
            message.value["edited_timestamp"] = now.into();
        }
        message.pending = false;
        payload::apply(&mut message.value, parts);
        let (ephemeral, value) = (message.ephemeral, message.value.clone());
        if !ephemeral {
            self.dispatch(event, value);
        }
    }

    /// Marks a message as deleted and announces it.
    pub(crate) fn delete_message(&mut self, id: Snowflake) {
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        message.deleted = true;
        let deleted = payload::deleted(id, &message.value);
        let ephemeral = message.ephemeral;
        if !ephemeral {
            self.dispatch("MESSAGE_DELETE", deleted);
        }
    }

    /// Sends an event to every session that asked for its kind.
    pub(crate) fn dispatch(&mut self, event: &'static str, value: Value) {
        let world = Arc::clone(&self.world);
        self.sessions.dispatch(&world, event, &value);
    }
}
