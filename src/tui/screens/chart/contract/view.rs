//! How the contract looks: five rows in a fixed order, one of them open, its answers below one another.

use super::{Contract, Row};
use crate::domain::{ContractRow, ContractView, Written};
use crate::rules::plan::contract::{answered, clients_own, question};
use crate::rules::when;
use crate::service::api::{Back, ChartView};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words::{quoted, under};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::Cell;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the word of a row, and before the words of an answer.
const LABEL: usize = 7;
const INDENT: usize = 4;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// The first line, then the rows.
pub(super) fn draw(room: &Contract, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    if !chart.may_read {
        empty(frame, area, &["The contract is read by those who may open the chart.".to_owned()], cx);
        return;
    }
    let page = room.page(chart);
    let count: usize = ContractRow::ALL.into_iter().map(|row| answered(row, page.contract, page.wants)).sum();
    let changed = ContractRow::ALL
        .into_iter()
        .filter(|row| page.plan_changed(*row, &page.offered(*row, chart, cx)))
        .count();
    let mut words = format!(" Contract   {count} of 15 answers");
    if let Some(then) = &room.then {
        let day = when::short(then.day, cx.today());
        words = match then.back {
            Back::Day(_) => format!(" The contract as it was at the end of {day}, {count} of 15 answers."),
            Back::Episode(_) => {
                format!(" An earlier episode's contract when it ended, {day}, {count} of 15 answers.")
            }
        };
        words.push_str(" Esc goes back.");
    }
    if changed > 0 {
        words = format!("{words}   the plan changed since in {changed}");
    }
    let blocks = blocks(room, chart, area.width, cx);
    let here = room.spot.on(&blocks.keys());
    window::lines(frame, Rect { height: 1, ..area }, vec![Line::styled(words, cx.theme.style(Role::Dim))]);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    blocks.draw(frame, list, here, cx);
}

/// The rows, and the answers of the one that is open.
pub(super) fn blocks(room: &Contract, chart: &ChartView, width: u16, cx: &Cx) -> Blocks<Row> {
    let mut out = Blocks::new();
    if !chart.may_read {
        return out;
    }
    let width = usize::from(width);
    out.line(Vec::new());
    for row in ContractRow::ALL {
        out.row(Row::Question(row), vec![row_line(row, room, chart, width, cx)]);
        if room.open == Some(row) {
            let page = room.page(chart);
            if row == ContractRow::Why && page.mandated {
                let contract = page.contract;
                let wants =
                    written("The court or authority wants", &contract.authority_wants, false, width, cx);
                out.row(Row::Authority, wants);
                out.row(Row::IfNotKept, written("If it is not kept", &contract.if_not_kept, true, width, cx));
            }
            for view in ContractView::ALL {
                out.row(Row::Cell(row, view), cell_lines((row, view), room, chart, width, cx));
            }
        }
    }
    out
}

fn row_line(row: ContractRow, room: &Contract, chart: &ChartView, width: usize, cx: &Cx) -> Cell {
    let page = room.page(chart);
    let (contract, wants, open) = (page.contract, page.wants, room.open == Some(row));
    let mut count = format!("{} of 3", answered(row, contract, wants));
    if page.plan_changed(row, &page.offered(row, chart, cx)) {
        count = format!("plan changed since, {count}");
    }
    let said = clients_own(row, wants).map(str::to_owned).or_else(|| {
        contract.cell(row, ContractView::Client).map(|cell| cell.written.words.trim().to_owned())
    });
    let said = said.filter(|said| !said.is_empty() && !open).map_or(String::new(), |said| {
        let glyphs = &cx.theme.glyphs;
        format!("{}{said}{}", glyphs.quote_open, glyphs.quote_close)
    });
    let cells = width.saturating_sub(3 + LABEL + count.chars().count() + 3);
    let said = text::cut(&said, cells, cx.theme.glyphs.ellipsis).to_string();
    let gap = cells.saturating_sub(text::width(&said)) + 1;
    vec![
        styled(format!("{:<LABEL$}", row.word()), Role::Now, cx),
        styled(said, Role::Quote, cx),
        Span::raw(" ".repeat(gap)),
        styled(count, Role::Dim, cx),
    ]
}

/// Who wrote words, and when.
fn signature(written: &Written, cx: &Cx) -> String {
    let on = when::short(written.on, cx.today());
    if written.by_name.is_empty() { on } else { format!("{}, {on}", written.by_name) }
}

/// A labelled answer over its words, in quotation marks where they are the client's.
fn written(label: &str, written: &Written, theirs: bool, width: usize, cx: &Cx) -> Vec<Cell> {
    let behind = if written.is_empty() { "no answer yet".to_owned() } else { signature(written, cx) };
    let mut lines = vec![vec![
        styled(format!("  {label}"), Role::Normal, cx),
        styled(format!("  {behind}"), Role::Dim, cx),
    ]];
    match (written.is_empty(), theirs) {
        (true, _) => {}
        (false, true) => lines.extend(quoted(&written.words, "", INDENT, width, cx)),
        (false, false) => lines.extend(under(&written.words, INDENT, Role::Normal, width, cx)),
    }
    lines
}

fn cell_lines(
    (row, view): (ContractRow, ContractView),
    room: &Contract,
    chart: &ChartView,
    width: usize,
    cx: &Cx,
) -> Vec<Cell> {
    let page = room.page(chart);
    let wants = page.wants;
    let cell = page.contract.cell(row, view).map(|cell| cell.written.clone()).unwrap_or_default();
    let own = clients_own(row, wants).filter(|_| view == ContractView::Client);
    let cell = match own {
        Some(words) => Written {
            words: words.to_owned(),
            on: wants.map(|wants| wants.on).unwrap_or_default(),
            ..Written::default()
        },
        None => cell,
    };
    let mut lines = written(view.word(), &cell, view == ContractView::Client, width, cx);
    if cell.is_empty() && !page.is_past {
        lines.extend(under(question(row, view), INDENT, Role::Dim, width, cx));
    }
    let offered = if view == ContractView::Agreed { page.offered(row, chart, cx) } else { String::new() };
    if !offered.is_empty() && (cell.is_empty() || page.plan_changed(row, &offered)) {
        let label = if cell.is_empty() { "The plan offers" } else { "Changed since; the plan now says" };
        lines.extend(under(&format!("{label}: {offered}"), INDENT, Role::Dim, width, cx));
    }
    lines
}
