//! `run`: the Discord bot, from the configuration to the exit code.
//!
//! What it will do and what is switched off is printed before it connects; what happens then is logged. Loading, the
//! listener and the bot fail with one line each.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;
use std::time::SystemTime;

use time::OffsetDateTime;
use tokio::sync::oneshot;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::exit::{Exit, Fault};
use crate::answer::Engine;
use crate::answer::Thresholds;
use crate::config::{Config, Endpoint, Env, Shards, Token, Watch};
use crate::discord::{self, Setup};
use crate::knowledge::{Loaded, Severity, Story, load_folder, reload_folder};
use crate::service::{Changes, FolderWatch, Listener, Metrics, Reloaded, StatusBoard};
use crate::service::{asked_to_stop, keep_fresh, reloads};
use crate::store::Store;
use crate::telemetry;

/// About 12 refused identifies, one every five seconds; Discord resets the token at 1,000 in a day.
const PATIENCE: Duration = Duration::from_secs(60);
/// At least so many. A shard that is behind reads on without making room: where it has the only thread, events pile up as
/// tasks (100 MB a second at 10,000 messages); beside another they wait in the socket.
const THREADS: usize = 2;

/// Runs the bot until SIGTERM, SIGINT or a fatal error.
pub(super) fn run(config: &Config, env: &Env, out: &mut dyn Write) -> Result<Exit, Fault> {
    telemetry::start(&config.log, env.get("NO_COLOR").is_some_and(|v| !v.is_empty())).map_err(user)?;
    let token = Token::find(env).map_err(user)?;
    let loaded = loaded(config)?;
    let threads = available_parallelism().map_or(THREADS, |cores| cores.get().max(THREADS));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    let runtime = runtime.map_err(|e| Fault::User(format!("cannot start the runtime: {e}")))?;
    runtime.block_on(serve(config, token, loaded, out))?;
    Ok(Exit::Done)
}

fn user(error: impl std::fmt::Display) -> Fault {
    Fault::User(error.to_string())
}

/// The stories without errors; the others are left out, and the log says why.
fn loaded(config: &Config) -> Result<Loaded, Fault> {
    let folder = config.knowledge.display();
    let loaded = load_folder(&config.knowledge, OffsetDateTime::now_utc().date()).map_err(user)?;
    for problem in &loaded.diagnostics {
        match problem.severity {
            Severity::Error => tracing::error!("left out at the start: {problem}"),
            Severity::Warning => tracing::debug!("{problem}"),
        }
    }
    if loaded.stories.is_empty() {
        let errors = loaded.errors().count();
        return Err(Fault::User(format!(
            "no story in {folder} loads ({errors} errors; `onrecord check` lists them): put a *.toml there, or give another \
             folder with --knowledge DIR"
        )));
    }
    Ok(loaded)
}

async fn serve(config: &Config, token: Token, loaded: Loaded, out: &mut dyn Write) -> Result<(), Fault> {
    let stop = asked_to_stop().map_err(|e| Fault::User(format!("cannot listen for signals: {e}")))?;
    let board = StatusBoard::new();
    let metrics = Metrics::new();
    let (facts, quotes) = counts(&loaded.stories);
    metrics.loaded(loaded.stories.len(), facts, quotes);
    metrics.left_out(loaded.left_out());
    let (reload, requests) = reloads(loaded.errors().map(ToString::to_string).collect());
    let engine = Arc::new(Engine::new(loaded.stories, config.thresholds));
    let listener = listener(config, &board, &metrics).await?;
    // A bot whose standard output is closed still runs.
    let _ = announce(config, &engine, listener.as_ref().map(|l| l.at), out);
    let store = store(config).await?;
    let (engines, engine) = watch::channel(engine);
    let is_watched = config.watch != Watch::Off;
    let watched = is_watched.then(|| FolderWatch::new(&config.knowledge, config.watch == Watch::Notify));
    let (path, thresholds) = (config.knowledge.clone(), config.thresholds);
    let read = move |old: &Engine| whole(&path, thresholds, old);
    let setup = Setup {
        endpoint: config.endpoint.clone(),
        token,
        engine,
        store: store.clone(),
        owners: config.owners.clone(),
        message_content: config.message_content,
        shards: config.shards,
        reload,
        patience: PATIENCE,
        clock: Arc::new(SystemTime::now),
        status: board.clone(),
        metrics: metrics.clone(),
        log_text: config.log.text,
    };
    let ended = tokio::select! {
        ended = run_bot(setup, stop) => ended,
        never = invite(&board, out) => match never {},
        ended = keep_fresh(engines, requests, watched, metrics, read) => match ended {
            Ok(never) => match never {},
            Err(error) => Err(Fault::User(format!("cannot listen for signals: {error}"))),
        },
    };
    store.close().await;
    if let Some(listener) = listener {
        listener.end().await;
    }
    ended
}

/// What outlives a restart; in memory only where `store.file` is "off".
async fn store(config: &Config) -> Result<Store, Fault> {
    let opened = match &config.store {
        Some(file) => Store::open(file).await,
        None => Store::in_memory().await,
    };
    opened.map_err(user)
}

/// An engine over all stories of a folder and what is different in it, or every reason why one of them cannot be read.
fn whole(folder: &Path, thresholds: Thresholds, old: &Engine) -> Result<(Engine, Reloaded), Vec<String>> {
    let today = OffsetDateTime::now_utc().date();
    let loaded = reload_folder(folder, today, old.stories()).map_err(|e| vec![e.to_string()])?;
    let errors: Vec<String> = loaded.errors().map(ToString::to_string).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    if loaded.stories.is_empty() {
        return Err(vec![format!("there is no story file in {}", folder.display())]);
    }
    let changes = Changes::between(old.stories(), &loaded.stories);
    let (facts, quotes) = counts(&loaded.stories);
    let reloaded = Reloaded { stories: loaded.stories.len(), facts, quotes, changes };
    Ok((Engine::new(loaded.stories, thresholds), reloaded))
}

/// Facts and quotes.
fn counts(stories: &[Story]) -> (usize, usize) {
    stories.iter().fold((0, 0), |(facts, quotes), s| (facts + s.facts.len(), quotes + s.quotes.len()))
}

async fn run_bot(setup: Setup, stop: impl Future<Output = ()>) -> Result<(), Fault> {
    tokio::pin!(stop);
    let bot = tokio::select! {
        bot = discord::build(setup) => bot.map_err(user)?,
        () = &mut stop => return Ok(()),
    };
    bot.run(stop).await.map_err(user)
}

/// A listener at work.
struct Serving {
    at: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
}

impl Serving {
    async fn end(self) {
        // The listener may be gone already; then there is nobody to tell.
        let _ = self.stop.send(());
        match self.served.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(cause = %error, "the listener broke"),
            Err(error) => tracing::error!(cause = %error, "the listener's task broke"),
        }
    }
}

async fn listener(config: &Config, board: &StatusBoard, metrics: &Metrics) -> Result<Option<Serving>, Fault> {
    let Some(at) = config.listen else { return Ok(None) };
    let listener = Listener::bind(at).await.map_err(user)?;
    // For port 0 the system has chosen one.
    let at = listener.address().unwrap_or(at);
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        // A dropped sender is a stop as well.
        let _ = stopped.await;
    };
    let served = tokio::spawn(listener.serve(board.clone(), metrics.clone(), stopped));
    Ok(Some(Serving { at, stop, served }))
}

/// What the bot will do, and what is switched off. Nothing secret is part of it.
fn announce(config: &Config, engine: &Engine, listens: Option<SocketAddr>, out: &mut dyn Write) -> io::Result<()> {
    let stories = engine.stories();
    let (facts, quotes) = counts(stories);
    let thresholds = engine.thresholds();
    writeln!(out, "onrecord {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "  stories    {facts} facts and {quotes} quotes from {}", config.knowledge.display())?;
    for story in stories {
        writeln!(out, "             {} ({})", story.title, story.id)?;
    }
    writeln!(out, "  answers    from confidence {}, the nearest from {}", thresholds.answer_at, thresholds.nearest_at)?;
    writeln!(out, "  server     {}", config.endpoint)?;
    if matches!(config.endpoint, Endpoint::Other(_)) {
        writeln!(out, "             discord.api_base is set: no rate limiter, and no gateway of another host")?;
    }
    if let Shards::Some(range) = config.shards {
        writeln!(out, "  shards     {range}")?;
        if range.is_part() {
            writeln!(
                out,
                "             servers of the others are not heard here; every process needs a store file of its own"
            )?;
        }
    }
    writeln!(out, "  heard      commands, mentions, replies to the bot, direct messages")?;
    if config.message_content {
        writeln!(out, "             plain messages, in channels where /facts settings switches passive answers on")?;
    } else {
        writeln!(
            out,
            "  off        plain channel messages: they need the privileged intent Message Content (discord.message_content)"
        )?;
    }
    match &config.store {
        Some(file) => writeln!(out, "  keeps      settings, feedback and open questions in {}", file.display())?,
        None => {
            writeln!(out, "  off        keeping: store.file is \"off\", settings and feedback end with the process")?
        }
    }
    if config.owners.is_empty() {
        writeln!(out, "  off        /facts reload and status: discord.owners names nobody")?;
    }
    if config.log.text {
        writeln!(out, "  logs       WHAT PEOPLE ASK, because log.text is on: their words are in the log from now on")?;
    }
    match listens {
        Some(at) => writeln!(out, "  health     http://{at}/readyz, /healthz, /metrics")?,
        None => writeln!(out, "  off        health: service.listen is \"off\", `onrecord healthcheck` cannot ask")?,
    }
    out.flush()
}

/// Prints the invite link once the application is known, and then waits for ever.
async fn invite(board: &StatusBoard, out: &mut dyn Write) -> Infallible {
    if let Some(application) = board.connected().await {
        let link = discord::invite_link(application);
        // Whoever read the output may have gone; the bot stays.
        let _ = writeln!(out, "  connected  invite the bot: {link}").and_then(|()| out.flush());
    }
    std::future::pending().await
}
