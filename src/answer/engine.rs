//! The engine: all stories, one index, and from a question to a reply.

use super::ask_next::{self, suggestions};
use super::decide::{Decision, Thresholds, decide};
use super::phrases;
use super::reply::{Band, Outcome, Reply, ShownFact, ShownQuote, Suggestion};
use super::show;
use super::smalltalk::Talk;
use crate::knowledge::{Fact, Id, ItemIx, Part, Place, Quote, Story};
use crate::matcher::{Candidate, Confidence, Explanation, Found, Index, Scope, bases};
use crate::text::{Language, fold, words};

/// So many candidates are looked at for ties, rivals and suggestions.
const LOOKED_AT: usize = 10;

/// Answers questions from the stories it was given. Never changes; a reload makes a new one.
#[derive(Debug)]
pub struct Engine {
    stories: Vec<Story>,
    found: Vec<Found>,
    index: Index,
    thresholds: Thresholds,
}

/// A candidate by name, for explaining and evaluating.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// Id of the story.
    pub story: Id,
    /// Id of the fact or quote.
    pub id: Id,
    /// How sure.
    pub confidence: Confidence,
    /// The sum behind it.
    pub score: f32,
}

impl Engine {
    /// Builds the index over all facts and quotes of `stories`.
    pub fn new(stories: Vec<Story>, thresholds: Thresholds) -> Self {
        let (found, bases) = bases(&stories);
        Self { index: Index::new(&bases), stories, found, thresholds }
    }

    /// The same engine with other thresholds; the index stays.
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// The loaded stories, by id.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// The thresholds in force.
    pub fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// The scope of one story by its id.
    pub fn scope_of(&self, story: &str) -> Option<Scope> {
        self.stories.iter().position(|s| s.id.as_str() == story).map(Scope::Story)
    }

    /// What to say to `message`. Always gives a reply, the same one for the same message.
    pub fn reply(&self, message: &str, scope: Scope) -> Reply {
        let language = Language::default();
        let said = words(message, &language);
        if said.is_empty() {
            return self.without_facts(Outcome::Unknown, phrases::NO_QUESTION, self.featured(scope));
        }
        let scope = self.named_story(message, scope);
        match Talk::of(&said) {
            Some(Talk::Author) => return self.author(scope),
            Some(talk) => return self.small_talk(talk, scope),
            None => {}
        }
        let ranking = self.index.rank(message, scope, LOOKED_AT);
        let decision = decide(&ranking, &self.thresholds, |c| self.at(c).map_or(usize::MAX, |f| f.story));
        self.worded(&decision, &ranking.candidates, scope)
    }

    /// The best candidates for `message`, best first.
    pub fn ranked(&self, message: &str, scope: Scope, most: usize) -> Vec<Ranked> {
        let ranking = self.index.rank(message, self.named_story(message, scope), most);
        ranking.candidates.iter().filter_map(|c| self.named(c)).collect()
    }

    /// The best candidates with the reasons for their places, best first.
    pub fn explain(&self, message: &str, scope: Scope, most: usize) -> Vec<(Ranked, Explanation)> {
        let scope = self.named_story(message, scope);
        let candidates = self.index.rank(message, scope, most).candidates;
        let row = |c: &Candidate| Some((self.named(c)?, self.index.explain(message, scope, c.entry)?));
        candidates.iter().filter_map(row).collect()
    }

    /// What to offer somebody who asks nothing yet: featured items, else the first facts.
    pub fn featured(&self, scope: Scope) -> Vec<Suggestion> {
        self.featured_items(scope).filter_map(|f| ask_next::suggestion(&self.stories, f)).collect()
    }

    fn featured_items(&self, scope: Scope) -> impl Iterator<Item = Found> {
        self.in_scope(scope).flat_map(|(story, s)| {
            let featured = s.featured.iter().copied();
            let rest = (0..s.facts.len()).map(ItemIx::Fact).filter(|_| s.featured.is_empty());
            featured.chain(rest).map(move |item| Found { story, item })
        })
    }

    fn worded(&self, decision: &Decision<'_>, ranked: &[Candidate], scope: Scope) -> Reply {
        let (outcome, lead, shown): (Outcome, Option<&str>, Vec<&Candidate>) = match decision {
            Decision::Answer(best, second) => (Outcome::Answer, None, std::iter::once(*best).chain(*second).collect()),
            Decision::Nearest(best) => (Outcome::Nearest, Some(phrases::CLOSEST), vec![*best]),
            Decision::Lacks(best, asked) => (Outcome::Nearest, Some(phrases::lacks(*asked)), vec![*best]),
            Decision::Clarify(one, other) => (Outcome::Clarify, Some(phrases::TWO_STORIES), vec![*one, *other]),
            Decision::Unknown => return self.unknown(ranked, scope),
        };
        let limit = |c: &Candidate| self.thresholds.limit(outcome, c.confidence);
        let items: Vec<(Found, Confidence)> = shown.iter().filter_map(|c| Some((self.at(c)?, limit(c)))).collect();
        self.with_items(outcome, lead, items, ranked.iter().filter_map(|c| self.at(c)))
    }

    /// The reply that shows these items and what belongs to them; `near` is what else may be asked.
    fn with_items(
        &self,
        outcome: Outcome,
        lead: Option<&str>,
        items: Vec<(Found, Confidence)>,
        near: impl Iterator<Item = Found>,
    ) -> Reply {
        let confidence = items.first().map(|(_, confidence)| *confidence).unwrap_or_default();
        let items = self.with_companions(items, outcome);
        let (facts, quotes) = self.shown(&items);
        let items: Vec<Found> = items.into_iter().map(|(found, _)| found).collect();
        let next = self.related(&items).into_iter().chain(near);
        Reply {
            outcome,
            confidence,
            band: self.thresholds.band(confidence),
            lead: lead.map(str::to_owned),
            suggestions: suggestions(&self.stories, &items, next),
            facts,
            quotes,
        }
    }

    /// Who wrote the article: the fact that rests on its byline, else what the source names.
    fn author(&self, scope: Scope) -> Reply {
        let byline = |fact: &Fact| fact.citations.first().place == Some(Place::Part(Part::Byline));
        let in_scope = self.in_scope(scope);
        let found = in_scope.filter_map(|(story, s)| {
            let item = ItemIx::Fact(s.facts.iter().position(byline)?);
            Some((Found { story, item }, Confidence::new(1.0)))
        });
        match found.collect::<Vec<_>>().as_slice() {
            [one] => self.with_items(Outcome::Answer, None, vec![*one], std::iter::empty()),
            _ => self.small_talk(Talk::Author, scope),
        }
    }

    /// The stories in scope with their indices.
    fn in_scope(&self, scope: Scope) -> impl Iterator<Item = (usize, &Story)> {
        self.stories.iter().enumerate().filter(move |(n, _)| scope == Scope::All || scope == Scope::Story(*n))
    }

    fn unknown(&self, ranked: &[Candidate], scope: Scope) -> Reply {
        let is_several = self.stories.len() > 1 && scope == Scope::All;
        let lead = if is_several { phrases::UNKNOWN_SEVERAL } else { phrases::UNKNOWN };
        let near = ranked.iter().filter_map(|c| self.at(c)).chain(self.featured_items(scope));
        let best = ranked.first().map(|c| c.confidence).unwrap_or_default();
        let confidence = self.thresholds.limit(Outcome::Unknown, best);
        Reply { confidence, ..self.without_facts(Outcome::Unknown, lead, suggestions(&self.stories, &[], near)) }
    }

    /// The items as they are shown: facts, and each quote once.
    fn shown(&self, items: &[(Found, Confidence)]) -> (Vec<ShownFact>, Vec<ShownQuote>) {
        let mut facts: Vec<ShownFact> = Vec::new();
        let mut quotes: Vec<ShownQuote> = Vec::new();
        for (found, confidence) in items {
            let Some(story) = self.stories.get(found.story) else { continue };
            let spoken: Vec<&Quote> = match self.item(*found) {
                Some(Item::Fact(fact)) => {
                    facts.push(show::fact(story, fact, *confidence, self.stories.len() > 1));
                    fact.quotes.iter().map(AsRef::as_ref).collect()
                }
                Some(Item::Quote(quote)) => vec![quote],
                None => Vec::new(),
            };
            for quote in spoken {
                if !quotes.iter().any(|q| q.story == story.id.as_str() && q.id == quote.id.as_str()) {
                    quotes.push(show::quote(story, quote));
                }
            }
        }
        (facts, quotes)
    }

    /// A fact brings the one it is always shown with. Two facts are the most of an answer, so such a fact is never the
    /// second of a tie; where two stories rival, each fact brings its own.
    fn with_companions(&self, items: Vec<(Found, Confidence)>, outcome: Outcome) -> Vec<(Found, Confidence)> {
        let companion = |(found, confidence): &(Found, Confidence)| {
            let with = match self.item(*found) {
                Some(Item::Fact(fact)) => fact.with.first().copied(),
                _ => None,
            };
            with.map(|n| (Found { story: found.story, item: ItemIx::Fact(n) }, *confidence))
        };
        if outcome == Outcome::Clarify {
            return items.iter().flat_map(|item| std::iter::once(*item).chain(companion(item))).collect();
        }
        match items.first().and_then(|first| Some([*first, companion(first)?])) {
            Some(both) => both.to_vec(),
            None => items
                .iter()
                .take(1)
                .chain(items.iter().skip(1).filter(|item| companion(item).is_none()))
                .copied()
                .collect(),
        }
    }

    fn related(&self, shown: &[Found]) -> Vec<Found> {
        let related = |found: &Found| {
            let items = match self.item(*found) {
                Some(Item::Fact(fact)) => fact.related.clone(),
                Some(Item::Quote(quote)) => quote.related.clone(),
                None => Vec::new(),
            };
            items.into_iter().map(|item| Found { story: found.story, item }).collect::<Vec<_>>()
        };
        shown.iter().flat_map(related).collect()
    }

    fn small_talk(&self, talk: Talk, scope: Scope) -> Reply {
        let stories: Vec<&Story> = self.in_scope(scope).map(|(_, s)| s).collect();
        let titled = |s: &&Story, said: String| if stories.len() > 1 { format!("{}: {said}", s.title) } else { said };
        let each =
            |say: &dyn Fn(&Story) -> String| stories.iter().map(|s| titled(s, say(s))).collect::<Vec<_>>().join("\n");
        let said = match talk {
            Talk::Greeting => phrases::GREETING.to_owned(),
            Talk::Thanks => phrases::THANKS.to_owned(),
            Talk::Help => phrases::HELP.to_owned(),
            Talk::Bot => phrases::BOT.to_owned(),
            Talk::Capable => format!("{} {}", phrases::CAPABLE, each(&topics)),
            Talk::Author => each(&author),
            Talk::Published => each(&published),
            Talk::Source => each(&source),
            Talk::Summary => each(&|s| format!("{}\n{}", s.summary.as_ref().unwrap_or(&s.title), source(s))),
        };
        let next = if talk == Talk::Thanks { Vec::new() } else { self.featured(scope) };
        let confidence = Confidence::new(1.0);
        Reply { confidence, band: Band::High, ..self.without_facts(Outcome::Meta, &said, next) }
    }

    fn without_facts(&self, outcome: Outcome, lead: &str, mut suggestions: Vec<Suggestion>) -> Reply {
        suggestions.truncate(ask_next::MOST);
        let lead = Some(lead.to_owned());
        let confidence = Confidence::default();
        Reply { outcome, confidence, band: Band::None, lead, facts: Vec::new(), quotes: Vec::new(), suggestions }
    }

    /// Narrows to the story whose alias or title the message names, if it names exactly one.
    fn named_story(&self, message: &str, scope: Scope) -> Scope {
        if scope != Scope::All || self.stories.len() < 2 {
            return scope;
        }
        let spaced = |text: &str| {
            let folded = fold(text);
            let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            format!(" {} ", words.join(" "))
        };
        let message = spaced(message);
        // "The" is no name of a story.
        let says = |name: &String, story: &Story| words(name, &story.language).iter().any(|w| !w.stop);
        let names = |story: &Story| {
            let mut names = std::iter::once(&story.title).chain(&story.aliases);
            names.any(|name| says(name, story) && message.contains(&spaced(name)))
        };
        let mut named = self.stories.iter().enumerate().filter(|(_, s)| names(s));
        match (named.next(), named.next()) {
            (Some((n, _)), None) => Scope::Story(n),
            _ => scope,
        }
    }

    fn at(&self, candidate: &Candidate) -> Option<Found> {
        self.found.get(candidate.entry).copied()
    }

    fn item(&self, found: Found) -> Option<Item<'_>> {
        let story = self.stories.get(found.story)?;
        match found.item {
            ItemIx::Fact(n) => story.facts.get(n).map(Item::Fact),
            ItemIx::Quote(n) => story.quotes.get(n).map(|q| Item::Quote(q)),
        }
    }

    fn named(&self, candidate: &Candidate) -> Option<Ranked> {
        let found = self.at(candidate)?;
        let id = match self.item(found)? {
            Item::Fact(fact) => &fact.id,
            Item::Quote(quote) => &quote.id,
        };
        let story = self.stories.get(found.story)?.id.clone();
        Some(Ranked { story, id: id.clone(), confidence: candidate.confidence, score: candidate.score })
    }
}

enum Item<'a> {
    Fact(&'a Fact),
    Quote(&'a Quote),
}

fn topics(story: &Story) -> String {
    let names: Vec<&str> = story.topics.iter().map(|t| t.name.as_str()).collect();
    if names.is_empty() { story.title.clone() } else { format!("{} ({})", story.title, names.join("; ")) }
}

fn author(story: &Story) -> String {
    let authors: Vec<&str> = story.sources.iter().flat_map(|s| &s.authors).map(String::as_str).collect();
    if authors.is_empty() { phrases::NO_AUTHOR.to_owned() } else { phrases::written_by(&authors.join(", ")) }
}

fn published(story: &Story) -> String {
    match story.sources.iter().find_map(|s| s.published) {
        Some(date) => phrases::published_on(date),
        None => phrases::NO_DATE.to_owned(),
    }
}

fn source(story: &Story) -> String {
    let of = |s: &std::sync::Arc<crate::knowledge::Source>| {
        let by = s.publisher.as_deref().or(s.url.as_ref().and_then(url::Url::host_str));
        let link = s.url.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
        phrases::from_source(&s.headline, by, &link)
    };
    story.sources.iter().map(of).collect::<Vec<_>>().join("\n")
}
