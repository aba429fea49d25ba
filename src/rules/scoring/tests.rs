//! Published and hand-computed examples, and laws that hold for every measure.

use super::*;
use crate::packs::{Sex, instruments, read_instrument};
use proptest::prelude::*;

fn measure(key: &str) -> &'static Instrument {
    instruments().iter().find(|one| one.is_called(key)).unwrap_or_else(|| panic!("{key} ships"))
}

fn with<'a>(measure: &'a Instrument, line: &str, facts: &Facts) -> Scored<'a> {
    let replies = read_answers(measure, facts.form.as_deref(), line).unwrap();
    score(measure, &replies, facts).unwrap()
}

fn scored(key: &str, line: &str) -> Scored<'static> {
    with(measure(key), line, &Facts::default())
}

/// The same answer so many times.
fn all(answer: &str, times: usize) -> String {
    vec![answer; times].join(",")
}

/// Total as shown, and band.
fn total(key: &str, line: &str) -> (Option<String>, String) {
    let scored = scored(key, line);
    let total = scored.total().unwrap();
    (total.shown(), total.band.as_ref().map_or(String::new(), |band| band.band.words.clone()))
}

fn shows(score: &str, band: &str) -> (Option<String>, String) {
    (Some(score.to_owned()), band.to_owned())
}

fn scales(scored: &Scored<'_>) -> Vec<(String, Option<String>)> {
    scored.scales.iter().map(|scale| (scale.scale.key.clone(), scale.shown())).collect()
}

fn changed(key: &str, first: &str, now: &str) -> Change {
    let (first, now) = (scored(key, first), scored(key, now));
    change(now.measure, first.total().unwrap(), now.total().unwrap(), &Facts::default()).unwrap()
}

/// N25.
#[test]
fn bands_of_the_phq_9_meet_the_unrounded_score() {
    for (line, want) in [
        ("2 2 1 - 1 2 0 1 0", shows("10.1", "moderate")),
        ("1 1 0 - 1 0 1 0 0", shows("4.5", "minimal")),
        ("2 2 2 - 2 2 1 2 0", shows("14.6", "moderate")),
        ("2 - 1 - - 2 0 1 0", (None, String::new())),
        ("0 0 0 0 0 0 0 0 0", shows("0", "minimal")),
        ("3 3 3 3 3 3 3 3 3", shows("27", "severe")),
        ("1 1 1 1 1 0 0 0 0", shows("5", "mild")),
        ("3 3 3 0 0 0 0 0 0", shows("9", "mild")),
        ("3 3 3 1 0 0 0 0 0", shows("10", "moderate")),
        ("3 3 3 3 3 0 0 0 0", shows("15", "moderately severe")),
        ("3 3 3 3 3 3 2 0 0", shows("20", "severe")),
    ] {
        assert_eq!(total("PHQ-9", line), want, "{line}");
    }
    let prorated = scored("PHQ-9", "2 2 1 - 1 2 0 1 0");
    let prorated = prorated.total().unwrap();
    assert_eq!(prorated.score, Ok(Score::new(10_125, 10)));
    assert!(prorated.is_prorated() && prorated.missing == 1);
    let none = scored("PHQ-9", "2 - 1 - - 2 0 1 0");
    assert_eq!((none.total().unwrap().score, none.blank.len()), (Err(NoScore::Missing), 3));
    let change = changed("PHQ-9", "2 2 1 - 1 2 0 1 0", "1 1 1 1 0 0 0 0 0");
    assert_eq!(change.difference, Score::new(-6_125, 10));
    assert_eq!((change.reliable, change.class), (Some(true), Some(ChangeClass::Recovered)));
}

/// N26.
#[test]
fn a_form_that_is_not_full_shows_no_harmless_total() {
    let blank = scored("PHQ-9", "1 1 1 1 1 1 1 1 -");
    assert_eq!(blank.total().unwrap().score, Err(NoScore::CriticalBlank(8)));
    assert_eq!(blank.ask.len(), 1, "item 9 is asked for");
    assert!(blank.critical.is_empty() && blank.total().unwrap().band.is_none());

    let pcl = scored("PCL-5", "2 0 0 0 0 2 0 2 0 0 0 - 0 0 2 2 0 0 0 0");
    assert_eq!((pcl.total().unwrap().score, pcl.blank.len()), (Err(NoScore::Missing), 1));
    let Some(Finding::Clusters(clusters, state)) = &pcl.finding else { panic!("clusters") };
    assert_eq!(*state, State::Open);
    let states: Vec<State> = clusters.iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Met, State::Met, State::Open, State::Met]);

    let nothing = scored("PHQ-9", "- - - - - - - - -");
    assert!(!nothing.is_taken());
    assert_eq!(nothing.total().unwrap().score, Err(NoScore::NotTaken));
    let full = scored("PHQ-9", "1 1 1 1 1 1 1 1 1");
    let change = change(full.measure, blank.total().unwrap(), full.total().unwrap(), &Facts::default());
    assert_eq!(change, None, "a form without a score is no first");
}

/// N27.
#[test]
fn would_rather_not_say_is_missing_and_still_asks() {
    let sleep = scored("PHQ-9", "1 1 r 1 1 1 1 1 1");
    assert_eq!(sleep.total().unwrap().shown().as_deref(), Some("9.0"));
    let nine = scored("PHQ-9", "1 1 1 1 1 1 1 1 r");
    assert_eq!((nine.ask.len(), nine.total().unwrap().shown()), (1, None));
    let check_in = scored("check-in", "r 5 r");
    let shown: Vec<Option<String>> = check_in.scales.iter().map(ScaleScore::shown).collect();
    assert_eq!(shown, [None, Some("5".to_owned()), None, None]);
}

/// N28.
#[test]
fn turned_items_are_turned_once() {
    let score = |key, line: &str| total(key, line).0.unwrap();
    assert_eq!(score("HAq-II", &all("6", 19)), "89");
    assert_eq!(score("HAq-II", &all("1", 19)), "44");
    assert_eq!(score("HAq-II", "6 6 6 1 6 6 6 1 6 6 1 6 6 6 6 1 6 6 1"), "114");
    assert_eq!(total("CORE-10", "2 3 3 2 0 0 1 2 1 3"), shows("13", "mild"));
    assert_eq!(score("DAST-10", &all("0", 10)), "1");
    // ProQOL: items 1, 4, 15, 17 and 29 of burnout are turned round.
    let low = scored("ProQOL 5", &all("1", 30));
    let want = [("satisfaction", "10"), ("burnout", "30"), ("trauma", "10")];
    let want: Vec<_> = want.map(|(key, shown)| (key.to_owned(), Some(shown.to_owned()))).into();
    assert_eq!(scales(&low), want);
}

/// N30.
#[test]
fn an_answer_that_is_asked_for_no_more_is_not_counted() {
    let left = scored("C-SSRS screener", "1 0 0 1 0 0");
    let low = Finding::Triage { least: Triage::Low, most: Triage::Low };
    assert_eq!((left.finding.as_ref(), left.aside.as_slice()), (Some(&low), &[3][..]));
    let items: Vec<_> = left.critical.iter().filter_map(|one| one.rule.item.as_deref()).collect();
    assert_eq!(items, ["1", "4"], "a yes is never lost, whatever another answer says");
    assert!(scored("C-SSRS screener", "1 0 - - - 0").aside.is_empty());
}

#[test]
fn triage_in_both_readings() {
    let text = crate::packs::instrument_text("C-SSRS screener").unwrap();
    let other = read_instrument("b.toml", &text.replace("reading = \"A\"", "reading = \"B\"")).unwrap();
    for (line, a, b) in [
        ("0 0 - - - 0", Triage::NoYes, Triage::NoYes),
        ("1 0 - - - 0", Triage::Low, Triage::Low),
        ("1 1 0 0 0 0", Triage::Low, Triage::Low),
        ("1 1 1 0 0 0", Triage::Moderate, Triage::Moderate),
        ("1 1 1 1 0 0", Triage::High, Triage::Moderate),
        ("1 1 1 1 1 0", Triage::High, Triage::High),
        ("0 0 - - - 1 0", Triage::Moderate, Triage::High),
        ("0 0 - - - 1 1", Triage::High, Triage::High),
    ] {
        let wants = [(measure("C-SSRS screener"), a), (&other, b)];
        for (measure, want) in wants {
            let found = with(measure, line, &Facts::default()).finding;
            assert_eq!(found, Some(Finding::Triage { least: want, most: want }), "{line}");
        }
    }
    let open = scored("C-SSRS screener", "0 - - - - 0");
    let want = Finding::Triage { least: Triage::NoYes, most: Triage::High };
    assert_eq!(open.finding, Some(want));
    let asked: Vec<_> = open.ask.iter().filter_map(|rule| rule.item.as_deref()).collect();
    assert_eq!(asked, ["2"], "the questions after 2 are asked when 2 is known");
    let when = scored("C-SSRS screener", "0 0 - - - 1 -");
    let want = Finding::Triage { least: Triage::Moderate, most: Triage::High };
    assert_eq!(when.finding, Some(want));
}

#[test]
fn clusters_of_the_pcl_5_at_their_edges() {
    // B 1 of 5, C 1 of 2, D 2 of 7, E 2 of 6, each answer worth 2.
    let met = "2 0 0 0 0 2 0 2 2 0 0 0 0 0 2 2 0 0 0 0";
    let state = |line: &str| match scored("PCL-5", line).finding {
        Some(Finding::Clusters(_, state)) => state,
        other => panic!("{other:?}"),
    };
    assert_eq!(state(met), State::Met);
    assert_eq!(state(&met.replacen('2', "1", 1)), State::NotMet, "1 does not count");
    assert_eq!(state("2 0 0 0 0 2 0 2 2 0 0 0 0 0 2 0 0 0 0 0"), State::NotMet, "E has one of two");
    assert_eq!(total("PCL-5", &all("4", 20)).0.as_deref(), Some("80"));
    let cut = |line: &str| scored("PCL-5", line).total().unwrap().is_clinical();
    assert_eq!(cut("4 4 4 4 4 4 4 2 0 0 0 0 0 0 0 0 0 0 0 0"), Some(false), "30");
    assert_eq!(cut("4 4 4 4 4 4 4 3 0 0 0 0 0 0 0 0 0 0 0 0"), Some(true), "31");
}

#[test]
fn scores_of_the_other_measures() {
    assert_eq!(total("GAD-7", "3 3 3 3 3 3 3"), shows("21", "severe"));
    assert_eq!(total("GAD-7", "1 1 1 1 0 0 0"), shows("4", "minimal"));
    assert_eq!(total("GAD-7", "1 1 1 1 1 1 -"), shows("7.0", "mild"));
    assert_eq!(total("PHQ-2", "2 1").0.as_deref(), Some("3"));
    assert_eq!(
        total("CORE-10", "1 1 1 1 1 1 1 1 1 -").0.as_deref(),
        Some("14.4"),
        "13 of 9 items, as 10 items"
    );
    assert_eq!(total("CORE-10", "1 1 1 1 1 1 1 1 - -").0, None);
    assert_eq!(total("WHO-5", "0 0 0 0 0").0.as_deref(), Some("0"));
    assert_eq!(total("WHO-5", "5 5 5 5 5").0.as_deref(), Some("100"));
    assert_eq!(total("WHO-5", "3 3 3 3 1").0.as_deref(), Some("52"));
    assert_eq!(total("AUDIT", "4 4 4 4 4 4 4 4 4 4"), shows("40", "zone IV"));
    assert_eq!(total("AUDIT", "2 1 1 1 0 0 0 0 0 2"), shows("7", "zone I"));
    assert_eq!(total("AUDIT", "2 1 1 0 0 0 0 0 0 4"), shows("8", "zone II"));
    assert_eq!(total("DAST-10", "1 1 0 1 1 1 1 1 1 1"), shows("10", "severe"));
    assert_eq!(total("CIWA-Ar", "7 7 7 7 7 7 7 7 7 4"), shows("67", "severe"));
    assert_eq!(total("CIWA-Ar", "7 7 0 0 0 0 0 0 0 0"), shows("14", "moderate"));
    let wai = scored("WAI-SR", "1 2 3 4 5 4 3 2 1 2 3 4");
    let shown: Vec<_> = scales(&wai).into_iter().filter_map(|(key, shown)| Some((key, shown?))).collect();
    let want = [("goal", "13"), ("task", "9"), ("bond", "12"), ("total", "34")];
    assert_eq!(shown, want.map(|(key, shown)| (key.to_owned(), shown.to_owned())));
    let means = scored("CALPAS-P", "5.5 6 4.25 5");
    assert_eq!(means.total().unwrap().score, Ok(Score::new(2075, 4)), "the mean of four means");
    assert!(scored("VPPS", "1 2 3 4 5 1 2").total().is_none());
}

#[test]
fn the_bam_counts_days_and_words() {
    let best = scored("BAM-R", "0 0 0 0 0 0 0 4 30 0 4 30 1 0 30 4");
    let want = [("use", "0"), ("risk", "0"), ("protective", "180")];
    let want: Vec<_> = want.map(|(key, shown)| (key.to_owned(), Some(shown.to_owned()))).into();
    assert_eq!(scales(&best), want);
    assert!(best.notable.is_empty() && best.critical.is_empty());
    // All 23 items: 5 days of drugs, all of them opioids; some craving.
    let whole = scored("BAM-R", "2 10 3 0 0 5 0 0 0 0 5 0 0 1 2 4 6 1 12 1 0 20 3");
    let want = [("use", "5"), ("risk", "42"), ("protective", "89")];
    let want: Vec<_> = want.map(|(key, shown)| (key.to_owned(), Some(shown.to_owned()))).into();
    assert_eq!(scales(&whole), want);
    let names: Vec<_> = whole.notable.iter().map(|at| whole.measure.items[*at].id.as_str()).collect();
    assert_eq!(names, ["6", "8", "11"]);
    assert!(whole.scales[0].is_clinical() == Some(true), "any use");
}

#[test]
fn conditions_follow_age_sex_and_what_is_not_known() {
    let ors = |age, line| {
        let facts = Facts { age, ..Facts::default() };
        let scored = with(measure("ORS"), line, &facts);
        let total = scored.total().unwrap();
        (total.is_clinical(), total.lacks.clone(), total.shown())
    };
    let shown = |text: &str| Some(text.to_owned());
    assert_eq!(ors(Some(17), "27.0"), (Some(true), vec![], shown("27.0")));
    assert_eq!(ors(Some(18), "27.0"), (Some(false), vec![], shown("27.0")));
    assert_eq!(ors(Some(12), "32"), (Some(true), vec![], shown("32.0")));
    assert_eq!(ors(Some(13), "32"), (Some(false), vec![], shown("32.0")));
    assert_eq!(ors(Some(18), "25"), (Some(true), vec![], shown("25.0")), "only above it is recovered");
    assert_eq!(ors(None, "27.0"), (None, vec![Fact::Age], shown("27.0")));
    assert_eq!(ors(Some(5), "27.0"), (None, vec![], shown("27.0")), "no figure is for this age");

    let audit = |sex| {
        let scored = with(measure("AUDIT-C"), "1 1 1", &Facts { sex, ..Facts::default() });
        let total = scored.total().unwrap();
        (total.is_clinical(), total.cutoffs.iter().map(|one| one.is_met).collect::<Vec<_>>())
    };
    assert_eq!(audit(Some(Sex::Female)), (Some(true), vec![true]));
    assert_eq!(audit(Some(Sex::Male)), (Some(false), vec![false]));
    assert_eq!(audit(None), (None, vec![false, true]), "both are shown");

    let young = Facts { age: Some(16), ..Facts::default() };
    let refused = score(measure("CORE-10"), &[], &young);
    assert_eq!(refused, Err(vec![Refused::TooYoung(17)]));
}

#[test]
fn points_from_the_first_question_alone_are_named() {
    assert_eq!(scored("AUDIT-C", "4 0 0").finding, Some(Finding::FirstItemAlone));
    assert_eq!(scored("AUDIT-C", "4 1 0").finding, None);
    assert_eq!(scored("AUDIT-C", "0 0 0").finding, None);
    assert_eq!(scored("AUDIT-C", "4 - 0").finding, None);
}

#[test]
fn dangers_are_facts_of_the_result() {
    let dangers = |key, line: &str| -> Vec<(String, String)> {
        let scored = scored(key, line);
        let name = |one: &CriticalAnswer<'_>| {
            let at_least = if one.at_least { " or more" } else { "" };
            let whose = one.rule.item.clone().or(one.rule.scale.clone()).unwrap();
            (whose, format!("{}{at_least}", one.value.shown(0)))
        };
        scored.critical.iter().map(name).collect()
    };
    let one = |item: &str, value: &str| vec![(item.to_owned(), value.to_owned())];
    assert_eq!(dangers("PHQ-9", "- - - - - - - - 2"), one("9", "2"), "whatever else is missing");
    assert_eq!(dangers("PHQ-9", &all("0", 9)), []);
    assert_eq!(dangers("CORE-10", "0 4 4 0 0 1 0 0 0 0"), one("6", "1"));
    assert_eq!(dangers("CIWA-Ar", "4 4 0 0 0 0 0 0 0 0"), one("total", "8"));
    assert_eq!(dangers("CIWA-Ar", "4 3 0 0 0 0 0 0 0 0"), []);
    assert_eq!(dangers("CIWA-Ar", "7 7 - - - - - - - -"), one("total", "14 or more"));
    assert_eq!(dangers("OQ-45.2", "70 - - - 1 0 0 0 -"), one("8", "1"));

    let asked = |key, line: &str| -> usize { scored(key, line).ask.len() };
    assert_eq!(asked("OQ-45.2", "70"), 5, "nobody looked at the five items");
    assert_eq!(asked("OQ-45.2", "70 - - - 1 0 0 0 -"), 1);
    assert_eq!(asked("CIWA-Ar", "3 3 - 0 0 0 0 0 0 0"), 1, "the missing one decides");
    assert_eq!(asked("CIWA-Ar", "0 0 0 0 0 0 0 0 0 -"), 0, "4 at most cannot make 8");
    assert_eq!(scored("OQ-45.2", "70").total().unwrap().is_clinical(), Some(true));
}

#[test]
fn change_has_four_classes_and_edges() {
    let nines = |sum: usize| -> String {
        let answers = (0..9).map(|at| (sum.saturating_sub(at * 3)).min(3).to_string());
        answers.collect::<Vec<_>>().join(",")
    };
    for (first, now, class, reliable) in [
        (15, 9, ChangeClass::Recovered, true),
        (16, 10, ChangeClass::Improved, true),
        (15, 10, ChangeClass::Unchanged, false),
        (9, 3, ChangeClass::Improved, true),
        (9, 15, ChangeClass::Worse, true),
        (9, 14, ChangeClass::Unchanged, false),
        (9, 9, ChangeClass::Unchanged, false),
    ] {
        let change = changed("PHQ-9", &nines(first), &nines(now));
        assert_eq!((change.class, change.reliable), (Some(class), Some(reliable)), "{first} to {now}");
        assert_eq!(change.notable, first.abs_diff(now) >= 5, "{first} to {now}");
    }
    let gad = |first: &str, now: &str| changed("GAD-7", first, now).class;
    assert_eq!(gad("3 3 2 0 0 0 0", "3 1 0 0 0 0 0"), Some(ChangeClass::Recovered), "8 to 4");
    assert_eq!(gad("3 3 2 0 0 0 0", "3 2 0 0 0 0 0"), Some(ChangeClass::Unchanged), "8 to 5");
    let who = |first: &str, now: &str| changed("WHO-5", first, now).class;
    assert_eq!(who("2 2 2 2 2", "3 3 3 2 2"), Some(ChangeClass::Recovered), "40 to 52: higher is better");
    assert_eq!(who("3 3 3 2 2", "2 2 2 2 2"), Some(ChangeClass::Worse));
    assert_eq!(changed("SRS", "36", "40").class, None, "no reliable change is known");
}

/// N31.
#[test]
fn totals_are_read_with_a_point_or_a_comma_and_refused_with_what_would_work() {
    let srs = |text: &str| scored("SRS", text).total().unwrap().is_clinical();
    assert_eq!((srs("36.0"), srs("36"), srs("36.1")), (Some(true), Some(true), Some(false)));
    let shown = |text: &str| scored("SRS", text).total().unwrap().shown();
    assert_eq!((shown("36,4").as_deref(), shown("36,").as_deref()), (Some("36.4"), Some("36.0")));
    for text in ["40.1", "3,64", "36.45"] {
        let replies = read_answers(measure("SRS"), None, text).unwrap();
        let refused = score(measure("SRS"), &replies, &Facts::default()).unwrap_err();
        assert!(
            refused[0].sentence(measure("SRS")).ends_with("give 0 to 40, one decimal, such as 36.4"),
            "{text}"
        );
    }
    for text in ["1,036", "3.645"] {
        assert_eq!(read_answers(measure("SRS"), None, text), Err(WrongAnswers::NotRead(1)), "{text}");
    }
    let means = |text: &str| scored("CALPAS-P", text).total().unwrap().score;
    assert_eq!(means("5,5 6 4,25 5"), means("5.5,6,4.25,5"), "blanks separate, so a comma is a decimal's");
}

#[test]
fn a_line_of_answers_is_never_shifted() {
    let phq = |text| read_answers(measure("PHQ-9"), None, text);
    assert_eq!(phq("1,,1,1,1,1,1,1,1"), Err(WrongAnswers::NotRead(2)));
    assert_eq!(phq("1,1,1,1,1,1,1,1,1,"), Err(WrongAnswers::NotRead(10)));
    assert_eq!(phq("1,x,1"), Err(WrongAnswers::NotRead(2)));
    let count = |given| Err(WrongAnswers::Count { given, fits: vec![9, 10] });
    assert_eq!((phq("1,1,1"), phq("1 1 1 1 1 1 1 1 1 1 1")), (count(3), count(11)));
    assert_eq!(phq("1, 1, 1, 1, 1, 1, 1, 1, 1").unwrap().len(), 10);
    let bam = |times| read_answers(measure("BAM-R"), None, &all("0", times));
    assert_eq!(bam(18), Err(WrongAnswers::Count { given: 18, fits: vec![15, 16, 22, 23] }));
    let family = read_answers(measure("check-in"), Some("family"), "4 4 4 2").unwrap();
    assert_eq!(family.last(), Some(&Reply::Given(Hundredths::whole(2))));
    assert!(read_answers(measure("check-in"), None, "4 4 4 2").is_err());
    let refused = score(measure("PHQ-9"), &phq("1 1 1 4 1 1 1 1 1").unwrap(), &Facts::default());
    let refused = refused.unwrap_err();
    assert_eq!(
        refused[0].sentence(measure("PHQ-9")),
        "4 is no answer to item 4 (tired); give 0 not at all, 1 several days, 2 more than half the days or 3 nearly every day"
    );
}

/// Some answers to a measure: its own choice for each item, or none.
fn some_replies() -> impl Strategy<Value = (usize, Vec<Option<usize>>)> {
    let sizes: Vec<usize> = instruments().iter().map(|one| one.items.len()).collect();
    (0..sizes.len()).prop_flat_map(move |at| {
        let answer = prop_oneof![3 => (0_usize..400).prop_map(Some), 1 => Just(None)];
        (Just(at), proptest::collection::vec(answer, sizes[at]))
    })
}

fn replies(measure: &Instrument, picks: &[Option<usize>]) -> Vec<Reply> {
    let one = |(item, pick): (&Item, &Option<usize>)| {
        let set = measure.answers_of(item);
        let key = pick.map(|pick| match &set.range {
            Some(range) => {
                let steps = (range.highest.0 - range.lowest.0) / range.step.0 + 1;
                Hundredths(range.lowest.0 + (pick as i32 % steps) * range.step.0)
            }
            None => set.choices[pick % set.choices.len()].key,
        });
        key.map_or(Reply::Blank, Reply::Given)
    };
    measure.items.iter().zip(picks).map(one).collect()
}

proptest! {
    #[test]
    fn every_score_lies_between_the_bounds_and_a_blank_is_never_0((at, picks) in some_replies()) {
        let measure = &instruments()[at];
        let replies = replies(measure, &picks);
        let scored = score(measure, &replies, &Facts::default()).unwrap();
        for scale in &scored.scales {
            let (lowest, highest) = measure.bounds(scale.scale);
            let blank = scale.scale.places().iter().filter(|place| replies[**place].key().is_none()).count();
            match scale.score {
                Ok(score) => {
                    prop_assert!(lowest <= score && score <= highest);
                    prop_assert!(scale.scale.bands.is_empty() || scale.band.is_some() || !scale.lacks.is_empty());
                    let most = scale.scale.missing.as_ref().map_or(0, |missing| missing.most);
                    prop_assert!(scale.missing <= most && scale.missing <= blank);
                }
                Err(_) => prop_assert!(blank > 0 || !measure.forms.is_empty()),
            }
        }
    }

    #[test]
    fn filling_in_a_blank_never_hides_a_danger((at, picks) in some_replies(), place in 0_usize..40) {
        let measure = &instruments()[at];
        let mut less = replies(measure, &picks);
        let place = place % less.len();
        let more = score(measure, &less, &Facts::default()).unwrap();
        less[place] = Reply::Blank;
        let less = score(measure, &less, &Facts::default()).unwrap();
        let same = |one: &CriticalAnswer<'_>| more.critical.iter().any(|other| other.rule == one.rule);
        prop_assert!(less.critical.iter().all(same));
        let still = |one: &CriticalAnswer<'_>| {
            less.critical.iter().any(|other| other.rule == one.rule)
                || less.ask.contains(&one.rule)
                || less.ask.iter().any(|rule| rule.item.is_some() && rule.place() == place)
                || measure.items[one.rule.place()].asked_if.is_some()
        };
        prop_assert!(!less.is_taken() || more.critical.iter().all(still), "a danger that is not known is asked for");
    }
}
