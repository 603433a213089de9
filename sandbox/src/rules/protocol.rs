//! Layer 5: what must have happened before, and how long ago, by the sandbox's clock.
//! Answering late or twice is the bot's mistake; that a person deleted something is the platform's refusal.

use serde_json::Value;

use super::{Verdict, elements, message};
use crate::ChannelKind;
use crate::Snowflake;
use crate::payload;
use crate::rest::{Call, Operation, Refused, by_token, named};
use crate::state::{Asked, State};

/// The first answer to an interaction must come in this time.
const FIRST_ANSWER_MS: u64 = 3_000;
/// For so long an interaction's token opens its webhook.
const TOKEN_LIFE_MS: u64 = 15 * 60 * 1000;
const EPHEMERAL: u64 = 1 << 6;

const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const MODAL_SUBMIT: u8 = 5;
/// So many follow-ups has an application that is not installed in the guild.
const FOLLOWUPS: usize = 5;
/// The callbacks that each type of interaction takes.
const CALLBACKS: &[(u8, &[u64])] = &[
    (COMMAND, &[4, 5, 9, 12]),
    (COMPONENT, &[4, 5, 6, 7, 9, 12]),
    (AUTOCOMPLETE, &[8]),
    (MODAL_SUBMIT, &[4, 5, 6, 7, 12]),
];

/// The interaction of a callback; only `known_interaction` may find none.
fn asked<'a>(state: &'a State, call: &Call) -> Option<&'a Asked> {
    let asked = state.asked.get(&call.id("interaction_id"))?;
    (asked.token == call.param("interaction_token")).then_some(asked)
}

fn age_ms(state: &State, asked: &Asked) -> u64 {
    state.clock.unix_ms().saturating_sub(asked.asked_ms)
}

pub(super) fn known_interaction(state: &State, call: &Call) -> Verdict {
    match asked(state, call) {
        Some(asked) if asked.dead => Err(Refused::platform(404, 10062, "Unknown interaction")),
        Some(_) => Ok(()),
        None if state.forgot(call.id("interaction_id")) => Ok(()),
        None => Err(Refused::bot(404, 10062, "Unknown interaction")),
    }
}

pub(super) fn answered_once(state: &State, call: &Call) -> Verdict {
    match asked(state, call).and_then(|asked| asked.answered) {
        None => Ok(()),
        Some(_) if asked(state, call).is_some_and(|asked| asked.answer_lost) => {
            Err(Refused::platform(400, 40060, "Interaction has already been acknowledged."))
        }
        Some(_) => Err(Refused::bot(400, 40060, "Interaction has already been acknowledged.")),
    }
}

pub(super) fn in_time(state: &State, call: &Call) -> Verdict {
    let age = asked(state, call).map_or(0, |asked| age_ms(state, asked));
    if age <= FIRST_ANSWER_MS {
        return Ok(());
    }
    Err(Refused::bot(404, 10062, format!("Unknown interaction: answered after {age} ms")))
}

pub(super) fn fits(state: &State, call: &Call) -> Verdict {
    let kind = asked(state, call).map_or(0, |asked| asked.kind);
    let callback = call.callback_type();
    let takes = CALLBACKS.iter().any(|(known, callbacks)| *known == kind && callbacks.contains(&callback));
    // A modal that a command opened has no message to update.
    let nothing_to_update = kind == MODAL_SUBMIT
        && matches!(callback, 6 | 7)
        && asked(state, call).is_some_and(|asked| asked.source.is_none());
    if takes && !nothing_to_update {
        return Ok(());
    }
    Err(Refused::form("type", format!("an interaction of type {kind} does not take callback {callback}")))
}

/// On a deferral only EPHEMERAL is settable; everything else comes with the edit.
pub(super) fn deferral_flags(_: &State, call: &Call) -> Verdict {
    let flags = call.json()["data"]["flags"].as_u64().unwrap_or(0);
    if call.callback_type() != 5 || flags & !EPHEMERAL == 0 {
        return Ok(());
    }
    Err(Refused::form("data.flags", format!("{flags}: a deferral takes EPHEMERAL only")))
}

/// The interaction of a webhook; only `known_webhook` may find none.
fn webhook<'a>(state: &'a State, call: &Call) -> Option<&'a Asked> {
    state.asked.get(&by_token(state, call)?)
}

pub(super) fn known_webhook(state: &State, call: &Call) -> Verdict {
    let known = webhook(state, call).filter(|_| call.id("webhook_id") == state.world.application_id);
    match known {
        Some(asked) if asked.dead => return Err(Refused::platform(404, 10015, "Unknown Webhook")),
        Some(_) => return Ok(()),
        None => {}
    }
    Err(Refused::bot(404, 10015, "Unknown Webhook"))
}

pub(super) fn token_alive(state: &State, call: &Call) -> Verdict {
    let age = webhook(state, call).map_or(0, |asked| age_ms(state, asked));
    if age <= TOKEN_LIFE_MS {
        return Ok(());
    }
    Err(Refused::bot(401, 50027, format!("Invalid Webhook Token: {} s old", age / 1000)))
}

/// Autocompletion opens no webhook either.
pub(super) fn answered(state: &State, call: &Call) -> Verdict {
    match webhook(state, call).and_then(|asked| asked.answered) {
        Some(4..=7 | 9) => Ok(()),
        _ => Err(Refused::bot(404, 10015, "Unknown Webhook: the interaction has no answer yet")),
    }
}

pub(super) fn followups(state: &State, call: &Call) -> Verdict {
    match webhook(state, call) {
        Some(asked) if asked.metadata["authorizing_integration_owners"].get("0").is_some() => Ok(()),
        Some(asked) if asked.followups < FOLLOWUPS => Ok(()),
        _ => Err(Refused::bot(400, 40094, "This interaction has reached the maximum number of follow-up messages")),
    }
}

/// A token opens the answers to its own interaction, and the message whose component was used.
pub(super) fn known_answer(state: &State, call: &Call) -> Verdict {
    let interaction = by_token(state, call);
    let original = webhook(state, call).and_then(|asked| asked.original);
    let id = named(state, call);
    match id.and_then(|id| state.messages.get(&id)) {
        Some(message) if message.deleted => Err(Refused::platform(404, 10008, "Unknown Message")),
        Some(message) if message.interaction == interaction || id == original => Ok(()),
        _ => Err(Refused::bot(404, 10008, "Unknown Message")),
    }
}

/// Absent, people are pinged by default, on edits too.
pub(super) fn mentions_present(_: &State, call: &Call) -> Verdict {
    match call.message() {
        Some(message) if !message["allowed_mentions"].is_object() => {
            Err(Refused::form("allowed_mentions", "is absent, which pings people by default"))
        }
        _ => Ok(()),
    }
}

/// An `allowed_mentions` without `parse` lists what may be pinged, if anything.
pub(super) fn no_pings(state: &State, call: &Call) -> Verdict {
    let Some(message) = call.message() else {
        return Ok(());
    };
    if state.world.allow_pings || elements(&message["allowed_mentions"]["parse"]).is_empty() {
        return Ok(());
    }
    Err(Refused::form("allowed_mentions.parse", "must be empty: this application pings nobody"))
}

/// Joins, pins and their like cannot be replied to.
const REPLIABLE: &[u64] = &[0, 19, 20, 23];

pub(super) fn reference(state: &State, call: &Call) -> Verdict {
    let reference = &call.json()["message_reference"];
    if reference.is_null() {
        return Ok(());
    }
    let path = "message_reference.message_id";
    let found = Snowflake::read(&reference["message_id"]).and_then(|id| state.messages.get(&id));
    if Snowflake::read(&reference["message_id"]).is_some_and(|id| state.forgot(id)) {
        return Ok(());
    }
    let Some(message) = found.filter(|message| message.channel == call.id("channel_id")) else {
        return Err(Refused::form(path, "names no message that was ever in this channel"));
    };
    if !message.value["type"].as_u64().is_some_and(|kind| REPLIABLE.contains(&kind)) {
        return Err(Refused::form(path, "Cannot reply to a system message"));
    }
    // What only the asker sees cannot be replied to.
    if message.seen_by.is_some() {
        return Err(Refused::form(path, "names no message that was ever in this channel"));
    }
    if message.deleted && reference["fail_if_not_exists"] != false {
        let refused = Refused::platform(400, 50035, "MESSAGE_REFERENCE_UNKNOWN_MESSAGE: Unknown message");
        return Err(Refused { path: path.to_owned(), ..refused });
    }
    Ok(())
}

/// In an archived thread nothing is edited, by whatever way.
pub(super) fn answer_not_archived(state: &State, call: &Call) -> Verdict {
    let channel = webhook(state, call).and_then(|asked| state.world.channel(asked.channel));
    match channel.map(|channel| channel.kind) {
        Some(ChannelKind::Thread { archived: true, .. }) => Err(Refused::platform(400, 50083, "Thread is archived")),
        _ => Ok(()),
    }
}

/// An edit that takes the last part away would leave an empty message.
pub(super) fn edit_leaves_something(state: &State, call: &Call) -> Verdict {
    let target = match call.is(&[Operation::EditMessage]) {
        true => Some(call.id("message_id")),
        false => named(state, call),
    };
    let Some(known) = target.and_then(|id| state.messages.get(&id)) else {
        return Ok(());
    };
    let mut after: Value = known.value.clone();
    if let Some(parts) = call.json().as_object() {
        payload::apply(&mut after, parts);
    }
    if call.has_files || message::says_something(&after) {
        return Ok(());
    }
    Err(Refused::bot(400, 50006, "Cannot send an empty message"))
}
