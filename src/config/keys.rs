//! The one table of what can be set: its rows are the defaults, the reference, the check for unknown keys and `--show`.
//!
//! A new key is a row here and a field in `config`. Nothing here decides whether a value is valid.

use config::{Map, Value, ValueKind};
use serde_json::Value as Json;
use serde_json::json;

use super::variables::{PREFIX, SEPARATOR, Variable};
use super::{Config, Endpoint, Format, Log, Shards, Watch};
use crate::answer::Thresholds;

/// One key.
pub(super) struct Key {
    pub section: &'static str,
    pub name: &'static str,
    /// As TOML, which here is JSON too; None where the key is not set unless somebody sets it.
    pub default: fn() -> Option<String>,
    /// What it does.
    pub about: &'static str,
    /// Ends the sentence "it should be ...".
    pub expected: &'static str,
    /// The same for editors: what JSON Schema can say of a valid value.
    pub shape: fn() -> Json,
    /// The value in force, as TOML.
    show: fn(&Config) -> Option<String>,
}

pub(super) const KEYS: &[Key] = &[
    Key {
        section: "knowledge",
        name: "dir",
        default: || Some(quoted("knowledge")),
        about: "The folder with the story files (*.toml).",
        expected: "a folder, like \"knowledge\"",
        shape: || json!({ "type": "string", "minLength": 1 }),
        show: |c| Some(quoted(&c.knowledge.display().to_string())),
    },
    Key {
        section: "knowledge",
        name: "watch",
        default: || Some(quoted("notify")),
        about: "How changed story files are noticed while the bot runs.",
        expected: "\"notify\" (the system's notices), \"poll\" (a look every second, for network mounts) or \"off\"",
        shape: || json!({ "enum": Watch::ALL.map(Watch::as_str) }),
        show: |c| Some(quoted(c.watch.as_str())),
    },
    Key {
        section: "answer",
        name: "answer_at",
        default: || Some(Thresholds::default().answer_at.to_string()),
        about: "From this confidence on a fact is given as the answer.",
        expected: "a number from 0 to 1",
        shape: || json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        show: |c| Some(c.thresholds.answer_at.to_string()),
    },
    Key {
        section: "answer",
        name: "nearest_at",
        default: || Some(Thresholds::default().nearest_at.to_string()),
        about: "From this confidence on a fact is offered as the nearest there is.",
        expected: "a number from 0 to 1, at most answer_at",
        shape: || json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        show: |c| Some(c.thresholds.nearest_at.to_string()),
    },
    Key {
        section: "discord",
        name: "api_base",
        default: || None,
        about: "Another server than Discord, for tests: the bot refuses to identify at a gateway of any other host.",
        expected: "http on loopback or https, like \"http://127.0.0.1:8080\"; leave it out for Discord itself",
        shape: || json!({ "type": "string", "pattern": "^https?://[^/@?#]+(/[^?#]*)?$" }),
        show: |c| match &c.endpoint {
            Endpoint::Discord => None,
            Endpoint::Other(base) => Some(quoted(base.as_str())),
        },
    },
    Key {
        section: "discord",
        name: "message_content",
        default: || Some(false.to_string()),
        about: "Asks for message text (the privileged intent Message Content), which listening in plain channels needs.",
        expected: "true or false; true only where the intent is switched on in the developer portal, page Bot",
        shape: || json!({ "type": "boolean" }),
        show: |c| Some(c.message_content.to_string()),
    },
    Key {
        section: "discord",
        name: "shards",
        default: || Some(Shards::Auto.shown()),
        about: "Which of the bot's connections run in this process: all, or a part of them, with a store file of its own.",
        expected: "\"auto\" (as many as Discord recommends), a number, or a part for one of several processes, like \"0-1/4\" (shards 0 and 1 of 4)",
        shape: || {
            json!({ "anyOf": [
            { "type": "integer", "minimum": 1, "maximum": u32::MAX },
            { "type": "string", "pattern": "^(auto|[0-9]+-[0-9]+/[0-9]+)$" },
        ] })
        },
        show: |c| Some(c.shards.shown()),
    },
    Key {
        section: "discord",
        name: "owners",
        default: || Some(quoted_list(&[])),
        about: "Who may use /facts reload and /facts status: ids of users.",
        expected: "a list of user ids, like [\"80351110224678912\"], or in a variable with commas between them",
        shape: || json!({ "type": "array", "items": { "type": "string", "pattern": "^[0-9]{1,20}$" } }),
        show: |c| Some(quoted_list(&c.owners)),
    },
    Key {
        section: "store",
        name: "file",
        default: || Some(quoted("data/onrecord.db")),
        about: "Where settings, feedback and open questions are kept, or \"off\" to forget them at every restart.",
        expected: "a file in a folder that can be written, like \"data/onrecord.db\", or \"off\"",
        shape: || json!({ "type": "string", "minLength": 1 }),
        show: |c| Some(quoted(&c.store.as_ref().map_or_else(|| "off".to_owned(), |file| file.display().to_string()))),
    },
    Key {
        section: "service",
        name: "listen",
        default: || Some(quoted("127.0.0.1:9464")),
        about: "Where /healthz, /readyz and /metrics answer, or \"off\".",
        expected: "an address with a port, like \"127.0.0.1:9464\", or \"off\"",
        shape: || json!({ "type": "string", "pattern": "^(off|.+:[0-9]{1,5})$" }),
        show: |c| Some(quoted(&c.listen.map_or_else(|| "off".to_owned(), |at| at.to_string()))),
    },
    Key {
        section: "log",
        name: "level",
        default: || Some(quoted("info")),
        about: "How much is logged; after a comma, other levels for single rooms: \"info,discord=debug\".",
        expected: "off, error, warn, info, debug or trace, then room=level, like \"info,discord=debug\"",
        shape: Log::level_shape,
        show: |c| Some(quoted(&c.log.level_text())),
    },
    Key {
        section: "log",
        name: "format",
        default: || Some(quoted("auto")),
        about: "human, json, or auto: human on a terminal, json otherwise.",
        expected: "\"auto\", \"human\" or \"json\"",
        shape: || json!({ "enum": Format::ALL.map(Format::as_str) }),
        show: |c| Some(quoted(c.log.format.as_str())),
    },
    Key {
        section: "log",
        name: "text",
        default: || Some(false.to_string()),
        about: "Writes what people ask the bot into the log, in the line of each question; /privacy says so then.",
        expected: "true or false; true only for as long as something is looked for, and where those who ask know it",
        shape: || json!({ "type": "boolean" }),
        show: |c| Some(c.log.text.to_string()),
    },
];

fn quoted(text: &str) -> String {
    // A JSON string is a TOML basic string too.
    serde_json::Value::from(text).to_string()
}

/// Ids as a list of texts: a TOML number of 64 bits has a sign.
fn quoted_list(ids: &[u64]) -> String {
    format!("[{}]", ids.iter().map(|id| quoted(&id.to_string())).collect::<Vec<_>>().join(", "))
}

/// All keys with their defaults and what they do: a valid configuration file.
pub fn reference() -> String {
    written(|key| {
        let line = match (key.default)() {
            Some(default) => format!("{} = {default}", key.name),
            None => format!("# {} = ...", key.name),
        };
        format!("# {}\n# {}: {}\n{line}\n", key.about, variable_of(key), key.expected)
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

/// The variable that sets `key`.
fn variable_of(key: &Key) -> String {
    [PREFIX, key.section, key.name].join(SEPARATOR).to_uppercase()
}

/// What the value of `section.name` should be.
pub(super) fn expected(key: &str) -> &'static str {
    let is_it = |k: &&Key| key.split_once('.') == Some((k.section, k.name));
    KEYS.iter().find(is_it).map_or("a section with keys; `onrecord config --reference` lists them", |k| k.expected)
}

/// A line for every key of the file `name` that does not exist.
pub(super) fn unknown(file: &Map<String, Value>, name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (section, value) in file {
        match &value.kind {
            ValueKind::Table(keys) if !keys_of(section).is_empty() => {
                problems.extend(keys.keys().filter_map(|key| no_such(section, Some(key))));
            }
            _ => problems.extend(no_such(section, None)),
        }
    }
    problems.sort();
    problems.into_iter().map(|problem| format!("{name}: {problem}")).collect()
}

/// What is wrong with the name of a variable.
pub(super) fn unknown_variable(variable: &Variable<'_>) -> Option<String> {
    let problem = match variable.path.split_once('.') {
        Some((section, key)) => no_such(section, Some(key))?,
        None => format!("it names no key; a variable looks like {}", variable_of(&KEYS[0])),
    };
    Some(format!("{}: {problem}", variable.name))
}

fn no_such(section: &str, key: Option<&str>) -> Option<String> {
    let known = keys_of(section);
    if known.is_empty() {
        let sections: Vec<&str> = KEYS.iter().map(|k| k.section).collect();
        return Some(format!("there is no section `{section}`; {}", nearest(section, &sections)));
    }
    let key = key.filter(|key| !known.contains(key))?;
    Some(format!("there is no key `{section}.{key}`; {}", nearest(key, &known)))
}

fn keys_of(section: &str) -> Vec<&'static str> {
    KEYS.iter().filter(|k| k.section == section).map(|k| k.name).collect()
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
