//! What `onrecord schema` prints, against files: every story that loads is valid, every error of shape is not.
//!
//! The unit tests of the two schemas compare them with the program key by key; here stand whole files and the handbook.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use onrecord::knowledge::load_text;
use onrecord::knowledge::schema;
use serde_json::Value;
use time::macros::date;

/// Faults that only the program sees: they need the whole story, a list of languages, or a person's eye.
const BEYOND: &[&str] = &["dangling-reference.toml", "doubled-id.toml", "with.toml"];

/// Files that are no TOML: an editor says so without a schema.
const NO_TOML: &[&str] = &["not-toml.toml", "unclosed-quote.toml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// As editors hand it over: dates are texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn story_files(folder: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|e| e == "toml"));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn what_loads_is_valid_and_what_has_a_wrong_shape_is_not() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let (mut valid, mut refused) = (0, 0);
    for folder in ["knowledge", "tests/stories", "tests/story_files"] {
        for (name, text) in story_files(folder) {
            let Ok(read) = toml::from_str::<toml::Value>(&text) else {
                assert!(NO_TOML.contains(&name.as_str()), "{name}");
                continue;
            };
            let errors: Vec<String> = validator.iter_errors(&json(read)).map(|e| e.to_string()).collect();
            let loads = load_text(&name, &text, date!(2031 - 01 - 01)).0.is_some();
            let is_expected_valid = loads || BEYOND.contains(&name.as_str());
            assert!(!loads || !BEYOND.contains(&name.as_str()), "{name} loads");
            assert_eq!(errors.is_empty(), is_expected_valid, "{name}: {errors:?}");
            if errors.is_empty() { valid += 1 } else { refused += 1 }
        }
    }
    assert!(valid >= 14 && refused >= 18, "{valid} valid and {refused} refused: the fixtures are gone");
}

/// The rows of a table of `knowledge/README.md`: keys, and the first number in the column of limits.
fn handbook(section: &str) -> BTreeMap<String, Option<u64>> {
    let text = fs::read_to_string(root().join("knowledge/README.md")).unwrap();
    let (_, every) = text.split_once("## Every field").unwrap();
    let start = every.lines().skip_while(|line| !(line.starts_with("**") && line.contains(&format!("`{section}`"))));
    let rows = start.skip(1).skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    let mut keys = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let limit = cells[4].split(|c: char| !c.is_ascii_digit()).find_map(|digits| digits.parse().ok());
        keys.extend(cells[1].split('`').skip(1).step_by(2).map(|key| (key.to_owned(), limit)));
    }
    keys
}

#[test]
fn the_handbook_has_the_same_keys_and_lengths() {
    let schema = schema();
    // Ids in lists have the length of ids; the handbook says it once.
    let length = |shape: &Value| shape.get("maxLength").and_then(Value::as_u64);
    let sections = [
        ("story", "[story]"),
        ("source", "[[source]]"),
        ("person", "[[person]]"),
        ("topic", "[[topic]]"),
        ("fact", "[[fact]]"),
        ("quote", "[[quote]]"),
        ("correction", "[[correction]]"),
        ("place", "source = { ... }"),
    ];
    for (table, section) in sections {
        let told = handbook(section);
        let keys = schema["$defs"][table]["properties"].as_object().unwrap();
        let named: BTreeSet<&String> = told.keys().collect();
        assert_eq!(named, keys.keys().collect(), "{section}");
        for (key, shape) in keys {
            let most = length(shape).or_else(|| shape["items"].get("minLength").and_then(|_| length(&shape["items"])));
            // "as in a fact" has no number.
            let is_same = told[key] == most || (table == "quote" && told[key].is_none());
            let is_reference = most == Some(32) && told[key].is_none();
            assert!(is_same || is_reference, "{section} {key}: {:?} in the handbook, {most:?} in fact", told[key]);
        }
    }
}

#[test]
fn they_are_printed_whatever_is_wrong_here() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("onrecord.toml"), "not = [valid").unwrap();
    for (of, want) in [("story", schema()), ("config", onrecord::config::schema())] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let output = command.args(["schema", of]).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), want);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let output = command.args(["config", "--check"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf_8_is_told() {
    use std::os::unix::ffi::OsStrExt;

    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(["config", "--check"]).current_dir(root()).env_remove("DISCORD_TOKEN");
    let output = command.env("ONRECORD__STORE__FILE", std::ffi::OsStr::from_bytes(b"\xff.db")).output().unwrap();
    let said = "onrecord: ONRECORD__STORE__FILE: its value is not UTF-8 text; write it in UTF-8, or unset it\n";
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(2), said));
}
