//! `rank`: a base with queries a line from standard input, a ranking a query to standard output, one line at a time.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use super::exit::{Exit, Fault};
use crate::evaluation::RankCase;

pub(super) fn run(out: &mut dyn Write) -> Result<Exit, Fault> {
    for (n, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|e| Fault::User(format!("line {}: cannot read it: {e}", n + 1)))?;
        if line.trim().is_empty() {
            continue;
        }
        let case: RankCase = serde_json::from_str(&line)
            .map_err(|e| Fault::User(format!("line {}: not a base with queries: {e}", n + 1)))?;
        let ranker = case.ranker();
        for query in &case.queries {
            let started = Instant::now();
            let mut ranked = case.rank(&ranker, query);
            ranked.us = started.elapsed().as_nanos() as f64 / 1000.0;
            writeln!(out, "{}", serde_json::to_string(&ranked).map_err(io::Error::from)?)?;
        }
    }
    Ok(Exit::Done)
}
