//! The window before *sign once*: what will be made of each part, and one secret for all.

use super::session::GroupSessionScreen;
use crate::domain::counted;
use crate::service::api::{Becomes, CheckedLine, GroupChecked, NameFound};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// Lines that say what is not signed, at most.
const NAMED: usize = 7;

/// Asks for the secret; where nothing can be signed, says why.
pub(super) fn ask(screen: &GroupSessionScreen, checked: &GroupChecked, cx: &Cx) -> Vec<Step> {
    let lines = lines(screen, checked, cx);
    let stops = checked.shared.iter().any(|one| one.stops);
    let settles = checked
        .lines
        .iter()
        .any(|line| matches!(line.becomes, Becomes::Missed | Becomes::Excused) && line.entry.session == 0);
    if stops || (checked.ready() == 0 && !settles) {
        return vec![Step::Over(Overlay::Message(Message::new("Nothing can be signed yet", lines)))];
    }
    let mut fields = Vec::new();
    if !checked.beyond.is_empty() && screen.view.as_ref().is_some_and(|view| view.session.beyond.is_empty()) {
        fields.push(Field::text("beyond", "Why it was so", "").required());
    }
    fields.push(Field::secret("passphrase", "Passphrase or PIN").required());
    let title = match checked.ready() {
        0 => "Settle who was not there".to_owned(),
        ready => format!("Sign {}", counted(ready, "note", "notes")),
    };
    let sign = |form: &mut Form, _: &Cx| {
        let (beyond, passphrase) = (form.typed("beyond"), form.secret("passphrase"));
        Ok(vec![Tell::to(move |screen: &mut GroupSessionScreen, _| screen.sign(beyond, passphrase))])
    };
    vec![Question::form(title, Form::new("Sign", fields), sign).lines(lines).open()]
}

fn lines(screen: &GroupSessionScreen, checked: &GroupChecked, cx: &Cx) -> Vec<String> {
    // Danger comes first, and none of it is cut.
    let danger = |line: &CheckedLine| {
        let name = cx.listed(&line.name).into_owned();
        line.danger.iter().map(move |words| format!("{name}: {words}")).collect::<Vec<_>>()
    };
    let mut lines: Vec<String> = checked.lines.iter().flat_map(danger).collect();
    let guests = screen.view.as_ref().map(|view| &view.session.guests);
    if guests.is_some_and(|guests| guests.total() > 0 && !guests.agreed) {
        lines.push("The guests have not agreed to keep what is said to themselves.".to_owned());
    }
    lines.extend(checked.shared.iter().map(|one| found_words("The shared part", one)));
    let open: Vec<String> = checked.lines.iter().filter_map(|line| line_words(line, cx)).collect();
    lines.extend(open.iter().take(NAMED).cloned());
    if open.len() > NAMED {
        lines.push(format!("and {} more", open.len() - NAMED));
    }
    if !checked.unmarked.is_empty() {
        let names: Vec<String> = checked.unmarked.iter().map(|name| cx.listed(name).into_owned()).collect();
        lines.push(format!("Nobody has said what became of {}: they stay open.", names.join(", ")));
    }
    if checked.all_alike {
        lines.push(format!(
            "All {} parts have the same words. What is so for everybody goes into the shared part.",
            checked.ready()
        ));
    }
    lines.extend(checked.beyond.iter().map(|one| one.words.clone()));
    lines.push(
        "Could a reader who knows the group tell who is meant? Once signed, notes never change.".to_owned(),
    );
    lines.iter().map(|line| cx.keyed(line)).collect()
}

/// What is to be known of a part before it is signed.
fn line_words(line: &CheckedLine, cx: &Cx) -> Option<String> {
    let name = cx.listed(&line.name);
    if let Some(found) = line.found.iter().find(|one| one.stops).or_else(|| line.found.first()) {
        return Some(found_words(&name, found));
    }
    match line.becomes {
        Becomes::Draft => Some(format!("{name}: stays a draft, {}", line.why)),
        Becomes::Others => Some(format!("{name}: the other leader signs this part")),
        Becomes::Missed if line.entry.session == 0 => Some(format!("{name}: absent, outreach is asked")),
        Becomes::Excused if line.entry.session == 0 => Some(format!("{name}: excused, no note")),
        Becomes::Note if !line.why.is_empty() => Some(format!("{name}: a note, {}", line.why)),
        _ => None,
    }
}

fn found_words(whose: &str, found: &NameFound) -> String {
    let how = if found.stops { format!("is read as {}", found.whose()) } else { "may be a name".to_owned() };
    let words = format!("{whose}, {}: \"{}\" {how} ({})", found.section, found.words, found.by.word());
    if found.around.is_empty() { words } else { format!("{words}: {}", found.around) }
}
