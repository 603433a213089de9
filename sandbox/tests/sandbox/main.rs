//! The sandbox's own tests, in one binary. A rule about a body is a row in `bodies`, one about what went
//! before a row in `protocol`, one about a request's head a row in `heads`; `gateway` speaks raw frames,
//! and `client` runs the real serenity against it all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod bodies;
mod client;
mod commands;
mod driver;
mod gateway;
mod heads;
mod protocol;
mod scene;
mod seen;
