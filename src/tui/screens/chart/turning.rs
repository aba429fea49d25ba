//! Turning the screen to the client or a guardian, from whichever page has something to turn.

use super::asking::{ask, asks};
use super::plan::turning::{line, question};
use super::{guardian, paper};
use crate::domain::{Paper, Recipient};
use crate::packs::{PageWords, page_languages, page_words};
use crate::rules::plan::staff_words::{staff_words, told};
use crate::service::api::{ChartView, TurnAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::theme::Role;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The key of the guardian in the list of languages.
const GUARDIAN: &str = "guardian";

/// What the client is called.
pub(super) fn called(chart: &ChartView) -> &str {
    let client = &chart.client.value;
    if client.preferred.trim().is_empty() { client.name.given.trim() } else { client.preferred.trim() }
}

/// The key that turns it was pressed: the first time it says to whom, the second time it is done.
pub(super) fn turn(what: Paper, again: bool, scope: Scope, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let words = paper::spoken(chart);
    if again {
        return turn_in(what, chart, words, Recipient::Client);
    }
    let key = cx.key(Action::TurnScreen, scope);
    let asked = format!("Turn to {}, in {}: {key} again.", called(chart), words.name);
    let guardians = (what == Paper::ClientPage && guardian::is_asked(chart, cx))
        .then(|| format!("To a guardian: {}, type \"turn guardian\".", cx.key(Action::Palette, scope)));
    let said: Vec<String> = [Some(asked), guardians, speaks(what, chart)].into_iter().flatten().collect();
    vec![Step::Say(said.join(" "))]
}

/// The same for a form that the client fills in.
pub(super) fn turn_form(form: &str, again: bool, scope: Scope, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if again {
        let (client, form) = (chart.client.value.id, form.to_owned());
        let language = paper::spoken(chart).language.clone();
        return asks(TurnAsk::Turn { client, what: Paper::Form, language, to: Recipient::Client, form });
    }
    let key = cx.key(Action::TurnScreen, scope);
    vec![Step::Say(format!(
        "Turn the {form} to {}, to be filled in at the screen: {key} again.",
        called(chart)
    ))]
}

/// Asks for the language first, or for the guardian it is turned to.
pub(super) fn choose(what: Paper, chart: &ChartView, cx: &Cx) -> Step {
    let mut items: Vec<Item> =
        page_languages().iter().map(|words| Item::new(&words.language, &words.name, "")).collect();
    if what == Paper::ClientPage && guardian::is_asked(chart, cx) {
        items.push(Item::new(GUARDIAN, "to a guardian", "on a page of their own"));
    }
    let client = chart.client.value.id;
    let title = format!("Turn the screen to {}, in which language", called(chart));
    Question::pick(title, items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        if key == GUARDIAN {
            return vec![to_guardian(what, chart, cx)];
        }
        turn_in(what, chart, page_words(key), Recipient::Client)
    })
    .lines(speaks(what, chart).into_iter().collect())
    .open()
}

/// Asks who the guardian is, and turns the page to them.
fn to_guardian(what: Paper, chart: &ChartView, cx: &Cx) -> Step {
    let mut fields = guardian::fields(chart, cx);
    fields.push(paper::language(chart));
    let title = format!("The plan of {}, turned to a guardian", called(chart));
    ask(chart, title, Form::new("Turn the screen", fields), move |form, chart, cx| {
        let words = page_words(form.chosen("language"));
        Ok(turn_in(what, chart, words, guardian::read(form, cx)?))
    })
    .lines(guardian::lines(chart, cx))
    .open()
}

/// Where the client's page speaks about them, before they see it.
pub(super) fn speaks(what: Paper, chart: &ChartView) -> Option<String> {
    let of_plan = matches!(what, Paper::ClientPage | Paper::Changes);
    of_plan.then(|| told(&staff_words(&chart.plan.plan, called(chart)))).flatten()
}

fn turn_in(what: Paper, chart: &ChartView, words: &PageWords, to: Recipient) -> Vec<Step> {
    let (client, language) = (chart.client.value.id, words.language.clone());
    asks(TurnAsk::Turn { client, what, language, to, form: String::new() })
}

/// Takes over what was filled in, where something waits; `None` if nothing does.
pub(super) fn take_over(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if chart.answers.is_none() {
        return vec![Step::Say("Nothing that was marked at the screen waits to be taken over.".to_owned())];
    }
    question(chart, cx)
}

/// What is left of a page below the line on what waits to be taken over.
pub(super) fn below_line(area: Rect, chart: &ChartView, cx: &Cx) -> Rect {
    let rows = waiting(area, chart, cx).len() as u16;
    Rect { y: area.y + rows, height: area.height.saturating_sub(rows), ..area }
}

/// Draws that line, and returns what is left below.
pub(super) fn draw_line(frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) -> Rect {
    let style = cx.theme.style(Role::Dim);
    let lines = waiting(area, chart, cx).into_iter().map(|words| Line::styled(format!(" {words}"), style));
    window::lines(frame, area, lines.collect());
    below_line(area, chart, cx)
}

fn waiting(area: Rect, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let words: Vec<String> = line(chart, cx).into_iter().collect();
    window::wrapped(&words, usize::from(area.width).saturating_sub(2))
}
