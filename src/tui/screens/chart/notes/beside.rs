//! The chart beside the note: what the client wants, problems, the plan, ratings with their trend, needs, the last note. From it
//! texts are put in at the cursor, and problems and lines of the plan are linked.
//!
//! Owns which row the keys are on. What is in the rows follows from the chart; a measure or check-in gets its rows here
//! when there are any.

use super::fields::Fields;
use super::insert::copied;
use super::linking::line_words;
use super::words::{self, problem_words};
use super::writing::Writing;
use super::{Earlier, page::PROSE};
use crate::domain::{Number, Section, Severity};
use crate::rules::phrases::{Filled, Mark};
use crate::rules::plan::tree::{Node, Show};
use crate::rules::plan::words::wording;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::alliance::{answering, rupture, ways};
use crate::tui::screens::chart::blocks::{Blocks, INDENT, Spot};
use crate::tui::screens::chart::words::gap;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::table::Cell;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// Where the keys are in the chart beside the note.
#[derive(Debug)]
pub(super) struct Beside {
    spot: Spot<usize>,
}

impl Default for Beside {
    fn default() -> Self {
        Self { spot: Spot::new(0) }
    }
}

/// A row: what is shown, what it puts in.
struct Row {
    lines: Vec<Cell>,
    text: Filled,
    links: Option<Node>,
}

/// A heading with its rows.
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// What is beside a note.
pub(super) struct View<'a> {
    pub(super) writing: &'a Writing,
    pub(super) earlier: &'a Earlier,
    pub(super) chart: &'a ChartView,
    pub(super) cx: &'a Cx,
}

impl View<'_> {
    fn groups(&self, cells: usize) -> Vec<Group> {
        let mut groups = vec![
            self.heard(cells),
            self.wants(cells),
            self.problems(cells),
            self.plan(cells),
            self.grid(),
            self.needs(cells),
            self.planned(cells),
            self.last(cells),
        ];
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    fn fields(&self) -> Fields<'_> {
        Fields { note: &self.writing.frame, earlier: self.earlier, chart: self.chart, cx: self.cx }
    }

    /// What was heard and nobody has answered: it is asked about first.
    fn heard(&self, cells: usize) -> Group {
        let rows = answering::open(self.chart).map(|alert| {
            let words = format!("Ask: {}", answering::heard(alert, self.cx.today()));
            row(prose(&words, cells, Role::Overdue, self.cx), plain(alert.words()))
        });
        let returned = self.writing.returned_words(self.cx);
        let returned = returned.map(|words| row(prose(&words, cells, Role::Now, self.cx), plain("")));
        let mut rows: Vec<Row> = returned.into_iter().chain(rows).collect();
        for one in rupture::open(self.chart) {
            let words = format!("Rupture, {}", rupture::heard(one, self.cx));
            let mut lines = prose(&words, cells, Role::Overdue, self.cx);
            lines.extend(prose(&rupture::repairs(), cells, Role::Dim, self.cx));
            // What a rupture says is in no note: it is the author's and the supervisor's.
            rows.push(row(lines, plain("")));
        }
        for alert in answering::answered_since_note(self.chart) {
            let words = answering::heard_and_done(alert, self.cx.today());
            rows.push(row(prose(&format!("Answered: {words}"), cells, Role::Normal, self.cx), plain(&words)));
        }
        for words in answering::hints(self.chart, self.cx).into_iter().chain(ways::hint(self.chart)) {
            rows.push(row(prose(&words, cells, Role::Dim, self.cx), plain("")));
        }
        Group { title: "Ask first".to_owned(), rows }
    }

    fn wants(&self, cells: usize) -> Group {
        let said = self.fields().get("client.wants").map(|value| value.text).unwrap_or_default();
        let on = self.chart.wants.as_ref().map(|kept| when::short(kept.value.on, self.cx.today()));
        let rows = if said.is_empty() {
            Vec::new()
        } else {
            vec![row(prose(&said, cells, Role::Quote, self.cx), plain(&said))]
        };
        Group { title: format!("Wants  {}", on.unwrap_or_default()), rows }
    }

    fn problems(&self, cells: usize) -> Group {
        let key = self.cx.key(Action::LinkProblems, Scope::Beside);
        let active = self.chart.problems.iter().map(|kept| &kept.value).filter(|one| one.status.is_active());
        let rows = active.map(|problem| {
            let linked = self.writing.frame.links.contains(&problem.number);
            let mark = if linked { "[x] " } else { "[ ] " };
            let shown = format!("{mark}{}", problem_words(problem.number, self.chart));
            let role = if linked { Role::Now } else { Role::Normal };
            let mut lines = prose(&shown, cells, role, self.cx);
            if let (Some(last), Some(stage)) = (lines.last_mut(), problem.stage()) {
                last.push(Span::styled(format!("  {}", stage.word()), self.cx.theme.style(Role::Dim)));
            }
            let words = if problem.wording.is_empty() { &problem.words } else { &problem.wording };
            let text = plain(words.trim());
            Row { links: Some(Node::Problem(problem.number)), ..row(lines, text) }
        });
        Group { title: format!("Problems  {key} links"), rows: rows.collect() }
    }

    /// Goals, objectives and methods that are worked on, with their newest progress.
    fn plan(&self, cells: usize) -> Group {
        let plan = &self.chart.plan.plan;
        let rows = plan.rows(Show::Plan).into_iter().filter_map(|row| match row.node {
            Node::Line(name) if plan.line(name).is_some_and(|line| line.line().state.is_active()) => {
                Some(name)
            }
            _ => None,
        });
        let rows = rows.map(|name| {
            let linked = self.writing.frame.lines.iter().any(|served| served.line == name);
            let mark = if linked { "[x] " } else { "[ ] " };
            let role = if linked { Role::Now } else { Role::Normal };
            let mut lines = prose(&format!("{mark}{}", line_words(name, plan)), cells, role, self.cx);
            let newest = plan.trail(name).and_then(|trail| trail.marks.last());
            if let (Some(last), Some(newest)) = (lines.last_mut(), newest) {
                let sign = format!("  {}", newest.progress.sign());
                last.push(Span::styled(sign, self.cx.theme.style(Role::Dim)));
            }
            let text = plain(&plan.line(name).map(wording).unwrap_or_default());
            Row { links: Some(Node::Line(name)), ..row(lines, text) }
        });
        Group { title: "Plan".to_owned(), rows: rows.collect() }
    }

    fn grid(&self) -> Group {
        let Some(set) = self.cx.set() else { return Group { title: String::new(), rows: Vec::new() } };
        let same: Vec<_> = self.chart.assessments.iter().filter(|one| one.set == set.key).collect();
        let rows = set.rated().filter_map(|dimension| {
            let history: Vec<Option<Severity>> =
                same.iter().rev().map(|one| one.severity(dimension.number)).take(4).collect();
            let now = history.first().copied().flatten()?;
            let before = history.get(1).copied().flatten();
            let mut line: Cell = vec![Span::raw(format!("D{} {:<11}", dimension.number, dimension.short))];
            line.extend(cells::severity(Some(now), cells::trend(Some(now), before), self.cx));
            let digits = history.iter().skip(1).map(|one| match one {
                Some(severity) => severity.digit().to_string(),
                None => self.cx.theme.glyphs.none.to_owned(),
            });
            let was: Vec<String> = digits.collect();
            line.push(Span::styled(format!(" {}", was.join(" ")), self.cx.theme.style(Role::Dim)));
            Some(row(vec![line], plain(&self.rating(dimension.number, &dimension.name))))
        });
        let on = same.last().map(|one| when::short(one.date, self.cx.today())).unwrap_or_default();
        Group { title: format!("Ratings  {on}; then earlier ones, newest first"), rows: rows.collect() }
    }

    /// `Dimension 3, Emotional...: 3 serious (2 moderate (4 Nov 2026) before)`.
    fn rating(&self, dimension: u8, name: &str) -> String {
        let get = |of: &str| self.fields().get(&format!("grid.D{dimension}.{of}")).map(|value| value.text);
        let before = get("was").map(|was| format!("; before: {was}")).unwrap_or_default();
        format!("D{dimension} {name}: {}{before}", get("now").unwrap_or_default())
    }

    fn needs(&self, cells: usize) -> Group {
        let open = self.chart.needs.iter().map(|kept| &kept.value).filter(|need| need.state.open());
        let rows = open.map(|need| {
            let said = format!("D{} {}", need.dimension.number, need.reason);
            row(prose(said.trim(), cells, Role::Normal, self.cx), plain(said.trim()))
        });
        Group { title: "NOW".to_owned(), rows: rows.collect() }
    }

    fn last(&self, cells: usize) -> Group {
        let Some(last) = self.earlier.last() else { return Group { title: String::new(), rows: Vec::new() } };
        let rows = last.written().map(|section| self.copied(last.number, section, cells)).collect();
        Group { title: format!("Last note {}", when::short(last.date, self.cx.today())), rows }
    }

    /// What was planned last, where that is not in the last note.
    fn planned(&self, cells: usize) -> Group {
        let last = self.earlier.last().map(|note| note.number);
        let plan = self.earlier.plan().filter(|(note, _)| Some(note.number) != last);
        let on = plan.map(|(note, _)| when::short(note.date, self.cx.today())).unwrap_or_default();
        let rows = plan.map(|(note, section)| self.copied(note.number, section, cells)).into_iter().collect();
        Group { title: format!("Planned {on}"), rows }
    }

    fn copied(&self, number: Number, section: &Section, cells: usize) -> Row {
        let shown = format!("{}: {}", section.title, section.text.trim());
        row(prose(&shown, cells, Role::Normal, self.cx), copied(&section.text, number))
    }

    fn rows(&self, cells: usize) -> Vec<Row> {
        self.groups(cells).into_iter().flat_map(|group| group.rows).collect()
    }

    /// What the highlighted row puts in, and what of the plan it stands for.
    pub(super) fn here(&self) -> Option<(Filled, Option<Node>)> {
        let beside = self.writing.beside.as_ref()?;
        let mut rows = self.rows(usize::from(PROSE));
        let keys: Vec<usize> = (0..rows.len()).collect();
        let at = beside.spot.on(&keys)?;
        let row = rows.swap_remove(at);
        Some((row.text, row.links))
    }

    fn blocks(&self, cells: usize) -> Blocks<usize> {
        let cells = cells.min(usize::from(PROSE)).saturating_sub(INDENT + 1);
        let mut blocks = Blocks::new();
        let mut key = 0;
        let groups = self.groups(cells);
        if groups.is_empty() {
            let words = "Nothing of this chart can be shown here yet: no wants, problems, ratings or notes.";
            for line in prose(words, cells, Role::Dim, self.cx) {
                blocks.line(line);
            }
        }
        for (n, group) in groups.into_iter().enumerate() {
            if n > 0 {
                blocks.line(Vec::new());
            }
            blocks.line(vec![Span::styled(group.title, self.cx.theme.style(Role::Dim))]);
            for row in group.rows {
                blocks.row(key, row.lines);
                key += 1;
            }
        }
        blocks
    }

    /// The row the keys are on; `None` while they are in the text.
    fn at(&self, blocks: &Blocks<usize>) -> Option<usize> {
        self.writing.beside.as_ref().and_then(|beside| beside.spot.on(&blocks.keys()))
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect) {
        let blocks = self.blocks(usize::from(area.width));
        let at = self.at(&blocks);
        blocks.draw(frame, area, at, self.cx);
    }

    /// The row under a click.
    pub(super) fn hit(&self, at: Position, area: Rect) -> Option<usize> {
        let blocks = self.blocks(usize::from(area.width));
        blocks.hit(at, area, self.at(&blocks))
    }

    /// Moves among the rows; says whether it was a motion.
    pub(super) fn moved(&self, action: Action) -> Option<Beside> {
        let beside = self.writing.beside.as_ref()?;
        let keys: Vec<usize> = (0..self.rows(usize::from(PROSE)).len()).collect();
        let mut spot = Spot::new(beside.spot.on(&keys).unwrap_or(0));
        spot.act(action, &keys, 5).then_some(Beside { spot })
    }
}

impl Beside {
    /// On the row of this index.
    pub(super) fn on(row: usize) -> Self {
        Self { spot: Spot::new(row) }
    }
}

fn row(lines: Vec<Cell>, text: Filled) -> Row {
    Row { lines, text, links: None }
}

/// A text from the chart, filled in as a whole.
fn plain(text: &str) -> Filled {
    Filled { text: text.to_owned(), marks: vec![(0..text.len(), Mark::Filled)] }
}

/// Wrapped lines; those after the first are a little to the right.
fn prose(words: &str, cells: usize, role: Role, cx: &Cx) -> Vec<Cell> {
    let style = cx.theme.style(role);
    let rows = words::prose(&text::line(words), cells.saturating_sub(2));
    rows.into_iter()
        .enumerate()
        .map(|(n, line)| {
            let indent = if n == 0 { 0 } else { 2 };
            vec![gap(indent), Span::styled(line, style)]
        })
        .collect()
}
