//! What a test holds: it starts the sandbox, reads what was recorded and makes things go wrong.
//! Acting as a person is in `people` and `commands`, waiting in `expect`; nothing here sleeps.

mod commands;
mod expect;
mod people;

use std::future::ready;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State as Extract, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use commands::Interaction;
pub use people::Post;

use crate::record::{Refusal, Request as Recorded, Sent, Violation};
use crate::schema::Layers;
use crate::state::Platform;
use crate::{Clock, Fault, Snowflake, World, gateway, rest};

/// A running stand-in. It stops when it is dropped.
pub struct Sandbox {
    platform: Arc<Platform>,
    base: String,
    server: JoinHandle<io::Result<()>>,
}

impl Sandbox {
    /// Starts serving a world on a free port of loopback.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start(world: World, clock: Clock) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let platform = Arc::new(Platform::new(world, clock, Layers::from_env(), address.port()));
        let router = Router::new().route("/ws/", get(upgrade)).fallback(rest::serve).with_state(Arc::clone(&platform));
        // Small frames go out at once: a test waits for each of them.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { platform, base: format!("http://{address}"), server })
    }

    /// Where a client finds it: the address without `/api/v10`.
    #[must_use]
    pub fn api_base(&self) -> &str {
        &self.base
    }

    /// One line that says whether the schema layers ran. A test run should show it.
    #[must_use]
    pub fn layers(&self) -> String {
        self.platform.layers.to_string()
    }

    /// The rules that the bot broke. A test should end with this list empty.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        self.platform.lock().violations.clone()
    }

    /// What the platform refused although the bot broke no rule.
    #[must_use]
    pub fn refusals(&self) -> Vec<Refusal> {
        self.platform.lock().refusals.clone()
    }

    /// Every REST request so far, refused ones too.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.platform.lock().requests.clone()
    }

    /// Everything that the bot sent and the platform accepted.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.platform.lock().sent.clone()
    }

    /// What the bot has sent so far in reply to a message or as an answer to an interaction.
    #[must_use]
    pub fn replies_to(&self, question: Snowflake) -> Vec<Sent> {
        let state = self.platform.lock();
        let about = |sent: &&Sent| sent.reply_to == Some(question) || sent.interaction == Some(question);
        state.sent.iter().filter(about).cloned().collect()
    }

    /// A message as it stands now; nothing if it was deleted.
    #[must_use]
    pub fn message(&self, id: Snowflake) -> Option<Value> {
        let state = self.platform.lock();
        state.messages.get(&id).filter(|message| !message.deleted).map(|message| message.value.clone())
    }

    /// The global commands that the bot registered, as Discord gives them back.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.platform.lock().commands.clone()
    }

    /// How often it registered them with a PUT.
    #[must_use]
    pub fn registrations(&self) -> usize {
        self.platform.lock().registrations
    }

    /// How often a client identified, with success or without.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.platform.lock().sessions.identifies
    }

    /// How often a client resumed its session.
    #[must_use]
    pub fn resumes(&self) -> usize {
        self.platform.lock().sessions.resumes
    }

    /// Makes something go wrong.
    ///
    /// # Panics
    /// When `FailNext` names a route that the sandbox does not have.
    pub fn inject(&self, fault: Fault) {
        self.platform.change(|state| match fault {
            Fault::CloseGateway(code) => state.sessions.close(code),
            Fault::Reconnect => state.sessions.broadcast(&json!({"op": 7, "d": null}).to_string()),
            Fault::InvalidSession { resumable } => {
                state.sessions.broadcast(&json!({"op": 9, "d": resumable}).to_string());
                if !resumable {
                    state.sessions.list.clear();
                }
            }
            Fault::DuplicateNextEvent => state.sessions.duplicate_next = true,
            Fault::FailNext { method, path, .. } => {
                assert!(rest::exists(method, path), "there is no route {method} {path}");
                state.faults.push(fault);
            }
        });
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.platform.change(|state| state.sessions.close(1001));
        self.server.abort();
    }
}

fn upgrade(
    Extract(platform): Extract<Arc<Platform>>,
    upgrade: WebSocketUpgrade,
    request: Request,
) -> impl Future<Output = Response> {
    let query = request.uri().query().unwrap_or_default();
    let version = query.split('&').find_map(|pair| pair.strip_prefix("v=")).map(str::to_owned);
    ready(upgrade.on_upgrade(|socket| gateway::accept(platform, socket, version)))
}
