//! Looking around without a question: one item by its key, a topic, quotes, any page of a list.
//!
//! Menus and buttons lead here; their keys and codes may come from an older version of the base, so that nothing is found.

use std::sync::Arc;

use super::asker::Asker;
use super::attribution::whose;
use super::engine::{Engine, Item, Spoken};
use super::pages::PAGE;
use super::reply::{Outcome, Reply};
use super::state::{Key, ListOf, State};
use crate::knowledge::{Id, ItemIx, Person, Story, Topic};
use crate::matcher::{Confidence, Found, Scope};

/// In front of the code of a topic's list; that of any other list starts with a key or a tilde.
const TOPIC: char = '.';

/// A topic to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicChoice {
    /// The code of its list.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The title of its story.
    pub story: String,
    /// How many facts and quotes it has.
    pub items: usize,
}

/// A person with verbatim words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Of the person.
    pub key: String,
    /// As shown.
    pub name: String,
    /// How many quotes there are.
    pub quotes: usize,
}

impl Engine {
    /// The reply that shows the item of this key, and what it leaves for the next message.
    pub fn item_by_key(&self, asker: Asker, key: &str) -> Option<(Reply, State)> {
        let found = self.found_by(key)?;
        let items = vec![(found, Confidence::new(1.0))];
        let reply = self.with_items(asker, Outcome::Answer, None, items, std::iter::empty());
        Some(self.left(reply, None))
    }

    /// Whose word the item of this key is, and who reported it.
    pub fn whose_by_key(&self, asker: Asker, key: &str) -> Option<(Reply, State)> {
        let found = self.found_by(key)?;
        let reply = self.again(asker, Outcome::Answer, &[found], |item| whose(item, asker.said));
        Some(self.left(reply, None))
    }

    /// The story and id of the item of this key.
    pub fn named_by_key(&self, key: &str) -> Option<(String, String)> {
        let found = self.found_by(key)?;
        let story = self.stories.get(found.story)?;
        Some((story.id.to_string(), self.item(found)?.id().to_string()))
    }

    /// A part of the list of this code; `from` is how many of it come before.
    pub fn part_by_code(&self, asker: Asker, code: &str, from: usize) -> Option<(Reply, State)> {
        let (reply, list) = match code.strip_prefix(TOPIC) {
            Some(key) => (self.on_topic(asker, Key::read(key)?, from)?, None),
            None => self.page(asker, &ListOf::read(code)?, from, &[])?,
        };
        Some(self.left(reply, list))
    }

    /// Where the part before the one that starts behind `from` items starts.
    pub fn part_before(from: usize) -> usize {
        from.saturating_sub(PAGE)
    }

    /// The topics that have items, in file order.
    pub fn topics(&self, scope: Scope) -> Vec<TopicChoice> {
        let choice = |(n, story, topic): (usize, &Story, &Topic)| TopicChoice {
            code: format!("{TOPIC}{}", Key::of(story.id.as_str(), topic.id.as_str()).written()),
            name: topic.name.clone(),
            story: story.title.clone(),
            items: self.of_topic(n, topic).len(),
        };
        let all = self.in_scope(scope).flat_map(|(n, s)| s.topics.iter().map(move |t| (n, s, t.as_ref())));
        all.map(choice).filter(|choice| choice.items > 0).collect()
    }

    /// Who has verbatim words, in file order.
    pub fn speakers(&self, scope: Scope) -> Vec<Speaker> {
        let people = self.in_scope(scope).flat_map(|(_, s)| s.people.iter().map(move |p| (s, p)));
        let speaker = |(story, person): (&Story, &Arc<Person>)| Speaker {
            key: Key::of(story.id.as_str(), person.id.as_str()).written(),
            name: person.name.clone(),
            quotes: story.quotes.iter().filter(|q| q.speaker.as_ref().is_some_and(|by| by.id == person.id)).count(),
        };
        people.map(speaker).filter(|speaker| speaker.quotes > 0).collect()
    }

    /// Quotes: all, or those of one speaker (by key), or those about something; that there are none is a reply too.
    pub fn quotes(&self, asker: Asker, by: Option<&str>, about: &str) -> (Reply, State) {
        let nothing =
            || (self.bare(asker, Outcome::Unknown, asker.said.no_such_quote, self.featured(asker.scope)), None);
        let (reply, list) = self.quotes_of(asker, by, about).unwrap_or_else(nothing);
        self.left(reply, list)
    }

    /// A key that is none is nobody's, not everybody's.
    fn quotes_of(&self, asker: Asker, by: Option<&str>, about: &str) -> Option<Spoken> {
        let by = by.map(|key| Key::read(key).ok_or(())).transpose().ok()?;
        self.page(asker, &ListOf { by, about: about.to_owned(), quotes: true, ..ListOf::default() }, 0, &[])
    }

    fn on_topic(&self, asker: Asker, key: Key, from: usize) -> Option<Reply> {
        let mut all = self.in_scope(asker.scope).flat_map(|(n, s)| s.topics.iter().map(move |t| (n, s, t)));
        let (story, _, topic) = all.find(|(_, s, t)| key == Key::of(s.id.as_str(), t.id.as_str()))?;
        let items = self.of_topic(story, topic);
        (!items.is_empty()).then(|| self.part(asker, &items, from, format!("{TOPIC}{}", key.written())))
    }

    /// The facts of a topic, then those of its quotes that no fact of it brings.
    fn of_topic(&self, story: usize, topic: &Topic) -> Vec<Found> {
        let Some(of) = self.stories.get(story) else { return Vec::new() };
        let has = |topics: &[Arc<Topic>]| topics.iter().any(|own| own.id == topic.id);
        let is_brought =
            |id: &Id| of.facts.iter().filter(|f| has(&f.topics)).any(|f| f.quotes.iter().any(|quote| quote.id == *id));
        let facts = of.facts.iter().enumerate().filter(|(_, f)| has(&f.topics)).map(|(n, _)| ItemIx::Fact(n));
        let quotes = of.quotes.iter().enumerate().filter(|(_, q)| has(&q.topics) && !is_brought(&q.id));
        facts.chain(quotes.map(|(n, _)| ItemIx::Quote(n))).map(|item| Found { story, item }).collect()
    }

    fn found_by(&self, key: &str) -> Option<Found> {
        self.known(&[Key::read(key)?]).first().copied()
    }

    fn left(&self, reply: Reply, list: Option<(ListOf, usize)>) -> (Reply, State) {
        let shown = reply.facts.first().map(|f| (&f.story, &f.id));
        let shown = shown.or_else(|| reply.quotes.first().map(|q| (&q.story, &q.id)));
        let asked = shown.and_then(|(story, id)| self.found_by(&Key::of(story, id).written()));
        let asked = asked.and_then(|found| match self.item(found)? {
            Item::Fact(fact) => fact.questions.first().map(|q| q.text.clone()),
            Item::Quote(quote) => quote.questions.first().map(|q| q.text.clone()),
        });
        let state = State::default().after(&asked.unwrap_or_default(), &reply, list);
        (reply, state)
    }
}
