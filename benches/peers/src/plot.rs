//! Median time against facts, both axes logarithmic, one line per system with its name at its end.
//!
//! Drawn by hand as SVG. No background, and colours of middling lightness, so that it reads on white and on black.

use crate::results::Results;
use crate::systems::Kind;
use crate::tables::{raced, size};

const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 600.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 430.0;
/// Names closer than this would overlap.
const LINE_HEIGHT: f64 = 16.0;
const GREY: &str = "#7d8590";
const COLOURS: [&str; 9] =
    ["#e5534b", "#2f81f7", "#539bf5", "#0e9aa7", "#8957e5", "#2da44e", "#bf8700", "#b5651d", "#bf4b8a"];

/// One system's line.
struct Line {
    kind: &'static Kind,
    colour: &'static str,
    /// Facts and microseconds.
    points: Vec<(f64, f64)>,
    /// Height of its name.
    label: f64,
}

/// Where figures lie.
struct Scale {
    facts: (f64, f64),
    time: (f64, f64),
}

/// The whole picture.
pub fn svg(results: &Results) -> String {
    let mut lines: Vec<Line> = raced(results)
        .zip(COLOURS)
        .map(|(kind, colour)| Line { kind, colour, points: points(results, kind), label: 0.0 })
        .filter(|line| !line.points.is_empty())
        .collect();
    let scale = Scale::new(&lines);
    place_labels(&mut lines, &scale);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>Median time of a question against the number of facts</title>\n"
    );
    out += &axes(results, &scale);
    // onrecord comes first in the list and is drawn last, over the others.
    lines.iter().rev().for_each(|line| out += &drawn(line, &scale));
    out + "</svg>\n"
}

fn points(results: &Results, kind: &Kind) -> Vec<(f64, f64)> {
    let at = |at: &crate::results::AtSize| {
        let measured = at.systems.iter().find(|m| m.system == kind.name)?;
        Some((at.facts as f64, measured.speed.as_ref()?.p50))
    };
    results.sizes.iter().filter_map(at).collect()
}

impl Scale {
    /// Whole powers of ten around all times.
    fn new(lines: &[Line]) -> Self {
        let all = || lines.iter().flat_map(|l| &l.points);
        let low = |pick: fn(&(f64, f64)) -> f64| all().map(pick).fold(f64::INFINITY, f64::min).max(1e-3).log10();
        let high = |pick: fn(&(f64, f64)) -> f64| all().map(pick).fold(1e-3, f64::max).log10();
        let facts = (low(|p| p.0), high(|p| p.0));
        let time = (low(|p| p.1).floor(), high(|p| p.1).ceil());
        Self { facts: (facts.0, facts.1.max(facts.0 + 0.5)), time: (time.0, time.1.max(time.0 + 1.0)) }
    }

    fn x(&self, facts: f64) -> f64 {
        LEFT + (facts.log10() - self.facts.0) / (self.facts.1 - self.facts.0) * (RIGHT - LEFT)
    }

    fn y(&self, time: f64) -> f64 {
        BOTTOM - (time.log10() - self.time.0) / (self.time.1 - self.time.0) * (BOTTOM - TOP)
    }
}

/// Names stand at the last points, moved down and then up as far as they would overlap.
fn place_labels(lines: &mut [Line], scale: &Scale) {
    for line in lines.iter_mut() {
        line.label = line.points.last().map_or(TOP, |(_, time)| scale.y(*time));
    }
    let mut order: Vec<&mut Line> = lines.iter_mut().collect();
    order.sort_by(|a, b| a.label.total_cmp(&b.label));
    let mut above = f64::NEG_INFINITY;
    for line in &mut order {
        line.label = line.label.max(above + LINE_HEIGHT);
        above = line.label;
    }
    let mut below = BOTTOM + LINE_HEIGHT;
    for line in order.iter_mut().rev() {
        line.label = line.label.min(below - LINE_HEIGHT);
        below = line.label;
    }
}

fn axes(results: &Results, scale: &Scale) -> String {
    let mut out = String::new();
    let text = |x: f64, y: f64, anchor: &str, text: &str| {
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{GREY}\">{text}</text>\n")
    };
    let rule = |x1: f64, y1: f64, x2: f64, y2: f64| {
        format!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{GREY}\" stroke-opacity=\"0.35\"/>\n"
        )
    };
    for power in scale.time.0 as i32..=scale.time.1 as i32 {
        let y = scale.y(10f64.powi(power));
        out += &rule(LEFT, y, RIGHT, y);
        out += &text(LEFT - 8.0, y + 4.0, "end", &unit_of_time(power));
    }
    for at in &results.sizes {
        let x = scale.x(at.facts as f64);
        out += &rule(x, TOP, x, BOTTOM);
        out += &text(x, BOTTOM + 20.0, "middle", &size(at.facts));
    }
    out += &text((LEFT + RIGHT) / 2.0, BOTTOM + 40.0, "middle", "facts");
    out += &text(LEFT - 8.0, TOP - 18.0, "start", "Median time of a question, half of them typed badly");
    out
}

fn unit_of_time(power: i32) -> String {
    let (value, unit) = match power {
        ..0 => (10f64.powi(power + 3), "ns"),
        0..3 => (10f64.powi(power), "µs"),
        3..6 => (10f64.powi(power - 3), "ms"),
        _ => (10f64.powi(power - 6), "s"),
    };
    format!("{value:.0} {unit}")
}

fn drawn(line: &Line, scale: &Scale) -> String {
    let places: Vec<(f64, f64)> = line.points.iter().map(|(facts, time)| (scale.x(*facts), scale.y(*time))).collect();
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let colour = line.colour;
    let (width, weight) = if line.kind.name == "onrecord" { (3.5, "bold") } else { (1.8, "normal") };
    let mut out = format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>\n",
        path.join(" ")
    );
    for (x, y) in &places {
        out += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{width}\" fill=\"{colour}\"/>\n");
    }
    let (x, y) = places.last().copied().unwrap_or((RIGHT, TOP));
    let label = line.label;
    // A line that ends early, or whose name had to move, is led to it.
    out += &format!(
        "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{label:.1}\" stroke=\"{colour}\" stroke-dasharray=\"2 3\"/>\n",
        RIGHT + 10.0
    );
    let name = line.kind.label.replace('`', "");
    out += &format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\" font-weight=\"{weight}\">{name}</text>\n",
        RIGHT + 14.0,
        label + 4.0
    );
    out
}

#[cfg(test)]
mod tests {
    use super::{BOTTOM, LINE_HEIGHT, Line, Scale, TOP, place_labels};
    use crate::systems::KINDS;

    #[test]
    fn names_do_not_overlap() {
        let line = |(n, kind)| Line {
            kind,
            colour: "#000000",
            points: vec![(100.0, 10.0), (1_000.0, if n == 0 { 9_000.0 } else { 30.0 + n as f64 })],
            label: 0.0,
        };
        let mut lines: Vec<Line> = KINDS.iter().enumerate().map(line).collect();
        let scale = Scale::new(&lines);
        place_labels(&mut lines, &scale);
        let mut heights: Vec<f64> = lines.iter().map(|l| l.label).collect();
        heights.sort_by(f64::total_cmp);
        assert!(heights.windows(2).all(|w| w[1] - w[0] > LINE_HEIGHT - 0.01), "{heights:?}");
        assert!(heights.iter().all(|h| (TOP..=BOTTOM).contains(h)), "{heights:?}");
    }
}
