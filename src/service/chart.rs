//! One chart: opening it, its needs, what the client wants, reading its notes.

use super::api::{Answer, ChartAsk, ChartView, DraftLine, Kept, Person};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::house;
use super::records::ChartRecords;
use super::undo::Image;
use crate::domain::{
    Act, Client, ClientId, DimensionRef, ImmediateNeed, Imported, NeedSource, NeedState, NoteHead, NoteText,
    Number, Triage, Wants,
};
use crate::rules::access::Capability;
use crate::store::{DraftHead, FrozenNote, Kind, ahead, signing_hash, verify_strict};
use std::sync::Arc;

/// Note heads a chart opens with; older ones come on demand.
pub(super) const FIRST_NOTES: usize = 50;

/// How many earlier answers to "what do you want" are kept beside the newest.
const EARLIER_WANTS: usize = 20;

/// Routes what concerns a chart.
pub(super) fn handle(desk: &mut Desk, ask: ChartAsk) -> Result<Answer, Fault> {
    match ask {
        ChartAsk::Open(client) => open(desk, client),
        ChartAsk::OlderNotes { client, before } => older_notes(desk, client, before),
        ChartAsk::ReadNote { client, number } => {
            Ok(Answer::Note(Box::new(super::reading::read(desk, client, number)?)))
        }
        ChartAsk::RaiseNeed { client, dimension, reason, source } => {
            raise(desk, client, dimension, reason, source)
        }
        ChartAsk::DecideNeed { client, number, rev, state } => decide(desk, client, number, rev, state),
        ChartAsk::RecordWants { client, wants, rev } => record_wants(desk, client, *wants, rev),
        _ => Err(Fault::internal("not a matter of the chart")),
    }
}

/// Opens a chart: the event is on disk before the content leaves.
fn open(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::SeeNames, Act::ChartOpened, Some(client), 0)?;
    desk.record(unit)?;
    Ok(Answer::Chart(Box::new(view(desk, client)?)))
}

/// Everything a chart's rooms show, as far as this person may read it. The opening was audited.
pub(super) fn view(desk: &Desk, client: ClientId) -> Result<ChartView, Fault> {
    let may_read = desk.permit(Capability::ReadChart, Some(client)).is_ok();
    let may_write = desk.permit(Capability::WriteChart, Some(client)).is_ok();
    let may_answer = desk.permit(Capability::AnswerDanger, Some(client)).is_ok();
    let then = [
        ahead::newest::<Triage>(client, 1),
        ahead::every::<DraftHead>(client),
        ahead::newest::<NoteHead>(client, FIRST_NOTES + 1),
    ];
    let records = ChartRecords::load_with(desk.books(), client, &then)?;
    let person = person(desk, &records)?;
    let mut chart = ChartView {
        client: records.client,
        person,
        episodes: records.episodes,
        wants: None,
        needs: Vec::new(),
        assessments: Vec::new(),
        problems: Vec::new(),
        imported: Imported::default(),
        notes: Vec::new(),
        older_notes: false,
        drafts: Vec::new(),
        lives: Vec::new(),
        unrecorded: desk.books().waiting_events(),
        may_write,
        may_read,
        may_answer,
        may_history: desk.permit(Capability::ReadHistory, Some(client)).is_ok(),
        triage: None,
    };
    chart.episodes.reverse();
    if desk.permit(Capability::SeeDemographics, Some(client)).is_err() {
        chart.client.value = names_and_phones(chart.client.value);
        chart.episodes.clear();
    }
    if may_read || may_answer {
        chart.needs = records.needs;
        chart.needs.reverse();
        chart.triage = house::last_triage(desk, client)?;
    }
    // A draft is its author's, whoever's the chart is by now.
    chart.drafts = draft_lines(desk, client)?;
    if !may_read {
        return Ok(chart);
    }
    chart.lives = records.lives.iter().map(|kept| super::reading::seen(desk, &kept.value)).collect();
    chart.wants = records.wants;
    chart.assessments = records.assessments.into_iter().map(|kept| kept.value).collect();
    chart.assessments.sort_by_key(|assessment| (assessment.date, assessment.number));
    chart.problems = records.problems;
    chart.problems.sort_by_key(|kept| (kept.value.rank, kept.value.number));
    chart.imported = records.imported.map(|kept| kept.value).unwrap_or_default();
    (chart.notes, chart.older_notes) = note_heads(desk, client, None)?;
    Ok(chart)
}

/// What the front desk needs to call somebody, and nothing else of them.
fn names_and_phones(client: Client) -> Client {
    Client {
        id: client.id,
        record_no: client.record_no,
        name: client.name,
        preferred: client.preferred,
        pronouns: client.pronouns,
        phones: client.phones,
        reach: client.reach,
        may_leave_message: client.may_leave_message,
        languages: client.languages,
        interpreter: client.interpreter,
        ..Client::default()
    }
}

fn person(desk: &Desk, records: &ChartRecords) -> Result<Person, Fault> {
    let kept = desk.seat()?.summaries.get(&records.client.value.id).cloned();
    desk.person(&kept.unwrap_or_else(|| Arc::new(records.summary.value.clone())))
}

fn note_heads(desk: &Desk, client: ClientId, before: Option<Number>) -> Result<(Vec<NoteHead>, bool), Fault> {
    let mut heads: Vec<NoteHead> = desk
        .books()
        .newest::<NoteHead>(client, before, FIRST_NOTES + 1)?
        .into_iter()
        .map(|kept| kept.value)
        .collect();
    let more = heads.len() > FIRST_NOTES;
    heads.truncate(FIRST_NOTES);
    heads.sort_by_key(|head| std::cmp::Reverse((head.service.date, head.service.start, head.number)));
    Ok((heads, more))
}

/// Drafts this person may see: their own, and those of the people they supervise.
fn draft_lines(desk: &Desk, client: ClientId) -> Result<Vec<DraftLine>, Fault> {
    let seat = desk.seat()?;
    let mut lines = Vec::new();
    for draft in desk.books().drafts(client)? {
        if super::drafts::may_see(seat, draft.by) {
            lines.push(super::drafts::line(desk, seat, &draft));
        }
    }
    Ok(lines)
}

fn older_notes(desk: &Desk, client: ClientId, before: Number) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let (notes, more) = note_heads(desk, client, Some(before))?;
    Ok(Answer::OlderNotes { client, notes, more })
}

/// Numbers of the addenda to a note, oldest first: they were all signed after it.
pub(super) fn addenda_of(desk: &Desk, client: ClientId, number: Number) -> Result<Vec<Number>, Fault> {
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let heads = desk.books().newest::<NoteHead>(client, before, FIRST_NOTES)?;
        let later = heads.iter().map(|kept| &kept.value).filter(|head| head.number > number);
        found.extend(later.filter(|head| head.addendum_to == number).map(|head| head.number));
        match heads.last() {
            Some(last) if last.value.number > number => before = Some(last.value.number),
            _ => break,
        }
    }
    found.reverse();
    Ok(found)
}

/// Head and text of a signed note, and whether what was signed is what stands there.
pub(super) fn signed_note(
    desk: &Desk,
    client: ClientId,
    number: Number,
) -> Result<(NoteHead, NoteText, bool), Fault> {
    let missing = || Fault::user("This note is not in the chart.");
    let head = desk.books().get::<NoteHead>(client, number)?.ok_or_else(missing)?.value;
    let frozen = desk.books().get::<FrozenNote>(client, number)?.ok_or_else(missing)?.value;
    let hash = signing_hash(Kind::NoteText, client, number, frozen.payload());
    let signature = &head.signature;
    let known = desk.books().is_signing_key(signature.by, &signature.key)?;
    let intact = known && hash == signature.hash && verify_strict(&signature.key, &hash, &signature.proof);
    let text = frozen.text()?;
    Ok((head, text, intact))
}

/// Raises an immediate need: a clinician's is confirmed, a rating's proposed.
pub(super) fn raise(
    desk: &mut Desk,
    client: ClientId,
    dimension: DimensionRef,
    reason: String,
    source: NeedSource,
) -> Result<Answer, Fault> {
    if source == NeedSource::Clinician && reason.trim().is_empty() {
        return Err(Fault::user("An immediate need needs a reason: what is the danger now?"));
    }
    let mut records = ChartRecords::load(desk.books(), client)?;
    if source != NeedSource::Clinician
        && records.needs.iter().any(|kept| kept.value.dimension == dimension && kept.value.state.open())
    {
        return desk.done_for_good(client, "An immediate need is open here already.".to_owned());
    }
    let (now, who) = (desk.now(), desk.staff()?.id);
    let number = ChartRecords::next_number(&records.needs, |need| need.number);
    let state = if source == NeedSource::Clinician { NeedState::Confirmed } else { NeedState::Proposed };
    let key = dimension.number;
    let need = ImmediateNeed {
        client,
        number,
        dimension,
        raised_at: now.moment,
        raised_by: who,
        reason,
        source,
        state,
        state_by: who,
        state_at: now.moment,
    };
    let mut unit = desk.unit(Capability::AnswerDanger, Act::NeedRaised, Some(client), number)?;
    unit.put(&need, client, number, 0);
    records.needs.push(Kept { rev: 1, value: need });
    records.put_summary(&desk.clock, &mut unit);
    desk.commit(unit)?;
    let said = if source == NeedSource::Clinician {
        format!("Immediate need in D{key} is raised. Take it in hand in room r.")
    } else {
        format!("A 4 in D{key} proposes an immediate need. Decide on it in room r.")
    };
    desk.done_for_good(client, said)
}

/// Decides on an immediate need. A closed one stays closed: a new danger is a new need.
fn decide(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    state: NeedState,
) -> Result<Answer, Fault> {
    let mut records = ChartRecords::load(desk.books(), client)?;
    let (now, who) = (desk.now(), desk.staff()?.id);
    let kept = records.needs.iter_mut().find(|kept| kept.value.number == number);
    let kept = kept.ok_or_else(|| Fault::user("This immediate need is not in the chart."))?;
    if kept.rev != rev {
        return Err(Fault::new(FaultKind::Conflict, "This immediate need was changed since you looked."));
    }
    let said = check_decision(&kept.value, &state)?;
    kept.value.state = state;
    kept.value.state_by = who;
    kept.value.state_at = now.moment;
    kept.rev += 1;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::NeedChanged, Some(client), number)?;
    unit.put(&kept.value, client, number, rev);
    records.put_summary(&desk.clock, &mut unit);
    desk.commit(unit)?;
    desk.done_for_good(client, said.to_owned())
}

fn check_decision(need: &ImmediateNeed, to: &NeedState) -> Result<&'static str, Fault> {
    let empty = |text: &str| text.trim().is_empty();
    if !need.state.open() {
        return Err(Fault::user("This immediate need is closed. Raise a new one if there is danger again."));
    }
    match to {
        NeedState::Proposed => Err(Fault::user("A need does not go back to proposed.")),
        NeedState::Confirmed => {
            Ok("The immediate need is confirmed. Take it in hand: what is done, by whom, when to look again.")
        }
        NeedState::InHand { action, .. } if empty(action) => {
            Err(Fault::user("Taking it in hand needs an action."))
        }
        NeedState::InHand { .. } => Ok("The immediate need is in hand."),
        NeedState::Resolved { outcome } if empty(outcome) => {
            Err(Fault::user("Resolving needs what was done or found."))
        }
        NeedState::Resolved { .. } => Ok("The immediate need is resolved."),
        NeedState::Dismissed { reason } if empty(reason) => Err(Fault::user("Dismissing needs a reason.")),
        NeedState::Dismissed { .. } => Ok("The immediate need is dismissed."),
    }
}

/// Writes down what the client wants and which dimensions they put first.
fn record_wants(desk: &mut Desk, client: ClientId, mut wants: Wants, rev: u32) -> Result<Answer, Fault> {
    let mut records = ChartRecords::load(desk.books(), client)?;
    let before = records.wants.clone();
    if before.as_ref().map_or(0, |kept| kept.rev) != rev {
        return Err(Fault::new(FaultKind::Conflict, "What the client wants was changed since you looked."));
    }
    if let Some(kept) = &before {
        let old = &kept.value;
        wants.earlier.clone_from(&old.earlier);
        if old.wants != wants.wants || old.first != wants.first {
            wants.earlier.insert(0, (old.on, old.wants.clone(), old.first.clone()));
            wants.earlier.truncate(EARLIER_WANTS);
        }
    }
    wants.by = desk.staff()?.id;
    let mut unit = desk.unit(Capability::WriteChart, Act::WantsRecorded, Some(client), 1)?;
    unit.put(&wants, client, 1, rev);
    records.wants = Some(Kept { rev: rev + 1, value: wants });
    records.put_summary(&desk.clock, &mut unit);
    desk.commit(unit)?;
    let image = Image::wants(client, rev + 1, before.map(|kept| kept.value));
    desk.done(client, "Written down in their words.".to_owned(), vec![image])
}
