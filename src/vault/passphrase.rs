//! From a passphrase to a key: Argon2id, with its cost as data.

use super::{SymKey, VaultError};
use argon2::{Algorithm, Argon2, Params, Version};
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// What a derivation costs. Stored beside the salt, in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    pub lanes: u32,
}

impl Cost {
    /// The least that is accepted: 19 MiB, two passes, one lane (OWASP's floor for Argon2id). Demo and tests use it.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// The most that is accepted, so that an altered record cannot stall or exhaust the machine.
    const CEILING: Self = Self { memory_kib: 512 * 1024, passes: 8, lanes: 4 };

    /// What most of them are, of several the dearest: one altered record makes nothing dearer or cheaper for the others.
    pub fn usual(costs: impl Iterator<Item = Self>) -> Self {
        let costs: Vec<Self> = costs.filter(|cost| cost.allowed()).collect();
        let by = |one: &Self| {
            let many = costs.iter().filter(|other| *other == one).count();
            (many, u64::from(one.memory_kib) * u64::from(one.passes))
        };
        costs.iter().copied().max_by_key(by).unwrap_or(Self::FLOOR)
    }

    /// Between floor and ceiling.
    pub fn allowed(self) -> bool {
        let (low, high) = (Self::FLOOR, Self::CEILING);
        (low.memory_kib..=high.memory_kib).contains(&self.memory_kib)
            && (low.passes..=high.passes).contains(&self.passes)
            && (low.lanes..=high.lanes).contains(&self.lanes)
    }
}

/// Derives the key of a passphrase. The passphrase is brought to NFC first, so that another keyboard's way to write the
/// same letters gives the same key. Takes about half a second where [`calibrate`] chose the cost.
pub fn derive(passphrase: &str, salt: &[u8; 16], cost: Cost) -> Result<SymKey, VaultError> {
    if !cost.allowed() {
        return Err(VaultError::Cost);
    }
    let text = Zeroizing::new(passphrase.nfc().collect::<String>());
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| VaultError::Cost)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), salt, &mut *key)
        .map_err(|_| VaultError::Cost)?;
    Ok(SymKey::from_bytes(*key))
}

/// Spends what [`derive()`] would and gives nothing: an unknown login must cost the same as a known one.
pub fn burn(passphrase: &str, cost: Cost) {
    let cost = if cost.allowed() { cost } else { Cost::FLOOR };
    // Only the time matters. `black_box` keeps the work from being optimised away.
    std::hint::black_box(derive(passphrase, &[0; 16], cost).is_ok());
}

/// A cost that takes about half a second on this machine, never under the floor, at most 96 MiB and eight passes: a
/// sign-in then fits into the 150 MB that a command such as an import may use.
pub fn calibrate() -> Cost {
    let started = Instant::now();
    burn("calibrate", Cost::FLOOR);
    fit(started.elapsed(), Duration::from_millis(500))
}

/// The cost that comes nearest to `target` without passing it, where the floor took `floor_took`.
fn fit(floor_took: Duration, target: Duration) -> Cost {
    let per_kib_pass =
        floor_took.as_secs_f64() / (f64::from(Cost::FLOOR.memory_kib) * f64::from(Cost::FLOOR.passes));
    for memory_mib in [96, 64, 32] {
        let memory_kib = memory_mib * 1024;
        let pass = (per_kib_pass * f64::from(memory_kib)).max(1e-6);
        let passes = (target.as_secs_f64() / pass) as u32;
        if passes >= 3 {
            return Cost { memory_kib, passes: passes.min(8), lanes: 1 };
        }
    }
    Cost::FLOOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_depends_on_every_input_and_on_nothing_else() {
        let key = derive("correct horse", &[1; 16], Cost::FLOOR).unwrap();
        assert_eq!(derive("correct horse", &[1; 16], Cost::FLOOR).unwrap().expose(), key.expose());
        assert_ne!(derive("correct horsf", &[1; 16], Cost::FLOOR).unwrap().expose(), key.expose());
        assert_ne!(derive("correct horse", &[2; 16], Cost::FLOOR).unwrap().expose(), key.expose());
        let dearer = Cost { passes: 3, ..Cost::FLOOR };
        assert_ne!(derive("correct horse", &[1; 16], dearer).unwrap().expose(), key.expose());
    }

    #[test]
    fn two_ways_to_type_the_same_letter_are_one_passphrase() {
        let composed = derive("caf\u{e9}", &[1; 16], Cost::FLOOR).unwrap();
        let combining = derive("cafe\u{301}", &[1; 16], Cost::FLOOR).unwrap();
        assert_eq!(composed.expose(), combining.expose());
    }

    #[test]
    fn a_cost_below_the_floor_or_out_of_reason_is_refused() {
        for cost in [
            Cost { memory_kib: 1024, ..Cost::FLOOR },
            Cost { passes: 1, ..Cost::FLOOR },
            Cost { memory_kib: u32::MAX, ..Cost::FLOOR },
            Cost { memory_kib: 1024 * 1024, ..Cost::FLOOR },
            Cost { passes: 16, ..Cost::FLOOR },
            Cost { passes: u32::MAX, ..Cost::FLOOR },
            Cost { lanes: 0, ..Cost::FLOOR },
        ] {
            assert_eq!(derive("x", &[0; 16], cost).err(), Some(VaultError::Cost), "{cost:?}");
        }
    }

    #[test]
    fn one_altered_record_changes_the_usual_cost_for_nobody() {
        let (ours, dear) = (Cost { passes: 5, ..Cost::FLOOR }, Cost { passes: 8, ..Cost::FLOOR });
        assert_eq!(Cost::usual([ours, dear, ours, Cost::FLOOR].into_iter()), ours);
        assert_eq!(Cost::usual([Cost::FLOOR, dear].into_iter()), dear);
        assert_eq!(Cost::usual([Cost { lanes: 99, ..Cost::FLOOR }].into_iter()), Cost::FLOOR);
    }

    #[test]
    fn calibration_stays_between_floor_and_cap() {
        let target = Duration::from_millis(500);
        assert_eq!(fit(Duration::from_secs(3), target), Cost::FLOOR);
        assert_eq!(fit(Duration::from_nanos(1), target), Cost { memory_kib: 98_304, passes: 8, lanes: 1 });
        assert_eq!(fit(Duration::from_millis(25), target), Cost { memory_kib: 98_304, passes: 7, lanes: 1 });
        for ms in 1..400 {
            assert!(fit(Duration::from_millis(ms), target).allowed(), "{ms}");
        }
    }
}
