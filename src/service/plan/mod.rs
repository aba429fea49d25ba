//! The treatment plan: its lines, what people answered to them and what belongs to it besides.
//!
//! Owns the use cases of the plan. What follows from its records is `rules::plan`.

mod alike;
mod answers;
mod asks;
mod basics;
mod ending;
mod event;
mod history;
mod log;
mod replay;
mod save;
mod sign;
mod state;
mod undone;
mod view;

use super::api::{Answer, PlanAsk};
use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{ClientId, Episode, Number};
use crate::rules::access::Capability;
use crate::rules::summary;
use crate::rules::when::with_year;

pub(super) use alike::{found as alike, read_again as compare_again};
pub(super) use ending::end_lines;
pub(super) use history::{head, since_seen};
pub(super) use replay::faults as replay_faults;
pub(super) use save::wordings;
pub(super) use sign::{Version, check_attested};
pub(super) use undone::found as undone;
pub(super) use view::collect;

/// Routes what concerns the plan.
pub(super) fn handle(desk: &mut Desk, ask: PlanAsk, written: Option<ClientId>) -> Result<Answer, Fault> {
    // Before anything is read: what a refusal says must not tell what is in the chart.
    if let Some(client) = written {
        desk.permit(Capability::WriteChart, written)?;
        check_open(desk, client, &ask)?;
    }
    match ask {
        PlanAsk::SaveLine { line, rev, same_meaning } => save::line(desk, *line, rev, same_meaning),
        PlanAsk::SetState { client, line, rev, state, words } => {
            state::set(desk, client, (line, rev), state, &words)
        }
        PlanAsk::MoveLine { client, line, up } => state::shift(desk, client, line, up),
        PlanAsk::Focus { client, goal, on } => state::focus(desk, client, goal, on),
        PlanAsk::Record { client, whose, given, answers } => {
            answers::record(desk, client, &whose, given, answers)
        }
        PlanAsk::SaveBasics { basics, rev } => basics::save(desk, *basics, rev),
        PlanAsk::SaveContract { contract, rev } => basics::save_contract(desk, *contract, rev),
        PlanAsk::Sign { signing, seen, passphrase } => sign::sign(desk, *signing, &seen, &passphrase),
        PlanAsk::SignReview { save, signing, seen, passphrase } => {
            sign::with_review(desk, &save, *signing, &seen, &passphrase)
        }
        PlanAsk::Attest { client, version, attested, passphrase } => {
            sign::attest(desk, client, version, *attested, &passphrase)
        }
        PlanAsk::Version { client, version } => history::version(desk, client, version),
        PlanAsk::OfMe => asks::of_me(desk),
        PlanAsk::RecordEvent(event) => event::record(desk, *event),
        PlanAsk::GiveLog { log, rev } => log::give(desk, *log, rev),
        PlanAsk::KeepDays(days) => log::days(desk, days),
        PlanAsk::At { client, day } => history::at(desk, client, day),
        PlanAsk::SinceSeen { client } => history::seen(desk, client),
        PlanAsk::OfEpisode { client, episode } => history::of_episode(desk, client, episode),
        PlanAsk::ContractThen { client, back } => history::contract(desk, client, back),
        PlanAsk::Compare { client } => alike::compare(desk, client),
    }
}

/// A plan is closed with its stay: nothing in it changes any more. What people answered to a version is recorded all the same.
fn check_open(desk: &Desk, client: ClientId, ask: &PlanAsk) -> Result<(), Fault> {
    let ended = desk
        .seat()?
        .summaries
        .get(&client)
        .and_then(|one| one.left.clone().filter(|_| one.episode.is_none()));
    match (ended, ask) {
        (None, _) | (_, PlanAsk::Attest { .. }) => Ok(()),
        (Some(left), _) => Err(Fault::user(format!(
            "The stay ended on {}, and its plan with it. The plan stays as it was.",
            with_year(left.on)
        ))
        .hint("[key:admit] admits the person again, with a new plan.")),
    }
}

/// The open episode: what happens belongs to one.
fn open_episode(desk: &Desk, client: ClientId) -> Result<Number, Fault> {
    let episodes: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    let open = summary::open_episode(&episodes).map(|episode| episode.number);
    open.ok_or_else(|| Fault::user("This person has no open episode, so there is no plan to look at."))
}

/// The episode whose plan is worked on: the open one, else the newest; 0 if there is none.
fn episode(desk: &Desk, client: ClientId) -> Result<Number, Fault> {
    let episodes: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    Ok(view::episode_of(&episodes))
}
