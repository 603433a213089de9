//! `/ask question [story] [private]`: one question, one reply.

use serenity::all::{
    CommandInteraction, CommandOptionType, CreateCommand, CreateCommandOption, CreateInteractionResponseMessage,
    Permissions, ResolvedOption, ResolvedValue,
};

use crate::answer::{Asker, Engine};
use crate::discord::conversations::Conversations;
use crate::discord::{deliver, escape::escape, phrases};
use crate::matcher::Scope;

/// Longer is no question; Discord itself would let 6,000 pass.
const QUESTION: u16 = 500;
/// Ids have at most 32 characters; what is longer is told so by the answer, not by a silent client.
const STORY: u16 = 100;
/// Stories named where the id is unknown.
const NAMED: usize = 10;

pub(super) fn register(command: CreateCommand) -> CreateCommand {
    let option = |kind, name, about| CreateCommandOption::new(kind, name, about);
    command
        .description("Ask about the story; the answer is a sourced sentence, or that the story doesn't say.")
        .add_option(
            option(CommandOptionType::String, "question", "What do you want to know?")
                .required(true)
                .max_length(QUESTION),
        )
        .add_option(
            option(CommandOptionType::String, "story", "The id of a story, where there are several.").max_length(STORY),
        )
        .add_option(option(CommandOptionType::Boolean, "private", "Only you see the answer."))
}

pub(super) fn run(used: &CommandInteraction, conversations: &Conversations) -> CreateInteractionResponseMessage {
    let options = used.data.options();
    let engine = &conversations.engine;
    let scope = match text(&options, "story").map(|id| id.trim().to_lowercase()).filter(|id| !id.is_empty()) {
        None => Scope::All,
        Some(id) => match engine.scope_of(&id) {
            Some(scope) => scope,
            None => return deliver::notice(no_story(engine)),
        },
    };
    let asker = Asker::new(scope, &used.locale);
    let question = text(&options, "question").unwrap_or_default();
    let reply = conversations.reply(used.channel_id.get(), used.user.id.get(), asker, question);
    let private = options.iter().any(|o| o.name == "private" && matches!(o.value, ResolvedValue::Boolean(true)));
    tracing::info!(
        interaction = used.id.get(),
        guild = used.guild_id.map(|id| id.get()),
        outcome = reply.outcome.as_str(),
        confidence = reply.confidence.get(),
        "answered a command"
    );
    let embed_allowed = used.app_permissions.is_none_or(|known| known.contains(Permissions::EMBED_LINKS));
    deliver::response(&reply, embed_allowed, private)
}

fn text<'a>(options: &'a [ResolvedOption<'a>], name: &str) -> Option<&'a str> {
    options.iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::String(text) => Some(text),
        _ => None,
    })
}

fn no_story(engine: &Engine) -> String {
    let row = |story: &crate::knowledge::Story| format!("- `{}`: {}", story.id, escape(&story.title));
    let rows: Vec<String> = engine.stories().iter().take(NAMED).map(row).collect();
    format!("{}\n{}", phrases::NO_STORY, rows.join("\n"))
}
