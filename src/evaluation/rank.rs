//! Rankings on other data: plain facts and questions, scored by the same index as stories.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::matcher::{Base, Entry, Index, Scope};

/// One base with its queries: a line of the protocol.
#[derive(Debug, Deserialize)]
pub struct RankCase {
    /// What the base is about.
    #[serde(default)]
    title: String,
    /// Facts.
    base: Vec<RankFact>,
    /// Questions.
    pub queries: Vec<RankQuery>,
}

/// A fact; what the protocol does not name has the meaning that it has in a story.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RankFact {
    id: String,
    text: String,
    questions: Vec<String>,
    p: Option<u32>,
    support: Vec<String>,
    keywords: Vec<String>,
    terms: Vec<String>,
    names: Vec<String>,
    not_for: Vec<String>,
}

/// One question.
#[derive(Debug, Deserialize)]
pub struct RankQuery {
    /// Given back with the answer.
    pub id: String,
    /// As asked.
    pub q: String,
}

/// The best facts for one question.
#[derive(Debug, Serialize)]
pub struct RankedQuery<'a> {
    /// Of the query.
    pub id: &'a str,
    /// Fact and score, best first.
    pub ranked: Vec<(&'a str, f32)>,
    /// Microseconds it took, filled in by who has a clock.
    pub us: f64,
    /// Value of every signal before weighting, for each fact of `ranked`; empty unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<BTreeMap<&'static str, f32>>,
}

/// A base made ready.
pub struct Ranker {
    index: Index,
}

impl RankCase {
    /// Builds the index over the base.
    pub fn ranker(&self) -> Ranker {
        let entries = self.base.iter().map(entry).collect();
        let base = Base { title: self.title.clone(), entries, ..Base::default() };
        Ranker { index: Index::new(&[base]) }
    }

    /// Ranks the base for one query: at most `most` facts.
    pub fn rank<'a>(&'a self, ranker: &Ranker, query: &'a RankQuery, most: usize) -> RankedQuery<'a> {
        let ranking = ranker.index.rank(&query.q, Scope::All, most);
        let id = |entry: usize| self.base.get(entry).map_or("", |f| f.id.as_str());
        let ranked = ranking.candidates.iter().map(|c| (id(c.entry), c.score)).collect();
        RankedQuery { id: &query.id, ranked, us: 0.0, signals: Vec::new() }
    }

    /// The same with the value of every signal, for fitting and for finding out why.
    pub fn rank_with_signals<'a>(&'a self, ranker: &Ranker, query: &'a RankQuery, most: usize) -> RankedQuery<'a> {
        let ranking = ranker.index.rank(&query.q, Scope::All, most);
        let explained = ranking.candidates.iter().filter_map(|c| ranker.index.explain(&query.q, Scope::All, c.entry));
        let signals = explained.map(|e| e.signals.iter().map(|s| (s.name, s.value)).collect()).collect();
        RankedQuery { signals, ..self.rank(ranker, query, most) }
    }
}

fn entry(fact: &RankFact) -> Entry {
    let fact = fact.clone();
    Entry {
        text: fact.text,
        support: fact.support,
        keywords: fact.keywords,
        terms: fact.terms,
        names: fact.names,
        questions: fact.questions,
        not_for: fact.not_for,
        paragraph: fact.p,
    }
}
