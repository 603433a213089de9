//! What the sandbox remembers for the test: requests, what the bot sent, rules it broke and what the
//! platform refused. Plain data; nothing here decides anything.

use std::fmt;

use serde_json::Value;

use crate::Snowflake;

/// The bot broke a rule of the platform: the test should fail.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Method and path, or `gateway`.
    pub request: String,
    /// 1 headers and routes, 2 schema, 3 unknown properties, 4 own rules, 5 protocol state.
    pub layer: u8,
    /// The rule's name.
    pub rule: &'static str,
    /// What was wrong, and where.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, layer, rule, detail } = self;
        write!(f, "{request}: {rule} (layer {layer}): {detail}")
    }
}

/// The platform refused what a correct bot may ask for: a permission is missing, a message was deleted.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Method and path, or `gateway`.
    pub request: String,
    /// The JSON error code, or the gateway's close code.
    pub code: u32,
    /// The rule's name.
    pub rule: &'static str,
    /// Why.
    pub detail: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, code, rule, detail } = self;
        write!(f, "{request}: {rule} ({code}): {detail}")
    }
}

/// One request as it came in, whatever became of it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Upper-case HTTP method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The JSON body, or `payload_json` of a multipart one.
    pub body: Option<Value>,
    /// The status of the answer.
    pub status: u16,
}

/// The way by which the bot sent something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A message in a channel.
    Message,
    /// An edit of a message in a channel.
    Edit,
    /// The answer to an interaction, with its callback type.
    Callback(u8),
    /// A further message after the answer to an interaction.
    Followup,
    /// An edit of an interaction's first answer.
    EditOriginal,
    /// An edit of a follow-up.
    EditFollowup,
}

/// Something that the bot sent and the platform accepted.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The way it came.
    pub via: Via,
    /// The message that it made or changed; none for autocompletion, modals and silent deferrals.
    pub message: Option<Snowflake>,
    /// Where it shows.
    pub channel: Snowflake,
    /// The interaction that it belongs to.
    pub interaction: Option<Snowflake>,
    /// The message that it replies to.
    pub reply_to: Option<Snowflake>,
    /// The JSON body, as it was sent.
    pub body: Value,
}

impl Sent {
    /// The part of the body that is a message (or choices, or a modal): `data` of a callback.
    #[must_use]
    pub fn data(&self) -> &Value {
        match self.via {
            Via::Callback(_) => &self.body["data"],
            _ => &self.body,
        }
    }

    /// The message's text, empty where there is none.
    #[must_use]
    pub fn content(&self) -> &str {
        self.data()["content"].as_str().unwrap_or_default()
    }

    /// Whether it says something: a deferral does not.
    pub(crate) fn is_answer(&self) -> bool {
        !matches!(self.via, Via::Callback(5 | 6))
    }
}
