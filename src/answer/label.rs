//! What stands in front of a statement, so that no claim reads as a fact.
//!
//! A statement that names its claimant itself is not given the name twice, but an allegation, a denial and an opinion
//! keep their label whatever the statement says.

use super::phrases::{Phrases, capitalised, filled};
use crate::knowledge::{Claim, Claimant, Fact};
use crate::text::{Language, Word, words};

/// Stems of verbs with which somebody claims something: "Kaspersky says".
const CLAIMING: &[&str] = &[
    "say", "said", "state", "announc", "claim", "promis", "argu", "explain", "insist", "deni", "suggest", "warn",
    "believ", "think", "report", "accus", "alleg", "assert", "maintain", "declar", "oppos", "call", "describ",
    "reject", "admit", "confirm", "told",
];
/// The claimant's role or an adverb may stand between name and verb: "Anton Shingarev, Kaspersky's VP, said".
const BETWEEN: usize = 4;

/// The label of a fact, with its colon; None for what the article says in its own voice, and for a statement that says
/// itself who states it.
pub(super) fn label(fact: &Fact, language: &Language, said: &Phrases) -> Option<String> {
    let statement = words(&fact.statement, language);
    let named = fact.by.as_ref().and_then(|by| end_of_name(&statement, by, language));
    let by = fact.by.as_ref().map(Claimant::name);
    let unnamed = by.filter(|_| named.is_none());
    let claimant = match fact.claim {
        Claim::Reported => None,
        Claim::Stated if named.is_some_and(|end| is_claimed(&statement, end)) => None,
        Claim::Stated => Some(by.map_or(said.stated.to_owned(), |by| filled(said.according_to, by))),
        Claim::Alleged => Some(unnamed.map_or(said.alleged.to_owned(), |by| filled(said.alleged_by, by))),
        Claim::Denied => Some(unnamed.map_or(said.denied.to_owned(), |by| filled(said.denied_by, by))),
        Claim::Opinion => Some(unnamed.map_or(said.opinion.to_owned(), |by| filled(said.opinion_of, by))),
    };
    let via = fact.via.as_deref().filter(|via| end_of(&statement, &words(head(via), language)).is_none());
    let relayed = via.map(|via| filled(said.relayed_by, via));
    match (claimant, relayed) {
        (None, None) => None,
        (None, Some(relayed)) => Some(format!("{}:", capitalised(&relayed))),
        (Some(claimant), None) => Some(format!("{claimant}:")),
        (Some(claimant), Some(relayed)) => Some(format!("{claimant}, {relayed}:")),
    }
}

/// Whether a verb of claiming follows the claimant's name, or "according to" stands before it.
fn is_claimed(statement: &[Word], end: usize) -> bool {
    let claims = |word: &Word| CLAIMING.contains(&word.stem.as_str());
    let after = statement.iter().skip(end).take(BETWEEN).any(claims);
    let before = statement.iter().take(end).any(|w| w.folded == "according");
    // "..., says Kaspersky": the verb right before the name.
    let tail = statement.iter().take(end).rev().take(BETWEEN + 1).any(claims);
    after || before || tail
}

/// Where the first mention of the claimant, by name or alias, ends in the statement. An alias of small words ("it") is no
/// name.
fn end_of_name(statement: &[Word], by: &Claimant, language: &Language) -> Option<usize> {
    let end = |name: &str| end_of(statement, &words(name, language));
    match by {
        Claimant::Person(person) => {
            let names = std::iter::once(&person.name).chain(&person.aliases);
            names.filter(|name| words(name, language).iter().any(|w| !w.stop)).find_map(|name| end(name))
        }
        Claimant::Text(text) => end(head(text)),
    }
}

/// The part that names somebody: "some, whom the article does not name" is "some".
fn head(text: &str) -> &str {
    text.split(',').next().unwrap_or(text)
}

fn end_of(statement: &[Word], name: &[Word]) -> Option<usize> {
    let same = |part: &[Word]| part.iter().zip(name).all(|(a, b)| a.stem == b.stem);
    let at = statement.windows(name.len().max(1)).position(same).filter(|_| !name.is_empty())?;
    Some(at + name.len())
}
