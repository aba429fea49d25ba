use super::*;

#[test]
fn every_shipped_pack_reads() {
    for (file, text) in SETS {
        read_set(file, text).unwrap();
    }
    for (file, text) in FORMATS {
        read_format(file, text).unwrap();
    }
    phrases::read("phrases.toml", PHRASES).unwrap();
    load::levels("levels.toml", LEVELS).unwrap();
    load::lists("lists.toml", LISTS).unwrap();
    groups::read("groups.toml", GROUPS).unwrap();
    load::crosswalks("crosswalk.toml", CROSSWALK).unwrap();
    let keys: Vec<_> = sets().iter().map(|set| set.key.as_str()).collect();
    assert_eq!(keys, ["ASAM3", "ASAM4", "MH6"]);
    assert_eq!(format("DAP").unwrap().sections.len(), 3);
    assert!(format("narrative").is_some() && format("SOUP").is_none());
    for set in sets() {
        assert!(!levels(&set.key).is_empty(), "{} has levels", set.key);
    }
    assert!(levels("ASAM3").iter().any(|level| level.code == "2.1" && level.contact_days == Some(5)));
    assert!(!lists().referral_sources.is_empty() && !lists().service_kinds.is_empty());
}

#[test]
fn a_four_is_now_where_the_specification_says() {
    let on = |key: &str| -> Vec<u8> {
        let set = set(key).unwrap();
        set.rated().filter(|d| d.four_is_now == FourIsNow::On).map(|d| d.number).collect()
    };
    assert_eq!(on("ASAM3"), [1, 2, 3]);
    assert_eq!(on("ASAM4"), [1, 2, 3]);
    assert_eq!(on("MH6"), [1, 2]);
}

#[test]
fn the_sixth_of_the_fourth_edition_is_not_rated() {
    let set = set("ASAM4").unwrap();
    assert_eq!(set.rated().count(), 5);
    assert!(!set.dimension(6).unwrap().rated);
    let symbols = &set.dimension(1).unwrap().subdimensions;
    assert_eq!(symbols.len(), 3);
    assert!(symbols[2].symbols.iter().any(|symbol| symbol == "MOUD-C"));
}

#[test]
fn history_crosses_by_meaning_not_by_number() {
    let from = |set: &str, number| DimensionRef { set: set.to_owned(), number };
    assert_eq!(crosswalk(&from("ASAM3", 5), "ASAM4"), Some(4));
    assert_eq!(crosswalk(&from("ASAM3", 6), "ASAM4"), Some(5));
    assert_eq!(crosswalk(&from("ASAM3", 4), "ASAM4"), None);
    assert_eq!(crosswalk(&from("ASAM4", 4), "ASAM3"), Some(5));
    assert_eq!(crosswalk(&from("ASAM4", 6), "ASAM3"), None);
    assert_eq!(crosswalk(&from("ASAM3", 4), "ASAM3"), Some(4));
    assert_eq!(crosswalk(&from("ASAM3", 1), "MH6"), None);
    for walk in load::crosswalks("crosswalk.toml", CROSSWALK).unwrap() {
        let (here, there) = (set(&walk.from).unwrap(), set(&walk.to).unwrap());
        for (from, to) in walk.pairs {
            assert!(here.dimension(from).unwrap().rated && there.dimension(to).unwrap().rated);
        }
    }
}

#[test]
fn errors_say_file_line_and_column() {
    let text = SETS[0].1.replace("mark = ", "marc = ");
    let errors = read_set("own.toml", &text).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (4, 1), "{}", errors[0]);
    assert!(errors[0].to_string().starts_with("own.toml:4:1: "));
    assert!(errors[0].message.contains("marc"));
}

#[test]
fn every_fault_of_content_is_told_at_once_and_in_place() {
    let text = SETS[0]
        .1
        .replacen("short = \"withdrawal\"", "short = \"withdrawal potential\"", 1)
        .replacen("number = 3", "number = 7", 1)
        .replacen("  \"none or stable\",\n", "", 1);
    let errors = read_set("own.toml", &text).unwrap_err();
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert!(errors.windows(2).all(|pair| pair[0].line < pair[1].line));
    assert!(errors[0].message.contains("danger_told names dimension 3"));
    assert!(errors[2].message.contains("5 anchors, has 4"));
}

#[test]
fn a_format_needs_sections_with_different_keys() {
    let text = FORMATS[0].1.replace("key = \"plan\"", "key = \"data\"");
    assert!(read_format("f.toml", &text).unwrap_err()[0].message.contains("twice"));
    assert!(read_format("f.toml", "key = \"X\"\nname = \"X\"\nsection = []\n").is_err());
}
