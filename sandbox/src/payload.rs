//! The JSON that the sandbox sends: users, channels, guilds, messages. Shapes only, as Discord writes
//! them; nothing here looks at or changes the state.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::world::{Elsewhere, Place, permissions};
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
    member["permissions"] =
        (permissions::USUAL | permissions::USE_EXTERNAL_APPS | person.permissions).to_string().into();
    member
}

pub(crate) fn channel(world: &World, place: Place<'_>) -> Value {
    match place {
        Place::Guild(guild, channel) => guild_channel(world, guild, channel),
        Place::Dm(person) => json!({
            "id": World::dm_channel(person.id), "type": 1, "recipients": [user(person)],
            "last_message_id": null, "flags": 0
        }),
        Place::Elsewhere(Elsewhere::Group) => json!({
            "id": Elsewhere::Group.channel(), "type": 3, "name": null, "icon": null, "recipients": [],
            "last_message_id": null, "flags": 0
        }),
        Place::Elsewhere(other) => json!({
            "id": other.channel(), "type": 0, "guild_id": place.guild_id(), "name": "elsewhere", "position": 0,
            "parent_id": null, "last_message_id": null, "flags": 0, "permission_overwrites": []
        }),
    }
}

fn guild_channel(world: &World, guild: &Guild, channel: &Channel) -> Value {
    let mut value = json!({
        "id": channel.id, "guild_id": guild.id, "name": channel.name, "last_message_id": null, "flags": 0
    });
    if let ChannelKind::Thread { parent, archived, locked } = channel.kind {
        value["type"] = 11.into();
        value["parent_id"] = parent.into();
        value["owner_id"] = world.bot.id.into();
        value["message_count"] = 0.into();
        value["member_count"] = 1.into();
        value["thread_metadata"] = json!({
            "archived": archived, "auto_archive_duration": 1440, "archive_timestamp": "2031-01-01T00:00:00Z",
            "locked": locked
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

/// GUILD_CREATE with its whole set of fields: clients refuse to parse less. Without the intent for presences
/// the bot is the only member in it, whoever is in the guild.
pub(crate) fn guild(world: &World, guild: &Guild, everybody: bool) -> Value {
    let (threads, channels): (Vec<&Channel>, Vec<&Channel>) =
        guild.channels.iter().partition(|channel| matches!(channel.kind, ChannelKind::Thread { .. }));
    let rendered = |list: Vec<&Channel>| -> Vec<Value> {
        list.into_iter().map(|channel| guild_channel(world, guild, channel)).collect()
    };
    let people = if everybody { world.users.as_slice() } else { &[] };
    let members: Vec<Value> = people.iter().chain([&world.bot]).map(member).collect();
    let mut value = settings();
    let own = json!({
        "id": guild.id, "name": guild.name,
        "owner_id": world.users.first().map_or(world.bot.id, |user| user.id),
        "roles": [everyone(guild)], "joined_at": "2030-01-01T00:00:00Z", "member_count": world.users.len() + 1,
        "preferred_locale": guild.locale,
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
/// messages, direct messages and messages that mention it; what it replies to is judged by itself.
pub(crate) fn as_seen(message: &Value, content_intent: bool, bot: Snowflake) -> Cow<'_, Value> {
    let referenced = message.get("referenced_message").filter(|value| value.is_object());
    let open = content_intent || message.get("guild_id").is_none();
    if open || (shows_content(message, bot) && referenced.is_none()) {
        return Cow::Borrowed(message);
    }
    let mut seen = message.clone();
    if let Some(referenced) = referenced {
        seen["referenced_message"] = as_seen(referenced, content_intent, bot).into_owned();
    }
    if !shows_content(message, bot) {
        seen["content"] = "".into();
        for part in ["embeds", "attachments", "components"] {
            seen[part] = json!([]);
        }
    }
    Cow::Owned(seen)
}

/// Whether the message is the bot's own or mentions it.
fn shows_content(message: &Value, bot: Snowflake) -> bool {
    let mut mentioned = message["mentions"].as_array().into_iter().flatten();
    let is_bot = |user: &Value| Snowflake::read(&user["id"]) == Some(bot);
    is_bot(&message["author"]) || mentioned.any(is_bot)
}

/// A message as it stands in a reply to it: what it replies to itself is left out.
pub(crate) fn referenced(message: &Value) -> Value {
    let mut referenced = message.clone();
    if let Some(parts) = referenced.as_object_mut() {
        parts.remove("referenced_message");
    }
    referenced
}
