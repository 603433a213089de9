//! Which language a message is most likely written in, told by its script and its small words.
//!
//! Told only where it is clear: a wrong guess puts off whoever asked, None changes nothing. Names, a word or two, and
//! English typed badly must never pass for another language.

use std::ops::RangeInclusive;

use rustc_hash::FxHashSet;

use super::word::RawWord;
use super::{RawWords, fold, stopwords, visible};

/// A script that is taken for one language.
struct Script {
    code: &'static str,
    letters: &'static [RangeInclusive<char>],
    /// Letters that only other languages write in it: Ukrainian is not Russian.
    foreign: &'static str,
}

const SCRIPTS: &[Script] = &[
    Script { code: "ru", letters: &['\u{0400}'..='\u{052F}'], foreign: "іїєґўђјљњћџѓќѕ" },
    Script {
        code: "ar", letters: &['\u{0600}'..='\u{06FF}', '\u{0750}'..='\u{077F}'], foreign: "پچژگکیٹڈڑےہں"
    },
    Script { code: "el", letters: &['\u{0370}'..='\u{03FF}', '\u{1F00}'..='\u{1FFF}'], foreign: "" },
    Script { code: "he", letters: &['\u{0590}'..='\u{05FF}'], foreign: "" },
    Script { code: "hi", letters: &['\u{0900}'..='\u{097F}'], foreign: "" },
    Script { code: "ta", letters: &['\u{0B80}'..='\u{0BFF}'], foreign: "" },
    Script { code: "th", letters: &['\u{0E00}'..='\u{0E7F}'], foreign: "" },
    Script { code: "ko", letters: &['\u{1100}'..='\u{11FF}', '\u{AC00}'..='\u{D7AF}'], foreign: "" },
    // Japanese uses Chinese signs too, Chinese no kana: a word with both is Japanese.
    Script { code: "ja", letters: &['\u{3040}'..='\u{30FF}'], foreign: "" },
    Script { code: "zh", letters: &['\u{3400}'..='\u{4DBF}', '\u{4E00}'..='\u{9FFF}'], foreign: "" },
];

/// Signs that, of the languages with stop words, only one is written with: a short question in Spanish and one in
/// Portuguese share their small words.
const SIGNS: &[(char, &str)] = &[
    ('¿', "es"),
    ('¡', "es"),
    ('ñ', "es"),
    ('ß', "de"),
    ('ã', "pt"),
    ('õ', "pt"),
    ('ğ', "tr"),
    ('ı', "tr"),
    ('ő', "hu"),
    ('ű', "hu"),
    ('ă', "ro"),
    ('ț', "ro"),
];

/// Small words of other languages that English messages hold too, as other words, slips or parts of names.
const ENGLISH_TOO: &str = "\
    as ate bare ben bin c care cat chi com come comment cum d da dan dat de del den der des di die dies dig din \
    dog door dos dove du e el en end era est et favor fie fin fra fur ham hat hay hem hen ho hol hun kim l la las \
    le les li los m maga man mas men met mi min mint mot non nu nun o par pas plus por pour quanta s sa san se sea \
    sedan sen sin son soy su sue sur t te ten ti til till todo ton tot tout uber un vain van ve vi volt von want \
    war wen wil";

/// Letters of languages without stop words, such as Polish, Czech and Vietnamese.
const OF_NONE: &str = "ąćčďđęěłńňřśšťůźżžơư";

/// Fewer words are a name or a slip as likely as a sentence.
const FEWEST: usize = 3;
/// A small word counts 1 if it is of one language only, else its share: so much speaks for a language,
const ENOUGH: f32 = 1.0;
/// so many times what speaks for the next,
const MARGIN: f32 = 1.8;
/// and one word in so many is a small one of it.
const ONE_IN: usize = 5;

/// The language code a message is most likely written in; None where it cannot be told.
pub fn guess(text: &str) -> Option<&'static str> {
    let text = visible(text);
    let Some(script) = script(&text) else { return by_small_words(&text) };
    let is_foreign = text.to_lowercase().contains(|c| script.foreign.contains(c));
    (!is_foreign).then_some(script.code)
}

/// The script that most words are written in; None for the Latin one.
fn script(text: &str) -> Option<&'static Script> {
    let with = |script: &Script| {
        let is_letter = |c| script.letters.iter().any(|range| range.contains(&c));
        RawWords::new(text).filter(|word| word.text.contains(is_letter)).count()
    };
    // Of several equal ones the first: kana stands before the signs it is mixed with.
    let (words, script) = SCRIPTS.iter().map(|s| (with(s), s)).rev().max_by_key(|(words, _)| *words)?;
    // Latin names stand in messages of any script, other Latin words do not.
    let latin = RawWords::new(text).filter(|word| word.text.starts_with(|c: char| c.is_ascii_lowercase())).count();
    (words > 0 && words >= latin).then_some(script)
}

/// What speaks for a language.
struct Evidence {
    code: &'static str,
    weight: f32,
    words: usize,
    /// Those of them that no English message holds.
    own: usize,
}

fn by_small_words(text: &str) -> Option<&'static str> {
    let said = said(text);
    let mut found: Vec<Evidence> = stopwords::codes().map(|code| signs(code, text)).collect();
    for word in &said {
        let of = |e: &Evidence| is_small(e.code, word);
        let english_too = is_english_too(word);
        let is_english = english_too || is_small("en", word);
        let languages = found.iter().filter(|e| of(e)).count() + usize::from(english_too);
        for evidence in found.iter_mut().filter(|e| of(e)) {
            evidence.weight += 1.0 / languages as f32;
            evidence.words += 1;
            evidence.own += usize::from(!is_english || evidence.code == "en");
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let [best, next, ..] = found.as_slice() else { return None };
    // Two words at least, one of which can be nothing English.
    let is_enough = best.weight >= ENOUGH && best.words > 1 && best.own > 0 && best.words * ONE_IN >= said.len();
    let is_clear = best.weight >= MARGIN * next.weight && !is_of_none(text);
    let is_long = best.code == "en" || RawWords::new(text).count() >= FEWEST;
    (is_enough && is_clear && is_long).then_some(best.code)
}

/// The folded words, each once. A capital inside a sentence makes a name ("Los Angeles"), unless all are capitals.
fn said(text: &str) -> FxHashSet<String> {
    let shouts = !text.contains(char::is_lowercase);
    let is_name = |word: &RawWord<'_>| !word.opens && !shouts && word.text.starts_with(char::is_uppercase);
    let words = RawWords::new(text).filter(|word| !is_name(word)).map(|word| fold(word.text));
    words.filter(|word| word.contains(char::is_alphabetic)).collect()
}

/// The evidence of the signs alone, which several do not make stronger.
fn signs(code: &'static str, text: &str) -> Evidence {
    let has_sign = SIGNS.iter().any(|(sign, of)| *of == code && text.contains(*sign));
    Evidence { code, weight: if has_sign { 1.0 } else { 0.0 }, words: 0, own: 0 }
}

/// Whether it is a small word of the language, by itself or before an apostrophe: "l'ufficio".
fn is_small(code: &str, word: &str) -> bool {
    let has = |word: &str| stopwords::of(code).is_some_and(|words| words.contains(word));
    has(word) || word.split_once('\'').is_some_and(|(before, _)| has(before))
}

fn is_english_too(word: &str) -> bool {
    ENGLISH_TOO.split_ascii_whitespace().any(|w| w == word)
}

/// Whether a word that is no name has a letter of a language not known here.
fn is_of_none(text: &str) -> bool {
    let words = RawWords::new(text).filter(|word| word.text.starts_with(char::is_lowercase));
    words.map(|word| word.text).any(|word| word.contains(|c| OF_NONE.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn told_or_left() {
        let rows = [
            // English and what passes for nothing else; "en" stands for None as well.
            ("Why is Kaspersky closing its Washington office?", "en"),
            ("wat is going on lol", "en"),
            ("die hard fans?", "en"),
            ("no", "en"),
            ("was it banned", "en"),
            ("was war declared", "en"),
            ("what did von der Leyen say", "en"),
            ("y r they closing teh ofice??", "en"),
            ("wich ofices r opning", "en"),
            ("wen does de ofis close", "en"),
            ("wherewas theinterview doen", "en"),
            ("wat wil happen to de workers", "en"),
            ("omg no way haha", "en"),
            ("but y did dey do dat man", "en"),
            ("men in black over van damme", "en"),
            ("who said dat den", "en"),
            ("red hat sales in war", "en"),
            ("WAS THE OFFICE SOLD", "en"),
            ("what does Касперский mean", "en"),
            ("wh\u{430}t is th\u{435} b\u{430}n", "en"),
            // Names, single words, nothing.
            ("Anton Shingarev Kaspersky Lab Toronto", "en"),
            ("Los Angeles", "en"),
            ("kim jong un, van damme", "en"),
            ("Ursula von der Leyen", "en"),
            ("san jose del cabo", "en"),
            ("warum", "en"),
            ("por favor", "en"),
            ("12 34 56 ???", "en"),
            ("", "en"),
            // German.
            ("Warum schließt Kaspersky das Büro?", "de"),
            ("wer hat das gesagt", "de"),
            ("Wurde die Software verboten?", "de"),
            ("WAS IST PASSIERT", "de"),
            ("kannst du mir sagen, was in Washington passiert ist?", "de"),
            // Spanish; without its signs and with few small words it is not told from Portuguese.
            ("¿Por qué cerró la oficina?", "es"),
            ("donde estan las nuevas oficinas", "es"),
            ("¿Quién dijo eso?", "es"),
            ("cuantos empleados tiene kaspersky", "es"),
            ("por que cierra la oficina", "en"),
            // French.
            ("Pourquoi Kaspersky ferme-t-il son bureau ?", "fr"),
            ("où sont les nouveaux bureaux", "fr"),
            ("Qu’est-ce que l’entreprise a dit ?", "fr"),
            ("combien d'employés sont concernés", "fr"),
            // Others with stop words.
            ("Perché Kaspersky chiude l'ufficio di Washington?", "it"),
            ("dove sono i nuovi uffici", "it"),
            ("Waarom sluit Kaspersky het kantoor?", "nl"),
            ("wie heeft dat gezegd?", "nl"),
            ("onde ficam os novos escritórios?", "pt"),
            ("não foi proibido?", "pt"),
            ("hur många anställda har företaget", "sv"),
            ("hva skjedde med kontoret", "no"),
            ("Ofis ne zaman kapanacak?", "tr"),
            ("missä uudet toimistot ovat", "fi"),
            // Without.
            ("Dlaczego Kaspersky zamyka biuro w Waszyngtonie?", "en"),
            ("kto to powiedział i co to znaczy", "-"),
            ("Proč zavírá kancelář a kdo to řekl?", "-"),
            // Other scripts.
            ("Почему Kaspersky закрывает офис в Washington?", "ru"),
            ("Чому Kaspersky закриває офіс?", "-"),
            ("لماذا تغلق كاسبرسكي مكتبها؟", "ar"),
            ("چرا دفتر خود را می بندد؟", "-"),
            ("Γιατί κλείνει το γραφείο;", "el"),
            ("卡巴斯基为什么关闭 Washington 办事处？", "zh"),
            ("なぜ Kaspersky は事務所を閉鎖するのですか？", "ja"),
            ("왜 카스퍼스키는 사무실을 닫나요?", "ko"),
            ("למה המשרד נסגר?", "he"),
            ("कार्यालय क्यों बंद हो रहा है?", "hi"),
            ("ทำไมสำนักงานถึงปิด", "th"),
            ("அலுவலகம் ஏன் மூடப்படுகிறது?", "ta"),
        ];
        for (message, want) in rows {
            let got = guess(message);
            let is_right = match want {
                "en" => matches!(got, None | Some("en")),
                "-" => got.is_none(),
                code => got == Some(code),
            };
            assert!(is_right, "{message:?}: {got:?}, not {want}");
        }
    }

    #[test]
    fn plain_english_is_english() {
        for message in ["Why is the office closing?", "who said that", "what is this about", "is it over"] {
            assert_eq!(guess(message), Some("en"), "{message}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(?s).*") {
            let _ = guess(&text);
        }
    }
}
