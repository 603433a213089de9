//! What a question turns on: who *founded* it, under which *law*, did they *sue*, what *if*, who *exactly*. A fact that has
//! nothing of that stands beside the point, however well the rest fits.

use smallvec::SmallVec;

use super::asks::{Asked, Asking};
use super::mend::Meant;
use super::pair::Pair;
use super::voices;

/// From here on an entry has a word of the question, in any field.
pub(super) const MET: f32 = 0.45;

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

/// From this likeness on the author of an entry thought of the question.
const LIKE_A_SAMPLE: f32 = 0.55;
/// Behind these stands a noun, or what says which.
pub(super) const DETERMINERS: &[&str] =
    &["a", "an", "the", "this", "that", "its", "their", "his", "her", "some", "any"];

/// Stems that make another role of the one behind them.
pub const LESSER: &[&str] = &["vice", "deputi", "former", "act", "assist", "ex"];

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
    /// Slot of what somebody did or is, where it asks who.
    deed: Option<usize>,
    /// Whether that is a noun: "who is the director".
    is_thing: bool,
    /// Slot of what is counted, where it asks how many.
    counted: Option<usize>,
    /// It asks whether something is so.
    whether: bool,
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
        let head = asking
            .head
            .filter(|_| asking.asked.is_none() || asking.behind_who.is_some() || asking.asked == Some(Asked::Who));
        let is_noun = |at: &usize| question.get(*at).is_some_and(|m| !m.word.stop);
        let heads = head.into_iter().flat_map(|head| (head..head + HEADS).take_while(is_noun));
        let tells = |at: &usize| question.get(*at).is_some_and(|m| !GENERIC.contains(&m.word.stem.as_str()));
        let whether = asks_whether(question) && asking.asked.is_none() && asking.head.is_none() && who.is_none();
        // Nor does "why did they sue" fit a fact that tells of no suit, or "who blocked their products" of no products.
        let asks_who = asking.asked == Some(Asked::Who) && who.is_some();
        let is_of_words = whether || asks_who || asking.asked == Some(Asked::Why);
        let told = |at: &usize| question.get(*at).is_some_and(|m| !m.word.stop && !m.word.name);
        let done = (0..question.len()).filter(|at| is_of_words && told(at));
        let places = who.into_iter().chain(heads.filter(tells)).chain(done);
        let slot = |at: usize| slots.get(at).copied().flatten().map(usize::from).filter(|slot| *slot < content);
        let supposes = (0..question.len()).find(|at| is(*at, &["if"]));
        let is_fine = which || matches!(asking.asked, Some(Asked::Who | Asked::Where));
        Self {
            slots: places.filter_map(slot).collect(),
            counted: asking
                .head
                .filter(|_| asking.asked == Some(Asked::HowMany) && asking.detail.is_none())
                .and_then(slot),
            whether,
            is_thing: who.and_then(|at| at.checked_sub(1)).is_some_and(|at| is(at, DETERMINERS)),
            deed: who.and_then(slot).filter(|_| asking.asked == Some(Asked::Who)),
            supposes: supposes.is_some_and(|at| at.checked_sub(1).is_none_or(|before| !is(before, ASKING_WHETHER))),
            exactly: is_fine && (0..question.len()).any(|at| is(at, EXACTLY)),
        }
    }

    /// Whether an entry is to the point.
    pub(super) fn are_met(&self, pair: &Pair<'_>) -> bool {
        let supposes = || pair.text.iter().any(|t| pair.index.lexicon.supposing.contains(&t.term()));
        // "Only if she attacked somebody" does not say that she did.
        let is_open =
            || !self.supposes && pair.index.lexicon.condition.is_some_and(|c| pair.text.iter().any(|t| t.term() == c));
        let has_words = || self.slots.iter().all(|slot| pair.met(*slot) >= MET);
        !self.exactly
            && has_words()
            && self.tell_who(pair)
            && self.count(pair)
            && (!self.supposes || supposes())
            && !(self.whether && is_open())
    }

    /// Whether the text has a number before what is counted: 1,140 signatures are no people. Its author may know better.
    fn count(&self, pair: &Pair<'_>) -> bool {
        const BEFORE: usize = 3;
        let Some(counted) = self.counted else { return true };
        let mut places = pair.own.hits.iter().filter(|hit| usize::from(hit.slot) == counted);
        pair.alike.of_kind >= LIKE_A_SAMPLE
            || places.any(|hit| pair.marks.answers.are_around(usize::from(hit.at), BEFORE, 0))
    }

    /// Whether an entry has the role that somebody is asked for by.
    pub(super) fn have_role(&self, pair: &Pair<'_>) -> bool {
        const NEARLY: f32 = 0.3;
        !self.is_thing || self.deed.is_none_or(|role| pair.met(role) >= NEARLY)
    }

    /// Whether the text has the role only as a lesser one: the vice president is not the president.
    pub(super) fn have_lesser_role(&self, pair: &Pair<'_>) -> bool {
        let Some(role) = self.deed.filter(|_| self.is_thing) else { return false };
        let lesser = |at: usize| {
            let word = pair.text.get(at).filter(|t| pair.index.lexicon.lesser.contains(&t.term()));
            word.is_some_and(|t| pair.query.lacks(t.term()))
        };
        let is_lesser = |at: usize| lesser(at) || at.checked_sub(1).is_some_and(lesser);
        let mut places = pair.own.hits.iter().filter(|hit| usize::from(hit.slot) == role).peekable();
        places.peek().is_some() && places.all(|hit| is_lesser(usize::from(hit.at)))
    }

    /// Whether the text names somebody beside what somebody is asked to have done: "the slide was leaked" names nobody. Its
    /// author may know better, who wrote a question after who that is like this one.
    fn tell_who(&self, pair: &Pair<'_>) -> bool {
        const BEFORE: usize = 9;
        const BEHIND: usize = 4;
        let Some(deed) = self.deed else { return true };
        // "A leaked slide" says of the slide what it is.
        let before = |at: usize| at.checked_sub(1).and_then(|at| pair.text.get(at));
        let is_trait = |at: usize| before(at).is_some_and(|t| pair.index.lexicon.determiners.contains(&t.term()));
        let mut deeds = pair.own.hits.iter().filter(|hit| usize::from(hit.slot) == deed);
        let is_told =
            |at: usize| pair.marks.somebody.are_around(at, BEFORE, BEHIND) && (self.is_thing || !is_trait(at));
        pair.alike.of_kind >= LIKE_A_SAMPLE || deeds.any(|hit| is_told(usize::from(hit.at)))
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
