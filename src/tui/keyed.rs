//! Sentences that name an act instead of a key: `Press [key:admit].` The key is filled in here, from the keymap in use.
//!
//! What is below the screens knows no key, and keymaps differ. A sentence from there names the act by the name that keymap files
//! have for it.

use super::action::{Action, Scope};
use super::facts::Cx;

/// What comes before the name of an act, and after it.
const OPENS: &str = "[key:";
const CLOSES: char = ']';

impl Cx {
    /// A sentence with the keys filled in of the acts that it names.
    pub fn keyed(&self, sentence: &str) -> String {
        let (mut out, mut rest) = (String::new(), sentence);
        while let Some((before, after)) = rest.split_once(OPENS) {
            out.push_str(before);
            let Some((name, behind)) = after.split_once(CLOSES) else {
                out.push_str(OPENS);
                rest = after;
                continue;
            };
            out.push_str(&Action::named(name).map_or_else(|| name.to_owned(), |act| self.way_to(act)));
            rest = behind;
        }
        out + rest
    }

    /// The key of an act where it works; for one without a key the list of acts, and what it is called there.
    fn way_to(&self, action: Action) -> String {
        let keys = action.scopes().iter().flat_map(|scope| self.keymap.keys_for(action, &[*scope]));
        keys.into_iter().next().unwrap_or_else(|| {
            format!("{}, \"{}\"", self.key(Action::ActionsMenu, Scope::Everywhere), action.help())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::app::rig;
    use crate::tui::facts::Cx;
    use crate::tui::keymap::Keymap;
    use crate::tui::theme::{Name, Theme};
    use ratatui::layout::Size;

    #[test]
    fn the_key_is_the_one_of_the_keymap_in_use() {
        let size = Size { width: 80, height: 24 };
        let of = |name: &str, sentence: &str| {
            let keymap = Keymap::named(name).unwrap();
            Cx::new(Theme::plain(Name::Dark, false), keymap, size, rig::front(), rig::now()).keyed(sentence)
        };
        let sentence = "Press [key:find-text] to look, then [key:sign].";
        assert_eq!(of("default", sentence), "Press Ctrl-F to look, then F9.");
        let own = Keymap::named("emacs").unwrap();
        let key = own.keys_for(super::Action::FindText, &[super::Scope::NoteText])[0].clone();
        assert_ne!(key, "Ctrl-F");
        assert!(of("emacs", sentence).starts_with(&format!("Press {key} to look, then ")));
        assert_eq!(
            of("default", "[key:linked-chart] [key"),
            "Ctrl-K, \"Go to the linked chart, and back\" [key"
        );
        assert_eq!(of("default", "Nothing to fill in."), "Nothing to fill in.");
    }
}
