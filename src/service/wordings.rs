//! The official words of measures, as the agency brought them in.
//!
//! Owns that the words of one form are kept once, and that kept words never change: a form that was filled in opens with the words it
//! was filled in with.

use super::api::Kept;
use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{Act, Administration, Number, Wording};
use crate::rules::access::Capability;
use crate::store::Owner;
use std::collections::BTreeSet;

/// What became of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptWording {
    /// They were kept under this number.
    New(Number),
    /// They are here already, under this number.
    Here(Number),
}

impl Desk {
    /// Keeps the words of a form, for holders of [`Capability::ChangeSettings`].
    pub fn keep_wording(&mut self, mut wording: Wording) -> Result<KeptWording, Fault> {
        self.permit(Capability::ChangeSettings, None)?;
        for kept in self.books().list::<Wording>(Owner::AGENCY)? {
            if kept.value.says_the_same(&wording) {
                return Ok(KeptWording::Here(kept.value.number));
            }
        }
        wording.number = self.books().next_number::<Wording>(Owner::AGENCY)?;
        wording.by = self.staff()?.id;
        wording.at = self.now().moment;
        let mut unit = self.unit(Capability::ChangeSettings, Act::SettingsChanged, None, 0)?;
        unit.put(&wording, Owner::AGENCY, wording.number, 0);
        self.commit(unit)?;
        Ok(KeptWording::New(wording.number))
    }
}

/// The words in which these were asked at the screen, each once.
pub(super) fn of(desk: &Desk, measures: &[Kept<Administration>]) -> Result<Vec<Wording>, Fault> {
    let asked: BTreeSet<Number> =
        measures.iter().map(|kept| kept.value.wording).filter(|one| *one > 0).collect();
    let mut all = Vec::new();
    for number in asked {
        let kept = desk.books().get::<Wording>(Owner::AGENCY, number)?;
        all.extend(kept.map(|kept| kept.value));
    }
    Ok(all)
}
