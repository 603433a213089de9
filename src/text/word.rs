//! Words of a text: where they are cut, how they are normalised, which of them carry content.

use super::{Language, fold};

/// English abbreviations and spellings that mean one word, after folding and without their dots.
const SAME_WORD: &[(&str, &str)] =
    &[("usa", "us"), ("america", "us"), ("ofc", "office"), ("govt", "government"), ("gov", "government")];

/// Before these, a lower-case English "us" is a pronoun, not the country: "tell us", "ban us".
const BEFORE_PRONOUN_US: &[&str] = &["tell", "give", "show", "let", "help", "remind", "of", "with", "for", "ban", "to"];

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded spelling, without a possessive `'s`.
    pub folded: String,
    /// What inflections of the word share; equal to `folded` where the language has no stemmer.
    pub stem: String,
    /// Carries no content of its own.
    pub stop: bool,
    /// Written with a capital letter though it does not open a sentence, or with two capitals: likely a name.
    pub name: bool,
    /// Starts with a capital letter, wherever it stands.
    pub capital: bool,
    /// Starts with a digit.
    pub number: bool,
    /// Opens the text or follows a full stop, question mark or exclamation mark.
    pub opens: bool,
}

/// The words of `text` in order. Never fails; a text without letters or digits has no words.
pub fn words(text: &str, language: &Language) -> Vec<Word> {
    let stemmer = language.stemmer();
    let mut out: Vec<Word> = Vec::new();
    for (raw, opens) in raw_words(text) {
        let folded = normalised(&raw, language);
        if folded.is_empty() {
            continue;
        }
        let stem = stemmer.as_ref().map_or_else(|| folded.clone(), |s| s.stem(&folded).into_owned());
        let capitals = raw.chars().filter(|c| c.is_uppercase()).count();
        let stop = language.is_stop(&folded) || is_pronoun_us(&raw, out.last());
        out.push(Word {
            stop,
            name: capitals > 0 && !stop && (!opens || capitals > 1),
            capital: raw.chars().next().is_some_and(char::is_uppercase),
            number: folded.starts_with(|c: char| c.is_numeric()),
            opens,
            folded,
            stem,
        });
    }
    out
}

/// What two texts share that differ only in folding and inflection: the stems in order.
pub fn key(text: &str, language: &Language) -> String {
    words(text, language).into_iter().map(|w| w.stem).collect::<Vec<_>>().join(" ")
}

/// Runs of letters, digits and marks, with apostrophes, full stops and commas kept where they stand between two of them
/// (`company's`, `U.S`, `1,200.50`), each with whether it opens a sentence.
fn raw_words(text: &str) -> Vec<(String, bool)> {
    let chars: Vec<char> = text.chars().filter(|c| !super::fold::is_invisible(*c)).collect();
    let mut out = Vec::new();
    let mut opens = true;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !is_word_char(c) {
            opens |= matches!(c, '.' | '?' | '!' | '\n');
            at += 1;
            continue;
        }
        let start = at;
        while chars.get(at).is_some_and(|c| is_word_char(*c)) || joins(&chars, start, at) {
            at += 1;
        }
        out.push((chars.iter().skip(start).take(at - start).collect(), opens));
        opens = false;
    }
    out
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Whether the character at `at` holds two parts of one word together.
fn joins(chars: &[char], start: usize, at: usize) -> bool {
    let (Some(before), Some(&c), Some(after)) =
        (at.checked_sub(1).and_then(|b| chars.get(b)), chars.get(at), chars.get(at + 1))
    else {
        return false;
    };
    let between_digits = before.is_numeric() && after.is_numeric();
    let single = |n: usize| n == 1;
    match c {
        '\'' | '’' | '‘' | 'ʼ' => at > start && after.is_alphabetic(),
        ',' => at > start && between_digits,
        // `U.S`: every part so far is one letter.
        '.' => {
            at > start
                && (between_digits
                    || (after.is_alphabetic()
                        && single(
                            chars.get(start..at).map_or(0, |p| p.rsplit(|c| *c == '.').next().map_or(0, <[char]>::len)),
                        )
                        && !chars.get(at + 2).is_some_and(|c| is_word_char(*c))))
        }
        _ => false,
    }
}

fn normalised(raw: &str, language: &Language) -> String {
    let mut folded = fold(raw);
    if folded.contains('.') && folded.starts_with(char::is_alphabetic) {
        folded.retain(|c| c != '.');
    }
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        folded.retain(|c| c != ',');
    }
    if !language.is_english() {
        return folded;
    }
    if let Some(base) = folded.strip_suffix("'s") {
        folded = base.to_owned();
    }
    SAME_WORD.iter().find(|(from, _)| *from == folded).map_or(folded, |(_, to)| (*to).to_owned())
}

fn is_pronoun_us(raw: &str, before: Option<&Word>) -> bool {
    raw == "us" && before.is_some_and(|w| BEFORE_PRONOUN_US.contains(&w.folded.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{key, words};
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
            ("don't ban", "-don't ban"),
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
        fn no_text_panics(text in "(?s).*") {
            let _ = words(&text, &Language::default());
        }
    }
}
