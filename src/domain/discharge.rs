//! A discharge summary: how a stay ended, how each goal ended, and where the client goes on.
//!
//! People's answers are apart from what the program knows ([`DischargeKnown`]). What is known is read from the chart at every
//! frame and put beside the answers when the summary is signed; nobody edits it, and each fact says where it comes from.

use super::fields::numbered;
use super::{
    Appointed, Asked, ClientId, ClockTime, Date, EpisodeFacts, LineRef, LineState, Number, ReviewLine,
    StaffId, StopWhy, Summary, TookPart,
};
use serde::{Deserialize, Serialize};

/// How a stay ended (`clinical.md` 4.6). Appended to, never reordered: it is part of stored values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LeaveKind {
    /// What was agreed is done.
    #[default]
    Completed,
    /// Another place gives the care from now on.
    Transferred,
    /// The client decided to leave before staff thought it wise.
    AgainstAdvice,
    /// The program ended it.
    Administrative,
    /// The client is in jail or prison.
    Incarcerated,
    Medical,
    LostToContact,
    Deceased,
}

impl LeaveKind {
    /// Every way, in the order of the digits.
    pub const ALL: [Self; 8] = [
        Self::Completed,
        Self::Transferred,
        Self::AgainstAdvice,
        Self::Administrative,
        Self::Incarcerated,
        Self::Medical,
        Self::LostToContact,
        Self::Deceased,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Transferred => "transferred",
            Self::AgainstAdvice => "left against advice",
            Self::Administrative => "ended by the program",
            Self::Incarcerated => "in jail or prison",
            Self::Medical => "medical reasons",
            Self::LostToContact => "lost to contact",
            Self::Deceased => "died",
        }
    }

    /// Whether the client has died: then nothing is asked of them, and nobody calls, writes or reminds.
    pub fn is_death(self) -> bool {
        self == Self::Deceased
    }
}

/// How a goal or an objective ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineEnd {
    Met,
    Partly,
    NotMet,
    /// It goes on somewhere else; the words say where.
    Elsewhere,
    /// The client does not want it any longer.
    NotWanted,
}

impl LineEnd {
    /// Every end, in the order of the digits.
    pub const ALL: [Self; 5] = [Self::Met, Self::Partly, Self::NotMet, Self::Elsewhere, Self::NotWanted];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly met",
            Self::NotMet => "not met",
            Self::Elsewhere => "goes on elsewhere",
            Self::NotWanted => "no longer wanted",
        }
    }

    /// The state that the line takes.
    pub fn state(self) -> LineState {
        match self {
            Self::Met => LineState::Met,
            Self::Partly => LineState::PartlyMet,
            Self::NotMet => LineState::Stopped(StopWhy::NotMetAtDischarge),
            Self::Elsewhere => LineState::Stopped(StopWhy::GoesOnElsewhere),
            Self::NotWanted => LineState::Stopped(StopWhy::NotWanted),
        }
    }
}

/// Whether the client goes on somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CareKind {
    /// It is arranged; the words say where and with whom.
    Arranged,
    /// The client arranges it.
    ClientArranges,
    /// It was offered, and the client declined it.
    Declined,
    /// It was not possible to talk about it.
    NotPossible,
}

impl CareKind {
    /// Every answer, in the order of the digits.
    pub const ALL: [Self; 4] = [Self::Arranged, Self::ClientArranges, Self::Declined, Self::NotPossible];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arranged => "arranged",
            Self::ClientArranges => "the client arranges it",
            Self::Declined => "offered, the client declined",
            Self::NotPossible => "not possible to arrange",
        }
    }
}

/// What becomes of sessions or tasks that are still ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ahead {
    /// They end with the stay.
    Ends,
    /// They stay as they are, with whoever holds them.
    Stays,
}

impl Ahead {
    /// Both answers, in the order of the digits.
    pub const ALL: [Self; 2] = [Self::Ends, Self::Stays];
}

/// Who answers for a danger that is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedGoes {
    /// The counselor of the stay goes on answering for it.
    Stays,
    /// Somebody else was told and took it on; the words say who and what they do. It stays owed here until it is resolved.
    HandedOn,
}

impl NeedGoes {
    /// Both answers, in the order of the digits.
    pub const ALL: [Self; 2] = [Self::Stays, Self::HandedOn];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stays => "stays with us",
            Self::HandedOn => "handed on",
        }
    }
}

/// How a line of the plan ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeEnd {
    pub line: LineRef,
    pub end: Option<LineEnd>,
    /// The same in a sentence; where it goes on.
    pub words: String,
}

numbered!(DischargeEnd { 1 line, 2 end, 3 words });

/// What becomes of a danger that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeNeed {
    /// Number of the immediate need.
    pub need: Number,
    pub goes: Option<NeedGoes>,
    /// To whom, and what they do.
    pub words: String,
}

numbered!(DischargeNeed { 1 need, 2 goes, 3 words });

/// Where the client goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContinuingCare {
    pub kind: Option<CareKind>,
    pub place: String,
    pub person: String,
    /// How to reach them: phone or address.
    pub contact: String,
    /// How the client gets there.
    pub transport: String,
    /// What to do when it gets hard.
    pub hard: String,
    /// People and groups that support the client from now on.
    pub supports: String,
    /// The day of the appointment.
    pub on: Option<Date>,
    pub at: Option<ClockTime>,
    /// Whether there is an appointment; summaries of before this was asked have a day at most.
    pub appointed: Option<Appointed>,
}

numbered!(ContinuingCare {
    1 kind, 2 place, 3 person, 4 contact, 5 transport, 6 hard, 7 supports, 8 on, 9 at,
    10 appointed,
});

/// A discharge summary while it is written: the answers of people, and nothing that the program knows by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discharge {
    pub client: ClientId,
    /// The episode it ends.
    pub episode: Number,
    /// The last day of the stay.
    pub on: Date,
    pub kind: Option<LeaveKind>,
    /// Why, in a sentence.
    pub kind_words: String,
    /// How it went, in the counselor's words.
    pub course: String,
    /// How lines of the plan ended, in the order in which that was said.
    pub ends: Vec<DischargeEnd>,
    /// Whether danger was asked about at the end.
    pub risk: Asked,
    /// What was found, and what is in place.
    pub risk_words: String,
    /// The level of care that is indicated from now on; `none` where no care is.
    pub level: String,
    pub needs: Vec<DischargeNeed>,
    pub care: ContinuingCare,
    /// How the client sees it, in their words.
    pub view: String,
    pub took_part: Option<TookPart>,
    /// Who else took part, with their role.
    pub participants: String,
    pub sessions: Option<Ahead>,
    pub tasks: Option<Ahead>,
    /// The signed summary this takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
    /// What was known when it was signed, where it is written down again.
    pub known: Option<Box<DischargeKnown>>,
}

numbered!(Discharge {
    1 client, 2 episode, 3 on, 4 kind, 5 kind_words, 6 course, 7 ends, 8 risk, 9 risk_words, 10 level, 11 needs,
    12 care, 13 view, 14 took_part, 15 participants, 16 sessions, 17 tasks, 18 amends, 19 reason, 20 known,
});

/// Something the program knows of a stay, in words, with where it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeFact {
    /// What it is about, such as `Admitted` or `D3`.
    pub label: String,
    pub words: String,
    /// Which records say so.
    pub source: String,
}

numbered!(DischargeFact { 1 label, 2 words, 3 source });

/// A danger that is open when the stay ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenNeed {
    /// Number of the immediate need.
    pub need: Number,
    /// The dimension and what the danger is.
    pub words: String,
    /// Where it is: in hand, confirmed, not decided.
    pub stands: String,
    /// Somebody decided about it.
    pub decided: bool,
}

numbered!(OpenNeed { 1 need, 2 words, 3 stands, 4 decided });

/// What the program knows of a stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeKnown {
    pub program: String,
    pub admitted: Date,
    pub facts: Vec<DischargeFact>,
    /// Active goals, each followed by its active objectives.
    pub lines: Vec<ReviewLine>,
    pub needs: Vec<OpenNeed>,
    /// Sessions that are planned for after the last day, in words.
    pub sessions: Vec<String>,
    /// Open tasks about the client, in words.
    pub tasks: Vec<String>,
    /// What is begun and not finished, and stays owed.
    pub owed: Vec<String>,
    /// The actual level of care.
    pub level: String,
    /// The day of the last session held.
    pub last_held: Option<Date>,
    /// Groups that are left with the stay.
    pub groups: Vec<String>,
}

numbered!(DischargeKnown {
    1 program, 2 admitted, 3 facts, 4 lines, 5 needs, 6 sessions, 7 tasks, 8 owed, 9 level, 10 last_held,
    11 groups,
});

/// What lists show of a discharge summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeFacts {
    pub program: String,
    pub admitted: Date,
    /// How the stay ended; always there in what is stored.
    pub kind: Option<LeaveKind>,
    /// How the lines of the plan ended.
    pub ends: Vec<(LineRef, LineEnd)>,
    /// Words in it.
    pub words: u32,
}

numbered!(DischargeFacts { 1 program, 2 admitted, 3 kind, 4 ends, 5 words });

/// A discharge summary as it was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DischargeText {
    pub client_name: String,
    pub record_no: String,
    /// Name and credential of the author.
    pub author: String,
    /// The answers.
    pub discharge: Discharge,
    /// What was known.
    pub known: DischargeKnown,
}

numbered!(DischargeText { 1 client_name, 2 record_no, 3 author, 4 discharge, 5 known });

/// A stay that has ended, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftFacts {
    /// The episode as it was.
    pub episode: EpisodeFacts,
    /// The last day.
    pub on: Date,
    /// How it ended.
    pub kind: LeaveKind,
    /// The contacts afterwards that were recorded, by the days after which they were due.
    pub contacts: Vec<u16>,
}

numbered!(LeftFacts { 1 episode, 2 on, 3 kind, 4 contacts });

impl Summary {
    /// The counselor of the open episode, else of the newest one that has ended: who answers for what is still owed.
    pub fn counselor(&self) -> Option<StaffId> {
        let left = || self.left.as_ref().map(|left| left.episode.counselor);
        self.episode.as_ref().map(|episode| episode.counselor).or_else(left)
    }
}

impl Discharge {
    /// Returns how a line ended, if somebody said so.
    pub fn end(&self, line: LineRef) -> Option<&DischargeEnd> {
        self.ends.iter().find(|one| one.line == line)
    }

    /// Returns how a line ended, to be written in.
    pub fn end_mut(&mut self, line: LineRef) -> &mut DischargeEnd {
        let at = self.ends.iter().position(|one| one.line == line).unwrap_or_else(|| {
            self.ends.push(DischargeEnd { line, ..DischargeEnd::default() });
            self.ends.len() - 1
        });
        &mut self.ends[at]
    }

    /// Returns what becomes of a danger, if somebody said so.
    pub fn need(&self, number: Number) -> Option<&DischargeNeed> {
        self.needs.iter().find(|one| one.need == number)
    }

    /// Returns what becomes of a danger, to be written in.
    pub fn need_mut(&mut self, number: Number) -> &mut DischargeNeed {
        let at = self.needs.iter().position(|one| one.need == number).unwrap_or_else(|| {
            self.needs.push(DischargeNeed { need: number, ..DischargeNeed::default() });
            self.needs.len() - 1
        });
        &mut self.needs[at]
    }

    /// Whether nothing was answered or written.
    pub fn is_blank(&self) -> bool {
        let Self { client, episode, on, amends, reason, known, .. } = self.clone();
        *self == Self { client, episode, on, amends, reason, known, ..Self::default() }
    }

    /// Words written in it.
    pub fn words(&self) -> u32 {
        let care = &self.care;
        let own = [&self.kind_words, &self.course, &self.risk_words, &self.view, &self.participants];
        let next = [&care.place, &care.person, &care.contact, &care.transport, &care.hard, &care.supports];
        let said = self.ends.iter().map(|one| &one.words).chain(self.needs.iter().map(|one| &one.words));
        let count = |text: &String| u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        own.into_iter().chain(next).chain(said).map(count).sum()
    }
}
