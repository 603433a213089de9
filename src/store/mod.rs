//! What must outlive a restart: settings of servers, feedback counts, questions without an answer.
//!
//! One SQLite file with one connection, so that writers queue instead of failing; what a call acknowledges survives the
//! process. Nobody's id but the bot's own and no message's id may ever be kept here. The SQL is what PostgreSQL would take too.

mod error;
mod feedback;
mod gaps;
mod migrations;
mod open;
mod rows;
mod servers;

use sqlx::Sqlite;
use sqlx::SqlitePool;
use sqlx::Transaction;

pub use error::StoreError;
pub use rows::{Channel, Feedback, Gap, Item, Missed, Passive, Reason, Server, Verdict};

/// A question is cut to so many letters.
pub const MOST_LETTERS: usize = 200;
/// A server keeps so many gaps; then the least asked goes for a new one. A person reads fewer, and a twin is looked for among them.
pub const MOST_GAPS: usize = 1_000;

/// The store; clones share one file.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// A transaction that may write from the start: one that asks later can be refused when another process writes.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Writes everything into the one file and closes it.
    pub async fn close(&self) {
        // Whatever fails here is in the write-ahead log and read at the next start.
        let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await;
        self.pool.close().await;
    }

    /// Whether the rows are those of this bot, by its user id: the first that asks owns the file from then on.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub async fn is_of(&self, bot: u64) -> Result<bool, StoreError> {
        const CLAIM: &str = "INSERT INTO bot (one, id) VALUES (TRUE, $1) ON CONFLICT (one) DO NOTHING";
        sqlx::query(CLAIM).bind(kept(bot)).execute(&self.pool).await?;
        let (owner,): (i64,) = sqlx::query_as("SELECT id FROM bot").fetch_one(&self.pool).await?;
        Ok(id(owner) == bot)
    }

    /// The servers that have any row, in their order; 0, which stands for direct messages, is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn server_ids(&self) -> Result<Vec<u64>, StoreError> {
        const ALL: &str = "SELECT id FROM server UNION SELECT server FROM feedback UNION SELECT server FROM gap";
        let ids: Vec<(i64,)> = sqlx::query_as(ALL).fetch_all(&self.pool).await?;
        let mut ids: Vec<u64> = ids.into_iter().map(|(kept,)| id(kept)).filter(|id| *id != 0).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// Takes out the gaps of a server, which does not want them kept any more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn forget_gaps(&self, server: u64) -> Result<(), StoreError> {
        let mut change = self.begin().await?;
        sqlx::query("DELETE FROM gap WHERE server = $1").bind(kept(server)).execute(&mut *change).await?;
        Ok(change.commit().await?)
    }

    /// Takes out every row of a server: settings, channels, feedback, gaps.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn forget_server(&self, server: u64) -> Result<(), StoreError> {
        let mut change = self.begin().await?;
        for delete in [
            "DELETE FROM channel WHERE server = $1",
            "DELETE FROM server WHERE id = $1",
            "DELETE FROM feedback WHERE server = $1",
            "DELETE FROM gap WHERE server = $1",
        ] {
            sqlx::query(delete).bind(kept(server)).execute(&mut *change).await?;
        }
        Ok(change.commit().await?)
    }
}

/// An id as the file has it, bit by bit.
const fn kept(id: u64) -> i64 {
    id.cast_signed()
}

/// An id from the file.
const fn id(kept: i64) -> u64 {
    kept.cast_unsigned()
}

/// A count from the file, which is never below zero unless somebody else wrote it.
fn count(kept: i64) -> u64 {
    u64::try_from(kept).unwrap_or_default()
}
