//! What of a message can be a question: without Discord's tags, addresses, and mark-up; and its questions one by one.

use crate::text::without_between;
use crate::text::without_tags;

/// More questions than this in one message are a pile, of which the last are answered.
const MOST_QUESTIONS: usize = 3;
/// Words with which a question begins, also behind "and".
const ASKING: &[&str] = &["who", "whom", "whose", "what", "when", "where", "why", "how", "which"];
/// The same, at the beginning only: "and is" may go on with the first question.
const OPENERS: &[&str] = &[
    "is", "are", "was", "were", "did", "does", "do", "has", "have", "had", "can", "could", "will", "would", "should",
    "tell", "show", "list",
];
/// A message of more words is a text with a question rather than a question.
const LONG: usize = 40;
/// A part with fewer words is no question of its own: "why and how?"
const LEAST_WORDS: usize = 3;

/// The words of a message as its author means them to be read.
pub(super) fn readable(message: &str) -> String {
    let message = message.replace("@everyone", " ").replace("@here", " ");
    let message = without_between(&message, '\u{1B}', 'm', is_colour);
    let message = without_tags(&message);
    let mut out = String::with_capacity(message.len());
    for part in message.split_inclusive(char::is_whitespace) {
        let word = part
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '|' | '*'));
        match address(word) {
            Some(at) => {
                out.push_str(word.get(..at).unwrap_or_default());
                out.push(' ');
            }
            None => out.push_str(part),
        }
    }
    out.chars()
        .map(
            |c| {
                if matches!(c, '*' | '_' | '`' | '|' | '~' | '#' | '<' | '>' | '[' | ']' | '(' | ')') { ' ' } else { c }
            },
        )
        .collect()
}

/// Where in a word an address begins: "[this](https://..." begins with a word.
fn address(word: &str) -> Option<usize> {
    ["https://", "http://", "www.", "discord.gg/"].iter().filter_map(|start| word.find(start)).min()
}

/// What a terminal takes for a colour, behind the escape and before the `m`.
fn is_colour(code: &str) -> bool {
    code.starts_with('[') && code.bytes().skip(1).all(|b| b.is_ascii_digit() || b == b';')
}

/// The questions of a message: mostly one, which is then all of it.
pub(super) fn questions(message: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for sentence in message.split_inclusive(['?', '\n']) {
        match sentence.strip_suffix('?') {
            Some(question) => parts.extend(joined(question)),
            None if opens_a_question(sentence) => parts.extend(joined(sentence)),
            None => {}
        }
    }
    parts.retain(|part| part.split_whitespace().count() >= LEAST_WORDS && opens_a_question(part));
    let several = parts.len() > 1;
    parts.iter_mut().for_each(|part| *part = part.trim().to_owned());
    parts.dedup();
    match parts.len() {
        // One question over and over is that question; one behind or before a long text is what the text is sent for.
        1 if several || message.split_whitespace().count() > LONG => parts,
        0 | 1 => vec![message.to_owned()],
        many => parts.split_off(many.saturating_sub(MOST_QUESTIONS)),
    }
}

/// The question in a message that says other things around it: "my dad runs it at home, can he still buy the program".
pub(super) fn core(message: &str) -> Option<String> {
    let is_cut = |c: char| matches!(c, '.' | '!' | '?' | ';' | ',' | ':' | '\n' | '…');
    let clauses: Vec<&str> = message.split_inclusive(is_cut).filter(|c| c.contains(char::is_alphanumeric)).collect();
    let is_question = |clause: &&&str| clause.split_whitespace().count() > LEAST_WORDS && opens_a_question(clause);
    let questions: Vec<&str> = clauses.iter().filter(is_question).copied().collect();
    // "Can't see a date anywhere" opens like one.
    let marked = questions.iter().rev().find(|clause| clause.ends_with('?'));
    let question = marked.or(questions.last()).filter(|_| clauses.len() > 1)?;
    Some(question.trim_end_matches(is_cut).trim().to_owned())
}

/// Two questions joined by "and": "who is she and where does she live".
fn joined(question: &str) -> Vec<String> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let starts = |at: usize| words.get(at).is_some_and(|w| ASKING.iter().any(|asking| w.eq_ignore_ascii_case(asking)));
    let is_question = |at: usize| opens_a_question(&words.get(..at).unwrap_or_default().join(" "));
    let joins = |at: &usize| words.get(*at).is_some_and(|w| matches!(*w, "and" | "&" | "plus" | "also"));
    // Behind a comma "and does" opens a question too; without one it may go on with the first.
    let opens = |at: usize| words.get(at).is_some_and(|w| OPENERS.iter().any(|opener| w.eq_ignore_ascii_case(opener)));
    let is_apart = |at: usize| words.get(at - 1).is_some_and(|w| w.ends_with([',', ';'])) && opens(at + 1);
    let cut = (LEAST_WORDS..words.len().saturating_sub(LEAST_WORDS))
        .filter(joins)
        .find(|at| (starts(at + 1) || is_apart(*at)) && is_question(*at));
    match cut.and_then(|at| Some((words.get(..at)?, words.get(at + 1..)?))) {
        Some((one, other)) => vec![one.join(" "), other.join(" ")],
        None => vec![question.trim().to_owned()],
    }
}

/// Whether one of the first words of a text opens a question.
pub(super) fn opens_a_question(part: &str) -> bool {
    /// "Hey, and", "ok so" may stand before it.
    const LEAD: usize = 5;
    let words = part.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let is_opener = |w: &str| {
        let word = w.split('\'').next().unwrap_or(w);
        // "Whats" is "what's".
        let whole = word.strip_suffix('s').unwrap_or(word);
        let is = |list: &[&str], word: &str| list.iter().any(|opener| word.eq_ignore_ascii_case(opener));
        is(ASKING, word) || is(OPENERS, word) || is(ASKING, whole)
    };
    words.take(LEAD).any(is_opener)
}

#[cfg(test)]
mod tests {
    use super::{core, questions, readable};

    #[test]
    fn what_is_read() {
        let rows = [
            ("<@123> why is it <:thonk:5> closing", "why is it closing"),
            ("[who is the vp?](https://evil.example/login)", "who is the vp?"),
            ("https://evil.example/a who is it", "who is it"),
            ("**why** ||is|| `it` closing", "why is it closing"),
            ("is 3 < 4 and 5 > 4?", "is 3 4 and 5 4?"),
            ("<https://evil.example/x> where", "where"),
        ];
        for (message, want) in rows {
            let got = readable(message);
            assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), want, "{message}");
        }
    }

    #[test]
    fn what_is_asked_among_other_things() {
        let rows = [
            ("my dad runs it at home, can he still buy the program", Some("can he still buy the program")),
            ("Can he still buy the program? My dad runs it.", Some("Can he still buy the program")),
            ("do you know when it came out? can't see a date anywhere", Some("do you know when it came out")),
            ("can he still buy it", None),
            ("lol, why", None),
        ];
        for (message, want) in rows {
            assert_eq!(core(message).as_deref(), want, "{message}");
        }
    }

    #[test]
    fn one_or_two() {
        let rows = [
            ("where are the offices and who is shingarev?", 2),
            ("Where are the new offices? Who is the VP?", 2),
            ("are Toronto and Los Angeles where the offices open?", 1),
            ("whats the point of it? also what was it used for", 2),
            ("why and how?", 1),
            ("The office closes. Why is that?", 1),
            ("where are the new offices and who is the pope of rome", 2),
            ("Does the office close, and does the firm want revenge for that?", 2),
            ("Does the office close and does the firm want that?", 1),
            ("who said what?", 1),
            ("who is the vp? who is the vp? who is the vp?", 1),
            ("", 1),
        ];
        for (message, want) in rows {
            assert_eq!(questions(message).len(), want, "{message}: {:?}", questions(message));
        }
    }
}
