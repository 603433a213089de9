//! Routes about guilds, channels and their messages.
//! The rules have passed already; nothing here refuses.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Call, Reply};
use crate::record::{Sent, Via};
use crate::state::{Message, State};
use crate::world::World;
use crate::{ChannelKind, Snowflake, payload};

/// For how long Discord remembers a nonce: "the past few minutes".
pub(crate) const NONCE_MEMORY_MS: u64 = 5 * 60 * 1000;

pub(super) fn create_dm(state: &mut State, call: &Call) -> Reply {
    let recipient = Snowflake::read(&call.json()["recipient_id"]).unwrap_or(Snowflake(0));
    place(state, World::dm_channel(recipient))
}

pub(super) fn channel(state: &mut State, call: &Call) -> Reply {
    place(state, call.id("channel_id"))
}

fn place(state: &State, channel: Snowflake) -> Reply {
    let place = state.world.place(channel);
    Reply::json(place.map_or(Value::Null, |place| payload::channel(&state.world, place)))
}

pub(super) fn guild(state: &mut State, call: &Call) -> Reply {
    let world = &state.world;
    let guild = world.guild(call.id("guild_id"));
    Reply::json(guild.map_or(Value::Null, |guild| payload::guild(world, guild, false)))
}

pub(super) fn typing(_: &mut State, _: &Call) -> Reply {
    Reply::empty()
}

/// The latest messages first; `limit`, `before` and their kin are not looked at.
pub(super) fn list(state: &mut State, call: &Call) -> Reply {
    let channel = call.id("channel_id");
    let shows = |message: &&Message| message.channel == channel && !message.deleted && message.seen_by.is_none();
    let there = state.messages.values().rev().filter(shows);
    let seen: Vec<Value> = there.take(50).map(|message| seen(state, message)).collect();
    Reply::json(seen.into())
}

pub(super) fn get(state: &mut State, call: &Call) -> Reply {
    let message = state.messages.get(&call.id("message_id"));
    Reply::json(message.map_or(Value::Null, |message| seen(state, message)))
}

/// REST hides the content of others' messages just as the gateway does.
fn seen(state: &State, message: &Message) -> Value {
    payload::as_seen(&message.value, state.world.message_content, state.world.bot.id).into_owned()
}

pub(super) fn create(state: &mut State, call: &Call) -> Reply {
    let channel = call.id("channel_id");
    let body = call.json();
    if let Some(earlier) = same_nonce(state, channel, body) {
        return Reply::json(earlier);
    }
    let reply_to = Snowflake::read(&body["message_reference"]["message_id"])
        .filter(|id| state.messages.get(id).is_some_and(|message| !message.deleted));
    let Some(mut message) = own_message(state, channel, body) else {
        return Reply::empty();
    };
    if let Some(referenced) = reply_to.and_then(|id| state.messages.get(&id)) {
        message.value["type"] = 19.into();
        message.value["message_reference"] = reference(&referenced.value);
        message.value["referenced_message"] = payload::referenced(&referenced.value);
    }
    // A message takes a thread out of the archive.
    if let Some(ChannelKind::Thread { archived: true, locked, .. }) =
        state.world.channel(channel).map(|known| known.kind)
    {
        state.set_thread(channel, false, locked);
    }
    let id = state.add_message(message);
    remember_nonce(state, channel, body, id);
    let sent = Sent { via: Via::Message, message: Some(id), channel, interaction: None, reply_to, body: body.clone() };
    state.send(sent);
    shown(state, id)
}

/// A reference to a message, as it stands in the reply.
pub(crate) fn reference(message: &Value) -> Value {
    let mut reference = json!({"type": 0, "message_id": message["id"], "channel_id": message["channel_id"]});
    if let Some(guild) = message.get("guild_id") {
        reference["guild_id"] = guild.clone();
    }
    reference
}

fn same_nonce(state: &State, channel: Snowflake, body: &Value) -> Option<Value> {
    if body["enforce_nonce"] != true {
        return None;
    }
    let now = state.clock.unix_ms();
    let (message, sent_ms) = state.nonces.get(&(channel, body["nonce"].to_string()))?;
    let fresh = now - sent_ms <= NONCE_MEMORY_MS;
    state.messages.get(message).filter(|_| fresh).map(|message| message.value.clone())
}

fn remember_nonce(state: &mut State, channel: Snowflake, body: &Value, message: Snowflake) {
    let nonce = &body["nonce"];
    if !nonce.is_null() {
        state.nonces.insert((channel, nonce.to_string()), (message, state.clock.unix_ms()));
    }
}

/// A message by the bot, not yet stored.
pub(super) fn own_message(state: &State, channel: Snowflake, body: &Value) -> Option<Message> {
    let world = Arc::clone(&state.world);
    let place = world.place(channel)?;
    let mut value = payload::message(&state.clock, place, channel, &world.bot);
    payload::apply(&mut value, body.as_object().unwrap_or(&Map::new()));
    Some(Message::new(value, channel, world.bot.id))
}

/// A message of the bot's own, as the answer to a request.
pub(super) fn shown(state: &State, id: Snowflake) -> Reply {
    Reply::json(state.messages.get(&id).map_or(Value::Null, |message| message.value.clone()))
}

pub(super) fn edit(state: &mut State, call: &Call) -> Reply {
    let id = call.id("message_id");
    let body = call.json().clone();
    state.change_message(id, body.as_object().unwrap_or(&Map::new()));
    let channel = call.id("channel_id");
    state.send(Sent { via: Via::Edit, message: Some(id), channel, interaction: None, reply_to: None, body });
    shown(state, id)
}

pub(super) fn delete(state: &mut State, call: &Call) -> Reply {
    state.delete_message(call.id("message_id"));
    Reply::empty()
}
