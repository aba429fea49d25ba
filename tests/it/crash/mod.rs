//! The embedded engine under SIGKILL, with damaged files and on a full disk.
//!
//! Every commit writes a whole-state model: after it the store must be the state of exactly one commit, and of none
//! before the last one acknowledged. `scripts/torture` runs the loops for longer.

mod damage;
mod disk;
mod kill;
pub mod model;
mod rebuild;
