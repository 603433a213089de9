//! The steps from an empty file to today's tables. A step that was released never changes: a new one is a file and a row.

use std::borrow::Cow;
use std::pin::Pin;

use sqlx::error::BoxDynError;
use sqlx::migrate::Migration;
use sqlx::migrate::MigrationSource;
use sqlx::migrate::MigrationType;

/// Version, name, statements.
const STEPS: &[(i64, &str, &str)] =
    &[(1, "first", include_str!("migrations/0001_first.sql")), (2, "bot", include_str!("migrations/0002_bot.sql"))];

/// The version of today's tables.
pub(super) fn newest() -> i64 {
    STEPS.iter().map(|(version, ..)| *version).max().unwrap_or_default()
}

/// The steps in the binary; no folder is read.
#[derive(Debug)]
pub(super) struct Steps;

type Resolved = Result<Vec<Migration>, BoxDynError>;

impl MigrationSource<'static> for Steps {
    fn resolve(self) -> Pin<Box<dyn Future<Output = Resolved> + Send + 'static>> {
        let step = |(version, name, sql): &(i64, &'static str, &'static str)| {
            Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, Cow::Borrowed(*sql), false)
        };
        Box::pin(std::future::ready(Ok(STEPS.iter().map(step).collect())))
    }
}
