use super::*;
use crate::domain::LeftFacts;

/// Every allowed cell, written out a second time the other way round: by capability. A change of the table must be
/// made twice, on purpose.
fn expected(role: Role, capability: Capability, relation: Relation) -> bool {
    use Role::{Admin, Auditor, Counselor, FrontDesk, Supervisor};
    let free = matches!(relation, R::Left | R::LeftProgram | R::NoEpisode);
    let client = free || matches!(relation, R::Team | R::Opened | R::Program | R::Elsewhere);
    let own = matches!(relation, R::Team | R::Opened | R::Left);
    let program = own || matches!(relation, R::Program | R::LeftProgram);
    match (capability, role) {
        (C::SeeNames | C::ProposeNeed, Admin | FrontDesk)
        | (C::Schedule | C::ChangeContact, FrontDesk)
        | (
            C::SeeDemographics
            | C::ChangeDemographics
            | C::ReadHistory
            | C::Reassign
            | C::AskSamePerson
            | C::AgreeSamePerson,
            Admin,
        ) => client,
        (C::AgreeSamePerson, Supervisor) => program || free,
        (
            C::SeeNames
            | C::SeeDemographics
            | C::ChangeDemographics
            | C::Schedule
            | C::HoldSession
            | C::ProposeNeed
            | C::AskSamePerson,
            Counselor | Supervisor,
        ) => (if role == Counselor { own } else { program }) || free,
        (C::KeepRecords | C::AgreePurge, Admin) | (C::DecideLookAlikes, Admin | FrontDesk) => {
            client || relation == R::Agency
        }
        (C::DecideLookAlikes | C::AgreePurge, Supervisor) => {
            program || matches!(relation, R::NoEpisode | R::Agency)
        }
        (C::SeeNames | C::SeeDemographics | C::ReadChart, Auditor) => relation == R::Named,
        (C::ReadChart | C::WriteChart, Counselor) => own,
        (C::ReadChart | C::WriteChart | C::ReadHistory, Supervisor) => program,
        (C::Reassign, Supervisor) => matches!(relation, R::Team | R::Program),
        (C::OpenWithReason, Counselor) => matches!(relation, R::Program | R::LeftProgram | R::Elsewhere),
        (C::OpenWithReason, Supervisor) => relation == R::Elsewhere,
        (C::ReadDraft | C::ReadDocument, Supervisor) => matches!(relation, R::OwnDraft | R::SuperviseesDraft),
        (C::ReadDraft | C::ReadDocument | C::CallInError | C::AgreeInError, Counselor)
        | (C::WriteDraft | C::AmendDocument, Counselor | Supervisor) => relation == R::OwnDraft,
        (C::CoSign, Supervisor) => relation == R::SuperviseesDraft,
        (C::CallInError | C::AgreeInError, Supervisor) => {
            matches!(relation, R::OwnDraft | R::SuperviseesDraft | R::OthersDraft)
        }
        (C::KeepGroups, Counselor) => matches!(relation, R::Agency | R::Facilitator),
        (C::KeepGroups, Supervisor) => matches!(relation, R::Agency | R::Facilitator | R::GroupProgram),
        (C::LeadGroup, Counselor | Supervisor) => relation == R::Facilitator,
        (C::AnswerDanger, Counselor) => own || free || relation == R::Group,
        (C::AnswerDanger, Supervisor) => program || free || relation == R::Group,
        (C::SeeCard | C::WriteGroupPart, Counselor | Supervisor) => relation == R::Group,
        (C::Admit, Counselor | Supervisor) => free,
        (C::Register | C::ListStaff | C::KeepTasks, Counselor | Supervisor | Admin | FrontDesk)
        | (C::KeepPhrases, Counselor | Supervisor)
        | (C::ChangeAgencyPhrases | C::ArrangeCover, Supervisor | Admin)
        | (C::ManageStaff | C::Import | C::ReadAudit | C::ChangeSettings | C::Maintain, Admin)
        | (C::Supervise, Supervisor) => relation == R::Agency,
        _ => false,
    }
}

#[test]
fn every_cell_of_the_table_for_every_set_of_roles() {
    let mut cells = 0;
    for mask in 0u8..1 << Role::ALL.len() {
        let roles: Vec<Role> =
            (0..5).filter(|bit| mask & (1 << bit) != 0).map(|bit| Role::ALL[bit]).collect();
        for &capability in Capability::ALL {
            for &relation in Relation::ALL {
                let allowed = roles.iter().any(|role| expected(*role, capability, relation));
                assert_eq!(
                    may(&roles, capability, relation),
                    allowed,
                    "{roles:?} {capability:?} {relation:?}"
                );
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 32 * 42 * 16);
}

#[test]
fn the_sentences_of_the_specification() {
    let nobody_else = |capability, relation| {
        Role::ALL.into_iter().filter(|role| may(&[*role], capability, relation)).collect::<Vec<_>>()
    };
    assert!(
        Relation::ALL.iter().all(|relation| !may(&[Role::Admin], C::ReadChart, *relation)),
        "no chart text"
    );
    assert_eq!(nobody_else(C::WriteDraft, R::OwnDraft), [Role::Counselor, Role::Supervisor]);
    assert_eq!(nobody_else(C::ReadDraft, R::OthersDraft), []);
    assert_eq!(nobody_else(C::CoSign, R::SuperviseesDraft), [Role::Supervisor]);
    assert_eq!(nobody_else(C::CoSign, R::OwnDraft), [], "nobody co-signs their own note");
    assert_eq!(nobody_else(C::AmendDocument, R::SuperviseesDraft), [], "the author alone amends");
    assert_eq!(nobody_else(C::ReadChart, R::Elsewhere), []);
    assert_eq!(nobody_else(C::ReadAudit, R::Agency), [Role::Admin]);
    assert!(!may(&[], C::ListStaff, R::Agency));
    // The front desk knows names, how to reach people and times; that a session took place is not theirs to say, nor anything of a chart.
    for &relation in Relation::ALL {
        let chart = [
            C::ReadChart,
            C::WriteChart,
            C::SeeDemographics,
            C::ChangeDemographics,
            C::Admit,
            C::AnswerDanger,
            C::HoldSession,
            C::ReadDraft,
            C::OpenWithReason,
        ];
        assert!(chart.into_iter().all(|capability| !may(&[Role::FrontDesk], capability, relation)));
    }
    assert_eq!(nobody_else(C::Schedule, R::Elsewhere), [Role::FrontDesk]);
    assert_eq!(nobody_else(C::HoldSession, R::NoEpisode), [Role::Counselor, Role::Supervisor]);
    // Roles are a set: an admin who counsels reads the charts of their own clients, and no others.
    let both = [Role::Admin, Role::Counselor];
    assert!(may(&both, C::ReadChart, R::Team) && !may(&both, C::ReadChart, R::Program));
}

#[test]
fn a_capability_stands_once_per_role() {
    for (index, (role, capability, relations)) in TABLE.iter().enumerate() {
        let again = TABLE.iter().skip(index + 1).any(|(r, c, _)| r == role && c == capability);
        assert!(!again && !relations.is_empty(), "{role:?} {capability:?}");
    }
}

const ROSA: StaffId = StaffId([1; 16]);
const SAM: StaffId = StaffId([2; 16]);
const KIM: StaffId = StaffId([3; 16]);
const JO: ClientId = ClientId([9; 16]);

fn staff(id: StaffId, programs: &[&str]) -> Staff {
    Staff {
        id,
        login: String::new(),
        name: String::new(),
        credential: String::new(),
        roles: vec![Role::Counselor],
        supervisor: None,
        cosign_needed: false,
        active: true,
        must_change: false,
        since: Moment(0),
        settings: crate::domain::PersonalSettings::default(),
        programs: programs.iter().map(|name| (*name).to_owned()).collect(),
        salt: [0; 16],
    }
}

fn episode(counselor: StaffId, team: &[StaffId]) -> EpisodeFacts {
    EpisodeFacts { counselor, team: team.to_vec(), program: "IOP".into(), ..EpisodeFacts::default() }
}

/// The relation of somebody to Jo, whose episode this is, on a day.
fn of(who: &Staff, episode: &EpisodeFacts, covers: &[Cover], teams: &[Team], day: i32) -> Relation {
    let programs = ["IOP".to_owned(), "OP".to_owned()];
    let house = House { programs: &programs, covers, teams, accesses: &[] };
    Reach::on(who, &house, Date(day), Moment(0)).relation(JO, Some(episode))
}

#[test]
fn relations_follow_the_open_episode_and_the_programs() {
    let with_rosa = episode(ROSA, &[SAM]);
    for (who, programs, relation) in [
        (ROSA, &["OP"][..], Relation::Team),
        (SAM, &["OP"], Relation::Team),
        (KIM, &["IOP"], Relation::Program),
        (KIM, &["OP"], Relation::Elsewhere),
        // No programs of their own: every program of the agency.
        (KIM, &[], Relation::Program),
    ] {
        assert_eq!(of(&staff(who, programs), &with_rosa, &[], &[], 0), relation, "{who:?} {programs:?}");
    }
    assert_eq!(Reach { who: KIM, ..Reach::default() }.relation(JO, None), Relation::NoEpisode);
}

#[test]
fn of_two_open_stays_each_keeps_its_people() {
    let programs = ["IOP".to_owned(), "OP".to_owned()];
    let house = House { programs: &programs, covers: &[], teams: &[], accesses: &[] };
    let both = Summary {
        client: JO,
        episode: Some(episode(ROSA, &[])),
        also: vec![episode(KIM, &[SAM])],
        ..Summary::default()
    };
    for who in [ROSA, KIM, SAM] {
        let reach = Reach::on(&staff(who, &["OP"]), &house, Date(0), Moment(0));
        assert_eq!(reach.relation_of(&both), R::Team, "{who:?}");
    }
}

#[test]
fn after_the_end_those_who_owed_something_still_reach_the_chart() {
    let programs = ["IOP".to_owned(), "OP".to_owned()];
    let house = House { programs: &programs, covers: &[], teams: &[], accesses: &[] };
    let left = Box::new(LeftFacts { episode: episode(ROSA, &[SAM]), ..LeftFacts::default() });
    let ended = Summary { client: JO, left: Some(left), ..Summary::default() };
    let back = Summary { episode: Some(episode(KIM, &[])), ..ended.clone() };
    for (who, programs, after, again) in [
        (ROSA, &["OP"][..], R::Left, R::Elsewhere),
        (SAM, &["OP"], R::Left, R::Elsewhere),
        (KIM, &["IOP"], R::LeftProgram, R::Team),
        (KIM, &["OP"], R::NoEpisode, R::Team),
    ] {
        let reach = Reach::on(&staff(who, programs), &house, Date(0), Moment(0));
        assert_eq!((reach.relation_of(&ended), reach.relation_of(&back)), (after, again), "{who:?}");
    }
    assert!(
        may(&[Role::Counselor], C::WriteChart, R::Left)
            && !may(&[Role::Counselor], C::ReadChart, R::LeftProgram)
    );
}

#[test]
fn cover_reaches_on_its_days_and_no_others() {
    let kim = staff(KIM, &["OP"]);
    let cover = Cover { away: ROSA, by: KIM, from: Date(10), until: Date(12), ..Cover::default() };
    let other = Cover { away: SAM, by: ROSA, from: Date(0), until: Date(99), ..Cover::default() };
    for (counselor, team, away_is_on_it) in
        [(ROSA, vec![], true), (SAM, vec![ROSA], true), (SAM, vec![], false), (ROSA, vec![SAM], true)]
    {
        for day in 8..15 {
            let expected =
                if away_is_on_it && (10..=12).contains(&day) { Relation::Team } else { Relation::Elsewhere };
            let covers = [other.clone(), cover.clone()];
            assert_eq!(
                of(&kim, &episode(counselor, &team), &covers, &[], day),
                expected,
                "{counselor:?} {day}"
            );
        }
    }
    // Cover is not handed on: who stands in for Kim does not count in for Rosa.
    let sam = staff(SAM, &["OP"]);
    let chain = [cover, Cover { away: KIM, by: SAM, from: Date(0), until: Date(99), ..Cover::default() }];
    assert_eq!(of(&sam, &episode(ROSA, &[]), &chain, &[], 11), Relation::Elsewhere);
}

#[test]
fn a_team_shares_the_charts_of_its_members_in_its_program() {
    let kim = staff(KIM, &["OP"]);
    for active in [true, false] {
        for shares_charts in [true, false] {
            for program in ["", "IOP", "OP"] {
                for members in [vec![ROSA, KIM], vec![ROSA, SAM], vec![SAM, KIM]] {
                    let both = members == [ROSA, KIM];
                    let team = Team {
                        number: 1,
                        name: "T".into(),
                        program: program.into(),
                        members,
                        shares_charts,
                        active,
                    };
                    let reaches = active && shares_charts && both && program != "OP";
                    let expected = if reaches { Relation::Team } else { Relation::Elsewhere };
                    let got = of(&kim, &episode(ROSA, &[]), &[], std::slice::from_ref(&team), 0);
                    assert_eq!(got, expected, "{team:?}");
                    // By a team only those whose counselor is a member, not whoever a member helps with.
                    let helps = of(&kim, &episode(StaffId([7; 16]), &[ROSA]), &[], &[team], 0);
                    assert_eq!(helps, Relation::Elsewhere);
                }
            }
        }
    }
}

#[test]
fn a_reason_opens_one_chart_for_one_person_until_it_ends() {
    let access = Access { by: KIM, client: JO, at: Moment(0), until: Moment(100), ..Access::default() };
    let programs = ["IOP".to_owned()];
    let house = House { programs: &programs, covers: &[], teams: &[], accesses: &[access] };
    let with_rosa = episode(ROSA, &[]);
    let at = |who: StaffId, client, now| {
        Reach::on(&staff(who, &["OP"]), &house, Date(0), Moment(now)).relation(client, Some(&with_rosa))
    };
    assert_eq!(at(KIM, JO, 99), Relation::Opened);
    assert_eq!(at(KIM, JO, 100), Relation::Elsewhere);
    assert_eq!(at(KIM, ClientId([8; 16]), 0), Relation::Elsewhere);
    assert_eq!(at(SAM, JO, 0), Relation::Elsewhere);
    assert_eq!(at(ROSA, JO, 0), Relation::Team);
}

#[test]
fn drafts_are_their_authors_and_their_supervisors() {
    assert_eq!(draft_relation(ROSA, ROSA, Some(KIM)), Relation::OwnDraft);
    assert_eq!(draft_relation(KIM, ROSA, Some(KIM)), Relation::SuperviseesDraft);
    assert_eq!(draft_relation(SAM, ROSA, Some(KIM)), Relation::OthersDraft);
}

#[test]
fn the_audit_key_goes_to_who_reads_history() {
    assert!(holds_audit_key(&[Role::Admin]) && holds_audit_key(&[Role::Counselor, Role::Supervisor]));
    assert!(!holds_audit_key(&[Role::Counselor, Role::FrontDesk, Role::Auditor]) && !holds_audit_key(&[]));
}
