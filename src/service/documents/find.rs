//! Looking for words in the signed notes of a chart.
//!
//! Owns the search. It is recorded like a reading, and its words are written down nowhere.

use super::super::api::{Answer, NoteFound};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::groups;
use super::{life, read};
use crate::domain::{Act, ClientId, DocKind};
use crate::rules::access::Capability;
use crate::rules::passage::around;
use crate::store::DocHead;

/// What is shown of a passage beside which another member of a group may be named.
const WITHHELD: &str = "not shown: another member of the group may be named beside it";

/// The notes that stand and have these words in a section, each with its first passage, newest service first.
pub(super) fn find(desk: &mut Desk, client: ClientId, words: String) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::ReadChart, Act::NotesSearched, Some(client), 0)?;
    if words.trim().chars().count() < 2 {
        return Err(Fault::user("Type at least two letters of what you look for."));
    }
    let heads = desk.books().newest_in::<DocHead>(client, &DocKind::Note.numbers(), None, usize::MAX)?;
    let (mut found, mut of) = (Vec::new(), 0);
    for head in heads.iter().map(|kept| &kept.value) {
        let Some(facts) = head.note() else { continue };
        if !life(desk, head)?.stands() {
            continue;
        }
        of += 1;
        let text = read::text(desk.books(), head)?.note()?;
        let (number, on) = (head.number, facts.service.date);
        let others = groups::Others::of(desk, client, text.group)?;
        let named = |words: &str| others.as_ref().is_some_and(|all| all.named_in(desk, words).is_some());
        if named(&words) {
            continue;
        }
        found.extend(text.sections.into_iter().find_map(|section| {
            let passage = around(&section.text, &words)?;
            let passage = if named(&section.text) { WITHHELD.to_owned() } else { passage };
            Some(NoteFound { number, on, section: section.title, passage })
        }));
    }
    found.sort_by_key(|note| std::cmp::Reverse((note.on, note.number)));
    desk.record(unit)?;
    Ok(Answer::NotesFound { client, words, of, found })
}
