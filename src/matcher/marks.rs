//! Where in a text things stand: sets of places with one bit a word, read off the text once for all signals.
//!
//! A sentence has some twenty words; what stands behind the 64th is counted but has no place.

use super::around::Hit;
use super::asks::Asked;
use super::forward::Token;
use super::mend::MOST_WORDS;
use super::query::Query;

/// Places in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places(u64);

impl Places {
    fn of(at: usize) -> Self {
        if at < u64::BITS as usize { Self(1 << at) } else { Self(0) }
    }

    fn add(&mut self, at: usize) {
        self.0 |= Self::of(at).0;
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those of `other` that stand right behind one of these.
    fn followed_by(self, other: Self) -> Self {
        Self(self.0 << 1 & other.0)
    }

    /// Whether one of these is at most `before` words before `at` or at most `behind` behind it.
    pub(super) fn are_around(self, at: usize, before: usize, behind: usize) -> bool {
        self.iter().any(|place| place + before >= at && place <= at + behind)
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn count(self) -> u32 {
        self.0.count_ones()
    }

    fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let at = (self.0 != 0).then(|| self.0.trailing_zeros() as usize)?;
            self.0 &= self.0 - 1;
            Some(at)
        })
    }
}

/// What stands where in the text of an entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// Words with content that stand for none of the question's.
    pub others: Places,
    /// How many of these there are, wherever they stand.
    pub other_count: f32,
    /// Names that stand for no word of the question.
    pub names: Places,
    /// The words that are surest of the kind of answer asked for and not the question's own.
    pub answers: Places,
    /// How sure they are, 0..1.
    pub surest: f32,
    /// Whoever is named or has a role and is not in the question, where it asks who.
    pub somebody: Places,
}

impl Marks {
    pub(super) fn new(query: &Query, text: &[Token], hits: &[Hit]) -> Self {
        let mut met = Places::default();
        for hit in hits.iter().filter(|hit| query.is_content(hit.slot)) {
            met.add(usize::from(hit.at));
        }
        let mut out = Self::default();
        let mut far = 0;
        for (at, token) in text.iter().enumerate() {
            let place = Places::of(at);
            if !token.is_stop() {
                out.others.0 |= place.0;
                far += u32::from(place.is_empty());
            }
            if token.answers().is_name() {
                out.names.0 |= place.0;
            }
            if let Some(asked) = query.asked {
                out.answer(query, *token, asked, place);
            }
        }
        out.others = out.others.without(met);
        out.names = out.names.without(met);
        out.other_count = (out.others.count() + far) as f32;
        out
    }

    fn answer(&mut self, query: &Query, token: Token, asked: Asked, place: Places) {
        let fit = token.answers().fit(asked);
        if asked == Asked::Who && fit > 0.0 && query.lacks(token.term()) {
            self.somebody.0 |= place.0;
        }
        if fit <= 0.0 || fit < self.surest || !query.lacks(token.term()) {
            return;
        }
        if fit > self.surest {
            (self.surest, self.answers) = (fit, Places::default());
        }
        self.answers.0 |= place.0;
    }
}

/// Mean weight of each two and each three words of the question, small ones included, that the text has in the same
/// order and nothing between.
pub(super) fn in_a_row(query: &Query, hits: &[Hit]) -> (f32, f32) {
    /// What a small word weighs, in nats.
    const SMALL: f32 = 1.0;
    /// The word itself, or as good as that.
    const ITSELF: f32 = 0.9;
    if hits.len() < 2 {
        return (0.0, 0.0);
    }
    let mut places = [Places::default(); MOST_WORDS];
    for hit in hits.iter().filter(|hit| hit.weight >= ITSELF) {
        if let Some(places) = places.get_mut(usize::from(hit.slot)) {
            places.add(usize::from(hit.at));
        }
    }
    let weight = |slot: u8| query.idf.get(usize::from(slot)).copied().unwrap_or(SMALL);
    let (mut two, mut three) = (0.0, 0.0);
    // The last two words, and where they stand in a row.
    let (mut last, mut row) = (None, (0.0, Places::default()));
    for slot in &query.order {
        let own = (weight(*slot), places.get(usize::from(*slot)).copied().unwrap_or_default());
        let pair = last.map_or(Places::default(), |(_, places): (f32, Places)| places.followed_by(own.1));
        if !pair.is_empty() {
            two += own.0 + last.map_or(0.0, |(weight, _)| weight);
        }
        if !row.1.followed_by(own.1).is_empty() {
            three += row.0 + own.0;
        }
        row = (own.0 + last.map_or(0.0, |(weight, _)| weight), pair);
        last = Some(own);
    }
    (query.share(two / 2.0), query.share(three / 3.0))
}

/// What a word near an answer keeps with each word between, e^(-1/6), and where anything may be the answer, e^(-1/4).
pub(super) static FADING: [f32; REACH] = fading(0.846_481_7);
pub(super) static FADING_FAST: [f32; REACH] = fading(0.778_800_8);
/// At this distance less than a hundredth is left.
const REACH: usize = 32;

const fn fading(keeps: f32) -> [f32; REACH] {
    let mut table = [1.0; REACH];
    let mut n = 2;
    while n < REACH {
        table[n] = table[n - 1] * keeps;
        n += 1;
    }
    table
}

/// The most of the question's weight that stands near one of `places`.
pub(super) fn nearness(query: &Query, hits: &[Hit], places: Places, fading: &[f32; REACH]) -> f32 {
    let most = places.iter().map(|place| near(query, hits, place, fading)).fold(0.0, f32::max);
    query.share(most)
}

fn near(query: &Query, hits: &[Hit], place: usize, fading: &[f32; REACH]) -> f32 {
    // Best worth of each word that stands near, added up as it rises.
    let mut best = [0.0f32; MOST_WORDS];
    let mut sum = 0.0;
    for hit in hits.iter().filter(|hit| query.is_content(hit.slot) && usize::from(hit.at) != place) {
        let slot = usize::from(hit.slot);
        let kept = fading.get(usize::from(hit.at).abs_diff(place)).copied().unwrap_or(0.0);
        if let (Some(best), Some(idf)) = (best.get_mut(slot), query.idf.get(slot)) {
            let rise = (hit.weight * kept - *best).max(0.0);
            *best += rise;
            sum += idf * rise;
        }
    }
    sum
}
