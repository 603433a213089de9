//! The rules of the house: which room may know which, and what only one room may touch.
//!
//! Fails with file and line. A rule is a row; a new room is a row too.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Room, the rooms it may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("knowledge", &["text"]),
    ("matcher", &["text", "knowledge"]),
    ("answer", &["text", "knowledge", "matcher"]),
    ("evaluation", &["text", "knowledge", "matcher", "answer"]),
    ("store", &["text"]),
    ("config", &["answer"]),
    ("telemetry", &["config"]),
    ("service", &["knowledge", "store", "telemetry"]),
    ("discord", &["text", "knowledge", "matcher", "answer", "store", "service", "config", "telemetry"]),
    ("cli", &["text", "knowledge", "matcher", "answer", "evaluation", "store", "service", "config", "telemetry"]),
];

/// A room may be named from this file all the same: `run` starts the bot.
const EXCEPTIONS: &[(&str, &str)] = &[("src/cli/run.rs", "discord")];

/// What the code says, where it may say it (prefixes of paths), and why nowhere else.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    (
        "serenity::",
        &["src/discord/", "src/telemetry.rs"],
        "Discord types stay in discord; telemetry names its log targets",
    ),
    ("sqlx::", &["src/store/"], "tables stay in store"),
    ("tokio::", &["src/discord/", "src/service/", "src/cli/"], "the core knows no runtime"),
    (
        "std::fs",
        &["src/knowledge/load.rs", "src/cli/", "src/config", "src/store/", "src/service/"],
        "only load reads files",
    ),
    ("std::env", &["src/cli/", "src/main.rs", "src/config.rs"], "the environment is an argument"),
    ("std::net", &["src/service/", "src/cli/", "src/config", "src/discord/"], "the core knows no network"),
    ("SystemTime", &["src/cli/", "src/discord/", "src/service/"], "time is an argument"),
    ("Instant", &["src/cli/", "src/discord/", "src/service/"], "time is an argument"),
    ("now_utc", &["src/cli/"], "time is an argument"),
    ("now_local", &[], "time is an argument, and UTC"),
    ("rand::", &[], "nothing here is random"),
    ("build_through", &["src/discord/"], "only tests go to discord.com through a client of their own"),
    ("println!", &["src/cli/"], "only cli prints"),
    ("eprintln!", &["src/cli/"], "only cli prints"),
];

/// A longer file is more than one room.
const LONGEST_FILE: usize = 400;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort();
    out
}

/// The room of a file: the folder or file name below `src/`; lib.rs and main.rs are the front door.
fn room(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("src/")?;
    let name = inside.split('/').next()?.trim_end_matches(".rs");
    (!matches!(name, "lib" | "main")).then_some(name)
}

fn breaks(file: &str, line: &str) -> Option<String> {
    let room = room(file)?;
    let Some((_, may_know)) = MAY_KNOW.iter().find(|(r, _)| *r == room) else {
        return Some(format!("the room `{room}` has no row in MAY_KNOW"));
    };
    let named = line
        .split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default());
    for other in named.filter(|other| *other != room) {
        let is_room = MAY_KNOW.iter().any(|(r, _)| *r == other);
        if is_room && !may_know.contains(&other) && !EXCEPTIONS.contains(&(file, other)) {
            return Some(format!("{room} may not know {other}"));
        }
    }
    if line.contains("crate::{") || line.contains("std::{") {
        return Some("import one path a line, so that this test sees it".to_owned());
    }
    let misplaced = ONLY_IN
        .iter()
        .find(|(what, places, _)| line.contains(what) && !places.iter().any(|place| file.starts_with(place)));
    misplaced.map(|(what, _, why)| format!("{what}: {why}"))
}

#[test]
fn no_room_knows_what_it_may_not() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(rule) = breaks(&file, line) {
                broken.push(format!("{file}:{}: {rule}", n + 1));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_stay_small_and_say_what_they_are() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            broken.push(format!("{file}: {lines} lines, at most {LONGEST_FILE}"));
        }
        if !text.starts_with("//!") {
            broken.push(format!("{file}:1: no module header"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_rules_can_be_broken() {
    let rows = [
        ("src/text/word.rs", "use crate::knowledge::Story;", true),
        ("src/matcher/index.rs", "use crate::text::Word;", false),
        ("src/answer/engine.rs", "let now = std::time::Instant::now();", true),
        ("src/cli/ask.rs", "use crate::discord::Bot;", true),
        ("src/cli/run.rs", "use crate::discord::Bot;", false),
        ("src/knowledge/model.rs", "use serenity::model::Message;", true),
        ("src/text/word.rs", "use crate::{discord, text};", true),
        ("src/store/gaps.rs", "use sqlx::Sqlite;", false),
        ("src/discord/events.rs", "use sqlx::Sqlite;", true),
        ("src/store/gaps.rs", "use crate::answer::normalised;", true),
        ("src/attic/dust.rs", "fn dust() {}", true),
    ];
    for (file, line, is_broken) in rows {
        assert_eq!(breaks(file, line).is_some(), is_broken, "{file}: {line}");
    }
}
