//! What can be found: plain texts, whether they come from a story or from a line of `rank`.

use crate::knowledge::{Citations, Claimant, Fact, ItemIx, Person, Place, Quote, Story};
use crate::text::Language;

/// One fact or quote as the index sees it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The statement, or the words of a quote.
    pub text: String,
    /// Verbatim quotes that belong to it.
    pub support: Vec<String>,
    /// Words that people may use and the text lacks.
    pub keywords: Vec<String>,
    /// Names of its topics and the words that mean them.
    pub terms: Vec<String>,
    /// Names, roles and aliases of whoever says it.
    pub names: Vec<String>,
    /// Sample questions.
    pub questions: Vec<String>,
    /// Questions it must not answer.
    pub not_for: Vec<String>,
    /// Paragraph of the article, from 1. Entries of one paragraph that follow one another are each other's context.
    pub paragraph: Option<u32>,
}

/// The entries of one story, in the order of the article; `Scope::Story` narrows to it.
#[derive(Clone, Debug, Default)]
pub struct Base {
    /// What all of it is about: a word of the title is met by every entry, a little.
    pub title: String,
    /// Language of all texts.
    pub language: Language,
    /// Facts and quotes.
    pub entries: Vec<Entry>,
}

/// Which fact or quote of which story an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// Index into the loaded stories.
    pub story: usize,
    /// Fact or quote of that story.
    pub item: ItemIx,
}

/// The stories as bases, and which fact or quote each entry stands for, counted through all bases: of each story the
/// facts first, then the quotes.
pub fn bases(stories: &[Story]) -> (Vec<Found>, Vec<Base>) {
    let found = stories.iter().enumerate().flat_map(|(story, s)| {
        let facts = (0..s.facts.len()).map(ItemIx::Fact);
        facts.chain((0..s.quotes.len()).map(ItemIx::Quote)).map(move |item| Found { story, item })
    });
    (found.collect(), stories.iter().map(of_story).collect())
}

fn of_story(story: &Story) -> Base {
    let entries = story.facts.iter().map(of_fact).chain(story.quotes.iter().map(|q| of_quote(q)));
    Base { title: story.title.clone(), language: story.language.clone(), entries: entries.collect() }
}

fn of_fact(fact: &Fact) -> Entry {
    let names = match &fact.by {
        Some(Claimant::Person(person)) => names(person),
        Some(Claimant::Text(text)) => vec![text.clone()],
        None => Vec::new(),
    };
    Entry {
        text: fact.statement.clone(),
        support: fact.quotes.iter().map(|q| q.exact.clone()).collect(),
        keywords: fact.keywords.clone(),
        terms: fact.topics.iter().flat_map(|t| std::iter::once(&t.name).chain(&t.terms)).cloned().collect(),
        names: names.into_iter().chain(fact.via.clone()).collect(),
        questions: fact.questions.iter().map(|q| q.text.clone()).collect(),
        not_for: fact.not_for.clone(),
        paragraph: paragraph(&fact.citations),
    }
}

fn of_quote(quote: &Quote) -> Entry {
    Entry {
        text: quote.exact.clone(),
        keywords: quote.keywords.clone(),
        terms: quote.topics.iter().flat_map(|t| std::iter::once(&t.name).chain(&t.terms)).cloned().collect(),
        names: quote.speaker.as_deref().map(names).unwrap_or_default(),
        questions: quote.questions.iter().map(|q| q.text.clone()).collect(),
        not_for: quote.not_for.clone(),
        paragraph: paragraph(&quote.citations),
        ..Entry::default()
    }
}

fn names(person: &Person) -> Vec<String> {
    std::iter::once(&person.name).chain(&person.role).chain(&person.aliases).cloned().collect()
}

fn paragraph(citations: &Citations) -> Option<u32> {
    match citations.first().place {
        Some(Place::Paragraph(n)) => Some(n),
        _ => None,
    }
}
