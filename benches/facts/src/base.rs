//! A base of a given size from a source: what is asked for first, then whatever it has to be found among.

use std::collections::HashSet;

use crate::english::{content_words, plain};
use crate::random::Random;
use crate::source::{Known, Source};
use crate::typing::typed_badly;

/// Share of the facts with sample questions, and how many each.
const SAMPLED: f64 = 0.5;
const SAMPLES: usize = 2;
/// So often a sample question is made anew before a fact goes without.
const ATTEMPTS: usize = 8;
/// Sample questions: an opening, and what stands between the fact's own words.
const TEMPLATES: &[(&str, &str)] = &[
    ("what about", " and "),
    ("when did", " "),
    ("who", " "),
    ("how does", " with "),
    ("where is the", " of "),
    ("tell me about", " "),
    ("why", " "),
];

/// One sentence with its sample questions.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The sentence.
    pub text: String,
    /// None or two.
    pub questions: Vec<String>,
}

/// A question to be answered from a base.
#[derive(Clone, Debug)]
pub struct Question {
    /// As somebody asked it.
    pub clean: String,
    /// The same with typing errors.
    pub typed: String,
    /// Places in `Base::facts`; any of them answers it.
    pub gold: Vec<usize>,
}

/// Facts, and questions whose answers are all among them.
#[derive(Clone, Debug)]
pub struct Base {
    /// First those asked for.
    pub facts: Vec<Fact>,
    /// In no order.
    pub questions: Vec<Question>,
}

impl Base {
    /// The base of `size` facts; equal seeds give equal ones, and a larger one holds the smaller one's facts.
    pub fn new(source: &Source, size: usize, seed: u64) -> Self {
        let order = order(source);
        let mut place = vec![usize::MAX; source.sentences.len()];
        order.iter().enumerate().for_each(|(n, sentence)| place[*sentence] = n);
        let mut questions: Vec<Question> = Vec::new();
        for (n, known) in source.questions.iter().enumerate() {
            let gold: Vec<usize> = known.gold.iter().map(|sentence| place[*sentence]).collect();
            if gold.iter().all(|place| *place < size) {
                let typed = typed_badly(&known.text, &mut Random::for_part(seed ^ 1, n as u64));
                questions.push(Question { clean: known.text.clone(), typed, gold });
            }
        }
        Random::for_part(seed, 3).shuffle(&mut questions);
        let benched = source.questions.iter().map(|k| plain(&k.text)).collect();
        let facts = texts(source, &order, size, seed)
            .enumerate()
            .map(|(n, text)| sampled(text, &benched, &mut Random::for_part(seed ^ 2, n as u64)))
            .collect();
        Self { facts, questions }
    }

    /// Bytes of all texts and sample questions.
    pub fn bytes(&self) -> usize {
        self.facts.iter().map(|f| f.text.len() + f.questions.iter().map(String::len).sum::<usize>()).sum()
    }
}

/// The source's sentences: first those that answer a question, then the others.
fn order(source: &Source) -> Vec<usize> {
    let asked: HashSet<usize> = source.questions.iter().flat_map(|k: &Known| k.gold.iter().copied()).collect();
    let all = 0..source.sentences.len();
    all.clone().filter(|n| asked.contains(n)).chain(all.filter(|n| !asked.contains(n))).collect()
}

/// Exactly `size` texts. Distractors that are used up go on as halves of two of them.
fn texts<'a>(source: &'a Source, order: &'a [usize], size: usize, seed: u64) -> impl Iterator<Item = String> + 'a {
    let mut shuffled: Vec<usize> = (0..source.distractors.len()).collect();
    Random::for_part(seed, 4).shuffle(&mut shuffled);
    let filler = if source.distractors.is_empty() { &source.sentences } else { &source.distractors };
    let mut random = Random::for_part(seed, 5);
    let mix = move || {
        let first = random.pick(filler).map_or("", String::as_str);
        let second = random.pick(filler).map_or("", String::as_str);
        format!("{} {}", halves(first).0, halves(second).1)
    };
    let sentences = order.iter().filter_map(|n| source.sentences.get(*n));
    let distractors = shuffled.into_iter().filter_map(|n| source.distractors.get(n));
    sentences.chain(distractors).cloned().chain(std::iter::repeat_with(mix)).take(size)
}

/// A text cut at the space after its middle.
fn halves(text: &str) -> (&str, &str) {
    let middle = (text.len() / 2..text.len()).find(|at| text.as_bytes().get(*at) == Some(&b' '));
    middle.and_then(|at| text.split_at_checked(at)).map_or((text, ""), |(a, b)| (a, b.trim_start()))
}

fn sampled(text: String, benched: &HashSet<String>, random: &mut Random) -> Fact {
    let mut questions: Vec<String> = Vec::new();
    if random.chance(SAMPLED) {
        let content = content_words(&text);
        for _ in 0..ATTEMPTS {
            if content.len() < 2 || questions.len() == SAMPLES {
                break;
            }
            let question = sample_question(&content, random);
            if !benched.contains(&plain(&question)) && !questions.contains(&question) {
                questions.push(question);
            }
        }
    }
    Fact { text, questions }
}

fn sample_question(content: &[&str], random: &mut Random) -> String {
    let (opening, between) = random.pick(TEMPLATES).copied().unwrap_or_default();
    let most = random.between(2, 4);
    let words: Vec<&str> = random.places(content.len(), most).into_iter().map(|n| content[n]).collect();
    format!("{opening} {}", words.join(between))
}
