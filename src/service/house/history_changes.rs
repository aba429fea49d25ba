//! What each event of a chart changed: the states that were kept before a change beside what came after them.
//!
//! Owns which state belongs to which event, and who may read it; how it is worded is the rules' ([`crate::rules::values`]).

use crate::domain::{ClientId, Moment, Number, StaffId, Values};
use crate::rules::access::Capability;
use crate::rules::values::{Names, changed};
use crate::rules::when;
use crate::service::api::HistoryLine;
use crate::service::books::Books;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::{ForKind, Kind, Past, Record};

/// Adds to the lines of a page what each changed; `events` are moment and author of each line.
pub(super) fn tell(
    desk: &Desk,
    client: ClientId,
    lines: &mut [HistoryLine],
    events: &[(Moment, Option<StaffId>)],
) -> Result<(), Fault> {
    let mut pasts: Vec<Past> =
        desk.books().list::<Past>(client)?.into_iter().map(|kept| kept.value).collect();
    pasts.sort_by_key(|past| (past.kind, past.number, past.rev));
    let numbers: Vec<Number> = lines.iter().map(|line| line.number).collect();
    for (at, past) in pasts.iter().enumerate() {
        // An act about several people has an event for each; the state names the first of them.
        let line = numbers.iter().position(|number| *number == past.audit).or_else(|| {
            let same = |event: &(Moment, Option<StaffId>)| *event == (past.at, past.by);
            events.iter().position(same)
        });
        let Some(line) = line.and_then(|line| lines.get_mut(line)) else { continue };
        let Some(kind) = Kind::from_byte(past.kind) else { continue };
        if desk.permit(needed(kind), Some(client)).is_err() {
            line.withheld = true;
            continue;
        }
        let next = pasts.get(at + 1).filter(|next| (next.kind, next.number) == (past.kind, past.number));
        let (was, now) = kind.with(States { books: desk.books(), client, past, next })?;
        let today = desk.now().local.date;
        let staff = |id| desk.seat().map(|seat| seat.name_of(id)).unwrap_or_default();
        let moment = |at| when::at(desk.clock.local(at), today);
        line.changes.extend(changed(&was, &now, &Names { staff: &staff, moment: &moment }));
    }
    Ok(())
}

/// What reading the states of a kind takes.
fn needed(kind: Kind) -> Capability {
    match kind {
        Kind::Client => Capability::SeeDemographics,
        _ => Capability::ReadChart,
    }
}

/// A state and the one that came after it, field by field.
struct States<'a> {
    books: &'a Books,
    client: ClientId,
    past: &'a Past,
    next: Option<&'a Past>,
}

impl ForKind for States<'_> {
    type Out = Result<(Values, Values), Fault>;

    fn with<R: Record>(self) -> Self::Out {
        let of = |past: &Past| -> Result<Values, Fault> {
            Ok(past.record::<R>()?.map(|record| record.values()).unwrap_or_default())
        };
        let now = if let Some(next) = self.next {
            of(next)?
        } else {
            let kept = self.books.get::<R>(self.client, self.past.number)?;
            kept.map(|kept| kept.value.values()).unwrap_or_default()
        };
        Ok((of(self.past)?, now))
    }
}
