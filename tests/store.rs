//! What must outlive a restart: what is saved comes back, counts add up, and a killed process loses nothing it acknowledged.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::store::{
    Channel, Feedback, Gap, Item, MOST_GAPS, Missed, Passive, Reason, Server, Store, StoreError, Verdict,
};
use time::Date;
use time::macros::date;

const TODAY: Date = date!(2031 - 03 - 11);

fn item(id: &str) -> Item {
    Item { story: "harrow-lane".to_owned(), id: id.to_owned() }
}

fn missed(question: &str, reason: Reason, nearest: Option<&str>) -> Missed {
    Missed { question: question.to_owned(), reason, nearest: nearest.map(item) }
}

/// The first word is the question.
fn same_first_word(one: &str, other: &str) -> bool {
    one.split(' ').next() == other.split(' ').next()
}

fn never(_: &str, _: &str) -> bool {
    false
}

fn servers() -> Vec<Server> {
    let channel = |id, passive| Channel { passive, ..Channel::new(id) };
    vec![
        Server::new(1),
        Server {
            enabled: false,
            stories: vec!["harrow-lane".to_owned(), "odd \"name\", with\nbreak".to_owned()],
            language: Some("de".to_owned()),
            answer_at: Some(0.7),
            nearest_at: Some(f32::MIN_POSITIVE),
            collects: true,
            keep_days: u32::MAX,
            channels: vec![
                Channel { allowed: false, stories: vec!["a".to_owned()], ..channel(0, Passive::Off) },
                channel(i64::MAX as u64, Passive::DryRun),
                channel(i64::MAX as u64 + 1, Passive::On),
                channel(u64::MAX, Passive::Off),
            ],
            ..Server::new(i64::MAX as u64 + 1)
        },
        Server { channels: vec![channel(u64::MAX, Passive::On)], ..Server::new(u64::MAX) },
    ]
}

async fn saved(store: &Store) -> Vec<Server> {
    let mut servers = store.servers().await.unwrap();
    servers.sort_by_key(|server| server.id);
    servers
}

#[tokio::test]
async fn settings_come_back_from_a_reopened_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not/yet/there/onrecord.db");
    let store = Store::open(&file).await.unwrap();
    for server in servers() {
        store.save_server(&Server::new(server.id)).await.unwrap();
        store.save_server(&server).await.unwrap();
    }
    assert_eq!(saved(&store).await, servers());
    store.close().await;
    assert!(!file.with_extension("db-wal").exists(), "closing writes everything into the one file");

    let store = Store::open(&file).await.unwrap();
    assert_eq!(saved(&store).await, servers());
    let fewer = Server { channels: Vec::new(), ..servers().remove(1) };
    store.save_server(&fewer).await.unwrap();
    assert_eq!(saved(&store).await[1], fewer, "a channel that is left out is gone");
}

#[tokio::test]
async fn feedback_is_counted_by_server_and_together() {
    let store = Store::in_memory().await.unwrap();
    let rows = [
        (0, "a", Verdict::Helpful),
        (0, "a", Verdict::Helpful),
        (u64::MAX, "a", Verdict::Unhelpful),
        (u64::MAX, "b", Verdict::Wrong),
        (1, "b", Verdict::Wrong),
    ];
    for (server, id, verdict) in rows {
        store.count(server, &item(id), verdict).await.unwrap();
    }
    let counts = |id, helpful, unhelpful, wrong| Feedback { item: item(id), helpful, unhelpful, wrong };
    assert_eq!(store.feedback(Some(0)).await.unwrap(), [counts("a", 2, 0, 0)]);
    assert_eq!(store.feedback(Some(u64::MAX)).await.unwrap(), [counts("b", 0, 0, 1), counts("a", 0, 1, 0)]);
    assert_eq!(store.feedback(None).await.unwrap(), [counts("b", 0, 0, 2), counts("a", 2, 1, 0)]);
    assert_eq!(store.feedback(Some(5)).await.unwrap(), []);
}

#[tokio::test]
async fn twins_of_one_server_are_one_gap() {
    let store = Store::in_memory().await.unwrap();
    let (u, w, h) = (Reason::Unanswered, Reason::Wrong, Reason::Unhelpful);
    let rows = [
        (1, missed("when one", u, Some("near")), date!(2031 - 03 - 05)),
        (1, missed("when two", w, Some("shown")), date!(2031 - 03 - 09)),
        (1, missed("when three", u, Some("other")), date!(2031 - 03 - 01)),
        (1, missed("when one", h, None), date!(2031 - 03 - 06)),
        (1, missed("where one", u, None), TODAY),
        (2, missed("when two", u, None), TODAY),
        (2, missed("  ", u, None), TODAY),
    ];
    for (server, missed, day) in rows {
        store.note(server, &missed, day, &same_first_word).await.unwrap();
    }
    let when = Gap {
        question: "when one".to_owned(),
        unanswered: 2,
        unhelpful: 1,
        wrong: 1,
        nearest: Some(item("shown")),
        first: date!(2031 - 03 - 01),
        last: date!(2031 - 03 - 09),
    };
    let once = |question: &str| Gap {
        question: question.to_owned(),
        unanswered: 1,
        unhelpful: 0,
        wrong: 0,
        nearest: None,
        first: TODAY,
        last: TODAY,
    };
    assert_eq!(store.gaps(Some(1)).await.unwrap(), [when.clone(), once("where one")]);
    assert_eq!(store.gaps(Some(2)).await.unwrap(), [once("when two")]);
    assert_eq!(store.gaps(None).await.unwrap(), [when, once("when two"), once("where one")]);
}

#[tokio::test]
async fn a_question_has_at_most_200_letters_and_a_server_so_many_gaps() {
    let store = Store::in_memory().await.unwrap();
    store.note(1, &missed(&"ü".repeat(300), Reason::Unanswered, None), TODAY, &never).await.unwrap();
    store.note(1, &missed(&"ü".repeat(201), Reason::Unanswered, None), TODAY, &never).await.unwrap();
    for n in 0..MOST_GAPS {
        store.note(1, &missed(&format!("question {n:04}"), Reason::Unanswered, None), TODAY, &never).await.unwrap();
    }
    let gaps = store.gaps(Some(1)).await.unwrap();
    assert_eq!(gaps.len(), MOST_GAPS);
    assert_eq!((gaps[0].question.as_str(), gaps[0].unanswered), ("ü".repeat(200).as_str(), 2), "the most asked stays");
}

#[tokio::test]
async fn gaps_expire_by_their_servers_days() {
    let store = Store::in_memory().await.unwrap();
    store.save_server(&Server { keep_days: 3, ..Server::new(u64::MAX) }).await.unwrap();
    let rows = [
        (u64::MAX, "a", date!(2031 - 03 - 07), true),
        (u64::MAX, "b", date!(2031 - 03 - 08), false),
        (0, "c", date!(2031 - 02 - 08), true),
        (7, "d", date!(2031 - 02 - 09), false),
        (7, "e", date!(2031 - 03 - 12), false),
    ];
    for (server, question, day, _) in rows {
        store.note(server, &missed(question, Reason::Unanswered, None), day, &never).await.unwrap();
    }
    let gone = rows.iter().filter(|row| row.3).count();
    assert_eq!(store.expire(TODAY).await.unwrap(), gone as u64);
    assert_eq!(store.expire(TODAY).await.unwrap(), 0);
    let mut left: Vec<String> = store.gaps(None).await.unwrap().into_iter().map(|gap| gap.question).collect();
    left.sort();
    assert_eq!(left, ["b", "d", "e"]);
}

#[tokio::test]
async fn a_forgotten_server_leaves_the_others_alone() {
    let store = Store::in_memory().await.unwrap();
    for server in servers() {
        store.save_server(&server).await.unwrap();
        store.count(server.id, &item("a"), Verdict::Wrong).await.unwrap();
        store.note(server.id, &missed("when", Reason::Unanswered, None), TODAY, &never).await.unwrap();
    }
    let gone = i64::MAX as u64 + 1;
    store.forget_server(gone).await.unwrap();
    let left: Vec<Server> = servers().into_iter().filter(|server| server.id != gone).collect();
    assert_eq!(saved(&store).await, left);
    assert_eq!((store.feedback(Some(gone)).await.unwrap().len(), store.gaps(Some(gone)).await.unwrap().len()), (0, 0));
    assert_eq!((store.feedback(None).await.unwrap()[0].wrong, store.gaps(None).await.unwrap().len()), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_lose_nothing() {
    const WRITERS: u64 = 50;
    const EACH: u64 = 10;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.db");
    // Two stores on one file are two processes to SQLite.
    let stores = [Store::open(&file).await.unwrap(), Store::open(&file).await.unwrap()];
    let write = |n: u64| {
        let store = stores[n as usize % 2].clone();
        tokio::spawn(async move {
            for _ in 0..EACH {
                store.count(1, &item("a"), Verdict::Helpful).await.unwrap();
                store.note(1, &missed("when", Reason::Unanswered, None), TODAY, &same_first_word).await.unwrap();
                store.save_server(&Server::new(n)).await.unwrap();
            }
        })
    };
    for writer in (0..WRITERS).map(write).collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(stores[0].feedback(None).await.unwrap()[0].helpful, WRITERS * EACH);
    assert_eq!(stores[1].gaps(None).await.unwrap()[0].unanswered, WRITERS * EACH);
    assert_eq!(stores[1].servers().await.unwrap().len() as u64, WRITERS);
}

async fn good_file(folder: &Path) -> PathBuf {
    let file = folder.join("onrecord.db");
    let store = Store::open(&file).await.unwrap();
    store.count(1, &item("a"), Verdict::Helpful).await.unwrap();
    store.close().await;
    file
}

#[tokio::test]
async fn what_cannot_be_opened_is_one_clear_line() {
    type Break = fn(&Path);
    let rows: &[(&str, Break, &str)] = &[
        (
            "no database",
            |file| fs::write(file, "not a database at all, but long enough".repeat(40)).unwrap(),
            "is damaged or no store",
        ),
        (
            "overwritten pages",
            |file| {
                let mut bytes = fs::read(file).unwrap();
                bytes[2_000..].fill(0xA5);
                fs::write(file, bytes).unwrap();
            },
            "is damaged or no store",
        ),
        (
            "cut off",
            |file| {
                let bytes = fs::read(file).unwrap();
                fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
            },
            "is damaged or no store",
        ),
        (
            "a folder",
            |file| {
                fs::remove_file(file).unwrap();
                fs::create_dir(file).unwrap();
            },
            "cannot open the store",
        ),
    ];
    for (name, break_it, want) in rows {
        let folder = tempfile::tempdir().unwrap();
        let file = good_file(folder.path()).await;
        break_it(&file);
        for error in [Store::open(&file).await.unwrap_err(), Store::open_to_read(&file).await.unwrap_err()] {
            let error = error.to_string();
            assert!(error.contains(want) && error.contains("onrecord.db"), "{name}: {error}");
            assert_eq!(error.lines().count(), 1, "{name}: {error}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = Store::open(&folder.path().join("file/below/onrecord.db")).await.unwrap_err().to_string();
    assert!(error.starts_with("cannot make the folder "), "{error}");
    let error = Store::open(Path::new("/proc/onrecord.db")).await.unwrap_err().to_string();
    assert!(error.starts_with("cannot open the store /proc/onrecord.db: "), "{error}");
}

#[tokio::test]
async fn a_file_of_another_version_is_told() {
    use sqlx::Connection;
    let folder = tempfile::tempdir().unwrap();
    let file = good_file(folder.path()).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9, 'x', 1, x'00', 0)";
    sqlx::query(newer).execute(&mut other).await.unwrap();
    for error in [Store::open(&file).await.unwrap_err(), Store::open_to_read(&file).await.unwrap_err()] {
        assert!(matches!(error, StoreError::Newer { found: 9, .. }), "{error}");
        assert!(
            error.to_string().contains("was written by a newer version (tables 9, this version knows 2)"),
            "{error}"
        );
    }
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version > 1").execute(&mut other).await.unwrap();
    assert!(matches!(Store::open_to_read(&file).await.unwrap_err(), StoreError::Older(_)));
    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    let error = Store::open_to_read(&empty).await.unwrap_err().to_string();
    assert!(error.contains("is damaged or no store (it has no tables)"), "{error}");
}

#[tokio::test]
async fn reading_makes_nothing_and_sees_what_a_running_bot_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.db");
    assert!(matches!(Store::open_to_read(&file).await.unwrap_err(), StoreError::Missing(_)));
    assert!(!file.exists());
    let bot = Store::open(&file).await.unwrap();
    bot.count(1, &item("a"), Verdict::Helpful).await.unwrap();
    let reader = Store::open_to_read(&file).await.unwrap();
    assert_eq!(reader.feedback(None).await.unwrap()[0].helpful, 1);
    bot.count(1, &item("a"), Verdict::Helpful).await.unwrap();
    assert_eq!(reader.feedback(None).await.unwrap()[0].helpful, 2);
    let refused = reader.count(1, &item("a"), Verdict::Helpful).await.unwrap_err().to_string();
    assert!(refused.contains("readonly"), "{refused}");
}

/// Names the file for the child that is killed.
const CHILD: &str = "ONRECORD_TEST_STORE";

/// No test by itself: what `a_killed_process_loses_nothing_it_acknowledged` starts and kills.
#[tokio::test]
async fn child_that_writes_until_it_is_killed() {
    let Some(file) = std::env::var_os(CHILD) else { return };
    let store = Store::open(Path::new(&file)).await.unwrap();
    let mut written = total(&store).await;
    loop {
        match written % 3 {
            0 => store.count(1, &item("a"), Verdict::Helpful).await.unwrap(),
            1 => store.note(1, &missed("when", Reason::Unanswered, None), TODAY, &never).await.unwrap(),
            _ => {
                let saves = saved(&store).await.first().map_or(0, |server| server.keep_days);
                store.save_server(&Server { keep_days: saves + 1, ..Server::new(1) }).await.unwrap();
            }
        }
        written += 1;
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nwritten {written}").and_then(|()| out.flush()).unwrap();
    }
}

/// All writes that a file holds.
async fn total(store: &Store) -> u64 {
    let counted = store.feedback(None).await.unwrap().first().map_or(0, |f| f.helpful);
    let noted = store.gaps(None).await.unwrap().first().map_or(0, |g| g.unanswered);
    let saves = saved(store).await.first().map_or(0, |s| u64::from(s.keep_days));
    counted + noted + saves
}

/// Starts the child, kills it with SIGKILL after `lines` more acknowledgements, and gives the last one it got out.
fn killed_after(file: &Path, lines: usize) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_writes_until_it_is_killed", "--nocapture"])
        .env(CHILD, file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let mut acknowledged = out.lines().filter_map(|line| line.unwrap().strip_prefix("written ")?.parse::<u64>().ok());
    let mut last = acknowledged.by_ref().take(lines).last().unwrap();
    child.kill().unwrap();
    // What it had told before it died counts as well.
    last = acknowledged.last().unwrap_or(last);
    child.wait().unwrap();
    last
}

#[tokio::test]
async fn a_killed_process_loses_nothing_it_acknowledged() {
    const KILLS: usize = 50;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.db");
    for kill in 0..KILLS {
        let acknowledged = killed_after(&file, 1 + kill * 7 % 23);
        // Every other time whoever looks first may only read.
        let store = if kill % 2 == 0 { Store::open(&file).await } else { Store::open_to_read(&file).await };
        let store = store.unwrap();
        let held = total(&store).await;
        assert!((acknowledged..=acknowledged + 1).contains(&held), "kill {kill}: {acknowledged} told, {held} held");
        store.close().await;
    }
}
