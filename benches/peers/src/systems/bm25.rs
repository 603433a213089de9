//! The `bm25` crate: its embedder and scorer, without the engine around them that would keep the texts.

use bench_facts::Fact;
use bm25::{Embedder, EmbedderBuilder, Language, Scorer};

use super::{MOST, System, joined};
use crate::Fallible;

struct Bm25 {
    embedder: Embedder,
    scorer: Scorer<u32>,
}

pub fn build<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    let texts: Vec<String> = facts.iter().map(joined).collect();
    let corpus: Vec<&str> = texts.iter().map(String::as_str).collect();
    let embedder: Embedder = EmbedderBuilder::with_fit_to_corpus(Language::English, &corpus).build();
    let mut scorer = Scorer::new();
    for (n, text) in (0..).zip(&corpus) {
        scorer.upsert(&n, embedder.embed(text));
    }
    Ok(Box::new(Bm25 { embedder, scorer }))
}

impl System<'_> for Bm25 {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        let found = self.scorer.matches(&self.embedder.embed(question));
        Ok(found.into_iter().take(MOST).map(|s| s.id as usize).collect())
    }
}
