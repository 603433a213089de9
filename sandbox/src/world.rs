//! What exists before the bot connects: guilds, channels, people and one application, as plain data.
//! It never changes while the sandbox runs; what happens is kept in the state.

use crate::{Snowflake, small};

/// Permission bits by Discord's own names.
pub mod permissions {
    /// Delete other people's messages.
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    /// Everything to do with a server's settings.
    pub const MANAGE_GUILD: u64 = 1 << 5;
    /// See a channel at all.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Write into a channel; without effect in threads.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Show embeds.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Read earlier messages, and reply to one.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Write into threads.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// What a well invited bot has in an ordinary channel.
    pub const USUAL: u64 = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS;
}

/// Everything that the sandbox serves.
#[derive(Clone, Debug)]
pub struct World {
    /// The servers that the bot is a member of.
    pub guilds: Vec<Guild>,
    /// The people (and other bots) in all of them.
    pub users: Vec<User>,
    /// The bot under test.
    pub bot: User,
    /// Its application.
    pub application_id: Snowflake,
    /// The token that REST and gateway accept.
    pub token: String,
    /// Whether the developer portal allows the privileged MESSAGE_CONTENT intent.
    pub message_content: bool,
    /// Whether the bot may let `allowed_mentions.parse` ping people.
    pub allow_pings: bool,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// Its channels and threads.
    pub channels: Vec<Channel>,
}

/// A channel or thread of a guild.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
    /// The bits of [`permissions`] that the bot has in it; a thread has its parent's.
    pub permissions: u64,
}

/// The kinds of channels that the sandbox knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// An ordinary text channel.
    Text,
    /// A voice channel, which has a text chat too.
    Voice,
    /// A forum: posts are threads, plain messages are refused.
    Forum,
    /// A public thread.
    Thread {
        /// The channel that it hangs on.
        parent: Snowflake,
    },
}

/// A person or a bot.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub username: String,
    /// Whether it is a bot.
    pub bot: bool,
    /// The bits of [`permissions`] that it has in every guild.
    pub permissions: u64,
}

/// Where a message can be.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Guild(&'a Guild, &'a Channel),
    Dm(&'a User),
}

/// A DM channel's id follows from the user's, so that it needs no table.
const DM_OFFSET: u64 = 1 << 50;

impl World {
    /// Two guilds, eight channels and a thread, three users of which one is a bot: see [`small`].
    #[must_use]
    pub fn small() -> Self {
        small::world()
    }

    pub(crate) fn dm_channel(user: Snowflake) -> Snowflake {
        Snowflake(user.0 | DM_OFFSET)
    }

    pub(crate) fn place(&self, channel: Snowflake) -> Option<Place<'_>> {
        let dm = self.users.iter().find(|user| Self::dm_channel(user.id) == channel);
        if let Some(user) = dm {
            return Some(Place::Dm(user));
        }
        self.guilds.iter().find_map(|guild| {
            let channel = guild.channels.iter().find(|known| known.id == channel)?;
            Some(Place::Guild(guild, channel))
        })
    }

    /// What the bot may do there.
    pub(crate) fn permissions_in(&self, place: Place<'_>) -> u64 {
        let Place::Guild(guild, channel) = place else {
            return permissions::USUAL;
        };
        match channel.kind {
            ChannelKind::Thread { parent } => {
                let parent = guild.channels.iter().find(|known| known.id == parent);
                parent.map_or(0, |parent| parent.permissions)
            }
            _ => channel.permissions,
        }
    }

    pub(crate) fn user(&self, id: Snowflake) -> Option<&User> {
        self.users.iter().chain([&self.bot]).find(|user| user.id == id)
    }
}

impl Place<'_> {
    pub(crate) fn guild_id(self) -> Option<Snowflake> {
        match self {
            Place::Guild(guild, _) => Some(guild.id),
            Place::Dm(_) => None,
        }
    }
}
