//! What stands in front of a statement, so that no claim reads as a fact.
//!
//! A statement that names its claimant itself is not given the name twice, but an allegation, a denial and an opinion
//! keep their label whatever the statement says.

use crate::knowledge::{Claim, Claimant, Fact};
use crate::text::{Language, Word, words};

/// Words after which a claim already reads as somebody's: "Kaspersky says".
const SAYING: &[&str] = &[
    "say", "said", "state", "announc", "claim", "accord", "promis", "tell", "told", "argu", "call", "explain",
    "describ", "insist", "deni", "suggest", "warn", "believ", "think", "report", "accus", "alleg", "assert",
    "maintain", "view", "consid", "offer", "declar", "hope", "expect", "want", "oppos", "ask", "reject", "see",
    "admit", "confirm", "put",
];

/// The label of a fact, with its colon; None for what the article says in its own voice.
pub(super) fn label(fact: &Fact, language: &Language) -> Option<String> {
    let statement = words(&fact.statement, language);
    let by = fact.by.as_ref().filter(|by| !names(&statement, by, language)).map(Claimant::name);
    let is_said = !language.is_english() || statement.iter().any(|w| SAYING.contains(&w.stem.as_str()));
    let claimant = match (fact.claim, by) {
        (Claim::Reported, _) => None,
        (Claim::Stated, Some(by)) => Some(format!("According to {by}")),
        (Claim::Stated, None) if is_said && fact.by.is_some() => None,
        (Claim::Stated, None) => {
            Some(fact.by.as_ref().map_or("Stated".to_owned(), |by| format!("According to {}", by.name())))
        }
        (Claim::Alleged, Some(by)) => Some(format!("Alleged by {by}")),
        (Claim::Alleged, None) => Some("Alleged".to_owned()),
        (Claim::Denied, Some(by)) => Some(format!("Denied by {by}")),
        (Claim::Denied, None) => Some("Denied".to_owned()),
        (Claim::Opinion, Some(by)) => Some(format!("Opinion of {by}")),
        (Claim::Opinion, None) => Some("Opinion".to_owned()),
    };
    let via = fact.via.as_deref().filter(|via| !contains(&statement, &words(head(via), language)));
    match (claimant, via) {
        (None, None) => None,
        (None, Some(via)) => Some(format!("As relayed by {via}:")),
        (Some(claimant), None) => Some(format!("{claimant}:")),
        (Some(claimant), Some(via)) => Some(format!("{claimant}, as relayed by {via}:")),
    }
}

/// Whether the statement names the claimant, by name or alias.
fn names(statement: &[Word], by: &Claimant, language: &Language) -> bool {
    let has = |name: &str| contains(statement, &words(name, language));
    match by {
        Claimant::Person(person) => has(&person.name) || person.aliases.iter().any(|a| has(a)),
        Claimant::Text(text) => has(head(text)),
    }
}

/// The part that names somebody: "some, whom the article does not name" is "some".
fn head(text: &str) -> &str {
    text.split(',').next().unwrap_or(text)
}

fn contains(statement: &[Word], name: &[Word]) -> bool {
    let same = |a: &[Word]| a.iter().zip(name).all(|(a, b)| a.stem == b.stem);
    !name.is_empty() && statement.windows(name.len()).any(same)
}
