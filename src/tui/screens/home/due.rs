//! Due: what I owe and, for supervisors, what my people owe; Enter opens the work.

use super::Opens;
use crate::domain::{ClientId, DueChoice, Miss};
use crate::packs;
use crate::rules::due::About;
use crate::rules::when::Lean;
use crate::service::api::{DaysAsk, DueItem, DueView, Owed};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::days;
use crate::tui::screens::work;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What is owed, and the highlight.
#[derive(Debug, Default)]
pub struct Due {
    pub(super) view: Option<Box<DueView>>,
    pub(super) cursor: Cursor,
}

impl Due {
    /// What is shown afresh.
    pub(super) fn ask() -> Vec<Step> {
        vec![Step::Ask(DaysAsk::Due.into())]
    }

    /// The list came: the highlight stays on what it was on, or where that was.
    pub(super) fn came(&mut self, view: &DueView) {
        let here = self.here().map(DueItem::key);
        self.view = Some(Box::new(view.clone()));
        let same = here.and_then(|here| self.items().iter().position(|item| item.key() == here));
        self.cursor.at = same.unwrap_or(self.cursor.at);
        self.cursor.clamp(self.items().len());
    }

    pub(super) fn items(&self) -> &[DueItem] {
        self.view.as_ref().map_or(&[], |view| &view.items)
    }

    pub(super) fn here(&self) -> Option<&DueItem> {
        self.items().get(self.cursor.at)
    }

    /// Whether an act has something to act on.
    pub(super) fn offers(&self, action: Action) -> bool {
        let task = matches!(self.here().map(|item| &item.owed), Some(Owed::Task(_)));
        match action {
            Action::FinishTask | Action::EditTask => task,
            Action::ExplainMiss => self.here().and_then(miss_of).is_some(),
            Action::DueRules => self.view.as_ref().is_some_and(|view| view.may_choose),
            _ => true,
        }
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.items().len()
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.items().len(), cx.page()) {
            return Vec::new();
        }
        if action == Action::DueRules {
            return vec![programs(cx)];
        }
        let Some(item) = self.here() else { return Vec::new() };
        match action {
            Action::Open => opens(item, cx),
            Action::ExplainMiss => match miss_of(item) {
                Some(miss) => vec![explain(miss)],
                None => vec![Step::Say("Nothing here is late.".to_owned())],
            },
            Action::State => match miss_of(item) {
                Some(miss) => vec![explain(miss)],
                None => on_task(Action::FinishTask, item, cx),
            },
            Action::FinishTask | Action::EditTask => on_task(action, item, cx),
            _ => Vec::new(),
        }
    }
}

/// What Enter opens: the place where the work is done.
pub(in crate::tui) fn opens(item: &DueItem, cx: &Cx) -> Vec<Step> {
    match (&item.owed, item.client) {
        (Owed::Task(kept), _) => vec![days::task(kept.as_ref().clone(), cx)],
        (Owed::Work(line), _) => {
            let owed = &line.owed;
            vec![Step::Hop { client: owed.client, duty: owed.duty, number: owed.number }]
        }
        (Owed::Rule { obligation, session: Some((date, _)), .. }, Some(client)) => match obligation.about {
            About::State(number) => vec![Step::Day(*date, client, number)],
            _ => chart_of(item),
        },
        _ => chart_of(item),
    }
}

fn chart_of(item: &DueItem) -> Vec<Step> {
    goal(item).map(|(client, room, opening)| Opens::chart(client, room, opening)).unwrap_or_default()
}

/// In whose chart and which room it is done, and what for; `None` where it is done in no chart.
pub(in crate::tui) fn goal(item: &DueItem) -> Option<(ClientId, RoomName, Opening)> {
    let client = item.client?;
    let (room, opening) = match &item.owed {
        Owed::Rule { draft: Some(number), obligation, .. } => {
            let grid = matches!(obligation.about, About::Assessment);
            (if grid { RoomName::Grid } else { RoomName::Notes }, Opening::Draft(*number))
        }
        Owed::Rule { obligation, .. } => match obligation.about {
            About::Session(_) if !item.mine => (RoomName::Notes, Opening::Chart),
            About::Session(number) => (RoomName::Notes, Opening::NoteOf(number)),
            About::Assessment if !item.mine => (RoomName::Grid, Opening::Chart),
            About::Assessment => (RoomName::Grid, Opening::Assess),
            About::Need(_) => (RoomName::Priorities, Opening::Chart),
            About::State(_) => return None,
        },
        Owed::Work(line) => work::opening(line.owed.duty, line.owed.number),
        Owed::Task(_) => return None,
    };
    Some((client, room, opening))
}

/// What a key does to a task.
pub(super) fn on_task(action: Action, item: &DueItem, cx: &Cx) -> Vec<Step> {
    let Owed::Task(kept) = &item.owed else {
        return vec![Step::Say("This is not a task. Press Enter to do the work itself.".to_owned())];
    };
    match action {
        Action::FinishTask | Action::State => {
            vec![Step::Ask(DaysAsk::Finish { id: kept.value.id, rev: kept.rev }.into())]
        }
        Action::EditTask => vec![days::hand_on(kept.as_ref().clone(), cx)],
        Action::Open | Action::MoveSession => vec![days::task(kept.as_ref().clone(), cx)],
        Action::NewNote => match item.client {
            Some(client) => Opens::chart(client, RoomName::Notes, Opening::NewNote),
            None => vec![Step::Say("This task is not about one person.".to_owned())],
        },
        _ => {
            let key = cx.key(Action::State, Scope::Due);
            vec![Step::Say(format!("This is a task. Press {key} to mark it as done."))]
        }
    }
}

/// The miss that is to be explained, if the rules ask for one or it is late by them.
fn miss_of(item: &DueItem) -> Option<Miss> {
    let (Owed::Rule { obligation, .. }, Some(client)) = (&item.owed, item.client) else { return None };
    let session = match obligation.about {
        About::Session(number) => number,
        About::Assessment => 0,
        About::State(_) | About::Need(_) => return None,
    };
    obligation.over.then(|| Miss {
        client,
        number: 0,
        duty: obligation.duty.key().to_owned(),
        session,
        due: obligation.due,
        planned: obligation.due,
        reason: String::new(),
        at: crate::domain::Moment::default(),
        by: crate::domain::StaffId::default(),
    })
}

fn explain(miss: Miss) -> Step {
    let fields = vec![
        Field::text("reason", "Why", "").hint("for this person").required(),
        Field::date("planned", "Planned for", None, Lean::Future).hint("T+2, fri, 12/4/26").required(),
    ];
    Question::form("Why it is late", Form::new("Write it down", fields), move |form, cx| {
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
