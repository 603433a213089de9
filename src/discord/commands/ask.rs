//! `/ask question [story] [private]`: one question, one reply.

use serenity::all::{CommandData, CommandOptionType, CommandType, CreateCommand};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::{Local, option};
use super::{Command, Manner, Used};
use crate::answer::{Engine, Suggestion, item_key, shortened};
use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{OPTION, OPTIONS, Outgoing};
use crate::knowledge::Story;
use crate::matcher::Scope;
use crate::store::Reason;

/// Longer is no question; Discord itself would let 6,000 pass.
const QUESTION: u16 = 500;
/// Ids have at most 32 characters; what is longer is told so by the answer, not by a silent client.
const STORY: u16 = 100;
/// Stories named where the id is unknown.
const NAMED: usize = 10;
/// In front of the key of an item, where its question is too long for a value. Nobody asks like that.
const KEY: char = '=';

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("ask", "frag", "preguntar"),
    about: Local::new(
        "Ask about the story; the answer is a sourced sentence, or that the story doesn't say.",
        "Frag zum Bericht; die Antwort ist ein belegter Satz, oder dass dazu nichts darin steht.",
        "Pregunta por la noticia; la respuesta es una frase con fuente, o que la noticia no lo dice.",
    ),
    options,
    used: Used::Everywhere,
    manner: Manner::Asks,
    run,
    complete,
};

/// `story`, the same in every command that has it.
pub(super) fn story_option() -> serenity::all::CreateCommandOption {
    let about = Local::new(
        "Which story, where there are several.",
        "Welcher Bericht, wo es mehrere gibt.",
        "Qué noticia, donde hay varias.",
    );
    option(CommandOptionType::String, Local::new("story", "bericht", "noticia"), about)
        .max_length(STORY)
        .set_autocomplete(true)
}

fn options(command: CreateCommand) -> CreateCommand {
    let question = Local::new("What do you want to know?", "Was möchtest du wissen?", "¿Qué quieres saber?");
    let private = Local::new("Only you see the answer.", "Nur du siehst die Antwort.", "Solo tú ves la respuesta.");
    command
        .add_option(
            option(CommandOptionType::String, Local::new("question", "frage", "pregunta"), question)
                .required(true)
                .max_length(QUESTION)
                .set_autocomplete(true),
        )
        .add_option(story_option())
        .add_option(option(CommandOptionType::Boolean, Local::new("private", "privat", "privado"), private))
}

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let given = Given::new(data.options());
        let scope = match scope(asking, given.text("story")) {
            Ok(scope) => scope,
            Err(notice) => return notice,
        };
        let private = given.switch("private").unwrap_or(false);
        let question = given.text("question").unwrap_or_default();
        asking.heard(question);
        let asker = asking.asker(scope);
        let offered = question.strip_prefix(KEY).and_then(|key| asking.engine.item_by_key(asker, key));
        let spoken = offered.unwrap_or_else(|| asking.engine.talk_as(asker, question, &asking.before()));
        if spoken.0.is_unanswered() {
            asking.note(question, Reason::Unanswered, None);
        }
        asking.say(spoken, private, None)
    }
    .boxed()
}

/// The scope of the story that was named; else a notice that names those there are.
pub(super) fn scope(asking: &Asking<'_>, story: Option<&str>) -> Result<Scope, Outgoing> {
    let Some(id) = story.map(str::to_lowercase) else { return Ok(Scope::All) };
    asking.engine.scope_of(&id).ok_or_else(|| no_story(asking, &asking.engine))
}

/// Names the stories there are.
pub(super) fn no_story(asking: &Asking<'_>, engine: &Engine) -> Outgoing {
    let row = |story: &Story| format!("- `{}`: {}", story.id, escape(&story.title));
    let rows: Vec<String> = engine.stories().iter().take(NAMED).map(row).collect();
    Outgoing::notice(format!("{}\n{}", asking.said.no_story, rows.join("\n")))
}

fn complete(asking: &Asking<'_>, given: &Given<'_>) -> Vec<(String, String)> {
    let Some((option, typed)) = given.typed() else { return Vec::new() };
    if option == "story" {
        return stories(&asking.engine, typed);
    }
    let scope = given.text("story").and_then(|id| asking.engine.scope_of(&id.to_lowercase())).unwrap_or(Scope::All);
    let offered = asking.engine.completions(typed, scope, OPTIONS);
    let choice = |s: Suggestion| {
        // A question of an editor's finds its own item; anything else goes by the item's key.
        let is_question = s.text.encode_utf16().count() <= OPTION && asking.engine.has_question(&s);
        let value = if is_question { s.text.clone() } else { format!("{KEY}{}", item_key(&s.story, &s.id)) };
        (shortened(&s.text, OPTION), value)
    };
    offered.into_iter().map(choice).collect()
}

/// Stories whose id or title holds what is typed.
pub(super) fn stories(engine: &Engine, typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    let fits = |story: &&Story| story.id.as_str().contains(&typed) || story.title.to_lowercase().contains(&typed);
    let choice = |story: &Story| (shortened(&story.title, OPTION), story.id.to_string());
    engine.stories().iter().filter(fits).take(OPTIONS).map(choice).collect()
}
