//! How good the answers are: gold questions, self-retrieval and rankings, with the same engine as everything else.
//!
//! Takes texts and returns values: the command line reads the files and prints.

mod gold;
mod judge;
mod own;
mod rank;

pub use gold::{Floor, Gold, GoldError, Half, Question, Wanted};
pub use judge::{Judged, Mark, Report, Row, Swept, judge, sweep};
pub use own::not_found_first;
pub use rank::{RankCase, RankQuery, RankedQuery, Ranker};
