//! The stems of a base, and which of them are near a word of a question.

use std::collections::{HashMap, HashSet};

use super::synonyms;
use crate::text::{Language, Word, background_share};

/// A stem of the base.
pub(super) type TermId = u32;

/// A stem of the base that may stand for a word of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    pub term: TermId,
    /// 0..1; 1 is the stem itself.
    pub weight: f32,
    /// Another word that often means the same, rather than this one in another form.
    pub synonym: bool,
}

/// What a synonym is worth against the word itself.
const SYNONYM: f32 = 0.5;
/// Shorter stems share their first letters by chance.
const ROOT_LETTERS: usize = 4;
/// Share of the longer stem that a common root must make up: `announc` and `announcement` do, `trans` and `transparent`
/// do not.
const ROOT_SHARE: f32 = 0.6;
/// From this length two slips still leave a word recognisable.
const TWO_SLIPS_FROM: usize = 8;
/// Shorter words are a slip away from too many others; a typed word of three letters may still lack one.
const SLIP_LETTERS: usize = 4;
const TYPED_LETTERS: std::ops::RangeInclusive<usize> = 3..=40;

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<String, TermId>,
    terms: Vec<String>,
    /// All terms in alphabetical order, for roots.
    sorted: Vec<TermId>,
    /// Spellings by length in characters with the term they belong to, for slips: a slip hits a word as it is spelled,
    /// not its stem.
    by_length: Vec<Vec<(String, TermId)>>,
    /// Spellings that are in `by_length`.
    spelled: HashSet<String>,
    /// By term: how often it is written inside a sentence, and how often of these with a capital letter.
    capitals: Vec<(u32, u32)>,
}

impl Vocabulary {
    /// The id of a word's stem, new or known; how it is written is remembered.
    pub(super) fn intern_word(&mut self, word: &Word) -> TermId {
        let id = self.intern(&word.stem);
        if let Some((all, capitals)) = self.capitals.get_mut(id as usize).filter(|_| !word.opens) {
            *all += 1;
            *capitals += u32::from(word.capital);
        }
        if !word.stop && self.spelled.insert(word.folded.clone()) {
            let length = word.folded.chars().count();
            if self.by_length.len() <= length {
                self.by_length.resize(length + 1, Vec::new());
            }
            if let Some(bucket) = self.by_length.get_mut(length) {
                bucket.push((word.folded.clone(), id));
            }
        }
        id
    }

    /// The id of `stem`, new or known.
    pub(super) fn intern(&mut self, stem: &str) -> TermId {
        if let Some(id) = self.ids.get(stem) {
            return *id;
        }
        let id = self.terms.len() as TermId;
        self.ids.insert(stem.to_owned(), id);
        self.terms.push(stem.to_owned());
        self.capitals.push((0, 0));
        id
    }

    /// Must follow the last `intern`.
    pub(super) fn seal(&mut self) {
        let mut sorted: Vec<TermId> = (0..self.terms.len() as TermId).collect();
        sorted.sort_by(|a, b| self.name(*a).cmp(self.name(*b)));
        self.sorted = sorted;
    }

    pub(super) fn get(&self, stem: &str) -> Option<TermId> {
        self.ids.get(stem).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn name(&self, id: TermId) -> &str {
        self.terms.get(id as usize).map_or("", String::as_str)
    }

    /// Whether a term is nearly always written with a capital letter: a name, however a question types it.
    pub(super) fn is_name(&self, term: TermId) -> bool {
        self.capitals.get(term as usize).is_some_and(|(all, capitals)| *capitals > 0 && capitals * 5 >= all * 4)
    }

    /// The stems that may stand for a word: its own, those with the same root, and, for a word that neither the base nor
    /// ordinary sentences know, those a slip or two of the keyboard away.
    pub(super) fn near(&self, word: &Word, language: &Language) -> Vec<Near> {
        let stem = word.stem.as_str();
        let own = self.get(stem).map(|term| Near { term, weight: 1.0, synonym: false });
        let mut out: Vec<Near> = own.into_iter().collect();
        self.add_roots(stem, &mut out);
        for term in synonyms::of(stem, language).iter().filter_map(|s| self.get(s)) {
            if !out.iter().any(|near| near.term == term) {
                out.push(Near { term, weight: SYNONYM, synonym: true });
            }
        }
        if own.is_none() && !word.number && background_share(stem, language) == 0.0 {
            self.add_slips(&word.folded, &mut out);
        }
        out
    }

    fn add_roots(&self, stem: &str, out: &mut Vec<Near>) {
        let Some((end, _)) = stem.char_indices().nth(ROOT_LETTERS - 1) else { return };
        let Some(root) = stem.get(..=end).filter(|_| stem.is_char_boundary(end + 1)) else { return };
        let from = self.sorted.partition_point(|id| self.name(*id) < root);
        let same_root = self.sorted.iter().skip(from).take_while(|id| self.name(**id).starts_with(root));
        for &term in same_root {
            let other = self.name(term);
            let common = stem.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            let longer = stem.chars().count().max(other.chars().count());
            let share = common as f32 / longer as f32;
            if other != stem && share >= ROOT_SHARE {
                // From 0.35 for barely a root to 0.85 for all but an ending (measured on public questions).
                let weight = 0.35 + 0.5 * (share - ROOT_SHARE) / (1.0 - ROOT_SHARE);
                out.push(Near { term, weight, synonym: false });
            }
        }
    }

    fn add_slips(&self, typed: &str, out: &mut Vec<Near>) {
        let length = typed.chars().count();
        if !TYPED_LETTERS.contains(&length) {
            return;
        }
        let most = if length < TWO_SLIPS_FROM { 1 } else { 2 };
        let shortest = length.saturating_sub(most).max(SLIP_LETTERS);
        for (spelling, term) in self.by_length.iter().take(length + most + 1).skip(shortest).flatten() {
            let distance = strsim::osa_distance(typed, spelling);
            if distance > most {
                continue;
            }
            let first = if typed.chars().next() == spelling.chars().next() { 0.0 } else { 0.2 };
            let weight = if distance == 1 { 0.8 } else { 0.6 } - first;
            match out.iter_mut().find(|n| n.term == *term) {
                Some(known) => known.weight = known.weight.max(weight),
                None => out.push(Near { term: *term, weight, synonym: false }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::text::{Language, words};

    #[test]
    fn near_words() {
        let language = Language::default();
        let mut vocabulary = Vocabulary::default();
        for word in words("Kaspersky announced: transparency, Toronto, ban, banks, made", &language) {
            vocabulary.intern_word(&word);
        }
        vocabulary.seal();
        let rows = [
            ("toronto", vec!["toronto"]),
            ("tornoto", vec!["toronto"]),
            ("kaspresky", vec!["kasperski"]),
            ("announce", vec!["announc"]),
            ("ban", vec!["ban"]),
            ("bna", vec![]),
            ("mde", vec!["made"]),
            ("trnsparency", vec!["transpar"]),
            ("banks", vec!["bank"]),
            ("bone", vec![]),
            ("2018", vec![]),
            ("żółć", vec![]),
        ];
        for (typed, want) in rows {
            let word = words(typed, &language).remove(0);
            let mut got: Vec<&str> =
                vocabulary.near(&word, &language).iter().map(|n| vocabulary.name(n.term)).collect();
            got.sort_unstable();
            assert_eq!(got, want, "{typed}");
        }
    }
}
