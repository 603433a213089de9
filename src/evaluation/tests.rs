//! The judge itself: rows of wishes and replies, each with a verdict that would be another if the reply were.

use std::path::Path;

use super::given::{Given, further};
use super::judge::second;
use super::mark::mark;
use super::{DialogueReport, Dialogues, Gold, GoldFile, Half, Judged, Mark, Part, Report, TurnKind};
use super::{judge, judge_dialogues, sweep};
use crate::answer::Outcome::{self, Answer, Clarify, Meta, Nearest, Several, Silent, Unknown};
use crate::answer::{Engine, Page, Reply, ShownFact, ShownQuote, State, Suggestion, Thresholds};
use crate::knowledge::load_folder;
use crate::matcher::Scope;

const SEEDS: &str = "tarnhill-seed-bank";
const TRAINS: &str = "piz-serac-railway";

fn engine() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let stories = load_folder(&folder, time::macros::date!(2031 - 01 - 01)).unwrap().stories;
    Engine::new(
        stories.into_iter().filter(|s| [SEEDS, TRAINS].contains(&s.id.as_str())).collect(),
        Thresholds::default(),
    )
}

/// Makes replies that show what a row says, in the shape of a true one.
struct Maker {
    engine: Engine,
    fact: ShownFact,
    quote: ShownQuote,
    reply: Reply,
}

impl Maker {
    fn new() -> Self {
        let engine = engine();
        let questions = engine.stories().iter().flat_map(|s| s.facts.iter()).flat_map(|f| &f.questions);
        let mut replies = questions.map(|q| engine.reply(&q.text, Scope::All));
        let reply = replies.find(|r| !r.facts.is_empty() && !r.quotes.is_empty()).unwrap();
        let (mut fact, mut quote) = (reply.facts[0].clone(), reply.quotes[0].clone());
        (fact.label, fact.by, fact.statement) = (None, None, "So it was.".to_owned());
        (quote.exact, quote.speaker, quote.role) = ("So it was".to_owned(), None, None);
        let reply =
            Reply { lead: None, facts: Vec::new(), quotes: Vec::new(), page: None, suggestions: Vec::new(), ..reply };
        Self { engine, fact, quote, reply }
    }

    /// `shown`: ids, or STORY/ID, with spaces between.
    fn reply(&self, outcome: Outcome, lead: &str, shown: &str) -> Reply {
        let mut reply = Reply { outcome, lead: (!lead.is_empty()).then(|| lead.to_owned()), ..self.reply.clone() };
        for name in shown.split_whitespace() {
            let (story, id) = name.split_once('/').unwrap_or((SEEDS, name));
            let known = self.engine.stories().iter().find(|s| s.id.as_str() == story).unwrap();
            let (story, id) = (story.to_owned(), id.to_owned());
            if known.facts.iter().any(|f| f.id.as_str() == id) {
                reply.facts.push(ShownFact { story, id, ..self.fact.clone() });
            } else {
                assert!(known.quotes.iter().any(|q| q.id.as_str() == id), "{id}");
                reply.quotes.push(ShownQuote { story, id, ..self.quote.clone() });
            }
        }
        reply
    }
}

fn gold(question: &str) -> String {
    let head = if question.contains('/') {
        format!("stories = [\"{SEEDS}\", \"{TRAINS}\"]")
    } else {
        format!("story = \"{SEEDS}\"")
    };
    format!("{head}\n[[question]]\nq = \"?\"\nkind = \"row\"\n{question}\n")
}

#[test]
fn verdicts_on_questions() {
    let one = r#"want = ["losses", "library"]"#;
    let lacks = r#"want = ["lacks:losses"]"#;
    let meta = r#"want = ["meta"]"#;
    let both = "want = [\"losses\", \"copies\"]\nboth = true";
    let choice =
        r#"want = ["clarify", "tarnhill-seed-bank/losses", "piz-serac-railway/order", "piz-serac-railway/tickets"]"#;
    let two = r#"want = ["clarify", "losses", "copies"]"#;
    let rows: &[(&str, Outcome, &str, Mark)] = &[
        (one, Answer, "losses", Mark::Right),
        (one, Answer, "eleven-crowns library", Mark::Right),
        (one, Answer, "warming", Mark::Wrong),
        (one, Clarify, "warming losses", Mark::Right),
        (one, Nearest, "losses", Mark::Offered),
        (one, Nearest, "warming", Mark::Wrong),
        (one, Unknown, "", Mark::Refused),
        (one, Meta, "", Mark::Refused),
        (lacks, Answer, "losses", Mark::Wrong),
        (lacks, Nearest, "losses", Mark::Right),
        (lacks, Unknown, "", Mark::Right),
        (r#"want = ["unknown"]"#, Answer, "losses", Mark::Wrong),
        (r#"want = ["unknown"]"#, Unknown, "", Mark::Right),
        (meta, Meta, "", Mark::Right),
        (meta, Unknown, "", Mark::Refused),
        (meta, Answer, "losses", Mark::Wrong),
        (r#"want = ["meta", "losses"]"#, Meta, "", Mark::Right),
        (r#"want = ["meta", "losses"]"#, Answer, "losses", Mark::Right),
        (both, Answer, "losses copies", Mark::Right),
        (both, Several, "copies losses", Mark::Right),
        (both, Answer, "losses", Mark::Wrong),
        (both, Nearest, "losses copies", Mark::Offered),
        (both, Unknown, "", Mark::Refused),
        (choice, Clarify, "losses piz-serac-railway/tickets", Mark::Right),
        (choice, Clarify, "losses copies", Mark::Wrong),
        (choice, Answer, "losses", Mark::Wrong),
        (choice, Unknown, "", Mark::Refused),
        (two, Clarify, "losses copies", Mark::Right),
        (two, Clarify, "losses warming", Mark::Wrong),
        (r#"want = ["piz-serac-railway/order"]"#, Answer, "piz-serac-railway/order", Mark::Right),
        (r#"want = ["piz-serac-railway/order"]"#, Answer, "losses", Mark::Wrong),
    ];
    let maker = Maker::new();
    for (question, outcome, shown, want) in rows {
        let gold = Gold::parse(&gold(question)).unwrap();
        let given = Given { reply: maker.reply(*outcome, "", shown), further: Vec::new() };
        let got = mark(gold.questions[0].wish(), &given, maker.engine.stories());
        assert_eq!(got, *want, "{question}: {} {shown}", outcome.as_str());
    }
}

#[test]
fn verdicts_on_lists() {
    let quotes = "want = [\"moisture\", \"rye\"]\nlist = true\nmay = [\"against-mine\", \"cellar\"]";
    let five = "want = [\"losses\", \"warming\", \"varieties\", \"bluehusk\", \"copies\"]\nlist = true";
    // The fact brings its denial, and the denial its quote: none of it is an extra.
    let claims = "want = [\"power-cut-suspected\", \"relay\"]\nlist = true";
    let rows: &[(&str, Outcome, &[&str], Mark)] = &[
        (quotes, Several, &["moisture rye"], Mark::Right),
        (quotes, Several, &["moisture", "rye"], Mark::Right),
        (quotes, Several, &["rye", "against-mine", "cellar moisture"], Mark::Right),
        (quotes, Several, &["moisture rye losses"], Mark::Right),
        (quotes, Several, &["moisture rye losses", "warming"], Mark::Offered),
        (quotes, Several, &["moisture"], Mark::Offered),
        (quotes, Nearest, &["moisture rye"], Mark::Offered),
        (quotes, Answer, &["losses"], Mark::Wrong),
        (quotes, Unknown, &[""], Mark::Refused),
        (five, Several, &["losses warming", "varieties bluehusk", "copies"], Mark::Right),
        (five, Several, &["losses warming varieties"], Mark::Offered),
        (five, Several, &["losses warming"], Mark::Wrong),
        (claims, Several, &["power-cut-suspected power-cut meters", "relay losses"], Mark::Right),
        (claims, Several, &["power-cut-suspected power-cut meters", "relay losses copies"], Mark::Offered),
    ];
    let maker = Maker::new();
    for (question, outcome, pages, want) in rows {
        let gold = Gold::parse(&gold(question)).unwrap();
        let mut pages_given = pages.iter().map(|shown| maker.reply(*outcome, "", shown));
        let given = Given { reply: pages_given.next().unwrap(), further: pages_given.collect() };
        let got = mark(gold.questions[0].wish(), &given, maker.engine.stories());
        assert_eq!(got, *want, "{question}: {} {pages:?}", outcome.as_str());
    }
}

#[test]
fn verdicts_on_turns() {
    let rows: &[(&str, Outcome, &str, &str, Mark)] = &[
        (r#"["source:losses"]"#, Meta, "It is from The Tarnhill Gazette.", "", Mark::Right),
        (r#"["source:losses"]"#, Meta, "https://example.org/2034/02/19/tarnhill-seed-bank", "", Mark::Right),
        (r#"["source:losses"]"#, Meta, "Hello.", "", Mark::Refused),
        (r#"["source:losses"]"#, Answer, "", "losses", Mark::Right),
        (r#"["source:losses"]"#, Answer, "", "warming", Mark::Wrong),
        (r#"["source:losses"]"#, Unknown, "The Tarnhill Gazette doesn't say.", "", Mark::Refused),
        (r#"["speaker:Zdeněk Hořák"]"#, Meta, "Zdenek Horak said so.", "", Mark::Right),
        (r#"["speaker:Zdeněk Hořák"]"#, Meta, "Somebody said so.", "", Mark::Refused),
        (r#"["speaker:Zdeněk Hořák"]"#, Answer, "", "losses", Mark::Wrong),
        // The name stands in the source line only, which says nothing about who spoke.
        (r#"["speaker:Gazette"]"#, Answer, "", "losses", Mark::Wrong),
        (r#"["speaker:not named"]"#, Meta, "The article doesn’t name them.", "", Mark::Right),
        (r#"["speaker:not named"]"#, Unknown, "The story doesn't say.", "", Mark::Refused),
        ("[]", Unknown, "", "", Mark::Right),
        ("[]", Answer, "", "losses", Mark::Right),
        ("[]", Several, "", "losses", Mark::Wrong),
        ("[]", Silent, "", "", Mark::Wrong),
    ];
    let maker = Maker::new();
    for (want, outcome, lead, shown, mark_wanted) in rows {
        let turn = format!("[[dialogue.turn]]\nsay = \"?\"\nkind = \"followup\"\nwant = {want}\n");
        let file = Dialogues::parse(&format!("story = \"{SEEDS}\"\n[[dialogue]]\nname = \"row\"\n{turn}")).unwrap();
        let given = Given { reply: maker.reply(*outcome, lead, shown), further: Vec::new() };
        let got = mark(file.dialogues[0].turns[0].wish(), &given, maker.engine.stories());
        assert_eq!(got, *mark_wanted, "{want}: {} {lead:?} {shown}", outcome.as_str());
    }
}

#[test]
fn a_list_is_read_to_its_end_and_never_beyond() {
    let maker = Maker::new();
    let page = |first, last, all| {
        let page = Page { code: String::new(), first, last, all };
        Reply { page: Some(page), ..maker.reply(Several, "", "losses") }
    };
    let none = maker.reply(Unknown, "", "");
    // What each "more" brings, and how many pages follow the first of 3 in 8.
    let rows: Vec<(Vec<Reply>, usize)> = vec![
        (vec![page(4, 6, 8), page(7, 8, 8), page(1, 3, 8)], 2),
        (vec![none.clone()], 0),
        (vec![page(1, 3, 8)], 0),
        (vec![page(4, 6, 8), page(4, 6, 8)], 1),
    ];
    for (pages, want) in rows {
        let mut next = pages.into_iter();
        let got = further(&page(1, 3, 8), State::default(), |_| (next.next().unwrap(), State::default()));
        assert_eq!(got.len(), want);
    }
    assert!(further(&none, State::default(), |_| unreachable!("no list")).is_empty());
}

#[test]
fn the_second_thing() {
    let maker = Maker::new();
    let suggestion = |id: &str| Suggestion { story: SEEDS.to_owned(), id: id.to_owned(), text: id.to_owned() };
    let suggestions = vec![suggestion("copies"), suggestion("vote")];
    let rows = [
        ("losses warming", Some("warming")),
        ("moisture rye", Some("rye")),
        ("eleven-crowns library", Some("vote")),
        ("", Some("vote")),
    ];
    for (shown, want) in rows {
        let reply = Reply { suggestions: suggestions.clone(), ..maker.reply(Answer, "", shown) };
        assert_eq!(second(&reply).map(|(_, id)| id), want, "{shown}");
    }
    assert_eq!(second(&maker.reply(Answer, "", "losses")), None);
}

#[test]
fn dialogues_are_held_and_counted() {
    let turn = |say: &str, kind: &str, want: &str| {
        format!("[[dialogue.turn]]\nsay = \"{say}\"\nkind = \"{kind}\"\nwant = [\"{want}\"]\n")
    };
    let asked = "How many volunteers helped?";
    let turns =
        [turn(asked, "opening", "volunteers"), turn(asked, "followup", "volunteers"), turn(asked, "followup", "vote")];
    let file = format!("story = \"{SEEDS}\"\n[[dialogue]]\nname = \"one\"\n{}", turns.concat());
    let GoldFile::Dialogues(file) = GoldFile::parse(&file).unwrap() else { panic!("it has dialogues") };
    let engine = engine();
    let judged = judge_dialogues(&engine, &file, None);
    let marks: Vec<(usize, Mark)> = judged.iter().map(|j| (j.number, j.mark)).collect();
    assert_eq!(marks, [(1, Mark::Right), (2, Mark::Right), (3, Mark::Wrong)]);
    let report = DialogueReport::of(&judged);
    assert_eq!(report.kinds[&TurnKind::Opening].right, 1);
    assert!((report.right() - 0.5).abs() < f32::EPSILON);
    assert!(judge_dialogues(&engine, &file, Some(Half::Held)).is_empty());
}

#[test]
fn questions_are_counted_by_side_and_by_story() {
    let question = |q: &str, want: &str| format!("[[question]]\nq = \"{q}\"\nkind = \"row\"\nwant = [\"{want}\"]\n");
    let rows = [
        question("How many volunteers helped?", "tarnhill-seed-bank/volunteers"),
        question("How many volunteers helped?", "piz-serac-railway/order"),
        question("How many volunteers helped?", "unknown"),
        question("hello", "meta"),
    ];
    let gold = Gold::parse(&format!("stories = [\"{SEEDS}\", \"{TRAINS}\"]\n{}", rows.concat())).unwrap();
    let judged: Vec<Judged<'_>> = judge(&engine(), &gold, None);
    let marks: Vec<Mark> = judged.iter().map(|j| j.mark).collect();
    assert_eq!(marks, [Mark::Right, Mark::Wrong, Mark::Wrong, Mark::Right]);
    let report = Report::of(&judged);
    assert_eq!((report.answerable.all(), report.unanswerable.all(), report.meta.all()), (2, 1, 1));
    assert_eq!(report.story, Part { part: 1, all: 2 });
    assert!((report.invented() - 1.0).abs() < f32::EPSILON);
    let swept = sweep(vec![(engine(), &gold)], None);
    assert!(swept.iter().all(|row| row.report.answerable.all() == 2));
}

#[test]
fn what_a_file_may_not_say() {
    let question = |rest: &str| format!("story = \"a\"\n[[question]]\nq = \"who?\"\nkind = \"row\"\n{rest}");
    let turn = "[[dialogue]]\nname = \"one\"\n[[dialogue.turn]]\nsay = \"?\"\nkind = \"new\"\n";
    let rows = [
        (question("want = []"), "question 1, \"who?\": `want` is empty; write \"unknown\""),
        (question("want = [\"unknown\"]\nlist = true"), "need the ids to show"),
        (question("want = [\"clarify\"]"), "need the ids to show"),
        (question("want = [\"x\"]\nlist = true\nboth = true"), "keep one of them"),
        (question("want = [\"b/x\"]"), "`b/x` names no item; write an id of the file's story"),
        (
            question("want = [\"x\"]").replace("story = \"a\"", "stories = [\"a\", \"b\"]"),
            "`x` names no item; write STORY/ID",
        ),
        (question("want = [\"x\"]").replace("story = \"a\"", ""), "write either story = \"ID\" or stories ="),
        (
            question("want = [\"x\"]").replace("story =", "stories = [\"b\"]\nstory ="),
            "write either story = \"ID\" or stories =",
        ),
        (question("want = [\"x\"]\nwish = 1"), "not a file of gold questions: line 6: unknown field `wish`"),
        (
            format!("story = \"a\"\n{turn}want = [\"b/x\"]"),
            "not a file of dialogues: dialogue \"one\", turn 1: `b/x` names no item",
        ),
        (
            format!("story = \"a\"\n{turn}want = []\nboth = true"),
            "not a file of dialogues: line 8: unknown field `both`",
        ),
        ("= 1".to_owned(), "not a file of gold questions: line 1"),
    ];
    for (text, want) in rows {
        let error = GoldFile::parse(&text).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(want) && !error.contains('\n'), "{text}\n{error}");
    }
}
