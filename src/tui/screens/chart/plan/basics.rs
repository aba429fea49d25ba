//! What belongs to a plan besides its lines: how it reads, and the questions it is written with.

use super::rows::Basic;
use crate::domain::{MedicationAnswer, Naloxone, PlanBasics, Support, WhatNext};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, PlanAsk};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Its first words for a row; `None` if nothing is written.
pub(super) fn sketch(which: Basic, basics: &PlanBasics, cx: &Cx) -> Option<String> {
    let words: Vec<String> = match which {
        Basic::Person => [&basics.strengths, &basics.needs, &basics.abilities, &basics.preferences]
            .iter()
            .map(|written| written.words.trim().to_owned())
            .collect(),
        Basic::Supports => basics.supports.people.iter().map(support).chain([declined(basics)]).collect(),
        Basic::Complete => vec![basics.complete_when.words.trim().to_owned()],
        Basic::After => vec![after(&basics.after, cx)],
        Basic::Medication => vec![medication(basics)],
    };
    let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn support(support: &Support) -> String {
    if support.relation.trim().is_empty() {
        support.name.clone()
    } else {
        format!("{} ({})", support.name, support.relation)
    }
}

fn declined(basics: &PlanBasics) -> String {
    let words = basics.supports.declined.trim();
    if words.is_empty() { String::new() } else { format!("wants nobody named: “{words}”") }
}

fn after(after: &WhatNext, cx: &Cx) -> String {
    let on = after.on.map(|on| format!("from {}", when::short(on, cx.today()))).unwrap_or_default();
    let parts = [after.place.trim(), after.person.trim(), after.supports.trim(), on.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn medication(basics: &PlanBasics) -> String {
    let mut parts = Vec::new();
    if basics.medication != MedicationAnswer::NotAsked {
        parts.push(format!("medication {}", basics.medication.word()));
    }
    if basics.naloxone != Naloxone::NotAsked {
        parts.push(format!("naloxone {}", basics.naloxone.word()));
    }
    parts.join(", ")
}

/// Everything written of it, for below the tree: label and words.
pub(super) fn whole(which: Basic, basics: &PlanBasics, cx: &Cx) -> Vec<(&'static str, String)> {
    let written = |label, words: &str| (label, words.trim().to_owned());
    let lines = match which {
        Basic::Person => vec![
            written("Strengths", &basics.strengths.words),
            written("Needs", &basics.needs.words),
            written("Abilities", &basics.abilities.words),
            written("Preferences", &basics.preferences.words),
            written("Works by", &basics.works_for.words),
        ],
        Basic::Supports => {
            let does = |one: &Support| {
                let may = match one.may_speak {
                    Some(true) => ", we may speak with them",
                    Some(false) => ", we do not speak with them",
                    None => "",
                };
                ("Support", format!("{}: {}{may}", support(one), one.does.trim()))
            };
            basics.supports.people.iter().map(does).chain([("", declined(basics))]).collect()
        }
        Basic::Complete => {
            vec![written("When", &basics.complete_when.words), written("Talked over", &basics.talked_over)]
        }
        Basic::After => vec![("Then", after(&basics.after, cx))],
        Basic::Medication => {
            vec![("Answer", medication(basics)), written("In words", &basics.medication_words.words)]
        }
    };
    lines.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// The question with which it is written.
pub(super) fn edit(which: Basic, chart: &ChartView) -> Step {
    let basics = &chart.plan.plan.basics;
    let form = Form::new("Save", fields(which, basics));
    let rev = chart.plan.basics_rev;
    ask(chart, which.label(), form, move |form, chart, cx| {
        let mut basics = chart.plan.plan.basics.clone();
        basics.client = chart.client.value.id;
        take(which, form, &mut basics, cx)?;
        Ok(asks(PlanAsk::SaveBasics { basics: Box::new(basics), rev }))
    })
    .open()
}

fn fields(which: Basic, basics: &PlanBasics) -> Vec<Field> {
    match which {
        Basic::Person => vec![
            Field::text("strengths", "Strengths", &basics.strengths.words).hint("what they bring"),
            Field::text("needs", "Needs", &basics.needs.words),
            Field::text("abilities", "Abilities", &basics.abilities.words),
            Field::text("preferences", "Preferences", &basics.preferences.words),
            Field::text("works", "So that it works", &basics.works_for.words)
                .hint("hearing, sight, reading, language, children, transport"),
        ],
        Basic::Supports => supports(basics),
        Basic::Complete => vec![
            Field::text("complete", "Complete when", &basics.complete_when.words)
                .hint("as they would say it: I …"),
            Field::text("talked", "Talked over", &basics.talked_over).hint("how, and with whom"),
        ],
        Basic::After => vec![
            Field::text("place", "Where then", &basics.after.place),
            Field::text("person", "With whom", &basics.after.person),
            Field::text("supports", "Supports then", &basics.after.supports),
            Field::date("on", "From", basics.after.on, Lean::Future),
        ],
        Basic::Medication => {
            let medication = MedicationAnswer::ALL.map(|one| Item::new(one.word(), one.word(), ""));
            let naloxone = Naloxone::ALL.map(|one| Item::new(one.word(), one.word(), ""));
            vec![
                Field::choice("medication", "Medication", medication.to_vec(), basics.medication.word()),
                Field::text("words", "In words", &basics.medication_words.words)
                    .hint("their words; who found it not indicated"),
                Field::choice("naloxone", "Naloxone", naloxone.to_vec(), basics.naloxone.word()),
            ]
        }
    }
}

/// Ids of the fields of each support that a form holds.
const SUPPORTS: [[&str; 4]; 3] = [
    ["name-1", "relation-1", "does-1", "may-1"],
    ["name-2", "relation-2", "does-2", "may-2"],
    ["name-3", "relation-3", "does-3", "may-3"],
];

fn supports(basics: &PlanBasics) -> Vec<Field> {
    let none = Support::default();
    let mut fields = Vec::new();
    for (at, [name, relation, does, may]) in SUPPORTS.into_iter().enumerate() {
        let one = basics.supports.people.get(at).unwrap_or(&none);
        let said = match one.may_speak {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let items =
            vec![Item::new("", "not asked", ""), Item::new("yes", "yes", ""), Item::new("no", "no", "")];
        fields.extend([
            Field::text(name, &format!("Support {}", at + 1), &one.name).hint("a name"),
            Field::text(relation, "  is their", &one.relation).hint("sister, sponsor"),
            Field::text(does, "  does", &one.does),
            Field::choice(may, "  may we speak?", items, said),
        ]);
    }
    fields.push(Field::text("declined", "Wants nobody", &basics.supports.declined).hint("their words"));
    fields
}

fn take(which: Basic, form: &Form, basics: &mut PlanBasics, cx: &Cx) -> Result<(), Wrong> {
    match which {
        Basic::Person => {
            basics.strengths.words = form.typed("strengths");
            basics.needs.words = form.typed("needs");
            basics.abilities.words = form.typed("abilities");
            basics.preferences.words = form.typed("preferences");
            basics.works_for.words = form.typed("works");
        }
        Basic::Supports => take_supports(form, basics)?,
        Basic::Complete => {
            basics.complete_when.words = form.typed("complete");
            basics.talked_over = form.typed("talked");
        }
        Basic::After => {
            basics.after = WhatNext {
                supports: form.typed("supports"),
                place: form.typed("place"),
                person: form.typed("person"),
                on: form.date("on", cx.today()),
            };
        }
        Basic::Medication => {
            let chosen = form.chosen("medication");
            basics.medication =
                MedicationAnswer::ALL.into_iter().find(|one| one.word() == chosen).unwrap_or_default();
            let chosen = form.chosen("naloxone");
            basics.naloxone = Naloxone::ALL.into_iter().find(|one| one.word() == chosen).unwrap_or_default();
            basics.medication_words.words = form.typed("words");
            if basics.medication == MedicationAnswer::NotIndicated && basics.medication_words.is_empty() {
                return Err(Wrong::new("words", "Write who found that it is not indicated, and why."));
            }
        }
    }
    Ok(())
}

/// What the form holds takes the place of the first supports; further ones stay.
fn take_supports(form: &Form, basics: &mut PlanBasics) -> Result<(), Wrong> {
    let mut people = Vec::new();
    for [name, relation, does, may] in SUPPORTS {
        let one = Support {
            name: form.typed(name),
            relation: form.typed(relation),
            does: form.typed(does),
            may_speak: match form.chosen(may) {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
        };
        if one.name.is_empty() && !(one.relation.is_empty() && one.does.is_empty()) {
            return Err(Wrong::new(name, "\"Name\" is empty. Write who the support is."));
        }
        if !one.name.is_empty() {
            people.push(one);
        }
    }
    people.extend(basics.supports.people.iter().skip(SUPPORTS.len()).cloned());
    basics.supports.people = people;
    basics.supports.declined = form.typed("declined");
    Ok(())
}
