//! Why an entry scores as it does: every signal with value and weight, and the words that met.

use super::pair::Pair;
use super::signals;
use super::table::{SIGNALS, Signal};

/// One row of the table of signals for one question and entry.
#[derive(Clone, Debug)]
pub struct SignalValue {
    /// As in the table.
    pub name: &'static str,
    /// Before weighting.
    pub value: f32,
    /// Its factor in the sum.
    pub weight: f32,
}

/// A word of the question and what met it.
#[derive(Clone, Debug)]
pub struct WordMet {
    /// As typed, folded.
    pub word: String,
    /// How much it tells, in nats.
    pub weight: f32,
    /// The stem of the entry that met it.
    pub stem: Option<String>,
    /// How well, 0..1.
    pub how: f32,
}

/// Why an entry scores as it does.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// In the order of the table.
    pub signals: Vec<SignalValue>,
    /// In the order of the question.
    pub words: Vec<WordMet>,
}

impl Explanation {
    pub(super) fn new(pair: &Pair<'_>) -> Self {
        let weight = signals::weights(pair);
        // Adding nought turns the -0.0 of an empty sum into 0.
        let row = |s: &Signal| SignalValue { name: s.name, value: (s.value)(pair) + 0.0, weight: weight(s) };
        let unasked = SignalValue { name: "unlike its questions", value: signals::unasked(pair), weight: -1.0 };
        let signals = SIGNALS.iter().map(row).chain([unasked]).collect();
        let words = pair.terms().map(|(slot, term)| {
            let met = pair.met(slot);
            let nearest = term.near.iter().filter(|_| met > 0.0).max_by(|a, b| a.weight.total_cmp(&b.weight));
            let stem = nearest.map(|near| pair.index.vocabulary.name(near.term).to_owned());
            WordMet { word: term.word.to_string(), weight: term.idf, stem, how: met }
        });
        Self { signals, words: words.collect() }
    }
}
