//! What a file is that is neither rows nor JSON: told by its first bytes, whatever it is called.
//!
//! Owns the sentences that say what to do with it instead.

/// First bytes of what is no text, and what helps.
#[rustfmt::skip]
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "is compressed (.gz); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is compressed (.7z); unpack it first"),
    (b"BZh", "is compressed (.bz2); unpack it first"),
    (b"\xfd7zXZ", "is compressed (.xz); unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed (.zst); unpack it first"),
    (b"Rar!", "is compressed (.rar); unpack it first"),
    (b"%PDF", "is a PDF; ask for the same as CSV or as FHIR"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook (.xls); open it in a spreadsheet and save it as CSV"),
    (b"{\\rtf", "is a text document (.rtf); open it and save its table as CSV"),
    (b"SQLite format 3\0", "is a database (SQLite); export its table as CSV"),
    (b"\0\x01\0\0Standard", "is an Access database; export its table as CSV"),
    (b"PAR1", "is a table of a data program (Parquet); export it as CSV"),
    (b"$FL2", "is a file of SPSS; export it as CSV"),
    (b"\x89PNG", "is a picture; ask for the same as CSV or as FHIR"),
    (b"\xff\xd8\xff", "is a picture; ask for the same as CSV or as FHIR"),
    (b"Salted__", "is encrypted; decrypt it first"),
    (b"-----BEGIN PGP MESSAGE", "is encrypted (PGP); decrypt it first"),
];

/// What is wrong with a file that begins like this, and what helps; `None` if it may be text.
pub(super) fn no_text(start: &[u8]) -> Option<&'static str> {
    let has = |words: &str| start.windows(words.len()).any(|window| window == words.as_bytes());
    if start.starts_with(b"PK\x03\x04") {
        return Some(if has("opendocument.spreadsheet") {
            "is an OpenDocument spreadsheet (.ods); open it in a spreadsheet and save it as CSV"
        } else if has("word/") || has("opendocument.text") {
            "is a text document (.docx, .odt); open it and save its table as CSV"
        } else if has("xl/") || has("[Content_Types].xml") {
            "is an Excel workbook (.xlsx); open it in a spreadsheet and save it as CSV"
        } else {
            "is compressed (.zip); unpack it first"
        });
    }
    if start.get(257..262) == Some(b"ustar") {
        return Some("holds several files (.tar); unpack it first");
    }
    BEGINNINGS.iter().find(|(bytes, _)| start.starts_with(bytes)).map(|(_, what)| *what)
}

/// First words of text that is no rows, in small letters, and what helps.
#[rustfmt::skip]
const FIRST_WORDS: &[(&str, &str)] = &[
    ("msh|", "is HL7 version 2 (messages); ask for the same as CSV or as FHIR in JSON"),
    ("isa*", "is X12 (claims); ask for the same as CSV or as FHIR in JSON"),
    ("begin:vcard", "holds address cards (vCard); save them as CSV"),
    ("mime-version:", "is a web page saved as one file (.mht); open it in a spreadsheet and save it as CSV"),
    ("id;p", "is an old spreadsheet (.slk); open it in a spreadsheet and save it as CSV"),
    ("@prefix fhir", "is FHIR as Turtle; ask for it as JSON"),
];

/// As [`no_text`], of text that is neither rows nor JSON: a web page, XML, messages of other kinds.
pub(super) fn no_table(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    let page = ["<!doctype html", "<html", "<head", "<table", "<meta", "<style", "<div", "<body"];
    let comment = start.starts_with("<!--");
    if page.iter().any(|tag| start.starts_with(tag) || comment && start.contains(tag))
        || start.starts_with("<?xml") && start.contains("<html")
    {
        return Some(
            "is a web page (HTML), whatever it is called; open it in a spreadsheet and save it as CSV",
        );
    }
    FIRST_WORDS.iter().find(|(words, _)| start.starts_with(words)).map(|(_, what)| *what)
}

/// As [`no_table`], of JSON and XML too, neither of which is rows.
pub(super) fn no_rows(text: &str) -> Option<&'static str> {
    if let Some(what) = no_table(text) {
        return Some(what);
    }
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    if start.starts_with("<?xml") || start.starts_with('<') {
        return Some("is XML; open it in a spreadsheet and save it as CSV");
    }
    let json = start.starts_with('{') && start.contains("\":") || start.starts_with("[{");
    json.then_some("is JSON; if it is FHIR, \"concord import fhir\" reads it")
}

/// As [`no_text`], of text that is not FHIR in JSON.
pub(super) fn no_json(text: &str) -> Option<&'static str> {
    if let Some(what) = no_table(text) {
        return Some(what);
    }
    let start: String = text.trim_start().chars().take(400).collect();
    if start.contains("ClinicalDocument") {
        return Some("is a clinical document (C-CDA) in XML; ask for FHIR as JSON");
    }
    if start.starts_with('<') {
        return Some("is XML; FHIR is read as JSON only: ask for it in that form");
    }
    let first = start.lines().next().unwrap_or_default();
    let table = !first.starts_with(['{', '[', '"']) && first.matches([',', ';', '\t', '|']).count() > 0;
    table.then_some("looks like a table; if it is one, \"concord import csv\" reads it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_something_else_are_named_by_what_they_are() {
        for (start, words) in [
            (&b"PK\x03\x04....xl/workbook.xml"[..], ".xlsx"),
            (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"),
            (b"PK\x03\x04..patients.csv", "unpack it first"),
            (b"\x1f\x8b\x08", "unpack it first"),
            (b"%PDF-1.7", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as CSV"),
            (b"PK\x03\x04..word/document.xml[Content_Types].xml", ".docx"),
            (b"\x28\xb5\x2f\xfd\0", "unpack it first"),
            (b"SQLite format 3\0", "database"),
        ] {
            assert!(no_text(start).unwrap().contains(words), "{words}");
        }
        assert_eq!(no_text(b"First,Last\nPK,Zip\n"), None);
        for (text, words) in [
            ("<html><body>", "web page"),
            ("\n <!DOCTYPE html>", "web page"),
            ("<?xml version='1.0'?><Patient>", "XML"),
            ("{\"resourceType\":\"Patient\"}", "import fhir"),
        ] {
            assert!(no_rows(text).unwrap().contains(words), "{text}");
        }
        assert_eq!(no_rows("Name,DOB\n<unknown>,\n"), None);
        for (text, words) in [
            ("MSH|^~\\&|A|B\r", "HL7 version 2"),
            ("First,Last\nAda,North\n", "import csv"),
            ("<ClinicalDocument xmlns='urn:hl7-org:v3'>", "C-CDA"),
            ("<Patient/>", "JSON only"),
        ] {
            assert!(no_json(text).unwrap().contains(words), "{text}");
        }
        for text in ["{\"resourceType\":\"Patient\", \"id\":\"1\"}", "[{}, {}]", "5"] {
            assert_eq!(no_json(text), None, "{text}");
        }
    }
}
