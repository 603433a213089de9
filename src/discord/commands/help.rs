//! `/help`: how to ask, with examples.

use serenity::all::{CommandData, CommandType};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::local::Local;
use super::{Command, Manner, Used, no_options, offers_nothing};
use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::Outgoing;
use crate::discord::phrases::filled;
use crate::matcher::Scope;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("help", "hilfe", "ayuda"),
    about: Local::new(
        "How to ask me, with examples.",
        "Wie man mich fragt, mit Beispielen.",
        "Cómo preguntarme, con ejemplos.",
    ),
    options: no_options,
    used: Used::Everywhere,
    manner: Manner::Tells,
    run,
    complete: offers_nothing,
};

fn run<'a>(asking: &'a Asking<'a>, _: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let featured = asking.engine.featured(Scope::All).into_iter().next();
        let example = featured.map_or_else(String::new, |suggestion| escape(&suggestion.text));
        Outgoing::notice(filled(asking.said.help, &[&example]))
    }
    .boxed()
}
