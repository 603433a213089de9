//! The systems in the race: one row each, and what a system must be able to do.
//!
//! All index the same text, a fact's sentence with its sample questions. onrecord takes the questions as questions; the
//! others know no such thing and get them behind the sentence in the same field, nucleo as further texts.

mod bm25;
mod nucleo;
mod onrecord;
mod sqlite;
mod symspell;
mod tantivy;

use bench_facts::Fact;

use crate::Fallible;

/// This many facts every system must name.
pub const MOST: usize = 10;

/// Something that finds facts.
pub trait System<'a> {
    /// Places of the facts that fit best, best first, at most `MOST`.
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>>;
}

/// A system before it has seen a base.
pub struct Kind {
    /// For the command line.
    pub name: &'static str,
    /// For tables.
    pub label: &'static str,
    /// What exactly is measured.
    pub note: &'static str,
    /// Builds it over a base.
    pub build: for<'a> fn(&'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>>,
}

/// All systems, in the order of the tables.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "onrecord",
        label: "onrecord",
        note: "`matcher::Index`, all signals; sample questions as such",
        build: onrecord::build,
    },
    Kind {
        name: REFERENCE,
        label: "tantivy BM25",
        note: "`en_stem`: words, lower case, English stems; one segment in memory; any word counts",
        build: tantivy::exact,
    },
    Kind {
        name: "tantivy-stop",
        label: "tantivy BM25, stop words",
        note: "the same without its English stop words",
        build: tantivy::without_stop_words,
    },
    Kind {
        name: "tantivy-fuzzy",
        label: "tantivy BM25 + fuzzy",
        note: "the same as the first, and `FuzzyTermQuery` (distance 1, a swap is one) for stems of four letters and more",
        build: tantivy::fuzzy,
    },
    Kind {
        name: "symspell",
        label: "SymSpell + tantivy",
        note: "words the base lacks are replaced by SymSpell (distance 2, prefix 7, the base's words), then as the first",
        build: symspell::build,
    },
    Kind {
        name: "bm25",
        label: "`bm25` crate",
        note: "its default English tokenizer (stop words, stems), `Embedder` and `Scorer`",
        build: bm25::build,
    },
    Kind {
        name: "fts5",
        label: "SQLite FTS5",
        note: "`porter unicode61`, contentless, in memory, optimised; words joined by OR, ordered by rank",
        build: sqlite::words,
    },
    Kind {
        name: "fts5-trigram",
        label: "SQLite FTS5 trigram",
        note: "`trigram`; the trigrams of the words joined by OR",
        build: sqlite::trigrams,
    },
    Kind {
        name: "nucleo",
        label: "nucleo-matcher",
        note: "no index: every word fuzzily against every text, scores summed",
        build: nucleo::build,
    },
];

/// The system that others are compared with.
pub const REFERENCE: &str = "tantivy";

/// A fact as one text.
fn joined(fact: &Fact) -> String {
    let mut text = fact.text.clone();
    for question in &fact.questions {
        text.push('\n');
        text.push_str(question);
    }
    text
}

/// Lower-case words and numbers.
fn lower_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}
