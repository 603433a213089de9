//! Messages that ask nothing about the story's content: greetings, thanks, questions about the bot or the article.
//!
//! A message counts only if all its words belong: "who wrote this" does, "who wrote the Symantec statement" does not.

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
}

/// Kind; words of which at least one must occur; words that may surround them.
const TALKS: &[(Talk, &str, &str)] = &[
    (
        Talk::Thanks,
        "thanks thank thx ty cheers thanx tysm",
        "you so much a lot very many bot for the help that was great ok okay cool nice again all",
    ),
    (
        Talk::Greeting,
        "hi hello hey hiya yo morning evening afternoon howdy greetings hallo hola sup",
        "there bot all everyone good you guys how are is it going onrecord folks",
    ),
    (
        Talk::Help,
        "help commands usage",
        "me please pls can you i need how do this bot work the a some with to use us get",
    ),
    (
        Talk::Summary,
        "about happened happening",
        "what whats is this the story article it all whole so here news going on exactly did hey hi ok",
    ),
    (
        Talk::Capable,
        "answer answers know topics ask about capable",
        "what can you could do i questions we of which things does this bot cover tell me are the all your about is it",
    ),
    (
        Talk::Bot,
        "you bot onrecord",
        "are a an is this who what made built wrote created real human person ai robot llm chatgpt gpt the how do work does does's were by",
    ),
    (
        Talk::Summary,
        "summary summarise summarize tldr tl gist recap overview sum",
        "the of story article this it please pls can you me give a for us dr in short up news is what whats s short quick",
    ),
    (
        Talk::Author,
        "wrote written author writer byline journalist reporter writes authored",
        "who the is was by of this article story piece report news it whos did name that text has",
    ),
    (
        Talk::Published,
        "published publication date dated appear appeared written",
        "when was were the article story this of what is it date day did piece report news published come out year old how",
    ),
    (
        Talk::Source,
        "source sources from publisher published outlet site link url",
        "where is are this the your what article story does it come of come's news who which a get got did you from whats for give me can i read original info information facts",
    ),
];

/// Words that carry nothing in such a message.
const FILLER: &[&str] =
    &["please", "pls", "plz", "so", "um", "uh", "ok", "okay", "well", "just", "and", "then", "now", "btw"];

impl Talk {
    /// What the message wants, if it is nothing but small talk.
    pub(super) fn of(message: &[Word]) -> Option<Self> {
        let said: Vec<&str> = message.iter().map(|w| w.folded.as_str()).filter(|w| !FILLER.contains(w)).collect();
        let has = |list: &str, word: &str| list.split(' ').any(|w| w == word);
        let fits = |core: &str, around: &str| {
            said.iter().any(|w| has(core, w)) && said.iter().all(|w| has(core, w) || has(around, w))
        };
        TALKS.iter().find(|(_, core, around)| fits(core, around)).map(|(talk, ..)| *talk)
    }
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
            ("help", Some(Talk::Help)),
            ("what can you answer?", Some(Talk::Capable)),
            ("What do you know about?", Some(Talk::Capable)),
            ("are you a bot", Some(Talk::Bot)),
            ("who wrote this?", Some(Talk::Author)),
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
