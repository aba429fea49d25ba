//! What follows from the domain: pure functions.
//!
//! Owns the priority rule and the caseload order, the derivation of summaries, the access table, finding people, and
//! dates as people type them. Must not know the clock, the store or the screen: today and now are handed in.

pub mod access;
pub mod alerts;
pub mod alliance;
pub mod amended;
pub mod attended;
pub mod bounds;
pub mod caseload;
pub mod changes;
pub mod circle;
pub mod consent;
pub mod content;
pub mod deadline;
pub mod diagnosis;
pub mod dimension_view;
pub mod discharge;
pub mod doc_life;
pub mod doubts;
pub mod due;
pub mod episodes;
pub mod find;
pub mod group;
pub mod header;
pub mod hints;
pub mod leaving;
pub mod level;
pub mod likeness;
pub mod measured;
pub mod need;
pub mod not_shared;
pub mod note;
pub mod note_session;
pub mod owed;
pub mod own_line;
pub mod passage;
pub mod phone;
pub mod phrases;
pub mod plan;
pub mod priority;
pub mod problem;
pub mod readmission;
pub mod retention;
pub mod safety;
pub mod same;
pub mod scoring;
pub mod short_forms;
pub mod sketch;
pub mod spelling;
pub mod summary;
pub mod turned;
pub mod turned_form;
pub mod values;
pub mod when;
pub mod wording;
