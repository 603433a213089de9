//! What `/metrics` says after a known set of questions, and what the log says of each.

use discord_sandbox::{Fault, small};
use serde_json::{Value, json};

use crate::exposition::Exposition;
use crate::health::{asked, listening};
use crate::log::Log;
use crate::scene::{ELSEWHERE, Plan, QUESTION, Scene};

async fn told(scene: &Scene) -> Exposition {
    let at = listening(&scene.status, &scene.metrics).await;
    Exposition::read(&asked(at, "/metrics").await.1)
}

/// Waits until a series has a value: what is counted after an answer is sent comes a moment later than the answer.
async fn until(scene: &Scene, series: &str, value: f64) {
    let reached = async {
        while Exposition::read(&scene.metrics.text()).value(series) != value {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(15), reached).await;
    assert!(waited.is_ok(), "{series} never {value} in\n{}", scene.metrics.text());
}

fn questions(outcome: &str, channel: &str) -> String {
    format!("onrecord_questions_total{{outcome=\"{outcome}\",channel=\"{channel}\"}}")
}

#[tokio::test]
async fn a_known_set_of_questions() {
    let scene = Scene::new().await;
    let rows = [(small::GENERAL, QUESTION), (small::GENERAL, ELSEWHERE), (small::GENERAL, "hello")];
    for (channel, question) in rows {
        scene.sandbox.answer_to(scene.sandbox.mention(channel, small::ADA, question)).await;
    }
    scene.sandbox.answer_to(scene.sandbox.dm(small::BEN, QUESTION)).await;
    let (method, path, status) = ("POST", "/channels/{channel_id}/messages", 403);
    let body = json!({"code": 50_001, "message": "Missing Access"});
    scene.sandbox.inject(Fault::FailNext { method, path, status, body, takes_effect: false });
    scene.sandbox.dm(small::BEN, QUESTION);
    until(&scene, "onrecord_replies_failed_total{code=\"50001\"}", 1.0).await;
    scene.sandbox.inject(Fault::Reconnect);
    scene.sandbox.resumed(1).await;
    until(&scene, "onrecord_reconnects_total", 1.0).await;
    until(&scene, "onrecord_shards{state=\"connected\"}", 1.0).await;

    let told = told(&scene).await;
    let (stories, facts) = (scene.engine.stories().len(), scene.engine.stories().iter().map(|s| s.facts.len()).sum());
    let counts: [(String, usize); 13] = [
        (questions("answer", "server"), 1),
        (questions("unknown", "server"), 1),
        (questions("meta", "server"), 1),
        (questions("answer", "direct"), 1),
        ("onrecord_confidence_count".to_owned(), 4),
        ("onrecord_confidence_bucket{le=\"+Inf\"}".to_owned(), 4),
        ("onrecord_answer_seconds_count".to_owned(), 4),
        ("onrecord_stories".to_owned(), stories),
        ("onrecord_facts".to_owned(), facts),
        ("onrecord_reloads_total{result=\"ok\"}".to_owned(), 0),
        ("onrecord_store_errors_total".to_owned(), 0),
        ("onrecord_shards{state=\"disconnected\"}".to_owned(), 0),
        (format!("onrecord_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1),
    ];
    for (series, count) in counts {
        assert_eq!(told.samples.get(&series), Some(&(count as f64)), "{series} in\n{told:#?}");
    }
    // Two answers are sure, and a question about bread is not.
    let up_to = |le: &str| told.value(&format!("onrecord_confidence_bucket{{le=\"{le}\"}}"));
    assert!(up_to("0.5") >= 1.0 && up_to("0.7") <= 2.0, "{told:#?}");
    let seconds = told.value("onrecord_answer_seconds_sum");
    assert!(seconds > 0.0 && seconds < 60.0, "{seconds}");
    scene.end().await;
}

/// A message and a command count alike; what is no server of the bot's is told apart.
#[tokio::test]
async fn questions_are_counted_by_kind_of_channel() {
    let scene = Scene::new().await;
    scene.sandbox.answer_to(scene.sandbox.mention(small::THREAD, small::ADA, QUESTION)).await;
    let rows = [
        (small::THREAD, "thread", 2.0),
        (small::GENERAL, "server", 1.0),
        (small::GROUP, "group", 1.0),
        (small::FOREIGN, "elsewhere", 1.0),
        (scene.sandbox.dm_channel(small::ADA), "direct", 1.0),
    ];
    for (channel, kind, count) in rows {
        scene.pass_time(25);
        let used = scene.sandbox.slash(channel, small::ADA, "ask", &json!({"question": QUESTION}));
        scene.sandbox.answer_to(used.id).await;
        until(&scene, &questions("answer", kind), count).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn open_questions_errors_of_the_store_and_reloads() {
    let left_out = vec!["pier.toml:1:1: the file is empty".to_owned()];
    let scene = Scene::of(Plan { owners: vec![small::ADA.0], left_out, ..Plan::default() }).await;
    let used = async |name: &str, options: Value| {
        let command = scene.sandbox.slash(small::GENERAL, small::ADA, name, &options);
        scene.sandbox.answer_to(command.id).await
    };
    used("facts settings", json!({"collect": true})).await;
    used("ask", json!({"question": ELSEWHERE})).await;
    until(&scene, "onrecord_gaps", 1.0).await;
    until(&scene, &questions("unknown", "server"), 1.0).await;
    let before = used("facts status", json!({})).await;
    assert!(!before.content().contains("Reloaded"), "{}", before.content());
    assert!(before.content().contains("Left out at the start"), "{}", before.content());
    assert!(before.content().contains("pier.toml"), "{}", before.content());
    used("facts reload", json!({})).await;
    until(&scene, "onrecord_reloads_total{result=\"ok\"}", 1.0).await;
    let after = used("facts status", json!({})).await;
    assert!(after.content().contains("Reloaded. Stories: 1"), "{}", after.content());
    assert!(!after.content().contains("Left out"), "a reload brought all: {}", after.content());
    scene.store.close().await;
    used("facts gaps", json!({})).await;
    until(&scene, "onrecord_store_errors_total", 1.0).await;
    scene.end().await;
}

#[tokio::test]
async fn one_line_a_question_without_what_was_asked() {
    for log_text in [false, true] {
        let log = Log::of_the_bot();
        let scene = Scene::of(Plan { log_text, ..Plan::default() }).await;
        let message = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
        scene.sandbox.answer_to(message).await;
        let asked = scene.sandbox.slash(small::GENERAL, small::BEN, "ask", &json!({"question": QUESTION}));
        scene.sandbox.answer_to(asked.id).await;
        log.says(&["answered an interaction"]).await;
        let text = log.text();
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("answered a")).collect();
        assert_eq!(lines.len(), 2, "{text}");
        let fact = &scene.reply(QUESTION).facts[0];
        for line in &lines {
            for part in ["request=", "outcome=\"answer\"", "confidence=", "channel=\"server\"", " ms=", &fact.id] {
                assert!(line.contains(part), "{part} in {line}");
            }
            assert_eq!(line.contains(QUESTION), log_text, "{line}");
        }
        assert!(lines[0].contains(&format!("request={message}")), "{}", lines[0]);
        assert_eq!(text.matches(QUESTION).count(), if log_text { 2 } else { 0 }, "{text}");
        let privacy = scene.sandbox.slash(small::GENERAL, small::BEN, "privacy", &json!({}));
        let said = scene.sandbox.answer_to(privacy.id).await.content().to_owned();
        assert_eq!(said.contains("No log has what you write"), !log_text, "{said}");
        scene.end().await;
    }
}
