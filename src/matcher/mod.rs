//! What a question resembles: an index over plain entries, scored by one table of signals.
//!
//! `entry` is what can be found, `vocabulary`, `strings`, `kin`, `idioms` and `slips` the words; `forward` and `postings` the index
//! both ways, with `sums`. `mend` and `query` make a question ready, `asks`, `voices`, `roles` and `points` tell what it wants; `around`, `shares`,
//! `marks`, `likeness` and `letters` compare, `pair` gathers, `signals` and `table` weigh, `score` is the scale, `explain`
//! the reasons.
//! Matching cannot fail: a question that resembles nothing gets an empty list.

mod answers;
mod around;
mod asks;
mod entry;
mod explain;
mod forward;
mod idioms;
mod index;
mod kin;
mod letters;
mod likeness;
mod marks;
mod meets;
mod mend;
mod pair;
mod points;
mod postings;
mod query;
mod roles;
mod score;
mod shares;
mod signals;
mod slips;
mod strings;
mod sums;
mod table;
mod vocabulary;
mod voices;

pub use asks::Asked;
pub use entry::{Base, Entry, Found, bases};
pub use explain::{Explanation, SignalValue, WordMet};
pub use index::{Candidate, Index, Ranking, Scope};
pub use points::LESSER;
pub use score::Confidence;
