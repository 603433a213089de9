//! Worlds of many guilds, and what is kept and counted in a long run.

use std::time::Duration;

use discord_sandbox::{Post, Record, Snowflake, World, small};
use serde_json::{Value, json};

use crate::gateway::{Client, resume};
use crate::scene::{Scene, Step, message, reply_to};

const INTENTS: u64 = 1 | 1 << 9 | 1 << 12 | 1 << 15;

fn chatter(channel: Snowflake, count: usize) -> Vec<Post> {
    (0..count).map(|at| Post::new(channel, small::ADA, &format!("chatter {at}"))).collect()
}

#[tokio::test]
async fn a_thousand_guilds_arrive_each_on_its_shard() {
    let world = World::with_guilds(1_000);
    let sandbox = discord_sandbox::Sandbox::start(world.clone(), discord_sandbox::Clock::new()).await.unwrap();
    let (_, ready) = Client::ready(&sandbox, INTENTS).await;
    assert_eq!(ready["d"]["guilds"].as_array().unwrap().len(), 1_000);
    for shard in 0..4 {
        let on_it = world.guilds.iter().filter(|guild| (guild.id.0 >> 22) % 4 == shard).count();
        assert_eq!(on_it, 250);
    }
    let last = world.guilds[999].channels[4].id;
    assert!(sandbox.message(sandbox.post(last, small::BEN, "hello")).is_some());
}

#[tokio::test]
async fn a_session_that_missed_too_much_is_over() {
    for (missed, resumes) in [(4_000, true), (4_200, false)] {
        let scene = Scene::with(World { record: Record::Counts, ..World::small() }).await;
        let (client, ready) = Client::ready(&scene.sandbox, INTENTS).await;
        drop(client);
        scene.sandbox.post_many(&chatter(small::GENERAL, missed));
        let mut client = Client::connect(&scene.sandbox).await;
        client.write(resume(&ready, 3)).await;
        let frame = client.read().await.unwrap();
        assert_eq!(frame["t"] == "MESSAGE_CREATE", resumes, "{missed}: {frame}");
        assert_eq!(frame["op"] == 9, !resumes);
    }
}

#[tokio::test]
async fn counts_keep_numbers_and_violations() {
    let mut scene = Scene::with(World { record: Record::Counts, ..World::small() }).await;
    let (_client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    let say = |body: Value| Step::Call("POST", "/channels/$general/messages", body);
    scene.play_all(&[say(reply_to("$question")), say(json!({"content": "no mentions"}))]).await;
    let counts = scene.sandbox.counts();
    assert_eq!((counts.requests, counts.sent, counts.answers, counts.violations), (3, 1, 1, 1));
    assert_eq!((counts.statuses[&200], counts.statuses[&400]), (2, 1));
    assert!(scene.sandbox.requests().is_empty() && scene.sandbox.sent().is_empty());
    assert_eq!(scene.sandbox.violations().len(), 1);

    // Old messages are forgotten, and may be answered all the same.
    scene.sandbox.post_many(&chatter(small::GENERAL, 40_000));
    assert!(scene.sandbox.message(scene.question).is_none());
    assert_eq!(scene.play_all(&[say(reply_to("$question"))]).await.status, 200);
    assert_eq!(scene.sandbox.violations().len(), 1);
}

#[tokio::test]
async fn one_request_in_a_hundred_goes_through_the_schema() {
    let mut scene = Scene::with(World { record: Record::Counts, ..World::small() }).await;
    if !scene.sandbox.layers().contains(" ran,") {
        return;
    }
    // A misspelt key, which only the schema layers see.
    let body = message(json!({"contents": "x"}));
    for _ in 0..200 {
        scene.play(&Step::Call("POST", "/channels/$general/messages", body.clone())).await;
    }
    assert_eq!(scene.sandbox.counts().violations, 2);
}

#[tokio::test]
async fn a_latency_is_measured_for_each_first_answer() {
    let mut scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    let say = || Step::Call("POST", "/channels/$general/messages", reply_to("$question"));
    scene.play_all(&[say()]).await;
    assert!(scene.sandbox.latencies().is_empty(), "the question came before the client");
    client.read().await.unwrap();
    scene.question = scene.sandbox.post(small::GENERAL, small::ADA, "And now?");
    client.read().await.unwrap();
    scene.play_all(&[say(), say()]).await;
    let defer = Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": 5}));
    scene.play(&Step::Ask).await;
    // Whatever is read from the socket has left it.
    while client.read().await.unwrap()["t"] != "INTERACTION_CREATE" {}
    scene.play_all(&[defer]).await;
    assert_eq!(scene.sandbox.latencies().len(), 1, "a deferral is no answer");
    let edit = Step::Call("PATCH", "/webhooks/$application/$token/messages/@original", message(json!({})));
    scene.play_all(&[edit]).await;
    let latencies = scene.sandbox.latencies();
    assert!(latencies.len() == 2 && latencies.iter().all(|taken| *taken > Duration::ZERO), "{latencies:?}");
}
