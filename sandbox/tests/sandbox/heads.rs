//! Layer 1: rows of a request's head.

use discord_sandbox::small;

use crate::scene::{HEAD, Scene, request};

/// Header and value that are wrong, and the rule and status that refuse them.
const ROWS: &[(&str, &str, &str, u16)] = &[
    ("Authorization", "", "Authorization", 401),
    ("Authorization", "Bearer sandbox.bot.token", "Authorization", 401),
    ("Authorization", "sandbox.bot.token", "Authorization", 401),
    ("User-Agent", "curl/8", "User-Agent", 403),
    ("User-Agent", "", "User-Agent", 403),
    ("Content-Type", "text/plain", "Content-Type", 400),
    ("Content-Type", "application/x-www-form-urlencoded", "Content-Type", 400),
];
const GOOD: &str = r#"{"content": "Noon.", "allowed_mentions": {"parse": []}}"#;

#[tokio::test]
async fn a_wrong_head_is_a_violation() {
    for (name, value, rule, status) in ROWS {
        let scene = Scene::new().await;
        let path = format!("/api/v10/channels/{}/messages", small::GENERAL);
        let head: Vec<_> =
            HEAD.iter().map(|(known, good)| (*known, if known == name { *value } else { *good })).collect();
        let answer = request(&scene.sandbox, "POST", &path, &head, Some(GOOD)).await;
        let violations = scene.sandbox.violations();
        assert_eq!(answer.status, *status, "{name}: {value}");
        assert_eq!(violations.len(), 1, "{name}: {value}: {violations:?}");
        assert_eq!((violations[0].layer, violations[0].rule), (1, *rule));
        assert!(scene.sandbox.sent().is_empty());
    }
}

#[tokio::test]
async fn a_wrong_token_is_a_refusal() {
    let scene = Scene::new().await;
    let head = [("Authorization", "Bot another.token"), HEAD[1]];
    let answer = request(&scene.sandbox, "GET", "/api/v10/users/@me", &head, None).await;
    assert_eq!(answer.status, 401);
    assert!(scene.sandbox.violations().is_empty());
    assert_eq!(scene.sandbox.refusals()[0].rule, "token");
}

#[tokio::test]
async fn the_gateways_address_needs_no_token() {
    let scene = Scene::new().await;
    let answer = request(&scene.sandbox, "GET", "/api/v10/gateway", &[HEAD[1]], None).await;
    let url = scene.sandbox.api_base().replace("http://", "ws://") + "/ws/";
    assert_eq!((answer.status, &answer.body["url"]), (200, &url.into()));
    assert!(scene.sandbox.violations().is_empty());
}

#[tokio::test]
async fn unknown_routes_and_methods_are_violations() {
    for (method, path) in [
        ("GET", "/api/v10/nothing"),
        ("GET", "/api/v9/gateway"),
        ("DELETE", "/api/v10/gateway"),
        ("PUT", "/api/v10/channels/1/messages"),
    ] {
        let scene = Scene::new().await;
        let answer = request(&scene.sandbox, method, path, HEAD, None).await;
        assert_eq!(answer.status, 404, "{method} {path}");
        let violation = scene.sandbox.violations().remove(0).to_string();
        assert_eq!(violation, format!("{method} {path}: route (layer 1): 404: Not Found (0)"));
    }
}

#[tokio::test]
async fn a_body_must_be_json_and_there() {
    for body in ["{", "content=Noon", ""] {
        let scene = Scene::new().await;
        let path = format!("/api/v10/channels/{}/messages", small::GENERAL);
        let answer = request(&scene.sandbox, "POST", &path, HEAD, Some(body)).await;
        assert_eq!((answer.status, &answer.body["code"]), (400, &50109.into()), "{body}");
        assert_eq!(scene.sandbox.violations()[0].rule, "body is JSON");
    }
}

#[tokio::test]
async fn the_json_of_a_multipart_body_is_judged() {
    let part = |json: &str| {
        format!(
            "--cut\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{json}\r\n\
             --cut\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.txt\"\r\n\r\nabc\r\n--cut--\r\n"
        )
    };
    let head = [HEAD[0], HEAD[1], ("Content-Type", "multipart/form-data; boundary=cut")];
    let path = format!("/api/v10/channels/{}/messages", small::GENERAL);
    for (json, status) in [(r#"{"allowed_mentions": {"parse": []}}"#, 200), (r#"{"content": "Noon."}"#, 400)] {
        let scene = Scene::new().await;
        let answer = request(&scene.sandbox, "POST", &path, &head, Some(&part(json))).await;
        assert_eq!(answer.status, status, "{json}: {}", answer.body);
    }
}
