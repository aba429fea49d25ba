//! Numbers over days: one line, drawn in dots, with the scores that matter and what happened besides.
//!
//! Owns how points become cells. It knows no measure. The number is printed at each point, so that the drawing is never the only
//! source; without such signs the terminal shows letters and bars.

use crate::domain::Date;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::text::{Line, Span};

/// A level across the whole plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// A score that matters.
    Cutoff,
    /// An end of the range that chance explains.
    Chance,
}

/// One point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub on: Date,
    /// The value, in hundredths.
    pub value: i64,
    /// What is printed beside it.
    pub label: String,
    /// Whether it belongs with the point before, so that a line joins them.
    pub joins: bool,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plot {
    /// The lowest and the highest value there can be, in hundredths.
    pub bounds: (i64, i64),
    /// Points in the order of their days.
    pub points: Vec<Point>,
    /// Values of another hand, each on its day: hollow, and where a point is, not drawn.
    pub hollow: Vec<(Date, i64)>,
    /// Levels across it, each with its value in hundredths and its label.
    pub across: Vec<(i64, Across, String)>,
    /// What happened on a day, in a word or two, below the axis.
    pub marks: Vec<(Date, String)>,
}

/// Cells left of the axis.
const AXIS: usize = 4;
/// Dots of a cell, across and down.
const DOTS: (usize, usize) = (2, 4);

/// The cells of the drawing, and what each is drawn as.
struct Grid {
    cells: Vec<Vec<(char, Role)>>,
    dots: Vec<Vec<u8>>,
    ascii: bool,
}

impl Grid {
    fn new(width: usize, height: usize, ascii: bool) -> Self {
        Self {
            cells: vec![vec![(' ', Role::Normal); width]; height],
            dots: vec![vec![0; width]; height],
            ascii,
        }
    }

    /// A dot, by its place among the dots.
    fn dot(&mut self, x: usize, y: usize) {
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        let (row, column) = (y / DOTS.1, x / DOTS.0);
        if let Some(cell) = self.dots.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell |= BITS[y % DOTS.1][x % DOTS.0];
        }
    }

    /// Dots from one place to another.
    fn join(&mut self, from: (usize, usize), to: (usize, usize)) {
        let (width, height) = (to.0.abs_diff(from.0), to.1.abs_diff(from.1));
        let steps = width.max(height).max(1);
        for step in 0..=steps {
            let between = |a: usize, b: usize| {
                let way = a.abs_diff(b) * step / steps;
                if b >= a { a + way } else { a - way }
            };
            self.dot(between(from.0, to.0), between(from.1, to.1));
        }
    }

    fn word(&mut self, row: usize, column: usize, words: &str, role: Role) {
        let Some(cells) = self.cells.get_mut(row) else { return };
        for (at, sign) in words.chars().enumerate() {
            if let Some(cell) = cells.get_mut(column + at) {
                *cell = (sign, role);
            }
        }
    }

    /// Whether these cells of a row hold no word yet.
    fn is_free(&self, row: usize, column: usize, cells: usize) -> bool {
        let Some(row) = self.cells.get(row) else { return false };
        column + cells <= row.len()
            && row[column..column + cells].iter().all(|(_, role)| !matches!(role, Role::Now | Role::Focus))
    }

    fn lines(self, cx: &Cx) -> Vec<Vec<Span<'static>>> {
        let ascii = self.ascii;
        let drawn = |((sign, role), dots): ((char, Role), u8)| {
            if dots == 0 || matches!(role, Role::Now | Role::Focus) {
                return (sign, role);
            }
            let dotted = if ascii { '.' } else { char::from_u32(0x2800 + u32::from(dots)).unwrap_or('.') };
            (dotted, Role::Dim)
        };
        let rows = self.cells.into_iter().zip(self.dots);
        rows.map(|(cells, dots)| {
            let cells = cells.into_iter().zip(dots).map(drawn);
            cells.map(|(sign, role)| Span::styled(sign.to_string(), cx.theme.style(role))).collect()
        })
        .collect()
    }
}

impl Plot {
    /// Draws it in so many cells: at least four rows, of which one is the axis and one the days.
    pub fn lines(&self, width: usize, height: usize, cx: &Cx) -> Vec<Line<'static>> {
        let ascii = cx.theme.glyphs.ascii;
        let marks = usize::from(!self.marks.is_empty());
        let (columns, rows) = (width.saturating_sub(AXIS + 1), height.saturating_sub(2 + marks));
        if columns < 12 || rows < 3 || self.points.is_empty() {
            return Vec::new();
        }
        let mut grid = Grid::new(columns, rows, ascii);
        self.draw_across(&mut grid, columns, rows);
        self.draw_points(&mut grid, columns, rows);
        let dim = cx.theme.style(Role::Dim);
        let (lowest, highest) = (number(self.bounds.0), number(self.bounds.1));
        let bar = cx.theme.glyphs.bar;
        let mut out: Vec<Line<'static>> = Vec::new();
        for (row, cells) in grid.lines(cx).into_iter().enumerate() {
            let label = if row == 0 { highest.as_str() } else { "" };
            let mut spans = vec![Span::styled(format!("{}{bar}", text::right(label, AXIS, "")), dim)];
            spans.extend(cells);
            out.push(Line::from(spans));
        }
        let corner = if ascii { "+" } else { "└" };
        let rule = cx.theme.glyphs.rule.repeat(columns);
        out.push(Line::styled(format!("{}{corner}{rule}", text::right(&lowest, AXIS, "")), dim));
        out.push(Line::styled(self.below(columns, &self.days()), dim));
        if marks > 0 {
            out.push(Line::styled(self.below(columns, &self.marks), dim));
        }
        out
    }

    fn span(&self) -> (Date, i32) {
        let first = self.points.first().map_or(Date(0), |point| point.on);
        let last = self.points.last().map_or(first, |point| point.on);
        (first, last.days_since(first).max(1))
    }

    /// The column of a day among `places`; the number of the last point has room behind it.
    fn column(&self, on: Date, places: usize) -> usize {
        let (first, days) = self.span();
        let day = usize::try_from(on.days_since(first).clamp(0, days)).unwrap_or_default();
        let room = places.saturating_sub(places / 10 + 1);
        day * room / usize::try_from(days).unwrap_or(1)
    }

    /// The row of a value among `places`, the highest on top.
    fn row(&self, value: i64, places: usize) -> usize {
        let (lowest, highest) = self.bounds;
        let span = (highest - lowest).max(1);
        let down = (highest - value.clamp(lowest, highest)) * (places as i64 - 1);
        usize::try_from((down + span / 2) / span).unwrap_or_default()
    }

    fn draw_across(&self, grid: &mut Grid, columns: usize, rows: usize) {
        for (value, kind, label) in &self.across {
            let row = self.row(*value, rows);
            let sign = match (kind, grid.ascii) {
                (Across::Cutoff, false) => "╌",
                (Across::Cutoff, true) => "-",
                (Across::Chance, false) => "┈",
                (Across::Chance, true) => ":",
            };
            grid.word(row, 0, &sign.repeat(columns), Role::Dim);
            let cells = text::width(label);
            grid.word(row, columns.saturating_sub(cells), label, Role::Dim);
        }
    }

    fn draw_points(&self, grid: &mut Grid, columns: usize, rows: usize) {
        let place = |point: &Point| (self.column(point.on, columns), self.row(point.value, rows));
        let middle = |(x, y): (usize, usize)| (x * DOTS.0, y * DOTS.1 + 1);
        for pair in self.points.windows(2) {
            if let [one, other] = pair
                && other.joins
            {
                grid.join(middle(place(one)), middle(place(other)));
            }
        }
        for point in &self.points {
            let (x, y) = place(point);
            grid.word(y, x, if grid.ascii { "*" } else { "●" }, Role::Focus);
        }
        for (on, value) in &self.hollow {
            let (x, y) = (self.column(*on, columns), self.row(*value, rows));
            if grid.is_free(y, x, 1) {
                grid.word(y, x, if grid.ascii { "o" } else { "○" }, Role::Now);
            }
        }
        for point in &self.points {
            let (x, y) = place(point);
            let words = format!(" {}", point.label);
            let cells = text::width(&words);
            let before = x.checked_sub(cells);
            if grid.is_free(y, x + 1, cells) {
                grid.word(y, x + 1, &words, Role::Now);
            } else if let Some(column) = before.filter(|column| grid.is_free(y, *column, cells)) {
                grid.word(y, column, &format!("{} ", point.label), Role::Now);
            } else if y > 0 && grid.is_free(y - 1, x, cells) {
                grid.word(y - 1, x, &point.label, Role::Now);
            }
        }
    }

    fn days(&self) -> Vec<(Date, String)> {
        self.points.iter().map(|point| (point.on, crate::rules::when::day_month(point.on))).collect()
    }

    /// Words under their days. The first and the last are always there; one that would touch another is left out.
    fn below(&self, columns: usize, words: &[(Date, String)]) -> String {
        let mut line: Vec<char> = vec![' '; columns];
        let last = words.len().saturating_sub(1);
        let order = (0..words.len()).map(|at| (at != last && at != 0, at));
        let mut order: Vec<(bool, usize)> = order.collect();
        order.sort_unstable();
        for (_, at) in order {
            let (on, words) = &words[at];
            let cells = text::width(words);
            let column = self.column(*on, columns).min(columns.saturating_sub(cells));
            let around = column.saturating_sub(1)..(column + cells + 1).min(columns);
            if line[around].iter().all(|sign| *sign == ' ') {
                for (offset, sign) in words.chars().enumerate() {
                    if let Some(cell) = line.get_mut(column + offset) {
                        *cell = sign;
                    }
                }
            }
        }
        let line: String = line.into_iter().collect();
        format!("{}{}", " ".repeat(AXIS + 1), line.trim_end())
    }
}

/// A value as a number.
fn number(hundredths: i64) -> String {
    crate::domain::Score::new(hundredths, 1).shown(usize::from(hundredths % 100 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::rig;
    use crate::tui::keymap::Keymap;
    use crate::tui::theme::{Name, Theme};
    use ratatui::layout::Size;

    fn day(day: u32) -> Date {
        Date::from_ymd(2026, 11, day).unwrap()
    }

    fn plot(values: &[(u32, i64)]) -> Plot {
        let point = |(on, value): &(u32, i64)| Point {
            on: day(*on),
            value: value * 100,
            label: value.to_string(),
            joins: true,
        };
        Plot {
            bounds: (0, 2700),
            points: values.iter().map(point).collect(),
            hollow: Vec::new(),
            across: vec![(1000, Across::Cutoff, "10".to_owned())],
            marks: vec![(day(8), "plan 2".to_owned())],
        }
    }

    #[test]
    fn a_value_of_another_hand_is_hollow_and_covers_no_point() {
        let mut two = plot(&[(1, 27), (15, 0)]);
        two.hollow = vec![(day(1), 0), (day(15), 0)];
        for (ascii, hollow, full) in [(false, '○', '●'), (true, 'o', '*')] {
            // The drawing alone: below it are the days.
            let lines = drawn(&two, 50, 12, ascii)[..9].concat();
            assert_eq!((lines.matches(hollow).count(), lines.matches(full).count()), (1, 2), "{lines}");
        }
    }

    fn drawn(plot: &Plot, width: usize, height: usize, ascii: bool) -> Vec<String> {
        let theme = Theme::plain(Name::Mono, ascii);
        let cx = Cx::new(theme, Keymap::default_map(), Size::new(80, 24), rig::front(), rig::now());
        plot.lines(width, height, &cx).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_highest_value_is_on_top_and_every_point_has_its_number() {
        let lines = drawn(&plot(&[(1, 27), (15, 0)]), 50, 12, false);
        assert_eq!(lines.len(), 12);
        assert!(lines[0].starts_with("  27│● 27"), "{lines:?}");
        assert!(lines[8].contains("● 0"), "{lines:?}");
        assert!(lines[9].starts_with("   0└──"), "{lines:?}");
        assert!(lines[10].contains("1 Nov") && lines[10].contains("15 Nov"), "{lines:?}");
        assert!(lines[11].contains("plan 2"), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("╌╌") && line.ends_with("10")), "{lines:?}");
    }

    #[test]
    fn a_terminal_without_such_signs_shows_the_same_in_ascii() {
        let lines = drawn(&plot(&[(1, 27), (15, 0)]), 50, 12, true);
        assert!(lines.iter().all(|line| line.is_ascii()), "{lines:?}");
        assert!(lines[0].starts_with("  27|* 27"), "{lines:?}");
    }

    #[test]
    fn points_of_one_day_and_a_gap_are_drawn_and_nothing_is_out_of_bounds() {
        let mut one = plot(&[(1, 40), (1, -3), (2, 10)]);
        one.points[2].joins = false;
        let lines = drawn(&one, 40, 9, false);
        assert!(lines.iter().any(|line| line.contains("10")), "{lines:?}");
        assert!(drawn(&plot(&[]), 40, 9, false).is_empty());
        assert!(drawn(&plot(&[(1, 3)]), 12, 4, false).is_empty(), "too little room");
        assert!(!drawn(&plot(&[(1, 3)]), 40, 9, false).is_empty());
    }
}
