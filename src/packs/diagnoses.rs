//! Codes of diagnoses: a list with its edition, one code a line, which an agency can replace by a newer one.

use super::PackError;
use std::sync::OnceLock;

/// A code that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code (`F10.20`).
    pub code: String,
    /// Its wording in the list.
    pub wording: String,
    /// Other names by which people look for it, with semicolons between them.
    pub also: String,
}

/// A list of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Name and year of the list, kept with each diagnosis.
    pub edition: String,
    /// Where the list comes from; empty if it does not say.
    pub source: String,
    /// Its codes in order.
    pub all: Vec<Code>,
}

/// Returns the list that ships (`icd10cm.tsv` names its source).
pub fn codes() -> &'static Codes {
    static SHIPPED: OnceLock<Codes> = OnceLock::new();
    SHIPPED.get_or_init(|| read_codes("icd10cm.tsv", include_str!("icd10cm.tsv")).unwrap_or_default())
}

/// Reads a list: `edition`, a tab, its name; `source`, a tab, where it comes from; then a code, a tab and its wording on each line. Lines that begin with `#` and
/// empty lines are passed over.
pub fn read_codes(file: &str, text: &str) -> Result<Codes, PackError> {
    let mut codes = Codes::default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| error(file, at + 1, what);
        let (code, wording) = line.split_once('\t').ok_or_else(|| wrong("a code, a tab and its wording"))?;
        let (code, wording) = (code.trim(), wording.trim());
        if code.is_empty() || wording.is_empty() {
            return Err(wrong("a code, a tab and its wording"));
        }
        match code {
            "edition" => wording.clone_into(&mut codes.edition),
            "source" => wording.clone_into(&mut codes.source),
            _ => {}
        }
        if matches!(code, "edition" | "source") {
            continue;
        }
        if codes.all.iter().rev().take(1).any(|last| last.code.as_str() >= code) {
            return Err(wrong("codes stand in order, each once"));
        }
        codes.all.push(Code { code: code.to_owned(), wording: wording.to_owned(), also: also(code) });
    }
    if codes.edition.is_empty() {
        return Err(error(file, 1, "the line `edition`, a tab, and the name of the list is missing"));
    }
    Ok(codes)
}

fn error(file: &str, line: usize, message: &str) -> PackError {
    PackError { file: file.to_owned(), line, column: 1, message: message.to_owned() }
}

/// Names under which people look for codes: the beginning of a code, and the names.
fn names() -> &'static [(&'static str, &'static str)] {
    static NAMES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let lines = include_str!("icd10cm_words.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t')).collect()
    })
}

/// The code without its dot, and the names under which people look for it.
fn also(code: &str) -> String {
    let names = names().iter().filter(|(start, _)| code.starts_with(start)).map(|(_, names)| *names);
    std::iter::once(code.replace('.', "").as_str()).chain(names).collect::<Vec<_>>().join("; ")
}

impl Code {
    /// People have a name of their own for it: it is recorded often.
    pub fn has_names(&self) -> bool {
        self.also.contains(';')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_ships_reads_and_names_its_edition() {
        let codes = codes();
        assert_eq!((codes.edition.as_str(), codes.all.len()), ("ICD-10-CM 2026", 1114));
        let of = |code: &str| codes.all.iter().find(|one| one.code == code).map(|one| one.wording.as_str());
        assert_eq!(of("F10.20"), Some("Alcohol dependence, uncomplicated"));
        assert_eq!(of("R45.851"), Some("Suicidal ideations"));
        assert_eq!(of("Z59.01"), Some("Sheltered homelessness"));
        for code in ["T14.91XA", "Z72.0", "Z81.1", "Z91.51", "Z03.89", "T74.11XA", "T76.11XA", "Z55.0", "F99"]
        {
            assert!(of(code).is_some(), "{code}");
        }
        assert!(codes.source.contains("National Center for Health Statistics"));
        assert_eq!(of("F10.2"), None, "a heading may not be recorded");
    }

    #[test]
    fn every_name_leads_to_a_code() {
        for (start, names) in names() {
            assert!(codes().all.iter().any(|code| code.code.starts_with(start)), "{start}: {names}");
            assert!(names.split(';').all(|name| !name.trim().is_empty()), "{start}: {names}");
        }
        assert!(names().len() > 100, "a tab is missing");
    }

    #[test]
    fn errors_name_the_line() {
        let text = "# ours\nedition\tours\nF10.10\tone\nF10.10\ttwo\n";
        assert_eq!(read_codes("own.tsv", text).unwrap_err().line, 4);
        assert_eq!(read_codes("own.tsv", "edition\tours\nF10.10 one").unwrap_err().line, 2);
        assert!(read_codes("own.tsv", "F10.10\tone").unwrap_err().message.contains("edition"));
    }
}
