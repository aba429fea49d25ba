//! What is on the client's page, and what never is.

use super::*;
use crate::domain::{
    Agreement, Dose, LineRef, Often, Per, PlanBasics, PlanLine, Problem, Progress, Quote, Referral, Support,
    Supports, Trail, TrailMark, Written,
};
use crate::packs::page_words;
use crate::rules::plan::changes_page::changes_page;
use crate::rules::plan::turned_page::turned_page;

fn day(day: u32) -> Date {
    Date::from_ymd(2026, 12, day).unwrap()
}

fn line(number: u32) -> PlanLine {
    PlanLine { number, ..PlanLine::default() }
}

fn plan() -> Plan {
    let goal = Goal {
        line: line(1),
        words: Quote { words: "I want to get through those nights.".into(), ..Quote::default() },
        matters: "my boy asks where I was".into(),
        know: "four court evenings without a drink".into(),
        problems: vec![1],
        by: Some(day(24)),
        ..Goal::default()
    };
    let mine = Objective {
        line: PlanLine { required_by: "the court".into(), ..line(1) },
        goal: 1,
        step: "write down when I go to bed".into(),
        amount: "3 nights a week".into(),
        by: Some(day(9)),
        see: "the diary".into(),
        barrier: "the family is there".into(),
        then: "I call L. first".into(),
        sure: Some(7),
        ..Objective::default()
    };
    let theirs = Objective {
        line: line(2),
        goal: 1,
        doer: Doer::Other("L.".into()),
        step: "keep the pills".into(),
        ..Objective::default()
    };
    let method = Method {
        line: line(1),
        goal: 1,
        objective: 1,
        wording: "CBT for sleep".into(),
        purpose: "to fall asleep without a drink".into(),
        dose: Dose { often: Often::Times { times: 1, per: Per::Week }, minutes: 50, weeks: 8 },
        who: Who::Staff { id: crate::domain::StaffId::default(), name: "Rosa Imani LADC".into() },
        ..Method::default()
    };
    let referral = Method {
        line: line(2),
        goal: 1,
        wording: "talk about medication".into(),
        who: Who::Outside { name: "Dr. Oduya".into(), organisation: "County clinic".into() },
        referral: Some(Referral {
            to: "Dr. Oduya".into(),
            appointment: Some((day(3), ClockTime::new(10, 0))),
            ..Referral::default()
        }),
        ..Method::default()
    };
    let supports = vec![Support {
        name: "Ana".into(),
        relation: "my sister".into(),
        does: "drives me".into(),
        may_speak: None,
    }];
    let written = |words: &str| Written { words: words.into(), ..Written::default() };
    Plan {
        goals: vec![goal],
        objectives: vec![mine, theirs],
        methods: vec![method, referral],
        basics: PlanBasics {
            supports: Supports { people: supports, declined: String::new() },
            complete_when: written("twelve weeks without a drink"),
            after: crate::domain::WhatNext { place: "the Thursday group".into(), ..Default::default() },
            ..PlanBasics::default()
        },
        ..Plan::default()
    }
}

fn answer(plan: &mut Plan, about: LineRef, answer: Assent, words: &str) {
    let to = plan.line(about).unwrap().terms();
    let number = plan.agreements.len() as u32 + 1;
    let words = words.into();
    plan.agreements.push(Agreement { number, about, answer, words, to, ..Agreement::default() });
}

fn page(plan: &Plan) -> Content {
    around(|around| client_page(plan, around, page_words("en")))
}

/// Makes something of what is around the plan.
fn around<T>(make: impl FnOnce(&Around<'_>) -> T) -> T {
    let wants = Wants {
        wants: "Keep the flat.".into(),
        why_now: "Rent is due.".into(),
        on: day(1),
        ..Wants::default()
    };
    let authority = Written { words: "26 sessions until 30 Apr".into(), ..Written::default() };
    let contract = Contract { authority_wants: authority, ..Contract::default() };
    let around = Around {
        name: "Jo",
        wants: Some(&wants),
        contract: &contract,
        counselor: "Rosa Imani LADC",
        sessions: &[(day(2), ClockTime::new(13, 0).unwrap())],
        review: Some(day(18)),
        help_now: "988, any time\nThe duty line, 555-0100",
        signed: None,
        today: day(1),
        reader: Reader::Client,
    };
    make(&around)
}

fn read(content: &Content) -> String {
    let lines: Vec<String> = content.blocks.iter().map(Block::words).collect();
    format!("{}\n{}\n", content.title, lines.join("\n"))
}

#[test]
fn the_page_reads_as_the_client_would_say_it() {
    let mut plan = plan();
    answer(&mut plan, LineRef::goal(1), Assent::Agreed, "");
    answer(&mut plan, LineRef::objective(1), Assent::Partly, "Some Thursdays the family is there.");
    answer(&mut plan, LineRef::method(1), Assent::Declined, "");
    answer(&mut plan, LineRef::method(2), Assent::NotSaid, "");
    let expected = "\
My plan, Jo
This is how my plan reads on Tuesday 1 December 2026. It is not signed.
What I want
\"Keep the flat.\"
Why it matters
\"Rent is due.\"
My boy asks where I was.
What the court or another authority wants: 26 sessions until 30 Apr.
What we agreed
“I want to get through those nights.”, by Thursday 24 December 2026.
What I will do
I will write down when I go to bed, 3 nights a week, by Wednesday 9 December 2026. We will see it in the diary. \
Required by the court. I agree in part. In my words: “Some Thursdays the family is there.”
What my counselor will do
CBT for sleep, weekly, 50 min, 8 weeks, with Rosa Imani LADC. What it is for: to fall asleep without a drink. \
I do not agree.
What others will do
L. will keep the pills. We have not agreed on this yet.
Talk about medication, with Dr. Oduya, County clinic. I would rather not say.
Ana, my sister: drives me.
What could get in the way
If the family is there: I call L. first.
How we will know
Four court evenings without a drink.
My dates
Wednesday 2 December 2026 at 13:00.
Thursday 3 December 2026 at 10:00: Dr. Oduya.
By Wednesday 9 December 2026: Write down when I go to bed.
Friday 18 December 2026: we look at this plan again.
By Thursday 24 December 2026: “I want to get through those nights.”
When I am done here, and then
I am done here when: twelve weeks without a drink.
After that: the Thursday group.
Whom to call, day and night
My counselor is Rosa Imani LADC.
988, any time
The duty line, 555-0100
";
    assert_eq!(read(&page(&plan)), expected);
}

/// N24, on paper and at the turned screen.
#[test]
fn no_code_number_rating_or_sign_of_the_screen_is_on_it() {
    let mut plan = plan();
    let mark = TrailMark { progress: Progress::Substantial, ..TrailMark::default() };
    plan.trails.push(Trail { line: LineRef::goal(1), marks: vec![mark], ..Trail::default() });
    plan.problems.push(Problem { number: 1, wording: "F10.20".into(), ..Problem::default() });
    let turned = around(|around| turned_page(&plan, around, page_words("en")).0);
    let said = turned.parts.iter().flat_map(|part| &part.says).map(|said| said.words.as_str());
    let turned: Vec<&str> = [turned.title.as_str(), &turned.about].into_iter().chain(said).collect();
    let words = format!("{}{}", read(&page(&plan)), turned.join("\n"));
    assert!(words.matches("Required by the court.").count() == 2, "who requires it is said in words");
    for code in ["P1", "G1", "O1", "M1", "req ", "✓", "~", "✗", "·", "++", "«", "»", "7 of 10", "D5", "F10"]
    {
        assert!(!words.contains(code), "{code}: {words}");
    }
}

#[test]
fn an_answer_to_what_a_line_said_before_is_no_answer_to_what_it_says() {
    let mut plan = plan();
    answer(&mut plan, LineRef::objective(1), Assent::Agreed, "");
    let agreed = read(&page(&plan));
    plan.objectives[0].amount = "4 nights a week".into();
    let changed = read(&page(&plan));
    let line = |words: &str| words.lines().find(|line| line.starts_with("I will write")).unwrap().to_owned();
    assert!(!line(&agreed).contains("not agreed"));
    assert!(
        line(&changed).contains("4 nights") && line(&changed).ends_with("We have not agreed on this yet.")
    );
}

#[test]
fn what_ended_waits_or_was_an_error_is_not_on_it_with_all_that_is_under_it() {
    for state in
        [LineState::Met, LineState::EnteredInError, LineState::Deferred { until: day(20), agrees: None }]
    {
        let mut plan = plan();
        plan.goals[0].line.state = state;
        let words = read(&page(&plan));
        for gone in ["those nights", "write down", "CBT", "Dr. Oduya", "What we agreed", "What I will do"] {
            assert!(!words.contains(gone), "{gone} {state:?}");
        }
    }
}

#[test]
fn a_blank_that_nobody_filled_in_is_named() {
    let mut plan = plan();
    assert!(unfilled(&page(&plan)).is_empty());
    plan.objectives[0].step = "call «name»".into();
    let lines = unfilled(&page(&plan));
    assert!(lines[0].starts_with("I will call «name», 3 nights a week"), "{lines:?}");
}

#[test]
fn what_is_new_is_told_without_numbers() {
    let mut then = plan();
    answer(&mut then, LineRef::objective(1), Assent::Agreed, "");
    let mut now = then.clone();
    now.objectives[0].amount = "4 nights a week".into();
    now.objectives[1].line.state = LineState::Stopped(crate::domain::StopWhy::NotWanted);
    now.methods[0].line.rank = 7;
    let fresh =
        Objective { line: line(3), goal: 1, step: "call L. before eight".into(), ..Objective::default() };
    now.objectives.push(fresh);
    answer(&mut now, LineRef::goal(1), Assent::Agreed, "Yes.");
    let expected = "\
What is new in my plan, Jo
Since Tuesday 1 December 2026, when I last saw my plan.
New
Call L. before eight. We have not agreed on this yet.
Changed
Before: Write down when I go to bed, 3 nights a week, by Wednesday 9 December 2026. \
Now: Write down when I go to bed, 4 nights a week, by Wednesday 9 December 2026.
No longer in my plan
Keep the pills.
What I said since
“I want to get through those nights.”, by Thursday 24 December 2026. I agree. In my words: “Yes.”
";
    assert_eq!(read(&changes_page(&then, &now, day(1), "Jo", page_words("en"))), expected);
    let nothing = read(&changes_page(&then, &then, day(1), "Jo", page_words("en")));
    assert!(nothing.ends_with("Nothing has changed.\n"), "{nothing}");
}

/// Makes the page of a guardian from which this is left off.
fn guardians(plan: &Plan, left_off: &[PagePart]) -> Content {
    let words = page_words("en").for_guardian("Jo");
    around(|around| {
        client_page(plan, &Around { reader: Reader::Guardian("Ana Rivera", left_off), ..*around }, &words)
    })
}

#[test]
fn a_guardian_reads_the_plan_in_the_third_person_and_sees_their_own_answers() {
    let mut plan = plan();
    answer(&mut plan, LineRef::objective(1), Assent::Declined, "Not the Thursdays.");
    let mut hers = plan.agreements[0].clone();
    (hers.whose, hers.answer, hers.words, hers.number) =
        (Party::Guardian("Ana Rivera".into()), Assent::Agreed, "I bring him.".into(), 9);
    plan.agreements.push(hers);
    let page = read(&guardians(&plan, &[]));
    for told in [
        "The plan of Jo",
        "What Jo wants",
        "What Jo will do",
        "What the counselor will do",
        "The counselor is Rosa Imani LADC.",
        "Jo: I will write down when I go to bed, 3 nights a week",
        "In my words: “I bring him.”",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    let not_asked = "We have not agreed on this yet";
    for clients in
        ["My plan", "What I want", "my counselor", "Not the Thursdays", "I do not agree", not_asked]
    {
        assert!(!page.to_lowercase().contains(&clients.to_lowercase()), "{clients}\n{page}");
    }
}

#[test]
fn what_a_youth_keeps_is_left_off_a_guardians_page_wherever_it_stands() {
    let mut plan = plan();
    let words = ["Keep the flat", "Rent is due", "my boy asks", "get through those nights"];
    let whole = read(&guardians(&plan, &[])).to_lowercase();
    assert!(words.iter().all(|one| whole.contains(&one.to_lowercase())), "{whole}");
    let page = read(&guardians(&plan, &[PagePart::OwnWords])).to_lowercase();
    for one in words {
        assert!(!page.contains(&one.to_lowercase()), "{one}\n{page}");
    }
    // A goal that has plain words besides is there by those.
    plan.goals[0].wording = "Court evenings without a drink".into();
    let page = read(&guardians(&plan, &[PagePart::OwnWords]));
    assert!(page.contains("Court evenings without a drink"), "{page}");
    // What is left off is in no other part either: its days are not told.
    let page = read(&guardians(&plan, &[PagePart::Steps, PagePart::Others]));
    for one in ["write down", "keep the pills", "L."] {
        let told = page.lines().filter(|line| line.contains(one)).filter(|line| !line.contains("If "));
        assert_eq!(told.count(), 0, "{one}\n{page}");
    }
    let words = page_words("en").for_guardian("Jo");
    let reader = Reader::Guardian("Ana Rivera", &[PagePart::Goals]);
    let (_, lines) = around(|around| turned_page(&plan, &Around { reader, ..*around }, &words));
    assert!(lines.iter().all(|line| line.about != LineRef::goal(1)), "what is not there is not answered");
}

#[test]
fn what_is_said_within_a_sentence_begins_in_lower_case_unless_with_a_name() {
    let mut plan = plan();
    plan.objectives[0].step = "Go to bed at ten".into();
    assert!(read(&page(&plan)).contains("I will go to bed at ten"));
    plan.basics.supports.people.push(Support { name: "Lidia R.".into(), ..Support::default() });
    for (step, said) in [
        ("Lidia and I go to bed", "I will Lidia and I go to bed"),
        ("AA on Mondays", "I will AA on Mondays"),
        ("I tell them", "I will I tell them"),
    ] {
        plan.objectives[0].step = step.into();
        assert!(read(&page(&plan)).contains(said), "{step}");
    }
}

#[test]
fn more_sessions_than_the_page_lists_are_said() {
    let plan = plan();
    let sessions: Vec<(Date, ClockTime)> =
        (2..9).map(|on| (day(on), ClockTime::new(13, 0).unwrap())).collect();
    let of = |many: usize| {
        around(|around| {
            let around = Around { sessions: &sessions[..many], ..*around };
            read(&client_page(&plan, &around, page_words("en")))
        })
    };
    assert!(!of(5).contains("More sessions are planned"));
    let page = of(6);
    assert!(page.contains("More sessions are planned after these."), "{page}");
    assert_eq!(page.matches(" at 13:00").count(), 5, "{page}");
}
