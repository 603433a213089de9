//! The index: postings from stems to entries, and what each entry needs to be scored.
//!
//! Built once, then only read. Candidates come from the postings; the full signals run on the best of them only, so
//! that their cost does not grow with the base.

use std::collections::{BTreeMap, HashMap};

use super::asks::{Asked, possible_answers};
use super::entry::Entry;
use super::explain::Explanation;
use super::query::Query;
use super::score::Confidence;
use super::signals::{self, Pair};
use super::similar::Unit;
use super::vocabulary::{TermId, Vocabulary};
use super::voices::given_by;
use crate::text::{Language, Word, background_share, words};

/// What a word of each field is worth against the same word in the text itself.
const SUPPORT: f32 = 0.5;
const KEYWORD: f32 = 0.9;
const TERM: f32 = 0.5;
const NAME: f32 = 0.5;
const QUESTION: f32 = 0.7;

/// Ordinary sentences added to every base when counting how common a word is, so that a base of forty facts does not
/// take "work" for a rare word. From the public questions; 200 to 800 make no difference.
const BACKGROUND: f32 = 400.0;

/// This many best candidates by postings are scored in full.
const RERANKED: usize = 64;

/// One entry, ready to be scored.
#[derive(Debug)]
pub(super) struct Indexed {
    /// Stems of the text itself with their count, sorted by stem.
    pub text: Vec<(TermId, u16)>,
    /// Content words of the text.
    pub length: f32,
    /// Best field weight of each stem anywhere in the entry, sorted by stem.
    pub anywhere: Vec<(TermId, f32)>,
    pub questions: Vec<Unit>,
    pub not_for: Vec<Unit>,
    /// Words that could answer a kind of question: kind, stem, weight.
    pub answers: Vec<(Asked, TermId, f32)>,
    /// Stems that name whose word the entry gives, sorted.
    pub voices: Vec<TermId>,
    /// Kinds that its sample questions ask for, by index into `questions`.
    pub asked: Vec<Option<Asked>>,
    pub story: usize,
}

/// Which entries may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of one story, by its index.
    Story(usize),
}

/// An entry that fits a question.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index of the entry as it was given to `Index::new`.
    pub entry: usize,
    /// How sure.
    pub confidence: Confidence,
    /// The sum of weighted signals behind it; comparable between bases.
    pub score: f32,
    /// Share 0..1 of the question's weight in words that occur nowhere in its story, even after slips and roots.
    pub strange: f32,
    /// The same, with words that only a synonym stands for.
    pub unsaid: f32,
    /// Share 0..1 of the question's weight in names and numbers that the entry lacks.
    pub foreign: f32,
    /// Whether the entry gives the word of whom the question names; true where it names nobody's.
    pub voiced: bool,
    /// Whether the entry holds the kind of answer that was asked for; true where no kind was.
    pub holds: bool,
}

/// What a question found.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// The kind of answer it asks for.
    pub asked: Option<Asked>,
    /// Best first.
    pub candidates: Vec<Candidate>,
}

/// An index over entries.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    pub(super) entries: Vec<Indexed>,
    /// Entries by stem, each with its best field weight.
    postings: Vec<Vec<(u32, f32)>>,
    /// Stories in which each stem occurs, sorted.
    stories: Vec<Vec<u32>>,
    idf: Vec<f32>,
    highest_idf: f32,
    pub(super) average_length: f32,
    /// Language of each story, by its index.
    story_languages: BTreeMap<usize, Language>,
}

impl Index {
    /// Builds the index. Candidates refer to the entries by their place in this list.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        for entry in entries {
            index.story_languages.entry(entry.story).or_insert_with(|| entry.language.clone());
            let indexed = Indexed::new(entry, &mut index.vocabulary);
            index.entries.push(indexed);
        }
        index.vocabulary.seal();
        index.postings = vec![Vec::new(); index.vocabulary.len()];
        for (id, entry) in index.entries.iter().enumerate() {
            for (term, weight) in &entry.anywhere {
                if let Some(list) = index.postings.get_mut(*term as usize) {
                    list.push((id as u32, *weight));
                }
            }
        }
        let story_of = |(entry, _): &(u32, f32)| index.entries.get(*entry as usize).map_or(0, |e| e.story as u32);
        index.stories = index.postings.iter().map(|list| list.iter().map(story_of).collect()).collect();
        index.stories.iter_mut().for_each(Vec::dedup);
        index.weigh();
        index
    }

    /// The best entries for `question`, best first, at most `most`.
    pub fn rank(&self, question: &str, scope: Scope, most: usize) -> Ranking {
        let query = self.query(question, scope);
        let mut found: Vec<Candidate> = self
            .candidates(&query, scope)
            .into_iter()
            .filter_map(|entry| Some(self.candidate(&query, entry, self.entries.get(entry)?)))
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        found.truncate(most);
        Ranking { asked: query.asked, candidates: found }
    }

    /// Why `entry` scores as it does for `question`.
    pub fn explain(&self, question: &str, scope: Scope, entry: usize) -> Option<Explanation> {
        let query = self.query(question, scope);
        let pair = Pair::new(&query, self.entries.get(entry)?, self);
        Some(Explanation::new(&pair, self))
    }

    fn candidate(&self, query: &Query, entry: usize, indexed: &Indexed) -> Candidate {
        let pair = Pair::new(query, indexed, self);
        let score = signals::score(&pair);
        Candidate {
            entry,
            confidence: Confidence::of_score(score),
            score,
            strange: signals::strange(&pair),
            unsaid: signals::unsaid(&pair),
            voiced: pair.is_voiced(),
            foreign: signals::foreign_name(&pair),
            holds: pair.holds_answer(),
        }
    }

    /// The question in the language of the stories it may be answered from: the one whose words know it best.
    fn query(&self, question: &str, scope: Scope) -> Query {
        let mut languages: Vec<&Language> = Vec::new();
        for (story, language) in &self.story_languages {
            let in_scope = scope == Scope::All || scope == Scope::Story(*story);
            if in_scope && !languages.contains(&language) {
                languages.push(language);
            }
        }
        let known = |query: &Query| query.terms.iter().filter(|t| !t.near.is_empty()).count();
        let queries = languages.into_iter().map(|language| Query::new(question, language, self));
        let best = queries.reduce(|a, b| if known(&b) > known(&a) { b } else { a });
        best.unwrap_or_else(|| Query::new(question, &Language::default(), self))
    }

    /// The entries that share most of the question's weight, in no order.
    fn candidates(&self, query: &Query, scope: Scope) -> Vec<usize> {
        let mut shared: HashMap<u32, f32> = HashMap::new();
        for term in &query.terms {
            for near in &term.near {
                let postings = self.postings.get(near.term as usize).map_or(&[][..], Vec::as_slice);
                for (entry, weight) in postings {
                    *shared.entry(*entry).or_default() += term.idf * near.weight * weight;
                }
            }
        }
        let in_scope = |entry: u32| match scope {
            Scope::All => true,
            Scope::Story(story) => self.entries.get(entry as usize).is_some_and(|e| e.story == story),
        };
        let mut best: Vec<(u32, f32)> = shared.into_iter().filter(|(entry, _)| in_scope(*entry)).collect();
        best.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(RERANKED);
        best.into_iter().map(|(entry, _)| entry as usize).collect()
    }

    /// Whether a stem occurs anywhere in a story.
    pub(super) fn occurs_in(&self, term: TermId, story: usize) -> bool {
        self.stories.get(term as usize).is_some_and(|stories| stories.contains(&(story as u32)))
    }

    /// How much a stem of the base tells, in nats.
    pub(super) fn idf(&self, term: TermId) -> f32 {
        self.idf.get(term as usize).copied().unwrap_or(self.highest_idf)
    }

    /// How much a stem tells that the base does not know.
    pub(super) fn idf_of_stranger(&self, stem: &str, language: &Language) -> f32 {
        self.inverse_frequency(0.0, background_share(stem, language))
    }

    /// ln(1 + (N - n + 0.5) / (n + 0.5)), the idf of BM25 (Robertson and Zaragoza 2009), over the base's entries and the
    /// background sentences together.
    fn inverse_frequency(&self, entries: f32, share: f32) -> f32 {
        let all = self.entries.len() as f32 + BACKGROUND;
        let with = entries + BACKGROUND * share;
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn weigh(&mut self) {
        let english = Language::default();
        // Terms of a topic stand on all its facts; they do not make a word common.
        let occurs = |list: &Vec<(u32, f32)>| list.iter().filter(|(_, weight)| *weight > TERM).count() as f32;
        let idf = |(term, list): (usize, &Vec<(u32, f32)>)| {
            let story = self.stories.get(term).and_then(|stories| stories.first());
            let language = story.and_then(|s| self.story_languages.get(&(*s as usize))).unwrap_or(&english);
            let share = background_share(self.vocabulary.name(term as TermId), language);
            self.inverse_frequency(occurs(list), share)
        };
        let weighed: Vec<f32> = self.postings.iter().enumerate().map(idf).collect();
        self.idf = weighed;
        self.highest_idf = self.inverse_frequency(0.0, 0.0);
        let lengths: f32 = self.entries.iter().map(|e| e.length).sum();
        self.average_length = (lengths / self.entries.len().max(1) as f32).max(1.0);
        let mut entries = std::mem::take(&mut self.entries);
        for entry in &mut entries {
            let units = entry.questions.iter_mut().chain(&mut entry.not_for);
            units.for_each(|unit| unit.weigh(|term| self.idf(term)));
        }
        self.entries = entries;
    }
}

impl Indexed {
    fn new(entry: &Entry, vocabulary: &mut Vocabulary) -> Self {
        let cut = |text: &String| words(text, &entry.language);
        let text = cut(&entry.text);
        let support: Vec<Word> = entry.support.iter().flat_map(cut).collect();
        let questions: Vec<Vec<Word>> = entry.questions.iter().map(cut).collect();
        let mut anywhere: HashMap<TermId, f32> = HashMap::new();
        let mut add = |list: &[Word], weight: f32, vocabulary: &mut Vocabulary| {
            // "Own" in "its own words" does not answer who owns it.
            for word in list.iter().filter(|w| !w.stop) {
                let best = anywhere.entry(vocabulary.intern_word(word)).or_default();
                *best = best.max(weight);
            }
        };
        add(&text, 1.0, vocabulary);
        add(&support, SUPPORT, vocabulary);
        for (texts, weight) in [(&entry.keywords, KEYWORD), (&entry.terms, TERM), (&entry.names, NAME)] {
            texts.iter().for_each(|t| add(&cut(t), weight, vocabulary));
        }
        questions.iter().for_each(|q| add(q, QUESTION, vocabulary));

        let names: Vec<Word> = entry.names.iter().flat_map(cut).collect();
        // Who claims it answers "who"; a place in somebody's role does not answer "where".
        let claimants = possible_answers(&names, &entry.language).into_iter().filter(|p| p.asked == Asked::Who);
        let answers = possible_answers(&text, &entry.language).into_iter().chain(claimants);
        let answers = answers.map(|p| (p.asked, vocabulary.intern(&p.stem), p.weight)).collect();
        let mut voices: Vec<TermId> =
            names.iter().filter(|w| !w.stop).chain(given_by(&text)).map(|w| vocabulary.intern(&w.stem)).collect();
        voices.sort_unstable();
        let mut counts: HashMap<TermId, u16> = HashMap::new();
        for word in &text {
            let count = counts.entry(vocabulary.intern_word(word)).or_default();
            *count = count.saturating_add(1);
        }
        Self {
            length: text.iter().filter(|w| !w.stop).count().max(1) as f32,
            text: sorted(counts),
            anywhere: sorted(anywhere),
            asked: questions.iter().map(|q| Asked::of(q)).collect(),
            questions: questions.iter().map(|q| Unit::new(q, vocabulary)).collect(),
            not_for: entry.not_for.iter().map(|q| Unit::new(&cut(q), vocabulary)).collect(),
            answers,
            voices,
            story: entry.story,
        }
    }
}

fn sorted<T>(map: HashMap<TermId, T>) -> Vec<(TermId, T)> {
    let mut list: Vec<(TermId, T)> = map.into_iter().collect();
    list.sort_unstable_by_key(|(id, _)| *id);
    list
}
