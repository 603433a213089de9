//! Whatever is said, and whatever was said before: all that is shown is of the base, byte for byte, or a phrase of the bot's.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::OnceLock;

use onrecord::answer::{Engine, Outcome, Reply, State, Thresholds, plain};
use onrecord::knowledge::{Claim, load_folder};
use onrecord::matcher::Scope;
use time::macros::date;

fn engine(folders: &[&str], stories: &[&str]) -> Engine {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let load = |folder: &&str| load_folder(&root.join(folder), date!(2031 - 01 - 01)).unwrap().stories;
    let wanted = |id: &str| stories.is_empty() || stories.contains(&id);
    let loaded = folders.iter().flat_map(load).filter(|s| wanted(s.id.as_str())).collect();
    Engine::new(loaded, Thresholds::default())
}

fn shipped() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| engine(&["knowledge"], &[]))
}

fn several() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let stories = &["kaspersky-washington-office", "corvane-oslo-exit", "melrose-tram-delay"];
    ENGINE.get_or_init(|| engine(&["knowledge", "tests/stories"], stories))
}

/// Every statement and quote is one of the base, byte for byte; every other line is a phrase; every item names its source.
fn is_on_the_record(engine: &Engine, reply: &Reply) {
    for fact in &reply.facts {
        let story = engine.stories().iter().find(|s| s.id.as_str() == fact.story).unwrap();
        assert!(story.facts.iter().any(|f| f.id.as_str() == fact.id && f.statement == fact.statement));
        assert!(!fact.cited.headline.is_empty());
    }
    for quote in &reply.quotes {
        let story = engine.stories().iter().find(|s| s.id.as_str() == quote.story).unwrap();
        assert!(story.quotes.iter().any(|q| q.id.as_str() == quote.id && q.exact == quote.exact));
        assert!(plain(reply).contains(&quote.exact), "a quote is shown byte for byte");
    }
    assert!(reply.suggestions.len() <= 3);
    if reply.outcome != Outcome::Meta {
        let left = reply.lead.as_deref().map(|lead| without_phrases(engine, reply, lead)).unwrap_or_default();
        assert!(!left.contains(char::is_alphabetic), "{left:?} in {:?} is no phrase", reply.lead);
    }
}

/// An answer has a second fact where two are close; of the nearest three are offered, one of them with what it needs beside it.
fn is_not_padded(reply: &Reply) -> bool {
    match reply.outcome {
        Outcome::Answer => reply.facts.len() <= 2,
        Outcome::Nearest => reply.facts.len() <= 4,
        _ => true,
    }
}

/// What is left of a lead without the fixed parts of all phrases and the names of the base.
fn without_phrases(engine: &Engine, reply: &Reply, lead: &str) -> String {
    let table = format!("{:?}", reply.said);
    let phrases = table.split('"').skip(1).step_by(2).flat_map(|phrase| phrase.split("{}"));
    let named = engine.stories().iter().flat_map(|s| &s.people);
    let people = named.flat_map(|p| std::iter::once(p.name.as_str()).chain(p.role.as_deref()));
    let told = reply.facts.iter().flat_map(|f| f.by.as_deref().into_iter().chain(f.label.as_deref()));
    let languages = engine.stories().iter().map(|s| s.language.name());
    let relayed = engine.stories().iter().flat_map(|s| s.facts.iter()).filter_map(|f| f.via.as_deref());
    let mut known: Vec<&str> =
        phrases.chain(people).chain(told).chain(languages).chain(relayed).map(str::trim).collect();
    known.sort_by_key(|part| std::cmp::Reverse(part.len()));
    known.retain(|part| part.len() > 1);
    known.iter().fold(lead.to_owned(), |left, part| left.replace(part, ""))
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn any_message_gets_a_reply_from_the_record(message in "(?s).{0,200}") {
        let reply = shipped().reply(&message, Scope::All);
        is_on_the_record(shipped(), &reply);
        proptest::prop_assert_eq!(plain(&reply), plain(&shipped().reply(&message, Scope::All)));
        proptest::prop_assert!((0.0..=1.0).contains(&reply.confidence.get()));
        proptest::prop_assert!(is_not_padded(&reply));
    }

    #[test]
    fn words_of_the_story_in_any_order_too(picks in proptest::collection::vec(0usize..400, 1..25)) {
        let story = &shipped().stories()[0];
        let words: Vec<&str> = story.facts.iter().flat_map(|f| f.statement.split(' ')).collect();
        let message: Vec<&str> = picks.iter().map(|n| words[n % words.len()]).collect();
        is_on_the_record(shipped(), &shipped().reply(&message.join(" "), Scope::All));
    }

    #[test]
    fn any_conversation_stays_on_the_record(
        messages in proptest::collection::vec(proptest::prelude::any::<proptest::sample::Index>(), 1..8),
        strange in "(?s).{0,60}",
    ) {
        let said = [
            "why?", "who said that?", "source?", "more", "and in Europe?", "the second one", "is that true?", "what did he say?",
            "all quotes about bans", "in his own words", "what did shingarev say?", "did russian spies use kaspersky", "thanks",
            "why is the office closing?", "what about linkedin?", "who is it?", "no, the banks", strange.as_str(),
        ];
        for engine in [shipped(), several()] {
            let mut state = State::default();
            for message in messages.iter().map(|n| said[n.index(said.len())]) {
                let (reply, next) = engine.talk(message, Scope::All, &state);
                is_on_the_record(engine, &reply);
                let (again, _) = engine.talk(message, Scope::All, &state);
                proptest::prop_assert_eq!(plain(&reply), plain(&again));
                proptest::prop_assert!(is_not_padded(&reply));
                proptest::prop_assert!(next.token().chars().count() <= 100);
                state = next;
            }
        }
    }
}

#[test]
fn a_wall_of_text_gets_a_reply_like_any_other() {
    // One word of 60,000 letters would take minutes if every cut of it were tried.
    let walls = ["q".repeat(60_000), "kaspersky ".repeat(200), "zxqv ".repeat(400), "\u{202E}\0🎉".repeat(500)];
    for wall in walls {
        is_on_the_record(shipped(), &shipped().reply(&wall, Scope::All));
    }
}

/// Who somebody is, is never what they are accused of; and a "they" that may be anybody accuses nobody.
#[test]
fn an_accusation_is_no_answer_to_who_and_needs_a_name() {
    let engine = engine(&["knowledge", "tests/stories"], &[]);
    let accuses = |reply: &Reply| {
        reply.outcome == Outcome::Answer && reply.facts.first().is_some_and(|fact| fact.claim == Claim::Alleged)
    };
    for (n, story) in engine.stories().iter().enumerate() {
        for person in story.people.iter().filter(|person| person.role.is_some()) {
            let question = format!("who is {}?", person.name);
            assert!(!accuses(&engine.reply(&question, Scope::Story(n))), "{}: {question}", story.id);
        }
        let alleged = story.facts.iter().filter(|fact| fact.claim == Claim::Alleged);
        for verb in alleged
            .flat_map(|fact| fact.statement.split_whitespace())
            .filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
        {
            for question in [format!("she {verb} it"), format!("what did they {verb}"), format!("who {verb} them")] {
                assert!(!accuses(&engine.reply(&question, Scope::Story(n))), "{}: {question}", story.id);
            }
        }
    }
}
