//! How good the answers are: gold questions, dialogues, self-retrieval and rankings, with the same engine as
//! everything else.
//!
//! `wanted` says what a right reply does, `gold` and `dialogue` read it from files, `given` is what was replied,
//! `mark` judges one by the other, `judge` asks, `report` counts. Takes texts and returns values: the command line
//! reads the files and prints.

mod dialogue;
mod given;
mod gold;
mod judge;
mod mark;
mod own;
mod rank;
mod report;
#[cfg(test)]
mod tests;
mod wanted;

pub use dialogue::{Dialogue, Dialogues, Turn, TurnFloor, TurnKind};
pub use given::Given;
pub use gold::{Floor, Gold, GoldError, GoldFile, Half, Question};
pub use judge::{Judged, JudgedTurn, Swept, judge, judge_dialogues, sweep};
pub use mark::Mark;
pub use own::not_found_first;
pub use rank::{RankCase, RankQuery, RankedQuery, Ranker};
pub use report::{DialogueReport, Part, Report, Row};
pub use wanted::{Form, ItemName, Wanted, Wish};
