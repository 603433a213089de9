//! Layer 4: the callbacks of interactions that are no messages.
//! Which of them fits which interaction is a matter of state (layer 5).

use super::{Verdict, within};
use crate::rest::{Call, Refused};

pub(super) fn callback_type(call: &Call) -> Verdict {
    match call.callback_type() {
        1 | 4..=9 | 12 => Ok(()),
        _ => Err(Refused::form("type", format!("{} is no callback type", call.json()["type"]))),
    }
}

pub(super) fn choices(call: &Call) -> Verdict {
    if call.callback_type() != 8 {
        return Ok(());
    }
    let Some(choices) = call.json()["data"]["choices"].as_array() else {
        return Err(Refused::form("data.choices", "must be a list"));
    };
    if choices.len() > 25 {
        return Err(Refused::form("data.choices", format!("{} are too many, at most 25", choices.len())));
    }
    for (at, choice) in choices.iter().enumerate() {
        let path = format!("data.choices.{at}");
        within(&format!("{path}.name"), &choice["name"], 1, 100)?;
        if choice["value"].is_string() {
            within(&format!("{path}.value"), &choice["value"], 1, 100)?;
        }
    }
    Ok(())
}
