//! What each server has set, in memory; the store keeps it. Reading never waits for a disk.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::store::{Channel, Passive, Server, Store, StoreError};

/// The settings of all servers; of one without a row they are the usual ones.
pub(super) struct Settings {
    store: Store,
    servers: RwLock<HashMap<u64, Arc<Server>>>,
    /// One change at a time, or two at once would lose one. An async lock, made to be held over the write; reading needs
    /// none of it.
    changing: tokio::sync::Mutex<()>,
}

/// What holds in a channel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Here {
    /// Whether questions are answered in front of all.
    pub(super) answers: bool,
    /// Whether the bot is on in this server at all.
    pub(super) enabled: bool,
    pub(super) passive: Passive,
    /// Stories that may answer; empty: all.
    pub(super) stories: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) answer_at: Option<f32>,
    pub(super) nearest_at: Option<f32>,
    pub(super) collects: bool,
}

impl Settings {
    /// Reads what the store has.
    pub(super) async fn load(store: Store) -> Result<Self, StoreError> {
        let servers = store.servers().await?;
        let servers = servers.into_iter().map(|server| (server.id, Arc::new(server))).collect();
        Ok(Self { store, servers: RwLock::new(servers), changing: tokio::sync::Mutex::default() })
    }

    /// Of one server.
    pub(super) fn of(&self, server: u64) -> Arc<Server> {
        let servers = self.servers.read().unwrap_or_else(PoisonError::into_inner);
        servers.get(&server).cloned().unwrap_or_else(|| Arc::new(Server::new(server)))
    }

    /// Whether a channel of a server listens to plain talk, or the one that it hangs on.
    pub(super) fn listens(&self, server: u64, channel: u64, parent: Option<u64>) -> bool {
        let servers = self.servers.read().unwrap_or_else(PoisonError::into_inner);
        servers.get(&server).is_some_and(|server| here(server, channel, parent).passive != Passive::Off)
    }

    /// What holds in a channel, or in its parent where it is a thread without settings of its own; None: a direct message.
    pub(super) fn here(&self, server: Option<u64>, channel: u64, parent: Option<u64>) -> Here {
        let server = server.map_or_else(|| Arc::new(Server::new(0)), |id| self.of(id));
        here(&server, channel, parent)
    }

    /// Changes the settings of one server, in the store first.
    pub(super) async fn change(&self, id: u64, change: impl FnOnce(&mut Server)) -> Result<Arc<Server>, StoreError> {
        let _one = self.changing.lock().await;
        let mut server = Server::clone(&self.of(id));
        change(&mut server);
        self.store.save_server(&server).await?;
        let server = Arc::new(server);
        self.servers.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&server));
        Ok(server)
    }

    /// Forgets a channel that is gone: the last one that was allowed must not silence its server.
    pub(super) async fn forget_channel(&self, server: u64, channel: u64) -> Result<(), StoreError> {
        if self.of(server).channels.iter().any(|known| known.id == channel) {
            self.change(server, |server| server.channels.retain(|known| known.id != channel)).await?;
        }
        Ok(())
    }

    /// Forgets a server that removed the bot, with everything that was kept for it.
    pub(super) async fn forget(&self, id: u64) -> Result<(), StoreError> {
        let _one = self.changing.lock().await;
        self.store.forget_server(id).await?;
        self.servers.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
        Ok(())
    }
}

fn here(server: &Server, channel: u64, parent: Option<u64>) -> Here {
    let find = |id: u64| server.channels.iter().find(|c| c.id == id);
    let own: Option<&Channel> = find(channel).or_else(|| parent.and_then(find));
    let is_restricted = server.channels.iter().any(|c| c.allowed);
    let stories = own.map(|c| &c.stories).filter(|stories| !stories.is_empty()).unwrap_or(&server.stories);
    Here {
        answers: server.enabled && (!is_restricted || own.is_some_and(|c| c.allowed)),
        enabled: server.enabled,
        passive: own.map_or(Passive::Off, |c| c.passive),
        stories: stories.clone(),
        language: server.language.clone(),
        answer_at: server.answer_at,
        nearest_at: server.nearest_at,
        collects: server.collects,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channels_settings_come_before_its_servers() {
        let allowed = Channel { allowed: true, stories: vec!["tram".to_owned()], ..Channel::new(7) };
        let listening = Channel { passive: Passive::On, ..Channel::new(8) };
        let mut server = Server { stories: vec!["all".to_owned()], channels: vec![listening], ..Server::new(1) };
        let rows = [
            (7, None, true, Passive::Off, "all"),
            (8, None, true, Passive::On, "all"),
            (9, Some(8), true, Passive::On, "all"),
        ];
        for (channel, parent, answers, passive, story) in rows {
            let got = here(&server, channel, parent);
            assert_eq!(
                (got.answers, got.passive, got.stories),
                (answers, passive, vec![story.to_owned()]),
                "{channel}"
            );
        }
        server.channels.push(allowed);
        let rows =
            [(7, None, true, "tram"), (8, None, false, "all"), (9, None, false, "all"), (9, Some(7), true, "tram")];
        for (channel, parent, answers, story) in rows {
            let got = here(&server, channel, parent);
            assert_eq!((got.answers, got.stories), (answers, vec![story.to_owned()]), "{channel}");
        }
        server.enabled = false;
        assert!(!here(&server, 7, None).answers);
    }

    #[tokio::test]
    async fn what_is_changed_is_kept() {
        let store = Store::in_memory().await.unwrap();
        let settings = Settings::load(store.clone()).await.unwrap();
        settings.change(5, |server| server.collects = true).await.unwrap();
        assert!(settings.of(5).collects && !settings.of(6).collects);
        let again = Settings::load(store).await.unwrap();
        assert!(again.of(5).collects);
        again.forget(5).await.unwrap();
        assert!(!again.of(5).collects);
    }
}
