//! Check-ins: three answers and one open line about the work of a session.

use super::fields::numbered;
use super::{ClientId, Date, HowTaken, Moment, Number, Reply, StaffId};

/// A check-in. The counselor's guess is entered before the client's answers are known, or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckIn {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode it was taken in.
    pub episode: Number,
    /// The session it is about; 0 = none that is known.
    pub session: Number,
    /// The day it was taken.
    pub on: Date,
    /// The member of staff it is about.
    pub about: StaffId,
    /// Their name, as it was then.
    pub about_name: String,
    /// Who answered, by the word of the form's file (`client`).
    pub answered_by: String,
    /// The name of whoever answered, where it was not the client; or in which group the client did.
    pub name: String,
    /// Which form.
    pub form: String,
    /// The version of the form.
    pub version: u16,
    /// How the answers were taken.
    pub how: HowTaken,
    /// Items in the order of the form, each with its answer.
    pub answers: Vec<(String, Reply)>,
    /// The author's guess of the same answers; empty = left out. Nobody else is told.
    pub guess: Vec<(String, Reply)>,
    /// The open question that was asked.
    pub question: String,
    /// What was said to it.
    pub words: String,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
    /// Who typed it.
    pub by: StaffId,
    /// Name and credential of who typed it, as they were then.
    pub by_name: String,
    /// When it was saved.
    pub at: Moment,
}

numbered!(CheckIn {
    1 client, 2 number, 3 episode, 4 session, 5 on, 6 about, 7 about_name, 8 answered_by, 9 name, 10 form, 11 version,
    12 how, 13 answers, 14 guess, 15 question, 16 words, 17 in_error, 18 by, 19 by_name, 20 at,
});

impl CheckIn {
    /// Returns the answer to an item.
    pub fn reply(&self, item: &str) -> Reply {
        answer_of(&self.answers, item)
    }

    /// Returns the guess of an item.
    pub fn guessed(&self, item: &str) -> Reply {
        answer_of(&self.guess, item)
    }

    /// Its place in time.
    pub fn taken(&self) -> (Date, Number) {
        (self.on, self.number)
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.answers.iter().all(|(_, reply)| reply.key().is_none()) && self.words.trim().is_empty()
    }
}

fn answer_of(answers: &[(String, Reply)], item: &str) -> Reply {
    answers.iter().find(|(id, _)| id == item).map(|(_, reply)| *reply).unwrap_or_default()
}
