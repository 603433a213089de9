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
    /// Paragraph of the article, from 1.
    pub paragraph: Option<u32>,
    /// Language of all the above.
    pub language: Language,
    /// Which story it belongs to; `Scope::Story` narrows to it.
    pub story: usize,
}

/// Which fact or quote of which story an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// Index into the loaded stories.
    pub story: usize,
    /// Fact or quote of that story.
    pub item: ItemIx,
}

/// The entries of all stories: facts first, then quotes, story by story.
pub fn entries(stories: &[Story]) -> Vec<(Found, Entry)> {
    let mut out = Vec::new();
    for (n, story) in stories.iter().enumerate() {
        for (at, fact) in story.facts.iter().enumerate() {
            let entry = Entry { language: story.language.clone(), story: n, ..of_fact(fact) };
            out.push((Found { story: n, item: ItemIx::Fact(at) }, entry));
        }
        for (at, quote) in story.quotes.iter().enumerate() {
            let entry = Entry { language: story.language.clone(), story: n, ..of_quote(quote) };
            out.push((Found { story: n, item: ItemIx::Quote(at) }, entry));
        }
    }
    out
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
        ..Entry::default()
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
