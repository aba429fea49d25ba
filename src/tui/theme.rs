//! How things look, decided once: roles for what a thing *is*, turned into the terminal's styles here and nowhere else.
//!
//! Owns the dark, light and mono themes, their fall-back to 16 colours, and the signs in Unicode and ASCII (screens.md,
//! "Language"). Screens name roles and glyphs, never colours. It must not read the environment: callers say what was [`Seen`].

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// What a piece of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Content.
    Normal,
    /// What is true now: bold.
    Now,
    /// Labels, history, units, hints' words.
    Dim,
    /// The field or leaf that has the focus, and nothing else: the one accent.
    Focus,
    /// The highlighted line: reverse, and nothing else is ever reverse.
    Selected,
    /// A severity digit, `None` where unrated.
    Severity(Option<u8>),
    /// The word NOW, of a tier or an immediate need.
    TierNow,
    /// The word ASSESS.
    TierAssess,
    /// The word PLAN.
    TierPlan,
    /// The word WATCH.
    TierWatch,
    /// The word STEADY.
    TierSteady,
    /// The client's words, between quotation marks.
    Quote,
    /// A message that stays until a key is pressed.
    Error,
    /// A message that something was done.
    Success,
    /// Past its date: bold, not red.
    Overdue,
    /// Thin rules and borders.
    Rule,
    /// A blank of a template still to be filled.
    Blank,
    /// A passage copied from another note and not edited since.
    Copied,
    /// A key in the hints.
    Key,
    /// A word no list knows.
    Misspelled,
    /// A word with a better one.
    Better,
    /// A passage that stands in another note too.
    Repeated,
    /// Words that were looked for.
    Found,
}

impl Role {
    /// Every role, severities spelled out: for tests and for the page that documents them.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests and pictures go through every role"))]
    pub fn all() -> impl Iterator<Item = Role> {
        const PLAIN: [Role; 22] = [
            Role::Normal,
            Role::Now,
            Role::Dim,
            Role::Focus,
            Role::Selected,
            Role::TierNow,
            Role::TierAssess,
            Role::TierPlan,
            Role::TierWatch,
            Role::TierSteady,
            Role::Quote,
            Role::Error,
            Role::Success,
            Role::Overdue,
            Role::Rule,
            Role::Blank,
            Role::Copied,
            Role::Key,
            Role::Misspelled,
            Role::Better,
            Role::Repeated,
            Role::Found,
        ];
        let severities = std::iter::once(None).chain((0..=4).map(Some)).map(Role::Severity);
        PLAIN.into_iter().chain(severities)
    }
}

/// The themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// For a dark background.
    Dark,
    /// For a light background; no yellow.
    Light,
    /// No colour at all: `NO_COLOR`, monochrome terminals, and people who like it so.
    Mono,
}

impl Name {
    /// The theme of this name, as settings and options write it.
    pub fn named(name: &str) -> Option<Name> {
        [Name::Dark, Name::Light, Name::Mono].into_iter().find(|one| one.name() == name)
    }

    /// `dark`, `light` or `mono`.
    pub fn name(self) -> &'static str {
        match self {
            Name::Dark => "dark",
            Name::Light => "light",
            Name::Mono => "mono",
        }
    }
}

/// What the surroundings say about the terminal; read by the composition root from the variables of the same names.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colorterm: String,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// The first set of `LC_ALL`, `LC_CTYPE`, `LANG`.
    pub locale: String,
}

impl Seen {
    /// Whether the terminal cannot be trusted with signs beyond ASCII.
    pub fn wants_ascii(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        let utf8 = locale.contains("utf-8") || locale.contains("utf8");
        matches!(self.term.as_str(), "linux" | "dumb" | "vt100" | "vt220") || !utf8
    }

    fn many_colours(&self) -> bool {
        self.term.contains("256color") || !self.colorterm.is_empty() || self.term.contains("kitty")
    }

    /// Terminals that show reverse where italic is meant: bare `screen` and the console.
    fn italic(&self) -> bool {
        !(self.term == "linux"
            || self.term == "dumb"
            || self.term.starts_with("screen")
            || self.term.starts_with("vt"))
    }
}

/// The signs the program draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Before the highlighted line.
    pub pointer: &'static str,
    /// Behind a rating that is worse than the earlier one.
    pub worse: &'static str,
    /// Behind a rating that is better.
    pub better: &'static str,
    /// In the place of a rating that was never given, and of any other nothing.
    pub none: &'static str,
    /// At the end of what is cut.
    pub ellipsis: &'static str,
    /// Before the count of what is out of sight above.
    pub above: &'static str,
    /// Before the count of what is out of sight below.
    pub below: &'static str,
    /// Between leaves.
    pub leaf: &'static str,
    /// The thin rule, repeated over the width.
    pub rule: &'static str,
    /// Between panes.
    pub bar: &'static str,
    /// Behind a rating carried forward and not yet confirmed.
    pub carried: &'static str,
    /// Before a line that was agreed.
    pub agreed: &'static str,
    /// Before a line that was declined.
    pub declined: &'static str,
    /// Before a line nobody was asked about.
    pub unasked: &'static str,
    /// Before the client's words.
    pub quote_open: &'static str,
    /// Behind the client's words.
    pub quote_close: &'static str,
    /// The border of an overlay.
    pub border: border::Set<'static>,
    /// Whether everything else must be drawn through [`text::ascii`](super::text::ascii).
    pub ascii: bool,
}

const UNICODE: Glyphs = Glyphs {
    pointer: "►",
    worse: "▲",
    better: "▼",
    none: "–",
    ellipsis: "…",
    above: "▲",
    below: "▼",
    leaf: "▪",
    rule: "─",
    bar: "│",
    carried: "·",
    agreed: "✓",
    declined: "✗",
    unasked: "·",
    quote_open: "“",
    quote_close: "”",
    border: border::PLAIN,
    ascii: false,
};

const ASCII: Glyphs = Glyphs {
    pointer: ">",
    worse: "^",
    better: "v",
    none: "-",
    ellipsis: "...",
    above: "^",
    below: "v",
    leaf: "*",
    rule: "-",
    bar: "|",
    carried: ".",
    agreed: "y",
    declined: "n",
    unasked: ".",
    quote_open: "\"",
    quote_close: "\"",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    ascii: true,
};

/// A theme ready for use.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    name: Name,
    many_colours: bool,
    italic: bool,
    /// The signs.
    pub glyphs: Glyphs,
}

impl Theme {
    /// The theme for these surroundings. A wish in the settings or on the command line wins, but `NO_COLOR` wins over
    /// every coloured one that was not asked for; without either it is dark.
    pub fn choose(wanted: Option<Name>, ascii: Option<bool>, seen: &Seen) -> Theme {
        let mono = seen.no_color || seen.term == "dumb" || seen.term.starts_with("vt");
        let name = wanted.unwrap_or(if mono { Name::Mono } else { Name::Dark });
        let glyphs = if ascii.unwrap_or_else(|| seen.wants_ascii()) { ASCII } else { UNICODE };
        Theme { name, many_colours: seen.many_colours(), italic: seen.italic(), glyphs }
    }

    /// A theme with every ability, for tests and previews.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests draw with it"))]
    pub fn plain(name: Name, ascii: bool) -> Theme {
        Theme { name, many_colours: true, italic: true, glyphs: if ascii { ASCII } else { UNICODE } }
    }

    /// The same terminal, another theme: a person's own choice.
    #[must_use]
    pub fn with_name(self, name: Name) -> Theme {
        Theme { name, ..self }
    }

    /// Which theme this is.
    pub fn name(&self) -> Name {
        self.name
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        let weight = Style::new().add_modifier(self.weight(role));
        match self.colour(role) {
            Some(colour) => weight.fg(colour),
            None => weight,
        }
    }

    /// The style of a piece within the highlighted line: reverse, its weight kept. Severities, tiers and NOW keep their
    /// colour, for what is pressing must not pale where one looks first.
    pub fn highlighted(&self, own: Style) -> Style {
        const LOUD: [Role; 7] = [
            Role::Severity(Some(2)),
            Role::Severity(Some(3)),
            Role::Severity(Some(4)),
            Role::TierNow,
            Role::TierAssess,
            Role::TierPlan,
            Role::TierWatch,
        ];
        let weight = own.add_modifier & (Modifier::BOLD | Modifier::UNDERLINED | Modifier::ITALIC);
        let bar = self.style(Role::Selected).add_modifier(weight);
        let loud = own.fg.filter(|_| LOUD.iter().any(|role| self.style(*role) == own));
        loud.map_or(bar, |colour| bar.fg(colour))
    }

    /// Ink and paper that the whole screen is painted with: on a dark terminal the light theme would be darker than the
    /// dark one. The others leave the terminal as it is.
    pub fn ground(&self) -> Option<(Color, Color)> {
        match (self.name, self.many_colours) {
            (Name::Light, true) => Some((Color::Indexed(235), Color::Indexed(231))),
            (Name::Light, false) => Some((Color::Black, Color::White)),
            (Name::Dark | Name::Mono, _) => None,
        }
    }

    fn weight(&self, role: Role) -> Modifier {
        let mono = self.name == Name::Mono;
        match role {
            // Without colour three and two must differ by weight; in 16 colours orange is bold yellow.
            Role::Severity(Some(3)) if mono || !self.many_colours => Modifier::BOLD,
            Role::Severity(Some(4..)) | Role::Found => Modifier::BOLD | Modifier::UNDERLINED,
            Role::Focus if mono => Modifier::BOLD | Modifier::UNDERLINED,
            Role::Now | Role::Focus | Role::TierNow | Role::Error | Role::Overdue | Role::Key => {
                Modifier::BOLD
            }
            Role::TierAssess | Role::TierPlan if mono => Modifier::BOLD,
            // Where there is a grey, dim is a colour: terminals show the attribute in too many ways.
            Role::Copied if mono || !self.many_colours => Modifier::DIM | Modifier::UNDERLINED,
            Role::Dim | Role::Rule | Role::TierSteady | Role::Severity(None | Some(0))
                if mono || !self.many_colours =>
            {
                Modifier::DIM
            }
            Role::Selected => Modifier::REVERSED,
            Role::Quote | Role::Copied if self.italic => Modifier::ITALIC,
            Role::Blank | Role::Misspelled | Role::Better | Role::Repeated => Modifier::UNDERLINED,
            _ => Modifier::empty(),
        }
    }

    fn colour(&self, role: Role) -> Option<Color> {
        let (many, sixteen) = match self.name {
            Name::Mono => return None,
            Name::Dark => dark(role),
            Name::Light => light(role),
        };
        if self.many_colours { many.map(Color::Indexed) } else { sixteen }
    }
}

/// The colour of a role on dark: of 256, of 16.
fn dark(role: Role) -> (Option<u8>, Option<Color>) {
    match role {
        Role::Dim
        | Role::Rule
        | Role::TierSteady
        | Role::Copied
        | Role::Repeated
        | Role::Severity(None | Some(0)) => (Some(246), None),
        Role::Focus => (Some(75), Some(Color::LightBlue)),
        Role::Severity(Some(2)) | Role::TierPlan => (Some(221), Some(Color::Yellow)),
        Role::Severity(Some(3)) => (Some(208), Some(Color::Yellow)),
        Role::Severity(Some(4..)) | Role::TierNow | Role::Error | Role::Misspelled => {
            (Some(203), Some(Color::Red))
        }
        Role::TierAssess | Role::Better => (Some(176), Some(Color::Magenta)),
        Role::TierWatch => (Some(80), Some(Color::Cyan)),
        _ => (None, None),
    }
}

/// The colour of a role on light: of 256, of 16. No yellow: ochre and rust where there are many colours, red where not.
fn light(role: Role) -> (Option<u8>, Option<Color>) {
    match role {
        Role::Dim
        | Role::Rule
        | Role::TierSteady
        | Role::Copied
        | Role::Repeated
        | Role::Severity(None | Some(0)) => (Some(242), None),
        Role::Focus => (Some(25), Some(Color::Blue)),
        Role::Severity(Some(2)) => (Some(94), Some(Color::Red)),
        Role::TierPlan => (Some(94), None),
        Role::Severity(Some(3)) => (Some(166), Some(Color::Red)),
        Role::Severity(Some(4..)) | Role::TierNow | Role::Error | Role::Misspelled => {
            (Some(160), Some(Color::Red))
        }
        Role::TierAssess | Role::Better => (Some(90), Some(Color::Magenta)),
        Role::TierWatch => (Some(30), Some(Color::Cyan)),
        _ => (None, None),
    }
}

#[cfg(test)]
#[path = "theme_tests.rs"]
mod tests;
