//! The desk's settings file: a handful of choices of this machine, never of a person.
//!
//! Defaults live in the program; the file holds differences and a format number. Unknown keys are errors with position.

use serde::Deserialize;
use std::path::PathBuf;

/// Settings of this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Format of this file: 1, also where the file does not say.
    #[serde(default = "first_format")]
    pub format: u32,
    /// Where the store is, instead of the platform's data folder.
    pub store: Option<PathBuf>,
    /// Keymap for people who chose none: a built-in name or a path to a file.
    pub keymap: Option<String>,
    /// `dark`, `light` or `mono`.
    pub theme: Option<String>,
    /// Draw with ASCII only.
    pub ascii: Option<bool>,
    /// Which kind of desk this is: decides after how long it locks.
    pub desk: Option<DeskKind>,
    /// Idle time until the desk locks, `"5m"` or `"90s"`, instead of the kind's or the agency's.
    pub lock_after: Option<String>,
    /// Take mouse clicks and the wheel.
    pub mouse: Option<bool>,
    /// An archive beside the store is made after this time, if anything was written: `"1d"`.
    pub archive_every: Option<String>,
    /// So many archives are kept beside the store (2 to 99).
    pub archive_keep: Option<usize>,
}

fn first_format() -> u32 {
    1
}

/// A kind of desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskKind {
    /// People walk past: locks after 2 minutes.
    Front,
    /// A room with a door: 5 minutes.
    Office,
    /// Beside a client, who talks more than anyone types: 15 minutes.
    WithClient,
}

impl DeskKind {
    /// Idle seconds until the lock.
    pub fn lock_after_s(self) -> u32 {
        match self {
            Self::Front => 2 * 60,
            Self::Office => 5 * 60,
            Self::WithClient => 15 * 60,
        }
    }
}

impl Config {
    /// Reads a settings file's text; the error says line, column and what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if config.format != 1 {
            return Err(format!(
                "format = {} is not known to this version; it reads format = 1",
                config.format
            ));
        }
        for text in [&config.lock_after, &config.archive_every].into_iter().flatten() {
            parse_seconds(text)?;
        }
        if config.lock_after.as_deref().is_some_and(|text| parse_seconds(text).is_ok_and(|s| s > 3600)) {
            return Err("lock_after is at most 1h: whoever walks away leaves charts on the screen".to_owned());
        }
        if config.archive_keep.is_some_and(|keep| !(2..=99).contains(&keep)) {
            return Err("archive_keep is a number from 2 to 99".to_owned());
        }
        Ok(config)
    }

    /// Idle seconds until the lock, if this machine says: by itself, or by its kind.
    pub fn lock_after_s(&self) -> Option<u32> {
        let by_kind = || self.desk.map(DeskKind::lock_after_s);
        self.lock_after.as_deref().and_then(|text| parse_seconds(text).ok()).or_else(by_kind)
    }
}

/// Reads `90s`, `5m`, `1h` or `1d` as seconds, at least one.
pub fn parse_seconds(text: &str) -> Result<u32, String> {
    let wrong = || format!("\"{text}\" is no length of time; write 90s, 5m, 1h or 1d");
    let text_trimmed = text.trim();
    let (digits, unit) =
        text_trimmed.split_at(text_trimmed.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?);
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let count: u32 = digits.parse().map_err(|_| wrong())?;
    count.checked_mul(factor).filter(|seconds| *seconds > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_desk_says_when_it_locks_unless_a_time_is_given() {
        for (text, seconds) in [
            ("desk = \"front\"", Some(120)),
            ("desk = \"office\"", Some(300)),
            ("desk = \"with-client\"", Some(900)),
            ("desk = \"front\"\nlock_after = \"2s\"", Some(2)),
            ("", None),
        ] {
            let config = Config::parse(&format!("format = 1\n{text}\n")).unwrap();
            assert_eq!(config.lock_after_s(), seconds, "{text}");
        }
        let error = Config::parse("format = 1\ndesk = \"hall\"\n").unwrap_err();
        assert!(error.contains("line 2") && error.contains("with-client"), "{error}");
    }

    #[test]
    fn a_settings_file_is_read_or_refused_with_its_place() {
        let config = Config::parse("format = 1\nlock_after = \"2s\"\ntheme = \"light\"\n").unwrap();
        assert_eq!(config.lock_after_s(), Some(2));
        assert_eq!(
            Config::parse("").map(|config| config.format),
            Ok(1),
            "an empty file is one with the defaults"
        );
        let error = Config::parse("format = 1\nthem = \"light\"\n").unwrap_err();
        assert!(error.contains("line 2") && error.contains("them"), "{error}");
        assert!(Config::parse("format = 9\n").unwrap_err().contains("format = 9"));
        assert!(Config::parse("format = 1\nlock_after = \"soon\"\n").unwrap_err().contains("soon"));
        assert!(Config::parse("format = 1\nlock_after = \"1h\"\n").is_ok());
        assert!(Config::parse("format = 1\nlock_after = \"9000d\"\n").unwrap_err().contains("at most 1h"));
        assert!(Config::parse("format = 1\narchive_every = \"12h\"\narchive_keep = 7\n").is_ok());
        assert!(Config::parse("format = 1\narchive_keep = 1\n").unwrap_err().contains("2 to 99"));
    }
}
