//! What is above a note's sections: the service it speaks of, and the answers a note gives in a word.

use super::fields::numbered;
use super::{ClockTime, Date, Number, Stage};
use serde::{Deserialize, Serialize};

/// The service a note speaks of. It ends [`Service::span`] minutes after its start, so that start, end and minutes never
/// contradict each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// On which day it began (agency's zone).
    pub date: Date,
    pub start: ClockTime,
    /// How long, minutes of service.
    pub minutes: u16,
    /// Type of service: counseling, assessment, case management, ... (from the lists).
    pub kind: String,
    /// Minutes between start and end that were no service.
    pub pause: u16,
    /// With whom; `None` = not said.
    pub modality: Option<Modality>,
    /// How; `None` = not said.
    pub mode: Option<Mode>,
    pub location: String,
    /// Who else took part. Never another client.
    pub participants: Vec<Participant>,
    /// Minutes of writing, 0 = not said.
    pub documentation: u16,
    /// Minutes on the way, 0 = none.
    pub travel: u16,
}

numbered!(Service {
    1 date, 2 start, 3 minutes, 4 kind, 5 pause, 6 modality, 7 mode, 8 location, 9 participants,
    10 documentation, 11 travel,
});

impl Service {
    /// A service of which only the essentials are known.
    pub fn new(date: Date, start: ClockTime, minutes: u16, kind: &str) -> Self {
        Self { date, start, minutes, kind: kind.to_owned(), ..Self::default() }
    }

    /// Minutes from start to end.
    pub fn span(&self) -> u16 {
        self.minutes.saturating_add(self.pause)
    }

    /// When it ended: the time of day, and whether that is on a later day.
    pub fn end(&self) -> (ClockTime, bool) {
        const DAY: u16 = 24 * 60;
        let end = self.start.0.saturating_add(self.span());
        (ClockTime(end % DAY), end >= DAY)
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word shown.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

words! {
    /// With whom a service was.
    Modality {
        /// The client alone.
        Individual "individual",
        Group "group",
        /// The client and people close to them.
        Family "family",
        /// Others about the client.
        Collateral "collateral",
    }
}

words! {
    /// How people met.
    Mode {
        /// In one room.
        Person "in person",
        /// Seen and heard from afar.
        Video "video",
        /// Heard from afar.
        Phone "phone",
    }
}

/// Somebody who took part besides client and author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participant {
    /// As what (`parent`, `interpreter`).
    pub role: String,
    pub name: String,
}

numbered!(Participant {
    1 role, 2 name,
});

words! {
    /// A header key: one answer a note gives in a word. Formats ask for them, an agency may require them.
    HeaderKey {
        /// Danger, asked about or not.
        Risk "Risk",
        /// Use since the last contact.
        Use "Use since last",
        /// What the client wants, still so?
        Wants "Wants check",
        /// When they meet again.
        Next "Next session",
        /// The client's view of the session, in their words.
        View "Client's view",
        /// Read over with the client.
        Reviewed "Reviewed",
        /// Stage of change of each problem served.
        Stage "Stage",
    }
}

/// What was found when somebody asked, or that nobody did. `Unsaid` is an unanswered key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// The key is not answered.
    #[default]
    Unsaid,
    /// It was not asked about.
    NotAsked,
    /// Asked; nothing was reported.
    NoneReported,
    /// Present; the detail says what.
    Present,
}

impl Asked {
    /// The word shown; empty while the key is not answered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::NotAsked => "not asked",
            Self::NoneReported => "none reported",
            Self::Present => "present",
        }
    }
}

/// What the client wants, checked against what the chart says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WantsCheck {
    /// The key is not answered.
    #[default]
    Unsaid,
    /// Still what they want.
    Same,
    /// Something else now; the detail says what.
    Changed,
}

impl WantsCheck {
    /// The word shown; empty while the key is not answered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::Same => "the same",
            Self::Changed => "something else now",
        }
    }
}

/// Whether the note was read over with the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reviewed {
    /// The key is not answered.
    #[default]
    Unsaid,
    Yes,
    No,
    /// Offered; the client did not want to.
    Declined,
}

impl Reviewed {
    /// The word shown; empty while the key is not answered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::Yes => "yes, with the client",
            Self::No => "no",
            Self::Declined => "offered, declined",
        }
    }
}

/// When they meet again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextSession {
    /// On which day.
    pub date: Option<Date>,
    /// At what time.
    pub time: Option<ClockTime>,
    /// Instead of a day, or besides it ("will call").
    pub words: String,
}

numbered!(NextSession {
    1 date, 2 time, 3 words,
});

/// The answers to the header keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderAnswers {
    pub risk: Asked,
    pub risk_detail: String,
    /// Use since the last contact.
    pub used: Asked,
    /// What, how much, when.
    pub used_detail: String,
    /// Still what they want.
    pub wants: WantsCheck,
    /// What they want now.
    pub wants_detail: String,
    /// When they meet again.
    pub next: NextSession,
    /// The client's view, in their words.
    pub view: String,
    /// Read over with the client.
    pub reviewed: Reviewed,
    /// Stage of change of problems served, as the author saw it in this session.
    pub stages: Vec<(Number, Stage)>,
}

numbered!(HeaderAnswers {
    1 risk, 2 risk_detail, 3 used, 4 used_detail, 5 wants, 6 wants_detail, 7 next, 8 view, 9 reviewed,
    10 stages,
});

/// How far a goal or an objective has come (`clinical.md` 4.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is its own word")]
pub enum Progress {
    #[default]
    Unsaid,
    None,
    Some,
    Substantial,
    Met,
    Worse,
}

impl Progress {
    /// Every answer, in the order of its digits 1 to 5.
    pub const ALL: [Self; 5] = [Self::None, Self::Some, Self::Substantial, Self::Met, Self::Worse];

    /// The word shown; empty if nothing was said.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::None => "none",
            Self::Some => "some",
            Self::Substantial => "substantial",
            Self::Met => "met",
            Self::Worse => "worse",
        }
    }

    /// The sign in a row of them: `0`, `+`, `++`, and the words *met* and *worse*.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::None => "0",
            Self::Some => "+",
            Self::Substantial => "++",
            Self::Met => "met",
            Self::Worse => "worse",
        }
    }
}

/// A short answer a format asks for besides its sections ("With whom").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteField {
    /// Key from the format pack.
    pub key: String,
    /// Title as shown when it was written.
    pub title: String,
    pub value: String,
}

numbered!(NoteField {
    1 key, 2 title, 3 value,
});

/// A passage that came from an earlier note or from the chart, and was not edited since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Key of the section it is in.
    pub section: String,
    /// First byte of it in the section's text.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// From which signed note; 0 = filled from the chart by a field of a phrase, or put into several parts of a group session.
    pub from: Number,
    /// The same words were put into several members' parts of one group session. It names none of them.
    pub in_common: bool,
}

numbered!(Copied {
    1 section, 2 start, 3 end, 4 from, 5 in_common,
});

impl Copied {
    /// Whether it was written for something else: an earlier note, or another part of the same group session.
    pub fn is_copy(&self) -> bool {
        self.from > 0 || self.in_common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_ends_after_its_minutes_and_pause() {
        let start = ClockTime::new(23, 30).unwrap();
        let service = Service { pause: 10, ..Service::new(Date(1), start, 50, "") };
        assert_eq!(service.end(), (ClockTime(30), true));
        let service = Service::new(Date(1), ClockTime(780), 50, "");
        assert_eq!(service.end(), (ClockTime(830), false));
    }
}
