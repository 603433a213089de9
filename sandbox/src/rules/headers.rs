//! Layer 1: the head of a request, and whether its body can be read at all.
//! A wrong token is the platform's refusal; everything else is the bot's mistake.

use axum::http::header::{AUTHORIZATION, HeaderName, USER_AGENT};

use super::Verdict;
use crate::World;
use crate::rest::{Call, Operation, Refused};

fn header(call: &Call, name: HeaderName) -> &str {
    call.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(super) fn authorization(_: &World, call: &Call) -> Verdict {
    let value = header(call, AUTHORIZATION);
    let open = call.route.is_some_and(|route| route.operation.is_open());
    if value.starts_with("Bot ") || (open && value.is_empty()) {
        return Ok(());
    }
    Err(Refused::bot(401, 0, "401: Unauthorized, the header must be `Bot` and the token"))
}

pub(super) fn token(world: &World, call: &Call) -> Verdict {
    match header(call, AUTHORIZATION).strip_prefix("Bot ") {
        Some(token) if token != world.token => Err(Refused::platform(401, 0, "401: Unauthorized")),
        _ => Ok(()),
    }
}

pub(super) fn user_agent(_: &World, call: &Call) -> Verdict {
    if header(call, USER_AGENT).starts_with("DiscordBot (") {
        return Ok(());
    }
    Err(Refused::bot(403, 40333, "the User-Agent must be `DiscordBot (url, version)`"))
}

pub(super) fn content_type(_: &World, call: &Call) -> Verdict {
    let given = call.content_type();
    let known = ["application/json", "multipart/form-data"].iter().any(|kind| given.starts_with(kind));
    if !call.has_body || known {
        return Ok(());
    }
    Err(Refused::bot(400, 50035, format!("a body of the Content-Type `{given}` is not read")))
}

pub(super) fn body(_: &World, call: &Call) -> Verdict {
    if call.body.is_some() || !(call.has_body || call.is(Operation::WITH_BODY)) {
        return Ok(());
    }
    Err(Refused::bot(400, 50109, "the request body contains invalid JSON"))
}
