use super::*;
use crate::tui::app::rig::Rig;
use crate::tui::theme::{Name, Theme};

fn signs(scope: Scope, cx: &Cx) -> Vec<String> {
    of(scope, cx).into_iter().map(|entry| entry.sign).collect()
}

fn desk(ascii: bool) -> Cx {
    let mut cx = Rig::home().cx().clone();
    cx.theme = Theme::plain(Name::Mono, ascii);
    cx
}

#[test]
fn every_glyph_that_means_something_is_in_a_legend_in_ascii_too() {
    for ascii in [false, true] {
        let cx = desk(ascii);
        let all: Vec<String> = Scope::all().flat_map(|scope| signs(scope, &cx)).collect();
        for mark in marks(&cx.theme.glyphs) {
            assert!(all.iter().any(|sign| sign == mark), "{mark} is in no legend");
        }
    }
}

#[test]
fn tiers_work_modes_answers_and_progress_are_whole() {
    let cx = desk(false);
    let (ranked, plan) = (signs(Scope::Dimension, &cx), signs(Scope::Plan, &cx));
    for tier in Tier::ALL {
        assert!(ranked.contains(&tier.word().to_owned()), "{tier:?}");
    }
    for mode in WorkMode::ALL {
        assert!(ranked.contains(&mode.word().to_owned()), "{mode:?}");
    }
    for progress in Progress::ALL {
        assert!(plan.contains(&progress.sign().to_owned()), "{progress:?}");
    }
    assert!(["✓", "~", "✗", "·"].iter().all(|mark| plan.contains(&(*mark).to_owned())), "{plan:?}");
}

#[test]
fn a_legend_names_the_dimensions_of_the_agency_and_what_their_digits_mean() {
    let cx = desk(false);
    let people = of(Scope::Home, &cx);
    let means = |sign: &str| people.iter().find(|entry| entry.sign == sign).map(|entry| entry.means.as_str());
    assert_eq!(means("column 3"), Some("Emotional, Behavioral, or Cognitive Conditions and Complications"));
    assert_eq!(means("0 to 4"), Some("severity: 0 none, 1 mild, 2 moderate, 3 serious, 4 severe"));
}

#[test]
fn no_legend_says_a_mark_twice_or_leaves_it_without_words() {
    let cx = desk(false);
    for scope in Scope::all() {
        let entries = of(scope, &cx);
        for (at, entry) in entries.iter().enumerate() {
            assert!(entry.means.len() > 5 && entry.sign.chars().count() <= 16, "{scope}: {entry:?}");
            assert!(!entries[..at].iter().any(|other| other.sign == entry.sign), "{scope}: {entry:?}");
        }
    }
}
