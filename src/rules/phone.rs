//! How a phone number is shown: in one way everywhere, whatever way it was typed in. What was typed is what is kept.

/// What stands between the digits of a number.
const BETWEEN: [char; 7] = [' ', '-', '.', '(', ')', '/', '\u{2011}'];

/// `(612) 555 0142`, `6125550142` and `+1 612.555.0142` as `612-555-0142`. What has another count of digits, or words, stays as it was
/// typed; of several numbers each is read alone.
pub fn shown(typed: &str) -> String {
    let each = |one: &str| in_groups(one).unwrap_or_else(|| one.trim().to_owned());
    typed.split([',', ';']).map(each).collect::<Vec<_>>().join(", ")
}

fn in_groups(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (national, plus) = match typed.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (typed, false),
    };
    let digits: String = national.chars().filter(|c| !BETWEEN.contains(c)).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // The country code of North America is not dialled within it; that of another country is part of the number.
    let local = match digits.len() {
        11 => digits.strip_prefix('1')?,
        10 if !plus => &digits,
        7 if !plus => return Some(format!("{}-{}", &digits[..3], &digits[3..])),
        _ => return None,
    };
    Some(format!("{}-{}-{}", &local[..3], &local[3..6], &local[6..]))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_number_is_shown_in_one_way_however_it_was_typed() {
        for typed in ["(612) 555-0142", "6125550142", " 612.555.0142 ", "+1 612 555 0142", "1-612-555-0142"] {
            assert_eq!(shown(typed), "612-555-0142", "{typed}");
        }
        assert_eq!(shown("555 0142"), "555-0142");
    }

    #[test]
    fn what_is_no_such_number_stays_as_it_was_typed() {
        for typed in [
            "+49 5031 123456",
            "+44 20 7946 0958",
            "612-555-0142 ext 3",
            "none",
            "555-0177 evenings",
            "",
            "05031 123456",
        ] {
            assert_eq!(shown(typed), typed);
        }
        assert_eq!(shown("6125550142; 303 555 0147 work"), "612-555-0142, 303 555 0147 work");
    }
}
