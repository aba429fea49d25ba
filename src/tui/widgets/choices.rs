//! A list to choose from that letters narrow: one thing, or several.
//!
//! Owns the items, what was typed to narrow them, the highlight and the marks. What a choice means is the caller's.

use super::frame::rule;
use super::list::{List, NOTHING_MATCHES};
use super::table::number;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// One thing to choose.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What the answer says.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// Dim, behind it.
    pub detail: String,
    /// Not shown; letters find it by these words too.
    pub also: String,
    /// Chosen already (lists of several only).
    pub marked: bool,
    /// Shown whole below the list while it is highlighted.
    pub preview: String,
    /// The digit that chooses it, where that is not its place in the list.
    pub digit: Option<char>,
    /// It takes something away, or ends it: the highlight comes to it only by a key that moves, or where nothing else is in sight.
    pub takes_away: bool,
}

impl Item {
    /// A thing to choose.
    pub fn new(key: impl Into<String>, label: impl Into<String>, detail: impl Into<String>) -> Self {
        let (key, label, detail) = (key.into(), label.into(), detail.into());
        Self { key, label, detail, ..Self::default() }
    }

    /// A thing whose key is the digit that chooses it.
    pub fn keyed(digit: impl std::fmt::Display + Copy, label: impl Into<String>) -> Self {
        Self { digit: digit.to_string().chars().next(), ..Self::new(digit.to_string(), label, "") }
    }

    /// That is what the page shows already, if `is`: the list of what can be shown says which it is.
    #[must_use]
    pub fn shown_now(self, is: bool) -> Self {
        if is { Self { detail: SHOWN_NOW.to_owned(), ..self } } else { self }
    }

    /// That takes something away, or ends it.
    #[must_use]
    pub fn taking_away(self) -> Self {
        Self { takes_away: true, ..self }
    }

    /// Words that are their own keys, as things to choose.
    pub fn words<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Vec<Self> {
        words.into_iter().map(|word| Self::new(word.as_ref(), word.as_ref(), "")).collect()
    }

    /// A person, by what lists call them; behind the veil letters find them by their name all the same.
    pub fn person(key: impl Into<String>, name: &str, detail: impl Into<String>, cx: &Cx) -> Self {
        Self { also: name.to_owned(), ..Self::new(key, cx.listed(name), detail) }
    }

    /// With a text that is shown whole below the list while it is highlighted.
    #[must_use]
    pub fn preview(mut self, text: &str) -> Self {
        text.clone_into(&mut self.preview);
        self
    }
}

/// The digits that choose these things, each beside its line: those they bring, else their places where there are few and none of
/// them begins with a digit of its own.
pub fn digits(items: &[Item]) -> Vec<Option<char>> {
    if items.iter().any(|item| item.digit.is_some()) {
        return items.iter().map(|item| item.digit).collect();
    }
    let begins = |item: &Item| item.label.starts_with(|c: char| c.is_ascii_digit());
    let few = items.len() <= 9 && !items.iter().any(begins);
    (1..).zip(items).map(|(place, _)| char::from_digit(place, 10).filter(|_| few)).collect()
}

/// The place of the thing that a digit chooses.
pub fn by_digit(items: &[Item], typed: &str) -> Option<usize> {
    let mut letters = typed.chars();
    let digit = letters.next().filter(|_| letters.next().is_none())?;
    digits(items).iter().position(|one| *one == Some(digit))
}

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    items: Vec<Item>,
    several: bool,
    /// Its lines have no digits: numbers are typed to find them, or the digits before it were meant for something else.
    without_digits: bool,
    /// Letters narrow nothing and are not shown: it comes where a passphrase may be on its way.
    letters: Letters,
    list: List,
}

/// What letters do in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Letters {
    /// They narrow it.
    #[default]
    Narrow,
    /// Nothing.
    Nothing,
    /// Nothing, and some were typed: so the digits between them choose nothing either.
    Ignored,
}

/// Behind what the page shows already.
const SHOWN_NOW: &str = "shown now";
const WIDTH: u16 = 64;
/// Of a list with previews: wider, since prose is read there.
const WIDE: u16 = 76;
/// Rows of a preview.
const PREVIEW: u16 = 7;

impl Choices {
    /// A list to choose one thing from.
    pub fn one(items: Vec<Item>) -> Self {
        Self { items, ..Self::default() }
    }

    /// A list to choose several things from: Right marks, Left takes the mark away; those marked are chosen already.
    pub fn several(items: Vec<Item>) -> Self {
        Self { several: true, ..Self::one(items) }
    }

    /// Without digits: numbers are typed to find its lines, or the digits that were typed before it came were meant for something else.
    pub fn take_no_digits(&mut self) {
        self.without_digits = true;
    }

    /// Without letters: it comes where a passphrase may be on its way, and nothing of that is shown.
    pub fn take_no_letters(&mut self) {
        self.letters = Letters::Nothing;
    }

    /// The digits beside its lines. Once letters narrow it there are none: digits are typed text then.
    fn digits(&self) -> Vec<Option<char>> {
        if self.several || self.without_digits || self.list.is_narrowed() {
            return vec![None; self.items.len()];
        }
        digits(&self.items)
    }

    /// Puts the highlight on this key.
    pub fn highlight(&mut self, key: &str) {
        self.list.cursor.at = self.items.iter().position(|item| item.key == key).unwrap_or(0);
    }

    /// Where its keys are read.
    pub fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::List)
    }

    /// How many items the filter leaves.
    pub fn count(&self) -> usize {
        self.shown().len()
    }

    /// Indices of the items that the filter leaves: those in which a word begins with what was typed come first.
    fn shown(&self) -> Vec<usize> {
        self.list.shown(texts(&self.items))
    }

    /// Takes typed text: it narrows the list, or is the digit beside a line; says whether it chose.
    pub fn text(&mut self, typed: &str) -> bool {
        let shown = self.digits().iter().any(Option::is_some);
        if self.letters == Letters::Ignored {
            return false;
        }
        if let Some(at) = by_digit(&self.items, typed).filter(|_| shown) {
            self.list.cursor.at = at;
            return true;
        }
        if self.letters == Letters::Narrow {
            self.list.text(typed);
            self.step_off();
        } else {
            self.letters = Letters::Ignored;
        }
        false
    }

    /// What was typed put the highlight on a line: where that line takes something away, it goes to the one it was on before, or to
    /// the first that does not.
    fn step_off(&mut self) {
        let shown = self.shown();
        let takes = |at: usize| shown.get(at).is_some_and(|item| self.items[*item].takes_away);
        if !takes(self.list.cursor.at) {
            return;
        }
        let before = Some(self.list.before()).filter(|at| !self.list.is_narrowed() && !takes(*at));
        let first = || (0..shown.len()).find(|at| !takes(*at));
        if let Some(at) = before.or_else(first) {
            self.list.cursor.at = at;
        }
    }

    /// Does what a key asks; says whether it chose.
    pub fn act(&mut self, action: Action, cx: &Cx) -> bool {
        if self.letters == Letters::Ignored {
            self.letters = Letters::Nothing;
        }
        let shown = self.shown();
        let (typed, before) = (self.list.typed().to_owned(), self.list.before());
        if self.list.act(action, texts(&self.items), cx.page()) {
            if self.list.typed() != typed {
                self.list.was_before(before);
                self.step_off();
            }
            return false;
        }
        let here = shown.get(self.list.cursor.at).copied();
        match (action, here) {
            (Action::Unfold | Action::Fold, Some(at)) if self.several => {
                self.items[at].marked = action == Action::Unfold;
            }
            (Action::Open | Action::Choose | Action::Submit, Some(_)) => return true,
            _ => {}
        }
        false
    }

    /// The keys of what is chosen: those that are marked, else the highlighted one.
    pub fn chosen(&self) -> Vec<String> {
        let marked = self.items.iter().filter(|item| self.several && item.marked);
        let marked: Vec<String> = marked.map(|item| item.key.clone()).collect();
        if !marked.is_empty() {
            return marked;
        }
        let here = self.shown().get(self.list.cursor.at).copied();
        here.map(|at| self.items[at].key.clone()).into_iter().collect()
    }

    /// Rows below the list: a rule and the preview, where any item has one.
    fn below(&self) -> u16 {
        if self.items.iter().any(|item| !item.preview.is_empty()) { PREVIEW + 1 } else { 0 }
    }

    /// Columns of the window it wants.
    pub fn width(&self) -> u16 {
        if self.below() > 0 { WIDE } else { WIDTH }
    }

    /// Rows it wants.
    pub fn height(&self) -> u16 {
        self.items.len() as u16 + 2 + self.below()
    }

    fn rows(&self, area: Rect, count: usize) -> Rect {
        let height = area.height.saturating_sub(1 + self.below());
        window::list(Rect { y: area.y + 1, height, ..area }, count)
    }

    /// A click on a row puts the highlight there; says whether it was there already, which chooses.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        let count = self.count();
        let rows = self.rows(area, count);
        let window = self.list.cursor.window(count, usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return false;
        }
        let clicked = window.start + usize::from(at.y - rows.y);
        self.list.clicked(clicked) && !self.several
    }

    /// Draws what narrows it, the rows in sight and the preview.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let digits = self.digits();
        let has_digits = digits.iter().any(Option::is_some);
        let hint = if self.several {
            "Right marks, Left unmarks, Enter takes what is marked"
        } else if self.letters != Letters::Narrow {
            "a digit chooses, or Up, Down and Enter; letters do nothing here"
        } else if has_digits {
            "a digit chooses, letters narrow the list, Enter chooses"
        } else {
            "letters narrow the list, Enter chooses"
        };
        let first = Rect { height: 1.min(area.height), ..area };
        if self.list.is_narrowed() {
            self.list.draw_typed(frame, first, cx);
        } else {
            frame.render_widget(Span::styled(hint, cx.theme.style(Role::Dim)), first);
        }
        let shown = self.shown();
        let rows = self.rows(area, shown.len());
        let window = self.list.cursor.window(shown.len(), usize::from(rows.height));
        let lines = shown[window.clone()].iter().enumerate().map(|(n, at)| {
            let item = &self.items[*at];
            let mark = match (self.several, item.marked) {
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
                _ => "",
            };
            // Where every list has the numbers of its lines, those are beside them.
            let digit = || match digits[*at] {
                Some(digit) => format!("{digit} "),
                None if has_digits => String::from("  "),
                None => String::new(),
            };
            let number = number(window.start + n, cx).unwrap_or_else(digit);
            let label = format!("{number}{mark}{}", text::line(&item.label));
            window::row(
                &label,
                &item.detail,
                usize::from(rows.width),
                window.start + n == self.list.cursor.at,
                cx,
            )
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let words = match lines.is_empty() {
            true if self.items.is_empty() => vec![Line::from("There is nothing to choose from yet.")],
            true => vec![Line::from(NOTHING_MATCHES)],
            false => lines,
        };
        window::lines(frame, rows, words);
        window::sign(frame, rows, &window, shown.len(), cx);
        if let Some(here) = shown.get(self.list.cursor.at).filter(|_| self.below() > 0) {
            let height = self.below().min(area.height);
            let below = Rect { y: area.bottom() - height, height, ..area };
            preview(&self.items[*here].preview, frame, below, cx);
        }
    }
}

/// A rule, and a text below it, cut where the room ends.
fn preview(text: &str, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(area.height), ..area });
    let room = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area);
    let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut rows = window::wrapped(&paragraphs, usize::from(room.width));
    if rows.len() > usize::from(room.height) {
        rows.truncate(usize::from(room.height));
        if let Some(last) = rows.last_mut() {
            let cells = usize::from(room.width).saturating_sub(1);
            *last = format!("{}{}", text::cut(last, cells, ""), cx.theme.glyphs.ellipsis);
        }
    }
    window::lines(frame, room, rows.into_iter().map(Line::from).collect());
}

/// What the items are found by.
fn texts(items: &[Item]) -> impl Iterator<Item = [&str; 3]> {
    items.iter().map(|item| [&*item.label, &*item.also, &*item.detail])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::rig::Rig;
    use crate::tui::widgets::field::Field;
    use crate::tui::widgets::form::{Form, FormStep};

    fn of(words: &[&str]) -> Choices {
        Choices::one(Item::words(words))
    }

    #[test]
    fn a_list_without_letters_shows_and_chooses_nothing_of_what_is_typed_on() {
        let mut list = Choices::one(vec![Item::new("a", "first", ""), Item::new("b", "second", "")]);
        list.take_no_letters();
        for letter in "sesame 2".chars() {
            assert!(!list.text(&letter.to_string()), "{letter}");
        }
        assert_eq!((list.count(), list.chosen()), (2, vec!["a".to_owned()]));
        list.letters = Letters::Nothing;
        assert!(list.text("2"), "a digit by itself chooses");
        assert_eq!(list.chosen(), ["b"]);
    }

    #[test]
    fn a_digit_beside_a_line_chooses_it_at_once() {
        let mut list = of(&["met", "stopped", "deferred"]);
        assert!(list.text("2"));
        assert_eq!(list.chosen(), ["stopped"]);
        assert!(!list.text("4"), "no line has it: it narrows the list");
        // A digit of its own is the one that chooses, whatever the place.
        let mut list = Choices::one(vec![Item::keyed(1, "some"), Item::keyed(0, "take the link away")]);
        assert!(list.text("0"));
        assert_eq!(list.chosen(), ["0"]);
        // What a letter left has no digits.
        let mut list = of(&["met", "stopped", "deferred"]);
        assert!(!list.text("e") && !list.text("1"));
    }

    #[test]
    fn the_highlight_never_comes_by_itself_to_a_line_that_takes_something_away() {
        let rig = Rig::home();
        let items = || {
            let dismiss = Item::new("dismiss", "Dismiss it", "").taking_away();
            vec![
                Item::new("hand", "Take it in hand", ""),
                dismiss,
                Item::new("keep", "Keep the dimension", ""),
            ]
        };
        let mut list = Choices::one(items());
        assert!(!list.text("d"));
        assert_eq!(list.chosen(), ["keep"], "not the line that fits best");
        let _ = list.text("i");
        let _ = list.text("s");
        assert_eq!(list.chosen(), ["dismiss"], "nothing else is in sight: it was typed");
        assert!(!list.act(Action::DeleteBack, rig.cx()));
        assert_eq!(list.chosen(), ["keep"], "another is in sight again");
        let _ = list.text("s");
        assert!(!list.act(Action::ClearLine, rig.cx()));
        assert_eq!(list.chosen(), ["hand"], "where it was before");
        assert!(!list.act(Action::Down, rig.cx()));
        assert_eq!(list.chosen(), ["dismiss"], "by a key that moves it comes there");
    }

    #[test]
    fn no_digit_stands_beside_many_lines_or_beside_lines_with_a_number_of_their_own() {
        let many: Vec<String> = (0..10).map(|at| format!("line {at}")).collect();
        let mut without = of(&["a"]);
        without.take_no_digits();
        for mut list in [Choices::one(Item::words(&many)), of(&["18 Nov", "4 Nov"]), without] {
            assert!(!list.text("1"));
        }
        let mut several = Choices::several(Item::words(["a", "b"]));
        assert!(!several.text("1"));
    }

    #[test]
    fn a_digit_chooses_the_same_in_a_closed_field_and_in_its_list() {
        let rig = Rig::home();
        // The keys are places from 0, as some callers number them; the digits are those that are shown.
        let items = vec![Item::new("0", "none", ""), Item::new("1", "present", "")];
        let field = Field::choice("risk", "Risk", items, "");
        assert_eq!(field.digits(), Some(('1', '2')));
        let mut list = field.list(0).unwrap().choices;
        assert!(list.text("2"));
        let mut form = Form::new("Save", vec![field]);
        assert!(matches!(form.text("2"), FormStep::Nothing), "no list is opened for it");
        assert_eq!(list.chosen(), [form.chosen("risk")]);
        assert!(matches!(form.act(Action::PrevField, rig.cx()), FormStep::Nothing));
        assert!(matches!(form.text("p"), FormStep::List(_)));
    }
}
