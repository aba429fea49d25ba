//! The keymap: which key means which action where, looked up without timing.
//!
//! Owns key presses, the table of bindings, the loader of keymap files with all its checks, and the hint lines made from
//! the table. It must not know what an action does, nor read files or the clock: callers hand in text.

mod fixed;
mod press;
mod table;

pub use press::KeyPress;
pub use table::{Binding, Keymap, Lookup};
