//! The table of signals: what speaks for and against an entry, each with its weight.
//!
//! A signal is one function and one row; `--explain` shows it by name. All shares are of the question's idf mass, so that
//! they lie in 0..1 and one threshold holds in every base. Weights were chosen on the tuning half of the gold questions,
//! where they move little: halving any but `coverage` and `sample` changed less than 2 % of the replies' marks.

use super::index::{Index, Indexed};
use super::query::{Query, QueryTerm};
use super::similar::cosine;
use super::vocabulary::{Near, TermId};

/// BM25's saturation of repeated words and its normalisation by length; short sentences want a small `b`.
const K1: f32 = 1.2;
const B: f32 = 0.4;

/// "Is it closing?" and "Why is it closing?" share nearly all words and ask for different things, "When is it closing?"
/// and "Why is it closing?" still more so.
const ONE_KIND: f32 = 0.85;
const TWO_KINDS: f32 = 0.6;

/// A name that a topic or claimant brings counts as met; one that merely shares a root does not.
const HALF_MET: f32 = 0.4;

/// One signal: its name, its weight in the sum, and its value for a question and an entry.
pub(super) struct Signal {
    pub name: &'static str,
    pub weight: f32,
    pub value: fn(&Pair<'_>) -> f32,
}

pub(super) const SIGNALS: &[Signal] = &[
    // The text itself says the question's words; little is left to say once `fields` has spoken.
    Signal { name: "text", weight: 0.5, value: text },
    // Any field has them, or words with the same root, or a slip away.
    Signal { name: "fields", weight: 3.0, value: fields },
    // A question of the author's that is like this one: the best evidence there is.
    Signal { name: "sample", weight: 4.0, value: sample },
    // Squared, because the last missing word tells more than the first.
    Signal { name: "coverage", weight: 4.5, value: coverage_squared },
    // The rarest word of the question is most likely what it is about.
    Signal { name: "rarest", weight: 1.0, value: rarest },
    // A name or number of the question that the entry lacks: it is about something else.
    Signal { name: "foreign name", weight: -2.0, value: foreign_name },
    // Words that nothing in the story resembles: the question is likely about something else.
    Signal { name: "strange words", weight: -1.0, value: strange },
    // The kind of answer asked for: a date for "when".
    Signal { name: "kind of answer", weight: 1.5, value: kind_of_answer },
    // The word of whom the question names: "what did the baker say" wants his, not one about him.
    Signal { name: "voice", weight: 1.0, value: voice },
    // Small words in common settle ties between alike facts.
    Signal { name: "small words", weight: 0.6, value: small_words },
    // A long text meets words by chance.
    Signal { name: "length", weight: -0.2, value: length },
    // The author says that this is not for it.
    Signal { name: "not for", weight: -6.0, value: not_for },
];

/// The weighted sum of all signals; finite.
pub(super) fn score(pair: &Pair<'_>) -> f32 {
    SIGNALS.iter().map(|s| s.weight * (s.value)(pair)).sum()
}

/// A question and an entry, with what all signals ask of them.
pub(super) struct Pair<'a> {
    pub query: &'a Query,
    entry: &'a Indexed,
    index: &'a Index,
    /// Per term of the question, how well the entry meets it in any field, 0..1.
    pub met: Vec<f32>,
    best_sample: f32,
    /// Likeness of the best sample question that asks for the same kind of answer.
    sample_of_kind: f32,
}

impl<'a> Pair<'a> {
    pub(super) fn new(query: &'a Query, entry: &'a Indexed, index: &'a Index) -> Self {
        let met = query.terms.iter().map(|term| meets(term, &entry.anywhere)).collect();
        let mut best_sample = 0.0f32;
        let mut sample_of_kind = 0.0f32;
        for (unit, asked) in entry.questions.iter().zip(&entry.asked) {
            let likeness = cosine(&query.unit, query.norm, unit);
            let of_kind = match (asked, query.asked) {
                (a, b) if *a == b => 1.0,
                (Some(_), Some(_)) => TWO_KINDS,
                _ => ONE_KIND,
            };
            best_sample = best_sample.max(likeness * of_kind);
            if asked.is_some() && *asked == query.asked {
                sample_of_kind = sample_of_kind.max(likeness);
            }
        }
        Self { query, entry, index, met, best_sample, sample_of_kind }
    }

    /// Share 0..1 of the question's weight that the entry meets. A sample question is its author's word that the entry
    /// answers it, so the entry meets at least as much as that is like this question.
    pub(super) fn coverage(&self) -> f32 {
        let words = self.share(self.query.terms.iter().zip(&self.met).map(|(term, met)| term.idf * met).sum());
        words.max(self.best_sample)
    }

    /// Whether the entry holds the kind of answer that was asked for, in a word that could be it or because its author
    /// wrote a question like this one. True where the question asks for no kind.
    pub(super) fn holds_answer(&self) -> bool {
        /// Half-sure words, such as any name for "where", do not count as the answer itself.
        const SURE: f32 = 0.6;
        self.query.asked.is_none() || kind_of_answer(self) >= SURE
    }

    /// Whether the entry gives the word of whom the question names. True where it names nobody's.
    pub(super) fn is_voiced(&self) -> bool {
        let speaks = |term: &TermId| self.entry.voices.binary_search(term).is_ok();
        self.query.voice.as_ref().is_none_or(|voice| voice.iter().any(speaks))
    }

    fn share(&self, part: f32) -> f32 {
        if self.query.mass > 0.0 { part / self.query.mass } else { 0.0 }
    }
}

/// How well a list of weighted stems, sorted by stem, meets a term: 0..1.
fn meets(term: &QueryTerm, list: &[(TermId, f32)]) -> f32 {
    let weight_of =
        |id: TermId| list.binary_search_by_key(&id, |(id, _)| *id).ok().and_then(|at| list.get(at)).map(|(_, w)| *w);
    term.near.iter().filter_map(|near| Some(near.weight * weight_of(near.term)?)).fold(0.0, f32::max)
}

fn text(pair: &Pair<'_>) -> f32 {
    let entry = pair.entry;
    let damping = K1 * (1.0 - B + B * entry.length / pair.index.average_length);
    let of_term = |term: &QueryTerm| {
        let best = |near: &Near| {
            let at = entry.text.binary_search_by_key(&near.term, |(id, _)| *id).ok()?;
            let count = f32::from(entry.text.get(at)?.1);
            Some(near.weight * count * (K1 + 1.0) / (count + damping))
        };
        term.idf * term.near.iter().filter_map(best).fold(0.0, f32::max).min(1.6)
    };
    pair.share(pair.query.terms.iter().map(of_term).sum())
}

fn fields(pair: &Pair<'_>) -> f32 {
    pair.coverage()
}

fn coverage_squared(pair: &Pair<'_>) -> f32 {
    pair.coverage().powi(2)
}

fn sample(pair: &Pair<'_>) -> f32 {
    pair.best_sample
}

fn rarest(pair: &Pair<'_>) -> f32 {
    let highest = pair.query.terms.iter().map(|t| t.idf).fold(0.0, f32::max);
    if highest <= 0.0 {
        return 0.0;
    }
    let met = pair.query.terms.iter().zip(&pair.met).map(|(term, met)| term.idf * met).fold(0.0, f32::max);
    (met / highest).max(pair.best_sample)
}

pub(super) fn foreign_name(pair: &Pair<'_>) -> f32 {
    let terms = pair.query.terms.iter().zip(&pair.met).filter(|(term, _)| term.entity);
    pair.share(terms.filter(|(_, met)| **met < HALF_MET).map(|(term, met)| term.idf * (1.0 - met)).sum())
}

/// Share of the question's weight in words that nothing in the entry's story resembles.
pub(super) fn strange(pair: &Pair<'_>) -> f32 {
    share_unless(pair, |near| pair.index.occurs_in(near.term, pair.entry.story))
}

/// The same, with words that only a synonym stands for.
pub(super) fn unsaid(pair: &Pair<'_>) -> f32 {
    share_unless(pair, |near| !near.synonym && pair.index.occurs_in(near.term, pair.entry.story))
}

/// Share of the question's weight in words of which no near one is `known`.
fn share_unless(pair: &Pair<'_>, known: impl Fn(&Near) -> bool) -> f32 {
    let strange = pair.query.terms.iter().filter(|term| !term.near.iter().any(&known));
    pair.share(strange.map(|term| term.idf).sum())
}

/// A word that could be the answer, or a sample question of the same kind that asks the same thing.
fn kind_of_answer(pair: &Pair<'_>) -> f32 {
    /// From here on two questions of one kind ask the same thing.
    const SAME_QUESTION: f32 = 0.55;
    let Some(asked) = pair.query.asked else { return 0.0 };
    if pair.sample_of_kind >= SAME_QUESTION {
        return 1.0;
    }
    let is_new = |term: TermId| {
        let stem = pair.index.vocabulary.name(term);
        !pair.query.stems.iter().any(|s| s == stem)
    };
    let fits = pair.entry.answers.iter().filter(|(kind, term, _)| *kind == asked && is_new(*term));
    fits.map(|(_, _, weight)| *weight).fold(0.0, f32::max)
}

fn voice(pair: &Pair<'_>) -> f32 {
    if pair.query.voice.is_some() && pair.is_voiced() { 1.0 } else { 0.0 }
}

fn small_words(pair: &Pair<'_>) -> f32 {
    let small = &pair.query.small;
    if small.is_empty() {
        return 0.0;
    }
    let has = |term: &&TermId| pair.entry.text.binary_search_by_key(*term, |(id, _)| *id).is_ok();
    small.iter().filter(has).count() as f32 / small.len() as f32
}

fn length(pair: &Pair<'_>) -> f32 {
    pair.entry.length.ln()
}

/// Grows from 0 where the closest `not_for` is as far as the closest sample question, or hardly alike at all.
fn not_for(pair: &Pair<'_>) -> f32 {
    const ALIKE: f32 = 0.5;
    let query = pair.query;
    let closest = pair.entry.not_for.iter().map(|unit| cosine(&query.unit, query.norm, unit)).fold(0.0, f32::max);
    if closest <= pair.best_sample || closest < ALIKE { 0.0 } else { closest }
}
