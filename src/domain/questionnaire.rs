//! The wording of a measure: as another system wrote it, and as the agency keeps it.

use super::fields::numbered;
use super::{Hundredths, Moment, Number, StaffId};

/// A questionnaire as another system wrote it, in the order of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questionnaire {
    pub title: String,
    /// Its version, as it is written there.
    pub version: String,
    /// Whose copyright it is.
    pub copyright: String,
    pub language: String,
    /// LOINC codes of the whole form.
    pub codes: Vec<String>,
    /// Everything in it, groups opened.
    pub entries: Vec<Entry>,
}

/// One element of a questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Where it is in the file (`item[2].item[0]`).
    pub path: String,
    /// Its identifier in the file.
    pub link: String,
    /// What it is.
    pub kind: EntryKind,
    /// What it says.
    pub text: String,
    /// Its LOINC codes.
    pub codes: Vec<String>,
    /// The answers it offers, in order.
    pub options: Vec<EntryOption>,
}

/// What an element of a questionnaire is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntryKind {
    /// Words that ask nothing: an instruction, or the heading of a group.
    Words,
    /// A question with answers to choose from.
    #[default]
    Choice,
    /// A question that is answered with a number.
    Number,
    /// A question that is answered with yes or no.
    YesNo,
    /// A number the other system computes, such as a total.
    Reckoned,
    /// Anything else that is asked, such as a date or a text.
    Other,
}

/// One answer a questionnaire offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryOption {
    pub words: String,
    /// What the file says it is worth.
    pub worth: Option<Hundredths>,
}

/// The official wording of a measure, as the agency brought it in. It is never changed: other words are a further wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Which of the agency's wordings.
    pub number: Number,
    /// Key of the measure.
    pub measure: String,
    /// Title of the form.
    pub title: String,
    /// Version, as the form says it.
    pub version: String,
    /// Whose copyright it is; shown on the form.
    pub copyright: String,
    /// Language of the words.
    pub language: String,
    /// What is shown above the form.
    pub instructions: Vec<String>,
    /// The items, in the order of the measure.
    pub items: Vec<WordedItem>,
    /// Who brought it in.
    pub by: StaffId,
    pub at: Moment,
}

numbered!(Wording {
    1 number, 2 measure, 3 title, 4 version, 5 copyright, 6 language, 7 instructions, 8 items, 9 by, 10 at,
});

impl Wording {
    /// Most bytes a wording may have in the store.
    pub const MOST_BYTES: usize = 64 * 1024;

    /// Returns how many bytes its words have.
    pub fn bytes(&self) -> usize {
        let answers = |item: &WordedItem| item.answers.iter().map(|answer| answer.words.len()).sum::<usize>();
        let items = self.items.iter().map(|item| item.item.len() + item.words.len() + answers(item));
        let head = [&self.measure, &self.title, &self.version, &self.copyright, &self.language];
        let head = head.into_iter().chain(&self.instructions).map(String::len);
        head.chain(items).sum()
    }

    /// Whether both say the same words.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let plain = |wording: &Self| Self {
            number: 0,
            by: StaffId::default(),
            at: Moment::default(),
            ..wording.clone()
        };
        plain(self) == plain(other)
    }
}

/// The words of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordedItem {
    /// Which item of the measure.
    pub item: String,
    /// What it asks.
    pub words: String,
    /// Its answers; empty where a number is typed.
    pub answers: Vec<WordedAnswer>,
}

numbered!(WordedItem {
    1 item, 2 words, 3 answers,
});

/// The words of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordedAnswer {
    /// Its key in the measure.
    pub key: Hundredths,
    pub words: String,
}

numbered!(WordedAnswer {
    1 key, 2 words,
});
