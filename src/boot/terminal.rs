//! Opening the desk in a terminal: threads, inbox, and giving everything back at the end.
//!
//! Threads: signals (blocking), service (owns engine and keys), helper (long pure work), and this one (app and terminal: it
//! waits for keys, messages and the alarm at once).

use super::again;
use super::files;
use super::keep;
use super::options::{Options, find_formats, find_forms, find_keymap, find_measures, find_practice};
use super::paper;
use crate::clock::{Clock, Ids};
use crate::engine::Engine;
use crate::engine::embedded::{self, EmbeddedEngine};
use crate::service::api::{Allowed, Answer, Ask, BackupTicket, Now};
use crate::service::fault::{Fault, FaultKind};
use crate::service::thread::{self, Furnish, Ground, Office, Said};
use crate::tui::app::App;
use crate::tui::inbox::{Inbox, Post};
use crate::tui::message::{BackupNews, Chore, Made, Msg};
use crate::tui::program::Program;
use crate::tui::run::{End, Live, run};
use crate::tui::term::{self, Signals, Term};
use crate::tui::theme::{Name, Seen, Theme};
use ratatui::layout::Size;
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

/// Opens the desk of the options' folder; the guided set-up comes before it where no agency is.
pub fn open_terminal_desk(options: &Options) -> Result<i32, Fault> {
    let office = if embedded::exists(&options.store) {
        Office::Desk(Box::new(super::open(options)?))
    } else if options.is_named {
        let what = format!("There is no agency in {}.", options.store.display());
        return Err(Fault::user(what)
            .hint("If there should be one, check the path, and whether the disk it is on is there.")
            .hint(format!(
                "To set one up there, step by step on the screen: concord --store {} init",
                options.store.display()
            )));
    } else {
        let mut office = Office::Empty(ground(options));
        let options = options.clone();
        office.furnish(Box::new(move |desk| super::know_backups(desk, &options)));
        office
    };
    run_office(office, options)
}

fn ground(options: &Options) -> Ground {
    let (store, engine) = (options.store.clone(), options.engine());
    let make = move || -> Result<Box<dyn Engine>, Fault> {
        Ok(Box::new(EmbeddedEngine::open_or_create(&store, &engine)?) as Box<dyn Engine>)
    };
    Ground { engine: Box::new(make), clock: options.clock.clone(), ids: Ids::System, furnish: Vec::new() }
}

fn run_office(mut office: Office, options: &Options) -> Result<i32, Fault> {
    office.furnish(of_this_computer(options));
    let (keymap, report) = find_keymap(options.keymap.as_deref());
    let mut front = office.front();
    front.notices.extend(again::notice());
    if let Some(report) = report {
        front.notices.push(format!("The keymap has faults; the default one is used. {report}"));
    }
    let theme = theme(options)?;
    term::quiet_panics();
    let signals = Signals::catch().map_err(|error| terminal_fault(&error))?;
    let clock = Arc::new(Mutex::new(office.clock()));
    let (asks, inbox_of_service) = channel::<Ask>();
    let (inbox, post) = Inbox::new(io::stdin()).map_err(|error| terminal_fault(&error))?;
    let size = terminal_size()?;
    let now = reading(&clock);
    let mut app = Program::new(App::new(front, theme, keymap, size, now));
    let service = start_service(office, inbox_of_service, post.clone(), Arc::clone(&clock))?;
    files::screen_is_open(true);
    let term = Term::open(options.config.mouse.unwrap_or(true)).map_err(|error| terminal_fault(&error))?;
    let chores = start_helper(post.clone(), options.clone())?;
    start_signals(signals, post)?;
    let steady = reading_steady(&clock);
    let wall = Arc::clone(&clock);
    let mut world = Live {
        term,
        inbox,
        asks,
        chores,
        clock: move || reading(&wall),
        monotonic: move || steady.monotonic_ms(),
    };
    let ended = run(&mut app, &mut world);
    drop(app);
    // The terminal is given back before the store is closed: closing may take a moment.
    drop(world);
    files::screen_is_open(false);
    let _ = service.join();
    match ended? {
        End::Code(code) => Ok(code),
        End::StartAgain => Err(again::from_the_desk()),
    }
}

/// What this computer's settings file and the files beside it say of a desk.
fn of_this_computer(options: &Options) -> Furnish {
    let lock_after = options.config.lock_after_s();
    let (formats, mut faults) = find_formats(options.formats.as_deref());
    let (practice, wrong) = find_practice(options.beside.as_deref());
    faults.extend(wrong);
    let (measures, odd) = find_measures(options.measures.as_deref());
    let (forms, wrong_forms) = find_forms(options.forms.as_deref());
    Box::new(move |desk| {
        if let Some(seconds) = lock_after {
            desk.set_lock_after(seconds);
        }
        desk.set_practice(Arc::new(practice));
        desk.set_formats(formats, faults);
        desk.set_measures(measures, odd);
        desk.set_forms(forms, wrong_forms);
    })
}

fn reading(clock: &Arc<Mutex<Clock>>) -> Now {
    Now::of(&clock.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn reading_steady(clock: &Arc<Mutex<Clock>>) -> Clock {
    clock.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
}

fn start_service(
    office: Office,
    asks: std::sync::mpsc::Receiver<Ask>,
    post: Post,
    clock: Arc<Mutex<Clock>>,
) -> Result<std::thread::JoinHandle<()>, Fault> {
    let say = move |said: Said| {
        let Said::Reply(reply) = said else {
            let _ = post.send(Msg::NeedsNewProcess);
            return;
        };
        if let Ok(Answer::Founded { front, .. }) = &reply.result
            && let Ok(mut clock) = clock.lock()
            && let Ok(zoned) = clock.in_zone(&front.front.zone)
        {
            *clock = zoned;
        }
        let _ = post.send(Msg::Reply(reply));
    };
    thread::spawn(office, asks, say).map_err(|error| terminal_fault(&error))
}

/// The thread for what takes long: reading the dictionary, suggestions, pages. It ends when the asking side hangs up.
fn start_helper(post: Post, options: Options) -> Result<Sender<Chore>, Fault> {
    let (asks, inbox) = channel::<Chore>();
    let help = move || {
        while let Ok(chore) = inbox.recv() {
            let done = match chore {
                Chore::Spell(ask) => Msg::Spelled(ask.answer()),
                Chore::Paper(allowed) => Msg::Made(Made { pass: allowed.pass(), made: made(&allowed) }),
                Chore::Backup(ticket) => {
                    start_backup(ticket, options.clone(), &post);
                    continue;
                }
            };
            if !post.send(done) {
                return;
            }
        }
    };
    let spawned = std::thread::Builder::new().name("helper".to_owned()).spawn(help);
    spawned.map_err(|error| terminal_fault(&error))?;
    Ok(asks)
}

/// A backup has a thread of its own, so that neither pages nor suggestions wait for it.
fn start_backup(ticket: BackupTicket, options: Options, post: &Post) {
    let news = |news| Msg::Backup(news);
    let (told, begun) = (post.clone(), ticket.records().div_ceil(100).max(1));
    let write = move || {
        let mut next = 0;
        let mut go_on = |done: u64| {
            if done >= next {
                next = done + begun;
                let _ = told.send(news(BackupNews::Written(done)));
            }
        };
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            keep::backup_beside(&options, &ticket, &mut go_on)
        }));
        let made =
            made.unwrap_or_else(|_| Err("A fault in the program: the backup was not made.".to_owned()));
        let _ = told.send(news(BackupNews::Ended(made)));
    };
    if let Err(error) = std::thread::Builder::new().name("backup".to_owned()).spawn(write) {
        let _ = post.send(news(BackupNews::Ended(Err(format!("The backup was not begun: {error}.")))));
    }
}

/// Makes a page. Should a fault in the program stop that, the page is told as not made, and the helper goes on.
fn made(allowed: &Allowed) -> Result<String, String> {
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| paper::make(allowed)));
    made.unwrap_or_else(|_| Err("A fault in the program: the page was not made.".to_owned()))
}

fn start_signals(signals: Signals, post: Post) -> Result<(), Fault> {
    let watch = move || signals.listen(|signal| post.send(Msg::Signal(signal)));
    let spawned = std::thread::Builder::new().name("signals".to_owned()).spawn(watch);
    spawned.map(|_| ()).map_err(|error| terminal_fault(&error))
}

fn terminal_size() -> Result<Size, Fault> {
    term::size().map(|(width, height)| Size { width, height }).map_err(|error| terminal_fault(&error))
}

fn theme(options: &Options) -> Result<Theme, Fault> {
    let wanted = match options.theme.as_deref() {
        None | Some("") => None,
        Some(name) => Some(Name::named(name).ok_or_else(|| {
            Fault::new(
                FaultKind::Config,
                format!("No theme is called \"{name}\"; there are dark, light and mono."),
            )
        })?),
    };
    let var = |name: &str| std::env::var(name).unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().map(var).find(|value| !value.is_empty());
    let seen = Seen {
        term: var("TERM"),
        colorterm: var("COLORTERM"),
        no_color: !var("NO_COLOR").is_empty(),
        locale: locale.unwrap_or_default(),
    };
    Ok(Theme::choose(wanted, options.ascii, &seen))
}

fn terminal_fault(error: &io::Error) -> Fault {
    Fault::new(FaultKind::Config, format!("Concord cannot open here: {error}."))
        .hint("It needs a terminal of at least 80 columns and 24 rows.")
}
