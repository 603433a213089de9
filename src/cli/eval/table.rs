//! The tables of `eval`: counts by kind, what was missed, the trade-off of the thresholds.

use std::io::Write;

use crate::cli::exit::Fault;
use crate::cli::style::Style;
use crate::evaluation::{DialogueReport, Given, Judged, JudgedTurn, Mark, Report, Row, Swept};

/// Counts of a file of questions. `is_several`: of several stories.
pub(super) fn questions(name: &str, report: &Report, is_several: bool, out: &mut dyn Write) -> Result<(), Fault> {
    head(name, out)?;
    for (kind, row) in &report.kinds {
        line(kind, *row, out)?;
    }
    line("answerable", report.answerable, out)?;
    line("unanswerable", report.unanswerable, out)?;
    if report.meta.all() > 0 {
        line("on bot or article", report.meta, out)?;
    }
    let (right, invented) = (100.0 * report.right(), 100.0 * report.invented());
    writeln!(out, "  right fact shown {right:.1} %, unanswerable answered as fact {invented:.1} %")?;
    if is_several {
        let story = report.story;
        writeln!(out, "  right story chosen {:.1} % of {} answers", 100.0 * story.share(), story.all)?;
    }
    Ok(())
}

/// Counts of a file of dialogues.
pub(super) fn dialogues(name: &str, report: &DialogueReport, out: &mut dyn Write) -> Result<(), Fault> {
    head(&format!("{name} (dialogues)"), out)?;
    for (kind, row) in &report.kinds {
        line(kind.as_str(), *row, out)?;
    }
    writeln!(out, "  follow-ups right or offered {:.1} %", 100.0 * report.right())?;
    let seconds = report.seconds;
    if seconds.all > 0 {
        writeln!(out, "  \"the second one\" shown {} of {} times", seconds.part, seconds.all)?;
    }
    Ok(())
}

fn head(name: &str, out: &mut dyn Write) -> Result<(), Fault> {
    let head = format!("{name:<32}{:>5}{:>8}{:>9}{:>9}{:>7}", "all", "right", "offered", "refused", "wrong");
    writeln!(out, "{}", Style::of_stdout().bold(&head))?;
    Ok(())
}

fn line(name: &str, row: Row, out: &mut dyn Write) -> Result<(), Fault> {
    writeln!(out, "  {name:<30}{:>5}{:>8}{:>9}{:>9}{:>7}", row.all(), row.right, row.offered, row.refused, row.wrong)?;
    Ok(())
}

/// Every question that was not answered right, a line each.
pub(super) fn missed_questions(judged: &[Judged<'_>], out: &mut dyn Write) -> Result<(), Fault> {
    for one in judged.iter().filter(|j| j.mark != Mark::Right) {
        writeln!(out, "    {}", missed(one.mark, &one.question.q, &one.given))?;
    }
    Ok(())
}

/// Every turn that was not answered right, a line each.
pub(super) fn missed_turns(judged: &[JudgedTurn<'_>], out: &mut dyn Write) -> Result<(), Fault> {
    for one in judged.iter().filter(|j| j.mark != Mark::Right) {
        let missed = missed(one.mark, &one.turn.say, &one.given);
        writeln!(out, "    {missed}  ({}, turn {})", one.dialogue.name, one.number)?;
    }
    Ok(())
}

fn missed(mark: Mark, said: &str, given: &Given) -> String {
    let shown: Vec<&str> = given.shown().into_iter().map(|(_, id)| id).collect();
    let mark = format!("{mark:?}").to_lowercase();
    let missed = format!("{mark:<8} {said:?} -> {} {}", given.reply.outcome.as_str(), shown.join(" "));
    missed.trim_end().to_owned()
}

/// What each threshold would give.
pub(super) fn sweep(rows: &[Swept], out: &mut dyn Write) -> Result<(), Fault> {
    writeln!(out, "answer at   answered right  answered wrong  offered  refused   unanswerable answered")?;
    for row in rows {
        let (yes, no) = (row.report.answerable, row.report.unanswerable);
        writeln!(
            out,
            "{:>9.2}{:>16.1} %{:>14.1} %{:>7.1} %{:>7.1} %{:>22.1} %",
            row.thresholds.answer_at,
            percent(yes.right, yes.all()),
            percent(yes.wrong, yes.all()),
            percent(yes.offered, yes.all()),
            percent(yes.refused, yes.all()),
            percent(no.wrong, no.all()),
        )?;
    }
    Ok(())
}

/// 0..100; of nothing, 0.
pub(super) fn percent(part: usize, all: usize) -> f32 {
    100.0 * part as f32 / all.max(1) as f32
}
