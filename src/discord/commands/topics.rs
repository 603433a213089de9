//! `/topics [story]`: everything on the record, topic by topic; a menu to choose, buttons to turn.

use serenity::all::{CommandData, CommandType};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::Local;
use super::{Command, Manner, Used, stories};
use crate::answer::{TopicChoice, shortened};
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{Body, Choice, OPTION, OPTIONS, Outgoing, Row};
use crate::discord::phrases::filled;
use crate::discord::press::Press;
use crate::matcher::Scope;

/// A message has five rows; two menus leave three for buttons.
const MENUS: usize = 2;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("topics", "themen", "temas"),
    about: Local::new(
        "Browse what is on the record, topic by topic.",
        "Stöbere in dem, was belegt ist, Thema für Thema.",
        "Explora lo que consta, tema por tema.",
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
        let topics = asking.engine.topics(scope);
        if topics.is_empty() {
            return Outgoing::notice(asking.said.no_topics);
        }
        Outgoing { body: Body::Text(asking.said.topics.to_owned()), rows: menus(asking, &topics, ""), private: true }
    }
    .boxed()
}

/// The menus above the buttons of a topic's page; any other page stays as it is.
pub(in crate::discord) fn with_menu(asking: &Asking<'_>, code: &str, page: Outgoing) -> Outgoing {
    let topics = asking.engine.topics(Scope::All);
    if !topics.iter().any(|topic| topic.code == code) {
        return page;
    }
    let rows = menus(asking, &topics, code).into_iter().chain(page.rows).collect();
    Outgoing { rows, ..page }
}

fn menus(asking: &Asking<'_>, topics: &[TopicChoice], chosen: &str) -> Vec<Row> {
    let is_several = topics.windows(2).any(|pair| pair.first().map(|t| &t.story) != pair.last().map(|t| &t.story));
    let choice = |topic: &TopicChoice| {
        let items = filled(asking.said.items, &[&topic.items.to_string()]);
        let about = if is_several { format!("{items} · {}", topic.story) } else { items };
        Choice {
            label: shortened(&topic.name, OPTION),
            value: topic.code.clone(),
            about: Some(shortened(&about, OPTION)),
            chosen: topic.code == chosen,
        }
    };
    let menu = |(n, part): (usize, &[TopicChoice])| Row::Menu {
        press: Press::Topics(n),
        placeholder: asking.said.choose_topic,
        options: part.iter().map(choice).collect(),
    };
    topics.chunks(OPTIONS).take(MENUS).enumerate().map(menu).collect()
}
