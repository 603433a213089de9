//! `rank`: a base with queries a line from standard input, a ranking a query to standard output, one line at a time.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use clap::Args;

use super::exit::{Exit, Fault};
use crate::evaluation::RankCase;

#[derive(Args, Debug)]
pub(super) struct RankArgs {
    /// So many facts a query, at most.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=10))]
    most: u8,
    /// Give the value of every signal for each fact as well.
    #[arg(long)]
    signals: bool,
}

pub(super) fn run(args: &RankArgs, out: &mut dyn Write) -> Result<Exit, Fault> {
    let rank = if args.signals { RankCase::rank_with_signals } else { RankCase::rank };
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
            let mut ranked = rank(&case, &ranker, query, usize::from(args.most));
            ranked.us = started.elapsed().as_nanos() as f64 / 1000.0;
            writeln!(out, "{}", serde_json::to_string(&ranked).map_err(io::Error::from)?)?;
        }
    }
    Ok(Exit::Done)
}
