//! The option `story`, the same in every command that has it: which stories there are, and which one was named.

use serenity::all::{CommandOptionType, CreateCommand, CreateCommandOption};

use super::given::Given;
use super::local::{Local, option};
use crate::answer::{Engine, shortened};
use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{OPTION, OPTIONS, Outgoing};
use crate::knowledge::Story;
use crate::matcher::Scope;

/// As the interaction names it.
pub(super) const NAME: &str = "story";
/// Ids have at most 32 characters; what is longer is told so by the answer, not by a silent client.
const LETTERS: u16 = 100;
/// Stories named where the id is unknown.
const NAMED: usize = 10;

/// The option itself.
pub(super) fn story() -> CreateCommandOption {
    let about = Local::new(
        "Which story, where there are several.",
        "Welcher Bericht, wo es mehrere gibt.",
        "Qué noticia, donde hay varias.",
    );
    option(CommandOptionType::String, Local::new(NAME, "bericht", "noticia"), about)
        .max_length(LETTERS)
        .set_autocomplete(true)
}

/// Of a command without any other option.
pub(super) fn only(command: CreateCommand) -> CreateCommand {
    command.add_option(story())
}

/// What such a command completes.
pub(super) fn complete(asking: &Asking<'_>, given: &Given<'_>) -> Vec<(String, String)> {
    given.typed().map(|(_, typed)| offered(&asking.engine, typed)).unwrap_or_default()
}

/// Stories whose id or title holds what is typed.
pub(super) fn offered(engine: &Engine, typed: &str) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    let fits = |story: &&Story| story.id.as_str().contains(&typed) || story.title.to_lowercase().contains(&typed);
    let choice = |story: &Story| (shortened(&story.title, OPTION), story.id.to_string());
    engine.stories().iter().filter(fits).take(OPTIONS).map(choice).collect()
}

/// The scope of the story that was named; else a notice that names those there are.
pub(super) fn scope(asking: &Asking<'_>, given: &Given<'_>) -> Result<Scope, Outgoing> {
    let Some(id) = given.text(NAME).map(str::to_lowercase) else { return Ok(Scope::All) };
    asking.engine.scope_of(&id).ok_or_else(|| unknown(asking, &asking.engine))
}

/// Names the stories there are.
pub(super) fn unknown(asking: &Asking<'_>, engine: &Engine) -> Outgoing {
    let row = |story: &Story| format!("- `{}`: {}", story.id, escape(&story.title));
    let rows: Vec<String> = engine.stories().iter().take(NAMED).map(row).collect();
    Outgoing::notice(format!("{}\n{}", asking.said.no_story, rows.join("\n")))
}
