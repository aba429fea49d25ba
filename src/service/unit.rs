//! One act: its writes and its events, together or not at all.
//!
//! Owns what a unit collects before it is sealed: records, the act, and further subjects with a permit and an event each.
//! It cannot be made without a [`Permit`]; only [`super::books`] seals and writes it.

use super::api::DraftBody;
use super::fault::Fault;
use super::permit::Permit;
use crate::domain::{Act, AuditEvent, ClientId, DocKind, Moment, Number, StaffId, Summary, SummaryPart};
use crate::rules::access::Capability;
use crate::store::{
    AgencyKeys, AuditKeys, Change, Doomed, DraftDoc, DraftHead, DraftTransaction, DraftVersion, Expect,
    Front, Key, Kind, Owner, Record, Rev, Roster, SealedBatch, StaffKeys, StoreError, Transaction, Typed,
};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// One act: its writes and its events.
pub(super) struct Unit {
    /// The act itself first, then what it is in further charts.
    events: Vec<AuditEvent>,
    /// What the act needed.
    needed: Option<Capability>,
    transaction: Transaction,
    fault: Option<StoreError>,
    summaries: Vec<Summary>,
    /// Owners nothing was stored of before this unit.
    fresh: BTreeSet<Owner>,
    next: Next,
}

/// What holds for the desk once a unit is written.
#[derive(Default)]
pub(super) struct Next {
    /// The list of staff keys with the links of this unit.
    pub roster: Option<Roster>,
    /// Mismatches that are open.
    pub open: Option<u32>,
    /// New keys of the person here, which sign for them from this unit on.
    pub keys: Option<StaffKeys>,
    /// The agency's keys, where this unit brings a new one.
    pub agency: Option<AgencyKeys>,
    /// The audit's keys, where this unit brings a new one.
    pub audit: Option<AuditKeys>,
    /// The front with what it was sealed to the words.
    pub front: Option<Front>,
}

/// What a unit wrote.
#[derive(Clone, Debug, Default)]
pub(super) struct Committed {
    /// Summaries that were written.
    pub summaries: Vec<Summary>,
    /// What the act needed.
    pub needed: Option<Capability>,
    /// Every record that was changed.
    pub changes: Vec<Change>,
    /// The number of the earlier state that was kept of a record.
    pub kept: Vec<(Key, Number)>,
}

/// A draft as it is stored.
#[derive(Clone, Debug)]
pub(super) struct KeptDraft {
    pub head: DraftHead,
    pub body: DraftBody,
    pub rev: Rev,
    /// Numbers and revisions of its versions.
    pub versions: Vec<(Number, Rev)>,
}

fn expect(rev: u32) -> Expect {
    if rev == 0 { Expect::Absent } else { Expect::At(Rev(rev)) }
}

impl Unit {
    /// A unit that says what is done. Only the books make one.
    pub(super) fn new(permit: Permit, mut event: AuditEvent, transaction: Transaction) -> Self {
        event.who = permit.who();
        if event.client.is_none() {
            event.client = permit.subject();
        }
        Self {
            events: vec![event],
            needed: permit.capability(),
            transaction,
            fault: None,
            summaries: Vec::new(),
            fresh: BTreeSet::new(),
            next: Next::default(),
        }
    }

    /// Writes a record over the one at `rev` (0 = there is none yet).
    pub(super) fn put<R: Record>(&mut self, record: &R, owner: impl Into<Owner>, number: Number, rev: u32) {
        if let Err(error) = self.transaction.put(owner, number, expect(rev), record) {
            self.fault.get_or_insert(error);
        }
    }

    /// Writes a payload as it was stored once.
    pub(super) fn put_raw(&mut self, key: Key, rev: u32, undone: bool, payload: &[u8]) {
        self.transaction.put_raw(key, expect(rev), undone, Zeroizing::new(payload.to_vec()));
    }

    /// Writes a client's summary.
    pub(super) fn put_summary(&mut self, summary: Summary, rev: u32) {
        self.put(&summary, summary.client, 1, rev);
        self.summaries.push(summary);
    }

    /// Removes the record at `rev`.
    pub(super) fn delete<R: Record>(&mut self, owner: impl Into<Owner>, number: Number, rev: u32) {
        self.transaction.delete::<R>(owner, number, Rev(rev));
    }

    /// Writes a new draft.
    pub(super) fn put_draft(&mut self, doc: &DraftDoc) {
        self.transaction.save_draft(doc, Expect::Absent);
    }

    /// Writes a draft over the one that is stored. Its author changes nothing: what was in it went elsewhere with this act.
    pub(super) fn put_draft_over(&mut self, draft: &KeptDraft, body: DraftBody, about: String) {
        let head = DraftHead { meta: about.into_bytes(), ..draft.head.clone() };
        self.transaction.save_draft(&DraftDoc { head, body }, Expect::At(draft.rev));
    }

    /// Removes a draft with its text and its versions.
    pub(super) fn delete_draft(&mut self, draft: &KeptDraft) {
        self.transaction.delete_draft(draft.head.client, draft.head.number, draft.rev);
        for (number, rev) in &draft.versions {
            self.transaction.delete::<DraftVersion>(draft.head.client, *number, *rev);
        }
    }

    /// Removes records without keeping anything of them: what a purge does, and nothing else.
    pub(super) fn erase(&mut self, doomed: impl Iterator<Item = Doomed>) {
        doomed.for_each(|one| self.transaction.erase(one));
    }

    /// An act in several charts is shown in each, in the one batch; each further chart needs its own permission.
    pub(super) fn also(&mut self, permit: Permit, act: Act, number: Number) {
        let event = AuditEvent {
            who: permit.who(),
            act,
            client: permit.subject(),
            number,
            count: 1,
            ..self.event().clone()
        };
        self.events.push(event);
    }

    /// A bulk act whose permission is the agency's is shown in the history of each of these too.
    pub(super) fn also_about(&mut self, client: ClientId) {
        let event = AuditEvent { client: Some(client), count: 1, ..self.event().clone() };
        self.events.push(event);
    }

    /// What is done.
    pub(super) fn event(&self) -> &AuditEvent {
        &self.events[0]
    }

    /// Whose record it is, when that is known only now.
    pub(super) fn about(&mut self, client: ClientId) {
        self.events[0].client = Some(client);
    }

    /// Nothing of this owner is stored yet: nothing of it has to be read.
    pub(super) fn is_new(&mut self, owner: impl Into<Owner>) {
        self.fresh.insert(owner.into());
    }

    /// Whether nothing of this owner was stored before.
    pub(super) fn is_fresh(&self, owner: Owner) -> bool {
        self.fresh.contains(&owner)
    }

    /// How many records this act concerns, for bulk acts.
    pub(super) fn set_count(&mut self, count: u32) {
        self.events[0].count = count;
    }

    /// What the act turned out to be, and which part of it, for bulk acts whose end shows late.
    pub(super) fn became(&mut self, act: Act, part: Number) {
        self.events[0].act = act;
        self.events[0].number = part;
    }

    /// Writes collected so far.
    pub(super) fn len(&self) -> usize {
        self.transaction.len()
    }

    /// Bytes they hold.
    pub(super) fn bytes(&self) -> usize {
        self.transaction.bytes()
    }

    /// What is collected.
    pub(super) fn transaction(&self) -> &Transaction {
        &self.transaction
    }

    /// The clients whose summary may change with this unit, each with the parts that may. Whoever is removed has none.
    pub(super) fn charts(&self) -> Vec<(ClientId, BTreeSet<SummaryPart>)> {
        let mut charts: BTreeMap<Owner, BTreeSet<SummaryPart>> = BTreeMap::new();
        let mut removed = BTreeSet::new();
        for change in self.transaction.changes() {
            let owner = Owner(change.key.owner());
            let Some(kind) = Kind::from_byte(change.key.kind()) else { continue };
            if kind == Kind::Client && change.now.is_none() {
                removed.insert(owner);
            }
            let parts = match kind {
                Kind::DocHead | Kind::DocLife => {
                    DocKind::of(change.key.number()).map_or(&[][..], DocKind::parts)
                }
                _ => kind.parts(),
            };
            if !parts.is_empty() {
                charts.entry(owner).or_default().extend(parts);
            }
        }
        charts.retain(|owner, _| !removed.contains(owner));
        charts.into_iter().map(|(owner, parts)| (ClientId(owner.0), parts)).collect()
    }

    /// Whether this unit writes a record that was not there before.
    pub(super) fn is_added<R: Record>(&self, owner: impl Into<Owner>, number: Number) -> bool {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        self.transaction.changes().any(|change| change.key == key && change.was.is_none())
    }

    /// The documents of a client that this unit writes, or adds to the life of.
    pub(super) fn documents(&self, client: ClientId) -> BTreeSet<Number> {
        let of = |change: &Change| {
            let kind = Kind::from_byte(change.key.kind());
            matches!(kind, Some(Kind::DocHead | Kind::DocLife)) && change.key.owner() == client.0
        };
        self.transaction.changes().filter(of).map(|change| change.key.number()).collect()
    }

    /// A fault met while it was collected.
    pub(super) fn check(&mut self) -> Result<(), Fault> {
        self.fault.take().map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// What is sealed: the writes, and the events as they are told; `last` is the moment of the event before.
    pub(super) fn parts(&mut self, last: Moment) -> (&mut Transaction, &[AuditEvent], &Next) {
        for event in &mut self.events {
            event.clock_went_back = event.at < last;
        }
        (&mut self.transaction, &self.events, &self.next)
    }

    /// What holds for the desk once it is written.
    pub(super) fn next(&self) -> &Next {
        &self.next
    }

    /// The same, to be said.
    pub(super) fn next_mut(&mut self) -> &mut Next {
        &mut self.next
    }

    /// What it wrote, once it is written.
    pub(super) fn committed(self, batch: &SealedBatch) -> Committed {
        Committed {
            summaries: self.summaries,
            needed: self.needed,
            changes: self.transaction.changes().collect(),
            kept: batch.kept().to_vec(),
        }
    }
}

/// Autosave: nothing but drafts and what was typed into forms, no event.
pub(super) struct DraftUnit {
    transaction: DraftTransaction,
}

impl DraftUnit {
    /// A unit for autosaves, by somebody who may write in the draft. Only the books make one.
    pub(super) fn new(_permit: Permit, transaction: DraftTransaction) -> Self {
        Self { transaction }
    }

    /// Writes the draft as it is on the screen.
    pub(super) fn put(&mut self, draft: &KeptDraft, body: &DraftBody, about: String, saved: Moment) {
        let mut head = draft.head.clone();
        head.saved = saved;
        head.meta = about.into_bytes();
        self.transaction.save(&DraftDoc { head, body: body.clone() }, draft.rev);
    }

    /// Keeps a state of the draft, over the version at `rev` (0 = there is none yet).
    pub(super) fn keep(&mut self, version: &DraftVersion, rev: u32) -> Result<(), Fault> {
        Ok(self.transaction.keep(version, expect(rev))?)
    }

    /// Keeps what a person typed into forms, over what was kept at `rev` (0 = nothing was).
    pub(super) fn keep_typed(&mut self, whose: StaffId, typed: &Typed, rev: u32) -> Result<(), Fault> {
        Ok(self.transaction.keep_typed(whose, typed, expect(rev))?)
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.transaction.is_empty()
    }

    /// What is collected.
    pub(super) fn transaction(&self) -> &DraftTransaction {
        &self.transaction
    }
}
