//! Words: the dictionary comes from the helper when the first note is opened, suggestions when somebody asks for them.

use super::App;
use crate::domain::Lexicon;
use crate::spell::{SpellAsk, Spelled};
use crate::tui::message::{Chore, Effect};
use crate::tui::screen::{News, ScreenId};

impl App {
    /// A text is being written: the dictionary is asked for, once.
    pub(super) fn want_speller(&mut self) {
        let spelling = &mut self.cx.spelling;
        if spelling.speller.is_none() && !spelling.loading && !spelling.quiet {
            spelling.loading = true;
            self.out.push(Effect::Help(Chore::Spell(SpellAsk::Load)));
        }
    }

    /// The lists of words are others now.
    pub(super) fn words_changed(&mut self, mine: &Lexicon, agency: &Lexicon, said: &str) {
        self.cx.spelling.take(mine, agency);
        self.want_speller();
        self.say(said);
    }

    /// Asks what may have been meant by a word.
    pub(super) fn suggest(&mut self, owner: ScreenId, word: String) {
        self.last_ticket += 1;
        let ticket = self.last_ticket;
        match self.cx.spelling.speller.clone() {
            Some(speller) => {
                self.sitting.spelling = Some((ticket, owner));
                self.out.push(Effect::Help(Chore::Spell(SpellAsk::Suggest { ticket, speller, word })));
            }
            None => self.suggested(owner, &word, &[]),
        }
    }

    /// The helper answered. Suggestions nobody waits for any more are dropped.
    pub(super) fn spelled(&mut self, spelled: Spelled) {
        match spelled {
            Spelled::Loaded(speller) => {
                self.cx.spelling.loading = false;
                self.cx.spelling.speller = speller;
            }
            Spelled::Suggestions { ticket, word, words } => {
                if let Some((_, owner)) = self.sitting.spelling.take_if(|(awaited, _)| *awaited == ticket)
                    && self.cx.signed_in.is_some()
                    && self.sitting.overlays.is_empty()
                {
                    self.suggested(owner, &word, &words);
                }
            }
        }
    }

    fn suggested(&mut self, owner: ScreenId, word: &str, words: &[String]) {
        let cx = &self.cx;
        let steps = self.screens.by_id(owner).map(|screen| screen.hears(&News::Suggested(word, words), cx));
        self.take(owner, steps.unwrap_or_default());
    }
}
