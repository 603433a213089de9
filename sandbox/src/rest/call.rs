//! A request as the rules and handlers see it: its route, the values in its path, its JSON.
//! Reading never refuses; what could not be read is left for layer 1 to refuse.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde_json::Value;

use super::routes::{self, Operation, Params, Route};
use crate::Snowflake;

/// A request.
pub(crate) struct Call {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) route: Option<&'static Route>,
    params: Params,
    /// The JSON, or `payload_json` of a multipart body.
    pub(crate) body: Option<Value>,
    /// Whether there were any bytes.
    pub(crate) has_body: bool,
    /// Whether files came along.
    pub(crate) has_files: bool,
}

impl Call {
    pub(crate) fn read(parts: &Parts, bytes: &[u8]) -> Self {
        let method = parts.method.as_str().to_owned();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let (route, params) = match routes::find(&method, parts.uri.path()) {
            Some((route, params)) => (Some(route), params),
            None => (None, Params::new()),
        };
        let boundary = content_type(&parts.headers).split_once("boundary=").map(|(_, rest)| rest.trim_matches('"'));
        let (body, has_files) = match boundary {
            Some(boundary) => multipart(&String::from_utf8_lossy(bytes), boundary),
            None => (serde_json::from_slice(bytes).ok(), false),
        };
        let headers = parts.headers.clone();
        Self { method, path, headers, route, params, body, has_body: !bytes.is_empty(), has_files }
    }

    pub(crate) fn is(&self, operations: &[Operation]) -> bool {
        self.route.is_some_and(|route| operations.contains(&route.operation))
    }

    /// A value in the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// An id in the path; 0, which nothing has, when there is none or when it is no number.
    pub(crate) fn id(&self, name: &str) -> Snowflake {
        Snowflake(self.param(name).parse().unwrap_or(0))
    }

    /// The body, or null.
    pub(crate) fn json(&self) -> &Value {
        self.body.as_ref().unwrap_or(&Value::Null)
    }

    /// The type of an interaction's callback.
    pub(crate) fn callback_type(&self) -> u64 {
        self.json()["type"].as_u64().unwrap_or(0)
    }

    /// The part of the body that is a message, if there is one.
    pub(crate) fn message(&self) -> Option<&Value> {
        if !self.is(Operation::MESSAGES) {
            return None;
        }
        if !self.is(&[Operation::CreateInteractionResponse]) {
            return Some(self.json());
        }
        matches!(self.callback_type(), 4 | 7).then(|| &self.json()["data"])
    }

    /// The head of a `Content-Type`, or nothing.
    pub(crate) fn content_type(&self) -> &str {
        content_type(&self.headers)
    }
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The JSON of a multipart body, and whether it brings files.
fn multipart(text: &str, boundary: &str) -> (Option<Value>, bool) {
    let delimiter = format!("--{boundary}");
    let mut json = None;
    let mut has_files = false;
    for part in text.split(delimiter.as_str()) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else {
            continue;
        };
        has_files |= head.contains("name=\"files[");
        if head.contains("name=\"payload_json\"") {
            json = serde_json::from_str(content.trim_end()).ok();
        }
    }
    (json, has_files)
}
