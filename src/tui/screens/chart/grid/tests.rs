use crate::domain::{
    Assessment, Cell, ClientId, ClockTime, Date, DimensionRef, DocKind, DraftFacts, ImmediateNeed, LocalTime,
    Moment, NeedFacts, NeedSource, NeedStands, NeedState, Purpose, Severity, StaffId, Wants,
};
use crate::rules::summary;
use crate::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, Done, Door, DraftBody, DraftLine, DraftSave, DraftView,
    Kept, Person,
};
use crate::service::fault::Fault;
use crate::tui::app::App;
use crate::tui::app::rig::{self, Rig};
use crate::tui::keymap::{KeyPress, Keymap};
use crate::tui::message::{Alarm, Input, Msg};
use crate::tui::theme::{Name, Theme};
use ratatui::layout::Size;
use std::sync::Arc;

const ROSA: StaffId = StaffId([7; 16]);

fn day(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn at(second: u8) -> LocalTime {
    LocalTime { date: day(11, 21), time: ClockTime::new(14, 3).unwrap(), second }
}

fn assessment(number: u32, set: &str, date: Date, ratings: &[Option<u8>]) -> Assessment {
    let cells = ratings.iter().enumerate().map(|(at, digit)| Cell {
        dimension: at as u8 + 1,
        severity: digit.and_then(Severity::from_digit),
        ..Cell::default()
    });
    Assessment {
        client: ClientId([1; 16]),
        number,
        episode: 1,
        set: set.into(),
        purpose: Purpose::Reassessment,
        date,
        by: ROSA,
        sources: String::new(),
        cells: cells.collect(),
        ..Assessment::default()
    }
}

fn digits(text: &str) -> Vec<Option<u8>> {
    text.split(' ').map(|one| one.parse().ok()).collect()
}

/// Jo Rivera's chart with two signed assessments.
fn chart() -> ChartView {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    let mut first = assessment(1, "ASAM3", day(10, 18), &digits("2 0 2 3 2 2"));
    first.cells[2].history = "Two depressive episodes.".into();
    first.cells[2].words = "I keep thinking they'd be better off.".into();
    chart.assessments = vec![first, assessment(2, "ASAM3", day(11, 4), &digits("1 0 2 2 3 2"))];
    refreshed(chart)
}

/// With the summary that follows from its assessments.
fn refreshed(mut chart: ChartView) -> ChartView {
    let mut now = (*chart.person.summary).clone();
    now.ratings.clear();
    now.set = "".into();
    for one in &chart.assessments {
        now = summary::preview(&now, one);
    }
    now.drafts = vec![DraftFacts { by: ROSA, number: 4, kind: DocKind::Assessment, since: Moment(5) }];
    let standing = chart.person.standing.clone();
    chart.person = Person { summary: Arc::new(now), standing, also: Vec::new() };
    chart
}

/// A draft as the service begins it: every cell carried.
fn carried(last: &Assessment) -> Assessment {
    let mut draft = Assessment { number: 0, date: day(11, 21), ..last.clone() };
    for cell in &mut draft.cells {
        cell.carried = cell.severity.is_some();
        cell.words.clear();
        cell.here_and_now.clear();
    }
    draft
}

fn draft_of(mut chart: ChartView, grid: Assessment, by: StaffId) -> Answer {
    chart.drafts = vec![line(by)];
    Answer::Draft(Box::new(DraftView {
        client: chart.client.value.id,
        number: 4,
        by,
        recovered: false,
        unsaved: false,
        read_only: by != ROSA,
        body: DraftBody::Assessment(grid),
        saved: at(7),
        amended: None,
        returned: None,
        chart: Box::new(chart),
    }))
}

fn line(by: StaffId) -> DraftLine {
    DraftLine {
        number: 4,
        by,
        by_name: "somebody".into(),
        kind: DocKind::Assessment,
        since: at(0),
        saved: at(7),
        about: "assessment ASAM3, 2026-11-21".into(),
    }
}

/// Rosa in the grid of this chart.
fn opened(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("g");
    rig
}

/// Rosa in the grid with her draft open.
fn drafting() -> Rig {
    let chart = chart();
    let grid = carried(&chart.assessments[1]);
    let mut rig = opened(chart.clone());
    rig.keys("ctrl-a");
    assert!(matches!(draft_ask(&rig), DocAsk::NewAssessment { .. }));
    rig.answer(draft_of(chart, grid, ROSA));
    rig
}

fn draft_ask(rig: &Rig) -> &DocAsk {
    match rig.command() {
        Command::Document(ask) => ask,
        other => panic!("not about a draft: {other:?}"),
    }
}

fn grid_of(save: &DraftSave) -> &Assessment {
    match &save.body {
        DraftBody::Assessment(grid) => grid,
        _ => panic!("another draft"),
    }
}

/// Lets the autosave come due and gives back what was saved.
fn autosaved(rig: &mut Rig) -> DraftSave {
    assert!(rig.alarms.iter().any(|(alarm, _)| *alarm == Alarm::Autosave), "nothing is to be saved");
    rig.alarm(Alarm::Autosave);
    match draft_ask(rig) {
        DocAsk::Save(save) => save.clone(),
        other => panic!("not a save: {other:?}"),
    }
}

fn on_disk(rig: &mut Rig, save: &DraftSave, second: u8) {
    rig.answer(Answer::DraftSaved {
        client: save.client,
        number: save.number,
        edits: save.edits,
        at: at(second),
    });
}

fn raised(rig: &Rig) -> (u8, NeedSource, String) {
    match rig.command() {
        Command::Chart(ChartAsk::RaiseNeed { dimension, source, reason, .. }) => {
            (dimension.number, *source, reason.clone())
        }
        other => panic!("no need was raised: {other:?}"),
    }
}

fn row(rig: &Rig, starts: &str) -> String {
    let screen = rig.screen();
    let found = screen.lines().find(|line| line.trim_start_matches([' ', '►', '>']).starts_with(starts));
    found.unwrap_or_else(|| panic!("no line begins with {starts:?}:\n{screen}")).to_owned()
}

#[test]
fn signed_assessments_stand_side_by_side_and_are_not_changed() {
    let mut rig = opened(chart());
    rig.sees("Assessments, ASAM 3rd ed.").sees("18 Oct").sees("4 Nov").sees("Ctrl-A begins an assessment");
    assert!(row(&rig, "4 Readiness to Change").ends_with("3        2▼"), "{}", row(&rig, "4 "));
    let asked = rig.asked.len();
    rig.keys("3").sees("No assessment is open. Press Ctrl-A to begin one");
    assert_eq!(rig.asked.len(), asked);
}

#[test]
fn an_empty_grid_teaches() {
    opened(rig::chart(1, "Jo", "Rivera")).sees("0 to 4").sees("Press Ctrl-A to begin the first assessment.");
}

#[test]
fn rating_keys_act_in_the_draft_and_show_the_anchor() {
    let mut rig = drafting();
    rig.sees("Assessment 21 Nov, draft, ASAM 3rd ed.").sees("today").sees("Saved 14:03:07");
    rig.sees("· carried forward, not yet confirmed").sees("0-4 rate");
    assert!(row(&rig, "3 Emotional").ends_with("2 ·"), "{}", row(&rig, "3 Emotional"));
    rig.keys("down down 3");
    assert!(row(&rig, "3 Emotional").ends_with("3▲"), "{}", row(&rig, "3 Emotional"));
    // A digit goes on to the next dimension that is not rated here; the anchor of the rating is one key back.
    rig.sees("D4  ");
    // The digits of an assessment follow one another: the next dimension is highlighted.
    rig.sees("D3 is rated 3, Serious.").sees("► 4 Readiness");
    rig.keys("up");
    rig.sees("D3  3 Serious   frequent thoughts with means or plan").sees_not("Saved 14:03:07");
    rig.sees("D3 becomes PLAN (was WATCH)");
    let save = autosaved(&mut rig);
    let cell = grid_of(&save).cell(3).unwrap();
    assert_eq!((cell.severity, cell.carried), (Some(Severity::Serious), false));
    on_disk(&mut rig, &save, 44);
    rig.sees("Saved 14:03:44");
    rig.keys("-");
    assert!(row(&rig, "3 Emotional").ends_with('–'), "{}", row(&rig, "3 Emotional"));
    rig.sees("D3 becomes ASSESS");
}

#[test]
fn six_digits_rate_six_dimensions() {
    let mut rig = drafting();
    rig.keys("0 1 2 1 3 2");
    let grid = autosaved(&mut rig);
    let rated: Vec<_> = (1..=6).map(|number| grid_of(&grid).severity(number)).collect();
    assert_eq!(rated, [0, 1, 2, 1, 3, 2].map(Severity::from_digit), "none of them all on one line");
    rig.sees("► 6 Recovery");
}

#[test]
fn undo_is_local_to_the_draft() {
    let mut rig = drafting();
    let asked = rig.asked.len();
    rig.keys("2 ctrl-z");
    assert!(row(&rig, "1 Acute").ends_with("1 ·"), "{}", row(&rig, "1 Acute"));
    rig.keys("ctrl-y");
    assert!(row(&rig, "1 Acute").ends_with("2▲"), "{}", row(&rig, "1 Acute"));
    rig.keys("ctrl-z ctrl-z").sees("nothing to undo in this draft");
    assert_eq!(rig.asked.len(), asked, "no undo went to the service");
}

#[test]
fn carry_confirms_and_fills_an_empty_cell() {
    let mut rig = drafting();
    rig.keys("=").sees("D1 is confirmed as it was");
    assert!(row(&rig, "1 Acute").ends_with("  1"), "{}", row(&rig, "1 Acute"));
    rig.keys("up - =").sees("D1 carries its rating of 4 Nov forward.");
    assert!(row(&rig, "1 Acute").ends_with("1 ·"), "{}", row(&rig, "1 Acute"));
    let save = autosaved(&mut rig);
    assert!(grid_of(&save).cell(1).unwrap().carried);
}

#[test]
fn a_four_proposes_where_the_pack_says_so() {
    let mut rig = drafting();
    rig.keys("down down 4");
    assert_eq!(raised(&rig).0, 3);
    assert_eq!(raised(&rig).1, NeedSource::Rating);
    rig.sees_not("Immediate action needed?");
}

#[test]
fn a_four_asks_elsewhere_and_no_is_highlighted() {
    let mut rig = drafting();
    let asked = rig.asked.len();
    rig.keys("down down down 4");
    rig.sees("D4 is rated 4. Immediate action needed?").sees("► No");
    rig.keys("enter").sees("D4 is rated 4, and no");
    assert_eq!(rig.asked.len(), asked, "nothing was raised");
    assert!(row(&rig, "4 Readiness").ends_with("4▲"), "{}", row(&rig, "4 Readiness"));
}

#[test]
fn yes_asks_for_the_reason_and_enter_decides() {
    let mut rig = drafting();
    let asked = rig.asked.len();
    rig.keys("down down down 4 down enter").sees("What is the danger?").sees("RIVERA, Jo");
    rig.types("left with the car keys, drunk");
    assert_eq!(rig.asked.len(), asked, "nothing is raised before Enter");
    rig.keys("ctrl-s");
    assert_eq!(raised(&rig), (4, NeedSource::Clinician, "left with the car keys, drunk".to_owned()));
}

#[test]
fn esc_keeps_the_four_and_proposes_the_need() {
    for keys in ["esc", "down enter esc", "down enter x esc ctrl-g"] {
        let mut rig = drafting();
        rig.keys("down down down 4").keys(keys);
        assert_eq!((raised(&rig).0, raised(&rig).1), (4, NeedSource::Rating), "{keys}");
        assert!(row(&rig, "4 Readiness").contains("4▲"), "{keys}");
        rig.sees_not("Immediate action needed?");
    }
}

#[test]
fn an_open_need_is_flagged_and_asked_about_once() {
    let mut view = chart();
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let need = ImmediateNeed {
        client: ClientId([1; 16]),
        number: 1,
        dimension,
        raised_at: Moment(9),
        raised_by: ROSA,
        reason: "means at home".into(),
        source: NeedSource::Clinician,
        state: NeedState::Confirmed,
        state_by: ROSA,
        state_at: Moment(9),
        history: Vec::new(),
        hours: 0,
    };
    view.needs = vec![Kept { rev: 1, value: need }];
    let mut now = (*view.person.summary).clone();
    now.needs = vec![NeedFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension: 3,
        stands: NeedStands::Confirmed,
        raised_at: Moment(9),
        ..NeedFacts::default()
    }];
    view.person.summary = Arc::new(now);
    let grid = carried(&view.assessments[1]);
    let mut rig = opened(view.clone());
    assert!(row(&rig, "3 Emotional").ends_with('!'), "{}", row(&rig, "3 Emotional"));
    rig.keys("ctrl-a");
    rig.answer(draft_of(view, grid, ROSA));
    let asked = rig.asked.len();
    rig.keys("down down 4");
    assert_eq!(rig.asked.len(), asked, "the need is open already");
}

#[test]
fn the_prompt_of_a_need_names_the_dimension() {
    let mut rig = drafting();
    rig.keys("down down !").sees("What is the danger?").sees("3 Emotional");
    rig.types("means at home").keys("ctrl-s");
    assert_eq!((raised(&rig).0, raised(&rig).1), (3, NeedSource::Clinician));
}

#[test]
fn words_are_written_in_four_texts_and_stay_with_esc() {
    let mut rig = drafting();
    rig.keys("down down enter").sees("Here and now").sees("Strengths");
    rig.types("Sleeps 3 h; PHQ-9 17!").keys("tab tab tab").types("I walk at 4.");
    let save = autosaved(&mut rig);
    let cell = grid_of(&save).cell(3).unwrap();
    assert_eq!((cell.here_and_now.as_str(), cell.words.as_str()), ("Sleeps 3 h; PHQ-9 17!", "I walk at 4."));
    assert!(cell.carried, "words do not confirm a rating");
    rig.keys("esc").sees("The rating of D3 is carried forward");
    rig.sees("Here and now   Sleeps 3 h").sees("“I walk at 4.”  21 Nov").sees("0-4 rate");
    rig.keys("ctrl-z");
    rig.sees_not("Sleeps 3 h").sees("“I keep thinking they'd be better off.”  18 Oct");
}

#[test]
fn undo_in_the_words_is_the_editors() {
    let mut rig = drafting();
    let asked = rig.asked.len();
    rig.keys("enter").types("tremor").keys("ctrl-z").sees_not("tremor");
    rig.keys("ctrl-y").sees("tremor");
    assert_eq!(rig.asked.len(), asked);
}

#[test]
fn a_burst_in_the_grid_is_refused_and_in_the_words_it_is_text() {
    let mut rig = drafting();
    let burst: Vec<KeyPress> = "4321".chars().map(KeyPress::char).collect();
    rig.send(Msg::Input(Input::Burst(burst.clone())));
    rig.sees("faster than anyone types");
    assert!(row(&rig, "1 Acute").ends_with("1 ·"), "{}", row(&rig, "1 Acute"));
    rig.keys("enter");
    rig.send(Msg::Input(Input::Burst(burst)));
    rig.sees("4321");
}

#[test]
fn a_refused_save_is_loud_and_keeps_everything() {
    let mut rig = drafting();
    rig.keys("2");
    autosaved(&mut rig);
    rig.refuse(Fault::user("The disk is full."));
    rig.sees("The disk is full").sees("NOT SAVED").sees_not("Saved 14:");
    rig.keys("1").sees("NOT SAVED");
    let save = autosaved(&mut rig);
    assert_eq!(grid_of(&save).severity(1), Some(Severity::Moderate));
    on_disk(&mut rig, &save, 59);
    rig.sees("Saved 14:03:59").sees_not("NOT SAVED");
}

#[test]
fn completing_repeats_whose_and_what_and_asks_the_passphrase() {
    let mut rig = drafting();
    rig.keys("f9").sees("Nothing is rated yet");
    rig.keys("2 - f9");
    rig.sees("Complete and sign").sees("RIVERA, Jo   12 Apr 1991 (35)   A-1001");
    rig.sees("Sat 21 Nov 2026").sees("Not rated: D2.").sees("D5 keeps its rating of 4 Nov");
    rig.sees_not("D1 keeps");
    rig.types("battery staple").sees("••••").sees_not("battery");
    rig.keys("enter");
    let kinds: Vec<&DocAsk> = rig.asked[rig.asked.len() - 2..]
        .iter()
        .map(|ask| match &ask.command {
            Command::Document(ask) => &**ask,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(matches!(kinds[0], DocAsk::Save(_)), "what is unsaved goes first: {kinds:?}");
    let DocAsk::Sign { save, passphrase } = kinds[1] else { panic!("{kinds:?}") };
    assert_eq!(*passphrase.0, "battery staple");
    assert_eq!(grid_of(save).severity(2), None);
    rig.refuse(Fault::user("The passphrase does not fit."));
    rig.sees("does not fit").sees("Complete and sign").sees_not("•");
    rig.types("battery staple").keys("enter");
    let mut after = chart();
    after.assessments.push(assessment(3, "ASAM3", day(11, 21), &digits("2 x 2 2 3 2")));
    let said = "The assessment is signed.".to_owned();
    rig.answer(Answer::Done(Box::new(Done {
        said,
        chart: Some(Box::new(after)),
        undoable: false,
        ..Done::default()
    })));
    rig.sees("The assessment is signed").sees("Assessments, ASAM 3rd ed.").sees("today").sees_not("draft");
}

#[test]
fn a_four_that_was_not_asked_about_is_asked_before_signing() {
    let chart = chart();
    let mut grid = carried(&chart.assessments[1]);
    (grid.cells[4].severity, grid.cells[4].carried) = (Some(Severity::Severe), false);
    let mut rig = opened(chart.clone());
    rig.keys("ctrl-a");
    rig.answer(draft_of(chart, grid, ROSA));
    rig.keys("f9").sees("D5 is rated 4. Immediate action needed?");
    rig.keys("enter f9").sees("Complete and sign");
}

#[test]
fn date_purpose_and_sources_can_be_changed() {
    let mut rig = drafting();
    rig.keys("ctrl-e").sees("Date it is about");
    rig.keys("ctrl-u").types("T-3").sees("Wed 18 Nov 2026");
    rig.keys("tab tab").types("client, sister").keys("enter");
    rig.sees("Assessment 18 Nov, draft");
    let save = autosaved(&mut rig);
    assert_eq!((grid_of(&save).date, grid_of(&save).sources.as_str()), (day(11, 18), "client, sister"));
    rig.keys("ctrl-e ctrl-u").types("T+1").keys("tab tab enter").sees("The date is in the future");
    rig.sees("Assessment 18 Nov, draft");
}

#[test]
fn deleting_asks_first() {
    let mut rig = drafting();
    let asked = rig.asked.len();
    rig.keys("ctrl-k x").sees("Delete this assessment draft");
    rig.keys("enter").sees("RIVERA, Jo, A-1001");
    rig.keys("enter");
    assert_eq!(rig.asked.len(), asked, "Enter does not agree");
    rig.keys("ctrl-g");
    assert!(matches!(draft_ask(&rig), DocAsk::Delete { number: 4, .. }));
    let said = "The draft is deleted.".to_owned();
    rig.answer(Answer::Done(Box::new(Done {
        said,
        chart: Some(Box::new(chart())),
        undoable: false,
        ..Done::default()
    })));
    rig.sees("The draft is deleted").sees("Assessments, ASAM 3rd ed.");
}

#[test]
fn the_draft_of_another_is_only_read() {
    let sam = StaffId([8; 16]);
    let mut view = chart();
    view.drafts = vec![line(sam)];
    let grid = Assessment { by: sam, ..carried(&view.assessments[1]) };
    let mut rig = opened(view.clone());
    rig.keys("ctrl-a");
    assert!(matches!(draft_ask(&rig), DocAsk::Open { number: 4, .. }));
    rig.answer(draft_of(view, grid, sam));
    rig.sees("You can only read this draft");
    let asked = rig.asked.len();
    rig.keys("3").sees("You can only read this draft");
    rig.keys("f9").sees_not("Complete and sign");
    assert!(rig.alarms.iter().all(|(alarm, _)| *alarm != Alarm::Autosave));
    rig.keys("esc");
    assert_eq!(rig.asked.len(), asked, "nothing is left that is not ours");
}

#[test]
fn leaving_keeps_the_draft_and_a_lock_takes_the_text_along() {
    let mut rig = drafting();
    rig.keys("2 o").sees("Ratings");
    rig.keys("g").sees("Assessment 21 Nov, draft");
    rig.keys("esc");
    assert!(rig.asked.iter().any(|ask| matches!(&ask.command, Command::Document(ask)
        if matches!(&**ask, DocAsk::Leave(save) if grid_of(save).severity(1) == Some(Severity::Moderate)))));
    rig.sees("Draft for RIVERA, Jo kept");

    let mut rig = drafting();
    rig.keys("down enter").types("coughs").keys("ctrl-l");
    let Door::Lock { drafts, place, .. } = rig.locked_with() else { panic!() };
    assert_eq!(grid_of(&drafts[0]).cell(2).unwrap().here_and_now, "coughs");
    assert_eq!((place.room.as_str(), place.draft), ("grid", Some(4)));
}

#[test]
fn signed_columns_are_looked_at_but_not_rated() {
    let mut rig = drafting();
    rig.keys("down down left left").sees("“I keep thinking they'd be better off.”  18 Oct");
    rig.keys("4").sees("This assessment is signed, so it does not change");
    rig.keys("enter").sees("Rosa Imani LADC, 18 Oct").sees("Two depressive episodes.");
    rig.keys("esc right right 1");
    assert!(row(&rig, "3 Emotional").contains("1▼"), "{}", row(&rig, "3 Emotional"));
}

fn asam4() -> Rig {
    let mut view = rig::chart(1, "Jo", "Rivera");
    let mut old = assessment(1, "ASAM3", day(8, 1), &digits("1 2 3 3 3 2"));
    old.cells[0].history = "elsewhere".into();
    let mut last = assessment(2, "ASAM4", day(10, 18), &digits("3 0 1 3 2 x"));
    last.cells[0].symbols = vec![(1, "0".into()), (2, "3A".into())];
    view.assessments = vec![old, last.clone()];
    view.wants = Some(Kept {
        rev: 1,
        value: Wants {
            wants: "to keep my apartment".into(),
            barriers: "evenings only".into(),
            preferences: "no groups".into(),
            set: "ASAM4".into(),
            on: day(11, 3),
            ..Wants::default()
        },
    });
    let view = refreshed(view);
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.settings = crate::domain::AgencySettings::new("ASAM4", "Outpatient");
    let mut rig = Rig::closed();
    rig.keys("r o s a tab x enter");
    rig.answer(Answer::SignedIn(Box::new(session)));
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(view.clone())));
    rig.keys("g ctrl-a");
    rig.answer(draft_of(view, carried(&last), ROSA));
    rig
}

#[test]
fn parts_fold_under_their_dimension_and_carry_symbols() {
    let mut rig = asam4();
    rig.sees("> 3 parts").sees_not("addiction medication needs");
    rig.keys(">").sees("addiction medication needs").sees("3A");
    rig.keys("down down down enter").sees("D1 addiction medication needs").sees("MOUD-C");
    rig.types("moud").keys("enter");
    assert!(row(&rig, "addiction medication needs").ends_with("MOUD-C"));
    let save = autosaved(&mut rig);
    let cell = grid_of(&save).cell(1).unwrap();
    assert_eq!(cell.symbols, [(1, "0".into()), (2, "3A".into()), (3, "MOUD-C".into())]);
    assert!(!cell.carried);
    rig.keys("<").sees_not("addiction medication needs").sees("► 1 Intoxication");
}

#[test]
fn the_dimension_that_is_not_rated_shows_what_the_client_wants() {
    let mut rig = asam4();
    rig.keys("end").sees("talked about, not rated").sees("“to keep my apartment”").sees("3 Nov");
    rig.sees("Barriers").sees("evenings only").sees("no groups");
    rig.keys("3").sees("D6 is talked about, not rated");
    let save_due = rig.alarms.iter().any(|(alarm, _)| *alarm == Alarm::Autosave);
    assert!(!save_due);
}

#[test]
fn ratings_of_another_set_come_through_the_crosswalk_marked() {
    let rig = asam4();
    rig.sees("' rated in another set");
    assert!(row(&rig, "2 Biomedical").contains("2'"), "{}", row(&rig, "2 Biomedical"));
}

#[test]
fn wide_terminals_get_the_anchors_and_the_order_beside() {
    let mut rig = drafting();
    rig.keys("down down 3 up");
    for (width, height) in [(120, 40), (200, 60)] {
        rig.resize(width, height);
        rig.sees("None: stable, good impulse").sees("Severe: immediate danger").sees("If completed");
        rig.sees("PLAN    D5 relapse").sees("was WATCH");
    }
    println!("{}", rig.screen());
    rig.resize(80, 24);
    println!("{}", rig.screen());
    rig.sees_not("None: stable").sees("F9 complete");
    rig.resize(59, 23);
    rig.sees("too small").sees_not("RIVERA");
}

#[test]
fn every_dimension_fits_the_smallest_terminal() {
    let mut rig = asam4();
    for keys in [">", "down down down down", ">", "end"] {
        rig.keys(keys);
        rig.sees("If completed").sees("carried forward");
    }
    rig.sees("6 Person-Centered");
}

#[test]
fn ascii_and_mono_say_the_same() {
    let size = Size { width: 80, height: 24 };
    let mut rig = Rig::closed();
    rig.app = App::new(rig::front(), Theme::plain(Name::Mono, true), Keymap::default_map(), size, rig::now());
    rig.keys("r tab x enter");
    rig.answer(Answer::SignedIn(Box::new(rig::session(vec![rig::person(1, "Jo", "Rivera")]))));
    rig.keys("enter");
    let view = chart();
    rig.answer(Answer::Chart(Box::new(view.clone())));
    rig.keys("g ctrl-a");
    rig.answer(draft_of(view.clone(), carried(&view.assessments[1]), ROSA));
    rig.keys("down down 3 up");
    let screen = rig.screen();
    assert!(screen.is_ascii(), "{screen}");
    rig.sees("> 3 Emotional").sees("3^").sees(". carried forward").sees("\"I keep thinking");
}
