//! What the sandbox remembers for the test: requests, what the bot sent, rules it broke and what the
//! platform refused. Plain data; nothing here decides anything.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

use serde_json::Value;

use crate::Snowflake;

/// What is remembered of requests and answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Record {
    /// All of them, and all messages.
    #[default]
    Everything,
    /// How many; the schema layers see one request in a hundred, and old messages are forgotten. Waiting for a
    /// certain answer is not possible then: wait for [`crate::Sandbox::answered`].
    Counts,
}

/// How many there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// REST requests, refused ones too.
    pub requests: usize,
    /// Those requests by the status of their answers.
    pub statuses: BTreeMap<u16, usize>,
    /// What the bot sent and the platform accepted.
    pub sent: usize,
    /// How much of it answers a message or an interaction; a deferral does not.
    pub answers: usize,
    /// Events that were sent to sessions.
    pub events: usize,
    /// Rules that the bot broke.
    pub violations: usize,
    /// What the platform refused.
    pub refusals: usize,
    /// Answers of 401, 403 and 429 (but for the shared scope): 10,000 in 10 minutes ban an address.
    pub invalid: usize,
}

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
    /// When it arrived, in real time: what a client's own rate limiter goes by.
    pub arrived: Instant,
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

    /// The message or interaction that it belongs to.
    pub(crate) fn question(&self) -> Option<Snowflake> {
        self.reply_to.or(self.interaction)
    }

    /// Whether it says something: a deferral does not.
    pub(crate) fn is_answer(&self) -> bool {
        !matches!(self.via, Via::Callback(5 | 6))
    }
}
