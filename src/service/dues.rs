//! What is owed: by whoever sits here, and for supervisors by their people. Reckoned by the rules from the summaries in
//! memory, never stored.

use super::api::{Answer, Done, DueItem, DueKey, DueView, Owed};
use super::days::name_of;
use super::desk::Desk;
use super::fault::Fault;
use super::tasks;
use crate::domain::{Act, Date, DocKind, DueChoice, Miss, NoteStands, SessionFacts, StaffId, Summary};
use crate::packs;
use crate::rules::access::{Capability, may};
use crate::rules::caseload::is_assessed;
use crate::rules::due::{About, Instants, Obligation, of_client};
use crate::rules::owed::Duty;
use crate::store::Owner;
use std::collections::BTreeSet;

/// What this person owes, and for supervisors what their people owe.
pub(super) fn view(desk: &Desk) -> Result<DueView, Fault> {
    let seat = desk.seat()?;
    let context = desk.caseload_context()?.due();
    let rules = seat.settings.value.programs.iter().map(|program| {
        (program.clone(), context.pack(program).map_or(String::new(), |pack| pack.name.clone()))
    });
    let may_choose = desk.permit(Capability::ChangeSettings, None).is_ok();
    Ok(DueView { items: items(desk)?, rules: rules.collect(), may_choose })
}

/// The next thing this person owes by a rule or as a task, after `after`; `None` at the end of the list.
pub(super) fn next(desk: &Desk, after: Option<DueKey>) -> Result<Option<DueItem>, Fault> {
    let today = desk.now().local.date;
    // Notes and drafts are told by the list of work; what comes due later is not unfinished yet.
    let by_itself = |item: &DueItem| match &item.owed {
        Owed::Rule { obligation, draft, .. } => {
            draft.is_none() && matches!(obligation.about, About::Need(_) | About::Assessment)
        }
        Owed::Task(_) => true,
        Owed::Work(_) => false,
    };
    let mut mine: Vec<DueItem> = items(desk)?;
    mine.retain(|item| item.mine && item.due <= today && by_itself(item));
    let at = mine.iter().position(|item| Some(item.key()) == after).map_or(0, |at| at + 1);
    Ok(if at < mine.len() { Some(mine.swap_remove(at)) } else { None })
}

/// Tasks of whoever sits here that are due on a day; today's come with those that are over.
pub(super) fn tasks_on(desk: &Desk, date: Date) -> Result<Vec<DueItem>, Fault> {
    let today = desk.now().local.date;
    let mut due = task_items(desk)?;
    due.retain(|item| item.mine && (item.due == date || (date == today && item.due < today)));
    sort(&mut due);
    Ok(due)
}

fn items(desk: &Desk) -> Result<Vec<DueItem>, Fault> {
    let mut items = task_items(desk)?;
    let seat = desk.seat()?;
    let me = &seat.staff.value;
    let whose: BTreeSet<StaffId> = seat
        .colleagues
        .iter()
        .filter(|staff| staff.id == me.id || staff.supervisor == Some(me.id))
        .map(|staff| staff.id)
        .collect();
    let reach = desk.reach()?;
    for summary in seat.summaries.values() {
        if !concerns(summary, &whose) {
            continue;
        }
        let relation = seat.relation(&reach, summary);
        if may(&me.roles, Capability::ReadChart, relation) {
            of_summary(desk, summary, &whose, &mut items)?;
        }
    }
    sort(&mut items);
    Ok(items)
}

/// Somebody of these could owe something here.
fn concerns(summary: &Summary, whose: &BTreeSet<StaffId>) -> bool {
    summary.episode.as_ref().is_some_and(|episode| whose.contains(&episode.counselor))
        || summary.days.sessions.iter().any(|session| whose.contains(&session.staff))
        || summary.drafts.iter().any(|draft| whose.contains(&draft.by))
        || !summary.waiting.is_empty()
}

/// Mine first, the most overdue first; then by name, so that the list is the same every time.
fn sort(items: &mut [DueItem]) {
    items.sort_by(|a, b| {
        let key = |item: &DueItem| (!item.mine, item.due);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.who_name.cmp(&b.who_name))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.client.cmp(&b.client))
    });
}

fn of_summary(
    desk: &Desk,
    summary: &Summary,
    whose: &BTreeSet<StaffId>,
    items: &mut Vec<DueItem>,
) -> Result<(), Fault> {
    let seat = desk.seat()?;
    let context = desk.caseload_context()?;
    let now = desk.now();
    let end = |session: &SessionFacts| {
        let minutes = i64::from(session.minutes);
        desk.clock.instant(session.date, session.start).plus_ms(minutes * 60_000)
    };
    let day = |at| desk.clock.local(at).date;
    let when = Instants { end: &end, day: &day, now: now.moment, today: now.local.date };
    let me = seat.staff.value.id;
    let blank = |who: StaffId, due: Date, over: bool, owed: Owed| DueItem {
        client: Some(summary.client),
        name: summary.name.clone(),
        record_no: summary.record_no.clone(),
        who_name: seat.short_name_of(who),
        mine: who == me,
        due,
        over,
        owed,
    };
    let mut told = BTreeSet::new();
    let led = seat.house.links.leading(summary.client).is_some();
    for obligation in of_client(summary, &context.due(), when, is_assessed(summary, context.set)) {
        // Assessments of a person with two charts are made in the one that leads, which calls for them itself.
        if led && obligation.about == About::Assessment {
            continue;
        }
        let (session, draft) = begun(summary, &obligation);
        told.extend(draft);
        if whose.contains(&obligation.who) {
            let (who, due, over) = (obligation.who, obligation.due, obligation.over);
            let obligation = Box::new(obligation);
            items.push(blank(who, due, over, Owed::Rule { obligation, session, draft }));
        }
    }
    told_as_work(desk, summary, &told, &blank, items)
}

/// What the list of work tells of this client, but for the drafts that are beside their session or assessment already.
fn told_as_work(
    desk: &Desk,
    summary: &Summary,
    told: &BTreeSet<u32>,
    blank: &dyn Fn(StaffId, Date, bool, Owed) -> DueItem,
    items: &mut Vec<DueItem>,
) -> Result<(), Fault> {
    let now = desk.now();
    for line in desk.seat()?.work.told().iter().filter(|line| line.owed.client == summary.client) {
        let (duty, number) = (line.owed.duty, line.owed.number);
        let draft = matches!(duty, Duty::Unsigned(_));
        if duty == Duty::MissingNote || (draft && told.contains(&number)) {
            continue;
        }
        let due = desk.clock.local(line.owed.due.unwrap_or(line.owed.since)).date;
        let over = line.owed.due.map_or(due < now.local.date, |due| due < now.moment);
        let mut item = blank(line.owed.by.unwrap_or_default(), due, over, Owed::Work(Box::new(line.clone())));
        item.mine = line.mine;
        items.push(item);
    }
    Ok(())
}

/// Day and start of the session an obligation is about, and the draft it is begun in.
fn begun(
    summary: &Summary,
    obligation: &Obligation,
) -> (Option<(Date, crate::domain::ClockTime)>, Option<u32>) {
    let open = |number: &u32| summary.drafts.iter().any(|draft| draft.number == *number);
    match obligation.about {
        About::Session(number) | About::State(number) => {
            let session = summary.days.sessions.iter().find(|session| session.number == number);
            let draft = session.and_then(|session| match session.note {
                NoteStands::Draft(number) => Some(number),
                _ => None,
            });
            (session.map(|session| (session.date, session.start)), draft.filter(open))
        }
        About::Assessment => (
            None,
            summary.drafts.iter().find(|draft| draft.kind == DocKind::Assessment).map(|draft| draft.number),
        ),
        About::Need(_) => (None, None),
    }
}

fn task_items(desk: &Desk) -> Result<Vec<DueItem>, Fault> {
    let seat = desk.seat()?;
    let (me, today) = (seat.staff.value.id, desk.now().local.date);
    let mut items = Vec::new();
    for kept in seat.tasks.values() {
        let task = &kept.value;
        let shown = task.to == me || seat.supervisor_of(task.to) == Some(me);
        if !shown || !tasks::may_see(desk, task)? {
            continue;
        }
        let named = task.client.filter(|client| desk.permit(Capability::SeeNames, Some(*client)).is_ok());
        let summary = named.and_then(|client| seat.summaries.get(&client));
        items.push(DueItem {
            client: summary.map(|summary| summary.client),
            name: summary.map(|summary| summary.name.clone()).unwrap_or_default(),
            record_no: summary.map(|summary| summary.record_no.clone()).unwrap_or_default(),
            who_name: seat.short_name_of(task.to),
            mine: task.to == me,
            due: task.due,
            over: task.due < today,
            owed: Owed::Task(Box::new(kept.clone())),
        });
    }
    Ok(items)
}

/// Writes down why something was missed and when it is planned.
pub(super) fn explain(desk: &mut Desk, mut miss: Miss) -> Result<Answer, Fault> {
    let client = miss.client;
    desk.permit(Capability::WriteChart, Some(client))?;
    if miss.reason.trim().is_empty() {
        return Err(Fault::user("Write why it was not done in time for this person."));
    }
    if miss.planned < desk.now().local.date {
        return Err(Fault::user(
            "The day you plan it for is in the past. Use today or a later day, such as T+7.",
        ));
    }
    if !packs::Duty::ALL.iter().any(|duty| duty.key() == miss.duty) {
        return Err(Fault::internal("nothing of this name can be due"));
    }
    miss.number = desk.books().next_number::<Miss>(client)?;
    (miss.at, miss.by) = (desk.moment(), desk.staff()?.id);
    let planned = crate::rules::when::day_month(miss.planned);
    let mut unit = desk.unit(Capability::WriteChart, Act::MissExplained, Some(client), miss.number)?;
    unit.put(&miss, client, miss.number, 0);
    desk.commit(unit)?;
    let name = name_of(desk, client)?;
    let said = format!("{name}: the reason is in the chart, planned for {planned}.");
    Ok(Answer::Done(Box::new(Done { said, name, ..Done::default() })))
}

/// Chooses which rules on due dates each program follows.
pub(super) fn choose(desk: &mut Desk, choice: DueChoice) -> Result<Answer, Fault> {
    let unknown = choice.programs.iter().find(|(_, key)| packs::due_pack(key).is_none());
    if let Some((_, key)) = unknown {
        return Err(Fault::user(format!("There are no rules called \"{key}\".")));
    }
    let rev = desk.seat()?.due.rev;
    let mut unit = desk.unit(Capability::ChangeSettings, Act::DueRulesChosen, None, 0)?;
    unit.put(&choice, Owner::AGENCY, 1, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.due = super::api::Kept { rev: rev + 1, value: choice };
    Ok(Desk::said("The program follows these rules from now on."))
}
