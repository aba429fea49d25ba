//! Making the invented agency: founding it on an engine, filling it, and the folder it lives in.

use super::{Options, cheapest_cost, found_on};
use crate::clock::{Clock, Ids};
use crate::demo::{self, Plan};
use crate::domain::{ClockTime, Moment, Staff, StaffId};
use crate::engine::Engine;
use crate::engine::embedded::{self, EmbeddedEngine};
use crate::rules::owed::Duty;
use crate::service::Desk;
use crate::service::api::{Answer, Command, DocAsk, Door, Place, Secret};
use crate::service::bulk::{
    Bulk, BulkBackground, BulkChart, BulkDischarge, BulkNote, BulkPlan, BulkReview, BulkSafety, BulkVersion,
    MOST,
};
use crate::service::fault::{Fault, FaultKind};
use crate::service::founding::Founding;
use std::fs;
use std::path::Path;

pub use crate::demo::{
    DEFAULT_CLIENTS as DEMO_CLIENTS, MOST_CLIENTS as DEMO_MOST_CLIENTS, PASSPHRASE as DEMO_PASSPHRASE,
};

/// The file that says a folder is a demo; nothing without it is ever removed.
const MARKER: &str = "concord-demo";

/// What kind of demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoOptions {
    /// Same seed and day, same people.
    pub seed: u64,
    /// How many clients.
    pub clients: u32,
    /// Notes of each, if not by the life's own pace.
    pub notes_per_client: Option<u32>,
}

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    /// What to type.
    pub login: String,
    /// Who it is.
    pub name: String,
    /// What they do here, in words.
    pub roles: Vec<&'static str>,
}

/// Everybody in the invented agency. All have [`DEMO_PASSPHRASE`].
pub fn demo_logins() -> Vec<DemoLogin> {
    let staff = demo::staff(0, StaffId::default(), Moment::default());
    let login = |staff: Staff| DemoLogin {
        roles: staff.roles.iter().map(|role| role.word()).collect(),
        login: staff.login,
        name: staff.name,
    };
    staff.into_iter().map(login).collect()
}

/// Founds the invented agency on an empty engine and fills it. `progress` hears how many clients are done. Returns the
/// desk, nobody signed in, and the staff.
pub fn make_demo(
    engine: Box<dyn Engine>,
    options: &DemoOptions,
    clock: &Clock,
    ids: &Ids,
    mut progress: impl FnMut(u32),
) -> Result<(Desk, Vec<Staff>), Fault> {
    let passphrase = || Secret::new(demo::PASSPHRASE.to_owned());
    let zone = clock.zone_name();
    let founding = Founding {
        agency: demo::AGENCY.to_owned(),
        zone,
        program: demo::PROGRAM.to_owned(),
        set: demo::SET.to_owned(),
        login: "ingrid".to_owned(),
        name: "Ingrid Solberg".to_owned(),
        credential: "LPC".to_owned(),
        passphrase: passphrase(),
        help_now: demo::HELP_NOW.to_owned(),
        demo_hint: demo::hint(),
    };
    let (mut desk, _) = found_on(engine, &founding, clock, ids, cheapest_cost())?;
    desk.handle(Command::Door(Door::SignIn { login: founding.login, passphrase: passphrase() }))?;
    let clock = desk.clock();
    let instant = |date, time| clock.instant(date, time);
    let plan = Plan {
        seed: options.seed,
        clients: options.clients,
        notes_per_client: options.notes_per_client,
        today: clock.today(),
        now: clock.now(),
        instant: &instant,
    };
    let mut bulk = Bulk::begin(&mut desk)?;
    let since = instant(plan.today.plus_days(-400), ClockTime(8 * 60));
    let staff = demo::staff(plan.seed, bulk.founder().id, since);
    bulk.staff(&staff, &passphrase(), 1001 + plan.clients)?;
    fill(&mut bulk, &plan, &staff, &mut progress)?;
    bulk.finish()?;
    return_one(&mut desk)?;
    super::demo_groups::form(&mut desk, &staff)?;
    Ok((desk, staff))
}

/// How many clients tasks may be about.
const KNOWN: usize = 60;
/// The supervisor returns one of the notes that wait, so that the way there and back can be looked at.
fn return_one(desk: &mut Desk) -> Result<(), Fault> {
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    let Answer::SignedIn(session) =
        desk.handle(Command::Door(Door::SignIn { login: "ingrid".to_owned(), passphrase }))?
    else {
        return Ok(());
    };
    let mut waits = session.owed.iter().filter(|line| line.mine && line.owed.duty == Duty::CoSign);
    // Others stay to be co-signed.
    if let (Some(first), Some(_)) = (waits.next(), waits.next()) {
        let (client, number) = (first.owed.client, first.owed.number);
        let comment = "Say what was agreed for the days until the next appointment.".to_owned();
        desk.handle(DocAsk::Return { client, number, comment }.into())?;
    }
    let lock = Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false };
    desk.handle(Command::Door(lock)).map(drop)
}

fn fill(
    bulk: &mut Bulk<'_>,
    plan: &Plan<'_>,
    staff: &[Staff],
    progress: &mut impl FnMut(u32),
) -> Result<(), Fault> {
    let (mut waiting, mut records) = (Vec::new(), 0);
    let mut people = Vec::new();
    for index in 0..plan.clients {
        let chart = whole(demo::chart(plan, staff, index));
        if people.len() < KNOWN {
            people.extend(chart.episodes.first().map(|episode| (chart.client.id, episode.counselor)));
        }
        if records > 0 && records + chart.records() > MOST {
            bulk.write(std::mem::take(&mut waiting))?;
            records = 0;
            progress(index);
        }
        records += chart.records();
        waiting.push(chart);
    }
    if !waiting.is_empty() {
        bulk.write(waiting)?;
    }
    bulk.tasks(&demo::tasks(plan, staff, &people))
}

fn whole(chart: demo::Chart) -> BulkChart {
    let notes = chart.notes.into_iter();
    let (mut episodes, mut levels) = (chart.episodes, chart.background.levels);
    if let Some(left) = &chart.left {
        episodes.insert(0, left.episode.clone());
        levels.insert(0, left.level.clone());
    }
    BulkChart {
        client: chart.client,
        episodes,
        assessments: chart.assessments,
        needs: chart.needs,
        wants: chart.wants,
        problems: chart.problems,
        plan: BulkPlan {
            goals: chart.agreed.goals,
            objectives: chart.agreed.objectives,
            methods: chart.agreed.methods,
            agreements: chart.agreed.agreements,
            logs: chart.agreed.logs,
        },
        versions: chart.versions.into_iter().map(version).collect(),
        reviews: chart.reviews.into_iter().map(review).collect(),
        discharges: chart.left.into_iter().map(discharge).collect(),
        safeties: chart.safety.into_iter().map(safety).collect(),
        background: BulkBackground {
            levels,
            diagnoses: chart.background.diagnoses,
            helps: chart.background.helps,
            contract: chart.background.contract,
            basics: chart.background.basics,
            measures: chart.measures,
            checkins: chart.checkins,
            alerts: chart.alerts,
            ways: chart.ways,
            ruptures: chart.ruptures,
            short: chart.short,
        },
        notes: notes
            .map(|it| BulkNote { note: it.note, by: it.by, signed_at: it.signed_at, episode: it.episode })
            .collect(),
        drafts: chart.drafts.into_iter().map(|it| (it.note, it.by, it.since)).collect(),
        sessions: chart.sessions,
    }
}

fn version(made: demo::Version) -> BulkVersion {
    let demo::Version { text, by, on, signed_at, episode, attested } = made;
    BulkVersion { text, by, on, signed_at, episode, attested }
}

fn discharge(made: demo::Left) -> BulkDischarge {
    let demo::Left { discharge, by, signed_at, .. } = made;
    BulkDischarge { discharge, by, signed_at }
}

fn safety(made: demo::Safety) -> BulkSafety {
    let demo::Safety { plan, by, signed_at } = made;
    BulkSafety { plan, by, signed_at }
}

fn review(made: demo::Review) -> BulkReview {
    let demo::Review { review, by, signed_at, episode, .. } = made;
    BulkReview { review, by, signed_at, episode }
}

/// Makes the demo in the options' folder, or leaves the one that is there if it is today's, of this version and of
/// these options (and not `fresh`). A folder with anything else in it is refused. `true` = made now.
pub fn demo_in_folder(
    options: &Options,
    demo: &DemoOptions,
    fresh: bool,
    progress: impl FnMut(u32),
) -> Result<bool, Fault> {
    let dir = &options.store;
    let mark = mark(demo, &options.clock);
    let found = read_marker(dir)?;
    if found.as_deref() == Some(mark.as_str()) && embedded::exists(dir) && !fresh {
        return Ok(false);
    }
    match found {
        Some(_) => clear(options)?,
        None if !is_empty(dir) => {
            return Err(no_demo(dir));
        }
        None => {}
    }
    fs::create_dir_all(dir).map_err(|error| on_disk(dir, &error))?;
    // Says "a demo, not finished": an interrupted one is made again.
    write_marker(dir, "unfinished\n")?;
    let engine = EmbeddedEngine::create(dir, &options.engine())?;
    make_demo(Box::new(engine), demo, &options.clock, &Ids::System, progress)?;
    write_marker(dir, &mark)?;
    Ok(true)
}

fn mark(demo: &DemoOptions, clock: &Clock) -> String {
    let notes = demo.notes_per_client.map_or_else(|| "own pace".to_owned(), |notes| notes.to_string());
    format!(
        "An invented agency, made by concord demo; remade at will.\nversion {}\nday {}\nzone {}\nseed {}\n\
         clients {}\nnotes {notes}\n",
        env!("CARGO_PKG_VERSION"),
        clock.today(),
        clock.zone_name(),
        demo.seed,
        demo.clients,
    )
}

fn read_marker(dir: &Path) -> Result<Option<String>, Fault> {
    match fs::read_to_string(dir.join(MARKER)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(on_disk(dir, &error)),
    }
}

fn write_marker(dir: &Path, text: &str) -> Result<(), Fault> {
    fs::write(dir.join(MARKER), text).map_err(|error| on_disk(dir, &error))
}

fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).map_or(!dir.exists(), |mut entries| entries.next().is_none())
}

fn no_demo(dir: &Path) -> Fault {
    Fault::user(format!("{} holds something that is not a demo.", dir.display()))
        .hint("Nothing was changed. Name another folder with --store.")
}

/// Whether an agency is an invented one: only those say before the sign-in how to get in. What does not open is nobody's.
fn is_demo(engine: Box<dyn Engine>, options: &Options) -> bool {
    super::open_on(engine, &options.clock, &Ids::System)
        .map_or(true, |desk| !desk.front().front.demo_hint.is_empty())
}

/// Removes a demo that nobody has open.
fn clear(options: &Options) -> Result<(), Fault> {
    let dir = &options.store;
    if embedded::exists(dir) {
        // A damaged demo may go; one that somebody has open may not, nor an agency beside which somebody put a demo's mark.
        match EmbeddedEngine::open(dir, &options.engine()) {
            Err(error @ crate::engine::EngineError::Held(_)) => return Err(error.into()),
            Ok(engine) => {
                if !is_demo(Box::new(engine), options) {
                    return Err(no_demo(dir));
                }
            }
            Err(_) => {}
        }
    }
    let entries = fs::read_dir(dir).map_err(|error| on_disk(dir, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| on_disk(dir, &error))?;
        if entry.file_name() == MARKER {
            continue;
        }
        let path = entry.path();
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let removed = if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|error| on_disk(&path, &error))?;
    }
    Ok(())
}

fn on_disk(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Storage, format!("{}: {error}", path.display()))
}
