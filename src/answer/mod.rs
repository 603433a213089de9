//! What to say, for any platform: from a question to a `Reply`.
//!
//! `engine` asks the index and decides by `decide`; `smalltalk` knows what is no question about a story; `label` and
//! `link` word claims and sources; `phrases` holds every sentence that is not from the base; `plain` writes a reply as
//! text. Nothing here can fail, knows the time, or makes up a word.

mod ask_next;
mod decide;
mod engine;
mod label;
mod link;
pub mod phrases;
mod plain;
mod reply;
mod show;
mod smalltalk;

pub use ask_next::shortened;
pub use decide::Thresholds;
pub use engine::{Engine, Ranked};
pub use plain::{plain, source_line, speaker_line};
pub use reply::{Band, Cited, Outcome, Reply, ShownFact, ShownQuote, Suggestion};
