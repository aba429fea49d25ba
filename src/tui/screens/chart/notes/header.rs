//! What is asked about a note besides its text: service, links to problems, format.
//!
//! Owns the prompts and the checks of what comes back. It must not write: answers become changes of the open draft.

use super::{Purpose, words};
use crate::domain::{ClockTime, Number, Service};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Overlay, Picker, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// Longest service, minutes: a program day (as `rules::note`).
const LONGEST: u16 = 24 * 60;

/// The prompt for date, start, minutes and type.
pub(super) fn service_prompt(service: &Service) -> Step {
    let mut kinds: Vec<Item> =
        packs::lists().service_kinds.iter().map(|kind| Item::new(kind.clone(), kind.clone(), "")).collect();
    if !kinds.iter().any(|item| item.key == service.kind) {
        kinds.push(Item::new(service.kind.clone(), service.kind.clone(), ""));
    }
    // The minutes last: Enter on the last typed field takes the form over.
    let fields = vec![
        Field::choice("kind", "Type", kinds, &service.kind),
        Field::date("date", "Date of service", Some(service.date), Lean::Past)
            .hint("T, T-1, mon, 4/12")
            .required(),
        Field::text("start", "Began at", &service.start.to_string()).hint("14:05").required(),
        Field::text("minutes", "Minutes", &service.minutes.to_string()).hint("1 to 1440").required(),
    ];
    let mut form = Form::new("Take over", fields);
    form.focus_on("date");
    ask_service(form)
}

/// The same prompt again, as it was filled in.
pub(super) fn ask_service(form: Form) -> Step {
    Step::Over(Overlay::Prompt(Prompt {
        title: "The service this note speaks of".to_owned(),
        lines: Vec::new(),
        form,
        then: Then::Screen(Wanted::Notes(Purpose::Header)),
    }))
}

/// What was filled in, checked; an error says what to type instead and names the field.
pub(super) fn read_service(form: &Form, cx: &Cx) -> Result<Service, (&'static str, String)> {
    let today = cx.today();
    let date = form.date("date", today).ok_or(("date", "The date does not read.".to_owned()))?;
    let start = ClockTime::parse(&form.typed("start"))
        .ok_or(("start", "Type the start as hour and minute: 14:05.".to_owned()))?;
    let minutes: u16 = form
        .typed("minutes")
        .parse()
        .ok()
        .filter(|minutes| (1..=LONGEST).contains(minutes))
        .ok_or(("minutes", format!("Minutes are a whole number from 1 to {LONGEST}.")))?;
    if (date, start) > (today, cx.now.local.time) {
        let field = if date > today { "date" } else { "start" };
        return Err((field, "A note cannot speak of a service in the future.".to_owned()));
    }
    Ok(Service::new(date, start, minutes, form.chosen("kind")))
}

/// The picker of problems: Enter turns a link on or off and the list stays, Esc is done.
pub(super) fn link_picker(links: &[Number], at: Option<Number>, chart: &ChartView) -> Step {
    let offered = chart
        .problems
        .iter()
        .map(|kept| &kept.value)
        .filter(|problem| problem.status.is_active() || links.contains(&problem.number));
    let items: Vec<Item> = offered
        .map(|problem| {
            let mark = if links.contains(&problem.number) { "[x]" } else { "[ ]" };
            let label = format!("{mark} {}", words::problem_words(problem.number, chart));
            let detail = format!("D{}", problem.dimension.number);
            Item::new(problem.number.to_string(), label, detail)
        })
        .collect();
    if items.is_empty() {
        return Step::Warn("There is no problem on the list yet. Room p is where it begins.".to_owned());
    }
    let title = "This note serves: Enter links or unlinks, Esc is done";
    let picker = Picker::one(title, items, Then::Screen(Wanted::Notes(Purpose::Link)));
    let at = at.map(|number| number.to_string()).unwrap_or_default();
    Step::Over(Overlay::Picker(picker.at(&at)))
}

/// The picker of formats.
pub(super) fn format_picker(now: &str) -> Step {
    let items = packs::formats()
        .iter()
        .map(|format| {
            let sections: Vec<&str> = format.sections.iter().map(|section| section.title.as_str()).collect();
            Item::new(format.key.clone(), format.name.clone(), sections.join(", "))
        })
        .collect();
    let picker = Picker::one("Format of the note", items, Then::Screen(Wanted::Notes(Purpose::Format)));
    Step::Over(Overlay::Picker(picker.at(now)))
}
