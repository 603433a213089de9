//! Connecting, running and stopping. Building and running are two steps, so that a test can hold the real bot.
//!
//! The token goes nowhere before the gateway's host is checked, twice: serenity 0.12.5 falls back to Discord's own
//! gateway, with a warning only, where it cannot ask for one.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use serenity::all::{
    Client, ClientBuilder, ConnectionStage, CreateAllowedMentions, GatewayIntents, Http, HttpBuilder, ShardId,
    ShardManager, ShardRunnerInfo,
};
use serenity::cache::Settings as Cached;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::conversations::Conversations;
use super::engines::Engines;
use super::events::{AT_ONCE, Handler};
use super::fatal::Fatal;
use super::messages::Discord;
use super::patience::{Patience, Pulses, Seen, Verdict};
use super::settings::Settings;
use super::shared::Shared;
use crate::answer::Engine;
use crate::config::{Endpoint, ShardRange, Shards, Token};
use crate::service::{Metrics, Reload, Status, StatusBoard};
use crate::store::Store;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// 4609. None is privileged: mentions, replies to the bot and direct messages come with their text.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);
/// How often it is looked whether a question has waited long enough for an answer nobody asked for.
const PASSIVE: Duration = Duration::from_millis(250);
/// How often conversations that are over are forgotten.
const FORGET: Duration = Duration::from_secs(60);
/// How often open questions that are too old are dropped.
const EXPIRY: Duration = Duration::from_secs(3600);

/// The state of a shard that has a connection and hears nothing.
const DEAF: &str = "deaf";
/// How often the shards are looked at; `patience` counts in it.
const LOOK: Duration = Duration::from_secs(1);
/// An answer of Discord's that takes longer does not come; serenity's own client would wait for it for ever, and with it
/// all that is asked in a channel.
const ANSWER: Duration = Duration::from_secs(5);
/// Container engines kill 10 s after they ask.
const FINISH: Duration = Duration::from_secs(8);

/// What a bot needs.
pub struct Setup {
    /// Which server it talks to.
    pub endpoint: Endpoint,
    /// Who it is.
    pub token: Token,
    /// What it answers from; a reload sends another.
    pub engine: watch::Receiver<Arc<Engine>>,
    /// What outlives a restart.
    pub store: Store,
    /// Users who may reload and see the state.
    pub owners: Vec<u64>,
    /// Whether it asks for the privileged intent MESSAGE_CONTENT, which passive answers need.
    pub message_content: bool,
    /// Which of its shards run in this process.
    pub shards: Shards,
    /// Where a reload is asked for.
    pub reload: Reload,
    /// For how long the gateway may refuse every session before the bot gives up; Discord resets the token at 1,000 a day.
    pub patience: Duration,
    /// What time it is.
    pub clock: Clock,
    /// Where it tells its state.
    pub status: StatusBoard,
    /// Where it counts.
    pub metrics: Metrics,
    /// Whether the log may hold what is asked.
    pub log_text: bool,
}

/// A bot that has checked where it will connect to, and has not yet.
pub struct Bot {
    client: Client,
    handler: Arc<Handler>,
    status: StatusBoard,
    server: String,
    shards: ShardRange,
    patience: Duration,
}

/// Asks for the gateway and refuses one on another host than the endpoint's.
///
/// # Errors
/// When the server does not answer, refuses the token, or names a foreign gateway.
pub async fn build(setup: Setup) -> Result<Bot, Fatal> {
    let rest = rest(&setup.endpoint)?;
    assembled(setup, rest).await
}

/// The same, going to discord.com through a client of the caller's: for tests that stand in for it on loopback, with a
/// certificate of their own, and need the rate limiter. The program itself has no way to this; what it is told by files and
/// the environment changes neither who is trusted nor which address a name has.
///
/// # Errors
/// As [`build`], and for any other server than Discord.
pub async fn build_through(setup: Setup, rest: reqwest::Client) -> Result<Bot, Fatal> {
    match setup.endpoint {
        Endpoint::Discord => assembled(setup, rest).await,
        Endpoint::Other(_) => Err(Fatal::Ended("a client of one's own is for discord.com alone".to_owned())),
    }
}

async fn assembled(setup: Setup, rest: reqwest::Client) -> Result<Bot, Fatal> {
    let Setup { endpoint, token, engine, clock, status, store, owners, shards, .. } = setup;
    let Setup { message_content, reload, patience, metrics, log_text, .. } = setup;
    let server = endpoint.to_string();
    let http = build_http(&endpoint, &token, rest);
    let gateway = http.get_gateway().await.map_err(|e| Fatal::from_error(&e, &server))?;
    check_home(&endpoint, &gateway.url)?;
    let shards = shard_range(&http, &endpoint, shards).await?;
    tracing::info!(first = shards.first(), last = shards.last(), total = shards.total(), "shards");
    let settings = Settings::load(store.clone()).await.map_err(|e| Fatal::Ended(e.to_string()))?;
    let shared = Shared {
        engines: Engines::new(engine),
        settings,
        store,
        started: clock(),
        clock,
        owners,
        hears_all: message_content,
        reload,
        metrics,
        log_text,
        conversations: Conversations::default(),
        cooldown: Default::default(),
        answered: Default::default(),
        passive: Default::default(),
        recent: Default::default(),
        judged: Default::default(),
    };
    let handler = Arc::new(Handler::new(shared));
    let intents = if message_content { INTENTS | GatewayIntents::MESSAGE_CONTENT } else { INTENTS };
    tracing::info!(
        intents = intents.bits(),
        plain_channels = message_content,
        "intents; without Message Content only what is put to the bot is read"
    );
    let builder = ClientBuilder::new_with_http(http, intents).event_handler_arc(Arc::clone(&handler));
    let builder = builder.cache_settings(cached());
    let client = builder.await.map_err(|e| Fatal::from_error(&e, &server))?;
    check_home(&endpoint, client.ws_url.lock().await.as_str())?;
    Ok(Bot { client, handler, status, server, shards, patience })
}

/// Servers alone, for what the bot may do there; channels are looked up in theirs, and nobody by name.
fn cached() -> Cached {
    let mut cached = Cached::default();
    (cached.max_messages, cached.cache_channels, cached.cache_users) = (0, false, false);
    cached
}

/// What carries requests.
fn rest(endpoint: &Endpoint) -> Result<reqwest::Client, Fatal> {
    let usual = reqwest::Client::builder().use_rustls_tls().timeout(ANSWER);
    let client = match endpoint {
        Endpoint::Discord => usual,
        // A proxy from the environment or a redirect would be handed the token.
        Endpoint::Other(_) => usual.no_proxy().redirect(reqwest::redirect::Policy::none()),
    };
    client.build().map_err(|e| Fatal::Ended(e.to_string()))
}

/// Rate limiter and address come from one value: with the limiter on, serenity ignores the address.
fn build_http(endpoint: &Endpoint, token: &Token, rest: reqwest::Client) -> Http {
    let builder = HttpBuilder::new(token.expose()).default_allowed_mentions(CreateAllowedMentions::new()).client(rest);
    match endpoint {
        Endpoint::Discord => builder.build(),
        Endpoint::Other(base) => builder.proxy(base.as_str()).ratelimiter_disabled(true).build(),
    }
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

/// Which shards run here, after a look at how many sessions are left today: at the limit Discord resets the token.
async fn shard_range(http: &Http, endpoint: &Endpoint, wanted: Shards) -> Result<ShardRange, Fatal> {
    let known = http.get_bot_gateway().await.map_err(|error| Fatal::from_error(&error, &endpoint.to_string()));
    let recommended = match &known {
        Ok(told) => told.shards,
        Err(Fatal::WrongToken(why)) => return Err(Fatal::WrongToken(why)),
        Err(other) => {
            tracing::warn!(cause = %other, "what Discord says about shards and sessions is not known");
            1
        }
    };
    let range = match wanted {
        Shards::Auto => ShardRange::all(recommended),
        Shards::Some(range) => range,
    };
    match known.map(|told| told.session_start_limit) {
        // A session for every shard.
        Ok(limit) if limit.remaining < u64::from(range.here()) => {
            Err(Fatal::NoSessionsLeft(limit.reset_after / 60_000 + 1))
        }
        _ => Ok(range),
    }
}

impl Bot {
    /// Runs until `shutdown` resolves or Discord refuses it for good. What is being answered then is finished first.
    ///
    /// # Errors
    /// When the bot cannot go on.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) -> Result<(), Fatal> {
        let manager = Arc::clone(&self.client.shard_manager);
        let http = Arc::clone(&self.client.http);
        let watch = watch(&manager, &self.handler, &self.status, self.shards.here(), self.patience, &http);
        let discord = Discord { http: Arc::clone(&self.client.http), cache: Arc::clone(&self.client.cache) };
        let chores = chores(&self.handler, discord);
        // Its range includes its end.
        let shards = self.client.start_shard_range(self.shards.first()..self.shards.last(), self.shards.total());
        let ended = tokio::select! {
            ended = shards => ended.map_err(|e| Fatal::from_error(&e, &self.server)),
            fatal = watch => Err(fatal),
            never = chores => match never {},
            () = shutdown => Ok(()),
        };
        self.status.set(Status::Disconnected);
        // A shard that was refused is gone: asking it to close would only wait for it.
        ended?;
        let finished = async {
            self.handler.queue.finish().await;
            self.handler.under_way.acquire_many(AT_ONCE).await.map(drop)
        };
        // A gateway that does not answer the farewell takes up to five seconds a shard.
        let finished = async { tokio::join!(finished, manager.shutdown_all()) };
        if timeout(FINISH, finished).await.is_err() {
            tracing::warn!("some answers were not finished in time");
        }
        self.handler.under_way.close();
        Ok(())
    }
}

/// What is due from time to time.
async fn chores(handler: &Handler, discord: Discord) -> Infallible {
    let (mut passive, mut forget, mut expiry) = (interval(PASSIVE), interval(FORGET), interval(EXPIRY));
    for ticks in [&mut passive, &mut forget, &mut expiry] {
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        tokio::select! {
            _ = passive.tick() => handler.take_due(&discord),
            _ = forget.tick() => {
                handler.shared.forget();
                handler.shared.count_gaps().await;
                handler.register_commands(&discord.http).await;
            }
            _ = expiry.tick() => match handler.shared.counted(handler.shared.store.expire(handler.shared.today()).await) {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "open questions expired"),
                Err(error) => tracing::error!(cause = %error, "open questions not expired"),
            },
        }
    }
}

/// Writes the state down whenever it may have changed; resolves when it is time to give up.
///
/// The stages are looked at, not counted from events: events come as parallel tasks in any order, and none is sent when a
/// connection cannot be opened again.
async fn watch(
    manager: &ShardManager,
    handler: &Handler,
    status: &StatusBoard,
    shards: u32,
    most: Duration,
    http: &Http,
) -> Fatal {
    let mut patience = Patience::new(most.as_secs());
    // A minute's patience makes two: nearly three heartbeats of Discord's.
    let mut pulses = Pulses::new(2 * most.as_secs());
    let (mut deaf, mut before) = (Vec::new(), 0);
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let is_tick = tokio::select! {
            _ = ticks.tick() => true,
            () = handler.changed.notified() => false,
        };
        if is_tick {
            deaf = listen(manager, &mut pulses).await;
        }
        let (seen, connected) = if deaf.is_empty() { look(manager, shards, before).await } else { (Seen::Refused, 0) };
        if is_tick {
            before = connected;
        }
        let states = states(manager, shards, &deaf).await;
        handler.shared.metrics.shards(&states);
        let is_deaf = states.iter().any(|(state, shards)| *state == DEAF && *shards > 0);
        let application = handler.application.load(Ordering::SeqCst);
        let now = match (seen, status.get()) {
            (Seen::Connected, _) if application != 0 => Status::Connected { application },
            (_, Status::Starting) => Status::Starting,
            _ if is_deaf => Status::Deaf,
            _ => Status::Disconnected,
        };
        if status.set(now) {
            tracing::info!(status = now.as_str(), "connection changed");
        }
        match if is_tick { patience.look(seen) } else { Verdict::GoOn } {
            Verdict::GoOn => {}
            Verdict::Over => return Fatal::SessionsRefused,
            // Where not even this is answered, it is the network, which comes back.
            Verdict::Ask if http.get_gateway().await.is_ok() => return Fatal::SessionsRefused,
            Verdict::Ask => tracing::warn!("no connection to Discord; the bot goes on trying"),
        }
    }
}

/// The shards that are deaf.
async fn listen(manager: &ShardManager, pulses: &mut Pulses) -> Vec<ShardId> {
    let runners = manager.runners.lock().await;
    let deaf = runners.iter().filter(|(shard, runner)| pulses.is_deaf(shard.get(), runner.latency));
    deaf.map(|(shard, _)| *shard).collect()
}

/// How many shards are in each state. One that has no connection and waits for its turn is nowhere in serenity.
async fn states(manager: &ShardManager, shards: u32, deaf: &[ShardId]) -> Vec<(&'static str, usize)> {
    let runners = manager.runners.lock().await;
    let state = |(shard, runner): (&ShardId, &ShardRunnerInfo)| match runner.stage {
        ConnectionStage::Disconnected => "disconnected",
        _ if deaf.contains(shard) => DEAF,
        ConnectionStage::Connected => "connected",
        ConnectionStage::Resuming => "resuming",
        _ => "connecting",
    };
    let known: Vec<&str> = runners.iter().map(state).collect();
    let of = |state| known.iter().filter(|known| **known == state).count();
    let absent = (shards as usize).saturating_sub(known.len());
    let states = ["connected", DEAF, "resuming", "connecting"].map(|state| (state, of(state)));
    states.into_iter().chain([("disconnected", of("disconnected") + absent)]).collect()
}

/// What the shards of this process are like, and how many are connected; `before` is how many were.
async fn look(manager: &ShardManager, shards: u32, before: usize) -> (Seen, usize) {
    let runners = manager.runners.lock().await;
    let is_connected = |stage| stage == ConnectionStage::Connected;
    // A session that is being resumed costs no identify.
    let is_refused = |stage| !is_connected(stage) && stage != ConnectionStage::Resuming;
    let connected = runners.values().filter(|runner| is_connected(runner.stage)).count();
    let seen = if connected >= shards as usize {
        Seen::Connected
    } else if connected > before {
        Seen::Growing
    } else if runners.values().any(|runner| is_refused(runner.stage)) {
        Seen::Refused
    } else {
        Seen::Absent
    };
    (seen, connected)
}
