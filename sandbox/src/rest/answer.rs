//! What a request is answered with: a status and JSON, or a refusal in Discord's error format.
//! Whose fault a refusal is gets decided by the rule that makes it, never here.

use std::fmt;

use serde_json::{Value, json};

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn json(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    pub(crate) fn empty() -> Self {
        Self { status: 204, body: None }
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
            return Reply { status, body: Some(json!({"code": code, "message": message})) };
        }
        let innermost = json!({"_errors": [{"code": "SANDBOX_RULE", "message": message}]});
        let errors = path.rsplit('.').fold(innermost, |inner, key| json!({key: inner}));
        let body = json!({"code": code, "message": "Invalid Form Body", "errors": errors});
        Reply { status, body: Some(body) }
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
