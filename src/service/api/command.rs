//! What is true of a command whatever it asks: whose chart it is about, and whether it writes.
//!
//! Owns one table. It names every command there is, so a new one does not compile until it has its place here.

use super::{
    BackgroundAsk, ChartAsk, ClientId, Command, DaysAsk, DocAsk, Door, GroupAsk, HeardAsk, HouseAsk,
    LeaveAsk, People, PlanAsk, RetentionAsk, StaffAsk, TurnAsk, WordsAsk, WritingAsk,
};

/// Whose chart, if it is about one person's; and whether it writes.
type Facts = (Option<ClientId>, bool);

impl Command {
    /// Returns whose chart the command is about; `None` if it is about nobody in particular, or about several people.
    pub fn client(&self) -> Option<ClientId> {
        self.facts().0
    }

    /// Returns whether the command writes something whose result a person would miss. Autosaves, reading, and coming and
    /// going do not count.
    pub fn writes(&self) -> bool {
        self.facts().1
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Door(ask) => (None, door(ask)),
            Self::People(ask) => people(ask),
            Self::Chart(ask) => chart(ask),
            Self::Document(ask) => document(ask),
            Self::Plan(ask) => plan(ask),
            Self::Background(ask) => (Some(background(ask)), true),
            Self::Short(entry) => (Some(entry.client), true),
            Self::Heard(ask) => (Some(heard(ask)), true),
            Self::Staff(ask) => (None, staff(ask)),
            Self::Words(ask) => words(ask),
            Self::Writing(ask) => writing(ask),
            Self::Days(ask) => days(ask),
            Self::House(ask) => house(ask),
            Self::Group(ask) => (None, group(ask)),
            Self::Leave(ask) => leave(ask),
            Self::Turn(ask) => turn(ask),
            Self::Undo | Self::Redo => (None, true),
        }
    }
}

fn door(ask: &Door) -> bool {
    match ask {
        Door::ChangePassphrase { .. } | Door::Personal(_) | Door::SetPin { .. } => true,
        Door::Found(_)
        | Door::SignIn { .. }
        | Door::Recover { .. }
        | Door::Lock { .. }
        | Door::KeepTyped(_)
        | Door::Resume { .. }
        | Door::ByThisClock { .. } => false,
    }
}

fn group(ask: &GroupAsk) -> bool {
    match ask {
        GroupAsk::Save { .. }
        | GroupAsk::Join { .. }
        | GroupAsk::Part { .. }
        | GroupAsk::Ordered { .. }
        | GroupAsk::HandOn { .. }
        | GroupAsk::Mark { .. }
        | GroupAsk::Slip { .. }
        | GroupAsk::Set { .. }
        | GroupAsk::NotAMember { .. }
        | GroupAsk::Danger { .. }
        | GroupAsk::Sign { .. } => true,
        // Taking a session up is coming and going; the shared part is kept as drafts are.
        GroupAsk::List
        | GroupAsk::Open(_)
        | GroupAsk::Begin { .. }
        | GroupAsk::Keep { .. }
        | GroupAsk::Check(_) => false,
    }
}

fn leave(ask: &LeaveAsk) -> Facts {
    match ask {
        LeaveAsk::Ask(request) => (Some(request.client), false),
        LeaveAsk::Ended { .. } | LeaveAsk::Backup(_) => (None, false),
    }
}

fn turn(ask: &TurnAsk) -> Facts {
    match ask {
        TurnAsk::Turn { client, .. } => (Some(*client), false),
        TurnAsk::Save(save) => (Some(save.client), false),
        TurnAsk::Back { .. } => (None, false),
        TurnAsk::TakeOver(take) => (Some(take.client), true),
    }
}

fn staff(ask: &StaffAsk) -> bool {
    match ask {
        StaffAsk::Add { .. }
        | StaffAsk::Change { .. }
        | StaffAsk::SetActive { .. }
        | StaffAsk::ResetPassphrase { .. } => true,
        StaffAsk::List => false,
    }
}

fn words(ask: &WordsAsk) -> Facts {
    match ask {
        WordsAsk::Add(_) | WordsAsk::Remove(_) | WordsAsk::Quiet(_) | WordsAsk::Hint(_) => (None, true),
        WordsAsk::Own(client) => (Some(*client), false),
    }
}

fn writing(ask: &WritingAsk) -> Facts {
    match ask {
        WritingAsk::SavePhrase { .. } | WritingAsk::RemovePhrase { .. } | WritingAsk::SetRules { .. } => {
            (None, true)
        }
        WritingAsk::Overlaps { client, .. } => (Some(*client), false),
    }
}

fn people(ask: &People) -> Facts {
    match ask {
        People::List { .. } => (None, false),
        People::Register { .. } => (None, true),
        People::Change { client, .. } => (Some(client.id), true),
        People::TellDanger(said) => (Some(said.client), true),
        People::WorkIn { client, .. }
        | People::CorrectTold { client, .. }
        | People::Circle { client, .. }
        | People::AnswerUnsafe { client, .. } => (Some(*client), true),
        People::Admit { episode, .. } | People::ChangeEpisode { episode, .. } => (Some(episode.client), true),
    }
}

fn chart(ask: &ChartAsk) -> Facts {
    match ask {
        ChartAsk::Open(client) | ChartAsk::OlderNotes { client, .. } => (Some(*client), false),
        ChartAsk::RaiseNeed { client, .. }
        | ChartAsk::DecideNeed { client, .. }
        | ChartAsk::SayNeed { client, .. }
        | ChartAsk::RecordWants { client, .. }
        | ChartAsk::MoveProblem { client, .. }
        | ChartAsk::AcceptProposal { client, .. } => (Some(*client), true),
        ChartAsk::SaveProblem { problem, .. } => (Some(problem.client), true),
    }
}

fn background(ask: &BackgroundAsk) -> ClientId {
    match ask {
        BackgroundAsk::Diagnosis { diagnosis, .. } => diagnosis.client,
        BackgroundAsk::Help { help, .. } => help.client,
        BackgroundAsk::Level { level, .. } => level.client,
        BackgroundAsk::Contact { contact } => contact.client,
    }
}

fn heard(ask: &HeardAsk) -> ClientId {
    match ask {
        HeardAsk::Notice(filled) | HeardAsk::Save(filled) => filled.client,
        HeardAsk::CheckIn(checkin) => checkin.client,
        HeardAsk::Rupture { rupture, .. } => rupture.client,
        HeardAsk::Ways { ways, .. } => ways.client,
        HeardAsk::Mark { client, .. }
        | HeardAsk::Act { client, .. }
        | HeardAsk::Answer { client, .. }
        | HeardAsk::CheckInError { client, .. } => *client,
    }
}

fn plan(ask: &PlanAsk) -> Facts {
    match ask {
        PlanAsk::SaveLine { line, .. } => (Some(line.line().line().client), true),
        PlanAsk::SetState { client, .. }
        | PlanAsk::MoveLine { client, .. }
        | PlanAsk::Focus { client, .. }
        | PlanAsk::Record { client, .. }
        | PlanAsk::Attest { client, .. } => (Some(*client), true),
        PlanAsk::SaveBasics { basics, .. } => (Some(basics.client), true),
        PlanAsk::SaveContract { contract, .. } => (Some(contract.client), true),
        PlanAsk::OfMe => (None, false),
        PlanAsk::RecordEvent(event) => (Some(event.client), true),
        PlanAsk::GiveLog { log, .. } => (Some(log.client), true),
        PlanAsk::KeepDays(days) => (Some(days.client), true),
        PlanAsk::Sign { signing, .. } | PlanAsk::SignReview { signing, .. } => (Some(signing.client), true),
        PlanAsk::At { client, .. }
        | PlanAsk::SinceSeen { client }
        | PlanAsk::Compare { client }
        | PlanAsk::OfEpisode { client, .. }
        | PlanAsk::ContractThen { client, .. }
        | PlanAsk::Version { client, .. } => (Some(*client), false),
    }
}

fn document(ask: &DocAsk) -> Facts {
    match ask {
        DocAsk::NewNote { client, .. }
        | DocAsk::NoteOf { client, .. }
        | DocAsk::NewAssessment { client }
        | DocAsk::NewReview { client }
        | DocAsk::NewDischarge { client }
        | DocAsk::NewSafety { client }
        | DocAsk::Open { client, .. }
        | DocAsk::Versions { client, .. }
        | DocAsk::Find { client, .. }
        | DocAsk::Read { client, .. }
        | DocAsk::TakeUp { client, .. }
        | DocAsk::Amend { client, .. } => (Some(*client), false),
        DocAsk::Save(save) | DocAsk::Keep { save, .. } | DocAsk::Leave(save) => (Some(save.client), false),
        DocAsk::Sign { save, .. } => (Some(save.client), true),
        DocAsk::Drop { client, .. }
        | DocAsk::Delete { client, .. }
        | DocAsk::CoSign { client, .. }
        | DocAsk::Return { client, .. }
        | DocAsk::CallInError { client, .. }
        | DocAsk::AgreeInError { client, .. }
        | DocAsk::DeclineInError { client, .. }
        | DocAsk::MoveDraft { client, .. } => (Some(*client), true),
        DocAsk::SignSeveral { .. } => (None, true),
    }
}

fn days(ask: &DaysAsk) -> Facts {
    match ask {
        DaysAsk::Day { .. } | DaysAsk::Due | DaysAsk::Hours(_) => (None, false),
        DaysAsk::Plan { session, .. } | DaysAsk::Change { session, .. } => (Some(session.client), true),
        DaysAsk::Mark(mark) => (Some(mark.client), true),
        DaysAsk::Reach { client, .. } | DaysAsk::NoNote { client, .. } => (Some(*client), true),
        DaysAsk::Explain(miss) => (Some(miss.client), true),
        DaysAsk::Keep { task, .. } => (task.client, true),
        DaysAsk::Finish { .. } | DaysAsk::Rules(_) => (None, true),
    }
}

fn retention(ask: &RetentionAsk) -> Facts {
    match ask {
        RetentionAsk::Lift { client, .. } | RetentionAsk::AskPurge { client } => (Some(*client), true),
        RetentionAsk::Hold { .. } | RetentionAsk::Decide { .. } => (None, true),
        RetentionAsk::Show => (None, false),
    }
}

fn house(ask: &HouseAsk) -> Facts {
    match ask {
        HouseAsk::Triage { client, .. }
        | HouseAsk::OpenBeyond { client, .. }
        | HouseAsk::AskSame { client, .. }
        | HouseAsk::AskUnlink { client, .. }
        | HouseAsk::DecideSame { client, .. } => (Some(*client), true),
        HouseAsk::History { client, .. } => (Some(*client), false),
        HouseAsk::DecideLookAlike(decision) => (Some(decision.here), true),
        HouseAsk::Retention(ask) => retention(ask),
        HouseAsk::SaveCover { .. }
        | HouseAsk::SaveTeam { .. }
        | HouseAsk::HandOver { .. }
        | HouseAsk::PassOn(_)
        | HouseAsk::SeenAccess { .. }
        | HouseAsk::SaveRules(_)
        | HouseAsk::Acknowledge { .. } => (None, true),
        HouseAsk::Board
        | HouseAsk::Duties(_)
        | HouseAsk::Holdings { .. }
        | HouseAsk::Watch
        | HouseAsk::Beyond { .. }
        | HouseAsk::LookAlikes { .. }
        | HouseAsk::Mismatches
        | HouseAsk::AgencyRecord
        | HouseAsk::Rules => (None, false),
    }
}
