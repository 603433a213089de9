//! What a request is answered with: a status and JSON, or a refusal in Discord's error format.
//! Whose fault a refusal is gets decided by the rule that makes it, never here.

use std::fmt;

use serde_json::{Value, json};

use crate::fault::Scope;

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: Option<Value>) -> Self {
        Self { status, body, headers: Vec::new() }
    }

    pub(crate) fn json(body: Value) -> Self {
        Self::new(200, Some(body))
    }

    pub(crate) fn empty() -> Self {
        Self::new(204, None)
    }

    /// 429, with the headers that go with it and, as is usual, without a `code`.
    pub(crate) fn too_many(scope: Scope, seconds: f64) -> Self {
        let global = scope == Scope::Global;
        let message = match scope {
            Scope::Shared => "The resource is being rate limited.",
            _ => "You are being rate limited.",
        };
        let mut reply = Self::new(429, Some(json!({"message": message, "retry_after": seconds, "global": global})));
        reply.headers = vec![("retry-after", seconds.to_string()), ("x-ratelimit-scope", scope.name().to_owned())];
        if global {
            reply.headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        reply
    }

    /// Whether it tells of a limit that is not the bot's own.
    pub(crate) fn is_shared(&self) -> bool {
        self.headers.iter().any(|(name, value)| *name == "x-ratelimit-scope" && value == Scope::Shared.name())
    }
}

/// Who could have known better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    Bot,
    Platform,
}

/// A refused request.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: String,
    /// The place in the body, with dots: `embeds.0.title`.
    pub(crate) path: String,
    pub(crate) blame: Blame,
}

impl Refused {
    /// Something in the body is wrong.
    pub(crate) fn form(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::bot(400, 50035, message) }
    }

    /// The bot asked for what it must not ask for.
    pub(crate) fn bot(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), path: String::new(), blame: Blame::Bot }
    }

    /// The platform does not grant it, as things are.
    pub(crate) fn platform(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { blame: Blame::Platform, ..Self::bot(status, code, message) }
    }

    pub(crate) fn reply(self) -> Reply {
        let Self { status, code, message, path, .. } = self;
        if path.is_empty() {
            return Reply::new(status, Some(json!({"code": code, "message": message})));
        }
        let innermost = json!({"_errors": [{"code": "SANDBOX_RULE", "message": message}]});
        let errors = path.rsplit('.').fold(innermost, |inner, key| json!({key: inner}));
        let body = json!({"code": code, "message": "Invalid Form Body", "errors": errors});
        Reply::new(status, Some(body))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return write!(f, "{} ({})", self.message, self.code);
        }
        write!(f, "{}: {} ({})", self.path, self.message, self.code)
    }
}
