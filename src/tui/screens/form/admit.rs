//! The fields of an admission.

use super::staff_key;
use crate::domain::{ClientId, Diagnosis, Episode, LevelDecision, Problem, StaffId};
use crate::packs;
use crate::rules::when::{self, Lean};
use crate::rules::{level, readmission};
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Whether this person can be admitted; else why not.
pub(super) fn may(chart: &ChartView, _cx: &Cx) -> Result<(), String> {
    if chart.client.value.deceased.is_some() {
        return Err("The record says that this person has died. Nobody can be admitted.".to_owned());
    }
    if chart.episodes.iter().any(|episode| episode.value.discharged.is_none()) {
        return Err("This person is admitted already.".to_owned());
    }
    Ok(())
}

/// What should be seen before admitting.
pub(super) fn warnings(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let client = &chart.client.value;
    let mut warnings = Vec::new();
    if client.birth.age(cx.today()).is_some_and(|age| age < 18) && client.guardian_name().is_empty() {
        warnings.push(
            "This person is a minor and has no guardian in the record. Add one to the person's details too."
                .to_owned(),
        );
    }
    if let Some((left, (on, kind))) = chart.last_stay().and_then(|left| Some((left, left.discharged?))) {
        let short = |on| when::short(on, cx.today());
        warnings.push(format!(
            "Here before: {}, {} to {}, {}. Its goals, agreements, ratings and level of care are not carried over.",
            left.program,
            short(left.admitted),
            short(on),
            kind.word()
        ));
        if chart.may_read {
            warnings.push("These go on in the new stay; look at each with the client:".to_owned());
            warnings.extend(carried(chart, cx));
            warnings.push(cx.keyed(
                "In the chart, [key:read-discharge] on the overview reads the last summary, [key:plan-views] on the plan shows the last plan, and its lines can be taken over one by one.",
            ));
        }
    }
    warnings
}

/// What goes on in a new stay.
fn carried(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let problems: Vec<&Problem> = chart.problems.iter().map(|kept| &kept.value).collect();
    let diagnoses: Vec<&Diagnosis> = chart.diagnoses.iter().map(|kept| &kept.value).collect();
    readmission::carried(&readmission::Around {
        problems: &problems,
        wants: chart.wants.as_ref().map(|kept| &kept.value),
        diagnoses: &diagnoses,
        safety: chart.safety_plan(),
        today: cx.today(),
    })
}

fn same(words: &[String]) -> Vec<Item> {
    words.iter().map(|word| Item::new(word.clone(), word.clone(), "")).collect()
}

/// The fields, with what is likely filled in.
pub(super) fn form(cx: &Cx) -> Form {
    let Some(session) = &cx.signed_in else { return Form::default() };
    let settings = &session.settings;
    let programs = same(&settings.programs);
    let first = settings.programs.first().cloned().unwrap_or_default();
    let levels: Vec<Item> = packs::levels(&settings.set)
        .into_iter()
        .filter(|level| level.active)
        .map(|level| Item::new(level.code.clone(), format!("{} {}", level.code, level.name), ""))
        .collect();
    let mut indicated = vec![Item::new("", "not said", "")];
    indicated.extend(levels.iter().cloned());
    let people: Vec<Item> =
        cx.counselors().iter().map(|(id, name)| Item::new(staff_key(*id), name.clone(), "")).collect();
    // Whoever admits is the counselor, if they are one.
    let me = cx.counselors().iter().find(|(id, _)| *id == session.staff.id);
    let counselor = me.map(|(id, _)| staff_key(*id)).unwrap_or_default();
    let lists = packs::lists();
    Form::new(
        "Admit",
        vec![
            Field::choice("program", "Program", programs, &first).required(),
            Field::date("admitted", "Admitted on", Some(cx.today()), Lean::Past)
                .hint("T, T-3, mon, 4/25/26")
                .required(),
            Field::choice("indicated", "Level indicated", indicated, ""),
            Field::choice("actual", "Level given", levels, "").required(),
            Field::choice("reason", "Why they differ", same(&lists.difference_reasons), "")
                .required_or("The level given is not the one indicated. Choose why.")
                .only_if(levels_differ),
            Field::choice("referral", "Referred by", same(&lists.referral_sources), "").required(),
            Field::choice("counselor", "Counselor", people, &counselor).required(),
            Field::yes_no("mandated", "Under a mandate", false),
            Field::text("mandate", "Authority and order", "")
                .hint("court, order, hours")
                .only_if(|form| form.yes("mandated")),
            Field::offered("review", "Review every", "").hint("days; empty: as the program's rules say"),
        ],
    )
    .to_missing()
}

/// Whether the fields `indicated` and `actual` of a form name two levels, so that it asks why.
pub(in crate::tui::screens) fn levels_differ(form: &Form) -> bool {
    let chosen = |id| form.chosen(id).to_owned();
    let level = LevelDecision {
        indicated: chosen("indicated"),
        actual: chosen("actual"),
        ..LevelDecision::default()
    };
    !level.actual.is_empty() && level::differs(&level)
}

/// The level of care that the fields say.
pub(super) fn read_level(form: &Form) -> Result<LevelDecision, Wrong> {
    let level = LevelDecision {
        indicated: form.chosen("indicated").to_owned(),
        actual: form.chosen("actual").to_owned(),
        ..LevelDecision::default()
    };
    let reason = if level::differs(&level) { form.chosen("reason").to_owned() } else { String::new() };
    let level = LevelDecision { reason, ..level };
    match level::unsaid(&level) {
        Some(why) => Err(Wrong::new("reason", why)),
        None => Ok(level),
    }
}

/// The episode that the fields say.
pub(super) fn read(form: &Form, client: ClientId, cx: &Cx) -> Result<Episode, Wrong> {
    let session = cx.signed_in.as_ref().ok_or_else(|| Wrong::new("", "Nobody is signed in."))?;
    let typed = form.typed("review");
    let review_days = match typed.parse::<u16>() {
        Ok(days @ 1..=730) => days,
        // The program's rules hold.
        _ if typed.is_empty() => 0,
        _ => {
            let why = "\"Review every\" takes 1 to 730 days. Leave it empty to follow the program's rules.";
            return Err(Wrong::new("review", why));
        }
    };
    let admitted = form.date("admitted", cx.today()).ok_or_else(|| {
        Wrong::new("admitted", "\"Admitted on\" is not a date. Type it like T, T-3 or 2026-04-12.")
    })?;
    if admitted > cx.today() {
        return Err(Wrong::new("admitted", "\"Admitted on\" is in the future. Use today or an earlier day."));
    }
    let counselor = cx.counselors().iter().find(|(id, _)| staff_key(*id) == form.chosen("counselor"));
    let counselor: StaffId =
        counselor.map(|(id, _)| *id).ok_or_else(|| Wrong::new("counselor", "Choose the counselor."))?;
    Ok(Episode {
        client,
        number: 0,
        program: form.chosen("program").to_owned(),
        admitted,
        discharged: None,
        referral: form.chosen("referral").to_owned(),
        mandated: form.yes("mandated"),
        mandate: if form.yes("mandated") { form.typed("mandate") } else { String::new() },
        counselor,
        team: Vec::new(),
        review_days,
        created: cx.now.moment,
        created_by: session.staff.id,
        chosen: 0,
    })
}
