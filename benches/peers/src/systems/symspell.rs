//! Spelling correction before search, the usual recipe: SymSpell over the base's own words, then tantivy.

use std::collections::HashMap;

use bench_facts::Fact;
use symspell_rs::{SymSpell, Verbosity};

use super::tantivy::Tantivy;
use super::{System, joined, lower_words};
use crate::Fallible;

const DISTANCE: usize = 2;
const PREFIX: usize = 7;

struct Corrected {
    words: SymSpell,
    search: Tantivy,
}

pub fn build<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for fact in facts {
        for word in lower_words(&joined(fact)) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut words = SymSpell::new(DISTANCE, None, PREFIX, 1);
    for (word, count) in counts {
        words.create_dictionary_entry(word, count);
    }
    Ok(Box::new(Corrected { words, search: Tantivy::plain(facts)? }))
}

impl System<'_> for Corrected {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        let mut corrected = String::with_capacity(question.len());
        for word in lower_words(question) {
            let found = self.words.lookup(&word, Verbosity::Top, DISTANCE, &None, None, false);
            corrected.push_str(found.first().map_or(&word, |s| &s.term));
            corrected.push(' ');
        }
        self.search.find(&corrected)
    }
}
