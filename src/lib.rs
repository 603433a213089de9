//! onrecord answers questions about a story on the record: sourced sentences and verbatim quotes, nothing generated.
//!
//! The rooms in reading order. A room knows only those before it; `tests/house.rs` enforces that.

pub mod answer;
pub mod evaluation;
pub mod knowledge;
pub mod matcher;
pub mod text;
