//! Gaps and feedback as tables for a person.

use std::io::{self, Write};

use super::super::style::Style;
use super::{Case, shown};
use crate::store::Feedback;

pub(super) fn write(cases: &[Case], feedback: &[Feedback], out: &mut dyn Write) -> io::Result<()> {
    let style = Style::of_stdout();
    if cases.is_empty() {
        writeln!(out, "no gaps: nobody asked in vain where questions are kept")?;
    } else {
        let head = "unanswered  unhelpful  wrong  first       last        question, and the nearest fact there is now";
        writeln!(out, "{}", style.bold(head))?;
    }
    for Case { gap, best, now } in cases {
        writeln!(
            out,
            "{:>10}  {:>9}  {:>5}  {}  {}  {}",
            gap.unanswered,
            gap.unhelpful,
            gap.wrong,
            gap.first,
            gap.last,
            shown(&gap.question)
        )?;
        let nearest = best.as_ref().map_or_else(
            || "no fact is near".to_owned(),
            |(item, sure)| format!("{}/{}, confidence {sure:.2}; now: {now}", shown(&item.story), shown(&item.id)),
        );
        writeln!(out, "{:54}{}", "", style.dim(&nearest))?;
    }
    if feedback.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.bold("   helpful  unhelpful  wrong  fact or quote"))?;
    for row in feedback {
        let (story, id) = (shown(&row.item.story), shown(&row.item.id));
        writeln!(out, "{:>10}  {:>9}  {:>5}  {story}/{id}", row.helpful, row.unhelpful, row.wrong)?;
    }
    Ok(())
}
