//! A sandbox with the bot connected to it, answering from the project's own knowledge folder.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Clock, Sandbox, Sent, World, small};
use onrecord::answer::{Engine, Outcome, Reply, Thresholds};
use onrecord::config::{Endpoint, Shards, Token};
use onrecord::discord::{Bot, Fatal, Setup, build, build_through};
use onrecord::knowledge::load_folder;
use onrecord::matcher::Scope;
use onrecord::service::{Changes, Metrics, Reload, Reloaded, StatusBoard, keep_fresh, reloads};
use onrecord::store::Store;
use tokio::sync::oneshot;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Answered from one fact with a quote, whatever is tuned.
pub const QUESTION: &str = "Why is Kaspersky closing its Washington office?";
/// About nothing in the story.
pub const ELSEWHERE: &str = "How do I bake sourdough bread?";

/// Real time: far above what a loopback client takes.
const PATIENCE: Duration = Duration::from_secs(15);

pub struct Scene {
    pub sandbox: Sandbox,
    pub engine: Arc<Engine>,
    pub status: StatusBoard,
    pub metrics: Metrics,
    pub store: Store,
    pub clock: Clock,
    bot: Running,
    /// What another bot for the same sandbox is built from.
    again: Box<dyn Fn() -> Setup + Send>,
}

/// A bot at work.
pub struct Running {
    bot: JoinHandle<Result<(), Fatal>>,
    stop: oneshot::Sender<()>,
}

impl Running {
    pub async fn start(setup: Setup) -> Self {
        Self::run(timeout(PATIENCE, build(setup)).await.unwrap().unwrap())
    }

    fn run(bot: Bot) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        Self { bot: tokio::spawn(bot.run(async move { stopped.await.unwrap_or_default() })), stop }
    }

    pub async fn end(self) {
        self.stop.send(()).expect("the bot runs");
        timeout(PATIENCE, self.bot).await.expect("the bot stops in time").unwrap().expect("it stops cleanly");
    }
}

/// What differs from a bot with the usual settings in a small world.
pub struct Plan {
    pub world: World,
    pub message_content: bool,
    pub owners: Vec<u64>,
    pub patience: Duration,
    pub store: Option<Store>,
    pub folders: &'static [&'static str],
    pub log_text: bool,
    /// Why stories were left out at the start.
    pub left_out: Vec<String>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            world: World::small(),
            message_content: false,
            owners: Vec::new(),
            patience: Duration::from_secs(60),
            store: None,
            folders: &["knowledge"],
            log_text: false,
            left_out: Vec::new(),
        }
    }
}

/// A sandbox alone, and what a bot for it is built from.
pub async fn prepared(token: &str) -> (Sandbox, Setup) {
    let (sandbox, setup, _) = planned(token, Plan::default()).await;
    (sandbox, setup())
}

/// The same for a plan; every call makes what another bot is built from.
pub async fn planned(token: &str, plan: Plan) -> (Sandbox, Box<dyn Fn() -> Setup + Send>, Clock) {
    let clock = Clock::new();
    let sandbox = Sandbox::start(plan.world, clock.clone()).await.unwrap();
    let store = match plan.store {
        Some(store) => store,
        None => Store::in_memory().await.unwrap(),
    };
    let (token, endpoint) = (Token::parse(token, "the test").unwrap(), Endpoint::parse(sandbox.api_base()).unwrap());
    let told = clock.clone();
    let setup = move || {
        let (engines, engine) = watch::channel(Arc::new(engine(plan.folders)));
        let (metrics, (facts, quotes)) = (Metrics::new(), counts(&engine.borrow()));
        metrics.loaded(engine.borrow().stories().len(), facts, quotes);
        let told = told.clone();
        Setup {
            endpoint: endpoint.clone(),
            token: token.clone(),
            engine,
            store: store.clone(),
            owners: plan.owners.clone(),
            message_content: plan.message_content,
            shards: Shards::Auto,
            reload: reloading(engines, plan.folders, plan.left_out.clone(), metrics.clone()),
            patience: plan.patience,
            clock: Arc::new(move || told.now()),
            status: StatusBoard::new(),
            metrics,
            log_text: plan.log_text,
        }
    };
    (sandbox, Box::new(setup), clock)
}

/// Reads the same folders again, whenever it is asked to.
fn reloading(
    engines: watch::Sender<Arc<Engine>>,
    folders: &'static [&'static str],
    left_out: Vec<String>,
    metrics: Metrics,
) -> Reload {
    let (reload, requests) = reloads(left_out);
    let read = move |old: &Engine| {
        let new = engine(folders);
        let (facts, quotes) = counts(&new);
        let changes = Changes::between(old.stories(), new.stories());
        let reloaded = Reloaded { stories: new.stories().len(), facts, quotes, changes };
        Ok((new, reloaded))
    };
    tokio::spawn(keep_fresh(engines, requests, None, metrics, read));
    reload
}

fn counts(engine: &Engine) -> (usize, usize) {
    engine.stories().iter().fold((0, 0), |(facts, quotes), s| (facts + s.facts.len(), quotes + s.quotes.len()))
}

fn engine(folders: &[&str]) -> Engine {
    let today = time::macros::date!(2031 - 03 - 11);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stories = folders.iter().flat_map(|folder| load_folder(&root.join(folder), today).unwrap().stories);
    Engine::new(stories.collect(), Thresholds::default())
}

/// The error that building the bot ends with.
pub async fn build_error(setup: Setup) -> Fatal {
    let built = timeout(PATIENCE, build(setup)).await.expect("building takes no time");
    built.map(|_: Bot| ()).expect_err("the bot must not be built")
}

impl Scene {
    /// A bot that is connected and has registered its commands.
    pub async fn new() -> Self {
        Self::of(Plan::default()).await
    }

    /// The same, with what differs.
    pub async fn of(plan: Plan) -> Self {
        let (sandbox, again, clock) = planned(small::TOKEN, plan).await;
        let setup = again();
        let (engine, status, store) = (setup.engine.borrow().clone(), setup.status.clone(), setup.store.clone());
        let metrics = setup.metrics.clone();
        let bot = Running::start(setup).await;
        sandbox.connected().await;
        sandbox.registered().await;
        Self { sandbox, engine, status, metrics, store, clock, bot, again }
    }

    /// The same, but the bot takes the sandbox for Discord itself: it goes to discord.com over TLS, with its rate limiter.
    pub async fn as_discord(plan: Plan) -> Self {
        let (sandbox, again, clock) = planned(small::TOKEN, plan).await;
        let setup = Setup { endpoint: Endpoint::Discord, ..again() };
        let (engine, status, store) = (setup.engine.borrow().clone(), setup.status.clone(), setup.store.clone());
        let metrics = setup.metrics.clone();
        let authority = reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
        let client = reqwest::Client::builder().no_proxy().use_rustls_tls().tls_built_in_root_certs(false);
        let client = client.resolve("discord.com", sandbox.tls_address()).add_root_certificate(authority);
        let bot = Running::run(build_through(setup, client.build().unwrap()).await.unwrap());
        sandbox.connected().await;
        sandbox.registered().await;
        Self { sandbox, engine, status, metrics, store, clock, bot, again }
    }

    /// The bot ends, and another one takes its place.
    pub async fn restarted(self) -> Self {
        self.bot.end().await;
        let bot = Running::start((self.again)()).await;
        self.sandbox.connected().await;
        Self { bot, ..self }
    }

    /// Lets virtual time pass, for the sandbox and the bot.
    pub fn pass_time(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Waits until the bot has heard all that was posted so far: it answers what comes after.
    pub async fn heard(&self) {
        let direct = self.sandbox.dm(small::MOD, "hello");
        self.sandbox.answer_to(direct).await;
    }

    /// What the engine says to a question: what the bot has to show.
    pub fn reply(&self, question: &str) -> Reply {
        self.engine.reply(question, Scope::All)
    }

    /// Ends the test: no rule was broken, and the bot stops when it is asked to, after what it is about to send.
    pub async fn end(self) -> Sandbox {
        let violations: Vec<String> = self.sandbox.violations().iter().map(ToString::to_string).collect();
        assert!(violations.is_empty(), "{violations:#?}");
        self.bot.end().await;
        self.sandbox
    }

    /// What the bot ends with by itself.
    pub async fn ended(self) -> Fatal {
        self.ended_with().await.0
    }

    /// The same, and what it talked to.
    pub async fn ended_with(self) -> (Fatal, Sandbox) {
        let ended = timeout(PATIENCE, self.bot.bot).await.expect("the bot ends").unwrap();
        (ended.expect_err("with an error"), self.sandbox)
    }

    /// The sandbox, and what asks the bot to stop and waits for its end, for what happens in between.
    pub fn stopping(self) -> (Sandbox, impl Future<Output = ()>) {
        (self.sandbox, self.bot.end())
    }

    /// How many messages the bot tried to send.
    pub fn posts(&self) -> usize {
        posts(&self.sandbox)
    }
}

/// How many messages a bot tried to send.
pub fn posts(sandbox: &Sandbox) -> usize {
    let is_post = |r: &&discord_sandbox::Request| r.method == "POST" && r.path.ends_with("/messages");
    sandbox.requests().iter().filter(is_post).count()
}

/// The text of an embed or a plain message, as Markdown.
pub fn markdown(sent: &Sent) -> String {
    match sent.data()["embeds"][0]["description"].as_str() {
        Some(description) => description.to_owned(),
        None => sent.content().to_owned(),
    }
}

/// The id of the button whose label starts so.
pub fn button(sent: &Sent, label: &str) -> Option<String> {
    let rows = sent.data()["components"].as_array()?.iter();
    let mut buttons = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let button = buttons.find(|button| button["label"].as_str().is_some_and(|known| known.starts_with(label)))?;
    button["custom_id"].as_str().map(str::to_owned)
}

pub fn is_embed(sent: &Sent) -> bool {
    sent.data()["embeds"].as_array().is_some_and(|embeds| embeds.len() == 1)
}

/// What people see: without the backslashes of escaping and the marks of quote lines.
pub fn shown(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        let hides = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if hides { chars.next() } else { Some(c) });
    }
    out
}

/// Checks that a message is the sourced answer to `QUESTION`: statement, quotes and link byte for byte from the base.
pub fn assert_sourced(scene: &Scene, sent: &Sent) {
    let reply = scene.reply(QUESTION);
    assert_eq!(reply.outcome, Outcome::Answer, "the question of these tests has an answer");
    let file = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/kaspersky-washington-office.toml"),
    );
    let (file, text) = (file.unwrap(), shown(&markdown(sent)));
    for words in reply.facts.iter().map(|f| &f.statement).chain(reply.quotes.iter().map(|q| &q.exact)) {
        assert!(text.contains(words.as_str()), "{words}\nnot in\n{text}");
        assert!(file.contains(words.as_str()), "{words} is not in the knowledge file");
    }
    let url = reply.facts.iter().find_map(|f| f.cited.url.clone()).unwrap();
    assert!(url.contains("#:~:text=") && markdown(sent).contains(&format!("](<{url}>)")), "{url}\nnot in\n{text}");
    assert_eq!(sent.data()["allowed_mentions"]["parse"], serde_json::json!([]));
}
