//! What a document says, laid out as plain blocks.
//!
//! Owns the shape. Whatever shows a document (reading, the difference between versions) draws from it and from nothing else, so
//! that a kind of document is laid out once.

use super::Date;

/// What a document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What it is, in one line.
    pub title: String,
    /// The rest, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Something about the document that is not its text: for whom it is, what it works on.
    About(String),
    /// A label and the answer to it.
    Answer {
        /// What was asked.
        label: String,
        words: String,
    },
    /// The heading of what follows.
    Heading {
        /// What it is called in every version of the document.
        key: String,
        /// The words shown.
        words: String,
    },
    /// One of several things said in a row.
    Item(String),
    /// Prose of whoever wrote the document; empty where nothing was written.
    Prose(String),
    /// The client's own words.
    Quote {
        words: String,
        /// When they said so, if it is known.
        on: Option<Date>,
    },
}

impl Content {
    /// All its words, a line for each piece.
    pub fn all_words(&self) -> String {
        let mut all = vec![self.title.as_str()];
        for block in &self.blocks {
            match block {
                Block::Answer { label, words } => all.extend([label.as_str(), words.as_str()]),
                Block::About(words)
                | Block::Heading { words, .. }
                | Block::Item(words)
                | Block::Prose(words)
                | Block::Quote { words, .. } => all.push(words),
            }
        }
        all.join("\n")
    }

    /// The blocks below each heading, with the heading's key and words. What comes before the first heading has none.
    pub fn parts(&self) -> Vec<(&str, &str, &[Block])> {
        let at: Vec<usize> =
            (0..self.blocks.len()).filter(|at| matches!(self.blocks[*at], Block::Heading { .. })).collect();
        let mut parts = Vec::new();
        for (n, start) in at.iter().enumerate() {
            let end = at.get(n + 1).copied().unwrap_or(self.blocks.len());
            if let Block::Heading { key, words } = &self.blocks[*start] {
                parts.push((key.as_str(), words.as_str(), &self.blocks[start + 1..end]));
            }
        }
        parts
    }

    /// The blocks before the first heading.
    pub fn front(&self) -> &[Block] {
        let end = self.blocks.iter().position(|block| matches!(block, Block::Heading { .. }));
        &self.blocks[..end.unwrap_or(self.blocks.len())]
    }
}

impl Block {
    /// Its words, as the difference between versions compares them.
    pub fn words(&self) -> String {
        match self {
            Self::About(words) | Self::Item(words) | Self::Prose(words) | Self::Heading { words, .. } => {
                words.clone()
            }
            Self::Answer { label, words } => format!("{label}: {words}"),
            Self::Quote { words, .. } => format!("\"{words}\""),
        }
    }
}
