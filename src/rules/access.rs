//! Who may do what to whose record: the access table as data (`product.md` 8).
//!
//! Owns roles, capabilities and relations, and nothing of how a permit is made or kept: that is the service.

use crate::domain::{
    Access, ClientId, Cover, Date, EpisodeFacts, Group, Moment, Role, Staff, StaffId, Summary, Team,
};

#[cfg(test)]
mod tests;

/// An enum with the list of its variants.
macro_rules! listed {
    ($(#[$of:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$of])*
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Every variant, in order.
            #[cfg_attr(concord_closed, allow(dead_code, reason = "tests go through them"))]
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
        }
    };
}

listed! {
    /// What somebody wants to do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Capability {
        /// See who a person is and how to reach them: names, birth date, record number, times, phones and address.
        SeeNames,
        /// See all particulars: episode, guardian, identifiers, contacts too.
        SeeDemographics,
        ChangeDemographics,
        /// Correct who a person is and how to reach them, and nothing else.
        ChangeContact,
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
        /// Say that two charts are one person's, or that they are not any more: a second person agrees.
        AskSamePerson,
        /// Decide who somebody is whom an import left out because they look like somebody here.
        DecideLookAlikes,
        /// Agree as the second person that two charts are linked or unlinked, or not.
        AgreeSamePerson,
        /// Read the audit trail.
        ReadAudit,
        /// Change the agency's settings.
        ChangeSettings,
        /// Count, check and rebuild what is stored, without reading charts.
        Maintain,
        /// Read a signed document by whose it is, whosever the chart is by now.
        ReadDocument,
        /// Write an amended version of a signed document.
        AmendDocument,
        /// Co-sign a document, or return it with a comment.
        CoSign,
        /// Say that a signed document was entered in error.
        CallInError,
        /// Agree as the second person that a document was entered in error, or not.
        AgreeInError,
        /// Keep snippets and templates of one's own.
        KeepPhrases,
        /// Change the agency's snippets and templates.
        ChangeAgencyPhrases,
        /// Plan and move a session, say who arrived, missed it or called it off, and try to reach them.
        Schedule,
        /// Say that a session took place.
        HoldSession,
        /// Keep tasks of one's own and hand them on.
        KeepTasks,
        /// Answer triage, raise and decide immediate needs: danger is answered before anyone is admitted.
        AnswerDanger,
        /// Pass on what a caller or the person themselves said of danger: it is proposed, and somebody else decides. Reads nothing.
        ProposeNeed,
        /// See who looked at a chart, and who changed it.
        ReadHistory,
        /// Hand somebody's caseload, or a part of it, to a colleague.
        Reassign,
        /// Arrange cover and teams.
        ArrangeCover,
        /// Look after how long records are kept: legal holds, and asking for a purge.
        KeepRecords,
        /// Agree to a purge as the second person, or not.
        AgreePurge,
        /// See what waits for a supervisor: needs undecided, charts opened with a reason, what leavers left.
        Supervise,
        /// See and change groups and their rosters.
        KeepGroups,
        /// Hold a session of a group, and write what everybody did.
        LeadGroup,
        /// See of a member of a group one leads: name, wants, active objectives, one's own last part. Nothing else of the chart.
        SeeCard,
        /// Write and sign a member's part of a group session.
        WriteGroupPart,
    }
}

listed! {
    /// How the one who asks is to what is asked for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Relation {
        /// A client on whose open episode they are counselor or team, whom they cover for today, or whose counselor's team
        /// shares its charts with them.
        Team,
        /// A client whose chart they opened with a reason that still holds.
        Opened,
        /// A client whose newest episode has ended, and who was a client on whose episode they were in this way until then.
        Left,
        /// A client with an open episode in a program of theirs, without being on the team.
        Program,
        /// A client whose newest episode has ended, in a program of theirs.
        LeftProgram,
        /// A client with an open episode in another program.
        Elsewhere,
        /// A person without an open episode, whose last one, if there was one, was not theirs.
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
        /// A client who was, on the day of a group session they led, a member of that group.
        Group,
        /// A group, or a session of one, that they lead.
        Facilitator,
        /// A group in a program of theirs.
        GroupProgram,
        /// Anybody else's group.
        OtherGroup,
    }
}

use Capability as C;
use Relation as R;

const ANY_CLIENT: &[R] =
    &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram, R::Elsewhere, R::NoEpisode];
/// What is still owed after a discharge is done by those who owed it before.
const OWN: &[R] = &[R::Team, R::Opened, R::Left];
const OWN_AND_NEW: &[R] = &[R::Team, R::Opened, R::Left, R::LeftProgram, R::NoEpisode];
const PROGRAM: &[R] = &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram];
const PROGRAM_AND_NEW: &[R] = &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram, R::NoEpisode];
/// Nobody has them in care now.
const NOT_IN_CARE: &[R] = &[R::Left, R::LeftProgram, R::NoEpisode];
/// Danger that is seen in a group is written down by whoever leads it, whoever counsels the member.
const OWN_NEW_AND_GROUP: &[R] = &[R::Team, R::Opened, R::Left, R::LeftProgram, R::NoEpisode, R::Group];
const PROGRAM_NEW_AND_GROUP: &[R] =
    &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram, R::NoEpisode, R::Group];
const AGENCY: &[R] = &[R::Agency];
const PROGRAM_AND_THE_AGENCY: &[R] =
    &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram, R::NoEpisode, R::Agency];
const ANYBODY: &[R] =
    &[R::Team, R::Opened, R::Left, R::Program, R::LeftProgram, R::Elsewhere, R::NoEpisode, R::Agency];

/// The table: a role may use a capability on these relations, and on nothing that is not listed.
const TABLE: &[(Role, Capability, &[Relation])] = &[
    (Role::Counselor, C::SeeNames, OWN_AND_NEW),
    (Role::Counselor, C::SeeDemographics, OWN_AND_NEW),
    (Role::Counselor, C::ChangeDemographics, OWN_AND_NEW),
    (Role::Counselor, C::ReadChart, OWN),
    (Role::Counselor, C::WriteChart, OWN),
    (Role::Counselor, C::OpenWithReason, &[R::Program, R::LeftProgram, R::Elsewhere]),
    (Role::Counselor, C::ReadDraft, &[R::OwnDraft]),
    (Role::Counselor, C::WriteDraft, &[R::OwnDraft]),
    (Role::Counselor, C::Register, AGENCY),
    (Role::Counselor, C::Admit, NOT_IN_CARE),
    (Role::Counselor, C::ListStaff, AGENCY),
    (Role::Counselor, C::ReadDocument, &[R::OwnDraft]),
    (Role::Counselor, C::AmendDocument, &[R::OwnDraft]),
    (Role::Counselor, C::CallInError, &[R::OwnDraft]),
    (Role::Counselor, C::AgreeInError, &[R::OwnDraft]),
    (Role::Counselor, C::KeepPhrases, AGENCY),
    (Role::Supervisor, C::SeeNames, PROGRAM_AND_NEW),
    (Role::Supervisor, C::SeeDemographics, PROGRAM_AND_NEW),
    (Role::Supervisor, C::ChangeDemographics, PROGRAM_AND_NEW),
    (Role::Supervisor, C::ReadChart, PROGRAM),
    (Role::Supervisor, C::WriteChart, PROGRAM),
    (Role::Supervisor, C::OpenWithReason, &[R::Elsewhere]),
    (Role::Supervisor, C::ReadDraft, &[R::OwnDraft, R::SuperviseesDraft]),
    (Role::Supervisor, C::WriteDraft, &[R::OwnDraft]),
    (Role::Supervisor, C::Register, AGENCY),
    (Role::Supervisor, C::Admit, NOT_IN_CARE),
    (Role::Supervisor, C::ListStaff, AGENCY),
    (Role::Supervisor, C::ReadDocument, &[R::OwnDraft, R::SuperviseesDraft]),
    (Role::Supervisor, C::AmendDocument, &[R::OwnDraft]),
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
    (Role::FrontDesk, C::ChangeContact, ANY_CLIENT),
    (Role::FrontDesk, C::Register, AGENCY),
    (Role::FrontDesk, C::ListStaff, AGENCY),
    (Role::Counselor, C::Schedule, OWN_AND_NEW),
    (Role::Counselor, C::HoldSession, OWN_AND_NEW),
    (Role::Counselor, C::KeepTasks, AGENCY),
    (Role::Supervisor, C::Schedule, PROGRAM_AND_NEW),
    (Role::Supervisor, C::HoldSession, PROGRAM_AND_NEW),
    (Role::Supervisor, C::KeepTasks, AGENCY),
    (Role::Admin, C::KeepTasks, AGENCY),
    (Role::FrontDesk, C::Schedule, ANY_CLIENT),
    (Role::FrontDesk, C::KeepTasks, AGENCY),
    (Role::Counselor, C::ProposeNeed, OWN_AND_NEW),
    (Role::Supervisor, C::ProposeNeed, PROGRAM_AND_NEW),
    (Role::Admin, C::ProposeNeed, ANY_CLIENT),
    (Role::FrontDesk, C::ProposeNeed, ANY_CLIENT),
    (Role::Counselor, C::AnswerDanger, OWN_NEW_AND_GROUP),
    (Role::Supervisor, C::AnswerDanger, PROGRAM_NEW_AND_GROUP),
    (Role::Supervisor, C::ReadHistory, PROGRAM),
    (Role::Supervisor, C::Reassign, &[R::Team, R::Program]),
    (Role::Supervisor, C::ArrangeCover, AGENCY),
    (Role::Supervisor, C::Supervise, AGENCY),
    (Role::Admin, C::KeepRecords, ANYBODY),
    (Role::Admin, C::AgreePurge, ANYBODY),
    (Role::Supervisor, C::AgreePurge, PROGRAM_AND_THE_AGENCY),
    (Role::Admin, C::ReadHistory, ANY_CLIENT),
    (Role::Admin, C::Reassign, ANY_CLIENT),
    (Role::Admin, C::ArrangeCover, AGENCY),
    (Role::Counselor, C::AskSamePerson, OWN_AND_NEW),
    (Role::Supervisor, C::AskSamePerson, PROGRAM_AND_NEW),
    (Role::Supervisor, C::AgreeSamePerson, PROGRAM_AND_NEW),
    (Role::Admin, C::AskSamePerson, ANY_CLIENT),
    (Role::Admin, C::AgreeSamePerson, ANY_CLIENT),
    (Role::Supervisor, C::DecideLookAlikes, PROGRAM_AND_THE_AGENCY),
    (Role::Admin, C::DecideLookAlikes, ANYBODY),
    (Role::FrontDesk, C::DecideLookAlikes, ANYBODY),
    (Role::Counselor, C::KeepGroups, &[R::Agency, R::Facilitator]),
    (Role::Counselor, C::LeadGroup, &[R::Facilitator]),
    (Role::Counselor, C::SeeCard, &[R::Group]),
    (Role::Counselor, C::WriteGroupPart, &[R::Group]),
    (Role::Supervisor, C::KeepGroups, &[R::Agency, R::Facilitator, R::GroupProgram]),
    (Role::Supervisor, C::LeadGroup, &[R::Facilitator]),
    (Role::Supervisor, C::SeeCard, &[R::Group]),
    (Role::Supervisor, C::WriteGroupPart, &[R::Group]),
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

/// Whether somebody with these roles holds the key that opens the audit.
pub fn holds_audit_key(roles: &[Role]) -> bool {
    may(roles, Capability::ReadAudit, Relation::Agency)
        || Relation::ALL.iter().any(|relation| may(roles, Capability::ReadHistory, *relation))
}

/// Whether somebody can be a client's counselor: they can sign in, and write in the charts of their own people.
pub fn counsels(staff: &Staff) -> bool {
    staff.active && may(&staff.roles, Capability::WriteChart, Relation::Team)
}

/// Whether somebody can supervise others: they can sign in, and co-sign what those write.
pub fn supervises(staff: &Staff) -> bool {
    staff.active && may(&staff.roles, Capability::CoSign, Relation::SuperviseesDraft)
}

/// A colleague whose people somebody may open as if they were on the episode's team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub with: StaffId,
    /// In this program only; empty = in every program.
    pub program: String,
    /// By cover, which reaches whatever they are on; by a team, which reaches those they are the counselor of.
    pub cover: bool,
}

/// How far somebody reaches on a day: who they are, where they work, whose people they share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub who: StaffId,
    /// Programs they work in.
    pub programs: Vec<String>,
    /// Colleagues they stand in for, or share a team with.
    pub shared: Vec<Shared>,
    /// Charts they opened with a reason that still holds.
    pub opened: Vec<ClientId>,
}

impl Reach {
    /// What somebody reaches on `today` at `now`. Programs of their own limit the agency's; none = all of them.
    pub fn on(staff: &Staff, house: &House<'_>, today: Date, now: Moment) -> Self {
        let who = staff.id;
        let programs = if staff.programs.is_empty() { house.programs } else { &staff.programs };
        let covers = house.covers.iter().filter(|cover| cover.by == who && cover.holds_on(today));
        let covered = covers.map(|cover| Shared { with: cover.away, program: String::new(), cover: true });
        let teams = house.teams.iter().filter(|team| team.active && team.shares_charts);
        let mates = teams.filter(|team| team.members.contains(&who)).flat_map(|team| {
            let others = team.members.iter().filter(|member| **member != who);
            others.map(|member| Shared { with: *member, program: team.program.clone(), cover: false })
        });
        let opened = house.accesses.iter().filter(|one| one.by == who && now < one.until);
        Self {
            who,
            programs: programs.to_vec(),
            shared: covered.chain(mates).collect(),
            opened: opened.map(|one| one.client).collect(),
        }
    }

    /// How they are to a client, by the open episode; where there is none, by the newest one that has ended.
    pub fn relation_of(&self, summary: &Summary) -> Relation {
        let Some(left) = summary.left.as_ref().filter(|_| summary.episode.is_none()) else {
            let to = |episode| self.relation(summary.client, Some(episode));
            // Of two open stays the nearer one counts: the counselor of each goes on in the chart. The relations are in that order.
            return summary.open_stays().map(to).min().unwrap_or(Relation::NoEpisode);
        };
        match self.relation(summary.client, Some(&left.episode)) {
            Relation::Team => Relation::Left,
            Relation::Program => Relation::LeftProgram,
            Relation::Opened => Relation::Opened,
            _ => Relation::NoEpisode,
        }
    }

    /// How they are to a client, by the client's open episode.
    fn relation(&self, client: ClientId, episode: Option<&EpisodeFacts>) -> Relation {
        let Some(episode) = episode else { return Relation::NoEpisode };
        let on_it = |who: StaffId| episode.counselor == who || episode.team.contains(&who);
        let shares = |shared: &Shared| {
            let here = shared.program.is_empty() || *shared.program == *episode.program;
            here && (episode.counselor == shared.with || shared.cover && episode.team.contains(&shared.with))
        };
        if on_it(self.who) || self.shared.iter().any(shares) {
            Relation::Team
        } else if self.opened.contains(&client) {
            Relation::Opened
        } else if self.programs.iter().any(|program| **program == *episode.program) {
            Relation::Program
        } else {
            Relation::Elsewhere
        }
    }
}

/// What of the house decides how far people reach.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// The agency's programs.
    pub programs: &'a [String],
    /// Every cover, whenever it holds.
    pub covers: &'a [Cover],
    pub teams: &'a [Team],
    /// Charts opened with a reason, by the person who asks.
    pub accesses: &'a [Access],
}

/// How somebody who reaches so far is to a group.
pub fn group_relation(reach: &Reach, group: &Group) -> Relation {
    if group.facilitators.contains(&reach.who) {
        Relation::Facilitator
    } else if reach.programs.contains(&group.program) {
        Relation::GroupProgram
    } else {
        Relation::OtherGroup
    }
}

/// How a member of staff is to a draft: whose it is, and who supervises its author.
pub fn draft_relation(who: StaffId, author: StaffId, authors_supervisor: Option<StaffId>) -> Relation {
    if who == author {
        Relation::OwnDraft
    } else if authors_supervisor == Some(who) {
        Relation::SuperviseesDraft
    } else {
        Relation::OthersDraft
    }
}
