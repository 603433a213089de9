//! Layer 4: rows of message bodies. Each rule has one that breaks it and one, as near as can be, that passes.

use serde_json::{Value, json};

use crate::scene::{Scene, Step, message};

/// Where the body goes.
#[derive(Clone, Copy, Debug)]
enum To {
    Message,
    Edit,
    Callback,
    Update,
    Complete,
    Followup,
    Original,
}

type Row = (&'static str, To, Value, Value);

fn steps(to: To, body: Value) -> Vec<Step> {
    let button = message(json!({"components": [row(vec![button("more")])]}));
    let posted = Step::Call("POST", "/channels/$general/messages", button);
    let deferred = Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": 5}));
    let callback = |body| Step::Call("POST", "/interactions/$id/$token/callback", body);
    match to {
        To::Message => vec![Step::Call("POST", "/channels/$general/messages", body)],
        To::Edit => vec![posted, Step::Call("PATCH", "/channels/$general/messages/$message", body)],
        To::Callback => vec![Step::Ask, callback(body)],
        To::Update => vec![posted, Step::Press, callback(body)],
        To::Complete => vec![Step::Complete, callback(body)],
        To::Followup => vec![Step::Ask, deferred, Step::Call("POST", "/webhooks/$application/$token", body)],
        To::Original => {
            let path = "/webhooks/$application/$token/messages/@original";
            vec![Step::Ask, deferred, Step::Call("PATCH", path, body)]
        }
    }
}

fn row(children: Vec<Value>) -> Value {
    json!({"type": 1, "components": children})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "custom_id": id, "label": "More"})
}

fn buttons(count: usize) -> Vec<Value> {
    (0..count).map(|at| button(&format!("b{at}"))).collect()
}

fn select(options: usize) -> Value {
    let options: Vec<_> = (0..options).map(|at| json!({"label": "l", "value": at.to_string()})).collect();
    json!({"type": 3, "custom_id": "pick", "options": options})
}

fn x(count: usize) -> String {
    "x".repeat(count)
}

fn with(key: &str, value: Value) -> Value {
    message(json!({key: value}))
}

fn embed(embed: Value) -> Value {
    with("embeds", json!([embed]))
}

fn field(name: usize, value: usize) -> Value {
    embed(json!({"fields": [{"name": x(name), "value": x(value)}]}))
}

fn one(component: Value) -> Value {
    with("components", json!([row(vec![component])]))
}

/// A button of a style, with the key given.
fn styled(style: u64, key: &str, value: &str) -> Value {
    let mut component = json!({"type": 2, "style": style, "label": "More"});
    component[key] = value.into();
    one(component)
}

fn answer(data: Value) -> Value {
    json!({"type": 4, "data": data})
}

fn choices(count: usize, name: usize) -> Value {
    let choice = json!({"name": x(name), "value": "v"});
    json!({"type": 8, "data": {"choices": vec![choice; count]}})
}

fn modal(title: usize, inputs: usize) -> Value {
    let input = |at| row(vec![json!({"type": 4, "custom_id": format!("i{at}"), "style": 1, "label": "l"})]);
    let inputs: Vec<_> = (0..inputs).map(input).collect();
    json!({"type": 9, "data": {"custom_id": "m", "title": x(title), "components": inputs}})
}

/// A modal with one text input.
fn input(more: Value) -> Value {
    let mut modal = modal(1, 1);
    for (key, value) in more.as_object().unwrap() {
        modal["data"]["components"][0]["components"][0][key] = value.clone();
    }
    modal
}

fn twice(first: &str, second: &str) -> Value {
    let mut modal = modal(1, 2);
    for (at, id) in [first, second].into_iter().enumerate() {
        modal["data"]["components"][at]["components"][0]["custom_id"] = id.into();
    }
    modal
}

fn labelled(label: usize, description: usize) -> Value {
    let mut modal = modal(1, 1);
    let input = json!({"type": 4, "custom_id": "i", "style": 1});
    modal["data"]["components"][0] =
        json!({"type": 18, "label": x(label), "description": x(description), "component": input});
    modal
}

/// A select with two options and a range of how many may be picked.
fn range(least: u64, most: u64) -> Value {
    let mut select = select(2);
    select["min_values"] = least.into();
    select["max_values"] = most.into();
    one(select)
}

fn preset(count: usize) -> Value {
    let mut select = select(2);
    for at in 0..count {
        select["options"][at]["default"] = true.into();
    }
    one(select)
}

fn users(more: Value) -> Value {
    let mut select = json!({"type": 5, "custom_id": "who"});
    for (key, value) in more.as_object().unwrap() {
        select[key] = value.clone();
    }
    one(select)
}

fn v2(components: Value) -> Value {
    json!({"flags": 1 << 15, "components": components, "allowed_mentions": {"parse": []}})
}

fn display(text: &str) -> Value {
    json!({"type": 10, "content": text})
}

fn messages() -> Vec<Row> {
    let length = "content length";
    let flags = "flags of the endpoint";
    let listed = json!({"parse": ["users"], "users": ["1"]});
    vec![
        ("message present", To::Callback, json!({"type": 4}), answer(with("tts", json!(false)))),
        (length, To::Message, with("content", x(2001).into()), with("content", x(2000).into())),
        (length, To::Message, with("content", "ü".repeat(2001).into()), with("content", "ü".repeat(2000).into())),
        (length, To::Edit, with("content", x(2001).into()), with("content", x(2000).into())),
        (length, To::Callback, answer(with("content", x(2001).into())), answer(with("content", x(2000).into()))),
        (length, To::Followup, with("content", x(2001).into()), with("content", x(2000).into())),
        (length, To::Original, with("content", x(2001).into()), with("content", x(2000).into())),
        ("message not empty", To::Message, with("content", " \n ".into()), with("content", "x".into())),
        ("message not empty", To::Message, with("content", Value::Null), field(1, 1)),
        ("message not empty", To::Callback, answer(with("content", "".into())), answer(field(1, 1))),
        (flags, To::Message, with("flags", 64.into()), with("flags", 4.into())),
        (flags, To::Edit, with("flags", 4096.into()), with("flags", 4.into())),
        (flags, To::Callback, answer(with("flags", 1.into())), answer(with("flags", 64.into()))),
        (flags, To::Original, with("flags", 64.into()), with("flags", 4.into())),
        ("nonce", To::Message, with("nonce", x(26).into()), with("nonce", x(25).into())),
        ("nonce", To::Message, with("enforce_nonce", true.into()), with("enforce_nonce", false.into())),
        (
            "allowed_mentions shape",
            To::Message,
            with("allowed_mentions", listed),
            with("allowed_mentions", json!({"parse": [], "users": ["1"]})),
        ),
    ]
}

fn embeds() -> Vec<Row> {
    let many = |count: usize, length: usize| {
        let embeds: Vec<_> = (0..count).map(|_| json!({"description": x(length)})).collect();
        with("embeds", embeds.into())
    };
    let full = x(3000);
    let sum = |title| with("embeds", json!([{"description": full}, {"description": full, "title": x(title)}]));
    let fields = |count| embed(json!({"fields": vec![json!({"name": "n", "value": "v"}); count]}));
    let part = |key: &str, length| embed(json!({key: x(length)}));
    let inner = |key: &str, text: &str, length| embed(json!({"title": "t", key: {text: x(length)}}));
    let link = |length: usize| embed(json!({"title": "t", "url": format!("https://e.org/{}", x(length - 14))}));
    vec![
        ("embed count", To::Message, many(11, 1), many(10, 1)),
        ("embed parts", To::Message, part("title", 257), part("title", 256)),
        ("embed parts", To::Message, part("description", 4097), part("description", 4096)),
        ("embed parts", To::Message, inner("footer", "text", 2049), inner("footer", "text", 2048)),
        ("embed parts", To::Message, inner("author", "name", 257), inner("author", "name", 256)),
        ("embed parts", To::Message, link(2049), link(2048)),
        ("embed fields", To::Message, fields(26), fields(25)),
        ("embed fields", To::Message, field(257, 1), field(256, 1)),
        ("embed fields", To::Message, field(1, 1025), field(1, 1024)),
        ("embed fields", To::Message, field(0, 1), field(1, 1)),
        ("embed fields", To::Callback, answer(field(1, 0)), answer(field(1, 1))),
        ("embeds in sum", To::Message, sum(1), sum(0)),
        ("embeds in sum", To::Original, many(3, 2001), many(3, 2000)),
    ]
}

fn components() -> Vec<Row> {
    let rows = |count: usize| {
        let rows: Vec<_> = (0..count).map(|at| row(vec![button(&format!("b{at}"))])).collect();
        with("components", rows.into())
    };
    let filled = |children: Vec<Value>| with("components", json!([row(children)]));
    let two = |first: &str, second: &str| filled(vec![button(first), button(second)]);
    let label = |length| one(json!({"type": 2, "style": 1, "custom_id": "a", "label": x(length)}));
    let link = |length: usize| styled(5, "url", &format!("https://e.org/{}", x(length - 14)));
    let displays = |count| vec![display("x"); count];
    vec![
        ("component rows", To::Message, rows(6), rows(5)),
        ("component rows", To::Message, with("components", json!([button("a")])), rows(1)),
        ("row contents", To::Message, filled(buttons(6)), filled(buttons(5))),
        ("row contents", To::Message, filled(vec![]), filled(buttons(1))),
        ("row contents", To::Message, filled(vec![select(1), button("a")]), filled(vec![select(1)])),
        ("button", To::Message, styled(1, "sku_id", "1"), styled(1, "custom_id", "a")),
        ("button", To::Message, styled(5, "custom_id", "a"), styled(5, "url", "https://e.org")),
        ("button", To::Message, styled(7, "custom_id", "a"), styled(4, "custom_id", "a")),
        ("button", To::Message, label(81), label(80)),
        ("button", To::Message, label(0), label(1)),
        ("button", To::Message, link(513), link(512)),
        ("select", To::Message, one(select(26)), one(select(25))),
        ("select", To::Message, one(select(0)), one(select(1))),
        ("select", To::Message, range(1, 3), range(0, 2)),
        ("select", To::Message, preset(2), preset(1)),
        ("select bounds", To::Message, range(2, 1), range(2, 2)),
        ("select bounds", To::Message, users(json!({"max_values": 26})), users(json!({"max_values": 25}))),
        ("select bounds", To::Message, users(json!({"placeholder": x(151)})), users(json!({"placeholder": x(150)}))),
        ("custom_id", To::Message, two("a", "a"), two("a", "b")),
        ("custom_id", To::Callback, answer(two("a", "a")), answer(two("a", "b"))),
        ("custom_id", To::Message, one(button(&x(101))), one(button(&x(100)))),
        ("components v2", To::Message, with("components", json!([display("x")])), v2(json!([display("x")]))),
        ("components v2", To::Message, with("flags", (1 << 15).into()), v2(json!([display("x")]))),
        ("v2 size", To::Message, v2(displays(41).into()), v2(displays(40).into())),
        ("v2 size", To::Message, v2(json!([display(&x(4001))])), v2(json!([display(&x(4000))]))),
        ("v2 size", To::Message, v2(json!([display(&"€".repeat(3390))])), v2(json!([display(&"€".repeat(3380))]))),
    ]
}

fn responses() -> Vec<Row> {
    vec![
        ("callback type", To::Callback, json!({"type": 99}), answer(message(json!({})))),
        ("autocomplete choices", To::Complete, choices(26, 1), choices(25, 1)),
        ("autocomplete choices", To::Complete, choices(1, 101), choices(1, 100)),
        ("autocomplete choices", To::Complete, choices(1, 0), choices(0, 1)),
        ("modal", To::Callback, modal(46, 1), modal(45, 1)),
        ("modal", To::Callback, modal(1, 6), modal(1, 5)),
        ("modal inputs", To::Callback, input(json!({"label": x(46)})), input(json!({"label": x(45)}))),
        ("modal inputs", To::Callback, input(json!({"label": ""})), input(json!({"required": false}))),
        ("modal inputs", To::Callback, input(json!({"custom_id": x(101)})), input(json!({"custom_id": x(100)}))),
        ("modal inputs", To::Callback, input(json!({"style": 3})), input(json!({"style": 2}))),
        ("modal inputs", To::Callback, input(json!({"placeholder": x(101)})), input(json!({"placeholder": x(100)}))),
        ("modal inputs", To::Callback, input(json!({"max_length": 4001})), input(json!({"max_length": 4000}))),
        (
            "modal inputs",
            To::Callback,
            input(json!({"min_length": 5, "max_length": 4})),
            input(json!({"min_length": 4, "max_length": 4})),
        ),
        (
            "modal inputs",
            To::Callback,
            input(json!({"value": "abc", "max_length": 2})),
            input(json!({"value": "abc", "max_length": 3})),
        ),
        ("modal inputs", To::Callback, twice("a", "a"), twice("a", "b")),
        ("modal inputs", To::Callback, labelled(46, 1), labelled(45, 1)),
        ("modal inputs", To::Callback, labelled(1, 101), labelled(1, 100)),
        (
            "custom_id",
            To::Update,
            json!({"type": 7, "data": with("components", json!([row(vec![button("a"), button("a")])]))}),
            json!({"type": 7, "data": with("components", json!([row(vec![button("a"), button("b")])]))}),
        ),
    ]
}

#[tokio::test]
async fn every_rule_refuses_its_row_and_lets_its_neighbour_pass() {
    let rows = [messages(), embeds(), components(), responses()].concat();
    for (number, (rule, to, bad, good)) in rows.into_iter().enumerate() {
        let mut scene = Scene::new().await;
        let answer = scene.play_all(&steps(to, bad)).await;
        let violations = scene.sandbox.violations();
        assert_eq!(answer.status, 400, "row {number}, {rule} to {to:?}: {}", answer.body);
        assert!(matches!(answer.body["code"].as_u64(), Some(50035 | 50006)), "{}", answer.body);
        assert_eq!(violations.len(), 1, "row {number}, {rule}: {violations:?}");
        // With the schema, layer 2 is asked first, and some of these it knows too.
        let schema = violations[0].layer == 2 && scene.sandbox.layers().contains(" ran,");
        let found = (violations[0].layer, violations[0].rule);
        assert!(schema || found == (4, rule), "row {number}: {}", violations[0]);

        let mut scene = Scene::new().await;
        let answer = scene.play_all(&steps(to, good)).await;
        let violations = scene.sandbox.violations();
        assert!(violations.is_empty() && answer.status < 300, "row {number}, {rule}: {violations:?}");
    }
}
