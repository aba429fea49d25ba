//! Everything that is owed, as this person sees it: the one list that all lists show.
//!
//! Owns the list and when it is told: with the next answer after something in it changed, or a minute has passed. What is owed,
//! and in which order, is the rules' ([`crate::rules::owed`]). What a draft speaks of is not in the summaries (an autosave writes
//! nothing but drafts), so it is read from the drafts themselves, once a sign-in, and kept.

use super::api::{DraftBody, Kept, OwedLine};
use super::days::phone_words;
use super::desk::Desk;
use super::fault::Fault;
use super::seat::Remembered;
use super::{seconds, tasks};
use crate::domain::{
    Client, ClientId, Date, DocKind, Moment, Number, Role, SessionFacts, StaffId, Summary, Task,
};
use crate::rules::access::{Capability, may};
use crate::rules::caseload::{engagement, is_assessed};
use crate::rules::deadline::Deadline;
use crate::rules::due::Instants;
use crate::rules::owed::{self, Duty, Facts, Owed, Piece, Spoken, Who};
use crate::rules::plan::calls;
use crate::rules::when;
use std::sync::Arc;

/// How long the list may be told as it is: what only time makes true is on it a minute later.
const FRESH: i64 = 60_000;

/// The task that a piece of work is, if it is one.
type TheTask = Option<Box<Kept<Task>>>;

impl Desk {
    /// The list if it is not as it was told last.
    pub(super) fn owed_news(&mut self) -> Option<Arc<[OwedLine]>> {
        let now = self.clock.now();
        let seat = self.seat_mut().ok()?;
        let fresh = (0..FRESH).contains(&(now.0 - seat.work.at.0));
        if !std::mem::take(&mut seat.work.stale) && fresh {
            return None;
        }
        let before = seat.work.told.clone();
        // A store that does not answer says so when it is asked for something; the list stays as it is.
        let now = self.owed().ok()?;
        (before.as_ref() != Some(&now)).then_some(now)
    }

    /// What this person owes and what the people they supervise owe, in the order of being taken up.
    pub(super) fn owed(&mut self) -> Result<Arc<[OwedLine]>, Fault> {
        self.read_drafts()?;
        let (now, today) = (self.now().moment, self.now().local.date);
        let seat = self.seat()?;
        let supervisor_of = |id| self.answers_for(id);
        let me = &seat.staff.value;
        let who = Who {
            me: me.id,
            is_supervisor: me.has(Role::Supervisor),
            nobody_leads: !seat.has_supervisor(),
            whole_agency: self.looks_after_all(),
            supervisor_of: &supervisor_of,
            now,
            today,
        };
        let mut all = task_pieces(self)?;
        all.extend(seconds::pieces(self)?.into_iter().map(|piece| (piece, None)));
        let reach = self.reach()?;
        for summary in seat.summaries.values().filter(|summary| owes(summary)) {
            let relation = seat.relation(&reach, summary);
            let led = seat.house.links.leading(summary.client).is_some();
            let may = |capability| may(&me.roles, capability, relation);
            let (reads, answers) = (may(Capability::ReadChart), may(Capability::AnswerDanger));
            // That something is due says nothing of what is in a chart.
            let oversees = who.whole_agency && may(Capability::SeeNames);
            let pieces = self.owed_in(summary, &who)?;
            // A draft is its author's and a note waits for whom it waits for, whoever's the chart is by now.
            all.extend(pieces.into_iter().map(|piece| (piece, None)).filter(
                |(piece, _)| match piece.owed.duty {
                    duty if duty.is_danger() => reads || answers,
                    // Those of a person with two charts are made in the one that leads, which calls for them itself.
                    Duty::Assessment | Duty::Review | Duty::PlanReview | Duty::InitialPlan => {
                        (reads || oversees) && !led
                    }
                    Duty::Plan | Duty::PlanCalled => reads && !led,
                    Duty::State | Duty::Contact | Duty::TestResult => reads,
                    _ => !who.whole_agency || oversees || piece.owed.is_mine(&who),
                },
            ));
        }
        let seen = owed::seen_by(all, |(piece, _)| &piece.owed, &who);
        let lines: Arc<[OwedLine]> =
            seen.into_iter().filter_map(|(piece, task)| self.owed_line(piece, task, &who)).collect();
        let work = &mut self.seat_mut()?.work;
        (work.told, work.at) = (Some(Arc::clone(&lines)), now);
        Ok(lines)
    }

    /// Whether whoever sits here looks after the agency: administers it, or leads it and supervises nobody who works here.
    fn looks_after_all(&self) -> bool {
        let Ok(seat) = self.seat() else { return false };
        let me = &seat.staff.value;
        let supervises = || {
            let mut others = seat.colleagues.iter().filter(|one| one.active && one.id != me.id);
            others.any(|one| self.answers_for(one.id) == Some(me.id))
        };
        me.has(Role::Admin) || me.has(Role::Supervisor) && !supervises()
    }

    /// What is owed in one chart, by whomever.
    fn owed_in(&self, summary: &Summary, who: &Who<'_>) -> Result<Vec<Piece>, Fault> {
        let seat = self.seat()?;
        let context = self.caseload_context()?;
        let now = self.now();
        let end = |session: &SessionFacts| self.session_end(session);
        let day = |at| self.clock.local(at).date;
        let spoken = |number| seat.work.drafts.get(&(summary.client, number)).and_then(|draft| draft.spoken);
        let facts = Facts {
            context: context.due(),
            when: Instants { end: &end, day: &day, now: now.moment, today: now.local.date },
            assessed: is_assessed(summary, context.set),
            engagement: engagement(summary, now.local.date, &context),
            spoken: &spoken,
        };
        Ok(owed::owed(summary, &facts, who))
    }

    /// Whether the first assessment of somebody is owed and not begun, as the lists of what is due say it.
    pub(super) fn owes_first_assessment(&self, summary: &Summary) -> bool {
        let (nobody, now) = (|_| None, self.now());
        let Ok(me) = self.seat().map(|seat| seat.staff.value.id) else { return false };
        let who = Who {
            me,
            is_supervisor: false,
            nobody_leads: false,
            whole_agency: false,
            supervisor_of: &nobody,
            now: now.moment,
            today: now.local.date,
        };
        let pieces = self.owed_in(summary, &who).unwrap_or_default();
        pieces.iter().any(|piece| piece.owed.duty == Duty::Assessment)
    }

    /// When a session ends.
    pub(super) fn session_end(&self, session: &SessionFacts) -> Moment {
        let starts = self.clock.instant(session.date, session.start);
        starts.plus_ms(i64::from(session.minutes) * 60_000)
    }

    /// Tasks of whoever sits here that are due on a day; today's come with those that are over.
    pub(super) fn tasks_on(&self, date: Date) -> Result<Vec<OwedLine>, Fault> {
        let today = self.now().local.date;
        let nobody = |_| None;
        let (me, now) = (self.seat()?.staff.value.id, self.now().moment);
        let who = Who {
            me,
            is_supervisor: false,
            nobody_leads: false,
            whole_agency: false,
            supervisor_of: &nobody,
            now,
            today,
        };
        let due = |task: &Task| task.due == date || (date == today && task.due < today);
        let mut pieces = task_pieces(self)?;
        pieces.retain(|(_, task)| task.as_ref().is_some_and(|kept| due(&kept.value)));
        let mine = owed::seen_by(pieces, |(piece, _)| &piece.owed, &who);
        let lines = mine.into_iter().filter_map(|(piece, task)| self.owed_line(piece, task, &who));
        lines.map(|line| Ok(OwedLine { phones: self.phones_of(line.owed.client)?, ..line })).collect()
    }

    /// The phones of whoever a task is about; none of nobody.
    fn phones_of(&self, client: ClientId) -> Result<String, Fault> {
        if client == ClientId::default() {
            return Ok(String::new());
        }
        let person = self.books().get::<Client>(client, 1)?;
        Ok(person.map(|kept| phone_words(&kept.value)).unwrap_or_default())
    }

    fn owed_line(&self, piece: Piece, task: TheTask, who: &Who<'_>) -> Option<OwedLine> {
        let Piece { owed, rule, session, call } = piece;
        let seat = self.seat().ok()?;
        let about_nobody = || task.as_ref().map(|_| Arc::new(Summary::default()));
        let mut summary = seat.summaries.get(&owed.client).cloned().or_else(about_nobody)?;
        // Who agrees to a purge may know the chart by its number alone.
        if matches!(owed.duty, Duty::Second(_))
            && self.permit(Capability::SeeNames, Some(owed.client)).is_err()
        {
            let record_no = summary.record_no.clone();
            summary = Arc::new(Summary { client: owed.client, record_no, ..Summary::default() });
        }
        let draft = seat.work.drafts.get(&(owed.client, owed.number));
        let need = summary.needs.iter().find(|need| owed.duty == Duty::Need && need.number == owed.number);
        let today = self.clock.local(self.clock.now()).date;
        let about = match (owed.duty, &task) {
            (_, Some(kept)) => kept.value.text.clone(),
            (Duty::Second(asked), _) => seconds::words(self, asked, owed.number),
            (Duty::PlanCalled, _) => call.map(|call| calls::words(call.what)).unwrap_or_default(),
            (Duty::Alert, _) => {
                let alert = summary.heard.alerts.iter().find(|alert| alert.number == owed.number);
                alert.map_or_else(String::new, |alert| alert.words.to_string())
            }
            (Duty::Unsigned(_), _) => {
                draft.map(|draft| when::as_read(&draft.about, today)).unwrap_or_default()
            }
            _ => {
                let on = owed.service.map(|on| when::short(on, today)).unwrap_or_default();
                format!("{} of {on}", kind_word(&owed))
            }
        };
        Some(OwedLine {
            mine: owed.is_mine(who),
            agencys: who.whole_agency && !owed.is_mine(who),
            name: summary.name.clone(),
            record_no: summary.record_no.clone(),
            birth: summary.birth,
            phones: String::new(),
            about,
            author: seat.name_of(owed.author),
            who: owed.by.map(|by| seat.short_name_of(by)).unwrap_or_default(),
            owed,
            rule,
            session,
            task,
            need: need.map(|need| Box::new(need.clone())),
        })
    }

    /// Reads what the drafts in the list speak of, those that were not read yet.
    fn read_drafts(&mut self) -> Result<(), Fault> {
        let seat = self.seat()?;
        let me = seat.staff.value.id;
        let theirs = |by: StaffId| by == me || self.answers_for(by) == Some(me);
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
            DraftBody::Note(_)
            | DraftBody::Assessment(_)
            | DraftBody::Answers(_)
            | DraftBody::Review(_)
            | DraftBody::Discharge(_)
            | DraftBody::Safety(_) => None,
        };
        Remembered { spoken, about: super::documents::kind::of(body).about() }
    }
}

/// Tasks this person may see, about whoever they may see.
fn task_pieces(desk: &Desk) -> Result<Vec<(Piece, TheTask)>, Fault> {
    let seat = desk.seat()?;
    let mut pieces = Vec::new();
    for kept in seat.tasks.values() {
        let task = &kept.value;
        if !tasks::may_see(desk, task)? {
            continue;
        }
        let named = task.client.filter(|client| desk.permit(Capability::SeeNames, Some(*client)).is_ok());
        let owed = Owed {
            duty: Duty::Task,
            client: named.unwrap_or_default(),
            number: u32::from_be_bytes([task.id.0[0], task.id.0[1], task.id.0[2], task.id.0[3]]),
            by: Some(task.to),
            author: task.created_by,
            taken: false,
            service: None,
            since: desk.clock.local(task.created).date,
            deadline: Some(Deadline::day(task.due)),
        };
        pieces.push((Piece::from(owed), Some(Box::new(kept.clone()))));
    }
    Ok(pieces)
}

/// Whether anything could be owed here: most charts are passed over at once.
fn owes(summary: &Summary) -> bool {
    summary.episode.is_some()
        || summary.left.is_some()
        || !summary.drafts.is_empty()
        || !summary.waiting.is_empty()
        || !summary.needs.is_empty()
        || !summary.unasked.is_empty()
        || !summary.heard.asks.is_empty()
        || !summary.days.sessions.is_empty()
}

/// What a piece of work is about, in a word.
fn kind_word(owed: &Owed) -> &'static str {
    match owed.duty {
        // The number is a session's.
        Duty::MissingNote => DocKind::Note.word(),
        _ => DocKind::of(owed.number).unwrap_or_default().word(),
    }
}
