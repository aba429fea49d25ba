//! The page of the plan for a guardian: on which ground it is made, and what is left off it.

use super::turning::called;
use crate::domain::{Guardianship, PagePart, Recipient, ToGuardian};
use crate::rules::leaving::asks_guardian;
use crate::rules::plan::version::OfAge;
use crate::rules::when::Lean;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Whether a guardian is asked about the plan today.
pub(super) fn is_asked(chart: &ChartView, cx: &Cx) -> bool {
    asks_guardian(&cx.practice().parties, OfAge::of(&chart.client.value), cx.today())
}

/// The fields of the ground: who they are to the client, the document of the guardianship and its date, and what is left off.
pub(super) fn fields(chart: &ChartView, cx: &Cx) -> Vec<Field> {
    let known = &chart.guardian;
    // The record says who it is in words of its own; the name comes first in them.
    let recorded = chart.client.value.guardian_name().split([',', ';']).next().unwrap_or_default();
    let name = if known.is_blank() { recorded.trim() } else { &known.name };
    let keeps = cx.practice().rules.keep_from_guardian.clone();
    let off = keeps.unwrap_or_else(|| vec![PagePart::OwnWords]);
    let off: Vec<&str> = off.into_iter().map(PagePart::word).collect();
    vec![
        Field::text("guardian", "Guardian's name", name).required(),
        Field::text("relation", "Who they are", &known.relation)
            .hint("mother, appointed by the court")
            .required(),
        Field::text("document", "Document", &known.document)
            .hint("court order, power of attorney; may be empty"),
        Field::date("dated", "  of", known.dated, Lean::Past),
        Field::text("off", "Leave off", &off.join(", ")).hint("own words, why, barriers"),
    ]
}

/// What is to be known before a guardian's page is made.
pub(super) fn lines(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let parts = PagePart::ALL.map(PagePart::word).join(", ");
    let keeps = cx.practice().rules.keep_from_guardian.clone();
    let rule = match keeps {
        Some(parts) if parts.is_empty() => "Your agency's table leaves nothing off.".to_owned(),
        Some(_) => "What your agency's table lets a youth keep is filled in and stays left off.".to_owned(),
        None => format!(
            "Your agency has no table for this. What {} said is left off unless you clear it.",
            called(chart)
        ),
    };
    let recorded = chart.client.value.guardian_name();
    let recorded = (!recorded.is_empty()).then(|| format!("In the record: {recorded}."));
    let parts = format!("Parts that can be left off: {parts}.");
    recorded.into_iter().chain([rule, parts]).collect()
}

/// Who it is made for, as it was typed.
pub(super) fn read(form: &Form, cx: &Cx) -> Result<Recipient, Wrong> {
    let typed = form.typed("off");
    let mut left_off = Vec::new();
    for word in typed.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
        let part = PagePart::ALL.into_iter().find(|part| part.word().eq_ignore_ascii_case(word));
        left_off.push(part.ok_or_else(|| {
            Wrong::new(
                "off",
                format!("There is no part \"{word}\". Write words such as own words, barriers."),
            )
        })?);
    }
    let is = Guardianship {
        name: form.typed("guardian").trim().to_owned(),
        relation: form.typed("relation").trim().to_owned(),
        document: form.typed("document").trim().to_owned(),
        dated: form.date("dated", cx.today()),
    };
    Ok(Recipient::Guardian(Box::new(ToGuardian { is, left_off })))
}

/// The names of those fields.
pub(super) const FIELDS: [&str; 5] = ["guardian", "relation", "document", "dated", "off"];
