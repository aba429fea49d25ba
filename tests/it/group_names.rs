//! No member's name in the chart of another: what is signed, printed, found, added later and audited; and a family counted once.

use crate::groups::{Circle, circle};
use crate::paper::request;
use crate::rig::Rig;
use concord::domain::*;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::cell::RefCell;

/// A session to which everybody came.
fn begun(circle: &mut Circle) -> [ClientId; 3] {
    let all = [circle.house.jo, circle.house.ann, circle.theirs];
    circle.begin();
    for client in all {
        circle.mark(client, Here::Present);
    }
    all
}

/// What is signed, with these words in Jo's part: in its text, or beside a short answer.
fn with_words(circle: &mut Circle, words: &str, place: usize) -> GroupSigning {
    let jo = circle.house.jo;
    let mut signing = circle.signing("Listened well.");
    let part = signing.parts.iter_mut().find(|save| save.client == jo).expect("Jo's part");
    let DraftBody::Note(note) = &mut part.body else { panic!("no note") };
    match place {
        0 => note.sections.iter_mut().find(|one| one.key == "part").expect("a part").text = words.to_owned(),
        1 => note.answers.next.words = words.to_owned(),
        _ => note.answers.view = words.to_owned(),
    }
    signing
}

fn found(rig: &mut Rig, client: ClientId, words: &str) -> Vec<NoteFound> {
    match rig.ok(DocAsk::Find { client, words: words.to_owned() }.into()) {
        Answer::NotesFound { found, .. } => found,
        other => panic!("nothing was looked for: {other:?}"),
    }
}

fn page(client: ClientId, number: Number) -> Command {
    LeaveAsk::Ask(request(client, Paper::Document(number), Recipient::Staff)).into()
}

/// Another member is called `Zorra` from now on.
fn renamed(circle: &mut Circle) {
    let theirs = circle.theirs;
    circle.house.turn("gus");
    let kept = circle.rig().open(theirs).client;
    let client = Box::new(Client { preferred: "Zorra".into(), ..kept.value });
    circle.rig().done(Command::People(People::Change { client, rev: kept.rev, seen: true }));
    circle.house.turn("sam");
}

#[test]
fn a_name_that_becomes_another_members_is_in_no_page_and_no_search_and_is_not_added() {
    let mut circle = circle();
    let [jo, ann, _] = begun(&mut circle);
    let signing = with_words(&mut circle, "Brought a book by Zorra about gardens.", 0);
    circle.sign(signing);
    let number = circle.notes(jo)[0].number;
    circle.rig().open(jo);
    circle.rig().ok(page(jo, number));
    assert_eq!(found(circle.rig(), jo, "zorra").len(), 1);
    renamed(&mut circle);
    let rig = circle.rig();
    rig.open(jo);
    let fault = rig.fault(page(jo, number));
    assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
    assert!(
        fault.to_string().contains("another member") && fault.to_string().contains("[key:amend]"),
        "{fault}"
    );
    assert!(found(rig, jo, "Zorra").is_empty(), "a name of another member finds nothing");
    let beside = found(rig, jo, "gardens");
    assert!(beside.len() == 1 && !beside[0].passage.contains("Zorra"), "{beside:?}");
    let reason = "This is about Zorra.".to_owned();
    let fault = rig.fault(DocAsk::CallInError { client: jo, number, reason }.into());
    assert!(fault.what.contains("another member"), "{fault}");
    // The chart of somebody in whose note nobody is named is not held up.
    let of_ann = circle.notes(ann)[0].number;
    circle.rig().open(ann);
    circle.rig().ok(page(ann, of_ann));
    assert!(!format!("{:?}", circle.house.rig.audit_events()).contains("Zorra"));
}

/// Another member's name in one of the ways people write it.
fn planted() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Vexa",
        "VEXA",
        "vexa's",
        "Ruul",
        "ruul\u{2019}s",
        "Vexa Ruul",
        "Ruul, Vexa",
        "V.R.",
        "V. R.",
        "Véxa",
        "(Vexa)",
        "Ann Smith",
        "Smith's",
    ])
}

/// No name of the two other members is in this.
fn names_nobody(text: &str) -> Result<(), TestCaseError> {
    prop_assert!(!["Vexa", "Ruul", "Smith"].iter().any(|name| text.contains(name)), "{}", text);
    Ok(())
}

#[test]
fn a_planted_name_is_in_no_note_page_audit_line_or_search_of_another_member() {
    let mut circle = circle();
    let [jo, ann, theirs] = begun(&mut circle);
    circle.rig().open(jo);
    let circle = RefCell::new(circle);
    let sign = |words: &str, place: usize| {
        let mut circle = circle.borrow_mut();
        let signing = Box::new(with_words(&mut circle, words, place));
        circle.rig().desk.handle(GroupAsk::Sign { signing, passphrase: Rig::secret() }.into())
    };
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    let planted = (planted(), "[a-z]{2,6} saw", 0_usize..3);
    let held = runner.run(&planted, |(name, before, place)| {
        let _ = sign(&format!("{before} {name} there"), place);
        let mut circle = circle.borrow_mut();
        prop_assert_eq!([jo, ann, theirs].map(|one| circle.notes(one).len()), [0, 1, 1], "{}", name);
        for part in name.split([' ', ',']).filter(|part| part.len() > 1) {
            prop_assert!(found(circle.rig(), jo, part).is_empty());
        }
        Ok(())
    });
    held.expect("a name that is planted is not signed");
    // In other words it is signed, and neither the page nor any event names somebody else.
    sign("Saw another member there", 0).expect("it is signed");
    let mut circle = circle.into_inner();
    let number = circle.notes(jo)[0].number;
    let page = match circle.rig().ok(page(jo, number)) {
        Answer::Leaves(allowed) => format!("{:?}", allowed.sheet()),
        other => panic!("no page: {other:?}"),
    };
    assert!(page.contains("Saw another member there"), "{page}");
    names_nobody(&page).expect("the page");
    names_nobody(&format!("{:?}", circle.house.rig.audit_events())).expect("the events");
}

#[test]
fn a_family_session_is_counted_once_whoever_signs_first() {
    for first in ["sam", "gus"] {
        let mut circle = circle();
        let group = circle.group;
        circle.house.turn("kim");
        let kept = match circle.rig().ok(GroupAsk::Open(group).into()) {
            Answer::Group(GroupAnswer::Group(view)) => view.group,
            other => panic!("no group: {other:?}"),
        };
        let family = Box::new(Group { kind: "family".into(), ..kept.value });
        circle.rig().ok(GroupAsk::Save { group: family, rev: kept.rev }.into());
        let all = [circle.house.jo, circle.house.ann, circle.theirs];
        circle.house.turn("sam");
        circle.begin();
        circle.mark(all[0], Here::Present);
        circle.mark(all[1], Here::Absent);
        circle.house.turn("gus");
        circle.mark(all[2], Here::Present);
        for login in if first == "sam" { ["sam", "gus"] } else { ["gus", "sam"] } {
            circle.house.turn(login);
            let signing = circle.signing("They spoke of the move.");
            circle.sign(signing);
        }
        let of = |client| circle.sessions(client).iter().map(|one| one.units).collect::<Vec<_>>();
        assert_eq!(all.map(of), [vec![1], vec![0], vec![0]], "{first} signs first");
        assert!(circle.sessions(all[2]).iter().all(|one| one.modality == Some(Modality::Family)));
    }
}
