//! English words that may stand for one another, from `kin.txt`: forms, abbreviations, peoples, derivations, meanings.
//!
//! What means the same in one story only belongs into that story's topics.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::strings::Strings;
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Kin {
    pub stem: &'static str,
    /// In a text, 0..1.
    pub weight: f32,
    /// Among questions, 0..1.
    pub alike: f32,
    /// Another word, rather than this one in another shape.
    pub synonym: bool,
}

/// The same, with thousandths and the number of a stem: some forty thousand stay in memory, and as strings they take ten times
/// the room.
#[derive(Clone, Copy)]
struct Row {
    stem: u16,
    weight: u16,
    alike: u16,
    synonym: bool,
}

impl Row {
    fn merged(self, other: Self) -> Self {
        let (weight, alike) = (self.weight.max(other.weight), self.alike.max(other.alike));
        Self { weight, alike, synonym: self.synonym && other.synonym, ..self }
    }
}

/// A word as it is spelled in the table, which letters it has, and the number of its stem.
type Spelled = (&'static str, u32, u16);

/// `kin.txt`, read once.
struct Table {
    stems: Strings,
    /// Where the kin of each stem begin in `rows`; they end where those of the next begin.
    starts: Vec<u32>,
    rows: Vec<Row>,
    /// The words by first letter and length.
    spelled: FxHashMap<(u8, usize), Vec<Spelled>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let english = Language::default();
        let (mut stems, mut spelled) = (Strings::default(), FxHashMap::<(u8, usize), Vec<Spelled>>::default());
        let (mut known, mut all) = (FxHashMap::default(), Vec::new());
        for (relation, weight, alike, group) in groups() {
            let mut stem_of = |word: &'static str| {
                *known.entry(word).or_insert_with(|| {
                    let read = words(word, &english).pop()?;
                    let stem = stems.intern(&read.stem) as u16;
                    spelled.entry(first_and_length(word)).or_default().push((word, letters_of(word), stem));
                    (!read.stop).then_some(stem)
                })
            };
            let group: Vec<u16> = group.split(' ').filter_map(&mut stem_of).collect();
            let synonym = matches!(relation, Relation::Meaning | Relation::News | Relation::Service);
            let row = |stem: u16| Row { stem, weight: thousandths(weight), alike: thousandths(alike), synonym };
            let pairs = group.iter().flat_map(|a| group.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
            all.extend(pairs.map(|(of, other)| (of, row(other))));
        }
        all.sort_by_key(|(of, row)| (*of, row.stem));
        all.dedup_by(|(of, row), (first, kept)| {
            let is_same = of == first && row.stem == kept.stem;
            if is_same {
                *kept = kept.merged(*row);
            }
            is_same
        });
        let starts = (0..=stems.len()).map(|n| all.partition_point(|(of, _)| u32::from(*of) < n) as u32).collect();
        spelled.values_mut().for_each(Vec::shrink_to_fit);
        // Copied, so that what the pairs took is given back.
        let rows = all.iter().map(|(_, row)| *row).collect();
        Self { stems, starts, rows, spelled }
    }

    fn kin(&'static self, stem: &str) -> &'static [Row] {
        let at = |n: u32| self.starts.get(n as usize).map(|start| *start as usize);
        let range = self.stems.find(stem).and_then(|n| Some(at(n)?..at(n + 1)?));
        range.and_then(|range| self.rows.get(range)).unwrap_or_default()
    }
}

fn thousandths(share: f32) -> u16 {
    (share * 1000.0).round() as u16
}

fn first_and_length(word: &str) -> (u8, usize) {
    (word.bytes().next().unwrap_or_default(), word.len())
}

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

/// Which letters a word has, as bits: words a slip apart differ in two at most.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte % 32))
}

/// The stem of the word of the table that `typed` is a slip of: "amercia". None where it may be several.
pub(super) fn slip_of(typed: &str) -> Option<&'static str> {
    /// Shorter words are a slip from too many.
    const LETTERS: usize = 5;
    let first = typed.bytes().next().filter(|_| typed.len() >= LETTERS)?;
    let lengths = typed.len() - 1..=typed.len() + 1;
    let near = lengths.filter_map(|length| TABLE.spelled.get(&(first, length))).flatten();
    let letters = letters_of(typed);
    let is_slip =
        |(word, of_word, _): &&Spelled| (letters ^ of_word).count_ones() <= 2 && strsim::osa_distance(word, typed) == 1;
    let mut meant = near.filter(is_slip).map(|(.., stem)| *stem);
    let only = meant.next()?;
    meant.all(|other| other == only).then(|| TABLE.stems.get(u32::from(only)))
}

/// The kin of an English stem.
pub(super) fn of(stem: &str) -> impl Iterator<Item = Kin> + use<> {
    TABLE.kin(stem).iter().map(|row| Kin {
        stem: TABLE.stems.get(u32::from(row.stem)),
        weight: f32::from(row.weight) / 1000.0,
        alike: f32::from(row.alike) / 1000.0,
        synonym: row.synonym,
    })
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, groups, of, slip_of};
    use crate::text::{Language, words};

    #[test]
    fn kin_goes_both_ways() {
        let rows = [("ban", "prohibit", 0.5), ("prohibit", "ban", 0.5), ("went", "go", 0.95), ("three", "3", 0.95)];
        for (one, other, want) in rows {
            let found = of(one).find(|k| k.stem == other).map(|k| k.weight);
            assert_eq!(found, Some(want), "{one} {other}");
        }
        assert_eq!(of("toronto").count(), 0);
    }

    #[test]
    fn every_line_belongs_to_a_known_section_and_has_two_words() {
        let headings = include_str!("kin.txt").lines().filter(|l| l.starts_with('['));
        assert_eq!(headings.count(), SECTIONS.len());
        assert!(groups().all(|(.., group)| group.split(' ').count() > 1));
        let parts = |word: &str| words(word, &Language::default()).len();
        let mut all = groups().flat_map(|(.., group)| group.split(' '));
        assert_eq!(all.find(|word| parts(word) != 1), None, "a word is one word");
        assert!(super::TABLE.stems.len() < u32::from(u16::MAX));
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
        let loose = of("folder").find(|k| k.stem == "directori").map(|k| (k.weight, k.alike > 0.0));
        assert_eq!(loose, Some((0.0, true)));
    }
}
