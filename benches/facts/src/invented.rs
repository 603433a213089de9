//! Sentences and questions of made-up words, for whoever has no real ones: English function words, and content words,
//! names and numbers that look like some, as rare and as frequent as real ones are.

use crate::english::{FUNCTION_WORDS, QUESTION_WORDS, content_words};
use crate::random::Random;
use crate::source::{Known, Source};

/// Sentences with a question, and without.
const ASKED: usize = 2_000;
const DISTRACTORS: usize = 200_000;
const WORDS: usize = 40_000;
const NAMES: usize = 6_000;
/// Shares of the words in a sentence.
const FUNCTION: f64 = 0.44;
const NAME: f64 = 0.09;
const NUMBER: f64 = 0.05;
/// Share of a question's words that its sentence lacks: real people choose words of their own.
const OWN: f64 = 0.2;

const ONSETS: &[&str] = &[
    "b", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr",
    "r", "s", "sh", "sl", "sp", "st", "str", "t", "th", "tr", "v", "w",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "ou", "oo"];
const CODAS: &[&str] = &["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck", "nt", "rd"];
const ENDINGS: &[&str] = &["", "", "", "s", "ed", "ing", "er", "tion", "ly", "al"];

struct Words {
    words: Vec<String>,
    names: Vec<String>,
    word_ranks: Zipf,
    name_ranks: Zipf,
    function_ranks: Zipf,
}

/// Ranks as frequent as Zipf and Mandelbrot found words to be: 1 / (rank + 2.7).
struct Zipf(Vec<f64>);

impl Source {
    /// Invents a source; equal seeds give equal ones.
    pub fn invented(seed: u64) -> Self {
        let words = Words::invented(&mut Random::for_part(seed, 1));
        let mut random = Random::for_part(seed, 2);
        let sentences: Vec<String> = (0..ASKED).map(|_| words.sentence(&mut random)).collect();
        let ask =
            |(place, text): (usize, &String)| Known { text: words.question(text, &mut random), gold: vec![place] };
        let questions = sentences.iter().enumerate().map(ask).collect();
        let distractors = (0..DISTRACTORS).map(|_| words.sentence(&mut random)).collect();
        Self { sentences, questions, distractors }
    }
}

impl Words {
    fn invented(random: &mut Random) -> Self {
        let word = |rank: usize, random: &mut Random| {
            // Frequent words are short.
            let syllables = random.between(1, if rank < 500 { 2 } else { 3 });
            spell(syllables, ENDINGS, random)
        };
        Self {
            words: (0..WORDS).map(|rank| word(rank, random)).collect(),
            names: (0..NAMES).map(|_| capitalised(&spell(2, &["", "", "on", "a", "o", "er", "is"], random))).collect(),
            word_ranks: Zipf::new(WORDS),
            name_ranks: Zipf::new(NAMES),
            function_ranks: Zipf::new(FUNCTION_WORDS.len()),
        }
    }

    fn sentence(&self, random: &mut Random) -> String {
        let length = random.between(7, 26);
        let words: Vec<String> = (0..length).map(|_| self.any(random)).collect();
        let mut text = capitalised(&words.join(" "));
        text.push('.');
        text
    }

    fn any(&self, random: &mut Random) -> String {
        let kind = random.unit();
        if kind < FUNCTION {
            self.function_ranks.pick(FUNCTION_WORDS, random).map_or_else(String::new, |w| (*w).to_owned())
        } else if kind < FUNCTION + NAME {
            self.name_ranks.pick(&self.names, random).cloned().unwrap_or_default()
        } else if kind < FUNCTION + NAME + NUMBER {
            let (low, high) = if random.chance(0.5) { (1850, 2026) } else { (2, 999) };
            random.between(low, high).to_string()
        } else {
            self.word_ranks.pick(&self.words, random).cloned().unwrap_or_default()
        }
    }

    /// Three to five of the sentence's content words in their order, some replaced, with small words between them.
    fn question(&self, sentence: &str, random: &mut Random) -> String {
        let content = content_words(sentence);
        let most = random.between(3, 5);
        let mut words = vec![random.pick(QUESTION_WORDS).map_or("what", |w| w).to_owned()];
        for place in random.places(content.len(), most) {
            if random.chance(0.6) {
                words.extend(self.function_ranks.pick(FUNCTION_WORDS, random).map(|w| (*w).to_owned()));
            }
            let own = if random.chance(OWN) { self.word_ranks.pick(&self.words, random) } else { None };
            words.extend(own.map(String::as_str).or(content.get(place).copied()).map(str::to_owned));
        }
        let mut text = capitalised(&words.join(" "));
        text.push('?');
        text
    }
}

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let add = |rank: usize| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        };
        Self((1..=ranks).map(add).collect())
    }

    fn pick<'a, T>(&self, list: &'a [T], random: &mut Random) -> Option<&'a T> {
        let point = random.unit() * self.0.last().copied().unwrap_or_default();
        list.get(self.0.partition_point(|sum| *sum < point))
    }
}

fn spell(syllables: usize, endings: &[&str], random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..syllables {
        for part in [ONSETS, VOWELS, CODAS] {
            word.push_str(random.pick(part).copied().unwrap_or_default());
        }
    }
    word.push_str(random.pick(endings).copied().unwrap_or_default());
    word
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
