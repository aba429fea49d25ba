//! Lines in the words of somebody else's (L05), and what keeps a plan from being signed (L06).

use super::*;
use concord::packs::{Practice, read_plan_rules};
use concord::rules::plan::hints::About;
use std::sync::Arc;

const G1: About = About::Line(LineRef { kind: LineKind::Goal, number: 1 });

fn compared(rig: &mut Rig, client: ClientId) -> PlanView {
    shown(rig.done(PlanAsk::Compare { client }.into()))
}

#[test]
fn l05_looks_at_the_charts_one_may_read_and_at_each_as_it_is_now() {
    let (mut rig, jo) = jo();
    let kim = rig.hire("kim", &[Role::Counselor], None);
    let sam = rig.admitted("Sam", "Okafor");
    rig.done(rig.problem(sam, "evenings alone", "It is too quiet."));
    for client in [jo, sam] {
        rig.done(add_goal(client, "I want to sleep through the night again."));
    }
    let view = rig.open(jo).plan;
    assert!(view.to_compare && view.alike.is_empty(), "nobody's plan was read yet");
    let view = compared(&mut rig, jo);
    assert_eq!((view.to_compare, view.alike.as_slice()), (false, [G1].as_slice()));
    assert_eq!(rig.open(sam).plan.alike, [G1]);
    // Each is compared as it is now, whoever's it is.
    let words = Quote { words: "I want my evenings to be loud.".into(), ..Quote::default() };
    let view = rig.open(sam).plan;
    let other = Goal { words, ..view.plan.goals[0].clone() };
    let after = shown(rig.done(save(Whole::Goal(Box::new(other)), view.rev(LineRef::goal(1)))));
    assert!(after.alike.is_empty() && rig.open(jo).plan.alike.is_empty());
    rig.open(sam);
    assert_eq!(shown(rig.done(Command::Undo)).alike, [G1]);
    // A counselor who may read one of the two compares with nobody.
    let mut episode = rig.open(sam).episodes[0].clone();
    episode.value.counselor = kim;
    let (rev, episode) = (episode.rev, Box::new(episode.value));
    rig.done(Command::People(People::ChangeEpisode { episode, rev, level: None, sessions: false }));
    rig.lock();
    rig.sign_in("kim");
    assert!(compared(&mut rig, sam).alike.is_empty());
    assert!(rig.fault(PlanAsk::Compare { client: jo }.into()).what.contains("not"));
}

#[test]
fn l05_is_asked_for_when_one_comes_to_the_plan_and_never_says_whose_line_it_is() {
    let (mut rig, jo) = jo();
    let sam = rig.admitted("Sam", "Okafor");
    for client in [jo, sam] {
        rig.done(rig.problem(client, "Lacks coping skills.", ""));
    }
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    desk.keys("down down down").sees("P2 is nearly in the same words for somebody else").sees_no("Okafor");
    desk.sees_no("L05");
}

#[test]
fn l06_a_plan_nobody_took_part_in_is_signed_only_where_the_agency_says_so() {
    let (mut rig, jo, _) = planned();
    let nobody = PlanSigning { client: jo, ..PlanSigning::default() };
    let sign = |rig: &mut Rig| -> Command {
        let seen = rig.open(jo).seen();
        PlanAsk::Sign { signing: Box::new(nobody.clone()), seen, passphrase: Rig::secret() }.into()
    };
    let agency = |rig: &mut Rig, rules: &str| {
        let rules = read_plan_rules("plan.toml", rules).unwrap();
        rig.desk.set_practice(Arc::new(Practice { rules, ..Practice::default() }));
    };
    let ask = sign(&mut rig);
    assert!(rig.fault(ask).what.contains("how the client took part"));
    agency(&mut rig, "blocks = [\"L06\"]");
    let ask = sign(&mut rig);
    assert!(rig.fault(ask).what.contains("or record how they signed"));
    agency(&mut rig, "blocks = []\nhidden = [\"L15\"]");
    let ask = sign(&mut rig);
    rig.done(ask);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p home");
    desk.sees("does not say how the client took part").sees_no("has not been asked");
}
