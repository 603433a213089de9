//! `/quote [speaker] [about]`: verbatim quotes, page by page.

use serenity::all::{CommandData, CommandOptionType, CommandType, CreateCommand};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::{Local, option};
use super::{Command, Manner, Used};
use crate::answer::{Speaker, shortened};
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{OPTION, OPTIONS, Outgoing};
use crate::matcher::Scope;

/// A name or a few words.
const TYPED: u16 = 100;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("quote", "zitat", "cita"),
    about: Local::new(
        "Verbatim quotes, of one speaker or about one thing.",
        "Wörtliche Zitate, von einer Person oder zu einer Sache.",
        "Citas literales, de una persona o sobre un asunto.",
    ),
    options,
    used: Used::Everywhere,
    manner: Manner::Asks,
    run,
    complete,
};

fn options(command: CreateCommand) -> CreateCommand {
    let speaker = Local::new("Whose words?", "Wessen Worte?", "¿De quién?");
    let about = Local::new("About what?", "Worüber?", "¿Sobre qué?");
    command
        .add_option(
            option(CommandOptionType::String, Local::new("speaker", "person", "persona"), speaker)
                .max_length(TYPED)
                .set_autocomplete(true),
        )
        .add_option(
            option(CommandOptionType::String, Local::new("about", "thema", "asunto"), about)
                .max_length(TYPED)
                .set_autocomplete(true),
        )
}

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let given = Given::new(data.options());
        let (asker, about) = (asking.asker(Scope::All), given.text("about").unwrap_or_default());
        let Some(speaker) = given.text("speaker") else {
            return asking.say(asking.engine.quotes(asker, None, about), false, None);
        };
        let known = asking.engine.speakers(Scope::All);
        let meant = known.iter().find(|s| s.key == speaker || s.name.eq_ignore_ascii_case(speaker));
        match meant {
            Some(meant) => asking.say(asking.engine.quotes(asker, Some(&meant.key), about), false, None),
            // A name as people type it: the engine knows aliases and slips.
            None => {
                let matter = if about.is_empty() { String::new() } else { format!(" about {about}") };
                let asked = format!("quotes by {speaker}{matter}");
                asking.say(asking.engine.talk_as(asker, &asked, &Default::default()), false, None)
            }
        }
    }
    .boxed()
}

fn complete(asking: &Asking<'_>, given: &Given<'_>) -> Vec<(String, String)> {
    let Some((option, typed)) = given.typed() else { return Vec::new() };
    let typed = typed.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&typed);
    let offered: Vec<(String, String)> = match option {
        "speaker" => {
            let choice = |s: Speaker| (shortened(&s.name, OPTION), s.key);
            asking.engine.speakers(Scope::All).into_iter().filter(|s| holds(&s.name)).map(choice).collect()
        }
        _ => {
            let choice = |name: String| (shortened(&name, OPTION), shortened(&name, OPTION));
            let topics = asking.engine.topics(Scope::All).into_iter().map(|topic| topic.name);
            topics.filter(|name| holds(name)).map(choice).collect()
        }
    };
    offered.into_iter().take(OPTIONS).collect()
}
