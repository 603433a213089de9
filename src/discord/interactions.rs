//! Who uses a command or a button, and where: what answers there, and in which language.
//!
//! Answering is a look-up in memory, within the 3 s that Discord gives. What is to be kept is written after the answer is sent
//! (`later`), and what reads the store or the disk is deferred first (`commands`).

use std::sync::{Arc, Mutex};
use std::time::Instant;

use serenity::all::{
    Cache, ChannelType, CommandInteraction, ComponentInteraction, GuildId, InteractionContext, ModalInteraction,
    PartialChannel, Permissions,
};

use super::buttons::{Below, rows};
use super::cooldown::Pace;
use super::fatal::{cause, counted_as};
use super::outgoing::{Body, Outgoing};
use super::phrases::{self, Phrases, filled};
use super::render;
use super::settings::Here;
use super::shared::{Shared, locked};
use super::told::{Origin, Told};
use crate::answer::{Asker, Engine, Reply, State};
use crate::matcher::Scope;
use crate::store::{Item, Reason};

/// Who uses something, and where.
#[derive(Clone, Debug)]
pub(super) struct Who {
    pub(super) user: u64,
    pub(super) guild: Option<u64>,
    /// The same, where the bot is a member and not only this user's: whose settings hold, and for whom things are kept.
    pub(super) server: Option<u64>,
    pub(super) channel: u64,
    parent: Option<u64>,
    /// Which kind of channel, as metrics tell them apart.
    kind: &'static str,
    locale: String,
    /// The bot's, where it is used.
    app: Option<Permissions>,
    /// The member's; None outside servers.
    member: Option<Permissions>,
}

/// serenity has the same fields on three types.
macro_rules! who {
    ($used:expr, $cache:expr, $context:expr) => {{
        let guild = $used.guild_id.map(GuildId::get);
        let server = $used.guild_id.filter(|id| $cache.guild(*id).is_some()).map(GuildId::get);
        Who {
            user: $used.user.id.get(),
            guild,
            server,
            kind: kind($context, guild, server, $used.channel.as_ref()),
            channel: $used.channel_id.get(),
            parent: parent($used.channel.as_ref()),
            locale: $used.locale.clone(),
            app: $used.app_permissions,
            member: $used.member.as_ref().and_then(|member| member.permissions),
        }
    }};
}

fn parent(channel: Option<&PartialChannel>) -> Option<u64> {
    channel.and_then(|channel| channel.parent_id).map(|id| id.get())
}

/// "elsewhere" is a server that the bot is no member of.
fn kind(
    context: Option<InteractionContext>,
    guild: Option<u64>,
    server: Option<u64>,
    channel: Option<&PartialChannel>,
) -> &'static str {
    use ChannelType::{NewsThread, PrivateThread, PublicThread};
    match (guild, server) {
        (None, _) if context == Some(InteractionContext::PrivateChannel) => "group",
        (None, _) => "direct",
        (Some(_), None) => "elsewhere",
        _ if channel.is_some_and(|c| matches!(c.kind, NewsThread | PrivateThread | PublicThread)) => "thread",
        _ => "server",
    }
}

impl Who {
    pub(super) fn of_command(used: &CommandInteraction, cache: &Cache) -> Self {
        who!(used, cache, used.context)
    }

    pub(super) fn of_component(used: &ComponentInteraction, cache: &Cache) -> Self {
        who!(used, cache, used.context)
    }

    pub(super) fn of_modal(used: &ModalInteraction, cache: &Cache) -> Self {
        who!(used, cache, None)
    }

    /// Whether the member has a right in this server.
    pub(super) fn may(&self, right: Permissions) -> bool {
        self.member.is_some_and(|has| has.contains(right) || has.contains(Permissions::ADMINISTRATOR))
    }

    /// Whether embeds show where this is used.
    fn sees_embeds(&self) -> bool {
        self.app.is_none_or(|known| known.contains(Permissions::EMBED_LINKS))
    }
}

/// Somebody who uses something, with what answers there.
pub(super) struct Asking<'a> {
    pub(super) shared: &'a Shared,
    pub(super) who: Who,
    pub(super) here: Here,
    pub(super) engine: Arc<Engine>,
    pub(super) said: &'static Phrases,
    locale: String,
    later: Mutex<Vec<Note>>,
    heard: Instant,
    /// What was asked in so many words.
    asked: Mutex<Option<String>>,
    /// What is told once it is sent.
    told: Mutex<Option<Told>>,
}

/// A question that is kept once its answer is sent.
struct Note {
    text: String,
    reason: Reason,
    nearest: Option<Item>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(shared: &'a Shared, who: Who) -> Self {
        let here = shared.settings.here(who.server, who.channel, who.parent);
        let locale = here.language.clone().unwrap_or_else(|| who.locale.clone());
        let engine = shared.engines.here(&here);
        let said = phrases::of(&locale);
        let (later, asked, told) = Default::default();
        Self { shared, said, engine, here, who, locale, later, heard: Instant::now(), asked, told }
    }

    /// What was asked, for a log that may hold it.
    pub(super) fn heard(&self, text: &str) {
        *locked(&self.asked) = self.shared.log_text.then(|| text.to_owned());
    }

    /// Whether something was sent; then it is told what it was, else why not.
    pub(super) fn sent(&self, sent: Result<(), serenity::Error>) -> bool {
        if let Err(error) = &sent {
            self.shared.metrics.failed(counted_as(error));
            tracing::warn!(cause = cause(error), "answer not sent");
        } else if let Some(told) = locked(&self.told).take() {
            let (text, guild, channel) = (locked(&self.asked).take(), self.who.guild, self.who.kind);
            let what = "an interaction";
            told.tell(self.shared, Origin { what, guild, channel, heard: self.heard, text: text.as_deref() });
        }
        sent.is_ok()
    }

    /// Whoever asks, over the stories in `scope`.
    pub(super) fn asker(&self, scope: Scope) -> Asker {
        Asker::new(scope, &self.locale)
    }

    /// Keeps a question for the editors, where its server wants that, once the answer is sent.
    pub(super) fn note(&self, text: &str, reason: Reason, nearest: Option<Item>) {
        locked(&self.later).push(Note { text: text.to_owned(), reason, nearest });
    }

    /// Keeps what is to be kept; called when the answer is sent.
    pub(super) async fn later(&self) {
        let notes = std::mem::take(&mut *locked(&self.later));
        for note in notes {
            self.shared.note(self.who.server, &note.text, note.reason, note.nearest).await;
        }
    }

    /// What was said before.
    pub(super) fn before(&self) -> State {
        self.shared.conversations.get(self.who.channel, self.who.user, self.shared.now())
    }

    /// A reply as a message; the conversation goes on from it. Where the server wants no answers in front of all it is
    /// private. `head` is Markdown in front.
    pub(super) fn say(&self, spoken: (Reply, State), private: bool, head: Option<&str>) -> Outgoing {
        self.say_for(self.who.user, spoken, private, head)
    }

    /// The same in a message that belongs to `owner`, who asked for it first.
    pub(super) fn say_for(&self, owner: u64, spoken: (Reply, State), private: bool, head: Option<&str>) -> Outgoing {
        let (reply, state) = spoken;
        self.shared.conversations.put(self.who.channel, self.who.user, self.shared.now(), state);
        self.show(owner, &reply, private, head)
    }

    /// A reply as a message that only its owner and moderators delete.
    pub(super) fn show(&self, owner: u64, reply: &Reply, private: bool, head: Option<&str>) -> Outgoing {
        let private = private || !self.here.answers;
        let below = Below { asker: (!private).then_some(owner) };
        let body = match self.who.sees_embeds() {
            true => Body::Card(render::card(reply, head)),
            false => Body::Text(render::plain(reply, head)),
        };
        *locked(&self.told) = Some(Told::of(reply));
        Outgoing { body, rows: rows(reply, below, self.said), private }
    }

    /// What is said where the server has switched the bot off.
    pub(super) fn switched_off(&self) -> Option<Outgoing> {
        (!self.here.enabled).then(|| Outgoing::notice(self.said.switched_off))
    }

    /// None where the asker may go on; else why not.
    pub(super) fn held_back(&self) -> Option<Outgoing> {
        let pace = locked(&self.shared.cooldown).count(self.who.user, self.who.channel, self.shared.now());
        match pace {
            Pace::Fine => None,
            Pace::Notice(seconds) | Pace::Quiet(seconds) => {
                Some(Outgoing::notice(filled(self.said.slow_down, &[&seconds.to_string()])))
            }
        }
    }
}
