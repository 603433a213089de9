//! Languages: which stemmer and which stop words a story's text takes.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

use super::stopwords;

/// A language that the stemmer crate knows: BCP 47 primary subtag, stemmer.
const STEMMED: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "español"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("hu", "magyar"),
    ("it", "italiano"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("pt", "português"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sv", "svenska"),
    ("ta", "தமிழ்"),
    ("tr", "Türkçe"),
];

/// How words of a text are stemmed and which of them carry no content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    code: String,
}

impl Default for Language {
    fn default() -> Self {
        Self { code: "en".to_owned() }
    }
}

impl Language {
    /// The language of a BCP 47 tag, of which the primary subtag counts: `en-GB` is `en`. None where the tag is not
    /// one to three groups of letters and digits.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let is_primary = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let is_rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        let code = match primary.to_ascii_lowercase().as_str() {
            "nb" | "nn" => "no".to_owned(),
            other => other.to_owned(),
        };
        (is_primary && is_rest).then_some(Self { code })
    }

    /// The primary subtag, lower case.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The language's own name for itself; its code where there is no stemmer.
    pub fn name(&self) -> &str {
        NAMES.iter().find(|(code, _)| *code == self.code).map_or(&self.code, |(_, name)| name)
    }

    /// Whether a stemmer exists; without one, words are matched as they are spelled.
    pub fn is_stemmed(&self) -> bool {
        self.algorithm().is_some()
    }

    /// Whether the text is English, whose abbreviations and question words the matcher knows.
    pub fn is_english(&self) -> bool {
        self.code == "en"
    }

    /// The codes that have a stemmer, in alphabetical order.
    pub fn stemmed_codes() -> impl Iterator<Item = &'static str> {
        STEMMED.iter().map(|(code, _)| *code)
    }

    pub(super) fn stemmer(&self) -> Option<Stemmer> {
        self.algorithm().map(Stemmer::create)
    }

    /// Whether a folded word carries no content.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop_words().is_some_and(|words| words.contains(folded))
    }

    pub(super) fn stop_words(&self) -> Option<&'static FxHashSet<&'static str>> {
        stopwords::of(&self.code)
    }

    /// The stop word that a folded word is most likely a slip of.
    pub fn small_word_meant(&self, folded: &str) -> Option<&'static str> {
        stopwords::slip_of(&self.code, folded)
    }

    /// The stop word that a folded word is with two letters swapped: the surest of slips.
    pub fn small_word_swapped(&self, folded: &str) -> Option<&'static str> {
        stopwords::swap_of(&self.code, folded)
    }

    fn algorithm(&self) -> Option<Algorithm> {
        STEMMED.iter().find(|(code, _)| *code == self.code).map(|(_, algorithm)| *algorithm)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags() {
        let rows = [
            ("en", Some(("en", true))),
            ("en-GB", Some(("en", true))),
            ("DE", Some(("de", true))),
            ("nb-NO", Some(("no", true))),
            ("pl", Some(("pl", false))),
            ("", None),
            ("english", None),
            ("e n", None),
            ("en-", None),
        ];
        for (tag, want) in rows {
            let got = Language::from_tag(tag);
            assert_eq!(got.as_ref().map(|l| (l.code(), l.is_stemmed())), want, "{tag:?}");
        }
    }
}
