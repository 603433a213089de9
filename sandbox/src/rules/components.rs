//! Layer 4: buttons and selects in rows, and the size of a Components V2 message.
//! Whether a V2 component has the right children is the schema's business (layer 2).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Verdict, elements, length, within};
use crate::rest::{Call, Refused};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_DISPLAY: u64 = 10;
const IS_COMPONENTS_V2: u64 = 1 << 15;

/// A component and its path.
type Placed<'a> = (String, &'a Value);

fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

fn is_v2(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or(0) & IS_COMPONENTS_V2 != 0
}

/// Every component of the message, nested ones after their parents.
fn all(call: &Call) -> Vec<Placed<'_>> {
    let mut found = Vec::new();
    if let Some(message) = call.message() {
        gather("components", &message["components"], &mut found);
    }
    found
}

fn gather<'a>(path: &str, list: &'a Value, found: &mut Vec<Placed<'a>>) {
    for (at, component) in elements(list).iter().enumerate() {
        let path = format!("{path}.{at}");
        found.push((path.clone(), component));
        gather(&format!("{path}.components"), &component["components"], found);
        if component["accessory"].is_object() {
            found.push((format!("{path}.accessory"), &component["accessory"]));
        }
    }
}

fn of_kind(call: &Call, wanted: u64) -> impl Iterator<Item = Placed<'_>> {
    all(call).into_iter().filter(move |(_, component)| kind(component) == wanted)
}

/// The flag and the components come together, and without the classic parts.
pub(super) fn v2(call: &Call) -> Verdict {
    let Some(message) = call.message() else {
        return Ok(());
    };
    let newer = elements(&message["components"]).iter().any(|component| kind(component) > 8);
    if newer && !is_v2(message) {
        return Err(Refused::form("components", "needs the flag IS_COMPONENTS_V2"));
    }
    let classic = length(&message["content"]) > 0 || !elements(&message["embeds"]).is_empty();
    if is_v2(message) && (classic || message["poll"].is_object()) {
        return Err(Refused::form("flags", "with IS_COMPONENTS_V2 there is no content, embed or poll"));
    }
    Ok(())
}

/// Beyond the documented 40 and 4000 there is a cap in bytes, behind which Discord fails with a 500.
pub(super) fn v2_size(call: &Call) -> Verdict {
    if !call.message().is_some_and(is_v2) {
        return Ok(());
    }
    let components = all(call);
    let texts: Vec<&str> = components
        .iter()
        .filter(|(_, component)| kind(component) == TEXT_DISPLAY)
        .filter_map(|(_, component)| component["content"].as_str())
        .collect();
    let points: usize = texts.iter().map(|text| text.chars().count()).sum();
    let bytes: usize = texts.iter().map(|text| text.len() + 12).sum();
    if components.len() > 40 || points > 4000 || bytes > 10_170 {
        let detail = format!("{} components, {points} code points, {bytes} weighted bytes", components.len());
        return Err(Refused::form("components", format!("at most 40, 4000 and 10170, not {detail}")));
    }
    Ok(())
}

pub(super) fn rows(call: &Call) -> Verdict {
    let Some(message) = call.message().filter(|message| !is_v2(message)) else {
        return Ok(());
    };
    let rows = elements(&message["components"]);
    if rows.len() > 5 {
        return Err(Refused::form("components", format!("{} rows, at most 5", rows.len())));
    }
    match rows.iter().position(|row| kind(row) != ROW) {
        Some(at) => Err(Refused::form(format!("components.{at}.type"), "must be a row")),
        None => Ok(()),
    }
}

pub(super) fn row_contents(call: &Call) -> Verdict {
    for (path, row) in of_kind(call, ROW) {
        let children = elements(&row["components"]);
        let buttons = children.iter().filter(|child| kind(child) == BUTTON).count();
        let selects = children.iter().filter(|child| matches!(kind(child), 3 | 5..=8)).count();
        let buttons_only = (1..=5).contains(&buttons) && buttons == children.len();
        let one_select = selects == 1 && children.len() == 1;
        if !(buttons_only || one_select) {
            return Err(Refused::form(format!("{path}.components"), "must be 1 to 5 buttons, or one select"));
        }
    }
    Ok(())
}

/// Styles 1 to 4 act, 5 links, 6 sells; each has exactly its own key.
pub(super) fn buttons(call: &Call) -> Verdict {
    for (path, button) in of_kind(call, BUTTON) {
        let own = match button["style"].as_u64() {
            Some(1..=4) => "custom_id",
            Some(5) => "url",
            Some(6) => "sku_id",
            _ => return Err(Refused::form(format!("{path}.style"), "must be 1 to 6")),
        };
        for key in ["custom_id", "url", "sku_id"] {
            if button[key].is_null() == (key == own) {
                let detail = format!("style {} takes {own} and no other key of its kind", button["style"]);
                return Err(Refused::form(format!("{path}.{key}"), detail));
            }
        }
        within(&format!("{path}.label"), &button["label"], 0, 80)?;
        within(&format!("{path}.url"), &button["url"], 0, 512)?;
        if own != "sku_id" && length(&button["label"]) == 0 && button["emoji"].is_null() {
            return Err(Refused::form(format!("{path}.label"), "a button needs a label or an emoji"));
        }
    }
    Ok(())
}

pub(super) fn selects(call: &Call) -> Verdict {
    for (path, select) in of_kind(call, STRING_SELECT) {
        let options = elements(&select["options"]);
        if !(1..=25).contains(&options.len()) {
            return Err(Refused::form(format!("{path}.options"), "must be 1 to 25"));
        }
        let preset = options.iter().filter(|option| option["default"] == true).count() as u64;
        let most = select["max_values"].as_u64().unwrap_or(1);
        if preset > most || most > options.len() as u64 {
            return Err(Refused::form(format!("{path}.max_values"), "is below the defaults, or above the options"));
        }
        let mut values = BTreeSet::new();
        for (at, option) in options.iter().enumerate() {
            let path = format!("{path}.options.{at}");
            within(&format!("{path}.label"), &option["label"], 1, 100)?;
            within(&format!("{path}.value"), &option["value"], 1, 100)?;
            within(&format!("{path}.description"), &option["description"], 0, 100)?;
            if !values.insert(option["value"].as_str()) {
                return Err(Refused::form(format!("{path}.value"), "occurs twice"));
            }
        }
    }
    Ok(())
}

/// What holds for selects of every kind.
pub(super) fn select_bounds(call: &Call) -> Verdict {
    for (path, select) in all(call).into_iter().filter(|(_, component)| matches!(kind(component), 3 | 5..=8)) {
        within(&format!("{path}.placeholder"), &select["placeholder"], 0, 150)?;
        let least = select["min_values"].as_u64().unwrap_or(1);
        let most = select["max_values"].as_u64().unwrap_or(1);
        if least > most || !(1..=25).contains(&most) {
            return Err(Refused::form(format!("{path}.max_values"), "must be 1 to 25, and min_values no more"));
        }
        if kind(select) != STRING_SELECT && !elements(&select["options"]).is_empty() {
            return Err(Refused::form(format!("{path}.options"), "only a string select has options"));
        }
    }
    Ok(())
}

pub(super) fn custom_ids(call: &Call) -> Verdict {
    let mut seen = BTreeSet::new();
    for (path, component) in all(call) {
        let path = format!("{path}.custom_id");
        let Some(id) = component["custom_id"].as_str() else {
            if matches!(kind(component), 3 | 5..=8) {
                return Err(Refused::form(path, "a select needs one"));
            }
            continue;
        };
        within(&path, &component["custom_id"], 1, 100)?;
        if !seen.insert(id) {
            return Err(Refused::form(path, format!("`{id}` occurs twice in the message")));
        }
    }
    Ok(())
}
