//! Settings of servers and their channels. A server and its channels are saved as one.

use std::collections::HashMap;

use super::Channel;
use super::Passive;
use super::Server;
use super::Store;
use super::StoreError;
use super::id;
use super::kept;

/// id, enabled, stories, language, answer_at, nearest_at, collects, keep_days
type ServerRow = (i64, bool, String, Option<String>, Option<f64>, Option<f64>, bool, i64);
/// server, id, allowed, passive, stories
type ChannelRow = (i64, i64, bool, String, String);

const SERVERS: &str =
    "SELECT id, enabled, stories, language, answer_at, nearest_at, collects, keep_days FROM server ORDER BY id";
const CHANNELS: &str = "SELECT server, id, allowed, passive, stories FROM channel ORDER BY server, id";
const SAVE_SERVER: &str = "\
    INSERT INTO server (id, enabled, stories, language, answer_at, nearest_at, collects, keep_days) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
    ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, stories = excluded.stories, \
    language = excluded.language, answer_at = excluded.answer_at, nearest_at = excluded.nearest_at, \
    collects = excluded.collects, keep_days = excluded.keep_days";
const SAVE_CHANNEL: &str = "INSERT INTO channel (server, id, allowed, passive, stories) VALUES ($1, $2, $3, $4, $5)";

impl Store {
    /// All settings.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn servers(&self) -> Result<Vec<Server>, StoreError> {
        // Both in one transaction, so that no server is saved in between.
        let mut look = self.pool.begin().await?;
        let servers: Vec<ServerRow> = sqlx::query_as(SERVERS).fetch_all(&mut *look).await?;
        let channels: Vec<ChannelRow> = sqlx::query_as(CHANNELS).fetch_all(&mut *look).await?;
        look.commit().await?;
        let mut of: HashMap<i64, Vec<Channel>> = HashMap::new();
        for (server, id, allowed, passive, stories) in channels {
            of.entry(server).or_default().push(channel(id, allowed, &passive, &stories)?);
        }
        servers.into_iter().map(|row| server(of.remove(&row.0).unwrap_or_default(), row)).collect()
    }

    /// Saves a server and its channels; channels it had before and has no more are gone.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of it is saved.
    pub async fn save_server(&self, server: &Server) -> Result<(), StoreError> {
        let mut change = self.begin().await?;
        sqlx::query(SAVE_SERVER)
            .bind(kept(server.id))
            .bind(server.enabled)
            .bind(list(&server.stories))
            .bind(server.language.as_deref())
            .bind(server.answer_at.map(f64::from))
            .bind(server.nearest_at.map(f64::from))
            .bind(server.collects)
            .bind(i64::from(server.keep_days))
            .execute(&mut *change)
            .await?;
        sqlx::query("DELETE FROM channel WHERE server = $1").bind(kept(server.id)).execute(&mut *change).await?;
        for channel in &server.channels {
            sqlx::query(SAVE_CHANNEL)
                .bind(kept(server.id))
                .bind(kept(channel.id))
                .bind(channel.allowed)
                .bind(channel.passive.as_str())
                .bind(list(&channel.stories))
                .execute(&mut *change)
                .await?;
        }
        Ok(change.commit().await?)
    }
}

fn server(mut channels: Vec<Channel>, row: ServerRow) -> Result<Server, StoreError> {
    let (kept, enabled, stories, language, answer_at, nearest_at, collects, keep_days) = row;
    channels.sort_by_key(|channel| channel.id);
    Ok(Server {
        id: id(kept),
        enabled,
        stories: listed(&stories)?,
        language,
        // What was saved was an f32.
        answer_at: answer_at.map(|at| at as f32),
        nearest_at: nearest_at.map(|at| at as f32),
        collects,
        keep_days: u32::try_from(keep_days).map_err(|_| StoreError::Row("server.keep_days"))?,
        channels,
    })
}

fn channel(kept: i64, allowed: bool, passive: &str, stories: &str) -> Result<Channel, StoreError> {
    let passive = Passive::of(passive).ok_or(StoreError::Row("channel.passive"))?;
    Ok(Channel { id: id(kept), allowed, passive, stories: listed(stories)? })
}

fn list(stories: &[String]) -> String {
    serde_json::Value::from(stories).to_string()
}

fn listed(stories: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(stories).map_err(|_| StoreError::Row("stories"))
}
