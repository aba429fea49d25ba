//! The seat: who sits at the desk, and what is kept for them in memory until the lock.

use super::api::{Kept, OwedLine};
use super::charts::ChartRecords;
use super::steps::{Moved, Step};
use crate::domain::{
    Access, AgencySettings, ClientId, Cover, Date, DayFacts, DueChoice, HouseRules, ImportId, Moment, Number,
    Purge, Role, SamePerson, SessionFacts, SessionStands, Staff, StaffId, Summary, Task, TaskId, Team,
};
use crate::packs::DimensionSet;
use crate::rules::access::{House, Reach, Relation};
use crate::rules::owed::Spoken;
use crate::rules::plan::alike::Others;
use crate::rules::same::{Links, one_line};
use std::collections::HashMap;
use std::sync::Arc;

/// How many acts can be taken back.
const UNDO_DEPTH: usize = 50;

/// What of the house decides who reaches what, as it was at sign-in and as it was changed since.
#[derive(Clone, Debug, Default)]
pub(super) struct HouseKept {
    pub covers: Vec<Cover>,
    pub teams: Vec<Team>,
    /// Charts the person here opened with a reason.
    pub accesses: Vec<Access>,
    pub rules: HouseRules,
    /// Charts that were said to be one person's.
    pub same: Vec<Kept<SamePerson>>,
    /// The links among them that hold.
    pub links: Links,
    /// Purges that were asked for, and what became of them.
    pub purges: Vec<Purge>,
    /// People an import left out, on whom somebody has to decide.
    pub waiting: Vec<Waiting>,
    /// How many records of all these did not open.
    pub closed: usize,
}

/// Somebody an import left out: where they are, and whom they are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub import: ImportId,
    pub number: Number,
    pub like: ClientId,
}

impl HouseKept {
    /// Takes over what was said about two charts.
    pub(super) fn take_same(&mut self, same: Kept<SamePerson>) {
        self.same.retain(|kept| kept.value.number != same.value.number);
        self.same.push(same);
        self.same.sort_by_key(|kept| kept.value.number);
        self.links = Links::of(self.same.iter().map(|kept| &kept.value));
    }
}

/// Who sits at the desk, and what is kept for them in memory until the lock.
pub(super) struct Seat {
    pub staff: Kept<Staff>,
    pub settings: Kept<AgencySettings>,
    pub set: &'static DimensionSet,
    pub colleagues: Vec<Staff>,
    pub summaries: HashMap<ClientId, Arc<Summary>>,
    /// An import has written people who are not among the summaries yet.
    pub behind: bool,
    /// Teams, cover, access with a reason, the agency's rules.
    pub house: HouseKept,
    /// The newest version of each draft that was written in, as far as it is known.
    pub newest_versions: HashMap<(ClientId, Number), Newest>,
    /// What was being written when the desk stopped without a lock, until it is taken up.
    pub recovered: Option<(ClientId, Number)>,
    /// Sketches of the notes this person signed, once they are read.
    pub own_notes: Option<Arc<Vec<OwnSketch>>>,
    /// What the person owes: told with an answer whenever it is not as it was told last.
    pub work: Work,
    /// What was opened in this sign-in, and at which revision: only that is signed with others.
    pub opened: HashMap<Opened, u32>,
    steps: Vec<Step>,
    pub undone: Vec<Step>,
    /// The last act was a decision about danger.
    pub decided_danger: bool,
    /// What could be undone was signed, shown or linked since.
    pub signed_since: bool,
    /// What was said of the last act, where it stays and what can be undone came before it.
    pub for_good: Option<String>,
    /// Over whose chart it was said which act would be undone: the next press there undoes it.
    pub asked_over: Option<ClientId>,
    /// Which rules on due dates each program follows.
    pub due: Kept<DueChoice>,
    /// Every task that is not done.
    pub tasks: HashMap<TaskId, Kept<Task>>,
    /// The chart that is open, as it is stored.
    pub chart: Option<ChartRecords>,
    /// The lines of the plans that may be read, once they were read.
    pub others: Option<Others>,
    /// To whom the screen is turned, while it is.
    pub turned: Option<TurnedTo>,
}

/// To whom the screen is turned.
#[derive(Clone, Debug)]
pub(super) struct TurnedTo {
    pub client: ClientId,
    /// The draft that their answers are in.
    pub number: Number,
    /// Since when, on both clocks.
    pub since: (Moment, u64),
    /// Wrong tries to turn it back.
    pub wrong: u8,
}

impl TurnedTo {
    /// Ms it has been turned by now. The larger of both clocks' readings counts.
    pub(super) fn for_ms(&self, (moment, monotonic): (Moment, u64)) -> u64 {
        let by_wall = u64::try_from(moment.0.saturating_sub(self.since.0.0)).unwrap_or(0);
        by_wall.max(monotonic.saturating_sub(self.since.1))
    }
}

/// The newest version of a draft.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Newest {
    pub seq: u32,
    pub at: Moment,
}

/// Whose note it is, and its sketch.
pub(super) type OwnSketch = (ClientId, Arc<[u64]>);

/// What is kept of the work that the person who sits here owes.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// The list as it was told last; `None` = it is told with the next answer, whatever it is.
    pub told: Option<Arc<[OwedLine]>>,
    /// When it was reckoned.
    pub at: Moment,
    /// Something may have changed since.
    pub stale: bool,
    pub drafts: HashMap<(ClientId, Number), Remembered>,
}

/// What lists need to know of a draft and its summary does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remembered {
    pub spoken: Option<Spoken>,
    pub about: String,
}

impl Work {
    /// A summary or a task was written, or who supervises whom may have changed.
    pub(super) fn changed(&mut self) {
        self.stale = true;
    }

    /// It is told with the next answer, whatever it is.
    pub(super) fn tell(&mut self) {
        (self.stale, self.told) = (true, None);
    }
}

/// Something that was opened to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Opened {
    Draft(ClientId, Number),
    /// A signed document.
    Document(ClientId, Number),
}

impl Seat {
    /// A seat nobody has worked at yet.
    pub(super) fn new(
        staff: Kept<Staff>,
        settings: Kept<AgencySettings>,
        set: &'static DimensionSet,
        colleagues: Vec<Staff>,
        summaries: HashMap<ClientId, Arc<Summary>>,
        house: HouseKept,
    ) -> Self {
        Self {
            staff,
            settings,
            set,
            colleagues,
            summaries,
            behind: false,
            house,
            newest_versions: HashMap::new(),
            recovered: None,
            own_notes: None,
            work: Work::default(),
            opened: HashMap::new(),
            steps: Vec::new(),
            undone: Vec::new(),
            decided_danger: false,
            signed_since: false,
            for_good: None,
            asked_over: None,
            due: Kept { rev: 0, value: DueChoice::default() },
            tasks: HashMap::new(),
            chart: None,
            others: None,
            turned: None,
        }
    }

    /// How far the person here reaches on a day.
    pub(super) fn reach(&self, today: Date, now: Moment) -> Reach {
        let house = House {
            programs: &self.settings.value.programs,
            covers: &self.house.covers,
            teams: &self.house.teams,
            accesses: &self.house.accesses,
        };
        Reach::on(&self.staff.value, &house, today, now)
    }

    /// How somebody who reaches so far is to a chart. The linked charts of a person are one: the nearest of them counts.
    pub(super) fn relation(&self, reach: &Reach, summary: &Summary) -> Relation {
        let links = &self.house.links;
        if links.leading(summary.client).is_none() && links.others(summary.client).is_empty() {
            return reach.relation_of(summary);
        }
        let charts = links.charts(summary.client);
        let of = |client: &ClientId| self.summaries.get(client).map(|summary| reach.relation_of(summary));
        // The relations are in the order of nearness; a chart without an episode is nearest to nobody.
        charts.iter().filter_map(of).min().unwrap_or(Relation::NoEpisode)
    }

    /// A person's one line on lists: the summary of the chart that leads, with what counts of the others; and the record
    /// numbers of those. `None` for a chart that another one leads.
    pub(super) fn line(&self, summary: &Arc<Summary>) -> Option<(Arc<Summary>, Vec<Box<str>>)> {
        let links = &self.house.links;
        if links.leading(summary.client).is_some_and(|leads| self.summaries.contains_key(&leads)) {
            return None;
        }
        let others: Vec<&Arc<Summary>> =
            links.others(summary.client).iter().filter_map(|other| self.summaries.get(other)).collect();
        if others.is_empty() {
            return Some((Arc::clone(summary), Vec::new()));
        }
        let also = others.iter().map(|other| other.record_no.clone()).collect();
        Some((Arc::new(one_line(summary, others.into_iter().map(AsRef::as_ref))), also))
    }

    /// The last act that can be taken back (or done again).
    pub(super) fn pop_step(&mut self, redo: bool) -> Option<Step> {
        if redo { self.undone.pop() } else { self.steps.pop() }
    }

    /// The act that is undone next.
    pub(super) fn last_step(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// Remembers an act (or an act taken back).
    pub(super) fn push_step(&mut self, redo: bool, step: Step) {
        let list = if redo { &mut self.undone } else { &mut self.steps };
        list.push(step);
        if list.len() > UNDO_DEPTH {
            list.remove(0);
        }
    }

    /// Records that were put back are at new revisions: the other steps follow them.
    pub(super) fn follow_steps(&mut self, moved: &[Moved]) {
        for step in self.steps.iter_mut().chain(&mut self.undone) {
            step.follow(moved);
        }
    }

    /// A signature ends what can be taken back in that chart.
    pub(super) fn forget_steps(&mut self, client: ClientId) {
        self.own_notes = None;
        self.signed_since |= self.steps.iter().any(|step| step.client == Some(client));
        self.steps.retain(|step| step.client != Some(client));
        self.undone.retain(|step| step.client != Some(client));
    }

    /// Who supervises a colleague.
    pub(super) fn supervisor_of(&self, id: StaffId) -> Option<StaffId> {
        self.colleagues.iter().find(|staff| staff.id == id).and_then(|staff| staff.supervisor)
    }

    /// A colleague's name without credential, for narrow columns; "someone" if unknown.
    pub(super) fn short_name_of(&self, id: StaffId) -> String {
        let found = self.colleagues.iter().find(|staff| staff.id == id);
        found.map_or_else(|| "someone".to_owned(), |staff| staff.name.clone())
    }

    /// Who supervises a colleague and is here to do it.
    pub(super) fn active_supervisor_of(&self, id: StaffId) -> Option<StaffId> {
        let supervisor = self.supervisor_of(id)?;
        self.colleagues.iter().any(|staff| staff.id == supervisor && staff.active).then_some(supervisor)
    }

    /// Whether anybody who works here now leads.
    pub(super) fn has_supervisor(&self) -> bool {
        self.colleagues.iter().any(|one| one.active && one.has(Role::Supervisor))
    }

    /// A colleague's name with credential; "someone" if unknown.
    pub(super) fn name_of(&self, id: StaffId) -> String {
        self.colleagues
            .iter()
            .find(|staff| staff.id == id)
            .map_or_else(|| "someone".to_owned(), Staff::signature_name)
    }
}

/// A summary with the name and the record number alone: what the front desk sees.
pub(super) fn names_only(summary: &Summary) -> Summary {
    Summary {
        client: summary.client,
        name: summary.name.clone(),
        legal: summary.legal.clone(),
        former: summary.former.clone(),
        sort: summary.sort.clone(),
        find: summary.find.clone(),
        record_no: summary.record_no.clone(),
        birth: summary.birth,
        deceased: summary.deceased,
        import: summary.import,
        days: DayFacts { sessions: expected(&summary.days), ..DayFacts::default() },
        ..Summary::default()
    }
}

/// When somebody is expected, with whom and how, as the day's list of the front desk says it: no type of service, no note.
fn expected(days: &DayFacts) -> Vec<SessionFacts> {
    let to_come = days.sessions.iter().filter(|one| one.stands == SessionStands::Planned);
    let bare = |one: &SessionFacts| SessionFacts {
        number: one.number,
        date: one.date,
        start: one.start,
        minutes: one.minutes,
        mode: one.mode,
        staff: one.staff,
        ..SessionFacts::default()
    };
    to_come.map(bare).collect()
}

/// A summary without what is in the chart: who they are and the open episode.
pub(super) fn particulars(summary: &Summary) -> Summary {
    Summary {
        client: summary.client,
        name: summary.name.clone(),
        legal: summary.legal.clone(),
        former: summary.former.clone(),
        sort: summary.sort.clone(),
        find: summary.find.clone(),
        record_no: summary.record_no.clone(),
        birth: summary.birth,
        deceased: summary.deceased,
        episode: summary.episode.clone(),
        also: summary.also.clone(),
        import: summary.import,
        parts: summary.parts,
        ..Summary::default()
    }
}
