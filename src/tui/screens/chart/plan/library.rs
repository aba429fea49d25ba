//! Lines of the agency's library in the questions of a line: what is offered, how it is put in, and what keeps its blanks from being
//! saved.

use crate::domain::{LineKind, PlanLine, Taken};
use crate::packs::LibraryLine;
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
        Taken::Library(words) => words.as_str(),
        Taken::Own | Taken::Earlier { .. } => "",
    };
    let mut field = Field::text("taken", "From the library", words);
    field.hidden = true;
    field
}

/// Where the words of a line are from.
pub(super) fn read(form: &Form, before: Taken) -> Taken {
    match form.typed("taken") {
        words if words.is_empty() => before,
        words => Taken::Library(words),
    }
}

/// Adds the library to a question of a line.
pub(super) fn with(question: Question, kind: LineKind, cx: &Cx) -> Question {
    let practice = cx.practice();
    let item = |(at, line): (usize, &LibraryLine)| {
        let words = [line.words.as_str(), &line.amount].into_iter().filter(|part| !part.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        Item { preview: words.clone(), ..Item::new(at.to_string(), words, line.about.clone()) }
    };
    let items = practice.library.lines(kind).enumerate().map(item).collect();
    question.library(items, move |form, key, cx| {
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

/// `Ctrl-T begins it from the library.`, where the agency has lines of this kind.
pub(super) fn offer(kind: LineKind, cx: &Cx) -> Option<String> {
    let practice = cx.practice();
    practice.library.lines(kind).next()?;
    Some(format!("{} begins it from the library.", cx.key(Action::FromLibrary, Scope::PlanForm)))
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
