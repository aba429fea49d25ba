//! Which column is what: by its header, in the words of the systems people come from, or as the caller says.

use super::dates::Order;
pub use super::fields::{FIELDS, Field};
use super::rows::Row;
use super::{ImportFault, Wanted};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header, cleaned; its number where there is none.
    pub header: String,
    /// What it is used for.
    pub field: Option<Field>,
}

/// Which column is what.
#[derive(Clone, Debug)]
pub struct Mapping {
    columns: Vec<Column>,
    by_hand: bool,
    /// The order of dates that the header of the birth dates says: `DOB (MM/DD/YYYY)`.
    order: Option<Order>,
}

impl Mapping {
    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn at(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// The order of dates that the header says.
    pub(super) fn order(&self) -> Option<Order> {
        self.order
    }

    /// The header of a field's column.
    pub(super) fn header(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|column| column.field == Some(field)).map(|column| column.header.as_str())
    }

    /// What a row says of a field, if it says anything.
    pub(super) fn get<'r>(&self, field: Field, row: &'r Row) -> Option<&'r str> {
        let text = row.fields.get(self.at(field)?)?.as_str();
        (!text.is_empty()).then_some(text)
    }

    /// What a row says in columns that are used for nothing: header and text.
    pub(super) fn rest<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (&'r str, &'r str)> {
        let unused = self.columns.iter().enumerate().filter(|(_, column)| column.field.is_none());
        unused.filter_map(|(at, column)| {
            let text = row.fields.get(at)?.as_str();
            (!text.is_empty()).then_some((column.header.as_str(), text))
        })
    }

    /// Columns the header has; a row with more fields is doubtful. `None` = nothing is known of it.
    pub(super) fn width(&self) -> Option<usize> {
        (!self.by_hand).then_some(self.columns.len())
    }
}

/// Small letters and digits, words parted by single blanks; `#` is a number.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text
        .replace('#', " number ")
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whose a column says it is: it says nothing of what is in it.
const OWNERS: &[&str] = &[
    "patient",
    "client",
    "person",
    "member",
    "participant",
    "consumer",
    "individual",
    "legal",
    "current",
    "primary",
];

/// Whether a header is one of these words; blanks count for nothing (`DateOfBirth`).
fn is_one_of(folded: &str, words: &[&str]) -> bool {
    let joined = folded.replace(' ', "");
    !joined.is_empty() && words.iter().any(|word| word.replace(' ', "") == joined)
}

/// What a header says its column is for.
pub(super) fn guess(header: &str) -> Option<Field> {
    let folded = fold(header.split('(').next().unwrap_or_default());
    let named = |folded: &str| FIELDS.iter().find(|row| is_one_of(folded, row.2)).map(|row| row.0);
    let rest =
        || OWNERS.iter().find_map(|owner| folded.strip_prefix(owner)?.strip_prefix(' ').map(str::to_owned));
    // Written as one word: `PatientFirstName`.
    let joined = || OWNERS.iter().find_map(|owner| folded.strip_prefix(owner).map(str::to_owned));
    named(&folded).or_else(|| named(&rest().or_else(joined)?))
}

/// The order of dates in brackets behind a header: `(MM/DD/YYYY)`.
fn said_order(header: &str) -> Option<Order> {
    let inside = header.split_once('(')?.1.split(')').next()?.to_lowercase();
    let letters: String = inside.chars().filter(char::is_ascii_alphabetic).collect();
    match (letters.trim_start_matches('y') == letters, letters.find('m')?, letters.find('d')?) {
        _ if !letters.bytes().all(|byte| matches!(byte, b'm' | b'd' | b'y')) => None,
        (false, ..) => Some(Order::Ymd),
        (true, month, day) if month < day => Some(Order::Mdy),
        _ => Some(Order::Dmy),
    }
}

/// Whether three columns give year, month and day of birth, the day under a header that promises all of it.
fn parts_of_birth(columns: &mut [Column]) {
    let has = |field| columns.iter().any(|column| column.field == Some(field));
    if has(Field::BirthYear) && has(Field::BirthMonth) && !has(Field::BirthDay) {
        for column in columns.iter_mut().filter(|column| column.field == Some(Field::Birth)) {
            column.field = Some(Field::BirthDay);
        }
    }
}

/// Guesses by header, then does as the caller says. Columns of `no_names` hold nothing that can be a name.
pub(super) fn map(
    file: &str,
    header: &[String],
    no_names: &[usize],
    wanted: &Wanted,
) -> Result<Mapping, ImportFault> {
    let mut columns: Vec<Column> = Vec::new();
    let mut said = None;
    for (at, header) in header.iter().enumerate() {
        let guessed = guess(header).filter(|field| !(NAMES.contains(field) && no_names.contains(&at)));
        // The first of two columns that would be the same field is it.
        let field = guessed.filter(|field| columns.iter().all(|column| column.field != Some(*field)));
        if field == Some(Field::Birth) {
            said = said_order(header);
        }
        let header = if header.is_empty() { format!("column {}", at + 1) } else { header.clone() };
        columns.push(Column { header, field });
    }
    parts_of_birth(&mut columns);
    for (field, named) in &wanted.map {
        let at = find(&columns, named, wanted.no_header).ok_or_else(|| {
            let names: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
            let word = field.word();
            ImportFault::of_file(
                file,
                format!("has no column \"{named}\" for {word}; it has: {}", names.join(", ")),
            )
        })?;
        while columns.len() <= at {
            let header = format!("column {}", columns.len() + 1);
            columns.push(Column { header, field: None });
        }
        for column in columns.iter_mut().filter(|column| column.field == Some(*field)) {
            column.field = None;
        }
        columns[at].field = Some(*field);
    }
    let has = |field| columns.iter().any(|column| column.field == Some(field));
    if !NAMES.into_iter().any(has) {
        let names: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        let what = format!(
            "has no column that looks like a name; say which, as in --map given=COLUMN --map family=COLUMN. It has: {}",
            names.join(", ")
        );
        return Err(ImportFault { at: Some((1, 1)), ..ImportFault::of_file(file, what) });
    }
    Ok(Mapping { columns, by_hand: wanted.no_header, order: said })
}

/// The fields that say who somebody is.
pub(super) const NAMES: [Field; 3] = [Field::Name, Field::Given, Field::Family];

/// How much a row looks like the row of headers: the columns it names, none if nobody's name is among them.
pub(super) fn headers_in(row: &[String], wanted: &Wanted) -> usize {
    let by_hand = |cell: &&String| wanted.map.iter().any(|(_, named)| fold(named) == fold(cell));
    let guessed: Vec<Field> = row.iter().filter_map(|cell| guess(cell)).collect();
    let told = row.iter().filter(|cell| !cell.is_empty()).filter(by_hand).count();
    let named = NAMES.iter().any(|field| guessed.contains(field)) || told > 0;
    if named { guessed.len() + told } else { 0 }
}

/// The column of a header, or of a number from 1.
fn find(columns: &[Column], named: &str, no_header: bool) -> Option<usize> {
    let folded = fold(named);
    let by_name = columns.iter().position(|column| fold(&column.header) == folded);
    let number = || named.trim().parse::<usize>().ok().filter(|number| (1..=1000).contains(number));
    by_name.or_else(|| number().map(|number| number - 1).filter(|at| no_header || *at < columns.len()))
}
