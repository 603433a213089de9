//! What a session sees of a message's content, with the MESSAGE_CONTENT intent and without.

use discord_sandbox::{Post, Snowflake, small};
use serde_json::json;

use crate::gateway::Client;
use crate::scene::{Scene, Step, message};

const MESSAGES: u64 = 1 | 1 << 9 | 1 << 12;
const CONTENT: u64 = 1 << 15;

/// Who says what: the text as it is sent, and whether it is seen without the intent.
fn rows(answer: Snowflake) -> Vec<(Post, bool)> {
    let post = |channel, text: &str| Post::new(channel, small::ADA, text);
    let reply = |ping| Post { reply_to: Some(answer), ping, ..post(small::GENERAL, "why?") };
    vec![
        (post(small::GENERAL, "plain"), false),
        (post(small::GENERAL, &format!("<@{}> hello", small::BOT)), true),
        (post(small::GENERAL, &format!("<@!{}> hello", small::BOT)), true),
        (post(small::GENERAL, &format!("<@{}> hello", small::BEN)), false),
        (reply(true), true),
        (reply(false), false),
        (post(small::THREAD, "plain"), false),
        (Post::new(small::GENERAL, small::OTHER_BOT, "plain"), false),
        (Post { webhook: true, ..post(small::GENERAL, "plain") }, false),
    ]
}

#[tokio::test]
async fn content_is_hidden_without_the_intent() {
    for intents in [MESSAGES, MESSAGES | CONTENT] {
        let mut scene = Scene::new().await;
        let (mut client, _) = Client::ready(&scene.sandbox, intents).await;
        scene.play(&Step::Call("POST", "/channels/$general/messages", message(json!({})))).await;
        let own = client.read().await.unwrap();
        assert_eq!(own["d"]["content"], "Noon.");
        let answer = scene.sandbox.next_sent().await.message.unwrap();
        for (post, visible) in rows(answer) {
            let id = scene.sandbox.send(post.clone());
            let event = client.read().await.unwrap();
            assert_eq!(event["d"]["id"], id.to_string());
            let expected = if visible || intents & CONTENT != 0 { post.content.as_str() } else { "" };
            assert_eq!(event["d"]["content"], expected, "{post:?}");
        }
        scene.sandbox.dm(small::BEN, "direct");
        let direct = client.read().await.unwrap();
        assert_eq!(direct["d"]["content"], "direct");
        assert!(direct["d"].get("guild_id").is_none());
    }
}

#[tokio::test]
async fn edits_and_deletions_are_announced() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES | CONTENT).await;
    let id = scene.sandbox.post(small::GENERAL, small::ADA, "first");
    scene.sandbox.edit(id, "second");
    scene.sandbox.delete(id);
    let events =
        [("MESSAGE_CREATE", json!("first")), ("MESSAGE_UPDATE", json!("second")), ("MESSAGE_DELETE", json!(null))];
    for (event, content) in events {
        let frame = client.read().await.unwrap();
        assert_eq!((&frame["t"], &frame["d"]["content"]), (&event.into(), &content));
        assert_eq!(frame["d"]["id"], id.to_string());
    }
    assert!(scene.sandbox.message(id).is_none());
}

#[tokio::test]
async fn an_ephemeral_answer_is_announced_to_nobody() {
    let mut scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES).await;
    let data = message(json!({"flags": 64}));
    let answer = Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": 4, "data": data}));
    scene.play_all(&[Step::Ask, answer]).await;
    assert_eq!(client.read().await.unwrap()["t"], "INTERACTION_CREATE");
    let next = scene.sandbox.dm(small::ADA, "after it");
    assert_eq!(client.read().await.unwrap()["d"]["id"], next.to_string());
}

#[tokio::test]
async fn what_the_bot_may_not_see_is_not_sent_but_what_is_asked_there() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, MESSAGES | CONTENT).await;
    let hidden = ["one", "two"].map(|text| scene.sandbox.post(small::HIDDEN, small::ADA, text));
    scene.sandbox.post(small::GROUP, small::ADA, "in a group");
    scene.sandbox.edit(hidden[0], "second");
    scene.sandbox.delete(hidden[0]);
    scene.sandbox.delete_bulk(&hidden);
    let asked = scene.sandbox.slash(small::HIDDEN, small::ADA, "ask", &json!({"question": "When?"}));
    assert_eq!(client.read().await.unwrap()["d"]["id"], asked.id.to_string());
}
