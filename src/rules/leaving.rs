//! What may leave the program, for whom, and on which ground. Pure: the gate itself is the service's (`service/leaving`).
//!
//! Owns the one table of grounds. Consents will add grounds here, and no other way out.

use crate::domain::{Paper, PaperSize, Recipient};

/// The ground on which a page leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The client's own copy of their plan: then they have seen it.
    OwnCopy,
    /// Another page of their record that is printed for the client.
    PrintedForClient,
    /// Paper that stays with staff.
    ForStaff,
}

/// Returns the ground on which a page may leave.
///
/// # Errors
/// It may not, and why.
pub fn basis(paper: Paper, to: Recipient) -> Result<Basis, &'static str> {
    match (paper, to) {
        (Paper::ClientPage | Paper::Changes, Recipient::Client) => Ok(Basis::OwnCopy),
        (
            Paper::Plan | Paper::Problem(_) | Paper::Document(_) | Paper::Leaving(_) | Paper::SafetyCard(_),
            Recipient::Client,
        ) => Ok(Basis::PrintedForClient),
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
    }
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
            assert_eq!(basis(paper, Recipient::Client), Ok(Basis::OwnCopy));
            assert!(basis(paper, Recipient::Staff).is_err());
        }
        for paper in [Paper::Plan, Paper::Problem(1), Paper::Document(1)] {
            assert_eq!(basis(paper, Recipient::Client), Ok(Basis::PrintedForClient));
            assert_eq!(basis(paper, Recipient::Staff), Ok(Basis::ForStaff));
        }
        assert_eq!(basis(Paper::Leaving(1), Recipient::Client), Ok(Basis::PrintedForClient));
        assert!(basis(Paper::Leaving(1), Recipient::Staff).is_err());
        assert_eq!(basis(Paper::SafetyCard(1), Recipient::Client), Ok(Basis::PrintedForClient));
        assert!(basis(Paper::SafetyCard(1), Recipient::Staff).is_err());
    }
}
