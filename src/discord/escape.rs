//! Markdown escaping: the text that people see is the text of the base, character for character.
//!
//! Discord shows a backslash before punctuation as the punctuation alone, so that nothing is ever inserted, replaced or
//! left out. Escaped is what could act where it stands, and no more, so that ordinary prose stays as it is.

/// Act wherever they stand: emphasis, code, strike, spoiler, links and the tags of mentions, emoji and times.
const ANYWHERE: &[char] = &['\\', '*', '_', '`', '~', '|', '<', '[', ']'];
/// Act at the start of a line: quote, heading, list.
const LINE_START: &[char] = &['>', '#', '-', '+'];
/// Behind a number at the start of a line they make a list.
const AFTER_NUMBER: &[char] = &['.', ')'];
/// Words that ping a channel behind an `@`, as far as allowed_mentions lets them.
const CROWDS: &[&str] = &["everyone", "here"];

/// `text` so that Discord shows it as it is.
pub(super) fn escape(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The same, but web addresses that stand as words of their own stay links (in angle brackets: without a preview).
pub(super) fn escape_around_links(text: &str) -> String {
    let is_link = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    let is_plain = |word: &str| !word.contains(['<', '>', '\\', '`']);
    let words = |line: &str| {
        let word = |w: &str| if is_link(w) && is_plain(w) { format!("<{w}>") } else { escape(w) };
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    text.split('\n').map(words).collect::<Vec<_>>().join("\n")
}

fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut is_start = true;
    let mut is_number = false;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let acts = ANYWHERE.contains(&c)
            || (is_start && LINE_START.contains(&c))
            || (is_number && AFTER_NUMBER.contains(&c))
            || (c == ':' && colon_acts(text, at))
            || (c == '@' && CROWDS.iter().any(|crowd| rest.starts_with(crowd)));
        if acts {
            out.push('\\');
        }
        out.push(c);
        is_number = c.is_ascii_digit() && (is_start || is_number);
        is_start = is_start && c.is_whitespace();
    }
    out
}

/// A colon acts in the scheme of an address (`https:`) and around the name of an emoji (`:smile:`).
fn colon_acts(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at + 1..).unwrap_or_default();
    let in_word = |text: &str| text.split(char::is_whitespace).next().is_some_and(|word| word.contains(':'));
    let word_before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    after.starts_with('/') || in_word(after) || word_before.contains(':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What Discord shows: a backslash before punctuation is dropped.
    fn unescape(text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let hides = c == '\\' && chars.peek().is_some_and(|next| next.is_ascii_punctuation());
            out.extend(if hides { chars.next() } else { Some(c) });
        }
        out
    }

    #[test]
    fn rows() {
        let rows = [
            ("Kaspersky says it is 2-3 weeks away (12:30).", "Kaspersky says it is 2-3 weeks away (12:30)."),
            ("a*b_c`d~e|f\\g", "a\\*b\\_c\\`d\\~e\\|f\\\\g"),
            ("<@1> [x](https://e.org) ||y||", "\\<@1> \\[x\\](https\\://e.org) \\|\\|y\\|\\|"),
            ("# a\n- b\n+ c\n> d\n1. e\n12) f", "\\# a\n\\- b\n\\+ c\n\\> d\n1\\. e\n12\\) f"),
            ("  -# a", "  \\-# a"),
            ("a # b - c > d 1. e", "a # b - c > d 1. e"),
            ("@everyone and @here, not @ada", "\\@everyone and \\@here, not @ada"),
            (":smile: but 1:2 and note: this", "\\:smile\\: but 1:2 and note: this"),
            ("it’s “quoted” — 👨‍👩‍👧 می‌خواهم", "it’s “quoted” — 👨‍👩‍👧 می‌خواهم"),
        ];
        for (text, want) in rows {
            assert_eq!(escape(text), want);
            assert_eq!(unescape(want), text);
        }
    }

    #[test]
    fn links_stay_links() {
        let text = "From *it*: https://e.org/a_b, http://x.org/<y>";
        assert_eq!(escape_around_links(text), "From \\*it\\*: <https://e.org/a_b,> http\\://x.org/\\<y>");
    }

    /// Text that is rich in what could act.
    fn risky() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC*",
            "[ \\n*_~|>#+.()<:@`\\\\a1\\[\\]-]{0,40}",
            "(@everyone|:a:|https://a_b|1\\. | x|\\n|-# ){0,8}"
        ]
    }

    proptest! {
        #[test]
        fn shown_as_it_is(text in risky()) {
            prop_assert_eq!(unescape(&escape(&text)), text);
        }

        #[test]
        fn nothing_acts(text in risky()) {
            let escaped = escape(&text);
            for line in escaped.split('\n') {
                let mut before = None;
                for c in line.chars() {
                    let hidden = before == Some('\\');
                    prop_assert!(hidden || c == '\\' || !ANYWHERE.contains(&c), "{c} in {line:?}");
                    // A hidden backslash hides nothing itself.
                    before = if hidden { None } else { Some(c) };
                }
                let start = line.trim_start().chars().next();
                prop_assert!(!start.is_some_and(|c| LINE_START.contains(&c)), "{line:?}");
                let behind = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
                let is_list = behind.len() < line.trim_start().len() && behind.starts_with(['.', ')']);
                let bare = |what: &str| line.replace(&format!("\\{what}"), "").contains(what);
                prop_assert!(!is_list && !bare("://") && !bare("@everyone"), "{line:?}");
            }
        }

        #[test]
        fn at_most_twice_as_long(text in risky()) {
            prop_assert!(escape(&text).chars().count() <= 2 * text.chars().count());
        }
    }
}
