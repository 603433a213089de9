//! Whether a list is asked for ("what did she say", "all quotes about bans"), of what, and which items it has.
//!
//! A list is complete and in the order of the story, so it is not ranked: an item belongs or it does not.

use super::state::{Key, ListOf};
use crate::knowledge::{Citations, Claim, Claimant, Fact, ItemIx, Person, Place, Quote, Story};
use crate::matcher::{Found, LESSER};
use crate::text::{Language, Word, words};

/// "All of it".
const ALL: &[&str] = &["all", "every", "everything", "list", "complete", "full", "anything", "stuff"];
/// What is listed, where verbatim words are wanted.
const QUOTES: &[&str] = &["quotes", "quotations", "quote"];
/// What is listed, where a kind of claim is wanted.
const CLAIMS: &[(&str, Claim)] =
    &[("allegations", Claim::Alleged), ("accusations", Claim::Alleged), ("opinions", Claim::Opinion)];
/// Nouns of a list that say nothing of what is in it, and of those to whom things are said.
const THINGS: &[&str] = &[
    "facts",
    "fact",
    "statements",
    "statement",
    "claims",
    "information",
    "info",
    "details",
    "things",
    "points",
    "comments",
    "remarks",
    "said",
    "written",
    "known",
    "mentioned",
    "story",
    "article",
    "stories",
    "there",
    "made",
    "else",
    "total",
    "far",
    "reporter",
    "reporters",
    "journalist",
    "journalists",
    "press",
    "media",
    "interviewer",
    "guy",
    "man",
    "woman",
    "lady",
    "person",
];
/// Stems of verbs of saying.
const SAYING: &[&str] = &[
    "say", "said", "tell", "told", "state", "claim", "comment", "remark", "argu", "think", "mention", "report",
    "write", "wrote", "respond", "react", "answer", "repli",
];
/// Besides the above, what a question after somebody's word has.
const WHAT: &[&str] = &["what", "wat", "whats", "wot", "which", "things", "stuff"];
/// In front of whose word it is, and of what it is about.
const BY: &[&str] = &["by", "from", "of"];
const ABOUT: &[&str] = &["about", "on", "regarding", "concerning", "re"];
/// "Everything on" more words is no matter but a sentence.
const ABOUT_CONTENT: usize = 4;
/// "Tell me about" more words is one question.
const MATTER: usize = 1;
/// Shorter words with a slip are other words.
const SLIP_LETTERS: usize = 5;

/// What kind of thing a question after somebody's word asks for.
pub(super) enum Wanted {
    /// All of it.
    List(ListOf),
    /// What was said about one matter.
    Word(ListOf),
}

/// The list that a question asks for, or whose word on what; None where it asks for neither.
pub(super) fn wanted(said: &[Word], stories: &[&Story]) -> Option<Wanted> {
    let has = |list: &[&str]| said.iter().any(|w| list.contains(&w.folded.as_str()));
    // "Who is this whom everybody quotes" asks for no quotes.
    let asks_who = said.iter().take(2).any(|w| matches!(w.folded.as_str(), "who" | "whos" | "who's"));
    let (whole, quotes) = (has(ALL), has(QUOTES) && !asks_who);
    let claim = CLAIMS.iter().find(|(word, _)| said.iter().any(|w| w.folded == *word)).map(|(_, claim)| *claim);
    let about = behind(said, ABOUT);
    let before_about = said.get(..said.len() - about.map_or(0, |about| about.len() + 1)).unwrap_or(said);
    let about = content(about.unwrap_or_default());
    // "Where did she say that" is no list.
    let asks_what = quotes || whole || has(WHAT);
    let speaker = if asks_what { speaker(before_about, quotes, stories) } else { Speaker::None };
    let is_of_quotes = quotes && (whole || has(&["quotes", "quotations"])) && said.len() <= 12;
    let of = |by: Option<Key>, quotes: bool| ListOf {
        by,
        about: about.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" "),
        quotes,
        claim: claim.map(|claim| claim.as_str().to_owned()),
        story: None,
    };
    let list = |by: Option<Key>, quotes: bool| Some(Wanted::List(of(by, quotes)));
    match speaker {
        Speaker::Of(by) if is_of_quotes => list(Some(by), true),
        // "What did she say?" is a list, "what did she say about bans?" one thing unless all of it is asked for.
        Speaker::Of(by) if whole || about.is_empty() => list(Some(by), false),
        Speaker::Of(by) => Some(Wanted::Word(of(Some(by), false))),
        Speaker::None if is_of_quotes => list(None, true),
        Speaker::None if claim.is_some() && (whole || asks_which(said)) => list(None, false),
        Speaker::None if whole && (1..=ABOUT_CONTENT).contains(&about.len()) => list(None, false),
        Speaker::None if tells_of(before_about) && !is_somebody(&about, stories) => {
            (is_topic(&about, stories) || (1..=MATTER).contains(&about.len())).then(|| list(None, false)).flatten()
        }
        _ => None,
    }
}

/// "Tell me about", "what do you know about", "what does the article say about": about a topic as a whole.
fn tells_of(before: &[Word]) -> bool {
    const TELLING: &[&str] = &["tell", "know", "say", "says", "info", "information", "inform"];
    before.iter().any(|w| TELLING.contains(&w.folded.as_str())) && content(before).len() <= 1
}

fn asks_which(said: &[Word]) -> bool {
    said.iter().take(3).any(|w| matches!(w.folded.as_str(), "what" | "which" | "list" | "any" | "the"))
}

/// Whose word is asked for: "what does NAME say to that", "and NAME".
pub(super) fn voice(said: &[Word], stories: &[&Story]) -> Option<Key> {
    match speaker(said, false, stories) {
        Speaker::Of(by) => Some(by),
        // "And the company?"
        Speaker::None => known(&said.iter().filter(|w| !w.stop).collect::<Vec<_>>(), stories),
        Speaker::Stranger => None,
    }
}

enum Speaker {
    /// Nobody's word in particular.
    None,
    /// Somebody's whom the story has.
    Of(Key),
    /// Somebody's whom it does not have.
    Stranger,
}

/// Whose word is asked for: "what did NAME say", "everything NAME said", "quotes by NAME", "NAME quotes".
fn speaker(said: &[Word], quotes: bool, stories: &[&Story]) -> Speaker {
    let verb = said.iter().rposition(|w| SAYING.contains(&w.stem.as_str()));
    let named = match (verb, behind(said, BY)) {
        (_, Some(name)) if quotes => content(name),
        (Some(verb), _) => {
            let rest = content(said.get(verb + 1..).unwrap_or_default());
            // "What did she say in Toronto" is no list of all she said.
            if !rest.is_empty() {
                return Speaker::Stranger;
            }
            content(said.get(..verb).unwrap_or_default())
        }
        (None, _) if quotes => content(said),
        _ => return Speaker::None,
    };
    if named.is_empty() {
        return Speaker::None;
    }
    known(&named, stories).map_or(Speaker::Stranger, Speaker::Of)
}

/// Who is named by words that name nobody better.
fn known(named: &[&Word], stories: &[&Story]) -> Option<Key> {
    let people = stories.iter().flat_map(|s| s.people.iter().map(move |p| (*s, p.as_ref())));
    let found =
        people.filter_map(|(s, p)| Some((s, p, named_by(named, p, &s.language)?))).max_by_key(|(.., length)| *length);
    found.map(|(story, person, _)| Key::of(story.id.as_str(), person.id.as_str()))
}

/// How well words name a person: whether they are a whole name or alias, and how many they are; None where they are something
/// else too. "Kaspersky" is the company before it is a part of "Kaspersky's VP".
pub(super) fn named_by(named: &[&Word], person: &Person, language: &Language) -> Option<(bool, usize)> {
    let names = std::iter::once(&person.name).chain(&person.aliases);
    let fits = |name: &String| {
        let name = words(name, language);
        let parts = content(&name);
        let is_part = |word: &&&Word| parts.iter().any(|part| is_same(word, part));
        // A surname is enough, a role of three words is not met by one of them.
        let enough = parts.len() <= 2 || named.len() >= parts.len();
        // The vice president is not the president.
        let is_lesser = |part: &&&Word| LESSER.contains(&part.stem.as_str());
        let is_another = parts.iter().filter(is_lesser).any(|part| !named.iter().any(|word| is_same(word, part)));
        (enough && !is_another && named.iter().all(|word| is_part(&word)))
            .then_some((named.len() == parts.len(), named.len()))
    };
    names.filter_map(fits).max()
}

/// The words behind the last one of `markers`.
fn behind<'a>(said: &'a [Word], markers: &[&str]) -> Option<&'a [Word]> {
    let at = said.iter().rposition(|w| markers.contains(&w.folded.as_str()))?;
    said.get(at + 1..)
}

/// The words that say something, without those that lists are asked for with.
fn content(said: &[Word]) -> Vec<&Word> {
    let is_frame = |w: &Word| {
        let folded = w.folded.as_str();
        let of_list = [ALL, QUOTES, THINGS].iter().any(|list| list.contains(&folded));
        of_list
            || CLAIMS.iter().any(|(word, _)| *word == folded)
            || matches!(folded, "show" | "tell" | "give" | "find" | "need" | "want")
    };
    said.iter().filter(|w| !w.stop && !is_frame(w)).collect()
}

fn is_same(one: &Word, other: &Word) -> bool {
    let long = |w: &Word| w.stem.chars().count() >= SLIP_LETTERS;
    one.stem == other.stem || (long(one) && long(other) && strsim::osa_distance(&one.folded, &other.folded) <= 1)
}

fn holds(text: &[Word], word: &Word) -> bool {
    text.iter().any(|w| is_same(w, word))
}

/// Whether the words name somebody whom the story introduces.
fn is_somebody(about: &[&Word], stories: &[&Story]) -> bool {
    let has = |story: &&Story| {
        let mut people = story.people.iter().filter(|p| p.role.is_some());
        people.any(|p| named_by(about, p, &story.language).is_some_and(|(whole, _)| whole))
    };
    !about.is_empty() && stories.iter().any(has)
}

/// Whether the words are the name of a topic or one of its terms.
fn is_topic(about: &[&Word], stories: &[&Story]) -> bool {
    stories.iter().any(|story| !topics(about, story).is_empty())
}

/// The topics that the words name, by place.
fn topics(about: &[&Word], story: &Story) -> Vec<usize> {
    let names = |text: &String| {
        let text = words(text, &story.language);
        let parts = content(&text);
        !parts.is_empty()
            && parts.iter().all(|p| about.iter().any(|w| is_same(w, p)))
            && about.iter().all(|w| parts.iter().any(|p| is_same(w, p)))
    };
    let named = story.topics.iter().enumerate().filter(|(_, t)| std::iter::once(&t.name).chain(&t.terms).any(names));
    if about.is_empty() { Vec::new() } else { named.map(|(n, _)| n).collect() }
}

/// The items of a list in the order of their story; `stories` with their places.
pub(super) fn items(of: &ListOf, stories: &[(usize, &Story)]) -> Vec<Found> {
    stories
        .iter()
        .flat_map(|(n, story)| of_story(of, story).into_iter().map(|item| Found { story: *n, item }))
        .collect()
}

fn of_story(of: &ListOf, story: &Story) -> Vec<ItemIx> {
    let about = words(&of.about, &story.language);
    let about = content(&about);
    let named = topics(&about, story);
    let is_about = |text: &str, topics: &[std::sync::Arc<crate::knowledge::Topic>]| {
        let of_topic = |n: &usize| story.topics.get(*n).is_some_and(|t| topics.iter().any(|own| own.id == t.id));
        let terms = topics.iter().flat_map(|t| std::iter::once(&t.name).chain(&t.terms));
        let terms = terms.filter(|_| named.is_empty());
        let all: Vec<Word> =
            std::iter::once(text).chain(terms.map(String::as_str)).flat_map(|t| words(t, &story.language)).collect();
        named.iter().any(of_topic)
            || (!about.is_empty() && about.iter().all(|word| holds(&all, word)))
            || of.about.is_empty()
    };
    let is_by = |person: Option<&Person>, via: Option<&String>| {
        let is_meant = |id: &str| of.by == Some(Key::of(story.id.as_str(), id));
        // "What did the agency report" is also what it passed on.
        let passes_on = || via.and_then(|via| story.people.iter().find(|p| p.name == *via));
        of.by.is_none()
            || person.is_some_and(|p| is_meant(p.id.as_str()))
            || passes_on().is_some_and(|p| is_meant(p.id.as_str()))
    };
    let wants = |claim: Claim| of.claim.as_deref().is_none_or(|wanted| wanted == claim.as_str());
    let fact = |fact: &Fact| {
        !of.quotes
            && is_by(claimant(fact), fact.via.as_ref())
            && wants(fact.claim)
            && is_about(&fact.statement, &fact.topics)
    };
    let quote = |quote: &Quote| {
        of.claim.is_none() && is_by(quote.speaker.as_deref(), None) && is_about(&quote.exact, &quote.topics)
    };
    let facts: Vec<usize> = (0..story.facts.len()).filter(|n| story.facts.get(*n).is_some_and(fact)).collect();
    // A quote that one of the facts brings is not listed twice.
    let is_brought = |id: &crate::knowledge::Id| {
        facts.iter().filter_map(|n| story.facts.get(*n)).any(|f| f.quotes.iter().any(|q| q.id == *id))
    };
    let quotes = story.quotes.iter().enumerate().filter(|(_, q)| quote(q) && !is_brought(&q.id)).map(|(n, _)| n);
    let mut found: Vec<ItemIx> = facts.iter().copied().map(ItemIx::Fact).chain(quotes.map(ItemIx::Quote)).collect();
    found.sort_by_key(|item| match item {
        ItemIx::Fact(n) => story.facts.get(*n).map(|f| place(&f.citations)),
        ItemIx::Quote(n) => story.quotes.get(*n).map(|q| place(&q.citations)),
    });
    found
}

fn claimant(fact: &Fact) -> Option<&Person> {
    match &fact.by {
        Some(Claimant::Person(person)) => Some(person),
        _ => None,
    }
}

/// Paragraph of the article; what is not body text stands before it.
fn place(citations: &Citations) -> u32 {
    match citations.first().place {
        Some(Place::Paragraph(n)) => n,
        _ => 0,
    }
}
