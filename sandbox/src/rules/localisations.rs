//! Layer 4: names and descriptions of commands in other languages.
//! The same limits hold for each as for the default text; which locales there are is a fixed list.

use serde_json::Value;

use super::commands::{check_name, commands, is_slash};
use super::{Verdict, elements, within};
use crate::rest::{Call, Refused};

/// Discord's locales, in the order of its documents.
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
];

/// What a localised text is the name or description of.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// A slash command or an option of one.
    Slash,
    /// A user or message command.
    Menu,
    Choice,
}

pub(super) fn all(call: &Call) -> Verdict {
    for command in commands(call) {
        check(command, if is_slash(command) { Part::Slash } else { Part::Menu })?;
    }
    Ok(())
}

fn check(part: &Value, kind: Part) -> Verdict {
    for (key, most) in [("name", if kind == Part::Choice { 100 } else { 32 }), ("description", 100)] {
        let path = format!("{key}_localizations");
        for (locale, text) in part[&path].as_object().into_iter().flatten() {
            let path = format!("{path}.{locale}");
            if !LOCALES.contains(&locale.as_str()) {
                return Err(Refused::form(path, "is none of Discord's locales"));
            }
            within(&path, text, 1, most)?;
            if key == "name" && kind == Part::Slash {
                check_name(text.as_str().unwrap_or_default())?;
            }
        }
    }
    for option in elements(&part["options"]) {
        check(option, Part::Slash)?;
    }
    elements(&part["choices"]).iter().try_for_each(|choice| check(choice, Part::Choice))
}
