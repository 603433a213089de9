//! What the gateway tells: each event is its own task, so that one that fails takes no other with it.
//!
//! A message's text is read here, answered and forgotten; logs hold ids.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serenity::all::{
    Context, CreateInteractionResponse, EventHandler, Interaction, Message, Ready, ShardStageUpdateEvent,
};
use serenity::async_trait;
use tokio::sync::{Notify, Semaphore};

use super::client::Clock;
use super::conversations::Conversations;
use super::deliver::{self, Place};
use super::etiquette::{Heard, question};
use super::fatal::cause;
use super::recent::Recent;
use super::{commands, permissions};
use crate::answer::{Asker, Engine, Outcome};
use crate::matcher::Scope;

/// Events that are handled at once; more wait. Far above what one process hears in the time of an answer.
pub(super) const AT_ONCE: u32 = 64;

/// What all handlers share.
pub(super) struct Handler {
    pub(super) conversations: Conversations,
    pub(super) clock: Clock,
    /// Messages and interactions share one space of ids.
    pub(super) recent: Mutex<Recent>,
    pub(super) registered: AtomicBool,
    /// 0 until the first READY.
    pub(super) application: AtomicU64,
    /// Something about the connection changed.
    pub(super) changed: Notify,
    /// Closed by shutdown, which waits for those that are under way.
    pub(super) under_way: Semaphore,
}

impl Handler {
    pub(super) fn new(engine: Arc<Engine>, clock: Clock) -> Self {
        Self {
            conversations: Conversations::new(engine, clock.clone()),
            clock,
            recent: Mutex::default(),
            registered: AtomicBool::new(false),
            application: AtomicU64::new(0),
            changed: Notify::new(),
            under_way: Semaphore::new(AT_ONCE as usize),
        }
    }

    /// The lock is held for a look-up, never over an await; a task that panicked inside left a set that is still true.
    fn is_new(&self, id: u64) -> bool {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).is_new(id, (self.clock)())
    }

    /// Registers all commands with one request, once for the process: READY comes for every shard and every new session.
    async fn register_commands(&self, ctx: &Context) {
        if self.registered.swap(true, Ordering::SeqCst) {
            return;
        }
        let registered = match commands::registrations() {
            Ok(all) => ctx.http.create_global_commands(&all).await,
            Err(error) => Err(error.into()),
        };
        match registered {
            Ok(commands) => tracing::info!(commands = commands.len(), "commands registered"),
            Err(error) => {
                tracing::error!(cause = cause(&error), "commands not registered; the next session tries again");
                self.registered.store(false, Ordering::SeqCst);
            }
        }
    }

    async fn answer(&self, ctx: &Context, message: &Message, text: &str) {
        // A message carries no locale of its author.
        let asker = Asker::new(Scope::All, "");
        let reply = self.conversations.reply(message.channel_id.get(), message.author.id.get(), asker, text);
        if reply.outcome == Outcome::Silent {
            return;
        }
        let permissions = match message.guild_id {
            Some(guild) => permissions::in_channel(&ctx.cache, guild, message.channel_id),
            None => Some(serenity::all::Permissions::dm_permissions()),
        };
        let place = Place { channel: message.channel_id, question: message.id, permissions };
        let (id, guild) = (message.id.get(), message.guild_id.map(|id| id.get()));
        match deliver::send(&ctx.http, place, &reply).await {
            Ok(()) => {
                let (outcome, confidence) = (reply.outcome.as_str(), reply.confidence.get());
                tracing::info!(message = id, guild, outcome, confidence, "answered a message");
            }
            Err(error) => tracing::warn!(message = id, guild, cause = cause(&error), "answer not sent"),
        }
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, ctx: Context, ready: Ready) {
        self.application.store(ready.application.id.get(), Ordering::SeqCst);
        self.changed.notify_one();
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        let shard = ready.shard.map(|shard| shard.id.get());
        tracing::info!(application = ready.application.id.get(), shard, guilds = ready.guilds.len(), "ready");
        self.register_commands(&ctx).await;
    }

    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        tracing::debug!(shard = event.shard_id.get(), stage = %event.new, "connection");
        self.changed.notify_one();
    }

    async fn message(&self, ctx: Context, message: Message) {
        let me = ctx.cache.current_user().id;
        let heard = Heard {
            author: message.author.id.get(),
            by_bot: message.author.bot,
            by_webhook: message.webhook_id.is_some(),
            kind: u8::from(message.kind),
            mentions_me: message.mentions.iter().any(|user| user.id == me),
            replies_to_me: message.referenced_message.as_ref().is_some_and(|to| to.author.id == me),
            is_direct: message.guild_id.is_none(),
            content: &message.content,
        };
        let Some(text) = question(&heard, me.get()).filter(|_| self.is_new(message.id.get())) else { return };
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        self.answer(&ctx, &message, &text).await;
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let Interaction::Command(used) = interaction else { return };
        if !self.is_new(used.id.get()) {
            return;
        }
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        let Some(message) = commands::run(&used, &self.conversations) else {
            tracing::warn!(interaction = used.id.get(), "a command that this version does not have");
            return;
        };
        let sent = used.create_response(&ctx.http, CreateInteractionResponse::Message(message)).await;
        if let Err(error) = sent {
            tracing::warn!(interaction = used.id.get(), cause = cause(&error), "answer not sent");
        }
    }
}
