//! The bot on Discord: the only room with serenity.
//!
//! `client` connects and stops, `events` hears, `etiquette` decides what is answered, `commands` is the table of slash
//! commands, `render` turns a reply into a message and `deliver` sends it. What is pure (`etiquette`, `recent`, `escape`,
//! `render`, `patience`) knows no Discord library. Nothing here logs message text or a token.

mod client;
mod commands;
mod conversations;
mod deliver;
mod escape;
mod etiquette;
mod events;
mod fatal;
mod patience;
mod permissions;
mod phrases;
mod recent;
mod render;

pub use client::{Bot, Clock, Setup, build};
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
