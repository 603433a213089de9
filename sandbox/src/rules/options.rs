//! Layer 4: what an option may say of itself, by its type; a table of keys and the types that take them.
//! Names, descriptions and counts are the business of `commands`.

use serde_json::Value;

use super::commands::slash;
use super::{Verdict, elements};
use crate::rest::{Call, Refused};

const SUB_COMMAND: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const CHANNEL: u64 = 7;
const NUMBER: u64 = 10;
const LAST: u64 = 11;

/// A key, and the types of options that take it.
const KEYS: &[(&str, &[u64])] = &[
    ("options", &[SUB_COMMAND, GROUP]),
    ("choices", &[STRING, INTEGER, NUMBER]),
    ("autocomplete", &[STRING, INTEGER, NUMBER]),
    ("min_length", &[STRING]),
    ("max_length", &[STRING]),
    ("min_value", &[INTEGER, NUMBER]),
    ("max_value", &[INTEGER, NUMBER]),
    ("channel_types", &[CHANNEL]),
];

/// The longest text that an option takes.
const LONGEST: u64 = 6_000;

pub(super) fn kinds(call: &Call) -> Verdict {
    for command in slash(call) {
        elements(&command["options"]).iter().try_for_each(|option| check(option, 0))?;
    }
    Ok(())
}

fn check(option: &Value, above: u64) -> Verdict {
    let name = option["name"].as_str().unwrap_or_default();
    let kind = option["type"].as_u64().unwrap_or(0);
    let wrong = |key: &str, detail: &str| Err(Refused::form(format!("options.{name}.{key}"), detail));
    if !(SUB_COMMAND..=LAST).contains(&kind) {
        return wrong("type", "must be 1 to 11");
    }
    let nests = matches!((above, kind), (0, _) | (GROUP, SUB_COMMAND)) || (above == SUB_COMMAND && kind > GROUP);
    if !nests {
        return wrong("type", "a group has sub-commands, a sub-command has options, and no deeper");
    }
    for (key, kinds) in KEYS {
        let value = &option[*key];
        let says_nothing = value.is_null() || *value == false || value.as_array().is_some_and(Vec::is_empty);
        if !says_nothing && !kinds.contains(&kind) {
            return wrong(key, &format!("is not for an option of type {kind}"));
        }
    }
    if kind <= GROUP && option["required"] == true {
        return wrong("required", "is not for a sub-command");
    }
    check_bounds(option, name)?;
    check_choices(option, name, kind)?;
    elements(&option["options"]).iter().try_for_each(|inner| check(inner, kind))
}

fn check_bounds(option: &Value, name: &str) -> Verdict {
    let least = option["min_length"].as_u64().unwrap_or(0);
    let most = option["max_length"].as_u64().unwrap_or(LONGEST);
    if least > most || most > LONGEST || most == 0 {
        return Err(Refused::form(format!("options.{name}.max_length"), "must be 1 to 6000, and min_length no more"));
    }
    match (option["min_value"].as_f64(), option["max_value"].as_f64()) {
        (Some(least), Some(most)) if least > most => {
            Err(Refused::form(format!("options.{name}.max_value"), "is less than min_value"))
        }
        _ => Ok(()),
    }
}

/// A choice has a value of its option's type.
fn check_choices(option: &Value, name: &str, kind: u64) -> Verdict {
    for (at, choice) in elements(&option["choices"]).iter().enumerate() {
        let value = &choice["value"];
        let fits = match kind {
            STRING => value.is_string(),
            INTEGER => value.is_i64() || value.is_u64(),
            _ => value.is_number(),
        };
        if !fits {
            return Err(Refused::form(format!("options.{name}.choices.{at}.value"), "is not of its option's type"));
        }
    }
    Ok(())
}
