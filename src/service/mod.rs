//! What a running process needs: the state of the bot and its numbers, the listener that tells them, story files read
//! anew, and the signal to stop.
//!
//! No room of questions and answers is known here, and no Discord library.

mod changes;
mod connections;
mod listener;
mod metrics;
mod reload;
mod shutdown;
mod status;
mod watch;

pub use changes::Changes;
pub use listener::{Listener, NotBound};
pub use metrics::Metrics;
pub use reload::{Outcome, Reload, Reloaded, Requests, keep_fresh, reloads};
pub use shutdown::asked_to_stop;
pub use status::{Status, StatusBoard};
pub use watch::FolderWatch;
