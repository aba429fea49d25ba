//! People an import left out because they look like somebody here: kept until somebody decides, one pair at a time.

use crate::driver::Driver;
use crate::import::{WRITE, bring_roster, rig, stored};
use crate::rig::Rig;
use concord::domain::{Act, Client, Imported, Role, WhoTheyAre};
use concord::service::api::{
    Answer, Command, HouseAnswer, HouseAsk, LookAlikeDecision, LookAlikePair, LookAlikesView, People, Whose,
};
use concord::service::fault::FaultKind;
use concord::service::import::{FileOutcome, ImportOptions, ImportReport};

const HERE: &str = "first,last,dob,phone\nAda,North,1980-02-03,555-0001\n";
/// Ada again, under another telephone number, with a column nobody here knows and an admission.
const AGAIN: &str = "first,last,dob,phone,counselor,program,allergies\n\
                     Ada,North,1980-02-03,555-0009,rosa,Outpatient,penicillin\n";

impl Rig {
    fn import(&mut self, text: &str) -> ImportReport {
        self.import_with(text, WRITE)
    }

    fn import_with(&mut self, text: &str, options: ImportOptions) -> ImportReport {
        let FileOutcome::In(report) = bring_roster(self, text, options).unwrap() else { panic!("refused") };
        self.lock();
        self.sign_in("rosa");
        *report
    }

    fn pairs(&mut self, at: usize) -> LookAlikesView {
        let Answer::House(HouseAnswer::LookAlikes(view)) =
            self.ok(Command::House(HouseAsk::LookAlikes { at }))
        else {
            panic!("no pairs")
        };
        *view
    }

    fn pair(&mut self) -> LookAlikePair {
        self.pairs(0).pair.expect("a pair waits")
    }

    fn decide(&mut self, what: WhoTheyAre) -> LookAlikesView {
        let pair = self.pair();
        let Answer::House(HouseAnswer::LookAlikes(view)) =
            self.ok(Command::House(HouseAsk::DecideLookAlike(decision(&pair, what))))
        else {
            panic!("no pairs")
        };
        *view
    }

    fn clients(&self) -> Vec<Client> {
        let mut all = stored(&self.engine).clients;
        all.sort_by(|a, b| a.record_no.cmp(&b.record_no));
        all
    }

    fn counted(&mut self) -> usize {
        let Answer::People(list) = self.ok(Command::People(People::List { whose: Whose::All })) else {
            panic!("no list")
        };
        list.look_alikes
    }
}

fn decision(pair: &LookAlikePair, what: WhoTheyAre) -> LookAlikeDecision {
    let LookAlikePair { import, number, rev, here, .. } = *pair;
    LookAlikeDecision { import, number, rev, here, what, at: 0 }
}

fn phones(client: &Client) -> Vec<&str> {
    client.phones.iter().map(|phone| phone.value.as_str()).collect()
}

fn kept(imported: &[Imported], client: &Client) -> Vec<(String, String)> {
    let of = imported.iter().filter(|one| one.client == client.id);
    of.flat_map(|one| one.as_recorded.clone()).collect()
}

#[test]
fn whoever_was_left_out_waits_once_however_often_the_file_comes() {
    let mut rig = rig();
    rig.import(HERE);
    assert_eq!(rig.counted(), 0);
    for _ in 0..2 {
        let report = rig.import(AGAIN);
        assert_eq!((report.people, report.look_alikes.len()), (0, 1));
        assert_eq!(rig.counted(), 1, "once");
    }
    let pair = rig.pair();
    assert_eq!(pair.record_no, "A-1001");
    assert_eq!((pair.why.as_str(), pair.came.as_str()), ("same name and birth date", "r.csv, line 2"));
    let phone = pair.rows.iter().find(|row| row.label == "Phone, mail").unwrap();
    assert_eq!((phone.here.as_str(), phone.there.as_str()), ("555-0001 home", "555-0009 home"));
    assert_eq!(rig.clients().len(), 1);
}

#[test]
fn one_person_gets_what_is_new_and_it_can_be_undone_where_nobody_was_admitted() {
    let mut rig = rig();
    rig.import(HERE);
    rig.import("first,last,dob,phone,allergies\nAda,North,1980-02-03,555-0009,penicillin\n");
    let view = rig.decide(WhoTheyAre::SamePerson);
    assert_eq!((view.pair, view.of), (None, 0));
    assert_eq!(view.said, "One person: what came is added to A-1001.");
    let all = stored(&rig.engine);
    let ada = &all.clients[0];
    assert_eq!((all.clients.len(), phones(ada)), (1, vec!["555-0001", "555-0009"]));
    assert!(kept(&all.imported, ada).iter().any(|(_, words)| words == "penicillin"));
    // It is in the history of the person who is here.
    let Answer::House(HouseAnswer::History(page)) =
        rig.ok(Command::House(HouseAsk::History { client: ada.id, before: None }))
    else {
        panic!("no history")
    };
    let line = page.lines.iter().find(|line| line.act == Act::LookAlikeSame).expect("it is told");
    assert!(line.changes.iter().any(|change| change.field == "phone" && change.now.contains("555-0009")));
    assert!(page.lines.iter().any(|line| line.act == Act::LookAlikeCompared));
    // What was decided is remembered: the file comes again, and nobody is asked again.
    rig.restart();
    rig.sign_in("rosa");
    let again = rig.import("first,last,dob,phone,allergies\nAda,North,1980-02-03,555-0009,penicillin\n");
    assert_eq!((again.already_here, again.look_alikes.len(), rig.counted()), (1, 0, 0));
}

#[test]
fn a_decision_for_one_person_is_undone_like_any_other_act() {
    let mut rig = rig();
    rig.import(HERE);
    rig.import("first,last,dob,phone\nAda,North,1980-02-03,555-0009\n");
    rig.decide(WhoTheyAre::SamePerson);
    let undone = rig.done(Command::Undo);
    assert_eq!(undone.said, "Undone: A-1001 is as it was, and the pair waits for a decision again.");
    assert_eq!((phones(&rig.clients()[0]), rig.counted()), (vec!["555-0001"], 1));
    rig.decide(WhoTheyAre::SamePerson);
    assert_eq!(phones(&rig.clients()[0]), ["555-0001", "555-0009"]);
}

#[test]
fn another_person_is_registered_and_admitted_as_the_import_would_have_done() {
    let mut rig = rig();
    rig.import(HERE);
    rig.import(AGAIN);
    let view = rig.decide(WhoTheyAre::AnotherPerson);
    assert_eq!(
        view.said,
        "Another person: Ada North is registered as A-1002, and admitted as the file says."
    );
    let clients = rig.clients();
    assert_eq!(clients.len(), 2);
    let chart = rig.open(clients[1].id);
    assert_eq!(chart.episodes[0].value.counselor, rig.me());
    assert!(chart.triage.is_some(), "what a triage asks stays owed");
    let acts: Vec<Act> = rig.audit_events().into_iter().map(|event| event.act).collect();
    assert!(acts.contains(&Act::LookAlikeOther) && acts.contains(&Act::LookAlikeRegistered), "{acts:?}");
    // The file comes again: it is known who that is.
    let again = rig.import(AGAIN);
    assert_eq!((again.people, again.already_here, again.look_alikes.len()), (0, 1, 0));
}

#[test]
fn whoever_looks_like_two_people_is_compared_with_both() {
    let mut rig = rig();
    rig.import("first,last,dob,mrn\nAda,North,1980-02-03,P1\n");
    rig.import_with(
        "first,last,dob,mrn\nAda,North,1980-02-03,P2\n",
        ImportOptions { accept_look_alikes: true, ..WRITE },
    );
    rig.import("first,last,dob,mrn\nAda,North,1980-02-03,P3\n");
    let first = rig.pair().record_no;
    let view = rig.decide(WhoTheyAre::AnotherPerson);
    let second = view.pair.expect("the other one").record_no;
    assert_ne!(first, second);
    assert_eq!(
        view.said,
        format!("Another person than {first}. They also look like {second}, who is compared next.")
    );
    assert!(rig.decide(WhoTheyAre::AnotherPerson).said.contains("is registered as A-1003"));
}

#[test]
fn rows_of_one_file_that_look_alike_wait_too_and_accepting_ends_the_wait() {
    let mut rig = rig();
    let file = "first,last,dob,mrn\nAda,North,1980-02-03,P1\nAda,North,1980-02-03,P2\n";
    let report = rig.import(file);
    assert_eq!((report.people, report.look_alikes.len(), rig.counted()), (1, 1, 1));
    assert_eq!(rig.pair().came, "r.csv, line 3");
    let accepted = rig.import_with(file, ImportOptions { accept_look_alikes: true, ..WRITE });
    assert_eq!((accepted.people, accepted.already_here, rig.counted()), (1, 1, 0));
}

#[test]
fn a_bare_name_is_asked_about_each_time() {
    let mut rig = rig();
    rig.import("first,last\nAda,North\n");
    rig.import("first,last\nAda,North\n");
    rig.decide(WhoTheyAre::SamePerson);
    let again = rig.import("first,last\nAda,North\n");
    assert_eq!((again.already_here, again.look_alikes.len(), rig.counted()), (0, 1, 1));
}

#[test]
fn a_pair_is_decided_once_and_only_by_those_it_is_for() {
    let mut rig = rig();
    rig.import(HERE);
    rig.import(AGAIN);
    for (login, role) in [("fay", Role::FrontDesk), ("sam", Role::Counselor)] {
        rig.hire(login, &[role], None);
    }
    let pair = rig.pair();
    rig.lock();
    rig.sign_in("sam");
    assert_eq!(rig.counted(), 0);
    let ask = || Command::House(HouseAsk::DecideLookAlike(decision(&pair, WhoTheyAre::SamePerson)));
    assert_eq!(rig.fault(ask()).kind, FaultKind::Denied);
    rig.lock();
    rig.sign_in("fay");
    assert_eq!(rig.counted(), 1);
    rig.decide(WhoTheyAre::AnotherPerson);
    assert_eq!(rig.fault(ask()).kind, FaultKind::Conflict);
    assert_eq!(rig.clients().len(), 2);
}

#[test]
fn an_import_that_did_not_end_leaves_nobody_waiting() {
    use concord::engine::memory::CommitFault;
    let mut rig = rig();
    rig.import(HERE);
    rig.engine.faults().next_commit(CommitFault::NotSaved);
    assert!(bring_roster(&mut rig, AGAIN, WRITE).is_err());
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(rig.counted(), 0);
}

#[test]
fn a_pair_is_seen_side_by_side_and_one_key_decides() {
    for (width, height) in [(60, 20), (80, 24), (120, 40)] {
        let mut rig = rig();
        rig.import("first,last,dob,phone\nAda,North,1980-02-03,555-0001\nBen,South,1981-03-04,555-0002\n");
        rig.import("first,last,dob,phone\nAda,North,1980-02-03,555-0009\nBen,South,1981-03-04,555-0008\n");
        let mut desk = Driver::over(rig);
        desk.resize(width, height);
        desk.sign_in("rosa");
        if width >= 80 {
            desk.sees("2 look-alikes to decide");
        }
        desk.keys("ctrl-p").types("look-alike").keys("enter");
        desk.sees("Pair 1 of 2.").sees("Here, A-10").sees("In the file").sees("differs");
        desk.sees("Ctrl-G same person").sees("Ctrl-A another");
        desk.keys("right").sees("Pair 2 of 2.").keys("right").sees("Pair 1 of 2.");
        desk.keys("ctrl-g").sees("One person: what came is added to A-10").sees_no("Pair 1");
        desk.keys("ctrl-z").sees("Pair 1 of 2.");
        desk.keys("ctrl-g")
            .keys("ctrl-a")
            .sees("is registered as A-1003")
            .sees("Nobody waits for a decision.");
        desk.keys("esc").sees_no("look-alikes to decide");
    }
}
