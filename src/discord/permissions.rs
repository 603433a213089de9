//! What the bot may do in a channel, as far as serenity's cache knows it. Locks of the cache end before this returns.

use serenity::all::{Cache, ChannelId, GuildId, Permissions};

/// The bot's permissions in a guild's channel. A thread has its parent's, and there SEND_MESSAGES says what
/// SEND_MESSAGES_IN_THREADS says, which alone has an effect. None where the cache does not know the channel (a guild that
/// has not arrived yet, a thread that was never synced).
pub(super) fn in_channel(cache: &Cache, guild: GuildId, channel: ChannelId) -> Option<Permissions> {
    let me = cache.current_user().id;
    let guild = cache.guild(guild)?;
    let member = guild.members.get(&me)?;
    if let Some(known) = guild.channels.get(&channel) {
        return Some(guild.user_permissions_in(known, member));
    }
    let thread = guild.threads.iter().find(|thread| thread.id == channel)?;
    let parent = guild.channels.get(&thread.parent_id?)?;
    let mut permissions = guild.user_permissions_in(parent, member);
    permissions.set(Permissions::SEND_MESSAGES, permissions.send_messages_in_threads());
    Some(permissions)
}

/// The channel that a thread hangs on; None for any other channel, and for a thread that was never synced.
pub(super) fn parent(cache: &Cache, guild: GuildId, channel: ChannelId) -> Option<ChannelId> {
    let guild = cache.guild(guild)?;
    guild.threads.iter().find(|thread| thread.id == channel).and_then(|thread| thread.parent_id)
}
