//! Every sentence that is not from the base, one table a language. `{}` marks where a name, date or number goes in.
//!
//! A platform adds only what its own limits call for; `label` and `show` put claims and places together from these.

mod de;
mod en;
mod es;

use time::Date;

use super::reply::Cited;
use super::smalltalk::Talks;
use crate::matcher::Asked;

/// What the bot says in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English table says what each field is")]
pub struct Phrases {
    pub code: &'static str,
    pub closest: &'static str,
    pub unknown: &'static str,
    pub unknown_several: &'static str,
    pub no_question: &'static str,
    pub two_stories: &'static str,
    pub ask: &'static str,
    pub inferred: &'static str,
    pub no_speaker: &'static str,
    pub source: &'static str,
    pub no_author: &'static str,
    pub no_date: &'static str,
    pub greeting: &'static str,
    pub thanks: &'static str,
    pub bot: &'static str,
    pub help: &'static str,
    pub capable: &'static str,
    pub lacks_when: &'static str,
    pub lacks_who: &'static str,
    pub lacks_where: &'static str,
    pub lacks_how_many: &'static str,
    pub lacks_why: &'static str,
    pub written_by: &'static str,
    pub published_on: &'static str,
    pub from_source: &'static str,
    pub as_of: &'static str,
    pub corrected_on: &'static str,
    pub paragraph: &'static str,
    pub headline: &'static str,
    pub byline: &'static str,
    pub aside: &'static str,
    pub according_to: &'static str,
    pub stated: &'static str,
    pub alleged: &'static str,
    pub alleged_by: &'static str,
    pub denied: &'static str,
    pub denied_by: &'static str,
    pub opinion: &'static str,
    pub opinion_of: &'static str,
    pub relayed_by: &'static str,
    pub no_quote: &'static str,
    pub no_such_quote: &'static str,
    pub some_of_list: &'static str,
    pub more: &'static str,
    pub no_more: &'static str,
    pub nothing_before: &'static str,
    pub said_by: &'static str,
    pub claimed_by: &'static str,
    pub claimed_as_relayed: &'static str,
    pub reported_by_article: &'static str,
    pub beside_article: &'static str,
    pub alleged_only: &'static str,
    pub opinion_only: &'static str,
    pub denied_only: &'static str,
    pub declined: &'static str,
    pub no_opinion: &'static str,
    pub other_half: &'static str,
    pub other_language: &'static str,
    pub people: &'static str,
}

/// All tables, each with its small talk; the first is for locales without one.
const TABLES: &[(&Phrases, Talks)] = &[(&en::EN, en::TALKS), (&de::DE, de::TALKS), (&es::ES, es::TALKS)];

/// The table of a locale such as `de` or `es-419`: English where there is none.
pub fn of(locale: &str) -> &'static Phrases {
    let code = locale.split(['-', '_']).next().unwrap_or_default();
    let found = TABLES.iter().find(|(said, _)| said.code.eq_ignore_ascii_case(code));
    found.map_or(&en::EN, |(said, _)| said)
}

/// The small talk of every language: a German greeting is one whatever the asker's locale.
pub(super) fn talks() -> impl Iterator<Item = Talks> {
    TABLES.iter().map(|(_, talks)| *talks)
}

/// `template` with `value` in its place.
pub fn filled(template: &str, value: &str) -> String {
    template.replacen("{}", value, 1)
}

/// `text` with a capital letter in front.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Phrases {
    /// Where the story knows the thing but not what was asked of it.
    pub(super) fn lacks(&self, asked: Asked) -> &'static str {
        match asked {
            Asked::When => self.lacks_when,
            Asked::Who => self.lacks_who,
            Asked::Where => self.lacks_where,
            Asked::HowMany => self.lacks_how_many,
            Asked::Why => self.lacks_why,
        }
    }

    /// When a statement was true, with a blank in front.
    pub fn as_of(&self, date: Option<Date>) -> String {
        date.map(|date| format!(" {}", filled(self.as_of, &date.to_string()))).unwrap_or_default()
    }

    /// What was put right later; `text` is the editor's, as the platform writes it.
    pub fn corrected(&self, date: Date, text: &str) -> String {
        format!("{} {text}", filled(self.corrected_on, &date.to_string()))
    }

    /// Where in the article something stands, if the file says so.
    pub fn place(&self, cited: &Cited) -> Option<String> {
        let part = |part: &str| match part {
            "headline" => self.headline.to_owned(),
            "byline" => self.byline.to_owned(),
            _ => self.aside.to_owned(),
        };
        cited.paragraph.map(|n| filled(self.paragraph, &n.to_string())).or_else(|| cited.part.map(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLES, of};

    #[test]
    fn a_table_for_every_locale() {
        let rows = [
            ("en-US", "en"),
            ("de", "de"),
            ("DE-at", "de"),
            ("es-419", "es"),
            ("es_ES", "es"),
            ("fr", "en"),
            ("", "en"),
        ];
        for (locale, want) in rows {
            assert_eq!(of(locale).code, want, "{locale}");
        }
    }

    /// A value that has no place in a translation would be lost.
    #[test]
    fn every_table_has_the_same_places_for_values() {
        let places = |said: &super::Phrases| {
            let shown = format!("{said:?}");
            shown.split(", ").map(|field| field.matches("{}").count()).sum::<usize>()
        };
        for (said, _) in TABLES {
            assert_eq!(places(said), places(TABLES[0].0), "{}", said.code);
            assert!(!format!("{said:?}").contains("\"\""), "{}: an empty phrase", said.code);
        }
    }
}
