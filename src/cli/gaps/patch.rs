//! Gaps as TOML for an editor to review: questions to add, questions to keep away, and drafts.
//!
//! Whatever strangers typed, the whole has to parse: every text of theirs goes through `quoted`, in comments too.

use std::collections::BTreeMap;

use time::Date;

use super::{Case, counted, shown};
use crate::answer::Engine;
use crate::answer::normalised;
use crate::knowledge::Story;
use crate::store::Item;

/// What is proposed for one fact or quote; each line has its comment.
#[derive(Default)]
struct Proposal {
    questions: Vec<String>,
    not_for: Vec<String>,
    /// What somebody says is wrong with it, and questions of the editor's own that were answered badly.
    to_check: Vec<String>,
}

pub(super) fn written(cases: &[Case], engine: &Engine, today: Date) -> String {
    let mut out =
        format!("# Proposed by `onrecord gaps --toml` on {today}. Review it; nothing here was checked by a person.\n");
    let mut of: BTreeMap<Item, Proposal> = BTreeMap::new();
    let mut drafts = Vec::new();
    for case in cases {
        let line = format!("    {}, # {}", quoted(&case.gap.question), told(case));
        let rated = rated(case, engine);
        if let Some(item) = rated.filter(|item| is_report(case) || is_authored(case, engine, item)) {
            of.entry(item.clone()).or_default().to_check.push(line);
            continue;
        }
        if let Some(item) = rated {
            of.entry(item.clone()).or_default().not_for.push(line.clone());
        }
        let fits = fitting(case).filter(|item| Some(*item) != rated);
        match fits {
            Some(item) => of.entry(item.clone()).or_default().questions.push(line),
            // Kept away from a fact, it is still without an answer.
            None => drafts.push(draft(case)),
        }
    }
    for story in engine.stories() {
        let of_story: Vec<_> = of.iter().filter(|(item, _)| item.story == story.id.as_str()).collect();
        if !of_story.is_empty() {
            out.push_str(&format!("\n# Story {}: {}\n", story.id, shown(&story.title)));
        }
        of_story.into_iter().for_each(|(item, proposal)| out.push_str(&table(story, item, proposal)));
    }
    if !drafts.is_empty() {
        out.push_str(
            "\n# Drafts: no fact fits. Where an article has the answer, write the statement and its source.\n",
        );
        out.push_str(&drafts.concat());
    }
    out
}

/// Whether all that came is what "This is wrong" was given as a reason: a sentence, not a question.
fn is_report(case: &Case) -> bool {
    case.gap.wrong > 0 && case.gap.unanswered + case.gap.unhelpful == 0
}

/// Whether the question is one that the editor gave the item.
fn is_authored(case: &Case, engine: &Engine, item: &Item) -> bool {
    let story = engine.stories().iter().find(|story| story.id.as_str() == item.story);
    let facts =
        story.iter().flat_map(|s| s.facts.iter()).filter(|f| f.id.as_str() == item.id).flat_map(|f| &f.questions);
    let quotes = story.iter().flat_map(|s| &s.quotes).filter(|q| q.id.as_str() == item.id).flat_map(|q| &q.questions);
    facts.chain(quotes).any(|q| normalised(&q.text).as_deref() == Some(case.gap.question.as_str()))
}

/// The item on which the question was called wrong or unhelpful, if the base still has it.
fn rated<'a>(case: &'a Case, engine: &Engine) -> Option<&'a Item> {
    let is_rated = case.gap.wrong + case.gap.unhelpful > 0;
    case.gap.nearest.as_ref().filter(|item| is_rated && kind(engine, item).is_some())
}

/// The best candidate where it is sure enough to be proposed to an editor; a member is offered less sure ones.
fn fitting(case: &Case) -> Option<&Item> {
    const SURE: f32 = 0.2;
    case.best.as_ref().filter(|(_, sure)| *sure >= SURE).map(|(item, _)| item)
}

fn kind(engine: &Engine, item: &Item) -> Option<&'static str> {
    engine.stories().iter().find(|story| story.id.as_str() == item.story).and_then(|story| kind_in(story, item))
}

fn kind_in(story: &Story, item: &Item) -> Option<&'static str> {
    let is_fact = story.facts.iter().any(|fact| fact.id.as_str() == item.id);
    let is_quote = story.quotes.iter().any(|quote| quote.id.as_str() == item.id);
    if is_fact { Some("fact") } else { is_quote.then_some("quote") }
}

fn table(story: &Story, item: &Item, proposal: &Proposal) -> String {
    let mut out = format!("\n[[{}]]\nid = {}\n", kind_in(story, item).unwrap_or("fact"), quoted(&item.id));
    let checks = proposal.to_check.iter().map(|line| format!("# to check: {}\n", line.trim()));
    out.extend(checks);
    for (key, lines) in [("questions", &proposal.questions), ("not_for", &proposal.not_for)] {
        if !lines.is_empty() {
            out.push_str(&format!("{key} = [\n{}\n]\n", lines.join("\n")));
        }
    }
    out
}

fn draft(case: &Case) -> String {
    format!(
        "\n# {}\n# [[fact]]\n# id = \"\"\n# statement = \"\"\n# questions = [{}]\n# source = {{ id = \"\", paragraph = 1, exact = \"\" }}\n",
        told(case),
        quoted(&case.gap.question)
    )
}

/// The counts, the days, and how near the nearest is.
fn told(case: &Case) -> String {
    let (first, last) = (case.gap.first, case.gap.last);
    let days = if first == last { format!("on {first}") } else { format!("{first} to {last}") };
    let sure = case.best.as_ref().map_or_else(String::new, |(item, sure)| {
        format!("; nearest {} in {}, {sure:.2}, now: {}", shown(&item.id), shown(&item.story), case.now)
    });
    format!("{}, {days}{sure}", counted(&case.gap))
}

/// A TOML string. One of JSON is one of TOML, once no control character is left.
fn quoted(text: &str) -> String {
    serde_json::Value::from(shown(text)).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;
    use crate::answer::Thresholds;
    use crate::knowledge::load_folder;
    use crate::store::Gap;

    const DAY: Date = date!(2031 - 03 - 11);
    const STORY: &str = "kaspersky-washington-office";

    fn engine() -> Engine {
        let loaded = load_folder(std::path::Path::new("knowledge"), DAY).unwrap();
        Engine::new(loaded.stories, Thresholds::default())
    }

    fn item(id: &str) -> Item {
        Item { story: STORY.to_owned(), id: id.to_owned() }
    }

    fn case(question: &str, counts: [u64; 3], nearest: Option<&str>, best: Option<(&str, f32)>) -> Case {
        let [unanswered, unhelpful, wrong] = counts;
        let question = question.to_owned();
        let nearest = nearest.map(item);
        let gap = Gap { question, unanswered, unhelpful, wrong, nearest, first: DAY, last: DAY };
        Case { gap, best: best.map(|(id, sure)| (item(id), sure)), now: "unknown" }
    }

    fn strings(value: &toml::Value, key: &str) -> Vec<String> {
        let list = value.get(key).and_then(toml::Value::as_array);
        list.into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn where_a_question_goes() {
        let engine = engine();
        let (fact, other) = (engine.stories()[0].facts[0].id.to_string(), engine.stories()[0].facts[1].id.to_string());
        let quote = engine.stories()[0].quotes[0].id.to_string();
        let cases = [
            case("fits", [3, 0, 0], None, Some((&fact, 0.9))),
            case("fits a quote", [1, 0, 0], Some(&other), Some((&quote, 0.9))),
            case("is far", [2, 0, 0], Some(&fact), Some((&fact, 0.01))),
            case("is wrong", [0, 1, 2], Some(&fact), Some((&fact, 0.9))),
            case("is wrong and fits another", [0, 1, 0], Some(&fact), Some((&other, 0.9))),
            case("it closed in spring", [0, 0, 1], Some(&fact), Some((&other, 0.9))),
            case("is wrong on what is gone", [0, 0, 1], Some("gone"), Some((&other, 0.9))),
            case("has nothing", [1, 0, 0], None, None),
        ];
        let text = written(&cases, &engine, DAY);
        let parsed: toml::Table = toml::from_str(&text).unwrap();
        let rows: [(&str, &str, &[&str], &[&str]); 3] = [
            ("fact", &fact, &["fits"], &["is wrong", "is wrong and fits another"]),
            ("fact", &other, &["is wrong and fits another", "is wrong on what is gone"], &[]),
            ("quote", &quote, &["fits a quote"], &[]),
        ];
        for (kind, id, questions, not_for) in rows {
            let tables = parsed[kind].as_array().unwrap();
            let table = tables.iter().find(|t| t["id"].as_str() == Some(id)).unwrap();
            assert_eq!(
                (strings(table, "questions"), strings(table, "not_for")),
                (
                    questions.iter().map(|q| (*q).to_owned()).collect(),
                    not_for.iter().map(|q| (*q).to_owned()).collect(),
                ),
                "{id}\n{text}"
            );
        }
        // A report is no question.
        assert!(text.contains("# to check: \"it closed in spring\""), "{text}");
        for draft in ["is far", "is wrong", "has nothing"] {
            assert!(text.contains(&format!("# questions = [\"{draft}\"]")), "{draft}\n{text}");
        }
        assert!(text.contains("\"is wrong\", # 1 unhelpful, 2 wrong, on 2031-03-11; nearest "), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_strangers_typed_stays_in_its_quotation_marks(
            typed in proptest::collection::vec("(?s).{0,40}|[\"'\\\\#\\[\\]=\\r\\n\u{7f}\u{85}\u{2028}a]{0,12}", 3),
            id in "(?s).{0,20}",
        ) {
            let engine = engine_once();
            let fact = engine.stories()[0].facts[0].id.to_string();
            let cases = [
                case(&typed[0], [1, 0, 0], Some(&id), Some((&fact, 0.9))),
                case(&typed[1], [0, 1, 1], Some(&fact), Some((&id, 0.1))),
                case(&typed[2], [1, 0, 0], None, None),
            ];
            let text = written(&cases, engine, DAY);
            let breaks_out = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}');
            prop_assert!(!text.contains(breaks_out), "{}", text);
            let parsed: toml::Table = toml::from_str(&text).unwrap();
            prop_assert_eq!(parsed.keys().collect::<Vec<_>>(), vec!["fact"]);
            let table = &parsed["fact"].as_array().unwrap()[0];
            prop_assert_eq!(strings(table, "questions"), vec![shown(&typed[0])]);
            prop_assert_eq!(strings(table, "not_for"), vec![shown(&typed[1])]);
        }
    }

    fn engine_once() -> &'static Engine {
        static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
        ENGINE.get_or_init(engine)
    }
}
