//! Who may do what to whose record: the access table as data (`product.md` 8).
//!
//! Owns roles, capabilities and relations, and nothing of how a permit is made or kept: that is the service.

use crate::domain::{EpisodeFacts, Role, StaffId};

#[cfg(test)]
mod tests;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// See a person's name, record number, times and phones.
    SeeNames,
    /// See all particulars: birth, address, identifiers, contacts.
    SeeDemographics,
    /// Change them.
    ChangeDemographics,
    /// Open a chart.
    ReadChart,
    /// Write in a chart: assess, problems, needs, notes, sign; accept proposals.
    WriteChart,
    /// Open a chart one has no part in, with a reason that is kept.
    OpenWithReason,
    /// Read an unsigned draft.
    ReadDraft,
    /// Write in, sign or delete an unsigned draft.
    WriteDraft,
    /// Register a person.
    Register,
    /// Admit a registered person.
    Admit,
    /// See who works here (names and roles), to choose from.
    ListStaff,
    /// Add, change and disable staff; reset a passphrase.
    ManageStaff,
    /// Bring people in from another system.
    Import,
    /// Read the audit trail.
    ReadAudit,
    /// Change the agency's settings.
    ChangeSettings,
    /// Count, check and rebuild what is stored, without reading charts.
    Maintain,
    /// Read a signed note by whose it is, whosever the chart is by now.
    ReadNote,
    /// Write an amended version of a signed note.
    AmendNote,
    /// Co-sign a note, or return it with a comment.
    CoSign,
    /// Say that a signed note was entered in error.
    CallInError,
    /// Agree as the second person that a note was entered in error, or not.
    AgreeInError,
    /// Keep snippets and templates of one's own.
    KeepPhrases,
    /// Change the agency's snippets and templates.
    ChangeAgencyPhrases,
}

impl Capability {
    /// Every capability.
    pub const ALL: [Self; 23] = [
        Self::SeeNames,
        Self::SeeDemographics,
        Self::ChangeDemographics,
        Self::ReadChart,
        Self::WriteChart,
        Self::OpenWithReason,
        Self::ReadDraft,
        Self::WriteDraft,
        Self::Register,
        Self::Admit,
        Self::ListStaff,
        Self::ManageStaff,
        Self::Import,
        Self::ReadAudit,
        Self::ChangeSettings,
        Self::Maintain,
        Self::ReadNote,
        Self::AmendNote,
        Self::CoSign,
        Self::CallInError,
        Self::AgreeInError,
        Self::KeepPhrases,
        Self::ChangeAgencyPhrases,
    ];
}

/// How the one who asks stands to what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A client on whose open episode they are counselor or team, or cover.
    Team,
    /// A client with an open episode in a program of theirs, without being on the team.
    Program,
    /// A client with an open episode in another program.
    Elsewhere,
    /// A person without an open episode.
    NoEpisode,
    /// A chart named to an auditor, not yet expired.
    Named,
    /// A draft, or a signed note, of their own.
    OwnDraft,
    /// A draft, or a signed note, of somebody they supervise.
    SuperviseesDraft,
    /// Anybody else's draft or signed note.
    OthersDraft,
    /// The agency as a whole: no client's record.
    Agency,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 9] = [
        Self::Team,
        Self::Program,
        Self::Elsewhere,
        Self::NoEpisode,
        Self::Named,
        Self::OwnDraft,
        Self::SuperviseesDraft,
        Self::OthersDraft,
        Self::Agency,
    ];
}

use Capability as C;
use Relation as R;

const ANY_CLIENT: &[R] = &[R::Team, R::Program, R::Elsewhere, R::NoEpisode];
const OWN_AND_NEW: &[R] = &[R::Team, R::NoEpisode];
const PROGRAM_AND_NEW: &[R] = &[R::Team, R::Program, R::NoEpisode];
const AGENCY: &[R] = &[R::Agency];

/// The table: a role may use a capability on these relations, and on nothing that is not listed.
const TABLE: &[(Role, Capability, &[Relation])] = &[
    (Role::Counselor, C::SeeNames, OWN_AND_NEW),
    (Role::Counselor, C::SeeDemographics, OWN_AND_NEW),
    (Role::Counselor, C::ChangeDemographics, OWN_AND_NEW),
    (Role::Counselor, C::ReadChart, &[R::Team]),
    (Role::Counselor, C::WriteChart, &[R::Team]),
    (Role::Counselor, C::OpenWithReason, &[R::Program, R::Elsewhere]),
    (Role::Counselor, C::ReadDraft, &[R::OwnDraft]),
    (Role::Counselor, C::WriteDraft, &[R::OwnDraft]),
    (Role::Counselor, C::Register, AGENCY),
    (Role::Counselor, C::Admit, &[R::NoEpisode]),
    (Role::Counselor, C::ListStaff, AGENCY),
    (Role::Counselor, C::ReadNote, &[R::OwnDraft]),
    (Role::Counselor, C::AmendNote, &[R::OwnDraft]),
    (Role::Counselor, C::CallInError, &[R::OwnDraft]),
    (Role::Counselor, C::AgreeInError, &[R::OwnDraft]),
    (Role::Counselor, C::KeepPhrases, AGENCY),
    (Role::Supervisor, C::SeeNames, PROGRAM_AND_NEW),
    (Role::Supervisor, C::SeeDemographics, PROGRAM_AND_NEW),
    (Role::Supervisor, C::ChangeDemographics, PROGRAM_AND_NEW),
    (Role::Supervisor, C::ReadChart, &[R::Team, R::Program]),
    (Role::Supervisor, C::WriteChart, &[R::Team, R::Program]),
    (Role::Supervisor, C::OpenWithReason, &[R::Elsewhere]),
    (Role::Supervisor, C::ReadDraft, &[R::OwnDraft, R::SuperviseesDraft]),
    (Role::Supervisor, C::WriteDraft, &[R::OwnDraft]),
    (Role::Supervisor, C::Register, AGENCY),
    (Role::Supervisor, C::Admit, &[R::NoEpisode]),
    (Role::Supervisor, C::ListStaff, AGENCY),
    (Role::Supervisor, C::ReadNote, &[R::OwnDraft, R::SuperviseesDraft]),
    (Role::Supervisor, C::AmendNote, &[R::OwnDraft]),
    (Role::Supervisor, C::CoSign, &[R::SuperviseesDraft]),
    (Role::Supervisor, C::CallInError, &[R::OwnDraft, R::SuperviseesDraft, R::OthersDraft]),
    (Role::Supervisor, C::AgreeInError, &[R::OwnDraft, R::SuperviseesDraft, R::OthersDraft]),
    (Role::Supervisor, C::KeepPhrases, AGENCY),
    (Role::Supervisor, C::ChangeAgencyPhrases, AGENCY),
    (Role::Admin, C::SeeNames, ANY_CLIENT),
    (Role::Admin, C::SeeDemographics, ANY_CLIENT),
    (Role::Admin, C::ChangeDemographics, ANY_CLIENT),
    (Role::Admin, C::Register, AGENCY),
    (Role::Admin, C::ListStaff, AGENCY),
    (Role::Admin, C::ManageStaff, AGENCY),
    (Role::Admin, C::Import, AGENCY),
    (Role::Admin, C::ReadAudit, AGENCY),
    (Role::Admin, C::ChangeSettings, AGENCY),
    (Role::Admin, C::Maintain, AGENCY),
    (Role::Admin, C::ChangeAgencyPhrases, AGENCY),
    (Role::FrontDesk, C::SeeNames, ANY_CLIENT),
    (Role::FrontDesk, C::ListStaff, AGENCY),
    (Role::Auditor, C::SeeNames, &[R::Named]),
    (Role::Auditor, C::SeeDemographics, &[R::Named]),
    (Role::Auditor, C::ReadChart, &[R::Named]),
];

/// Whether any of these roles may do this in this relation. What the table does not list is refused.
pub fn may(roles: &[Role], capability: Capability, relation: Relation) -> bool {
    TABLE.iter().any(|(role, listed, relations)| {
        *listed == capability && roles.contains(role) && relations.contains(&relation)
    })
}

/// How a member of staff stands to a client: by the open episode, and the programs they work in.
pub fn relation(who: StaffId, programs: &[impl AsRef<str>], episode: Option<&EpisodeFacts>) -> Relation {
    match episode {
        None => Relation::NoEpisode,
        Some(episode) if episode.counselor == who || episode.team.contains(&who) => Relation::Team,
        Some(episode) if programs.iter().any(|program| program.as_ref() == &*episode.program) => {
            Relation::Program
        }
        Some(_) => Relation::Elsewhere,
    }
}

/// How a member of staff stands to a draft: whose it is, and who supervises its author.
pub fn draft_relation(who: StaffId, author: StaffId, authors_supervisor: Option<StaffId>) -> Relation {
    if who == author {
        Relation::OwnDraft
    } else if authors_supervisor == Some(who) {
        Relation::SuperviseesDraft
    } else {
        Relation::OthersDraft
    }
}
