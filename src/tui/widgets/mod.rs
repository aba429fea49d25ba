//! Small parts that every screen is built from. They name roles, never colours, and actions, never keys.

mod blank;
pub mod cells;
pub mod choices;
pub mod cursor;
pub mod field;
pub mod form;
mod form_asks;
mod form_kept;
mod form_view;
pub mod frame;
pub mod line;
pub mod list;
pub mod narrow;
pub mod plot;
mod secret_line;
pub mod table;
mod undoable;
pub mod window;
