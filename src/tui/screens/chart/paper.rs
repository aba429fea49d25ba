//! Pages on paper: which one, for whom, how and where. The window stays open until the page is there or was not made.

use super::asking::{ask, asks};
use super::plan::signing::whose;
use super::{guardian, turning};
use crate::domain::{DocKind, Number, Paper, Recipient};
use crate::packs::{self, PageWords};
use crate::rules::not_shared;
use crate::service::api::{ChartView, LeaveAsk, LeaveRequest, PaperPlace};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What the key of a log's sheet begins with; the number of its objective follows.
const LOG: &str = "log ";
/// The key of a guardian among those a page is made for.
const GUARDIAN: &str = "guardian";

/// The pages that can be made of a plan; `problem` and `objective` are those that are highlighted.
pub(super) fn of_plan(chart: &ChartView, problem: Option<Number>, objective: Option<Number>) -> Step {
    let client = chart.client.value.id;
    let mut items = vec![
        Item::new("page", "the client's page", "the plan in plain words, to take home"),
        Item::new("new", "what is new", "since the client last saw it, in plain words"),
        Item::new("plan", "the plan", "for staff: numbers, states, answers, progress"),
    ];
    if let Some(number) = problem {
        let note = "for staff: finding, goals, steps, what notes say";
        items.push(Item::new("thread", format!("the thread of P{number}"), note));
    }
    let logs = chart.plan.plan.open_logs();
    for number in logs.iter().filter(|number| objective.is_none_or(|one| one == **number)) {
        let key = format!("{LOG}{number}");
        items.push(Item::new(
            key,
            format!("a sheet for the log of O{number}"),
            "blank, for the client, two weeks",
        ));
    }
    Question::pick("Make a page", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let paper = match key {
            "page" => Paper::ClientPage,
            "new" => Paper::Changes,
            "plan" => Paper::Plan,
            key if key.starts_with(LOG) => Paper::LogSheet(key[LOG.len()..].parse().unwrap_or_default()),
            _ => Paper::Problem(problem.unwrap_or_default()),
        };
        vec![of(paper, chart, cx)]
    })
    .open()
}

/// The pages that can be made of a signed document: of a discharge summary also the one for the client.
pub(super) fn of_document(number: Number, chart: &ChartView, cx: &Cx) -> Step {
    let client = chart.client.value.id;
    let (own, items) = match DocKind::of(number) {
        Some(DocKind::Discharge) => (
            Paper::Leaving(number),
            vec![
                Item::new("own", "what comes next", "for the client, to take home"),
                Item::new("summary", "the summary", "all of it"),
            ],
        ),
        Some(DocKind::Safety) => (
            Paper::SafetyCard(number),
            vec![
                Item::new("own", "the card", "for the client's pocket, to cut out"),
                Item::new("plan", "the safety plan", "all of it"),
            ],
        ),
        _ => return of(Paper::Document(number), chart, cx),
    };
    Question::pick("Make a page", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let paper = if key == "own" { own } else { Paper::Document(number) };
        vec![of(paper, chart, cx)]
    })
    .open()
}

/// Whether it is the client's own page: in their language, and with a neutral head if they want.
fn is_own(paper: Paper) -> bool {
    matches!(
        paper,
        Paper::ClientPage
            | Paper::Changes
            | Paper::Leaving(_)
            | Paper::SafetyCard(_)
            | Paper::LogSheet(_)
            | Paper::OwnLine
    )
}

/// The language of the client's page. It is filled in with the first of the client's languages that there is.
pub(super) fn language(chart: &ChartView) -> Field {
    let all = packs::page_languages().iter();
    let items = all.map(|words| Item::new(&words.language, &words.name, "")).collect();
    Field::choice("language", "Language", items, &spoken(chart).language)
}

/// The first of the client's languages that the client's page is there in; else the usual one.
pub(super) fn spoken(chart: &ChartView) -> &'static PageWords {
    let all = packs::page_languages();
    let mut typed = chart.client.value.languages.iter();
    let known = typed.find_map(|typed| all.iter().find(|words| words.is_called(typed)));
    known.unwrap_or_else(|| packs::page_words(""))
}

/// Asks how a page is made, and where it goes.
pub(super) fn of(paper: Paper, chart: &ChartView, cx: &Cx) -> Step {
    let own = is_own(paper);
    let how = vec![
        Item::new("pdf", "PDF file", ""),
        Item::new("text", "plain text file", ""),
        Item::new("printer", "printer", ""),
    ];
    let letters = vec![Item::new("usual", "usual", ""), Item::new("large", "large", "")];
    let mut fields = vec![
        Field::choice("how", "As", how, "pdf"),
        Field::text("where", "Folder or file", "~/").hint("not for the printer"),
        Field::choice("letters", "Letters", letters, "usual"),
    ];
    if own {
        let heads = vec![
            Item::new("agency", "with the agency's name", ""),
            Item::new("neutral", "neutral, without the agency", ""),
        ];
        fields.push(Field::choice("head", "Head", heads, "agency"));
        fields.push(language(chart));
        if paper == Paper::ClientPage && guardian::is_asked(chart, cx) {
            let whom = vec![Item::new("client", "the client", ""), Item::new(GUARDIAN, "a guardian", "")];
            fields.push(Field::choice("for", "For", whom, "client"));
            fields.extend(guardian::fields(chart, cx));
        }
    } else {
        let whom = vec![Item::new("staff", "staff", ""), Item::new("client", "the client", "")];
        fields.push(Field::choice("for", "For", whom, "staff"));
    }
    if not_shared::any(&chart.client.value) {
        let field = Field::yes_no("handed", "Handed over in person", false).hint("never sent");
        fields.push(if own { field } else { field.only_if(|form| form.chosen("for") != "staff") });
    }
    let name = chart.client.value.display_name();
    let title = match paper {
        Paper::ClientPage => format!("The client's page, {name}"),
        Paper::Changes => format!("What is new for {name}"),
        Paper::Plan => format!("The plan of {name}"),
        Paper::Problem(number) => format!("The thread of P{number}, {name}"),
        Paper::Document(_) => format!("The document, {name}"),
        Paper::Leaving(_) | Paper::Form => format!("What comes next for {name}"),
        Paper::OwnLine => format!("The own line of {name}"),
        Paper::SafetyCard(_) => format!("The pocket card of {name}"),
        Paper::LogSheet(number) => format!("A sheet for the log of O{number}, {name}"),
    };
    ask(chart, title, Form::new("Make the page", fields), move |form, chart, cx| read(form, chart, paper, cx))
        .shaped(
            |form, _| {
                let client = form.chosen("for") != GUARDIAN;
                for field in guardian::FIELDS {
                    form.hide(field, client);
                }
            },
            cx,
        )
        .lines(before(paper, chart, cx))
        .open()
}

/// What is to be known before the client's own page is made: where it speaks about them, and that it names nobody to call.
fn before(paper: Paper, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = vec![whose(chart, cx)];
    if not_shared::any(&chart.client.value) {
        lines.push(
            "Address or phone is not to be shared: hand the page over in person. Do not send it, and leave it with nobody else."
                .to_owned(),
        );
    }
    lines.extend(turning::speaks(paper, chart));
    if matches!(paper, Paper::ClientPage | Paper::Leaving(_) | Paper::SafetyCard(_))
        && cx.front.front.help_now.trim().is_empty()
    {
        let key = cx.key(Action::Palette, Scope::Plan);
        lines.push(format!(
            "No crisis line or emergency number is on it: Help now is empty. An admin fills it in: {key}, type \"help now\"."
        ));
    }
    lines
}

fn read(form: &mut Form, chart: &ChartView, paper: Paper, cx: &Cx) -> Read {
    let typed = form.typed("where");
    let place = match form.chosen("how") {
        "printer" => PaperPlace::Printer,
        _ if typed.trim().is_empty() => {
            return Err(Wrong::new("where", "Write a folder or a file, such as ~/plan.pdf."));
        }
        "text" => PaperPlace::Text(typed),
        _ => PaperPlace::Pdf(typed),
    };
    if not_shared::any(&chart.client.value) && form.chosen("for") != "staff" && !form.yes("handed") {
        let why = "Say yes once you are sure that the page is handed over in person: address or phone is not to be shared.";
        return Err(Wrong::new("handed", why));
    }
    let to = match form.chosen("for") {
        GUARDIAN => guardian::read(form, cx)?,
        "staff" => Recipient::Staff,
        _ => Recipient::Client,
    };
    Ok(asks(LeaveAsk::Ask(LeaveRequest {
        client: chart.client.value.id,
        paper,
        to,
        large: form.chosen("letters") == "large",
        neutral: form.chosen("head") == "neutral",
        language: form.chosen("language").to_owned(),
        place,
    })))
}
