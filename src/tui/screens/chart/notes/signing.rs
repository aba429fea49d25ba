//! Signing a note and deleting a draft: what is said before it is done.
//!
//! Owns the two questions. What keeps a note from being signed is the rules' to say, and the service asks them again.

use super::writing::Writing;
use super::{Notes, linking, words};
use crate::domain::{HeaderKey, Moment, NoteDraft, Number, Service, SessionFacts, counted};
use crate::rules::doubts::{self, Around};
use crate::rules::{bounds, header, note, note_session, when};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{stays_as_it_is, to_room};
use crate::tui::screens::chart::header::born;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// When a service began, reckoned from the clock's last reading. A preview: the service reckons with the zone.
fn began(service: &Service, cx: &Cx) -> Moment {
    let days = i64::from(service.date.days_since(cx.today()));
    let minutes = i64::from(service.start.0) - i64::from(cx.now.local.time.0);
    cx.now.moment.plus_ms((days * 24 * 60 + minutes) * 60_000)
}

/// What keeps a note from being signed, as far as the screen can tell; the service asks again.
pub(in crate::tui::screens) fn missing(note: &NoteDraft, cx: &Cx) -> Option<String> {
    let Some(format) = cx.format(&note.format) else {
        return Some(
            "The format of this note is no longer on this computer. Choose another format.".to_owned(),
        );
    };
    if note.amends > 0 && note.reason.trim().is_empty() {
        return Some("The amendment has no reason yet. Open it and write why.".to_owned());
    }
    let required = cx.required_keys();
    note::missing(note, format, began(&note.service, cx), cx.now.moment)
        .or_else(|| header::missing(note, format, required))
}

/// Whether the note would be a late entry if it were signed now.
pub(super) fn is_late(note: &NoteDraft, cx: &Cx) -> bool {
    let ended = began(&note.service, cx).plus_ms(i64::from(note.service.span()) * 60_000);
    let after = cx.late_after_hours();
    note.addendum_to == 0 && note.amends == 0 && note::late(ended, cx.now.moment, after)
}

/// Whether something keeps the note from being signed, before it is asked what it serves.
pub(super) fn is_unfinished(note: &NoteDraft, cx: &Cx) -> bool {
    let required = cx.required_keys();
    cx.format(&note.format).is_none_or(|format| {
        note::missing(note, format, began(&note.service, cx), cx.now.moment).is_some()
            || header::missing(note, format, required).is_some()
    })
}

/// What is asked about before this note is signed: what it says of danger, its day and its hour.
pub(in crate::tui::screens) fn doubts(note: &NoteDraft, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let Some(format) = cx.format(&note.format) else { return Vec::new() };
    let stays: Vec<_> = chart
        .episodes
        .iter()
        .map(|kept| (kept.value.admitted, kept.value.discharged.as_ref().map(|(on, _)| *on)))
        .collect();
    let ended = began(&note.service, cx).plus_ms(i64::from(note.service.span()) * 60_000);
    let needs = &chart.person.summary.needs;
    doubts::of_note(note, format, &Around { stays: &stays, needs, ended, now: cx.now.moment })
}

/// The prompt that signs, or what is missing, or what is asked about before.
pub(super) fn prompt(writing: &Writing, chart: &ChartView, cx: &Cx) -> Step {
    let note = writing.note();
    let Some(format) = cx.format(&note.format) else {
        return refused(
            "The format of this note is no longer on this computer. Press [key:note-format] and choose \
         another format. The text is kept.",
        );
    };
    let required = cx.required_keys();
    let missing = note::missing(&note, format, began(&note.service, cx), cx.now.moment)
        .or_else(|| header::missing(&note, format, required))
        .or_else(|| bounds::refused(note.service.date, chart.client.value.birth));
    if let Some(missing) = missing {
        return refused(&missing);
    }
    let doubts = doubts(&note, chart, cx);
    if doubts.is_empty() {
        return passphrase(writing, chart, cx);
    }
    let sign = |_: &Cx| to_room(|notes: &mut Notes, chart, cx| notes.sign_as_it_is(chart, cx));
    Question::confirm("Is that right?", doubts, "sign it as it is", sign).open()
}

/// The prompt that signs.
pub(super) fn passphrase(writing: &Writing, chart: &ChartView, cx: &Cx) -> Step {
    let note = writing.note();
    let client = &chart.client.value;
    let mut lines = vec![
        format!("{}   {}   {}", client.header_name(), born(client.birth, cx), client.record_no),
        String::new(),
    ];
    lines.extend(danger(&note, cx));
    let service = words::service(&note.service, cx.today());
    if note.addendum_to > 0 {
        lines.push(format!("Addendum to the note of {}", when::short(note.service.date, cx.today())));
    } else {
        lines.push(format!("{}  {service}", cx.format_name(&note.format)));
        if note.guessed {
            let key = cx.key(Action::EditHeader, Scope::NoteText);
            lines.push(format!(
                "Day, start and minutes are a guess of the program, and the signed note says so. Esc, then {key} sets them."
            ));
        }
        lines.extend(session_words(&note, chart, cx));
    }
    if note.amends > 0 {
        lines.push(format!("AMENDED: {}", note.reason));
        lines.extend(writing.amends_what(cx).map(|changes| what_changes(&changes)).unwrap_or_default());
    }
    let none = note.links.is_empty() && note.lines.is_empty();
    if none && !note.serves_nothing.is_empty() {
        lines.push(format!("Works on nothing on the plan: {}", note.serves_nothing));
    } else if none {
        let key = cx.key(Action::LinkProblems, Scope::NoteText);
        lines.push(format!("Works on nothing on the plan. Esc, then {key} links it."));
    }
    lines.extend(note.lines.iter().map(|served| {
        let words = linking::line_words(served.line, &chart.plan.plan);
        format!("works on {words}  {}", served.progress.word()).trim_end().to_owned()
    }));
    lines
        .extend(note.links.iter().map(|number| format!("works on {}", words::problem_words(*number, chart))));
    let count = writing.words();
    lines.push(counted(count, "word", "words"));
    let blank: Vec<&str> = note
        .sections
        .iter()
        .filter(|section| section.text.trim().is_empty())
        .map(|section| section.title.as_str())
        .collect();
    if !blank.is_empty() {
        lines.push(format!("Left empty: {}", blank.join(", ")));
    }
    lines.extend(writing.left_open());
    if is_late(&note, cx) {
        let after = cx.late_after_hours();
        lines.push(format!("It will be marked LATE ENTRY: more than {after} h after the service."));
    }
    lines.push(String::new());
    if cx.signed_in.as_ref().is_some_and(|session| session.staff.cosign_needed) {
        lines.push("After that it waits for the co-signature of your supervisor.".to_owned());
    }
    let amend = cx.key(Action::Amend, Scope::Notes);
    lines.push(stays_as_it_is(&amend));
    let form = Form::new("Sign", vec![Field::secret("passphrase", "Passphrase or PIN").required()]);
    Question::form("Sign this note", form, |form, _| {
        let passphrase = form.secret("passphrase");
        Ok(to_room(|notes: &mut Notes, _, _| notes.sign(passphrase)))
    })
    .lines(lines)
    .open()
}

/// What the note says of danger; a format that does not ask about it says so only if it was answered all the same.
fn danger(note: &NoteDraft, cx: &Cx) -> Option<String> {
    let said = header::answer_words(HeaderKey::Risk, &note.answers, cx.today());
    let asks = cx.format(&note.format).is_some_and(|format| format.asks.contains(&HeaderKey::Risk));
    if said.is_empty() {
        (asks && note.addendum_to == 0).then(|| format!("{}: not answered", HeaderKey::Risk.word()))
    } else {
        Some(format!("{}: {said}", HeaderKey::Risk.word()))
    }
}

/// What the signature does to the sessions of the day.
fn session_words(note: &NoteDraft, chart: &ChartView, cx: &Cx) -> Option<String> {
    let sessions = &chart.person.summary.days.sessions;
    let has_begun = |one: &SessionFacts| {
        let service = Service::new(one.date, one.start, one.minutes, "");
        began(&service, cx) <= cx.now.moment
    };
    let speaks = note_session::of(note, cx.format(&note.format)?, sessions, cx.me()?, has_begun);
    note_session::words(speaks, sessions)
}

/// Changes that are shown before a signature, at most.
const CHANGES: usize = 6;

/// What an amendment changes, as whoever signs it reads it: the old words in brackets, the new ones in braces.
pub(in crate::tui::screens::chart) fn what_changes(changes: &[String]) -> Vec<String> {
    if changes.is_empty() {
        return vec!["It changes nothing of what was signed.".to_owned()];
    }
    let mut lines = vec!["It changes what was signed, [-old-] {+new+}:".to_owned()];
    lines.extend(changes.iter().take(CHANGES).map(|change| format!("  {change}")));
    if let more @ 1.. = changes.len().saturating_sub(CHANGES) {
        lines.push(format!("  and {}", counted(more, "more change", "more changes")));
    }
    lines
}

/// Why it cannot be signed. In a window of its own, so that a passphrase typed without looking does not become text.
fn refused(why: &str) -> Step {
    let why = why.strip_prefix("Not signed: ").unwrap_or(why);
    let mut letters = why.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let lines =
        vec![format!("{first}{}", letters.as_str()), String::new(), "The draft is kept as it is.".to_owned()];
    Step::Over(Overlay::Message(Message::instead_of_a_prompt("Not signed", lines)))
}

/// The question before a draft is deleted.
pub(super) fn delete(number: Number, about: &str, chart: &ChartView) -> Step {
    let client = &chart.client.value;
    let lines = vec![
        format!("{}   {}", client.header_name(), client.record_no),
        about.to_owned(),
        "The text of the draft will be gone for good. The record shows that a draft was deleted.".to_owned(),
    ];
    let delete = move |_: &Cx| to_room(move |notes: &mut Notes, chart, _| notes.delete(number, chart));
    Question::confirm("Delete this draft?", lines, "delete the draft", delete).open()
}
