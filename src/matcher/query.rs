//! A question made ready for scoring: its words, what they weigh, which stems of the base may stand for them.

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::answers::Placed;
use super::asks::{Asked, Detail};
use super::index::Index;
use super::meets::{Meeting, Meets};
use super::mend::{MOST_CONTENT, MOST_SMALL, Meant, mended};
use super::points::Points;
use super::postings::Lead;
use super::roles::Roles;
use super::vocabulary::{Near, NearWords, TermId};
use super::voices;
use crate::text::Language;

/// The loosest kin of a word that the base has itself lead to no candidates: as many right answers, a twentieth less time.
const LOOSE: f32 = 0.5;
/// "Which" opens a question, perhaps behind "hey bot".
pub(super) const WHICH_AMONG: usize = 4;

/// A word of the question.
#[derive(Debug)]
pub(super) struct QueryWord {
    /// As typed, folded.
    pub word: SmolStr,
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
    pub near: NearWords,
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
    /// What the words with content tell, by slot; their sum and the largest.
    pub idf: Vec<f32>,
    pub mass: f32,
    pub heaviest: f32,
    /// Sum of idf times rarity of the words with content.
    pub rare_mass: f32,
    /// The logarithm of how many words have content, at least 0.
    pub log_content: f32,
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
    /// Without which a fact stands beside the point.
    pub points: Points,
    /// Who does what to whom, where that is asked.
    pub roles: Option<Roles>,
    /// Whether one of several is asked for: "which agency", not "what agency is it".
    pub which: bool,
    /// Stems that may name whose word is asked for; None where nobody's is.
    pub voice: Option<Vec<TermId>>,
    /// All stems that the base knows, sorted, so that a word of the question is not taken for its answer.
    pub stems: Vec<TermId>,
}

impl Query {
    pub(super) fn new(question: &str, language: &Language, index: &Index) -> Self {
        let meant = mended(question, language, &index.vocabulary);
        let placed: Vec<Placed> = meant.iter().map(|m| Placed::of(&m.word, language)).collect();
        let asking = Asked::asking(&placed);
        let voice = voices::asked_of(&meant);
        let which = meant.iter().take(WHICH_AMONG).any(|m| m.word.folded == "which");
        let roles = Roles::of(&meant, &index.vocabulary);
        let mut stems: Vec<TermId> = Vec::with_capacity(meant.len() * 2);
        stems.extend(meant.iter().flat_map(Meant::itself));
        stems.sort_unstable();
        stems.dedup();
        let Words { words, content, slots } = Words::of(&meant, language, index);
        let head = asking.head.and_then(|at| slots.get(at).copied().flatten()).map(usize::from);
        let points = Points::of(&meant, &asking, which, &slots, content);
        let alike = |words: &[QueryWord]| words.iter().map(|w| w.alike).sum();
        let squares: f32 = words.iter().map(|w| (w.count * w.alike).powi(2)).sum();
        let idf: Vec<f32> = words.iter().take(content).map(|w| w.idf).collect();
        Self {
            meets: Meets::new(meetings(&words)),
            mass: idf.iter().sum(),
            heaviest: idf.iter().copied().fold(0.0, f32::max),
            rare_mass: words.iter().take(content).map(|w| w.idf * w.rarity).sum(),
            log_content: (content.max(1) as f32).ln(),
            idf,
            alike_mass: alike(&words),
            alike_content: alike(words.get(..content).unwrap_or_default()),
            alike_norm: squares.sqrt(),
            order: slots.into_iter().flatten().collect(),
            asked: asking.asked,
            detail: asking.detail,
            head: head.filter(|slot| *slot < content),
            which,
            points,
            voice,
            roles,
            stems,
            content,
            words,
        }
    }

    /// The words with content, with their slots.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, &QueryWord)> {
        self.words.iter().take(self.content).enumerate()
    }

    /// Whether the word at `slot` has content.
    pub(super) fn is_content(&self, slot: u8) -> bool {
        usize::from(slot) < self.content
    }

    /// Whether a stem is none of the question's own.
    pub(super) fn lacks(&self, term: TermId) -> bool {
        self.stems.binary_search(&term).is_err()
    }

    /// `part` of the question's idf mass, 0..1.
    pub(super) fn share(&self, part: f32) -> f32 {
        if self.mass > 0.0 { part / self.mass } else { 0.0 }
    }

    /// What leads to candidates: the stems that stand for its words, each with what it weighs. `widely`: those near a
    /// word too that the base has itself. `by_small_words`: small ones lead too rather than only count.
    pub(super) fn leads(&self, widely: bool, by_small_words: bool) -> SmallVec<[Lead; 64]> {
        let mut leads: SmallVec<[Lead; 64]> = SmallVec::new();
        for (slot, word) in self.words.iter().enumerate() {
            let leads_itself = |n: &&Near| n.weight >= 1.0 || (widely && n.weight.max(n.alike) > LOOSE);
            let near = word.near.iter().filter(|n| word.own.is_none() || leads_itself(n));
            let drives = slot < self.content || by_small_words;
            leads.extend(near.map(|n| Lead { term: n.term, weight: n.weight.max(n.alike) * word.idf, drives }));
        }
        // The heavier first, which is the one that stays.
        leads.sort_unstable_by(|a, b| a.term.cmp(&b.term).then(b.weight.total_cmp(&a.weight)));
        leads.dedup_by_key(|lead| lead.term);
        leads
    }
}

/// The words of a question, each once, while they are counted.
struct Words {
    words: Vec<QueryWord>,
    content: usize,
    /// Where each word of the question is in `words`; None for those beyond the most.
    slots: Vec<Option<u8>>,
}

impl Words {
    /// First those with content, then the small ones; where none has content, all have.
    fn of(meant: &[Meant], language: &Language, index: &Index) -> Self {
        let shouted = meant.iter().all(|m| m.word.folded.len() < 2 || m.word.capital) && meant.len() > 2;
        let has_content = meant.iter().any(|m| !m.word.stop);
        let mut out = Self { words: Vec::with_capacity(meant.len()), content: 0, slots: vec![None; meant.len()] };
        let is_small = |meant: &Meant| has_content && meant.word.stop;
        for (at, meant) in meant.iter().enumerate().filter(|(_, meant)| !is_small(meant)) {
            out.add(at, meant, MOST_CONTENT, shouted, language, index);
        }
        out.content = out.words.len();
        for (at, meant) in meant.iter().enumerate().filter(|(_, meant)| is_small(meant)) {
            out.add(at, meant, out.content + MOST_SMALL, shouted, language, index);
        }
        out
    }

    fn add(&mut self, at: usize, meant: &Meant, most: usize, shouted: bool, language: &Language, index: &Index) {
        let known = self.words.iter().position(|w| w.word == meant.word.folded);
        let slot = known.or_else(|| {
            (self.words.len() < most).then(|| {
                self.words.push(QueryWord::new(meant, shouted, language, index));
                self.words.len() - 1
            })
        });
        if let Some(slot) = slot {
            if let Some(word) = self.words.get_mut(slot) {
                word.count += 1.0;
            }
            if let Some(place) = self.slots.get_mut(at) {
                *place = Some(slot as u8);
            }
        }
    }
}

impl QueryWord {
    /// Not counted yet.
    fn new(meant: &Meant, shouted: bool, language: &Language, index: &Index) -> Self {
        let Meant { word, term, near } = meant;
        let own = *term;
        // Of equals the first by name: their numbers depend on which story came first.
        let name = |near: &Near| index.vocabulary.name(near.term);
        let nearer = |a: &&Near, b: &&Near| a.weight.total_cmp(&b.weight).then_with(|| name(b).cmp(name(a)));
        let best = near.iter().filter(|n| n.weight > 0.0).max_by(nearer);
        // A word known only through its near ones is as common as the nearest.
        let idf = best.map_or_else(|| index.idf_of_stranger(&word.stem, language), |best| index.idf(best.term));
        let alike =
            own.map_or_else(|| index.likeness.idf_of_stranger(&word.stem, language), |own| index.likeness.idf(own));
        let named = best.is_some_and(|best| index.vocabulary.is_name(best.term));
        let entity = (word.name && !shouted) || named || word.number;
        let rarity = index.rarity(best.map(|best| best.term));
        Self { word: word.folded.clone(), own, idf, rarity, alike, count: 0.0, near: near.clone(), entity }
    }
}

fn meetings(words: &[QueryWord]) -> Vec<Meeting> {
    let mut out = Vec::with_capacity(words.iter().map(|word| word.near.len()).sum());
    for (slot, word) in (0..).zip(words) {
        let near = word.near.iter();
        out.extend(near.map(|n| Meeting { term: n.term, slot, weight: n.weight, alike: n.alike }));
    }
    out
}
