//! What ships reads, and what is wrong with a file is told at its place.

use super::*;
use crate::packs::{INSTRUMENTS, PackError, instrument_text, instruments};

fn phq() -> &'static str {
    instrument_text("PHQ-9").unwrap()
}

fn fault(text: &str) -> PackError {
    let mut errors = read_instrument("own.toml", text).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

#[test]
fn every_measure_that_ships_reads() {
    for (file, text) in INSTRUMENTS {
        read_instrument(file, text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert!(file.ends_with(&format!(
            "{}.toml",
            file.trim_start_matches("instruments/").trim_end_matches(".toml")
        )));
    }
    assert_eq!(instruments().len(), INSTRUMENTS.len());
    let keys: Vec<&str> = instruments().iter().map(|one| one.key.as_str()).collect();
    for key in [
        "PHQ-9", "PHQ-2", "GAD-7", "PCL-5", "AUDIT-C", "BAM-R", "CORE-10", "CIWA-Ar", "WAI-SR", "HAq-II",
        "AUDIT", "DAST-10", "WHO-5", "CALPAS-P", "TAQS", "TAQR", "VPPS", "SRS", "ORS", "OQ-45.2",
    ] {
        assert!(keys.contains(&key), "{key} ships");
    }
}

#[test]
fn words_ship_only_where_the_licence_lets_them() {
    for one in instruments() {
        let words = one.answers.iter().flat_map(|set| &set.choices).any(|choice| !choice.words.is_empty());
        let labels = one.items.iter().any(|item| !item.label.is_empty());
        if one.typed == Typed::Items && !one.licence.is_free() {
            assert!(!labels, "{} has labels", one.key);
            let plain = |choice: &Choice| ["", "no", "yes"].contains(&choice.words.as_str());
            assert!(one.answers.iter().flat_map(|set| &set.choices).all(plain), "{} has words", one.key);
        }
        assert!(
            one.licence == Licence::Commercial
                || one.typed == Typed::Items
                || !words
                || one.may_be_drawn().is_err()
        );
    }
    let forbidden: Vec<&str> =
        instruments().iter().filter(|one| one.may_be_drawn().is_err()).map(|one| one.key.as_str()).collect();
    assert_eq!(forbidden, ["HAq-II", "CALPAS-P", "TAQS", "TAQR", "VPPS", "SRS", "ORS", "OQ-45.2"]);
}

#[test]
fn a_fault_is_told_with_line_and_column() {
    for (from, to, line, column, said) in [
        ("title = ", "titel = ", 4, 1, "there is no line \"titel\" here"),
        ("source = \"PHQ\"\nchoices", "source = \"PHQX\"\nchoices", 0, 1, "there is no source \"PHQX\""),
        ("{ from = 5, words", "{ from = 0, words", 69, 5, "overlap: 0 is not above"),
        ("{ from = 0, words", "{ from = 2, words", 68, 5, "gap: scores from 0.00 up to 2 have no band"),
        (", unscored = true", "", 0, 3, "item 10 is in no scale; mark it unscored"),
        ("\"8\", \"9\"]", "\"8\", \"19\"]", 0, 0, "there is no item \"19\""),
        ("most = 2", "most = 9", 0, 0, "at least 1 answer may be missing, and not all of them"),
        ("item = \"9\"\nfrom = 1", "item = \"9\"\nfrom = 4", 0, 0, "this is met by none or by all"),
        ("ASAM3 = 3", "ASAM3 = 9", 0, 0, "there is no such dimension"),
        ("count = 6\n", "", 0, 0, "no-reliable-gain takes count"),
        ("days = [14, 28]", "days = [28, 14]", 0, 0, "from the lower to the higher"),
    ] {
        assert!(phq().contains(from), "{from}");
        let text = phq().replacen(from, to, 1);
        let errors = read_instrument("own.toml", &text).unwrap_err();
        let error = errors.iter().find(|error| error.message.contains(said));
        let error = error.unwrap_or_else(|| panic!("{said}: {errors:#?}"));
        let at = text.find(to).filter(|_| !to.is_empty());
        let there = at.map_or(error.line, |at| text[..at].matches('\n').count() + 1);
        assert!(error.line >= there && error.line <= there + 2, "{said}: {error} near {there}");
        assert!(
            (line == 0 || error.line == line) && (column == 0 || error.column == column),
            "{said}: {error}"
        );
    }
}

#[test]
fn labels_of_a_form_that_is_not_free_are_refused() {
    let text = phq().replacen("licence = \"public-domain\"", "licence = \"non-commercial\"", 1);
    let errors = read_instrument("own.toml", &text).unwrap_err();
    assert_eq!(errors.len(), 10, "one for each label");
    assert!(errors[0].message.starts_with("items of a form that is not free are numbered"));
}

#[test]
fn an_own_file_takes_the_place_of_one_that_ships_with_a_higher_version() {
    let same = read_own_instrument("own.toml", phq()).unwrap_err();
    assert_eq!((same[0].line, same[0].column), (3, 1), "{same:?}");
    assert_eq!(same[0].message, "PHQ-9 ships with version 1; give yours a higher one, such as 2");
    let text = phq().replacen("version = 1", "version = 2", 1).replacen("by = 6", "by = 5", 1);
    let own = read_own_instrument("own.toml", &text).unwrap();
    let all = Instruments::with_own(vec![own]);
    assert_eq!(all.iter().count(), instruments().len());
    assert_eq!(all.find("phq9").map(|one| one.version), Some(2));
}

#[test]
fn a_name_is_found_without_case_and_signs() {
    let all = Instruments::default();
    for (name, key) in [
        ("phq9", Some("PHQ-9")),
        ("WAI-SR", Some("WAI-SR")),
        ("C-SSRS", Some("C-SSRS screener")),
        ("cssrs screener", Some("C-SSRS screener")),
        ("oq45.2", Some("OQ-45.2")),
        ("PHQ", None),
        ("", None),
    ] {
        assert_eq!(all.find(name).map(|one| one.key.as_str()), key, "{name:?}");
    }
}

#[test]
fn two_figures_for_one_person_are_refused() {
    let audit = instrument_text("AUDIT-C").unwrap();
    let error = fault(&audit.replacen("when = { sex = \"male\" }\n", "", 1));
    assert!(error.message.contains("holds for the same people"), "{error}");
}
