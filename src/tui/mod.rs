//! The desk on the screen.

pub mod action;
pub mod editor;
pub mod keymap;
pub mod scope;
