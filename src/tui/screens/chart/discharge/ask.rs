//! What a discharge summary asks in windows: the last day, the level of care, the appointment, the signature.

use super::{Discharge, Shown, view};
use crate::domain::{Ahead, Appointed, Discharge as Record, LeaveKind, counted};
use crate::rules::discharge::{Item as Row, NO_LEVEL, ends_sessions};
use crate::rules::when::Lean;
use crate::service::api::{ChartView, DocAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, to_room};
use crate::tui::screens::chart::background::level as levels;
use crate::tui::screens::chart::plan::signing::whose;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The last day of the stay.
pub(super) fn last_day(discharge: &Record, chart: &ChartView) -> Step {
    let field =
        Field::date("on", "Last day", Some(discharge.on), Lean::Past).hint("T, T-3, 4/25/26").required();
    ask(chart, "The last day of the stay", Form::new("Save", vec![field]), |form, chart, cx| {
        let Some(on) = form.date("on", cx.today()) else {
            return Err(Wrong::new("on", "This is not a date. Type it like T-3, 2026-04-25 or 4/25/26."));
        };
        if on > cx.today() {
            return Err(Wrong::new(
                "on",
                "This day is in the future. Use today or an earlier day, such as T-3.",
            ));
        }
        if chart.open_episode().is_some_and(|episode| on < episode.admitted) {
            return Err(Wrong::new("on", "This day is before the admission. Use a later day, such as T."));
        }
        Ok(to_room(move |room: &mut Discharge, chart, cx| {
            room.set(Row::On, |discharge| discharge.on = on, chart, cx)
        }))
    })
    .open()
}

/// The level of care that is indicated from now on; the highlight begins on the level now.
pub(super) fn level(discharge: &Record, chart: &ChartView, cx: &Cx) -> Step {
    let now = chart.level().map_or("", |level| &level.actual);
    let mut items = vec![Item::new(NO_LEVEL, "none", "no care is indicated")];
    items.extend(levels::items(false, "not chosen", cx));
    Question::pick("Level of care indicated from now on", items, |key, _| {
        let level = key.to_owned();
        to_room(|room: &mut Discharge, chart, cx| {
            room.set(Row::Level, |discharge| discharge.level = level, chart, cx)
        })
    })
    .at(if discharge.level.is_empty() { now } else { &discharge.level })
    .open()
}

/// Day and time of the appointment there.
pub(super) fn appointment(discharge: &Record, chart: &ChartView) -> Step {
    let care = &discharge.care;
    let at = care.at.map(|at| at.to_string()).unwrap_or_default();
    let fields = vec![
        Field::date("on", "Day", care.on, Lean::Future).hint("T+3, mon, 4/25/26"),
        Field::text("at", "Time", &at).hint("14:00, 2 pm"),
    ];
    ask(chart, "The appointment", Form::new("Save", fields), |form, _, cx| {
        let on = form.date("on", cx.today());
        if on.is_none() && !form.typed("on").trim().is_empty() {
            return Err(Wrong::new("on", "This is not a date. Type it like T+3, 2026-04-25 or 4/25/26."));
        }
        let typed = form.typed("at");
        let at = crate::domain::ClockTime::parse(typed.trim());
        if at.is_none() && !typed.trim().is_empty() {
            return Err(Wrong::new("at", "This is not a time. Type it like 14:00 or 2 pm."));
        }
        if at.is_some() && on.is_none() {
            return Err(Wrong::new("on", "A time needs a day. Type it like T+3."));
        }
        Ok(to_room(move |room: &mut Discharge, chart, cx| {
            let plan = |discharge: &mut Record| {
                let care = &mut discharge.care;
                (care.on, care.at) = (on, at);
                // Whoever writes a day has said that it is planned.
                if on.is_some() {
                    care.appointed = Some(Appointed::Planned);
                }
            };
            room.set(Row::Appointment, plan, chart, cx)
        }))
    })
    .open()
}

/// Whose summary it is, what ends with it, and the secret.
pub(super) fn sign(shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Step {
    let body = &shown.sheet.body;
    let mut lines = vec![whose(chart, cx), view::title(shown, cx)];
    if body.amends > 0 {
        lines.push(format!("It replaces the earlier version: {}", body.reason));
    } else {
        lines.extend(what_ends(shown));
    }
    let never = "Once you sign, the summary never changes, and [key:undo] does not take it back.";
    lines.push(cx.keyed(never));
    let field = Field::secret("secret", "Passphrase or PIN").required();
    ask(chart, "Sign the discharge summary", Form::new("Sign", vec![field]).to_missing(), |form, _, _| {
        let passphrase = form.secret("secret");
        Ok(to_room(move |room: &mut Discharge, _, _| {
            room.signing(move |save, _| Step::Ask(DocAsk::Sign { save, passphrase }.into()))
        }))
    })
    .lines(lines)
    .open()
}

/// What the signature ends, and what stays.
fn what_ends(shown: &Shown<'_>) -> Vec<String> {
    let (body, known) = (&shown.sheet.body, &shown.known);
    let kind = body.kind.map_or("", LeaveKind::word);
    let mut lines = vec![format!("The stay ends: {kind}. Its plan closes with it.")];
    if !known.sessions.is_empty() {
        let becomes = if ends_sessions(body) { "called off" } else { "kept" };
        lines.push(format!("Planned sessions: {}, {becomes}.", known.sessions.len()));
    }
    if let Some(becomes) = body.tasks.filter(|_| !known.tasks.is_empty()) {
        let becomes = if becomes == Ahead::Ends { "done with" } else { "kept" };
        lines.push(format!("Open tasks: {}, {becomes}.", known.tasks.len()));
    }
    if !known.groups.is_empty() {
        lines.push(format!("Groups that are left with the stay: {}.", known.groups.len()));
    }
    let stays = known.needs.len() + known.owed.len();
    if stays > 0 {
        lines.push(format!("Stays owed afterwards: {}.", counted(stays, "thing", "things")));
    }
    lines
}
