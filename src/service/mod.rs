//! What a running process needs: the state of the bot, the listener that tells it, and the signal to stop.
//!
//! No room of questions and answers is known here, and no Discord library.

mod listener;
mod shutdown;
mod status;

pub use listener::{Listener, NotBound};
pub use shutdown::asked_to_stop;
pub use status::{Status, StatusBoard};
