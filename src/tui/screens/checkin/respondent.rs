//! Who answers a check-in: the client, alone or in a family session, or somebody close to them. Each is a line of their own.

use super::CheckInScreen;
use crate::domain::Reply;
use crate::packs::{self, Instrument};
use crate::rules::alliance::{CHECK_IN, form_in_family};

/// Somebody who can answer: as it is shown, the word of the form's file, who they are to the client, whether it is the
/// form of a family.
type Respondent = (&'static str, &'static str, &'static str, bool);

/// Who can answer, in the order of their digits.
pub(super) const ALL: [Respondent; 5] = [
    ("the client", "client", "", false),
    ("the client, in the family", "client", "", true),
    ("a caregiver", "caregiver", "", true),
    ("the partner", "caregiver", "partner", true),
    ("somebody of the family", "caregiver", "family member", true),
];

/// The items of a form, each with a blank answer.
pub(super) fn blank(measure: &Instrument, form: &String) -> Vec<(String, Reply)> {
    let items = measure.items.iter().filter(|item| item.forms.is_empty() || item.forms.contains(form));
    items.map(|item| (item.id.clone(), Reply::Blank)).collect()
}

impl CheckInScreen {
    /// Who answers now, in words.
    pub(super) fn respondent(&self) -> &'static str {
        ALL[self.who].0
    }

    /// Somebody else answers: what was answered under the same question stays.
    pub(super) fn answered_by(&mut self, who: usize) {
        let ours = packs::instruments().iter().find(|one| one.key == CHECK_IN);
        let Some((measure, (_, word, name, in_family))) = ours.zip(ALL.get(who).copied()) else {
            return;
        };
        self.who = who;
        word.clone_into(&mut self.checkin.answered_by);
        name.clone_into(&mut self.checkin.name);
        // A youth's own words are for the youth alone.
        let form = if word == "client" { self.usual.as_str() } else { "adult" };
        self.checkin.form = if in_family { form_in_family(measure, form) } else { form.to_owned() };
        let mut fresh = blank(measure, &self.checkin.form);
        let mut seen = vec![false; fresh.len()];
        for ((id, reply), seen) in fresh.iter_mut().zip(&mut seen) {
            if let Some(at) = self.checkin.answers.iter().position(|(item, _)| item == id) {
                (*reply, *seen) = (self.checkin.answers[at].1, self.seen[at]);
            }
        }
        (self.checkin.answers, self.seen) = (fresh, seen);
    }
}
