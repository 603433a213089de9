//! The message command *Answer this*: the answer to a chosen message, with a link to it.

use serenity::all::{CommandData, CommandType, ResolvedTarget};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::local::Local;
use super::{Command, Manner, Used, no_options, offers_nothing};
use crate::answer::State;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::Outgoing;
use crate::discord::phrases::filled;
use crate::matcher::Scope;
use crate::text::without_tags;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::Message,
    name: Local::new("Answer this", "Beantworten", "Responder"),
    about: Local::new("", "", ""),
    options: no_options,
    used: Used::Everywhere,
    manner: Manner::Asks,
    run,
    complete: offers_nothing,
};

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let Some(ResolvedTarget::Message(message)) = data.target() else {
            return Outgoing::notice(asking.said.empty_message);
        };
        let text = without_tags(&message.content);
        if text.trim().is_empty() {
            return Outgoing::notice(asking.said.empty_message);
        }
        let place = asking.who.guild.map_or_else(|| "@me".to_owned(), |id| id.to_string());
        let link = format!("https://discord.com/channels/{place}/{}/{}", asking.who.channel, message.id);
        let head = filled(asking.said.about_message, &[&link]);
        // Somebody else's words: read by themselves, and never kept.
        let spoken = asking.engine.talk_as(asking.asker(Scope::All), text.trim(), &State::default());
        asking.say(spoken, false, Some(&head))
    }
    .boxed()
}
