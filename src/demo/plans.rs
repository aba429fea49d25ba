//! The plan of a story: goals, steps and methods in the life's own words, what was answered to them, and what notes say of them.

use super::Written;
use super::lives::{GoalWords, MethodWords, StepWords};
use super::story::{Story, weekday, working_day};
use crate::domain::{
    Agreement, Assent, Date, Doer, Dose, Given, Goal, LineKind, LineRef, LineState, Log, LogEntry, LogKind,
    LogValue, Method, Number, Objective, PlanLine, Problem, Progress, Quote, Served, Who,
};
use crate::rules::plan::AnyLine;
use crate::rules::plan::often;

/// A plan to be. Numbers are given by kind, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    pub goals: Vec<Goal>,
    pub objectives: Vec<Objective>,
    pub methods: Vec<Method>,
    pub agreements: Vec<Agreement>,
    pub logs: Vec<Log>,
}

/// The plan of a life that was written for its problems.
pub(super) fn plan(story: &Story<'_>, problems: &[Problem]) -> Agreed {
    let mut plan = Agreed::default();
    for (at, words) in (0..).zip(&story.life.goals) {
        let on = weekday(story.admitted.plus_days(story.since * (at + 1) / 8), story.plan.today);
        let on = on.max(story.admitted);
        let goal = goal(story, words, problems, at, on);
        let number = goal.line.number;
        plan.goals.push(goal);
        answer(story, &mut plan, LineRef::goal(number), words.answer, on);
        for method in &words.methods {
            add_method(story, &mut plan, (number, 0), method, on);
        }
        for step in &words.steps {
            let objective = objective(story, step, number, plan.objectives.len() as Number + 1, on);
            let name = LineRef::objective(objective.line.number);
            plan.objectives.push(objective);
            answer(story, &mut plan, name, step.answer, on);
            for method in &step.methods {
                add_method(story, &mut plan, (number, name.number), method, on);
            }
        }
    }
    plan.logs = story.life.flag("log").and_then(|said| log(story, &plan, said)).into_iter().collect();
    plan
}

/// Days that a log has, and those at its end that nobody has typed in yet: the slip of a week lies here.
const LOGGED: (i32, i32) = (21, 7);

/// A log, as the life says it: *objective | what is noted | how often*. Some of its days are blank.
fn log(story: &Story<'_>, plan: &Agreed, said: &str) -> Option<Log> {
    let mut fields = said.split('|').map(str::trim);
    let objective: Number = fields.next()?.parse().ok()?;
    let (what, planned) = (fields.next()?.to_owned(), often::read(fields.next()?).unwrap_or_default());
    plan.objectives.iter().find(|one| one.line.number == objective)?;
    let from = story.plan.today.plus_days(-LOGGED.0);
    let noted = (0..LOGGED.0 - LOGGED.1).filter(|day| day % 6 != 4);
    let value = |day: i32| if day % 4 == 2 { LogValue::No } else { LogValue::Yes };
    Some(Log {
        client: story.id,
        number: 1,
        episode: story.stay,
        objective,
        of: 1,
        kind: LogKind::YesNo,
        what,
        planned,
        from,
        entries: noted.map(|day| LogEntry { on: from.plus_days(day), value: value(day) }).collect(),
        changed_at: story.at(story.plan.today.plus_days(-LOGGED.1), 15, 20),
        changed_by: story.counselor.id,
        changed_by_name: story.counselor.signature_name(),
        ..Log::default()
    })
}

fn line(story: &Story<'_>, number: Number, on: Date) -> PlanLine {
    let at = story.at(on, 11, 40);
    PlanLine {
        client: story.id,
        number,
        episode: story.stay,
        state: LineState::Active,
        state_on: on,
        rank: number << 16,
        added_at: at,
        added_by: story.counselor.id,
        added_by_name: story.counselor.signature_name(),
        changed_at: at,
        changed_by: story.counselor.id,
        changed_by_name: story.counselor.signature_name(),
        ..PlanLine::default()
    }
}

fn goal(story: &Story<'_>, words: &GoalWords, problems: &[Problem], at: i32, on: Date) -> Goal {
    let answers = |problem: &&Problem| {
        problem.status.is_active() && words.dimensions.contains(&problem.dimension.number)
    };
    Goal {
        line: line(story, at as Number + 1, on),
        words: Quote { words: story.said(words.words), on, how: Given::Said },
        problems: problems.iter().filter(answers).map(|problem| problem.number).collect(),
        know: story.said(words.know),
        by: Some(working_day(story.plan.today.plus_days(words.days))),
        focus: at == 0,
        ..Goal::default()
    }
}

fn objective(story: &Story<'_>, words: &StepWords, goal: Number, number: Number, on: Date) -> Objective {
    Objective {
        line: line(story, number, on),
        goal,
        doer: if words.doer.is_empty() { Doer::Client } else { Doer::Other(words.doer.to_owned()) },
        step: story.said(words.step),
        amount: words.amount.to_owned(),
        by: Some(working_day(story.plan.today.plus_days(words.days))),
        see: story.said(words.see),
        safety: words.safety,
        ..Objective::default()
    }
}

fn add_method(
    story: &Story<'_>,
    plan: &mut Agreed,
    (goal, objective): (Number, Number),
    words: &MethodWords,
    on: Date,
) {
    let number = plan.methods.len() as Number + 1;
    let who = match words.who.split_once(',') {
        Some((name, organisation)) => {
            Who::Outside { name: name.trim().to_owned(), organisation: organisation.trim().to_owned() }
        }
        None => Who::Staff { id: story.counselor.id, name: story.counselor.signature_name() },
    };
    let often = often::read(words.often).unwrap_or_default();
    // What somebody under a mandate declines and is on the plan all the same, the mandate asks for.
    let mandate = story.life.flag("mandate").filter(|_| words.answer == "d").unwrap_or_default();
    let required_by = mandate.split(',').next().unwrap_or_default().to_owned();
    plan.methods.push(Method {
        line: PlanLine { required_by, ..line(story, number, on) },
        goal,
        objective,
        wording: story.said(words.wording),
        purpose: story.said(words.purpose),
        dose: Dose { often, minutes: words.minutes, weeks: words.weeks },
        who,
        from: Some(on),
        safety: words.safety,
        ..Method::default()
    });
    answer(story, plan, LineRef::method(number), words.answer, on);
}

/// What the client answered to a line; nothing where nobody asked.
fn answer(story: &Story<'_>, plan: &mut Agreed, about: LineRef, said: &str, on: Date) {
    let answer = match said {
        "a" => Assent::Agreed,
        "p" => Assent::Partly,
        "d" => Assent::Declined,
        _ => return,
    };
    let to = match about.kind {
        LineKind::Goal => plan.goals.last().map(|one| AnyLine::Goal(one).terms()),
        LineKind::Objective => plan.objectives.last().map(|one| AnyLine::Objective(one).terms()),
        LineKind::Method => plan.methods.last().map(|one| AnyLine::Method(one).terms()),
    };
    let number = plan.agreements.len() as Number + 1;
    plan.agreements.push(Agreement {
        client: story.id,
        number,
        episode: story.stay,
        about,
        answer,
        to: to.unwrap_or_default(),
        given: on,
        typed_at: story.at(on, 11, 50),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        ..Agreement::default()
    });
}

/// What the notes say of the plan: a note that works on a problem works on a step of its goal, in turn.
pub(super) fn serve(plan: &Agreed, notes: &mut [Written]) {
    const COURSE: [Progress; 6] = [
        Progress::None,
        Progress::Some,
        Progress::Some,
        Progress::Substantial,
        Progress::Some,
        Progress::Substantial,
    ];
    let begun = |line: &PlanLine, note: &Written| line.state_on <= note.note.service.date;
    for (turn, written) in notes.iter_mut().enumerate() {
        let goal = plan.goals.iter().find(|goal| {
            begun(&goal.line, written) && goal.problems.iter().any(|one| written.note.links.contains(one))
        });
        let Some(goal) = goal.map(|goal| goal.line.number) else { continue };
        let steps: Vec<&Objective> = plan.objectives.iter().filter(|one| one.goal == goal).collect();
        let Some(step) = steps.get(turn % steps.len().max(1)) else { continue };
        let progress = COURSE[turn / steps.len().max(1) % COURSE.len()];
        let line = LineRef::objective(step.line.number);
        written.note.lines.push(Served { line, progress, ..Served::default() });
        let method = plan.methods.iter().find(|one| {
            one.goal == goal && one.objective == step.line.number && matches!(one.who, Who::Staff { .. })
        });
        let delivered = method.map(|method| LineRef::method(method.line.number));
        written.note.lines.extend(delivered.map(|line| Served { line, ..Served::default() }));
    }
}
