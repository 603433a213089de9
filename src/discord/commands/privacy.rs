//! `/privacy`: what is read, what is kept, for how long.

use serenity::all::{CommandData, CommandType};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::local::Local;
use super::{Command, Manner, Used, no_options, offers_nothing};
use crate::discord::interactions::Asking;
use crate::discord::outgoing::Outgoing;
use crate::discord::phrases::filled;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("privacy", "datenschutz", "privacidad"),
    about: Local::new(
        "What I keep of what you ask.",
        "Was ich von deinen Fragen speichere.",
        "Qué guardo de lo que preguntas.",
    ),
    options: no_options,
    used: Used::Everywhere,
    manner: Manner::Tells,
    run,
    complete: offers_nothing,
};

fn run<'a>(asking: &'a Asking<'a>, _: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let server = asking.who.server.map(|id| asking.shared.settings.of(id)).filter(|server| server.collects);
        let kept = match server {
            Some(server) => filled(asking.said.privacy_kept, &[&server.keep_days.to_string()]),
            None => asking.said.privacy_not_kept.to_owned(),
        };
        let logged = if asking.shared.log_text { asking.said.privacy_log_text } else { asking.said.privacy_log };
        Outgoing::notice(filled(asking.said.privacy, &[logged, &kept]))
    }
    .boxed()
}
