//! A large file is read as a stream: people leave as soon as they are complete.

use super::*;
use std::io::Read;

/// A bundle made as it is read: so many people with three conditions each and filler resources of 4 KB.
struct Made {
    people: usize,
    next: usize,
    at: usize,
    chunk: Vec<u8>,
}

impl Made {
    fn new(people: usize) -> Self {
        Self {
            people,
            next: 0,
            at: 0,
            chunk: br#"{"resourceType":"Bundle","type":"batch","entry":["#.to_vec(),
        }
    }

    fn refill(&mut self) {
        let n = self.next;
        self.next += 1;
        self.at = 0;
        self.chunk = match n.cmp(&self.people) {
            std::cmp::Ordering::Greater => Vec::new(),
            std::cmp::Ordering::Equal => b"]}".to_vec(),
            std::cmp::Ordering::Less => {
                let mut entries = vec![format!(
                    r#"{{"resource":{{"resourceType":"Patient","id":"{n}","name":[{{"family":"F{n}"}}]}}}}"#
                )];
                entries.extend((0..3).map(|c| {
                    format!(
                        r#"{{"resource":{{"resourceType":"Condition","id":"{n}-{c}","subject":{{"reference":"Patient/{n}"}}}}}}"#
                    )
                }));
                let filler = "x".repeat(4096);
                entries.push(format!(
                    r#"{{"resource":{{"resourceType":"Observation","id":"{n}","note":"{filler}"}}}}"#
                ));
                (if n == 0 { entries.join(",") } else { format!(",{}", entries.join(",")) }).into_bytes()
            }
        };
    }
}

impl Read for Made {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.chunk.len() {
            self.refill();
        }
        let some = (self.chunk.len() - self.at).min(out.len());
        out[..some].copy_from_slice(&self.chunk[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        assert_eq!(to, SeekFrom::Start(0));
        *self = Self::new(self.people);
        Ok(0)
    }
}

#[test]
fn twenty_megabytes_pass_through_with_one_person_in_hand() {
    let mut input = Made::new(4_500);
    let mut read = 0;
    let checked = check("large.json", &mut input, &mut |bytes| read = bytes).unwrap();
    assert!(read > 20_000_000, "{read}");
    assert_eq!((checked.report().people, checked.report().conditions), (4_500, 13_500));
    // How far the file has been read when each person leaves: theirs and no more.
    let at = std::cell::Cell::new(0);
    let mut number = 0;
    checked
        .people(&mut input, &mut |bytes| at.set(bytes), &mut |plan| {
            assert_eq!(plan.client.name.family, format!("F{number}"));
            assert_eq!(plan.imported.proposals.len(), 3);
            number += 1;
            if at.get() <= number * 5_000 { Ok(()) } else { Err(at.get()) }
        })
        .unwrap();
    assert_eq!(number, 4_500);
}
