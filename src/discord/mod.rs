//! The bot on Discord: the only room with serenity.
//!
//! `client` connects and stops, `events` hears; a message goes through `etiquette` and `queue` to `messages`, an interaction
//! to `interactions`, `commands` (a table) or `presses`; `render` and `buttons` turn a reply into a message, `deliver` sends
//! it; `told` logs and counts what was answered. What is pure (`etiquette`, `recent`, `cooldown`, `answered`, `passive`, `press`, `buttons`, `escape`, `render`,
//! `patience`) knows no Discord library. Nothing here logs a token, and message text only
//! `told`, where the configuration says so.

mod answered;
mod buttons;
mod client;
mod commands;
mod conversations;
mod cooldown;
mod deliver;
mod engines;
mod escape;
mod etiquette;
mod events;
mod fatal;
mod interactions;
mod left;
mod messages;
mod outgoing;
mod passive;
mod patience;
mod permissions;
mod phrases;
mod press;
mod presses;
mod queue;
mod recent;
mod registration;
mod render;
mod settings;
mod shared;
mod told;
mod tries;

pub use client::{Bot, Clock, Setup, build, build_through};
pub use fatal::Fatal;

/// What the invite link asks for: View Channels, Send Messages, Embed Links, Read Message History, Send Messages in
/// Threads.
pub const PERMISSIONS: u64 = 274_877_991_936;

/// The link that invites the bot of `application` to a server.
pub fn invite_link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
}
