//! What is said about the bot, the article and the story as a whole.

use super::asker::Asker;
use super::engine::Engine;
use super::phrases::{Phrases, filled};
use super::reply::{Band, Outcome, Reply};
use super::smalltalk::Talk;
use crate::knowledge::{Fact, ItemIx, Part, Person, Place, Story};
use crate::matcher::{Confidence, Found};

impl Engine {
    /// What the stories in scope are about, with their sources.
    pub fn summary(&self, asker: Asker) -> Reply {
        self.told(Talk::Summary, asker)
    }

    /// The reply to small talk.
    pub(super) fn small_talk(&self, talk: Talk, asker: Asker) -> Reply {
        if talk == Talk::Author { self.author(asker) } else { self.told(talk, asker) }
    }

    /// Who wrote the article: the fact that rests on its byline, else what the source names.
    fn author(&self, asker: Asker) -> Reply {
        let byline = |fact: &Fact| fact.citations.first().place == Some(Place::Part(Part::Byline));
        let in_scope = self.in_scope(asker.scope);
        let found = in_scope.filter_map(|(story, s)| {
            let item = ItemIx::Fact(s.facts.iter().position(byline)?);
            Some((Found { story, item }, Confidence::new(1.0)))
        });
        let is_one = self.in_scope(asker.scope).count() == 1;
        match found.collect::<Vec<_>>().as_slice() {
            [one] if is_one => self.with_items(asker, Outcome::Answer, None, vec![*one], std::iter::empty()),
            _ => self.told(Talk::Author, asker),
        }
    }

    fn told(&self, talk: Talk, asker: Asker) -> Reply {
        let stories: Vec<&Story> = self.in_scope(asker.scope).map(|(_, s)| s).collect();
        let titled = |s: &&Story, said: String| if stories.len() > 1 { format!("{}: {said}", s.title) } else { said };
        let each =
            |say: &dyn Fn(&Story) -> String| stories.iter().map(|s| titled(s, say(s))).collect::<Vec<_>>().join("\n");
        let said = asker.said;
        let text = match talk {
            Talk::Greeting => said.greeting.to_owned(),
            Talk::Thanks => said.thanks.to_owned(),
            Talk::Help => said.help.to_owned(),
            Talk::Bot => said.bot.to_owned(),
            Talk::Capable => format!("{} {}", said.capable, each(&topics)),
            Talk::Author => each(&|s| author(s, said)),
            Talk::Published => each(&|s| published(s, said)),
            Talk::Source => each(&|s| source(s, said)),
            Talk::People => format!("{} {}", said.people, each(&people)),
            Talk::Summary => each(&|s| format!("{}\n{}", s.summary.as_ref().unwrap_or(&s.title), source(s, said))),
        };
        let next = if talk == Talk::Thanks { Vec::new() } else { self.featured(asker.scope) };
        let confidence = Confidence::new(1.0);
        Reply { confidence, band: Band::High, ..self.bare(asker, Outcome::Meta, &text, next) }
    }
}

fn people(story: &Story) -> String {
    let named = |p: &Person| p.role.as_ref().map_or_else(|| p.name.clone(), |role| format!("{} ({role})", p.name));
    story.people.iter().map(|p| named(p)).collect::<Vec<_>>().join("; ")
}

fn topics(story: &Story) -> String {
    let names: Vec<&str> = story.topics.iter().map(|t| t.name.as_str()).collect();
    if names.is_empty() { story.title.clone() } else { format!("{} ({})", story.title, names.join("; ")) }
}

fn author(story: &Story, said: &Phrases) -> String {
    let authors: Vec<&str> = story.sources.iter().flat_map(|s| &s.authors).map(String::as_str).collect();
    if authors.is_empty() { said.no_author.to_owned() } else { filled(said.written_by, &authors.join(", ")) }
}

fn published(story: &Story, said: &Phrases) -> String {
    match story.sources.iter().find_map(|s| s.published) {
        Some(date) => filled(said.published_on, &date.to_string()),
        None => said.no_date.to_owned(),
    }
}

fn source(story: &Story, said: &Phrases) -> String {
    let of = |s: &std::sync::Arc<crate::knowledge::Source>| {
        let by = s.publisher.as_deref().or(s.url.as_ref().and_then(url::Url::host_str));
        let link = s.url.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
        let by = by.map(|by| format!(", {by}")).unwrap_or_default();
        format!("{}{link}", filled(said.from_source, &format!("“{}”{by}", s.headline)))
    };
    story.sources.iter().map(of).collect::<Vec<_>>().join("\n")
}
