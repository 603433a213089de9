//! The gateway by raw frames: who gets in, who is shut out, and what is sent again after a resume.

use discord_sandbox::{Fault, Sandbox, World, small};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::scene::Scene;

const MESSAGES: u64 = 1 | 1 << 9 | 1 << 12;
const CONTENT: u64 = 1 << 15;

pub struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// Connects and reads HELLO.
    pub async fn connect(sandbox: &Sandbox) -> Self {
        let mut client = Self::open(sandbox, "?v=10&encoding=json").await;
        assert_eq!(client.read().await.unwrap()["op"], 10);
        client
    }

    /// Connects and reads nothing.
    pub async fn open(sandbox: &Sandbox, query: &str) -> Self {
        let host = sandbox.api_base().trim_start_matches("http://");
        let stream = TcpStream::connect(host).await.unwrap();
        let (socket, _) = tokio_tungstenite::client_async(format!("ws://{host}/ws/{query}"), stream).await.unwrap();
        Self(socket)
    }

    pub async fn write(&mut self, frame: Value) {
        self.0.send(Message::Text(frame.to_string().into())).await.unwrap();
    }

    /// The next frame, or the code with which the connection was closed; 0 where it just broke.
    pub async fn read(&mut self) -> Result<Value, u16> {
        match self.0.next().await {
            Some(Ok(Message::Text(text))) => Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(Some(frame)))) => Err(frame.code.into()),
            None | Some(Err(_)) => Err(0),
            other => panic!("neither text nor close: {other:?}"),
        }
    }

    /// Identifies and reads READY and a GUILD_CREATE for each guild.
    pub async fn ready(sandbox: &Sandbox, intents: u64) -> (Self, Value) {
        let mut client = Self::connect(sandbox).await;
        client.write(identify(intents)).await;
        let ready = client.read().await.unwrap();
        assert_eq!(ready["t"], "READY");
        for _ in ready["d"]["guilds"].as_array().unwrap() {
            assert_eq!(client.read().await.unwrap()["t"], "GUILD_CREATE");
        }
        (client, ready)
    }
}

pub fn identify(intents: u64) -> Value {
    json!({"op": 2, "d": {"token": small::TOKEN, "intents": intents, "properties": {}}})
}

pub fn resume(ready: &Value, seq: u64) -> Value {
    json!({"op": 6, "d": {"token": small::TOKEN, "session_id": ready["d"]["session_id"], "seq": seq}})
}

/// First frames, what the connection is closed with, and whether that is a violation.
fn rows() -> Vec<(Value, u16, bool)> {
    vec![
        (json!({"op": 2, "d": {"token": "wrong", "intents": 1}}), 4004, false),
        (identify(MESSAGES | CONTENT), 4014, false),
        (identify(1 << 30), 4013, true),
        (json!({"op": 2, "d": {"token": small::TOKEN}}), 4013, true),
        (json!({"op": 2, "d": {"token": small::TOKEN, "intents": 1, "shard": [2, 2]}}), 4010, true),
        (json!({"op": 3, "d": {}}), 4003, true),
        (json!({"op": 77}), 4001, true),
        (json!({"op": 1, "d": "x".repeat(5000)}), 4002, true),
    ]
}

#[tokio::test]
async fn a_wrong_first_frame_closes_the_connection() {
    for (frame, code, violation) in rows() {
        let scene = Scene::with(World { message_content: false, ..World::small() }).await;
        let mut client = Client::connect(&scene.sandbox).await;
        client.write(frame.clone()).await;
        assert_eq!(client.read().await, Err(code), "{frame}");
        assert_eq!(scene.sandbox.violations().len(), usize::from(violation), "{frame}");
        assert_eq!(scene.sandbox.refusals().len(), usize::from(!violation), "{frame}");
    }
}

#[tokio::test]
async fn another_version_and_a_second_identify_are_refused() {
    let scene = Scene::new().await;
    let mut old = Client::open(&scene.sandbox, "?v=9").await;
    assert_eq!(old.read().await, Err(4012));
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES).await;
    client.write(identify(MESSAGES)).await;
    assert_eq!(client.read().await, Err(4005));
}

#[tokio::test]
async fn heartbeats_are_acknowledged() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES).await;
    client.write(json!({"op": 1, "d": 3})).await;
    assert_eq!(client.read().await.unwrap()["op"], 11);
}

#[tokio::test]
async fn a_client_may_send_120_payloads_a_minute() {
    for (wait, closed) in [(0, true), (60, false)] {
        let scene = Scene::new().await;
        let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES).await;
        // With its identify these are 120.
        for _ in 0..119 {
            client.write(json!({"op": 1, "d": 3})).await;
            assert_eq!(client.read().await.unwrap()["op"], 11);
        }
        scene.clock.advance(std::time::Duration::from_secs(wait));
        client.write(json!({"op": 1, "d": 3})).await;
        assert_eq!(client.read().await.err(), closed.then_some(4008));
        assert_eq!(scene.sandbox.violations().len(), usize::from(closed));
    }
}

#[tokio::test]
async fn a_resumed_session_gets_what_it_missed_in_order() {
    let scene = Scene::new().await;
    let (mut client, ready) = Client::ready(&scene.sandbox, MESSAGES | CONTENT).await;
    scene.sandbox.inject(Fault::CloseGateway(4000));
    assert_eq!(client.read().await, Err(4000));
    scene.sandbox.post(small::GENERAL, small::ADA, "first");
    scene.sandbox.post(small::GENERAL, small::ADA, "second");

    let mut client = Client::connect(&scene.sandbox).await;
    client.write(resume(&ready, 3)).await;
    for (event, seq, content) in [("MESSAGE_CREATE", 4, "first"), ("MESSAGE_CREATE", 5, "second")] {
        let frame = client.read().await.unwrap();
        assert_eq!((&frame["t"], &frame["s"]), (&event.into(), &seq.into()));
        assert_eq!(frame["d"]["content"], content);
    }
    assert_eq!(client.read().await.unwrap()["t"], "RESUMED");
    assert_eq!(scene.sandbox.resumes(), 1);
}

#[tokio::test]
async fn a_lost_session_cannot_be_resumed() {
    let scene = Scene::new().await;
    let (mut client, ready) = Client::ready(&scene.sandbox, MESSAGES).await;
    scene.sandbox.inject(Fault::InvalidSession { resumable: false });
    assert_eq!(client.read().await.unwrap(), json!({"op": 9, "d": false}));
    let mut client = Client::connect(&scene.sandbox).await;
    client.write(resume(&ready, 3)).await;
    assert_eq!(client.read().await.unwrap(), json!({"op": 9, "d": false}));
    client.write(identify(MESSAGES)).await;
    assert_eq!(client.read().await.unwrap()["t"], "READY");
}

#[tokio::test]
async fn a_sequence_from_the_future_is_refused() {
    let scene = Scene::new().await;
    let (_, ready) = Client::ready(&scene.sandbox, MESSAGES).await;
    let mut client = Client::connect(&scene.sandbox).await;
    client.write(resume(&ready, 99)).await;
    assert_eq!(client.read().await, Err(4007));
}

#[tokio::test]
async fn a_duplicated_event_comes_twice() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES).await;
    scene.sandbox.inject(Fault::DuplicateNextEvent);
    let id = scene.sandbox.dm(small::ADA, "hello");
    scene.sandbox.dm(small::ADA, "again");
    for expected in [true, true, false] {
        let frame = client.read().await.unwrap();
        assert_eq!(frame["d"]["id"] == id.to_string(), expected);
    }
}

#[tokio::test]
async fn intents_and_shards_decide_what_is_delivered() {
    let scene = Scene::new().await;
    let (mut direct, _) = Client::ready(&scene.sandbox, 1 | 1 << 12).await;
    scene.sandbox.post(small::GENERAL, small::ADA, "in the guild");
    let wanted = scene.sandbox.dm(small::ADA, "direct");
    assert_eq!(direct.read().await.unwrap()["d"]["id"], wanted.to_string());

    let home = (small::GUILD.0 >> 22) % 2;
    let mut shard = Client::connect(&scene.sandbox).await;
    let data = json!({"token": small::TOKEN, "intents": MESSAGES, "shard": [1 - home, 2]});
    shard.write(json!({"op": 2, "d": data})).await;
    let guilds = shard.read().await.unwrap()["d"]["guilds"].clone();
    assert!(!guilds.to_string().contains(&small::GUILD.to_string()));
}
