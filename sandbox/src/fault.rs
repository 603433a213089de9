//! What a test can make go wrong, as one enum: a new fault is a variant here and an arm where it strikes,
//! `driver/mod.rs` for the gateway, `rest/mod.rs` for requests. A fault is the test's doing and never
//! counts as a violation or a refusal.

use serde_json::Value;

/// Something that goes wrong on demand.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Closes every gateway connection with this code; sessions stay resumable.
    CloseGateway(u16),
    /// Asks every connection to reconnect and resume (op 7).
    Reconnect,
    /// Declares every session invalid (op 9). Unless resumable, the session is gone.
    InvalidSession {
        /// Whether the client may resume.
        resumable: bool,
    },
    /// Delivers the next event twice, with the same id in it.
    DuplicateNextEvent,
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
}
