//! `eval`: how the answers to gold questions are judged, by kind, and the trade-off of the thresholds.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::context::Context;
use super::exit::{Exit, Fault};
use super::style::Style;
use crate::answer::Engine;
use crate::evaluation::{Gold, Half, Judged, Mark, Report, Row, judge, sweep};

/// Judge the answers to gold questions.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval tests/gold/kaspersky-washington-office.toml\n  \
    onrecord eval --half dev --misses tests/gold/*.toml\n  onrecord eval --sweep tests/gold/*.toml\n\n\
    right: the wanted fact is the answer, or rightly none is; offered: it is given as the nearest; refused: \"the story \
    doesn't say\", though it does; wrong: something else.\nExit codes: 0, 1 below the floor in a file, 2 could not run.")]
pub(super) struct Args {
    /// Files of gold questions.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// One half of the questions only.
    #[arg(long, value_enum)]
    half: Option<HalfArg>,
    /// List every question that was not answered right.
    #[arg(long)]
    misses: bool,
    /// Show what other thresholds would give.
    #[arg(long)]
    sweep: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum HalfArg {
    /// May be looked at while tuning.
    Dev,
    /// Never looked at while tuning.
    Held,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let golds: Vec<Gold> = args.files.iter().map(read).collect::<Result<_, _>>()?;
    let stories = context.load()?.stories;
    if let Some(missing) = golds.iter().find(|g| !stories.iter().any(|s| s.id.as_str() == g.story)) {
        let folder = context.config.knowledge.display();
        return Err(Fault::User(format!(
            "the story `{}` is not in {folder}; give its folder with --knowledge DIR",
            missing.story
        )));
    }
    // Only the stories asked about, so that the figures do not change with what else is in the folder.
    let engine_of = |golds: &[Gold]| {
        let asked = stories.iter().filter(|s| golds.iter().any(|g| g.story == s.id.as_str()));
        Engine::new(asked.cloned().collect(), context.config.thresholds)
    };
    let half = args.half.map(|h| match h {
        HalfArg::Dev => Half::Dev,
        HalfArg::Held => Half::Held,
    });
    if args.sweep {
        return swept(engine_of(&golds), &golds, half, out);
    }
    let mut exit = Exit::Done;
    for gold in &golds {
        let judged = judge(&engine_of(std::slice::from_ref(gold)), gold, half);
        let report = Report::of(&judged);
        print(&gold.story, &report, out)?;
        if args.misses {
            misses(&judged, out)?;
        }
        // The floor is for both halves together.
        if let Some(floor) =
            gold.floor.filter(|_| half.is_none()).filter(|f| report.right() < f.right || report.invented() > f.invented)
        {
            writeln!(
                out,
                "below the floor: right at least {:.3}, invented at most {:.3}",
                floor.right, floor.invented
            )?;
            exit = Exit::NotFound;
        }
    }
    Ok(exit)
}

fn read(file: &PathBuf) -> Result<Gold, Fault> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|e| Fault::User(format!("cannot read {name}: {e}")))?;
    Gold::parse(&text).map_err(|e| Fault::User(format!("{name}: {e}")))
}

fn print(story: &str, report: &Report, out: &mut dyn Write) -> Result<(), Fault> {
    let style = Style::of_stdout();
    let head = format!("{story:<32}{:>5}{:>8}{:>9}{:>9}{:>7}", "all", "right", "offered", "refused", "wrong");
    writeln!(out, "{}", style.bold(&head))?;
    for (kind, row) in &report.kinds {
        line(kind, *row, out)?;
    }
    line("answerable", report.answerable, out)?;
    line("unanswerable", report.unanswerable, out)?;
    let (right, invented) = (100.0 * report.right(), 100.0 * report.invented());
    writeln!(out, "  right fact shown {right:.1} %, unanswerable answered as fact {invented:.1} %")?;
    Ok(())
}

fn line(name: &str, row: Row, out: &mut dyn Write) -> Result<(), Fault> {
    writeln!(out, "  {name:<30}{:>5}{:>8}{:>9}{:>9}{:>7}", row.all(), row.right, row.offered, row.refused, row.wrong)?;
    Ok(())
}

fn misses(judged: &[Judged<'_>], out: &mut dyn Write) -> Result<(), Fault> {
    for one in judged.iter().filter(|j| j.mark != Mark::Right) {
        let shown = one.reply.facts.iter().map(|f| f.id.as_str()).chain(one.reply.quotes.iter().map(|q| q.id.as_str()));
        let shown: Vec<&str> = shown.collect();
        let mark = format!("{:?}", one.mark).to_lowercase();
        writeln!(out, "    {mark:<8} {:?} -> {} {}", one.question.q, one.reply.outcome.as_str(), shown.join(" "))?;
    }
    Ok(())
}

fn swept(engine: Engine, golds: &[Gold], half: Option<Half>, out: &mut dyn Write) -> Result<Exit, Fault> {
    let share = |part: usize, all: usize| 100.0 * part as f32 / all.max(1) as f32;
    writeln!(out, "answer at   answered right  answered wrong  offered  refused   unanswerable answered")?;
    for row in sweep(engine, golds, half) {
        let (yes, no) = (row.report.answerable, row.report.unanswerable);
        let all = yes.all();
        writeln!(
            out,
            "{:>9.2}{:>16.1} %{:>14.1} %{:>7.1} %{:>7.1} %{:>22.1} %",
            row.thresholds.answer_at,
            share(yes.right, all),
            share(yes.wrong, all),
            share(yes.offered, all),
            share(yes.refused, all),
            share(no.wrong, no.all()),
        )?;
    }
    Ok(Exit::Done)
}
