//! What tells that the stored files are not as the last act left them: found at a sign-in, kept until an admin says what came
//! of it, and told to everybody meanwhile.
//!
//! Owns the record of a mismatch and the two counts that a person is told when they sign in. Comparing is the store's.

use super::api::{Answer, HouseAnswer, Kept, MismatchLine, MismatchesView};
use super::desk::Desk;
use super::fault::Fault;
use super::permit::Permit;
use super::unit::Unit;
use crate::domain::{
    Act, CaseEnd, Knocks, LastSignIn, LocalTime, Mismatch, MismatchCase, Moment, Number, StaffId, counted,
};
use crate::rules::access::Capability;
use crate::store::Owner;

/// A failed try at a door: an event, and one more of that person's failures. Needs no key.
pub(super) fn knock(desk: &mut Desk, staff: Option<StaffId>) {
    let event = desk.event(Act::SignInFailed, None, 0);
    let permit = staff.map_or_else(Permit::knock, Permit::own);
    let id = desk.ids.fresh();
    let mut unit = desk.books().unit(permit, event, id);
    if let Some(staff) = staff
        && let Ok(known) = desk.books().public::<Knocks>(staff)
    {
        let Kept { rev, value } = known.unwrap_or(Kept { rev: 0, value: Knocks::default() });
        unit.put(&Knocks { failed: value.failed.saturating_add(1) }, staff, 1, rev);
    }
    let _ = desk.books_mut().record(unit);
}

/// What somebody is told of their own sign-ins: when the last one was, and how many tries failed since.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    last: Option<LastSignIn>,
    rev: u32,
    failed: u32,
}

impl Before {
    /// Reads both counts.
    pub(super) fn of(desk: &Desk, me: StaffId) -> Result<Self, Fault> {
        let last = desk.books().get::<LastSignIn>(me, 1)?;
        let failed = desk.books().public::<Knocks>(me)?.map_or(0, |kept| kept.value.failed);
        let rev = last.as_ref().map_or(0, |kept| kept.rev);
        Ok(Self { last: last.map(|kept| kept.value), rev, failed })
    }

    /// Whether failures were taken away.
    pub(super) fn mismatch(&self) -> Option<Mismatch> {
        self.last.is_some_and(|last| self.failed < last.failed).then_some(Mismatch::FewerFailures)
    }

    /// Writes that the person has signed in.
    pub(super) fn put(&self, desk: &Desk, unit: &mut Unit, me: StaffId) {
        unit.put(&LastSignIn { at: desk.moment(), failed: self.failed }, me, 1, self.rev);
    }

    /// When they last signed in.
    pub(super) fn last_at(&self) -> Option<Moment> {
        self.last.map(|last| last.at)
    }

    /// `Last signed in Fri 20 Nov 17:02. 3 failed attempts since.` Nothing at the first sign-in.
    pub(super) fn told(&self, desk: &Desk) -> Option<String> {
        let last = self.last?;
        let LocalTime { date, time, .. } = desk.clock.local(last.at);
        let tries = match self.failed.saturating_sub(last.failed) {
            0 => String::new(),
            tries => format!(" {} since.", counted(tries as usize, "failed attempt", "failed attempts")),
        };
        Some(format!("Last signed in {} {time}.{tries}", date.naive().format("%a %-d %b")))
    }
}

/// Every mismatch that is kept, oldest first.
fn cases(desk: &Desk) -> Result<Vec<Kept<MismatchCase>>, Fault> {
    desk.books().list::<MismatchCase>(Owner::AGENCY)
}

/// Writes down what was found at a sign-in, before anything else is written: what comes next would be signed over it.
pub(super) fn note(desk: &mut Desk, found: Vec<Mismatch>) -> Result<(), Fault> {
    let me = desk.staff()?.id;
    let mut unit = desk.own_unit(Act::MismatchFound)?;
    match note_in(desk, &mut unit, found, me)? {
        Some(_) => desk.commit(unit).map(drop),
        None => Ok(()),
    }
}

/// The same in the act of somebody, and the number it has. What stays as it is until somebody changes it is written down
/// once.
pub(super) fn note_in(
    desk: &mut Desk,
    unit: &mut Unit,
    found: Vec<Mismatch>,
    by: StaffId,
) -> Result<Option<Number>, Fault> {
    let kept = cases(desk)?;
    let open: Vec<&MismatchCase> =
        kept.iter().map(|kept| &kept.value).filter(|one| one.ended.is_none()).collect();
    desk.books_mut().set_open_mismatches(open.len() as u32);
    let known = |one: &Mismatch| {
        matches!(one, Mismatch::StaffDiffers(_)) && open.iter().any(|case| case.what.contains(one))
    };
    let what: Vec<Mismatch> = found.into_iter().filter(|one| !known(one)).collect();
    if what.is_empty() {
        return Ok(None);
    }
    let number = kept.last().map_or(1, |kept| kept.value.number + 1);
    unit.put(&MismatchCase { number, at: desk.moment(), by, what, ended: None }, Owner::AGENCY, number, 0);
    unit.next_mut().open = Some(open.len() as u32 + 1);
    Ok(Some(number))
}

impl Desk {
    /// Mismatches that no admin has acknowledged yet: when they were found, and what they are. Who sits here may be anybody.
    pub(super) fn open_cases(&self) -> Result<Vec<(LocalTime, Vec<Mismatch>)>, Fault> {
        let open = cases(self)?.into_iter().map(|kept| kept.value).filter(|one| one.ended.is_none());
        Ok(open.map(|one| (self.clock.local(one.at), one.what)).collect())
    }

    /// What the person here is told of mismatches, one sentence each.
    pub(super) fn mismatch_notices(&self) -> Result<Vec<String>, Fault> {
        let open = self.open_cases()?;
        let told = |(at, what): &(LocalTime, Vec<Mismatch>)| {
            let words: Vec<&str> = what.iter().map(|one| one.words()).collect();
            format!("Something in the stored files does not match (found {at}): {}.", words.join("; "))
        };
        let mut said: Vec<String> = open.iter().map(told).collect();
        if !said.is_empty() {
            said.push(if self.permit(Capability::ManageStaff, None).is_ok() {
                "Keep a copy of the store's folder, compare it with the newest backup, and press [key:mismatches] to say \
                 what came of it. Until then nobody is given keys and no entry of staff can be changed."
                    .to_owned()
            } else {
                "Tell your admin before you go on.".to_owned()
            });
        }
        Ok(said)
    }
}

/// Every mismatch, the open ones first.
pub(super) fn show(desk: &Desk, said: String) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    let mut lines = Vec::new();
    for MismatchCase { number, at, by, what, ended } in cases(desk)?.into_iter().map(|kept| kept.value) {
        let seat = desk.seat()?;
        let mut words: Vec<String> = what.iter().map(|one| one.words().to_owned()).collect();
        for (one, words) in what.iter().zip(&mut words) {
            if let Mismatch::StaffDiffers(id) = one {
                *words = format!("{words} ({})", seat.name_of(*id));
            }
        }
        let ended = ended.map(|end| (desk.clock.local(end.at), seat.name_of(end.by), end.reason));
        lines.push(MismatchLine { number, at: desk.clock.local(at), by: seat.name_of(by), words, ended });
    }
    lines.sort_by_key(|line| (line.ended.is_some(), std::cmp::Reverse(line.number)));
    Ok(Answer::House(HouseAnswer::Mismatches(Box::new(MismatchesView { lines, said }))))
}

/// An admin says what came of a mismatch.
pub(super) fn acknowledge(desk: &mut Desk, number: Number, reason: &str) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::user(
            "\"What came of it\" is empty. Write what you found out, for example: backup of Monday restored.",
        ));
    }
    let kept = cases(desk)?;
    let Some(Kept { rev, value }) = kept.iter().find(|kept| kept.value.number == number) else {
        return Err(Fault::user("There is no such mismatch. Choose one of the list."));
    };
    if value.ended.is_some() {
        return Err(Fault::user("Somebody has acknowledged this already. Choose another one."));
    }
    let open = kept.iter().filter(|kept| kept.value.ended.is_none()).count() as u32;
    let ended = CaseEnd { by: desk.staff()?.id, at: desk.moment(), reason: reason.to_owned() };
    let mut unit = desk.unit(Capability::ManageStaff, Act::MismatchAcknowledged, None, number)?;
    unit.put(&MismatchCase { ended: Some(ended), ..value.clone() }, Owner::AGENCY, number, *rev);
    unit.next_mut().open = Some(open.saturating_sub(1));
    desk.commit(unit)?;
    show(desk, "Acknowledged. What you wrote is kept with it.".to_owned())
}
