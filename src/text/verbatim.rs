//! Folding for `verify`: what may differ between a quote and its print without being another quote.
//!
//! Case, digits, negation and inner punctuation are never folded: a quote that differs there is another quote.

use unicode_normalization::UnicodeNormalization;

use super::fold::is_invisible;

/// NFC, straight quotation marks, one kind of dash, no soft hyphen or zero-width character, white space collapsed
/// to one blank and trimmed at both ends.
pub fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.nfc().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push(' ');
        }
        blank = false;
        out.push(straight(c));
    }
    out.nfc().collect()
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn folds_print_and_keeps_words() {
        let rows = [
            ("based on\u{A0}\"emotions\"", "based on \"emotions\""),
            ("“emotions”", "\"emotions\""),
            ("a – b — c", "a - b - c"),
            ("soft\u{AD}hyphen zero\u{200B}width", "softhyphen zerowidth"),
            ("  two \n lines ", "two lines"),
            ("cafe\u{301}", "café"),
            ("No, not 3.5", "No, not 3.5"),
        ];
        for (from, to) in rows {
            assert_eq!(canonical(from), to, "{from:?}");
        }
    }
}
