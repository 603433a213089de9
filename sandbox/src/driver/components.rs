//! Acting as a person who presses a button, picks from a select or fills in a modal.
//! A person can only use what the bot has sent them, within its limits: anything else panics, as a mistake of the test.

use serde_json::{Value, json};

use super::Sandbox;
use super::interact::{Interaction, Use, interact};
use crate::Snowflake;
use crate::state::State;

const COMPONENT: u8 = 3;
const MODAL_SUBMIT: u8 = 5;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const LABEL: u64 = 18;
/// The longest text of an input.
const LONGEST_INPUT: u64 = 4_000;

impl Sandbox {
    /// Presses a button of a message that the bot sent.
    ///
    /// # Panics
    /// When the message has no such button, it is disabled, or the message is ephemeral and not for this user.
    pub fn button(&self, user: Snowflake, message: Snowflake, custom_id: &str) -> Interaction {
        self.platform.change(|state| {
            find(state, user, message, BUTTON, custom_id);
            act(state, user, message, json!({"component_type": BUTTON, "custom_id": custom_id}))
        })
    }

    /// Picks options of a string select by their values.
    ///
    /// # Panics
    /// When the message has no such enabled select, an option is not in it, or there are more or fewer values than
    /// it takes; and as [`Sandbox::button`].
    pub fn select(&self, user: Snowflake, message: Snowflake, custom_id: &str, values: &[&str]) -> Interaction {
        self.platform.change(|state| {
            let select = find(state, user, message, STRING_SELECT, custom_id);
            let options = select["options"].as_array().cloned().unwrap_or_default();
            for value in values {
                let there = options.iter().any(|option| option["value"] == *value);
                assert!(there, "select `{custom_id}` has no option `{value}`: {options:?}");
            }
            let (least, most) =
                (select["min_values"].as_u64().unwrap_or(1), select["max_values"].as_u64().unwrap_or(1));
            let fits = (least..=most).contains(&(values.len() as u64));
            assert!(fits, "select `{custom_id}` takes {least} to {most} values, not {}", values.len());
            let data = json!({"component_type": STRING_SELECT, "custom_id": custom_id, "values": values});
            act(state, user, message, data)
        })
    }

    /// Submits the modal that answered an interaction; `values` are texts by the inputs' `custom_id`, and an
    /// input that is not named keeps the value that the bot gave it.
    ///
    /// # Panics
    /// When the interaction was not answered with a modal or it was submitted already, when it was another user's,
    /// and when a value is missing, too short, too long or for no input.
    pub fn submit(&self, user: Snowflake, modal_of: &Interaction, values: &Value) -> Interaction {
        self.platform.change(|state| {
            let Some(asked) = state.asked.get_mut(&modal_of.id) else {
                panic!("there is no interaction {}", modal_of.id);
            };
            assert!(asked.user == user, "the modal is {}'s, not {user}'s", asked.user);
            let Some(modal) = asked.modal.take() else {
                panic!("interaction {} has no open modal; it was answered with {:?}", modal_of.id, asked.answered);
            };
            let (channel, source, opened_by) = (asked.channel, asked.source, asked.metadata.clone());
            let data = json!({"custom_id": modal["custom_id"], "components": submitted(&modal, values)});
            let mut body = json!({"data": data});
            if let Some(shown) = source.and_then(|id| state.messages.get(&id)) {
                body["message"] = shown.value.clone();
            }
            let opened_by = Some(opened_by);
            interact(state, Use { source, opened_by, ..Use::new(MODAL_SUBMIT, channel, user, body) })
        })
    }
}

/// The enabled component of a message that this user sees.
fn find(state: &State, user: Snowflake, message: Snowflake, kind: u64, custom_id: &str) -> Value {
    let Some(shown) = state.messages.get(&message).filter(|message| !message.deleted) else {
        panic!("there is no message {message}");
    };
    assert!(shown.seen_by.is_none_or(|reader| reader == user), "message {message} is ephemeral and not for {user}");
    let components = &shown.value["components"];
    let what = if kind == BUTTON { "button" } else { "select" };
    match search(components, kind, custom_id) {
        Some(component) => component.clone(),
        None => panic!("message {message} has no enabled {what} `{custom_id}`: {components}"),
    }
}

fn search<'a>(components: &'a Value, kind: u64, custom_id: &str) -> Option<&'a Value> {
    components.as_array().into_iter().flatten().find_map(|component| {
        let meant = component["type"] == kind && component["custom_id"] == custom_id;
        if meant && component["disabled"] != true {
            return Some(component);
        }
        let accessory = &component["accessory"];
        let beside = accessory["type"] == kind && accessory["custom_id"] == custom_id && accessory["disabled"] != true;
        if beside { Some(accessory) } else { search(&component["components"], kind, custom_id) }
    })
}

fn act(state: &mut State, user: Snowflake, message: Snowflake, data: Value) -> Interaction {
    let Some(shown) = state.messages.get(&message) else {
        panic!("there is no message {message}");
    };
    let body = json!({"data": data, "message": shown.value});
    let channel = shown.channel;
    interact(state, Use { source: Some(message), ..Use::new(COMPONENT, channel, user, body) })
}

/// The components of a submitted modal: what the bot sent, reduced to types, ids and values.
fn submitted(modal: &Value, values: &Value) -> Value {
    let mut known = Vec::new();
    let outer = modal["components"].as_array().into_iter().flatten();
    let filled: Vec<Value> = outer.map(|component| fill(component, values, &mut known)).collect();
    for name in values.as_object().into_iter().flatten().map(|(name, _)| name) {
        assert!(known.contains(name), "the modal has no input `{name}`");
    }
    filled.into()
}

fn fill(component: &Value, values: &Value, known: &mut Vec<String>) -> Value {
    match component["type"].as_u64() {
        Some(LABEL) => json!({"type": LABEL, "component": fill(&component["component"], values, known)}),
        Some(TEXT_INPUT) => {
            let name = component["custom_id"].as_str().unwrap_or_default();
            known.push(name.to_owned());
            json!({"type": TEXT_INPUT, "custom_id": name, "value": text(component, name, values)})
        }
        _ => {
            let inner = component["components"].as_array().into_iter().flatten();
            let inner: Vec<Value> = inner.map(|inner| fill(inner, values, known)).collect();
            json!({"type": component["type"], "components": inner})
        }
    }
}

/// What a person has typed into an input, or left there.
fn text<'a>(input: &'a Value, name: &str, values: &'a Value) -> &'a str {
    let typed = values.get(name).unwrap_or(&input["value"]).as_str().unwrap_or_default();
    let length = typed.chars().count() as u64;
    let required = input["required"] != false;
    assert!(!required || length > 0, "the modal needs the input `{name}`");
    let least = if length == 0 { 0 } else { input["min_length"].as_u64().unwrap_or(0) };
    let most = input["max_length"].as_u64().unwrap_or(LONGEST_INPUT);
    assert!((least..=most).contains(&length), "input `{name}` takes {least} to {most} characters, not {length}");
    typed
}
