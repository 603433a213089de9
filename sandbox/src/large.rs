//! Worlds of many guilds, for start-up and load. The people and the application are those of `small`,
//! so that a test names Ada and the bot here too.

use crate::world::permissions::USUAL;
use crate::{Channel, ChannelKind, Snowflake, World, small};

/// Channels of each guild; the first is called `general`.
const CHANNELS: u64 = 5;
/// Users besides those of the small world.
const USERS: u64 = 500;
/// A shard is chosen by what stands above the lowest 22 bits, so guilds are counted there.
const SHARD_SHIFT: u64 = 22;
/// Well below the ids of the small world.
const FIRST_GUILD: u64 = 250_000_000_000;
/// Above the ids of the small world's people.
const FIRST_USER: u64 = 1_100_000_000_000_100_000;

pub(crate) fn world(count: u64) -> World {
    let mut world = small::world();
    world.guilds = (0..count).map(guild).collect();
    world.users.extend((0..USERS).map(|at| small::user(Snowflake(FIRST_USER + at), &format!("user-{at}"), false, 0)));
    world
}

fn guild(at: u64) -> crate::Guild {
    let id = Snowflake((FIRST_GUILD + at) << SHARD_SHIFT);
    let channels = (1..=CHANNELS).map(|number| channel(id, number)).collect();
    small::guild(id, &format!("Guild {at}"), channels)
}

fn channel(guild: Snowflake, number: u64) -> Channel {
    let name = if number == 1 { "general".to_owned() } else { format!("channel-{number}") };
    small::channel(Snowflake(guild.0 + number), &name, ChannelKind::Text, USUAL)
}
