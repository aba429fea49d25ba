use super::*;

const JO: ClientId = ClientId([1; 16]);
const ROSA: StaffId = StaffId([1; 16]);
const KIM: StaffId = StaffId([2; 16]);
const SAM: StaffId = StaffId([3; 16]);
const HOUR: i64 = Moment::HOUR;

/// Kim supervises Rosa; nobody supervises Kim or Sam.
fn supervisor_of(id: StaffId) -> Option<StaffId> {
    (id == ROSA).then_some(KIM)
}

fn who(me: StaffId) -> Who<'static> {
    Who { me, is_supervisor: me == KIM, supervisor_of: &supervisor_of }
}

fn draft(number: Number, by: StaffId, kind: DocKind) -> DraftFacts {
    DraftFacts { by, number, kind, since: Moment(HOUR) }
}

fn note(number: Number, author: StaffId, waits: WaitsFor) -> DocWaits {
    DocWaits { number, root: number, author, waits, since: Moment(5 * HOUR), on: Date(3) }
}

fn summary(drafts: Vec<DraftFacts>, waiting: Vec<DocWaits>) -> Summary {
    Summary { client: JO, drafts, waiting, ..Summary::default() }
}

fn all(summary: &Summary, held: &[Held], me: StaffId) -> Vec<Owed> {
    let spoken = |number| (number == 1).then_some(Spoken { service: Date(2), ended: Moment(0) });
    owed(summary, held, &who(me), 24, &spoken)
}

#[test]
fn a_draft_is_late_so_many_hours_after_its_service() {
    let summary =
        summary(vec![draft(1, ROSA, DocKind::Note), draft(2, ROSA, DocKind::Assessment)], Vec::new());
    let owed = all(&summary, &[], ROSA);
    assert_eq!(
        (owed[0].duty, owed[0].since, owed[0].service),
        (Duty::Unsigned(DocKind::Note), Moment(0), Some(Date(2)))
    );
    assert!(!owed[0].is_late(Moment(24 * HOUR)) && owed[0].is_late(Moment(24 * HOUR + 1)));
    // A grid has no limit; it has waited since it was begun.
    assert_eq!(
        (owed[1].duty, owed[1].since, owed[1].due),
        (Duty::Unsigned(DocKind::Assessment), Moment(HOUR), None)
    );
}

#[test]
fn who_owes_what() {
    let summary = summary(
        Vec::new(),
        vec![
            note(1, ROSA, WaitsFor::Cosign),
            note(2, ROSA, WaitsFor::Author),
            note(3, ROSA, WaitsFor::SecondPerson { said_by: ROSA }),
            note(4, ROSA, WaitsFor::SecondPerson { said_by: KIM }),
            note(5, SAM, WaitsFor::Cosign),
        ],
    );
    let by = |me| {
        let seen = seen_by(all(&summary, &[], me), &who(me), Moment(0));
        seen.into_iter().filter(|owed| owed.is_mine(&who(me))).map(|owed| owed.number).collect::<Vec<_>>()
    };
    assert_eq!(by(ROSA), [2, 4]);
    // Sam has no supervisor any more: his note waits for any supervisor, never for himself.
    assert_eq!(by(KIM), [1, 5, 3]);
    assert_eq!(by(SAM), [] as [Number; 0]);
}

#[test]
fn a_supervisor_sees_what_their_people_owe_below_their_own() {
    let summary = summary(
        vec![draft(1, ROSA, DocKind::Note), draft(7, KIM, DocKind::Note), draft(8, SAM, DocKind::Note)],
        vec![note(1, ROSA, WaitsFor::Cosign)],
    );
    let seen = seen_by(all(&summary, &[], KIM), &who(KIM), Moment(0));
    let order: Vec<_> = seen.iter().map(|owed| (owed.duty, owed.number)).collect();
    assert_eq!(
        order,
        [(Duty::Unsigned(DocKind::Note), 7), (Duty::CoSign, 1), (Duty::Unsigned(DocKind::Note), 1)]
    );
    let seen = seen_by(all(&summary, &[], ROSA), &who(ROSA), Moment(0));
    assert_eq!(seen.len(), 1, "Rosa supervises nobody");
}

#[test]
fn what_came_back_first_then_what_is_late_then_the_longest_owed() {
    let summary = summary(
        vec![
            draft(4, ROSA, DocKind::Note),
            draft(1, ROSA, DocKind::Note),
            draft(2, ROSA, DocKind::Assessment),
        ],
        vec![note(9, ROSA, WaitsFor::Author)],
    );
    let seen = seen_by(all(&summary, &[], ROSA), &who(ROSA), Moment(30 * HOUR));
    let order: Vec<_> = seen.iter().map(|owed| owed.number).collect();
    assert_eq!(order, [9, 1, 4, 2]);
}

#[test]
fn a_held_session_without_a_note_is_owed_by_who_held_it() {
    let held = |number, has_note| Held {
        client: JO,
        number,
        by: ROSA,
        service: Date(2),
        ended: Moment(0),
        has_note,
    };
    let owed = all(&summary(Vec::new(), Vec::new()), &[held(1, true), held(2, false)], ROSA);
    assert_eq!(owed.len(), 1);
    assert_eq!((owed[0].duty, owed[0].number, owed[0].by), (Duty::MissingNote, 2, Some(ROSA)));
    assert!(owed[0].is_late(Moment(25 * HOUR)));
}

#[test]
fn the_next_piece_is_the_one_behind_this_and_goes_round() {
    let summary = summary(vec![draft(1, ROSA, DocKind::Note), draft(2, ROSA, DocKind::Note)], Vec::new());
    let mine = seen_by(all(&summary, &[], ROSA), &who(ROSA), Moment(0));
    let next_of = |here| next(&mine, |owed| owed, here).map(|owed| owed.number);
    assert_eq!(next_of(None), Some(1));
    assert_eq!(next_of(Some((JO, Duty::Unsigned(DocKind::Note), 1))), Some(2));
    assert_eq!(next_of(Some((JO, Duty::Unsigned(DocKind::Note), 2))), Some(1));
    assert_eq!(next_of(Some((JO, Duty::CoSign, 2))), Some(1));
    assert_eq!(next(&Vec::<Owed>::new(), |owed| owed, None), None);
}
