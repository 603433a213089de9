//! A fuzzy finder as people put one behind a bot: every text is tried, no index.

use std::cmp::Reverse;

use bench_facts::Fact;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::{MOST, System, lower_words};
use crate::Fallible;

struct Nucleo<'a> {
    facts: &'a [Fact],
    matcher: Matcher,
}

pub fn build<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    Ok(Box::new(Nucleo { facts, matcher: Matcher::new(Config::DEFAULT) }))
}

impl Nucleo<'_> {
    /// Words that do not match take nothing away: whole questions match no sentence in all their words.
    fn score(&mut self, words: &[Atom], text: &str, letters: &mut Vec<char>) -> u32 {
        let text = Utf32Str::new(text, letters);
        words.iter().filter_map(|word| word.score(text, &mut self.matcher)).map(u32::from).sum()
    }
}

impl System<'_> for Nucleo<'_> {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        let atom = |word: String| Atom::new(&word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false);
        let words: Vec<Atom> = lower_words(question).map(atom).collect();
        let mut letters = Vec::new();
        let mut found: Vec<(u32, usize)> = Vec::new();
        for (n, fact) in self.facts.iter().enumerate() {
            let texts = fact.questions.iter().chain([&fact.text]);
            let best = texts.map(|text| self.score(&words, text, &mut letters)).max().unwrap_or_default();
            if best > 0 {
                found.push((best, n));
            }
        }
        found.sort_unstable_by_key(|(score, n)| (Reverse(*score), *n));
        Ok(found.into_iter().take(MOST).map(|(_, n)| n).collect())
    }
}
