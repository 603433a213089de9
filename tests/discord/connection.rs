//! How the bot starts and ends: where the token goes, what is registered, what ends it and how it says so.

use discord_sandbox::{Fault, Sandbox, small};
use onrecord::discord::Fatal;
use serde_json::json;

use crate::scene::{QUESTION, Scene, assert_sourced, build_error, prepared};

fn gateway(sandbox: &Sandbox, status: u16, url: &str) {
    let (method, path, takes_effect) = ("GET", "/gateway", false);
    sandbox.inject(Fault::FailNext { method, path, status, body: json!({"url": url}), takes_effect });
}

#[tokio::test]
async fn a_foreign_gateway_never_sees_the_token() {
    for url in ["wss://gateway.discord.gg", "ws://127.0.0.2:9/", "http://127.0.0.1:9/", ""] {
        let (sandbox, setup) = prepared(small::TOKEN).await;
        gateway(&sandbox, 200, url);
        let error = build_error(setup).await;
        assert!(matches!(error, Fatal::ForeignGateway { .. }), "{url}: {error}");
        assert_eq!(sandbox.identifies(), 0);
    }
}

#[tokio::test]
async fn the_fallback_to_discords_own_gateway_is_refused() {
    let (sandbox, setup) = prepared(small::TOKEN).await;
    let home = format!("{}/ws/", sandbox.api_base().replace("http", "ws"));
    gateway(&sandbox, 200, &home);
    gateway(&sandbox, 500, "");
    let error = build_error(setup).await;
    assert!(matches!(&error, Fatal::ForeignGateway { host, .. } if host == "gateway.discord.gg"), "{error}");
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn a_wrong_token_is_named_and_not_shown() {
    let (sandbox, setup) = prepared("not.the.token").await;
    let error = build_error(setup).await;
    assert!(matches!(error, Fatal::WrongToken(_)), "{error}");
    let said = format!("{error} {error:?}");
    assert!(said.contains("page Bot") && !said.contains("not.the.token"), "{said}");
    assert_eq!((sandbox.identifies(), error.to_string().lines().count()), (0, 1));
}

#[tokio::test]
async fn fatal_close_codes_end_the_bot_with_a_reason() {
    let rows = [(4004, "close code 4004"), (4013, "close code 4013"), (4014, "Privileged Gateway Intents")];
    for (code, want) in rows {
        let scene = Scene::new().await;
        scene.sandbox.inject(Fault::CloseGateway(code));
        let error = scene.ended().await.to_string();
        assert!(error.contains(want) && error.lines().count() == 1, "{code}: {error}");
    }
}

#[tokio::test]
async fn commands_are_registered_once_for_the_process() {
    let scene = Scene::new().await;
    let names: Vec<_> = scene.sandbox.commands().iter().map(|c| c["name"].clone()).collect();
    assert_eq!(names, ["ask", "quote", "topics", "story", "help", "privacy", "Answer this", "facts"]);
    scene.sandbox.inject(Fault::InvalidSession { resumable: false });
    scene.sandbox.connected().await;
    let sent = scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    assert_sourced(&scene, &sent);
    assert_eq!((scene.sandbox.identifies(), scene.sandbox.registrations()), (2, 1));
    scene.end().await;
}

#[tokio::test]
async fn a_lost_connection_is_resumed() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::Reconnect);
    scene.sandbox.resumed(1).await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    assert_eq!(scene.sandbox.identifies(), 1);
    scene.end().await;
}
