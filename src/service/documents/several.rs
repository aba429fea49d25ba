//! Signing several with one passphrase. Each was opened, and is as it was when it was opened.

use super::super::api::{Answer, DraftBody, DraftSave, Secret, Several, SeveralDone};
use super::super::desk::Desk;
use super::super::door;
use super::super::fault::{Fault, FaultKind};
use super::super::seat::Opened;
use super::{cosign, draft, sign as signing};
use crate::domain::{ClientId, NoteDraft, Number};
use crate::rules::header;

/// Most that are signed at once: what a person can have read in one sitting.
const MOST: usize = 100;

/// Signs what can be signed, each in its own act, and says of the rest why not.
pub(super) fn sign(desk: &mut Desk, items: &[Several], passphrase: &Secret) -> Result<Answer, Fault> {
    if items.is_empty() {
        return Err(Fault::user("Nothing is signed, because you have not read anything to its end yet."));
    }
    if items.len() > MOST {
        return Err(Fault::user(format!("You can sign at most {MOST} at once.")));
    }
    door::check_again(desk, passphrase)?;
    let mut done = SeveralDone::default();
    for (at, item) in items.iter().enumerate() {
        if items[..at].contains(item) {
            continue;
        }
        match one(desk, *item) {
            Ok(()) => done.signed += 1,
            // What is signed is signed; a disk that refuses will refuse the next one too.
            Err(fault) if fault.kind == FaultKind::Storage && done.signed == 0 => return Err(fault),
            Err(fault) => {
                done.refused.push((*item, fault.what.clone()));
                if fault.kind == FaultKind::Storage {
                    break;
                }
            }
        }
    }
    Ok(Answer::Several(done))
}

fn one(desk: &mut Desk, item: Several) -> Result<(), Fault> {
    match item {
        Several::Draft(client, number) => sign_draft(desk, client, number),
        Several::CoSign(client, number) => cosign::cosign(desk, client, number),
    }
}

/// A note that works on nothing on the list is asked why where it is signed alone; among several nobody can be asked.
fn says_why(desk: &Desk, client: ClientId, note: &NoteDraft) -> Result<(), Fault> {
    let summary = desk.seat()?.summaries.get(&client);
    let planned = summary.is_some_and(|summary| summary.plan.made.is_some());
    if header::must_say_why(note, desk.format(&note.format)?, planned) {
        return Err(Fault::user(
            "This note works on nothing on the plan and gives no reason. Open it and \
         sign it there: you are asked for the reason.",
        ));
    }
    Ok(())
}

fn sign_draft(desk: &mut Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    let own = draft::find_own(desk, client, number)?;
    let opened = desk.seat()?.opened.get(&Opened::Draft(client, number)).copied();
    match opened {
        None => return Err(Fault::user("Open the draft and read it to its end, then sign it.")),
        Some(rev) if rev != own.rev.0 => {
            return Err(Fault::user("The draft was changed after you read it. Read it again, then sign it."));
        }
        Some(_) => {}
    }
    if let DraftBody::Note(note) = &own.body {
        says_why(desk, client, note)?;
    }
    let save = DraftSave { client, number, edits: 0, body: own.body };
    signing::sign_prepared(desk, &save).map(drop)
}
