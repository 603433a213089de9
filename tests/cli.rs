//! The command line as a user meets it: what is printed, what the exit code is, one line for every mistake.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn onrecord(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .current_dir(root())
        .env_remove("DISCORD_TOKEN")
        .env_remove("DISCORD_TOKEN_FILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that does not read its input closes the pipe; that is not this test's business.
        let _ = stdin.write_all(&bytes);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn records(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn exit_codes_and_first_words() {
    let rows: &[(&[&str], i32, &str, &str)] = &[
        (&["ask", "why", "is", "the", "washington", "office", "closing"], 0, "no such opportunity", ""),
        (&["ask", "When will the Washington office close?"], 0, "doesn't say when", ""),
        (&["ask", "hello"], 0, "on the record", ""),
        (&["ask", "who is the CEO of Kaspersky"], 1, "doesn't say", ""),
        (&["ask", "--explain", "who is shingarev"], 0, "confidence", ""),
        (&["ask"], 2, "", "--help shows how"),
        (
            &["ask", "--story", "nope", "who is shingarev"],
            2,
            "",
            "there is no story `nope`; loaded: kaspersky-washington-office",
        ),
        (&["frobnicate"], 2, "", "unrecognized subcommand"),
        (&["--help"], 0, "chat", ""),
        (&["ask", "--help"], 0, "Examples", ""),
        (&["--version"], 0, "onrecord", ""),
        (&["check"], 0, "0 errors", ""),
        (&["--knowledge", "/nowhere", "check"], 2, "", "cannot read the knowledge folder /nowhere"),
        (&["--knowledge", "/nowhere", "ask", "hi"], 2, "", "--knowledge DIR"),
        (&["--knowledge", "src", "check"], 2, "", "there is no story file in src"),
        (&["--knowledge", "tests/story_files", "check"], 1, "bad-id.toml:15:6: `Old Ferry!` is no id", ""),
        (&["--knowledge", "tests/stories", "check"], 0, "warning: no anchor", ""),
        (&["--knowledge", "tests/stories", "check", "--strict"], 1, "warning: no anchor", ""),
        (&["verify", "wccftech"], 2, "", "should be ID=FILE"),
        (
            &["verify", "courier=README.md"],
            2,
            "",
            "there is no source `courier`; known: kaspersky-washington-office/wccftech",
        ),
        (&["verify", "wccftech=/nowhere"], 2, "", "cannot read /nowhere"),
        (&["verify", "wccftech=LICENSE"], 1, "absent", ""),
        (&["eval", "/nowhere.toml"], 2, "", "cannot read /nowhere.toml"),
        (&["eval", "Cargo.toml"], 2, "", "not a file of gold questions: line"),
        (&["eval", "tests/gold/tarnhill-seed-bank.toml"], 2, "", "the story `tarnhill-seed-bank` is not in knowledge"),
        (&["run"], 2, "", "DISCORD_TOKEN"),
    ];
    for (arguments, code, on_stdout, on_stderr) in rows {
        let output = onrecord(arguments, b"");
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}\n{stdout}{stderr}");
        assert!(stdout.contains(on_stdout), "{arguments:?}: no {on_stdout:?} in\n{stdout}");
        assert!(stderr.contains(on_stderr), "{arguments:?}: no {on_stderr:?} in\n{stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}\n{stderr}");
        assert!(!stdout.contains('\u{1b}') && !stderr.contains('\u{1b}'), "{arguments:?}: colour without a terminal");
    }
}

#[test]
fn a_sample_question_that_finds_another_fact_first_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let fact = |id: &str, statement: &str| {
        let question = "questions = [\"Does the ferry stay in port?\"]";
        format!(
            "[[fact]]\nid = \"{id}\"\nstatement = \"{statement}\"\n{question}\nsource = {{ id = \"x\", exact = \"a\" }}\n"
        )
    };
    let head = "[story]\nid = \"s\"\ntitle = \"t\"\n[[source]]\nid = \"x\"\nheadline = \"h\"\n";
    let story = format!("{head}{}{}", fact("port", "The ferry stays in port."), fact("bridge", "The bridge is old."));
    std::fs::write(folder.path().join("s.toml"), story).unwrap();
    let dir = folder.path().to_str().unwrap();
    let output = onrecord(&["--knowledge", dir, "check"], b"");
    let warnings = [
        "`port` has the same sample question; only one of the two can be found by it",
        "this sample question of `bridge` finds `port` before it; reword it or add keywords",
    ];
    let wanted: String = warnings.iter().map(|w| format!("{dir}/s.toml:15:14: warning: {w}\n")).collect();
    assert_eq!(text(&output.stdout), format!("{wanted}1 story, 2 facts, 0 quotes: 0 errors, 2 warnings\n"));
    assert_eq!(output.status.code(), Some(0), "a warning does not fail the check");
    assert_eq!(onrecord(&["--knowledge", dir, "check", "--strict"], b"").status.code(), Some(1));
}

#[test]
fn an_evaluation_below_its_floor_fails_and_a_half_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gold.toml");
    let question = "[[question]]\nq = \"who is shingarev\"\nwant = [\"ban\"]\nkind = \"plain\"\n";
    let floor = "[floor]\nright = 0.5\ninvented = 0.5\n";
    std::fs::write(&file, format!("story = \"kaspersky-washington-office\"\n{floor}{question}")).unwrap();
    let gold = file.to_str().unwrap();
    let all = onrecord(&["eval", gold], b"");
    assert_eq!(all.status.code(), Some(1));
    assert!(text(&all.stdout).contains("below the floor: right at least 0.500"), "{}", text(&all.stdout));
    assert_eq!(onrecord(&["eval", "--half", "dev", gold], b"").status.code(), Some(0));
}

#[test]
fn a_record_has_the_keys_of_the_contract() {
    let output = onrecord(&["ask", "--json", "What is Shingarev's stance on bans?"], b"");
    let record = records(&output).remove(0);
    let keys = [
        "id",
        "q",
        "outcome",
        "confidence",
        "band",
        "text",
        "story",
        "facts",
        "quotes",
        "sources",
        "suggestions",
        "us",
    ];
    let object = record.as_object().unwrap();
    assert_eq!(
        object.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>(),
        keys.into_iter().collect()
    );
    assert_eq!(record["outcome"], "answer");
    assert_eq!(record["band"], "high");
    assert_eq!(record["quotes"][0]["exact"], "I am against any bans");
    assert_eq!(record["quotes"][0]["speaker"], "Anton Shingarev");
    assert_eq!(record["facts"][0]["claim"], "opinion");
    assert_eq!(record["sources"][0]["paragraph"], 6);
    assert!(record["sources"][0]["url"].as_str().unwrap().contains("#:~:text="));
    assert!(record["us"].as_u64().is_some() && record["confidence"].as_f64().is_some());
}

#[test]
fn a_batch_goes_on_after_bad_lines_and_keeps_their_order() {
    let wall = format!("{}\n", "w".repeat(2000));
    let too_long = format!("{}\n", "w".repeat(70_000));
    let lines: &[(&[u8], &str, &str)] = &[
        (b"why is the washington office closing?\n", "answer", ""),
        (b"{\"id\": 7, \"q\": \"who is shingarev\", \"session\": \"a\"}\n", "answer", ""),
        (b"{\"id\": \"x\", \"q\": \"hi\", \"story\": \"nope\"}\n", "error", "there is no story `nope`"),
        (b"{\"q\": \"lone \\ud800 surrogate\"}\n", "error", "line 4: not a question in JSON"),
        (b"{\"q\": 5}\n", "error", "line 5: not a question in JSON"),
        (b"{\"question\": \"x\"}\n", "error", "unknown field `question`"),
        (b"\xff\xfe\n", "error", "line 7: the line is not UTF-8 text"),
        (b"\n", "unknown", ""),
        (wall.as_bytes(), "unknown", ""),
        (too_long.as_bytes(), "error", "line 10: a question has at most 65536 bytes"),
        ("👩‍👩‍👧‍👦\u{202E}\0\u{200F}\n".as_bytes(), "unknown", ""),
        (b"thanks", "meta", ""),
    ];
    let input: Vec<u8> = lines.iter().flat_map(|(line, ..)| line.iter().copied()).collect();
    let output = onrecord(&["ask", "--batch"], &input);
    assert_eq!(output.status.code(), Some(2), "a bad line shows in the exit code");
    assert_eq!(text(&output.stderr), "");
    let records = records(&output);
    assert_eq!(records.len(), lines.len());
    for (record, (line, outcome, error)) in records.iter().zip(lines) {
        assert_eq!(record["outcome"], *outcome, "{line:?}: {record}");
        assert!(error.is_empty() || record["error"].as_str().unwrap().contains(error), "{record}");
    }
    assert_eq!(records[1]["id"], 7);
    assert_eq!(records[2]["id"], "x");
    let clean = onrecord(&["ask", "--batch"], b"who is shingarev\nwhat is the capital of France\n");
    assert_eq!(clean.status.code(), Some(0));
}

#[test]
fn a_chat_answers_explains_and_leaves() {
    let output = onrecord(
        &["chat"],
        b"why is the washington office closing\n1\n/why\n/stories\n/nope\n/help\nthanks\n/quit\nnever read\n",
    );
    let stdout = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{stdout}{}", text(&output.stderr));
    for said in ["no such opportunity", "confidence", "37 facts", "I don't know /nope", "/why", "You're welcome"] {
        assert!(stdout.contains(said), "no {said:?} in\n{stdout}");
    }
    assert_eq!(onrecord(&["chat"], b"").status.code(), Some(0), "Ctrl-D leaves");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let binary = env!("CARGO_BIN_EXE_onrecord");
    let script = format!(
        "yes 'who is shingarev' | head -n 2000 | '{binary}' ask --batch | head -n 1 > /dev/null; echo ${{PIPESTATUS[2]}}"
    );
    let output = Command::new("bash").args(["-c", &script]).current_dir(root()).output().unwrap();
    assert_eq!(text(&output.stdout).trim(), "0", "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn pinning_writes_the_digest_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["tarnhill-seed-bank.toml", "tarnhill-seed-bank.article.txt"] {
        std::fs::copy(root().join("tests/stories").join(name), folder.path().join(name)).unwrap();
    }
    let dir = folder.path().to_str().unwrap();
    let story = std::fs::read_to_string(folder.path().join("tarnhill-seed-bank.toml")).unwrap();
    let id = story.split("[[source]]").nth(1).unwrap().split('"').nth(1).unwrap();
    let article = format!("{id}={dir}/tarnhill-seed-bank.article.txt");
    let run = |extra: &[&str]| onrecord(&[&["--knowledge", dir, "verify", &article], extra].concat(), b"");
    assert!(text(&run(&[]).stdout).contains("no digest yet"));
    assert_eq!(run(&["--pin"]).status.code(), Some(0));
    assert!(text(&run(&[]).stdout).contains("digest as pinned"));
    std::fs::write(format!("{dir}/tarnhill-seed-bank.article.txt"), "another text").unwrap();
    assert_eq!(run(&[]).status.code(), Some(1));
}

#[test]
fn a_ranking_follows_the_protocol_and_scores_like_a_story() {
    let line = r#"{"id":"c","title":"t","base":[{"id":"a","text":"The ferry stays in port until Sunday.","questions":[],"p":1},{"id":"b","text":"The bridge opens in June.","questions":["When does the bridge open?"],"p":2}],"queries":[{"id":"1","q":"when does the bridge open"},{"id":"2","q":"where is the ferry"}]}"#;
    let ranked = records(&onrecord(&["rank"], format!("{line}\n").as_bytes()));
    assert_eq!(ranked.len(), 2);
    assert_eq!((&ranked[0]["id"], &ranked[0]["ranked"][0][0]), (&Value::from("1"), &Value::from("b")));
    assert_eq!(ranked[1]["ranked"][0][0], "a");
    assert!(ranked[0]["us"].as_f64().unwrap() > 0.0);

    let folder = tempfile::tempdir().unwrap();
    let story = "[story]\nid = \"s\"\ntitle = \"t\"\n[[source]]\nid = \"x\"\nheadline = \"h\"\n[[fact]]\nid = \"a\"\nstatement = \
        \"The ferry stays in port until Sunday.\"\nsource = { id = \"x\" }\n[[fact]]\nid = \"b\"\nstatement = \"The bridge opens in \
        June.\"\nquestions = [\"When does the bridge open?\"]\nsource = { id = \"x\" }\n";
    std::fs::write(folder.path().join("s.toml"), story).unwrap();
    let explained = onrecord(
        &["--knowledge", folder.path().to_str().unwrap(), "ask", "--explain", "when does the bridge open"],
        b"",
    );
    let sum = format!("sum {:.2}", ranked[0]["ranked"][0][1].as_f64().unwrap());
    assert!(text(&explained.stdout).contains(&sum), "no {sum} in\n{}", text(&explained.stdout));
}
