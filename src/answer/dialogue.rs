//! What follows from the message before: the details, source, speaker and words of what was shown, the same of something
//! else, more of it. A new full question never comes here (`follow` tells), so it cannot be bent by the old topic.

use super::asker::Asker;
use super::attribution::{whose, worth};
use super::decide::{Decision, decide, fits, is_worth_offering};
use super::detail::asks_why_alone;
use super::engine::{Engine, Item, LOOKED_AT, Spoken};
use super::follow::{Follow, is_of_person};
use super::lists::Wanted;
use super::narrow::tells_of;
use super::reply::{Band, Outcome, Reply};
use super::state::State;
use crate::knowledge::{Claim, Claimant, Id, Story};
use crate::matcher::{Candidate, Confidence, Found, Ranking};
use crate::text::{Language, Word, words};

/// What a choice is named with: "the Ottawa one", "i mean the tram story".
const CHOOSING: &[&str] = &["one", "story", "article", "mean", "meant", "please"];
/// What it is worth, in nats, to be related to what was shown.
const BESIDE: f32 = 2.0;
/// What the old topic does not lead to comes so far behind the last that it leads to: it is left only where nothing else is.
const NOT_LED_TO: f32 = 8.0;
/// What it is worth to be the word of whose word was shown: "and in Europe?"
const SAME_VOICE: f32 = 2.0;
/// What it is worth to have all of the message's own words.
const COVERED: f32 = 3.0;
/// What it is worth to hold the kind of answer that the question before asked for.
const HOLDS: f32 = 2.0;
/// From this share of a few words on, a fact has them all.
const MET: f32 = 0.8;
/// What the old topic counts against the words of the message itself.
const OLD_TOPIC: f32 = 0.5;

impl Engine {
    /// The reply to a message that follows from `state`; None where it does not.
    pub(super) fn follow(
        &self,
        asker: Asker,
        follow: Follow,
        said: &[Word],
        message: &str,
        state: &State,
    ) -> Option<Spoken> {
        let shown = self.known(&state.shown);
        let alone = |reply: Reply| Some((reply, None));
        // "And who is she?" has to be asked of something, "and who is NAME" does not.
        let named = matches!(follow, Follow::Same(_) | Follow::Fragment).then(|| self.who_is(asker, said));
        if let Some(reply) = named.flatten() {
            return alone(reply);
        }
        match follow {
            Follow::Nth(n) => self.nth(asker, self.pick(state, |items| items.get(n).copied())),
            Follow::Last => self.nth(asker, self.pick(state, |items| items.last().copied())),
            Follow::More => self.more(asker, said, state, &shown),
            Follow::Who | Follow::Sure | Follow::Quote | Follow::Detail if shown.is_empty() => {
                alone(self.nothing_before(asker))
            }
            _ if shown.is_empty() => None,
            Follow::Source => alone(self.sourced(asker, &shown)),
            Follow::Who => alone(self.again(asker, Outcome::Answer, &shown, |item| whose(item, asker.said))),
            Follow::Sure => alone(self.confirmed(asker, &shown)),
            Follow::Word => {
                let reply = self.word_to_that(asker, said, state, &shown);
                alone(reply.unwrap_or_else(|| self.same(asker, said, state, &shown)))
            }
            Follow::Fragment => alone(self.fragment(asker, message, state, &shown)),
            Follow::Quote => alone(self.words_of(asker, &shown)),
            Follow::Example => alone(self.example(asker, message, state, &shown)),
            Follow::Detail => alone(self.detail(asker, message, state, &shown)),
            Follow::Same(lead) => {
                let rest = said.get(lead..).unwrap_or_default();
                let says = |w: &Word| matches!(w.folded.as_str(), "say" | "said" | "says");
                if rest.iter().any(is_of_person) && rest.iter().any(says) {
                    return Some(self.with_pronoun(asker, rest, state, &shown));
                }
                let word = self.and_somebody(asker, rest, &shown);
                alone(word.unwrap_or_else(|| self.same(asker, rest, state, &shown)))
            }
            Follow::Pronoun if asks_why_alone(said) => alone(self.detail(asker, message, state, &shown)),
            Follow::Pronoun => Some(self.with_pronoun(asker, said, state, &shown)),
        }
    }

    /// That a message leans on something that was not said.
    pub(super) fn nothing_before(&self, asker: Asker) -> Reply {
        self.bare(asker, Outcome::Unknown, asker.said.nothing_before, self.featured(asker.scope))
    }

    /// The choice between stories that a message makes: "the Kaspersky one", "corvane".
    pub(super) fn chosen(&self, asker: Asker, said: &[Word], state: &State) -> Option<Spoken> {
        /// A longer message is a new question.
        const MOST: usize = 3;
        let telling: Vec<&Word> = said.iter().filter(|w| !w.stop && !CHOOSING.contains(&w.folded.as_str())).collect();
        if telling.is_empty() || telling.len() > MOST {
            return None;
        }
        let is_meant = |story: &Story| telling.iter().all(|word| tells_of(story, word));
        let choices = self.known(&state.choices);
        let mut meant = choices.iter().filter(|found| self.stories.get(found.story).is_some_and(is_meant));
        let only = meant.next().filter(|_| meant.next().is_none())?;
        self.nth(asker, Some(*only))
    }

    /// One of the choices between stories, of several items that were shown, or else offered.
    fn pick(&self, state: &State, which: impl Fn(&[Found]) -> Option<Found>) -> Option<Found> {
        if !state.choices.is_empty() {
            return which(&self.known(&state.choices));
        }
        let (shown, offered) = (self.known(&state.shown), self.known(&state.offered));
        let is_list = state.list.is_some() || shown.len() > 2 || offered.is_empty();
        which(if is_list { &shown } else { &offered })
    }

    fn nth(&self, asker: Asker, found: Option<Found>) -> Option<Spoken> {
        let Some(found) = found else { return Some((self.nothing_before(asker), None)) };
        let items = vec![(found, Confidence::new(1.0))];
        Some((self.with_items(asker, Outcome::Answer, None, items, std::iter::empty()), None))
    }

    /// The name of an item's first topic.
    fn topic(&self, found: Found) -> Option<String> {
        let topics = match self.item(found)? {
            Item::Fact(fact) => &fact.topics,
            Item::Quote(quote) => &quote.topics,
        };
        topics.first().map(|topic| topic.name.clone())
    }

    /// Where what was shown is from: it comes once more with its source, behind whose word it is. "From where?" may also
    /// ask for a place in it.
    fn sourced(&self, asker: Asker, shown: &[Found]) -> Reply {
        let items = shown.iter().take(2).map(|f| (*f, Confidence::new(1.0))).collect();
        let lead = shown.first().and_then(|found| self.item(*found)).map(|item| whose(item, asker.said));
        self.with_items(asker, Outcome::Answer, lead.as_deref(), items, std::iter::empty())
    }

    /// What was shown once more, with what is asked of it in front.
    pub(super) fn again(
        &self,
        asker: Asker,
        outcome: Outcome,
        shown: &[Found],
        lead: impl Fn(Item<'_>) -> String,
    ) -> Reply {
        let first = shown.iter().take(1).map(|f| (*f, Confidence::new(1.0))).collect();
        let said = shown.first().and_then(|found| self.item(*found)).map(lead);
        self.with_items(asker, outcome, said.as_deref(), first, std::iter::empty())
    }

    /// What was shown once more, with what it is worth as evidence: an allegation is confirmed by nothing.
    fn confirmed(&self, asker: Asker, shown: &[Found]) -> Reply {
        let is = |found: &&Found, claims: &[Claim]| match self.item(**found) {
            Some(Item::Fact(fact)) => claims.contains(&fact.claim),
            _ => false,
        };
        // Of what was shown the least certain is meant.
        let alleged = shown.iter().find(|found| is(found, &[Claim::Alleged]));
        let asked: Vec<Found> = alleged.or(shown.first()).copied().into_iter().collect();
        let is_open = asked.iter().any(|found| is(&found, &[Claim::Alleged, Claim::Denied, Claim::Opinion]));
        let outcome = if is_open { Outcome::Nearest } else { Outcome::Answer };
        self.again(asker, outcome, &asked, |item| worth(item, asker.said))
    }

    /// A question of a few words that leans on the one before: "through which offices?"
    fn fragment(&self, asker: Asker, message: &str, state: &State, shown: &[Found]) -> Reply {
        let own = self.index.rank(message, asker.scope, LOOKED_AT);
        let both = self.index.rank(&format!("{message} {}", content(&state.asked)), asker.scope, LOOKED_AT);
        self.of_both(asker, &own, &both, shown)
    }

    /// The verbatim words of what was shown.
    fn words_of(&self, asker: Asker, shown: &[Found]) -> Reply {
        let all: Vec<(Found, Confidence)> = shown.iter().map(|f| (*f, Confidence::new(1.0))).collect();
        let reply = self.with_items(asker, Outcome::Several, None, all, std::iter::empty());
        if !reply.quotes.is_empty() {
            return Reply { outcome: Outcome::Answer, facts: Vec::new(), ..reply };
        }
        self.again(asker, Outcome::Nearest, shown, |_| asker.said.no_quote.to_owned())
    }

    pub(super) fn statement(&self, found: Found) -> Option<String> {
        Some(match self.item(found)? {
            Item::Fact(fact) => fact.statement.clone(),
            Item::Quote(quote) => quote.exact.clone(),
        })
    }

    /// The last question, asked of something else.
    fn same(&self, asker: Asker, rest: &[Word], state: &State, shown: &[Found]) -> Reply {
        let rest = rest.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        let own = self.index.rank(&rest, asker.scope, LOOKED_AT);
        let both = self.index.rank(&format!("{} {rest}", state.asked), asker.scope, LOOKED_AT);
        self.of_both(asker, &own, &both, shown)
    }

    /// A question with a word that stands for what was said before.
    fn with_pronoun(&self, asker: Asker, said: &[Word], state: &State, shown: &[Found]) -> Spoken {
        let person = self.person(shown).filter(|_| said.iter().any(is_of_person));
        let named: Vec<&str> = said
            .iter()
            .map(|w| if is_of_person(w) { person.unwrap_or(w.folded.as_str()) } else { w.folded.as_str() })
            .collect();
        let message = named.join(" ");
        let said = words(&message, &Language::default());
        if let Some(mut wanted) = self.list_asked(asker, &said) {
            let (Wanted::List(of) | Wanted::Word(of)) = &mut wanted;
            if of.about.is_empty() && asks_about_that(&said) {
                of.about = shown.first().and_then(|found| self.topic(*found)).unwrap_or_default();
            }
            let seen = if said.iter().any(|w| w.folded == "else") { self.known(&state.seen) } else { Vec::new() };
            if let Some(spoken) = self.listed(asker, wanted, &seen) {
                return spoken;
            }
        }
        let own = self.index.rank(&message, asker.scope, LOOKED_AT);
        // With the name in it a question about somebody is whole.
        if let decision @ Decision::Answer(..) = decide(&own, &self.thresholds)
            && person.is_some()
        {
            return (self.worded(asker, &decision, &own.candidates), None);
        }
        if let Some(reply) = person.and_then(|_| self.who_is(asker, &said)) {
            return (reply, None);
        }
        let statement = shown.first().and_then(|found| self.statement(*found)).unwrap_or_default();
        let base = format!("{} {}", content(&state.asked), content(&statement));
        let both = self.index.rank(&format!("{message} {base}"), asker.scope, LOOKED_AT);
        (self.of_both(asker, &own, &both, shown), None)
    }

    /// The best for the message's own words, of those that the old topic leads to as well.
    fn of_both(&self, asker: Asker, own: &Ranking, both: &Ranking, shown: &[Found]) -> Reply {
        let related = self.related(shown);
        let beside: Vec<Found> = shown.iter().chain(&related).copied().collect();
        let voice = shown.first().and_then(|found| self.claimant(*found));
        let is_beside = |c: &Candidate| self.at(c).is_some_and(|found| beside.contains(&found));
        let is_same_voice = |c: &Candidate| voice.is_some() && self.at(c).and_then(|f| self.claimant(f)) == voice;
        let nearby = |c: &Candidate| {
            let is_related = self.at(c).is_some_and(|found| related.contains(&found));
            (if is_related { BESIDE } else { 0.0 }) + (if is_same_voice(c) { SAME_VOICE } else { 0.0 })
        };
        // A message that finds its fact by its own words needs no help.
        let sure = own.candidates.first().filter(|c| fits(c, &self.thresholds) && c.covered >= MET && c.holds);
        if let Some(best) = sure.filter(|_| shown.is_empty() || (own.names && own.words > 1)) {
            return self.worded(asker, &Decision::Answer(best, None), &own.candidates);
        }
        let of_both = |c: &Candidate| both.candidates.iter().find(|b| b.entry == c.entry);
        let last = both.candidates.last().map_or(0.0, |c| c.score) - NOT_LED_TO;
        let with = |c: &Candidate| {
            let joined = of_both(c);
            let holds = if both.asked.is_some() && joined.is_some_and(|c| c.holds) { HOLDS } else { 0.0 };
            let old_topic = OLD_TOPIC * joined.map_or(last, |c| c.score);
            c.score + old_topic + nearby(c) + COVERED * c.covered + holds
        };
        let mut joint: Vec<(f32, &Candidate)> = own.candidates.iter().map(|c| (with(c), c)).collect();
        if joint.is_empty() {
            return self.worded(asker, &decide(both, &self.thresholds), &both.candidates);
        }
        joint.sort_by(|a, b| b.0.total_cmp(&a.0));
        let candidates =
            joint.iter().take(2).map(|(score, c)| self.joint(*score, c, of_both(c).unwrap_or(c))).collect();
        let first = Ranking { asked: own.asked.or(both.asked), names: own.names, words: own.words, candidates };
        let decision = match decide(&first, &self.thresholds) {
            // A few words lead anywhere: what is not near to what was shown is only offered.
            Decision::Answer(best, _) if !is_beside(best) && !is_same_voice(best) => {
                Decision::Nearest(std::iter::once(best).chain(first.candidates.get(1)).collect())
            }
            decision => decision,
        };
        let decision = leaning(decision, both, &is_beside);
        self.worded(asker, &decision, &own.candidates)
    }

    /// What a message's own words say of a fact, and what they say together with the old topic.
    fn joint(&self, score: f32, own: &Candidate, joined: &Candidate) -> Candidate {
        // A few words, all of which the fact has, mean it.
        let is_met = own.covered >= MET && own.foreign == 0.0;
        let sure = if is_met { Confidence::new(self.thresholds.answer_at) } else { joined.confidence };
        let confidence = own.confidence.max(joined.confidence).max(sure);
        Candidate { score, confidence, holds: joined.holds || own.holds, ..own.clone() }
    }

    /// Who is named as saying an item.
    fn claimant(&self, found: Found) -> Option<&Id> {
        match self.item(found)? {
            Item::Fact(fact) => match &fact.by {
                Some(Claimant::Person(person)) => Some(&person.id),
                _ => None,
            },
            Item::Quote(quote) => quote.speaker.as_ref().map(|speaker| &speaker.id),
        }
    }

    /// The person that what was shown is about or from.
    fn person(&self, shown: &[Found]) -> Option<&str> {
        let of_item = |found: &Found| {
            let story = self.stories.get(found.story)?;
            let is_human = |p: &&std::sync::Arc<crate::knowledge::Person>| p.kind == "person";
            let says = |text: &str| {
                let text = words(text, &story.language);
                let has = |name: &String| {
                    words(name, &story.language)
                        .iter()
                        .filter(|w| !w.stop)
                        .all(|w| text.iter().any(|t| t.stem == w.stem))
                };
                story.people.iter().filter(is_human).find(|p| has(&p.name))
            };
            let person = match self.item(*found)? {
                Item::Fact(fact) => match &fact.by {
                    Some(Claimant::Person(person)) if person.kind == "person" => Some(person),
                    _ => says(&fact.statement),
                },
                Item::Quote(quote) => quote.speaker.as_ref().filter(|p| is_human(p)),
            };
            person.map(|p| p.name.as_str())
        };
        // Whoever wrote the article is not who it is about.
        let only = || {
            let story = self.stories.get(shown.first()?.story)?;
            let is_author = |name: &String| story.sources.iter().any(|s| s.authors.contains(name));
            let mut people = story.people.iter().filter(|p| p.kind == "person" && !is_author(&p.name));
            people.next().filter(|_| people.next().is_none()).map(|p| p.name.as_str())
        };
        shown.iter().find_map(of_item).or_else(only)
    }

    /// The verbatim words on what `rest` asks; None where nothing fits.
    pub(super) fn exact_words(&self, asker: Asker, rest: &str) -> Option<Reply> {
        /// A quote may be this much behind the best fact.
        const BEHIND: f32 = 1.5;
        let ranking = self.index.rank(rest, asker.scope, LOOKED_AT);
        let best = ranking.candidates.first().filter(|c| self.thresholds.band(c.confidence) != Band::None)?;
        let is_spoken = |c: &&Candidate| match self.at(c).and_then(|found| self.item(found)) {
            Some(Item::Fact(fact)) => !fact.quotes.is_empty(),
            Some(Item::Quote(_)) => true,
            None => false,
        };
        let near = |c: &&Candidate| best.score - c.score < BEHIND || is_worth_offering(c);
        let found = ranking.candidates.iter().filter(near).find(is_spoken);
        let Some(spoken) = found else {
            let decision = Decision::Nearest(vec![best]);
            return Some(Reply {
                lead: Some(asker.said.no_quote.to_owned()),
                ..self.worded(asker, &decision, &ranking.candidates)
            });
        };
        let decision = if fits(best, &self.thresholds) && best.score - spoken.score < BEHIND {
            Decision::Answer(spoken, None)
        } else {
            Decision::Nearest(vec![spoken])
        };
        let reply = self.worded(asker, &decision, &ranking.candidates);
        Some(Reply { facts: Vec::new(), ..reply })
    }
}

/// A message that leans on what was shown is about that at least: one of what stands beside it is offered too.
fn leaning<'a>(decision: Decision<'a>, both: &'a Ranking, is_beside: &dyn Fn(&Candidate) -> bool) -> Decision<'a> {
    match decision {
        Decision::Unknown => match with_one_beside(Vec::new(), both, is_beside) {
            near if near.is_empty() => Decision::Unknown,
            near => Decision::Nearest(near),
        },
        Decision::Nearest(near) => Decision::Nearest(with_one_beside(near, both, is_beside)),
        Decision::Lacks(near, asked) => Decision::Lacks(with_one_beside(near, both, is_beside), asked),
        decision => decision,
    }
}

/// The nearest, and of what stands beside what was shown the one that both messages lead to.
pub(super) fn with_one_beside<'a>(
    near: Vec<&'a Candidate>,
    both: &'a Ranking,
    is_beside: &dyn Fn(&Candidate) -> bool,
) -> Vec<&'a Candidate> {
    /// More are not shown.
    const MOST: usize = 3;
    let is_new = |c: &&Candidate| near.iter().all(|known| known.entry != c.entry);
    let beside = both.candidates.iter().filter(|c| is_beside(c)).find(is_new);
    near.iter().copied().chain(beside).take(MOST).collect()
}

/// "All his quotes on that": on what was shown.
fn asks_about_that(said: &[Word]) -> bool {
    said.windows(2).any(|pair| match pair {
        [about, that] => {
            matches!(about.folded.as_str(), "about" | "on" | "to")
                && matches!(that.folded.as_str(), "that" | "it" | "this" | "them" | "these")
        }
        _ => false,
    })
}

/// The words of a text that say something.
pub(super) fn content(text: &str) -> String {
    let said = words(text, &Language::default());
    said.iter().filter(|w| !w.stop).map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ")
}
