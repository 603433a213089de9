//! Why the bot cannot run: one line each, with what would be right. Never a token, never an address that holds one.

use serenity::gateway::GatewayError;
use serenity::http::HttpError;
use thiserror::Error;

/// Ends the bot.
#[derive(Debug, Error)]
pub enum Fatal {
    /// 401 from REST, or close code 4004.
    #[error(
        "Discord does not accept the bot token ({0}): copy it anew from https://discord.com/developers/applications, your \
         application, page Bot, Reset Token"
    )]
    WrongToken(&'static str),
    /// Close code 4014, or 4013.
    #[error(
        "Discord does not allow the gateway intents that the bot asks for (close code {0}): it asks for Guilds, Guild Messages \
         and Direct Messages, none of which is privileged; see https://discord.com/developers/applications, your \
         application, page Bot, Privileged Gateway Intents"
    )]
    Intents(u16),
    /// The gateway is elsewhere than `discord.api_base`.
    #[error(
        "the gateway that {base} names is on another host ({host}): the bot does not send its token there; mend the server, or \
         leave discord.api_base out"
    )]
    ForeignGateway {
        /// `discord.api_base`.
        base: String,
        /// The other host.
        host: String,
    },
    /// No session can be started today.
    #[error("Discord allows no further session now; start the bot again in {0} minutes")]
    NoSessionsLeft(u64),
    /// REST does not answer.
    #[error("cannot reach {server}: {why}")]
    Unreachable {
        /// Which server.
        server: String,
        /// Why.
        why: String,
    },
    /// Close codes 4010, 4011, 4012 and whatever else refuses every session.
    #[error(
        "the gateway has refused every session for a minute (close code 4010, 4011 or 4012, or it answers nothing): the bot \
         stops before Discord resets its token; a newer version of onrecord may be needed"
    )]
    SessionsRefused,
    /// Whatever else ends serenity's client.
    #[error("the connection to Discord ended: {0}")]
    Ended(String),
}

impl Fatal {
    /// From what a request or the client ended with. `server` names the other side.
    pub(super) fn from_error(error: &serenity::Error, server: &str) -> Self {
        match error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => Self::WrongToken("close code 4004"),
            serenity::Error::Gateway(GatewayError::InvalidGatewayIntents) => Self::Intents(4013),
            serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => Self::Intents(4014),
            serenity::Error::Http(http) if status(http) == Some(401) => Self::WrongToken("status 401"),
            serenity::Error::Http(_) => Self::Unreachable { server: server.to_owned(), why: cause(error) },
            other => Self::Ended(cause(other)),
        }
    }
}

/// The HTTP status of an answer.
fn status(error: &HttpError) -> Option<u16> {
    error.status_code().map(|status| status.as_u16())
}

/// Discord's own error code in an answer.
pub(super) fn json_code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => Some(response.error.code),
        _ => None,
    }
}

/// What a failed answer is counted under: Discord's own code, or the HTTP status where there is none.
pub(super) fn counted_as(error: &serenity::Error) -> Option<i64> {
    let serenity::Error::Http(http) = error else { return None };
    // serenity writes -1 where the answer was no JSON of Discord's.
    let own = json_code(error).filter(|code| *code > 0).and_then(|code| i64::try_from(code).ok());
    own.or_else(|| status(http).map(i64::from))
}

/// Whether the same request may succeed in a moment: the platform is overloaded or limits the rate, or the network failed.
pub(super) fn is_passing(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::Request(_)) => true,
        serenity::Error::Http(http) => status(http).is_some_and(|status| status >= 500 || status == 429),
        _ => false,
    }
}

/// What went wrong, without addresses: those of interactions hold a token that is valid for 15 minutes.
pub(super) fn cause(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let fields: Vec<&str> = response.error.errors.iter().map(|e| e.path.as_str()).collect();
            format!(
                "status {}, code {}, {} {fields:?}",
                response.status_code, response.error.code, response.error.message
            )
        }
        serenity::Error::Http(HttpError::Request(request)) => {
            let mut deepest: &dyn std::error::Error = request;
            while let Some(source) = deepest.source() {
                deepest = source;
            }
            // The top of the chain names the address, what lies below does not; alone it is told by its kind.
            if std::ptr::addr_eq(deepest, request) { "the request failed".to_owned() } else { deepest.to_string() }
        }
        other => other.to_string(),
    }
}
