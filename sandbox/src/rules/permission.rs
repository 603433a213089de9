//! Layer 5: what exists, and what the bot may do with it.
//! A missing permission is the platform's refusal; an id that never existed is the bot's mistake.

use super::{Verdict, elements};
use crate::ChannelKind;
use crate::Snowflake;
use crate::atlas::Absence;
use crate::rest::{Call, Operation, Refused};
use crate::state::State;
use crate::world::{Place, permissions};

fn place<'a>(state: &'a State, call: &Call) -> Option<Place<'a>> {
    state.world.place(call.id("channel_id"))
}

fn lacks(state: &State, call: &Call, bit: u64) -> bool {
    place(state, call).is_some_and(|place| state.world.permissions_in(place) & bit == 0)
}

fn need(state: &State, call: &Call, bit: u64, code: u32, message: &str) -> Verdict {
    if lacks(state, call, bit) {
        return Err(Refused::platform(403, code, message));
    }
    Ok(())
}

pub(super) fn own_application(state: &State, call: &Call) -> Verdict {
    if call.id("application_id") == state.world.application_id {
        return Ok(());
    }
    Err(Refused::bot(403, 20012, "You are not authorized to perform this action on this application"))
}

pub(super) fn known_user(state: &State, call: &Call) -> Verdict {
    let body = Snowflake::read(&call.json()["recipient_id"]);
    let wanted = if call.is(&[Operation::CreateDm]) { body } else { Some(call.id("user_id")) };
    if wanted.is_some_and(|id| state.world.user(id).is_some()) {
        return Ok(());
    }
    Err(Refused::bot(404, 10013, "Unknown User"))
}

pub(super) fn known_guild(state: &State, call: &Call) -> Verdict {
    let guild = call.id("guild_id");
    if state.world.guild(guild).is_some() {
        return present(state, guild);
    }
    Err(Refused::bot(404, 10004, "Unknown Guild"))
}

/// The bot may have been thrown out of a guild, or Discord may not reach it.
fn present(state: &State, guild: Snowflake) -> Verdict {
    match state.world.absence(guild) {
        None => Ok(()),
        Some(Absence::Removed) => Err(Refused::platform(403, 50001, "Missing Access")),
        Some(Absence::Outage) => {
            Err(Refused::platform(503, 130_000, "API resource is currently overloaded. Try again a little later"))
        }
    }
}

pub(super) fn known_channel(state: &State, call: &Call) -> Verdict {
    match place(state, call) {
        Some(Place::Guild(guild, _)) => present(state, guild.id),
        Some(Place::Dm(_)) => Ok(()),
        // Only an interaction's token reaches people there.
        Some(Place::Elsewhere(_)) => Err(Refused::bot(403, 50001, "Missing Access: the bot is no member")),
        None if state.world.is_gone(call.id("channel_id")) => Err(Refused::platform(404, 10003, "Unknown Channel")),
        None => Err(Refused::bot(404, 10003, "Unknown Channel")),
    }
}

/// Whether the channel is an archived thread, and whether it is a locked one.
fn thread(state: &State, channel: Snowflake) -> (bool, bool) {
    match state.world.channel(channel).map(|channel| channel.kind) {
        Some(ChannelKind::Thread { archived, locked, .. }) => (archived, locked),
        _ => (false, false),
    }
}

/// A message takes a thread out of the archive; nothing else does.
pub(super) fn archived(state: &State, call: &Call) -> Verdict {
    match thread(state, call.id("channel_id")) {
        (true, _) => Err(Refused::platform(400, 50083, "Thread is archived")),
        _ => Ok(()),
    }
}

pub(super) fn locked(state: &State, call: &Call) -> Verdict {
    match thread(state, call.id("channel_id")) {
        (_, true) if lacks(state, call, permissions::MANAGE_THREADS) => {
            Err(Refused::platform(400, 160_005, "Thread is locked"))
        }
        _ => Ok(()),
    }
}

pub(super) fn view(state: &State, call: &Call) -> Verdict {
    need(state, call, permissions::VIEW_CHANNEL, 50001, "Missing Access")
}

pub(super) fn forum(state: &State, call: &Call) -> Verdict {
    match place(state, call) {
        Some(Place::Guild(_, channel)) if channel.kind == ChannelKind::Forum => {
            Err(Refused::platform(400, 40058, "Cannot message this channel until a thread is started"))
        }
        _ => Ok(()),
    }
}

/// In a thread another bit counts than in its parent.
pub(super) fn send(state: &State, call: &Call) -> Verdict {
    let thread = matches!(
        place(state, call),
        Some(Place::Guild(_, channel)) if matches!(channel.kind, ChannelKind::Thread { .. })
    );
    let bit = if thread { permissions::SEND_MESSAGES_IN_THREADS } else { permissions::SEND_MESSAGES };
    need(state, call, bit, 50013, "Missing Permissions")
}

pub(super) fn embeds(state: &State, call: &Call) -> Verdict {
    if elements(&call.json()["embeds"]).is_empty() {
        return Ok(());
    }
    need(state, call, permissions::EMBED_LINKS, 50013, "Missing Permissions: embeds need EMBED_LINKS")
}

pub(super) fn history(state: &State, call: &Call) -> Verdict {
    need(state, call, permissions::READ_MESSAGE_HISTORY, 50001, "Missing Access")
}

pub(super) fn reply_history(state: &State, call: &Call) -> Verdict {
    if call.json()["message_reference"].is_null() || !lacks(state, call, permissions::READ_MESSAGE_HISTORY) {
        return Ok(());
    }
    let message = "Cannot reply without permission to read message history";
    Err(Refused::platform(400, 160_002, message))
}

pub(super) fn known_message(state: &State, call: &Call) -> Verdict {
    match state.messages.get(&call.id("message_id")) {
        Some(message) if message.deleted => Err(Refused::platform(404, 10008, "Unknown Message")),
        Some(message) if message.channel == call.id("channel_id") => Ok(()),
        _ => Err(Refused::bot(404, 10008, "Unknown Message")),
    }
}

fn is_own(state: &State, call: &Call) -> bool {
    let message = state.messages.get(&call.id("message_id"));
    message.is_some_and(|message| message.author == state.world.bot.id)
}

pub(super) fn own_message(state: &State, call: &Call) -> Verdict {
    if is_own(state, call) {
        return Ok(());
    }
    Err(Refused::bot(403, 50005, "Cannot edit a message authored by another user"))
}

pub(super) fn delete(state: &State, call: &Call) -> Verdict {
    if is_own(state, call) {
        return Ok(());
    }
    need(state, call, permissions::MANAGE_MESSAGES, 50013, "Missing Permissions")
}
