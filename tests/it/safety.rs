//! The safety plan: made with the client, found by one key from wherever one is, asked for by danger, and on a card.

use crate::driver::Driver;
use crate::paper::{asked, request};
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::engine::memory::CommitFault;
use concord::rules::owed::Duty;
use concord::service::api::*;

const DAY: i64 = 24 * Moment::HOUR;

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

fn house() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    (rig, jo)
}

/// Words in every part, made together.
fn filled(view: &DraftView) -> DraftSave {
    let DraftBody::Safety(plan) = &view.body else { panic!("no safety plan") };
    let mut plan = plan.clone();
    for part in SafetyPart::ALL {
        *plan.part_mut(part) = format!("{} of Jo", part.title());
    }
    plan.help = "Lidia 555-0117\nthen Dolores".into();
    plan.took_part = Some(TookPart::Together);
    DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Safety(plan) }
}

/// Signs a safety plan; answers its number among the documents.
pub fn signed(rig: &mut Rig, client: ClientId) -> Number {
    let view = rig.draft(DocAsk::NewSafety { client });
    sign(rig, filled(&view));
    rig.open(client).safety_plan().expect("it is signed").doc
}

fn sign(rig: &mut Rig, save: DraftSave) -> Done {
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into())
}

fn raise(rig: &mut Rig, client: ClientId) {
    rig.done(Command::Chart(ChartAsk::RaiseNeed {
        client,
        dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
        reason: "means at home".into(),
        source: NeedSource::Clinician,
        done: None,
    }));
}

fn end_and_come_back(rig: &mut Rig, jo: ClientId) {
    crate::discharged::discharge(rig, jo, LeaveKind::Completed);
    rig.advance_ms(30 * DAY);
    rig.sign_in("rosa");
    let episode = Box::new(rig.episode_of(jo, rig.me()));
    rig.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
}

fn due(rig: &mut Rig) -> Vec<i32> {
    let today = today(rig);
    let owed = crate::days::owed(rig);
    let plans = owed.iter().filter(|line| line.owed.duty == Duty::SafetyPlan);
    plans.map(|line| line.owed.deadline.unwrap().on.days_since(today)).collect()
}

#[test]
fn each_version_begins_with_the_words_before_and_asks_anew_how_it_was_made() {
    let (mut rig, jo) = house();
    let view = rig.draft(DocAsk::NewSafety { client: jo });
    let fault = rig.fault(DocAsk::Sign { save: save_of(&view), passphrase: Rig::secret() }.into());
    assert_eq!(fault.what, "Not signed: write at least one part, in the client's words.");
    let mut save = filled(&view);
    let DraftBody::Safety(plan) = &mut save.body else { panic!() };
    plan.took_part = None;
    let fault = rig.fault(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    assert_eq!(fault.what, "Not signed: choose how the client took part.");
    sign(&mut rig, filled(&view));
    let first = rig.open(jo).safety_plan().unwrap().clone();
    assert_eq!((first.version, first.on, first.by.as_str()), (1, today(&rig), "Rosa Imani LADC"));
    assert!(DocKind::of(first.doc) == Some(DocKind::Safety) && rig.open(jo).has_safety_plan());

    rig.advance_ms(3 * DAY);
    rig.sign_in("rosa");
    let view = rig.draft(DocAsk::NewSafety { client: jo });
    let DraftBody::Safety(plan) = &view.body else { panic!() };
    assert_eq!((plan.help.as_str(), plan.from), ("Lidia 555-0117\nthen Dolores", first.doc));
    assert_eq!(
        (plan.took_part, plan.look_again),
        (Some(TookPart::Together), None),
        "made as it was said, within the stay"
    );
    // It is taken up again, and a draft in which nobody wrote is not kept.
    assert_eq!(rig.draft(DocAsk::NewSafety { client: jo }).number, view.number);
    rig.ok(DocAsk::Drop { client: jo, number: view.number }.into());
    let view = rig.draft(DocAsk::NewSafety { client: jo });
    let mut save = save_of(&view);
    let DraftBody::Safety(plan) = &mut save.body else { panic!() };
    plan.help = "Lidia 555-0118".into();
    // A version that only changes a line need not say again how it was made.
    sign(&mut rig, save);
    let chart = rig.open(jo);
    let now = chart.safety_plan().unwrap();
    assert_eq!((now.version, chart.safeties.len()), (2, 2));
    assert_eq!(now.plan.as_ref().unwrap().help, "Lidia 555-0118");
    assert_eq!(chart.person.summary.safety.map(|one| one.on), Some(today(&rig)));
    // An amended version keeps number and day.
    rig.advance_ms(2 * DAY);
    rig.sign_in("rosa");
    let view = rig.draft(DocAsk::Amend { client: jo, number: now.doc, reason: "wrong number".into() });
    let mut save = save_of(&view);
    let DraftBody::Safety(plan) = &mut save.body else { panic!() };
    plan.help = "Lidia 555-0117".into();
    sign(&mut rig, save);
    let chart = rig.open(jo);
    let amended = chart.safety_plan().unwrap();
    assert_eq!((amended.version, amended.on), (2, now.on));
    assert_eq!(chart.person.summary.safety.map(|one| one.on), Some(now.on));
}

fn save_of(view: &DraftView) -> DraftSave {
    DraftSave { client: view.client, number: view.number, edits: 1, body: view.body.clone() }
}

#[test]
fn danger_asks_for_it_the_next_day_and_a_signed_one_is_looked_at_again() {
    let (mut rig, jo) = house();
    assert!(due(&mut rig).is_empty());
    raise(&mut rig, jo);
    assert_eq!(due(&mut rig), [1]);
    signed(&mut rig, jo);
    assert!(due(&mut rig).is_empty(), "30 days are not in sight yet");
    rig.advance_ms(20 * DAY);
    rig.sign_in("rosa");
    assert_eq!(due(&mut rig), [10]);
    // A day that is written counts if it is the earlier one; one that is begun is unfinished work.
    let view = rig.draft(DocAsk::NewSafety { client: jo });
    let mut save = save_of(&view);
    let DraftBody::Safety(plan) = &mut save.body else { panic!() };
    plan.look_again = Some(today(&rig).plus_days(5));
    rig.ok(DocAsk::Save(save.clone()).into());
    assert!(crate::days::owed(&mut rig).iter().any(|one| one.owed.duty == Duty::Unsigned(DocKind::Safety)));
    sign(&mut rig, save);
    assert_eq!(due(&mut rig), [5]);
}

/// A critical answer proposes a need; that asks for a safety plan before anybody has decided.
#[test]
fn a_critical_answer_asks_for_it() {
    let (mut rig, jo) = house();
    let one = Reply::Given(Hundredths::whole(1));
    let filled = Administration {
        client: jo,
        measure: "PHQ-9".into(),
        on: today(&rig),
        answers: (1..=9).map(|item| (item.to_string(), one)).collect(),
        begun: Moment(1),
        ..Administration::default()
    };
    rig.done(HeardAsk::Save(Box::new(filled)).into());
    assert_eq!(due(&mut rig), [1]);
}

/// N50: after a readmission the plan of the earlier stay is shown as that, and silences nothing.
#[test]
fn n50_the_plan_of_an_earlier_stay_is_to_be_gone_through_again() {
    let (mut rig, jo) = house();
    let doc = signed(&mut rig, jo);
    let on = today(&rig);
    end_and_come_back(&mut rig, jo);
    let chart = rig.open(jo);
    let plan = chart.safety_plan().unwrap();
    assert!(plan.doc == doc && !chart.has_safety_plan(), "it is there, and it is not current");
    let day = on.naive().format("%-d %b %Y");
    let open = chart.open_episode().map(|episode| episode.number);
    assert_eq!(plan.from_earlier(open), Some(format!("from an earlier episode, {day}: go through it again")));
    raise(&mut rig, jo);
    assert_eq!(due(&mut rig), [1], "danger asks for one of this stay");
    // By keys: the header, the page and the hint of the plan say so.
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter").sees("safety plan, earlier");
    desk.keys("f2").sees("from an earlier episode").sees("go through it again").sees("Lidia 555-0117");
    desk.keys("esc p up").sees("There is a need about safety, and no current safety plan. F2");
    // Gone through again it is of this stay; how it was made is asked anew.
    desk.keys("f2 ctrl-e").sees("words of version 1").keys("f9").sees("choose how the client took part");
    desk.keys("enter 1 f9").types(Rig::PASSPHRASE).keys("enter").sees("The safety plan is signed");
    desk.sees("Safety plan 2").sees_no("earlier episode").keys("esc").sees_no("no current safety plan");
}

/// One key from each page of the chart and from inside a note, and back again; a change is four keys besides words.
#[test]
fn it_is_one_key_away_and_a_line_is_changed_with_four() {
    let (mut rig, jo) = house();
    signed(&mut rig, jo);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter").sees("safety plan 0 d");
    for page in ["o", "g", "r", "p", "t", "b", "a", "m", "n", "h"] {
        desk.keys(page);
        let before = desk.screen();
        desk.keys("f2").sees("Safety plan 1").sees("Lidia 555-0117").sees("What is worth living for");
        desk.keys("f2");
        // The page of the history shows that it was looked at itself.
        assert!(page == "h" || desk.screen() == before, "{page}: the same page again");
    }
    desk.keys("ctrl-n").types("I walked").sees("I walked");
    desk.keys("f2").sees("Safety plan 1").sees("Lidia 555-0117").keys("esc").sees("I walked");
    desk.types(", again.").sees("I walked, again.").keys("esc");
    let before = desk.pressed;
    desk.keys("f2 4").types(" and Ann").keys("f9").sees("Changed: People I can ask for help.");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("The safety plan is signed");
    assert_eq!(desk.pressed - before, 4);
    desk.sees("Safety plan 2").sees("then Dolores and Ann");
    // The list of versions, and the earlier one to be read.
    desk.keys("right").sees("version 2").sees("version 1").keys("down enter").sees("then Dolores");
}

/// A colleague who covers reads it with the same key, and the front desk never.
#[test]
fn a_covering_colleague_reads_it_and_the_front_desk_does_not() {
    let (mut rig, jo) = house();
    let kim = rig.hire("kim", &[Role::Counselor], None);
    rig.hire("fay", &[Role::FrontDesk], None);
    signed(&mut rig, jo);
    let cover = Cover {
        away: rig.me(),
        by: kim,
        from: today(&rig),
        until: today(&rig).plus_days(3),
        ..Cover::default()
    };
    rig.ok(Command::House(HouseAsk::SaveCover { cover: Box::new(cover), rev: 0 }));
    rig.lock();
    rig.sign_in("fay");
    assert!(rig.open(jo).safeties.is_empty());
    assert!(rig.fault(DocAsk::NewSafety { client: jo }.into()).what.len() > 5);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("kim").types("rivera").keys("enter").sees("RIVERA, Jo").keys("f2").sees("Lidia 555-0117");
}

#[test]
fn the_card_has_the_clients_words_and_nothing_of_the_record() {
    let (mut rig, jo) = house();
    let doc = signed(&mut rig, jo);
    let page = asked(&mut rig, request(jo, Paper::SafetyCard(doc), Recipient::Client));
    let sheet = page.sheet();
    assert!(sheet.card && sheet.file.starts_with("my-card-"), "{}", sheet.file);
    let said: Vec<String> = sheet.content.blocks.iter().map(Block::words).collect();
    let said = format!("{} {}", sheet.content.title, said.join(" | "));
    for words in [
        "My safety plan, Jo",
        "People I can ask for help | Lidia 555-0117 | then Dolores",
        "What is worth living for",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for words in ["A-10", "Rivera", "Rosa", "together"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    // In the client's language the headings are that language's.
    let spanish =
        LeaveRequest { language: "es".into(), ..request(jo, Paper::SafetyCard(doc), Recipient::Client) };
    let page = asked(&mut rig, spanish);
    assert_eq!(page.sheet().content.title, "Mi plan de seguridad, Jo");
    // An old version makes no card, and none is made for staff.
    signed(&mut rig, jo);
    rig.fault(LeaveAsk::Ask(request(jo, Paper::SafetyCard(doc), Recipient::Staff)).into());
    let events: Vec<Act> = rig.audit_events().iter().map(|event| event.act).collect();
    assert_eq!(events.iter().filter(|act| **act == Act::MadeForClient).count(), 2);
}

/// It is turned in plain words, and the client signs it there.
#[test]
fn it_is_turned_to_the_client_who_signs_it() {
    let (mut rig, jo) = house();
    let doc = signed(&mut rig, jo);
    let turn = TurnAsk::Turn {
        client: jo,
        what: Paper::Document(doc),
        language: "en".into(),
        form: String::new(),
        to: Recipient::Client,
    };
    let Answer::Turned(view) = rig.ok(turn.into()) else { panic!("it is not turned") };
    assert!(view.page.signs && view.page.title == "My safety plan, Jo");
    assert_eq!(view.page.parts.len(), 7);
    let mut answers = view.answers.clone();
    (answers.signs, answers.name) = (Some(ClientSigns::Signs), "Jo Rivera".into());
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Answers(answers) };
    rig.ok(TurnAsk::Back { save: Some(save), secret: Rig::secret() }.into());
    let take = TakeOver {
        client: jo,
        number: view.number,
        left_out: Vec::new(),
        copy: None,
        passphrase: Rig::secret(),
    };
    rig.done(TurnAsk::TakeOver(Box::new(take)).into());
    assert_eq!(rig.open(jo).safety_plan().unwrap().answered, SignedHow::Screen.word());
}

/// All or nothing: a commit that the disk refuses or loses leaves the draft and signs nothing.
#[test]
fn a_refused_commit_signs_nothing_and_loses_no_word() {
    for fault in [CommitFault::NotSaved, CommitFault::UnknownLost] {
        let (mut rig, jo) = house();
        let view = rig.draft(DocAsk::NewSafety { client: jo });
        let save = filled(&view);
        rig.ok(DocAsk::Save(save.clone()).into());
        rig.engine.faults().next_commit(fault);
        rig.fault(DocAsk::Sign { save: save.clone(), passphrase: Rig::secret() }.into());
        rig.restart();
        rig.sign_in("rosa");
        let chart = rig.open(jo);
        assert!(chart.safeties.is_empty() && chart.person.summary.safety.is_none());
        let view = rig.draft(DocAsk::NewSafety { client: jo });
        assert_eq!(view.body, save.body);
        sign(&mut rig, save_of(&view));
        assert!(rig.open(jo).has_safety_plan());
    }
}

/// Tab goes from part to part, a letter begins to write the highlighted one, and the row about how the client took part is answered
/// from its list.
#[test]
fn the_parts_are_written_one_after_the_other() {
    let (mut rig, _) = house();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter f2 ctrl-e");
    desk.sees("2 answers needed *, 7 parts empty")
        .sees("1-9 a row")
        .types("Pacing")
        .keys("tab")
        .sees("I can do")
        .types("Walks");
    desk.keys("tab").sees(" Company ").keys("tab shift-tab").sees(" Company ").keys("esc");
    desk.sees("Pacing").sees("Walks").sees("1 answer needed *, 5 parts empty");
    // Tab among the rows goes to what is needed: how the client took part. Its answers are a list, as on every such page.
    desk.keys("tab").sees("Enter answers it: together").keys("8").sees("1 together").keys("1");
    // Then to what is still empty, and nobody is told that nothing is left.
    desk.sees("5 parts are still empty").sees_no("nothing left to answer");
    desk.keys("tab").sees_no("Nothing is missing").types("Ann").sees("Ann").keys("esc");
    desk.sees("4 parts are still empty");
    desk.keys("f9").sees("3 of 7 parts");
}

/// A new version in which nobody wrote is closed by Esc, and leaves no draft.
#[test]
fn a_new_version_in_which_nobody_wrote_is_not_kept() {
    let (mut rig, jo) = house();
    signed(&mut rig, jo);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter f2 ctrl-e").sees("begun with the words of version 1");
    desk.keys("esc").sees("Safety plan 1").sees("Nothing was written, so no draft is kept.");
    assert!(desk.rig.open(jo).drafts.is_empty());
    desk.keys("ctrl-e").types("x").keys("esc esc");
    assert_eq!(desk.rig.open(jo).drafts.len(), 1, "what was written is kept");
}
