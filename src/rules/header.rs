//! What is above a note's sections, checked: times, header keys, short answers, what the note works on.
//!
//! Sources: checks of times `clinical.md` 5.5, header keys 5.1, what a note serves 5.2.

use super::when;
use crate::domain::{
    Asked, ClockTime, Date, HeaderAnswers, HeaderKey, Modality, NoteDraft, Number, Reviewed, Service, Stage,
    WantsCheck,
};
use crate::packs::{self, Format};

/// Longest service in minutes: a program day.
pub const LONGEST_MINUTES: u16 = 24 * 60;
/// An end before the start is on the next day, if that makes no more than this.
const OVER_MIDNIGHT: u16 = 12 * 60;

/// Minutes from start to end; an end before the start is on the next day. `None`: it cannot be.
pub fn span(start: ClockTime, end: ClockTime) -> Option<u16> {
    const DAY: u16 = 24 * 60;
    match end.0.checked_sub(start.0) {
        Some(0) => None,
        Some(minutes) => Some(minutes),
        None => Some(DAY - start.0 + end.0).filter(|minutes| *minutes <= OVER_MIDNIGHT),
    }
}

/// Whether two services were at one time.
pub fn overlap(one: &Service, other: &Service) -> bool {
    let range = |service: &Service| {
        let start = i64::from(service.date.0) * 24 * 60 + i64::from(service.start.0);
        (start, start + i64::from(service.span()))
    };
    let ((from, to), (other_from, other_to)) = (range(one), range(other));
    from < other_to && other_from < to
}

/// Whether the client was seen or heard: no missed session, and no talk with others about them.
pub fn is_contact(service: &Service) -> bool {
    service.minutes > 0 && service.modality != Some(Modality::Collateral)
}

/// Whether a header key is answered. The stage of change is, when every problem that is served has one.
pub fn is_answered(key: HeaderKey, answers: &HeaderAnswers, links: &[Number]) -> bool {
    match key {
        HeaderKey::Risk => answers.risk != Asked::Unsaid,
        HeaderKey::Use => answers.used != Asked::Unsaid,
        HeaderKey::Wants => answers.wants != WantsCheck::Unsaid,
        HeaderKey::Next => {
            let next = &answers.next;
            next.date.is_some() || !next.words.trim().is_empty()
        }
        HeaderKey::View => !answers.view.trim().is_empty(),
        HeaderKey::Reviewed => answers.reviewed != Reviewed::Unsaid,
        HeaderKey::Stage => {
            links.iter().all(|link| answers.stages.iter().any(|(problem, _)| problem == link))
        }
    }
}

/// What a header key is answered with, in few words; empty = it is not answered.
pub fn answer_words(key: HeaderKey, answers: &HeaderAnswers, today: Date) -> String {
    let with = |word: &str, detail: &str| {
        if detail.trim().is_empty() { word.to_owned() } else { format!("{word}, {}", detail.trim()) }
    };
    match key {
        HeaderKey::Risk => with(answers.risk.word(), &answers.risk_detail),
        HeaderKey::Use => with(answers.used.word(), &answers.used_detail),
        HeaderKey::Wants => with(answers.wants.word(), &answers.wants_detail),
        HeaderKey::Next => {
            let date = answers.next.date.map(|date| when::short(date, today));
            let time = answers.next.time.map(|time| time.to_string());
            let words = Some(answers.next.words.clone()).filter(|words| !words.trim().is_empty());
            [date, time, words].into_iter().flatten().collect::<Vec<String>>().join(" ")
        }
        HeaderKey::View => answers.view.clone(),
        HeaderKey::Reviewed => answers.reviewed.word().to_owned(),
        HeaderKey::Stage => {
            let one = |(link, stage): &(Number, Stage)| format!("P{link} {}", stage.word());
            answers.stages.iter().map(one).collect::<Vec<String>>().join(", ")
        }
    }
}

/// Whether a key is the client's to answer. Where the client was not met (a call, a letter, a session nobody came to, somebody
/// else's account) it may be answered, and no agency can demand it: the format of such a note asks in its own words.
fn of_the_client(key: HeaderKey) -> bool {
    matches!(key, HeaderKey::Risk | HeaderKey::Use | HeaderKey::Wants | HeaderKey::View)
}

/// What of the header keeps a note from being signed, as one sentence; `None` = nothing. `required` are the keys the agency
/// requires, where the format asks them.
pub fn missing(draft: &NoteDraft, format: &Format, required: &[HeaderKey]) -> Option<String> {
    if draft.addendum_to > 0 {
        return None;
    }
    let answers = &draft.answers;
    let without_words = |asked: bool, detail: &str| asked && detail.trim().is_empty();
    if without_words(answers.risk == Asked::Present, &answers.risk_detail) {
        return Some(
            "Not signed: danger is present. Press [key:header-keys] and write in a few words which."
                .to_owned(),
        );
    }
    if without_words(answers.wants == WantsCheck::Changed, &answers.wants_detail) {
        return Some(
            "Not signed: the client wants something else now. Press [key:header-keys] and write what."
                .to_owned(),
        );
    }
    let open = |field: &&crate::packs::FormatField| {
        let given = draft.fields.iter().find(|given| given.key == field.key);
        field.required && given.is_none_or(|given| given.value.trim().is_empty())
    };
    let fields = format.fields.iter().filter(open).map(|field| field.title.as_str());
    let keys = required
        .iter()
        .filter(|key| format.asks.contains(key) && (format.serves || !of_the_client(**key)))
        .filter(|key| !is_answered(**key, answers, &draft.links))
        .map(|key| key.word());
    let missing: Vec<&str> = fields.chain(keys).collect();
    (!missing.is_empty()).then(|| {
        format!(
            "Not signed: there is no answer yet to {}. Press [key:header-keys] to answer.",
            missing.join(", ")
        )
    })
}

/// Whether a note must say why it works on nothing: there is a plan, nothing is linked, and neither its format nor its service
/// is one that need not work on the plan.
pub fn must_say_why(draft: &NoteDraft, format: &Format, planned: bool) -> bool {
    let serves = !draft.links.is_empty() || !draft.lines.is_empty();
    let service = &draft.service;
    let outside = service.modality == Some(Modality::Collateral)
        || packs::lists().unplanned_kinds.contains(&service.kind);
    format.serves
        && draft.addendum_to == 0
        && !serves
        && planned
        && !outside
        && draft.serves_nothing.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, NoteField};

    fn service(start: u16, minutes: u16) -> Service {
        Service::new(Date(100), ClockTime(start), minutes, "")
    }

    #[test]
    fn an_end_is_after_its_start_or_shortly_after_midnight() {
        assert_eq!(span(ClockTime(780), ClockTime(830)), Some(50));
        assert_eq!(span(ClockTime(1430), ClockTime(20)), Some(30));
        assert_eq!(span(ClockTime(830), ClockTime(780)), None);
        assert_eq!(span(ClockTime(830), ClockTime(830)), None);
    }

    #[test]
    fn services_overlap_when_they_share_a_minute() {
        assert!(!overlap(&service(780, 50), &service(830, 50)));
        assert!(overlap(&service(780, 51), &service(830, 50)));
        assert!(!overlap(&service(780, 0), &service(780, 0)));
        let next_day = Service { date: Date(101), ..service(10, 50) };
        assert!(overlap(&service(1430, 60), &next_day));
        assert!(overlap(&Service { pause: 10, ..service(780, 45) }, &service(830, 50)));
    }

    #[test]
    fn a_key_is_required_where_the_format_asks_it_and_the_agency_wants_it() {
        let format = packs::format("DAP").unwrap();
        let mut draft = NoteDraft::default();
        assert_eq!(missing(&draft, format, &[]), None);
        assert_eq!(missing(&draft, format, &[HeaderKey::View]), None, "DAP does not ask it");
        let why = missing(&draft, format, &[HeaderKey::Risk, HeaderKey::Next]).unwrap();
        assert!(why.contains("Risk, Next session"), "{why}");
        draft.answers.risk = Asked::Present;
        draft.answers.next.words = "will call".into();
        assert!(missing(&draft, format, &[HeaderKey::Risk]).unwrap().contains("which"));
        draft.answers.risk_detail = "means at home".into();
        assert_eq!(missing(&draft, format, &[HeaderKey::Risk, HeaderKey::Next]), None);
    }

    #[test]
    fn what_only_the_client_can_answer_is_not_demanded_where_the_client_was_not_met() {
        let demanded = |format: &str| {
            let format = packs::format(format).unwrap();
            let given = |field: &crate::packs::FormatField| NoteField {
                key: field.key.clone(),
                value: "x".into(),
                ..NoteField::default()
            };
            let fields = format.fields.iter().map(given).collect();
            let draft = NoteDraft { fields, ..NoteDraft::default() };
            missing(&draft, format, &[HeaderKey::Risk]).is_some()
        };
        let all = ["DAP", "narrative", "crisis", "contact", "collateral", "no-show", "consultation"];
        assert_eq!(all.map(demanded), [true, true, true, false, false, false, false]);
        // What follows from not reaching somebody is a section of its own there.
        let missed = packs::format("no-show").unwrap();
        assert!(missed.sections.iter().any(|section| section.key == "risk" && section.required));
    }

    #[test]
    fn the_short_answers_of_a_format_are_asked() {
        let format = packs::format("collateral").unwrap();
        let mut draft = NoteDraft::default();
        let why = missing(&draft, format, &[]).unwrap();
        assert!(why.contains("Person, Relation, Consent in force"), "{why}");
        for field in &format.fields {
            draft.fields.push(NoteField {
                key: field.key.clone(),
                value: "x".into(),
                ..NoteField::default()
            });
        }
        assert_eq!(missing(&draft, format, &[]), None);
    }

    #[test]
    fn stages_are_asked_of_what_is_served() {
        let answers =
            HeaderAnswers { stages: vec![(3, crate::domain::Stage::Action)], ..HeaderAnswers::default() };
        assert!(is_answered(HeaderKey::Stage, &answers, &[3]));
        assert!(!is_answered(HeaderKey::Stage, &answers, &[3, 4]));
    }

    #[test]
    fn a_note_that_serves_nothing_says_why_where_it_could_serve_something() {
        let (dap, missed) = (packs::format("DAP").unwrap(), packs::format("no-show").unwrap());
        let mut draft = NoteDraft::default();
        assert!(must_say_why(&draft, dap, true));
        assert!(!must_say_why(&draft, dap, false), "there is no plan yet");
        for format in ["contact", "collateral", "no-show"] {
            assert!(!must_say_why(&draft, packs::format(format).unwrap(), true), "{format}");
        }
        assert!(!must_say_why(&draft, missed, true));
        let of_crisis =
            NoteDraft { service: Service { kind: "crisis".into(), ..Service::default() }, ..draft.clone() };
        for format in ["crisis", "DAP"] {
            assert!(
                !must_say_why(&of_crisis, packs::format(format).unwrap(), true),
                "danger asks for no plan: {format}"
            );
        }
        draft.serves_nothing = "crisis".into();
        assert!(!must_say_why(&draft, dap, true));
        assert!(!must_say_why(&NoteDraft { links: vec![1], ..NoteDraft::default() }, dap, true));
        let of = |service| NoteDraft { service, ..NoteDraft::default() };
        for kind in ["assessment", "triage", "care coordination"] {
            assert!(!must_say_why(&of(Service { kind: kind.into(), ..service(0, 50) }), dap, true), "{kind}");
        }
        let others = Service { modality: Some(Modality::Collateral), ..service(0, 50) };
        assert!(!must_say_why(&of(others), dap, true));
        assert!(must_say_why(&of(Service { kind: "counseling".into(), ..service(0, 50) }), dap, true));
        assert!(packs::lists().off_plan_reasons.contains(&packs::lists().new_issue));
    }

    #[test]
    fn missed_sessions_and_talks_about_somebody_are_no_contact() {
        assert!(is_contact(&service(0, 50)));
        assert!(!is_contact(&service(0, 0)));
        assert!(!is_contact(&Service { modality: Some(Modality::Collateral), ..service(0, 50) }));
    }
}
