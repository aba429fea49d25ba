//! What the grid asks before it writes: the danger behind a 4, the symbol of a part, the signature, the draft's end.
//!
//! Owns the words of those questions. What the answers do is [`super::Grid`]'s.

use super::Purpose;
use super::sheet::Sheet;
use super::shown::{Row, last_value};
use crate::domain::{DimensionRef, NeedSource, Purpose as Why, Severity};
use crate::packs::{Dimension, DimensionSet};
use crate::rules::need::{self, OnRating};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartAsk, ChartView, Command};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Confirm, Item, Overlay, Picker, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::header;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What a rating calls for, as it stands in the chart.
pub(super) fn on_rating(
    sheet: &Sheet,
    dimension: &Dimension,
    severity: Option<Severity>,
    carried: bool,
    chart: &ChartView,
) -> OnRating {
    let here =
        |need: &&crate::domain::NeedFacts| *need.set == *sheet.grid.set && need.dimension == dimension.number;
    let needs = chart.person.summary.needs.iter().filter(here);
    need::on_rating(severity, carried, dimension.four_is_now, needs)
}

/// Proposes a need because of a rating of 4.
pub(super) fn propose(sheet: &Sheet, dimension: u8) -> Step {
    raise(sheet, dimension, "Rated 4, severe".to_owned(), NeedSource::Rating)
}

/// Raises a need.
pub(super) fn raise(sheet: &Sheet, dimension: u8, reason: String, source: NeedSource) -> Step {
    let client = sheet.grid.client;
    let dimension = DimensionRef { set: sheet.grid.set.clone(), number: dimension };
    Step::Ask(Command::Chart(ChartAsk::RaiseNeed { client, dimension, reason, source }))
}

/// "Immediate action needed?", No highlighted. Esc keeps the 4 and proposes the need.
pub(super) fn danger(sheet: &Sheet, dimension: &Dimension) -> Step {
    let items = vec![
        Item::new("no", "No, the 4 stands without", ""),
        Item::new("yes", "Yes, there is danger now", "asks what it is"),
    ];
    let number = dimension.number;
    let then = Then::ScreenOr(Wanted::Grid(Purpose::Danger(number)), vec![propose(sheet, number)]);
    let title = format!("D{number} is rated 4. Immediate action needed?");
    Step::Over(Overlay::Picker(Picker::one(&title, items, then).at("no")))
}

/// The danger in words. Esc keeps the 4 and proposes the need.
pub(super) fn reason(sheet: &Sheet, dimension: u8, chart: &ChartView) -> Step {
    Step::Over(Overlay::Prompt(Prompt {
        title: format!("Immediate need, D{dimension}"),
        lines: vec![
            format!("For {}, {}.", chart.client.value.header_name(), chart.client.value.record_no),
            "Esc keeps the 4 and leaves the need proposed, to be decided.".to_owned(),
        ],
        form: Form::new("Raise it", vec![Field::text("reason", "What is the danger?", "").required()]),
        then: Then::ScreenOr(Wanted::Grid(Purpose::Reason(dimension)), vec![propose(sheet, dimension)]),
    }))
}

/// The symbol of a part, from the set's list.
pub(super) fn symbol(sheet: &Sheet, row: Row) -> Option<Step> {
    let sub = row.sub?;
    let dimension = row.dimension.number;
    let mut items = vec![Item::new("", "none", "takes the symbol away")];
    items.extend(sub.symbols.iter().map(|symbol| Item::new(symbol.clone(), symbol.clone(), "")));
    let cell = sheet.grid.cell(dimension)?;
    let now = cell.symbols.iter().find(|(number, _)| *number == sub.number).map_or("", |(_, s)| s);
    let title = format!("D{dimension} {}", sub.name);
    let then = Then::Screen(Wanted::Grid(Purpose::Symbol { dimension, sub: sub.number }));
    Some(Step::Over(Overlay::Picker(Picker::one(&title, items, then).at(now))))
}

const WHYS: [(&str, &str, Why); 3] = [
    ("level", "choosing a level of care", Why::LevelOfCare),
    ("plan", "planning treatment", Why::TreatmentPlanning),
    ("again", "reassessment", Why::Reassessment),
];

/// Date, purpose and sources of the assessment.
pub(super) fn particulars(sheet: &Sheet) -> Step {
    let items = WHYS.iter().map(|(key, label, _)| Item::new(*key, *label, "")).collect();
    let now = WHYS.iter().find(|(_, _, why)| *why == sheet.grid.purpose).map_or("", |(key, _, _)| key);
    let form = Form::new(
        "Save",
        vec![
            Field::date("date", "Date it speaks of", Some(sheet.grid.date), Lean::Past).required(),
            Field::choice("purpose", "Purpose", items, now).required(),
            Field::text("sources", "Sources", &sheet.grid.sources).hint("client, referral, records"),
        ],
    );
    Step::Over(Overlay::Prompt(Prompt {
        title: "The assessment".to_owned(),
        lines: Vec::new(),
        form,
        then: Then::Screen(Wanted::Grid(Purpose::Particulars)),
    }))
}

/// The purpose of a key of [`particulars`].
pub(super) fn purpose(key: &str) -> Why {
    WHYS.iter().find(|(known, _, _)| *known == key).map(|(_, _, why)| *why).unwrap_or_default()
}

/// Whose assessment it is, of which day, what is unrated and what is carried; and the passphrase.
pub(super) fn complete(sheet: &Sheet, set: &DimensionSet, chart: &ChartView, cx: &Cx) -> Step {
    let client = &chart.client.value;
    let mut lines = vec![
        format!("{}   {}   {}", client.header_name(), header::born(client.birth, cx), client.record_no),
        format!("Assessment of {}, {}", crate::tui::widgets::field::spelled(sheet.grid.date), set.edition),
    ];
    if sheet.grid.amends > 0 {
        lines.push(format!("It takes the place of the version before: {}", sheet.grid.reason));
    }
    let cells = || set.rated().filter_map(|dimension| sheet.grid.cell(dimension.number));
    let unrated: Vec<String> =
        cells().filter(|cell| cell.severity.is_none()).map(|cell| format!("D{}", cell.dimension)).collect();
    let unrated = if unrated.is_empty() { "nothing".to_owned() } else { unrated.join(", ") };
    lines.push(format!("Not rated: {unrated}."));
    for cell in cells().filter(|cell| cell.carried) {
        let number = cell.dimension;
        let since = last_value(chart, &sheet.grid.set, number)
            .map_or("before".to_owned(), |(on, _)| when::short(on, cx.today()));
        lines.push(format!("D{number} keeps its value of {since}: carried, not confirmed."));
    }
    lines.push("Once signed it does not change any more.".to_owned());
    Step::Over(Overlay::Prompt(Prompt {
        title: "Complete and sign".to_owned(),
        lines,
        form: Form::new("Sign", vec![Field::secret("passphrase", "Your passphrase").required()]),
        then: Then::Screen(Wanted::Grid(Purpose::Complete)),
    }))
}

/// Whether the draft may go.
pub(super) fn delete(sheet: &Sheet, chart: &ChartView, cx: &Cx) -> Step {
    let client = &chart.client.value;
    Step::Over(Overlay::Confirm(Confirm {
        title: "Delete this assessment draft?".to_owned(),
        lines: vec![
            format!("{}, {}.", client.header_name(), client.record_no),
            format!(
                "Ratings and words of {} that are not signed are lost. Immediate needs stay.",
                when::short(sheet.grid.date, cx.today())
            ),
        ],
        yes: "delete the draft".to_owned(),
        then: Then::Screen(Wanted::Grid(Purpose::Delete)),
    }))
}
