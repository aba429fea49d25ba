//! A review of the plan: how far each line has come, what helped, and what follows for the level of care.
//!
//! What the program knows of the span is put beside the answers when the review is signed ([`ReviewKnown`]); until then it is
//! reckoned afresh, so that a draft never holds an old count.

use super::super::fields::numbered;
use super::super::header::Progress;
use super::super::{ClientId, Date, Number, ReviewForm, ReviewSessions, Severity, Wants};
use super::line::LineRef;
use super::version::TookPart;
use serde::{Deserialize, Serialize};

/// What a method did for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Helped {
    Yes,
    Partly,
    No,
    /// It made things worse.
    Worse,
    /// Nothing can be said yet.
    TooEarly,
}

impl Helped {
    /// Every answer, in the order of its digits.
    pub const ALL: [Self; 5] = [Self::Yes, Self::Partly, Self::No, Self::Worse, Self::TooEarly];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "helped",
            Self::Partly => "helped partly",
            Self::No => "did not help",
            Self::Worse => "made it worse",
            Self::TooEarly => "too early to say",
        }
    }
}

/// What will be different where a line has not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhatChanges {
    SmallerStep,
    OtherMethod,
    /// More or less of what is done.
    MoreOrLess,
    OtherLevel,
    OtherGoal,
    /// It goes on as it is; the words say why.
    GoOn,
}

impl WhatChanges {
    /// Every answer, in the order of its digits.
    pub const ALL: [Self; 6] = [
        Self::SmallerStep,
        Self::OtherMethod,
        Self::MoreOrLess,
        Self::OtherLevel,
        Self::OtherGoal,
        Self::GoOn,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::SmallerStep => "smaller step",
            Self::OtherMethod => "other method",
            Self::MoreOrLess => "more or less",
            Self::OtherLevel => "other level",
            Self::OtherGoal => "other goal",
            Self::GoOn => "go on because",
        }
    }
}

/// Whether what the client wants is still so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StillWanted {
    Yes,
    /// They want something else now; the words say what.
    Changed,
    NotAsked,
}

impl StillWanted {
    /// Every answer, in the order of its digits.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Changed, Self::NotAsked];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "still so",
            Self::Changed => "changed",
            Self::NotAsked => "not asked",
        }
    }
}

/// What was decided about the level of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LevelChoice {
    Continue,
    StepUp,
    StepDown,
    /// To another place that gives the care.
    Transfer,
    Discharge,
}

impl LevelChoice {
    /// Every choice, in the order of its digits.
    pub const ALL: [Self; 5] =
        [Self::Continue, Self::StepUp, Self::StepDown, Self::Transfer, Self::Discharge];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::StepUp => "step up",
            Self::StepDown => "step down",
            Self::Transfer => "transfer",
            Self::Discharge => "discharge",
        }
    }

    /// Whether another level of care follows from it here.
    pub fn changes_level(self) -> bool {
        matches!(self, Self::StepUp | Self::StepDown)
    }
}

/// Why it was decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LevelWhy {
    Progress,
    /// Not yet, but able with a changed plan.
    Able,
    /// A new need that can be met here.
    NewNeed,
    /// What was agreed is reached.
    Reached,
    CannotHere,
    NeedsMore,
    NeedsLess,
    ClientsChoice,
    Other,
}

impl LevelWhy {
    /// Every reason, in the order of its digits.
    pub const ALL: [Self; 9] = [
        Self::Progress,
        Self::Able,
        Self::NewNeed,
        Self::Reached,
        Self::CannotHere,
        Self::NeedsMore,
        Self::NeedsLess,
        Self::ClientsChoice,
        Self::Other,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Progress => "progress, not yet there",
            Self::Able => "not yet, but able with a changed plan",
            Self::NewNeed => "new need that can be met here",
            Self::Reached => "reached what was agreed",
            Self::CannotHere => "cannot be met here",
            Self::NeedsMore => "needs more",
            Self::NeedsLess => "needs less",
            Self::ClientsChoice => "client's choice",
            Self::Other => "other",
        }
    }
}

/// What a review says of a goal or an objective.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewMark {
    pub line: LineRef,
    pub progress: Progress,
    /// The same in a sentence.
    pub sentence: String,
    /// How much of the planned amount was done, as it was typed.
    pub done: String,
    /// What will be different; asked where a goal has not moved.
    pub change: Option<WhatChanges>,
    /// The same in words.
    pub change_words: String,
}

numbered!(ReviewMark { 1 line, 2 progress, 3 sentence, 4 done, 5 change, 6 change_words });

/// What a review says of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewHelp {
    /// Number of the method.
    pub method: Number,
    pub helped: Option<Helped>,
    /// The same in words.
    pub words: String,
}

numbered!(ReviewHelp { 1 method, 2 helped, 3 words });

/// A review of a plan while it is written: the answers of people, and nothing that the program knows by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    pub client: ClientId,
    /// The episode whose plan it reviews.
    pub episode: Number,
    /// The day of the review.
    pub on: Date,
    /// Whether what the client wants is still so.
    pub wants: Option<StillWanted>,
    /// What they want now, in their words.
    pub wants_words: String,
    /// Goals and objectives that were marked, in the order in which that happened.
    pub marks: Vec<ReviewMark>,
    /// Methods that somebody said something of.
    pub helps: Vec<ReviewHelp>,
    /// How the client sees it, in their words.
    pub view: String,
    /// How the client took part.
    pub took_part: Option<TookPart>,
    /// Who else took part, with their role.
    pub participants: String,
    pub choice: Option<LevelChoice>,
    pub why: Option<LevelWhy>,
    /// The reason in a sentence.
    pub level_words: String,
    /// The level of care from now on, where it changes.
    pub new_level: String,
    /// Whether the client agrees; `None` if nobody asked.
    pub agrees: Option<bool>,
    /// The day to look again; `None` leaves it to the rules on reviews.
    pub next: Option<Date>,
    /// The signed review this takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
    /// What was known when the review was signed, where it is written down again.
    pub known: Option<Box<ReviewKnown>>,
}

numbered!(Review {
    1 client, 2 episode, 3 on, 4 wants, 5 wants_words, 6 marks, 7 helps, 8 view, 9 took_part, 10 participants,
    11 choice, 12 why, 13 level_words, 14 new_level, 15 agrees, 16 next, 17 amends, 18 reason, 19 known,
});

/// A dimension then and now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewRating {
    pub dimension: u8,
    pub then: Option<Severity>,
    pub then_on: Date,
    /// The client's words then.
    pub then_words: String,
    pub now: Option<Severity>,
    pub now_on: Date,
    pub now_words: String,
}

numbered!(ReviewRating {
    1 dimension, 2 then, 3 then_on, 4 then_words, 5 now, 6 now_on, 7 now_words,
});

/// A method as the span shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewMethod {
    pub method: Number,
    pub wording: String,
    /// How often it was planned in the span, where that can be counted.
    pub planned: Option<u32>,
    /// How many notes say that it was delivered.
    pub held: u32,
}

numbered!(ReviewMethod { 1 method, 2 wording, 3 planned, 4 held });

/// A goal or an objective as the span shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewLine {
    pub line: LineRef,
    pub wording: String,
    /// How much was planned.
    pub amount: String,
    /// What the review before said of it.
    pub before: Progress,
    /// What notes of the span say of it, oldest first.
    pub notes: Vec<(Date, Progress)>,
    /// What its log says of the span, in words; empty without one.
    pub log: String,
}

numbered!(ReviewLine { 1 line, 2 wording, 3 amount, 4 before, 5 notes, 6 log });

/// What the program knows of the span of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewKnown {
    /// The first and the last day of the span.
    pub from: Date,
    pub until: Date,
    /// The newest signed version of the plan, 0 = there is none.
    pub version: u32,
    /// Key of the dimension set of the ratings.
    pub set: String,
    pub ratings: Vec<ReviewRating>,
    pub sessions: ReviewSessions,
    /// Active methods of the active goals, and those that ended in the span.
    pub methods: Vec<ReviewMethod>,
    /// Active goals, each followed by its active objectives.
    pub lines: Vec<ReviewLine>,
    pub indicated: String,
    pub actual: String,
    pub wants: Wants,
    pub forms: Vec<ReviewForm>,
    /// The client comes under a mandate: attended, took part and made progress are told apart.
    pub mandated: bool,
}

numbered!(ReviewKnown {
    1 from, 2 until, 3 version, 4 set, 5 ratings, 6 sessions, 7 methods, 8 lines, 9 indicated, 10 actual, 11 wants,
    12 forms, 13 mandated,
});

/// What lists show of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFacts {
    /// The day the span begins.
    pub from: Date,
    /// The version of the plan it reviews, 0 = none.
    pub version: u32,
    /// How far the lines have come.
    pub marks: Vec<(LineRef, Progress)>,
    /// What was decided about the level of care; always there in what is stored.
    pub choice: Option<LevelChoice>,
    pub next: Option<Date>,
    /// Words in it.
    pub words: u32,
    /// How the client took part.
    pub took_part: Option<TookPart>,
}

numbered!(ReviewFacts { 1 from, 2 version, 3 marks, 4 choice, 5 next, 6 words, 7 took_part });

/// A review as it was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewText {
    pub client_name: String,
    pub record_no: String,
    /// Name and credential of the author.
    pub author: String,
    /// The answers.
    pub review: Review,
    /// What was known.
    pub known: ReviewKnown,
}

numbered!(ReviewText { 1 client_name, 2 record_no, 3 author, 4 review, 5 known });

impl Review {
    /// Returns what it says of a line.
    pub fn mark(&self, line: LineRef) -> Option<&ReviewMark> {
        self.marks.iter().find(|mark| mark.line == line)
    }

    /// Returns what it says of a line, to be written in.
    pub fn mark_mut(&mut self, line: LineRef) -> &mut ReviewMark {
        let at = self.marks.iter().position(|mark| mark.line == line).unwrap_or_else(|| {
            self.marks.push(ReviewMark { line, ..ReviewMark::default() });
            self.marks.len() - 1
        });
        &mut self.marks[at]
    }

    /// Returns what it says of a method, if it says something.
    pub fn help(&self, method: Number) -> Option<&ReviewHelp> {
        self.helps.iter().find(|help| help.method == method)
    }

    /// Returns what it says of a method, to be written in.
    pub fn help_mut(&mut self, method: Number) -> &mut ReviewHelp {
        let at = self.helps.iter().position(|help| help.method == method).unwrap_or_else(|| {
            self.helps.push(ReviewHelp { method, ..ReviewHelp::default() });
            self.helps.len() - 1
        });
        &mut self.helps[at]
    }

    /// Whether nothing was answered or written.
    pub fn is_blank(&self) -> bool {
        let Self { client, episode, on, amends, reason, known, .. } = self.clone();
        *self == Self { client, episode, on, amends, reason, known, ..Self::default() }
    }

    /// Words written in it.
    pub fn words(&self) -> u32 {
        let marks = self.marks.iter().flat_map(|one| [&one.sentence, &one.done, &one.change_words]);
        let helps = self.helps.iter().map(|one| &one.words);
        let own = [&self.wants_words, &self.view, &self.participants, &self.level_words];
        let count = |text: &String| u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        own.into_iter().chain(marks).chain(helps).map(count).sum()
    }
}
