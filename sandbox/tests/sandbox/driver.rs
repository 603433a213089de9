//! What the driver itself promises: faults, records, and panics on a mistake of the test.

use discord_sandbox::{Fault, Via, small};
use serde_json::json;

use crate::scene::{Scene, Step, message};

fn say() -> Step {
    Step::Call("POST", "/channels/$general/messages", message(json!({"nonce": "n", "enforce_nonce": true})))
}

fn lost(takes_effect: bool) -> Fault {
    let body = json!({"message": "upstream"});
    Fault::FailNext { method: "POST", path: "/channels/{channel_id}/messages", status: 502, body, takes_effect }
}

#[tokio::test]
async fn a_failed_request_fails_once_and_blames_nobody() {
    for takes_effect in [false, true] {
        let mut scene = Scene::new().await;
        scene.sandbox.inject(lost(takes_effect));
        assert_eq!(scene.play(&say()).await.unwrap().status, 502);
        assert_eq!(scene.sandbox.sent().len(), usize::from(takes_effect));
        assert_eq!(scene.play(&say()).await.unwrap().status, 200);
        // With the same nonce a message whose answer was lost is not sent twice.
        assert_eq!(scene.sandbox.sent().len(), 1);
        assert!(scene.sandbox.violations().is_empty() && scene.sandbox.refusals().is_empty());
        let statuses: Vec<_> = scene.sandbox.requests().iter().map(|request| request.status).collect();
        assert_eq!(statuses, [200, 502, 200]);
    }
}

#[tokio::test]
async fn what_was_sent_says_how_and_for_what() {
    let mut scene = Scene::new().await;
    let reply = message(json!({"message_reference": {"message_id": "$question"}}));
    let edit = Step::Call("PATCH", "/channels/$general/messages/$message", message(json!({"content": "One."})));
    scene.play_all(&[Step::Call("POST", "/channels/$general/messages", reply), edit]).await;
    let replies = scene.sandbox.replies_to(scene.question);
    assert_eq!(replies.len(), 1);
    assert_eq!((replies[0].via, replies[0].channel, replies[0].content()), (Via::Message, small::GENERAL, "Noon."));
    assert_eq!(scene.sandbox.answer_to(scene.question).await.message, replies[0].message);
    let kinds = [scene.sandbox.next_sent().await.via, scene.sandbox.next_sent().await.via];
    assert_eq!(kinds, [Via::Message, Via::Edit]);
    assert_eq!(scene.sandbox.message(replies[0].message.unwrap()).unwrap()["content"], "One.");
}

#[tokio::test]
async fn the_answer_to_a_deferral_is_its_edit() {
    let mut scene = Scene::new().await;
    scene.play(&Step::Ask).await;
    let defer = Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": 5}));
    let follow = Step::Call("POST", "/webhooks/$application/$token", message(json!({})));
    scene.play_all(&[defer, follow]).await;
    let sent = scene.sandbox.sent();
    assert_eq!([sent[0].via, sent[1].via], [Via::Callback(5), Via::Followup]);
    // The first follow-up takes the place of "is thinking".
    assert_eq!(sent[0].message, sent[1].message);
    let answer = scene.sandbox.answer_to(sent[0].interaction.unwrap()).await;
    assert_eq!((answer.via, answer.content()), (Via::Followup, "Noon."));
}

#[tokio::test]
async fn a_layer_line_says_whether_the_schema_ran() {
    let scene = Scene::new().await;
    let line = scene.sandbox.layers();
    assert!(line.starts_with("discord-sandbox: schema layers 2 and 3 "), "{line}");
    eprintln!("{line}");
}

#[tokio::test]
async fn the_schema_layers_refuse_what_only_they_know() {
    let rows = [
        ("schema", message(json!({"tts": "yes"}))),
        ("unknown property", message(json!({"contents": "x"}))),
        ("unknown property", message(json!({"embeds": [{"titel": "x"}]}))),
        ("unknown property", message(json!({"allowed_mentions": {"parse": [], "replied": false}}))),
    ];
    for (rule, body) in rows {
        let mut scene = Scene::new().await;
        if !scene.sandbox.layers().contains(" ran,") {
            return;
        }
        scene.play(&Step::Call("POST", "/channels/$general/messages", body.clone())).await;
        let found: Vec<_> = scene.sandbox.violations().iter().map(|violation| violation.rule).collect();
        assert_eq!(found, [rule], "{body}");
    }
}

#[tokio::test]
#[should_panic(expected = "no command `quote` of type 1 is registered")]
async fn an_unregistered_command_cannot_be_used() {
    let scene = Scene::new().await;
    scene.sandbox.slash(small::GENERAL, small::ADA, "quote", &json!({}));
}

#[tokio::test]
#[should_panic(expected = "needs the option `question`")]
async fn a_required_option_cannot_be_left_out() {
    let scene = Scene::new().await;
    scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({}));
}
