//! What the bot's connection is in right now. Whoever runs it writes it; the listener and `run` read it.

use tokio::sync::watch;

/// The bot's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not connected yet.
    Starting,
    /// Every shard has a session.
    Connected {
        /// The application whose bot it is.
        application: u64,
    },
    /// There is a connection, and no heartbeat has been acknowledged for too long.
    Deaf,
    /// Was connected, and tries to be again.
    Disconnected,
}

impl Status {
    /// The word in logs and in what the listener answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Connected { .. } => "connected",
            Self::Deaf => "deaf",
            Self::Disconnected => "disconnected",
        }
    }
}

/// Where the status is written and read; clones are one board.
#[derive(Clone, Debug)]
pub struct StatusBoard(watch::Sender<Status>);

impl StatusBoard {
    /// A board that says "starting".
    pub fn new() -> Self {
        Self(watch::Sender::new(Status::Starting))
    }

    /// What it says.
    pub fn get(&self) -> Status {
        *self.0.borrow()
    }

    /// Writes; true where that changed something.
    pub fn set(&self, status: Status) -> bool {
        self.0.send_if_modified(|known| std::mem::replace(known, status) != status)
    }

    /// Waits until the bot is connected and gives its application.
    pub async fn connected(&self) -> Option<u64> {
        let mut seen = self.0.subscribe();
        let status = seen.wait_for(|s| matches!(s, Status::Connected { .. })).await.map(|s| *s);
        match status {
            Ok(Status::Connected { application }) => Some(application),
            _ => None,
        }
    }
}

impl Default for StatusBoard {
    fn default() -> Self {
        Self::new()
    }
}
