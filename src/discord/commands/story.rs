//! `/story [story]`: what a story is about, where it is from, what it can answer.

use serenity::all::{CommandData, CommandType};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::Local;
use super::{Command, Manner, Used, stories};
use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::Outgoing;
use crate::discord::phrases::filled;
use crate::knowledge::Story;
use crate::matcher::Scope;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("story", "bericht", "noticia"),
    about: Local::new(
        "What the story is about, its source, and what I can answer.",
        "Worum es geht, die Quelle, und was ich beantworten kann.",
        "De qué trata la noticia, su fuente y qué puedo responder.",
    ),
    options: stories::only,
    used: Used::Everywhere,
    manner: Manner::Asks,
    run,
    complete: stories::complete,
};

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let given = Given::new(data.options());
        let scope = match stories::scope(asking, &given) {
            Ok(scope) => scope,
            Err(notice) => return notice,
        };
        let is_meant = |n: usize| scope == Scope::All || scope == Scope::Story(n);
        let meant = asking.engine.stories().iter().enumerate().filter(|(n, _)| is_meant(*n)).map(|(_, story)| story);
        let heads: Vec<String> = meant.map(|story| head(asking, story)).collect();
        let summary = asking.engine.summary(asking.asker(scope));
        asking.show(asking.who.user, &summary, true, Some(&heads.join("\n")))
    }
    .boxed()
}

/// Title and size.
fn head(asking: &Asking<'_>, story: &Story) -> String {
    let counts = [story.facts.len().to_string(), story.quotes.len().to_string()];
    let [facts, quotes] = &counts;
    format!("**{}** — {}", escape(&story.title), filled(asking.said.facts_and_quotes, &[facts, quotes]))
}
