//! The listener: `/healthz` answers 200 while the bot is connected, 503 with the reason in a word while it is not.
//!
//! Binding and serving are two steps, so that an address in use is known before anything else starts.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use thiserror::Error;
use tokio::net::TcpListener;

use super::status::{Status, StatusBoard};

/// Where health is asked.
pub const HEALTH_PATH: &str = "/healthz";

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
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let router = Router::new().route(HEALTH_PATH, get(health)).with_state(board);
        axum::serve(self.0, router).with_graceful_shutdown(shutdown).await
    }
}

async fn health(State(board): State<StatusBoard>) -> (StatusCode, &'static str) {
    match board.get() {
        Status::Connected { .. } => (StatusCode::OK, "ok"),
        other => (StatusCode::SERVICE_UNAVAILABLE, other.as_str()),
    }
}
