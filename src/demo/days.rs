//! The days of a story: sessions that were held, missed and are to come, told from the day the demo is made; and tasks.

use super::dice::Dice;
use super::lives::lives;
use super::story::{Story, weekday};
use super::{Plan, Written};
use crate::domain::{
    CancelledBy, ClientId, ClockTime, Date, Modality, Mode, Number, Outreach, Session, SessionNote,
    SessionState, Staff, StaffId, Task, TaskId,
};

/// How many of the newest notes have their session in the book.
const BOOKED: usize = 5;
/// Weeks a session is planned ahead.
const AHEAD: i32 = 6;
/// A stream of chance of its own, so that lives stay as they were.
const STREAM: u64 = 0x00da_75da_75da_75da;

/// The sessions of a story. Notes of the newest ones are linked to them.
pub(super) fn sessions(story: &Story<'_>, index: u32, notes: &mut [Written]) -> Vec<Session> {
    let turn = turn(story, index);
    let mut dice = Dice::new(story.plan.seed ^ STREAM, u64::from(index));
    let mut book = Book { story, turn, all: Vec::new() };
    book.noted(notes);
    let last = notes.last().map_or(story.admitted, |note| note.note.service.date);
    book.lately(last, &mut dice);
    book.today();
    book.ahead();
    book.all
}

/// Which of its counselor's people this is: it decides day and hour, so that nobody sits in two sessions at once.
fn turn(story: &Story<'_>, index: u32) -> u32 {
    let mine = lives().iter().filter(|life| life.counselor == story.life.counselor);
    let own =
        mine.into_iter().position(|life| life.given == story.life.given && life.family == story.life.family);
    let counsels = story.counselor.login == story.life.counselor;
    own.filter(|_| counsels && index < 200).map_or(index, |at| at as u32)
}

struct Book<'a> {
    story: &'a Story<'a>,
    turn: u32,
    all: Vec<Session>,
}

impl Book<'_> {
    fn add(&mut self, date: Date, start: ClockTime, minutes: u16, state: SessionState, note: SessionNote) {
        if date < self.story.admitted {
            return;
        }
        let plan = self.story.plan;
        let by = self.story.counselor.id;
        let created = (plan.instant)(date.plus_days(-14).min(plan.today.plus_days(-1)), ClockTime(16 * 60));
        let mode = if self.turn % 11 == 7 { Mode::Video } else { Mode::Person };
        self.all.push(Session {
            client: self.story.id,
            number: self.all.len() as Number + 1,
            date,
            start,
            minutes,
            kind: "counseling".to_owned(),
            modality: Some(Modality::Individual),
            mode: Some(mode),
            place: if mode == Mode::Person { format!("room {}", 1 + self.turn % 4) } else { String::new() },
            staff: by,
            state,
            note,
            created,
            created_by: by,
            changed: created,
            changed_by: by,
            ..Session::default()
        });
    }

    /// The hour they come at.
    fn hour(&self) -> ClockTime {
        let hour = 9 + (self.turn / 3) % 8;
        ClockTime((hour * 60) as u16)
    }

    /// They have their hour on the day the demo is made.
    fn comes_today(&self) -> bool {
        self.turn.is_multiple_of(3)
    }

    /// The sessions the newest notes speak of.
    fn noted(&mut self, notes: &mut [Written]) {
        let count = notes.len();
        let from = count.saturating_sub(BOOKED);
        for (at, written) in notes.iter_mut().enumerate().skip(from) {
            let service = &written.note.service;
            let state = match service.kind.as_str() {
                "individual" | "assessment" => SessionState::Held,
                "phone" => SessionState::Missed,
                _ => continue,
            };
            let (date, start, minutes) = (service.date, service.start, service.minutes.max(45));
            let before = self.all.len();
            self.add(date, start, minutes, state, SessionNote::Signed(at as Number + 1));
            if self.all.len() > before {
                written.note.session = self.all.len() as Number;
            }
        }
    }

    /// What happened since the last note: a session whose note is owed, or nobody came twice.
    fn lately(&mut self, last: Date, dice: &mut Dice) {
        let today = self.story.plan.today;
        let back = |days: i32| weekday(today.plus_days(-days), today);
        if self.turn % 9 == 4 && back(5) > last {
            for (days, tries) in [(5, true), (1, false)] {
                self.add(back(days), self.hour(), 50, SessionState::Missed, SessionNote::None);
                if let Some(session) =
                    self.all.last_mut().filter(|session| tries && session.date == back(days))
                {
                    session.outreach.push(Outreach {
                        at: (self.story.plan.instant)(session.date, ClockTime(17 * 60)),
                        on: session.date,
                        by: session.staff,
                        how: "call".to_owned(),
                        reached: false,
                        words: "No answer, no message left.".to_owned(),
                    });
                }
            }
        } else if self.turn % 7 == 2 && back(1) > last {
            self.add(back(1 + dice.between(0, 1)), self.hour(), 50, SessionState::Held, SessionNote::None);
        } else if self.turn % 13 == 6 && back(2) > last {
            let at = (self.story.plan.instant)(back(3), ClockTime(10 * 60));
            let reason = "working a double shift".to_owned();
            let state = SessionState::Cancelled { by: CancelledBy::Client, at, reason };
            self.add(back(2), self.hour(), 50, state, SessionNote::None);
        }
    }

    /// The day the demo is made, by the hour it is made at.
    fn today(&mut self) {
        if !self.comes_today() {
            return;
        }
        let plan = self.story.plan;
        let start = self.hour();
        let starts = (plan.instant)(plan.today, start);
        let state = if starts.plus_ms(50 * 60_000) <= plan.now {
            if self.turn % 12 == 9 { SessionState::Missed } else { SessionState::Held }
        } else if starts <= plan.now {
            SessionState::Arrived { at: starts.plus_ms(-4 * 60_000) }
        } else {
            SessionState::Planned
        };
        self.add(plan.today, start, 50, state, SessionNote::None);
    }

    /// The weeks ahead, at the same hour.
    fn ahead(&mut self) {
        let today = self.story.plan.today;
        let first =
            if self.comes_today() { today.plus_days(7) } else { next_workday(today, 1 + self.turn % 4) };
        let row = self.all.len() as Number + 1;
        for week in 0..AHEAD {
            self.add(first.plus_days(week * 7), self.hour(), 50, SessionState::Planned, SessionNote::None);
        }
        for session in self.all.iter_mut().filter(|session| session.number >= row) {
            session.series = row;
        }
    }
}

/// The next working day so many days on.
fn next_workday(today: Date, days: u32) -> Date {
    use chrono::{Datelike, Weekday};
    let date = today.plus_days(days as i32);
    match date.naive().weekday() {
        Weekday::Sat => date.plus_days(2),
        Weekday::Sun => date.plus_days(1),
        _ => date,
    }
}

/// What is to be done, for whom, in how many days; about one of their people where it says so.
const TASKS: &[(&str, &str, i32, Option<usize>)] = &[
    ("rosa", "Call the pharmacy about the dose", 0, Some(0)),
    ("rosa", "Letter to the court: attendance in November", 1, Some(3)),
    ("rosa", "Ask about the bus pass", -2, Some(5)),
    ("rosa", "Read the new consent form", 4, None),
    ("malik", "Ring the shelter about a bed", 0, Some(1)),
    ("malik", "Send the referral to the sleep clinic", 2, Some(4)),
    ("june", "Prepare the family hour", 1, Some(0)),
    ("teo", "Bring the note on motivational interviewing to supervision", 0, None),
    ("ingrid", "Rota for the holidays", 3, None),
    ("dana", "Order paper for the printer", -1, None),
];

/// The open tasks of everyone. `people`: clients and their counselors, in order.
pub(super) fn tasks(plan: &Plan<'_>, staff: &[Staff], people: &[(ClientId, StaffId)]) -> Vec<Task> {
    let mut dice = Dice::new(plan.seed ^ STREAM, u64::MAX);
    let mut tasks = Vec::new();
    for (login, text, days, about) in TASKS {
        let id = TaskId(dice.bytes());
        let Some(to) = staff.iter().find(|staff| staff.login == *login) else { continue };
        let mut mine = people.iter().filter(|(_, counselor)| *counselor == to.id);
        let client = about.and_then(|at| mine.nth(at)).map(|(client, _)| *client);
        let created = (plan.instant)(plan.today.plus_days(-4), ClockTime(11 * 60));
        tasks.push(Task {
            id,
            text: (*text).to_owned(),
            due: plan.today.plus_days(*days),
            to: to.id,
            client,
            created,
            created_by: to.id,
            handed: Vec::new(),
            episode: 0,
        });
    }
    tasks
}
