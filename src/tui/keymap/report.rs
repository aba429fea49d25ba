//! What is wrong with a keymap file: every fault at once, with line, column and the nearest right name.

use std::fmt::Write as _;

/// One fault in a keymap file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The nearest right name, where a name was wrong.
    pub nearest: Option<String>,
}

/// All faults of one keymap file, in the order of the file. Empty when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether the file has no fault.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// The report as text, one line a fault: `FILE:LINE:COLUMN: what, did you mean "..."`.
    pub fn render(&self, file: &str) -> String {
        let mut out = String::new();
        for problem in &self.problems {
            let _ = write!(out, "{file}:{}:{}: {}", problem.line, problem.column, problem.message);
            if let Some(nearest) = &problem.nearest {
                let _ = write!(out, "; did you mean \"{nearest}\"?");
            }
            out.push('\n');
        }
        out
    }

    pub(super) fn add(&mut self, text: &str, at: usize, message: String, nearest: Option<String>) {
        let (line, column) = place(text, at);
        self.problems.push(Problem { line, column, message, nearest });
    }

    pub(super) fn sorted(mut self) -> Report {
        self.problems.sort();
        self.problems.dedup();
        self
    }
}

/// Line and column, from 1, of a byte offset.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The nearest of some names, if one is near enough to be meant.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let allowed = (word.chars().count() / 3).max(2);
    names
        .map(|name| (distance(word, name), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Edits between two words: put in, left out, changed, or two neighbours swapped.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(a != b)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
