//! How long a reload takes, how long questions wait meanwhile, and whether memory grows with reloads.
//!
//! `cargo run --release --example reload -- [--facts 1000,100000] [--reloads 20] [--memory 5000]`: invented facts in story
//! files of a temporary folder, read through `service::keep_fresh` as the bot does it, while a task on the same runtime asks
//! a question every millisecond. A question's wait counts from when it was due.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bench_facts::{Base, Fact, Source};
use onrecord::answer::{Engine, Thresholds};
use onrecord::knowledge::reload_folder;
use onrecord::matcher::Scope;
use onrecord::service::{Changes, Metrics, Reload, Reloaded, keep_fresh, reloads};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

const SEED: u64 = 1;
/// Of one story file.
const FACTS: usize = 1_000;
/// Of the base whose memory is looked at.
const STEADY: usize = 1_000;
/// A bot on the smallest machine has as many.
const THREADS: usize = 2;
const PACE: Duration = Duration::from_millis(1);

struct Options {
    facts: Vec<usize>,
    reloads: usize,
    memory: usize,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options { facts: vec![1_000, 100_000], reloads: 20, memory: 5_000 };
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--facts" => options.facts = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--reloads" => options.reloads = value.parse()?,
            "--memory" => options.memory = value.parse()?,
            _ => return Err(format!("unknown argument {name}").into()),
        }
    }
    Ok(options)
}

/// Story files in a folder that goes with this.
struct Folder(PathBuf);

impl Folder {
    fn with(facts: &[Fact]) -> Result<Self, Box<dyn Error>> {
        let folder = Self(std::env::temp_dir().join(format!("onrecord-reload-{}", std::process::id())));
        fs::create_dir_all(&folder.0)?;
        for (n, facts) in facts.chunks(FACTS).enumerate() {
            fs::write(folder.0.join(format!("story-{n}.toml")), story(n, facts, ""))?;
        }
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// One story file; `mark` is added to the first statement.
fn story(n: usize, facts: &[Fact], mark: &str) -> String {
    let mut out =
        format!("[story]\nid = \"story-{n}\"\ntitle = \"Story {n}\"\n[[source]]\nid = \"s\"\nheadline = \"H\"\n");
    for (at, fact) in facts.iter().enumerate() {
        let mark = if at == 0 { mark } else { "" };
        out.push_str(&format!("[[fact]]\nid = \"f{at}\"\nstatement = {:?}\n", format!("{}{mark}", fact.text)));
        out.push_str(&format!("questions = {:?}\nsource = {{ id = \"s\" }}\n", fact.questions));
    }
    out
}

/// As `onrecord run` reads them.
fn read(folder: &Path, old: &Engine) -> Result<(Engine, Reloaded), Vec<String>> {
    let today = time::macros::date!(2031 - 01 - 01);
    let loaded = reload_folder(folder, today, old.stories()).map_err(|e| vec![e.to_string()])?;
    let errors: Vec<String> = loaded.errors().map(ToString::to_string).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let changes = Changes::between(old.stories(), &loaded.stories);
    let facts = loaded.stories.iter().map(|s| s.facts.len()).sum();
    let quotes = loaded.stories.iter().map(|s| s.quotes.len()).sum();
    let reloaded = Reloaded { stories: loaded.stories.len(), facts, quotes, changes };
    Ok((Engine::new(loaded.stories, Thresholds::default()), reloaded))
}

type Kept = watch::Receiver<Arc<Engine>>;

/// A base that is kept fresh, and where a reload of it is asked for.
fn kept(folder: &Path) -> Result<(Reload, Kept), Box<dyn Error>> {
    let path = folder.to_owned();
    let (first, _) = read(&path, &Engine::new(Vec::new(), Thresholds::default())).map_err(|e| e.join("\n"))?;
    let (engines, engine) = watch::channel(Arc::new(first));
    let (reload, requests) = reloads(Vec::new());
    tokio::spawn(keep_fresh(engines, requests, None, Metrics::new(), move |old: &Engine| read(&path, old)));
    Ok((reload, engine))
}

/// Asks until `done`, and tells every wait.
async fn ask(engine: Kept, questions: Vec<String>, done: Arc<AtomicBool>) -> Vec<Duration> {
    let mut waits = Vec::new();
    let mut ticks = interval(PACE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for question in questions.iter().cycle() {
        let due = ticks.tick().await.into_std();
        let engine = Arc::clone(&engine.borrow());
        std::hint::black_box(engine.reply(question, Scope::All));
        drop(engine);
        waits.push(due.elapsed());
        if done.load(Ordering::Relaxed) {
            break;
        }
    }
    waits.sort_unstable();
    waits
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn at(sorted: &[Duration], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).map_or(0.0, |time| ms(*time))
}

/// Megabytes this process holds.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1_000.0)
}

/// `files` are changed before each reload, at most; what has not changed is not read anew.
async fn speed(source: &Source, size: usize, files: usize, most: usize) -> Result<(), Box<dyn Error>> {
    let base = Base::new(source, size, SEED);
    let folder = Folder::with(&base.facts)?;
    let questions: Vec<String> = base.questions.iter().take(200).map(|q| q.clean.clone()).collect();
    let (reload, engine) = kept(&folder.0)?;
    let quiet = asked(&engine, &questions, tokio::time::sleep(Duration::from_secs(2))).await?.1;
    let times = async {
        let mut times = Vec::new();
        for n in 0..most {
            // A fact of each file says something else every time.
            for (at, facts) in base.facts.chunks(FACTS).enumerate().take(files) {
                let text = story(at, facts, &format!(" Number {n}."));
                fs::write(folder.0.join(format!("story-{at}.toml")), text).map_err(|e| vec![e.to_string()])?;
            }
            let begun = Instant::now();
            let outcome = reload.now().await;
            times.push(begun.elapsed());
            outcome?;
        }
        // What is left behind is dropped a moment later.
        tokio::time::sleep(Duration::from_secs(1)).await;
        times.sort_unstable();
        Ok::<_, Vec<String>>(times)
    };
    let (times, waits) = asked(&engine, &questions, times).await?;
    let times = times.map_err(|e| e.join("\n"))?;
    println!(
        "| {size} | {} | {:.0} ms | {:.0} ms | {:.2} / {:.1} ms | {:.2} / {:.1} ms |",
        files.min(size.div_ceil(FACTS)),
        at(&times, 0.5),
        at(&times, 1.0),
        at(&quiet, 0.5),
        at(&quiet, 1.0),
        at(&waits, 0.5),
        at(&waits, 1.0)
    );
    Ok(())
}

/// What `meanwhile` gives, and the waits of questions while it ran.
async fn asked<T>(
    engine: &Kept,
    questions: &[String],
    meanwhile: impl Future<Output = T>,
) -> Result<(T, Vec<Duration>), Box<dyn Error>> {
    let done = Arc::new(AtomicBool::new(false));
    let asking = tokio::spawn(ask(engine.clone(), questions.to_vec(), Arc::clone(&done)));
    let out = meanwhile.await;
    done.store(true, Ordering::Relaxed);
    Ok((out, asking.await?))
}

async fn memory(source: &Source, reloads: usize) -> Result<(), Box<dyn Error>> {
    let base = Base::new(source, STEADY, SEED);
    let folder = Folder::with(&base.facts)?;
    let (reload, _engine) = kept(&folder.0)?;
    let step = (reloads / 10).max(1);
    println!("\n| reloads of {STEADY} facts | memory |\n|---|---|");
    for n in 0..=reloads {
        if n % step == 0 || n == step / 5 {
            println!("| {n} | {:.1} MB |", resident());
        }
        fs::write(folder.0.join("story-0.toml"), story(0, &base.facts, &format!(" Number {n}.")))?;
        reload.now().await.map_err(|e| e.join("\n"))?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let source = Source::invented(SEED);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build()?;
    println!(
        "| facts | files changed | reload, median | slowest | a question's wait, median / longest | the same during reloads |"
    );
    println!("|---|---|---|---|---|---|");
    for size in options.facts {
        let most = if size > 10_000 { options.reloads.min(5) } else { options.reloads };
        for files in [1, usize::MAX].into_iter().take(1 + usize::from(size > FACTS)) {
            runtime.block_on(async { speed(&source, size, files, most).await })?;
        }
    }
    if options.memory > 0 {
        runtime.block_on(memory(&source, options.memory))?;
    }
    Ok(())
}
