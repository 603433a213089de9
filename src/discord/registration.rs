//! Registering the commands: one bulk PUT, and only where Discord has others. Registering what is there already would cost
//! a request at every start, and shows members a command list that flickers.

use serde_json::Value;
use serenity::all::Http;

use super::commands;
use super::tries::tried;

/// What we may say of a command or option; of these Discord must not have more than we say. The rest it fills in.
const OURS: &[&str] = &[
    "name_localizations",
    "description_localizations",
    "options",
    "choices",
    "required",
    "autocomplete",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "default_member_permissions",
];

/// Registers where that is needed; false where all are as they were.
pub(super) async fn register(http: &Http) -> Result<bool, serenity::Error> {
    let wanted = commands::registrations()?;
    let known = tried(|| http.get_global_commands_with_localizations()).await?;
    let known = known.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>()?;
    if are_same(&wanted, &known) {
        return Ok(false);
    }
    tried(|| http.create_global_commands(&wanted)).await?;
    Ok(true)
}

/// Whether Discord has these commands and no others. What we leave out Discord fills in, so that only our keys count.
fn are_same(wanted: &[Value], known: &[Value]) -> bool {
    let is_it = |wanted: &Value, known: &Value| wanted["name"] == known["name"] && kind(wanted) == kind(known);
    let find = |wanted: &Value| known.iter().find(|known| is_it(wanted, known));
    wanted.len() == known.len() && wanted.iter().all(|command| find(command).is_some_and(|known| holds(known, command)))
}

/// A slash command where nothing is said.
fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// Whether `known` has all that `wanted` has. Nothing, false and an empty list are the same as not being there; numbers come
/// back as integers or not.
fn holds(known: &Value, wanted: &Value) -> bool {
    match (known, wanted) {
        (Value::Object(known), Value::Object(wanted)) => {
            let has_no_more = |key: &&str| wanted.contains_key(*key) || known.get(*key).is_none_or(is_nothing);
            wanted.iter().all(|(key, value)| holds(known.get(key).unwrap_or(&Value::Null), value))
                && OURS.iter().all(has_no_more)
        }
        (Value::Array(known), Value::Array(wanted)) => {
            known.len() == wanted.len() && known.iter().zip(wanted).all(|(known, wanted)| holds(known, wanted))
        }
        (Value::Number(known), Value::Number(wanted)) => known.as_f64() == wanted.as_f64(),
        (Value::Null, wanted) => is_nothing(wanted),
        (known, wanted) => known == wanted,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(keys) => keys.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::are_same;

    #[test]
    fn only_what_differs_is_registered() {
        let wanted =
            json!([{"name": "ask", "description": "d", "options": [{"name": "q", "required": true, "max_length": 5}]}]);
        let as_known = json!([{"id": "1", "type": 1, "name": "ask", "description": "d", "version": "2", "nsfw": false,
            "options": [{"name": "q", "required": true, "max_length": 5, "type": 3}]}]);
        let rows = [
            ("the same", as_known.clone(), true),
            ("none", json!([]), false),
            (
                "another description",
                json!([{"name": "ask", "description": "x", "options": [{"name": "q", "required": true, "max_length": 5}]}]),
                false,
            ),
            ("an option less", json!([{"name": "ask", "description": "d", "options": []}]), false),
            (
                "another kind",
                json!([{"name": "ask", "type": 3, "description": "d", "options": [{"name": "q", "required": true, "max_length": 5}]}]),
                false,
            ),
            (
                "a limit more",
                json!([{"name": "ask", "description": "d", "options": [{"name": "q", "required": true, "max_length": 5, "min_length": 2}]}]),
                false,
            ),
            ("one more", json!([as_known[0], {"name": "old", "description": "d"}]), false),
        ];
        for (what, known, want) in rows {
            assert_eq!(are_same(wanted.as_array().unwrap(), known.as_array().unwrap()), want, "{what}");
        }
    }
}
