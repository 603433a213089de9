//! The shapes of a story file as an editor types them (format 1), nothing checked but types and known keys.
//!
//! Every text carries its place, so that whatever is found wrong later can say where. Fields are explained to authors
//! in `knowledge/README.md`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::model::{Claim, Part};

/// A text with its place.
pub(super) type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryTable {
    pub id: Text,
    pub title: Text,
    pub summary: Option<Text>,
    pub language: Option<Text>,
    #[serde(default)]
    pub aliases: Vec<Text>,
    #[serde(default)]
    pub featured: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceTable {
    pub id: Text,
    pub headline: Text,
    #[serde(default)]
    pub author: Vec<Text>,
    pub publisher: Option<Text>,
    pub url: Option<Text>,
    pub published: Option<Day>,
    pub body: Option<Spanned<Vec<Spanned<u32>>>>,
    pub sha256: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonTable {
    pub id: Text,
    pub kind: Option<Text>,
    pub name: Text,
    pub role: Option<Text>,
    #[serde(default)]
    pub aliases: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicTable {
    pub id: Text,
    pub name: Text,
    #[serde(default)]
    pub terms: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactTable {
    pub id: Text,
    pub statement: Text,
    pub claim: Option<Spanned<Claim>>,
    pub by: Option<Text>,
    pub by_text: Option<Text>,
    pub via: Option<Text>,
    #[serde(default)]
    pub topics: Vec<Text>,
    #[serde(default)]
    pub keywords: Vec<Text>,
    #[serde(default)]
    pub questions: Vec<Text>,
    #[serde(default)]
    pub not_for: Vec<Text>,
    #[serde(default)]
    pub quotes: Vec<Text>,
    #[serde(default)]
    pub with: Vec<Text>,
    #[serde(default)]
    pub related: Vec<Text>,
    pub as_of: Option<Day>,
    pub review_by: Option<Spanned<Day>>,
    pub source: Spanned<OneOrMany>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteTable {
    pub id: Text,
    pub exact: Text,
    pub speaker: Option<Text>,
    #[serde(default)]
    pub speaker_inferred: bool,
    #[serde(default)]
    pub topics: Vec<Text>,
    #[serde(default)]
    pub keywords: Vec<Text>,
    #[serde(default)]
    pub questions: Vec<Text>,
    #[serde(default)]
    pub not_for: Vec<Text>,
    #[serde(default)]
    pub related: Vec<Text>,
    pub source: Spanned<OneOrMany>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionTable {
    pub of: Text,
    pub date: Day,
    pub text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceRef {
    pub id: Text,
    pub paragraph: Option<Spanned<u32>>,
    pub part: Option<Spanned<Part>>,
    pub exact: Option<Text>,
    pub prefix: Option<Text>,
    pub suffix: Option<Text>,
}

/// A whole file's tables.
#[derive(Debug, Default)]
pub(super) struct RawStory {
    pub story: Option<StoryTable>,
    pub sources: Vec<Spanned<SourceTable>>,
    pub people: Vec<Spanned<PersonTable>>,
    pub topics: Vec<Spanned<TopicTable>>,
    pub facts: Vec<Spanned<FactTable>>,
    pub quotes: Vec<Spanned<QuoteTable>>,
    pub corrections: Vec<Spanned<CorrectionTable>>,
    /// Ids of tables that could not be read.
    pub broken: BTreeSet<String>,
}

/// `source = { ... }` or `source = [{ ... }, { ... }]`.
#[derive(Debug)]
pub(super) struct OneOrMany(pub Vec<SourceRef>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Refs;
        impl<'de> Visitor<'de> for Refs {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table or a list of tables")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OneOrMany, A::Error> {
                SourceRef::deserialize(de::value::MapAccessDeserializer::new(map)).map(|one| OneOrMany(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut refs = Vec::new();
                while let Some(one) = seq.next_element()? {
                    refs.push(one);
                }
                Ok(OneOrMany(refs))
            }
        }
        deserializer.deserialize_any(Refs)
    }
}

/// A date without a time of day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(pub time::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = toml::value::Datetime::deserialize(deserializer).map_err(|e| match e.to_string() {
            missing if missing.starts_with("missing field") => e,
            _ => de::Error::custom("expected a date such as 2031-03-11, without quotation marks"),
        })?;
        typed
            .date
            .and_then(|d| {
                let month = time::Month::try_from(d.month).ok()?;
                time::Date::from_calendar_date(i32::from(d.year), month, d.day).ok()
            })
            .map(Day)
            .ok_or_else(|| de::Error::custom("expected a date such as 2031-03-11"))
    }
}
