//! The stems of all bases, and which of them are near a word of a question.
//!
//! Built once: `intern` while texts are read, then `seal`; after that it is only read.

use rustc_hash::FxHashMap;

use super::kin;
use super::slips::Slips;
use crate::text::{Language, Word, background_share};

/// A stem; below 2^24, so that it shares a word of memory with what is known of it in its place.
pub(super) type TermId = u32;

/// More different stems than this are not told apart; a million facts have some 200,000.
const MOST_TERMS: usize = (1 << 24) - 1;

/// A stem of the base that may stand for a word of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    pub term: TermId,
    /// In a text, 0..1; 1 is the stem itself. 0 for a word that may stand for it only among questions.
    pub weight: f32,
    /// Among questions, 0..1.
    pub alike: f32,
    /// Another word that often means the same, rather than this one in another form.
    pub synonym: bool,
}

/// Shorter stems share their first letters by chance.
const ROOT_LETTERS: usize = 4;
/// Share of the longer stem that a common root must make up: `announc` and `announcement` do, `trans` and `transparent`
/// do not.
const ROOT_SHARE: f32 = 0.6;

impl Near {
    pub(super) fn itself(term: TermId) -> Self {
        Self { term, weight: 1.0, alike: 1.0, synonym: false }
    }
}

#[derive(Debug, Default)]
struct Term {
    stem: Box<str>,
    /// How often it is written inside a sentence, and how often of these with a capital letter.
    written: u32,
    capitals: u32,
}

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<Box<str>, TermId>,
    /// Stem of each folded spelling.
    spellings: FxHashMap<Box<str>, TermId>,
    terms: Vec<Term>,
    /// All terms in alphabetical order, for roots.
    sorted: Vec<TermId>,
    /// What is near each term, itself left out; and where the list of each begins.
    near: Vec<Near>,
    near_starts: Vec<u32>,
    slips: Slips,
}

impl Vocabulary {
    /// The id of `stem`, new or known.
    pub(super) fn intern(&mut self, stem: &str) -> TermId {
        if let Some(id) = self.ids.get(stem) {
            return *id;
        }
        let id = self.terms.len().min(MOST_TERMS) as TermId;
        if self.terms.len() <= MOST_TERMS {
            self.ids.insert(stem.into(), id);
            self.terms.push(Term { stem: stem.into(), ..Term::default() });
        }
        id
    }

    /// Remembers how a word is spelled. A slip hits the spelling, not the stem, if the word has content.
    pub(super) fn add_spelling(&mut self, spelling: &str, term: TermId, has_content: bool) {
        let is_new = self.spellings.insert(spelling.into(), term).is_none();
        if is_new && has_content {
            self.slips.add(spelling, term);
        }
    }

    /// The stem of a folded spelling that the base has.
    pub(super) fn stem_of(&self, spelling: &str) -> Option<&str> {
        self.spellings.get(spelling).map(|term| self.name(*term))
    }

    /// Remembers how a term is written inside a sentence.
    pub(super) fn count_capital(&mut self, term: TermId, capital: bool) {
        if let Some(term) = self.terms.get_mut(term as usize) {
            term.written += 1;
            term.capitals += u32::from(capital);
        }
    }

    /// Must follow the last `intern` and `add_spelling`.
    pub(super) fn seal(&mut self) {
        let mut sorted: Vec<TermId> = (0..self.terms.len() as TermId).collect();
        sorted.sort_unstable_by(|a, b| self.name(*a).cmp(self.name(*b)));
        self.sorted = sorted;
        let (mut near, mut of_term) = (Vec::new(), Vec::new());
        let mut starts = vec![0];
        for term in 0..self.terms.len() as TermId {
            self.add_related(self.name(term), &mut of_term);
            near.append(&mut of_term);
            starts.push(near.len() as u32);
        }
        (self.near, self.near_starts) = (near, starts);
        self.slips.seal();
    }

    pub(super) fn get(&self, stem: &str) -> Option<TermId> {
        self.ids.get(stem).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn name(&self, id: TermId) -> &str {
        self.terms.get(id as usize).map_or("", |t| &t.stem)
    }

    /// Whether a term is nearly always written with a capital letter: a name, however a question types it.
    pub(super) fn is_name(&self, term: TermId) -> bool {
        self.terms.get(term as usize).is_some_and(|t| t.capitals > 0 && t.capitals * 5 >= t.written * 4)
    }

    /// The stems that may stand for a word: its own, those with the same root, and, for a word that neither the base nor
    /// ordinary sentences know, those a slip or two of the keyboard away.
    pub(super) fn near(&self, word: &Word, language: &Language) -> Vec<Near> {
        let mut out = Vec::new();
        match self.get(&word.stem) {
            Some(term) => {
                let at = |n: TermId| self.near_starts.get(n as usize).map_or(0, |at| *at as usize);
                out.push(Near::itself(term));
                out.extend(self.near.get(at(term)..at(term + 1)).unwrap_or_default());
            }
            None => {
                self.add_related(&word.stem, &mut out);
                if !word.number && background_share(&word.stem, language) == 0.0 {
                    self.add_slips(&word.folded, &mut out);
                }
            }
        }
        if !language.is_english() {
            out.retain(|near| !near.synonym);
        }
        out
    }

    /// Adds the terms with the root of `stem`, and its English kin.
    fn add_related(&self, stem: &str, out: &mut Vec<Near>) {
        self.add_roots(stem, out);
        for kin in kin::of(stem) {
            if let Some(term) = self.get(&kin.stem) {
                raise(out, Near { term, weight: kin.weight, alike: kin.alike, synonym: kin.synonym });
            }
        }
    }

    fn add_roots(&self, stem: &str, out: &mut Vec<Near>) {
        let length = stem.chars().count();
        // A longer word shares at least this much of its own length, and so of this one's.
        let least = ROOT_LETTERS.max((length as f32 * ROOT_SHARE).ceil() as usize);
        let Some((at, last)) = stem.char_indices().nth(least - 1) else { return };
        let Some(root) = stem.get(..at + last.len_utf8()) else { return };
        let from = self.sorted.partition_point(|id| self.name(*id) < root);
        let same_root = self.sorted.iter().skip(from).take_while(|id| self.name(**id).starts_with(root));
        for &term in same_root {
            let other = self.name(term);
            let common = stem.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            let share = common as f32 / length.max(other.chars().count()) as f32;
            if other != stem && share >= ROOT_SHARE {
                // From 0.35 for barely a root to 0.85 for all but an ending (measured on public questions).
                let weight = 0.35 + 0.5 * (share - ROOT_SHARE) / (1.0 - ROOT_SHARE);
                raise(out, Near { term, weight, alike: weight, synonym: false });
            }
        }
    }

    fn add_slips(&self, typed: &str, out: &mut Vec<Near>) {
        self.slips.of(typed, |term, weight| raise(out, Near { term, weight, alike: weight, synonym: false }));
    }
}

/// Adds `near`, or raises what is known of its term.
fn raise(out: &mut Vec<Near>, near: Near) {
    match out.iter_mut().find(|known| known.term == near.term) {
        Some(known) => {
            known.weight = known.weight.max(near.weight);
            known.alike = known.alike.max(near.alike);
            known.synonym &= near.synonym;
        }
        None => out.push(near),
    }
}

#[cfg(test)]
impl Vocabulary {
    /// The vocabulary of one text.
    pub(super) fn of(text: &str, language: &Language) -> Self {
        let mut vocabulary = Self::default();
        for word in crate::text::words(text, language) {
            let term = vocabulary.intern(&word.stem);
            vocabulary.add_spelling(&word.folded, term, !word.stop);
        }
        vocabulary.seal();
        vocabulary
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::text::{Language, words};

    #[test]
    fn near_words() {
        let language = Language::default();
        let vocabulary = Vocabulary::of("Kaspersky announced: transparency, Toronto, ban, banks, made", &language);
        let rows = [
            ("toronto", vec!["toronto"]),
            ("tornoto", vec!["toronto"]),
            ("kaspresky", vec!["kasperski"]),
            ("announce", vec!["announc"]),
            ("ban", vec!["ban"]),
            ("bna", vec![]),
            ("mde", vec!["made"]),
            ("trnsparency", vec!["transpar"]),
            ("tansparensy", vec!["transpar"]),
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
