//! Teams and cover: who works with whom, who stands in for whom and when.

use super::needed;
use super::passing::tell_cover;
use crate::domain::{Act, Cover, StaffId, Team, counted};
use crate::rules::access::{Capability, counsels};
use crate::rules::when;
use crate::service::api::{Answer, Board, HouseAnswer};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::Owner;

/// Longest cover, in days: a year, so that a slip of the year shows.
const LONGEST_COVER: i32 = 366;

/// Teams and cover. Everyone who lists staff may look.
pub(super) fn show(desk: &mut Desk, said: String) -> Result<Answer, Fault> {
    desk.permit(Capability::ListStaff, None)?;
    let today = desk.now().local.date;
    let mut board = Board { said, ..Board::default() };
    desk.books().each::<Cover>(|kept| board.covers.push(kept))?;
    desk.books().each::<Team>(|kept| board.teams.push(kept))?;
    board.covers.sort_by_key(|kept| {
        let cover = &kept.value;
        let over = cover.until < today;
        // What holds or comes: soonest first. What is over: newest first.
        (over, if over { -cover.until.0 } else { cover.from.0 }, cover.away, cover.number)
    });
    board.teams.sort_by_key(|kept| (!kept.value.active, kept.value.name.to_lowercase(), kept.value.number));
    reload(desk)?;
    let seat = desk.seat()?;
    board.programs.clone_from(&seat.settings.value.programs);
    let active = seat.colleagues.iter().filter(|staff| staff.active);
    board.staff = active.map(|staff| (staff.id, staff.signature_name())).collect();
    board.staff.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    Ok(Answer::House(HouseAnswer::Board(Box::new(board))))
}

/// Reads again what is kept in memory of cover and teams.
pub(super) fn reload(desk: &mut Desk) -> Result<(), Fault> {
    let (mut covers, mut teams) = (Vec::new(), Vec::new());
    desk.books().each::<Cover>(|kept| covers.push(kept.value))?;
    desk.books().each::<Team>(|kept| teams.push(kept.value))?;
    let house = &mut desk.seat_mut()?.house;
    (house.covers, house.teams) = (covers, teams);
    Ok(())
}

/// Arranges cover, or changes one: ending it early is moving its last day.
pub(super) fn save_cover(desk: &mut Desk, mut cover: Cover, rev: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::ArrangeCover, None)?;
    check_cover(desk, &cover)?;
    if cover.number == 0 {
        cover.number = desk.books().next_number::<Cover>(cover.away)?;
    } else {
        unchanged(desk.books().get::<Cover>(cover.away, cover.number)?.map(|kept| kept.rev), rev)?;
    }
    cover.note = cover.note.trim().to_owned();
    (cover.set_by, cover.set_at) = (desk.staff()?.id, desk.moment());
    let today = desk.now().local.date;
    let seat = desk.seat()?;
    let said = format!(
        "{} stands in for {}, {} to {}.",
        seat.name_of(cover.by),
        seat.name_of(cover.away),
        when::short(cover.from, today),
        when::short(cover.until, today)
    );
    let mut unit = desk.unit(Capability::ArrangeCover, Act::CoverChanged, None, cover.number)?;
    unit.put(&cover, cover.away, cover.number, rev);
    if rev == 0 {
        tell_cover(desk, &mut unit, &cover)?;
    }
    desk.commit(unit)?;
    show(desk, said)
}

pub(super) fn check_cover(desk: &Desk, cover: &Cover) -> Result<(), Fault> {
    let works =
        |id: StaffId| desk.seat().map(|seat| seat.colleagues.iter().any(|one| one.id == id && one.active));
    if !works(cover.by)? {
        return Err(Fault::user("Choose who stands in. It has to be somebody who can sign in."));
    }
    if !desk.seat()?.colleagues.iter().any(|one| one.id == cover.by && counsels(one)) {
        return Err(Fault::user("Cover opens charts. Choose a counselor or a supervisor to stand in."));
    }
    if !desk.seat()?.colleagues.iter().any(|one| one.id == cover.away) {
        return Err(Fault::user("Choose who is away."));
    }
    if cover.away == cover.by {
        return Err(Fault::user("Nobody can stand in for themselves. Choose two different people."));
    }
    if cover.until < cover.from {
        return Err(Fault::user("The last day is before the first day. Change one of the two."));
    }
    if cover.until.days_since(cover.from) > LONGEST_COVER {
        return Err(Fault::user(
            "Cover can last a year at most. For longer, hand the caseload over instead.",
        )
        .hint("Open Staff, then press [key:show-duties]."));
    }
    Ok(())
}

/// Makes a team or changes it.
pub(super) fn save_team(desk: &mut Desk, mut team: Team, rev: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::ArrangeCover, None)?;
    team.name = needed(&team.name, "A team needs a name.")?;
    let seat = desk.seat()?;
    if !team.program.is_empty() && !seat.settings.value.programs.contains(&team.program) {
        return Err(Fault::user("Choose a program of the agency, or every program."));
    }
    team.members.retain(|member| seat.colleagues.iter().any(|one| one.id == *member));
    team.members.sort_unstable();
    team.members.dedup();
    if team.active && team.members.len() < 2 {
        return Err(Fault::user("A team needs at least two members."));
    }
    if team.number == 0 {
        team.number = desk.books().next_number::<Team>(Owner::AGENCY)?;
    } else {
        unchanged(desk.books().get::<Team>(Owner::AGENCY, team.number)?.map(|kept| kept.rev), rev)?;
    }
    let said = format!("The team {} has {}.", team.name, counted(team.members.len(), "member", "members"));
    let mut unit = desk.unit(Capability::ArrangeCover, Act::TeamChanged, None, team.number)?;
    unit.put(&team, Owner::AGENCY, team.number, rev);
    desk.commit(unit)?;
    show(desk, said)
}

/// Refuses a change of something that was changed meanwhile.
pub(super) fn unchanged(stands: Option<u32>, read: u32) -> Result<(), Fault> {
    if stands == Some(read) {
        return Ok(());
    }
    Err(Fault::changed("this"))
}
