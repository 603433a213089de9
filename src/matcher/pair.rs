//! A question and an entry: what all signals ask of them, gathered once.

use super::answers::is_year;
use super::around::{Around, Hit, Standing, TextMatch};
use super::asks::{Asked, Detail};
use super::forward::{Field, Token};
use super::index::Index;
use super::letters::Letters;
use super::likeness::Alike;
use super::mend::MOST_WORDS;
use super::query::{Query, QueryWord};
use super::voices::gives_word_of;

/// By slot of the question's words.
type BySlot = [f32; MOST_WORDS];

/// A question and an entry.
pub(super) struct Pair<'a> {
    pub query: &'a Query,
    pub index: &'a Index,
    pub entry: u32,
    pub text: &'a [Token],
    pub own: TextMatch<'a>,
    /// The text before and the one behind it, where they are of the same paragraph.
    pub before: Option<TextMatch<'a>>,
    pub behind: Option<TextMatch<'a>>,
    /// The first text of the paragraph, which may be its own.
    pub opener: TextMatch<'a>,
    pub story: &'a Standing,
    /// Whether it is the first of its paragraph.
    pub opens: bool,
    /// Whether its author wrote sample questions.
    pub sampled: bool,
    /// Whether it has questions of any kind to compare with.
    compared: bool,
    /// How well any field of the entry meets each word.
    pub fields: BySlot,
    /// Share of the paragraph's texts that meet each word, by the best one's weight.
    pub paragraph: BySlot,
    /// How well the entry or what stands around it meets each word: the farther the less.
    pub around: BySlot,
    /// A bit for each of the first words of the text that stands for one of the question's with content.
    hit: u128,
    /// How surely a word that the question lacks is the kind of answer it wants, 0..1.
    pub answers: f32,
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

impl<'a> Pair<'a> {
    pub(super) fn new(query: &'a Query, index: &'a Index, around: &'a Around, entry: u32) -> Option<Self> {
        let range = index.forward.paragraph_around(entry);
        let in_paragraph = |n: Option<u32>| n.filter(|n| range.contains(n)).and_then(|n| around.of(n));
        let own = around.of(entry)?;
        let mut pair = Self {
            query,
            index,
            entry,
            text: index.forward.text(entry),
            own,
            before: in_paragraph(entry.checked_sub(1)),
            behind: in_paragraph(entry.checked_add(1)),
            opener: around.of(range.start)?,
            story: around.story_of(entry)?,
            opens: range.start == entry,
            sampled: false,
            compared: false,
            fields: [0.0; MOST_WORDS],
            paragraph: [0.0; MOST_WORDS],
            around: [0.0; MOST_WORDS],
            hit: 0,
            answers: 0.0,
            voiced: query.voice.is_none(),
            alike: Alike::default(),
            letters: Letters::default(),
            rivals: Rivals::default(),
        };
        for (slot, met) in pair.fields.iter_mut().enumerate().take(query.words.len()) {
            *met = own.met(slot);
        }
        for (segment, tokens) in index.forward.segments(entry) {
            pair.sampled |= segment.field == Field::Question;
            pair.compared |= matches!(segment.field, Field::Question | Field::NotFor);
            if !matches!(segment.field, Field::Text | Field::NotFor) {
                pair.meet(tokens, segment.field.weight());
            }
        }
        pair.look_around(range.filter_map(|n| around.of(n)));
        Some(pair)
    }

    /// Gathers what costs more, for those worth scoring in full.
    pub(super) fn complete(&mut self) {
        let (query, index) = (self.query, self.index);
        if self.compared {
            self.alike = Alike::new(query, index, self.entry);
        }
        self.hit = self.hits().filter(|hit| u32::from(hit.at) < u128::BITS).fold(0, |all, hit| all | 1 << hit.at);
        for (segment, tokens) in index.forward.segments(self.entry) {
            if let (Field::Text | Field::Name, Some(asked)) = (segment.field, query.asked) {
                self.answers = self.answers.max(surest_answer(query, tokens, asked));
            }
            if let (Field::Text | Field::Name, Some(names)) = (segment.field, &query.voice) {
                self.voiced |= match segment.field {
                    Field::Name => tokens.iter().any(|t| !t.is_stop() && names.contains(&t.term())),
                    _ => gives_word_of(tokens, names, &index.lexicon.giving),
                };
            }
        }
    }

    fn meet(&mut self, tokens: &[Token], worth: f32) {
        for meeting in tokens.iter().flat_map(|t| self.query.meets.of(t.term())) {
            if let Some(met) = self.fields.get_mut(usize::from(meeting.slot)) {
                *met = met.max(meeting.weight * worth);
            }
        }
    }

    fn look_around(&mut self, paragraph: impl Iterator<Item = TextMatch<'a>>) {
        /// What the text before, the one behind, the paragraph and the title are worth against the text itself.
        const WORTH: [f32; 4] = [0.8, 0.6, 0.5, 0.7];
        let (mut count, mut meeting, mut best) = (0.0f32, [0.0f32; MOST_WORDS], [0.0f32; MOST_WORDS]);
        for text in paragraph {
            count += 1.0;
            for (slot, _) in self.query.terms() {
                let met = text.met(slot);
                if let (Some(meeting), Some(best)) = (meeting.get_mut(slot), best.get_mut(slot)) {
                    *meeting += if met > 0.0 { 1.0 } else { 0.0 };
                    *best = best.max(met);
                }
            }
        }
        let at = |list: &BySlot, slot: usize| list.get(slot).copied().unwrap_or(0.0);
        let of = |text: Option<TextMatch<'_>>, slot: usize| text.map_or(0.0, |t| t.met(slot));
        for (slot, _) in self.query.terms() {
            let near = [of(self.before, slot), of(self.behind, slot), at(&best, slot), at(&self.story.title, slot)];
            let around = near.iter().zip(WORTH).map(|(met, worth)| met * worth).fold(at(&self.fields, slot), f32::max);
            let share = at(&best, slot) * at(&meeting, slot) / count.max(1.0);
            if let (Some(a), Some(p)) = (self.around.get_mut(slot), self.paragraph.get_mut(slot)) {
                (*a, *p) = (around, share);
            }
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

    /// How well the entry or what stands around it meets a word, 0..1.
    pub(super) fn met_around(&self, slot: usize) -> f32 {
        self.around.get(slot).copied().unwrap_or(0.0)
    }

    pub(super) fn in_title(&self, slot: usize) -> f32 {
        self.story.title.get(slot).copied().unwrap_or(0.0)
    }

    /// Share 0..1 of the question's weight by how well each of its words is met.
    pub(super) fn share_of(&self, met: impl Fn(usize) -> f32) -> f32 {
        self.query.share(self.terms().map(|(slot, word)| word.idf * met(slot)).sum())
    }

    /// The hits of words with content.
    pub(super) fn hits(&self) -> impl Iterator<Item = &'a Hit> + use<'a> {
        let content = self.query.content;
        self.own.hits.iter().filter(move |hit| usize::from(hit.slot) < content)
    }

    /// Whether a word of the text stands for none of the question's with content. Words far behind in a long text do.
    pub(super) fn is_other(&self, at: usize) -> bool {
        at >= u128::BITS as usize || self.hit >> at & 1 == 0
    }

    /// Places in the text of words that could be the answer and are not the question's own.
    pub(super) fn answer_places(&self, asked: Asked) -> impl Iterator<Item = usize> {
        let fit = move |t: &Token| if is_new(self.query, *t) { t.answers().fit(asked) } else { 0.0 };
        let surest = self.text.iter().map(fit).fold(0.0, f32::max);
        self.text.iter().enumerate().filter(move |(_, t)| surest > 0.0 && fit(t) >= surest).map(|(at, _)| at)
    }

    /// Places of new words in the text that answer exactly what was asked for.
    pub(super) fn has_detail(&self, detail: Detail) -> bool {
        let behind = |at: usize, units: &[u32]| {
            let next = self.text.get(at + 1..(at + 4).min(self.text.len())).unwrap_or_default();
            next.iter().any(|t| units.contains(&t.term()))
        };
        let is_year = |t: &Token| is_year(self.index.vocabulary.name(t.term()));
        let fits = |(at, t): (usize, &Token)| match detail {
            Detail::Year => t.answers().is_time() && is_year(t),
            Detail::Day => t.answers().is_time() && !is_year(t),
            Detail::Duration => t.answers().is_count() && behind(at, &self.index.lexicon.times),
            Detail::Money => t.answers().is_count() && behind(at, &self.index.lexicon.moneys),
        };
        self.text.iter().enumerate().filter(|(_, t)| is_new(self.query, **t)).any(fits)
    }
}

fn is_new(query: &Query, token: Token) -> bool {
    query.stems.binary_search(&token.term()).is_err()
}

/// How surely one of these words, if it is not the question's own, is the kind of answer asked for.
fn surest_answer(query: &Query, tokens: &[Token], asked: Asked) -> f32 {
    let fits = tokens.iter().map(|t| (t, t.answers().fit(asked))).filter(|(_, fit)| *fit > 0.0);
    fits.filter(|(t, _)| is_new(query, **t)).map(|(_, fit)| fit).fold(0.0, f32::max)
}
