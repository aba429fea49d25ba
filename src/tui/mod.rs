//! The desk on the screen: what a person sees and presses.
//!
//! Owns the terminal, the keymap, the app with its screens and overlays, the editor, themes and safe text. It must not
//! touch the store, files or keys of the vault: it asks the service in values and draws what it is told.

pub mod action;
pub mod app;
pub mod calls;
pub mod editor;
pub mod event;
pub mod facts;
pub mod inbox;
mod keyed;
pub mod keymap;
pub mod legend;
mod may;
pub mod message;
pub mod opening;
pub mod overlay;
pub mod program;
pub mod run;
pub mod scope;
pub mod screen;
pub mod screens;
pub mod settings;
pub mod spelling;
pub mod stack;
pub mod term;
pub mod text;
pub mod theme;
pub mod turned;
pub mod widgets;
