//! The house over the real service: triage, cover, teams, hand-over, leavers, access with a reason, history, rules.

use crate::rig::Rig;
use concord::domain::{
    AccessReason, Act, ClientId, Cover, Date, Moment, NeedSource, NeedState, NeedStep, Role, StaffId, Team,
    TriageAnswer,
};
use concord::service::api::{
    Answer, Board, ChartAsk, ChartView, Command, Duties, HistoryPage, HouseAnswer, HouseAsk, People,
    PeopleList, RulesDraft, Secret, StaffAsk, WatchKind, WatchLine, Whose,
};
use concord::service::fault::{Fault, FaultKind};

impl Rig {
    fn house(&mut self, ask: HouseAsk) -> HouseAnswer {
        match self.ok(Command::House(ask)) {
            Answer::House(answer) => answer,
            other => panic!("not of the house: {other:?}"),
        }
    }

    fn refused(&mut self, ask: HouseAsk) -> FaultKind {
        self.fault(Command::House(ask)).kind
    }

    fn board(&mut self, ask: HouseAsk) -> Board {
        match self.house(ask) {
            HouseAnswer::Board(board) => *board,
            other => panic!("no board: {other:?}"),
        }
    }

    fn watch(&mut self) -> Vec<WatchLine> {
        match self.house(HouseAsk::Watch) {
            HouseAnswer::Watch { lines, .. } => lines,
            other => panic!("no list: {other:?}"),
        }
    }

    fn duties(&mut self, ask: HouseAsk) -> Duties {
        match self.house(ask) {
            HouseAnswer::Duties(duties) => *duties,
            other => panic!("no duties: {other:?}"),
        }
    }

    fn history(&mut self, client: ClientId) -> HistoryPage {
        match self.house(HouseAsk::History { client, before: None }) {
            HouseAnswer::History(page) => *page,
            other => panic!("no history: {other:?}"),
        }
    }

    fn people(&mut self, all: bool) -> PeopleList {
        match self.ok(Command::People(People::List { whose: if all { Whose::All } else { Whose::Mine } })) {
            Answer::People(list) => list,
            other => panic!("no list: {other:?}"),
        }
    }

    fn triage(&mut self, client: ClientId, answers: &[(Option<bool>, &str)]) -> ChartView {
        let done = self.done(Command::House(HouseAsk::Triage { client, answers: answered(answers) }));
        *done.chart.expect("the chart")
    }

    fn may_open(&mut self, client: ClientId) -> bool {
        match self.desk.handle(Command::Chart(ChartAsk::Open(client))) {
            Ok(Answer::Chart(chart)) => chart.may_read,
            Ok(other) => panic!("{other:?}"),
            Err(fault) => {
                assert_eq!(fault.kind, FaultKind::Denied);
                false
            }
        }
    }
}

const DAY: i64 = 24 * Moment::HOUR;
const NO: (Option<bool>, &str) = (Some(false), "");
const WAITS: (Option<bool>, &str) = (None, "");

fn answered(answers: &[(Option<bool>, &str)]) -> Vec<TriageAnswer> {
    let answer = |(number, (danger, reason)): (u8, &(Option<bool>, &str))| TriageAnswer {
        dimension: number,
        danger: *danger,
        reason: (*reason).to_owned(),
        need: 0,
        later: false,
    };
    (1..).zip(answers).map(answer).collect()
}

/// Rosa is everything; Kim supervises Sam and Lee, who are counselors; Fay is at the front desk.
struct Team4 {
    rig: Rig,
    kim: StaffId,
    sam: StaffId,
    lee: StaffId,
}

fn staffed() -> Team4 {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let sam = rig.hire("sam", &[Role::Counselor], Some(kim));
    let lee = rig.hire("lee", &[Role::Counselor], Some(kim));
    rig.hire("fay", &[Role::FrontDesk], None);
    rig.lock();
    Team4 { rig, kim, sam, lee }
}

#[test]
fn triage_comes_before_admission_and_a_yes_lets_the_rest_wait() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.registered("Jo", "Rivera");
    let all_no = [NO; 6];
    for (answers, kind) in [
        (&all_no[..5], FaultKind::User),
        (&[NO, NO, WAITS, NO, NO, NO], FaultKind::User),
        (&[NO, (Some(true), "  "), WAITS, WAITS, WAITS, WAITS], FaultKind::User),
    ] {
        let ask = HouseAsk::Triage { client: jo, answers: answered(answers) };
        assert_eq!(rig.refused(ask), kind, "{answers:?}");
    }
    assert!(rig.open(jo).triage.is_none(), "what was refused wrote nothing");

    let chart = rig.triage(jo, &all_no);
    let triage = chart.triage.expect("it is kept");
    assert_eq!((triage.dangers.len(), triage.unasked.len(), triage.by.as_str()), (0, 0, "Rosa Imani LADC"));
    assert!(chart.needs.is_empty());

    let chart = rig.triage(jo, &[NO, NO, (Some(true), "has a plan"), WAITS, WAITS, WAITS]);
    assert_eq!(chart.triage.expect("the newest").dangers, [3]);
    let need = &chart.needs[0].value;
    assert_eq!((need.dimension.number, need.reason.as_str()), (3, "has a plan"));
    assert_eq!((&need.state, need.source), (&NeedState::Confirmed, NeedSource::Clinician));
    assert!(!chart.may_read && chart.may_answer, "the chart itself is kept from admission on");

    // On the list of all people, in front, before anyone admitted them.
    rig.registered("Ann", "Able");
    let list = rig.people(true);
    assert_eq!((list.rows[0].summary.client, list.rows[0].standing.why.starts_with("NOW D3")), (jo, true));

    // Asked again while it is open: no second need; a proposed one is confirmed by it.
    let chart = rig.triage(jo, &[NO, NO, (Some(true), "still"), NO, NO, NO]);
    assert_eq!(chart.needs.len(), 1);
    assert_eq!(chart.needs[0].value.reason, "still", "the new words are on the line");
    assert_eq!(rig.newest_acts(1), [Act::Triaged]);

    // A no beside it decides nothing, and is in its history.
    let chart = rig.triage(jo, &all_no);
    let need = &chart.needs[0].value;
    assert!(need.state.open());
    let steps: Vec<NeedStep> = need.history.iter().map(|entry| entry.step).collect();
    assert_eq!(steps, [NeedStep::Raised, NeedStep::SaidAgain, NeedStep::AnsweredNo]);
}

#[test]
fn danger_that_waits_reaches_the_supervisor() {
    let Team4 { mut rig, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    let chart = rig.triage(jo, &[NO, NO, (Some(true), "has a plan"), NO, NO, NO]);
    let owner = rig.me();
    let recheck_at = rig.in_hours(2);
    let state = NeedState::InHand { action: "called the sister".into(), owner, recheck_at };
    let (number, rev) = (chart.needs[0].value.number, chart.needs[0].rev);
    rig.done(Command::Chart(ChartAsk::DecideNeed { client: jo, number, rev, state }));
    let dimension = concord::domain::DimensionRef { set: "ASAM3".into(), number: 1 };
    let source = NeedSource::Rating;
    rig.done(Command::Chart(ChartAsk::RaiseNeed {
        client: jo,
        dimension,
        reason: String::new(),
        source,
        done: None,
    }));
    assert_eq!(rig.refused(HouseAsk::Watch), FaultKind::Denied, "a counselor has no such list");
    rig.lock();

    rig.sign_in("kim");
    assert!(rig.watch().is_empty());
    assert_eq!(rig.session().people.watch.all(), 0);
    rig.lock();
    rig.advance_ms(2 * Moment::HOUR);
    rig.sign_in("kim");
    let lines = rig.watch();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].what, lines[0].client, lines[0].name.as_str()),
        (WatchKind::RecheckPassed, Some(jo), "Jo Rivera")
    );
    assert_eq!(rig.session().people.watch.needs, 1);
    rig.lock();
    rig.advance_ms(22 * Moment::HOUR);
    rig.sign_in("kim");
    let kinds: Vec<WatchKind> = rig.watch().iter().map(|line| line.what).collect();
    assert_eq!(kinds, [WatchKind::RecheckPassed, WatchKind::Undecided], "the most overdue first");
    assert_eq!(rig.session().people.watch.needs, 1, "the strip counts people");
    rig.lock();
    // Rosa supervises too, but not Sam.
    rig.sign_in("rosa");
    assert!(rig.watch().is_empty());
}

/// Triage with a yes of somebody whom nobody has on a caseload: seen at once by whoever said it and by supervisors, and as
/// far as they may see such a person anyway.
#[test]
fn danger_of_somebody_nobody_counsels_is_seen_at_once() {
    let Team4 { mut rig, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.registered("Jo", "Rivera");
    let chart = rig.triage(jo, &[NO, NO, (Some(true), "has a plan"), NO, NO, NO]);
    let need = chart.needs[0].clone();
    let mine = rig.people(false);
    assert_eq!((mine.rows.len(), mine.rows[0].summary.client, mine.hidden), (1, jo, 0));
    assert!(mine.rows[0].standing.why.starts_with("NOW D3"));
    assert!(!rig.may_open(jo), "the chart opens with admission");
    rig.lock();

    rig.sign_in("lee");
    assert!(rig.people(false).rows.is_empty(), "not raised by them");
    assert_eq!(rig.people(true).rows.len(), 1);
    rig.lock();
    for login in ["kim", "rosa"] {
        rig.sign_in(login);
        let lines = rig.watch();
        assert_eq!(lines.len(), 1, "{login}");
        assert_eq!((lines[0].what, lines[0].client), (WatchKind::Undecided, Some(jo)));
        assert_eq!(lines[0].words, "NOW D3: confirmed, no action yet (not admitted)");
        assert_eq!(rig.session().people.watch.needs, 1);
        rig.lock();
    }

    // Somebody acts on it: it waits for its recheck, and stays with whoever does.
    rig.sign_in("sam");
    let (owner, recheck_at) = (rig.me(), rig.in_hours(2));
    let state = NeedState::InHand { action: "walked over".into(), owner, recheck_at };
    let (number, rev) = (need.value.number, need.rev);
    rig.done(Command::Chart(ChartAsk::DecideNeed { client: jo, number, rev, state }));
    assert_eq!(rig.people(false).rows.len(), 1);
    rig.lock();
    rig.sign_in("kim");
    assert!(rig.watch().is_empty());
    rig.lock();
    // Over: nothing is left of it on either list.
    rig.sign_in("sam");
    let state = NeedState::Resolved { outcome: "a bed was found".into() };
    rig.done(Command::Chart(ChartAsk::DecideNeed { client: jo, number, rev: rev + 1, state }));
    assert!(rig.people(false).rows.is_empty());
}

#[test]
fn cover_opens_charts_on_its_days_only() {
    let Team4 { mut rig, sam, lee, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    let tomorrow = rig.desk.now().local.date.plus_days(1);
    let cover =
        Cover { away: sam, by: lee, from: tomorrow, until: tomorrow.plus_days(1), ..Cover::default() };
    let save = |cover: &Cover, rev| HouseAsk::SaveCover { cover: Box::new(cover.clone()), rev };
    assert_eq!(rig.refused(save(&cover, 0)), FaultKind::Denied, "a counselor does not arrange it");
    rig.lock();

    rig.sign_in("kim");
    for wrong in [
        Cover { by: sam, ..cover.clone() },
        Cover { by: StaffId([9; 16]), ..cover.clone() },
        Cover { until: tomorrow.plus_days(-1), ..cover.clone() },
        Cover { until: tomorrow.plus_days(4_000), ..cover.clone() },
    ] {
        assert_eq!(rig.refused(save(&wrong, 0)), FaultKind::User, "{wrong:?}");
    }
    let board = rig.board(save(&cover, 0));
    let kept = board.covers[0].clone();
    assert_eq!((kept.value.number, kept.rev), (1, 1));
    assert_eq!(rig.refused(save(&kept.value, 7)), FaultKind::Conflict);
    rig.lock();

    // Today, tomorrow, the day after, and the one after that.
    for reaches in [false, true, true, false] {
        rig.sign_in("lee");
        assert_eq!(rig.may_open(jo), reaches, "{:?}", rig.desk.now().local);
        assert_eq!(rig.people(false).rows.len(), usize::from(reaches), "on the list on those days");
        rig.lock();
        rig.advance_ms(DAY);
    }
}

#[test]
fn cover_that_ends_at_midnight_ends_while_somebody_sits_there() {
    let Team4 { mut rig, sam, lee, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();
    rig.sign_in("kim");
    let today = rig.desk.now().local.date;
    let cover = Cover { away: sam, by: lee, from: today, until: today, ..Cover::default() };
    rig.board(HouseAsk::SaveCover { cover: Box::new(cover), rev: 0 });
    rig.lock();
    rig.sign_in("lee");
    assert!(rig.may_open(jo));
    rig.advance_ms(12 * Moment::HOUR);
    assert!(!rig.may_open(jo));
}

#[test]
fn a_team_shares_charts_until_it_ends() {
    let Team4 { mut rig, sam, lee, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();
    rig.sign_in("kim");
    let team = Team {
        name: "Evening".into(),
        members: vec![sam, lee, sam],
        shares_charts: true,
        active: true,
        ..Team::default()
    };
    let save = |team: &Team, rev| HouseAsk::SaveTeam { team: Box::new(team.clone()), rev };
    for wrong in [
        Team { name: " ".into(), ..team.clone() },
        Team { members: vec![sam], ..team.clone() },
        Team { program: "No such".into(), ..team.clone() },
    ] {
        assert_eq!(rig.refused(save(&wrong, 0)), FaultKind::User, "{wrong:?}");
    }
    let kept = rig.board(save(&team, 0)).teams[0].clone();
    assert_eq!(kept.value.members.len(), 2);
    rig.lock();
    rig.sign_in("lee");
    assert!(rig.may_open(jo));
    rig.lock();
    rig.sign_in("kim");
    rig.board(save(&Team { active: false, ..kept.value.clone() }, kept.rev));
    rig.lock();
    rig.sign_in("lee");
    assert!(!rig.may_open(jo));
}

#[test]
fn beyond_ones_own_people_a_reason_opens_a_chart_for_a_day_and_everybody_knows() {
    let Team4 { mut rig, lee, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();

    rig.sign_in("lee");
    assert_eq!(rig.people(false).hidden, 1, "1 more in the agency");
    let reason = AccessReason::Emergency;
    let beyond =
        |words: &str, find: &str| HouseAsk::Beyond { reason, words: words.into(), find: find.into() };
    assert_eq!(rig.refused(beyond("", "rivera")), FaultKind::User, "why");
    assert_eq!(rig.refused(beyond("hospital called", "r")), FaultKind::User, "whom");
    let HouseAnswer::Beyond(found) = rig.house(beyond("hospital called", "riv")) else { panic!("people") };
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].summary.client, jo);
    assert!(found.rows[0].summary.ratings.is_empty(), "particulars only");
    assert!(!rig.may_open(jo), "finding is not opening");
    let open = HouseAsk::OpenBeyond { client: jo, reason, words: "the hospital called".into() };
    let chart = rig.done(Command::House(open.clone())).chart.expect("the chart");
    assert!(chart.may_read && chart.may_write && !chart.may_history);
    assert_eq!(rig.people(false).rows.len(), 1, "on the list while it is open");
    assert_eq!(rig.refused(HouseAsk::History { client: jo, before: None }), FaultKind::Denied);
    rig.lock();
    // Again after a lock and a new sign-in; not after a day.
    rig.sign_in("lee");
    assert!(rig.may_open(jo));
    rig.advance_ms(DAY);
    assert!(!rig.may_open(jo));
    rig.lock();

    rig.sign_in("kim");
    assert_eq!(rig.session().people.watch.opened, 1);
    let line = rig.watch().remove(0);
    assert_eq!((line.what, line.staff), (WatchKind::Opened(1), lee));
    assert!(line.words.contains("emergency: the hospital called"), "{}", line.words);
    let history = rig.history(jo);
    let opened =
        history.lines.iter().find(|line| line.act == Act::OpenedWithReason).expect("it stands there");
    assert_eq!(opened.reason, "emergency: the hospital called");
    assert!(opened.who.starts_with("lee"), "{}", opened.who);
    let acts: Vec<Act> = history.lines.iter().map(|line| line.act).collect();
    assert!(acts.contains(&Act::ChartOpened) && acts.contains(&Act::ClientAdmitted), "{acts:?}");
    assert!(history.before.is_none(), "all of it");
    assert_eq!(rig.history(jo).lines[0].act, Act::HistoryRead, "reading it is an event of its own");
    let HouseAnswer::Watch { lines, .. } = rig.house(HouseAsk::SeenAccess { by: lee, number: 1 }) else {
        panic!()
    };
    assert!(lines.is_empty());
    assert_eq!(rig.people(false).watch.opened, 0);
    rig.lock();

    rig.sign_in("fay");
    assert_eq!(rig.refused(beyond("curious", "rivera")), FaultKind::Denied);
    assert_eq!(rig.refused(open), FaultKind::Denied);
}

#[test]
fn the_front_desk_sees_and_corrects_who_people_are_and_how_to_reach_them_and_nothing_else() {
    let Team4 { mut rig, .. } = staffed();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let kept = rig.open(jo).client;
    let phones = vec![concord::domain::Telecom {
        kind: "phone".into(),
        value: "555 0100".into(),
        usage: String::new(),
    }];
    let changed = concord::domain::Client {
        phones,
        guardian: "an aunt".into(),
        addresses: vec!["1 Elm".into()],
        ..kept.value
    };
    rig.done(Command::People(People::Change { client: Box::new(changed), rev: kept.rev, seen: true }));
    rig.lock();
    rig.sign_in("fay");
    let list = rig.people(false);
    assert_eq!(list.rows.len(), 1, "all people, as they have none of their own");
    let summary = &list.rows[0].summary;
    assert_eq!((&*summary.name, summary.episode.is_none()), ("Jo Rivera", true));
    let chart = rig.open(jo);
    assert_eq!(chart.client.value.phones[0].value, "555 0100");
    assert!(chart.client.value.guardian.is_empty() && chart.client.value.emergency_contact.is_empty());
    assert!(chart.episodes.is_empty() && chart.levels.is_empty());
    assert!(!chart.may_read && !chart.may_write && !chart.may_answer);
    // What is not theirs to see stays as it is, whatever is sent.
    let mut said = chart.client.value.clone();
    said.phones[0].value = "555 0199".into();
    said.addresses = vec!["2 Oak".into()];
    said.guardian = "nobody".into();
    let change = People::Change { client: Box::new(said), rev: chart.client.rev, seen: true };
    rig.done(Command::People(change));
    // Whoever could do it can take it back.
    rig.done(Command::Undo);
    assert_eq!(rig.open(jo).client.value.phones[0].value, "555 0100");
    rig.done(Command::Redo);
    rig.lock();
    rig.sign_in("rosa");
    let kept = rig.open(jo).client.value;
    assert_eq!((kept.phones[0].value.as_str(), kept.guardian.as_str()), ("555 0199", "an aunt"));
    assert_eq!(kept.addresses, ["2 Oak"]);
}

#[test]
fn a_leavers_people_and_drafts_go_to_the_supervisor_and_from_there_to_a_colleague() {
    let Team4 { mut rig, kim, sam, lee } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    let ann = rig.admitted("Ann", "Able");
    rig.draft(concord::service::api::DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 });
    rig.lock();
    rig.sign_in("rosa");
    let Answer::Staff { said, .. } = rig.ok(Command::Staff(StaffAsk::SetActive { id: sam, active: false }))
    else {
        panic!("staff")
    };
    assert!(said.contains("2 people and 1 draft"), "{said}");
    rig.lock();

    rig.sign_in("kim");
    let kinds: Vec<WatchKind> = rig.watch().iter().map(|line| line.what).collect();
    assert_eq!(kinds, [WatchKind::LeftPeople, WatchKind::LeftDraft(1)]);
    let duties = rig.duties(HouseAsk::Duties(sam));
    assert!(!duties.active);
    let lines: Vec<_> =
        duties.lines.iter().map(|line| (line.name.as_str(), line.counselor, line.drafts)).collect();
    assert_eq!(lines, [("Ann Able", true, 0), ("Jo Rivera", true, 1)]);
    let hand = |clients: &[ClientId], to| HouseAsk::HandOver { from: sam, to, clients: clients.to_vec() };
    for (clients, to, kind) in [
        (&[][..], lee, FaultKind::User),
        (&[jo], sam, FaultKind::User),
        (&[jo], StaffId([9; 16]), FaultKind::User),
        (&[ClientId([7; 16])], lee, FaultKind::User),
    ] {
        assert_eq!(rig.refused(hand(clients, to)), kind);
    }
    let left = rig.duties(hand(&[jo, ann], lee));
    assert_eq!(left.said, "2 people are with lee Person now.");
    assert_eq!(left.lines.len(), 1, "a draft stays its author's");
    assert_eq!(rig.open(jo).episodes[0].value.counselor, lee);
    assert_eq!(rig.newest_acts(2)[1], Act::CaseloadHandedOver);
    // The draft can still be read by who supervised its author.
    let ask = concord::service::api::DocAsk::Open { client: jo, number: 1 };
    assert!(rig.draft(ask).read_only);
    assert_eq!(rig.refused(hand(&[jo], kim)), FaultKind::User, "it is not Sam's any more");
    rig.lock();
    rig.sign_in("lee");
    assert_eq!(rig.people(false).rows.len(), 2);
    assert_eq!(rig.refused(hand(&[jo], lee)), FaultKind::Denied, "a counselor hands nobody over");
    assert_eq!(rig.refused(HouseAsk::Duties(kim)), FaultKind::Denied);
    assert_eq!(rig.duties(HouseAsk::Duties(lee)).lines.len(), 2, "one's own duties are one's own");
}

#[test]
fn the_rules_are_the_admins_and_help_now_is_everybodys() {
    let Team4 { mut rig, .. } = staffed();
    rig.sign_in("rosa");
    rig.admitted("Jo", "Rivera");
    let HouseAnswer::Rules { draft, .. } = rig.house(HouseAsk::Rules) else { panic!("rules") };
    let save = |draft: RulesDraft| HouseAsk::SaveRules(Box::new(draft));
    let with = |change: fn(&mut RulesDraft)| {
        let mut changed = (*draft).clone();
        change(&mut changed);
        changed
    };
    for wrong in [
        with(|draft| draft.lock_after_s = 5),
        with(|draft| draft.rules.access_hours = 0),
        with(|draft| draft.help_now = "x".repeat(601)),
        with(|draft| draft.programs = vec!["Another".into()]),
        with(|draft| draft.programs.push("outpatient".into())),
        with(|draft| draft.programs.clear()),
    ] {
        assert_eq!(rig.refused(save(wrong.clone())), FaultKind::User, "{wrong:?}");
    }
    rig.house(save(with(|draft| {
        draft.help_now = "On call 555 0100\nCrisis line 988".into();
        draft.programs.push("Evening".into());
        draft.rules.veil = true;
        draft.lock_after_s = 120;
    })));
    rig.lock();
    assert_eq!(rig.desk.front().front.help_now, "On call 555 0100\nCrisis line 988");
    rig.restart();
    assert_eq!(rig.desk.front().front.lock_after_s, 120, "it is stored");
    rig.sign_in("sam");
    assert!(rig.session().rules.veil);
    assert_eq!(rig.session().settings.programs, ["Outpatient", "Evening"]);
    assert_eq!(rig.refused(HouseAsk::Rules), FaultKind::Denied);
    assert_eq!(rig.refused(save((*draft).clone())), FaultKind::Denied);
}

#[test]
fn a_supervisor_of_one_program_does_not_reach_another() {
    let Team4 { mut rig, kim, .. } = staffed();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();
    rig.sign_in("rosa");
    let HouseAnswer::Rules { mut draft, .. } = rig.house(HouseAsk::Rules) else { panic!("rules") };
    draft.programs.push("Evening".into());
    rig.house(HouseAsk::SaveRules(draft));
    let rows = rig.staff_rows(StaffAsk::List);
    let row = rows.iter().find(|row| row.staff.value.id == kim).expect("kim").staff.clone();
    let mut staff = row.value;
    staff.programs = vec!["Nowhere".into()];
    let change = |staff: &concord::domain::Staff| {
        Command::Staff(StaffAsk::Change { staff: Box::new(staff.clone()), rev: row.rev })
    };
    assert_eq!(rig.fault(change(&staff)).kind, FaultKind::User);
    staff.programs = vec!["Evening".into()];
    rig.ok(change(&staff));
    rig.lock();
    rig.sign_in("kim");
    assert!(!rig.may_open(jo));
    let reason = AccessReason::Supervision;
    rig.done(Command::House(HouseAsk::OpenBeyond { client: jo, reason, words: "consultation".into() }));
    assert!(rig.may_open(jo), "with a reason");
}

#[test]
fn people_stand_in_the_order_somebody_chose() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    for (given, family) in [("Zed", "Adams"), ("Amy", "Young"), ("Bo", "Miller")] {
        rig.admitted(given, family);
    }
    let settings =
        concord::domain::PersonalSettings { sort: concord::domain::PeopleSort::Name, ..Default::default() };
    rig.done(Command::Door(concord::service::api::Door::Personal(settings)));
    let names: Vec<String> = rig.people(false).rows.iter().map(|row| row.summary.name.to_string()).collect();
    assert_eq!(names, ["Zed Adams", "Bo Miller", "Amy Young"]);
    rig.lock();
    rig.restart();
    rig.sign_in("rosa");
    assert_eq!(rig.session().people.rows[0].summary.name.as_ref(), "Zed Adams", "it travels with the person");
}

#[test]
fn no_word_of_the_house_stands_outside_a_seal() {
    let Team4 { mut rig, sam, lee, .. } = staffed();
    rig.sign_in("rosa");
    let jo = rig.registered("Jo", "Quillfeather");
    rig.triage(jo, &[NO, NO, (Some(true), "plan with xylophone"), WAITS, WAITS, WAITS]);
    rig.lock();
    rig.sign_in("kim");
    let today: Date = rig.desk.now().local.date;
    let cover = Cover {
        away: sam,
        by: lee,
        from: today,
        until: today,
        note: "zeppelin keys".into(),
        ..Cover::default()
    };
    rig.board(HouseAsk::SaveCover { cover: Box::new(cover), rev: 0 });
    rig.ok(Command::Door(concord::service::api::Door::SetPin {
        passphrase: Rig::secret(),
        pin: Secret::new("739154".into()),
    }));
    rig.lock();
    let bytes = rig.everything_stored();
    for word in ["xylophone", "zeppelin", "739154", "Quillfeather"] {
        let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "{word}");
    }
}

/// What the newest event of this act changed, as field, before and after.
fn change_of(page: &HistoryPage, act: Act) -> Vec<(String, String, String)> {
    let line = page.lines.iter().find(|line| line.act == act).unwrap_or_else(|| panic!("no {act:?}"));
    line.changes.iter().map(|one| (one.field.clone(), one.was.clone(), one.now.clone())).collect()
}

#[test]
fn the_history_says_what_was_and_what_is_to_whoever_may_read_it() {
    let Team4 { mut rig, sam, .. } = staffed();
    rig.sign_in("rosa");
    rig.hire("ada", &[Role::Admin], None);
    rig.lock();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.done(rig.problem(jo, "Sleep", ""));
    for (name, wait) in [("Joey", 1), ("", 2)] {
        rig.advance_ms(wait);
        let kept = rig.open(jo).client;
        let mut client = kept.value.clone();
        client.preferred = name.into();
        client.addresses = vec![format!("{wait} Elm Street")];
        rig.done(Command::People(People::Change { client: Box::new(client), rev: kept.rev, seen: true }));
    }
    rig.advance_ms(1);
    let mut problem = rig.open(jo).problems[0].clone();
    problem.value.wording = "Sleep after court days".into();
    let rev = problem.rev;
    rig.done(ChartAsk::SaveProblem { problem: Box::new(problem.value), rev }.into());
    rig.lock();

    rig.sign_in("kim");
    let page = rig.history(jo);
    let line = |field: &str, was: &str, now: &str| (field.to_owned(), was.to_owned(), now.to_owned());
    assert_eq!(
        change_of(&page, Act::ClientChanged),
        [line("to be called", "Joey", "nothing"), line("address", "1 Elm Street", "2 Elm Street")]
    );
    let wording = change_of(&page, Act::ProblemChanged);
    assert!(wording.contains(&line("wording", "Sleep", "Sleep after court days")), "{wording:?}");
    let changed: Vec<&str> =
        page.lines.iter().filter(|line| !line.changes.is_empty()).map(|line| line.who.as_str()).collect();
    assert_eq!(changed.len(), 3, "what was only added held nothing before");
    assert_ne!(sam, StaffId::default());
    rig.lock();

    // An admin sees particulars, and that something else was changed.
    rig.sign_in("ada");
    let page = rig.history(jo);
    assert_eq!(change_of(&page, Act::ClientChanged).len(), 2);
    let problem = page.lines.iter().find(|line| line.act == Act::ProblemChanged).unwrap();
    assert!(problem.withheld && problem.changes.is_empty());
}

#[test]
fn my_team_is_ones_own_and_those_of_the_colleagues_one_supervises() {
    let Team4 { mut rig, kim, .. } = staffed();
    rig.sign_in("rosa");
    rig.hire("max", &[Role::Counselor], None);
    rig.lock();
    let mut of = Vec::new();
    for (login, given) in [("sam", "Jo"), ("lee", "Ann"), ("max", "Mia")] {
        rig.sign_in(login);
        of.push(rig.admitted(given, "Rivera"));
        rig.lock();
    }
    rig.sign_in("kim");
    let mut list = |whose| match rig.ok(Command::People(People::List { whose })) {
        Answer::People(list) => {
            let mut all: Vec<ClientId> = list.rows.iter().map(|row| row.summary.client).collect();
            all.sort();
            (list.whose, all)
        }
        other => panic!("no list: {other:?}"),
    };
    let mut team = of[..2].to_vec();
    team.sort();
    assert_eq!(list(Whose::Mine), (Whose::Mine, vec![]));
    assert_eq!(list(Whose::Team), (Whose::Team, team));
    assert_eq!(list(Whose::All).1.len(), 3);
    assert_ne!(kim, StaffId::default());
}

#[test]
fn an_admin_backs_up_from_inside_and_both_ends_are_in_the_audit() {
    use concord::service::api::{BackupAsk, LeaveAsk};
    let Team4 { mut rig, .. } = staffed();
    rig.desk.set_backup_place(Box::new(|folder, _| match folder {
        "/usb" => Ok("/usb/x.archive".into()),
        other => Err(Fault::user(format!("There is no folder {other}."))),
    }));
    let to =
        |folder: &str| Command::from(LeaveAsk::Backup(BackupAsk::To { folder: folder.into(), make: false }));
    let ended = |made| Command::from(LeaveAsk::Backup(BackupAsk::Ended(made)));
    rig.sign_in("sam");
    assert_eq!(rig.fault(to("/usb")).kind, FaultKind::Denied);
    rig.lock();
    rig.sign_in("rosa");
    assert!(rig.fault(to("/gone")).what.contains("There is no folder /gone."));
    let Answer::BacksUp(ticket) = rig.ok(to("/usb")) else { panic!("no ticket") };
    assert_eq!(ticket.file(), std::path::Path::new("/usb/x.archive"));
    assert!(ticket.records() > 0);
    assert!(rig.fault(to("/usb")).what.contains("already"), "one at a time");
    rig.lock();
    // It ends while nobody is signed in.
    rig.ok(ended(Ok("Backup written.".into())));
    rig.sign_in("rosa");
    assert!(rig.newest_acts(3).contains(&Act::BackedUp));
    rig.ok(to("/usb"));
    assert_eq!(rig.fault(ended(Err("The disk is full.".into()))).what, "The disk is full.");
    assert_eq!(rig.newest_acts(1), [Act::NotBackedUp]);
    assert_eq!(rig.fault(ended(Ok(String::new()))).kind, FaultKind::Internal, "nobody forges an end");
}
