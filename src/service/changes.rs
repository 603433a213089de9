//! What differs between two readings of the story files, by id: for the log, after a reload.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::knowledge::{Citations, Claimant, Correction, Fact, Question, Quote, Story};

/// More ids than these say nothing to anybody.
const NAMED: usize = 20;

/// Facts and quotes that came, went or say something else, as `story/id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the new base only.
    pub added: Vec<String>,
    /// In the old base only.
    pub removed: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<String>,
}

impl Changes {
    /// Compares two bases. Where something stands in its file does not count.
    pub fn between(old: &[Story], new: &[Story]) -> Self {
        let is_kept = |story: &Story, others: &[Story]| others.iter().any(|other| story.is_same_as(other));
        let read = |these: &[Story], those: &[Story]| items(these.iter().filter(|story| !is_kept(story, those)));
        let (old, new) = (read(old, new), read(new, old));
        let only = |these: &BTreeMap<String, u64>, those: &BTreeMap<String, u64>| {
            these.keys().filter(|id| !those.contains_key(*id)).cloned().collect()
        };
        let differs = |(id, hash): &(&String, &u64)| old.get(*id).is_some_and(|before| before != *hash);
        let changed = new.iter().filter(differs).map(|(id, _)| id.clone()).collect();
        Self { added: only(&new, &old), removed: only(&old, &new), changed }
    }

    /// Whether both are the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("added", &self.added), ("removed", &self.removed), ("changed", &self.changed)];
        let named = parts.iter().filter(|(_, ids)| !ids.is_empty()).map(|(what, ids)| {
            let more = if ids.len() > NAMED { ", ..." } else { "" };
            let ids: Vec<&str> = ids.iter().take(NAMED).map(String::as_str).collect();
            format!("{what}: {}{more}", ids.join(", "))
        });
        f.write_str(&named.collect::<Vec<_>>().join("; "))
    }
}

/// Every fact and quote with a hash of what it says.
fn items<'a>(stories: impl Iterator<Item = &'a Story>) -> BTreeMap<String, u64> {
    let mut items = BTreeMap::new();
    for story in stories {
        items.extend(story.facts.iter().map(|f| (format!("{}/{}", story.id, f.id), fact(f))));
        items.extend(story.quotes.iter().map(|q| (format!("{}/{}", story.id, q.id), quote(q))));
    }
    items
}

fn fact(fact: &Fact) -> u64 {
    let mut into = DefaultHasher::new();
    (&fact.statement, fact.claim.as_str(), fact.by.as_ref().map(Claimant::name), &fact.via).hash(&mut into);
    (&fact.keywords, &fact.not_for, fact.as_of).hash(&mut into);
    fact.topics.iter().for_each(|topic| topic.id.hash(&mut into));
    fact.quotes.iter().for_each(|quote| quote.exact.hash(&mut into));
    common(&fact.questions, &fact.citations, &fact.corrections, &mut into);
    into.finish()
}

fn quote(quote: &Quote) -> u64 {
    let mut into = DefaultHasher::new();
    (&quote.exact, quote.speaker.as_ref().map(|s| &s.name), quote.speaker_inferred).hash(&mut into);
    (&quote.keywords, &quote.not_for).hash(&mut into);
    quote.topics.iter().for_each(|topic| topic.id.hash(&mut into));
    common(&quote.questions, &quote.citations, &quote.corrections, &mut into);
    into.finish()
}

fn common(questions: &[Question], citations: &Citations, corrections: &[Correction], into: &mut DefaultHasher) {
    questions.iter().for_each(|question| question.text.hash(into));
    corrections.iter().for_each(|correction| (correction.date, &correction.text).hash(into));
    for citation in citations.iter() {
        let source = &citation.source;
        (&source.id, &source.headline, &source.url, &citation.anchor).hash(into);
        format!("{:?}", citation.place).hash(into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load_text;

    fn story(facts: &str) -> Vec<Story> {
        let head = "[story]\nid = \"a\"\ntitle = \"T\"\n[[source]]\nid = \"s\"\nheadline = \"H\"\n";
        let (story, problems) = load_text("a.toml", &format!("{head}{facts}"), time::macros::date!(2031 - 01 - 01));
        vec![story.unwrap_or_else(|| panic!("{problems:?}"))]
    }

    fn fact(id: &str, statement: &str) -> String {
        format!("[[fact]]\nid = \"{id}\"\nstatement = \"{statement}\"\nsource = {{ id = \"s\" }}\n")
    }

    #[test]
    fn by_id_and_by_what_is_said() {
        let old = story(&[fact("one", "It is."), fact("two", "It was.")].concat());
        let rows = [
            ("the same in another order", [fact("two", "It was."), fact("one", "It is.")].concat(), ""),
            (
                "one more",
                [fact("one", "It is."), fact("two", "It was."), fact("new", "It will be.")].concat(),
                "added: a/new",
            ),
            ("one less", fact("two", "It was."), "removed: a/one"),
            ("another word", [fact("one", "It is not."), fact("two", "It was.")].concat(), "changed: a/one"),
            (
                "all of it",
                [fact("one", "No."), fact("three", "It was.")].concat(),
                "added: a/three; removed: a/two; changed: a/one",
            ),
        ];
        for (what, facts, want) in rows {
            let changes = Changes::between(&old, &story(&facts));
            assert_eq!((changes.to_string().as_str(), changes.is_empty()), (want, want.is_empty()), "{what}");
        }
    }
}
