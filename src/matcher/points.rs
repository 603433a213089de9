//! What a question turns on: who *founded* it, under which *law*, did they *sue*, what *if*, who *exactly*. A fact that has
//! nothing of that stands beside the point, however well the rest fits.

use smallvec::SmallVec;

use super::asks::{Asked, Asking};
use super::mend::Meant;
use super::pair::Pair;
use super::voices;

/// From here on an entry has a word of the question, in any field.
pub(super) const MET: f32 = 0.2;

/// Behind "which" or "what", these ask for no thing that a fact would have by name.
const GENERIC: &[&str] = &["kind", "sort", "type", "form", "part", "way", "role", "point", "time", "reason"];
/// "Which social network": the adjective and the noun.
const HEADS: usize = 2;
/// Behind these "if" is "whether": "do you know if".
const ASKING_WHETHER: &[&str] = &[
    "know",
    "wonder",
    "wondering",
    "say",
    "says",
    "ask",
    "asked",
    "tell",
    "me",
    "sure",
    "see",
    "idea",
    "clear",
    "as",
    "even",
];
/// Who wants it so fine is not told by a fact that merely fits.
const EXACTLY: &[&str] = &["exactly", "precisely", "specifically"];

/// A question that opens so asks whether something is so: each of its words counts, but for names, which are looked at apart.
const WHETHER: &[&str] = &[
    "did", "does", "do", "didn't", "doesn't", "don't", "has", "have", "had", "is", "are", "was", "were", "isn't",
    "wasn't", "will", "can", "could", "would", "should",
];
/// Not behind these: "what did they".
const OTHERWISE: &[&str] =
    &["what", "whats", "wat", "wut", "who", "whom", "whose", "which", "when", "where", "why", "y", "how", "if"];
/// "So, did they": so many words may stand before it.
const LEAD: usize = 2;

/// What a question turns on.
#[derive(Debug, Default)]
pub(super) struct Points {
    /// Slots of the words that "who" or "which" is asked of, or that are asked whether they are so.
    slots: SmallVec<[usize; 3]>,
    /// It asks what would be if.
    supposes: bool,
    /// It asks who, where or which exactly.
    exactly: bool,
}

impl Points {
    /// `slots` says where each word of the question is among those with content, of which there are `content`.
    pub(super) fn of(question: &[Meant], asking: &Asking, which: bool, slots: &[Option<u8>], content: usize) -> Self {
        let is = |at: usize, list: &[&str]| question.get(at).is_some_and(|m| list.contains(&m.word.folded.as_str()));
        let who = asking.behind_who.filter(|at| question.get(*at).is_some_and(|m| !voices::asks_for_word(m)));
        // "Which city" asks for a place, and whether the fact has one is known.
        let head = asking.head.filter(|_| asking.asked.is_none() || asking.behind_who.is_some());
        let is_noun = |at: &usize| question.get(*at).is_some_and(|m| !m.word.stop);
        let heads = head.into_iter().flat_map(|head| (head..head + HEADS).take_while(is_noun));
        let tells = |at: &usize| question.get(*at).is_some_and(|m| !GENERIC.contains(&m.word.stem.as_str()));
        let whether = asks_whether(question) && asking.asked.is_none() && asking.head.is_none() && who.is_none();
        let told = |at: &usize| question.get(*at).is_some_and(|m| !m.word.stop && !m.word.name);
        let done = (0..question.len()).filter(|at| whether && told(at));
        let places = who.into_iter().chain(heads.filter(tells)).chain(done);
        let slot = |at: usize| slots.get(at).copied().flatten().map(usize::from).filter(|slot| *slot < content);
        let supposes = (0..question.len()).find(|at| is(*at, &["if"]));
        let is_fine = which || matches!(asking.asked, Some(Asked::Who | Asked::Where));
        Self {
            slots: places.filter_map(slot).collect(),
            supposes: supposes.is_some_and(|at| at.checked_sub(1).is_none_or(|before| !is(before, ASKING_WHETHER))),
            exactly: is_fine && (0..question.len()).any(|at| is(at, EXACTLY)),
        }
    }

    /// Whether an entry is to the point.
    pub(super) fn are_met(&self, pair: &Pair<'_>) -> bool {
        let supposes = || pair.text.iter().any(|t| pair.index.lexicon.supposing.contains(&t.term()));
        !self.exactly && self.slots.iter().all(|slot| pair.met(*slot) >= MET) && (!self.supposes || supposes())
    }
}

fn asks_whether(question: &[Meant]) -> bool {
    let is = |at: usize, list: &[&str]| question.get(at).is_some_and(|m| list.contains(&m.word.folded.as_str()));
    let opens = (0..=LEAD).find(|at| is(*at, WHETHER));
    opens.is_some_and(|at| !(0..at).any(|before| is(before, OTHERWISE)))
}

#[cfg(test)]
mod tests {
    use crate::matcher::{Base, Entry, Index, Scope};

    #[test]
    fn to_the_point() {
        let texts =
            ["The company was banned by the council in the spring.", "A ban would hurt the banks, the company says."];
        let entries = texts.iter().map(|text| Entry { text: (*text).to_owned(), ..Entry::default() }).collect();
        let index = Index::new(&[Base { entries, ..Base::default() }]);
        let rows = [
            ("Who banned the company?", 0, true),
            ("Who founded the banned company?", 0, false),
            ("Who said that the company was banned?", 0, true),
            ("Under which law was the company banned?", 0, false),
            ("Which company was banned?", 0, true),
            ("What kind of company was banned?", 0, true),
            ("Who exactly banned the company?", 0, false),
            ("What if the company was banned by the council?", 0, false),
            ("Do you know if the company was banned?", 0, true),
            ("What would hurt the banks if there was a ban?", 1, true),
            ("Did the council ban the company in the spring?", 0, true),
            ("Did the council sue the company in the spring?", 0, false),
            ("so was the company banned by the council", 0, true),
            ("What did the council do to the banned company?", 0, true),
        ];
        for (question, entry, want) in rows {
            let found = index.rank(question, Scope::All, 5).candidates;
            let candidate = found.iter().find(|c| c.entry == entry).unwrap_or_else(|| panic!("{question}"));
            assert_eq!(candidate.pointed, want, "{question}");
        }
    }
}
