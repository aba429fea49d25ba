//! What a column can be used for, and the headers by which it is known, in the words of the systems people come from.

use super::columns::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a column can be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the field of a client that its name says")]
pub enum Field {
    Given,
    Middle,
    Family,
    /// The second of two family names, behind the first.
    SecondFamily,
    Suffix,
    /// Both in one: `Rivera, Jo` or `Jo Rivera`.
    Name,
    Preferred,
    Birth,
    BirthYear,
    BirthMonth,
    BirthDay,
    Died,
    /// Whether they are alive: no says that they have died.
    Alive,
    /// When their system deleted the row.
    Deleted,
    /// The row that their system uses instead of this one.
    Merged,
    /// What their system says of the row (`Active`, `Deceased`).
    Status,
    Record,
    Phone,
    Mobile,
    Work,
    Email,
    Address,
    /// The number of the house, where it is apart from the street.
    House,
    Unit,
    City,
    State,
    Zip,
    Gender,
    Pronouns,
    Language,
    Emergency,
    Guardian,
    /// Who is to be their counselor here.
    Counselor,
    /// The program here that they are in.
    Program,
    /// Since when they are in it.
    Admitted,
}

/// Every field: its word on the command line, and the headers it is guessed by, folded, with bars between them.
#[rustfmt::skip]
pub const FIELDS: &[(Field, &str, &str)] = &[
    (Field::Given, "given", "given|given name|given names|first|first name|first names|firstname|fname|forename|vorname|vornamen|prenom|nombre|nombres|primer nombre|nombre de pila|name first"),
    (Field::Middle, "middle", "middle|middle name|middle names|middlename|mi|middle initial|mname|segundo nombre|zweiter vorname"),
    (Field::Family, "family", "family|family name|last|last name|lastname|lname|surname|nachname|familienname|zuname|nom|nom de famille|apellido|apellidos|primer apellido|apellido paterno|apellido 1|name last"),
    (Field::SecondFamily, "family-2", "segundo apellido|apellido materno|apellido 2|second last name|second surname"),
    (Field::Suffix, "suffix", "suffix|name suffix|generation|generational suffix"),
    (Field::Name, "name", "name|names|full name|fullname|client|client name|patient|patient name|nombre completo|nombre y apellido|nombre y apellidos|vollstandiger name|kunde|klient|klientin"),
    (Field::Preferred, "preferred", "preferred|preferred name|preferred first|preferred first name|nickname|nick name|goes by|chosen name|chosen first name|rufname|spitzname|apodo|nombre preferido"),
    (Field::Birth, "birth", "birth|birth date|birthdate|date of birth|date birth|dob|born|birthday|geburtsdatum|geburtstag|geb|geb am|geb datum|geb dat|gebdat|geb tag|geboren|geboren am|date de naissance|date naissance|naissance|ne le|fecha de nacimiento|fecha nacimiento|fecha de nac|fecha nac|fec nac|f nacimiento|f de nacimiento|f nac|nacimiento|nacido|d o b"),
    (Field::BirthYear, "birth-year", "birth year|year of birth|dob year|dob yr|yob|geburtsjahr|ano de nacimiento|annee de naissance"),
    (Field::BirthMonth, "birth-month", "birth month|month of birth|dob month|mob|geburtsmonat|mes de nacimiento|mois de naissance"),
    (Field::BirthDay, "birth-day", "birth day of month|day of birth|dob day|dia de nacimiento|jour de naissance"),
    (Field::Died, "died", "died|died on|exitus|deceased|is deceased|dead|death|death date|date of death|deceased date|date deceased|deceased on|dod|verstorben|verstorben am|gestorben|gestorben am|sterbedatum|todesdatum|todestag|fallecido|fallecimiento|fecha de fallecimiento|fecha fallecimiento|defuncion|fecha de defuncion|decede|decede le|date de deces"),
    (Field::Alive, "alive", "alive|is alive|still alive|living|is living|alive flag|living flag|lebt|am leben|vivo|vive|en vie|vivant"),
    (Field::Deleted, "deleted", "deleted|is deleted|deleted flag|date deleted|deleted date|deleted at|deleted on|geloscht|geloscht am|eliminado|supprime"),
    (Field::Merged, "merged", "merged into|merged|merged to|merged with|merge into|replaced by|duplicate of|superseded by|surviving id|zusammengefuhrt mit|ersetzt durch|dublette von|fusionado con|reemplazado por"),
    (Field::Status, "status", "status|record status|row status|vital status|living status|merge status|life status|account status|datensatzstatus|estado del paciente|estatus|statut"),
    (Field::Record, "record", "record|record no|record number|record id|mrn|mrn number|medical record number|medical record|id|client id|patient id|personal id|person id|member id|unique id|external id|demographic no|pid|client number|patient number|chart|chart no|chart number|chart id|account|account number|case number|case no|file number|file no|nummer|nr|no|number|patientennummer|klientennummer|klientinnennummer|kundennummer|fallnummer|fallnr|aktennummer|aktenzeichen|akte|expediente|numero de expediente|no de expediente|n de expediente|historia clinica|numero de historia|numero|numero de dossier"),
    (Field::Phone, "phone", "phone|telephone|tel|phone number|telephone number|phone no|tel no|home phone|phone home|phone 1|phone1|home telephone|telefon|telefonnummer|tel nr|telefon privat|tel privat|festnetz|telefono|telefono fijo|telefono de casa|telefono particular|primary phone|contact number|contact phone|home number"),
    (Field::Mobile, "mobile", "mobile|mobile phone|mobile number|mobile no|cell|cell phone|cell number|cellphone|phone mobile|phone cell|handy|handynummer|handy nr|mobil|mobiltelefon|mobilnummer|mobilfunk|tel mobil|telefon mobil|movil|celular|telefono movil|telefono celular|portable|telephone portable"),
    (Field::Work, "work", "work phone|phone work|work number|business phone|office phone|telefon dienstlich|telefon geschaftlich|tel dienstlich|tel arbeit|telefono del trabajo|telefono trabajo"),
    (Field::Email, "email", "email|e mail|mail|email address|e mail address|e mail adresse|mailadresse|correo|correo electronico|courriel"),
    (Field::Address, "address", "address|street|address street|address line|addr|street line 1|street address|street name|address 1|address1|address line 1|address line1|strasse|str|strasse und hausnummer|strasse hausnummer|strasse nr|anschrift|wohnadresse|adresse|direccion|domicilio|calle|rue|street 1|street address 1"),
    (Field::House, "house", "house number|house no|street number|street no|hausnummer|hausnr|haus nr|numero de casa|numero exterior"),
    (Field::Unit, "unit", "address 2|address2|apt suite|suite|address line 2|address line2|street 2|street address 2|unit|apt|apartment|apt unit|unit number|apt number|adresszusatz|wohnung|top|departamento|piso"),
    (Field::City, "city", "city|address city|city state zip|city state|city st zip|csz|plz ort|town|ort|wohnort|stadt|ville|ciudad|localidad|municipio|poblacion"),
    (Field::State, "state", "state|state code|st|address state|province|region|bundesland|estado|provincia"),
    (Field::Zip, "zip", "zip|zip 4|zip 5|postal|address zip|address zip code|address postal code|zip code|zipcode|zip postal code|postal code|postcode|plz|postleitzahl|code postal|codigo postal|cp"),
    (Field::Gender, "gender", "gender|sex|gender identity|geschlecht|sexe|sexo|genero"),
    (Field::Pronouns, "pronouns", "pronouns|pronoun|pronomen|pronombres"),
    (Field::Language, "language", "language|languages|preferred language|primary language|spoken language|sprache|sprachen|muttersprache|langue|idioma|idiomas|lengua"),
    (Field::Emergency, "emergency", "emergency|emergency contact|emergency contact name|ice|related person|next of kin|nok|kin|closest relative|relative|angehorige|angehoriger|bezugsperson|familiar|pariente|notfallkontakt|im notfall|contacto de emergencia|contacto de urgencia|personne a contacter"),
    (Field::Guardian, "guardian", "guardian|guardian name|parent|parent name|parent guardian|legal guardian|vormund|erziehungsberechtigte|erziehungsberechtigter|sorgeberechtigte|tutor|tutor legal"),
    (Field::Counselor, "counselor", "counselor|counsellor|counselor name|primary counselor|assigned counselor|therapist|primary therapist|assigned therapist|clinician|primary clinician|assigned clinician|berater|beraterin|bezugsbetreuer|bezugsbetreuerin|bezugsberater|bezugstherapeut|therapeut|therapeutin|betreuer|betreuerin|consejero|consejera|terapeuta|conseiller"),
    (Field::Program, "program", "program|programme|program name|current program|programm|programa|programme name"),
    (Field::Admitted, "admitted", "admitted|admitted on|admit date|admission|admission date|date admitted|date of admission|intake date|aufnahme|aufnahmedatum|aufgenommen am|fecha de ingreso|fecha de admision|date d admission"),
];

/// Fields of which somebody can have several columns.
pub(super) const SEVERAL: [Field; 10] = [
    Field::Record,
    Field::Phone,
    Field::Mobile,
    Field::Work,
    Field::Email,
    Field::Died,
    Field::Alive,
    Field::Deleted,
    Field::Merged,
    Field::Status,
];

impl Field {
    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        FIELDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The field of a word.
    pub fn named(word: &str) -> Option<Self> {
        let word = fold(word);
        FIELDS.iter().find(|row| fold(row.1) == word).map(|row| row.0)
    }

    /// The field that a folded header names; blanks in it count for nothing (`DateOfBirth`).
    pub(super) fn headed(folded: &str) -> Option<Self> {
        static HEADERS: OnceLock<HashMap<String, Field>> = OnceLock::new();
        let headers = HEADERS.get_or_init(|| {
            let mut headers = HashMap::new();
            for (field, _, words) in FIELDS {
                for word in words.split('|') {
                    headers.entry(word.replace(' ', "")).or_insert(*field);
                }
            }
            headers
        });
        headers.get(&folded.replace(' ', "")).copied()
    }
}
