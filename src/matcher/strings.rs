//! Strings by number and numbers by string: all letters in one buffer, and a table with open addressing.
//!
//! A hash map of boxed strings takes twice the memory and a jump more for each look; a question takes some two hundred.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Different strings, numbered from 0 in the order they came.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends in `text`.
    ends: Vec<u32>,
    /// Hash, and number plus 1; 0 marks a free place. A power of two of them, at least a third of them free.
    places: Vec<(u32, u32)>,
}

impl Strings {
    /// Room for so many strings of ordinary words.
    pub(super) fn with_room_for(strings: usize) -> Self {
        /// Letters of an ordinary stem.
        const LETTERS: usize = 7;
        let places = vec![(0, 0); (strings + strings / 2).next_power_of_two()];
        Self { text: String::with_capacity(LETTERS * strings), ends: Vec::with_capacity(strings), places }
    }

    /// The number of `string`, new or known.
    pub(super) fn intern(&mut self, string: &str) -> u32 {
        if let Some(known) = self.find(string) {
            return known;
        }
        if self.places.len() * 2 <= self.ends.len() * 3 {
            self.grow();
        }
        let number = self.ends.len() as u32;
        self.text.push_str(string);
        self.ends.push(self.text.len() as u32);
        self.place(hash(string), number);
        number
    }

    /// The number of `string`, if it is known.
    pub(super) fn find(&self, string: &str) -> Option<u32> {
        let wanted = hash(string);
        let last = self.places.len().checked_sub(1)?;
        let mut at = wanted as usize & last;
        loop {
            let (hash, number) = self.places.get(at).copied()?;
            let number = number.checked_sub(1)?;
            if hash == wanted && self.get(number) == string {
                return Some(number);
            }
            at = (at + 1) & last;
        }
    }

    /// The string of a number; empty where there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let end = |n: usize| self.ends.get(n).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.text.get(start..end(at)).unwrap_or_default()
    }

    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    fn grow(&mut self) {
        self.places = vec![(0, 0); (self.places.len() * 2).max(64)];
        for number in 0..self.len() {
            self.place(hash(self.get(number)), number);
        }
    }

    fn place(&mut self, hash: u32, number: u32) {
        let last = self.places.len().wrapping_sub(1);
        let mut at = hash as usize & last;
        while self.places.get(at).is_some_and(|(_, number)| *number > 0) {
            at = (at + 1) & last;
        }
        if let Some(place) = self.places.get_mut(at) {
            *place = (hash, number + 1);
        }
    }
}

fn hash(string: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(string.as_bytes());
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::Strings;

    proptest::proptest! {
        #[test]
        fn what_went_in_comes_out(strings in proptest::collection::vec("[a-cé]{0,3}", 0..200)) {
            let mut known = Strings::default();
            let numbers: Vec<u32> = strings.iter().map(|s| known.intern(s)).collect();
            for (string, number) in strings.iter().zip(numbers) {
                proptest::prop_assert_eq!(known.get(number), string);
                proptest::prop_assert_eq!(known.find(string), Some(number));
            }
            proptest::prop_assert_eq!(known.find("zzz"), None);
            let different: std::collections::HashSet<&String> = strings.iter().collect();
            proptest::prop_assert_eq!(known.len() as usize, different.len());
        }
    }
}
