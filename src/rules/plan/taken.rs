//! Lines that were taken from the agency's library or from an earlier stay: their blanks, and whether their words are still those.

use super::AnyLine;
use crate::domain::{PlanLine, Taken};
use crate::packs::next_blank;

/// Returns the words of the library that a line was begun with and still has.
pub fn template(line: &PlanLine) -> Option<&str> {
    match &line.taken {
        Taken::Library(words) => Some(words),
        Taken::Own | Taken::Earlier { .. } => None,
    }
}

/// Returns a line of the library without its blanks.
pub fn fixed(template: &str) -> String {
    parts(template).join(" ")
}

/// What is before, between and behind the blanks.
fn parts(template: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    while let Some(blank) = next_blank(template, from) {
        parts.push(&template[from..blank.start]);
        from = blank.end;
    }
    parts.push(&template[from..]);
    parts
}

/// Whether a text is this line of the library with its blanks filled, and no other word changed.
fn is_filled(template: &str, text: &str) -> bool {
    let parts = parts(template);
    let Some((last, before)) = parts.split_last() else { return false };
    let Some((first, between)) = before.split_first() else { return text.trim() == last.trim() };
    let Some(mut rest) = text.trim_end().strip_prefix(first.trim_start()) else { return false };
    for part in between {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last.trim_end())
}

/// The words of a line that can be taken over: of a goal without plain words those of the client.
pub fn said(line: AnyLine<'_>) -> &str {
    match line {
        AnyLine::Goal(goal) if goal.wording.trim().is_empty() => &goal.words.words,
        AnyLine::Goal(goal) => &goal.wording,
        AnyLine::Objective(one) => &one.step,
        AnyLine::Method(one) => &one.wording,
    }
}

/// Returns where the words of a line are from, once it reads as it does: they are its own as soon as a word other than a blank was
/// changed. `earlier` are the words of the line of an earlier stay that it names, if that is there.
pub fn now(line: AnyLine<'_>, earlier: Option<&str>) -> Taken {
    match &line.line().taken {
        Taken::Earlier { .. } if earlier.is_none_or(|words| words.trim() != said(line).trim()) => Taken::Own,
        Taken::Library(words) if !is_filled(words, said(line)) => Taken::Own,
        taken => taken.clone(),
    }
}

/// Returns the first blank of a line that nobody has filled in, with its marks.
pub fn blank(line: AnyLine<'_>) -> Option<&str> {
    let texts: &[&str] = match line {
        AnyLine::Goal(goal) => &[&goal.words.words, &goal.wording, &goal.know],
        AnyLine::Objective(one) => &[&one.step, &one.amount, &one.see],
        AnyLine::Method(one) => &[&one.wording, &one.purpose],
    };
    texts.iter().find_map(|text| text.get(next_blank(text, 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Objective;

    fn step(words: &str, template: &str) -> Objective {
        let line = PlanLine { taken: Taken::Library(template.into()), ..PlanLine::default() };
        Objective { line, step: words.into(), ..Objective::default() }
    }

    #[test]
    fn a_line_is_the_librarys_until_a_word_other_than_a_blank_is_changed() {
        let template = "call «whom» before «time» on court days";
        let is = |words: &str| now(AnyLine::Objective(&step(words, template)), None) != Taken::Own;
        assert!(is("call Lena before 20:00 on court days"));
        assert!(is("call «whom» before «time» on court days"));
        assert!(!is("ring Lena before 20:00 on court days"));
        assert!(!is("call Lena on court days"));
        assert!(!is("call Lena before 20:00 on court days, and write"));
        let whole =
            |words: &str| now(AnyLine::Objective(&step(words, "go to a meeting")), None) != Taken::Own;
        assert!(whole("go to a meeting ") && !whole("go to the meeting"));
        let ends = |words: &str| now(AnyLine::Objective(&step(words, "walk to «place»")), None) != Taken::Own;
        assert!(ends("walk to the river") && !ends("run to the river"));
    }

    #[test]
    fn a_line_of_an_earlier_stay_is_copied_until_a_word_is_changed() {
        let line = PlanLine {
            taken: Taken::Earlier { line: crate::domain::LineRef::objective(1), episode: 1 },
            ..PlanLine::default()
        };
        let one = Objective { line, step: "call Lena ".into(), ..Objective::default() };
        assert_ne!(now(AnyLine::Objective(&one), Some("call Lena")), Taken::Own);
        assert_eq!(now(AnyLine::Objective(&one), Some("ring Lena")), Taken::Own);
        assert_eq!(now(AnyLine::Objective(&one), None), Taken::Own, "it names no line of this person");
    }

    #[test]
    fn a_blank_that_nobody_filled_is_found_in_every_field() {
        let mut one = step("call Lena", "");
        assert_eq!(blank(AnyLine::Objective(&one)), None);
        one.amount = "«n» nights a week".into();
        assert_eq!(blank(AnyLine::Objective(&one)), Some("«n»"));
        one.step = "call «whom»".into();
        assert_eq!(blank(AnyLine::Objective(&one)), Some("«whom»"));
    }
}
