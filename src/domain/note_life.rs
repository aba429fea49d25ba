//! What becomes of a note after signing: co-signed, returned, replaced by an amendment, entered in error.
//!
//! All of it stands beside the note, under the note's own number. The signed text and its head are never touched again.

use super::fields::numbered;
use super::{ClientId, Date, Moment, NoteHead, Number, Signature, StaffId};
use serde::{Deserialize, Serialize};

/// What became of one signed note. A note without one is signed and needs nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteLife {
    /// Whose chart.
    pub client: ClientId,
    /// Which note of theirs: the number of its head.
    pub number: Number,
    /// Who wrote it. Never changes.
    pub author: StaffId,
    /// The note it adds to, 0 = none. As in its head.
    pub adds_to: Number,
    /// The day of the service it speaks of. As in its head.
    pub service: Date,
    /// Where it stands.
    pub state: LifeState,
    /// Since when it stands there.
    pub since: Moment,
    /// Co-signatures, oldest first.
    pub co_signatures: Vec<CoSignature>,
    /// Every time it went back to its author, oldest first.
    pub returned: Vec<Returned>,
    /// The amended version that took its place, 0 = none.
    pub superseded_by: Number,
    /// Entered in error: said by one person, final once another one agrees.
    pub error: Option<InError>,
}

numbered!(NoteLife {
    1 client, 2 number, 3 author, 4 adds_to, 5 service, 6 state, 7 since, 8 co_signatures, 9 returned,
    10 superseded_by, 11 error,
});

/// Where a signed note stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LifeState {
    /// Signed; nobody else needs to.
    #[default]
    Signed,
    /// Signed, waits for a co-signature.
    AwaitsCosign,
    /// Signed, and gone back to its author with a comment.
    Returned,
    /// Co-signed.
    CoSigned,
}

/// A co-signature over bytes of its own: who agrees to which signed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoSignature {
    /// What was signed, frozen: a [`CoSignText`], never encoded again.
    pub frozen: Vec<u8>,
    /// The signature over it.
    pub signature: Signature,
}

numbered!(CoSignature {
    1 frozen, 2 signature,
});

/// What a co-signature says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoSignText {
    /// The hash the author signed: it names the text.
    pub note_hash: [u8; 32],
    /// Name and credential of the author, as they stand under the note.
    pub author: String,
    /// Name and credential of who co-signs.
    pub by: String,
    /// When.
    pub at: Moment,
}

numbered!(CoSignText {
    1 note_hash, 2 author, 3 by, 4 at,
});

/// The note went back to its author. What was said is a [`Remark`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// By whom.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// The remark that says what for.
    pub remark: Number,
}

numbered!(Returned {
    1 by, 2 by_name, 3 at, 4 remark,
});

/// A note that should not be in this chart, or not at all. It is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InError {
    /// Who said so.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
    /// The second person, who agreed.
    pub agreed: Option<Agreed>,
}

numbered!(InError {
    1 by, 2 by_name, 3 at, 4 reason, 5 agreed,
});

/// The second person under an "entered in error".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Who.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    /// When.
    pub at: Moment,
}

numbered!(Agreed {
    1 by, 2 by_name, 3 at,
});

/// What a co-signer says to an author about a note. Not part of the record: never in a chart, an export or a disclosure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// About a note in whose chart.
    pub client: ClientId,
    /// Which remark there.
    pub number: Number,
    /// About which note.
    pub note: Number,
    /// Who says it.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// What.
    pub text: String,
}

numbered!(Remark {
    1 client, 2 number, 3 note, 4 by, 5 by_name, 6 at, 7 text,
});

impl NoteLife {
    /// The life of a note that was just signed.
    pub fn of(head: &NoteHead) -> Self {
        Self {
            client: head.client,
            number: head.number,
            author: head.signature.by,
            adds_to: head.addendum_to,
            service: head.service.date,
            state: LifeState::Signed,
            since: head.signature.at,
            co_signatures: Vec::new(),
            returned: Vec::new(),
            superseded_by: 0,
            error: None,
        }
    }

    /// Entered in error, agreed by a second person: hidden from the usual view.
    pub fn is_in_error(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.agreed.is_some())
    }

    /// Somebody said "entered in error" and nobody has agreed yet.
    pub fn is_doubted(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.agreed.is_none())
    }

    /// Part of the usual view: neither replaced by an amendment nor entered in error.
    pub fn stands(&self) -> bool {
        self.superseded_by == 0 && !self.is_in_error()
    }
}
