//! The forward index: what each entry is made of, word by word, in flat arrays.
//!
//! Four bytes a word, twelve a segment, ten an entry: at a million facts memory is the limit, and a jump
//! in it costs more than anything done with what is found there.

use std::ops::Range;

use super::answers::{Answers, Placed, Traits};
use super::asks::Asked;
use super::entry::{Base, Entry};
use super::strings::Strings;
use super::vocabulary::{TermId, Vocabulary};
use crate::text::{Language, RawWords, Speller, is_pronoun_us, visible};

/// A word of a text: its stem, and what it could answer where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token(u32);

impl Token {
    const TERM_BITS: u32 = 24;

    fn new(term: TermId, answers: Answers) -> Self {
        Self(u32::from(answers.0) << Self::TERM_BITS | term)
    }

    pub(super) fn term(self) -> TermId {
        self.0 & ((1 << Self::TERM_BITS) - 1)
    }

    pub(super) fn answers(self) -> Answers {
        Answers((self.0 >> Self::TERM_BITS) as u8)
    }

    /// Carries no content.
    pub(super) fn is_stop(self) -> bool {
        self.answers().is_stop()
    }
}

/// What a text of an entry is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Support,
    Keyword,
    Term,
    Name,
    Question,
    NotFor,
}

impl Field {
    /// What a word of the field is worth against the same word in the text itself, 0..1.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Text => 1.0,
            Self::Support => 0.5,
            Self::Keyword => 0.9,
            Self::Term => 0.5,
            Self::Name => 0.5,
            Self::Question => 0.7,
            Self::NotFor => 0.0,
        }
    }
}

/// One text of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// Where its tokens begin; they end where those of the next segment begin.
    start: u32,
    pub field: Field,
    /// The kind of answer that a question asks for.
    pub asked: Option<Asked>,
    /// Euclidean length of its weights as a question; 0 until they are known.
    pub norm: f32,
}

/// The entries of one story.
#[derive(Debug)]
pub(super) struct StoryEntries {
    pub entries: Range<u32>,
    pub language: Language,
    /// Whether its entries stand in paragraphs, and so beside one another.
    pub has_paragraphs: bool,
    /// Stems of its title, sorted.
    pub title: Vec<TermId>,
}

/// One entry, all in one place: a jump in memory costs more than what is done there.
#[derive(Clone, Copy, Debug, Default)]
struct EntryRow {
    /// Where its segments begin; they end where those of the next begin.
    start: u32,
    /// Paragraph, 0 where it has none.
    paragraph: u32,
    /// Content words of its text, at least 1.
    length: u16,
}

#[derive(Debug, Default)]
pub(super) struct Forward {
    tokens: Vec<Token>,
    segments: Vec<Segment>,
    entries: Vec<EntryRow>,
    stories: Vec<StoryEntries>,
}

impl Forward {
    /// Reads all texts; `vocabulary` gets their stems and spellings.
    pub(super) fn new(bases: &[Base], vocabulary: &mut Vocabulary) -> Self {
        let mut forward = Self::default();
        let mut readers: Vec<Reader<'_>> = Vec::new();
        for base in bases {
            let at = readers.iter().position(|r| *r.language == base.language).unwrap_or(readers.len());
            if at == readers.len() {
                readers.push(Reader::new(&base.language));
            }
            if let Some(reader) = readers.get_mut(at) {
                forward.add(base, reader, vocabulary);
            }
        }
        forward.tokens.shrink_to_fit();
        forward.segments.shrink_to_fit();
        forward
    }

    fn add(&mut self, base: &Base, reader: &mut Reader<'_>, vocabulary: &mut Vocabulary) {
        let first = self.len();
        for entry in &base.entries {
            let (segment, token) = (self.segments.len(), self.tokens.len());
            self.add_entry(entry, reader, vocabulary);
            let content = self.segment_tokens(segment, token).iter().filter(|t| !t.is_stop()).count();
            self.entries.push(EntryRow {
                start: segment as u32,
                paragraph: entry.paragraph.unwrap_or(0),
                length: content.clamp(1, usize::from(u16::MAX)) as u16,
            });
        }
        let start = self.tokens.len();
        reader.read(&base.title, vocabulary, &mut self.tokens);
        let mut title: Vec<TermId> = self.tokens.drain(start..).filter(|t| !t.is_stop()).map(Token::term).collect();
        title.sort_unstable();
        self.stories.push(StoryEntries {
            entries: first..self.len(),
            language: base.language.clone(),
            has_paragraphs: base.entries.iter().any(|entry| entry.paragraph.is_some()),
            title,
        });
    }

    fn add_entry(&mut self, entry: &Entry, reader: &mut Reader<'_>, vocabulary: &mut Vocabulary) {
        let fields = [
            (Field::Text, std::slice::from_ref(&entry.text)),
            (Field::Support, &entry.support),
            (Field::Keyword, &entry.keywords),
            (Field::Term, &entry.terms),
            (Field::Name, &entry.names),
            (Field::Question, &entry.questions),
            (Field::NotFor, &entry.not_for),
        ];
        for (field, text) in fields.iter().flat_map(|(field, texts)| texts.iter().map(|text| (*field, text))) {
            let start = self.tokens.len();
            reader.read(text, vocabulary, &mut self.tokens);
            let is_question = matches!(field, Field::Question | Field::NotFor);
            let asked = if is_question { Asked::of(&reader.placed) } else { None };
            self.segments.push(Segment { start: start as u32, field, asked, norm: 0.0 });
            if field == Field::Name {
                let names = self.tokens.iter_mut().skip(start);
                names.for_each(|t| *t = Token::new(t.term(), t.answers().of_claimant()));
            }
        }
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    pub(super) fn stories(&self) -> &[StoryEntries] {
        &self.stories
    }

    /// The story of an entry.
    pub(super) fn story_of(&self, entry: u32) -> Option<&StoryEntries> {
        let at = self.stories.partition_point(|s| s.entries.end <= entry);
        self.stories.get(at)
    }

    /// Content words of an entry's text, at least 1.
    pub(super) fn length(&self, entry: u32) -> f32 {
        self.entries.get(entry as usize).map_or(1.0, |row| f32::from(row.length))
    }

    /// Content words of an average text, at least 1.
    pub(super) fn average_length(&self) -> f32 {
        let all: u64 = self.entries.iter().map(|row| u64::from(row.length)).sum();
        (all as f32 / self.entries.len().max(1) as f32).max(1.0)
    }

    /// The text of an entry, word by word.
    pub(super) fn text(&self, entry: u32) -> &[Token] {
        self.segments(entry).next().map_or(&[], |(_, tokens)| tokens)
    }

    /// All texts of an entry, its own text first.
    pub(super) fn segments(&self, entry: u32) -> impl Iterator<Item = (&Segment, &[Token])> {
        let at = |n: usize| self.entries.get(n).map_or(self.segments.len(), |row| row.start as usize);
        let range = at(entry as usize)..at(entry as usize + 1);
        let first = range.start;
        let segments = self.segments.get(range).unwrap_or_default();
        segments
            .iter()
            .enumerate()
            .map(move |(n, segment)| (segment, self.segment_tokens(first + n, segment.start as usize)))
    }

    /// Whether any entry has a sample question.
    pub(super) fn has_questions(&self) -> bool {
        self.segments.iter().any(|s| s.field == Field::Question)
    }

    /// Sets the length of every text and question by what each of its words weighs.
    pub(super) fn set_norms(&mut self, weight: impl Fn(Token) -> f32) {
        let mut terms: Vec<(TermId, f32)> = Vec::new();
        for n in 0..self.segments.len() {
            let is_compared = |s: &&Segment| matches!(s.field, Field::Text | Field::Question | Field::NotFor);
            let Some(start) = self.segments.get(n).filter(is_compared).map(|s| s.start as usize) else { continue };
            terms.clear();
            terms.extend(self.segment_tokens(n, start).iter().map(|t| (t.term(), weight(*t))));
            terms.sort_unstable_by_key(|(term, _)| *term);
            let same = terms.chunk_by(|a, b| a.0 == b.0);
            let squares: f32 = same.map(|same| same.iter().map(|(_, w)| w).sum::<f32>().powi(2)).sum();
            if let Some(segment) = self.segments.get_mut(n) {
                segment.norm = squares.sqrt();
            }
        }
    }

    fn segment_tokens(&self, n: usize, start: usize) -> &[Token] {
        let end = self.segments.get(n + 1).map_or(self.tokens.len(), |s| s.start as usize);
        self.tokens.get(start..end).unwrap_or_default()
    }

    /// The entries before and behind `entry`, itself included, that are its context: those of its paragraph within
    /// `REACH`; of an entry without a paragraph only itself.
    pub(super) fn paragraph_around(&self, entry: u32) -> Range<u32> {
        /// The longest paragraphs of encyclopedic articles have some 16 sentences.
        const REACH: u32 = 16;
        let paragraph = |n: u32| self.entries.get(n as usize).map_or(0, |row| row.paragraph);
        let (Some(story), own) = (self.story_of(entry), paragraph(entry)) else { return entry..entry + 1 };
        if own == 0 {
            return entry..entry + 1;
        }
        let from = entry.saturating_sub(REACH).max(story.entries.start);
        let to = entry.saturating_add(REACH).min(story.entries.end);
        let before = (from..entry).rev().take_while(|n| paragraph(*n) == own).count() as u32;
        let behind = (entry..to).take_while(|n| paragraph(*n) == own).count() as u32;
        entry - before..entry + behind
    }
}

/// Reads texts of one language; each spelling is folded and stemmed once.
struct Reader<'a> {
    language: &'a Language,
    speller: Speller<'a>,
    /// As written, and what each is.
    known: Strings,
    spelled: Vec<Spelled>,
    placed: Vec<Placed>,
}

#[derive(Clone, Copy)]
struct Spelled {
    /// None where it folds to nothing.
    term: Option<TermId>,
    traits: Traits,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language) -> Self {
        Self {
            language,
            speller: Speller::new(language),
            known: Strings::default(),
            spelled: Vec::new(),
            placed: Vec::new(),
        }
    }

    /// Appends the words of `text`, and keeps them in `placed` until the next.
    fn read(&mut self, text: &str, vocabulary: &mut Vocabulary, out: &mut Vec<Token>) {
        let start = out.len();
        self.placed.clear();
        let mut before: Option<&str> = None;
        let text = visible(text);
        for raw in RawWords::new(&text) {
            let Spelled { term, mut traits } = self.spelled(raw.text, vocabulary);
            let Some(term) = term else { continue };
            if is_pronoun_us(raw.text, before) {
                traits = traits.stopped();
            }
            if !raw.opens {
                vocabulary.count_capital(term, traits.is_capital());
            }
            self.placed.push(Placed { traits, opens: raw.opens });
            out.push(Token::new(term, Answers::default()));
            before = Some(raw.text);
        }
        let tells_places = Answers::tell_places(&self.placed);
        for (n, token) in out.iter_mut().skip(start).enumerate() {
            *token = Token::new(token.term(), Answers::at(&self.placed, n, tells_places));
        }
    }

    fn spelled(&mut self, raw: &str, vocabulary: &mut Vocabulary) -> Spelled {
        let number = self.known.intern(raw);
        if let Some(known) = self.spelled.get(number as usize) {
            return *known;
        }
        // "The" and "the" are stemmed once.
        let word = self.speller.word(raw, |folded| vocabulary.stem_of(folded));
        let mut spelled = Spelled { term: None, traits: Traits::of(&word, self.language) };
        if !word.folded.is_empty() {
            let term = vocabulary.intern(&word.stem);
            spelled.term = Some(term);
            vocabulary.add_spelling(&word.folded, term, !word.stop);
        }
        self.spelled.push(spelled);
        spelled
    }
}
