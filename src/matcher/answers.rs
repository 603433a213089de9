//! Which words of a text could be the answer to a kind of question.
//!
//! What a word is by itself (a month, a role) is looked up once per spelling: `Traits`. What it could answer where it
//! stands is kept with every word of the index: `Answers`, one byte.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::asks::{Asked, PARTS};
use crate::text::{Language, Word, background_share};

const MONTHS_AND_DAYS: &[&str] = &[
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
    "tomorrow",
    "today",
    "tonight",
    "spring",
    "summer",
    "autumn",
    "winter",
    "christmas",
    "easter",
    "midnight",
    "noon",
    "century",
    "decade",
];
const NUMBER_WORDS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
    "thirty", "forty", "fifty", "hundred", "thousand", "million", "billion", "dozen", "half", "quarter", "twice",
    "once",
];
const PLACE_BEFORE: &[&str] = &["in", "at", "near", "from", "to", "across", "throughout", "into", "outside", "around"];
/// Beside these any name may be a place: "Toronto and Los Angeles are the cities".
const PLACE_NOUNS: &[&str] = &[
    "city",
    "cities",
    "town",
    "towns",
    "village",
    "country",
    "countries",
    "state",
    "states",
    "region",
    "regions",
    "capital",
    "street",
    "district",
    "location",
    "locations",
    "located",
    "venue",
];
const REASONS: &[&str] = &[
    "because",
    "due",
    "therefore",
    "thus",
    "reason",
    "cause",
    "caused",
    "explains",
    "explained",
    "based",
    "basis",
    "owing",
    "lack",
    "blames",
    "blamed",
    "fault",
    "brought",
];

/// Who acts without a name. Only words that mean people or bodies and little else.
const ROLES: &[&str] = &[
    "mayor",
    "president",
    "minister",
    "chairman",
    "chairwoman",
    "director",
    "manager",
    "owner",
    "officer",
    "spokesman",
    "spokeswoman",
    "judge",
    "court",
    "police",
    "council",
    "government",
    "parliament",
    "senate",
    "committee",
    "company",
    "union",
    "captain",
    "engineer",
    "doctor",
    "teacher",
    "professor",
    "scientists",
    "researchers",
    "experts",
    "residents",
    "volunteers",
    "employees",
    "workers",
    "regulators",
    "authorities",
    "customers",
    "clients",
    "author",
    "journalist",
];

/// Flags of each folded spelling that the tables of this file name.
static FLAGS: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
    let lists = [
        (Traits::TIME, MONTHS_AND_DAYS),
        (Traits::MONTHLIKE, &["may", "march"]),
        (Traits::REASON, REASONS),
        (Traits::ROLE, ROLES),
        (Traits::PLACE_BEFORE, PLACE_BEFORE),
        (Traits::PLACE_NOUN, PLACE_NOUNS),
        (Traits::THE, &["the"]),
        (Traits::BY, &["by"]),
        (Traits::COUNT, NUMBER_WORDS),
    ];
    let listed = lists.iter().flat_map(|(flag, words)| words.iter().map(move |word| (*word, *flag)));
    let asking = PARTS.iter().flat_map(|(part, flag)| part.split('/').map(move |word| (word, *flag)));
    let mut flags: FxHashMap<&'static str, u64> = FxHashMap::default();
    listed.chain(asking).for_each(|(word, flag)| *flags.entry(word).or_default() |= flag);
    flags
});

/// A single name, or a role, names somebody less surely than a name of two words.
const HALF_SURE: f32 = 0.6;
/// Any name may be a place.
const NAME_AS_PLACE: f32 = 0.5;
/// Any number may be a time.
const NUMBER_AS_TIME: f32 = 0.3;

/// What a word is, wherever it stands: a set of the flags below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u64);

impl Traits {
    const STOP: u64 = 1;
    const CAPITAL: u64 = 1 << 1;
    const CAPITALS: u64 = 1 << 2;
    /// Not a word of ordinary sentences.
    const RARE: u64 = 1 << 3;
    const NUMBER: u64 = 1 << 4;
    const TIME: u64 = 1 << 5;
    /// A month beside a number only.
    const MONTHLIKE: u64 = 1 << 6;
    const REASON: u64 = 1 << 7;
    const ROLE: u64 = 1 << 8;
    const PLACE_BEFORE: u64 = 1 << 9;
    const PLACE_NOUN: u64 = 1 << 10;
    const THE: u64 = 1 << 11;
    const BY: u64 = 1 << 12;
    /// Counts something, as a number does.
    const COUNT: u64 = 1 << 13;

    /// Below this the flags of this type, above it those of `PARTS`.
    pub(super) const BITS: u32 = 16;

    pub(super) fn of(word: &Word, language: &Language) -> Self {
        let folded = word.folded.as_str();
        let rows = [
            (Self::STOP, word.stop),
            (Self::CAPITAL, word.capital_letters > 0),
            (Self::CAPITALS, word.capital_letters > 1),
            // Asked of words with a capital letter only.
            (Self::RARE, word.capital_letters > 0 && background_share(&word.stem, language) == 0.0),
            (Self::NUMBER | Self::COUNT, word.number),
            (Self::TIME, is_year(folded) || (word.number && folded.contains(':'))),
        ];
        let own = rows.iter().filter(|(_, has)| *has).map(|(flag, _)| flag);
        Self(own.fold(FLAGS.get(folded).copied().unwrap_or(0), |all, flag| all | flag))
    }

    pub(super) fn has(self, flag: u64) -> bool {
        self.0 & flag != 0
    }

    pub(super) fn is_stop(self) -> bool {
        self.has(Self::STOP)
    }

    /// The same word where it carries no content.
    pub(super) fn stopped(self) -> Self {
        Self(self.0 | Self::STOP)
    }

    pub(super) fn is_capital(self) -> bool {
        self.has(Self::CAPITAL)
    }
}

/// A word of a text with what it is by itself, and whether it opens a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub traits: Traits,
    pub opens: bool,
}

impl Placed {
    pub(super) fn of(word: &Word, language: &Language) -> Self {
        Self { traits: Traits::of(word, language), opens: word.opens }
    }

    /// A capital letter opens every sentence; there only a word that ordinary sentences lack is a name.
    fn is_name(self) -> bool {
        let Self { traits, opens } = self;
        let stands_out = !opens || traits.has(Traits::CAPITALS) || traits.has(Traits::RARE);
        !traits.is_stop() && traits.is_capital() && stands_out
    }
}

/// What a word could answer where it stands: a set of the flags below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers(pub u8);

impl Answers {
    /// Carries no content, so answers nothing.
    const STOP: u8 = 1;
    const NAME: u8 = 1 << 1;
    /// Part of a name of two words, or named behind "by".
    const FULL_NAME: u8 = 1 << 2;
    /// A name behind a word such as "in".
    const PLACE: u8 = 1 << 3;
    const COUNT: u8 = 1 << 4;
    const TIME: u8 = 1 << 5;
    const REASON: u8 = 1 << 6;
    const ROLE: u8 = 1 << 7;

    /// What the word at `n` of a text could answer; `tells_places` is true of the whole text.
    pub(super) fn at(text: &[Placed], n: usize, tells_places: bool) -> Self {
        let Some(word) = text.get(n) else { return Self::default() };
        let before = |by: usize| n.checked_sub(by).and_then(|at| text.get(at));
        let after = text.get(n + 1);
        let has = |word: Option<&Placed>, flag: u64| word.is_some_and(|w| w.traits.has(flag));
        let is_name = |word: Option<&Placed>| word.is_some_and(|w| w.is_name());
        let name = word.is_name();
        let beside = is_name(after) || is_name(before(1)) || has(before(1), Traits::BY);
        let lead = if has(before(1), Traits::THE) { before(2) } else { before(1) };
        let beside_number = has(before(1), Traits::NUMBER) || has(after, Traits::NUMBER);
        let rows = [
            (Self::STOP, word.traits.is_stop()),
            (Self::NAME, name),
            (Self::FULL_NAME, name && beside),
            (Self::PLACE, name && (tells_places || has(lead, Traits::PLACE_BEFORE))),
            (Self::COUNT, word.traits.has(Traits::COUNT)),
            (Self::TIME, word.traits.has(Traits::TIME) || (word.traits.has(Traits::MONTHLIKE) && beside_number)),
            (Self::REASON, word.traits.has(Traits::REASON)),
            (Self::ROLE, word.traits.has(Traits::ROLE)),
        ];
        Self(rows.iter().filter(|(_, has)| *has).map(|(flag, _)| flag).sum())
    }

    /// Whether a text with these words speaks of places throughout.
    pub(super) fn tell_places(text: &[Placed]) -> bool {
        text.iter().any(|w| w.traits.has(Traits::PLACE_NOUN))
    }

    pub(super) fn is_stop(self) -> bool {
        self.0 & Self::STOP != 0
    }

    pub(super) fn is_name(self) -> bool {
        self.0 & Self::NAME != 0
    }

    pub(super) fn is_time(self) -> bool {
        self.0 & Self::TIME != 0
    }

    pub(super) fn is_count(self) -> bool {
        self.0 & Self::COUNT != 0
    }

    /// How surely the word answers a question of this kind, 0..1.
    pub(super) fn fit(self, asked: Asked) -> f32 {
        let rows: &[(u8, f32)] = match asked {
            Asked::Who => &[(Self::FULL_NAME, 1.0), (Self::NAME | Self::ROLE, HALF_SURE)],
            Asked::When => &[(Self::TIME, 1.0), (Self::COUNT, NUMBER_AS_TIME)],
            Asked::Where => &[(Self::PLACE, 1.0), (Self::NAME, NAME_AS_PLACE)],
            Asked::HowMany => &[(Self::COUNT, 1.0)],
            Asked::Why => &[(Self::REASON, 1.0)],
        };
        rows.iter().find(|(flags, _)| self.0 & flags != 0).map_or(0.0, |(_, weight)| *weight)
    }

    /// The same word where it stands in somebody's name or role: it can tell who, and nothing else.
    pub(super) fn of_claimant(self) -> Self {
        Self(self.0 & (Self::STOP | Self::NAME | Self::FULL_NAME | Self::ROLE))
    }
}

/// `1912`, `2018`, `1920s`.
pub(super) fn is_year(folded: &str) -> bool {
    let digits = folded.strip_suffix('s').unwrap_or(folded);
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(digits.as_bytes(), [b'1', ..] | [b'2', b'0', ..])
}

#[cfg(test)]
mod tests {
    use super::{Answers, Placed};
    use crate::matcher::asks::Asked;
    use crate::text::{Language, words};

    #[test]
    fn words_that_could_answer() {
        let rows = [
            ("It opens on 3 May.", Asked::When, true),
            ("It may open.", Asked::When, false),
            ("It opened in 1912.", Asked::When, true),
            ("Offices open in Toronto.", Asked::Where, true),
            ("Offices open soon.", Asked::Where, false),
            ("The cities are Toronto and Los Angeles.", Asked::Where, true),
            ("Some say Anton Shingarev knew.", Asked::Who, true),
            ("The mayor closed the bridge.", Asked::Who, true),
            ("Twelve boats are lost.", Asked::HowMany, true),
            ("It closes because nobody buys.", Asked::Why, true),
        ];
        let language = Language::default();
        for (text, asked, want) in rows {
            let placed: Vec<Placed> = words(text, &language).iter().map(|w| Placed::of(w, &language)).collect();
            let tells_places = Answers::tell_places(&placed);
            let surest =
                (0..placed.len()).map(|n| Answers::at(&placed, n, tells_places).fit(asked)).fold(0.0, f32::max);
            assert_eq!(surest >= 0.6, want, "{asked:?} in {text:?}");
        }
    }
}
