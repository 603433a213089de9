//! `check`: everything that is wrong or weak in the story files.

use std::io::Write;

use super::context::Context;
use super::exit::{Exit, Fault};
use super::style::Style;
use crate::answer::Engine;
use crate::evaluation::not_found_first;
use crate::knowledge::{Diagnostic, Severity};

/// Check all story files.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord check\n  onrecord --knowledge drafts check --strict\n\nEach problem is a line `file:line:column: what is wrong, and what would be right`.\n\n\
    Exit codes: 0 no errors, 1 errors (with --strict also warnings), 2 could not run."
)]
pub(super) struct Args {
    /// Let warnings fail the check too.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let loaded = context.load()?;
    if loaded.stories.is_empty() && loaded.diagnostics.is_empty() {
        let folder = context.config.knowledge.display();
        return Err(Fault::User(format!(
            "there is no story file in {folder}; give another folder with --knowledge DIR"
        )));
    }
    let facts: usize = loaded.stories.iter().map(|s| s.facts.len()).sum();
    let quotes: usize = loaded.stories.iter().map(|s| s.quotes.len()).sum();
    let stories = loaded.stories.len();
    let mut found = loaded.diagnostics;
    found.extend(not_found_first(&Engine::new(loaded.stories, context.config.thresholds)));
    found.sort();

    let style = Style::of_stdout();
    for diagnostic in &found {
        writeln!(out, "{}", coloured(diagnostic, style))?;
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    writeln!(
        out,
        "{}, {}, {}: {}, {}",
        counted(stories, "story", "stories"),
        counted(facts, "fact", "facts"),
        counted(quotes, "quote", "quotes"),
        counted(errors, "error", "errors"),
        counted(warnings, "warning", "warnings"),
    )?;
    let is_clean = errors == 0 && (warnings == 0 || !args.strict);
    Ok(if is_clean { Exit::Done } else { Exit::NotFound })
}

fn coloured(diagnostic: &Diagnostic, style: Style) -> String {
    let line = diagnostic.to_string();
    match diagnostic.severity {
        Severity::Error => style.red(&line),
        Severity::Warning => style.yellow(&line),
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
