//! Lines of a plan as they are read: how often, by whom, by when, and the sentence they make.

use super::AnyLine;
use crate::domain::{Date, Doer, Dose, Goal, Method, Objective, Often, Terms, Who};
use crate::rules::when;

/// Returns what an answer to a line is given to.
pub fn terms(line: AnyLine<'_>) -> Terms {
    match line {
        AnyLine::Goal(goal) => Terms {
            wording: [goal.words.words.trim(), goal.wording.trim()].join("\n"),
            amount: goal.know.trim().to_owned(),
            dates: goal.by.into_iter().collect(),
            doer: String::new(),
        },
        AnyLine::Objective(objective) => Terms {
            wording: objective.step.trim().to_owned(),
            amount: objective.amount.trim().to_owned(),
            dates: objective.by.into_iter().collect(),
            doer: doer(&objective.doer).to_owned(),
        },
        AnyLine::Method(method) => Terms {
            wording: method.wording.trim().to_owned(),
            amount: dose(&method.dose),
            dates: [method.from, method.until].into_iter().flatten().collect(),
            doer: who(&method.who),
        },
    }
}

/// Returns what a line is called in a list: the client's words in quotation marks where a goal has them.
pub fn wording(line: AnyLine<'_>) -> String {
    match line {
        AnyLine::Goal(goal) => goal_wording(goal),
        AnyLine::Objective(objective) => first_upper(objective.step.trim()),
        AnyLine::Method(method) => method.wording.trim().to_owned(),
    }
}

fn goal_wording(goal: &Goal) -> String {
    match goal.words.words.trim() {
        "" => goal.wording.trim().to_owned(),
        words => format!("“{words}”"),
    }
}

/// Returns what a line says about how much: `3 nights a week`, `individual, weekly, 8 weeks`.
pub fn amount(line: AnyLine<'_>) -> String {
    match line {
        AnyLine::Goal(_) => String::new(),
        AnyLine::Objective(objective) => objective.amount.trim().to_owned(),
        AnyLine::Method(method) => {
            let modality = method.modality.map(|modality| modality.word().to_owned());
            let parts = modality.into_iter().chain([dose(&method.dose)]);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns the day by which a line is to be done.
pub fn due(line: AnyLine<'_>) -> Option<Date> {
    match line {
        AnyLine::Goal(goal) => goal.by,
        AnyLine::Objective(objective) => objective.by,
        AnyLine::Method(method) => method.until,
    }
}

/// Returns who does an objective; empty if nobody was named.
pub fn doer(doer: &Doer) -> &str {
    match doer {
        Doer::Nobody => "",
        Doer::Client => "the client",
        Doer::Other(name) => name,
    }
}

/// Returns who does a method; empty if nobody was named.
pub fn who(who: &Who) -> String {
    match who {
        Who::Nobody => String::new(),
        Who::Staff { name, .. } => name.clone(),
        Who::Outside { name, organisation } if organisation.trim().is_empty() => name.clone(),
        Who::Outside { name, organisation } => format!("{name}, {organisation}"),
    }
}

/// Returns the name of whoever does a method; empty if nobody was named.
pub(super) fn name_of(who: &Who) -> &str {
    match who {
        Who::Nobody => "",
        Who::Staff { name, .. } | Who::Outside { name, .. } => name,
    }
}

/// Returns how much of a method: `twice a week, 50 min, 8 weeks`.
pub fn dose(dose: &Dose) -> String {
    let mut parts = vec![often(&dose.often)];
    if dose.minutes > 0 {
        parts.push(format!("{} min", dose.minutes));
    }
    if dose.weeks > 0 {
        parts.push(format!("{} {}", dose.weeks, if dose.weeks == 1 { "week" } else { "weeks" }));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Returns how often: `weekly`, `twice a month`, `every 2 weeks`, `8 times in all`, `once`, `when needed: a crisis`.
pub fn often(often: &Often) -> String {
    match often {
        Often::Unsaid => String::new(),
        Often::Times { times: 1, per } => match per {
            crate::domain::Per::Day => "daily".to_owned(),
            crate::domain::Per::Week => "weekly".to_owned(),
            crate::domain::Per::Month => "monthly".to_owned(),
        },
        Often::Times { times: 2, per } => format!("twice a {}", per.word()),
        Often::Times { times, per } => format!("{times} times a {}", per.word()),
        Often::EveryWeeks(1) => "weekly".to_owned(),
        Often::EveryWeeks(weeks) => format!("every {weeks} weeks"),
        Often::InAll(1) | Often::Once => "once".to_owned(),
        Often::InAll(times) => format!("{times} times in all"),
        Often::WhenNeeded(what) if what.trim().is_empty() => "when needed".to_owned(),
        Often::WhenNeeded(what) => format!("when needed: {}", what.trim()),
    }
}

/// A phrase as it stands within a sentence: `Call L.` becomes `call L.`; `AA on Mondays` and `I` stay, and so does one that begins
/// with a word of one of these names.
pub(super) fn within_a_sentence(phrase: &str, names: &[&str]) -> String {
    let word = |text: &str| text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    let first = word(phrase);
    let mut words = names.iter().flat_map(|name| name.split_whitespace());
    if words.any(|one| word(one) == first) {
        return phrase.to_owned();
    }
    let mut letters = phrase.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => phrase.to_owned(),
    }
}

/// Returns an objective as one sentence, as the client reads it.
pub fn objective_sentence(objective: &Objective, today: Date) -> String {
    let subject = match &objective.doer {
        Doer::Client | Doer::Nobody => "I will".to_owned(),
        Doer::Other(name) => format!("{name} will"),
    };
    let mut sentence =
        format!("{subject} {}", within_a_sentence(objective.step.trim(), &[doer(&objective.doer)]));
    for part in [objective.amount.trim().to_owned(), by(objective.by, today)] {
        if !part.is_empty() {
            sentence.push_str(", ");
            sentence.push_str(&part);
        }
    }
    let mut sentence = ended(&sentence);
    if !objective.see.trim().is_empty() {
        sentence.push_str(&ended(&format!(" We will see it in {}", objective.see.trim())));
    }
    sentence
}

/// Returns a method as one sentence, as the client reads it.
pub fn method_sentence(method: &Method, today: Date) -> String {
    let mut parts = vec![method.wording.trim().to_owned(), amount(AnyLine::Method(method)), who(&method.who)];
    parts.push(method.until.map(|on| format!("until {}", when::short(on, today))).unwrap_or_default());
    parts.retain(|part| !part.is_empty());
    let mut sentence = ended(&parts.join(", "));
    if !method.purpose.trim().is_empty() {
        sentence.push_str(&ended(&format!(" For: {}", method.purpose.trim())));
    }
    sentence
}

fn by(on: Option<Date>, today: Date) -> String {
    on.map(|on| format!("by {}", when::short(on, today))).unwrap_or_default()
}

pub(super) fn ended(sentence: &str) -> String {
    let sentence = sentence.trim_end();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// Returns words with a capital at the front.
pub fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Per;

    fn day(day: u32) -> Date {
        Date::from_ymd(2026, 12, day).unwrap()
    }

    #[test]
    fn how_often_reads_as_one_says_it() {
        let said = |often: Often| super::often(&often);
        assert_eq!(said(Often::Times { times: 1, per: Per::Week }), "weekly");
        assert_eq!(said(Often::Times { times: 2, per: Per::Month }), "twice a month");
        assert_eq!(said(Often::Times { times: 3, per: Per::Day }), "3 times a day");
        assert_eq!(said(Often::EveryWeeks(2)), "every 2 weeks");
        assert_eq!((said(Often::InAll(8)), said(Often::InAll(1))), ("8 times in all".into(), "once".into()));
        assert_eq!(said(Often::WhenNeeded("a bad night".into())), "when needed: a bad night");
        assert_eq!(dose(&Dose { often: Often::Once, minutes: 50, weeks: 0 }), "once, 50 min");
        assert_eq!(dose(&Dose { often: Often::Unsaid, minutes: 0, weeks: 1 }), "1 week");
    }

    #[test]
    fn an_objective_reads_as_a_sentence_of_the_client() {
        let mut objective = Objective {
            step: "write down when I go to bed".into(),
            amount: "3 nights a week".into(),
            by: Some(day(9)),
            see: "the diary".into(),
            ..Objective::default()
        };
        assert_eq!(
            objective_sentence(&objective, day(1)),
            "I will write down when I go to bed, 3 nights a week, by 9 Dec. We will see it in the diary."
        );
        objective.doer = Doer::Other("L.".into());
        (objective.amount, objective.see, objective.by) = (String::new(), String::new(), None);
        assert_eq!(objective_sentence(&objective, day(1)), "L. will write down when I go to bed.");
    }

    #[test]
    fn what_an_answer_is_given_to_is_wording_amount_dates_and_doer() {
        let method = Method {
            wording: "CBT for sleep".into(),
            dose: Dose { often: Often::Times { times: 1, per: Per::Week }, minutes: 50, weeks: 8 },
            who: Who::Staff { id: crate::domain::StaffId::default(), name: "R.I. LADC".into() },
            until: Some(day(15)),
            ..Method::default()
        };
        let terms = terms(AnyLine::Method(&method));
        assert_eq!(terms.amount, "weekly, 50 min, 8 weeks");
        assert_eq!((terms.doer.as_str(), terms.dates.as_slice()), ("R.I. LADC", &[day(15)][..]));
        // What it is for is no part of what was agreed.
        let other = Method { purpose: "to sleep".into(), ..method };
        assert_eq!(super::terms(AnyLine::Method(&other)), terms);
    }
}
