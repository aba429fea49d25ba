//! Mismatches in the stored files: what was found, and the question what came of it.

use super::App;
use crate::service::api::{Command, HouseAsk, MismatchLine, MismatchesView};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

impl App {
    /// The mismatches came: the newest one that is open is asked about; without one, what was found before is shown.
    pub(super) fn mismatches_came(&mut self, view: &MismatchesView) {
        let open: Vec<&MismatchLine> = view.lines.iter().filter(|line| line.ended.is_none()).collect();
        if let Some(session) = &mut self.cx.signed_in {
            session.mismatches = open.len();
        }
        if !view.said.is_empty() {
            let left = match open.len() {
                0 => String::new(),
                more => format!(" {more} more wait for you."),
            };
            self.say(format!("{}{left}", view.said));
        } else if let Some(newest) = open.first() {
            let step = ask(newest);
            self.take(super::desk::NOBODY, vec![step]);
        } else if view.lines.is_empty() {
            self.say("No mismatch was ever found in the stored files.");
        } else {
            self.show("Mismatches in the stored files", view.lines.iter().map(told).collect());
        }
    }
}

/// What is said of a mismatch that was acknowledged.
fn told(line: &MismatchLine) -> String {
    let found = format!("Found {} when {} signed in: {}.", line.at, line.by, line.words.join("; "));
    match &line.ended {
        Some((at, by, reason)) => format!("{found} Acknowledged {at} by {by}: {reason}"),
        None => found,
    }
}

fn ask(line: &MismatchLine) -> Step {
    let number = line.number;
    let lines = vec![
        told(line),
        "Keep a copy of the store's folder and compare it with the newest backup before you go on. What you write here \
         is kept."
            .to_owned(),
    ];
    let reason = Field::text("reason", "What came of it", "").hint("backup of Monday restored").required();
    Question::form(
        "A mismatch in the stored files",
        Form::new("Acknowledge", vec![reason]),
        move |form, _: &Cx| read(form, number),
    )
    .lines(lines)
    .open()
}

fn read(form: &mut Form, number: u32) -> Read {
    let reason = form.typed("reason");
    if reason.is_empty() {
        return Err(Wrong::new("reason", "Write what you found out, such as: backup of Monday restored."));
    }
    Ok(vec![Step::Ask(Command::House(HouseAsk::Acknowledge { number, reason }))])
}
