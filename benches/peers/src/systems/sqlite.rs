//! SQLite's full-text index in memory, without a copy of the texts: stemmed words, or trigrams.

use std::collections::BTreeSet;

use bench_facts::Fact;
use rusqlite::{Connection, params};

use super::{MOST, System, joined, lower_words};
use crate::Fallible;

struct Fts5 {
    database: Connection,
    terms: fn(&str) -> BTreeSet<String>,
}

pub fn words<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    Ok(Box::new(Fts5::new(facts, "porter unicode61", |question| lower_words(question).collect())?))
}

pub fn trigrams<'a>(facts: &'a [Fact]) -> Fallible<Box<dyn System<'a> + 'a>> {
    Ok(Box::new(Fts5::new(facts, "trigram", trigrams_of)?))
}

fn trigrams_of(question: &str) -> BTreeSet<String> {
    let of_word = |word: String| {
        let letters: Vec<char> = word.chars().collect();
        letters.windows(3).map(|three| three.iter().collect()).collect::<Vec<String>>()
    };
    lower_words(question).flat_map(of_word).collect()
}

impl Fts5 {
    fn new(facts: &[Fact], tokenizer: &str, terms: fn(&str) -> BTreeSet<String>) -> Fallible<Self> {
        let mut database = Connection::open_in_memory()?;
        database.execute_batch(&format!(
            "CREATE VIRTUAL TABLE facts USING fts5(text, content='', tokenize='{tokenizer}')"
        ))?;
        let all = database.transaction()?;
        for (n, fact) in (0i64..).zip(facts) {
            all.prepare_cached("INSERT INTO facts(rowid, text) VALUES (?, ?)")?.execute(params![n, joined(fact)])?;
        }
        all.execute("INSERT INTO facts(facts) VALUES ('optimize')", [])?;
        all.commit()?;
        Ok(Self { database, terms })
    }
}

impl System<'_> for Fts5 {
    fn find(&mut self, question: &str) -> Fallible<Vec<usize>> {
        let quoted: Vec<String> = (self.terms)(question).into_iter().map(|term| format!("\"{term}\"")).collect();
        if quoted.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank LIMIT ?";
        let mut statement = self.database.prepare_cached(sql)?;
        let rows = statement.query_map(params![quoted.join(" OR "), MOST as i64], |row| row.get::<_, i64>(0))?;
        let mut found = Vec::with_capacity(MOST);
        for row in rows {
            found.push(usize::try_from(row?)?);
        }
        Ok(found)
    }
}
