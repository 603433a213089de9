//! The index: built once over all bases, then only read.
//!
//! Candidates come from the postings; the full signals run on the best of them only, so that their cost does not grow
//! with the base.

use std::ops::Range;

use smallvec::SmallVec;

use super::around::Around;
use super::asks::Asked;
use super::entry::Base;
use super::explain::Explanation;
use super::forward::Forward;
use super::letters::{LetterBag, Letters};
use super::likeness::Likeness;
use super::pair::{Pair, Rivals};
use super::points::{DETERMINERS, LESSER};
use super::postings::Postings;
use super::query::Query;
use super::score::Confidence;
use super::signals;
use super::table;
use super::vocabulary::{TermId, Vocabulary};
use super::voices::giving;
use crate::text::{Language, background_share};

/// Ordinary sentences added to every base when counting how common a word is, so that a base of forty facts does not
/// take "work" for a rare word. From the public questions; 200 to 800 make no difference.
const BACKGROUND: f32 = 400.0;

/// So many candidates by postings are looked at with what stands around them: 64 find no more right answers (measured on
/// all public sets).
const RERANKED: usize = 16;

/// So many of these are scored in full: those that have most of the question in themselves and around them, and so many
/// `rank` gives at most.
const SCORED: usize = 10;

/// A candidate that has less than this share of the best one's, by the postings and then with what stands around it, is
/// not looked at further, nor in full: no fewer right answers are first (all public sets, within 0.1 points), in two
/// thirds of the time. Where no entry has anything around it, the postings say nearly all.
const WORTH_A_LOOK: f32 = 0.4;
const WORTH_A_LOOK_ALONE: f32 = 0.5;
const WORTH_SCORING: f32 = 0.5;
/// But so many are, however far behind: the second and third best are shown too.
const AT_LEAST: usize = 3;

/// Where content leads to fewer candidates, small words lead too.
const ENOUGH: usize = 8;

/// So many of the best candidates are compared by letters too: 4 and 16 are right in 0.2 % more of the public
/// questions and cost two to eight times as much.
const BY_LETTERS: usize = 2;

/// In larger bases words near one that the base has itself no longer lead to candidates, they only count in scoring:
/// reading them too costs two to four times as much and finds nothing more (measured).
const WIDELY_UP_TO: usize = 4096;

/// Which entries may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of one story, by its place among the bases.
    Story(usize),
}

/// An entry that fits a question.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Place of the entry among those of all bases, in the order they were given to `Index::new`.
    pub entry: usize,
    /// How sure.
    pub confidence: Confidence,
    /// The sum of weighted signals behind it; comparable between bases.
    pub score: f32,
    /// Share 0..1 of the question's weight in words that occur nowhere in its story, even after slips and roots.
    pub strange: f32,
    /// The same, with words that only a synonym stands for.
    pub unsaid: f32,
    /// The same as `strange`, of names and numbers only.
    pub strangers: f32,
    /// What it has lost because its author wrote the question, or one like it, as one that it must not answer; in nats.
    pub barred: f32,
    /// Share 0..1 of the question's weight in names and numbers that the entry lacks.
    pub foreign: f32,
    /// Share 0..1 of the question's weight that the entry has in any field.
    pub covered: f32,
    /// What the entry meets of the question, in nats.
    pub met: f32,
    /// Share 0..1 of the question's weight in words that no field of the entry has at all.
    pub uncovered: f32,
    /// Whether the entry has what the question turns on: what "who" or "which" is asked of, an "if".
    pub pointed: bool,
    /// Whether the entry has the role that somebody is asked for by: "who is the director"; true where that is not asked.
    pub has_role: bool,
    /// Or has it only as a lesser one: vice president for president.
    pub has_lesser_role: bool,
    /// Whether the entry gives the word of whom the question names; true where it names nobody's.
    pub voiced: bool,
    /// Whether the entry names one of what is asked for with "which"; true where that is not asked.
    pub named: bool,
    /// Whether the entry says that it was done the other way round: not A to B, but B to A.
    pub swapped: bool,
    /// Whether the entry holds the kind of answer that was asked for; true where no kind was.
    pub holds: bool,
}

/// What a question found.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// The kind of answer it asks for.
    pub asked: Option<Asked>,
    /// Whether it has a name or number.
    pub names: bool,
    /// How many of its words have content.
    pub words: usize,
    /// Best first.
    pub candidates: Vec<Candidate>,
}

/// An index over the entries of all bases. It keeps no text.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    pub(super) forward: Forward,
    pub(super) postings: Postings,
    pub(super) likeness: Likeness,
    pub(super) lexicon: Lexicon,
    idf: Vec<f32>,
    highest_idf: f32,
}

/// Stems of the base that signals know by name.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Behind these a text gives somebody's word.
    pub giving: Vec<TermId>,
    /// These open a sentence about what the one before it was about.
    pub pronouns: Vec<TermId>,
    pub times: Vec<TermId>,
    pub moneys: Vec<TermId>,
    /// Behind these a number is a sum, whatever the currency is called.
    pub prices: Vec<TermId>,
    /// Behind these a number is a time of day.
    pub clocks: Vec<TermId>,
    /// These say what would be, not what is.
    pub supposing: Vec<TermId>,
    pub determiners: Vec<TermId>,
    /// Before a role they make another one.
    pub lesser: Vec<TermId>,
    pub which: Option<TermId>,
    pub condition: Option<TermId>,
}

const PRONOUNS: &[&str] =
    &["he", "she", "it", "they", "this", "these", "those", "that", "his", "her", "their", "its", "such"];
const TIMES: &[&str] = &["year", "month", "week", "day", "hour", "minut", "second", "decad", "centuri"];
const MONEYS: &[&str] = &[
    "dollar", "pound", "euro", "million", "billion", "trillion", "usd", "franc", "yen", "rubl", "yuan", "rupe", "peso",
    "lira", "crown", "kroner", "krona", "florin", "shekel", "zloti",
];
const PRICES: &[&str] = &[
    "cost", "price", "pay", "paid", "worth", "fee", "bill", "fine", "charg", "spend", "spent", "earn", "salari",
    "loan", "budget", "fund",
];
const CLOCKS: &[&str] = &["o'clock", "am", "pm", "noon", "midnight"];
const SUPPOSING: &[&str] = &["if", "could", "would", "may", "might", "should", "were"];

impl Lexicon {
    fn new(vocabulary: &Vocabulary) -> Self {
        let known = |stems: &[&str]| stems.iter().filter_map(|stem| vocabulary.get(stem)).collect();
        Self {
            giving: giving().filter_map(|stem| vocabulary.get(stem)).collect(),
            pronouns: known(PRONOUNS),
            times: known(TIMES),
            moneys: known(MONEYS),
            prices: known(PRICES),
            clocks: known(CLOCKS),
            supposing: known(SUPPOSING),
            determiners: known(DETERMINERS),
            lesser: known(LESSER),
            which: vocabulary.get("which"),
            condition: vocabulary.get("if"),
        }
    }
}

impl Index {
    /// Builds the index. At most 2^24 entries are found; a base has at most a few hundred thousand in practice.
    pub fn new(bases: &[Base]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut forward = Forward::new(bases, &mut vocabulary);
        vocabulary.seal();
        let postings = Postings::new(&forward, vocabulary.len());
        // The shares of ordinary sentences are those of English stems; another language's words are told apart by the
        // base alone.
        let is_english = |base: &&Base| base.language.is_english();
        let language =
            bases.iter().find(is_english).or(bases.first()).map_or_else(Language::default, |b| b.language.clone());
        let likeness = Likeness::new(&mut forward, &vocabulary, &language);
        let lexicon = Lexicon::new(&vocabulary);
        let mut index = Self { vocabulary, forward, postings, likeness, lexicon, ..Self::default() };
        index.weigh(&language);
        index
    }

    /// The best entries for `question`, best first, at most `most`.
    pub fn rank(&self, question: &str, scope: Scope, most: usize) -> Ranking {
        let query = self.query(question, scope);
        let led = self.candidates(&query, scope);
        let around = Around::new(&query, self, &led);
        let (pairs, mut order) = self.weighed(&query, &around, &led);
        order.truncate(most);
        let candidate = |(score, n): &(f32, usize)| Some(Candidate::new(*score, pairs.get(*n)?));
        let names = query.terms().any(|(_, word)| word.entity);
        let words = query.content;
        Ranking { asked: query.asked, names, words, candidates: order.iter().filter_map(candidate).collect() }
    }

    /// The candidates scored in full, and their scores with their places among them, best first.
    fn weighed<'a>(
        &'a self,
        query: &'a Query,
        around: &'a Around,
        led: &[(u32, f32)],
    ) -> (Vec<Pair<'a>>, Vec<(f32, usize)>) {
        let mut pairs = self.pairs(query, around, led);
        let mut order: Vec<(f32, usize)> =
            pairs.iter().enumerate().map(|(n, pair)| (signals::score(pair), n)).collect();
        sort(&mut order);
        let mut best = order.first().map_or(0.0, |(score, _)| *score);
        let mut bag = None;
        let mut lettered = 0;
        for (score, n) in &mut order {
            // What cannot come first any more need not be known better.
            if lettered == BY_LETTERS || *score + table::BY_LETTERS <= best {
                break;
            }
            let Some(pair) = pairs.get_mut(*n).filter(|pair| pair.is_sampled()) else { continue };
            lettered += 1;
            let bag = bag.get_or_insert_with(|| LetterBag::new(query, self));
            pair.letters = Letters::new(bag, self, pair.entry);
            *score = signals::score(pair);
            best = best.max(*score);
        }
        if bag.is_some() {
            sort(&mut order);
        }
        (pairs, order)
    }

    /// The entries that share most with the question, in rising order, with how much by the postings.
    fn candidates(&self, query: &Query, scope: Scope) -> Vec<(u32, f32)> {
        let range = self.range(scope);
        let widely = range.len() <= WIDELY_UP_TO;
        let leads = query.leads(widely, false);
        let mut entries = self.postings.best(&leads, &range, RERANKED);
        if entries.len() < ENOUGH {
            entries = self.postings.best(&query.leads(widely, true), &range, RERANKED);
        }
        entries.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let is_in = |story: &Range<u32>| story.start < range.end && range.start < story.end;
        let beside = self.forward.stories().iter().any(|s| s.has_paragraphs && is_in(&s.entries));
        let share = if beside { WORTH_A_LOOK } else { WORTH_A_LOOK_ALONE };
        entries.truncate(worth(share, entries.iter().map(|(_, sum)| *sum)));
        entries.sort_unstable_by_key(|(entry, _)| *entry);
        entries
    }

    /// The candidates that are worth scoring in full, by the postings and by what stands around them.
    fn pairs<'a>(&'a self, query: &'a Query, around: &'a Around, led: &[(u32, f32)]) -> Vec<Pair<'a>> {
        let most = led.iter().map(|(_, sum)| *sum).fold(f32::MIN_POSITIVE, f32::max);
        let mut pairs: Vec<Pair<'_>> = Vec::with_capacity(led.len());
        let mut sketches: SmallVec<[(f32, usize); RERANKED]> = SmallVec::new();
        for (entry, sum) in led {
            let Some(pair) = Pair::new(query, self, around, *entry) else { continue };
            sketches.push((sum / most + pair.shares.around, pairs.len()));
            pairs.push(pair);
        }
        sort(&mut sketches);
        sketches.truncate(worth(WORTH_SCORING, sketches.iter().map(|(sketch, _)| *sketch)).min(SCORED));
        let mut at = 0..pairs.len();
        pairs.retain(|_| at.next().is_some_and(|at| sketches.iter().any(|(_, kept)| *kept == at)));
        pairs.iter_mut().for_each(Pair::complete);
        let answers: f32 = pairs.iter().map(|pair| pair.answers).sum();
        let rivals = Rivals {
            around: pairs.iter().map(|pair| pair.shares.around).fold(0.0, f32::max),
            answers: answers / pairs.len().max(1) as f32,
        };
        pairs.iter_mut().for_each(|pair| pair.rivals = rivals);
        pairs
    }

    /// Why `entry` scores as it does for `question`; None where it is not among the candidates scored in full.
    pub fn explain(&self, question: &str, scope: Scope, entry: usize) -> Option<Explanation> {
        let query = self.query(question, scope);
        let led = self.candidates(&query, scope);
        let around = Around::new(&query, self, &led);
        let (pairs, _) = self.weighed(&query, &around, &led);
        pairs.iter().find(|pair| pair.entry as usize == entry).map(Explanation::new)
    }

    /// The question in the language of the stories it may be answered from: the one whose words know it best.
    fn query(&self, question: &str, scope: Scope) -> Query {
        let mut languages: SmallVec<[&Language; 1]> = SmallVec::new();
        for (n, story) in self.forward.stories().iter().enumerate() {
            let in_scope = scope == Scope::All || scope == Scope::Story(n);
            if in_scope && !languages.contains(&&story.language) {
                languages.push(&story.language);
            }
        }
        let known = |query: &Query| query.terms().filter(|(_, word)| !word.near.is_empty()).count();
        let queries = languages.into_iter().map(|language| Query::new(question, language, self));
        let best = queries.reduce(|a, b| if known(&b) > known(&a) { b } else { a });
        best.unwrap_or_else(|| Query::new(question, &Language::default(), self))
    }

    fn range(&self, scope: Scope) -> Range<u32> {
        match scope {
            Scope::All => 0..self.forward.len(),
            Scope::Story(n) => self.forward.stories().get(n).map_or(0..0, |story| story.entries.clone()),
        }
    }

    /// How much a stem of the base tells, in nats.
    pub(super) fn idf(&self, term: TermId) -> f32 {
        self.idf.get(term as usize).copied().unwrap_or(self.highest_idf)
    }

    /// How few entries have a stem: ln((N + 1) / (n + 0.5)).
    pub(super) fn rarity(&self, term: Option<TermId>) -> f32 {
        let with = term.map_or(0, |term| self.postings.frequency(term));
        ((self.forward.len() as f32 + 1.0) / (with as f32 + 0.5)).ln().max(0.0)
    }

    /// How much a stem tells that the base does not know.
    pub(super) fn idf_of_stranger(&self, stem: &str, language: &Language) -> f32 {
        self.inverse_frequency(0.0, background_share(stem, language))
    }

    /// ln(1 + (N - n + 0.5) / (n + 0.5)), the idf of BM25 (Robertson and Zaragoza 2009), over the base's entries and the
    /// background sentences together.
    fn inverse_frequency(&self, entries: f32, share: f32) -> f32 {
        let all = self.forward.len() as f32 + BACKGROUND;
        let with = entries + BACKGROUND * share;
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn weigh(&mut self, language: &Language) {
        let idf = |term: TermId| {
            let share = background_share(self.vocabulary.name(term), language);
            self.inverse_frequency(self.postings.frequency(term) as f32, share)
        };
        self.idf = (0..self.vocabulary.len() as TermId).map(idf).collect();
        self.highest_idf = self.inverse_frequency(0.0, 0.0);
    }
}

/// How many of `values`, best first, are at least `share` of the best, or among the first `AT_LEAST`.
fn worth(share: f32, values: impl Iterator<Item = f32>) -> usize {
    let mut values = values.peekable();
    let least = values.peek().copied().unwrap_or(0.0) * share;
    values.enumerate().take_while(|(n, value)| *n < AT_LEAST || *value >= least).count()
}

/// Best first; of equals the one that comes first in the base.
fn sort(found: &mut [(f32, usize)]) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

impl Candidate {
    fn new(score: f32, pair: &Pair<'_>) -> Self {
        Self {
            entry: pair.entry as usize,
            confidence: Confidence::of_score(score),
            score,
            strange: pair.strange,
            unsaid: pair.unsaid,
            strangers: pair.strangers,
            barred: -table::NOT_FOR * signals::not_for(pair),
            foreign: pair.shares.foreign,
            covered: pair.shares.fields,
            met: pair.terms().map(|(slot, word)| word.idf * pair.met(slot)).sum(),
            uncovered: pair.uncovered(),
            pointed: pair.query.points.are_met(pair),
            has_role: pair.query.points.have_role(pair),
            has_lesser_role: pair.query.points.have_lesser_role(pair),
            voiced: pair.voiced,
            named: signals::names_which(pair),
            swapped: pair.query.roles.as_ref().is_some_and(|roles| roles.are_swapped_in(pair.index, pair.entry)),
            holds: signals::holds_answer(pair),
        }
    }
}
