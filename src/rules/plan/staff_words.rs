//! Words on the client's page that speak about the client, where it should speak as the client does (case N24).
//!
//! Owns which fields of a plan go on that page in the words of staff, and which words give them away. It is told to the counselor
//! before the page is printed or turned, and stops nothing: the words may well be about somebody else.

use super::client_page::is_on;
use super::{AnyLine, Plan};
use unicode_segmentation::UnicodeSegmentation;

/// What nobody calls themselves.
const STAFF: &[&str] = &["client", "clients", "patient", "patients"];
/// How somebody else is spoken of. Not *they*: that is more often people outside.
const ABOUT: &[&str] = &["he", "him", "his", "himself", "she", "her", "hers", "herself"];
/// So many places are named.
const NAMED: usize = 3;

/// A place of the client's page that speaks about the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffWord {
    /// The line (`M1`) or the field (`Complete when`).
    pub place: String,
    /// The word, as it is written.
    pub word: String,
}

/// Returns the places of the client's page that speak about the client, the first word of each; `name` is what the client is
/// called. In what staff write for the client (how we will know, what is done and what for, when it is complete) that is also
/// *he* and *she*; in a step (*I will tell her*) they are about others.
pub fn staff_words(plan: &Plan, name: &str) -> Vec<StaffWord> {
    let mut found = Vec::new();
    for goal in plan.goals.iter().filter(|goal| is_on(goal.line.state)) {
        let number = goal.line.number;
        let plain = if goal.words.words.trim().is_empty() { goal.wording.as_str() } else { "" };
        found.extend(place(AnyLine::Goal(goal), &[plain, &goal.know], &[&goal.matters], name));
        for one in plan.objectives.iter().filter(|one| one.goal == number && is_on(one.line.state)) {
            let own: [&str; 5] = [&one.step, &one.amount, &one.see, &one.barrier, &one.then];
            found.extend(place(AnyLine::Objective(one), &[], &own, name));
        }
        for one in plan.methods.iter().filter(|one| one.goal == number && is_on(one.line.state)) {
            found.extend(place(AnyLine::Method(one), &[&one.wording, &one.purpose], &[], name));
        }
    }
    let (basics, after) = (&plan.basics, &plan.basics.after);
    for (place, words) in [
        ("So that it works", &basics.works_for.words),
        ("Complete when", &basics.complete_when.words),
        ("After that", &after.supports),
        ("After that", &after.place),
    ] {
        let word = speaks_about(words, true, name);
        found.extend(word.map(|word| StaffWord { place: place.to_owned(), word }));
    }
    found
}

/// The first word of a line that speaks about the client: in what staff write for them, else in what they do themselves.
fn place(line: AnyLine<'_>, for_them: &[&str], own: &[&str], name: &str) -> Option<StaffWord> {
    let for_them = for_them.iter().find_map(|words| speaks_about(words, true, name));
    let word = for_them.or_else(|| own.iter().find_map(|words| speaks_about(words, false, name)))?;
    Some(StaffWord { place: line.name().to_string(), word })
}

fn speaks_about(words: &str, written_for_them: bool, name: &str) -> Option<String> {
    let is_it = |word: &&str| {
        let stem = word.split(['\'', '’']).next().unwrap_or_default();
        let low = stem.to_lowercase();
        STAFF.contains(&low.as_str())
            || (written_for_them && (ABOUT.contains(&low.as_str()) || (!name.is_empty() && stem == name)))
    };
    words.unicode_words().find(is_it).map(str::to_owned)
}

/// Returns the places in one sentence; `None` if the page speaks as the client does.
pub fn told(found: &[StaffWord]) -> Option<String> {
    let named: Vec<String> =
        found.iter().take(NAMED).map(|one| format!("{} “{}”", one.place, one.word)).collect();
    let more = found.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    (!found.is_empty())
        .then(|| format!("Speaks about the client, not as they do: {}{more}.", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Goal, LineState, Method, Objective, PlanBasics, PlanLine, Quote, Written};

    fn line(number: u32) -> PlanLine {
        PlanLine { number, ..PlanLine::default() }
    }

    fn plan() -> Plan {
        let words = Quote { words: "I want nights at home.".into(), ..Quote::default() };
        let goal = Goal { line: line(1), words, know: "two nights at home".into(), ..Goal::default() };
        let step = Objective {
            line: line(1),
            goal: 1,
            step: "ask my boss, and tell her why".into(),
            ..Objective::default()
        };
        let method = Method {
            line: line(1),
            goal: 1,
            wording: "letter to the company doctor".into(),
            purpose: "so that my request for two nights has a doctor behind it".into(),
            ..Method::default()
        };
        Plan { goals: vec![goal], objectives: vec![step], methods: vec![method], ..Plan::default() }
    }

    fn places(plan: &Plan) -> Vec<String> {
        staff_words(plan, "Jo").into_iter().map(|one| format!("{} {}", one.place, one.word)).collect()
    }

    /// N24: words of the office on the client's copy.
    #[test]
    fn n24_a_line_that_speaks_about_the_client_is_named() {
        let mut plan = plan();
        assert!(places(&plan).is_empty(), "a step may tell somebody of her");
        assert_eq!(told(&staff_words(&plan, "Jo")), None);
        plan.methods[0].purpose = "To back his request for two nights.".into();
        plan.objectives[0].step = "call the client's sister".into();
        plan.goals[0].know = "She’ll say so herself.".into();
        let complete_when = Written { words: "Jo has slept at home.".into(), ..Written::default() };
        plan.basics = PlanBasics { complete_when, ..PlanBasics::default() };
        assert_eq!(places(&plan), ["G1 She’ll", "O1 client's", "M1 his", "Complete when Jo"]);
        assert_eq!(
            told(&staff_words(&plan, "Jo")).unwrap(),
            "Speaks about the client, not as they do: G1 “She’ll”, O1 “client's”, M1 “his”, and 1 more."
        );
    }

    #[test]
    fn what_is_not_on_the_page_is_not_asked_about() {
        let mut plan = plan();
        plan.goals[0].wording = "Client reduces use.".into();
        assert!(places(&plan).is_empty(), "their own words stand there instead");
        plan.goals[0].words.words.clear();
        assert_eq!(places(&plan), ["G1 Client"]);
        plan.goals[0].line.state = LineState::Met;
        assert!(places(&plan).is_empty());
    }
}
