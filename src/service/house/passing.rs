//! Passing on what somebody holds: a batch of it in one act, until nothing is left that can go.
//!
//! Owns what passing on writes for each kind. Whoever gets something finds it among their tasks; every chart that is touched
//! says so in its history.

use super::board;
use super::duties::{colleague, give};
use super::holdings::{Held, cover_of, may_pass, of_kind, taker, view};
use crate::domain::{Act, ClientId, Cover, HandOver, Number, Session, Staff, StaffId, Task, TaskId, counted};
use crate::rules::access::Capability;
use crate::rules::when;
use crate::service::api::{Absence, Answer, Holding, HouseAnswer, Kept, PassOn};
use crate::service::clashes;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::sessions::put;
use crate::service::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};

/// Things passed on in one act, at most: what is left is asked for again, so that progress can be shown.
const AT_ONCE: usize = 200;

/// Passes a batch on and answers with what is left.
pub(super) fn pass_on(desk: &mut Desk, ask: &PassOn) -> Result<Answer, Fault> {
    desk.permit(Capability::ArrangeCover, None)?;
    check(desk, ask)?;
    let planned = plan(desk, ask)?;
    if planned.moves.is_empty() {
        return Err(Fault::user(nothing(desk, ask)?));
    }
    let mut batch = Batch::begin(desk)?;
    for one in &planned.moves {
        batch.pass(desk, ask, *one)?;
    }
    if !ask.even_so {
        clashes::free(desk, &batch.sessions)?;
    }
    batch.end(desk, ask)?;
    let said = said(desk, ask, &planned.moves)?;
    board::reload(desk)?;
    let mut holdings = view(desk, ask.from, ask.absence)?;
    (holdings.said, holdings.passed, holdings.more) = (said, planned.moves.len(), planned.more);
    Ok(Answer::House(HouseAnswer::Holdings(Box::new(holdings))))
}

/// One thing, its kind, and who gets it.
#[derive(Clone, Copy, Debug)]
struct Move {
    what: Holding,
    held: Held,
    to: StaffId,
}

struct Planned {
    moves: Vec<Move>,
    more: bool,
}

fn check(desk: &Desk, ask: &PassOn) -> Result<(), Fault> {
    let Absence { from, until } = ask.absence;
    if until.is_some_and(|until| until < from) {
        return Err(Fault::user("The last day is before the first day. Change one of the two."));
    }
    colleague(desk, ask.from)?;
    if let Some(what) = ask.what.iter().find(|what| !what.can_go(ask.absence)) {
        return Err(Fault::user(if what.is_theirs_alone() {
            "Only whoever began a note can sign it, so it cannot be passed on."
        } else {
            "This is passed on only when somebody leaves for good. While they are away, cover is enough."
        }));
    }
    let Some(to) = ask.to else {
        return if ask.what.iter().all(|what| what.follows_people()) {
            Ok(())
        } else {
            Err(Fault::user("Choose the colleague who takes it."))
        };
    };
    let found = colleague(desk, to)?;
    if to == ask.from {
        return Err(Fault::user("It is theirs already. Choose somebody else."));
    }
    let taker = taker(found);
    if !found.active || !ask.what.iter().any(|what| taker.can_take(*what)) {
        return Err(Fault::user(if ask.what == [Holding::Supervises] {
            "Choose a supervisor who can sign in."
        } else {
            "Choose a counselor who can sign in."
        }));
    }
    Ok(())
}

/// What goes now: what may be passed on, to whom, at most a batch.
fn plan(desk: &Desk, ask: &PassOn) -> Result<Planned, Fault> {
    let mut moves = Vec::new();
    for what in &ask.what {
        if let (Holding::People, false, Some(to)) = (*what, ask.absence.is_for_good(), ask.to) {
            let covered = cover_of(desk, ask.from, ask.absence)?.is_some();
            moves.extend((!covered).then_some(Move { what: *what, held: Held::Absence, to }));
            continue;
        }
        for held in of_kind(desk, ask.from, ask.absence, *what)? {
            let to = receiver(desk, ask, *what, held)?;
            let to = to.filter(|_| may_pass(desk, held));
            moves.extend(to.map(|to| Move { what: *what, held, to }));
        }
    }
    let more = moves.len() > AT_ONCE;
    moves.truncate(AT_ONCE);
    Ok(Planned { moves, more })
}

/// Who gets it; `None` = it stays where it is.
fn receiver(desk: &Desk, ask: &PassOn, what: Holding, held: Held) -> Result<Option<StaffId>, Fault> {
    let seat = desk.seat()?;
    let Some(to) = ask.to else {
        let (Held::Session(client, _) | Held::Task(_, Some(client))) = held else { return Ok(None) };
        let episode = seat.summaries.get(&client).and_then(|summary| summary.episode.as_ref());
        let counselor = episode.map(|episode| episode.counselor).filter(|id| *id != ask.from);
        let works = |id: &StaffId| colleague(desk, *id).is_ok_and(|staff| taker(staff).counsels);
        return Ok(counselor.filter(works));
    };
    let can_take = taker(colleague(desk, to)?).can_take(what);
    let themselves = match held {
        Held::Supervisee(id) => id == to,
        Held::Cover(away, _) => away == to,
        _ => false,
    };
    Ok((can_take && !themselves).then_some(to))
}

/// Why nothing went.
fn nothing(desk: &Desk, ask: &PassOn) -> Result<String, Fault> {
    let mut theirs = 0;
    for what in &ask.what {
        theirs += of_kind(desk, ask.from, ask.absence, *what)?.len();
    }
    Ok(match (theirs, ask.to) {
        (0, _) => "There is nothing of this left to pass on.".to_owned(),
        (_, None) => "Their people have no other counselor yet. Pass the people on first.".to_owned(),
        _ => "You may not pass these on, or this colleague cannot take them. An admin can pass on more."
            .to_owned(),
    })
}

/// What is written in one act.
struct Batch {
    unit: Unit,
    charts: BTreeSet<ClientId>,
    /// People who change their counselor, by who gets them.
    people: BTreeMap<StaffId, Vec<ClientId>>,
    sessions: Vec<Session>,
    got: BTreeMap<StaffId, Vec<Holding>>,
}

impl Batch {
    fn begin(desk: &Desk) -> Result<Self, Fault> {
        let unit = desk.unit(Capability::ArrangeCover, Act::WorkPassedOn, None, 0)?;
        let (people, got) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { unit, charts: BTreeSet::new(), people, sessions: Vec::new(), got })
    }

    fn pass(&mut self, desk: &Desk, ask: &PassOn, one: Move) -> Result<(), Fault> {
        let Move { what, held, to } = one;
        if held != Held::Absence {
            self.got.entry(to).or_default().push(what);
        }
        match held {
            // For a time the people stay theirs: somebody stands in.
            Held::Absence => self.cover(desk, ask, to)?,
            Held::Person(client) => {
                self.charts.insert(client);
                self.people.entry(to).or_default().push(client);
                give(desk, &mut self.unit, client, ask.from, to)?;
            }
            Held::Session(client, number) => {
                self.charts.insert(client);
                self.session(desk, client, number, what, to)?;
            }
            Held::Task(id, client) => {
                self.charts.extend(client);
                self.task(desk, id, to)?;
            }
            Held::Supervisee(id) => {
                desk.permit(Capability::ManageStaff, None)?;
                let kept = desk.staff_record(id)?;
                let Kept { rev, value } =
                    kept.ok_or_else(|| Fault::user("This person is not on the list of staff."))?;
                desk.put_staff(&mut self.unit, Staff { supervisor: Some(to), ..value }, rev)?;
            }
            Held::Cover(away, number) => {
                let kept = desk.books().get::<Cover>(away, number)?;
                let Kept { rev, value } = kept.ok_or_else(|| Fault::changed("the cover"))?;
                let (set_by, set_at) = (desk.staff()?.id, desk.moment());
                self.unit.put(&Cover { by: to, set_by, set_at, ..value }, away, number, rev);
            }
            Held::Own | Held::With(_) => {
                return Err(Fault::internal("what cannot go by itself is not planned"));
            }
        }
        Ok(())
    }

    /// A session to come is held by the other one; one that is over stays held by whoever held it, and is closed by the other.
    fn session(
        &mut self,
        desk: &Desk,
        client: ClientId,
        number: Number,
        what: Holding,
        to: StaffId,
    ) -> Result<(), Fault> {
        let kept = desk.books().get::<Session>(client, number)?;
        let Kept { rev, value } = kept.ok_or_else(|| Fault::changed("a session"))?;
        let next = if what == Holding::OwedNotes {
            Session { left_to: Some(to), ..value }
        } else {
            let next = Session { staff: to, others: without(&value.others, to), ..value };
            self.sessions.push(next.clone());
            next
        };
        put(desk, &mut self.unit, next, rev)
    }

    fn task(&mut self, desk: &Desk, id: TaskId, to: StaffId) -> Result<(), Fault> {
        let kept = desk.seat()?.tasks.get(&id).cloned();
        let Kept { rev, mut value } = kept.ok_or_else(|| Fault::changed("a task"))?;
        value.handed.push((value.to, desk.moment()));
        value.to = to;
        self.unit.put(&value, id, 1, rev);
        Ok(())
    }

    /// Adds what belongs to the act as a whole, and writes it.
    fn end(mut self, desk: &mut Desk, ask: &PassOn) -> Result<(), Fault> {
        let (at, by) = (desk.moment(), desk.staff()?.id);
        let first = desk.books().next_number::<HandOver>(ask.from)?;
        for (number, (to, clients)) in (first..).zip(std::mem::take(&mut self.people)) {
            self.unit.put(&HandOver { from: ask.from, number, to, clients, at, by }, ask.from, number, 0);
        }
        for (to, what) in std::mem::take(&mut self.got) {
            let from = desk.seat()?.name_of(ask.from);
            let text = format!("Taken over from {from}: {}.", words(&what));
            if to != by {
                let due = desk.now().local.date;
                put_task(desk, &mut self.unit, Task { text, due, to, ..Task::default() })?;
            }
        }
        let many = self.unit.len();
        for client in &self.charts {
            self.unit.also_about(*client);
        }
        self.unit.set_count(u32::try_from(many).unwrap_or(u32::MAX));
        desk.commit(self.unit)?;
        staff_again(desk)
    }

    fn cover(&mut self, desk: &Desk, ask: &PassOn, to: StaffId) -> Result<(), Fault> {
        let Absence { from, until: Some(until) } = ask.absence else { return Ok(()) };
        let number = desk.books().next_number::<Cover>(ask.from)?;
        let (set_by, set_at) = (desk.staff()?.id, desk.moment());
        let cover =
            Cover { away: ask.from, number, by: to, from, until, note: String::new(), set_by, set_at };
        board::check_cover(desk, &cover)?;
        self.unit.put(&cover, ask.from, number, 0);
        tell_cover(desk, &mut self.unit, &cover)
    }
}

fn without(others: &[StaffId], one: StaffId) -> Vec<StaffId> {
    others.iter().copied().filter(|other| *other != one).collect()
}

/// Whoever stands in is told, as a task of the first day.
pub(super) fn tell_cover(desk: &Desk, unit: &mut Unit, cover: &Cover) -> Result<(), Fault> {
    let today = desk.now().local.date;
    if cover.by == desk.staff()?.id || cover.until < today {
        return Ok(());
    }
    let name = desk.seat()?.name_of(cover.away);
    let (from, until) = (when::short(cover.from, today), when::short(cover.until, today));
    let text = format!("You stand in for {name} from {from} to {until}.");
    let due = cover.from.max(today);
    put_task(desk, unit, Task { text, due, to: cover.by, ..Task::default() })
}

fn put_task(desk: &Desk, unit: &mut Unit, task: Task) -> Result<(), Fault> {
    let (id, created, created_by) = (TaskId(desk.ids.fresh()), desk.moment(), desk.staff()?.id);
    unit.put(&Task { id, created, created_by, ..task }, id, 1, 0);
    Ok(())
}

/// Who supervises whom is kept in memory.
fn staff_again(desk: &mut Desk) -> Result<(), Fault> {
    let mut colleagues = Vec::new();
    let mut mine = None;
    let me = desk.staff()?.id;
    for kept in desk.staff_records()?.0 {
        if kept.value.id == me {
            mine = Some(kept.clone());
        }
        colleagues.push(kept.value);
    }
    let seat = desk.seat_mut()?;
    seat.colleagues = colleagues;
    if let Some(mine) = mine {
        seat.staff = mine;
    }
    Ok(())
}

/// `8 people, 23 sessions and 7 tasks`.
fn words(what: &[Holding]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for kind in Holding::ALL {
        let many = what.iter().filter(|one| **one == kind).count();
        if many > 0 {
            parts.push(match kind {
                Holding::People => counted(many, "person", "people"),
                Holding::Team => counted(many, "place on a team", "places on teams"),
                Holding::Sessions => counted(many, "session", "sessions"),
                Holding::OwedNotes => counted(many, "note owed", "notes owed"),
                Holding::Assessments => counted(many, "first assessment", "first assessments"),
                Holding::Tasks => counted(many, "task", "tasks"),
                Holding::Supervises => counted(many, "person to supervise", "people to supervise"),
                Holding::StandsIn => counted(many, "cover", "covers"),
                Holding::Drafts => counted(many, "draft", "drafts"),
                Holding::Answers => counted(many, "returned note", "returned notes"),
            });
        }
    }
    match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What went where.
fn said(desk: &Desk, ask: &PassOn, moves: &[Move]) -> Result<String, Fault> {
    let mut by_taker: BTreeMap<StaffId, Vec<Holding>> = BTreeMap::new();
    let mut parts = Vec::new();
    let seat = desk.seat()?;
    for one in moves {
        if one.held == Held::Absence {
            parts.push(format!("{} stands in for {}", seat.name_of(one.to), seat.name_of(ask.from)));
        } else {
            by_taker.entry(one.to).or_default().push(one.what);
        }
    }
    let mut went: Vec<String> =
        by_taker.iter().map(|(to, what)| format!("{} has {} more", seat.name_of(*to), words(what))).collect();
    went.sort();
    parts.extend(went);
    Ok(format!("{}.", parts.join("; ")))
}
