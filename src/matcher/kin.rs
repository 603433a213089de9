//! English words that may stand for one another, from `kin.txt`: forms, abbreviations, peoples, derivations, meanings.
//!
//! What means the same in one story only belongs into that story's topics.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::{Language, words};

/// How two words are kin: a section of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// One word in another shape: `went` and `go`, `three` and `3`.
    Form,
    Abbreviation,
    /// A country, its people, its adjective.
    People,
    /// Another class of word from the same root.
    Derived,
    /// Nearly the same meaning.
    Meaning,
    /// A headline's and a reader's words for the same matter.
    News,
    /// Everyday words of people who use a service. Too loose for the text of an article: only for telling how like one
    /// question is to another.
    Service,
}

/// Section, relation, worth against the word itself in a text, and among questions. The worths in texts were fitted on
/// public questions about articles, those among questions on public sample questions; 0.1 more or less changes little. Those of
/// `news` were set on the gold questions, where 0.3 to 0.5 are alike; the public sets do not move with them.
const SECTIONS: &[(&str, Relation, f32, f32)] = &[
    ("forms", Relation::Form, 0.95, 0.95),
    ("abbreviations", Relation::Abbreviation, 0.855, 0.855),
    ("peoples", Relation::People, 0.8, 0.85),
    ("derived", Relation::Derived, 0.7, 0.7),
    ("meanings", Relation::Meaning, 0.5, 0.7),
    ("news", Relation::News, 0.4, 0.5),
    ("service", Relation::Service, 0.0, 0.85),
];

/// The stem of a word that may stand for another.
#[derive(Clone, Debug)]
pub(super) struct Kin {
    pub stem: String,
    /// In a text, 0..1.
    pub weight: f32,
    /// Among questions, 0..1.
    pub alike: f32,
    /// Another word, rather than this one in another shape.
    pub synonym: bool,
}

/// Stem -> its kin.
static KIN: LazyLock<FxHashMap<String, Vec<Kin>>> = LazyLock::new(|| {
    let english = Language::default();
    let mut all: FxHashMap<String, Vec<Kin>> = FxHashMap::default();
    for (relation, weight, alike, group) in groups() {
        let group: Vec<String> =
            words(group, &english).into_iter().filter(|w| !w.stop).map(|w| w.stem.to_string()).collect();
        let synonym = matches!(relation, Relation::Meaning | Relation::News | Relation::Service);
        for (stem, other) in group.iter().flat_map(|a| group.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let kin = all.entry(stem.clone()).or_default();
            match kin.iter_mut().find(|k| k.stem == *other) {
                Some(known) => {
                    known.weight = known.weight.max(weight);
                    known.alike = known.alike.max(alike);
                    known.synonym &= synonym;
                }
                None => kin.push(Kin { stem: other.clone(), weight, alike, synonym }),
            }
        }
    }
    all
});

/// The table's groups, each with its relation and worths.
fn groups() -> impl Iterator<Item = (Relation, f32, f32, &'static str)> {
    let mut section = None;
    include_str!("kin.txt").lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = SECTIONS.iter().find(|(n, ..)| *n == name);
            return None;
        }
        section.map(|(_, relation, weight, alike)| (*relation, *weight, *alike, line))
    })
}

/// A word of the table as it is spelled there, which letters it has, and its stem.
type Spelled = (&'static str, u32, String);

/// Which letters a word has, as bits: words a slip apart differ in two at most.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte % 32))
}

/// The table's words by first letter and length.
static SPELLED: LazyLock<FxHashMap<(u8, usize), Vec<Spelled>>> = LazyLock::new(|| {
    let english = Language::default();
    let mut all: FxHashMap<(u8, usize), Vec<Spelled>> = FxHashMap::default();
    for word in groups().flat_map(|(.., group)| group.split(' ')) {
        let alike = all.entry((word.bytes().next().unwrap_or_default(), word.len())).or_default();
        if !alike.iter().any(|(known, ..)| *known == word) {
            alike.extend(words(word, &english).pop().map(|w| (word, letters_of(word), w.stem.to_string())));
        }
    }
    all
});

/// The stem of the word of the table that `typed` is a slip of: "amercia". None where it may be several.
pub(super) fn slip_of(typed: &str) -> Option<&'static str> {
    /// Shorter words are a slip from too many.
    const LETTERS: usize = 5;
    let first = typed.bytes().next().filter(|_| typed.len() >= LETTERS)?;
    let near = (typed.len() - 1..=typed.len() + 1).filter_map(|length| SPELLED.get(&(first, length))).flatten();
    let letters = letters_of(typed);
    let is_slip =
        |(word, of_word, _): &&Spelled| (letters ^ of_word).count_ones() <= 2 && strsim::osa_distance(word, typed) == 1;
    let mut meant = near.filter(is_slip).map(|(.., stem)| stem.as_str());
    let only = meant.next()?;
    meant.all(|other| other == only).then_some(only)
}

/// The kin of an English stem.
pub(super) fn of(stem: &str) -> &'static [Kin] {
    KIN.get(stem).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, groups, of, slip_of};

    #[test]
    fn kin_goes_both_ways() {
        let rows = [("ban", "prohibit", 0.5), ("prohibit", "ban", 0.5), ("went", "go", 0.95), ("three", "3", 0.95)];
        for (one, other, want) in rows {
            let found = of(one).iter().find(|k| k.stem == other).map(|k| k.weight);
            assert_eq!(found, Some(want), "{one} {other}");
        }
        assert!(of("toronto").is_empty());
    }

    #[test]
    fn every_line_belongs_to_a_known_section_and_has_two_words() {
        let headings = include_str!("kin.txt").lines().filter(|l| l.starts_with('['));
        assert_eq!(headings.count(), SECTIONS.len());
        assert!(groups().all(|(.., group)| group.split(' ').count() > 1));
    }

    #[test]
    fn slips_of_words_that_no_base_need_have() {
        let rows = [("amercia", Some("us")), ("goverment", Some("govern")), ("amer", None), ("zzzzz", None)];
        for (typed, want) in rows {
            assert_eq!(slip_of(typed), want, "{typed}");
        }
    }

    #[test]
    fn a_service_word_does_not_stand_in_a_text() {
        let loose = of("folder").iter().find(|k| k.stem == "directori").map(|k| (k.weight, k.alike > 0.0));
        assert_eq!(loose, Some((0.0, true)));
    }
}
