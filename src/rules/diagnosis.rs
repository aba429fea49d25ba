//! Diagnoses: who may make one, what is missing in one, and which of them hold.
//!
//! `agreement.md` 1: a kind nobody can misread, author and credential, and roles that may not diagnose record somebody
//! else's only. Must not read the store.

use crate::domain::{Date, Diagnosis, DiagnosisKind, Staff};
use crate::packs::Diagnosing;

/// Where a diagnosis comes from, as it is stored and chosen.
pub const SOURCES: [&str; 3] = [OWN, "outside record", "referral"];

/// The source of a diagnosis that whoever typed it made.
pub const OWN: &str = "own";

/// Whether somebody may make a diagnosis: it takes a credential of their own, nobody who co-signs for them, and one of the roles
/// and credentials that the agency names.
pub fn may_diagnose(staff: &Staff, agency: &Diagnosing) -> bool {
    let credential = staff.credential.trim();
    let Diagnosing { roles, credentials } = agency;
    !credential.is_empty()
        && !staff.cosign_needed
        && (roles.is_empty() || roles.iter().any(|role| staff.has(*role)))
        && (credentials.is_empty()
            || credentials.iter().any(|one| one.trim().eq_ignore_ascii_case(credential)))
}

/// Says what is missing in a diagnosis that `staff` types today, or `None`.
pub fn missing(
    diagnosis: &Diagnosis,
    staff: &Staff,
    agency: &Diagnosing,
    today: Date,
) -> Option<&'static str> {
    if diagnosis.code.trim().is_empty() && diagnosis.wording.trim().is_empty() {
        return Some("Choose a diagnosis from the list, or write its wording.");
    }
    if diagnosis.source == OWN && !may_diagnose(staff, agency) {
        return Some(
            "You record diagnoses that somebody else made: say where it comes from, and who made it.",
        );
    }
    if diagnosis.made_by.trim().is_empty() {
        return Some("Say who made the diagnosis.");
    }
    if diagnosis.made_on > today {
        return Some("A diagnosis cannot be made on a day that is still to come.");
    }
    match (diagnosis.from, diagnosis.until) {
        (Some(from), Some(until)) if until < from => Some("It cannot end before it began."),
        _ => None,
    }
}

/// Whether it holds today: it was not entered in error, not excluded, and has not ended.
pub fn holds(diagnosis: &Diagnosis, today: Date) -> bool {
    diagnosis.in_error.trim().is_empty()
        && diagnosis.kind.holds()
        && diagnosis.until.is_none_or(|until| until >= today)
}

/// Whether it is the principal one that has not ended.
pub fn is_principal(diagnosis: &Diagnosis) -> bool {
    diagnosis.kind == DiagnosisKind::Principal
        && diagnosis.in_error.trim().is_empty()
        && diagnosis.until.is_none()
}

/// What it is called in a sentence: its code, or its wording where it has none.
pub fn name(diagnosis: &Diagnosis) -> &str {
    if diagnosis.code.is_empty() { &diagnosis.wording } else { &diagnosis.code }
}

/// Whether one of them is a use disorder of opioids or alcohol: medication for addiction is answered then (L29).
pub fn asks_for_medication(diagnoses: &[Diagnosis], today: Date) -> bool {
    let is = |diagnosis: &Diagnosis| ["F10", "F11"].iter().any(|code| diagnosis.code.starts_with(code));
    diagnoses.iter().any(|diagnosis| is(diagnosis) && holds(diagnosis, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;
    use crate::packs::PlanRules;

    fn own(code: &str) -> Diagnosis {
        let made_by = "Rosa Imani LADC".to_owned();
        Diagnosis { code: code.to_owned(), source: OWN.into(), made_by, ..Diagnosis::default() }
    }

    #[test]
    fn who_may_not_diagnose_records_somebody_elses() {
        let shipped = PlanRules::default().diagnosing;
        let trained = Staff { credential: "LADC".into(), roles: vec![Role::Counselor], ..Staff::default() };
        let trainee = Staff { cosign_needed: true, ..trained.clone() };
        let front = Staff::default();
        let missing = |diagnosis: &Diagnosis, staff: &Staff| missing(diagnosis, staff, &shipped, Date(10));
        assert_eq!(missing(&own("F10.20"), &trained), None);
        let desk = Staff { roles: vec![Role::FrontDesk], ..trained.clone() };
        for staff in [&trainee, &front, &desk] {
            assert!(missing(&own("F10.20"), staff).is_some_and(|why| why.contains("somebody else")));
            let other = Diagnosis { source: "outside record".into(), ..own("F10.20") };
            assert_eq!(missing(&other, staff), None);
        }
    }

    #[test]
    fn who_may_diagnose_is_the_agencys_to_say() {
        let staff = |credential: &str, role| Staff {
            credential: credential.into(),
            roles: vec![role],
            ..Staff::default()
        };
        let agency =
            Diagnosing { roles: vec![Role::Supervisor], credentials: vec!["LPCC".into(), "LP".into()] };
        assert!(may_diagnose(&staff("lpcc", Role::Supervisor), &agency));
        assert!(!may_diagnose(&staff("LPCC", Role::Counselor), &agency));
        assert!(!may_diagnose(&staff("LADC", Role::Supervisor), &agency));
        assert!(may_diagnose(&staff("LADC", Role::Admin), &Diagnosing::default()), "none named: any");
    }

    #[test]
    fn a_diagnosis_says_what_who_and_when() {
        let staff = Staff { credential: "LPCC".into(), ..Staff::default() };
        let agency = Diagnosing::default();
        let is_missing = |diagnosis: &Diagnosis| missing(diagnosis, &staff, &agency, Date(10)).is_some();
        assert!(!is_missing(&own("F32.1")));
        assert!(is_missing(&own("")));
        assert!(is_missing(&Diagnosis { made_by: " ".into(), ..own("F32.1") }));
        assert!(is_missing(&Diagnosis { made_on: Date(11), ..own("F32.1") }));
        assert!(is_missing(&Diagnosis { from: Some(Date(5)), until: Some(Date(4)), ..own("F32.1") }));
    }

    #[test]
    fn what_is_to_be_excluded_or_was_excluded_does_not_hold() {
        let of = |kind| Diagnosis { kind, ..own("F11.20") };
        let holding: Vec<DiagnosisKind> =
            DiagnosisKind::ALL.into_iter().filter(|kind| holds(&of(*kind), Date(10))).collect();
        assert_eq!(holding, [DiagnosisKind::Principal, DiagnosisKind::Other, DiagnosisKind::Provisional]);
        assert!(asks_for_medication(&[of(DiagnosisKind::Other)], Date(10)));
        assert!(!asks_for_medication(&[of(DiagnosisKind::Excluded)], Date(10)));
        let ended = Diagnosis { until: Some(Date(9)), ..of(DiagnosisKind::Other) };
        assert!(!asks_for_medication(&[ended], Date(10)));
    }
}
