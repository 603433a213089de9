//! In what share of ordinary English sentences a stem occurs: what is a common word at all.
//!
//! A base of forty facts cannot tell that "work" is common and "backdoor" is not; 7,728 encyclopedic sentences can.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Language;

/// `stem <tab> share`, one a line; `#` opens a comment.
static SHARES: LazyLock<FxHashMap<&'static str, f32>> = LazyLock::new(|| {
    include_str!("background.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(stem, share)| Some((stem, share.parse().ok()?)))
        .collect()
});

/// Share 0..1 of ordinary sentences with this stem; 0 for a rare stem and for languages without figures.
pub fn share(stem: &str, language: &Language) -> f32 {
    if !language.is_english() {
        return 0.0;
    }
    SHARES.get(stem).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::share;
    use crate::text::Language;

    #[test]
    fn common_stems_have_a_share() {
        let en = Language::default();
        assert!(share("the", &en) > share("year", &en));
        assert!(share("year", &en) > share("kaspersky", &en));
        assert!(share("the", &Language::from_tag("de").unwrap_or_default()) == 0.0);
    }
}
