//! The desk on the screen.

pub mod action;
pub mod editor;
pub mod event;
pub mod keymap;
pub mod scope;
pub mod term;
pub mod text;
pub mod theme;
