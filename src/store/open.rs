//! Opening: the folder, the file, a look whether it is sound, and the steps to today's tables.
//!
//! This is the one place that knows SQLite; everything after it is plain SQL.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteSynchronous;

use super::Store;
use super::StoreError;
use super::migrations::Steps;
use super::migrations::newest;

/// Half a megabyte of pages (negative: in KiB) instead of two: what is read often fits into less.
const CACHE: &str = "-512";
/// So long a write waits for another process, such as a backup.
const BUSY: Duration = Duration::from_secs(10);
/// So long a call waits for the calls before it: some ten thousand writes on a slow disk.
const QUEUE: Duration = Duration::from_secs(60);

impl Store {
    /// Opens `file` for reading and writing; makes it and its folder where they are not there.
    ///
    /// # Errors
    /// When folder or file cannot be written, when the file is damaged, and when a newer version wrote it.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|why| StoreError::Folder { folder: folder.to_owned(), why })?;
        }
        // FULL: what was acknowledged survives a power cut too, for one more wait for the disk.
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let store = connected(options, file).await?;
        store.check(file).await?;
        store.migrate(file).await?;
        Ok(store)
    }

    /// Opens `file` for reading only; nothing is made or changed, a running bot may write meanwhile.
    ///
    /// # Errors
    /// When the file is not there, is damaged, or was written by another version.
    pub async fn open_to_read(file: &Path) -> Result<Self, StoreError> {
        if !file.exists() {
            return Err(StoreError::Missing(file.to_owned()));
        }
        // Without a log beside it nobody has the file open; then it is read without making one, which a bot of another user
        // could not write.
        let is_at_rest = !beside(file, "-wal").exists();
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(is_at_rest);
        let store = connected(options, file).await?;
        store.check(file).await?;
        match store.version().await? {
            Some(found) if found > newest() => Err(StoreError::Newer { file: file.to_owned(), found, known: newest() }),
            Some(found) if found == newest() => Ok(store),
            Some(_) => Err(StoreError::Older(file.to_owned())),
            None => Err(StoreError::Damaged { file: file.to_owned(), why: "it has no tables".to_owned() }),
        }
    }

    /// A store that is gone with the process.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let name = Path::new(":memory:");
        let store = connected(SqliteConnectOptions::new().in_memory(true), name).await?;
        store.migrate(name).await?;
        Ok(store)
    }

    /// Reads every page once: a file of a few thousand rows takes milliseconds.
    async fn check(&self, file: &Path) -> Result<(), StoreError> {
        let found: Result<String, _> = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&self.pool).await;
        match found {
            Ok(found) if found == "ok" => Ok(()),
            Ok(found) => Err(StoreError::Damaged { file: file.to_owned(), why: first_line(&found) }),
            Err(error) => Err(StoreError::opening(file, &error)),
        }
    }

    /// The version of the tables; None where there are none.
    async fn version(&self) -> Result<Option<i64>, StoreError> {
        let tables = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
        let tables: i64 = sqlx::query_scalar(tables).fetch_one(&self.pool).await?;
        if tables == 0 {
            return Ok(None);
        }
        Ok(sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&self.pool).await?)
    }

    async fn migrate(&self, file: &Path) -> Result<(), StoreError> {
        let steps = Migrator::new(Steps).await.map_err(|e| StoreError::Failed(sqlx::Error::from(e)))?;
        match steps.run(&self.pool).await {
            Ok(()) => Ok(()),
            Err(MigrateError::VersionMissing(found)) => {
                let found = self.version().await?.unwrap_or(found);
                Err(StoreError::Newer { file: file.to_owned(), found, known: newest() })
            }
            Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
                Err(StoreError::opening(file, &error))
            }
            Err(other) => Err(StoreError::Damaged { file: file.to_owned(), why: first_line(&other.to_string()) }),
        }
    }
}

/// One connection, which is never given up: in memory it is all there is.
async fn connected(options: SqliteConnectOptions, file: &Path) -> Result<Store, StoreError> {
    // Statements are nobody's log line; and in a container there may be no folder for what SQLite sorts on the side.
    let options = options
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", CACHE)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(QUEUE)
        .connect_with(options);
    let pool: SqlitePool = pool.await.map_err(|error| StoreError::opening(file, &error))?;
    Ok(Store { pool })
}

/// A file that SQLite has beside its own.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
