//! Acting as a person who uses a command, a button or autocompletion.
//! A person can only use what the bot has registered or sent: anything else panics, as a mistake of the test.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Sandbox;
use crate::state::{Asked, State};
use crate::world::Place;
use crate::{Snowflake, User, payload};

/// An interaction that was sent to the bot.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// What [`Sandbox::answer_to`] and [`Sandbox::replies_to`] take.
    pub id: Snowflake,
    /// The token in the paths of its answers.
    pub token: String,
}

const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;

impl Sandbox {
    /// Uses a slash command. The name may go on with a group and a sub-command (`"facts gaps"`);
    /// options are an object by name, and their types are those that the bot registered.
    /// `default_member_permissions` is not enforced: an admin may have overridden it.
    ///
    /// # Panics
    /// When no such command or option is registered, or a required option is missing.
    pub fn slash(&self, channel: Snowflake, user: Snowflake, name: &str, options: &Value) -> Interaction {
        self.platform.change(|state| {
            let data = command_data(state, name, options, None);
            interact(state, COMMAND, channel, user, json!({"data": data}), None)
        })
    }

    /// Types into an option that autocompletes; `options` holds what has been typed, this option too.
    ///
    /// # Panics
    /// When no such command or option is registered, or the option does not autocomplete.
    pub fn autocomplete(
        &self,
        channel: Snowflake,
        user: Snowflake,
        name: &str,
        options: &Value,
        focused: &str,
    ) -> Interaction {
        self.platform.change(|state| {
            let data = command_data(state, name, options, Some(focused));
            interact(state, AUTOCOMPLETE, channel, user, json!({"data": data}), None)
        })
    }

    /// Uses a message command on a message, whose content the bot sees whatever its intents.
    ///
    /// # Panics
    /// When no such command is registered, or there is no such message.
    pub fn message_command(&self, user: Snowflake, name: &str, target: Snowflake) -> Interaction {
        self.platform.change(|state| {
            let command = registered(state, 3, name);
            let Some(message) = state.messages.get(&target).filter(|message| !message.deleted) else {
                panic!("there is no message {target}");
            };
            let channel = message.channel;
            let data = json!({
                "id": command["id"], "name": name, "type": 3, "target_id": target,
                "resolved": {"messages": {target.to_string(): message.value}}
            });
            interact(state, COMMAND, channel, user, json!({"data": data}), None)
        })
    }

    /// Presses a button of a message that the bot sent.
    ///
    /// # Panics
    /// When the message has no such button, or it is disabled.
    pub fn button(&self, user: Snowflake, message: Snowflake, custom_id: &str) -> Interaction {
        self.platform.change(|state| {
            let Some(shown) = state.messages.get(&message).filter(|message| !message.deleted) else {
                panic!("there is no message {message}");
            };
            let there = find_button(&shown.value["components"], custom_id);
            assert!(there, "message {message} has no enabled button `{custom_id}`: {}", shown.value["components"]);
            let channel = shown.channel;
            let data = json!({"component_type": 2, "custom_id": custom_id});
            let body = json!({"data": data, "message": shown.value});
            interact(state, COMPONENT, channel, user, body, Some(message))
        })
    }
}

fn find_button(components: &Value, custom_id: &str) -> bool {
    components.as_array().into_iter().flatten().any(|component| {
        let enabled = component["disabled"] != true;
        (component["type"] == 2 && component["custom_id"] == custom_id && enabled)
            || find_button(&component["components"], custom_id)
    })
}

fn registered(state: &State, kind: u64, name: &str) -> Value {
    let everywhere = state.commands.iter().chain(state.guild_commands.values().flatten());
    let mut known = everywhere.filter(|command| command["type"] == kind);
    match known.find(|command| command["name"] == name) {
        Some(command) => command.clone(),
        None => panic!("no command `{name}` of type {kind} is registered"),
    }
}

/// The `data` of a slash command, with sub-commands nested as Discord nests them.
fn command_data(state: &State, name: &str, options: &Value, focused: Option<&str>) -> Value {
    let mut words = name.split(' ');
    let command = registered(state, 1, words.next().unwrap_or_default());
    let path: Vec<&str> = words.collect();
    let options = nested(&command, &path, options, focused);
    json!({"id": command["id"], "name": command["name"], "type": 1, "options": options})
}

fn nested(definition: &Value, path: &[&str], options: &Value, focused: Option<&str>) -> Value {
    let Some((word, rest)) = path.split_first() else {
        return filled(definition, options, focused);
    };
    let Some(inner) = option(definition, word).filter(|inner| is_nest(inner)) else {
        panic!("`{word}` is no sub-command of `{}`", definition["name"]);
    };
    json!([{"name": word, "type": inner["type"], "options": nested(inner, rest, options, focused)}])
}

fn is_nest(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(SUB_COMMAND | SUB_COMMAND_GROUP))
}

fn option<'a>(definition: &'a Value, name: &str) -> Option<&'a Value> {
    definition["options"].as_array()?.iter().find(|option| option["name"] == name)
}

/// The values of options, in the order of the registration and with its types.
fn filled(definition: &Value, options: &Value, focused: Option<&str>) -> Value {
    let none = Map::new();
    let given = options.as_object().unwrap_or(&none);
    for name in given.keys().map(String::as_str).chain(focused) {
        assert!(option(definition, name).is_some(), "`{}` has no option `{name}`", definition["name"]);
    }
    let mut list = Vec::new();
    for known in definition["options"].as_array().into_iter().flatten() {
        let name = known["name"].as_str().unwrap_or_default();
        assert!(!is_nest(known), "`{}` needs one of its sub-commands", definition["name"]);
        let Some(value) = given.get(name) else {
            let needed = known["required"] == true && focused.is_none();
            assert!(!needed, "`{}` needs the option `{name}`", definition["name"]);
            continue;
        };
        let mut filled = json!({"name": name, "type": known["type"], "value": value});
        if focused == Some(name) {
            assert!(known["autocomplete"] == true, "option `{name}` does not autocomplete");
            filled["focused"] = true.into();
        }
        list.push(filled);
    }
    list.into()
}

/// What an interaction says of where it comes from: a guild with a member, or a user.
fn origin(place: Place<'_>, person: &User) -> Value {
    match place {
        Place::Guild(guild, _) => json!({
            "guild_id": guild.id, "guild_locale": "en-US", "member": payload::member(person), "context": 0,
            "authorizing_integration_owners": {"0": guild.id}
        }),
        Place::Dm(_) => json!({
            "user": payload::user(person), "context": 1, "authorizing_integration_owners": {"0": "0"}
        }),
    }
}

/// Sends INTERACTION_CREATE and remembers the interaction, so that its answers can be judged.
fn interact(
    state: &mut State,
    kind: u8,
    channel: Snowflake,
    user: Snowflake,
    body: Value,
    source: Option<Snowflake>,
) -> Interaction {
    let world = Arc::clone(&state.world);
    let Some(place) = world.place(channel) else {
        panic!("the world has no channel {channel}");
    };
    let Some(person) = world.user(user) else {
        panic!("the world has no user {user}");
    };
    let id = state.next_id();
    let token = format!("interaction-token-{id}");
    let mut event = body;
    let envelope = json!({
        "id": id, "application_id": world.application_id, "type": kind, "token": token, "version": 1,
        "channel_id": channel, "channel": payload::channel(&world, place), "locale": "en-US",
        "entitlements": [], "attachment_size_limit": 10_485_760,
        "app_permissions": world.permissions_in(place).to_string()
    });
    payload::join(&mut event, envelope);
    payload::join(&mut event, origin(place, person));
    let asked_ms = state.clock.unix_ms();
    let asked = Asked { token: token.clone(), kind, channel, asked_ms, answered: None, original: None, source };
    state.asked.insert(id, asked);
    state.dispatch("INTERACTION_CREATE", event);
    Interaction { id, token }
}
