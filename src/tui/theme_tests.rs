use super::*;
use std::collections::HashSet;

fn themes() -> Vec<Theme> {
    let mut themes = Vec::new();
    for name in [Name::Dark, Name::Light, Name::Mono] {
        for many_colours in [true, false] {
            themes.push(Theme { many_colours, ..Theme::plain(name, false) });
        }
    }
    themes
}

#[test]
fn mono_sets_no_colour_at_all() {
    for theme in themes().iter().filter(|theme| theme.name() == Name::Mono) {
        for role in Role::all() {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }
}

#[test]
fn no_theme_paints_a_background_and_light_has_no_yellow() {
    for theme in themes() {
        for role in Role::all() {
            let style = theme.style(role);
            assert_eq!(style.bg, None, "{role:?}");
            if theme.name() == Name::Light {
                let yellow = matches!(style.fg, Some(Color::Yellow | Color::LightYellow | Color::White))
                    || matches!(style.fg, Some(Color::Indexed(n)) if n == 3 || n == 11 || (178..=230).contains(&n) && n != 196);
                assert!(!yellow, "{role:?} {style:?}");
            }
        }
    }
}

#[test]
fn only_the_highlight_is_reverse_and_only_the_focus_has_the_accent() {
    for theme in themes() {
        let accent = theme.style(Role::Focus).fg;
        for role in Role::all() {
            let style = theme.style(role);
            assert_eq!(style.add_modifier.contains(Modifier::REVERSED), role == Role::Selected, "{role:?}");
            assert!(role == Role::Focus || accent.is_none() || style.fg != accent, "{role:?}");
        }
    }
}

#[test]
fn the_severities_that_matter_can_be_told_apart_in_every_theme() {
    for theme in themes() {
        let styles: Vec<Style> =
            [0, 3, 4].map(|severity| theme.style(Role::Severity(Some(severity)))).to_vec();
        assert_eq!(styles.iter().collect::<HashSet<_>>().len(), 3, "{theme:?}");
        assert_ne!(styles[1], theme.style(Role::Severity(Some(2))), "{theme:?}");
        assert!(styles[2].add_modifier.contains(Modifier::BOLD | Modifier::UNDERLINED));
        assert_eq!(theme.style(Role::Severity(None)), styles[0], "unrated is dim");
    }
}

#[test]
fn the_highlight_keeps_what_is_pressing_visible() {
    for theme in themes() {
        let plain = theme.highlighted(theme.style(Role::Dim));
        assert_eq!(plain.fg, None, "what is dim is not dim in the highlight");
        for role in [Role::Severity(Some(4)), Role::TierNow] {
            let (own, lit) = (theme.style(role), theme.highlighted(theme.style(role)));
            assert!(lit.add_modifier.contains(own.add_modifier | Modifier::REVERSED), "{theme:?} {role:?}");
            assert_eq!(lit.fg, own.fg, "{theme:?} {role:?}");
            assert_ne!(lit, plain, "{theme:?} {role:?}");
        }
    }
}

#[test]
fn only_the_light_theme_paints_its_ground() {
    for theme in themes() {
        assert_eq!(theme.ground().is_some(), theme.name() == Name::Light);
    }
}

#[test]
fn overdue_is_bold_and_not_red() {
    for theme in themes() {
        assert_eq!(theme.style(Role::Overdue), Style::new().add_modifier(Modifier::BOLD));
    }
}

#[test]
fn surroundings_choose_and_a_wish_wins() {
    let seen = |term: &str, no_color| Seen {
        term: term.to_owned(),
        no_color,
        locale: "en_US.UTF-8".to_owned(),
        ..Seen::default()
    };
    assert_eq!(Theme::choose(None, None, &seen("xterm-256color", false)).name(), Name::Dark);
    assert_eq!(Theme::choose(None, None, &seen("xterm-256color", true)).name(), Name::Mono);
    assert_eq!(Theme::choose(Some(Name::Light), None, &seen("xterm", true)).name(), Name::Light);
    assert!(Theme::choose(None, None, &seen("linux", false)).glyphs.ascii);
    assert!(!Theme::choose(None, Some(false), &seen("linux", false)).glyphs.ascii);
    assert!(Theme::choose(None, None, &Seen { term: "xterm".to_owned(), ..Seen::default() }).glyphs.ascii);
    let screen = Theme::choose(None, None, &seen("screen", false));
    assert!(!screen.style(Role::Quote).add_modifier.contains(Modifier::ITALIC));
    assert_eq!(Name::named("light"), Some(Name::Light));
    assert_eq!(Name::named("blue"), None);
}

#[test]
fn ascii_glyphs_are_ascii_and_as_wide() {
    let pairs = [
        (UNICODE.pointer, ASCII.pointer),
        (UNICODE.worse, ASCII.worse),
        (UNICODE.better, ASCII.better),
        (UNICODE.none, ASCII.none),
        (UNICODE.above, ASCII.above),
        (UNICODE.below, ASCII.below),
        (UNICODE.leaf, ASCII.leaf),
        (UNICODE.rule, ASCII.rule),
        (UNICODE.bar, ASCII.bar),
        (UNICODE.carried, ASCII.carried),
        (UNICODE.quote_open, ASCII.quote_open),
        (UNICODE.quote_close, ASCII.quote_close),
    ];
    for (unicode, ascii) in pairs {
        assert!(ascii.is_ascii());
        assert_eq!(crate::tui::text::width(unicode), 1);
        assert_eq!(ascii.len(), 1);
        assert_eq!(crate::tui::text::ascii(unicode), ascii, "the stand-in is the same everywhere");
    }
    assert_eq!(crate::tui::text::ascii(UNICODE.ellipsis), ASCII.ellipsis);
}
