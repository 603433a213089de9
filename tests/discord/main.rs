//! The shipped bot, with the real serenity client, against the sandbox. How a reply gets to people is in `answers`, commands
//! and buttons in files of their names, what is left alone in `etiquette`, edits, pace and passive answers in `manners`, what
//! a channel takes away in `channels`, every door in every place in `places`, how the bot starts and ends in `connection`, what
//! goes wrong in `faults` and `gateway`, what must never happen in `safety`, Discord's own address and limits in `limiter`,
//! several processes in `shards`, what the listener tells in `health` and `metrics`;
//! `process` runs the binary, `kill` ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod answers;
mod buttons;
mod channels;
mod commands;
mod connection;
mod etiquette;
#[path = "../metrics/exposition.rs"]
mod exposition;
mod faults;
mod gateway;
mod health;
mod kill;
mod limiter;
mod log;
mod manners;
mod metrics;
mod places;
mod process;
mod safety;
mod scene;
mod shards;
