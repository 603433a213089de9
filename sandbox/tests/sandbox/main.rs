//! The sandbox's own tests, in one binary. A rule about a body is a row in `bodies`, one about what went
//! before a row in `protocol`, one about a request's head a row in `heads`; `gateway` speaks raw frames,
//! and `client` runs the real serenity against it all. What people do is in `people`, what happens to places in
//! `places`, what goes wrong in `troubles`, what is counted in `limits` and `load`; `tls` is the other door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod bodies;
mod client;
mod commands;
mod driver;
mod gateway;
mod heads;
mod limits;
mod load;
mod people;
mod places;
mod protocol;
mod scene;
mod seen;
mod tls;
mod troubles;
