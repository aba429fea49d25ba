//! The terminal itself: taken at the start, given back whole on every way out.
//!
//! Owns raw mode, the alternate screen, bracketed paste, the mouse, signals, and the prompts of the command line. It must not know
//! screens or keys. It never sets a title, never asks the terminal a question, and never writes what was on the screen
//! to where the shell's history can be scrolled.

use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use zeroize::{Zeroize, Zeroizing};

/// Alternate screen and bracketed paste.
const ENTER: &str = "\x1b[?1049h\x1b[2J\x1b[?2004h";
/// Mouse presses in their long form only: `?1002` and `?1003` would report motion.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// The way back, in reverse; the screen is emptied first, for consoles that have no other one.
const LEAVE: &str = "\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[2J\x1b[H\x1b[?25h\x1b[?1049l";

/// Whether the terminal is ours just now.
static HELD: AtomicBool = AtomicBool::new(false);
/// Where the latest panic was: file and line only, since its words might quote a client.
static PANIC_PLACE: Mutex<Option<String>> = Mutex::new(None);

/// What a frame sends, gathered: cells, cursor and its place go out in one write, so that a terminal never shows half of
/// it and is woken once.
#[derive(Clone, Default)]
struct Gathered(Arc<Mutex<Vec<u8>>>);

impl Gathered {
    /// Sends what was gathered; it is overwritten afterwards, since it quotes what is on the screen.
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.zeroize();
        sent
    }
}

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing yet: see [`Gathered::send`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while it is ours. Dropping it gives the terminal back.
pub struct Term {
    terminal: Terminal<CrosstermBackend<Gathered>>,
    frame: Gathered,
    size: Size,
    mouse: bool,
}

impl std::fmt::Debug for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Term")
    }
}

impl Term {
    /// Takes the terminal; `mouse`: its clicks and wheel too (else they stay the terminal's own, to select text with).
    ///
    /// # Errors
    /// Input or output is no terminal, or it refused raw mode.
    pub fn open(mouse: bool) -> io::Result<Term> {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return Err(io::Error::other("Concord needs a terminal to open in"));
        }
        // With NO_COLOR crossterm 0.29 writes an empty style, which also ends reverse and bold: the highlighted line
        // would not be seen. NO_COLOR is honoured by the mono theme instead.
        crossterm::style::force_color_output(true);
        let frame = Gathered::default();
        let backend = CrosstermBackend::new(frame.clone());
        let (width, height) = size()?;
        let size = Size { width, height };
        // Fixed: the system is not asked for the size at each frame; it tells when that changes.
        let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        let mut term = Term { terminal, frame, size, mouse };
        term.take()?;
        Ok(term)
    }

    /// Draws one frame of this size; only the cells that changed are sent. `cursor`: whether it is seen, where one is set.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, size: Size, cursor: bool, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if self.size != size {
            self.size = size;
            self.forget()?;
        }
        self.terminal.draw(draw)?;
        if !cursor {
            self.terminal.hide_cursor()?;
        }
        self.frame.send()
    }

    /// Takes the terminal again after somebody else may have had it, and forgets what was sent, so that the next frame
    /// is drawn whole.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Raw mode is believed to be on: it must be left for entering it to do anything.
        crossterm::terminal::disable_raw_mode()?;
        self.take()?;
        self.forget()
    }

    /// Empties the screen and forgets what was sent. Not ratatui's own `clear`: that asks the terminal where its cursor
    /// is, and the answer would be read as keys.
    fn forget(&mut self) -> io::Result<()> {
        self.terminal.resize(Rect::from((Position::ORIGIN, self.size)))?;
        self.frame.send()
    }

    /// Gives the terminal back, stops the process as SIGTSTP would, and takes the terminal again when it goes on.
    /// Lock before calling this: whoever continues it may be someone else.
    ///
    /// # Errors
    /// The terminal could not be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.take()?;
        self.forget()
    }

    fn take(&mut self) -> io::Result<()> {
        HELD.store(true, Ordering::SeqCst);
        crossterm::terminal::enable_raw_mode()?;
        let out = self.terminal.backend_mut();
        out.write_all(ENTER.as_bytes())?;
        if self.mouse {
            out.write_all(MOUSE.as_bytes())?;
        }
        self.frame.send()
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        restore();
        // What ratatui still wants to say on drop (show the cursor) goes to a screen that shows it already.
    }
}

/// Gives the terminal back if it is ours; safe to call from anywhere, any number of times.
pub fn restore() {
    if HELD.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        // Nothing better can be done on the way out when the terminal is already gone.
        let _ = out.write_all(LEAVE.as_bytes());
        let _ = out.flush();
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// Keeps panics from writing over the screen: only their place is kept, for the fault shown afterwards.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|location| format!("{}:{}", location.file(), location.line()));
        if let Ok(mut last) = PANIC_PLACE.lock() {
            *last = place;
        }
    }));
}

/// Where the latest panic was, file and line; asked once.
pub fn take_panic_place() -> Option<String> {
    PANIC_PLACE.lock().ok().and_then(|mut last| last.take())
}

/// What the system asks of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Lock and leave within five seconds: SIGTERM, SIGHUP (the terminal was closed), SIGINT from outside.
    Stop,
    /// Lock, then [`Term::suspend`].
    Suspend,
    /// Going on after a stop nobody told us of: draw everything again.
    Continue,
    /// The window has another size now: columns and rows.
    Size(u16, u16),
}

/// The signals of this process, caught from the moment this is made. Make it before [`Term::open`].
pub struct Signals(signal_hook::iterator::Signals);

impl std::fmt::Debug for Signals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signals")
    }
}

impl Signals {
    /// Begins to catch signals.
    ///
    /// # Errors
    /// The system refused the handlers.
    pub fn catch() -> io::Result<Signals> {
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])
            .map(Signals)
    }

    /// Blocks, telling of each signal, until `send` says to stop (`false`). For a thread of its own.
    pub fn listen(mut self, mut send: impl FnMut(Signal) -> bool) {
        for signal in self.0.forever() {
            let signal = match signal {
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Continue,
                SIGWINCH => match size() {
                    Ok((width, height)) => Signal::Size(width, height),
                    Err(_) => continue,
                },
                _ => Signal::Stop,
            };
            if !send(signal) {
                return;
            }
        }
    }
}

/// Columns and rows of the terminal.
///
/// # Errors
/// Output is no terminal.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Asks for a passphrase on the terminal, unseen, whatever standard input and output are connected to.
///
/// # Errors
/// There is no terminal, or Ctrl-C or Ctrl-D was pressed (`Interrupted`).
pub fn read_passphrase(prompt: &str) -> io::Result<Zeroizing<String>> {
    let mut tty = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    tty.write_all(prompt.as_bytes())?;
    tty.flush()?;
    crossterm::terminal::enable_raw_mode()?;
    let typed = unseen(&mut tty);
    let cooked = crossterm::terminal::disable_raw_mode();
    tty.write_all(b"\n")?;
    cooked?;
    typed
}

/// Asks for a line on the terminal, whatever standard input and output are connected to.
///
/// # Errors
/// There is no terminal, or it was closed (`UnexpectedEof`).
pub fn read_line(prompt: &str) -> io::Result<String> {
    let mut tty = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    tty.write_all(prompt.as_bytes())?;
    tty.flush()?;
    let mut line = String::new();
    if BufReader::new(tty).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

/// The bytes of a line typed in raw mode, edited as a terminal would: Backspace, Ctrl-U; Ctrl-C and Ctrl-D give up.
fn unseen(from: &mut impl Read) -> io::Result<Zeroizing<String>> {
    // Room enough that it never moves and leaves a copy behind.
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    let mut byte = Zeroizing::new([0_u8; 1]);
    loop {
        if from.read(&mut byte[..])? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match byte[0] {
            b'\r' | b'\n' => break,
            0x03 | 0x04 => return Err(io::ErrorKind::Interrupted.into()),
            0x15 => line.zeroize(),
            // A character is its last byte and the continuation bytes before it.
            0x08 | 0x7f => while line.pop().is_some_and(|last| last & 0xC0 == 0x80) {},
            0x00..=0x1f => {}
            typed if line.len() < 1024 => line.push(typed),
            _ => {}
        }
    }
    match std::str::from_utf8(&line) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "what was typed is not UTF-8")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mouse_motion_is_never_asked_for_and_everything_is_given_back() {
        for motion in ["?1002", "?1003", "?1004", "?1015"] {
            assert!(!ENTER.contains(motion) && !MOUSE.contains(motion));
        }
        for mode in ["?1049", "?2004", "?1000", "?1006"] {
            let taken = [ENTER, MOUSE].concat().contains(&format!("{mode}h"));
            assert!(taken && LEAVE.contains(&format!("{mode}l")), "{mode}");
        }
        let emptied = LEAVE.find("\x1b[2J").unwrap();
        assert!(emptied < LEAVE.find("?1049l").unwrap(), "emptied before the shell's screen comes back");
        assert!(!ENTER.contains("\x1b]") && !LEAVE.contains("\x1b]"), "no title is set");
    }

    #[test]
    fn a_passphrase_is_edited_as_it_is_typed() {
        let typed =
            |bytes: &[u8]| unseen(&mut &*bytes).map(|line| line.to_string()).map_err(|fault| fault.kind());
        assert_eq!(typed(b"correct horse\r"), Ok("correct horse".to_owned()));
        assert_eq!(typed("zoë\x7f\x7fo\n".as_bytes()), Ok("zo".to_owned()), "a character, not a byte");
        assert_eq!(typed(b"wrong\x15right\x08T\r"), Ok("righT".to_owned()));
        assert_eq!(typed(b"half\x03"), Err(io::ErrorKind::Interrupted));
        assert_eq!(typed(b"half"), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(typed(b"\x7f\x7fa\r"), Ok("a".to_owned()));
    }

    #[test]
    fn giving_back_what_was_never_taken_does_nothing() {
        restore();
        assert!(!HELD.load(Ordering::SeqCst));
    }
}

#[cfg(test)]
#[path = "term_pty_tests.rs"]
mod pty_tests;
