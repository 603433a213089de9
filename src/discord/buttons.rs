//! The buttons below a reply: questions to go on with, whose word it is, the rest of a list, and what people think of it.
//! Pure. Their labels say everything; colours only repeat it.

use super::outgoing::{BUTTONS, Button, LABEL, Row, Tone};
use super::phrases::Phrases;
use super::press::Press;
use super::shared::shown_first;
use crate::answer::{Engine, Outcome, Page, Reply, item_key, shortened};
use crate::knowledge::Claim;
use crate::store::Verdict;

/// Who may take the reply back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    /// None where the reply is private: the asker can dismiss it.
    pub(super) asker: Option<u64>,
}

/// The rows below a reply, five at the most.
pub(super) fn rows(reply: &Reply, below: Below, said: &Phrases) -> Vec<Row> {
    let asked = reply.suggestions.iter().map(|s| {
        let press = Press::Ask(item_key(&s.story, &s.id));
        button(shortened(&s.text, LABEL), press, Tone::Primary)
    });
    let rows = [asked.collect(), turning(reply, said), further(reply, below, said)];
    rows.into_iter().filter(|row: &Vec<Button>| !row.is_empty()).map(Row::Buttons).collect()
}

/// The parts of a list before and behind the one at hand.
fn turning(reply: &Reply, said: &Phrases) -> Vec<Button> {
    let Some(page) = reply.page.as_ref().filter(|page| !page.code.is_empty()) else { return Vec::new() };
    let turn = |from: usize| Press::Turn { from, code: page.code.clone() };
    let of_all = |text: &str, page: &Page| format!("{text} ({}–{} / {})", page.first, page.last, page.all);
    let back = (page.first > 1)
        .then(|| button(said.back.to_owned(), turn(Engine::part_before(page.first - 1)), Tone::Secondary));
    let more = (page.last < page.all).then(|| button(of_all(said.more, page), turn(page.last), Tone::Primary));
    back.into_iter().chain(more).filter(|button| button.press.written().is_some()).collect()
}

fn further(reply: &Reply, below: Below, said: &Phrases) -> Vec<Button> {
    // Of a list or a choice nobody could say which item is meant; the second fact of an answer goes with the first.
    let is_one = matches!(reply.outcome, Outcome::Answer | Outcome::Nearest);
    let is_claimed = reply.facts.first().is_some_and(|fact| fact.claim != Claim::Reported);
    let mut row: Vec<Button> = Vec::with_capacity(BUTTONS);
    if let Some(key) = shown_first(reply).filter(|_| is_one) {
        if is_claimed {
            row.push(button(said.whose.to_owned(), Press::Whose(key.clone()), Tone::Secondary));
        }
        let judge = |verdict| Press::Judge(verdict, key.clone());
        row.push(button(said.helpful.to_owned(), judge(Verdict::Helpful), Tone::Secondary));
        row.push(button(said.unhelpful.to_owned(), judge(Verdict::Unhelpful), Tone::Secondary));
        row.push(button(said.wrong.to_owned(), judge(Verdict::Wrong), Tone::Secondary));
    }
    row.extend(below.asker.map(|asker| button(said.delete.to_owned(), Press::Delete(asker), Tone::Danger)));
    row
}

fn button(label: String, press: Press, tone: Tone) -> Button {
    Button { label, press, tone }
}
