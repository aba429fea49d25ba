//! The integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // these are tests
#![allow(
    clippy::too_many_lines,
    clippy::unused_self,
    clippy::assigning_clones,
    clippy::trivially_copy_pass_by_ref
)] // a road is long; a rig reads as a person
#![allow(missing_docs, unreachable_pub)]

mod alike;
mod architecture;
mod archive_cli;
mod attacks;
mod background;
mod circle;
mod clock;
mod contract;
mod crash;
mod danger;
mod days;
mod demo;
mod discharged;
mod doctor;
mod driver;
mod edges;
mod fields;
mod first_hour;
mod floors;
mod forms;
mod from_nothing;
mod golden;
mod group_names;
mod group_roster;
mod groups;
mod groups_keys;
mod hang;
mod heard;
mod heard_cases;
mod hire;
mod house;
mod import;
mod import_cases;
mod import_cli;
mod kept_forms;
mod keymaps;
mod keystrokes;
mod leaving;
mod legend;
mod life;
mod life_keys;
mod log;
mod look_alikes;
mod measures;
mod model;
mod monday;
mod notes;
mod owed;
mod own_secret;
mod paper;
mod pin;
mod plan;
mod pty;
mod readme_keys;
mod reads;
mod refusals;
mod registry;
mod retention;
mod review;
mod reviewed;
mod rig;
mod road;
mod roles;
mod safety;
mod same;
mod same_keys;
mod screens;
mod secrets;
mod shared_desk;
mod short_forms;
mod side_door;
mod signed;
mod staff;
mod trust;
mod turned;
mod turned_form;
mod turned_guardian;
mod typed;
mod week;
mod words;
mod writing;
