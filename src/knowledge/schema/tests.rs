//! The table of keys against the shapes that are read: the same keys, required alike, the same kinds, the same lengths.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::json;
use time::macros::date;

use super::*;
use crate::knowledge::file;
use crate::knowledge::load_text;
use crate::knowledge::messages::missing_field;
use crate::knowledge::model::Id;

/// Reads a table as the program does; else serde's words.
type Read = fn(&str) -> Result<(), String>;

fn read<T: DeserializeOwned>(text: &str) -> Result<(), String> {
    toml::from_str::<T>(text).map(drop).map_err(|e| e.message().to_owned())
}

const SHAPES: &[(&str, Read)] = &[
    ("story", read::<file::StoryTable>),
    ("source", read::<file::SourceTable>),
    ("person", read::<file::PersonTable>),
    ("topic", read::<file::TopicTable>),
    ("fact", read::<file::FactTable>),
    ("quote", read::<file::QuoteTable>),
    ("correction", read::<file::CorrectionTable>),
    (keys::PLACE, read::<file::SourceRef>),
];

fn tables() -> impl Iterator<Item = (&'static Table, Read)> {
    assert!(SHAPES.iter().map(|(name, _)| *name).eq(TABLES.iter().map(|table| table.name)));
    TABLES.iter().zip(SHAPES.iter().map(|(_, read)| *read))
}

/// A right value, as TOML and as editors see it.
fn right(kind: Kind) -> (String, Value) {
    let same = |value: Value| (value.to_string(), value);
    match kind {
        Kind::Id | Kind::Line(_) | Kind::Lines(_) => same(json!("x")),
        Kind::Ids | Kind::List(_) => same(json!(["x"])),
        Kind::Language => same(json!("pt-BR")),
        Kind::Address => same(json!("https://example.org")),
        Kind::Digest => same(json!("0".repeat(64))),
        Kind::Day => ("2031-03-11".to_owned(), json!("2031-03-11")),
        Kind::Flag => same(json!(true)),
        Kind::Number => same(json!(1)),
        Kind::Numbers => same(json!([1])),
        Kind::Claim => same(json!("denied")),
        Kind::Part => same(json!("aside")),
        Kind::Places => ("{ id = \"x\" }".to_owned(), json!({ "id": "x" })),
    }
}

/// A table with the required keys but `without`, and `extra`.
fn written(table: &Table, without: &str, extra: &str) -> String {
    let required = table.keys.iter().filter(|key| key.required && key.name != without);
    required.map(|key| format!("{} = {}\n", key.name, right(key.kind).0)).collect::<String>() + extra
}

/// The schema of one table, by itself.
fn schema_of(table: &Table) -> jsonschema::Validator {
    let mut whole = schema();
    let defs = whole["$defs"].take();
    let mut one = defs[table.name].clone();
    one["$defs"] = defs;
    jsonschema::draft202012::new(&one).unwrap()
}

#[test]
fn the_schema_is_one_of_its_draft() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[test]
fn keys_are_those_that_are_read() {
    for (table, read) in tables() {
        let known = read("\"?\" = 1").unwrap_err();
        assert!(known.starts_with("unknown field `?`, expected "), "{known}");
        let read: BTreeSet<&str> = known.split('`').skip(3).step_by(2).collect();
        let listed: BTreeSet<&str> = table.keys.iter().map(|key| key.name).collect();
        assert_eq!(listed, read, "[{}]", table.name);
    }
}

#[test]
fn sections_are_those_that_are_read() {
    let unknown = load_text("x.toml", "x = 1\n", date!(2031 - 01 - 01)).1;
    let message = unknown.iter().map(|d| d.message.as_str()).find(|m| m.starts_with("unknown key")).unwrap();
    let read: BTreeSet<&str> = message.split_once("known here: ").unwrap().1.split(", ").collect();
    let schema = schema();
    let listed: BTreeSet<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(listed, read);
}

#[test]
fn the_same_keys_are_required() {
    for (table, read) in tables() {
        assert_eq!(read(&written(table, "", "")), Ok(()), "[{}]", table.name);
        for key in table.keys.iter().filter(|key| key.required) {
            let error = read(&written(table, key.name, "")).unwrap_err();
            assert_eq!(missing_field(&error), Some(key.name), "[{}] {error}", table.name);
        }
    }
}

#[test]
fn kinds_are_those_that_are_read() {
    let wrong = [json!("x"), json!(7), json!(true), json!(["x"]), json!([7]), json!([]), json!({})];
    for (table, read) in tables() {
        let validator = schema_of(table);
        let minimal: Map<String, Value> =
            table.keys.iter().filter(|key| key.required).map(|key| (key.name.to_owned(), right(key.kind).1)).collect();
        for key in table.keys {
            let mut probes = vec![right(key.kind)];
            // Only the program sees whether a date has quotation marks, and which texts are ids, addresses, digests.
            let is_text = matches!(key.kind, Kind::Language | Kind::Address | Kind::Digest | Kind::Day);
            let others = wrong.iter().filter(|probe| !(is_text && probe.is_string()));
            // `source = []` has a message of its own.
            let others = others.filter(|probe| !(matches!(key.kind, Kind::Places) && **probe == json!([])));
            probes.extend(others.map(|probe| (probe.to_string(), probe.clone())));
            for (toml, json) in probes {
                let accepted = read(&written(table, key.name, &format!("{} = {toml}", key.name)));
                let mut instance = minimal.clone();
                instance.insert(key.name.to_owned(), json);
                // A rule between keys is not about kinds.
                instance.extend((key.name == "speaker_inferred").then(|| ("speaker".to_owned(), json!("x"))));
                let valid = validator.is_valid(&Value::Object(instance));
                assert_eq!(valid, accepted.is_ok(), "[{}] {} = {toml}: {accepted:?}", table.name, key.name);
            }
        }
    }
}

/// A story in which the table `name` has `key = value`, and everything else only what is required.
fn story_with(table: &Table, key: &Key, value: &str) -> String {
    let mut out = String::from("format = 1\n");
    for other in TABLES.iter().filter(|t| t.name != keys::PLACE) {
        let head = if other.many { format!("[[{}]]", other.name) } else { format!("[{}]", other.name) };
        let id = if other.name == "quote" { "y" } else { "x" };
        let extra = if other.name == table.name { format!("{} = {value}\n", key.name) } else { String::new() };
        let mut body = written(other, if other.name == table.name { key.name } else { "" }, &extra);
        if table.name == keys::PLACE && other.name == "fact" {
            body = written(other, "source", &format!("source = {{ id = \"x\", {} = {value} }}\n", key.name));
        }
        out.push_str(&format!("{head}\n{}\n", body.replacen("id = \"x\"", &format!("id = \"{id}\""), 1)));
    }
    out
}

#[test]
fn lengths_are_those_that_are_checked() {
    let mut measured = 0;
    for table in TABLES {
        for key in table.keys {
            let (start, most) = match key.kind {
                Kind::Line(most) | Kind::Lines(most) | Kind::List(most) => ("", most),
                Kind::Address => ("https://example.org/", limits::URL),
                _ => continue,
            };
            let told = |length: usize| {
                let text = format!("\"{start}{}\"", "é".repeat(length - start.len()));
                let value = if matches!(key.kind, Kind::List(_)) { format!("[{text}]") } else { text };
                let found = load_text("x.toml", &story_with(table, key, &value), date!(2031 - 01 - 01)).1;
                let errors = found.into_iter().map(|d| d.to_string()).filter(|d| !d.contains(": warning: "));
                errors.collect::<Vec<_>>()
            };
            assert_eq!(told(most), [""; 0], "[{}] {}", table.name, key.name);
            let long = format!("`{}` has {} characters; at most {most} fit into a reply", key.name, most + 1);
            assert!(told(most + 1).iter().any(|d| d.ends_with(&long)), "[{}] {}", table.name, key.name);
            measured += 1;
        }
    }
    assert_eq!(measured, 27, "texts with a length");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn ids_are_those_that_are_parsed(typed in "[a-c0-9A-Zé_ -]{0,3}[a-z0-9-]{0,33}\n?") {
        let validator = jsonschema::draft202012::new(&shape(Kind::Id)).unwrap();
        prop_assert_eq!(validator.is_valid(&json!(typed)), Id::parse(&typed).is_ok());
    }

    #[test]
    fn what_the_schema_refuses_in_a_text_the_program_refuses(typed in "\\PC{0,4}[\u{0}-\u{20}\u{7f}-\u{a0}\u{200b}-\u{2070}]{0,2}") {
        let validator = jsonschema::draft202012::new(&shape(Kind::Line(limits::TITLE))).unwrap();
        let title = Value::from(typed.as_str()).to_string().replace('\u{7f}', "\\u007f");
        let (table, key) = (&TABLES[0], &TABLES[0].keys[1]);
        let found = load_text("x.toml", &story_with(table, key, &title), date!(2031 - 01 - 01)).1;
        let refused = found.iter().any(|d| !d.to_string().contains(": warning: "));
        prop_assert_eq!(!validator.is_valid(&json!(typed)), refused, "{:?} {:?}", typed, found);
    }
}
