//! The JSON that the sandbox sends: users, channels, guilds, messages. Shapes only, as Discord writes
//! them; nothing here looks at or changes the state.

use serde_json::{Map, Value, json};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::world::{Place, permissions};
use crate::{Channel, ChannelKind, Clock, Guild, Snowflake, User, World};

/// Virtual time as Discord writes it.
pub(crate) fn timestamp(clock: &Clock) -> String {
    OffsetDateTime::from(clock.now()).format(&Rfc3339).unwrap_or_default()
}

pub(crate) fn user(user: &User) -> Value {
    json!({
        "id": user.id, "username": user.username, "discriminator": "0", "global_name": user.username,
        "avatar": null, "bot": user.bot, "public_flags": 0, "flags": 0
    })
}

fn membership() -> Value {
    json!({
        "nick": null, "avatar": null, "banner": null, "roles": [], "joined_at": "2030-01-01T00:00:00Z",
        "premium_since": null, "pending": false, "communication_disabled_until": null, "deaf": false,
        "mute": false, "flags": 0
    })
}

/// A member as it comes with an interaction, or in a guild.
pub(crate) fn member(person: &User) -> Value {
    let mut member = membership();
    member["user"] = user(person);
    member["permissions"] = (permissions::USUAL | person.permissions).to_string().into();
    member
}

pub(crate) fn channel(world: &World, place: Place<'_>) -> Value {
    match place {
        Place::Guild(guild, channel) => guild_channel(world, guild, channel),
        Place::Dm(person) => json!({
            "id": World::dm_channel(person.id), "type": 1, "recipients": [user(person)],
            "last_message_id": null, "flags": 0
        }),
    }
}

fn guild_channel(world: &World, guild: &Guild, channel: &Channel) -> Value {
    let mut value = json!({
        "id": channel.id, "guild_id": guild.id, "name": channel.name, "last_message_id": null, "flags": 0
    });
    if let ChannelKind::Thread { parent } = channel.kind {
        value["type"] = 11.into();
        value["parent_id"] = parent.into();
        value["owner_id"] = world.bot.id.into();
        value["message_count"] = 0.into();
        value["member_count"] = 1.into();
        value["thread_metadata"] = json!({
            "archived": false, "auto_archive_duration": 1440, "archive_timestamp": "2031-01-01T00:00:00Z",
            "locked": false
        });
        return value;
    }
    let kind = match channel.kind {
        ChannelKind::Voice => 2,
        ChannelKind::Forum => 15,
        ChannelKind::Text | ChannelKind::Thread { .. } => 0,
    };
    let denied = permissions::USUAL & !channel.permissions;
    value["type"] = kind.into();
    value["position"] = 0.into();
    value["parent_id"] = Value::Null;
    value["permission_overwrites"] = json!([{
        "id": world.bot.id, "type": 1, "allow": channel.permissions.to_string(), "deny": denied.to_string()
    }]);
    value
}

/// GUILD_CREATE with its whole set of fields: clients refuse to parse less.
pub(crate) fn guild(world: &World, guild: &Guild) -> Value {
    let (threads, channels): (Vec<&Channel>, Vec<&Channel>) =
        guild.channels.iter().partition(|channel| matches!(channel.kind, ChannelKind::Thread { .. }));
    let rendered = |list: Vec<&Channel>| -> Vec<Value> {
        list.into_iter().map(|channel| guild_channel(world, guild, channel)).collect()
    };
    let members: Vec<Value> = world.users.iter().chain([&world.bot]).map(member).collect();
    let mut value = settings();
    let own = json!({
        "id": guild.id, "name": guild.name,
        "owner_id": world.users.first().map_or(world.bot.id, |user| user.id),
        "roles": [everyone(guild)], "joined_at": "2030-01-01T00:00:00Z", "member_count": members.len(),
        "members": members, "channels": rendered(channels), "threads": rendered(threads)
    });
    join(&mut value, own);
    value
}

/// The fields of a guild that are the same for every guild of the sandbox.
fn settings() -> Value {
    let mut settings = json!({
        "icon": null, "splash": null, "discovery_splash": null, "afk_channel_id": null, "afk_timeout": 300,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
        "emojis": [], "features": [], "mfa_level": 0, "application_id": null, "system_channel_id": null,
        "system_channel_flags": 0, "rules_channel_id": null, "vanity_url_code": null, "description": null,
        "banner": null, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US"
    });
    let more = json!({
        "public_updates_channel_id": null, "nsfw_level": 0, "stickers": [], "large": false,
        "premium_progress_bar_enabled": false, "unavailable": false, "voice_states": [], "presences": [],
        "stage_instances": [], "guild_scheduled_events": [], "safety_alerts_channel_id": null,
        "incidents_data": null, "soundboard_sounds": []
    });
    join(&mut settings, more);
    settings
}

/// Puts the keys of one object into another.
pub(crate) fn join(value: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(from)) = (value, more) {
        into.extend(from);
    }
}

/// The role whose id is the guild's, and which everybody has.
fn everyone(guild: &Guild) -> Value {
    json!({
        "id": guild.id, "name": "@everyone", "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false, "managed": false, "mentionable": false, "icon": null, "unicode_emoji": null,
        "permissions": permissions::USUAL.to_string(), "position": 0, "flags": 0
    })
}

/// A message without text. `guild_id` and `member` go along only where there is a guild.
pub(crate) fn message(clock: &Clock, place: Place<'_>, channel: Snowflake, author: &User) -> Value {
    let mut value = json!({
        "channel_id": channel, "author": user(author), "content": "", "timestamp": timestamp(clock),
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "components": [], "pinned": false,
        "type": 0, "flags": 0
    });
    if let Some(guild) = place.guild_id() {
        value["guild_id"] = guild.into();
        value["member"] = membership();
    }
    value
}

/// The parts of a bot's body that show in the message, put into it.
pub(crate) fn apply(message: &mut Value, parts: &Map<String, Value>) {
    for (key, value) in parts {
        let empty = match key.as_str() {
            "content" => json!(""),
            "embeds" | "components" => json!([]),
            "flags" => json!(0),
            "nonce" => Value::Null,
            _ => continue,
        };
        message[key] = if value.is_null() { empty } else { value.clone() };
    }
    let Some(embeds) = message["embeds"].as_array_mut() else {
        return;
    };
    for embed in embeds {
        embed["type"] = "rich".into();
        let fields = embed.get_mut("fields").and_then(Value::as_array_mut);
        for field in fields.into_iter().flatten() {
            field["inline"] = field["inline"].as_bool().unwrap_or(false).into();
        }
    }
}

/// MESSAGE_DELETE for a message.
pub(crate) fn deleted(id: Snowflake, message: &Value) -> Value {
    let mut value = json!({"id": id, "channel_id": message["channel_id"]});
    if let Some(guild) = message.get("guild_id") {
        value["guild_id"] = guild.clone();
    }
    value
}

/// A message as the bot sees it. Without MESSAGE_CONTENT its parts come empty, except for its own
/// messages, direct messages and messages that mention it.
pub(crate) fn as_seen(message: &Value, content_intent: bool, bot: Snowflake) -> Value {
    let own = Snowflake::read(&message["author"]["id"]) == Some(bot);
    let direct = message.get("guild_id").is_none();
    let mentions = message["mentions"].as_array();
    let mentioned = mentions.into_iter().flatten().any(|user| Snowflake::read(&user["id"]) == Some(bot));
    let mut seen = message.clone();
    if content_intent || own || direct || mentioned {
        return seen;
    }
    seen["content"] = "".into();
    for part in ["embeds", "attachments", "components"] {
        seen[part] = json!([]);
    }
    if let Some(referenced) = seen.get("referenced_message").filter(|value| value.is_object()) {
        seen["referenced_message"] = as_seen(referenced, content_intent, bot);
    }
    seen
}
