//! Proof of quotes and anchors: each verdict as a row, and an invented story against its article.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::knowledge::{Story, Verdict, digest, load_text, verify};
use time::macros::date;

const ARTICLE: &str = "The Elmsworth Courier\n\nThe bridge stays shut\nuntil at least 30 June.\n\n“We will not reopen it on a promise” — \
    so the\u{A0}council. We will wait. Then we will wait.\n\n\n \nShare this";

fn story(exact: &str, place: &str) -> Story {
    let text = format!(
        "[story]\nid = \"s\"\ntitle = \"t\"\n[[source]]\nid = \"a\"\nheadline = \"h\"\nbody = [2, 3]\n\
         [[quote]]\nid = \"q\"\nexact = '''{exact}'''\nsource = {{ id = \"a\"{place} }}\n"
    );
    let (story, diagnostics) = load_text("s.toml", &text, date!(2031 - 01 - 01));
    story.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

#[test]
fn verdicts() {
    use Verdict::{Absent, Ambiguous, Exact, Folded, Misplaced};
    let rows = [
        ("until at least 30 June", ", paragraph = 1", Exact),
        ("The bridge stays shut until", ", paragraph = 1", Folded),
        ("so the council", ", paragraph = 2", Folded),
        ("\"We will not reopen it on a promise\" - so", ", paragraph = 2", Folded),
        ("until at least 30 june", ", paragraph = 1", Absent),
        ("until at least 31 June", ", paragraph = 1", Absent),
        ("We will reopen it on a promise", ", paragraph = 2", Absent),
        ("We will not, reopen it", ", paragraph = 2", Absent),
        ("until at least 30 June", ", paragraph = 2", Misplaced(Some(1))),
        ("Share this", ", paragraph = 2", Misplaced(None)),
        ("Share this", ", part = \"aside\"", Exact),
        ("The Elmsworth Courier", ", part = \"headline\"", Exact),
        ("until at least 30 June", "", Exact),
        ("stay", ", paragraph = 1", Absent),
        ("will wait", ", paragraph = 2", Ambiguous),
        ("will wait", ", paragraph = 2, prefix = \"Then we\"", Exact),
        ("will wait", ", paragraph = 2, suffix = \". Then\"", Exact),
    ];
    for (exact, place, want) in rows {
        let story = story(exact, place);
        let proofs = verify(&story, &story.sources[0].id, ARTICLE);
        assert_eq!(proofs.len(), 1);
        assert_eq!(proofs[0].verdict, want, "{exact:?}{place}");
    }
}

#[test]
fn what_is_absent_is_told_with_the_nearest_there_is() {
    let rows = [
        ("until at least 30 june", Some("until at least 30 June.")),
        ("until at least 31 June", Some("until at least 30 June.")),
        ("We will now wait", Some("council. We will wait.")),
        ("The ferry sails at dawn every Tuesday", None),
        ("until at least 30 June", None),
    ];
    for (exact, near) in rows {
        let story = story(exact, "");
        let proofs = verify(&story, &story.sources[0].id, ARTICLE);
        assert_eq!(proofs[0].near.as_deref(), near, "{exact}");
    }
}

#[test]
fn a_digest_follows_the_words_not_the_print() {
    let same = ARTICLE.replace(['“', '”'], "\"").replace('\u{A0}', " ").replace("\n\n\n \n", "\n\n");
    assert_eq!(digest(ARTICLE), digest(&same));
    assert_ne!(digest(ARTICLE), digest(&ARTICLE.replace("30 June", "31 June")));
}

#[test]
fn an_invented_story_is_proved_against_its_article() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let story =
        load_text("tarnhill-seed-bank.toml", &read("tarnhill-seed-bank.toml"), date!(2031 - 01 - 01)).0.unwrap();
    let article = read("tarnhill-seed-bank.article.txt");
    let proofs = verify(&story, &story.sources[0].id, &article);
    assert!(proofs.len() >= 25, "{}", proofs.len());
    for proof in proofs {
        assert!(proof.verdict.is_proof(), "{}: {:?} {:?}", proof.id, proof.verdict, proof.exact);
    }
}
