//! Whose word something is, and what it is worth as evidence: what is said to "who said that?" and "is that true?".

use super::engine::Item;
use super::phrases::{Phrases, capitalised, filled};
use crate::knowledge::{Claim, Fact, Part, Place, Quote};

/// Whose word an item is.
pub(super) fn whose(item: Item<'_>, said: &Phrases) -> String {
    match item {
        Item::Fact(fact) => claimed(fact, said),
        Item::Quote(quote) => spoken(quote, said),
    }
}

fn spoken(quote: &Quote, said: &Phrases) -> String {
    let Some(speaker) = &quote.speaker else { return format!("{}.", capitalised(said.no_speaker)) };
    let by = filled(said.said_by, &speaker.name);
    if quote.speaker_inferred { format!("{by} {}", said.inferred) } else { by }
}

fn claimed(fact: &Fact, said: &Phrases) -> String {
    let is_aside = fact.citations.first().place == Some(Place::Part(Part::Aside));
    match (&fact.by, &fact.via) {
        // Whoever denies a statement does not make it.
        (Some(by), _) if fact.claim == Claim::Denied => format!("{}.", filled(said.denied_by, by.name())),
        (Some(by), Some(via)) => filled(&filled(said.claimed_as_relayed, by.name()), via),
        (Some(by), None) => filled(said.claimed_by, by.name()),
        (None, _) if is_aside => said.beside_article.to_owned(),
        (None, _) if fact.claim == Claim::Reported => said.reported_by_article.to_owned(),
        (None, _) => format!("{}.", capitalised(said.no_speaker)),
    }
}

/// What an item is worth as evidence.
pub(super) fn worth(item: Item<'_>, said: &Phrases) -> String {
    let Item::Fact(fact) = item else { return whose(item, said) };
    let kind = match fact.claim {
        Claim::Reported | Claim::Stated => return claimed(fact, said),
        Claim::Alleged => said.alleged_only,
        Claim::Denied => return claimed(fact, said),
        Claim::Opinion => said.opinion_only,
    };
    format!("{kind} {}", claimed(fact, said))
}
