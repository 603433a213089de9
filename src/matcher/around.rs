//! What the texts of candidates and those around them have of a question: each text is read once.

use std::ops::Range;

use smallvec::SmallVec;

use super::forward::{StoryEntries, Token};
use super::index::Index;
use super::mend::MOST_WORDS;
use super::query::Query;
use super::vocabulary::Near;

/// A word of the text that stands for one of the question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Of the question's word.
    pub slot: u8,
    /// Place in the text.
    pub at: u16,
    /// How well, 0..1.
    pub weight: f32,
}

/// A text against a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextMatch<'a> {
    /// How well each word of the question is met, by slot, 0..1.
    pub met: &'a [f32],
    /// In the order of the text.
    pub hits: &'a [Hit],
}

impl TextMatch<'_> {
    pub(super) fn met(&self, slot: usize) -> f32 {
        self.met.get(slot).copied().unwrap_or(0.0)
    }
}

/// What a story as a whole has of a question.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    entries: Range<u32>,
    /// Share 0..1 of the question's weight in words that nothing in the story resembles.
    pub strange: f32,
    /// The same, with words that only a synonym stands for.
    pub unsaid: f32,
    /// The same as the first, of names and numbers only.
    pub strangers: f32,
    /// 1 for a word of its title, by slot.
    pub title: [f32; MOST_WORDS],
}

impl Standing {
    fn new(query: &Query, index: &Index, story: &StoryEntries) -> Self {
        let occurs = |near: &Near| near.weight > 0.0 && index.postings.occurs_in(near.term, &story.entries);
        let without = |known: &dyn Fn(&Near) -> bool| {
            let missing = query.terms().filter(|(_, word)| !word.near.iter().any(known));
            query.share(missing.map(|(_, word)| word.idf).sum())
        };
        let strangers =
            query.terms().filter(|(_, word)| word.entity && word.word.len() > 2 && !word.near.iter().any(occurs));
        let strangers = query.share(strangers.map(|(_, word)| word.idf).sum());
        let mut title = [0.0; MOST_WORDS];
        for (met, (_, word)) in title.iter_mut().zip(query.terms()) {
            *met = if word.own.is_some_and(|own| story.title.binary_search(&own).is_ok()) { 1.0 } else { 0.0 };
        }
        Self {
            entries: story.entries.clone(),
            strangers,
            strange: without(&|near| occurs(near)),
            unsaid: without(&|near| !near.synonym && occurs(near)),
            title,
        }
    }
}

/// The matches of all texts that the candidates of one question need.
#[derive(Debug)]
pub(super) struct Around {
    width: usize,
    /// Entry and where its hits end, by entry.
    rows: Vec<(u32, u32)>,
    /// `width` a row.
    met: Vec<f32>,
    hits: Vec<Hit>,
    stories: SmallVec<[Standing; 1]>,
}

impl Around {
    /// `candidates` in rising order, each with what led to it.
    pub(super) fn new(query: &Query, index: &Index, candidates: &[(u32, f32)]) -> Self {
        let width = query.words.len();
        // Four texts a candidate, few of whose words meet the question's.
        let texts = candidates.len() * 4;
        let mut around = Self {
            width,
            rows: Vec::with_capacity(texts),
            met: Vec::with_capacity(texts * width),
            hits: Vec::with_capacity(texts * 4),
            stories: SmallVec::new(),
        };
        // Where all texts are first, then what is in them: the memory answers many questions at once faster than one after
        // the other.
        let mut places: SmallVec<[(u32, &[Token]); 64]> = SmallVec::new();
        for (entry, _) in candidates.iter().copied() {
            let is_known = around.stories.last().is_some_and(|s| s.entries.contains(&entry));
            if let Some(story) = index.forward.story_of(entry).filter(|_| !is_known) {
                around.stories.push(Standing::new(query, index, story));
            }
            let range = index.forward.paragraph_around(entry);
            let next = places.last().map_or(0, |(last, _)| last + 1);
            places.extend((range.start.max(next)..range.end).map(|n| (n, index.forward.text(n))));
        }
        for (entry, text) in places {
            around.add(query, entry, text);
        }
        around
    }

    fn add(&mut self, query: &Query, entry: u32, text: &[Token]) {
        let start = self.met.len();
        self.met.resize(start + self.width, 0.0);
        for (at, token) in (0u16..).zip(text) {
            for meeting in query.meets.of(token.term()).iter().filter(|m| m.weight > 0.0) {
                if let Some(met) = self.met.get_mut(start + usize::from(meeting.slot)) {
                    *met = met.max(meeting.weight);
                }
                self.hits.push(Hit { slot: meeting.slot, at, weight: meeting.weight });
            }
        }
        self.rows.push((entry, self.hits.len() as u32));
    }

    /// The texts of a candidate's paragraph, of which all have been read.
    pub(super) fn paragraph(&self, entries: Range<u32>) -> Option<Paragraph<'_>> {
        let first = self.rows.binary_search_by_key(&entries.start, |(entry, _)| *entry).ok()?;
        Some(Paragraph { around: self, first, entries })
    }

    fn row(&self, row: usize) -> Option<TextMatch<'_>> {
        let start = row.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |(_, end)| *end as usize);
        let end = self.rows.get(row).map_or(start, |(_, end)| *end as usize);
        Some(TextMatch {
            met: self.met.get(row * self.width..(row + 1) * self.width)?,
            hits: self.hits.get(start..end)?,
        })
    }

    pub(super) fn story_of(&self, entry: u32) -> Option<&Standing> {
        self.stories.iter().find(|s| s.entries.contains(&entry))
    }
}

/// The texts of one paragraph, in rows that follow one another.
pub(super) struct Paragraph<'a> {
    around: &'a Around,
    first: usize,
    pub entries: Range<u32>,
}

impl<'a> Paragraph<'a> {
    /// The text of an entry; None where it is of another paragraph.
    pub(super) fn text(&self, entry: u32) -> Option<TextMatch<'a>> {
        let at = entry.checked_sub(self.entries.start).filter(|_| entry < self.entries.end)?;
        self.around.row(self.first + at as usize)
    }

    /// How well the best of its texts meets a word, and what share of them meet it.
    pub(super) fn meets(&self, slot: usize) -> (f32, f32) {
        let width = self.around.width;
        if self.entries.len() == 1 {
            let met = self.around.met.get(self.first * width + slot).copied().unwrap_or(0.0);
            return (met, if met > 0.0 { 1.0 } else { 0.0 });
        }
        let rows = self.around.met.get(self.first * width..).unwrap_or_default();
        let column = rows.get(slot..).unwrap_or_default().iter().step_by(width.max(1)).take(self.entries.len());
        let (best, count) = column
            .fold((0.0f32, 0.0), |(best, count), met| (best.max(*met), count + if *met > 0.0 { 1.0 } else { 0.0 }));
        (best, count / self.entries.len().max(1) as f32)
    }
}
