//! Which spellings of the base a badly typed word may mean.
//!
//! A symmetric delete neighbourhood: two words a slip or two apart become equal when a letter or two are dropped from
//! each. Only the first letters take part, which finds the same words with a third of the memory (the prefix
//! filter of SymSpell, W. Garbe 2012); `strsim` judges what it finds.

use smallvec::SmallVec;

use super::strings::Strings;
use crate::text::LetterSet;

/// From this length two slips still leave a word recognisable.
const TWO_SLIPS_FROM: usize = 8;
/// Shorter words are a slip away from too many others; a typed word of three letters may still lack one.
const SLIP_LETTERS: usize = 4;
const TYPED_LETTERS: std::ops::RangeInclusive<usize> = 3..=40;
/// Letters that take part; must exceed the two that may be dropped by enough to tell words apart.
const PREFIX: usize = 7;

#[derive(Debug, Default)]
pub(super) struct Slips {
    /// Numbers of the spellings that may be meant.
    spellings: Vec<u32>,
    /// Letters and number of a spelling, in the bucket of each hash of its prefix with letters dropped. The letters tell
    /// most of those apart that are not meant, without a look at them.
    keys: Vec<(LetterSet, u32)>,
    /// Where each bucket begins; a hash's leading `bits` bits are its bucket.
    buckets: Vec<u32>,
    bits: u32,
}

impl Slips {
    /// Remembers a spelling and its number.
    pub(super) fn add(&mut self, spelling: &str, number: u32) {
        let letters = spelling.chars().count();
        if letters >= SLIP_LETTERS && letters <= *TYPED_LETTERS.end() + 2 {
            self.spellings.push(number);
        }
    }

    /// Must follow the last `add`.
    pub(super) fn seal(&mut self, spellings: &Strings) {
        // A word has some twenty keys; a bucket then holds a few.
        self.bits = (self.spellings.len().max(1) * 16).ilog2().min(24);
        let mut buckets = vec![0u32; (1usize << self.bits) + 1];
        self.each(spellings, |bucket, _| {
            if let Some(count) = buckets.get_mut(bucket + 1) {
                *count += 1;
            }
        });
        let mut sum = 0;
        for count in &mut buckets {
            sum += *count;
            *count = sum;
        }
        // Hashed twice rather than sorted: a third of the time, and no second copy of the keys.
        let mut keys = vec![(LetterSet::default(), 0); sum as usize];
        let mut next = buckets.clone();
        self.each(spellings, |bucket, key| {
            let Some(at) = next.get_mut(bucket) else { return };
            if let Some(place) = keys.get_mut(*at as usize) {
                *place = key;
            }
            *at += 1;
        });
        self.spellings = Vec::new();
        self.buckets = buckets;
        self.keys = keys;
    }

    /// Calls `with` with the bucket of each key of each spelling, and the key.
    fn each(&self, spellings: &Strings, mut with: impl FnMut(usize, (LetterSet, u32))) {
        for number in &self.spellings {
            let spelling = spellings.get(*number);
            // A word of seven letters may be a word of eight with one dropped.
            let most = if spelling.chars().count() + 2 > TWO_SLIPS_FROM { 2 } else { 1 };
            let letters = LetterSet::of(spelling);
            each_key(spelling, most, |key| with(self.bucket(key), (letters, *number)));
        }
    }

    /// Calls `found` with the number of each of `spellings` that is a slip away from `typed`, or, if none is, two in a
    /// longer word; and how likely it is meant, 0..1.
    pub(super) fn of(&self, typed: &str, spellings: &Strings, mut found: impl FnMut(u32, f32)) {
        let length = typed.chars().count();
        if !TYPED_LETTERS.contains(&length) {
            return;
        }
        let most = if length < TWO_SLIPS_FROM { 1 } else { 2 };
        for slips in 1..=most {
            let mut any = false;
            self.within(slips, typed, spellings, |number, weight| {
                any = true;
                found(number, weight);
            });
            if any {
                break;
            }
        }
    }

    fn within(&self, slips: usize, typed: &str, spellings: &Strings, mut found: impl FnMut(u32, f32)) {
        let mut near: SmallVec<[u32; 32]> = SmallVec::new();
        let letters = LetterSet::of(typed);
        // All buckets first, then what is in them, so that the jumps in memory overlap.
        let mut buckets: SmallVec<[&[(LetterSet, u32)]; 1 + PREFIX * (PREFIX + 1) / 2]> = SmallVec::new();
        each_key(typed, slips, |key| {
            let at = |n: usize| self.buckets.get(n).map_or(0, |at| *at as usize);
            let bucket = self.bucket(key);
            buckets.push(self.keys.get(at(bucket)..at(bucket + 1)).unwrap_or_default());
        });
        for keys in buckets {
            let may_be = keys.iter().filter(|(known, _)| known.may_be_within(slips as u32, letters));
            near.extend(may_be.map(|(_, number)| *number));
        }
        near.sort_unstable();
        near.dedup();
        for number in near {
            let spelling = spellings.get(number);
            if let Some(distance) = distance(typed, spelling, slips) {
                found(number, likely(typed, spelling, distance));
            }
        }
    }

    fn bucket(&self, key: u32) -> usize {
        // Zero bits: nothing has been added.
        key.checked_shr(32 - self.bits).unwrap_or(0) as usize
    }
}

/// How many slips, at most `most`, part two words; None where there are more.
fn distance(typed: &str, spelling: &str, most: usize) -> Option<usize> {
    let (typed, spelling) = differing(typed, spelling);
    let lengths = (typed.chars().count(), spelling.chars().count());
    // One slip leaves a letter on one side, one on each, or two swapped: most words need no table of distances.
    if lengths.0.abs_diff(lengths.1) > most || (most == 1 && lengths.0.max(lengths.1) > 2) {
        return None;
    }
    Some(strsim::osa_distance(typed, spelling)).filter(|distance| *distance <= most)
}

/// What is left of two words without the letters that both begin and end with; as far apart as the words.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let both = |(a, b): &(char, char)| a == b;
    let start: usize = one.chars().zip(other.chars()).take_while(both).map(|(a, _)| a.len_utf8()).sum();
    let (one, other) = (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end: usize = one.chars().rev().zip(other.chars().rev()).take_while(both).map(|(a, _)| a.len_utf8()).sum();
    let until = |word: &'a str| word.get(..word.len() - end).unwrap_or_default();
    (until(one), until(other))
}

/// How likely somebody who typed `typed` meant `spelling`, which is `distance` slips away, 0..1. Letters side by side on the
/// keyboard, in the wrong order or typed twice are what fingers do; a wrong first letter is seen at once. Fitted by
/// hand on public questions with slips; 0.05 more or less changes nothing.
fn likely(typed: &str, spelling: &str, distance: usize) -> f32 {
    let mut one = typed.chars();
    let mut other = spelling.chars();
    let starts = ([one.next(), one.next()], [other.next(), other.next()]);
    let is_swapped_start = starts.0[0] == starts.1[1] && starts.0[1] == starts.1[0];
    let first = if starts.0[0] == starts.1[0] || is_swapped_start { 0.0 } else { 0.2 };
    let slip = if distance <= 1 { of_one(typed, spelling) } else { 0.6 };
    slip - first
}

fn of_one(typed: &str, spelling: &str) -> f32 {
    let lengths = (typed.chars().count(), spelling.chars().count());
    if lengths.0 == lengths.1 {
        let mut wrong = typed.chars().zip(spelling.chars()).filter(|(a, b)| a != b);
        return match (wrong.next(), wrong.next()) {
            (Some((a, b)), None) => {
                if side_by_side(a, b) {
                    0.85
                } else {
                    0.75
                }
            }
            _ => 0.85,
        };
    }
    let (longer, shorter) = if lengths.0 > lengths.1 { (typed, spelling) } else { (spelling, typed) };
    let mut before = None;
    for (a, b) in longer.chars().zip(shorter.chars().map(Some).chain([None])) {
        if Some(a) != b {
            return if before == Some(a) { 0.88 } else { 0.82 };
        }
        before = Some(a);
    }
    0.82
}

/// Rows of a keyboard, each a little to the right of the one above.
const KEYBOARD: &[(&str, f32)] = &[("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75)];

fn side_by_side(a: char, b: char) -> bool {
    let place = |key: char| {
        let rows = (0u8..).zip(KEYBOARD);
        rows.filter_map(|(y, (row, shift))| Some((y, row.find(key)? as f32 + shift))).next()
    };
    let near = |(ay, ax): (u8, f32), (by, bx): (u8, f32)| ay.abs_diff(by) <= 1 && (ax - bx).abs() <= 1.0;
    place(a).zip(place(b)).is_some_and(|(a, b)| near(a, b))
}

/// The prefix of `word`, and what remains of it with up to `most` letters dropped, hashed.
fn each_key(word: &str, most: usize, mut with: impl FnMut(u32)) {
    let mut prefix = ['\0'; PREFIX];
    let mut length = 0;
    for (slot, c) in prefix.iter_mut().zip(word.chars()) {
        *slot = c;
        length += 1;
    }
    let Some(prefix) = prefix.get(..length) else { return };
    let without = |one: usize, other: usize| {
        prefix
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != one && *n != other)
            .fold(FNV_OFFSET, |hash, (_, c)| (hash ^ u64::from(*c as u32)).wrapping_mul(FNV_PRIME))
    };
    let mut with_hash = |hash: u64| with((hash >> 32) as u32 ^ hash as u32);
    with_hash(without(PREFIX, PREFIX));
    for one in 0..length {
        with_hash(without(one, PREFIX));
        if most > 1 {
            (one + 1..length).for_each(|other| with_hash(without(one, other)));
        }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a few letters hash in as many multiplications.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

#[cfg(test)]
mod tests {
    use super::{Slips, likely};
    use crate::matcher::strings::Strings;

    fn found(known: &[&str], typed: &str) -> Vec<u32> {
        let (mut slips, mut spellings) = (Slips::default(), Strings::default());
        for word in known {
            let number = spellings.intern(word);
            slips.add(word, number);
        }
        slips.seal(&spellings);
        let mut out = Vec::new();
        slips.of(typed, &spellings, |number, _| out.push(number));
        out.sort_unstable();
        out
    }

    #[test]
    fn what_fingers_do_is_likelier() {
        let rows = [
            ("banl", "bank", 0.85),
            ("banp", "bank", 0.75),
            ("bakn", "bank", 0.85),
            ("bannk", "bank", 0.88),
            ("baank", "bank", 0.88),
            ("bak", "bank", 0.82),
            ("ank", "bank", 0.62),
            ("abnk", "bank", 0.85),
            ("transprncy", "transparency", 0.6),
        ];
        for (typed, meant, want) in rows {
            let distance = strsim::osa_distance(typed, meant);
            assert!((likely(typed, meant, distance) - want).abs() < 1e-6, "{typed} {}", likely(typed, meant, distance));
        }
    }

    #[test]
    fn nothing_known() {
        assert_eq!(found(&[], "toronto"), Vec::<u32>::new());
    }

    proptest::proptest! {
        /// The neighbourhood finds exactly what comparing with every word finds: those a slip away, or else two.
        #[test]
        fn as_good_as_a_scan(known in proptest::collection::hash_set("[a-cé]{4,10}", 1..40), typed in "[a-cé]{3,11}") {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let most = if typed.chars().count() < 8 { 1 } else { 2 };
            let scan = |most| (0u32..).zip(&known).filter(|(_, w)| strsim::osa_distance(w, &typed) <= most).map(|(n, _)| n).collect();
            let one: Vec<u32> = scan(1);
            let scan = if one.is_empty() { scan(most) } else { one };
            proptest::prop_assert_eq!(found(&known, &typed), scan);
        }
    }
}
