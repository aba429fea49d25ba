//! Short forms on the real service and by keys: a test with its results, medication over two stays, corrections, what is owed.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::*;
use concord::rules::owed::Duty;
use concord::rules::short_forms::{self, Thread};
use concord::service::api::*;
use concord::service::fault::FaultKind;

fn answer(key: &str, value: ShortValue) -> ShortAnswer {
    ShortAnswer { key: key.into(), value, ..ShortAnswer::default() }
}

fn words(word: &str) -> ShortValue {
    ShortValue::Words(word.into())
}

/// A ride on a day.
pub fn ride(on: Date) -> ShortEntry {
    let answers = vec![answer("from", words("home")), answer("to", words("the clinic"))];
    ShortEntry { form: "transport".into(), on, answers, ..ShortEntry::default() }
}

const PANEL: [&str; 6] = ["alcohol", "amphetamines", "benzodiazepines", "cannabis", "cocaine", "opiates"];

fn results(all: &[(&str, TestResult)]) -> ShortAnswer {
    let tested = all.iter().map(|(name, result)| Tested { substance: (*name).into(), result: *result });
    answer("results", ShortValue::Substances("six substances".into(), tested.collect()))
}

/// A test of six substances that has these results.
fn test(client: ClientId, on: Date, said: [TestResult; 6]) -> ShortEntry {
    let all: Vec<(&str, TestResult)> = PANEL.into_iter().zip(said).collect();
    let answers = vec![
        answer("specimen", ShortValue::Choice("urine".into())),
        answer("observed", ShortValue::Yes(true)),
        results(&all),
    ];
    ShortEntry { client, form: "drug-test".into(), on, answers, ..ShortEntry::default() }
}

fn later(client: ClientId, of: Number, on: Date, answers: Vec<ShortAnswer>) -> ShortEntry {
    ShortEntry { client, of, on, answers, means: ShortMeans::Further, ..ShortEntry::default() }
}

fn medication(client: ClientId, on: Date, state: &str) -> ShortEntry {
    let state = ShortValue::Choice(state.into());
    let answers =
        vec![answer("name", words("Sertraline")), answer("state", state), answer("dose", words("50 mg"))];
    ShortEntry { client, form: "medication".into(), on, answers, ..ShortEntry::default() }
}

struct House {
    rig: Rig,
    jo: ClientId,
    today: Date,
}

fn house() -> House {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let today = rig.desk.now().local.date;
    House { rig, jo, today }
}

impl House {
    fn threads(&mut self, then: impl Fn(&[Thread<'_>]) -> Vec<String>) -> Vec<String> {
        let chart = self.rig.open(self.jo);
        let all: Vec<&ShortEntry> = chart.short.iter().collect();
        then(&short_forms::threads(&all))
    }

    fn lines(&mut self) -> Vec<String> {
        let day = |on: Date| on.to_string();
        self.threads(|all| all.iter().map(|thread| thread.line(&day)).collect())
    }

    fn owes_a_result(&mut self) -> usize {
        crate::days::owed(&mut self.rig).iter().filter(|line| line.owed.duty == Duty::TestResult).count()
    }
}

const OPEN: [TestResult; 6] = [TestResult::Open; 6];

#[test]
fn a_test_is_owed_until_its_results_are_there_and_each_entry_stays() {
    use TestResult::{Invalid, Negative, NotConfirmed, Positive};
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(test(jo, today.plus_days(-8), OPEN).into());
    assert_eq!(house.owes_a_result(), 1);
    let line = crate::days::owed(&mut house.rig)
        .into_iter()
        .find(|line| line.owed.duty == Duty::TestResult)
        .unwrap();
    assert!(
        line.mine && line.owed.deadline.unwrap().on == today.plus_days(-1),
        "seven days, as the file says"
    );
    let five = [
        ("alcohol", Negative),
        ("amphetamines", Negative),
        ("benzodiazepines", Invalid),
        ("cocaine", Positive),
    ];
    house.rig.done(later(jo, 1, today.plus_days(-5), vec![results(&five)]).into());
    assert_eq!(house.owes_a_result(), 1, "two substances have no result yet");
    let rest = [("cannabis", Negative), ("opiates", Negative), ("cocaine", NotConfirmed)];
    house.rig.done(later(jo, 1, today, vec![results(&rest)]).into());
    assert_eq!(house.owes_a_result(), 0);
    assert!(house.lines()[0].starts_with("six substances: 1 not confirmed, 4 negative, 1 invalid ("));
    assert_eq!(house.rig.open(jo).short.len(), 3, "nothing is written over");
    // What was said last is undone, and it is owed again.
    house.rig.ok(Command::Undo);
    assert_eq!(house.owes_a_result(), 1);
    house.rig.ok(Command::Redo);
    assert_eq!(house.owes_a_result(), 0);
}

#[test]
fn a_correction_is_a_new_entry_with_its_reason_and_the_old_one_stays() {
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(ShortEntry { client: jo, ..ride(today) }.into());
    let right = |of, reason: &str| {
        let mut right = ShortEntry { client: jo, ..ride(today.plus_days(-1)) };
        (right.means, right.of, right.reason) = (ShortMeans::Corrects, of, reason.into());
        Command::from(right)
    };
    let fault = house.rig.fault(right(1, " "));
    assert!(fault.what.contains("why"), "{fault}");
    house.rig.done(right(1, "it was yesterday"));
    let chart = house.rig.open(jo);
    assert_eq!(chart.short.len(), 2);
    assert_eq!((chart.short[0].on, chart.short[1].on), (today, today.plus_days(-1)));
    assert_eq!(
        (chart.short[1].reason.as_str(), &*chart.short[1].by_name),
        ("it was yesterday", "Rosa Imani LADC")
    );
    let fault = house.rig.fault(right(1, "again"));
    assert!(fault.what.contains("corrected already"), "{fault}");
    assert_eq!(house.lines().len(), 1);
    let error = ShortEntry {
        client: jo,
        means: ShortMeans::InError,
        of: 2,
        reason: "another client".into(),
        ..ShortEntry::default()
    };
    house.rig.done(error.into());
    assert_eq!(house.threads(|all| vec![all[0].counts().to_string()]), ["false"]);
    house.rig.ok(Command::Undo);
    assert_eq!(house.threads(|all| vec![all[0].counts().to_string()]), ["true"]);
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    let mut tried = vec![
        ShortEntry { client: jo, ..ride(today.plus_days(1)) },
        ShortEntry { client: jo, form: "weather".into(), ..ride(today) },
        ShortEntry { client: jo, answers: Vec::new(), ..ride(today) },
        later(jo, 7, today, vec![answer("outcome", ShortValue::Choice("taken there".into()))]),
    ];
    tried.push(ShortEntry { client: jo, answers: vec![answer("from", words("home"))], ..ride(today) });
    for entry in tried {
        house.rig.fault(entry.into());
    }
    assert!(house.rig.open(jo).short.is_empty());
    house.rig.done(test(jo, today, OPEN).into());
    let early = later(jo, 1, today.plus_days(-1), vec![results(&[("alcohol", TestResult::Negative)])]);
    assert!(house.rig.fault(early.into()).what.contains("began on"));
    house.rig.done(later(jo, 1, today, vec![results(&[("alcohol", TestResult::Negative)])]).into());
    let twice = later(jo, 1, today, vec![results(&[("alcohol", TestResult::Positive)])]);
    let fault = house.rig.fault(twice.into());
    assert!(fault.what.contains("cannot follow negative"), "{fault}");
}

#[test]
fn only_who_may_write_in_the_chart_enters_a_form_and_only_who_may_read_it_sees_one() {
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(ShortEntry { client: jo, ..ride(today) }.into());
    house.rig.done(test(jo, today, OPEN).into());
    house.rig.hire("fay", &[Role::FrontDesk], None);
    house.rig.hire("lee", &[Role::Counselor], None);
    for login in ["fay", "lee"] {
        house.rig.lock();
        house.rig.sign_in(login);
        let fault = house.rig.fault(ShortEntry { client: jo, ..ride(today) }.into());
        assert_eq!(fault.kind, FaultKind::Denied, "{login}: {fault}");
        assert_eq!(house.owes_a_result(), 0, "{login}");
        if login == "fay" {
            assert!(house.rig.open(jo).short.is_empty(), "the front desk sees no form");
        }
    }
}

/// A stay that can end: its plan is signed.
fn in_care() -> House {
    let (rig, jo) = crate::discharged::in_care();
    let today = rig.desk.now().local.date;
    House { rig, jo, today }
}

#[test]
fn a_missing_result_stays_owed_after_the_discharge_and_never_after_a_death() {
    for (kind, owed) in [(LeaveKind::Completed, 1), (LeaveKind::Deceased, 0)] {
        let mut house = in_care();
        let (jo, today) = (house.jo, house.today);
        house.rig.done(test(jo, today, OPEN).into());
        let view = house.rig.draft(DocAsk::NewDischarge { client: jo });
        let DraftBody::Discharge(body) = &view.body else { panic!() };
        let known = view.chart.stay_known(body, today, &house.rig.session().measures);
        assert!(
            known.owed.iter().any(|line| line.starts_with("the results of the test of")),
            "{:?}",
            known.owed
        );
        let mut save = crate::discharged::answered(&view, kind);
        if let (true, DraftBody::Discharge(body)) = (kind.is_death(), &mut save.body) {
            body.ends.clear();
        }
        house.rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
        assert_eq!(house.owes_a_result(), owed, "{kind:?}");
        let all: Vec<(&str, TestResult)> =
            PANEL.into_iter().map(|name| (name, TestResult::Negative)).collect();
        // What is owed is done: the result can be typed after the stay has ended.
        house.rig.done(later(jo, 1, today, vec![results(&all)]).into());
        assert_eq!(house.owes_a_result(), 0);
    }
}

#[test]
fn a_new_stay_takes_over_no_medication_until_it_is_asked() {
    let mut house = in_care();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(medication(jo, today.plus_days(-1), "taking").into());
    let known = |house: &mut House, stay: Number| {
        house.threads(|all| {
            let known = short_forms::medications(all, stay);
            known.iter().map(|one| format!("{} {}", one.is_taking(), one.state())).collect()
        })
    };
    assert_eq!(known(&mut house, 1), ["true taking"]);
    let ended = crate::discharged::discharge(&mut house.rig, jo, LeaveKind::Completed);
    assert_eq!(ended.discharges.len(), 1);
    house.rig.advance_ms(3 * 24 * Moment::HOUR);
    house.rig.sign_in("rosa");
    crate::discharged::admit(&mut house.rig, jo);
    assert_eq!(known(&mut house, 2), ["false from an earlier stay: ask"]);
    let now = house.rig.desk.now().local.date;
    house.rig.done(later(jo, 1, now, vec![answer("state", ShortValue::Choice("taking".into()))]).into());
    assert_eq!(known(&mut house, 2), ["true taking"]);
}

#[test]
fn the_discharge_and_the_review_tell_what_forms_say_and_which_entry_says_so() {
    let mut house = in_care();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(medication(jo, today, "taking").into());
    house.rig.done(test(jo, today, [TestResult::Negative; 6]).into());
    house.rig.done(ShortEntry { client: jo, ..ride(today) }.into());
    let view = house.rig.draft(DocAsk::NewDischarge { client: jo });
    let DraftBody::Discharge(body) = &view.body else { panic!() };
    let known = view.chart.stay_known(body, today, &house.rig.session().measures);
    let said = |label: &str| known.facts.iter().find(|fact| fact.label == label).unwrap();
    assert!(
        said("Medication").words.starts_with("Sertraline, taking, dose 50 mg"),
        "{:?}",
        said("Medication")
    );
    assert!(said("Medication").source.starts_with("the entry of "));
    assert!(said("Drug test").words.ends_with("six substances: 6 negative"));
    assert!(said("Transport").words.ends_with("From: home; To: the clinic"));
    let chart = house.rig.open(jo);
    let review = chart.known(&Review { client: jo, ..Review::default() }, today);
    let forms: Vec<&str> = review.forms.iter().map(|one| one.form.as_str()).collect();
    assert_eq!(forms, ["Medication", "Transport", "Drug test"]);
}

fn desk() -> (Driver, ClientId) {
    let mut house = house();
    house.rig.lock();
    let jo = house.jo;
    let mut desk = Driver::over(house.rig);
    desk.sign_in("rosa").types("rivera").keys("enter").sees("RIVERA");
    (desk, jo)
}

/// A drug test of six substances, five results and one that is not there yet: at most 12 keys besides words.
#[test]
fn a_drug_test_by_keys() {
    let (mut desk, jo) = desk();
    desk.keys("f").sees("Nothing is entered yet.");
    let before = desk.pressed;
    desk.keys("ctrl-a").sees("Which form?").keys("enter").sees("Ordered on").sees_no("cocaine");
    desk.keys("1 1 1").sees("cocaine").keys("2 2 3").keys("down 1 2").keys("ctrl-s");
    desk.sees("Drug test: saved.").sees("1 positive, 3 negative, 1").sees("1 open");
    let keys = desk.pressed - before;
    assert!(keys <= 12, "{keys} keys");
    desk.sees("waits for a result").sees("cocaine positive");
    // The laboratory's answer: what is negative is not asked again, what is positive is confirmed or not.
    desk.keys("ctrl-u").sees("what came later").keys("enter").sees_no("alcohol  ").sees("cocaine");
    desk.keys("down down 2").keys("ctrl-s").sees("1 not confirmed");
    desk.keys("enter").sees("positive (screen)").sees("not confirmed").keys("esc");
    assert_eq!(desk.rig.open(jo).short.len(), 2);
}

/// The history of a chart names the form to those who may read the chart, and to nobody else.
#[test]
fn the_history_says_which_form_was_recorded() {
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(test(jo, today, OPEN).into());
    house.rig.done(later(jo, 1, today, vec![results(&[("cocaine", TestResult::Positive)])]).into());
    let Answer::Done(_) = house.rig.ok(ShortEntry { client: jo, ..ride(today) }.into()) else { panic!() };
    let error = ShortEntry {
        client: jo,
        means: ShortMeans::InError,
        of: 3,
        reason: "another client".into(),
        ..ShortEntry::default()
    };
    house.rig.done(error.into());
    house.rig.hire("sana", &[Role::Supervisor], None);
    house.rig.hire("dana", &[Role::Admin], None);
    let says = |rig: &mut Rig, login: &str| -> Vec<String> {
        rig.lock();
        rig.sign_in(login);
        let asked = Command::House(HouseAsk::History { client: jo, before: None });
        let Answer::House(HouseAnswer::History(page)) = rig.ok(asked) else { panic!() };
        let of_form = |act| matches!(act, Act::FormRecorded | Act::FormCorrected);
        page.lines.iter().filter(|line| of_form(line.act)).map(|line| line.what.clone()).collect()
    };
    let named = [
        "transport entered in error",
        "transport recorded",
        "drug test: what came later recorded",
        "drug test recorded",
    ];
    assert_eq!(says(&mut house.rig, "sana"), named);
    let lines = says(&mut house.rig, "dana");
    assert!(lines.len() == 4 && lines.iter().all(|line| line.starts_with("short form ")), "{lines:?}");
}

#[test]
fn what_was_typed_into_a_form_is_there_again_after_a_lock() {
    let (mut desk, _) = desk();
    desk.keys("f ctrl-a").types("transport").keys("enter").sees("Who drives");
    desk.types("home").keys("tab").types("the clinic").keys("ctrl-l").sign_in_again();
    desk.keys("f ctrl-a").types("transport").keys("enter").sees("the clinic").sees("home");
    desk.keys("ctrl-s").sees("Transport: saved.").sees("To: the clinic");
    // What was wrong is corrected, and why is asked.
    desk.keys("ctrl-e")
        .sees("Why corrected")
        .keys("tab")
        .types(" on Third St")
        .keys("ctrl-s")
        .sees("Why corrected");
    desk.types("the street was missing").keys("ctrl-s").sees("corrected: the street was missing");
    desk.keys("enter").sees("To: the clinic on Third St").sees("before,").keys("esc");
    desk.keys("ctrl-u")
        .types("error")
        .keys("enter")
        .types("another client")
        .keys("ctrl-s")
        .sees("in error: another client");
}

#[test]
fn a_result_that_is_owed_is_one_key_away_and_forms_are_shown_one_kind_alone() {
    let mut house = house();
    let (jo, today) = (house.jo, house.today);
    house.rig.done(test(jo, today.plus_days(-9), OPEN).into());
    house.rig.done(ShortEntry { client: jo, ..ride(today) }.into());
    house.rig.done(medication(jo, today, "taking").into());
    house.rig.lock();
    let mut desk = Driver::over(house.rig);
    desk.sign_in("rosa")
        .keys("f5")
        .sees("no result yet")
        .keys("enter")
        .sees("what came later")
        .sees("alcohol");
    desk.keys("1 ctrl-s").sees("1 positive, 5 open").sees("Medication as known").sees("Transport");
    desk.keys("ctrl-w")
        .types("transport")
        .keys("enter")
        .sees("Transport alone")
        .sees_no("Medication as known");
    desk.keys("ctrl-a").sees("Who drives").keys("esc");
}
