//! Acting as a person in a channel: posting, editing, deleting, and what Discord adds to messages by itself.
//! A mistake of the test (an unknown channel, a message that is not there) panics.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Sandbox;
use crate::atlas::Atlas;
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

    /// Posts many messages at once: as cheaply as can be, for chatter under load.
    ///
    /// # Panics
    /// As [`Sandbox::send`].
    pub fn post_many(&self, posts: &[Post]) -> Vec<Snowflake> {
        self.platform.change(|state| {
            let mut ids = Vec::with_capacity(posts.len());
            for post in posts {
                let message = compose(state, post);
                ids.push(state.add_message(message));
            }
            ids
        })
    }

    /// Lets the preview of a link appear in a message: the update that Discord sends, which is nobody's edit.
    ///
    /// # Panics
    /// When there is no such message.
    pub fn embeds_appear(&self, message: Snowflake) {
        self.platform.change(|state| {
            assert!(state.messages.contains_key(&message), "there is no message {message}");
            state.touch_message(message, |value| {
                value["embeds"] = json!([{"type": "link", "url": "https://example.org/", "title": "Example"}]);
            });
        });
    }

    /// Deletes many messages of one channel at once: MESSAGE_DELETE_BULK.
    ///
    /// # Panics
    /// When there is no such message, or they are not all in one channel.
    pub fn delete_bulk(&self, messages: &[Snowflake]) {
        self.platform.change(|state| {
            let mut event = json!({"ids": messages});
            let mut seen = false;
            for id in messages {
                let Some(message) = state.messages.get_mut(id) else {
                    panic!("there is no message {id} to delete");
                };
                message.deleted = true;
                let channel = message.channel;
                let deleted = payload::deleted(*id, &message.value);
                let here = event.get("channel_id").is_none_or(|channel| *channel == deleted["channel_id"]);
                assert!(here, "message {id} is in another channel");
                payload::join(&mut event, deleted);
                seen = state.is_in_view(channel);
            }
            if let Some(parts) = event.as_object_mut() {
                parts.remove("id");
            }
            if seen {
                state.dispatch("MESSAGE_DELETE_BULK", &event);
            }
        });
    }

    /// Changes the text of a message, as its author.
    ///
    /// # Panics
    /// When there is no such message.
    pub fn edit(&self, message: Snowflake, text: &str) {
        self.platform.change(|state| {
            let known = state.messages.contains_key(&message);
            assert!(known, "there is no message {message} to edit");
            let mentioned = mentioned_users(&state.world, text);
            if let Some(known) = state.messages.get_mut(&message) {
                known.value["mentions"] = mentioned;
            }
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

pub(super) fn compose(state: &mut State, post: &Post) -> Message {
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
        value["referenced_message"] =
            if referenced.deleted { Value::Null } else { payload::referenced(&referenced.value) };
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
    Message::new(value, *channel, *author)
}

/// The users whom a text mentions: `<@id>` or `<@!id>`.
fn mentions(world: &Atlas, text: &str) -> Vec<Snowflake> {
    let ids = text.split("<@").skip(1).filter_map(|rest| {
        let (id, _) = rest.split_once('>')?;
        id.trim_start_matches('!').parse().ok().map(Snowflake)
    });
    ids.filter(|id| world.user(*id).is_some()).collect()
}

fn mentioned_users(world: &Atlas, text: &str) -> Value {
    let mut ids = mentions(world, text);
    ids.sort();
    ids.dedup();
    ids.iter().filter_map(|id| world.user(*id)).map(payload::user).collect()
}
