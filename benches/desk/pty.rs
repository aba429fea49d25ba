//! A program in a pseudo-terminal: keys in, the screen and the bytes it took out.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const ROWS: NonZero<u16> = NonZero::new(24).expect("not zero");
const COLUMNS: NonZero<u16> = NonZero::new(80).expect("not zero");

/// The program, its screen, and everything it has written.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Bytes written so far.
    pub(crate) written: usize,
    _master: Box<dyn MasterPty + Send>,
}

impl Pty {
    pub(crate) fn start(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        Self { child, keyboard, bytes, screen, written: 0, _master: pair.master }
    }

    pub(crate) fn process(&self) -> Option<u32> {
        self.child.process_id()
    }

    pub(crate) fn send(&mut self, keys: &[u8]) {
        self.keyboard.write_all(keys).expect("the keyboard is connected");
        self.keyboard.flush().expect("the keyboard is connected");
    }

    /// Takes in what it writes until the screen is as wanted; `false` if that did not come in time.
    pub(crate) fn wait(&mut self, seconds: f64, wanted: impl Fn(&vt100::Screen) -> bool) -> bool {
        let end = Instant::now() + Duration::from_secs_f64(seconds);
        loop {
            if wanted(self.screen.screen()) {
                return true;
            }
            let Some(left) = end.checked_duration_since(Instant::now()) else { return false };
            let Ok(bytes) = self.bytes.recv_timeout(left) else { return wanted(self.screen.screen()) };
            self.written += bytes.len();
            self.screen.process(&bytes);
        }
    }

    pub(crate) fn sees(&mut self, text: &str, seconds: f64) -> bool {
        self.wait(seconds, |screen| screen.contents().contains(text))
    }

    /// Takes in what it writes for so long.
    pub(crate) fn idle(&mut self, seconds: f64) {
        self.wait(seconds, |_| false);
    }

    /// From the key to the moment the letter stands before the cursor; `None` if it did not come within 2 s.
    pub(crate) fn echo(&mut self, letter: char) -> Option<Duration> {
        let start = Instant::now();
        self.send(letter.encode_utf8(&mut [0; 4]).as_bytes());
        self.wait(2.0, |screen| {
            let (row, column) = screen.cursor_position();
            let before = column.checked_sub(1).and_then(|column| screen.cell(row, column));
            before.is_some_and(|cell| cell.contents().chars().eq([letter]))
        })
        .then(|| start.elapsed())
    }

    /// Waits for its end; `false` if that did not come in time, and it was killed.
    pub(crate) fn ends(&mut self, seconds: f64) -> bool {
        let end = Instant::now() + Duration::from_secs_f64(seconds);
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            self.idle(0.05);
        }
        let _ = self.child.kill();
        false
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
