//! Counts as a sentence says them: `1 note`, `2 notes`.

use std::fmt::Display;

/// Returns the count with its noun in the singular or the plural.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(many: N, one: &str, more: &str) -> String {
    let noun = if many == N::from(1) { one } else { more };
    format!("{many} {noun}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_singular_and_none_is_plural() {
        assert_eq!(counted(0_usize, "note", "notes"), "0 notes");
        assert_eq!(counted(1_u64, "note", "notes"), "1 note");
        assert_eq!(counted(12_i64, "person", "people"), "12 people");
    }
}
