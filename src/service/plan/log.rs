//! The log that a client keeps for an objective: given, changed, ended, and its days typed in.

use super::super::api::{Answer, Kept, LogDays};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::steps::Said;
use super::open_episode;
use crate::domain::{Act, ClientId, Date, Log, LogValue, Number, Objective, counted};
use crate::rules::access::Capability;
use crate::rules::plan::Plan;
use crate::rules::plan::log::{WholeLog, put};
use crate::rules::when;

/// The longest words of a day, in characters.
const LONGEST: usize = 500;

/// Gives an objective a log (number 0), or changes what one says of itself.
pub(super) fn give(desk: &mut Desk, mut log: Log, rev: u32) -> Result<Answer, Fault> {
    let client = log.client;
    let what = log.what.trim().to_owned();
    log.what = what;
    if log.what.is_empty() {
        return Err(Fault::user(
            "\"What is noted\" is empty. Write it as the client reads it, such as: slept through.",
        ));
    }
    let episode = open_episode(desk, client)?;
    let objective = objective(desk, client, log.objective, episode)?;
    if rev == 0 { add(desk, log, &objective) } else { change(desk, log, rev, &objective) }
}

fn add(desk: &mut Desk, mut log: Log, objective: &Objective) -> Result<Answer, Fault> {
    let (client, name) = (log.client, format!("O{}", log.objective));
    if !objective.line.state.is_open() {
        return Err(Fault::user(format!(
            "{name} is {}. A log needs an objective that is worked on.",
            objective.line.state.word()
        )));
    }
    let records = records(desk, client)?;
    let there = logs_of(&records).log(log.objective);
    if there.is_some_and(|there| there.closed(objective).is_none()) {
        return Err(Fault::user(format!("{name} has a log already. End that one, then begin another.")));
    }
    let number = desk.books().next_number::<Log>(client)?;
    (log.number, log.of, log.episode) = (number, number, objective.line.episode);
    (log.until, log.entries) = (None, Vec::new());
    stamp(desk, &mut log)?;
    let said = Said::new(
        format!("{name} has a log now: {}, {}.", log.what, log.kind.word()),
        format!("{name} has no log."),
    );
    let mut unit = desk.unit(Capability::WriteChart, Act::LogGiven, Some(client), number)?;
    unit.put(&log, client, number, 0);
    desk.done(unit, client, said)
}

/// What a log says of itself may change; what is noted in it keeps its kind.
fn change(desk: &mut Desk, log: Log, rev: u32, objective: &Objective) -> Result<Answer, Fault> {
    let (client, number) = (log.client, log.number);
    let name = format!("the log of O{}", objective.line.number);
    let before = desk.books().at::<Log>(client, number, rev, &name)?;
    let whole = logs_of(&records(desk, client)?).log(objective.line.number);
    let whole = whole.filter(|whole| whole.log.number == number && before.objective == log.objective);
    let whole = whole.ok_or_else(|| Fault::user("This log was ended, and another one took its place."))?;
    check_days(&log, &whole, desk.now().local.date)?;
    let ended = log.until.filter(|_| before.until.is_none());
    let mut after = Log {
        kind: log.kind,
        what: log.what,
        planned: log.planned,
        from: log.from,
        until: log.until,
        ..before
    };
    stamp(desk, &mut after)?;
    let done = match ended {
        Some(on) => {
            format!("The log of O{} ended {}.", after.objective, when::short(on, desk.now().local.date))
        }
        None => format!("The log of O{} is changed.", after.objective),
    };
    let said = Said::new(done, format!("the log of O{} is as it was before.", after.objective));
    let mut unit = desk.unit(Capability::WriteChart, Act::LogGiven, Some(client), number)?;
    unit.put(&after, client, number, rev);
    desk.done(unit, client, said)
}

/// Its kind and its days still fit what is noted in it.
fn check_days(log: &Log, whole: &WholeLog, today: Date) -> Result<(), Fault> {
    let (first, last) = (whole.entries.first(), whole.entries.last());
    if log.kind != whole.log.kind && first.is_some() {
        return Err(Fault::user(
            "Something is noted in this log already, so its kind stays. End it, then begin another.",
        ));
    }
    if first.is_some_and(|first| first.on < log.from) {
        return Err(Fault::user(
            "An earlier day is noted in this log already. Choose that day as the first, or one before it.",
        ));
    }
    let Some(until) = log.until else { return Ok(()) };
    if until > today {
        return Err(Fault::user("\"Ended on\" is in the future. Use today or an earlier day."));
    }
    if until < log.from || last.is_some_and(|last| last.on > until) {
        return Err(Fault::user(
            "A later day is noted in this log. Choose that day as the last, or one behind it.",
        ));
    }
    Ok(())
}

/// Writes what was noted for some days. A blank day is left without an entry.
pub(super) fn days(desk: &mut Desk, ask: LogDays) -> Result<Answer, Fault> {
    let LogDays { client, objective: number, rev, days } = ask;
    let episode = open_episode(desk, client)?;
    let objective = objective(desk, client, number, episode)?;
    let kept = records(desk, client)?;
    let whole = logs_of(&kept).log(number).ok_or_else(|| Fault::user(format!("O{number} has no log.")))?;
    desk.books().at::<Log>(client, whole.log.number, rev, &format!("the log of O{number}"))?;
    check_typed(&days, &whole, &objective, desk.now().local.date)?;
    let mut mine: Vec<Kept<Log>> = kept.into_iter().filter(|one| one.value.of == whole.log.of).collect();
    mine.sort_by_key(|one| one.value.number);
    let mut logs: Vec<Log> = mine.iter().map(|one| one.value.clone()).collect();
    let put = put(&mut logs, &days);
    if put.changed.is_empty() && put.more.is_none() {
        return Err(Fault::user(
            "Nothing of this is new. Type a sign for each day, - for a day without one.",
        ));
    }
    let said = said(number, &days, &whole, desk.now().local.date);
    let mut unit = desk.unit(Capability::WriteChart, Act::LogKept, Some(client), whole.log.number)?;
    for at in put.changed {
        if let (Some(log), Some(before)) = (logs.get_mut(at), mine.get(at)) {
            stamp(desk, log)?;
            unit.put(log, client, log.number, before.rev);
        }
    }
    if let Some(mut more) = put.more {
        more.number = desk.books().next_number::<Log>(client)?;
        stamp(desk, &mut more)?;
        unit.put(&more, client, more.number, 0);
    }
    desk.done(unit, client, said)
}

fn said(objective: Number, days: &[(Date, Option<LogValue>)], whole: &WholeLog, today: Date) -> Said {
    let fresh = days.iter().filter(|(on, value)| value.is_some() && whole.on(*on).is_none()).count();
    let was_other =
        |on: Date, value: &Option<LogValue>| whole.on(on).is_some_and(|was| value.as_ref() != Some(was));
    let corrected = days.iter().filter(|(on, value)| was_other(*on, value)).count();
    let until = days.last().map(|(on, _)| format!(" up to {}", when::short(*on, today))).unwrap_or_default();
    let corrected = match corrected {
        0 => String::new(),
        many => format!(", {many} corrected; what was there before is in the history"),
    };
    Said::new(
        format!("The log of O{objective}: {} noted{until}{corrected}.", counted(fresh, "day", "days")),
        format!("these days of the log of O{objective} are as they were before."),
    )
}

/// The days are of this log, no day is to come, and what is noted is of its kind.
fn check_typed(
    days: &[(Date, Option<LogValue>)],
    whole: &WholeLog,
    objective: &Objective,
    today: Date,
) -> Result<(), Fault> {
    let closed = whole.closed(objective);
    for (on, value) in days {
        let day = when::short(*on, today);
        if *on > today {
            return Err(Fault::user(format!("{day} is still to come. Type signs for the days up to today.")));
        }
        if let Some(closed) = closed.filter(|closed| on > closed) {
            return Err(Fault::user(format!(
                "The log closed on {}, with its objective or before it. {day} is behind that.",
                when::short(closed, today)
            )));
        }
        if *on < whole.log.from {
            let first = when::short(whole.log.from, today);
            return Err(Fault::user(format!(
                "{day} is before the log begins, {first}. Change its first day to note it."
            )));
        }
        let fits = value.as_ref().is_none_or(|value| fits(value, whole));
        if !fits {
            return Err(Fault::user(format!("What is noted for {day} is not {}.", whole.log.kind.word())));
        }
    }
    Ok(())
}

fn fits(value: &LogValue, whole: &WholeLog) -> bool {
    use crate::domain::LogKind as Kind;
    match (whole.log.kind, value) {
        (Kind::YesNo, LogValue::Yes | LogValue::No) | (Kind::Number, LogValue::Number(_)) => true,
        (Kind::Words, LogValue::Words(words)) => !words.trim().is_empty() && words.chars().count() <= LONGEST,
        _ => false,
    }
}

fn objective(desk: &Desk, client: ClientId, number: Number, episode: Number) -> Result<Objective, Fault> {
    let kept = desk.books().get::<Objective>(client, number)?;
    let mine = kept.map(|kept| kept.value).filter(|one| one.line.episode == episode);
    mine.ok_or_else(|| Fault::user(format!("O{number} is not on the plan of this stay.")))
}

fn records(desk: &Desk, client: ClientId) -> Result<Vec<Kept<Log>>, Fault> {
    desk.books().list::<Log>(client)
}

fn logs_of(records: &[Kept<Log>]) -> Plan {
    Plan { logs: records.iter().map(|kept| kept.value.clone()).collect(), ..Plan::default() }
}

fn stamp(desk: &Desk, log: &mut Log) -> Result<(), Fault> {
    let staff = desk.staff()?;
    (log.changed_at, log.changed_by, log.changed_by_name) = (desk.moment(), staff.id, staff.signature_name());
    Ok(())
}
