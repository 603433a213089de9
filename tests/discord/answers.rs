//! Every door gets a sourced answer: slash command, mention, reply to the bot, direct message.

use std::io::Write;

use discord_sandbox::{Fault, Via, small};
use onrecord::answer::Outcome;
use serde_json::json;

use crate::scene::{ELSEWHERE, QUESTION, Scene, assert_sourced, button, is_embed, markdown, shown};

#[tokio::test]
async fn slash_command() {
    let scene = Scene::new().await;
    // Past the test harness, which would swallow it: one line that says what the sandbox checked.
    writeln!(std::io::stderr(), "{}", scene.sandbox.layers()).unwrap();
    let used = scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({"question": QUESTION}));
    let sent = scene.sandbox.answer_to(used.id).await;
    assert_eq!(sent.via, Via::Callback(4));
    assert!(is_embed(&sent) && sent.data()["flags"].as_u64().unwrap_or(0) == 0);
    assert_sourced(&scene, &sent);
    scene.end().await;
}

#[tokio::test]
async fn slash_command_in_private_about_one_story() {
    let scene = Scene::new().await;
    let story = scene.engine.stories()[0].id.to_string();
    let options = json!({"question": QUESTION, "story": story.to_uppercase(), "private": true});
    let used = scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &options);
    let sent = scene.sandbox.answer_to(used.id).await;
    assert_eq!(sent.data()["flags"], 64);
    assert_sourced(&scene, &sent);
    scene.end().await;
}

#[tokio::test]
async fn unknown_story() {
    let scene = Scene::new().await;
    let options = json!({"question": QUESTION, "story": "no such @everyone"});
    let used = scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &options);
    let sent = scene.sandbox.answer_to(used.id).await;
    assert_eq!(sent.data()["flags"], 64);
    assert!(sent.content().starts_with("I don't have a story with that id. I have:\n- `"), "{}", sent.content());
    scene.end().await;
}

#[tokio::test]
async fn mention_reply_and_direct_message() {
    let scene = Scene::new().await;
    let mention = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    let first = scene.sandbox.answer_to(mention).await;
    assert!(is_embed(&first));
    assert_eq!(first.body["nonce"], mention.to_string());
    assert_eq!(first.body["enforce_nonce"], true);
    assert_sourced(&scene, &first);

    let reply = scene.sandbox.reply(small::GENERAL, small::BEN, first.message.unwrap(), QUESTION);
    assert_sourced(&scene, &scene.sandbox.answer_to(reply).await);

    let direct = scene.sandbox.dm(small::ADA, QUESTION);
    let sent = scene.sandbox.answer_to(direct).await;
    assert!(is_embed(&sent));
    assert_sourced(&scene, &sent);
    scene.end().await;
}

/// "Why?" is about what the same member was told in the same channel, and about nothing for anybody else.
#[tokio::test]
async fn each_member_has_a_conversation_of_their_own() {
    const CLOSING: &str = "is kaspersky shutting down its washington office?";
    let scene = Scene::new().await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, CLOSING)).await;
    let hers = scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, "why?")).await;
    assert!(markdown(&hers).contains("lack of any present opportunity"), "{}", markdown(&hers));
    let his = scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::BEN, "why?")).await;
    assert!(markdown(&his).contains("whole question"), "{}", markdown(&his));
    let elsewhere = scene.sandbox.answer_to(scene.sandbox.dm(small::ADA, "why?")).await;
    assert!(markdown(&elsewhere).contains("whole question"), "{}", markdown(&elsewhere));
    scene.end().await;
}

/// A reply to the bot is about what that message says, whoever it was said to.
#[tokio::test]
async fn a_reply_goes_on_from_the_message_it_replies_to() {
    let scene = Scene::new().await;
    let told = scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    let reply = scene.sandbox.reply(small::GENERAL, small::BEN, told.message.unwrap(), "who said that?");
    let said = markdown(&scene.sandbox.answer_to(reply).await);
    assert!(said.contains("Shingarev") && !said.contains("whole question"), "{said}");
    scene.end().await;
}

#[tokio::test]
async fn what_the_story_does_not_say() {
    let scene = Scene::new().await;
    let reply = scene.reply(ELSEWHERE);
    assert_eq!(reply.outcome, Outcome::Unknown);
    let sent = scene.sandbox.answer_to(scene.sandbox.dm(small::ADA, ELSEWHERE)).await;
    assert_eq!(shown(&markdown(&sent)), format!("**{}**", reply.lead.unwrap()));
    assert!(reply.suggestions.iter().all(|s| button(&sent, &s.text).is_some()), "{}", sent.body["components"]);
    scene.end().await;
}

#[tokio::test]
async fn a_bare_mention_and_a_wall_of_text() {
    let scene = Scene::new().await;
    let bare = scene.sandbox.mention(small::GENERAL, small::ADA, "");
    assert!(is_embed(&scene.sandbox.answer_to(bare).await));
    let walls = ["w".repeat(1900), "@everyone ".repeat(190), "\u{202E}🦀\u{0}```".repeat(250)];
    for wall in walls {
        let wall = scene.sandbox.dm(small::BEN, &wall);
        scene.sandbox.answer_to(wall).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn an_event_that_comes_twice_is_answered_once() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::DuplicateNextEvent);
    let twice = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
    scene.sandbox.answer_to(twice).await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    assert_eq!(scene.posts(), 2);
    scene.end().await;
}
