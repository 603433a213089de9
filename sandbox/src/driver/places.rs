//! What happens to guilds, channels and threads, and the events that tell the bot of it.
//! A mistake of the test (an unknown guild, a channel that is no forum) panics.

use std::sync::Arc;

use serde_json::json;

use super::Sandbox;
use super::people::{Post, compose};
use crate::atlas::Absence;
use crate::state::{Message, State};
use crate::world::Place;
use crate::{Channel, ChannelKind, Snowflake, payload};

/// A message that has a thread of its own.
const HAS_THREAD: u64 = 1 << 5;
const THREAD_STARTER: u64 = 21;

impl Sandbox {
    /// Throws the bot out of a guild: GUILD_DELETE, and 50001 for every channel of it from now on.
    ///
    /// # Panics
    /// When the world has no such guild.
    pub fn remove_bot(&self, guild: Snowflake) {
        self.platform.change(|state| leave(state, guild, Absence::Removed));
    }

    /// Makes a guild unavailable, as in an outage of Discord's: GUILD_DELETE with `unavailable`, and 503 for every
    /// channel of it until [`Sandbox::invite_bot`].
    ///
    /// # Panics
    /// When the world has no such guild.
    pub fn outage(&self, guild: Snowflake) {
        self.platform.change(|state| leave(state, guild, Absence::Outage));
    }

    /// Brings the bot into a guild that it was thrown out of, or ends an outage: GUILD_CREATE.
    ///
    /// # Panics
    /// When the world has no such guild, or the bot is in it.
    pub fn invite_bot(&self, guild: Snowflake) {
        self.platform.change(|state| {
            assert!(state.world.absence(guild).is_some(), "the bot is in guild {guild}, or there is none");
            state.atlas().set_absence(guild, None);
            let world = Arc::clone(&state.world);
            if let Some(known) = world.guild(guild) {
                state.dispatch("GUILD_CREATE", &payload::guild(&world, known, false));
            }
        });
    }

    /// Deletes a channel or thread: CHANNEL_DELETE or THREAD_DELETE, and 10003 from now on.
    ///
    /// # Panics
    /// When no guild has such a channel.
    pub fn delete_channel(&self, channel: Snowflake) {
        self.platform.change(|state| {
            let Some(known) = state.world.channel(channel) else {
                panic!("no guild has a channel {channel}");
            };
            let thread = matches!(known.kind, ChannelKind::Thread { .. });
            state.announce_channel(if thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, channel);
            state.atlas().remove_channel(channel);
        });
    }

    /// Posts in a forum: a thread (THREAD_CREATE) and its first message, which share one id.
    ///
    /// # Panics
    /// When the channel is no forum, or the world has no such user.
    pub fn forum_post(&self, forum: Snowflake, user: Snowflake, title: &str, text: &str) -> (Snowflake, Snowflake) {
        self.platform.change(|state| {
            let is_forum = state.world.channel(forum).is_some_and(|channel| channel.kind == ChannelKind::Forum);
            assert!(is_forum, "{forum} is no forum");
            let id = state.next_id();
            open_thread(state, forum, id, title);
            let message = compose(state, &Post::new(id, user, text));
            state.add_message_as(id, message);
            (id, id)
        })
    }

    /// Starts a thread from a message: THREAD_CREATE, an update of the message, and the thread's system message.
    /// The thread's id is the message's.
    ///
    /// # Panics
    /// When there is no such message in an ordinary channel of a guild, or it has a thread already.
    pub fn start_thread(&self, message: Snowflake, user: Snowflake, name: &str) -> Snowflake {
        self.platform.change(|state| {
            let Some(parent) = state.messages.get(&message).map(|message| message.channel) else {
                panic!("there is no message {message}");
            };
            let kind = state.world.channel(parent).map(|channel| channel.kind);
            assert!(kind == Some(ChannelKind::Text), "a thread starts in a text channel, not in {parent}");
            assert!(state.world.channel(message).is_none(), "message {message} has a thread already");
            open_thread(state, parent, message, name);
            state.touch_message(message, |value| {
                value["flags"] = (value["flags"].as_u64().unwrap_or(0) | HAS_THREAD).into();
            });
            let starter = starter(state, message, user);
            state.add_message(starter);
            message
        })
    }

    /// Puts a thread into the archive: THREAD_UPDATE. A message takes it out again, other requests end with 50083.
    ///
    /// # Panics
    /// When there is no such thread.
    pub fn archive(&self, thread: Snowflake) {
        self.platform.change(|state| {
            let (_, locked) = thread_state(state, thread);
            state.set_thread(thread, true, locked);
        });
    }

    /// Locks a thread: THREAD_UPDATE. Messages end with 160005 for those who do not manage threads.
    ///
    /// # Panics
    /// When there is no such thread.
    pub fn lock(&self, thread: Snowflake) {
        self.platform.change(|state| {
            let (archived, _) = thread_state(state, thread);
            state.set_thread(thread, archived, true);
        });
    }

    /// Changes what the bot may do in a channel, from now on: CHANNEL_UPDATE.
    ///
    /// # Panics
    /// When no guild has such a channel.
    pub fn set_permissions(&self, channel: Snowflake, permissions: u64) {
        self.platform.change(|state| {
            let Some(known) = state.atlas().channel_mut(channel) else {
                panic!("no guild has a channel {channel}");
            };
            known.permissions = permissions;
            state.announce_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// Sets the language of a user's client, which their interactions carry from now on.
    ///
    /// # Panics
    /// When the world has no such user.
    pub fn as_speaking(&self, user: Snowflake, locale: &str) {
        self.platform.change(|state| match state.atlas().user_mut(user) {
            Some(person) => locale.clone_into(&mut person.locale),
            None => panic!("the world has no user {user}"),
        });
    }
}

fn leave(state: &mut State, guild: Snowflake, absence: Absence) {
    assert!(state.world.guild(guild).is_some(), "the world has no guild {guild}");
    state.atlas().set_absence(guild, Some(absence));
    let event = match absence {
        // The key is absent where the bot was removed; that is how clients tell.
        Absence::Removed => json!({"id": guild}),
        Absence::Outage => json!({"id": guild, "unavailable": true}),
    };
    state.dispatch("GUILD_DELETE", &event);
}

fn thread_state(state: &State, thread: Snowflake) -> (bool, bool) {
    match state.world.channel(thread).map(|channel| channel.kind) {
        Some(ChannelKind::Thread { archived, locked, .. }) => (archived, locked),
        _ => panic!("there is no thread {thread}"),
    }
}

fn open_thread(state: &mut State, parent: Snowflake, id: Snowflake, name: &str) {
    let kind = ChannelKind::Thread { parent, archived: false, locked: false };
    // What the bot may do in it follows from the parent.
    state.atlas().add_channel(parent, Channel { id, name: name.to_owned(), kind, permissions: 0 });
    state.announce_channel("THREAD_CREATE", id);
}

/// The system message with which a thread begins that was started from a message.
fn starter(state: &State, thread: Snowflake, user: Snowflake) -> Message {
    let world = Arc::clone(&state.world);
    let Some((place, person)) = world.place(thread).zip(world.user(user)) else {
        panic!("the world has no user {user}");
    };
    let mut value = payload::message(&state.clock, place, thread, person);
    value["type"] = THREAD_STARTER.into();
    if let Some(first) = state.messages.get(&thread) {
        value["message_reference"] = crate::rest::reference(&first.value);
        value["referenced_message"] = payload::referenced(&first.value);
    }
    if let Place::Guild(guild, _) = place {
        value["guild_id"] = guild.id.into();
    }
    Message::new(value, thread, user)
}
