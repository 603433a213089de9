//! The binary as it is shipped: `onrecord run` in a process of its own, asked for its health, and asked to stop.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use discord_sandbox::{Clock, Sandbox, World, small};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::health::asked;
use crate::scene::QUESTION;

/// Real time: a process start and a loopback connection, on a machine that may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn onrecord(sandbox: &Sandbox, listen: &str, argument: &str, token: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg(argument).kill_on_drop(true);
    command.env("DISCORD_TOKEN", token).env("ONRECORD__DISCORD__API_BASE", sandbox.api_base());
    command.env("ONRECORD__SERVICE__LISTEN", listen).env("ONRECORD__STORE__FILE", "off");
    // The bot must reach the server it is given, whatever the environment says about proxies.
    command.env("HTTP_PROXY", "http://127.0.0.1:9").env("http_proxy", "http://127.0.0.1:9").env_remove("NO_PROXY");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// The lines of standard output up to the one that holds `last`.
pub async fn lines_until(child: &mut Child, last: &str) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut read = String::new();
    let search = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            read.push_str(&format!("{line}\n"));
            if line.contains(last) {
                return;
            }
        }
    };
    timeout(PATIENCE, search).await.expect("the line comes in time");
    read
}

#[tokio::test]
async fn run_health_and_stop() {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let listen = free_address();
    let mut run = onrecord(&sandbox, &listen, "run", small::TOKEN).spawn().unwrap();
    let said = lines_until(&mut run, "invite the bot").await;
    let link = format!("client_id={}&scope=bot+applications.commands&permissions=274877991936", small::APPLICATION);
    for part in ["kaspersky-washington-office", "Message Content", &listen, sandbox.api_base(), &link] {
        assert!(said.contains(part), "{part}\nnot in\n{said}");
    }
    sandbox.answer_to(sandbox.dm(small::ADA, QUESTION)).await;

    let health = onrecord(&sandbox, &listen, "healthcheck", "").output().await.unwrap();
    assert_eq!((health.status.code(), health.stdout.as_slice()), (Some(0), b"healthy\n".as_slice()));

    let pid = run.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    let ended = timeout(PATIENCE, run.wait_with_output()).await.unwrap().unwrap();
    let log = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(0), "{log}");
    assert!(log.contains("answered a message"), "{log}");
    assert!(!log.contains(small::TOKEN) && !said.contains(small::TOKEN) && !log.contains("Kaspersky"), "{log}");

    let health = onrecord(&sandbox, &listen, "healthcheck", "").output().await.unwrap();
    assert_eq!(health.status.code(), Some(1));
    assert!(sandbox.violations().is_empty());
}

#[tokio::test]
async fn a_wrong_token_is_one_line() {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let ended = onrecord(&sandbox, "off", "run", "not.the.token").output().await.unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.starts_with("onrecord: Discord does not accept the bot token (status 401)"), "{said}");
    assert_eq!(said.lines().count(), 1);
}

#[tokio::test]
async fn a_faulty_story_is_left_out_and_told() {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let (folder, listen) = (tempfile::tempdir().unwrap(), free_address());
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    std::fs::copy(stories.join("piz-serac-railway.toml"), folder.path().join("piz-serac-railway.toml")).unwrap();
    std::fs::write(folder.path().join("broken.toml"), "[story").unwrap();
    let mut run = onrecord(&sandbox, &listen, "run", small::TOKEN);
    let mut run = run.arg("--knowledge").arg(folder.path()).spawn().unwrap();
    lines_until(&mut run, "invite the bot").await;
    let metrics = asked(listen.parse().unwrap(), "/metrics").await.1;
    assert!(metrics.contains("onrecord_stories 1\n") && metrics.contains("onrecord_stories_left_out 1\n"), "{metrics}");
    run.start_kill().unwrap();
    let log = String::from_utf8(run.wait_with_output().await.unwrap().stderr).unwrap();
    assert!(log.contains("left out at the start: ") && log.contains("broken.toml:1:"), "{log}");
}
