//! The screens, a file or folder each, and what they want answers of overlays for.

pub mod chart;
pub mod days;
pub mod dimension;
pub mod form;
pub mod home;
pub mod house;
pub mod phrases;
pub mod setup;
pub mod several;
pub mod sign_in;
pub mod staff;
pub mod triage;
pub mod words;
pub mod work;

/// What a screen wanted the answer of an overlay for: data, handed back with the answer. Each place has its own.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// For the field of this index of the form the screen holds.
    Field(usize),
    /// For the program itself: a task or a session from anywhere.
    Days(days::Purpose),
    /// For the program itself: words beyond the dictionary.
    Words(words::Purpose),
    /// For home.
    Home(home::Purpose),
    /// For cover and teams, duties, the agency's rules.
    House(house::Purpose),
    /// For a form screen.
    Form(form::Purpose),
    /// For the snippets and templates.
    Phrases(phrases::Purpose),
    /// For the chart itself (immediate needs, which every room can raise).
    Chart(chart::Purpose),
    /// For the assessment grid.
    Grid(chart::grid::Purpose),
    /// For the priorities.
    Priorities(chart::priorities::Purpose),
    /// For the problems.
    Problems(chart::problems::Purpose),
    /// For several to be signed.
    Several,
    /// For the notes.
    Notes(chart::notes::Purpose),
}
