//! What kind of answer a question wants: by the words in a row that ask for it.

use std::sync::LazyLock;

use super::answers::{Placed, Traits};

/// The kind of answer a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A date or time.
    When,
    /// A person or organisation.
    Who,
    /// A place.
    Where,
    /// A number.
    HowMany,
    /// A reason.
    Why,
}

/// Which words in a row ask for what, folded; the first row that occurs in a question decides. `/` separates
/// alternatives of one word.
const PATTERNS: &[(Asked, &[&str])] = &[
    (Asked::HowMany, &["how", MANY]),
    (Asked::HowMany, &[WHAT, "percentage/percent/number/amount/proportion/population/share/price/sum"]),
    (Asked::HowMany, &["wieviel/wieviele/cuantos/cuantas/cuanto/cuanta/combien/quanti/quante/quanto"]),
    (Asked::When, &[WHAT, "year/date/day/month/time/decade/century/weekday"]),
    (Asked::When, &["when/wen/whn/wann/cuando/quand/quando"]),
    (
        Asked::Where,
        &[WHAT, "city/cities/country/countries/state/place/places/location/locations/town/region/street/building/room"],
    ),
    (Asked::Where, &["where/whre/wher/wo/donde/ou/dove/onde"]),
    (Asked::Why, &["how", "come"]),
    (Asked::Why, &["what", "for"]),
    (Asked::Why, &["what", "grounds/basis"]),
    (Asked::Why, &["reasoning/rationale"]),
    (Asked::Why, &[WHAT, "reason/reasons/cause/motive"]),
    (Asked::Why, &["why/y/whys/warum/wieso/weshalb/pourquoi/perche"]),
    (Asked::Who, &[WHAT, "agency/agencies/official/officials/person/people/minister/judge/spokesman/spokesperson"]),
    (Asked::Who, &[WHAT, "name/names"]),
    (Asked::Who, &[WHO]),
];

/// What exactly it asks for, where that can be told by the same means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    Year,
    /// A day or month rather than a year.
    Day,
    /// How long, how old.
    Duration,
    Money,
    /// A time of day.
    Clock,
    /// What somebody or something is called.
    Name,
}

const DETAILS: &[(Detail, &[&str])] = &[
    (Detail::Name, &["name/names", "of"]),
    (Detail::Name, &["their/his/her/its", "name/names"]),
    (Detail::Name, &[WHAT, "name/names"]),
    (Detail::Name, &["called/named"]),
    (Detail::Clock, &[WHAT, "time/hour"]),
    (Detail::Year, &[WHAT, "year"]),
    (Detail::Day, &[WHAT, "month/day/date"]),
    (Detail::Day, &["on", WHAT]),
    (Detail::Duration, &["how", "long/old"]),
    (Detail::Duration, &["what", "age"]),
    (Detail::Money, &["how", "much"]),
    (Detail::Money, &[MONEY]),
];

/// Behind these words stands what is asked for: "which city", "how many people".
const HEADS: &[&[&str]] = &[&[WHAT], &["how", MANY]];
const WHAT: &str = "what/which/whats/wat/wats/what's";
const WHO: &str = "who/whom/whose/whos/wer/wem/wen/quien/quienes/qui/chi/quem";
const MONEY: &str = "cost/costs/price/revenue/worth/budget/paid/earn/earned/salary/fee/rent/wage";
const MANY: &str = "many/much/old/big/large/long/tall/far/often/expensive/high/deep/heavy/wide";

/// A question that opens so asks whether something is so, unless one of these stands before its "when".
const OPENER: &str = "did/does/do/has/have/had/is/are/was/were/will/can/could/would/should";
const TELLING: &str = "know/known/say/said/says/tell/told/me/us/clear/idea/state/stated/mention/mentioned/reveal/revealed/announce/announced/explain/explained/remember/reason/sure";

/// What a question asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asking {
    pub asked: Option<Asked>,
    pub detail: Option<Detail>,
    /// Place of the word that names it: the city in "which city".
    pub head: Option<usize>,
    /// Place of the first word with content behind "who".
    pub behind_who: Option<usize>,
}

impl Asked {
    /// What a question with these words asks for.
    pub(super) fn asking(question: &[Placed]) -> Asking {
        let head = HEAD_FLAGS.iter().flat_map(|pattern| {
            let behind =
                (0..question.len()).filter(|at| begins(question.get(*at..), pattern)).map(|at| at + pattern.len());
            behind.filter(|at| question.get(*at).is_some_and(|w| !w.traits.is_stop()))
        });
        let has_content = |at: &usize| question.get(*at).is_some_and(|w| !w.traits.is_stop());
        let who = (0..question.len()).find(|at| begins(question.get(*at..), &WHO_FLAGS));
        let behind_who = who.and_then(|who| (who + 1..question.len()).find(has_content));
        Asking { asked: Self::of(question), detail: first(question, &DETAIL_FLAGS), head: head.min(), behind_who }
    }

    /// The kind of answer that a question with these words asks for, if it is one of these.
    pub(super) fn of(question: &[Placed]) -> Option<Self> {
        kind(question).or_else(|| asks_for_money(question).then_some(Self::HowMany))
    }
}

/// "What's the price", "what is his salary", with nothing but small words between; "what did the tests cost".
fn asks_for_money(question: &[Placed]) -> bool {
    let [what, money] = &*MONEY_FLAGS;
    let asks = |at: usize| question.get(at).is_some_and(|w| w.traits.has(*what));
    let next = |at: usize| question.get(at + 1..).and_then(|rest| rest.iter().find(|w| !w.traits.is_stop()));
    let last = question.iter().rfind(|w| !w.traits.is_stop());
    let is_money = |word: Option<&Placed>| word.is_some_and(|w| w.traits.has(*money));
    (0..question.len()).any(|at| asks(at) && (is_money(next(at)) || is_money(last)))
}

/// The first kind whose words occur. "Was it banned when it left" asks for no time; "do you know when it left" does.
fn kind(question: &[Placed]) -> Option<Asked> {
    let [opener, telling] = &*CLAUSE_FLAGS;
    let is_whether = question.first().is_some_and(|w| w.traits.has(*opener));
    let is_told = |at: usize| at.checked_sub(1).and_then(|at| question.get(at)).is_some_and(|w| w.traits.has(*telling));
    let asks = |asked: Asked, at: usize| !is_whether || asked == Asked::HowMany || is_told(at);
    let occurs = |(asked, pattern): &&(Asked, Vec<u64>)| {
        (0..question.len()).any(|at| asks(*asked, at) && begins(question.get(at..), pattern))
    };
    ASKED_FLAGS.iter().find(occurs).map(|(asked, _)| *asked)
}

/// The first row of a table that occurs in a question.
fn first<T: Copy>(question: &[Placed], table: &[(T, Vec<u64>)]) -> Option<T> {
    let occurs = |pattern: &[u64]| (0..question.len()).any(|at| begins(question.get(at..), pattern));
    table.iter().find(|(_, pattern)| occurs(pattern)).map(|(found, _)| *found)
}

fn begins(question: Option<&[Placed]>, pattern: &[u64]) -> bool {
    let words = question.and_then(|q| q.get(..pattern.len()));
    words.is_some_and(|words| words.iter().zip(pattern).all(|(word, part)| word.traits.has(*part)))
}

fn flags_of(pattern: &[&str]) -> Vec<u64> {
    let flag = |part: &&str| PARTS.iter().find(|(p, _)| p == part).map_or(0, |(_, flag)| *flag);
    pattern.iter().map(flag).collect()
}

/// The tables above with a flag of `Traits` for each part.
static ASKED_FLAGS: LazyLock<Vec<(Asked, Vec<u64>)>> =
    LazyLock::new(|| PATTERNS.iter().map(|(asked, pattern)| (*asked, flags_of(pattern))).collect());
static DETAIL_FLAGS: LazyLock<Vec<(Detail, Vec<u64>)>> =
    LazyLock::new(|| DETAILS.iter().map(|(detail, pattern)| (*detail, flags_of(pattern))).collect());
static MONEY_FLAGS: LazyLock<[u64; 2]> =
    LazyLock::new(|| [WHAT, MONEY].map(|part| flags_of(&[part]).into_iter().sum()));
static CLAUSE_FLAGS: LazyLock<[u64; 2]> =
    LazyLock::new(|| [OPENER, TELLING].map(|part| flags_of(&[part]).into_iter().sum()));
static WHO_FLAGS: LazyLock<Vec<u64>> = LazyLock::new(|| flags_of(&[WHO]));
static HEAD_FLAGS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| HEADS.iter().map(|pattern| flags_of(pattern)).collect());

fn all_parts() -> impl Iterator<Item = &'static str> {
    let asked = PATTERNS.iter().flat_map(|(_, pattern)| pattern.iter());
    let details = DETAILS.iter().flat_map(|(_, pattern)| pattern.iter());
    asked.chain(details).chain(HEADS.iter().flat_map(|pattern| pattern.iter())).copied()
}

/// Each different part of the patterns with its flag, above those of `Traits`.
pub(super) static PARTS: LazyLock<Vec<(&'static str, u64)>> = LazyLock::new(|| {
    let mut parts: Vec<&str> = all_parts().chain([OPENER, TELLING]).collect();
    parts.sort_unstable();
    parts.dedup();
    (Traits::BITS..u64::BITS).zip(parts).map(|(bit, part)| (part, 1 << bit)).collect()
});

/// The word of a pattern that a folded word is most likely a slip of: "what yaer". Shorter ones are a slip from too many.
pub(super) fn word_meant(folded: &str) -> Option<&'static str> {
    const LETTERS: usize = 4;
    let alternatives = all_parts().flat_map(|part| part.split('/'));
    let mut long = alternatives.filter(|word| word.len() >= LETTERS && word.chars().next() == folded.chars().next());
    long.find(|word| strsim::osa_distance(word, folded) == 1)
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use crate::matcher::answers::Placed;
    use crate::text::{Language, words};

    #[test]
    fn kinds_of_question() {
        let rows = [
            ("When will the office close?", Some(Asked::When)),
            ("what year was that", Some(Asked::When)),
            ("Who said that?", Some(Asked::Who)),
            ("Where are the new offices?", Some(Asked::Where)),
            ("in which cities", Some(Asked::Where)),
            ("How many people work there?", Some(Asked::HowMany)),
            ("how come they close", Some(Asked::Why)),
            ("y r they leaving", Some(Asked::Why)),
            ("whats the price of a ticket", Some(Asked::HowMany)),
            ("what did the tests cost", Some(Asked::HowMany)),
            ("what does the costly test show", None),
            ("Is it closing?", None),
            ("was it banned when it left", None),
            ("do you know when it left", Some(Asked::When)),
            ("did they say why", Some(Asked::Why)),
            ("", None),
        ];
        for (question, want) in rows {
            let language = Language::default();
            let placed: Vec<Placed> = words(question, &language).iter().map(|w| Placed::of(w, &language)).collect();
            assert_eq!(Asked::of(&placed), want, "{question}");
        }
    }

    #[test]
    fn every_part_of_a_pattern_has_its_own_flag() {
        let parts: std::collections::HashSet<&str> =
            super::all_parts().chain([super::OPENER, super::TELLING]).collect();
        assert_eq!(super::PARTS.len(), parts.len(), "no bit is left for some parts");
    }
}
