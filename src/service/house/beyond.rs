//! Beyond one's own people: finding somebody with a reason, and opening their chart for a while.

use super::needed;
use crate::domain::{Access, AccessReason, Act, ClientId, Moment, Summary};
use crate::rules;
use crate::rules::access::{Capability, Relation, may};
use crate::rules::find::Candidate;
use crate::service::api::{Answer, Done, HouseAnswer, PeopleList, Person, WatchCount, Whose};
use crate::service::chart;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::seat::particulars;
use std::sync::Arc;

/// People shown at most: who types one letter has not said whom they look for.
const MOST: usize = 50;
/// Shortest search, in letters and digits.
const SHORTEST: usize = 2;

/// Looks for somebody who is on other people's lists. The search is audited whether it finds anybody or not; its words
/// are not in the audit.
pub(super) fn search(desk: &mut Desk, _: AccessReason, words: &str, find: &str) -> Result<Answer, Fault> {
    let me = desk.staff()?;
    let may_open = |relation| may(&me.roles, Capability::OpenWithReason, relation);
    if ![Relation::Program, Relation::Elsewhere].into_iter().any(may_open) {
        return Err(Fault::denied("Your roles let you open the charts of your own people only."));
    }
    needed(words, "Write in a few words why. The reason is kept, and a supervisor sees it.")?;
    // A letter of other scripts says more than one of ours.
    let typed = find.chars().filter(|c| c.is_alphanumeric()).map(|c| if c.is_ascii() { 1 } else { SHORTEST });
    if typed.sum::<usize>() < SHORTEST {
        return Err(Fault::user("Type at least two letters of a name, or the record number."));
    }
    let reach = desk.reach()?;
    let seat = desk.seat()?;
    let beyond = |summary: &&Arc<Summary>| may_open(seat.relation(&reach, summary));
    let lines = seat.summaries.values().filter(beyond).filter_map(|summary| seat.line(summary));
    let others: Vec<(Arc<Summary>, Vec<Box<str>>)> = lines.collect();
    let hits = rules::find::find(others.iter().map(|(summary, _)| Candidate::from(&**summary)), find);
    let shown = hits.found.into_iter().filter_map(|at| others.get(at));
    let mut rows: Vec<Person> = shown
        .map(|(summary, also)| Person {
            summary: Arc::new(particulars(summary)),
            also: also.clone(),
            ..Person::default()
        })
        .collect();
    rows.sort_by(|a, b| a.summary.sort.cmp(&b.summary.sort).then(a.summary.client.cmp(&b.summary.client)));
    let hidden = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let mut unit = desk.own_unit(Act::SearchedBeyond)?;
    unit.set_count(rows.len() as u32);
    desk.record(unit)?;
    let list = PeopleList {
        whose: Whose::All,
        rows: rows.into(),
        beyond: std::sync::Arc::default(),
        hidden,
        watch: WatchCount::default(),
        look_alikes: 0,
        last_backup: desk.last_backup(),
    };
    Ok(Answer::House(HouseAnswer::Beyond(list)))
}

/// Opens a chart with a reason: the record of it comes first, in the act that is audited; supervisors see it.
pub(super) fn open(
    desk: &mut Desk,
    client: ClientId,
    reason: AccessReason,
    words: &str,
) -> Result<Answer, Fault> {
    let words = needed(words, "Write in a few words why. The reason is kept, and a supervisor sees it.")?;
    if desk.relation(Some(client))? == Relation::Opened {
        let chart = Some(Box::new(chart::view(desk, client)?));
        let said = "You can open this chart already.".to_owned();
        return Ok(Answer::Done(Box::new(Done { said, chart, ..Done::default() })));
    }
    let by = desk.staff()?.id;
    let number = desk.books().next_number::<Access>(by)?;
    let (at, hours) = (desk.moment(), desk.seat()?.house.rules.access_hours.max(1));
    let until = at.plus_ms(i64::from(hours) * Moment::HOUR);
    let access = Access { by, number, client, reason, words, at, until, seen: None };
    let mut unit = desk.unit(Capability::OpenWithReason, Act::OpenedWithReason, Some(client), number)?;
    for chart in desk.seat()?.house.links.charts(client).into_iter().filter(|chart| *chart != client) {
        unit.also(desk.permit(Capability::OpenWithReason, Some(chart))?, Act::OpenedWithReason, number);
    }
    unit.put(&access, by, number, 0);
    desk.commit(unit)?;
    desk.seat_mut()?.house.accesses.push(access);
    let said = format!(
        "You can open this chart for {hours} hours, {}. The reason is kept, and supervisors see it.",
        reason.word()
    );
    desk.done_for_good(client, said)
}
