//! What exists before the bot connects: guilds, channels, people and one application, as plain data.
//! Nothing here runs: what happens to a world is kept in the atlas and the state.

use crate::{Record, Snowflake, large, small};

/// Permission bits by Discord's own names.
pub mod permissions {
    /// Use applications that only the user has installed, for everybody to see.
    pub const USE_EXTERNAL_APPS: u64 = 1 << 50;
    /// Lock threads, and write into locked ones.
    pub const MANAGE_THREADS: u64 = 1 << 34;
    /// Attach files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Ping everyone.
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    /// What an application has where it is no member: ATTACH_FILES, EMBED_LINKS and MENTION_EVERYONE.
    pub const DIRECT: u64 = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE;
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
    /// What is remembered of requests and answers.
    pub record: Record,
    /// Whether requests are counted against Discord's limits by the sandbox's clock, and answered with 429 beyond.
    /// A client that waits in real time needs a test that moves the clock along: by the clock it came too early.
    pub rate_limits: bool,
    /// How often the gateway asks for a heartbeat, in milliseconds of real time: clients go by a clock of their own.
    pub heartbeat_ms: u64,
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
    /// Its preferred locale, which interactions carry as `guild_locale`.
    pub locale: String,
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
        /// Whether it is put away; a message takes it out again.
        archived: bool,
        /// Whether only those who manage threads may write into it.
        locked: bool,
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
    /// The language of its client, which interactions carry as `locale`.
    pub locale: String,
}

/// A place that the bot is no member of, where somebody uses it who has installed it for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// A group's direct messages.
    Group,
    /// A channel of a guild.
    Guild,
    /// A channel of a guild where people lack USE_EXTERNAL_APPS: answers are seen by the asker only.
    GuildWithoutExternalApps,
}

impl Elsewhere {
    pub(crate) const ALL: &[Self] = &[Self::Group, Self::Guild, Self::GuildWithoutExternalApps];

    /// The channel's id.
    #[must_use]
    pub fn channel(self) -> Snowflake {
        match self {
            Self::Group => small::GROUP,
            Self::Guild => small::FOREIGN,
            Self::GuildWithoutExternalApps => small::FOREIGN_STRICT,
        }
    }
}

/// Where a message can be.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Guild(&'a Guild, &'a Channel),
    Dm(&'a User),
    Elsewhere(Elsewhere),
}

/// A DM channel's id follows from the user's, so that it needs no table.
const DM_OFFSET: u64 = 1 << 50;

impl World {
    /// Two guilds, their channels and a thread, four users of which one is a bot: see [`small`].
    #[must_use]
    pub fn small() -> Self {
        small::world()
    }

    /// Many guilds with five channels each and 500 users in all of them; ids spread evenly over shards.
    #[must_use]
    pub fn with_guilds(count: u64) -> Self {
        large::world(count)
    }

    pub(crate) fn dm_channel(user: Snowflake) -> Snowflake {
        Snowflake(user.0 | DM_OFFSET)
    }
}

impl Place<'_> {
    pub(crate) fn guild_id(self) -> Option<Snowflake> {
        match self {
            Place::Guild(guild, _) => Some(guild.id),
            Place::Dm(_) | Place::Elsewhere(Elsewhere::Group) => None,
            Place::Elsewhere(_) => Some(small::FOREIGN_GUILD),
        }
    }
}
