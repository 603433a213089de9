//! The envelope of every interaction: who uses it, where, in which languages, and what its answers say of it.
//! What is used is decided in `commands` and `components`.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::atlas::Atlas;
use crate::state::{Asked, State};
use crate::world::{Elsewhere, Place, permissions};
use crate::{Snowflake, User, payload};

/// An interaction that was sent to the bot.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// What [`crate::Sandbox::answer_to`] and [`crate::Sandbox::replies_to`] take.
    pub id: Snowflake,
    /// The token in the paths of its answers.
    pub token: String,
}

/// Something that a person uses.
pub(super) struct Use {
    pub(super) kind: u8,
    pub(super) channel: Snowflake,
    pub(super) user: Snowflake,
    /// `data`, and the `message` that it was in.
    pub(super) body: Value,
    /// The message whose component was used.
    pub(super) source: Option<Snowflake>,
    /// The message that a message command is used on, and its author.
    pub(super) target: Option<(Snowflake, Snowflake)>,
    /// For a modal: what its opening said of itself.
    pub(super) opened_by: Option<Value>,
}

impl Use {
    pub(super) fn new(kind: u8, channel: Snowflake, user: Snowflake, body: Value) -> Self {
        Self { kind, channel, user, body, source: None, target: None, opened_by: None }
    }
}

/// What an interaction says of where it comes from: a guild with a member, or a user.
fn origin(world: &Atlas, place: Place<'_>, person: &User) -> Value {
    let mut member = payload::member(person);
    match place {
        Place::Guild(guild, _) => json!({
            "guild_id": guild.id, "guild_locale": guild.locale, "member": member, "context": 0,
            "guild": {"id": guild.id, "locale": guild.locale, "features": []},
            "authorizing_integration_owners": {"0": guild.id}
        }),
        Place::Dm(_) => json!({
            "user": payload::user(person), "context": 1, "authorizing_integration_owners": {"0": "0"}
        }),
        Place::Elsewhere(Elsewhere::Group) => json!({
            "user": payload::user(person), "context": 2, "authorizing_integration_owners": {"1": person.id}
        }),
        Place::Elsewhere(other) => {
            if other == Elsewhere::GuildWithoutExternalApps {
                let bits = permissions::USUAL | person.permissions;
                member["permissions"] = (bits & !permissions::USE_EXTERNAL_APPS).to_string().into();
            }
            let guild = place.guild_id().unwrap_or(world.application_id);
            json!({
                "guild_id": guild, "guild_locale": "en-US", "member": member, "context": 0,
                "guild": {"id": guild, "locale": "en-US", "features": []},
                "authorizing_integration_owners": {"1": person.id}
            })
        }
    }
}

/// What the messages that answer an interaction say of it.
fn metadata(id: Snowflake, used: &Use, world: &Atlas, person: &User, owners: &Value) -> Value {
    let mut metadata = json!({
        "id": id, "type": used.kind, "user": payload::user(person), "authorizing_integration_owners": owners
    });
    if let Some(source) = used.source.filter(|_| used.opened_by.is_none()) {
        metadata["interacted_message_id"] = source.into();
    }
    if let Some((message, author)) = used.target {
        metadata["target_message_id"] = message.into();
        metadata["target_user"] = world.user(author).map_or(Value::Null, payload::user);
    }
    if let Some(opened_by) = &used.opened_by {
        metadata["triggering_interaction_metadata"] = opened_by.clone();
    }
    metadata
}

/// Sends INTERACTION_CREATE and remembers the interaction, so that its answers can be judged.
pub(super) fn interact(state: &mut State, used: Use) -> Interaction {
    let world = Arc::clone(&state.world);
    let Some(place) = world.place(used.channel) else {
        panic!("the world has no channel {}", used.channel);
    };
    let Some(person) = world.user(used.user) else {
        panic!("the world has no user {}", used.user);
    };
    if let Place::Dm(owner) = place {
        assert!(owner.id == person.id, "{} has no part in the direct messages of {}", person.id, owner.id);
    }
    let id = state.next_id();
    let token = format!("interaction-token-{id}");
    let mut origin = origin(&world, place, person);
    let metadata = metadata(id, &used, &world, person, &origin["authorizing_integration_owners"]);
    let Use { kind, channel, user, body: mut event, source, .. } = used;
    let envelope = json!({
        "id": id, "application_id": world.application_id, "type": kind, "token": token, "version": 1,
        "channel_id": channel, "channel": payload::channel(&world, place), "locale": person.locale,
        "entitlements": [], "attachment_size_limit": 10_485_760,
        "app_permissions": world.permissions_in(place).to_string()
    });
    payload::join(&mut event, envelope);
    payload::join(&mut event, origin.take());
    let (asked_ms, dead) = (state.clock.unix_ms(), std::mem::take(&mut state.dead_next));
    let asked = Asked {
        token: token.clone(),
        kind,
        channel,
        user,
        asked_ms,
        answered: None,
        original: None,
        source,
        metadata,
        modal: None,
        followups: 0,
        dead,
        answer_lost: false,
    };
    state.asked.insert(id, asked);
    state.dispatch("INTERACTION_CREATE", &event);
    Interaction { id, token }
}
