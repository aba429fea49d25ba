use crate::domain::{
    ClientId, ClockTime, Date, DimensionRef, DocKind, Goal, LineRef, LocalTime, Method, Moment, NoteDraft,
    NoteFacts, NoteHead, NoteText, Number, PlanLine, Problem, ProblemStatus, Progress, Section, Served,
    Service, Signature, StaffId,
};
use crate::packs;
use crate::rules::content;
use crate::service::api::DocMay;
use crate::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, DocPart, DocView, Done, Door, DraftBody, DraftLine,
    DraftSave, DraftView, Kept,
};
use crate::service::fault::Fault;
use crate::tui::app::rig::{self, Rig};
use crate::tui::keymap::KeyPress;
use crate::tui::message::{Alarm, Input, Msg};
use crate::tui::theme::{Name, Theme};

const ROSA: StaffId = StaffId([7; 16]);

fn day(day: u32) -> Date {
    Date::from_ymd(2026, 11, day).unwrap()
}

fn at(hour: u32, minute: u32, second: u8) -> LocalTime {
    LocalTime { date: day(21), time: ClockTime::new(hour, minute).unwrap(), second }
}

fn service(on: u32) -> Service {
    Service::new(day(on), ClockTime::new(13, 0).unwrap(), 50, "individual")
}

fn problem(number: Number, wording: &str) -> Kept<Problem> {
    let value = Problem {
        client: ClientId([1; 16]),
        number,
        wording: wording.into(),
        words: String::new(),
        dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
        second: None,
        stages: Vec::new(),
        status: ProblemStatus::Active,
        status_on: day(1),
        rank: number,
        code: None,
        added_at: Moment(0),
        added_by: ROSA,
        added_by_name: "Rosa Imani LADC".into(),
        changed_at: Moment(0),
        changed_by: ROSA,
        ..Problem::default()
    };
    Kept { rev: 1, value }
}

fn head(number: Number, on: u32, gist: &str) -> NoteHead {
    NoteHead {
        client: ClientId([1; 16]),
        number,
        episode: 1,
        addendum_to: 0,
        signature: Signature {
            by: ROSA,
            name: "Rosa Imani LADC".into(),
            at: Moment(0),
            hash: [0; 32],
            proof: Vec::new(),
            key: Vec::new(),
        },
        late: false,
        facts: NoteFacts {
            format: "DAP".into(),
            service: service(on),
            links: vec![1, 3],
            words: 142,
            gist: gist.into(),
            ..NoteFacts::default()
        },
        ..NoteHead::default()
    }
}

fn section(key: &str, title: &str, text: &str) -> Section {
    Section { key: key.into(), title: title.into(), text: text.into() }
}

fn text_of(head: &NoteHead, sections: Vec<Section>) -> NoteText {
    NoteText {
        sections,
        client_name: "Jo Rivera".into(),
        record_no: "A-1001".into(),
        format: head.format.clone(),
        service: head.service.clone(),
        links: vec![(1, "low mood after court days".into())],
        author: "Rosa Imani LADC".into(),
        signed_at: Moment(0),
        addendum_to: head.addendum_to,
        ..NoteText::default()
    }
}

fn part(head: &NoteHead, text: &NoteText, signed: LocalTime) -> DocPart {
    DocPart {
        client: head.client,
        number: head.number,
        kind: DocKind::Note,
        adds_to: head.addendum_to,
        amends: head.amends,
        reason: head.reason.clone(),
        on: head.service.date,
        times: format!("{} {}", head.service.date, content::times_words(&head.service)),
        late: head.late,
        by: head.signature.name.clone(),
        content: content::note(text, "DAP", day(21)),
        words: head.words,
        signed,
        intact: true,
    }
}

fn view(head: &NoteHead) -> DocView {
    let sections = vec![
        section("data", "Data", "Came on time and chose to start with the hearing."),
        section("plan", "Plan", "Call the sister before 20:00 on court days."),
    ];
    let text = text_of(head, sections);
    DocView {
        part: part(head, &text, at(13, 58, 0)),
        note: Some(Box::new(text)),
        addenda: Vec::new(),
        lives: Vec::new(),
        lives_hold: true,
        co_signed: Vec::new(),
        versions: Vec::new(),
        remarks: Vec::new(),
        may: DocMay::default(),
        chart: None,
    }
}

fn chart() -> ChartView {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    chart.problems = vec![problem(1, "low mood after court days"), problem(3, "evenings alone")];
    chart.plan.plan.problems = chart.problems.iter().map(|kept| kept.value.clone()).collect();
    chart
}

fn with_notes() -> ChartView {
    let mut chart = chart();
    let mut late = head(3, 18, "Late words");
    late.late = true;
    let mut added = head(4, 14, "Added words");
    added.addendum_to = 2;
    chart.notes = vec![added, late, head(2, 14, "Court day went calm"), head(1, 7, "First talk")];
    chart
}

fn line(number: Number, by: StaffId, by_name: &str) -> DraftLine {
    DraftLine {
        number,
        by,
        by_name: by_name.into(),
        kind: DocKind::Note,
        since: at(13, 0, 0),
        saved: at(13, 52, 7),
        about: "DAP note, 21 Nov".into(),
    }
}

fn draft(chart: ChartView, texts: [&str; 3]) -> Answer {
    let format = packs::format("DAP").unwrap();
    let sections = format.sections.iter().zip(texts).map(|(one, text)| section(&one.key, &one.title, text));
    let note = NoteDraft {
        format: "DAP".into(),
        service: service(21),
        links: Vec::new(),
        sections: sections.collect(),
        ..NoteDraft::default()
    };
    let mut chart = chart;
    chart.drafts.push(line(9, ROSA, "Rosa Imani LADC"));
    Answer::Draft(Box::new(DraftView {
        client: ClientId([1; 16]),
        number: 9,
        by: ROSA,
        recovered: false,
        unsaved: false,
        read_only: false,
        body: DraftBody::Note(note),
        saved: at(13, 52, 7),
        amended: None,
        returned: None,
        chart: Box::new(chart),
    }))
}

fn done(said: &str, chart: ChartView) -> Answer {
    Answer::Done(Box::new(Done {
        said: said.into(),
        chart: Some(Box::new(chart)),
        undoable: false,
        ..Done::default()
    }))
}

/// Rosa writing a new note for Jo.
fn writing(texts: [&str; 3]) -> Rig {
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(draft(chart(), texts));
    rig
}

fn full() -> [&'static str; 3] {
    ["Came on time; the hearing was first.", "Less tense than a week ago.", "Calls the sister on court days."]
}

fn list(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("n");
    rig
}

fn ask(rig: &Rig) -> &DocAsk {
    match rig.command() {
        Command::Document(ask) => ask,
        other => panic!("not about a draft: {other:?}"),
    }
}

fn note(save: &DraftSave) -> &NoteDraft {
    match &save.body {
        DraftBody::Note(note) => note,
        _ => panic!("another draft"),
    }
}

fn typed(rig: &Rig) -> Vec<String> {
    let drafts = rig.app.unsaved_drafts();
    let save = drafts.first().expect("something is unsaved");
    note(save).sections.iter().map(|section| section.text.clone()).collect()
}

/// Autosave fires, and the service has it.
fn autosaves(rig: &mut Rig) -> u64 {
    rig.alarm(Alarm::Autosave);
    let DocAsk::Save(save) = ask(rig) else { panic!("{:?}", rig.command()) };
    let edits = save.edits;
    rig.answer(Answer::DraftSaved { client: ClientId([1; 16]), number: 9, edits, at: at(14, 3, 23) });
    edits
}

#[test]
fn an_empty_room_teaches_its_key() {
    let mut rig = list(chart());
    rig.sees("No notes yet. Ctrl-N begins one");
    rig.keys("ctrl-n");
    assert!(matches!(ask(&rig), DocAsk::NewNote { addendum_to: 0, .. }));
}

#[test]
fn the_list_shows_drafts_then_notes_with_addenda_below_theirs() {
    let mut chart = with_notes();
    let sam = StaffId([8; 16]);
    chart.drafts = vec![line(5, sam, "Sam Vo MA"), line(6, ROSA, "Rosa Imani LADC")];
    let rig = list(chart);
    let screen = rig.screen();
    let row = |words: &str| screen.lines().position(|line| line.contains(words)).expect(words);
    assert!(row("► 21 Nov") < row("Sam Vo MA"), "{screen}");
    assert!(row("Sam Vo MA") < row("18 Nov") && row("18 Nov") < row("14 Nov"));
    // A draft is in the columns of the list; when it was saved is below.
    let draft = screen.lines().find(|line| line.contains("► 21 Nov")).unwrap();
    assert!(draft.contains("DAP") && draft.contains("Rosa Imani LADC") && draft.contains("DRAFT"), "{draft}");
    rig.sees("Draft: DAP note, 21 Nov, saved 21 Nov 13:52");
    assert_eq!(row("14 Nov") + 1, row("addendum"), "{screen}");
    assert!(row("addendum") < row("7 Nov"));
    rig.sees_not("Late words");
    rig.sees("LATE").sees("P1 P3").sees("13:00").sees("142").sees("Rosa Imani LADC");
}

#[test]
fn the_end_of_the_list_brings_older_notes_once() {
    let mut chart = with_notes();
    chart.older_notes = true;
    let mut rig = list(chart);
    let before = rig.asked.len();
    rig.keys("end");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::OlderNotes { before: 1, .. })));
    rig.keys("down");
    assert_eq!(rig.asked.len(), before + 1, "asked once");
    let mut older = head(0, 2, "Oldest");
    older.facts.service.date = Date::from_ymd(2026, 10, 2).unwrap();
    rig.answer(Answer::OlderNotes {
        client: ClientId([1; 16]),
        notes: vec![older],
        lives: Vec::new(),
        more: false,
    });
    rig.sees("2 Oct").sees("► 7 Nov").sees("First talk…");
    rig.keys("end");
    assert_eq!(rig.asked.len(), before + 1, "there are no more");
}

#[test]
fn a_signed_note_is_read_as_it_was_frozen() {
    let mut rig = list(with_notes());
    rig.keys("down enter");
    assert!(matches!(ask(&rig), DocAsk::Read { number: 2, .. }));
    let mut read = view(&head(2, 14, ""));
    let mut added = head(4, 14, "");
    added.addendum_to = 2;
    let text = text_of(&added, vec![section("text", "Note", "The sister called back.")]);
    read.addenda.push(part(&added, &text, at(9, 15, 0)));
    read.may.add = true;
    rig.answer(Answer::Document(Box::new(read)));
    rig.sees("chose to start with the hearing").sees("works on P1 low mood").sees("The signature is valid.");
    rig.sees("Addendum  2026-11-21 09:15").sees("The sister called back").sees_not("DOES NOT");
    rig.keys("ctrl-a");
    assert!(matches!(ask(&rig), DocAsk::NewNote { addendum_to: 2, .. }));
    rig.keys("esc").sees("From");
}

#[test]
fn a_broken_signature_is_loud_and_a_late_entry_has_both_times() {
    let mut rig = list(with_notes());
    rig.keys("enter");
    let mut read = view(&head(3, 18, ""));
    read.part.late = true;
    read.part.intact = false;
    read.lives_hold = false;
    rig.answer(Answer::Document(Box::new(read)));
    rig.sees("A SIGNATURE HERE DOES NOT MATCH").sees("AN ENTRY UNDER THIS NOTE DOES NOT MATCH");
    rig.sees("LATE ENTRY: service 2026-11-18 13:00-13:50, signed 2026-11-21 13:58.");
}

#[test]
fn a_new_note_opens_in_its_first_section_with_its_prompts() {
    let rig = writing(["", "", ""]);
    rig.sees("DAP  individual  21 Nov 13:00-13:50  50 min").sees("Saved 13:52:07");
    rig.sees("works on  nothing linked yet; Ctrl-G links it to the plan");
    rig.sees("What was said, seen and done").sees("Next step agreed").sees("0 words");
    assert!(rig.app.unsaved_drafts().is_empty(), "nothing was typed");
}

#[test]
fn typing_is_saved_within_a_second_and_says_so_only_when_true() {
    let mut rig = writing(["", "", ""]);
    rig.types("They said: I walked.");
    rig.sees("They said: I walked.").sees("Not saved yet").sees_not("Saved 13").sees("4 words");
    assert!(rig.alarms.iter().any(|(alarm, ms)| *alarm == Alarm::Autosave && *ms <= 1000));
    rig.alarm(Alarm::Autosave);
    let DocAsk::Save(save) = ask(&rig) else { panic!() };
    let edits = save.edits;
    assert_eq!(note(save).sections[0].text, "They said: I walked.");
    rig.types("!");
    rig.answer_to(
        rig.last().ticket,
        rig.last().epoch,
        Ok(Answer::DraftSaved { client: ClientId([1; 16]), number: 9, edits, at: at(14, 3, 23) }),
    );
    rig.sees("Not saved yet");
    autosaves(&mut rig);
    rig.sees("Saved 14:03:23");
    assert!(rig.app.unsaved_drafts().is_empty());
}

#[test]
fn a_refused_save_is_loud_never_covers_the_text_and_is_tried_again() {
    let mut rig = writing(["", "", ""]);
    rig.types("words");
    rig.alarm(Alarm::Autosave);
    rig.refuse(Fault::storage(
        "The disk is full, and this sentence is far too long for the one message line there is.",
    ));
    rig.sees("Not saved: The disk is full").sees_not("Saved 1");
    assert!(rig.alarms.iter().any(|(alarm, _)| *alarm == Alarm::Autosave), "tried again");
    rig.types(" on").sees("words on");
    autosaves(&mut rig);
    rig.sees("Saved 14:03:23").sees_not("Not saved");
}

#[test]
fn arrows_and_tab_cross_the_sections() {
    let mut rig = writing(["", "", ""]);
    rig.types("a").keys("down").types("b").keys("tab").types("c").keys("up up").types("x");
    assert_eq!(typed(&rig), ["ax", "b", "c"]);
    rig.keys("shift-tab").types("d");
    assert_eq!(typed(&rig), ["ax", "b", "cd"]);
    rig.keys("tab").types("e");
    assert_eq!(typed(&rig)[0], "axe");
}

#[test]
fn long_lines_wrap_at_seventy_six_whatever_the_width() {
    let mut rig = writing(["", "", ""]);
    rig.types(&"word ".repeat(40));
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        rig.resize(width, height);
        let screen = rig.screen();
        let longest = screen
            .lines()
            .filter(|row| row.starts_with(" word"))
            .map(|row| row.split('│').next().unwrap().trim_end().chars().count());
        assert_eq!(longest.max(), Some(75), "{screen}");
    }
}

#[test]
fn wide_and_combining_characters_stand_where_they_belong() {
    let mut rig = writing(["", "", ""]);
    rig.types("Ze\u{301}lia 面談 e\u{301}").keys("left backspace").types("x");
    assert_eq!(typed(&rig)[0], "Ze\u{301}lia 面談xe\u{301}");
    rig.sees("Ze\u{301}lia");
}

#[test]
fn a_paste_is_one_step_and_undo_is_the_drafts_own() {
    let mut rig = writing(["", "", ""]);
    rig.types("Before ");
    rig.send(Msg::Input(Input::Paste("one\r\ntwo\u{1b}[31m".into())));
    assert_eq!(typed(&rig)[0].lines().count(), 2);
    assert!(!typed(&rig)[0].contains('\u{1b}'));
    let before = rig.asked.len();
    rig.keys("ctrl-z");
    assert_eq!(typed(&rig)[0], "Before ");
    assert_eq!(rig.asked.len(), before, "no saved act is taken back");
    rig.keys("ctrl-y");
    assert_eq!(typed(&rig)[0].lines().count(), 2);
}

#[test]
fn what_was_cut_can_be_pasted_into_another_section() {
    let mut rig = writing(["", "", ""]);
    rig.types("moved").keys("ctrl-a").keys("ctrl-x tab ctrl-v");
    assert_eq!(typed(&rig), ["", "moved", ""]);
    rig.keys("ctrl-space home").sees("selecting");
    rig.keys("esc").sees_not("selecting").sees("moved");
}

#[test]
fn a_burst_is_text_here() {
    let mut rig = writing(["", "", ""]);
    let keys = "gone".chars().map(KeyPress::char).collect();
    rig.send(Msg::Input(Input::Burst(keys)));
    assert_eq!(typed(&rig)[0], "gone");
}

#[test]
fn esc_leaves_the_draft_and_never_before_the_service_has_it() {
    let mut rig = writing(["", "", ""]);
    rig.types("kept").keys("esc");
    let DocAsk::Leave(save) = ask(&rig) else { panic!() };
    assert_eq!(note(save).sections[0].text, "kept");
    rig.refuse(Fault::storage("The disk is full."));
    rig.sees("kept").sees("Not saved: The disk is full.");
    rig.keys("esc");
    let mut left = chart();
    left.drafts.push(line(9, ROSA, "Rosa Imani LADC"));
    rig.answer(done("Draft for Jo Rivera kept.", left));
    rig.sees("Draft for Jo Rivera kept.").sees("► 21 Nov").sees("DRAFT");
    assert!(rig.app.unsaved_drafts().is_empty());
}

#[test]
fn a_new_note_waits_until_the_open_draft_is_left() {
    let mut rig = writing(["", "", ""]);
    rig.types("first").keys("ctrl-n");
    assert!(matches!(ask(&rig), DocAsk::Leave(_)));
    let mut left = chart();
    left.drafts.push(line(9, ROSA, "Rosa Imani LADC"));
    rig.answer(done("", left));
    assert!(matches!(ask(&rig), DocAsk::NewNote { .. }));
}

#[test]
fn a_lock_in_mid_sentence_hands_the_text_over() {
    let mut rig = writing(["", "", ""]);
    rig.types("half a sent");
    assert_eq!(typed(&rig)[0], "half a sent");
    rig.keys("ctrl-l");
    rig.sees_not("half a sent").sees("locked");
    let Door::Lock { drafts, place, .. } = rig.locked_with() else { panic!() };
    assert_eq!(note(&drafts[0]).sections[0].text, "half a sent");
    assert_eq!((place.draft, place.room.as_str()), (Some(9), "notes"));
    let place = place.clone();
    rig.answer(Answer::Locked { fault: None });
    rig.types("x").keys("enter");
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.epoch = 3;
    session.place = Some(place);
    rig.answer(Answer::SignedIn(Box::new(session)));
    assert!(matches!(ask(&rig), DocAsk::Open { number: 9, .. }));
    rig.answer(draft(chart(), ["half a sent", "Done before.", ""]));
    rig.types("ence");
    assert_eq!(typed(&rig), ["half a sentence", "Done before.", ""], "the cursor is where it was");
}

#[test]
fn the_signing_prompt_repeats_whose_note_it_is() {
    let mut rig = writing(full());
    rig.keys("ctrl-g enter esc").keys("f9");
    rig.sees("Sign this note").sees("RIVERA, Jo   12 Apr 1991 (35)   A-1001");
    rig.sees("DAP  individual  21 Nov 13:00-13:50  50 min").sees("works on P1 low mood").sees("19 words");
    rig.types("battery staple").sees_not("battery");
    rig.keys("enter");
    let DocAsk::Sign { save, passphrase } = ask(&rig) else { panic!("{:?}", rig.command()) };
    assert_eq!((*passphrase.0).as_str(), "battery staple");
    assert_eq!(note(save).links, [1]);
    assert!(
        rig.asked
            .iter()
            .any(|one| matches!(&one.command, Command::Document(ask) if matches!(**ask, DocAsk::Save(_)))),
        "saved before it is signed"
    );
    rig.types("typed meanwhile");
    let mut signed = chart();
    signed.notes = vec![head(7, 21, "Came on time"), head(6, 14, "Before")];
    rig.answer(done("Note signed.", signed));
    rig.sees("Note signed.").sees("► 21 Nov").sees("14 Nov");
    assert!(rig.app.unsaved_drafts().is_empty());
}

#[test]
fn a_wrong_passphrase_keeps_everything() {
    let mut rig = writing(full());
    rig.keys("ctrl-g enter esc").types(" More.").keys("f9").types("wrong").keys("enter");
    let [.., save, sign] = rig.asked.as_slice() else { panic!() };
    let (save, sign, epoch) = (save.ticket, sign.ticket, sign.epoch);
    let on_disk = Answer::DraftSaved { client: ClientId([1; 16]), number: 9, edits: 7, at: at(14, 3, 23) };
    rig.answer_to(save, epoch, Ok(on_disk));
    rig.answer_to(sign, epoch, Err(Fault::user("The passphrase does not fit.")));
    // The window stays, its field is empty, and the next try is typed there.
    rig.sees("Sign this note").sees("does not fit").sees_not("•").sees("Risk: not answered");
    rig.types("5!").sees("••");
    rig.keys("esc").sees("court days. More.").sees("Saved 14:03:23");
    rig.types("!");
    assert_eq!(typed(&rig)[2], "Calls the sister on court days. More.!");
}

#[test]
fn what_is_not_written_is_not_signed() {
    let mut rig = writing(["", "", ""]);
    rig.keys("f9").sees("The note is empty. Write something first, then sign.").sees_not("Sign this note");
    // Who types the passphrase without looking writes it nowhere, and runs nothing.
    rig.types("my long, secret? words").keys("enter");
    rig.sees_not("secret").sees_not("The note is empty. Write something first, then sign.");
    rig.types("Only the data of this hour.").keys("f9");
    rig.sees("There is no text yet under Assessment and Plan").sees_not("Sign this note");
    rig.keys("esc");
    rig.sees("Only the data of this hour.").sees_not("secret").sees_not("still to be written");
}

#[test]
fn an_old_service_is_announced_as_late() {
    let Answer::Draft(mut view) = draft(chart(), full()) else { panic!() };
    let DraftBody::Note(note) = &mut view.body else { panic!() };
    note.service = service(18);
    std::sync::Arc::make_mut(&mut view.chart.person.summary).plan.made = Some(Moment(1));
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(Answer::Draft(view));
    rig.keys("f9").sees("The note works on nothing on the plan. Why?");
    // Who types on towards the passphrase shows nothing of it, and chooses nothing.
    rig.types("open sesame 1").sees("The note works on nothing on the plan. Why?").sees_not("sesame");
    rig.keys("end enter").types("asked for a letter").keys("enter");
    rig.sees("LATE ENTRY").sees("Works on nothing on the plan: asked for a letter");
    // Asked once.
    rig.keys("esc").sees("nothing on the plan: asked for a letter");
    rig.keys("f9").sees("LATE ENTRY");
}

#[test]
fn the_header_is_checked_and_asked_again_with_what_was_typed() {
    let mut rig = writing(full());
    rig.keys("ctrl-e").sees("The service this note is about").sees("Sat 21 Nov 2026");
    rig.keys("ctrl-u").types("T-1").sees("Fri 20 Nov 2026");
    rig.keys("tab ctrl-u").types("9:30").keys("tab ctrl-u").types("2000").keys("ctrl-s");
    rig.sees("takes a whole number up to 1440").sees("9:30");
    rig.keys("ctrl-u").types("45").keys("ctrl-s");
    rig.sees("20 Nov 09:30-10:15  45 min").sees("Not saved yet");
    let drafts = rig.app.unsaved_drafts();
    let service = &note(&drafts[0]).service;
    assert_eq!((service.date, service.start, service.minutes), (day(20), ClockTime(570), 45));
}

#[test]
fn a_service_in_the_future_is_refused() {
    let mut rig = writing(full());
    rig.keys("ctrl-e tab ctrl-u").types("14:04").keys("ctrl-s");
    rig.sees("The service is in the future").sees("14:04");
}

#[test]
fn a_link_takes_three_keys_and_can_be_taken_away() {
    let mut rig = writing(full());
    rig.keys("ctrl-g").sees("[ ] P1 low mood").sees("[ ] P3 evenings alone");
    rig.keys("down enter").sees("[x] P3 evenings alone");
    rig.keys("esc");
    rig.sees("works on  P3 evenings alone");
    rig.keys("ctrl-g down enter").sees("P3 is no longer linked.");
    rig.keys("esc");
    rig.sees("nothing linked yet");
}

/// The chart with a goal and a method on the plan.
fn planned() -> ChartView {
    let mut chart = chart();
    let client = ClientId([1; 16]);
    let line = || PlanLine { client, number: 1, episode: 1, rank: 1, ..PlanLine::default() };
    let goal = Goal { line: line(), wording: "Sleep".into(), problems: vec![1], ..Goal::default() };
    let method = Method { line: line(), goal: 1, wording: "Diary".into(), ..Method::default() };
    (chart.plan.plan.goals, chart.plan.plan.methods) = (vec![goal], vec![method]);
    chart
}

fn linked(rig: &mut Rig) -> Vec<(LineRef, Progress, String)> {
    let drafts = rig.app.unsaved_drafts();
    let Some(save) = drafts.first() else { return Vec::new() };
    note(save).lines.iter().map(|one| (one.line, one.progress, one.sentence.clone())).collect()
}

#[test]
fn a_digit_says_how_far_a_line_has_come_at_every_width() {
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(draft(planned(), full()));
    for (width, height) in [(60, 20), (80, 24)] {
        rig.resize(width, height);
        rig.keys("ctrl-g").types("g1").keys("enter");
        rig.sees("1 none   2 some   3 substantial   4 met   5 worse").sees("a digit, Right");
        rig.keys("2").sees("2 some");
        rig.types("Two nights.").keys("enter");
        rig.sees("[x]").sees("today: some");
        rig.keys("esc");
        let goal = LineRef::goal(1);
        assert_eq!(linked(&mut rig), [(goal, Progress::Some, "Two nights.".into())]);
        // A line that is linked shows its answer again; what takes the link away says so.
        rig.keys("ctrl-g").types("g1").keys("enter").sees("0 takes the link away, and its sentence with it.");
        rig.sees("2 some").sees("Two nights.");
        rig.keys("esc").sees("[x]");
        rig.types("g1").keys("enter 0 enter");
        rig.sees("G1 is no longer linked. Gone with it: “Two nights.”").sees("[ ]");
        rig.keys("esc");
        assert_eq!(linked(&mut rig), []);
    }
}

#[test]
fn esc_goes_back_to_the_list_of_links_and_keeps_the_link() {
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(draft(planned(), full()));
    rig.keys("ctrl-g").types("g1").keys("enter").sees("How far today?");
    rig.keys("esc");
    rig.sees("This note works on").sees("[x]");
    rig.types("m1").keys("enter").sees("Delivered today");
    rig.keys("esc").sees("This note works on");
    rig.keys("esc");
    rig.sees_not("This note works on").sees("G1 Sleep").sees("M1 Diary");
    let of = |line| (line, Progress::Unsaid, String::new());
    assert_eq!(linked(&mut rig), [of(LineRef::goal(1)), of(LineRef::method(1))]);
    rig.keys("ctrl-g").types("m1").keys("enter").sees("0 takes the link away");
    rig.keys("0 tab tab enter");
    rig.sees("M1 is no longer linked.");
}

#[test]
fn a_draft_in_which_nothing_was_written_is_not_kept() {
    let untouched = || {
        let Answer::Draft(mut view) = draft(chart(), ["", "", ""]) else { panic!() };
        view.chart.drafts[0].saved = view.chart.drafts[0].since;
        let mut rig = Rig::chart();
        rig.keys("ctrl-n");
        rig.answer(Answer::Draft(view));
        rig
    };
    let mut rig = untouched();
    rig.keys("ctrl-n").sees("This note is still empty. Write here.");
    rig.keys("esc");
    assert!(matches!(ask(&rig), DocAsk::Drop { number: 9, .. }));
    // What was written and taken away again was written.
    let mut rig = untouched();
    rig.types("x").keys("backspace esc");
    assert!(matches!(ask(&rig), DocAsk::Leave(_)));
    let mut rig = untouched();
    rig.keys("ctrl-g enter esc esc");
    assert!(matches!(ask(&rig), DocAsk::Leave(_)));
}

#[test]
fn an_amended_version_says_so_and_is_not_its_own_last_note() {
    let Answer::Draft(mut view) = draft(with_notes(), full()) else { panic!() };
    let DraftBody::Note(note) = &mut view.body else { panic!() };
    (note.amends, note.reason) = (3, "wrong day".into());
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(Answer::Draft(view));
    rig.sees("DAP  amends the note of 18 Nov");
    let read: Vec<Number> = rig
        .asked
        .iter()
        .filter_map(|one| match &one.command {
            Command::Document(ask) => match ask.as_ref() {
                DocAsk::Read { number, .. } => Some(*number),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(read, [2], "the newest note but the one that is amended");
    rig.resize(60, 20);
    rig.sees("DAP  amends the note of 18 Nov").sees("Saved");
}

#[test]
fn the_list_names_every_line_of_the_plan_a_note_works_on() {
    let mut chart = with_notes();
    chart.notes[2].facts.links = Vec::new();
    chart.notes[2].facts.lines = vec![Served { line: LineRef::goal(2), ..Served::default() }];
    list(chart).sees("G2");
}

#[test]
fn a_draft_takes_another_format_and_its_text_goes_with_it() {
    let mut rig = writing(["", "", ""]);
    rig.keys("ctrl-k f enter").sees("Narrative");
    rig.types("narr").keys("enter").sees("Contact, call or anything");
    let drafts = rig.app.unsaved_drafts();
    assert_eq!((note(&drafts[0]).format.as_str(), note(&drafts[0]).sections.len()), ("narrative", 1));
    rig.types("word")
        .keys("ctrl-k f enter")
        .types("birp")
        .keys("enter")
        .sees("the text is kept")
        .sees("BIRP");
    let drafts = rig.app.unsaved_drafts();
    let sections: Vec<(&str, &str)> =
        note(&drafts[0]).sections.iter().map(|one| (one.key.as_str(), one.text.as_str())).collect();
    assert_eq!(sections, [("behavior", "word"), ("intervention", ""), ("response", ""), ("plan", "")]);
}

#[test]
fn a_draft_that_comes_back_into_its_format_stands_as_it_stood() {
    let mut rig = writing(["Came on time.", "", "Calls on Monday."]);
    let stood = note(&rig.app.unsaved_drafts().pop().unwrap_or_else(|| {
        rig.types("x").keys("backspace");
        rig.app.unsaved_drafts().remove(0)
    }))
    .clone();
    for format in ["crisis", "soap", "no-show", "dap"] {
        rig.keys("ctrl-k f enter").types(format).keys("enter").sees("the text is kept");
    }
    let drafts = rig.app.unsaved_drafts();
    assert_eq!(note(&drafts[0]), &stood);
    let keeps = |command: &Command| {
        let Command::Document(ask) = command else { return false };
        matches!(ask.as_ref(), DocAsk::Keep { why: crate::service::api::KeptFor::Format, .. })
    };
    let kept = rig.asked.iter().filter(|ask| keeps(&ask.command)).count();
    assert_eq!(kept, 4, "and a version is kept before each");
    // Once something was written the texts go where they belong, as ever.
    rig.keys("ctrl-k f enter").types("narr").keys("enter").types("More. ");
    rig.keys("ctrl-k f enter").types("dap").keys("enter").sees("More.").sees("Came on time.");
}

#[test]
fn a_format_takes_what_fits_and_keeps_what_fits_nowhere() {
    let mut rig = writing(full());
    rig.keys("ctrl-k f enter").types("pie").keys("enter");
    let drafts = rig.app.unsaved_drafts();
    let pie = note(&drafts[0]);
    assert_eq!(pie.sections[0].text, full()[0]);
    assert_eq!(pie.sections[2].text, format!("{}\n\n{}", full()[1], full()[2]));
    rig.keys("ctrl-k f enter").types("consult").keys("enter");
    let drafts = rig.app.unsaved_drafts();
    let all: String = note(&drafts[0]).sections.iter().map(|one| one.text.as_str()).collect();
    for text in full() {
        assert!(all.contains(text), "{text} is lost in {all}");
    }
    let fields: Vec<&str> = note(&drafts[0]).fields.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(fields, ["who"]);
    // And back: what it took along finds its place again, as far as one can tell.
    rig.keys("ctrl-k f enter").types("dap").keys("enter");
    let drafts = rig.app.unsaved_drafts();
    let all: String = note(&drafts[0]).sections.iter().map(|one| one.text.as_str()).collect();
    assert!(full().iter().all(|text| all.contains(text)), "{all}");
}

#[test]
fn deleting_a_draft_asks_first_and_another_key_agrees() {
    let mut rig = writing(["words", "", ""]);
    let before = rig.asked.len();
    rig.keys("ctrl-k x enter").sees("Delete this draft?").sees("RIVERA, Jo");
    rig.keys("enter x");
    assert_eq!(rig.asked.len(), before);
    rig.keys("ctrl-g");
    assert!(matches!(ask(&rig), DocAsk::Delete { number: 9, .. }));
    rig.answer(done("The draft is deleted.", chart()));
    rig.sees("No notes yet").sees("The draft is deleted.");
}

#[test]
fn another_persons_draft_is_only_read() {
    let mut opened = chart();
    opened.drafts = vec![line(5, StaffId([8; 16]), "Sam Vo MA")];
    let mut rig = list(opened.clone());
    rig.keys("f9").sees("Highlight a draft of yours first.");
    rig.keys("enter");
    let Answer::Draft(mut view) = draft(opened, ["What Sam wrote", "", ""]) else { panic!() };
    (view.number, view.by, view.read_only) = (5, StaffId([8; 16]), true);
    rig.answer(Answer::Draft(view));
    rig.sees("What Sam wrote").sees("You can only").sees("it is not part of the record");
    rig.types("x");
    assert!(rig.app.unsaved_drafts().is_empty());
    let before = rig.asked.len();
    rig.keys("esc").sees("by Sam Vo MA, to read only");
    assert_eq!(rig.asked.len(), before, "nothing to save in a draft of somebody else");
}

#[test]
fn the_last_plan_stands_below_or_beside() {
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(draft(with_notes(), ["", "", ""]));
    let DocAsk::Read { number: 3, .. } = ask(&rig) else { panic!() };
    rig.answer(Answer::Document(Box::new(view(&head(3, 18, "")))));
    rig.sees("Last note 18 Nov  Plan: Call the sister before 20:00").sees("What was said");
    rig.resize(120, 40);
    rig.sees("Problems").sees("P3 evenings alone").sees("Last note 18 Nov").sees("Call the sister");
    rig.resize(200, 60);
    rig.sees("│    Problems");
    rig.resize(59, 24);
    rig.sees("too small").sees_not("Call the sister");
}

#[test]
fn a_click_puts_the_cursor_into_the_section() {
    let mut rig = writing(["alpha", "beta", ""]);
    rig.click(3, 9);
    rig.types("X");
    assert_eq!(typed(&rig), ["alpha", "beXta", ""]);
}

#[test]
fn a_page_that_is_longer_than_the_screen_follows_the_cursor() {
    let mut rig = writing(["", "", ""]);
    for n in 0..30 {
        rig.types(&format!("line {n}")).keys("enter");
    }
    rig.sees("line 29").sees_not("line 3\n");
    rig.keys("ctrl-home").sees("Data").sees("line 0").sees_not("line 29");
    rig.keys("ctrl-end").sees("Plan");
}

#[test]
fn ascii_and_mono_show_nothing_beyond_ascii() {
    let mut rig = Rig::themed(&Theme::plain(Name::Mono, true));
    rig.keys("r o s a tab x enter");
    rig.answer(Answer::SignedIn(Box::new(rig::session(vec![rig::person(1, "Jo", "Rivera")]))));
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(with_notes())));
    rig.keys("n");
    rig.sees("> 18 Nov");
    rig.keys("ctrl-n");
    rig.answer(draft(with_notes(), ["…and then", "", ""]));
    rig.resize(120, 40);
    let screen = rig.screen();
    assert!(screen.is_ascii(), "{screen}");
}

#[path = "phrase_tests.rs"]
mod phrase_tests;
