//! Layer 5: rows of what went before. The last call of a row is the one that is judged.

use discord_sandbox::{Elsewhere, Fault, small};
use serde_json::{Value, json};

use crate::scene::{Scene, Step, message};
use Step::{Ask, Call, Complete, DeleteAnswer, DeleteQuestion, Do, Press, Wait};

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

fn modals() -> Vec<(End, Vec<Step>)> {
    let input = json!({"type": 4, "custom_id": "text", "style": 1, "label": "Text"});
    let data = json!({"custom_id": "m", "title": "Say", "components": [{"type": 1, "components": [input]}]});
    let open = || callback(9, data.clone());
    let submit = || {
        Do(|scene| {
            let opened = scene.interaction.take().unwrap();
            scene.interaction = Some(scene.sandbox.submit(small::ADA, &opened, &json!({"text": "x"})));
        })
    };
    let fits = Violation("callback fits interaction", 50035);
    play(vec![
        (Passes, vec![Ask, open(), submit(), callback(4, ok())]),
        (Passes, vec![Ask, open(), submit(), callback(5, json!({})), original(ok())]),
        (Passes, vec![with_button(), Press, open(), submit(), callback(7, ok())]),
        (fits, vec![Ask, open(), submit(), callback(7, ok())]),
        (fits, vec![Ask, open(), submit(), open()]),
        (fits, vec![Complete, open()]),
        (Violation("answered within 3 s", 10062), vec![Ask, open(), submit(), Wait(3001), callback(4, ok())]),
    ])
}

fn elsewhere() -> Vec<(End, Vec<Step>)> {
    let ask = |place: fn(&mut Scene)| Do(place);
    let group = || ask(|scene| use_in(scene, Elsewhere::Group));
    let guild = || ask(|scene| use_in(scene, Elsewhere::Guild));
    let follows = |count| vec![follow(ok()); count];
    let many = |place, count| [vec![place, callback(4, ok())], follows(count)].concat();
    let rule = Violation("five follow-ups where only the user installed it", 40094);
    let dead = || Do(|scene| scene.sandbox.inject(Fault::DeadInteraction));
    play(vec![
        (Passes, many(group(), 5)),
        (rule, many(group(), 6)),
        (rule, many(guild(), 6)),
        (Passes, many(Ask, 6)),
        (Violation("known channel", 50001), vec![group(), post("/channels/$group/messages", ok())]),
        (Refusal("known interaction", 10062), vec![dead(), Ask, callback(4, ok())]),
        (Refusal("known webhook", 10015), vec![dead(), Ask, follow(ok())]),
    ])
}

fn use_in(scene: &mut Scene, place: Elsewhere) {
    let options = json!({"question": "When?"});
    scene.interaction = Some(scene.sandbox.slash_elsewhere(place, small::BEN, "ask", &options));
}

fn places() -> Vec<(End, Vec<Step>)> {
    let act = |act: fn(&mut Scene)| Do(act);
    let archive = || act(|scene| scene.sandbox.archive(small::THREAD));
    let lock = || act(|scene| scene.sandbox.lock(small::THREAD));
    let thread = || post("/channels/$thread/messages", ok());
    let change = || Call("PATCH", "/channels/$thread/messages/$message", ok());
    let ask = || {
        act(|scene| {
            let options = json!({"question": "When?"});
            scene.interaction = Some(scene.sandbox.slash(small::THREAD, small::ADA, "ask", &options));
        })
    };
    let remove = || act(|scene| scene.sandbox.remove_bot(small::GUILD));
    let get = |path| Call("GET", path, Value::Null);
    let started = |channel: fn(&mut Scene)| vec![Do(channel), post("/channels/$question/messages", ok())];
    play(vec![
        (Passes, vec![thread(), change()]),
        (Refusal("thread not archived", 50083), vec![thread(), archive(), change()]),
        (Passes, vec![thread(), archive(), thread(), change()]),
        (Passes, vec![ask(), callback(4, ok()), original(ok())]),
        (Refusal("answer not archived", 50083), vec![ask(), callback(4, ok()), archive(), original(ok())]),
        (Refusal("thread not locked", 160_005), vec![lock(), thread()]),
        (Passes, started(|scene| start_thread(scene, small::GENERAL))),
        (Passes, started(|scene| start_thread(scene, small::READ_ONLY))),
        (Refusal("SEND_MESSAGES", 50013), started(|scene| start_thread(scene, small::NO_THREADS))),
        (Passes, started(forum_post)),
        (Refusal("known channel", 50001), vec![remove(), say(ok())]),
        (Refusal("known channel", 50001), vec![remove(), post("/channels/$thread/messages", ok())]),
        (Refusal("known guild", 50001), vec![remove(), get("/guilds/$guild")]),
        (Passes, vec![remove(), post("/channels/$other/messages", ok())]),
        (Passes, vec![remove(), act(|scene| scene.sandbox.invite_bot(small::GUILD)), say(ok())]),
        (Refusal("known channel", 130_000), vec![act(|scene| scene.sandbox.outage(small::GUILD)), say(ok())]),
        (Refusal("known channel", 10003), vec![act(|scene| scene.sandbox.delete_channel(small::GENERAL)), say(ok())]),
        (
            Refusal("SEND_MESSAGES", 50013),
            vec![act(|scene| scene.sandbox.set_permissions(small::GENERAL, 1 << 10)), say(ok())],
        ),
    ])
}

fn start_thread(scene: &mut Scene, channel: discord_sandbox::Snowflake) {
    let message = scene.sandbox.post(channel, small::ADA, "About the pier");
    scene.question = scene.sandbox.start_thread(message, small::ADA, "pier");
}

fn forum_post(scene: &mut Scene) {
    (scene.question, _) = scene.sandbox.forum_post(small::FORUM, small::ADA, "Pier", "When does it open?");
}

fn webhooks() -> Vec<(End, Vec<Step>)> {
    let defer = || callback(5, json!({}));
    let quarter = 15 * 60 * 1000;
    let wrong = Call("POST", "/webhooks/$application/other", ok());
    let get = || Call("GET", "/webhooks/$application/$token/messages/@original", Value::Null);
    let delete = || Call("DELETE", "/webhooks/$application/$token/messages/@original", Value::Null);
    let own = |method| Call(method, "/webhooks/$application/$token/messages/$message", Value::Null);
    let input = json!({"type": 4, "custom_id": "text", "style": 1, "label": "Text"});
    let opened = json!({"custom_id": "m", "title": "Say", "components": [{"type": 1, "components": [input]}]});
    let edit_followup = Call("PATCH", "/webhooks/$application/$token/messages/$message", ok());
    play(vec![
        (Passes, vec![Ask, defer(), original(ok())]),
        (Passes, vec![Ask, callback(4, ok()), original(ok())]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok())]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok()), edit_followup]),
        (Passes, vec![Ask, callback(4, ok()), get()]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok()), own("GET")]),
        (Passes, vec![Ask, callback(4, ok()), follow(ok()), own("DELETE")]),
        (Refusal("known answer", 10008), vec![Ask, callback(4, ok()), follow(ok()), own("DELETE"), own("GET")]),
        (Violation("known answer", 10008), vec![say(ok()), Ask, callback(9, opened), own("GET")]),
        (Passes, vec![Ask, callback(4, ok()), delete()]),
        (Passes, vec![Ask, defer(), Wait(quarter), original(ok())]),
        (Violation("token lives 15 min", 50027), vec![Ask, defer(), Wait(quarter + 1), original(ok())]),
        (Violation("token lives 15 min", 50027), vec![Ask, defer(), Wait(quarter + 1), follow(ok())]),
        (Violation("answer before edit", 10015), vec![Ask, original(ok())]),
        (Violation("answer before edit", 10015), vec![Ask, follow(ok())]),
        (Violation("known webhook", 10015), vec![Ask, defer(), wrong]),
        (Violation("known webhook", 10015), vec![Ask, defer(), Call("POST", "/webhooks/$application/x-$id", ok())]),
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
    let rows =
        [interactions(), modals(), elsewhere(), webhooks(), mentions(), replies(), channels(), places()].concat();
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
