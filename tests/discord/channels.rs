//! What a channel takes away: embeds, replies, the right to speak.

use discord_sandbox::{Fault, small};
use serde_json::json;

use crate::scene::{QUESTION, Scene, assert_sourced, is_embed, posts};

#[tokio::test]
async fn without_embeds_the_answer_is_plain_text() {
    let scene = Scene::new().await;
    let mention = scene.sandbox.mention(small::NO_EMBEDS, small::ADA, QUESTION);
    let used = scene.sandbox.slash(small::NO_EMBEDS, small::ADA, "ask", &json!({"question": QUESTION}));
    for question in [mention, used.id] {
        let sent = scene.sandbox.answer_to(question).await;
        assert!(!is_embed(&sent));
        assert_sourced(&scene, &sent);
    }
    assert!(scene.sandbox.refusals().is_empty());
    scene.end().await;
}

#[tokio::test]
async fn without_history_the_answer_stands_alone() {
    let scene = Scene::new().await;
    scene.sandbox.mention(small::NO_HISTORY, small::ADA, QUESTION);
    let sent = scene.sandbox.next_sent().await;
    assert_eq!((sent.channel, sent.reply_to), (small::NO_HISTORY, None));
    assert_sourced(&scene, &sent);
    scene.end().await;
}

#[tokio::test]
async fn a_reply_that_is_refused_is_sent_without_its_reference() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::FailNext {
        method: "POST",
        path: "/channels/{channel_id}/messages",
        status: 400,
        body: json!({"code": 160_002, "message": "Cannot reply without permission to read message history"}),
        takes_effect: false,
    });
    scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    let sent = scene.sandbox.next_sent().await;
    assert_eq!(sent.reply_to, None);
    assert_sourced(&scene, &sent);
    assert_eq!(scene.posts(), 2);
    scene.end().await;
}

#[tokio::test]
async fn an_answer_of_the_platform_that_got_lost_makes_no_second_message() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::FailNext {
        method: "POST",
        path: "/channels/{channel_id}/messages",
        status: 502,
        body: json!({"message": "502: Bad Gateway", "code": 0}),
        takes_effect: true,
    });
    let first = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    let message = scene.sandbox.answer_to(first).await.message;
    let sandbox = scene.end().await;
    assert_eq!(posts(&sandbox), 2);
    assert!(sandbox.replies_to(first).iter().all(|sent| sent.message == message));
}

#[tokio::test]
async fn a_thread_has_its_parents_rights() {
    let scene = Scene::new().await;
    let sent = scene.sandbox.answer_to(scene.sandbox.mention(small::THREAD, small::ADA, QUESTION)).await;
    assert!(is_embed(&sent));
    assert_sourced(&scene, &sent);
    scene.end().await;
}

#[tokio::test]
async fn where_it_may_not_write_it_does_not_try() {
    let scene = Scene::new().await;
    scene.sandbox.mention(small::READ_ONLY, small::ADA, QUESTION);
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    assert_eq!(scene.posts(), 1);
    assert!(scene.sandbox.refusals().is_empty());
    scene.end().await;
}
