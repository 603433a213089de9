//! Rate limits by the sandbox's clock, in a world that asks for them.

use std::time::Duration;

use discord_sandbox::{World, small};
use serde_json::{Value, json};

use crate::scene::{Scene, Step, message};

async fn scene() -> Scene {
    Scene::with(World { rate_limits: true, ..World::small() }).await
}

fn say(path: &'static str) -> Step {
    Step::Call("POST", path, message(json!({})))
}

#[tokio::test]
async fn a_bucket_is_a_route_and_its_channel() {
    let mut scene = scene().await;
    for left in ["4", "3", "2", "1", "0"] {
        let answer = scene.play(&say("/channels/$general/messages")).await.unwrap();
        assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (200, Some(left)));
    }
    let answer = scene.play(&say("/channels/$general/messages")).await.unwrap();
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("5")));
    assert!(scene.sandbox.violations().is_empty(), "the first 429 is no fault of the client's");
    assert_eq!(scene.play(&say("/channels/$other/messages")).await.unwrap().status, 200);

    assert_eq!(scene.play(&say("/channels/$general/messages")).await.unwrap().status, 429);
    assert_eq!(scene.sandbox.violations()[0].rule, "retry_after");
    assert_eq!(scene.sandbox.invalid_requests(), 2);
    scene.clock.advance(Duration::from_secs(5));
    assert_eq!(scene.play(&say("/channels/$general/messages")).await.unwrap().status, 200);
    assert_eq!((scene.sandbox.violations().len(), scene.sandbox.sent().len()), (1, 7));
}

#[tokio::test]
async fn fifty_requests_a_second_over_all_routes_but_those_of_interactions() {
    let mut scene = scene().await;
    scene.clock.advance(Duration::from_secs(60));
    let (channels, get) = (World::small().guilds.remove(0).channels, "GET");
    let mut statuses = Vec::new();
    for at in 0..51 {
        let channel = channels[at % 10 % channels.len()].id;
        let path = match at % 6 {
            0 => "/api/v10/users/@me".to_owned(),
            1 => "/api/v10/gateway".to_owned(),
            2 => "/api/v10/gateway/bot".to_owned(),
            3 => "/api/v10/applications/@me".to_owned(),
            4 => format!("/api/v10/users/{}", small::ADA),
            _ => format!("/api/v10/channels/{channel}"),
        };
        let answer = crate::scene::request(&scene.sandbox, get, &path, crate::scene::HEAD, None).await;
        statuses.push((answer.status, answer.body["global"] == Value::Bool(true)));
    }
    assert_eq!(statuses.iter().filter(|(status, global)| *status == 429 && *global).count(), 1);
    assert_eq!(statuses[50], (429, true));
    let defer = Step::Call("POST", "/interactions/$id/$token/callback", json!({"type": 5}));
    assert_eq!(scene.play_all(&[Step::Ask, defer]).await.status, 204);
}
