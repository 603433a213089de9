//! One request from its bytes to its answer: the layers of rules in their order, then the handler.
//! Whatever a layer refuses is recorded here, and nothing behind it runs.

mod answer;
mod application;
mod call;
mod channels;
mod interactions;
mod routes;
mod trouble;

use std::sync::Arc;
use std::time::Instant;

use axum::body::to_bytes;
use axum::extract::Request as HttpRequest;
use axum::http::request::Parts;
use axum::response::Response;

pub(crate) use answer::{Blame, Refused, Reply};
pub(crate) use call::Call;
pub(crate) use channels::reference;
pub(crate) use interactions::{by_token, named};
pub(crate) use routes::{Operation, Route, exists};
pub(crate) use trouble::{Dropped, Ending};

use crate::record::{Record, Refusal, Request, Violation};
use crate::rules::{self, Broken};
use crate::schema;
use crate::schema::Layers;
use crate::state::{Platform, State};

/// The largest request that Discord takes.
const LARGEST_REQUEST: usize = 25 * 1024 * 1024;
/// Where only counts are asked for, one request in so many goes through the schema layers.
const SAMPLED: usize = 100;

/// Answers every request but the gateway's.
pub(crate) async fn serve(platform: Arc<Platform>, request: HttpRequest) -> Result<Response, Dropped> {
    let arrived = Instant::now();
    let (parts, body) = request.into_parts();
    // What cannot be read whole is judged as a body that is no JSON.
    let bytes = to_bytes(body, LARGEST_REQUEST).await.unwrap_or_default();
    let mut released = platform.release.subscribe();
    let (reply, ending) = platform.change(|state| {
        state.arrived = arrived;
        answer(state, &platform.layers, &parts, &bytes)
    });
    if ending == Ending::Held {
        // The sender lives in the platform, which this function holds.
        let _ = released.changed().await;
        platform.change(|state| state.held -= 1);
    }
    trouble::respond(reply, ending)
}

fn answer(state: &mut State, layers: &Layers, parts: &Parts, bytes: &[u8]) -> (Reply, Ending) {
    let call = Call::read(parts, bytes);
    let (mut reply, ending) = match examine(state, layers, &call) {
        Ok(answered) => answered,
        Err(broken) => (refuse(state, &call, broken), Ending::Whole),
    };
    state.limits.describe(&call, state.clock.unix_ms(), &mut reply);
    if matches!(reply.status, 401 | 403 | 429) && !reply.is_shared() {
        state.ledger.counts.invalid += 1;
    }
    let arrived = state.arrived;
    let Call { method, path, body, .. } = call;
    state.ledger.request(Request { method, path, body, status: reply.status, arrived });
    (reply, ending)
}

fn examine(state: &mut State, layers: &Layers, call: &Call) -> Result<(Reply, Ending), Broken> {
    rules::check_headers(&state.world, call)?;
    let Some(route) = call.route else {
        let refused = Refused::bot(404, 0, "404: Not Found");
        return Err(Broken { layer: 1, rule: "route", refused });
    };
    if state.world.rate_limits
        && let Some(reply) = limited(state, call)
    {
        return Ok((reply, Ending::Whole));
    }
    let trouble = trouble::strike(state, route);
    if let Some(trouble) = trouble.as_ref().filter(|trouble| !trouble.takes_effect) {
        return Ok(trouble.instead());
    }
    let sampled = state.ledger.mode == Record::Everything || state.ledger.counts.requests.is_multiple_of(SAMPLED);
    if sampled {
        schema::check(layers, route, call)?;
    }
    rules::check_body(call)?;
    rules::check_state(state, call)?;
    let reply = (route.run)(state, call);
    match trouble {
        None => Ok((reply, Ending::Whole)),
        Some(trouble) => {
            if let Some(asked) = state.asked.get_mut(&call.id("interaction_id")) {
                asked.answer_lost = true;
            }
            Ok(trouble.after(state, reply))
        }
    }
}

/// The 429 that the sandbox's own count calls for; who goes on during its `retry_after` breaks a rule.
fn limited(state: &mut State, call: &Call) -> Option<Reply> {
    let now = state.clock.unix_ms();
    let limited = state.limits.count(call, now)?;
    if limited.heedless {
        let request = format!("{} {}", call.method, call.path);
        let detail = format!("sent {} ms before it may be", limited.wait_ms);
        state.ledger.violate(Violation { request, layer: 5, rule: "retry_after", detail });
    }
    Some(Reply::too_many(limited.scope, limited.wait_ms as f64 / 1000.0))
}

fn refuse(state: &mut State, call: &Call, broken: Broken) -> Reply {
    let Broken { layer, rule, refused } = broken;
    let request = format!("{} {}", call.method, call.path);
    let detail = refused.to_string();
    match refused.blame {
        Blame::Bot => state.ledger.violate(Violation { request, layer, rule, detail }),
        Blame::Platform => state.ledger.refuse(Refusal { request, code: refused.code, rule, detail }),
    }
    refused.reply()
}
