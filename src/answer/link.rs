//! Links that open a page at the quoted words: `#:~:text=[prefix-,]start[,end][,-suffix]`.
//!
//! Grammar: <https://wicg.github.io/scroll-to-text-fragment/#fragment-directive-grammar>; in a term, `&`, `-` and `,`
//! must be percent-encoded besides all that a URL fragment cannot hold.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Everything but letters, digits and `. _ ~` is encoded; `-` is not left out, because it delimits terms.
const TERM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');

/// Longer words are given by their start and end, so that a small difference in print does not lose the place.
const LONG_WORDS: usize = 12;
/// Words of a long text's start and end.
const ENDS: usize = 5;

/// `url` with a fragment that finds `exact` between `prefix` and `suffix`.
pub(super) fn at_words(url: &Url, exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> String {
    let encode = |text: &str| utf8_percent_encode(text.trim(), TERM).to_string();
    let words: Vec<&str> = exact.split_whitespace().collect();
    let middle = if words.len() > LONG_WORDS {
        let start = words.get(..ENDS).unwrap_or_default().join(" ");
        let end = words.get(words.len() - ENDS..).unwrap_or_default().join(" ");
        format!("{},{}", encode(&start), encode(&end))
    } else {
        encode(&words.join(" "))
    };
    let prefix = prefix.map(|p| format!("{}-,", encode(p))).unwrap_or_default();
    let suffix = suffix.map(|s| format!(",-{}", encode(s))).unwrap_or_default();
    let mut page = url.clone();
    let own = page.fragment().map(str::to_owned).unwrap_or_default();
    page.set_fragment(None);
    format!("{page}#{own}:~:text={prefix}{middle}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::at_words;

    #[test]
    fn fragments() {
        let page = "https://example.org/a?b=c".parse().unwrap();
        let rows = [
            ("until 30 June", None, None, "until%2030%20June"),
            ("a load-test, & more", None, None, "a%20load%2Dtest%2C%20%26%20more"),
            ("ban", Some("the US"), Some("of"), "the%20US-,ban,-of"),
            ("é—“x”", None, None, "%C3%A9%E2%80%94%E2%80%9Cx%E2%80%9D"),
            ("1 2 3 4 5 6 7 8 9 10 11 12 13", None, None, "1%202%203%204%205,9%2010%2011%2012%2013"),
        ];
        for (exact, prefix, suffix, want) in rows {
            let got = at_words(&page, exact, prefix, suffix);
            assert_eq!(got, format!("https://example.org/a?b=c#:~:text={want}"));
        }
        let anchored = "https://example.org/a#part".parse().unwrap();
        assert_eq!(at_words(&anchored, "x", None, None), "https://example.org/a#part:~:text=x");
    }
}
