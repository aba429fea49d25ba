//! The records of the chart that is open at the desk.
//!
//! Owns the table of what a chart's rooms show, and how it is read: all of it when the chart is opened, and after a
//! change only the kinds that changed.

use super::api::Kept;
use super::books::Books;
use super::chart::FIRST_NOTES;
use super::fault::Fault;
use crate::domain::{
    Assessment, Client, ClientId, Episode, ImmediateNeed, Imported, NoteHead, NoteLife, Problem, Triage,
    Wants,
};
use crate::store::{Kind, Record};

/// Reads what a row of the table says: everything, the newest of everything, the one there is, or its earlier states.
macro_rules! read {
    (list, $books:expr, $client:expr, $type:ty) => {
        $books.list::<$type>($client)?
    };
    (one, $books:expr, $client:expr, $type:ty) => {
        $books.get::<$type>($client, 1)?
    };
    (past, $books:expr, $client:expr, $type:ty) => {
        $books.past::<$type>($client)?
    };
    (newest $most:literal, $books:expr, $client:expr, $type:ty) => {
        $books.newest::<$type>($client, None, $most)?
    };
}

macro_rules! shape {
    (one, $type:ty) => { Option<Kept<$type>> };
    (past, $type:ty) => { Vec<$type> };
    ($how:ident, $type:ty) => { Vec<Kept<$type>> };
}

macro_rules! chart_kinds {
    ($($field:ident: $how:ident $($most:literal)? $type:ty;)*) => {
        /// What the rooms of a chart show, as it is stored.
        #[derive(Clone, Debug)]
        pub(super) struct ChartRecords {
            /// Whose chart it is.
            pub id: ClientId,
            $(pub $field: shape!($how, $type),)*
        }

        impl ChartRecords {
            /// Reads all of it.
            pub(super) fn load(books: &Books, id: ClientId) -> Result<Self, Fault> {
                Ok(Self { id, $($field: read!($how $($most)?, books, id, $type),)* })
            }

            /// Reads again what is of this kind.
            pub(super) fn reload(&mut self, books: &Books, kind: Kind) -> Result<(), Fault> {
                $(if kind == <$type as Record>::KIND {
                    self.$field = read!($how $($most)?, books, self.id, $type);
                })*
                Ok(())
            }
        }
    };
}

// Field, how it is read, type. A room that shows another kind of record adds a row.
chart_kinds! {
    client: one Client;
    episodes: list Episode;
    assessments: list Assessment;
    needs: list ImmediateNeed;
    wants: one Wants;
    wants_before: past Wants;
    problems: list Problem;
    imported: one Imported;
    lives: list NoteLife;
    heads: newest 51 NoteHead;
    triages: newest 1 Triage;
}

const _: () = assert!(FIRST_NOTES + 1 == 51, "one more than is shown tells that there are more");
