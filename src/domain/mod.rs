//! What counselors talk about: pure types.
//!
//! Owns the words of the field (glossary in `ARCHITECTURE.md`) as types that are stored as they stand. Must not know
//! the clock, the store, or the screen, and decides nothing: what follows from these facts is `rules`.
//!
//! Stored structs are numbered fields ([`fields`]): a field is added with a number of its own, and a number is never given
//! twice. Enums are appended to, never reordered. Golden bytes and the list of numbers in `tests/fixtures` catch a slip.

mod agency;
mod alert;
mod alliance;
mod appointed;
mod assessment;
mod audit;
mod background;
mod circle;
mod client;
mod contact;
mod content;
mod counted;
mod curriculum;
mod discharge;
mod document;
pub(crate) mod fields;
mod group;
mod guardian;
mod header;
mod heard;
mod house;
mod ids;
mod imported;
mod level;
mod lexicon;
mod measure;
mod note;
mod phrase;
mod plan;
mod problem;
mod questionnaire;
mod retention;
mod rupture;
mod safety;
mod same;
mod session;
mod set_aside;
mod short_form;
mod shown;
mod staff;
mod summary;
mod task;
mod time;
mod told;
mod triage;
mod trust;
mod turned;
mod value;
mod ways;

pub use agency::{AgencyFront, AgencySettings, DueChoice, NoteRules};
pub use alert::{Alert, AlertAnswer, AlertDone, AlertFact, AlertKind};
pub use alliance::CheckIn;
pub use appointed::Appointed;
pub use assessment::{
    Assessment, Cell, DimensionRef, ImmediateNeed, NeedEntry, NeedSource, NeedState, NeedStep, Purpose,
    Severity, Wants,
};
pub use audit::{Act, AuditEvent};
pub use background::{Diagnosis, DiagnosisKind, EarlierHelp, HelpKind};
pub use circle::{CirclePerson, CircleRole, UnsafeAnswer};
pub use client::{Birth, Client, Episode, FormerName, Identifier, PersonName, Telecom};
pub use contact::{AfterContact, ContactOutcome};
pub use content::{Block, Content};
pub use counted::counted;
pub use curriculum::{Topic, TopicHeld};
pub use discharge::{
    Ahead, CareKind, ContinuingCare, Discharge, DischargeEnd, DischargeFact, DischargeFacts, DischargeKnown,
    DischargeNeed, DischargeText, LeaveKind, LeftFacts, LineEnd, NeedGoes, OpenNeed,
};
pub use document::{
    AttestedBy, CoSigner, DocFacts, DocKind, InError, Life, LifeEntry, LifeState, LifeText, LifeWhat,
    OwnFacts, Remark, Returned, Said,
};
pub use fields::UNKNOWN_FIELD;
pub(crate) use fields::numbered;
pub use group::{Group, GroupEntry, GroupPart, GroupSession, GuestCount, Guests, Here, Member, NotAMember};
pub use guardian::{Guardianship, PagePart, ToGuardian};
pub use header::{
    Asked, Copied, HeaderAnswers, HeaderKey, Modality, Mode, NextSession, NoteField, Participant, Progress,
    Reviewed, Service, WantsCheck,
};
pub use heard::{
    Administration, AlertFacts, AskFacts, CriticalDone, CriticalEntry, CriticalWaiting, HeardFacts, HowTaken,
    ScaleResult,
};
pub use house::{Access, AccessReason, Cover, HandOver, HouseRules, Team};
pub use ids::{ClientId, DeskId, GroupId, ImportId, Number, StaffId, TaskId};
pub use imported::{
    ImportRun, Imported, KnownAllergy, KnownMedication, OutsideContact, PastEncounter, Proposal,
};
pub use level::{LevelDecision, LevelEvent};
pub use lexicon::{LONGEST_WORD, Lexicon, MOST_WORDS, WordHint};
pub use measure::{Hundredths, Reply, Score};
pub use note::{NoteDraft, NoteFacts, NoteHead, NoteText, Section, Signature};
pub use phrase::{Phrase, PhraseKind};
pub use plan::{
    Agreement, AskedParty, Assent, Attested, Baseline, Contract, ContractCell, ContractRow, ContractView,
    CopyGiven, Custody, Doer, Dose, Given, Goal, GoalKind, Helped, LevelChoice, LevelWhy, LineKind, LineRef,
    LineState, Log, LogEntry, LogKind, LogValue, MedicationAnswer, Method, Naloxone, Objective, Often, Party,
    PartyRule, Per, PlanBasics, PlanEvent, PlanLine, PlanText, PlanWord, Quote, Referral, ReferralKept,
    Review, ReviewFacts, ReviewHelp, ReviewKnown, ReviewLine, ReviewMark, ReviewMethod, ReviewRating,
    ReviewText, Served, SignedHow, StillWanted, StopWhy, Support, Supports, Taken, Target, Terms, TookPart,
    Trail, TrailMark, VersionFacts, VersionKind, WhatChanges, WhatNext, Who, WhyChanged, Written,
};
pub use problem::{Finding, Problem, ProblemStatus, Rulers, Stage};
pub use questionnaire::{Entry, EntryKind, EntryOption, Questionnaire, WordedAnswer, WordedItem, Wording};
pub use retention::{Certificate, LegalHold, Lifted, Purge, PurgeSaid, PurgeWhat};
pub use rupture::{Rupture, RuptureKind, RuptureOutcome, RupturesIn};
pub use safety::{SafetyFacts, SafetyPart, SafetyPlan, SafetySigned, SafetyText};
pub use same::{SamePerson, SameSaid, SameWhat};
pub use session::{
    CancelledBy, DayFacts, Miss, MissFacts, NoteStands, Outreach, ReviewSessions, Session, SessionFacts,
    SessionNote, SessionStands, SessionState,
};
pub use set_aside::{Decided, SetAside, ToAdmit, WhoTheyAre};
pub use short_form::{
    OpenTest, ReviewForm, ShortAnswer, ShortEntry, ShortMeans, ShortUse, ShortValue, TestResult, Tested,
};
pub use shown::{Paper, PaperSize, Recipient, Shown, ShownHow};
pub use staff::{PeopleSort, PersonalSettings, Role, Staff};
pub use summary::{
    CallWhat, DocWaits, DraftFacts, EpisodeFacts, NeedFacts, NeedStands, PlanCall, PlanFacts, ProblemFacts,
    RatingFacts, Summary, SummaryPart, WaitsFor,
};
pub use task::{Task, TaskDone};
pub use time::{ClockTime, Date, LocalTime, Moment};
pub use told::ToldFacts;
pub use triage::{Triage, TriageAnswer};
pub use trust::{CaseEnd, Knocks, LastSignIn, Mismatch, MismatchCase};
pub use turned::{
    ClientAnswers, ClientSigns, Marked, TurnedForm, TurnedItem, TurnedPage, TurnedPart, TurnedSaid,
};
pub use value::{Value, Values, value_of};
pub use ways::{Barrier, RelationStage, WaysOfWorking};
