//! The inverted index: in which entries a stem stands, and how much it matters there; and the best entries by it.
//!
//! Four bytes a posting: 24 bits entry, 8 bits impact. Few postings are added up; in more of them the best entries are
//! found with MaxScore (Turtle and Flood 1995):
//! once enough are known, lists that could not lift an entry among them no longer drive the scan.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use smallvec::SmallVec;

use super::forward::{Field, Forward, Token};
use super::sums::Sums;
use super::vocabulary::TermId;

/// More entries cannot be told apart in a posting; further ones are never found.
pub(super) const MOST_ENTRIES: u32 = (1 << 24) - 1;

/// BM25's saturation of repeated words and its normalisation by length; short sentences want a small `b`.
const K1: f32 = 1.2;
const B: f32 = 0.4;

/// Up to so many postings, adding everything up is faster than leaving things out.
const FEW_POSTINGS: usize = 4096;

/// From so many entries on, what a question reads of them is bounded by the next four.
const LARGE_FROM: usize = 512;
/// In a large base a stem that stands in a larger share of the entries leads nowhere, it only counts in scoring: that
/// reads a fraction of the postings and finds as many right answers (measured at 1,000 to a million facts).
const LEADING_SHARE: f32 = 1.0 / 32.0;
/// Lists a question may read, in a large base and in others; the rest of a wall of text adds nothing.
const MOST_LISTS_OF_LARGE: usize = 8;
/// Of these the rarest, as long as they come to no more postings than this, and the three rarest whatever they come to:
/// a third of the time at a million facts. There and at 100,000 up to five of a hundred questions typed badly are lost to
/// it, at 10,000 none.
const AFFORDABLE: usize = 384;
const RAREST: usize = 3;
const MOST_LISTS: usize = 24;

#[derive(Clone, Copy, Debug)]
struct Posting(u32);

impl Posting {
    const IMPACT_BITS: u32 = 8;
    const MOST_IMPACT: f32 = 255.0;

    /// `impact` in 0..1.
    fn new(entry: u32, impact: f32) -> Self {
        let impact = (impact * Self::MOST_IMPACT).round().clamp(1.0, Self::MOST_IMPACT) as u32;
        Self(entry << Self::IMPACT_BITS | impact)
    }

    fn entry(self) -> u32 {
        self.0 >> Self::IMPACT_BITS
    }

    fn impact(self) -> f32 {
        self.steps() as f32 / Self::MOST_IMPACT
    }

    /// The impact in whole steps, 1 to 255.
    fn steps(self) -> u32 {
        self.0 & 0xff
    }
}

#[derive(Debug, Default)]
pub(super) struct Postings {
    /// How many entries there are.
    entries: u32,
    /// By stem, then by entry.
    postings: Vec<Posting>,
    /// Where the postings of each stem begin, and the end of the last.
    starts: Vec<u32>,
    /// In how many entries each stem tells something about the entry alone, not about its topic.
    frequencies: Vec<u32>,
}

/// How fast a word that is repeated loses worth, in a text of `length` content words.
fn damping(length: f32, average: f32) -> f32 {
    K1 * (1.0 - B + B * length / average)
}

impl Postings {
    /// Of all stems of `forward`, whose ids are below `terms`.
    pub(super) fn new(forward: &Forward, terms: usize) -> Self {
        let mut seen = Tally::new(terms);
        let mut starts = vec![0u32; terms + 1];
        let mut frequencies = vec![0u32; terms];
        let entries = forward.len().min(MOST_ENTRIES);
        for entry in 0..entries {
            seen.count(forward, entry, 1.0);
            for (term, _, own) in seen.drain() {
                if let (Some(start), Some(frequency)) =
                    (starts.get_mut(term as usize + 1), frequencies.get_mut(term as usize))
                {
                    *start += 1;
                    *frequency += u32::from(own);
                }
            }
        }
        let mut sum = 0u32;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut postings = vec![Posting(0); sum as usize];
        let mut next = starts.clone();
        let average = forward.average_length();
        for entry in 0..entries {
            seen.count(forward, entry, average);
            for (term, impact, _) in seen.drain() {
                let Some(at) = next.get_mut(term as usize) else { continue };
                if let Some(slot) = postings.get_mut(*at as usize) {
                    *slot = Posting::new(entry, impact);
                }
                *at += 1;
            }
        }
        Self { entries: forward.len(), postings, starts, frequencies }
    }

    /// In how many entries a stem stands, topics aside.
    pub(super) fn frequency(&self, term: TermId) -> u32 {
        self.frequencies.get(term as usize).copied().unwrap_or(0)
    }

    /// Whether a stem stands in one of the entries of a range.
    pub(super) fn occurs_in(&self, term: TermId, range: &Range<u32>) -> bool {
        !self.list(term, range).is_empty()
    }

    fn list(&self, term: TermId, range: &Range<u32>) -> &[Posting] {
        let at = |n: usize| self.starts.get(n).map_or(0, |at| *at as usize);
        let list = self.postings.get(at(term as usize)..at(term as usize + 1)).unwrap_or_default();
        if *range == (0..self.entries) {
            return list;
        }
        let from = list.partition_point(|p| p.entry() < range.start);
        let to = list.partition_point(|p| p.entry() < range.end);
        list.get(from..to).unwrap_or_default()
    }

    /// The `most` entries of `range` in which the stems of `leads` matter most, with how much; in no order.
    pub(super) fn best(&self, leads: &[Lead], range: &Range<u32>, most: usize) -> Vec<(u32, f32)> {
        let is_large = range.len() >= LARGE_FROM;
        let frequent = if is_large { (range.len() as f32 * LEADING_SHARE) as usize } else { range.len() };
        let list = |lead: &Lead| {
            let rest = self.list(lead.term, range);
            (lead.drives && rest.len() <= frequent, List { rest, weight: lead.weight })
        };
        let mut lists: SmallVec<[(bool, List<'_>); 64]> =
            leads.iter().map(list).filter(|(_, list)| !list.rest.is_empty() && list.weight > 0.0).collect();
        // The heaviest of those that drive first.
        lists.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.weight.total_cmp(&a.1.weight)));
        lists.truncate(if is_large { MOST_LISTS_OF_LARGE } else { MOST_LISTS });
        if is_large && lists.first().is_some_and(|(drives, _)| *drives) {
            lists.retain(|(drives, _)| *drives);
        }
        if is_large {
            let longest = longest_affordable(lists.iter().map(|(_, list)| list.rest.len()).collect());
            lists.retain(|(_, list)| list.rest.len() <= longest);
        }
        let driving = lists.iter().filter(|(drives, _)| *drives).count();
        // Where all words are frequent or small, the heaviest drives.
        let led = lists.len() - if driving == 0 { lists.len().min(1) } else { driving };
        let postings = lists.iter().map(|(_, list)| list.rest.len()).sum();
        if postings <= FEW_POSTINGS {
            return added_up(&lists, lists.len() - led, Sums::new(postings, range.len())).best(most);
        }
        max_score(lists.into_iter().rev().map(|(_, list)| list).collect(), led, most)
    }
}

/// How long the longest of the shortest lists is that together are within `AFFORDABLE`, or of the first `RAREST`.
fn longest_affordable(mut lengths: SmallVec<[usize; MOST_LISTS]>) -> usize {
    lengths.sort_unstable();
    let sums = lengths.iter().scan(0, |sum, length| {
        *sum += *length;
        Some(*sum)
    });
    let affordable = sums.take_while(|sum| *sum <= AFFORDABLE).count();
    lengths.get(affordable.max(RAREST).min(lengths.len()).saturating_sub(1)).copied().unwrap_or(0)
}

/// A stem that leads to entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    pub term: TermId,
    /// What it is worth where it matters most.
    pub weight: f32,
    /// Whether entries are worth a look for its sake; else it only counts where others have led.
    pub drives: bool,
}

/// What is left of a stem's postings, and what an impact of 1 is worth.
struct List<'a> {
    rest: &'a [Posting],
    weight: f32,
}

impl List<'_> {
    /// What the list gives `entry`; moves on to it. The scan asks for entries in rising order.
    fn take(&mut self, entry: u32) -> f32 {
        let Some(first) = self.rest.first() else { return 0.0 };
        if first.entry() < entry {
            self.skip_to(entry);
        }
        match self.rest.split_first() {
            Some((first, rest)) if first.entry() == entry => {
                self.rest = rest;
                first.impact() * self.weight
            }
            _ => 0.0,
        }
    }

    /// Gallops: doubles the step until it is past `entry`, then halves the rest.
    fn skip_to(&mut self, entry: u32) {
        let mut step = 1;
        while self.rest.get(step).is_some_and(|p| p.entry() < entry) {
            step *= 2;
        }
        let reach = self.rest.get(..(step + 1).min(self.rest.len())).unwrap_or_default();
        let at = reach.partition_point(|p| p.entry() < entry);
        self.rest = self.rest.get(at..).unwrap_or_default();
    }
}

/// `sums` with those over `lists` added; only the first `driving` lead to entries.
fn added_up(lists: &[(bool, List<'_>)], driving: usize, mut sums: Sums) -> Sums {
    for (n, (_, list)) in lists.iter().enumerate() {
        let weight = Sums::steps(list.weight);
        for posting in list.rest {
            sums.add(posting.entry(), posting.steps() * weight, n < driving);
        }
    }
    sums
}

/// The `most` entries with the highest sums over `lists`, of which the first `passive` drive nothing and the others come
/// lightest first; in no order.
fn max_score(mut lists: Vec<List<'_>>, passive: usize, most: usize) -> Vec<(u32, f32)> {
    let mut best: BinaryHeap<Reverse<(Sum, u32)>> = BinaryHeap::with_capacity(most + 1);
    // Most that the lists up to each could give together.
    let bounds: Vec<f32> = lists
        .iter()
        .scan(0.0, |sum, list| {
            *sum += list.weight;
            Some(*sum)
        })
        .collect();
    let mut threshold = 0.0;
    let mut driving = passive;
    loop {
        let (led, leading) = lists.split_at_mut(driving);
        let Some(entry) = leading.iter().filter_map(|l| l.rest.first()).map(|p| p.entry()).min() else { break };
        let mut sum: f32 = leading.iter_mut().map(|list| list.take(entry)).sum();
        for (list, bound) in led.iter_mut().zip(&bounds).rev() {
            if sum + bound <= threshold {
                break;
            }
            sum += list.take(entry);
        }
        if best.len() == most && sum <= threshold {
            continue;
        }
        best.push(Reverse((Sum(sum), entry)));
        if best.len() > most {
            best.pop();
        }
        if best.len() == most {
            threshold = best.peek().map_or(0.0, |Reverse((sum, _))| sum.0);
            driving = passive.max(bounds.partition_point(|bound| *bound <= threshold));
        }
    }
    best.into_iter().map(|Reverse((sum, entry))| (entry, sum.0)).collect()
}

/// A finite sum, in order.
#[derive(Clone, Copy, PartialEq)]
struct Sum(f32);

impl Eq for Sum {}

impl Ord for Sum {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Sum {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Counts the stems of one entry after the other without clearing a table of all stems in between.
struct Tally {
    /// By stem: how often in the text, best weight of another field.
    counts: Vec<(u16, f32)>,
    touched: Vec<TermId>,
    damping: f32,
}

impl Tally {
    fn new(terms: usize) -> Self {
        Self { counts: vec![(0, 0.0); terms], touched: Vec::new(), damping: 1.0 }
    }

    fn count(&mut self, forward: &Forward, entry: u32, average: f32) {
        self.damping = damping(forward.length(entry), average);
        for (segment, tokens) in forward.segments(entry) {
            if segment.field == Field::NotFor {
                continue;
            }
            // Some sample questions are made of small words alone: "where are you from".
            let leads = |t: &&Token| !t.is_stop() || segment.field == Field::Question;
            for token in tokens.iter().filter(leads) {
                let Some(count) = self.counts.get_mut(token.term() as usize) else { continue };
                if *count == (0, 0.0) {
                    self.touched.push(token.term());
                }
                match segment.field {
                    Field::Text => count.0 = count.0.saturating_add(1),
                    // As good as the text: a sample question must lead to its fact, whatever repeats its words.
                    Field::Question => count.1 = 1.0,
                    field => count.1 = count.1.max(field.weight()),
                }
            }
        }
    }

    /// The stems counted, with their impact 0..1 and whether they tell of more than the entry's topic; clears them.
    fn drain(&mut self) -> impl Iterator<Item = (TermId, f32, bool)> {
        let (counts, damping) = (&mut self.counts, self.damping);
        self.touched.drain(..).map(move |term| {
            let (count, field) = counts.get_mut(term as usize).map(std::mem::take).unwrap_or_default();
            let count = f32::from(count);
            // A word of another field is worth its weight times once in an average text.
            let impact = (count / (count + damping)).max(field / (1.0 + K1));
            (term, impact, count > 0.0 || field > Field::Term.weight())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{List, Posting, added_up, max_score};
    use crate::matcher::sums::Sums;

    proptest::proptest! {
        /// The best either way are the best by plain sums.
        #[test]
        fn same_as_plain_sums(
            lists in proptest::collection::vec((proptest::collection::btree_map(0u32..60, 1u32..=255, 0..40), 1u32..9), 0..6),
            most in 1usize..8,
            by_max_score in proptest::bool::ANY,
        ) {
            let mut plain = [0.0f64; 60];
            let mut packed: Vec<(Vec<Posting>, f32)> = Vec::new();
            for (list, weight) in &lists {
                list.iter().for_each(|(entry, impact)| plain[*entry as usize] += f64::from(*impact) / 255.0 * f64::from(*weight));
                packed.push((list.iter().map(|(e, i)| Posting(e << 8 | i)).collect(), *weight as f32));
            }
            packed.sort_by(|a, b| a.1.total_cmp(&b.1));
            let lists = packed.iter().map(|(list, weight)| List { rest: list, weight: *weight });
            let found = if by_max_score {
                max_score(lists.collect(), 0, most)
            } else {
                let lists: Vec<_> = lists.map(|list| (true, list)).collect();
                let sums = Sums::new(packed.iter().map(|(list, _)| list.len()).sum(), 60);
                added_up(&lists, lists.len(), sums).best(most)
            };
            let mut want: Vec<f64> = plain.iter().copied().filter(|s| *s > 0.0).collect();
            want.sort_by(|a, b| b.total_cmp(a));
            want.truncate(most);
            let mut got: Vec<f64> = found.iter().map(|(e, _)| plain[*e as usize]).collect();
            got.sort_by(|a, b| b.total_cmp(a));
            proptest::prop_assert_eq!(got.len(), want.len());
            for (g, w) in got.iter().zip(&want) {
                proptest::prop_assert!((g - w).abs() < 1e-3, "{:?} {:?}", got, want);
            }
        }
    }
}
