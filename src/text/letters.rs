//! Which letters a word has: tells most words that cannot be a slip or two apart from a word without comparing them.

/// The set of a word's letters, in 32 bits; letters 32 code points apart share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterSet(u32);

impl LetterSet {
    /// The letters of `word`.
    pub fn of(word: &str) -> Self {
        Self(word.chars().fold(0, |all, c| all | 1 << (c as u32 % 32)))
    }

    /// Whether words with these letters may be at most `slips` insertions, omissions, wrong letters or swaps apart. Each
    /// adds at most one letter to either set, so a `false` is always right.
    pub fn may_be_within(self, slips: u32, other: Self) -> bool {
        (self.0 & !other.0).count_ones() <= slips && (other.0 & !self.0).count_ones() <= slips
    }
}

#[cfg(test)]
mod tests {
    use super::LetterSet;

    #[test]
    fn tells_far_words_apart() {
        let rows = [("bank", "banl", true), ("bank", "bnak", true), ("bank", "ban", true), ("bank", "bold", false)];
        for (a, b, want) in rows {
            assert_eq!(LetterSet::of(a).may_be_within(1, LetterSet::of(b)), want, "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_parts_close_words(a in "[a-eé]{1,8}", b in "[a-eé]{1,8}") {
            let slips = strsim::osa_distance(&a, &b) as u32;
            proptest::prop_assert!(LetterSet::of(&a).may_be_within(slips, LetterSet::of(&b)));
        }
    }
}
