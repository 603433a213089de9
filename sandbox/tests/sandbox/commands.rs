//! Layer 4: rows of commands, as they are registered.

use serde_json::{Value, json};

use crate::scene::{Scene, Step};

fn x(count: usize) -> String {
    "x".repeat(count)
}

fn named(name: &str) -> Value {
    json!([{"name": name, "description": "d"}])
}

fn many(count: usize, kind: u64) -> Value {
    let description = if kind == 1 { "d" } else { "" };
    (0..count).map(|at| json!({"name": format!("c{at}"), "type": kind, "description": description})).collect()
}

fn with(options: Value) -> Value {
    json!([{"name": "ask", "description": "d", "options": options}])
}

fn option(name: &str, more: Value) -> Value {
    let mut option = json!({"name": name, "description": "d", "type": 3});
    for (key, value) in more.as_object().unwrap() {
        option[key] = value.clone();
    }
    option
}

fn choices(count: usize, name: usize) -> Value {
    let choices: Vec<_> = (0..count).map(|at| json!({"name": x(name), "value": at.to_string()})).collect();
    with(json!([option("a", json!({"choices": choices}))]))
}

fn text(count: usize) -> Value {
    let choices = |count| (0..count).map(|at| json!({"name": x(90), "value": format!("{at:010}")})).collect();
    let option = |at: usize| {
        let choices: Vec<Value> = choices(count);
        json!({"name": format!("o{at}"), "description": x(98), "type": 3, "choices": choices})
    };
    with((0..4).map(option).collect())
}

fn context(context: u64, kind: u64) -> Value {
    json!([{"name": "ask", "description": "d", "contexts": [context], "integration_types": [kind]}])
}

/// One option of a type.
fn of(kind: u64, more: Value) -> Value {
    let mut option = option("a", more);
    option["type"] = kind.into();
    with(json!([option]))
}

fn localised(key: &str, locale: &str, text: &str) -> Value {
    let mut command = named("ask");
    command[0][format!("{key}_localizations")] = json!({locale: text});
    command
}

fn localised_choice(locale: &str) -> Value {
    of(3, json!({"choices": [{"name": "n", "value": "v", "name_localizations": {locale: "N n"}}]}))
}

fn permitted(bits: Value) -> Value {
    let mut command = named("ask");
    command[0]["default_member_permissions"] = bits;
    command
}

fn rows() -> Vec<(&'static str, Value, Value)> {
    let plain = || option("a", json!({}));
    let needed = || option("b", json!({"required": true}));
    let twice = json!([{"name": "a", "description": "d"}, {"name": "a", "description": "d"}]);
    let kinds = json!([{"name": "a", "description": "d"}, {"name": "a", "type": 3}]);
    let sub = || json!({"name": "sub", "description": "d", "type": 1});
    let both = option("a", json!({"autocomplete": true, "choices": [{"name": "n", "value": "v"}]}));
    let options = |count| with((0..count).map(|at| option(&format!("o{at}"), json!({}))).collect());
    vec![
        ("command count", many(101, 1), many(100, 1)),
        ("command count", many(16, 2), many(15, 2)),
        ("command count", many(16, 3), many(15, 3)),
        ("command duplicates", twice, kinds),
        ("command duplicates", with(json!([plain(), plain()])), with(json!([plain()]))),
        ("command name", named("Ask"), named("ask")),
        ("command name", named("ask me"), named("ask-me_o'clock")),
        ("command name", named("ask!"), named("frage-ü")),
        ("command name", named("a😀"), named("हिन्दी")),
        ("command name", named(""), named("a")),
        ("command name", named(&x(33)), named(&x(32))),
        ("command name", with(json!([option("Q", json!({}))])), with(json!([option("q", json!({}))]))),
        ("command description", json!([{"name": "a"}]), json!([{"name": "A b", "type": 3}])),
        (
            "command description",
            json!([{"name": "a", "description": x(101)}]),
            json!([{"name": "a", "description": x(100)}]),
        ),
        (
            "command description",
            json!([{"name": "a", "type": 3, "description": "d"}]),
            json!([{"name": "a", "type": 2}]),
        ),
        ("command options", options(26), options(25)),
        ("command options", with(json!([plain(), needed()])), with(json!([needed(), plain()]))),
        ("command options", with(json!([sub(), plain()])), with(json!([sub()]))),
        ("command choices", choices(26, 1), choices(25, 1)),
        ("command choices", choices(1, 101), choices(1, 100)),
        ("command choices", with(json!([both])), with(json!([option("a", json!({"autocomplete": true}))]))),
        ("option kinds", of(3, json!({"min_value": 1})), of(4, json!({"min_value": 1}))),
        ("option kinds", of(4, json!({"max_length": 1})), of(3, json!({"max_length": 1}))),
        ("option kinds", of(3, json!({"max_length": 6001})), of(3, json!({"max_length": 6000}))),
        (
            "option kinds",
            of(3, json!({"min_length": 3, "max_length": 2})),
            of(3, json!({"min_length": 2, "max_length": 2})),
        ),
        (
            "option kinds",
            of(4, json!({"min_value": 3, "max_value": 2})),
            of(4, json!({"min_value": 2, "max_value": 2})),
        ),
        ("option kinds", of(5, json!({"autocomplete": true})), of(10, json!({"autocomplete": true}))),
        ("option kinds", of(12, json!({})), of(11, json!({}))),
        (
            "option kinds",
            of(3, json!({"choices": [{"name": "n", "value": 1}]})),
            of(4, json!({"choices": [{"name": "n", "value": 1}]})),
        ),
        ("option kinds", of(3, json!({"channel_types": [0]})), of(7, json!({"channel_types": [0]}))),
        ("option kinds", of(1, json!({"options": [sub()]})), of(2, json!({"options": [sub()]}))),
        ("command localisations", localised("name", "tlh", "frage"), localised("name", "de", "frage")),
        ("command localisations", localised("name", "de", "Frage"), localised("name", "es-419", "pregunta")),
        ("command localisations", localised("name", "de", &x(33)), localised("name", "de", &x(32))),
        ("command localisations", localised("description", "en", "d"), localised("description", "en-GB", "d")),
        ("command localisations", localised("description", "de", &x(101)), localised("description", "de", &x(100))),
        ("command localisations", localised_choice("de-DE"), localised_choice("pt-BR")),
        ("command permissions", permitted(json!("all")), permitted(json!("32"))),
        ("command text", text(20), text(18)),
        ("command contexts", context(3, 1), context(1, 0)),
        ("command contexts", context(0, 2), context(0, 0)),
        ("command contexts", context(2, 0), context(2, 1)),
    ]
}

#[tokio::test]
async fn every_rule_refuses_its_row_and_lets_its_neighbour_pass() {
    for (number, (rule, bad, good)) in rows().into_iter().enumerate() {
        let set = |body| [Step::Call("PUT", "/applications/$application/commands", body)];
        let mut scene = Scene::new().await;
        let answer = scene.play_all(&set(bad)).await;
        let violations = scene.sandbox.violations();
        assert_eq!(answer.status, 400, "row {number}, {rule}: {}", answer.body);
        assert_eq!(violations.len(), 1, "row {number}, {rule}: {violations:?}");
        let schema = matches!(violations[0].layer, 2 | 3) && scene.sandbox.layers().contains(" ran,");
        assert!(schema || violations[0].rule == rule, "row {number}: {}", violations[0]);
        assert_eq!(scene.sandbox.registrations(), 1, "row {number}: a refused PUT registers nothing");

        let mut scene = Scene::new().await;
        let answer = scene.play_all(&set(good)).await;
        let violations = scene.sandbox.violations();
        assert!(violations.is_empty() && answer.status < 300, "row {number}, {rule}: {violations:?}");
        assert_eq!(scene.sandbox.registrations(), 2);
    }
}

#[tokio::test]
async fn permissions_are_a_string_as_documented() {
    let mut scene = Scene::new().await;
    let body = json!([{"name": "a", "description": "d", "default_member_permissions": "32"}]);
    let answer = scene.play_all(&[Step::Call("PUT", "/applications/$application/commands", body)]).await;
    assert_eq!(answer.body[0]["default_member_permissions"], "32");
    assert!(scene.sandbox.violations().is_empty());
}
