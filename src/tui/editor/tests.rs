//! The whole editor, by example. Its laws are in `laws.rs`.

use ratatui::buffer::Buffer as Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::EditorCommand as C;
use super::*;

const FAMILY: &str = "👨\u{200D}👩\u{200D}👧";

fn run(editor: &mut Editor, commands: impl IntoIterator<Item = C>) {
    for command in commands {
        editor.apply(command);
    }
}

fn at_end(text: &str) -> Editor {
    let mut editor = Editor::new(text);
    editor.apply(C::Move(Motion::TextEnd));
    editor
}

fn type_in(editor: &mut Editor, text: &str) {
    run(editor, text.chars().map(C::InsertChar));
}

fn undo_texts(editor: &mut Editor) -> Vec<String> {
    let mut texts = Vec::new();
    while editor.apply(C::Undo).changed {
        texts.push(editor.text());
    }
    texts
}

#[test]
fn backspace_and_delete_take_whole_graphemes() {
    for grapheme in ["e\u{301}", FAMILY, "🇩🇪", "👍🏽", "東"] {
        let mut editor = at_end(&format!("a{grapheme}"));
        editor.apply(C::Backspace);
        assert_eq!(editor.text(), "a");
        let mut editor = Editor::new(&format!("{grapheme}b"));
        editor.apply(C::Delete);
        assert_eq!(editor.text(), "b");
    }
}

#[test]
fn a_joined_emoji_typed_one_character_at_a_time_is_one_grapheme() {
    let mut editor = Editor::default();
    type_in(&mut editor, FAMILY);
    assert_eq!(editor.text(), FAMILY);
    editor.apply(C::Move(Motion::Left));
    assert_eq!(editor.cursor(), Pos::default());
}

#[test]
fn typing_before_a_lone_mark_leaves_the_cursor_behind_both() {
    let mut editor = Editor::new("\u{301}");
    editor.apply(C::InsertChar('e'));
    assert_eq!((editor.text().as_str(), editor.cursor().byte), ("e\u{301}", 3));
}

#[test]
fn undo_goes_by_words_pauses_and_moves() {
    let mut editor = Editor::default();
    type_in(&mut editor, "hello world foo");
    assert_eq!(undo_texts(&mut editor), ["hello world ", "hello ", ""]);

    let mut editor = Editor::default();
    for (ms, typed) in [(10_000, "wal"), (11_000, "k"), (13_100, "ed")] {
        editor.at_time(ms);
        type_in(&mut editor, typed);
    }
    assert_eq!(undo_texts(&mut editor), ["walk", ""]);

    let mut editor = Editor::default();
    type_in(&mut editor, "ab");
    run(&mut editor, [C::Move(Motion::Left), C::Move(Motion::Right)]);
    type_in(&mut editor, "cd");
    assert_eq!(undo_texts(&mut editor), ["ab", ""]);
}

#[test]
fn a_run_of_backspaces_undoes_by_words_too() {
    let mut editor = at_end("one two");
    run(&mut editor, [C::Backspace, C::Backspace, C::Backspace, C::Backspace, C::Backspace]);
    assert_eq!(editor.text(), "on");
    assert_eq!(undo_texts(&mut editor), ["one", "one two"]);
    let mut editor = Editor::new("one two");
    run(&mut editor, std::iter::repeat_n(C::Delete, 6));
    assert_eq!(editor.text(), "o");
    assert_eq!(undo_texts(&mut editor), ["two", "one two"]);
}

#[test]
fn a_paste_is_one_step_and_clean() {
    let mut editor = at_end("x ");
    editor.apply(C::InsertText("one\r\ntwo\t\u{1B}[1m\u{202E}three".into()));
    assert_eq!(editor.text(), "x one\ntwo    [1mthree");
    assert_eq!(undo_texts(&mut editor), ["x "]);
}

#[test]
fn a_new_edit_ends_redo_and_undo_gives_the_selection_back() {
    let mut editor = at_end("one two");
    run(&mut editor, [C::Select(Motion::WordLeft), C::InsertChar('x'), C::Undo]);
    assert_eq!(editor.text(), "one two");
    assert_eq!(editor.selection(), Some((Pos { paragraph: 0, byte: 4 }, Pos { paragraph: 0, byte: 7 })));
    editor.apply(C::InsertChar('y'));
    assert!(!editor.apply(C::Redo).changed);
    assert_eq!(editor.text(), "one y");
}

#[test]
fn cut_copy_and_paste_hand_the_text_to_the_caller() {
    let mut editor = Editor::new("one\ntwo");
    assert_eq!(editor.apply(C::Copy), Effect::default());
    editor.apply(C::SelectAll);
    assert_eq!(editor.apply(C::Copy), Effect { changed: false, clipboard: Some("one\ntwo".into()) });
    assert_eq!(editor.apply(C::Cut), Effect { changed: true, clipboard: Some("one\ntwo".into()) });
    assert!(editor.is_empty());
    run(&mut editor, [C::Paste, C::Paste]);
    assert_eq!(editor.text(), "one\ntwoone\ntwo");
    assert_eq!(undo_texts(&mut editor), ["one\ntwo", "", "one\ntwo"]);
}

#[test]
fn a_mark_selects_with_plain_motions() {
    let mut editor = Editor::new("one two");
    run(&mut editor, [C::ToggleMark, C::Move(Motion::WordRight)]);
    assert_eq!(editor.apply(C::Cut).clipboard.as_deref(), Some("one "));
    assert!(!editor.is_marking());
    editor.apply(C::Move(Motion::RowEnd));
    assert_eq!(editor.selection(), None);
}

#[test]
fn left_and_right_step_out_of_a_selection_to_its_edge() {
    let mut editor = Editor::new("one two");
    run(&mut editor, [C::Move(Motion::Right), C::Select(Motion::WordRight), C::Move(Motion::Left)]);
    assert_eq!(editor.cursor().byte, 1);
    run(&mut editor, [C::Select(Motion::WordRight), C::Move(Motion::Right)]);
    assert_eq!(editor.cursor().byte, 4);
}

#[test]
fn words_and_rows_are_deleted_in_one_step() {
    let mut editor = at_end("one two three");
    editor.apply(C::DeleteWordBack);
    assert_eq!(editor.text(), "one two ");
    run(&mut editor, [C::Move(Motion::TextStart), C::DeleteWordForward]);
    assert_eq!(editor.text(), "two ");
    run(&mut editor, [C::Move(Motion::Right), C::DeleteToRowEnd]);
    assert_eq!(editor.text(), "t");
    editor.apply(C::DeleteToRowStart);
    assert_eq!(editor.text(), "");
    assert_eq!(undo_texts(&mut editor), ["t", "two ", "one two ", "one two three"]);
}

#[test]
fn up_and_down_keep_the_column_over_short_rows() {
    let mut editor = Editor::new("a long first row\nab\nanother long row");
    run(&mut editor, std::iter::repeat_n(C::Move(Motion::Right), 9));
    run(&mut editor, [C::Move(Motion::Down)]);
    assert_eq!(editor.cursor(), Pos { paragraph: 1, byte: 2 });
    editor.apply(C::Move(Motion::Down));
    assert_eq!(editor.cursor(), Pos { paragraph: 2, byte: 9 });
    run(&mut editor, [C::Move(Motion::Up), C::Move(Motion::Up)]);
    assert_eq!(editor.cursor(), Pos { paragraph: 0, byte: 9 });
}

#[test]
fn rows_are_visual_and_the_ends_are_known() {
    // 11 cells hold ten columns of text: "daily", "weekly", "monthly" stand on a row each.
    let mut editor = Editor::new("daily weekly monthly");
    editor.resize(11, 2);
    assert_eq!((editor.rows(11), editor.rows(80)), (3, 1));
    assert!(editor.at_top() && !editor.at_bottom());
    run(&mut editor, [C::Move(Motion::RowEnd), C::Move(Motion::Down)]);
    assert_eq!((editor.cursor().byte, editor.cursor_row(11)), (11, 1));
    assert!(!editor.at_top() && !editor.at_bottom());
    editor.apply(C::Move(Motion::Down));
    assert!(editor.at_bottom());
    assert_eq!(editor.scroll(), 1);
    run(&mut editor, [C::Move(Motion::PageUp), C::Move(Motion::PageUp)]);
    assert!(editor.at_top());
    assert_eq!(editor.scroll(), 0);
}

#[test]
fn entering_from_another_section_keeps_the_column() {
    let mut above = at_end("walked the dog");
    let column = above.column();
    let mut below = Editor::new("ab\nand then the rest of it");
    below.enter(Side::Top, column);
    assert_eq!(below.cursor(), Pos { paragraph: 0, byte: 2 });
    below.apply(C::Move(Motion::Down));
    assert_eq!(below.cursor(), Pos { paragraph: 1, byte: column });
    above.enter(Side::Bottom, 3);
    assert_eq!(above.cursor().byte, 3);
}

#[test]
fn an_edit_wraps_its_own_paragraph_only() {
    let text = "They came on time and chose to start with the hearing.\n".repeat(50);
    let mut editor = Editor::new(&text);
    editor.resize(30, 20);
    let before = editor.buffer.wraps();
    assert!(before.iter().all(|wraps| *wraps == 1));
    run(&mut editor, [C::Move(Motion::Down), C::Move(Motion::PageDown), C::Move(Motion::TextStart)]);
    assert_eq!(editor.buffer.wraps(), before);
    editor.apply(C::InsertChar('x'));
    let after = editor.buffer.wraps();
    assert_eq!(after[0], 2);
    assert_eq!(after[1..], before[1..]);
}

#[test]
fn a_hundred_kilobytes_in_one_paragraph_and_in_many_are_edited_at_every_end() {
    for text in
        ["one word after another, ".repeat(4400), "a paragraph of prose.\n".repeat(4800), "x".repeat(105_000)]
    {
        let mut editor = Editor::new(&text);
        assert!(text.len() > 100_000);
        run(
            &mut editor,
            [C::InsertChar('a'), C::Move(Motion::TextEnd), C::InsertChar('b'), C::Move(Motion::PageUp)],
        );
        assert_eq!(editor.text(), format!("a{text}b"));
        assert_eq!(undo_texts(&mut editor).last(), Some(&text));
    }
}

#[test]
fn words_are_counted_as_people_count_them() {
    let mut editor = Editor::new("They didn't - not once.\n\nBP 120/80 ...");
    assert_eq!(editor.word_count(), 6);
    run(&mut editor, [C::Move(Motion::TextEnd), C::InsertText(" well".into())]);
    assert_eq!(editor.word_count(), 7);
}

#[test]
fn loading_is_no_edit_and_forgets_the_history() {
    let mut editor = Editor::default();
    type_in(&mut editor, "abc");
    let edits = editor.edits();
    editor.set_text("loaded\r\ntext");
    assert_eq!((editor.text().as_str(), editor.edits()), ("loaded\ntext", edits));
    assert!(!editor.apply(C::Undo).changed);
    editor.apply(C::Delete);
    assert_eq!(editor.edits(), edits + 1);
    editor.wipe();
    assert!(editor.is_empty() && editor.history() == (0, 0));
}

#[test]
fn debug_never_shows_what_is_written() {
    let mut editor = at_end("Rosa's secret");
    editor.apply(C::SelectAll);
    let effect = editor.apply(C::Copy);
    let shown =
        format!("{editor:?} {effect:?} {:?} {:?}", C::InsertText("secret".into()), C::InsertChar('s'));
    assert!(!shown.contains("secret") && !shown.contains("'s'"), "{shown}");
}

#[test]
fn a_snippet_takes_the_place_of_its_name_and_its_blanks_are_jumped_to() {
    let mut editor = at_end("Slept well. .mood");
    let (from, name) = editor.word_before_cursor().unwrap();
    assert_eq!(name, ".mood");
    let text = "Mood [mood], affect [affect].";
    let tags = [(5..11, Tag::Blank, 0), (20..28, Tag::Blank, 0)];
    assert!(editor.replace_tagged(from, editor.cursor(), text, &tags).changed);
    assert_eq!(editor.text(), "Slept well. Mood [mood], affect [affect].");
    assert!(editor.select_passage(Tag::Blank, false));
    type_in(&mut editor, "calm");
    assert_eq!(editor.text(), "Slept well. Mood calm, affect [affect].");
    assert_eq!(editor.passages().len(), 1, "a blank that is written in is filled");
    assert!(editor.select_passage(Tag::Blank, true) && editor.select_passage(Tag::Blank, false));
    editor.apply(C::Undo);
    assert_eq!(
        (editor.text().as_str(), editor.passages().len()),
        ("Slept well. Mood [mood], affect [affect].", 2)
    );
    editor.apply(C::Undo);
    assert_eq!((editor.text().as_str(), editor.passages().len()), ("Slept well. .mood", 0));
    assert!(!editor.select_passage(Tag::Blank, false));
}

#[test]
fn passages_move_with_the_text_before_them_and_end_when_they_are_touched() {
    let mut editor = Editor::new("one two three");
    editor.tag(editor.at_offset(4), editor.at_offset(7), Tag::Copied, 9);
    let stands = |editor: &Editor| editor.passages().first().map(|one| editor.slice(one.from, one.to));
    run(&mut editor, [C::InsertText("a\nb ".into()), C::Move(Motion::TextEnd), C::InsertChar('!')]);
    assert_eq!(stands(&editor).as_deref(), Some("two"));
    assert_eq!(editor.offset(editor.passages()[0].from), 8);
    run(&mut editor, [C::Move(Motion::WordLeft), C::Move(Motion::WordLeft), C::InsertChar('x')]);
    assert_eq!(stands(&editor).as_deref(), Some("two"), "written right before it, not in it");
    run(&mut editor, [C::Move(Motion::Right), C::Delete]);
    assert_eq!(stands(&editor), None);
    editor.apply(C::Undo);
    assert_eq!(editor.passages()[0], Passage { about: 9, ..editor.passages()[0] });
    assert_eq!(stands(&editor).as_deref(), Some("two"));
}

#[test]
fn what_is_seen_is_said_with_a_version_that_changes_with_the_text() {
    let mut editor = Editor::new("daily weekly monthly\nb\nc");
    editor.resize(10, 3);
    let seen = |editor: &Editor| editor.seen(1, 3, 10);
    let first = seen(&editor);
    let at: Vec<_> = first.iter().map(|one| (one.paragraph, one.range.clone())).collect();
    assert_eq!(at, [(0, 6..20), (1, 0..1)]);
    assert_eq!(seen(&editor), first);
    editor.apply(C::InsertChar('x'));
    let second = seen(&editor);
    assert!(second[0].version != first[0].version && second[1].version == first[1].version);
    editor.set_text("daily weekly monthly\nb\nc");
    assert!(seen(&editor).iter().all(|one| one.version > second[0].version));
}

#[test]
fn the_word_at_the_cursor_is_found_from_both_its_edges() {
    let mut editor = Editor::new("They didn't.");
    let word = |editor: &Editor| editor.word_at_cursor().map(|(_, _, word)| word.to_owned());
    assert_eq!(word(&editor).as_deref(), Some("They"));
    editor.go_to_place(editor.at_offset(5));
    assert_eq!(word(&editor).as_deref(), Some("didn't"));
    editor.apply(C::Move(Motion::TextEnd));
    assert_eq!((word(&editor), editor.word_before_cursor().map(|(_, word)| word)), (None, Some("didn't.")));
}

#[test]
fn decorations_lie_over_the_text_and_under_the_selection() {
    let mut editor = Editor::new("a wrng word");
    editor.resize(12, 4);
    editor.select(editor.at_offset(2), editor.at_offset(3));
    let look = Look { text: Style::new(), selection: Style::new().add_modifier(Modifier::REVERSED) };
    let under = Style::new().add_modifier(Modifier::UNDERLINED);
    let wrong = Decoration { paragraph: 0, range: 2..6, style: under };
    let elsewhere = Decoration { paragraph: 1, range: 0..9, style: under };
    let area = Rect::new(0, 0, 12, 4);
    let mut frame = Frame::empty(area);
    editor.draw_decorated(0, area, &mut frame, look, &[wrong, elsewhere]);
    let styled: Vec<Modifier> = (0..8).map(|x| frame[(x, 0)].modifier).collect();
    let (plain, under, over) = (Modifier::empty(), Modifier::UNDERLINED, Modifier::REVERSED);
    assert_eq!(styled, [plain, plain, over, under, under, under, plain, plain]);
}

fn screen(editor: &Editor, first: usize, area: Rect) -> (Vec<String>, Option<Position>) {
    let mut frame = Frame::empty(Rect::new(0, 0, 12, 4));
    let look = Look { text: Style::new(), selection: Style::new().add_modifier(Modifier::REVERSED) };
    let cursor = editor.draw_rows(first, area, &mut frame, look);
    let lines = (0..4)
        .map(|y| {
            (0..12)
                .map(|x| {
                    let cell = &frame[(x, y)];
                    let symbol = cell.symbol();
                    if cell.modifier.contains(Modifier::REVERSED) {
                        format!("<{symbol}>")
                    } else {
                        symbol.into()
                    }
                })
                .collect::<String>()
                .trim_end()
                .to_owned()
        })
        .collect();
    (lines, cursor)
}

#[test]
fn a_slice_of_rows_is_drawn_where_the_page_says() {
    let mut editor = Editor::new("daily weekly monthly");
    editor.resize(10, 4);
    editor.apply(C::Move(Motion::Down));
    let (lines, cursor) = screen(&editor, 0, Rect::new(1, 0, 10, 4));
    assert_eq!(lines, [" daily", " weekly", " monthly", ""]);
    assert_eq!(cursor, Some(Position { x: 1, y: 1 }));
    let (lines, cursor) = screen(&editor, 2, Rect::new(1, 2, 10, 2));
    assert_eq!(lines, ["", "", " monthly", ""]);
    assert_eq!(cursor, None);
}

#[test]
fn selection_is_drawn_with_the_end_of_a_paragraph() {
    let mut editor = Editor::new("ab\n\nc");
    editor.resize(12, 4);
    run(&mut editor, [C::Move(Motion::Right), C::Select(Motion::Down), C::Select(Motion::Down)]);
    let (lines, cursor) = screen(&editor, 0, Rect::new(0, 0, 12, 4));
    assert_eq!(lines, ["a<b>< >", "< >", "<c>", ""]);
    assert_eq!(cursor, Some(Position { x: 1, y: 2 }));
}

#[test]
fn the_cursor_stays_inside_behind_a_full_row_and_among_hanging_spaces() {
    let mut editor = at_end("eleven word");
    editor.resize(12, 4);
    assert_eq!(screen(&editor, 0, Rect::new(0, 0, 12, 4)).1, Some(Position { x: 11, y: 0 }));
    type_in(&mut editor, "    ");
    assert_eq!(screen(&editor, 0, Rect::new(0, 0, 12, 4)).1, Some(Position { x: 11, y: 0 }));
    assert_eq!(screen(&editor, 0, Rect::new(11, 0, 1, 4)).0.len(), 4);
}
