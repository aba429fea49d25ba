//! Several texts of one draft by example and by law, and the acts that keymaps with modes are made of.

use proptest::prelude::*;

use super::EditorCommand as C;
use super::*;
use crate::tui::action::Action as A;

fn draft(texts: &[&str]) -> Texts {
    let mut draft = Texts::new(texts);
    draft.resize(40, 10);
    draft
}

fn type_in(draft: &mut Texts, text: &str) {
    for c in text.chars() {
        draft.apply(C::InsertChar(c));
    }
}

fn all(draft: &Texts) -> Vec<String> {
    draft.iter().map(Editor::text).collect()
}

/// One text after these acts, with `|` where the cursor is.
fn after(text: &str, acts: &[A]) -> String {
    let at = text.find('|').unwrap_or(0);
    let mut draft = draft(&[&text.replace('|', "")]);
    let place = draft.here().at_offset(at);
    draft.here_mut().go_to_place(place);
    for act in acts {
        assert!(draft.act(*act).is_some(), "{act} is an act of texts");
    }
    let mut text = draft.here().text();
    text.insert(draft.here().offset(draft.here().cursor()), '|');
    text
}

#[test]
fn undo_goes_back_through_the_texts_in_the_order_of_the_writing() {
    let mut draft = draft(&["", "", ""]);
    type_in(&mut draft, "one");
    draft.act(A::NextSection);
    type_in(&mut draft, "two");
    draft.act(A::PrevSection);
    type_in(&mut draft, "more");
    assert_eq!(all(&draft), ["onemore", "two", ""]);
    draft.apply(C::Undo);
    assert_eq!((all(&draft), draft.at()), (vec!["one".to_owned(), "two".into(), String::new()], 0));
    draft.apply(C::Undo);
    assert_eq!((all(&draft), draft.at()), (vec!["one".to_owned(), String::new(), String::new()], 1));
    draft.apply(C::Undo);
    assert_eq!(draft.apply(C::Undo).said.as_deref(), Some("There is nothing to undo in this draft."));
    draft.apply(C::Redo);
    draft.turn(2);
    type_in(&mut draft, "new");
    assert!(!draft.apply(C::Redo).changed, "a new text ends redo in every text");
    assert_eq!(all(&draft), ["one", "", "new"]);
}

#[test]
fn what_a_screen_did_to_one_text_by_itself_is_undone_in_its_turn() {
    let mut draft = draft(&["a", "b"]);
    type_in(&mut draft, "x");
    draft[1].insert_step("snippet ", &[]);
    draft.apply(C::Undo);
    assert_eq!(all(&draft), ["xa", "b"]);
    draft.apply(C::Undo);
    assert_eq!(all(&draft), ["a", "b"]);
}

#[test]
fn all_replaced_in_every_text_is_one_step() {
    let mut draft = draft(&["sleep, Sleep", "none", "SLEEP"]);
    let query = Query::new("sleep").unwrap();
    assert_eq!(draft.seek(query, Some("rest".into())).said.as_deref(), Some("Match 1 of 3."));
    let done = draft.act(A::ReplaceAll).unwrap();
    assert_eq!(done.said.as_deref(), Some("3 places changed. One undo brings all of it back."));
    assert_eq!(all(&draft), ["rest, rest", "none", "rest"]);
    draft.apply(C::Undo);
    assert_eq!(all(&draft), ["sleep, Sleep", "none", "SLEEP"]);
    draft.apply(C::Redo);
    assert_eq!(all(&draft), ["rest, rest", "none", "rest"]);
}

#[test]
fn a_match_is_replaced_by_itself_and_the_next_is_shown() {
    let mut draft = draft(&["late, late", "late"]);
    draft.seek(Query::new("LATE").unwrap(), Some("soon".into()));
    assert!(draft.sought().is_some());
    assert_eq!(draft.act(A::ReplaceOne).unwrap().said.as_deref(), Some("Match 1 of 2."));
    draft.act(A::FindNext);
    assert_eq!(draft.at(), 1);
    draft.act(A::ReplaceOne);
    assert_eq!(all(&draft), ["soon, late", "soon"]);
    assert_eq!(
        draft.act(A::FindPrev).unwrap().said.as_deref(),
        Some("Match 1 of 1. The search went on from the bottom.")
    );
    assert!(draft.escape(false).is_some(), "out of the selection");
    assert!(draft.escape(false).is_some(), "out of the search");
    assert!(draft.sought().is_none() && draft.escape(false).is_none());
}

#[test]
fn up_and_down_cross_over_and_keep_the_column() {
    let mut draft = draft(&["a longer line", "ab", "another line"]);
    draft.act(A::LineEnd);
    draft.act(A::TextDown);
    draft.act(A::TextDown);
    assert_eq!((draft.at(), draft.here().cursor().byte), (2, 12));
    draft.act(A::SelectMark);
    draft.act(A::TextUp);
    assert_eq!(draft.at(), 2, "a selection stays in its text");
}

#[test]
fn modes_are_said_and_left_one_by_one() {
    let mut draft = draft(&["one two"]);
    assert_eq!((draft.mode(false), draft.mode(true)), (Mode::Insert, Mode::Normal));
    draft.act(A::SelectMark);
    assert_eq!(draft.mode(true), Mode::Visual);
    draft.act(A::SelectMark);
    draft.act(A::AppendMode);
    assert_eq!((draft.mode(true), draft.here().cursor().byte), (Mode::Insert, 1));
    assert!(draft.escape(true).is_some());
    assert_eq!((draft.mode(true), draft.here().cursor().byte), (Mode::Normal, 0));
    assert!(draft.escape(true).is_some_and(|acted| acted.said.is_some()), "asked once more");
    draft.act(A::TextRight);
    assert!(draft.escape(true).is_some(), "only twice in a row leaves");
    assert!(draft.escape(true).is_none());
}

#[test]
fn words_sentences_and_paragraphs_are_moved_over_and_selected() {
    assert_eq!(after("one| two. Three.", &[A::WordEnd]), "one two|. Three.");
    assert_eq!(after("|one two. Three.\nx", &[A::SentenceRight]), "one two. |Three.\nx");
    assert_eq!(after("one two. Thr|ee.", &[A::SentenceLeft, A::SentenceLeft]), "|one two. Three.");
    assert_eq!(after("a\nb|c\nd", &[A::ParagraphUp]), "a\n|bc\nd");
    assert_eq!(after("a\n|bc\nd", &[A::ParagraphUp]), "|a\nbc\nd");
    assert_eq!(after("a\nb|c\nd", &[A::ParagraphDown]), "a\nbc\n|d");
    assert_eq!(after("a\nbc|\nd", &[A::ParagraphStart]), "a\n|bc\nd");
    assert_eq!(after("one t|wo three", &[A::SelectWord, A::Cut]), "one | three");
    assert_eq!(after("one t|wo three", &[A::SelectWordSpace, A::Cut]), "one |three");
    assert_eq!(after("One. Tw|o two.  Three.", &[A::SelectSentence, A::Cut]), "One. |  Three.");
    assert_eq!(after("One. Tw|o two.  Three.", &[A::SelectSentenceSpace, A::Cut]), "One. |Three.");
    assert_eq!(after("", &[A::SelectWord, A::SelectSentence, A::Cut]), "|");
}

#[test]
fn whole_paragraphs_are_cut_and_pasted_whole() {
    assert_eq!(after("a\nb|b\nc", &[A::SelectParagraph, A::Cut]), "a\n|c");
    assert_eq!(after("a\nb|b\nc", &[A::SelectParagraph, A::Cut, A::PasteBehind]), "a\nc\n|bb");
    assert_eq!(after("a\nb|b\nc", &[A::SelectParagraph, A::Cut, A::PasteBefore]), "a\n|bb\nc");
    assert_eq!(after("a\nb|b", &[A::SelectParagraph, A::Cut]), "|a");
    assert_eq!(after("a|\nb\nc", &[A::SelectParagraph, A::SelectParagraph, A::Cut]), "|c");
    assert_eq!(
        after("a|\nb", &[A::SelectParagraph, A::Copy, A::UnselectToStart, A::PasteBehind]),
        "a\n|a\nb"
    );
    assert_eq!(after("|ab", &[A::SelectRight, A::Cut, A::PasteBehind]), "ba|");
}

#[test]
fn cuts_to_the_end_in_a_row_stand_together_on_the_clipboard() {
    let cut = A::CutToParagraphEnd;
    assert_eq!(after("on|e\ntwo", &[cut]), "on|\ntwo");
    assert_eq!(after("on|e\ntwo", &[cut, cut, cut, A::Paste, A::Paste]), "one\ntwoe\ntwo|");
    assert_eq!(after("on|e\ntwo", &[cut, A::TextLeft, cut, A::Paste]), "on|\ntwo");
}

#[test]
fn lines_join_with_one_space_and_letters_swap() {
    assert_eq!(after("one|  \n  two\nx", &[A::JoinLines]), "one two|\nx");
    assert_eq!(after("only|", &[A::JoinLines]), "only|");
    assert_eq!(after("|aB", &[A::SwapCase, A::SwapCase]), "Ab|");
    assert_eq!(after("|one two", &[A::SelectWord, A::SelectOtherEnd, A::Unselect]), "|one two");
}

proptest! {
    #[test]
    fn undo_of_everything_gives_every_text_back_and_redo_everything_written(
        acts in prop::collection::vec((0_usize..3, 0_usize..7, "[a-c \\n]{0,4}"), 0..40),
    ) {
        let start = ["alpha b", "", "c a\nb"];
        let mut draft = draft(&start);
        for (at, what, text) in acts {
            draft.turn(at);
            match what {
                0 | 1 => type_in(&mut draft, &text),
                2 => { draft.here_mut().insert_step(&text, &[]); }
                3 => { draft.apply(C::DeleteWordBack); }
                4 => { draft.apply(C::Undo); }
                5 => { draft.apply(C::Redo); }
                _ => {
                    if let Some(query) = Query::new(&text) {
                        draft.seek(query, Some("x".into()));
                        draft.act(A::ReplaceAll);
                    }
                }
            }
        }
        draft.apply(C::Unselect);
        while draft.apply(C::Redo).changed {}
        let written = all(&draft);
        while draft.apply(C::Undo).changed {}
        prop_assert_eq!(all(&draft), start);
        prop_assert!(draft.iter().all(|editor| editor.history().0 == 0));
        while draft.apply(C::Redo).changed {}
        prop_assert_eq!(all(&draft), written);
    }
}
