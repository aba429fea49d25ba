//! The questions about help the client had earlier.

use crate::domain::{EarlierHelp, HelpKind, Number};
use crate::service::api::{BackgroundAsk, ChartView};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

fn found(number: Option<Number>, chart: &ChartView) -> (EarlierHelp, u32) {
    let kept = chart.helps.iter().find(|kept| Some(kept.value.number) == number);
    kept.map(|kept| (kept.value.clone(), kept.rev)).unwrap_or_default()
}

/// The form that records or changes it.
pub(super) fn question(number: Option<Number>, chart: &ChartView) -> Step {
    let (help, rev) = found(number, chart);
    let kinds = HelpKind::ALL.map(|kind| Item::new(kind.word(), kind.word(), "")).to_vec();
    let form = Form::new(
        "Save",
        vec![
            Field::choice("kind", "Kind", kinds, help.kind.word()),
            Field::text("place", "Where", &help.place),
            Field::text("level", "What it was", &help.level).hint("outpatient, 28 days, meetings"),
            Field::text("from", "From", &help.from).hint("a year is enough"),
            Field::text("until", "Until", &help.until),
            Field::text("ended", "How it ended", &help.ended),
            Field::text("helped", "What helped", &help.helped).hint("the client's words"),
            Field::text("did_not", "What did not", &help.did_not).hint("the client's words"),
            Field::text("well", "Longest time well", &help.well).hint("how long, and how"),
        ],
    );
    let title = if number.is_some() { "Change earlier help" } else { "Earlier help" };
    ask(chart, title, form, move |form, chart, _| {
        let (before, _) = found(number, chart);
        let kind = HelpKind::ALL.into_iter().find(|kind| kind.word() == form.chosen("kind"));
        let help = EarlierHelp {
            client: chart.client.value.id,
            kind: kind.unwrap_or_default(),
            place: form.typed("place"),
            level: form.typed("level"),
            from: form.typed("from"),
            until: form.typed("until"),
            ended: form.typed("ended"),
            helped: form.typed("helped"),
            did_not: form.typed("did_not"),
            well: form.typed("well"),
            ..before
        };
        if help.is_empty() {
            return Err(Wrong::new("place", "Say where it was, or what helped."));
        }
        Ok(asks(BackgroundAsk::Help { help: Box::new(help), rev }))
    })
    .open()
}

/// The question why it should never have been here.
pub(super) fn in_error(number: Number, chart: &ChartView) -> Step {
    let form = Form::new("Enter in error", vec![Field::text("words", "Why", "").required()]);
    ask(chart, "Earlier help entered in error", form, move |form, chart, _| {
        let (help, rev) = found(Some(number), chart);
        let help = Box::new(EarlierHelp { in_error: form.typed("words"), ..help });
        Ok(asks(BackgroundAsk::Help { help, rev }))
    })
    .open()
}
