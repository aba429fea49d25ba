//! What may leave the program, for whom, and on which ground. Pure: the gate itself is the service's (`service/leaving`).
//!
//! Owns the one table of grounds. Consents will add grounds here, and no other way out.

use super::plan::version::OfAge;
use crate::domain::{AskedParty, Date, Paper, PaperSize, PartyRule, Recipient};

/// The ground on which a page leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The client's own copy of their plan: then they have seen it.
    OwnCopy,
    /// Another page of their record that is printed for the client.
    PrintedForClient,
    /// A form without answers that the client fills in at the screen.
    ForAnswers,
    /// Paper that stays with staff.
    ForStaff,
    /// A guardian is asked about the plan, and sees it.
    Guardian,
}

/// Returns the ground on which a page may leave.
///
/// # Errors
/// It may not, and why.
pub fn basis(paper: Paper, to: &Recipient) -> Result<Basis, &'static str> {
    match (paper, to) {
        (Paper::ClientPage | Paper::Changes, Recipient::Client) => Ok(Basis::OwnCopy),
        (
            Paper::Plan
            | Paper::Problem(_)
            | Paper::Document(_)
            | Paper::Leaving(_)
            | Paper::SafetyCard(_)
            | Paper::LogSheet(_),
            Recipient::Client,
        ) => Ok(Basis::PrintedForClient),
        (Paper::Form, Recipient::Client) => Ok(Basis::ForAnswers),
        (Paper::Form, Recipient::Staff) => Err("A form is filled in by the client, at the turned screen."),
        (Paper::Plan | Paper::Problem(_) | Paper::Document(_), Recipient::Staff) => Ok(Basis::ForStaff),
        (Paper::ClientPage | Paper::Changes, Recipient::Staff) => {
            Err("The client's page is made for the client only. Make the plan for staff instead.")
        }
        (Paper::Leaving(_), Recipient::Staff) => {
            Err("This page is made for the client only. Make the discharge summary for staff instead.")
        }
        (Paper::SafetyCard(_), Recipient::Staff) => {
            Err("The card is made for the client only. Make the safety plan for staff instead.")
        }
        (Paper::LogSheet(_), Recipient::Staff) => {
            Err("The sheet is made for the client only. The log itself is with its objective on the plan.")
        }
        (Paper::ClientPage, Recipient::Guardian(to)) if to.is.is_blank() => Err("Write who the guardian is."),
        (Paper::ClientPage, Recipient::Guardian(to)) if to.is.relation.trim().is_empty() => {
            Err("Write who the guardian is to the client, such as mother or appointed by the court.")
        }
        (Paper::ClientPage, Recipient::Guardian(_)) => Ok(Basis::Guardian),
        (_, Recipient::Guardian(_)) => {
            Err("Of all pages only the plan in plain words is made for a guardian.")
        }
    }
}

/// Returns whether a guardian is asked about the plan on a day, by the agency's table, the client's age and their custody. Nobody
/// else sees it without the client's own consent (case N14).
pub fn asks_guardian(table: &[PartyRule], of: OfAge, on: Date) -> bool {
    table.iter().filter(|rule| rule.whom == AskedParty::Guardian).any(|rule| of.asks(*rule, on))
}

/// Returns the paper that is usual in a time zone: Letter in the Americas, Hawaii and the Philippines, A4 elsewhere. Some places in
/// South America use A4; there the agency chooses.
pub fn usual_paper(zone: &str) -> PaperSize {
    let letter = ["America/", "US/", "Canada/", "Pacific/Honolulu", "Asia/Manila"];
    if letter.iter().any(|start| zone.starts_with(start)) { PaperSize::Letter } else { PaperSize::A4 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Birth, Custody, Guardianship, ToGuardian};

    #[test]
    fn paper_follows_the_time_zone() {
        for zone in ["America/Chicago", "America/Toronto", "US/Eastern", "Pacific/Honolulu"] {
            assert_eq!(usual_paper(zone), PaperSize::Letter, "{zone}");
        }
        for zone in ["Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland", "UTC"] {
            assert_eq!(usual_paper(zone), PaperSize::A4, "{zone}");
        }
    }

    #[test]
    fn only_the_clients_own_page_counts_as_seen() {
        for paper in [Paper::ClientPage, Paper::Changes] {
            assert_eq!(basis(paper, &Recipient::Client), Ok(Basis::OwnCopy));
            assert!(basis(paper, &Recipient::Staff).is_err());
        }
        for paper in [Paper::Plan, Paper::Problem(1), Paper::Document(1)] {
            assert_eq!(basis(paper, &Recipient::Client), Ok(Basis::PrintedForClient));
            assert_eq!(basis(paper, &Recipient::Staff), Ok(Basis::ForStaff));
        }
        assert_eq!(basis(Paper::SafetyCard(1), &Recipient::Client), Ok(Basis::PrintedForClient));
        assert!(basis(Paper::SafetyCard(1), &Recipient::Staff).is_err());
        assert_eq!(basis(Paper::LogSheet(1), &Recipient::Client), Ok(Basis::PrintedForClient));
        assert!(basis(Paper::LogSheet(1), &Recipient::Staff).is_err());
        assert_eq!(basis(Paper::Leaving(1), &Recipient::Client), Ok(Basis::PrintedForClient));
        assert!(basis(Paper::Leaving(1), &Recipient::Staff).is_err());
    }

    #[test]
    fn a_guardian_sees_the_plan_alone_and_only_as_somebody() {
        let to = |name: &str, relation: &str| {
            let is = Guardianship { name: name.into(), relation: relation.into(), ..Guardianship::default() };
            Recipient::Guardian(Box::new(ToGuardian { is, left_off: Vec::new() }))
        };
        assert_eq!(basis(Paper::ClientPage, &to("Ana Rivera", "mother")), Ok(Basis::Guardian));
        assert!(basis(Paper::ClientPage, &to("Ana Rivera", " ")).is_err());
        assert!(basis(Paper::ClientPage, &to("", "mother")).is_err());
        let others = [
            Paper::Changes,
            Paper::Plan,
            Paper::Problem(1),
            Paper::Document(1),
            Paper::Leaving(1),
            Paper::SafetyCard(1),
            Paper::Form,
            Paper::LogSheet(1),
        ];
        for paper in others {
            assert!(basis(paper, &to("Ana Rivera", "mother")).is_err(), "{paper:?}");
        }
    }

    #[test]
    fn a_guardian_is_asked_until_the_birthday_and_as_custody_says() {
        let table = crate::packs::parties();
        let born = Birth::On(Date::from_ymd(2008, 12, 5).unwrap());
        let day = |day| Date::from_ymd(2026, 12, day).unwrap();
        let asks = |custody, on| asks_guardian(&table, OfAge { birth: born, custody }, on);
        assert!(asks(Custody::ByAge, day(4)) && !asks(Custody::ByAge, day(5)));
        assert!(asks(Custody::Guardian, day(5)) && !asks(Custody::Own, day(4)));
        assert!(!asks_guardian(&[], OfAge { birth: born, custody: Custody::ByAge }, day(4)));
    }
}
