//! When the bot speaks, goes along with an edit, takes its word back, or keeps quiet.
//!
//! To show that nothing is said, a message that must be answered follows in the same channel: nothing waits for silence.

use std::time::Duration;

use discord_sandbox::{Sent, Snowflake, Via, small};
use onrecord::store::{Channel, Passive, Server, Store};
use serde_json::json;

use crate::log::Log;
use crate::scene::{ELSEWHERE, Plan, QUESTION, Scene, assert_sourced, markdown};

/// Something that is answered, and its answer, so that all before it in the channel is done.
async fn settled(scene: &Scene, channel: Snowflake) -> Sent {
    scene.pass_time(25);
    let mention = scene.sandbox.mention(channel, small::MOD, QUESTION);
    scene.sandbox.answer_to(mention).await
}

#[tokio::test]
async fn an_edit_within_a_minute_changes_the_reply() {
    let scene = Scene::new().await;
    let question = scene.sandbox.mention(small::GENERAL, small::ADA, ELSEWHERE);
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    scene.sandbox.embeds_appear(question);
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    let edited = scene.sandbox.edited(reply).await;
    assert_eq!(edited.via, Via::Edit);
    assert_sourced(&scene, &edited);
    scene.pass_time(61);
    scene.sandbox.edit(question, &format!("<@{}> {ELSEWHERE}", small::BOT));
    settled(&scene, small::GENERAL).await;
    assert_eq!(scene.sandbox.sent().iter().filter(|sent| sent.via == Via::Edit).count(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_deleted_question_takes_its_reply_with_it() {
    let scene = Scene::new().await;
    let question = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    scene.sandbox.delete(question);
    scene.sandbox.gone(reply).await;
    let more: Vec<Snowflake> = (0..3).map(|_| scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION)).collect();
    scene.sandbox.delete_bulk(&more);
    settled(&scene, small::GENERAL).await;
    for question in more {
        for sent in scene.sandbox.replies_to(question) {
            scene.sandbox.gone(sent.message.unwrap()).await;
        }
    }
    scene.end().await;
}

#[tokio::test]
async fn who_asks_too_fast_is_told_once() {
    let scene = Scene::new().await;
    let questions: Vec<Snowflake> =
        (0..9).map(|n| scene.sandbox.mention(small::GENERAL, small::ADA, &format!("{QUESTION} {n}"))).collect();
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION)).await;
    let said: Vec<usize> = questions.iter().map(|q| scene.sandbox.replies_to(*q).len()).collect();
    assert_eq!(said, [1, 1, 1, 1, 1, 1, 1, 0, 0]);
    let notice = &scene.sandbox.replies_to(questions[6])[0];
    assert_eq!(notice.content(), "One moment, please: I'll answer again in 20 s.");
    let used = scene.sandbox.slash(small::VOICE, small::ADA, "ask", &json!({"question": QUESTION}));
    let told = scene.sandbox.answer_to(used.id).await;
    assert!(told.data()["flags"] == 64 && told.content().starts_with("One moment"), "a command is always answered");
    scene.pass_time(20);
    assert_sourced(&scene, &scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await);
    scene.end().await;
}

/// A server that listens in `GENERAL` and rehearses in `VOICE`.
async fn listening() -> Scene {
    let store = Store::in_memory().await.unwrap();
    let channel = |id: Snowflake, passive| Channel { passive, ..Channel::new(id.0) };
    let channels = vec![channel(small::GENERAL, Passive::On), channel(small::VOICE, Passive::DryRun)];
    store.save_server(&Server { channels, ..Server::new(small::GUILD.0) }).await.unwrap();
    Scene::of(Plan { message_content: true, store: Some(store), ..Plan::default() }).await
}

#[tokio::test]
async fn unasked_only_where_it_is_sure_and_nobody_else_spoke() {
    let log = Log::of_the_bot();
    let scene = listening().await;
    let question = scene.sandbox.post(small::GENERAL, small::ADA, QUESTION);
    scene.heard().await;
    scene.pass_time(11);
    assert_sourced(&scene, &scene.sandbox.answer_to(question).await);

    let again = scene.sandbox.post(small::GENERAL, small::BEN, QUESTION);
    scene.heard().await;
    scene.pass_time(11);
    settled(&scene, small::GENERAL).await;

    scene.pass_time(700);
    let helped = scene.sandbox.post(small::GENERAL, small::ADA, QUESTION);
    scene.heard().await;
    scene.sandbox.post(small::GENERAL, small::BEN, "no money in it any more");
    scene.heard().await;
    scene.pass_time(11);
    settled(&scene, small::GENERAL).await;

    let unsure = scene.sandbox.post(small::GENERAL, small::ADA, ELSEWHERE);
    let talk = scene.sandbox.post(small::OTHER_GENERAL, small::ADA, QUESTION);
    let rehearsed = scene.sandbox.post(small::VOICE, small::ADA, QUESTION);
    scene.heard().await;
    scene.pass_time(11);
    settled(&scene, small::GENERAL).await;
    settled(&scene, small::VOICE).await;
    log.says(&["would have answered unasked", &rehearsed.to_string(), "kaspersky-washington-office"]).await;
    for (what, message) in
        [("said lately", again), ("helped", helped), ("unsure", unsure), ("off", talk), ("dry run", rehearsed)]
    {
        assert!(scene.sandbox.replies_to(message).is_empty(), "{what}");
    }
    scene.end().await;
}

#[tokio::test]
async fn a_server_switches_it_off_or_to_some_channels() {
    let scene = Scene::new().await;
    let set = |options| scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &options);
    scene.sandbox.answer_to(set(json!({"channel": small::GENERAL.to_string(), "allow": true})).id).await;
    let elsewhere = scene.sandbox.mention(small::VOICE, small::BEN, QUESTION);
    let command = scene.sandbox.slash(small::VOICE, small::BEN, "ask", &json!({"question": QUESTION}));
    let private = scene.sandbox.answer_to(command.id).await;
    assert_eq!(private.data()["flags"], 64);
    assert_sourced(&scene, &private);
    let in_thread = scene.sandbox.mention(small::THREAD, small::BEN, QUESTION);
    scene.sandbox.answer_to(in_thread).await;

    scene.sandbox.answer_to(set(json!({"enabled": false})).id).await;
    let ignored = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    let used = scene.sandbox.slash(small::GENERAL, small::BEN, "ask", &json!({"question": QUESTION}));
    assert!(markdown(&scene.sandbox.answer_to(used.id).await).contains("switched off"));
    scene.heard().await;
    scene.sandbox.answer_to(set(json!({"enabled": true})).id).await;
    settled(&scene, small::GENERAL).await;
    for message in [elsewhere, ignored] {
        assert!(scene.sandbox.replies_to(message).is_empty(), "{message}");
    }
    scene.end().await;
}

/// The last channel that was allowed must not silence its server when it is deleted.
#[tokio::test]
async fn a_deleted_channel_takes_its_settings_along() {
    let scene = Scene::new().await;
    let options = json!({"channel": small::NO_EMBEDS.to_string(), "allow": true});
    let set = scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &options);
    scene.sandbox.answer_to(set.id).await;
    let ignored = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    scene.heard().await;
    scene.sandbox.delete_channel(small::NO_EMBEDS);
    let is_open = async {
        while !scene.store.servers().await.unwrap()[0].channels.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), is_open).await.expect("its settings go");
    settled(&scene, small::GENERAL).await;
    assert!(scene.sandbox.replies_to(ignored).is_empty());
    scene.end().await;
}

#[tokio::test]
async fn what_was_kept_for_a_server_goes_with_it() {
    let scene = Scene::new().await;
    let set = scene.sandbox.slash(small::OTHER_GENERAL, small::ADA, "facts settings", &json!({"collect": true}));
    scene.sandbox.answer_to(set.id).await;
    let set = scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &json!({"collect": true}));
    scene.sandbox.answer_to(set.id).await;
    scene.sandbox.outage(small::GUILD);
    scene.sandbox.invite_bot(small::GUILD);
    scene.sandbox.remove_bot(small::OTHER_GUILD);
    rows_left(&scene, 1).await;
    assert_eq!(scene.store.servers().await.unwrap()[0].id, small::GUILD.0);
    scene.end().await;
}

#[tokio::test]
async fn what_was_kept_for_a_server_that_left_meanwhile_goes_too() {
    let store = Store::in_memory().await.unwrap();
    for id in [small::GUILD.0, 1_100_000_000_000_000_999] {
        store.save_server(&Server::new(id)).await.unwrap();
    }
    let scene = Scene::of(Plan { store: Some(store), ..Plan::default() }).await;
    rows_left(&scene, 1).await;
    assert_eq!(scene.store.servers().await.unwrap()[0].id, small::GUILD.0);
    scene.end().await;
}

/// Nothing in it is this bot's to delete, neither at the start nor later.
#[tokio::test]
async fn another_bots_store_is_left_as_it_is() {
    let log = Log::of_the_bot();
    let store = Store::in_memory().await.unwrap();
    for id in [small::OTHER_GUILD.0, 1_100_000_000_000_000_999] {
        store.save_server(&Server::new(id)).await.unwrap();
    }
    assert!(store.is_of(7).await.unwrap() && !store.is_of(8).await.unwrap());
    let scene = Scene::of(Plan { store: Some(store), ..Plan::default() }).await;
    log.says(&["belongs to another bot", "store.file"]).await;
    scene.sandbox.remove_bot(small::OTHER_GUILD);
    log.says(&["belongs to another bot", &small::OTHER_GUILD.to_string()]).await;
    assert_eq!(scene.store.servers().await.unwrap().len(), 2);
    scene.end().await;
}

/// Waits until the store has so many servers.
async fn rows_left(scene: &Scene, servers: usize) {
    let left = async {
        while scene.store.servers().await.unwrap().len() != servers {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), left).await.expect("the others are deleted");
}
