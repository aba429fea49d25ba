//! The gate: nothing leaves the program but through [`Leaving::ask`].
//!
//! Owns the order. First the ground and the permission, then the page, then its event on disk, and only then the page leaves the
//! service, as an [`Allowed`]. What became of it is told afterwards: *shown to the client* once their own copy is complete, *not
//! made* if it failed. A page that nobody told the end of is not taken for seen.

mod backup;
mod sheet;

pub(super) use sheet::{called, own_line, safety_text, turned, words_for};

use super::api::{Allowed, Answer, LeaveAsk, LeaveRequest};
use super::circle;
use super::desk::Desk;
use super::fault::Fault;
use super::leavings::Leaving;
use crate::domain::{
    Act, Client, ClientId, Guardianship, Moment, Number, PagePart, Paper, Recipient, Shown, ShownHow,
    ToGuardian,
};
use crate::rules::access::Capability;
use crate::rules::leaving::{Basis, asks_guardian, basis};
use crate::rules::plan::version::OfAge;

/// Routes what concerns pages.
pub(super) fn handle(desk: &mut Desk, ask: LeaveAsk) -> Result<Answer, Fault> {
    match ask {
        LeaveAsk::Ask(request) => leave(desk, request),
        LeaveAsk::Ended { pass, made } => ended(desk, pass, made),
        LeaveAsk::Backup(ask) => backup::handle(desk, ask),
    }
}

impl Leaving {
    /// The one way out: asks whether these parts of a record may go to somebody, and for what. The event is on disk when this
    /// answers with a permission.
    fn ask(
        desk: &mut Desk,
        client: ClientId,
        parts: Paper,
        to: &Recipient,
        (purpose, episode): (ShownHow, Number),
        at: Moment,
    ) -> Result<Self, Fault> {
        let basis = basis(parts, to).map_err(Fault::denied)?;
        let permit = desk.permit(Capability::ReadChart, Some(client))?;
        if let Recipient::Guardian(to) = to {
            circle::deny(desk, client, &to.is.name)?;
            check_guardian(desk, client, to)?;
        }
        let (act, guardian) = match (to, purpose) {
            (Recipient::Client, ShownHow::Screen) => (Act::TurnedToClient, None),
            (Recipient::Client, _) => (Act::MadeForClient, None),
            (Recipient::Staff, _) => (Act::MadeForStaff, None),
            (Recipient::Guardian(to), ShownHow::Screen) => (Act::TurnedToGuardian, Some(to.clone())),
            (Recipient::Guardian(to), _) => (Act::MadeForGuardian, Some(to.clone())),
        };
        let unit = desk.unit(Capability::ReadChart, act, Some(client), number(parts))?;
        desk.commit(unit)?;
        let by_name = desk.staff()?.signature_name();
        Ok(Self { permit, basis, client, episode, what: parts, how: purpose, at, by_name, guardian })
    }
}

/// A guardian sees the plan while they are asked about it, without what the agency lets a youth keep.
fn check_guardian(desk: &Desk, client: ClientId, to: &ToGuardian) -> Result<(), Fault> {
    let kept = desk.books().get::<Client>(client, 1)?;
    let kept = kept.ok_or_else(|| Fault::user("This person is not in the store."))?;
    let today = desk.now().local.date;
    if !asks_guardian(&desk.practice.parties, OfAge::of(&kept.value), today) {
        return Err(Fault::denied("No guardian is asked about this plan, so it is not shown to one.").hint(
            "Age and custody say who is asked. A consent of the client's own would be another ground.",
        ));
    }
    let keeps = desk.practice.rules.keep_from_guardian.as_deref().unwrap_or_default();
    match keeps.iter().find(|part| !to.left_off.contains(part)) {
        None => Ok(()),
        Some(part) => Err(Fault::denied(format!(
            "Your agency lets a youth keep this from a guardian: {}. Leave it off.",
            PagePart::word(*part)
        ))),
    }
}

/// Who a guardian was when one last saw the plan; blank where none has, or none is asked.
pub(super) fn guardian(desk: &Desk, client: &Client) -> Result<Guardianship, Fault> {
    if !asks_guardian(&desk.practice.parties, OfAge::of(client), desk.now().local.date) {
        return Ok(Guardianship::default());
    }
    let shown = desk.books().list::<Shown>(client.id)?.into_iter().map(|kept| kept.value);
    let newest = shown.filter(|one| !one.guardian.is_blank()).max_by_key(|one| (one.at, one.number));
    Ok(newest.map(|one| one.guardian).unwrap_or_default())
}

/// What an event about a page names: the document or the problem.
fn number(paper: Paper) -> Number {
    match paper {
        Paper::ClientPage | Paper::Changes | Paper::Plan | Paper::Form | Paper::OwnLine => 0,
        Paper::Problem(number)
        | Paper::Document(number)
        | Paper::Leaving(number)
        | Paper::SafetyCard(number)
        | Paper::LogSheet(number) => number,
    }
}

fn leave(desk: &mut Desk, request: LeaveRequest) -> Result<Answer, Fault> {
    // What is refused must not tell what is in the chart.
    desk.permit(Capability::ReadChart, Some(request.client))?;
    let at = desk.moment();
    let (sheet, episode) = sheet::make(desk, &request)?;
    circle::deny_not_shared(desk, request.client, &sheet.content.all_words())?;
    let LeaveRequest { client, paper, to, place, .. } = request;
    let leaving = Leaving::ask(desk, client, paper, &to, (place.how(), episode), at)?;
    let leavings = &mut desk.leavings;
    leavings.last += 1;
    leavings.open.insert(leavings.last, leaving);
    Ok(Answer::Leaves(Box::new(Allowed::new(leavings.last, sheet, place))))
}

/// What is turned to the client goes through the gate as a page does: its event is on disk before it leaves the service.
pub(super) fn to_turn(
    desk: &mut Desk,
    client: ClientId,
    (what, to): (Paper, &Recipient),
    episode: Number,
    at: Moment,
) -> Result<Leaving, Fault> {
    Leaving::ask(desk, client, what, to, (ShownHow::Screen, episode), at)
}

/// It was turned, or it could not be.
pub(super) fn turned_to(desk: &mut Desk, leaving: Leaving, turned: bool) -> Result<(), Fault> {
    let made = if turned { Ok(String::new()) } else { Err(String::new()) };
    settle(desk, leaving, &made)
}

/// What became of a page. If nobody is signed in by now it is written down at the next sign-in, when there is a key.
fn ended(desk: &mut Desk, pass: u64, made: Result<String, String>) -> Result<Answer, Fault> {
    let leaving = desk.leavings.open.remove(&pass);
    let leaving = leaving.ok_or_else(|| Fault::internal("no page of this number is on its way"))?;
    if desk.seat().is_err() {
        desk.leavings.ended.push((leaving, made));
        return Ok(Desk::said(""));
    }
    settle(desk, leaving, &made)?;
    made.map(|said| Desk::said(&said)).map_err(Fault::user)
}

/// Writes down the ends of pages that came while nobody was signed in.
pub(super) fn settle_all(desk: &mut Desk) -> Result<(), Fault> {
    while let Some((leaving, made)) = desk.leavings.ended.pop() {
        if let Err(fault) = settle(desk, leaving.clone(), &made) {
            desk.leavings.ended.push((leaving, made));
            return Err(fault);
        }
    }
    Ok(())
}

fn settle(desk: &mut Desk, leaving: Leaving, made: &Result<String, String>) -> Result<(), Fault> {
    let Leaving { permit, client, what, .. } = leaving;
    if made.is_err() {
        let event = desk.event(Act::NotMade, Some(client), number(what));
        let unit = desk.books().unit(permit, event, desk.ids.fresh());
        return desk.record(unit);
    }
    if !matches!(leaving.basis, Basis::OwnCopy | Basis::Guardian) {
        return Ok(());
    }
    let guardian = leaving.guardian.map(|to| *to);
    let act = if guardian.is_some() { Act::ShownToGuardian } else { Act::ShownToClient };
    let ToGuardian { is: guardian, left_off } = guardian.unwrap_or_default();
    let number = desk.books().next_number::<Shown>(client)?;
    let shown = Shown {
        client,
        number,
        episode: leaving.episode,
        what,
        how: leaving.how,
        at: leaving.at,
        by: permit.who().unwrap_or_default(),
        by_name: leaving.by_name,
        guardian,
        left_off,
    };
    let event = desk.event(act, Some(client), number);
    let mut unit = desk.books().unit(permit, event, desk.ids.fresh());
    unit.put(&shown, client, number, 0);
    desk.commit(unit)?;
    // What the client has seen is not taken back behind their back.
    desk.seat_mut()?.forget_steps(client);
    Ok(())
}

impl Desk {
    /// What the client saw of their plan last; `None` if they have not seen it in this episode. What a guardian saw is another thing.
    pub(super) fn last_shown(&self, client: ClientId, episode: Number) -> Result<Option<Shown>, Fault> {
        let shown = self.books().list::<Shown>(client)?.into_iter().map(|kept| kept.value);
        let theirs = shown.filter(|one| one.episode == episode && one.guardian.is_blank());
        Ok(theirs.max_by_key(|one| (one.at, one.number)))
    }
}
