//! One record may show a delivery in several views: raw, parsed, decrypted. That is one delivery.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use crate::container::canonical::fingerprint;
use crate::engine::Seen;
use crate::record::slot;

/// The deliveries that were read in the records around what is read, the outermost first. Each member of a record is a
/// view of its own; of what stands several times in one view, each was delivered: so do the items of a list, and what
/// stands in one text. In a record a delivery was made as often as it stands in the view that has it most often.
#[derive(Default)]
pub(crate) struct Deliveries {
    records: Vec<Vec<Delivery>>,
    /// Whether the last one is asked for.
    pub keeps_last: bool,
    /// The last one that was read; 0 for none.
    pub last: u64,
}

struct Delivery {
    /// Of its id and of its content.
    hash: u64,
    /// How often it stands in this view.
    here: u32,
    /// How often it stands in the view that has it most often.
    most: u32,
}

/// With a seed of its own for each run: nobody can make payloads that collide.
static HASHER: LazyLock<foldhash::fast::RandomState> = LazyLock::new(Default::default);

impl Deliveries {
    /// So many are remembered: a record with more is a list in disguise.
    const MOST: usize = 64;

    /// A record begins, and its first view.
    pub fn begin(&mut self) {
        self.records.push(Vec::new());
    }

    /// The next view of a record begins that has shown this delivery.
    pub fn begin_beside(&mut self, hash: u64) {
        self.records.push(vec![Delivery { hash, here: 0, most: 1 }]);
    }

    pub fn next_view(&mut self) {
        self.records.iter_mut().next_back().into_iter().flatten().for_each(|delivery| delivery.here = 0);
    }

    /// The record ends that began last.
    pub fn end(&mut self) {
        self.records.pop();
    }

    /// Whether what was read is no second view of a delivery.
    pub fn is_new(&mut self, seen: &Seen<'_>) -> bool {
        if self.records.is_empty() && !self.keeps_last {
            return true;
        }
        let Some(hash) = delivery(seen) else { return true };
        self.last = hash;
        self.count(hash)
    }

    fn count(&mut self, hash: u64) -> bool {
        for record in self.records.iter_mut().rev() {
            let Some(known) = record.iter_mut().find(|known| known.hash == hash) else {
                if record.len() < Deliveries::MOST {
                    record.push(Delivery { hash, here: 1, most: 1 });
                }
                continue;
            };
            known.here += 1;
            if known.here <= known.most {
                return false;
            }
            known.most = known.here;
        }
        true
    }
}

/// What tells a delivery from others. The same id with other content is another: none is dropped for it.
fn delivery(seen: &Seen<'_>) -> Option<u64> {
    let id = seen.record.text(slot::EVENT_ID)?;
    Some(HASHER.hash_one((&*id, fingerprint(seen.raw(), &*HASHER))))
}

/// So much may stand between two views of one record.
pub(crate) const BETWEEN: usize = 128;

/// Whether what stands between two things makes them views of one record, of a line or of a dump that runs over several:
/// it names the second as a member, `raw=".." parsed={..}`, and begins no item of a list.
pub(crate) fn names_member(between: &[u8]) -> bool {
    let is_around = |byte: &u8| b" \t'\"`\\(b".contains(byte);
    if between.len() > BETWEEN || between.iter().any(|byte| b"{[".contains(byte)) {
        return false;
    }
    let length = between.iter().rposition(|byte| !is_around(byte)).map_or(0, |last| last + 1);
    let signs = [&b"=>"[..], b":", b"="];
    let Some(name) = signs.iter().find_map(|sign| between[..length].strip_suffix(*sign)) else {
        return false;
    };
    let named = |name: &[u8]| name.iter().any(u8::is_ascii_alphanumeric);
    match memchr::memrchr(b'\n', name) {
        None => named(name),
        // Over lines, only members are parted by a comma.
        Some(feed) => {
            let closes = name[..feed].trim_ascii_end();
            closes.ends_with(b",") && !named(closes) && named(&name[feed..])
        }
    }
}

/// No view of a delivery takes less, with its name.
const VIEW: usize = 32;

/// Whether another view may follow on what stands behind one: on its line, or on the next behind a comma. `last`: nothing
/// comes after it.
pub(crate) fn may_follow(behind: &[u8], last: bool) -> bool {
    let Some(begins) = behind.iter().position(|byte| {
        !matches!(byte, b' ' | b'\t' | b'\r' | b'\'' | b'"' | b'`' | b'\\' | b')' | b'}' | b']')
    }) else {
        return !last;
    };
    let rest = &behind[begins..];
    match memchr::memchr(b'\n', &rest[..rest.len().min(VIEW)]) {
        Some(length) => rest[..length].trim_ascii_end().ends_with(b","),
        None => rest.len() >= VIEW || !last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the deliveries are new: `(` begins a record, `)` ends it, `|` begins a view, a digit is a delivery.
    fn new(record: &str) -> usize {
        let mut deliveries = Deliveries::default();
        let mut is_new = |sign: char| {
            match sign {
                '(' => deliveries.begin(),
                ')' => deliveries.end(),
                '|' => deliveries.next_view(),
                digit => return deliveries.count(u64::from(digit)),
            }
            false
        };
        record.chars().filter(|sign| is_new(*sign)).count()
    }

    #[test]
    fn members_of_a_line_or_of_a_dump_are_views_and_items_and_lines_are_not() {
        for (between, is) in [
            ("\" parsed=", true),
            ("' json=", true),
            ("', 'json': ", true),
            ("' body => b'", true),
            ("',\n  body: ", true),
            ("},\n  'body': '", true),
            ("", false),
            (" ", false),
            (", ", false),
            ("\n", false),
            (" and ", false),
            ("\nbody: ", false),
            ("\n2024-06-12 09:17:01 INFO body=", false),
            ("}, {'body': ", false),
        ] {
            assert_eq!(names_member(between.as_bytes()), is, "{between}");
            let view = format!("{between}{}", "x".repeat(VIEW));
            assert!(!is || may_follow(view.as_bytes(), true), "{between}");
        }
        assert!(!may_follow(b"}, cost=12ms\n2024", true) && !may_follow(b"}, cost=12ms", true));
        assert!(!may_follow(b"\"}\n2024", true) && !may_follow(b"}", true) && may_follow(b"}", false));
    }

    #[test]
    fn a_record_has_a_delivery_as_often_as_the_view_that_has_it_most_often() {
        for (record, deliveries) in [
            ("11", 2),
            ("(1|1|1)", 1),
            ("(1|2|1)", 2),
            // A list beside a text that holds the same list.
            ("(12|12)", 2),
            ("(11|11)", 2),
            ("(1|11)", 2),
            // Items that each show theirs twice.
            ("(1|1)(1|1)", 2),
            ("((1|1)(1|1)|1)", 2),
            ("(1|(1|1))", 1),
        ] {
            assert_eq!(new(record), deliveries, "{record}");
        }
    }
}
