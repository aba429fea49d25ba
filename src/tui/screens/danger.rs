//! The window in which somebody passes on that a person is in danger, and the one that corrects what was passed on.
//!
//! Owns their fields. What becomes of it is the service's: the need is proposed in the chart, and others decide.

use super::days::{self, key, people_items, person_of, staff_items, staff_of};
use crate::domain::{ClientId, ClockTime};
use crate::packs;
use crate::rules::phone;
use crate::rules::when::Lean;
use crate::service::api::{Command, DangerSaid, People, ToldLine};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::form::FormScreen;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The choice of somebody who is on no list.
const NEW: &str = "new";
/// Nobody, or nothing, was chosen.
const NONE: &str = "-";
/// As many lines of *Help now* are beside the fields.
const HELP_LINES: usize = 3;

/// The window, about whoever is open or highlighted; without anybody, or where that is a guess, it begins with who it is.
pub fn ask(client: Option<ClientId>, guessed: bool, cx: &Cx) -> Step {
    let mut people = days::with_client(people_items(cx, false), client, cx);
    people.insert(0, Item::new(NEW, "nobody on this list", "registers them too"));
    let chosen = client.map(|client| key(client.0)).unwrap_or_default();
    let mut fields = vec![
        Field::choice("client", "Who", people, &chosen)
            .required_or("Choose who is in danger. The first line is for somebody who is on no list."),
    ];
    fields.extend(self::fields(&phone_of(client, cx), client, cx));
    Question::form("Somebody is in danger", Form::new("Pass it on", fields), move |form, cx| {
        let said = read(form, cx)?;
        match form.chosen("client") {
            NEW => Ok(vec![Step::Push(Box::new(FormScreen::register_in_danger(Some(form), cx)))]),
            chosen => {
                let own = client.filter(|client| key(client.0) == chosen);
                let client = own
                    .or_else(|| person_of(chosen, cx))
                    .ok_or_else(|| Wrong::new("client", "Choose who is in danger."))?;
                Ok(vec![tell(DangerSaid { client, ..said })])
            }
        }
    })
    .lines(help_now(cx))
    .at(if client.is_some() && !guessed { "said" } else { "client" })
    .open()
}

/// Passes it on.
pub(in crate::tui::screens) fn tell(said: DangerSaid) -> Step {
    Step::Ask(Command::People(People::TellDanger(Box::new(said))))
}

/// The first lines of what the agency says under *Help now*.
pub(in crate::tui::screens) fn help_now(cx: &Cx) -> Vec<String> {
    let lines = cx.front.front.help_now.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut lines: Vec<String> = lines.take(HELP_LINES).map(str::to_owned).collect();
    if let Some(first) = lines.first_mut() {
        *first = format!("Help now: {first}");
    }
    lines
}

/// The number that is known of somebody whose page is open.
fn phone_of(client: Option<ClientId>, cx: &Cx) -> String {
    let chart = client.and_then(|client| cx.chart(client));
    let phones = chart.map(|chart| &chart.client.value.phones[..]).unwrap_or_default();
    phones.iter().find(|one| one.kind == "phone").map(|one| phone::shown(&one.value)).unwrap_or_default()
}

/// What is asked besides who it is.
pub(in crate::tui::screens) fn fields(phone: &str, client: Option<ClientId>, cx: &Cx) -> Vec<Field> {
    let nobody = Item::new(NONE, "nobody yet", "");
    let staff = std::iter::once(nobody).chain(staff_items(client, cx)).collect();
    let open = Item::new(NONE, "whoever decides says it", "");
    let set = packs::set(cx.set_key());
    let dimensions = set.into_iter().flat_map(packs::DimensionSet::rated);
    let kinds = dimensions.filter_map(|one| Some(Item::new(one.number.to_string(), one.triage.first()?, "")));
    let kinds = std::iter::once(open).chain(kinds).collect();
    vec![
        Field::text("said", "What was said", "")
            .hint("in their words; who calls")
            .required_or("Write what was said, in their words, for example: I took all of them."),
        Field::date("said-on", "On", Some(cx.today()), Lean::Past).required(),
        Field::time("said-at", "At", &cx.now.local.time.to_string()).required(),
        Field::offered("said-phone", "Phone now", phone).hint("where they answer now"),
        Field::text("said-place", "Where they are", "").hint("place, who is there"),
        Field::choice("said-told", "Told already", staff, NONE),
        Field::choice("said-kind", "Nearest to", kinds, NONE),
    ]
}

/// What the fields say, about nobody yet.
pub(in crate::tui::screens) fn read(form: &Form, cx: &Cx) -> Result<DangerSaid, Wrong> {
    let on = form
        .date("said-on", cx.today())
        .ok_or_else(|| Wrong::new("said-on", "\"On\" is not a date. Type it like T, T-1 or 4/25/26."))?;
    let at = ClockTime::parse(&form.typed("said-at"))
        .ok_or_else(|| Wrong::new("said-at", "\"At\" is not a time of day. Type it like 14:00 or 930."))?;
    let now = &cx.now.local;
    if (on, at) > (now.date, now.time) {
        let why = format!("That is in the future. Type when it was said, at the latest now ({}).", now.time);
        return Err(Wrong::new(if on > now.date { "said-on" } else { "said-at" }, why));
    }
    Ok(DangerSaid {
        words: form.typed("said"),
        on,
        at,
        phone: form.typed("said-phone"),
        place: form.typed("said-place"),
        told: staff_of(form.chosen("said-told"), cx),
        dimension: form.chosen("said-kind").parse().ok(),
        client: ClientId::default(),
    })
}

/// What was passed on, to be read whole and corrected.
pub fn correct(line: &ToldLine, cx: &Cx) -> Step {
    let told = format!("{} ({}): {}.", cx.listed(&line.name), line.record_no, taken_words(line, cx));
    if !line.is_open {
        let over = "Somebody has decided on it and it is over. If there is danger again, pass it on again.";
        let lines = vec![told, String::new(), line.words.clone(), String::new(), over.to_owned()];
        return Step::Over(crate::tui::overlay::Overlay::Message(crate::tui::overlay::Message::new(
            "What you passed on",
            lines,
        )));
    }
    let (client, need, entry) = (line.client, line.need, line.entry);
    let fields = vec![
        Field::text("words", "As it should be", &line.words).hint("wrong person? write that here").required(),
    ];
    Question::form("What you passed on", Form::new("Correct it", fields), move |form, _| {
        let words = form.typed("words");
        Ok(vec![Step::Ask(Command::People(People::CorrectTold { client, need, entry, words }))])
    })
    .lines(vec![told])
    .open()
}

/// `told 14:05, taken by R. Imani 14:09`: what became of it.
pub(in crate::tui::screens) fn taken_words(line: &ToldLine, cx: &Cx) -> String {
    let at = |at: crate::domain::LocalTime| {
        if at.date == cx.today() { at.time.to_string() } else { crate::rules::when::at(at, cx.today()) }
    };
    let told = format!("told {}", at(line.at));
    match &line.taken {
        Some((name, on)) => format!("{told}, taken by {name} {}", at(*on)),
        None => format!("{told}, nobody has taken this yet"),
    }
}
