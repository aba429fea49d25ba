//! Birth dates as spreadsheets and databases write them. The order of day and month is one for the whole file: the dates' own where one
//! of them says it, else what the caller or the agency is used to.

use super::columns::fold;
use super::nothing::{is_no_day, is_nothing};
use crate::domain::{Birth, Date};
use std::fmt;

/// Order of day, month and year where all three are numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// `2026-11-21`, and nothing else in numbers.
    Ymd,
    /// `11/21/2026`.
    #[default]
    Mdy,
    /// `21.11.2026`.
    Dmy,
}

impl Order {
    /// The order of a word.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "ymd" => Self::Ymd,
            "mdy" => Self::Mdy,
            "dmy" => Self::Dmy,
            _ => return None,
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ymd => "year-month-day",
            Self::Mdy => "month/day/year",
            Self::Dmy => "day/month/year",
        })
    }
}

/// What the dates of a file say about their order.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    mdy: usize,
    dmy: usize,
    ymd: usize,
    /// Three numbers that could stand in more than one order.
    open: usize,
    /// Day numbers of a spreadsheet.
    pub(super) serials: usize,
    /// Dates with points between the numbers and the month first all the same.
    pointed_mdy: usize,
}

impl Evidence {
    /// Looks at one date.
    pub(super) fn see(&mut self, text: &str) {
        if is_nothing(text) {
            return;
        }
        match numbers(text) {
            Some(three) if is_no_day(three) || compact(text).is_some() => {}
            Some([first, _, _]) if first > 31 => self.ymd += 1,
            Some([first, second, _]) if first > 12 && second <= 12 => self.dmy += 1,
            Some([first, second, _]) if second > 12 && first <= 12 => {
                self.mdy += 1;
                self.pointed_mdy += usize::from(is_pointed(text));
            }
            // Nobody writes the month first and points behind it.
            Some([first, second, _]) if text.contains('.') && first > 0 && second > 0 => self.dmy += 1,
            Some(_) => self.open += 1,
            None => self.serials += usize::from(serial(text).is_some()),
        }
    }

    /// The order of dates with points: nobody writes the month first then, unless some dates of the file do.
    pub(super) fn pointed(&self) -> Order {
        if self.pointed_mdy > 0 { Order::Mdy } else { Order::Dmy }
    }

    /// The order they say; `None` if they say none or contradict each other evenly.
    pub(super) fn said(&self) -> Option<Order> {
        match (self.mdy, self.dmy) {
            (0, 0) if self.ymd > 0 && self.open == 0 => Some(Order::Ymd),
            (mdy, dmy) if mdy > dmy => Some(Order::Mdy),
            (mdy, dmy) if dmy > mdy => Some(Order::Dmy),
            _ => None,
        }
    }
}

fn is_pointed(text: &str) -> bool {
    text.matches('.').count() > 1
}

/// Three numbers, whatever is between them; times behind the date are left away. What of them is not known
/// (`02/XX/1980`, `??/??/1980`) is zero.
pub(super) fn numbers(text: &str) -> Option<[u32; 3]> {
    let text = text.replace(". ", ".").replace("/ ", "/");
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| date[range].parse().ok();
        let ymd = [part(0..4)?, part(4..6)?, part(6..8)?];
        return Some(ymd).filter(|_| compact(date).is_none());
    }
    let apart = |text: &str, signs: &[char]| -> Option<[u32; 3]> {
        let parts: Vec<&str> = text.split(signs).filter(|part| !part.is_empty()).collect();
        let [first, second, third] = parts.as_slice() else { return None };
        let number = |part: &str| {
            let unknown = part.chars().all(|c| matches!(c, 'x' | 'X' | '?' | '_'));
            if unknown { Some(0) } else { part.parse::<u32>().ok().filter(|_| part.len() <= 4) }
        };
        Some([number(first)?, number(second)?, number(third)?])
    };
    apart(date, &['-', '/', '.']).or_else(|| apart(&text, &[' ']))
}

/// Day, month and year without anything between them, the year last: `02031980`, `2031980` (a spreadsheet took the zero
/// away), `020380`.
fn compact(text: &str) -> Option<[u32; 3]> {
    if !matches!(text.len(), 6..=8) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = if text.len() == 7 { format!("0{text}") } else { text.to_owned() };
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
    let (first, second, year) = (part(0..2)?, part(2..4)?, part(4..text.len())?);
    let year_first =
        text.len() == 8 && is_a_year(part(0..4)? as i16) && part(4..6)? <= 12 && part(6..8)? <= 31;
    let is_date = first <= 31 && second <= 31 && (text.len() == 6 || is_a_year(year as i16));
    (is_date && !year_first).then_some([first, second, year])
}

/// Whether a text is three numbers, as a date is.
pub(super) fn is_three_numbers(text: &str) -> bool {
    numbers(text).is_some()
}

/// How months begin in English, German, Spanish and French, without accents.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb", "fev"],
    &["mar"],
    &["apr", "abr", "avr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "ago", "aou"],
    &["sep", "set"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// The month of a word or a number.
fn month(word: &str) -> Option<u32> {
    let begins = |starts: &&[&str]| starts.iter().any(|start| word.starts_with(start));
    let named = || MONTHS.iter().position(begins).map(|at| at as u32 + 1);
    word.parse().ok().filter(|number| (1..=12).contains(number)).or_else(named)
}

/// `12 Apr 1991`, `April 12, 1991`, `12-Apr-91`, `3 de febrero de 1980`, `Wednesday, February 6, 1980`.
fn spelled(text: &str) -> Option<[u32; 3]> {
    let folded = fold(&parted(text));
    let mut words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "de" | "del" | "of" | "the" | "den" | "le"))
        .collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    if words.len() > 3 && !is_number(words[0]) && !is_number(words[1]) {
        // The day of the week.
        words.remove(0);
    }
    if let [year, name, last] = words.as_slice()
        && year.len() == 4
        && !is_number(name)
        && let (Ok(year), Ok(last)) = (year.parse(), last.parse())
    {
        return Some([year, month(name)?, last]);
    }
    // What is behind the year is a time.
    let [first, second, year, ..] = words.as_slice() else { return None };
    let year = year.parse().ok().filter(|_| words.len() == 3 || year.len() == 4)?;
    let day = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    match (is_number(first), is_number(second)) {
        (false, true) => Some([year, month(first)?, day(second)?]),
        (true, false) => Some([year, month(second)?, day(first)?]),
        _ => None,
    }
}

/// `03FEB1980` with blanks between its parts.
fn parted(text: &str) -> String {
    let digits = |c: char| c.is_ascii_digit();
    let Some(start) = text.find(char::is_alphabetic).filter(|at| (1..=2).contains(at)) else {
        return text.to_owned();
    };
    let (day, rest) = text.split_at(start);
    let Some(end) = rest.find(digits).filter(|end| rest[..*end].chars().all(char::is_alphabetic)) else {
        return text.to_owned();
    };
    if day.chars().all(digits) { format!("{day} {} {}", &rest[..end], &rest[end..]) } else { text.to_owned() }
}

/// What is said of somebody whose birth is not known to the day: `ca. 1980`, `1980?`, `Unknown/1980`, `age 45`, `45 y`.
fn about(text: &str, today: Date) -> Option<Birth> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let number = |word: &&str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let numbers: Vec<i16> = words.iter().filter_map(number).collect();
    let [number] = numbers[..] else { return None };
    let others = || words.iter().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let only = |known: &[&str]| others().all(|word| known.contains(word));
    if is_a_year(number) {
        let about =
            ["ca", "c", "circa", "about", "approx", "approximately", "est", "estimated", "abt", "um", "etwa"];
        let known = [&about[..], &["unknown", "unk", "xx", "year", "born", "jahrgang", "jg"]].concat();
        return only(&known).then_some(Birth::Partly { year: number, month: None });
    }
    let ages = ["age", "aged", "y", "yr", "yrs", "yo", "years", "year", "old", "jahre", "anos"];
    let known = [&ages[..], &["about", "approx", "ca"]].concat();
    let joined = words
        .iter()
        .any(|word| word.strip_prefix(&number.to_string()).is_some_and(|end| ages.contains(&end)));
    let says_age = joined || others().any(|word| ages.contains(word));
    let age = u8::try_from(number).ok().filter(|age| *age < 120 && says_age && only(&known))?;
    Some(Birth::About { age, on: today })
}

/// `02/1980`, `1980-02`, `Feb 1980`: a month.
fn only_a_month(text: &str) -> Option<(i16, u8)> {
    let folded = fold(text);
    let [first, second] = folded.split(' ').collect::<Vec<_>>()[..] else { return None };
    let year =
        |word: &str| word.parse::<i16>().ok().filter(|_| word.len() == 4).filter(|year| is_a_year(*year));
    let (year, month) =
        year(second).map(|year| (year, month(first))).or_else(|| Some((year(first)?, month(second))))?;
    Some((year, month? as u8))
}

fn is_a_year(year: i16) -> bool {
    (1850..2200).contains(&year)
}

/// A year of two digits is the last one of that ending that does not lie ahead.
fn whole_year(year: u32, today: Date) -> i32 {
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    if year > 99 {
        return year;
    }
    let this: i32 = today.to_string().get(..4).and_then(|text| text.parse().ok()).unwrap_or(2000);
    let century = this - this.rem_euclid(100);
    if century + year > this { century - 100 + year } else { century + year }
}

/// A birth date as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) birth: Birth,
    /// Why there is none, though the cell is not empty.
    pub(super) doubt: Option<&'static str>,
}

impl From<Birth> for Read {
    fn from(birth: Birth) -> Self {
        Self { birth, doubt: None }
    }
}

/// Days as spreadsheets count them, since the end of 1899 or since 1904; a time behind it is left away.
fn serial(text: &str) -> Option<i32> {
    let text = text.trim();
    let thousands = text.len() == 6 && matches!(text.as_bytes()[2], b',' | b'.');
    let days =
        if thousands { text.replace([',', '.'], "") } else { text.split(['.', ',']).next()?.to_owned() };
    let number = days.parse::<i32>().ok().filter(|_| matches!(days.len(), 4 | 5))?;
    // Below, it is a year.
    (2_300..=80_000).contains(&number).then_some(number)
}

/// How the dates of a file are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways {
    pub(super) order: Order,
    /// The order where points are between the numbers.
    pub(super) pointed: Order,
    /// The order of other dates than the birth: they may come from elsewhere in their system.
    pub(super) others: Order,
    pub(super) today: Date,
    /// Day numbers count from 1904, as old spreadsheets of Apple computers do.
    pub(super) since_1904: bool,
}

/// Reads a birth date; the error says what is wrong without quoting it.
pub(super) fn read(text: &str, ways: Ways) -> Result<Read, String> {
    let bare = text.trim();
    if is_nothing(bare) {
        return Ok(unknown("no birth date: the cell says that it is not known"));
    }
    if bare.len() == 4
        && let Some(year) = bare.parse().ok().filter(|year| is_a_year(*year))
    {
        return Ok(Birth::Partly { year, month: None }.into());
    }
    if let Some(birth) = about(bare, ways.today) {
        return Ok(birth.into());
    }
    if let Some(days) = serial(bare) {
        let start = if ways.since_1904 { Date::from_ymd(1904, 1, 1) } else { Date::from_ymd(1899, 12, 30) };
        return on(start.unwrap_or_default().plus_days(days), ways.today);
    }
    if let Some((year, month)) = only_a_month(bare) {
        if is_no_day([u32::from(year.unsigned_abs()), u32::from(month), 1]) {
            return Ok(unknown("no birth date: the cell holds the day that spreadsheets make of nothing"));
        }
        return Ok(Birth::Partly { year, month: Some(month) }.into());
    }
    let order = if is_pointed(bare) { ways.pointed } else { ways.order };
    let last_is_year = compact(bare).is_some() && order != Order::Ymd;
    let three = if last_is_year { compact(bare) } else { numbers(bare) };
    if three.is_some_and(is_no_day) {
        return Ok(unknown("no birth date: the cell holds the day that spreadsheets make of nothing"));
    }
    let [year, month, day] = match (three, spelled(bare)) {
        (Some([first, second, third]), _) if first > 31 => [first, second, third],
        (Some([first, second, third]), _) => match order {
            Order::Mdy => [third, first, second],
            Order::Dmy => [third, second, first],
            Order::Ymd => [first, second, third],
        },
        (None, Some(spelled)) => spelled,
        (None, None) => return Err("the birth date does not read as a date".to_owned()),
    };
    if is_no_day([year, month, day]) {
        return Ok(unknown("no birth date: the cell holds the day that spreadsheets make of nothing"));
    }
    if let Some(partly) = partly(year, month, day) {
        return Ok(partly.into());
    }
    let date = Date::from_ymd(whole_year(year, ways.today), month, day);
    let date =
        date.ok_or_else(|| format!("there is no such birth date, read as {order} (--dates says otherwise)"))?;
    on(date, ways.today)
}

fn unknown(doubt: &'static str) -> Read {
    Read { birth: Birth::Unknown, doubt: Some(doubt) }
}

/// What databases keep of a date that is known in part: `1980-02-00`, `1980-00-00`.
fn partly(year: u32, month: u32, day: u32) -> Option<Birth> {
    let year = i16::try_from(year).ok().filter(|year| is_a_year(*year))?;
    let month = u8::try_from(month).ok().filter(|month| *month <= 12)?;
    (day == 0).then_some(Birth::Partly { year, month: Some(month).filter(|month| *month > 0) })
}

fn on(date: Date, today: Date) -> Result<Read, String> {
    if date > today {
        return Err("the birth date is in the future".to_owned());
    }
    if today.years_since(date) > 130 {
        return Err("the birth date is over 130 years ago".to_owned());
    }
    Ok(Birth::On(date).into())
}

/// A birth date whose year, month and day stand in columns of their own.
pub(super) fn of_parts([year, month_said, day]: [&str; 3], ways: Ways) -> Result<Read, String> {
    let number = fold(month_said);
    let month = month(&number);
    if is_nothing(year) || is_nothing(day) || month.is_none() {
        let known = year.trim().parse::<i16>().ok().filter(|year| is_a_year(*year));
        return Ok(match known {
            Some(year) => Birth::Partly { year, month: month.map(|month| month as u8) }.into(),
            None => unknown("no birth date: its parts are not all there"),
        });
    }
    read(&format!("{year}-{}-{day}", month.unwrap_or_default()), Ways { order: Order::Ymd, ..ways })
}

impl Ways {
    /// How a date that is no birth date is read.
    pub(super) fn of_others(self) -> Self {
        Self { order: self.others, ..self }
    }
}
