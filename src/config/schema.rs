//! The JSON Schema of `onrecord.toml`, made of the table of keys: editors complete and check with it.
//!
//! It says less than the program knows (an address that cannot be bound, two thresholds that cross). What it refuses,
//! the program refuses too, but for capital letters in a log level and values that can be taken for the right type ("1").

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::keys::KEYS;
use super::keys::Key;

/// A schema of draft 2020-12. No key is required, because each has a default or may be absent.
pub fn schema() -> Value {
    let mut sections = Map::new();
    for key in KEYS {
        let section = sections
            .entry(key.section)
            .or_insert_with(|| json!({ "type": "object", "additionalProperties": false, "properties": {} }));
        section["properties"][key.name] = described(key);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of onrecord",
        "description": "The file onrecord.toml. A variable ONRECORD__SECTION__KEY stands over what is written there.",
        "type": "object",
        "additionalProperties": false,
        "properties": sections,
    })
}

fn described(key: &Key) -> Value {
    let mut shape = (key.shape)();
    shape["description"] = format!("{} It should be {}.", key.about, key.expected).into();
    // What is no JSON would be a default that nobody can write either; a test reads them all.
    if let Some(default) = (key.default)().and_then(|toml| serde_json::from_str::<Value>(&toml).ok()) {
        shape["default"] = default;
    }
    shape
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::de::DeserializeOwned;

    use super::*;
    use crate::config::Config;
    use crate::config::Env;
    use crate::config::reference;

    /// The keys that a section is read into.
    fn read<T: DeserializeOwned>() -> BTreeSet<String> {
        let Err(error) = toml::from_str::<T>("\"?\" = 1").map(drop) else { panic!("takes any key") };
        assert!(error.message().starts_with("unknown field `?`, expected "), "{error}");
        error.message().split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    /// A section and what reads it.
    type Section = (&'static str, fn() -> BTreeSet<String>);

    fn listed(table: &Value) -> BTreeSet<String> {
        table["properties"].as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn keys_are_those_that_are_read() {
        let schema = schema();
        assert_eq!(listed(&schema), read::<crate::config::Typed>());
        let sections: &[Section] = &[
            ("knowledge", read::<crate::config::KnowledgeKeys>),
            ("answer", read::<crate::config::AnswerKeys>),
            ("discord", read::<crate::config::DiscordKeys>),
            ("store", read::<crate::config::StoreKeys>),
            ("service", read::<crate::config::ServiceKeys>),
            ("log", read::<crate::config::LogKeys>),
        ];
        assert_eq!(listed(&schema), sections.iter().map(|(name, _)| (*name).to_owned()).collect());
        for (name, read) in sections {
            assert_eq!(listed(&schema["properties"][*name]), read(), "[{name}]");
        }
    }

    #[test]
    fn every_key_stands_in_the_reference_with_its_variable() {
        let reference = reference();
        for key in KEYS {
            let variable = format!("ONRECORD__{}__{}", key.section.to_uppercase(), key.name.to_uppercase());
            assert_eq!(reference.matches(&format!("# {variable}: {}\n", key.expected)).count(), 1, "{variable}");
            assert!(reference.contains(&format!("# {}\n", key.about)), "{variable}");
            // A default is TOML and JSON alike; the schema leaves out what is not.
            let default = (key.default)().map(|default| serde_json::from_str::<Value>(&default).unwrap());
            assert_eq!(schema()["properties"][key.section]["properties"][key.name].get("default"), default.as_ref());
        }
    }

    #[test]
    fn the_schema_and_the_program_agree() {
        let schema = schema();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let rows = [
            ("", true),
            ("[answer]\nanswer_at = 1\nnearest_at = 0.25", true),
            ("[answer]\nanswer_at = 1.5", false),
            ("[answer]\nanswer_at = -0.1", false),
            ("[answer]\nanswer_at = \"high\"", false),
            ("[answr]", false),
            ("[answer]\nanswer = 1", false),
            ("answer = 1", false),
            ("[knowledge]\ndir = \"\"", false),
            ("[knowledge]\ndir = \"elsewhere\"", true),
            ("[discord]\napi_base = \"http://127.0.0.1:8080\"", true),
            ("[discord]\napi_base = \"https://example.org/discord\"", true),
            ("[discord]\napi_base = \"ftp://127.0.0.1\"", false),
            ("[discord]\napi_base = \"https://user:secret@example.org\"", false),
            ("[discord]\napi_base = \"https://example.org/?a=b\"", false),
            ("[discord]\nmessage_content = true\nowners = [\"7\", \"80351110224678912\"]", true),
            ("[discord]\nmessage_content = \"perhaps\"", false),
            ("[discord]\nowners = [\"anton\"]", false),
            ("[discord]\nowners = [80351110224678912]", false),
            ("[store]\nfile = \"off\"", true),
            ("[store]\nfile = \"\"", false),
            ("[service]\nlisten = \"off\"", true),
            ("[service]\nlisten = \"[::]:9464\"", true),
            ("[service]\nlisten = \"localhost\"", false),
            ("[log]\nlevel = \"info, discord=debug,cli=off\"", true),
            ("[log]\nlevel = \"loud\"", false),
            ("[log]\nlevel = \"info,kitchen=debug\"", false),
            ("[log]\nlevel = \"\"", false),
            ("[log]\ntext = true", true),
            ("[log]\ntext = \"some\"", false),
            ("[log]\nformat = \"json\"", true),
            ("[log]\nformat = \"xml\"", false),
        ];
        for (text, good) in rows {
            let read = Config::from_text("onrecord.toml", text, &Env::new());
            assert_eq!(read.is_ok(), good, "{text}: {read:?}");
            let instance = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
            assert_eq!(validator.is_valid(&instance), good, "{text}");
        }
        let reference = serde_json::to_value(toml::from_str::<toml::Table>(&reference()).unwrap()).unwrap();
        assert!(validator.is_valid(&reference));
    }
}
