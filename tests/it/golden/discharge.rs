//! Samples of what ends a stay.

use super::samples::{JO, s};
use concord::domain::*;
use concord::store::DocText;

/// What a discharge summary says, with every answer.
pub fn discharge() -> Discharge {
    let end = |(number, end)| DischargeEnd {
        line: LineRef::goal(number),
        end: Some(end),
        words: s("five nights of seven"),
    };
    let need = |(need, goes)| DischargeNeed { need, goes: Some(goes), words: s("Dr. Hale calls daily") };
    Discharge {
        client: JO,
        episode: 2,
        on: Date(20_100),
        kind: Some(LeaveKind::Transferred),
        kind_words: s("nearer to her sister"),
        course: s("Ten weeks of evenings."),
        ends: (1..).zip(LineEnd::ALL).map(end).collect(),
        risk: Asked::Present,
        risk_words: s("thoughts, no plan"),
        level: s("1"),
        needs: (1..).zip(NeedGoes::ALL).map(need).collect(),
        care: ContinuingCare {
            kind: Some(CareKind::Arranged),
            place: s("Oak House"),
            person: s("Ms. Hale"),
            contact: s("555-0101"),
            transport: s("bus 7"),
            hard: s("ring Lidia, then 988"),
            supports: s("Lidia"),
            on: Some(Date(20_103)),
            at: Some(ClockTime(14 * 60)),
            appointed: Some(Appointed::Planned),
        },
        view: s("I sleep."),
        took_part: Some(TookPart::Together),
        participants: s("L., sister"),
        sessions: Some(Ahead::Ends),
        tasks: Some(Ahead::Stays),
        amends: 3,
        reason: s("wrong day"),
        known: Some(Box::new(known())),
    }
}

fn known() -> DischargeKnown {
    DischargeKnown {
        program: s("Outpatient"),
        admitted: Date(20_000),
        facts: vec![DischargeFact {
            label: s("D3"),
            words: s("first 3, last 1"),
            source: s("two assessments"),
        }],
        lines: vec![ReviewLine { line: LineRef::goal(1), wording: s("Sleep"), ..ReviewLine::default() }],
        needs: vec![OpenNeed { need: 1, words: s("D3 means"), stands: s("in hand"), decided: true }],
        sessions: vec![s("6 Dec 2026 09:00")],
        tasks: vec![s("call the pharmacy")],
        owed: vec![s("note of 14 Nov 2026")],
        level: s("2.1"),
        last_held: Some(Date(20_099)),
        groups: vec![s("Group B, since 3 Sep 2026")],
    }
}

/// Every way to leave.
pub fn facts() -> Vec<DischargeFacts> {
    let make = |kind| DischargeFacts {
        program: s("Outpatient"),
        admitted: Date(20_000),
        kind: Some(kind),
        ends: vec![(LineRef::goal(1), LineEnd::Met)],
        words: 12,
    };
    LeaveKind::ALL.into_iter().map(make).collect()
}

/// Every outcome of a contact afterwards.
pub fn contacts() -> Vec<AfterContact> {
    let make = |(number, outcome)| AfterContact {
        client: JO,
        number,
        episode: 2,
        days: 7,
        on: Date(20_107),
        outcome,
        words: s("wants the group back"),
        at: Moment(9),
        by: super::samples::ROSA,
        by_name: s("Rosa Imani LADC"),
    };
    (1..).zip(ContactOutcome::ALL).map(make).collect()
}

pub fn text() -> DocText {
    let text = DischargeText {
        client_name: s("Jo Rivera"),
        record_no: s("A-1001"),
        author: s("Rosa Imani LADC"),
        discharge: discharge(),
        known: known(),
    };
    DocText::of_discharge(&text).unwrap()
}
