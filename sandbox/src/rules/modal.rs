//! Layer 4: modals, their text inputs and labels.
//! The older form, an input in a row, has its label in itself; the newer one has it in the Label around it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Verdict, elements, within};
use crate::rest::{Call, Refused};

const MODAL: u64 = 9;
const ROW: u64 = 1;
const TEXT_INPUT: u64 = 4;
const TEXT_DISPLAY: u64 = 10;
const LABEL: u64 = 18;
/// The longest text of an input.
const LONGEST: u64 = 4_000;

fn modal(call: &Call) -> Option<&Value> {
    (call.callback_type() == MODAL).then(|| &call.json()["data"])
}

pub(super) fn frame(call: &Call) -> Verdict {
    let Some(modal) = modal(call) else {
        return Ok(());
    };
    within("data.title", &modal["title"], 1, 45)?;
    within("data.custom_id", &modal["custom_id"], 1, 100)?;
    match elements(&modal["components"]).len() {
        1..=5 => Ok(()),
        count => Err(Refused::form("data.components", format!("{count}, allowed are 1 to 5"))),
    }
}

pub(super) fn inputs(call: &Call) -> Verdict {
    let mut seen = BTreeSet::new();
    for (at, component) in modal(call).map_or(&[][..], |modal| elements(&modal["components"])).iter().enumerate() {
        let path = format!("data.components.{at}");
        let (input, label) = match component["type"].as_u64() {
            Some(ROW) => match elements(&component["components"]) {
                [input] if input["type"] == TEXT_INPUT => (input, &input["label"]),
                _ => return Err(Refused::form(format!("{path}.components"), "must be one text input")),
            },
            Some(LABEL) => {
                within(&format!("{path}.description"), &component["description"], 0, 100)?;
                (&component["component"], &component["label"])
            }
            Some(TEXT_DISPLAY) => continue,
            _ => return Err(Refused::form(format!("{path}.type"), "must be a row, a label or a text")),
        };
        within(&format!("{path}.label"), label, 1, 45)?;
        within(&format!("{path}.custom_id"), &input["custom_id"], 1, 100)?;
        if !seen.insert(input["custom_id"].as_str()) {
            return Err(Refused::form(format!("{path}.custom_id"), "occurs twice in the modal"));
        }
        if input["type"] == TEXT_INPUT {
            text_input(&path, input)?;
        }
    }
    Ok(())
}

fn text_input(path: &str, input: &Value) -> Verdict {
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        return Err(Refused::form(format!("{path}.style"), "must be 1 or 2"));
    }
    within(&format!("{path}.placeholder"), &input["placeholder"], 0, 100)?;
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(LONGEST);
    if least > most || most == 0 || most > LONGEST {
        return Err(Refused::form(format!("{path}.max_length"), "must be 1 to 4000, and min_length no more"));
    }
    let given = input["value"].as_str().map_or(0, |value| value.chars().count() as u64);
    if given > most || (given > 0 && given < least) {
        return Err(Refused::form(format!("{path}.value"), format!("has {given}, allowed are {least} to {most}")));
    }
    Ok(())
}
