//! One request from its bytes to its answer: the layers of rules in their order, then the handler.
//! Whatever a layer refuses is recorded here, and nothing behind it runs.

mod answer;
mod application;
mod call;
mod channels;
mod interactions;
mod routes;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State as Extract};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::Response;

pub(crate) use answer::{Blame, Refused, Reply};
pub(crate) use call::Call;
pub(crate) use channels::reference;
pub(crate) use interactions::{by_token, named};
pub(crate) use routes::{Operation, Route, exists};

use crate::record::{Refusal, Request, Violation};
use crate::rules::{self, Broken};
use crate::schema::Layers;
use crate::state::{Platform, State};
use crate::{Fault, schema};

/// The largest request that Discord takes.
const LARGEST_REQUEST: usize = 25 * 1024 * 1024;

/// Answers every request but the gateway's.
pub(crate) async fn serve(Extract(platform): Extract<Arc<Platform>>, request: HttpRequest) -> Response {
    let (parts, body) = request.into_parts();
    // What cannot be read whole is judged as a body that is no JSON.
    let bytes = to_bytes(body, LARGEST_REQUEST).await.unwrap_or_default();
    let reply = platform.change(|state| answer(state, &platform.layers, &parts, &bytes));
    respond(reply)
}

fn respond(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Some(body) = reply.body {
        response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json"));
        *response.body_mut() = Body::from(body.to_string());
    }
    response
}

fn answer(state: &mut State, layers: &Layers, parts: &Parts, bytes: &[u8]) -> Reply {
    let call = Call::read(parts, bytes);
    let reply = match examine(state, layers, &call) {
        Ok(reply) => reply,
        Err(broken) => refuse(state, &call, broken),
    };
    let Call { method, path, body, .. } = call;
    state.requests.push(Request { method, path, body, status: reply.status });
    reply
}

fn examine(state: &mut State, layers: &Layers, call: &Call) -> Result<Reply, Broken> {
    rules::check_headers(&state.world, call)?;
    let Some(route) = call.route else {
        let refused = Refused::bot(404, 0, "404: Not Found");
        return Err(Broken { layer: 1, rule: "route", refused });
    };
    let fault = strike(state, route);
    if let Some((reply, false)) = fault {
        return Ok(reply);
    }
    schema::check(layers, route, call)?;
    rules::check_body(call)?;
    rules::check_state(state, call)?;
    let reply = (route.run)(state, call);
    Ok(fault.map_or(reply, |(reply, _)| reply))
}

/// The fault that a test has laid on this route, and whether the request takes effect nevertheless.
fn strike(state: &mut State, route: &Route) -> Option<(Reply, bool)> {
    let here = |fault: &Fault| matches!(fault, Fault::FailNext { method, path, .. } if *method == route.method && *path == route.path);
    let at = state.faults.iter().position(here)?;
    match state.faults.remove(at) {
        Fault::FailNext { status, body, takes_effect, .. } => Some((Reply { status, body: Some(body) }, takes_effect)),
        _ => None,
    }
}

fn refuse(state: &mut State, call: &Call, broken: Broken) -> Reply {
    let Broken { layer, rule, refused } = broken;
    let request = format!("{} {}", call.method, call.path);
    let detail = refused.to_string();
    match refused.blame {
        Blame::Bot => state.violations.push(Violation { request, layer, rule, detail }),
        Blame::Platform => state.refusals.push(Refusal { request, code: refused.code, rule, detail }),
    }
    refused.reply()
}
