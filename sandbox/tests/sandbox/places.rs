//! What happens to messages, guilds, channels and threads, as events.

use discord_sandbox::{Sandbox, Snowflake, small};
use serde_json::{Value, json};

use crate::gateway::Client;
use crate::scene::Scene;

const INTENTS: u64 = 1 | 1 << 9 | 1 << 12 | 1 << 15;

/// What happens, given two messages of Ada's in `GENERAL`, and the events that tell of it with one of their keys.
type Row = (fn(&Sandbox, [Snowflake; 2]), &'static [(&'static str, &'static str)]);

const ROWS: &[Row] = &[
    (|s, [one, _]| s.edit(one, "second"), &[("MESSAGE_UPDATE", "edited_timestamp")]),
    (|s, [one, _]| s.embeds_appear(one), &[("MESSAGE_UPDATE", "embeds")]),
    (|s, [one, _]| s.delete(one), &[("MESSAGE_DELETE", "channel_id")]),
    (|s, both| s.delete_bulk(&both), &[("MESSAGE_DELETE_BULK", "ids")]),
    (|s, _| s.outage(small::GUILD), &[("GUILD_DELETE", "unavailable")]),
    (
        |s, _| {
            s.remove_bot(small::GUILD);
            s.post(small::GENERAL, small::ADA, "seen by no bot");
            s.invite_bot(small::GUILD);
        },
        &[("GUILD_DELETE", "id"), ("GUILD_CREATE", "channels")],
    ),
    (|s, _| s.delete_channel(small::VOICE), &[("CHANNEL_DELETE", "guild_id")]),
    (|s, _| s.delete_channel(small::THREAD), &[("THREAD_DELETE", "parent_id")]),
    (|s, _| s.archive(small::THREAD), &[("THREAD_UPDATE", "thread_metadata")]),
    (|s, _| s.set_permissions(small::GENERAL, 1 << 10), &[("CHANNEL_UPDATE", "permission_overwrites")]),
    (
        |s, _| {
            s.forum_post(small::FORUM, small::ADA, "Pier", "When?");
        },
        &[("THREAD_CREATE", "newly_created"), ("MESSAGE_CREATE", "content")],
    ),
    (
        |s, [one, _]| {
            s.start_thread(one, small::BEN, "pier");
        },
        &[("THREAD_CREATE", "newly_created"), ("MESSAGE_UPDATE", "flags"), ("MESSAGE_CREATE", "referenced_message")],
    ),
];

#[tokio::test]
async fn what_happens_is_told_in_order() {
    for (number, (act, events)) in ROWS.iter().enumerate() {
        let scene = Scene::new().await;
        let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
        let messages = ["one", "two"].map(|text| scene.sandbox.post(small::GENERAL, small::ADA, text));
        act(&scene.sandbox, messages);
        let marker = scene.sandbox.dm(small::ADA, "marker");
        for _ in messages {
            client.read().await.unwrap();
        }
        for (event, key) in *events {
            let frame = client.read().await.unwrap();
            assert_eq!(frame["t"], *event, "row {number}: {frame}");
            assert!(!frame["d"][*key].is_null(), "row {number}: {frame} has no {key}");
        }
        assert_eq!(client.read().await.unwrap()["d"]["id"], marker.to_string(), "row {number} has no more events");
    }
}

async fn event(scene: &Scene, act: impl FnOnce(&Sandbox)) -> Value {
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    act(&scene.sandbox);
    client.read().await.unwrap()["d"].clone()
}

#[tokio::test]
async fn a_preview_is_nobodys_edit_and_removal_is_no_outage() {
    let scene = Scene::new().await;
    let preview = event(&scene, |s| s.embeds_appear(scene.question)).await;
    assert!(preview["edited_timestamp"].is_null() && preview["embeds"][0]["type"] == "link", "{preview}");
    let bulk = event(&scene, |s| s.delete_bulk(&[scene.question])).await;
    assert_eq!(bulk, json!({"ids": [scene.question], "channel_id": small::GENERAL, "guild_id": small::GUILD}));
    assert_eq!(event(&scene, |s| s.remove_bot(small::OTHER_GUILD)).await, json!({"id": small::OTHER_GUILD}));
    let outage = json!({"id": small::GUILD, "unavailable": true});
    assert_eq!(event(&scene, |s| s.outage(small::GUILD)).await, outage);
}

#[tokio::test]
async fn a_forum_post_shares_its_threads_id_and_an_edit_may_mention() {
    let scene = Scene::new().await;
    let (thread, first) = scene.sandbox.forum_post(small::FORUM, small::ADA, "Pier", "When?");
    assert_eq!(thread, first);
    assert_eq!(scene.sandbox.message(first).unwrap()["channel_id"], thread.to_string());
    let reply = scene.sandbox.post(thread, small::BEN, "Who knows?");
    scene.sandbox.edit(reply, &format!("<@{}> knows?", small::BOT));
    assert_eq!(scene.sandbox.message(reply).unwrap()["mentions"][0]["id"], small::BOT.to_string());
}
