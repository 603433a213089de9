//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::systems::{KINDS, Kind};

const EXAMPLES: &str = "\
Examples:
  peers --sizes 100,1k                              invented facts, a look in a minute
  peers --data ~/sentences --markdown race.md       real ones: *.txt.gz and NAME.jsonl.gz with NAME.gold.jsonl.gz
  peers --data words --data questions --sizes 100,1k,10k,100k,1M --markdown race.md --svg race.svg --json race.json
  peers --systems onrecord,tantivy --queries 400    only these two

Build it with --release, or with --profile dist as the container image is built.";

/// Races onrecord's matcher against other ways to find a sentence.
///
/// All systems get the same facts and questions in one process and one thread, in turns of a few questions. Progress goes
/// to standard error, tables to standard output.
#[derive(Parser)]
#[command(after_help = EXAMPLES)]
pub struct Options {
    /// Folder of sentences (*.txt) and questions (NAME.jsonl with NAME.gold.jsonl), plain or .gz; may be given again
    #[arg(long, value_name = "DIR")]
    pub data: Vec<PathBuf>,
    /// Numbers of facts, smallest first; k and M may follow a number
    #[arg(long, value_delimiter = ',', value_parser = size, default_value = "100,1k,10k")]
    pub sizes: Vec<usize>,
    /// Systems by name; all if not given
    #[arg(long, value_delimiter = ',', value_parser = system)]
    pub systems: Vec<&'static Kind>,
    /// At most this many questions, each also with typing errors
    #[arg(long, default_value_t = 1_000)]
    pub queries: usize,
    /// Chooses distractors, sample questions, errors, and invented text
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Write the tables here too
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,
    /// Write a plot of time against facts
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write all figures
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Build one system over the only size and print time and memory; the program calls itself so
    #[arg(long, hide = true, value_parser = system)]
    pub weigh: Option<&'static Kind>,
}

impl Options {
    /// The systems to race.
    pub fn kinds(&self) -> Vec<&'static Kind> {
        if self.systems.is_empty() { KINDS.iter().collect() } else { self.systems.clone() }
    }
}

fn size(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => text.strip_suffix('M').map_or((text, 1), |digits| (digits, 1_000_000)),
    };
    let number: usize = digits.parse().map_err(|_| "a number like 100, 10k or 1M".to_owned())?;
    if number == 0 { Err("at least one fact".to_owned()) } else { Ok(number * unit) }
}

fn system(name: &str) -> Result<&'static Kind, String> {
    let known: Vec<&str> = KINDS.iter().map(|k| k.name).collect();
    KINDS.iter().find(|k| k.name == name).ok_or_else(|| format!("one of {}", known.join(", ")))
}
