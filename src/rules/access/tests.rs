use super::*;

/// Every allowed cell, written out a second time the other way round: by capability. A change of the table must be
/// made twice, on purpose.
fn expected(role: Role, capability: Capability, relation: Relation) -> bool {
    use Role::{Admin, Auditor, Counselor, FrontDesk, Supervisor};
    let client = matches!(relation, R::Team | R::Program | R::Elsewhere | R::NoEpisode);
    match (capability, role) {
        (C::SeeNames, Admin | FrontDesk) | (C::SeeDemographics | C::ChangeDemographics, Admin) => client,
        (C::SeeNames | C::SeeDemographics | C::ChangeDemographics, Counselor) => {
            matches!(relation, R::Team | R::NoEpisode)
        }
        (C::SeeNames | C::SeeDemographics | C::ChangeDemographics, Supervisor) => {
            matches!(relation, R::Team | R::Program | R::NoEpisode)
        }
        (C::SeeNames | C::SeeDemographics | C::ReadChart, Auditor) => relation == R::Named,
        (C::ReadChart | C::WriteChart, Counselor) => relation == R::Team,
        (C::ReadChart | C::WriteChart, Supervisor) => matches!(relation, R::Team | R::Program),
        (C::OpenWithReason, Counselor) => matches!(relation, R::Program | R::Elsewhere),
        (C::OpenWithReason, Supervisor) => relation == R::Elsewhere,
        (C::ReadDraft | C::ReadNote, Supervisor) => matches!(relation, R::OwnDraft | R::SuperviseesDraft),
        (C::ReadDraft | C::ReadNote | C::CallInError | C::AgreeInError, Counselor)
        | (C::WriteDraft | C::AmendNote, Counselor | Supervisor) => relation == R::OwnDraft,
        (C::CoSign, Supervisor) => relation == R::SuperviseesDraft,
        (C::CallInError | C::AgreeInError, Supervisor) => {
            matches!(relation, R::OwnDraft | R::SuperviseesDraft | R::OthersDraft)
        }
        (C::Admit, Counselor | Supervisor) => relation == R::NoEpisode,
        (C::Register | C::ListStaff, Counselor | Supervisor | Admin)
        | (C::ListStaff, FrontDesk)
        | (C::KeepPhrases, Counselor | Supervisor)
        | (C::ChangeAgencyPhrases, Supervisor | Admin)
        | (C::ManageStaff | C::Import | C::ReadAudit | C::ChangeSettings | C::Maintain, Admin) => {
            relation == R::Agency
        }
        _ => false,
    }
}

#[test]
fn every_cell_of_the_table_for_every_set_of_roles() {
    let mut cells = 0;
    for mask in 0u8..1 << Role::ALL.len() {
        let roles: Vec<Role> =
            (0..5).filter(|bit| mask & (1 << bit) != 0).map(|bit| Role::ALL[bit]).collect();
        for capability in Capability::ALL {
            for relation in Relation::ALL {
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
    assert_eq!(cells, 32 * 23 * 9);
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
    assert_eq!(nobody_else(C::AmendNote, R::SuperviseesDraft), [], "the author alone amends");
    assert_eq!(nobody_else(C::ReadChart, R::Elsewhere), []);
    assert_eq!(nobody_else(C::ReadAudit, R::Agency), [Role::Admin]);
    assert!(!may(&[], C::ListStaff, R::Agency));
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

#[test]
fn relations_follow_the_open_episode() {
    let (rosa, sam, kim) = (StaffId([1; 16]), StaffId([2; 16]), StaffId([3; 16]));
    let episode =
        EpisodeFacts { counselor: rosa, team: vec![sam], program: "IOP".into(), ..EpisodeFacts::default() };
    assert_eq!(relation(rosa, &["OP"], Some(&episode)), Relation::Team);
    assert_eq!(relation(sam, &["OP"], Some(&episode)), Relation::Team);
    assert_eq!(relation(kim, &["IOP"], Some(&episode)), Relation::Program);
    assert_eq!(relation(kim, &["OP"], Some(&episode)), Relation::Elsewhere);
    assert_eq!(relation(kim, &["IOP"], None), Relation::NoEpisode);
    assert_eq!(draft_relation(rosa, rosa, Some(kim)), Relation::OwnDraft);
    assert_eq!(draft_relation(kim, rosa, Some(kim)), Relation::SuperviseesDraft);
    assert_eq!(draft_relation(sam, rosa, Some(kim)), Relation::OthersDraft);
}
