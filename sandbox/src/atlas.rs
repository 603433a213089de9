//! The world as it stands now, with an index, so that a thousand guilds are no slower than two.
//! What a test changes while the sandbox runs (guilds left, channels gone, new threads) changes here.

use std::collections::HashMap;
use std::ops::Deref;

use crate::world::{Elsewhere, Place, permissions};
use crate::{Channel, ChannelKind, Guild, Snowflake, User, World};

/// Why the bot cannot reach a guild of its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It is no member any more.
    Removed,
    /// Discord cannot serve the guild at the moment.
    Outage,
}

/// A world that can be searched.
#[derive(Clone)]
pub(crate) struct Atlas {
    world: World,
    /// The places of a channel: its guild's, and its own in the guild.
    channels: HashMap<Snowflake, (usize, usize)>,
    guilds: HashMap<Snowflake, usize>,
    users: HashMap<Snowflake, usize>,
    dms: HashMap<Snowflake, usize>,
    absent: HashMap<Snowflake, Absence>,
    /// Channels that were there once.
    gone: HashMap<Snowflake, Snowflake>,
}

impl Deref for Atlas {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Atlas {
    pub(crate) fn new(world: World) -> Self {
        let guilds = world.guilds.iter().enumerate().map(|(at, guild)| (guild.id, at)).collect();
        let users = world.users.iter().enumerate().map(|(at, user)| (user.id, at)).collect();
        let dms = world.users.iter().enumerate().map(|(at, user)| (World::dm_channel(user.id), at)).collect();
        let (absent, gone) = (HashMap::new(), HashMap::new());
        let mut atlas = Self { world, channels: HashMap::new(), guilds, users, dms, absent, gone };
        for at in 0..atlas.world.guilds.len() {
            atlas.index(at);
        }
        atlas
    }

    fn index(&mut self, guild: usize) {
        for (at, channel) in self.world.guilds[guild].channels.iter().enumerate() {
            self.channels.insert(channel.id, (guild, at));
        }
    }

    pub(crate) fn place(&self, channel: Snowflake) -> Option<Place<'_>> {
        if let Some((guild, at)) = self.channels.get(&channel) {
            let guild = &self.world.guilds[*guild];
            return Some(Place::Guild(guild, &guild.channels[*at]));
        }
        if let Some(at) = self.dms.get(&channel) {
            return Some(Place::Dm(&self.world.users[*at]));
        }
        Elsewhere::ALL.iter().find(|place| place.channel() == channel).map(|place| Place::Elsewhere(*place))
    }

    pub(crate) fn guild(&self, id: Snowflake) -> Option<&Guild> {
        self.guilds.get(&id).map(|at| &self.world.guilds[*at])
    }

    pub(crate) fn channel(&self, id: Snowflake) -> Option<&Channel> {
        let (guild, at) = self.channels.get(&id)?;
        Some(&self.world.guilds[*guild].channels[*at])
    }

    pub(crate) fn user(&self, id: Snowflake) -> Option<&User> {
        if id == self.world.bot.id {
            return Some(&self.world.bot);
        }
        self.users.get(&id).map(|at| &self.world.users[*at])
    }

    /// What the bot may do there; a thread has its parent's rights.
    pub(crate) fn permissions_in(&self, place: Place<'_>) -> u64 {
        match place {
            Place::Dm(_) => permissions::USUAL,
            Place::Elsewhere(_) => permissions::DIRECT,
            Place::Guild(_, channel) => match channel.kind {
                ChannelKind::Thread { parent, .. } => self.channel(parent).map_or(0, |parent| parent.permissions),
                _ => channel.permissions,
            },
        }
    }

    pub(crate) fn absence(&self, guild: Snowflake) -> Option<Absence> {
        self.absent.get(&guild).copied()
    }

    /// Marks a guild as absent, or as back again.
    pub(crate) fn set_absence(&mut self, guild: Snowflake, absence: Option<Absence>) {
        match absence {
            Some(absence) => self.absent.insert(guild, absence),
            None => self.absent.remove(&guild),
        };
    }

    /// Whether there was such a channel once.
    pub(crate) fn is_gone(&self, channel: Snowflake) -> bool {
        self.gone.contains_key(&channel)
    }

    pub(crate) fn remove_channel(&mut self, channel: Snowflake) {
        let Some((guild, _)) = self.channels.remove(&channel) else {
            return;
        };
        let known = &mut self.world.guilds[guild];
        known.channels.retain(|other| other.id != channel);
        self.gone.insert(channel, known.id);
        self.index(guild);
    }

    /// Adds a thread or channel to the guild of another channel.
    pub(crate) fn add_channel(&mut self, beside: Snowflake, channel: Channel) {
        let Some((guild, _)) = self.channels.get(&beside).copied() else {
            return;
        };
        let known = &mut self.world.guilds[guild].channels;
        self.channels.insert(channel.id, (guild, known.len()));
        known.push(channel);
    }

    pub(crate) fn channel_mut(&mut self, id: Snowflake) -> Option<&mut Channel> {
        let (guild, at) = self.channels.get(&id)?;
        self.world.guilds[*guild].channels.get_mut(*at)
    }

    pub(crate) fn user_mut(&mut self, id: Snowflake) -> Option<&mut User> {
        let at = self.users.get(&id)?;
        self.world.users.get_mut(*at)
    }
}
