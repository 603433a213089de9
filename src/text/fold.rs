//! Folding for matching: what two spellings of one word have in common.
//!
//! Only for comparing, never for showing: a quote is shown byte for byte as it stands in its file.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that Unicode does not decompose, with their usual spelling on a keyboard that lacks them.
const SPELLED_OUT: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('þ', "th"),
    ('ᴀ', "a"),
    ('ʙ', "b"),
    ('ᴄ', "c"),
    ('ᴅ', "d"),
    ('ᴇ', "e"),
    ('ɢ', "g"),
    ('ʜ', "h"),
    ('ɪ', "i"),
    ('ᴊ', "j"),
    ('ᴋ', "k"),
    ('ʟ', "l"),
    ('ᴍ', "m"),
    ('ɴ', "n"),
    ('ᴏ', "o"),
    ('ᴘ', "p"),
    ('ʀ', "r"),
    ('ꜱ', "s"),
    ('ᴛ', "t"),
    ('ᴜ', "u"),
    ('ᴠ', "v"),
    ('ᴡ', "w"),
    ('ʏ', "y"),
    ('ᴢ', "z"),
    ('’', "'"),
    ('‘', "'"),
    ('ʼ', "'"),
    ('´', "'"),
    ('`', "'"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
];

/// Lower case, compatibility forms (full width, ligatures) resolved, accents of Latin and Greek letters dropped,
/// quotation marks straightened, invisible characters removed.
///
/// Accents on other scripts stay: in Cyrillic or Devanagari they are letters of their own.
pub fn fold(text: &str) -> String {
    // Most words of most stories need nothing else, and this is ten times as fast.
    if text.bytes().all(|b| b.is_ascii_graphic() && b != b'`') {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut base = ' ';
    for c in text.nfkd().filter(|c| !is_invisible(*c)) {
        if is_combining_mark(c) {
            if !is_latin_or_greek(base) {
                out.push(c);
            }
            continue;
        }
        for lower in c.to_lowercase() {
            match SPELLED_OUT.iter().find(|(from, _)| *from == lower) {
                Some((_, to)) => out.push_str(to),
                None => out.push(lower),
            }
            base = out.chars().next_back().unwrap_or(' ');
        }
    }
    let folded: String = out.nfc().filter(|c| !is_invisible(*c)).collect();
    if is_disguised(&folded) { in_latin(&folded) } else { folded }
}

/// With Latin letters for those that look like them; marks on these go as on any Latin letter.
fn in_latin(folded: &str) -> String {
    let mut base = ' ';
    let of_latin = |c: char| {
        if !is_combining_mark(c) {
            base = latin(c);
            return Some(base);
        }
        (!is_latin_or_greek(base)).then_some(c)
    };
    folded.chars().filter_map(of_latin).collect()
}

/// Letters of other alphabets that look like Latin ones, and what they look like.
const LOOKALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ё', 'e'),
    ('г', 'r'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('п', 'n'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('ѵ', 'v'),
    ('ѡ', 'w'),
    ('х', 'x'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ω', 'w'),
];

fn latin(c: char) -> char {
    LOOKALIKES.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// Whether Latin letters and lookalikes stand in one text, as no honest word has them.
fn is_disguised(folded: &str) -> bool {
    folded.chars().any(|c| c.is_ascii_lowercase()) && folded.chars().any(|c| latin(c) != c)
}

/// Zero-width characters, bidirectional controls, soft hyphens, variation selectors, and control characters other
/// than white space: they change how text looks or flows, never which word it is.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
        || (c.is_control() && !c.is_whitespace())
}

fn is_latin_or_greek(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{024F}' | '\u{0370}'..='\u{03FF}' | '\u{1E00}'..='\u{1FFF}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn one_spelling_for_many() {
        let rows = [
            ("Café", "cafe"),
            ("CAFÉ", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("Ｋａｓｐｅｒｓｋｙ", "kaspersky"),
            ("kas\u{200B}per\u{AD}sky", "kaspersky"),
            ("\u{202E}ban", "ban"),
            ("company’s", "company's"),
            ("“fact driven”", "\"fact driven\""),
            ("Straße Łódź Ørsted Đorđe", "strasse lodz orsted dorde"),
            ("й ё", "й ё"),
            ("ΆΒ", "αβ"),
            ("z\u{300}\u{301}\u{302}algo", "zalgo"),
            ("ﬁle", "file"),
            ("nul\0byte", "nulbyte"),
            ("K\u{430}spersky W\u{430}shingt\u{43E}n", "kaspersky washington"),
            ("Касперский", "касперский"),
            ("ᴀɴᴛᴏɴ", "anton"),
            ("\u{2C7E}\u{301}", "\u{23F}"),
            ("\u{1E032}\u{16AF0}a", "ba"),
            ("\u{A731}\u{115B8}", "s"),
            ("", ""),
        ];
        for (from, to) in rows {
            assert_eq!(fold(from), to, "{from:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
