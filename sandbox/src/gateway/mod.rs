//! Gateway sessions: what a client asked for, and every event that it was sent, so that it can resume.
//! A session outlives its connections; nothing here touches a socket.

mod connection;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use connection::accept;

use crate::{Snowflake, World, payload};

/// Intents by Discord's own names.
pub(crate) mod intents {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Every bit that the documents name: 0 to 16, 20, 21, 24 and 25.
    pub(crate) const ALL: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}

/// What goes out over a socket.
pub(crate) enum Frame {
    Text(String),
    Close(u16),
}

pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) shard: (u64, u64),
    /// The last sequence number.
    pub(crate) seq: u64,
    events: Vec<String>,
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
    /// Set by a fault: the next event goes out twice.
    pub(crate) duplicate_next: bool,
    connections: u64,
}

impl Sessions {
    /// Sends an event to every session that asked for its kind.
    pub(crate) fn dispatch(&mut self, world: &World, event: &'static str, value: &Value) {
        let copies = if std::mem::take(&mut self.duplicate_next) { 2 } else { 1 };
        for session in &mut self.list {
            if !session.wants(event, value) {
                continue;
            }
            let content = session.intents & intents::MESSAGE_CONTENT != 0;
            let seen = match event {
                "MESSAGE_CREATE" | "MESSAGE_UPDATE" => payload::as_seen(value, content, world.bot.id),
                _ => value.clone(),
            };
            for _ in 0..copies {
                session.send_event(event, &seen);
            }
        }
    }

    /// Sends a frame over every live connection.
    pub(crate) fn broadcast(&self, text: &str) {
        for socket in self.list.iter().filter_map(|session| session.socket.as_ref()) {
            // A client that has just gone is not an error: it resumes.
            let _ = socket.send(Frame::Text(text.to_owned()));
        }
    }

    /// Closes every connection. The sessions stay, and gather what is missed.
    pub(crate) fn close(&mut self, code: u16) {
        for session in &mut self.list {
            if let Some(socket) = session.socket.take() {
                let _ = socket.send(Frame::Close(code));
            }
        }
    }

    pub(crate) fn next_connection(&mut self) -> u64 {
        self.connections += 1;
        self.connections
    }
}

impl Session {
    pub(crate) fn send_event(&mut self, event: &'static str, value: &Value) {
        self.seq += 1;
        let text = json!({"op": 0, "t": event, "s": self.seq, "d": value}).to_string();
        if let Some(socket) = &self.socket {
            let _ = socket.send(Frame::Text(text.clone()));
        }
        self.events.push(text);
    }

    /// Sends again what came after `seq`: every event is kept, at the place of its number.
    pub(crate) fn replay(&self, seq: u64) {
        let Some(socket) = &self.socket else {
            return;
        };
        let known = usize::try_from(seq).unwrap_or(usize::MAX);
        for text in self.events.iter().skip(known) {
            let _ = socket.send(Frame::Text(text.clone()));
        }
    }

    fn wants(&self, event: &str, value: &Value) -> bool {
        let guild = value.get("guild_id").and_then(Snowflake::read);
        let (shard, shards) = self.shard;
        let home = guild.map_or(0, |guild| (guild.0 >> 22) % shards.max(1));
        if home != shard {
            return false;
        }
        let needed = match (event, guild) {
            ("MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE", Some(_)) => intents::GUILD_MESSAGES,
            ("MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE", None) => intents::DIRECT_MESSAGES,
            _ => return true,
        };
        self.intents & needed != 0
    }
}
