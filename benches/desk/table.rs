//! The one table: what was measured, against what in the same run, and whether the goal was met.

use super::measure::Times;

/// A line of the table.
pub(crate) struct Line {
    what: String,
    p50: String,
    p99: String,
    reference: String,
    ratio: Option<f64>,
    goal: String,
    met: Option<bool>,
}

impl Line {
    fn empty(what: &str) -> Self {
        Self {
            what: what.to_owned(),
            p50: String::new(),
            p99: String::new(),
            reference: String::new(),
            ratio: None,
            goal: String::new(),
            met: None,
        }
    }

    /// A line of times.
    pub(crate) fn times(what: &str, times: &Times) -> Self {
        Self { p50: ms(times.p50()), p99: ms(times.p99()), ..Self::empty(what) }
    }

    /// A line of one figure with its unit.
    pub(crate) fn figure(what: &str, figure: f64, unit: &str) -> Self {
        let digits = usize::from(figure.fract() != 0.0);
        Self { p50: format!("{figure:.digits$} {unit}"), ..Self::empty(what) }
    }

    /// A line that says why there is nothing to say.
    pub(crate) fn skipped(what: &str, why: &str) -> Self {
        Self { p50: "skipped".to_owned(), reference: why.to_owned(), ..Self::empty(what) }
    }

    /// Against a reference of the same run, median by median.
    pub(crate) fn against(mut self, name: &str, times: &Times, reference: &Times) -> Self {
        self.reference = format!("{name} {} ms", ms(reference.p50()).trim_end_matches(" ms"));
        self.ratio = Some(times.p50() / reference.p50());
        self
    }

    /// The goal: at most so many times the reference.
    pub(crate) fn at_most(mut self, ratio: f64) -> Self {
        self.goal = format!("at most {ratio}x");
        self.met = self.ratio.map(|is| is <= ratio);
        self
    }

    /// The goal in words, and whether it was met.
    pub(crate) fn goal(mut self, goal: &str, met: bool) -> Self {
        goal.clone_into(&mut self.goal);
        self.met = Some(met);
        self
    }

    fn cells(&self) -> [String; 7] {
        [
            self.what.clone(),
            self.p50.clone(),
            self.p99.clone(),
            self.reference.clone(),
            self.ratio.map(|ratio| format!("{ratio:.2}x")).unwrap_or_default(),
            self.goal.clone(),
            self.met.map(|met| if met { "yes" } else { "NO" }.to_owned()).unwrap_or_default(),
        ]
    }
}

fn ms(ms: f64) -> String {
    if ms < 10.0 { format!("{ms:.3} ms") } else { format!("{ms:.1} ms") }
}

/// Prints the table, columns aligned.
pub(crate) fn print(lines: &[Line]) {
    let titles = ["what", "p50", "p99", "reference (p50)", "ratio", "goal", "met"].map(str::to_owned);
    let mut rows = vec![titles];
    rows.extend(lines.iter().map(Line::cells));
    let width: [usize; 7] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    for (n, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let pad = width[at];
                if matches!(at, 1 | 2 | 4) { format!("{cell:>pad$}") } else { format!("{cell:<pad$}") }
            })
            .collect();
        println!("{}", cells.join("  ").trim_end());
        if n == 0 {
            println!("{}", width.map(|wide| "-".repeat(wide)).join("  "));
        }
    }
}
