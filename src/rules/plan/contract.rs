//! The contract: what the plan offers for each question, and what asks for an answer (`agreement.md` 6, `clinical.md` 2.3).
//!
//! Must not read the store: plan and facts are handed in.

use super::AnyLine;
use super::Plan;
use super::words::{often, wording};
use crate::domain::{Contract, ContractRow, ContractView, Date, Episode, LineState, Wants, Who};

/// The question under an empty cell. The client's are in the second person.
pub fn question(row: ContractRow, view: ContractView) -> &'static str {
    use ContractRow as R;
    use ContractView as V;
    match (row, view) {
        (R::What, V::Client) => "What do you want?",
        (R::What, V::Assessment) => "What does the person need? What stands in the way?",
        (R::What, V::Agreed) => "What is the agreed contract?",
        (R::Why, V::Client) => "Why now? What is at stake for you?",
        (R::Why, V::Assessment) => "What do severity, history and consequences show?",
        (R::Why, V::Agreed) => "Is the plan tied to what they want? What happens if it is not followed?",
        (R::How, V::Client) => "How would you get there?",
        (R::How, V::Assessment) => "How will we engage, and which methods fit?",
        (R::How, V::Agreed) => "Does the client agree to this way?",
        (R::Where, V::Client) => "Where do you want to do this?",
        (R::Where, V::Assessment) => "Which setting does the need call for?",
        (R::Where, V::Agreed) => "Which level of care, and whom outside?",
        (R::When, V::Client) => "How soon? How much do you want it?",
        (R::When, V::Assessment) => "How urgent is it, and what time is realistic?",
        (R::When, V::Agreed) => "When does it start, how often, when is it looked at, what makes it end?",
    }
}

/// What the offers are made from besides the plan.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What the client wants, and why now.
    pub wants: Option<&'a Wants>,
    /// The episode whose contract it is.
    pub episode: Option<&'a Episode>,
    /// The level of care given; empty if it is not known.
    pub level: &'a str,
    /// The next review, as it is due.
    pub review: Option<Date>,
    /// How a day is written.
    pub day: &'a dyn Fn(Date) -> String,
}

/// Returns what the plan says to a question; empty if it says nothing.
pub fn offer(row: ContractRow, plan: &Plan, contract: &Contract, around: Around<'_>) -> String {
    let parts = match row {
        ContractRow::What => goals(plan),
        ContractRow::Why => why(contract, around),
        ContractRow::How => steps(plan),
        ContractRow::Where => place(plan, around),
        ContractRow::When => time(plan, around),
    };
    sentences(&parts)
}

/// Whether a cell was agreed while the plan said something else.
pub fn plan_changed(row: ContractRow, contract: &Contract, offered: &str) -> bool {
    let cell = contract.cell(row, ContractView::Agreed);
    cell.is_some_and(|cell| {
        !cell.written.is_empty() && cell.plan_said.as_deref().is_some_and(|said| said != offered)
    })
}

/// How many of the three cells of a question have an answer. The client's *what* and *why* are what they want, and why now.
pub fn answered(row: ContractRow, contract: &Contract, wants: Option<&Wants>) -> usize {
    let written = |view| contract.cell(row, view).is_some_and(|cell| !cell.written.is_empty());
    let client =
        clients_own(row, wants).map_or_else(|| written(ContractView::Client), |words| !words.is_empty());
    usize::from(client)
        + [ContractView::Assessment, ContractView::Agreed].into_iter().filter(|view| written(*view)).count()
}

/// What the client said elsewhere that is this cell: what they want, and why now. `None` for the other questions.
pub fn clients_own(row: ContractRow, wants: Option<&Wants>) -> Option<&str> {
    match row {
        ContractRow::What => Some(wants.map_or("", |wants| wants.wants.trim())),
        ContractRow::Why => Some(wants.map_or("", |wants| wants.why_now.trim())),
        _ => None,
    }
}

fn is_active(line: AnyLine<'_>) -> bool {
    line.line().state == LineState::Active
}

fn goals(plan: &Plan) -> Vec<String> {
    let active = plan.goals.iter().map(AnyLine::Goal).filter(|goal| is_active(*goal));
    active.map(|goal| wording(goal).trim_matches(['“', '”']).to_owned()).collect()
}

fn why(contract: &Contract, around: Around<'_>) -> Vec<String> {
    let now = around.wants.map_or("", |wants| wants.why_now.trim());
    let mandate = around.episode.filter(|episode| episode.mandated).map_or("", |one| one.mandate.trim());
    [now, mandate, contract.authority_wants.words.trim(), contract.if_not_kept.words.trim()]
        .map(str::to_owned)
        .to_vec()
}

fn steps(plan: &Plan) -> Vec<String> {
    let under =
        |line: &AnyLine<'_>| plan.goal(line.goal()).is_some_and(|goal| is_active(AnyLine::Goal(goal)));
    let tasks =
        plan.objectives.iter().map(AnyLine::Objective).chain(plan.methods.iter().map(AnyLine::Method));
    tasks.filter(|line| is_active(*line) && under(line)).map(wording).collect()
}

fn place(plan: &Plan, around: Around<'_>) -> Vec<String> {
    let program = around.episode.map_or(String::new(), |episode| episode.program.clone());
    let level = if around.level.is_empty() { String::new() } else { format!("level {}", around.level) };
    let mut parts = vec![program, level];
    for method in plan.methods.iter().filter(|method| method.line.state == LineState::Active) {
        if let Who::Outside { name, organisation } = &method.who {
            let whom = if organisation.is_empty() { name } else { organisation };
            if !parts.contains(whom) {
                parts.push(whom.clone());
            }
        }
    }
    parts
}

fn time(plan: &Plan, around: Around<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(episode) = around.episode {
        parts.push(format!("since {}", (around.day)(episode.admitted)));
    }
    for method in plan.methods.iter().filter(|method| method.line.state == LineState::Active) {
        let often = often(&method.dose.often);
        if !parts.contains(&often) {
            parts.push(often);
        }
    }
    if let Some(review) = around.review {
        parts.push(format!("review {}", (around.day)(review)));
    }
    let complete = plan.basics.complete_when.words.trim();
    if !complete.is_empty() {
        parts.push(format!("complete when {complete}"));
    }
    parts
}

fn sentences(parts: &[String]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| part.trim().trim_end_matches('.').to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    if parts.is_empty() { String::new() } else { format!("{}.", parts.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ContractCell, Goal, Method, Number, Objective, Often, Quote, Written};

    fn plan() -> Plan {
        let goal = |number: Number, words: &str| {
            let mut goal =
                Goal { words: Quote { words: words.into(), ..Quote::default() }, ..Goal::default() };
            (goal.line.number, goal.line.state) = (number, LineState::Active);
            goal
        };
        let mut later = goal(2, "Learn to swim");
        later.line.state = LineState::Deferred { until: Date(9), agrees: None };
        let mut step = Objective { goal: 1, step: "call L. before eight".into(), ..Objective::default() };
        step.line.state = LineState::Active;
        let under_later = Objective { goal: 2, ..step.clone() };
        let mut method = Method { goal: 1, wording: "CBT for sleep".into(), ..Method::default() };
        method.line.state = LineState::Active;
        method.dose.often = Often::Once;
        Plan {
            goals: vec![goal(1, "Get through those nights."), later],
            objectives: vec![step, under_later],
            methods: vec![method],
            ..Plan::default()
        }
    }

    fn offered(row: ContractRow, episode: &Episode, wants: &Wants) -> String {
        let day = |date: Date| format!("day {}", date.0);
        let around = Around {
            wants: Some(wants),
            episode: Some(episode),
            level: "2.1",
            review: Some(Date(90)),
            day: &day,
        };
        offer(row, &plan(), &Contract::default(), around)
    }

    #[test]
    fn the_plan_offers_what_it_says() {
        let episode = Episode {
            program: "Outpatient".into(),
            mandated: true,
            mandate: "26 sessions until 30 Apr".into(),
            ..Episode::default()
        };
        let wants = Wants { why_now: "My boy asks where I was.".into(), ..Wants::default() };
        let of = |row| offered(row, &episode, &wants);
        assert_eq!(of(ContractRow::What), "Get through those nights.", "only what is active");
        assert_eq!(of(ContractRow::Why), "My boy asks where I was; 26 sessions until 30 Apr.");
        assert_eq!(of(ContractRow::How), "Call L. before eight; CBT for sleep.");
        assert_eq!(of(ContractRow::Where), "Outpatient; level 2.1.");
        assert_eq!(of(ContractRow::When), "since day 0; once; review day 90.");
    }

    #[test]
    fn an_agreed_answer_says_when_the_plan_says_something_else() {
        let cell = |said: &str| ContractCell {
            row: ContractRow::What,
            view: ContractView::Agreed,
            written: Written { words: "Be home on paydays.".into(), ..Written::default() },
            plan_said: Some(said.into()),
        };
        let contract = Contract { cells: vec![cell("Be home.")], ..Contract::default() };
        assert!(!plan_changed(ContractRow::What, &contract, "Be home."));
        assert!(plan_changed(ContractRow::What, &contract, "Be home; learn to swim."));
        assert!(!plan_changed(ContractRow::How, &contract, "anything"), "nothing was agreed there");
        let unknown = Contract { cells: vec![ContractCell { plan_said: None, ..cell("") }], ..contract };
        assert!(!plan_changed(ContractRow::What, &unknown, "Be home."), "nobody knows what it said then");
        let nothing = Contract { cells: vec![cell("")], ..unknown };
        assert!(plan_changed(ContractRow::What, &nothing, "Be home."), "it said nothing then");
    }

    #[test]
    fn what_the_client_wants_counts_as_their_answer() {
        let wants = Wants { wants: "Keep the flat.".into(), ..Wants::default() };
        let contract = Contract::default();
        assert_eq!(answered(ContractRow::What, &contract, Some(&wants)), 1);
        assert_eq!(answered(ContractRow::Why, &contract, Some(&wants)), 0);
        assert_eq!(answered(ContractRow::How, &contract, None), 0);
    }
}
