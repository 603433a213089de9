//! The JSON Schema of a story file, made of the table of keys: editors complete and check with it.
//!
//! It knows shapes, lengths and ids. What needs the whole story (references, doubled ids, paragraphs that a source does
//! not have) or its language only `check` knows. Nothing that it refuses would load.

mod keys;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::limits;
use super::model::Claim;
use super::model::Part;
use keys::Key;
use keys::Kind;
use keys::TABLES;
use keys::Table;

/// What no text holds: control characters but tab and line break, and those that turn the direction of what follows.
const FORBIDDEN: &str = r"\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069";
/// Only the words of an article may run over a line's end.
const LINE_BREAK: &str = r"\u000A";

/// A schema of draft 2020-12. TOML dates are texts there, as editors hand them over.
pub fn schema() -> Value {
    let mut properties = Map::new();
    properties.insert("format".to_owned(), json!({ "const": 1, "description": "The version of this format." }));
    properties.extend(TABLES.iter().filter(|t| t.name != keys::PLACE).map(|t| (t.name.to_owned(), one_or_list(t))));
    let tables: Map<String, Value> = TABLES.iter().map(|t| (t.name.to_owned(), table(t))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Story file of onrecord",
        "description": "What the bot may say about one news story. knowledge/README.md explains every field.",
        "type": "object",
        "additionalProperties": false,
        "required": ["story"],
        "anyOf": [some_of("fact"), some_of("quote")],
        "properties": properties,
        "$defs": tables,
    })
}

/// A story has to have something to answer with.
fn some_of(table: &str) -> Value {
    json!({ "required": [table], "properties": { table: { "minItems": 1 } } })
}

fn one_or_list(table: &Table) -> Value {
    let reference = json!({ "$ref": format!("#/$defs/{}", table.name) });
    if table.many { json!({ "type": "array", "items": reference, "description": table.about }) } else { reference }
}

fn table(table: &Table) -> Value {
    let properties: Map<String, Value> = table.keys.iter().map(|key| (key.name.to_owned(), described(key))).collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "description": table.about,
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    });
    for (rule, value) in (table.rules)() {
        schema[rule] = value;
    }
    schema
}

fn described(key: &Key) -> Value {
    let mut shape = shape(key.kind);
    shape["description"] = key.about.into();
    shape
}

fn shape(kind: Kind) -> Value {
    let list = |of: Value| json!({ "type": "array", "items": of });
    match kind {
        Kind::Id => json!({
            "type": "string",
            "pattern": format!("^[a-z0-9][a-z0-9-]{{0,{}}}$", limits::ID - 1),
            "maxLength": limits::ID,
        }),
        Kind::Ids => list(shape(Kind::Id)),
        Kind::Line(most) => line(most),
        Kind::Lines(most) => text(most, FORBIDDEN),
        Kind::List(most) => list(line(most)),
        Kind::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", "default": "en" })
        }
        Kind::Address => {
            let mut shape = line(limits::URL);
            shape["allOf"] = json!([{ "pattern": "^[hH][tT][tT][pP][sS]?:" }]);
            shape
        }
        Kind::Digest => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        Kind::Day => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
        Kind::Flag => json!({ "type": "boolean", "default": false }),
        Kind::Number => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
        Kind::Numbers => list(shape(Kind::Number)),
        Kind::Claim => json!({ "enum": Claim::ALL.map(Claim::as_str), "default": Claim::default().as_str() }),
        Kind::Part => json!({ "enum": Part::ALL.map(Part::as_str) }),
        Kind::Places => {
            let place = json!({ "$ref": format!("#/$defs/{}", keys::PLACE) });
            json!({ "anyOf": [place, { "type": "array", "minItems": 1, "items": place }] })
        }
    }
}

fn line(most: usize) -> Value {
    text(most, &format!("{FORBIDDEN}{LINE_BREAK}"))
}

/// A text with something to be seen in it, in characters.
fn text(most: usize, forbidden: &str) -> Value {
    let pattern = format!(r"^[^{forbidden}]*[^{forbidden}\s][^{forbidden}]*$");
    json!({ "type": "string", "minLength": 1, "maxLength": most, "pattern": pattern })
}

#[cfg(test)]
mod tests;
