//! Bytes of any encoding as UTF-8, strictly: what is not of the encoding stops the reading, and so do NUL characters and a
//! quotation mark that is never closed.
//!
//! Owns the count of lines and the watch over quotation marks, so that the fault says where it began.

use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

/// Bytes read from the file at once.
const CHUNK: usize = 16 * 1024;

/// Where reading stopped: line, and what is wrong there.
pub(super) type Wrong = Rc<RefCell<Option<(u64, String)>>>;

/// What is known of the text that went through so far.
#[derive(Debug)]
struct Watch {
    delimiter: u8,
    line: u64,
    state: State,
    /// Line on which the open quotation mark is.
    opened: u64,
    /// Bytes since the last row began.
    row: usize,
    most: usize,
    /// The byte before was a carriage return: with a line feed behind it the two are one line end.
    returned: bool,
    /// Lines on which rows begin that were not asked for yet; blank lines begin none.
    begun: VecDeque<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the start of a field.
    Start,
    /// In a field without quotation marks around it.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind what may be the closing one.
    Behind,
}

impl Watch {
    fn see(&mut self, text: &str) -> Result<(), (u64, String)> {
        for byte in text.bytes() {
            if byte == 0 {
                let what =
                    "holds NUL characters: it is no text, or UTF-16 without a mark (--encoding utf-16le)";
                return Err((self.line, what.to_owned()));
            }
            let end = byte == b'\n' || byte == b'\r';
            if self.row == 0 && !end {
                self.begun.push_back(self.line);
            }
            self.state = match (self.state, byte) {
                (State::Start, b'"') => {
                    self.opened = self.line;
                    State::Quoted
                }
                (State::Quoted, b'"') => State::Behind,
                (State::Behind, b'"') | (State::Quoted, _) => State::Quoted,
                (_, byte) if byte == self.delimiter || end => State::Start,
                _ => State::Plain,
            };
            self.line += u64::from(byte == b'\r' || byte == b'\n' && !self.returned);
            self.returned = byte == b'\r';
            self.row = if end && self.state != State::Quoted { 0 } else { self.row + 1 };
            if self.row > self.most {
                let most = self.most / 1024;
                return Err(if self.state == State::Quoted {
                    (self.opened, format!("a quotation mark stands open over more than {most} KiB"))
                } else {
                    (self.line, format!("a row is longer than {most} KiB"))
                });
            }
        }
        Ok(())
    }
}

/// Reads UTF-8 out of a file of any encoding.
pub(super) struct Text<R> {
    input: R,
    decoder: Decoder,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
    watch: Watch,
    wrong: Wrong,
    pub(super) read: u64,
    pub(super) sum: u64,
}

impl<R: Read> Text<R> {
    pub(super) fn new(
        input: R,
        encoding: &'static Encoding,
        delimiter: u8,
        most: usize,
        wrong: Wrong,
    ) -> Self {
        let (state, begun) = (State::Start, VecDeque::new());
        let watch = Watch { delimiter, line: 1, state, opened: 1, row: 0, most, returned: false, begun };
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            raw: vec![0; CHUNK],
            ready: Vec::new(),
            at: 0,
            ended: false,
            watch,
            wrong,
            read: 0,
            sum: 0xcbf2_9ce4_8422_2325,
        }
    }

    /// The line on which the next row begins.
    pub(super) fn next_line(&mut self) -> Option<u64> {
        self.watch.begun.pop_front()
    }

    fn fail(&self, line: u64, what: impl Into<String>) -> io::Error {
        *self.wrong.borrow_mut() = Some((line, what.into()));
        io::Error::other("stopped")
    }

    /// The next chunk, decoded.
    fn fill(&mut self) -> io::Result<()> {
        let count = self.input.read(&mut self.raw)?;
        self.read += count as u64;
        for byte in &self.raw[..count] {
            self.sum = (self.sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let last = count == 0;
        let most = self.decoder.max_utf8_buffer_length_without_replacement(count).unwrap_or(CHUNK * 3);
        let mut out = String::with_capacity(most);
        let (result, _) =
            self.decoder.decode_to_string_without_replacement(&self.raw[..count], &mut out, last);
        if let Err((line, what)) = self.watch.see(&out) {
            return Err(self.fail(line, what));
        }
        if let DecoderResult::Malformed(..) = result {
            let (line, name) = (self.watch.line, self.encoding.name());
            return Err(
                self.fail(line, format!("is not written in {name}; --encoding says in what (windows-1252?)"))
            );
        }
        if last && self.watch.state == State::Quoted {
            return Err(self.fail(self.watch.opened, "a quotation mark is opened here and never closed"));
        }
        (self.ready, self.at, self.ended) = (out.into_bytes(), 0, last);
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let rest = &self.ready[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}
