//! Stored structs as numbered fields.
//!
//! Owns how a struct that is stored becomes a map of field numbers and back, so that a field can be added without a copy
//! of the struct as it was before. A field that is missing has its default. A number that is not known refuses the whole
//! value: a program that dropped the field and wrote the record again would lose it.

use serde::de::Error;

/// Begins the message of a value that holds something this program does not know. The codec tells by it that a newer
/// program wrote the value.
pub const UNKNOWN_FIELD: &str = "a field of a newer Concord";

/// Checks that the numbers of a stored struct ascend: each field is read once.
pub(crate) fn ascends<E: Error>(last: &mut u16, number: u16) -> Result<(), E> {
    if number <= *last {
        return Err(E::custom("field numbers out of order"));
    }
    *last = number;
    Ok(())
}

/// Returns the refusal of a field number that this program does not know.
pub(crate) fn unknown<E: Error>(name: &str, number: u16) -> E {
    E::custom(format_args!("{UNKNOWN_FIELD}: number {number} of {name}"))
}

/// A struct stored as numbered fields, with what each of them holds, to be shown.
pub(crate) trait Fields {
    fn values(&self) -> super::Values;
}

/// Makes a struct stored as numbered fields: `numbered!(Task { 1 id, 2 text });`.
///
/// Every field is listed (one that is not does not compile), with ascending numbers. A number belongs to its field for
/// ever: when a field goes, its number is never given again. `tests/fixtures/fields.txt` holds every number that was
/// ever given.
macro_rules! numbered {
    ($type:ident { $($number:literal $field:ident),* $(,)? }) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap;
                const NUMBERS: &[u16] = &[$($number),*];
                let Self { $($field),* } = self;
                let mut map = serializer.serialize_map(Some(NUMBERS.len()))?;
                $(map.serialize_entry::<u16, _>(&$number, $field)?;)*
                map.end()
            }
        }

        impl $crate::domain::fields::Fields for $type {
            fn values(&self) -> $crate::domain::Values {
                vec![$((stringify!($field), $crate::domain::value_of(&self.$field))),*]
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> ::serde::de::Visitor<'de> for Fields {
                    type Value = $type;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("the numbered fields of ", stringify!($type)))
                    }

                    fn visit_map<M: ::serde::de::MapAccess<'de>>(self, mut map: M) -> Result<$type, M::Error> {
                        let mut value = <$type>::default();
                        let mut last = 0_u16;
                        while let Some(number) = map.next_key::<u16>()? {
                            $crate::domain::fields::ascends(&mut last, number)?;
                            match number {
                                $($number => value.$field = map.next_value()?,)*
                                other => return Err($crate::domain::fields::unknown(stringify!($type), other)),
                            }
                        }
                        Ok(value)
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }
    };
}
pub(crate) use numbered;
