//! The desk on the screen.

pub mod editor;
