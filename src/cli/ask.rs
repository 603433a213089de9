//! `ask`: one question, or with --batch one a line.

use std::io::Write;
use std::time::Instant;

use super::context::{Context, scope};
use super::exit::{Exit, Fault};
use super::record::{Record, stripped};
use super::style::Style;
use super::{batch, exit};
use crate::answer::{Asker, Engine, Outcome, State, plain};
use crate::matcher::Scope;

/// So many candidates are explained.
const EXPLAINED: usize = 3;

/// Ask one question, or many with --batch.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord ask why is the office closing\n  onrecord ask --json \"Who is Anton Shingarev?\"\n  \
    onrecord ask --explain \"why was kaspersky banned\"\n  onrecord ask --batch < questions.txt > answers.jsonl\n\n\
    Exit codes: 0 answered (or the nearest offered), 1 the story doesn't say, 2 an error."
)]
pub(super) struct Args {
    /// The question; quotation marks are not needed.
    #[arg(required_unless_present = "batch")]
    question: Vec<String>,
    /// Ask this story only, by its id.
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// The language the bot's own phrases are in, such as de or es; statements and quotes stay as they are.
    #[arg(long, value_name = "TAG", default_value = "en")]
    locale: String,
    /// Show every signal behind the best candidates.
    #[arg(long)]
    explain: bool,
    /// Print one JSON record.
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    /// Read a question a line from standard input (plain, or {"id","q","session","story"}), write a JSON record a line.
    #[arg(long, conflicts_with_all = ["question", "explain"])]
    batch: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let engine = context.engine()?;
    let scope = scope(&engine, args.story.as_deref()).map_err(exit::Fault::User)?;
    let asker = Asker::new(scope, &args.locale);
    if args.batch {
        return batch::run(&engine, asker, &mut std::io::stdin().lock(), out);
    }
    let question = args.question.join(" ");
    let started = Instant::now();
    let reply = engine.talk_as(asker, &question, &State::default()).0;
    let us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    if args.json {
        let record = Record::new(None, &question, &reply, us);
        writeln!(out, "{}", serde_json::to_string(&record).map_err(std::io::Error::from)?)?;
    } else {
        writeln!(out, "{}", stripped(&plain(&reply)))?;
    }
    if args.explain {
        explain(&engine, &question, scope, out)?;
    }
    Ok(if reply.outcome == Outcome::Unknown { Exit::NotFound } else { Exit::Done })
}

/// Prints why the best candidates stand where they stand.
pub(super) fn explain(engine: &Engine, question: &str, scope: Scope, out: &mut dyn Write) -> Result<(), Fault> {
    let style = Style::of_stdout();
    let explained = engine.explain(question, scope, EXPLAINED);
    let thresholds = engine.thresholds();
    writeln!(out, "\nanswer from {:.2}, nearest from {:.2}", thresholds.answer_at, thresholds.nearest_at)?;
    if explained.is_empty() {
        writeln!(out, "No fact shares a word with the question.")?;
    }
    for (ranked, why) in explained {
        let head = format!("{}/{}", ranked.story, ranked.id);
        writeln!(out, "\n{}  confidence {:.2}, sum {:.2}", style.bold(&head), ranked.confidence.get(), ranked.score)?;
        for signal in why.signals.iter().filter(|s| s.weight != 0.0) {
            let part = signal.value * signal.weight;
            writeln!(out, "  {:<16}{:>6.2} x {:>5.2} = {part:>6.2}", signal.name, signal.value, signal.weight)?;
        }
        for met in &why.words {
            let by = met.stem.as_ref().map_or("nothing".to_owned(), |stem| format!("`{stem}` ({:.2})", met.how));
            let row = format!("word `{}` ({:.1}) met by {by}", stripped(&met.word), met.weight);
            writeln!(out, "  {}", style.dim(&row))?;
        }
    }
    Ok(())
}
