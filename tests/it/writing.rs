//! What notes are written with, on the real service: formats, header, phrases, what notes must hold, other services.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::boot::find_formats;
use concord::domain::{
    Asked, ClientId, ClockTime, Copied, Goal, HeaderKey, LineRef, Modality, Mode, NoteDraft, NoteRules,
    NoteText, Phrase, PhraseKind, PlanLine, Progress, Served, Service,
};
use concord::rules::plan::change::Whole;
use concord::service::api::{
    Answer, Command, DocAsk, DraftBody, DraftSave, DraftView, Origin, PhraseLine, PlanAsk, WritingAsk,
    WritingView,
};
use concord::service::fault::FaultKind;
use std::fs;

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    (rig, jo)
}

fn new_note(rig: &mut Rig, client: ClientId, format: &str) -> DraftView {
    rig.draft(DocAsk::NewNote { client, format: format.into(), addendum_to: 0 })
}

fn note(view: &DraftView) -> NoteDraft {
    match &view.body {
        DraftBody::Note(note) => note.clone(),
        _ => panic!("another draft"),
    }
}

fn save(view: &DraftView, note: &NoteDraft) -> DraftSave {
    DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Note(note.clone()) }
}

fn sign(rig: &mut Rig, view: &DraftView, note: &NoteDraft) -> concord::service::api::Done {
    let ask = DocAsk::Sign { save: save(view, note), passphrase: Rig::secret() };
    rig.done(ask.into())
}

fn fill(note: &mut NoteDraft) {
    for section in &mut note.sections {
        section.text = format!("Enough words about {}.", section.title);
    }
    for field in &mut note.fields {
        field.value = "said".into();
    }
}

fn read(rig: &mut Rig, client: ClientId, number: u32) -> NoteText {
    match rig.ok(DocAsk::Read { client, number }.into()) {
        Answer::Document(view) => {
            assert!(view.part.intact);
            *view.note.unwrap()
        }
        other => panic!("no note: {other:?}"),
    }
}

fn writing(answer: Answer) -> WritingView {
    match answer {
        Answer::Writing(view) => *view,
        other => panic!("not about writing: {other:?}"),
    }
}

fn overlaps(rig: &mut Rig, client: ClientId, draft: u32, service: &Service) -> Vec<String> {
    let service = Box::new(service.clone());
    match rig.ok(Command::Writing(WritingAsk::Overlaps { client, draft, service })) {
        Answer::Overlaps { found, .. } => found,
        other => panic!("no overlaps: {other:?}"),
    }
}

#[test]
fn every_format_that_ships_is_begun_and_signed() {
    let (mut rig, jo) = jo();
    let keys: Vec<String> = rig.session().formats.iter().map(|format| format.key.clone()).collect();
    assert_eq!(keys.len(), 11);
    for key in keys {
        let view = new_note(&mut rig, jo, &key);
        let mut draft = note(&view);
        let format = rig.session().formats.get(&key).unwrap().clone();
        assert_eq!(draft.sections.len(), format.sections.len());
        assert_eq!(draft.fields.len(), format.fields.len());
        fill(&mut draft);
        let said = sign(&mut rig, &view, &draft).said;
        assert!(said.contains("signed"), "{key}: {said}");
    }
}

#[test]
fn everything_a_draft_holds_is_on_disk_and_frozen_at_signing() {
    let (mut rig, jo) = jo();
    let line = PlanLine { client: jo, ..PlanLine::default() };
    let goal = Goal { line, wording: "sleep through".into(), ..Goal::default() };
    let line = Box::new(Whole::Goal(Box::new(goal)));
    rig.done(PlanAsk::SaveLine { line, rev: 0, same_meaning: false }.into());
    let view = new_note(&mut rig, jo, "DAP");
    let mut draft = note(&view);
    fill(&mut draft);
    draft.service.pause = 5;
    draft.service.location = "room 3".into();
    draft.answers.risk = Asked::Present;
    draft.answers.risk_detail = "means at home".into();
    draft.answers.view = "it helped".into();
    let served = Served { line: LineRef::goal(1), progress: Progress::Some, ..Served::default() };
    draft.lines = vec![served.clone()];
    draft.serves_nothing = "crisis".into();
    draft.copied = vec![Copied { section: "plan".into(), start: 0, end: 6, from: 1, in_common: false }];
    rig.ok(DocAsk::Save(save(&view, &draft)).into());
    let again = rig.draft(DocAsk::Open { client: jo, number: view.number });
    assert_eq!(note(&again), draft);
    let chart = sign(&mut rig, &view, &draft).chart.unwrap();
    let head = &chart.notes[0];
    assert_eq!((head.risk, head.off_plan, &head.service), (Asked::Present, true, &draft.service));
    let text = read(&mut rig, jo, head.number);
    assert_eq!(text.answers, draft.answers);
    assert_eq!(text.lines, [(served, "sleep through".to_owned())]);
    assert_eq!(text.copied, draft.copied);
    assert_eq!((text.format_name.as_str(), text.serves_nothing.as_str()), ("DAP", "crisis"));
    assert!(text.begun <= text.signed_at);
}

#[test]
fn the_header_is_filled_from_the_last_session_and_the_format() {
    let (mut rig, jo) = jo();
    let view = new_note(&mut rig, jo, "DAP");
    let mut draft = note(&view);
    assert_eq!(
        (draft.service.modality, draft.service.mode),
        (Some(Modality::Individual), Some(Mode::Person))
    );
    fill(&mut draft);
    draft.service.minutes = 30;
    draft.service.mode = Some(Mode::Video);
    draft.service.location = "home".into();
    sign(&mut rig, &view, &draft);
    let next = note(&new_note(&mut rig, jo, "DAP")).service;
    assert_eq!((next.minutes, next.mode, next.location.as_str()), (30, Some(Mode::Video), "home"));
    let call = note(&new_note(&mut rig, jo, "contact")).service;
    assert_eq!((call.minutes, call.mode, call.kind.as_str()), (10, Some(Mode::Phone), "case management"));
    let missed = note(&new_note(&mut rig, jo, "no-show")).service;
    assert_eq!(missed.minutes, 0);
}

#[test]
fn a_missed_session_is_no_contact() {
    let (mut rig, jo) = jo();
    for format in ["no-show", "collateral", "DAP"] {
        let view = new_note(&mut rig, jo, format);
        let mut draft = note(&view);
        fill(&mut draft);
        let chart = sign(&mut rig, &view, &draft).chart.unwrap();
        let met = chart.person.summary.last_contact.is_some();
        assert_eq!(met, format == "DAP", "{format}");
    }
}

#[test]
fn what_the_agency_requires_is_asked_of_every_note_and_only_an_admin_decides_it() {
    let (mut rig, jo) = jo();
    let rules = NoteRules { required: vec![HeaderKey::Risk, HeaderKey::Next] };
    let decide = WritingAsk::SetRules { format: "GIRP".into(), late_after_hours: 72, rules: rules.clone() };
    let view = writing(rig.ok(Command::Writing(decide.clone())));
    assert_eq!((view.settings.notes, view.settings.late_after_hours), (rules, 72));
    let begun = new_note(&mut rig, jo, "");
    let mut draft = note(&begun);
    assert_eq!(draft.format, "GIRP");
    fill(&mut draft);
    let ask = |draft: &NoteDraft| {
        Command::from(DocAsk::Sign { save: save(&begun, draft), passphrase: Rig::secret() })
    };
    let fault = rig.fault(ask(&draft));
    assert!(fault.what.contains("Risk, Next session"), "{fault}");
    draft.answers.risk = Asked::NotAsked;
    draft.answers.next.words = "will call".into();
    rig.done(ask(&draft));
    // It holds after the next sign-in, and is nobody else's to decide.
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(rig.session().settings.notes.required.len(), 2);
    let unknown =
        WritingAsk::SetRules { format: "SOUP".into(), late_after_hours: 24, rules: NoteRules::default() };
    assert_eq!(rig.fault(Command::Writing(unknown)).kind, FaultKind::Config);
    rig.hire("sam", &[concord::domain::Role::Counselor, concord::domain::Role::Supervisor], None);
    rig.lock();
    rig.sign_in("sam");
    assert_eq!(rig.fault(Command::Writing(decide)).kind, FaultKind::Denied);
}

fn snippet(name: &str, text: &str) -> Phrase {
    Phrase { name: name.into(), title: "t".into(), text: text.into(), ..Phrase::default() }
}

fn of(lines: &[PhraseLine], name: &str) -> Vec<(Origin, String)> {
    let named = lines.iter().filter(|line| line.phrase.name == name);
    named.map(|line| (line.origin, line.phrase.text.clone())).collect()
}

#[test]
fn phrases_are_ones_own_or_the_agencys_and_the_nearest_comes_first() {
    let (mut rig, _) = jo();
    let save = |phrase: Phrase, agency, rev| {
        Command::Writing(WritingAsk::SavePhrase { phrase: Box::new(phrase), agency, rev })
    };
    rig.ok(save(snippet(".CBT ", "the agency's"), true, 0));
    let view = writing(rig.ok(save(snippet("cbt", "mine  \n"), false, 0)));
    assert!(view.said.contains(".cbt"));
    let found = of(&view.phrases, "cbt");
    assert_eq!(found[..2], [(Origin::Mine, "mine".to_owned()), (Origin::Agency, "the agency's".to_owned())]);
    assert_eq!(found[2].0, Origin::Shipped);
    // Refused: names that cannot be typed, empty texts, a name twice.
    assert!(rig.fault(save(snippet("two words", "x"), false, 0)).what.contains("Short name"));
    assert!(rig.fault(save(snippet("x", " \n"), false, 0)).what.contains("empty"));
    assert!(rig.fault(save(snippet("cbt", "again"), false, 0)).what.contains("already"));
    // Changed, then changed from an older reading.
    let line = view.phrases.iter().find(|line| line.origin == Origin::Mine).unwrap().clone();
    let changed = Phrase { text: "mine, better".into(), ..line.phrase.clone() };
    let view = writing(rig.ok(save(changed.clone(), false, line.rev)));
    assert_eq!(of(&view.phrases, "cbt")[0].1, "mine, better");
    assert_eq!(rig.fault(save(changed, false, line.rev)).kind, FaultKind::Conflict);
    let number = line.phrase.number;
    let gone = WritingAsk::RemovePhrase { number, agency: false, rev: line.rev + 1 };
    let view = writing(rig.ok(Command::Writing(gone)));
    assert_eq!(of(&view.phrases, "cbt")[0].0, Origin::Agency);
    // A name that was taken away is free again, and another person sees the agency's only.
    rig.ok(save(snippet("cbt", "mine again"), false, 0));
    rig.hire("sam", &[concord::domain::Role::Counselor], None);
    rig.lock();
    rig.sign_in("sam");
    assert_eq!(of(&rig.session().phrases, "cbt")[0].0, Origin::Agency);
    assert_eq!(rig.fault(save(snippet("ours", "x"), true, 0)).kind, FaultKind::Denied);
    rig.ok(save(snippet("ours", "x"), false, 0));
    let template = Phrase { kind: PhraseKind::Template, ..snippet("cbt", "# Data\nx") };
    rig.ok(save(template, false, 0));
}

#[test]
fn what_else_was_at_the_time_is_told_without_a_name() {
    let (mut rig, jo) = jo();
    let sam = rig.admitted("Sam", "Okafor");
    let view = new_note(&mut rig, jo, "DAP");
    let mut draft = note(&view);
    let at = |start: u16, minutes: u16| Service { start: ClockTime(start), minutes, ..note(&view).service };
    draft.service = at(10 * 60, 50);
    fill(&mut draft);
    sign(&mut rig, &view, &draft);
    let other = new_note(&mut rig, sam, "DAP");
    let service = at(10 * 60 + 40, 30);
    let found = overlaps(&mut rig, sam, other.number, &service);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("10:00-10:50 in ") && found[0].ends_with("you"), "{found:?}");
    assert!(!found[0].contains("Jo") && !found[0].contains("Rivera"));
    assert!(overlaps(&mut rig, sam, other.number, &at(10 * 60 + 50, 30)).is_empty());
    // A draft counts too; the one that asks does not.
    let mut begun = note(&other);
    begun.service = service.clone();
    rig.ok(DocAsk::Save(save(&other, &begun)).into());
    assert_eq!(overlaps(&mut rig, sam, other.number, &service).len(), 1);
    let second = new_note(&mut rig, sam, "DAP");
    let found = overlaps(&mut rig, sam, second.number, &service);
    assert!(found.iter().any(|one| one.contains("in this chart, your draft")), "{found:?}");
}

#[test]
fn an_agencys_own_formats_come_from_files_and_a_broken_one_is_told_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let own = "key = \"intake\"\nname = \"Intake\"\nasks = [\"risk\", \"view\"]\n[[section]]\nkey = \"story\"\n\
               title = \"Story\"\nprompt = \"what brought them\"\nrequired = true\nmin_chars = 10\n";
    let dap = own.replace("\"intake\"", "\"DAP\"").replace("\"Intake\"", "\"DAP, ours\"");
    fs::write(folder.path().join("a.toml"), own).unwrap();
    fs::write(folder.path().join("b.toml"), dap).unwrap();
    fs::write(folder.path().join("c.toml"), own.replace("asks", "ask")).unwrap();
    fs::write(folder.path().join("d.toml"), own).unwrap();
    fs::write(folder.path().join("notes.txt"), "no format").unwrap();
    let (formats, faults) = find_formats(Some(folder.path()));
    assert_eq!(formats.get("intake").unwrap().asks, [HeaderKey::Risk, HeaderKey::View]);
    assert_eq!(formats.name("DAP"), "DAP, ours");
    assert_eq!(formats.iter().count(), 12);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("c.toml:3:1: ") && faults[0].contains("ask"), "{faults:?}");
    assert!(faults[1].contains("d.toml") && faults[1].contains("two files"), "{faults:?}");
    assert!(find_formats(Some(&folder.path().join("none"))).1.is_empty());

    // They are there to write in, and signed under their name.
    let (mut rig, jo) = jo();
    rig.lock();
    rig.desk.set_formats(formats, faults);
    rig.sign_in("rosa");
    let view = new_note(&mut rig, jo, "intake");
    let mut draft = note(&view);
    fill(&mut draft);
    sign(&mut rig, &view, &draft);
    assert_eq!(read(&mut rig, jo, 1).format_name, "Intake");
    // A draft whose format is gone is told so, and loses nothing.
    let view = new_note(&mut rig, jo, "intake");
    let mut draft = note(&view);
    fill(&mut draft);
    rig.desk.set_formats(concord::packs::Formats::default(), Vec::new());
    let fault = rig.fault(DocAsk::Sign { save: save(&view, &draft), passphrase: Rig::secret() }.into());
    assert_eq!(fault.kind, FaultKind::Config);
    rig.ok(DocAsk::Save(save(&view, &draft)).into());
}

#[test]
fn a_note_is_written_from_a_template_by_keys_and_the_last_plan_is_copied() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let problem = desk.rig.problem(jo, "low mood after court days", "");
    desk.rig.done(problem);
    desk.rig.lock();
    desk.sign_in("rosa");
    desk.keys("enter ctrl-n ctrl-t").types("homework").keys("enter");
    desk.sees("Jo will").sees("3 blanks");
    desk.types("call the sister").keys("tab").types("the bus");
    desk.keys("ctrl-down").types("Less tense than a week ago.");
    desk.keys("ctrl-down").types("Calls the sister on court days.");
    desk.keys("ctrl-g 1 enter esc f9").sees("1 blank is left");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
    desk.keys("ctrl-n").sees("Last note").keys("ctrl-d").sees("1 passage copied");
    desk.keys("ctrl-b").sees("[ ] P1 low mood").keys("ctrl-g").sees("[x] P1 low mood");
    desk.keys("ctrl-b");
    desk.advance(1_000);
    desk.keys("ctrl-l");
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("Calls the sister on court days.").sees("1 passage copied").sees("works on  P1");
}
