//! The traps of real terminals, fed as bytes through a pseudo-terminal: this test binary runs itself inside one.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use ratatui::layout::Size;
use ratatui::widgets::Paragraph;

use super::{Signal, Signals, Term};
use crate::tui::event::Input;
use crate::tui::inbox::{Inbox, Next};
use crate::tui::keymap::KeyPress;
use crate::tui::message::Msg;
use crate::tui::theme::{Name, Role, Theme};

/// What runs inside: a highlighted line, and below it everything that was heard. Ctrl-Q ends it.
#[test]
#[ignore = "run by the tests below, in a pseudo-terminal"]
fn child() {
    let signals = Signals::catch().unwrap();
    let mut term = Term::open(std::env::var_os("CONCORD_TEST_NO_MOUSE").is_none()).unwrap();
    let (mut inbox, post) = Inbox::new(std::io::stdin()).unwrap();
    std::thread::spawn(move || signals.listen(|signal| post.send(Msg::Signal(signal))));
    let theme = Theme::plain(Name::Dark, false);
    let highlight = theme.style(Role::Error).patch(theme.style(Role::Selected));
    let mut size = Size { width: 80, height: 24 };
    let mut heard = vec!["ready".to_owned()];
    let start = Instant::now();
    let mut now = || start.elapsed().as_millis() as u64;
    loop {
        term.draw(size, true, |frame| {
            let area = frame.area();
            let log = heard.iter().rev().take(20).cloned().collect::<Vec<_>>().join("\n");
            frame.render_widget(
                Paragraph::new(format!("HERE\n{log}")).style(ratatui::style::Style::new()),
                area,
            );
            frame.buffer_mut().set_style(ratatui::layout::Rect::new(0, 0, 4, 1), highlight);
        })
        .unwrap();
        let Next::Msg(msg) = inbox.wait(None, &mut now) else { panic!("only messages") };
        heard.push(match msg {
            Msg::Input(Input::Key(press)) if press == KeyPress::parse("ctrl-q").unwrap() => return,
            Msg::Input(Input::Key(press)) => format!("<{press}>"),
            Msg::Input(Input::Burst(run)) => format!("<burst {}>", run.len()),
            Msg::Input(Input::Paste(text)) => format!("<paste {text:?}>"),
            Msg::Signal(Signal::Size(width, height)) => {
                size = Size { width, height };
                format!("<{width} x {height}>")
            }
            other => format!("<{other:?}>"),
        });
    }
}

struct Desk {
    master: Box<dyn portable_pty::MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    raw: Vec<u8>,
    screen: vt100::Parser,
    child: Box<dyn Child + Send + Sync>,
}

impl Desk {
    fn open(settings: &[(&str, &str)]) -> Desk {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "--nocapture", "tui::term::pty_tests::child"]);
        command.env("TERM", "xterm-256color");
        for (name, value) in settings {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let mut desk = Desk { master: pair.master, keyboard, bytes, raw: Vec::new(), screen, child };
        assert!(desk.sees("ready", 20), "{}", desk.screen.screen().contents());
        desk
    }

    fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Whether the text comes onto the screen within so many seconds.
    fn sees(&mut self, text: &str, seconds: u64) -> bool {
        let end = Instant::now() + Duration::from_secs(seconds);
        while !self.screen.screen().contents().contains(text) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(_) => return false,
            }
        }
        true
    }

    /// Ends it and gives all it ever wrote.
    fn close(mut self) -> String {
        self.send(b"\x11");
        assert!(self.child.wait().unwrap().success());
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_secs(5)) {
            self.raw.extend(bytes);
            if self.raw.ends_with(b"\n") && String::from_utf8_lossy(&self.raw).contains("test result") {
                break;
            }
        }
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

#[test]
fn no_color_does_not_take_the_highlight_away() {
    // A coloured theme that was asked for by name, so that crossterm has colours to leave out.
    let desk = Desk::open(&[("NO_COLOR", "1")]);
    let screen = desk.screen.screen();
    assert!((0..4).all(|column| screen.cell(0, column).unwrap().inverse()));
    assert!(!screen.cell(0, 5).unwrap().inverse());
}

#[test]
fn bytes_of_old_terminals_are_the_keys_they_mean() {
    let mut desk = Desk::open(&[]);
    for (bytes, want) in [
        (&b"\x08"[..], "<backspace>"),
        (b"\x7f", "<backspace>"),
        (b"\n", "<enter>"),
        (b"\r", "<enter>"),
        (b"\x1bb", "<alt-b>"),
        (b"\x1b[1;5C", "<ctrl-right>"),
        (b"\x1bOS", "<f4>"),
        (b"\x1b[20~", "<f9>"),
        (b"\x00", "<ctrl-space>"),
        ("é".as_bytes(), "<é>"),
        (b"12340123", "<burst 8>"),
        (b"\x1b[200~one\rtwo\x1b[201~", "<paste \"one\\ntwo\">"),
        (b"\x1b[<0;8;4M", "Click { x: 7, y: 3 }"),
        (b"\x1b", "<esc>"),
    ] {
        desk.send(bytes);
        assert!(desk.sees(want, 10), "{bytes:?}: {}", desk.screen.screen().contents());
    }
}

#[test]
fn a_sequence_torn_apart_on_the_line_is_one_key() {
    let mut desk = Desk::open(&[]);
    // A machine too busy to send the second half in time may take a few tries; a program that cannot join never does.
    let joined = (0..20).any(|_| {
        desk.send(b"\x1b");
        std::thread::sleep(Duration::from_millis(6));
        desk.send(b"[A");
        desk.sees("<up>", 1)
    });
    assert!(joined, "{}", desk.screen.screen().contents());
}

#[test]
fn a_new_size_is_told_and_drawn_at_once() {
    let mut desk = Desk::open(&[]);
    desk.master.resize(PtySize { rows: 30, cols: 100, pixel_width: 0, pixel_height: 0 }).unwrap();
    desk.screen.screen_mut().set_size(30.try_into().unwrap(), 100.try_into().unwrap());
    assert!(desk.sees("<100 x 30>", 10), "{}", desk.screen.screen().contents());
    desk.send(b"x");
    assert!(desk.sees("<x>", 10), "the keyboard goes on");
}

#[test]
fn a_mouse_that_is_not_wanted_is_never_asked_for() {
    let mut desk = Desk::open(&[("CONCORD_TEST_NO_MOUSE", "1")]);
    desk.send(b"x");
    assert!(desk.sees("<x>", 10));
    let all = desk.close();
    assert!(all.contains("\x1b[?2004h") && !all.contains("\x1b[?1000h") && !all.contains("\x1b[?1006h"));
}

#[test]
fn the_terminal_is_given_back_empty() {
    let mut desk = Desk::open(&[]);
    desk.send(b"x");
    assert!(desk.sees("<x>", 10));
    let all = desk.close();
    let taken = all.find("\x1b[?1049h").unwrap();
    let given = all.rfind("\x1b[?1049l").unwrap();
    assert!(taken < given);
    for mode in ["\x1b[?1000l", "\x1b[?1006l", "\x1b[?2004l", "\x1b[2J", "\x1b[?25h"] {
        assert!(all[..given].rfind(mode).is_some_and(|at| at > taken), "{mode:?}");
    }
    for never in ["\x1b[?1002h", "\x1b[?1003h", "\x1b]0;", "\x1b]2;", "\x1b[?u", "\x1b[c", "\x1b[6n"] {
        assert!(!all.contains(never), "{never:?}");
    }
    assert!(!all[given..].contains("HERE"), "nothing of the screen stays behind");
}
