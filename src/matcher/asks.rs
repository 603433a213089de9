//! What kind of answer a question wants, and which words of a text could be one.

use crate::text::{Language, Word, background_share};

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
    (Asked::HowMany, &["how", "many/much/old/big/large/long/tall/far/often/expensive/high/deep/heavy/wide"]),
    (Asked::HowMany, &["what/which", "percentage/percent/number/amount/proportion/share/price/sum"]),
    (Asked::HowMany, &["wieviel/wieviele/cuantos/cuantas/cuanto/cuanta/combien/quanti/quante/quanto"]),
    (Asked::When, &["what/which", "year/date/day/month/time/decade/century/weekday"]),
    (Asked::When, &["when/wen/whn/wann/cuando/quand/quando"]),
    (
        Asked::Where,
        &[
            "what/which",
            "city/cities/country/countries/state/place/places/location/locations/town/region/street/building/room",
        ],
    ),
    (Asked::Where, &["where/whre/wher/wo/donde/ou/dove/onde"]),
    (Asked::Why, &["how", "come"]),
    (Asked::Why, &["what", "for"]),
    (Asked::Why, &["what/which", "reason/reasons/cause/motive"]),
    (Asked::Why, &["why/y/whys/warum/wieso/weshalb/pourquoi/perche"]),
    (
        Asked::Who,
        &["what/which", "agency/agencies/official/officials/person/people/minister/judge/spokesman/spokesperson"],
    ),
    (Asked::Who, &["who/whom/whose/whos/wer/wem/wen/quien/quienes/qui/chi/quem"]),
];

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

impl Asked {
    /// What `question` asks for, if it is one of these.
    pub(super) fn of(question: &[Word]) -> Option<Self> {
        let fits = |word: &Word, alternatives: &str| alternatives.split('/').any(|a| a == word.folded);
        let occurs = |pattern: &[&str]| {
            question.windows(pattern.len()).any(|w| w.iter().zip(pattern).all(|(word, part)| fits(word, part)))
        };
        PATTERNS.iter().find(|(_, pattern)| occurs(pattern)).map(|(asked, _)| *asked)
    }
}

/// A role names somebody as well as a single name does.
const ROLE: f32 = 0.6;

/// A word that could answer one kind of question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Possible {
    pub asked: Asked,
    pub stem: String,
    /// 0..1: how much it looks like such an answer.
    pub weight: f32,
}

/// The words of a text that could be answers.
pub(super) fn possible_answers(text: &[Word], language: &Language) -> Vec<Possible> {
    let is_name = |word: &Word| is_name(word, language);
    let mut out = Vec::new();
    let tells_places = text.iter().any(|w| PLACE_NOUNS.contains(&w.folded.as_str()));
    for (n, word) in text.iter().enumerate() {
        let mut add = |asked, weight| out.push(Possible { asked, stem: word.stem.clone(), weight });
        let folded = word.folded.as_str();
        let before = |by: usize| n.checked_sub(by).and_then(|at| text.get(at));
        if word.number || NUMBER_WORDS.contains(&folded) {
            add(Asked::HowMany, 1.0);
        }
        if is_year(folded)
            || MONTHS_AND_DAYS.contains(&folded)
            || is_month_beside_number(text, n)
            || folded.contains(':')
        {
            add(Asked::When, 1.0);
        }
        if REASONS.contains(&folded) {
            add(Asked::Why, 1.0);
        }
        if ROLES.contains(&folded) {
            add(Asked::Who, ROLE);
        }
        if !is_name(word) {
            continue;
        }
        let beside = text.get(n + 1).is_some_and(is_name) || before(1).is_some_and(|w| is_name(w) || w.folded == "by");
        add(Asked::Who, if beside { 1.0 } else { ROLE });
        let lead = before(1).filter(|w| w.folded == "the").map_or_else(|| before(1), |_| before(2));
        let after_place_word = lead.is_some_and(|w| PLACE_BEFORE.contains(&w.folded.as_str()));
        add(Asked::Where, if after_place_word || tells_places { 1.0 } else { 0.5 });
    }
    out
}

/// A capital letter opens every sentence; there only a word that ordinary sentences lack is a name.
fn is_name(word: &Word, language: &Language) -> bool {
    word.name || (word.opens && word.capital && !word.stop && background_share(&word.stem, language) == 0.0)
}

fn is_year(folded: &str) -> bool {
    folded.len() == 4
        && folded.bytes().all(|b| b.is_ascii_digit())
        && matches!(folded.as_bytes(), [b'1', ..] | [b'2', b'0', ..])
}

/// "may" and "march" are months beside a number only.
fn is_month_beside_number(text: &[Word], n: usize) -> bool {
    let is_word = text.get(n).is_some_and(|w| matches!(w.folded.as_str(), "may" | "march"));
    let number_at = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|w| w.number);
    is_word && (number_at(n.checked_sub(1)) || number_at(Some(n + 1)))
}

#[cfg(test)]
mod tests {
    use super::{Asked, possible_answers};
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
            ("Is it closing?", None),
            ("", None),
        ];
        for (question, want) in rows {
            assert_eq!(Asked::of(&words(question, &Language::default())), want, "{question}");
        }
    }

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
        for (text, asked, want) in rows {
            let found = possible_answers(&words(text, &Language::default()), &Language::default())
                .iter()
                .any(|p| p.asked == asked);
            assert_eq!(found, want, "{asked:?} in {text:?}");
        }
    }
}
