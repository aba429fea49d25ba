use super::*;
use crate::domain::{EpisodeFacts, NeedFacts, NeedStands};
use crate::rules::due::NO_CHOICE;

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
    Who {
        me,
        is_supervisor: me == KIM,
        nobody_leads: false,
        whole_agency: false,
        supervisor_of: &supervisor_of,
        now: Moment(0),
        today: Date(0),
    }
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

/// What is owed in a chart at so many hours after the epoch; draft 1 speaks of a service that ended at 0.
fn at(summary: &Summary, hours: i64, me: StaffId) -> Vec<Piece> {
    let spoken = |number| (number == 1).then_some(Spoken { service: Date(0), ended: Moment(0) });
    let day = |at: Moment| Date(at.0.div_euclid(24 * HOUR) as i32);
    let end = |one: &SessionFacts| {
        Moment(i64::from(one.date.0) * 24 * HOUR + i64::from(one.start.0 + one.minutes) * 60_000)
    };
    let now = Moment(hours * HOUR);
    let context =
        DueContext { first_assessment_days: 10, review_days: 90, late_after_hours: 24, choice: &NO_CHOICE };
    let when = Instants { end: &end, day: &day, now, today: day(now) };
    let engagement = Engagement::default();
    owed(summary, &Facts { context, when, assessed: false, engagement, spoken: &spoken }, &who(me))
}

fn seen(summary: &Summary, hours: i64, me: StaffId) -> Vec<Owed> {
    let seen = seen_by(at(summary, hours, me), |piece| &piece.owed, &who(me));
    seen.into_iter().map(|piece| piece.owed).collect()
}

#[test]
fn a_draft_is_over_so_many_hours_after_its_service() {
    let summary =
        summary(vec![draft(1, ROSA, DocKind::Note), draft(2, ROSA, DocKind::Assessment)], Vec::new());
    let pieces = at(&summary, 0, ROSA);
    let (note, grid) = (pieces[0].owed, pieces[1].owed);
    assert_eq!(
        (note.duty, note.since, note.service),
        (Duty::Unsigned(DocKind::Note), Date(0), Some(Date(0)))
    );
    assert!(!note.is_over(Moment(24 * HOUR), Date(1)) && note.is_over(Moment(24 * HOUR + 1), Date(1)));
    // A grid has no limit; it has waited since it was begun.
    assert_eq!((grid.duty, grid.since, grid.deadline), (Duty::Unsigned(DocKind::Assessment), Date(0), None));
}

#[test]
fn what_is_over_comes_before_what_has_waited_longer() {
    let one = |duty, since, deadline: Option<i32>| Owed {
        duty,
        client: JO,
        number: 1,
        by: Some(ROSA),
        author: ROSA,
        taken: false,
        service: None,
        since: Date(since),
        deadline: deadline.map(|on| Deadline::day(Date(on))),
    };
    let (waits, over) = (one(Duty::PlanCalled, 2, None), one(Duty::Assessment, 4, Some(9)));
    let (later, danger) = (one(Duty::Review, 1, Some(11)), one(Duty::Need, 9, Some(30)));
    let who = Who { today: Date(10), ..who(ROSA) };
    let seen = seen_by(vec![waits, later, over, danger], |owed| owed, &who);
    assert_eq!(seen, [danger, over, waits, later]);
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
        let seen = seen(&summary, 0, me);
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
    let order: Vec<_> = seen(&summary, 0, KIM).iter().map(|owed| (owed.duty, owed.number)).collect();
    assert_eq!(
        order,
        [(Duty::Unsigned(DocKind::Note), 7), (Duty::CoSign, 1), (Duty::Unsigned(DocKind::Note), 1)]
    );
    assert_eq!(seen(&summary, 0, ROSA).len(), 1, "Rosa supervises nobody");
}

#[test]
fn danger_first_then_what_came_back_then_by_deadline() {
    let need = NeedFacts {
        number: 5,
        dimension: 3,
        stands: NeedStands::Confirmed,
        raised_at: Moment(29 * HOUR),
        ..NeedFacts::default()
    };
    let episode = EpisodeFacts { counselor: ROSA, admitted: Date(-90), ..EpisodeFacts::default() };
    let summary = Summary {
        needs: vec![need],
        unasked: vec![4, 6],
        triaged_at: Some(Moment(29 * HOUR)),
        episode: Some(episode),
        ..summary(
            vec![draft(1, ROSA, DocKind::Note), draft(2, ROSA, DocKind::Assessment)],
            vec![note(9, ROSA, WaitsFor::Author)],
        )
    };
    let order: Vec<_> = seen(&summary, 30, ROSA).iter().map(|owed| (owed.duty, owed.number)).collect();
    assert_eq!(
        order,
        [
            (Duty::Need, 5),
            (Duty::Triage, 0),
            (Duty::Returned, 9),
            (Duty::Unsigned(DocKind::Assessment), 2),
            (Duty::Plan, 0),
            (Duty::Unsigned(DocKind::Note), 1),
            (Duty::SafetyPlan, 0),
        ],
        "an assessment 80 days over comes before a note 6 hours over, and after danger"
    );
    assert!(!seen(&summary, 30, KIM)[0].is_mine(&who(KIM)), "her people's danger is before her own work");
}

#[test]
fn danger_of_somebody_nobody_counsels_is_whoevers_raised_it_and_supervisors() {
    let need = NeedFacts { number: 1, by: SAM, stands: NeedStands::Confirmed, ..NeedFacts::default() };
    let summary = Summary { needs: vec![need], ..summary(Vec::new(), Vec::new()) };
    assert!(seen(&summary, 1, SAM)[0].is_mine(&who(SAM)));
    assert!(seen(&summary, 1, KIM)[0].is_mine(&who(KIM)));
    assert_eq!(seen(&summary, 1, ROSA), []);
}

#[test]
fn danger_that_nobody_has_taken_is_the_supervisors_as_much_as_the_counselors() {
    let with = |stands| {
        let need = NeedFacts { number: 1, by: SAM, stands, ..NeedFacts::default() };
        let episode = EpisodeFacts { counselor: ROSA, admitted: Date(0), ..EpisodeFacts::default() };
        Summary { needs: vec![need], episode: Some(episode), ..summary(Vec::new(), Vec::new()) }
    };
    let mine = |stands, me| {
        let of = seen(&with(stands), 1, me);
        of.iter().any(|owed| owed.duty == Duty::Need && owed.is_mine(&who(me)))
    };
    assert!(mine(NeedStands::Proposed, ROSA) && mine(NeedStands::Proposed, KIM));
    assert!(mine(NeedStands::Confirmed, ROSA) && !mine(NeedStands::Confirmed, KIM));
}

#[test]
fn a_held_session_without_a_note_is_owed_once_by_who_held_it() {
    let session = |number, note| SessionFacts {
        number,
        date: Date(2),
        start: ClockTime(0),
        minutes: 60,
        staff: ROSA,
        stands: crate::domain::SessionStands::Held,
        note,
        ..SessionFacts::default()
    };
    let mut chart = summary(vec![draft(1, ROSA, DocKind::Note)], Vec::new());
    chart.days.sessions = vec![session(1, NoteStands::Draft(1)), session(2, NoteStands::None)];
    let order: Vec<_> = at(&chart, 50, ROSA).iter().map(|one| (one.owed.duty, one.owed.number)).collect();
    assert_eq!(order, [(Duty::Unsigned(DocKind::Note), 1), (Duty::MissingNote, 2)]);
    let pieces = at(&chart, 50, ROSA);
    assert_eq!(pieces[0].owed.deadline, pieces[1].owed.deadline, "begun or not, it is due at the same hour");
    assert!(pieces[1].owed.is_over(Moment((48 + 25) * HOUR + 1), Date(3)));
}

#[test]
fn the_next_piece_is_the_one_behind_this_and_goes_round() {
    let summary = summary(vec![draft(1, ROSA, DocKind::Note), draft(2, ROSA, DocKind::Note)], Vec::new());
    let mine = seen(&summary, 0, ROSA);
    let order: Vec<_> = mine.iter().map(|owed| owed.number).collect();
    let next_of = |here| next(&mine, |owed| owed, here).map(|owed| owed.number);
    let key = |number| Some((JO, Duty::Unsigned(DocKind::Note), number));
    assert_eq!(next_of(None), Some(order[0]));
    assert_eq!(next_of(key(order[0])), Some(order[1]));
    assert_eq!(next_of(key(order[1])), Some(order[0]));
    assert_eq!(next_of(Some((JO, Duty::CoSign, 2))), Some(order[0]));
    assert_eq!(next(&Vec::<Owed>::new(), |owed| owed, None), None);
}

#[test]
fn where_nobody_leads_danger_that_nobody_counsels_is_every_counselors_until_somebody_takes_it() {
    let told = |stands, by| {
        let need = NeedFacts { number: 4, by, stands, ..NeedFacts::default() };
        Summary { needs: vec![need], ..summary(Vec::new(), Vec::new()) }
    };
    let mine = |summary: &Summary, me, nobody_leads| {
        let pieces = at(summary, 1, me);
        let who = Who { nobody_leads, ..who(me) };
        pieces.iter().any(|piece| piece.owed.duty == Duty::Need && piece.owed.is_mine(&who))
    };
    let waits = told(NeedStands::Proposed, SAM);
    assert!(mine(&waits, ROSA, true) && mine(&waits, SAM, true));
    assert!(!mine(&waits, ROSA, false) && mine(&waits, KIM, false), "a supervisor has it where there is one");
    let taken = told(NeedStands::Confirmed, SAM);
    assert!(!mine(&taken, ROSA, true) && mine(&taken, SAM, true), "whoever took it keeps it");
}
