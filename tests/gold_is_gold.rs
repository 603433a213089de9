//! A gold question that equals a sample question would measure nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use onrecord::evaluation::{Gold, Half, Wanted};
use onrecord::knowledge::load_folder;
use onrecord::text::key;
use time::macros::date;

#[test]
fn no_gold_question_is_a_sample_question_and_every_wanted_id_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = 0;
    let mut wrong = Vec::new();
    for folder in ["knowledge", "tests/stories"] {
        for story in load_folder(&root.join(folder), date!(2031 - 01 - 01)).unwrap().stories {
            let file = root.join("tests/gold").join(format!("{}.toml", story.id));
            let gold = Gold::parse(&fs::read_to_string(&file).unwrap()).unwrap();
            let own = |text: &str| key(text, &story.language);
            let facts = story.facts.iter().flat_map(|f| &f.questions);
            let samples: Vec<String> =
                facts.chain(story.quotes.iter().flat_map(|q| &q.questions)).map(|q| own(&q.text)).collect();
            let known = |id: &String| {
                story.facts.iter().any(|f| f.id.as_str() == id) || story.quotes.iter().any(|q| q.id.as_str() == id)
            };
            for question in &gold.questions {
                if samples.contains(&own(&question.q)) {
                    wrong.push(format!("{}: {:?} is a sample question", story.id, question.q));
                }
                for wanted in &question.want {
                    let (Wanted::Item(id) | Wanted::Lacks(id)) = wanted else { continue };
                    if !known(id) {
                        wrong.push(format!("{}: {:?} wants `{id}`, which is not there", story.id, question.q));
                    }
                }
            }
            let held = gold.questions.iter().filter(|q| q.half == Half::Held).count();
            assert!(held * 5 >= gold.questions.len() * 2, "{}: the held half is too small", story.id);
            files += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(files, 3);
}
