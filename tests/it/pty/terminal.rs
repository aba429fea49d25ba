//! A terminal with the built binary in it: keys in as bytes, the screen out as text, a store and home of its own.
//!
//! Every wait is for something on the screen or for the end of the process, with a generous limit; nothing sleeps for a
//! fixed time and hopes.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// A machine with two busy cores may take this long for anything.
const LIMIT: Duration = Duration::from_mins(1);

pub const PASSPHRASE: &str = "correct horse battery";

/// A folder with store, settings file and home; gone when dropped.
pub struct House {
    dir: TempDir,
}

impl House {
    /// Where no agency is.
    pub fn empty() -> Self {
        let house = Self { dir: tempfile::tempdir().unwrap() };
        house.settings("");
        house
    }

    /// With the agency Lakeside Recovery and one person, rosa.
    pub fn founded() -> Self {
        static MADE: OnceLock<House> = OnceLock::new();
        let house = Self::empty();
        copy(&MADE.get_or_init(Self::make).store(), &house.store());
        house
    }

    fn make() -> Self {
        let house = Self::empty();
        fs::write(house.path("passphrase"), PASSPHRASE).unwrap();
        let made = house.run(&[
            "init",
            "--agency",
            "Lakeside Recovery",
            "--zone",
            "America/Chicago",
            "--login",
            "rosa",
            "--name",
            "Rosa Imani",
            "--credential",
            "LADC",
            "--passphrase-file",
            house.path("passphrase").to_str().unwrap(),
            "--recovery-file",
            house.path("recovery").to_str().unwrap(),
        ]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        house
    }

    /// With the invented agency and its first six people.
    pub fn demo() -> Self {
        static MADE: OnceLock<House> = OnceLock::new();
        let house = Self::empty();
        copy(&MADE.get_or_init(Self::invented).store(), &house.store());
        house
    }

    fn invented() -> Self {
        let house = Self::empty();
        let store = house.store();
        let made = house.run(&["--store", store.to_str().unwrap(), "demo", "--no-open", "--clients", "6"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        house
    }

    /// When each file of the journal was written last.
    pub fn journal(&self) -> Vec<(PathBuf, SystemTime)> {
        let files = fs::read_dir(self.store().join("journal")).unwrap().map(|entry| entry.unwrap().path());
        files.map(|path| (path.clone(), path.metadata().unwrap().modified().unwrap())).collect()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("home").join("concord").join("store")
    }

    /// Writes the settings file of this machine.
    pub fn settings(&self, lines: &str) {
        fs::write(self.path("config.toml"), format!("format = 1\n{lines}\n")).unwrap();
    }

    fn variables(&self) -> Vec<(String, String)> {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let mut all: Vec<(String, String)> =
            ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"]
                .map(|name| (name.to_owned(), text(self.path("home"))))
                .into();
        all.push(("CONCORD_CONFIG".to_owned(), text(self.path("config.toml"))));
        all.extend([("USER", "reception"), ("LANG", "C.UTF-8")].map(|(n, v)| (n.to_owned(), v.to_owned())));
        all
    }

    /// Runs the program without a terminal.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
        command.args(arguments).env_clear().envs(self.variables()).current_dir(self.dir.path());
        command.output().unwrap()
    }

    /// The content of the lock file; empty when nobody holds the store.
    pub fn lock_file(&self) -> String {
        fs::read_to_string(self.store().join("lock")).unwrap()
    }

    /// Opens the desk in a terminal of 80 by 24.
    pub fn open(&self) -> Terminal {
        self.open_with(&[])
    }

    /// The same with more variables of the environment.
    pub fn open_with(&self, more: &[(&str, &str)]) -> Terminal {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_concord"));
        command.env_clear();
        command.cwd(self.dir.path());
        command.env("TERM", "xterm-256color");
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        for (name, value) in more {
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
        Terminal {
            master: pair.master,
            slave: Some(pair.slave),
            keyboard,
            bytes,
            raw: Vec::new(),
            screen: vt100::Parser::new(cells(24), cells(80), 1000),
            child,
        }
    }

    /// Opens the desk and signs rosa in.
    pub fn signed_in(&self) -> Terminal {
        let mut desk = self.open();
        desk.sign_in();
        desk
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn SlavePty + Send>>,
    keyboard: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    /// Everything that was ever written to it.
    pub raw: Vec<u8>,
    screen: vt100::Parser,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.keyboard.write_all(bytes.as_ref()).unwrap();
        self.keyboard.flush().unwrap();
        self
    }

    /// Types a text, each character once the one before is out, as fingers do: what comes in one piece may be taken for
    /// a paste.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen is as wanted; says whether it became so.
    pub fn becomes(&mut self, limit: Duration, wanted: impl Fn(&vt100::Screen) -> bool) -> bool {
        let end = Instant::now() + limit;
        while !wanted(self.screen.screen()) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(bytes),
                Err(_) => return false,
            }
        }
        true
    }

    /// Takes in what is written until something holds; says whether it came to hold.
    pub fn waits(&mut self, until: impl Fn() -> bool) -> bool {
        let end = Instant::now() + LIMIT;
        while !until() {
            if Instant::now() > end {
                return false;
            }
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(20)) {
                self.take(bytes);
            }
        }
        true
    }

    fn take(&mut self, bytes: Vec<u8>) {
        self.screen.process(&bytes);
        self.raw.extend(bytes);
    }

    /// Whether these bytes are written after the first `from` bytes.
    pub fn writes(&mut self, from: usize, wanted: &str) -> bool {
        let end = Instant::now() + LIMIT;
        while !String::from_utf8_lossy(&self.raw[from..]).contains(wanted) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(bytes),
                Err(_) => return false,
            }
        }
        true
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let seen = self.becomes(LIMIT, |screen| screen.contents().contains(text));
        assert!(seen, "{text:?} does not come onto the screen:\n{}", self.text());
        self
    }

    #[track_caller]
    pub fn sees_no_more(&mut self, text: &str) -> &mut Self {
        let gone = self.becomes(LIMIT, |screen| !screen.contents().contains(text));
        assert!(gone, "{text:?} stays on the screen:\n{}", self.text());
        self
    }

    /// The row of the screen on which a text stands.
    pub fn row_of(&self, text: &str) -> u16 {
        let row = self.screen.screen().rows(0, 200).position(|row| row.contains(text));
        u16::try_from(row.unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{}", self.text())))
            .unwrap()
    }

    pub fn cell(&self, row: u16, column: u16) -> &vt100::Cell {
        self.screen.screen().cell(row, column).unwrap()
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(size(cols, rows)).unwrap();
    }

    #[track_caller]
    pub fn sign_in(&mut self) -> &mut Self {
        self.sees("Passphrase").types("rosa\t").sees("► Passphrase");
        self.passphrase()
    }

    /// The passphrase where the login stands already.
    #[track_caller]
    pub fn passphrase(&mut self) -> &mut Self {
        self.types(PASSPHRASE).types("\r").sees("Rosa Imani")
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.pid()).unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Waits for the end of the process. Gives the exit code and how long it took.
    #[track_caller]
    pub fn ends(&mut self) -> (u32, Duration) {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            // Its output is taken in while waiting: a full pipe would keep it from ending.
            match self.bytes.recv_timeout(Duration::from_millis(10)) {
                Ok(bytes) => self.take(bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.exit_code(), start.elapsed());
            }
        }
        panic!("the program does not end:\n{}", self.text());
    }

    /// After the end: the terminal is as it was, and nothing of what was shown is left anywhere in it.
    #[track_caller]
    pub fn is_given_back(&mut self) {
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        for mode in ["ICANON", "ECHO", "ISIG"] {
            assert!(
                modes.split(" | ").any(|one| one.trim_matches(['(', ')']).ends_with(mode)),
                "{mode} is off: {modes}"
            );
        }
        self.drain();
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still on the other screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(screen.scrollback_len(), 0, "nothing was scrolled away");
        assert_eq!(screen.contents().trim(), "", "nothing of the screen stays");
        self.asked_and_titled_nothing();
    }

    /// Everything written is a plain drawing: no window title, no question to the terminal, no mouse motion.
    #[track_caller]
    pub fn asked_and_titled_nothing(&self) {
        let raw = String::from_utf8_lossy(&self.raw);
        for never in ["\x1b]", "\x1b[6n", "\x1b[c", "\x1b[?u", "\x1b[?1002h", "\x1b[?1003h"] {
            assert!(!raw.contains(never), "{never:?} was written");
        }
    }

    /// Takes in all that is still on the line. Only after the end of the process.
    fn drain(&mut self) {
        self.slave = None;
        while let Ok(bytes) = self.bytes.recv_timeout(LIMIT) {
            self.take(bytes);
        }
    }

    /// Ctrl-Q, and everything that must hold afterwards.
    #[track_caller]
    pub fn quits(&mut self) {
        let (code, _) = self.send(b"\x11").ends();
        assert_eq!(code, 0);
        self.is_given_back();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves no process behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
