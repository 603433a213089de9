//! The shipped bot, with the real serenity client, against the sandbox. How a reply gets to people is in `answers`, what is
//! left alone in `etiquette`, what a channel takes away in `channels`, how the bot starts and ends in `connection`;
//! `process` runs the binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod answers;
mod channels;
mod connection;
mod etiquette;
mod process;
mod scene;
