//! What will be made of each part of a session, and the name rule where it is asked.

use super::super::api::{
    Becomes, CheckedLine, DraftBody, GroupChecked, GroupMember, GroupSigning, Kept, NameFound,
};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::{card, danger, filled, led, name_of};
use crate::domain::{Client, ClientId, Group, GroupEntry, GroupSession, Here, NoteDraft, counted};
use crate::packs;
use crate::rules::group::{self, names, same_words};
use crate::rules::{header, not_shared, note};
use std::collections::BTreeSet;

/// Characters around a name that are shown with it.
const AROUND: usize = 30;
/// Words fewer than these are nobody's copy of another's.
const ALIKE: usize = 4;

/// What is asked of the name rule for one member.
pub(super) struct Named {
    others: Vec<names::Called>,
    /// From which of the others on they are guests.
    guests: usize,
    /// Others whose address or phone is not to be shared.
    private: Vec<Client>,
    own: Vec<names::Called>,
    cleared: BTreeSet<String>,
}

/// Everybody who may not be named in a member's part; without a member, in the shared part.
pub(super) fn named(
    desk: &Desk,
    group: &Group,
    session: &GroupSession,
    member: Option<ClientId>,
) -> Result<Named, Fault> {
    let mut all = group::looked_for(group, session.date);
    all.extend(session.entries.iter().map(|entry| entry.client));
    let said = session.not_members.iter().filter(|one| one.part == member);
    let mut named = Named {
        others: Vec::new(),
        guests: 0,
        private: Vec::new(),
        own: Vec::new(),
        cleared: said.map(|one| one.words.clone()).collect(),
    };
    for client in all {
        let Some(person) = desk.books().get::<Client>(client, 1)? else { continue };
        let called = names::Called::of(&person.value);
        if Some(client) == member && packs::groups().kind(&group.kind).family {
            // Who is around a client is at home in their chart; of a member that says nothing but the name.
            named.own.extend(person.value.circle.iter().map(|one| names::Called::named(&one.name)));
        }
        if Some(client) == member {
            named.own.push(called);
        } else {
            named.others.push(called);
            named.private.extend(not_shared::any(&person.value).then_some(person.value));
        }
    }
    named.guests = named.others.len();
    named.others.extend(session.guests.names.iter().map(|name| names::Called::named(name)));
    Ok(named)
}

impl Named {
    /// What in a text is or may be somebody's name.
    pub(super) fn find(&self, desk: &Desk, section: &str, text: &str) -> Vec<NameFound> {
        let is_word = |word: &str| desk.is_word(word);
        let found = names::find(text, &self.others, &self.own, &self.cleared, &is_word);
        let shown = |one: names::Found| NameFound {
            section: section.to_owned(),
            words: text[one.start..one.end].to_owned(),
            around: around(text, one.start, one.end),
            by: one.by,
            stops: one.stops,
            guest: one.who >= self.guests,
        };
        let private = self.private.iter().filter_map(|one| not_shared::found(one, text));
        let private = private.map(|words| NameFound {
            section: section.to_owned(),
            words,
            around: String::new(),
            by: names::FoundBy::Contact,
            stops: true,
            guest: false,
        });
        found.into_iter().map(shown).chain(private).collect()
    }
}

/// A name with the words around it, on one line.
fn around(text: &str, start: usize, end: usize) -> String {
    let before: Vec<char> = text[..start].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[end..].chars().take(AROUND).collect();
    let cut = |whole: usize, part: &str| if part.len() < whole { "…" } else { "" };
    let (front, back) = (cut(start, &before), cut(text.len() - end, &after));
    let words = format!("{front}{before}{}{after}{back}", &text[start..end]);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of a note that somebody may be named in, but for the shared part.
fn texts(note: &NoteDraft) -> Vec<(&str, &str)> {
    let answers = &note.answers;
    let mut all: Vec<(&str, &str)> = note
        .sections
        .iter()
        .filter(|section| section.key != card::SHARED)
        .map(|section| (section.key.as_str(), section.text.as_str()))
        .collect();
    all.extend([
        ("risk", answers.risk_detail.as_str()),
        ("use", &answers.used_detail),
        ("wants", &answers.wants_detail),
        ("next session", &answers.next.words),
        ("client's view", &answers.view),
        ("reason", &note.reason),
        ("works on nothing", &note.serves_nothing),
    ]);
    all.extend(note.lines.iter().map(|served| ("progress", served.sentence.as_str())));
    all.retain(|(_, text)| !text.trim().is_empty());
    all
}

/// What will be made of each part. Writes nothing.
pub(super) fn check(desk: &Desk, signing: &GroupSigning) -> Result<GroupChecked, Fault> {
    let (group, Kept { value: session, .. }) = led(desk, signing.group, signing.session)?;
    checked(desk, (&group, &session), signing)
}

pub(super) fn checked(
    desk: &Desk,
    of: (&Group, &GroupSession),
    signing: &GroupSigning,
) -> Result<GroupChecked, Fault> {
    let (group, session) = of;
    let kind = packs::groups().kind(&group.kind);
    let everybody = named(desk, group, session, None)?;
    let mut shared = everybody.find(desk, card::SHARED, &signing.shared);
    shared.extend(everybody.find(desk, "topic", &session.about()));
    let mut all = GroupChecked {
        shared,
        beyond: group::beyond(
            &kind,
            group::counted(&kind, session),
            session.facilitators.len(),
            session.minutes,
        ),
        ..GroupChecked::default()
    };
    let before = card::before(desk, session)?;
    let mut written: Vec<(usize, String)> = Vec::new();
    let mut copied: Vec<(usize, usize)> = Vec::new();
    for entry in &session.entries {
        let member = card::of(desk, of, &before, entry)?;
        if entry.here == Here::NotMarked {
            all.unmarked.push(member.name.clone());
        }
        let note = own_note(of, entry, signing, &member);
        let mut line = line(desk, of, &member, note.as_ref())?;
        if let Some(note) = &note {
            let words = own_words(note);
            let last = member.last.as_ref().is_some_and(|(_, last)| folded(last) == words);
            if last && !words.is_empty() && line.why.is_empty() {
                "the same words as the last part".clone_into(&mut line.why);
            }
            written.push((all.lines.len(), words));
            if let copies @ 1.. = same_words::unchanged(note) {
                copied.push((all.lines.len(), copies));
            }
        }
        all.lines.push(line);
    }
    all.all_alike = all_alike(&all.lines, &written);
    if !all.all_alike {
        alike(&mut all.lines, &written);
    }
    for (at, copies) in copied {
        if all.lines[at].why.is_empty() && !all.all_alike {
            all.lines[at].why =
                counted(copies, "passage is", "passages are") + " as copied from another part";
        }
    }
    all.lines.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// One's own part as it would be signed.
pub(super) fn own_note(
    of: (&Group, &GroupSession),
    entry: &GroupEntry,
    signing: &GroupSigning,
    member: &GroupMember,
) -> Option<NoteDraft> {
    if !entry.here.came() || entry.note > 0 {
        return None;
    }
    let part = member.part.as_ref().filter(|part| part.by.is_none())?;
    let typed = signing.parts.iter().find(|save| (save.client, save.number) == (entry.client, part.number));
    let note = match typed.map(|save| &save.body) {
        Some(DraftBody::Note(note)) => note,
        _ => &part.note,
    };
    Some(filled::note(of, entry, &signing.shared, note))
}

fn line(
    desk: &Desk,
    (group, session): (&Group, &GroupSession),
    member: &GroupMember,
    note: Option<&NoteDraft>,
) -> Result<CheckedLine, Fault> {
    let entry = &member.entry;
    let mut line = CheckedLine {
        client: entry.client,
        name: member.name.clone(),
        entry: entry.clone(),
        becomes: Becomes::Nothing,
        danger: Vec::new(),
        why: String::new(),
        found: Vec::new(),
    };
    line.becomes = match (entry.here, note) {
        _ if entry.note > 0 => Becomes::Signed,
        (Here::NotMarked, _) => Becomes::Nothing,
        (Here::Absent, _) => Becomes::Missed,
        (Here::Excused, _) => Becomes::Excused,
        (_, None) => Becomes::Others,
        (_, Some(note)) => {
            let names = named(desk, group, session, Some(entry.client))?;
            for (section, text) in texts(note) {
                line.found.extend(names.find(desk, section, text));
            }
            line.why = if line.found.iter().any(|one| one.stops) {
                "a name in it".to_owned()
            } else {
                missing(desk, entry.client, note)?.unwrap_or_default()
            };
            line.danger = danger::doubts(desk, entry.client, note)?;
            if line.why.is_empty() { Becomes::Note } else { Becomes::Draft }
        }
    };
    Ok(line)
}

/// What keeps a part from being signed.
fn missing(desk: &Desk, client: ClientId, part: &NoteDraft) -> Result<Option<String>, Fault> {
    let format = desk.format(&part.format)?;
    let starts = desk.clock.instant(part.service.date, part.service.start);
    // The times are the session's: there is nothing to change in the part.
    if starts > desk.moment() {
        return Ok(Some(format!("the session begins at {}, so sign it after that", part.service.start)));
    }
    let seat = desk.seat()?;
    let required = &seat.settings.value.notes.required;
    let planned = seat.summaries.get(&client).is_some_and(|summary| summary.plan.made.is_some());
    let why = note::missing(part, format, starts, desk.moment())
        .or_else(|| header::missing(part, format, required))
        .or_else(|| {
            let silent = header::must_say_why(part, format, planned);
            silent.then(|| "it works on nothing on the plan, and says no reason".to_owned())
        });
    Ok(why.map(|why| why.strip_prefix("Not signed: ").unwrap_or(&why).trim_end_matches('.').to_owned()))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A member's own words in a part; empty if there are too few to be anybody's copy.
fn own_words(note: &NoteDraft) -> String {
    let own = note.sections.iter().filter(|section| section.key != card::SHARED);
    let words = folded(&own.map(|section| section.text.as_str()).collect::<Vec<_>>().join(" "));
    if words.split(' ').count() < ALIKE { String::new() } else { words }
}

/// Whether every part that will be signed has the same words.
fn all_alike(lines: &[CheckedLine], written: &[(usize, String)]) -> bool {
    let mut signed = written.iter().filter(|(at, _)| lines[*at].becomes == Becomes::Note);
    let Some((_, first)) = signed.next() else { return false };
    let others: Vec<&str> = signed.map(|(_, words)| words.as_str()).collect();
    !first.is_empty() && !others.is_empty() && others.iter().all(|words| words == first)
}

/// Parts with the same words are named together.
fn alike(lines: &mut [CheckedLine], written: &[(usize, String)]) {
    for (at, words) in written.iter().filter(|(_, words)| !words.is_empty()) {
        let same: Vec<String> = written
            .iter()
            .filter(|(other, theirs)| other != at && theirs == words)
            .map(|(other, _)| lines[*other].name.clone())
            .collect();
        if !same.is_empty() && lines[*at].why.is_empty() {
            lines[*at].why = format!("the same words as {}", same.join(", "));
        }
    }
}

/// The name rule on one note that is signed by itself: an addendum to a part, or an amended version of one.
pub(in crate::service) fn check_one(desk: &Desk, client: ClientId, note: &NoteDraft) -> Result<(), Fault> {
    if !note.group.is_some() {
        return Ok(());
    }
    if note.amends == 0 && note.addendum_to == 0 {
        return Err(Fault::user(
            "This is a part of a group session. It is signed there, with the others: [key:groups] leads to it, or its line on Today.",
        ));
    }
    let Some(group) = desk.books().get::<Group>(note.group.group, 1)? else { return Ok(()) };
    let session: Option<Kept<GroupSession>> = desk.books().get(note.group.group, note.group.session)?;
    let Some(session) = session else { return Ok(()) };
    let names = named(desk, &group.value, &session.value, Some(client))?;
    let mut all = texts(note);
    all.push((card::SHARED, card::section(note, card::SHARED)));
    let found = all.into_iter().flat_map(|(section, text)| names.find(desk, section, text));
    match found.into_iter().find(|one| one.stops) {
        None => Ok(()),
        Some(one) => Err(Fault::user(format!(
            "Not signed: \"{}\" is read as {who} of the group ({}). Write \"{who}\" instead.",
            one.words,
            one.by.word(),
            who = one.whose(),
        ))),
    }
}

/// What a name in a part is called in a refusal.
pub(super) fn refusal(desk: &Desk, found: &NameFound, client: Option<ClientId>) -> Result<String, Fault> {
    let whose = match client {
        Some(client) => format!("the part of {}", name_of(desk, client)?),
        None => "the shared part".to_owned(),
    };
    Ok(format!(
        "Not signed: \"{}\" in {whose} is read as {who} ({}). Write \"{who}\" instead.",
        found.words,
        found.by.word(),
        who = found.whose(),
    ))
}
