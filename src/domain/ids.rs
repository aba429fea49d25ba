//! Names of records: random, meaningless, nothing of a person in them.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:02x}{:02x}{:02x}..)"), self.0[0], self.0[1], self.0[2])
            }
        }
    };
}

id!(
    /// A client (person served).
    ClientId
);
id!(
    /// A member of staff.
    StaffId
);
id!(
    /// A desk: the computer that a store is on.
    DeskId
);
id!(TaskId);
id!(
    /// A group.
    GroupId
);
id!(
    /// An import run: its records become visible together.
    ImportId
);

/// A record's number within its kind and client, from 1; 0 means "not stored yet".
pub type Number = u32;
