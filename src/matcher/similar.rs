//! How alike two questions are: cosine of their idf-weighted stems, small words included at a constant weight, since
//! "who closed it" and "when was it closed" differ in nothing else.

use super::vocabulary::{TermId, Vocabulary};
use crate::text::Word;

/// Question words tell two samples apart; other small words hardly do.
const ASKING: &[&str] = &[
    "who", "whom", "whose", "what", "when", "where", "why", "which", "how", "many", "much", "wer", "was", "wann", "wo",
    "warum", "wie", "quien", "que", "cuando", "donde", "como", "qui", "quand", "ou", "pourquoi", "comment",
];
const ASKING_WEIGHT: f32 = 1.2;
const SMALL_WEIGHT: f32 = 0.4;

/// The weight of a word that carries no content.
pub(super) fn small_word_weight(folded: &str) -> f32 {
    if ASKING.contains(&folded) { ASKING_WEIGHT } else { SMALL_WEIGHT }
}

/// A sample question as a vector over stems, sorted by stem.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// A small word has its weight from the start; a content word has 0 until `weigh`.
    weights: Vec<(TermId, f32)>,
    norm: f32,
}

impl Unit {
    pub(super) fn new(words: &[Word], vocabulary: &mut Vocabulary) -> Self {
        let weight = |word: &Word| if word.stop { small_word_weight(&word.folded) } else { 0.0 };
        let mut weights: Vec<(TermId, f32)> = words.iter().map(|w| (vocabulary.intern_word(w), weight(w))).collect();
        weights.sort_unstable_by_key(|(id, _)| *id);
        weights.dedup_by_key(|(id, _)| *id);
        Self { weights, norm: 0.0 }
    }

    /// Gives content words their idf, once it is known.
    pub(super) fn weigh(&mut self, idf: impl Fn(TermId) -> f32) {
        for (term, weight) in self.weights.iter_mut().filter(|(_, weight)| *weight == 0.0) {
            *weight = idf(*term);
        }
        self.norm = self.weights.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    }
}

/// Cosine 0..1 of a question (its weights sorted by stem, its length) and a sample question.
pub(super) fn cosine(question: &[(TermId, f32)], norm: f32, unit: &Unit) -> f32 {
    if norm <= 0.0 || unit.norm <= 0.0 {
        return 0.0;
    }
    let mut dot = 0.0;
    let mut left = question.iter().peekable();
    for (id, weight) in &unit.weights {
        while left.next_if(|(other, _)| other < id).is_some() {}
        if let Some((_, other)) = left.next_if(|(other, _)| other == id) {
            dot += weight * other;
        }
    }
    (dot / (norm * unit.norm)).min(1.0)
}
