//! English words that may stand for one another, from `kin.txt`: forms, abbreviations, peoples, derivations, meanings; and
//! from `thesaurus.txt`, which is looser and four times as large.
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
    /// Any two words of which one may be asked with and the other told with.
    Loosely,
    /// Everyday words of people who use a service. Too loose for the text of an article: only for telling how like one
    /// question is to another.
    Service,
}

impl Relation {
    /// Whether it is between two words rather than two shapes of one.
    fn is_of_meaning(self) -> bool {
        matches!(self, Self::Meaning | Self::News | Self::Loosely | Self::Service)
    }
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
    // 0.2 to 0.4 are alike.
    ("thesaurus", Relation::Loosely, 0.3, 0.4),
];

/// The section that is a file of its own.
const THESAURUS: usize = SECTIONS.len() - 1;

/// The stem of a word that may stand for another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kin {
    pub stem: &'static str,
    /// Its place among `stems`.
    pub number: u32,
    /// In a text, 0..1.
    pub weight: f32,
    /// Among questions, 0..1.
    pub alike: f32,
    /// Another word, rather than this one in another shape.
    pub synonym: bool,
}

/// The same as the number of a stem and the set of its relations, one bit each in the order of `SECTIONS`: some hundred thousand
/// stay in memory, and as strings they take twenty times the room.
#[derive(Clone, Copy)]
struct Row {
    stem: u16,
    relations: u8,
}

/// A word as it is spelled in the table, which letters it has, and the number of its stem.
type Spelled = (&'static str, u32, u16);

/// `kin.txt`, read once.
struct Table {
    stems: Strings,
    /// Where the kin of each stem begin in `rows`; they end where those of the next begin.
    starts: Vec<u32>,
    rows: Vec<Row>,
    /// The words of `kin.txt`, sorted by first letter and length.
    spelled: Vec<Spelled>,
}

/// Somewhat more words and pairs, each both ways, than the tables have.
const WORDS: usize = 14_000;
const STEMS: usize = 10_200;
const PAIRS: usize = 48_000;

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let english = Language::default();
        // So large from the start that nothing small lies between when they are given back.
        let (mut stems, mut spelled) = (Strings::with_room_for(STEMS), Vec::with_capacity(WORDS / 3));
        let mut known = FxHashMap::with_capacity_and_hasher(WORDS, rustc_hash::FxBuildHasher);
        let mut all = Vec::with_capacity(PAIRS);
        for (section, line) in lines() {
            let mut stem_of = |word: &'static str| {
                *known.entry(word).or_insert_with(|| {
                    let read = words(word, &english).pop()?;
                    let stem = stems.intern(&read.stem) as u16;
                    if section != THESAURUS {
                        spelled.push((word, letters_of(word), stem));
                    }
                    (!read.stop).then_some(stem)
                })
            };
            let relations = 1 << section;
            all.extend(pairs(line).filter_map(|(a, b)| Some((stem_of(a)?, stem_of(b)?))).flat_map(|(a, b)| {
                let row = |stem: u16| Row { stem, relations };
                [(a, row(b)), (b, row(a))].into_iter().filter(move |_| a != b)
            }));
        }
        all.sort_unstable_by_key(|(of, row)| (*of, row.stem));
        all.dedup_by(|(of, row), (first, kept)| {
            let is_same = of == first && row.stem == kept.stem;
            kept.relations |= if is_same { row.relations } else { 0 };
            is_same
        });
        let starts = (0..=stems.len()).map(|n| all.partition_point(|(of, _)| u32::from(*of) < n) as u32).collect();
        spelled.sort_unstable_by_key(|(word, ..)| first_and_length(word));
        spelled.shrink_to_fit();
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

fn first_and_length(word: &str) -> (u8, usize) {
    (word.bytes().next().unwrap_or_default(), word.len())
}

/// The lines of both tables, each with the place of its section.
fn lines() -> impl Iterator<Item = (usize, &'static str)> {
    let mut section = None;
    let kin = include_str!("kin.txt").lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = SECTIONS.iter().position(|(n, ..)| *n == name);
            return None;
        }
        section.map(|section| (section, line))
    });
    let thesaurus = include_str!("thesaurus.txt").lines().map(|line| (THESAURUS, line));
    kin.chain(thesaurus).filter(|(_, line)| !line.starts_with('#'))
}

/// The pairs of a line: of a group every two words, behind a headword and a colon the headword with each.
fn pairs(line: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (head, rest) = line.split_once(": ").map_or((None, line), |(head, rest)| (Some(head), rest));
    let every_two = move |(n, a): (usize, &'static str)| rest.split(' ').skip(n + 1).map(move |b| (a, b));
    let group = rest.split(' ').enumerate().filter(move |_| head.is_none()).flat_map(every_two);
    let behind = rest.split(' ').filter_map(move |word| Some((head?, word)));
    group.chain(behind)
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
    let from = |key: (u8, usize)| TABLE.spelled.partition_point(|(word, ..)| first_and_length(word) < key);
    let range = from((first, *lengths.start()))..from((first, *lengths.end() + 1));
    let near = TABLE.spelled.get(range).unwrap_or_default().iter();
    let letters = letters_of(typed);
    let is_slip =
        |(word, of_word, _): &&Spelled| (letters ^ of_word).count_ones() <= 2 && strsim::osa_distance(word, typed) == 1;
    let mut meant = near.filter(is_slip).map(|(.., stem)| *stem);
    let only = meant.next()?;
    meant.all(|other| other == only).then(|| TABLE.stems.get(u32::from(only)))
}

/// All stems that have kin, by number.
pub(super) fn stems() -> impl Iterator<Item = &'static str> {
    (0..TABLE.stems.len()).map(|number| TABLE.stems.get(number))
}

/// The kin of an English stem.
pub(super) fn of(stem: &str) -> impl Iterator<Item = Kin> + use<> {
    TABLE.kin(stem).iter().map(|row| {
        let has = |n: usize| row.relations >> n & 1 == 1;
        let related = || SECTIONS.iter().enumerate().filter(|(n, _)| has(*n)).map(|(_, section)| section);
        Kin {
            stem: TABLE.stems.get(u32::from(row.stem)),
            number: u32::from(row.stem),
            weight: related().map(|(.., weight, _)| *weight).fold(0.0, f32::max),
            alike: related().map(|(.., alike)| *alike).fold(0.0, f32::max),
            synonym: related().all(|(_, relation, ..)| relation.is_of_meaning()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{THESAURUS, lines, of, pairs, slip_of};
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
        assert_eq!(headings.count(), THESAURUS);
        assert_eq!(lines().find(|(_, line)| pairs(line).next().is_none()), None, "a line has a pair");
        let parts = |word: &str| words(word, &Language::default()).len();
        let mut all = lines().flat_map(|(_, line)| pairs(line)).flat_map(|(a, b)| [a, b]);
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
        let loose = of("user").find(|k| k.stem == "member").map(|k| (k.weight, k.alike > 0.0));
        assert_eq!(loose, Some((0.0, true)));
    }
}
