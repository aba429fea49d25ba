//! The questions about a group: what it is, who comes and who leaves, what became of a member.

use super::page::GroupScreen;
use super::session::GroupSessionScreen;
use super::{curriculum, days};
use crate::domain::{ClientId, Date, Group, GroupEntry, GroupId, GuestCount, Guests, Here, LineRef, StaffId};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::{GroupAsk, GroupSessionView, Kept, NameFound};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn asks(ask: GroupAsk) -> Vec<Step> {
    vec![Step::Ask(ask.into())]
}

fn word_items<'a>(words: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Item> {
    words.map(|(key, name)| Item::new(key, name, "")).collect()
}

/// What a group is; who leads it is chosen next.
pub(super) fn group(kept: Option<&Kept<Group>>, cx: &Cx) -> Step {
    let (group, rev) = kept.map_or_else(|| (new_group(cx), 0), |kept| (kept.value.clone(), kept.rev));
    let pack = packs::groups();
    let kinds = word_items(pack.kinds.iter().map(|kind| (kind.key.as_str(), kind.name.as_str())));
    let mut codes = vec![Item::new("", "none", "")];
    codes.extend(word_items(pack.codes.iter().map(|code| (code.key.as_str(), code.name.as_str()))));
    let programs = cx.signed_in.as_ref().map(|one| one.settings.programs.clone()).unwrap_or_default();
    let mut weekdays = vec![Item::new("", "not said", "")];
    weekdays.extend(DAYS.iter().enumerate().map(|(at, day)| Item::new(at.to_string(), *day, "")));
    let day = group.weekday.map(|day| day.to_string()).unwrap_or_default();
    let mut fields = vec![
        Field::text("name", "Name", &group.name).hint("as staff know it").required(),
        Field::text("neutral", "Neutral name", &group.neutral).hint("as charts show it").required(),
        Field::choice("kind", "Kind", kinds, &group.kind),
        Field::choice("code", "Service code", codes, &group.code),
        Field::choice("program", "Program", Item::words(programs.iter().map(String::as_str)), &group.program),
        Field::choice("weekday", "Usual day", weekdays, &day),
        Field::time("start", "Begins at", &group.start.to_string()),
        Field::offered("minutes", "Minutes", &group.minutes.to_string()).required(),
        Field::yes_no("closed", "Closed to new members", group.closed),
    ];
    if rev > 0 {
        fields.push(Field::yes_no("ended", "It does not meet any more", group.ended.is_some()));
    }
    let title = if rev > 0 { format!("Group: {}", group.name) } else { "New group".to_owned() };
    Question::form(title, Form::new("Choose who leads it", fields), move |form, cx| {
        Ok(vec![leaders(read_group(form, group.clone(), cx)?, rev, cx)])
    })
    .open()
}

fn new_group(cx: &Cx) -> Group {
    let programs = cx.signed_in.as_ref().map(|one| one.settings.programs.clone()).unwrap_or_default();
    Group {
        kind: packs::groups().kinds.first().map(|kind| kind.key.clone()).unwrap_or_default(),
        program: programs.into_iter().next().unwrap_or_default(),
        facilitators: cx.me().into_iter().collect(),
        start: crate::domain::ClockTime(17 * 60 + 30),
        minutes: 90,
        ..Group::default()
    }
}

fn read_group(form: &Form, before: Group, cx: &Cx) -> Result<Group, Wrong> {
    let minutes = form.typed("minutes").parse::<u16>().ok().filter(|minutes| (1..=1440).contains(minutes));
    let minutes = minutes
        .ok_or_else(|| Wrong::new("minutes", "\"Minutes\" takes a number from 1 to 1440, such as 90."))?;
    let start = crate::domain::ClockTime::parse(&form.typed("start"))
        .ok_or_else(|| Wrong::new("start", "\"Begins at\" is not a time. Type it like 17:30."))?;
    let ended = if form.yes("ended") { before.ended.or(Some(cx.today())) } else { None };
    Ok(Group {
        name: form.typed("name"),
        neutral: form.typed("neutral"),
        kind: form.chosen("kind").to_owned(),
        code: form.chosen("code").to_owned(),
        program: form.chosen("program").to_owned(),
        weekday: form.chosen("weekday").parse().ok(),
        closed: form.yes("closed"),
        start,
        minutes,
        ended,
        ..before
    })
}

/// The choice of who leads a group.
fn leaders(group: Group, rev: u32, cx: &Cx) -> Step {
    let items = facilitator_items(&group.facilitators, cx);
    let title = format!("Who leads {}: Right marks, Enter takes them", group.name);
    Question::several(title, items, move |keys, cx| {
        let facilitators: Vec<StaffId> = keys.iter().filter_map(|text| days::staff_of(text, cx)).collect();
        if facilitators.is_empty() {
            return Err(Wrong::new("", "Somebody leads a group. Press Right on each one to mark them."));
        }
        let group = Box::new(Group { facilitators, ..group.clone() });
        Ok(asks(GroupAsk::Save { group, rev }))
    })
    .open()
}

/// On which day somebody else leads the session; who it is comes next.
pub(super) fn hand_on(kept: &Kept<Group>, date: Date) -> Step {
    let (group, name, usual) = (kept.value.id, kept.value.name.clone(), kept.value.facilitators.clone());
    let fields =
        vec![Field::date("day", "Day", Some(date), Lean::Future).hint("T, T+7, thu, 2026-12-03").required()];
    let lines = vec![
        "Whoever leads this session only sees of its members the name, what they want and what is worked on, \
         from its start until all of it is signed."
            .to_owned(),
    ];
    Question::form(
        format!("Who leads one session of {name}"),
        Form::new("Choose who", fields),
        move |form, cx| {
            let date = form.date("day", cx.today());
            let date =
                date.ok_or_else(|| Wrong::new("day", "\"Day\" is not a date. Type it like T+7 or thu."))?;
            Ok(vec![who_leads(group, date, &usual, cx)])
        },
    )
    .lines(lines)
    .open()
}

fn who_leads(group: GroupId, date: Date, usual: &[StaffId], cx: &Cx) -> Step {
    let day = crate::rules::when::short(date, cx.today());
    let title = format!("Who leads the session of {day}: Right marks, Enter takes them");
    Question::several(title, facilitator_items(usual, cx), move |keys, cx| {
        let facilitators: Vec<StaffId> = keys.iter().filter_map(|text| days::staff_of(text, cx)).collect();
        if facilitators.is_empty() {
            return Err(Wrong::new("", "Somebody leads a session. Press Right on each one to mark them."));
        }
        Ok(asks(GroupAsk::HandOn { group, date, facilitators }))
    })
    .open()
}

fn facilitator_items(marked: &[StaffId], cx: &Cx) -> Vec<Item> {
    let item = |(id, name): &(StaffId, String)| Item {
        marked: marked.contains(id),
        ..Item::new(days::key(id.0), name.clone(), "")
    };
    cx.counselors().iter().map(item).collect()
}

/// Who comes into a group, and from when on.
pub(super) fn join(kept: &Kept<Group>, cx: &Cx) -> Step {
    let (group, rev, closed) = (kept.value.id, kept.rev, kept.value.closed);
    let items = days::people_items(cx, false);
    let title = format!("Who comes into {}", kept.value.name);
    Question::pick(title, items, move |chosen, cx| {
        let Some(client) = days::person_of(chosen, cx) else { return Vec::new() };
        vec![from(group, rev, client, closed, cx)]
    })
    .open()
}

fn from(group: GroupId, rev: u32, client: ClientId, closed: bool, cx: &Cx) -> Step {
    let name = cx.person(client).map(|one| cx.listed(&one.summary.name).into_owned()).unwrap_or_default();
    let fields = vec![
        Field::date("from", "First day", Some(cx.today()), Lean::Future)
            .hint("T, T+7, 2026-12-04")
            .required(),
    ];
    let lines = if closed {
        vec![
            "This group is closed to new members. Whoever comes in all the same changes it for the others."
                .to_owned(),
        ]
    } else {
        Vec::new()
    };
    Question::form(format!("{name} comes into the group"), Form::new("Add", fields), move |form, cx| {
        let from = form.date("from", cx.today());
        let from =
            from.ok_or_else(|| Wrong::new("from", "\"First day\" is not a date. Type it like T+7."))?;
        Ok(asks(GroupAsk::Join { group, rev, client, from }))
    })
    .lines(lines)
    .open()
}

/// Who leaves a group, when and why.
pub(super) fn part(kept: &Kept<Group>, client: ClientId, name: &str, cx: &Cx) -> Step {
    let (group, rev) = (kept.value.id, kept.rev);
    let fields = vec![
        Field::date("until", "Last day", Some(cx.today()), Lean::Past).required(),
        Field::text("reason", "Why", "").required(),
    ];
    Question::form(format!("{name} leaves the group"), Form::new("Write it down", fields), move |form, cx| {
        let until = form.date("until", cx.today());
        let until =
            until.ok_or_else(|| Wrong::new("until", "\"Last day\" is not a date. Type it like T-7."))?;
        Ok(asks(GroupAsk::Part { group, rev, client, until, reason: form.typed("reason") }))
    })
    .lines(vec![
        "What was written stays as it is. The reason stands with the group, not in the chart.".to_owned(),
    ])
    .open()
}

/// On which day the session was.
pub(super) fn which_day(group: GroupId, name: &str, date: Date) -> Step {
    let fields =
        vec![Field::date("day", "Day", Some(date), Lean::Past).hint("T, T-1, thu, 2026-11-19").required()];
    Question::form(format!("Write a session of {name}"), Form::new("Write it", fields), move |form, cx| {
        let date = form.date("day", cx.today());
        let date =
            date.ok_or_else(|| Wrong::new("day", "\"Day\" is not a date. Type it like T-1 or thu."))?;
        Ok(vec![Tell::to(move |_: &mut GroupScreen, _| {
            vec![Step::Push(Box::new(GroupSessionScreen::of(group, date)))]
        })])
    })
    .open()
}

/// The minutes of somebody who came late or left early.
pub(super) fn minutes(of: (GroupId, u32), entry: GroupEntry, name: &str, length: u16) -> Step {
    let late = entry.here == Here::Late;
    let label = if late { "Minutes late" } else { "Minutes before the end" };
    let before = if late { entry.late } else { entry.left };
    let shown = if before > 0 { before.to_string() } else { String::new() };
    let fields = vec![Field::offered("minutes", label, &shown).required()];
    let title = format!("{name}, {}", entry.here.word());
    Question::form(title, Form::new("Mark", fields), move |form, _| {
        let minutes = form.typed("minutes").parse::<u16>().ok().filter(|one| (1..length).contains(one));
        let minutes = minutes.ok_or_else(|| {
            Wrong::new(
                "minutes",
                format!("\"{label}\" takes a number from 1 to {}.", length.saturating_sub(1)),
            )
        })?;
        let entry = match entry.here {
            Here::Late => GroupEntry { late: minutes, left: 0, ..entry.clone() },
            _ => GroupEntry { left: minutes, late: 0, ..entry.clone() },
        };
        Ok(asks(GroupAsk::Mark { group: of.0, session: of.1, entry }))
    })
    .open()
}

/// Why somebody is excused.
pub(super) fn excused(of: (GroupId, u32), entry: GroupEntry, name: &str) -> Step {
    let fields = vec![Field::text("reason", "Why", &entry.reason).required()];
    Question::form(format!("{name} is excused"), Form::new("Mark", fields), move |form, _| {
        let entry =
            GroupEntry { reason: form.typed("reason"), took_part: 0, late: 0, left: 0, ..entry.clone() };
        Ok(asks(GroupAsk::Mark { group: of.0, session: of.1, entry }))
    })
    .open()
}

/// Ids of the fields for guests: they are static, so they are here once.
const GUESTS: [&str; 4] = ["guest-1", "guest-2", "guest-3", "guest-4"];

/// What a session was about, and who came who is no member.
pub(super) fn topic(group: GroupId, view: &GroupSessionView) -> Step {
    let (of, session) = (&view.session, view.session.number);
    let mut fields = vec![Field::text("topic", "Topic", &of.topic)];
    let all = view.curriculum.clone();
    if !all.is_empty() {
        fields.insert(0, curriculum::field(view));
    }
    for (role, id) in packs::groups().guests.iter().zip(GUESTS) {
        let count = of.guests.counts.iter().find(|one| one.role == *role).map_or(0, |one| one.count);
        let shown = if count == 0 { String::new() } else { count.to_string() };
        fields.push(Field::text(id, &format!("Guests: {role}"), &shown).hint("how many"));
    }
    fields
        .push(Field::text("names", "Their names", &of.guests.names.join(", ")).hint("in no chart; Ada, Bo"));
    fields.push(Field::yes_no("agreed", "They keep it to themselves", of.guests.agreed));
    let (lines, minutes) = (curriculum::titles(&all), of.minutes);
    Question::form("What the session was about", Form::new("Save", fields), move |form, _| {
        let topics = curriculum::read_field(form, &all, minutes)?;
        let (topic, guests) = (form.typed("topic"), read_guests(form)?);
        Ok(asks(GroupAsk::Set { group, session, topic, topics, guests }))
    })
    .lines(lines)
    .open()
}

fn read_guests(form: &Form) -> Result<Guests, Wrong> {
    let mut counts = Vec::new();
    for (role, id) in packs::groups().guests.iter().zip(GUESTS) {
        let typed = form.typed(id);
        if typed.is_empty() {
            continue;
        }
        let count = typed.parse::<u16>().ok().filter(|count| *count < 100).ok_or_else(|| {
            Wrong::new(id, format!("\"Guests: {role}\" takes a number from 0 to 99, such as 2."))
        })?;
        counts.push(GuestCount { role: role.clone(), count });
    }
    let typed = form.typed("names");
    let names = typed.split(',').map(str::trim).filter(|name| !name.is_empty());
    Ok(Guests { counts, names: names.map(str::to_owned).collect(), agreed: form.yes("agreed") })
}

/// What a part works on.
pub(super) fn works_on(
    client: ClientId,
    lines: &[(LineRef, String)],
    served: &[LineRef],
    name: &str,
) -> Step {
    let item = |(line, words): &(LineRef, String)| Item {
        marked: served.contains(line),
        ..Item::new(line.to_string(), format!("{line} {words}"), "")
    };
    let title = format!("What the part of {name} works on: Right marks, Enter takes them");
    Question::several(title, lines.iter().map(item).collect(), move |keys, _| {
        let lines: Vec<LineRef> = keys.iter().filter_map(|key| LineRef::parse(key)).collect();
        Ok(vec![Tell::to(move |screen: &mut GroupSessionScreen, _| screen.link(client, &lines))])
    })
    .open()
}

/// Why a part works on nothing.
pub(super) fn serves_nothing(client: ClientId, why: &str) -> Step {
    let fields = vec![Field::text("why", "Why", why)];
    Question::form("It works on nothing on the plan", Form::new("Save", fields), move |form, _| {
        let why = form.typed("why");
        Ok(vec![Tell::to(move |screen: &mut GroupSessionScreen, _| screen.no_line(client, why))])
    })
    .open()
}

/// Who or what the words are that look like a member's name.
pub(super) fn somebody_else(
    group: GroupId,
    session: u32,
    client: Option<ClientId>,
    found: &NameFound,
) -> Step {
    let fields = vec![Field::text("reason", "Who or what", "").required()];
    let lines = vec![
        format!("\"{}\" is read as {} of this group.", found.words, found.whose()),
        "The reason is kept with the group session, and in no chart.".to_owned(),
    ];
    let words = found.words.clone();
    Question::form("Not a member", Form::new("Keep it", fields), move |form, _| {
        let (words, reason) = (words.clone(), form.typed("reason"));
        Ok(asks(GroupAsk::NotAMember { group, session, client, words, reason }))
    })
    .lines(lines)
    .open()
}
