//! Changes of staff and of days as the desk shows them: what is asked first, what is said, how it is undone, and that a page shows the present.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{ClockTime, Role, Session, Staff, StaffId};
use concord::service::api::{Answer, ChartAsk, Command, DaysAsk, StaffAsk, StaffRow};

/// Rosa's agency with Fay, who counsels and has chosen her passphrase.
fn with_fay() -> (Rig, StaffId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let fay = rig.hire("fay", &[Role::Counselor], None);
    (rig, fay)
}

fn row(rig: &mut Rig, id: StaffId) -> StaffRow {
    let rows = rig.staff_rows(StaffAsk::List);
    rows.into_iter().find(|row| row.staff.value.id == id).expect("she is on the list")
}

/// What is said of this ask about staff, and whether it can be undone.
fn said(rig: &mut Rig, ask: Command) -> (String, bool) {
    match rig.ok(ask) {
        Answer::Staff { said, undoable, .. } => (said, undoable),
        other => panic!("no staff: {other:?}"),
    }
}

#[test]
fn a_change_of_roles_is_undone_and_done_again_with_its_keys() {
    let (mut rig, fay) = with_fay();
    let kept = row(&mut rig, fay).staff;
    let roles = vec![Role::Counselor, Role::Admin];
    let staff = Box::new(Staff { roles, ..kept.value.clone() });
    let change = Command::Staff(StaffAsk::Change { staff, rev: kept.rev });
    assert_eq!(said(&mut rig, change), ("fay Person is now also Admin.".to_owned(), true));
    let undone = ("Undone: fay Person is no longer Admin.".to_owned(), false);
    assert_eq!(said(&mut rig, Command::Undo), undone);
    assert_eq!(row(&mut rig, fay).staff.value.roles, [Role::Counselor]);
    let again = ("Done again: fay Person is now also Admin.".to_owned(), true);
    assert_eq!(said(&mut rig, Command::Redo), again);
    rig.lock();
    rig.sign_in("fay");
    assert_eq!(row(&mut rig, fay).staff.value.roles, [Role::Counselor, Role::Admin], "she may manage staff");
}

#[test]
fn two_changes_are_undone_one_after_the_other_and_a_record_that_moved_on_is_not() {
    let (mut rig, fay) = with_fay();
    let first = row(&mut rig, fay).staff;
    for name in ["Fay One", "Fay Two"] {
        let kept = row(&mut rig, fay).staff;
        let staff = Box::new(Staff { name: name.into(), ..kept.value });
        rig.staff_rows(StaffAsk::Change { staff, rev: kept.rev });
    }
    assert_eq!(said(&mut rig, Command::Undo).0, "Undone: Fay Two now signs as Fay One.");
    assert_eq!(said(&mut rig, Command::Undo).0, "Undone: Fay One now signs as fay Person.");
    assert_eq!(row(&mut rig, fay).staff.value.name, first.value.name);
    said(&mut rig, Command::Redo);
    // A new passphrase writes the record too, and is not undone.
    let passphrase = Rig::secret();
    rig.staff_rows(StaffAsk::ResetPassphrase { id: fay, passphrase });
    assert!(rig.fault(Command::Undo).what.contains("Somebody changed"));
}

#[test]
fn the_end_of_a_right_to_sign_in_is_undone() {
    let (mut rig, fay) = with_fay();
    let (ended, undoable) = said(&mut rig, Command::Staff(StaffAsk::SetActive { id: fay, active: false }));
    assert!(
        undoable && ended.starts_with("fay Person can no longer sign in. Their records stay."),
        "{ended}"
    );
    assert_eq!(said(&mut rig, Command::Undo).0, "Undone: fay Person can sign in again.");
    rig.lock();
    rig.sign_in("fay");
}

#[test]
fn nothing_is_written_where_nothing_was_changed() {
    let (mut rig, fay) = with_fay();
    let kept = row(&mut rig, fay).staff;
    let change = Command::Staff(StaffAsk::Change { staff: Box::new(kept.value), rev: kept.rev });
    assert_eq!(said(&mut rig, change), ("Nothing is changed for fay Person.".to_owned(), false));
    assert_eq!(row(&mut rig, fay).staff.rev, kept.rev);
}

#[test]
fn to_make_somebody_an_admin_is_asked_once() {
    let (rig, _) = with_fay();
    let mut desk = Driver::over(rig);
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").run("Open the list of staff").types("fay").keys("down enter");
    desk.sees("Edit fay Person").keys("tab tab tab tab enter").sees("Admin                yes");
    desk.keys("ctrl-s").sees("Make fay Person an admin?").sees("could also make other people admins");
    // Without an answer the form is as it was, and can be saved otherwise.
    desk.keys("esc").sees("Edit fay Person").sees("Admin                yes");
    desk.keys("ctrl-s ctrl-g").sees("fay Person is now also Admin.").sees("undoes it");
    desk.keys("ctrl-z").sees("Undone: fay Person is no longer Admin.");
    desk.sees_no("counselor, admin");
}

#[test]
fn the_page_of_somebody_who_leaves_shows_whether_they_can_still_sign_in_and_keeps_its_answer() {
    let (mut rig, _) = with_fay();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").run("Open the list of staff").types("fay").keys("down ctrl-u");
    desk.sees("Leaving or away: fay Person").keys("enter").types("leav").keys("enter ctrl-s");
    desk.sees("They can sign in until an admin");
    desk.keys("esc").run("End somebody's right to sign in").keys("ctrl-g");
    desk.sees("can no longer sign in. Their records stay.").keys("ctrl-z").sees("can sign in again");
    desk.keys("ctrl-u").sees("They can sign in until an admin").sees_no("First day");
    desk.keys("esc").run("End somebody's right to sign in").keys("ctrl-g ctrl-u");
    desk.sees("Nothing is left, and they can no longer sign in.").sees_no("until an admin");
}

#[test]
fn a_session_that_is_planned_from_a_chart_is_on_its_page_and_goes_with_undo() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.admitted("Jo", "Rivera");
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter").sees("Referred by").sees_no("Sessions  ");
    desk.keys("alt-s").sees("Plan a session").keys("tab").types("1415").keys("ctrl-s");
    desk.sees("Sessions         Sat 21 Nov 14:15, Rosa Imani");
    desk.keys("ctrl-z").sees("Undone").sees_no("Sessions  ");
    desk.keys("ctrl-y").sees("Sessions         Sat 21 Nov 14:15, Rosa Imani");
}

#[test]
fn an_act_on_the_day_brings_the_chart_that_is_open_and_no_other() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let (jo, ann) = (rig.admitted("Jo", "Rivera"), rig.admitted("Ann", "Able"));
    rig.ok(Command::Chart(ChartAsk::Open(jo)));
    let plan = |rig: &mut Rig, client, hour| {
        let (date, staff) = (rig.desk.now().local.date.plus_days(2), rig.me());
        let start = ClockTime::new(hour, 0).unwrap();
        let session = Session { client, date, start, minutes: 50, staff, ..Session::default() };
        rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: false }.into()).chart
    };
    assert!(plan(&mut rig, ann, 10).is_none());
    let chart = plan(&mut rig, jo, 11).expect("it is open");
    assert_eq!(chart.client.value.id, jo);
    assert_eq!(chart.person.summary.days.sessions.len(), 1);
}

#[test]
fn somebody_who_was_not_found_is_registered_by_what_was_typed() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.hire("fred", &[Role::FrontDesk], None);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.types("fred")
        .keys("tab")
        .types(Rig::PASSPHRASE)
        .keys("enter")
        .types("ana gomes")
        .sees("Nobody matches");
    desk.keys("ctrl-a").sees("Register a person").sees("Given names          Ana").sees("Gomes");
    desk.keys("esc").sees("Nobody matches");
}
