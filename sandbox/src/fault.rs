//! What a test can make go wrong, as one enum: a new fault is a variant here and an arm where it strikes,
//! `driver/faults.rs` for the gateway, `rest/trouble.rs` for requests. A fault is the test's doing and never
//! counts as a violation or a refusal.

use serde_json::Value;

/// Something that goes wrong on demand.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Closes every gateway connection with this code; sessions stay resumable.
    CloseGateway(u16),
    /// Breaks every gateway connection without a code; sessions stay resumable.
    DropGateway,
    /// Asks every connection to reconnect and resume (op 7).
    Reconnect,
    /// Declares every session invalid (op 9). Unless resumable, the session is gone.
    InvalidSession {
        /// Whether the client may resume.
        resumable: bool,
    },
    /// Delivers the next event twice, with the same id in it.
    DuplicateNextEvent,
    /// Delivers each of the next events twice.
    DuplicateNext(usize),
    /// Keeps the next events back until there are so many, then delivers them in reverse order.
    ReorderNext(usize),
    /// Sends what no client knows yet: an event of an unknown type, and a message, an interaction and a channel
    /// with types that have no meaning.
    UnknownEvents,
    /// Closes every connection that identifies with this code, until [`crate::Sandbox::heal`].
    RefuseIdentify(u16),
    /// The gateway takes connections and says nothing, until [`crate::Sandbox::heal`].
    SilentGateway {
        /// Whether the WebSocket opens; otherwise not even its request is answered.
        upgrades: bool,
    },
    /// The next interaction's token is dead when it arrives: every answer ends with 10062 or 10015.
    DeadInteraction,
    /// Answers the next request to a route with this status and body.
    FailNext {
        /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
        method: &'static str,
        /// The route as Discord's documents write it: `/channels/{channel_id}/messages`.
        path: &'static str,
        /// The status of the answer.
        status: u16,
        /// The body of the answer.
        body: Value,
        /// Whether the request takes effect first, so that only its answer is lost.
        takes_effect: bool,
    },
    /// Lets the next requests to a route run into trouble.
    Requests {
        /// As in [`Fault::FailNext`].
        method: &'static str,
        /// As in [`Fault::FailNext`].
        path: &'static str,
        /// For how many requests.
        times: usize,
        /// What happens to them.
        trouble: Trouble,
    },
}

/// What can happen to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It has no effect and is answered with this status, as a proxy does: with a body that is no JSON.
    Status(u16),
    /// It has no effect and is answered with 429.
    RateLimit {
        /// Whose limit it is.
        scope: Scope,
        /// Seconds, of real time for a client with a limiter of its own.
        retry_after: f64,
    },
    /// It takes effect; its answer waits for [`crate::Sandbox::release`].
    Hold,
    /// It takes effect; the connection is closed in the middle of the answer's body.
    Cut,
    /// The connection is closed before there is an answer.
    Drop {
        /// Whether the request has taken effect.
        takes_effect: bool,
    },
}

/// Whose limit a 429 tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The bot's, on this route.
    User,
    /// The bot's, on all routes.
    Global,
    /// Everybody's on this resource; does not count as an invalid request.
    Shared,
}

impl Scope {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }
}
