//! Acting as a person in a channel: posting, editing, deleting.
//! A mistake of the test (an unknown channel, a message that is not there) panics.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Sandbox;
use crate::state::{Message, State};
use crate::{Snowflake, World, payload, rest};

/// A message to be posted, for what the short forms do not cover.
#[derive(Clone, Debug)]
pub struct Post {
    /// A channel, a thread or [`Sandbox::dm_channel`].
    pub channel: Snowflake,
    /// Who posts it.
    pub author: Snowflake,
    /// The text; `<@id>` in it mentions a user.
    pub content: String,
    /// The message that it replies to.
    pub reply_to: Option<Snowflake>,
    /// Whether a reply mentions the author of what it replies to, which is Discord's default.
    pub ping: bool,
    /// Whether a webhook posts it.
    pub webhook: bool,
    /// Discord's message type, where it is neither 0 (DEFAULT) nor 19 (REPLY).
    pub message_type: Option<u8>,
}

impl Post {
    /// An ordinary message.
    #[must_use]
    pub fn new(channel: Snowflake, author: Snowflake, content: &str) -> Self {
        let content = content.to_owned();
        Self { channel, author, content, reply_to: None, ping: true, webhook: false, message_type: None }
    }
}

impl Sandbox {
    /// The channel of a user's direct messages with the bot.
    #[must_use]
    pub fn dm_channel(&self, user: Snowflake) -> Snowflake {
        World::dm_channel(user)
    }

    /// Posts an ordinary message.
    pub fn post(&self, channel: Snowflake, user: Snowflake, text: &str) -> Snowflake {
        self.send(Post::new(channel, user, text))
    }

    /// Posts a message that begins with a mention of the bot.
    pub fn mention(&self, channel: Snowflake, user: Snowflake, text: &str) -> Snowflake {
        let bot = self.platform.lock().world.bot.id;
        self.post(channel, user, &format!("<@{bot}> {text}"))
    }

    /// Replies to a message, with Discord's default of mentioning its author.
    pub fn reply(&self, channel: Snowflake, user: Snowflake, to: Snowflake, text: &str) -> Snowflake {
        self.send(Post { reply_to: Some(to), ..Post::new(channel, user, text) })
    }

    /// Sends the bot a direct message.
    pub fn dm(&self, user: Snowflake, text: &str) -> Snowflake {
        self.post(World::dm_channel(user), user, text)
    }

    /// Posts any message. A session that is not connected gets it when it resumes.
    ///
    /// # Panics
    /// When the world has no such channel or user, or when there is no message to reply to.
    pub fn send(&self, post: Post) -> Snowflake {
        self.platform.change(|state| {
            let message = compose(state, &post);
            state.add_message(message)
        })
    }

    /// Changes the text of a message, as its author.
    ///
    /// # Panics
    /// When there is no such message.
    pub fn edit(&self, message: Snowflake, text: &str) {
        self.platform.change(|state| {
            let known = state.messages.contains_key(&message);
            assert!(known, "there is no message {message} to edit");
            let parts = Map::from_iter([("content".to_owned(), text.into())]);
            state.change_message(message, &parts);
        });
    }

    /// Deletes a message.
    ///
    /// # Panics
    /// When there is no such message.
    pub fn delete(&self, message: Snowflake) {
        self.platform.change(|state| {
            let known = state.messages.contains_key(&message);
            assert!(known, "there is no message {message} to delete");
            state.delete_message(message);
        });
    }
}

fn compose(state: &mut State, post: &Post) -> Message {
    let world = Arc::clone(&state.world);
    let Post { channel, author, content, reply_to, ping, webhook, message_type } = post;
    let Some(place) = world.place(*channel) else {
        panic!("the world has no channel {channel}");
    };
    let Some(person) = world.user(*author) else {
        panic!("the world has no user {author}");
    };
    let mut value = payload::message(&state.clock, place, *channel, person);
    let mut mentioned: Vec<Snowflake> = mentions(&world, content);
    value["content"] = content.as_str().into();
    if let Some(id) = reply_to {
        let Some(referenced) = state.messages.get(id) else {
            panic!("there is no message {id} to reply to");
        };
        value["type"] = 19.into();
        value["message_reference"] = rest::reference(&referenced.value);
        value["referenced_message"] = if referenced.deleted { Value::Null } else { referenced.value.clone() };
        mentioned.extend(ping.then_some(referenced.author));
    }
    mentioned.sort();
    mentioned.dedup();
    value["mentions"] = mentioned.iter().filter_map(|id| world.user(*id)).map(payload::user).collect();
    if *webhook {
        value["webhook_id"] = author.to_owned().into();
        value["author"]["bot"] = json!(true);
    }
    if let Some(kind) = message_type {
        value["type"] = (*kind).into();
    }
    Message { value, channel: *channel, author: *author, deleted: false, ephemeral: false, pending: false }
}

/// The users whom a text mentions.
fn mentions(world: &World, text: &str) -> Vec<Snowflake> {
    let mentioned = |id: Snowflake| text.contains(&format!("<@{id}>")) || text.contains(&format!("<@!{id}>"));
    world.users.iter().chain([&world.bot]).map(|user| user.id).filter(|id| mentioned(*id)).collect()
}
