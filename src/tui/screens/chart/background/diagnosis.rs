//! The questions about a diagnosis.

use crate::domain::{Diagnosis, DiagnosisKind, Number, ProblemStatus};
use crate::packs;
use crate::rules::diagnosis;
use crate::rules::when::Lean;
use crate::service::api::{BackgroundAsk, ChartView};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

fn found(number: Option<Number>, chart: &ChartView) -> (Diagnosis, u32) {
    let kept = chart.diagnoses.iter().find(|kept| Some(kept.value.number) == number);
    kept.map(|kept| (kept.value.clone(), kept.rev)).unwrap_or_default()
}

/// Records a new diagnosis, found by code or words first; or changes one.
pub(super) fn question(number: Option<Number>, chart: &ChartView, cx: &Cx) -> Step {
    if number.is_some() {
        return form(number, found(number, chart).0, chart, cx);
    }
    let client = chart.client.value.id;
    let practice = cx.practice();
    let codes = practice.codes();
    let items = code_items(codes);
    let title = format!("Diagnosis ({}): code or words", codes.edition);
    let source = Some(&codes.source).filter(|source| !source.is_empty());
    let source = source.map(|source| format!("List: {source}")).into_iter().collect();
    Question::pick(title, items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let practice = cx.practice();
        let codes = practice.codes();
        let code = codes.all.iter().find(|code| code.code == key);
        let chosen = Diagnosis {
            code: key.to_owned(),
            wording: code.map(|code| code.wording.clone()).unwrap_or_default(),
            edition: code.map(|_| codes.edition.clone()).unwrap_or_default(),
            made_on: cx.today(),
            ..Diagnosis::default()
        };
        vec![form(None, chosen, chart, cx)]
    })
    .lines(source)
    .open()
}

/// The codes to choose from: while nothing is typed, those that people have names for come first.
fn code_items(codes: &packs::Codes) -> Vec<Item> {
    let item = |code: &packs::Code| Item {
        also: code.also.clone(),
        preview: code.wording.clone(),
        ..Item::new(code.code.clone(), format!("{:<9} {}", code.code, code.wording), "")
    };
    let (named, others): (Vec<&packs::Code>, _) = codes.all.iter().partition(|code| code.has_names());
    let mut items: Vec<Item> = named.into_iter().chain(others).map(item).collect();
    items.push(Item::new("", "none of these: in words, without a code", ""));
    items
}

fn kind_items() -> Vec<Item> {
    DiagnosisKind::ALL.map(|kind| Item::new(kind.word(), kind.word(), kind.means())).to_vec()
}

/// The fields of one diagnosis. Whoever may not diagnose is asked who did.
fn form(number: Option<Number>, one: Diagnosis, chart: &ChartView, cx: &Cx) -> Step {
    let own = cx
        .signed_in
        .as_ref()
        .is_some_and(|session| diagnosis::may_diagnose(&session.staff, &session.practice.rules.diagnosing));
    let source = match (one.source.as_str(), own) {
        ("", true) => diagnosis::OWN,
        ("", false) => "outside record",
        (source, _) => source,
    };
    let sources = diagnosis::SOURCES.iter().filter(|source| own || **source != diagnosis::OWN);
    let principal = chart.diagnoses.iter().any(|kept| diagnosis::is_principal(&kept.value));
    let kind = match number {
        None if principal => DiagnosisKind::Other,
        _ => one.kind,
    };
    let open = chart.problems.iter().filter(|kept| kept.value.status == ProblemStatus::Active);
    let mut problems = vec![Item::new("", "none", "")];
    problems.extend(open.map(|kept| {
        let name = format!("P{}", kept.value.number);
        Item::new(name.clone(), name, kept.value.wording.clone())
    }));
    let problem = one.problems.first().map(|number| format!("P{number}")).unwrap_or_default();
    let fields = vec![
        Field::text("wording", "Wording", &one.wording).required(),
        Field::choice("kind", "It is", kind_items(), kind.word()),
        Field::text("severity", "Severity", &one.severity)
            .hint("mild, in early remission; where the code says none"),
        Field::choice("source", "Comes from", Item::words(sources), source),
        Field::text("by", "Made by", &one.made_by).hint("empty: you"),
        Field::text("credential", "Their credential", &one.credential),
        Field::date("on", "Made on", Some(one.made_on), Lean::Past).required(),
        Field::date("from", "Holds since", one.from, Lean::Past),
        Field::choice("problem", "Belongs to", problems, &problem),
    ];
    let rev = found(number, chart).1;
    let title = format!("{} {}", if number.is_some() { "Change" } else { "Record" }, diagnosis::name(&one));
    ask(chart, title, Form::new("Save", fields), move |form, chart, cx| {
        let diagnosis = Box::new(read(form, one.clone(), chart, cx)?);
        Ok(asks(BackgroundAsk::Diagnosis { diagnosis, rev }))
    })
    .open()
}

fn read(form: &Form, before: Diagnosis, chart: &ChartView, cx: &Cx) -> Result<Diagnosis, Wrong> {
    let staff = &cx.signed_in.as_ref().ok_or_else(|| Wrong::new("", "Nobody is signed in."))?.staff;
    let kind = DiagnosisKind::ALL.into_iter().find(|kind| kind.word() == form.chosen("kind"));
    let source = form.chosen("source").to_owned();
    let (mut made_by, mut credential) = (form.typed("by"), form.typed("credential"));
    if made_by.is_empty() && source == diagnosis::OWN {
        (made_by, credential) = (staff.name.clone(), staff.credential.clone());
    }
    let problem = form.chosen("problem").trim_start_matches('P').parse().ok();
    let others = before.problems.iter().skip(1).copied();
    let diagnosis = Diagnosis {
        client: chart.client.value.id,
        wording: form.typed("wording"),
        kind: kind.unwrap_or_default(),
        severity: form.typed("severity"),
        source,
        made_by,
        credential,
        made_on: form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day it was made."))?,
        from: form.date("from", cx.today()),
        problems: problem.into_iter().chain(others).collect(),
        ..before
    };
    match diagnosis::missing(&diagnosis, staff, &cx.practice().rules.diagnosing, cx.today()) {
        None => Ok(diagnosis),
        Some(why) if diagnosis.made_by.is_empty() => Err(Wrong::new("by", why)),
        Some(why) if diagnosis.made_on > cx.today() => Err(Wrong::new("on", why)),
        Some(why) => Err(Wrong::new("wording", why)),
    }
}

/// What can become of a diagnosis.
pub(super) fn state(number: Number, chart: &ChartView) -> Step {
    let (one, _) = found(Some(number), chart);
    let items = vec![
        Item::new("ended", "it has ended", "and on which day"),
        Item::new("excluded", "excluded", "looked into, does not hold"),
        Item::new("error", "entered in error", "never belonged here"),
    ];
    let client = chart.client.value.id;
    let title = format!("{} is {}: what is so now?", diagnosis::name(&one), one.kind.word());
    Question::pick(title, items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        match key {
            "ended" => vec![ended(number, chart, cx)],
            "excluded" => {
                let (one, rev) = found(Some(number), chart);
                let diagnosis = Box::new(Diagnosis { kind: DiagnosisKind::Excluded, ..one });
                asks(BackgroundAsk::Diagnosis { diagnosis, rev })
            }
            _ => vec![in_error(number, chart)],
        }
    })
    .open()
}

fn ended(number: Number, chart: &ChartView, cx: &Cx) -> Step {
    let fields = vec![Field::date("until", "It ended on", Some(cx.today()), Lean::Past).required()];
    ask(chart, "The diagnosis has ended", Form::new("Save", fields), move |form, chart, cx| {
        let (one, rev) = found(Some(number), chart);
        let until = form.date("until", cx.today());
        if until.zip(one.from).is_some_and(|(until, from)| until < from) {
            return Err(Wrong::new("until", "It cannot end before it began."));
        }
        Ok(asks(BackgroundAsk::Diagnosis { diagnosis: Box::new(Diagnosis { until, ..one }), rev }))
    })
    .open()
}

fn in_error(number: Number, chart: &ChartView) -> Step {
    let form = Form::new("Enter in error", vec![Field::text("words", "Why", "").required()]);
    ask(chart, "Diagnosis entered in error", form, move |form, chart, _| {
        let (one, rev) = found(Some(number), chart);
        let diagnosis = Box::new(Diagnosis { in_error: form.typed("words"), ..one });
        Ok(asks(BackgroundAsk::Diagnosis { diagnosis, rev }))
    })
    .open()
}

#[cfg(test)]
mod tests {
    use super::code_items;
    use crate::tui::widgets::list::List;

    /// The codes that are found first by what is typed.
    fn found(typed: &str) -> Vec<String> {
        let items = code_items(crate::packs::codes());
        let mut list = List::default();
        list.text(typed);
        let shown = list.shown(items.iter().map(|item| [&*item.label, &*item.also, &*item.detail]));
        shown.into_iter().take(2).map(|at| items[at].key.clone()).collect()
    }

    #[test]
    fn what_people_call_it_finds_the_code() {
        assert_eq!(found("alcohol use disorder"), ["F10.10", "F10.20"]);
        assert_eq!(found("alcohol use disorder sev")[0], "F10.20");
        assert_eq!(found("f102")[0], "F10.20");
        assert_eq!(found("F33.1")[0], "F33.1");
        for (typed, code) in [
            ("ptsd", "F43.10"),
            ("opioid addiction", "F11.10"),
            ("cant sleep", "F51.01"),
            ("heroin", "F11.10"),
            ("meth", "F15.10"),
            ("suicidal", "R45.851"),
            ("homeless", "Z59.00"),
            ("adhd", "F90.0"),
            ("panic", "F41.0"),
            ("gambling", "F63.0"),
            ("depression", "F32.0"),
        ] {
            assert_eq!(found(typed)[0], code, "{typed}");
        }
    }
}
