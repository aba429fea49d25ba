//! Laws of the whole editor, over random texts and commands.

use proptest::prelude::*;
use ratatui::buffer::Buffer as Frame;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::EditorCommand as C;
use super::*;

const FAMILY: &str = "👨\u{200D}👩\u{200D}👧";
const ALL_MOTIONS: [Motion; 21] = [
    Motion::Left,
    Motion::Right,
    Motion::Up,
    Motion::Down,
    Motion::WordLeft,
    Motion::WordRight,
    Motion::RowStart,
    Motion::RowEnd,
    Motion::TextStart,
    Motion::TextEnd,
    Motion::PageUp,
    Motion::PageDown,
    Motion::WordEnd,
    Motion::SentenceLeft,
    Motion::SentenceRight,
    Motion::ParagraphStart,
    Motion::ParagraphEnd,
    Motion::ParagraphUp,
    Motion::ParagraphDown,
    Motion::StepRight,
    Motion::StepLeft,
];

fn run(editor: &mut Editor, commands: impl IntoIterator<Item = C>) {
    for command in commands {
        editor.apply(command);
    }
}

/// Text as it comes: prose, traps and rubbish.
fn rough() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,6} ",
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just("\u{301}".to_owned()),
        Just("\u{200D}".to_owned()),
        Just("\u{1B}[2J\u{9B}".to_owned()),
        Just("\u{202E}\u{200B}".to_owned()),
        Just("🇩".to_owned()),
        Just("👩".to_owned()),
        Just(FAMILY.to_owned()),
        Just("東京、".to_owned()),
        "\\PC",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn command() -> impl Strategy<Value = C> {
    let motion = || prop::sample::select(&ALL_MOTIONS[..]);
    prop_oneof![
        6 => prop::sample::select(vec!['a', 'b', ' ', '.', '東', '\u{301}', '\u{200D}', '👩', '🇩', '\n'])
            .prop_map(C::InsertChar),
        2 => rough().prop_map(C::InsertText),
        4 => motion().prop_map(C::Move),
        3 => motion().prop_map(C::Select),
        8 => prop::sample::select(vec![
            C::Newline, C::Backspace, C::Delete, C::DeleteWordBack, C::DeleteWordForward, C::DeleteToRowStart,
            C::DeleteToRowEnd, C::SelectAll, C::ToggleMark, C::Unselect, C::Cut, C::Copy, C::Paste,
            C::SelectOtherEnd, C::UnselectToStart, C::PasteBehind, C::PasteBefore, C::CutToParagraphEnd, C::Join, C::SwapCase,
            C::SelectAround(Around::Word), C::SelectAround(Around::WordAndSpace),
            C::SelectAround(Around::Sentence), C::SelectAround(Around::SentenceAndSpace),
            C::SelectAround(Around::Paragraph),
        ]),
    ]
}

fn with_undo() -> impl Strategy<Value = C> {
    prop_oneof![6 => command(), 1 => Just(C::Undo), 1 => Just(C::Redo)]
}

/// What must hold after every command.
fn check(editor: &Editor) -> Result<(), TestCaseError> {
    let text = editor.text();
    let steers = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202E}' | '\u{200B}');
    prop_assert!(!text.chars().any(steers));
    for pos in [Some(editor.cursor()), editor.anchor].into_iter().flatten() {
        let line = text.split('\n').nth(pos.paragraph).unwrap_or_default();
        let mut bounds = line.grapheme_indices(true).map(|(i, _)| i).chain([line.len()]);
        prop_assert!(bounds.any(|i| i == pos.byte), "{pos:?} is not between graphemes of {line:?}");
    }
    prop_assert_eq!(editor.word_count(), Editor::new(&text).word_count());
    for paragraph in editor.buffer.paragraphs() {
        let width = text_columns(editor.width);
        prop_assert_eq!(&paragraph.rows(width)[..], &wrap::wrap(paragraph.text(), width)[..]);
    }
    let row = editor.cursor_row(editor.width);
    prop_assert!((editor.scroll()..editor.scroll() + 5).contains(&row), "the cursor is out of sight");
    Ok(())
}

proptest! {
    #[test]
    fn undo_and_redo_all_lead_back(start in rough(), commands in prop::collection::vec(command(), 0..40)) {
        let mut editor = Editor::new(&start);
        editor.resize(14, 5);
        let original = editor.text();
        run(&mut editor, commands);
        let (last, marks) = (editor.text(), editor.history());
        while editor.apply(C::Undo).changed {}
        prop_assert_eq!(editor.text(), original);
        while editor.apply(C::Redo).changed {}
        prop_assert_eq!(editor.text(), last);
        prop_assert_eq!(editor.history(), marks);
    }

    #[test]
    fn a_passage_stands_over_its_words_while_it_stands_and_undo_brings_it_back(
        start in rough(), ends in prop::collection::vec((0_usize..60, 0_usize..60), 0..5),
        commands in prop::collection::vec(with_undo(), 0..30),
    ) {
        let mut editor = Editor::new(&start);
        editor.resize(14, 5);
        for (about, (one, other)) in (0..).zip(ends) {
            let (from, to) = (editor.at_offset(one), editor.at_offset(other));
            editor.tag(from, to, Tag::Copied, about);
        }
        let original = editor.passages().to_vec();
        let words: Vec<(u32, String)> =
            original.iter().map(|one| (one.about, editor.slice(one.from, one.to))).collect();
        for command in commands {
            editor.apply(command);
            for one in editor.passages() {
                let now = editor.buffer.slice(one.from, one.to);
                prop_assert!(words.contains(&(one.about, now.clone())), "{:?} over {:?}", one, now);
            }
        }
        let last = editor.passages().to_vec();
        let undone = editor.history().1;
        while editor.apply(C::Redo).changed {}
        let newest = editor.passages().to_vec();
        while editor.apply(C::Undo).changed {}
        prop_assert_eq!(editor.passages(), &original[..]);
        while editor.apply(C::Redo).changed {}
        prop_assert_eq!(editor.passages(), &newest[..]);
        for _ in 0..undone {
            editor.apply(C::Undo);
        }
        prop_assert_eq!(editor.passages(), &last[..]);
    }

    #[test]
    fn a_text_put_in_with_tags_is_one_step_and_the_tags_stand_on_its_words(
        start in rough(), at in 0_usize..60, parts in prop::collection::vec(rough(), 0..5),
    ) {
        let mut editor = Editor::new(&start);
        editor.resize(14, 5);
        let place = editor.at_offset(at);
        editor.go_to_place(place);
        let (mut text, mut tags) = (String::new(), Vec::new());
        for (about, part) in (0..).zip(&parts) {
            tags.push((text.len()..text.len() + part.len(), Tag::Blank, about));
            text.push_str(part);
        }
        let before = editor.text();
        let effect = editor.insert_step(&text, &tags);
        for one in editor.passages() {
            let words: String = editor.buffer.slice(one.from, one.to);
            let part = &parts[one.about as usize];
            prop_assert!(words.chars().filter(|c| c.is_alphanumeric()).all(|c| part.contains(c)));
        }
        check(&editor)?;
        let tagged = editor.passages().to_vec();
        prop_assert_eq!(effect.changed, editor.apply(C::Undo).changed);
        prop_assert_eq!(editor.text(), before);
        prop_assert!(editor.passages().is_empty());
        editor.apply(C::Redo);
        prop_assert_eq!(editor.passages(), &tagged[..]);
    }

    #[test]
    fn all_replaced_is_as_by_hand_and_one_undo_away(
        text in "[abAB \\né東]{0,40}", sought in "[abé東]{1,2}", with in rough(),
    ) {
        let mut editor = Editor::new(&text);
        editor.resize(14, 5);
        let query = Query::new(&sought).unwrap();
        let before = editor.text();
        let found = editor.find_all(&query);
        let count = editor.replace_all(&query, &with);
        prop_assert_eq!(count, found.len());
        check(&editor)?;
        let starts: Vec<usize> = before.split('\n').scan(0, |at, line| Some(std::mem::replace(at, *at + line.len() + 1))).collect();
        let mut expected = before.clone();
        for (from, to) in found.into_iter().rev() {
            let range = starts[from.paragraph] + from.byte..starts[to.paragraph] + to.byte;
            expected.replace_range(range, &clean(&with));
        }
        // What is before a match may change what a joiner or a mark of the new text may do.
        if with.chars().all(|c| c.is_alphanumeric() || c == ' ') {
            prop_assert_eq!(editor.text(), expected);
        }
        prop_assert_eq!(editor.apply(C::Undo).changed, count > 0);
        prop_assert_eq!(editor.text(), before);
    }

    #[test]
    fn every_command_keeps_the_invariants(start in rough(), commands in prop::collection::vec(with_undo(), 0..40)) {
        let mut editor = Editor::new(&start);
        editor.resize(14, 5);
        for command in commands {
            let (before, edits) = (editor.text(), editor.edits());
            let effect = editor.apply(command);
            prop_assert_eq!(effect.changed, editor.edits() != edits);
            prop_assert!(effect.changed || editor.text() == before);
            check(&editor)?;
        }
    }

    #[test]
    fn what_is_drawn_holds_no_control_and_keeps_the_cursor_inside(text in rough(), width in 1_u16..20, height in 1_u16..6) {
        let mut editor = Editor::new(&text);
        editor.apply(C::Move(Motion::TextEnd));
        editor.resize(width, height);
        let area = Rect::new(0, 0, width, height);
        let mut frame = Frame::empty(area);
        let cursor = editor.draw(area, &mut frame, Look::default());
        prop_assert!(cursor.is_some_and(|at| area.contains(at)));
        for cell in frame.content() {
            prop_assert!(!cell.symbol().is_empty() && clean(cell.symbol()) == cell.symbol(), "{:?}", cell.symbol());
        }
    }
}
