//! Which words of a question a stem of the base meets: asked for every word of every candidate.

use super::vocabulary::TermId;

/// A stem of the base and the word of the question that it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub term: TermId,
    /// Place of the word in `Query::words`.
    pub slot: u8,
    /// How well it stands for it in a text, 0..1; 1 is the word itself.
    pub weight: f32,
    /// The same among questions.
    pub alike: f32,
}

/// Bits of the filter; with some sixty stems in it one in seventy others passes.
const BITS: usize = 4096;

#[derive(Debug)]
pub(super) struct Meets {
    /// By stem.
    meetings: Vec<Meeting>,
    /// A bit for each stem above. Nearly all words of a candidate meet nothing, and this tells so in a nanosecond.
    filter: [u64; BITS / 64],
}

impl Meets {
    pub(super) fn new(mut meetings: Vec<Meeting>) -> Self {
        meetings.sort_unstable_by_key(|m| (m.term, m.slot));
        let mut filter = [0; BITS / 64];
        for meeting in &meetings {
            let (at, bit) = place(meeting.term);
            if let Some(word) = filter.get_mut(at) {
                *word |= bit;
            }
        }
        Self { meetings, filter }
    }

    /// The words of the question that `term` stands for.
    pub(super) fn of(&self, term: TermId) -> &[Meeting] {
        let (at, bit) = place(term);
        if self.filter.get(at).is_none_or(|word| word & bit == 0) {
            return &[];
        }
        let from = self.meetings.partition_point(|m| m.term < term);
        let found = self.meetings.get(from..).unwrap_or_default();
        let end = found.iter().take_while(|m| m.term == term).count();
        found.get(..end).unwrap_or_default()
    }
}

fn place(term: TermId) -> (usize, u64) {
    // Fibonacci hashing: neighbouring ids end up far apart.
    let hash = term.wrapping_mul(0x9e37_79b1) as usize >> (u32::BITS - BITS.ilog2());
    (hash / 64, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::{Meeting, Meets};

    #[test]
    fn finds_what_was_put_in() {
        let meeting = |term, slot| Meeting { term, slot, weight: 1.0, alike: 1.0 };
        let meets = Meets::new(vec![meeting(9, 1), meeting(4, 0), meeting(9, 0)]);
        let slots = |term| meets.of(term).iter().map(|m| m.slot).collect::<Vec<_>>();
        assert_eq!((slots(9), slots(4), slots(5)), (vec![0, 1], vec![0], vec![]));
    }
}
