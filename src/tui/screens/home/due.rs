//! Due: what I owe and, for supervisors, what my people owe; Enter opens the work.

use super::{Home, Opens, due_view};
use crate::domain::{ClientId, DueChoice, Miss};
use crate::packs;
use crate::rules::due::About;
use crate::rules::owed::Duty;
use crate::rules::when::Lean;
use crate::service::api::{DaysAsk, DueView, OwedLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::screens::days;
use crate::tui::screens::work::{self, Filter, OwedList};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use ratatui::layout::{Position, Rect};

/// What is owed, and the highlight.
#[derive(Debug)]
pub struct Due {
    /// The rules that programs follow.
    pub(super) view: Option<Box<DueView>>,
    pub(super) list: OwedList,
}

impl Default for Due {
    fn default() -> Self {
        Self { view: None, list: OwedList::of(Filter::everybody()) }
    }
}

/// What can be shown of it.
fn choose_shown(due: &Due, cx: &Cx) -> Step {
    let (items, next) = due.list.filter.items(cx);
    Question::pick("What to show", items, |key, _| {
        let key = key.to_owned();
        vec![Tell::to(move |home: &mut Home, cx| vec![Step::Say(home.due.list.choose(&key, cx))])]
    })
    .at(next)
    .open()
}

impl Due {
    /// What is shown afresh.
    pub(super) fn ask() -> Vec<Step> {
        vec![Step::Ask(DaysAsk::Due.into())]
    }

    /// The rules came.
    pub(super) fn came(&mut self, view: &DueView) {
        self.view = Some(Box::new(view.clone()));
    }

    pub(super) fn here<'a>(&self, cx: &'a Cx) -> Option<&'a OwedLine> {
        self.list.here(&self.list.lines(cx))
    }

    /// A click on a line; says whether it was highlighted already.
    pub(super) fn clicked(&mut self, at: Position, area: Rect, cx: &Cx) -> bool {
        due_view::hit(self, at, area, cx).is_some_and(|row| self.list.clicked(row, &self.list.lines(cx)))
    }

    /// Whether an act has something to act on.
    pub(super) fn offers(&self, action: Action, cx: &Cx) -> bool {
        match action {
            Action::FinishTask | Action::EditTask => {
                self.here(cx).is_some_and(|line| line.owed.duty == Duty::Task)
            }
            Action::ExplainMiss => self.here(cx).and_then(miss_of).is_some(),
            Action::DueRules => self.view.as_ref().is_some_and(|view| view.may_choose),
            _ => true,
        }
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.list.act(action, cx) {
            return Vec::new();
        }
        if action == Action::ChooseShown {
            return vec![choose_shown(self, cx)];
        }
        if action == Action::DueRules {
            return vec![programs(cx)];
        }
        let Some(line) = self.here(cx) else { return Vec::new() };
        match action {
            Action::Open => work::opens(line, cx),
            Action::ExplainMiss => match miss_of(line) {
                Some(miss) => vec![explain(miss, line, cx)],
                None => vec![Step::Say("Nothing here is late.".to_owned())],
            },
            Action::State => match miss_of(line) {
                Some(miss) => vec![explain(miss, line, cx)],
                None => on_task(Action::FinishTask, line, cx),
            },
            Action::FinishTask | Action::EditTask => on_task(action, line, cx),
            _ => Vec::new(),
        }
    }
}

/// What a key does to a task.
pub(super) fn on_task(action: Action, line: &OwedLine, cx: &Cx) -> Vec<Step> {
    let Some(kept) = &line.task else {
        return vec![Step::Say("This is not a task. Press Enter to do the work itself.".to_owned())];
    };
    match action {
        Action::FinishTask | Action::State => {
            vec![Step::Ask(DaysAsk::Finish { id: kept.value.id, rev: kept.rev }.into())]
        }
        Action::EditTask => vec![days::hand_on(kept.as_ref().clone(), cx)],
        Action::Open | Action::MoveSession => vec![days::task(kept.as_ref().clone(), cx)],
        Action::NewNote => match Some(line.owed.client).filter(|client| *client != ClientId::default()) {
            Some(client) => Opens::chart(client, RoomName::Notes, Opening::NewNote),
            None => vec![Step::Say("This task is not about one person.".to_owned())],
        },
        _ => {
            let key = cx.key(Action::State, Scope::Due);
            vec![Step::Say(format!("This is a task. Press {key} to mark it as done."))]
        }
    }
}

/// The miss that is to be explained, if it is late by a rule.
fn miss_of(line: &OwedLine) -> Option<Miss> {
    let rule = line.rule.as_ref()?;
    let session = match rule.about {
        About::Session(number) => number,
        About::Assessment | About::Plan | About::Review => 0,
        About::State(_) | About::Need(_) | About::Triage | About::Contact(_) | About::Safety => return None,
    };
    rule.over.then(|| Miss {
        client: line.owed.client,
        number: 0,
        duty: rule.duty.key().to_owned(),
        session,
        due: rule.due,
        planned: rule.due,
        reason: String::new(),
        at: crate::domain::Moment::default(),
        by: crate::domain::StaffId::default(),
    })
}

fn explain(miss: Miss, line: &OwedLine, cx: &Cx) -> Step {
    let title = format!("Why it is late: {}", cx.listed(&line.name));
    let fields = vec![
        Field::text("reason", "Why", "").hint("for this person").required(),
        Field::date("planned", "Planned for", None, Lean::Future).hint("T+2, fri, 12/4/26").required(),
    ];
    Question::form(title, Form::new("Write it down", fields), move |form, cx| {
        let planned = form.date("planned", cx.today());
        let planned = planned.ok_or_else(|| Wrong::new("planned", "When is it planned?"))?;
        let miss = Miss { planned, reason: form.typed("reason"), ..miss.clone() };
        Ok(vec![Step::Ask(DaysAsk::Explain(Box::new(miss)).into())])
    })
    .open()
}

fn programs(cx: &Cx) -> Step {
    let names = cx.signed_in.as_ref().map(|session| session.settings.programs.clone()).unwrap_or_default();
    let items: Vec<Item> = names
        .into_iter()
        .map(|name| {
            let pack = cx.caseload().and_then(|context| context.due().pack(&name));
            let now = pack.map_or(String::new(), |pack| pack.name.clone());
            Item::new(name.clone(), name, now)
        })
        .collect();
    Question::pick("Due dates: which program?", items, |program, cx| vec![rules_of(program, cx)]).open()
}

fn rules_of(program: &str, cx: &Cx) -> Step {
    let items = packs::due_packs().iter().map(|pack| {
        let say = |duty| {
            let rule = pack.rules.iter().find(|rule| rule.duty == duty);
            rule.map_or_else(String::new, |rule| format!("{} {}", duty.key(), rule.count))
        };
        let detail = format!("{}, {}", say(packs::Duty::Assessment), say(packs::Duty::Review));
        Item::new(pack.key.clone(), pack.name.clone(), detail)
    });
    let now = cx.caseload().and_then(|context| context.due().pack(program)).map_or("", |pack| &pack.key);
    let program = program.to_owned();
    Question::pick(format!("Rules of {program}"), items.collect(), move |key, cx| {
        let Some(desk) = &cx.signed_in else { return Vec::new() };
        let mut choice = DueChoice::clone(&desk.due);
        choice.programs.retain(|(name, _)| *name != program);
        choice.programs.push((program.clone(), key.to_owned()));
        vec![Step::Ask(DaysAsk::Rules(choice).into())]
    })
    .at(now)
    .open()
}
