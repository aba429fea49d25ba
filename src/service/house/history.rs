//! Who looked at a chart, and what was done in it: read from the audit, newest first, page by page.

use crate::domain::{Access, Act, AuditEvent, ClientId, Number};
use crate::rules::access::Capability;
use crate::service::api::{Answer, HistoryLine, HistoryPage, HouseAnswer};
use crate::service::desk::Desk;
use crate::service::fault::Fault;

/// Lines of a page.
const LINES: usize = 60;
/// Events opened for a page, at most: each costs one opening of a seal.
const LOOKED_AT: usize = 4_000;
/// Events read at once.
const AT_ONCE: usize = 500;

/// One page. Reading it is an event of its own.
pub(super) fn page(desk: &mut Desk, client: ClientId, before: Option<Number>) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::ReadHistory, Act::HistoryRead, Some(client), 0)?;
    let mut page = HistoryPage { client, more: before.is_some(), ..HistoryPage::default() };
    let mut before = before;
    let mut looked_at = 0;
    loop {
        let entries = desk.books().audit_page(AT_ONCE, before)?;
        let last = entries.last().map(|entry| entry.number);
        for entry in &entries {
            looked_at += 1;
            before = Some(entry.number);
            if let Some(event) = entry.event.as_ref().filter(|event| event.client == Some(client)) {
                page.lines.push(line(desk, entry.number, event)?);
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
    desk.record(unit)?;
    Ok(Answer::House(HouseAnswer::History(Box::new(page))))
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
        what: event.words(),
        reason,
        clock_went_back: event.clock_went_back,
    })
}
