//! No side door: whatever is asked at the front desk, by whomever, no signed byte is another afterwards.
//!
//! Every command there is stands in [`placed`], which has no catch-all: a new one does not compile until it has a place, and
//! the walk fails until something of it is really asked.

use crate::life::{House, house};
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::Session;
use concord::domain::*;
use concord::rules::plan::change::Whole;
use concord::rules::plan::version::OfAge;
use concord::service::api::*;
use concord::service::founding::Founding;
use concord::store::{DocHead, DocLife, DocText, Store, Unlocked};
use std::collections::{BTreeMap, BTreeSet};

/// How many places there are.
const PLACES: usize = 163;

/// The place of a command in the walk.
fn placed(command: &Command) -> usize {
    match command {
        Command::Door(door) => match door {
            Door::Found(_) => 0,
            Door::SignIn { .. } => 1,
            Door::Recover { .. } => 2,
            Door::ChangePassphrase { .. } => 3,
            Door::Lock { .. } => 4,
            Door::Personal(_) => 5,
            Door::SetPin { .. } => 77,
            Door::Resume { .. } => 27,
            Door::ByThisClock { .. } => 93,
            Door::KeepTyped(_) => 152,
        },
        Command::People(people) => match people {
            People::List { .. } => 6,
            People::Register { .. } => 7,
            People::Change { .. } => 8,
            People::Admit { .. } => 9,
            People::ChangeEpisode { .. } => 10,
            People::WorkIn { .. } => 153,
            People::Circle { .. } => 156,
            People::AnswerUnsafe { .. } => 157,
            People::TellDanger(_) => 160,
            People::CorrectTold { .. } => 161,
        },
        Command::Chart(chart) => match chart {
            ChartAsk::Open(_) => 11,
            ChartAsk::OlderNotes { .. } => 12,
            ChartAsk::RaiseNeed { .. } => 14,
            ChartAsk::DecideNeed { .. } => 15,
            ChartAsk::SayNeed { .. } => 47,
            ChartAsk::RecordWants { .. } => 16,
            ChartAsk::SaveProblem { .. } => 17,
            ChartAsk::MoveProblem { .. } => 18,
            ChartAsk::AcceptProposal { .. } => 19,
        },
        Command::Document(ask) => match ask.as_ref() {
            DocAsk::NewNote { .. } => 20,
            DocAsk::NewAssessment { .. } => 21,
            DocAsk::NewReview { .. } => 115,
            DocAsk::NewDischarge { .. } => 120,
            DocAsk::NewSafety { .. } => 128,
            DocAsk::Open { .. } => 22,
            DocAsk::Save(_) => 23,
            DocAsk::Leave(_) => 24,
            DocAsk::Delete { .. } => 25,
            DocAsk::Drop { .. } => 78,
            DocAsk::Sign { .. } => 26,
            DocAsk::Read { .. } => 13,
            DocAsk::Find { .. } => 122,
            DocAsk::TakeUp { .. } => 33,
            DocAsk::CoSign { .. } => 34,
            DocAsk::Return { .. } => 35,
            DocAsk::CallInError { .. } => 36,
            DocAsk::AgreeInError { .. } => 37,
            DocAsk::DeclineInError { .. } => 38,
            DocAsk::Amend { .. } => 39,
            DocAsk::MoveDraft { .. } => 40,
            DocAsk::SignSeveral { .. } => 41,
            DocAsk::NoteOf { .. } => 44,
            DocAsk::Keep { .. } => 61,
            DocAsk::Versions { .. } => 62,
        },
        Command::Plan(plan) => match plan.as_ref() {
            PlanAsk::SaveLine { .. } => 79,
            PlanAsk::SetState { .. } => 80,
            PlanAsk::MoveLine { .. } => 81,
            PlanAsk::Focus { .. } => 82,
            PlanAsk::Record { .. } => 83,
            PlanAsk::SaveBasics { .. } => 84,
            PlanAsk::At { .. } => 85,
            PlanAsk::SinceSeen { .. } => 96,
            PlanAsk::SaveContract { .. } => 86,
            PlanAsk::RecordEvent(_) => 97,
            PlanAsk::OfMe => 98,
            PlanAsk::Sign { .. } => 99,
            PlanAsk::Attest { .. } => 100,
            PlanAsk::Version { .. } => 101,
            PlanAsk::SignReview { .. } => 116,
            PlanAsk::Compare { .. } => 117,
            PlanAsk::OfEpisode { .. } => 118,
            PlanAsk::ContractThen { .. } => 119,
            PlanAsk::GiveLog { .. } => 129,
            PlanAsk::KeepDays(_) => 130,
        },
        Command::Leave(ask) => match ask.as_ref() {
            LeaveAsk::Ask(_) => 102,
            LeaveAsk::Ended { .. } => 103,
            LeaveAsk::Backup(_) => 110,
        },
        Command::Turn(ask) => match ask.as_ref() {
            TurnAsk::Turn { .. } => 111,
            TurnAsk::Save(_) => 112,
            TurnAsk::Back { .. } => 113,
            TurnAsk::TakeOver(_) => 114,
        },
        Command::Background(ask) => match ask.as_ref() {
            BackgroundAsk::Diagnosis { .. } => 87,
            BackgroundAsk::Help { .. } => 88,
            BackgroundAsk::Level { .. } => 89,
            BackgroundAsk::Contact { .. } => 121,
        },
        Command::Short(_) => 137,
        Command::Heard(ask) => match ask {
            HeardAsk::Notice(_) => 104,
            HeardAsk::Save(_) => 105,
            HeardAsk::Mark { .. } => 106,
            HeardAsk::Act { .. } => 107,
            HeardAsk::CheckIn(_) => 108,
            HeardAsk::CheckInError { .. } => 109,
            HeardAsk::Answer { .. } => 123,
            HeardAsk::Rupture { .. } => 127,
            HeardAsk::Ways { .. } => 136,
        },
        Command::Staff(staff) => match staff {
            StaffAsk::List => 28,
            StaffAsk::Add { .. } => 29,
            StaffAsk::Change { .. } => 30,
            StaffAsk::SetActive { .. } => 31,
            StaffAsk::ResetPassphrase { .. } => 32,
        },
        Command::Writing(writing) => match writing {
            WritingAsk::SavePhrase { .. } => 57,
            WritingAsk::RemovePhrase { .. } => 58,
            WritingAsk::SetRules { .. } => 59,
            WritingAsk::Overlaps { .. } => 60,
        },
        Command::Days(days) => match days.as_ref() {
            DaysAsk::Day { .. } => 45,
            DaysAsk::Due => 46,
            DaysAsk::Hours(_) => 126,
            DaysAsk::Plan { .. } => 48,
            DaysAsk::Change { .. } => 49,
            DaysAsk::Mark(_) => 50,
            DaysAsk::Reach { .. } => 51,
            DaysAsk::NoNote { .. } => 52,
            DaysAsk::Explain(_) => 53,
            DaysAsk::Keep { .. } => 54,
            DaysAsk::Finish { .. } => 55,
            DaysAsk::Rules(_) => 56,
        },
        Command::Words(_) => 63,
        Command::House(house) => match house {
            HouseAsk::Triage { .. } => 64,
            HouseAsk::Board => 65,
            HouseAsk::SaveCover { .. } => 66,
            HouseAsk::SaveTeam { .. } => 67,
            HouseAsk::Duties(_) => 68,
            HouseAsk::HandOver { .. } => 69,
            HouseAsk::Watch => 70,
            HouseAsk::SeenAccess { .. } => 71,
            HouseAsk::Beyond { .. } => 72,
            HouseAsk::OpenBeyond { .. } => 73,
            HouseAsk::Rules => 74,
            HouseAsk::SaveRules(_) => 75,
            HouseAsk::History { .. } => 76,
            HouseAsk::AskSame { .. } => 90,
            HouseAsk::AskUnlink { .. } => 91,
            HouseAsk::DecideSame { .. } => 92,
            HouseAsk::Holdings { .. } => 94,
            HouseAsk::PassOn(_) => 95,
            HouseAsk::LookAlikes { .. } => 124,
            HouseAsk::Retention(ask) => match ask {
                RetentionAsk::Show => 131,
                RetentionAsk::Hold { .. } => 132,
                RetentionAsk::Lift { .. } => 133,
                RetentionAsk::AskPurge { .. } => 134,
                RetentionAsk::Decide { .. } => 135,
            },
            HouseAsk::DecideLookAlike(_) => 125,
            HouseAsk::Mismatches => 150,
            HouseAsk::Acknowledge { .. } => 151,
            HouseAsk::AgencyRecord => 154,
        },
        Command::Group(ask) => match ask.as_ref() {
            GroupAsk::List => 138,
            GroupAsk::Open(_) => 139,
            GroupAsk::Save { .. } => 140,
            GroupAsk::Join { .. } => 141,
            GroupAsk::Part { .. } => 142,
            GroupAsk::Begin { .. } => 143,
            GroupAsk::Mark { .. } => 144,
            GroupAsk::Set { .. } => 145,
            GroupAsk::Keep { .. } => 146,
            GroupAsk::Check(_) => 147,
            GroupAsk::NotAMember { .. } => 148,
            GroupAsk::Sign { .. } => 149,
            GroupAsk::Danger { .. } => 155,
            GroupAsk::Ordered { .. } => 158,
            GroupAsk::HandOn { .. } => 159,
            GroupAsk::Slip { .. } => 162,
        },
        Command::Undo => 42,
        Command::Redo => 43,
    }
}

/// What is signed: kind, chart and number, with revision and bytes.
type Signed = BTreeMap<(&'static str, ClientId, Number), (u32, Vec<u8>)>;

fn signed((store, keys): &(Store, Unlocked)) -> Signed {
    let repo = store.repo(&keys.agency);
    let mut all = Signed::new();
    repo.scan::<DocHead>(|kept| {
        let head = kept.value;
        let bytes = [head.frozen().to_vec(), format!("{:?}", head.signature).into_bytes()].concat();
        all.insert(("head", head.client, head.number), (kept.rev.0, bytes));
        Ok(())
    })
    .unwrap();
    repo.scan::<DocText>(|kept| {
        let (client, rev) = (ClientId(kept.owner.0), kept.rev.0);
        all.insert(("text", client, kept.number), (rev, kept.value.bytes().to_vec()));
        Ok(())
    })
    .unwrap();
    // A life is only ever added to: each entry, once signed, stays as it is and where it is.
    repo.scan::<DocLife>(|kept| {
        for (at, one) in (0_u32..).zip(&kept.value.entries) {
            let number = kept.number * 100 + at;
            all.insert(("entry", kept.value.client, number), (0, format!("{one:?}").into_bytes()));
        }
        Ok(())
    })
    .unwrap();
    all
}

/// Everything that was signed before is there as it was; more may be signed.
fn holds(before: &Signed, after: &Signed, of: &str) {
    for (key, (rev, bytes)) in before {
        let (rev_now, now) = after.get(key).unwrap_or_else(|| panic!("{of}: {key:?} is gone"));
        assert!(now == bytes, "{of}: {key:?} changed");
        assert_eq!(rev_now, rev, "{of}: {key:?} was written again");
    }
    // Heads and texts are written once.
    for (key, (rev, _)) in after {
        assert!(*rev <= 1, "{of}: {key:?} was written {rev} times");
    }
}

/// A chart in which everything that can be signed is signed: notes in every state, an addendum, an assessment.
fn full() -> House {
    let mut house = house();
    let jo = house.jo;
    for words in ["co-signed", "waits", "goes back", "to be amended", "in error", "called in error"] {
        house.note(jo, words);
    }
    let addendum = house.draft(jo, "added", 1);
    house.sign(addendum);
    let view = house.amend(jo, 4);
    let save = house.fill(view, "amended", "a word was wrong");
    house.sign(save);
    let grid = house.rig.draft(DocAsk::NewAssessment { client: jo });
    let DraftBody::Assessment(mut body) = grid.body else { panic!("no grid") };
    body.cells.iter_mut().for_each(|cell| cell.severity = Some(Severity::Mild));
    let save = DraftSave { client: jo, number: grid.number, edits: 1, body: DraftBody::Assessment(body) };
    house.rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    for number in [5, 6] {
        house.rig.done(DocAsk::CallInError { client: jo, number, reason: "not Jo's".into() }.into());
    }
    house.rig.done(goal(jo).into());
    let attested = crate::signed::on_paper(&house.rig);
    crate::signed::sign(&mut house.rig, jo, attested);
    let review = house.rig.draft(DocAsk::NewReview { client: jo });
    let save = crate::reviewed::answered(&review);
    house.rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    house.turn("kim");
    house.rig.done(DocAsk::AgreeInError { client: jo, number: 5, passphrase: Rig::secret() }.into());
    house.read(jo, 1);
    house.cosign(jo, 1);
    house.rig.done(DocAsk::Return { client: jo, number: 3, comment: "say more".into() }.into());
    house
}

/// A draft body that pretends to be this signed note, or to replace it.
fn forged(client: ClientId, number: Number, amends: Number, addendum_to: Number) -> DraftSave {
    let section = |key: &str| Section { key: key.into(), title: key.into(), text: "forged".into() };
    let note = NoteDraft {
        format: "DAP".into(),
        service: Service::new(Date::from_ymd(2026, 11, 20).unwrap(), ClockTime(600), 50, "counseling"),
        sections: ["data", "assessment", "plan", "narrative"].map(section).to_vec(),
        amends,
        addendum_to,
        reason: "forged".into(),
        ..NoteDraft::default()
    };
    DraftSave { client, number, edits: 9, body: DraftBody::Note(note) }
}

/// Everything that can be asked about a signed note, or that might touch one on its way.
fn of_note(client: ClientId, other: ClientId, number: Number) -> Vec<Command> {
    let secret = Rig::secret;
    let mut all: Vec<Command> = vec![
        DocAsk::Read { client, number }.into(),
        DocAsk::Find { client, words: "the".into() }.into(),
        DocAsk::TakeUp { client, number }.into(),
        DocAsk::Open { client, number }.into(),
        DocAsk::MoveDraft { client, number, to: other }.into(),
        DocAsk::NewNote { client, format: String::new(), addendum_to: number }.into(),
        DocAsk::Amend { client, number, reason: "a word was missing".to_owned() }.into(),
        DocAsk::CoSign { client, number, passphrase: secret() }.into(),
        DocAsk::SignSeveral {
            items: vec![Several::CoSign(client, number), Several::Draft(client, number)],
            passphrase: secret(),
        }
        .into(),
        DocAsk::Return { client, number, comment: "again".into() }.into(),
        DocAsk::CallInError { client, number, reason: "not theirs".into() }.into(),
        DocAsk::AgreeInError { client, number, passphrase: secret() }.into(),
        DocAsk::DeclineInError { client, number }.into(),
        DocAsk::Drop { client, number }.into(),
        DocAsk::Delete { client, number }.into(),
    ];
    for (amends, addendum_to) in [(0, 0), (number, 0), (0, number), (number, number)] {
        let save = || forged(client, number, amends, addendum_to);
        all.extend([
            DocAsk::Save(save()).into(),
            DocAsk::Keep { save: save(), why: KeptFor::Paste }.into(),
            DocAsk::Versions { client, number }.into(),
            DocAsk::Sign { save: save(), passphrase: secret() }.into(),
            DocAsk::Leave(save()).into(),
        ]);
    }
    all
}

/// A goal of this person.
fn diagnosis(client: ClientId) -> Diagnosis {
    Diagnosis { client, code: "F10.20".into(), made_by: "Ann Lee MD".into(), ..Diagnosis::default() }
}

/// A PHQ-9 with a critical answer.
fn filled(client: ClientId) -> Administration {
    let answers = (1..=9).map(|item: i16| (item.to_string(), Reply::Given(Hundredths::whole(1)))).collect();
    Administration { client, measure: "PHQ-9".into(), on: Date(20_000), answers, ..Administration::default() }
}

fn help(client: ClientId) -> EarlierHelp {
    EarlierHelp { client, place: "Harbor House".into(), ..EarlierHelp::default() }
}

fn goal(client: ClientId) -> PlanAsk {
    let line = PlanLine { client, ..PlanLine::default() };
    let goal = Goal { line, wording: "sleep".into(), ..Goal::default() };
    PlanAsk::SaveLine { line: Box::new(Whole::Goal(Box::new(goal))), rev: 0, same_meaning: false }
}

/// Everything else, on this chart.
fn the_father() -> CirclePerson {
    let (roles, about) = (vec![CircleRole::Unsafe], "no-contact order".to_owned());
    CirclePerson { name: "Bram Oake".into(), roles, about, ..CirclePerson::default() }
}

fn of_chart(rig: &Rig, client: ClientId, staff: StaffId) -> Vec<Command> {
    let set = || DimensionRef { set: "ASAM3".into(), number: 3 };
    let seen = Seen::new();
    let dimension = set();
    let person = Client {
        id: client,
        name: PersonName { given: "Other".into(), family: "Name".into() },
        birth: Birth::On(Date::from_ymd(1990, 1, 1).unwrap()),
        ..Client::default()
    };
    let someone = crate::hire::staff("sam", &[Role::Counselor], None);
    let episode = || Box::new(rig.episode_of(client, staff));
    let phrase = Phrase { name: "cbt".into(), text: "forged".into(), ..Phrase::default() };
    vec![
        Command::Chart(ChartAsk::Open(client)),
        Command::Chart(ChartAsk::OlderNotes { client, before: 5 }),
        rig.problem(client, "evenings alone", ""),
        Command::Chart(ChartAsk::MoveProblem { client, number: 1, up: true }),
        Command::Chart(ChartAsk::RaiseNeed {
            client,
            dimension,
            reason: "means at home".into(),
            source: NeedSource::Clinician,
            done: None,
        }),
        Command::Chart(ChartAsk::DecideNeed {
            client,
            number: 1,
            rev: 1,
            state: NeedState::Resolved { outcome: "seen".into() },
        }),
        Command::Chart(ChartAsk::SayNeed {
            client,
            number: 1,
            rev: 1,
            said: NeedSaid::Corrected { entry: 0, words: "forged".into() },
        }),
        Command::Chart(ChartAsk::RecordWants { client, wants: Box::default(), rev: 0 }),
        Command::Chart(ChartAsk::AcceptProposal {
            client,
            proposal: 1,
            dimension: set(),
            words: String::new(),
            stage: None,
        }),
        goal(client).into(),
        PlanAsk::SetState {
            client,
            line: LineRef::goal(1),
            rev: 1,
            state: LineState::Met,
            words: String::new(),
        }
        .into(),
        PlanAsk::MoveLine { client, line: LineRef::goal(1), up: true }.into(),
        PlanAsk::Focus { client, goal: 1, on: true }.into(),
        PlanAsk::Record {
            client,
            whose: Party::Client,
            given: Date(20_000),
            answers: vec![Answered {
                about: LineRef::goal(1),
                answer: Assent::Agreed,
                words: String::new(),
                to: Terms::default(),
            }],
        }
        .into(),
        PlanAsk::OfMe.into(),
        PlanAsk::RecordEvent(Box::new(PlanEvent { client, ..PlanEvent::default() })).into(),
        PlanAsk::GiveLog { log: Box::new(Log { client, objective: 1, ..Log::default() }), rev: 0 }.into(),
        PlanAsk::KeepDays(LogDays { client, objective: 1, ..LogDays::default() }).into(),
        PlanAsk::SaveBasics { basics: Box::new(PlanBasics { client, ..PlanBasics::default() }), rev: 0 }
            .into(),
        PlanAsk::Sign {
            signing: Box::new(crate::signed::signing(client, crate::signed::on_paper(rig))),
            seen: seen.clone(),
            passphrase: Rig::secret(),
        }
        .into(),
        PlanAsk::Attest {
            client,
            version: DocKind::Plan.numbers().start + 1,
            attested: Box::new(crate::signed::on_paper(rig)),
            passphrase: Rig::secret(),
        }
        .into(),
        PlanAsk::Version { client, version: DocKind::Plan.numbers().start + 1 }.into(),
        PlanAsk::SignReview {
            save: Box::new(DraftSave {
                client,
                number: 1,
                edits: 9,
                body: DraftBody::Review(Box::new(Review { client, ..Review::default() })),
            }),
            signing: Box::new(crate::signed::signing(client, crate::signed::on_paper(rig))),
            seen: seen.clone(),
            passphrase: Rig::secret(),
        }
        .into(),
        DocAsk::NewReview { client }.into(),
        DocAsk::NewDischarge { client }.into(),
        DocAsk::NewSafety { client }.into(),
        BackgroundAsk::Contact {
            contact: Box::new(AfterContact { client, episode: 1, days: 7, ..AfterContact::default() }),
        }
        .into(),
        PlanAsk::At { client, day: Date(20_000) }.into(),
        PlanAsk::SinceSeen { client }.into(),
        PlanAsk::Compare { client }.into(),
        PlanAsk::OfEpisode { client, episode: 1 }.into(),
        PlanAsk::ContractThen { client, back: Back::Day(Date(20_000)) }.into(),
        LeaveAsk::Ask(LeaveRequest {
            client,
            paper: Paper::ClientPage,
            to: Recipient::Client,
            large: false,
            neutral: false,
            language: String::new(),
            place: PaperPlace::Printer,
        })
        .into(),
        LeaveAsk::Ended { pass: 1, made: Ok("forged".into()) }.into(),
        LeaveAsk::Backup(BackupAsk::To { folder: "/".into(), make: false }).into(),
        PlanAsk::SaveContract { contract: Box::new(Contract { client, ..Contract::default() }), rev: 0 }
            .into(),
        BackgroundAsk::Diagnosis { diagnosis: Box::new(diagnosis(client)), rev: 0 }.into(),
        BackgroundAsk::Help { help: Box::new(help(client)), rev: 0 }.into(),
        BackgroundAsk::Level {
            level: Box::new(LevelDecision { client, on: Date(20_000), ..*crate::rig::level() }),
            rev: 0,
            again: None,
        }
        .into(),
        concord::domain::ShortEntry { client, ..crate::short_forms::ride(Date(20_000)) }.into(),
        HeardAsk::Notice(Box::new(filled(client))).into(),
        HeardAsk::Save(Box::new(filled(client))).into(),
        HeardAsk::CheckIn(Box::new(CheckIn { client, words: "a lot".into(), ..CheckIn::default() })).into(),
        HeardAsk::CheckInError { client, number: 1, rev: 1, words: "wrong".into() }.into(),
        HeardAsk::Rupture {
            rupture: Box::new(Rupture { client, what: "She looked away.".into(), ..Rupture::default() }),
            rev: 0,
        }
        .into(),
        HeardAsk::Ways {
            ways: Box::new(WaysOfWorking { client, prefers: "slow".into(), ..WaysOfWorking::default() }),
            rev: 0,
        }
        .into(),
        HeardAsk::Answer { client, number: 1, rev: 1, done: AlertDone::Talked, words: String::new() }.into(),
        HeardAsk::Mark { client, number: 1, rev: 1, mark: MeasureMark::Shown(true) }.into(),
        HeardAsk::Act {
            client,
            number: 1,
            rev: 1,
            done: Box::new(CriticalDone::default()),
            state: Some(NeedState::Confirmed),
        }
        .into(),
        Command::Undo,
        Command::Undo,
        Command::Redo,
        DocAsk::NewAssessment { client }.into(),
        Command::People(People::List { whose: Whose::All }),
        Command::People(People::Register { client: Box::new(person.clone()), seen: true }),
        Command::People(People::Change { client: Box::new(person), rev: 2, seen: true }),
        Command::People(People::Admit { episode: episode(), level: crate::rig::level() }),
        Command::People(People::ChangeEpisode {
            episode: episode(),
            rev: 1,
            level: Some(crate::rig::level()),
            sessions: true,
        }),
        Command::People(People::WorkIn { client, episode: 1 }),
        Command::People(People::TellDanger(Box::new(DangerSaid {
            client,
            words: "took them all".into(),
            on: Date::from_ymd(2026, 11, 21).unwrap(),
            at: ClockTime::new(12, 0).unwrap(),
            ..DangerSaid::default()
        }))),
        Command::People(People::CorrectTold { client, need: 1, entry: 0, words: "took two".into() }),
        Command::People(People::Circle { client, rev: 3, people: vec![the_father()] }),
        Command::People(People::AnswerUnsafe {
            client,
            rev: 4,
            name: the_father().name,
            reason: "asked".into(),
        }),
        Command::Undo,
        Command::Redo,
        Command::Staff(StaffAsk::List),
        Command::Staff(StaffAsk::Add {
            staff: Box::new(someone.clone()),
            passphrase: Secret::new("a new person".into()),
        }),
        // The author under another name, without supervisor and co-signature, then gone, then with new keys.
        Command::Staff(StaffAsk::Change {
            staff: Box::new(Staff { id: staff, name: "Somebody Else".into(), ..someone }),
            rev: 3,
        }),
        Command::Staff(StaffAsk::SetActive { id: staff, active: false }),
        Command::Staff(StaffAsk::SetActive { id: staff, active: true }),
        Command::Staff(StaffAsk::ResetPassphrase {
            id: staff,
            passphrase: Secret::new("a forgotten one".into()),
        }),
        Command::Door(Door::Personal(PersonalSettings::default())),
        Command::Door(Door::KeepTyped(Vec::new())),
        Command::Writing(WritingAsk::SavePhrase { phrase: Box::new(phrase), agency: true, rev: 0 }),
        Command::Writing(WritingAsk::RemovePhrase { number: 1, agency: true, rev: 1 }),
        Command::Writing(WritingAsk::SetRules {
            format: "SOAP".into(),
            late_after_hours: 1,
            rules: NoteRules::default(),
        }),
        Command::Words(WordsAsk::Own(client)),
        Command::Writing(WritingAsk::Overlaps { client, draft: 1, service: Box::default() }),
    ]
}

/// Everything about days, on this chart.
fn of_days(client: ClientId, staff: StaffId) -> Vec<Command> {
    let date = Date::from_ymd(2026, 11, 21).unwrap();
    let session = || {
        Box::new(Session { client, date, start: ClockTime(600), minutes: 50, staff, ..Session::default() })
    };
    let mark = |rev, state| DaysAsk::Mark(Mark { client, number: 1, rev, state, following: true });
    let outreach = Outreach {
        at: Moment(0),
        on: date,
        by: staff,
        how: "call".into(),
        reached: true,
        words: "forged".into(),
    };
    let miss = Miss {
        client,
        number: 1,
        duty: "note".into(),
        session: 1,
        due: date,
        planned: date.plus_days(9),
        reason: "forged".into(),
        at: Moment(0),
        by: staff,
    };
    let task = Task { text: "forged".into(), due: date, to: staff, client: Some(client), ..Task::default() };
    let asks = [
        DaysAsk::Plan { session: session(), weeks: 2, even_so: true },
        DaysAsk::Change {
            session: Box::new(Session { number: 1, ..*session() }),
            rev: 1,
            following: true,
            even_so: true,
        },
        mark(2, SessionState::Missed),
        DaysAsk::Reach { client, number: 1, rev: 3, outreach: Box::new(outreach) },
        mark(4, SessionState::Held),
        DaysAsk::NoNote { client, number: 1, reason: "forged".into() },
        DaysAsk::Explain(Box::new(miss)),
        DaysAsk::Keep { task: Box::new(task), rev: 0 },
        DaysAsk::Finish { id: TaskId::default(), rev: 1 },
        DaysAsk::Day { date, all: true },
        DaysAsk::Due,
        DaysAsk::Hours(HoursOf { client, staff: StaffId::default(), date }),
        DaysAsk::Rules(DueChoice::default()),
    ];
    let note = Command::from(DocAsk::NoteOf { client, session: 1 });
    asks.into_iter().map(Command::from).chain([note, Command::Undo, Command::Redo]).collect()
}

/// Everything about the house, around this chart.
fn of_house(client: ClientId, from: StaffId, to: StaffId) -> Vec<Command> {
    let date = Date::from_ymd(2026, 11, 1).unwrap();
    let answer = |dimension, danger, reason: &str| TriageAnswer {
        dimension,
        danger,
        reason: reason.into(),
        ..TriageAnswer::default()
    };
    let answers = (1..=6).map(|dimension| match dimension {
        3 => answer(3, Some(true), "forged"),
        other => answer(other, Some(false), ""),
    });
    let cover = Cover { away: from, by: to, from: date, until: date.plus_days(60), ..Cover::default() };
    let team = Team {
        name: "Days".into(),
        members: vec![from, to],
        shares_charts: true,
        active: true,
        ..Team::default()
    };
    let (reason, words) = (AccessReason::default(), "forged");
    let absence = Absence { from: date, until: None };
    let pass =
        |to| PassOn { from, absence, what: vec![Holding::Sessions, Holding::Tasks], to, even_so: true };
    let rules = RulesDraft {
        help_now: "Call.".into(),
        lock_after_s: 600,
        programs: vec!["Outpatient".into()],
        rules: HouseRules {
            veil: true,
            access_hours: 8,
            paper: Some(PaperSize::A4),
            ruptures: RupturesIn::Chart,
            far_apart: true,
        },
    };
    let asks = [
        HouseAsk::Triage { client, answers: answers.collect() },
        HouseAsk::Board,
        HouseAsk::SaveCover { cover: Box::new(cover), rev: 0 },
        HouseAsk::SaveTeam { team: Box::new(team), rev: 0 },
        HouseAsk::Beyond { reason, words: words.into(), find: "Rivera".into() },
        HouseAsk::OpenBeyond { client, reason, words: words.into() },
        HouseAsk::Watch,
        HouseAsk::SeenAccess { by: to, number: 1 },
        HouseAsk::Duties(from),
        HouseAsk::Holdings { staff: from, absence },
        HouseAsk::PassOn(pass(Some(to))),
        HouseAsk::PassOn(pass(None)),
        HouseAsk::HandOver { from, to, clients: vec![client] },
        HouseAsk::HandOver { from: to, to: from, clients: vec![client] },
        HouseAsk::Rules,
        HouseAsk::SaveRules(Box::new(rules)),
        HouseAsk::History { client, before: None },
        HouseAsk::AskSame { client, record_no: "A-1002".into(), leads: false, why: "forged".into() },
        HouseAsk::AskUnlink { client, number: 1, why: "forged".into() },
        HouseAsk::DecideSame { client, number: 1, agrees: true },
        HouseAsk::LookAlikes { at: 0 },
        HouseAsk::Retention(RetentionAsk::Show),
        HouseAsk::Retention(RetentionAsk::AskPurge { client }),
        HouseAsk::Retention(RetentionAsk::Decide { number: 1, agrees: true }),
        HouseAsk::Retention(RetentionAsk::Lift { client, why: "forged".into() }),
        HouseAsk::Retention(RetentionAsk::Hold {
            record_no: "A-1001".into(),
            why: "forged".into(),
            sure: true,
        }),
        HouseAsk::Mismatches,
        HouseAsk::AgencyRecord,
        HouseAsk::Acknowledge { number: 1, reason: words.into() },
        HouseAsk::DecideLookAlike(LookAlikeDecision {
            import: ImportId::default(),
            number: 1,
            rev: 1,
            here: client,
            what: WhoTheyAre::SamePerson,
            at: 0,
        }),
    ];
    asks.into_iter().map(Command::House).chain([Command::Undo, Command::Redo]).collect()
}

/// A group of Sam's, made by Kim.
fn a_group(house: &mut House) -> GroupId {
    house.turn("kim");
    let group = crate::groups::new_group(vec![house.sam]);
    match house.rig.ok(GroupAsk::Save { group, rev: 0 }.into()) {
        Answer::Group(GroupAnswer::Group(view)) => view.group.value.id,
        other => panic!("no group: {other:?}"),
    }
}

/// Everything about groups, with this person in one of Rosa's.
fn of_groups(client: ClientId, number: Number, staff: StaffId, group: GroupId) -> Vec<Command> {
    let date = Date::from_ymd(2026, 11, 20).unwrap();
    let made = Group { id: group, ..*crate::groups::new_group(vec![staff]) };
    let entry =
        GroupEntry { client, here: Here::Present, draft: number, note: number, ..GroupEntry::default() };
    let signing = || {
        Box::new(GroupSigning {
            group,
            session: 1,
            shared: "forged".into(),
            parts: vec![forged(client, number, 0, 0), forged(client, number, number, 0)],
            beyond: "forged".into(),
        })
    };
    let asks = [
        GroupAsk::List,
        GroupAsk::Save { group: Box::new(made.clone()), rev: 0 },
        GroupAsk::Save { group: Box::new(made), rev: 1 },
        GroupAsk::Join { group, rev: 2, client, from: date },
        GroupAsk::Open(group),
        GroupAsk::Begin { group, date },
        GroupAsk::Mark { group, session: 1, entry },
        GroupAsk::Set {
            group,
            session: 1,
            topic: "forged".into(),
            topics: Vec::new(),
            guests: Guests::default(),
        },
        GroupAsk::Keep { group, session: 1, shared: "forged".into() },
        GroupAsk::NotAMember {
            group,
            session: 1,
            client: Some(client),
            words: "forged".into(),
            reason: "forged".into(),
        },
        GroupAsk::Danger {
            group,
            session: 1,
            client,
            dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
            reason: "forged".into(),
            done: None,
        },
        GroupAsk::Check(signing()),
        GroupAsk::Sign { signing: signing(), passphrase: Rig::secret() },
        GroupAsk::Slip { group, session: 1, client, answers: vec![("bond".into(), Reply::Declined)] },
        GroupAsk::Ordered { group, rev: 3, client, hours: 24 },
        GroupAsk::HandOn { group, date, facilitators: vec![staff] },
        GroupAsk::Part { group, rev: 3, client, until: date, reason: "forged".into() },
    ];
    asks.into_iter().map(Command::from).collect()
}

/// Everything about the turned screen: it is turned, something forged is saved, it is turned back, and what is there is taken over.
fn of_turned(client: ClientId) -> Vec<Command> {
    let forged = |number| {
        let line = Marked { about: LineRef::goal(1), answer: Assent::Agreed, ..Marked::default() };
        let body = ClientAnswers { lines: vec![line], version: number, ..ClientAnswers::default() };
        DraftSave { client, number, edits: 9, body: DraftBody::Answers(body) }
    };
    let (left_out, copy) = (vec![(0, "forged".into())], Some(CopyGiven::Given));
    let take = TakeOver { client, number: 1, left_out, copy, passphrase: Rig::secret() };
    let turn = |what| TurnAsk::Turn {
        client,
        what,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    let asks = [
        turn(Paper::Document(1)),
        turn(Paper::ClientPage),
        to_guardian(client),
        turn(Paper::Form),
        turn(Paper::OwnLine),
        TurnAsk::Save(forged(1)),
        TurnAsk::Save(forged(2)),
        TurnAsk::Back { save: Some(forged(1)), secret: Secret::new("a wrong one".into()) },
        TurnAsk::Back { save: None, secret: Rig::secret() },
        TurnAsk::TakeOver(Box::new(take)),
    ];
    asks.into_iter().map(Command::from).collect()
}

/// The plan, turned to somebody who calls themselves a guardian.
fn to_guardian(client: ClientId) -> TurnAsk {
    let is = Guardianship { name: "Forged".into(), relation: "forged".into(), ..Guardianship::default() };
    let to = Recipient::Guardian(Box::new(ToGuardian { is, left_off: Vec::new() }));
    TurnAsk::Turn { client, what: Paper::ClientPage, language: "en".into(), to, form: String::new() }
}

/// What ends the sitting; last.
fn at_the_door(rig: &Rig, login: &str) -> Vec<Command> {
    let founding = Founding {
        agency: "Another".into(),
        zone: "America/Chicago".into(),
        program: "Outpatient".into(),
        set: "ASAM3".into(),
        login: "eve".into(),
        name: "Eve".into(),
        credential: String::new(),
        passphrase: Rig::secret(),
        help_now: String::new(),
        demo_hint: String::new(),
    };
    let pin = || Secret::new("482913".into());
    let fresh = || Secret::new("another passphrase".into());
    vec![
        Command::Door(Door::Found(Box::new(founding))),
        Command::Door(Door::ChangePassphrase { old: Rig::secret(), new: Rig::secret() }),
        Command::Door(Door::SetPin { passphrase: Rig::secret(), pin: pin() }),
        Command::Door(Door::Lock {
            drafts: vec![forged(ClientId([0; 16]), 1, 1, 0)],
            place: Place::default(),
            idle: false,
        }),
        Command::Door(Door::Resume { pin: pin() }),
        Command::Door(Door::SignIn { login: login.into(), passphrase: Rig::secret() }),
        Command::Door(Door::ByThisClock {
            is_right: true,
            door: Box::new(Door::SignIn { login: login.into(), passphrase: Rig::secret() }),
        }),
        Command::Door(Door::Recover { phrase: rig.phrase(), login: "rosa".into(), passphrase: fresh() }),
    ]
}

#[test]
fn no_command_by_anybody_changes_a_signed_byte() {
    let mut house = full();
    let group = a_group(&mut house);
    let mut asked = BTreeSet::new();
    let mut written = 0;
    for login in ["sam", "kim", "lee", "ben", "rosa"] {
        let mut rig = house.rig.on_a_copy();
        rig.sign_in(login);
        let mut reader = rig.reader();
        let mut turns = reader.0.key_turns().unwrap();
        let before = signed(&reader);
        assert!(before.len() >= 2 * 8 + 2, "the chart is full: {}", before.len());
        let mut commands = of_days(house.jo, house.sam);
        commands.extend(of_chart(&rig, house.jo, house.sam));
        commands.extend(of_house(house.jo, house.sam, house.kim));
        for number in 1..=9 {
            commands.extend(of_note(house.jo, house.ann, number));
        }
        commands.extend(of_groups(house.jo, 1, house.sam, group));
        commands.extend(of_turned(house.jo));
        commands.extend(at_the_door(&rig, login));
        for command in commands {
            asked.insert(placed(&command));
            let name = format!("{login}: {command:?}");
            if let Ok(answer) = rig.desk.handle(command) {
                written += 1;
                if let Answer::Founded { .. } = answer {
                    panic!("an agency is not set up over another one");
                }
            }
            // Where somebody was sent away the agency has a new key.
            if reader.0.key_turns().unwrap() > turns {
                reader = rig.reader();
                turns = reader.0.key_turns().unwrap();
            }
            holds(&before, &signed(&reader), &name);
        }
    }
    let all: BTreeSet<usize> = (0..PLACES).collect();
    assert_eq!(asked, all, "every command is really asked");
    assert!(written > 150, "the walk does something: {written}");
}

#[test]
fn the_author_of_a_signed_note_stays_whoever_touches_what_around_it() {
    let house = full();
    let mut rig = house.rig.on_a_copy();
    rig.sign_in("rosa");
    for command in
        of_chart(&rig, house.jo, house.sam).into_iter().chain(of_house(house.jo, house.sam, house.kim))
    {
        let _ = rig.desk.handle(command);
    }
    let (store, keys) = rig.reader();
    let heads = store.repo(&keys.agency).list::<DocHead>(house.jo).unwrap();
    assert!(heads.len() >= 8);
    for head in heads {
        let signature = head.value.signature;
        assert_eq!((signature.by, signature.name.as_str()), (house.sam, "sam Person"));
    }
    let notes = DocKind::Note.numbers();
    let texts = store.repo(&keys.agency).list::<DocText>(house.jo).unwrap();
    let notes = texts.iter().filter(|kept| notes.contains(&kept.number));
    assert!(notes.clone().count() >= 8);
    assert!(notes.map(|kept| kept.value.note().unwrap()).all(|text| text.author == "sam Person"));
}

/// Sends every command as every role in the chart of a minor of this age whose plan is signed, and looks at the chart after each.
pub fn in_a_minors_chart(of: OfAge, look: impl Fn(&ChartView, &str)) {
    let mut house = full();
    house.rig.lock();
    house.rig.sign_in("rosa");
    let chart = house.rig.open(house.jo);
    let client = Client { birth: of.birth, custody: of.custody, ..chart.client.value.clone() };
    let rev = chart.client.rev;
    house.rig.done(Command::People(People::Change { client: Box::new(client), rev, seen: true }));
    for login in ["sam", "kim", "ben", "rosa"] {
        let mut rig = house.rig.on_a_copy();
        rig.sign_in(login);
        let mut commands = of_chart(&rig, house.jo, house.sam);
        commands.extend(of_turned(house.jo));
        commands.extend(of_house(house.jo, house.sam, house.kim));
        for command in commands {
            let name = format!("{login}: {command:?}");
            let _ = rig.desk.handle(command);
            if let Ok(Answer::Chart(chart)) = rig.desk.handle(Command::Chart(ChartAsk::Open(house.jo))) {
                look(&chart, &name);
            }
        }
    }
}

/// What may be asked while the screen is turned: the lock, and what the turned screen does.
const WHILE_TURNED: [usize; 3] = [4, 112, 113];

#[test]
fn while_the_screen_is_turned_every_command_but_its_own_is_refused() {
    let mut house = full();
    let group = a_group(&mut house);
    let mut rig = house.rig.on_a_copy();
    rig.sign_in("sam");
    let mut commands = of_days(house.jo, house.sam);
    commands.extend(of_chart(&rig, house.jo, house.sam));
    commands.extend(of_house(house.jo, house.sam, house.kim));
    for number in 1..=9 {
        commands.extend(of_note(house.jo, house.ann, number));
    }
    commands.extend(of_groups(house.jo, 1, house.sam, group));
    commands.extend(of_turned(house.jo));
    commands.extend(at_the_door(&rig, "sam"));
    let turn = TurnAsk::Turn {
        client: house.jo,
        what: Paper::ClientPage,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    let Answer::Turned(view) = rig.ok(turn.into()) else { panic!("it is not turned") };
    assert!(!view.answers.lines.is_empty());
    let head = rig.engine_head();
    let mut asked = BTreeSet::new();
    for command in commands {
        let place = placed(&command);
        asked.insert(place);
        let name = format!("{command:?}");
        assert_eq!(command.while_turned(), WHILE_TURNED.contains(&place), "{name}");
        if WHILE_TURNED.contains(&place) {
            continue;
        }
        let reply = rig.desk.answer(Ask { ticket: 1, epoch: view.epoch, command });
        assert!(reply.owed.is_none(), "{name} tells what is owed");
        let fault = reply.result.expect_err(&name);
        assert_eq!(fault.to_string(), "The screen is turned to the client.", "{name}");
        assert_eq!(rig.engine_head(), head, "{name} wrote something");
    }
    assert_eq!(asked, (0..PLACES).collect(), "every command is really asked");
    // Nothing that the turned screen may do tells a name or writes what is not the client's.
    for command in of_turned(house.jo) {
        if matches!(placed(&command), 105) {
            let fault = rig.desk.handle(command).expect_err("a forged save");
            assert_eq!(fault.to_string(), "Not done.");
        }
    }
}
