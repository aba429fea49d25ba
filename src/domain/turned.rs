//! What a client marks and writes at the turned screen. It is a draft of the counselor's until she takes it over.

use super::fields::numbered;
use super::{Assent, Guardianship, Hundredths, LineRef, Moment, Number, Paper, Party, Reply, Terms};
use serde::{Deserialize, Serialize};

/// A page as it is turned to a client: plain data, in the client's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedPage {
    pub title: String,
    /// Whether what is on it is signed, or when it was.
    pub about: String,
    pub parts: Vec<TurnedPart>,
    /// The client is asked whether they sign it.
    pub signs: bool,
    /// The questions of a form, in its order.
    pub items: Vec<TurnedItem>,
}

/// A question of a form, with the answers there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedItem {
    /// What is pressed for each answer, and its words. A number that is typed has no words.
    pub choices: Vec<(Hundredths, String)>,
    /// The question that decides whether this one is asked, and the answers to that one after which it is not.
    pub not_after: Option<(usize, Vec<Hundredths>)>,
}

impl TurnedPage {
    /// Whether a question is asked, as the answers are so far.
    pub fn is_asked(&self, item: usize, answers: &[(String, Reply)]) -> bool {
        let Some((earlier, no)) = self.items.get(item).and_then(|item| item.not_after.as_ref()) else {
            return true;
        };
        let reply = answers.get(*earlier).and_then(|(_, reply)| reply.key());
        self.is_asked(*earlier, answers) && reply.is_none_or(|key| !no.contains(&key))
    }
}

/// What stands under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedPart {
    pub heading: String,
    pub says: Vec<TurnedSaid>,
}

/// One thing the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedSaid {
    pub words: String,
    /// The client's own words.
    pub quote: bool,
    /// Its place among the lines that can be answered; `None` = it is there to be read.
    pub line: Option<usize>,
    /// Its place among the questions of the form.
    pub item: Option<usize>,
    /// It is answered in the client's own words alone.
    pub open: bool,
    /// What the client answered to it before.
    pub before: Assent,
    pub before_words: String,
}

/// What a client answered to one line of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    pub about: LineRef,
    /// What the line said on the page.
    pub to: Terms,
    pub answer: Assent,
    /// What they wrote to it, in their words.
    pub words: String,
}

numbered!(Marked { 1 about, 2 to, 3 answer, 4 words });

impl Marked {
    /// Whether nothing was marked or written.
    pub fn is_blank(&self) -> bool {
        self.answer == Assent::NotAsked && self.words.trim().is_empty()
    }
}

/// What a client decided about signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientSigns {
    /// They agree, and type their name.
    Signs,
    /// They do not agree.
    Disagrees,
    /// They would rather not sign.
    Declines,
}

/// A form that a client fills in, and their answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedForm {
    /// Key of the measure; empty = no form was turned.
    pub measure: String,
    /// The version of its scoring.
    pub version: u16,
    /// Which form of it; empty where there is only one.
    pub form: String,
    /// The official words it was shown in, 0 = our own.
    pub wording: Number,
    /// When it was turned first: what is critical in it has this in common.
    pub begun: Moment,
    /// The open question at its end; empty = there is none.
    pub question: String,
    /// Items in the order of the form, each with its answer.
    pub answers: Vec<(String, Reply)>,
    /// What they wrote to the open question.
    pub words: String,
}

numbered!(TurnedForm { 1 measure, 2 version, 3 form, 4 wording, 5 begun, 6 question, 7 answers, 8 words });

impl TurnedForm {
    /// Whether nothing was answered or written.
    pub fn is_blank(&self) -> bool {
        self.answers.iter().all(|(_, reply)| *reply == Reply::Blank) && self.words.trim().is_empty()
    }

    /// Questions that have an answer.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|(_, reply)| reply.key().is_some()).count()
    }

    /// The form without an answer.
    fn bare(&self) -> Self {
        let answers = self.answers.iter().map(|(item, _)| (item.clone(), Reply::Blank)).collect();
        Self { answers, words: String::new(), ..self.clone() }
    }
}

/// Everything a client marked and wrote on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientAnswers {
    /// What was turned to them.
    pub what: Paper,
    /// The episode of what was turned.
    pub episode: Number,
    /// The moment whose records were on the page.
    pub at: Moment,
    /// The language of the page.
    pub language: String,
    /// Every line that can be answered, in the order of the page. Behind them are answers to lines that read otherwise on an
    /// earlier page.
    pub lines: Vec<Marked>,
    pub signs: Option<ClientSigns>,
    /// Their name, as they typed it.
    pub name: String,
    /// Why they do not sign, in their words.
    pub why: String,
    /// Whether they would like a copy; `None` = they did not say.
    pub copy: Option<bool>,
    /// The document of the version that reads as the page, 0 = the plan was changed since the newest one, or there is none.
    pub version: Number,
    /// The guardian who marked it; blank = the client did.
    pub guardian: Guardianship,
    /// The form they filled in.
    pub form: TurnedForm,
}

numbered!(ClientAnswers {
    1 what, 2 episode, 3 at, 4 language, 5 lines, 6 signs, 7 name, 8 why, 9 copy, 10 version,
    11 guardian, 12 form,
});

impl ClientAnswers {
    /// Whether nothing was marked or written.
    pub fn is_blank(&self) -> bool {
        let unsigned = self.signs.is_none() && self.name.trim().is_empty() && self.why.trim().is_empty();
        unsigned && self.copy.is_none() && self.marked().next().is_none() && self.form.is_blank()
    }

    /// Whose answers they are.
    pub fn whose(&self) -> Party {
        if self.guardian.is_blank() {
            Party::Client
        } else {
            Party::Guardian(self.guardian.name.trim().to_owned())
        }
    }

    /// What they said about signing; a name that is not typed signs nothing.
    pub fn said_about_signing(&self) -> Option<ClientSigns> {
        self.signs.filter(|signs| *signs != ClientSigns::Signs || !self.name.trim().is_empty())
    }

    /// Whether only what they said about signing is left, and the plan is not signed as they saw it.
    pub fn waits_for_a_version(&self) -> bool {
        self.said_about_signing().is_some() && self.version == 0 && self.marked().next().is_none()
    }

    /// The lines that were answered or written to.
    pub fn marked(&self) -> impl Iterator<Item = &Marked> {
        self.lines.iter().filter(|line| !line.is_blank())
    }

    /// Whether both are what one person marked on one kind of page, so that one goes on where the other stopped.
    pub fn is_same_page(&self, other: &Self) -> bool {
        let which = |of: &Self| (of.what, of.guardian.name.trim().to_owned(), of.form.measure.clone());
        which(self) == which(other)
    }

    /// Whether somebody who saw this page could have made `other` of it: only marks, words, name and copy differ.
    pub fn can_become(&self, other: &Self) -> bool {
        let page = |of: &Self| Self {
            lines: of
                .lines
                .iter()
                .map(|line| Marked { answer: Assent::NotAsked, words: String::new(), ..line.clone() })
                .collect(),
            signs: None,
            name: String::new(),
            why: String::new(),
            copy: None,
            form: of.form.bare(),
            ..of.clone()
        };
        page(self) == page(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_and_words_can_become_others() {
        let line = |about| Marked { about, ..Marked::default() };
        let page = ClientAnswers {
            lines: vec![line(LineRef::goal(1)), line(LineRef::objective(2))],
            ..ClientAnswers::default()
        };
        let mut marked = page.clone();
        marked.lines[1].answer = Assent::Partly;
        marked.lines[1].words = "two nights".into();
        (marked.signs, marked.name, marked.copy) = (Some(ClientSigns::Signs), "Jo".into(), Some(true));
        assert!(page.can_become(&marked) && page.is_blank() && !marked.is_blank());
        for forged in [
            ClientAnswers { version: 7, ..marked.clone() },
            ClientAnswers { episode: 2, ..marked.clone() },
            ClientAnswers { lines: vec![line(LineRef::goal(1))], ..marked.clone() },
        ] {
            assert!(!page.can_become(&forged));
        }
        let mut other = marked;
        other.lines[0].to.wording = "something else".into();
        assert!(!page.can_become(&other), "what a line said is no answer");
    }
}
