//! Two charts of one person, linked and unlinked by two people: what is shown, what counts, and that nothing is moved.

use crate::life::{House, house};
use crate::rig::Rig;
use concord::domain::*;
use concord::engine::{Engine, Span};
use concord::rules::same::SameStands;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::store::{Expect, ForKind, Kind, Outcome, Owner, Record};
use std::collections::BTreeMap;

const WHY: &str = "registered twice, same birth date";

impl Rig {
    fn lists(&mut self) -> Vec<Person> {
        match self.ok(Command::People(People::List { whose: Whose::All })) {
            Answer::People(list) => list.rows.to_vec(),
            other => panic!("no list: {other:?}"),
        }
    }

    fn waits_for_supervisor(&mut self) -> Vec<WatchLine> {
        match self.ok(Command::House(HouseAsk::Watch)) {
            Answer::House(HouseAnswer::Watch { lines, .. }) => lines,
            other => panic!("no list: {other:?}"),
        }
    }

    fn record_no(&mut self, client: ClientId) -> String {
        self.open(client).client.value.record_no
    }

    /// Asks to link two charts, the first one leading.
    pub fn ask_same(&mut self, leads: ClientId, other: ClientId) -> Done {
        let record_no = self.record_no(other);
        self.done(ask_same(leads, &record_no))
    }

    pub fn decide_same(&mut self, client: ClientId, agrees: bool) -> Done {
        self.done(decide(client, agrees))
    }
}

fn ask_same(client: ClientId, record_no: &str) -> Command {
    let (record_no, why) = (record_no.to_owned(), WHY.to_owned());
    Command::House(HouseAsk::AskSame { client, record_no, leads: true, why })
}

fn decide(client: ClientId, agrees: bool) -> Command {
    Command::House(HouseAsk::DecideSame { client, number: 1, agrees })
}

fn unlink(client: ClientId) -> Command {
    Command::House(HouseAsk::AskUnlink { client, number: 1, why: "twins".to_owned() })
}

/// Jo's two charts, of which `jo` leads and `ann` is the other. Kim is signed in.
fn linked() -> House {
    let mut house = house();
    house.rig.ask_same(house.jo, house.ann);
    house.turn("kim");
    house.rig.decide_same(house.jo, true);
    house
}

#[test]
fn one_asks_another_agrees_and_lists_show_one_line() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    let (one, two) = (house.rig.record_no(jo), house.rig.record_no(ann));
    for (record_no, why) in [("A-9999", WHY), (&one, WHY), (&two, "  ")] {
        let (record_no, why) = (record_no.to_owned(), why.to_owned());
        let ask = HouseAsk::AskSame { client: jo, record_no, leads: true, why };
        assert_eq!(house.rig.fault(Command::House(ask)).kind, FaultKind::User);
    }
    let done = house.rig.ask_same(jo, ann);
    assert!(done.said.contains("has to agree"), "{}", done.said);
    let same = &done.chart.unwrap().same[0];
    assert_eq!(
        (same.stands, same.mine, same.may_agree, same.why.as_str()),
        (SameStands::Asked, true, false, WHY)
    );
    assert_eq!((house.rig.lists().len(), house.rig.open(jo).also.len()), (2, 0), "nothing is linked yet");
    // A counselor does not agree, and nobody to what they asked themselves.
    assert!(house.rig.fault(decide(jo, true)).what.contains("somebody else has to agree"));
    house.turn("kim");
    let lines = house.rig.waits_for_supervisor();
    let line = lines.iter().find(|line| line.what == WatchKind::SamePerson(1)).expect("it waits for kim");
    assert_eq!(line.client, Some(jo));
    assert!(line.words.contains(&two) && line.words.contains(WHY), "{}", line.words);
    assert!(house.rig.open(ann).same[0].may_agree);

    let done = house.rig.decide_same(jo, true);
    assert_eq!(done.said, format!("{one} and {two} are linked. New entries go to {one}."));
    assert_eq!(house.rig.newest_acts(2), [Act::SameLinked, Act::SameLinked], "an event in each chart");
    assert!(house.rig.waits_for_supervisor().iter().all(|line| line.what != WatchKind::SamePerson(1)));
    let rows = house.rig.lists();
    assert_eq!((rows.len(), rows[0].summary.client, &*rows[0].also[0]), (1, jo, two.as_str()));
    assert!(rows[0].summary.find.contains(&two.to_lowercase().replace('-', "")), "found by both numbers");
    // Everybody else too, after the next sign-in.
    house.turn("sam");
    assert_eq!(house.rig.lists().len(), 1);
    let chart = house.rig.open(jo);
    assert_eq!(chart.also[0].client.value.record_no, two);
    assert!(chart.may_write && !chart.also[0].may_write);
    assert_eq!(house.rig.newest_acts(2), [Act::ChartOpened, Act::ChartOpened], "both were read");
}

#[test]
fn unlinking_takes_two_people_as_well_and_a_request_can_be_declined_or_taken_back() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    house.rig.ask_same(jo, ann);
    house.rig.decide_same(jo, false);
    assert!(house.rig.open(jo).same.is_empty(), "taken back by the one who asked");
    house.rig.ask_same(jo, ann);
    house.turn("kim");
    let answer = Command::House(HouseAsk::DecideSame { client: ann, number: 2, agrees: true });
    house.rig.done(answer.clone());
    house.rig.done(Command::House(HouseAsk::AskUnlink { client: ann, number: 2, why: "twins".into() }));
    assert_eq!(house.rig.fault(answer.clone()).kind, FaultKind::User, "kim asked herself");
    assert_eq!(house.rig.lists().len(), 1, "linked until somebody agrees");
    house.turn("rosa");
    house.rig.done(Command::House(HouseAsk::DecideSame { client: jo, number: 2, agrees: false }));
    assert_eq!(house.rig.open(jo).same[0].stands, SameStands::Linked);
    house.rig.done(Command::House(HouseAsk::AskUnlink { client: jo, number: 2, why: "twins".into() }));
    house.turn("kim");
    house.rig.done(answer);
    assert_eq!(house.rig.lists().len(), 2);
    assert!(house.rig.open(ann).may_write && house.rig.open(jo).also.is_empty());
    let acts = house.rig.audit_events().into_iter().map(|event| event.act);
    let acts: Vec<Act> =
        acts.filter(|act| matches!(act, Act::UnlinkAsked | Act::UnlinkDeclined | Act::Unlinked)).collect();
    let twice = [Act::UnlinkAsked, Act::UnlinkAsked, Act::UnlinkDeclined, Act::UnlinkDeclined];
    assert_eq!(
        acts,
        [&twice[..], &[Act::UnlinkAsked, Act::UnlinkAsked, Act::Unlinked, Act::Unlinked]].concat()
    );
}

#[test]
fn only_who_may_asks_and_agrees() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    let two = house.rig.record_no(ann);
    house.turn("lee");
    // Whoever does not see the other chart is not told that it is there.
    assert_eq!(house.rig.fault(ask_same(jo, &two)).kind, FaultKind::User);
    house.turn("sam");
    house.rig.ask_same(jo, ann);
    house.turn("lee");
    assert_eq!(house.rig.fault(decide(jo, true)).kind, FaultKind::Denied);
    assert_eq!(house.rig.fault(decide(jo, false)).kind, FaultKind::Denied);
}

#[test]
fn what_is_new_goes_to_the_leading_chart_and_what_is_open_is_finished_where_it_is() {
    let mut house = house();
    let (jo, ann) = (house.jo, house.ann);
    let save = house.draft(ann, "begun before", 0);
    let answers = (1..=6).map(|dimension| TriageAnswer {
        dimension,
        danger: Some(dimension == 3),
        reason: if dimension == 3 { "has a plan".into() } else { String::new() },
        ..TriageAnswer::default()
    });
    house.rig.done(Command::House(HouseAsk::Triage { client: ann, answers: answers.collect() }));
    house.rig.ask_same(jo, ann);
    house.turn("kim");
    house.rig.decide_same(jo, true);
    house.turn("sam");
    let row = &house.rig.lists()[0];
    assert!(row.standing.why.starts_with("NOW D3"), "danger counts on the one line: {}", row.standing.why);
    assert_eq!((row.summary.needs.len(), row.summary.drafts.len()), (1, 1));
    let owed: Vec<ClientId> = house.rig.session().owed.iter().map(|line| line.owed.client).collect();
    assert!(owed.contains(&ann), "the draft is owed where it is: {owed:?}");

    let new = [
        Command::from(DocAsk::NewNote { client: ann, format: String::new(), addendum_to: 0 }),
        DocAsk::NewAssessment { client: ann }.into(),
        house.rig.problem(ann, "evenings alone", ""),
    ];
    let before = house.rig.engine_head();
    for command in new {
        let fault = house.rig.fault(command);
        assert!(fault.kind == FaultKind::User && fault.what.contains("new entries go to"), "{fault}");
    }
    assert_eq!(house.rig.engine_head(), before, "a refusal writes nothing");
    house.rig.done(house.rig.problem(jo, "evenings alone", ""));
    // The need is decided and the note is signed in the chart they are in.
    let need = house.rig.open(ann).needs[0].clone();
    let state = NeedState::Resolved { outcome: "seen".into() };
    house.rig.done(Command::Chart(ChartAsk::DecideNeed {
        client: ann,
        number: need.value.number,
        rev: need.rev,
        state,
    }));
    house.sign(save);
    let row = &house.rig.lists()[0];
    assert_eq!((row.summary.drafts.len(), row.summary.notes), (0, 1));
}

#[test]
fn whoever_reads_one_chart_of_a_person_reads_both() {
    let mut house = linked();
    let (jo, ann) = (house.jo, house.ann);
    house.turn("rosa");
    let lee = house.rig.staff_rows(StaffAsk::List);
    let lee = lee.iter().find(|row| row.staff.value.login == "lee").unwrap().staff.value.id;
    let ask = |from, to| Command::House(HouseAsk::HandOver { from, to, clients: vec![ann] });
    house.rig.ok(ask(house.sam, lee));
    house.turn("lee");
    let chart = house.rig.open(jo);
    assert!(chart.may_read && chart.also[0].may_read);
    assert!(house.rig.open(ann).may_read);
}

/// Everything stored of two charts, but for who looked at them.
fn stored(house: &House) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let engine = house.rig.engine.twin();
    let (mut all, mut after) = (BTreeMap::new(), None);
    loop {
        let page = engine.page(&Span::all(), after.as_ref(), 500).unwrap();
        for stored in &page {
            let owner = stored.key.owner();
            if owner == house.jo.0 || owner == house.ann.0 {
                all.insert(stored.key.0.to_vec(), stored.value.clone());
            }
        }
        match page.last() {
            Some(last) => after = Some(last.key),
            None => return all,
        }
    }
}

/// What becomes of a record of this kind while its chart is linked.
enum Rule {
    /// A page of the leading chart shows it: how many a chart has to show.
    Shown(fn(&ChartView) -> usize),
    /// It belongs to another record, which is opened by its number in its own chart.
    Within,
    /// The line of the person on lists counts it.
    Line,
    /// It is not of a chart.
    House,
}

/// The rule of each kind. A new kind does not compile before it has one.
fn rule(kind: Kind) -> Rule {
    use Rule::{House, Line, Shown, Within};
    match kind {
        Kind::Client => Shown(|chart| usize::from(!chart.client.value.record_no.is_empty())),
        Kind::Episode => Shown(|chart| chart.episodes.len()),
        Kind::Need => Shown(|chart| chart.needs.len()),
        Kind::Wants => Shown(|chart| usize::from(chart.wants.is_some())),
        Kind::Problem => Shown(|chart| chart.problems.len()),
        Kind::DocHead => Shown(|chart| chart.notes.len() + chart.assessments.len()),
        Kind::DocLife => Shown(|chart| chart.lives.len()),
        Kind::Imported => Shown(|chart| chart.imported.proposals.len()),
        Kind::DraftHead => Shown(|chart| chart.drafts.len()),
        Kind::Triage => Shown(|chart| usize::from(chart.triage.is_some())),
        Kind::Session => Shown(|chart| chart.person.summary.days.sessions.len()),
        Kind::Miss => Shown(|chart| chart.person.summary.days.misses.len()),
        Kind::Goal => Shown(|chart| chart.plan.plan.goals.len()),
        Kind::Objective => Shown(|chart| chart.plan.plan.objectives.len()),
        Kind::Method => Shown(|chart| chart.plan.plan.methods.len()),
        Kind::Agreement => Shown(|chart| chart.plan.plan.agreements.len()),
        Kind::Trail => Shown(|chart| chart.plan.plan.trails.len()),
        Kind::PlanBasics => Shown(|chart| chart.plan.basics_rev as usize),
        Kind::Contract => Shown(|chart| chart.plan.contract_rev as usize),
        Kind::Log => Shown(|chart| chart.plan.plan.logs.len()),
        Kind::PlanEvent => Shown(|chart| chart.plan.events.len()),
        Kind::Diagnosis => Shown(|chart| chart.diagnoses.len()),
        Kind::EarlierHelp => Shown(|chart| chart.helps.len()),
        Kind::LevelDecision => Shown(|chart| chart.levels.len()),
        Kind::AfterContact => Shown(|chart| chart.contacts.len()),
        Kind::Administration => Shown(|chart| chart.measures.len()),
        Kind::CheckIn => Shown(|chart| chart.checkins.len()),
        Kind::Alert => Shown(|chart| chart.alerts.len()),
        Kind::WaysOfWorking => Shown(|chart| usize::from(chart.ways.is_some())),
        Kind::ShortEntry => Shown(|chart| chart.short.len()),
        Kind::CriticalWaiting => Shown(|chart| chart.criticals.len()),
        Kind::Past => Shown(|chart| chart.wants_before.len()),
        // What was shown is of one chart's plan; the page of changes reads it there.
        Kind::Shown | Kind::DocText | Kind::Chunk | Kind::Part | Kind::Remark | Kind::DraftVersion => Within,
        Kind::Summary => Line,
        Kind::Front
        | Kind::Login
        | Kind::Settings
        | Kind::Staff
        | Kind::Place
        | Kind::Typed
        | Kind::ImportRun
        | Kind::SetAside
        | Kind::Phrase
        | Kind::Wording
        | Kind::Lexicon
        | Kind::Checkpoint
        | Kind::Roster
        | Kind::KeyTurn
        | Kind::Knocks
        | Kind::Mismatch
        | Kind::LastSignIn
        | Kind::Audit
        | Kind::Task
        | Kind::TaskDone
        | Kind::DueChoice
        | Kind::Cover
        | Kind::Team
        | Kind::Access
        | Kind::HouseRules
        | Kind::HandOver
        // It is its author's; the chart it speaks of shows it to whom it may.
        | Kind::Rupture
        | Kind::SamePerson
        // What an admin keeps beside a chart.
        // An admin sees the hold on each of the two charts.
        | Kind::LegalHold
        | Kind::Purge
        // A roster is the group's; the notes of its sessions are documents.
        | Kind::Group
        | Kind::GroupSession
        // The head of a draft has parts only where it is longer than one seal holds; what it belongs to is shown.
        | Kind::DraftPart => House,
    }
}

/// How many records of a kind a chart has.
struct Count<'a>(&'a Rig, ClientId);

impl ForKind for Count<'_> {
    type Out = usize;

    fn with<R: Record>(self) -> usize {
        let (store, _) = self.0.reader();
        let span = Span::owner(R::KIND as u8, Owner::from(self.1).0);
        store.engine().page(&span, None, 500).unwrap().len()
    }
}

/// A chart with a record of every kind: what people write, at the desk; what would take long to bring about, in the store.
fn fill(house: &mut House) {
    let client = house.ann;
    let wants = |words: &str| Box::new(Wants { wants: words.into(), ..Wants::default() });
    house.rig.done(ChartAsk::RecordWants { client, wants: wants("sleep"), rev: 0 }.into());
    house.rig.done(ChartAsk::RecordWants { client, wants: wants("work"), rev: 1 }.into());
    house.rig.done(house.rig.problem(client, "evenings alone", ""));
    let answers = (1..=6).map(|dimension| TriageAnswer {
        dimension,
        danger: Some(dimension == 3),
        reason: if dimension == 3 { "has a plan".into() } else { String::new() },
        ..TriageAnswer::default()
    });
    house.rig.done(Command::House(HouseAsk::Triage { client, answers: answers.collect() }));
    let (date, staff) = (Date::from_ymd(2026, 11, 30).unwrap(), house.sam);
    let session = Session { client, date, start: ClockTime(600), minutes: 50, staff, ..Session::default() };
    house.rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into());
    let miss = Miss {
        client,
        duty: "assessment".into(),
        due: date.plus_days(-3),
        planned: date,
        reason: "ill".into(),
        ..Miss::default()
    };
    house.rig.done(DaysAsk::Explain(Box::new(miss)).into());
    house.note(client, "co-signed");
    house.note(client, "goes back");
    house.turn("kim");
    house.read(client, 1);
    house.cosign(client, 1);
    house.rig.done(DocAsk::Return { client, number: 2, comment: "say more".into() }.into());
    house.turn("sam");
    let save = house.draft(client, "not signed yet", 0);
    house.rig.ok(DocAsk::Keep { save, why: KeptFor::Paste }.into());
    let line = PlanLine { client, number: 1, episode: 1, ..PlanLine::default() };
    let (mut store, keys) = house.rig.reader();
    let mut unit = store.begin([7; 16]);
    let new = Expect::Absent;
    let proposal = Proposal { number: 1, wording: "long ".repeat(4_000), ..Proposal::default() };
    let imported = Imported { client, proposals: vec![proposal], ..Imported::default() };
    unit.put(client, 1, new, &imported).unwrap();
    unit.put(client, 1, new, &Goal { line: line.clone(), ..Goal::default() }).unwrap();
    unit.put(client, 1, new, &Objective { line: line.clone(), ..Objective::default() }).unwrap();
    unit.put(client, 1, new, &Method { line, ..Method::default() }).unwrap();
    unit.put(client, 1, new, &Agreement { client, number: 1, episode: 1, ..Agreement::default() }).unwrap();
    unit.put(client, 1, new, &Trail { client, ..Trail::default() }).unwrap();
    unit.put(client, 1, new, &PlanBasics { client, episode: 1, ..PlanBasics::default() }).unwrap();
    unit.put(client, 1, new, &Contract { client, episode: 1, ..Contract::default() }).unwrap();
    unit.put(client, 1, new, &PlanEvent { client, number: 1, episode: 1, ..PlanEvent::default() }).unwrap();
    unit.put(client, 1, new, &Log { client, number: 1, episode: 1, ..Log::default() }).unwrap();
    unit.put(client, 1, new, &Diagnosis { client, number: 1, ..Diagnosis::default() }).unwrap();
    unit.put(client, 1, new, &EarlierHelp { client, number: 1, ..EarlierHelp::default() }).unwrap();
    unit.put(client, 1, new, &AfterContact { client, number: 1, ..AfterContact::default() }).unwrap();
    unit.put(client, 1, new, &Shown { client, number: 1, ..Shown::default() }).unwrap();
    unit.put(client, 1, new, &Administration { client, number: 1, ..Administration::default() }).unwrap();
    unit.put(client, 1, new, &CriticalWaiting { client, number: 1, ..CriticalWaiting::default() }).unwrap();
    unit.put(client, 1, new, &CheckIn { client, number: 1, ..CheckIn::default() }).unwrap();
    unit.put(client, 1, new, &Alert { client, number: 1, ..Alert::default() }).unwrap();
    unit.put(client, 1, new, &WaysOfWorking { client, ..WaysOfWorking::default() }).unwrap();
    unit.put(client, 1, new, &ShortEntry { client, number: 1, ..ShortEntry::default() }).unwrap();
    let batch = crate::rig::sealed(&store, &keys, unit);
    assert_eq!(store.commit(&batch), Outcome::Ok);
}

#[test]
fn every_kind_of_record_of_the_other_chart_is_shown_or_counted_and_none_is_touched() {
    let mut house = house();
    fill(&mut house);
    house.turn("sam");
    let (jo, ann) = (house.jo, house.ann);
    let alone = house.rig.open(ann);
    let before = stored(&house);
    house.rig.ask_same(jo, ann);
    house.turn("kim");
    house.rig.decide_same(jo, true);
    house.turn("sam");
    let chart = house.rig.open(jo);
    let beside = &chart.also[0];
    assert_eq!(beside.client.value.record_no, alone.client.value.record_no);
    for kind in Kind::ALL {
        let there = kind.with(Count(&house.rig, ann));
        match rule(*kind) {
            Rule::House => assert_eq!(there, 0, "{kind:?} is of a chart: say how it is shown beside another"),
            Rule::Shown(count) => {
                assert!(there > 0 && count(&alone) > 0, "{kind:?}: the chart has none");
                assert_eq!(count(beside), count(&alone), "{kind:?} is missing beside the leading chart");
            }
            Rule::Within => assert!(there > 0, "{kind:?}: the chart has none"),
            Rule::Line => assert!(there == 1 && house.rig.lists().len() == 1, "{kind:?}"),
        }
    }
    let note = house.read(ann, 1);
    assert!(note.part.intact, "a signed note is read under its own number");
    assert_eq!(stored(&house), before, "linking and reading write nothing into either chart");

    house.rig.done(unlink(jo));
    house.turn("kim");
    house.rig.decide_same(jo, true);
    house.turn("sam");
    assert_eq!(stored(&house), before, "nor does unlinking");
    assert_eq!((house.rig.lists().len(), house.rig.open(jo).also.len()), (2, 0));
    let again = house.rig.open(ann);
    assert!(again.may_write && again.same.is_empty());
    assert_eq!(format!("{again:?}"), format!("{alone:?}"), "the chart is as it was before");
}
