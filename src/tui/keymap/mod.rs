//! The keymap: which key means which action where, looked up without timing.
//!
//! Owns key presses, the table of bindings, the loader of keymap files with all its checks, and the hint lines made from
//! the table. It must not know what an action does, nor read files or the clock: callers hand in text.

mod default;
mod fixed;
mod hints;
mod load;
mod press;
mod report;
mod table;
#[cfg(test)]
mod tests;
mod turned;
mod whole;

pub use hints::Hint;
#[cfg(test)]
pub(crate) use load::check;
pub use load::load;
pub use press::KeyPress;
pub use report::{Problem, Report};
pub use table::{Binding, Keymap, Lookup};
pub use turned::TurnedKey;
