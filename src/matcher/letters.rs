//! How like a question is to an entry's own ways of putting it, letter by letter: all pairs of letters within words,
//! weighed by how few entries have them. It sees through endings, compounds and slips.
//!
//! Runs of three and four letters find nothing more (public sample questions) and cost three times as much.

use smallvec::SmallVec;

use super::index::Index;
use super::query::Query;
use super::vocabulary::{TermId, Vocabulary};

/// How like a question is to an entry, by letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    pub middle: f32,
    pub best: f32,
}

/// A letter is told from 31 others by its code point modulo 32: all of the Latin and all of the Cyrillic alphabet, and the
/// blank before and behind a word.
const CLASSES: u32 = 32;
const PAIRS: usize = (CLASSES * CLASSES) as usize;

/// A value for each pair of letters.
#[derive(Debug)]
struct ByPair([f32; PAIRS]);

impl ByPair {
    fn of(&self, pair: usize) -> f32 {
        self.0.get(pair).copied().unwrap_or(0.0)
    }

    fn add(&mut self, pair: usize, value: f32) {
        if let Some(sum) = self.0.get_mut(pair) {
            *sum += value;
        }
    }

    fn scale(&mut self, pair: usize, factor: f32) {
        if let Some(value) = self.0.get_mut(pair) {
            *value *= factor;
        }
    }

    /// Sum over the pairs of a word.
    fn over(&self, word: &str) -> f32 {
        pairs(word).map(|pair| self.of(pair)).sum()
    }
}

/// The pairs of letters of a word between two blanks.
fn pairs(word: &str) -> impl Iterator<Item = usize> {
    let blank = u32::from(' ');
    let letters = word.chars().map(u32::from).chain([blank]);
    letters.scan(blank, |before, letter| {
        let first = std::mem::replace(before, letter) % CLASSES;
        Some((first * CLASSES + letter % CLASSES) as usize)
    })
}

/// The question's letters, and how like each stem is to them.
#[derive(Debug)]
pub(super) struct LetterBag {
    /// Idf squared times count, as a share of the length of all.
    weights: ByPair,
}

impl LetterBag {
    pub(super) fn new(query: &Query, index: &Index) -> Self {
        let mut weights = ByPair([0.0; PAIRS]);
        let mut seen: SmallVec<[usize; 128]> = SmallVec::new();
        for word in &query.words {
            let stem = word.own.map_or(word.word.as_str(), |own| index.vocabulary.name(own));
            for pair in pairs(stem) {
                if weights.of(pair) == 0.0 {
                    seen.push(pair);
                }
                weights.add(pair, word.count);
            }
        }
        let idf = |pair: usize| index.likeness.letters.idf.of(pair);
        let squares: f32 = seen.iter().map(|pair| (weights.of(*pair) * idf(*pair)).powi(2)).sum();
        let norm = squares.sqrt().max(f32::MIN_POSITIVE);
        for pair in seen {
            weights.scale(pair, idf(pair).powi(2) / norm);
        }
        Self { weights }
    }
}

/// A stem of an entry.
struct Lettered {
    /// How like the question it is by letters.
    dot: f32,
    /// Squared length of its letters.
    square: f32,
    /// How often the text at hand has it.
    count: f32,
    /// How much it makes up of the entry's middle.
    share: f32,
}

impl Letters {
    /// Takes the words of a text to share no letters in a row with each other, which costs next to nothing (measured)
    /// and spares a vector per text.
    pub(super) fn new(bag: &LetterBag, index: &Index, entry: u32) -> Self {
        let mut known: SmallVec<[Lettered; 64]> = SmallVec::new();
        let mut terms: SmallVec<[TermId; 64]> = SmallVec::new();
        let mut own: SmallVec<[usize; 64]> = SmallVec::new();
        let mut out = Self::default();
        let mut middle = 0.0;
        for (segment, tokens) in index.forward.segments(entry).filter(|(s, _)| s.field.is_way_to_put_it()) {
            own.clear();
            for token in tokens {
                let term = token.term();
                let at = terms.iter().position(|known| *known == term).unwrap_or_else(|| {
                    terms.push(term);
                    let dot = bag.weights.over(index.vocabulary.name(term));
                    known.push(Lettered { dot, square: index.likeness.letters.square(term), count: 0.0, share: 0.0 });
                    terms.len() - 1
                });
                if let Some(stem) = known.get_mut(at) {
                    if stem.count == 0.0 {
                        own.push(at);
                    }
                    stem.count += 1.0;
                }
            }
            let (mut dot, mut squares) = (0.0, 0.0);
            for stem in own.iter().filter_map(|at| known.get(*at)) {
                dot += stem.count * stem.dot;
                squares += stem.count * stem.count * stem.square;
            }
            let norm = squares.sqrt().max(f32::MIN_POSITIVE);
            let share = segment.field.share_of_middle() / norm;
            for at in &own {
                if let Some(stem) = known.get_mut(*at) {
                    stem.share += std::mem::take(&mut stem.count) * share;
                }
            }
            out.best = out.best.max(dot / norm);
            middle += dot * share;
        }
        let squares: f32 = known.iter().map(|k| k.share * k.share * k.square).sum();
        out.middle = if squares > 0.0 { middle / squares.sqrt() } else { 0.0 };
        out
    }
}

/// Idf of each pair of letters.
#[derive(Debug)]
pub(super) struct LetterTable {
    idf: ByPair,
    /// Squared length of each stem's letters, by stem.
    squares: Vec<f32>,
}

impl Default for LetterTable {
    fn default() -> Self {
        Self { idf: ByPair([0.0; PAIRS]), squares: Vec::new() }
    }
}

impl LetterTable {
    /// Counts an entry once for each of its stems that has the letters; `with` says by stem how many entries have it.
    pub(super) fn new(vocabulary: &Vocabulary, with: &[u32], entries: f32) -> Self {
        let mut idf = ByPair([0.0; PAIRS]);
        let mut last = [TermId::MAX; PAIRS];
        for (term, n) in (0..).zip(with) {
            for pair in pairs(vocabulary.name(term)) {
                if let Some(last) = last.get_mut(pair).filter(|last| **last != term) {
                    *last = term;
                    idf.add(pair, *n as f32);
                }
            }
        }
        idf.0.iter_mut().for_each(|value| *value = pair_idf(*value, entries));
        let square = |term: TermId| pairs(vocabulary.name(term)).map(|pair| idf.of(pair).powi(2)).sum();
        let squares = (0..vocabulary.len() as TermId).map(square).collect();
        Self { idf, squares }
    }

    fn square(&self, term: TermId) -> f32 {
        self.squares.get(term as usize).copied().unwrap_or(0.0)
    }
}

fn pair_idf(with: f32, entries: f32) -> f32 {
    ((1.0 + entries) / (1.0 + with.min(entries))).ln() + 1.0
}
