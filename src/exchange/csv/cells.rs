//! What spreadsheets and web pages put around the text of a cell, taken away: formulas and signs for letters.

/// A cell as it was meant: `="00123"`, `=T("00123")` and `'00123` are `00123`, `Jos&eacute;` is `Jos\u{e9}`.
pub(super) fn as_meant(field: &mut String) {
    if let Some(formula) = field.strip_prefix('=') {
        if let Some(plain) = of_formula(formula) {
            *field = plain;
        }
    } else if let Some(rest) = field.strip_prefix('\'')
        && rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@".contains(c))
    {
        *field = rest.to_owned();
    }
    if field.contains('&') && field.contains(';') {
        *field = letters(field);
    }
}

/// What a formula shows, where it only keeps a text as it is: texts put together, a number, a link, a date.
fn of_formula(formula: &str) -> Option<String> {
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "+-. ()".contains(c));
    if let Some(parts) = formula.strip_prefix("DATE(").and_then(|rest| rest.strip_suffix(')')) {
        return Some(parts.replace([',', ';'], "-"));
    }
    let texts = quoted(formula);
    match texts.as_slice() {
        [] => number(formula).then(|| formula.trim_matches(['(', ')']).to_owned()),
        [.., shown] if formula.starts_with("HYPERLINK(") => Some(shown.clone()),
        _ => {
            let rest = formula.split('"').step_by(2).collect::<String>();
            let keeps = rest.chars().all(|c| "()&+T ".contains(c));
            keeps.then(|| texts.concat().trim().to_owned())
        }
    }
}

/// The texts in quotation marks; two marks within one are one.
fn quoted(formula: &str) -> Vec<String> {
    let marked = formula.replace("\"\"", "\u{0}");
    // A pair right behind `=` or `&` is a text with nothing in it.
    let marked = marked.replace("&\u{0}", "&\"\"");
    let inside = marked.split('"').skip(1).step_by(2);
    inside.map(|text| text.replace('\u{0}', "\"")).collect()
}

/// Letters as web pages name them.
#[rustfmt::skip]
const NAMED: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' '), ("rsquo", '\u{2019}'),
    ("szlig", '\u{df}'), ("ccedil", '\u{e7}'), ("Ccedil", '\u{c7}'), ("ntilde", '\u{f1}'), ("Ntilde", '\u{d1}'),
    ("aelig", '\u{e6}'), ("AElig", '\u{c6}'), ("oslash", '\u{f8}'), ("Oslash", '\u{d8}'), ("aring", '\u{e5}'),
    ("Aring", '\u{c5}'), ("scaron", '\u{161}'), ("Scaron", '\u{160}'), ("eth", '\u{f0}'), ("thorn", '\u{fe}'),
];

/// A text with the signs for letters (`&eacute;`, `&#233;`) read as the letters they stand for.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let name = behind.split(';').next().unwrap_or_default();
        if let Some(letter) = letter(name).filter(|_| name.len() < behind.len()) {
            out.push(letter);
            rest = &behind[name.len() + 1..];
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out + rest
}

fn letter(name: &str) -> Option<char> {
    use unicode_normalization::char::compose;
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let number = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return number.and_then(char::from_u32).filter(|c| !c.is_control());
    }
    if let Some((_, letter)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*letter);
    }
    // `eacute`: a letter and its mark.
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match name.get(1..)? {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        _ => return None,
    };
    compose(base, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_it_shows() {
        for (cell, want) in [
            ("=\"00123\"", "00123"),
            ("=(\"00123\")", "00123"),
            ("=T(\"00123\")", "00123"),
            ("=\"00123\"&\"\"", "00123"),
            ("=00123", "00123"),
            ("=+1 555 0100", "+1 555 0100"),
            ("=\"say \"\"hi\"\"\"", "say \"hi\""),
            ("=HYPERLINK(\"http://x/1\";\"00123\")", "00123"),
            ("=DATE(1980,2,3)", "1980-2-3"),
            ("'00123", "00123"),
            ("'t Hooft", "'t Hooft"),
            ("=SUM(A1:A9)", "=SUM(A1:A9)"),
            ("Jos&eacute; &amp; Zo&#235; M&uuml;ller &#x110;", "Jos\u{e9} & Zo\u{eb} M\u{fc}ller \u{110}"),
            ("A & B; C", "A & B; C"),
            ("Pe&ntilde;a", "Pe\u{f1}a"),
        ] {
            let mut field = cell.to_owned();
            as_meant(&mut field);
            assert_eq!(field, want, "{cell}");
        }
    }
}
