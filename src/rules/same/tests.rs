use super::*;
use crate::domain::{DraftFacts, EpisodeFacts, NeedFacts};

const SAM: StaffId = StaffId([1; 16]);
const KIM: StaffId = StaffId([2; 16]);

fn chart(byte: u8, record_no: &str) -> Summary {
    Summary {
        client: ClientId([byte; 16]),
        record_no: record_no.into(),
        find: format!("jo rivera\t555{byte}").into(),
        episode: Some(EpisodeFacts::default()),
        ..Summary::default()
    }
}

fn link(number: u32, leads: &Summary, other: &Summary, said: &[SameWhat]) -> SamePerson {
    let mut same = SamePerson { number, leads: leads.client, other: other.client, ..SamePerson::default() };
    for what in said {
        say(&mut same, *what, SAM, Moment(0), String::new());
    }
    same
}

#[test]
fn a_link_is_where_its_last_entry_puts_it() {
    use SameWhat as W;
    let (one, two) = (chart(1, "A-1001"), chart(2, "A-1032"));
    for (said, stands, holds) in [
        (&[][..], SameStands::Over, false),
        (&[W::AskedToLink], SameStands::Asked, false),
        (&[W::AskedToLink, W::NotLinked], SameStands::Over, false),
        (&[W::AskedToLink, W::Linked], SameStands::Linked, true),
        (&[W::AskedToLink, W::Linked, W::AskedToUnlink], SameStands::UnlinkAsked, true),
        (&[W::AskedToLink, W::Linked, W::AskedToUnlink, W::StayLinked], SameStands::Linked, true),
        (&[W::AskedToLink, W::Linked, W::AskedToUnlink, W::Unlinked], SameStands::Over, false),
    ] {
        let same = link(1, &one, &two, said);
        assert_eq!((SameStands::of(&same), SameStands::of(&same).holds()), (stands, holds), "{said:?}");
        let links = Links::of([&same]);
        assert_eq!(links.leading(two.client), holds.then_some(one.client), "{said:?}");
        assert_eq!(links.charts(two.client).len(), 1 + usize::from(holds), "{said:?}");
    }
}

#[test]
fn nobody_agrees_to_what_they_asked_for_and_everybody_who_asked_can_take_it_back() {
    use SameWhat as W;
    let (one, two) = (chart(1, "A-1001"), chart(2, "A-1032"));
    let asked = link(1, &one, &two, &[W::AskedToLink]);
    assert!(decided(&asked, SAM, true).unwrap_err().contains("somebody else has to agree"));
    assert_eq!(decided(&asked, SAM, false), Ok(W::NotLinked));
    assert_eq!(decided(&asked, KIM, true), Ok(W::Linked));
    let unlink = link(1, &one, &two, &[W::AskedToLink, W::Linked, W::AskedToUnlink]);
    assert!(decided(&unlink, SAM, true).is_err());
    assert_eq!(decided(&unlink, KIM, true), Ok(W::Unlinked));
    assert_eq!(decided(&unlink, KIM, false), Ok(W::StayLinked));
    let linked = link(1, &one, &two, &[W::AskedToLink, W::Linked]);
    assert!(decided(&linked, KIM, false).is_err(), "there is nothing to decide");
}

#[test]
fn a_chart_leads_others_or_is_led_by_one_and_an_admitted_chart_leads() {
    use SameWhat as W;
    let (one, two, three) = (chart(1, "A-1001"), chart(2, "A-1032"), chart(3, "A-1040"));
    let linked = link(1, &one, &two, &[W::AskedToLink, W::Linked]);
    let all = [&linked];
    assert_eq!(hinders(&[], &one, &two), None);
    assert!(hinders(&[], &one, &one).unwrap().contains("the chart you are in"));
    assert!(hinders(&all, &two, &one).unwrap().contains("linked already"));
    assert_eq!(hinders(&all, &one, &three), None, "a chart leads several");
    assert!(hinders(&all, &two, &three).is_some(), "a chart that is led does not lead");
    assert!(hinders(&all, &three, &two).is_some(), "no chart is led by two");
    assert!(hinders(&all, &three, &one).is_some(), "nor is a chart led that leads");
    let over = link(1, &one, &two, &[W::AskedToLink, W::NotLinked]);
    assert_eq!(hinders(&[&over], &two, &one), None, "what was declined can be asked again");
    let new = Summary { episode: None, ..three };
    assert!(hinders(&[], &new, &one).unwrap().contains("Let A-1001 lead"));
    assert_eq!(hinders(&[], &one, &new), None);
}

#[test]
fn the_one_line_of_a_person_is_found_by_both_numbers_and_counts_what_is_open_in_both() {
    let leads = Summary {
        needs: vec![NeedFacts::default()],
        drafts: vec![DraftFacts::default()],
        notes: 2,
        ..chart(1, "A-1001")
    };
    let other = Summary {
        needs: vec![NeedFacts::default()],
        drafts: vec![DraftFacts::default(); 2],
        notes: 3,
        find: "johanna rivera\t9".into(),
        ..chart(2, "A-1032")
    };
    let line = one_line(&leads, [&other]);
    assert_eq!((line.client, &line.record_no), (leads.client, &leads.record_no));
    assert_eq!((line.needs.len(), line.drafts.len(), line.notes), (2, 3, 5));
    assert_eq!(&*line.find, "jo rivera johanna rivera\t5551 9 a1032");
    let found = super::super::find::find([super::super::find::Candidate::from(&line)], "A-1032");
    assert_eq!(found.found, [0]);
}
