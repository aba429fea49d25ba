//! Groups: who is in one from when until when, and what became of each of its sessions.
//!
//! A roster is a record of its own, owned by the group: nothing of it stands in a client's chart but the group's neutral name.

use super::fields::numbered;
use super::{ClientId, ClockTime, Date, GroupId, Moment, Number, StaffId, Topic, TopicHeld};
use serde::{Deserialize, Serialize};

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// As staff know it.
    pub name: String,
    /// As charts show it: it says nothing of who is in it.
    pub neutral: String,
    /// Key of its kind, which sets limits and breaks.
    pub kind: String,
    /// Key of its service code, which says how units are counted.
    pub code: String,
    pub program: String,
    /// Who leads it.
    pub facilitators: Vec<StaffId>,
    /// Nobody new is taken into it.
    pub closed: bool,
    /// On which day of the week it usually meets, Monday 0; `None` = not said.
    pub weekday: Option<u8>,
    pub start: ClockTime,
    /// How long it usually lasts, minutes.
    pub minutes: u16,
    pub members: Vec<Member>,
    /// It does not meet any more, from this day on.
    pub ended: Option<Date>,
    pub created: Moment,
    pub created_by: StaffId,
    /// What is taught in it, in the order in which it is; empty = it has no curriculum.
    pub curriculum: Vec<Topic>,
}

numbered!(Group {
    1 id, 2 name, 3 neutral, 4 kind, 5 code, 6 program, 7 facilitators, 8 closed, 9 weekday, 10 start, 11 minutes,
    12 members, 13 ended, 14 created, 15 created_by, 16 curriculum,
});

/// Somebody's time in a group. Whoever comes back has another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub client: ClientId,
    /// The first day.
    pub from: Date,
    /// The last day; `None` = still in it.
    pub until: Option<Date>,
    /// Why they left.
    pub reason: String,
    /// Hours that an order or a contract asks of them; 0 = none.
    pub hours: u16,
}

numbered!(Member {
    1 client, 2 from, 3 until, 4 reason, 5 hours,
});

impl Member {
    /// Whether they are in it on a day. The last day counts.
    pub fn is_in(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// What became of somebody at a session. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Here {
    #[default]
    NotMarked,
    Present,
    Late,
    LeftEarly,
    Absent,
    Excused,
}

impl Here {
    /// Every answer, in the order of its digits 1 to 5.
    pub const ALL: [Self; 5] = [Self::Present, Self::Late, Self::LeftEarly, Self::Absent, Self::Excused];

    /// Returns the words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotMarked => "–",
            Self::Present => "present",
            Self::Late => "late",
            Self::LeftEarly => "left early",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    /// Whether they were there at all.
    pub fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }
}

/// A member at one session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupEntry {
    pub client: ClientId,
    pub here: Here,
    /// Minutes after the start at which they came; 0 = at the start.
    pub late: u16,
    /// Minutes before the end at which they left; 0 = at the end.
    pub left: u16,
    /// Why they are excused.
    pub reason: String,
    /// How they took part, from 1 (hardly) to 5 (led others); 0 = not said.
    pub took_part: u8,
    /// Their part while it is written, in their chart; 0 = none.
    pub draft: Number,
    /// Their signed note; 0 = none.
    pub note: Number,
    /// The session in their chart, once the attendance is settled; 0 = not yet.
    pub session: Number,
    /// Their own slip: a check-in in their chart, and nothing of it here; 0 = none.
    pub slip: Number,
}

numbered!(GroupEntry {
    1 client, 2 here, 3 late, 4 left, 5 reason, 6 took_part, 7 draft, 8 note, 9 session, 10 slip,
});

/// Words that looked like another member's name and are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotAMember {
    /// The words as they are compared.
    pub words: String,
    /// Who or what it is.
    pub reason: String,
    /// In whose part; `None` = in the shared one.
    pub part: Option<ClientId>,
    pub by: StaffId,
    pub at: Moment,
}

numbered!(NotAMember {
    1 words, 2 reason, 3 part, 4 by, 5 at,
});

/// Who was at a session besides members and staff. They have no chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guests {
    pub counts: Vec<GuestCount>,
    /// Their names, so that they can be looked for in the parts. They are in no chart.
    pub names: Vec<String>,
    /// They agreed to keep what is said to themselves.
    pub agreed: bool,
}

numbered!(Guests {
    1 counts, 2 names, 3 agreed,
});

/// How many guests of a role there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuestCount {
    /// As the file of kinds calls it (`speaker`).
    pub role: String,
    pub count: u16,
}

numbered!(GuestCount {
    1 role, 2 count,
});

impl Guests {
    /// How many there were.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|one| usize::from(one.count)).sum()
    }

    /// `1 speaker, 2 family`: what a chart says of them.
    pub fn words(&self) -> String {
        let of = |one: &GuestCount| format!("{} {}", one.count, one.role);
        self.counts.iter().filter(|one| one.count > 0).map(of).collect::<Vec<_>>().join(", ")
    }
}

/// One session of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupSession {
    pub group: GroupId,
    /// Which of the group's.
    pub number: Number,
    pub date: Date,
    pub start: ClockTime,
    pub minutes: u16,
    /// What it was about.
    pub topic: String,
    /// Who led it.
    pub facilitators: Vec<StaffId>,
    /// What everybody did, once for all, as it was last settled. While it is written it is in a part.
    pub shared: String,
    /// Whoever was in the group on its day.
    pub entries: Vec<GroupEntry>,
    /// Kept here and in no chart.
    pub not_members: Vec<NotAMember>,
    /// Why it was beyond a limit.
    pub beyond: String,
    pub created: Moment,
    pub created_by: StaffId,
    /// In whose chart the units of a family session stand, once that part is signed.
    pub billed: Option<ClientId>,
    pub guests: Guests,
    /// What of the group's curriculum it held.
    pub topics: Vec<TopicHeld>,
}

numbered!(GroupSession {
    1 group, 2 number, 3 date, 4 start, 5 minutes, 6 topic, 7 facilitators, 8 shared, 9 entries, 10 not_members,
    11 beyond, 12 created, 13 created_by, 14 billed, 15 guests, 16 topics,
});

impl GroupSession {
    /// Whether it is written already; else it is only said who will lead it.
    pub fn is_begun(&self) -> bool {
        !self.entries.is_empty()
    }

    /// How many members came.
    pub fn present(&self) -> usize {
        self.entries.iter().filter(|entry| entry.here.came()).count()
    }

    /// What it was about: `4 Money; waiting out an urge`.
    pub fn about(&self) -> String {
        let held: Vec<String> = self.topics.iter().map(TopicHeld::words).collect();
        let all = [held.join(", "), self.topic.trim().to_owned()];
        all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }

    /// A member's entry.
    pub fn entry(&self, client: ClientId) -> Option<&GroupEntry> {
        self.entries.iter().find(|entry| entry.client == client)
    }
}

/// Which session of which group a note is a part of. It names nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupPart {
    pub group: GroupId,
    /// Which session of the group's; 0 = it is no part of one.
    pub session: Number,
    /// While it is written: its author's newest words of the shared part are in this draft, even if they are none.
    pub carries: bool,
}

numbered!(GroupPart {
    1 group, 2 session, 3 carries,
});

impl GroupPart {
    /// Whether a note is a part of a group session.
    pub fn is_some(self) -> bool {
        self.session > 0
    }
}
