//! What the listener says of the bot's health, state by state, with the gateway's faults.

use std::net::SocketAddr;
use std::time::Duration;

use discord_sandbox::{Fault, World, small};
use onrecord::service::{Listener, Metrics, Status, StatusBoard};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::scene::{Plan, Scene};

/// Real time; serenity's waits and heartbeats are real.
const PATIENCE: Duration = Duration::from_secs(20);

/// Status and body.
type Answer = (u16, String);

pub async fn listening(board: &StatusBoard, metrics: &Metrics) -> SocketAddr {
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let at = listener.address().unwrap();
    tokio::spawn(listener.serve(board.clone(), metrics.clone(), std::future::pending()));
    at
}

pub async fn asked(at: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

async fn health(at: SocketAddr) -> (Answer, Answer) {
    (asked(at, "/healthz").await, asked(at, "/readyz").await)
}

fn said(ready: (u16, &str)) -> (Answer, Answer) {
    ((200, "ok".to_owned()), (ready.0, ready.1.to_owned()))
}

/// Waits until `/readyz` says so.
async fn until(at: SocketAddr, ready: (u16, &str)) {
    let says = async {
        while health(at).await != said(ready) {
            tokio::task::yield_now().await;
        }
    };
    let waited = timeout(PATIENCE, says).await;
    assert!(waited.is_ok(), "{:?}, never {ready:?}, {}", health(at).await, asked(at, "/metrics").await.1);
}

#[tokio::test]
async fn every_state_has_its_word() {
    let (board, metrics) = (StatusBoard::new(), Metrics::new());
    let at = listening(&board, &metrics).await;
    let connected = Status::Connected { application: 1 };
    let rows = [
        (Status::Starting, 1, (503, "starting")),
        (connected, 0, (503, "empty")),
        (connected, 1, (200, "ok")),
        (Status::Deaf, 1, (503, "deaf")),
        (Status::Disconnected, 1, (503, "disconnected")),
        (Status::Disconnected, 0, (503, "disconnected")),
    ];
    for (status, stories, ready) in rows {
        board.set(status);
        metrics.loaded(stories, 1, 1);
        assert_eq!(health(at).await, said(ready), "{status:?}, {stories} stories");
    }
    assert_eq!(asked(at, "/").await.0, 404);
}

#[tokio::test]
async fn ready_from_the_connection_to_the_end() {
    let world = World { heartbeat_ms: 1_000, ..World::small() };
    let scene = Scene::of(Plan { world, ..Plan::default() }).await;
    let at = listening(&scene.status, &scene.metrics).await;
    assert_eq!(scene.status.connected().await, Some(small::APPLICATION.0));
    assert_eq!(health(at).await, said((200, "ok")));
    // The connection breaks, and nobody takes a new one.
    scene.sandbox.inject(Fault::RefuseIdentify(4011));
    scene.sandbox.inject(Fault::InvalidSession { resumable: false });
    until(at, (503, "disconnected")).await;
    scene.sandbox.heal();
    until(at, (200, "ok")).await;
    scene.end().await;
    assert_eq!(health(at).await, said((503, "disconnected")));
}

#[tokio::test]
async fn a_deaf_shard_is_not_ready() {
    let world = World { heartbeat_ms: 1_000, ..World::small() };
    let scene = Scene::of(Plan { world, patience: Duration::from_secs(3), ..Plan::default() }).await;
    let at = listening(&scene.status, &scene.metrics).await;
    until(at, (200, "ok")).await;
    scene.sandbox.inject(Fault::SilentGateway { upgrades: false });
    scene.sandbox.inject(Fault::DropGateway);
    until(at, (503, "deaf")).await;
    scene.ended().await;
}
