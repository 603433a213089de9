//! The ids of [`World::small`], by name, and the world they make up. Every channel differs from `GENERAL`
//! in one thing, so that a test names the thing it is about.

use crate::world::permissions::{
    EMBED_LINKS, MANAGE_GUILD, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, USUAL,
    VIEW_CHANNEL,
};
use crate::{Channel, ChannelKind, Guild, Record, Snowflake, User, World};

/// The application.
pub const APPLICATION: Snowflake = Snowflake(1_100_000_000_000_000_001);
/// The bot under test.
pub const BOT: Snowflake = Snowflake(1_100_000_000_000_000_002);
/// Its token.
pub const TOKEN: &str = "sandbox.bot.token";

/// A person who manages the servers.
pub const ADA: Snowflake = Snowflake(1_100_000_000_000_000_011);
/// A person without special rights.
pub const BEN: Snowflake = Snowflake(1_100_000_000_000_000_012);
/// A person who moderates: MANAGE_MESSAGES, and nothing else above the usual.
pub const MOD: Snowflake = Snowflake(1_100_000_000_000_000_014);
/// Another bot.
pub const OTHER_BOT: Snowflake = Snowflake(1_100_000_000_000_000_013);

/// The first guild.
pub const GUILD: Snowflake = Snowflake(1_100_000_000_000_000_100);
/// A text channel with every usual permission.
pub const GENERAL: Snowflake = Snowflake(1_100_000_000_000_000_101);
/// A text channel without EMBED_LINKS.
pub const NO_EMBEDS: Snowflake = Snowflake(1_100_000_000_000_000_102);
/// A text channel without SEND_MESSAGES.
pub const READ_ONLY: Snowflake = Snowflake(1_100_000_000_000_000_103);
/// A text channel without READ_MESSAGE_HISTORY.
pub const NO_HISTORY: Snowflake = Snowflake(1_100_000_000_000_000_104);
/// A text channel that the bot cannot see.
pub const HIDDEN: Snowflake = Snowflake(1_100_000_000_000_000_105);
/// A forum.
pub const FORUM: Snowflake = Snowflake(1_100_000_000_000_000_106);
/// A voice channel.
pub const VOICE: Snowflake = Snowflake(1_100_000_000_000_000_107);
/// A thread in `GENERAL`.
pub const THREAD: Snowflake = Snowflake(1_100_000_000_000_000_108);

/// A text channel in whose threads the bot may not write.
pub const NO_THREADS: Snowflake = Snowflake(1_100_000_000_000_000_109);

/// A group's direct messages, without the bot.
pub const GROUP: Snowflake = Snowflake(1_100_000_000_000_000_301);
/// A guild without the bot.
pub const FOREIGN_GUILD: Snowflake = Snowflake(1_100_000_000_000_000_400);
/// A channel of it.
pub const FOREIGN: Snowflake = Snowflake(1_100_000_000_000_000_401);
/// A channel of it where people lack USE_EXTERNAL_APPS.
pub const FOREIGN_STRICT: Snowflake = Snowflake(1_100_000_000_000_000_402);

/// The second guild.
pub const OTHER_GUILD: Snowflake = Snowflake(1_100_000_000_000_000_200);
/// Its text channel, with every usual permission.
pub const OTHER_GENERAL: Snowflake = Snowflake(1_100_000_000_000_000_201);

/// Discord's own.
const HEARTBEAT_MS: u64 = 41_250;

pub(crate) fn world() -> World {
    World {
        guilds: vec![
            guild(GUILD, "Pier", channels()),
            guild(OTHER_GUILD, "Quarry", vec![channel(OTHER_GENERAL, "general", ChannelKind::Text, USUAL)]),
        ],
        users: vec![
            user(ADA, "ada", false, MANAGE_GUILD),
            user(BEN, "ben", false, 0),
            user(MOD, "mod", false, MANAGE_MESSAGES),
            user(OTHER_BOT, "other-bot", true, 0),
        ],
        bot: user(BOT, "bot-under-test", true, 0),
        application_id: APPLICATION,
        token: TOKEN.to_owned(),
        message_content: true,
        allow_pings: false,
        record: Record::Everything,
        rate_limits: false,
        heartbeat_ms: HEARTBEAT_MS,
    }
}

fn channels() -> Vec<Channel> {
    let without_sending = USUAL & !SEND_MESSAGES;
    let thread = ChannelKind::Thread { parent: GENERAL, archived: false, locked: false };
    [
        (GENERAL, "general", ChannelKind::Text, USUAL),
        (NO_EMBEDS, "no-embeds", ChannelKind::Text, USUAL & !EMBED_LINKS),
        (READ_ONLY, "read-only", ChannelKind::Text, without_sending),
        (NO_HISTORY, "no-history", ChannelKind::Text, USUAL & !READ_MESSAGE_HISTORY),
        (HIDDEN, "hidden", ChannelKind::Text, USUAL & !VIEW_CHANNEL),
        (FORUM, "forum", ChannelKind::Forum, USUAL),
        (VOICE, "voice", ChannelKind::Voice, USUAL),
        (THREAD, "thread", thread, USUAL),
        (NO_THREADS, "no-threads", ChannelKind::Text, USUAL & !SEND_MESSAGES_IN_THREADS),
    ]
    .map(|(id, name, kind, permissions)| channel(id, name, kind, permissions))
    .into()
}

pub(crate) fn guild(id: Snowflake, name: &str, channels: Vec<Channel>) -> Guild {
    Guild { id, name: name.to_owned(), channels, locale: "en-US".to_owned() }
}

pub(crate) fn channel(id: Snowflake, name: &str, kind: ChannelKind, permissions: u64) -> Channel {
    Channel { id, name: name.to_owned(), kind, permissions }
}

pub(crate) fn user(id: Snowflake, name: &str, bot: bool, permissions: u64) -> User {
    User { id, username: name.to_owned(), bot, permissions, locale: "en-US".to_owned() }
}
