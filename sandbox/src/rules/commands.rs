//! Layer 4: what an application may register as commands.
//! A rule about options holds for sub-commands and groups too, because they are options.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Verdict, elements, length, within};
use crate::rest::{Call, Operation, Refused};

const CHAT_INPUT: u64 = 1;
/// Commands of one type in one scope: slash, user, message.
const MOST: &[(u64, usize)] = &[(CHAT_INPUT, 100), (2, 15), (3, 15)];

/// The commands of the body, which is a list or a single one.
pub(super) fn commands(call: &Call) -> Vec<&Value> {
    match call.json() {
        Value::Array(list) => list.iter().collect(),
        single => vec![single],
    }
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(CHAT_INPUT)
}

pub(super) fn is_slash(command: &Value) -> bool {
    kind(command) == CHAT_INPUT
}

pub(super) fn slash(call: &Call) -> impl Iterator<Item = &Value> {
    commands(call).into_iter().filter(|command| kind(command) == CHAT_INPUT)
}

/// All options of a command at all depths, and the lists that they stand in.
fn lists(command: &Value) -> Vec<&[Value]> {
    let own = elements(&command["options"]);
    let mut found = vec![own];
    for option in own {
        found.extend(lists(option));
    }
    found
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap_or_default()
}

pub(super) fn counts(call: &Call) -> Verdict {
    for (wanted, most) in MOST {
        let count = commands(call).iter().filter(|command| kind(command) == *wanted).count();
        if count > *most {
            return Err(Refused::bot(400, 30032, format!("{count} commands of type {wanted}, at most {most}")));
        }
    }
    Ok(())
}

pub(super) fn duplicates(call: &Call) -> Verdict {
    let mut seen = BTreeSet::new();
    for command in commands(call) {
        if !seen.insert((kind(command), name(command))) {
            return Err(Refused::form("name", format!("`{}` is registered twice", name(command))));
        }
        for list in lists(command) {
            let names: BTreeSet<_> = list.iter().map(name).collect();
            if names.len() < list.len() {
                return Err(Refused::form("options", format!("a name occurs twice in `{}`", name(command))));
            }
        }
    }
    Ok(())
}

pub(super) fn names(call: &Call) -> Verdict {
    for command in commands(call) {
        within("name", &command["name"], 1, 32)?;
    }
    for command in slash(call) {
        let options = lists(command).concat();
        for named in options.iter().chain([command]) {
            within("name", &named["name"], 1, 32)?;
            check_name(name(named))?;
        }
    }
    Ok(())
}

/// Letters and digits of any script with `-`, `_` and `'`, in lower case where there is one.
/// The scripts Devanagari and Thai are allowed whole, with the marks that are no letters.
pub(super) fn check_name(name: &str) -> Verdict {
    let fits = |c: char| {
        let marks = ('\u{900}'..='\u{97f}').contains(&c) || ('\u{e00}'..='\u{e7f}').contains(&c);
        (c.is_alphanumeric() || matches!(c, '-' | '_' | '\'') || marks) && c.to_lowercase().eq([c])
    };
    if name.chars().all(fits) {
        return Ok(());
    }
    Err(Refused::form("name", format!("`{name}` has a character that no command's or option's name has")))
}

pub(super) fn descriptions(call: &Call) -> Verdict {
    for command in commands(call) {
        if kind(command) != CHAT_INPUT {
            within("description", &command["description"], 0, 0)?;
            continue;
        }
        for described in lists(command).concat().iter().chain([command]) {
            within("description", &described["description"], 1, 100)?;
        }
    }
    Ok(())
}

pub(super) fn options(call: &Call) -> Verdict {
    for command in commands(call) {
        if kind(command) != CHAT_INPUT && !elements(&command["options"]).is_empty() {
            return Err(Refused::form("options", "only slash commands have options"));
        }
        for list in lists(command) {
            if list.len() > 25 {
                return Err(Refused::form("options", format!("{} are too many, at most 25", list.len())));
            }
            let required: Vec<bool> = list.iter().map(|option| option["required"] == true).collect();
            if !required.is_sorted_by(|first, second| first >= second) {
                return Err(Refused::form("options", "a required option stands behind an optional one"));
            }
            let nested = list.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).count();
            if nested > 0 && nested < list.len() {
                return Err(Refused::form("options", "sub-commands and options do not mix"));
            }
        }
    }
    Ok(())
}

pub(super) fn choices(call: &Call) -> Verdict {
    for option in slash(call).flat_map(|command| lists(command).concat()) {
        let choices = elements(&option["choices"]);
        let path = format!("options.{}.choices", name(&option));
        if choices.len() > 25 || (!choices.is_empty() && option["autocomplete"] == true) {
            return Err(Refused::form(path, "at most 25, and none together with autocomplete"));
        }
        for choice in choices {
            within(&path, &choice["name"], 1, 100)?;
            if choice["value"].is_string() {
                within(&path, &choice["value"], 1, 100)?;
            }
        }
    }
    Ok(())
}

/// All names, descriptions and values of one command; of a text and its localisations the longest counts.
pub(super) fn text(call: &Call) -> Verdict {
    for command in commands(call) {
        let sum = text_of(command);
        if sum > 8000 {
            return Err(Refused::form(
                "name",
                format!("`{}` has {sum} code points of text, at most 8000", name(command)),
            ));
        }
    }
    Ok(())
}

fn text_of(part: &Value) -> usize {
    let longest = |key: &str| {
        let localised = part[format!("{key}_localizations")].as_object();
        let others = localised.into_iter().flatten().map(|(_, text)| length(text));
        others.chain([length(&part[key])]).max().unwrap_or(0)
    };
    let nested = elements(&part["options"]).iter().chain(elements(&part["choices"]));
    longest("name") + longest("description") + length(&part["value"]) + nested.map(text_of).sum::<usize>()
}

/// PRIVATE_CHANNEL (2) is for applications that a user installs (1); a guild's own commands have neither key.
pub(super) fn contexts(call: &Call) -> Verdict {
    let of_guild = call.is(&[Operation::SetGuildCommands]);
    for command in commands(call) {
        for (key, last) in [("contexts", 2), ("integration_types", 1)] {
            let listed = elements(&command[key]);
            let known = listed.iter().all(|value| value.as_u64().is_some_and(|value| value <= last));
            let distinct = listed.iter().filter_map(Value::as_u64).collect::<BTreeSet<_>>().len() == listed.len();
            if !known || !distinct || (of_guild && !listed.is_empty()) {
                return Err(Refused::form(
                    key,
                    format!("each of 0 to {last} at most once, and for global commands only"),
                ));
            }
        }
        let private = elements(&command["contexts"]).iter().any(|context| *context == 2);
        let user_install = elements(&command["integration_types"]).iter().any(|kind| *kind == 1);
        if private && !user_install {
            return Err(Refused::form("contexts", "PRIVATE_CHANNEL needs the integration type USER_INSTALL"));
        }
    }
    Ok(())
}

/// A bit set too large for a number in JSON, therefore a string of digits.
pub(super) fn permissions(call: &Call) -> Verdict {
    for command in commands(call) {
        let bits = &command["default_member_permissions"];
        let digits = bits.as_str().is_some_and(|text| text.parse::<u64>().is_ok());
        if !bits.is_null() && !digits {
            return Err(Refused::form("default_member_permissions", "must be a string of digits"));
        }
    }
    Ok(())
}
