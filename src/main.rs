//! The `concord` program: parse arguments, run, map a fault to an exit code.
//!
//! Compiled with `--cfg concord_closed` the rooms are modules of the program itself, where nothing is public: the compiler
//! then names whatever only tests and benches use. `scripts/unused` does that.

#[cfg(concord_closed)]
mod boot;
#[cfg(concord_closed)]
mod cli;
#[cfg(concord_closed)]
mod clock;
#[cfg(concord_closed)]
mod config;
#[cfg(concord_closed)]
mod demo;
#[cfg(concord_closed)]
mod domain;
#[cfg(concord_closed)]
mod engine;
#[cfg(concord_closed)]
mod exchange;
#[cfg(concord_closed)]
mod packs;
#[cfg(concord_closed)]
mod print;
#[cfg(concord_closed)]
mod rules;
#[cfg(concord_closed)]
mod service;
#[cfg(concord_closed)]
mod spell;
#[cfg(concord_closed)]
mod store;
#[cfg(concord_closed)]
mod tui;
#[cfg(concord_closed)]
mod vault;

#[cfg(concord_closed)]
extern crate self as concord;

fn main() {
    std::process::exit(concord::boot::guarded(concord::cli::run));
}
