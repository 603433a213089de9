//! Which story a message names: by its title or an alias, or as "the tram story".

use super::engine::Engine;
use crate::knowledge::Story;
use crate::matcher::Scope;
use crate::text::{Language, Word, fold, words};

/// What people call a story behind the word that tells which.
const CALLED: &[&str] = &["story", "article", "news"];
/// So many words may tell which.
const TELLING: usize = 2;

impl Engine {
    /// The story that the message names, if it names exactly one, and the message without "in the tram story".
    pub(super) fn narrowed(&self, message: &str, scope: Scope) -> (Scope, String) {
        if scope != Scope::All || self.stories.len() < 2 {
            return (scope, message.to_owned());
        }
        if let Some(n) = self.only(|story| is_named(message, story)) {
            return (Scope::Story(n), message.to_owned());
        }
        let said = words(message, &Language::default());
        let Some(at) = said.iter().position(|w| CALLED.contains(&w.folded.as_str())) else {
            return (scope, message.to_owned());
        };
        let telling: Vec<&Word> =
            said.get(at.saturating_sub(TELLING)..at).unwrap_or_default().iter().filter(|w| !w.stop).collect();
        if telling.is_empty() {
            return (scope, message.to_owned());
        }
        match self.only(|story| telling.iter().all(|word| tells_of(story, word))) {
            Some(n) => {
                let is_name = |place: usize| place <= at && place + TELLING >= at;
                let rest = said.iter().enumerate().filter(|(place, w)| !is_name(*place) || (w.stop && *place < at));
                let rest: Vec<&str> = rest.map(|(_, w)| w.folded.as_str()).collect();
                (Scope::Story(n), rest.join(" "))
            }
            None => (scope, message.to_owned()),
        }
    }

    /// The words without those that tell which story: "what is this tram story about".
    pub(super) fn unnamed(&self, scope: Scope, said: &[Word]) -> Vec<Word> {
        let Some(at) = said.iter().position(|w| CALLED.contains(&w.folded.as_str())) else { return Vec::new() };
        let is_name = |place: usize, w: &Word| {
            place < at && place + TELLING >= at && !w.stop && self.in_scope(scope).any(|(_, story)| tells_of(story, w))
        };
        said.iter().enumerate().filter(|(place, w)| !is_name(*place, w)).map(|(_, w)| w.clone()).collect()
    }

    /// The place of the only story for which `is` holds.
    fn only(&self, is: impl Fn(&Story) -> bool) -> Option<usize> {
        let mut found = self.stories.iter().enumerate().filter(|(_, story)| is(story)).map(|(n, _)| n);
        found.next().filter(|_| found.next().is_none())
    }
}

/// Whether a message has the title or an alias of a story in it.
fn is_named(message: &str, story: &Story) -> bool {
    let spaced = |text: &str| {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    // "The" is no name of a story.
    let says = |name: &String| words(name, &story.language).iter().any(|w| !w.stop);
    let message = spaced(message);
    std::iter::once(&story.title).chain(&story.aliases).any(|name| says(name) && message.contains(&spaced(name)))
}

/// Whether a word is one of those that a story is known by: of its title, names, topics, or statements.
pub(super) fn tells_of(story: &Story, word: &Word) -> bool {
    let own = std::iter::once(&story.title).chain(&story.aliases).chain(&story.summary);
    let people = story.people.iter().flat_map(|p| std::iter::once(&p.name).chain(&p.role).chain(&p.aliases));
    let topics = story.topics.iter().flat_map(|t| std::iter::once(&t.name).chain(&t.terms));
    let facts = story.facts.iter().map(|fact| &fact.statement);
    own.chain(people)
        .chain(topics)
        .chain(facts)
        .any(|text| words(text, &story.language).iter().any(|w| w.stem == word.stem))
}
