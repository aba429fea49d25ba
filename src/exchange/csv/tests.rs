use super::*;
use crate::domain::{Birth, Date};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use proptest::prelude::*;
use std::io::Cursor;

fn wanted() -> Wanted {
    Wanted { system: "roster".into(), today: Date::from_ymd(2026, 11, 21).unwrap(), ..Wanted::default() }
}

#[derive(Debug, Default)]
struct Got {
    people: Vec<PersonPlan>,
    left_out: Vec<LeftOut>,
    reading: Option<Reading>,
}

fn read_as(bytes: &[u8], wanted: &Wanted) -> Result<Got, ImportFault> {
    let mut input = Cursor::new(bytes.to_vec());
    let checked = check("roster.csv", &mut input, wanted, &mut |_| ())?;
    let mut got = Got { reading: Some(checked.reading().clone()), ..Got::default() };
    let done = checked.people(&mut input, &mut |_| (), &mut |row| got.left_out.push(row), &mut |plan| {
        got.people.push(plan);
        Ok::<(), ()>(())
    });
    done.map_err(|stopped| match stopped {
        Stopped::Fault(fault) => fault,
        Stopped::Taker(()) => panic!("nothing was refused"),
    })?;
    Ok(got)
}

fn read(text: &str) -> Got {
    read_as(text.as_bytes(), &wanted()).unwrap()
}

fn on(year: i32, month: u32, day: u32) -> Birth {
    Birth::On(Date::from_ymd(year, month, day).unwrap())
}

#[test]
fn a_plain_roster_is_read_with_its_columns_guessed() {
    let got = read(
        "Last Name,First Name,Preferred Name,DOB,MRN,Cell Phone,E-mail,Street,City,State,Zip,Case manager\n\
         Rivera,Josefina,Jo,4/12/1991,A12,555 0100,jo@example.org,1 Elm St,Springfield,IL,62701,Kim\n\
         \"O'Neil, Sr.\",Sam,,12/31/1950,A13,,,,,,,\n",
    );
    assert!(got.left_out.is_empty(), "{:?}", got.left_out);
    let jo = &got.people[0];
    assert_eq!((jo.client.name.given.as_str(), jo.client.name.family.as_str()), ("Josefina", "Rivera"));
    assert_eq!((jo.client.preferred.as_str(), jo.client.birth), ("Jo", on(1991, 4, 12)));
    assert_eq!(jo.client.identifiers[0].value, "A12");
    assert_eq!(
        jo.client.phones.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(),
        ["555 0100", "jo@example.org"]
    );
    assert_eq!(jo.client.addresses, ["1 Elm St, Springfield, IL 62701"]);
    assert_eq!(jo.imported.as_recorded, [("Case manager".to_owned(), "Kim".to_owned())]);
    assert_eq!(
        (got.people[1].client.name.family.as_str(), got.people[1].place.as_str()),
        ("O'Neil", "line 3")
    );
    assert_eq!(got.people[1].client.suffix, "Sr.");
    let reading = got.reading.unwrap();
    assert_eq!(
        (reading.encoding, reading.delimiter, reading.order, reading.order_said),
        ("UTF-8", Delimiter::Comma, Order::Mdy, true)
    );
}

#[test]
fn what_spreadsheets_write_is_recognised() {
    let text = "Nachname;Vorname;Geburtsdatum;Ort\nM\u{fc}ller;Zo\u{eb};21.11.1990;M\u{fc}nchen \u{2013} West\nHern\u{e1}n;\u{c1}ngel;05.03.84;\n";
    let (windows, _, _) = WINDOWS_1252.encode(text);
    let utf_16 = |little: bool, mark: bool| {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<u8>>()
    };
    let marked = [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat();
    for (bytes, encoding, mark) in [
        (text.as_bytes().to_vec(), UTF_8, false),
        (marked, UTF_8, true),
        (windows.into_owned(), WINDOWS_1252, false),
        (utf_16(true, true), UTF_16LE, true),
        (utf_16(false, true), UTF_16BE, true),
        (utf_16(true, false), UTF_16LE, false),
        (utf_16(false, false), UTF_16BE, false),
    ] {
        let got = read_as(&bytes, &wanted()).unwrap();
        let reading = got.reading.unwrap();
        assert_eq!((reading.encoding, reading.marked), (encoding.name(), mark));
        assert_eq!((reading.delimiter, reading.order), (Delimiter::Semicolon, Order::Dmy));
        assert_eq!(got.people[0].client.name.family, "M\u{fc}ller", "{}", encoding.name());
        assert_eq!(got.people[0].client.addresses, ["M\u{fc}nchen \u{2013} West"]);
        assert_eq!(got.people[1].client.birth, on(1984, 3, 5));
    }
    for (sign, delimiter) in [("\t", Delimiter::Tab), ("|", Delimiter::Pipe), (",", Delimiter::Comma)] {
        let got = read(&format!("first{sign}last\nJo{sign}Rivera\n"));
        assert_eq!(got.reading.unwrap().delimiter, delimiter);
        assert_eq!(got.people.len(), 1);
    }
}

#[test]
fn bad_rows_are_left_out_by_line_and_the_others_come() {
    let got = read(
        "first,last,dob\n\
         Jo,Rivera,04/12/1991\n\
         ,,04/12/1991\n\
         Ann,Able,31/31/1991\n\
         Bo,\"Two\nlines\",02/30/1990\n\
         Cy,Comma,01/01/1990,extra\n\
         Di,Soon,01/01/2030\n\
         \n\
         Ed,Old,01/01/1850\n\
         Flo,Maybe,soon\n\
         Gus,Grey,\n",
    );
    assert_eq!(
        got.people.iter().map(|one| one.client.name.given.as_str()).collect::<Vec<_>>(),
        ["Jo", "Gus"]
    );
    assert_eq!(got.people[1].client.birth, Birth::Unknown);
    let lines: Vec<u64> = got.left_out.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 4, 5, 7, 8, 10, 11]);
    for (row, words) in got.left_out.iter().zip([
        "no name",
        "no such birth date",
        "no such birth date",
        "4 fields, the header 3",
        "in the future",
        "over 130",
        "does not read as a date",
    ]) {
        assert!(row.what.contains(words), "{row:?}");
        assert!(!row.what.contains("1991") && !row.what.contains("soon"), "never quotes the row: {row:?}");
    }
}

#[test]
fn the_order_of_dates_is_one_for_the_file() {
    let of = |dates: &[&str], wanted: &Wanted| {
        let rows: Vec<String> = dates.iter().map(|date| format!("Jo,Rivera,{date}")).collect();
        let got = read_as(format!("first,last,dob\n{}\n", rows.join("\n")).as_bytes(), wanted).unwrap();
        (got.reading.unwrap().order, got.people.iter().map(|one| one.client.birth).collect::<Vec<_>>())
    };
    let usual = |usual_order| Wanted { usual_order, ..wanted() };
    let eighth = [on(1991, 4, 5)];
    assert_eq!(of(&["04/05/1991"], &usual(Order::Mdy)), (Order::Mdy, eighth.to_vec()));
    assert_eq!(of(&["05/04/1991"], &usual(Order::Dmy)), (Order::Dmy, eighth.to_vec()));
    // One date that can only be read one way decides for all.
    let both = vec![on(1991, 4, 5), on(1990, 1, 31)];
    assert_eq!(of(&["05/04/1991", "31/01/1990"], &usual(Order::Mdy)), (Order::Dmy, both.clone()));
    assert_eq!(of(&["04/05/1991", "01/31/1990"], &usual(Order::Dmy)), (Order::Mdy, both.clone()));
    assert_eq!(of(&["1991-04-05", "1990-01-31"], &usual(Order::Dmy)).1, both);
    let told = Wanted { order: Some(Order::Dmy), ..wanted() };
    assert_eq!(of(&["05/04/1991"], &told), (Order::Dmy, eighth.to_vec()));
    for text in
        ["5 Apr 1991", "April 5, 1991", "05-Apr-91", "5th April 1991", "1991-04-05T00:00:00", "19910405"]
    {
        let quoted = format!("\"{text}\"");
        assert_eq!(of(&[&quoted], &wanted()).1, eighth, "{text}");
    }
    assert_eq!(of(&["1991"], &wanted()).1, [Birth::Partly { year: 1991, month: None }]);
    // Two digits: the last such year that does not lie ahead.
    assert_eq!(of(&["01/02/26"], &wanted()).1, [on(2026, 1, 2)]);
    assert_eq!(of(&["01/02/27"], &wanted()).1, [on(1927, 1, 2)]);
}

#[test]
fn columns_are_said_by_hand_by_name_or_number() {
    let map = |pairs: &[(&str, &str)], no_header: bool| Wanted {
        map: pairs
            .iter()
            .map(|(field, column)| (Field::named(field).unwrap(), (*column).to_owned()))
            .collect(),
        no_header,
        ..wanted()
    };
    let odd = "A,B,When\nJo,Rivera,1991-04-12\n";
    let got =
        read_as(odd.as_bytes(), &map(&[("given", "a"), ("family", "2"), ("birth", "when")], false)).unwrap();
    assert_eq!(
        (got.people[0].client.name.given.as_str(), got.people[0].client.birth),
        ("Jo", on(1991, 4, 12))
    );
    let got = read_as(b"Jo,Rivera,x\n", &map(&[("given", "1"), ("family", "2")], true)).unwrap();
    assert_eq!(got.people[0].client.name.family, "Rivera");
    let fault = read_as(odd.as_bytes(), &wanted()).unwrap_err().to_string();
    assert!(fault.contains("--map given=") && fault.contains("A, B, When"), "{fault}");
    let fault = read_as(odd.as_bytes(), &map(&[("name", "Nobody")], false)).unwrap_err().to_string();
    assert!(fault.contains("no column \"Nobody\""), "{fault}");
    // One column with both names, either way round; a guessed column gives way.
    let got = read_as(b"Client,Name\nX,\"Rivera, Jo\"\nY,Sam Lee Okafor\n", &map(&[("name", "Name")], false))
        .unwrap();
    let names: Vec<_> = got
        .people
        .iter()
        .map(|one| (one.client.name.given.as_str(), one.client.name.family.as_str()))
        .collect();
    assert_eq!(names, [("Jo", "Rivera"), ("Sam Lee", "Okafor")]);
}

#[test]
fn a_doubtful_file_is_refused_whole_with_its_line() {
    let refused = |bytes: &[u8]| read_as(bytes, &wanted()).map(|got| got.people.len()).unwrap_err();
    for (bytes, words, line) in [
        (&b""[..], "is empty", None),
        (b"first,last\n", "no rows", None),
        (b"first,last\nJo,\"Rivera\nAnn,Able\n", "never closed", Some(2)),
        (b"first,last\nJo,Riv\0era\n", "NUL", Some(2)),
        (b"first,last\n,\n , \n", "no rows", None),
        (b"first,last,dob\n,,1991-04-12\n", "no row with a name", None),
    ] {
        let fault = refused(bytes);
        assert!(fault.what.contains(words), "{fault}");
        assert_eq!(fault.at.map(|at| at.0), line, "{fault}");
    }
    // UTF-8 at first, something else later: the guess is shown to be wrong, with what helps.
    let long = format!("first,last\nZo\u{eb},First\n{}", "Jo,Rivera\n".repeat(39_999));
    let mut bytes = long.into_bytes();
    bytes.extend_from_slice(b"Zo\xeb,Ahn\n");
    let fault = refused(&bytes);
    assert_eq!(fault.at, Some((40_002, 1)), "{fault}");
    assert!(fault.what.contains("--encoding"), "{fault}");
    let told = Wanted { encoding: encoding_named("windows-1252"), ..wanted() };
    let people = read_as(&bytes, &told).map(|got| got.people).unwrap_or_default();
    assert_eq!(people.last().unwrap().client.name.given, "Zo\u{eb}");
    assert!(encoding_named("replacement").is_none() && encoding_named("no-such").is_none());
}

#[test]
fn nothing_endless_is_held_in_memory() {
    /// A file that never ends its row.
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let start: &[u8] = b"first,last\nJo,\"";
            for (at, byte) in into.iter_mut().enumerate() {
                *byte = start.get(self.0 as usize + at).copied().unwrap_or(b'x');
            }
            self.0 += into.len() as u64;
            assert!(self.0 < 64 * 1024 * 1024, "it should have stopped long ago");
            Ok(into.len())
        }
    }
    impl Seek for Endless {
        fn seek(&mut self, _: SeekFrom) -> std::io::Result<u64> {
            self.0 = 0;
            Ok(0)
        }
    }
    let fault = check("endless.csv", &mut Endless(0), &wanted(), &mut |_| ()).err().unwrap();
    assert!(fault.what.contains("quotation mark stands open") && fault.at == Some((2, 1)), "{fault}");
    let huge = format!("first,last,notes\nJo,Rivera,{}\nAnn,Able,ok\n", "x".repeat(5_000));
    let got = read(&huge);
    assert_eq!((got.people.len(), got.left_out[0].line), (1, 2));
    assert!(got.left_out[0].what.contains("column 3"), "{:?}", got.left_out);
    let longest = format!("first,last\nJo,{}\n", "x".repeat(MAX_ROW));
    assert!(read_as(longest.as_bytes(), &wanted()).unwrap_err().what.contains("longer than"));
}

#[test]
fn what_a_terminal_would_obey_is_cleaned_from_every_cell_and_header() {
    let got = read("first,last,no\u{1b}[31mte\nJo\u{1b}]0;x\u{7},Riv\u{202e}era,\u{1b}[2J!\n");
    let person = &got.people[0];
    assert_eq!((person.client.name.given.as_str(), person.client.name.family.as_str()), ("Jo", "Rivera"));
    assert_eq!(person.imported.as_recorded[0], ("note".to_owned(), "!".to_owned()));
    assert_eq!(got.reading.unwrap().columns[2].header, "note");
}

#[test]
fn a_file_that_changed_between_the_readings_is_not_used() {
    let mut input = Cursor::new(b"first,last\nJo,Rivera\n".to_vec());
    let checked = check("roster.csv", &mut input, &wanted(), &mut |_| ()).unwrap();
    let mut other = Cursor::new(b"first,last\nJo,Riverb\n".to_vec());
    let done = checked.people(&mut other, &mut |_| (), &mut |_| (), &mut |_| Ok::<(), ()>(()));
    assert!(matches!(done, Err(Stopped::Fault(fault)) if fault.what.contains("changed while")));
}

proptest! {
    #[test]
    fn whatever_the_bytes_it_ends_with_people_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_as(&bytes, &wanted());
        let headed = [&b"first,last,dob\n"[..], &bytes].concat();
        let _ = read_as(&headed, &wanted());
    }

    #[test]
    fn every_row_is_a_person_or_left_out(rows in prop::collection::vec("[a-z\",;\n]{0,12}", 1..20)) {
        let text = format!("first,last\n{}", rows.join("\n"));
        let mut input = Cursor::new(text.into_bytes());
        if let Ok(checked) = check("r", &mut input, &wanted(), &mut |_| ()) {
            let (mut people, mut left_out) = (0, 0);
            let done = checked.people(&mut input, &mut |_| (), &mut |_| left_out += 1, &mut |_| {
                people += 1;
                Ok::<(), ()>(())
            });
            prop_assert!(done.is_ok());
            prop_assert_eq!(people + left_out, checked.rows());
        }
    }
}
