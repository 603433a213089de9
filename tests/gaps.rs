//! `onrecord gaps` as an editor meets it: the table, the patch, one line for every mistake, and a store that stays as it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use onrecord::answer::{are_twins, normalised};
use onrecord::store::{Item, Missed, Reason, Store, Verdict};
use time::Date;
use time::macros::date;

const STORY: &str = "kaspersky-washington-office";
const TODAY: Date = date!(2031 - 03 - 11);

fn gaps(store: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("gaps")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("ONRECORD__STORE__FILE", store)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn filled(file: &Path) {
    let store = Store::open(file).await.unwrap();
    let item = |id: &str| Item { story: STORY.to_owned(), id: id.to_owned() };
    let rows = [
        (1, "When will the Washington office close?", Reason::Unanswered, None),
        (1, "<@1> when will the Washington ofice close??", Reason::Unanswered, None),
        (u64::MAX, "when will the washington office close", Reason::Unanswered, None),
        (1, "which \"\u{1b}[31mzebra\" eats\r\nxylophones # ]]", Reason::Unanswered, None),
        (1, "Why is the Washington office closing?", Reason::Wrong, Some(item("gone"))),
    ];
    for (server, question, reason, nearest) in rows {
        let question = normalised(question).unwrap();
        store.note(server, &Missed { question, reason, nearest }, TODAY, &are_twins).await.unwrap();
    }
    store.count(1, &item("a-fact"), Verdict::Helpful).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn what_was_asked_in_vain_is_shown_and_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.db");
    filled(&file).await;
    let before = fs::read(&file).unwrap();
    let store = file.to_str().unwrap();

    let all = gaps(store, &[]);
    let shown = text(&all.stdout);
    assert_eq!((all.status.code(), text(&all.stderr).as_str()), (Some(0), ""), "{shown}");
    let first = shown.lines().nth(1).unwrap();
    assert!(first.starts_with("         3  ") && first.ends_with("  when will the washington office close"), "{shown}");
    for said in [&format!("{STORY}/"), "confidence 0.", "which zebra eats xylophones", "a-fact", "2031-03-11"] {
        assert!(shown.contains(said), "no {said:?} in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{shown}");

    let one = text(&gaps(store, &["--server", "18446744073709551615"]).stdout);
    assert!(one.contains("         1  ") && !one.contains("zebra") && !one.contains("a-fact"), "{one}");

    let patch = gaps(store, &["--toml"]);
    let patch = (patch.status.code(), text(&patch.stdout));
    let parsed: toml::Table = toml::from_str(&patch.1).unwrap();
    assert_eq!(patch.0, Some(0));
    let listed = parsed["fact"].as_array().unwrap().iter().filter_map(|fact| fact["questions"].as_array());
    let questions: Vec<&str> = listed.flatten().filter_map(toml::Value::as_str).collect();
    assert_eq!(questions.len(), 2, "{}", patch.1);
    assert!(questions.contains(&"why is the washington office closing"), "{}", patch.1);
    assert!(patch.1.contains("# questions = [\"which zebra eats xylophones\"]"), "{}", patch.1);

    assert_eq!(fs::read(&file).unwrap(), before, "the store is only read");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing is left beside it");
}

#[tokio::test]
async fn mistakes_are_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("broken.db"), "no database, but a text of some length ".repeat(40)).unwrap();
    Store::open(Path::new(&path("empty.db"))).await.unwrap().close().await;
    let rows: &[(&str, &[&str], i32, &str)] = &[
        ("off", &[], 2, "nothing is kept: store.file is \"off\"; name a file there"),
        (&path("none.db"), &[], 2, "there is no store "),
        (&path("broken.db"), &["--toml"], 2, "is damaged or no store"),
        (&path("empty.db"), &["--server", "anton"], 2, "invalid value 'anton' for '--server <ID>'"),
        (&path("empty.db"), &[], 0, ""),
        (&path("empty.db"), &["--toml"], 0, ""),
        (&path("empty.db"), &["--knowledge", "/nowhere"], 2, "cannot read the knowledge folder /nowhere"),
    ];
    for (store, arguments, code, want) in rows {
        let output = gaps(store, arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(*code), "{store} {arguments:?}: {error}");
        assert!(error.contains(want), "{store} {arguments:?}: {error}");
        assert_eq!(error.lines().count(), usize::from(*code != 0), "{store} {arguments:?}: {error}");
    }
    assert!(!Path::new(&path("none.db")).exists(), "a file is never made");
}
