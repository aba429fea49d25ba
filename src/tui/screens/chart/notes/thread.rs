//! The thread between a signed note and the plan: from a line to the note that speaks of it, from a note to the lines it works on.

use super::reading::What;
use super::{Asked, Notes};
use crate::domain::Number;
use crate::rules::plan::tree::Node;
use crate::service::api::{ChartView, DocAsk, DocView};
use crate::tui::action::Action;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::chart::plan::Plan;

impl Notes {
    /// Reads the signed note that a line of the plan was followed to; Esc goes back to the plan.
    pub(in crate::tui::screens::chart) fn read_from_plan(
        &mut self,
        number: Number,
        chart: &ChartView,
    ) -> Vec<Step> {
        if self.writing.is_some() {
            return vec![Step::Say("Leave the note you are writing first.".to_owned())];
        }
        self.from_plan = true;
        self.asked = Asked::Read(number, None);
        vec![Step::Ask(DocAsk::Read { client: chart.client.value.id, number }.into())]
    }

    /// Whether what is read works on something that is on the plan.
    pub(super) fn leads_to_plan(&self) -> bool {
        matches!(self.reading.as_ref().map(|reading| &reading.what), Some(What::Signed(view)) if works_on(view))
    }

    /// Goes to what the note that is read works on; of several, one is chosen first.
    pub(super) fn to_plan(&self, chart: &ChartView) -> Vec<Step> {
        let Some(What::Signed(view)) = self.reading.as_ref().map(|reading| &reading.what) else {
            return Vec::new();
        };
        let Some(text) = &view.note else { return Vec::new() };
        let plan = &chart.plan.plan;
        let lines = text.lines.iter().map(|(served, words)| {
            (Node::Line(served.line), format!("{} {words}", served.line), plan.line(served.line).is_some())
        });
        let problems = text.links.iter().map(|(number, words)| {
            (Node::Problem(*number), format!("P{number} {words}"), plan.problem(*number).is_some())
        });
        let there: Vec<(Node, String)> = lines
            .chain(problems)
            .filter(|(.., is_there)| *is_there)
            .map(|(node, words, _)| (node, crate::tui::text::line(&words).into_owned()))
            .collect();
        match there.as_slice() {
            [] => vec![Step::Say("What this note works on is not in the plan of this episode.".to_owned())],
            [(node, _)] => go_to(*node),
            _ => {
                let items = (0..).zip(&there).map(|(at, (_, words)): (usize, _)| {
                    Item::new(at.to_string(), words.clone(), "").preview(words)
                });
                let question = Question::pick("Go to the plan", items.collect(), move |key, _| {
                    let node = key.parse::<usize>().ok().and_then(|at| there.get(at));
                    node.map(|(node, _)| go_to(*node)).unwrap_or_default()
                });
                vec![question.open()]
            }
        }
    }
}

/// Whether a note says what it works on.
pub(super) fn works_on(view: &DocView) -> bool {
    view.note.as_ref().is_some_and(|text| !text.lines.is_empty() || !text.links.is_empty())
}

fn go_to(node: Node) -> Vec<Step> {
    let mut steps = vec![Step::Run(Action::RoomPlan)];
    steps.extend(to_room(move |plan: &mut Plan, chart, _| plan.come_from_note(node, chart)));
    steps
}
