//! Samples of groups.

use super::samples::{JO, ROSA, s};
use concord::domain::*;

const GROUP: GroupId = GroupId([9; 16]);

pub fn part() -> GroupPart {
    GroupPart { group: GROUP, session: 4, carries: true }
}

pub fn group() -> Group {
    let member = Member {
        client: JO,
        from: Date(20_000),
        until: Some(Date(20_050)),
        reason: s("moved away"),
        hours: 24,
    };
    Group {
        id: GROUP,
        name: s("Evening group 2"),
        neutral: s("Group B"),
        kind: s("process"),
        code: s("90853"),
        program: s("Outpatient"),
        facilitators: vec![ROSA],
        closed: true,
        weekday: Some(3),
        start: ClockTime(1050),
        minutes: 90,
        members: vec![member],
        ended: Some(Date(20_100)),
        created: Moment(5),
        created_by: ROSA,
        curriculum: vec![Topic { number: 4, title: s("Money"), minutes: 60, handout: s("a budget") }],
    }
}

pub fn session() -> GroupSession {
    let all = [Here::NotMarked].into_iter().chain(Here::ALL);
    let entry = |here| GroupEntry {
        client: JO,
        here,
        late: 20,
        left: 30,
        reason: s("at court"),
        took_part: 4,
        draft: 2,
        note: 3,
        session: 9,
        slip: 5,
    };
    let not = NotAMember { words: s("hope"), reason: s("a street"), part: Some(JO), by: ROSA, at: Moment(6) };
    GroupSession {
        group: GROUP,
        number: 4,
        date: Date(20_010),
        start: ClockTime(1050),
        minutes: 90,
        topic: s("urges"),
        facilitators: vec![ROSA],
        shared: s("Three ways were tried."),
        entries: all.map(entry).collect(),
        not_members: vec![not],
        beyond: s("a visitor"),
        billed: Some(JO),
        created: Moment(7),
        created_by: ROSA,
        guests: Guests {
            counts: vec![GuestCount { role: s("speaker"), count: 2 }],
            names: vec![s("Ada")],
            agreed: true,
        },
        topics: vec![TopicHeld { number: 4, title: s("Money"), minutes: 45 }],
    }
}
