//! The gateway's connection breaks, refuses or falls silent: the bot goes on where Discord lets it, and ends with a reason and
//! few identifies where not: at 1,000 in a day Discord resets the token.
//!
//! serenity's waits and heartbeats are real time.

use std::time::Duration;

use discord_sandbox::{Fault, Snowflake, World, small};
use onrecord::discord::Fatal;

use crate::faults::{answers, mention, slash};
use crate::log::Log;
use crate::scene::{Plan, QUESTION, Scene, assert_sourced};

/// Where a heartbeat has to be missed.
const HEARTBEAT_MS: u64 = 1_000;

/// The connection breaks in every way that Discord lets a client come back from. One test each in time, on one bot.
#[tokio::test]
async fn after_every_break_that_is_not_final_the_bot_goes_on() {
    let rows = [
        Fault::DropGateway,
        Fault::Reconnect,
        Fault::InvalidSession { resumable: true },
        Fault::CloseGateway(4000),
        Fault::CloseGateway(4001),
        Fault::CloseGateway(4002),
        Fault::CloseGateway(4005),
        Fault::CloseGateway(4008),
    ];
    broken(rows.into()).await;
}

#[tokio::test]
async fn after_a_break_with_the_sessions_end_the_bot_goes_on() {
    broken(vec![Fault::CloseGateway(4007)]).await;
}

/// serenity takes 4003 for final, and turns without rest until its next heartbeat fails: hence the second thread.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_close_for_no_authentication_the_bot_goes_on() {
    broken(vec![Fault::CloseGateway(4003)]).await;
}

#[tokio::test]
async fn after_the_end_of_a_session_the_bot_starts_another() {
    broken(vec![Fault::CloseGateway(4009)]).await;
}

#[tokio::test]
async fn after_an_invalid_session_the_bot_starts_another() {
    broken(vec![Fault::InvalidSession { resumable: false }]).await;
}

async fn broken(rows: Vec<Fault>) {
    let world = World { heartbeat_ms: HEARTBEAT_MS, ..World::small() };
    let scene = Scene::of(Plan { world, ..Plan::default() }).await;
    for fault in rows {
        scene.pass_time(25);
        let what = format!("{fault:?}");
        let before = mention(&scene);
        scene.sandbox.inject(fault);
        scene.sandbox.connected().await;
        let after = scene.sandbox.mention(small::VOICE, small::BEN, QUESTION);
        scene.sandbox.answer_to(after).await;
        scene.sandbox.answer_to(before).await;
        assert_eq!((answers(&scene, before), answers(&scene, after)), (1, 1), "{what}");
    }
    assert!(scene.sandbox.identifies() <= 2, "{}", scene.sandbox.identifies());
    scene.end().await;
}

/// Close codes after which no new session can be had: the bot ends, with few identifies.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_gateway_that_refuses_every_session_is_given_up() {
    let refused = |code| async move {
        let scene = impatient().await;
        scene.sandbox.inject(Fault::RefuseIdentify(code));
        scene.sandbox.inject(Fault::InvalidSession { resumable: false });
        ended(scene, &format!("{code}")).await;
    };
    tokio::join!(refused(4010), refused(4011), refused(4012));
}

#[tokio::test]
async fn a_gateway_that_says_nothing_is_given_up() {
    let scene = impatient().await;
    scene.sandbox.inject(Fault::SilentGateway { upgrades: true });
    scene.sandbox.inject(Fault::InvalidSession { resumable: false });
    ended(scene, "silent").await;
}

#[tokio::test]
async fn a_gateway_that_says_nothing_to_a_resume_is_given_up() {
    let silent = |upgrades| async move {
        let scene = impatient().await;
        scene.sandbox.inject(Fault::SilentGateway { upgrades });
        scene.sandbox.inject(Fault::DropGateway);
        ended(scene, &format!("silent to a resume, upgrades {upgrades}")).await;
    };
    tokio::join!(silent(true), silent(false));
}

async fn impatient() -> Scene {
    let world = World { heartbeat_ms: HEARTBEAT_MS, ..World::small() };
    Scene::of(Plan { world, patience: Duration::from_secs(3), ..Plan::default() }).await
}

async fn ended(scene: Scene, what: &str) {
    let (error, sandbox) = scene.ended_with().await;
    assert!(matches!(error, Fatal::SessionsRefused), "{what}: {error}");
    assert_eq!(error.to_string().lines().count(), 1);
    // The first was granted.
    assert!(sandbox.identifies() <= 3, "{what}: {} identifies", sandbox.identifies());
}

#[tokio::test]
async fn an_outage_of_a_server_is_not_everybodys() {
    let log = Log::of_the_bot();
    let scene = Scene::new().await;
    let struck = mention(&scene);
    scene.sandbox.outage(small::GUILD);
    scene.sandbox.refused(1).await;
    let elsewhere = scene.sandbox.mention(small::OTHER_GENERAL, small::BEN, QUESTION);
    scene.sandbox.answer_to(elsewhere).await;
    scene.sandbox.invite_bot(small::GUILD);
    scene.sandbox.answer_to(struck).await;
    scene.pass_time(25);
    scene.sandbox.answer_to(mention(&scene)).await;
    assert_eq!(answers(&scene, struck), 1);
    assert!(!log.text().contains("removed from a server"), "{}", log.text());
    scene.end().await;
}

#[tokio::test]
async fn every_server_of_a_hundred_is_answered_once() {
    let world = World::with_guilds(100);
    let channels: Vec<_> = world.guilds.iter().map(|guild| guild.channels[0].id).collect();
    let askers: Vec<_> = world.users.iter().filter(|user| user.username.starts_with("user-")).map(|u| u.id).collect();
    let scene = Scene::of(Plan { world, ..Plan::default() }).await;
    let ask = |(channel, asker): (&Snowflake, &Snowflake)| scene.sandbox.mention(*channel, *asker, QUESTION);
    let questions: Vec<_> = channels.iter().zip(&askers).map(ask).collect();
    for question in &questions {
        assert_sourced(&scene, &scene.sandbox.answer_to(*question).await);
    }
    assert_eq!((scene.posts(), scene.sandbox.identifies(), scene.sandbox.registrations()), (100, 1, 1));
    scene.end().await;
}

#[tokio::test]
async fn what_nobody_has_heard_of_changes_nothing() {
    let scene = Scene::new().await;
    scene.sandbox.inject(Fault::UnknownEvents);
    assert_sourced(&scene, &scene.sandbox.answer_to(mention(&scene)).await);
    scene.sandbox.answer_to(slash(&scene)).await;
    assert_eq!((scene.sandbox.identifies(), scene.posts()), (1, 1));
    scene.end().await;
}
