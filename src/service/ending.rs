//! How an act ends: committed with the summaries that follow from it, remembered so that it can be undone, and answered.

use super::api::{Answer, ChartView, Done};
use super::desk::Desk;
use super::fault::Fault;
use super::seat::Seat;
use super::steps::{Said, Step};
use super::unit::{Committed, Unit};
use super::{arrivals, chart, days, plan, seconds, sums, tasks, trails};
use crate::domain::{ClientId, ImportId, TaskId};
use crate::store::Kind;
use std::sync::Arc;

impl Desk {
    /// Commits a unit with the summaries that follow from it, and takes over what the desk keeps of it in memory.
    pub(super) fn commit(&mut self, unit: Unit) -> Result<Committed, Fault> {
        let committed = self.commit_unseen(unit)?;
        let Some(seat) = self.seat_mut().ok() else { return Ok(committed) };
        for summary in &committed.summaries {
            seat.work.changed();
            seat.summaries.insert(summary.client, Arc::new(summary.clone()));
        }
        self.follow(&committed)?;
        Ok(committed)
    }

    /// Commits a unit with the summaries that follow from it. What is kept in memory for the person here is not touched.
    pub(super) fn commit_unseen(&mut self, mut unit: Unit) -> Result<Committed, Fault> {
        trails::follow(self.books(), &mut unit)?;
        sums::sum_up(self.books(), &self.clock, &mut unit)?;
        self.books_mut().commit(unit)
    }

    /// Reads again what is kept in memory of records that were just written.
    fn follow(&mut self, committed: &Committed) -> Result<(), Fault> {
        let mut open = self.seat_mut()?.chart.take();
        for change in &committed.changes {
            let Some(kind) = Kind::from_byte(change.key.kind()) else { continue };
            if kind == Kind::Task {
                self.seat_mut()?.work.changed();
                tasks::reload(self, TaskId(change.key.owner()))?;
            }
            if kind == Kind::Purge {
                self.seat_mut()?.work.changed();
                seconds::reload(self, change.key.number())?;
            }
            if kind == Kind::SamePerson {
                self.seat_mut()?.work.changed();
            }
            if kind == Kind::SetAside {
                arrivals::reload(self, ImportId(change.key.owner()), change.key.number())?;
            }
            // What cannot be read again is read whole when it is asked for.
            if let Some(chart) = &mut open
                && chart.id.0 == change.key.owner()
                && chart.reload(self.books(), kind).is_err()
            {
                open = None;
            }
        }
        self.seat_mut()?.chart = open;
        let is_line =
            |kind: u8| [Kind::Problem, Kind::Goal, Kind::Objective].iter().any(|one| *one as u8 == kind);
        let mut lines: Vec<ClientId> = committed
            .changes
            .iter()
            .filter(|change| is_line(change.key.kind()))
            .map(|change| ClientId(change.key.owner()))
            .collect();
        lines.dedup();
        lines.into_iter().try_for_each(|client| plan::compare_again(self, client))
    }

    /// Commits an act in a chart that can be undone, and answers with the chart.
    pub(super) fn done(&mut self, unit: Unit, client: ClientId, said: Said) -> Result<Answer, Fault> {
        let committed = self.commit(unit)?;
        self.remember(Step::of(&committed, Some(client), said.clone()))?;
        let chart = Some(Box::new(chart::view(self, client)?));
        Ok(Answer::Done(Box::new(Done { said: said.done, chart, undoable: true, ..Done::default() })))
    }

    /// Commits an act on a day's list that can be undone. The chart goes with the answer only if it is the one that is open
    /// here: the page that shows it shows what is so now. Otherwise nobody opened one.
    pub(super) fn done_on_the_day(
        &mut self,
        unit: Unit,
        client: Option<ClientId>,
        said: Said,
    ) -> Result<Answer, Fault> {
        self.done_on_the_day_saying(unit, client, |_| said)
    }

    /// As [`Desk::done_on_the_day`], with a sentence that speaks of what is so afterwards.
    pub(super) fn done_on_the_day_saying(
        &mut self,
        unit: Unit,
        client: Option<ClientId>,
        say: impl FnOnce(&Seat) -> Said,
    ) -> Result<Answer, Fault> {
        let committed = self.commit(unit)?;
        let said = say(self.seat()?);
        let name = match client {
            Some(client) => days::name_of(self, client)?,
            None => String::new(),
        };
        let step = Step::of(&committed, client, said.clone());
        let session = step.session();
        self.remember(step)?;
        let chart = self.open_chart(client)?;
        Ok(Answer::Done(Box::new(Done { said: said.done, chart, undoable: true, name, session })))
    }

    /// The chart of this client as it is now, if it is the one that is open here.
    pub(super) fn open_chart(&mut self, client: Option<ClientId>) -> Result<Option<Box<ChartView>>, Fault> {
        let open = self.seat()?.chart.as_ref().map(|open| open.id);
        match client.filter(|client| open == Some(*client)) {
            Some(client) => Ok(Some(Box::new(chart::view(self, client)?))),
            None => Ok(None),
        }
    }

    /// Remembers an act that can be undone; what was undone before cannot be done again any more.
    pub(super) fn remember(&mut self, mut step: Step) -> Result<(), Fault> {
        let seat = self.seat_mut()?;
        step.beside = seat.chart.as_ref().map(|open| open.id);
        seat.asked_over = None;
        seat.undone.clear();
        (seat.decided_danger, seat.signed_since, seat.for_good) = (false, false, None);
        seat.push_step(false, step);
        Ok(())
    }

    /// The last act stays: an undo says so before it reaches for what came before.
    pub(super) fn stays_done(&mut self, said: &str) -> Result<(), Fault> {
        let seat = self.seat_mut()?;
        seat.for_good = Some(said.to_owned()).filter(|said| !said.is_empty());
        seat.asked_over = None;
        Ok(())
    }

    /// The answer to a writing command that cannot be undone.
    pub(super) fn done_for_good(&mut self, client: ClientId, said: String) -> Result<Answer, Fault> {
        let chart = chart::view(self, client)?;
        self.stays_done(&said)?;
        Ok(Answer::Done(Box::new(Done { said, chart: Some(Box::new(chart)), ..Done::default() })))
    }
}
