//! `eval`: how the answers to gold questions and in dialogues are judged, by kind, and the trade-off of the thresholds.

mod plot;
mod table;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::context::Context;
use super::exit::{Exit, Fault};
use crate::answer::Engine;
use crate::evaluation::{DialogueReport, Dialogues, Gold, GoldFile, Half, Report, judge, judge_dialogues, sweep};
use crate::knowledge::Story;

/// Judge the answers to gold questions and in dialogues.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval tests/gold/kaspersky-washington-office.toml\n  \
    onrecord eval --half dev --misses tests/gold/kaspersky-*.toml tests/gold/dialogues/kaspersky.toml\n  \
    onrecord eval --sweep --plot sweep.svg tests/gold/kaspersky-*.toml\n\n\
    A file has [[question]] or [[dialogue]] tables.\n\
    right: the wanted fact is the answer, or rightly none is; offered: it is given as the nearest, or half of a list is; \
    refused: \"the story doesn't say\", though it does; wrong: something else.\n\
    Exit codes: 0, 1 below the floor in a file, 2 could not run.")]
pub(super) struct Args {
    /// Files of gold questions or dialogues.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// One half of the questions only.
    #[arg(long, value_enum)]
    half: Option<HalfArg>,
    /// List every question or turn that was not answered right.
    #[arg(long)]
    misses: bool,
    /// Show what other thresholds would give.
    #[arg(long)]
    sweep: bool,
    /// Write the trade-off as a picture (SVG) too.
    #[arg(long, value_name = "FILE", requires = "sweep")]
    plot: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum HalfArg {
    /// May be looked at while tuning.
    Dev,
    /// Never looked at while tuning.
    Held,
}

/// A file by its name.
struct Named {
    name: String,
    file: GoldFile,
}

/// What one run looks at.
struct Run<'a> {
    context: &'a Context,
    stories: Vec<Story>,
    half: Option<Half>,
    misses: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let files: Vec<Named> = args.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let half = args.half.map(|h| match h {
        HalfArg::Dev => Half::Dev,
        HalfArg::Held => Half::Held,
    });
    let run = Run { context, stories: context.load()?.stories, half, misses: args.misses };
    for story in files.iter().flat_map(|f| f.file.stories()) {
        run.is_there(story)?;
    }
    if args.sweep {
        return run.swept(&files, args.plot.as_deref(), out);
    }
    let mut exit = Exit::Done;
    for Named { name, file } in &files {
        let is_good = match file {
            GoldFile::Questions(gold) => run.questions(name, gold, out)?,
            GoldFile::Dialogues(dialogues) => run.dialogues(name, dialogues, out)?,
        };
        if !is_good {
            exit = Exit::NotFound;
        }
    }
    Ok(exit)
}

fn read(path: &Path) -> Result<Named, Fault> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|e| Fault::User(format!("cannot read {shown}: {e}")))?;
    let file = GoldFile::parse(&text).map_err(|e| Fault::User(format!("{shown}: {e}")))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Named { name, file })
}

impl Run<'_> {
    fn is_there(&self, story: &str) -> Result<(), Fault> {
        if self.stories.iter().any(|s| s.id.as_str() == story) {
            return Ok(());
        }
        let folder = self.context.config.knowledge.display();
        Err(Fault::User(format!("the story `{story}` is not in {folder}; give its folder with --knowledge DIR")))
    }

    /// Only the stories asked about, so that the figures do not change with what else is in the folder.
    fn engine(&self, stories: &[String]) -> Engine {
        let asked = self.stories.iter().filter(|s| stories.iter().any(|id| id == s.id.as_str()));
        Engine::new(asked.cloned().collect(), self.context.config.thresholds)
    }

    /// Prints the table of one file; whether it reaches its floor, which is for both halves together.
    fn questions(&self, name: &str, gold: &Gold, out: &mut dyn Write) -> Result<bool, Fault> {
        let judged = judge(&self.engine(&gold.stories), gold, self.half);
        let report = Report::of(&judged);
        table::questions(name, &report, gold.stories.len() > 1, out)?;
        if self.misses {
            table::missed_questions(&judged, out)?;
        }
        let floor = gold.floor.filter(|_| self.half.is_none());
        let Some(floor) = floor.filter(|f| report.right() < f.right || report.invented() > f.invented) else {
            return Ok(true);
        };
        writeln!(out, "below the floor: right at least {:.3}, invented at most {:.3}", floor.right, floor.invented)?;
        Ok(false)
    }

    /// The same for a file of dialogues.
    fn dialogues(&self, name: &str, file: &Dialogues, out: &mut dyn Write) -> Result<bool, Fault> {
        let judged = judge_dialogues(&self.engine(&file.stories), file, self.half);
        let report = DialogueReport::of(&judged);
        table::dialogues(name, &report, out)?;
        if self.misses {
            table::missed_turns(&judged, out)?;
        }
        let floor = file.floor.filter(|_| self.half.is_none());
        let Some(floor) = floor.filter(|f| report.right() < f.right) else { return Ok(true) };
        writeln!(out, "below the floor: follow-ups right at least {:.3}", floor.right)?;
        Ok(false)
    }

    fn swept(&self, files: &[Named], plot: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Fault> {
        let mut golds = Vec::new();
        for Named { name, file } in files {
            let GoldFile::Questions(gold) = file else {
                return Err(Fault::User(format!(
                    "--sweep takes gold questions, and {name} holds dialogues; leave it out"
                )));
            };
            golds.push((self.engine(&gold.stories), gold));
        }
        let rows = sweep(golds, self.half);
        table::sweep(&rows, out)?;
        if let Some(path) = plot {
            let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
            let svg = plot::svg(&rows, &self.context.config.thresholds, &names.join(", "));
            let shown = path.display();
            fs::write(path, svg).map_err(|e| Fault::User(format!("cannot write {shown}: {e}")))?;
        }
        Ok(Exit::Done)
    }
}
