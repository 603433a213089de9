//! A question made ready for scoring: its content words, what they weigh, which stems of the base may stand for them.

use std::collections::HashMap;

use super::asks::Asked;
use super::index::Index;
use super::mend::{MOST_WORDS, mended};
use super::vocabulary::{Near, TermId};
use super::voices;
use crate::text::{Language, Word};

/// A content word of the question.
#[derive(Debug)]
pub(super) struct QueryTerm {
    /// As typed, folded.
    pub word: String,
    /// How much it tells, in nats.
    pub idf: f32,
    pub near: Vec<Near>,
    /// A name or number, which nothing can stand in for.
    pub entity: bool,
}

#[derive(Debug)]
pub(super) struct Query {
    pub terms: Vec<QueryTerm>,
    /// Sum of all idf.
    pub mass: f32,
    /// Stems of the small words.
    pub small: Vec<TermId>,
    /// Weights of all stems, for comparing with sample questions.
    pub unit: Vec<(TermId, f32)>,
    /// Euclidean length of the question's weights, unknown words included.
    pub norm: f32,
    pub asked: Option<Asked>,
    /// Stems that may name whose word is asked for; None where nobody's is.
    pub voice: Option<Vec<TermId>>,
    /// All stems, so that a word of the question is not taken for its answer.
    pub stems: Vec<String>,
}

impl Query {
    pub(super) fn new(question: &str, language: &Language, index: &Index) -> Self {
        let typed = mended(question, language, &index.vocabulary);
        let asked = Asked::of(&typed);
        let of =
            |word| index.vocabulary.near(word, language).into_iter().filter(|n| !n.synonym).map(|n| n.term).collect();
        let voice = voices::asked_of(&typed).map(of);
        let shouted = typed.iter().all(|w| w.folded.len() < 2 || w.capital) && typed.len() > 2;
        let mut content: Vec<&Word> = typed.iter().filter(|w| !w.stop).collect();
        if content.is_empty() {
            content = typed.iter().collect();
        }
        content.truncate(MOST_WORDS);
        let terms: Vec<QueryTerm> = content.into_iter().map(|w| term(w, shouted, language, index)).collect();
        let mass = terms.iter().map(|t| t.idf).sum();
        let mut small: Vec<TermId> =
            typed.iter().filter(|w| w.stop).filter_map(|w| index.vocabulary.get(&w.stem)).collect();
        small.sort_unstable();
        small.dedup();
        let (unit, norm) = unit(&typed, &terms, index);
        Self { terms, mass, small, unit, norm, asked, voice, stems: typed.into_iter().map(|w| w.stem).collect() }
    }
}

fn term(word: &Word, shouted: bool, language: &Language, index: &Index) -> QueryTerm {
    let near = index.vocabulary.near(word, language);
    let best = near.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    // A word known only through its near ones is as common as the nearest.
    let idf = match best {
        Some(best) => index.idf(best.term),
        None => index.idf_of_stranger(&word.stem, language),
    };
    let named = best.is_some_and(|best| index.vocabulary.is_name(best.term));
    QueryTerm { word: word.folded.clone(), idf, near, entity: (word.name && !shouted) || named || word.number }
}

/// The question as a vector over stems: content words by idf, small words by a constant.
fn unit(typed: &[Word], terms: &[QueryTerm], index: &Index) -> (Vec<(TermId, f32)>, f32) {
    let mut unit: HashMap<TermId, f32> = HashMap::new();
    let mut squares = 0.0;
    for term in terms {
        squares += term.idf * term.idf;
        for near in &term.near {
            let weight = term.idf * near.weight;
            unit.entry(near.term).and_modify(|w| *w = w.max(weight)).or_insert(weight);
        }
    }
    for word in typed.iter().filter(|w| w.stop) {
        let Some(id) = index.vocabulary.get(&word.stem) else { continue };
        if let std::collections::hash_map::Entry::Vacant(free) = unit.entry(id) {
            let weight = super::similar::small_word_weight(&word.folded);
            free.insert(weight);
            squares += weight * weight;
        }
    }
    let mut unit: Vec<(TermId, f32)> = unit.into_iter().collect();
    unit.sort_unstable_by_key(|(id, _)| *id);
    (unit, squares.sqrt())
}
