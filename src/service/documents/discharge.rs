//! Discharge summaries: begun, frozen, and everything that ends with a signed one, in the one act that signs it.

use super::super::api::{Answer, ChartView, DraftBody};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::super::{alerts, chart, groups, plan, sessions, tasks};
use super::kind::{Around, Document, Known};
use super::{draft, head, life, text};
use crate::domain::{
    Act, Ahead, CancelledBy, Client, ClientId, Date, Discharge, DischargeKnown, DischargeText, DocKind,
    Episode, LeaveKind, Number, OwnFacts, Session, SessionState, StaffId,
};
use crate::rules::access::Capability;
use crate::rules::discharge::{ends_sessions, facts, lacks};
use crate::rules::episodes::of_record;
use crate::rules::when;
use crate::store::{DocHead, DocText, StoreError};

/// Begins a discharge summary, or takes up this person's open one: a chart has one at a time.
pub(super) fn begin(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if let Some(answer) = draft::open_one(desk, client, DocKind::Discharge)? {
        return Ok(answer);
    }
    let episode = desk.open_episode(client)?;
    if episode == 0 {
        return Err(Fault::user("This person has no open stay, so there is nothing to end."));
    }
    let on = desk.now().local.date;
    let discharge = Discharge { client, episode, on, ..Discharge::default() };
    draft::begin(desk, client, DraftBody::Discharge(Box::new(discharge)))
}

/// A summary to be amended: its answers, beside what was known when it was signed.
pub(super) fn again(desk: &Desk, client: ClientId, number: Number, reason: &str) -> Result<Discharge, Fault> {
    let text = text(desk, client, number)?.discharge()?;
    let known = Some(Box::new(text.known));
    Ok(Discharge { amends: number, reason: reason.to_owned(), known, ..text.discharge })
}

impl Document for Discharge {
    fn amends(&self) -> Number {
        self.amends
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn on(&self) -> Date {
        self.on
    }

    fn episode(&self) -> Number {
        self.episode
    }

    fn check(&self, desk: &mut Desk) -> Result<(), Fault> {
        let chart = chart::view(desk, self.client)?;
        if self.amends == 0 {
            desk.permit(Capability::WriteChart, Some(self.client))?;
            check_days(self, &chart, desk.now().local.date)?;
            if chart.answers.is_some() {
                return Err(Fault::user(
                    "Not signed: the client marked something that is not taken over yet.",
                )
                .hint("Take it over on the plan ([key:room-plan]) with [key:accept-proposal], then sign the discharge summary."));
            }
        }
        let known = chart.stay_known(self, desk.now().local.date, &desk.measures);
        let lacks: Vec<String> = lacks(self, &known).into_iter().map(|(_, lack)| lack).collect();
        // All of it at once: whoever mends one would else come back for the next.
        if lacks.is_empty() {
            Ok(())
        } else {
            Err(Fault::user(format!("Not signed: {}", lacks.join(" Also: "))))
        }
    }

    fn known(&self, chart: &ChartView, desk: &Desk) -> Known {
        Known::Discharge(Box::new(chart.stay_known(self, desk.now().local.date, &desk.measures)))
    }

    /// The stay ends, and with it the lines of its plan and whatever was answered to end with it.
    fn follow(
        &self,
        desk: &mut Desk,
        unit: &mut Unit,
        client: ClientId,
        _number: Number,
        _by: StaffId,
    ) -> Result<bool, Fault> {
        if self.amends > 0 {
            return Ok(false);
        }
        unit.also(desk.permit(Capability::WriteChart, Some(client))?, Act::ClientDischarged, self.episode);
        end_episode(self, desk, unit)?;
        plan::end_lines(desk, unit, self)?;
        alerts::end_all(desk, unit, client, self.episode)?;
        groups::leave_all(desk, unit, client, (self.episode, self.on))?;
        if ends_sessions(self) {
            call_off(self, desk, unit)?;
        }
        if self.tasks == Some(Ahead::Ends) {
            tasks::end_all(desk, unit, client, self.episode)?;
        }
        if self.kind.is_some_and(LeaveKind::is_death) {
            record_death(self, desk, unit)?;
        }
        Ok(false)
    }

    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        let known = match (&self.known, &around.known) {
            (Some(then), _) => then.as_ref().clone(),
            (None, Known::Discharge(known)) => known.as_ref().clone(),
            (None, _) => DischargeKnown::default(),
        };
        let own = facts(self, &known);
        let text = DischargeText {
            client_name: around.client.legal_name(),
            record_no: around.client.record_no.clone(),
            author: around.author.signature_name(),
            discharge: Self { known: None, ..self.clone() },
            known,
        };
        Ok((OwnFacts::Discharge(own), DocText::of_discharge(&text)?))
    }

    fn about(&self) -> String {
        let what = if self.amends > 0 { "amendment of the discharge summary" } else { "discharge summary" };
        format!("{what}, {}", self.on)
    }

    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        if self.amends > 0 { "The amended summary is signed." } else { "The stay has ended." }
    }

    fn next_words(&self) -> &'static str {
        "[key:make-page] makes the client's page, [key:read-discharge] reads the summary."
    }
}

/// The last day lies in the stay, and the stay is still open.
fn check_days(discharge: &Discharge, chart: &ChartView, today: Date) -> Result<(), Fault> {
    let open = chart.open_episode().filter(|episode| episode.number == discharge.episode);
    if let Some(other) = chart.also_open().find(|one| one.number == discharge.episode) {
        let words = format!(
            "Not signed: this summary ends the stay in {}, and you are in another one.",
            other.program
        );
        return Err(Fault::user(words).hint("[key:other-stay] goes to that stay."));
    }
    let Some(episode) = open else {
        return Err(Fault::user("Not signed: this stay has ended already. Delete this draft."));
    };
    if discharge.on > today {
        return Err(Fault::user("Not signed: the last day is in the future. Use today or an earlier day."));
    }
    if discharge.on < episode.admitted {
        return Err(Fault::user(format!(
            "Not signed: the last day is before the admission on {}.",
            when::with_year(episode.admitted)
        )));
    }
    Ok(())
}

fn end_episode(discharge: &Discharge, desk: &Desk, unit: &mut Unit) -> Result<(), Fault> {
    let (client, number) = (discharge.client, discharge.episode);
    let kept = desk.books().get::<Episode>(client, number)?;
    let mut kept = kept.ok_or_else(|| Fault::mismatch("the episode of a discharge is missing"))?;
    kept.value.discharged = discharge.kind.map(|kind| (discharge.on, kind));
    unit.put(&kept.value, client, number, kept.rev);
    Ok(())
}

/// Sessions of the stay that are planned for after the last day are called off by us; after a death, all of them are.
fn call_off(discharge: &Discharge, desk: &Desk, unit: &mut Unit) -> Result<(), Fault> {
    let reason = "the stay ended".to_owned();
    let state = SessionState::Cancelled { by: CancelledBy::Agency, at: desk.moment(), reason };
    let stays = desk.stays(discharge.client)?;
    let died = discharge.kind.is_some_and(LeaveKind::is_death);
    for kept in desk.books().list::<Session>(discharge.client)? {
        let session = kept.value;
        let of_it = died || of_record(session.episode, &stays, session.date) == discharge.episode;
        if of_it && session.state == SessionState::Planned && session.date > discharge.on {
            sessions::put(desk, unit, Session { state: state.clone(), ..session }, kept.rev)?;
        }
    }
    Ok(())
}

/// From now on nobody calls, writes or reminds.
fn record_death(discharge: &Discharge, desk: &Desk, unit: &mut Unit) -> Result<(), Fault> {
    let client = discharge.client;
    let kept = desk.books().get::<Client>(client, 1)?;
    let mut kept = kept.ok_or_else(|| Fault::user("This person is not in the store."))?;
    if kept.value.deceased.is_none() {
        kept.value.deceased = Some(discharge.on);
        unit.put(&kept.value, client, 1, kept.rev);
    }
    Ok(())
}

/// What has to be so that a summary can be called entered in error: its stay is opened again then, and a person has one open stay in
/// a program. In another program they may have been admitted meanwhile: then both are open.
pub(super) fn can_reopen(desk: &Desk, of: &DocHead) -> Result<(), Fault> {
    if of.discharge().is_none() {
        return Ok(());
    }
    let episodes = desk.books().list::<Episode>(of.client)?;
    let episodes = || episodes.iter().map(|kept| &kept.value);
    let number = of.facts().episode;
    let program = episodes().find(|one| one.number == number).map(|one| one.program.as_str());
    let later = episodes().find(|one| one.discharged.is_none() && Some(one.program.as_str()) == program);
    match later {
        None => Ok(()),
        Some(one) => Err(Fault::user(format!(
            "A stay in {} is open since {}, and a person has one open stay in a program. So this one cannot be opened again.",
            one.program,
            when::with_year(one.admitted)
        ))
        .hint("Discharge the person from that stay first, or amend this summary.")),
    }
}

/// A summary that was entered in error opens its stay again. Its goals stay as they ended: a person sets them active again.
pub(super) fn reopen(desk: &Desk, unit: &mut Unit, of: &DocHead) -> Result<bool, Fault> {
    if of.discharge().is_none() || !life(desk, &head(desk, of.client, of.number)?)?.stands() {
        return Ok(false);
    }
    let (client, number) = (of.client, of.facts().episode);
    let kept = desk.books().get::<Episode>(client, number)?;
    let mut kept = kept.ok_or_else(|| Fault::mismatch("the episode of a discharge is missing"))?;
    kept.value.discharged = None;
    unit.put(&kept.value, client, number, kept.rev);
    Ok(true)
}
