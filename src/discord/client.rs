//! Connecting, running and stopping. Building and running are two steps, so that a test can hold the real bot.
//!
//! The token goes nowhere before the gateway's host is checked, twice: serenity 0.12.5 falls back to Discord's own
//! gateway, with a warning only, where it cannot ask for one.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use serenity::all::{
    Client, ClientBuilder, ConnectionStage, CreateAllowedMentions, GatewayIntents, Http, HttpBuilder, ShardManager,
};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::events::{AT_ONCE, Handler};
use super::fatal::Fatal;
use super::patience::{Patience, Seen};
use crate::answer::Engine;
use crate::config::{Endpoint, Token};
use crate::service::{Status, StatusBoard};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// 4609. None is privileged: mentions, replies to the bot and direct messages come with their text.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// How often the shards are looked at; `patience` counts in it.
const LOOK: Duration = Duration::from_secs(1);
/// Container engines kill 10 s after they ask.
const FINISH: Duration = Duration::from_secs(8);

/// What a bot needs.
pub struct Setup {
    /// Which server it talks to.
    pub endpoint: Endpoint,
    /// Who it is.
    pub token: Token,
    /// What it answers from.
    pub engine: Arc<Engine>,
    /// What time it is.
    pub clock: Clock,
    /// Where it tells its state.
    pub status: StatusBoard,
}

/// A bot that has checked where it will connect to, and has not yet.
pub struct Bot {
    client: Client,
    handler: Arc<Handler>,
    status: StatusBoard,
    server: String,
    shards: u32,
}

/// Asks for the gateway and refuses one on another host than the endpoint's.
///
/// # Errors
/// When the server does not answer, refuses the token, or names a foreign gateway.
pub async fn build(setup: Setup) -> Result<Bot, Fatal> {
    let Setup { endpoint, token, engine, clock, status } = setup;
    let server = endpoint.to_string();
    let http = build_http(&endpoint, &token)?;
    let gateway = http.get_gateway().await.map_err(|e| Fatal::from_error(&e, &server))?;
    check_home(&endpoint, &gateway.url)?;
    let shards = shards(&http, &endpoint).await?;
    let handler = Arc::new(Handler::new(engine, clock));
    let builder = ClientBuilder::new_with_http(http, INTENTS).event_handler_arc(Arc::clone(&handler));
    let client = builder.await.map_err(|e| Fatal::from_error(&e, &server))?;
    check_home(&endpoint, client.ws_url.lock().await.as_str())?;
    Ok(Bot { client, handler, status, server, shards })
}

/// The REST client. Rate limiter and address come from one value: with the limiter on, serenity ignores the address.
fn build_http(endpoint: &Endpoint, token: &Token) -> Result<Http, Fatal> {
    let builder = HttpBuilder::new(token.expose()).default_allowed_mentions(CreateAllowedMentions::new());
    let Endpoint::Other(base) = endpoint else { return Ok(builder.build()) };
    // A proxy from the environment or a redirect would be handed the token.
    let direct = reqwest::Client::builder().use_rustls_tls().no_proxy().redirect(reqwest::redirect::Policy::none());
    let direct = direct.build().map_err(|e| Fatal::Ended(e.to_string()))?;
    Ok(builder.client(direct).proxy(base.as_str()).ratelimiter_disabled(true).build())
}

fn check_home(endpoint: &Endpoint, gateway: &str) -> Result<(), Fatal> {
    let Endpoint::Other(base) = endpoint else { return Ok(()) };
    if base.is_home_of(gateway) {
        return Ok(());
    }
    let url = url::Url::parse(gateway).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or("no address").to_owned();
    Err(Fatal::ForeignGateway { base: base.as_str().to_owned(), host })
}

/// How many shards Discord wants, after a look at how many sessions are left today: at the limit it resets the token.
async fn shards(http: &Http, endpoint: &Endpoint) -> Result<u32, Fatal> {
    match http.get_bot_gateway().await {
        Ok(told) if told.session_start_limit.remaining == 0 => {
            Err(Fatal::NoSessionsLeft(told.session_start_limit.reset_after / 60_000 + 1))
        }
        Ok(told) => Ok(told.shards.max(1)),
        Err(error) => match Fatal::from_error(&error, &endpoint.to_string()) {
            wrong @ Fatal::WrongToken(_) => Err(wrong),
            other => {
                tracing::warn!(cause = %other, "the number of shards is not known; one is started");
                Ok(1)
            }
        },
    }
}

impl Bot {
    /// Runs until `shutdown` resolves or Discord refuses it for good. What is being answered then is finished first.
    ///
    /// # Errors
    /// When the bot cannot go on.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) -> Result<(), Fatal> {
        let manager = Arc::clone(&self.client.shard_manager);
        let watch = watch(&manager, &self.handler, &self.status, self.shards);
        let ended = tokio::select! {
            ended = self.client.start_shards(self.shards) => ended.map_err(|e| Fatal::from_error(&e, &self.server)),
            fatal = watch => Err(fatal),
            () = shutdown => Ok(()),
        };
        self.status.set(Status::Disconnected);
        // A shard that was refused is gone: asking it to close would only wait for it.
        ended?;
        manager.shutdown_all().await;
        if timeout(FINISH, self.handler.under_way.acquire_many(AT_ONCE)).await.is_err() {
            tracing::warn!("some answers were not finished in time");
        }
        self.handler.under_way.close();
        Ok(())
    }
}

/// Writes the state down whenever it may have changed; resolves when it is time to give up.
///
/// The stages are looked at, not counted from events: events come as parallel tasks in any order, and none is sent when a
/// connection cannot be opened again.
async fn watch(manager: &ShardManager, handler: &Handler, status: &StatusBoard, shards: u32) -> Fatal {
    let mut patience = Patience::default();
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let is_tick = tokio::select! {
            _ = ticks.tick() => true,
            () = handler.changed.notified() => false,
        };
        let seen = look(manager, shards).await;
        let application = handler.application.load(Ordering::SeqCst);
        let now = match (seen, status.get()) {
            (Seen::Connected, _) if application != 0 => Status::Connected { application },
            (_, Status::Starting) => Status::Starting,
            _ => Status::Disconnected,
        };
        if status.set(now) {
            tracing::info!(status = now.as_str(), "connection changed");
        }
        if is_tick && patience.is_over(seen) {
            return Fatal::SessionsRefused;
        }
    }
}

async fn look(manager: &ShardManager, shards: u32) -> Seen {
    let runners = manager.runners.lock().await;
    let is_connected = |stage| stage == ConnectionStage::Connected;
    // A session that is being resumed costs no identify.
    let is_refused = |stage| !is_connected(stage) && stage != ConnectionStage::Resuming;
    if runners.values().any(|runner| is_refused(runner.stage)) {
        return Seen::Refused;
    }
    let connected = runners.values().filter(|runner| is_connected(runner.stage)).count();
    if connected >= shards as usize { Seen::Connected } else { Seen::Absent }
}
