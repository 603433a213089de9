//! The trade-off of the thresholds as a picture: one line for each column of the table, in SVG.
//!
//! Every line has a colour and a mark of its own, so that it can be told without colours; the legend stands beside the
//! axes, where no line gets.

use super::table::percent;
use crate::answer::Thresholds;
use crate::evaluation::{Report, Swept};

/// Letters of file names that fit beside the rest of the line.
const NAMES: usize = 60;
const WIDTH: f32 = 900.0;
const HEIGHT: f32 = 500.0;
/// The corners of the axes.
const LEFT: f32 = 72.0;
const RIGHT: f32 = 640.0;
const TOP: f32 = 92.0;
const BOTTOM: f32 = 430.0;
/// Where the legend starts.
const LEGEND: f32 = 664.0;

/// A line of the picture.
struct Line {
    name: &'static str,
    /// Readable on white, and apart for those who see few colours (Okabe and Ito).
    colour: &'static str,
    mark: Mark,
    is_answerable: bool,
    percent: fn(&Report) -> f32,
}

#[derive(Clone, Copy)]
enum Mark {
    Disc,
    Square,
    Diamond,
    Up,
    Down,
}

const LINES: &[Line] = &[
    Line {
        name: "answered, and right",
        colour: "#007a5a",
        mark: Mark::Disc,
        is_answerable: true,
        percent: |r| percent(r.answerable.right, r.answerable.all()),
    },
    Line {
        name: "answered, but wrong",
        colour: "#c44e00",
        mark: Mark::Square,
        is_answerable: true,
        percent: |r| percent(r.answerable.wrong, r.answerable.all()),
    },
    Line {
        name: "offered as the nearest",
        colour: "#0072b2",
        mark: Mark::Diamond,
        is_answerable: true,
        percent: |r| percent(r.answerable.offered, r.answerable.all()),
    },
    Line {
        name: "refused",
        colour: "#555555",
        mark: Mark::Up,
        is_answerable: true,
        percent: |r| percent(r.answerable.refused, r.answerable.all()),
    },
    Line {
        name: "answered all the same",
        colour: "#a8327e",
        mark: Mark::Down,
        is_answerable: false,
        percent: |r| percent(r.unanswerable.wrong, r.unanswerable.all()),
    },
];

/// The picture of `rows`, with the threshold in force marked; `of` says whose questions they are.
pub(super) fn svg(rows: &[Swept], in_force: &Thresholds, of: &str) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"13\" fill=\"#222\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let share = in_force.nearest_at / in_force.answer_at.max(f32::EPSILON);
    out += &text(LEFT, 28.0, "start", 17, "What the threshold for answering trades");
    // More names than fit are a number.
    let of = if of.len() > NAMES { format!("{} files", of.split(", ").count()) } else { of.to_owned() };
    let kept = format!("Gold questions: {of}. nearest_at is kept at {share:.2} of answer_at.");
    out += &text(LEFT, 50.0, "start", 12, &kept);
    axes(&mut out);
    threshold(&mut out, in_force.answer_at);
    for line in LINES {
        draw(&mut out, rows, line);
    }
    if let Some(row) = rows.first() {
        legend(&mut out, row.report.answerable.all(), row.report.unanswerable.all());
    }
    out + "</svg>\n"
}

/// Where a threshold stands.
fn x(answer_at: f32) -> f32 {
    LEFT + answer_at * (RIGHT - LEFT)
}

/// Where a share stands.
fn y(percent: f32) -> f32 {
    BOTTOM - percent / 100.0 * (BOTTOM - TOP)
}

fn text(x: f32, y: f32, anchor: &str, size: u8, said: &str) -> String {
    let said = said.replace('&', "&amp;").replace('<', "&lt;");
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{said}</text>\n")
}

fn stroke(from: (f32, f32), to: (f32, f32), style: &str) -> String {
    format!("<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" {style}/>\n", from.0, from.1, to.0, to.1)
}

fn axes(out: &mut String) {
    for step in 0..=5u8 {
        let (at, percent) = (f32::from(step) * 0.2, f32::from(step) * 20.0);
        *out += &stroke((LEFT, y(percent)), (RIGHT, y(percent)), "stroke=\"#ddd\"");
        *out += &text(LEFT - 8.0, y(percent) + 4.5, "end", 13, &format!("{percent:.0} %"));
        *out += &stroke((x(at), BOTTOM), (x(at), BOTTOM + 5.0), "stroke=\"#222\"");
        *out += &text(x(at), BOTTOM + 21.0, "middle", 13, &format!("{at:.1}"));
    }
    *out += &stroke((LEFT, BOTTOM), (RIGHT, BOTTOM), "stroke=\"#222\"");
    *out += &stroke((LEFT, TOP), (LEFT, BOTTOM), "stroke=\"#222\"");
    let middle = (LEFT + RIGHT) / 2.0;
    *out +=
        &text(middle, BOTTOM + 48.0, "middle", 13, "answer_at: confidence from which a fact is the answer (0 to 1)");
    let (across, up) = (20.0, (TOP + BOTTOM) / 2.0);
    *out += &format!("<g transform=\"rotate(-90 {across} {up})\">\n");
    *out += &text(across, up, "middle", 13, "share of the questions (%)");
    *out += "</g>\n";
}

/// The threshold in force: its name stands above the axes.
fn threshold(out: &mut String, answer_at: f32) {
    let style = "stroke=\"#222\" stroke-dasharray=\"5 4\"";
    *out += &stroke((x(answer_at), TOP - 8.0), (x(answer_at), BOTTOM), style);
    *out += &text(x(answer_at), TOP - 13.0, "middle", 12, &format!("in force: {answer_at:.2}"));
}

fn draw(out: &mut String, rows: &[Swept], line: &Line) {
    let at = |row: &Swept| (x(row.thresholds.answer_at), y((line.percent)(&row.report)));
    let points: Vec<(f32, f32)> = rows.iter().map(at).collect();
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let colour = line.colour;
    *out +=
        &format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n", path.join(" "));
    for point in points {
        *out += &marked(point, line);
    }
}

fn marked((x, y): (f32, f32), line: &Line) -> String {
    let colour = line.colour;
    let corners: &[(f32, f32)] = match line.mark {
        Mark::Disc => return format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>\n"),
        Mark::Square => &[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
        Mark::Diamond => &[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)],
        Mark::Up => &[(0.0, -5.0), (4.5, 3.5), (-4.5, 3.5)],
        Mark::Down => &[(0.0, 5.0), (4.5, -3.5), (-4.5, -3.5)],
    };
    let corners: Vec<String> = corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect();
    format!("<polygon points=\"{}\" fill=\"{colour}\"/>\n", corners.join(" "))
}

/// The lines by name, in two groups, as they are shares of different questions.
fn legend(out: &mut String, answerable: usize, unanswerable: usize) {
    let mut down = TOP + 8.0;
    for (is_answerable, all, which) in
        [(true, answerable, "the story answers"), (false, unanswerable, "it does not answer")]
    {
        *out += &text(LEGEND, down, "start", 13, &format!("Of {all} that {which}:"));
        for line in LINES.iter().filter(|line| line.is_answerable == is_answerable) {
            down += 24.0;
            let style = format!("stroke=\"{}\" stroke-width=\"2\"", line.colour);
            *out += &stroke((LEGEND, down - 4.5), (LEGEND + 28.0, down - 4.5), &style);
            *out += &marked((LEGEND + 14.0, down - 4.5), line);
            *out += &text(LEGEND + 36.0, down, "start", 13, line.name);
        }
        down += 40.0;
    }
}
