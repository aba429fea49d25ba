//! What a note works on: the window that links problems and lines of the plan, with how far a line has come.

use super::{Notes, words};
use crate::domain::{LineKind, LineRef, NoteDraft, Progress, Served};
use crate::rules::plan::tree::{Node, Show};
use crate::rules::plan::{AnyLine, Plan, words as said};
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, to_room};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What the key of a line begins with: a digit that is typed goes to the line and chooses nothing.
const LINE: &str = "line ";

/// The window over a note: what the last note worked on is on top, then the plan in its own order. Digits go to a line.
pub(super) fn window(note: &NoteDraft, at: Option<Node>, chart: &ChartView) -> Step {
    let plan = &chart.plan.plan;
    let nodes = offered(note, plan);
    if nodes.is_empty() {
        return Step::Warn(
            "There is nothing on the plan yet. Press p to go to the plan and begin.".to_owned(),
        );
    }
    let items: Vec<Item> = (1..).zip(&nodes).map(|(place, node)| item(place, *node, note, chart)).collect();
    let here = at.and_then(|at| nodes.iter().position(|node| *node == at)).unwrap_or(0) + 1;
    Question::pick("This note works on: Enter links or unlinks, Esc is done", items, move |key, _| {
        let place = key.strip_prefix(LINE).and_then(|place| place.parse::<usize>().ok());
        let node = place.and_then(|place| nodes.get(place.checked_sub(1)?)).copied();
        match node {
            Some(Node::Problem(number)) => {
                to_room(move |notes: &mut Notes, chart, _| notes.take_link(number, chart))
            }
            Some(Node::Line(name)) => {
                to_room(move |notes: &mut Notes, chart, _| notes.choose_line(name, chart))
            }
            _ => Vec::new(),
        }
    })
    .at(&format!("{LINE}{here}"))
    .open()
}

/// Everything a note can work on: the lines of the last note first, then open problems and lines.
fn offered(note: &NoteDraft, plan: &Plan) -> Vec<Node> {
    let last = last_note(plan);
    let mut nodes: Vec<Node> = Vec::new();
    let all: Vec<Node> = plan.rows(Show::Plan).into_iter().map(|row| row.node).collect();
    let of_last = |node: &&Node| matches!(node, Node::Line(name) if last.contains(name));
    nodes.extend(all.iter().filter(of_last));
    nodes.extend(all.iter().filter(|node| **node != Node::Wants && !of_last(node)));
    // What is linked stays in sight though it is not on the plan any more.
    let gone = note.lines.iter().map(|served| Node::Line(served.line));
    nodes.extend(gone.filter(|node| !all.contains(node)));
    nodes
}

/// The lines that the newest note with any works on.
fn last_note(plan: &Plan) -> Vec<LineRef> {
    let newest = |trail: &&crate::domain::Trail| trail.marks.last().map(|mark| (mark.on, mark.note));
    let last = plan.trails.iter().filter_map(|trail| newest(&trail)).max();
    plan.trails
        .iter()
        .filter(|trail| last.is_some() && newest(trail) == last)
        .map(|trail| trail.line)
        .collect()
}

/// One line of the window; the first nine carry their digit.
fn item(place: usize, node: Node, note: &NoteDraft, chart: &ChartView) -> Item {
    let (label, linked, detail) = match node {
        Node::Problem(number) => {
            let linked = note.links.contains(&number);
            (words::problem_words(number, chart), linked, String::new())
        }
        Node::Line(name) => {
            let served = note.lines.iter().find(|served| served.line == name);
            let today = served.map(today).unwrap_or_default();
            let detail = if today.is_empty() { last_sign(name, &chart.plan.plan) } else { today };
            (format!("  {}", line_words(name, &chart.plan.plan)), served.is_some(), detail)
        }
        Node::Wants => (String::new(), false, String::new()),
    };
    let mark = if linked { "[x]" } else { "[ ]" };
    let digit = if place < 10 { place.to_string() } else { String::from(" ") };
    Item::new(format!("{LINE}{place}"), format!("{digit} {mark} {label}"), detail)
}

/// `today: some`, `delivered today`.
fn today(served: &Served) -> String {
    match served.line.kind {
        LineKind::Method => "delivered today".to_owned(),
        _ if served.progress == Progress::Unsaid => "today".to_owned(),
        _ => format!("today: {}", served.progress.word()),
    }
}

fn last_sign(name: LineRef, plan: &Plan) -> String {
    let newest = plan.trail(name).and_then(|trail| trail.marks.last());
    newest.map(|mark| format!("last {}", mark.progress.sign())).unwrap_or_default()
}

/// `O1 Call L. before 20:00`.
pub(super) fn line_words(name: LineRef, plan: &Plan) -> String {
    let words = plan.line(name).map(said::wording).unwrap_or_default();
    format!("{name} {}", crate::tui::text::line(&words)).trim_end().to_owned()
}

/// How far a line has come: one digit, and a sentence if there is something to say.
fn how_far(name: LineRef, chart: &ChartView) -> Step {
    if name.kind == LineKind::Method {
        return delivered(name, chart);
    }
    let mut items: Vec<Item> = Progress::ALL
        .into_iter()
        .zip(1..)
        .map(|(progress, digit)| Item::new(digit.to_string(), format!("{digit} {}", progress.word()), ""))
        .collect();
    items.push(Item::new("", "without progress", ""));
    let fields = vec![
        Field::choice("progress", "How far today?", items, "")
            .hint("1 none  2 some  3 substantial  4 met  5 worse"),
        Field::text("sentence", "In a sentence", ""),
    ];
    ask(chart, line_words(name, &chart.plan.plan), Form::new("Link it", fields), move |form, _, _| {
        let digit = form.chosen("progress").parse::<usize>().ok();
        let progress = digit.and_then(|digit| Progress::ALL.get(digit - 1)).copied().unwrap_or_default();
        let sentence = form.typed("sentence");
        Ok(serve(Served { line: name, progress, sentence, minutes: 0 }))
    })
    .open()
}

/// A method is delivered: its minutes where it shared the session with others.
fn delivered(name: LineRef, chart: &ChartView) -> Step {
    let fields = vec![
        Field::text("minutes", "Minutes of it", "").hint("empty: all of the session"),
        Field::text("sentence", "In a sentence", ""),
    ];
    let title = format!("Delivered today: {}", line_words(name, &chart.plan.plan));
    ask(chart, title, Form::new("Link it", fields), move |form, _, _| {
        let typed = form.typed("minutes");
        let minutes = if typed.is_empty() { Ok(0) } else { typed.parse::<u16>() };
        let minutes = minutes.map_err(|_| {
            Wrong::new(
                "minutes",
                "\"Minutes\" takes a number such as 30. Leave it empty for the whole session.",
            )
        })?;
        let (progress, sentence) = (Progress::Unsaid, form.typed("sentence"));
        Ok(serve(Served { line: name, progress, sentence, minutes }))
    })
    .open()
}

fn serve(served: Served) -> Vec<Step> {
    to_room(move |notes: &mut Notes, chart, cx| notes.take_line(served, chart, cx))
}

impl Notes {
    /// A line was chosen: what is linked is unlinked, else it is asked how far it has come.
    pub(super) fn choose_line(&mut self, name: LineRef, chart: &ChartView) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        if !writing.frame.lines.iter().any(|served| served.line == name) {
            return vec![how_far(name, chart)];
        }
        writing.unserve(name);
        self.linked(name, chart)
    }

    /// Links a line. A note that begins with its goal begins with the words of that goal.
    fn take_line(&mut self, served: Served, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let name = served.line;
        writing.serve(served);
        if let Some(goal) = chart.plan.plan.line(name).and_then(|line| chart.plan.plan.goal(line.goal())) {
            writing.begin_with_goal(&said::wording(AnyLine::Goal(goal)), cx);
        }
        self.linked(name, chart)
    }

    /// The window stays for the next line; beside the chart there is none to stay.
    fn linked(&mut self, name: LineRef, chart: &ChartView) -> Vec<Step> {
        let Some(writing) = &self.writing else { return Vec::new() };
        if writing.beside.is_some() {
            return vec![Step::Unsaved];
        }
        vec![Step::Unsaved, window(&writing.frame, Some(Node::Line(name)), chart)]
    }
}
