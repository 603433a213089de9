//! A started sandbox and a bare HTTP client, without a bot: what the tables of rows are played on.

use std::time::Duration;

use discord_sandbox::{Clock, Interaction, Sandbox, Snowflake, World, small};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const HEAD: &[(&str, &str)] = &[
    ("Authorization", "Bot sandbox.bot.token"),
    ("User-Agent", "DiscordBot (https://example.org, 1)"),
    ("Content-Type", "application/json"),
];

/// What happens in a row, one after the other.
#[derive(Clone, Debug)]
pub enum Step {
    /// Ada uses `/ask` in `GENERAL`.
    Ask,
    /// Ada types into the option of `/ask`.
    Complete,
    /// Ada presses the button of the bot's latest message.
    Press,
    /// Virtual milliseconds pass.
    Wait(u64),
    /// Ada deletes her message.
    DeleteQuestion,
    /// Somebody deletes the bot's latest message.
    DeleteAnswer,
    /// Anything else that happens.
    Do(fn(&mut Scene)),
    /// The bot sends a request; `$question`, `$message`, `$id` and `$token` stand for what there is.
    Call(&'static str, &'static str, Value),
}

pub struct Scene {
    pub sandbox: Sandbox,
    pub clock: Clock,
    pub question: Snowflake,
    pub interaction: Option<Interaction>,
}

pub struct Answer {
    /// 0 where there was no answer at all.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(World::small()).await
    }

    /// A world with `/ask question` registered and a message by Ada in `GENERAL`.
    pub async fn with(world: World) -> Self {
        let clock = Clock::new();
        let sandbox = Sandbox::start(world, clock.clone()).await.unwrap();
        let question = sandbox.post(small::GENERAL, small::ADA, "When does the pier open?");
        let mut scene = Self { sandbox, clock, question, interaction: None };
        let option = json!({"name": "question", "description": "q", "type": 3, "required": true, "autocomplete": true});
        let ask = json!({"name": "ask", "description": "Asks.", "options": [option]});
        let this = json!({"name": "Answer this", "type": 3});
        let path = "/applications/$application/commands";
        let set = scene.play(&Step::Call("PUT", path, json!([ask, this]))).await.unwrap();
        assert_eq!(set.status, 200, "{}", set.body);
        scene
    }

    /// Plays a step; a call has an answer.
    pub async fn play(&mut self, step: &Step) -> Option<Answer> {
        let ada = small::ADA;
        match step {
            Step::Ask => {
                let options = json!({"question": "When?"});
                self.interaction = Some(self.sandbox.slash(small::GENERAL, ada, "ask", &options));
            }
            Step::Complete => {
                let options = json!({"question": "Wh"});
                let typed = self.sandbox.autocomplete(small::GENERAL, ada, "ask", &options, "question");
                self.interaction = Some(typed);
            }
            Step::Press => self.interaction = Some(self.sandbox.button(ada, self.latest(), "more")),
            Step::Wait(ms) => self.clock.advance(Duration::from_millis(*ms)),
            Step::DeleteQuestion => self.sandbox.delete(self.question),
            Step::Do(act) => act(self),
            Step::DeleteAnswer => self.sandbox.delete(self.latest()),
            Step::Call(method, path, body) => {
                let path = format!("/api/v10{}", self.fill(path));
                let body = (!body.is_null()).then(|| self.fill(&body.to_string()));
                return Some(request(&self.sandbox, method, &path, HEAD, body.as_deref()).await);
            }
        }
        None
    }

    /// Plays all steps; the answer is the last call's.
    pub async fn play_all(&mut self, steps: &[Step]) -> Answer {
        let mut last = None;
        for step in steps {
            last = self.play(step).await.or(last);
        }
        last.expect("a row has a call")
    }

    pub fn latest(&self) -> Snowflake {
        self.sandbox.sent().iter().rev().find_map(|sent| sent.message).unwrap_or(Snowflake(404))
    }

    fn fill(&self, text: &str) -> String {
        let none = Interaction { id: Snowflake(404), token: "no-token".to_owned() };
        let interaction = self.interaction.as_ref().unwrap_or(&none);
        text.replace("$question", &self.question.to_string())
            .replace("$message", &self.latest().to_string())
            .replace("$id", &interaction.id.to_string())
            .replace("$token", &interaction.token)
            .replace("$application", &small::APPLICATION.to_string())
            .replace("$ben", &small::BEN.to_string())
            .replace("$other", &small::OTHER_GENERAL.to_string())
            .replace("$general", &small::GENERAL.to_string())
            .replace("$noembeds", &small::NO_EMBEDS.to_string())
            .replace("$readonly", &small::READ_ONLY.to_string())
            .replace("$nohistory", &small::NO_HISTORY.to_string())
            .replace("$hidden", &small::HIDDEN.to_string())
            .replace("$forum", &small::FORUM.to_string())
            .replace("$thread", &small::THREAD.to_string())
            .replace("$group", &small::GROUP.to_string())
            .replace("$guild", &small::GUILD.to_string())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A message with the keys that every one needs, and those of `more`.
pub fn message(more: Value) -> Value {
    let mut message = json!({"content": "Noon.", "allowed_mentions": {"parse": []}});
    for (key, value) in more.as_object().unwrap() {
        message[key] = value.clone();
    }
    message
}

/// A reply to a message.
pub fn reply_to(message_id: &str) -> Value {
    message(json!({"message_reference": {"message_id": message_id}}))
}

/// One request over its own connection.
pub async fn request(sandbox: &Sandbox, method: &str, path: &str, head: &[(&str, &str)], body: Option<&str>) -> Answer {
    exchange(sandbox.api_base(), method, path, head, body).await
}

/// An ordinary message, from a task that does not hold the sandbox.
pub async fn request_to(base: String, method: &'static str, path: String) -> Answer {
    exchange(&base, method, &path, HEAD, Some(&message(json!({})).to_string())).await
}

async fn exchange(base: &str, method: &str, path: &str, head: &[(&str, &str)], body: Option<&str>) -> Answer {
    let host = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head: String = head
        .iter()
        .filter(|(name, _)| body.is_some() || *name != "Content-Type")
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let body = body.unwrap_or_default();
    let length = body.len();
    let text = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n{body}"
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    // A connection that was closed in between has said less than it wanted to.
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    if head.is_empty() {
        return Answer { status: 0, headers: Vec::new(), body: Value::Null };
    }
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers = head.lines().filter_map(header).collect();
    Answer { status, headers, body: serde_json::from_str(body).unwrap_or(Value::Null) }
}
