//! What a card says, and that whatever the knowledge room lets pass fits into a message.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::answer::{Band, Page, Suggestion};
use crate::discord::buttons::{Below, rows};
use crate::discord::outgoing::{BUTTONS, LABEL, Row};
use crate::knowledge::{Claim, limits};
use crate::matcher::Confidence;

fn cited() -> Cited {
    Cited {
        id: "courier".to_owned(),
        headline: "Footbridge [shut]".to_owned(),
        authors: vec!["R. Castell".to_owned()],
        publisher: Some("The Courier".to_owned()),
        published: Some(date!(2031 - 03 - 11)),
        paragraph: Some(2),
        part: None,
        url: Some("https://example.org/a_(b)#:~:text=load%20test".to_owned()),
    }
}

fn fact(statement: &str) -> ShownFact {
    ShownFact {
        story: "harrow".to_owned(),
        story_title: None,
        id: "test".to_owned(),
        claim: Claim::Stated,
        by: None,
        lead: None,
        label: Some("According to the council:".to_owned()),
        statement: statement.to_owned(),
        as_of: Some(date!(2031 - 03 - 11)),
        corrections: Vec::new(),
        cited: cited(),
        confidence: Confidence::new(0.9),
    }
}

fn quote(exact: &str) -> ShownQuote {
    ShownQuote {
        story: "harrow".to_owned(),
        id: "promise".to_owned(),
        exact: exact.to_owned(),
        speaker: Some("Dana Okoro".to_owned()),
        role: Some("head of structures".to_owned()),
        speaker_inferred: true,
        via: None,
        corrections: Vec::new(),
        cited: cited(),
    }
}

fn reply(outcome: Outcome, lead: Option<&str>, facts: Vec<ShownFact>, quotes: Vec<ShownQuote>) -> Reply {
    let suggestions = vec![Suggestion { story: "harrow".to_owned(), id: "x".to_owned(), text: "Why_so?".to_owned() }];
    let lead = lead.map(str::to_owned);
    Reply {
        said: crate::answer::phrases::of(""),
        outcome,
        confidence: Confidence::new(0.9),
        band: Band::High,
        lead,
        facts,
        quotes,
        page: None,
        suggestions,
    }
}

#[test]
fn an_answer() {
    let reply =
        reply(Outcome::Answer, None, vec![fact("It is *shut*.")], vec![quote("Not on a promise:\na load test")]);
    let source = "Source: [“Footbridge \\[shut\\]”](<https://example.org/a_%28b%29#:~:text=load%20test>), R. Castell, The \
        Courier, 2031-03-11, paragraph 2";
    let want = format!(
        "According to the council: It is \\*shut\\*. (as of 2031-03-11)\n{source}\n\n> “Not on a promise:\n> a load test”\n> — \
         Dana Okoro, head of structures (speaker inferred)"
    );
    let card = card(&reply, None);
    assert_eq!(card.description, want);
    assert_eq!(plain(&reply, None), want);
    assert_eq!(plain(&reply, Some("About it:")), format!("About it:\n{want}"));
}

#[test]
fn no_answer_says_so_in_bold() {
    let rows = [
        (Outcome::Answer, "Lead", "Lead"),
        (Outcome::Nearest, "The closest:", "**The closest:**"),
        (Outcome::Unknown, "No.", "**No.**"),
        (Outcome::Meta, "From https://example.org/a_b", "From <https://example.org/a_b>"),
    ];
    for (outcome, lead, want) in rows {
        assert_eq!(card(&reply(outcome, Some(lead), Vec::new(), Vec::new()), None).description, want);
    }
}

#[test]
fn what_is_left_out_is_said() {
    let (long, quotes) = ("a".repeat(limits::EXACT), 4);
    let reply = reply(Outcome::Several, None, vec![fact("It is shut.")], vec![quote(&long); quotes]);
    let text = plain(&reply, None);
    assert!(text.contains(&long) && text.ends_with("(Left out, because a message holds no more: 3 quotes.)"), "{text}");
    assert!(card(&reply, None).description.ends_with("(Left out, because a message holds no more: one quote.)"));
}

/// Any text of at most `most` characters, often at the limit and of characters that are escaped or count twice.
fn text(most: usize) -> impl Strategy<Value = String> {
    let some = vec(any::<char>(), 0..most.min(60)).prop_map(|chars| chars.into_iter().collect::<String>());
    let long = prop_oneof!["\\*", "a", "\\PC", "_b `\\|", "[^\\s]"].prop_map(move |unit: String| {
        unit.chars().cycle().take(if unit.is_empty() { 0 } else { most }).collect::<String>()
    });
    prop_oneof![some, long]
}

prop_compose! {
    fn any_cited()(
        headline in text(limits::HEADLINE),
        authors in vec(text(limits::TERM), 0..6),
        publisher in option::of(text(limits::TERM)),
        anchor in option::of(text(limits::ANCHOR)),
        paragraph in option::of(any::<u32>()),
    ) -> Cited {
        let encode = |a: String| percent_encoding::utf8_percent_encode(&a, percent_encoding::NON_ALPHANUMERIC).to_string();
        let page = format!("https://example.org/{}", "p".repeat(limits::URL - 20));
        let url = anchor.map(|a| format!("{page}#:~:text={}", encode(a)));
        let published = Some(date!(2031 - 03 - 11));
        Cited { id: "s".to_owned(), headline, authors, publisher, published, paragraph, part: None, url }
    }
}

fn any_corrections() -> impl Strategy<Value = Vec<Correction>> {
    vec(text(limits::CORRECTION).prop_map(|text| Correction { date: date!(2031 - 03 - 12), text }), 0..4)
}

prop_compose! {
    fn any_fact()(
        statement in text(limits::STATEMENT),
        label in option::of(text(2 * limits::CLAIMANT + 40)),
        title in option::of(text(limits::TITLE)),
        cited in any_cited(),
        corrections in any_corrections(),
    ) -> ShownFact {
        ShownFact { label, story_title: title, cited, corrections, ..fact(&statement) }
    }
}

prop_compose! {
    fn any_quote()(exact in text(limits::EXACT), cited in any_cited(), corrections in any_corrections()) -> ShownQuote {
        ShownQuote { cited, corrections, ..quote(&exact) }
    }
}

fn any_page() -> impl Strategy<Value = Page> {
    ("\\PC{0,80}", 0usize..300, 1usize..6, 0usize..300).prop_map(|(code, before, shown, after)| {
        let last = before + shown;
        Page { code, first: before + 1, last, all: last + after }
    })
}

prop_compose! {
    fn any_reply()(
        lead in option::of(text(2500)),
        facts in vec(any_fact(), 0..3),
        quotes in vec(any_quote(), 0..6),
        asked in vec(text(limits::QUESTION), 0..4),
        page in option::of(any_page()),
    ) -> Reply {
        let suggestion = |(n, text): (usize, String)| Suggestion { story: String::new(), id: n.to_string(), text };
        let suggestions = asked.into_iter().enumerate().map(suggestion).collect();
        Reply { suggestions, page, ..reply(Outcome::Answer, lead.as_deref(), facts, quotes) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn always_fits(reply in any_reply()) {
        let titles = "**The title of a story**\n".repeat(200);
        for head in [None, Some("About [this message](https://discord.com/channels/1/2/3):"), Some(&titles)] {
            prop_assert!(length(&card(&reply, head).description) <= DESCRIPTION);
            prop_assert!(length(&plain(&reply, head)) <= CONTENT);
        }
    }

    /// Five rows of five buttons at the most, each with a label and an id of its own.
    #[test]
    fn buttons_fit(reply in any_reply(), asker in option::of(any::<u64>())) {
        for locale in ["en", "de", "es"] {
            let rows = rows(&reply, Below { asker }, phrases::of(locale));
            let mut ids = HashSet::new();
            prop_assert!(rows.len() <= 5);
            for row in &rows {
                let Row::Buttons(buttons) = row else { panic!("no menus below a reply") };
                prop_assert!((1..=BUTTONS).contains(&buttons.len()));
                for button in buttons {
                    let id = button.press.written().unwrap();
                    prop_assert!(length(&id) <= 100 && button.label.chars().count() <= LABEL, "{}", button.label);
                    prop_assert!(ids.insert(id));
                }
            }
        }
    }

    #[test]
    fn one_fact_is_always_shown_whole(fact in any_fact(), quotes in vec(any_quote(), 0..3)) {
        let fact = ShownFact { corrections: Vec::new(), label: None, story_title: None, ..fact };
        let reply = reply(Outcome::Answer, None, vec![fact], quotes);
        let statement = escape(&reply.facts[0].statement);
        prop_assert!(card(&reply, None).description.contains(&statement));
        prop_assert!(length(&statement) > 1000 || plain(&reply, None).contains(&statement));
    }
}
