//! Reviews of the plan: begun, frozen, and what follows from signing one.

use super::super::api::{Answer, ChartView, DraftBody};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::super::{background, chart};
use super::draft;
use super::kind::{Around, Document, Known};
use crate::domain::{
    Act, ClientId, Date, DocKind, LevelDecision, Number, OwnFacts, Review, ReviewKnown, ReviewText, StaffId,
};
use crate::rules::access::Capability;
use crate::rules::level;
use crate::rules::plan::review::{decided, facts, lacks};
use crate::store::{DocText, StoreError};

/// Begins a review, or takes up this person's open one: a chart has one review draft at a time.
pub(super) fn begin(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if let Some(answer) = draft::open_one(desk, client, DocKind::Review)? {
        return Ok(answer);
    }
    let chart = chart::view(desk, client)?;
    let Some(episode) = chart.open_episode().map(|episode| episode.number) else {
        return Err(Fault::user("A review belongs to an open episode. Admit the person first."));
    };
    if !chart.plan.plan.goals.iter().any(|goal| goal.line.state.is_active()) {
        return Err(Fault::user("The plan has no active goal, so there is nothing to review yet.")
            .hint("Add a goal with [key:add-below] on a problem."));
    }
    let on = desk.now().local.date;
    let review = Review { client, episode, on, ..Review::default() };
    draft::begin(desk, client, DraftBody::Review(Box::new(review)))
}

impl Document for Review {
    fn amends(&self) -> Number {
        self.amends
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn on(&self) -> Date {
        self.on
    }

    fn check(&self, desk: &mut Desk) -> Result<(), Fault> {
        let chart = chart::view(desk, self.client)?;
        let today = desk.now().local.date;
        let known = chart.known(self, today);
        if let Some((_, lack)) = lacks(self, &known).first() {
            return Err(Fault::user(format!("Not signed: {lack}")));
        }
        if self.next.is_some_and(|next| next < today) && self.amends == 0 {
            return Err(Fault::user(
                "Not signed: the next review is in the past. Use today or a later day, such as T+30.",
            ));
        }
        match decided(self, chart.level()).as_ref().and_then(level::missing) {
            Some(why) => Err(Fault::user(format!("Not signed: {why}"))),
            None => Ok(()),
        }
    }

    fn episode(&self) -> Number {
        self.episode
    }

    fn known(&self, chart: &ChartView, desk: &Desk) -> Known {
        Known::Review(Box::new(chart.known(self, desk.now().local.date)))
    }

    /// A level that changes is decided with the review.
    fn follow(
        &self,
        desk: &mut Desk,
        unit: &mut Unit,
        client: ClientId,
        _number: Number,
        _by: StaffId,
    ) -> Result<bool, Fault> {
        let chart = chart::view(desk, client)?;
        if let Some(level) = decided(self, chart.level()) {
            let number = desk.books().next_number::<LevelDecision>(client)?;
            let level = LevelDecision { number, ..level };
            unit.also(desk.permit(Capability::WriteChart, Some(client))?, Act::LevelDecided, number);
            background::decide(desk, unit, level, 0)?;
        }
        Ok(false)
    }

    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        let known = match (&self.known, &around.known) {
            (Some(then), _) => then.as_ref().clone(),
            (None, Known::Review(known)) => known.as_ref().clone(),
            (None, _) => ReviewKnown::default(),
        };
        let own = facts(self, &known);
        let text = ReviewText {
            client_name: around.client.legal_name(),
            record_no: around.client.record_no.clone(),
            author: around.author.signature_name(),
            review: Self { known: None, ..self.clone() },
            known,
        };
        Ok((OwnFacts::Review(own), DocText::of_review(&text)?))
    }

    fn about(&self) -> String {
        let what = if self.amends > 0 { "amendment of the review" } else { "review" };
        format!("{what}, {}", self.on)
    }

    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        if self.amends > 0 { "The amended review is signed." } else { "The review is signed." }
    }

    fn next_words(&self) -> &'static str {
        "The next one is counted from today."
    }
}
