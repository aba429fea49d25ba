//! Files as other systems write them (`tests/fixtures/import`, everybody in them is invented): who comes in, who does not,
//! and what is said of it.

use crate::import::{WRITE, rig, stored};
use crate::rig::Rig;
use concord::domain::{Act, Birth, Client, ClientId};
use concord::engine::Engine;
use concord::exchange::csv::{Order, Reading, Wanted};
use concord::exchange::fhir::{Files, ReadSeek};
use concord::exchange::paths;
use concord::service::api::{Answer, Command, HouseAnswer, HouseAsk, People};
use concord::service::import::{Delivered, FileOutcome, ImportReport};
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

/// `Ada North Jr., 1980-02-03`; `-` for no birth date.
fn told(client: &Client) -> String {
    let birth = match client.birth {
        Birth::On(date) => date.to_string(),
        Birth::Unknown => "-".to_owned(),
        other => format!("{other:?}"),
    };
    format!("{}, {birth}", client.legal_name())
}

fn people(rig: &Rig) -> Vec<Client> {
    let mut all = stored(&rig.engine).clients;
    all.sort_by(|a, b| a.record_no.cmp(&b.record_no));
    all
}

fn names(rig: &Rig) -> Vec<String> {
    people(rig).iter().map(told).collect()
}

/// Brings in a roster as an agency in Chicago would.
fn roster(rig: &mut Rig, name: &str) -> (Option<Reading>, FileOutcome) {
    roster_from(rig, name, &mut File::open(fixture(name)).unwrap())
}

/// As [`roster`], of a text.
fn rows(rig: &mut Rig, text: &str) -> ImportReport {
    taken(roster_from(rig, "rows.csv", &mut Cursor::new(text.as_bytes().to_vec())).1)
}

fn roster_from<R: Read + Seek>(rig: &mut Rig, name: &str, file: &mut R) -> (Option<Reading>, FileOutcome) {
    let wanted = Wanted {
        system: "roster".into(),
        today: rig.desk.now().local.date,
        usual_order: Order::Mdy,
        ..Wanted::default()
    };
    let (mut session, mut reading) = (rig.desk.import_begin(WRITE).unwrap(), None);
    let mut shown = |seen: &Reading| {
        reading = Some(seen.clone());
        true
    };
    let outcome = session.roster(name, file, &wanted, &mut shown, &mut |_, _| ()).unwrap();
    session.finish().unwrap();
    (reading, outcome)
}

fn taken(outcome: FileOutcome) -> ImportReport {
    match outcome {
        FileOutcome::In(report) => *report,
        FileOutcome::Refused(fault) => panic!("refused: {fault}"),
    }
}

/// Everybody in the file, in its order, and what else is said: lines left out, places of doubts.
#[track_caller]
fn brings(name: &str, want: &[&str], left_out: &[u64], doubts: &[&str]) -> (Rig, ImportReport) {
    let mut rig = rig();
    let report = taken(roster(&mut rig, name).1);
    assert_eq!(names(&rig), want, "{name}");
    assert_eq!(report.people, want.len(), "{name}");
    let lines: Vec<u64> = report.rows_left_out.iter().map(|row| row.line).collect();
    assert_eq!(lines, left_out, "{name}: {:?}", report.rows_left_out);
    let places: Vec<&str> = report.doubts.iter().map(|doubt| doubt.place.as_str()).collect();
    assert_eq!(places, doubts, "{name}");
    (rig, report)
}

const ADA: &str = "Ada North, 1980-02-03";

#[test]
fn one_number_in_two_rosters_makes_nobody_the_same() {
    let mut rig = rig();
    taken(roster(&mut rig, "c01-two-rosters/house-a.csv").1);
    let second = taken(roster(&mut rig, "c01-two-rosters/house-b.csv").1);
    assert_eq!((second.people, second.already_here), (2, 0));
    let all = [ADA, "Ben South, 1981-03-04", "Cleo East, 1990-05-06", "Dan West, 1991-07-08"];
    assert_eq!(names(&rig), all);
    brings("c02-household-number.csv", &[ADA, "Eve North, 2012-02-03", "Ben South, 1981-03-04"], &[], &[]);
}

#[test]
fn who_has_died_comes_in_as_such() {
    let (rig, report) =
        brings("c03-death-date.csv", &["Ada North, 1950-02-03", "Ben South, 1951-02-03"], &[], &[]);
    let died: Vec<String> =
        people(&rig).iter().filter_map(|one| one.deceased).map(|date| date.to_string()).collect();
    assert_eq!((died, report.deceased), (vec!["2020-02-02".to_owned()], 1));
}

#[test]
fn numbers_are_no_names_and_headers_mean_what_they_say() {
    let (rig, _) = brings("c04-number-as-name.csv", &[ADA, "Ben South, 1981-02-03"], &[], &[]);
    let numbers: Vec<String> = people(&rig).iter().map(|one| one.identifiers[0].value.clone()).collect();
    assert_eq!(numbers, ["1001", "1002"]);
    let (rig, _) = brings("c05-two-line-header.csv", &[ADA], &[], &[]);
    assert_eq!(people(&rig)[0].phones[0].value, "555-0001");
    brings("c06-birth-header-camel.csv", &[ADA], &[], &[]);
    brings("c06-birth-header-form.csv", &["Ada North, 1990-01-15"], &[], &[]);
    let (rig, _) = brings("c19-number-headers.csv", &[ADA], &[], &[]);
    assert_eq!(people(&rig)[0].identifiers[0].value, "P1");
    let (rig, _) = brings("c23-address-columns.csv", &[ADA], &[], &[]);
    assert_eq!(people(&rig)[0].addresses, ["1 Elm St, Apt 2, Erie, PA 16501"]);
}

#[test]
fn birth_dates_are_read_as_they_were_meant_or_named() {
    brings("c07-mixed-orders.csv", &[ADA, "Ben South, 2005-03-04", "Cy East, 1985-03-04"], &[], &[]);
    let unknown = ["Ada North, -", "Ben South, -", "Cy East, -", "Di West, -", "Ed Mid, 1985-05-15"];
    brings("c08-no-birth-date.csv", &unknown, &[], &["line 2", "line 3", "line 4", "line 5"]);
    brings("c09-serial.csv", &["Ada North, 1985-05-15", "Ben South, 1985-05-16"], &[], &[]);
    brings("c20-date-in-three-columns.csv", &[ADA, "Ben South, 1981-03-14"], &[], &[]);
    let flagged = ["Ada North, -", "Ben South, -", "Cy East, 1985-05-15"];
    let (_, report) = brings("c22-1900.csv", &flagged, &[], &["line 2", "line 3"]);
    assert!(report.doubts.iter().all(|doubt| doubt.what.contains("spreadsheets make of nothing")));
}

#[test]
fn lines_that_are_no_people_are_skipped_and_said() {
    let mut rig = rig();
    let (reading, outcome) = roster(&mut rig, "c10-title-lines.csv");
    assert_eq!((taken(outcome).people, names(&rig)), (1, vec!["Ada North, 1958-03-04".to_owned()]));
    let reading = reading.unwrap();
    assert_eq!((reading.header_line, reading.above.as_slice()), (4, &[1, 2][..]));
    assert!(reading.to_string().ends_with("headers on line 4; lines 1, 2 are skipped"), "{reading}");
    let (_, report) = brings("c11-total-line.csv", &[ADA, "Ben South, 1981-03-04"], &[4], &[]);
    assert!(report.rows_left_out[0].what.contains("total"));
    let (_, report) = brings("c17-deleted-rows.csv", &[ADA], &[3], &[]);
    assert!(report.rows_left_out[0].what.contains("deleted"));
    brings("c12-empty-cells-behind.csv", &[ADA, "Ben South, 1981-03-04"], &[], &[]);
}

#[test]
fn what_spreadsheets_add_is_no_part_of_what_is_said() {
    brings("c13-sep-line.csv", &["Ada Nord, 1980-02-03"], &[], &[]);
    let (rig, _) = brings("c14-excel-text.csv", &[ADA], &[], &[]);
    let ada = &people(&rig)[0];
    assert_eq!((ada.identifiers[0].value.as_str(), ada.phones[0].value.as_str()), ("00123", "5550001"));
    brings(
        "c15-mac-roman.csv",
        &["Jos\u{e9} Pe\u{f1}a, 1980-02-03", "Zo\u{eb} M\u{fc}ller, 1981-02-03"],
        &[],
        &[],
    );
    let (rig, _) = brings(
        "c16-suffixes.csv",
        &["Ada North Jr., 1980-02-03", "Ben South Jr., 1982-03-04", "Cy East, 1983-03-04"],
        &[],
        &[],
    );
    let families: Vec<String> = people(&rig).iter().map(|one| one.name.family.clone()).collect();
    assert_eq!(families, ["North", "South", "East"]);
}

#[test]
fn a_list_without_numbers_that_was_mended_knows_its_own_rows_again() {
    let list = |ben: &str, ada: &str| {
        format!(
            "Name,Born,Phone\nAda North,1985-05-15,{ada}\nBen South,{ben},\nEve East,1990-01-02,555-0003\n"
        )
    };
    let mut rig = rig();
    let first = rows(&mut rig, &list("1985-13-40", "555-0001"));
    assert_eq!((first.people, first.already_here, first.look_alikes.len()), (2, 0, 0));
    let mended = rows(&mut rig, &list("1985-05-16", "555-0001"));
    assert_eq!((mended.people, mended.already_here, mended.look_alikes.len()), (1, 2, 0));
    // What is not as it was is somebody else until a person says who it is.
    let other = rows(&mut rig, &list("1985-05-16", "555-0009"));
    assert_eq!((other.people, other.already_here, other.look_alikes.len()), (0, 2, 1));
}

#[test]
fn people_without_a_birth_date_are_not_doubled() {
    let (mut rig, _) =
        brings("c18-twice-without-birth-date.csv", &["Ada North, -", "Ben South, -"], &[], &[]);
    let again = taken(roster(&mut rig, "c18-twice-without-birth-date.csv").1);
    assert_eq!((again.people, again.look_alikes.len(), names(&rig).len()), (0, 2, 2));
}

#[test]
fn what_is_no_roster_says_what_it_is() {
    let mut rig = rig();
    let before = rig.engine.head();
    let FileOutcome::Refused(fault) = roster(&mut rig, "c21-not-a-csv.xls").1 else {
        panic!("it is no roster")
    };
    assert!(fault.what.contains("web page (HTML)") && fault.what.contains("save it as CSV"), "{fault}");
    assert_eq!(rig.engine.head(), before, "nothing is written");
}

#[test]
fn what_has_no_place_is_kept_with_the_person() {
    let (rig, _) = brings("c24-kept-columns.csv", &[ADA], &[], &[]);
    let kept = &stored(&rig.engine).imported[0].as_recorded;
    let kept: Vec<(&str, &str)> = kept.iter().map(|(what, text)| (what.as_str(), text.as_str())).collect();
    assert_eq!(kept, [("Allergies", "Penicillin"), ("Emergency Phone", "555-0009")]);
    // Seen before anybody is admitted, and found by its number.
    let mut desk = crate::driver::Driver::over(rig);
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").keys("ctrl-w enter").types("555-0009").keys("enter").sees("NORTH, Ada");
    desk.sees("Kept from elsewhere").sees("Penicillin").sees("555-0009").sees("not admitted yet");
}

#[test]
fn what_came_from_elsewhere_is_seen_before_admission_by_those_who_can_admit_alone() {
    let (mut rig, _) = brings("c24-kept-columns.csv", &[ADA], &[], &[]);
    rig.hire("fay", &[concord::domain::Role::FrontDesk], None);
    let ada = people(&rig)[0].id;
    rig.lock();
    rig.sign_in("fay");
    assert_eq!(rig.open(ada).imported, concord::domain::Imported::default());
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(rig.open(ada).imported.as_recorded.len(), 2);
}

struct OnDisk(Vec<PathBuf>);

impl Files for OnDisk {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, at: usize) -> String {
        self.0[at].file_name().unwrap().to_string_lossy().into_owned()
    }

    fn open(&mut self, at: usize) -> std::io::Result<Box<dyn ReadSeek + '_>> {
        Ok(Box::new(File::open(&self.0[at])?))
    }
}

/// Brings in a file or a folder of another system's records.
fn deliver(rig: &mut Rig, name: &str) -> Delivered {
    let found = paths::expand(&[fixture(name)]).unwrap();
    let mut session = rig.desk.import_begin(WRITE).unwrap();
    let delivered = session.delivery(name, &mut OnDisk(found.files), &mut |_, _| ()).unwrap();
    session.finish().unwrap();
    delivered
}

#[track_caller]
fn delivers(name: &str, want: &[&str]) -> (Rig, ImportReport) {
    let mut rig = rig();
    let delivered = deliver(&mut rig, name);
    assert!(delivered.refused.is_empty(), "{name}: {:?}", delivered.refused);
    let mut all = names(&rig);
    all.sort_unstable();
    assert_eq!(all, want, "{name}");
    (rig, delivered.report.unwrap())
}

#[test]
fn the_files_of_a_folder_are_one_delivery() {
    let (rig, report) = delivers("f01-folder", &[ADA]);
    assert_eq!((report.conditions, report.allergies, report.without_person.len()), (1, 1, 0));
    assert_eq!(stored(&rig.engine).imported[0].proposals[0].wording, "Alcohol use disorder");
    let (_, report) = delivers("f02-ndjson", &[ADA, "Ben South, 1981-03-04"]);
    assert_eq!(report.conditions, 2);
    let (_, report) = delivers("f17-tree", &[ADA]);
    assert_eq!(report.conditions, 1);
}

#[test]
fn one_number_for_two_people_makes_nobody_be_here_already() {
    let (_, report) = delivers("f03-shared-number.json", &[ADA, "Eve North, 2012-01-01"]);
    assert_eq!(report.already_here, 0);
}

#[test]
fn a_record_that_another_replaced_is_no_person_of_its_own() {
    let (rig, report) = delivers("f04-merged-away.json", &[ADA]);
    assert_eq!((report.people, report.merged, report.conditions), (1, 1, 1));
    assert_eq!(stored(&rig.engine).imported[0].proposals.len(), 1);
}

#[test]
fn other_versions_of_fhir_are_read_as_far_as_they_go_and_named() {
    let (_, report) = delivers("f05-stu3-condition.json", &[ADA, "Ben South, 1981-03-04"]);
    assert_eq!((report.conditions, report.versions.first().copied()), (1, Some("STU3")));
    let (rig, report) = delivers("f05-r5-encounter.json", &[ADA]);
    let visit = &stored(&rig.engine).imported[0].encounters[0];
    assert_eq!((visit.on.unwrap().to_string().as_str(), visit.what.as_str()), ("2026-01-01", "ambulatory"));
    assert_eq!(report.versions.first().copied(), Some("R5"));
    let (_, report) = delivers("f05-dstu2-name.json", &[ADA]);
    assert_eq!(report.versions.first().copied(), Some("DSTU2"));
}

#[test]
fn bundles_are_read_however_they_are_put_together() {
    let (_, report) = delivers("f06-included-twice.json", &[ADA]);
    assert_eq!((report.conditions, report.twice), (1, 1));
    for name in ["f07-batch-response.json", "f08-absolute-reference.json", "f08-put-url-only.json"] {
        let (_, report) = delivers(name, &[ADA]);
        assert_eq!((report.conditions, report.without_person.len()), (1, 0), "{name}");
    }
    let (rig, report) = delivers("f10-medication-statement.json", &[ADA]);
    let taken = &stored(&rig.engine).imported[0].medications[0];
    assert_eq!(
        (taken.name.as_str(), taken.status.as_str(), report.medications),
        ("buprenorphine 8 mg", "active", 1)
    );
    assert_eq!(taken.on.unwrap().to_string(), "2026-01-02");
}

#[test]
fn a_later_delivery_adds_what_is_new() {
    let mut rig = rig();
    let first = deliver(&mut rig, "f09-second-delivery/1-first.json").report.unwrap();
    assert_eq!((first.people, first.conditions), (1, 1));
    let later = deliver(&mut rig, "f09-second-delivery/2-later.json").report.unwrap();
    assert_eq!((later.people, later.already_here, later.added), (0, 1, 1));
    let imported = &stored(&rig.engine).imported[0];
    let words: Vec<&str> = imported.proposals.iter().map(|one| one.wording.as_str()).collect();
    assert_eq!(words, ["Alcohol use disorder", "PTSD"]);
    let numbers: Vec<u32> = imported.proposals.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [1, 2]);
    let head = rig.engine.head();
    let again = deliver(&mut rig, "f09-second-delivery/2-later.json").report.unwrap();
    assert_eq!((again.already_here, again.added), (1, 0));
    assert_eq!(rig.engine.head(), head, "a third time changes nothing");
}

#[test]
fn what_a_later_delivery_says_otherwise_is_kept_beside_what_is_known() {
    let mut rig = rig();
    let text = |phone: &str| format!("MRN,First,Last,DOB,Phone\n1,Ada,North,1980-02-03,{phone}\n");
    rows(&mut rig, &text("555-0001"));
    let same = rows(&mut rig, &text("(555) 0001"));
    assert_eq!((same.already_here, same.added), (1, 0));
    let other = rows(&mut rig, &text("555-0002"));
    assert_eq!((other.already_here, other.added), (1, 1));
    let all = stored(&rig.engine);
    assert_eq!(all.clients[0].phones[0].value, "555-0001", "what is here stays");
    let kept = &all.imported[0].as_recorded;
    assert_eq!(kept[0], ("Phone, as a later delivery says".to_owned(), "555-0002".to_owned()));
    let head = rig.engine.head();
    assert_eq!(
        (rows(&mut rig, &text("555-0002")).added, rig.engine.head()),
        (0, head),
        "a third time changes nothing"
    );
}

#[test]
fn what_has_ended_is_marked_as_former() {
    let (rig, _) = delivers("f11-ended-name.json", &["Ada Newname, 1980-02-03"]);
    let ada = &people(&rig)[0];
    assert_eq!(
        (ada.former_names[0].name.as_str(), ada.former_names[0].until.as_str()),
        ("Ada Oldname", "2015-05-01")
    );
    let phones: Vec<(&str, &str)> =
        ada.phones.iter().map(|one| (one.value.as_str(), one.usage.as_str())).collect();
    assert_eq!(phones, [("555-0002", "mobile"), ("555-0001", "old")]);
    assert_eq!(ada.addresses, ["1 New St, Erie", "9 Old St, Erie (until 2015)"]);
}

#[test]
fn whom_to_call_in_an_emergency_comes_with_them() {
    let (rig, _) = delivers("f12-emergency-contact.json", &[ADA]);
    let ada = &people(&rig)[0];
    assert_eq!(ada.emergency_contact, "Eve North, 555-0003");
    assert_eq!((ada.phones[0].value.as_str(), ada.phones[0].usage.as_str()), ("555-0004 ext. 345", "work"));
}

#[test]
fn one_wrong_value_costs_that_value_and_is_named() {
    let (_, report) = delivers("f13-one-bad-date.json", &[ADA, "Ben South, 1981-03-04", "Cy East, -"]);
    assert_eq!(report.doubts[0].place, "entry[2].resource (Patient)");
    assert!(report.doubts[0].what.contains("birthDate is not a date"), "{:?}", report.doubts);
}

#[test]
fn what_was_refuted_is_nothing_a_person_has() {
    let (rig, report) = delivers("f14-refuted.json", &[ADA]);
    assert!(stored(&rig.engine).imported.iter().all(|one| one.proposals.is_empty()));
    assert_eq!((report.conditions, report.unplaced["Condition refuted"]), (0, 1));
}

#[test]
fn what_is_no_json_is_named_with_what_helps() {
    let mut rig = rig();
    let packed = deliver(&mut rig, "f15-packed.json.gz");
    assert!(packed.report.is_none() && packed.refused[0].what.contains("unpack it first"), "{packed:?}");
    let found = paths::expand(&[fixture("f16-xml-folder")]).unwrap();
    assert_eq!((found.files.len(), found.skipped, found.xml), (0, 1, 1));
}

#[test]
fn an_import_stands_in_the_history_of_everybody_it_brought_or_added_to() {
    let mut rig = rig();
    deliver(&mut rig, "f09-second-delivery/1-first.json");
    let ada = people(&rig)[0].id;
    let acts = |rig: &mut Rig| match rig.ok(Command::House(HouseAsk::History { client: ada, before: None })) {
        Answer::House(HouseAnswer::History(page)) => {
            page.lines.iter().map(|line| line.act).collect::<Vec<_>>()
        }
        other => panic!("no history: {other:?}"),
    };
    assert_eq!(acts(&mut rig), [Act::ImportFinished]);
    deliver(&mut rig, "f09-second-delivery/2-later.json");
    assert_eq!(acts(&mut rig), [Act::ImportFinished, Act::HistoryRead, Act::ImportFinished]);
}

/// The open episode of somebody, as program, day and counselor's login; and which questions of a triage are owed.
fn admitted(rig: &mut Rig, client: ClientId) -> Option<(String, String, usize)> {
    let chart = rig.open(client);
    let episode = chart.episodes.first()?.value.clone();
    Some((episode.program, episode.admitted.to_string(), chart.person.summary.unasked.len()))
}

#[test]
fn counselor_and_program_columns_admit_people_in_one_go_and_triage_stays_owed() {
    let mut rig = rig();
    let text = "MRN,First,Last,DOB,Counselor,Program,Admit Date,Deceased\n\
        1,Ada,North,1980-02-03,\"Imani, Rosa LADC\",outpatient,2026-01-02,\n\
        2,Ben,South,1981-02-03,rosa,,,\n\
        3,Cy,East,1982-02-03,Nobody Known,Outpatient,,\n\
        4,Di,West,1983-02-03,Rosa Imani,Detox,,\n\
        5,Ed,Mid,1984-02-03,,,,\n\
        6,Flo,Old,1950-02-03,Rosa Imani,Outpatient,,yes\n\
        7,Gus,Kid,2015-02-03,Rosa Imani,Outpatient,,\n";
    let report = rows(&mut rig, text);
    assert_eq!((report.people, report.admitted), (7, 2));
    let why: Vec<(&str, u64)> =
        report.not_admitted.iter().map(|one| (one.why.as_str(), one.lines[0].1)).collect();
    assert_eq!(
        why,
        [
            ("no counselor here is called \"Nobody Known\"", 4),
            ("the agency has no program called \"Detox\"", 5),
            ("the record says that they have died", 7),
            ("they are minors, and no parent or guardian is named", 8),
        ]
    );
    let ids: Vec<ClientId> = people(&rig).iter().map(|one| one.id).collect();
    let asked = admitted(&mut rig, ids[0]).unwrap();
    assert_eq!((asked.0.as_str(), asked.1.as_str()), ("Outpatient", "2026-01-02"));
    assert!(asked.2 > 0, "every question of the triage is owed");
    assert_eq!(admitted(&mut rig, ids[1]).unwrap().1, "2026-11-21", "no day is said: today");
    assert!(ids[2..].iter().all(|id| admitted(&mut rig, *id).is_none()));
    // They are on the counselor's list at once, without a further sign-in.
    let Answer::People(list) =
        rig.ok(Command::People(People::List { whose: concord::service::api::Whose::Mine }))
    else {
        panic!("no list")
    };
    assert_eq!(list.rows.len(), 2);
    // The column was mended, and the file is brought again: who is here is admitted, nobody twice.
    let again = rows(&mut rig, &text.replace("Nobody Known", "Rosa Imani"));
    assert_eq!((again.people, again.already_here, again.admitted), (0, 7, 1));
    assert!(admitted(&mut rig, ids[2]).is_some_and(|asked| asked.2 > 0));
    let head = rig.engine.head();
    let third = rows(&mut rig, &text.replace("Nobody Known", "Rosa Imani"));
    assert_eq!((third.admitted, rig.engine.head()), (0, head), "a third time changes nothing");
}

#[test]
fn a_later_delivery_is_written_into_the_chart_that_leads() {
    let mut rig = rig();
    deliver(&mut rig, "f09-second-delivery/1-first.json");
    let other = people(&rig)[0].id;
    let leads = rig.registered("Ada", "Nordh");
    rig.ask_same(leads, other);
    rig.hire("kim", &[concord::domain::Role::Supervisor], None);
    rig.lock();
    rig.sign_in("kim");
    rig.decide_same(leads, true);
    rig.lock();
    rig.sign_in("rosa");
    let later = deliver(&mut rig, "f09-second-delivery/2-later.json").report.unwrap();
    assert_eq!((later.people, later.already_here, later.added), (0, 1, 1));
    let words = |id| {
        let all = stored(&rig.engine).imported;
        let one = all.iter().find(|one| one.client == id);
        one.map_or(Vec::new(), |one| {
            one.proposals.iter().map(|said| said.wording.clone()).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        (words(leads), words(other)),
        (vec!["PTSD".to_owned()], vec!["Alcohol use disorder".to_owned()])
    );
}
