//! Questions that nobody asks in earnest, to see that they cost no more than their length: a very long one, and one of words
//! that no base knows.

use bench_facts::{Question, Random};

use crate::Fallible;
use crate::race::{percentile, timed};
use crate::results::Unusual;
use crate::systems::System;

/// Bases over which it is worth measuring.
pub const SIZES: [usize; 2] = [10_000, 100_000];
const ROUNDS: usize = 60;
const LONG: usize = 2_000;
const STRANGE_WORDS: usize = 500;

/// Ordinary, long and strange questions in turns.
pub fn measure<'a>(system: &mut dyn System<'a>, questions: &[Question], seed: u64) -> Fallible<Unusual> {
    let mut random = Random::for_part(seed, 6);
    let mut times: [Vec<u64>; 3] = Default::default();
    for round in 0..ROUNDS {
        let ordinary = questions.get(round % questions.len().max(1)).map_or("", |q| &q.clean);
        let texts = [ordinary.to_owned(), long(questions, round), strange(&mut random)];
        for (text, times) in texts.iter().zip(&mut times) {
            times.push(u64::try_from(timed(system, text)?.0.as_nanos())?);
        }
    }
    let [ordinary, long, strange] = times.map(|times| percentile(times, 50));
    Ok(Unusual { ordinary, long, strange })
}

/// Questions from the `first` on, one after the other, `LONG` characters in all.
fn long(questions: &[Question], first: usize) -> String {
    let mut text = String::new();
    for question in questions.iter().cycle().skip(first).take(LONG) {
        if text.len() >= LONG {
            break;
        }
        text.push_str(&question.clean);
        text.push(' ');
    }
    text.chars().take(LONG).collect()
}

/// Words of six to ten random letters.
fn strange(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..STRANGE_WORDS {
        for _ in 0..random.between(6, 10) {
            text.push(char::from(b'a' + random.below(26) as u8));
        }
        text.push(' ');
    }
    text
}
