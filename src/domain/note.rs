//! Progress notes: drafts, signed notes, addenda.

use super::fields::numbered;
use super::{
    Asked, ClientId, Copied, GroupPart, HeaderAnswers, Moment, NextSession, NoteField, Number, Served,
    Service, StaffId,
};

/// One section of a note: key from the format pack, text as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Key of the section (`data`).
    pub key: String,
    /// Title as shown when it was written.
    pub title: String,
    pub text: String,
}

numbered!(Section {
    1 key, 2 title, 3 text,
});

/// A note while it is written. Only its author and their supervisor see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteDraft {
    /// Format key (`DAP`).
    pub format: String,
    /// What it speaks of.
    pub service: Service,
    /// Problems it serves, by number.
    pub links: Vec<Number>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Signed note this adds to (an addendum), 0 = none.
    pub addendum_to: Number,
    /// Answers to the header keys.
    pub answers: HeaderAnswers,
    /// Short answers the format asks for.
    pub fields: Vec<NoteField>,
    /// Objectives it serves.
    pub lines: Vec<Served>,
    /// Why it works on nothing on the list, where it works on nothing.
    pub serves_nothing: String,
    /// Session it speaks of, 0 = none.
    pub session: Number,
    /// Passages copied and not edited since.
    pub copied: Vec<Copied>,
    /// Signed note this corrects (an amendment), 0 = none.
    pub amends: Number,
    /// Why it corrects it.
    pub reason: String,
    /// Nobody said its times yet: it was begun without a session, so they are a guess.
    pub guessed: bool,
    /// The group session it is a part of.
    pub group: GroupPart,
}

numbered!(NoteDraft {
    1 format, 2 service, 3 links, 4 sections, 5 addendum_to, 6 answers, 7 fields, 8 lines,
    9 serves_nothing, 10 session, 11 copied, 12 amends, 13 reason, 14 guessed,
    15 group,
});

impl NoteDraft {
    /// The draft as the text of a note, without what only a signing adds: whose chart, by whom, when.
    pub fn text(&self) -> NoteText {
        NoteText {
            sections: self.sections.clone(),
            format: self.format.clone(),
            service: self.service.clone(),
            addendum_to: self.addendum_to,
            answers: self.answers.clone(),
            fields: self.fields.clone(),
            serves_nothing: self.serves_nothing.clone(),
            session: self.session,
            copied: self.copied.clone(),
            amends: self.amends,
            reason: self.reason.clone(),
            group: self.group,
            guessed: self.guessed,
            ..NoteText::default()
        }
    }

    /// A draft of a new version of a signed note: its text as it was signed.
    pub fn amending(number: Number, text: NoteText, lines: Vec<Served>) -> Self {
        Self {
            format: text.format,
            service: text.service,
            links: text.links.iter().map(|(number, _)| *number).collect(),
            sections: text.sections,
            addendum_to: text.addendum_to,
            answers: text.answers,
            fields: text.fields,
            lines,
            serves_nothing: text.serves_nothing,
            session: text.session,
            copied: text.copied,
            amends: number,
            reason: String::new(),
            guessed: text.guessed,
            group: text.group,
        }
    }
}

/// Name, moment and proof of a signing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    pub by: StaffId,
    /// Name and credential as they were then.
    pub name: String,
    pub at: Moment,
    /// SHA-256 over kind, key and frozen payload.
    pub hash: [u8; 32],
    /// Ed25519 over the hash: 64 bytes.
    pub proof: Vec<u8>,
    /// Public key the proof verifies under: 32 bytes.
    pub key: Vec<u8>,
}

numbered!(Signature {
    1 by, 2 name, 3 at, 4 hash, 5 proof, 6 key,
});

/// What lists show of a signed note, besides what they show of every document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteFacts {
    pub format: String,
    /// What it speaks of.
    pub service: Service,
    /// Problems it serves.
    pub links: Vec<Number>,
    /// Words in it.
    pub words: u32,
    /// First words, for the list.
    pub gist: String,
    /// Objectives it serves.
    pub lines: Vec<Served>,
    /// It works on nothing on the list, and says why.
    pub off_plan: bool,
    /// Danger, as the note says.
    pub risk: Asked,
    /// Use since the contact before, as the note says.
    pub used: Asked,
    /// When they meet again.
    pub next: NextSession,
    /// Session it speaks of, 0 = none.
    pub session: Number,
    /// Sketch of its words, for the hint on repeated text; empty = none made.
    pub sketch: Vec<u64>,
    /// It speaks of a contact with the client: a service of that kind, in a session that was not missed or called off.
    pub contact: bool,
    /// The group session it is a part of.
    pub group: GroupPart,
}

numbered!(NoteFacts {
    1 format, 2 service, 3 links, 4 words, 5 gist, 6 lines, 7 off_plan, 8 risk, 9 used, 10 next,
    11 session, 12 sketch, 13 contact, 14 group,
});

/// A signed note as lists show it: its facts beside what is so of every document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteHead {
    pub client: ClientId,
    /// Which document of theirs.
    pub number: Number,
    /// In which episode (0 = none).
    pub episode: Number,
    /// Signed note this adds to, 0 = none.
    pub addendum_to: Number,
    /// Signed note this takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
    /// When its writing began.
    pub begun: Moment,
    /// It was signed later than the agency's limit.
    pub late: bool,
    pub signature: Signature,
    /// What it shows as a note.
    pub facts: NoteFacts,
}

impl std::ops::Deref for NoteHead {
    type Target = NoteFacts;

    fn deref(&self) -> &NoteFacts {
        &self.facts
    }
}

/// The text of a note as frozen at signing. Never re-encoded: the signature is over these bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteText {
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Name as the client's chart had it, to prove the chart.
    pub client_name: String,
    /// Record number likewise.
    pub record_no: String,
    pub format: String,
    /// What it speaks of.
    pub service: Service,
    /// Problems it serves: number and wording at signing.
    pub links: Vec<(Number, String)>,
    /// Author's name and credential.
    pub author: String,
    /// When it was signed.
    pub signed_at: Moment,
    /// Signed note this adds to, 0 = none.
    pub addendum_to: Number,
    /// Name of the format as shown then.
    pub format_name: String,
    /// Answers to the header keys.
    pub answers: HeaderAnswers,
    /// Short answers the format asked for.
    pub fields: Vec<NoteField>,
    /// Objectives it serves, with their wording at signing.
    pub lines: Vec<(Served, String)>,
    /// Why it works on nothing on the list, where it works on nothing.
    pub serves_nothing: String,
    /// Session it speaks of, 0 = none.
    pub session: Number,
    /// Passages that were copied from an earlier note and are unchanged.
    pub copied: Vec<Copied>,
    /// Signed note this corrects, 0 = none.
    pub amends: Number,
    /// Why it corrects it.
    pub reason: String,
    /// When its writing began.
    pub begun: Moment,
    /// Signed more than the agency's limit after the service: a late entry.
    pub late: bool,
    /// The group session it is a part of.
    pub group: GroupPart,
    /// Its day and time were a guess of the program that nobody had confirmed when it was signed.
    pub guessed: bool,
}

numbered!(NoteText {
    1 sections, 2 client_name, 3 record_no, 4 format, 5 service, 6 links, 7 author, 8 signed_at, 9 addendum_to,
    10 format_name, 11 answers, 12 fields, 13 lines, 14 serves_nothing, 15 session, 16 copied, 17 amends,
    18 reason, 19 begun, 20 late, 21 group, 22 guessed,
});
