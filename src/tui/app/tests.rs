use super::rig::{self, Rig};
use crate::domain::DocKind;
use crate::domain::{ClientId, Staff, StaffId};
use crate::rules::owed::Duty;
use crate::service::api::{
    Answer, Ask, ChartAsk, Command, Done, Door, FormKind, OwedLine, People, PeopleList, Place, Whose,
};
use crate::service::fault::Fault;
use crate::tui::event::Input;
use crate::tui::keymap::KeyPress;
use crate::tui::message::Alarm;
use crate::tui::message::Msg;
use crate::tui::screen::Step;
use crate::tui::screens::sign_in::SignIn;

fn opens(rig: &Rig) -> bool {
    matches!(rig.command(), Command::Chart(ChartAsk::Open(_)))
}

#[test]
fn the_door_shows_the_agency_and_help_now_and_nothing_else() {
    let rig = Rig::closed();
    rig.sees("Lakeside Recovery").sees("Help now").sees("555 0100").sees("Passphrase").sees("Ctrl-Q");
    rig.sees_not("Rosa").sees_not("Rivera");
}

#[test]
fn somebody_who_is_expected_types_only_the_passphrase() {
    let mut rig = Rig::closed();
    rig.app.screens.reset(Box::new(SignIn::expecting("rosa")));
    rig.sees("rosa").sees("sign in").sees_not("locked");
    rig.types("battery staple").keys("enter");
    assert!(matches!(rig.command(), Command::Door(Door::SignIn { login, passphrase })
        if login == "rosa" && *passphrase.0 == "battery staple"));
    rig.refuse(Fault::user("Login and passphrase do not fit."));
    rig.keys("ctrl-r").sees("24 words");
    rig.keys("esc").sees("sign in").sees_not("locked");
}

#[test]
fn a_passphrase_is_never_on_the_screen() {
    let mut rig = Rig::closed();
    rig.keys("r o s a tab").types("battery staple");
    rig.sees("rosa").sees("••••").sees_not("battery");
    rig.keys("enter");
    assert!(matches!(rig.command(), Command::Door(Door::SignIn { login, passphrase })
        if login == "rosa" && *passphrase.0 == "battery staple"));
    rig.sees("One moment");
    rig.refuse(Fault::user("Login and passphrase do not fit."));
    rig.sees("do not fit");
}

#[test]
fn home_shows_people_with_their_ratings() {
    let rig = Rig::home();
    rig.sees("People").sees("Rosa Imani LADC").sees("Sat 21 Nov");
    rig.sees("► Jo Rivera").sees("A-1001").sees("3▲").sees("1▼");
    rig.sees("3 people, most pressing first").sees("letters find");
}

#[test]
fn no_first_match_is_opened_in_silence() {
    let mut rig = Rig::home();
    let before = rig.asked.len();
    rig.keys("s enter");
    assert_eq!(rig.asked.len(), before, "several match: nothing may open");
    rig.sees("people match, choose one");
    rig.keys("enter");
    assert_eq!(rig.asked.len(), before, "still not chosen by hand");
    // The first Down chooses the first of them.
    let first = rig.screen().lines().find(|line| line.contains("A-1")).map(str::to_owned).unwrap();
    rig.keys("down");
    let chosen =
        rig.screen().lines().find(|line| line.contains('►') && line.contains("A-1")).map(str::to_owned);
    assert_eq!(chosen.unwrap().replace('►', " "), first);
    rig.keys("enter");
    assert!(opens(&rig));
}

#[test]
fn whoever_is_found_beyond_ones_own_list_is_counted_with_the_key_that_shows_them() {
    let mut rig = Rig::home();
    let beyond = [rig::person(7, "Sid", "Smith"), rig::person(8, "Nia", "Adams")].map(|one| one.summary);
    rig.app.cx.signed_in.as_mut().unwrap().people.beyond = beyond.into();
    rig.keys("/ smi").sees("1 person matches of yours, 1 more in the agency: Ctrl-W").sees_not("Sid");
    rig.keys("esc / zora").sees("0 people match").sees_not("more in the agency");
    rig.keys("esc / adams").sees("1 more in the agency matches.");
}

#[test]
fn one_match_opens_with_enter() {
    let mut rig = Rig::home();
    rig.keys("/ smi");
    rig.sees("1 person matches").sees("1991-04-12").sees("A-1003").sees_not("Rivera");
    rig.keys("enter");
    assert!(opens(&rig));
    rig.answer(Answer::Chart(Box::new(rig::chart(3, "Ann", "Smith"))));
    rig.sees("SMITH, Ann").sees("12 Apr 1991 (35)").sees("A-1003").sees("LOC 2.1").sees("mandated");
}

#[test]
fn the_person_whose_chart_was_left_is_highlighted() {
    let mut rig = Rig::home();
    rig.sees("► Jo Rivera");
    rig.keys("ctrl-p").types("ann smith").keys("enter");
    assert!(opens(&rig));
    rig.answer(Answer::Chart(Box::new(rig::chart(3, "Ann", "Smith"))));
    rig.keys("esc").sees("► Ann Smith");
}

#[test]
fn digits_and_signs_are_text_while_finding() {
    let mut rig = Rig::home();
    rig.keys("# 1 0 0 2");
    rig.sees("Sam Okafor").sees_not("Ann Smith");
    rig.keys("esc").sees("Ann Smith");
}

#[test]
fn esc_goes_back_one_thing_at_a_time() {
    let mut rig = Rig::chart();
    rig.keys("ctrl-k").sees("What can be done here");
    rig.keys("ctrl-p").sees("Find anything");
    rig.keys("esc").sees("RIVERA, Jo").sees_not("Find anything ");
    rig.keys("esc").sees("most pressing first");
    rig.keys("esc").sees("This is the first screen");
    rig.sees("► Jo Rivera");
}

#[test]
fn a_form_with_text_is_not_left_without_asking() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika");
    rig.keys("esc").sees("Leave without saving?");
    rig.keys("esc").sees("Mika").sees_not("Leave without");
    rig.keys("esc enter").sees("Leave without saving?");
    rig.keys("ctrl-g").sees("most pressing first");
}

#[test]
fn registering_shows_look_alikes_before_anything_is_saved() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Jo");
    rig.keys("tab").types("Rivera");
    rig.keys("tab").types("4/12/91");
    rig.sees("Fri 12 Apr 1991");
    rig.keys("ctrl-s").sees("► Birth date");
    let Command::People(People::Register { client, seen: false }) = rig.command() else {
        panic!("{:?}", rig.command())
    };
    assert_eq!(client.legal_name(), "Jo Rivera");
    let like = crate::service::api::LookAlike {
        summary: std::sync::Arc::new(rig::summary(1, "Jo", "Rivera")),
        why: "same name and birth date".into(),
    };
    rig.answer(Answer::LookAlikes(vec![like]));
    rig.sees("Register somebody else?").sees("same name and birth date");
    rig.keys("ctrl-g");
    assert!(matches!(rig.command(), Command::People(People::Register { seen: true, .. })));
}

#[test]
fn a_lock_blanks_at_once_and_remembers_the_place() {
    let mut rig = Rig::chart();
    rig.keys("g ctrl-l");
    rig.sees("locked").sees_not("RIVERA").sees_not("Okafor").sees_not("Rosa Imani");
    let Door::Lock { place, idle, .. } = rig.locked_with() else { panic!() };
    assert_eq!((place.room.as_str(), *idle, place.chart.is_some()), ("grid", false, true));
    let place = place.clone();
    rig.answer(Answer::Locked { fault: None });
    rig.types("x").keys("enter");
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.epoch = 3;
    session.place = Some(place);
    rig.answer(Answer::SignedIn(Box::new(session)));
    assert!(opens(&rig), "brought back into the chart");
}

/// Locks, and signs in again as this person with this place.
fn back_again(rig: &mut Rig, staff: Staff, place: Option<Place>) {
    rig.types("x").keys("enter");
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.epoch = rig.last().epoch + 2;
    (session.staff, session.place) = (staff, place);
    rig.answer(Answer::SignedIn(Box::new(session)));
}

fn place_at_lock(rig: &mut Rig) -> Place {
    let Door::Lock { place, .. } = rig.locked_with() else { panic!() };
    let place = place.clone();
    rig.answer(Answer::Locked { fault: None });
    place
}

fn someone_else() -> Staff {
    Staff { id: StaffId([8; 16]), login: "dana".into(), name: "Dana Wu".into(), ..rig::rosa() }
}

#[test]
fn what_was_typed_in_a_form_is_there_after_a_lock() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika");
    rig.keys("tab").types("Lindqvist");
    rig.keys("ctrl-l").sees("locked").sees_not("Mika");
    let place = place_at_lock(&mut rig);
    assert!(!format!("{place:?}").contains("Mika"), "{place:?}");
    let sealed = serde_json::to_vec(&place).unwrap();
    back_again(&mut rig, rig::rosa(), serde_json::from_slice(&sealed).ok());
    rig.sees("Register a person").sees("Mika").sees("► Family name").sees("Lindqvist");
    rig.keys("esc").sees("Leave without saving?");
    rig.keys("ctrl-g ctrl-a").sees("Given names").sees_not("Mika");
}

#[test]
fn what_was_typed_goes_to_nobody_else() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika");
    rig.keys("ctrl-l");
    place_at_lock(&mut rig);
    back_again(&mut rig, someone_else(), None);
    rig.sees_not("Mika");
    rig.keys("ctrl-a").sees("Given names").sees_not("Mika");
}

#[test]
fn an_edited_person_is_opened_again_over_the_record_as_it_is_now() {
    let mut rig = Rig::chart();
    rig.keys("ctrl-e tab tab tab tab").types("x");
    rig.keys("ctrl-l");
    let place = place_at_lock(&mut rig);
    assert_eq!(place.typed[0].fields, [("pronouns".to_owned(), "they/themx".to_owned())]);
    back_again(&mut rig, rig::rosa(), Some(place));
    let mut chart = rig::chart(1, "Jo", "Rivera");
    chart.client.rev = 2;
    chart.client.value.preferred = "JoJo".into();
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.sees("Edit RIVERA").sees("JoJo").sees("they/themx").sees("here again");
    rig.keys("ctrl-s");
    assert!(matches!(rig.command(), Command::People(People::Change { rev: 2, .. })));
}

#[test]
fn what_was_typed_in_a_prompt_waits_for_the_same_prompt() {
    let mut rig = Rig::chart();
    rig.keys("! enter down down enter").types("means at home");
    rig.keys("ctrl-l");
    let place = place_at_lock(&mut rig);
    back_again(&mut rig, rig::rosa(), Some(place));
    rig.answer(Answer::Chart(Box::new(rig::chart(1, "Jo", "Rivera"))));
    rig.keys("!").sees("means at home");
}

#[test]
fn a_passphrase_is_not_kept_over_a_lock() {
    let mut rig = Rig::home();
    rig.keys("ctrl-p").types("passphrase").keys("enter").sees("New passphrase");
    rig.types("battery staple").keys("ctrl-l");
    let Door::Lock { place, .. } = rig.locked_with() else { panic!() };
    assert!(!String::from_utf8(serde_json::to_vec(place).unwrap()).unwrap().contains("battery"));
}

#[test]
fn a_panic_hands_over_what_was_typed_and_does_not_open_it_by_itself() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika");
    let Some(Command::Door(Door::Lock { place, .. })) = rig.app.last_words().map(|ask| ask.command) else {
        panic!()
    };
    rig.keys("ctrl-l");
    rig.answer(Answer::Locked { fault: None });
    back_again(&mut rig, rig::rosa(), Some(place));
    rig.sees("\"Register a person\" keeps what you typed").sees_not("Mika");
    rig.keys("ctrl-a").sees("Mika");
}

#[test]
fn a_new_process_takes_over_once_what_was_typed_is_on_disk_and_not_before() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika");
    rig.send(Msg::NeedsNewProcess);
    rig.sees("locked").sees_not("Mika");
    let Door::Lock { place, idle, .. } = rig.locked_with() else { panic!() };
    assert!(*idle && place.typed.iter().any(|form| form.kind == FormKind::Register), "{place:?}");
    // While the lock is on its way, and while its text waits for the disk, there is nothing to find yet.
    rig.send(Msg::NeedsNewProcess);
    assert!(!rig.again);
    rig.answer(Answer::Locked { fault: Some("Not on disk yet.".into()) });
    rig.send(Msg::NeedsNewProcess);
    assert!(!rig.again);
    rig.sees("Not on disk yet.");
    back_again(&mut rig, rig::rosa(), None);
    assert!(!rig.again);
    rig.keys("ctrl-l");
    rig.answer(Answer::Locked { fault: None });
    assert!(rig.again && rig.quit.is_none());
}

#[test]
fn where_nobody_is_signed_in_a_new_process_takes_over_at_once() {
    let mut rig = Rig::closed();
    rig.send(Msg::NeedsNewProcess);
    assert!(rig.again && rig.asked.is_empty());
}

#[test]
fn a_write_that_ended_after_the_lock_is_told_to_its_owner_alone() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika").keys("tab tab").types("1991").keys("ctrl-s");
    let (ticket, epoch) = (rig.last().ticket, rig.last().epoch);
    rig.keys("ctrl-l");
    let place = place_at_lock(&mut rig);
    let done = Done { said: "Mika is registered.".into(), ..Done::default() };
    rig.answer_to(ticket, epoch, Ok(Answer::Done(Box::new(done))));
    rig.sees("locked").sees_not("Mika");
    back_again(&mut rig, someone_else(), None);
    rig.sees_not("registered");
    rig.keys("ctrl-l");
    rig.answer(Answer::Locked { fault: None });
    back_again(&mut rig, rig::rosa(), Some(place));
    rig.sees("Mika is registered.").sees_not("Given names");
}

#[test]
fn a_write_that_was_refused_after_the_lock_is_told_and_the_form_is_back() {
    let mut rig = Rig::home();
    rig.keys("ctrl-a").types("Mika").keys("tab tab").types("1991").keys("ctrl-s");
    let (ticket, epoch) = (rig.last().ticket, rig.last().epoch);
    rig.keys("ctrl-l");
    let place = place_at_lock(&mut rig);
    rig.answer_to(ticket, epoch, Err(Fault::storage("The disk is full.")));
    back_again(&mut rig, rig::rosa(), Some(place));
    rig.sees("Please read first").sees("The disk is full.");
    rig.keys("esc").sees("Mika");
}

#[test]
fn opening_another_chart_names_the_draft_that_is_kept_and_the_chart_that_is_open() {
    let mut rig = Rig::home();
    rig.keys("down enter");
    let kept = Step::DraftKept { client: ClientId([1; 16]), name: "RIVERA, Jo".into() };
    let id = rig.app.screens.top_id();
    rig.app.take(id, vec![kept]);
    rig.sees("Draft for RIVERA, Jo kept.").sees_not("Now:");
    rig.answer(Answer::Chart(Box::new(rig::chart(2, "Sam", "Okafor"))));
    rig.sees("Draft for RIVERA, Jo kept. Now: OKAFOR, Sam.");
    rig.keys("esc enter");
    rig.answer(Answer::Chart(Box::new(rig::chart(2, "Sam", "Okafor"))));
    rig.sees_not("Now:");
}

#[test]
fn an_answer_from_before_a_lock_shows_nothing() {
    let mut rig = Rig::home();
    rig.keys("enter");
    let (ticket, epoch) = (rig.last().ticket, rig.last().epoch);
    rig.keys("ctrl-l");
    rig.answer_to(ticket, epoch, Ok(Answer::Chart(Box::new(rig::chart(1, "Jo", "Rivera")))));
    rig.sees_not("RIVERA").sees("locked");
}

#[test]
fn a_lock_that_could_not_save_says_so() {
    let mut rig = Rig::home();
    rig.keys("ctrl-l");
    rig.answer(Answer::Locked {
        fault: Some("A draft could not be saved. Do not close the program.".into()),
    });
    rig.sees("Do not close the program");
}

#[test]
fn the_idle_clock_warns_and_then_locks() {
    let mut rig = Rig::home();
    assert!(rig.alarms.contains(&(Alarm::IdleWarning, 270_000)));
    rig.alarm(Alarm::IdleWarning);
    rig.sees("locks in 30 s");
    assert!(rig.alarms.contains(&(Alarm::Lock, 30_000)));
    rig.keys("down");
    assert!(!rig.alarms.iter().any(|(alarm, _)| *alarm == Alarm::Lock), "a key keeps it open");
    rig.alarm(Alarm::IdleWarning);
    rig.alarm(Alarm::Lock);
    rig.sees("locked");
    assert!(rig.alarms.is_empty(), "nothing wakes a locked desk: {:?}", rig.alarms);
}

#[test]
fn quitting_locks_first_and_waits_for_the_drafts() {
    let mut rig = Rig::home();
    rig.keys("ctrl-q");
    assert_eq!(rig.quit, None);
    rig.answer(Answer::Locked { fault: None });
    assert_eq!(rig.quit, Some(0));
}

#[test]
fn a_letter_in_the_menu_moves_and_never_runs() {
    let mut rig = Rig::home();
    let before = rig.asked.len();
    rig.keys("ctrl-k r");
    rig.sees("► r  Register a person");
    assert_eq!(rig.asked.len(), before);
    rig.keys("enter").sees("Given names");
    // Letters narrow it, as they narrow every list; where nothing is left Enter runs nothing, and looks everywhere.
    let mut rig = Rig::home();
    rig.keys("ctrl-k").types("beyond").sees("► o  Open a chart beyond").sees_not("Register a person");
    rig.types("zz").sees("Nothing that can be done here has these words.");
    rig.keys("enter").sees("Find anything").sees("beyondzz").sees("Nothing to do has these words");
    rig.keys("esc").sees_not("Find anything").sees_not("What can be done here");
    let mut rig = Rig::chart();
    rig.keys("ctrl-k").types("boilerplate").sees("Enter looks for them everywhere.");
    rig.keys("enter").sees("Find anything").sees("Open snippets and templates");
    // One that only "Close the program" begins with is not taken for it.
    let mut rig = Rig::chart();
    rig.keys("ctrl-k").types("c").keys("enter");
    assert_eq!(rig.quit, None);
}

#[test]
fn a_burst_with_a_line_end_finds_and_does_nothing_to_what_it_opened() {
    let mut rig = Rig::home();
    let keys = "okafor".chars().map(KeyPress::char);
    let burst: Vec<KeyPress> =
        keys.chain([KeyPress::parse("enter").unwrap(), KeyPress::char('r'), KeyPress::char('p')]).collect();
    rig.send(Msg::Input(Input::Burst(burst)));
    assert!(opens(&rig), "a name and Enter, however fast");
    rig.sees("Only what was before the line end was taken.");
}

#[test]
fn the_palette_finds_people_and_acts() {
    let mut rig = Rig::home();
    rig.keys("ctrl-p").types("lock");
    rig.sees("Lock Concord; drafts are kept").sees("Ctrl-L");
    rig.keys("ctrl-u").types("okafor");
    rig.sees("open the chart");
    rig.keys("enter");
    assert!(opens(&rig));
}

#[test]
fn help_has_three_depths() {
    let mut rig = Rig::home();
    rig.keys("?").sees("Keys and marks of this page");
    rig.keys("?").sees("Everything you can do");
    rig.keys("?").sees("How Concord is used");
    rig.keys("esc").sees("most pressing first");
    // Letters find among everything, with the key and the page that has it.
    rig.keys("?").types("undo").sees("Find  undo").sees("Ctrl-Z").sees("(On every page)");
    rig.keys("backspace backspace backspace backspace").sees("Keys and marks of this page");
    rig.types("qqq").sees("Nothing one can do has these words.");
    rig.keys("esc").sees("most pressing first");
}

#[test]
fn a_small_terminal_names_nobody() {
    let mut rig = Rig::home();
    rig.resize(59, 24);
    rig.sees("too small").sees_not("Rivera");
    rig.resize(120, 40);
    rig.sees("Born").sees("1991-04-12");
    rig.resize(200, 60);
    rig.sees("Review");
}

#[test]
fn a_raised_need_asks_for_words_first() {
    let mut rig = Rig::chart();
    let before = rig.asked.len();
    rig.keys("!").sees("What is the danger?").sees("RIVERA, Jo");
    rig.keys("enter").sees("Dimension");
    rig.keys("down down enter").types("means at home");
    assert_eq!(rig.asked.len(), before, "nothing is raised before Enter");
    rig.keys("enter enter enter");
    assert!(
        matches!(rig.command(), Command::Chart(ChartAsk::RaiseNeed { dimension, reason, .. })
        if dimension.number == 3 && reason == "means at home"),
        "{:?}",
        rig.command()
    );
}

#[test]
fn names_cannot_steer_the_terminal() {
    let rig = Rig::with(vec![rig::person(1, "Jo\u{1b}[31m\u{202e}", "Rivera")]);
    let screen = rig.screen();
    assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'), "{screen}");
}

#[test]
fn a_click_chooses_and_a_second_opens() {
    let mut rig = Rig::home();
    rig.click(5, 6);
    rig.sees("► Sam Okafor");
    rig.click(5, 6);
    assert!(opens(&rig));
}

#[test]
fn who_must_change_the_passphrase_does_nothing_before() {
    let mut rig = Rig::closed();
    rig.keys("r tab x enter");
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.staff.must_change = true;
    rig.answer(Answer::SignedIn(Box::new(session)));
    rig.sees("Choose a passphrase of your own").sees_not("Rivera");
    rig.keys("esc");
    rig.sees("locked");
}

#[test]
fn a_digit_ranks_everyone_in_that_dimension_and_zero_goes_back() {
    let mut rig = Rig::home();
    rig.keys("3").sees("[3 emotional]").sees("PLAN").sees("3 people").sees("► Sam Okafor").sees(" is above ");
    rig.keys("right").sees("severity is 3 or 4").sees("known: severity 3").sees("client:").sees("how:");
    rig.keys("left").sees_not("how:");
    rig.keys("1").sees("ASSESS").sees("[1 ");
    rig.keys("0").sees("most pressing first");
    rig.keys("5").sees("STEADY").sees("Right unfolds").sees_not("Jo Rivera");
    rig.keys("right").sees("Jo Rivera");
    rig.keys("s m i").sees("1 person matches");
}

#[test]
fn reviews_over_are_counted_as_the_rules_count_them() {
    let mut never = rig::summary(1, "Jo", "Rivera");
    never.episode.as_mut().unwrap().admitted = crate::domain::Date::from_ymd(2026, 1, 5).unwrap();
    let mut over = rig::summary(2, "Sam", "Okafor");
    over.assessed = crate::domain::Date::from_ymd(2026, 8, 12);
    let mut rig = Rig::with(vec![rig::person_of(never), rig::person_of(over)]);
    rig.sees("1 review overdue");
    rig.resize(120, 40);
    rig.sees("11 d over");
}

#[test]
fn the_theme_is_a_choice_of_the_person() {
    let mut rig = Rig::home();
    rig.keys("ctrl-k").sees("Open the settings");
    rig.keys("esc ctrl-p").types("settings").keys("enter").sees("Your settings");
    rig.keys("enter").sees("for a light background");
    rig.types("light").keys("enter ctrl-s");
    let kept = |ask: &Ask| matches!(&ask.command, Command::Door(Door::Personal(settings)) if settings.theme == "light");
    assert!(rig.asked.iter().any(kept));
    assert_eq!(rig.app.facts().theme.name(), crate::tui::theme::Name::Light);
}

#[test]
fn the_keymap_is_chosen_among_the_settings_and_holds_at_once() {
    let mut rig = Rig::home();
    rig.keys("ctrl-p").types("settings").keys("enter").sees("Your settings").sees("as on this computer");
    rig.keys("down enter").sees("listman").sees("as emacs");
    rig.types("vim").keys("enter ctrl-s");
    let kept = |ask: &Ask| matches!(&ask.command, Command::Door(Door::Personal(settings)) if settings.keymap == "vim");
    assert!(rig.asked.iter().any(kept));
    assert_eq!(rig.app.facts().keymap.name(), "vim");
}

#[test]
fn every_screen_fits_every_size() {
    for (width, height) in [(80, 24), (120, 40), (200, 60), (20, 5), (1, 1)] {
        let mut rig = Rig::chart();
        rig.resize(width, height);
        for keys in [
            "o", "g", "r", "p", "n", "ctrl-k", "esc", "ctrl-p", "esc", "?", "esc", "!", "esc", "o", "ctrl-e",
            "esc", "esc", "3", "0",
        ] {
            rig.keys(keys);
            assert_eq!(rig.screen().lines().count(), usize::from(height));
        }
    }
}

#[test]
fn in_ascii_every_cell_is_ascii() {
    let mut rig = Rig::chart();
    rig.app.cx.theme = crate::tui::theme::Theme::plain(crate::tui::theme::Name::Mono, true);
    for keys in ["o", "ctrl-k", "esc", "esc", "?"] {
        rig.keys(keys);
        assert!(rig.screen().is_ascii(), "{}", rig.screen());
    }
}

/// What stands on a line finds it; nothing that is owed is hidden from its own words.
#[test]
fn work_is_found_by_the_words_that_stand_there() {
    let mut rig = Rig::home();
    rig.keys("enter");
    let chart = Answer::Chart(Box::new(rig::chart(1, "Jo", "Rivera")));
    let owed = vec![
        rig::owed(1, Duty::SafetyPlan, 0),
        rig::owed(1, Duty::Alert, 2),
        rig::owed(1, Duty::Assessment, 0),
    ];
    rig.answer_owing(chart, owed);
    rig.keys("f5").sees("3 to do");
    for (words, line) in [("safety", "safety plan"), ("alert", "alert, "), ("assessment", "first assessment")]
    {
        rig.types(words).sees(line).sees_not("Nothing matches");
        rig.keys("esc");
    }
}

/// The strip is counted when the list changes; a row that changes in place counts too, and a lock leaves no count.
#[test]
fn the_strip_follows_every_change_of_the_list() {
    let mut rig = Rig::home();
    rig.sees("Nothing is due.");
    rig.keys("enter");
    let chart = Answer::Chart(Box::new(rig::chart(1, "Jo", "Rivera")));
    let mut returned = rig::owed(1, Duty::Returned, 4);
    returned.owed.deadline = Some(crate::rules::deadline::Deadline::day(crate::domain::Date(0)));
    let theirs = OwedLine { mine: false, ..rig::owed(1, Duty::CoSign, 5) };
    rig.answer_owing(chart, vec![rig::owed(1, Duty::Unsigned(DocKind::Note), 1), returned, theirs]);
    rig.keys("esc").sees("1 unsigned").sees("1 overdue").sees("1 returned").sees_not("co-sign");
    // What is owed anywhere calls, whatever list is shown.
    rig.keys("f5").sees("2 to do, 1 overdue   yours");
    rig.keys("ctrl-w enter").sees("3 to do");
    rig.keys("esc");
    let fresh = PeopleList {
        whose: Whose::All,
        rows: vec![rig::person(2, "Sam", "Okafor")].into(),
        beyond: std::sync::Arc::default(),
        hidden: 0,
        watch: crate::service::api::WatchCount::default(),
        look_alikes: 0,
        last_backup: crate::service::api::LastBackup::default(),
    };
    rig.keys("ctrl-k m enter");
    rig.answer(Answer::People(fresh));
    rig.sees("1 unsigned").sees("1 person");
    rig.app.lock(false);
    assert_eq!(rig.app.cx.calls, crate::tui::calls::Calls::default());
}

#[test]
fn the_desk_wakes_when_the_agencys_day_ends() {
    let rig = Rig::home();
    let left = rig::now().midnight.0 - rig::now().moment.0;
    assert!(rig.alarms.contains(&(Alarm::Midnight, left as u64)), "{:?}", rig.alarms);
}

#[test]
fn the_lock_leaves_nothing_of_a_sign_in() {
    let nobody = format!("{:?}", super::Sitting::default());
    let mut rig = Rig::home();
    rig.keys("f12");
    assert_ne!(format!("{:?}", rig.app.sitting), nobody);
    rig.keys("ctrl-l");
    // The lock itself is asked for by the lock screen.
    rig.app.sitting.waiting.clear();
    assert_eq!(format!("{:?}", rig.app.sitting), nobody);
    let cx = rig.app.facts();
    assert!(cx.signed_in.is_none() && cx.charts.is_empty() && cx.clip.text().is_empty() && !cx.veil);
}

/// How far a backup is stands in the strip while one works on; it can be cancelled, and goes on over a lock.
#[test]
fn a_backup_is_written_beside_the_work_and_its_end_is_told_after_a_lock_too() {
    use crate::service::api::{BackupAsk, BackupTicket, LeaveAsk};
    use crate::tui::message::{BackupNews, Msg};
    let mut rig = Rig::home();
    rig.keys("ctrl-p").types("back up everything").keys("enter").sees("Folder").sees("on another disk");
    rig.keys("ctrl-s").sees("Folder");
    rig.types("/media/usb").keys("ctrl-s");
    let asked = |rig: &Rig| match rig.command() {
        Command::Leave(ask) => match &**ask {
            LeaveAsk::Backup(ask) => ask.clone(),
            other => panic!("no backup: {other:?}"),
        },
        other => panic!("no backup: {other:?}"),
    };
    assert!(matches!(asked(&rig), BackupAsk::To { folder, make: false } if folder == "/media/usb"));
    rig.answer(Answer::BacksUp(Box::new(BackupTicket::for_tests("/media/usb/x.archive", 400))));
    rig.sees("Writing the backup to /media/usb/x.archive.").sees("backing up, 0 %");
    rig.send(Msg::Backup(BackupNews::Written(300)));
    rig.sees("backing up, 75 %");
    rig.keys("ctrl-p").types("back up everything").keys("enter").sees("300 of about 400 records");
    rig.keys("esc").sees_not("300 of about");
    assert!(!rig.backups[0].is_cancelled());
    rig.keys("ctrl-p").types("back up everything").keys("enter ctrl-g").sees("being cancelled");
    assert!(rig.backups[0].is_cancelled());
    rig.app.lock(false);
    rig.send(Msg::Backup(BackupNews::Ended(Err("Cancelled.".into()))));
    assert!(matches!(asked(&rig), BackupAsk::Ended(Err(why)) if why == "Cancelled."));
}

#[test]
fn what_was_done_stays_on_the_line_until_something_else_is_changed() {
    let mut rig = Rig::home();
    let done = |said: &str, chart| {
        let done = Done { said: said.to_owned(), undoable: true, chart, ..Done::default() };
        Answer::Done(Box::new(done))
    };
    rig.keys("ctrl-y");
    rig.answer(done("Written to /media/usb.", None));
    rig.sees("Written to /media/usb.");
    rig.keys("down up down").sees("Written to /media/usb. Ctrl-Z undoes it.");
    // What is said in between passes with the next key.
    rig.keys("ctrl-r").sees("Ctrl-R does nothing here").sees_not("Written to");
    rig.keys("down").sees("Written to /media/usb.");
    rig.keys("ctrl-z").sees_not("Written to");
    rig.answer(done("Undone: the next thing.", Some(Box::new(rig::chart(1, "Jo", "Rivera")))));
    // Over another person's chart what was done in this one would be misread.
    rig.sees("Undone: the next thing.");
    rig.keys("home down").sees("Undone: the next thing.");
    // On another page it is old news.
    rig.keys("enter").sees_not("Undone: the next thing.");
    rig.answer(Answer::Chart(Box::new(rig::chart(2, "Sam", "Okafor"))));
    rig.sees("OKAFOR, Sam").sees_not("Undone: the next thing.");
}

#[test]
fn a_refusal_names_the_key_of_the_act_that_it_asks_for() {
    let mut rig = Rig::home();
    rig.keys("ctrl-z");
    rig.refuse(Fault::user("This person is not admitted.").hint("[key:admit] admits them."));
    rig.sees("This person is not admitted. Ctrl-D admits them.");
}

#[test]
fn a_key_that_works_on_another_page_of_the_chart_says_on_which() {
    let mut rig = Rig::chart();
    rig.keys("p 2").sees("2 does nothing here. It works in: asking who agrees (Ctrl-G), the grid (g).");
    rig.keys("o 2").sees("2 does nothing here. It works in: the grid (g).");
    rig.keys("ctrl-g").sees("Ctrl-G does nothing here. It works in:");
    // A letter that means nothing anywhere is a slip.
    rig.keys("z").sees_not("does nothing");
}
