//! Rosters as other systems and other languages write them: siblings of the files in `tests/fixtures/import`.

use super::*;
use crate::domain::{Birth, Date};
use crate::exchange::fhir::PersonPlan;
use std::io::Cursor;

#[derive(Debug, Default)]
pub(super) struct Got {
    pub(super) people: Vec<PersonPlan>,
    pub(super) left_out: Vec<(u64, String)>,
    pub(super) said: String,
    sample: Vec<Sampled>,
}

fn wanted() -> Wanted {
    Wanted { system: "roster".into(), today: Date::from_ymd(2026, 11, 21).unwrap(), ..Wanted::default() }
}

pub(super) fn read_as(text: &str, wanted: &Wanted) -> Got {
    let mut input = Cursor::new(text.as_bytes().to_vec());
    let checked =
        check("roster.csv", &mut input, wanted, &mut |_| ()).unwrap_or_else(|fault| panic!("{fault}"));
    let mut got = Got {
        said: checked.reading().to_string(),
        sample: checked.reading().sample.clone(),
        ..Got::default()
    };
    let left_out = &mut |row: LeftOut| got.left_out.push((row.line, row.what));
    let done = checked.people(&mut input, &mut |_| (), left_out, &mut |plan| {
        got.people.push(plan);
        Ok::<(), ()>(())
    });
    assert!(done.is_ok());
    got
}

pub(super) fn read(text: &str) -> Got {
    read_as(text, &wanted())
}

/// `Ada North, 1980-02-03`.
pub(super) fn told(plan: &PersonPlan) -> String {
    let birth = match plan.client.birth {
        Birth::On(date) => date.to_string(),
        Birth::Partly { year, month: Some(month) } => format!("{year}-{month:02}"),
        Birth::Partly { year, month: None } => year.to_string(),
        _ => "-".to_owned(),
    };
    format!("{}, {birth}", plan.client.legal_name())
}

pub(super) fn all(got: &Got) -> Vec<String> {
    got.people.iter().map(told).collect()
}

const ADA: &str = "Ada North, 1980-02-03";

#[test]
fn columns_in_other_languages_are_known() {
    let got = read(
        "Patientennummer;Anrede;Familienname;Vorname(n);geb. am;Tel. privat;Tel. mobil;E-Mail-Adresse;Stra\u{df}e;Hausnr.;PLZ;Ort;Verstorben am\n\
         17;Frau;Nord;Ada;3.2.80;1;2;a@x.org;Hauptstra\u{df}e;5;8010;Graz;\n",
    );
    let ada = &got.people[0].client;
    assert_eq!(all(&got), ["Ada Nord, 1980-02-03"]);
    assert_eq!(
        (ada.identifiers[0].value.as_str(), ada.addresses[0].as_str()),
        ("17", "Hauptstra\u{df}e 5, Graz, 8010")
    );
    assert_eq!(ada.phones.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["1", "2", "a@x.org"]);
    assert_eq!(got.people[0].imported.as_recorded, [("Anrede".to_owned(), "Frau".to_owned())]);
    let got = read(
        "N\u{b0} de expediente,Nombre(s),Primer Apellido,Segundo Apellido,Fecha de Nac. (DD/MM/AAAA),Fecha de fallecimiento\n\
         9,Jos\u{e9},Pe\u{f1}a,L\u{f3}pez,03/02/1980,04/05/2020\n",
    );
    assert_eq!(all(&got), ["Jos\u{e9} Pe\u{f1}a L\u{f3}pez, 1980-02-03"]);
    assert_eq!(got.people[0].client.deceased.unwrap().to_string(), "2020-05-04");
    assert_eq!(all(&read("Vorname;Name;Geb.-Datum\nAda;Nord;3.2.80\n")), ["Ada Nord, 1980-02-03"]);
    assert_eq!(all(&read("Nombre;Fecha de nacimiento\nAda Norte;1980-02-03\n")), ["Ada Norte, 1980-02-03"]);
}

#[test]
fn names_in_one_column_are_read_in_the_order_that_its_header_says() {
    for (header, name) in [
        ("\"Last, First\"", "\"North, Ada\""),
        ("Client Name (Last, First)", "\"North, Ada\""),
        ("Patient Name (Last First)", "North Ada"),
        ("\"Nachname, Vorname\"", "\"North, Ada\""),
        ("Name First Last", "Ada North"),
    ] {
        assert_eq!(all(&read(&format!("{header},DOB\n{name},1980-02-03\n"))), [ADA], "{header}");
    }
}

#[test]
fn several_columns_of_one_kind_are_all_taken() {
    let got =
        read("Nr,MRN,Chart #,Name,DOB,Phone,Phone,Phone\n1,M1,C7,\"North, Ada\",1980-02-03,555-1,555-2,\n");
    let ada = &got.people[0].client;
    let numbers: Vec<(&str, &str)> =
        ada.identifiers.iter().map(|one| (one.system.as_str(), one.value.as_str())).collect();
    assert_eq!(numbers, [("roster", "M1"), ("roster Chart #", "C7")]);
    assert_eq!(ada.phones.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["555-1", "555-2"]);
    let died = "ID,First,Last,DOB,Deceased,Date of Death\n1,Ada,North,1950-02-03,Yes,02/02/2020\n2,Ben,South,1950-02-03,No,\n3,Cy,East,1950-02-03,Y,00/00/0000\n";
    let got = read(died);
    let told: Vec<_> = got
        .people
        .iter()
        .map(|plan| (plan.deceased, plan.client.deceased.map(|date| date.to_string())))
        .collect();
    assert_eq!(told, [(true, Some("2020-02-02".to_owned())), (false, None), (true, None)]);
}

#[test]
fn birth_dates_are_read_however_people_write_them() {
    let of = |date: &str| all(&read(&format!("First,Last,DOB\nAda,North,\"{date}\"\n"))).concat();
    for date in [
        "3. Februar 1980",
        "3 de febrero de 1980",
        "3-feb-80",
        "Sunday, February 3, 1980",
        "Feb  3 1980 12:00AM",
        "3. 2. 1980",
        "1980-02-03T00:00:00",
        "29254.0",
        "'1980-02-03",
        "=\"\"1980-02-03\"\"",
    ] {
        assert_eq!(of(date), ADA, "{date}");
    }
    for (date, month) in [
        ("02/1980", "1980-02"),
        ("M\u{e4}rz 1981", "1981-03"),
        ("1980-00-00", "1980"),
        ("1980-02-00", "1980-02"),
    ] {
        assert_eq!(of(date), format!("Ada North, {month}"), "{date}");
    }
    for nothing in [
        "99/99/9999",
        "1/0/1900",
        "12/31/9999",
        "01/01/1753",
        "########",
        "#REF!",
        "?",
        "keine Angabe",
        "no consta",
    ] {
        assert_eq!(of(nothing), "Ada North, -", "{nothing}");
    }
    let apple = Wanted { since_1904: true, ..wanted() };
    let got = read_as("First,Last,DOB\nAda,North,27792\n", &apple);
    assert_eq!(all(&got), [ADA]);
    assert!(got.said.contains("counted from 1904 (--serials 1900 says otherwise)"), "{}", got.said);
    for header in [
        "DOB Year,DOB Month,DOB Day",
        "Geburtsjahr,Geburtsmonat,Geburtstag",
        "Birth_Year,Birth_Month,Birth_Day",
    ] {
        assert_eq!(all(&read(&format!("First,Last,{header}\nAda,North,1980,Feb,3\n"))), [ADA], "{header}");
    }
}

#[test]
fn lines_that_are_no_people_are_left_out_whatever_they_are() {
    let got = read(
        "Client Name,DOB,Phone\nCounselor: Kim,,\n\"North, Ada\",1980-02-03,1\nClient Name,DOB,Phone\n\
         \"Total, Eve\",1981-02-03,2\nTotal,2,\nGrand Total: 2 people,,\nPrinted 11/20/2026 by Kim,,\nPage 1 of 1,,\n\
         Confidential - do not copy,,\n",
    );
    assert_eq!(all(&got), [ADA, "Eve Total, 1981-02-03"]);
    let lines: Vec<u64> = got.left_out.iter().map(|row| row.0).collect();
    assert_eq!(lines, [2, 4, 6, 7, 8, 9, 10], "{:?}", got.left_out);
    let got = read("Name;Geburtsdatum;Betrag\n\"Nord, Ada\";3.2.1980;5\nGesamt;;5\nSumme: 1 Klientin;;\n");
    assert_eq!(all(&got), ["Ada Nord, 1980-02-03"]);
    let got = read(
        "ID,First,Last,Status,Merged Into\n1,Ada,North,Active,\n2,Ada,Nort,,1\n3,Ben,South,Deleted,\n4,Cy,East,Deceased,\n",
    );
    assert_eq!(all(&got), ["Ada North, -", "Cy East, -"]);
    assert!(got.people[1].deceased);
    assert!(got.left_out[0].1.contains("put it together") && got.left_out[1].1.contains("deleted"));
    assert!(
        got.sample.iter().all(|one| !one.becomes.contains("left out")),
        "the sample is somebody who comes in"
    );
}

#[test]
fn what_spreadsheets_and_databases_make_of_cells_is_no_part_of_what_they_say() {
    let got = read(
        "MRN,First,Middle,Last,DOB,Phone\n1.23E+11,Ada,NULL,North,1980-02-03,NULL\n'00123,Ben,,South,1981-02-03,'+1 555\n",
    );
    let (ada, ben) = (&got.people[0].client, &got.people[1].client);
    assert_eq!((ada.name.given.as_str(), ada.phones.len(), ada.identifiers.len()), ("Ada", 0, 0));
    assert!(got.people[0].doubts[0].what.contains("shortened") && got.people[0].doubts[0].line == 2);
    assert_eq!((ben.identifiers[0].value.as_str(), ben.phones[0].value.as_str()), ("00123", "+1 555"));
    let got = read("First,Last\nJos?,Pe\u{f1}a\n");
    assert!(got.people[0].doubts[0].what.contains("a letter that was lost"));
}

#[test]
fn counselor_program_and_day_of_a_row_are_kept_and_handed_over() {
    let got = read(
        "First,Last,Counselor,Program,Admit Date\nAda,North,Rosa Imani,IOP,01/02/2026\nBen,South,,,\nCy,East,Kim,IOP,soon\n",
    );
    let said = got.people[0].admission.as_ref().unwrap();
    assert_eq!((said.counselor.as_str(), said.program.as_str()), ("Rosa Imani", "IOP"));
    assert_eq!(said.on.unwrap().to_string(), "2026-01-02");
    assert!(got.people[0].imported.as_recorded.contains(&("Counselor".to_owned(), "Rosa Imani".to_owned())));
    assert_eq!((got.people[1].admission.as_ref(), got.people[2].admission.as_ref()), (None, None));
    assert!(got.people[2].doubts[0].what.starts_with("not admitted"), "{:?}", got.people[2].doubts);
}
