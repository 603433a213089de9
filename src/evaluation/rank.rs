//! Rankings on other data: plain facts and questions, scored by the same index as stories.

use serde::{Deserialize, Serialize};

use crate::matcher::{Entry, Index, Scope};

/// As many facts a query as the protocol gives.
const MOST: usize = 10;

/// One base with its queries: a line of the protocol.
#[derive(Debug, Deserialize)]
pub struct RankCase {
    /// Facts.
    base: Vec<RankFact>,
    /// Questions.
    pub queries: Vec<RankQuery>,
}

#[derive(Debug, Deserialize)]
struct RankFact {
    id: String,
    text: String,
    #[serde(default)]
    questions: Vec<String>,
    p: Option<u32>,
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
}

/// A base made ready.
pub struct Ranker {
    index: Index,
}

impl RankCase {
    /// Builds the index over the base.
    pub fn ranker(&self) -> Ranker {
        let entries: Vec<Entry> = self.base.iter().map(entry).collect();
        Ranker { index: Index::new(&entries) }
    }

    /// Ranks the base for one query.
    pub fn rank<'a>(&'a self, ranker: &Ranker, query: &'a RankQuery) -> RankedQuery<'a> {
        let ranking = ranker.index.rank(&query.q, Scope::All, MOST);
        let id = |entry: usize| self.base.get(entry).map_or("", |f| f.id.as_str());
        let ranked = ranking.candidates.iter().map(|c| (id(c.entry), c.score)).collect();
        RankedQuery { id: &query.id, ranked, us: 0.0 }
    }
}

fn entry(fact: &RankFact) -> Entry {
    Entry { text: fact.text.clone(), questions: fact.questions.clone(), paragraph: fact.p, ..Entry::default() }
}
