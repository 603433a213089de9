//! What goes wrong on demand: for requests by rows, for the gateway one by one.

use discord_sandbox::{Fault, Scope, Trouble, small};
use serde_json::json;

use crate::gateway::{Client, identify, resume};
use crate::scene::{Scene, Step, message};

const INTENTS: u64 = 1 | 1 << 9 | 1 << 12 | 1 << 15;
const METHOD: &str = "POST";
const PATH: &str = "/channels/{channel_id}/messages";

fn say() -> Step {
    Step::Call("POST", "/channels/$general/messages", message(json!({})))
}

fn lay(scene: &Scene, times: usize, trouble: Trouble) {
    scene.sandbox.inject(Fault::Requests { method: METHOD, path: PATH, times, trouble });
}

#[tokio::test]
async fn a_request_meets_trouble_so_many_times_and_blames_nobody() {
    // The trouble, the status that the client sees (0 is none), and whether the request has its effect.
    let limit = |scope| Trouble::RateLimit { scope, retry_after: 0.25 };
    let rows = [
        (Trouble::Status(502), 502, false),
        (limit(Scope::User), 429, false),
        (limit(Scope::Global), 429, false),
        (limit(Scope::Shared), 429, false),
        (Trouble::Cut, 200, true),
        (Trouble::Drop { takes_effect: true }, 0, true),
        (Trouble::Drop { takes_effect: false }, 0, false),
    ];
    for (trouble, status, takes_effect) in rows {
        let mut scene = Scene::new().await;
        lay(&scene, 2, trouble.clone());
        for expected in [status, status, 200] {
            assert_eq!(scene.play(&say()).await.unwrap().status, expected, "{trouble:?}");
        }
        assert_eq!(scene.sandbox.sent().len(), if takes_effect { 3 } else { 1 }, "{trouble:?}");
        assert!(scene.sandbox.violations().is_empty() && scene.sandbox.refusals().is_empty());
    }
}

#[tokio::test]
async fn a_429_has_its_scopes_headers_and_no_code() {
    for (scope, name, global, invalid) in
        [(Scope::User, "user", false, 1), (Scope::Global, "global", true, 1), (Scope::Shared, "shared", false, 0)]
    {
        let mut scene = Scene::new().await;
        lay(&scene, 1, Trouble::RateLimit { scope, retry_after: 0.5 });
        let answer = scene.play(&say()).await.unwrap();
        assert_eq!((answer.header("x-ratelimit-scope"), answer.header("retry-after")), (Some(name), Some("0.5")));
        assert_eq!(answer.header("x-ratelimit-global").is_some(), global);
        assert_eq!((&answer.body["retry_after"], &answer.body["global"]), (&json!(0.5), &json!(global)));
        assert!(answer.body["code"].is_null());
        assert_eq!(scene.sandbox.invalid_requests(), invalid, "{name}");
    }
}

#[tokio::test]
async fn half_an_answer_is_half_of_it() {
    let mut scene = Scene::new().await;
    lay(&scene, 1, Trouble::Cut);
    let answer = scene.play(&say()).await.unwrap();
    assert!(answer.body.is_null() && answer.header("content-length").unwrap().parse::<usize>().unwrap() > 100);
}

#[tokio::test]
async fn an_answer_is_held_until_it_is_released() {
    let mut scene = Scene::new().await;
    lay(&scene, 1, Trouble::Hold);
    let host = scene.sandbox.api_base().to_owned();
    let held =
        tokio::spawn(crate::scene::request_to(host, "POST", format!("/api/v10/channels/{}/messages", small::GENERAL)));
    scene.sandbox.holding(1).await;
    assert!(!held.is_finished() && scene.sandbox.sent().len() == 1);
    assert_eq!(scene.play(&say()).await.unwrap().status, 200);
    scene.sandbox.release();
    assert_eq!(held.await.unwrap().status, 200);
}

#[tokio::test]
async fn events_come_twice_and_backwards() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    let mut order = Vec::new();
    scene.sandbox.inject(Fault::DuplicateNext(2));
    order.extend((0..3).map(|at| scene.sandbox.dm(small::ADA, &at.to_string())));
    scene.sandbox.inject(Fault::ReorderNext(3));
    order.extend((3..7).map(|at| scene.sandbox.dm(small::ADA, &at.to_string())));
    for (at, sequence) in [0, 0, 1, 1, 2, 5, 4, 3, 6].into_iter().zip(4..) {
        let frame = client.read().await.unwrap();
        assert_eq!((&frame["d"]["id"], &frame["s"]), (&json!(order[at]), &json!(sequence)));
    }
}

#[tokio::test]
async fn every_close_code_closes_and_a_dropped_connection_has_none() {
    for code in (4000..=4014).chain([1000, 1001]) {
        let scene = Scene::new().await;
        let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
        scene.sandbox.inject(Fault::CloseGateway(code));
        assert_eq!(client.read().await, Err(code));
    }
    let scene = Scene::new().await;
    let (mut client, ready) = Client::ready(&scene.sandbox, INTENTS).await;
    scene.sandbox.inject(Fault::DropGateway);
    assert_eq!(client.read().await, Err(0));
    let mut client = Client::connect(&scene.sandbox).await;
    client.write(resume(&ready, 3)).await;
    assert_eq!(client.read().await.unwrap()["t"], "RESUMED");
}

#[tokio::test]
async fn an_invalid_session_may_be_resumed_where_it_says_so() {
    for resumable in [true, false] {
        let scene = Scene::new().await;
        let (mut client, ready) = Client::ready(&scene.sandbox, INTENTS).await;
        scene.sandbox.inject(Fault::InvalidSession { resumable });
        assert_eq!(client.read().await.unwrap(), json!({"op": 9, "d": resumable}));
        let mut client = Client::connect(&scene.sandbox).await;
        client.write(resume(&ready, 3)).await;
        assert_eq!(client.read().await.unwrap()["t"] == "RESUMED", resumable);
    }
}

#[tokio::test]
async fn identify_is_refused_until_the_gateway_heals() {
    for code in [4004, 4010, 4011, 4012, 4013, 4014] {
        let scene = Scene::new().await;
        scene.sandbox.inject(Fault::RefuseIdentify(code));
        for times in 1..=2 {
            let mut client = Client::connect(&scene.sandbox).await;
            client.write(identify(INTENTS)).await;
            assert_eq!(client.read().await, Err(code));
            scene.sandbox.identified(times).await;
        }
        scene.sandbox.heal();
        Client::ready(&scene.sandbox, INTENTS).await;
        assert!(scene.sandbox.violations().is_empty() && scene.sandbox.refusals().is_empty());
    }
}

#[tokio::test]
async fn a_silent_gateway_says_nothing() {
    for upgrades in [true, false] {
        let scene = Scene::new().await;
        scene.sandbox.inject(Fault::SilentGateway { upgrades });
        let opened = async {
            let mut client = Client::open(&scene.sandbox, "?v=10").await;
            client.write(identify(INTENTS)).await;
            client.read().await
        };
        // Whatever a real exchange takes is less than a hundred of other exchanges.
        let others = async {
            for _ in 0..100 {
                let path = format!("/api/v10/channels/{}", small::GENERAL);
                crate::scene::request(&scene.sandbox, "GET", &path, crate::scene::HEAD, None).await;
            }
        };
        tokio::select! {
            frame = opened => panic!("the gateway said {frame:?}"),
            () = others => {}
        }
        assert_eq!(scene.sandbox.identifies(), 0);
        scene.sandbox.heal();
        Client::ready(&scene.sandbox, INTENTS).await;
    }
}

#[tokio::test]
async fn what_no_client_knows_is_sent() {
    let scene = Scene::new().await;
    let (mut client, _) = Client::ready(&scene.sandbox, INTENTS).await;
    scene.sandbox.inject(Fault::UnknownEvents);
    for event in ["SANDBOX_OF_THE_FUTURE", "MESSAGE_CREATE", "INTERACTION_CREATE", "CHANNEL_CREATE"] {
        assert_eq!(client.read().await.unwrap()["t"], event);
    }
}
