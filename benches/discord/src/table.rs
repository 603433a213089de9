//! What was asked for beside what was measured, as lines of Markdown.

/// Figures beside what was asked for.
#[derive(Default)]
pub struct Table(Vec<[String; 4]>);

impl Table {
    /// A figure that should be below `most`.
    pub fn below(&mut self, what: impl Into<String>, figure: f64, most: f64, unit: &str) {
        let ratio = format!("{:.2}", figure / most);
        self.0.push([what.into(), format!("{figure:.1} {unit}"), format!("{most} {unit}"), ratio]);
    }

    /// A figure that should be nothing.
    pub fn none(&mut self, what: impl Into<String>, count: usize) {
        let verdict = if count == 0 { "as asked" } else { "**missed**" };
        self.0.push([what.into(), count.to_string(), "0".to_owned(), verdict.to_owned()]);
    }

    /// A figure that nothing was asked of.
    pub fn told(&mut self, what: impl Into<String>, figure: impl Into<String>) {
        self.0.push([what.into(), figure.into(), "-".to_owned(), "-".to_owned()]);
    }

    /// The whole table.
    pub fn markdown(&self) -> String {
        let line = |row: &[String; 4]| format!("| {} |\n", row.join(" | "));
        let head = "| what | measured | asked: below | ratio |\n|---|---|---|---|\n".to_owned();
        head + &self.0.iter().map(line).collect::<String>()
    }
}
