//! The doors: one TCP port in plain text, and one behind TLS. Both lead to the same gateway and REST service.
//! Connections end with the sandbox; what a request is answered with is decided elsewhere.

use std::future::pending;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, WebSocketUpgrade};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::gateway::{self, Mood};
use crate::rest::{self, Dropped};
use crate::state::Platform;

/// Where the gateway's WebSocket is.
const GATEWAY: &str = "/ws/";

/// Takes connections for ever. Aborting it ends them all.
pub(crate) async fn open(platform: Arc<Platform>, listener: TcpListener, tls: Option<TlsAcceptor>) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        // Out of descriptors, or the client is gone again: the next one may fare better.
        let Ok((stream, _)) = accepted else { continue };
        // Small frames go out at once: a test waits for each of them.
        let _ = stream.set_nodelay(true);
        let (platform, tls) = (Arc::clone(&platform), tls.clone());
        connections.spawn(async move {
            match tls {
                None => connection(platform, stream).await,
                // A client that does not trust the certificate is gone; its test will say so.
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(platform, stream).await;
                    }
                }
            }
        });
    }
}

async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(platform: Arc<Platform>, stream: S) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let platform = Arc::clone(&platform);
        async move { enter(platform, request.map(Body::new)).await }
    });
    // An error is a connection that broke, by the client's doing or by a fault's.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades().await;
}

async fn enter(platform: Arc<Platform>, request: Request) -> Result<Response, Dropped> {
    if request.uri().path() != GATEWAY {
        return rest::serve(platform, request).await;
    }
    let mood = platform.lock().sessions.mood;
    if mood == (Mood::Silent { upgrades: false }) {
        return pending().await;
    }
    let query = request.uri().query().unwrap_or_default();
    let version = query.split('&').find_map(|pair| pair.strip_prefix("v=")).map(str::to_owned);
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => Ok(upgrade.on_upgrade(|socket| gateway::accept(platform, socket, version))),
        Err(refused) => Ok(refused.into_response()),
    }
}
