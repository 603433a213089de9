//! A question and an entry: what all signals ask of them, gathered once.

use super::answers::is_year;
use super::around::{Around, Hit, TextMatch};
use super::asks::{Asked, Detail};
use super::forward::{Field, Token};
use super::index::Index;
use super::letters::Letters;
use super::likeness::Alike;
use super::marks::{FADING, FADING_FAST, Marks, Places, in_a_row, nearness};
use super::mend::MOST_WORDS;
use super::points::MET;
use super::query::{Query, QueryWord};
use super::shares::{Neighbours, Shares};
use super::voices::gives_word_of;

/// A question and an entry.
pub(super) struct Pair<'a> {
    pub query: &'a Query,
    pub index: &'a Index,
    pub entry: u32,
    pub text: &'a [Token],
    pub own: TextMatch<'a>,
    /// Share 0..1 of the question's weight in words that nothing in its story resembles, and the same with words that
    /// only a synonym stands for.
    pub strange: f32,
    pub unsaid: f32,
    /// The same as the first, of names and numbers only.
    pub strangers: f32,
    /// Whether it is the first of its paragraph.
    pub opens: bool,
    /// How many sample questions its author wrote.
    pub samples: usize,
    /// Whether it has questions of any kind to compare with.
    compared: bool,
    /// How well any field of the entry meets each word of the question, by slot.
    fields: [f32; MOST_WORDS],
    pub shares: Shares,
    pub marks: Marks,
    /// How surely a word that the question lacks is the kind of answer it wants, 0..1.
    pub answers: f32,
    /// The most of the question's weight near a word that answers; near any other word, and near any other name, where
    /// anything may answer.
    pub near_the_answer: f32,
    pub near_anything: f32,
    pub near_a_name: f32,
    /// Words that the text has in the order of the question: two and three.
    pub two_in_a_row: f32,
    pub three_in_a_row: f32,
    /// Whether the entry gives the word of whom the question names; true where it names nobody's.
    pub voiced: bool,
    pub alike: Alike,
    /// Only of the best few candidates.
    pub letters: Letters,
    /// Of all candidates: the most that one has around it, and how many hold the kind of answer.
    pub rivals: Rivals,
}

/// What is known of all candidates together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rivals {
    /// The largest `around` share.
    pub around: f32,
    /// Mean of `answers`.
    pub answers: f32,
}

/// Words at most between a name and what is named.
const BESIDE: usize = 5;

/// How surely a name of two words answers who.
pub(super) const SURELY: f32 = 1.0;

impl<'a> Pair<'a> {
    pub(super) fn new(query: &'a Query, index: &'a Index, around: &'a Around, entry: u32) -> Option<Self> {
        let paragraph = around.paragraph(index.forward.paragraph_around(entry))?;
        let own = paragraph.text(entry)?;
        let story = around.story_of(entry)?;
        let mut pair = Self {
            query,
            index,
            entry,
            text: index.forward.text(entry),
            own,
            strange: story.strange,
            unsaid: story.unsaid,
            strangers: story.strangers,
            opens: paragraph.entries.start == entry,
            samples: 0,
            compared: false,
            fields: [0.0; MOST_WORDS],
            shares: Shares::default(),
            marks: Marks::default(),
            answers: 0.0,
            near_the_answer: 0.0,
            near_anything: 0.0,
            near_a_name: 0.0,
            two_in_a_row: 0.0,
            three_in_a_row: 0.0,
            voiced: query.voice.is_none(),
            alike: Alike::default(),
            letters: Letters::default(),
            rivals: Rivals::default(),
        };
        for (met, own) in pair.fields.iter_mut().zip(own.met) {
            *met = *own;
        }
        for (segment, tokens) in index.forward.segments(entry).skip(1) {
            pair.samples += usize::from(segment.field == Field::Question);
            pair.compared |= matches!(segment.field, Field::Question | Field::NotFor);
            if segment.field != Field::NotFor {
                pair.meet(tokens, segment.field.weight());
            }
        }
        let near = Neighbours {
            before: entry.checked_sub(1).and_then(|n| paragraph.text(n)),
            behind: entry.checked_add(1).and_then(|n| paragraph.text(n)),
            opener: paragraph.text(paragraph.entries.start)?,
            story,
        };
        pair.shares = Shares::new(query, &pair.fields, |slot| paragraph.meets(slot), &near);
        Some(pair)
    }

    /// Whether it has sample questions.
    pub(super) fn is_sampled(&self) -> bool {
        self.samples > 0
    }

    fn meet(&mut self, tokens: &[Token], worth: f32) {
        for meeting in tokens.iter().flat_map(|t| self.query.meets.of(t.term())) {
            if let Some(met) = self.fields.get_mut(usize::from(meeting.slot)) {
                *met = met.max(meeting.weight * worth);
            }
        }
    }

    /// Gathers what costs more, for those worth scoring in full.
    pub(super) fn complete(&mut self) {
        let (query, index) = (self.query, self.index);
        if self.compared {
            self.alike = Alike::new(query, index, self.entry);
        }
        self.marks = Marks::new(query, self.text, self.own.hits);
        self.answers = self.marks.surest;
        let names = index.forward.segments(self.entry).filter(|(segment, _)| segment.field == Field::Name);
        for (_, tokens) in names {
            if let Some(asked) = query.asked {
                self.answers = self.answers.max(surest_answer(query, tokens, asked));
            }
            if let Some(named) = &query.voice {
                self.voiced |= tokens.iter().any(|t| !t.is_stop() && named.contains(&t.term()));
            }
        }
        if let Some(named) = &query.voice {
            self.voiced |= gives_word_of(self.text, named, &index.lexicon.giving);
        }
        (self.two_in_a_row, self.three_in_a_row) = in_a_row(query, self.own.hits);
        let near = |places: Places, fading| nearness(query, self.own.hits, places, fading);
        if query.asked.is_some() {
            self.near_the_answer = near(self.marks.answers, &FADING);
        } else {
            (self.near_anything, self.near_a_name) =
                (near(self.marks.others, &FADING_FAST), near(self.marks.names, &FADING));
        }
    }

    /// The question's words with content, with their slots.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, &'a QueryWord)> + use<'a> {
        self.query.terms()
    }

    /// How well the entry meets a word in any field, 0..1.
    pub(super) fn met(&self, slot: usize) -> f32 {
        self.fields.get(slot).copied().unwrap_or(0.0)
    }

    /// Share of the question's weight that no field of the entry has.
    pub(super) fn uncovered(&self) -> f32 {
        self.query.share(self.terms().filter(|(slot, _)| self.met(*slot) < MET).map(|(_, word)| word.idf).sum())
    }

    /// Places of new words in the text that answer exactly what was asked for.
    pub(super) fn has_detail(&self, detail: Detail) -> bool {
        let behind = |at: usize, units: &[u32]| {
            let next = self.text.get(at + 1..(at + 4).min(self.text.len())).unwrap_or_default();
            next.iter().any(|t| units.contains(&t.term()))
        };
        let before = |at: usize, units: &[u32]| {
            let last = self.text.get(at.saturating_sub(4)..at).unwrap_or_default();
            last.iter().any(|t| units.contains(&t.term()))
        };
        let is_sum = |at: usize| before(at, &self.index.lexicon.prices) && !behind(at, &self.index.lexicon.times);
        let is_year = |t: &Token| is_year(self.index.vocabulary.name(t.term()));
        let is_clock = |at: usize, t: &Token| {
            let is_written = t.answers().is_time() && self.index.vocabulary.name(t.term()).contains(':');
            is_written || behind(at, &self.index.lexicon.clocks)
        };
        // The name of the gardener stands beside the gardener.
        let is_met = |hit: &Hit| self.query.is_content(hit.slot) && hit.weight >= MET;
        let is_beside =
            |at: usize| self.own.hits.iter().any(|hit| is_met(hit) && usize::from(hit.at).abs_diff(at) <= BESIDE);
        // Whoever says so is none of those whom it is said of.
        let voices = self.index.forward.segments(self.entry).filter(|(segment, _)| segment.field == Field::Name);
        let voices: Vec<&[Token]> = voices.map(|(_, tokens)| tokens).collect();
        let is_of_voice = |t: &Token| voices.iter().any(|tokens| tokens.iter().any(|name| name.term() == t.term()));
        let fits = |(at, t): (usize, &Token)| match detail {
            Detail::Name => t.answers().fit(Asked::Who) >= SURELY && is_beside(at) && !is_of_voice(t),
            Detail::Clock => is_clock(at, t),
            Detail::Year => t.answers().is_time() && is_year(t),
            Detail::Day => t.answers().is_time() && !is_year(t),
            Detail::Duration => t.answers().is_count() && behind(at, &self.index.lexicon.times),
            Detail::Money => t.answers().is_count() && (behind(at, &self.index.lexicon.moneys) || is_sum(at)),
        };
        self.text.iter().enumerate().filter(|(_, t)| self.query.lacks(t.term())).any(fits)
    }
}

/// How surely one of these words, if it is not the question's own, is the kind of answer asked for.
fn surest_answer(query: &Query, tokens: &[Token], asked: Asked) -> f32 {
    let fits = tokens.iter().map(|t| (t, t.answers().fit(asked))).filter(|(_, fit)| *fit > 0.0);
    fits.filter(|(t, _)| query.lacks(t.term())).map(|(_, fit)| fit).fold(0.0, f32::max)
}
