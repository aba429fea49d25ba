//! Signing: freezing a document under its author's name, hash and Ed25519 signature. The one signer there is.
//!
//! What is signed never changes afterwards; no path edits it.

use super::super::api::{Answer, DraftBody, DraftSave, Secret};
use super::super::chart;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::groups;
use super::super::unit::{KeptDraft, Unit};
use super::entries::Lives;
use super::kind::{self, Around, Document, Known};
use super::{draft, head, life, permitted, whole};
use crate::domain::{
    Act, Client, ClientId, DocFacts, Episode, LifeState, LifeWhat, Moment, NoteDraft, Number, Problem,
    Signature, Staff,
};
use crate::rules::access::Capability;
use crate::rules::{bounds, doc_life, episodes, note};
use crate::store::{DocHead, StaffKeys, signing_hash};

/// Signs a draft of one's own.
pub(super) fn sign(desk: &mut Desk, save: &DraftSave, passphrase: &Secret) -> Result<Answer, Fault> {
    let draft = draft::find_own(desk, save.client, save.number)?;
    kind::of(&save.body).check(desk)?;
    check_names(desk, save, &draft)?;
    super::super::door::check_again(desk, passphrase)?;
    let said = sign_prepared(desk, save)?;
    desk.done_for_good(save.client, said)
}

/// Signs a draft for somebody who has just given their passphrase. Answers what to say.
pub(super) fn sign_prepared(desk: &mut Desk, save: &DraftSave) -> Result<String, Fault> {
    sign_with(desk, save, |_, _| Ok(()))
}

/// As [`sign_prepared`], with what else is written in the same act.
pub(in crate::service) fn sign_with(
    desk: &mut Desk,
    save: &DraftSave,
    also: impl FnOnce(&mut Desk, &mut Unit) -> Result<(), Fault>,
) -> Result<String, Fault> {
    let client = save.client;
    let draft = draft::find_own(desk, client, save.number)?;
    let doc = kind::of(&save.body);
    doc.check(desk)?;
    check_amendment(desk, doc, client)?;
    check_names(desk, save, &draft)?;
    let numbers = draft.head.kind.numbers();
    let number = desk.books().next_in::<DocHead>(client, &numbers)?;
    let mut unit = desk.draft_unit(Capability::WriteDraft, Act::DocumentSigned, &draft.head, number)?;
    let contact = doc.follow(desk, &mut unit, client, number, draft.head.by)?;
    let chart = chart::view(desk, client)?;
    let known = doc.known(&chart, desk);
    let head = freeze_known(desk, &mut unit, save, &draft, (number, contact, known))?;
    unit.delete_draft(&draft);
    answer(desk, &mut unit, &head)?;
    also(desk, &mut unit)?;
    let said = said(desk, doc, &head)?;
    desk.commit(unit)?;
    desk.draft_forgotten(client, save.number);
    desk.seat_mut()?.forget_steps(client);
    Ok(said)
}

/// A note that is a part of a group session, or adds to one, names nobody else of the group. Which session that is, the draft
/// on the disk says, whatever was sent.
fn check_names(desk: &Desk, save: &DraftSave, draft: &KeptDraft) -> Result<(), Fault> {
    let (DraftBody::Note(note), DraftBody::Note(stored)) = (&save.body, &draft.body) else { return Ok(()) };
    let group = if stored.group.is_some() { stored.group } else { note.group };
    groups::check_one(desk, save.client, &NoteDraft { group, ..note.clone() })
}

/// Freezes a note that looks back on nothing and speaks of a contact, signs it and writes it with what else is written.
pub(in crate::service) fn freeze(
    desk: &Desk,
    unit: &mut Unit,
    save: &DraftSave,
    draft: &KeptDraft,
    number: Number,
) -> Result<DocHead, Fault> {
    freeze_known(desk, unit, save, draft, (number, true, Known::Nothing))
}

/// Freezes a document, signs it and writes it.
fn freeze_known(
    desk: &Desk,
    unit: &mut Unit,
    save: &DraftSave,
    draft: &KeptDraft,
    (number, contact, known): (Number, bool, Known),
) -> Result<DocHead, Fault> {
    let (client, doc) = (save.client, kind::of(&save.body));
    let at = desk.moment();
    let late = is_late(desk, client, doc, at)?;
    let person = desk.books().get::<Client>(client, 1)?;
    let person = person.ok_or_else(|| Fault::user("This person is not in the store."))?.value;
    if let Some(why) = bounds::refused(doc.on(), person.birth) {
        return Err(Fault::user(format!("Not signed: {why}")));
    }
    let problems =
        desk.books().list::<Problem>(client)?.into_iter().map(|kept| kept.value).collect::<Vec<_>>();
    let lines = super::super::plan::wordings(desk, client, doc.lines())?;
    let around = Around {
        client: &person,
        problems: &problems,
        lines: &lines,
        formats: &desk.formats,
        author: desk.staff()?,
        at,
        begun: draft.head.since,
        late,
        contact,
        number,
        known,
    };
    let facts = facts(desk, client, doc, &around)?;
    let store_id = desk.books().store_id();
    put(unit, &store_id, doc, facts, &around, &desk.books().keys()?.keys)
}

/// What lists show of every document, for one that is being signed.
pub(in crate::service) fn facts(
    desk: &Desk,
    client: ClientId,
    doc: &dyn Document,
    around: &Around<'_>,
) -> Result<DocFacts, Fault> {
    let before = if doc.amends() > 0 { doc.amends() } else { doc.adds_to() };
    let root = if before > 0 { life(desk, &head(desk, client, before)?)?.root } else { around.number };
    Ok(DocFacts {
        episode: episode(desk, client, doc)?,
        on: doc.on(),
        adds_to: doc.adds_to(),
        amends: doc.amends(),
        root,
        reason: doc.reason().trim().to_owned(),
        begun: around.begun,
        late: around.late,
        cosign: around.author.cosign_needed,
        ..DocFacts::default()
    })
}

/// The episode a document belongs to: the one it names, else that of its day.
fn episode(desk: &Desk, client: ClientId, doc: &dyn Document) -> Result<Number, Fault> {
    if doc.episode() > 0 {
        return Ok(doc.episode());
    }
    let all: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    Ok(episodes::of_day(&all, doc.on()))
}

/// Freezes a document, signs it with these keys, and writes it.
pub(in crate::service) fn put(
    unit: &mut Unit,
    store_id: &[u8; 16],
    doc: &dyn Document,
    facts: DocFacts,
    around: &Around<'_>,
    keys: &StaffKeys,
) -> Result<DocHead, Fault> {
    let (client, number) = (around.client.id, around.number);
    let (own, text) = doc.freeze(around)?;
    let frozen = DocHead::freeze(&DocFacts { own, signed_at: around.at, ..facts })?;
    let hash = signing_hash(store_id, client, number, &frozen, text.bytes());
    let head = DocHead::signed(client, number, signature(around.author, keys, hash, around.at), frozen)?;
    unit.put(&head, client, number, 0);
    unit.put(&text, client, number, 0);
    Ok(head)
}

/// A signature over a hash.
pub(in crate::service) fn signature(by: &Staff, keys: &StaffKeys, hash: [u8; 32], at: Moment) -> Signature {
    Signature {
        by: by.id,
        name: by.signature_name(),
        at,
        hash,
        proof: keys.sign(&hash).to_vec(),
        key: keys.sign_public().to_vec(),
    }
}

/// What the signing of a document means for the one it amends or adds to: an entry in that one's life, and what was
/// returned of the whole goes back to its co-signer.
fn answer(desk: &Desk, unit: &mut Unit, head: &DocHead) -> Result<(), Fault> {
    let facts = head.facts();
    let doc = head.number;
    let (before, what) = match (facts.amends, facts.adds_to) {
        (0, 0) => return Ok(()),
        (0, parent) => (parent, LifeWhat::AddedTo { doc }),
        (amended, _) => (amended, LifeWhat::AmendedBy { doc }),
    };
    let before = super::head(desk, head.client, before)?;
    let mut lives = Lives::default();
    lives.add(desk, &before, what)?;
    for (part, life) in whole(desk, &before)? {
        let replaced = facts.amends == part.number;
        let mine = life.author == head.signature.by && life.stands() && !replaced;
        if mine && life.state == LifeState::Returned {
            lives.add(desk, &part, LifeWhat::Answered { doc })?;
        }
    }
    lives.put(unit);
    Ok(())
}

/// An amended version is its author's, of the version that stands, with a reason.
fn check_amendment(desk: &Desk, doc: &dyn Document, client: ClientId) -> Result<(), Fault> {
    if doc.amends() == 0 {
        return Ok(());
    }
    let head = permitted(desk, Capability::AmendDocument, client, doc.amends())?;
    if doc.adds_to() != head.facts().adds_to {
        return Err(Fault::internal("an amended version belongs where the earlier version belongs"));
    }
    if doc.reason().trim().is_empty() {
        return Err(Fault::user("Not signed: the amendment has no reason yet. Press [key:amend-reason]."));
    }
    doc_life::no_amendment(&life(desk, &head)?).map_or(Ok(()), |why| Err(Fault::user(why)))
}

/// Whether a document signed now is a late entry. Of an amended version that was decided when it was first signed.
fn is_late(desk: &Desk, client: ClientId, doc: &dyn Document, at: Moment) -> Result<bool, Fault> {
    if doc.amends() > 0 {
        return Ok(head(desk, client, doc.amends())?.facts().late);
    }
    let late_after = desk.seat()?.settings.value.late_after_hours;
    Ok(doc.ended(&desk.clock).is_some_and(|ended| note::late(ended, at, late_after)))
}

fn said(desk: &Desk, doc: &dyn Document, head: &DocHead) -> Result<String, Fault> {
    let seat = desk.seat()?;
    let said = doc.signed_words(head.facts().late);
    if !head.facts().cosign {
        return Ok(format!("{said} {}", doc.next_words()));
    }
    let supervisor = seat.active_supervisor_of(head.signature.by).map(|id| seat.name_of(id));
    let who = supervisor.unwrap_or_else(|| "a supervisor".to_owned());
    Ok(format!("{said} It waits for co-signature by {who}."))
}

impl Desk {
    /// The number of a client's open episode, 0 = there is none.
    pub(in crate::service) fn open_episode(&self, client: ClientId) -> Result<Number, Fault> {
        let seat = self.seat()?;
        let episode = seat.summaries.get(&client).and_then(|summary| summary.episode.as_ref());
        Ok(episode.map_or(0, |episode| episode.number))
    }

    /// Every stay of a client, open or ended.
    pub(in crate::service) fn stays(&self, client: ClientId) -> Result<Vec<Episode>, Fault> {
        Ok(self.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect())
    }
}
