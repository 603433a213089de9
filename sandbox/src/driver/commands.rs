//! Acting as a person who uses a command or autocompletion.
//! A person can only use what the bot has registered: anything else panics, as a mistake of the test.

use serde_json::{Map, Value, json};

use super::Sandbox;
use super::interact::{Interaction, Use, interact};
use crate::state::State;
use crate::world::Elsewhere;
use crate::{Snowflake, payload};

const COMMAND: u8 = 2;
const AUTOCOMPLETE: u8 = 4;
const SUB_COMMAND: u64 = 1;
const CHANNEL: u64 = 7;
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
            interact(state, Use::new(COMMAND, channel, user, json!({"data": data})))
        })
    }

    /// Uses a slash command where the bot is no member, as somebody who has installed it for themselves.
    ///
    /// # Panics
    /// As [`Sandbox::slash`].
    pub fn slash_elsewhere(&self, place: Elsewhere, user: Snowflake, name: &str, options: &Value) -> Interaction {
        self.slash(place.channel(), user, name, options)
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
            interact(state, Use::new(AUTOCOMPLETE, channel, user, json!({"data": data})))
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
            let (channel, author) = (message.channel, message.author);
            let data = json!({
                "id": command["id"], "name": name, "type": 3, "target_id": target,
                "resolved": {"messages": {target.to_string(): payload::referenced(&message.value)}}
            });
            assert!(message.seen_by.is_none_or(|reader| reader == user), "{user} does not see message {target}");
            let target = Some((target, author));
            interact(state, Use { target, ..Use::new(COMMAND, channel, user, json!({"data": data})) })
        })
    }
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
    let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": options});
    let channels = resolved(state, &data["options"]);
    if !channels.is_empty() {
        data["resolved"] = json!({"channels": channels});
    }
    data
}

/// The channels that options name, as Discord sends them along.
fn resolved(state: &State, options: &Value) -> Map<String, Value> {
    let mut channels = Map::new();
    for option in options.as_array().into_iter().flatten() {
        channels.extend(resolved(state, &option["options"]));
        let named = Snowflake::read(&option["value"]).filter(|_| option["type"] == CHANNEL);
        if let Some(place) = named.and_then(|id| state.world.place(id)) {
            let mut channel = payload::channel(&state.world, place);
            channel["permissions"] = state.world.permissions_in(place).to_string().into();
            channels.insert(option["value"].as_str().unwrap_or_default().to_owned(), channel);
        }
    }
    channels
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
