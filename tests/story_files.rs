//! Every problem of a story file with its exact message: `tests/story_files/NAME.toml` and `NAME.expected`.
//!
//! A new check gets a fixture here. Fixtures are small copies of what an editor would type.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::answer::{Engine, Outcome, Thresholds};
use onrecord::knowledge::{Loaded, Story, load_folder, load_text, reload_folder};
use time::macros::date;

const TODAY: time::Date = date!(2031 - 01 - 01);

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/story_files")
}

fn messages(name: &str) -> String {
    let text = fs::read_to_string(fixtures().join(name)).unwrap();
    let (story, diagnostics) = load_text(name, &text, TODAY);
    let errors = diagnostics.iter().filter(|d| !d.to_string().contains(": warning: ")).count();
    assert_eq!(story.is_none(), errors > 0, "{name}: a story loads if and only if there are no errors");
    diagnostics.iter().map(|d| format!("{d}\n")).collect()
}

#[test]
fn every_problem_is_told_in_these_words() {
    let mut names: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    assert!(names.len() > 25, "the fixtures are gone");
    let mut wrong = String::new();
    for name in names {
        let expected = fs::read_to_string(fixtures().join(name.replace(".toml", ".expected"))).unwrap_or_default();
        let got = messages(&name);
        if got != expected {
            wrong.push_str(&format!("--- {name}\nexpected:\n{expected}got:\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A parser's words say what is wrong to those who know TOML; what would be right is for the others.
#[test]
fn lines_that_are_not_toml_are_told_what_would_be_right() {
    let rows = [
        ("publisher = Courier\"", "missing opening quote; a text begins and ends with a quotation mark"),
        ("publisher = \"The \"Courier\" paper\"", "and a quotation mark inside a text is written \\\""),
        ("publisher = “Courier”", "a text stands between straight quotation marks \"...\""),
        ("publisher: \"Courier\"", "key with no value; each line is a name, = and a value"),
        ("published = 11.3.2031", "invalid float; a date is written 2031-03-11"),
        ("published = 11 March 2031", "a date is written 2031-03-11"),
        ("author = [\"a\" \"b\"]", "a comma stands between two values"),
        ("author = [\"a\"", "unclosed array; a list ends with ]"),
        ("publisher = \"C:\\path\"", "a backslash inside a text is written \\\\"),
        ("\u{a0}publisher = \"Courier\"", "a space from a web page may be none"),
        ("[[fact]", "unclosed array table; a table starts with a line [[name]]"),
        ("[fact]\nid = \"a\"\n[fact]", "each `fact` starts with a line [[fact]] in double brackets"),
        ("headline = \"again\"", "`headline` stands twice in one table; take one out"),
    ];
    for (line, want) in rows {
        let head = "[story]\nid = \"a\"\ntitle = \"T\"\n[[source]]\nid = \"s\"\nheadline = \"H\"\n";
        let (story, told) = load_text("a.toml", &format!("{head}{line}\n"), TODAY);
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert!(story.is_none() && told.len() == 1, "{line}: {told:?}");
        assert!(told[0].contains(want) && told[0].starts_with("a.toml:"), "{line}: {}", told[0]);
    }
}

#[test]
fn files_that_are_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("latin.toml"), b"[story]\nid = \"latin\"\ntitle = \"caf\xe9\"\n").unwrap();
    fs::write(path("big.toml"), vec![b'#'; 8 * 1024 * 1024 + 1]).unwrap();
    fs::create_dir(path("folder.toml")).unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", path("gone.toml")).unwrap();
    fs::write(path(".hidden.toml"), "not = [valid").unwrap();
    fs::write(path("notes.txt"), "not a story").unwrap();
    let loaded = load_folder(folder.path(), TODAY).unwrap();
    let rows = [
        "big.toml:1:1: the file is larger than 8 MB; split the story",
        "folder.toml:1:1: this is a folder, not a story file; rename it without .toml or move it away",
        "gone.toml:1:1: cannot read the file: No such file or directory (os error 2)",
        "latin.toml:3:13: the file is not UTF-8 text; save it again with the encoding UTF-8",
    ];
    assert_eq!(shown(&loaded, folder.path()), rows);
}

#[test]
fn one_faulty_story_hides_no_other_and_two_of_one_id_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let clean = fs::read_to_string(fixtures().join("clean.toml")).unwrap();
    fs::write(folder.path().join("clean.toml"), &clean).unwrap();
    // It sorts first, and is the copy all the same.
    fs::write(folder.path().join("a-copy.toml"), &clean).unwrap();
    fs::write(folder.path().join("broken.toml"), "[story").unwrap();
    let loaded = load_folder(folder.path(), TODAY).unwrap();
    let ids: Vec<&str> = loaded.stories.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["clean"]);
    let messages = shown(&loaded, folder.path());
    assert!(messages[0].starts_with("a-copy.toml:1:1: the story id `clean` is taken by "), "{messages:?}");
    assert!(messages[0].ends_with("clean.toml; give this one another"), "{messages:?}");
    assert!(messages[1].contains("warning"), "the name of the copy: {messages:?}");
    assert!(messages[2].starts_with("broken.toml:1:7: this is not TOML"), "{messages:?}");
    assert_eq!(loaded.errors().count(), 2);
}

#[test]
fn a_reload_reads_what_has_changed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let clean = fs::read_to_string(fixtures().join("clean.toml")).unwrap();
    let other = clean.replace("\"clean\"", "\"other\"");
    let rows = [
        ("first", &[("clean", &clean), ("other", &other)][..], &[][..]),
        ("nothing changed", &[], &["clean", "other"]),
        ("a comment more", &[("clean", &format!("{clean}# more\n"))], &["other"]),
        ("an error", &[("other", &format!("{other}[story"))], &["clean"]),
        ("as it was", &[("other", &other)], &["clean"]),
    ];
    let mut before: Vec<Story> = Vec::new();
    for (what, files, kept) in rows {
        for (name, text) in files {
            fs::write(folder.path().join(format!("{name}.toml")), text).unwrap();
        }
        let loaded = reload_folder(folder.path(), TODAY, &before).unwrap();
        let is_kept = |story: &&Story| before.iter().any(|b| std::ptr::eq(&*b.facts, &*story.facts));
        let ids: Vec<&str> = loaded.stories.iter().filter(is_kept).map(|s| s.id.as_str()).collect();
        assert_eq!(ids, kept, "{what}");
        before = loaded.stories;
    }
}

#[test]
fn no_folder_is_one_line() {
    let error = load_folder(Path::new("/nowhere/at/all"), TODAY).unwrap_err().to_string();
    let cause = "No such file or directory (os error 2)";
    assert_eq!(
        error,
        format!("cannot read the knowledge folder /nowhere/at/all: {cause}; give another with --knowledge DIR")
    );
}

#[test]
fn a_story_with_only_the_required_fields_answers() {
    let text = fs::read_to_string(fixtures().join("required-only.toml")).unwrap();
    let story = load_text("required-only.toml", &text, TODAY).0.unwrap();
    let engine = Engine::new(vec![story], Thresholds::default());
    let reply = engine.reply("until when does the ferry stay in port", onrecord::matcher::Scope::All);
    assert_eq!(reply.outcome, Outcome::Answer);
    assert_eq!(reply.facts[0].statement, "The ferry stays in port until Sunday.");
    assert_eq!(reply.facts[0].cited.url, None);
}

/// Diagnostics without the folder's own path.
fn shown(loaded: &Loaded, folder: &Path) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    loaded.diagnostics.iter().map(|d| d.to_string().replacen(&prefix, "", 1)).collect()
}
