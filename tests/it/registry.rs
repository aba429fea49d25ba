//! What is declared in one place must be complete in the others: kinds, acts, capabilities.

use concord::domain::{Act, Role};
use concord::rules::access::{Capability, Relation, may};
use concord::store::{Kind, Sealing};
use std::collections::HashSet;
use std::path::Path;

/// Every act, in stored order. An act added to the enum and forgotten here fails [`the_list_of_acts_is_whole`].

#[test]
fn every_act_has_a_label_of_its_own() {
    let labels: HashSet<&str> = Act::ALL.iter().map(|act| act.label()).collect();
    assert_eq!(labels.len(), Act::ALL.len());
    assert!(labels.iter().all(|label| !label.is_empty() && *label == label.trim()));
}

#[test]
fn every_act_is_done_somewhere() {
    let mut service = String::new();
    let mut folders = vec![root().join("src/service")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                service.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    // Acts of use cases that come with other areas: taken off this list when they arrive.
    let later = ["AuditRead"];
    for act in Act::ALL.iter().map(|act| format!("{act:?}")).filter(|act| !later.contains(&act.as_str())) {
        let done = service
            .match_indices(&format!("Act::{act}"))
            .any(|(at, found)| !service[at + found.len()..].starts_with(|next: char| next.is_alphanumeric()));
        assert!(done, "nothing does {act}");
    }
}

#[test]
fn every_kind_has_a_word_golden_bytes_and_a_place() {
    let golden = root().join("tests/fixtures/golden");
    let mut words = HashSet::new();
    for kind in Kind::ALL {
        assert!(words.insert(kind.word()), "{kind:?}");
        assert_eq!(Kind::from_byte(*kind as u8), Some(*kind));
        let file = golden.join(format!("{}.bin", kind.word().replace(' ', "-")));
        assert!(file.is_file(), "{kind:?} has no golden bytes ({})", file.display());
    }
    let public: Vec<_> = Kind::ALL.iter().filter(|kind| kind.sealing() == Sealing::Public).collect();
    let readable =
        [&Kind::Front, &Kind::Login, &Kind::Roster, &Kind::Knocks, &Kind::KeyTurn, &Kind::Checkpoint];
    assert_eq!(public, readable, "nothing else is readable before sign-in");
}

#[test]
fn every_capability_is_somebodys_and_every_role_has_one() {
    let someone = |capability| {
        Role::ALL.iter().any(|role| Relation::ALL.iter().any(|relation| may(&[*role], capability, *relation)))
    };
    for &capability in Capability::ALL {
        assert!(someone(capability), "nobody may {capability:?}");
    }
    for role in Role::ALL {
        let any = Capability::ALL.iter().any(|c| Relation::ALL.iter().any(|r| may(&[role], *c, *r)));
        assert!(any, "{role:?} may nothing");
    }
}

#[test]
fn every_binding_of_the_default_keymap_is_a_declared_action() {
    use concord::tui::keymap::{Keymap, load};
    let text = std::fs::read_to_string(root().join("keymaps/default.toml")).unwrap();
    let (_, report) = load(&text);
    assert!(report.is_none(), "{}", report.unwrap().render("keymaps/default.toml"));
    let _ = Keymap::default_map();
    let (_, report) = load(&format!("{text}\n[home]\n\"F11\" = \"no-such-action\"\n"));
    assert!(report.is_some(), "an unknown action is reported");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
