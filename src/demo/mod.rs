//! An invented agency: people, a year of their charts, and the staff who write them.
//!
//! Owns the material (`lives*.txt`, `phrases.txt`, `names.txt`) and how a seed and a day become whole charts: pure, the
//! same for the same plan. Must not know the store, the clock or the screen: times are handed in.

mod background;
mod days;
mod dice;
mod forms;
mod heard;
mod left;
mod lives;
mod notes;
mod people;
mod phrases;
mod plans;
mod reviews;
mod safety;
mod story;
#[cfg(test)]
mod tests;
mod versions;
mod work;

pub use background::Background;
pub use left::Left;
pub use plans::Agreed;
pub use reviews::Review;
pub use safety::Safety;
pub use versions::Version;

use crate::domain::{
    Administration, Alert, Assessment, CheckIn, Client, ClientId, ClockTime, Date, Episode, ImmediateNeed,
    Moment, NoteDraft, Number, PersonalSettings, Problem, Role, Rupture, Session, ShortEntry, Staff, StaffId,
    Task, Wants, WaysOfWorking,
};

/// How many people a demo has unless told otherwise.
pub const DEFAULT_CLIENTS: u32 = 44;
/// The most it can have.
pub const MOST_CLIENTS: u32 = 100_000;
/// Up to so many people each has a full history; above it ten notes each.
const FULL_HISTORIES: u32 = 500;
/// Notes of each above that.
const SHORT_HISTORY: u32 = 10;
pub const PASSPHRASE: &str = "lakeside demo";
/// The dimension set of the invented agency.
pub const SET: &str = "ASAM3";
pub const PROGRAM: &str = "Outpatient";
pub const AGENCY: &str = "Lakeside Recovery";
/// Whom its people can call, day and night: the numbers of the United States. One line, so that a small sign-in page shows it.
pub const HELP_NOW: &str = "In danger: 911. Crisis line, day and night: 988";

/// What a demo is made from.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// Same seed, same people.
    pub seed: u64,
    /// How many clients.
    pub clients: u32,
    /// Signed notes of each, if not by the life's own pace.
    pub notes_per_client: Option<u32>,
    /// The day everything is told from.
    pub today: Date,
    /// The instant it is made.
    pub now: Moment,
    /// The instant of a local date and time where the agency is.
    pub instant: &'a (dyn Fn(Date, ClockTime) -> Moment + 'a),
}

impl Plan<'_> {
    /// How many notes each client gets, if not by the life's own pace.
    fn notes(&self) -> Option<u32> {
        self.notes_per_client.or((self.clients > FULL_HISTORIES).then_some(SHORT_HISTORY))
    }
}

/// A signed note to be: the text, who signs and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub note: NoteDraft,
    /// Who signs it.
    pub by: StaffId,
    pub signed_at: Moment,
    /// In which episode.
    pub episode: Number,
}

/// An open draft to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// What is in it.
    pub note: NoteDraft,
    pub by: StaffId,
    pub since: Moment,
}

/// Everything of one client. Numbers are given, signatures are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    pub client: Client,
    pub episodes: Vec<Episode>,
    /// Assessments, oldest first, with the moment each is signed.
    pub assessments: Vec<(Assessment, Moment)>,
    pub needs: Vec<ImmediateNeed>,
    /// What the client wants.
    pub wants: Option<Wants>,
    /// Problems in list order.
    pub problems: Vec<Problem>,
    pub agreed: Agreed,
    /// Signed versions of the plan, oldest first.
    pub versions: Vec<Version>,
    /// Signed reviews of the plan, oldest first.
    pub reviews: Vec<Review>,
    /// The stay that has ended, where there is one.
    pub left: Option<Left>,
    /// The signed safety plan, where there is one.
    pub safety: Option<Safety>,
    /// What is known besides.
    pub background: Background,
    /// Measures that were filled in.
    pub measures: Vec<Administration>,
    /// Check-ins after sessions.
    pub checkins: Vec<CheckIn>,
    /// What they opened.
    pub alerts: Vec<Alert>,
    /// How one works with the client.
    pub ways: Option<WaysOfWorking>,
    /// Ruptures in the work.
    pub ruptures: Vec<Rupture>,
    /// Entries of short forms.
    pub short: Vec<ShortEntry>,
    /// Notes, oldest first.
    pub notes: Vec<Written>,
    pub drafts: Vec<Begun>,
    /// Sessions, numbered from 1.
    pub sessions: Vec<Session>,
}

/// The seven who work here. The first one founds the agency.
pub fn staff(seed: u64, founder: StaffId, since: Moment) -> Vec<Staff> {
    const C: Role = Role::Counselor;
    const S: Role = Role::Supervisor;
    const A: Role = Role::Admin;
    let mut dice = dice::Dice::new(seed, u64::MAX);
    let people: [(&str, &str, &str, &[Role]); 7] = [
        ("ingrid", "Ingrid Solberg", "LPC", &[C, S, A]),
        ("rosa", "Rosa Imani", "LADC", &[C]),
        ("malik", "Malik Osei", "LADC", &[C]),
        ("june", "June Abernathy", "LCSW", &[C, S]),
        ("teo", "Teo Nakamura", "ADC-T", &[C]),
        ("dana", "Dana Whitehorse", "", &[A]),
        ("fay", "Fay Lindqvist", "", &[Role::FrontDesk]),
    ];
    people
        .iter()
        .map(|(login, name, credential, roles)| {
            let id = StaffId(dice.bytes());
            let trainee = *login == "teo";
            Staff {
                id: if *login == "ingrid" { founder } else { id },
                login: (*login).to_owned(),
                name: (*name).to_owned(),
                credential: (*credential).to_owned(),
                roles: roles.to_vec(),
                supervisor: roles.contains(&C).then_some(founder).filter(|_| *login != "ingrid"),
                cosign_needed: trainee,
                active: true,
                must_change: false,
                since,
                settings: PersonalSettings::default(),
                programs: Vec::new(),
                salt: [0; 16],
            }
        })
        .collect()
}

/// The sentence at the door: who to be, and how to begin for real.
pub fn hint() -> String {
    format!(
        "Nothing here is real. Sign in as rosa (counselor), teo (trainee), ingrid (supervisor), dana (admin) or fay (front desk); the \
         passphrase is \"{PASSPHRASE}\". For real: concord init"
    )
}

/// The chart of one client, 0-based. The same plan gives the same chart.
pub fn chart(plan: &Plan<'_>, staff: &[Staff], index: u32) -> Chart {
    story::chart(plan, staff, index)
}

/// The open tasks of everyone who works here. `people`: the first clients and their counselors, in order.
pub fn tasks(plan: &Plan<'_>, staff: &[Staff], people: &[(ClientId, StaffId)]) -> Vec<Task> {
    days::tasks(plan, staff, people)
}
