//! What is logged on this test's thread, which is the thread of its bot: a test's runtime has one.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::Dispatch;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry;

/// Never asked for anything. With a single subscriber in the process tracing asks the thread that logs a line first whether
/// anybody wants it, and keeps the answer for all threads: a test without a log would silence one that has one.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(registry()));

/// Keeps lines until it is dropped.
pub struct Log {
    kept: Kept,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Everything that the bot itself says.
    pub fn of_the_bot() -> Self {
        Self::of(Targets::new().with_target("onrecord", tracing::Level::TRACE))
    }

    pub fn of(targets: Targets) -> Self {
        LazyLock::force(&ANOTHER);
        let kept = Kept::default();
        let writer = kept.clone();
        let lines = fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        let guard = tracing::subscriber::set_default(registry().with(lines.with_filter(targets)));
        Self { kept, _guard: guard }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.kept.0.lock().unwrap().clone()).unwrap()
    }

    /// Waits for a line that holds all of these.
    pub async fn says(&self, words: &[&str]) {
        let said = async {
            while !self.text().lines().any(|line| words.iter().all(|word| line.contains(word))) {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(15), said).await;
        assert!(waited.is_ok(), "no line says {words:?} in\n{}", self.text());
    }
}
