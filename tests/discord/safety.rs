//! What must never happen, whatever people write: a ping, a stranger's mark-up alive in the bot's mouth, an invalid body; and a
//! token in anything the bot says to its owner.

use std::process::Stdio;
use std::time::Duration;

use discord_sandbox::{Clock, Elsewhere, Fault, Sandbox, Scope, Sent, Snowflake, Trouble, Via, World, small};
use onrecord::config::Token;
use onrecord::discord::{Fatal, build};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::timeout;
use tracing::Level;
use tracing_subscriber::filter::Targets;

use crate::log::Log;
use crate::scene::{QUESTION, Scene, button, prepared};

/// In the path of every answer to an interaction; valid for 15 minutes.
const INTERACTION_TOKEN: &str = "interaction-token-";
const CALLBACK: (&str, &str) = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback");
const MESSAGE: (&str, &str) = ("POST", "/channels/{channel_id}/messages");

/// What acts in Discord's Markdown, and is in none of the bot's own words.
const ACTS: &[&str] = &[
    "<@",
    "<#",
    "</",
    "<:",
    "<a:",
    "<t:",
    "<id:",
    "@everyone",
    "@here",
    "```",
    "||",
    "~~",
    "__",
    "evil.example",
    "# zqx",
];
/// Characters that turn what follows around, or hide.
const HIDDEN: &[char] = &[
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
    '\u{200e}', '\u{200f}', '\u{200b}', '\u{feff}',
];

/// Where a text goes in.
#[derive(Clone, Copy, Debug)]
enum Door {
    Mention,
    Direct,
    Edit,
    Ask,
    Story,
    Quote,
    Complete,
    Answer,
    Elsewhere,
    Report,
}

const DOORS: &[Door] = &[
    Door::Mention,
    Door::Direct,
    Door::Edit,
    Door::Ask,
    Door::Story,
    Door::Quote,
    Door::Complete,
    Door::Answer,
    Door::Elsewhere,
    Door::Report,
];

/// Text that is rich in what could act, around words that the story knows.
fn risky() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        Just("@everyone"),
        Just("@here"),
        Just("<@1100000000000000011>"),
        Just("<@&5>"),
        Just("<#7>"),
        Just("</ask:8>"),
        Just("<:a:9>"),
        Just("<t:1:R>"),
        Just("<id:guide>"),
        Just("```"),
        Just("`"),
        Just("**"),
        Just("__"),
        Just("~~"),
        Just("||"),
        Just("\n# zqx"),
        Just("\n> "),
        Just("\n- "),
        Just("[zqx](https://evil.example)"),
        Just("https://evil.example"),
        Just("\u{202e}"),
        Just("\u{2066}"),
        Just("\u{200b}"),
        Just("\u{200d}"),
        Just("\0"),
        Just("zqx"),
        Just("why"),
        Just("Kaspersky"),
        Just("office"),
        Just("who said"),
        Just("all quotes"),
        Just("?"),
        Just(" "),
        Just("🦀"),
        Just("\\"),
    ];
    prop_oneof![
        3 => proptest::collection::vec(parts, 1..12).prop_map(|parts| parts.join(" ")),
        1 => "\\PC{1,200}",
        1 => proptest::collection::vec(any::<char>(), 1..200).prop_map(String::from_iter),
    ]
}

/// Puts a text into a door, waits until the bot is done with it, and gives all that it sent.
async fn put(scene: &Scene, door: Door, text: &str, report: &Sent) -> Vec<Sent> {
    scene.pass_time(25);
    let (sandbox, before) = (&scene.sandbox, scene.sandbox.sent().len());
    let short: String = text.chars().take(100).collect();
    let slash = |name: &str, options: Value| sandbox.slash(small::GENERAL, small::BEN, name, &options).id;
    match door {
        Door::Mention => drop(sandbox.mention(small::GENERAL, small::BEN, text)),
        Door::Direct => drop(sandbox.dm(small::BEN, text)),
        Door::Edit => {
            let question = sandbox.mention(small::GENERAL, small::BEN, QUESTION);
            sandbox.answer_to(question).await;
            sandbox.edit(question, &format!("<@{}> {text}", small::BOT));
        }
        Door::Ask => drop(sandbox.answer_to(slash("ask", json!({"question": text}))).await),
        Door::Story => drop(sandbox.answer_to(slash("ask", json!({"question": QUESTION, "story": short}))).await),
        Door::Quote => drop(sandbox.answer_to(slash("quote", json!({"about": short, "speaker": short}))).await),
        Door::Complete => {
            let options = json!({"question": text});
            let typing = sandbox.autocomplete(small::GENERAL, small::BEN, "ask", &options, "question");
            sandbox.answer_to(typing.id).await;
        }
        Door::Answer => {
            let message = sandbox.post(small::VOICE, small::ADA, text);
            sandbox.answer_to(sandbox.message_command(small::BEN, "Answer this", message).id).await;
        }
        Door::Elsewhere => {
            let used = sandbox.slash_elsewhere(Elsewhere::Group, small::BEN, "ask", &json!({"question": text}));
            sandbox.answer_to(used.id).await;
        }
        Door::Report => {
            let id = button(report, "This is wrong").unwrap();
            let wrong = sandbox.button(small::BEN, report.message.unwrap(), &id);
            if sandbox.answer_to(wrong.id).await.via == Via::Callback(9) {
                sandbox.answer_to(sandbox.submit(small::BEN, &wrong, &json!({"report": short})).id).await;
            }
        }
    }
    // A message may be left alone ("thanks"): one in its channel that is not comes after it.
    let (settled, user) = match door {
        Door::Direct => (sandbox.dm_channel(small::BEN), small::BEN),
        _ => (small::GENERAL, small::MOD),
    };
    sandbox.answer_to(sandbox.mention(settled, user, QUESTION)).await;
    sandbox.sent()[before..].to_vec()
}

/// All Markdown in a message.
fn texts(sent: &Sent) -> Vec<String> {
    let embeds = sent.data()["embeds"].as_array().into_iter().flatten();
    let embeds = embeds.flat_map(|embed| ["title", "description"].map(|key| embed[key].as_str().unwrap_or_default()));
    embeds.chain([sent.content()]).map(str::to_owned).collect()
}

/// The text without what a backslash takes its effect from.
fn alive(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
        } else if let Some(hidden) = chars.next() {
            out.push(if hidden.is_ascii_punctuation() { '\u{fffd}' } else { hidden });
        }
    }
    out
}

fn judge(door: Door, text: &str, sent: &Sent, own: &[String]) {
    let what = format!("{door:?} {text:?}: {}", sent.body);
    if !matches!(sent.via, Via::Callback(6 | 8 | 9)) {
        let mentions = &sent.data()["allowed_mentions"];
        let none = |key: &str| mentions[key].as_array().is_none_or(Vec::is_empty);
        assert!(mentions["parse"] == json!([]) && none("users") && none("roles"), "{what}");
        assert_ne!(mentions["replied_user"], true, "{what}");
    }
    for markdown in texts(sent) {
        let alive = alive(&markdown);
        // What the bot says of its own accord (its help names commands, its sources are links) is no echo.
        let is_echo =
            |act: &&&str| alive.contains(**act) && text.contains(**act) && !own.iter().any(|o| o.contains(**act));
        assert_eq!(ACTS.iter().find(is_echo), None, "{what}");
        assert!(!markdown.contains(HIDDEN), "{what}");
    }
}

/// One connected bot, many texts from strangers.
#[test]
fn whatever_is_written_nobody_is_pinged_and_no_markup_comes_back_alive() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let scene = runtime.block_on(Scene::new());
    let report = runtime.block_on(async {
        let set = scene.sandbox.slash(small::GENERAL, small::ADA, "facts settings", &json!({"collect": true}));
        scene.sandbox.answer_to(set.id).await;
        scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await
    });
    let own: Vec<String> = texts(&report).iter().map(|text| alive(text)).collect();
    let config = Config { cases: 128, failure_persistence: None, max_shrink_iters: 64, ..Config::default() };
    let door = proptest::sample::select(DOORS);
    let run = TestRunner::new(config).run(&(door, risky()), |(door, text)| {
        for sent in runtime.block_on(put(&scene, door, &text, &report)) {
            judge(door, &text, &sent, &own);
        }
        let violations = scene.sandbox.violations();
        prop_assert!(violations.is_empty(), "{door:?} {text:?}: {violations:?}");
        Ok(())
    });
    run.unwrap();
    runtime.block_on(scene.end());
}

/// Everything that the bot does and that can go wrong with it, with the words of every error it ends with.
async fn adventures() -> String {
    let scene = Scene::new().await;
    let faults = |route: (&'static str, &'static str)| {
        let trouble = |times, trouble| Fault::Requests { method: route.0, path: route.1, times, trouble };
        let body = json!({"code": 50_035, "message": "Invalid Form Body", "errors": {"content": {"_errors": [{"code": "X", "message": "no"}]}}});
        [
            trouble(1, Trouble::RateLimit { scope: Scope::User, retry_after: 0.1 }),
            trouble(1, Trouble::Status(502)),
            trouble(1, Trouble::Cut),
            trouble(1, Trouble::Drop { takes_effect: false }),
            Fault::FailNext { method: route.0, path: route.1, status: 400, body, takes_effect: false },
        ]
    };
    for fault in faults(MESSAGE) {
        scene.pass_time(25);
        scene.sandbox.inject(fault);
        scene.sandbox.answer_to(scene.sandbox.mention(small::GENERAL, small::ADA, QUESTION)).await;
    }
    for fault in faults(CALLBACK).into_iter().chain([Fault::DeadInteraction]) {
        scene.pass_time(25);
        scene.sandbox.inject(fault);
        scene.sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({"question": QUESTION}));
    }
    let used = scene.sandbox.slash(small::GENERAL, small::BEN, "ask", &json!({"question": QUESTION}));
    let answer = scene.sandbox.answer_to(used.id).await;
    scene.sandbox.button(small::BEN, answer.message.unwrap(), &button(&answer, "Delete").unwrap());
    scene.sandbox.gone(answer.message.unwrap()).await;
    scene.sandbox.inject(Fault::UnknownEvents);
    scene.sandbox.inject(Fault::DropGateway);
    scene.sandbox.resumed(1).await;
    scene.sandbox.answer_to(scene.sandbox.dm(small::ADA, QUESTION)).await;
    let scene = scene.restarted().await;
    scene.sandbox.inject(Fault::CloseGateway(4004));
    let mut errors = vec![scene.ended().await];

    let (sandbox, setup) = prepared(small::TOKEN).await;
    let (method, path) = ("GET", "/gateway");
    sandbox.inject(Fault::Requests { method, path, times: 1, trouble: Trouble::Drop { takes_effect: false } });
    errors.extend(build(setup).await.map(|_| ()).err());
    let (_sandbox, setup) = prepared("sandbox.bot.token.of.another").await;
    let shown = format!("{:?} {:?} {:?}", setup.token, setup.endpoint, Token::parse("sandbox.bot.token\n.", "x"));
    errors.extend(build(setup).await.map(|_| ()).err());
    let said = |error: &Fatal| format!("{error} {error:?} {:?}", std::error::Error::source(error));
    assert_eq!(errors.len(), 3);
    errors.iter().map(said).collect::<Vec<_>>().join("\n") + &shown
}

/// Where a token is in a text; the bot's own may be there in part.
fn leaks(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains("sandbox.bot") || line.contains(INTERACTION_TOKEN)).collect()
}

/// The filter of `telemetry`, as talkative as it can be set.
#[tokio::test]
async fn no_token_is_in_a_log_line_or_an_error() {
    let log = Log::of(Targets::new().with_default(Level::ERROR).with_target("onrecord", Level::TRACE));
    let said = adventures().await + &log.text();
    assert!(said.contains("code 10062") && said.contains("answered a message"), "the log is there to be searched");
    assert_eq!(leaks(&said), [""; 0]);
}

/// serenity itself writes paths with tokens at its lower levels: what `telemetry` holds back, and what shows that the search
/// above would find a token.
#[tokio::test]
async fn below_the_filter_there_are_tokens_to_be_found() {
    let log = Log::of(Targets::new().with_default(Level::TRACE));
    adventures().await;
    assert!(!leaks(&log.text()).is_empty());
    let own = log.text().lines().filter(|line| line.contains("sandbox.bot.token")).count();
    assert_eq!(own, 0, "the bot's own token is at no level");
}

#[tokio::test]
async fn no_token_is_in_what_the_binary_prints() {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    run.current_dir(env!("CARGO_MANIFEST_DIR")).arg("run").kill_on_drop(true);
    run.env("DISCORD_TOKEN", small::TOKEN).env("ONRECORD__DISCORD__API_BASE", sandbox.api_base());
    run.env("ONRECORD__SERVICE__LISTEN", "off")
        .env("ONRECORD__STORE__FILE", "off")
        .env("ONRECORD__LOG__LEVEL", "trace");
    run.env("RUST_LOG", "trace");
    run.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = run.spawn().unwrap();
    sandbox.registered().await;
    for (route, ask) in [(MESSAGE, false), (CALLBACK, true)] {
        for trouble in [Trouble::Status(502), Trouble::Drop { takes_effect: false }, Trouble::Cut] {
            let (method, path) = route;
            sandbox.inject(Fault::Requests { method, path, times: 1, trouble });
            let question = if ask { slash(&sandbox) } else { sandbox.mention(small::GENERAL, small::ADA, QUESTION) };
            sandbox.answer_to(question).await;
        }
    }
    sandbox.inject(Fault::DeadInteraction);
    slash(&sandbox);
    sandbox.refused(1).await;
    sandbox.inject(Fault::DropGateway);
    sandbox.resumed(1).await;
    sandbox.answer_to(sandbox.dm(small::BEN, QUESTION)).await;
    let pid = run.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    let ended = timeout(Duration::from_secs(30), run.wait_with_output()).await.unwrap().unwrap();
    let said = String::from_utf8([ended.stdout, ended.stderr].concat()).unwrap();
    assert!(said.contains("code 10062") && said.contains("answered a message"), "{said}");
    assert_eq!(leaks(&said), [""; 0]);
}

fn slash(sandbox: &Sandbox) -> Snowflake {
    sandbox.slash(small::GENERAL, small::ADA, "ask", &json!({"question": QUESTION})).id
}
