//! What is done with a signed document, and with a draft in the wrong chart: the questions asked, and the acts.
//!
//! Owns the prompts. What a person may do with a document comes with it; the service asks again.

use super::list::{Entry, Id};
use super::moving::{ask_move, ask_record_no, hex};
use super::reading::What;
use super::{Asked, Notes, Purpose};
use crate::domain::{ClientId, Number};
use crate::rules::owed::Duty;
use crate::rules::when;
use crate::service::api::{ChartView, DocAsk, DocView, OwedLine};
use crate::tui::action::{Action, Scope};
use crate::tui::app::key_of;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Confirm, Given, Overlay, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::header::born;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What this file asks overlays for.
#[derive(Clone, Debug)]
pub enum LifePurpose {
    /// The passphrase under a co-signature.
    CoSign(Number),
    /// What the author should do.
    Return(Number),
    /// Why a document is amended.
    Amend(Number),
    /// Why the open amendment is made.
    Reason,
    /// Why a document should not be in the chart.
    CallInError(Number),
    /// The passphrase of the second person.
    Agree(Number),
    /// Yes to leaving a document as it was signed.
    Decline(Number),
    /// To whose chart a draft goes.
    MoveTo(Number),
    /// Yes to that person.
    MoveAsk(Number, ClientId),
    /// Their record number, typed.
    MoveCheck(Number, ClientId),
}

pub(super) fn then(purpose: LifePurpose) -> Then {
    Then::Screen(Wanted::Notes(Purpose::Life(purpose)))
}

pub(super) fn prompt(title: &str, lines: Vec<String>, form: Form, purpose: LifePurpose) -> Step {
    Step::Over(Overlay::Prompt(Prompt { title: title.to_owned(), lines, form, then: then(purpose) }))
}

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
        match (&mut self.reading, self.list.here(chart, cx.me())) {
            (Some(reading), _) => match &reading.what {
                What::Signed(_) if action == Action::EarlierVersion => {
                    let turned = reading.turn();
                    let none = Step::Say("There is one version of it.".to_owned());
                    Some(if turned { Vec::new() } else { vec![none] })
                }
                What::Signed(view) => Some(vec![on_document(action, view, self.kept.as_ref(), chart, cx)]),
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
            Action::AmendReason => vec![Step::Say("This note amends nothing.".to_owned())],
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
            None => return action != Action::AmendReason || amends,
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
            | Action::ShowHidden
            // It is open.
            | Action::Open => false,
            _ => true,
        }
    }

    /// The answers to what was asked here.
    pub(super) fn life_answered(
        &mut self,
        purpose: LifePurpose,
        given: Given,
        chart: &ChartView,
        cx: &Cx,
    ) -> Vec<Step> {
        let client = chart.client.value.id;
        match (purpose, given) {
            (LifePurpose::CoSign(number), Given::Filled(mut form)) => {
                self.asked = Asked::CoSign;
                let passphrase = form.secret("passphrase");
                vec![Step::Ask(DocAsk::CoSign { client, number, passphrase }.into())]
            }
            (LifePurpose::Agree(number), Given::Filled(mut form)) => {
                self.asked = Asked::Life;
                let passphrase = form.secret("passphrase");
                vec![Step::Ask(DocAsk::AgreeInError { client, number, passphrase }.into())]
            }
            (LifePurpose::Return(number), Given::Filled(form)) => {
                self.asked = Asked::CoSign;
                let comment = form.typed("comment");
                self.kept = Some((Action::ReturnNote, comment.clone()));
                vec![Step::Ask(DocAsk::Return { client, number, comment }.into())]
            }
            (LifePurpose::CallInError(number), Given::Filled(form)) => {
                self.asked = Asked::Life;
                let reason = form.typed("reason");
                self.kept = Some((Action::CallInError, reason.clone()));
                vec![Step::Ask(DocAsk::CallInError { client, number, reason }.into())]
            }
            (LifePurpose::Decline(number), Given::Yes) => {
                self.asked = Asked::Life;
                vec![Step::Ask(DocAsk::DeclineInError { client, number }.into())]
            }
            (LifePurpose::Amend(number), Given::Filled(form)) => {
                let reason = form.typed("reason");
                self.kept = Some((Action::Amend, reason.clone()));
                vec![Step::Ask(DocAsk::Amend { client, number, reason }.into())]
            }
            (LifePurpose::Reason, Given::Filled(form)) => match &mut self.writing {
                Some(writing) => {
                    let reason = form.typed("reason");
                    writing.change(|note| note.reason = reason);
                    vec![Step::Unsaved]
                }
                None => Vec::new(),
            },
            (LifePurpose::MoveTo(number), Given::Picked(keys)) => {
                let to =
                    keys.first().and_then(|key| cx.people().iter().find(|p| hex(p.summary.client) == *key));
                to.map(|person| ask_move(number, person, chart, cx)).into_iter().collect()
            }
            (LifePurpose::MoveAsk(number, to), Given::Yes) => ask_record_no(number, to, None, cx),
            (LifePurpose::MoveCheck(number, to), Given::Filled(form)) => {
                let typed = form.typed("record");
                let right = cx
                    .person(to)
                    .is_some_and(|person| person.summary.record_no.eq_ignore_ascii_case(typed.trim()));
                if !right {
                    let wrong = format!("{} is not their record number; nothing is moved.", typed.trim());
                    return ask_record_no(number, to, Some(wrong), cx);
                }
                // The draft goes as it is on disk, so what is on the screen goes there first.
                let save = self
                    .writing
                    .as_ref()
                    .filter(|writing| !writing.is_saved())
                    .map(|writing| Step::Ask(crate::service::api::DocAsk::Save(writing.save()).into()));
                self.asked = Asked::Move;
                save.into_iter().chain([Step::Ask(DocAsk::MoveDraft { client, number, to }.into())]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A document that was taken up with its chart is read here.
    pub(in crate::tui::screens::chart) fn take_up(&mut self, view: &DocView) {
        self.list.on = Some(Id::Note(view.part.number));
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
        None => vec![Step::Say(format!("{said} Nothing more waits for your co-signature."))],
    }
}

/// Asks why the open amendment is made.
pub(super) fn ask_reason(reason: &str) -> Step {
    let form = Form::new("Go on", vec![Field::text("reason", "Reason", reason).required()]);
    let lines = vec!["It stands in the record, under the mark AMENDED.".to_owned()];
    prompt("Why is it amended?", lines, form, LifePurpose::Reason)
}

/// What an act asks of the document that is read, or why it cannot be done.
fn on_document(
    action: Action,
    view: &DocView,
    kept: Option<&(Action, String)>,
    chart: &ChartView,
    cx: &Cx,
) -> Step {
    let (number, kind) = (view.part.number, view.part.kind.word());
    // What was typed and refused is here again.
    let typed = kept.filter(|(of, _)| *of == action).map_or("", |(_, text)| text.as_str());
    let no = |words: &str| Step::Say(words.to_owned());
    match action {
        Action::Sign if view.may.co_sign => ask_cosign(view, chart, cx),
        Action::Sign => no("It is signed; it does not wait for your co-signature."),
        Action::ReturnNote if view.may.co_sign => {
            let form = Form::new("Return", vec![Field::text("comment", "Comment", typed).required()]);
            let mut lines = vec![whose(chart, cx)];
            lines.extend(which(view));
            lines.push(String::new());
            lines.push("What should the author do? The comment stays outside the record.".to_owned());
            prompt(&format!("Return this {kind}"), lines, form, LifePurpose::Return(number))
        }
        Action::ReturnNote => no("Only what waits for your co-signature can be returned."),
        Action::Amend if view.may.amend => {
            let form = Form::new("Go on", vec![Field::text("reason", "Reason", typed).required()]);
            let mut lines = vec![whose(chart, cx)];
            lines.extend(which(view));
            lines.push(String::new());
            lines.push("The signed version is kept, one key away. The new one is marked AMENDED.".to_owned());
            prompt(&format!("Amend this {kind}"), lines, form, LifePurpose::Amend(number))
        }
        Action::Amend => no("Only its author amends it, and only the version that stands."),
        Action::CallInError if view.may.call_in_error => {
            let form = Form::new("Say so", vec![Field::text("reason", "Reason", typed).required()]);
            let mut lines = vec![whose(chart, cx)];
            lines.extend(which(view));
            lines.push(String::new());
            lines.push("A second person decides. It is kept, hidden from the usual view.".to_owned());
            prompt("Entered in error", lines, form, LifePurpose::CallInError(number))
        }
        Action::CallInError => no("The author or a supervisor can say that, of the version that stands."),
        Action::AgreeInError if view.may.agree_in_error => ask_agree(view, chart, cx),
        Action::AgreeInError => no("Nothing here waits for a second person, or you said it yourself."),
        Action::DeclineInError if view.may.decline_in_error => Step::Over(Overlay::Confirm(Confirm {
            title: "It was not entered in error?".to_owned(),
            lines: vec![whose(chart, cx), "It stays as it was signed, where it is.".to_owned()],
            yes: "it stands".to_owned(),
            then: then(LifePurpose::Decline(number)),
        })),
        _ => no("Nobody called it entered in error."),
    }
}

fn ask_cosign(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let mut lines = vec![whose(chart, cx), String::new()];
    lines.extend(which(view));
    let works_on = view.note.iter().flat_map(|note| &note.links);
    lines.extend(works_on.map(|(number, wording)| format!("works on P{number} {wording}")));
    let added = view.addenda.len();
    if added > 0 {
        let word = if added == 1 { "addendum" } else { "addenda" };
        lines.push(format!("with {added} {word}"));
    }
    if let Some(before) = view.versions.first() {
        let on = when::short(before.signed.date, cx.today());
        lines.push(format!("amended; the version before was signed {on}"));
    }
    let count = view.part.words;
    lines.push(format!("{count} {}", if count == 1 { "word" } else { "words" }));
    lines.push(String::new());
    let key = key_of(Action::ReturnNote, &[Scope::Notes], cx);
    lines.push(format!("You sign that you have read it. Esc, then {key} returns it instead."));
    let form = Form::new("Co-sign", vec![Field::secret("passphrase", "Your passphrase").required()]);
    prompt(
        &format!("Co-sign this {}", view.part.kind.word()),
        lines,
        form,
        LifePurpose::CoSign(view.part.number),
    )
}

fn ask_agree(view: &DocView, chart: &ChartView, cx: &Cx) -> Step {
    let mut lines = vec![whose(chart, cx), String::new()];
    lines.extend(which(view));
    let life = view.lives.iter().find(|life| life.number == view.part.number);
    if let Some(error) = life.and_then(|life| life.error.as_ref()) {
        lines.push(format!("{} says: {}", error.said.by_name, error.said.reason));
    }
    lines.push(String::new());
    lines.push("If you agree it leaves the usual view for good. It is kept.".to_owned());
    let form = Form::new("Agree", vec![Field::secret("passphrase", "Your passphrase").required()]);
    prompt("Entered in error: you are the second person", lines, form, LifePurpose::Agree(view.part.number))
}
