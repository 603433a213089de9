//! What may be kept of a question that missed its answer.
//!
//! It names nobody: no mention, no address, no long number ever gets through. Whether two are the same question is for
//! `twins` to say.

use super::message::readable;
use crate::text::RawWords;
use crate::text::fold;
use crate::text::visible;

/// A question is kept up to so many letters.
const MOST_LETTERS: usize = 200;
/// So many digits in a row are no year and no count.
const LONG_NUMBER: usize = 5;
/// So many digits in neighbouring groups are a telephone, card or account number; a date has eight.
const GROUPED_NUMBER: usize = 9;
/// A longer run of letters is no word of any language.
const LONGEST_WORD: usize = 64;
/// What may be kept of a question: its words, folded, without mentions, mark-up, addresses and long numbers, at most
/// 200 letters. None where no word is left. What is kept stays as it is when it is kept again.
pub fn normalised(message: &str) -> Option<String> {
    let message = readable(message);
    let parts = message.split_whitespace().map(fold).filter(|part| !is_address(part));
    let kept = parts.flat_map(|part| runs(&part)).collect();
    // Groups before their longer parts are gone, and what those bring together.
    let kept = without_grouped_numbers(kept).iter().flat_map(|word| runs(&without_long_numbers(word))).collect();
    let mut out = String::new();
    for word in without_grouped_numbers(kept).iter().filter(|word| word.chars().count() <= LONGEST_WORD) {
        let gap = if out.is_empty() { "" } else { " " };
        if out.chars().count() + gap.len() + word.chars().count() > MOST_LETTERS {
            break;
        }
        out.push_str(gap);
        out.push_str(word);
    }
    (!out.is_empty()).then_some(out)
}

fn runs(part: &str) -> Vec<String> {
    RawWords::new(&visible(part)).map(|word| word.text.to_owned()).collect()
}

/// A mention or e-mail address, or a host with or without a path: `news.example/a`.
fn is_address(part: &str) -> bool {
    if part.contains('@') || part.contains("://") {
        return true;
    }
    let host = part.split(['/', '?', ':']).next().unwrap_or_default();
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((name, end)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    end.chars().count() > 1 && end.chars().all(char::is_alphabetic) && name.split('.').all(is_label)
}

/// A blank in place of each run of five digits or more.
fn without_long_numbers(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut digits = String::new();
    for c in part.chars().chain(std::iter::once(' ')) {
        if c.is_numeric() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.chars().count() < LONG_NUMBER { &digits } else { " " });
        digits.clear();
        out.push(c);
    }
    out
}

/// The words without neighbouring numbers that are one long number: 0170 123 4567.
fn without_grouped_numbers(words: Vec<String>) -> Vec<String> {
    let is_number = |word: &String| word.chars().all(|c| c.is_numeric() || c == '.');
    let digits = |word: &String| word.chars().filter(|c| c.is_numeric()).count();
    let groups = words.chunk_by(|one, next| is_number(one) && is_number(next));
    let kept =
        groups.filter(|group| !group.iter().all(is_number) || group.iter().map(digits).sum::<usize>() < GROUPED_NUMBER);
    kept.flatten().cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_kept() {
        let rows = [
            ("Why is the Washington office closing?", Some("why is the washington office closing")),
            ("<@123456789012345678> why? <:sad:12345> </ask:1> <#7>", Some("why")),
            ("@alice **who** is ||it|| @everyone", Some("who is it")),
            ("call +49 170 1234567 or 0170 123 4567 now", Some("call or now")),
            ("user12345name pays 4111 1111 1111 1111", Some("user name pays")),
            ("from 10.20.30.40.50 and 192.168.100.200", Some("from and")),
            ("in 2018, on 2031-03-11, 1,200,000 dollars", Some("in 2018 on 2031 03 11 1,200,000 dollars")),
            ("write to Jane.Doe@example.org, see news.example/a?b=1 or https://x.example", Some("write to see or")),
            ("jane\u{FF20}example.org or (example.com) or e.g. U.S. and 3.5", Some("or or e.g u.s and 3.5")),
            ("[who is the vp?](https://evil.example/login)", Some("who is the vp")),
            ("12\u{200B}34\u{200B}5 \u{202E}why\r\n\u{1b}[31mCAFÉ", Some("why cafe")),
            ("１２３４５６ why", Some("why")),
            ("Чому Київ?", Some("чому київ")),
            ("<@123> https://example.org 123456", None),
            ("?!? 👋", None),
            ("", None),
        ];
        for (message, want) in rows {
            assert_eq!(normalised(message).as_deref(), want, "{message:?}");
        }
        let long = normalised(&"word ".repeat(100)).unwrap();
        assert_eq!((long.chars().count(), long.ends_with("word")), (199, true), "cut between words");
        assert_eq!(normalised(&"x".repeat(300)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn kept_is_short_plain_and_stays(message in "(?s).{0,300}|([a-z0-9@./:<>#-]{0,12}[ ,]){0,40}") {
            let Some(kept) = normalised(&message) else { return Ok(()) };
            prop_assert!(kept.chars().count() <= MOST_LETTERS && !kept.trim().is_empty());
            prop_assert!(!kept.chars().any(|c| c.is_control() || c == '@'), "{:?}", kept);
            let mut run = 0;
            for c in kept.chars() {
                run = if c.is_numeric() { run + 1 } else { 0 };
                prop_assert!(run < LONG_NUMBER, "{:?}", kept);
            }
            let again = normalised(&kept);
            prop_assert_eq!(again.as_deref(), Some(kept.as_str()));
        }
    }
}
