//! Who does what to whom: "Did LinkedIn ban Russia?" is not answered by Russia's ban on LinkedIn.
//!
//! Only of yes-no questions with two names and a word between them, and only against a text that has all three the other
//! way round and never this way: where it cannot be told, nothing is held against an entry.

use super::forward::{Field, Token};
use super::index::Index;
use super::mend::Meant;
use super::vocabulary::{TermId, Vocabulary};

/// Words that open a question for yes or no; the second list makes what is done of what does.
const DOING: &[&str] = &["did", "do", "does", "has", "have", "had", "will", "would", "can", "could", "should"];
const BEING: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "got", "get"];
/// The opener may stand behind so many small words: "so, hey, did ..."
const LEAD: usize = 4;
/// Between "was" and "banned" may stand "never", "also".
const ADVERBS: usize = 2;
/// From this weight on a stem stands for a word of the question.
const SURE: f32 = 0.6;

/// The question's doer, deed and whom it is done to, each as the stems that may stand for it.
#[derive(Debug)]
pub(super) struct Roles {
    doer: Vec<TermId>,
    deed: Vec<TermId>,
    other: Vec<TermId>,
}

impl Roles {
    pub(super) fn of(question: &[Meant], vocabulary: &Vocabulary) -> Option<Self> {
        let opens = |m: &Meant| DOING.contains(&m.word.folded.as_str()) || BEING.contains(&m.word.folded.as_str());
        let opener = question.iter().take(LEAD).position(opens)?;
        let is_lead = question.get(..opener)?.iter().all(|m| m.word.stop);
        let is_name = |m: &Meant| m.itself().any(|term| vocabulary.is_name(term));
        let names: Vec<usize> =
            (opener + 1..question.len()).filter(|at| question.get(*at).is_some_and(is_name)).collect();
        let first = *names.first()?;
        let is_first = question.get(opener + 1..first)?.iter().all(|m| m.word.stop);
        // The word before the second name that is none: "did the US government ban Kaspersky".
        let deed = (first + 1..question.len()).rev().find(|at| {
            let is_deed = question.get(*at).is_some_and(|m| !m.word.stop && !is_name(m));
            is_deed && names.iter().any(|name| name > at)
        })?;
        let second = *names.iter().find(|name| **name > deed)?;
        let passive = question.get(opener).is_some_and(|m| BEING.contains(&m.word.folded.as_str()))
            && question.get(second - 1).is_some_and(|m| m.word.folded == "by");
        let stems = |at: usize| question.get(at).map(standing_for).unwrap_or_default();
        let (doer, other) = if passive { (stems(second), stems(first)) } else { (stems(first), stems(second)) };
        let is_told = doer.iter().any(|term| other.contains(term));
        (is_lead && is_first && !is_told).then(|| Self { doer, deed: stems(deed), other })
    }

    /// Whether an entry has it the other way round.
    pub(super) fn are_swapped_in(&self, index: &Index, entry: u32) -> bool {
        let segments = index.forward.segments(entry);
        let spoken = segments.filter(|(s, _)| matches!(s.field, Field::Text | Field::Question | Field::Support));
        let (mut swapped, mut same) = (false, false);
        for (_, text) in spoken {
            for at in (0..text.len()).filter(|at| has(text, *at, &self.deed)) {
                let (one, other) = (
                    self.reads(index, text, at, &self.doer, &self.other),
                    self.reads(index, text, at, &self.other, &self.doer),
                );
                same |= one;
                swapped |= other && !one;
            }
        }
        swapped && !same
    }

    /// Whether a text says at its deed `at` that `doer` does it to `other`.
    fn reads(&self, index: &Index, text: &[Token], at: usize, doer: &[TermId], other: &[TermId]) -> bool {
        let before = |terms: &[TermId]| (0..at).any(|n| has(text, n, terms));
        let behind = |terms: &[TermId]| (at + 1..text.len()).any(|n| has(text, n, terms));
        let by = |terms: &[TermId]| {
            let is_by = |n: usize| text.get(n).is_some_and(|t| index.vocabulary.name(t.term()) == "by");
            (at + 1..text.len()).any(|n| has(text, n, terms) && (n.saturating_sub(ADVERBS)..n).any(is_by))
        };
        let is_being = |n: usize| text.get(n).is_some_and(|t| BEING.contains(&index.vocabulary.name(t.term())));
        let is_passive = (at.saturating_sub(ADVERBS)..at).any(is_being);
        let actively = before(doer) && behind(other) && !by(other);
        let passively = before(other) && (by(doer) || (is_passive && behind(doer)));
        actively || passively
    }
}

fn has(text: &[Token], at: usize, terms: &[TermId]) -> bool {
    text.get(at).is_some_and(|t| terms.contains(&t.term()))
}

fn standing_for(meant: &Meant) -> Vec<TermId> {
    meant.near.iter().filter(|near| near.weight >= SURE).map(|near| near.term).collect()
}

#[cfg(test)]
mod tests {
    use crate::matcher::{Base, Entry, Index, Scope};

    #[test]
    fn the_other_way_round() {
        let texts =
            ["Many say that Russia has a ban on LinkedIn.", "The US government was sued by Brandt in the spring."];
        let entries = texts.iter().map(|text| Entry { text: (*text).to_owned(), ..Entry::default() }).collect();
        let index = Index::new(&[Base { entries, ..Base::default() }]);
        let rows = [
            ("Did Russia ban LinkedIn?", 0, false),
            ("did linkedin ban russia", 0, true),
            ("Was LinkedIn banned by Russia?", 0, false),
            ("Was Russia banned by LinkedIn?", 0, true),
            ("Did Brandt sue the US?", 1, false),
            ("Did the US sue Brandt?", 1, true),
            ("Why did LinkedIn ban Russia?", 0, true),
            ("Why did Russia ban LinkedIn?", 0, false),
        ];
        for (question, entry, want) in rows {
            let found = index.rank(question, Scope::All, 5).candidates;
            let candidate = found.iter().find(|c| c.entry == entry).unwrap_or_else(|| panic!("{question}"));
            assert_eq!(candidate.swapped, want, "{question}");
        }
    }
}
