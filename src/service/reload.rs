//! Reading the story files anew: when somebody asks, when they have changed, on SIGHUP. All or nothing: what is faulty is
//! refused with its reasons, and the old base goes on answering; a switch is one assignment.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::sync::watch;
use tokio::time::sleep;

use super::changes::Changes;
use super::metrics::Metrics;
use super::watch::FolderWatch;

/// Requests that may wait; each reads everything, so that more make no sense.
const WAITING: usize = 8;
/// How often it is looked whether anybody still answers from the old base.
const USED: Duration = Duration::from_millis(100);

/// What a reload brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reloaded {
    /// Stories loaded now.
    pub stories: usize,
    /// Facts in them.
    pub facts: usize,
    /// Quotes in them.
    pub quotes: usize,
    /// What is different.
    pub changes: Changes,
}

impl Reloaded {
    /// Facts and quotes.
    pub fn items(&self) -> usize {
        self.facts + self.quotes
    }
}

/// Or why the old stories stay, a line each.
pub type Outcome = Result<Reloaded, Vec<String>>;

/// Where a reload is asked for; clones ask the same process.
#[derive(Clone, Debug)]
pub struct Reload {
    ask: mpsc::Sender<oneshot::Sender<Outcome>>,
    last: watch::Receiver<Option<Outcome>>,
    /// Why stories were left out at the start, a line each.
    left_out: Arc<[String]>,
}

/// Where requests arrive, and the last outcome is left.
#[derive(Debug)]
pub struct Requests {
    asked: mpsc::Receiver<oneshot::Sender<Outcome>>,
    last: watch::Sender<Option<Outcome>>,
}

/// Both ends; `left_out` says why stories were left out at the start, a line each.
pub fn reloads(left_out: Vec<String>) -> (Reload, Requests) {
    let (ask, asked) = mpsc::channel(WAITING);
    let (left, last) = watch::channel(None);
    (Reload { ask, last, left_out: Arc::from(left_out) }, Requests { asked, last: left })
}

impl Reload {
    /// Asks, and waits for the outcome.
    pub async fn now(&self) -> Outcome {
        let nobody = || vec!["nobody reads story files in this process".to_owned()];
        let (done, outcome) = oneshot::channel();
        self.ask.send(done).await.map_err(|_| nobody())?;
        outcome.await.map_err(|_| nobody())?
    }

    /// What the last one brought, whoever asked for it; None before the first.
    pub fn last(&self) -> Option<Outcome> {
        self.last.borrow().clone()
    }

    /// Why stories are left out since the start, a line each; nothing once a reload has brought all.
    pub fn left_out(&self) -> &[String] {
        let is_whole = matches!(&*self.last.borrow(), Some(Ok(_)));
        if is_whole { &[] } else { &self.left_out }
    }
}

impl Requests {
    /// The next request; never, once nobody can ask any more.
    async fn next(&mut self) -> oneshot::Sender<Outcome> {
        match self.asked.recv().await {
            Some(request) => request,
            None => std::future::pending().await,
        }
    }
}

/// Keeps `base` as the files are, and counts; `folder` is what is watched, if anything. `read` reads them whole, knowing the base that answers now.
///
/// # Errors
/// When no handler for SIGHUP can be installed.
pub async fn keep_fresh<B, R>(
    base: watch::Sender<Arc<B>>,
    mut requests: Requests,
    mut folder: Option<FolderWatch>,
    metrics: Metrics,
    read: R,
) -> io::Result<Infallible>
where
    B: Send + Sync + 'static,
    R: Fn(&B) -> Result<(B, Reloaded), Vec<String>> + Clone + Send + 'static,
{
    let mut hangups = hangups()?;
    loop {
        let asked = tokio::select! {
            asked = requests.next() => Some(asked),
            () = changed(&mut folder) => None,
            () = hangups.recv() => None,
        };
        let outcome = read_once(&base, read.clone()).await;
        match &outcome {
            Ok(done) => {
                tracing::info!(stories = done.stories, facts = done.facts, quotes = done.quotes, changes = %done.changes, "reloaded")
            }
            Err(problems) => problems.iter().for_each(|problem| tracing::error!("not reloaded: {problem}")),
        }
        metrics.reloaded(&outcome);
        requests.last.send_replace(Some(outcome.clone()));
        // Whoever asked may have gone.
        asked.map(|asked| asked.send(outcome)).transpose().unwrap_or_default();
    }
}

async fn changed(folder: &mut Option<FolderWatch>) {
    match folder {
        Some(folder) => folder.changed().await,
        None => std::future::pending().await,
    }
}

/// Milliseconds for a thousand facts, seconds for a hundred thousand: not on the runtime's threads.
async fn read_once<B, R>(base: &watch::Sender<Arc<B>>, read: R) -> Outcome
where
    B: Send + Sync + 'static,
    R: Fn(&B) -> Result<(B, Reloaded), Vec<String>> + Send + 'static,
{
    let old = Arc::clone(&base.borrow());
    let read = tokio::task::spawn_blocking(move || read(&old)).await;
    let (new, done) = read.unwrap_or_else(|error| Err(vec![error.to_string()]))?;
    tokio::spawn(retire(base.send_replace(Arc::new(new))));
    Ok(done)
}

/// Drops what nobody uses any more. A hundred thousand facts are millions of pieces of memory, a tenth of a second's work:
/// neither on the runtime's threads nor at the end of somebody's answer.
async fn retire<B: Send + Sync + 'static>(old: Arc<B>) {
    while Arc::strong_count(&old) > 1 {
        sleep(USED).await;
    }
    let dropped = tokio::task::spawn_blocking(move || drop(old)).await;
    dropped.unwrap_or_else(|error| tracing::error!(cause = %error, "the old stories were not dropped"));
}

#[cfg(unix)]
struct Hangups(tokio::signal::unix::Signal);

#[cfg(unix)]
fn hangups() -> io::Result<Hangups> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::hangup()).map(Hangups)
}

#[cfg(unix)]
impl Hangups {
    async fn recv(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending().await
        }
    }
}

#[cfg(not(unix))]
struct Hangups;

#[cfg(not(unix))]
fn hangups() -> io::Result<Hangups> {
    Ok(Hangups)
}

#[cfg(not(unix))]
impl Hangups {
    async fn recv(&mut self) {
        std::future::pending().await
    }
}
