//! SECURITY.md names what holds each of its lines; a test that was renamed or a room that moved must not leave it lying.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// All Rust of the bot, its tests and the sandbox.
fn code() -> String {
    let mut folders: Vec<PathBuf> = ["src", "tests", "sandbox"].map(|folder| root().join(folder)).to_vec();
    let mut out = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    out
}

/// What is wrong with a word in back quotes; None for what is neither a test, a room nor a file.
fn missing(word: &str, code: &str) -> Option<String> {
    let is_name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let has_fn = |name: &str| code.contains(&format!("fn {name}("));
    let is_path = |path: &str| root().join(path).exists();
    if let Some((room, last)) =
        word.rsplit_once("::").filter(|(room, last)| is_name(last) && room.split("::").all(is_name))
    {
        let folder = format!("src/{}", room.replace("::", "/"));
        let is_there = is_path(&format!("{folder}/{last}.rs")) || is_path(&format!("{folder}/{last}/mod.rs"));
        return (!is_there && !has_fn(last)).then(|| format!("no {word}"));
    }
    if word.contains('/') && !word.contains(' ') && !word.starts_with('/') {
        return (!is_path(word)).then(|| format!("no file {word}"));
    }
    let is_test = word.contains('_') && is_name(word) && !SETTINGS.contains(&word);
    (is_test && !has_fn(word)).then(|| format!("no fn {word}"))
}

/// SQLite's and Discord's own names.
const SETTINGS: &[&str] = &["secure_delete", "allowed_mentions"];

#[test]
fn what_is_named_is_there() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let code = code();
    let words: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    assert!(words.len() > 40, "{} words in back quotes", words.len());
    let wrong: Vec<String> = words.iter().filter_map(|word| missing(word, &code)).collect();
    assert_eq!(wrong, [""; 0]);
    for word in ["answer::nowhere", "tests/nowhere.rs", "a_test_that_never_was"] {
        assert!(missing(word, &code).is_some(), "{word}");
    }
}
