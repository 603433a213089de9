//! Layer 4: embeds, each by its parts and all of them in sum.
//! Limits are inclusive and hold after trimming.

use serde_json::Value;

use super::{Verdict, elements, length, within};
use crate::rest::{Call, Refused};

/// A text of an embed: where it is, and its greatest length.
const PARTS: &[(&str, &str, usize)] = &[
    ("title", "/title", 256),
    ("description", "/description", 4096),
    ("footer.text", "/footer/text", 2048),
    ("author.name", "/author/name", 256),
    ("url", "/url", 2048),
];

fn embeds(call: &Call) -> &[Value] {
    call.message().map_or(&[], |message| elements(&message["embeds"]))
}

pub(super) fn count(call: &Call) -> Verdict {
    match embeds(call).len() {
        0..=10 => Ok(()),
        many => Err(Refused::form("embeds", format!("{many} are too many, at most 10"))),
    }
}

pub(super) fn parts(call: &Call) -> Verdict {
    for (at, embed) in embeds(call).iter().enumerate() {
        for (name, pointer, most) in PARTS {
            let text = embed.pointer(pointer).unwrap_or(&Value::Null);
            within(&format!("embeds.{at}.{name}"), text, 0, *most)?;
        }
    }
    Ok(())
}

pub(super) fn fields(call: &Call) -> Verdict {
    for (at, embed) in embeds(call).iter().enumerate() {
        let fields = elements(&embed["fields"]);
        if fields.len() > 25 {
            return Err(Refused::form(format!("embeds.{at}.fields"), "more than 25"));
        }
        for (number, field) in fields.iter().enumerate() {
            let path = format!("embeds.{at}.fields.{number}");
            within(&format!("{path}.name"), &field["name"], 1, 256)?;
            within(&format!("{path}.value"), &field["value"], 1, 1024)?;
        }
    }
    Ok(())
}

/// Over all embeds of a message; addresses do not count.
pub(super) fn sum(call: &Call) -> Verdict {
    let sum: usize = embeds(call).iter().map(text_of).sum();
    if sum <= 6000 {
        return Ok(());
    }
    Err(Refused::form("embeds", format!("have {sum} code points in sum, at most 6000")))
}

fn text_of(embed: &Value) -> usize {
    let counted = PARTS.iter().filter(|(name, ..)| *name != "url");
    let parts: usize = counted.filter_map(|(_, pointer, _)| embed.pointer(pointer)).map(length).sum();
    let fields = elements(&embed["fields"]).iter();
    parts + fields.map(|field| length(&field["name"]) + length(&field["value"])).sum::<usize>()
}
