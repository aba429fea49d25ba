//! The questions of goals and objectives, and how their answers read; what every line of the plan is asked.

use super::rows::Row;
use super::{Plan, adding, library, method};
use crate::domain::{
    Baseline, Date, Doer, Given, Goal, GoalKind, LineKind, LineRef, LineState, Number, Objective, PlanLine,
    Quote,
};
use crate::rules::plan::change::Whole;
use crate::rules::plan::{AnyLine, words as said};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, PlanAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

pub(super) const DATES: &str = "9 Dec, T+2w, wed";

/// What is added below a row.
pub(super) fn below(row: Option<Row>, chart: &ChartView, cx: &Cx) -> Step {
    let plan = &chart.plan.plan;
    match row {
        Some(Row::Wants) => goal_or_problem(None, chart),
        Some(Row::Problem(number)) => goal_or_problem(Some(number), chart),
        Some(Row::Line(name)) => match plan.line(name) {
            Some(AnyLine::Goal(goal)) => under_goal(goal.line.number, chart),
            Some(AnyLine::Objective(one)) => method::ask_for(None, (one.goal, one.line.number), chart, cx),
            Some(AnyLine::Method(one)) => method::ask_for(None, (one.goal, one.objective), chart, cx),
            None => Step::Say("This line is no longer on the plan.".to_owned()),
        },
        _ => super::problem::whole(None, chart, cx),
    }
}

/// What is added below a row that was just saved: a goal under a problem, an objective under a goal, methods under an objective.
pub(super) fn next_below(row: Row, chart: &ChartView, cx: &Cx) -> Step {
    match row {
        Row::Problem(number) => goal(None, &[number], chart, cx),
        Row::Line(LineRef { kind: LineKind::Goal, number }) => objective(None, number, chart, cx),
        _ => below(Some(row), chart, cx),
    }
}

/// The question of a line, with what can be added below it at once.
pub(super) fn with_below(question: Question, kind: LineKind, number: Option<Number>) -> Question {
    let what = match kind {
        LineKind::Goal => "an objective below",
        LineKind::Objective => "a method below",
        LineKind::Method => "another method",
    };
    let row = number.map(|number| Row::Line(LineRef { kind, number }));
    question.then_below(what, move || adding::then_below(row))
}

/// A goal under this row, or a problem beside it.
fn goal_or_problem(problem: Option<Number>, chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let goal_words = problem.map_or("what they want to reach".to_owned(), |number| format!("for P{number}"));
    let items = vec![
        Item::new("goal", "a goal", &goal_words),
        Item::new("problem", "a problem", "what is in the way, in one dimension"),
    ];
    Question::pick("Add", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let problems: Vec<Number> = problem.into_iter().collect();
        vec![match key {
            "problem" => super::problem::whole(None, chart, cx),
            _ => goal(None, &problems, chart, cx),
        }]
    })
    .open()
}

/// An objective or a method: what goes under a goal.
fn under_goal(goal: Number, chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let items = vec![
        Item::new("objective", "an objective", "what the client does"),
        Item::new("method", "a method", "what staff or a service does"),
    ];
    Question::pick(format!("Under G{goal}"), items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        vec![match key {
            "method" => method::ask_for(None, (goal, 0), chart, cx),
            _ => objective(None, goal, chart, cx),
        }]
    })
    .open()
}

/// The form of a line that is there.
pub(super) fn edit(name: LineRef, chart: &ChartView, cx: &Cx) -> Step {
    match chart.plan.plan.line(name) {
        Some(AnyLine::Goal(one)) => goal(Some(one), &one.problems, chart, cx),
        Some(AnyLine::Objective(one)) => objective(Some(one), one.goal, chart, cx),
        Some(AnyLine::Method(one)) => method::ask_for(Some(one), (one.goal, one.objective), chart, cx),
        None => Step::Say("This line is no longer on the plan.".to_owned()),
    }
}

/// Sends a line, and puts the highlight on it once it is there.
pub(super) fn save(line: Whole, rev: u32, same_meaning: bool) -> Vec<Step> {
    let mut steps = to_room(move |room: &mut Plan, _, _| {
        room.expect_new(rev == 0);
        Vec::new()
    });
    steps.extend(asks(PlanAsk::SaveLine { line: Box::new(line), rev, same_meaning }));
    steps
}

/// Asked only where words of a line were changed that somebody answered to.
pub(super) fn same_meaning(fields: &mut Vec<Field>, there: bool) {
    if there {
        fields.push(
            Field::yes_no("same", "Same meaning", false).hint("spelling only: answers to it still hold"),
        );
    }
}

pub(super) fn is_same(form: &Form) -> bool {
    form.yes("same")
}

pub(super) fn required_by(line: Option<&PlanLine>) -> Field {
    let by = line.map(|line| line.required_by.as_str()).unwrap_or_default();
    Field::text("required", "Required by", by).hint("court, probation; empty if it was chosen")
}

fn baseline(now: Option<&Baseline>) -> Field {
    let words = now.map(|now| now.words.as_str()).unwrap_or_default();
    Field::text("now", "Where they are now", words).hint("4 nights of 7")
}

fn read_baseline(form: &Form, before: &Baseline, cx: &Cx) -> Baseline {
    let words = form.typed("now");
    if words == before.words.trim() {
        return before.clone();
    }
    let on = (!words.is_empty()).then(|| cx.today());
    Baseline { words, on }
}

/// The line with what every line of the form holds; a new one is at nothing.
pub(super) fn line(before: Option<&PlanLine>, form: &Form, chart: &ChartView) -> PlanLine {
    let mut line = before.cloned().unwrap_or_default();
    line.client = chart.client.value.id;
    line.required_by = form.typed("required");
    line.taken = library::read(form, line.taken);
    if before.is_none() {
        line.state = LineState::Active;
    }
    line
}

pub(super) fn whose(chart: &ChartView) -> String {
    let client = &chart.client.value;
    format!("{}, {}.", client.header_name(), client.record_no)
}

pub(super) fn under(name: LineRef, chart: &ChartView) -> String {
    let words = chart.plan.plan.line(name).map(said::wording).unwrap_or_default();
    format!("Under {name} {words}")
}

pub(super) fn items<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<Item> {
    all.iter().map(|one| Item::new(word(*one), word(*one), "")).collect()
}

fn goal(there: Option<&Goal>, problems: &[Number], chart: &ChartView, cx: &Cx) -> Step {
    let number = there.map(|goal| goal.line.number);
    let (title, rev) = match number {
        None => ("New goal".to_owned(), 0),
        Some(number) => (format!("Change G{number}"), chart.plan.rev(LineRef::goal(number))),
    };
    let form = goal_form(there, problems, cx);
    let mut lines = vec![whose(chart)];
    lines.extend(problems.first().and_then(|number| {
        let problem = chart.plan.plan.problem(*number)?;
        Some(format!("For P{number} {}", super::problem::line(problem)))
    }));
    lines.extend(library::offer(LineKind::Goal, chart, cx));
    let question = ask(chart, title, form, move |form, chart, cx| {
        let before = number.and_then(|number| chart.plan.plan.goal(number));
        let goal = read_goal(form, before, chart, cx)?;
        if library::old_day_of_new_words(&goal, &chart.plan.earlier) && !form.is_meant() {
            form.doubt();
            let day = when::with_year(goal.words.on);
            let why = format!(
                "The words were changed and still have the day {day}. Write the day of these words, or save it again."
            );
            return Err(Wrong::new("on", why));
        }
        Ok(save(Whole::Goal(Box::new(goal)), rev, is_same(form)))
    });
    let question = with_below(question.lines(lines), LineKind::Goal, number);
    library::with(question, LineKind::Goal, chart, cx).open()
}

fn goal_form(there: Option<&Goal>, problems: &[Number], cx: &Cx) -> Form {
    let none = Goal::default();
    let goal = there.unwrap_or(&none);
    let on = if there.is_some() && goal.words.on != Date::default() { goal.words.on } else { cx.today() };
    let answers = problems.iter().map(|number| format!("P{number}")).collect::<Vec<_>>().join(" ");
    let mut fields = vec![
        Field::text("words", "In their words", &goal.words.words).hint("I want …"),
        Field::text("wording", "In plain words", &goal.wording).hint("yours, if theirs need it"),
        Field::text("know", "We will know by", &goal.know).hint("what is different: I …"),
        Field::date("by", "By", goal.by, Lean::Future).hint(DATES),
        Field::text("matters", "Why it matters", &goal.matters),
        Field::text("tried", "Tried so far", &goal.tried).hint("what they changed already"),
        baseline(Some(&goal.baseline)),
        Field::text("strengths", "Builds on", &goal.strengths).hint("strengths"),
        Field::choice("kind", "Kind", items(&GoalKind::ALL, GoalKind::word), goal.kind.word()),
        Field::text("problems", "Answers", &answers).hint("P1 P2; empty: what they want"),
        Field::choice("how", "Words were", items(&Given::ALL, Given::word), goal.words.how.word()),
        Field::date("on", "Said on", Some(on), Lean::Past).hint("T, T-3, 4/25/26"),
        required_by(Some(&goal.line)),
        library::taken(&goal.line),
    ];
    same_meaning(&mut fields, there.is_some());
    Form::new(if there.is_some() { "Save" } else { "Add it" }, fields)
}

fn read_goal(form: &Form, before: Option<&Goal>, chart: &ChartView, cx: &Cx) -> Result<Goal, Wrong> {
    library::no_blank(form)?;
    let none = Goal::default();
    let was = before.unwrap_or(&none);
    let words = form.typed("words");
    let wording = form.typed("wording");
    if words.is_empty() && wording.is_empty() {
        return Err(Wrong::new("words", "A goal needs words: theirs, yours, or both."));
    }
    let on = form.date("on", cx.today()).unwrap_or_else(|| cx.today());
    if on > cx.today() {
        return Err(Wrong::new("on", "\"Said on\" is in the future. Use today or an earlier day."));
    }
    let how = Given::ALL.into_iter().find(|one| one.word() == form.chosen("how")).unwrap_or_default();
    Ok(Goal {
        line: line(before.map(|goal| &goal.line), form, chart),
        words: Quote { words, on, how },
        wording,
        problems: read_problems(form, chart)?,
        kind: GoalKind::ALL.into_iter().find(|one| one.word() == form.chosen("kind")).unwrap_or_default(),
        matters: form.typed("matters"),
        tried: form.typed("tried"),
        know: form.typed("know"),
        baseline: read_baseline(form, &was.baseline, cx),
        by: form.date("by", cx.today()),
        strengths: form.typed("strengths"),
        ..was.clone()
    })
}

/// `P1 P2`, `1, 2`: numbers of problems on the list.
fn read_problems(form: &Form, chart: &ChartView) -> Result<Vec<Number>, Wrong> {
    let typed = form.typed("problems");
    let mut found = Vec::new();
    for word in typed.split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let number = word.trim_start_matches(['P', 'p']).parse::<Number>().ok();
        let known = number.filter(|number| chart.plan.plan.problem(*number).is_some());
        let number = known.ok_or_else(|| {
            Wrong::new(
                "problems",
                format!("\"Answers\": {word} is not a problem on the list. Write P1, or P1 P2."),
            )
        })?;
        if !found.contains(&number) {
            found.push(number);
        }
    }
    Ok(found)
}

fn objective(there: Option<&Objective>, goal: Number, chart: &ChartView, cx: &Cx) -> Step {
    let number = there.map(|one| one.line.number);
    let (title, rev) = match number {
        None => ("New objective".to_owned(), 0),
        Some(number) => (format!("Change O{number}"), chart.plan.rev(LineRef::objective(number))),
    };
    let form = objective_form(there);
    let mut lines = vec![whose(chart), under(LineRef::goal(goal), chart)];
    lines.extend(library::offer(LineKind::Objective, chart, cx));
    let question = ask(chart, title, form, move |form, chart, cx| {
        let before = number.and_then(|number| chart.plan.plan.objective(number));
        let objective = read_objective(form, before, goal, chart, cx)?;
        Ok(save(Whole::Objective(Box::new(objective)), rev, is_same(form)))
    })
    .lines(lines)
    .reads(|form, cx| {
        let none = Objective { step: form.typed("step"), ..Objective::default() };
        if none.step.is_empty() {
            return String::new();
        }
        let objective = Objective {
            doer: doer(&form.typed("doer")),
            amount: form.typed("amount"),
            by: form.date("by", cx.today()),
            see: form.typed("see"),
            ..none
        };
        said::objective_sentence(&objective, cx.today())
    });
    let question = with_below(question, LineKind::Objective, number);
    library::with(question, LineKind::Objective, chart, cx).open()
}

fn objective_form(there: Option<&Objective>) -> Form {
    let none = Objective::default();
    let one = there.unwrap_or(&none);
    let sure = one.sure.map(|sure| sure.to_string()).unwrap_or_default();
    let mut fields = vec![
        Field::text("step", "I will", &one.step)
            .hint("a step one can see")
            .required_or("\"Step\" is empty. Write what will be done."),
        Field::text("amount", "How much, how often", &one.amount).hint("3 nights a week, 4 of 4, once"),
        Field::date("by", "By", one.by, Lean::Future).hint(DATES),
        Field::text("see", "We will see it in", &one.see).hint("the diary, looked at together"),
        Field::text("doer", "Who does it", said::doer(&one.doer)).hint("the client, or a name"),
        baseline(Some(&one.baseline)),
        Field::text("barrier", "Could get in the way", &one.barrier),
        Field::text("then", "And then", &one.then).hint("what they do instead"),
        Field::offered("sure", "How sure, 0-10", &sure).hint("asked of the client"),
        Field::yes_no("safety", "Keeps somebody safe", one.safety),
        required_by(Some(&one.line)),
        library::taken(&one.line),
    ];
    same_meaning(&mut fields, there.is_some());
    Form::new(if there.is_some() { "Save" } else { "Add it" }, fields)
}

/// Who does it, as it is typed.
fn doer(typed: &str) -> Doer {
    match typed.trim().to_lowercase().as_str() {
        "" => Doer::Nobody,
        "the client" | "client" | "me" | "i" => Doer::Client,
        _ => Doer::Other(typed.trim().to_owned()),
    }
}

fn read_objective(
    form: &Form,
    before: Option<&Objective>,
    goal: Number,
    chart: &ChartView,
    cx: &Cx,
) -> Result<Objective, Wrong> {
    library::no_blank(form)?;
    let none = Objective::default();
    let was = before.unwrap_or(&none);
    Ok(Objective {
        line: line(before.map(|one| &one.line), form, chart),
        goal,
        doer: doer(&form.typed("doer")),
        step: form.typed("step"),
        amount: form.typed("amount"),
        baseline: read_baseline(form, &was.baseline, cx),
        by: form.date("by", cx.today()),
        see: form.typed("see"),
        barrier: form.typed("barrier"),
        then: form.typed("then"),
        sure: read_sure(&form.typed("sure"))?,
        safety: form.yes("safety"),
    })
}

fn read_sure(typed: &str) -> Result<Option<u8>, Wrong> {
    if typed.is_empty() {
        return Ok(None);
    }
    let sure = typed.parse::<u8>().ok().filter(|sure| *sure <= 10);
    sure.map(Some).ok_or_else(|| Wrong::new("sure", "This takes a number from 0 to 10, or nothing."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_a_step_is_the_client_or_a_name() {
        assert_eq!(doer("the client"), Doer::Client);
        assert_eq!(doer(" Client "), Doer::Client);
        assert_eq!(doer(""), Doer::Nobody);
        assert_eq!(doer("L."), Doer::Other("L.".into()));
    }

    #[test]
    fn how_sure_somebody_is_goes_from_0_to_10() {
        assert_eq!(read_sure("").ok(), Some(None));
        assert_eq!(read_sure("10").ok(), Some(Some(10)));
        assert!(read_sure("11").is_err() && read_sure("very").is_err());
    }
}
