//! Story files that change while the bot answers, with real files: what is noticed, what is refused, and that nobody ever gets
//! an answer from two versions.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

use onrecord::answer::{Engine, Thresholds};
use onrecord::knowledge::reload_folder;
use onrecord::matcher::Scope;
use onrecord::service::{Changes, FolderWatch, Metrics, Reload, Reloaded, keep_fresh, reloads};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::timeout;

/// Asked of the issue: two seconds. Far above, because test machines are shared.
const PATIENCE: Duration = Duration::from_secs(20);

fn story(answer: &str) -> String {
    format!(
        "[story]\nid = \"pier\"\ntitle = \"The pier\"\n[[source]]\nid = \"s\"\nheadline = \"H\"\n\
         [[fact]]\nid = \"opening\"\nstatement = \"The pier opens {answer}.\"\nquestions = [\"When does the pier open?\"]\n\
         source = {{ id = \"s\" }}\n\
         [[fact]]\nid = \"owner\"\nstatement = \"The owner of the pier speaks {answer}.\"\nwith = [\"opening\"]\n\
         questions = [\"Who owns the pier?\"]\nsource = {{ id = \"s\" }}\n"
    )
}

fn read(folder: &Path, old: &Engine) -> Result<(Engine, Reloaded), Vec<String>> {
    let loaded =
        reload_folder(folder, time::macros::date!(2031 - 01 - 01), old.stories()).map_err(|e| vec![e.to_string()])?;
    let errors: Vec<String> = loaded.errors().map(ToString::to_string).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let changes = Changes::between(old.stories(), &loaded.stories);
    let reloaded = Reloaded { stories: loaded.stories.len(), facts: 2, quotes: 0, changes };
    Ok((Engine::new(loaded.stories, Thresholds::default()), reloaded))
}

/// A folder with one story, and an engine that is kept as the folder is.
struct Kept {
    folder: TempDir,
    engine: watch::Receiver<Arc<Engine>>,
    reload: Reload,
}

impl Kept {
    fn new(by_notice: bool) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("pier.toml"), story("in May")).unwrap();
        Self::of(folder, "", Some(by_notice))
    }

    fn of(folder: TempDir, below: &str, by_notice: Option<bool>) -> Self {
        let path = folder.path().join(below);
        let (first, _) = read(&path, &Engine::new(Vec::new(), Thresholds::default())).unwrap();
        let (engines, engine) = watch::channel(Arc::new(first));
        let (reload, requests) = reloads(Vec::new());
        let watched = by_notice.map(|by_notice| FolderWatch::new(&path, by_notice));
        tokio::spawn(keep_fresh(engines, requests, watched, Metrics::new(), move |old: &Engine| read(&path, old)));
        Self { folder, engine, reload }
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until another base answers so.
    async fn says(&mut self, words: &str) {
        let says = |engine: &Arc<Engine>| said(engine).contains(words);
        timeout(PATIENCE, self.engine.wait_for(says)).await.unwrap_or_else(|_| panic!("never said {words}")).unwrap();
    }
}

fn said(engine: &Engine) -> String {
    let reply = engine.reply("When does the pier open?", Scope::All);
    reply.facts.first().map_or_else(String::new, |fact| fact.statement.clone())
}

#[tokio::test]
async fn a_written_and_a_renamed_file_are_read() {
    for by_notice in [true, false] {
        let mut kept = Kept::new(by_notice);
        fs::write(kept.file("pier.toml"), story("in June")).unwrap();
        kept.says("in June").await;
        fs::write(kept.file(".pier.toml.swp"), "an editor's own").unwrap();
        fs::write(kept.file("pier.toml~"), "a backup").unwrap();
        fs::write(kept.file("pier.toml.new"), story("in July")).unwrap();
        fs::rename(kept.file("pier.toml.new"), kept.file("pier.toml")).unwrap();
        kept.says("in July").await;
    }
}

#[tokio::test]
async fn a_half_written_file_is_refused_and_its_rest_read() {
    let mut kept = Kept::new(true);
    let whole = story("in June");
    fs::write(kept.file("pier.toml"), whole.split_at(whole.len() / 2).0).unwrap();
    let refused = kept.reload.now().await.unwrap_err();
    assert!(refused[0].contains("pier.toml:"), "{refused:?}");
    assert!(said(&kept.engine.borrow()).contains("in May"));
    fs::write(kept.file("pier.toml"), &whole).unwrap();
    kept.says("in June").await;
}

#[tokio::test]
async fn a_folder_that_goes_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("knowledge");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("pier.toml"), story("in May")).unwrap();
    let mut kept = Kept::of(folder, "knowledge", Some(true));
    fs::rename(&inner, kept.file("away")).unwrap();
    let refused = kept.reload.now().await.unwrap_err();
    assert!(refused[0].contains("cannot read the knowledge folder"), "{refused:?}");
    assert!(said(&kept.engine.borrow()).contains("in May"), "the old stories go on answering");
    fs::write(kept.file("away/pier.toml"), story("in June")).unwrap();
    fs::rename(kept.file("away"), &inner).unwrap();
    kept.says("in June").await;
}

/// Kubernetes swaps a symlink to a folder with the new files.
#[cfg(unix)]
#[tokio::test]
async fn a_swapped_symlink_is_noticed() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (version, month) in [("..v1", "in May"), ("..v2", "in June")] {
        fs::create_dir(at(version)).unwrap();
        fs::write(at(version).join("pier.toml"), story(month)).unwrap();
    }
    symlink("..v1", at("..data")).unwrap();
    symlink("..data/pier.toml", at("pier.toml")).unwrap();
    let mut kept = Kept::of(folder, "", Some(true));
    symlink("..v2", kept.file("..next")).unwrap();
    fs::rename(kept.file("..next"), kept.file("..data")).unwrap();
    kept.says("in June").await;
}

#[tokio::test]
async fn what_changed_is_told() {
    let kept = Kept::of(
        {
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join("pier.toml"), story("in May")).unwrap();
            folder
        },
        "",
        None,
    );
    fs::write(kept.file("pier.toml"), story("in June")).unwrap();
    let done = kept.reload.now().await.unwrap();
    assert_eq!((done.stories, done.changes.to_string().as_str()), (1, "changed: pier/opening, pier/owner"));
    assert!(kept.reload.now().await.unwrap().changes.is_empty());
}

/// Both sentences of a reply are of one version, however often it changes meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reply_is_of_two_versions() {
    let kept = Kept::of(
        {
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join("pier.toml"), story("in year 0")).unwrap();
            folder
        },
        "",
        None,
    );
    let (engine, done) = (kept.engine.clone(), Arc::new(AtomicBool::new(false)));
    let is_done = Arc::clone(&done);
    let asking = tokio::spawn(async move {
        let mut seen = std::collections::BTreeSet::new();
        while !is_done.load(Ordering::SeqCst) {
            let reply = engine.borrow().clone().reply("Who owns the pier?", Scope::All);
            let years: Vec<&str> = reply.facts.iter().filter_map(|f| f.statement.rsplit(' ').next()).collect();
            assert!(years.len() == 2 && years[0] == years[1], "{years:?}");
            seen.insert(years[0].to_owned());
            tokio::task::yield_now().await;
        }
        seen.len()
    });
    let file = kept.file("pier.toml");
    for year in 1..=1000 {
        fs::write(&file, story(&format!("in year {year}"))).unwrap();
        assert_eq!(kept.reload.now().await.unwrap().changes.changed.len(), 2, "{year}");
    }
    done.store(true, Ordering::SeqCst);
    assert!(timeout(PATIENCE, asking).await.unwrap().unwrap() > 1);
}

/// Looking at the folder must not be what wakes the next look: a bot that nobody asks anything uses no core.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "current_thread")]
async fn watching_costs_nothing() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pier.toml"), story("in May")).unwrap();
    let mut watched = FolderWatch::new(folder.path(), true);
    let before = ticks();
    let still = timeout(Duration::from_secs(3), watched.changed()).await;
    assert!(still.is_err(), "nothing has changed");
    // In clock ticks of a hundredth of a second, over three: a loop would take most of the three hundred.
    let used = ticks() - before;
    assert!(used < 30, "{used} ticks");
}

/// The processor time of this thread so far, in clock ticks.
#[cfg(target_os = "linux")]
fn ticks() -> u64 {
    let stat = fs::read_to_string("/proc/thread-self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
