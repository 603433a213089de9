//! Words of a question as they were meant: small words typed badly, two words typed as one.
//!
//! Only words that neither the base (not even after a slip) nor ordinary sentences know are touched.

use std::collections::HashSet;

use super::vocabulary::Vocabulary;
use crate::text::{Language, Word, background_share, words};

/// From this weight on a near word is what was meant; a mere common root is not.
const SURE: f32 = 0.6;
/// Shorter words are not two words, longer ones no words at all: every cut is tried, so that length costs its square.
const COMPOUND_LETTERS: std::ops::RangeInclusive<usize> = 6..=40;
/// More content words than this say nothing more; it bounds the cost of a wall of text.
pub(super) const MOST_WORDS: usize = 64;

/// The question's words, mended.
pub(super) fn mended(question: &str, language: &Language, vocabulary: &Vocabulary) -> Vec<Word> {
    let typed = words(question, language);
    let mut out: Vec<Word> = Vec::new();
    let mut seen = HashSet::new();
    for word in typed {
        // A repeated content word adds nothing; a small one may belong to another phrase.
        if !word.stop && !seen.insert(word.stem.clone()) {
            continue;
        }
        if seen.len() > MOST_WORDS {
            break;
        }
        let is_word = word.stop || word.number || background_share(&word.stem, language) > 0.0;
        if is_word || vocabulary.near(&word, language).iter().any(|near| near.weight >= SURE) {
            out.push(word);
            continue;
        }
        let meant = language.small_word_meant(&word.folded).map(|w| words(w, language));
        match meant.or_else(|| parts(&word, language, vocabulary)) {
            Some(meant) => out.extend(meant),
            None => out.push(word),
        }
    }
    out
}

/// The two words that `word` is made of, where the base or the list of small words knows both.
fn parts(word: &Word, language: &Language, vocabulary: &Vocabulary) -> Option<Vec<Word>> {
    if !COMPOUND_LETTERS.contains(&word.folded.chars().count()) {
        return None;
    }
    let is_known = |part: &Word| part.stop || vocabulary.get(&part.stem).is_some();
    let cuts = word.folded.char_indices().map(|(at, _)| at).skip(2);
    let split = |at: usize| {
        let (left, right) = word.folded.split_at_checked(at)?;
        let parts = [words(left, language), words(right, language)].concat();
        let fits = parts.len() == 2 && right.chars().count() > 1 && parts.iter().all(is_known);
        (fits && parts.iter().any(|p| !p.stop)).then_some(parts)
    };
    // The most content wins: "factdriven" is "fact driven".
    cuts.filter_map(split).max_by_key(|parts| parts.iter().filter(|p| !p.stop).map(|p| p.folded.len()).max())
}

#[cfg(test)]
mod tests {
    use super::mended;
    use crate::matcher::vocabulary::Vocabulary;
    use crate::text::{Language, words};

    #[test]
    fn as_meant() {
        let language = Language::default();
        let mut vocabulary = Vocabulary::default();
        for word in words("new office fact driven Washington", &language) {
            vocabulary.intern_word(&word);
        }
        vocabulary.seal();
        let rows = [
            ("wehn is teh office", "when is the office"),
            ("thenew office", "the new office"),
            ("factdriven", "fact driven"),
            ("washingtonoffice", "washington office"),
            ("ceo of washingtn", "ceo of washingtn"),
        ];
        for (typed, want) in rows {
            let got: Vec<String> = mended(typed, &language, &vocabulary).into_iter().map(|w| w.folded).collect();
            assert_eq!(got.join(" "), want);
        }
    }
}
