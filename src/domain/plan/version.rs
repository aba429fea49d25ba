//! Versions of a plan: what was signed as one piece, and how the people it concerns answered it.

use super::super::fields::numbered;
use super::super::{Contract, Date, Diagnosis, LevelDecision, Problem, Wants};
use super::answer::{Agreement, Party};
use super::basics::PlanBasics;
use super::line::Goal;
use super::objective::{Method, Objective};
use serde::{Deserialize, Serialize};

/// What kind of version it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VersionKind {
    /// The first one of an episode.
    #[default]
    Initial,
    /// The first full plan.
    Full,
    /// A change between reviews.
    Change,
    /// What a review changed.
    Review,
}

impl VersionKind {
    /// Every kind, in the order of a list.
    pub const ALL: [Self; 4] = [Self::Initial, Self::Full, Self::Change, Self::Review];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Initial => "initial plan",
            Self::Full => "full plan",
            Self::Change => "change",
            Self::Review => "review",
        }
    }
}

/// Why a plan changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyChanged {
    ClientAsked,
    Progress,
    NoProgress,
    NewNeed,
    Event,
    Review,
    Consultation,
    /// A court or a payer asked for it.
    CourtOrPayer,
    /// Something was wrong.
    Correction,
}

impl WhyChanged {
    /// Every reason, in the order of a list.
    pub const ALL: [Self; 9] = [
        Self::ClientAsked,
        Self::Progress,
        Self::NoProgress,
        Self::NewNeed,
        Self::Event,
        Self::Review,
        Self::Consultation,
        Self::CourtOrPayer,
        Self::Correction,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::ClientAsked => "client asked",
            Self::Progress => "progress",
            Self::NoProgress => "no progress",
            Self::NewNeed => "new need",
            Self::Event => "event",
            Self::Review => "review",
            Self::Consultation => "consultation",
            Self::CourtOrPayer => "court or payer",
            Self::Correction => "correction",
        }
    }
}

/// How the client took part in making a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TookPart {
    /// In a session with the author.
    Together,
    /// By phone or video.
    Distance,
    /// They wrote what they want.
    Written,
    /// Somebody spoke for them.
    Through,
    /// They were told about it afterwards.
    Told,
    /// They did not take part.
    Absent,
}

impl TookPart {
    /// Every way, in the order of a list.
    pub const ALL: [Self; 6] =
        [Self::Together, Self::Distance, Self::Written, Self::Through, Self::Told, Self::Absent];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Together => "together in session",
            Self::Distance => "by phone or video",
            Self::Written => "in writing",
            Self::Through => "somebody spoke for them",
            Self::Told => "told afterwards",
            Self::Absent => "did not take part",
        }
    }
}

/// How somebody who holds no key answered a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedHow {
    /// They typed their name at the screen.
    Screen,
    /// On paper.
    Paper,
    /// They said so.
    Spoken,
    /// They declined to sign.
    Declined,
    /// They could not be asked, or could not answer, on that day.
    Unable,
    /// A guardian signed for them.
    Guardian,
}

impl SignedHow {
    /// Every way, in the order of a list.
    pub const ALL: [Self; 6] =
        [Self::Screen, Self::Paper, Self::Spoken, Self::Declined, Self::Unable, Self::Guardian];

    /// The words shown in a list.
    pub fn word(self) -> &'static str {
        match self {
            Self::Screen => "here at the screen",
            Self::Paper => "on paper",
            Self::Spoken => "spoken",
            Self::Declined => "declined to sign",
            Self::Unable => "unable now",
            Self::Guardian => "a guardian signs",
        }
    }
}

/// What became of the client's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CopyGiven {
    Given,
    NotWanted,
    /// It is not safe for them to take it home.
    NotSafe,
    /// It is sent later.
    Later,
}

impl CopyGiven {
    /// Every answer, in the order of a list.
    pub const ALL: [Self; 4] = [Self::Given, Self::NotWanted, Self::NotSafe, Self::Later];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::NotWanted => "not wanted",
            Self::NotSafe => "not safe to take home",
            Self::Later => "sent later",
        }
    }
}

/// How a party answered a version, as the member of staff recorded it who heard, saw or filed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attested {
    /// Whose answer it is.
    pub whose: Party,
    /// How they signed; always there in what is stored.
    pub how: Option<SignedHow>,
    /// The name they typed, or the name of the guardian who signed.
    pub name: String,
    /// How a guardian is related to the client.
    pub relation: String,
    /// Where the paper is kept, or the reason, in words.
    pub words: String,
    /// Who heard a spoken answer.
    pub heard_by: String,
    /// The day to ask again, where they were unable.
    pub ask_again: Option<Date>,
    /// The language, and who interpreted; empty without an interpreter.
    pub interpreter: String,
    /// What became of the copy; `None` if it is not this party's to say.
    pub copy: Option<CopyGiven>,
    /// The day the answer was given.
    pub given: Date,
}

numbered!(Attested {
    1 whose, 2 how, 3 name, 4 relation, 5 words, 6 heard_by, 7 ask_again, 8 interpreter, 9 copy, 10 given,
});

/// Somebody who has to answer a version besides its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asked {
    #[default]
    Client,
    Guardian,
    CoSigner,
}

impl Asked {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Guardian => "guardian",
            Self::CoSigner => "co-signature",
        }
    }
}

/// Who decides about treatment for a client, where their age does not say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Custody {
    /// Their age says who decides.
    #[default]
    ByAge,
    /// A guardian decides, whatever the age.
    Guardian,
    /// They decide themselves, whatever the age.
    Own,
}

impl Custody {
    /// Every answer, in the order of a list.
    pub const ALL: [Self; 3] = [Self::ByAge, Self::Guardian, Self::Own];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::ByAge => "by age",
            Self::Guardian => "a guardian, at any age",
            Self::Own => "they do, at any age",
        }
    }
}

/// Who is asked to answer a version: a row of the agency's table, as it was when the version was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartyRule {
    /// Who is asked.
    pub whom: Asked,
    /// Only while the client is under this age, 0 = at any age. Custody goes before it.
    pub under: u8,
}

numbered!(PartyRule { 1 whom, 2 under });

/// What lists show of a version of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionFacts {
    /// Its number among the client's versions.
    pub version: u32,
    pub kind: VersionKind,
    /// Why the plan changed; `None` in the first version of an episode.
    pub why: Option<WhyChanged>,
    /// The same in a sentence.
    pub why_words: String,
    /// How the client took part; always there in what is stored.
    pub took_part: Option<TookPart>,
    /// Which session it was, or who spoke for them.
    pub took_part_words: String,
    /// Who else took part, with their role.
    pub participants: String,
    /// The day to look again; `None` leaves it to the rules on reviews.
    pub look_again: Option<Date>,
    /// Who has to answer it.
    pub asks: Vec<PartyRule>,
    /// Goals and tasks on it.
    pub lines: u16,
}

numbered!(VersionFacts {
    1 version, 2 kind, 3 why, 4 why_words, 5 took_part, 6 took_part_words, 7 participants, 8 look_again, 9 asks, 10 lines,
});

/// A plan as it was when a version was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanText {
    pub client_name: String,
    pub record_no: String,
    /// Name and credential of the author.
    pub author: String,
    pub problems: Vec<Problem>,
    pub goals: Vec<Goal>,
    pub objectives: Vec<Objective>,
    pub methods: Vec<Method>,
    /// Answers to its lines.
    pub agreements: Vec<Agreement>,
    pub basics: PlanBasics,
    pub contract: Contract,
    /// Diagnoses that held.
    pub diagnoses: Vec<Diagnosis>,
    pub wants: Wants,
    pub level: LevelDecision,
    /// What an authority requires, as the mandate says it; empty without one.
    pub required: String,
    /// What lists show of it, so that the text says the same without its head.
    pub facts: VersionFacts,
}

numbered!(PlanText {
    1 client_name, 2 record_no, 3 author, 4 problems, 5 goals, 6 objectives, 7 methods, 8 agreements, 9 basics,
    10 contract, 11 diagnoses, 12 wants, 13 level, 14 required, 15 facts,
});
