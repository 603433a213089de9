//! What has happened so far, behind one lock that is never held over an await. Requests, gateway and
//! driver all change it here; whoever waits is told through `changed`.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Map, Value};
use tokio::sync::{Notify, watch};

use crate::atlas::{Absence, Atlas};
use crate::fault::Fault;
use crate::gateway::{Event, Sessions};
use crate::ledger::Ledger;
use crate::limits::Limits;
use crate::record::{Record, Sent};
use crate::schema::Layers;
use crate::times::Times;
use crate::world::{Place, permissions};
use crate::{Clock, Snowflake, World, payload};

/// Snowflakes count milliseconds from 2015-01-01, above 22 bits that the sandbox uses as a counter.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;
/// So many messages and interactions each are kept where only counts are asked for: at 10,000 messages a
/// second, for three seconds.
const KEPT: usize = 32_768;

/// What REST, gateway and driver share.
pub(crate) struct Platform {
    pub(crate) layers: Layers,
    pub(crate) changed: Notify,
    pub(crate) times: Arc<Times>,
    /// Sent to when answers that are held may go.
    pub(crate) release: watch::Sender<u64>,
    state: Mutex<State>,
}

impl Platform {
    pub(crate) fn new(world: World, clock: Clock, layers: Layers, port: u16) -> Self {
        let times = Arc::new(Times::default());
        let url = format!("ws://127.0.0.1:{port}/ws/");
        let state = Mutex::new(State::new(world, clock, url, Arc::clone(&times)));
        Self { layers, changed: Notify::new(), times, release: watch::Sender::new(0), state }
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
    /// The only person who sees it, where it is ephemeral.
    pub(crate) seen_by: Option<Snowflake>,
    /// A deferral that shows "is thinking" until it is edited.
    pub(crate) pending: bool,
    /// The interaction that it answers.
    pub(crate) interaction: Option<Snowflake>,
}

impl Message {
    pub(crate) fn new(value: Value, channel: Snowflake, author: Snowflake) -> Self {
        Self { value, channel, author, deleted: false, seen_by: None, pending: false, interaction: None }
    }
}

/// An interaction, from the user's click to the bot's answer.
pub(crate) struct Asked {
    pub(crate) token: String,
    pub(crate) kind: u8,
    pub(crate) channel: Snowflake,
    pub(crate) user: Snowflake,
    pub(crate) asked_ms: u64,
    /// The callback type of the first answer.
    pub(crate) answered: Option<u8>,
    /// The message that `@original` names.
    pub(crate) original: Option<Snowflake>,
    /// The message whose button was pressed.
    pub(crate) source: Option<Snowflake>,
    /// What its answers say of it.
    pub(crate) metadata: Value,
    /// The modal that answered it, until it is submitted.
    pub(crate) modal: Option<Value>,
    pub(crate) followups: usize,
    /// A fault: its token never worked.
    pub(crate) dead: bool,
    /// A fault: the bot cannot know that its answer has come through.
    pub(crate) answer_lost: bool,
}

/// Everything that changes.
pub(crate) struct State {
    pub(crate) world: Arc<Atlas>,
    pub(crate) clock: Clock,
    pub(crate) gateway_url: String,
    pub(crate) sessions: Sessions,
    pub(crate) messages: BTreeMap<Snowflake, Message>,
    pub(crate) asked: BTreeMap<Snowflake, Asked>,
    /// By channel and nonce: the message, and when it was sent.
    pub(crate) nonces: HashMap<(Snowflake, String), (Snowflake, u64)>,
    pub(crate) commands: Vec<Value>,
    pub(crate) guild_commands: BTreeMap<Snowflake, Vec<Value>>,
    pub(crate) registrations: usize,
    pub(crate) ledger: Ledger,
    pub(crate) limits: Limits,
    pub(crate) faults: Vec<Fault>,
    /// How many answers are held at the moment.
    pub(crate) held: usize,
    pub(crate) dead_next: bool,
    /// When the request at hand arrived.
    pub(crate) arrived: Instant,
    times: Arc<Times>,
    ids: u64,
}

impl State {
    fn new(world: World, clock: Clock, gateway_url: String, times: Arc<Times>) -> Self {
        let ledger = Ledger { mode: world.record, ..Ledger::default() };
        Self {
            world: Arc::new(Atlas::new(world)),
            clock,
            gateway_url,
            sessions: Sessions::default(),
            messages: BTreeMap::new(),
            asked: BTreeMap::new(),
            nonces: HashMap::new(),
            commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            registrations: 0,
            ledger,
            limits: Limits::default(),
            faults: Vec::new(),
            held: 0,
            dead_next: false,
            arrived: Instant::now(),
            times,
            ids: 0,
        }
    }

    /// The world, to change it.
    pub(crate) fn atlas(&mut self) -> &mut Atlas {
        Arc::make_mut(&mut self.world)
    }

    /// A fresh id that carries the virtual time.
    pub(crate) fn next_id(&mut self) -> Snowflake {
        self.ids += 1;
        let ms = self.clock.unix_ms().saturating_sub(DISCORD_EPOCH_MS);
        Snowflake((ms << 22) | (self.ids & 0x3f_ffff))
    }

    /// Records what the bot sent.
    pub(crate) fn send(&mut self, sent: Sent) {
        if let Some(question) = sent.question().filter(|_| sent.is_answer()) {
            self.times.answered(question, self.arrived);
        }
        self.ledger.send(sent);
    }

    /// Stores a new message and announces it to those who may see it.
    pub(crate) fn add_message(&mut self, message: Message) -> Snowflake {
        let id = self.next_id();
        self.add_message_as(id, message);
        id
    }

    /// As `add_message`, where the id is known: a forum's post has its thread's.
    pub(crate) fn add_message_as(&mut self, id: Snowflake, mut message: Message) {
        message.value["id"] = id.into();
        if !message.pending {
            self.announce("MESSAGE_CREATE", &message);
        }
        self.messages.insert(id, message);
        self.forget();
    }

    /// Sends an event about a message, if the bot learns of it.
    fn announce(&mut self, event: &'static str, message: &Message) {
        if message.seen_by.is_none() && self.is_in_view(message.channel) {
            self.dispatch(event, &message.value);
        }
    }

    /// Whether the bot is told of what happens in a channel: it must be a member, and see the channel.
    pub(crate) fn is_in_view(&self, channel: Snowflake) -> bool {
        match self.world.place(channel) {
            None | Some(Place::Elsewhere(_)) => false,
            Some(place) => self.world.permissions_in(place) & permissions::VIEW_CHANNEL != 0,
        }
    }

    /// Drops what is old, where only counts are asked for.
    fn forget(&mut self) {
        if self.ledger.mode == Record::Everything {
            return;
        }
        while self.messages.len() > KEPT {
            self.messages.pop_first();
        }
        while self.asked.len() > KEPT {
            self.asked.pop_first();
        }
        if self.nonces.len() > KEPT {
            self.nonces.clear();
        }
    }

    /// Whether a message may have been forgotten.
    pub(crate) fn forgot(&self, id: Snowflake) -> bool {
        let oldest = self.messages.first_key_value().map_or(Snowflake(0), |(oldest, _)| *oldest);
        self.ledger.mode == Record::Counts && id < oldest
    }

    /// Puts new parts into a message and announces the change. A deferral appears with its first edit.
    pub(crate) fn change_message(&mut self, id: Snowflake, parts: &Map<String, Value>) {
        let now = payload::timestamp(&self.clock);
        let Some(mut message) = self.messages.remove(&id) else {
            return;
        };
        let event = if message.pending { "MESSAGE_CREATE" } else { "MESSAGE_UPDATE" };
        if !message.pending {
            message.value["edited_timestamp"] = now.into();
        }
        message.pending = false;
        payload::apply(&mut message.value, parts);
        self.announce(event, &message);
        self.messages.insert(id, message);
    }

    /// Announces a message as it stands: what changed is nothing that anybody wrote.
    pub(crate) fn touch_message(&mut self, id: Snowflake, change: impl FnOnce(&mut Value)) {
        let Some(mut message) = self.messages.remove(&id) else {
            return;
        };
        change(&mut message.value);
        self.announce("MESSAGE_UPDATE", &message);
        self.messages.insert(id, message);
    }

    /// Marks a message as deleted and announces it.
    pub(crate) fn delete_message(&mut self, id: Snowflake) {
        let Some(mut message) = self.messages.remove(&id) else {
            return;
        };
        message.deleted = true;
        if message.seen_by.is_none() && self.is_in_view(message.channel) {
            self.dispatch("MESSAGE_DELETE", &payload::deleted(id, &message.value));
        }
        self.messages.insert(id, message);
    }

    /// Puts a thread away or takes it out again, locks it or unlocks it, and announces that.
    pub(crate) fn set_thread(&mut self, thread: Snowflake, archive: bool, lock: bool) {
        let Some(channel) = self.atlas().channel_mut(thread) else {
            return;
        };
        if let crate::ChannelKind::Thread { archived, locked, .. } = &mut channel.kind {
            (*archived, *locked) = (archive, lock);
        }
        self.announce_channel("THREAD_UPDATE", thread);
    }

    /// Sends an event whose body is a channel.
    pub(crate) fn announce_channel(&mut self, event: &'static str, channel: Snowflake) {
        let world = Arc::clone(&self.world);
        if let Some(place) = world.place(channel) {
            let mut value = payload::channel(&world, place);
            if event == "THREAD_CREATE" {
                value["newly_created"] = true.into();
            }
            self.dispatch(event, &value);
        }
    }

    /// Sends an event to every session that asked for its kind, unless it is of a guild that the bot is not in.
    pub(crate) fn dispatch(&mut self, event: &'static str, value: &Value) {
        let guild = value.get("guild_id").and_then(Snowflake::read);
        if guild.and_then(|guild| self.absence(guild)).is_some() {
            return;
        }
        let sent = self.sessions.dispatch(self.world.bot.id, Event { name: event, value });
        self.ledger.counts.events += sent;
    }

    fn absence(&self, guild: Snowflake) -> Option<Absence> {
        self.world.absence(guild)
    }
}
