//! What is done with a signed document, and with a draft in the wrong chart: the questions asked, and the acts.
//!
//! Owns the questions. What a person may do with a document comes with it; the service asks again.

use super::list::{Entry, Id};
use super::reading::{Reading, What};
use super::{Asked, Notes};
use crate::domain::{ClientId, Number, counted};
use crate::rules::owed::Duty;
use crate::rules::when;
use crate::service::api::{ChartView, DocAsk, DocView, OwedLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::chart::header::born;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// Whose chart this is: name, birth date, record number.
pub(super) fn whose(chart: &ChartView, cx: &Cx) -> String {
    let client = &chart.client.value;
    format!("{}   {}   {}", client.header_name(), born(client.birth, cx), client.record_no)
}

/// Which document it is, and whose.
fn which(view: &DocView) -> Vec<String> {
    vec![view.part.content.title.clone(), format!("signed {} by {}", view.part.signed, view.part.by)]
}

impl Notes {
    /// Acts on a document that is read; `None` if it is no act of this kind.
    pub(super) fn act_on_life(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        if action == Action::MoveDraft {
            return Some(self.move_draft(chart, cx));
        }
        if !(is_of_life(action) || action == Action::Sign) {
            return None;
        }
        if let (Action::Sign, Some(reading)) = (action, &mut self.reading)
            && let Some(said) = to_be_read(reading, cx)
        {
            return Some(vec![Step::Say(said)]);
        }
        match (&mut self.reading, self.list.here(chart, cx.me())) {
            (Some(reading), _) => match &reading.what {
                What::Signed(_) if action == Action::EarlierVersion => {
                    let turned = reading.turn();
                    let none = Step::Say("There is only one version.".to_owned());
                    Some(if turned { Vec::new() } else { vec![none] })
                }
                What::Signed(view) => Some(vec![on_document(action, view, chart, cx)]),
                What::Draft { .. } => None,
            },
            // From the list the note is opened first: what one may do with it comes with it.
            (None, Some(Entry::Note { head, .. })) => {
                let (number, client) = (head.number, chart.client.value.id);
                self.list.on = Some(Id::Note(number));
                self.asked = Asked::Read(number, Some(action));
                Some(vec![Step::Ask(DocAsk::TakeUp { client, number }.into())])
            }
            _ => None,
        }
    }

    /// Acts on an amended version being written, and on a draft in the wrong chart; `None` if it is none of these.
    pub(super) fn act_on_draft(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let frame = &self.writing.as_ref()?.frame;
        let amends = frame.amends > 0;
        Some(match action {
            Action::Sign if amends && frame.reason.trim().is_empty() => vec![ask_reason("")],
            Action::AmendReason if amends => vec![ask_reason(&frame.reason)],
            Action::AmendReason => vec![Step::Say("This note does not amend another one.".to_owned())],
            Action::MoveDraft if amends || frame.addendum_to > 0 => {
                vec![Step::Warn("It belongs to a signed note of this chart and stays with it.".to_owned())]
            }
            Action::MoveDraft => self.move_draft(chart, cx),
            _ => return None,
        })
    }

    /// Whether the menu lists an act on what is read or written just now.
    pub(super) fn offers_life(&self, action: Action) -> bool {
        let amends = self.writing.as_ref().is_some_and(|writing| writing.frame.amends > 0);
        let may = match self.reading.as_ref().map(|reading| &reading.what) {
            Some(What::Signed(view)) => view.may,
            Some(What::Draft { .. }) => return action != Action::MoveDraft,
            // What can be returned is known once it is read.
            None => return action != Action::ReturnNote && (action != Action::AmendReason || amends),
        };
        match action {
            Action::ReturnNote | Action::Sign => may.co_sign,
            Action::Amend => may.amend,
            Action::Addendum => may.add,
            Action::CallInError => may.call_in_error,
            Action::AgreeInError => may.agree_in_error,
            Action::DeclineInError => may.decline_in_error,
            // Of a draft, not of a signed note.
            Action::NoteFormat
            | Action::EditHeader
            | Action::HeaderKeys
            | Action::LinkProblems
            | Action::DeleteDraft
            | Action::MoveDraft
            | Action::ShowHidden => false,
            // It is open; what it works on can be gone to.
            Action::Open => self.leads_to_plan(),
            _ => true,
        }
    }

    /// Asks the service something about a document.
    fn ask_life(&mut self, asked: Asked, ask: DocAsk) -> Vec<Step> {
        self.asked = asked;
        vec![Step::Ask(ask.into())]
    }

    /// Moves a draft. It goes as it is on disk, so what is on the screen goes there first.
    pub(super) fn move_to(&mut self, ask: DocAsk) -> Vec<Step> {
        let unsaved = self.writing.as_ref().filter(|writing| !writing.is_saved());
        let save = unsaved.map(|writing| Step::Ask(DocAsk::Save(writing.save()).into()));
        save.into_iter().chain(self.ask_life(Asked::Move, ask)).collect()
    }

    /// A document that was taken up with its chart is read here.
    pub(in crate::tui::screens::chart) fn take_up(&mut self, view: &DocView) {
        self.list.on = Some(Id::Note(view.part.number));
        self.from_plan = false;
        if !matches!(self.asked, Asked::Read(..)) {
            self.asked = Asked::Read(view.part.number, None);
        }
    }

    /// Reads a document of this chart, and does something with it once it is here.
    pub(in crate::tui::screens::chart) fn ask_about(
        &mut self,
        number: Number,
        then: Action,
        client: ClientId,
    ) -> Vec<Step> {
        self.asked = Asked::Read(number, Some(then));
        vec![Step::Ask(DocAsk::TakeUp { client, number }.into())]
    }

    /// Something is read or written.
    pub(in crate::tui::screens::chart) fn is_open(&self) -> bool {
        self.reading.is_some() || self.writing.is_some()
    }
}

/// Whether it is an act on a signed document, whatever its kind.
pub(in crate::tui::screens::chart) fn is_of_life(action: Action) -> bool {
    matches!(
        action,
        Action::Amend
            | Action::ReturnNote
            | Action::CallInError
            | Action::AgreeInError
            | Action::DeclineInError
            | Action::EarlierVersion
    )
}

/// What comes after a document was co-signed or returned: the next one, named, or a word that there is none.
pub(super) fn next_to_cosign(said: &str, cx: &Cx) -> Vec<Step> {
    match cx.owed().iter().find(|line| line.mine && line.owed.duty == Duty::CoSign) {
        Some(line) => {
            let OwedLine { owed, name, record_no, .. } = line;
            vec![
                Step::Hop { client: owed.client, duty: owed.duty, number: owed.number },
                Step::Say(format!("{said} Now: {name}, {record_no}.")),
            ]
        }
        None => vec![Step::Say(format!("{said} Nothing else waits for your co-signature."))],
    }
}

/// Asks why the open amendment is made.
pub(super) fn ask_reason(reason: &str) -> Step {
    let form = Form::new("Go on", vec![Field::text("reason", "Reason", reason).required()]);
    Question::form("Why is it amended?", form, |form, _| {
        let reason = form.typed("reason");
        Ok(to_room(|notes: &mut Notes, _, _| {
            let Some(writing) = &mut notes.writing else { return Vec::new() };
            writing.change(|note| note.reason = reason);
            vec![Step::Unsaved]
        }))
    })
    .lines(vec!["It becomes part of the record, under the mark AMENDED.".to_owned()])
    .open()
}

/// A co-signature says that it was read: what was not in sight yet is shown first, a page at each press. `None` once all of it was.
fn to_be_read(reading: &mut Reading, cx: &Cx) -> Option<String> {
    let waits = matches!(&reading.what, What::Signed(view) if view.may.co_sign);
    if !waits || reading.unread(cx) == 0 {
        return None;
    }
    reading.read_on(cx);
    let key = cx.key(Action::Sign, Scope::Notes);
    Some(match reading.unread(cx) {
        0 => format!("This is its end. {key} co-signs it now."),
        lines => format!(
            "You co-sign what you have read: {} to read, {key} goes on.",
            counted(lines, "more line", "more lines")
        ),
    })
}

/// What an act asks of the document that is read, or why it cannot be done.
fn on_document(action: Action, view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let no = |words: &str| Step::Say(words.to_owned());
    match action {
        Action::Sign if view.may.co_sign => ask_cosign(view, chart, cx),
        Action::Sign => no("It is signed, and it does not wait for your co-signature."),
        Action::ReturnNote if view.may.co_sign => ask_return(view, chart, cx),
        Action::ReturnNote => no("Only what waits for your co-signature can be returned."),
        Action::Amend if view.may.amend => ask_amend(view, chart, cx),
        Action::Amend => no("Only the author can amend it, and only its newest version."),
        Action::CallInError if view.may.call_in_error => ask_in_error(view, chart, cx),
        Action::CallInError => no("Only the author or a supervisor can call the newest version entered in \
         error."),
        Action::AgreeInError if view.may.agree_in_error => ask_agree(view, chart, cx),
        Action::AgreeInError => no("Nothing here waits for a second person. If you called it entered in \
         error, somebody else has to agree."),
        Action::DeclineInError if view.may.decline_in_error => ask_decline(view, chart, cx),
        _ => no("Nobody called this entered in error."),
    }
}

/// Whose document it is, which, and what to know.
fn about(view: &DocView, line: &str, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = vec![whose(chart, cx)];
    lines.extend(which(view));
    lines.extend([String::new(), line.to_owned()]);
    lines
}

fn words(done: &str, id: &'static str, label: &str) -> Form {
    Form::new(done, vec![Field::text(id, label, "").required()])
}

fn passphrase(done: &str) -> Form {
    Form::new(done, vec![Field::secret("passphrase", "Passphrase or PIN").required()])
}

fn ask_return(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, view.part.number);
    let title = format!("Return this {}", view.part.kind.word());
    Question::form(title, words("Return", "comment", "Comment"), move |form, _| {
        let ask = DocAsk::Return { client, number, comment: form.typed("comment") };
        Ok(to_room(|notes: &mut Notes, _, _| notes.ask_life(Asked::CoSign, ask)))
    })
    .lines(about(view, "What should the author do? The comment stays outside the record.", chart, cx))
    .open()
}

fn ask_amend(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, view.part.number);
    let title = format!("Amend this {}", view.part.kind.word());
    Question::form(title, words("Go on", "reason", "Reason"), move |form, _| {
        Ok(vec![Step::Ask(DocAsk::Amend { client, number, reason: form.typed("reason") }.into())])
    })
    .lines(about(view, "The signed version is kept, one key away. The new one is marked AMENDED.", chart, cx))
    .open()
}

fn ask_in_error(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, view.part.number);
    Question::form("Entered in error", words("Say so", "reason", "Reason"), move |form, _| {
        let ask = DocAsk::CallInError { client, number, reason: form.typed("reason") };
        Ok(to_room(|notes: &mut Notes, _, _| notes.ask_life(Asked::Life, ask)))
    })
    .lines(about(view, "A second person decides. It is kept, hidden from the usual view.", chart, cx))
    .open()
}

fn ask_decline(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, view.part.number);
    let lines = vec![whose(chart, cx), "It stays as it was signed, where it is.".to_owned()];
    Question::confirm("It was not entered in error?", lines, "keep it in the record", move |_| {
        let ask = DocAsk::DeclineInError { client, number };
        to_room(|notes: &mut Notes, _, _| notes.ask_life(Asked::Life, ask))
    })
    .open()
}

fn ask_cosign(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let mut lines = vec![whose(chart, cx), String::new()];
    lines.extend(which(view));
    let works_on = view.note.iter().flat_map(|note| &note.links);
    lines.extend(works_on.map(|(number, wording)| format!("works on P{number} {wording}")));
    let added = view.addenda.len();
    if added > 0 {
        lines.push(format!("with {}", counted(added, "addendum", "addenda")));
    }
    if let Some(before) = view.versions.first() {
        let on = when::short(before.signed.date, cx.today());
        lines.push(format!("amended; the earlier version was signed {on}"));
    }
    lines.push(counted(view.part.words, "word", "words"));
    lines.push(String::new());
    let key = cx.key(Action::ReturnNote, Scope::Notes);
    lines.push(format!(
        "Your signature says that you have read it. To return it instead, press Esc and then {key}."
    ));
    let (client, number) = (chart.client.value.id, view.part.number);
    let title = format!("Co-sign this {}", view.part.kind.word());
    Question::form(title, passphrase("Co-sign"), move |form, _| {
        let ask = DocAsk::CoSign { client, number, passphrase: form.secret("passphrase") };
        Ok(to_room(|notes: &mut Notes, _, _| notes.ask_life(Asked::CoSign, ask)))
    })
    .lines(lines)
    .open()
}

fn ask_agree(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let mut lines = vec![whose(chart, cx), String::new()];
    lines.extend(which(view));
    let life = view.lives.iter().find(|life| life.number == view.part.number);
    if let Some(error) = life.and_then(|life| life.error.as_ref()) {
        lines.push(format!("{} says: {}", error.said.by_name, error.said.reason));
    }
    lines.push(String::new());
    lines.push("If you agree, it is hidden from the usual list for good. It is kept.".to_owned());
    let (client, number) = (chart.client.value.id, view.part.number);
    let title = "Entered in error: you are the second person";
    Question::form(title, passphrase("Agree"), move |form, _| {
        let ask = DocAsk::AgreeInError { client, number, passphrase: form.secret("passphrase") };
        Ok(to_room(|notes: &mut Notes, _, _| notes.ask_life(Asked::Life, ask)))
    })
    .lines(lines)
    .open()
}
