//! In whose chart a command begins something new, as against finishing, deciding or reading what is there already.
//!
//! Owns one table. Where two charts of a person are linked, only the leading one takes what is new; what is open in the
//! other (a draft, a need, a session, a document that waits) is finished where it is.

use super::{
    BackgroundAsk, ChartAsk, ClientId, Command, DaysAsk, DocAsk, HeardAsk, HouseAsk, People, PlanAsk, TurnAsk,
};
use crate::domain::ShortMeans;

impl Command {
    /// Returns whose chart the command begins something new in; `None` if it begins nothing in a chart.
    pub fn begins_in(&self) -> Option<ClientId> {
        match self {
            Self::People(ask) => match ask {
                // Danger is passed on about whichever chart somebody has at hand: the service writes it where it belongs.
                People::List { .. }
                | People::Register { .. }
                | People::WorkIn { .. }
                | People::TellDanger(_)
                | People::CorrectTold { .. } => None,
                People::Change { .. }
                | People::Circle { .. }
                | People::AnswerUnsafe { .. }
                | People::Admit { .. }
                | People::ChangeEpisode { .. } => self.client(),
            },
            Self::Chart(ask) => match ask {
                ChartAsk::Open(_)
                | ChartAsk::OlderNotes { .. }
                | ChartAsk::DecideNeed { .. }
                | ChartAsk::SayNeed { .. } => None,
                ChartAsk::RaiseNeed { .. }
                | ChartAsk::RecordWants { .. }
                | ChartAsk::SaveProblem { .. }
                | ChartAsk::MoveProblem { .. }
                | ChartAsk::AcceptProposal { .. } => self.client(),
            },
            Self::Document(ask) => document(ask),
            Self::Plan(ask) => self.client().filter(|_| plan(ask)),
            // What is owed in a chart is done there.
            Self::Background(ask) if matches!(**ask, BackgroundAsk::Contact { .. }) => None,
            Self::Background(_) => self.client(),
            // What came later, and what was wrong, belongs to the chart that has the entry.
            Self::Short(entry) => (entry.means == ShortMeans::Begins).then_some(entry.client),
            Self::Heard(ask) => match ask {
                HeardAsk::Notice(_)
                | HeardAsk::Save(_)
                | HeardAsk::CheckIn(_)
                | HeardAsk::Ways { .. }
                | HeardAsk::Rupture { rev: 0, .. } => self.client(),
                HeardAsk::Mark { .. }
                | HeardAsk::Act { .. }
                | HeardAsk::Answer { .. }
                | HeardAsk::Rupture { .. }
                | HeardAsk::CheckInError { .. } => None,
            },
            Self::Days(ask) => match ask.as_ref() {
                DaysAsk::Plan { session, .. } => Some(session.client),
                // A task that is there already is kept with the chart it is about.
                DaysAsk::Keep { task, rev: 0 } => task.client,
                DaysAsk::Day { .. }
                | DaysAsk::Due
                | DaysAsk::Hours(_)
                | DaysAsk::Change { .. }
                | DaysAsk::Mark(_)
                | DaysAsk::Reach { .. }
                | DaysAsk::NoNote { .. }
                | DaysAsk::Explain(_)
                | DaysAsk::Keep { .. }
                | DaysAsk::Finish { .. }
                | DaysAsk::Rules(_) => None,
            },
            Self::House(ask) => house(ask),
            Self::Turn(ask) => match ask.as_ref() {
                TurnAsk::Turn { client, .. } => Some(*client),
                TurnAsk::Save(_) | TurnAsk::Back { .. } | TurnAsk::TakeOver(_) => None,
            },
            Self::Door(_)
            | Self::Staff(_)
            | Self::Words(_)
            | Self::Writing(_)
            // A part of a group session is written in the chart the member came with.
            | Self::Group(_)
            | Self::Leave(_)
            | Self::Undo
            | Self::Redo => None,
        }
    }
}

/// Whether it begins something: only looking does not.
fn plan(ask: &PlanAsk) -> bool {
    match ask {
        PlanAsk::At { .. }
        | PlanAsk::OfMe
        | PlanAsk::SinceSeen { .. }
        | PlanAsk::Compare { .. }
        | PlanAsk::OfEpisode { .. }
        | PlanAsk::ContractThen { .. }
        | PlanAsk::Version { .. }
        | PlanAsk::Attest { .. } => false,
        PlanAsk::SaveLine { .. }
        | PlanAsk::Sign { .. }
        | PlanAsk::SignReview { .. }
        | PlanAsk::SetState { .. }
        | PlanAsk::MoveLine { .. }
        | PlanAsk::Focus { .. }
        | PlanAsk::Record { .. }
        | PlanAsk::SaveBasics { .. }
        | PlanAsk::SaveContract { .. }
        | PlanAsk::RecordEvent(_)
        | PlanAsk::GiveLog { .. }
        | PlanAsk::KeepDays(_) => true,
    }
}

fn document(ask: &DocAsk) -> Option<ClientId> {
    match ask {
        // What adds to a signed note belongs to its chart.
        DocAsk::NewNote { client, addendum_to: 0, .. }
        | DocAsk::NewAssessment { client }
        | DocAsk::NewReview { client }
        | DocAsk::NewDischarge { client }
        | DocAsk::NewSafety { client } => Some(*client),
        DocAsk::MoveDraft { to, .. } => Some(*to),
        DocAsk::NewNote { .. }
        | DocAsk::NoteOf { .. }
        | DocAsk::Amend { .. }
        | DocAsk::Open { .. }
        | DocAsk::Versions { .. }
        | DocAsk::Find { .. }
        | DocAsk::Read { .. }
        | DocAsk::TakeUp { .. }
        | DocAsk::Save(_)
        | DocAsk::Keep { .. }
        | DocAsk::Leave(_)
        | DocAsk::Sign { .. }
        | DocAsk::Drop { .. }
        | DocAsk::Delete { .. }
        | DocAsk::CoSign { .. }
        | DocAsk::Return { .. }
        | DocAsk::CallInError { .. }
        | DocAsk::AgreeInError { .. }
        | DocAsk::DeclineInError { .. }
        | DocAsk::SignSeveral { .. } => None,
    }
}

fn house(ask: &HouseAsk) -> Option<ClientId> {
    match ask {
        HouseAsk::Triage { client, .. } => Some(*client),
        HouseAsk::OpenBeyond { .. }
        | HouseAsk::History { .. }
        | HouseAsk::SaveCover { .. }
        | HouseAsk::SaveTeam { .. }
        | HouseAsk::HandOver { .. }
        | HouseAsk::Holdings { .. }
        | HouseAsk::PassOn(_)
        | HouseAsk::SeenAccess { .. }
        | HouseAsk::SaveRules(_)
        | HouseAsk::Board
        | HouseAsk::Duties(_)
        | HouseAsk::Watch
        | HouseAsk::Beyond { .. }
        | HouseAsk::Rules
        | HouseAsk::LookAlikes { .. }
        | HouseAsk::Mismatches
        | HouseAsk::AgencyRecord
        | HouseAsk::Acknowledge { .. }
        | HouseAsk::DecideLookAlike(_)
        | HouseAsk::Retention(_)
        | HouseAsk::AskSame { .. }
        | HouseAsk::AskUnlink { .. }
        | HouseAsk::DecideSame { .. } => None,
    }
}
