//! What can go wrong with the store: one line each, that says what would be right.

use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;

/// SQLite's primary result codes for a file that is none of its own or broken (<https://sqlite.org/rescode.html>).
const DAMAGED: &[i32] = &[11, 26];

/// Why the store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such file, where one is only read.
    #[error("there is no store {}; the bot makes it when something is kept (key store.file)", .0.display())]
    Missing(PathBuf),
    /// The folder cannot be made.
    #[error("cannot make the folder {} for the store: {why}; name a file in a folder that can be written in store.file, or \"off\"", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// The file cannot be opened or written.
    #[error("cannot open the store {}: {why}; it has to be a file that can be written, in a folder that can be written", file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// The file is damaged or something else.
    #[error("the store {} is damaged or no store ({why}); put a backup in its place, or move it away to start anew", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        why: String,
    },
    /// The file has tables that this version does not know.
    #[error("the store {} was written by a newer version (tables {found}, this version knows {known}); run that version, or name another file in store.file", file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// The version of its tables.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The file has the tables of an older version, where one is only read.
    #[error("the store {} was written by an older version; start the bot once, which brings it up to date", .0.display())]
    Older(PathBuf),
    /// A row that nobody here wrote.
    #[error("the store has a row that cannot be read ({0}); put a backup in its place")]
    Row(&'static str),
    /// A statement failed.
    #[error("the store failed: {}", one_line(.0))]
    Failed(#[from] sqlx::Error),
}

impl StoreError {
    /// What an error while opening `file` means.
    pub(super) fn opening(file: &Path, error: &sqlx::Error) -> Self {
        let (file, why) = (file.to_owned(), one_line(error));
        let code = error.as_database_error().and_then(|e| e.code()?.parse::<i32>().ok());
        // The lower eight bits are the primary code.
        match code {
            Some(code) if DAMAGED.contains(&(code & 0xFF)) => Self::Damaged { file, why },
            _ => Self::Unusable { file, why },
        }
    }
}

fn one_line(error: &sqlx::Error) -> String {
    let text = match error {
        sqlx::Error::Database(e) => e.message().to_owned(),
        other => other.to_string(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
