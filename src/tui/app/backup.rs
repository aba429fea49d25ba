//! Backups: the question where to, how far it is, and what became of it.
//!
//! A backup is written on a thread of its own and goes on over a lock. Who signs in next and may make one sees how far it is.

use super::{App, desk};
use crate::service::api::{Ask, BackupAsk, BackupTicket, Command, LeaveAsk};
use crate::tui::facts::{Backing, Cx};
use crate::tui::message::{BackupNews, Chore, Effect};
use crate::tui::overlay::{Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

impl App {
    /// The question where the backup goes; while one is written, whether that goes on.
    pub(super) fn back_up(&self) -> Step {
        match &self.cx.backing {
            Some(Backing::Goes { ticket, done }) => cancel(ticket.clone(), *done),
            Some(Backing::Failed(why)) => to(&[format!("The last one was not made. {why}")]),
            None => to(&[]),
        }
    }

    /// A backup may be written: a thread of its own does it.
    pub(super) fn backs_up(&mut self, ticket: BackupTicket) {
        self.say(format!("Writing the backup to {}. You can go on working.", ticket.file().display()));
        self.cx.backing = Some(Backing::Goes { ticket: ticket.clone(), done: 0 });
        self.out.push(Effect::Help(Chore::Backup(ticket)));
    }

    /// How far the backup is, or what became of it. The service hears of the end in any case, after a lock too.
    pub(super) fn backing(&mut self, news: BackupNews) {
        match news {
            BackupNews::Written(records) => {
                if let Some(Backing::Goes { done, .. }) = &mut self.cx.backing {
                    *done = records;
                }
            }
            BackupNews::Ended(made) => {
                self.cx.backing = made.as_ref().err().map(|why| Backing::Failed(why.clone()));
                let command: Command = LeaveAsk::Backup(BackupAsk::Ended(made)).into();
                if self.cx.signed_in.is_some() {
                    self.ask(desk::NOBODY, command);
                    self.refresh();
                } else {
                    self.last_ticket += 1;
                    let ask = Ask { ticket: self.last_ticket, epoch: self.epoch, command };
                    self.out.push(Effect::Ask(Box::new(ask)));
                }
            }
        }
    }
}

fn to(before: &[String]) -> Step {
    let mut lines = before.to_vec();
    lines.push(
        "Everything goes into one new file, sealed, and is read again. Choose a folder on another disk. \
         In a terminal, \"concord restore FILE --store FOLDER\" makes a store of it again."
            .into(),
    );
    let folder = Field::text("folder", "Folder", "").hint("/media/usb or ~/backups").required();
    Question::form("Back up", Form::new("Back up", vec![folder]), |form, _: &Cx| read(form))
        .lines(lines)
        .open()
}

fn read(form: &mut Form) -> Read {
    let folder = form.typed("folder");
    if folder.is_empty() {
        return Err(Wrong::new("folder", "Write a folder, such as /media/usb."));
    }
    Ok(vec![Step::Ask(LeaveAsk::Backup(BackupAsk::To { folder, make: form.is_meant() }).into())])
}

fn cancel(ticket: BackupTicket, done: u64) -> Step {
    let lines = vec![
        format!("{done} of about {} records are in {}.", ticket.records(), ticket.file().display()),
        "If you cancel it, nothing of it is left there. Esc lets it go on.".to_owned(),
    ];
    let stop = move |_: &Cx| {
        ticket.cancel();
        vec![Step::Say("The backup is being cancelled.".to_owned())]
    };
    Question::confirm("A backup is being written. Cancel it?", lines, "cancel the backup", stop).open()
}
