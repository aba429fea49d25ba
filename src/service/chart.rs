//! One chart: opening it, what the client wants, reading its notes.

use super::alike::namesakes_of;
use super::api::{Answer, ChartAsk, ChartView, DraftLine, Kept, Person, PlanView};
use super::charts::FIRST_NOTES;
use super::charts::{ChartRecords, Docs};
use super::checkins;
use super::contacts;
use super::desk::Desk;
use super::documents::{draft, life_of, read, safety};
use super::fault::Fault;
use super::groups;
use super::house;
use super::leaving;
use super::narrowed;
use super::needs;
use super::plan;
use super::ruptures;
use super::stay;
use super::steps::Said;
use super::turned;
use super::wordings;
use crate::domain::{
    Act, ClientId, CriticalWaiting, DocKind, Guardianship, ImmediateNeed, Imported, LevelDecision, Modality,
    NoteHead, Number, PlanCall, ReviewForm, ReviewSessions, Session, Triage, Wants,
};
use crate::rules::access::Capability;
use crate::rules::caseload::engagement;
use crate::rules::discharge::SignedDischarge;
use crate::rules::plan::calls;
use crate::rules::plan::review::sessions;
use crate::store::{DocHead, DocLife};

/// Routes what concerns a chart.
pub(super) fn handle(desk: &mut Desk, ask: ChartAsk) -> Result<Answer, Fault> {
    match ask {
        ChartAsk::Open(client) => open(desk, client),
        ChartAsk::OlderNotes { client, before } => older_notes(desk, client, before),
        ChartAsk::RecordWants { client, wants, rev } => record_wants(desk, client, *wants, rev),
        _ => Err(Fault::internal("not a matter of the chart")),
    }
}

/// Opens a chart: the event is on disk before the content leaves.
fn open(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    let mut unit = desk.unit(Capability::SeeNames, Act::ChartOpened, Some(client), 0)?;
    for other in desk.seat()?.house.links.others(client) {
        unit.also(desk.permit(Capability::SeeNames, Some(*other))?, Act::ChartOpened, 0);
    }
    desk.record(unit)?;
    desk.seat_mut()?.chart = None;
    Ok(Answer::Chart(Box::new(view(desk, client)?)))
}

/// Everything a chart's rooms show, as far as this person may read it. The opening was audited.
pub(super) fn view(desk: &mut Desk, client: ClientId) -> Result<ChartView, Fault> {
    if desk.seat()?.chart.as_ref().is_none_or(|open| open.id != client) {
        let records = ChartRecords::load(desk.books(), client)?;
        desk.seat_mut()?.chart = Some(records);
    }
    let records = desk.seat()?.chart.clone();
    let mut chart =
        shown(desk, records.ok_or_else(|| Fault::internal("the chart that was just read is not there"))?)?;
    chart.also = beside(desk, &chart)?;
    Ok(chart)
}

/// The charts that are linked with this one and that it leads, as they are to be read beside it.
fn beside(desk: &Desk, chart: &ChartView) -> Result<Vec<ChartView>, Fault> {
    if !chart.may_read && !chart.may_answer {
        return Ok(Vec::new());
    }
    let others = desk.seat()?.house.links.others(chart.client.value.id);
    others.iter().map(|other| shown(desk, ChartRecords::load(desk.books(), *other)?)).collect()
}

fn shown(desk: &Desk, mut records: ChartRecords) -> Result<ChartView, Fault> {
    let id = records.id;
    let may = |capability| desk.permit(capability, Some(id)).is_ok();
    let (may_read, may_answer) = (may(Capability::ReadChart), may(Capability::AnswerDanger));
    let plan = if may_read { plan::collect(&records, &desk.clock)? } else { PlanView::default() };
    let client = records.client.take().ok_or_else(|| Fault::user("This person is not in the store."))?;
    let mut chart = ChartView {
        client,
        person: person(desk, id)?,
        line: line(desk, id)?,
        episodes: std::mem::take(&mut records.episodes),
        wants: None,
        wants_before: Vec::new(),
        needs: Vec::new(),
        times: Vec::new(),
        assessments: Vec::new(),
        problems: Vec::new(),
        plan: PlanView::default(),
        diagnoses: Vec::new(),
        helps: Vec::new(),
        measures: Vec::new(),
        wordings: Vec::new(),
        criticals: Vec::new(),
        checkins: Vec::new(),
        apart: Vec::new(),
        alerts: Vec::new(),
        ways: None,
        short: Vec::new(),
        ruptures: Vec::new(),
        levels: Vec::new(),
        discharges: Vec::new(),
        safeties: Vec::new(),
        contacts: Vec::new(),
        stay: None,
        imported: Imported::default(),
        notes: Vec::new(),
        older_notes: false,
        drafts: Vec::new(),
        answers: None,
        guardian: Guardianship::default(),
        lives: Vec::new(),
        unplanned: 0,
        unrecorded: desk.books().waiting_events(),
        may_write: may(Capability::WriteChart) && desk.seat()?.house.links.leading(id).is_none(),
        may_read,
        may_answer,
        may_history: may(Capability::ReadHistory),
        triage: None,
        namesakes: Vec::new(),
        same: house::same_views(desk, id)?,
        also: Vec::new(),
    };
    chart.namesakes = namesakes_of(desk, &chart.client.value)?;
    chart.episodes.reverse();
    chart.levels = newest_first(std::mem::take(&mut records.levels));
    narrowed::narrowed(&mut chart, may(Capability::SeeDemographics));
    if may_read || may_answer {
        let known = (std::mem::take(&mut records.needs), std::mem::take(&mut records.criticals));
        danger(desk, &mut chart, known, records.triages.first())?;
    }
    drafts(desk, &mut chart)?;
    if may_read {
        put_content(desk, &mut chart, records, plan)?;
    } else if chart.episodes.is_empty() && may(Capability::Admit) {
        chart.imported = narrowed::came_with(records.imported);
    }
    Ok(chart)
}

fn newest_first(mut levels: Vec<Kept<LevelDecision>>) -> Vec<Kept<LevelDecision>> {
    levels.sort_by_key(|kept| std::cmp::Reverse((kept.value.on, kept.value.number)));
    levels
}

/// What is shown only to those who may read the chart.
fn put_content(
    desk: &Desk,
    chart: &mut ChartView,
    records: ChartRecords,
    plan: PlanView,
) -> Result<(), Fault> {
    put_plan(desk, chart, plan)?;
    chart.diagnoses = records.diagnoses;
    chart.helps = records.helps;
    chart.wordings = wordings::of(desk, &records.measures)?;
    chart.measures = records.measures;
    (chart.checkins, chart.apart) = checkins::seen(desk, records.checkins)?;
    chart.alerts = records.alerts;
    chart.ways = records.ways;
    chart.short = records.short.into_iter().map(|kept| kept.value).collect();
    chart.times.extend(chart.short.iter().map(|entry| (entry.at, desk.clock.local(entry.at))));
    chart.ruptures = ruptures::seen(desk, chart.client.value.id)?;
    chart.wants_before = said_before(records.wants.as_ref(), records.wants_before);
    chart.wants = records.wants;
    chart.problems = records.problems;
    chart.problems.sort_by_key(|kept| (kept.value.rank, kept.value.number));
    chart.imported = records.imported.map(|kept| kept.value).unwrap_or_default();
    documents(desk, chart, &records.docs)?;
    chart.contacts = records.contacts;
    chart.discharges = discharges(&records.docs)?;
    chart.safeties = safety::signed(desk, records.id, &records.docs)?;
    chart.stay = stay::of(desk, chart)?;
    chart.unplanned = unplanned(desk, chart)?;
    Ok(())
}

/// The plan, with what is like it, what was undone, what calls for a look at it and the sessions since its last review.
fn put_plan(desk: &Desk, chart: &mut ChartView, plan: PlanView) -> Result<(), Fault> {
    chart.plan = plan;
    plan::alike(desk, chart.client.value.id, &mut chart.plan)?;
    plan::undone(desk, chart.client.value.id, &mut chart.plan)?;
    chart.plan.call = call(desk, chart)?;
    chart.plan.sessions = sessions_since(desk, chart)?;
    chart.plan.groups = groups_since(desk, chart)?;
    chart.guardian = leaving::guardian(desk, &chart.client.value)?;
    Ok(())
}

/// What calls for a look at the plan now, as the lists say it.
fn call(desk: &Desk, chart: &ChartView) -> Result<Option<PlanCall>, Fault> {
    let today = desk.now().local.date;
    let summary = &chart.person.summary;
    let coming = engagement(summary, today, &desk.caseload_context()?);
    Ok(calls::open(summary, coming, today, &|at| desk.clock.local(at).date))
}

/// Counts the sessions since the review before. They are read only while somebody writes a review.
fn sessions_since(desk: &Desk, chart: &ChartView) -> Result<ReviewSessions, Fault> {
    let written = chart.drafts.iter().any(|draft| draft.kind == DocKind::Review);
    let Some(around) = chart.around_review().filter(|_| written) else {
        return Ok(ReviewSessions::default());
    };
    let all = desk.books().list::<Session>(chart.client.value.id)?;
    let all = all.iter().map(|kept| &kept.value).filter(|one| one.modality != Some(Modality::Collateral));
    let (from, today) = (around.from(), desk.now().local.date);
    let unplanned = contacts::unplanned(desk, chart.client.value.id, from.plus_days(1))?;
    let unplanned = unplanned.iter().filter(|one| one.date <= today).count();
    let unplanned = u16::try_from(unplanned).unwrap_or(u16::MAX);
    Ok(ReviewSessions { unplanned, ..sessions(all, from, today) })
}

/// What the client had and missed of groups since the review before, as [`sessions_since`] reads it.
fn groups_since(desk: &Desk, chart: &ChartView) -> Result<Vec<ReviewForm>, Fault> {
    let written = chart.drafts.iter().any(|draft| draft.kind == DocKind::Review);
    let Some(around) = chart.around_review().filter(|_| written) else { return Ok(Vec::new()) };
    let span = (around.from().plus_days(1), desk.now().local.date);
    let all = groups::hours(desk, chart.client.value.id, around.episode, span)?;
    Ok(all.into_iter().map(|words| ReviewForm { form: "Group".to_owned(), words }).collect())
}

/// Counts the contacts of a stay under a mandate that notes speak of and no session does.
fn unplanned(desk: &Desk, chart: &ChartView) -> Result<usize, Fault> {
    let Some(episode) = chart.open_episode().filter(|one| one.mandated) else { return Ok(0) };
    Ok(contacts::unplanned(desk, chart.client.value.id, episode.admitted)?.len())
}

/// What is known of danger: needs, critical answers, the last triage.
fn danger(
    desk: &Desk,
    chart: &mut ChartView,
    (needs, criticals): (Vec<Kept<ImmediateNeed>>, Vec<Kept<CriticalWaiting>>),
    triage: Option<&Kept<Triage>>,
) -> Result<(), Fault> {
    (chart.needs, chart.criticals) = (needs, criticals);
    chart.needs.reverse();
    chart.times = needs::times(&desk.clock, &chart.needs, &chart.criticals);
    chart.triage = triage.map(|kept| house::triage_facts(desk, &kept.value)).transpose()?;
    Ok(())
}

/// What somebody said before, newest first: each time they wanted something else, or put something else first.
fn said_before(now: Option<&Kept<Wants>>, before: Vec<Wants>) -> Vec<Wants> {
    let mut said = before;
    said.extend(now.map(|kept| kept.value.clone()));
    said.dedup_by(|later, earlier| (&later.wants, &later.first) == (&earlier.wants, &earlier.first));
    said.pop();
    said.reverse();
    said
}

fn person(desk: &Desk, client: ClientId) -> Result<Person, Fault> {
    let kept = desk.seat()?.summaries.get(&client).cloned();
    desk.person(&kept.ok_or_else(|| Fault::user("This person is not in the store."))?)
}

/// The line of a person who has other charts linked with this one.
fn line(desk: &Desk, client: ClientId) -> Result<Option<Person>, Fault> {
    let seat = desk.seat()?;
    let Some((summary, also)) = seat.summaries.get(&client).and_then(|summary| seat.line(summary)) else {
        return Ok(None);
    };
    if also.is_empty() {
        return Ok(None);
    }
    Ok(Some(Person { also, ..desk.person(&summary)? }))
}

/// The documents a chart opens with: notes newest service first, the assessments that count by date, and where each is.
fn documents(desk: &Desk, chart: &mut ChartView, docs: &Docs) -> Result<(), Fault> {
    for head in docs
        .notes
        .iter()
        .chain(&docs.assessments)
        .chain(&docs.reviews)
        .chain(&docs.discharges)
        .chain(&docs.safeties)
    {
        let life = read::seen(desk, head, &docs.entries(head.number))?;
        chart.assessments.extend(head.assessment().filter(|_| life.stands()).cloned());
        chart.lives.push(life);
    }
    chart.assessments.sort_by_key(|assessment| (assessment.date, assessment.number));
    chart.notes = docs.notes.iter().filter_map(DocHead::note).collect();
    chart.older_notes = chart.notes.len() > FIRST_NOTES;
    chart.notes.truncate(FIRST_NOTES);
    by_service(&mut chart.notes);
    Ok(())
}

/// The signed discharge summaries, oldest first.
fn discharges(docs: &Docs) -> Result<Vec<SignedDischarge>, Fault> {
    let signed = |head: &DocHead| {
        let facts =
            head.discharge().ok_or_else(|| Fault::mismatch("a discharge summary is another document"))?;
        Ok(SignedDischarge {
            doc: head.number,
            episode: head.facts().episode,
            facts: facts.clone(),
            on: head.facts().on,
            by: head.signature.name.clone(),
            stands: life_of(head, &docs.entries(head.number))?.stands(),
        })
    };
    docs.discharges.iter().map(signed).collect()
}

/// Puts notes in the order of their services, newest first.
fn by_service(notes: &mut [NoteHead]) {
    notes.sort_by_key(|head| std::cmp::Reverse((head.service.date, head.service.start, head.number)));
}

/// The drafts of a chart, and what its client marked. A draft is its author's, whoever's the chart is by now.
fn drafts(desk: &Desk, chart: &mut ChartView) -> Result<(), Fault> {
    let id = chart.client.value.id;
    chart.drafts = draft_lines(desk, id)?;
    chart.answers = turned::open_answers(desk, id, &chart.drafts)?;
    Ok(())
}

/// Drafts this person may see: their own, and those of the people they supervise.
fn draft_lines(desk: &Desk, client: ClientId) -> Result<Vec<DraftLine>, Fault> {
    let seat = desk.seat()?;
    let mut lines = Vec::new();
    for head in desk.books().drafts(client)? {
        if draft::may_see(desk, head.by) {
            lines.push(draft::line(desk, seat, &head));
        }
    }
    Ok(lines)
}

fn older_notes(desk: &Desk, client: ClientId, before: Number) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let mut notes = desk.newest_notes(client, Some(before), FIRST_NOTES + 1)?;
    let more = notes.len() > FIRST_NOTES;
    notes.truncate(FIRST_NOTES);
    let first = notes.last().map_or(before, |head| head.number);
    let mut lives = Vec::new();
    for entries in desk.books().between::<DocLife>(client, first..before)? {
        if let Some(head) = desk.books().get::<DocHead>(client, entries.value.number)? {
            lives.push(read::seen(desk, &head.value, &entries.value)?);
        }
    }
    by_service(&mut notes);
    Ok(Answer::OlderNotes { client, notes, lives, more })
}

impl Desk {
    /// Heads of a client's newest notes, newest number first, below `before` if given.
    pub(super) fn newest_notes(
        &self,
        client: ClientId,
        before: Option<Number>,
        limit: usize,
    ) -> Result<Vec<NoteHead>, Fault> {
        let heads = self.books().newest_in::<DocHead>(client, &DocKind::Note.numbers(), before, limit)?;
        Ok(heads.iter().filter_map(|kept| kept.value.note()).collect())
    }
}

/// Writes down what the client wants and which dimensions they put first.
fn record_wants(desk: &mut Desk, client: ClientId, mut wants: Wants, rev: u32) -> Result<Answer, Fault> {
    if desk.books().get::<Wants>(client, 1)?.map_or(0, |kept| kept.rev) != rev {
        return Err(Fault::changed("what the client wants"));
    }
    // What was undone is there at a revision of its own.
    let rev = desk.books().rev::<Wants>(client, 1)?;
    wants.by = desk.staff()?.id;
    let mut unit = desk.unit(Capability::WriteChart, Act::WantsRecorded, Some(client), 1)?;
    unit.put(&wants, client, 1, rev);
    desk.done(unit, client, Said::new("Written down in their words.", "what they want is as it was before."))
}
