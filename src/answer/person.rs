//! Who somebody is: the story file has a role for people that no fact introduces.
//!
//! It stands in front of what answers the question, or of what the story has from or about them.

use super::asker::Asker;
use super::decide::{Decision, decide};
use super::engine::{Engine, Item, LOOKED_AT};
use super::lists::named_by;
use super::reply::{Outcome, Reply};
use crate::knowledge::{Claim, Claimant, ItemIx, Person, Story};
use crate::matcher::{Confidence, Found, Scope};
use crate::text::{Language, Word, words};

/// What asks who somebody is, and what may stand around the name.
const ASKING: &[&str] = &["who", "whos", "what", "whats", "wat", "wats", "wut", "tell"];
const AROUND: &[&str] = &[
    "is", "was", "are", "the", "this", "that", "these", "a", "again", "exactly", "even", "so", "and", "but", "ok",
    "okay", "hey", "btw", "um", "wait", "lol", "please", "pls", "guy", "person", "actually", "anyway", "yo", "hi",
    "hello", "me", "us", "about", "more", "sorry", "sry", "noob", "question", "dumb", "stupid", "like", "tho",
    "though", "bot",
];
/// More words are more than a name.
const NAME: usize = 5;

impl Engine {
    /// Who the person is that a message asks for and names, with what the story has from or about that person.
    pub(super) fn who_is(&self, asker: Asker, said: &[Word]) -> Option<Reply> {
        let is = |list: &[&str], w: &Word| list.contains(&w.folded.as_str());
        // "The Union of Ward Staff" is named by three words.
        let is_name = |w: &&Word| !is(ASKING, w) && !is(AROUND, w) && w.folded != "of";
        let named: Vec<&Word> = said.iter().filter(is_name).collect();
        if named.is_empty() || named.len() > NAME || !said.iter().any(|w| is(ASKING, w)) {
            return None;
        }
        let of_story = |(n, story): (usize, &'_ Story)| {
            let people = story.people.iter().filter_map(|p| Some((named_by(&named, p, &story.language)?, p.clone())));
            people.max_by_key(|(how, _)| *how).map(|(_, person)| (n, person))
        };
        let mut known = self.in_scope(asker.scope).filter_map(of_story);
        let (story, person) = known.next().filter(|_| known.next().is_none())?;
        let role = person.role.as_deref()?;
        let name: Vec<&str> = named.iter().map(|w| w.folded.as_str()).collect();
        let asked = format!("who is {}", name.join(" "));
        let ranking = self.index.rank(&asked, Scope::Story(story), LOOKED_AT);
        let reply = match decide(&ranking, &self.thresholds) {
            answer @ Decision::Answer(best, _) if !self.at(best).is_some_and(|found| self.accuses(found)) => {
                self.worded(asker, &answer, &ranking.candidates)
            }
            _ => {
                let ranked = ranking.candidates.iter().filter_map(|c| self.at(c)).chain(self.items_of(story));
                let theirs: Vec<Found> = ranked.filter(|found| self.is_from_or_about(*found, &person)).collect();
                // Who somebody is is not what they are accused of.
                let told = theirs.iter().find(|found| self.is_told_of(**found, &person));
                let innocent = told.or_else(|| theirs.iter().find(|found| !self.accuses(**found)));
                let outcome = if innocent.is_some() { Outcome::Answer } else { Outcome::Nearest };
                // Where nothing calls them by that name, what comes nearest.
                let nearest = ranking.candidates.first().and_then(|c| self.at(c));
                let shown = innocent.or(theirs.first()).copied().or(nearest)?;
                let items = vec![(shown, Confidence::new(1.0))];
                self.with_items(asker, outcome, None, items, std::iter::empty())
            }
        };
        let language = &self.stories.get(story)?.language;
        let is_told = reply.facts.first().is_some_and(|fact| says(&fact.statement, role, language));
        let lead = (!is_told).then(|| format!("{} ({role})", person.name));
        Some(Reply { lead, ..reply })
    }

    fn accuses(&self, found: Found) -> bool {
        matches!(self.item(found), Some(Item::Fact(fact)) if fact.claim == Claim::Alleged)
    }

    /// Whether the article tells of a person in its own words.
    fn is_told_of(&self, found: Found, person: &Person) -> bool {
        let Some(Item::Fact(fact)) = self.item(found) else { return false };
        let language = self.stories.get(found.story).map(|story| &story.language);
        fact.claim == Claim::Reported && language.is_some_and(|language| says(&fact.statement, &person.name, language))
    }

    fn items_of(&self, story: usize) -> impl Iterator<Item = Found> {
        let (facts, quotes) = self.stories.get(story).map_or((0, 0), |s| (s.facts.len(), s.quotes.len()));
        let items = (0..facts).map(ItemIx::Fact).chain((0..quotes).map(ItemIx::Quote));
        items.map(move |item| Found { story, item })
    }

    fn is_from_or_about(&self, found: Found, person: &Person) -> bool {
        let Some(story) = self.stories.get(found.story) else { return false };
        match self.item(found) {
            Some(Item::Quote(quote)) => quote.speaker.as_ref().is_some_and(|p| p.id == person.id),
            Some(Item::Fact(fact)) => {
                let is_by = matches!(&fact.by, Some(Claimant::Person(by)) if by.id == person.id);
                is_by || says(&fact.statement, &person.name, &story.language)
            }
            None => false,
        }
    }
}

/// Whether a text has all words of a name or role.
pub(super) fn says(text: &str, name: &str, language: &Language) -> bool {
    let text = words(text, language);
    words(name, language).iter().filter(|w| !w.stop).all(|w| text.iter().any(|t| t.stem == w.stem))
}
