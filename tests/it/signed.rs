//! Signed versions of a plan: what is signed is what was on the screen, nothing of it changes, and whose answer is missing is named.

use crate::driver::Driver;
use crate::plan::{add_method, planned, save};
use crate::rig::Rig;
use concord::domain::*;
use concord::rules::plan::change::Whole;
use concord::rules::plan::version::{OfAge, VersionState, states};
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::store::{DocHead, DocLife, DocText};

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

/// An answer of the client on paper.
pub fn on_paper(rig: &Rig) -> Attested {
    Attested {
        how: Some(SignedHow::Paper),
        words: "blue folder".into(),
        copy: Some(CopyGiven::Given),
        given: today(rig),
        ..Attested::default()
    }
}

/// What a signer answers: together in session, because the client asked.
pub fn signing(client: ClientId, attested: Attested) -> PlanSigning {
    PlanSigning {
        client,
        kind: VersionKind::Change,
        why: Some(WhyChanged::ClientAsked),
        took_part: Some(TookPart::Together),
        attested,
        ..PlanSigning::default()
    }
}

/// Signs the plan as it is.
pub fn sign(rig: &mut Rig, client: ClientId, attested: Attested) -> Done {
    let seen = rig.open(client).seen();
    let signing = Box::new(signing(client, attested));
    rig.done(PlanAsk::Sign { signing, seen, passphrase: Rig::secret() }.into())
}

fn state(rig: &mut Rig, client: ClientId) -> Vec<VersionState> {
    let today = today(rig);
    let chart = rig.open(client);
    let of = OfAge::of(&chart.client.value);
    states(&chart.plan.versions, of, |episode| chart.has_ended(episode), today)
}

/// Gives the first objective another amount.
fn amount(rig: &mut Rig, client: ClientId, amount: &str) {
    let view = rig.open(client).plan;
    let step = Objective { amount: amount.into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(step)), view.rev(LineRef::objective(1))));
}

#[test]
fn a_version_freezes_the_plan_as_it_was_and_never_changes() {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    let done = sign(&mut rig, jo, attested);
    // What nobody asked about is said, with the key that asks.
    let unasked = "3 lines were not asked yet: [key:ask-agreement] on Wants asks the client.";
    assert_eq!(done.said, format!("Plan 1 is signed and in force. {unasked}"));
    assert!(!done.undoable);
    let chart = rig.open(jo);
    let (version, doc) = (chart.plan.versions[0].clone(), chart.plan.versions[0].doc);
    assert_eq!(version.how(), "signed on paper");
    assert_eq!((version.facts.version, version.by.as_str()), (1, "Rosa Imani LADC"));
    // What was frozen is the tree of that day, by its own past.
    let mut then = chart.plan.plan.clone();
    then.trails.clear();
    assert_eq!(chart.plan.last.as_deref(), Some(&then));
    let bytes = |rig: &Rig| {
        let (store, keys) = rig.reader();
        let repo = store.repo(&keys.agency);
        let head = repo.get::<DocHead>(jo, doc).unwrap().unwrap().value;
        let text = repo.get::<DocText>(jo, doc).unwrap().unwrap().value;
        (head.frozen().to_vec(), head.signature.hash, text.bytes().to_vec())
    };
    let before = bytes(&rig);
    rig.advance_ms(86_400_000 * 10);
    rig.done(add_method(jo, 1, 0, "Medication review"));
    amount(&mut rig, jo, "5 nights a week");
    assert_eq!(bytes(&rig), before, "N12: a signed version takes no additions");
    let signed_on = version.signed;
    let Answer::PlanThen { plan: of_day, .. } = rig.ok(PlanAsk::At { client: jo, day: signed_on }.into())
    else {
        panic!("no plan")
    };
    let mut of_day = *of_day;
    of_day.trails.clear();
    let Answer::PlanThen { plan: frozen, version, .. } =
        rig.ok(PlanAsk::Version { client: jo, version: doc }.into())
    else {
        panic!("no plan")
    };
    assert_eq!((version, &*frozen), (1, &of_day), "the tree at the signing is the frozen tree");
    let doc = rig.ok(DocAsk::Read { client: jo, number: doc }.into());
    let Answer::Document(view) = doc else { panic!("no document") };
    assert!(view.part.intact && view.lives_hold && !view.may.amend);
    assert_eq!(view.part.content.title, "Plan 1  change");
    let fault = rig.fault(DocAsk::Amend { client: jo, number: view.part.number, reason: "x".into() }.into());
    assert!(fault.what.contains("is not amended"), "{}", fault.what);
}

#[test]
fn signing_answers_what_called_for_a_look_and_makes_the_plan() {
    let (mut rig, jo, _) = planned();
    assert_eq!(rig.open(jo).person.summary.plan.made, None);
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested.clone());
    assert!(rig.open(jo).person.summary.plan.made.is_some(), "the signature makes it");
    rig.advance_ms(60_000);
    let (what, on) = (PlanWord::Hospital, today(&rig));
    let event = PlanEvent { client: jo, what, on, ..PlanEvent::default() };
    rig.done(PlanAsk::RecordEvent(Box::new(event)).into());
    assert_eq!(rig.open(jo).plan.call.map(|call| call.what), Some(CallWhat::Hospital));
    rig.advance_ms(60_000);
    amount(&mut rig, jo, "5 nights a week");
    sign(&mut rig, jo, attested);
    assert_eq!(rig.open(jo).plan.call, None);
}

#[test]
fn a_line_somebody_changed_since_refuses_with_whose_and_when() {
    let (mut rig, jo, _) = planned();
    let seen = rig.open(jo).seen();
    amount(&mut rig, jo, "5 nights a week");
    let command = |rig: &Rig, seen| {
        let signing = Box::new(signing(jo, on_paper(rig)));
        PlanAsk::Sign { signing, seen, passphrase: Rig::secret() }
    };
    let fault = rig.fault(command(&rig, seen).into());
    assert_eq!(fault.kind, FaultKind::Conflict);
    let time = rig.desk.now().local.time;
    assert_eq!(fault.what, format!("Not signed: O1 was changed by Rosa Imani LADC at {time}."));
    assert!(rig.open(jo).plan.versions.is_empty());
    let seen = rig.open(jo).seen();
    rig.done(command(&rig, seen).into());
    let chart = rig.open(jo);
    assert_eq!(chart.plan.last.unwrap().objectives[0].amount, "5 nights a week");
}

#[test]
fn nothing_changed_is_no_version_and_asks_for_no_secret() {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested.clone());
    let seen = rig.open(jo).seen();
    let again = PlanAsk::Sign {
        signing: Box::new(signing(jo, attested)),
        seen,
        passphrase: Secret::new("a wrong one".into()),
    };
    let fault = rig.fault(again.into());
    assert!(fault.what.starts_with("Nothing changed since version 1"), "{}", fault.what);
    assert_eq!(rig.open(jo).plan.versions.len(), 1);
}

/// A yes to what was signed is no change of it: nobody is asked for another signature, and the page says so.
#[test]
fn what_the_client_answers_afterwards_is_no_unsigned_change() {
    let (mut rig, jo, _) = planned();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p f9").sees("Sign plan 1");
    desk.sees("3 of 3 lines were not asked yet. Esc, then Ctrl-G on Wants, asks the").keys("esc");
    let attested = on_paper(&desk.rig);
    sign(&mut desk.rig, jo, attested);
    desk.keys("ctrl-l");
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("Plan 1, signed on paper").sees("3 not asked yet");
    desk.keys("ctrl-g 1 1 1").sees("3 answers since").sees_no("change since").sees_no("changes since");
    desk.keys("f9").sees("Nothing changed since version 1").sees("3 answers are recorded since");
}

#[test]
fn an_answer_that_says_too_little_is_refused_before_the_secret() {
    let (mut rig, jo, _) = planned();
    let blank = |how| Attested { how: Some(how), given: today(&rig), ..Attested::default() };
    let cases = [
        (blank(SignedHow::Screen), "types their name"),
        (blank(SignedHow::Paper), "where the paper is kept"),
        (blank(SignedHow::Spoken), "why it was spoken"),
        (blank(SignedHow::Declined), "the reason they gave"),
        (blank(SignedHow::Unable), "why they were unable"),
        (Attested { words: "asleep".into(), ..blank(SignedHow::Unable) }, "a day to ask again"),
        (blank(SignedHow::Guardian), "name of the guardian"),
    ];
    for (attested, why) in cases {
        let seen = rig.open(jo).seen();
        let signing = Box::new(signing(jo, attested));
        let fault = rig.fault(PlanAsk::Sign { signing, seen, passphrase: Secret::default() }.into());
        assert!(fault.what.contains(why), "{why}: {}", fault.what);
    }
    let mut lacks = signing(jo, on_paper(&rig));
    lacks.took_part = None;
    let seen = rig.open(jo).seen();
    let fault =
        rig.fault(PlanAsk::Sign { signing: Box::new(lacks), seen, passphrase: Secret::default() }.into());
    assert!(fault.what.contains("how the client took part"), "{}", fault.what);
}

#[test]
fn what_is_missing_is_recorded_later_in_the_life_of_the_version() {
    let (mut rig, jo, _) = planned();
    let kept = rig.open(jo).client;
    let birth = Birth::On(Date::from_ymd(2010, 1, 5).unwrap());
    let client = Client { birth, guardian: "Ana Rivera".into(), ..kept.value };
    rig.done(Command::People(People::Change { client: Box::new(client), rev: kept.rev, seen: true }));
    let done = sign(&mut rig, jo, Attested::default());
    assert!(
        done.said
            .starts_with("Plan 1 is signed by you. It waits for client and guardian. 3 lines were not asked"),
        "{}",
        done.said
    );
    let doc = rig.open(jo).plan.versions[0].doc;
    let attest = |attested| PlanAsk::Attest {
        client: jo,
        version: doc,
        attested: Box::new(attested),
        passphrase: Rig::secret(),
    };
    let paper = on_paper(&rig);
    let done = rig.done(attest(paper.clone()).into());
    assert_eq!(done.said, "Plan 1 is signed by you. It waits for guardian.");
    let guardian = Attested { whose: Party::Guardian("Ana Rivera".into()), ..paper.clone() };
    let early = Attested { given: paper.given.plus_days(-1), ..guardian.clone() };
    assert!(rig.fault(attest(early).into()).what.contains("before the day"), "before it was signed");
    let done = rig.done(attest(guardian).into());
    assert_eq!(done.said, "Plan 1 is signed and in force.");
    assert_eq!(state(&mut rig, jo), [VersionState::Active(paper.given)]);
    assert_eq!(rig.open(jo).plan.versions.len(), 1, "an entry in its life, no new version");
    let (store, keys) = rig.reader();
    let life = store.repo(&keys.agency).get::<DocLife>(jo, doc).unwrap().unwrap().value;
    assert_eq!(life.entries.len(), 2);
    let acts: Vec<Act> = rig.audit_events().iter().map(|event| event.act).collect();
    assert_eq!(acts.iter().filter(|act| **act == Act::DocumentAttested).count(), 2);
    assert_eq!(acts.iter().filter(|act| **act == Act::DocumentSigned).count(), 1);
    // A later version overtakes it, and the old one is answered no more.
    amount(&mut rig, jo, "5 nights a week");
    let guarded = Attested {
        how: Some(SignedHow::Guardian),
        name: "Ana Rivera".into(),
        relation: "mother".into(),
        ..paper.clone()
    };
    sign(&mut rig, jo, guarded);
    assert_eq!(state(&mut rig, jo)[0], VersionState::Superseded);
    assert!(rig.fault(attest(paper).into()).what.contains("this version is over"));
}

#[test]
fn undo_never_crosses_a_signature() {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    let fault = rig.fault(Command::Undo);
    assert!(fault.what.to_lowercase().contains("undo") || fault.what.contains("Nothing"), "{}", fault.what);
    assert_eq!(rig.open(jo).plan.plan.methods.len(), 1);
}

/// The plan of a person at the desk, one version signed, one amount changed afterwards.
fn changed() -> Driver {
    changed_of().0
}

fn changed_of() -> (Driver, ClientId) {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    amount(&mut rig, jo, "5 nights a week");
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p").sees("Plan 1, signed on paper");
    desk.sees("1 change since");
    (desk, jo)
}

#[test]
fn a_one_line_change_is_signed_in_six_keys_besides_secret_and_words() {
    let mut desk = changed();
    desk.pressed = 0;
    desk.keys("f9").sees("Sign plan 2").sees("RIVERA, Jo").sees("how much was 3 nights a week, now 5");
    desk.sees("1 client asked").sees("opens when nothing is missing");
    // Four digits and the name the client types; each goes on to what is missing.
    desk.keys("1 1")
        .sees("1 here at the screen")
        .keys("1")
        .types("Jo")
        .keys("enter")
        .sees("1 given")
        .keys("1");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Plan 2 is signed and in force.");
    // F9, four digits and Enter in the secret; the Enter that ends the typed name belongs to the words.
    assert_eq!(desk.pressed - 1, 6);
    // A burst of Enter afterwards signs nothing again.
    desk.keys("enter esc");
    desk.keys("f9").sees("Nothing changed since version 2");
}

#[test]
fn the_secret_opens_when_nothing_is_missing_and_a_wrong_one_keeps_the_answers() {
    let mut desk = changed();
    desk.keys("f9").sees("opens when nothing is missing");
    // A decline asks for the reason they gave.
    desk.keys("1 1 4").sees("Their reason").types("not today").keys("enter 2");
    desk.sees_no("opens when nothing is missing");
    desk.types("a wrong one").keys("enter").sees("Not done").sees("declined to sign").sees("not today");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Plan 2 is signed and in force.");
    desk.sees("the client declined to sign");
    desk.keys("ctrl-w").types("signed").keys("enter").sees("✗ Plan 2").sees("Plan 1").sees("superseded");
    desk.keys("down enter").sees("what changed since").keys("enter").sees("Changed since version 1");
    desk.keys("esc ctrl-e").types("x").keys("ctrl-s").sees("P1 is changed");
    desk.keys("ctrl-w").types("since v").keys("enter").sees("Changed since version 2 (21 Nov)");
}

#[test]
fn unable_now_is_asked_again_for_the_same_version() {
    let mut desk = changed();
    desk.keys("f9 1 1 5")
        .sees("Why unable")
        .types("in withdrawal")
        .keys("enter")
        .types("T+3")
        .keys("enter 3");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Plan 2 is signed and in force.").sees("unable to sign");
    desk.keys("f9").sees("Plan 2: how the client answered").sees("Nothing changed since version 2");
    desk.keys("2").types("blue folder").keys("enter 1");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("signed on paper");
    desk.keys("f9").sees("Nothing changed since version 2").sees_no("how the client answered");
}

/// N09: a burst of Enter at the last question makes one version, one signature and one event.
#[test]
fn n09_three_enters_in_the_secret_sign_once() {
    let (mut desk, jo) = changed_of();
    desk.keys("f9 1 1 1").types("Jo").keys("enter 1").types(Rig::PASSPHRASE).keys("enter enter enter");
    let chart = desk.rig.open(jo);
    assert_eq!(chart.plan.versions.len(), 2);
    assert_eq!(chart.plan.versions[1].attested.len(), 1);
    let acts: Vec<Act> = desk.rig.audit_events().iter().map(|event| event.act).collect();
    assert_eq!(acts.iter().filter(|act| **act == Act::DocumentSigned).count(), 2, "one for each version");
}

/// N13: the signature stays on a changed document.
#[test]
fn n13_a_changed_plan_carries_no_signature_and_the_version_keeps_its_own() {
    let (mut rig, jo, _) = planned();
    let view = rig.open(jo).plan;
    let about = LineRef::objective(1);
    let agreed = Answered {
        about,
        answer: Assent::Agreed,
        words: String::new(),
        to: view.plan.line(about).unwrap().terms(),
    };
    let given = today(&rig);
    rig.done(PlanAsk::Record { client: jo, whose: Party::Client, given, answers: vec![agreed] }.into());
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    let version = rig.open(jo).plan.versions[0].doc;
    amount(&mut rig, jo, "5 nights a week");
    let told = |rig: &mut Rig, paper, to| {
        let page = crate::paper::asked(rig, crate::paper::request(jo, paper, to));
        format!("{:?}", page.sheet().content)
    };
    let own = told(&mut rig, Paper::ClientPage, Recipient::Client);
    assert!(own.contains("the changes are not signed") && own.contains("5 nights a week"), "{own}");
    assert!(!own.contains("I signed it") && own.contains("We have not agreed on this yet."), "{own}");
    let old = told(&mut rig, Paper::Document(version), Recipient::Staff);
    assert!(old.contains("3 nights a week") && !old.contains("5 nights a week"), "{old}");
    assert!(old.contains("on paper") && old.contains("blue folder"), "{old}");
    let turn = TurnAsk::Turn {
        client: jo,
        what: Paper::ClientPage,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    let Answer::Turned(turned) = rig.ok(turn.into()) else { panic!("it is not turned") };
    assert!(turned.page.about.contains("the changes are not signed") && turned.answers.version == 0);
    let says: Vec<&TurnedSaid> = turned.page.parts.iter().flat_map(|part| &part.says).collect();
    let step = says.iter().find(|said| said.words.contains("5 nights a week")).unwrap();
    assert_eq!(step.before, Assent::NotAsked, "no agreement is on the new wording");
}
