//! Registering somebody who is on no list because they are in danger: one form, two acts, and nothing typed is lost between them.

use super::{FormScreen, people};
use crate::domain::{Client, ClientId};
use crate::service::api::{ChartView, Command, DangerSaid, FormKind, FormPlace, People};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::Step;
use crate::tui::screens::danger;
use crate::tui::widgets::form::{Form, Wrong};
use std::cell::Cell;
use std::rc::Rc;

/// Who was registered, as long as the danger is not passed on.
pub(super) type Registered = Rc<Cell<Option<ClientId>>>;

impl FormScreen {
    /// Registers a person and passes on that they are in danger; with what was typed of the danger or of the person already.
    pub fn register_in_danger(typed: Option<&Form>, cx: &Cx) -> Self {
        let blank = Client::default();
        let mut fields = danger::fields("", None, cx);
        fields.extend(people::form(&blank, "").fields);
        let mut form = Form::new("Register and pass it on", fields);
        if let Some(typed) = typed {
            form.put_back(&typed.typed_so_far(), "");
            form.focus_on(if typed.typed("said").is_empty() { "said" } else { "given" });
        }
        let registered = Registered::default();
        let known = Rc::clone(&registered);
        let screen = Self::new("Register somebody in danger", form, move |form, cx| {
            in_danger(form, known.get(), false, cx)
        });
        let mut screen = screen.known(FormKind::RegisterInDanger, FormPlace::default());
        (screen.particulars, screen.registered) = (Some((blank, 0)), Some(registered));
        screen.question = screen.question.lines(danger::help_now(cx));
        screen
    }

    /// What follows where danger is passed on: it is, once the person is registered; then their page.
    pub(super) fn next_in_danger(&mut self, chart: Option<&ChartView>, cx: &Cx) -> Option<Vec<Step>> {
        chart.and_then(|chart| self.then_tell(chart, cx)).or_else(|| self.told())
    }

    /// The person is registered: what was said of the danger is passed on next. `None` if it is passed on already.
    fn then_tell(&mut self, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let registered = self.registered.as_ref().filter(|one| one.get().is_none())?;
        registered.set(Some(chart.client.value.id));
        let form = self.question.filled()?;
        let said = danger::read(form, cx).ok()?;
        let client = chart.client.value.id;
        self.question.wait(0, 0);
        Some(vec![danger::tell(DangerSaid { client, ..said }), Step::Refresh])
    }

    /// It is passed on: the person's page is next.
    fn told(&mut self) -> Option<Vec<Step>> {
        let client = self.registered.as_ref()?.get()?;
        let (room, opening) = (RoomName::Overview, Opening::Chart);
        Some(vec![self.saved(), Step::Refresh, Step::OpenChart { client, room, opening }])
    }
}

/// Registers; whoever is registered already is told of alone.
fn in_danger(form: &mut Form, registered: Option<ClientId>, seen: bool, cx: &Cx) -> Result<Command, Wrong> {
    let said = danger::read(form, cx)?;
    if let Some(client) = registered {
        let said = DangerSaid { client, ..said };
        return Ok(Command::People(People::TellDanger(Box::new(said))));
    }
    super::write(form, &(Client::default(), 0), seen, cx)
}
