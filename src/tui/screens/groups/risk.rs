//! Risk, use and the next session of a member, answered in the group session; danger goes on to the question for the need.

use super::session::GroupSessionScreen;
use crate::domain::{Asked, ClientId, GroupId, HeaderAnswers, HeaderKey, Number};
use crate::service::api::GroupAsk;
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{Step, Tell};
use crate::tui::screens::chart::needs;
use crate::tui::screens::chart::notes::keys;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What is asked of a member's part. The rest of the header is the chart's.
const KEYS: [HeaderKey; 3] = [HeaderKey::Risk, HeaderKey::Use, HeaderKey::Next];

impl GroupSessionScreen {
    /// Asks what the highlighted member's part answers.
    pub(super) fn ask_answers(&self, cx: &Cx) -> Vec<Step> {
        let Some(member) = self.here() else {
            return vec![Step::Say("Highlight a member: risk and use are each one's own.".to_owned())];
        };
        let client = member.entry.client;
        let Some(part) = self.part_of(client) else {
            let why = "Only a part that you write has answers. [key:raise-need] writes danger down for anybody here.";
            return vec![Step::Say(why.to_owned())];
        };
        let fields: Vec<Field> =
            KEYS.iter().flat_map(|key| keys::fields_for(*key, &part.note.answers)).collect();
        let title = format!("What the part of {} answers", cx.listed(&member.name));
        let form = Form::new("Take over", fields);
        let question = Question::form(title, form, move |form, cx| {
            let answers = keys::read(form, &[], &mut [], cx)?;
            Ok(vec![Tell::to(move |screen: &mut GroupSessionScreen, cx| {
                screen.take_answers(client, answers, cx)
            })])
        });
        vec![question.open()]
    }

    /// Takes the answers over. Danger that is new is asked about at once.
    fn take_answers(&mut self, client: ClientId, said: HeaderAnswers, cx: &Cx) -> Vec<Step> {
        let Some(part) = self.part_mut(client) else { return Vec::new() };
        let before = std::mem::take(&mut part.note.answers);
        let is_new = said.risk == Asked::Present
            && (before.risk != Asked::Present || before.risk_detail != said.risk_detail);
        let HeaderAnswers { risk, risk_detail, used, used_detail, next, .. } = said;
        let reason = risk_detail.clone();
        part.note.answers = HeaderAnswers { risk, risk_detail, used, used_detail, next, ..before };
        part.edits += 1;
        self.checked = None;
        let mut steps = vec![Step::Unsaved];
        if is_new {
            steps.extend(self.danger(client, &reason, cx));
        }
        steps
    }

    /// Asks for an immediate need of the highlighted member.
    pub(super) fn raise_need(&self, cx: &Cx) -> Vec<Step> {
        match self.here() {
            Some(member) => self.danger(member.entry.client, "", cx),
            None => vec![Step::Say("Highlight the member who is in danger.".to_owned())],
        }
    }

    fn danger(&self, client: ClientId, reason: &str, cx: &Cx) -> Vec<Step> {
        let Some(member) = self.members().iter().find(|one| one.entry.client == client) else {
            return Vec::new();
        };
        vec![question((self.group, self.number()), client, &cx.listed(&member.name), reason, cx)]
    }
}

/// The question that raises a need from a group session. Nothing is raised before Enter.
fn question(
    (group, session): (GroupId, Number),
    client: ClientId,
    name: &str,
    reason: &str,
    cx: &Cx,
) -> Step {
    let mut fields = vec![Field::choice("dimension", "Dimension", needs::dimension_items(cx), "").required()];
    fields.extend(needs::danger_fields(reason));
    let lines = vec![
        format!(
            "For {name}. It is in their chart at once, and first on the lists of their counselor and supervisors."
        ),
        "Name nobody else of the group.".to_owned(),
    ];
    Question::form("Immediate need", Form::new("Raise it", fields), move |form, cx| {
        let dimension = needs::dimension_chosen(form, cx);
        let (reason, done) = needs::danger_said(form, cx)?;
        Ok(vec![Step::Ask(GroupAsk::Danger { group, session, client, dimension, reason, done }.into())])
    })
    .lines(lines)
    .at("dimension")
    .open()
}
