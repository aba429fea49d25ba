//! Safety plans: begun with the words of the version before, frozen, and read for whoever opens the chart.

use super::super::api::{Answer, ChartView, DraftBody};
use super::super::charts::Docs;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::{chart, documents::life_of};
use super::kind::{Around, Document};
use super::{draft, text};
use crate::domain::{
    AttestedBy, ClientId, Date, DocKind, Number, OwnFacts, SafetyFacts, SafetyPlan, SafetyText, SignedHow,
};
use crate::rules::access::Capability;
use crate::rules::safety::{SignedSafety, lacks};
use crate::store::{DocText, StoreError};

/// Begins a version of the safety plan with the words of the newest one, or takes up this person's open one: a chart has one at a
/// time.
pub(super) fn begin(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if let Some(answer) = draft::open_one(desk, client, DocKind::Safety)? {
        return Ok(answer);
    }
    let episode = desk.open_episode(client)?;
    if episode == 0 {
        return Err(Fault::user("A safety plan belongs to a stay.").hint("[key:admit] admits the person."));
    }
    let on = desk.now().local.date;
    let chart = chart::view(desk, client)?;
    let words = chart.safety_plan().and_then(|newest| Some((newest.doc, newest.plan.as_deref()?.clone())));
    // The words are gone through again. Within a stay a changed line leaves how the plan was made as it was said, on the page, where it
    // can be changed; in a new stay that is asked again.
    let plan = match words {
        Some((from, plan)) => SafetyPlan {
            client,
            episode,
            on,
            from,
            look_again: None,
            took_part: plan.took_part.filter(|_| plan.episode == episode),
            participants: if plan.episode == episode { plan.participants.clone() } else { String::new() },
            amends: 0,
            reason: String::new(),
            ..plan
        },
        None => SafetyPlan { client, episode, on, ..SafetyPlan::default() },
    };
    draft::begin(desk, client, DraftBody::Safety(Box::new(plan)))
}

/// A safety plan to be amended, as it was signed.
pub(super) fn again(
    desk: &Desk,
    client: ClientId,
    number: Number,
    reason: &str,
) -> Result<SafetyPlan, Fault> {
    let text = text(desk, client, number)?.safety()?;
    Ok(SafetyPlan { amends: number, reason: reason.to_owned(), ..text.plan })
}

/// The signed safety plans of a chart, oldest first; the newest one that counts with its words.
pub(in crate::service) fn signed(
    desk: &Desk,
    client: ClientId,
    docs: &Docs,
) -> Result<Vec<SignedSafety>, Fault> {
    let mut all: Vec<SignedSafety> = Vec::new();
    for head in &docs.safeties {
        let facts = head.facts();
        let life = life_of(head, &docs.entries(head.number))?;
        let first = all.iter().find(|one| one.doc == facts.root && facts.root != head.number);
        let roots = all.iter().map(|one| one.version).max().unwrap_or(0);
        let (version, on) = match first {
            Some(first) => (first.version, first.on),
            None => (roots + 1, desk.clock.local(head.signature.at).date),
        };
        all.push(SignedSafety {
            doc: head.number,
            version,
            episode: facts.episode,
            on,
            by: head.signature.name.clone(),
            stands: life.stands(),
            answered: life.attested.last().map(answered).unwrap_or_default(),
            plan: None,
        });
    }
    if let Some(newest) = all.iter_mut().rev().find(|one| one.stands) {
        let text = match &docs.safety_text {
            Some((of, text)) if *of == newest.doc => text.clone(),
            // The newest one was entered in error: the one before it counts.
            _ => text(desk, client, newest.doc)?,
        };
        newest.plan = Some(Box::new(text.safety()?.plan));
    }
    Ok(all)
}

fn answered(one: &AttestedBy) -> String {
    let how = one.what.how.map(SignedHow::word).unwrap_or_default();
    [how, one.what.words.trim()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ")
}

impl ChartView {
    /// Returns the newest safety plan that counts, of whichever episode.
    pub fn safety_plan(&self) -> Option<&SignedSafety> {
        self.safeties.iter().rev().find(|one| one.stands)
    }

    /// Returns whether a safety plan of the open episode counts.
    pub fn has_safety_plan(&self) -> bool {
        let open = self.open_episode().map(|episode| episode.number);
        self.safety_plan().is_some_and(|plan| Some(plan.episode) == open)
    }
}

impl Document for SafetyPlan {
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
        let today = desk.now().local.date;
        if self.amends == 0 {
            desk.permit(Capability::WriteChart, Some(self.client))?;
            let open = chart.open_episode().map(|episode| episode.number);
            if open != Some(self.episode) {
                return Err(Fault::user("Not signed: the stay it was made in is over.")
                    .hint("Delete this draft, and begin one in the stay that is open."));
            }
            if self.look_again.is_some_and(|on| on < today) {
                return Err(Fault::user("Not signed: the day to look again is in the past."));
            }
        }
        match lacks(self, !chart.has_safety_plan()).first() {
            Some((_, lack)) => Err(Fault::user(format!("Not signed: {lack}"))),
            None => Ok(()),
        }
    }

    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        let facts = SafetyFacts {
            look_again: self.look_again,
            took_part: self.took_part,
            from: self.from,
            words: self.words(),
        };
        let text = SafetyText {
            client_name: around.client.legal_name(),
            record_no: around.client.record_no.clone(),
            author: around.author.signature_name(),
            plan: self.clone(),
        };
        Ok((OwnFacts::Safety(facts), DocText::of_safety(&text)?))
    }

    fn about(&self) -> String {
        let what = if self.amends > 0 { "amendment of the safety plan" } else { "safety plan" };
        format!("{what} of {}", self.on)
    }

    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        if self.amends > 0 { "The amended safety plan is signed." } else { "The safety plan is signed." }
    }

    fn next_words(&self) -> &'static str {
        "[key:make-page] makes the client's card, [key:turn-screen] turns it to them."
    }
}
