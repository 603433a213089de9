//! A sandbox with the bot connected to it, answering from the project's own knowledge folder.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Clock, Sandbox, Sent, World, small};
use onrecord::answer::{Engine, Outcome, Reply, Thresholds};
use onrecord::config::{Endpoint, Token};
use onrecord::discord::{Bot, Fatal, Setup, build};
use onrecord::knowledge::load_folder;
use onrecord::matcher::Scope;
use onrecord::service::StatusBoard;
use tokio::sync::oneshot;
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
    bot: JoinHandle<Result<(), Fatal>>,
    stop: oneshot::Sender<()>,
}

/// A sandbox alone, and what a bot for it is built from.
pub async fn prepared(token: &str) -> (Sandbox, Setup) {
    let clock = Clock::new();
    let sandbox = Sandbox::start(World::small(), clock.clone()).await.unwrap();
    let setup = Setup {
        endpoint: Endpoint::parse(sandbox.api_base()).unwrap(),
        token: Token::parse(token, "the test").unwrap(),
        engine: Arc::new(engine()),
        clock: Arc::new(move || clock.now()),
        status: StatusBoard::new(),
    };
    (sandbox, setup)
}

fn engine() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let today = time::macros::date!(2031 - 03 - 11);
    Engine::new(load_folder(&folder, today).unwrap().stories, Thresholds::default())
}

/// The error that building the bot ends with.
pub async fn build_error(setup: Setup) -> Fatal {
    let built = timeout(PATIENCE, build(setup)).await.expect("building takes no time");
    built.map(|_: Bot| ()).expect_err("the bot must not be built")
}

impl Scene {
    /// A bot that is connected and has registered its commands.
    pub async fn new() -> Self {
        let (sandbox, setup) = prepared(small::TOKEN).await;
        let (engine, status) = (Arc::clone(&setup.engine), setup.status.clone());
        let bot = timeout(PATIENCE, build(setup)).await.unwrap().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let bot = tokio::spawn(bot.run(async move { stopped.await.unwrap_or_default() }));
        sandbox.connected().await;
        sandbox.registered().await;
        Self { sandbox, engine, status, bot, stop }
    }

    /// What the engine says to a question: what the bot has to show.
    pub fn reply(&self, question: &str) -> Reply {
        self.engine.reply(question, Scope::All)
    }

    /// Ends the test: no rule was broken, and the bot stops when it is asked to, after what it is about to send.
    pub async fn end(self) -> Sandbox {
        let violations: Vec<String> = self.sandbox.violations().iter().map(ToString::to_string).collect();
        assert!(violations.is_empty(), "{violations:#?}");
        self.stop.send(()).expect("the bot runs");
        timeout(PATIENCE, self.bot).await.expect("the bot stops in time").unwrap().expect("it stops cleanly");
        self.sandbox
    }

    /// What the bot ends with by itself.
    pub async fn ended(self) -> Fatal {
        timeout(PATIENCE, self.bot).await.expect("the bot ends").unwrap().expect_err("with an error")
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
