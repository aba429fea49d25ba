//! One record a client with the facts that lists need. Facts only: tier, why and overdue are computed when it is read.

use super::fields::numbered;
use super::{
    Birth, ClientId, Date, DayFacts, DocKind, HeardFacts, ImportId, LeftFacts, Moment, Number, OpenTest,
    SafetySigned, SessionFacts, SessionStands, Severity, StaffId, Stage, ToldFacts,
};
use serde::{Deserialize, Serialize};

/// A part of a client's summary: a function of the client's records of some kinds. The table of kinds says of which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SummaryPart {
    /// Who they are, and how many proposals wait.
    Card,
    /// The open episode.
    Episode,
    /// Ratings of the completed assessments.
    Ratings,
    /// Immediate needs.
    Needs,
    /// What they want and put first.
    Wants,
    /// The problem list.
    Problems,
    /// Signed documents: how many notes, the last contact, what waits for somebody.
    Notes,
    /// Open drafts.
    Drafts,
    /// Sessions and what was missed.
    Days,
    /// The newest triage.
    Triage,
    /// Whether there is a plan, and what calls for a look at it.
    Plan,
    /// Filled-in measures.
    Heard,
    /// The newest safety plan.
    Safety,
    /// Short forms: tests that lack a result.
    Short,
}

impl SummaryPart {
    /// Every part.
    pub const ALL: [Self; 14] = [
        Self::Card,
        Self::Episode,
        Self::Ratings,
        Self::Needs,
        Self::Wants,
        Self::Problems,
        Self::Notes,
        Self::Drafts,
        Self::Days,
        Self::Triage,
        Self::Plan,
        Self::Heard,
        Self::Safety,
        Self::Short,
    ];

    /// The bit of this part in [`Summary::parts`].
    pub fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// What lists, ranks and finds need to know of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Who.
    pub client: ClientId,
    /// What to call them (`Jo Rivera`).
    pub name: Box<str>,
    /// Legal name if it differs, else empty.
    pub legal: Box<str>,
    /// Names they had before, else empty.
    pub former: Box<str>,
    /// Sort key: family then given, folded.
    pub sort: Box<str>,
    /// What they are found by: words of names in every spelling, then, behind a tab, numbers.
    pub find: Box<str>,
    /// Record number.
    pub record_no: Box<str>,
    /// Birth.
    pub birth: Birth,
    /// Deceased: arrives, cannot be admitted.
    pub deceased: bool,
    /// The open episode.
    pub episode: Option<EpisodeFacts>,
    /// Latest completed ratings, one a dimension of `set`.
    pub ratings: Vec<RatingFacts>,
    /// Set the ratings belong to (empty = never assessed).
    pub set: Box<str>,
    /// Date of the last completed assessment.
    pub assessed: Option<Date>,
    /// Open immediate needs (and those resolved while their 4 still stands).
    pub needs: Vec<NeedFacts>,
    /// Dimensions the client put first, first first (in `wants_set`).
    pub client_first: Vec<u8>,
    /// Set of `client_first`.
    pub wants_set: Box<str>,
    /// What they want, in their words.
    pub wants: Box<str>,
    /// Barriers and preferences (unrated dimension).
    pub barriers: Box<str>,
    /// Preferences.
    pub preferences: Box<str>,
    /// When they said so.
    pub wants_on: Option<Date>,
    /// Problems by dimension.
    pub problems: Vec<ProblemFacts>,
    /// Date of our last contact (a signed note's service date).
    pub last_contact: Option<Date>,
    /// Drafts open in this chart: who, which draft, since when.
    pub drafts: Vec<DraftFacts>,
    /// Signed notes.
    pub notes: u32,
    /// Proposals not yet accepted.
    pub proposals: u16,
    /// Import run the record came with; hidden until that run is done.
    pub import: Option<ImportId>,
    /// Signed documents that wait for somebody, by number.
    pub waiting: Vec<DocWaits>,
    /// Sessions, contact, and what was missed.
    pub days: DayFacts,
    /// When danger was last asked about in a triage.
    pub triaged_at: Option<Moment>,
    /// Dimensions whose questions about danger that triage left for later.
    pub unasked: Vec<u8>,
    /// The plan of the open episode.
    pub plan: PlanFacts,
    /// Bits of the parts that were derived. A part that a later version adds is missing until the next change.
    pub parts: u32,
    /// What was heard from the client.
    pub heard: HeardFacts,
    /// The newest stay that has ended.
    pub left: Option<Box<LeftFacts>>,
    /// The newest safety plan that is signed and counts.
    pub safety: Option<SafetySigned>,
    /// Tests for substances that still lack a result.
    pub open_tests: Box<[OpenTest]>,
    /// Stays that are open besides the one that is worked on.
    pub also: Vec<EpisodeFacts>,
    /// Danger that was passed on, the newest last.
    pub told: Vec<ToldFacts>,
}

numbered!(Summary {
    1 client, 2 name, 3 legal, 4 sort, 5 find, 6 record_no, 7 birth, 8 deceased, 9 episode, 10 ratings, 11 set,
    12 assessed, 13 needs, 14 client_first, 15 wants_set, 16 wants, 17 barriers, 18 preferences, 19 wants_on,
    20 problems, 21 last_contact, 22 drafts, 23 notes, 24 proposals, 25 import, 26 waiting, 27 days, 28 parts, 29 former,
    30 triaged_at, 31 unasked, 32 plan, 33 heard, 34 left,
    35 safety, 36 open_tests, 37 also, 38 told,
});

impl Summary {
    /// The stays that are open, the one that is worked on first.
    pub fn open_stays(&self) -> impl Iterator<Item = &EpisodeFacts> {
        self.episode.iter().chain(&self.also)
    }

    /// When they were last met or reached: by a signed note or by a session.
    pub fn contact(&self) -> Option<Date> {
        self.last_contact.max(self.days.met)
    }

    /// The first session still to come, from `today` on.
    pub fn next_session(&self, today: Date) -> Option<&SessionFacts> {
        let to_come = |session: &&SessionFacts| {
            matches!(session.stands, SessionStands::Planned | SessionStands::Arrived { .. })
                && session.date >= today
        };
        self.days.sessions.iter().filter(to_come).min_by_key(|session| (session.date, session.start))
    }
}

/// The open episode, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpisodeFacts {
    pub number: Number,
    pub admitted: Date,
    /// Level of care given.
    pub level: Box<str>,
    pub program: Box<str>,
    pub counselor: StaffId,
    /// Others on the team.
    pub team: Vec<StaffId>,
    /// Days between reviews.
    pub review_days: u16,
    /// Under a mandate.
    pub mandated: bool,
}

numbered!(EpisodeFacts {
    1 number, 2 admitted, 3 level, 4 program, 5 counselor, 6 team, 7 review_days, 8 mandated,
});

/// The latest completed rating of one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingFacts {
    /// Dimension number in the summary's set.
    pub dimension: u8,
    /// The rating; `None` = unrated.
    pub now: Option<Severity>,
    /// Date of the value.
    pub on: Date,
    /// Earlier completed ratings of this dimension in the same set, newest first, at most 4.
    pub was: Vec<Option<Severity>>,
    /// Date of the last assessment in which it had become worse. Lists show it while no problem answers for it.
    pub worse_on: Option<Date>,
    /// The client's words in this dimension, newest.
    pub words: Box<str>,
    /// When they said so.
    pub words_on: Option<Date>,
    /// Since when a 4 has stood without a break, if it still does.
    pub severe_since: Option<Date>,
}

numbered!(RatingFacts {
    1 dimension, 2 now, 3 on, 4 was, 5 worse_on, 6 words, 7 words_on, 8 severe_since,
});

/// An immediate need, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedFacts {
    /// Which.
    pub number: Number,
    /// Set of its dimension.
    pub set: Box<str>,
    /// Dimension number.
    pub dimension: u8,
    /// Where it stands.
    pub stands: NeedStands,
    /// Raised when.
    pub raised_at: Moment,
    /// In hand: what is done (a short phrase), else empty.
    pub action: Box<str>,
    /// What the danger is, in the newest words (a short phrase).
    pub words: Box<str>,
    /// Who raised it.
    pub by: StaffId,
    /// Who put it where it stands.
    pub state_by: StaffId,
    /// Hours within which it is decided on, where what raised it leaves fewer than the rules of the place; 0 = it does not.
    pub hours: u16,
}

numbered!(NeedFacts {
    1 number, 2 set, 3 dimension, 4 stands, 5 raised_at, 6 action, 7 words, 8 by,
    9 state_by, 10 hours,
});

/// Where an immediate need stands, without its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedStands {
    /// Waits for a decision.
    #[default]
    Proposed,
    /// Confirmed, nothing done yet.
    Confirmed,
    /// Being acted on, look again then.
    InHand {
        /// When.
        recheck_at: Moment,
    },
    /// Resolved on that date (kept while the 4 stands).
    Resolved {
        /// When.
        on: Date,
    },
}

/// One problem on the list that is not resolved or in error, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemFacts {
    /// Which.
    pub number: Number,
    /// Set of its dimension.
    pub set: Box<str>,
    /// Dimension number.
    pub dimension: u8,
    /// Active (else deferred or referred).
    pub active: bool,
    /// An active goal answers it.
    pub goal: bool,
    /// Until this day it is answered without a goal: it is put off, or somebody else has it. It counts again on that day.
    pub away_until: Option<Date>,
    /// Stage as last asked.
    pub stage: Option<Stage>,
}

numbered!(ProblemFacts {
    1 number, 2 set, 3 dimension, 4 active, 5 goal, 6 away_until, 7 stage,
});

/// What lists and due dates need of a plan. No words of anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFacts {
    /// Since when the plan of the open episode counts as made; `None` = it does not yet.
    pub made: Option<Moment>,
    /// The newest event that calls for a review.
    pub call: Option<PlanCall>,
    /// When somebody last looked at the plan: said that it still fits, or signed it.
    pub fits: Option<Moment>,
    /// What the newest note that has an answer says of use: the day, and whether there was any.
    pub used: Option<(Date, bool)>,
    /// The newest note that speaks of use after one that spoke of none: its day, and when it was signed.
    pub used_again: Option<(Date, Moment)>,
    /// The staff whom its active methods name.
    pub named: Box<[StaffId]>,
    /// The day from which the next review is counted: that of the newest signed review, or of the newest version that is a full
    /// plan or the first one.
    pub reviewed: Option<Date>,
    /// The day to look again that is written on the newest signed version or review.
    pub look_again: Option<Date>,
    /// A version that is more than an initial plan is signed.
    pub full: bool,
}

numbered!(PlanFacts { 1 made, 2 call, 3 fits, 4 used, 5 used_again, 6 named, 7 reviewed, 8 look_again, 9 full });

/// Something that calls for a review of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCall {
    pub what: CallWhat,
    /// The day it happened.
    pub on: Date,
    /// The moment it was recorded: an answer counts for what was known when it was given.
    pub at: Moment,
}

/// What calls for a review. Appended to, never reordered: it is part of stored values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallWhat {
    /// An immediate need was confirmed.
    #[default]
    ConfirmedNeed,
    ReturnToUse,
    Hospital,
    ArrestOrOrder,
    ClientAsks,
    Other,
    /// The level of care changed.
    Level,
    /// A dimension is newly rated 3 or 4.
    Worse(u8),
    /// So many sessions were missed in a row. It is reckoned, never stored.
    Missed(u8),
    /// So many days without contact. It is reckoned, never stored.
    Absent(i32),
}

/// An open draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftFacts {
    /// Whose draft.
    pub by: StaffId,
    /// Draft number.
    pub number: Number,
    /// What it is a draft of.
    pub kind: DocKind,
    /// Opened when.
    pub since: Moment,
}

numbered!(DraftFacts {
    1 by, 2 number, 3 kind, 4 since,
});

/// A signed document that waits for somebody. No words of anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocWaits {
    /// Which document, or the one this adds to, in its newest version: what is opened to do it.
    pub number: Number,
    /// The first version of that document.
    pub root: Number,
    /// Who wrote it.
    pub author: StaffId,
    /// For what it waits.
    pub waits: WaitsFor,
    /// Since when.
    pub since: Moment,
    /// The day it speaks of.
    pub on: Date,
}

impl DocWaits {
    /// The order in which they are listed.
    pub fn order(&self) -> (Number, Moment, StaffId, WaitsFor) {
        (self.number, self.since, self.author, self.waits)
    }
}

numbered!(DocWaits {
    1 number, 2 root, 3 author, 4 waits, 5 since, 6 on,
});

/// For what a signed document waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WaitsFor {
    /// A co-signature.
    #[default]
    Cosign,
    /// Its author's answer to a comment.
    Author,
    /// A second person who agrees that it was entered in error, or does not.
    SecondPerson {
        /// Who said so.
        said_by: StaffId,
    },
}
