//! What the grid asks before it writes: the danger behind a 4, the symbol of a part, the signature, the draft's end.
//!
//! Owns the words of those questions. What the answers do is [`super::Grid`]'s.

use super::Grid;
use super::answers::set_symbol;
use super::sheet::Sheet;
use super::shown::{Row, last_value};
use crate::domain::{DimensionRef, NeedSource, Purpose, Severity};
use crate::packs::{Dimension, DimensionSet};
use crate::rules::amended::changed;
use crate::rules::content;
use crate::rules::need::{self, OnRating};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartAsk, ChartView, NeedDone};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{asks, stays_as_it_is, to_room};
use crate::tui::screens::chart::notes::signing::what_changes;
use crate::tui::screens::chart::{header, needs};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What a rating calls for, as it stands in the chart.
pub(super) fn on_rating(
    sheet: &Sheet,
    dimension: &Dimension,
    severity: Option<Severity>,
    carried: bool,
    chart: &ChartView,
) -> OnRating {
    let here =
        |need: &&crate::domain::NeedFacts| *need.set == *sheet.body.set && need.dimension == dimension.number;
    let needs = chart.person.summary.needs.iter().filter(here);
    need::on_rating(severity, carried, dimension.four_is_now, needs)
}

/// Proposes a need because of a rating of 4.
pub(super) fn propose(sheet: &Sheet, dimension: u8) -> Step {
    raise(sheet, dimension, "Rated 4, severe".to_owned(), NeedSource::Rating, None)
}

/// Raises a need, with what is already being done about it.
pub(super) fn raise(
    sheet: &Sheet,
    dimension: u8,
    reason: String,
    source: NeedSource,
    done: Option<NeedDone>,
) -> Step {
    let client = sheet.body.client;
    let dimension = DimensionRef { set: sheet.body.set.clone(), number: dimension };
    Step::Ask(ChartAsk::RaiseNeed { client, dimension, reason, source, done }.into())
}

/// What closing a question about a 4 does: the 4 is kept, the need proposed.
fn kept(sheet: &Sheet, dimension: u8) -> impl Fn() -> Vec<Step> + 'static {
    let (client, set) = (sheet.body.client, sheet.body.set.clone());
    move || {
        let dimension = DimensionRef { set: set.clone(), number: dimension };
        let (reason, source) = ("Rated 4, severe".to_owned(), NeedSource::Rating);
        asks(ChartAsk::RaiseNeed { client, dimension, reason, source, done: None })
    }
}

/// "Immediate action needed?", No highlighted. Esc keeps the 4 and proposes the need.
pub(super) fn danger(sheet: &Sheet, dimension: &Dimension) -> Step {
    let items = vec![
        Item::new("no", "No, keep the 4 without a need", ""),
        Item::new("yes", "Yes, there is danger now", "asks what it is"),
    ];
    let number = dimension.number;
    let title = format!("D{number} is rated 4. Immediate action needed?");
    Question::pick(title, items, move |key, _| {
        let yes = key == "yes";
        to_room(move |grid: &mut Grid, chart, _| grid.is_danger(number, yes, chart))
    })
    .at("no")
    .without_digits()
    .unanswered(kept(sheet, number))
    .open()
}

/// The danger in words. Esc keeps the 4 and proposes the need.
pub(super) fn reason(sheet: &Sheet, dimension: u8, chart: &ChartView) -> Step {
    let form = Form::new("Raise it", needs::danger_fields(""));
    Question::form(format!("Immediate need, D{dimension}"), form, move |form, cx| {
        let (reason, done) = needs::danger_said(form, cx)?;
        Ok(to_room(move |grid: &mut Grid, _, _| grid.danger_said(dimension, reason, done)))
    })
    .lines(vec![
        format!("For {}, {}.", chart.client.value.header_name(), chart.client.value.record_no),
        "Esc keeps the 4 and leaves the need proposed, nobody has decided.".to_owned(),
    ])
    .unanswered(kept(sheet, dimension))
    .open()
}

/// The symbol of a part, from the set's list.
pub(super) fn symbol(sheet: &Sheet, row: Row) -> Option<Step> {
    let part = row.sub?;
    let (dimension, sub) = (row.dimension.number, part.number);
    let mut items = vec![Item::new("", "none", "takes the symbol away")];
    items.extend(Item::words(&part.symbols));
    let cell = sheet.body.cell(dimension)?;
    let now = cell.symbols.iter().find(|(number, _)| *number == sub).map_or("", |(_, s)| s);
    let set = move |symbol: &str, _: &Cx| {
        let symbol = symbol.to_owned();
        let set = move |sheet: &mut Sheet| set_symbol(sheet, dimension, sub, &symbol);
        to_room(|grid: &mut Grid, _, _| grid.change(set))
    };
    Some(Question::pick(format!("D{dimension} {}", part.name), items, set).at(now).open())
}

const WHYS: [(&str, &str, Purpose); 3] = [
    ("level", "choosing a level of care", Purpose::LevelOfCare),
    ("plan", "planning treatment", Purpose::TreatmentPlanning),
    ("again", "reassessment", Purpose::Reassessment),
];

/// Date, purpose and sources of the assessment.
pub(super) fn particulars(sheet: &Sheet) -> Step {
    let items = WHYS.iter().map(|(key, label, _)| Item::new(*key, *label, "")).collect();
    let now = WHYS.iter().find(|(_, _, why)| *why == sheet.body.purpose).map_or("", |(key, _, _)| key);
    let form = Form::new(
        "Save",
        vec![
            Field::date("date", "Date it is about", Some(sheet.body.date), Lean::Past).required(),
            Field::choice("purpose", "Purpose", items, now).required(),
            Field::text("sources", "Sources", &sheet.body.sources).hint("client, referral, records"),
        ],
    );
    Question::form("The assessment", form, |form, cx| {
        let date = form.date("date", cx.today()).ok_or_else(|| {
            Wrong::new("date", "\"Date\" is not a date. Type it like 2026-04-25, 4/25/26 or T-1.")
        })?;
        if date > cx.today() {
            return Err(Wrong::new(
                "date",
                "The date is in the future. An assessment is about today or an earlier day.",
            ));
        }
        let (purpose, sources) = (purpose(form.chosen("purpose")), form.typed("sources"));
        let change = move |sheet: &mut Sheet| {
            sheet.change(|grid| (grid.date, grid.purpose, grid.sources) = (date, purpose, sources))
        };
        Ok(to_room(|grid: &mut Grid, _, _| grid.change(change)))
    })
    .open()
}

/// The purpose of a key of [`particulars`].
fn purpose(key: &str) -> Purpose {
    WHYS.iter().find(|(known, _, _)| *known == key).map(|(_, _, why)| *why).unwrap_or_default()
}

/// Whose assessment it is, of which day, what is unrated and what is carried; and the passphrase.
pub(super) fn complete(sheet: &Sheet, set: &DimensionSet, chart: &ChartView, cx: &Cx) -> Step {
    let client = &chart.client.value;
    let mut lines = vec![
        format!("{}   {}   {}", client.header_name(), header::born(client.birth, cx), client.record_no),
        format!("Assessment of {}, {}", crate::tui::widgets::field::spelled(sheet.body.date), set.edition),
    ];
    if sheet.body.amends > 0 {
        lines.push(format!("It replaces the earlier version: {}", sheet.body.reason));
        if let Some(signed) = chart.assessments.iter().find(|one| one.number == sheet.body.amends) {
            let [signed, now] = [signed, &sheet.body].map(|one| content::assessment(one, cx.today()));
            lines.extend(what_changes(&changed(&signed, &now)));
        }
    }
    let cells = || set.rated().filter_map(|dimension| sheet.body.cell(dimension.number));
    let unrated: Vec<String> =
        cells().filter(|cell| cell.severity.is_none()).map(|cell| format!("D{}", cell.dimension)).collect();
    let unrated = if unrated.is_empty() { "nothing".to_owned() } else { unrated.join(", ") };
    lines.push(format!("Not rated: {unrated}."));
    for cell in cells().filter(|cell| cell.carried) {
        let number = cell.dimension;
        let since = last_value(chart, &sheet.body.set, number)
            .map_or("before".to_owned(), |(on, _)| when::short(on, cx.today()));
        lines.push(format!("D{number} keeps its rating of {since}, carried forward and not confirmed."));
    }
    let amend = cx.key(Action::EditAssessment, Scope::Grid);
    lines.push(stays_as_it_is(&amend));
    let form = Form::new("Sign", vec![Field::secret("passphrase", "Passphrase or PIN").required()]);
    Question::form("Complete and sign", form, |form, _| {
        let passphrase = form.secret("passphrase");
        Ok(to_room(|grid: &mut Grid, _, _| grid.sign(passphrase)))
    })
    .lines(lines)
    .open()
}

/// Whether the day is right although it lies outside the person's care.
pub(super) fn is_right(doubt: String) -> Step {
    let sign = |_: &Cx| to_room(|grid: &mut Grid, chart, cx| grid.complete_as_it_is(chart, cx));
    Question::confirm("Is that right?", vec![doubt], "sign it as it is", sign).open()
}

/// Whether the draft may go.
pub(super) fn delete(sheet: &Sheet, chart: &ChartView, cx: &Cx) -> Step {
    let client = &chart.client.value;
    let lines = vec![
        format!("{}, {}.", client.header_name(), client.record_no),
        format!(
            "The ratings and words of {} that are not signed will be gone. Immediate needs stay.",
            when::short(sheet.body.date, cx.today())
        ),
    ];
    let delete = |_: &Cx| to_room(|grid: &mut Grid, _, _| grid.delete());
    Question::confirm("Delete this assessment draft?", lines, "delete the draft", delete).open()
}
