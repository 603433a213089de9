//! Layer 4: what a message may be, apart from its embeds and components.
//! Lengths are in code points; whether Discord counts so is not proven, but no limit is above this one.

use serde_json::Value;

use super::{Verdict, elements, within};
use crate::rest::{Call, Operation, Refused};

const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
const IS_VOICE_MESSAGE: u64 = 1 << 13;
const IS_COMPONENTS_V2: u64 = 1 << 15;

pub(super) fn present(call: &Call) -> Verdict {
    match call.message() {
        Some(message) if !message.is_object() => Err(Refused::form("data", "must be an object")),
        _ => Ok(()),
    }
}

/// Untrimmed: Discord trims only what is within the limit.
pub(super) fn content(call: &Call) -> Verdict {
    let content = call.message().and_then(|message| message["content"].as_str()).unwrap_or_default();
    let length = content.chars().count();
    if length <= 2000 {
        return Ok(());
    }
    Err(Refused::form("content", format!("must be 2000 or fewer in length, has {length} code points")))
}

pub(super) fn not_empty(call: &Call) -> Verdict {
    let Some(message) = call.message() else {
        return Ok(());
    };
    // An update of the button's own message may change any part of it.
    let update = call.callback_type() == 7 && call.is(&[Operation::CreateInteractionResponse]);
    if update || call.has_files || says_something(message) {
        return Ok(());
    }
    Err(Refused::bot(400, 50006, "Cannot send an empty message"))
}

/// Whether a person would see anything.
pub(super) fn says_something(message: &Value) -> bool {
    let text = message["content"].as_str().is_some_and(|content| !content.trim().is_empty());
    let parts = ["embeds", "components", "sticker_ids", "attachments"];
    let part = parts.iter().any(|part| !elements(&message[part]).is_empty());
    text || part || message["poll"].is_object()
}

/// Each endpoint takes its own subset of flags.
pub(super) fn flags(call: &Call) -> Verdict {
    let Some(flags) = call.message().and_then(|message| message.get("flags")).filter(|flags| !flags.is_null()) else {
        return Ok(());
    };
    let allowed = if call.is(&[Operation::CreateMessage]) {
        SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2
    } else if call.is(Operation::EDITS) {
        SUPPRESS_EMBEDS | IS_COMPONENTS_V2
    } else {
        SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2
    };
    match flags.as_u64() {
        Some(bits) if bits & !allowed == 0 => Ok(()),
        _ => Err(Refused::form("flags", format!("{flags} has bits that this endpoint does not take"))),
    }
}

pub(super) fn nonce(call: &Call) -> Verdict {
    let nonce = &call.json()["nonce"];
    if call.json()["enforce_nonce"] == true && nonce.is_null() {
        return Err(Refused::form("nonce", "enforce_nonce needs one"));
    }
    within("nonce", nonce, 0, 25)
}

/// A kind is either parsed from the text or listed by ids, not both.
pub(super) fn mentions(call: &Call) -> Verdict {
    let mentions = call.message().map_or(&Value::Null, |message| &message["allowed_mentions"]);
    for kind in ["users", "roles"] {
        let parsed = elements(&mentions["parse"]).iter().any(|parsed| parsed == kind);
        let listed = elements(&mentions[kind]).len();
        if listed > 100 || (parsed && listed > 0) {
            let path = format!("allowed_mentions.{kind}");
            return Err(Refused::form(path, "takes at most 100 ids, and none when parse names the kind"));
        }
    }
    Ok(())
}
