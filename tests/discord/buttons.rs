//! What is below an answer, pressed by whoever may and may not, before and after a restart.

use std::time::Duration;

use discord_sandbox::{Sent, Snowflake, Via, small};
use onrecord::store::Store;
use serde_json::json;

use crate::scene::{Plan, QUESTION, Scene, button, markdown};

async fn asked(scene: &Scene, user: Snowflake) -> Sent {
    let mention = scene.sandbox.mention(small::GENERAL, user, QUESTION);
    scene.sandbox.answer_to(mention).await
}

async fn pressed(scene: &Scene, user: Snowflake, on: &Sent, label: &str) -> Sent {
    let id = button(on, label).unwrap_or_else(|| panic!("no button {label}"));
    let pressed = scene.sandbox.button(user, on.message.unwrap(), &id);
    scene.sandbox.answer_to(pressed.id).await
}

#[tokio::test]
async fn a_related_question_is_answered() {
    let scene = Scene::new().await;
    let first = asked(&scene, small::ADA).await;
    let label = first.data()["components"][0]["components"][0]["label"].as_str().unwrap().to_owned();
    let next = pressed(&scene, small::BEN, &first, &label).await;
    assert_eq!(next.via, Via::Callback(4));
    assert!(markdown(&next).contains("Source:") && markdown(&next) != markdown(&first), "{}", markdown(&next));
    scene.end().await;
}

#[tokio::test]
async fn whose_word_it_is() {
    let scene = Scene::new().await;
    let claim = scene.sandbox.mention(small::GENERAL, small::ADA, "what did israel find out about kaspersky?");
    let claim = scene.sandbox.answer_to(claim).await;
    let whose = pressed(&scene, small::BEN, &claim, "Who said this?").await;
    assert!(markdown(&whose).contains("laimed by"), "{}", markdown(&whose));
    scene.end().await;
}

#[tokio::test]
async fn a_list_turns_both_ways() {
    let scene = Scene::new().await;
    let list = scene.sandbox.mention(small::GENERAL, small::ADA, "all quotes");
    let list = scene.sandbox.answer_to(list).await;
    let (message, first) = (list.message.unwrap(), markdown(&list));
    let more = scene.sandbox.button(small::BEN, message, &button(&list, "More").unwrap());
    let second = scene.sandbox.answer_to(more.id).await;
    assert_eq!(second.via, Via::Callback(7));
    assert_ne!(markdown(&second), first);
    assert_eq!(button(&second, "Delete"), button(&list, "Delete"), "who turns a page does not own it");
    let back = scene.sandbox.button(small::ADA, message, &button(&second, "Back").unwrap());
    assert_eq!(markdown(&scene.sandbox.answer_to(back.id).await), first);
    scene.end().await;
}

#[tokio::test]
async fn verdicts_are_counted_once_each() {
    let scene = Scene::new().await;
    let answer = asked(&scene, small::ADA).await;
    let rows = [
        (small::ADA, "Helpful", "Thank you"),
        (small::ADA, "Helpful", "already"),
        (small::BEN, "Helpful", "Thank you"),
        (small::BEN, "Not helpful", "Thank you"),
        (small::BEN, "This is wrong", "Thank you"),
    ];
    for (user, label, words) in rows {
        let said = pressed(&scene, user, &answer, label).await;
        assert!(said.data()["flags"] == 64 && said.content().contains(words), "{label}: {}", said.content());
    }
    let counts = scene.store.feedback(Some(small::GUILD.0)).await.unwrap();
    let counts: Vec<_> = counts.iter().map(|f| (f.item.story.as_str(), f.helpful, f.unhelpful, f.wrong)).collect();
    assert_eq!(counts, [("kaspersky-washington-office", 2, 1, 1)]);
    assert!(scene.store.gaps(None).await.unwrap().is_empty(), "nothing is kept where nobody asked for it");
    scene.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_kept_where_the_server_wants_it() {
    let scene = Scene::new().await;
    let settings = scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &json!({"collect": true}));
    scene.sandbox.answer_to(settings.id).await;
    let answer = asked(&scene, small::BEN).await;
    let wrong = scene.sandbox.button(small::BEN, answer.message.unwrap(), &button(&answer, "This is wrong").unwrap());
    assert_eq!(scene.sandbox.answer_to(wrong.id).await.via, Via::Callback(9));
    let form =
        scene.sandbox.submit(small::BEN, &wrong, &json!({"report": "They closed it <@1> in SPRING, call 0123456789"}));
    let thanks = scene.sandbox.answer_to(form.id).await;
    assert!(thanks.content().contains("Thank you"), "{}", thanks.content());
    pressed(&scene, small::BEN, &answer, "Not helpful").await;
    // Kept once the thanks are sent.
    let kept = async {
        while scene.store.gaps(None).await.unwrap().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), kept).await.expect("both are kept");
    let gaps = scene.store.gaps(Some(small::GUILD.0)).await.unwrap();
    let mut gaps: Vec<_> = gaps.iter().map(|g| (g.question.as_str(), g.unhelpful, g.wrong)).collect();
    gaps.sort_unstable();
    assert_eq!(
        gaps,
        [("they closed it in spring call", 0, 1), ("why is kaspersky closing its washington office", 1, 0)]
    );
    scene.end().await;
}

#[tokio::test]
async fn the_asker_and_moderators_delete() {
    let scene = Scene::new().await;
    let answer = asked(&scene, small::ADA).await;
    let refused = pressed(&scene, small::BEN, &answer, "Delete").await;
    assert!(refused.content().contains("moderator"), "{}", refused.content());
    assert!(scene.sandbox.message(answer.message.unwrap()).is_some());
    for (asker, deleter) in [(small::ADA, small::ADA), (small::BEN, small::MOD)] {
        let answer = asked(&scene, asker).await;
        scene.sandbox.button(deleter, answer.message.unwrap(), &button(&answer, "Delete").unwrap());
        scene.sandbox.gone(answer.message.unwrap()).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn buttons_outlive_a_restart() {
    let store = Store::in_memory().await.unwrap();
    let scene = Scene::of(Plan { store: Some(store.clone()), ..Plan::default() }).await;
    let answer = asked(&scene, small::ADA).await;
    let scene = scene.restarted().await;
    assert!(pressed(&scene, small::BEN, &answer, "Helpful").await.content().contains("Thank you"));
    let label = answer.data()["components"][0]["components"][0]["label"].as_str().unwrap().to_owned();
    assert!(markdown(&pressed(&scene, small::BEN, &answer, &label).await).contains("Source:"));
    scene.sandbox.button(small::ADA, answer.message.unwrap(), &button(&answer, "Delete").unwrap());
    scene.sandbox.gone(answer.message.unwrap()).await;
    assert_eq!(scene.sandbox.registrations(), 1, "what is registered already is not registered again");
    scene.end().await;
}
