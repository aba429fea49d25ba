//! Filled-in measures, and critical answers: written at the key that gave them, and closed only by what was done.
//!
//! Owns that a critical answer proposes an immediate need in the same batch. What waits is that need: every list, the header and the
//! priorities show it as they show any other.

use super::alerts;
use super::api::{Answer, HeardAsk, Kept, MeasureMark};
use super::checkins;
use super::desk::Desk;
use super::fault::Fault;
use super::needs::{self, acting};
use super::ruptures;
use super::steps::Said;
use super::unit::Unit;
use super::ways;
use crate::domain::{
    Act, Administration, Client, ClientId, CriticalDone, CriticalEntry, CriticalWaiting, DimensionRef,
    HowTaken, ImmediateNeed, NeedState, Number,
};
use crate::packs::{Critical, Instrument, Respondent};
use crate::rules::access::Capability;
use crate::rules::need::story;
use crate::rules::scoring::{CriticalAnswer, Finding, Scored, score};
use crate::rules::{measured, summary};
use std::collections::BTreeSet;

/// Routes what concerns what was heard from a client.
pub(super) fn handle(desk: &mut Desk, ask: HeardAsk, written: Option<ClientId>) -> Result<Answer, Fault> {
    // Before anything is read: what a refusal says must not tell what stands in the chart.
    let capability =
        if matches!(ask, HeardAsk::Act { .. }) { Capability::AnswerDanger } else { Capability::WriteChart };
    desk.permit(capability, written)?;
    match ask {
        HeardAsk::Notice(filled) => notice(desk, *filled),
        HeardAsk::Save(filled) => save(desk, *filled),
        HeardAsk::Mark { client, number, rev, mark } => say(desk, client, number, rev, mark),
        HeardAsk::CheckIn(checkin) => checkins::save(desk, *checkin),
        HeardAsk::CheckInError { client, number, rev, words } => {
            checkins::in_error(desk, client, number, rev, &words)
        }
        HeardAsk::Rupture { rupture, rev } => ruptures::save(desk, *rupture, rev),
        HeardAsk::Ways { ways, rev } => ways::save(desk, *ways, rev),
        HeardAsk::Answer { client, number, rev, done, words } => {
            alerts::answer(desk, client, (number, rev), done, &words)
        }
        HeardAsk::Act { client, number, rev, done, state } => act(desk, client, number, rev, *done, state),
    }
}

/// The measure that was filled in, for a client.
fn measure_of(desk: &Desk, filled: &Administration) -> Result<Instrument, Fault> {
    let found = desk.measures.find(&filled.measure).cloned();
    let found = found.ok_or_else(|| {
        Fault::user(format!("The measure \"{}\" is not on this computer.", filled.measure))
            .hint("Ask your admin for its file, or choose another measure.")
    })?;
    if found.private {
        return Err(Fault::user(format!("{} is about staff and is no part of a client's chart.", found.key)));
    }
    Ok(found)
}

/// Reckons the age on the day, and checks what was typed against the measure.
fn scored<'a>(
    desk: &Desk,
    measure: &'a Instrument,
    filled: &mut Administration,
) -> Result<Scored<'a>, Fault> {
    let client = desk.books().get::<Client>(filled.client, 1)?;
    let client = client.ok_or_else(|| Fault::user("This person is not in the store."))?;
    filled.measure.clone_from(&measure.key);
    filled.version = measure.version;
    if filled.on > desk.now().local.date {
        return Err(Fault::user("The day it was filled in is not over yet: type the day on the form."));
    }
    filled.age = measured::age_on(client.value.birth, filled.on);
    if measured::respondent(&filled.answered_by).is_none_or(|by| by == Respondent::Staff) {
        let by = measure.by.first().map_or("client", |by| by.word());
        by.clone_into(&mut filled.answered_by);
    }
    let replies = measured::replies(measure, filled);
    score(measure, &replies, &measured::facts(filled)).map_err(|refused| {
        let why: Vec<String> = refused.iter().map(|one| one.sentence(measure)).collect();
        Fault::user(format!("Not saved: {}.", why.join("; ")))
    })
}

/// Writes down what is critical among the answers so far. Nothing else is written.
pub(super) fn notice(desk: &mut Desk, mut filled: Administration) -> Result<Answer, Fault> {
    let client = filled.client;
    let measure = measure_of(desk, &filled)?;
    let scored = scored(desk, &measure, &mut filled)?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::CriticalAnswered, Some(client), 0)?;
    let found = write_critical(desk, &mut unit, &filled, &scored)?;
    if unit.len() == 0 {
        return Ok(Desk::said(""));
    }
    desk.commit(unit)?;
    let said = if found.is_empty() {
        "The change is written down beside the critical answer, which stays open.".to_owned()
    } else {
        format!("{}: act on it first. It is written down and on the supervisor's list.", found.join("; "))
    };
    desk.done_for_good(client, said)
}

/// The immediate needs of a client while critical answers are written down: each is written once, however many answers it takes up.
struct Proposals {
    all: Vec<Kept<ImmediateNeed>>,
    touched: BTreeSet<Number>,
}

impl Proposals {
    fn load(desk: &Desk, client: ClientId) -> Result<Self, Fault> {
        Ok(Self { all: desk.books().list::<ImmediateNeed>(client)?, touched: BTreeSet::new() })
    }

    /// Whether nobody has decided on a need.
    fn is_undecided(&self, number: Number) -> bool {
        self.all.iter().any(|kept| kept.value.number == number && kept.value.state == NeedState::Proposed)
    }

    /// Proposes a need; one in the dimension that is undecided takes the words up.
    fn propose(
        &mut self,
        desk: &Desk,
        client: ClientId,
        dimension: &DimensionRef,
        (words, hours): (&str, u16),
    ) -> Result<Number, Fault> {
        let acting = acting(desk)?;
        let undecided = |kept: &&mut Kept<ImmediateNeed>| {
            kept.value.dimension == *dimension && kept.value.state == NeedState::Proposed
        };
        let number = if let Some(kept) = self.all.iter_mut().rev().find(undecided) {
            story::proposed_again(&mut kept.value, words, hours, acting);
            kept.value.number
        } else {
            let stored = desk.books().next_number::<ImmediateNeed>(client)?;
            let number = self.all.iter().map(|kept| kept.value.number + 1).max().unwrap_or(1).max(stored);
            let value = story::proposed((client, number), dimension.clone(), words, hours, acting);
            self.all.push(Kept { rev: 0, value });
            number
        };
        self.touched.insert(number);
        Ok(number)
    }

    fn put(&self, unit: &mut Unit, client: ClientId) {
        for kept in self.all.iter().filter(|kept| self.touched.contains(&kept.value.number)) {
            unit.put(&kept.value, client, kept.value.number, kept.rev);
        }
    }
}

/// Puts every critical answer that is new, and every change of one that waits, into the unit. Returns what is new, in words.
fn write_critical(
    desk: &Desk,
    unit: &mut Unit,
    filled: &Administration,
    scored: &Scored<'_>,
) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let known = desk.books().list::<CriticalWaiting>(filled.client)?;
    let mut needs = Proposals::load(desk, filled.client)?;
    let mut number = desk.books().next_number::<CriticalWaiting>(filled.client)?;
    for rule in &scored.measure.criticals {
        let fired = scored.critical.iter().find(|answer| std::ptr::eq(answer.rule, rule));
        let value = shown(rule, fired, filled);
        let place = measured::place_of(rule);
        let of_sitting = |kept: &&Kept<CriticalWaiting>| {
            let one = &kept.value;
            one.measure == filled.measure && one.item == place && one.begun == filled.begun
        };
        let before = known.iter().rev().find(of_sitting);
        if before.is_some_and(|kept| kept.value.entries.last().is_some_and(|last| last.value == value)) {
            continue;
        }
        let entry = CriticalEntry { at: desk.moment(), by: desk.staff()?.id, value };
        match before {
            // A new answer of the same kind asks again once the first was decided on.
            Some(kept) if fired.is_none() || needs.is_undecided(kept.value.need) => {
                let mut waiting = kept.value.clone();
                waiting.entries.push(entry);
                unit.put(&waiting, filled.client, waiting.number, kept.rev);
            }
            _ if fired.is_some() => {
                let waiting = waiting(desk, &mut needs, filled, (scored.measure, rule), (number, entry))?;
                found.push(format!("{}: {}", waiting.about, waiting.entries[0].value));
                unit.put(&waiting, filled.client, number, 0);
                number += 1;
            }
            _ => {}
        }
    }
    needs.put(unit, filled.client);
    Ok(found)
}

/// The answer or score a rule looks at, as it is shown; empty where there is none.
fn shown(rule: &Critical, fired: Option<&CriticalAnswer<'_>>, filled: &Administration) -> String {
    match (fired, &rule.item) {
        (Some(answer), _) => {
            let least = if answer.at_least { " at least" } else { "" };
            format!("{}{least}", answer.value.shown(answer.value.decimals()))
        }
        (None, Some(item)) => filled.reply(item).key().map(|key| key.to_string()).unwrap_or_default(),
        (None, None) => String::new(),
    }
}

/// A critical answer with its proposed need.
fn waiting(
    desk: &Desk,
    needs: &mut Proposals,
    filled: &Administration,
    (measure, rule): (&Instrument, &Critical),
    (number, entry): (Number, CriticalEntry),
) -> Result<CriticalWaiting, Fault> {
    let set = desk.seat()?.set;
    let in_set = rule.dimension.get(&set.key).copied().unwrap_or_default();
    let dimension = DimensionRef { set: set.key.clone(), number: in_set };
    let about = measured::about(measure, rule);
    let words = format!("{about}: {}", entry.value);
    let need = needs.propose(desk, filled.client, &dimension, (&words, rule.danger.hours()))?;
    Ok(CriticalWaiting {
        client: filled.client,
        number,
        need,
        dimension,
        measure: measure.key.clone(),
        version: measure.version,
        item: measured::place_of(rule).to_owned(),
        about,
        on: filled.on,
        how: filled.how,
        begun: filled.begun,
        entries: vec![entry],
        done: Vec::new(),
    })
}

/// Saves a measure that a member of staff typed in.
fn save(desk: &mut Desk, mut filled: Administration) -> Result<Answer, Fault> {
    let client = filled.client;
    let number = desk.books().next_number::<Administration>(client)?;
    filled.how = staff_took(filled.how);
    let begun = filled.begun;
    let mut unit = desk.unit(Capability::WriteChart, Act::MeasureRecorded, Some(client), number)?;
    let said = put(desk, &mut unit, filled)?;
    let undone = needs::undone_but(desk, &unit, client, begun)?;
    desk.done(unit, client, Said::new(said, undone))
}

/// Puts a filled-in measure into a unit: scored once, for good, with what is critical in it. Returns what is said of it.
pub(super) fn put(desk: &Desk, unit: &mut Unit, mut filled: Administration) -> Result<String, Fault> {
    let client = filled.client;
    let measure = measure_of(desk, &filled)?;
    let scored = scored(desk, &measure, &mut filled)?;
    // That somebody would rather not say anything is their answer, and what is critical is asked about then.
    if !scored.is_taken() && filled.how != HowTaken::Screen {
        return Err(Fault::user(format!("No item of {} is answered, so it was not taken.", measure.key))
            .hint("Press Esc to leave it."));
    }
    let staff = desk.staff()?;
    (filled.by, filled.by_name) = (staff.id, staff.signature_name());
    filled.at = desk.moment();
    filled.number = desk.books().next_number::<Administration>(client)?;
    filled.episode = open_episode(desk, client)?;
    filled.results = measured::results(&scored);
    filled.findings = scored.finding.iter().flat_map(Finding::lines).collect();
    filled.ask = scored.ask.iter().map(|rule| measured::place_of(rule).to_owned()).collect();
    filled.ask_hours = scored.ask.iter().map(|rule| rule.danger.hours()).min().unwrap_or_default();
    let others: Vec<Administration> =
        desk.books().list::<Administration>(client)?.into_iter().map(|kept| kept.value).collect();
    let series = measured::series(others.iter().chain([&filled]), &filled);
    let class = measured::class_of(&measure, &series, &filled).to_owned();
    filled.class = class;
    let critical = write_critical(desk, unit, &filled, &scored)?;
    let alert = alerts::of_measure(desk, unit, &filled)?;
    unit.put(&filled, client, filled.number, 0);
    let alert = if alert.is_empty() { alert } else { format!(" It opens an alert: {alert}.") };
    Ok(said(&measure, &scored, &filled, &critical) + &alert)
}

/// Answers a member of staff types in are never *at the screen*.
fn staff_took(how: HowTaken) -> HowTaken {
    if how == HowTaken::Screen { HowTaken::Paper } else { how }
}

/// What is said once it is saved.
fn said(measure: &Instrument, scored: &Scored<'_>, filled: &Administration, critical: &[String]) -> String {
    let shown = measured::main_scale(measure).and_then(|scale| {
        let score = scored.scales.iter().find(|one| one.scale.key == scale.key)?;
        let band = score.band.as_ref().map_or(String::new(), |band| format!(", {}", band.band.words));
        Some(format!(" {}{band}", score.shown()?))
    });
    let score = shown.unwrap_or_else(|| " without a total".to_owned());
    let ask = if filled.ask.is_empty() {
        String::new()
    } else {
        format!(" Item {} is not answered: ask about it.", filled.ask.join(", "))
    };
    let act = critical.join("; ");
    let act = if act.is_empty() { act } else { format!(" {act}: act on it first.") };
    format!("{}{score} is saved.{ask}{act}", measure.key)
}

/// The number of the open episode.
pub(super) fn open_episode(desk: &Desk, client: ClientId) -> Result<Number, Fault> {
    let stays = desk.stays(client)?;
    let open = summary::open_episode(&stays).map(|episode| episode.number);
    open.ok_or_else(|| Fault::user("This person is not admitted.").hint("[key:admit] admits them."))
}

/// Says something about a filled-in measure. Its answers and its score stay as they are.
fn say(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    mark: MeasureMark,
) -> Result<Answer, Fault> {
    let mut filled = desk.books().at::<Administration>(client, number, rev, "This filled-in measure")?;
    let said = match mark {
        MeasureMark::Asked(words) | MeasureMark::InError(words) if words.trim().is_empty() => {
            return Err(Fault::user("Say it in words."));
        }
        MeasureMark::Asked(words) => {
            words.trim().clone_into(&mut filled.asked);
            "What came of asking is written down."
        }
        MeasureMark::Shown(shown) => {
            filled.shown = shown;
            if shown { "Shown to the client." } else { "Not shown to the client." }
        }
        MeasureMark::InError(words) => {
            words.trim().clone_into(&mut filled.in_error);
            "Entered in error. It counts for nothing; a critical answer in it stays open."
        }
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::MeasureRecorded, Some(client), number)?;
    unit.put(&filled, client, number, rev);
    if !filled.in_error.is_empty() {
        alerts::entered_in_error(desk, &mut unit, client, (&filled.measure, number))?;
    }
    desk.done(unit, client, Said::new(said, "the filled-in measure is as it was before."))
}

/// What the need that was open before is told of an answer that belongs to it.
fn told(waiting: &CriticalWaiting, done: &CriticalDone) -> String {
    let value = waiting.entries.last().map_or("", |entry| entry.value.as_str());
    let answer = format!("{}: {value}", waiting.about);
    let said = [answer.as_str(), &done.words, &done.decided];
    said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Writes down what was done about a critical answer, and moves its need on.
fn act(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    mut done: CriticalDone,
    state: Option<NeedState>,
) -> Result<Answer, Fault> {
    let mut waiting = desk.books().at::<CriticalWaiting>(client, number, rev, "This critical answer")?;
    let staff = desk.staff()?;
    (done.by, done.by_name, done.at) = (staff.id, staff.signature_name(), desk.moment());
    let joins = done.joins.filter(|joins| *joins != waiting.need);
    let told = told(&waiting, &done);
    waiting.done.push(done);
    let mut unit = desk.unit(Capability::AnswerDanger, Act::CriticalActed, Some(client), number)?;
    if let Some(joins) = joins {
        let open = desk.books().get::<ImmediateNeed>(client, joins)?;
        let Kept { rev, value: mut open } =
            open.ok_or_else(|| Fault::user("The need it was to belong to is not in the chart any more."))?;
        // What closes the need of the answer has to be danger of the same kind, which stays open.
        if open.dimension != waiting.dimension || open.state == NeedState::Proposed {
            return Err(Fault::user(
                "The answer can belong to a need of the same dimension that somebody has confirmed. Decide on this one.",
            ));
        }
        story::kept(&mut open, &told, acting(desk)?).map_err(|error| Fault::user(error.to_string()))?;
        unit.put(&open, client, joins, rev);
    }
    let mut said = "What was done is written down. The need is not decided yet.".to_owned();
    if let Some(state) = state {
        let need = desk.books().get::<ImmediateNeed>(client, waiting.need)?;
        let Kept { rev, value: mut need } =
            need.ok_or_else(|| Fault::mismatch("the need of a critical answer is missing"))?;
        super::needs::decided_words(&state).clone_into(&mut said);
        story::decided(&mut need, state, acting(desk)?).map_err(|error| Fault::user(error.to_string()))?;
        unit.put(&need, client, need.number, rev);
    }
    unit.put(&waiting, client, number, rev);
    desk.commit(unit)?;
    desk.done_for_good(client, said)
}
