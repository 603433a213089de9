//! Whether two kept questions are the same question.
//!
//! Only where nothing that tells them apart differs. In doubt they are two: that costs an editor a glance, where a false twin
//! would hide a question for good.

use rustc_hash::FxHashSet;

use crate::text::Language;
use crate::text::Word;
use crate::text::background_share;
use crate::text::words;

/// In a shorter word one letter more or less makes another word: "bat", "boat".
const LEAST_FOR_A_SLIP: usize = 5;

/// Small words that turn a question into another, by what they say alike. Others may differ between twins.
const TELLING: &[(&str, &[&str])] = &[
    ("not", &["not", "no", "never", "none", "neither", "nor", "nobody", "nothing", "without", "hardly", "ain't"]),
    ("when", &["when"]),
    ("who", &["who", "whom"]),
    ("whose", &["whose"]),
    ("where", &["where"]),
    ("why", &["why"]),
    ("how", &["how"]),
    ("what", &["what", "which"]),
    ("many", &["many", "few"]),
    ("much", &["much"]),
    ("more", &["more"]),
    ("less", &["less"]),
    ("most", &["most"]),
    ("least", &["least"]),
    ("before", &["before"]),
    ("after", &["after", "since"]),
    ("until", &["until", "till", "til"]),
    ("over", &["over", "onto"]),
    ("under", &["under"]),
    ("up", &["up"]),
    ("down", &["down"]),
    ("out", &["out"]),
    ("again", &["again"]),
    ("other", &["other", "others", "else"]),
    ("same", &["same"]),
    ("only", &["only"]),
    ("all", &["all", "everybody", "everyone", "everything", "every", "each", "both"]),
    ("should", &["should", "must", "shall"]),
    ("may", &["may", "might", "could"]),
    ("against", &["against"]),
    ("he", &["he", "him", "his", "himself"]),
    ("she", &["she", "her", "hers", "herself"]),
    ("they", &["they", "them", "their", "theirs", "themselves"]),
    ("we", &["we", "our", "ours", "ourselves"]),
];

/// Behind these a word has another part in the sentence: moved to Oslo, moved from Oslo.
const DIRECTING: &[&str] =
    &["from", "to", "by", "against", "than", "before", "after", "toward", "towards", "without", "into"];

/// What opens what somebody did to somebody: "who did Acme sue" is not "who sued Acme".
const DOING: &[&str] = &["do", "does", "did"];

/// Whether two kept questions are one, put a little differently: word order, an ending, a small word, one slip of the
/// finger. Never where a name, a number, a negation or the kind of thing asked differs.
pub fn are_twins(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let language = Language::default();
    let (one, other) = (Asked::of(words(one, &language)), Asked::of(words(other, &language)));
    // Both ways, so that it cannot matter which of the two was there first.
    one.telling == other.telling && one.numbers == other.numbers && one.is_put_in(&other) && other.is_put_in(&one)
}

/// A question as far as it is compared.
struct Asked {
    telling: FxHashSet<&'static str>,
    numbers: FxHashSet<String>,
    /// Whether "did" or the like stands in it.
    does: bool,
    content: Vec<Content>,
}

/// A word with a content of its own.
struct Content {
    word: Word,
    /// The directing word before it, with nothing but small words between.
    behind: Option<&'static str>,
}

impl Asked {
    fn of(words: Vec<Word>) -> Self {
        let mut asked =
            Self { telling: FxHashSet::default(), numbers: FxHashSet::default(), does: false, content: Vec::new() };
        let mut behind = None;
        for word in words {
            let folded = word.folded.as_str();
            let told = TELLING.iter().find(|(_, alike)| alike.contains(&folded));
            asked.telling.extend(told.map(|(name, _)| *name));
            asked.does |= DOING.contains(&folded);
            behind = DIRECTING.iter().copied().find(|directing| *directing == folded).or(behind);
            if folded.chars().any(char::is_numeric) {
                asked.numbers.insert(folded.to_owned());
            }
            if word.stop || told.is_some() {
                continue;
            }
            let behind = behind.take();
            if asked.content.iter().all(|known| !is_same(&known.word, &word)) {
                asked.content.push(Content { word, behind });
            }
        }
        asked
    }

    /// Whether `other` has the same words of content, moved at most as a phrase moves.
    fn is_put_in(&self, other: &Self) -> bool {
        let Some(places) = self.places_in(other).filter(|places| !places.is_empty()) else { return false };
        let has_same_part = |(at, content): (&usize, &Content)| {
            other.content.get(*at).is_some_and(|pendant| pendant.behind == content.behind)
        };
        let is_moved = places.windows(2).any(|pair| matches!(pair, [a, b] if a > b));
        places.iter().zip(&self.content).all(has_same_part)
            && (!is_moved || (self.does == other.does && !is_turned_round(&places)))
    }

    /// The place in `other` of each word, where each has one of its own; one may be a slip away.
    fn places_in(&self, other: &Self) -> Option<Vec<usize>> {
        let place_of = |content: &Content| {
            let at = |is: &dyn Fn(&Word) -> bool| other.content.iter().position(|o| is(&o.word));
            at(&|o| o.folded == content.word.folded).or_else(|| at(&|o| is_same(o, &content.word)))
        };
        let places: Vec<Option<usize>> = self.content.iter().map(place_of).collect();
        let free: Vec<usize> = (0..other.content.len()).filter(|at| !places.contains(&Some(*at))).collect();
        let lost: Vec<usize> = (0..places.len()).filter(|at| places.get(*at) == Some(&None)).collect();
        let word = |of: &Self, at: usize| of.content.get(at).map(|content| content.word.clone());
        let is_one_for_one = self.content.len() == other.content.len();
        match (lost.as_slice(), free.as_slice()) {
            ([], []) if is_one_for_one => places.into_iter().collect(),
            ([lost], [free]) if is_one_for_one && is_slip(&word(self, *lost)?, &word(other, *free)?) => {
                places.into_iter().map(|place| place.or(Some(*free))).collect()
            }
            _ => None,
        }
    }
}

/// Whether two words differ in an ending only. An e alone is no ending, but makes another name: Green, Greene.
fn is_same(one: &Word, other: &Word) -> bool {
    let is_longer_by_e = |long: &Word, short: &Word| long.folded.strip_suffix('e') == Some(short.folded.as_str());
    one.stem == other.stem && !is_longer_by_e(one, other) && !is_longer_by_e(other, one)
}

/// Whether three words stand the other way round: "did Acme sue Initech", "did Initech sue Acme".
fn is_turned_round(place: &[usize]) -> bool {
    let falls = |from: usize| place.iter().skip(from + 1).any(|later| place.get(from).is_some_and(|p| later < p));
    (0..place.len()).any(|first| {
        let below = |at: &usize| place.get(*at) < place.get(first);
        (first + 1..place.len()).filter(below).any(falls)
    })
}

/// Whether of two words one is the other typed badly. Two words that are both known are two words; and names often differ
/// by a vowel, an ending or an h, so that none of these is taken for a slip.
fn is_slip(one: &Word, other: &Word) -> bool {
    let language = Language::default();
    let is_known = |word: &Word| background_share(&word.stem, &language) > 0.0;
    if one.number || other.number || (is_known(one) && is_known(other)) {
        return false;
    }
    let one_is_known = is_known(one) || is_known(other);
    [(&one.folded, &other.folded), (&one.stem, &other.stem)].iter().any(|(a, b)| {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let (shorter, longer) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        if shorter.len() + 1 < LEAST_FOR_A_SLIP || longer.len() < LEAST_FOR_A_SLIP {
            return false;
        }
        is_swap(&a, &b) || (one_is_known && is_letter_short(shorter, longer))
    })
}

/// Two neighbouring letters the wrong way round, not the first.
fn is_swap(a: &[char], b: &[char]) -> bool {
    let (one, other): (String, String) = (a.iter().collect(), b.iter().collect());
    a.len() == b.len()
        && a.first() == b.first()
        && strsim::osa_distance(&one, &other) == 1
        && strsim::hamming(&one, &other) == Ok(2)
}

/// One letter missing inside the word, no h.
fn is_letter_short(shorter: &[char], longer: &[char]) -> bool {
    let before = shorter.iter().zip(longer).take_while(|(a, b)| a == b).count();
    let is_inside = before > 0 && before < shorter.len();
    is_inside
        && shorter.len() + 1 == longer.len()
        && shorter.get(before..) == longer.get(before + 1..)
        && longer.get(before) != Some(&'h')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::are_twins;

    const TWINS: &[(&str, &str)] = &[
        ("why is the washington office closing", "why is the office in washington closing"),
        ("why is the washington office closing", "why did the washington offices close"),
        ("when will the bridge reopen", "when does the brige reopen"),
        ("when will the bridge reopen", "when will the bridge be reopened please"),
        ("when will the bridge reopen", "the bridge when will it reopen"),
        ("who is the kapsersky ceo", "who is the kaspersky ceo"),
        ("how many bats were found", "how many bats have been found"),
        ("what isnt open", "what is not open"),
        ("is the ofice closed", "is the office closed"),
        ("how much did it cost in 2018", "in 2018 how much did it cost"),
        ("is he leaving", "did he leave"),
        ("who", "who"),
        ("", ""),
    ];

    const NO_TWINS: &[(&str, &str)] = &[
        ("when will the bridge reopen", "where will the bridge reopen"),
        ("when will the bridge reopen", "why will the bridge reopen"),
        ("when will the bridge reopen", "will the bridge reopen"),
        ("when will the bridge reopen", "when will the bridge not reopen"),
        ("who was hired", "who was never hired"),
        ("how many people left", "how much people left"),
        ("how many people left", "how did people leave"),
        ("what happened in 2017", "what happened in 2018"),
        ("what happened in 2017", "what happened"),
        ("what happened in 1990", "what happened in the 1990s"),
        ("why is the oslo office closing", "why is the boston office closing"),
        ("who is maria", "who is marie"),
        ("who is anna berg", "who is anne berg"),
        ("who is mr hansen", "who is mr hanson"),
        ("who is jonson", "who is johnson"),
        ("who is marten", "who is martin"),
        ("who is mrs greene", "who is mrs green"),
        ("did acme sue initech", "did initech sue acme"),
        ("who sued acme", "who did acme sue"),
        ("does it move from oslo to boston", "does it move from boston to oslo"),
        ("was acme bought by initech", "was initech bought by acme"),
        ("who was hired by smith", "who hired smith"),
        ("where does he live", "where does she live"),
        ("what happened before the ban", "what happened after the ban"),
        ("should the bridge close", "did the bridge close"),
        ("is it more than a ban", "is it less than a ban"),
        ("what did he say", "who did he see"),
        ("wann kommt das", "wenn kommt das"),
        ("", "who"),
    ];

    #[test]
    fn one_question_or_two() {
        for (rows, want) in [(TWINS, true), (NO_TWINS, false)] {
            for (one, other) in rows {
                assert_eq!(are_twins(one, other), want, "{one} | {other}");
                assert_eq!(are_twins(other, one), want, "{other} | {one}");
            }
        }
    }

    fn question() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => prop::sample::select(vec![
                "who", "when", "not", "acme", "acem", "bridge", "brige", "bridges", "office", "ofice", "from", "to", "did",
                "2018", "oslo", "sue", "by", "the",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,6}",
        ];
        prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn twins_are_twins_both_ways(one in question(), other in question()) {
            prop_assert!(are_twins(&one, &one));
            prop_assert_eq!(are_twins(&one, &other), are_twins(&other, &one));
        }
    }
}
