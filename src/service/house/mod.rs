//! The house: triage, cover and teams, caseloads handed over, what waits for a supervisor, charts beyond one's own people,
//! the agency's rules, who looked at a chart. One file per use case.

mod agency_record;
mod beyond;
mod board;
mod duties;
mod history;
mod history_changes;
mod holdings;
mod passing;
mod purge;
mod retention;
mod rules;
mod same;
mod triage;
mod watch;

pub(super) use same::{refuse_beside, views as same_views};
pub(super) use triage::{not_asked, triage_facts};
pub(super) use watch::count;

use super::api::{Answer, HouseAsk};
use super::arrivals;
use super::desk::Desk;
use super::fault::Fault;
use super::seat::HouseKept;
use super::trust;
use crate::domain::{Access, Cover, HouseRules, Purge, SamePerson, StaffId, Team};
use crate::store::Owner;

/// Routes what is asked of the house.
pub(super) fn handle(desk: &mut Desk, ask: HouseAsk) -> Result<Answer, Fault> {
    match ask {
        HouseAsk::Triage { client, answers } => triage::answer(desk, client, answers),
        HouseAsk::Board => board::show(desk, String::new()),
        HouseAsk::SaveCover { cover, rev } => board::save_cover(desk, *cover, rev),
        HouseAsk::SaveTeam { team, rev } => board::save_team(desk, *team, rev),
        HouseAsk::Duties(staff) => duties::show(desk, staff, String::new()),
        HouseAsk::HandOver { from, to, clients } => duties::hand_over(desk, from, to, clients),
        HouseAsk::Holdings { staff, absence } => holdings::show(desk, staff, absence),
        HouseAsk::PassOn(ask) => passing::pass_on(desk, &ask),
        HouseAsk::Watch => watch::show(desk, String::new()),
        HouseAsk::SeenAccess { by, number } => watch::seen(desk, by, number),
        HouseAsk::Beyond { reason, words, find } => beyond::search(desk, reason, &words, &find),
        HouseAsk::OpenBeyond { client, reason, words } => beyond::open(desk, client, reason, &words),
        HouseAsk::Rules => rules::show(desk, String::new()),
        HouseAsk::SaveRules(draft) => rules::save(desk, *draft),
        HouseAsk::Mismatches => trust::show(desk, String::new()),
        HouseAsk::Acknowledge { number, reason } => trust::acknowledge(desk, number, &reason),
        HouseAsk::AgencyRecord => agency_record::page(desk),
        HouseAsk::History { client, before } => history::page(desk, client, before),
        HouseAsk::AskSame { client, record_no, leads, why } => {
            same::ask(desk, client, &record_no, leads, &why)
        }
        HouseAsk::AskUnlink { client, number, why } => same::ask_to_unlink(desk, client, number, &why),
        HouseAsk::LookAlikes { at } => arrivals::show(desk, at),
        HouseAsk::Retention(ask) => retention::handle(desk, ask),
        HouseAsk::DecideLookAlike(decision) => arrivals::decide(desk, &decision),
        HouseAsk::DecideSame { client, number, agrees } => same::decide(desk, client, number, agrees),
    }
}

/// What of the house decides who reaches what, for somebody who sits down.
pub(super) fn load(desk: &Desk, me: StaffId) -> Result<HouseKept, Fault> {
    let mut kept = HouseKept::default();
    let books = desk.books();
    kept.closed += books.each_that_opens::<Cover>(|cover| kept.covers.push(cover.value))?.len();
    kept.closed += books.each_that_opens::<Team>(|team| kept.teams.push(team.value))?.len();
    kept.accesses = desk.books().list::<Access>(me)?.into_iter().map(|access| access.value).collect();
    kept.closed += books.each_that_opens::<SamePerson>(|same| kept.take_same(same))?.len();
    kept.closed += books.each_that_opens::<Purge>(|purge| kept.purges.push(purge.value))?.len();
    kept.waiting = arrivals::load(desk)?;
    let rules = desk.books().get::<HouseRules>(Owner::AGENCY, 1)?;
    kept.rules = rules.map(|rules| rules.value).unwrap_or_default();
    Ok(kept)
}

/// Words that must be there, trimmed.
fn needed(text: &str, why: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() { Err(Fault::user(why)) } else { Ok(text.to_owned()) }
}
