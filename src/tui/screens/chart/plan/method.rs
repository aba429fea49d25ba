//! The question of a method, and how its answer reads.

use super::library;
use super::lines::{DATES, is_same, items, line, required_by, same_meaning, save, under, whose, with_below};
use crate::domain::{
    ClockTime, Dose, LineKind, LineRef, Method, Modality, Number, Referral, ReferralKept, Who,
};
use crate::rules::plan::change::Whole;
use crate::rules::plan::{often, words as said};
use crate::rules::when::Lean;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::ask;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const OFTEN: &str = "weekly, twice a month, every 2 weeks, 8 in all, once, when needed: …";

/// The form of a method: a new one under a goal or an objective, or one that is there.
pub(super) fn ask_for(
    there: Option<&Method>,
    (goal, objective): (Number, Number),
    chart: &ChartView,
    cx: &Cx,
) -> Step {
    let number = there.map(|one| one.line.number);
    let (title, rev) = match number {
        None => ("New method".to_owned(), 0),
        Some(number) => (format!("Change M{number}"), chart.plan.rev(LineRef::method(number))),
    };
    let above = if objective == 0 { LineRef::goal(goal) } else { LineRef::objective(objective) };
    let form = method_form(there, cx);
    let mut lines = vec![whose(chart), under(above, chart)];
    lines.extend(library::offer(LineKind::Method, chart, cx));
    let question = ask(chart, title, form, move |form, chart, cx| {
        let before = number.and_then(|number| chart.plan.plan.method(number));
        let method = read_method(form, before, (goal, objective), chart, cx)?;
        Ok(save(Whole::Method(Box::new(method)), rev, is_same(form)))
    })
    .lines(lines)
    .reads(|form, cx| {
        let wording = form.typed("wording");
        if wording.is_empty() {
            return String::new();
        }
        let method = Method {
            wording,
            purpose: form.typed("purpose"),
            dose: Dose { often: often::read(&form.typed("often")).unwrap_or_default(), ..Dose::default() },
            who: who(&form.typed("who"), cx),
            until: form.date("until", cx.today()),
            ..Method::default()
        };
        said::method_sentence(&method, cx.today())
    });
    library::with(with_below(question, LineKind::Method, number), LineKind::Method, chart, cx).open()
}

fn method_form(there: Option<&Method>, cx: &Cx) -> Form {
    let none = Method::default();
    let one = there.unwrap_or(&none);
    let who = if there.is_some() { said::who(&one.who) } else { mine(cx) };
    let number = |n: u16| if n == 0 { String::new() } else { n.to_string() };
    let mut modalities = vec![Item::new("", "not said", "")];
    modalities.extend(items(Modality::ALL, Modality::word));
    let referral = one.referral.clone().unwrap_or_default();
    let mut outcomes = vec![Item::new("", "no referral", "")];
    outcomes.extend(items(&ReferralKept::ALL, ReferralKept::word));
    let outcome = if one.referral.is_some() { referral.kept.word() } else { "" };
    let (day, time) = referral.appointment.map_or((None, None), |(day, time)| (Some(day), time));
    let mut fields = vec![
        Field::text("wording", "What", &one.wording)
            .hint("CBT for sleep")
            .required_or("\"What is done\" is empty. Write it in a few words, such as CBT for sleep."),
        Field::text("often", "How often", &said::often(&one.dose.often)).hint(OFTEN),
        Field::text("who", "Who does it", &who).hint("a colleague, or a name and where"),
        Field::text("purpose", "What it is for", &one.purpose).hint("as they would say it: so that I …"),
        Field::choice("modality", "With whom", modalities, one.modality.map_or("", Modality::word)),
        Field::offered("minutes", "Minutes each time", &number(one.dose.minutes)),
        Field::offered("weeks", "Over so many weeks", &number(one.dose.weeks)),
        Field::date("from", "From", one.from, Lean::Future).hint(DATES),
        Field::date("until", "Until", one.until, Lean::Future).hint(DATES),
        Field::yes_no("safety", "Keeps somebody safe", one.safety),
        required_by(Some(&one.line)),
        Field::choice("kept", "Referral", outcomes, outcome),
        Field::text("to", "  to whom", &referral.to),
        Field::date("day", "  appointment", day, Lean::Future).hint(DATES),
        Field::time("time", "  at", &time.map(|time| time.to_string()).unwrap_or_default()),
        Field::date("again", "  look again on", referral.look_again, Lean::Future).hint(DATES),
        library::taken(&one.line),
    ];
    same_meaning(&mut fields, there.is_some());
    Form::new(if there.is_some() { "Save" } else { "Add it" }, fields)
}

/// Name and credential of whoever sits here.
fn mine(cx: &Cx) -> String {
    cx.me().map(|id| cx.staff_name(id).to_owned()).unwrap_or_default()
}

/// Who does it, as it is typed: a colleague by name, or somebody outside, `Dr Ames, County clinic`.
fn who(typed: &str, cx: &Cx) -> Who {
    let typed = typed.trim();
    if typed.is_empty() {
        return Who::Nobody;
    }
    let colleagues = cx.colleagues();
    if let Some((id, name)) = colleagues.iter().find(|(_, name)| name.eq_ignore_ascii_case(typed)) {
        return Who::Staff { id: *id, name: name.clone() };
    }
    let (name, organisation) = typed.split_once(',').unwrap_or((typed, ""));
    Who::Outside { name: name.trim().to_owned(), organisation: organisation.trim().to_owned() }
}

fn read_method(
    form: &Form,
    before: Option<&Method>,
    (goal, objective): (Number, Number),
    chart: &ChartView,
    cx: &Cx,
) -> Result<Method, Wrong> {
    library::no_blank(form)?;
    let none = Method::default();
    let was = before.unwrap_or(&none);
    let often = often::read(&form.typed("often"))
        .ok_or_else(|| Wrong::new("often", format!("\"How often\" is not understood. Try {OFTEN}.")))?;
    let dose = Dose { often, minutes: whole_number(form, "minutes")?, weeks: whole_number(form, "weeks")? };
    let (from, until) = (form.date("from", cx.today()), form.date("until", cx.today()));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(Wrong::new("until", "The last day is before the first day. Change one of the two."));
    }
    let modality = Modality::ALL.iter().copied().find(|one| one.word() == form.chosen("modality"));
    Ok(Method {
        line: line(before.map(|one| &one.line), form, chart),
        goal,
        objective,
        modality,
        wording: form.typed("wording"),
        purpose: form.typed("purpose"),
        dose,
        who: read_who(form, before, cx),
        from,
        until,
        safety: form.yes("safety"),
        referral: read_referral(form, cx)?,
        ..was.clone()
    })
}

/// Name and credential stay as they were on the day, while nobody types another name.
fn read_who(form: &Form, before: Option<&Method>, cx: &Cx) -> Who {
    let typed = form.typed("who");
    match before {
        Some(before) if said::who(&before.who) == typed => before.who.clone(),
        _ => who(&typed, cx),
    }
}

fn whole_number(form: &Form, id: &'static str) -> Result<u16, Wrong> {
    let typed = form.typed(id);
    if typed.is_empty() {
        return Ok(0);
    }
    typed.parse().map_err(|_| Wrong::new(id, "This takes a number, such as 12, or nothing."))
}

fn read_referral(form: &Form, cx: &Cx) -> Result<Option<Referral>, Wrong> {
    let Some(kept) = ReferralKept::ALL.into_iter().find(|one| one.word() == form.chosen("kept")) else {
        return Ok(None);
    };
    let to = form.typed("to");
    if to.is_empty() {
        return Err(Wrong::new("to", "\"To whom\" is empty. Write where the referral goes."));
    }
    let time = ClockTime::parse(&form.typed("time"));
    let appointment = form.date("day", cx.today()).map(|day| (day, time));
    Ok(Some(Referral { to, appointment, kept, look_again: form.date("again", cx.today()) }))
}
