//! How like a question is to the questions and the text of an entry, taken as its own ways of putting one thing.
//!
//! Four views of all words, small ones included, since "how do I" and "why did" differ in nothing else: the middle of
//! the entry's own ways, the best of them, the share of the question that any of them has, and a language model; for
//! the best few candidates the same by `letters`.

use smallvec::SmallVec;

use super::forward::{Field, Forward, Segment, Token};
use super::index::Index;
use super::letters::LetterTable;
use super::mend::MOST_WORDS;
use super::query::Query;
use super::query::WHICH_AMONG;
use super::vocabulary::{TermId, Vocabulary};
use crate::text::{Language, background_share};

/// Weight of the entry's text among its ways of putting it, a sample question being 1.
const TEXT: f32 = 0.7;
/// Ordinary sentences added to the base when counting words: 0 to 100 make no difference where there are sample questions.
const BACKGROUND: f32 = 20.0;
/// Dampens the idf, which tells two intents apart less well than two subjects.
const POWER: f32 = 0.8;
/// Dirichlet smoothing of the language model, in words (Zhai and Lafferty 2001, for texts a hundred times as long).
const SMOOTHING: f32 = 10.0;
/// What a question that an entry must not answer counts against one that asks for another kind of answer.
const OTHER_KIND: f32 = 0.6;
/// So much of what the author barred must be asked, by weight of its words with content.
const SAME_MATTER: f32 = 0.75;
/// From here on a word of the question stands for one of the other.
const MET: f32 = 0.5;
/// What the base as a whole says about its words, for comparing questions.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    /// By stem.
    idf: Vec<f32>,
    /// Share of all words that each stem makes up.
    shares: Vec<f32>,
    entries: f32,
    /// Length of the sum of an entry's ways of putting it, by entry; 0 without sample questions.
    middles: Vec<f32>,
    /// Of a base with sample questions.
    pub letters: LetterTable,
}

impl Likeness {
    pub(super) fn new(forward: &mut Forward, vocabulary: &Vocabulary, language: &Language) -> Self {
        let entries = forward.len();
        let mut written = vec![0u32; vocabulary.len()];
        let mut with = vec![0u32; vocabulary.len()];
        let mut last_seen = vec![u32::MAX; vocabulary.len()];
        for entry in 0..entries {
            for token in
                forward.segments(entry).filter(|(s, _)| s.field.is_way_to_put_it()).flat_map(|(_, tokens)| tokens)
            {
                let at = token.term() as usize;
                let (Some(written), Some(with), Some(seen)) =
                    (written.get_mut(at), with.get_mut(at), last_seen.get_mut(at))
                else {
                    continue;
                };
                *written += 1;
                *with += u32::from(*seen != entry);
                *seen = entry;
            }
        }
        let all: f64 = written.iter().map(|n| f64::from(*n)).sum();
        let shares = written.iter().map(|n| (f64::from(*n) / all.max(1.0)) as f32).collect();
        let mut likeness = Self { shares, entries: entries as f32, ..Self::default() };
        let share = |term: TermId| background_share(vocabulary.name(term), language);
        likeness.idf = (0..).zip(&with).map(|(term, n)| likeness.inverse_frequency(*n as f32, share(term))).collect();
        likeness.weigh(forward);
        if forward.has_questions() {
            likeness.letters = LetterTable::new(vocabulary, &with, entries as f32);
        }
        likeness
    }

    /// Sets the lengths of all texts and questions, and of their sums.
    fn weigh(&mut self, forward: &mut Forward) {
        let idf = std::mem::take(&mut self.idf);
        let weight = |token: Token| idf.get(token.term() as usize).copied().unwrap_or(0.0);
        forward.set_norms(weight);
        let mut scratch = Vec::new();
        self.middles = (0..forward.len()).map(|entry| middle(forward, entry, weight, &mut scratch)).collect();
        self.idf = idf;
    }

    pub(super) fn idf(&self, term: TermId) -> f32 {
        self.idf.get(term as usize).copied().unwrap_or(0.0)
    }

    pub(super) fn idf_of_stranger(&self, stem: &str, language: &Language) -> f32 {
        self.inverse_frequency(0.0, background_share(stem, language))
    }

    /// (ln((1 + N) / (1 + n)) + 1)^0.8, the smoothed idf of scikit-learn, over the entries and some ordinary sentences.
    fn inverse_frequency(&self, with: f32, share: f32) -> f32 {
        let ratio = (1.0 + self.entries + BACKGROUND) / (1.0 + with + BACKGROUND * share);
        (ratio.ln() + 1.0).max(0.0).powf(POWER)
    }

    fn share(&self, term: TermId) -> f32 {
        self.shares.get(term as usize).copied().unwrap_or(0.0)
    }

    /// ln((c + 10 p) / ((n + 10) p)): how much likelier an entry of `size` words that has `term` `count` times makes it than
    /// the base as a whole does, with Dirichlet smoothing.
    fn log_ratio(&self, term: TermId, count: f32, size: f32) -> f32 {
        let p = self.share(term);
        if p <= 0.0 { 0.0 } else { ((count + SMOOTHING * p) / ((size + SMOOTHING) * p)).ln() }
    }
}

/// Length of 0.7 text + questions, each of length 1 before. `scratch` is reused.
fn middle(forward: &Forward, entry: u32, weight: impl Fn(Token) -> f32, scratch: &mut Vec<(TermId, f32)>) -> f32 {
    scratch.clear();
    let mut questions = 0;
    for (segment, tokens) in forward.segments(entry).filter(|(s, _)| s.field.is_way_to_put_it() && s.norm > 0.0) {
        questions += u32::from(segment.field == Field::Question);
        let factor = segment.field.share_of_middle() / segment.norm;
        scratch.extend(tokens.iter().map(|t| (t.term(), weight(*t) * factor)));
    }
    if questions == 0 {
        return 0.0;
    }
    scratch.sort_unstable_by_key(|(term, _)| *term);
    let same = scratch.chunk_by(|a, b| a.0 == b.0);
    same.map(|same| same.iter().map(|(_, w)| w).sum::<f32>().powi(2)).sum::<f32>().sqrt()
}

impl Field {
    /// Whether a text of this field says in its own way what the entry says or answers.
    pub(super) fn is_way_to_put_it(self) -> bool {
        matches!(self, Self::Text | Self::Question)
    }

    pub(super) fn share_of_middle(self) -> f32 {
        if self == Self::Text { TEXT } else { 1.0 }
    }
}

/// How like a question is to an entry, by whole words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alike {
    /// Cosine with the middle of the entry's ways of putting it.
    pub middle: f32,
    /// Cosine with the best of them.
    pub best: f32,
    /// Share of the question's weight that any of them has.
    pub cover: f32,
    /// Share that none of them has, but its keywords, topics or names.
    pub foreseen: f32,
    /// Log ratio of the language model per weight of the question.
    pub model: f32,
    /// Cosine with the best sample question, and with the best that asks for the same kind of answer.
    pub sample: f32,
    pub of_kind: f32,
    /// Cosine with the best that asks which.
    pub of_which: f32,
    /// Cosine with the best question that the entry must not answer.
    pub not_for: f32,
}

impl Alike {
    pub(super) fn new(query: &Query, index: &Index, entry: u32) -> Self {
        let mut out = Self::default();
        let mut tally = Tally { counts: SmallVec::new(), foreseen: [0.0; MOST_WORDS] };
        let (mut size, mut sum) = (0.0, 0.0);
        for (segment, tokens) in index.forward.segments(entry) {
            let is_way = segment.field.is_way_to_put_it();
            if !is_way && segment.field != Field::NotFor {
                tally.foresee(query, tokens, segment.field.weight());
                continue;
            }
            let cosine = cosine(query, index, segment, tokens);
            if segment.field == Field::NotFor {
                out.not_for = out.not_for.max(cosine * same_matter(query, index, segment, tokens));
                continue;
            }
            size += tokens.len() as f32;
            sum += cosine * segment.field.share_of_middle();
            out.best = out.best.max(cosine);
            if segment.field == Field::Question {
                out.sample = out.sample.max(cosine);
                if segment.asked.is_some() && segment.asked == query.asked {
                    out.of_kind = out.of_kind.max(cosine);
                }
                if tokens.iter().take(WHICH_AMONG).any(|t| index.lexicon.which == Some(t.term())) {
                    out.of_which = out.of_which.max(cosine);
                }
            }
            tally.count(query, tokens);
        }
        let middle = index.likeness.middles.get(entry as usize).copied().unwrap_or(0.0);
        out.middle = if middle > 0.0 { (sum / middle).min(1.0) } else { out.best };
        (out.cover, out.model) = tally.cover_and_model(query, index, size);
        out.foreseen = tally.foreseen(query);
        out
    }
}

/// What a question that an entry must not answer counts against this one, 0..1. Where the centres will be is not what they
/// are for, and who the founder is not who the president is, for all the other words that such questions share.
fn same_matter(query: &Query, index: &Index, segment: &Segment, tokens: &[Token]) -> f32 {
    let weight = |t: &Token| index.likeness.idf(t.term());
    let is_met = |t: &&Token| query.meets.of(t.term()).iter().any(|m| m.alike >= MET);
    let content = || tokens.iter().filter(|t| !t.is_stop());
    let (all, met): (f32, f32) = (content().map(weight).sum(), content().filter(is_met).map(weight).sum());
    if met < SAME_MATTER * all {
        return 0.0;
    }
    if segment.asked.is_none() || segment.asked == query.asked { 1.0 } else { OTHER_KIND }
}

/// Cosine 0..1 of a question and one way of putting it.
fn cosine(query: &Query, index: &Index, segment: &Segment, tokens: &[Token]) -> f32 {
    let norm = query.alike_norm * segment.norm;
    if norm <= 0.0 {
        return 0.0;
    }
    // By slot: the stem that stands for it best so far, and what it brings.
    let mut best = [(TermId::MAX, 0.0f32); MOST_WORDS];
    for token in tokens {
        for meeting in query.meets.of(token.term()) {
            let Some(best) = best.get_mut(usize::from(meeting.slot)) else { continue };
            let brings = meeting.alike * index.likeness.idf(meeting.term);
            if best.0 == meeting.term {
                best.1 += brings;
            } else if brings > best.1 {
                *best = (meeting.term, brings);
            }
        }
    }
    let dot: f32 = query.words.iter().zip(&best).map(|(word, (_, brings))| word.count * word.alike * brings).sum();
    (dot / norm).min(1.0)
}

/// How often each stem that stands for a word of the question is in an entry's ways of putting it.
struct Tally {
    /// Stem, slot, worth, count.
    counts: SmallVec<[(TermId, u8, f32, f32); 32]>,
    /// How well the entry's other fields meet a word, by slot.
    foreseen: [f32; MOST_WORDS],
}

impl Tally {
    fn count(&mut self, query: &Query, tokens: &[Token]) {
        for token in tokens {
            for meeting in query.meets.of(token.term()) {
                match self.counts.iter_mut().find(|(term, slot, ..)| (*term, *slot) == (meeting.term, meeting.slot)) {
                    Some((.., count)) => *count += 1.0,
                    None => self.counts.push((meeting.term, meeting.slot, meeting.alike, 1.0)),
                }
            }
        }
    }

    fn foresee(&mut self, query: &Query, tokens: &[Token], worth: f32) {
        for meeting in tokens.iter().filter(|t| !t.is_stop()).flat_map(|t| query.meets.of(t.term())) {
            if let Some(met) = self.foreseen.get_mut(usize::from(meeting.slot)) {
                *met = met.max(meeting.alike * worth);
            }
        }
    }

    /// Share of the question's weight that only keywords, topics and names have.
    fn foreseen(&self, query: &Query) -> f32 {
        let met = |slot: usize| {
            let of_slot = self.counts.iter().filter(|(_, of, ..)| usize::from(*of) == slot);
            of_slot.map(|(_, _, alike, _)| *alike).fold(0.0, f32::max)
        };
        let beside = query.terms().zip(&self.foreseen).filter(|(_, beside)| **beside > 0.0);
        let more = beside.map(|((slot, word), beside)| word.alike * (beside - met(slot)).max(0.0));
        let foreseen: f32 = more.sum();
        if query.alike_mass > 0.0 { foreseen / query.alike_mass } else { 0.0 }
    }

    fn cover_and_model(&self, query: &Query, index: &Index, size: f32) -> (f32, f32) {
        let mut met = [0.0f32; MOST_WORDS];
        let mut ratios = [0.0f32; MOST_WORDS];
        for (term, slot, alike, count) in &self.counts {
            if let (Some(met), Some(ratio)) = (met.get_mut(usize::from(*slot)), ratios.get_mut(usize::from(*slot))) {
                *met = met.max(*alike);
                *ratio = ratio.max(alike * index.likeness.log_ratio(*term, *count, size));
            }
        }
        let covered: f32 = query.words.iter().zip(&met).map(|(word, met)| word.alike * met).sum();
        // A word that the base has and the entry lacks speaks against it; one that the base lacks says nothing.
        let missing = |own: Option<TermId>| own.map_or(0.0, |own| index.likeness.log_ratio(own, 0.0, size));
        let ratios =
            query.terms().zip(&ratios).map(|((_, word), ratio)| if *ratio > 0.0 { *ratio } else { missing(word.own) });
        let share = |part: f32, mass: f32| if mass > 0.0 { part / mass } else { 0.0 };
        (share(covered, query.alike_mass), share(ratios.sum(), query.alike_content))
    }
}
