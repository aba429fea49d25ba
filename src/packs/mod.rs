//! The field as data.
