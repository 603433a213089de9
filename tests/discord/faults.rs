//! What goes wrong between Discord and the bot (at the gateway: `gateway`), and what must be true afterwards: every question is answered exactly once,
//! or one line of the log says why it was not; and the next question is answered.
//!
//! Waits of the bot's own are real time (a request has a real socket); the tests wait for answers and lines, never for time.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_sandbox::{Fault, Sandbox, Scope, Snowflake, Trouble, small};
use serde_json::json;

use crate::log::Log;
use crate::scene::{ELSEWHERE, QUESTION, Scene, assert_sourced, markdown};

const MESSAGE: Route = ("POST", "/channels/{channel_id}/messages");
const EDIT: Route = ("PATCH", "/channels/{channel_id}/messages/{message_id}");
const DELETION: Route = ("DELETE", "/channels/{channel_id}/messages/{message_id}");
const CALLBACK: Route = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback");

type Route = (&'static str, &'static str);

/// Real time: above all waits of the bot's own.
const PATIENCE: Duration = Duration::from_secs(15);

/// What must be true after a fault.
enum Then {
    /// One answer, after so many requests.
    Answered(usize),
    /// None, after so many requests, and a line with these words.
    Logged(usize, &'static str),
}

use Then::Answered;
use Then::Logged;

fn trouble(route: Route, times: usize, trouble: Trouble) -> Fault {
    Fault::Requests { method: route.0, path: route.1, times, trouble }
}

fn limited(route: Route, times: usize, scope: Scope) -> Fault {
    trouble(route, times, Trouble::RateLimit { scope, retry_after: 0.2 })
}

/// Discord refuses one request with a code of its own.
fn refused(route: Route, status: u16, code: u64) -> Fault {
    let body = json!({"code": code, "message": "as the test wants it"});
    Fault::FailNext { method: route.0, path: route.1, status, body, takes_effect: false }
}

/// The messages by which the bot has answered a message or an interaction, by whatever way.
pub fn answers(scene: &Scene, question: Snowflake) -> usize {
    let nonce = question.to_string();
    let sent = scene.sandbox.sent();
    let about = sent.iter().filter(|s| s.body["nonce"] == nonce || s.interaction == Some(question));
    about.map(|sent| sent.message).collect::<BTreeSet<_>>().len()
}

/// How many requests of a route came since `seen` of all.
fn requests(scene: &Scene, route: Route, seen: usize) -> usize {
    let last = route.1.rsplit('/').next().unwrap();
    let is_it = |path: &str| if last.starts_with('{') { path.contains("/messages/") } else { path.ends_with(last) };
    scene.sandbox.requests()[seen..].iter().filter(|r| r.method == route.0 && is_it(&r.path)).count()
}

/// Strikes a question with a fault, and looks at what becomes of it and of the next.
async fn strike(scene: &Scene, log: &Log, ask: fn(&Scene) -> Snowflake, route: Route, fault: Fault, then: &Then) {
    scene.pass_time(25);
    let (what, seen) = (format!("{fault:?}"), scene.sandbox.requests().len());
    scene.sandbox.inject(fault);
    let question = ask(scene);
    let (answered, tries) = match then {
        Answered(tries) => {
            answered_by(scene, question).await;
            (1, *tries)
        }
        Logged(tries, words) => {
            log.says(&["WARN", &question.to_string(), "not sent", words]).await;
            (0, *tries)
        }
    };
    scene.sandbox.heal();
    // A request whose effect was seen may still be sent again.
    let tried = async {
        while requests(scene, route, seen) < tries {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, tried).await.unwrap_or_else(|_| panic!("{what}: fewer than {tries} requests"));
    // A later question in the same channel: all that was to come has come.
    scene.pass_time(25);
    let next = ask(scene);
    answered_by(scene, next).await;
    assert_eq!(answers(scene, question), answered, "{what}");
    let is_told = log.text().lines().any(|line| line.contains("not sent") && line.contains(&question.to_string()));
    assert_eq!(is_told, answered == 0, "{what}: {}", log.text());
    assert_eq!(requests(scene, route, seen), tries + 1, "{what}");
}

/// Waits for an answer that may be no reply.
async fn answered_by(scene: &Scene, question: Snowflake) {
    let answered = async {
        while answers(scene, question) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, answered).await.expect("an answer comes");
}

pub fn mention(scene: &Scene) -> Snowflake {
    scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)
}

pub fn slash(scene: &Scene) -> Snowflake {
    scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({"question": QUESTION})).id
}

async fn table(ask: fn(&Scene) -> Snowflake, route: Route, rows: Vec<(Fault, Then)>) {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    for (fault, then) in rows {
        strike(&scene, &log, ask, route, fault, &then).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn a_message_is_answered_once_when_its_reply_runs_into_trouble() {
    let rows = vec![
        (limited(MESSAGE, 1, Scope::User), Answered(2)),
        (limited(MESSAGE, 1, Scope::Global), Answered(2)),
        (limited(MESSAGE, 1, Scope::Shared), Answered(2)),
        (trouble(MESSAGE, 1, Trouble::Status(502)), Answered(2)),
        (refused(MESSAGE, 503, 130_000), Answered(2)),
        (trouble(MESSAGE, 1, Trouble::Cut), Answered(2)),
        (trouble(MESSAGE, 1, Trouble::Drop { takes_effect: true }), Answered(2)),
        (trouble(MESSAGE, 1, Trouble::Drop { takes_effect: false }), Answered(2)),
        (refused(MESSAGE, 400, 160_002), Answered(2)),
        (refused(MESSAGE, 400, 50_035), Answered(2)),
        (refused(MESSAGE, 400, 50_006), Answered(2)),
        (refused(MESSAGE, 403, 50_001), Logged(1, "code 50001")),
        (refused(MESSAGE, 403, 50_013), Logged(1, "code 50013")),
        (refused(MESSAGE, 400, 40_058), Logged(1, "code 40058")),
        (refused(MESSAGE, 404, 10_003), Logged(1, "code 10003")),
        (refused(MESSAGE, 400, 160_005), Logged(1, "code 160005")),
        (refused(MESSAGE, 401, 0), Logged(1, "status 401")),
    ];
    table(mention, MESSAGE, rows).await;
}

#[tokio::test]
async fn three_failures_are_endured() {
    table(mention, MESSAGE, vec![(trouble(MESSAGE, 3, Trouble::Status(500)), Answered(4))]).await;
}

#[tokio::test]
async fn a_limit_that_does_not_end_is_given_up() {
    table(mention, MESSAGE, vec![(limited(MESSAGE, 9, Scope::User), Logged(4, "status 429"))]).await;
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_in_time() {
    let rows = vec![
        (limited(CALLBACK, 1, Scope::User), Answered(2)),
        (limited(CALLBACK, 1, Scope::Global), Answered(2)),
        (limited(CALLBACK, 1, Scope::Shared), Answered(2)),
        (trouble(CALLBACK, 1, Trouble::Status(502)), Answered(2)),
        (trouble(CALLBACK, 1, Trouble::Cut), Answered(2)),
        (trouble(CALLBACK, 1, Trouble::Drop { takes_effect: true }), Answered(2)),
        (trouble(CALLBACK, 1, Trouble::Drop { takes_effect: false }), Answered(2)),
        (trouble(CALLBACK, 3, Trouble::Status(503)), Logged(3, "status 503")),
        (refused(CALLBACK, 400, 40_060), Logged(1, "code 40060")),
        (Fault::DeadInteraction, Logged(1, "code 10062")),
        (refused(CALLBACK, 403, 50_001), Logged(1, "code 50001")),
    ];
    table(slash, CALLBACK, rows).await;
}

#[tokio::test]
async fn edits_and_deletions_find_their_way_or_say_why_not() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    let question = scene.sandbox.mention(small::GENERAL, small::ADA, ELSEWHERE);
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    scene.sandbox.inject(trouble(EDIT, 1, Trouble::Status(502)));
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    assert_sourced(&scene, &scene.sandbox.edited(reply).await);
    scene.sandbox.inject(trouble(DELETION, 1, Trouble::Drop { takes_effect: false }));
    scene.sandbox.delete(question);
    scene.sandbox.gone(reply).await;

    let question = scene.sandbox.mention(small::GENERAL, small::BEN, ELSEWHERE);
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    // A moderator has deleted the reply; nothing tells the bot that it was one.
    scene.sandbox.delete(reply);
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    log.says(&["WARN", &question.to_string(), "reply not edited", "code 10008"]).await;
    scene.sandbox.delete(question);
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::MOD, QUESTION)).await;
    assert!(!log.text().contains("reply not deleted"), "{}", log.text());
    scene.end().await;
}

/// One channel waits for Discord; the others, and interactions, do not.
#[tokio::test]
async fn an_answer_that_is_held_holds_up_its_own_channel_only() {
    let scene = Scene::new().await;
    scene.sandbox.inject(trouble(MESSAGE, 1, Trouble::Hold));
    let held = mention(&scene);
    scene.sandbox.holding(1).await;
    let behind = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    scene.sandbox.answer_to(scene.sandbox.mention(small::VOICE, small::BEN, QUESTION)).await;
    scene.sandbox.answer_to(slash(&scene)).await;
    assert_eq!(answers(&scene, behind), 0);
    scene.sandbox.release();
    scene.sandbox.answer_to(behind).await;
    assert_eq!((answers(&scene, held), scene.posts()), (1, 3));
    scene.end().await;
}

/// A server that takes a request and never answers it: the request is sent again, and Discord knows it by its nonce.
#[tokio::test]
async fn an_answer_that_never_comes_is_not_waited_for() {
    let scene = Scene::new().await;
    scene.sandbox.inject(trouble(MESSAGE, 1, Trouble::Hold));
    let held = mention(&scene);
    let behind = scene.sandbox.mention(small::GENERAL, small::BEN, QUESTION);
    scene.sandbox.answer_to(behind).await;
    assert_eq!((answers(&scene, held), scene.posts()), (1, 3));
    scene.end().await;
}

/// As SIGTERM does: what is under way is finished, and the bot ends in time.
#[tokio::test]
async fn a_stop_waits_for_answers_that_are_held() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    scene.sandbox.inject(trouble(CALLBACK, 1, Trouble::Hold));
    scene.sandbox.inject(trouble(MESSAGE, 3, Trouble::Hold));
    let users = [small::ADA, small::BEN, small::MOD];
    let used = slash(&scene);
    let questions = users.map(|user| scene.sandbox.mention(small::GENERAL, user, QUESTION));
    scene.sandbox.holding(2).await;
    scene.sandbox.answer_to(scene.sandbox.slash(small::VOICE, small::BEN, "help", &json!({})).id).await;
    let (sandbox, end) = scene.stopping();
    let ended = std::cell::Cell::new(false);
    let end = async {
        end.await;
        ended.set(true);
    };
    let release = async {
        while hears(&sandbox) {
            tokio::task::yield_now().await;
        }
        // The answers of a channel are held one after the other.
        for _ in questions {
            sandbox.holding(1).await;
            assert!(!ended.get(), "the bot has ended before its answers");
            let sent = sandbox.sent().len();
            sandbox.release();
            while sandbox.sent().len() == sent && sent < 2 + questions.len() {
                tokio::task::yield_now().await;
            }
        }
    };
    tokio::join!(end, release);
    for question in questions.into_iter().chain([used]) {
        assert_eq!(sandbox.replies_to(question).len(), 1);
    }
    assert!(!log.text().contains("not finished"), "{}", log.text());
}

/// Whether a session still gets what happens.
fn hears(sandbox: &Sandbox) -> bool {
    let before = sandbox.counts().events;
    sandbox.post(small::VOICE, small::BEN, "let us talk");
    sandbox.counts().events > before
}

#[tokio::test]
async fn what_comes_twice_is_done_once() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::DuplicateNext(3));
    let question = scene.sandbox.mention(small::GENERAL, small::ADA, ELSEWHERE);
    let used = slash(&scene);
    let other = scene.sandbox.mention(small::VOICE, small::BEN, ELSEWHERE);
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    let others = scene.sandbox.answer_to(other).await.message.unwrap();
    scene.sandbox.answer_to(used).await;
    scene.sandbox.inject(Fault::DuplicateNext(2));
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    scene.sandbox.delete(other);
    scene.sandbox.edited(reply).await;
    scene.sandbox.gone(others).await;
    for channel in [small::GENERAL, small::VOICE] {
        scene.sandbox.answer_to(scene.sandbox.mention(channel, small::MOD, QUESTION)).await;
    }
    assert_eq!((answers(&scene, question), answers(&scene, used), answers(&scene, other)), (1, 1, 1));
    assert_eq!((requests(&scene, EDIT, 0), requests(&scene, DELETION, 0), scene.posts()), (1, 1, 4));
    scene.end().await;
}

/// On one thread: on several, a machine that is busy enough to part the events for more than the queue's grace fails it.
#[tokio::test]
async fn a_channel_is_answered_in_the_order_of_its_questions() {
    let scene = Scene::new().await;
    for _ in 0..5 {
        scene.pass_time(25);
        let sent = scene.sandbox.sent().len();
        scene.sandbox.inject(Fault::ReorderNext(4));
        let asked = [small::ADA, small::BEN, small::MOD, small::ADA]
            .map(|user| scene.sandbox.mention(small::GENERAL, user, QUESTION));
        for question in asked {
            scene.sandbox.answer_to(question).await;
        }
        let order: Vec<_> = scene.sandbox.sent()[sent..].iter().filter_map(|sent| sent.reply_to).collect();
        assert_eq!(order, asked);
    }
    scene.end().await;
}

#[tokio::test]
async fn an_edit_or_a_deletion_that_overtakes_its_question() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::ReorderNext(2));
    let question = scene.sandbox.mention(small::GENERAL, small::ADA, ELSEWHERE);
    scene.sandbox.edit(question, &format!("<@{}> {QUESTION}", small::BOT));
    let reply = scene.sandbox.answer_to(question).await.message.unwrap();
    assert_sourced(&scene, &scene.sandbox.edited(reply).await);
    scene.sandbox.inject(Fault::ReorderNext(2));
    let gone = scene.sandbox.mention(small::GENERAL, small::BEN, ELSEWHERE);
    scene.sandbox.delete(gone);
    scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::MOD, QUESTION)).await;
    for sent in scene.sandbox.replies_to(gone) {
        scene.sandbox.gone(sent.message.unwrap()).await;
    }
    scene.end().await;
}

/// What is kept for the editors is kept once, whatever happens to the answer.
#[tokio::test]
async fn the_store_loses_nothing_and_counts_nothing_twice() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    let set = scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &json!({"collect": true}));
    scene.sandbox.answer_to(set.id).await;
    let rows = [
        (Fault::DuplicateNextEvent, true),
        (trouble(MESSAGE, 1, Trouble::Drop { takes_effect: true }), true),
        (refused(MESSAGE, 403, 50_013), false),
    ];
    for (asked, (fault, is_answered)) in rows.into_iter().enumerate() {
        scene.pass_time(25);
        scene.sandbox.inject(fault);
        let question = scene.sandbox.mention(small::GENERAL, small::BEN, ELSEWHERE);
        match is_answered {
            true => drop(scene.sandbox.answer_to(question).await),
            false => log.says(&[&question.to_string(), "not sent"]).await,
        }
        let after = scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION);
        assert!(markdown(&scene.sandbox.answer_to(after).await).contains("Source:"));
        let gaps = scene.store.gaps(Some(small::GUILD.0)).await.unwrap();
        let counts: Vec<_> = gaps.iter().map(|gap| gap.unanswered).collect();
        assert_eq!(counts, [asked as u64 + 1]);
    }
    let kept = scene.store.servers().await.unwrap();
    assert!(kept.len() == 1 && kept[0].id == small::GUILD.0 && kept[0].collects);
    scene.end().await;
}
