//! The bot as it goes to Discord: over TLS to the name discord.com, with serenity's rate limiter, which waits out every 429 by
//! itself. The name leads to the sandbox, and its authority alone is trusted.

use std::time::Duration;

use discord_sandbox::{Fault, Scope, Snowflake, Trouble, World, small};
use onrecord::config::Endpoint;
use onrecord::discord::{Fatal, build_through};
use serde_json::json;

use crate::scene::{Plan, QUESTION, Scene, assert_sourced, is_embed, prepared};

/// Seconds of real time: the limiter has a clock of its own. Longer than the bot's own first wait, which is not asked for.
const RETRY_AFTER: f64 = 0.4;

const ROUTES: [(&str, &str); 2] = [
    ("POST", "/channels/{channel_id}/messages"),
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"),
];

/// When the requests arrived that answer a question, and how they ended.
fn tries(scene: &Scene, question: Snowflake) -> Vec<(u16, std::time::Instant)> {
    let id = question.to_string();
    let is_about =
        |r: &&discord_sandbox::Request| r.path.contains(&id) || r.body.as_ref().is_some_and(|body| body["nonce"] == id);
    scene.sandbox.requests().iter().filter(is_about).map(|r| (r.status, r.arrived)).collect()
}

#[tokio::test]
async fn a_question_is_answered_once_under_each_limit() {
    let scene = Scene::as_discord(Plan::default()).await;
    for scope in [Scope::User, Scope::Global, Scope::Shared] {
        for (method, path) in ROUTES {
            scene.pass_time(25);
            let trouble = Trouble::RateLimit { scope, retry_after: RETRY_AFTER };
            scene.sandbox.inject(Fault::Requests { method, path, times: 2, trouble });
            let question = match path.starts_with("/channels") {
                true => scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION),
                false => scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({"question": QUESTION})).id,
            };
            let sent = scene.sandbox.answer_to(question).await;
            assert!(is_embed(&sent));
            assert_sourced(&scene, &sent);
            let tries = tries(&scene, question);
            let statuses: Vec<u16> = tries.iter().map(|(status, _)| *status).collect();
            assert!(statuses[..2] == [429, 429] && statuses.len() == 3, "{scope:?} {path}: {statuses:?}");
            for pair in tries.windows(2) {
                let waited = pair[1].1 - pair[0].1;
                assert!(waited >= Duration::from_secs_f64(RETRY_AFTER), "{scope:?} {path}: {waited:?}");
            }
            assert_eq!(scene.sandbox.replies_to(question).len(), 1);
        }
    }
    scene.end().await;
}

/// Discord's own bookkeeping: five messages to a channel in five seconds, told in the headers of every answer. The limiter
/// reads them, so that nothing is sent too early.
#[tokio::test]
async fn what_the_headers_say_is_kept_to() {
    let world = World { rate_limits: true, ..World::small() };
    let scene = Scene::as_discord(Plan { world, ..Plan::default() }).await;
    let questions: Vec<_> = (0..5).map(|_| scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).collect();
    for question in questions {
        scene.sandbox.answer_to(question).await;
    }
    let sixth = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    // The limiter waits in real time; by then five seconds have passed for the sandbox too.
    scene.pass_time(5);
    scene.sandbox.answer_to(sixth).await;
    let limited = scene.sandbox.requests().iter().filter(|r| r.status == 429).count();
    assert_eq!((scene.posts(), limited), (6, 0));
    scene.end().await;
}

#[tokio::test]
async fn a_client_of_ones_own_goes_nowhere_but_to_discord() {
    let (sandbox, setup) = prepared(small::TOKEN).await;
    assert!(matches!(setup.endpoint, Endpoint::Other(_)));
    let built = build_through(setup, reqwest::Client::new()).await;
    assert!(matches!(built.map(|_| ()), Err(Fatal::Ended(why)) if why.contains("discord.com alone")));
    assert!(sandbox.requests().is_empty());
}
