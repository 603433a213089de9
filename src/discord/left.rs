//! What goes from the store when a server or a channel does; never anything of another bot's.

use serenity::all::Ready;

use super::shared::Shared;

/// A server removed the bot, whose user id serenity's cache knows from READY on, whichever event's task runs first.
pub(super) async fn server(shared: &Shared, bot: u64, guild: u64) {
    if owns_store(shared, bot, Some(guild)).await {
        forget(shared, guild).await;
    }
}

/// Servers that removed the bot while it was not there to hear it: READY lists all of the shard, those in an outage too.
pub(super) async fn meanwhile(shared: &Shared, ready: &Ready) {
    if !owns_store(shared, ready.user.id.get(), None).await {
        return;
    }
    let (shard, of) = ready.shard.map_or((0, 1), |info| (u64::from(info.id.0), u64::from(info.total.max(1))));
    let is_listed = |server: u64| ready.guilds.iter().any(|guild| guild.id.get() == server);
    let kept = match shared.counted(shared.store.server_ids().await) {
        Ok(kept) => kept,
        Err(error) => return tracing::error!(cause = %error, "servers with rows cannot be read"),
    };
    let left = kept.into_iter().filter(|id| (*id >> 22) % of == shard && !is_listed(*id));
    for guild in left {
        forget(shared, guild).await;
    }
}

/// A channel or thread was deleted.
pub(super) async fn channel(shared: &Shared, guild: u64, channel: u64) {
    let forgotten = shared.settings.forget_channel(guild, channel).await;
    if let Err(error) = shared.counted(forgotten) {
        tracing::error!(guild, channel, cause = %error, "a deleted channel keeps its settings");
    }
}

/// Whether the store is this bot's own. Started by mistake on another's, it would take all servers of that one for left.
async fn owns_store(shared: &Shared, bot: u64, guild: Option<u64>) -> bool {
    match shared.counted(shared.store.is_of(bot).await) {
        Ok(true) => return true,
        Ok(false) => tracing::error!(
            bot,
            guild,
            "the store belongs to another bot, and nothing in it is deleted; name another file in store.file"
        ),
        Err(error) => {
            tracing::error!(guild, cause = %error, "whose the store is cannot be read; nothing in it is deleted")
        }
    }
    false
}

async fn forget(shared: &Shared, guild: u64) {
    match shared.counted(shared.settings.forget(guild).await) {
        Ok(()) => tracing::info!(guild, "removed from a server; everything kept for it is deleted"),
        Err(error) => tracing::error!(guild, cause = %error, "removed from a server; its rows are not deleted"),
    }
}
