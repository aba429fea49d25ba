//! Further ways in which systems, spreadsheets and people write the same things: headers by their words, codes, two rows of
//! headers, dates in part, cells for nothing, letters.

use super::variants::{Got, all, read};
use super::*;
use crate::domain::Birth;
use std::io::Cursor;

const ADA: &str = "Ada North, 1980-02-03";

/// What becomes of the file's bytes: the names of its people, or why it is refused.
fn bytes(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut input = Cursor::new(bytes.to_vec());
    let wanted = Wanted { system: "roster".into(), today: crate::domain::Date(20_700), ..Wanted::default() };
    let checked = check("roster.csv", &mut input, &wanted, &mut |_| ()).map_err(|fault| fault.what)?;
    let mut names = Vec::new();
    let done = checked.people(&mut input, &mut |_| (), &mut |_| (), &mut |plan| {
        names.push(plan.client.legal_name());
        Ok::<(), ()>(())
    });
    done.map_err(|_| "stopped".to_owned())?;
    Ok(names)
}

#[test]
fn a_birth_date_is_found_under_any_words_for_it() {
    for header in [
        "BirthDt",
        "Pt DOB",
        "Client's DOB",
        "Birth Date/Time",
        "BirthDateTime",
        "DOB1",
        "Born on",
        "Member Birth Date",
        "date_of_birth_mm_dd_yyyy",
        "DOB (month/day/year)",
        "birthday_date",
    ] {
        assert_eq!(
            all(&read(&format!("First,Last,\"{header}\"\nAda,North,02/03/1980\n"))),
            [ADA],
            "{header}"
        );
    }
    let got = read("First,Last,Date of Birth (day/month/year)\nAda,North,03/02/1980\n");
    assert_eq!(all(&got), [ADA]);
    for header in ["Birth Place", "Birth Name", "Mother DOB", "Birth Order", "Birth weight"] {
        let got = read(&format!("First,Last,{header}\nAda,North,x\n"));
        assert_eq!(got.people[0].imported.as_recorded.len(), 1, "{header}");
    }
    for headers in [
        "DOB M,DOB D,DOB Y",
        "DOB_MM,DOB_DD,DOB_YYYY",
        "DOB (month),DOB (day),DOB (year)",
        "Geb.-Monat,Geb.-Tag,Geb.-Jahr",
    ] {
        let headers = headers.replace("DOB Y,", "DOB Year,").replace("DOB Y", "DOB Year");
        assert_eq!(all(&read(&format!("First,Last,{headers}\nAda,North,02,03,1980\n"))), [ADA], "{headers}");
    }
}

#[test]
fn a_number_a_death_and_a_deletion_are_found_under_any_words_for_them() {
    for header in [
        "Pt ID",
        "CaseID",
        "MR#",
        "Med Rec No",
        "Chart Number",
        "Client Key",
        "PatID",
        "Pat.-Nr.",
        "Legacy ID",
        "Acct No",
        "Patient Identifier",
        "ClientUID",
        "Unique Client Identifier",
        "EHR ID",
        "Id. cliente",
        "ID del paciente",
        "Registration Number",
        "Enterprise ID",
    ] {
        let got = read(&format!("{header},First,Last\nP1,Ada,North\n"));
        assert_eq!(got.people[0].client.identifiers.len(), 1, "{header}");
    }
    for header in
        ["Household ID", "Family Number", "Insurance ID", "Room No", "Policy Number", "Staff ID", "ICD Code"]
    {
        let got = read(&format!("{header},First,Last\nP1,Ada,North\n"));
        assert_eq!(got.people[0].client.identifiers.len(), 0, "{header}");
    }
    for (header, cell) in [
        ("Deceased Flag", "1"),
        ("Death_Dt", "2020-02-02"),
        ("DeceasedDateTime", "2020-02-02"),
        ("Is Dead", "True"),
        ("Vital Status", "Deceased"),
    ] {
        let got = read(&format!("First,Last,{header}\nAda,North,{cell}\nBen,South,\nCy,East,0001-01-01\n"));
        let dead: Vec<bool> = got.people.iter().map(|plan| plan.deceased).collect();
        assert_eq!(dead, [true, false, false], "{header}");
    }
    for (header, alive, dead) in [("Alive", "Y", "N"), ("is_alive", "1", "0"), ("Living", "true", "False")] {
        let rows =
            format!("First,Last,{header}\nAda,North,{dead}\nBen,South,{alive}\nCy,East,\nDi,West,NULL\n");
        let told: Vec<bool> = read(&rows).people.iter().map(|plan| plan.deceased).collect();
        assert_eq!(told, [true, false, false, false], "{header}");
    }
    assert!(read("Name\n\"North, Ada (deceased)\"\n").people[0].deceased);
    for header in [
        "RecordDeleted",
        "Delete Flag",
        "del_flag",
        "Void",
        "IsVoid",
        "Deleted By",
        "Entered in error",
        "Löschdatum",
        "Duplicate",
        "Merged",
    ] {
        let got =
            read(&format!("First,Last,{header}\nAda,North,N\nBen,South,Y\nCy,East,0000-00-00\nDi,West,\n"));
        let lines: Vec<u64> = got.left_out.iter().map(|row| row.0).collect();
        assert_eq!(lines, [3], "{header}: {:?}", got.left_out);
    }
    for header in ["Active", "Inactive", "Hidden", "Date removed from home"] {
        assert_eq!(read(&format!("First,Last,{header}\nAda,North,Y\n")).people.len(), 1, "{header}");
    }
}

#[test]
fn codes_are_no_names_and_nobodys_number_is_none() {
    for (text, number) in [
        ("Client,Client Name,DOB\nC-1001,\"North, Ada\",1980-02-03\n", Some("C-1001")),
        ("Patient,Surname,Forename,DOB\n1001,North,Ada,1980-02-03\n", Some("1001")),
        ("Name,Client Name,DOB\nAB12,\"North, Ada\",1980-02-03\n", None),
        ("MRN,First,Last,DOB\n0000,Ada,North,1980-02-03\n", None),
        ("MRN,First,Last,DOB\nN/A,Ada,North,1980-02-03\n", None),
        ("MRN,First,Last,DOB\n123.0,Ada,North,1980-02-03\n", Some("123")),
    ] {
        let got = read(text);
        assert_eq!(all(&got), [ADA], "{text}");
        assert_eq!(got.people[0].client.identifiers.first().map(|one| one.value.as_str()), number, "{text}");
    }
    let got = read("Name;Geburtsdatum;Strasse;Nr.;PLZ;Ort\nAda Nord;3.2.1980;Hauptstr.;5;8010;Graz\n");
    assert_eq!(got.people[0].client.addresses, ["Hauptstr. 5, Graz, 8010"]);
    let got = read("Name,Addr1,Addr2,City/State/Zip\nAda North,1 Elm St,Apt 2,\"Erie, PA 16501\"\n");
    assert_eq!(got.people[0].client.addresses, ["1 Elm St, Apt 2, Erie, PA 16501"]);
    let got = read("Name,PatAdd1,PatCity,PatSt,PatZip\nAda North,1 Elm St,Erie,PA,16501\n");
    assert_eq!(got.people[0].client.addresses, ["1 Elm St, Erie, PA 16501"]);
}

#[test]
fn headers_may_stand_on_two_rows_or_twice() {
    for top in [
        "First,Last,Date of,Phone\nName,Name,Birth,Number\n",
        "Name,,Birth,Contact\nFirst,Last,Date,Phone\n",
        "Demographics,,,Contact\n,,,\nFirst Name,Last Name,DOB,Home Phone\n",
        "first_name,last_name,dob,phone\nFirst Name,Last Name,Date of Birth,Phone\n",
        "first_name,last_name,dob,phone\nvarchar(50),varchar(50),date,varchar\n",
        "First Name,Last Name,DOB,Phone\n(required),(required),(mm/dd/yyyy),(optional)\n",
    ] {
        let got = read(&format!("{top}Ada,North,02/03/1980,555-0001\n"));
        assert_eq!(all(&got), [ADA], "{top}");
        assert_eq!(got.people[0].client.phones[0].value, "555-0001", "{top}");
    }
    let got =
        read("Client,,,Emergency Contact,\nName,DOB,Phone,Name,Phone\nAda North,1980-02-03,1,Eve North,2\n");
    let ada = &got.people[0].client;
    assert_eq!((ada.phones.len(), ada.emergency_contact.as_str()), (1, "Eve North"));
    let long = "a line of what is above\n".repeat(20);
    assert_eq!(all(&read(&format!("{long}Name,DOB\n\"North, Ada\",1980-02-03\n"))), [ADA]);
}

#[test]
fn dates_are_read_in_part_and_cells_for_nothing_say_nothing() {
    let of = |date: &str| all(&read(&format!("First,Last,DOB\nAda,North,\"{date}\"\n"))).concat();
    for date in [
        "1980-Feb-03",
        "03FEB1980",
        "02 03 1980",
        "02031980",
        "2031980",
        "020380",
        "03.02.1980",
        "1980.02.03",
    ] {
        assert_eq!(of(date), ADA, "{date}");
    }
    assert_eq!(of("29,254"), ADA, "a day number with a sign for thousands");
    for (date, part) in [
        ("xx/xx/1980", "1980"),
        ("02/XX/1980", "1980-02"),
        ("1980-02-??", "1980-02"),
        ("Unknown/1980", "1980"),
        ("ca. 1980", "1980"),
        ("1980?", "1980"),
        ("~1980", "1980"),
    ] {
        assert_eq!(of(date), format!("Ada North, {part}"), "{date}");
    }
    for nothing in [
        "not on file",
        "client refused",
        "see chart",
        "pending",
        "mm/dd/yyyy",
        "XX/XX/XXXX",
        "12:00:00 AM",
        "00:00:00",
        "NaN",
        "12/31/1899",
        "31.12.9999",
        "1900-01",
    ] {
        assert_eq!(of(nothing), "Ada North, -", "{nothing}");
    }
    let got = read("First,Last,DOB\nAda,North,age 45\nBen,South,30 y\n");
    assert!(
        matches!(got.people[0].client.birth, crate::domain::Birth::About { age: 45, .. }),
        "{:?}",
        got.people[0]
    );
    assert_eq!(got.people.len(), 2);
    // What stands for nothing says nothing of the order.
    let got = read("First,Last,DOB\nAda,North,2/3/1980\nBen,South,30/12/1899\nCy,East,31.12.9999\n");
    assert_eq!(all(&got)[0], ADA);
    // The month is first with points where some dates of the file show it.
    assert_eq!(all(&read("First,Last,DOB\nAda,North,02.03.1980\nBen,South,02.13.1981\n"))[0], ADA);
}

#[test]
fn totals_in_any_form_are_nobody() {
    let got = read(
        "Last Name,First Name,DOB,Balance\nProgram: IOP,,,\nNorth,Ada,1980-02-03,10.00\nSubtotal IOP,1,,10.00\n\
         Grand total,2,,\nNumber of clients,1,,\nAverage age,46,,\nEOF,,,\nTotal,Eve,1981-02-03,\n",
    );
    assert_eq!(all(&got), [ADA, "Eve Total, 1981-02-03"], "{:?}", got.left_out);
    assert_eq!(got.left_out.len(), 6);
}

#[test]
fn names_lose_what_is_no_part_of_them() {
    for name in [
        "Ada North, RN, BSN",
        "Ada North, M.A.",
        "Ada North MA",
        "Ada North, DO",
        "North, Ada, Ms.",
        "Miss Ada North",
        "Dr. med. Ada North",
        "Dipl.-Ing. Ada North",
        "Sr. Ada North",
        "Ada North, LPC, LCDC",
        "North; Ada",
        "Ada North *DECEASED*",
    ] {
        assert_eq!(all(&read(&format!("Name,DOB\n\"{name}\",1980-02-03\n"))), [ADA], "{name}");
    }
    for (name, want) in [
        ("Yo-Yo Ma", "Yo-Yo Ma"),
        ("DO, LINH", "LINH DO"),
        ("Ada North V", "Ada North V"),
        ("MA, ADA", "ADA MA"),
    ] {
        assert_eq!(read(&format!("Name\n\"{name}\"\n")).people[0].client.legal_name(), want);
    }
    let got = read("First,Last,Suffix\nAda,North,PhD\nBen,South,Jr.\n");
    let suffixes: Vec<&str> = got.people.iter().map(|plan| plan.client.suffix.as_str()).collect();
    assert_eq!(suffixes, ["", "Jr."]);
}

#[test]
fn delimiters_of_other_kinds_are_seen_or_said() {
    for text in [
        "sep=~\nFirst~Last\nAda~North\n",
        "sep = ;\nFirst;Last\nAda;North\n",
        "sep=;;;\nFirst;Last\nAda;North\n",
        "First^Last^DOB\nAda^North^1980-02-03\n",
    ] {
        let got: Got = read(text);
        assert_eq!(got.people[0].client.legal_name(), "Ada North", "{text}");
    }
}

#[test]
fn letters_are_right_wherever_they_come_from_or_the_file_is_refused() {
    let text = "First,Last\nJos\u{e9},Pe\u{f1}a\nZo\u{eb},M\u{fc}ller\n";
    let names = vec!["Jos\u{e9} Pe\u{f1}a".to_owned(), "Zo\u{eb} M\u{fc}ller".to_owned()];
    let apart = "First,Last\nJose\u{301},Pen\u{303}a\nZoe\u{308},Mu\u{308}ller\n";
    assert_eq!(bytes(apart.as_bytes()).unwrap(), names, "a letter and its mark are one letter");
    let mac = b"First,Last\nJos\x8e,Pe\x96a\nZo\x91,M\x9fller\n";
    let (taken_for_windows, _, _) = encoding_rs::WINDOWS_1252.decode(mac);
    let refused = bytes(taken_for_windows.as_bytes()).unwrap_err();
    assert!(refused.contains("written on a Mac"), "{refused}");
    // The first letter beyond ASCII is far down.
    let many = "Ada,North\n".repeat(30_000);
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let late = [b"First,Last\n", many.as_bytes(), &windows[11..]].concat();
    assert_eq!(bytes(&late).unwrap()[30_000..], names);
    // "Wang Wei, Li Fang, Zhang Na" of a Chinese system, too few letters to be sure of: never Cyrillic.
    let few = b"First,Last\n\xce\xb0,\xcd\xf5\n\xb7\xbc,\xc0\xee\n\xc4\xc8,\xd5\xc5\n";
    assert!(bytes(few).is_err_and(|what| what.contains("look wrong")), "{:?}", bytes(few));
}

#[test]
fn a_birth_date_under_three_bare_headers_is_one_and_under_four_it_is_not() {
    let births = |text: &str| -> Vec<String> {
        let shown = |birth| match birth {
            Birth::On(date) => date.to_string(),
            other => format!("{other:?}"),
        };
        read(text).people.iter().map(|plan| shown(plan.client.birth)).collect()
    };
    let row = "First,Last,Month,Day,Year\nAda,North,2,3,1980\nBen,South,Mar,14,1981\n";
    assert_eq!(births(row), ["1980-02-03", "1981-03-14"]);
    assert_eq!(births("Year,Month,Day,Name\n1980,02,03,\"North, Ada\"\n"), ["1980-02-03"]);
    assert_eq!(births("Name,Birth Year,Month,Day\n\"North, Ada\",1980,2,3\n"), ["1980-02-03"]);
    // Another date of the file, and parts that are not beside each other: nobody knows whose they are.
    assert_eq!(births("Name,DOB,Month,Day,Year\n\"North, Ada\",1980-02-03,1,2,2026\n"), ["1980-02-03"]);
    for text in [
        "Name,Month,Day,Year,Month\n\"North, Ada\",2,3,1980,4\n",
        "Month,Name,Day,Year\n2,\"North, Ada\",3,1980\n",
        "Name,Month,Year\n\"North, Ada\",2,1980\n",
    ] {
        assert_eq!(births(text), ["Unknown"], "{text}");
    }
}

#[test]
fn whoever_is_close_to_them_is_the_emergency_contact() {
    for header in ["RelatedPerson", "Related Person", "Next of Kin", "NOK"] {
        let got = read(&format!("First,Last,{header}\nAda,North,\"Eve North, 555-0003\"\n"));
        assert_eq!(got.people[0].client.emergency_contact, "Eve North, 555-0003", "{header}");
    }
}
