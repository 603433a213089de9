//! The engine: all stories, one index, and from a message to a reply.
//!
//! `reply` takes a message by itself, `talk` in a conversation. Both go the same way: small talk, what follows from the
//! message before, lists, exact words, and else the fact that fits best.

use std::collections::HashMap;
use std::sync::Arc;

use super::ask_next;
use super::asker::Asker;
use super::decide::{Decision, Thresholds, are_rivals, decide, nearest};
use super::follow::{self, Follow};
use super::lists;
use super::lists::Wanted;
use super::message::{core, questions, readable};
use super::reply::{Outcome, Reply, Suggestion};
use super::requests;
use super::smalltalk::Talk;
use super::state::{Key, ListOf, State};
use crate::knowledge::{Claim, Fact, Id, ItemIx, Quote, Story};
use crate::matcher::{Candidate, Confidence, Explanation, Found, Index, Ranking, Scope, bases};
use crate::text::{Language, Word, words};

/// Letters of the last question that are kept for the next.
const ASKED: usize = 200;
/// So many stories are each asked for a rival of the best answer, some 20 microseconds a story.
const FEW_STORIES: usize = 8;

/// So many candidates are looked at for ties, rivals and suggestions.
pub(super) const LOOKED_AT: usize = 10;

/// Answers questions from the stories it was given. Never changes; a reload makes a new one. A clone shares all but the
/// thresholds.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) stories: Arc<[Story]>,
    pub(super) found: Arc<[Found]>,
    pub(super) index: Arc<Index>,
    pub(super) thresholds: Thresholds,
    /// Items by the names that a state has for them.
    keys: Arc<HashMap<Key, Found>>,
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

/// A fact or quote.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Fact(&'a Fact),
    Quote(&'a Quote),
}

impl Item<'_> {
    pub(super) fn id(&self) -> &Id {
        match self {
            Self::Fact(fact) => &fact.id,
            Self::Quote(quote) => &quote.id,
        }
    }
}

/// A reply, and the list it is a page of with how many items have been shown.
pub(super) type Spoken = (Reply, Option<(ListOf, usize)>);

impl Engine {
    /// Builds the index over all facts and quotes of `stories`.
    pub fn new(stories: Vec<Story>, thresholds: Thresholds) -> Self {
        let (found, bases) = bases(&stories);
        let index = Arc::new(Index::new(&bases));
        let (stories, found) = (Arc::from(stories), Arc::from(found));
        let mut engine = Self { index, stories, found, thresholds, keys: Arc::default() };
        let key = |found: &Found| Some((engine.key(*found)?, *found));
        engine.keys = Arc::new(engine.found.iter().filter_map(key).collect());
        engine
    }

    /// An engine over those of the stories that are named, which may be none of those there are; over all where nothing is
    /// named.
    pub fn over(&self, stories: &[String]) -> Self {
        let is_named = |story: &&Story| stories.iter().any(|id| id == story.id.as_str());
        let named: Vec<Story> = self.stories.iter().filter(is_named).cloned().collect();
        if stories.is_empty() || named.len() == self.stories.len() {
            self.clone()
        } else {
            Self::new(named, self.thresholds)
        }
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

    /// What to say to `message` by itself, in English. Always gives a reply, the same one for the same message.
    pub fn reply(&self, message: &str, scope: Scope) -> Reply {
        self.talk(message, scope, &State::default()).0
    }

    /// What to say to `message` in a conversation, in English, and what it leaves for the next message.
    pub fn talk(&self, message: &str, scope: Scope, state: &State) -> (Reply, State) {
        self.talk_as(Asker::new(scope, ""), message, state)
    }

    /// The same in the asker's language.
    pub fn talk_as(&self, asker: Asker, message: &str, state: &State) -> (Reply, State) {
        let message = readable(message);
        let mut spoken: Option<Spoken> = None;
        let mut before = state.clone();
        for part in questions(&message) {
            let (scope, part) = self.narrowed(&part, asker.scope);
            let (reply, list) = self.spoken(Asker { scope, ..asker }, &part, &before);
            // "Is that so?" behind a question is about its answer.
            before = before.after(&part, &reply, list.clone());
            spoken = Some(match spoken {
                Some((first, other)) => (self.joined(first, reply), other.or(list)),
                None => (reply, list),
            });
        }
        let (reply, list) = spoken.unwrap_or_else(|| self.spoken(asker, "", state));
        let said = words(&message, &Language::default());
        let follow = follow::of(&said);
        let leans = follow.is_some_and(Follow::leans);
        let asked =
            if leans && !state.asked.is_empty() { state.asked.clone() } else { ask_next::shortened(&message, ASKED) };
        let mut next = state.after(&asked, &reply, list);
        // "And why?" behind a summary is about what it begins with.
        if reply.outcome == Outcome::Meta && self.small_talk_in(asker, &message, &said) == Some(Talk::Summary) {
            next.shown = self.featured_items(asker.scope).take(1).filter_map(|found| self.key(found)).collect();
        }
        // What the story does not say of something is no end of talking about it.
        let is_empty = said.iter().all(|w| w.stop);
        if (follow.is_some() || is_empty) && next.shown.is_empty() {
            next.shown.clone_from(&state.shown);
        }
        (reply, next)
    }

    /// What the message wants, if it is about the bot or the article as a whole.
    fn small_talk_in(&self, asker: Asker, message: &str, said: &[Word]) -> Option<Talk> {
        Talk::of(said)
            .or_else(|| Talk::of(&words(&core(message)?, &Language::default())))
            .or_else(|| Talk::of(&self.unnamed(asker.scope, said)))
    }

    fn spoken(&self, asker: Asker, message: &str, state: &State) -> Spoken {
        let language = Language::default();
        let said = words(message, &language);
        if said.is_empty() {
            return (self.bare(asker, Outcome::Unknown, asker.said.no_question, self.featured(asker.scope)), None);
        }
        if let Some(spoken) = self.chosen(asker, &said, state) {
            return spoken;
        }
        let talk = self.small_talk_in(asker, message, &said);
        // "All quotes" is whole, however short.
        let is_list = || self.list_asked(asker, &said).is_some();
        let follow = follow::of(&said).filter(|follow| *follow != Follow::Fragment || !is_list());
        let goes_on = follow == Some(Follow::More) && !state.shown.is_empty();
        let is_about_the_article =
            talk.is_some_and(|t| !goes_on && (t != Talk::Source || follow != Some(Follow::Source)));
        if let Some(spoken) =
            follow.filter(|_| !is_about_the_article).and_then(|f| self.follow(asker, f, &said, message, state))
        {
            return spoken;
        }
        if let Some(talk) = talk {
            return (self.small_talk(talk, asker), None);
        }
        if let Some(question) = requests::behind_prompt(message, &said) {
            return self.alone(asker, &question, &words(&question, &language));
        }
        if requests::is_prompt(&said) {
            return (self.bare(asker, Outcome::Unknown, asker.said.declined, self.featured(asker.scope)), None);
        }
        let (reply, list) = self.alone(asker, message, &said);
        // Nobody is accused by a "she" that may be anybody.
        let accuses = reply.facts.first().is_some_and(|fact| fact.claim == Claim::Alleged);
        let is_unnamed = follow == Some(Follow::Pronoun) && reply.outcome == Outcome::Answer;
        (if is_unnamed && accuses { self.unsure(asker, reply) } else { reply }, list)
    }

    /// What to say to a question by itself.
    pub(super) fn alone(&self, asker: Asker, message: &str, said: &[Word]) -> Spoken {
        let mut about = None;
        if let Some(wanted) = self.list_asked(asker, said) {
            if let Wanted::Word(of) = &wanted {
                about = Some(of.about.clone());
            }
            if let Some(spoken) = self.listed(asker, wanted, &[]) {
                return spoken;
            }
        }
        if let Some(reply) = requests::exact_words(said).and_then(|rest| self.exact_words(asker, &rest)) {
            return (reply, None);
        }
        if let Some(reply) = self.in_another_language(asker, message, said) {
            return (reply, None);
        }
        if is_one_word_over_and_over(said) {
            return (self.bare(asker, Outcome::Unknown, asker.said.no_question, self.featured(asker.scope)), None);
        }
        if said.iter().all(|w| w.stop) {
            return (self.nothing_before(asker), None);
        }
        if let Some(reply) = self.who_is(asker, said) {
            return (reply, None);
        }
        let (opinion, message) = match requests::asks_opinion(said) {
            Some(rest) => (true, rest),
            None => (false, message.to_owned()),
        };
        let mut reply = self.best(asker, &message);
        if opinion && reply.outcome == Outcome::Answer {
            reply.lead = Some(asker.said.no_opinion.to_owned());
        }
        // What somebody said about another matter answers no question on this one.
        if reply.outcome == Outcome::Answer && about.is_some_and(|about| !self.touches(asker, &about, &reply)) {
            reply = self.closest(asker, &message);
        }
        (reply, None)
    }

    pub(super) fn list_asked(&self, asker: Asker, said: &[Word]) -> Option<Wanted> {
        let stories: Vec<&Story> = self.in_scope(asker.scope).map(|(_, s)| s).collect();
        lists::wanted(said, &stories)
    }

    /// The fact that fits best, or that none does.
    pub(super) fn best(&self, asker: Asker, message: &str) -> Reply {
        let ranking = self.index.rank(message, asker.scope, LOOKED_AT);
        if let Some((best, rival)) = self.rivals(asker, message, &ranking) {
            return self.worded(asker, &Decision::Clarify(&best, &rival), &ranking.candidates);
        }
        let decision = decide(&ranking, &self.thresholds);
        // What is said around a question may hide it; but "to whom can they turn" leans on that.
        let is_whole = |core: &String| words(core, &Language::default()).iter().filter(|w| !w.stop).count() > 1;
        if let Some(core) = core(message).filter(is_whole).filter(|_| !matches!(decision, Decision::Answer(..))) {
            let within = self.index.rank(&core, asker.scope, LOOKED_AT);
            let other = decide(&within, &self.thresholds);
            let score = |ranking: &Ranking| ranking.candidates.first().map_or(f32::MIN, |best| best.score);
            let is_surer = matches!(other, Decision::Answer(..)) && score(&within) > score(&ranking);
            if is_surer || matches!(decision, Decision::Unknown) {
                return self.worded(asker, &other, &within.candidates);
            }
        }
        self.worded(asker, &decision, &ranking.candidates)
    }

    /// The closest there is, where what would be an answer lacks something after all.
    fn closest(&self, asker: Asker, message: &str) -> Reply {
        let ranking = self.index.rank(message, asker.scope, LOOKED_AT);
        self.worded(asker, &Decision::Nearest(nearest(&ranking.candidates)), &ranking.candidates)
    }

    /// The best of two stories that a question fits about equally. Each is asked within its own story, where what the other
    /// has cannot push it out.
    fn rivals(&self, asker: Asker, message: &str, ranking: &Ranking) -> Option<(Candidate, Candidate)> {
        let story_of = |c: &Candidate| self.at(c).map(|found| found.story);
        let best = ranking.candidates.first().filter(|_| asker.scope == Scope::All)?;
        let first = story_of(best)?;
        // A story that the best candidates leave out may have an answer all the same; with many, only those in sight are asked.
        let in_sight = |story: &usize| ranking.candidates.iter().filter_map(story_of).any(|s| s == *story);
        let is_few = self.stories.len() <= FEW_STORIES;
        let others: Vec<usize> = (0..self.stories.len()).filter(|n| *n != first && (is_few || in_sight(n))).collect();
        let of_story = |story: &usize| {
            let own = self.index.rank(message, Scope::Story(*story), LOOKED_AT);
            own.candidates.into_iter().next().filter(|c| are_rivals(best, c, ranking.names, &self.thresholds))
        };
        // The one that lacks least of the question, to a tenth; of equals the surer.
        let lack = |c: &Candidate| (c.unsaid * 10.0).round();
        let fuller = |a: &Candidate, b: &Candidate| lack(b).total_cmp(&lack(a)).then(a.score.total_cmp(&b.score));
        let rival = others.iter().filter_map(of_story).max_by(fuller)?;
        Some((best.clone(), rival))
    }

    /// The reply to a decision.
    pub(super) fn worded(&self, asker: Asker, decision: &Decision<'_>, ranked: &[Candidate]) -> Reply {
        let said = asker.said;
        let (outcome, lead, shown): (Outcome, Option<&str>, Vec<&Candidate>) = match decision {
            Decision::Answer(best, second) => {
                let both: Vec<&Candidate> = std::iter::once(*best).chain(*second).collect();
                (Outcome::Answer, None, self.of_one_story(&both))
            }
            Decision::Nearest(near) => (Outcome::Nearest, Some(said.closest), self.of_one_story(near)),
            Decision::Lacks(near, asked) => (Outcome::Nearest, Some(said.lacks(*asked)), self.of_one_story(near)),
            Decision::Clarify(one, other) => (Outcome::Clarify, Some(said.two_stories), vec![*one, *other]),
            Decision::Unknown => return self.unknown(asker, ranked),
        };
        let items: Vec<(Found, Confidence)> = shown.iter().filter_map(|c| Some((self.at(c)?, c.confidence))).collect();
        self.with_items(asker, outcome, lead, items, ranked.iter().filter_map(|c| self.at(c)))
    }

    /// Those of the story that the first is of.
    fn of_one_story<'a>(&self, near: &[&'a Candidate]) -> Vec<&'a Candidate> {
        let story_of = |c: &Candidate| self.at(c).map(|found| found.story);
        let first = near.first().and_then(|best| story_of(best));
        near.iter().copied().filter(|c| story_of(c) == first).collect()
    }

    /// The best candidates for `message`, best first.
    pub fn ranked(&self, message: &str, scope: Scope, most: usize) -> Vec<Ranked> {
        let (scope, message) = self.narrowed(&readable(message), scope);
        let ranking = self.index.rank(&message, scope, most);
        ranking.candidates.iter().filter_map(|c| self.named(c)).collect()
    }

    /// The best candidates with the reasons for their places, best first.
    pub fn explain(&self, message: &str, scope: Scope, most: usize) -> Vec<(Ranked, Explanation)> {
        let (scope, message) = self.narrowed(&readable(message), scope);
        let candidates = self.index.rank(&message, scope, most).candidates;
        let row = |c: &Candidate| Some((self.named(c)?, self.index.explain(&message, scope, c.entry)?));
        candidates.iter().filter_map(row).collect()
    }

    /// What to offer somebody who asks nothing yet: featured items, else the first facts.
    pub fn featured(&self, scope: Scope) -> Vec<Suggestion> {
        self.featured_items(scope).filter_map(|f| ask_next::suggestion(&self.stories, f)).collect()
    }

    pub(super) fn featured_items(&self, scope: Scope) -> impl Iterator<Item = Found> {
        self.in_scope(scope).flat_map(|(story, s)| {
            let featured = s.featured.iter().copied();
            let rest = (0..s.facts.len()).map(ItemIx::Fact).filter(|_| s.featured.is_empty());
            featured.chain(rest).map(move |item| Found { story, item })
        })
    }

    /// The stories in scope with their indices.
    pub(super) fn in_scope(&self, scope: Scope) -> impl Iterator<Item = (usize, &Story)> {
        self.stories.iter().enumerate().filter(move |(n, _)| scope == Scope::All || scope == Scope::Story(*n))
    }

    pub(super) fn at(&self, candidate: &Candidate) -> Option<Found> {
        self.found.get(candidate.entry).copied()
    }

    pub(super) fn item(&self, found: Found) -> Option<Item<'_>> {
        let story = self.stories.get(found.story)?;
        match found.item {
            ItemIx::Fact(n) => story.facts.get(n).map(Item::Fact),
            ItemIx::Quote(n) => story.quotes.get(n).map(|q| Item::Quote(q)),
        }
    }

    fn named(&self, candidate: &Candidate) -> Option<Ranked> {
        let found = self.at(candidate)?;
        let id = self.item(found)?.id().clone();
        let story = self.stories.get(found.story)?.id.clone();
        Some(Ranked { story, id, confidence: candidate.confidence, score: candidate.score })
    }

    /// What a state calls an item.
    pub(super) fn key(&self, found: Found) -> Option<Key> {
        Some(Key::of(self.stories.get(found.story)?.id.as_str(), self.item(found)?.id().as_str()))
    }

    /// The items of a state that the base still has.
    pub(super) fn known(&self, keys: &[Key]) -> Vec<Found> {
        keys.iter().filter_map(|key| self.keys.get(key).copied()).collect()
    }
}

/// "Kaspersky kaspersky kaspersky kaspersky": a wall, not a question.
fn is_one_word_over_and_over(said: &[Word]) -> bool {
    /// People repeat a word two or three times for emphasis.
    const OFTEN: usize = 4;
    said.len() >= OFTEN && said.windows(2).all(|pair| matches!(pair, [a, b] if a.stem == b.stem))
}
