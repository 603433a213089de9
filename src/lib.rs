//! onrecord answers questions about a story on the record: sourced sentences and verbatim quotes, nothing generated.
//!
//! Reading order: text, knowledge, matcher, answer, evaluation; then what a process needs: config, telemetry, service, store;
//! then the two front doors, discord and cli. Who may know whom is in `tests/house.rs`.

pub mod answer;
pub mod cli;
pub mod config;
pub mod discord;
pub mod evaluation;
pub mod knowledge;
pub mod matcher;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod text;
