//! `/ask question [story] [private]`: one question, one reply.

use serenity::all::{CommandData, CommandOptionType, CommandType, CreateCommand};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::{Local, option};
use super::{Command, Manner, Used, stories};
use crate::answer::{Suggestion, item_key, shortened};
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{OPTION, OPTIONS, Outgoing};
use crate::matcher::Scope;
use crate::store::Reason;

/// Longer is no question; Discord itself would let 6,000 pass.
const QUESTION: u16 = 500;
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
        .add_option(stories::story())
        .add_option(option(CommandOptionType::Boolean, Local::new("private", "privat", "privado"), private))
}

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let given = Given::new(data.options());
        let scope = match stories::scope(asking, &given) {
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

fn complete(asking: &Asking<'_>, given: &Given<'_>) -> Vec<(String, String)> {
    let Some((option, typed)) = given.typed() else { return Vec::new() };
    if option == stories::NAME {
        return stories::offered(&asking.engine, typed);
    }
    let scope = stories::scope(asking, given).unwrap_or(Scope::All);
    let offered = asking.engine.completions(typed, scope, OPTIONS);
    let choice = |s: Suggestion| {
        // A question of an editor's finds its own item; anything else goes by the item's key.
        let is_question = s.text.encode_utf16().count() <= OPTION && asking.engine.has_question(&s);
        let value = if is_question { s.text.clone() } else { format!("{KEY}{}", item_key(&s.story, &s.id)) };
        (shortened(&s.text, OPTION), value)
    };
    offered.into_iter().map(choice).collect()
}
