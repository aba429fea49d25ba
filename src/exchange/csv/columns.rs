//! Which column is what: by its header, in the words of the systems people come from, or as the caller says.

use super::rows::Row;
use super::{ImportFault, Wanted};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a column can be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the field of a client that its name says")]
pub enum Field {
    Given,
    Middle,
    Family,
    /// Both in one: `Rivera, Jo` or `Jo Rivera`.
    Name,
    Preferred,
    Birth,
    Record,
    Phone,
    Mobile,
    Email,
    Address,
    City,
    State,
    Zip,
    Gender,
    Pronouns,
    Language,
    Emergency,
    Guardian,
}

/// Every field: its word on the command line, and the headers it is guessed by, folded.
pub const FIELDS: &[(Field, &str, &[&str])] = &[
    (
        Field::Given,
        "given",
        &[
            "given",
            "given name",
            "first",
            "first name",
            "firstname",
            "fname",
            "forename",
            "vorname",
            "prenom",
            "nombre",
            "nombres",
            "patient first name",
            "client first name",
            "name first",
        ],
    ),
    (Field::Middle, "middle", &["middle", "middle name", "middlename", "mi", "middle initial", "mname"]),
    (
        Field::Family,
        "family",
        &[
            "family",
            "family name",
            "last",
            "last name",
            "lastname",
            "lname",
            "surname",
            "nachname",
            "familienname",
            "nom",
            "apellido",
            "apellidos",
            "patient last name",
            "client last name",
            "name last",
        ],
    ),
    (
        Field::Name,
        "name",
        &[
            "name",
            "full name",
            "fullname",
            "client",
            "client name",
            "patient",
            "patient name",
            "nombre completo",
        ],
    ),
    (
        Field::Preferred,
        "preferred",
        &["preferred", "preferred name", "nickname", "nick name", "goes by", "chosen name", "rufname"],
    ),
    (
        Field::Birth,
        "birth",
        &[
            "birth",
            "birth date",
            "birthdate",
            "date of birth",
            "dob",
            "born",
            "birthday",
            "geburtsdatum",
            "date de naissance",
            "fecha de nacimiento",
            "nacimiento",
            "d o b",
        ],
    ),
    (
        Field::Record,
        "record",
        &[
            "record",
            "record no",
            "record number",
            "mrn",
            "medical record number",
            "id",
            "client id",
            "clientid",
            "patient id",
            "patientid",
            "chart",
            "chart no",
            "chart number",
            "account",
            "account number",
            "case number",
            "case no",
            "nummer",
            "nr",
            "no",
            "number",
        ],
    ),
    (
        Field::Phone,
        "phone",
        &[
            "phone",
            "telephone",
            "tel",
            "phone number",
            "home phone",
            "phone home",
            "telefon",
            "telefono",
            "primary phone",
            "contact number",
        ],
    ),
    (
        Field::Mobile,
        "mobile",
        &[
            "mobile",
            "mobile phone",
            "cell",
            "cell phone",
            "cellphone",
            "phone mobile",
            "phone cell",
            "handy",
            "movil",
            "celular",
            "portable",
        ],
    ),
    (Field::Email, "email", &["email", "e mail", "mail", "email address", "correo", "correo electronico"]),
    (
        Field::Address,
        "address",
        &[
            "address",
            "street",
            "street address",
            "address 1",
            "address1",
            "address line 1",
            "strasse",
            "adresse",
            "direccion",
        ],
    ),
    (Field::City, "city", &["city", "town", "ort", "stadt", "ville", "ciudad"]),
    (Field::State, "state", &["state", "province", "region", "bundesland", "estado"]),
    (
        Field::Zip,
        "zip",
        &["zip", "zip code", "zipcode", "postal code", "postcode", "plz", "code postal", "codigo postal"],
    ),
    (Field::Gender, "gender", &["gender", "sex", "gender identity", "geschlecht", "sexe", "sexo"]),
    (Field::Pronouns, "pronouns", &["pronouns", "pronoun"]),
    (
        Field::Language,
        "language",
        &["language", "languages", "preferred language", "primary language", "sprache", "langue", "idioma"],
    ),
    (
        Field::Emergency,
        "emergency",
        &[
            "emergency",
            "emergency contact",
            "emergency contact name",
            "ice",
            "notfallkontakt",
            "contacto de emergencia",
        ],
    ),
    (
        Field::Guardian,
        "guardian",
        &["guardian", "parent", "parent guardian", "legal guardian", "vormund", "tutor"],
    ),
];

impl Field {
    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        FIELDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The field of a word.
    pub fn named(word: &str) -> Option<Self> {
        let word = fold(word);
        FIELDS.iter().find(|row| row.1 == word).map(|row| row.0)
    }
}

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
}

impl Mapping {
    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn at(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
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

/// Small letters and digits, words parted by single blanks.
fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Guesses by header, then does as the caller says.
pub(super) fn map(file: &str, header: &[String], wanted: &Wanted) -> Result<Mapping, ImportFault> {
    let mut columns: Vec<Column> = Vec::new();
    for (at, header) in header.iter().enumerate() {
        let folded = fold(header);
        let guessed = FIELDS.iter().find(|row| row.2.contains(&folded.as_str())).map(|row| row.0);
        // The first of two columns that would be the same field is it.
        let field = guessed.filter(|field| columns.iter().all(|column| column.field != Some(*field)));
        let header = if header.is_empty() { format!("column {}", at + 1) } else { header.clone() };
        columns.push(Column { header, field });
    }
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
    if ![Field::Name, Field::Given, Field::Family].into_iter().any(has) {
        let names: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
        let what = format!(
            "has no column that looks like a name; say which, as in --map given=COLUMN --map family=COLUMN. It has: {}",
            names.join(", ")
        );
        return Err(ImportFault { at: Some((1, 1)), ..ImportFault::of_file(file, what) });
    }
    Ok(Mapping { columns, by_hand: wanted.no_header })
}

/// The column of a header, or of a number from 1.
fn find(columns: &[Column], named: &str, no_header: bool) -> Option<usize> {
    let folded = fold(named);
    let by_name = columns.iter().position(|column| fold(&column.header) == folded);
    let number = || named.trim().parse::<usize>().ok().filter(|number| (1..=1000).contains(number));
    by_name.or_else(|| number().map(|number| number - 1).filter(|at| no_header || *at < columns.len()))
}
