//! Routes that answer an interaction: its callback, then `@original` and follow-ups by its token.
//! The rules have passed already; nothing here refuses.

use serde_json::{Map, Value, json};

use super::channels::{own_message, shown};
use super::{Call, Reply};
use crate::Snowflake;
use crate::record::{Sent, Via};
use crate::state::State;
use crate::world::Elsewhere;

/// Seen only by the person who asked.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The callback that opens a modal.
const MODAL: u8 = 9;
/// "... is thinking".
const LOADING: u64 = 1 << 7;

pub(super) fn respond(state: &mut State, call: &Call) -> Reply {
    let interaction = call.id("interaction_id");
    let Some(asked) = state.asked.get(&interaction) else {
        return Reply::empty();
    };
    let (channel, source) = (asked.channel, asked.source);
    let kind = u8::try_from(call.callback_type()).unwrap_or(0);
    let data = &call.json()["data"];
    let message = match kind {
        4 => answer(state, interaction, data, false),
        5 => answer(state, interaction, data, true),
        6 => source,
        7 => {
            let parts = data.as_object().cloned().unwrap_or_default();
            source.inspect(|id| state.change_message(*id, &parts))
        }
        _ => None,
    };
    if let Some(asked) = state.asked.get_mut(&interaction) {
        asked.answered = Some(kind);
        asked.original = message;
        asked.modal = (kind == MODAL).then(|| data.clone());
    }
    let via = Via::Callback(kind);
    let body = call.json().clone();
    state.send(Sent { via, message, channel, interaction: Some(interaction), reply_to: None, body });
    Reply::empty()
}

/// A message that answers an interaction, at once or (pending) with a later edit.
fn answer(state: &mut State, interaction: Snowflake, data: &Value, pending: bool) -> Option<Snowflake> {
    let asked = state.asked.get(&interaction)?;
    let (channel, user, metadata) = (asked.channel, asked.user, asked.metadata.clone());
    let first = asked.original;
    let mut message = own_message(state, channel, data)?;
    // Without USE_EXTERNAL_APPS an application that only the asker installed is heard by the asker only.
    let unheard = channel == Elsewhere::GuildWithoutExternalApps.channel();
    let mut flags = data["flags"].as_u64().unwrap_or(0) | if unheard { EPHEMERAL } else { 0 };
    message.seen_by = (flags & EPHEMERAL != 0).then_some(user);
    message.pending = pending;
    message.interaction = Some(interaction);
    if pending {
        flags |= LOADING;
    }
    let value = &mut message.value;
    value["type"] = if metadata["target_message_id"].is_null() { 20 } else { 23 }.into();
    value["application_id"] = state.world.application_id.into();
    value["webhook_id"] = state.world.application_id.into();
    value["flags"] = flags.into();
    value["interaction_metadata"] = metadata;
    if let Some(first) = first {
        value["interaction_metadata"]["original_response_message_id"] = first.into();
    }
    Some(state.add_message(message))
}

/// The interaction whose token is in the path.
pub(crate) fn by_token(state: &State, call: &Call) -> Option<Snowflake> {
    let token = call.param("webhook_token");
    let id = Snowflake(token.rsplit('-').next()?.parse().ok()?);
    state.asked.get(&id).filter(|asked| asked.token == token).map(|_| id)
}

/// The message that the path names, by its id or as `@original`.
pub(crate) fn named(state: &State, call: &Call) -> Option<Snowflake> {
    if !call.param("message_id").is_empty() {
        return Some(call.id("message_id"));
    }
    state.asked.get(&by_token(state, call)?)?.original
}

/// The first follow-up after a deferral takes the deferral's place.
pub(super) fn follow_up(state: &mut State, call: &Call) -> Reply {
    let Some((interaction, asked)) = by_token(state, call).and_then(|id| Some((id, state.asked.get(&id)?))) else {
        return Reply::empty();
    };
    let (channel, original) = (asked.channel, asked.original);
    if let Some(asked) = state.asked.get_mut(&interaction) {
        asked.followups += 1;
    }
    let waiting = original.filter(|id| state.messages.get(id).is_some_and(|message| message.pending));
    let body = call.json().clone();
    let message = match waiting {
        Some(id) => {
            change(state, id, &body);
            Some(id)
        }
        None => answer(state, interaction, &body, false),
    };
    let interaction = Some(interaction);
    state.send(Sent { via: Via::Followup, message, channel, interaction, reply_to: None, body });
    message.map_or_else(Reply::empty, |id| shown(state, id))
}

pub(super) fn get(state: &mut State, call: &Call) -> Reply {
    named(state, call).map_or_else(Reply::empty, |id| shown(state, id))
}

pub(super) fn edit(state: &mut State, call: &Call) -> Reply {
    let (Some(interaction), Some(id)) = (by_token(state, call), named(state, call)) else {
        return Reply::empty();
    };
    let Some(channel) = state.messages.get(&id).map(|message| message.channel) else {
        return Reply::empty();
    };
    let body = call.json().clone();
    change(state, id, &body);
    let via = if call.param("message_id").is_empty() { Via::EditOriginal } else { Via::EditFollowup };
    state.send(Sent { via, message: Some(id), channel, interaction: Some(interaction), reply_to: None, body });
    shown(state, id)
}

/// Edits a message and ends its "is thinking". Whether it is ephemeral stays as it was.
fn change(state: &mut State, id: Snowflake, body: &Value) {
    let mut parts = body.as_object().cloned().unwrap_or_else(Map::new);
    let known = state.messages.get(&id).and_then(|message| message.value["flags"].as_u64()).unwrap_or(0);
    let asked = parts.get("flags").and_then(Value::as_u64).unwrap_or(known & !EPHEMERAL);
    parts.insert("flags".to_owned(), json!((asked & !LOADING) | (known & EPHEMERAL)));
    state.change_message(id, &parts);
}

pub(super) fn delete(state: &mut State, call: &Call) -> Reply {
    if let Some(id) = named(state, call) {
        state.delete_message(id);
    }
    Reply::empty()
}
