//! What the gateway tells, sorted: messages into the queue of their channel, interactions answered at once.
//!
//! serenity runs each event as a task of its own, so that one that fails takes no other with it. Ordinary talk is dropped
//! here, before anything is looked up. A message's text is read, answered and forgotten; logs hold ids, and a span with the
//! id of the message or interaction follows each question.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use serenity::all::{
    Cache, ChannelId, CommandInteraction, ComponentInteraction, Context, CreateAutocompleteResponse,
    CreateInteractionResponse, EventHandler, Guild, GuildChannel, GuildId, Http, Interaction, Message, MessageId,
    MessageUpdateEvent, ModalInteraction, PartialGuildChannel, Ready, ResumedEvent, ShardStageUpdateEvent,
    UnavailableGuild, UserId,
};
use serenity::async_trait;
use tokio::sync::{Notify, Semaphore};
use tracing::Instrument;
use tracing::error_span;

use super::commands;
use super::deliver;
use super::etiquette::{Heard, is_plain_talk, question};
use super::fatal::cause;
use super::interactions::{Asking, Who};
use super::left;
use super::messages::{self, Asked, Discord};
use super::outgoing::Outgoing;
use super::passive::looks_like_question;
use super::permissions;
use super::presses::{self, Pressed};
use super::queue::{Job, Queue, Step, Taken};
use super::registration;
use super::shared::{Shared, locked};
use super::tries::tried;
use crate::text::without_tags;

/// Interactions that are answered at once; more wait for a permit, microseconds long. None is ever shed.
pub(super) const AT_ONCE: u32 = 256;

/// What hears.
pub(super) struct Handler {
    pub(super) shared: Arc<Shared>,
    pub(super) queue: Queue,
    registered: AtomicBool,
    /// Shards that had a session.
    sessions: Mutex<HashSet<u32>>,
    /// 0 until the first READY.
    pub(super) application: AtomicU64,
    /// Something about the connection changed.
    pub(super) changed: Notify,
    /// Closed by shutdown, which waits for those that are under way.
    pub(super) under_way: Semaphore,
}

impl Handler {
    pub(super) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
            queue: Queue::new(),
            registered: AtomicBool::new(false),
            sessions: Mutex::default(),
            application: AtomicU64::new(0),
            changed: Notify::new(),
            under_way: Semaphore::new(AT_ONCE as usize),
        }
    }

    /// Registers all commands where they have changed, once for the process: READY comes for every shard and session.
    pub(super) async fn register_commands(&self, http: &Http) {
        let is_connected = self.application.load(Ordering::SeqCst) != 0;
        if !is_connected || self.registered.swap(true, Ordering::SeqCst) {
            return;
        }
        match registration::register(http).await {
            Ok(true) => tracing::info!("commands registered"),
            Ok(false) => tracing::info!("commands are as they were"),
            Err(error) => {
                tracing::error!(cause = cause(&error), "commands not registered; tried again in a minute");
                self.registered.store(false, Ordering::SeqCst);
            }
        }
    }

    /// Puts a question into the queue of its channel.
    fn take(&self, discord: Discord, asked: Asked, step: Step, passive: bool) {
        let (shared, channel, message) = (Arc::clone(&self.shared), asked.channel, asked.message);
        // At the level of errors, so that every line that is shown has the id.
        let span = error_span!("question", request = message);
        let job: Job = Box::new(move || {
            let answering = async move {
                match (step, passive) {
                    (Step::Edited, _) => messages::edited(&shared, &discord, &asked).await,
                    (_, true) => messages::answer_unasked(&shared, &discord, &asked).await,
                    (_, false) => messages::answer(&shared, &discord, &asked).await,
                }
            };
            Box::pin(answering.instrument(span))
        });
        if self.queue.push(channel, (message, step), passive, job) == Taken::Shed {
            tracing::warn!(request = message, passive, "too much waits; left alone");
        }
    }

    /// Takes what has waited long enough in channels with passive answers.
    pub(super) fn take_due(&self, discord: &Discord) {
        let due = locked(&self.shared.passive).due(self.shared.now());
        for asked in due {
            // It had to wait before anybody could want an answer.
            let asked = Asked { heard: Instant::now(), ..asked };
            self.take(discord.clone(), asked, Step::Asked, true);
        }
    }

    /// Plain talk in a channel with passive answers: a question waits for its time, anything else by somebody else ends that.
    fn hear(&self, heard: &Heard<'_>, message: &Message, cache: &Cache) {
        let (channel, author) = (message.channel_id.get(), message.author.id.get());
        let Some(guild) = message.guild_id.filter(|_| self.shared.hears_all && is_plain_talk(heard)) else { return };
        let parent = permissions::parent(cache, guild, message.channel_id).map(ChannelId::get);
        if !self.shared.settings.listens(guild.get(), channel, parent) {
            return;
        }
        let mut passive = locked(&self.shared.passive);
        passive.heard(channel, author);
        let text = without_tags(heard.content);
        let is_to_somebody = message.referenced_message.is_some() || !message.mentions.is_empty();
        if !is_to_somebody && looks_like_question(&text) && self.shared.is_new(message.id.get()) {
            let id = message.id.get();
            let (guild, heard) = (Some(guild.get()), Instant::now());
            let asked = Asked { message: id, channel, guild, author, text, about: None, heard };
            passive.wait(channel, (author, id), asked, self.shared.now());
        }
    }

    async fn command(&self, ctx: &Context, used: &CommandInteraction) {
        let asking = Asking::new(&self.shared, Who::of_command(used, &ctx.cache));
        let is_deferred = commands::is_deferred(&used.data);
        if is_deferred && !asking.sent(deliver::respond(&ctx.http, used.id, &used.token, deliver::deferral()).await) {
            return;
        }
        let outgoing = match commands::run(&asking, &used.data).await {
            Some(outgoing) => outgoing,
            None => {
                tracing::warn!("a command that this version does not have");
                Outgoing::notice(asking.said.our_fault)
            }
        };
        if is_deferred {
            let edit = || used.edit_response(&ctx.http, deliver::edited_response(&outgoing));
            asking.sent(tried(edit).await.map(drop));
        } else {
            let response = CreateInteractionResponse::Message(deliver::response(&outgoing));
            asking.sent(deliver::respond(&ctx.http, used.id, &used.token, response).await);
        }
        asking.later().await;
    }

    async fn complete(&self, ctx: &Context, typing: &CommandInteraction) {
        let asking = Asking::new(&self.shared, Who::of_command(typing, &ctx.cache));
        let choices = commands::complete(&asking, &typing.data);
        let response = choices
            .into_iter()
            .fold(CreateAutocompleteResponse::new(), |response, (name, value)| response.add_string_choice(name, value));
        let response = CreateInteractionResponse::Autocomplete(response);
        asking.sent(deliver::respond(&ctx.http, typing.id, &typing.token, response).await);
    }

    async fn press(&self, ctx: &Context, used: &ComponentInteraction) {
        let asking = Asking::new(&self.shared, Who::of_component(used, &ctx.cache));
        let pressed = presses::pressed(&asking, used).await;
        let is_delete = matches!(pressed, Pressed::Delete);
        let response = match pressed {
            Pressed::Say(outgoing) => CreateInteractionResponse::Message(deliver::response(&outgoing)),
            Pressed::Change(outgoing) => CreateInteractionResponse::UpdateMessage(deliver::update(&outgoing)),
            Pressed::Form(form) => CreateInteractionResponse::Modal(form),
            Pressed::Delete => CreateInteractionResponse::Acknowledge,
        };
        let is_sent = asking.sent(deliver::respond(&ctx.http, used.id, &used.token, response).await);
        if is_delete && is_sent {
            asking.sent(tried(|| used.delete_response(&ctx.http)).await);
        }
        asking.later().await;
    }

    async fn form(&self, ctx: &Context, used: &ModalInteraction) {
        let asking = Asking::new(&self.shared, Who::of_modal(used, &ctx.cache));
        let outgoing = presses::sent(&asking, used).await;
        let response = CreateInteractionResponse::Message(deliver::response(&outgoing));
        asking.sent(deliver::respond(&ctx.http, used.id, &used.token, response).await);
        asking.later().await;
    }
}

fn discord(ctx: &Context) -> Discord {
    Discord { http: Arc::clone(&ctx.http), cache: Arc::clone(&ctx.cache) }
}

/// What counts of a message; `content` is apart, because an update may have none.
fn heard<'a>(message: &Message, content: &'a str, me: UserId) -> Heard<'a> {
    Heard {
        author: message.author.id.get(),
        by_bot: message.author.bot,
        by_webhook: message.webhook_id.is_some(),
        kind: u8::from(message.kind),
        mentions_me: message.mentions.iter().any(|user| user.id == me),
        replies_to_me: message.referenced_message.as_ref().is_some_and(|to| to.author.id == me),
        is_direct: message.guild_id.is_none(),
        content,
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, ctx: Context, ready: Ready) {
        self.application.store(ready.application.id.get(), Ordering::SeqCst);
        self.changed.notify_one();
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        let shard = ready.shard.map(|shard| shard.id.get());
        let is_first = locked(&self.sessions).insert(shard.unwrap_or_default());
        self.shared.metrics.reconnects.inc_by(u64::from(!is_first));
        tracing::info!(application = ready.application.id.get(), shard, guilds = ready.guilds.len(), "ready");
        self.register_commands(&ctx.http).await;
        left::meanwhile(&self.shared, &ready).await;
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        self.shared.metrics.reconnects.inc();
    }

    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        tracing::debug!(shard = event.shard_id.get(), stage = %event.new, "connection");
        self.changed.notify_one();
    }

    async fn message(&self, ctx: Context, message: Message) {
        let me = ctx.cache.current_user().id;
        let heard = heard(&message, &message.content, me);
        self.hear(&heard, &message, &ctx.cache);
        match question(&heard, me.get()) {
            None => {}
            Some(text) if self.shared.is_new(message.id.get()) => {
                let asked = Asked {
                    message: message.id.get(),
                    channel: message.channel_id.get(),
                    guild: message.guild_id.map(GuildId::get),
                    author: message.author.id.get(),
                    text,
                    about: message
                        .referenced_message
                        .as_deref()
                        .filter(|_| heard.replies_to_me)
                        .and_then(presses::shown_by),
                    heard: Instant::now(),
                };
                self.take(discord(&ctx), asked, Step::Asked, false);
            }
            Some(_) => {}
        }
        if self.shared.hears_all {
            self.take_due(&discord(&ctx));
        }
    }

    async fn message_update(&self, ctx: Context, _: Option<Message>, _: Option<Message>, event: MessageUpdateEvent) {
        // Without a time of editing it is Discord that changed the message, as when a preview appears.
        let (Some(_), Some(content), Some(author)) = (event.edited_timestamp, &event.content, &event.author) else {
            return;
        };
        let me = ctx.cache.current_user().id;
        let heard = Heard {
            author: author.id.get(),
            by_bot: author.bot,
            by_webhook: event.webhook_id.flatten().is_some(),
            kind: event.kind.map_or(0, u8::from),
            mentions_me: event.mentions.iter().flatten().any(|user| user.id == me),
            replies_to_me: event.referenced_message.iter().flatten().any(|to| to.author.id == me),
            is_direct: event.guild_id.is_none(),
            content,
        };
        locked(&self.shared.passive).gone(event.channel_id.get(), event.id.get());
        let Some(text) = question(&heard, me.get()) else { return };
        let (message, channel) = (event.id.get(), event.channel_id.get());
        let asked = Asked {
            message,
            channel,
            guild: event.guild_id.map(GuildId::get),
            author: author.id.get(),
            text,
            about: None,
            heard: Instant::now(),
        };
        self.take(discord(&ctx), asked, Step::Edited, false);
    }

    async fn message_delete(&self, ctx: Context, channel: ChannelId, message: MessageId, _: Option<GuildId>) {
        locked(&self.shared.passive).gone(channel.get(), message.get());
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        messages::deleted(&self.shared, &discord(&ctx), channel.get(), message.get()).await;
    }

    async fn message_delete_bulk(&self, ctx: Context, channel: ChannelId, all: Vec<MessageId>, guild: Option<GuildId>) {
        for message in all {
            self.message_delete(ctx.clone(), channel, message, guild).await;
        }
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        left::channel(&self.shared, channel.guild_id.get(), channel.id.get()).await;
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        left::channel(&self.shared, thread.guild_id.get(), thread.id.get()).await;
    }

    async fn guild_create(&self, _: Context, guild: Guild, is_new: Option<bool>) {
        if is_new == Some(true) {
            tracing::info!(guild = guild.id.get(), "invited to a server");
        }
    }

    async fn guild_delete(&self, ctx: Context, gone: UnavailableGuild, _: Option<Guild>) {
        // Unavailable: an outage, not a farewell.
        if !gone.unavailable {
            let bot = ctx.cache.current_user().id.get();
            left::server(&self.shared, bot, gone.id.get()).await;
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let id = match &interaction {
            Interaction::Command(used) | Interaction::Autocomplete(used) => used.id,
            Interaction::Component(used) => used.id,
            Interaction::Modal(used) => used.id,
            _ => return,
        };
        if !self.shared.is_new(id.get()) {
            return;
        }
        let Ok(_under_way) = self.under_way.acquire().await else { return };
        let answering = async {
            match &interaction {
                Interaction::Command(used) => self.command(&ctx, used).await,
                Interaction::Autocomplete(typing) => self.complete(&ctx, typing).await,
                Interaction::Component(used) => self.press(&ctx, used).await,
                Interaction::Modal(used) => self.form(&ctx, used).await,
                _ => {}
            }
        };
        answering.instrument(error_span!("question", request = id.get())).await;
    }
}
