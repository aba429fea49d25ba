//! Options: command line over environment over settings file over defaults.

use super::again::Why;
use super::files;
use crate::cli::Common;
use crate::clock::{self, Clock};
use crate::config::{Config, parse_seconds};
use crate::engine::embedded;
use crate::packs::{self, Formats, Instruments, Library, PackError, Practice, ShortForms};
use crate::service::fault::{Fault, FaultKind};
use crate::store::{Kind, LOOSE};
use crate::tui::keymap::{self, Keymap};
use etcetera::{BaseStrategy, choose_base_strategy};
use std::path::{Path, PathBuf};

/// Everything the program was told before it opens anything.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the store.
    pub store: PathBuf,
    /// Somebody named it: where no agency is in it, none is set up unasked.
    pub is_named: bool,
    /// Settings of this machine.
    pub config: Config,
    /// Draw with ASCII only (`None`: as the terminal suggests).
    pub ascii: Option<bool>,
    /// Theme by name (`None`: as the terminal suggests).
    pub theme: Option<String>,
    /// Keymap name or file (`None`: default).
    pub keymap: Option<String>,
    /// Folder of the agency's own note formats: `formats` beside the settings file.
    pub formats: Option<PathBuf>,
    /// Folder of the settings file, where the agency's own files about plans and diagnoses are.
    pub beside: Option<PathBuf>,
    /// Folder of the agency's own measures: `measures` beside the settings file.
    pub measures: Option<PathBuf>,
    /// Folder of the agency's own short forms: `forms` beside the settings file.
    pub forms: Option<PathBuf>,
    /// Who signs in, for scripts.
    pub login: Option<String>,
    /// Where their passphrase is.
    pub passphrase_file: Option<PathBuf>,
    /// What is done needs the memory for itself: the store keeps little of itself there.
    pub is_sparing: bool,
    /// The store is an invented agency: nobody needs a backup of it.
    pub is_demo: bool,
    /// The clock, in this machine's zone until an agency names its own.
    pub clock: Clock,
}

/// Cache of the store where memory is needed for other things. An import reads little of what it has written.
const SPARING_CACHE: u64 = 4 << 20;
/// Journal after which an archive is made there. Checking one needs memory for each record the journal wrote; the next
/// start of the program makes it instead, with nothing else in memory.
const SPARING_ARCHIVE: u64 = 512 << 20;

impl Options {
    /// The same, for what needs the memory for itself.
    #[must_use]
    pub fn sparing(&self) -> Self {
        Self { is_sparing: true, ..self.clone() }
    }

    pub fn gather(common: &Common) -> Result<Self, Fault> {
        let config = read_config(common.config.as_deref())?;
        let beside = common.config.clone().or_else(config_path);
        let folder = |name: &str| beside.as_ref()?.parent().map(|folder| folder.join(name));
        let named = common.store.clone().or_else(|| config.store.as_deref().map(at_home));
        let is_named = named.is_some();
        let store = match named {
            Some(store) => store,
            None => data_dir()?.join("store"),
        };
        let clock = Clock::system(&clock::system_zone_name())
            .or_else(|_| Clock::system("UTC"))
            .map_err(|error| Fault::new(FaultKind::Config, error.to_string()))?;
        Ok(Self {
            store,
            is_named,
            ascii: if common.ascii { Some(true) } else { config.ascii },
            theme: common.theme.clone().or_else(|| config.theme.clone()),
            keymap: common.keymap.clone().or_else(|| config.keymap.as_deref().map(at_home_text)),
            formats: folder("formats"),
            beside: beside.as_ref().and_then(|file| file.parent()).map(Path::to_owned),
            measures: folder("measures"),
            forms: folder("forms"),
            login: common.login.clone(),
            passphrase_file: common.passphrase_file.clone(),
            config,
            is_sparing: false,
            is_demo: false,
            clock,
        })
    }

    /// Settings of the engine.
    pub fn engine(&self) -> embedded::Options {
        let usual = embedded::Options::usual(&self.clock.local(self.clock.now()).to_string(), LOOSE);
        let every = self.config.archive_every.as_deref().and_then(|text| parse_seconds(text).ok());
        embedded::Options {
            witness: Some(Kind::Checkpoint as u8),
            archives: embedded::Archives {
                after_ms: every.map_or(usual.archives.after_ms, |seconds| i64::from(seconds) * 1000),
                keep: self.config.archive_keep.unwrap_or(usual.archives.keep),
                after_bytes: if self.is_sparing { SPARING_ARCHIVE } else { usual.archives.after_bytes },
            },
            distrust_image: matches!(Why::here(), Why::NotOpened(_)),
            cache_bytes: if self.is_sparing { SPARING_CACHE } else { usual.cache_bytes },
            hang: hang(),
            now: || clock::wall().0,
            progress: files::progress,
            ..usual
        }
    }
}

/// A hang of the stored files' image that is brought about, for tests of this program as it is built: at the call of a
/// number, or once a file of a name is there.
fn hang() -> Option<embedded::Hang> {
    let said = std::env::var_os("CONCORD_IMAGE_HANG")?;
    let number = said.to_str().and_then(|said| said.parse().ok());
    Some(number.map_or_else(|| embedded::Hang::OnceThere(said.into()), embedded::Hang::at_call))
}

/// The platform's data folder for Concord.
pub fn data_dir() -> Result<PathBuf, Fault> {
    let dirs = choose_base_strategy().map_err(|_| no_home())?;
    Ok(dirs.data_dir().join("concord"))
}

/// A path as a person means it: `~` is the home folder, also where no shell has read it.
pub fn at_home(path: &Path) -> PathBuf {
    let rest = path.strip_prefix("~").ok();
    let home = || choose_base_strategy().ok().map(|dirs| dirs.home_dir().to_owned());
    rest.and_then(|rest| Some(home()?.join(rest))).unwrap_or_else(|| path.to_owned())
}

fn at_home_text(path: &str) -> String {
    at_home(Path::new(path)).to_string_lossy().into_owned()
}

/// Where the settings file is unless another is named; `None` without a home.
fn config_path() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|dirs| dirs.config_dir().join("concord").join("config.toml"))
}

fn read_config(named: Option<&Path>) -> Result<Config, Fault> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match config_path() {
            Some(path) => path,
            None => return Ok(Config { format: 1, ..Config::default() }),
        },
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
            return Ok(Config { format: 1, ..Config::default() });
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let what = format!("There is no settings file {}.", path.display());
            return Err(Fault::new(FaultKind::Config, what).hint(
                "Check what --config or CONCORD_CONFIG says, or leave it away: then the defaults hold.",
            ));
        }
        Err(error) => {
            let what = format!("The settings file {} cannot be read: {error}.", path.display());
            return Err(Fault::new(FaultKind::Config, what));
        }
    };
    Config::parse(&text)
        .map_err(|error| Fault::new(FaultKind::Config, format!("{}: {error}", path.display())))
}

/// The home folder of whoever runs the program, if it is known.
pub(super) fn home_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|dirs| dirs.home_dir().to_owned())
}

fn no_home() -> Fault {
    Fault::new(FaultKind::Config, "This user has no home folder.").hint("Name a folder with --store.")
}

/// The keymaps that come with the program: name, and for whom.
pub fn keymap_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    Keymap::names()
}

/// The keymap by name or file. A broken file gives the default and a report of everything that is wrong.
pub fn find_keymap(named: Option<&str>) -> (Keymap, Option<String>) {
    let Some(named) = named.filter(|named| !named.is_empty() && *named != "default") else {
        return (Keymap::default_map(), None);
    };
    if let Some(keymap) = Keymap::named(named) {
        return (keymap, None);
    }
    match std::fs::read_to_string(named) {
        Ok(text) => {
            let (keymap, report) = keymap::load(&text);
            (keymap, report.map(|report| report.render(named)))
        }
        Err(error) => {
            let names: Vec<&str> = Keymap::names().map(|(name, _)| name).collect();
            let why = format!(
                "{named}: {error}; the default keymap is used. A keymap is a file, or one of {}.",
                names.join(", ")
            );
            (Keymap::default_map(), Some(why))
        }
    }
}

/// The note formats: those that ship, and those in the folder, one a file. What is wrong with a file is shown with line and
/// column; the others are used.
pub fn find_formats(folder: Option<&Path>) -> (Formats, Vec<String>) {
    let (own, faults) = read_own("Note format", folder, packs::read_format, |format| &format.key);
    (Formats::with_own(own), faults)
}

/// Returns the measures that ship and those in the folder, and what is wrong with a file, as for note formats.
pub fn find_measures(folder: Option<&Path>) -> (Instruments, Vec<String>) {
    let (own, faults) = read_own("Measure", folder, packs::read_own_instrument, |measure| &measure.key);
    (Instruments::with_own(own), faults)
}

/// Returns the short forms that ship and those in the folder, and what is wrong with a file, as for note formats.
pub fn find_forms(folder: Option<&Path>) -> (ShortForms, Vec<String>) {
    let (own, faults) = read_own("Short form", folder, packs::read_short_form, |form| &form.key);
    (ShortForms::with_own(own), faults)
}

/// Returns what the agency decided about plans and diagnoses: from the files in this folder, and what ships where there is none; and
/// what is wrong with the files, one sentence each.
pub fn find_practice(folder: Option<&Path>) -> (Practice, Vec<String>) {
    let mut practice = Practice::default();
    let mut faults = Vec::new();
    let beside = |name: &str| folder.map(|folder| folder.join(name));
    if let Some(own) =
        one_file("The table of signatures", beside("parties.toml"), packs::read_parties, &mut faults)
    {
        practice.parties = own;
    }
    if let Some(own) =
        one_file("The rules on plans", beside("plan.toml"), packs::read_plan_rules, &mut faults)
    {
        practice.rules = own;
    }
    if let Some(own) = one_file(
        "The table of how long records are kept",
        beside("retention.toml"),
        packs::read_retention,
        &mut faults,
    ) {
        practice.retention = own;
    }
    if let Some(own) =
        one_file("The table of who may consent", beside("consents.toml"), packs::read_consents, &mut faults)
    {
        practice.consents = own;
    }
    let read_codes = |name: &str, text: &str| packs::read_codes(name, text).map_err(|error| vec![error]);
    practice.own_codes = one_file("The list of diagnoses", beside("diagnoses.tsv"), read_codes, &mut faults);
    let library = beside("library");
    let (files, wrong) = read_own("Library", library.as_deref(), packs::read_library, |file| &file.key);
    practice.library = Library::of(files);
    faults.extend(wrong);
    (practice, faults)
}

/// Reads one file of the agency's own, if it is there.
fn one_file<T>(
    what: &str,
    path: Option<PathBuf>,
    read: impl Fn(&str, &str) -> Result<T, Vec<PackError>>,
    faults: &mut Vec<String>,
) -> Option<T> {
    let path = path.filter(|path| path.exists())?;
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"));
    let told = |errors: Vec<PackError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match text.and_then(|text| read(&name, &text).map_err(told)) {
        Ok(own) => Some(own),
        Err(why) => {
            faults.push(format!("{what} is left out, and what comes with Concord is used: {why}"));
            None
        }
    }
}

/// Reads every `*.toml` of a folder, in order of their names. A key that is in two files is used once.
fn read_own<T>(
    what: &str,
    folder: Option<&Path>,
    read: impl Fn(&str, &str) -> Result<T, Vec<PackError>>,
    key: impl Fn(&T) -> &String,
) -> (Vec<T>, Vec<String>) {
    let mut files: Vec<PathBuf> = folder
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let (mut own, mut faults): (Vec<T>, Vec<String>) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                faults.push(format!("{what} left out: {name}: {error}"));
                continue;
            }
        };
        match read(&name, &text) {
            Ok(one) if own.iter().any(|other| key(other) == key(&one)) => {
                faults.push(format!("{what} left out: {name}: two files have the key {:?}", key(&one)));
            }
            Ok(one) => own.push(one),
            Err(errors) => {
                let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
                faults.push(format!("{what} left out: {}", told.join("; ")));
            }
        }
    }
    (own, faults)
}
