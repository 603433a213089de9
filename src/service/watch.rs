//! Whether a folder's story files have changed, and have been still for a moment since.
//!
//! The system's own notices (`notify`) only wake; what counts is a look at the files, so that temporary files of editors,
//! renames, swapped symlinks (Kubernetes ConfigMaps) and a folder that goes and comes back are all one case.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// Files must be still for so long: an editor writes in several steps.
const STILL: Duration = Duration::from_millis(250);
/// Never longer, whatever goes on: a folder that changes all the time is read all the same.
const LONGEST: u32 = 4;
/// How often it is looked without a notice.
const LOOK: Duration = Duration::from_secs(1);

/// What is seen of a file: enough to tell that it is another, without reading it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct File {
    name: String,
    real: Option<PathBuf>,
    bytes: u64,
    modified: Option<SystemTime>,
}

/// None where there is no folder.
type Seen = Option<Vec<File>>;

/// Watches one folder.
pub struct FolderWatch {
    folder: PathBuf,
    /// Whether the system's notices are wanted; network mounts give none.
    by_notice: bool,
    seen: Seen,
    wake: mpsc::Receiver<()>,
    waker: mpsc::Sender<()>,
    /// None where notices are not wanted or cannot be had; then it is looked.
    notices: Option<RecommendedWatcher>,
}

impl FolderWatch {
    /// Remembers the folder as it is now. It is looked at every second; `by_notice` also whenever the system says that
    /// something happened there.
    pub fn new(folder: &Path, by_notice: bool) -> Self {
        let (waker, wake) = mpsc::channel(1);
        let mut watch = Self { folder: folder.to_owned(), by_notice, seen: None, wake, waker, notices: None };
        watch.seen = watch.look();
        watch.listen();
        watch
    }

    /// Resolves when the files are others than they were and the folder is there.
    pub async fn changed(&mut self) {
        loop {
            self.woken().await;
            let now = self.still().await;
            if self.notices.is_none() {
                self.listen();
            }
            let is_other = now != self.seen;
            if is_other && now.is_none() {
                tracing::warn!(folder = %self.folder.display(), "the knowledge folder is gone; its stories go on answering");
            }
            self.seen = now;
            if is_other && self.seen.is_some() {
                return;
            }
        }
    }

    /// A notice, or the time to look where there are none.
    async fn woken(&mut self) {
        // A watched folder that is gone and a swapped symlink give no notice when they come back.
        tokio::select! {
            _ = self.wake.recv() => {}
            () = sleep(LOOK) => {}
        }
    }

    /// The files, once two looks in a row see the same.
    async fn still(&self) -> Seen {
        let mut before = self.look();
        if before == self.seen {
            return before;
        }
        for _ in 0..LONGEST {
            sleep(STILL).await;
            let now = self.look();
            if now == before {
                break;
            }
            before = now;
        }
        before
    }

    fn look(&self) -> Seen {
        let entries = fs::read_dir(&self.folder).ok()?;
        let mut files: Vec<File> = entries.flatten().filter_map(|entry| file(&entry.path())).collect();
        files.sort();
        Some(files)
    }

    fn listen(&mut self) {
        if !self.by_notice {
            return;
        }
        let waker = self.waker.clone();
        // One notice waiting is as good as many. That something was read is none: looking would wake the next look, for ever.
        let wake = move |notice: notify::Result<notify::Event>| {
            if notice.is_ok_and(|event| !event.kind.is_access()) {
                waker.try_send(()).unwrap_or_default();
            }
        };
        let watcher = notify::recommended_watcher(wake).and_then(|mut watcher| {
            watcher.watch(&self.folder, RecursiveMode::NonRecursive)?;
            Ok(watcher)
        });
        self.notices =
            watcher.map_err(|error| tracing::debug!(cause = %error, "no notices of changes; looking instead")).ok();
    }
}

/// What `load` would read: `*.toml`, not hidden.
fn file(path: &Path) -> Option<File> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    if !name.ends_with(".toml") || name.starts_with('.') {
        return None;
    }
    let known = fs::metadata(path).ok();
    let (bytes, modified) = known.map_or((0, None), |known| (known.len(), known.modified().ok()));
    Some(File { name, real: fs::canonicalize(path).ok(), bytes, modified })
}
