//! The one table of what can be set: its rows are the defaults, the reference, the check for unknown keys and `--show`.
//!
//! A new key is a row here and a field in `config`. Nothing here decides whether a value is valid.

use config::{Map, Value, ValueKind};

use super::{Config, Endpoint};
use crate::answer::Thresholds;

/// One key.
struct Key {
    section: &'static str,
    name: &'static str,
    /// As TOML; None where the key is not set unless somebody sets it.
    default: fn() -> Option<String>,
    /// What it does.
    about: &'static str,
    /// Ends the sentence "it should be ...".
    expected: &'static str,
    /// The value in force, as TOML.
    show: fn(&Config) -> Option<String>,
}

const KEYS: &[Key] = &[
    Key {
        section: "knowledge",
        name: "dir",
        default: || Some(quoted("knowledge")),
        about: "The folder with the story files (*.toml).",
        expected: "a folder, like \"knowledge\"",
        show: |c| Some(quoted(&c.knowledge.display().to_string())),
    },
    Key {
        section: "answer",
        name: "answer_at",
        default: || Some(Thresholds::default().answer_at.to_string()),
        about: "From this confidence on a fact is given as the answer.",
        expected: "a number from 0 to 1",
        show: |c| Some(c.thresholds.answer_at.to_string()),
    },
    Key {
        section: "answer",
        name: "nearest_at",
        default: || Some(Thresholds::default().nearest_at.to_string()),
        about: "From this confidence on a fact is offered as the nearest there is.",
        expected: "a number from 0 to 1, at most answer_at",
        show: |c| Some(c.thresholds.nearest_at.to_string()),
    },
    Key {
        section: "discord",
        name: "api_base",
        default: || None,
        about: "Another server than Discord, for tests: the bot refuses to identify at a gateway of any other host.",
        expected: "http on loopback or https, like \"http://127.0.0.1:8080\"; leave it out for Discord itself",
        show: |c| match &c.endpoint {
            Endpoint::Discord => None,
            Endpoint::Other(base) => Some(quoted(base.as_str())),
        },
    },
    Key {
        section: "service",
        name: "listen",
        default: || Some(quoted("127.0.0.1:9464")),
        about: "Where /healthz answers, or \"off\".",
        expected: "an address with a port, like \"127.0.0.1:9464\", or \"off\"",
        show: |c| Some(quoted(&c.listen.map_or_else(|| "off".to_owned(), |at| at.to_string()))),
    },
    Key {
        section: "log",
        name: "level",
        default: || Some(quoted("info")),
        about: "How much is logged; after a comma, other levels for single rooms: \"info,discord=debug\".",
        expected: "off, error, warn, info, debug or trace, then room=level, like \"info,discord=debug\"",
        show: |c| Some(quoted(&c.log.level_text())),
    },
    Key {
        section: "log",
        name: "format",
        default: || Some(quoted("auto")),
        about: "human, json, or auto: human on a terminal, json otherwise.",
        expected: "\"auto\", \"human\" or \"json\"",
        show: |c| Some(quoted(c.log.format.as_str())),
    },
];

fn quoted(text: &str) -> String {
    // A JSON string is a TOML basic string too.
    serde_json::Value::from(text).to_string()
}

/// All keys with their defaults and what they do: a valid configuration file.
pub fn reference() -> String {
    written(|key| {
        let line = match (key.default)() {
            Some(default) => format!("{} = {default}", key.name),
            None => format!("# {} = ...", key.name),
        };
        format!(
            "# {}\n# {}__{}__{}: {}\n{line}\n",
            key.about,
            super::PREFIX,
            upper(key.section),
            upper(key.name),
            key.expected
        )
    })
}

/// The values in force, as a configuration file. The token is no part of a configuration.
pub fn shown(config: &Config) -> String {
    written(|key| (key.show)(config).map(|value| format!("{} = {value}\n", key.name)).unwrap_or_default())
}

fn written(row: impl Fn(&Key) -> String) -> String {
    let mut out = String::new();
    let mut section = "";
    for key in KEYS {
        if key.section != section {
            let gap = if section.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}[{}]\n", key.section));
            section = key.section;
        }
        out.push_str(&row(key));
    }
    out
}

fn upper(name: &str) -> String {
    name.to_uppercase()
}

/// What the value of `section.name` should be.
pub(super) fn expected(key: &str) -> &'static str {
    let is_it = |k: &&Key| key.split_once('.') == Some((k.section, k.name));
    KEYS.iter().find(is_it).map_or("a section with keys; `onrecord config --reference` lists them", |k| k.expected)
}

/// A line for every key that does not exist; `name` is the file's.
pub(super) fn unknown(layers: &Map<String, Value>, name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (section, value) in layers {
        let known: Vec<&str> = KEYS.iter().filter(|k| k.section == section).map(|k| k.name).collect();
        if known.is_empty() {
            let sections: Vec<&str> = KEYS.iter().map(|k| k.section).collect();
            problems.push(format!(
                "{}: there is no section `{section}`; {}",
                place(value, name),
                nearest(section, &sections)
            ));
            continue;
        }
        let ValueKind::Table(keys) = &value.kind else { continue };
        for (key, value) in keys.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            problems.push(format!(
                "{}: there is no key `{section}.{key}`; {}",
                place(value, name),
                nearest(key, &known)
            ));
        }
    }
    problems.sort();
    problems
}

fn place<'a>(value: &'a Value, name: &'a str) -> &'a str {
    let inner = || match &value.kind {
        ValueKind::Table(keys) => keys.values().find_map(Value::origin),
        _ => None,
    };
    value.origin().or_else(inner).unwrap_or(name)
}

fn nearest(typed: &str, known: &[&str]) -> String {
    let near = known.iter().map(|k| (strsim::osa_distance(typed, k), k)).min();
    match near {
        // One slip in three letters is a typo, more is another word.
        Some((slips, key)) if slips * 3 <= typed.chars().count() => format!("did you mean `{key}`?"),
        _ => {
            let mut known = known.to_vec();
            known.dedup();
            format!("there are: {}", known.join(", "))
        }
    }
}
