//! English words that people use for one another in questions about news, a group a line.
//!
//! Ours, written for this program: only pairs that keep their meaning in most sentences, since a synonym meets a word at half
//! weight. What means the same in one story only belongs into that story's topics.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{Language, words};

const GROUPS: &[&str] = &[
    // Beginning, ending, going on.
    "start begin launch commence kick",
    "end finish stop cease conclude",
    "close shut shutter closure shutdown",
    "open inaugurate unveil",
    "continue remain stay keep persist",
    "cancel scrap abandon axe",
    "delay postpone defer",
    "return resume reopen",
    "leave quit exit depart withdraw",
    "arrive come reach",
    // Saying.
    "say state tell declare announce claim assert remark mention",
    "deny reject refute dispute contradict",
    "admit concede acknowledge confess",
    "promise pledge vow commit",
    "explain clarify justify",
    "warn caution alert",
    "suggest propose recommend",
    "ask request demand",
    "accuse blame allege charge",
    "criticise criticize slam condemn attack",
    "praise applaud welcome commend",
    "think believe reckon consider feel",
    "oppose against resist object",
    "support back endorse favour favor",
    "agree accept consent approve",
    // Doing.
    "ban prohibit forbid outlaw block bar blacklist",
    "allow permit let authorise authorize",
    "make produce manufacture build create",
    "destroy ruin wreck demolish",
    "damage harm hurt injure",
    "fix repair mend restore",
    "buy purchase acquire",
    "sell market vend",
    "pay fund finance sponsor",
    "cost price expense fee",
    "give donate grant hand provide supply",
    "get receive obtain gain",
    "lose forfeit",
    "win triumph victory",
    "find discover detect uncover spot",
    "search seek look hunt",
    "show prove demonstrate reveal",
    "hide conceal cover",
    "use utilise utilize employ",
    "need require",
    "help assist aid",
    "protect guard defend safeguard secure",
    "check inspect examine analyse analyze audit review scrutinise scrutinize",
    "test trial try",
    "move relocate transfer shift",
    "change alter modify amend",
    "grow rise increase climb surge",
    "fall drop decline decrease shrink sink",
    "spy snoop eavesdrop",
    "steal rob theft",
    "kill murder slay",
    "die death dead perish",
    "fight battle combat",
    "save rescue preserve",
    "cut slash reduce trim",
    "fire dismiss sack layoff",
    "hire recruit appoint",
    "run operate manage lead head",
    "plan intend aim",
    "want wish desire",
    "visit tour attend",
    "happen occur take",
    "cause trigger provoke spark",
    "break fail collapse",
    "write author pen compose",
    "share pass relay",
    // People and bodies.
    "boss chief head leader director",
    "worker employee staff personnel",
    "company firm business corporation",
    "customer client buyer",
    "rival competitor opponent",
    "expert specialist professional",
    "agency authority regulator watchdog",
    "journalist reporter correspondent",
    "child kid",
    "people person resident inhabitant",
    "doctor physician",
    "police cop",
    "lawyer attorney solicitor",
    "scientist researcher",
    "teacher instructor",
    // Things and places.
    "office branch bureau",
    "place location site spot",
    "city town",
    "country nation",
    "area region zone district",
    "building premises facility",
    "car vehicle automobile",
    "ship boat vessel",
    "road street",
    "money cash",
    "job post position role",
    "law legislation statute",
    "rule regulation",
    "danger risk hazard threat dangerous risky",
    "accident mishap incident",
    "illness disease sickness",
    "product good item",
    "software program application app",
    "code source",
    "proof evidence",
    "reason cause motive why",
    "goal aim purpose objective",
    "result outcome consequence effect",
    "problem issue trouble",
    "idea notion",
    "secret hidden covert",
    "retaliation revenge reprisal retaliate",
    // Describing.
    "big large huge great major",
    "small little tiny minor",
    "new fresh latest",
    "old ancient former",
    "fast quick rapid",
    "important key significant crucial",
    "main chief principal primary mainly mostly",
    "safe secure",
    "wrong false untrue incorrect",
    "true right correct",
    "free gratis",
    "expensive dear costly",
    "entire whole complete total",
    "american us",
    "british uk",
];

/// Stem -> stems of the other words of its groups.
static SYNONYMS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let english = Language::default();
    let mut map: HashMap<String, Vec<String>> = HashMap::new();
    for group in GROUPS {
        let stems: Vec<String> = words(group, &english).into_iter().map(|w| w.stem).collect();
        for stem in &stems {
            let others = stems.iter().filter(|other| *other != stem);
            map.entry(stem.clone()).or_default().extend(others.cloned());
        }
    }
    map
});

/// Stems of words that may stand for the one with this stem.
pub(super) fn of(stem: &str, language: &Language) -> &'static [String] {
    if !language.is_english() {
        return &[];
    }
    SYNONYMS.get(stem).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::text::Language;

    #[test]
    fn synonyms_go_both_ways() {
        let english = Language::default();
        for (one, other) in [("ban", "prohibit"), ("prohibit", "ban"), ("offic", "branch"), ("american", "us")] {
            assert!(of(one, &english).iter().any(|s| s == other), "{one} {other}");
        }
        assert!(of("toronto", &english).is_empty());
        assert!(of("ban", &Language::from_tag("de").unwrap()).is_empty());
    }
}
