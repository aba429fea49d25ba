//! Who looked at a chart, and what was done in it: read from the audit, newest first, page by page.

use super::history_changes;
use crate::domain::{Access, Act, AuditEvent, Client, ClientId, ImportRun, Moment, Number, ShortEntry};
use crate::rules::access::Capability;
use crate::rules::short_forms::words;
use crate::service::api::{Answer, HistoryLine, HistoryPage, HouseAnswer};
use crate::service::desk::Desk;
use crate::service::fault::Fault;

/// Lines of a page.
const LINES: usize = 60;
/// Events opened for a page, at most: each costs one opening of a seal.
const LOOKED_AT: usize = 4_000;
/// Events read at once.
const AT_ONCE: usize = 500;

/// One page. Reading it is its own event.
pub(super) fn page(desk: &mut Desk, client: ClientId, before: Option<Number>) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::ReadHistory, Act::HistoryRead, Some(client), 0)?;
    let mut page = HistoryPage { client, more: before.is_some(), ..HistoryPage::default() };
    let mut before = before;
    let mut looked_at = 0;
    let mut events = Vec::new();
    let brought = brought(desk, client)?;
    let mut came = None;
    loop {
        let entries = desk.books().audit_page(AT_ONCE, before)?;
        let last = entries.last().map(|entry| entry.number);
        for entry in &entries {
            looked_at += 1;
            before = Some(entry.number);
            if let Some(event) = entry.event.as_ref().filter(|event| is_import(event, brought)) {
                came = Some(line(desk, entry.number, event)?);
            }
            if let Some(event) = entry.event.as_ref().filter(|event| event.client == Some(client)) {
                page.lines.push(line(desk, entry.number, event)?);
                events.push((event.at, event.who));
                if page.lines.len() == LINES {
                    break;
                }
            }
        }
        let over = last.is_none_or(|last| last <= 1);
        if page.lines.len() == LINES || over || looked_at >= LOOKED_AT {
            page.before = before.filter(|number| *number > 1);
            break;
        }
    }
    history_changes::tell(desk, client, &mut page.lines, &events)?;
    // An import is one act about many: it is in the history of each, before all else of theirs.
    page.lines.extend(came);
    desk.record(unit)?;
    Ok(Answer::House(HouseAnswer::History(Box::new(page))))
}

/// When the import that brought somebody began, and when the one after it did, if one brought them.
fn brought(desk: &Desk, client: ClientId) -> Result<Option<(Moment, Moment)>, Fault> {
    let known = desk.books().get::<Client>(client, 1)?;
    let Some(import) = known.and_then(|kept| kept.value.import) else { return Ok(None) };
    let Some(run) = desk.books().get::<ImportRun>(import, 1)? else { return Ok(None) };
    let began = run.value.started;
    let mut next = Moment(i64::MAX);
    desk.books().each::<ImportRun>(|other| {
        if other.value.started > began {
            next = next.min(other.value.started);
        }
    })?;
    Ok(Some((began, next)))
}

/// Whether an event is one of that import.
fn is_import(event: &AuditEvent, span: Option<(Moment, Moment)>) -> bool {
    let about_many = matches!(event.act, Act::ImportStarted | Act::ImportFinished) && event.client.is_none();
    about_many && span.is_some_and(|(began, next)| event.at >= began && event.at < next)
}

/// What was done in words. Which short form it was is told to those who may read the chart; nothing of what was written is.
fn what(desk: &Desk, event: &AuditEvent) -> Result<String, Fault> {
    let (Act::FormRecorded | Act::FormCorrected, Some(client)) = (event.act, event.client) else {
        return Ok(event.words());
    };
    if desk.permit(Capability::ReadChart, Some(client)).is_err() {
        return Ok(event.words());
    }
    let entry = desk.books().get::<ShortEntry>(client, event.number)?;
    Ok(entry.map_or_else(|| event.words(), |kept| words::act(&kept.value)))
}

fn line(desk: &Desk, number: Number, event: &AuditEvent) -> Result<HistoryLine, Fault> {
    let who =
        event.who.map_or(Ok("nobody known".to_owned()), |who| desk.seat().map(|seat| seat.name_of(who)))?;
    let reason = match (event.act, event.who) {
        (Act::OpenedWithReason, Some(who)) => desk
            .books()
            .get::<Access>(who, event.number)?
            .map(|kept| format!("{}: {}", kept.value.reason.word(), kept.value.words))
            .unwrap_or_default(),
        _ => String::new(),
    };
    Ok(HistoryLine {
        number,
        at: desk.clock.local(event.at),
        who,
        act: event.act,
        what: what(desk, event)?,
        reason,
        clock_went_back: event.clock_went_back,
        changes: Vec::new(),
        withheld: false,
    })
}
