//! Which act needs which capability, so that nobody is offered what their roles never let them do, and who is asked for it
//! learns why before a form is filled.
//!
//! Owns that table. Whether it is permitted for one client is the service's to say, each time.

use super::action::Action;
use super::facts::Cx;
use crate::domain::Role;
use crate::rules::access::{Capability, Relation, may};

/// The capabilities of which one is needed for an act; none = it is for everybody.
fn wanted(action: Action) -> &'static [Capability] {
    use Action as A;
    use Capability as C;
    match action {
        A::Supervision | A::SeenAccess => &[C::Supervise],
        A::AgencyRules | A::BetterWord | A::NoteRules | A::DueRules => &[C::ChangeSettings],
        A::Staff | A::AddStaff | A::EditStaff | A::ResetPassphrase | A::DisableStaff => &[C::ManageStaff],
        A::CoverBoard => &[C::ListStaff],
        A::AddCover | A::AddTeam | A::EditEntry | A::ShowDuties | A::HandOver => &[C::ArrangeCover],
        A::RegisterPerson => &[C::Register],
        A::Admit => &[C::Admit],
        A::SamePerson => &[C::AskSamePerson, C::AgreeSamePerson],
        A::EditPerson => &[C::ChangeDemographics],
        A::OthersInAgency => &[C::OpenWithReason],
        A::AddPhrase | A::EditPhrase | A::RemovePhrase => &[C::KeepPhrases, C::ChangeAgencyPhrases],
        A::SessionHeld | A::NoNoteNeeded => &[C::HoldSession],
        A::PlanSession
        | A::State
        | A::SessionArrived
        | A::SessionMissed
        | A::SessionCancelled
        | A::MoveSession
        | A::RecordOutreach => &[C::Schedule],
        A::NewTask | A::FinishTask | A::EditTask => &[C::KeepTasks],
        _ => wanted_in_chart(action),
    }
}

/// As [`wanted`], for what is read and written in charts.
fn wanted_in_chart(action: Action) -> &'static [Capability] {
    use Action as A;
    use Capability as C;
    match action {
        A::Whole
        | A::RoomGrid
        | A::RoomPriorities
        | A::NeedHistory
        | A::RoomPlan
        | A::RoomContract
        | A::RoomBackground
        | A::RoomNotes => &[C::ReadChart],
        A::RoomHistory | A::OlderEvents => &[C::ReadHistory],
        A::Triage
        | A::RaiseNeed
        | A::AnswerNeed
        | A::ConfirmNeed
        | A::TakeNeedInHand
        | A::ResolveNeed
        | A::DismissNeed => &[C::AnswerDanger],
        A::Sign | A::SignSeveral => &[C::WriteChart, C::CoSign],
        A::ReturnNote => &[C::CoSign],
        A::Amend => &[C::AmendDocument],
        A::CallInError => &[C::CallInError],
        A::AgreeInError | A::DeclineInError => &[C::AgreeInError],
        A::DeleteDraft | A::MoveDraft => &[C::WriteDraft],
        A::NewNote
        | A::Addendum
        | A::ExplainMiss
        | A::Unrate
        | A::Carry
        | A::EditWords
        | A::ConfirmCarried
        | A::PickSymbol
        | A::NewAssessment
        | A::Complete
        | A::EditAssessment
        | A::DeleteAssessment
        | A::ClientWants
        | A::ClientRank
        | A::AddBelow
        | A::EditLine
        | A::SetState
        | A::MoveEarlier
        | A::MoveLater
        | A::AcceptProposal
        | A::AskAgreement
        | A::Agreed
        | A::Partly
        | A::Declined
        | A::NotAsked => &[C::WriteChart],
        _ if action.severity().is_some() => &[C::WriteChart],
        _ if action.dimension().is_some() => &[C::ReadChart],
        _ => &[],
    }
}

/// Rooms say themselves, with the way out, why nothing of them can be read.
fn is_room(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::RoomGrid
            | A::RoomPriorities
            | A::RoomPlan
            | A::RoomContract
            | A::RoomBackground
            | A::RoomNotes
            | A::RoomHistory
    )
}

/// Whether these roles may ever do one of these, to whomever.
fn ever(roles: &[Role], wanted: &[Capability]) -> bool {
    let somewhere = |one: &Capability| Relation::ALL.iter().any(|relation| may(roles, *one, *relation));
    wanted.is_empty() || wanted.iter().any(somewhere)
}

/// Those who have a role, as a sentence names them.
fn those(role: Role) -> &'static str {
    match role {
        Role::Counselor => "counselors",
        Role::Supervisor => "supervisors",
        Role::Admin => "admins",
        Role::FrontDesk => "the front desk",
        Role::Auditor => "auditors",
    }
}

fn joined(words: &[&str]) -> String {
    match words {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl Cx {
    /// Whether an act is one this person may do at all, so that menu, hints, palette and help name it. What has something to
    /// act on just now is the screen's to say; the service refuses what is not permitted either way.
    pub fn may_do(&self, action: Action) -> bool {
        let exists = |number| self.set().is_none_or(|set| set.dimension(number).is_some());
        ever(self.roles(), wanted(action)) && action.dimension().is_none_or(exists)
    }

    /// Why this person may never do an act, in a sentence; `None` if they may.
    pub fn never(&self, action: Action) -> Option<String> {
        let wanted = wanted(action);
        if self.signed_in.is_none() || is_room(action) || ever(self.roles(), wanted) {
            return None;
        }
        let who: Vec<&str> = Role::ALL.into_iter().filter(|role| ever(&[*role], wanted)).map(those).collect();
        Some(format!("Your roles do not include this. It is for {}.", joined(&who)))
    }

    /// Whether this person's roles let them read any chart, so that anybody is ranked for them.
    pub fn reads_charts(&self) -> bool {
        ever(self.roles(), &[Capability::ReadChart])
    }
}
