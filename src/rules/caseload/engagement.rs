//! Whether somebody may be slipping away: sessions missed in a row, or nothing heard for too long (`clinical.md` 2.4,
//! caseload order 4).

use super::CaseloadContext;
use crate::domain::{Date, Summary};
use crate::packs;

/// Sessions missed in a row from which engagement is in doubt.
const MISSED: u8 = 2;

/// How a client has been coming.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engagement {
    /// Sessions missed in a row, if enough to speak of.
    pub missed: Option<u8>,
    /// Days without contact, if beyond the interval of their level of care.
    pub silent_days: Option<i32>,
    /// Since which day that is beyond the interval.
    pub silent_since: Option<Date>,
}

impl Engagement {
    pub fn is_in_doubt(self) -> bool {
        self.missed.is_some() || self.silent_days.is_some()
    }

    /// `2 missed`, `no contact 9 d`; nothing if all is well.
    pub fn words(self) -> Option<String> {
        match (self.missed, self.silent_days) {
            (Some(missed), _) => Some(format!("{missed} missed")),
            (None, Some(days)) => Some(format!("no contact {days} d")),
            (None, None) => None,
        }
    }
}

/// How a client in care has been coming. Contact counts from the admission where there was none.
pub fn engagement(summary: &Summary, today: Date, context: &CaseloadContext<'_>) -> Engagement {
    let Some(episode) = &summary.episode else { return Engagement::default() };
    let levels = packs::levels(&context.set.key);
    let level = levels.into_iter().find(|level| level.code == *episode.level);
    let last = summary.contact().unwrap_or(episode.admitted).max(episode.admitted);
    let silent = today.days_since(last);
    let allowed = level.and_then(|level| level.contact_days).map(i32::from);
    Engagement {
        missed: Some(summary.days.missed).filter(|missed| *missed >= MISSED),
        silent_days: allowed.filter(|allowed| silent > *allowed).map(|_| silent),
        silent_since: allowed.filter(|allowed| silent > *allowed).map(|allowed| last.plus_days(allowed + 1)),
    }
}
