//! Who speaks: whose word a question asks for, and whose word a text gives.
//!
//! "What did Symantec say about the ban?" is not answered by what somebody else says about Symantec.

use super::forward::Token;
use super::mend::Meant;
use super::vocabulary::TermId;

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
/// "Is against" gives a stance as well as a verb; a small word by itself.
const STANCES: &[&str] = &["against"];
/// As often what was said as saying it, unless "did" or the like stands before them: "the spying claims".
const NOUNS: &[&str] = &["claim", "comment", "promis", "state", "thought"];
const DOING: &[&str] = &["did", "does", "do", "has", "have", "had", "would", "will", "didnt", "doesnt"];
/// The article itself speaks in every fact.
const NARRATORS: &[&str] = &["articl", "stori", "piec", "text", "news", "headlin", "author", "bot"];

/// So many words may stand between a speaker and the verb.
const BETWEEN: usize = 4;

/// The stems that may name whose word a question asks for: those near the content word before a verb of saying.
pub(super) fn asked_of(question: &[Meant]) -> Option<Vec<TermId>> {
    let verb = question.iter().position(asks_for_word)?;
    let is_noun = question.get(verb).is_some_and(|m| NOUNS.contains(&m.word.stem.as_str()));
    if is_noun && !question.get(..verb)?.iter().any(|m| DOING.contains(&m.word.folded.as_str())) {
        return None;
    }
    let before = question.get(verb.saturating_sub(BETWEEN)..verb)?;
    let named = before.iter().rev().find(|m| !m.word.stop)?;
    let is_person = !NARRATORS.contains(&named.word.stem.as_str());
    is_person.then(|| named.near.iter().filter(|n| !n.synonym).map(|n| n.term).collect())
}

/// Whether a word is a verb of saying.
pub(super) fn asks_for_word(meant: &Meant) -> bool {
    ASKED.contains(&meant.word.stem.as_str())
}

/// The stems behind which a text gives somebody's word.
pub(super) fn giving() -> impl Iterator<Item = &'static str> {
    GIVEN.iter().chain(STANCES).copied()
}

/// Whether a text gives the word of one of these names: one stands right before a verb in `giving`.
pub(super) fn gives_word_of(text: &[Token], names: &[TermId], giving: &[TermId]) -> bool {
    let verbs = text.iter().enumerate().filter(|(_, t)| giving.contains(&t.term())).map(|(at, _)| at);
    let is_named = |t: &Token| !t.is_stop() && names.contains(&t.term());
    verbs.into_iter().any(|at| text.get(at.saturating_sub(BETWEEN)..at).unwrap_or_default().iter().any(is_named))
}

#[cfg(test)]
mod tests {
    use super::{asked_of, gives_word_of, giving};
    use crate::matcher::entry::{Base, Entry};
    use crate::matcher::forward::Forward;
    use crate::matcher::mend::mended;
    use crate::matcher::vocabulary::Vocabulary;
    use crate::text::Language;

    fn read(texts: &[&str]) -> (Forward, Vocabulary) {
        let entries = texts.iter().map(|text| Entry { text: (*text).to_owned(), ..Entry::default() }).collect();
        let mut vocabulary = Vocabulary::default();
        let forward = Forward::new(&[Base { entries, ..Base::default() }], &mut vocabulary);
        vocabulary.seal();
        (forward, vocabulary)
    }

    #[test]
    fn whose_word() {
        let (_, vocabulary) = read(&["Symantec, the school, LinkedIn, the office and the article"]);
        let rows = [
            ("What did Symantec say about the ban?", Some("symantec")),
            ("what does the school think", Some("school")),
            ("How did LinkedIn respond?", Some("linkedin")),
            ("Who said that?", None),
            ("what's with the office claims", None),
            ("what did the office claim", Some("offic")),
            ("what does the article say about it", None),
            ("Where is the office?", None),
        ];
        for (question, want) in rows {
            let names = asked_of(&mended(question, &Language::default(), &vocabulary));
            let named = names.and_then(|names| Some(vocabulary.name(*names.first()?).to_owned()));
            assert_eq!(named.as_deref(), want, "{question}");
        }
    }

    #[test]
    fn whose_text() {
        let rows = [
            ("Kaspersky is against Russia blocking anybody.", "kasperski", true),
            ("Symantec is among those that Kaspersky does not want to see blocked.", "kasperski", true),
            ("Symantec is among those that Kaspersky does not want to see blocked.", "symantec", false),
            ("The office is closed.", "offic", false),
        ];
        for (text, name, want) in rows {
            let (forward, vocabulary) = read(&[text]);
            let names: Vec<u32> = vocabulary.get(name).into_iter().collect();
            let giving: Vec<u32> = giving().filter_map(|stem| vocabulary.get(stem)).collect();
            assert_eq!(gives_word_of(forward.text(0), &names, &giving), want, "{name}: {text}");
        }
    }
}
