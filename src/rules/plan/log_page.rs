//! The blank sheet on which a client keeps their log: what is noted, and the days to come with room beside each.

use crate::domain::{Block, Content, Date, Dose, Log, LogKind};
use crate::packs::{PageWords, fill};

/// Days on a sheet: one page, in large letters too.
const DAYS: i32 = 14;
/// Room to write in, for a sign and for words.
const SIGN: usize = 8;
const LINE: usize = 44;

/// Returns the sheet, from today or the first day of the log on. It holds nothing that was noted before.
pub fn log_page(log: &Log, name: &str, today: Date, words: &PageWords) -> Content {
    let say = &words.log;
    let mut blocks = vec![Block::Prose(fill(&say.about, &[("what", log.what.trim())]))];
    let often = words.dose(None, &Dose { often: log.planned.clone(), ..Dose::default() });
    if !often.is_empty() {
        blocks.push(Block::Prose(fill(&say.often, &[("what", &often)])));
    }
    let (how, room) = match log.kind {
        LogKind::YesNo => (&say.yes_no, SIGN),
        LogKind::Number => (&say.number, SIGN),
        LogKind::Words => (&say.words, LINE),
    };
    blocks.push(Block::Prose(how.clone()));
    let first = log.from.max(today);
    blocks.extend(
        (0..DAYS)
            .map(|day| Block::Answer { label: words.day(first.plus_days(day)), words: "_".repeat(room) }),
    );
    Content { title: fill(&say.title, &[("name", name)]), blocks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LogEntry, LogValue, Often, Per};
    use crate::packs::page_words;

    #[test]
    fn a_sheet_has_its_days_in_the_clients_language_and_nothing_that_was_noted() {
        let today = Date::from_ymd(2026, 11, 23).unwrap();
        let log = Log {
            what: "I slept through".into(),
            kind: LogKind::YesNo,
            planned: Often::Times { times: 5, per: Per::Week },
            from: today.plus_days(-7),
            entries: vec![LogEntry { on: today.plus_days(-1), value: LogValue::Yes }],
            ..Log::default()
        };
        let page = log_page(&log, "Jo", today, page_words("en"));
        assert_eq!(page.title, "My log, Jo");
        let lines: Vec<String> = page.blocks.iter().map(Block::words).collect();
        assert_eq!(lines[0], "I note down: I slept through");
        assert_eq!(lines[1], "What we planned: 5 times a week");
        assert!(lines[3].starts_with("Monday 23 November 2026: ____"), "{lines:?}");
        assert_eq!(lines.len(), 3 + 14);
        let later = Log { from: today.plus_days(2), planned: Often::Unsaid, ..log };
        let page = log_page(&later, "Jo", today, page_words("es"));
        assert!(page.blocks[2].words().starts_with("miércoles 25 de noviembre"), "{:?}", page.blocks[2]);
    }
}
