//! The platform's rules, a table of named functions for each layer; layers 2 and 3 are in `schema`.
//! A rule looks at a request and, in layer 5, at what has happened; it changes nothing.

mod commands;
mod components;
mod embeds;
mod headers;
mod localisations;
mod message;
mod modal;
mod options;
mod permission;
mod protocol;
mod responses;

use crate::World;
use crate::rest::{Call, Operation, Refused};
use crate::state::State;

/// What a rule says.
pub(crate) type Verdict = Result<(), Refused>;

/// A rule that a request broke.
pub(crate) struct Broken {
    pub(crate) layer: u8,
    pub(crate) rule: &'static str,
    pub(crate) refused: Refused,
}

/// Layer 1: about the head of a request.
type HeaderRule = (&'static str, fn(&World, &Call) -> Verdict);
/// Layer 4: about a body, for the operations named.
type BodyRule = (&'static str, &'static [Operation], fn(&Call) -> Verdict);
/// Layer 5: about a request and what went before it.
type StateRule = (&'static str, &'static [Operation], fn(&State, &Call) -> Verdict);

const HEADERS: &[HeaderRule] = &[
    ("Authorization", headers::authorization),
    ("token", headers::token),
    ("User-Agent", headers::user_agent),
    ("Content-Type", headers::content_type),
    ("body is JSON", headers::body),
];

const CALLBACK: &[Operation] = &[Operation::CreateInteractionResponse];

const BODIES: &[BodyRule] = &[
    ("message present", Operation::MESSAGES, message::present),
    ("content length", Operation::MESSAGES, message::content),
    ("message not empty", Operation::CREATES, message::not_empty),
    ("flags of the endpoint", Operation::MESSAGES, message::flags),
    ("nonce", &[Operation::CreateMessage], message::nonce),
    ("allowed_mentions shape", Operation::MESSAGES, message::mentions),
    ("embed count", Operation::MESSAGES, embeds::count),
    ("embed parts", Operation::MESSAGES, embeds::parts),
    ("embed fields", Operation::MESSAGES, embeds::fields),
    ("embeds in sum", Operation::MESSAGES, embeds::sum),
    ("components v2", Operation::MESSAGES, components::v2),
    ("v2 size", Operation::MESSAGES, components::v2_size),
    ("component rows", Operation::MESSAGES, components::rows),
    ("row contents", Operation::MESSAGES, components::row_contents),
    ("button", Operation::MESSAGES, components::buttons),
    ("select", Operation::MESSAGES, components::selects),
    ("select bounds", Operation::MESSAGES, components::select_bounds),
    ("custom_id", Operation::MESSAGES, components::custom_ids),
    ("callback type", CALLBACK, responses::callback_type),
    ("autocomplete choices", CALLBACK, responses::choices),
    ("modal", CALLBACK, modal::frame),
    ("modal inputs", CALLBACK, modal::inputs),
    ("command count", Operation::COMMANDS, commands::counts),
    ("command duplicates", Operation::COMMANDS, commands::duplicates),
    ("command name", Operation::COMMANDS, commands::names),
    ("command description", Operation::COMMANDS, commands::descriptions),
    ("command options", Operation::COMMANDS, commands::options),
    ("command choices", Operation::COMMANDS, commands::choices),
    ("option kinds", Operation::COMMANDS, options::kinds),
    ("command localisations", Operation::COMMANDS, localisations::all),
    ("command permissions", Operation::COMMANDS, commands::permissions),
    ("command text", Operation::COMMANDS, commands::text),
    ("command contexts", Operation::COMMANDS, commands::contexts),
];

const SEND: &[Operation] = &[Operation::CreateMessage];
const TOUCH: &[Operation] = &[Operation::GetMessage, Operation::EditMessage, Operation::DeleteMessage];
const HISTORY: &[Operation] = &[Operation::ListMessages, Operation::GetMessage];
const OWN: &[Operation] = &[
    Operation::ListCommands,
    Operation::SetCommands,
    Operation::CreateCommand,
    Operation::DeleteCommand,
    Operation::ListGuildCommands,
    Operation::SetGuildCommands,
];
const IN_GUILD: &[Operation] = &[Operation::GetGuild, Operation::ListGuildCommands, Operation::SetGuildCommands];
const ANSWERS: &[Operation] = &[
    Operation::GetOriginal,
    Operation::EditOriginal,
    Operation::DeleteOriginal,
    Operation::GetFollowup,
    Operation::EditFollowup,
    Operation::DeleteFollowup,
];
const PINGS: &[Operation] = &[Operation::CreateMessage, Operation::EditMessage];
const POST: &[Operation] = &[Operation::CreateMessage, Operation::TriggerTyping];

const CHANGE: &[Operation] = &[Operation::EditMessage, Operation::DeleteMessage];
const FOLLOWUP: &[Operation] = &[Operation::CreateFollowup];

const STATES: &[StateRule] = &[
    ("own application", OWN, permission::own_application),
    ("known user", &[Operation::GetUser, Operation::CreateDm], permission::known_user),
    ("known guild", IN_GUILD, permission::known_guild),
    ("known channel", Operation::CHANNELS, permission::known_channel),
    ("VIEW_CHANNEL", Operation::CHANNELS, permission::view),
    ("no plain messages in a forum", POST, permission::forum),
    ("SEND_MESSAGES", POST, permission::send),
    ("thread not locked", POST, permission::locked),
    ("thread not archived", CHANGE, permission::archived),
    ("EMBED_LINKS", PINGS, permission::embeds),
    ("READ_MESSAGE_HISTORY", HISTORY, permission::history),
    ("reply needs READ_MESSAGE_HISTORY", SEND, permission::reply_history),
    ("known message", TOUCH, permission::known_message),
    ("own message", &[Operation::EditMessage], permission::own_message),
    ("MANAGE_MESSAGES", &[Operation::DeleteMessage], permission::delete),
    ("known interaction", CALLBACK, protocol::known_interaction),
    ("answered once", CALLBACK, protocol::answered_once),
    ("answered within 3 s", CALLBACK, protocol::in_time),
    ("callback fits interaction", CALLBACK, protocol::fits),
    ("deferral flags", CALLBACK, protocol::deferral_flags),
    ("known webhook", Operation::WEBHOOKS, protocol::known_webhook),
    ("token lives 15 min", Operation::WEBHOOKS, protocol::token_alive),
    ("answer before edit", Operation::WEBHOOKS, protocol::answered),
    ("five follow-ups where only the user installed it", FOLLOWUP, protocol::followups),
    ("answer not archived", &[Operation::EditOriginal, Operation::EditFollowup], protocol::answer_not_archived),
    ("known answer", ANSWERS, protocol::known_answer),
    ("allowed_mentions present", Operation::MESSAGES, protocol::mentions_present),
    ("no pings", Operation::MESSAGES, protocol::no_pings),
    ("message_reference", SEND, protocol::reference),
    ("edit leaves something", Operation::EDITS, protocol::edit_leaves_something),
];

/// Layer 1.
pub(crate) fn check_headers(world: &World, call: &Call) -> Result<(), Broken> {
    for (rule, check) in HEADERS {
        check(world, call).map_err(|refused| Broken { layer: 1, rule, refused })?;
    }
    Ok(())
}

/// Layer 4.
pub(crate) fn check_body(call: &Call) -> Result<(), Broken> {
    for (rule, _, check) in BODIES.iter().filter(|(_, operations, _)| call.is(operations)) {
        check(call).map_err(|refused| Broken { layer: 4, rule, refused })?;
    }
    Ok(())
}

/// Layer 5.
pub(crate) fn check_state(state: &State, call: &Call) -> Result<(), Broken> {
    for (rule, _, check) in STATES.iter().filter(|(_, operations, _)| call.is(operations)) {
        check(state, call).map_err(|refused| Broken { layer: 5, rule, refused })?;
    }
    Ok(())
}

/// The length in code points, as Discord counts it: after trimming.
fn length(value: &serde_json::Value) -> usize {
    value.as_str().map_or(0, |text| text.trim().chars().count())
}

/// Refuses a text whose length is outside of the bounds; an absent one has length 0.
fn within(path: &str, value: &serde_json::Value, least: usize, most: usize) -> Verdict {
    let length = length(value);
    if (least..=most).contains(&length) {
        return Ok(());
    }
    Err(Refused::form(path, format!("has {length} code points, allowed are {least} to {most}")))
}

/// The elements of an array; none where it is absent or null.
fn elements(value: &serde_json::Value) -> &[serde_json::Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
