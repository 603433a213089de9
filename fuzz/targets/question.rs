//! Folding, cutting and matching of any text: arbitrary facts, sample questions and questions.
//!
//! The input is cut at NUL: the last part is the question, each other one a fact, its first line the text and the others
//! sample questions. The question also goes to a base of real sentences, built once, where more of the signals have a say.

#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord::matcher::{Base, Entry, Index, Scope};

/// At most this many facts from one input; more only cost time.
const FACTS: usize = 32;
const MOST: usize = 5;

const REAL: &[(&str, &[&str])] = &[
    (
        "The council approved the new bridge over the Tarn on 14 March 2024 by nine votes to six.",
        &["when was the bridge approved", "how did the council vote"],
    ),
    ("Mayor Anna Lindqvist said the bridge would cost 41.5 million euros.", &["how much does the bridge cost"]),
    ("Construction is expected to begin in spring 2025 and to last three years.", &["when does building start?"]),
    ("Residents of the old harbour complained about noise, dust and closed roads.", &[]),
    ("An expert report by Dr. O'Brien & Sons Ltd. found cracks in two of the pillars.", &["who found the cracks"]),
    (
        "The opposition alleges that the contract was awarded without a tender.",
        &["was there a tender", "why no tender"],
    ),
    ("Ferries between Saint-Malo and the island run every 20 minutes until 11:30 p.m.", &[]),
    ("It's the town's first major project since the naïve \"Vision 2000\" plan was shelved.", &["what is vision 2000"]),
];

static BUILT_IN: LazyLock<Index> = LazyLock::new(|| {
    let entries = REAL.iter().map(|(text, questions)| entry(text, questions.iter().copied())).collect();
    Index::new(&[Base { entries, ..Base::default() }])
});

fuzz_target!(|data: &[u8]| {
    let input = String::from_utf8_lossy(data);
    let mut parts: Vec<&str> = input.split('\0').collect();
    let question = parts.pop().unwrap_or_default();
    let entries: Vec<Entry> = parts.into_iter().take(FACTS).map(fact).collect();
    let count = entries.len();
    check(&Index::new(&[Base { entries, ..Base::default() }]), count, question);
    check(&BUILT_IN, REAL.len(), question);
});

fn fact(part: &str) -> Entry {
    let mut lines = part.lines();
    entry(lines.next().unwrap_or_default(), lines)
}

fn entry<'a>(text: &str, questions: impl Iterator<Item = &'a str>) -> Entry {
    Entry { text: text.to_owned(), questions: questions.map(str::to_owned).collect(), ..Entry::default() }
}

/// What the matcher promises of every ranking.
fn check(index: &Index, entries: usize, question: &str) {
    let found = index.rank(question, Scope::All, MOST).candidates;
    assert!(found.len() <= MOST, "more than asked for");
    let mut seen = HashSet::new();
    for candidate in &found {
        assert!(candidate.entry < entries, "no such entry");
        assert!(seen.insert(candidate.entry), "the same entry twice");
        assert!(candidate.score.is_finite(), "score {}", candidate.score);
        let confidence = candidate.confidence.get();
        assert!((0.0..=1.0).contains(&confidence), "confidence {confidence}");
    }
    assert!(found.is_sorted_by(|a, b| a.score >= b.score), "not best first");
}
