//! Which shares of a question an entry and what stands around it meet: one pass over the question's words.

use super::around::{Standing, TextMatch};
use super::query::Query;

/// A name that a topic or claimant brings counts as met; one that merely shares a root does not.
const HALF_MET: f32 = 0.4;
/// What the text before, the one behind, the paragraph and the title are worth against the text itself.
const WORTH_BEFORE: f32 = 0.8;
const WORTH_BEHIND: f32 = 0.6;
const WORTH_PARAGRAPH: f32 = 0.5;
const WORTH_TITLE: f32 = 0.7;

/// The texts around an entry.
#[derive(Clone, Copy)]
pub(super) struct Neighbours<'a> {
    /// The text before and the one behind, where they are of the same paragraph.
    pub before: Option<TextMatch<'a>>,
    pub behind: Option<TextMatch<'a>>,
    /// The first text of the paragraph, which may be its own.
    pub opener: TextMatch<'a>,
    pub story: &'a Standing,
}

/// Shares of the question's idf mass, 0..1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shares {
    /// In any field of the entry.
    pub fields: f32,
    /// In the entry or around it: the farther the less.
    pub around: f32,
    /// The same, words counting for more the fewer entries have them.
    pub rare_around: f32,
    /// Of the words that the title does not say anyway.
    pub beyond_the_title: f32,
    /// By how many texts of the paragraph, and how well.
    pub paragraph: f32,
    /// Names and numbers that stand neither in the entry nor around it, and those that the entry lacks.
    pub foreign_around: f32,
    pub foreign: f32,
    /// Of the heaviest word: the heaviest that is met, and the heaviest that is met nowhere.
    pub rarest: f32,
    pub worst_gap: f32,
    /// In the title, and what of it the entry lacks.
    pub in_title: f32,
    pub title: f32,
    /// What the entry lacks and the text before has; the same of names.
    pub before: f32,
    pub names_before: f32,
    /// What both lack and the first of the paragraph has.
    pub opener: f32,
}

impl Shares {
    /// `fields` and `paragraph`: how well the entry and its paragraph meet each word, by slot.
    pub(super) fn new(
        query: &Query,
        fields: &[f32],
        paragraph: impl Fn(usize) -> (f32, f32),
        near: &Neighbours<'_>,
    ) -> Self {
        let mut out = Self::default();
        let (mut beyond, mut beyond_met) = (0.0, 0.0);
        for ((slot, word), met) in query.terms().zip(fields) {
            let (idf, met) = (word.idf, *met);
            let of = |text: Option<TextMatch<'_>>| text.map_or(0.0, |text| text.met(slot));
            let in_title = near.story.title.get(slot).copied().unwrap_or(0.0);
            let (before, behind) = (of(near.before), of(near.behind));
            let (best, share) = paragraph(slot);
            let around = met
                .max(before * WORTH_BEFORE)
                .max(behind * WORTH_BEHIND)
                .max(best * WORTH_PARAGRAPH)
                .max(in_title * WORTH_TITLE);
            let lacks = 1.0 - met;
            out.fields += idf * met;
            out.around += idf * around;
            out.rare_around += idf * word.rarity * around;
            beyond += idf * (1.0 - in_title);
            beyond_met += idf * (1.0 - in_title) * met;
            out.paragraph += idf * best * share;
            out.rarest = out.rarest.max(idf * met);
            out.worst_gap = out.worst_gap.max(idf * (1.0 - around));
            out.in_title += idf * in_title;
            out.title += idf * in_title * lacks;
            out.before += idf * before * lacks;
            out.opener += idf * near.opener.met(slot) * lacks * (1.0 - before);
            if word.entity {
                out.foreign_around += idf * (1.0 - around);
                out.foreign += if met < HALF_MET { idf * lacks } else { 0.0 };
                out.names_before += idf * before * lacks;
            }
        }
        out.beyond_the_title = if beyond > 0.0 { beyond_met / beyond } else { query.share(out.fields) };
        out.divided(query)
    }

    /// The sums as shares of the whole.
    fn divided(self, query: &Query) -> Self {
        let of_heaviest = |part: f32| if query.heaviest > 0.0 { part / query.heaviest } else { 0.0 };
        Self {
            fields: query.share(self.fields),
            around: query.share(self.around),
            rare_around: if query.rare_mass > 0.0 { self.rare_around / query.rare_mass } else { 0.0 },
            beyond_the_title: self.beyond_the_title,
            paragraph: query.share(self.paragraph),
            foreign_around: query.share(self.foreign_around),
            foreign: query.share(self.foreign),
            rarest: of_heaviest(self.rarest),
            worst_gap: of_heaviest(self.worst_gap),
            in_title: query.share(self.in_title),
            title: query.share(self.title),
            before: query.share(self.before),
            names_before: query.share(self.names_before),
            opener: query.share(self.opener),
        }
    }
}
