//! Lines of the agency's library and of the stay before in the questions of a line: what is offered, how it is put in, and what keeps
//! the blanks of the library from being saved.

use crate::domain::{Goal, LineKind, LineRef, PlanLine, Quote, Taken};
use crate::packs::LibraryLine;
use crate::rules::plan::taken::said;
use crate::rules::plan::{AnyLine, Plan};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The fields of a question that a line of the library fills: what it says, how much, how one sees it.
pub(super) fn fields(kind: LineKind) -> [&'static str; 3] {
    match kind {
        LineKind::Goal => ["wording", "", "know"],
        LineKind::Objective => ["step", "amount", "see"],
        LineKind::Method => ["wording", "often", "purpose"],
    }
}

/// The words of the library that a line was begun with: kept with the other fields, never asked.
pub(super) fn taken(line: &PlanLine) -> Field {
    let words = match &line.taken {
        Taken::Library(words) => words.clone(),
        Taken::Earlier { line, episode } => earlier_key(*line, *episode),
        Taken::Own => String::new(),
    };
    let mut field = Field::text("taken", "From the library", &words);
    field.hidden = true;
    field
}

/// Where the words of a line are from.
pub(super) fn read(form: &Form, before: Taken) -> Taken {
    match form.typed("taken") {
        words if words.is_empty() => before,
        words => read_earlier(&words).unwrap_or(Taken::Library(words)),
    }
}

/// Begins the words of the field that name a line of an earlier stay: no line of a library begins so.
const EARLIER: &str = "«earlier» ";

/// `«earlier» 1 G1`: the episode and the line.
fn earlier_key(line: LineRef, episode: u32) -> String {
    format!("{EARLIER}{episode} {line}")
}

fn read_earlier(words: &str) -> Option<Taken> {
    let (episode, name) = words.strip_prefix(EARLIER)?.split_once(' ')?;
    let number = name.get(1..)?.parse().ok()?;
    let line = match name.get(..1)? {
        "G" => LineRef::goal(number),
        "O" => LineRef::objective(number),
        _ => LineRef::method(number),
    };
    Some(Taken::Earlier { line, episode: episode.parse().ok()? })
}

/// The lines of this kind of the stay before.
fn of_earlier(plan: &Plan, kind: LineKind) -> impl Iterator<Item = AnyLine<'_>> {
    plan.lines().filter(move |line| line.name().kind == kind)
}

/// The texts of a line of the stay before that are put in: what it says, how much, how one sees it. No day by which, no answer, no
/// progress. Of a goal the clinician's words are these; what the client said is put in as a quotation.
fn texts_of(line: AnyLine<'_>) -> [String; 3] {
    match line {
        AnyLine::Goal(goal) => [goal.wording.clone(), String::new(), goal.know.clone()],
        AnyLine::Objective(one) => [one.step.clone(), one.amount.clone(), one.see.clone()],
        AnyLine::Method(one) => [one.wording.clone(), String::new(), one.purpose.clone()],
    }
}

/// Adds the library to a question of a line.
pub(super) fn with(question: Question, kind: LineKind, chart: &ChartView, cx: &Cx) -> Question {
    let (practice, client) = (cx.practice(), chart.client.value.id);
    let item = |(at, line): (usize, &LibraryLine)| {
        let words = [line.words.as_str(), &line.amount].into_iter().filter(|part| !part.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        Item { preview: words.clone(), ..Item::new(at.to_string(), words, line.about.clone()) }
    };
    let before = |line: AnyLine<'_>| {
        let note = format!("{} of the stay before", line.name());
        let words = said(line).to_owned();
        Item { preview: words.clone(), ..Item::new(format!("{EARLIER}{}", line.name()), words, note) }
    };
    let earlier = of_earlier(&chart.plan.earlier, kind).map(before);
    let items = earlier.chain(practice.library.lines(kind).enumerate().map(item)).collect();
    let title = from(kind, chart, cx).map_or_else(String::new, |from| format!("From {from}"));
    question.library(title, items, move |form, key, cx| {
        if key.starts_with(EARLIER) {
            let chart = cx.chart(client);
            put_earlier(form, key, kind, chart);
            return;
        }
        let practice = cx.practice();
        let found = key.parse().ok().and_then(|at| practice.library.lines(kind).nth(at));
        for (line, field) in found.into_iter().flat_map(|line| line.texts().into_iter().zip(fields(kind))) {
            form.replace(field, line);
        }
        if let Some(line) = found {
            form.replace("taken", &line.words);
        }
    })
}

/// Puts a line of the stay before into the fields.
fn put_earlier(form: &mut Form, key: &str, kind: LineKind, chart: Option<&ChartView>) {
    let named = |line: &AnyLine<'_>| key.strip_prefix(EARLIER) == Some(line.name().to_string().as_str());
    let Some(line) = chart.and_then(|chart| of_earlier(&chart.plan.earlier, kind).find(named)) else {
        return;
    };
    for (words, field) in texts_of(line).iter().zip(fields(kind)).filter(|(words, _)| !words.is_empty()) {
        form.replace(field, words);
    }
    if let AnyLine::Goal(goal) = line {
        quote(form, &goal.words);
    }
    form.replace("taken", &earlier_key(line.name(), line.line().episode));
}

/// Puts what the client said then into the fields, with the day on which they said it: old words never pass for those of today.
fn quote(form: &mut Form, said: &Quote) {
    if !said.words.trim().is_empty() {
        form.replace("words", &said.words);
        form.replace("on", &said.on.to_string());
        form.replace("how", said.how.word());
    }
}

/// Whether the quotation of a goal of an earlier stay was changed and still has the day of the words that it had.
pub(super) fn old_day_of_new_words(goal: &Goal, earlier: &Plan) -> bool {
    let Taken::Earlier { line, .. } = goal.line.taken else { return false };
    let Some(AnyLine::Goal(was)) = earlier.line(line) else { return false };
    let had = was.words.words.trim();
    !had.is_empty() && goal.words.words.trim() != had && goal.words.on == was.words.on
}

/// `Ctrl-T begins it from the library.`, where the agency or the stay before has lines of this kind.
pub(super) fn offer(kind: LineKind, chart: &ChartView, cx: &Cx) -> Option<String> {
    let from = from(kind, chart, cx)?;
    Some(format!("{} begins it from {from}.", cx.key(Action::FromLibrary, Scope::PlanForm)))
}

/// What has lines of this kind: the library, the stay before, or both.
fn from(kind: LineKind, chart: &ChartView, cx: &Cx) -> Option<&'static str> {
    let practice = cx.practice();
    let library = practice.library.lines(kind).next().is_some();
    let earlier = of_earlier(&chart.plan.earlier, kind).next().is_some();
    match (library, earlier) {
        (true, true) => Some("the library or the stay before"),
        (true, false) => Some("the library"),
        (false, true) => Some("the stay before"),
        (false, false) => None,
    }
}

/// A blank that is left is written by nobody.
pub(super) fn no_blank(form: &Form) -> Result<(), Wrong> {
    let left = form.fields.iter().filter(|field| field.id != "taken").find_map(|field| {
        let blank = field.blank()?;
        Some((field.id, field.line()?.value().get(blank)?.to_owned()))
    });
    match left {
        Some((field, blank)) => {
            Err(Wrong::new(field, format!("{blank} is a blank. Write what is so for this client.")))
        }
        None => Ok(()),
    }
}
