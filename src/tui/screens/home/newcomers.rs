//! The first four sessions: who is new, and what speaks for staying, one line each. It is no score, and nothing is foretold.

use super::view::Col;
use crate::rules::caseload::{FIRST, PlanBegun, newcomer};
use crate::rules::when;
use crate::service::api::Person;
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Cell, Column, NARROW, name_width};
use ratatui::text::Span;

/// What a column says of a newcomer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Held,
    Missed,
    Tried,
    Asked,
    Wants,
    Barriers,
    Plan,
}

/// The columns of the list of newcomers.
pub(super) fn columns(cx: &Cx) -> Vec<Column<Col>> {
    let names = cx.people().iter().map(|person| person.summary.name.as_ref());
    vec![
        Column::left(Col::Person, "Person", name_width(cx.size.width, names)),
        Column::left(Col::Record, "Record", 6),
        Column::left(Col::First(Sign::Held), "Held", 6),
        Column::right(Col::First(Sign::Missed), "Missed", 6),
        Column::right(Col::First(Sign::Tried), "Tried", 5).from(NARROW),
        Column::left(Col::First(Sign::Asked), "Asked", 7),
        Column::left(Col::First(Sign::Wants), "Wants", 5),
        Column::right(Col::First(Sign::Barriers), "Barriers", 8).from(NARROW),
        Column::left(Col::First(Sign::Plan), "Plan", 5),
        Column::left(Col::Next, "Next", 4).from(NARROW),
        Column::left(Col::Counselor, "Counselor", 12).from(100),
    ]
}

/// What stands in a cell; what is missing is drawn as what is over is.
pub(super) fn cell(person: &Person, sign: Sign, cx: &Cx) -> Cell {
    let Some(one) = newcomer(&person.summary, cx.today()) else { return Vec::new() };
    let said = |words: String, is_missing: bool| {
        let role = if is_missing { Role::Overdue } else { Role::Normal };
        vec![Span::styled(words, cx.theme.style(role))]
    };
    let count = |many: u8| if many == 0 { cx.theme.glyphs.none.to_owned() } else { many.to_string() };
    match sign {
        Sign::Held => said(format!("{} of {FIRST}", one.held), false),
        Sign::Missed => said(count(one.missed), one.missed > 0),
        Sign::Tried => said(count(one.tried), one.missed > 0 && one.tried == 0),
        Sign::Asked => match one.asked {
            Some(on) => said(when::brief(on, cx.today()), false),
            None => said("not yet".to_owned(), one.held > 0),
        },
        Sign::Wants => said(if one.wants { "known" } else { "no" }.to_owned(), !one.wants),
        Sign::Barriers => said(count(one.barriers), one.barriers > 0),
        Sign::Plan => {
            let words = match one.plan {
                PlanBegun::No => "no",
                PlanBegun::Begun => "begun",
                PlanBegun::Made => "made",
            };
            said(words.to_owned(), false)
        }
    }
}
