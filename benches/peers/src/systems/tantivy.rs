//! tantivy in memory, one segment, built by one thread: words as they are, without stop words, or with near words.

use bench_facts::Fact;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer, TokenizerManager,
};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use super::{MOST, System, joined};
use crate::Fallible;

/// What the writer may use before it would have to write; it is given one segment's worth.
const BUDGET: usize = 64 << 20;
const TOKENIZER: &str = "stems";
/// tantivy's own limit in `en_stem`.
const LONGEST_WORD: usize = 40;
/// Shorter stems resemble too many others.
const SHORTEST_FUZZY: usize = 4;

pub struct Tantivy {
    searcher: Searcher,
    field: Field,
    analyzer: TextAnalyzer,
    fuzzy: bool,
}

pub fn exact<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    Ok(Box::new(Tantivy::new(facts, stems(), false)?))
}

pub fn without_stop_words<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    let stop = StopWordFilter::new(Language::English).ok_or("no English stop words")?;
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(stop)
        .filter(Stemmer::new(Language::English))
        .build();
    Ok(Box::new(Tantivy::new(facts, analyzer, false)?))
}

pub fn fuzzy<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    Ok(Box::new(Tantivy::new(facts, stems(), true)?))
}

/// The same as tantivy's `en_stem`.
fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build()
}

impl Tantivy {
    pub fn plain(facts: &[Fact]) -> Fallible<Self> {
        Self::new(facts, stems(), false)
    }

    fn new(facts: &[Fact], analyzer: TextAnalyzer, fuzzy: bool) -> Fallible<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(true);
        let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, analyzer.clone());
        let index = Index::builder().schema(schema.build()).tokenizers(tokenizers);
        let mut writer = index.single_segment_index_writer(RamDirectory::create(), BUDGET)?;
        for fact in facts {
            let mut document = TantivyDocument::default();
            document.add_text(field, joined(fact));
            writer.add_document(document)?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        Ok(Self { searcher, field, analyzer, fuzzy })
    }

    fn query(&mut self, question: &str) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut tokens = self.analyzer.token_stream(question);
        while let Some(token) = tokens.next() {
            let term = Term::from_field_text(self.field, &token.text);
            if self.fuzzy && token.text.chars().count() >= SHORTEST_FUZZY {
                clauses.push((Occur::Should, Box::new(FuzzyTermQuery::new(term.clone(), 1, true))));
            }
            clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        }
        BooleanQuery::new(clauses)
    }
}

impl System<'_> for Tantivy {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        let query = self.query(question);
        let found = self.searcher.search(&query, &TopDocs::with_limit(MOST).order_by_score())?;
        // One segment, so a document's number is its place in the list of facts.
        Ok(found.into_iter().map(|(_, at)| at.doc_id as usize).collect())
    }
}
