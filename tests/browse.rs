//! Looking around without a question: topics, quotes, parts of lists, single items, and what is offered while somebody types.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::OnceLock;

use onrecord::answer::{Asker, Engine, Outcome, Reply, Thresholds, item_key};
use onrecord::knowledge::{Story, load_folder};
use onrecord::matcher::Scope;
use proptest::prelude::*;

fn engine() -> &'static Engine {
    static LOADED: OnceLock<Engine> = OnceLock::new();
    LOADED.get_or_init(loaded)
}

fn loaded() -> Engine {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let today = time::macros::date!(2031 - 01 - 01);
    let folders = ["knowledge", "tests/stories"];
    let stories: Vec<Story> = folders.iter().flat_map(|f| load_folder(&root.join(f), today).unwrap().stories).collect();
    Engine::new(stories, Thresholds::default())
}

fn asker() -> Asker {
    Asker::new(Scope::All, "en")
}

/// Ids of what a reply shows.
fn shown(reply: &Reply) -> Vec<String> {
    let facts = reply.facts.iter().map(|f| item_key(&f.story, &f.id));
    facts.chain(reply.quotes.iter().map(|q| item_key(&q.story, &q.id))).collect()
}

#[test]
fn every_item_is_found_by_its_key() {
    let engine = engine();
    for story in engine.stories() {
        let facts = story.facts.iter().map(|f| f.id.as_str());
        for id in facts.chain(story.quotes.iter().map(|q| q.id.as_str())) {
            let key = item_key(story.id.as_str(), id);
            assert_eq!(engine.named_by_key(&key), Some((story.id.to_string(), id.to_owned())));
            let (reply, state) = engine.item_by_key(asker(), &key).unwrap();
            assert_eq!(reply.outcome, Outcome::Answer);
            assert!(shown(&reply).contains(&key), "{id}");
            let why = engine.talk("who said that?", Scope::All, &state).0;
            assert!(shown(&why).contains(&key), "a conversation goes on from it: {id}");
        }
    }
}

#[test]
fn a_topic_is_read_to_its_end_and_back() {
    let engine = engine();
    let topics = engine.topics(Scope::All);
    assert!(topics.len() > 5);
    for topic in topics {
        let (mut from, mut all) = (0, Vec::new());
        loop {
            let (reply, _) = engine.part_by_code(asker(), &topic.code, from).unwrap();
            let page = reply.page.clone().unwrap();
            assert_eq!((page.first, page.all, page.code.as_str()), (from + 1, topic.items, topic.code.as_str()));
            assert!(from == 0 || Engine::part_before(from) < from);
            all.extend(shown(&reply));
            from = page.last;
            if page.last == page.all {
                break;
            }
        }
        assert!(all.len() >= topic.items, "{}: {} of {}", topic.name, all.len(), topic.items);
    }
}

#[test]
fn quotes_are_of_whom_and_on_what_was_asked() {
    let engine = engine();
    for speaker in engine.speakers(Scope::All) {
        let (reply, _) = engine.quotes(asker(), Some(&speaker.key), "");
        assert!(reply.quotes.iter().all(|q| q.speaker.as_ref() == Some(&speaker.name)), "{}", speaker.name);
        assert_eq!(reply.page.map(|page| page.all), Some(speaker.quotes), "{}", speaker.name);
    }
    // A key of nobody's, and one that is none: the words of nobody, never of all.
    let rows = [
        (None, "sourdough", &[][..]),
        (Some("AAAAA"), "", &[]),
        (Some("no key at all"), "", &[]),
        (Some("no key at all"), "banks", &[]),
        (None, "banks", &["quote-banks"]),
    ];
    for (by, about, want) in rows {
        let (reply, _) = engine.quotes(asker(), by, about);
        let ids: Vec<&str> = reply.quotes.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids, want, "{by:?} {about}");
        assert_eq!(reply.outcome == Outcome::Unknown, want.is_empty(), "{by:?} {about}");
    }
}

#[test]
fn what_is_offered_goes_on_from_what_stands_there() {
    let engine = engine();
    let kaspersky = engine.scope_of("kaspersky-washington-office").unwrap();
    let rows =
        [("why is kaspersky closing", "why is kaspersky closing"), ("WHO is shin", "shingarev"), ("clos", "clos")];
    for (typed, held) in rows {
        let offered = engine.completions(typed, kaspersky, 25);
        assert!(offered[0].text.to_lowercase().contains(held), "{typed}: {}", offered[0].text);
    }
    let empty = engine.completions("", kaspersky, 25);
    assert_eq!(empty[0].text, engine.featured(kaspersky)[0].text);
    assert!(empty.iter().all(|s| s.story == "kaspersky-washington-office"));
    assert!(engine.completions("qqqq wwww", kaspersky, 25).len() <= 25);
}

#[test]
fn an_engine_over_some_stories_knows_no_others() {
    let whole = engine();
    let some = whole.over(&["tarnhill-seed-bank".to_owned()]);
    assert_eq!(some.stories().len(), 1);
    assert_eq!(whole.over(&[]).stories().len(), whole.stories().len());
    let none = whole.over(&["gone".to_owned()]);
    assert_eq!(none.reply("why is kaspersky closing its washington office?", Scope::All).outcome, Outcome::Unknown);
    assert_ne!(some.reply("why is kaspersky closing its washington office?", Scope::All).outcome, Outcome::Answer);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    /// Keys, codes and half-typed questions come from strangers.
    #[test]
    fn nothing_typed_panics(text in "\\PC{0,120}", from in any::<usize>()) {
        let engine = engine();
        prop_assert!(engine.completions(&text, Scope::All, 25).len() <= 25);
        let _ = (engine.item_by_key(asker(), &text), engine.whose_by_key(asker(), &text));
        let _ = (engine.part_by_code(asker(), &text, from), engine.quotes(asker(), Some(&text), &text));
        let _ = engine.part_by_code(asker(), &format!(".{text}"), from);
    }
}
