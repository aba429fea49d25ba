//! Turning the plan to the client, and taking over what they marked, on whichever page.
//!
//! Owns the question. Nothing of what the client marked can be changed here: an answer is taken over as it is, or left out with
//! a reason.

use super::Plan;
use crate::domain::{
    Assent, ClientAnswers, ClientSigns, CopyGiven, DocKind, Marked, Number, Paper, TurnedForm, counted,
};
use crate::rules::plan::signing::attested_lacks;
use crate::rules::turned::attested;
use crate::rules::when;
use crate::service::api::{ChartView, OpenAnswers, Secret, TakeOver, TurnAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::screens::chart::turning::{self, called};
use crate::tui::screens::chart::{critical, words};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Shows what the client marked, to whoever gets the screen back. Danger comes first.
pub(in crate::tui::screens::chart) fn after_turn() -> Vec<Step> {
    to_room(|_: &mut Plan, chart, cx| {
        let danger = critical_of(chart).filter(|_| chart.may_answer);
        danger.map_or_else(|| question(chart, cx), |number| vec![critical::question(number, chart, cx)])
    })
}

/// The newest critical answer of the form that waits to be taken over, if nobody has decided on it.
fn critical_of(chart: &ChartView) -> Option<Number> {
    let open = chart.answers.as_deref()?;
    let form = &open.answers.form;
    let of_form = |number: &Number| {
        let found = chart.criticals.iter().find(|kept| kept.value.number == *number);
        found.is_some_and(|kept| kept.value.begun == form.begun && kept.value.measure == form.measure)
    };
    critical::undecided(chart).into_iter().rev().find(of_form)
}

/// Whose answers they are, as they are called.
fn who<'a>(answers: &'a ClientAnswers, chart: &'a ChartView) -> &'a str {
    if answers.guardian.is_blank() { called(chart) } else { answers.guardian.name.trim() }
}

impl Plan {
    /// Turns the plan to the client.
    pub(super) fn turn(&mut self, again: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(why) = words::plan_closed(chart, cx) {
            return vec![Step::Warn(why)];
        }
        if let Some(step) = self.refuses(chart, cx) {
            return vec![step];
        }
        self.turning = !again;
        turning::turn(Paper::ClientPage, again, Scope::Plan, chart, cx)
    }

    /// Asks for the language first.
    pub(super) fn turn_in(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        vec![self.refuses(chart, cx).unwrap_or_else(|| turning::choose(Paper::ClientPage, chart, cx))]
    }
}

/// The line above the plan, while something of the client's waits to be taken over. The key comes first: it is never cut.
pub(in crate::tui::screens::chart) fn line(chart: &ChartView, cx: &Cx) -> Option<String> {
    let open = chart.answers.as_deref()?;
    let name = who(&open.answers, chart);
    if open.answers.waits_for_a_version() {
        let key = cx.key(Action::Sign, Scope::Plan);
        return Some(format!("{key} signs the plan with what {name} said about signing."));
    }
    let form = &open.answers.form;
    if open.answers.what == Paper::Form {
        let key = cx.key(Action::AcceptProposal, Scope::Plan);
        let at = when::at(open.saved, cx.today());
        let (measure, filled) = (&form.measure, filled(form));
        return Some(format!("{key} takes over the {measure} that {name} filled in, {at}: {filled}."));
    }
    let marked = open.answers.marked().count();
    let lines = (marked > 0).then(|| counted(marked, "line", "lines"));
    let signing = open.answers.said_about_signing().map(|_| "signing".to_owned());
    let what: Vec<String> = lines.into_iter().chain(signing).collect();
    let what = if what.is_empty() { "nothing".to_owned() } else { what.join(" and ") };
    let of = match open.answers.what {
        Paper::Document(number) => format!(" on a {}", DocKind::of(number).map_or("document", DocKind::word)),
        _ => String::new(),
    };
    let key = cx.key(Action::AcceptProposal, Scope::Plan);
    let at = when::at(open.saved, cx.today());
    Some(format!("{key} takes over what {name} marked{of}, {at}: {what}."))
}

/// Asks whether what the client marked is taken over.
pub(in crate::tui::screens::chart) fn question(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let Some(open) = chart.answers.as_deref() else { return Vec::new() };
    let answers = &open.answers;
    if answers.waits_for_a_version() {
        let key = cx.key(Action::Sign, Scope::Plan);
        return vec![Step::Say(format!(
            "The client's answers are taken over. {key} signs the plan with what they said."
        ))];
    }
    if answers.what == Paper::Form {
        return vec![of_form(open, chart)];
    }
    let by_version = answers.said_about_signing().is_some() && answers.version > 0;
    // What became of a copy is told of the client's own.
    let of_plan = answers.what == Paper::ClientPage && answers.guardian.is_blank();
    let mut fields = Vec::new();
    if answers.marked().next().is_some() {
        let hint = if answers.marked().count() > 1 { "such as O2, G1; empty: none" } else { "empty: none" };
        fields.push(Field::text("out", "Leave out", "").hint(hint));
        fields.push(Field::text("why", "  because", ""));
    }
    if by_version && of_plan {
        let copies = (1..).zip(CopyGiven::ALL.map(CopyGiven::word));
        let copies = copies.map(|(key, word): (u8, &str)| Item::new(key.to_string(), word, "")).collect();
        fields.push(Field::keyed("copy", "Copy", copies, "").required());
    }
    if by_version {
        fields.push(Field::secret("secret", "Passphrase or PIN").required());
    }
    let lines = told(open, chart);
    let title = format!("What {} marked", who(answers, chart));
    let (client, number) = (chart.client.value.id, open.number);
    let take = move |left_out, copy, passphrase| {
        asks(TurnAsk::TakeOver(Box::new(TakeOver { client, number, left_out, copy, passphrase })))
    };
    let question = ask(chart, title, Form::new("Take it over", fields), move |form, chart, cx| {
        let Some(open) = chart.answers.as_deref() else {
            return Err(Wrong::new("", "It is taken over already."));
        };
        let left_out = left_out(form, &open.answers)?;
        let copy: Option<usize> = form.chosen("copy").parse().ok();
        let copy = copy.and_then(|key| CopyGiven::ALL.get(key - 1)).copied();
        if by_version
            && let Some((_, why)) =
                attested(&open.answers, copy, cx.today()).and_then(|one| attested_lacks(&one, cx.today()))
        {
            return Err(Wrong::new("copy", crate::rules::plan::words::first_upper(why)));
        }
        Ok(take(left_out, copy, form.secret("secret")))
    });
    vec![question.lines(lines).open()]
}

/// `8 of 9 answered`.
fn filled(form: &TurnedForm) -> String {
    format!("{} of {} answered", form.answered(), form.answers.len())
}

/// Asks whether a form that the client filled in is taken over. Its answers are shown once they are in the chart.
fn of_form(open: &OpenAnswers, chart: &ChartView) -> Step {
    let (client, number, form) = (chart.client.value.id, open.number, &open.answers.form);
    let mut lines = vec![format!("{}: {}.", form.measure, filled(form))];
    if let Some(number) = critical_of(chart) {
        let about = chart.criticals.iter().find(|kept| kept.value.number == number);
        let about = about.map_or(String::new(), |kept| kept.value.about.clone());
        lines.push(format!("Danger that nobody has decided on: {about}. It is written down already."));
    }
    lines.push("It is kept as they answered it, and dated on the day they did.".to_owned());
    let title = format!("What {} filled in", called(chart));
    Question::confirm(title, lines, "takes it over", move |_| {
        let (left_out, copy, passphrase) = (Vec::new(), None, Secret::default());
        asks(TurnAsk::TakeOver(Box::new(TakeOver { client, number, left_out, copy, passphrase })))
    })
    .open()
}

/// Which answers are left out, and why.
fn left_out(form: &Form, answers: &ClientAnswers) -> Result<Vec<(usize, String)>, Wrong> {
    let typed = form.typed("out");
    let names: Vec<&str> = typed.split([',', ' ', ';']).filter(|name| !name.is_empty()).collect();
    let why = form.typed("why");
    if !names.is_empty() && why.trim().is_empty() {
        return Err(Wrong::new("why", "Write why it is left out. The client gave this answer."));
    }
    let find = |name: &str| {
        let is_it = |line: &Marked| !line.is_blank() && line.about.to_string().eq_ignore_ascii_case(name);
        answers.lines.iter().position(is_it)
    };
    names
        .into_iter()
        .map(|name| match find(name) {
            Some(place) => Ok((place, why.clone())),
            None => Err(Wrong::new("out", format!("The client marked no {name}. Write names such as O2."))),
        })
        .collect()
}

/// What the client marked: what they agreed to in one line, everything else each in its own.
fn told(open: &OpenAnswers, chart: &ChartView) -> Vec<String> {
    let answers = &open.answers;
    let plain = |line: &&Marked| line.answer == Assent::Agreed && line.words.trim().is_empty();
    let agreed: Vec<String> = answers.marked().filter(plain).map(|line| line.about.to_string()).collect();
    let mut lines = Vec::new();
    if !agreed.is_empty() {
        lines.push(format!("agreed: {}", agreed.join(", ")));
    }
    for line in answers.marked().filter(|line| !plain(line)) {
        let answer = if line.answer == Assent::NotAsked { "no mark" } else { line.answer.word() };
        let words = match line.words.trim() {
            "" => String::new(),
            words => format!(" “{words}”"),
        };
        let now = chart.plan.plan.line(line.about).map(crate::rules::plan::AnyLine::terms);
        let changed = if now.as_ref() == Some(&line.to) { "" } else { "; the line was changed since" };
        lines.push(format!("{}: {answer}{words}{changed}", line.about));
    }
    let why = match answers.why.trim() {
        "" => String::new(),
        why => format!(" “{why}”"),
    };
    lines.extend(answers.signs.map(|signs| match signs {
        ClientSigns::Signs if answers.name.trim().is_empty() => "Signs, and typed no name yet.".to_owned(),
        ClientSigns::Signs => format!("Signs as {}.", answers.name.trim()),
        ClientSigns::Disagrees => format!("Does not agree, and does not sign.{why}"),
        ClientSigns::Declines => format!("Would rather not sign.{why}"),
    }));
    lines
        .extend(answers.copy.map(|yes| if yes { "Would like a copy." } else { "Wants no copy." }.to_owned()));
    if lines.is_empty() {
        lines.push("Nothing was marked. Taking it over takes the empty draft away.".to_owned());
    }
    lines
}
