//! From a record to a sealed value under its key, and back.
//!
//! Sealed text = form (1 byte), depth (1 byte: 0 whole, else how often it was split into parts), standing (1 byte: 0, or 1
//! for a record whose addition was undone), payload. Associated
//! data = envelope, store id, key, and for parts and chunks the key of the document they belong to. So a value cannot be
//! moved to another key, another store, another revision or another document. What this does not see: one record put
//! back to its own older revision together with the revision number the engine keeps for it; a full digest scan does.

use super::{AgencyKeys, Kind, MAX_SEALED, StoreError};
use crate::engine::{Key, Rev, Stored};
use crate::vault::{self, Envelope, VaultError, Zeroizing};

/// First byte of an unsealed value.
const UNSEALED: u8 = 0xc0;
/// First byte of an unsealed value as unreleased programs wrote it, with records that this one does not read.
const UNRELEASED: u8 = 0;
/// How values are laid out: what is before the payload. It changes only if numbered fields are not enough.
const FORM: u8 = 1;

/// Longest payload that fits one sealed value.
pub(crate) const WHOLE: usize = MAX_SEALED - Envelope::OVERHEAD - HEADER;
/// Bytes ahead of the payload.
const HEADER: usize = 3;

/// An opened value: depth, standing and payload.
pub(crate) struct Clear {
    pub(crate) depth: u8,
    /// Its addition was undone: the record keeps its number and is nowhere shown.
    pub(crate) undone: bool,
    text: Zeroizing<Vec<u8>>,
}

impl Clear {
    pub(crate) fn payload(&self) -> &[u8] {
        &self.text[HEADER..]
    }
}

/// The kind of a key.
pub(crate) fn kind_of(key: &Key) -> Result<Kind, StoreError> {
    Kind::from_byte(key.kind()).ok_or(StoreError::UnknownKind(key.kind()))
}

fn context(store_id: &[u8; 16], key: &Key, document: Option<&Key>) -> Vec<u8> {
    // Fixed lengths; with a document it is longer, so the two forms cannot be taken for each other.
    let mut context = Vec::with_capacity(16 + 2 * Key::LEN);
    context.extend_from_slice(store_id);
    context.extend_from_slice(&key.0);
    if let Some(document) = document {
        context.extend_from_slice(&document.0);
    }
    context
}

/// What is to be sealed, and where it will be.
pub(crate) struct ToSeal<'a> {
    pub(crate) key: Key,
    pub(crate) document: Option<&'a Key>,
    pub(crate) rev: Rev,
    pub(crate) depth: u8,
    pub(crate) undone: bool,
    pub(crate) payload: &'a [u8],
}

/// Seals one value. The payload must fit ([`WHOLE`]).
pub(crate) fn seal_value(
    store_id: &[u8; 16],
    with: &AgencyKeys,
    what: &ToSeal<'_>,
) -> Result<Vec<u8>, StoreError> {
    let mut text = Zeroizing::new(Vec::with_capacity(what.payload.len() + HEADER));
    text.extend_from_slice(&[FORM, what.depth, u8::from(what.undone)]);
    text.extend_from_slice(what.payload);
    let context = context(store_id, &what.key, what.document);
    Ok(vault::seal(with.newest(), FORM, what.rev.0, &context, &text)?)
}

/// Opens one value.
pub(crate) fn open_value(
    store_id: &[u8; 16],
    with: &AgencyKeys,
    stored: &Stored,
    document: Option<&Key>,
) -> Result<Clear, StoreError> {
    let kind = kind_of(&stored.key)?;
    let opened =
        vault::open(with.of(&stored.value), &context(store_id, &stored.key, document), &stored.value)
            .map_err(|e| match e {
                VaultError::Newer => StoreError::Newer { kind },
                _ => StoreError::CannotOpen { kind },
            })?;
    if opened.envelope.rev != stored.rev.0 {
        return Err(StoreError::CannotOpen { kind });
    }
    match *opened.plain.as_slice() {
        [FORM, depth, standing @ (0 | 1), ..] if opened.envelope.schema == FORM => {
            Ok(Clear { depth, undone: standing == 1, text: opened.plain })
        }
        [form, ..] if form > FORM => Err(StoreError::Newer { kind }),
        _ => Err(StoreError::Malformed { kind }),
    }
}

/// The value of a record that is not sealed under the agency key.
pub(crate) fn unsealed_value(payload: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(payload.len() + 2);
    value.extend_from_slice(&[UNSEALED, FORM]);
    value.extend_from_slice(payload);
    value
}

/// Returns the payload of such a value.
pub(crate) fn read_unsealed(stored: &Stored) -> Result<&[u8], StoreError> {
    let kind = kind_of(&stored.key)?;
    match stored.value.as_slice() {
        [UNSEALED, FORM, payload @ ..] => Ok(payload),
        [UNSEALED, ..] => Err(StoreError::Newer { kind }),
        [UNRELEASED, ..] => Err(StoreError::Unreleased),
        _ => Err(StoreError::Malformed { kind }),
    }
}
