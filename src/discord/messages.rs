//! The way of a message: from a question somebody wrote to the bot's reply, its edit, its deletion.
//!
//! The text is read, answered and forgotten; logs hold ids (`told` has the exception). What happens here is in a span with
//! the message's id.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Instant;

use serenity::all::{Cache, ChannelId, GuildId, Http, MessageId, Permissions};

use super::answered::Answer;
use super::buttons::{Below, rows};
use super::cooldown::Pace;
use super::deliver::{self, Forms, Place};
use super::fatal::{cause, counted_as, json_code};
use super::outgoing::{Body, Outgoing};
use super::permissions;
use super::phrases::{self, filled};
use super::render;
use super::settings::Here;
use super::shared::{Shared, locked, shown_first};
use super::told::{Origin, Told};
use super::tries::tried;
use crate::answer::{Asker, Outcome, Reply, State};
use crate::matcher::Scope;
use crate::store::{Passive, Reason};

/// Below it nothing is said unasked; above the usual `answer_at` of 0.8, because nobody asked the bot.
const UNASKED_FROM: f32 = 0.85;
/// Unknown message: somebody was faster.
const UNKNOWN_MESSAGE: isize = 10_008;

/// A question in a channel.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) message: u64,
    pub(super) channel: u64,
    pub(super) guild: Option<u64>,
    pub(super) author: u64,
    /// Without tags.
    pub(super) text: String,
    /// The key of what the bot's message shows that this one replies to.
    pub(super) about: Option<String>,
    /// When its turn to be answered came up; a passive one waits before.
    pub(super) heard: Instant,
}

/// The two sides of serenity that answering needs.
#[derive(Clone)]
pub(super) struct Discord {
    pub(super) http: Arc<Http>,
    pub(super) cache: Arc<Cache>,
}

impl Discord {
    fn place(&self, asked: &Asked) -> Place {
        let channel = ChannelId::new(asked.channel);
        let permissions = match asked.guild {
            Some(guild) => permissions::in_channel(&self.cache, GuildId::new(guild), channel),
            None => Some(Permissions::dm_permissions()),
        };
        Place { channel, question: MessageId::new(asked.message), permissions }
    }

    /// What is set where the question stands.
    pub(super) fn here(&self, shared: &Shared, guild: Option<u64>, channel: u64) -> Here {
        let parent = guild.and_then(|g| permissions::parent(&self.cache, GuildId::new(g), ChannelId::new(channel)));
        shared.settings.here(guild, channel, parent.map(ChannelId::get))
    }

    /// What is told of a question that came as a message.
    fn origin<'a>(&self, asked: &'a Asked) -> Origin<'a> {
        let is_thread = |guild| permissions::parent(&self.cache, GuildId::new(guild), ChannelId::new(asked.channel));
        let channel = match asked.guild {
            None => "direct",
            Some(guild) if is_thread(guild).is_some() => "thread",
            Some(_) => "server",
        };
        Origin { what: "a message", guild: asked.guild, channel, heard: asked.heard, text: Some(&asked.text) }
    }

    /// A message carries no locale of its author: the server's language it is.
    fn locale(&self, here: &Here, guild: Option<u64>) -> String {
        let set = here.language.clone();
        set.or_else(|| Some(self.cache.guild(GuildId::new(guild?))?.preferred_locale.clone())).unwrap_or_default()
    }
}

/// Answers a question that is meant for the bot.
pub(super) async fn answer(shared: &Shared, discord: &Discord, asked: &Asked) {
    let here = discord.here(shared, asked.guild, asked.channel);
    if !here.answers || !locked(&shared.answered).take(asked.message, shared.now()) {
        return;
    }
    let locale = discord.locale(&here, asked.guild);
    let pace = locked(&shared.cooldown).count(asked.author, asked.channel, shared.now());
    match pace {
        Pace::Fine => {}
        Pace::Notice(seconds) => return slow_down(shared, discord, asked, &locale, seconds).await,
        Pace::Quiet(_) => return,
    }
    let before = before(shared, &here, &locale, asked);
    let reply = spoken(shared, &here, &locale, asked, &before);
    deliver(shared, discord, asked, &reply, before).await;
    if reply.is_unanswered() {
        shared.note(asked.guild, &asked.text, Reason::Unanswered, None).await;
    }
}

/// What was said before: what the message replies to where it replies to the bot, else the member's conversation.
fn before(shared: &Shared, here: &Here, locale: &str, asked: &Asked) -> State {
    let own = shared.conversations.get(asked.channel, asked.author, shared.now());
    let Some(key) = asked.about.as_deref().filter(|key| !own.shows(key)) else { return own };
    let shown = shared.engines.here(here).item_by_key(Asker::new(Scope::All, locale), key);
    shown.map_or(own, |(_, state)| state)
}

/// Says something to a question that was not put to the bot, where it is sure and has not said it lately.
pub(super) async fn answer_unasked(shared: &Shared, discord: &Discord, asked: &Asked) {
    let here = discord.here(shared, asked.guild, asked.channel);
    let is_there = locked(&shared.answered).take(asked.message, shared.now());
    if !here.answers || here.passive == Passive::Off || !is_there {
        return;
    }
    let asker = Asker::new(Scope::All, &discord.locale(&here, asked.guild));
    let (reply, state) = shared.engines.here(&here).talk_as(asker, &asked.text, &State::default());
    let Some(item) = shown_first(&reply) else { return };
    if reply.outcome != Outcome::Answer || reply.confidence.get() < UNASKED_FROM {
        return;
    }
    if !locked(&shared.passive).may_say(asked.channel, &item, shared.now()) {
        return;
    }
    if here.passive == Passive::DryRun {
        let confidence = reply.confidence.get();
        let (story, item) = shared.engines.base().named_by_key(&item).unwrap_or_default();
        tracing::info!(guild = asked.guild, story, item, confidence, "would have answered unasked");
        return;
    }
    shared.conversations.put(asked.channel, asked.author, shared.now(), state);
    deliver(shared, discord, asked, &reply, State::default()).await;
}

/// The reply, and the conversation goes on from it.
fn spoken(shared: &Shared, here: &Here, locale: &str, asked: &Asked, before: &State) -> Reply {
    let asker = Asker::new(Scope::All, locale);
    let (reply, state) = shared.engines.here(here).talk_as(asker, &asked.text, before);
    shared.conversations.put(asked.channel, asked.author, shared.now(), state);
    reply
}

async fn deliver(shared: &Shared, discord: &Discord, asked: &Asked, reply: &Reply, before: State) {
    let (message, guild) = (asked.message, asked.guild);
    let sent = deliver::send(&discord.http, discord.place(asked), &forms(reply, asked.author)).await;
    let id = match sent {
        Ok(Some(id)) => id,
        Ok(None) => return,
        Err(error) => {
            shared.metrics.failed(counted_as(&error));
            return tracing::warn!(guild, cause = cause(&error), "answer not sent");
        }
    };
    Told::of(reply).tell(shared, discord.origin(asked));
    let answer = Answer { reply: id.get(), at: shared.now(), before, asked: hash(&asked.text) };
    let is_kept = locked(&shared.answered).put(message, answer);
    if !is_kept {
        take_back(discord, asked.channel, id.get()).await;
    }
}

/// A question was edited: its reply follows, for a minute.
pub(super) async fn edited(shared: &Shared, discord: &Discord, asked: &Asked) {
    let Some(answer) = locked(&shared.answered).edited(asked.message, hash(&asked.text), shared.now()) else { return };
    let here = discord.here(shared, asked.guild, asked.channel);
    let locale = discord.locale(&here, asked.guild);
    if !here.answers || !locked(&shared.cooldown).count_edit(asked.author, asked.channel, shared.now()) {
        return;
    }
    let reply = spoken(shared, &here, &locale, asked, &answer.before);
    let (place, id) = (discord.place(asked), MessageId::new(answer.reply));
    match deliver::edit(&discord.http, place, id, &forms(&reply, asked.author)).await {
        Ok(()) => {
            Told::of(&reply).tell(shared, Origin { what: "an edit", ..discord.origin(asked) });
            locked(&shared.answered).put(asked.message, Answer { asked: hash(&asked.text), ..answer });
        }
        Err(error) => {
            shared.metrics.failed(counted_as(&error));
            tracing::warn!(guild = asked.guild, cause = cause(&error), "reply not edited");
        }
    }
}

/// A question was deleted: its reply goes too.
pub(super) async fn deleted(shared: &Shared, discord: &Discord, channel: u64, message: u64) {
    let reply = locked(&shared.answered).delete(message);
    if let Some(reply) = reply {
        take_back(discord, channel, reply).await;
    }
}

async fn take_back(discord: &Discord, channel: u64, reply: u64) {
    let deleted = tried(|| discord.http.delete_message(ChannelId::new(channel), MessageId::new(reply), None)).await;
    match deleted {
        Ok(()) => tracing::info!(reply, "reply deleted with its question"),
        Err(error) if json_code(&error) == Some(UNKNOWN_MESSAGE) => {}
        Err(error) => tracing::warn!(reply, cause = cause(&error), "reply not deleted"),
    }
}

async fn slow_down(shared: &Shared, discord: &Discord, asked: &Asked, locale: &str, seconds: u64) {
    let text = filled(phrases::of(locale).slow_down, &[&seconds.to_string()]);
    let notice = Outgoing::notice(text);
    let forms = Forms { card: notice.clone(), plain: notice };
    if let Err(error) = deliver::send(&discord.http, discord.place(asked), &forms).await {
        shared.metrics.failed(counted_as(&error));
        tracing::debug!(cause = cause(&error), "notice not sent");
    }
}

fn forms(reply: &Reply, asker: u64) -> Forms {
    let below = Below { asker: Some(asker) };
    let rows = rows(reply, below, phrases::of(reply.said.code));
    let outgoing = |body| Outgoing { body, rows: rows.clone(), private: false };
    Forms {
        card: outgoing(Body::Card(render::card(reply, None))),
        plain: outgoing(Body::Text(render::plain(reply, None))),
    }
}

/// Tells an edit from the same text; kept for a minute in memory.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
