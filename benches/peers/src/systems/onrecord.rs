//! The matcher that this race is about, through its public interface.

use bench_facts::Fact;
use onrecord::matcher::{Base, Entry, Index, Scope};

use super::{MOST, System};
use crate::Fallible;

struct Onrecord(Index);

pub fn build<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    let entry = |fact: &Fact| Entry { text: fact.text.clone(), questions: fact.questions.clone(), ..Entry::default() };
    let base = Base { entries: facts.iter().map(entry).collect(), ..Base::default() };
    Ok(Box::new(Onrecord(Index::new(&[base]))))
}

impl System<'_> for Onrecord {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        Ok(self.0.rank(question, Scope::All, MOST).candidates.iter().map(|c| c.entry).collect())
    }
}
