//! A Discord stand-in on loopback: REST below `/api/v10`, and the gateway's WebSocket.
//!
//! It serves a [`World`] to one bot, refuses what breaks the platform's rules and records it, and lets
//! a test act as the people in the channels. It knows no bot in particular, prints nothing, never
//! leaves loopback, and tells time by a [`Clock`] that only the test moves.

mod atlas;
mod clock;
mod door;
mod driver;
mod fault;
mod gateway;
mod large;
mod ledger;
mod limits;
mod payload;
mod record;
mod rest;
mod rules;
mod schema;
pub mod small;
mod snowflake;
mod state;
mod times;
mod tls;
mod world;

pub use clock::Clock;
pub use driver::{Interaction, Post, Sandbox};
pub use fault::{Fault, Scope, Trouble};
pub use record::{Counts, Record, Refusal, Request, Sent, Via, Violation};
pub use snowflake::Snowflake;
pub use world::{Channel, ChannelKind, Elsewhere, Guild, User, World, permissions};
