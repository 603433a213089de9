//! What to say, for any platform: from a message, and what was said before it, to a `Reply`.
//!
//! `engine` goes the way of a message: `message`, `narrow`, `smalltalk`, `follow` with `dialogue`, `lists` with `pages`, `requests`,
//! `person`, and else the index and `decide`; `compose`, `show`, `label` and `link` make the reply, `phrases` holds every sentence that is
//! not from the base, `plain` writes a reply as text, `browse` and `complete` serve menus and half-typed questions, `gaps` and
//! `twins` keep what missed its answer. Nothing here can fail, knows the time, or makes up a word.

mod about;
mod ask_next;
mod asker;
mod attribution;
mod browse;
mod complete;
mod compose;
mod decide;
mod detail;
mod dialogue;
mod engine;
mod follow;
mod gaps;
mod label;
mod languages;
mod link;
mod lists;
mod message;
mod narrow;
mod pages;
mod person;
pub mod phrases;
mod plain;
mod reply;
mod requests;
mod sessions;
mod show;
mod smalltalk;
mod state;
mod twins;
mod voice;

pub use ask_next::shortened;
pub use asker::Asker;
pub use browse::{Speaker, TopicChoice};
pub use decide::Thresholds;
pub use engine::{Engine, Ranked};
pub use gaps::normalised;
pub use plain::{plain, source_line, speaker_line};
pub use reply::{Band, Cited, Outcome, Page, Reply, ShownFact, ShownQuote, Suggestion};
pub use sessions::Sessions;
pub use state::{State, item_key};
pub use twins::are_twins;
