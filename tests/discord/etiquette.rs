//! What is left alone. A message that must be ignored is followed by one that must be answered: nothing waits for silence.

use discord_sandbox::{Post, small};

use crate::scene::{QUESTION, Scene};

#[tokio::test]
async fn bots_webhooks_system_messages_and_plain_talk() {
    let scene = Scene::new().await;
    let first = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    let answer = scene.sandbox.answer_to(first).await.message.unwrap();
    let mention = format!("<@{}> {QUESTION}", small::BOT);
    let by = |author, text: &str| Post::new(small::GENERAL, author, text);
    let ignored = [
        by(small::ADA, QUESTION),
        by(small::OTHER_BOT, &mention),
        by(small::BOT, &mention),
        Post { webhook: true, ..by(small::ADA, &mention) },
        Post { message_type: Some(7), ..by(small::ADA, &mention) },
        Post { reply_to: Some(answer), ..by(small::OTHER_BOT, QUESTION) },
        // Its text is withheld, as its author switched the mention off.
        Post { reply_to: Some(answer), ping: false, ..by(small::ADA, QUESTION) },
        Post { reply_to: Some(first), ..by(small::BEN, QUESTION) },
    ];
    let ignored: Vec<_> = ignored.into_iter().map(|post| scene.sandbox.send(post)).collect();
    let last = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    scene.sandbox.answer_to(last).await;
    for message in ignored {
        assert!(scene.sandbox.replies_to(message).is_empty(), "{message} was answered");
    }
    assert_eq!(scene.posts(), 2);
    scene.end().await;
}
