//! Reviews of a plan: begun with what is known, kept like any draft, signed with what changed, and what follows from one.

use crate::driver::Driver;
use crate::plan::{add_goal, planned, save};
use crate::rig::Rig;
use crate::signed::{on_paper, sign, signing};
use concord::domain::*;
use concord::rules::due::DueContext;
use concord::rules::owed::Duty;
use concord::rules::plan::change::Whole;
use concord::service::api::*;
use concord::store::DocHead;

const DAY: i64 = 24 * Moment::HOUR;

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

fn begin(rig: &mut Rig, client: ClientId) -> DraftView {
    rig.draft(DocAsk::NewReview { client })
}

/// A review that lacks nothing: the goal moved, the level stays.
pub fn answered(view: &DraftView) -> DraftSave {
    let DraftBody::Review(review) = &view.body else { panic!("no review") };
    let mut review = review.clone();
    let mark = review.mark_mut(LineRef::goal(1));
    (mark.progress, mark.sentence) = (Progress::Substantial, "Five nights of seven.".into());
    review.took_part = Some(TookPart::Together);
    (review.choice, review.why) = (Some(LevelChoice::Continue), Some(LevelWhy::Progress));
    DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Review(review) }
}

fn change(save: &mut DraftSave, change: impl FnOnce(&mut Review)) {
    let DraftBody::Review(review) = &mut save.body else { panic!("no review") };
    change(review);
}

fn sign_review(rig: &mut Rig, save: DraftSave) -> Done {
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into())
}

/// Jo's plan is signed, and ten days have gone by.
fn signed_plan() -> (Rig, ClientId) {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    rig.advance_ms(10 * DAY);
    rig.sign_in("rosa");
    (rig, jo)
}

fn held(rig: &mut Rig, client: ClientId, hour: u32, state: SessionState) {
    let (date, staff) = (today(rig), rig.me());
    let start = ClockTime::new(hour, 0).unwrap();
    let session = Session { client, date, start, minutes: 50, staff, ..Session::default() };
    rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into());
    let Answer::Day(view) = rig.ok(DaysAsk::Day { date, all: false }.into()) else { panic!("no day") };
    let kept = view.lines.iter().map(|line| &line.session).find(|kept| kept.value.start == start).unwrap();
    let (number, rev) = (kept.value.number, kept.rev);
    rig.done(DaysAsk::Mark(Mark { client, number, rev, state, following: false }).into());
}

/// The day the next review is due.
fn due(rig: &mut Rig, client: ClientId) -> Date {
    let chart = rig.open(client);
    let settings = &rig.session().settings;
    let context = DueContext {
        first_assessment_days: settings.first_assessment_days,
        review_days: settings.review_days,
        late_after_hours: settings.late_after_hours,
        choice: &rig.session().due,
    };
    context.review(&chart.person.summary, today(rig)).expect("a review is due").on
}

#[test]
fn a_review_begins_with_what_is_known_and_there_is_one_at_a_time() {
    let (mut rig, jo) = signed_plan();
    let from = today(&rig).plus_days(-10);
    held(&mut rig, jo, 9, SessionState::Held);
    held(&mut rig, jo, 11, SessionState::Missed);
    let view = begin(&mut rig, jo);
    let DraftBody::Review(review) = &view.body else { panic!("no review") };
    assert!(review.is_blank(), "nothing of what people answer is filled in");
    let known = view.chart.known(review, today(&rig));
    assert_eq!((known.from, known.until, known.version), (from, today(&rig), 1));
    assert_eq!((known.sessions.planned, known.sessions.held, known.sessions.missed), (2, 1, 1));
    let lines: Vec<String> = known.lines.iter().map(|line| line.line.to_string()).collect();
    assert_eq!(lines, ["G1", "O1"]);
    // It is taken up again, and listed as unfinished work.
    let mut save = answered(&view);
    change(&mut save, |review| review.view = "Paydays are not talked about enough.".into());
    rig.ok(DocAsk::Save(save).into());
    rig.lock();
    rig.sign_in("rosa");
    let again = begin(&mut rig, jo);
    let DraftBody::Review(review) = &again.body else { panic!("no review") };
    assert_eq!((again.number, review.view.as_str()), (view.number, "Paydays are not talked about enough."));
    let owed = crate::days::owed(&mut rig);
    assert!(owed.iter().any(|line| line.owed.duty == Duty::Unsigned(DocKind::Review)));
}

#[test]
fn a_plan_without_a_goal_has_nothing_to_review() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let fault = rig.fault(DocAsk::NewReview { client: jo }.into());
    assert!(fault.what.contains("no active goal"), "{}", fault.what);
}

#[test]
fn what_a_review_lacks_is_named_before_the_secret_and_nothing_is_written() {
    let (mut rig, jo) = signed_plan();
    let view = begin(&mut rig, jo);
    let mut save = answered(&view);
    change(&mut save, |review| review.mark_mut(LineRef::goal(1)).progress = Progress::None);
    let wrong = Secret::new("not this".into());
    let fault = rig.fault(DocAsk::Sign { save, passphrase: wrong }.into());
    assert_eq!(fault.what, "Not signed: G1 has not moved: choose what changes.");
    assert!(rig.open(jo).plan.reviews.is_empty());
}

#[test]
fn a_signed_review_holds_what_was_known_and_never_changes() {
    let (mut rig, jo) = signed_plan();
    held(&mut rig, jo, 9, SessionState::Held);
    let view = begin(&mut rig, jo);
    let done = sign_review(&mut rig, answered(&view));
    assert_eq!(done.said, "The review is signed. The next one is counted from today.");
    assert!(!done.undoable);
    let chart = rig.open(jo);
    let review = chart.plan.reviews[0].clone();
    assert_eq!(review.facts.marks, [(LineRef::goal(1), Progress::Substantial)]);
    assert_eq!((review.by.as_str(), review.stands), ("Rosa Imani LADC", true));
    let read = |rig: &mut Rig| {
        let Answer::Document(view) = rig.ok(DocAsk::Read { client: jo, number: review.doc }.into()) else {
            panic!("no document")
        };
        view
    };
    let doc = read(&mut rig);
    assert!(doc.part.intact && doc.may.amend);
    let words: Vec<String> = doc.part.content.blocks.iter().map(Block::words).collect();
    assert!(words.contains(&"Sessions: held 1 of 1, 0.8 of 0.8 hours".to_owned()), "{words:?}");
    let goal =
        "G1 \u{201c}I want to get through those nights.\u{201d}: substantial now. Five nights of seven.";
    assert!(words.contains(&goal.to_owned()), "{words:?}");
    // What happens afterwards changes nothing of it.
    held(&mut rig, jo, 13, SessionState::Held);
    rig.done(add_goal(jo, "another"));
    assert_eq!(read(&mut rig).part.content, doc.part.content);
    // The next review begins where this one ended, and shows its marks.
    rig.advance_ms(5 * DAY);
    rig.sign_in("rosa");
    let next = begin(&mut rig, jo);
    let DraftBody::Review(body) = &next.body else { panic!("no review") };
    let known = next.chart.known(body, today(&rig));
    assert_eq!((known.from, known.lines[0].before), (review.on, Progress::Substantial));
}

#[test]
fn one_signature_makes_the_review_and_the_next_version() {
    let (mut rig, jo) = signed_plan();
    let view = rig.open(jo).plan;
    let step = Objective { amount: "5 nights a week".into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(step)), view.rev(LineRef::objective(1))));
    let view = begin(&mut rig, jo);
    let seen = rig.open(jo).seen();
    let attested = Attested { how: Some(SignedHow::Declined), words: "gave none".into(), ..on_paper(&rig) };
    let signing = PlanSigning {
        kind: VersionKind::Review,
        why: Some(WhyChanged::Review),
        look_again: Some(today(&rig).plus_days(30)),
        ..signing(jo, attested)
    };
    let along = |signing: &PlanSigning, seen: &Seen| -> Command {
        let signing = Box::new(signing.clone());
        let save = Box::new(answered(&view));
        PlanAsk::SignReview { save, signing, seen: seen.clone(), passphrase: Rig::secret() }.into()
    };
    // What was not on the screen is not signed, neither the one nor the other.
    let mut stale = seen.clone();
    stale.insert(Piece::Line(LineRef::objective(1)), 1);
    let fault = rig.fault(along(&signing, &stale));
    assert!(fault.what.starts_with("Not signed: O1 was changed by Rosa Imani LADC"), "{}", fault.what);
    assert!(rig.open(jo).plan.reviews.is_empty());
    let done = rig.done(along(&signing, &seen));
    assert!(done.said.starts_with("The review is signed."), "{}", done.said);
    assert!(done.said.contains(" Plan 2 is signed and in force."), "{}", done.said);
    let chart = rig.open(jo);
    assert_eq!((chart.plan.versions.len(), chart.plan.reviews.len()), (2, 1));
    assert!(chart.plan.versions[1].is_declined());
    assert!(chart.drafts.is_empty());
    let (store, keys) = rig.reader();
    let heads = store.repo(&keys.agency).list::<DocHead>(jo).unwrap();
    let at: Vec<Moment> = heads.iter().rev().take(2).map(|head| head.value.signature.at).collect();
    assert_eq!(at[0], at[1], "one act");
    assert_eq!(due(&mut rig, jo), today(&rig).plus_days(30), "the day that was written is the earlier one");
}

#[test]
fn a_level_that_changes_is_decided_with_the_review() {
    let (mut rig, jo) = signed_plan();
    let before = rig.open(jo).level().cloned().unwrap();
    let view = begin(&mut rig, jo);
    let mut save = answered(&view);
    change(&mut save, |review| {
        (review.choice, review.why) = (Some(LevelChoice::StepUp), Some(LevelWhy::NeedsMore));
        (review.level_words, review.agrees) = ("two bad weeks".into(), Some(true));
    });
    let fault = rig.fault(DocAsk::Sign { save: save.clone(), passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("choose the level of care"), "{}", fault.what);
    change(&mut save, |review| review.new_level = "2.5".into());
    sign_review(&mut rig, save);
    let chart = rig.open(jo);
    let level = chart.level().unwrap();
    assert_ne!(before.actual, "2.5");
    assert_eq!((level.actual.as_str(), level.event, level.agrees), ("2.5", LevelEvent::Review, Some(true)));
    assert_eq!((level.note.as_str(), level.on), ("two bad weeks", today(&rig)));
}

/// N15: the review date drifts or does not move.
#[test]
fn n15_the_next_review_is_counted_from_the_signature_and_from_nothing_else() {
    let (mut rig, jo, _) = planned();
    let chart = rig.open(jo);
    assert_eq!(chart.person.summary.plan.reviewed, None);
    let episode = Episode { review_days: 90, ..chart.episodes[0].value.clone() };
    let rev = chart.episodes[0].rev;
    rig.ok(Command::People(People::ChangeEpisode {
        episode: Box::new(episode),
        rev,
        level: None,
        sessions: false,
    }));
    let attested = on_paper(&rig);
    let signed_on = today(&rig);
    sign_as(&mut rig, jo, VersionKind::Full, attested.clone());
    assert_eq!(due(&mut rig, jo), signed_on.plus_days(90), "a full plan begins the count");
    // A change between reviews moves nothing, nor does the word that the plan still fits.
    rig.advance_ms(20 * DAY);
    rig.sign_in("rosa");
    rig.done(add_goal(jo, "another"));
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    let fits = PlanEvent { client: jo, on: today(&rig), ..PlanEvent::default() };
    rig.done(PlanAsk::RecordEvent(Box::new(fits)).into());
    assert_eq!(due(&mut rig, jo), signed_on.plus_days(90));
    // Early: counted from the day it was signed. A draft moves nothing.
    rig.advance_ms(10 * DAY);
    rig.sign_in("rosa");
    let view = begin(&mut rig, jo);
    let mut save = answered(&view);
    change(&mut save, |review| {
        let mark = review.mark_mut(LineRef::goal(2));
        (mark.progress, mark.sentence) = (Progress::Some, "begun".into());
    });
    rig.ok(DocAsk::Save(save.clone()).into());
    assert_eq!(due(&mut rig, jo), signed_on.plus_days(90), "a draft moves nothing");
    sign_review(&mut rig, save);
    let reviewed_on = today(&rig);
    assert_eq!(due(&mut rig, jo), reviewed_on.plus_days(90));
    // Amended later: the count stays where it was.
    rig.advance_ms(7 * DAY);
    rig.sign_in("rosa");
    let number = rig.open(jo).plan.reviews[0].doc;
    let again = rig.draft(DocAsk::Amend { client: jo, number, reason: "a wrong word".into() });
    let DraftBody::Review(body) = &again.body else { panic!("no review") };
    let known = again.chart.known(body, today(&rig));
    assert_eq!(known.until, reviewed_on, "what was known then");
    let body = again.body.clone();
    sign_review(&mut rig, DraftSave { client: jo, number: again.number, edits: 1, body });
    let chart = rig.open(jo);
    let stand: Vec<bool> = chart.plan.reviews.iter().map(|review| review.stands).collect();
    assert_eq!(stand, [false, true]);
    assert_eq!(due(&mut rig, jo), reviewed_on.plus_days(90));
    // Late: counted from the signature, not from the day it was due.
    rig.advance_ms(100 * DAY);
    rig.sign_in("rosa");
    let owed = crate::days::owed(&mut rig);
    let late = owed.iter().find(|line| line.owed.duty == Duty::PlanReview).expect("the review is owed");
    assert_eq!(late.rule.as_ref().unwrap().due, reviewed_on.plus_days(90));
    let view = begin(&mut rig, jo);
    let mut save = answered(&view);
    change(&mut save, |review| {
        let mark = review.mark_mut(LineRef::goal(2));
        (mark.progress, mark.sentence) = (Progress::Met, "done".into());
    });
    sign_review(&mut rig, save);
    assert_eq!(due(&mut rig, jo), today(&rig).plus_days(90));
}

fn sign_as(rig: &mut Rig, client: ClientId, kind: VersionKind, attested: Attested) {
    let seen = rig.open(client).seen();
    let signing = Box::new(PlanSigning { kind, ..signing(client, attested) });
    rig.done(PlanAsk::Sign { signing, seen, passphrase: Rig::secret() }.into());
}

/// N08: what a note says of a line is in the review's draft while it counts, and only then.
#[test]
fn n08_the_draft_of_a_review_follows_the_notes() {
    let (mut rig, jo) = signed_plan();
    let number = crate::plan::signed_note(&mut rig, jo, &[crate::plan::serves(Progress::Met, "slept")]);
    let view = begin(&mut rig, jo);
    let said = |rig: &mut Rig| {
        let chart = rig.open(jo);
        let known = chart.known(&Review::default(), today(rig));
        known.lines[1].notes.iter().map(|(_, progress)| *progress).collect::<Vec<_>>()
    };
    assert_eq!(said(&mut rig), [Progress::Met]);
    let amended = rig.draft(DocAsk::Amend { client: jo, number, reason: "one night".into() });
    crate::plan::sign(&mut rig, &amended, &[crate::plan::serves(Progress::Some, "one night")]);
    assert_eq!(said(&mut rig), [Progress::Some]);
    sign_review(&mut rig, answered(&view));
}

/// A chart whose plan is signed, at the page of the plan.
fn at_the_plan() -> Driver {
    let (mut rig, jo) = signed_plan();
    held(&mut rig, jo, 9, SessionState::Held);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p").sees("Plan 1, signed on paper");
    desk
}

#[test]
fn a_review_is_written_and_signed_by_keys() {
    let mut desk = at_the_plan();
    desk.keys("ctrl-r").sees("Review of plan 1").sees("3 left to answer");
    // Tab goes to what is missing; Enter opens its answers, a digit takes one, and the words that it needs open by themselves.
    desk.keys("tab enter").sees("3 ").keys("3").sees("* ").types("Five nights of seven.");
    desk.keys("tab").sees("as they said it").keys("tab").sees("How the client took part").keys("1 1 1");
    desk.sees("nothing left to answer").sees("Five nights of seven.");
    // The draft stays open behind the plan.
    desk.keys("esc").sees("Plan 1, signed on paper").keys("ctrl-r").sees("nothing left to answer");
    desk.keys("f9").types(Rig::PASSPHRASE).keys("enter").sees("The review is signed.");
    desk.sees("Plan 1, signed on paper");
    // It is read from the list of versions.
    desk.keys("ctrl-w").types("signed").keys("enter").sees("Review");
}

#[test]
fn what_changed_of_the_plan_is_signed_along_only_if_somebody_says_so() {
    let (mut rig, jo) = signed_plan();
    rig.done(add_goal(jo, "Keep the flat."));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p").sees("1 change since");
    desk.keys("ctrl-r tab enter 3")
        .types("Five nights of seven.")
        .keys("tab")
        .sees("Keep the flat")
        .keys("2")
        .types("Rent is paid.");
    desk.keys("tab tab 1 1 1").sees("nothing left to answer");
    // Nothing is chosen, and how the client signs is asked only where the plan is signed along.
    desk.keys("f9").sees("Sign the review").sees("Keep the flat").sees_no("Client signs");
    desk.sees("opens when nothing is missing");
    desk.keys("1").sees("Client signs").keys("4").sees("Their reason").types("not today").keys("enter 2");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("the client declined to sign");
    desk.keys("ctrl-w").types("signed").keys("enter").sees("✗ Plan 2").sees("Review");
}

/// A plan of a minor is not in force without the guardian, whoever else signed.
#[test]
fn a_minors_plan_waits_for_the_guardian() {
    let (mut rig, jo, _) = planned();
    let chart = rig.open(jo);
    let minor = Client {
        birth: Birth::On(today(&rig).plus_days(-16 * 365)),
        guardian: "Ana Rivera".into(),
        ..chart.client.value.clone()
    };
    let rev = chart.client.rev;
    rig.ok(Command::People(People::Change { client: Box::new(minor), rev, seen: true }));
    let attested = on_paper(&rig);
    let done = sign(&mut rig, jo, attested);
    assert!(done.said.starts_with("Plan 1 is signed by you. It waits for guardian."), "{}", done.said);
    assert!(done.said.ends_with("3 lines were not asked yet: [key:ask-agreement] on Wants asks the client."));
    let version = rig.open(jo).plan.versions[0].doc;
    let mut attested = on_paper(&rig);
    (attested.whose, attested.copy) = (Party::Guardian("Ana Rivera".into()), None);
    let attested = Box::new(attested);
    let done = rig.done(PlanAsk::Attest { client: jo, version, attested, passphrase: Rig::secret() }.into());
    assert_eq!(done.said, "Plan 1 is signed and in force.");
}

/// N09 and N10: one key makes one version, and what somebody changed meanwhile is named on both sides.
#[test]
fn n10_two_people_in_one_plan_lose_nothing() {
    let (mut rig, jo, view) = planned();
    let attested = on_paper(&rig);
    let stale = rig.open(jo).seen();
    let step = Objective { amount: "3 nights".into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(step)), view.rev(LineRef::objective(1))));
    // (a) what was not seen is not signed.
    let ask = |seen: Seen| PlanAsk::Sign {
        signing: Box::new(signing(jo, attested.clone())),
        seen,
        passphrase: Rig::secret(),
    };
    let fault = rig.fault(ask(stale).into());
    assert!(fault.what.starts_with("Not signed: O1 was changed by Rosa Imani LADC at "), "{}", fault.what);
    assert!(rig.open(jo).plan.versions.is_empty());
    // (b) an edit over another one is refused, and the other one stays.
    let late = Objective { by: Some(today(&rig).plus_days(9)), ..view.plan.objectives[0].clone() };
    rig.fault(save(Whole::Objective(Box::new(late)), view.rev(LineRef::objective(1))));
    let now = rig.open(jo);
    assert_eq!(
        (now.plan.plan.objectives[0].amount.as_str(), now.plan.plan.objectives[0].by),
        ("3 nights", None)
    );
    // A line nobody else touched can be changed, and the next signature holds all of it.
    let method = Method { wording: "CBT, weekly".into(), ..view.plan.methods[0].clone() };
    rig.done(save(Whole::Method(Box::new(method)), view.rev(LineRef::method(1))));
    let seen = rig.open(jo).seen();
    rig.done(ask(seen.clone()).into());
    let fault = rig.fault(ask(seen).into());
    assert!(fault.what.starts_with("Nothing changed since version 1"), "N09: {}", fault.what);
    let chart = rig.open(jo);
    assert_eq!(chart.plan.versions.len(), 1);
    let signed = rig.audit_events().into_iter().filter(|event| event.act == Act::DocumentSigned).count();
    assert_eq!(signed, 1, "N09: one version, one event");
}

/// A signed review is turned like a note: in plain words, and what the client says under it is in its life.
#[test]
fn a_signed_review_is_turned_and_they_sign_it() {
    let (mut rig, jo) = signed_plan();
    let view = begin(&mut rig, jo);
    sign_review(&mut rig, answered(&view));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa")
        .keys("r i v enter p ctrl-w")
        .types("signed")
        .keys("enter")
        .types("review")
        .keys("enter");
    desk.sees("Level of care").keys("f6").sees("Turn to Jo, in English: F6 again.").keys("f6");
    desk.sees("How it is going, Jo").sees("How far I have come").sees("a good part of the way. Five");
    for words in ["G1", "D3", "Level of care", "A-10", "1 agreed", "Ctrl-K"] {
        desk.sees_no(words);
    }
    desk.keys("tab 1").types("Jo Rivera").keys("enter f6").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("Signs as Jo Rivera.").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("What they said about signing is recorded.");
    assert!(desk.rig.open(jo).answers.is_none());
}
