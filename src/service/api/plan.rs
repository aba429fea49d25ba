//! What can be asked about the treatment plan.

use super::{ChartView, DraftSave, Secret};
use crate::domain::{
    Assent, Attested, ClientId, Contract, Date, LineRef, LineState, Log, LogValue, Method, Number, Party,
    PlanBasics, PlanCall, PlanEvent, ReferralKept, Review, ReviewForm, ReviewKnown, ReviewSessions, Terms,
    TookPart, VersionKind, Wants, WhyChanged,
};
use crate::rules::plan::hints::About;
use crate::rules::plan::review::{Around, SignedReview, known};
use crate::rules::plan::signing::Answers;
use crate::rules::plan::version::SignedVersion;
use crate::rules::plan::{Plan, change::Whole};
use std::collections::BTreeMap;

/// What can be done with a plan.
#[derive(Clone, Debug)]
pub enum PlanAsk {
    /// Add (number 0) or change a line. Its state, its place and its authors are kept by the service. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    SaveLine {
        line: Box<Whole>,
        /// The revision it was read at, 0 = new.
        rev: u32,
        /// The words were corrected and mean the same: answers to the line still hold.
        same_meaning: bool,
    },
    /// Give a line another state. Answer: [`Answer::Done`](super::Answer::Done).
    SetState {
        client: ClientId,
        line: LineRef,
        /// The revision it was read at.
        rev: u32,
        state: LineState,
        /// Why, in words.
        words: String,
    },
    /// Move a line up or down among those beside it. Answer: [`Answer::Done`](super::Answer::Done).
    MoveLine {
        client: ClientId,
        line: LineRef,
        /// Towards the top.
        up: bool,
    },
    /// Say that a goal is, or is not, one of the few that are worked on now. Answer: [`Answer::Done`](super::Answer::Done).
    Focus {
        client: ClientId,
        goal: Number,
        /// It is one of them.
        on: bool,
    },
    /// Record what somebody answered to lines. Answer: [`Answer::Done`](super::Answer::Done).
    Record {
        client: ClientId,
        whose: Party,
        /// The day they were given.
        given: Date,
        answers: Vec<Answered>,
    },
    /// Write down what belongs to the plan of the open episode besides its lines. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    SaveBasics {
        /// As typed; days and authors of what was changed are given by the service.
        basics: Box<PlanBasics>,
        /// The revision it was read at, 0 = first.
        rev: u32,
    },
    /// Write down the contract of the open episode. Answer: [`Answer::Done`](super::Answer::Done).
    SaveContract {
        /// As typed; days and authors of what was changed are given by the service.
        contract: Box<Contract>,
        /// The revision it was read at, 0 = first.
        rev: u32,
    },
    /// Sign the plan as its next version. Answer: [`Answer::Done`](super::Answer::Done).
    Sign {
        signing: Box<PlanSigning>,
        /// What was on the screen, at which revision.
        seen: Seen,
        passphrase: Secret,
    },
    /// Sign one's own draft of a review, and what changed of the plan as its next version, in one act. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    SignReview {
        /// The review as it is on the screen.
        save: Box<DraftSave>,
        signing: Box<PlanSigning>,
        /// What was on the screen, at which revision.
        seen: Seen,
        passphrase: Secret,
    },
    /// Record how the client or a guardian answered a version that is signed. Answer: [`Answer::Done`](super::Answer::Done).
    Attest {
        client: ClientId,
        /// The document of the version.
        version: Number,
        attested: Box<Attested>,
        passphrase: Secret,
    },
    /// The plan as a version froze it. Answer: [`Answer::PlanThen`](super::Answer::PlanThen).
    Version {
        client: ClientId,
        /// The document of the version.
        version: Number,
    },
    /// Record what happened that the plan has to be looked at for, or that it still fits. Number, episode and author are given
    /// by the service. Answer: [`Answer::Done`](super::Answer::Done).
    RecordEvent(Box<PlanEvent>),
    /// Give an objective a log (number 0), or change what its log says of itself. Answer: [`Answer::Done`](super::Answer::Done).
    GiveLog {
        log: Box<Log>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Write what the client noted for some days of a log. Answer: [`Answer::Done`](super::Answer::Done).
    KeepDays(LogDays),
    /// The methods of all plans that name whoever asks. Answer: [`Answer::PlanAsks`](super::Answer::PlanAsks).
    OfMe,
    /// The plan as it was when a day ended. Answer: [`Answer::PlanThen`](super::Answer::PlanThen).
    At { client: ClientId, day: Date },
    /// The plan as the client last saw it. Answer: [`Answer::PlanThen`](super::Answer::PlanThen).
    SinceSeen { client: ClientId },
    /// The plan of an earlier episode as it was when that ended. Answer: [`Answer::PlanThen`](super::Answer::PlanThen).
    OfEpisode { client: ClientId, episode: Number },
    /// The contract as it was. Answer: [`Answer::ContractThen`](super::Answer::ContractThen).
    ContractThen { client: ClientId, back: Back },
    /// Read the plans of everybody whose chart may be read, so that lines in the same words are found (L05): once a sign-in.
    /// Answer: [`Answer::Done`](super::Answer::Done) with the chart, and nothing to say.
    Compare { client: ClientId },
}

/// What a client noted for some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogDays {
    pub client: ClientId,
    /// The objective that the log is of.
    pub objective: Number,
    /// The revision its newest record was read at.
    pub rev: u32,
    /// Each day with what was noted; `None` leaves it blank, or takes away what was there.
    pub days: Vec<(Date, Option<LogValue>)>,
}

/// What is looked back at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The newest episode, when a day ended.
    Day(Date),
    /// An earlier episode, when it ended.
    Episode(Number),
}

/// A contract as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractThen {
    pub client: ClientId,
    /// What was asked for.
    pub back: Back,
    /// The day at whose end it was so.
    pub day: Date,
    /// Whether the client was here under a mandate.
    pub mandated: bool,
    pub contract: Contract,
    /// What the client wanted then; `None` if nobody had asked.
    pub wants: Option<Wants>,
}

/// An answer to one line, as it is recorded.
#[derive(Clone, Debug)]
pub struct Answered {
    pub about: LineRef,
    pub answer: Assent,
    /// What they said, in their words.
    pub words: String,
    /// What the line said on the screen when it was answered.
    pub to: Terms,
}

/// A method of somebody's plan that names whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanAskLine {
    pub client: ClientId,
    /// The client's name, as lists show it.
    pub name: Box<str>,
    pub record_no: Box<str>,
    /// The goal it works on.
    pub goal: String,
    pub method: Method,
    /// How many notes say that it was delivered.
    pub held: u32,
    /// The day of the newest of them.
    pub last: Option<Date>,
}

impl PlanAskLine {
    /// The day on which somebody has to do something about it: to look at a referral again, else its appointment. A line without
    /// one comes behind those that have one.
    pub fn calls_on(&self) -> Date {
        let referral = self.method.referral.as_ref();
        let open = referral.filter(|one| one.kept == ReferralKept::Made);
        let day = open.and_then(|one| one.look_again.or(one.appointment.map(|(on, _)| on)));
        day.unwrap_or(Date(i32::MAX))
    }
}

/// The plan of the newest episode, with what is needed to change it.
#[derive(Clone, Debug, Default)]
pub struct PlanView {
    pub plan: Plan,
    /// The revision each line was read at.
    pub revs: BTreeMap<LineRef, u32>,
    /// The revision the basics were read at, 0 = there are none.
    pub basics_rev: u32,
    /// The contract of its episode.
    pub contract: Contract,
    /// The revision the contract was read at, 0 = there is none.
    pub contract_rev: u32,
    /// The revision each record of a log was read at.
    pub log_revs: BTreeMap<Number, u32>,
    /// Signed versions of every episode, oldest first.
    pub versions: Vec<SignedVersion>,
    /// Signed reviews of every episode, oldest first, those that were replaced or entered in error too.
    pub reviews: Vec<SignedReview>,
    /// Sessions since the review before; counted only while a review is being written.
    pub sessions: ReviewSessions,
    /// What was had and missed of groups with a curriculum since then; read only while a review is being written.
    pub groups: Vec<ReviewForm>,
    /// The plan as the newest version of this episode froze it.
    pub last: Option<Box<Plan>>,
    /// What happened that the plan was looked at for, and when somebody said that it still fits; the newest first.
    pub events: Vec<PlanEvent>,
    /// What calls for a look at the plan now.
    pub call: Option<PlanCall>,
    /// Lines and problems whose addition was undone: shown among everything there ever was, and nowhere else.
    pub undone: Plan,
    /// The lines of the stay before the open one, to be taken over one by one.
    pub earlier: Plan,
    /// What says the same as a line of somebody else; never whose.
    pub alike: Vec<About>,
    /// The plans of others were not read yet in this sign-in ([`PlanAsk::Compare`]).
    pub to_compare: bool,
}

impl PlanView {
    /// Returns the newest version of an episode that was not entered in error.
    pub fn newest(&self, episode: Number) -> Option<&SignedVersion> {
        self.versions.iter().rev().find(|one| one.episode == episode && !one.in_error)
    }

    /// Returns the newest review of an episode that stands.
    pub fn newest_review(&self, episode: Number) -> Option<&SignedReview> {
        let mine = self.reviews.iter().filter(|one| one.episode == episode && one.stands);
        mine.max_by_key(|one| (one.on, one.doc))
    }

    /// Returns the revision a line was read at.
    pub fn rev(&self, line: LineRef) -> u32 {
        self.revs.get(&line).copied().unwrap_or(0)
    }
}

/// What a signer answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanSigning {
    /// Whose plan it is.
    pub client: ClientId,
    pub kind: VersionKind,
    /// Why the plan changed; not asked for the first version of an episode.
    pub why: Option<WhyChanged>,
    pub why_words: String,
    /// How the client took part.
    pub took_part: Option<TookPart>,
    pub took_part_words: String,
    /// Who else took part.
    pub participants: String,
    pub look_again: Option<Date>,
    /// How the client answered it. Nothing is recorded of the client without an answer in it: the version then waits for them.
    pub attested: Attested,
    /// The draft in which they said so themselves at the turned screen, 0 = none: then nobody changes what they said.
    pub at_screen: Number,
}

impl PlanSigning {
    /// Returns what was answered; `first`: it is the first version of an episode.
    pub fn answers(&self, first: bool) -> Answers {
        Answers {
            first,
            why: self.why,
            took_part: self.took_part,
            answered: self.attested.how.is_some(),
            look_again: self.look_again,
        }
    }
}

/// A piece of what is on the screen when a plan is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    Line(LineRef),
    Problem(Number),
    Basics,
    Contract,
    Wants,
    Diagnosis(Number),
    Level(Number),
    /// The answers to lines: they are only added to, so that the newest number says which there are.
    Answers,
}

/// Every piece that was on the screen, with its revision.
pub type Seen = BTreeMap<Piece, u32>;

impl ChartView {
    /// Returns what the span of a review is read from; `None` without an open episode.
    pub fn around_review(&self) -> Option<Around<'_>> {
        let episode = self.open_episode()?;
        let mine = || self.plan.versions.iter().filter(|one| one.episode == episode.number && !one.in_error);
        let versions = mine().next().zip(mine().next_back());
        Some(Around {
            plan: &self.plan.plan,
            before: self.plan.newest_review(episode.number),
            versions: versions.map(|(first, newest)| (first.signed, newest.facts.version)),
            admitted: episode.admitted,
            assessments: &self.assessments,
            level: self.level(),
            wants: self.wants.as_ref().map(|kept| &kept.value),
            episode: episode.number,
            short: &self.short,
            mandated: episode.mandated,
        })
    }

    /// Returns what is known of the span of a review that ends today; of an amendment, what was known when it was signed.
    pub fn known(&self, review: &Review, today: Date) -> ReviewKnown {
        if let Some(then) = &review.known {
            return then.as_ref().clone();
        }
        let around = self.around_review();
        let mut known = around.map(|around| known(&around, self.plan.sessions, today)).unwrap_or_default();
        known.forms.extend(self.plan.groups.iter().cloned());
        known
    }

    /// Returns what of the plan is on the screen, at which revision.
    pub fn seen(&self) -> Seen {
        let PlanView { plan, revs, basics_rev, contract_rev, .. } = &self.plan;
        let mut seen: Seen = revs.iter().map(|(line, rev)| (Piece::Line(*line), *rev)).collect();
        seen.extend(self.problems.iter().map(|kept| (Piece::Problem(kept.value.number), kept.rev)));
        seen.extend(self.diagnoses.iter().map(|kept| (Piece::Diagnosis(kept.value.number), kept.rev)));
        seen.extend(self.levels.iter().map(|kept| (Piece::Level(kept.value.number), kept.rev)));
        seen.insert(Piece::Basics, *basics_rev);
        seen.insert(Piece::Contract, *contract_rev);
        seen.insert(Piece::Wants, self.wants.as_ref().map_or(0, |kept| kept.rev));
        let newest = plan.agreements.iter().map(|one| one.number).max();
        seen.insert(Piece::Answers, newest.unwrap_or(0));
        seen
    }
}
