//! What is said to whom: questions, the kind of reply, what it shows, and words that must or must not appear.
//!
//! A new promise about replies is a row in one of the tables. Gold questions are elsewhere: `tests/gold`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::answer::{Engine, Outcome, Thresholds, plain};
use onrecord::knowledge::load_folder;
use onrecord::matcher::Scope;
use time::macros::date;

const TODAY: time::Date = date!(2031 - 01 - 01);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn engine(folder: &Path) -> Engine {
    let loaded = load_folder(folder, TODAY).unwrap();
    assert_eq!(loaded.errors().count(), 0, "{:?}", loaded.diagnostics);
    Engine::new(loaded.stories, Thresholds::default())
}

fn shipped() -> Engine {
    engine(&root().join("knowledge"))
}

/// Question, kind of reply, an id that must be shown (or ""), words that must and must not appear.
type Row = (&'static str, Outcome, &'static str, &'static [&'static str], &'static [&'static str]);

fn check(engine: &Engine, rows: &[Row]) {
    let mut wrong = Vec::new();
    for (question, outcome, id, must, must_not) in rows {
        let reply = engine.reply(question, Scope::All);
        let text = plain(&reply);
        let shows =
            id.is_empty() || reply.facts.iter().any(|f| f.id == *id) || reply.quotes.iter().any(|q| q.id == *id);
        let has_all = must.iter().all(|word| text.contains(word));
        let has_none = !must_not.iter().any(|word| text.contains(word));
        if reply.outcome != *outcome || !shows || !has_all || !has_none {
            wrong.push(format!(
                "{question:?}: wanted {} {id} {must:?} without {must_not:?}, got {}:\n{text}\n",
                outcome.as_str(),
                reply.outcome.as_str()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_shipped_story() {
    use Outcome::{Answer, Meta, Nearest, Unknown};
    check(
        &shipped(),
        &[
            (
                "Why did Kaspersky close the Washington office?",
                Answer,
                "no-opportunity",
                &["there is no such opportunity at present", "(speaker inferred)", "paragraph 2", "#:~:text="],
                &[],
            ),
            ("whats the reason they shut the dc office", Answer, "no-opportunity", &["Anton Shingarev"], &[]),
            ("who is shingarev", Answer, "vice-president", &["vice president of Kaspersky"], &[]),
            ("Where will the new offices be?", Answer, "new-offices", &["Toronto", "Los Angeles"], &["Moscow"]),
            ("will they stay in the US?", Answer, "us-customers", &[], &[]),
            ("is kaspersky leaving the us completely", Answer, "us-customers", &["outside the government"], &[]),
            ("What is a SCIF-class facility like?", Answer, "scif", &["security cameras, no internet"], &[]),
            ("Should Russia hit back at foreign companies?", Answer, "no-retaliation", &[], &[]),
            // An allegation is labelled, and its denial stands beside it.
            ("Did Russian spies use Kaspersky?", Answer, "spying", &["Alleged", "denied"], &[]),
            ("What did Israel have to do with the ban?", Answer, "israel-evidence", &["Alleged", "denied"], &[]),
            ("Is the US trying to kill Russian businesses?", Answer, "kill-business", &["Alleged"], &[]),
            // Two accounts of one cause stand together, the second-hand one with who relayed it.
            ("Why did the US ban Kaspersky?", Answer, "vp-on-ban", &["Bloomberg", "Alleged"], &[]),
            ("what are the regulators in europe like", Answer, "regulators", &["Bloomberg"], &[]),
            // The story knows the thing, not the detail.
            ("When will the Washington office close?", Nearest, "", &["doesn't say when"], &[]),
            ("when did the US ban kaspersky", Nearest, "", &["doesn't say when"], &[]),
            // A name, place or number that the fact lacks: never the bare fact.
            ("Is Kaspersky closing its Moscow office?", Nearest, "", &["closest"], &[]),
            ("is mcafee closing its washington office", Nearest, "", &["closest"], &[]),
            ("What is the population of Toronto?", Nearest, "", &["closest"], &[]),
            ("How many Transparency Centers are planned?", Nearest, "", &["doesn't say how many"], &[]),
            ("Where is the SCIF-class facility?", Nearest, "scif", &["doesn't say where"], &[]),
            // It does not know these at all.
            ("Who is the CEO of Kaspersky?", Unknown, "", &["doesn't say"], &["Eugene"]),
            ("Who is the president of Kaspersky?", Unknown, "", &["doesn't say"], &["Shingarev is"]),
            ("What is the capital of France?", Unknown, "", &["doesn't say"], &["Washington DC."]),
            ("Who won the World Cup?", Unknown, "", &[], &[]),
            ("asdkjh qwlekj", Unknown, "", &["You could ask"], &[]),
            ("👋🏽🎉", Unknown, "", &["can't find a question"], &[]),
            ("???", Unknown, "", &["can't find a question"], &[]),
            // About the bot and the article.
            ("hi", Meta, "", &["on the record"], &[]),
            ("help", Meta, "", &["Ask a question"], &[]),
            ("are you a bot?", Meta, "", &["without a language model"], &[]),
            ("what can you answer?", Meta, "", &["Transparency"], &[]),
            ("when was this article published?", Meta, "", &["no date"], &[]),
            ("what is your source?", Meta, "", &["Wccftech", "https://wccftech.com/"], &[]),
            ("what is this story about?", Meta, "", &["antivirus", "https://wccftech.com/"], &[]),
            ("who is the author", Answer, "author", &["Rafia Shaikh"], &[]),
            ("where in canada", Answer, "new-offices", &[], &["doesn't say"]),
            // Somebody else's word is not the answer.
            ("How did Symantec respond to the ban?", Nearest, "", &["closest"], &[]),
            // A name that the story does not have at all: whatever else fits, it is about something else.
            ("How did Microsoft respond to the ban?", Unknown, "", &["doesn't say"], &[]),
            ("thank you!", Meta, "", &["welcome"], &["You could ask"]),
        ],
    );
}

#[test]
fn badly_typed_and_awkward() {
    use Outcome::Answer;
    check(
        &shipped(),
        &[
            ("WHY IS KASPERSKY CLOSING ITS WASHINGTON OFFICE", Answer, "no-opportunity", &[], &[]),
            ("why is kaspresky closing its washingtno ofice", Answer, "no-opportunity", &[], &[]),
            ("wehre will teh new offices be", Answer, "new-offices", &[], &[]),
            ("where will thenew offices be?", Answer, "new-offices", &[], &[]),
            ("w\u{200B}hy did the US b\u{200B}an Kas\u{AD}persky?", Answer, "vp-on-ban", &[], &[]),
            ("Ｗｈｅｒｅ ｗｉｌｌ ｔｈｅ ｎｅｗ ｏｆｆｉｃｅｓ ｂｅ？", Answer, "new-offices", &[], &[]),
            ("\u{202E}Where will the new offices be?", Answer, "new-offices", &[], &["\u{202E}"]),
            ("**who** is ||Anton Shingarev||???", Answer, "vice-president", &[], &["||"]),
        ],
    );
}

#[test]
fn a_second_story_dropped_into_the_folder_is_answered_from() {
    let folder = tempfile::tempdir().unwrap();
    for (from, name) in
        [("knowledge", "kaspersky-washington-office.toml"), ("tests/stories", "tarnhill-seed-bank.toml")]
    {
        fs::copy(root().join(from).join(name), folder.path().join(name)).unwrap();
    }
    let engine = engine(folder.path());
    assert_eq!(engine.stories().len(), 2);
    let rows = [
        ("what was the reason for shutting the dc office", "kaspersky-washington-office", "no-opportunity"),
        ("How many volunteers helped?", "tarnhill-seed-bank", "volunteers"),
        ("why is Kőszegi against the mine", "tarnhill-seed-bank", "against-mine"),
        ("why is koszegi against the mine", "tarnhill-seed-bank", "against-mine"),
    ];
    for (question, story, id) in rows {
        let reply = engine.reply(question, Scope::All);
        let fact = reply.facts.first().unwrap_or_else(|| panic!("{question}: {}", plain(&reply)));
        assert_eq!((fact.story.as_str(), fact.id.as_str()), (story, id), "{question}");
        assert!(fact.story_title.is_some(), "with several stories each fact says which it is of");
    }
    let narrowed = engine.reply("how many volunteers helped", engine.scope_of("kaspersky-washington-office").unwrap());
    assert!(narrowed.facts.iter().all(|f| f.story == "kaspersky-washington-office"));
}

#[test]
fn every_sample_question_of_every_story_finds_its_fact_among_the_first_three() {
    for folder in ["knowledge", "tests/stories"] {
        let engine = engine(&root().join(folder));
        for story in engine.stories() {
            let scope = engine.scope_of(story.id.as_str()).unwrap();
            let facts = story.facts.iter().map(|f| (f.id.as_str(), &f.questions));
            for (id, question) in facts.flat_map(|(id, all)| all.iter().map(move |q| (id, q))) {
                let first = engine.ranked(&question.text, scope, 3);
                assert!(first.iter().any(|r| r.id.as_str() == id), "{id}: {}", question.text);
            }
        }
    }
}
