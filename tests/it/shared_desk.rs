//! One desk, several people: locks, PINs, cover, reasons, veil, by keys on the real app over the real service.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::Role;

const PIN: &str = "739154";

/// Rosa counsels Jo and Ann; Fay is at the front desk, Lee is a colleague, Kim supervises. Nobody is signed in.
fn desk(width: u16, height: u16) -> Driver {
    let mut desk = Driver::at(width, height);
    desk.rig.sign_in("rosa");
    let kim = desk.rig.hire("kim", &[Role::Supervisor], None);
    desk.rig.hire("lee", &[Role::Counselor], Some(kim));
    desk.rig.hire("fay", &[Role::FrontDesk], None);
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.admitted("Ann", "Able");
    desk.rig.lock();
    desk.fresh();
    desk
}

impl Driver {
    fn pin(&mut self) -> &mut Self {
        self.keys("ctrl-p").types("set a pin").keys("enter").sees("Set a PIN");
        self.types(Rig::PASSPHRASE).keys("tab").types(PIN).keys("tab").types(PIN).keys("ctrl-s");
        self.sees("Your PIN works on this computer")
    }

    fn switch_to(&mut self, login: &str) -> &mut Self {
        self.keys("ctrl-o").types(login).keys("tab").types(Rig::PASSPHRASE).keys("enter")
    }
}

#[test]
fn the_front_desk_signs_in_over_a_lock_a_crisis_is_raised_and_the_draft_is_where_it_was() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").sees("2 people");
    desk.pin();
    // A note, half a sentence, then somebody walks in.
    desk.types("riv").keys("enter").sees("RIVERA, Jo").keys("ctrl-n").sees("Data");
    desk.types("Came on time and said half a sen");
    desk.keys("ctrl-l").sees("locked").sees("PIN or passphrase").sees_no("half a sen").sees_no("RIVERA");

    // Back by PIN, a wrong one first: the same draft, the same place.
    desk.types("111112").keys("enter").sees("4 tries are left").sees_no("RIVERA");
    desk.types(PIN).keys("enter").sees("RIVERA, Jo").sees("half a sen");
    desk.types("tence.");
    desk.keys("ctrl-l");

    // The front desk signs in over the lock, and sees names, nothing clinical.
    desk.switch_to("fay").sees("Signed in, fay").sees("0 sessions");
    desk.keys("shift-tab").sees("Jo Rivera").sees("Ann Able");
    desk.sees_no("half a sen").sees_no("PLAN").sees_no("not admitted");
    desk.keys("ctrl-p")
        .types("able")
        .keys("enter")
        .sees("ABLE, Ann")
        .sees_no("born")
        .sees_no("caseload")
        .keys("esc");
    desk.keys("ctrl-l").sees_no("Jo Rivera").sees_no("PIN or passphrase");

    // Rosa again, by passphrase: another sign-in has ended her PIN. The draft is where it was.
    desk.switch_to("rosa").sees("RIVERA, Jo").sees("half a sentence.");

    // A crisis with somebody else, from the list, and back to the draft with F4.
    desk.keys("esc esc")
        .types("able")
        .keys("enter")
        .sees("ABLE, Ann")
        .keys("ctrl-a")
        .sees("Triage: is there danger");
    desk.types("221says she will not be alive tomorrow").keys("ctrl-s");
    desk.sees("NOW D3").sees("says she will not be alive tomorrow").sees("Act on it now");
    desk.keys("ctrl-k h enter")
        .types("sister is on the way")
        .keys("ctrl-s")
        .sees("in hand")
        .sees("NOW D3  no safety plan, F2  recheck 24 h");
    desk.keys("n").sees("recheck 24 h").keys("o").sees("recheck 24 h");
    desk.keys("f4").sees("RIVERA, Jo").sees("half a sentence.");
}

#[test]
fn answers_of_a_triage_survive_a_lock_and_somebody_else_is_not_given_them() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").types("able").keys("enter").sees("ABLE, Ann").keys("ctrl-a");
    desk.types("221has the pills with her");
    desk.keys("ctrl-l").sees_no("pills");
    desk.switch_to("lee").sees("0 people").sees_no("pills");
    desk.keys("ctrl-l").switch_to("rosa").sees("Triage: is there danger").sees("has the pills with her");
    desk.keys("ctrl-s").sees("NOW D3");
}

#[test]
fn a_triage_without_danger_leads_on_to_the_admission_and_one_with_danger_does_not() {
    let mut desk = desk(80, 24);
    desk.rig.sign_in("rosa");
    desk.rig.registered("New", "Noon");
    desk.rig.registered("Other", "Oaks");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").keys("ctrl-w enter").types("new").keys("enter").sees("NOON, New");
    desk.keys("ctrl-d").sees("Triage: is there danger");
    desk.keys("ctrl-s").sees("D1 withdrawal is not answered");
    desk.types("x").sees("Press 1 for yes, 2 for no");
    desk.types("222222").keys("enter").sees("Admit NOON, New");
    desk.keys("esc").sees("Triage").sees("no danger now");
    // Asked today: admission comes at once.
    desk.keys("ctrl-d").sees("Admit NOON, New").keys("esc esc esc");
    desk.types("oaks").keys("enter").keys("ctrl-d").types("1unconscious an hour ago").keys("ctrl-s");
    desk.sees("NOW D1").sees("Admission too").sees_no("Admit OAKS, Other");
}

#[test]
fn one_window_takes_the_danger_and_what_is_done_and_its_time_and_dimension_are_corrected() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").types("able").keys("enter").sees("ABLE, Ann").keys("!").sees("What is being done?");
    desk.keys("enter enter").types("took 20 pills").keys("enter");
    desk.types("called 911, staying with her").keys("enter").types("+2h").keys("enter");
    desk.sees("is raised and in hand").keys("r").sees("in hand, Rosa").sees("recheck in 2 h");
    desk.sees("called 911, staying with her").sees("took 20 pills; raised 21 Nov 13:0");
    desk.keys("enter").types("correct").keys("enter").types("since").keys("enter");
    desk.types("T+1").keys("enter").types("9:00").keys("enter").sees("later than it was written down");
    desk.keys("up").types("T-1").keys("ctrl-s").sees("Corrected. The old time");
    desk.sees("since 20 Nov 09:00, raised 21 Nov 13:0");
    desk.keys("ctrl-p").types("correct immediate need").keys("enter").types("dimension").keys("enter");
    desk.keys("enter down down enter ctrl-s")
        .sees("Corrected. The old dimension")
        .sees("NOW    D3")
        .sees_no("NOW    D1");
    desk.keys("right").sees("since when corrected: 20 Nov 2026").sees("09:00 (before: 21 Nov 2026 13:0");
    desk.sees("dimension corrected: D3 (before: D1)");
}

#[test]
fn an_answer_in_triage_never_becomes_words_and_words_are_corrected_with_the_old_ones_kept() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").types("able").keys("enter").sees("ABLE, Ann").keys("ctrl-a");
    // A yes goes on to its words. Keys that were meant for the next questions are no words.
    desk.types("221").sees("Type what the danger is").types("222").keys("enter").sees("That was an answer");
    // It may stay empty for now: the next digit answers the next question.
    desk.keys("enter").types("222").keys("ctrl-s").sees("Say what the danger is");
    desk.types("has the plls").keys("ctrl-s").sees("NOW D3").sees("has the plls").sees("raised 21 Nov 13:0");
    // Enter on the line decides; its words are corrected, and the old ones stay in its history.
    desk.keys("enter").sees("What becomes of this immediate need?").types("correct").keys("enter");
    desk.sees("What of this immediate need is wrong?").keys("enter");
    desk.sees("As it should be").keys("ctrl-u").types("has the pills").keys("ctrl-s").sees("Corrected.");
    desk.sees("stay in its history: Priorities (r), then Right.")
        .sees("has the pills; raised")
        .sees_no("plls");
    // The history shows the words as they were at that moment. It is found from any page, by its name.
    desk.keys("right")
        .sees(", raised: has the plls")
        .sees("words corrected: has the pills")
        .sees("(before: has the plls)");
    desk.keys("left o")
        .sees_no("plls")
        .keys("ctrl-p")
        .types("history need")
        .keys("enter")
        .sees("raised: has the plls");
    desk.keys("left")
        .sees_no("plls")
        .keys("enter")
        .types("history")
        .keys("enter")
        .sees("raised: has the plls");

    // A yes with new words while it is open: both stand on the line.
    desk.keys("ctrl-k q enter").types("221wrote a letter").keys("enter").types("222").keys("ctrl-s");
    desk.sees("wrote a letter; 21 Nov").sees("has the pills; raised");

    // Six times no beside the open need: what becomes of it is asked, and a slip is a reason.
    desk.keys("ctrl-k q enter").types("222222").keys("ctrl-s").sees("What becomes of this immediate need?");
    desk.types("dismiss")
        .keys("enter")
        .sees("4 it was meant for another person")
        .keys("1 ctrl-s")
        .sees("Say how you know");
    desk.keys("shift-tab 2 ctrl-s").sees("is dismissed").sees_no("NOW D3");
}

#[test]
fn no_key_of_a_sentence_is_an_answer_of_triage() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").types("able").keys("enter").sees("ABLE, Ann").keys("ctrl-a");
    // Typed without a yes before it: no digit in it answers, and the screen says what counts.
    desk.types("T").sees("Press 1 for yes, 2 for no, - to ask later");
    desk.types("ook 21 pills - all").sees("Words are typed after a yes").sees_no("YES").sees_no("  no  ");
    desk.sees_no("later  ");
    // Cleared: the yes goes on to the words, whatever is in them, and Enter to the next question.
    desk.keys("backspace").types("1Took 20 pills - 2 of each").keys("enter").types("2-");
    desk.sees("Danger Took 20 pills - 2 of each").sees("2 health      no").sees("3 emotional   later");
    desk.sees("4 readiness   –").keys("ctrl-s").sees("NOW D1").sees("Took 20 pills - 2 of each; raised");
}

#[test]
fn columns_of_triage_never_touch_and_what_to_do_is_whole() {
    for (width, height) in [(60, 20), (80, 24)] {
        let mut desk = desk(width, height);
        desk.sign_in("rosa").types("able").keys("enter").keys("ctrl-a").types("1");
        let screen = desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains("withdrawal service; naloxone"), "{screen}");
        desk.keys("enter").types("--").sees("later Severe pain").sees("later Thoughts of suicide");
    }
}

#[test]
fn what_is_left_for_later_in_triage_is_never_called_no_danger() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").types("able").keys("enter").sees("ABLE, Ann").keys("ctrl-a");
    desk.types("22---x")
        .sees("- to ask later")
        .types("-")
        .keys("enter")
        .sees("4 questions are not asked yet");
    desk.keys("o").sees("not asked yet: D3, D4, D5, D6").sees_no("no danger");
}

#[test]
fn the_idle_desk_warns_and_a_pin_lasts_ten_minutes() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa");
    desk.pin();
    desk.advance(270_000);
    desk.sees("Concord locks in 30 second");
    desk.advance(30_000);
    desk.sees("locked").sees("PIN or passphrase");
    desk.advance(600_000);
    desk.types(PIN).keys("enter").sees("no longer works here").sees_no("PIN or passphrase");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("2 people");
}

#[test]
fn behind_the_veil_no_list_names_anybody() {
    let mut desk = desk(200, 60);
    desk.sign_in("rosa").sees("Jo Rivera");
    desk.keys("f12").sees("J. R.").sees("A-1001").sees("Lists show initials");
    for keys in ["3", "0", "ctrl-p", "esc"] {
        desk.keys(keys).sees_no("Rivera").sees_no("Able");
    }
    desk.types("riv").sees("J. R.").sees_no("Rivera");
    desk.keys("esc f12").sees("Jo Rivera");
    // One's own choice travels; the agency's stands for everyone else.
    desk.keys("ctrl-p").types("open the settings").keys("enter").sees("Your settings");
    desk.keys("down down enter down enter ctrl-s").sees("J. R.");
    desk.keys("ctrl-l").types(Rig::PASSPHRASE).keys("enter").sees("J. R.").sees_no("Rivera");
}

#[test]
fn the_veil_lies_over_the_day_what_is_due_and_every_list_to_choose_from() {
    for (width, height) in [(80, 24), (200, 60)] {
        let mut desk = desk(width, height);
        desk.sign_in("rosa").keys("f12");
        // A draft is owed, a session is planned and began.
        desk.keys("enter ctrl-n").types("half a sen").keys("esc esc").sees("A. A.").sees_no("ABLE");
        desk.keys("tab ctrl-a")
            .sees("Plan a session")
            .keys("enter")
            .sees("A-1001")
            .sees_no("Rivera")
            .sees_no("Able");
        // The name finds them all the same.
        desk.types("riv").sees("J. R.").sees_no("A. A.").keys("enter");
        desk.keys("tab").types("1305").keys("ctrl-s").sees("J. R., ").sees("13:05").sees_no("Rivera");
        desk.keys("ctrl-u a r r enter").sees("J. R. has arrived.").sees_no("Rivera").sees_no("Able");
        desk.keys("tab").sees("A. A.").sees_no("Rivera").sees_no("Able");
        desk.keys("f5").sees("To do").sees("A. A., A-1002").sees_no("Able").sees_no("1991");
        desk.keys("esc shift-tab shift-tab f8")
            .sees("New task")
            .keys("down down down enter")
            .sees("A. A.")
            .sees_no("Able");
        // What is found shows the birth date: the veil never takes what tells two people apart.
        desk.keys("esc esc").types("r").sees("J. R.").sees("1991-04-12").sees_no("Rivera");
    }
}

#[test]
fn help_now_is_written_by_an_admin_and_read_by_everyone() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").keys("ctrl-k g enter").sees("The agency's rules");
    desk.types("On call: 555 0100")
        .keys("tab")
        .types("Crisis line: 988")
        .keys("ctrl-s")
        .sees("Help now is \"On call: 555 0100 / Crisis line: 988\", before empty.");
    desk.keys("ctrl-l").sees("Help now").sees("On call: 555 0100").sees("Crisis line: 988");
    desk.switch_to("lee")
        .keys("ctrl-k")
        .sees_no("Change the agency's rules")
        .sees_no("Open the list of staff");
}

#[test]
fn more_in_the_agency_opens_with_a_reason_and_shows_in_the_history() {
    let mut desk = desk(80, 24);
    desk.rig.sign_in("rosa");
    desk.rig.lock();
    desk.sign_in("lee").sees("2 more in the agency").sees("0 people");
    // Enter searches on where nobody was found: first all she may see, then the others, with a reason.
    desk.types("riv").sees("Nobody matches").sees("0 people match of yours");
    desk.sees("Press Enter to search all people").keys("enter").sees("Everybody you may see was searched");
    desk.keys("enter").sees("2 more in the agency.");
    desk.keys("enter").types("emerg").keys("enter").types("the hospital called").keys("ctrl-s");
    desk.sees("Whose chart?").sees("Jo Rivera").sees("A-1001").sees_no("Ann Able");
    desk.keys("enter").sees("RIVERA, Jo").sees("You can open this chart for 24 hours, emergency");
    desk.keys("h").sees("admins read that list here");
    desk.keys("ctrl-l").switch_to("kim").sees("1 for supervision");
    desk.keys("ctrl-k v enter").sees("lee Person opened it, emergency: the hospital called");
    desk.keys("enter").sees("RIVERA, Jo").sees("chart opened with a reason");
    desk.keys("down down").sees("emergency: the hospital called");
    // Esc comes back to the list the chart was opened from.
    desk.keys("esc").sees("Supervision").keys("ctrl-o").sees("Nothing waits for you on this page");
}

#[test]
fn of_a_pin_that_does_not_do_only_what_was_wrong_is_typed_again() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").keys("ctrl-p").types("set a pin").keys("enter").sees("Set a PIN");
    // Two that differ: the passphrase stays, the focus is on the PIN.
    desk.types(Rig::PASSPHRASE).keys("tab").types(PIN).keys("tab").types("739155").keys("ctrl-s");
    desk.sees("The two PINs are not the same.").sees_no("passphrases");
    desk.types("123456").keys("tab").types("123456").keys("ctrl-s");
    desk.sees("That PIN is easy to guess. Choose digits that do not run in a row.");
    desk.types(PIN).keys("tab").types(PIN).keys("ctrl-s").sees("Your PIN works on this computer");

    // A wrong passphrase: both PINs stay, the focus is on the passphrase.
    desk.keys("ctrl-p").types("set a pin").keys("enter").sees("Change your PIN");
    desk.types("not it at all").keys("tab").types(PIN).keys("tab").types(PIN).keys("ctrl-s");
    desk.sees("This is not your passphrase");
    desk.types(Rig::PASSPHRASE).keys("ctrl-s").sees("Your PIN works on this computer");
}

#[test]
fn a_login_that_is_taken_does_not_empty_the_form_of_somebody_new() {
    let mut desk = desk(80, 30);
    desk.sign_in("rosa").keys("ctrl-p").types("list of staff").keys("enter ctrl-a");
    desk.types("Lee Two").keys("tab tab tab").types("a first passphrase").keys("tab");
    desk.types("a first passphrase").keys("ctrl-s");
    desk.sees("Add to the staff").sees("Lee Two").sees("••••");
}

#[test]
fn cover_is_arranged_and_a_caseload_handed_over_by_keys() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").keys("ctrl-k c enter").sees("Nobody is away at the moment");
    desk.keys("ctrl-a enter").types("rosa").keys("enter").keys("enter").types("lee").keys("enter");
    desk.keys("tab").types("T+1w").keys("ctrl-s").sees("lee Person for Rosa Imani").sees("now");
    desk.keys("esc").keys("ctrl-p").types("open the list of staff").keys("enter").sees("Rosa Imani");
    desk.types("rosa")
        .keys("down ctrl-w")
        .sees("Caseload of Rosa Imani LADC")
        .sees("Jo Rivera")
        .sees("counselor");
    desk.keys("f9").sees("Nobody is marked yet");
    desk.keys("enter f9")
        .sees("Hand 1 person to")
        .sees("kim Person")
        .sees_no("fay")
        .types("lee")
        .keys("enter")
        .sees("1 person goes from Rosa Imani LADC to lee Person.")
        .sees("Ctrl-G hand the person over");
    desk.keys("esc").sees_no("with lee Person now").keys("f9").types("lee").keys("enter ctrl-g");
    desk.sees("1 person is with lee Person now");
    desk.keys("ctrl-l").switch_to("lee").sees("2 people").sees("Ann Able");
}

#[test]
fn every_new_screen_stands_at_every_size_in_ascii_too() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut desk = desk(width, height);
        desk.sign_in("rosa");
        for (keys, words) in [
            ("ctrl-k c enter", "Cover and teams"),
            ("ctrl-a", "Stands in"),
            ("esc", "Cover"),
            ("ctrl-k t enter", "Members share charts"),
            ("esc esc ctrl-k v enter", "Nothing waits for you on this page"),
            ("esc ctrl-k g enter", "The agency's rules"),
            ("esc ctrl-w o t h enter", "Beyond your own people"),
            ("esc enter", "Triage"),
            ("ctrl-a", "Write it down"),
            ("esc h", "chart opened"),
        ] {
            desk.keys(keys).sees(words);
            for line in desk.screen().lines() {
                assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
            }
        }
        desk.resize(59, 20);
        desk.sees("60 x 20");
    }
}

#[test]
fn a_list_that_lay_over_home_is_there_again_after_a_lock() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa");
    for (act, title) in [("show what is still", "To do"), ("open snippets", "Snippets and templates")] {
        desk.keys("ctrl-p").types(act).keys("enter").sees(title);
        desk.keys("ctrl-l").sees("locked").sees_no(title);
        desk.types(Rig::PASSPHRASE).keys("enter").sees("You are where you were").sees(title);
        desk.keys("esc").sees("2 people");
    }
    // Supervision is for whoever supervises: the place of one person says nothing about another.
    desk.keys("ctrl-l").switch_to("kim");
    desk.keys("ctrl-p").types("waits for a supervisor").keys("enter").sees("Supervision");
    desk.keys("ctrl-l").switch_to("rosa").sees("2 people");
    desk.keys("ctrl-l").switch_to("kim").sees("Supervision");
}

#[test]
fn keeping_the_settings_is_answered_with_that() {
    let mut desk = desk(80, 24);
    desk.sign_in("rosa").keys("ctrl-p").types("open the settings").keys("enter down down down right ctrl-s");
    desk.sees("Your settings are saved.").sees_no("Your people").sees("2 people, by name");
    desk.keys("ctrl-p").types("open the settings").keys("enter").sees("by name");
}
