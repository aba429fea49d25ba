//! The highlighted person of home in words: a line below the list, and why they stand where they stand.

use super::Home;
use crate::domain::{NeedFacts, Summary};
use crate::rules::caseload;
use crate::rules::priority::reasons as reasons_of;
use crate::rules::when;
use crate::service::api::Person;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use ratatui::text::{Line, Span};

impl Home {
    /// Why the highlighted person stands where they stand, to be read whole.
    pub(super) fn reason(&self, cx: &Cx) -> Vec<Step> {
        let person = self.here(cx).and_then(|client| cx.person(client));
        match person.filter(|_| cx.reads_charts()) {
            Some(person) => {
                let title = cx.listed(&person.summary.name).into_owned();
                vec![Step::Over(Overlay::Message(Message::new(&title, reasons(person, cx))))]
            }
            None => vec![Step::Say("Nobody is highlighted.".to_owned())],
        }
    }
}

/// Cells below which a quotation says nothing.
const SHORTEST_QUOTE: usize = 12;

/// Why they stand where they stand, in full: what puts them there, then every dimension in its rank.
pub(super) fn reasons(person: &Person, cx: &Cx) -> Vec<String> {
    let Some(context) = cx.caseload() else { return vec![person.standing.why.to_string()] };
    let name = |number| context.set.dimension(number).map_or("", |dimension| dimension.short.as_str());
    if person.standing.rows.is_empty() {
        return vec![person.standing.why.to_string()];
    }
    let needs = caseload::open_needs(&person.summary, cx.now.moment);
    let mut lines: Vec<String> = needs.into_iter().map(|need| happened(need, cx)).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(person.standing.rows.iter().map(|row| {
        let (number, why) = (row.facts.dimension, reasons_of(row).join(", "));
        format!("{} D{number} {}: {why}", row.tier_word(), name(number))
    }));
    let besides = caseload::besides(&person.standing);
    if !besides.is_empty() {
        lines.extend([String::new(), format!("Besides: {besides}.")]);
    }
    lines
}

/// What the danger is, since when and by whose word, and what is done.
fn happened(need: &NeedFacts, cx: &Cx) -> String {
    let words = if need.words.is_empty() { "no words yet" } else { &need.words };
    let (ago, by) = (raised_ago(need, cx), cx.staff_name(need.by));
    let action = if need.action.is_empty() { String::new() } else { format!(" In hand: {}.", need.action) };
    format!("D{}: {words}, raised {ago} ago by {by}.{action}", need.dimension)
}

/// Whether somebody else on the list has the same family name, so that a name alone may be taken for theirs.
fn has_namesake(summary: &Summary, cx: &Cx) -> bool {
    let Some(mine) = summary.name.rsplit(' ').next() else { return false };
    let same = |name: &str| name.rsplit(' ').next().is_some_and(|other| other.eq_ignore_ascii_case(mine));
    let mut others = cx.people().iter().filter(|other| other.summary.client != summary.client);
    others.any(|other| same(&other.summary.name))
}

fn raised_ago(need: &NeedFacts, cx: &Cx) -> String {
    when::span(((cx.now.moment.0 - need.raised_at.0) / 60_000).max(0))
}

/// One line on the highlighted person: what is in hand, and their newest words.
pub(super) fn about(person: &Person, width: u16, cx: &Cx) -> Line<'static> {
    let summary = &person.summary;
    let number = if has_namesake(summary, cx) { format!(", {}", summary.record_no) } else { String::new() };
    let mut spans = vec![Span::raw(format!(" {}{number}   ", cx.listed(&summary.name)))];
    if cx.veil {
        // Words name people.
        return Line::from(spans);
    }
    // What the danger is, of the need that presses most; and since when it is open.
    if let Some(need) = caseload::open_needs(summary, cx.now.moment).first() {
        let what = match (need.action.is_empty(), need.words.is_empty()) {
            (_, false) => format!(": {}", need.words),
            (false, true) => format!(" in hand: {}", need.action),
            (true, true) => String::new(),
        };
        let since = format!(", raised {} ago   ", raised_ago(need, cx));
        let used = Line::from(spans.clone()).width() + text::width(&since);
        let what = format!("D{}{what}", need.dimension);
        let what = text::cut(&what, usize::from(width).saturating_sub(used), cx.theme.glyphs.ellipsis);
        spans.push(Span::styled(format!("{what}{since}"), cx.theme.style(Role::Dim)));
    }
    let newest =
        summary.ratings.iter().filter(|rating| !rating.words.is_empty()).max_by_key(|rating| rating.words_on);
    let used: usize = spans.iter().map(ratatui::text::Span::width).sum();
    let room = usize::from(width).saturating_sub(used + 8);
    if room < SHORTEST_QUOTE {
        return Line::from(spans);
    }
    if let Some(rating) = newest {
        spans.push(cells::quote(&rating.words, room, cx));
        let on = rating.words_on.map(|on| when::brief(on, cx.today())).unwrap_or_default();
        spans.push(Span::styled(format!(" {on}"), cx.theme.style(Role::Dim)));
    } else if !summary.wants.is_empty() {
        spans.push(cells::quote(&summary.wants, room, cx));
        let on = summary.wants_on.map(|on| when::brief(on, cx.today())).unwrap_or_default();
        spans.push(Span::styled(format!(" {on}"), cx.theme.style(Role::Dim)));
    }
    Line::from(spans)
}
