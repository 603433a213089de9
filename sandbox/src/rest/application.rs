//! Routes about the application itself: the gateway's address, who it is, its commands.
//! The rules have passed already; nothing here refuses.

use serde_json::{Value, json};

use super::{Call, Reply};
use crate::payload;
use crate::state::State;

/// Discord recommends about one shard for a thousand guilds.
const GUILDS_OF_A_SHARD: usize = 1_000;

pub(super) fn gateway(state: &mut State, _: &Call) -> Reply {
    Reply::json(json!({"url": state.gateway_url}))
}

pub(super) fn gateway_bot(state: &mut State, _: &Call) -> Reply {
    let limit = json!({"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1});
    Reply::json(
        json!({"url": state.gateway_url, "shards": state.world.guilds.len().div_ceil(GUILDS_OF_A_SHARD).max(1), "session_start_limit": limit}),
    )
}

pub(super) fn me(state: &mut State, _: &Call) -> Reply {
    let world = &state.world;
    Reply::json(json!({
        "id": world.application_id, "name": world.bot.username, "icon": null, "description": "", "type": null,
        "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64), "flags": 0,
        "bot": payload::user(&world.bot)
    }))
}

pub(super) fn user(state: &mut State, call: &Call) -> Reply {
    let person = state.world.user(call.id("user_id")).unwrap_or(&state.world.bot);
    Reply::json(payload::user(person))
}

pub(super) fn list_commands(state: &mut State, _: &Call) -> Reply {
    Reply::json(state.commands.clone().into())
}

pub(super) fn set_commands(state: &mut State, call: &Call) -> Reply {
    state.commands = registered(state, call.json());
    state.registrations += 1;
    Reply::json(state.commands.clone().into())
}

/// An upsert by name and type.
pub(super) fn create_command(state: &mut State, call: &Call) -> Reply {
    let added = registered(state, &json!([call.json()]));
    for new in &added {
        state.commands.retain(|old| old["name"] != new["name"] || old["type"] != new["type"]);
    }
    state.commands.extend(added.clone());
    Reply::json(added.into_iter().next().unwrap_or_default())
}

pub(super) fn delete_command(state: &mut State, call: &Call) -> Reply {
    state.commands.retain(|command| command["id"] != call.param("command_id"));
    Reply::empty()
}

pub(super) fn list_guild_commands(state: &mut State, call: &Call) -> Reply {
    let known = state.guild_commands.get(&call.id("guild_id"));
    Reply::json(known.cloned().unwrap_or_default().into())
}

pub(super) fn set_guild_commands(state: &mut State, call: &Call) -> Reply {
    let mut commands = registered(state, call.json());
    for command in &mut commands {
        command["guild_id"] = call.param("guild_id").into();
    }
    state.guild_commands.insert(call.id("guild_id"), commands.clone());
    Reply::json(commands.into())
}

/// Commands as Discord gives them back: with an id, a version and every default filled in.
fn registered(state: &mut State, commands: &Value) -> Vec<Value> {
    let mut list = commands.as_array().cloned().unwrap_or_default();
    for command in &mut list {
        let id = state.next_id();
        command["id"] = id.into();
        command["version"] = id.into();
        command["application_id"] = state.world.application_id.into();
        let defaults = [("type", json!(1)), ("description", json!("")), ("default_member_permissions", Value::Null)];
        for (key, value) in defaults {
            if command.get(key).is_none() {
                command[key] = value;
            }
        }
    }
    list
}
