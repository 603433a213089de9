//! Conversations with the shipped story and the invented ones: the share of follow-ups with a right reply.
//!
//! The dialogues and the least share are data: `tests/gold/dialogues`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use onrecord::answer::{Engine, Thresholds};
use onrecord::evaluation::{DialogueReport, Dialogues, Mark, judge_dialogues};
use onrecord::knowledge::{Story, load_folder};
use time::macros::date;

fn stories(root: &Path) -> Vec<Story> {
    let load = |folder: &str| load_folder(&root.join(folder), date!(2031 - 01 - 01)).unwrap().stories;
    ["knowledge", "tests/stories"].into_iter().flat_map(load).collect()
}

#[test]
fn follow_ups_are_answered_as_often_as_each_file_demands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stories = stories(root);
    let mut files = 0;
    for entry in fs::read_dir(root.join("tests/gold/dialogues")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display();
        let file = Dialogues::parse(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let asked: Vec<Story> = stories.iter().filter(|s| file.stories.contains(&s.id.to_string())).cloned().collect();
        assert_eq!(asked.len(), file.stories.len(), "{name}: not all of {:?} are there", file.stories);
        let judged = judge_dialogues(&Engine::new(asked, Thresholds::default()), &file, None);
        let right = DialogueReport::of(&judged).right();
        let floor = file.floor.unwrap_or_else(|| panic!("{name}: no floor")).right;
        let missed = judged.iter().filter(|j| matches!(j.mark, Mark::Wrong | Mark::Refused));
        let missed: Vec<String> =
            missed.map(|j| format!("{}, turn {}: {:?}", j.dialogue.name, j.number, j.turn.say)).collect();
        assert!(right >= floor, "{name}: {right:.3} of the follow-ups, at least {floor}\n{}", missed.join("\n"));
        files += 1;
    }
    assert!(files >= 2, "the dialogues are gone");
}
