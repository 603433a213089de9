//! Gateway sessions: what a client asked for, and the latest events that it was sent, so that it can resume.
//! A session outlives its connections; nothing here touches a socket.

mod connection;

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use connection::accept;

use crate::{Snowflake, payload};

/// So many events of a session can be sent again. A client that missed more has to identify anew, as with
/// Discord, which keeps "a few minutes" of them.
pub(crate) const REPLAYED: usize = 4_096;

/// Intents by Discord's own names.
pub(crate) mod intents {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Every bit that the documents name: 0 to 16, 20, 21, 24 and 25.
    pub(crate) const ALL: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}

/// What goes out over a socket.
pub(crate) enum Frame {
    Text {
        text: Utf8Bytes,
        /// The message or interaction in it that somebody waits for an answer to.
        question: Option<Snowflake>,
    },
    Close(u16),
    /// The connection breaks without a word.
    Drop,
}

/// Something that happened.
#[derive(Clone, Copy)]
pub(crate) struct Event<'a> {
    pub(crate) name: &'static str,
    pub(crate) value: &'a Value,
}

/// What the gateway does to connections while a fault lasts.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    #[default]
    Serving,
    Refusing(u16),
    /// Whether the WebSocket opens nevertheless.
    Silent {
        upgrades: bool,
    },
}

pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) shard: (u64, u64),
    /// The last sequence number.
    pub(crate) seq: u64,
    events: VecDeque<Utf8Bytes>,
    /// Where it is sent to, while a client is connected.
    pub(crate) socket: Option<UnboundedSender<Frame>>,
    /// Which connection that is.
    pub(crate) connection: u64,
}

/// All sessions, and how they came about.
#[derive(Default)]
pub(crate) struct Sessions {
    pub(crate) list: Vec<Session>,
    pub(crate) identifies: usize,
    pub(crate) resumes: usize,
    pub(crate) mood: Mood,
    /// Set by a fault: so many events go out twice.
    pub(crate) duplicate: usize,
    /// Set by a fault: so many events are still kept back, to be sent in reverse order.
    pub(crate) reorder: usize,
    kept_back: Vec<(&'static str, Value)>,
    connections: u64,
}

impl Sessions {
    /// Sends an event to every session that asked for its kind, and tells to how many.
    pub(crate) fn dispatch(&mut self, bot: Snowflake, event: Event<'_>) -> usize {
        if self.reorder == 0 {
            return self.deliver(bot, event);
        }
        self.reorder -= 1;
        self.kept_back.push((event.name, event.value.clone()));
        if self.reorder > 0 {
            return 0;
        }
        let kept = std::mem::take(&mut self.kept_back);
        kept.iter().rev().map(|(name, value)| self.deliver(bot, Event { name, value })).sum()
    }

    fn deliver(&mut self, bot: Snowflake, event: Event<'_>) -> usize {
        let copies = if self.duplicate > 0 { 2 } else { 1 };
        self.duplicate = self.duplicate.saturating_sub(1);
        // One text for those who see content and one for those who do not.
        let mut texts: [Option<String>; 2] = [None, None];
        let mut sent = 0;
        for session in self.list.iter_mut().filter(|session| session.wants(event)) {
            let content = session.intents & intents::MESSAGE_CONTENT != 0;
            let text = texts[usize::from(content)].get_or_insert_with(|| event.as_seen(content, bot));
            for _ in 0..copies {
                session.send_text(event.name, text, event.question());
                sent += 1;
            }
        }
        sent
    }

    /// Sends a frame over every live connection.
    pub(crate) fn broadcast(&self, text: &str) {
        for socket in self.list.iter().filter_map(|session| session.socket.as_ref()) {
            // A client that has just gone is not an error: it resumes.
            let _ = socket.send(Frame::Text { text: text.into(), question: None });
        }
    }

    /// Ends every connection. The sessions stay, and gather what is missed.
    pub(crate) fn close(&mut self, frame: impl Fn() -> Frame) {
        for session in &mut self.list {
            if let Some(socket) = session.socket.take() {
                let _ = socket.send(frame());
            }
        }
    }

    pub(crate) fn next_connection(&mut self) -> u64 {
        self.connections += 1;
        self.connections
    }
}

impl Event<'_> {
    /// The body, without what the intents hide.
    fn as_seen(self, content: bool, bot: Snowflake) -> String {
        match self.name {
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" => payload::as_seen(self.value, content, bot).to_string(),
            "INTERACTION_CREATE" if self.value.get("message").is_some() => {
                let mut seen = self.value.clone();
                seen["message"] = payload::as_seen(&self.value["message"], content, bot).into_owned();
                seen.to_string()
            }
            _ => self.value.to_string(),
        }
    }

    /// What may be answered: an interaction, or a message by a person.
    fn question(self) -> Option<Snowflake> {
        let asks = match self.name {
            "INTERACTION_CREATE" => true,
            "MESSAGE_CREATE" => self.value["author"]["bot"] != true,
            _ => false,
        };
        Snowflake::read(&self.value["id"]).filter(|_| asks)
    }

    /// The guild that decides which shard gets it.
    fn guild(self) -> Option<Snowflake> {
        let key = if self.name.starts_with("GUILD_") { "id" } else { "guild_id" };
        self.value.get(key).and_then(Snowflake::read)
    }
}

impl Session {
    pub(crate) fn new(
        id: String,
        intents: u64,
        shard: (u64, u64),
        socket: UnboundedSender<Frame>,
        connection: u64,
    ) -> Self {
        Self { id, intents, shard, seq: 0, events: VecDeque::new(), socket: Some(socket), connection }
    }

    pub(crate) fn send_event(&mut self, event: &'static str, value: &Value) {
        self.send_text(event, &value.to_string(), None);
    }

    fn send_text(&mut self, event: &'static str, body: &str, question: Option<Snowflake>) {
        self.seq += 1;
        let text: Utf8Bytes = format!(r#"{{"op":0,"t":"{event}","s":{},"d":{body}}}"#, self.seq).into();
        if let Some(socket) = &self.socket {
            let _ = socket.send(Frame::Text { text: text.clone(), question });
        }
        if self.events.len() == REPLAYED {
            self.events.pop_front();
        }
        self.events.push_back(text);
    }

    /// Whether everything after `seq` is still there.
    pub(crate) fn remembers(&self, seq: u64) -> bool {
        self.seq - seq <= self.events.len() as u64
    }

    /// Sends again what came after `seq`.
    pub(crate) fn replay(&self, seq: u64) {
        let Some(socket) = &self.socket else {
            return;
        };
        let missed = usize::try_from(self.seq - seq).unwrap_or(usize::MAX);
        let known = self.events.len().saturating_sub(missed);
        for text in self.events.iter().skip(known) {
            let _ = socket.send(Frame::Text { text: text.clone(), question: None });
        }
    }

    fn wants(&self, event: Event<'_>) -> bool {
        let guild = event.guild();
        let (shard, shards) = self.shard;
        let home = guild.map_or(0, |guild| (guild.0 >> 22) % shards.max(1));
        if home != shard {
            return false;
        }
        let needed = match (event.name, guild) {
            (name, Some(_)) if name.starts_with("MESSAGE_") => intents::GUILD_MESSAGES,
            (name, None) if name.starts_with("MESSAGE_") => intents::DIRECT_MESSAGES,
            (name, _) if ["GUILD_", "CHANNEL_", "THREAD_"].iter().any(|kind| name.starts_with(kind)) => intents::GUILDS,
            _ => return true,
        };
        self.intents & needed != 0
    }
}
