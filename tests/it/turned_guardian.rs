//! A guardian at the turned screen: on which ground, what they see, and that a minor's plan is not in force without them.

use crate::driver::Driver;
use crate::paper::{asked, request};
use crate::plan::planned;
use crate::rig::Rig;
use crate::signed;
use concord::domain::*;
use concord::rules::plan::version::{OfAge, VersionState, states};
use concord::service::api::*;
use concord::service::fault::FaultKind;

const SECRET: &str = "correct horse";

/// Jo, of so many days, whose mother is Ana Rivera, with a plan that Rosa and Jo signed.
fn youth(days: i32) -> (Rig, ClientId) {
    let (mut rig, jo, _) = planned();
    let chart = rig.open(jo);
    let today = rig.desk.now().local.date;
    let client = Client {
        birth: Birth::On(today.plus_days(-days)),
        guardian: "Ana Rivera".into(),
        ..chart.client.value.clone()
    };
    let rev = chart.client.rev;
    rig.ok(Command::People(People::Change { client: Box::new(client), rev, seen: true }));
    let attested = signed::on_paper(&rig);
    signed::sign(&mut rig, jo, attested);
    (rig, jo)
}

fn ana(left_off: &[PagePart]) -> ToGuardian {
    let is = Guardianship { name: "Ana Rivera".into(), relation: "mother".into(), ..Guardianship::default() };
    ToGuardian { is, left_off: left_off.to_vec() }
}

fn turn(jo: ClientId, to: ToGuardian) -> Command {
    let (what, to) = (Paper::ClientPage, Recipient::Guardian(Box::new(to)));
    TurnAsk::Turn { client: jo, what, language: "en".into(), to, form: String::new() }.into()
}

fn state(rig: &mut Rig, jo: ClientId) -> Vec<VersionState> {
    let today = rig.desk.now().local.date;
    let chart = rig.open(jo);
    states(&chart.plan.versions, OfAge::of(&chart.client.value), |one| chart.has_ended(one), today)
}

fn waits() -> [VersionState; 1] {
    [VersionState::Proposed(vec![AskedParty::Guardian])]
}

#[test]
fn a_guardian_reads_their_own_page_and_their_name_puts_the_plan_in_force() {
    let (mut rig, jo) = youth(16 * 365);
    assert_eq!(state(&mut rig, jo), waits());
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p f6").sees("type \"turn guardian\"");
    desk.run("Turn the screen in another language, or to a guardian");
    desk.sees("to a guardian").keys("down down enter");
    // The ground stands at the gate; what the youth said starts left off.
    desk.sees("The plan of Jo, turned to a guardian").sees("Ana Rivera").sees("own words");
    desk.keys("ctrl-s").sees("Who they are");
    desk.types("mother").keys("tab").types("birth certificate").keys("tab").types("5/1/10").keys("ctrl-s");
    desk.sees("The plan of Jo").sees("What Jo will do").sees_no("My plan").sees_no("my counselor");
    desk.sees_no("I cannot get up").sees_no("Ctrl-K");
    desk.keys("3").sees("I do not agree").keys("3 1");
    desk.keys("tab")
        .sees("Sign with your name if you agree to this plan.")
        .keys("1")
        .types("Ana Rivera")
        .keys("enter");
    desk.keys("f6").types(SECRET).keys("enter");
    desk.sees("What Ana Rivera marked").sees("Signs as Ana Rivera.").sees_no("Copy");
    assert_eq!(state(&mut desk.rig, jo), waits(), "nothing is taken over by itself");
    desk.keys("tab tab").types(SECRET).keys("enter").sees("What they said about signing is recorded.");
    let today = desk.rig.desk.now().local.date;
    assert_eq!(state(&mut desk.rig, jo), [VersionState::Active(today)]);
    let chart = desk.rig.open(jo);
    let (attested, by) = chart.plan.versions[0].attested.last().unwrap();
    assert_eq!(attested.whose, Party::Guardian("Ana Rivera".into()));
    assert_eq!((attested.how, attested.relation.as_str()), (Some(SignedHow::Screen), "mother"));
    assert_eq!(by, "Rosa Imani LADC");
    // Her answers are hers: the client was not asked by them.
    let hers: Vec<&Agreement> =
        chart.plan.plan.agreements.iter().filter(|one| one.whose != Party::Client).collect();
    assert!(!hers.is_empty() && hers.iter().all(|one| one.by_client), "{hers:?}");
    assert!(chart.plan.plan.agreements.iter().all(|one| one.whose != Party::Client));
    // What she saw, on which ground, and what was left off is recorded, and is not that the client saw it.
    let (store, keys) = desk.rig.reader();
    let shown = store.repo(&keys.agency).list::<Shown>(jo).unwrap();
    let is = Guardianship {
        name: "Ana Rivera".into(),
        relation: "mother".into(),
        document: "birth certificate".into(),
        dated: Date::from_ymd(2010, 5, 1),
    };
    assert_eq!(
        (&shown[0].value.guardian, shown[0].value.left_off.as_slice()),
        (&is, &[PagePart::OwnWords][..])
    );
    desk.rig.fault(PlanAsk::SinceSeen { client: jo }.into());
    assert_eq!(desk.rig.open(jo).guardian, is, "it stands there the next time");
    let acts: Vec<Act> = desk.rig.audit_events().iter().map(|event| event.act).collect();
    for (act, count) in [(Act::TurnedToGuardian, 1), (Act::ShownToGuardian, 1), (Act::ShownToClient, 0)] {
        assert_eq!(acts.iter().filter(|one| **one == act).count(), count, "{act:?}");
    }
}

/// N14: from the birthday on nothing is shown to a guardian, on no way.
#[test]
fn n14_from_the_birthday_on_no_guardian_sees_the_plan() {
    let (mut rig, jo) = youth(18 * 365 + 4 - 1);
    let copy = LeaveRequest {
        ..request(jo, Paper::ClientPage, Recipient::Guardian(Box::new(ana(&[PagePart::OwnWords]))))
    };
    assert_eq!(state(&mut rig, jo), waits());
    let page = asked(&mut rig, copy.clone());
    let told = format!("{:?}", page.sheet().content);
    assert!(told.contains("The plan of Jo") && !told.contains("My plan"), "{told}");
    rig.advance_ms(3 * 24 * 3_600_000);
    rig.lock();
    rig.sign_in("rosa");
    assert!(matches!(state(&mut rig, jo)[..], [VersionState::Active(_)]), "nobody waits for them");
    for refused in [turn(jo, ana(&[])), LeaveAsk::Ask(copy).into()] {
        let fault = rig.fault(refused);
        assert_eq!(fault.kind, FaultKind::Denied);
        assert!(fault.what.contains("No guardian is asked"), "{fault}");
    }
}

#[test]
fn what_the_agency_lets_a_youth_keep_cannot_be_shown() {
    let (mut rig, jo) = youth(16 * 365);
    let mut practice = concord::packs::Practice::default();
    practice.rules.keep_from_guardian = Some(vec![PagePart::OwnWords, PagePart::Barriers]);
    rig.desk.set_practice(std::sync::Arc::new(practice));
    let fault = rig.fault(turn(jo, ana(&[PagePart::OwnWords])));
    assert!(fault.kind == FaultKind::Denied && fault.what.contains("barriers"), "{fault}");
    let Answer::Turned(view) = rig.ok(turn(jo, ana(&[PagePart::OwnWords, PagePart::Barriers]))) else {
        panic!("it is not turned")
    };
    assert!(view.page.signs && view.answers.version > 0);
}

/// What the gate refuses is said in the window it was asked in, with what was typed.
#[test]
fn a_refusal_at_the_gate_keeps_what_was_typed() {
    let (mut rig, _) = youth(16 * 365);
    let mut practice = concord::packs::Practice::default();
    practice.rules.keep_from_guardian = Some(vec![PagePart::Barriers]);
    rig.desk.set_practice(std::sync::Arc::new(practice));
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p").run("Turn the screen in another language, or to a guardian");
    desk.keys("down down enter tab").types("mother").keys("tab tab tab ctrl-u ctrl-s");
    desk.sees("lets a youth keep this from a guardian:").sees("mother");
    desk.types("nobody").keys("ctrl-s").sees("There is no part \"nobody\".");
    desk.keys("ctrl-u").types("barriers").keys("ctrl-s").sees("The plan of Jo").sees_no("Ctrl-K");
}

#[test]
fn a_guardian_answers_only_what_the_counselor_signed_and_mixes_with_no_answer_of_the_client() {
    let (mut rig, jo) = youth(16 * 365);
    let kept = rig.open(jo).plan;
    let step = Objective { amount: "2 nights".into(), ..kept.plan.objectives[0].clone() };
    let line = concord::rules::plan::change::Whole::Objective(Box::new(step));
    rig.done(crate::plan::save(line, kept.rev(LineRef::objective(1))));
    let Answer::Turned(view) = rig.ok(turn(jo, ana(&[]))) else { panic!("it is not turned") };
    assert!(!view.page.signs, "{:?}", view.page);
    assert!(view.page.about.ends_with("This page can be signed once the counselor has signed the plan."));
    let mut answers = view.answers.clone();
    answers.lines[0].answer = Assent::Agreed;
    // She cannot pass for the client, nor for somebody else.
    for forged in [Guardianship::default(), Guardianship { name: "Other".into(), ..answers.guardian.clone() }]
    {
        let body = DraftBody::Answers(ClientAnswers { guardian: forged, ..answers.clone() });
        rig.fault(TurnAsk::Save(DraftSave { client: jo, number: view.number, edits: 1, body }).into());
    }
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Answers(answers) };
    rig.ok(TurnAsk::Back { save: Some(save), secret: Rig::secret() }.into());
    // The client's page waits until hers is taken over.
    let to_client = TurnAsk::Turn {
        client: jo,
        what: Paper::ClientPage,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    assert!(rig.fault(to_client.into()).what.contains("not taken over yet"));
}

/// By no command of any role is a minor's plan in force while no guardian has answered it.
#[test]
fn no_command_puts_a_minors_plan_in_force_without_the_guardian() {
    let born = Date::from_ymd(2010, 1, 5).unwrap();
    let of = OfAge { birth: Birth::On(born), custody: Custody::ByAge };
    let looked = std::cell::Cell::new(0);
    crate::side_door::in_a_minors_chart(of, |chart, name| {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let all = states(&chart.plan.versions, of, |one| chart.has_ended(one), today);
        for (version, state) in chart.plan.versions.iter().zip(all) {
            let answered = version.answer(AskedParty::Guardian).is_some();
            assert!(answered || !matches!(state, VersionState::Active(_)), "{name}: {version:?}");
            looked.set(looked.get() + 1);
        }
    });
    assert!(looked.get() > 100, "a signed version is there: {}", looked.get());
}
