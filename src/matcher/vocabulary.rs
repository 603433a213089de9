//! The stems of all bases, and which of them are near a word of a question.
//!
//! Built once: `intern` while texts are read, then `seal`; after that it is only read.

use smallvec::SmallVec;

use super::kin;
use super::slips::Slips;
use super::strings::Strings;
use crate::text::{Language, Word, background_share};

/// A stem; below 2^24, so that it shares a word of memory with what is known of it in its place.
pub(super) type TermId = u32;

/// More different stems than this are not told apart; a million facts have some 200,000.
const MOST_TERMS: TermId = (1 << 24) - 1;

/// Of a stem that the base does not have.
const NO_TERM: TermId = TermId::MAX;

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

/// The stems near one word: mostly itself and another, which then need no memory of their own.
pub(super) type NearWords = SmallVec<[Near; 2]>;

/// Shorter stems share their first letters by chance.
const ROOT_LETTERS: usize = 4;
/// Share of the longer stem that a common root must make up: `announc` and `announcement` do, `trans` and `transparent`
/// do not.
const ROOT_SHARE: f32 = 0.6;

/// A slip of one word only is most likely this word.
const UNIQUE: f32 = 0.95;

/// What a word is worth that is only known as a slip of an everyday word.
const SLIPPED: f32 = 0.9;

impl Near {
    pub(super) fn itself(term: TermId) -> Self {
        Self { term, weight: 1.0, alike: 1.0, synonym: false }
    }
}

/// The same in half the room: a stem has some fifteen others near it.
#[derive(Clone, Copy, Debug)]
struct Packed {
    term: TermId,
    weight: u16,
    /// Its highest bit says whether it is a synonym.
    alike: u16,
}

impl Packed {
    const SYNONYM: u16 = 1 << 15;
    const SCALE: f32 = 10_000.0;

    fn of(near: Near) -> Self {
        let scaled = |share: f32| (share * Self::SCALE).round() as u16;
        let synonym = if near.synonym { Self::SYNONYM } else { 0 };
        Self { term: near.term, weight: scaled(near.weight), alike: scaled(near.alike) | synonym }
    }

    fn near(&self) -> Near {
        let share = |scaled: u16| f32::from(scaled & !Self::SYNONYM) / Self::SCALE;
        let synonym = self.alike & Self::SYNONYM != 0;
        Near { term: self.term, weight: share(self.weight), alike: share(self.alike), synonym }
    }
}

/// How a stem is written inside a sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    /// How often at all, and how often with a capital letter.
    times: u32,
    capitals: u32,
}

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The stems, by term.
    stems: Strings,
    /// By term.
    written: Vec<Written>,
    /// Each folded spelling, and the term that it is a form of.
    spellings: Strings,
    terms: Vec<TermId>,
    /// All terms in alphabetical order, for roots, each with the first letters of its stem.
    sorted: Vec<(Head, TermId)>,
    /// The head of each `BLOCK`th of these: few enough to stay at hand.
    blocks: Vec<Head>,
    /// What is near each term, itself left out; and where the list of each begins.
    near: Vec<Packed>,
    near_starts: Vec<u32>,
    /// The term of each stem that has kin, by its number there; a word that the base does not know has some twenty.
    kin_terms: Vec<TermId>,
    slips: Slips,
}

impl Vocabulary {
    /// The id of `stem`, new or known.
    pub(super) fn intern(&mut self, stem: &str) -> TermId {
        if self.stems.len() > MOST_TERMS {
            return self.get(stem).unwrap_or(MOST_TERMS);
        }
        let id = self.stems.intern(stem);
        if id as usize == self.written.len() {
            self.written.push(Written::default());
        }
        id
    }

    /// Remembers how a word is spelled. A slip hits the spelling, not the stem, if the word has content.
    pub(super) fn add_spelling(&mut self, spelling: &str, term: TermId, has_content: bool) {
        let number = self.spellings.intern(spelling);
        if number as usize != self.terms.len() {
            return;
        }
        self.terms.push(term);
        if has_content {
            self.slips.add(spelling, number);
        }
    }

    /// The stem of a folded spelling that the base has.
    pub(super) fn stem_of(&self, spelling: &str) -> Option<&str> {
        let number = self.spellings.find(spelling)?;
        self.terms.get(number as usize).map(|term| self.name(*term))
    }

    /// Remembers how a term is written inside a sentence.
    pub(super) fn count_capital(&mut self, term: TermId, capital: bool) {
        if let Some(written) = self.written.get_mut(term as usize) {
            written.times += 1;
            written.capitals += u32::from(capital);
        }
    }

    /// Must follow the last `intern` and `add_spelling`.
    pub(super) fn seal(&mut self) {
        let mut sorted: Vec<(Head, TermId)> = (0..self.stems.len()).map(|id| (head(self.name(id)), id)).collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.name(a.1).cmp(self.name(b.1))));
        self.blocks = sorted.iter().step_by(BLOCK).map(|(head, _)| *head).collect();
        self.sorted = sorted;
        self.kin_terms = kin::stems().map(|stem| self.get(stem).unwrap_or(NO_TERM)).collect();
        let (mut near, mut of_term) = (Vec::new(), NearWords::new());
        let mut starts = vec![0];
        for term in 0..self.stems.len() {
            self.add_related(self.name(term), &mut of_term);
            near.extend(of_term.drain(..).map(Packed::of));
            starts.push(near.len() as u32);
        }
        near.shrink_to_fit();
        (self.near, self.near_starts) = (near, starts);
        self.slips.seal(&self.spellings);
    }

    pub(super) fn get(&self, stem: &str) -> Option<TermId> {
        self.stems.find(stem)
    }

    pub(super) fn len(&self) -> usize {
        self.stems.len() as usize
    }

    pub(super) fn name(&self, id: TermId) -> &str {
        self.stems.get(id)
    }

    /// Whether a term is nearly always written with a capital letter: a name, however a question types it.
    pub(super) fn is_name(&self, term: TermId) -> bool {
        self.written.get(term as usize).is_some_and(|w| w.capitals > 0 && w.capitals * 5 >= w.times * 4)
    }

    /// The stems that may stand for a word, whose own is `term` if the base has it: this one and those with its root or
    /// meaning; for a word that neither the base nor ordinary sentences know, those a slip or two of the keyboard away, and
    /// only where there are none, those with its root or meaning, or with that of the everyday word that it is a slip of.
    pub(super) fn near(&self, word: &Word, term: Option<TermId>, language: &Language) -> NearWords {
        let mut out = NearWords::new();
        match term {
            Some(term) => self.add_known(term, &mut out),
            None => {
                let is_strange = !word.number && background_share(&word.stem, language) == 0.0;
                if is_strange {
                    self.add_slips(&word.folded, &mut out);
                }
                // What looks like a slip is one: words with its first letters are then those of another word.
                if out.is_empty() {
                    self.add_related(&word.stem, &mut out);
                }
                if out.is_empty() && is_strange && !word.stop {
                    self.add_meant(&word.folded, &mut out);
                }
            }
        }
        if !language.is_english() {
            out.retain(|near| !near.synonym);
        }
        out
    }

    /// The stems of the base that say what an English `stem` does: itself, its root, its kin.
    pub(super) fn meaning(&self, stem: &str) -> NearWords {
        let mut out = NearWords::new();
        match self.get(stem) {
            Some(term) => self.add_known(term, &mut out),
            None => self.add_related(stem, &mut out),
        }
        out
    }

    /// Adds a term and what is near it.
    fn add_known(&self, term: TermId, out: &mut NearWords) {
        let at = |n: TermId| self.near_starts.get(n as usize).map_or(0, |at| *at as usize);
        out.push(Near::itself(term));
        out.extend(self.near.get(at(term)..at(term + 1)).unwrap_or_default().iter().map(Packed::near));
    }

    /// Adds what the everyday word says that `typed` is a slip of.
    fn add_meant(&self, typed: &str, out: &mut NearWords) {
        let meant = kin::slip_of(typed).map(|stem| self.meaning(stem)).unwrap_or_default();
        out.extend(meant.into_iter().map(|n| Near { weight: n.weight * SLIPPED, alike: n.alike * SLIPPED, ..n }));
    }

    /// Adds the terms with the root of `stem`, and its English kin.
    fn add_related(&self, stem: &str, out: &mut NearWords) {
        self.add_roots(stem, out);
        for kin in kin::of(stem) {
            let term = self.kin_terms.get(kin.number as usize).copied().unwrap_or(NO_TERM);
            if term != NO_TERM {
                raise(out, Near { term, weight: kin.weight, alike: kin.alike, synonym: kin.synonym });
            }
        }
    }

    fn add_roots(&self, stem: &str, out: &mut NearWords) {
        let length = stem.chars().count();
        // A longer word shares at least this much of its own length, and so of this one's.
        let least = ROOT_LETTERS.max((length as f32 * ROOT_SHARE).ceil() as usize);
        let Some((at, last)) = stem.char_indices().nth(least - 1) else { return };
        let Some(root) = stem.get(..at + last.len_utf8()) else { return };
        // Those with the first bytes of a root are all that may have it; few have these and not the rest.
        let (first, mask) = (head(root), u64::MAX << (64 - 8 * root.len().min(8)));
        let block = self.blocks.partition_point(|head| *head < first).saturating_sub(1) * BLOCK;
        let rest = self.sorted.get(block..).unwrap_or_default();
        let from = block + rest.iter().take_while(|(head, _)| *head < first).count();
        let alike = self.sorted.iter().skip(from).take_while(|(head, _)| head & mask == first);
        for &(_, term) in alike.filter(|(_, id)| self.name(*id).starts_with(root)) {
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

    fn add_slips(&self, typed: &str, out: &mut NearWords) {
        self.slips.of(typed, &self.spellings, |spelling, weight| {
            if let Some(term) = self.terms.get(spelling as usize).copied() {
                raise(out, Near { term, weight, alike: weight, synonym: false });
            }
        });
        if let [only] = out.as_mut_slice() {
            only.weight = only.weight.max(UNIQUE);
            only.alike = only.weight;
        }
    }
}

/// The first eight bytes of a stem, in the order of the alphabet: a binary search over these stays in one place.
type Head = u64;

/// Heads searched one after the other.
const BLOCK: usize = 32;

fn head(stem: &str) -> Head {
    let bytes = stem.bytes().chain(std::iter::repeat(0));
    bytes.take(8).fold(0, |head, byte| head << 8 | u64::from(byte))
}

/// Adds `near`, or raises what is known of its term.
pub(super) fn raise(out: &mut NearWords, near: Near) {
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
            let term = vocabulary.get(&word.stem);
            let mut got: Vec<&str> =
                vocabulary.near(&word, term, &language).iter().map(|n| vocabulary.name(n.term)).collect();
            got.sort_unstable();
            assert_eq!(got, want, "{typed}");
        }
    }
}
