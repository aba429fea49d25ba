//! What is asked about what became of a session: why it was called off, how somebody was tried to be reached, why no note is needed.

use super::today::{asks, marked};
use crate::domain::{CancelledBy, Date, Moment, Outreach, Session, SessionState, StaffId};
use crate::packs;
use crate::service::api::{DayLine, DaysAsk, Kept};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// `Missed: Jo Rivera, 14:00`: what is done, and to whose session.
pub(super) fn about(what: &str, line: &DayLine, cx: &Cx) -> String {
    format!("{what}: {}, {}", cx.listed(&line.name), line.session.value.start)
}

pub(super) fn cancel(line: &DayLine, cx: &Cx) -> Step {
    let kept = line.session.clone();
    let by = Item::words(CancelledBy::ALL.iter().map(|by| by.word()));
    let mut fields = vec![
        Field::choice("by", "By", by, CancelledBy::Client.word()).required(),
        Field::text("reason", "Why", "").hint("as they said it; can be empty"),
    ];
    if kept.value.series > 0 {
        fields.push(Field::yes_no("following", "The later ones too", false));
    }
    Question::form(about("Called off", line, cx), Form::new("Call it off", fields), move |form, _| {
        let by = CancelledBy::ALL.into_iter().find(|by| by.word() == form.chosen("by"));
        let by = by.ok_or_else(|| Wrong::new("by", "Choose who called it off."))?;
        let state = SessionState::Cancelled { by, at: Moment::default(), reason: form.typed("reason") };
        Ok(marked(&kept, state, form.yes("following")))
    })
    .open()
}

pub(super) fn reach(line: DayLine, cx: &Cx) -> Step {
    let how = &packs::lists().outreach;
    let first = how.first().map_or("", String::as_str);
    let mut fields = vec![
        Field::choice("how", "How", Item::words(how), first).required(),
        Field::yes_no("reached", "Reached them", false),
    ];
    // Words about a client belong to those who may read the chart.
    if line.may_read {
        fields.push(Field::text("words", "What was said", "").hint("risk, next step; can be empty"));
    }
    Question::form(about("Outreach", &line, cx), Form::new("Write it down", fields), move |form, _| {
        let outreach = Outreach {
            at: Moment::default(),
            on: Date::default(),
            by: StaffId::default(),
            how: form.chosen("how").to_owned(),
            reached: form.yes("reached"),
            words: form.typed("words"),
        };
        let Kept { rev, value: Session { client, number, .. } } = &line.session;
        let (client, number, rev) = (*client, *number, *rev);
        Ok(asks(DaysAsk::Reach { client, number, rev, outreach: Box::new(outreach) }))
    })
    .open()
}

pub(super) fn no_note(line: &DayLine, cx: &Cx) -> Step {
    let (client, number) = (line.session.value.client, line.session.value.number);
    let fields = vec![Field::text("reason", "Why", "").required()];
    Question::form(about("No note needed", line, cx), Form::new("Write it down", fields), move |form, _| {
        Ok(asks(DaysAsk::NoNote { client, number, reason: form.typed("reason") }))
    })
    .open()
}
