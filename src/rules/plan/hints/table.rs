//! One row for each hint of `clinical.md` 2.7: an example on which it fires, and the same example mended.

use super::super::alike::{Others, words};
use super::super::version::SignedVersion;
use super::tests::{TODAY, agree, around, codes_of, sound, trail, written};
use super::{About, Around, Mend, hints};
use crate::domain::{
    Assent, Attested, ClientId, Date, Diagnosis, Doer, GoalKind, ImmediateNeed, LevelDecision,
    MedicationAnswer, NeedState, NoteDraft, Often, Progress, SignedHow, Stage, TookPart, Who, Written,
};
use crate::packs::{self, Library, read_library};
use crate::rules::header::must_say_why;
use crate::rules::plan::Plan;
use crate::rules::sketch::{repeated, sketch};

/// What is known besides the plan, as it can be changed by a row.
#[derive(Clone, Default)]
struct World {
    bare: Vec<u8>,
    level: Option<LevelDecision>,
    least_hours: Option<u16>,
    diagnoses: Vec<Diagnosis>,
    needs: Vec<ImmediateNeed>,
    library: Library,
    others: Option<Plan>,
    safe: bool,
    review_over: Option<i32>,
    version: Option<SignedVersion>,
}

impl World {
    fn codes(&self, plan: &Plan) -> Vec<u8> {
        let mut others = Others::default();
        if let Some(other) = &self.others {
            others.take(ClientId([9; 16]), words(other).into_iter().map(|(_, words)| words).collect());
        }
        let alike: Vec<About> = others.like(plan, &[ClientId([1; 16])]);
        let all = Around {
            bare: &self.bare,
            level: self.level.as_ref(),
            least_hours: self.least_hours,
            diagnoses: &self.diagnoses,
            needs: &self.needs,
            safe: self.safe,
            library: &self.library,
            alike: &alike,
            review_over: self.review_over,
            version: self.version.as_ref(),
            ..around()
        };
        codes_of(plan, all)
    }
}

type Change = fn(&mut Plan, &mut World);

/// Code, what makes it fire in a plan with nothing to remark, and what mends that. The client agrees again after each.
const ROWS: &[(u8, Change, Change)] = &[
    (
        1,
        |plan, _| {
            plan.goals[0].wording = "Reduce alcohol use".into();
            plan.goals[0].words.words.clear();
        },
        |plan, _| plan.goals[0].words.words = "Not drink on Thursdays.".into(),
    ),
    (2, |_, world| world.review_over = Some(3), |_, world| world.review_over = None),
    (
        3,
        |plan, _| plan.objectives[0].step = "understand my triggers".into(),
        |plan, _| plan.objectives[0].step = "list two reasons my daughter says she worries".into(),
    ),
    (
        4,
        |plan, world| {
            plan.goals[0].problems.clear();
            world.bare = vec![6];
        },
        |plan, world| {
            plan.goals[0].problems = vec![1];
            world.bare.clear();
        },
    ),
    (
        5,
        |plan, world| {
            plan.problems[0].wording = "Lacks coping skills.".into();
            world.others = Some(plan.clone());
            plan.goals[0].words.words = "Something else altogether for me.".into();
            plan.objectives[0].step = "bring the drums to the band".into();
        },
        |plan, _| plan.problems[0].wording = "Drank within 2 h of each argument, 4 times in May.".into(),
    ),
    (
        6,
        |_, world| world.version = Some(SignedVersion::default()),
        |_, world| {
            let signed = Attested { how: Some(SignedHow::Paper), ..Attested::default() };
            let version = world.version.as_mut().unwrap();
            version.attested.push((signed, "Rosa Imani LADC".into()));
        },
    ),
    (
        7,
        |plan, _| {
            plan.goals[0].kind = GoalKind::Stop;
            plan.objectives[0].safety = false;
            plan.problems[0].stages = vec![(Date(19_990), Stage::Precontemplation)];
        },
        |plan, _| plan.goals[0].kind = GoalKind::FindOut,
    ),
    (
        9,
        |plan, _| plan.trails = vec![trail(&[(15, Progress::Some)])],
        |plan, _| plan.trails = vec![trail(&[(14, Progress::Some)])],
    ),
    (
        11,
        |plan, _| plan.problems[0].wording = "Is in denial about court.".into(),
        |plan, _| plan.problems[0].wording = "Says drinking is not the issue; came because of court.".into(),
    ),
    (
        12,
        |_, world| {
            let gap =
                LevelDecision { indicated: "3.5".into(), actual: "2.1".into(), ..LevelDecision::default() };
            world.level = Some(gap);
        },
        |_, world| world.level.as_mut().unwrap().reason = "waiting list".into(),
    ),
    (
        13,
        |plan, _| plan.goals[0].strengths.clear(),
        |plan, _| plan.basics.strengths = written("called his sister both times"),
    ),
    (
        14,
        |plan, _| plan.basics.complete_when = Written::default(),
        |plan, _| plan.basics.complete_when = written("eight dry Thursdays"),
    ),
    (15, |plan, _| plan.objectives[0].amount = "twice a week".into(), |_, _| {}),
    (16, |plan, _| agree(plan, Assent::Declined), |_, _| {}),
    (
        17,
        |plan, _| plan.objectives[0].doer = Doer::Nobody,
        |plan, _| plan.objectives[0].doer = Doer::Other("sister L.".into()),
    ),
    (
        18,
        |plan, _| plan.methods[0].dose.often = Often::WhenNeeded(String::new()),
        |plan, _| plan.methods[0].dose.often = Often::WhenNeeded("after court".into()),
    ),
    (
        19,
        |plan, _| {
            plan.objectives[0].safety = false;
            plan.problems[0].stages = vec![(Date(19_990), Stage::Contemplation)];
        },
        |plan, _| plan.problems[0].stages.push((Date(19_995), Stage::Preparation)),
    ),
    (
        20,
        |plan, _| {
            plan.objectives[0].step = "participate comprehensively in psychoeducational interventions \
                addressing maladaptive cognitive interpretations and interpersonal communication difficulties"
                .into();
        },
        |plan, _| plan.objectives[0].step = "call my sister at eight on each day in court".into(),
    ),
    (
        21,
        |plan, _| plan.goals[0].line.required_by = "probation".into(),
        |plan, _| plan.goals[0].line.required_by.clear(),
    ),
    (
        22,
        |_, world| {
            world.needs.push(ImmediateNeed {
                state: NeedState::Confirmed,
                dimension: crate::domain::DimensionRef { set: "ASAM3".into(), number: 3 },
                ..ImmediateNeed::default()
            });
        },
        |_, world| world.safe = true,
    ),
    (
        23,
        |plan, _| plan.basics.supports.people.clear(),
        |plan, _| plan.basics.supports.declined = "I do this alone.".into(),
    ),
    (
        24,
        |plan, _| {
            plan.objectives[0].doer = Doer::Other("sister L.".into());
            plan.methods[0].objective = 0;
        },
        |plan, _| plan.methods[0].objective = 1,
    ),
    (
        25,
        |plan, _| plan.objectives[0].by = Some(Date(TODAY.0 - 1)),
        |plan, _| plan.objectives[0].by = Some(TODAY),
    ),
    (
        26,
        |plan, _| plan.trails = vec![trail(&[(9, Progress::None), (2, Progress::Worse)])],
        |plan, _| plan.trails = vec![trail(&[(9, Progress::None), (2, Progress::Some)])],
    ),
    (27, |_, world| world.least_hours = Some(9), |plan, _| plan.methods[0].dose.minutes = 540),
    (
        28,
        |plan, _| plan.objectives[0].sure = Some(6),
        |plan, _| plan.objectives[0].barrier = "the bus is late".into(),
    ),
    (
        29,
        |_, world| world.diagnoses = vec![Diagnosis { code: "F11.20".into(), ..Diagnosis::default() }],
        |plan, _| plan.basics.medication = MedicationAnswer::Declined,
    ),
    (
        30,
        |plan, _| {
            plan.goals[0].focus = true;
            for number in 2..=4 {
                let (mut goal, mut step) = (plan.goals[0].clone(), plan.objectives[0].clone());
                (goal.line.number, step.line.number, step.goal) = (number, number, number);
                let mut trail = plan.trails[0].clone();
                trail.line = crate::domain::LineRef::objective(number);
                plan.goals.push(goal);
                plan.objectives.push(step);
                plan.trails.push(trail);
            }
        },
        |plan, _| plan.goals[3].focus = false,
    ),
];

#[test]
fn every_hint_of_the_plan_fires_on_its_example_alone_and_falls_silent_when_that_is_mended() {
    for (code, fires, mended) in ROWS {
        let (mut plan, mut world) = (sound(), World::default());
        fires(&mut plan, &mut world);
        if !matches!(code, 15 | 16) {
            agree(&mut plan, Assent::Agreed);
        }
        assert_eq!(world.codes(&plan), [*code], "L{code:02} on its example");
        mended(&mut plan, &mut world);
        agree(&mut plan, Assent::Agreed);
        assert_eq!(world.codes(&plan), [0; 0], "L{code:02} mended");
    }
}

/// The others: L08 is asked when a note is signed, L10 is marked in the note, L31 waits for consents.
#[test]
fn every_code_has_its_example() {
    let mut codes: Vec<u8> = ROWS.iter().map(|(code, ..)| *code).collect();
    codes.extend([8, 10, 31]);
    codes.sort_unstable();
    assert_eq!(codes, (1..=31).collect::<Vec<u8>>());
    let (dap, mut note) = (packs::format("DAP").unwrap(), NoteDraft::default());
    assert!(must_say_why(&note, dap, true));
    note.links = vec![1];
    assert!(!must_say_why(&note, dap, true));
    let last = "Jo came on time and chose to start with the hearing; we went through the two evenings after court \
        hour by hour and named what had helped each time.";
    let known = sketch([last]).into_iter().map(|number| (number, 7)).collect();
    assert_eq!(repeated(last, &known).len(), 1);
    assert!(
        repeated("Today it was all about the drums, and the boy who wants to learn them at school.", &known)
            .is_empty()
    );
}

#[test]
fn l05_compares_with_the_library_too_and_never_a_method() {
    let file = "key = \"s\"\nname = \"Sleep\"\n[[objective]]\nstep = \"go to the «day» meeting\"\namount = \"weekly\"\n\
        [[method]]\nwording = \"Individual session\"\n";
    let world =
        World { library: Library::of(vec![read_library("s.toml", file).unwrap()]), ..World::default() };
    assert_eq!(world.codes(&sound()), [5], "one word of their own: Thursday");
    let mut plan = sound();
    plan.objectives[0].step = "go to the Thursday meeting with Lena by bus".into();
    agree(&mut plan, Assent::Agreed);
    assert_eq!(world.codes(&plan), [0; 0]);
}

#[test]
fn l06_is_silent_where_the_client_took_part_and_l02_where_there_is_no_plan() {
    let mut world = World::default();
    let mut version = SignedVersion::default();
    version.facts.took_part = Some(TookPart::Distance);
    world.version = Some(version);
    assert_eq!(world.codes(&sound()), [0; 0]);
    world.review_over = Some(3);
    assert_eq!(world.codes(&Plan::default()), [0; 0]);
}

#[test]
fn a_review_that_is_over_is_mended_by_a_review_once_a_plan_is_signed() {
    let version = SignedVersion::default();
    let mend = |version| {
        let hints = hints(&sound(), Around { review_over: Some(3), version, ..around() });
        hints.into_iter().find(|hint| hint.code == 2).map(|hint| hint.mend)
    };
    assert_eq!(mend(None), Some(Mend::Assess));
    assert_eq!(mend(Some(&version)), Some(Mend::Review));
}

#[test]
fn the_agency_chooses_which_are_shown() {
    let rules = packs::read_plan_rules("plan.toml", "hidden = [\"L18\", \"L13\"]\n").unwrap();
    let mut plan = sound();
    plan.methods[0].who = Who::Nobody;
    plan.goals[0].strengths.clear();
    plan.objectives[0].amount.clear();
    agree(&mut plan, Assent::Agreed);
    assert_eq!(codes_of(&plan, around()), [3, 13, 18]);
    assert_eq!(codes_of(&plan, Around { rules: &rules, ..around() }), [3]);
}
