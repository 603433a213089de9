//! Who speaks: whose word a question asks for, and whose word a text gives.
//!
//! "What did Symantec say about the ban?" is not answered by what somebody else says about Symantec.

use crate::text::Word;

/// Stems of verbs that ask for somebody's word.
const ASKED: &[&str] = &[
    "say", "said", "think", "thought", "respond", "repli", "comment", "claim", "deni", "tell", "told", "argu", "react",
    "state", "warn", "promis", "insist",
];
/// Stems of words behind which a text gives somebody's word or will.
const GIVEN: &[&str] = &[
    "say", "said", "state", "announc", "claim", "promis", "argu", "explain", "insist", "deni", "suggest", "warn",
    "believ", "think", "report", "accus", "alleg", "assert", "maintain", "declar", "oppos", "reject", "admit",
    "confirm", "told", "want", "plan", "call", "describ", "offer", "reckon", "respond",
];
/// "Is against" gives a stance as well as a verb; small words by themselves.
const STANCES: &[&str] = &["against", "willing"];
/// The article itself speaks in every fact.
const NARRATORS: &[&str] = &["articl", "stori", "piec", "text", "news", "headlin", "author", "bot"];

/// So many words may stand between a speaker and the verb.
const BETWEEN: usize = 4;

/// The word of a question that names whose word is asked for: the content word before a verb of saying.
pub(super) fn asked_of(question: &[Word]) -> Option<&Word> {
    let verb = question.iter().position(|w| ASKED.contains(&w.stem.as_str()))?;
    let before = question.get(verb.saturating_sub(BETWEEN)..verb)?;
    before.iter().rev().find(|w| !w.stop).filter(|w| !NARRATORS.contains(&w.stem.as_str()))
}

/// The content words of a text that stand right before somebody's word is given.
pub(super) fn given_by(text: &[Word]) -> impl Iterator<Item = &Word> {
    let gives = |w: &Word| GIVEN.contains(&w.stem.as_str()) || STANCES.contains(&w.folded.as_str());
    let verbs = text.iter().enumerate().filter(move |(_, w)| gives(w)).map(|(at, _)| at);
    verbs.flat_map(|at| text.get(at.saturating_sub(BETWEEN)..at).unwrap_or_default()).filter(|w| !w.stop)
}

#[cfg(test)]
mod tests {
    use super::{asked_of, given_by};
    use crate::text::{Language, words};

    #[test]
    fn whose_word() {
        let rows = [
            ("What did Symantec say about the ban?", Some("symantec")),
            ("what does the school think", Some("school")),
            ("How did LinkedIn respond?", Some("linkedin")),
            ("Who said that?", None),
            ("what does the article say about it", None),
            ("Where is the office?", None),
        ];
        for (question, want) in rows {
            let typed = words(question, &Language::default());
            assert_eq!(asked_of(&typed).map(|w| w.folded.as_str()), want, "{question}");
        }
    }

    #[test]
    fn whose_text() {
        let rows = [
            ("Kaspersky is against Russia blocking anybody.", vec!["kaspersky"]),
            ("Symantec is among those that Kaspersky does not want to see blocked.", vec!["kaspersky"]),
            ("The office is closed.", vec![]),
        ];
        for (text, want) in rows {
            let text = words(text, &Language::default());
            assert_eq!(given_by(&text).map(|w| w.folded.as_str()).collect::<Vec<_>>(), want);
        }
    }
}
