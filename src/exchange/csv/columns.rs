//! Which column is what: by its header, in the words of the systems people come from, or as the caller says.

use super::dates::Order;
use super::fields::SEVERAL;
pub use super::fields::{FIELDS, Field};
use super::headers;
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
    /// The header of the names says that the family name is first: `Client (Last First)`.
    pub(super) family_first: bool,
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
        said(field, row.fields.get(self.at(field)?)?)
    }

    /// As [`Mapping::get`], of every column of the field: header and text.
    pub(super) fn every<'r>(
        &'r self,
        field: Field,
        row: &'r Row,
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        let columns = self.columns.iter().zip(&row.fields);
        let of_it = columns.filter(move |(column, _)| column.field == Some(field));
        of_it.filter_map(move |(column, text)| Some((column.header.as_str(), said(field, text)?)))
    }

    /// Whether the column of one field is before that of another.
    pub(super) fn is_before(&self, first: Field, second: Field) -> bool {
        self.at(first) < self.at(second)
    }

    /// Whether a row holds the headers again, as the top of a further page does.
    pub(super) fn is_repeated_by(&self, row: &Row) -> bool {
        let same = |(column, text): (&Column, &String)| text.is_empty() || *text == column.header;
        let filled = || row.fields.iter().filter(|text| !text.is_empty());
        let count = filled().count();
        let again =
            count > 0 && count * 2 > self.columns.len() && self.columns.iter().zip(&row.fields).all(same);
        // The same in other words: what people read below what machines do.
        again || count > 1 && filled().all(|text| headers::read(text).field.is_some())
    }

    /// What a row says in columns that are used for nothing: header and text.
    pub(super) fn rest<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (&'r str, &'r str)> {
        let unused = self.columns.iter().enumerate().filter(|(_, column)| column.field.is_none());
        unused.filter_map(|(at, column)| {
            let text = row.fields.get(at)?.as_str();
            (!text.is_empty() && !is_null(text)).then_some((column.header.as_str(), text))
        })
    }

    /// Columns the header has; a row with more fields is doubtful. `None` = nothing is known of it.
    pub(super) fn width(&self) -> Option<usize> {
        (!self.by_hand).then_some(self.columns.len())
    }
}

/// What a cell says of a field; what a database writes for nothing says nothing, unless somebody may be called so.
fn said(field: Field, text: &str) -> Option<&str> {
    let may_be = matches!(field, Field::Given | Field::Family | Field::Name | Field::Birth);
    (!text.is_empty() && (may_be || !is_null(text))).then_some(text)
}

fn is_null(text: &str) -> bool {
    matches!(text, "NULL" | "\\N" | "(null)" | "<NULL>" | "[NULL]")
}

/// Small letters and digits, words parted by single blanks; `#` is a number.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text
        .replace('#', " number ")
        .replace('\u{df}', "ss")
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Whether columns beside each other are headed by the bare words for a month, a day and a year. They are a birth date, if no
/// other column is: a list of people has that date before any other.
fn bare_parts_of_birth(columns: &mut [Column]) {
    const PARTS: [(Field, &[&str]); 3] = [
        (Field::BirthMonth, &["month", "mm", "mon", "mo", "monat", "mes", "mois"]),
        (Field::BirthDay, &["day", "dd", "tag", "dia", "jour"]),
        (Field::BirthYear, &["year", "yyyy", "yr", "jahr", "ano", "annee"]),
    ];
    if columns.iter().any(|column| column.field == Some(Field::Birth)) {
        return;
    }
    let place = |(field, words): &(Field, &[&str])| {
        let named = columns.iter().position(|column| column.field == Some(*field));
        let is_bare = |column: &Column| column.field.is_none() && words.contains(&&*fold(&column.header));
        let mut bare = (0..columns.len()).filter(|at| is_bare(&columns[*at]));
        // Of two such columns nobody knows which.
        named.or_else(|| bare.next().filter(|_| bare.next().is_none())).map(|at| (at, *field))
    };
    let found: Vec<(usize, Field)> = PARTS.iter().filter_map(place).collect();
    let places = || found.iter().map(|(at, _)| *at);
    let beside = places().max().zip(places().min()).is_some_and(|(last, first)| last - first == 2);
    if found.len() == PARTS.len() && beside {
        for (at, field) in found {
            columns[at].field = Some(field);
        }
    }
}

/// What a name is where its other half has no column: beside `Vorname`, `Name` is the family name; a lone `Nombre` is all of it.
fn half_a_name(columns: &mut [Column]) {
    let has = |field| columns.iter().any(|column| column.field == Some(field));
    let (given, family, name) = (has(Field::Given), has(Field::Family), has(Field::Name));
    for column in columns {
        column.field = match (column.field, fold(&column.header).as_str()) {
            (Some(Field::Name), "name") if given && !family => Some(Field::Family),
            (Some(Field::Given), "nombre" | "nombres") if !family && !name => Some(Field::Name),
            (Some(Field::Family), "nom") if !given && !name => Some(Field::Name),
            (field, _) => field,
        };
    }
}

/// A number right behind the street is that of the house.
fn number_of_the_house(columns: &mut [Column]) {
    for at in 1..columns.len() {
        let number = matches!(fold(&columns[at].header).as_str(), "no" | "nr" | "number" | "numero");
        if number && columns[at - 1].field == Some(Field::Address) {
            columns[at].field = Some(Field::House);
        }
    }
}

/// A column that only counts the rows is nobody's number where another holds one.
fn counts(columns: &mut [Column]) {
    let counts = |column: &Column| matches!(fold(&column.header).as_str(), "no" | "nr" | "number" | "nummer");
    let record = |column: &Column| column.field == Some(Field::Record);
    if columns.iter().any(|column| record(column) && !counts(column)) {
        columns
            .iter_mut()
            .filter(|column| record(column) && counts(column))
            .for_each(|column| column.field = None);
    }
}

/// A column of codes that is called as people are (`Client`) holds their numbers, where no other does.
fn codes_are_numbers(columns: &mut [Column], no_names: &[usize]) {
    if columns.iter().any(|column| column.field == Some(Field::Record)) {
        return;
    }
    let people =
        ["client", "patient", "member", "consumer", "resident", "klient", "klientin", "paciente", "cliente"];
    let of_people =
        |at: &&usize| columns.get(**at).is_some_and(|one| people.contains(&fold(&one.header).as_str()));
    if let Some(at) = no_names.iter().find(of_people).copied() {
        columns[at].field = Some(Field::Record);
    }
}

/// A header with a comma inside brackets and without quotation marks, as it was meant: `Client (Last` and `First)`.
pub(super) fn whole_headers(cells: Vec<String>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for cell in cells {
        let open = |text: &String| text.matches('(').count() > text.matches(')').count();
        match whole.last_mut() {
            Some(last) if open(last) && cell.contains(')') => *last = format!("{last}, {cell}"),
            _ => whole.push(cell),
        }
    }
    whole
}

/// Headers that stand on two rows, put together: `Date of` above `Birth`; `Contact`, above several columns, before
/// `Phone`. What is about somebody else stays with them.
pub(super) fn of_two_rows(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut group = "";
    let together = |(at, lower): (usize, &String)| {
        if let Some(own) = upper.get(at).filter(|own| !own.is_empty()) {
            group = own;
        }
        let both = format!("{group} {lower}").trim().to_owned();
        let lower_alone = headers::read(&both).field.is_none() && headers::read(lower).field.is_some();
        if lower_alone && !headers::is_of_others(group) { lower.clone() } else { both }
    };
    lower.iter().enumerate().map(together).collect()
}

/// Guesses by header, then does as the caller says. Columns of `no_names` hold nothing that can be a name.
pub(super) fn map(
    file: &str,
    header: &[String],
    no_names: &[usize],
    wanted: &Wanted,
) -> Result<Mapping, ImportFault> {
    let mut columns: Vec<Column> = Vec::new();
    let (mut said, mut family_first) = (None, false);
    for (at, header) in header.iter().enumerate() {
        let told = headers::read(header);
        let guessed = told.field.filter(|field| !(NAMES.contains(field) && no_names.contains(&at)));
        // The first of two columns that would be the same field is it, where nobody can have two.
        let free = |field: &Field| columns.iter().all(|column| column.field != Some(*field));
        let field = guessed.filter(|field| SEVERAL.contains(field) || free(field));
        if field == Some(Field::Birth) {
            said = told.order;
        }
        family_first |= field == Some(Field::Name) && told.family_first;
        let header = if header.is_empty() { format!("column {}", at + 1) } else { header.clone() };
        columns.push(Column { header, field });
    }
    parts_of_birth(&mut columns);
    bare_parts_of_birth(&mut columns);
    half_a_name(&mut columns);
    number_of_the_house(&mut columns);
    counts(&mut columns);
    codes_are_numbers(&mut columns, no_names);
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
    Ok(Mapping { columns, by_hand: wanted.no_header, order: said, family_first })
}

/// The fields that say who somebody is.
pub(super) const NAMES: [Field; 3] = [Field::Name, Field::Given, Field::Family];

/// How much a row looks like the row of headers: the columns it names, none if nobody's name is among them.
pub(super) fn headers_in(row: &[String], wanted: &Wanted) -> usize {
    let by_hand = |cell: &&String| wanted.map.iter().any(|(_, named)| fold(named) == fold(cell));
    let mut guessed: Vec<Field> = row.iter().filter_map(|cell| headers::read(cell).field).collect();
    // Two columns of one name say less than two of different ones.
    let mut seen: Vec<Field> = Vec::new();
    guessed.retain(|field| {
        let new = SEVERAL.contains(field) || !seen.contains(field);
        seen.push(*field);
        new
    });
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
