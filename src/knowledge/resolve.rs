//! From tables to the model: ids parsed, references settled, each problem with either reported.
//!
//! Nothing of a story leaves here while a problem stands in the sink; `load` sees to that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::diagnostic::Sink;
use super::file::{
    CorrectionTable, FactTable, OneOrMany, PersonTable, QuoteTable, RawStory, SourceRef, SourceTable, Text, TopicTable,
};
use super::messages::proposal;
use super::model::{
    Citation, Citations, Claim, Claimant, Correction, Fact, Id, ItemIx, Person, Place, Question, Quote, Source, Story,
    Topic,
};
use crate::text::Language;

/// Builds the story, or None where an id or a reference is wrong (which then stands in `sink`).
pub(super) fn story(
    raw: RawStory,
    (file, fingerprint): (&str, u64),
    language: Language,
    sink: &mut Sink<'_>,
) -> Option<Story> {
    let items = item_ids(&raw, sink);
    let sources = collect(raw.sources, |t| &t.id, source, sink);
    let people = collect(raw.people, |t| &t.id, person, sink);
    let topics = collect(raw.topics, |t| &t.id, topic, sink);
    let mut names = Names {
        sources: by_id(&sources, |s| &s.id),
        people: by_id(&people, |p| &p.id),
        topics: by_id(&topics, |t| &t.id),
        quotes: BTreeMap::new(),
        items,
        broken: &raw.broken,
    };
    let corrections = corrections(raw.corrections, &names, sink);
    let quotes: Vec<Arc<Quote>> = raw
        .quotes
        .into_iter()
        .filter_map(|q| quote(q.into_inner(), &names, &corrections, sink).map(Arc::new))
        .collect();
    names.quotes = by_id(&quotes, |q| &q.id);
    let facts = raw.facts.into_iter().filter_map(|f| fact(f.into_inner(), &names, &corrections, sink)).collect();

    let head = raw.story?;
    let featured = names.items_of(&head.featured, "featured", sink);
    Some(Story {
        file: file.to_owned(),
        fingerprint,
        id: parse_id(&head.id, sink)?,
        title: head.title.into_inner(),
        summary: head.summary.map(Spanned::into_inner),
        language,
        aliases: plain(head.aliases),
        featured,
        sources,
        people,
        topics,
        facts,
        quotes,
    })
}

/// What ids of one story mean.
struct Names<'a> {
    sources: BTreeMap<String, Arc<Source>>,
    people: BTreeMap<String, Arc<Person>>,
    topics: BTreeMap<String, Arc<Topic>>,
    quotes: BTreeMap<String, Arc<Quote>>,
    items: BTreeMap<String, ItemIx>,
    /// Ids of tables that could not be read: their own problem is reported, a reference to them is not another one.
    broken: &'a BTreeSet<String>,
}

impl Names<'_> {
    fn look_up<T: Clone>(&self, map: &BTreeMap<String, T>, what: &str, id: &Text, sink: &mut Sink<'_>) -> Option<T> {
        let name = id.get_ref();
        let found = map.get(name).cloned();
        if found.is_none() && !self.broken.contains(name) {
            sink.error(
                id.span(),
                format!("there is no {what} `{name}`{}", proposal(name, map.keys().map(String::as_str))),
            );
        }
        found
    }

    /// None also where the quote is there and has a problem of its own, which is reported there.
    fn quote(&self, id: &Text, sink: &mut Sink<'_>) -> Option<Arc<Quote>> {
        let is_there = matches!(self.items.get(id.get_ref()), Some(ItemIx::Quote(_)));
        match self.quotes.get(id.get_ref()) {
            None if is_there => None,
            _ => self.look_up(&self.quotes, "[[quote]]", id, sink),
        }
    }

    fn topics_of(&self, ids: &[Text], sink: &mut Sink<'_>) -> Vec<Arc<Topic>> {
        ids.iter().filter_map(|id| self.look_up(&self.topics, "[[topic]]", id, sink)).collect()
    }

    fn items_of(&self, ids: &[Text], key: &str, sink: &mut Sink<'_>) -> Vec<ItemIx> {
        let what = format!("fact or quote for `{key}`:");
        ids.iter().filter_map(|id| self.look_up(&self.items, &what, id, sink)).collect()
    }
}

/// The id as a valid one; a wrong one is reported with the nearest right one.
fn parse_id(id: &Text, sink: &mut Sink<'_>) -> Option<Id> {
    let proposed = match Id::parse(id.get_ref()) {
        Ok(good) => return Some(good),
        Err(proposed) => proposed,
    };
    let hint = proposed.map_or_else(String::new, |id| format!("; write `{id}`"));
    let rule = "ids have 1 to 32 characters a-z 0-9 - and start with a letter or digit";
    sink.error(id.span(), format!("`{}` is no id: {rule}{hint}", id.get_ref()));
    None
}

/// Facts and quotes by id, which share one namespace; a doubled id is reported.
fn item_ids(raw: &RawStory, sink: &mut Sink<'_>) -> BTreeMap<String, ItemIx> {
    let facts = raw.facts.iter().enumerate().map(|(n, f)| (&f.get_ref().id, ItemIx::Fact(n)));
    let quotes = raw.quotes.iter().enumerate().map(|(n, q)| (&q.get_ref().id, ItemIx::Quote(n)));
    let mut seen: BTreeMap<String, (ItemIx, usize)> = BTreeMap::new();
    for (id, ix) in facts.chain(quotes) {
        match seen.get(id.get_ref()) {
            Some((_, first)) => {
                let line = sink.position(*first).line;
                sink.error(
                    id.span(),
                    format!("the id `{}` is taken by line {line}; facts and quotes share one set of ids", id.get_ref()),
                );
            }
            None => drop(seen.insert(id.get_ref().clone(), (ix, id.span().start))),
        }
    }
    seen.into_iter().map(|(id, (ix, _))| (id, ix)).collect()
}

/// Turns the tables of one kind into values with valid, distinct ids.
fn collect<T, V>(
    tables: Vec<Spanned<T>>,
    id_of: fn(&T) -> &Text,
    make: fn(T, Id, super::Position) -> V,
    sink: &mut Sink<'_>,
) -> Vec<Arc<V>> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for table in tables {
        let at = sink.position(table.span().start);
        let table = table.into_inner();
        let id = id_of(&table);
        if let Some(earlier) = first.insert(id.get_ref().clone(), id.span().start) {
            let line = sink.position(earlier).line;
            sink.error(id.span(), format!("the id `{}` is taken by line {line}; choose another", id.get_ref()));
        }
        if let Some(id) = parse_id(id, sink) {
            out.push(Arc::new(make(table, id, at)));
        }
    }
    out
}

fn by_id<T>(values: &[Arc<T>], id_of: fn(&T) -> &Id) -> BTreeMap<String, Arc<T>> {
    values.iter().map(|v| (id_of(v).to_string(), Arc::clone(v))).collect()
}

fn source(table: SourceTable, id: Id, at: super::Position) -> Source {
    Source {
        id,
        headline: table.headline.into_inner(),
        authors: plain(table.author),
        publisher: table.publisher.map(Spanned::into_inner),
        url: table.url.and_then(|u| url::Url::parse(u.get_ref()).ok()),
        published: table.published.map(|d| d.0),
        body: table.body.map(|b| b.into_inner().into_iter().map(Spanned::into_inner).collect()),
        sha256: table.sha256.map(Spanned::into_inner),
        at,
    }
}

fn person(table: PersonTable, id: Id, _: super::Position) -> Person {
    Person {
        id,
        kind: table.kind.map_or_else(|| "person".to_owned(), Spanned::into_inner),
        name: table.name.into_inner(),
        role: table.role.map(Spanned::into_inner),
        aliases: plain(table.aliases),
    }
}

fn topic(table: TopicTable, id: Id, _: super::Position) -> Topic {
    let name = table.name.into_inner();
    let terms = if table.terms.is_empty() { vec![name.clone()] } else { plain(table.terms) };
    Topic { id, name, terms }
}

type Corrections = BTreeMap<String, Vec<Correction>>;

fn corrections(tables: Vec<Spanned<CorrectionTable>>, names: &Names<'_>, sink: &mut Sink<'_>) -> Corrections {
    let mut out = Corrections::new();
    for table in tables.into_iter().map(Spanned::into_inner) {
        if names.look_up(&names.items, "fact or quote to correct:", &table.of, sink).is_some() {
            let correction = Correction { date: table.date.0, text: table.text.into_inner() };
            out.entry(table.of.into_inner()).or_default().push(correction);
        }
    }
    out
}

fn quote(table: QuoteTable, names: &Names<'_>, corrections: &Corrections, sink: &mut Sink<'_>) -> Option<Quote> {
    let id = parse_id(&table.id, sink);
    let speaker = table.speaker.as_ref().and_then(|s| names.look_up(&names.people, "[[person]]", s, sink));
    let topics = names.topics_of(&table.topics, sink);
    let related = names.items_of(&table.related, "related", sink);
    let citations = citations(table.source, names, sink);
    let id = id?;
    Some(Quote {
        corrections: corrections.get(id.as_str()).cloned().unwrap_or_default(),
        id,
        exact: table.exact.into_inner(),
        speaker,
        speaker_inferred: table.speaker_inferred,
        topics,
        keywords: plain(table.keywords),
        questions: questions(table.questions, sink),
        not_for: plain(table.not_for),
        related,
        citations: citations?,
    })
}

fn fact(table: FactTable, names: &Names<'_>, corrections: &Corrections, sink: &mut Sink<'_>) -> Option<Fact> {
    let id = parse_id(&table.id, sink);
    let by = match (&table.by, table.by_text) {
        (Some(by), _) => names.look_up(&names.people, "[[person]]", by, sink).map(Claimant::Person),
        (None, text) => text.map(|t| Claimant::Text(t.into_inner())),
    };
    let topics = names.topics_of(&table.topics, sink);
    let quotes = table.quotes.iter().filter_map(|q| names.quote(q, sink)).collect();
    let with = facts_of(&table.with, &table.id, names, sink);
    let related = names.items_of(&table.related, "related", sink);
    let citations = citations(table.source, names, sink);
    let id = id?;
    Some(Fact {
        corrections: corrections.get(id.as_str()).cloned().unwrap_or_default(),
        id,
        statement: table.statement.into_inner(),
        claim: table.claim.map_or(Claim::Reported, Spanned::into_inner),
        by,
        via: table.via.map(Spanned::into_inner),
        topics,
        keywords: plain(table.keywords),
        questions: questions(table.questions, sink),
        not_for: plain(table.not_for),
        quotes,
        with,
        related,
        as_of: table.as_of.map(|d| d.0),
        citations: citations?,
    })
}

fn facts_of(with: &[Text], own: &Text, names: &Names<'_>, sink: &mut Sink<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    for id in with {
        if id.get_ref() == own.get_ref() {
            sink.error(id.span(), "a fact cannot be shown `with` itself; take it out");
            continue;
        }
        match names.look_up(&names.items, "fact for `with`:", id, sink) {
            Some(ItemIx::Fact(n)) => out.push(n),
            Some(ItemIx::Quote(_)) => sink
                .error(id.span(), format!("`{}` is a quote; `with` takes facts, `quotes` takes quotes", id.get_ref())),
            None => {}
        }
    }
    out
}

fn citations(refs: Spanned<OneOrMany>, names: &Names<'_>, sink: &mut Sink<'_>) -> Option<Citations> {
    let span = refs.span();
    let OneOrMany(refs) = refs.into_inner();
    if refs.is_empty() {
        sink.error(span, "`source` is an empty list; name at least one source");
    }
    let mut cited = refs.into_iter().filter_map(|r| citation(r, names, sink));
    let first = cited.next()?;
    Some(Citations::new(first, cited.collect()))
}

fn citation(table: SourceRef, names: &Names<'_>, sink: &mut Sink<'_>) -> Option<Citation> {
    let source = names.look_up(&names.sources, "[[source]]", &table.id, sink)?;
    let paragraph = table.paragraph.map(|p| Place::Paragraph(p.into_inner()));
    Some(Citation {
        source,
        place: paragraph.or(table.part.map(|p| Place::Part(p.into_inner()))),
        at: sink.position(table.exact.as_ref().map_or(table.id.span().start, |e| e.span().start)),
        anchor: table.exact.map(Spanned::into_inner),
        prefix: table.prefix.map(Spanned::into_inner),
        suffix: table.suffix.map(Spanned::into_inner),
    })
}

fn questions(texts: Vec<Text>, sink: &Sink<'_>) -> Vec<Question> {
    texts.into_iter().map(|t| Question { at: sink.position(t.span().start), text: t.into_inner() }).collect()
}

fn plain(texts: Vec<Text>) -> Vec<String> {
    texts.into_iter().map(Spanned::into_inner).collect()
}
