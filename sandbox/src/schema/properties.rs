//! Layer 3: keys that no schema names. The schemas are open, so validation lets a misspelt key pass.
//! Of a union only the branches that the value fits count, but an empty list under a key of another branch
//! is let through: clients write them. Where no schema names any key, all are fine.

use serde_json::{Map, Value};

/// The schemas that hold for a value, and the branches of unions that do not.
#[derive(Default)]
struct Applying<'a> {
    parts: Vec<&'a Value>,
    others: Vec<&'a Value>,
}

/// The path of the first unknown key.
pub(super) fn unknown(file: &Value, schema: &Value, value: &Value) -> Option<String> {
    search(file, &[schema], value).map(|path| path.join("."))
}

fn search(file: &Value, schemas: &[&Value], value: &Value) -> Option<Vec<String>> {
    let mut applying = Applying::default();
    for schema in schemas {
        flatten(file, schema, value, &mut applying);
    }
    match value {
        Value::Object(object) => search_object(file, &applying, object),
        Value::Array(list) => {
            let items: Vec<&Value> = applying.parts.iter().filter_map(|part| part.get("items")).collect();
            list.iter().enumerate().find_map(|(at, item)| under(at.to_string(), search(file, &items, item)?))
        }
        _ => None,
    }
}

fn search_object(file: &Value, applying: &Applying<'_>, object: &Map<String, Value>) -> Option<Vec<String>> {
    let Applying { parts, others } = applying;
    let named: Vec<_> = parts.iter().filter_map(|part| part.get("properties")).collect();
    let open: Vec<&Value> = parts.iter().filter_map(|part| part.get("additionalProperties")).collect();
    if named.is_empty() && open.is_empty() {
        return None;
    }
    for (key, value) in object {
        let mut schemas: Vec<&Value> = named.iter().filter_map(|properties| properties.get(key)).collect();
        if schemas.is_empty() {
            schemas.clone_from(&open);
        }
        if schemas.is_empty() {
            let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            if empty && others.iter().any(|other| other["properties"].get(key).is_some()) {
                continue;
            }
            return Some(vec![key.clone()]);
        }
        if let Some(path) = search(file, &schemas, value) {
            return under(key.clone(), path);
        }
    }
    None
}

fn under(key: String, mut path: Vec<String>) -> Option<Vec<String>> {
    path.insert(0, key);
    Some(path)
}

/// Follows references and reduces unions to what fits.
fn flatten<'a>(file: &'a Value, schema: &'a Value, value: &Value, applying: &mut Applying<'a>) {
    let schema = resolve(file, schema);
    applying.parts.push(schema);
    for part in branches(schema, &["allOf"]) {
        flatten(file, part, value, applying);
    }
    for branch in branches(schema, &["oneOf", "anyOf"]) {
        if fits(file, branch, value) {
            flatten(file, branch, value, applying);
        } else {
            applying.others.push(resolve(file, branch));
        }
    }
}

fn branches<'a>(schema: &'a Value, keywords: &[&str]) -> Vec<&'a Value> {
    keywords.iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten().collect()
}

fn resolve<'a>(file: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    target.and_then(|pointer| file.pointer(pointer)).unwrap_or(schema)
}

/// Whether a branch of a union is meant: its type fits, its required keys are there, and the keys that
/// tell the branches apart (an enumeration, a constant) have one of its values.
fn fits(file: &Value, schema: &Value, value: &Value) -> bool {
    let schema = resolve(file, schema);
    if !fits_alone(schema, value) {
        return false;
    }
    let Some(object) = value.as_object() else {
        return true;
    };
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let complete = required.filter_map(Value::as_str).all(|key| object.contains_key(key));
    let telling = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    complete
        && telling.filter_map(|(key, part)| Some((part, object.get(key)?))).all(|(part, value)| {
            let part = resolve(file, part);
            part.get("enum").is_none() && part.get("const").is_none() || fits_alone(part, value)
        })
}

fn fits_alone(schema: &Value, value: &Value) -> bool {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_kind = |name: &Value| name == kind || (kind == "number" && name == "integer");
    let type_fits = match schema.get("type") {
        None => true,
        Some(Value::Array(kinds)) => kinds.iter().any(is_kind),
        Some(name) => is_kind(name),
    };
    let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(value));
    type_fits && listed && schema.get("const").is_none_or(|constant| constant == value)
}
