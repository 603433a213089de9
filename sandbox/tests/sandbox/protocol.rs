//! Layer 5: rows of what went before. The last call of a row is the one that is judged.

use serde_json::{Value, json};

use crate::scene::{Scene, Step, message};
use Step::{Ask, Call, Complete, DeleteAnswer, DeleteQuestion, Press, Wait};

/// Who is to blame for what the last call was answered with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Passes,
    Violation(&'static str, u64),
    Refusal(&'static str, u64),
}
use End::{Passes, Refusal, Violation};

fn ok() -> Value {
    message(json!({}))
}

fn post(channel: &'static str, body: Value) -> Step {
    Call("POST", channel, body)
}

fn say(body: Value) -> Step {
    post("/channels/$general/messages", body)
}

fn callback(kind: u64, data: Value) -> Step {
    Call("POST", "/interactions/$id/$token/callback", json!({"type": kind, "data": data}))
}

fn original(body: Value) -> Step {
    Call("PATCH", "/webhooks/$application/$token/messages/@original", body)
}

fn follow(body: Value) -> Step {
    Call("POST", "/webhooks/$application/$token", body)
}

fn edit(body: Value) -> Step {
    Call("PATCH", "/channels/$general/messages/$message", body)
}

fn reply(channel: &'static str, reference: Value) -> Step {
    post(channel, message(json!({"message_reference": reference})))
}

fn with_button() -> Step {
    let button = json!({"type": 2, "style": 1, "custom_id": "more", "label": "More"});
    say(message(json!({"components": [{"type": 1, "components": [button]}]})))
}

fn play(rows: Vec<(End, Vec<Step>)>) -> Vec<(End, Vec<Step>)> {
    rows
}

fn interactions() -> Vec<(End, Vec<Step>)> {
    let choices = || callback(8, json!({"choices": []}));
    let flagged = |flags: u64| callback(5, json!({"flags": flags}));
    let stranger = Call("POST", "/interactions/$id/other/callback", json!({"type": 5}));
    play(vec![
        (Passes, vec![Ask, callback(4, ok())]),
        (Passes, vec![Ask, Wait(3000), callback(4, ok())]),
        (Violation("answered within 3 s", 10062), vec![Ask, Wait(3001), callback(4, ok())]),
        (Violation("answered once", 40060), vec![Ask, callback(4, ok()), callback(4, ok())]),
        (Violation("answered once", 40060), vec![Ask, flagged(0), callback(4, ok())]),
        (Violation("known interaction", 10062), vec![callback(4, ok())]),
        (Violation("known interaction", 10062), vec![Ask, stranger]),
        (Violation("callback fits interaction", 50035), vec![Ask, choices()]),
        (Violation("callback fits interaction", 50035), vec![Ask, callback(7, ok())]),
        (Violation("callback fits interaction", 50035), vec![Complete, callback(4, ok())]),
        (Violation("callback fits interaction", 50035), vec![Complete, flagged(0)]),
        (Violation("answered within 3 s", 10062), vec![Complete, Wait(3001), choices()]),
        (Passes, vec![Complete, choices()]),
        (Passes, vec![with_button(), Press, callback(7, ok())]),
        (Passes, vec![with_button(), Press, callback(6, Value::Null)]),
        (Passes, vec![with_button(), Press, callback(6, Value::Null), original(ok())]),
        (Passes, vec![Ask, flagged(64)]),
        (Violation("deferral flags", 50035), vec![Ask, flagged(1 << 15)]),
        (Violation("deferral flags", 50035), vec![Ask, flagged(4)]),
    ])
}

fn webhooks() -> Vec<(End, Vec<Step>)> {
    let defer = || callback(5, json!({}));
    let quarter = 15 * 60 * 1000;
    let wrong = Call("POST", "/webhooks/$application/other", ok());
    let get = || Call("GET", "/webhooks/$application/$token/messages/@original", Value::Null);
    let delete = || Call("DELETE", "/webhooks/$application/$token/messages/@original", Value::Null);
    let edit_followup = Call("PATCH", "/webhooks/$application/$token/messages/$message", ok());
    play(vec![
        (Passes, vec![Ask, defer(), original(ok())]),
        (Passes, vec![Ask, callback(4, ok()), original(ok())]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok())]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok()), edit_followup]),
        (Passes, vec![Ask, callback(4, ok()), get()]),
        (Passes, vec![Ask, callback(4, ok()), delete()]),
        (Passes, vec![Ask, defer(), Wait(quarter), original(ok())]),
        (Violation("token lives 15 min", 50027), vec![Ask, defer(), Wait(quarter + 1), original(ok())]),
        (Violation("token lives 15 min", 50027), vec![Ask, defer(), Wait(quarter + 1), follow(ok())]),
        (Violation("answer before edit", 10015), vec![Ask, original(ok())]),
        (Violation("answer before edit", 10015), vec![Ask, follow(ok())]),
        (Violation("known webhook", 10015), vec![Ask, defer(), wrong]),
        (Refusal("known answer", 10008), vec![Ask, defer(), DeleteAnswer, original(ok())]),
        (Refusal("known answer", 10008), vec![Ask, callback(4, ok()), delete(), get()]),
        (Violation("edit leaves something", 50006), vec![Ask, defer(), original(message(json!({"content": ""})))]),
    ])
}

fn mentions() -> Vec<(End, Vec<Step>)> {
    let absent = || json!({"content": "Noon."});
    let pings = || message(json!({"allowed_mentions": {"parse": ["users"]}}));
    let null = || message(json!({"allowed_mentions": null}));
    let (here, none) = ("allowed_mentions present", "no pings");
    play(vec![
        (Violation(here, 50035), vec![say(absent())]),
        (Violation(here, 50035), vec![say(null())]),
        (Violation(here, 50035), vec![say(ok()), edit(absent())]),
        (Violation(here, 50035), vec![Ask, callback(4, absent())]),
        (Violation(here, 50035), vec![Ask, callback(5, json!({})), original(absent())]),
        (Violation(here, 50035), vec![Ask, callback(4, ok()), follow(absent())]),
        (Violation(here, 50035), vec![with_button(), Press, callback(7, absent())]),
        (Violation(none, 50035), vec![say(pings())]),
        (Violation(none, 50035), vec![Ask, callback(4, pings())]),
        (Passes, vec![say(message(json!({"allowed_mentions": {"parse": [], "replied_user": false}})))]),
        (Passes, vec![say(message(json!({"allowed_mentions": {"replied_user": true}})))]),
    ])
}

fn replies() -> Vec<(End, Vec<Step>)> {
    let general = "/channels/$general/messages";
    let asked = || json!({"message_id": "$question"});
    let gentle = || json!({"message_id": "$question", "fail_if_not_exists": false});
    let rule = "message_reference";
    play(vec![
        (Passes, vec![reply(general, asked())]),
        (Passes, vec![DeleteQuestion, reply(general, gentle())]),
        (Refusal(rule, 50035), vec![DeleteQuestion, reply(general, asked())]),
        (Violation(rule, 50035), vec![reply(general, json!({"message_id": "1"}))]),
        (Violation(rule, 50035), vec![reply("/channels/$other/messages", asked())]),
        (Refusal("reply needs READ_MESSAGE_HISTORY", 160_002), vec![reply("/channels/$nohistory/messages", asked())]),
    ])
}

fn channels() -> Vec<(End, Vec<Step>)> {
    let embed = || message(json!({"embeds": [{"title": "t"}]}));
    let get = |path| Call("GET", path, Value::Null);
    let delete = |path| Call("DELETE", path, Value::Null);
    play(vec![
        (Passes, vec![say(embed())]),
        (Passes, vec![post("/channels/$thread/messages", ok())]),
        (Passes, vec![post("/channels/$noembeds/messages", ok())]),
        (Passes, vec![post("/channels/$nohistory/messages", ok())]),
        (Passes, vec![say(ok()), edit(ok())]),
        (Passes, vec![say(ok()), delete("/channels/$general/messages/$message")]),
        (Passes, vec![get("/channels/$general/messages/$question")]),
        (Passes, vec![get("/channels/$general/messages")]),
        (Passes, vec![post("/channels/$general/typing", Value::Null)]),
        (Passes, vec![post("/users/@me/channels", json!({"recipient_id": "$ben"}))]),
        (Violation("known user", 10013), vec![post("/users/@me/channels", json!({"recipient_id": "5"}))]),
        (Violation("known guild", 10004), vec![get("/guilds/5")]),
        (Violation("own application", 20012), vec![get("/applications/5/commands")]),
        (Violation("known channel", 10003), vec![post("/channels/5/messages", ok())]),
        (Refusal("VIEW_CHANNEL", 50001), vec![post("/channels/$hidden/messages", ok())]),
        (Refusal("SEND_MESSAGES", 50013), vec![post("/channels/$readonly/messages", ok())]),
        (Refusal("SEND_MESSAGES", 50013), vec![post("/channels/$readonly/typing", Value::Null)]),
        (Refusal("EMBED_LINKS", 50013), vec![post("/channels/$noembeds/messages", embed())]),
        (Refusal("no plain messages in a forum", 40058), vec![post("/channels/$forum/messages", ok())]),
        (Refusal("READ_MESSAGE_HISTORY", 50001), vec![get("/channels/$nohistory/messages")]),
        (Refusal("known message", 10008), vec![say(ok()), DeleteAnswer, edit(ok())]),
        (Violation("known message", 10008), vec![get("/channels/$general/messages/5")]),
        (Violation("own message", 50005), vec![Call("PATCH", "/channels/$general/messages/$question", ok())]),
        (Refusal("MANAGE_MESSAGES", 50013), vec![delete("/channels/$general/messages/$question")]),
        (Violation("edit leaves something", 50006), vec![say(ok()), edit(message(json!({"content": ""})))]),
    ])
}

#[tokio::test]
async fn every_row_ends_as_it_says() {
    let rows = [interactions(), webhooks(), mentions(), replies(), channels()].concat();
    for (number, (end, steps)) in rows.into_iter().enumerate() {
        let mut scene = Scene::new().await;
        let answer = scene.play_all(&steps).await;
        let (violations, refusals) = (scene.sandbox.violations(), scene.sandbox.refusals());
        let code = answer.body["code"].as_u64().unwrap_or_default();
        let about = format!("row {number}, {end:?}: {violations:?} {refusals:?}");
        let found = match (violations.as_slice(), refusals.as_slice()) {
            ([], []) => Passes,
            ([violation], []) => Violation(violation.rule, code),
            ([], [refusal]) => Refusal(refusal.rule, code),
            _ => panic!("{about}"),
        };
        assert_eq!(found, end, "{about}");
        assert_eq!(answer.status < 300, end == Passes, "{about}");
        let judged = violations.iter().all(|violation| violation.layer == 5);
        assert!(judged, "{about}");
    }
}

#[tokio::test]
async fn a_nonce_makes_one_message_for_a_while() {
    let mut scene = Scene::new().await;
    let once = || say(message(json!({"nonce": "q1", "enforce_nonce": true})));
    let first = scene.play_all(&[once()]).await.body["id"].clone();
    let second = scene.play_all(&[Wait(60_000), once()]).await.body["id"].clone();
    let late = scene.play_all(&[Wait(600_000), once()]).await.body["id"].clone();
    assert_eq!(first, second);
    assert_ne!(first, late);
    assert_eq!(scene.sandbox.sent().len(), 2);
}

#[tokio::test]
async fn a_world_may_allow_pings() {
    let mut scene = Scene::with(discord_sandbox::World { allow_pings: true, ..discord_sandbox::World::small() }).await;
    scene.play_all(&[say(message(json!({"allowed_mentions": {"parse": ["users"]}})))]).await;
    assert!(scene.sandbox.violations().is_empty());
}
