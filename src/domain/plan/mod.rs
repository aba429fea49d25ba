//! The treatment plan: goals, objectives and methods under problems, and what people answered to each.
//!
//! A line of the plan is a record of its own. Its parents are numbers inside it, and no tree is stored: `rules::plan` builds
//! it. An answer is written once and never changed; it belongs to the wording that it was given to ([`Terms`]).

mod answer;
mod basics;
mod contract;
mod event;
mod line;
mod log;
mod objective;
mod progress;
mod review;
mod version;

pub use answer::{Agreement, Assent, Party, Terms};
pub use basics::{MedicationAnswer, Naloxone, PlanBasics, Support, Supports, WhatNext, Written};
pub use contract::{Contract, ContractCell, Row as ContractRow, View as ContractView};
pub use event::{PlanEvent, PlanWord};
pub use line::{
    Baseline, Given, Goal, GoalKind, LineKind, LineRef, LineState, PlanLine, Quote, StopWhy, Taken, Target,
};
pub use log::{Log, LogEntry, LogKind, LogValue};
pub use objective::{Doer, Dose, Method, Objective, Often, Per, Referral, ReferralKept, Who};
pub use progress::{Served, Trail, TrailMark};
pub use review::{
    Helped, LevelChoice, LevelWhy, Review, ReviewFacts, ReviewHelp, ReviewKnown, ReviewLine, ReviewMark,
    ReviewMethod, ReviewRating, ReviewText, StillWanted, WhatChanges,
};
pub use version::{
    Asked as AskedParty, Attested, CopyGiven, Custody, PartyRule, PlanText, SignedHow, TookPart,
    VersionFacts, VersionKind, WhyChanged,
};
