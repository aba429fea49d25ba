//! Summaries: which parts of a client's summary a unit changes, and how they follow from the records.
//!
//! Owns the step between a unit and its commit: no use case writes a summary, and none can forget to. A part is derived
//! from the records of its own kinds as they will be once the unit is written; the other parts are carried over.

use super::api::Kept;
use super::books::{Books, View};
use super::documents::{Part, life_of, parts_of};
use super::fault::{Fault, FaultKind};
use super::unit::Unit;
use crate::clock::Clock;
use crate::domain::{
    Administration, AfterContact, Agreement, Alert, Asked, Assessment, CheckIn, Client, ClientId, Date,
    DocKind, DocWaits, DraftFacts, Episode, Goal, ImmediateNeed, Imported, LevelDecision, Life, Method, Miss,
    Moment, NoteFacts, Number, OwnFacts, PlanEvent, Problem, SafetySigned, Session, ShortEntry, Summary,
    SummaryPart, Triage, Wants, WaysOfWorking,
};
use crate::rules::doc_life;
use crate::rules::plan::calls::Signed;
use crate::rules::summary::{Noted, Records, Used, derive};
use crate::store::{DocHead, DocLife, DraftHead, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Puts the fresh summary of every client whose records the unit changes into the unit.
pub(super) fn sum_up(books: &Books, clock: &Clock, unit: &mut Unit) -> Result<(), Fault> {
    for (client, changed) in unit.charts() {
        let Kept { rev, value: old } = stored(books, unit, client)?;
        let touched = |part: &SummaryPart| old.parts & part.bit() == 0 || changed.contains(part);
        let parts: Vec<SummaryPart> = SummaryPart::ALL.into_iter().filter(touched).collect();
        let source = Source { view: books.with(unit), client, old: &old };
        let fresh = source.derive(&parts, clock)?;
        if fresh != old || rev == 0 {
            unit.put_summary(fresh, rev);
        }
    }
    Ok(())
}

/// The stored summary; an empty one where there is none, and where it does not open: it holds nothing that the records do not say.
fn stored(books: &Books, unit: &Unit, client: ClientId) -> Result<Kept<Summary>, Fault> {
    let empty = |rev| Kept { rev, value: Summary::default() };
    match books.with(unit).get::<Summary>(client, 1) {
        Ok(found) => Ok(found.unwrap_or_else(|| empty(0))),
        Err(fault) if fault.kind == FaultKind::Storage => Ok(empty(books.rev::<Summary>(client, 1)?)),
        Err(fault) => Err(fault),
    }
}

/// Returns a client's summary as the stored records say it, all of it, and the one that is stored.
pub(super) fn compare(
    books: &Books,
    clock: &Clock,
    unit: &Unit,
    client: ClientId,
) -> Result<(Kept<Summary>, Summary), Fault> {
    let stored = stored(books, unit, client)?;
    let nothing = Summary::default();
    let source = Source { view: books.with(unit), client, old: &nothing };
    let fresh = source.derive(&SummaryPart::ALL, clock)?;
    Ok((stored, fresh))
}

/// Where the records of one client come from.
struct Source<'a> {
    view: View<'a>,
    client: ClientId,
    /// The summary as it was.
    old: &'a Summary,
}

/// An assessment, its number and when it was signed.
type Rated = (Assessment, (Number, Moment));

impl Source<'_> {
    fn derive(&self, parts: &[SummaryPart], clock: &Clock) -> Result<Summary, Fault> {
        use SummaryPart as P;
        let wanted = |part| parts.contains(&part);
        let client = self.one::<Client>(wanted(P::Card))?;
        let imported = self.one::<Imported>(wanted(P::Card))?;
        let wants = self.one::<Wants>(wanted(P::Wants))?;
        let ways = self.one::<WaysOfWorking>(wanted(P::Heard))?;
        let noted = if wanted(P::Notes) { self.noted()? } else { Noted::default() };
        let triages = self.list::<Triage>(wanted(P::Triage))?;
        let used = if wanted(P::Plan) { self.used()? } else { Used::default() };
        let rated = if wanted(P::Ratings) || wanted(P::Plan) { self.assessments()? } else { Vec::new() };
        let (assessments, signed): (Vec<Assessment>, Vec<(Number, Moment)>) = rated.into_iter().unzip();
        let signed: BTreeMap<Number, Moment> = signed.into_iter().collect();
        let signed_at = |number| signed.get(&number).copied().unwrap_or_default();
        let day_of = |at| clock.local(at).date;
        let mut agreements = self.list::<Agreement>(wanted(P::Plan))?;
        agreements.retain(Agreement::counts);
        let records = Records {
            client: client.as_ref(),
            proposals: imported.as_ref().map_or(0, proposals),
            kept: imported.as_ref().map_or(&[], |imported| &imported.as_recorded),
            episodes: &self.list::<Episode>(wanted(P::Episode) || wanted(P::Plan))?,
            contacts: &self.list::<AfterContact>(wanted(P::Episode))?,
            levels: &self.list::<LevelDecision>(wanted(P::Episode) || wanted(P::Plan))?,
            assessments: &assessments,
            needs: &self.list::<ImmediateNeed>(wanted(P::Needs) || wanted(P::Plan))?,
            wants: wants.as_ref(),
            problems: &self.list::<Problem>(wanted(P::Problems))?,
            goals: &self.list::<Goal>(wanted(P::Problems) || wanted(P::Plan))?,
            methods: &self.list::<Method>(wanted(P::Plan))?,
            agreements: &agreements,
            events: &self.list::<PlanEvent>(wanted(P::Plan))?,
            versions: &if wanted(P::Plan) { self.versions()? } else { Vec::new() },
            safety: &if wanted(P::Safety) { self.safety(clock)? } else { Vec::new() },
            used,
            signed_at: &signed_at,
            notes: &noted,
            drafts: &self.list::<DraftHead>(wanted(P::Drafts))?.iter().map(draft_facts).collect::<Vec<_>>(),
            sessions: &self.list::<Session>(wanted(P::Days))?,
            misses: &self.list::<Miss>(wanted(P::Days))?,
            triage: triages.last(),
            measures: &self.list::<Administration>(wanted(P::Heard))?,
            checkins: &self.list::<CheckIn>(wanted(P::Heard))?,
            alerts: &self.list::<Alert>(wanted(P::Heard))?,
            ways: ways.as_ref(),
            short: &self.list::<ShortEntry>(wanted(P::Short))?,
            day_of: &day_of,
        };
        let mut summary = self.old.clone();
        for part in parts {
            derive(*part, &records, &mut summary);
        }
        Ok(summary)
    }

    fn one<R: Record>(&self, wanted: bool) -> Result<Option<R>, Fault> {
        if wanted { Ok(self.view.get::<R>(self.client, 1)?.map(|kept| kept.value)) } else { Ok(None) }
    }

    fn list<R: Record>(&self, wanted: bool) -> Result<Vec<R>, Fault> {
        if !wanted {
            return Ok(Vec::new());
        }
        Ok(self.view.list::<R>(self.client)?.into_iter().map(|kept| kept.value).collect())
    }

    /// A document and the entries in its life.
    fn document(&self, number: Number) -> Result<(DocHead, DocLife), Fault> {
        let head = self.view.get::<DocHead>(self.client, number)?;
        let head = head.ok_or_else(|| Fault::mismatch("a part of a signed document is missing"))?;
        let life = self.view.get::<DocLife>(self.client, number)?.map(|kept| kept.value);
        Ok((head.value, life.unwrap_or_default()))
    }

    /// Every document of a range of numbers, with where it is.
    fn documents(&self, numbers: Range<Number>) -> Result<Vec<Part>, Fault> {
        let lives = self.view.between::<DocLife>(self.client, numbers.clone())?;
        let lives: BTreeMap<Number, DocLife> =
            lives.into_iter().map(|kept| (kept.value.number, kept.value)).collect();
        let none = DocLife::default();
        let with_life = |kept: Kept<DocHead>| {
            let life = life_of(&kept.value, lives.get(&kept.value.number).unwrap_or(&none))?;
            Ok((kept.value, life))
        };
        self.view.between::<DocHead>(self.client, numbers)?.into_iter().map(with_life).collect()
    }

    /// The signed assessments that are neither replaced nor in error, each with when it was signed.
    fn assessments(&self) -> Result<Vec<Rated>, Fault> {
        let all = self.documents(DocKind::Assessment.numbers())?;
        Ok(all
            .iter()
            .filter(|(_, life)| life.stands())
            .filter_map(|(head, _)| Some((head.assessment()?.clone(), (head.number, head.signature.at))))
            .collect())
    }

    /// The signed versions of the plan and the reviews that stand. An amended review counts from when it was signed first.
    fn versions(&self) -> Result<Vec<Signed>, Fault> {
        let mut all = self.documents(DocKind::Plan.numbers())?;
        all.extend(self.documents(DocKind::Review.numbers())?);
        let first =
            |root| all.iter().find(|(head, _)| head.number == root).map(|(head, _)| head.signature.at);
        let standing = all.iter().filter(|(_, life)| life.stands());
        let signed = standing.map(|(head, life)| {
            let (plan, review) = (head.plan(), head.review());
            Signed {
                episode: head.facts().episode,
                at: first(life.root).unwrap_or(head.signature.at),
                version: plan.map(|facts| facts.kind),
                look_again: plan
                    .and_then(|facts| facts.look_again)
                    .or_else(|| review.and_then(|facts| facts.next)),
            }
        });
        Ok(signed.collect())
    }

    /// The signed safety plans that stand. An amended one counts from when it was signed first.
    fn safety(&self, clock: &Clock) -> Result<Vec<SafetySigned>, Fault> {
        let all = self.documents(DocKind::Safety.numbers())?;
        let first =
            |root| all.iter().find(|(head, _)| head.number == root).map(|(head, _)| head.signature.at);
        let standing = all.iter().filter(|(_, life)| life.stands());
        let signed = standing.filter_map(|(head, life)| {
            let at = first(life.root).unwrap_or(head.signature.at);
            let (episode, look_again) = (head.facts().episode, head.safety()?.look_again);
            Some(SafetySigned { episode, on: clock.local(at).date, look_again })
        });
        Ok(signed.collect())
    }

    /// What is known of the signed documents. A chart may hold thousands: what this unit changes is taken into what was
    /// known, and all of them are read again only when the last contact may be another one, or the part was never derived.
    fn noted(&self) -> Result<Noted, Fault> {
        if self.old.parts & SummaryPart::Notes.bit() == 0 {
            return self.noted_afresh();
        }
        let mut noted = Noted {
            count: self.old.notes,
            last_contact: self.old.last_contact,
            waiting: self.old.waiting.clone(),
        };
        let mut roots = BTreeSet::new();
        for number in self.view.unit().documents(self.client) {
            let (head, entries) = self.document(number)?;
            let life = life_of(&head, &entries)?;
            let contact = contact(&head);
            if contact.is_some() && !life.stands() && contact == self.old.last_contact {
                return self.noted_afresh();
            }
            if self.view.unit().is_added::<DocHead>(self.client, number) && head.note().is_some() {
                noted.count += 1;
            }
            noted.last_contact = noted.last_contact.max(contact.filter(|_| life.stands()));
            roots.insert(life.root);
        }
        noted.waiting.retain(|waits| !roots.contains(&waits.root));
        for root in roots {
            let parts = parts_of(root, &|number| self.document(number))?;
            let lives: Vec<Life> = parts.into_iter().map(|(_, life)| life).collect();
            noted.waiting.extend(doc_life::waiting(&lives));
        }
        noted.waiting.sort_by_key(DocWaits::order);
        Ok(noted)
    }

    /// What the notes say of use. As with [`Self::noted`], what this unit adds is taken into what was known, and all notes are
    /// read again only where that is not enough: a note of an earlier day, or one that no longer counts.
    fn used(&self) -> Result<Used, Fault> {
        if self.old.parts & SummaryPart::Plan.bit() == 0 {
            return self.used_afresh();
        }
        let mut used = Used { last: self.old.plan.used, again: self.old.plan.used_again };
        for number in self.view.unit().documents(self.client) {
            let (head, entries) = self.document(number)?;
            let Some((on, any)) = says_of_use(&head) else { continue };
            let added = self.view.unit().is_added::<DocHead>(self.client, number);
            let stands = life_of(&head, &entries)?.stands();
            if !added && stands {
                continue;
            }
            if !stands || head.facts().amends != 0 || used.last.is_some_and(|(last, _)| on < last) {
                return self.used_afresh();
            }
            used.take(on, any, head.signature.at);
        }
        Ok(used)
    }

    fn used_afresh(&self) -> Result<Used, Fault> {
        let all = self.documents(DocKind::Note.numbers())?;
        let standing = all.iter().filter(|(_, life)| life.stands());
        let mut said: Vec<(Date, Number, bool, Moment)> = standing
            .filter_map(|(head, _)| {
                says_of_use(head).map(|(on, any)| (on, head.number, any, head.signature.at))
            })
            .collect();
        said.sort_unstable();
        let mut used = Used::default();
        for (on, _, any, signed) in said {
            used.take(on, any, signed);
        }
        Ok(used)
    }

    fn noted_afresh(&self) -> Result<Noted, Fault> {
        let all = self.documents(0..Number::MAX)?;
        let notes = all.iter().filter(|(head, _)| head.note().is_some()).count();
        let standing = all.iter().filter(|(_, life)| life.stands());
        let last_contact = standing.filter_map(|(head, _)| contact(head)).max();
        let lives: Vec<Life> = all.into_iter().map(|(_, life)| life).collect();
        Ok(Noted {
            count: u32::try_from(notes).unwrap_or(u32::MAX),
            last_contact,
            waiting: doc_life::waiting(&lives),
        })
    }
}

/// What a note says of use since the contact before: the day, and whether there was any; `None` if it has no answer.
fn says_of_use(head: &DocHead) -> Option<(Date, bool)> {
    let OwnFacts::Note(NoteFacts { used, .. }) = &head.facts().own else { return None };
    let any = match used {
        Asked::Present => true,
        Asked::NoneReported => false,
        Asked::Unsaid | Asked::NotAsked => return None,
    };
    (head.facts().adds_to == 0).then_some((head.facts().on, any))
}

/// The day of the contact a document speaks of; `None` if it speaks of none. What adds to a note is no contact of its own.
fn contact(head: &DocHead) -> Option<Date> {
    let OwnFacts::Note(own) = &head.facts().own else { return None };
    (own.contact && head.facts().adds_to == 0).then_some(head.facts().on)
}

fn proposals(imported: &Imported) -> u16 {
    let waiting = imported.proposals.iter().filter(|proposal| proposal.accepted.is_none());
    u16::try_from(waiting.count()).unwrap_or(u16::MAX)
}

/// A draft as lists need it.
fn draft_facts(head: &DraftHead) -> DraftFacts {
    DraftFacts { by: head.by, number: head.number, kind: head.kind, since: head.since }
}
