//! The real serenity against the sandbox, unmodified: everything a bot does must pass without a violation.

use std::sync::Arc;

use discord_sandbox::{ChannelKind, Clock, Elsewhere, Fault, Sandbox, Via, World, small};
use serde_json::json;
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ButtonStyle, ChannelId, Client, Command, CommandInteraction,
    CommandOptionType, ComponentInteraction, ComponentInteractionDataKind, Context, CreateActionRow,
    CreateAllowedMentions, CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, EventHandler, GatewayIntents, GuildId, HttpBuilder, InputTextStyle, Interaction, Message,
    MessageReference, MessageType, ModalInteraction, Nonce, Permissions, Ready, UserId, async_trait,
};
use tokio::task::JoinHandle;

struct Bot;

fn silent() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn more() -> Vec<CreateActionRow> {
    let button = |id: &str| CreateButton::new(id).label(id).style(ButtonStyle::Secondary);
    let options = ["a", "b"].map(|value| CreateSelectMenuOption::new(value, value)).to_vec();
    let pick = CreateSelectMenu::new("pick", CreateSelectMenuKind::String { options });
    vec![CreateActionRow::Buttons(vec![button("more"), button("suggest")]), CreateActionRow::SelectMenu(pick)]
}

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, ctx: Context, _: Ready) {
        let option = CreateCommandOption::new(CommandOptionType::String, "question", "What to ask")
            .required(true)
            .set_autocomplete(true);
        let ask = CreateCommand::new("ask").description("Asks a question").add_option(option);
        let settings = CreateCommand::new("settings")
            .description("Settings")
            .default_member_permissions(Permissions::MANAGE_GUILD);
        let this = CreateCommand::new("Answer this").kind(serenity::all::CommandType::Message);
        Command::set_global_commands(&ctx.http, vec![ask, settings, this]).await.unwrap();
    }

    async fn message(&self, ctx: Context, message: Message) {
        let ordinary = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
        if message.author.bot || !ordinary {
            return;
        }
        let reference = MessageReference::from((message.channel_id, message.id)).fail_if_not_exists(false);
        let reply = CreateMessage::new()
            .content(format!("You said: {}", message.content))
            .embed(CreateEmbed::new().title("Noon").field("When", "At noon", true))
            .components(more())
            .allowed_mentions(silent())
            .nonce(Nonce::String(message.id.to_string()))
            .enforce_nonce(true)
            .reference_message(reference);
        // A refusal is what some tests are about.
        let _ = message.channel_id.send_message(&ctx.http, reply).await;
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) if command.data.name == "ask" => deferred(&ctx, &command).await,
            Interaction::Command(command) => direct(&ctx, &command).await,
            Interaction::Autocomplete(typed) => {
                let choices = vec![AutocompleteChoice::new("When does it open?", "id-1")];
                let answer = CreateAutocompleteResponse::new().set_choices(choices);
                typed.create_response(&ctx.http, CreateInteractionResponse::Autocomplete(answer)).await.unwrap();
            }
            Interaction::Component(pressed) if pressed.data.custom_id == "suggest" => open(&ctx, &pressed).await,
            Interaction::Modal(modal) => submitted(&ctx, &modal).await,
            Interaction::Component(pressed) => update(&ctx, &pressed).await,
            _ => {}
        }
    }
}

async fn deferred(ctx: &Context, command: &CommandInteraction) {
    let defer = CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true));
    command.create_response(&ctx.http, defer).await.unwrap();
    let edit = EditInteractionResponse::new().content("At noon.").allowed_mentions(silent());
    command.edit_response(&ctx.http, edit).await.unwrap();
    let next = CreateInteractionResponseFollowup::new().content("Bring a hat.").allowed_mentions(silent());
    command.create_followup(&ctx.http, next).await.unwrap();
}

async fn direct(ctx: &Context, command: &CommandInteraction) {
    let target = command.data.resolved.messages.values().next();
    let text = target.map_or("Nothing to set.", |message| message.content.as_str());
    let message = CreateInteractionResponseMessage::new().content(text).allowed_mentions(silent()).components(more());
    command.create_response(&ctx.http, CreateInteractionResponse::Message(message)).await.unwrap();
}

async fn update(ctx: &Context, pressed: &ComponentInteraction) {
    let text = match &pressed.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.concat(),
        _ => "More.".to_owned(),
    };
    let message = CreateInteractionResponseMessage::new().content(text).allowed_mentions(silent());
    pressed.create_response(&ctx.http, CreateInteractionResponse::UpdateMessage(message)).await.unwrap();
}

async fn open(ctx: &Context, pressed: &ComponentInteraction) {
    let input = CreateInputText::new(InputTextStyle::Short, "What is missing?", "text").max_length(10);
    let modal = CreateModal::new("suggestion", "Suggest").components(vec![CreateActionRow::InputText(input)]);
    pressed.create_response(&ctx.http, CreateInteractionResponse::Modal(modal)).await.unwrap();
}

async fn submitted(ctx: &Context, modal: &ModalInteraction) {
    let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0] else {
        panic!("no text input: {:?}", modal.data);
    };
    let text = format!("{} in {}", input.value.as_deref().unwrap(), modal.locale);
    let message = CreateInteractionResponseMessage::new().content(text).allowed_mentions(silent()).ephemeral(true);
    modal.create_response(&ctx.http, CreateInteractionResponse::Message(message)).await.unwrap();
}

struct Running {
    sandbox: Sandbox,
    cache: Arc<serenity::cache::Cache>,
    task: JoinHandle<serenity::Result<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn client(sandbox: &Sandbox, intents: GatewayIntents) -> Client {
    let http = HttpBuilder::new(small::TOKEN).proxy(sandbox.api_base()).ratelimiter_disabled(true).build();
    serenity::client::ClientBuilder::new_with_http(http, intents).event_handler(Bot).await.unwrap()
}

async fn run(intents: GatewayIntents) -> Running {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let mut client = client(&sandbox, intents).await;
    let cache = Arc::clone(&client.cache);
    let task = tokio::spawn(async move { client.start().await });
    sandbox.connected().await;
    sandbox.registered().await;
    Running { sandbox, cache, task }
}

fn usual() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES
}

fn assert_clean(sandbox: &Sandbox) {
    let violations: Vec<String> = sandbox.violations().iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{violations:#?}");
    assert!(sandbox.refusals().is_empty(), "{:?}", sandbox.refusals());
}

#[tokio::test]
async fn messages_are_answered_in_guilds_threads_and_dms() {
    let bot = run(usual()).await;
    let sandbox = &bot.sandbox;
    let asked = [
        sandbox.mention(small::GENERAL, small::ADA, "When?"),
        sandbox.mention(small::THREAD, small::BEN, "When?"),
        sandbox.mention(small::OTHER_GENERAL, small::ADA, "When?"),
        sandbox.dm(small::ADA, "When?"),
    ];
    for question in asked {
        let answer = sandbox.answer_to(question).await;
        assert_eq!(answer.via, Via::Message);
        assert!(answer.content().ends_with("When?"), "{}", answer.content());
    }
    // What must be ignored comes first, then a marker whose answer is waited for.
    let ignored = sandbox.post(small::GENERAL, small::OTHER_BOT, "beep");
    let marker = sandbox.mention(small::GENERAL, small::BEN, "marker");
    sandbox.answer_to(marker).await;
    assert!(sandbox.replies_to(ignored).is_empty());
    assert_clean(sandbox);
}

#[tokio::test]
async fn commands_autocompletion_and_buttons_are_answered() {
    let bot = run(usual()).await;
    let sandbox = &bot.sandbox;
    assert_eq!((sandbox.commands().len(), sandbox.registrations()), (3, 1));
    for channel in [small::GENERAL, sandbox.dm_channel(small::ADA)] {
        let typed = sandbox.autocomplete(channel, small::ADA, "ask", &json!({"question": "Wh"}), "question");
        assert_eq!(sandbox.answer_to(typed.id).await.data()["choices"][0]["value"], "id-1");
        let ask = sandbox.slash(channel, small::ADA, "ask", &json!({"question": "When?"}));
        let answer = sandbox.answer_to(ask.id).await;
        assert_eq!((answer.via, answer.content()), (Via::EditOriginal, "At noon."));
    }
    let question = sandbox.post(small::GENERAL, small::BEN, "hidden without the intent");
    let command = sandbox.message_command(small::ADA, "Answer this", question);
    let answer = sandbox.answer_to(command.id).await;
    assert_eq!((answer.via, answer.content()), (Via::Callback(4), "hidden without the intent"));
    let pressed = sandbox.button(small::BEN, answer.message.unwrap(), "more");
    assert_eq!(sandbox.answer_to(pressed.id).await.via, Via::Callback(7));
    assert_eq!(sandbox.message(answer.message.unwrap()).unwrap()["content"], "More.");
    assert_clean(sandbox);
}

#[tokio::test]
async fn selects_and_modals_are_answered() {
    let bot = run(usual()).await;
    let sandbox = &bot.sandbox;
    let question = sandbox.mention(small::GENERAL, small::ADA, "When?");
    let message = sandbox.answer_to(question).await.message.unwrap();
    let picked = sandbox.select(small::BEN, message, "pick", &["b"]);
    assert_eq!(sandbox.answer_to(picked.id).await.content(), "b");
    let message = sandbox.answer_to(sandbox.mention(small::GENERAL, small::ADA, "And?")).await.message.unwrap();
    sandbox.as_speaking(small::BEN, "de");
    let pressed = sandbox.button(small::BEN, message, "suggest");
    assert_eq!(sandbox.answer_to(pressed.id).await.via, Via::Callback(9));
    let modal = sandbox.submit(small::BEN, &pressed, &json!({"text": "the year"}));
    assert_eq!(sandbox.answer_to(modal.id).await.content(), "the year in de");
    let elsewhere = sandbox.slash_elsewhere(Elsewhere::Group, small::BEN, "ask", &json!({"question": "When?"}));
    assert_eq!(sandbox.answer_to(elsewhere.id).await.content(), "At noon.");
    assert_clean(sandbox);
}

#[tokio::test]
async fn what_is_unknown_and_what_happens_to_places_does_not_stop_the_client() {
    let bot = run(usual()).await;
    let sandbox = &bot.sandbox;
    sandbox.inject(Fault::UnknownEvents);
    sandbox.outage(small::OTHER_GUILD);
    sandbox.invite_bot(small::OTHER_GUILD);
    sandbox.delete_channel(small::NO_EMBEDS);
    let (thread, post) = sandbox.forum_post(small::FORUM, small::ADA, "Pier", &format!("<@{}> When?", small::BOT));
    let answer = sandbox.answer_to(post).await;
    assert_eq!(answer.channel, thread);
    sandbox.remove_bot(small::OTHER_GUILD);
    sandbox.answer_to(sandbox.dm(small::ADA, "after it all")).await;
    assert!(bot.cache.guild(GuildId::new(small::OTHER_GUILD.0)).is_none());
    assert_clean(sandbox);
}

#[tokio::test]
async fn the_cache_computes_the_permissions_of_the_world() {
    let bot = run(usual()).await;
    let marker = bot.sandbox.dm(small::ADA, "after the guilds");
    bot.sandbox.answer_to(marker).await;
    for guild in World::small().guilds {
        let cached = bot.cache.guild(GuildId::new(guild.id.0)).unwrap();
        let member = &cached.members[&UserId::new(small::BOT.0)];
        for channel in guild.channels {
            if matches!(channel.kind, ChannelKind::Thread { .. }) {
                continue;
            }
            let known = &cached.channels[&ChannelId::new(channel.id.0)];
            let found = cached.user_permissions_in(known, member).bits();
            let hidden = channel.permissions & (1 << 10) == 0;
            assert!(hidden || found == channel.permissions, "{}: {found:b}", channel.name);
        }
    }
}

#[tokio::test]
async fn a_missing_permission_is_a_refusal_and_no_violation() {
    let bot = run(usual()).await;
    bot.sandbox.mention(small::READ_ONLY, small::ADA, "When?");
    bot.sandbox.refused(1).await;
    bot.sandbox.mention(small::NO_EMBEDS, small::ADA, "When?");
    bot.sandbox.refused(2).await;
    let codes: Vec<_> = bot.sandbox.refusals().iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes, [50013, 50013]);
    assert!(bot.sandbox.violations().is_empty());
}

#[tokio::test]
async fn a_broken_connection_is_resumed_and_nothing_is_lost() {
    let bot = run(usual()).await;
    let sandbox = &bot.sandbox;
    for (times, fault) in [Fault::CloseGateway(4000), Fault::Reconnect, Fault::DropGateway].into_iter().enumerate() {
        sandbox.inject(fault);
        let question = sandbox.dm(small::ADA, "Still there?");
        sandbox.answer_to(question).await;
        sandbox.resumed(times + 1).await;
    }
    assert_eq!(sandbox.identifies(), 1);
    assert_clean(sandbox);
}

#[tokio::test]
async fn a_duplicated_message_makes_one_reply_by_its_nonce() {
    let bot = run(usual()).await;
    bot.sandbox.inject(Fault::DuplicateNextEvent);
    let question = bot.sandbox.dm(small::ADA, "Once?");
    let marker = bot.sandbox.dm(small::ADA, "Marker");
    bot.sandbox.answer_to(marker).await;
    bot.sandbox.answer_to(question).await;
    assert_eq!(bot.sandbox.replies_to(question).len(), 1);
    assert_clean(&bot.sandbox);
}

#[tokio::test]
async fn what_the_portal_does_not_allow_ends_the_client() {
    let world = World { message_content: false, ..World::small() };
    let sandbox = Sandbox::start(world, Clock::new()).await.unwrap();
    let mut client = client(&sandbox, usual() | GatewayIntents::MESSAGE_CONTENT).await;
    assert!(client.start().await.is_err());
    assert_eq!(sandbox.refusals()[0].code, 4014);
    assert_eq!(sandbox.identifies(), 1);
}
