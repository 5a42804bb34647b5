//! A name for a finding that stays when lines move: what code scanners use to tell old findings from new ones.

use std::collections::HashMap;

use crate::report::Located;

/// FNV-1a, 64 bits: the same on every machine and in every version, unlike the standard library's hasher. It does
/// not resist an attacker, and need not: a collision makes two findings one in somebody's dashboard.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a text and its end, so that `ab`, `c` is not `a`, `bc`.
    pub fn text(self, text: &str) -> Fnv {
        // 0xff is no byte of UTF-8.
        Fnv(text
            .bytes()
            .chain([0xff])
            .fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)))
    }

    pub fn value(self) -> u64 {
        self.0
    }
}

/// Makes fingerprints of the findings of one file after another.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashMap<u64, u32>,
}

impl Fingerprints {
    /// Rule, file, pointer within the document and what stands there, but neither line nor item: an inserted line
    /// leaves the others as they are. Equal ones of a file are told apart by their number.
    pub fn of(&mut self, found: &Located<'_>) -> String {
        let finding = found.finding;
        let hash = Fnv::new()
            .text(finding.rule.code)
            .text(relative(found.file))
            .text(&finding.pointer)
            .text(finding.words.found.as_deref().unwrap_or_default());
        let count = self.seen.entry(hash.value()).or_default();
        *count += 1;
        let hash = if *count == 1 { hash } else { hash.text(&count.to_string()) };
        format!("{:016x}", hash.value())
    }

    /// A file is done: its name is in its fingerprints, so they need not be remembered.
    pub fn file(&mut self) {
        self.seen.clear();
    }
}

/// A path as reports name it, without `./`.
pub(crate) fn relative(file: &str) -> &str {
    file.strip_prefix("./").unwrap_or(file)
}
