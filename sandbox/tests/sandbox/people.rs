//! What people do to messages of the bot, and how the bot is told of it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use discord_sandbox::{Elsewhere, Interaction, Sandbox, Snowflake, small};
use serde_json::{Value, json};

use crate::gateway::Client;
use crate::scene::{Scene, Step, message};

const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;

fn components() -> Value {
    let button =
        |id: &str, disabled: bool| json!({"type": 2, "style": 1, "custom_id": id, "label": "l", "disabled": disabled});
    let option = |value: &str| json!({"label": value, "value": value});
    let options = json!([option("a"), option("b"), option("c")]);
    let pick = json!({"type": 3, "custom_id": "pick", "options": options, "min_values": 1, "max_values": 2});
    json!([
        {"type": 1, "components": [button("more", false), button("spent", true)]},
        {"type": 1, "components": [pick]}
    ])
}

fn callback(kind: u64, data: Value) -> Step {
    Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": kind, "data": data}))
}

/// A reply by the bot with a button and a select.
async fn answered(scene: &mut Scene) -> Snowflake {
    let body = message(json!({"components": components(), "message_reference": {"message_id": "$question"}}));
    scene.play_all(&[Step::Call("POST", "/channels/$general/messages", body)]).await;
    scene.latest()
}

/// An interaction by Ada that the bot has answered with a modal.
async fn modal(scene: &mut Scene) -> Interaction {
    let input = |id: &str, more: Value| {
        let mut input = json!({"type": 4, "custom_id": id, "style": 1, "label": "l"});
        more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
        json!({"type": 1, "components": [input]})
    };
    let rows = json!([
        input("need", json!({"min_length": 2, "max_length": 4})),
        input("may", json!({"required": false, "value": "kept"}))
    ]);
    let open = callback(9, json!({"custom_id": "m", "title": "t", "components": rows}));
    scene.play_all(&[Step::Ask, open]).await;
    scene.interaction.clone().unwrap()
}

fn panics(sandbox: &Sandbox, wanted: &str, act: impl FnOnce(&Sandbox) -> Interaction) {
    let error = catch_unwind(AssertUnwindSafe(|| act(sandbox))).expect_err(wanted);
    let text = error.downcast_ref::<String>().cloned().unwrap_or_default();
    assert!(text.contains(wanted), "{text}\nis not about\n{wanted}");
}

#[tokio::test]
async fn what_is_not_there_cannot_be_used() {
    let mut scene = Scene::new().await;
    let shown = answered(&mut scene).await;
    let pick =
        |values: &'static [&'static str]| move |sandbox: &Sandbox| sandbox.select(small::BEN, shown, "pick", values);
    let sandbox = &scene.sandbox;
    panics(sandbox, "has no enabled button `less`", |s| s.button(small::BEN, shown, "less"));
    panics(sandbox, "has no enabled button `spent`", |s| s.button(small::BEN, shown, "spent"));
    panics(sandbox, "has no enabled select `more`", |s| s.select(small::BEN, shown, "more", &["a"]));
    panics(sandbox, "has no option `d`", pick(&["d"]));
    panics(sandbox, "takes 1 to 2 values, not 0", pick(&[]));
    panics(sandbox, "takes 1 to 2 values, not 3", pick(&["a", "b", "c"]));
    pick(&["a", "c"])(sandbox);
    let dm = sandbox.dm(small::ADA, "mine");
    panics(sandbox, "has no part in the direct messages", |s| s.message_command(small::BEN, "Answer this", dm));
    sandbox.message_command(small::ADA, "Answer this", dm);
}

#[tokio::test]
async fn a_modal_takes_what_its_inputs_take_and_once() {
    let mut scene = Scene::new().await;
    let opened = modal(&mut scene).await;
    let rows = [
        (json!({}), "needs the input `need`"),
        (json!({"need": "x"}), "takes 2 to 4 characters, not 1"),
        (json!({"need": "xxxxx"}), "takes 2 to 4 characters, not 5"),
        (json!({"need": "xx", "none": "x"}), "has no input `none`"),
    ];
    for (values, wanted) in rows {
        let opened = modal(&mut scene).await;
        panics(&scene.sandbox, wanted, |s| s.submit(small::ADA, &opened, &values));
    }
    panics(&scene.sandbox, "the modal is", |s| s.submit(small::BEN, &opened, &json!({"need": "xx"})));
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    scene.sandbox.submit(small::ADA, &opened, &json!({"need": "xx"}));
    let event = client.read().await.unwrap();
    let values: Vec<_> =
        (0..2).map(|at| event["d"]["data"]["components"][at]["components"][0]["value"].clone()).collect();
    assert_eq!((&event["d"]["type"], &event["d"]["data"]["custom_id"]), (&json!(5), &json!("m")));
    assert_eq!(values, ["xx", "kept"]);
    panics(&scene.sandbox, "has no open modal", |s| s.submit(small::ADA, &opened, &json!({"need": "xx"})));
}

#[tokio::test]
async fn an_ephemeral_message_is_its_readers() {
    let mut scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    let data = message(json!({"flags": 64, "components": components()}));
    scene.play_all(&[Step::Ask, callback(4, data)]).await;
    let asked = client.read().await.unwrap();
    let shown = scene.latest();
    panics(&scene.sandbox, "is ephemeral and not for", |s| s.button(small::BEN, shown, "more"));
    scene.sandbox.button(small::ADA, shown, "more");
    let pressed = client.read().await.unwrap();
    let message = &pressed["d"]["message"];
    assert_eq!((&message["flags"], &message["id"]), (&json!(64), &json!(shown)));
    assert_eq!(message["interaction_metadata"]["id"], asked["d"]["id"]);
    assert_eq!(message["interaction_metadata"]["user"]["id"], small::ADA.to_string());
}

#[tokio::test]
async fn a_button_brings_its_message_and_what_that_replies_to() {
    let mut scene = Scene::new().await;
    let shown = answered(&mut scene).await;
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    scene.sandbox.button(small::BEN, shown, "more");
    let message = client.read().await.unwrap()["d"]["message"].clone();
    assert_eq!(message["message_reference"]["message_id"], scene.question.to_string());
    assert_eq!(message["content"], "Noon.");
    // Somebody else's words, without the intent.
    assert_eq!(message["referenced_message"]["content"], "");
    assert!(message["interaction_metadata"].is_null());
}

/// How somebody asks, and the keys of the event that tell where from.
type Asks = fn(&Sandbox) -> Interaction;

#[tokio::test]
async fn an_interaction_says_where_it_comes_from_and_in_which_language() {
    let options = || json!({"question": "When?"});
    let rows: Vec<(Asks, Value)> = vec![
        (
            |s| s.slash(small::GENERAL, small::ADA, "ask", &json!({"question": "When?"})),
            json!({"context": 0, "owners": {"0": small::GUILD}, "locale": "de"}),
        ),
        (
            |s| s.slash(s.dm_channel(small::BEN), small::BEN, "ask", &json!({"question": "When?"})),
            json!({"context": 1, "owners": {"0": "0"}, "locale": "en-US"}),
        ),
        (
            |s| s.slash_elsewhere(Elsewhere::Group, small::BEN, "ask", &json!({"question": "When?"})),
            json!({"context": 2, "owners": {"1": small::BEN}, "locale": "en-US"}),
        ),
        (
            |s| s.slash_elsewhere(Elsewhere::Guild, small::BEN, "ask", &json!({"question": "When?"})),
            json!({"context": 0, "owners": {"1": small::BEN}, "locale": "en-US"}),
        ),
    ];
    let scene = Scene::new().await;
    scene.sandbox.as_speaking(small::ADA, "de");
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    for (asks, expected) in rows {
        asks(&scene.sandbox);
        let event = client.read().await.unwrap()["d"].clone();
        let found = json!({
            "context": event["context"], "owners": event["authorizing_integration_owners"], "locale": event["locale"]
        });
        assert_eq!(found, expected);
        assert_eq!(event["data"]["options"][0]["value"], options()["question"]);
        assert_eq!(event["guild_locale"].is_null(), event["guild_id"].is_null());
    }
}

#[tokio::test]
async fn without_external_apps_an_answer_is_seen_by_the_asker_only() {
    for (place, hidden) in [(Elsewhere::Guild, false), (Elsewhere::GuildWithoutExternalApps, true)] {
        let mut scene = Scene::new().await;
        let options = json!({"question": "When?"});
        scene.interaction = Some(scene.sandbox.slash_elsewhere(place, small::BEN, "ask", &options));
        scene.play_all(&[callback(4, message(json!({})))]).await;
        let flags = scene.sandbox.message(scene.latest()).unwrap()["flags"].as_u64().unwrap();
        assert_eq!(flags & 64 != 0, hidden, "{place:?}");
        assert!(scene.sandbox.violations().is_empty());
    }
}
