//! What a document that is a page of rows says about itself.

use super::Shown;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::sheet::Body;
use crate::tui::screens::chart::written::Title;
use std::fmt::Debug;

/// What such a document is.
pub(in crate::tui::screens::chart) trait Asked:
    Body + Debug + 'static
{
    /// A row.
    type Item: Copy + PartialEq + Debug + 'static;
    /// What the program knows of the span.
    type Known: 'static;

    /// Where its keys are read.
    const SCOPE: Scope;
    /// What it is called within a sentence.
    const NAME: &'static str;
    /// The page one goes back to.
    const BEHIND: Action;

    fn known(&self, chart: &ChartView, cx: &Cx) -> Self::Known;

    /// The rows, from the top down.
    fn items(&self, known: &Self::Known) -> Vec<Self::Item>;

    /// Answers that are missing, in the order of the rows, each with what to do about it.
    fn lacks(&self, known: &Self::Known) -> Vec<(Self::Item, String)>;

    /// Rows that may stay empty and are: going on goes there too, and nobody is told that nothing is left.
    fn blanks(&self) -> Vec<Self::Item> {
        Vec::new()
    }

    /// Whether a row asks for something, and so has a digit; the others are to be read.
    fn is_asked(_item: Self::Item) -> bool {
        true
    }

    /// Whether the page puts the digits before its rows; else the rows have them in their labels.
    const DIGITS: bool = true;

    /// The answers of a row, each with its digit from 1 on; empty where it has words or a question alone.
    fn choices(item: Self::Item) -> Vec<&'static str>;

    /// What opens the words of a row, or its question, behind its answers.
    fn more_words(_item: Self::Item) -> &'static str {
        "write the words"
    }

    /// Of several texts of a row, those that are still needed, by their places.
    fn needed_texts(&self, _item: Self::Item) -> Vec<usize> {
        Vec::new()
    }

    /// Gives a row the answer of this digit; 0 takes the answer away.
    fn answer(&mut self, item: Self::Item, digit: u8);

    /// The texts of a row, with what belongs there; empty where it has none.
    fn titles(item: Self::Item) -> &'static [Title];

    /// The texts of a row, to be written in, in the order of [`Asked::titles`].
    fn texts(&mut self, item: Self::Item) -> Vec<&mut String>;

    /// The question of a row that has one instead of texts.
    fn window(&self, item: Self::Item, chart: &ChartView, cx: &Cx) -> Option<Step>;

    /// Takes over what the program offers for a row; says what there is to know where it offers nothing.
    fn accept(
        &mut self,
        item: Self::Item,
        known: &Self::Known,
        chart: &ChartView,
    ) -> Result<(), &'static str>;

    /// What the document is, with its span.
    fn title(shown: &Shown<'_, Self>, cx: &Cx) -> String;

    /// What a row is called.
    fn name_of(item: Self::Item, shown: &Shown<'_, Self>) -> String;

    /// What the keys do on a row besides its digits, in a sentence or two.
    fn does(item: Self::Item, shown: &Shown<'_, Self>, cx: &Cx) -> String;

    /// What is known of a row, whole.
    fn details(item: Self::Item, shown: &Shown<'_, Self>, chart: &ChartView, cx: &Cx) -> Vec<String>;

    /// Every row with its lines.
    fn blocks(shown: &Shown<'_, Self>, chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Self::Item>;

    /// The question for the signature.
    fn sign(shown: &Shown<'_, Self>, chart: &ChartView, cx: &Cx) -> Step;

    /// What else is gone with the draft, or stays, in a sentence.
    fn deleted() -> &'static str;

    /// What to do where no such document is open.
    fn teach(cx: &Cx) -> String;
}
