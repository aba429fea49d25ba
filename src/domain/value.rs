//! A stored value as something that can be shown: what a record holds in each of its fields, without its type.
//!
//! Owns how any stored type becomes a [`Value`]. What is said of a value is the rules'.

use super::{ClockTime, Date, Moment, StaffId};
use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Nothing,
    Yes(bool),
    Number(i64),
    Text(String),
    Date(Date),
    Time(ClockTime),
    Moment(Moment),
    Staff(StaffId),
    /// The name of a record, which means nothing to a person.
    Id,
    /// One of the choices of an enum, by its name in the source.
    Word(&'static str),
    /// A choice with what belongs to it.
    With(&'static str, Box<Value>),
    /// Several of a kind.
    Many(Vec<Value>),
    /// What belongs together, as the fields of a struct.
    Parts(Vec<Value>),
}

/// The fields of a record by name, with what each holds.
pub type Values = Vec<(&'static str, Value)>;

/// What a value holds; `Nothing` for what has no form to be shown.
pub fn value_of(stored: &impl Serialize) -> Value {
    stored.serialize(Shows).unwrap_or(Value::Nothing)
}

/// A value that has no form to be shown.
#[derive(Debug)]
pub(super) struct Unshown;

impl fmt::Display for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this has no form to be shown")
    }
}

impl std::error::Error for Unshown {}

impl Error for Unshown {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Shows;

/// What is collected of a sequence, a struct or a map.
struct Collects {
    choice: Option<&'static str>,
    is_list: bool,
    all: Vec<Value>,
}

impl Collects {
    fn new(choice: Option<&'static str>, is_list: bool) -> Self {
        Self { choice, is_list, all: Vec::new() }
    }

    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
        self.all.push(value.serialize(Shows)?);
        Ok(())
    }

    fn done(self) -> Value {
        let value = if self.is_list { Value::Many(self.all) } else { Value::Parts(self.all) };
        match self.choice {
            Some(choice) => Value::With(choice, Box::new(value)),
            None => value,
        }
    }
}

/// A struct around one value is that value; days, moments and people have a form of their own.
fn newtype(name: &str, inner: Value) -> Value {
    match (name, inner) {
        ("Date", Value::Number(days)) => Value::Date(Date(i32::try_from(days).unwrap_or_default())),
        ("ClockTime", Value::Number(minutes)) => {
            Value::Time(ClockTime(u16::try_from(minutes).unwrap_or_default()))
        }
        ("Moment", Value::Number(ms)) => Value::Moment(Moment(ms)),
        ("StaffId", Value::Parts(bytes)) => Value::Staff(StaffId(id(&bytes))),
        ("ClientId" | "TaskId" | "ImportId", _) => Value::Id,
        (_, inner) => inner,
    }
}

fn id(bytes: &[Value]) -> [u8; 16] {
    let mut id = [0; 16];
    for (byte, value) in id.iter_mut().zip(bytes) {
        if let Value::Number(number) = value {
            *byte = u8::try_from(*number).unwrap_or_default();
        }
    }
    id
}

macro_rules! numbers {
    ($($name:ident $type:ty)*) => {
        $(fn $name(self, number: $type) -> Result<Value, Unshown> {
            i64::try_from(number).map(Value::Number).map_err(|_| Unshown)
        })*
    };
}

impl Serializer for Shows {
    type Ok = Value;
    type Error = Unshown;
    type SerializeSeq = Collects;
    type SerializeTuple = Collects;
    type SerializeTupleStruct = Collects;
    type SerializeTupleVariant = Collects;
    type SerializeMap = Collects;
    type SerializeStruct = Collects;
    type SerializeStructVariant = Collects;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_bool(self, yes: bool) -> Result<Value, Unshown> {
        Ok(Value::Yes(yes))
    }

    fn serialize_f32(self, _: f32) -> Result<Value, Unshown> {
        Err(Unshown)
    }

    fn serialize_f64(self, _: f64) -> Result<Value, Unshown> {
        Err(Unshown)
    }

    fn serialize_char(self, letter: char) -> Result<Value, Unshown> {
        Ok(Value::Text(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<Value, Unshown> {
        Ok(Value::Text(text.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unshown> {
        Ok(Value::Id)
    }

    fn serialize_none(self) -> Result<Value, Unshown> {
        Ok(Value::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unshown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unshown> {
        Ok(Value::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unshown> {
        Ok(Value::Nothing)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, choice: &'static str) -> Result<Value, Unshown> {
        Ok(Value::Word(choice))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Value, Unshown> {
        Ok(newtype(name, value.serialize(self)?))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        choice: &'static str,
        value: &T,
    ) -> Result<Value, Unshown> {
        Ok(Value::With(choice, Box::new(value.serialize(self)?)))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Collects, Unshown> {
        Ok(Collects::new(None, true))
    }

    fn serialize_tuple(self, _: usize) -> Result<Collects, Unshown> {
        Ok(Collects::new(None, false))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Collects, Unshown> {
        Ok(Collects::new(None, false))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        choice: &'static str,
        _: usize,
    ) -> Result<Collects, Unshown> {
        Ok(Collects::new(Some(choice), false))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Collects, Unshown> {
        Ok(Collects::new(None, false))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collects, Unshown> {
        Ok(Collects::new(None, false))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        choice: &'static str,
        _: usize,
    ) -> Result<Collects, Unshown> {
        Ok(Collects::new(Some(choice), false))
    }
}

macro_rules! collects {
    ($($trait:ident $method:ident)*) => {
        $(impl $trait for Collects {
            type Ok = Value;
            type Error = Unshown;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
                self.add(value)
            }

            fn end(self) -> Result<Value, Unshown> {
                Ok(self.done())
            }
        })*
    };
}

collects! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! collects_named {
    ($($trait:ident)*) => {
        $(impl $trait for Collects {
            type Ok = Value;
            type Error = Unshown;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Unshown> {
                self.add(value)
            }

            fn end(self) -> Result<Value, Unshown> {
                Ok(self.done())
            }
        })*
    };
}

collects_named! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Collects {
    type Ok = Value;
    type Error = Unshown;

    /// The keys of what is stored are numbers of fields, which say nothing to a person.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Unshown> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unshown> {
        self.add(value)
    }

    fn end(self) -> Result<Value, Unshown> {
        Ok(self.done())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Birth, Client, Session, SessionState, Telecom};

    #[test]
    fn days_times_and_people_keep_their_form() {
        let staff = StaffId([7; 16]);
        let session = Session {
            date: Date(20_000),
            start: ClockTime(600),
            staff,
            state: SessionState::Arrived { at: Moment(9) },
            ..Session::default()
        };
        let Value::Parts(all) = value_of(&session) else { panic!("a struct has parts") };
        assert_eq!(all[2..4], [Value::Date(Date(20_000)), Value::Time(ClockTime(600))]);
        assert_eq!(all[10], Value::Staff(staff));
        let at = Value::Parts(vec![Value::Moment(Moment(9))]);
        assert_eq!(all[13], Value::With("Arrived", Box::new(at)));
    }

    #[test]
    fn lists_hold_what_is_in_them() {
        let phone = Telecom { value: "555-0142".into(), kind: "mobile".into(), usage: String::new() };
        let client = Client { phones: vec![phone], birth: Birth::On(Date(3)), ..Client::default() };
        assert_eq!(value_of(&client.birth), Value::With("On", Box::new(Value::Date(Date(3)))));
        let Value::Many(phones) = value_of(&client.phones) else { panic!("a list") };
        let Value::Parts(parts) = &phones[0] else { panic!("a struct in it") };
        assert!(parts.contains(&Value::Text("555-0142".into())), "{parts:?}");
    }
}
