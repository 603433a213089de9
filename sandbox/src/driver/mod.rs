//! What a test holds: it starts the sandbox, reads what was recorded and makes things go wrong.
//! Acting as a person is in `people` and `commands`, waiting in `expect`; nothing here sleeps.

mod commands;
mod components;
mod expect;
mod faults;
mod interact;
mod people;
mod places;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use interact::Interaction;
pub use people::Post;

use crate::gateway::Frame;
use crate::record::{Counts, Refusal, Request as Recorded, Sent, Violation};
use crate::schema::Layers;
use crate::state::Platform;
use crate::{Clock, Snowflake, World, door, tls};

/// A running stand-in. It stops when it is dropped.
pub struct Sandbox {
    platform: Arc<Platform>,
    base: String,
    tls_address: SocketAddr,
    ca_pem: String,
    doors: [JoinHandle<()>; 2],
}

impl Sandbox {
    /// Starts serving a world on two free ports of loopback: in plain text, and behind TLS.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start(world: World, clock: Clock) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let behind_tls = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, tls_address) = (listener.local_addr()?, behind_tls.local_addr()?);
        let (acceptor, ca_pem) = tls::certified()?;
        let platform = Arc::new(Platform::new(world, clock, Layers::from_env(), address.port()));
        let doors = [
            tokio::spawn(door::open(Arc::clone(&platform), listener, None)),
            tokio::spawn(door::open(Arc::clone(&platform), behind_tls, Some(acceptor))),
        ];
        Ok(Self { platform, base: format!("http://{address}"), tls_address, ca_pem, doors })
    }

    /// Where the same service is behind TLS, with a certificate for `discord.com`.
    #[must_use]
    pub fn tls_address(&self) -> SocketAddr {
        self.tls_address
    }

    /// The authority that signed that certificate, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
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
        self.platform.lock().ledger.violations.clone()
    }

    /// What the platform refused although the bot broke no rule.
    #[must_use]
    pub fn refusals(&self) -> Vec<Refusal> {
        self.platform.lock().ledger.refusals.clone()
    }

    /// Every REST request so far, refused ones too.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.platform.lock().ledger.requests.clone()
    }

    /// Everything that the bot sent and the platform accepted.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.platform.lock().ledger.sent.clone()
    }

    /// What the bot has sent so far in reply to a message or as an answer to an interaction.
    #[must_use]
    pub fn replies_to(&self, question: Snowflake) -> Vec<Sent> {
        let state = self.platform.lock();
        let about = |sent: &&Sent| sent.reply_to == Some(question) || sent.interaction == Some(question);
        state.ledger.sent.iter().filter(about).cloned().collect()
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

    /// How many there were of each thing, whether it was kept or only counted.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.platform.lock().ledger.counts.clone()
    }

    /// Answers of 401, 403 and 429 so far, without those of the shared scope.
    #[must_use]
    pub fn invalid_requests(&self) -> usize {
        self.platform.lock().ledger.counts.invalid
    }

    /// In real time, from a question's event on the socket to the arrival of the request with its first answer
    /// (deferrals are none), in the order of the answers.
    #[must_use]
    pub fn latencies(&self) -> Vec<Duration> {
        self.answer_times().into_iter().map(|(_, taken)| taken).collect()
    }

    /// The same, each with the message or interaction that was answered.
    #[must_use]
    pub fn answer_times(&self) -> Vec<(Snowflake, Duration)> {
        self.platform.times.taken()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.platform.change(|state| state.sessions.close(|| Frame::Close(1001)));
        self.doors.iter().for_each(JoinHandle::abort);
    }
}
