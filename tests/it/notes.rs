//! A note from its first letter to its addendum, by keys, through the real service.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::Act;
use ratatui::style::Modifier;

/// Rosa in the notes of Jo, who has one problem.
fn notes() -> Driver {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let problem = desk.rig.problem(jo, "low mood after court days", "");
    desk.rig.done(problem);
    desk.rig.lock();
    desk.sign_in("rosa");
    desk.keys("enter n");
    desk.sees("No notes yet");
    desk
}

#[test]
fn a_note_is_written_signed_read_and_added_to() {
    let mut desk = notes();
    desk.keys("ctrl-n").types("Came on time and chose to start with the hearing.");
    desk.sees("Not saved yet");
    desk.advance(1_000);
    desk.sees("Saved ").sees_no("Not saved");
    desk.keys("tab").types("Less tense than a week ago, and says so.");
    desk.keys("tab").types("Calls the sister on court days.").keys("ctrl-g enter esc f9");
    desk.sees("RIVERA, Jo").sees("works on P1 low mood after court days");
    desk.types("wrong passphrase").keys("enter");
    desk.sees("Sign this note").sees("This is not your passphrase").sees_no("•").sees_no("Note signed");
    desk.types(Rig::PASSPHRASE).keys("enter");
    desk.sees("Note signed").sees("Rosa Imani LADC").sees("P1");
    desk.keys("enter").sees("chose to start with the hearing").keys("end").sees("The signature is valid.");
    desk.keys("ctrl-a").sees("Addendum");
    desk.types("The sister called back the same evening.").keys("f9");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("signed");
    desk.keys("home enter").sees("▼").sees_no("DOES NOT");
    desk.keys("end").sees("same evening").sees("The signature is valid.").sees_no("DOES NOT");
}

#[test]
fn a_word_is_found_in_the_signed_notes() {
    let mut desk = notes();
    for data in ["Came on time. The brother called about the café.", "Late; the bus did not come."] {
        desk.keys("ctrl-n").types(data).keys("tab").types("Less tense.").keys("tab").types("Next week.");
        desk.keys("ctrl-g enter esc f9").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
    }
    desk.keys("ctrl-f").types("x").keys("enter").sees("at least two letters").keys("backspace");
    desk.types("cafe").keys("enter").sees("\"cafe\": 1 of 2 signed notes").sees("called about the café.");
    desk.keys("enter").sees("The brother called about the café.");
    assert_eq!(standing_out(&desk), "café");
    // Back from the note one is among what was found, at the same place.
    desk.keys("esc").sees("\"cafe\": 1 of 2 signed notes").sees("► ").keys("enter");
    desk.sees("The brother called about the café.").keys("esc esc").sees_no("signed notes");
    desk.keys("ctrl-f").types("LATE; the bus").keys("enter enter");
    assert_eq!(standing_out(&desk), "Late; the bus", "without colour it stands out by its weight");
    desk.keys("esc esc ctrl-f")
        .types("hospital")
        .keys("enter")
        .sees("None of 2 signed notes has \"hospital\".");
    let searched = desk.rig.audit_events().iter().filter(|event| event.act == Act::NotesSearched).count();
    assert_eq!(searched, 3, "each search is recorded");
}

/// What stands out among the prose of the page, bold and underlined.
fn standing_out(desk: &Driver) -> String {
    let found = Modifier::BOLD | Modifier::UNDERLINED;
    let cells = desk.drawn().content.clone().into_iter().filter(|cell| cell.modifier.contains(found));
    cells.map(|cell| cell.symbol().to_owned()).collect()
}

#[test]
fn a_draft_is_left_found_again_and_deleted() {
    let mut desk = notes();
    desk.keys("ctrl-n").types("half a sent").keys("esc");
    desk.sees("kept").sees("Draft: DAP note, 21 Nov");
    desk.keys("enter").types("ence").sees("half a sentence");
    desk.keys("ctrl-l").sees_no("half a sentence");
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("half a sentence").sees("Saved ");
    desk.keys("ctrl-k x enter").sees("Delete this draft?").sees("RIVERA, Jo");
    desk.keys("ctrl-g").sees("No notes yet");
}

/// Day and time that the program guessed and nobody confirmed are marked in the signed note, until a new version confirms them.
#[test]
fn a_time_that_nobody_confirmed_is_marked_in_the_signed_note() {
    use concord::domain::{Block, NoteText};
    use concord::service::api::*;
    let (mut rig, jo, _) = crate::plan::planned();
    for guessed in [true, false] {
        let mut view = rig.draft(DocAsk::NewNote { client: jo, format: "DAP".into(), addendum_to: 0 });
        let DraftBody::Note(note) = &mut view.body else { panic!("no note") };
        assert!(note.guessed, "no session is there to tell them");
        note.guessed = guessed;
        let number = crate::plan::sign(&mut rig, &view, &[]);
        let Answer::Document(doc) = rig.ok(DocAsk::TakeUp { client: jo, number }.into()) else { panic!() };
        let said: Vec<String> = doc.part.content.blocks.iter().map(Block::words).collect();
        assert_eq!(said.iter().any(|line| line.contains("a guess of the program")), guessed, "{said:?}");
    }
    let text = NoteText { guessed: true, ..NoteText::default() };
    assert!(
        concord::domain::NoteDraft::amending(3, text, Vec::new()).guessed,
        "an amendment confirms nothing by itself"
    );
}
