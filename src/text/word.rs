//! Words of a text: where they are cut, how they are normalised, which of them carry content.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Language, fold};

/// English abbreviations and spellings that mean one word, after folding and without their dots.
const SAME_WORD: &[(&str, &str)] = &[
    ("usa", "us"),
    ("america", "us"),
    ("ofc", "office"),
    ("govt", "government"),
    ("gov", "government"),
    ("im", "i"),
    ("ive", "i"),
    ("whats", "what"),
    ("whos", "who"),
    ("wheres", "where"),
    ("whens", "when"),
    ("cannot", "not"),
    ("cant", "not"),
    ("dont", "not"),
    ("doesnt", "not"),
    ("didnt", "not"),
    ("isnt", "not"),
    ("wont", "not"),
];

/// What English contracts with the word before it; "n't" is all that "don't" tells.
const ENDINGS: &[&str] = &["'s", "'m", "'re", "'ve", "'ll", "'d"];

/// All endings that the English Snowball stemmer looks at, the longer left out that end in a shorter one.
const STEMMED_ENDINGS: &[&str] =
    &["s", "'", "ed", "ing", "y", "i", "al", "ful", "ll", "er", "or", "ion", "ism", "e", "ant", "ent", "ic"];

/// Before these, a lower-case English "us" is a pronoun, not the country: "tell us", "ban us".
const BEFORE_PRONOUN_US: &[&str] = &["tell", "give", "show", "let", "help", "remind", "of", "with", "for", "ban", "to"];

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded spelling, without a possessive `'s`.
    pub folded: SmolStr,
    /// What inflections of the word share; equal to `folded` where the language has no stemmer.
    pub stem: SmolStr,
    /// Carries no content of its own.
    pub stop: bool,
    /// Written with a capital letter though it does not open a sentence, or with two capitals: likely a name.
    pub name: bool,
    /// Starts with a capital letter, wherever it stands.
    pub capital: bool,
    /// How many of its letters are capitals.
    pub capital_letters: usize,
    /// Starts with a digit.
    pub number: bool,
    /// Opens the text or follows a full stop, question mark or exclamation mark.
    pub opens: bool,
}

/// The words of `text` in order. Never fails; a text without letters or digits has no words.
pub fn words(text: &str, language: &Language) -> Vec<Word> {
    words_with(text, language, |_| None)
}

/// The same; `known` gives the stem of a folded word where it is at hand, which spares most of the work.
pub fn words_with<'a>(text: &str, language: &Language, known: impl Fn(&str) -> Option<&'a str>) -> Vec<Word> {
    let speller = Speller::new(language);
    // Six letters a word, blank included; a longer text than a message may hold grows as it is read.
    let mut out: Vec<Word> = Vec::with_capacity(text.len().min(2_000) / 6 + 1);
    for raw in RawWords::new(&visible(text)) {
        let word = speller.word(raw.text, &known);
        if word.folded.is_empty() {
            continue;
        }
        let word = Word {
            opens: raw.opens,
            stop: word.stop || is_pronoun_us(raw.text, out.last().map(|w| w.folded.as_str())),
            ..word
        };
        out.push(Word {
            name: word.capital_letters > 0 && !word.stop && (!raw.opens || word.capital_letters > 1),
            ..word
        });
    }
    out
}

/// Words of one language as they stand for themselves, whatever stands around them.
pub struct Speller<'a> {
    language: &'a Language,
    stemmer: Option<rust_stemmers::Stemmer>,
    stop_words: Option<&'static FxHashSet<&'static str>>,
}

impl<'a> Speller<'a> {
    /// One for the words of `language`.
    pub fn new(language: &'a Language) -> Self {
        Self { language, stemmer: language.stemmer(), stop_words: language.stop_words() }
    }

    /// What is true of a run of `raw_words` by itself; it may fold to nothing.
    pub fn word<'b>(&self, raw: &str, known: impl Fn(&str) -> Option<&'b str>) -> Word {
        let folded = normalised(raw, self.language);
        let cut = || match &self.stemmer {
            Some(stemmer) if !(self.language.is_english() && is_its_own_stem(&folded)) => stemmer.stem(&folded).into(),
            _ => folded.clone(),
        };
        let stem = known(&folded).map_or_else(cut, SmolStr::new);
        let capital_letters = raw.chars().filter(|c| c.is_uppercase()).count();
        let stop = self.stop_words.is_some_and(|words| words.contains(folded.as_str()));
        Word {
            stop,
            name: capital_letters > 0 && !stop,
            capital: raw.chars().next().is_some_and(char::is_uppercase),
            capital_letters,
            number: folded.starts_with(|c: char| c.is_numeric()),
            opens: false,
            folded,
            stem,
        }
    }
}

/// What two texts share that differ only in folding and inflection: the stems in order.
pub fn key(text: &str, language: &Language) -> String {
    words(text, language).into_iter().map(|w| w.stem).collect::<Vec<_>>().join(" ")
}

/// `text` without invisible characters; borrowed where there are none.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Without a way out of the loop it looks at sixteen bytes at a time.
    let is_plain = text.bytes().fold(true, |plain, b| plain & (b.is_ascii_graphic() | (b == b' ')));
    if !is_plain && text.chars().any(super::fold::is_invisible) {
        return Cow::Owned(text.chars().filter(|c| !super::fold::is_invisible(*c)).collect());
    }
    Cow::Borrowed(text)
}

/// A run of letters, digits and marks as it is written.
#[derive(Clone, Copy, Debug)]
pub struct RawWord<'a> {
    /// As written.
    pub text: &'a str,
    /// Opens the text or follows a full stop, question mark or exclamation mark.
    pub opens: bool,
}

/// The runs of letters, digits and marks of a text, with apostrophes, full stops and commas kept where they stand
/// between two of them (`company's`, `U.S`, `1,200.50`).
pub struct RawWords<'a> {
    text: &'a str,
    at: usize,
    opens: bool,
}

impl<'a> RawWords<'a> {
    /// Of a text without invisible characters.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, opens: true }
    }

    fn rest(&self) -> std::str::Chars<'a> {
        self.text.get(self.at..).unwrap_or_default().chars()
    }
}

impl<'a> Iterator for RawWords<'a> {
    type Item = RawWord<'a>;

    fn next(&mut self) -> Option<RawWord<'a>> {
        let mut chars = self.rest();
        let mut before = loop {
            let c = chars.next()?;
            if is_word_char(c) {
                break c;
            }
            self.opens |= matches!(c, '.' | '?' | '!' | '\n');
            self.at += c.len_utf8();
        };
        let start = self.at;
        self.at += before.len_utf8();
        while let Some(c) = chars.next() {
            let so_far = self.text.get(start..self.at).unwrap_or_default();
            if !is_word_char(c) && !joins(so_far, before, c, chars.clone()) {
                break;
            }
            self.at += c.len_utf8();
            before = c;
        }
        let opens = std::mem::replace(&mut self.opens, false);
        Some(RawWord { text: self.text.get(start..self.at)?, opens })
    }
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && (c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)))
}

/// Whether `c`, between the run `so_far` that ends in `before` and what is `ahead`, holds two parts of one word together.
fn joins(so_far: &str, before: char, c: char, mut ahead: std::str::Chars<'_>) -> bool {
    let Some(after) = ahead.next() else { return false };
    let between_digits = before.is_numeric() && after.is_numeric();
    // `U.S`: every part so far is one letter.
    let is_single = || so_far.rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
    match c {
        '\'' | '’' | '‘' | 'ʼ' => after.is_alphabetic(),
        ',' => between_digits,
        '.' => between_digits || (after.is_alphabetic() && is_single() && !ahead.next().is_some_and(is_word_char)),
        _ => false,
    }
}

fn normalised(raw: &str, language: &Language) -> SmolStr {
    let mut folded = folded(raw);
    if folded.contains('.') && folded.starts_with(char::is_alphabetic) {
        folded = folded.chars().filter(|c| *c != '.').collect();
    }
    if folded.contains(',') && folded.starts_with(|c: char| c.is_ascii_digit()) {
        folded = folded.chars().filter(|c| *c != ',').collect();
    }
    if !language.is_english() {
        return folded;
    }
    if folded.ends_with("n't") {
        return SmolStr::new_static("not");
    }
    if let Some(base) = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending)) {
        folded = SmolStr::new(base);
    }
    SAME_WORD.iter().find(|(from, _)| *from == folded).map_or(folded, |(_, to)| SmolStr::new_static(to))
}

/// Whether an English word ends in nothing that its stemmer takes off: half of the words a base does not know, for which it
/// then need not run, a tenth of a question's time.
fn is_its_own_stem(folded: &str) -> bool {
    folded.bytes().all(|b| b.is_ascii_lowercase()) && !STEMMED_ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// The same as `fold`, without memory of its own for a word of up to 23 plain letters.
fn folded(raw: &str) -> SmolStr {
    match raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
        true => raw.chars().map(|c| c.to_ascii_lowercase()).collect(),
        false => fold(raw).into(),
    }
}

/// Whether an English word, as written behind another, is the pronoun rather than the country.
pub fn is_pronoun_us(raw: &str, before: Option<&str>) -> bool {
    raw == "us" && before.is_some_and(|w| BEFORE_PRONOUN_US.contains(&fold(w).as_str()))
}

#[cfg(test)]
mod tests {
    use super::{is_its_own_stem, key, words};
    use crate::text::Language;

    /// Words joined by blanks: `-` before a stop word, `^` before a name, `#` before a number.
    fn shown(text: &str) -> String {
        let mark = |w: &super::Word| match w {
            w if w.stop => "-",
            w if w.name => "^",
            w if w.number => "#",
            _ => "",
        };
        words(text, &Language::default()).iter().map(|w| format!("{}{}", mark(w), w.stem)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cut_and_marked() {
        let rows = [
            ("Why is the office closing?", "-whi -is -the offic close"),
            ("the company’s VP", "-the compani ^vp"),
            ("What did the U.S. ban?", "-what -did -the ^us ban"),
            ("U.S.A. and USA and America", "^us -and ^us -and ^us"),
            ("tell us about the us ban", "-tell -us -about -the us ban"),
            ("D.C. office", "^dc offic"),
            ("end.Next", "end next"),
            ("1,200.50 dollars in 2018", "#1200.50 dollar -in #2018"),
            ("Los Angeles", "los ^angel"),
            ("don't ban", "-not ban"),
            ("what's it, we're", "-what -it -we"),
            ("Café Łódź", "cafe ^lodz"),
            ("👋 ??? !!!", ""),
            ("", ""),
        ];
        for (text, want) in rows {
            assert_eq!(shown(text), want, "{text:?}");
        }
    }

    #[test]
    fn keys_ignore_inflection_case_and_punctuation() {
        let en = Language::default();
        assert_eq!(key("Why is the office closing?", &en), key("WHY  is the offices closed", &en));
        assert_ne!(key("Why is the office closing?", &en), key("When is the office closing?", &en));
    }

    proptest::proptest! {
        #[test]
        fn only_what_the_stemmer_leaves_is_its_own_stem(word in "[a-z]{1,9}") {
            let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
            proptest::prop_assert!(!is_its_own_stem(&word) || stemmer.stem(&word) == word);
        }

        #[test]
        fn no_text_panics(text in "(?s).*") {
            let _ = words(&text, &Language::default());
        }
    }
}
