//! The name rule on what is in a chart already: before a page is made of it, on what a search shows, and on words added to it.
//!
//! A name can become another member's after a note was signed: somebody is called otherwise, or a roster is put right.

use super::super::api::NameFound;
use super::super::desk::Desk;
use super::super::documents::note_of;
use super::super::fault::Fault;
use super::check::{Named, named};
use crate::domain::{ClientId, Group, GroupPart, GroupSession, NoteText, Number};

/// Who may not be named in a note of a client, where the note is a part of a group session.
pub(in crate::service) struct Others(Named);

impl Others {
    /// Returns those of the session a note belongs to; `None` if it belongs to none.
    pub(in crate::service) fn of(
        desk: &Desk,
        client: ClientId,
        part: GroupPart,
    ) -> Result<Option<Self>, Fault> {
        if !part.is_some() {
            return Ok(None);
        }
        let Some(group) = desk.books().get::<Group>(part.group, 1)? else { return Ok(None) };
        let Some(session) = desk.books().get::<GroupSession>(part.group, part.session)? else {
            return Ok(None);
        };
        named(desk, &group.value, &session.value, Some(client)).map(|named| Some(Self(named)))
    }

    /// The first words of a text that are read as another member, or as a guest.
    pub(in crate::service) fn named_in(&self, desk: &Desk, text: &str) -> Option<NameFound> {
        self.0.find(desk, "", text).into_iter().find(|one| one.stops)
    }
}

/// Everything of a signed note that people wrote.
fn texts(note: &NoteText) -> Vec<&str> {
    let answers = &note.answers;
    let mut all: Vec<&str> = note.sections.iter().map(|section| section.text.as_str()).collect();
    all.extend([&answers.risk_detail, &answers.used_detail, &answers.wants_detail].map(String::as_str));
    all.extend([answers.next.words.as_str(), answers.view.as_str(), note.serves_nothing.as_str()]);
    all.extend(note.lines.iter().map(|(served, _)| served.sentence.as_str()));
    all
}

/// Refuses a page of documents in which another member of the group is named.
pub(in crate::service) fn check_page(
    desk: &Desk,
    client: ClientId,
    documents: &[Number],
) -> Result<(), Fault> {
    for number in documents {
        let Some(note) = note_of(desk, client, *number)? else { continue };
        let Some(others) = Others::of(desk, client, note.group)? else { continue };
        if let Some(found) = texts(&note).into_iter().find_map(|text| others.named_in(desk, text)) {
            let who = found.whose();
            return Err(Fault::denied(format!(
                "No page is made: \"{}\" is read as {who} of the group.",
                found.words
            ))
            .hint(format!("Amend the note first: [key:amend] in it, and write \"{who}\" instead.")));
        }
    }
    Ok(())
}

/// Refuses words about a document, such as a comment or a reason, that name another member of its group.
pub(in crate::service) fn check_words(
    desk: &Desk,
    client: ClientId,
    document: Number,
    words: &str,
) -> Result<(), Fault> {
    let Some(note) = note_of(desk, client, document)? else { return Ok(()) };
    let Some(others) = Others::of(desk, client, note.group)? else { return Ok(()) };
    match others.named_in(desk, words) {
        None => Ok(()),
        Some(found) => Err(Fault::user(format!(
            "\"{}\" is read as {who} of the group. Write \"{who}\" instead.",
            found.words,
            who = found.whose(),
        ))),
    }
}
