//! The listener: `/healthz` answers 200 while the process serves, `/readyz` while the bot can answer (else 503 with the
//! reason in a word), `/metrics` the numbers for Prometheus. Nothing here changes anything, and nothing secret is told.
//!
//! Binding and serving are two steps, so that an address in use is known before anything else starts.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use thiserror::Error;
use tokio::net::TcpListener;

use super::connections::Connections;
use super::metrics::{MEDIA_TYPE, Metrics};
use super::status::{Status, StatusBoard};

/// Whether the process serves.
pub const HEALTH_PATH: &str = "/healthz";
/// Whether the bot can answer.
pub const READY_PATH: &str = "/readyz";
/// The numbers.
pub const METRICS_PATH: &str = "/metrics";

/// The address cannot be used.
#[derive(Debug, Error)]
#[error("cannot listen on {at}: {why}; set service.listen to another address, or to \"off\"")]
pub struct NotBound {
    at: SocketAddr,
    why: io::Error,
}

/// A bound listener.
#[derive(Debug)]
pub struct Listener(TcpListener);

impl Listener {
    /// Takes the address.
    ///
    /// # Errors
    /// When it is taken or not this machine's.
    pub async fn bind(at: SocketAddr) -> Result<Self, NotBound> {
        TcpListener::bind(at).await.map(Self).map_err(|why| NotBound { at, why })
    }

    /// The address it has, with the port that the system chose for port 0.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Serves until `shutdown` resolves.
    ///
    /// # Errors
    /// When the listener breaks.
    pub async fn serve(
        self,
        board: StatusBoard,
        metrics: Metrics,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let router = Router::new()
            .route(HEALTH_PATH, get(async || "ok"))
            .route(READY_PATH, get(ready))
            .route(METRICS_PATH, get(numbers))
            .with_state((board, metrics));
        axum::serve(Connections::new(self.0), router).with_graceful_shutdown(shutdown).await
    }
}

type Told = State<(StatusBoard, Metrics)>;

async fn ready(State((board, metrics)): Told) -> (StatusCode, &'static str) {
    match board.get() {
        Status::Connected { .. } if metrics.is_loaded() => (StatusCode::OK, "ok"),
        Status::Connected { .. } => (StatusCode::SERVICE_UNAVAILABLE, "empty"),
        other => (StatusCode::SERVICE_UNAVAILABLE, other.as_str()),
    }
}

async fn numbers(State((_, metrics)): Told) -> impl IntoResponse {
    ([(CONTENT_TYPE, MEDIA_TYPE)], metrics.text())
}
