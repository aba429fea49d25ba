//! What a note works on: the window that links problems and lines of the plan, with how far a line has come.

use super::writing::Writing;
use super::{Notes, words};
use crate::domain::{LineKind, LineRef, NoteDraft, Progress, Served};
use crate::rules::plan::tree::{Node, Show};
use crate::rules::plan::{AnyLine, Plan, often, words as said};
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, to_room};
use crate::tui::text;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What the key of a line begins with.
const LINE: &str = "line ";

/// The window over a note: what the last note worked on is on top, then the plan in its own order. The first nine have a digit.
pub(super) fn window(note: &NoteDraft, at: Option<Node>, chart: &ChartView) -> Step {
    let plan = &chart.plan.plan;
    let nodes = offered(note, plan);
    if nodes.is_empty() {
        return Step::Warn(
            "There is nothing on the plan yet. Leave the note with Esc, then press p for the plan."
                .to_owned(),
        );
    }
    let last = last_note(plan);
    let linked = !note.lines.is_empty();
    let items: Vec<Item> =
        (1..).zip(&nodes).map(|(place, node)| item(place, *node, &last, note, chart)).collect();
    let here = at.and_then(|at| nodes.iter().position(|node| *node == at)).unwrap_or(0) + 1;
    Question::pick("This note works on: Enter links, Esc is done", items, move |key, _| {
        let place = key.strip_prefix(LINE).and_then(|place| place.parse::<usize>().ok());
        let node = place.and_then(|place| nodes.get(place.checked_sub(1)?)).copied();
        match node {
            Some(Node::Problem(number)) => {
                to_room(move |notes: &mut Notes, chart, _| notes.take_link(number, chart))
            }
            Some(Node::Line(name)) => {
                to_room(move |notes: &mut Notes, chart, cx| notes.choose_line(name, chart, cx))
            }
            _ => Vec::new(),
        }
    })
    .lines(linked.then(|| ASKS_AGAIN.to_owned()).into_iter().collect())
    .at(&format!("{LINE}{here}"))
    .open()
}

/// Everything a note can work on: the lines of the last note first, then open problems and lines.
fn offered(note: &NoteDraft, plan: &Plan) -> Vec<Node> {
    let last = last_note(plan);
    let mut nodes: Vec<Node> = Vec::new();
    // What has ended is on the plan only for what is under it, and nothing new works on it.
    let is_open = |node: &Node| match node {
        Node::Line(name) => plan.line(*name).is_some_and(|line| line.line().state.is_open()),
        Node::Wants | Node::Problem(_) => true,
    };
    let all: Vec<Node> = plan.rows(Show::Plan).into_iter().map(|row| row.node).filter(is_open).collect();
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

/// One line of the window; the first nine carry their digit. What the last note worked on stands apart from the plan, so it is not
/// set in below a problem, and says where it comes from. The line is shown whole below the list.
fn item(place: usize, node: Node, last: &[LineRef], note: &NoteDraft, chart: &ChartView) -> Item {
    let (label, linked, detail) = match node {
        Node::Problem(number) => {
            let linked = note.links.contains(&number);
            (words::problem_words(number, chart), linked, String::new())
        }
        Node::Line(name) => {
            let served = note.lines.iter().find(|served| served.line == name);
            let today = served.map(today).unwrap_or_default();
            let detail = if today.is_empty() { last_sign(name, &chart.plan.plan) } else { today };
            let words = line_words(name, &chart.plan.plan);
            let words = if last.contains(&name) { words } else { format!("  {words}") };
            (words, served.is_some(), detail)
        }
        Node::Wants => (String::new(), false, String::new()),
    };
    let mark = if linked { "[x]" } else { "[ ]" };
    let digit = u32::try_from(place).ok().and_then(|place| char::from_digit(place, 10));
    let from = match node {
        Node::Line(name) if last.contains(&name) => " The last note worked on it.",
        _ => "",
    };
    let preview = format!("{}.{from}", label.trim().trim_end_matches('.'));
    let key = format!("{LINE}{place}");
    Item { preview, digit, ..Item::new(key, format!("{mark} {label}"), detail) }
}

/// `today: some`, `delivered today`.
fn today(served: &Served) -> String {
    match served.line.kind {
        LineKind::Method => "delivered today".to_owned(),
        _ if served.progress == Progress::Unsaid => "today".to_owned(),
        _ => format!("today: {}", served.progress.word()),
    }
}

/// `last: some`; of a method how often it was held, `4 of 10`.
fn last_sign(name: LineRef, plan: &Plan) -> String {
    if let Some(method) = plan.method(name.number).filter(|_| name.kind == LineKind::Method) {
        let held = plan.trail(name).map_or(0, |trail| trail.count);
        return often::planned(method)
            .map_or(String::new(), |planned| often::held_words(held, Some(planned)));
    }
    let newest = plan.trail(name).and_then(|trail| trail.marks.last());
    let said = newest.filter(|mark| mark.progress != Progress::Unsaid);
    said.map(|mark| format!("last: {}", mark.progress.word())).unwrap_or_default()
}

/// `O1 Call L. before 20:00`.
pub(super) fn line_words(name: LineRef, plan: &Plan) -> String {
    let words = plan.line(name).map(said::wording).unwrap_or_default();
    format!("{name} {}", crate::tui::text::line(&words)).trim_end().to_owned()
}

/// What takes a link away, in the place of an answer.
const UNLINK: &str = "0";

/// A digit and its word, as things to choose.
fn digits(of: impl IntoIterator<Item = (usize, &'static str)>) -> Vec<Item> {
    of.into_iter().map(|(digit, word)| Item::keyed(digit, word)).collect()
}

/// How far a linked line has come: one digit, and a sentence if there is something to say. `before`: it was linked before this
/// was asked, so that of a method, too, the link can be taken away here.
fn how_far(served: &Served, before: bool, chart: &ChartView) -> Step {
    let name = served.line;
    if name.kind == LineKind::Method {
        return delivered(served, before, chart);
    }
    let mut items = digits((1..).zip(Progress::ALL.map(Progress::word)));
    items.push(Item::new("", "not said", ""));
    items.push(Item::keyed(UNLINK, "take the link away").taking_away());
    let now = Progress::ALL.iter().position(|one| *one == served.progress);
    let now = now.map(|at| (at + 1).to_string()).unwrap_or_default();
    let fields = vec![
        Field::choice("progress", "How far today?", items, &now).hint("a digit, Right"),
        Field::text("sentence", "In a sentence", &served.sentence),
    ];
    let scale = (1..).zip(Progress::ALL.map(Progress::word));
    let scale: Vec<String> = scale.map(|(digit, word): (usize, _)| format!("{digit} {word}")).collect();
    let lines = vec![scale.join("   "), UNLINKS.to_owned()];
    let before = served.clone();
    ask(chart, line_words(name, &chart.plan.plan), Form::new("Save", fields), move |form, _, _| {
        if form.chosen("progress") == UNLINK {
            return Ok(unlink(&before));
        }
        let digit = form.chosen("progress").parse::<usize>().ok();
        let progress = digit.and_then(|digit| Progress::ALL.get(digit - 1)).copied().unwrap_or_default();
        let sentence = form.typed("sentence");
        Ok(serve(Served { line: name, progress, sentence, minutes: 0 }))
    })
    .lines(lines)
    .unanswered(move || to_room(move |notes: &mut Notes, chart, _| notes.linked(name, chart)))
    .open()
}

/// What is said above the list once a line is linked.
const ASKS_AGAIN: &str = "On a linked line, Enter asks again, and 0 there takes the link away.";

const UNLINKS: &str = "0 takes the link away, and its sentence with it.";

/// A method is delivered: its minutes where it shared the session with others.
fn delivered(served: &Served, before: bool, chart: &ChartView) -> Step {
    let name = served.line;
    let minutes = if served.minutes == 0 { String::new() } else { served.minutes.to_string() };
    let mut fields = vec![
        Field::offered("minutes", "Minutes of it", &minutes).hint("empty: all of the session"),
        Field::text("sentence", "In a sentence", &served.sentence),
    ];
    if before {
        let items = vec![Item::keyed(1, "yes"), Item::keyed(UNLINK, "take the link away").taking_away()];
        fields.insert(0, Field::choice("delivered", "Delivered today", items, "1").hint("a digit, Right"));
    }
    let title = format!("Delivered today: {}", line_words(name, &chart.plan.plan));
    let lines: Vec<String> = before.then(|| UNLINKS.to_owned()).into_iter().collect();
    let before = served.clone();
    ask(chart, title, Form::new("Save", fields), move |form, _, _| {
        if form.chosen("delivered") == UNLINK {
            return Ok(unlink(&before));
        }
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
    .lines(lines)
    .unanswered(move || to_room(move |notes: &mut Notes, chart, _| notes.linked(name, chart)))
    .open()
}

fn unlink(served: &Served) -> Vec<Step> {
    let served = served.clone();
    to_room(move |notes: &mut Notes, chart, _| notes.unlink_line(&served, chart))
}

fn serve(served: Served) -> Vec<Step> {
    to_room(move |notes: &mut Notes, chart, cx| notes.take_line(served, chart, cx))
}

impl Notes {
    /// A line was chosen: it is linked at once, then it is asked how far it has come. One that is linked is asked again.
    pub(super) fn choose_line(&mut self, name: LineRef, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        if let Some(served) = writing.frame.lines.iter().find(|served| served.line == name) {
            return vec![how_far(served, true, chart)];
        }
        let served = Served { line: name, ..Served::default() };
        let question = how_far(&served, false, chart);
        writing.serve_in(served, chart, cx);
        vec![Step::Unsaved, question]
    }

    /// Takes a link away, and says what went with it.
    fn unlink_line(&mut self, served: &Served, chart: &ChartView) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.unserve(served.line);
        let mut steps = self.linked(served.line, chart);
        let sentence = text::line(served.sentence.trim());
        let gone =
            if sentence.is_empty() { String::new() } else { format!(" Gone with it: “{sentence}”") };
        steps.push(Step::Say(format!("{} is no longer linked.{gone}", served.line)));
        steps
    }

    /// Takes how far a linked line has come.
    fn take_line(&mut self, served: Served, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let name = served.line;
        writing.serve_in(served, chart, cx);
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

impl Writing {
    /// Links a line. A note that begins with its goal begins with the words of that goal.
    fn serve_in(&mut self, served: Served, chart: &ChartView, cx: &Cx) {
        let name = served.line;
        self.serve(served);
        if let Some(goal) = chart.plan.plan.line(name).and_then(|line| chart.plan.plan.goal(line.goal())) {
            self.begin_with_goal(&said::wording(AnyLine::Goal(goal)), cx);
        }
    }
}
