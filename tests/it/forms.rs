//! Forms by keys: what is needed is marked, sentences are whole, what is out of sight is counted, and what is wrong is said once.

use crate::driver::Driver;
use crate::rig::{Rig, client};
use concord::domain::{Birth, Date};
use concord::service::api::{Command, People};

/// Rosa's desk with one person, admitted, whose plan is empty.
fn desk(width: u16, height: u16) -> Driver {
    let mut desk = Driver::at(width, height);
    desk.rig.sign_in("rosa");
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.registered("New", "Noon");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa");
    desk
}

/// How often a text is on the screen.
fn times(desk: &Driver, text: &str) -> usize {
    desk.screen().matches(text).count()
}

/// The admission of somebody whose triage had no danger.
fn admission(desk: &mut Driver) -> &mut Driver {
    desk.keys("ctrl-w enter").types("noon").keys("enter").sees("NOON, New").keys("ctrl-d").types("222222");
    desk.keys("enter").sees("Admit NOON, New")
}

#[test]
fn everything_that_is_missing_is_marked_at_once_and_the_message_goes_with_it() {
    let mut desk = desk(80, 24);
    admission(&mut desk).sees("Referred by *").sees("* needed").sees_no("are empty");
    desk.sees_no("– needed").sees_no("–   needed");
    desk.keys("ctrl-s").sees("\"Level given\" and \"Referred by\" are empty.").sees("► Level given *");
    assert_eq!(times(&desk, "–   needed"), 2, "{}", desk.screen());
    // What is filled in is no longer called for.
    desk.keys("right").sees("\"Referred by\" is empty.").sees_no("\"Level given\"");
    // Letters open the list of a choice and narrow it.
    desk.keys("down").types("cour").sees("court or probation").sees("drug court").sees_no("employer");
    desk.keys("esc").sees("► Referred by *").keys("up up");
    desk.keys("down down right").sees_no("empty").sees_no("–   needed");
    desk.keys("ctrl-s").sees_no("Admit NOON");
}

#[test]
fn a_message_about_a_field_goes_when_the_field_is_changed() {
    let mut desk = desk(80, 24);
    admission(&mut desk).keys("right down right down down down").types("soon");
    desk.keys("ctrl-s").sees("\"Review every\" takes 1 to 730 days").keys("backspace");
    desk.sees("Admit NOON").sees_no("takes 1 to 730 days");
}

#[test]
fn a_sentence_that_is_corrected_is_whole() {
    let said = "took 20 pills and drank vodka last night, still groggy, sister is with her";
    for (width, height) in [(60, 20), (80, 24), (120, 40)] {
        let mut desk = desk(width, height);
        desk.types("rivera").keys("enter ! right right right tab").types(said);
        let words = |desk: &Driver| {
            // What stands within the window, without what is beside it.
            let screen = desk.screen();
            let within = |line: &str| line.split(['│', '|']).nth(1).unwrap_or(line).to_owned();
            let lines: Vec<String> = screen.lines().map(within).collect();
            lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert!(words(&desk).contains(said), "{width}: {}", desk.screen());
        // Without the focus it begins at its beginning, and what is hidden is marked.
        desk.keys("up").sees("took 20 pills");
        desk.keys("down ctrl-s").sees("NOW D");
        desk.keys("r enter").types("correct").keys("enter");
        assert!(words(&desk).contains(said), "{width}: {}", desk.screen());
    }
}

#[test]
fn a_form_longer_than_its_room_says_how_much_is_out_of_sight() {
    for (width, height) in [(60, 20), (80, 24)] {
        let mut desk = desk(width, height);
        desk.types("rivera").keys("enter p ctrl-a enter").sees("New goal");
        let screen = desk.screen();
        let whole = |screen: &str| screen.contains("   Add it ");
        assert!(whole(&screen) != screen.contains("▼"), "{width}: {screen}");
        assert_eq!(whole(&screen), height == 24, "{width}: {screen}");
        desk.keys("shift-tab").sees("►  Add it").sees_no("▼");
        let screen = desk.screen();
        assert_eq!(screen.contains("above"), height == 20, "{width}: {screen}");
    }
}

#[test]
fn enter_does_not_pass_what_is_missing_or_does_not_read() {
    let mut desk = desk(80, 24);
    desk.types("rivera")
        .keys("enter !")
        .types("3")
        .keys("enter")
        .sees("► What is the danger?")
        .sees("needed");
    // Tab passes it, for whoever wants to fill in another field first.
    desk.keys("tab").sees("► What is being done?").keys("shift-tab");
    desk.types("has a plan").keys("enter").sees("► What is being done?");
}

#[test]
fn a_wrong_passphrase_is_said_once() {
    let mut desk = desk(80, 24);
    desk.keys("ctrl-l").types("not this one").keys("enter");
    assert_eq!(times(&desk, "Login and passphrase do not match."), 1, "{}", desk.screen());
    desk.types(Rig::PASSPHRASE).keys("enter").sees("1 person");
}

#[test]
fn whoever_is_registered_under_a_close_name_is_shown_with_number_and_birth_date() {
    let mut desk = Driver::at(80, 24);
    desk.rig.sign_in("rosa");
    let mut ana = client("Ana", "Pereira");
    ana.birth = Birth::On(Date::from_ymd(1996, 1, 22).unwrap());
    ana.other_names = vec!["Ana Gomes".to_owned()];
    desk.rig.ok(Command::People(People::Register { client: Box::new(ana), seen: true }));
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").keys("ctrl-a").types("Anna").keys("tab").types("Pereira").keys("tab");
    desk.types("1988-07-09").keys("ctrl-s").sees("Register somebody else?");
    desk.sees("Ana Pereira, born 1996-01-22, A-1001: close name, another");
    // Somebody is found by another name, which is shown beside the one they have.
    desk.keys("esc esc ctrl-g ctrl-w enter").types("gomes").sees("Ana Pereira").sees("also Gomes");
    desk.keys("esc ctrl-p").types("gomes").sees("Ana Pereira, also Gomes");
}

#[test]
fn what_need_not_be_chosen_is_emptied_and_a_yes_is_typed() {
    use concord::tui::widgets::choices::Item;
    use concord::tui::widgets::field::Field;
    use concord::tui::widgets::form::{Form, FormStep};
    let items = || vec![Item::new("1", "early", ""), Item::new("2", "late", "")];
    let mut needed = Field::choice("when", "When", items(), "1").required();
    assert!(!needed.empty_choice(), "what is needed stays");
    let mut optional = Field::choice("when", "When", items(), "");
    optional.put_back("2");
    assert!(optional.empty_choice() && !optional.empty_choice());
    let mut form = Form::new("Save", vec![Field::yes_no("done", "Done", false)]);
    // Another letter says nothing.
    for (typed, yes) in [("y", true), ("x", true), ("n", false)] {
        assert!(matches!(form.text(typed), FormStep::Nothing));
        assert_eq!(form.yes("done"), yes, "{typed}");
    }
}
