//! Every door in every place that Discord has: threads, forum posts, voice chats, direct messages, groups and servers that the
//! bot is no member of; and what a place takes away.

use discord_sandbox::{Elsewhere, Fault, Sent, Snowflake, Trouble, Via, permissions, small};
use serde_json::json;

use crate::log::Log;
use crate::scene::{ELSEWHERE, QUESTION, Scene, assert_sourced, button, is_embed, markdown};

/// Seen by the asker alone.
const EPHEMERAL: u64 = 64;

async fn slash(scene: &Scene, channel: Snowflake) -> Sent {
    let used = scene.sandbox.slash(channel, small::ADA, "ask", &json!({"question": QUESTION}));
    scene.sandbox.answer_to(used.id).await
}

/// What Ada presses on an answer is answered.
async fn pressed(scene: &Scene, on: &Sent, label: &str) -> Sent {
    let id = button(on, label).unwrap_or_else(|| panic!("no button {label}"));
    let pressed = scene.sandbox.button(small::ADA, on.message.unwrap(), &id);
    scene.sandbox.answer_to(pressed.id).await
}

/// Commands, autocompletion, buttons and "Answer this" in a place; gives the answer to the command.
async fn all_doors(scene: &Scene, channel: Snowflake, embeds: bool) -> Sent {
    scene.pass_time(25);
    let first = slash(scene, channel).await;
    assert_eq!((first.via, first.channel, is_embed(&first)), (Via::Callback(4), channel, embeds));
    assert_sourced(scene, &first);

    let typing =
        scene.sandbox.autocomplete(channel, small::ADA, "ask", &json!({"question": "why is kasp"}), "question");
    let offered = scene.sandbox.answer_to(typing.id).await;
    assert!(offered.via == Via::Callback(8) && !offered.data()["choices"].as_array().unwrap().is_empty());

    let label = first.data()["components"][0]["components"][0]["label"].as_str().unwrap().to_owned();
    let next = pressed(scene, &first, &label).await;
    assert!(markdown(&next).contains("Source:") && is_embed(&next) == embeds, "{}", markdown(&next));
    let thanks = pressed(scene, &first, "Helpful").await;
    assert!(thanks.content().contains("Thank you") && thanks.data()["flags"] == EPHEMERAL);

    let message = scene.sandbox.post(channel, small::ADA, QUESTION);
    let used = scene.sandbox.message_command(small::ADA, "Answer this", message);
    let about = scene.sandbox.answer_to(used.id).await;
    assert_eq!(is_embed(&about), embeds);
    assert!(markdown(&about).contains(&message.to_string()), "{}", markdown(&about));
    assert_sourced(scene, &about);

    scene.sandbox.button(small::ADA, first.message.unwrap(), &button(&first, "Delete").unwrap());
    scene.sandbox.gone(first.message.unwrap()).await;
    first
}

#[tokio::test]
async fn every_door_opens_in_every_channel() {
    let scene = Scene::new().await;
    let (post, _) = scene.sandbox.forum_post(small::FORUM, small::BEN, "The office", "What do you think of it?");
    let parted = scene.sandbox.post(small::NO_THREADS, small::BEN, "let us talk");
    let mute = scene.sandbox.start_thread(parted, small::BEN, "mute");
    let rows = [
        (small::GENERAL, true),
        (small::THREAD, true),
        (post, true),
        (small::VOICE, true),
        (small::NO_EMBEDS, false),
        (small::NO_HISTORY, true),
        // Answers to interactions need no permission of the bot's.
        (small::READ_ONLY, true),
        (small::HIDDEN, true),
        (mute, true),
        (scene.sandbox.dm_channel(small::ADA), true),
    ];
    for (channel, embeds) in rows {
        all_doors(&scene, channel, embeds).await;
    }
    // One of the messages is a direct one, which is answered by itself.
    assert!(scene.sandbox.refusals().is_empty() && scene.posts() <= 1);
    scene.end().await;
}

#[tokio::test]
async fn a_users_own_bot_answers_where_it_is_no_member() {
    let scene = Scene::new().await;
    for place in [Elsewhere::Group, Elsewhere::Guild, Elsewhere::GuildWithoutExternalApps] {
        scene.pass_time(25);
        let used = scene.sandbox.slash_elsewhere(place, small::ADA, "ask", &json!({"question": QUESTION}));
        let sent = scene.sandbox.answer_to(used.id).await;
        assert_sourced(&scene, &sent);
        let message = scene.sandbox.message(sent.message.unwrap()).unwrap();
        let is_private = message["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
        assert_eq!(is_private, place == Elsewhere::GuildWithoutExternalApps, "{place:?}");
        all_doors(&scene, place.channel(), true).await;
    }
    assert!(scene.sandbox.refusals().is_empty() && scene.posts() == 0);
    scene.end().await;
}

#[tokio::test]
async fn a_question_is_answered_where_it_stands() {
    let scene = Scene::new().await;
    let asked = format!("<@{}> {QUESTION}", small::BOT);
    let (_, in_post) = scene.sandbox.forum_post(small::FORUM, small::ADA, "The office", &asked);
    let message = scene.sandbox.post(small::GENERAL, small::BEN, "the office");
    let thread = scene.sandbox.start_thread(message, small::BEN, "office");
    let rows = [
        in_post,
        scene.sandbox.mention(small::VOICE, small::BEN, QUESTION),
        scene.sandbox.mention(small::THREAD, small::BEN, QUESTION),
        scene.sandbox.mention(thread, small::MOD, QUESTION),
        scene.sandbox.dm(small::BEN, QUESTION),
    ];
    for question in rows {
        let sent = scene.sandbox.answer_to(question).await;
        let stands = scene.sandbox.message(question).unwrap()["channel_id"].as_str().unwrap().to_owned();
        assert_eq!(sent.channel.to_string(), stands);
        assert!(is_embed(&sent));
        assert_sourced(&scene, &sent);
    }
    assert_eq!(scene.posts(), rows.len());
    scene.end().await;
}

#[tokio::test]
async fn where_threads_are_closed_to_it_the_bot_does_not_try() {
    let scene = Scene::new().await;
    let message = scene.sandbox.post(small::NO_THREADS, small::BEN, "let us talk");
    let thread = scene.sandbox.start_thread(message, small::BEN, "mute");
    let ignored = scene.sandbox.mention(thread, small::BEN, QUESTION);
    // In the channel itself it may.
    scene.sandbox.answer_to(scene.sandbox.mention(small::NO_THREADS, small::ADA, QUESTION)).await;
    let hidden = scene.sandbox.mention(small::HIDDEN, small::BEN, QUESTION);
    scene.heard().await;
    // Another question in the thread, and now it may: whatever was to come before has come.
    scene.sandbox.set_permissions(small::NO_THREADS, permissions::USUAL);
    scene.sandbox.answer_to(scene.sandbox.mention(thread, small::ADA, QUESTION)).await;
    for question in [ignored, hidden] {
        assert!(scene.sandbox.replies_to(question).is_empty());
    }
    assert!(scene.sandbox.refusals().is_empty() && scene.posts() == 3);
    scene.end().await;
}

#[tokio::test]
async fn archived_and_locked_threads() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    let question = scene.sandbox.mention(small::THREAD, small::ADA, ELSEWHERE);
    scene.sandbox.answer_to(question).await;
    // Nothing in it can be edited any more; a message takes it out of the archive again.
    scene.sandbox.archive(small::THREAD);
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    log.says(&["WARN", &question.to_string(), "reply not edited", "code 50083"]).await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::THREAD, small::BEN, QUESTION)).await;
    scene.sandbox.lock(small::THREAD);
    let locked = scene.sandbox.mention(small::THREAD, small::MOD, QUESTION);
    log.says(&["WARN", &locked.to_string(), "not sent", "code 160005"]).await;
    assert_sourced(&scene, &slash(&scene, small::THREAD).await);
    assert!(scene.sandbox.replies_to(locked).is_empty());
    assert_eq!(scene.sandbox.refusals().len(), 2);
    scene.end().await;
}

#[tokio::test]
async fn what_it_may_do_is_taken_from_the_latest_word() {
    let scene = Scene::new().await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    scene.sandbox.set_permissions(small::GENERAL, permissions::USUAL & !permissions::EMBED_LINKS);
    let plain = scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    assert!(!is_embed(&plain));
    assert_sourced(&scene, &plain);
    scene.sandbox.set_permissions(small::GENERAL, permissions::USUAL & !permissions::SEND_MESSAGES);
    let ignored = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    assert_sourced(&scene, &slash(&scene, small::GENERAL).await);
    scene.heard().await;
    scene.sandbox.set_permissions(small::GENERAL, permissions::USUAL);
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION)).await;
    assert!(scene.sandbox.replies_to(ignored).is_empty() && scene.sandbox.refusals().is_empty());
    scene.end().await;
}

/// A channel that is deleted while its question is answered is one line in the log.
#[tokio::test]
async fn a_channel_that_goes_away() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    let (method, path) = ("POST", "/channels/{channel_id}/messages");
    scene.sandbox.inject(Fault::Requests { method, path, times: 1, trouble: Trouble::Status(502) });
    let asked = scene.sandbox.mention(small::VOICE, small::ADA, QUESTION);
    scene.sandbox.delete_channel(small::VOICE);
    log.says(&["WARN", &asked.to_string(), "not sent", "code 10003"]).await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    scene.end().await;
}
