//! `run`: the Discord bot, from the configuration to the exit code.
//!
//! What it will do and what is switched off is printed before it connects; what happens then is logged. Loading, the
//! listener and the bot fail with one line each.

use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use time::OffsetDateTime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::exit::{Exit, Fault};
use crate::answer::Engine;
use crate::config::{Config, Endpoint, Env, Token};
use crate::discord::{self, Setup};
use crate::knowledge::{Severity, load_folder};
use crate::service::{Listener, StatusBoard, asked_to_stop};
use crate::telemetry;

/// Runs the bot until SIGTERM, SIGINT or a fatal error.
pub(super) fn run(config: &Config, env: &Env, out: &mut dyn Write) -> Result<Exit, Fault> {
    telemetry::start(&config.log, env.get("NO_COLOR").is_some_and(|v| !v.is_empty())).map_err(user)?;
    let token = Token::find(env).map_err(user)?;
    let engine = Arc::new(engine(config)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Fault::User(format!("cannot start the runtime: {e}")))?;
    runtime.block_on(serve(config, token, engine, out))?;
    Ok(Exit::Done)
}

fn user(error: impl std::fmt::Display) -> Fault {
    Fault::User(error.to_string())
}

/// An engine over the stories without errors; the others are left out, and the log says why.
fn engine(config: &Config) -> Result<Engine, Fault> {
    let folder = config.knowledge.display();
    let loaded = load_folder(&config.knowledge, OffsetDateTime::now_utc().date()).map_err(user)?;
    for problem in &loaded.diagnostics {
        match problem.severity {
            Severity::Error => tracing::error!("{problem}"),
            Severity::Warning => tracing::debug!("{problem}"),
        }
    }
    if loaded.stories.is_empty() {
        let errors = loaded.errors();
        return Err(Fault::User(format!(
            "no story in {folder} loads ({errors} errors; `onrecord check` lists them): put a *.toml there, or give another \
             folder with --knowledge DIR"
        )));
    }
    Ok(Engine::new(loaded.stories, config.thresholds))
}

async fn serve(config: &Config, token: Token, engine: Arc<Engine>, out: &mut dyn Write) -> Result<(), Fault> {
    let stop = asked_to_stop().map_err(|e| Fault::User(format!("cannot listen for signals: {e}")))?;
    let board = StatusBoard::new();
    let listener = listener(config, &board).await?;
    // A bot whose standard output is closed still runs.
    let _ = announce(config, &engine, listener.as_ref().map(|l| l.at), out);
    let clock = Arc::new(SystemTime::now);
    let setup = Setup { endpoint: config.endpoint.clone(), token, engine, clock, status: board.clone() };
    let ended = tokio::select! {
        ended = run_bot(setup, stop) => ended,
        never = invite(&board, out) => match never {},
    };
    if let Some(Serving { stop, served, .. }) = listener {
        // The listener may be gone already; then there is nobody to tell.
        let _ = stop.send(());
        match served.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(cause = %error, "the listener broke"),
            Err(error) => tracing::error!(cause = %error, "the listener's task broke"),
        }
    }
    ended
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

async fn listener(config: &Config, board: &StatusBoard) -> Result<Option<Serving>, Fault> {
    let Some(at) = config.listen else { return Ok(None) };
    let listener = Listener::bind(at).await.map_err(user)?;
    // For port 0 the system has chosen one.
    let at = listener.address().unwrap_or(at);
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        // A dropped sender is a stop as well.
        let _ = stopped.await;
    };
    let served = tokio::spawn(listener.serve(board.clone(), stopped));
    Ok(Some(Serving { at, stop, served }))
}

/// What the bot will do, and what is switched off. Nothing secret is part of it.
fn announce(config: &Config, engine: &Engine, listens: Option<SocketAddr>, out: &mut dyn Write) -> io::Result<()> {
    let stories = engine.stories();
    let (facts, quotes) = stories.iter().fold((0, 0), |(f, q), s| (f + s.facts.len(), q + s.quotes.len()));
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
    writeln!(out, "  heard      /ask, mentions, replies to the bot, direct messages")?;
    writeln!(
        out,
        "  off        plain channel messages: they need the privileged intent Message Content, which is not asked for"
    )?;
    match listens {
        Some(at) => writeln!(out, "  health     http://{at}/healthz")?,
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
