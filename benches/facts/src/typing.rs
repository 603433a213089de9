//! Typing errors: one edit in some of the longer words, as fingers make them.

use crate::random::Random;

/// Share of the longer words with an error.
const SHARE: f64 = 0.3;
/// Shorter words are typed well.
const SHORTEST: usize = 4;
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// `question` with one edit in three of ten words of four letters and more.
pub(crate) fn typed_badly(question: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(question.len() + 8);
    let mut word: Vec<char> = Vec::new();
    for c in question.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            flush(&mut word, &mut out, random);
            out.push(c);
        }
    }
    flush(&mut word, &mut out, random);
    out
}

fn flush(word: &mut Vec<char>, out: &mut String, random: &mut Random) {
    if word.len() >= SHORTEST && random.chance(SHARE) {
        edit(word, random);
    }
    out.extend(word.drain(..));
}

fn edit(word: &mut Vec<char>, random: &mut Random) {
    match random.below(4) {
        0 => {
            let at = random.below(word.len() - 1);
            word.swap(at, at + 1);
        }
        1 => {
            word.remove(random.below(word.len()));
        }
        2 => {
            let at = random.below(word.len());
            word.insert(at, word[at]);
        }
        _ => {
            let at = random.below(word.len());
            word[at] = neighbour(word[at], random);
        }
    }
}

/// A key beside `key` in its row; letters that the keyboard lacks stay.
fn neighbour(key: char, random: &mut Random) -> char {
    let lower = key.to_ascii_lowercase();
    let Some(row) = KEYS.iter().find(|row| row.contains(lower)) else { return key };
    let beside: Vec<char> = row
        .chars()
        .zip(row.chars().skip(1))
        .filter_map(|(a, b)| (a == lower).then_some(b).or((b == lower).then_some(a)))
        .collect();
    let found = random.pick(&beside).copied().unwrap_or(lower);
    if key.is_uppercase() { found.to_ascii_uppercase() } else { found }
}
