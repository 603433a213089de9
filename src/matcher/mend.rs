//! Words of a question as they were meant: small words typed badly, two words typed as one, expressions (`idioms`).
//!
//! Only words that neither the base (not even after a slip) nor ordinary sentences know are mended.

use super::asks;
use super::idioms;
use super::vocabulary::{NearWords, TermId, Vocabulary};
use crate::text::{Language, Word, background_share, words, words_with};

/// From this weight on a near word is what was meant; a mere common root is not.
const SURE: f32 = 0.6;
/// Shorter words are not two words, longer ones no words at all: every cut is tried, so that length costs its square.
const COMPOUND_LETTERS: std::ops::RangeInclusive<usize> = 6..=40;
/// More words than this say nothing more; it bounds the cost of a wall of text.
pub(super) const MOST_CONTENT: usize = 40;
pub(super) const MOST_SMALL: usize = 16;
pub(super) const MOST_WORDS: usize = MOST_CONTENT + MOST_SMALL;

/// A word of the question as it was meant, and the stems of the base that may stand for it.
#[derive(Debug)]
pub(super) struct Meant {
    pub word: Word,
    /// Its own stem, if the base has it.
    pub term: Option<TermId>,
    pub near: NearWords,
}

impl Meant {
    /// Makes it a small word: nothing stands for one in a text, but "remind" is like "reminder" among questions.
    pub(super) fn silence(&mut self) {
        self.word.stop = true;
        self.near.iter_mut().filter(|near| near.weight < 1.0).for_each(|near| near.weight = 0.0);
    }

    /// The word's own stem, or those that a word typed badly may be.
    pub(super) fn itself(&self) -> impl Iterator<Item = TermId> {
        let meant = self.near.iter().filter(|near| self.term.is_none() && near.weight >= SURE && !near.synonym);
        self.term.into_iter().chain(meant.map(|near| near.term))
    }
}

/// The question's words, mended.
pub(super) fn mended(question: &str, language: &Language, vocabulary: &Vocabulary) -> Vec<Meant> {
    let with_near = |word: Word| {
        let term = vocabulary.get(&word.stem);
        let near = vocabulary.near(&word, term, language);
        let mut meant = Meant { word, term, near };
        if meant.word.stop {
            meant.silence();
        }
        meant
    };
    let words_known = words_with(question, language, |folded| vocabulary.stem_of(folded));
    let mut out: Vec<Meant> = Vec::with_capacity(words_known.len());
    let mut content = 0;
    for word in words_known {
        // A repeated content word adds nothing; a small one may belong to another phrase.
        if !word.stop && out.iter().any(|m| !m.word.stop && m.word.stem == word.stem) {
            continue;
        }
        content += usize::from(!word.stop);
        if content > MOST_CONTENT {
            break;
        }
        let meant = with_near(word);
        let word = &meant.word;
        // "Waht" is "what" before it is "want", which the base may have.
        if let Some(small) = language.small_word_swapped(&word.folded).filter(|_| meant.term.is_none()) {
            out.extend(words(small, language).into_iter().map(with_near));
            continue;
        }
        let is_number = word.folded.chars().all(char::is_numeric);
        let is_word = || word.stop || (word.number && is_number) || background_share(&word.stem, language) > 0.0;
        if meant.near.iter().any(|near| near.weight >= SURE) || is_word() {
            out.push(meant);
            continue;
        }
        let small = language.small_word_meant(&word.folded).or_else(|| asks::word_meant(&word.folded));
        let parts = small.map(|w| words(w, language));
        let parts = parts.or_else(|| plainly(&word.folded, language, vocabulary));
        match parts.or_else(|| parts_of(word, language, vocabulary)) {
            Some(parts) => out.extend(parts.into_iter().map(with_near)),
            None => out.push(meant),
        }
    }
    if language.is_english() {
        idioms::understand(&mut out, vocabulary);
    }
    out
}

/// Digits and signs that stand for letters in a chat.
const LEET: &[(char, char)] = &[('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't')];

/// A word typed with digits for letters ("k4sper5ky") or with a letter drawn out ("whyyyy"), as it is spelled, where the
/// base, perhaps after a slip, or the list of small words has it.
fn plainly(folded: &str, language: &Language, vocabulary: &Vocabulary) -> Option<Vec<Word>> {
    let letter = |c: char| LEET.iter().find(|(digit, _)| *digit == c).map_or(c, |(_, letter)| *letter);
    let has_letters = folded.chars().any(char::is_alphabetic);
    let spelled: String = folded.chars().map(|c| if has_letters { letter(c) } else { c }).collect();
    let drawn_out = |most: usize| {
        let mut out = String::with_capacity(spelled.len());
        let mut run = 0;
        for c in spelled.chars() {
            run = if out.ends_with(c) { run + 1 } else { 1 };
            if run <= most {
                out.push(c);
            }
        }
        out
    };
    let is_drawn_out = drawn_out(2) != spelled;
    if spelled == folded && !is_drawn_out {
        return None;
    }
    let known = |typed: &String| {
        let words = words_with(typed, language, |folded| vocabulary.stem_of(folded));
        let is_near = |word: &Word| !vocabulary.near(word, vocabulary.get(&word.stem), language).is_empty();
        let is_known = |word: &Word| word.folded.len() > 1 && (word.stop || is_near(word));
        words.iter().all(is_known).then_some(words)
    };
    [drawn_out(2), drawn_out(1)].iter().find_map(known)
}

/// The two words that `word` is made of, where the base or the list of small words has both spellings.
fn parts_of(word: &Word, language: &Language, vocabulary: &Vocabulary) -> Option<Vec<Word>> {
    if !COMPOUND_LETTERS.contains(&word.folded.chars().count()) {
        return None;
    }
    let is_known = |part: &str| language.is_stop(part) || vocabulary.stem_of(part).is_some();
    let cuts = word.folded.char_indices().map(|(at, _)| at).skip(2);
    let halves = cuts.filter_map(|at| word.folded.split_at_checked(at));
    let known = halves.filter(|(left, right)| right.chars().count() > 1 && is_known(left) && is_known(right));
    let spelled = |part: &str| words_with(part, language, |folded| vocabulary.stem_of(folded));
    let parts = known.map(|(left, right)| [spelled(left), spelled(right)].concat());
    // The most content wins: "factdriven" is "fact driven".
    let longest = |parts: &Vec<Word>| parts.iter().filter(|p| !p.stop).map(|p| p.folded.len()).max();
    parts.filter(|parts| parts.iter().any(|p| !p.stop)).max_by_key(longest)
}

#[cfg(test)]
mod tests {
    use super::mended;
    use crate::matcher::vocabulary::Vocabulary;
    use crate::text::Language;

    #[test]
    fn as_meant() {
        let language = Language::default();
        let vocabulary = Vocabulary::of("new office fact driven Washington want", &language);
        let rows = [
            ("wehn is teh office", "when is the office"),
            ("thenew office", "the new office"),
            ("factdriven", "fact driven"),
            ("washingtonoffice", "washington office"),
            ("ceo of washingtn", "ceo of washingtn"),
            ("w4shingt0n 0ffice", "w4shingt0n office"),
            ("whyyyyy is the offfffice", "why is the office"),
            ("in 2018", "in 2018"),
            ("waht drives teh want", "what drives the want"),
            ("waht yaer was that", "what year was that"),
        ];
        for (typed, want) in rows {
            let got: Vec<String> =
                mended(typed, &language, &vocabulary).into_iter().map(|m| m.word.folded.to_string()).collect();
            assert_eq!(got.join(" "), want);
        }
    }
}
