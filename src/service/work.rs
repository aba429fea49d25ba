//! The work that is owed, as this person sees it.
//!
//! Owns the list and when it is told: with the next answer after something in it changed. What is owed, and in which order,
//! is the rules' ([`crate::rules::owed`]). What a draft speaks of is not in the summaries (an autosave writes nothing but
//! drafts), so it is read from the drafts themselves, once a sign-in, and kept.

use super::api::{DraftBody, OwedLine};
use super::desk::Desk;
use super::fault::Fault;
use super::seat::Remembered;
use crate::domain::{
    ClientId, DocKind, NoteStands, Number, Role, SessionFacts, SessionStands, StaffId, Summary,
};
use crate::rules::owed::{self, Duty, Held, Owed, Spoken, Who};
use crate::rules::when;
use std::sync::Arc;

impl Desk {
    /// The list if it is not as it was told last.
    pub(super) fn owed_news(&mut self) -> Option<Arc<[OwedLine]>> {
        let seat = self.seat_mut().ok()?;
        if !std::mem::take(&mut seat.work.stale) {
            return None;
        }
        let before = Arc::clone(&seat.work.told);
        // A store that does not answer says so when it is asked for something; the list stays as it is.
        let now = self.owed().ok()?;
        (now != before).then_some(now)
    }

    /// What this person owes and what the people they supervise owe, in the order of being taken up.
    pub(super) fn owed(&mut self) -> Result<Arc<[OwedLine]>, Fault> {
        self.read_drafts()?;
        let now = self.clock.now();
        let seat = self.seat()?;
        let supervisor_of = |id| seat.active_supervisor_of(id);
        let me = &seat.staff.value;
        let who = Who { me: me.id, is_supervisor: me.has(Role::Supervisor), supervisor_of: &supervisor_of };
        let late_after = seat.settings.value.late_after_hours;
        let mut all = Vec::new();
        for summary in seat.summaries.values().filter(|summary| owes(summary)) {
            let spoken =
                |number| seat.work.drafts.get(&(summary.client, number)).and_then(|draft| draft.spoken);
            all.extend(owed::owed(summary, &self.held(summary), &who, late_after, &spoken));
        }
        let lines: Vec<OwedLine> =
            owed::seen_by(all, &who, now).into_iter().filter_map(|owed| self.owed_line(owed, &who)).collect();
        let lines: Arc<[OwedLine]> = lines.into();
        self.seat_mut()?.work.told = Arc::clone(&lines);
        Ok(lines)
    }

    /// The sessions that were held and whose note is not signed yet.
    fn held(&self, summary: &Summary) -> Vec<Held> {
        let held = |session: &&SessionFacts| session.stands == SessionStands::Held && !session.is_closed();
        let begun = |number| summary.drafts.iter().any(|draft| draft.number == number);
        summary
            .days
            .sessions
            .iter()
            .filter(held)
            .map(|session| {
                let starts = self.clock.instant(session.date, session.start);
                Held {
                    client: summary.client,
                    number: session.number,
                    by: session.staff,
                    service: session.date,
                    ended: starts.plus_ms(i64::from(session.minutes) * 60_000),
                    has_note: matches!(session.note, NoteStands::Draft(number) if begun(number)),
                }
            })
            .collect()
    }

    fn owed_line(&self, owed: Owed, who: &Who<'_>) -> Option<OwedLine> {
        let seat = self.seat().ok()?;
        let summary = seat.summaries.get(&owed.client)?;
        let draft = seat.work.drafts.get(&(owed.client, owed.number));
        let about = if let Duty::Unsigned(_) = owed.duty {
            draft.map(|draft| draft.about.clone()).unwrap_or_default()
        } else {
            let today = self.clock.local(self.clock.now()).date;
            let on = owed.service.map(|on| when::short(on, today)).unwrap_or_default();
            format!("{} of {on}", kind_word(&owed))
        };
        Some(OwedLine {
            mine: owed.is_mine(who),
            name: summary.name.clone(),
            record_no: summary.record_no.clone(),
            birth: summary.birth,
            about,
            author: seat.name_of(owed.author),
            owed,
        })
    }

    /// Reads what the drafts in the list speak of, those that were not read yet.
    fn read_drafts(&mut self) -> Result<(), Fault> {
        let seat = self.seat()?;
        let me = seat.staff.value.id;
        let theirs = |by: StaffId| by == me || seat.active_supervisor_of(by) == Some(me);
        let missing: Vec<(ClientId, Number)> = seat
            .summaries
            .values()
            .flat_map(|summary| summary.drafts.iter().map(|draft| (summary.client, draft)))
            .filter(|(_, draft)| theirs(draft.by))
            .map(|(client, draft)| (client, draft.number))
            .filter(|key| !seat.work.drafts.contains_key(key))
            .collect();
        for (client, number) in missing {
            // One that does not open is listed without its service; opening it says what is wrong.
            if let Ok(Some(draft)) = self.books().draft(client, number) {
                let read = self.draft_facts(&draft.body);
                self.seat_mut()?.work.drafts.insert((client, number), read);
            }
        }
        Ok(())
    }

    /// A draft was begun, saved or moved: what it speaks of may be another service now.
    pub(super) fn draft_speaks(&mut self, client: ClientId, number: Number, body: &DraftBody) {
        let facts = self.draft_facts(body);
        if let Ok(seat) = self.seat_mut()
            && seat.work.drafts.get(&(client, number)) != Some(&facts)
        {
            seat.work.drafts.insert((client, number), facts);
            seat.work.stale = true;
        }
    }

    /// A draft is gone: its number may be given to another one.
    pub(super) fn draft_forgotten(&mut self, client: ClientId, number: Number) {
        if let Ok(seat) = self.seat_mut() {
            seat.work.drafts.remove(&(client, number));
        }
    }

    fn draft_facts(&self, body: &DraftBody) -> Remembered {
        let spoken = match body {
            DraftBody::Note(note) if note.addendum_to == 0 && note.amends == 0 => {
                let service = &note.service;
                let starts = self.clock.instant(service.date, service.start);
                let ended = starts.plus_ms(i64::from(service.span()) * 60_000);
                Some(Spoken { service: service.date, ended })
            }
            // An addendum or amendment is no late entry: it has no service of its own.
            DraftBody::Note(_) | DraftBody::Assessment(_) => None,
        };
        Remembered { spoken, about: super::documents::kind::of(body).about() }
    }
}

fn owes(summary: &Summary) -> bool {
    let held = |session: &SessionFacts| session.stands == SessionStands::Held && !session.is_closed();
    !summary.drafts.is_empty() || !summary.waiting.is_empty() || summary.days.sessions.iter().any(held)
}

/// What a piece of work is about, in a word.
fn kind_word(owed: &Owed) -> &'static str {
    match owed.duty {
        // The number is a session's.
        Duty::MissingNote => DocKind::Note.word(),
        _ => DocKind::of(owed.number).unwrap_or_default().word(),
    }
}
