//! The screens, a file or folder each.

pub mod chart;
pub mod checkin;
pub mod danger;
pub mod days;
pub mod dimension;
pub mod form;
pub mod groups;
pub mod home;
pub mod hours;
pub mod house;
pub mod measure;
pub mod phrases;
pub mod setup;
pub mod several;
pub mod sign_in;
pub mod staff;
pub mod triage;
pub mod week;
mod who;
pub mod words;
pub mod work;
