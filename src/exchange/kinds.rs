//! What a file is that is neither rows nor JSON: told by its first bytes, whatever it is called.
//!
//! Owns the sentences that say what to do with it instead.

/// What is wrong with a file that begins like this, and what helps; `None` if it may be text.
pub(super) fn no_text(start: &[u8]) -> Option<&'static str> {
    let has = |words: &str| start.windows(words.len()).any(|window| window == words.as_bytes());
    if start.starts_with(b"PK\x03\x04") {
        return Some(if has("xl/") || has("[Content_Types].xml") {
            "is an Excel workbook (.xlsx); open it in a spreadsheet and save it as CSV"
        } else if has("opendocument.spreadsheet") {
            "is an OpenDocument spreadsheet (.ods); open it in a spreadsheet and save it as CSV"
        } else {
            "is compressed (.zip); unpack it first"
        });
    }
    if start.starts_with(&[0x1f, 0x8b]) {
        return Some("is compressed (.gz); unpack it first");
    }
    if start.starts_with(b"7z\xbc\xaf\x27\x1c") || start.starts_with(b"BZh") || start.starts_with(b"\xfd7zXZ")
    {
        return Some("is compressed; unpack it first");
    }
    if start.starts_with(b"%PDF") {
        return Some("is a PDF; ask for the same as CSV or as FHIR");
    }
    if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some("is an old Excel workbook (.xls); open it in a spreadsheet and save it as CSV");
    }
    None
}

/// As [`no_text`], of text that is no rows: a web page, XML, JSON.
pub(super) fn no_rows(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    let page = ["<!doctype html", "<html", "<head", "<table", "<meta", "<style"];
    if page.iter().any(|tag| start.starts_with(tag)) || start.starts_with("<?xml") && start.contains("<html")
    {
        return Some(
            "is a web page (HTML), whatever it is called; open it in a spreadsheet and save it as CSV",
        );
    }
    if start.starts_with("<?xml") || start.starts_with('<') {
        return Some("is XML; open it in a spreadsheet and save it as CSV");
    }
    let json = start.starts_with('{') && start.contains("\":") || start.starts_with("[{");
    json.then_some("is JSON; if it is FHIR, \"concord import fhir\" reads it")
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
    }
}
