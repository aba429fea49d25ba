//! What the page of somebody who leaves or is away says of each kind of what they hold.

use crate::domain::counted;
use crate::service::api::{Absence, Holding, HoldingLine, Holdings};

/// Whether something of it can be passed on by the person here.
pub(super) fn goes(line: &HoldingLine, holdings: &Holdings) -> bool {
    let covers = line.what == Holding::People && !holdings.absence.is_for_good();
    line.what.can_go(holdings.absence)
        && if covers { holdings.covered_by.is_empty() } else { line.left > line.beyond }
}

/// What a kind is called in the list.
pub(super) fn label(what: Holding, absence: Absence) -> &'static str {
    let away = !absence.is_for_good();
    match what {
        Holding::People => "People",
        Holding::Team => "On the team of",
        Holding::Sessions if away => "Sessions on those days",
        Holding::Sessions => "Sessions to come",
        Holding::OwedNotes => "Notes owed, not begun",
        Holding::Assessments => "First assessments",
        Holding::Tasks if away => "Tasks due by then",
        Holding::Tasks => "Tasks",
        Holding::Supervises => "Supervises",
        Holding::StandsIn => "Stands in for",
        Holding::Drafts => "Begun, not signed",
        Holding::Answers => "Returned notes",
    }
}

/// `23 sessions`, as a sentence names it.
pub(super) fn amount(line: &HoldingLine, absence: Absence) -> String {
    let many = line.left;
    match line.what {
        Holding::People if !absence.is_for_good() && many == 0 => "cover".to_owned(),
        Holding::People => counted(many, "person", "people"),
        Holding::Team => counted(many, "place on a team", "places on teams"),
        Holding::Sessions => counted(many, "session", "sessions"),
        Holding::OwedNotes => counted(many, "note owed", "notes owed"),
        Holding::Assessments => counted(many, "first assessment", "first assessments"),
        Holding::Tasks => counted(many, "task", "tasks"),
        Holding::Supervises => counted(many, "person to supervise", "people to supervise"),
        Holding::StandsIn => counted(many, "cover", "covers"),
        Holding::Drafts => counted(many, "draft", "drafts"),
        Holding::Answers => counted(many, "returned note", "returned notes"),
    }
}

/// A few words on where it is.
pub(super) fn state(line: &HoldingLine, holdings: &Holdings) -> String {
    let away = !holdings.absence.is_for_good();
    let covered = !holdings.covered_by.is_empty();
    match line.what {
        Holding::People | Holding::Team | Holding::Assessments if away && covered => {
            format!("{} stands in", holdings.covered_by)
        }
        Holding::People if away => "nobody stands in yet".to_owned(),
        Holding::Supervises if away && covered && holdings.cover_cosigns => {
            format!("{} co-signs", holdings.covered_by)
        }
        _ if line.left == 0 => String::new(),
        Holding::Assessments if away => "nobody stands in yet".to_owned(),
        Holding::Assessments => "not begun; go with the people".to_owned(),
        Holding::Drafts => "only they can sign them".to_owned(),
        Holding::Answers => "only they can answer".to_owned(),
        Holding::OwedNotes if away => "they write them when they are back".to_owned(),
        Holding::Team if away => "comes with cover".to_owned(),
        Holding::Supervises if away => "needs a supervisor who stands in".to_owned(),
        _ if line.beyond == line.left => "an admin can pass these on".to_owned(),
        _ if line.beyond > 0 => format!("{} of them only by an admin", line.beyond),
        _ => "can be passed on".to_owned(),
    }
}

/// The whole of it, for the line that is highlighted.
pub(super) fn why(line: &HoldingLine, holdings: &Holdings) -> String {
    let name = &holdings.name;
    let away = !holdings.absence.is_for_good();
    match line.what {
        Holding::People if away && holdings.covered_by.is_empty() => format!(
            "Enter arranges cover: whoever stands in can open the charts of {name} on these days only. A supervisor who stands \
             in co-signs as well. Sessions and tasks are passed on below."
        ),
        Holding::People | Holding::Team if away => {
            format!("{} can open the charts of {name} on these days.", holdings.covered_by)
        }
        _ if line.left == 0 => "Nothing of this is left.".to_owned(),
        Holding::Assessments if away => format!(
            "These people of {name} have no first assessment yet. Whoever stands in can do it: arrange cover under People."
        ),
        Holding::Assessments => {
            "These people have no first assessment yet, and nobody has begun it. Whoever takes the people \
             over owes it: pass them on under People."
                .to_owned()
        }
        Holding::Drafts => format!(
            "A draft stays its author's. {name} signs or deletes these; an unsigned draft of somebody who left can only be \
             read, by whoever supervises them."
        ),
        Holding::Answers => format!(
            "These notes were returned to {name}, who answers with an amendment or an addendum. Nobody else can amend them."
        ),
        Holding::OwedNotes if away => {
            format!("{name} held these sessions and writes their notes after coming back.")
        }
        Holding::OwedNotes => format!(
            "{name} held these sessions, or nobody has said what became of them. Whoever takes them over marks them and writes \
             the notes as late entries, under their own name."
        ),
        Holding::Supervises if away => {
            "Co-signing comes with cover, if a supervisor stands in. Arrange it under People.".to_owned()
        }
        Holding::Supervises => format!(
            "Whoever takes these over supervises them from now on and co-signs what waits: {}. Only an admin can change this.",
            counted(holdings.to_cosign, "note", "notes")
        ),
        Holding::Team => "They leave these teams, and somebody else takes their place.".to_owned(),
        Holding::Sessions => {
            "Weekly rows go on with whoever takes them over. Clashes are asked about first.".to_owned()
        }
        Holding::Tasks => "Each task keeps its day and says who had it before.".to_owned(),
        Holding::StandsIn => "Somebody else stands in for these colleagues instead.".to_owned(),
        Holding::People => {
            "Enter passes all of them on to one counselor; the caseload passes them on one by one.".to_owned()
        }
    }
}
