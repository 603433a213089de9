//! What must hold of matching whatever the facts and the questions are.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use onrecord::matcher::{Base, Candidate, Entry, Index, Scope};
use proptest::prelude::*;

const MOST: usize = 10;

fn entry(text: &str, questions: &[&str], not_for: &[&str]) -> Entry {
    let owned = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
    Entry { text: text.to_owned(), questions: owned(questions), not_for: owned(not_for), ..Entry::default() }
}

fn index(entries: Vec<Entry>) -> Index {
    Index::new(&[Base { entries, ..Base::default() }])
}

fn found(index: &Index, question: &str) -> Vec<Candidate> {
    index.rank(question, Scope::All, MOST).candidates
}

/// Facts of an invented harbour, with what is asked about them.
fn harbour() -> Vec<Entry> {
    vec![
        entry(
            "The harbour of Vellmar stays shut until the crane is mended.",
            &["When does the harbour open again?", "Why is the harbour shut?"],
            &["is the airport shut", "when does the fish market open"],
        ),
        entry("Twelve boats lie in the inner basin.", &["How many boats are in the basin?"], &[]),
        entry("The mayor, Ilse Brandt, blames the insurer for the delay.", &["Who is to blame for the delay?"], &[]),
        entry(
            "A new crane costs four million crowns.",
            &["What does a new crane cost?"],
            &["what does a new boat cost"],
        ),
        entry("The fish market moves to Osterhagen in the meantime.", &["Where does the fish market go?"], &[]),
    ]
}

#[test]
fn what_it_is_not_for_keeps_a_fact_out_however_it_is_asked() {
    // Question, the fact that must not answer it.
    let rows = [
        ("is the airport shut", 0),
        ("is the airport closed", 0),
        ("iz the airprot shut", 0),
        ("shut is the airport?", 0),
        ("the airport, is it shut", 0),
        ("when does the fish market open", 0),
        ("when is the fish market opening", 0),
        ("when dose teh fish markt open", 0),
        ("what does a new boat cost", 3),
        ("a new boat costs what?", 3),
        ("waht does a new baot cost", 3),
        ("how much is the cost of a new boat", 3),
    ];
    let with = index(harbour());
    let without = index(harbour().into_iter().map(|e| Entry { not_for: Vec::new(), ..e }).collect());
    for (question, fact) in rows {
        let confidence = |index: &Index| {
            let of_fact = found(index, question).into_iter().find(|c| c.entry == fact);
            of_fact.map_or(0.0, |c| c.confidence.get())
        };
        let (kept_out, let_in) = (confidence(&with), confidence(&without));
        assert!(kept_out < 0.2, "{question}: {kept_out}");
        assert!(let_in > kept_out, "{question}: not_for changes nothing, {let_in}");
    }
}

#[test]
fn what_it_is_for_still_finds_it() {
    let index = index(harbour());
    for (n, entry) in harbour().iter().enumerate() {
        for question in &entry.questions {
            let first = found(&index, question).remove(0);
            assert_eq!(first.entry, n, "{question}");
            assert!(first.confidence.get() > 0.6, "{question}: {:?}", first.confidence);
        }
    }
}

#[test]
fn a_scope_finds_its_own_story_only() {
    let base = |entries| Base { entries, ..Base::default() };
    let other = vec![entry("The harbour of Nordby is open all year.", &["When is the harbour open?"], &[])];
    let index = Index::new(&[base(harbour()), base(other)]);
    let rows = [(Scope::Story(0), 0..5), (Scope::Story(1), 5..6), (Scope::Story(2), 0..0), (Scope::All, 0..6)];
    for (scope, range) in rows {
        let found = index.rank("when does the harbour open", scope, MOST).candidates;
        assert!(found.iter().all(|c| range.contains(&c.entry)), "{scope:?}: {found:?}");
        assert_eq!(found.is_empty(), range.is_empty(), "{scope:?}");
    }
}

/// A few words from which facts and questions are made, so that they meet.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "harbour",
        "crane",
        "Vellmar",
        "boat",
        "boats",
        "market",
        "mayor",
        "Ilse",
        "Brandt",
        "opens",
        "closed",
        "shut",
        "the",
        "a",
        "is",
        "when",
        "who",
        "why",
        "not",
        "12",
        "1912",
        "million",
        "costs",
        "cost",
        "in",
        "of",
        "Osterhagen",
    ]);
    prop::collection::vec(word, 1..12).prop_map(|words| words.join(" "))
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let questions = || prop::collection::vec(text(), 0..3);
    let paragraph = prop::option::of(1u32..4);
    let one = (text(), questions(), questions(), paragraph).prop_map(|(text, questions, not_for, paragraph)| Entry {
        text,
        questions,
        not_for,
        paragraph,
        ..Entry::default()
    });
    prop::collection::vec(one, 1..30)
}

proptest! {
    /// Also for text that is no language at all.
    #[test]
    fn scores_are_finite_and_in_order(entries in entries(), strange in "(?s).{0,80}", question in text()) {
        let entries = entries.into_iter().chain([entry(&strange, &[&strange], &[&strange])]).collect();
        let index = index(entries);
        for question in [question.as_str(), strange.as_str()] {
            let found = found(&index, question);
            prop_assert!(found.len() <= MOST);
            prop_assert!(found.iter().all(|c| c.score.is_finite() && (0.0..=1.0).contains(&c.confidence.get())));
            prop_assert!(found.windows(2).all(|two| two[0].score >= two[1].score));
            let mut seen: Vec<usize> = found.iter().map(|c| c.entry).collect();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len(), found.len(), "an entry twice");
            for candidate in &found {
                let why = index.explain(question, Scope::All, candidate.entry).unwrap();
                let sum: f32 = why.signals.iter().map(|s| s.value * s.weight).sum();
                prop_assert!((sum - candidate.score).abs() < 0.01, "explained as {sum}, scored {}", candidate.score);
            }
        }
    }

    /// Stories in another order are other numbers, nothing else.
    #[test]
    fn the_order_of_stories_changes_no_answer(one in entries(), other in entries(), question in text()) {
        let base = |entries: &[Entry]| Base { entries: entries.to_vec(), ..Base::default() };
        let forwards = Index::new(&[base(&one), base(&other)]);
        let backwards = Index::new(&[base(&other), base(&one)]);
        for (there, back) in [(0, 1), (1, 0)] {
            let scores = |index: &Index, story| -> Vec<f32> {
                index.rank(&question, Scope::Story(story), MOST).candidates.iter().map(|c| c.score).collect()
            };
            let (one, other) = (scores(&forwards, there), scores(&backwards, back));
            // Sums of floats in another order differ in their last bits, and of two equal runners-up one is compared more closely.
            prop_assert!(one.len() == other.len(), "{:?} {:?}", one, other);
            let apart = one.iter().zip(&other).map(|(a, b)| (a - b).abs()).enumerate();
            let most = |n: usize| if n == 0 { 0.001 } else { 0.5 };
            prop_assert!(apart.clone().all(|(n, apart)| apart < most(n)), "{:?} {:?}", one, other);
        }
    }

    /// A question of the author's own, asked word for word, finds its fact or one with the very same question.
    #[test]
    fn a_sample_question_finds_its_fact(entries in entries()) {
        let index = index(entries.iter().cloned().map(|e| Entry { not_for: Vec::new(), ..e }).collect());
        for (n, question) in entries.iter().enumerate().flat_map(|(n, e)| e.questions.iter().map(move |q| (n, q))) {
            let found = found(&index, question);
            prop_assert!(found.iter().any(|c| c.entry == n) || found.len() == MOST, "{} is not among {:?}", n, found);
        }
    }

    /// A fact about something else moves an answer by no more than words become rarer through it.
    #[test]
    fn an_unrelated_fact_disturbs_nothing(place in 0usize..=5, question in prop::sample::select(vec![
        "when does the harbour open again", "how many boats are in the basin", "who is to blame", "what is the cost of a crane",
        "where is the fish market going", "why is the harbor closed",
    ])) {
        let before = found(&index(harbour()), question);
        let mut entries = harbour();
        entries.insert(place, entry("Quartz veins glitter under Mount Sorrel.", &["What glitters under Mount Sorrel?"], &[]));
        let after = found(&index(entries), question);
        let moved = |c: &Candidate| c.entry - usize::from(c.entry > place);
        prop_assert_eq!(before[0].entry, moved(&after[0]));
        prop_assert!((before[0].score - after[0].score).abs() < 1.0, "{} {}", before[0].score, after[0].score);
    }
}

/// Whether another story has paragraphs decides nothing, wherever it stands.
#[test]
fn paragraphs_of_another_story_change_nothing() {
    let one = [
        entry("opens harbour", &["closed"], &[]),
        entry("Vellmar", &["crane"], &[]),
        entry("harbour", &["shut crane opens", "Vellmar"], &[]),
        entry("opens boat crane 12", &[], &[]),
    ];
    let other = [entry("harbour", &[], &[]), Entry { paragraph: Some(1), ..entry("harbour harbour", &[], &[]) }];
    let base = |entries: &[Entry]| Base { entries: entries.to_vec(), ..Base::default() };
    let first = Index::new(&[base(&one), base(&other)]);
    let last = Index::new(&[base(&other), base(&one)]);
    let found =
        |index: &Index, story| index.rank("crane opens closed Vellmar", Scope::Story(story), MOST).candidates.len();
    assert_eq!(found(&first, 0), found(&last, 1));
}
