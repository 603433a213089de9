//! A question made ready for scoring: its words, what they weigh, which stems of the base may stand for them.

use super::answers::Placed;
use super::asks::{Asked, Detail};
use super::index::Index;
use super::meets::{Meeting, Meets};
use super::mend::{MOST_CONTENT, MOST_SMALL, Meant, mended};
use super::postings::Lead;
use super::vocabulary::{Near, TermId};
use super::voices;
use crate::text::{Language, Word};

/// A word of the question.
#[derive(Debug)]
pub(super) struct QueryWord {
    /// As typed, folded.
    pub word: String,
    /// Its own stem, if the base has it.
    pub own: Option<TermId>,
    /// How much it tells, in nats.
    pub idf: f32,
    /// How few entries have it or a word near it: ln((N + 1) / (n + 0.5)).
    pub rarity: f32,
    /// How much it tells when questions are compared.
    pub alike: f32,
    /// How often the question has it.
    pub count: f32,
    pub near: Vec<Near>,
    /// A name or number, which nothing can stand in for.
    pub entity: bool,
}

#[derive(Debug)]
pub(super) struct Query {
    /// Each once: first those with content, in the order of the question, then the small ones.
    pub words: Vec<QueryWord>,
    /// How many of `words` have content; all, if none has.
    pub content: usize,
    /// Which of them a stem stands for.
    pub meets: Meets,
    /// Sum of the idf of the words with content.
    pub mass: f32,
    /// Sum of `alike` over all words, over those with content, and the Euclidean length of count times `alike`.
    pub alike_mass: f32,
    pub alike_content: f32,
    pub alike_norm: f32,
    /// Which words stand behind one another, by slot.
    pub order: Vec<u8>,
    pub asked: Option<Asked>,
    pub detail: Option<Detail>,
    /// The word behind "which" or "how many": what is asked for or counted.
    pub head: Option<usize>,
    /// Stems that may name whose word is asked for; None where nobody's is.
    pub voice: Option<Vec<TermId>>,
    /// All stems that the base knows, sorted, so that a word of the question is not taken for its answer.
    pub stems: Vec<TermId>,
}

impl Query {
    pub(super) fn new(question: &str, language: &Language, index: &Index) -> Self {
        let meant = mended(question, language, &index.vocabulary);
        let placed: Vec<Placed> = meant.iter().map(|m| Placed::of(&m.word, language)).collect();
        let shouted = meant.iter().all(|m| m.word.folded.len() < 2 || m.word.capital) && meant.len() > 2;
        let has_content = meant.iter().any(|m| !m.word.stop);
        let (content, small): (Vec<&Meant>, Vec<&Meant>) = meant.iter().partition(|m| !has_content || !m.word.stop);
        let mut words = Vec::new();
        add_words(&mut words, &content, MOST_CONTENT, shouted, language, index);
        let content = words.len();
        add_words(&mut words, &small, content + MOST_SMALL, shouted, language, index);

        let slot_of = |word: &Word| words.iter().position(|w: &QueryWord| w.word == word.folded);
        let asking = Asked::asking(&placed);
        let head =
            asking.head.and_then(|at| meant.get(at)).and_then(|m| slot_of(&m.word)).filter(|slot| *slot < content);
        let mut stems: Vec<TermId> = meant.iter().filter_map(|m| index.vocabulary.get(&m.word.stem)).collect();
        stems.sort_unstable();
        stems.dedup();
        let alike = |words: &[QueryWord]| words.iter().map(|w| w.alike).sum();
        let squares: f32 = words.iter().map(|w| (w.count * w.alike).powi(2)).sum();
        Self {
            meets: Meets::new(meetings(&words)),
            mass: words.iter().take(content).map(|w| w.idf).sum(),
            alike_mass: alike(&words),
            alike_content: alike(words.get(..content).unwrap_or_default()),
            alike_norm: squares.sqrt(),
            order: meant.iter().filter_map(|m| slot_of(&m.word)).map(|slot| slot as u8).collect(),
            asked: asking.asked,
            detail: asking.detail,
            head,
            voice: voices::asked_of(&meant),
            stems,
            content,
            words,
        }
    }

    /// The words with content, with their slots.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, &QueryWord)> {
        self.words.iter().take(self.content).enumerate()
    }

    /// `part` of the question's idf mass, 0..1.
    pub(super) fn share(&self, part: f32) -> f32 {
        if self.mass > 0.0 { part / self.mass } else { 0.0 }
    }

    /// What leads to candidates: the stems that stand for its words, each with what it weighs. `widely`: those near a
    /// word too that the base has itself. `by_small_words`: small ones lead too rather than only count.
    pub(super) fn leads(&self, widely: bool, by_small_words: bool) -> Vec<Lead> {
        let mut leads: Vec<Lead> = Vec::with_capacity(64);
        for (slot, word) in self.words.iter().enumerate() {
            let near = word.near.iter().filter(|n| widely || word.own.is_none() || n.weight >= 1.0);
            let drives = slot < self.content || by_small_words;
            leads.extend(near.map(|n| Lead { term: n.term, weight: n.weight.max(n.alike) * word.idf, drives }));
        }
        // The heavier first, which is the one that stays.
        leads.sort_unstable_by(|a, b| a.term.cmp(&b.term).then(b.weight.total_cmp(&a.weight)));
        leads.dedup_by_key(|lead| lead.term);
        leads
    }
}

/// Adds each word of `meant` once, as long as there are fewer than `most`.
fn add_words(
    words: &mut Vec<QueryWord>,
    meant: &[&Meant],
    most: usize,
    shouted: bool,
    language: &Language,
    index: &Index,
) {
    for Meant { word, near } in meant {
        if let Some(known) = words.iter_mut().find(|w| w.word == word.folded) {
            known.count += 1.0;
            continue;
        }
        if words.len() >= most {
            break;
        }
        let best = near.iter().filter(|n| n.weight > 0.0).max_by(|a, b| a.weight.total_cmp(&b.weight));
        let own = index.vocabulary.get(&word.stem);
        // A word known only through its near ones is as common as the nearest.
        let idf = best.map_or_else(|| index.idf_of_stranger(&word.stem, language), |best| index.idf(best.term));
        let alike =
            own.map_or_else(|| index.likeness.idf_of_stranger(&word.stem, language), |own| index.likeness.idf(own));
        let named = best.is_some_and(|best| index.vocabulary.is_name(best.term));
        let entity = (word.name && !shouted) || named || word.number;
        let rarity = index.rarity(best.map(|best| best.term));
        words.push(QueryWord {
            word: word.folded.clone(),
            own,
            idf,
            rarity,
            alike,
            count: 1.0,
            near: near.clone(),
            entity,
        });
    }
}

fn meetings(words: &[QueryWord]) -> Vec<Meeting> {
    let of = |(slot, word): (u8, &QueryWord)| {
        let near = word.near.iter();
        near.map(move |n| Meeting { term: n.term, slot, weight: n.weight, alike: n.alike }).collect::<Vec<_>>()
    };
    (0..).zip(words).flat_map(of).collect()
}
