//! From a file's text to its tables, with every problem of shape reported, not just the first.
//!
//! The text becomes a tree in which each key and value knows its place; then each table is read by itself. What serde
//! objects to is noted, taken out of the tree, and the table is read again, until nothing is left to object to.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

use super::diagnostic::Sink;
use super::file::RawStory;
use super::messages;

/// The format this program reads.
const FORMAT: &str = "1";

/// Reads all tables of a story file. What could not be read is missing from the result and reported in `sink`.
pub(super) fn read(text: &str, sink: &mut Sink<'_>) -> RawStory {
    let (root, errors) = DeTable::parse_recoverable(text);
    // A broken line breaks what follows too; the first error is the one to mend.
    if let Some(error) = errors.first() {
        let span = error.span().unwrap_or(0..0);
        let at = text.get(span.clone()).unwrap_or_default();
        sink.error(span, messages::syntax(error.message(), at));
        return RawStory::default();
    }
    let mut raw = RawStory::default();
    for (key, value) in root.into_inner() {
        section(&mut raw, &key, value, sink);
    }
    raw
}

fn section(raw: &mut RawStory, key: &Spanned<DeString<'_>>, value: Spanned<DeValue<'_>>, sink: &mut Sink<'_>) {
    let name = key.get_ref().as_ref();
    match name {
        "format" => check_format(&value, sink),
        "story" => raw.story = table(name, value, sink).map(Spanned::into_inner),
        "source" => raw.sources = tables(name, value, &mut raw.broken, sink),
        "person" => raw.people = tables(name, value, &mut raw.broken, sink),
        "topic" => raw.topics = tables(name, value, &mut raw.broken, sink),
        "fact" => raw.facts = tables(name, value, &mut raw.broken, sink),
        "quote" => raw.quotes = tables(name, value, &mut raw.broken, sink),
        "correction" => raw.corrections = tables(name, value, &mut raw.broken, sink),
        _ => {
            // What refers to one of these has no other mistake.
            raw.broken.extend(value.get_ref().as_array().into_iter().flatten().filter_map(id));
            sink.error(key.span(), messages::unknown_section(name));
        }
    }
}

fn id(table: &Spanned<DeValue<'_>>) -> Option<String> {
    table.get_ref().get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned)
}

fn check_format(value: &Spanned<DeValue<'_>>, sink: &mut Sink<'_>) {
    let is_known = value.get_ref().as_integer().is_some_and(|n| n.as_str() == FORMAT);
    if !is_known {
        sink.error(value.span(), format!("this program reads `format = {FORMAT}` only"));
    }
}

fn tables<T: DeserializeOwned>(
    name: &str,
    value: Spanned<DeValue<'_>>,
    broken: &mut BTreeSet<String>,
    sink: &mut Sink<'_>,
) -> Vec<Spanned<T>> {
    let span = value.span();
    let DeValue::Array(list) = value.into_inner() else {
        sink.error(span, messages::double_brackets(name));
        return Vec::new();
    };
    let mut out = Vec::new();
    for one in list {
        let id = id(&one);
        match table(name, one, sink) {
            Some(read) => out.push(read),
            None => broken.extend(id),
        }
    }
    out
}

/// Reads one table. None when it had a problem, which then stands in `sink`.
fn table<T: DeserializeOwned>(name: &str, value: Spanned<DeValue<'_>>, sink: &mut Sink<'_>) -> Option<Spanned<T>> {
    let whole = value.span();
    let mut tree = value.into_inner();
    if !tree.is_table() {
        sink.error(whole, format!("`{name}` should be a table that starts with a line [{name}]"));
        return None;
    }
    // Keys already reported: taken out of the tree, or put in empty where they were missing.
    let mut reported = BTreeSet::new();
    // Keys that an unknown one was meant to be: that they are missing is the same mistake.
    let mut meant: BTreeSet<String> = BTreeSet::new();
    loop {
        let attempt = ValueDeserializer::from(Spanned::new(whole.clone(), tree.clone()));
        let error = match T::deserialize(attempt) {
            Ok(read) => return reported.is_empty().then(|| Spanned::new(whole, read)),
            Err(error) => error,
        };
        let span = error.span().unwrap_or_else(|| whole.clone());
        let missing = messages::missing_field(error.message());
        let key = match missing {
            Some(field) => stand_in(&mut tree, &whole, &span, field),
            None => remove(&mut tree, &span),
        };
        let Some(key) = key.filter(|key| !reported.contains(key)) else {
            if reported.is_empty() {
                sink.error(span, messages::shape(name, name, error.message()));
            }
            return None;
        };
        meant.extend(messages::meant(error.message()).map(str::to_owned));
        let nested = span != whole;
        match missing {
            Some(field) if meant.contains(field) => {}
            Some(field) => sink.error(span, messages::missing(name, field, nested)),
            None => {
                sink.error(span, messages::shape(name, key.rsplit('.').next().unwrap_or(&key), error.message()));
            }
        }
        reported.insert(key);
    }
}

/// Takes out the key or list element whose own place or whose value's place is `span`, wherever it is nested; its name,
/// made unique by where it stands.
fn remove(tree: &mut DeValue<'_>, span: &Range<usize>) -> Option<String> {
    match tree {
        DeValue::Table(table) => {
            let found = table.iter().find(|(key, value)| key.span() == *span || value.span() == *span);
            if let Some(key) = found.map(|(key, _)| key.get_ref().to_string()) {
                table.remove(key.as_str());
                return Some(key);
            }
            table.iter_mut().find_map(|(key, value)| {
                let inner = remove(value.get_mut(), span)?;
                // An element of a list is named after the list; a key of a nested table after both.
                Some(if inner.is_empty() {
                    format!("{}.{}", span.start, key.get_ref())
                } else {
                    format!("{}.{inner}", span.start)
                })
            })
        }
        DeValue::Array(list) => {
            if list.iter().any(|value| value.span() == *span) {
                *list = list.clone().into_iter().filter(|value| value.span() != *span).collect();
                return Some(String::new());
            }
            list.iter_mut().find_map(|value| remove(value.get_mut(), span))
        }
        _ => None,
    }
}

/// Puts an empty text where the table at `span` lacks `field`, so that reading goes on to the next problem.
fn stand_in<'i>(tree: &mut DeValue<'i>, at: &Range<usize>, span: &Range<usize>, field: &str) -> Option<String> {
    match tree {
        DeValue::Table(table) if at == span => {
            let key = Spanned::new(span.clone(), DeString::Owned(field.to_owned()));
            table.insert(key, Spanned::new(span.clone(), DeValue::String(DeString::Borrowed(""))));
            Some(field.to_owned())
        }
        DeValue::Table(table) => table.iter_mut().find_map(|(_, v)| {
            let inner = v.span();
            stand_in(v.get_mut(), &inner, span, field)
        }),
        DeValue::Array(list) => list.iter_mut().find_map(|v| {
            let inner = v.span();
            stand_in(v.get_mut(), &inner, span, field)
        }),
        _ => None,
    }
}
