//! References and addresses as they are written: what makes no difference is taken away.

/// A reference without what makes no difference: `/patient/p1/_history/2` is `Patient/p1`, and so is `p1` where only a
/// Patient can be meant.
pub(super) fn plain(to: &str, kind: &str) -> String {
    let to = to.trim().split("/_history/").next().unwrap_or_default();
    if to.contains("?identifier=") {
        return uuid_small(to);
    }
    let to = to.replacen("?_id=", "/", 1);
    let to = to.split('?').next().unwrap_or_default().trim_end_matches('/');
    if to.contains(':') || to.starts_with('#') || to.is_empty() {
        return uuid_small(to);
    }
    let mut parts = to.rsplit('/').filter(|part| !part.is_empty());
    let (id, said) = (parts.next().unwrap_or_default(), parts.next().unwrap_or(kind));
    let said = if said.eq_ignore_ascii_case(kind) { kind } else { said };
    format!("{said}/{id}")
}

/// A name that is a UUID, in small letters: how they are written makes no difference.
pub(super) fn uuid_small(name: &str) -> String {
    let uuid = name.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("urn:uuid:"));
    if uuid { name.to_lowercase() } else { name.to_owned() }
}

/// `%7C` as `|` and so on; what is no such code stays.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
