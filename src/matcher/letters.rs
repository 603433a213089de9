//! How like a question is to an entry's own ways of putting it, letter by letter: all runs of two to four letters within
//! words, weighed by how few entries have them. It sees through endings, compounds and slips.

use rustc_hash::FxHashMap;

use super::index::Index;
use super::query::Query;
use super::vocabulary::{TermId, Vocabulary};

/// How like a question is to an entry, by letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    pub middle: f32,
    pub best: f32,
}

/// The question's letters in a row, and how like each stem is to them.
#[derive(Debug)]
pub(super) struct LetterBag {
    /// Idf squared times count of each, by hash, sorted.
    grams: Vec<(u32, f32)>,
    /// A bit for each of them: most letters in a row of other words are not among them.
    filter: [u64; 64],
    norm: f32,
}

impl LetterBag {
    pub(super) fn new(query: &Query, index: &Index) -> Self {
        let mut all: Vec<u32> = Vec::with_capacity(256);
        for word in &query.words {
            let stem = word.own.map_or(word.word.as_str(), |own| index.vocabulary.name(own));
            (0..word.count as usize).for_each(|_| each_gram(stem, |gram| all.push(gram)));
        }
        all.sort_unstable();
        let mut bag = Self { grams: Vec::with_capacity(all.len()), filter: [0; 64], norm: 0.0 };
        for (gram, same) in all.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same))) {
            let idf = index.likeness.letters.idf(gram);
            let count = same.len() as f32;
            bag.norm += (count * idf).powi(2);
            bag.grams.push((gram, count * idf * idf));
            if let Some(word) = bag.filter.get_mut(gram as usize % 64) {
                *word |= 1 << (gram / 64 % 64);
            }
        }
        bag.norm = bag.norm.sqrt();
        bag
    }

    /// Dot product of the question's letters, of length 1, with a stem's.
    fn dot(&self, stem: &str) -> f32 {
        let mut dot = 0.0;
        each_gram(stem, |gram| {
            let may_have = self.filter.get(gram as usize % 64).is_some_and(|word| word >> (gram / 64 % 64) & 1 == 1);
            if let Some(at) = may_have.then(|| self.grams.binary_search_by_key(&gram, |(g, _)| *g).ok()).flatten() {
                dot += self.grams.get(at).map_or(0.0, |(_, weight)| *weight);
            }
        });
        if self.norm > 0.0 { dot / self.norm } else { 0.0 }
    }
}

/// A stem of an entry: how like the question it is by letters, and how much it makes up of the entry's middle.
struct Lettered {
    term: TermId,
    dot: f32,
    share: f32,
}

impl Letters {
    /// Takes the words of a text to share no letters in a row with each other, which costs next to nothing (measured)
    /// and spares a vector per text.
    pub(super) fn new(bag: &LetterBag, index: &Index, entry: u32) -> Self {
        let mut known: Vec<Lettered> = Vec::with_capacity(64);
        let mut own: Vec<TermId> = Vec::with_capacity(32);
        let mut out = Self::default();
        let mut middle = 0.0;
        let square = |term: TermId| index.likeness.letters.square(term);
        for (segment, tokens) in index.forward.segments(entry).filter(|(s, _)| s.field.is_way_to_put_it()) {
            own.clear();
            own.extend(tokens.iter().map(|t| t.term()));
            own.sort_unstable();
            let counts = || own.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len() as f32)));
            let squares: f32 = counts().map(|(term, count)| count * count * square(term)).sum();
            let norm = squares.sqrt().max(f32::MIN_POSITIVE);
            let share = segment.field.share_of_middle() / norm;
            let mut dot = 0.0;
            for (term, count) in counts() {
                if let Some(known) = known.iter_mut().find(|k| k.term == term) {
                    dot += count * known.dot;
                    known.share += count * share;
                } else {
                    let of_term = bag.dot(index.vocabulary.name(term));
                    dot += count * of_term;
                    known.push(Lettered { term, dot: of_term, share: count * share });
                }
            }
            out.best = out.best.max(dot / norm);
            middle += dot * share;
        }
        let squares: f32 = known.iter().map(|k| k.share * k.share * square(k.term)).sum();
        out.middle = if squares > 0.0 { middle / squares.sqrt() } else { 0.0 };
        out
    }
}

/// Idf of letters in a row by their hash: a table with open addressing, looked up some 150 times a question.
#[derive(Debug, Default)]
pub(super) struct LetterTable {
    /// Hash and idf; an idf of 0 marks a free place. A power of two of them.
    slots: Vec<(u32, f32)>,
    /// Idf of what no stem has.
    strange: f32,
    /// Squared length of each stem's letters, by stem.
    squares: Vec<f32>,
}

impl LetterTable {
    /// Counts an entry once for each of its stems that has the letters.
    pub(super) fn new(vocabulary: &Vocabulary, with: &[u32], entries: f32) -> Self {
        let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
        let mut own = Vec::new();
        for (term, n) in (0..).zip(with) {
            own.clear();
            each_gram(vocabulary.name(term), |gram| own.push(gram));
            own.sort_unstable();
            own.dedup();
            own.iter().for_each(|gram| *counts.entry(*gram).or_default() += *n as f32);
        }
        let slots = vec![(0, 0.0); (counts.len() * 2).next_power_of_two()];
        let mut table = Self { slots, strange: gram_idf(0.0, entries), squares: Vec::new() };
        let mut counts: Vec<(u32, f32)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(gram, _)| *gram);
        for (gram, count) in counts {
            let at = table.place(gram);
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = (gram, gram_idf(count, entries));
            }
        }
        table.squares = (0..vocabulary.len() as TermId).map(|term| table.square_of(vocabulary.name(term))).collect();
        table
    }

    fn square(&self, term: TermId) -> f32 {
        self.squares.get(term as usize).copied().unwrap_or(0.0)
    }

    /// Where the letters are, or the free place where they would be.
    fn place(&self, gram: u32) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = gram.wrapping_mul(0x9e37_79b1) as usize & last;
        while self.slots.get(at).is_some_and(|(known, idf)| *idf > 0.0 && *known != gram) {
            at = (at + 1) & last;
        }
        at
    }

    fn idf(&self, gram: u32) -> f32 {
        self.slots.get(self.place(gram)).map(|(_, idf)| *idf).filter(|idf| *idf > 0.0).unwrap_or(self.strange)
    }

    fn square_of(&self, stem: &str) -> f32 {
        let mut sum = 0.0;
        each_gram(stem, |gram| sum += self.idf(gram).powi(2));
        sum
    }
}

fn gram_idf(with: f32, entries: f32) -> f32 {
    ((1.0 + entries) / (1.0 + with.min(entries))).ln() + 1.0
}

/// The letters in a row of a word between two blanks, hashed: all runs of 2, 3 and 4.
#[inline]
fn each_gram(word: &str, mut with: impl FnMut(u32)) {
    /// Odd multipliers of good mixing (the golden ratio; MurmurHash3's finaliser).
    const MIX: [u32; 3] = [0x9e37_79b1, 0x85eb_ca6b, 0xc2b2_ae35];
    let mut one = u32::from(' ');
    let (mut two, mut three) = (None, None);
    for c in word.chars().map(u32::from).chain([u32::from(' ')]) {
        let pair = (one.wrapping_mul(MIX[0]) ^ c).wrapping_mul(MIX[1]);
        with(pair);
        let triple = two.map(|two: u32| (two.rotate_left(5) ^ c).wrapping_mul(MIX[2]));
        triple.into_iter().for_each(&mut with);
        let four = three.map(|three: u32| (three.rotate_left(7) ^ c).wrapping_mul(MIX[0]));
        four.into_iter().for_each(&mut with);
        (one, two, three) = (c, Some(pair), triple);
    }
}
