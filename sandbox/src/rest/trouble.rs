//! Faults that strike a request: what it is answered with instead, and how its connection ends.
//! Which request a fault strikes depends on its route alone, never on its body.

use std::fmt;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream;
use serde_json::Value;
use tokio::task::yield_now;

use super::{Reply, Route};
use crate::fault::{Fault, Trouble};
use crate::state::State;

/// How an answer goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Whole,
    /// When the test releases it.
    Held,
    /// Half of it, and then the connection is closed.
    Cut,
    /// Not at all.
    Dropped,
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
pub(crate) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dropped, as the test wants it")
    }
}

impl std::error::Error for Dropped {}

/// A fault that has struck.
pub(crate) struct Struck {
    what: What,
    pub(crate) takes_effect: bool,
}

enum What {
    Answer(u16, Value),
    Trouble(Trouble),
}

/// The fault that a test has laid on this route.
pub(crate) fn strike(state: &mut State, route: &Route) -> Option<Struck> {
    let at = state.faults.iter().position(|fault| match fault {
        Fault::FailNext { method, path, .. } | Fault::Requests { method, path, .. } => {
            *method == route.method && *path == route.path
        }
        _ => false,
    })?;
    if let Fault::Requests { times, trouble, .. } = &mut state.faults[at] {
        let takes_effect = matches!(trouble, Trouble::Hold | Trouble::Cut | Trouble::Drop { takes_effect: true });
        let what = What::Trouble(trouble.clone());
        *times = times.saturating_sub(1);
        if *times == 0 {
            state.faults.remove(at);
        }
        return Some(Struck { what, takes_effect });
    }
    match state.faults.remove(at) {
        Fault::FailNext { status, body, takes_effect, .. } => {
            Some(Struck { what: What::Answer(status, body), takes_effect })
        }
        _ => None,
    }
}

impl Struck {
    /// The answer to a request that has no effect.
    pub(crate) fn instead(&self) -> (Reply, Ending) {
        match &self.what {
            What::Answer(status, body) => (Reply::new(*status, Some(body.clone())), Ending::Whole),
            What::Trouble(Trouble::Status(status)) => (Reply::new(*status, None), Ending::Whole),
            What::Trouble(Trouble::RateLimit { scope, retry_after }) => {
                (Reply::too_many(*scope, *retry_after), Ending::Whole)
            }
            What::Trouble(_) => (Reply::new(499, None), Ending::Dropped),
        }
    }

    /// What becomes of the answer to a request that had its effect.
    pub(crate) fn after(self, state: &mut State, reply: Reply) -> (Reply, Ending) {
        match self.what {
            What::Answer(status, body) => (Reply::new(status, Some(body)), Ending::Whole),
            What::Trouble(Trouble::Hold) => {
                state.held += 1;
                (reply, Ending::Held)
            }
            What::Trouble(Trouble::Cut) => (reply, Ending::Cut),
            What::Trouble(_) => (reply, Ending::Dropped),
        }
    }
}

/// The answer as HTTP.
pub(crate) fn respond(reply: Reply, ending: Ending) -> Result<Response, Dropped> {
    if ending == Ending::Dropped {
        return Err(Dropped);
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &reply.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    let text = match (&reply.body, reply.status) {
        (Some(body), _) => body.to_string(),
        (None, 500..) => format!("<html><h1>{}</h1></html>", reply.status),
        // An answer without a body has no middle: it ends before anything is said.
        (None, _) if ending == Ending::Cut => return Err(Dropped),
        (None, _) => return Ok(response),
    };
    let kind = if reply.body.is_some() { "application/json" } else { "text/html" };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    *response.body_mut() = match ending {
        Ending::Cut => {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(text.len()));
            half(text)
        }
        _ => Body::from(text),
    };
    Ok(response)
}

/// Half of a text, then an error: the server closes the connection on it.
fn half(text: String) -> Body {
    let mut bytes = Bytes::from(text);
    let first = bytes.split_to(bytes.len() / 2);
    // Without a pause the server would see the error before it has sent the half.
    let rest = stream::once(async {
        yield_now().await;
        Err(Dropped)
    });
    Body::from_stream(stream::iter([Ok(first)]).chain(rest))
}
