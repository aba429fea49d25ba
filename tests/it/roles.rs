//! What a person's roles never let them do is not offered, and who asks for it all the same reads why before anything is filled in.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::Role;

/// Lee counsels, Dana is an admin without charts, Fay is at the front desk; Jo is Rosa's.
fn desk() -> Driver {
    let mut desk = Driver::at(100, 40);
    desk.rig.sign_in("rosa");
    desk.rig.hire("lee", &[Role::Counselor], None);
    desk.rig.hire("dana", &[Role::Admin], None);
    desk.rig.hire("fay", &[Role::FrontDesk], None);
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.admitted("Ann", "Able");
    desk.rig.lock();
    desk.fresh();
    desk
}

impl Driver {
    fn enters(&mut self, login: &str) -> &mut Self {
        self.types(login).keys("tab").types(Rig::PASSPHRASE).keys("enter")
    }

    /// Turns all pages of the help, the first of them `depth` keys deep.
    fn help(&mut self, depth: usize) -> String {
        self.keys("f1");
        for _ in 0..depth {
            self.keys("f1");
        }
        let mut seen = self.screen();
        for _ in 0..12 {
            seen.push_str(&self.keys("pagedown").screen());
        }
        self.keys("esc");
        seen
    }
}

#[test]
fn a_counselor_reads_why_cover_is_not_theirs_before_a_form_is_filled() {
    let mut desk = desk();
    desk.enters("lee")
        .keys("ctrl-k c enter")
        .sees("Nobody is away at the moment.")
        .sees_no("to arrange cover");
    desk.sees_no("Ctrl-A cover").sees_no("Ctrl-T team").sees_no("Enter change");
    let why = "Your roles do not include this. It is for supervisors and admins.";
    desk.keys("ctrl-a").sees(why).sees_no("Stands in");
    desk.keys("ctrl-k t enter").sees_no("Members share charts").keys("esc");
}

#[test]
fn help_menu_and_palette_leave_out_what_is_never_theirs() {
    let mut desk = desk();
    desk.enters("lee").sees("yours");
    for depth in [0, 1] {
        let help = desk.help(depth);
        for words in [
            "Open the list of staff",
            "waits for a supervisor",
            "Change the agency's rules",
            "by dimension 7",
        ] {
            assert!(!help.contains(words), "{words}\n{help}");
        }
        assert!(help.contains("Rank everyone by dimension 6") && help.contains("Write a new note"), "{help}");
    }
    desk.keys("ctrl-p")
        .types("list of staff")
        .sees("some of these words")
        .sees_no("Open the list of staff")
        .keys("esc");
    desk.sees("1-6 dimension");
    desk.keys("f1");
    let help = desk.screen();
    let at = |words: &str| help.find(words).unwrap_or(usize::MAX);
    assert!(at("Write a new note") < at("Open the settings"), "what has a key comes first\n{help}");
}

#[test]
fn who_reads_no_charts_is_offered_nothing_of_them_and_told_why() {
    let mut desk = desk();
    desk.enters("dana").keys("ctrl-w enter").sees("2 people, by name").sees_no("most pressing first");
    desk.sees_no("dimension").sees_no("Ctrl-N note");
    desk.keys("3").sees("Find  3").sees_no("Nobody here is ranked").keys("esc");
    desk.keys("enter")
        .sees("ABLE, Ann")
        .sees_no("g grid")
        .sees("h history")
        .keys("g")
        .sees("not the rest of the chart");
    desk.sees_no("rate").sees_no("F9").keys("n").sees_no("F9").sees_no("addendum");
}

#[test]
fn digits_of_the_front_desk_find_and_rank_nobody() {
    let mut desk = desk();
    desk.enters("fay").keys("shift-tab").sees("2 people, by name").sees_no("dimension");
    // Digits find, as everywhere else: record numbers, telephone numbers.
    desk.keys("1 0 0 2").sees("1 person matches").sees_no("It is for counselors");
}

#[test]
fn without_an_assessment_the_grid_offers_to_begin_one_and_not_to_rate() {
    let mut desk = desk();
    desk.enters("rosa").keys("enter g").sees("Ctrl-A begin an assessment").sees("immediate need");
    desk.sees_no("0-4 rate").sees_no("unrate").sees_no("carry").sees_no("complete");
    desk.keys("ctrl-a").sees("0-4 rate").sees("F9 complete").sees_no("begin an assessment");
}

#[test]
fn only_those_who_can_supervise_are_offered_as_supervisors_and_only_counselors_to_stand_in() {
    let mut desk = desk();
    desk.enters("rosa").run("Open the list of staff").keys("ctrl-a tab tab tab tab tab tab tab tab enter");
    desk.sees("Supervised by").sees("Rosa Imani").sees_no("fay Person").sees_no("lee Person");
    let mut desk = self::desk();
    desk.rig.sign_in("rosa");
    let lee = desk.rig.session().colleagues.all.iter().find(|(_, name)| name.starts_with("lee")).unwrap().0;
    let staff = Box::new(crate::hire::staff("ned", &[Role::Counselor], Some(lee)));
    let passphrase = concord::service::api::Secret::new("given by an admin".into());
    let fault = desk.rig.fault(concord::service::api::Command::Staff(concord::service::api::StaffAsk::Add {
        staff,
        passphrase,
    }));
    assert!(fault.to_string().contains("the role of a supervisor"), "{fault}");
    let mut desk = self::desk();
    desk.enters("rosa").run("Open cover and teams").keys("ctrl-a tab enter");
    desk.sees("lee Person").sees_no("fay Person").sees_no("dana Person");
}

#[test]
fn the_palette_finds_the_people_that_people_finds_and_close_names_last() {
    let mut desk = desk();
    desk.enters("fay").keys("ctrl-p").types("riverra").sees("Jo Rivera").sees("a close name");
    desk.keys("esc ctrl-p").types("1001").sees("open the chart").sees("Jo Rivera");
}

#[test]
fn a_task_on_today_says_whom_it_is_about_with_number_and_phone() {
    let mut desk = desk();
    desk.enters("fay").types("rivera").keys("f8").types("call back about Friday").sees("Jo Rivera");
    desk.keys("ctrl-s esc esc").sees("call back about Friday").sees("Jo Rivera, A-1001");
}
