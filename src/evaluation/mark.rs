//! Right, wrong or refused: what a reply is worth to somebody who asked.

use super::given::Given;
use super::wanted::{Form, ItemName, Wanted, Wish};
use crate::answer::Outcome;
use crate::knowledge::{Citations, Fact, Source, Story};
use crate::text::fold;

/// The verdict on one reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Shows what was wanted, as an answer; or rightly none.
    Right,
    /// Offers what was wanted as the nearest, or at least half of a list.
    Offered,
    /// Says that the story doesn't say, though it does.
    Refused,
    /// Shows something else.
    Wrong,
}

/// Judges what was given by what was wanted. The stories tell what belongs together and who wrote what.
pub(super) fn mark(wish: Wish<'_>, given: &Given, stories: &[Story]) -> Mark {
    let outcome = given.reply.outcome;
    if wish.want.is_empty() {
        let is_open = matches!(outcome, Outcome::Several | Outcome::Silent);
        return if is_open { Mark::Wrong } else { Mark::Right };
    }
    if wish.want.iter().any(|wanted| names(wanted, given, stories)) {
        return Mark::Right;
    }
    if outcome == Outcome::Meta && wish.has(&Wanted::Meta) {
        return Mark::Right;
    }
    if wish.form == Form::List { listed(wish, given, stories) } else { shown(wish, given) }
}

/// One wanted item is shown; or all of them, where both are asked for; or one of each story, where the asker has to
/// choose, and then one story's alone is a guess.
fn shown(wish: Wish<'_>, given: &Given) -> Mark {
    let all = given.shown();
    let shows = |item: &ItemName| all.iter().any(|(story, id)| item.is(story, id));
    let is_shown = match wish.form {
        _ if wish.has(&Wanted::Clarify) => wish.items().all(|one| wish.items().any(|i| is_choice(one, i) && shows(i))),
        Form::Both => wish.items().all(shows),
        Form::One | Form::List => wish.items().any(shows),
    };
    let may_refuse = wish.want.iter().any(|w| matches!(w, Wanted::Unknown | Wanted::Lacks(_)));
    match given.reply.outcome {
        Outcome::Answer | Outcome::Clarify | Outcome::Several if is_shown => Mark::Right,
        Outcome::Answer | Outcome::Clarify | Outcome::Several => Mark::Wrong,
        // "The story doesn't say when, it does say" and "the closest is" do not pretend to answer.
        Outcome::Nearest if is_shown => Mark::Offered,
        Outcome::Nearest if may_refuse => Mark::Right,
        Outcome::Nearest => Mark::Wrong,
        Outcome::Unknown | Outcome::Meta | Outcome::Silent if may_refuse => Mark::Right,
        Outcome::Unknown | Outcome::Meta | Outcome::Silent => Mark::Refused,
    }
}

/// Whether showing `other` offers what `one` would: another item of its story, or itself where no stories are named.
fn is_choice(one: &ItemName, other: &ItemName) -> bool {
    if one.story.is_some() { one.story == other.story } else { one == other }
}

/// Complete with little else; or at least half of it.
fn listed(wish: Wish<'_>, given: &Given, stories: &[Story]) -> Mark {
    let shown = given.shown();
    let wanted = wish.items().count();
    let found = wish.items().filter(|item| shown.iter().any(|(story, id)| item.is(story, id))).count();
    let is_allowed = |story: &str, id: &str| wish.items().chain(wish.may).any(|item| item.is(story, id));
    let is_extra = |(story, id): &&(&str, &str)| !is_allowed(story, id) && !belongs(story, id, stories, &is_allowed);
    let extra = shown.iter().filter(is_extra).count();
    let is_list = found == wanted && extra <= (wanted / 5).max(1);
    match given.reply.outcome {
        Outcome::Unknown | Outcome::Meta | Outcome::Silent if shown.is_empty() => Mark::Refused,
        Outcome::Answer | Outcome::Clarify | Outcome::Several if is_list => Mark::Right,
        _ if found * 2 >= wanted => Mark::Offered,
        _ => Mark::Wrong,
    }
}

/// Whether an item comes with an allowed fact: its quote, the fact that is always shown with it, or that one's quote.
fn belongs(story: &str, id: &str, stories: &[Story], is_allowed: &dyn Fn(&str, &str) -> bool) -> bool {
    let quoted = |fact: &Fact| fact.quotes.iter().any(|q| q.id.as_str() == id);
    let Some(of) = stories.iter().find(|s| s.id.as_str() == story) else { return false };
    of.facts.iter().filter(|fact| is_allowed(story, fact.id.as_str())).any(|fact| {
        let mut with = fact.with.iter().filter_map(|n| of.facts.get(*n));
        quoted(fact) || with.any(|f| f.id.as_str() == id || quoted(f))
    })
}

/// Whether the reply names the wanted source or speaker.
fn names(wanted: &Wanted, given: &Given, stories: &[Story]) -> bool {
    match wanted {
        Wanted::Source(item) => {
            let shows = given.shown().iter().any(|(story, id)| item.is(story, id));
            let text = fold(&given.text());
            (shows || given.reply.outcome == Outcome::Meta)
                && sources(item, stories).any(|source| marks_of(source).any(|mark| text.contains(&fold(mark))))
        }
        Wanted::Speaker(name) => {
            let text = fold(&given.text_without_sources());
            match name.as_str() {
                "not named" => text.contains("not name") || text.contains("n't name"),
                name => text.contains(&fold(name)),
            }
        }
        _ => false,
    }
}

/// The articles a fact or quote rests on.
fn sources<'a>(item: &'a ItemName, stories: &'a [Story]) -> impl Iterator<Item = &'a Source> {
    let cited = |story: &'a Story| {
        let facts = story.facts.iter().map(|f| (&f.id, &f.citations));
        let all = facts.chain(story.quotes.iter().map(|q| (&q.id, &q.citations)));
        all.filter(|(id, _)| item.is(story.id.as_str(), id.as_str())).map(|(_, citations)| citations)
    };
    stories.iter().flat_map(cited).flat_map(Citations::iter).map(|citation| citation.source.as_ref())
}

/// What a source can be known by.
fn marks_of(source: &Source) -> impl Iterator<Item = &str> {
    std::iter::once(source.headline.as_str())
        .chain(source.publisher.as_deref())
        .chain(source.url.as_ref().map(url::Url::as_str))
}
