//! Expressions of several words that say what one word says: "throw in the towel", "the Canadian capital". From `idioms.txt`.
//!
//! Only in English questions: a fact is in its author's plain words, and who asks has others.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::kin;
use super::mend::Meant;
use super::strings::Strings;
use super::vocabulary::{Near, Vocabulary, raise};
use crate::text::{Language, words};

/// What a meaning is worth against the word itself, in a text and among questions; and what the word that carries the
/// expression is still worth for what it says by itself in a text: "giving up the office" is not about giving. All three
/// may be a third more or less (gold questions).
const MEANT: f32 = 0.8;
const ALIKE: f32 = 0.6;
const BY_ITSELF: f32 = 0.5;
/// So many words may stand in a gap: "kick the whole company out".
const GAP: usize = 3;
/// From this weight on a word is the same in another form.
const FORM: f32 = 0.9;

/// An expression as stems of the table, by number.
struct Idiom {
    /// Stems in a row; the number of the empty one is a gap.
    stems: SmallVec<[u16; 6]>,
    /// The first that carries content.
    head: u8,
    /// Stems of what it says.
    means: SmallVec<[u16; 3]>,
}

/// All expressions, the longer first; and the stems that one opens with, in each of its forms, with its place, sorted.
struct Table {
    stems: Strings,
    idioms: Vec<Idiom>,
    opening: Vec<(u16, u16)>,
}

impl Table {
    /// The expressions that a stem opens, the longer first.
    fn opened_by(&self, stem: &str) -> impl Iterator<Item = &Idiom> {
        let number = self.stems.find(stem).map_or(u16::MAX, |number| number as u16);
        let from = self.opening.partition_point(|(opens, _)| *opens < number);
        let places = self.opening.iter().skip(from).take_while(move |(opens, _)| *opens == number);
        places.filter_map(|(_, place)| self.idioms.get(usize::from(*place)))
    }
}

/// Two thousand expressions with some three thousand stems stay in memory: as strings they take five times the room.
static IDIOMS: LazyLock<Table> = LazyLock::new(|| {
    let mut stems = Strings::default();
    // The number of no stem.
    stems.intern("");
    let mut idioms: Vec<Idiom> = rows()
        .map(|(row, head, means)| {
            let mut numbers =
                |words: &[String]| words.iter().map(|stem| stems.intern(stem) as u16).collect::<Vec<u16>>();
            Idiom { stems: numbers(&row).into(), head: head as u8, means: numbers(&means).into() }
        })
        .collect();
    idioms.sort_by_key(|idiom| std::cmp::Reverse(idiom.stems.len()));
    let mut opening: Vec<(u16, u16)> = Vec::with_capacity(2 * idioms.len());
    for (place, idiom) in (0..).zip(&idioms) {
        let Some(first) = idiom.stems.first().copied() else { continue };
        opening.push((first, place));
        let name = stems.get(u32::from(first)).to_owned();
        for form in kin::of(&name).filter(|k| k.weight >= FORM) {
            opening.push((stems.intern(form.stem) as u16, place));
        }
    }
    opening.sort_unstable();
    opening.shrink_to_fit();
    idioms.shrink_to_fit();
    Table { stems, idioms, opening }
});

/// The table's lines: stems of the expression, which of them carries it, stems of its meaning.
fn rows() -> impl Iterator<Item = (Vec<String>, usize, Vec<String>)> {
    let english = Language::default();
    include_str!("idioms.txt").lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        let (expression, means) = line.split_once(" = ")?;
        let (mut stems, mut head) = (Vec::new(), None);
        for (n, part) in expression.split(" _ ").enumerate() {
            stems.extend((n > 0).then(String::new));
            for word in words(part, &english) {
                head = head.or((!word.stop).then_some(stems.len()));
                stems.push(word.stem.to_string());
            }
        }
        let means = words(means, &english).into_iter().map(|w| w.stem.to_string()).collect();
        Some((stems, head?, means))
    })
}

/// Gives the words of expressions among `question` their meaning: one of them stands for all, the others say nothing.
pub(super) fn understand(question: &mut [Meant], vocabulary: &Vocabulary) {
    for at in 0..question.len() {
        let opened = question.get(at).into_iter().flat_map(|meant| IDIOMS.opened_by(&meant.word.stem));
        let found = opened.filter_map(|idiom| Some((idiom, idiom.places(question, at)?))).next();
        let Some((idiom, places)) = found else { continue };
        let head = places.get(usize::from(idiom.head)).copied();
        for place in places {
            let Some(meant) = question.get_mut(place) else { continue };
            if Some(place) == head {
                idiom.mean(meant, vocabulary);
            } else {
                meant.silence();
            }
        }
    }
}

impl Idiom {
    /// Where its words stand in a question that has it from `at` on. A gap has the place of the word before it.
    fn places(&self, question: &[Meant], at: usize) -> Option<Vec<usize>> {
        let is = |n: usize, stem: &str| question.get(n).is_some_and(|m| m.word.stem == stem);
        let mut places = vec![at];
        let (mut next, mut gap) = (at + 1, 0);
        for stem in self.stems.iter().skip(1) {
            let stem = IDIOMS.stems.get(u32::from(*stem));
            if stem.is_empty() {
                gap = GAP;
                places.push(at);
                continue;
            }
            let place = (next..=next + gap).find(|n| is(*n, stem))?;
            places.push(place);
            (next, gap) = (place + 1, 0);
        }
        Some(places)
    }

    fn mean(&self, meant: &mut Meant, vocabulary: &Vocabulary) {
        meant.near.iter_mut().for_each(|near| near.weight = near.weight.min(BY_ITSELF));
        let means = self.means.iter().map(|number| IDIOMS.stems.get(u32::from(*number)));
        for near in means.flat_map(|stem| vocabulary.meaning(stem)) {
            raise(&mut meant.near, Near { weight: near.weight * MEANT, alike: near.alike * ALIKE, ..near });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::matcher::mend::mended;
    use crate::matcher::vocabulary::Vocabulary;
    use crate::text::Language;

    #[test]
    fn what_is_meant() {
        let language = Language::default();
        let vocabulary = Vocabulary::of("Close the office, remove people; Ottawa, delayed, capital, give", &language);
        // Question, a stem of the base, whether a word of the question stands for it.
        let rows = [
            ("why did they throw in the towel", "close", false),
            ("so they shut up shop?", "close", true),
            ("is she shutting the whole office down", "close", true),
            ("who got rid of them", "remov", false),
            ("the work was put off", "delay", true),
            ("the meeting was held up", "delay", true),
            ("what about the Canadian capital", "ottawa", true),
            ("the capital", "ottawa", false),
        ];
        for (question, stem, want) in rows {
            let meant = mended(question, &language, &vocabulary);
            let term = vocabulary.get(stem).expect(stem);
            let stands = meant.iter().any(|m| m.near.iter().any(|n| n.term == term && n.weight >= 0.5));
            assert_eq!(stands, want, "{question}");
        }
    }

    #[test]
    fn every_line_has_an_expression_and_a_meaning() {
        assert!(rows().all(|(stems, _, means)| stems.len() > 1 && !means.is_empty()));
    }
}
