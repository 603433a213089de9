//! The results as markdown tables: systems down, sizes across.

use crate::results::{AtSize, Measured, Results, Speed};
use crate::systems::{KINDS, Kind, REFERENCE};

/// Everything that was measured.
pub fn markdown(results: &Results) -> String {
    let mut out = introduction(results);
    for (caption, cell) in TABLES {
        out += &format!("\n{caption}\n\n{}", table(results, *cell));
    }
    out += &unusual(results);
    out += &notes(results);
    out
}

type Cell = fn(&AtSize, &Measured) -> Option<String>;

const TABLES: &[(&str, Cell)] = &[
    (
        "**Median time of a question in microseconds**, half of them typed badly; in brackets as a multiple of tantivy's.",
        median,
    ),
    (
        "**p50/p99 of the questions in microseconds**, clean; typed badly. Fast systems are asked three times, and the median is a \
         question's time.",
        tail,
    ),
    (
        "**Questions whose sentence is first / among the first five, in percent**, clean; typed badly. A star: asked fewer \
         questions than the others, so its figures are coarse.",
        quality,
    ),
    (
        "**Build**: time; memory kept; the same per byte of text, at the end / at the peak. Single-threaded, with commit; in a \
         process of its own; the loaded facts themselves are not counted. Below 10k facts it is mostly fixed cost.",
        build,
    ),
];

fn introduction(results: &Results) -> String {
    let text = if results.real { "real sentences" } else { "invented sentences" };
    let questions: Vec<String> =
        results.sizes.iter().map(|s| format!("{} at {}", s.questions, size(s.facts))).collect();
    format!(
        "One run, one process, one thread, systems in turns; {text}, seed {}; questions: {}.\n",
        results.seed,
        questions.join(", ")
    )
}

fn table(results: &Results, cell: Cell) -> String {
    let heads: Vec<String> = results.sizes.iter().map(|s| size(s.facts)).collect();
    let mut out = format!("| system | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for kind in raced(results) {
        let of = |at: &AtSize| at.systems.iter().find(|m| m.system == kind.name).and_then(|m| cell(at, m));
        let cells: Vec<String> = results.sizes.iter().map(|at| of(at).unwrap_or_else(|| "-".to_owned())).collect();
        out += &format!("| {} | {} |\n", kind.label, cells.join(" | "));
    }
    out
}

/// Systems that took part, in the order of `KINDS`.
pub fn raced(results: &Results) -> impl Iterator<Item = &'static Kind> {
    let took_part = |kind: &&Kind| results.sizes.iter().any(|s| s.systems.iter().any(|m| m.system == kind.name));
    KINDS.iter().filter(took_part)
}

fn median(at: &AtSize, measured: &Measured) -> Option<String> {
    let p50 = measured.speed.as_ref()?.p50;
    let reference = at.systems.iter().find(|m| m.system == REFERENCE).and_then(|m| m.speed.as_ref());
    Some(match reference {
        Some(reference) => format!("{} ({})", number(p50), ratio(p50 / reference.p50)),
        None => number(p50),
    })
}

fn tail(_: &AtSize, measured: &Measured) -> Option<String> {
    let Speed { clean, typed, .. } = measured.speed.as_ref()?;
    Some(format!("{}/{}; {}/{}", number(clean.p50), number(clean.p99), number(typed.p50), number(typed.p99)))
}

fn quality(at: &AtSize, measured: &Measured) -> Option<String> {
    let Speed { asked, clean, typed, .. } = measured.speed.as_ref()?;
    let star = if *asked < at.questions { "\\*" } else { "" };
    let [a, b, c, d] = [clean.hit1, clean.hit5, typed.hit1, typed.hit5].map(|share| 100.0 * share);
    Some(format!("{a:.0}/{b:.0}; {c:.0}/{d:.0}{star}"))
}

fn build(at: &AtSize, measured: &Measured) -> Option<String> {
    let weight = measured.weight?;
    let [kept, peak] = [weight.kept, weight.peak].map(|bytes| bytes as f64 / at.text_bytes.max(1) as f64);
    let megabytes = number(weight.kept as f64 / 1e6);
    Some(format!("{}; {megabytes} MB; {} / {}", seconds(weight.seconds), number(kept), number(peak)))
}

fn unusual(results: &Results) -> String {
    let rows: Vec<String> = results
        .sizes
        .iter()
        .filter_map(|at| {
            let u = at.unusual.as_ref()?;
            let times = |time: f64| format!("{} ({})", number(time), ratio(time / u.ordinary));
            let cells = [size(at.facts), number(u.ordinary), times(u.long), times(u.strange)];
            Some(format!("| {} |\n", cells.join(" | ")))
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\n**Unusual questions to onrecord**, p50 in microseconds; in brackets as a multiple of an ordinary one.\n\n\
         | facts | ordinary | 2,000 characters | 500 unknown words |\n|---|---|---|---|\n{}",
        rows.concat()
    )
}

fn notes(results: &Results) -> String {
    let mut out = "\nWhat was measured:\n".to_owned();
    for kind in raced(results) {
        out += &format!("- {} (`{}`): {}.\n", kind.label, kind.name, kind.note);
    }
    for at in &results.sizes {
        for reason in at.systems.iter().filter_map(|m| m.skipped.as_ref()) {
            out += &format!("- Left out at {}: {reason}.\n", size(at.facts));
        }
    }
    out
}

/// 100, 1k, 10k, 1M.
pub fn size(facts: usize) -> String {
    match facts {
        n if n >= 1_000_000 && n.is_multiple_of(1_000_000) => format!("{}M", n / 1_000_000),
        n if n >= 1_000 && n.is_multiple_of(1_000) => format!("{}k", n / 1_000),
        n => n.to_string(),
    }
}

/// Two significant places for small figures, thousands set off in large ones.
fn number(value: f64) -> String {
    if value < 10.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn ratio(value: f64) -> String {
    if value < 0.095 {
        format!("{value:.3}")
    } else if value < 9.95 {
        format!("{value:.2}")
    } else {
        number(value)
    }
}

fn seconds(value: f64) -> String {
    if value < 0.095 { format!("{:.1} ms", 1e3 * value) } else { format!("{value:.2} s") }
}

#[cfg(test)]
mod tests {
    use super::{number, ratio, seconds, size};

    #[test]
    fn figures() {
        let rows = [
            (number(8.66), "8.7"),
            (number(115.4), "115"),
            (number(24_087.2), "24,087"),
            (number(1_900_000.0), "1,900,000"),
            (ratio(0.0312), "0.031"),
            (ratio(1.0), "1.00"),
            (ratio(410.4), "410"),
            (seconds(0.0221), "22.1 ms"),
            (seconds(8.5), "8.50 s"),
            (size(100), "100"),
            (size(10_000), "10k"),
            (size(1_000_000), "1M"),
            (size(1_500), "1500"),
        ];
        for (shown, want) in rows {
            assert_eq!(shown, want);
        }
    }
}
