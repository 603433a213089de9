//! Messages that ask nothing about the story's content: greetings, thanks, questions about the bot or the article.
//!
//! A message counts only if all its words belong: "who wrote this" does, "who wrote the Symantec statement" does not.

use super::phrases;
use crate::text::Word;

/// What such a message wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Talk {
    Greeting,
    Thanks,
    Help,
    Bot,
    Capable,
    Author,
    Published,
    Source,
    Summary,
    People,
}

/// Kind; words of which at least one must occur; words that may surround them. The first row that fits counts.
pub(super) type Talks = &'static [(Talk, &'static str, &'static str)];

/// Words that carry nothing in such a message.
pub(super) const FILLER: &[&str] = &[
    "please", "pls", "plz", "so", "um", "uh", "hm", "hmm", "huh", "ah", "oh", "ok", "okay", "well", "just", "and",
    "then", "now", "btw",
];

/// Words with which people come to what they want.
const GREETINGS: &[&str] = &[
    "hi", "hello", "hey", "hiya", "yo", "heya", "lol", "haha", "bot", "thanks", "thx", "sorry", "nvm", "gotcha", "tnx",
];

/// Nothing but these says that the answer was read.
const HEARD: &[&str] = &["ok", "okay", "hm", "hmm", "ah", "oh", "lol", "haha", "well"];

/// With these people lead up to a question.
const ASIDES: &[&[&str]] = &[
    &["do", "you", "know"],
    &["can", "you", "tell", "me"],
    &["could", "you", "tell", "me"],
    &["any", "idea"],
    &["does", "anyone", "know"],
    &["anyone", "know"],
    &["i", "wonder"],
];

impl Talk {
    /// What the message wants, if it is nothing but small talk, in any language that has a table.
    pub(super) fn of(message: &[Word]) -> Option<Self> {
        let said: Vec<&str> = message.iter().map(|w| w.folded.as_str()).filter(|w| !FILLER.contains(w)).collect();
        let of = |said: &[&str]| phrases::talks().find_map(|talks| row(talks, said));
        // "Hey bot, what can you do?"
        let ungreeted: Vec<&str> = said.iter().copied().filter(|w| !GREETINGS.contains(w)).collect();
        let unasked = ASIDES.iter().find_map(|aside| ungreeted.strip_prefix(*aside)).unwrap_or(&ungreeted);
        let is_heard =
            said.iter().all(|w| GREETINGS.contains(w)) && message.iter().any(|w| HEARD.contains(&w.folded.as_str()));
        let heard = is_heard.then_some(Self::Thanks);
        of(&said).or_else(|| of(&ungreeted)).or_else(|| of(unasked)).or(heard)
    }
}

/// The first row of a table all of whose words belong to it.
pub(super) fn row<T: Copy>(table: &[(T, &str, &str)], said: &[&str]) -> Option<T> {
    let has = |list: &str, word: &str| list.split(' ').any(|w| w == word);
    let fits = |core: &str, around: &str| {
        said.iter().any(|w| has(core, w)) && said.iter().all(|w| has(core, w) || has(around, w))
    };
    table.iter().find(|(_, core, around)| fits(core, around)).map(|(found, ..)| *found)
}

#[cfg(test)]
mod tests {
    use super::Talk;
    use crate::text::{Language, words};

    #[test]
    fn small_talk_and_questions() {
        let rows = [
            ("hi", Some(Talk::Greeting)),
            ("Hello there!", Some(Talk::Greeting)),
            ("hey why is the office closing", None),
            ("thanks a lot", Some(Talk::Thanks)),
            ("ok lol", Some(Talk::Thanks)),
            ("and?", None),
            ("good bot", Some(Talk::Thanks)),
            ("Thank you, that is very helpful.", Some(Talk::Thanks)),
            ("is it good?", None),
            ("help", Some(Talk::Help)),
            ("what can you answer?", Some(Talk::Capable)),
            ("What do you know about?", Some(Talk::Capable)),
            ("are you a bot", Some(Talk::Bot)),
            ("who wrote this?", Some(Talk::Author)),
            ("do you know when this article came out", Some(Talk::Published)),
            ("who wrote the Symantec statement", None),
            ("when was the article published", Some(Talk::Published)),
            ("where is this from?", Some(Talk::Source)),
            ("what's your source", Some(Talk::Source)),
            ("summarise the story please", Some(Talk::Summary)),
            ("what is this story about", Some(Talk::Summary)),
            ("what happened", Some(Talk::Summary)),
            ("who is the author", Some(Talk::Author)),
            ("where are the new offices", None),
            ("when was the bridge built", None),
            ("", None),
        ];
        for (message, want) in rows {
            assert_eq!(Talk::of(&words(message, &Language::default())), want, "{message}");
        }
    }
}
