//! One or more samples of every kind of record: every variant of every stored enum is in one of them.

use concord::domain::*;
use concord::store::{DocHead, DocLife, DocText, Front, Login, StoredCost};

pub const JO: ClientId = ClientId([0x11; 16]);
pub const ROSA: StaffId = StaffId([0x22; 16]);

pub fn s(text: &str) -> String {
    text.to_owned()
}

fn dimension(number: u8) -> DimensionRef {
    DimensionRef { set: s("ASAM3"), number }
}

fn signature() -> Signature {
    Signature {
        by: ROSA,
        name: s("Rosa Imani LADC"),
        at: Moment(1_790_000_000_000),
        hash: [0x33; 32],
        proof: vec![0x44; 64],
        key: vec![0x55; 32],
    }
}

pub fn service() -> Service {
    Service {
        date: Date(20_778),
        start: ClockTime(845),
        minutes: 50,
        kind: s("counseling"),
        pause: 10,
        modality: Some(Modality::Family),
        mode: Some(Mode::Video),
        location: s("room 3"),
        participants: vec![Participant { role: s("parent"), name: s("Ana") }],
        documentation: 7,
        travel: 300,
    }
}

pub fn header_answers() -> HeaderAnswers {
    HeaderAnswers {
        risk: Asked::Present,
        risk_detail: s("means at home"),
        used: Asked::NoneReported,
        used_detail: s("none"),
        wants: WantsCheck::Changed,
        wants_detail: s("sleep first"),
        next: NextSession { date: Some(Date(20_785)), time: Some(ClockTime(845)), words: s("or by phone") },
        view: s("it helped"),
        reviewed: Reviewed::Declined,
        stages: vec![(3, Stage::Action)],
    }
}

pub fn served() -> Served {
    Served {
        line: LineRef::objective(2),
        progress: Progress::Substantial,
        sentence: s("three nights"),
        minutes: 25,
    }
}

pub fn copied() -> Copied {
    Copied { section: s("data"), start: 3, end: 300, from: 4, in_common: true }
}

pub fn note_field() -> NoteField {
    NoteField { key: s("with"), title: s("With whom"), value: s("sister") }
}

fn identifier() -> Identifier {
    Identifier { system: s("urn:a"), value: s("1") }
}

pub fn front() -> Front {
    let agency = AgencyFront {
        name: s("Harbor"),
        zone: s("America/New_York"),
        help_now: s("Call 988"),
        lock_after_s: 600,
        demo_hint: s("hint"),
    };
    Front {
        store_id: [1; 16],
        format: 1,
        agency,
        agency_key: vec![4; 80],
        audit_secret: vec![5; 80],
        desk: DeskId([6; 16]),
    }
}

pub fn logins() -> Vec<Login> {
    let full = Login {
        staff: ROSA,
        login_hash: [1; 32],
        root: [2; 32],
        salt: [5; 16],
        cost: StoredCost { memory_kib: 19_456, passes: 2, lanes: 1 },
        keys: vec![6; 118],
        agency_key: vec![7; 80],
        audit_secret: Some(vec![8; 80]),
        active: true,
    };
    let bare = Login { audit_secret: None, active: false, ..full.clone() };
    vec![full, bare]
}

pub fn settings() -> AgencySettings {
    let notes = NoteRules { required: HeaderKey::ALL.to_vec() };
    AgencySettings { demo: true, notes, ..AgencySettings::new("ASAM3", "Outpatient") }
}

pub fn staff() -> Staff {
    Staff {
        id: ROSA,
        login: s("rosa"),
        name: s("Rosa Imani"),
        credential: s("LADC"),
        roles: Role::ALL.to_vec(),
        supervisor: Some(StaffId([0x23; 16])),
        cosign_needed: true,
        active: true,
        must_change: false,
        since: Moment(-1),
        settings: PersonalSettings {
            keymap: s("vim"),
            theme: s("mono"),
            veil: Some(true),
            sort: PeopleSort::Contact,
        },
        programs: vec![s("Outpatient")],
        salt: [7; 16],
    }
}

pub fn triages() -> Vec<Triage> {
    let answer = |dimension, danger, reason: &str, need| TriageAnswer {
        dimension,
        danger,
        reason: s(reason),
        need,
        later: danger.is_none(),
    };
    vec![Triage {
        client: JO,
        number: 2,
        set: s("ASAM3"),
        at: Moment(7),
        by: ROSA,
        answers: vec![
            answer(1, Some(false), "", 0),
            answer(3, Some(true), "has a plan", 4),
            answer(6, None, "", 0),
        ],
    }]
}

pub fn teams() -> Vec<Team> {
    let full = Team {
        number: 1,
        name: s("Evening"),
        program: s("Outpatient"),
        members: vec![ROSA],
        shares_charts: true,
        active: true,
    };
    vec![full, Team::default()]
}

pub fn same_person() -> SamePerson {
    let said = |(at, what)| SameSaid { what, by: ROSA, at: Moment(at), why: s("registered twice") };
    let all = [
        SameWhat::AskedToLink,
        SameWhat::Linked,
        SameWhat::NotLinked,
        SameWhat::AskedToUnlink,
        SameWhat::Unlinked,
        SameWhat::StayLinked,
    ];
    let said = (1..).zip(all).map(said).collect();
    SamePerson { number: 3, leads: JO, other: ClientId([0x25; 16]), said }
}

pub fn legal_holds() -> Vec<LegalHold> {
    let set = LegalHold {
        client: JO,
        number: 1,
        why: s("subpoena of 12 Nov"),
        set_at: Moment(5),
        set_by: ROSA,
        set_by_name: s("Rosa Imani LADC"),
        lifted: None,
    };
    let lifted = Lifted { at: Moment(9), by: ROSA, by_name: s("Rosa Imani LADC"), why: s("case closed") };
    vec![set.clone(), LegalHold { number: 2, lifted: Some(lifted), ..set }]
}

/// One that waits, and one that was done.
pub fn purges() -> Vec<Purge> {
    let said = |what| PurgeSaid { what, by: ROSA, by_name: s("Rosa Imani LADC"), at: Moment(7) };
    let certificate = Certificate {
        record_no: s("A-1001"),
        class: s("Counseling records"),
        rule: s("7 years after the last service"),
        last_service: Date(17_000),
        ended: Date(19_557),
        on: Date(20_000),
        records: 214,
        highest: vec![(s("goal"), 3)],
        copies: vec![s("archive 00000000000000000012.archive, on this computer")],
    };
    let all = vec![said(PurgeWhat::Asked), said(PurgeWhat::NotDone), said(PurgeWhat::Done)];
    let asked = Purge { number: 1, client: JO, said: vec![said(PurgeWhat::Asked)], certificate: None };
    vec![asked.clone(), Purge { number: 2, said: all, certificate: Some(certificate), ..asked }]
}

pub fn set_aside() -> SetAside {
    SetAside {
        import: ImportId([9; 16]),
        number: 2,
        file: s("roster.csv"),
        place: s("line 4"),
        like: JO,
        why: s("same name and birth date"),
        client: clients().remove(0),
        imported: imported(),
        admission: Some(ToAdmit { counselor: s("Rosa"), program: s("Outpatient"), on: Some(Date(20_790)) }),
        not: vec![ClientId([0x26; 16])],
        decided: Some(Decided {
            what: WhoTheyAre::AnotherPerson,
            client: ClientId([0x27; 16]),
            by: ROSA,
            at: Moment(8),
        }),
    }
}

pub fn cover() -> Cover {
    Cover {
        away: ROSA,
        number: 3,
        by: StaffId([0x23; 16]),
        from: Date(20_790),
        until: Date(20_800),
        note: s("groups are off"),
        set_by: StaffId([0x24; 16]),
        set_at: Moment(9),
    }
}

pub fn accesses() -> Vec<Access> {
    AccessReason::ALL
        .into_iter()
        .map(|reason| Access {
            by: ROSA,
            number: 1,
            client: JO,
            reason,
            words: s("the hospital called"),
            at: Moment(10),
            until: Moment(20),
            seen: (reason == AccessReason::Emergency).then_some((StaffId([0x24; 16]), Moment(11))),
        })
        .collect()
}

pub fn hand_over() -> HandOver {
    HandOver { from: ROSA, number: 1, to: StaffId([0x23; 16]), clients: vec![JO], at: Moment(12), by: ROSA }
}

pub fn clients() -> Vec<Client> {
    let full = Client {
        id: JO,
        record_no: s("A-1001"),
        name: PersonName { given: s("Josefina"), family: s("Rivera") },
        preferred: s("Jo"),
        other_names: vec![s("J. Ortiz")],
        former_names: vec![FormerName { name: s("Josefina Ortiz"), until: s("2015-05") }],
        suffix: s("III"),
        pronouns: s("she/her"),
        gender: s("female"),
        birth: Birth::On(Date(7_771)),
        deceased: Some(Date(20_000)),
        languages: vec![s("es"), s("en")],
        interpreter: true,
        phones: vec![Telecom { kind: s("phone"), value: s("555-0100"), usage: s("mobile") }],
        addresses: vec![s("1 Main St")],
        reach: s("mornings"),
        may_leave_message: Some(false),
        emergency_contact: s("her sister"),
        custody: Custody::Own,
        guardian: s("none"),
        identifiers: vec![identifier()],
        import: Some(ImportId([9; 16])),
        created: Moment(2),
        created_by: ROSA,
        circle: vec![CirclePerson {
            name: s("Bram Rivera"),
            relation: s("father"),
            phone: s("555-0199"),
            roles: CircleRole::ALL.to_vec(),
            about: s("no-contact order of 3 May"),
            answers: vec![UnsafeAnswer {
                on: Date(20_000),
                reason: s("the court asks for it"),
                by: ROSA,
                by_name: s("Rosa Imani LADC"),
            }],
        }],
        private: true,
    };
    let births = [
        Birth::Partly { year: 1991, month: Some(4) },
        Birth::About { age: 40, on: Date(20_000) },
        Birth::Unknown,
    ];
    let bare = births.map(|birth| Client { id: JO, birth, ..Client::default() });
    [vec![full], bare.to_vec()].concat()
}

pub fn summary() -> Summary {
    let need = |stands| NeedFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension: 3,
        stands,
        raised_at: Moment(5),
        action: "safety plan".into(),
        words: "said so".into(),
        by: ROSA,
        state_by: ROSA,
        hours: 1,
    };
    Summary {
        client: JO,
        name: "Jo Rivera".into(),
        legal: "Josefina Rivera".into(),
        former: "Josefina Ortiz".into(),
        sort: "rivera josefina".into(),
        find: "jo rivera a-1001".into(),
        record_no: "A-1001".into(),
        birth: Birth::On(Date(7_771)),
        deceased: false,
        episode: Some(EpisodeFacts {
            number: 1,
            admitted: Date(20_000),
            level: "2.1".into(),
            program: "Outpatient".into(),
            counselor: ROSA,
            team: vec![ROSA],
            review_days: 90,
            mandated: true,
        }),
        ratings: vec![RatingFacts {
            dimension: 3,
            now: Some(Severity::Severe),
            on: Date(20_010),
            was: vec![Some(Severity::None), None, Some(Severity::Mild), Some(Severity::Serious)],
            worse_on: Some(Date(20_010)),
            words: "I cannot sleep".into(),
            words_on: Some(Date(20_010)),
            severe_since: Some(Date(20_010)),
        }],
        set: "ASAM3".into(),
        assessed: Some(Date(20_010)),
        needs: vec![
            need(NeedStands::Proposed),
            need(NeedStands::Confirmed),
            need(NeedStands::InHand { recheck_at: Moment(6) }),
            need(NeedStands::Resolved { on: Date(20_011) }),
        ],
        client_first: vec![6, 3],
        wants_set: "ASAM3".into(),
        wants: "my kids back".into(),
        barriers: "bus".into(),
        preferences: "evenings".into(),
        wants_on: Some(Date(20_010)),
        problems: vec![ProblemFacts {
            number: 1,
            set: "ASAM3".into(),
            dimension: 3,
            active: true,
            goal: true,
            away_until: Some(Date(20_300)),
            stage: Some(Stage::Contemplation),
        }],
        last_contact: Some(Date(20_012)),
        days: day_facts(),
        triaged_at: Some(Moment(7)),
        unasked: vec![6],
        plan: PlanFacts {
            made: Some(Moment(20)),
            call: Some(PlanCall { what: CallWhat::Worse(3), on: Date(20_010), at: Moment(21) }),
            fits: Some(Moment(22)),
            used: Some((Date(20_011), true)),
            used_again: Some((Date(20_009), Moment(19))),
            named: vec![ROSA].into(),
            reviewed: Some(Date(20_012)),
            look_again: Some(Date(20_042)),
            full: true,
        },
        heard: HeardFacts {
            asks: Box::new([AskFacts { number: 2, at: Moment(8), hours: 1 }]),
            alerts: Box::new([AlertFacts {
                number: 3,
                kind: AlertKind::Worse,
                since: Date(19_999),
                answered: Some(Date(20_000)),
                words: "PHQ-9 is worse, from 8 to 14".into(),
            }]),
            fed: Some(Date(20_001)),
            barriers: 2,
        },
        left: Some(Box::new(LeftFacts {
            episode: EpisodeFacts { number: 2, counselor: ROSA, ..EpisodeFacts::default() },
            on: Date(19_900),
            kind: LeaveKind::LostToContact,
            contacts: vec![7],
        })),
        also: vec![EpisodeFacts { number: 3, counselor: ROSA, ..EpisodeFacts::default() }],
        told: vec![ToldFacts {
            need: 1,
            entry: 2,
            by: ROSA,
            at: Moment(7),
            taken_by: Some(ROSA),
            taken_at: Moment(9),
        }],
        open_tests: Box::new([OpenTest { number: 4, since: Date(20_001), by: Some(Date(20_008)) }]),
        safety: Some(SafetySigned { episode: 2, on: Date(20_050), look_again: Some(Date(20_080)) }),
        parts: 0x1ff,
        drafts: vec![DraftFacts { by: ROSA, number: 1, kind: DocKind::Assessment, since: Moment(7) }],
        notes: 12,
        proposals: 3,
        import: Some(ImportId([9; 16])),
        waiting: [WaitsFor::Cosign, WaitsFor::Author, WaitsFor::SecondPerson { said_by: ROSA }]
            .map(|waits| DocWaits {
                number: 4,
                root: 2,
                author: ROSA,
                waits,
                since: Moment(8),
                on: Date(20_778),
            })
            .to_vec(),
    }
}

pub fn life() -> DocLife {
    let said = Said { by: ROSA, by_name: s("Rosa Imani LADC"), at: Moment(11), reason: s("wrong chart") };
    let all = [
        LifeWhat::CoSigned,
        LifeWhat::Returned { remark: 3 },
        LifeWhat::Answered { doc: 9 },
        LifeWhat::AddedTo { doc: 10 },
        LifeWhat::AmendedBy { doc: 9 },
        LifeWhat::CalledInError { reason: s("wrong chart") },
        LifeWhat::AgreedInError { said },
        LifeWhat::NotInError,
        LifeWhat::Attested(Box::new(attested())),
    ];
    let entry = |what| {
        let text = LifeText {
            of: [4; 32],
            before: [5; 32],
            by: StaffId([0x23; 16]),
            by_name: s("Kim Osei LPC"),
            at: Moment(12),
            what,
        };
        LifeEntry { frozen: DocLife::freeze(&text).unwrap(), signature: signature() }
    };
    DocLife { client: JO, number: 4, entries: all.map(entry).to_vec() }
}

pub fn remark() -> Remark {
    Remark {
        client: JO,
        number: 3,
        doc: 4,
        by: StaffId([0x23; 16]),
        by_name: s("Kim Osei LPC"),
        at: Moment(10),
        text: s("Say what was agreed."),
    }
}

pub fn episode() -> Episode {
    Episode {
        client: JO,
        number: 1,
        program: s("Outpatient"),
        admitted: Date(20_000),
        discharged: Some((Date(20_100), LeaveKind::Completed)),
        referral: s("court"),
        mandated: true,
        mandate: s("drug court"),
        counselor: ROSA,
        team: vec![StaffId([0x24; 16])],
        review_days: 90,
        created: Moment(1),
        created_by: ROSA,
        chosen: 3,
    }
}

pub fn assessments() -> Vec<Assessment> {
    let cell = |dimension, severity| Cell {
        dimension,
        severity,
        carried: dimension == 2,
        symbols: vec![(1, s("B"))],
        history: s("h"),
        here_and_now: s("n"),
        strengths: s("st"),
        words: s("w"),
    };
    let mut cells: Vec<Cell> =
        (1..).zip(Severity::ALL).map(|(n, severity)| cell(n, Some(severity))).collect();
    cells.push(cell(6, None));
    let make = |purpose, amends, reason| Assessment {
        client: JO,
        number: 1,
        episode: 1,
        set: s("ASAM3"),
        purpose,
        date: Date(20_010),
        by: ROSA,
        sources: s("client"),
        cells: cells.clone(),
        amends,
        reason,
    };
    vec![
        make(Purpose::LevelOfCare, 0, String::new()),
        make(Purpose::TreatmentPlanning, 1, s("a rating slipped")),
        make(Purpose::Reassessment, 0, String::new()),
    ]
}

/// One entry of every step.
fn entries() -> Vec<NeedEntry> {
    let entry = |step, words: &str, was: &str| NeedEntry {
        at: Moment(5),
        by: ROSA,
        step,
        words: s(words),
        was: s(was),
        of: u32::from(step == NeedStep::Corrected),
    };
    vec![
        entry(NeedStep::Raised, "said so", ""),
        entry(NeedStep::SaidAgain, "has the pills", ""),
        entry(NeedStep::Corrected, "said so", "sad so"),
        entry(NeedStep::AnsweredNo, "", ""),
        entry(NeedStep::Kept, "to be watched", ""),
        entry(NeedStep::Confirmed, "", ""),
        entry(NeedStep::InHand, "safety plan", ""),
        entry(NeedStep::Resolved, "seen", ""),
        entry(NeedStep::Dismissed, "misread", ""),
        entry(NeedStep::SinceCorrected, "20 Nov 2026 23:00", "21 Nov 2026 13:00"),
        entry(NeedStep::DimensionCorrected, "D1", "D3"),
        entry(NeedStep::Reopened, "dismissed by mistake", ""),
        entry(NeedStep::Told, "took them all", ""),
    ]
}

pub fn needs() -> Vec<ImmediateNeed> {
    let in_hand = NeedState::InHand { action: s("safety plan"), owner: ROSA, recheck_at: Moment(9) };
    let states = [
        (NeedSource::Clinician, NeedState::Proposed),
        (NeedSource::Rating, NeedState::Confirmed),
        (NeedSource::Instrument, in_hand),
        (NeedSource::Rating, NeedState::Resolved { outcome: s("seen") }),
        (NeedSource::Caller, NeedState::Dismissed { reason: s("misread") }),
    ];
    let make = |(source, state)| ImmediateNeed {
        client: JO,
        number: 1,
        dimension: dimension(3),
        raised_at: Moment(5),
        raised_by: ROSA,
        reason: s("said so"),
        source,
        state,
        state_by: ROSA,
        state_at: Moment(6),
        history: entries(),
        hours: 1,
    };
    states.into_iter().map(make).collect()
}

pub fn wants() -> Wants {
    Wants {
        wants: s("my kids back"),
        why_now: s("hearing in May"),
        first: vec![6, 3],
        set: s("ASAM3"),
        words: s("first the flat"),
        on: Date(20_010),
        by: ROSA,
        barriers: s("bus"),
        preferences: s("evenings"),
    }
}

pub fn problems() -> Vec<Problem> {
    let statuses = [
        ProblemStatus::Active,
        ProblemStatus::Deferred { reason: s("later"), revisit: Date(20_200) },
        ProblemStatus::Referred {
            to: s("clinic"),
            kept: ReferralKept::NoAnswer,
            look_again: Some(Date(20_201)),
        },
        ProblemStatus::Resolved { note: s("sleeps") },
        ProblemStatus::EnteredInError { reason: s("other person") },
    ];
    let make = |status| Problem {
        client: JO,
        number: 3,
        wording: s("insomnia"),
        words: s("I cannot sleep"),
        dimension: dimension(3),
        second: Some(dimension(2)),
        stages: Stage::ALL.iter().map(|stage| (Date(20_000), *stage)).collect(),
        status,
        status_on: Date(20_001),
        rank: 300,
        code: Some((s("icd10"), s("G47.00"))),
        added_at: Moment(1),
        added_by: ROSA,
        added_by_name: s("Rosa Imani LADC"),
        changed_at: Moment(2),
        changed_by: ROSA,
        episode: 2,
        finding: Some(Finding { assessment: 4, on: Date(20_000), rating: Some(3) }),
        explanation: s("it began after the move"),
        rulers: Rulers {
            importance: Some((8, Date(20_000))),
            confidence: Some((3, Date(20_001))),
            readiness: None,
        },
    };
    statuses.into_iter().map(make).collect()
}

pub fn heads() -> Vec<DocHead> {
    let note = OwnFacts::Note(NoteFacts {
        format: s("DAP"),
        service: service(),
        links: vec![3],
        words: 312,
        gist: s("Came on time"),
        lines: vec![served()],
        off_plan: true,
        risk: Asked::NotAsked,
        used: Asked::Present,
        next: header_answers().next,
        session: 9,
        sketch: vec![0, u64::MAX],
        contact: true,
        group: super::groups::part(),
    });
    let own = std::iter::once(note).chain(assessments().into_iter().map(OwnFacts::Assessment));
    let own = own.chain(super::plan::versions().into_iter().map(OwnFacts::Plan));
    let own = own.chain(super::plan::review_facts().into_iter().map(OwnFacts::Review));
    let own = own.chain(super::discharge::facts().into_iter().map(OwnFacts::Discharge));
    let own = own.chain([OwnFacts::Safety(super::safety::facts())]);
    let head = |own| {
        let facts = DocFacts {
            episode: 1,
            on: Date(20_010),
            adds_to: 2,
            amends: 3,
            root: 2,
            reason: s("wrong day"),
            begun: Moment(-5),
            late: true,
            cosign: true,
            signed_at: Moment(20),
            own,
        };
        DocHead::signed(JO, 4, signature(), DocHead::freeze(&facts).unwrap()).unwrap()
    };
    own.map(head).collect()
}

pub fn note_text() -> DocText {
    let text = NoteText {
        sections: vec![Section { key: s("data"), title: s("Data"), text: s("Came on time.") }],
        client_name: s("Jo Rivera"),
        record_no: s("A-1001"),
        format: s("DAP"),
        service: service(),
        links: vec![(3, s("insomnia"))],
        author: s("Rosa Imani LADC"),
        signed_at: Moment(8),
        addendum_to: 2,
        format_name: s("DAP, ours"),
        answers: header_answers(),
        fields: vec![note_field()],
        lines: vec![(served(), s("sleeps six hours"))],
        serves_nothing: s("crisis"),
        session: 9,
        copied: vec![copied()],
        amends: 3,
        reason: s("wrong day"),
        begun: Moment(-5),
        late: true,
        group: super::groups::part(),
        guessed: true,
    };
    DocText::of_note(&text).unwrap()
}

pub fn attested() -> Attested {
    Attested {
        whose: Party::Guardian(s("Ana")),
        how: Some(SignedHow::Unable),
        name: s("Jo"),
        relation: s("mother"),
        words: s("asleep"),
        heard_by: s("Kim"),
        ask_again: Some(Date(20_100)),
        interpreter: s("Spanish, Luz"),
        copy: Some(CopyGiven::Later),
        given: Date(20_090),
    }
}

pub fn phrases() -> Vec<Phrase> {
    let phrase = Phrase {
        number: 3,
        kind: PhraseKind::Template,
        name: s("weekly"),
        title: s("Week to week"),
        format: s("DAP"),
        text: s("# Data\n{client.preferred} [[how]]"),
        by: ROSA,
        at: Moment(9),
        gone: true,
    };
    vec![phrase, Phrase::default()]
}

pub fn imported() -> Imported {
    Imported {
        client: JO,
        import: ImportId([9; 16]),
        proposals: vec![Proposal {
            number: 1,
            wording: s("asthma"),
            code: Some((s("snomed"), s("195967001"))),
            status: s("active"),
            onset: Some(Date(100)),
            abated: None,
            source: identifier(),
            accepted: Some(3),
        }],
        allergies: vec![KnownAllergy {
            substance: s("penicillin"),
            criticality: s("high"),
            status: s("active"),
            recorded: Some(Date(101)),
            source: identifier(),
        }],
        medications: vec![KnownMedication {
            name: s("sertraline"),
            status: s("active"),
            on: Some(Date(102)),
            prescriber: s("Dr. Lee"),
            dosage: s("daily"),
            source: identifier(),
        }],
        encounters: vec![PastEncounter {
            on: Some(Date(103)),
            what: s("visit"),
            with: s("clinic"),
            source: identifier(),
        }],
        contacts: vec![OutsideContact {
            name: s("Dr. Lee"),
            role: s("physician"),
            reach: vec![s("555-0101")],
            address: s("2 Main St"),
            source: identifier(),
        }],
        as_recorded: vec![(s("Patient"), s("{}"))],
    }
}

pub fn import_run() -> ImportRun {
    ImportRun { id: ImportId([9; 16]), started: Moment(4), by: ROSA, done: true, clients: 24 }
}

pub fn day_facts() -> DayFacts {
    let facts = |number, stands, note| SessionFacts {
        number,
        date: Date(20_778),
        start: ClockTime(845),
        minutes: 50,
        kind: "counseling".into(),
        modality: Some(Modality::Group),
        mode: Some(Mode::Video),
        staff: ROSA,
        stands,
        note,
        outreach: 2,
        weekly: true,
        left_to: Some(StaffId([0x24; 16])),
    };
    DayFacts {
        sessions: vec![
            facts(1, SessionStands::Planned, NoteStands::None),
            facts(2, SessionStands::Arrived { at: Moment(9) }, NoteStands::Draft(3)),
            facts(3, SessionStands::Held, NoteStands::Signed(4)),
            facts(4, SessionStands::Missed, NoteStands::NotNeeded),
            facts(5, SessionStands::Cancelled(CancelledBy::Client), NoteStands::None),
            facts(6, SessionStands::Cancelled(CancelledBy::Agency), NoteStands::None),
            facts(7, SessionStands::Cancelled(CancelledBy::Circumstances), NoteStands::None),
        ],
        older: Some(Date(20_001)),
        held: vec![Date(20_001), Date(20_002)],
        held_since: vec![Date(20_002)],
        met: Some(Date(20_002)),
        missed: 2,
        missed_on: Some(Date(20_009)),
        misses: vec![MissFacts {
            duty: "review".into(),
            session: 0,
            due: Date(20_030),
            planned: Date(20_035),
        }],
        apart: vec![Date(20_002)],
    }
}

pub fn sessions() -> Vec<Session> {
    let outreach = Outreach {
        at: Moment(8),
        on: Date(20_010),
        by: ROSA,
        how: s("call"),
        reached: true,
        words: s("says the bus was late"),
    };
    let full = Session {
        client: JO,
        number: 3,
        date: Date(20_009),
        start: ClockTime(845),
        minutes: 50,
        kind: s("counseling"),
        modality: Some(Modality::Individual),
        mode: Some(Mode::Person),
        place: s("room 2"),
        with: s("her sister"),
        staff: ROSA,
        others: vec![StaffId([0x23; 16])],
        interpreter: true,
        state: SessionState::Missed,
        note: SessionNote::None,
        outreach: vec![outreach],
        series: 1,
        code: s("H0004"),
        units: 3,
        created: Moment(1),
        created_by: ROSA,
        changed: Moment(2),
        changed_by: ROSA,
        left_to: Some(StaffId([0x24; 16])),
        episode: 2,
    };
    let cancelled = |by| SessionState::Cancelled { by, at: Moment(7), reason: s("a cold") };
    let states = [
        (SessionState::Planned, SessionNote::Draft(2)),
        (SessionState::Arrived { at: Moment(6) }, SessionNote::Signed(5)),
        (SessionState::Held, SessionNote::NotNeeded(s("a lift to court"))),
        (cancelled(CancelledBy::Client), SessionNote::None),
        (cancelled(CancelledBy::Agency), SessionNote::None),
        (cancelled(CancelledBy::Circumstances), SessionNote::None),
    ];
    let more = states.map(|(state, note)| Session { state, note, ..full.clone() });
    [vec![full], more.to_vec()].concat()
}

pub fn task() -> Task {
    Task {
        id: TaskId([0x66; 16]),
        text: s("Call the pharmacy"),
        due: Date(20_800),
        to: ROSA,
        client: Some(JO),
        created: Moment(3),
        created_by: StaffId([0x23; 16]),
        handed: vec![(StaffId([0x23; 16]), Moment(4))],
        episode: 2,
    }
}

pub fn miss() -> Miss {
    Miss {
        client: JO,
        number: 1,
        duty: s("assessment"),
        session: 2,
        due: Date(20_030),
        planned: Date(20_035),
        reason: s("in hospital"),
        at: Moment(5),
        by: ROSA,
    }
}

pub fn due_choice() -> DueChoice {
    DueChoice { programs: vec![(s("Outpatient"), s("mn-outpatient"))], closed: vec![Date(20_812)] }
}
