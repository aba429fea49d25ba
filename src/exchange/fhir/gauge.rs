//! How far a file has been read: place, depth, size of the entry at hand.
//!
//! Owns the limits on size and depth, kept byte by byte underneath the parser. Must not know FHIR.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

/// Largest entry of a bundle, and largest single resource, in bytes.
pub const MAX_ENTRY: u64 = 32 << 20;
/// Deepest nesting of objects and lists in a file.
pub const MAX_DEPTH: u32 = 100;

/// A place in the file: line from 1, column in bytes from 1.
#[derive(Clone, Copy)]
pub(super) struct Position {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl Position {
    pub(super) fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { line: self.line, column: self.column + text.len() as u64 },
            Some(at) => Self {
                line: self.line + text.bytes().filter(|b| *b == b'\n').count() as u64,
                column: (text.len() - at) as u64,
            },
        }
    }
}

/// What has been read so far, shared between the reader underneath and the visitor above.
pub(super) struct Gauge {
    offset: Cell<u64>,
    mark: Cell<u64>,
    line: Cell<u64>,
    column: Cell<u64>,
    depth: Cell<u32>,
    /// Where the innermost open object or list of depth 1, 2 and 3 began.
    opened: [Cell<Position>; 3],
    quoted: Cell<bool>,
    escaped: Cell<bool>,
    hash: Cell<u64>,
    trouble: Cell<Option<&'static str>>,
}

impl Default for Gauge {
    fn default() -> Self {
        Self {
            offset: Cell::new(0),
            mark: Cell::new(0),
            line: Cell::new(1),
            column: Cell::new(1),
            depth: Cell::new(0),
            opened: std::array::from_fn(|_| Cell::new(Position { line: 1, column: 1 })),
            quoted: Cell::new(false),
            escaped: Cell::new(false),
            hash: Cell::new(0xcbf2_9ce4_8422_2325),
            trouble: Cell::new(None),
        }
    }
}

impl Gauge {
    /// The next byte's place.
    pub(super) fn position(&self) -> Position {
        Position { line: self.line.get(), column: self.column.get() }
    }

    pub(super) fn sum(&self) -> (u64, u64) {
        (self.offset.get(), self.hash.get())
    }

    /// Where `raw`, just read, began: an object or list opened at that depth, or a plain value.
    pub(super) fn start_of(&self, raw: &str, depth: usize) -> Position {
        if raw.starts_with(['{', '[']) {
            return self.opened[depth - 1].get();
        }
        // After a number or a word one byte more has been read, to see its end.
        let more = usize::from(!raw.starts_with('"'));
        let Position { line, column } = self.position();
        Position { line, column: column.saturating_sub((raw.len() + more) as u64).max(1) }
    }

    /// Where the outermost object or list began that was read last.
    pub(super) fn top(&self) -> Position {
        self.opened[0].get()
    }

    /// A new piece begins: the size limit counts from here.
    pub(super) fn mark(&self) {
        self.mark.set(self.offset.get());
    }

    /// Bytes read so far.
    pub(super) fn read(&self) -> u64 {
        self.offset.get()
    }

    /// The limit that was passed, if one was.
    pub(super) fn trouble(&self) -> Option<&'static str> {
        self.trouble.get()
    }

    fn take(&self, byte: u8) -> Result<(), std::io::Error> {
        self.offset.set(self.offset.get() + 1);
        let here = self.position();
        self.hash.set((self.hash.get() ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if byte == b'\n' {
            self.line.set(self.line.get() + 1);
            self.column.set(1);
        } else {
            self.column.set(self.column.get() + 1);
        }
        if self.quoted.get() {
            let escaped = self.escaped.replace(false);
            match byte {
                b'\\' if !escaped => self.escaped.set(true),
                b'"' if !escaped => self.quoted.set(false),
                _ => {}
            }
        } else {
            match byte {
                b'"' => self.quoted.set(true),
                b'{' | b'[' => {
                    if let Some(opened) = self.opened.get(self.depth.get() as usize) {
                        opened.set(here);
                    }
                    self.depth.set(self.depth.get() + 1);
                }
                b'}' | b']' => self.depth.set(self.depth.get().saturating_sub(1)),
                _ => {}
            }
        }
        if self.depth.get() > MAX_DEPTH {
            return Err(self.stop("is nested deeper than 100 levels, which no FHIR resource is"));
        }
        if self.offset.get() - self.mark.get() > MAX_ENTRY {
            return Err(self.stop("one entry is larger than 32 MB; export it without attachments"));
        }
        Ok(())
    }

    fn stop(&self, why: &'static str) -> std::io::Error {
        self.trouble.set(Some(why));
        std::io::Error::other(why)
    }
}

/// Hands on byte by byte, which is how serde_json reads, and keeps the gauge.
pub(super) struct Metered<R> {
    input: BufReader<R>,
    gauge: Rc<Gauge>,
}

impl<R> Metered<R> {
    pub(super) fn new(input: BufReader<R>, gauge: Rc<Gauge>) -> Self {
        Self { input, gauge }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let (Some(slot), Some(byte)) = (out.first_mut(), self.input.fill_buf()?.first().copied()) else {
            return Ok(0);
        };
        self.input.consume(1);
        self.gauge.take(byte)?;
        *slot = byte;
        Ok(1)
    }
}
