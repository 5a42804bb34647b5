//! Events among other events: the same one again. Remembers hashes, never payloads, and only those of the last
//! events, so memory is bounded however long the stream.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use crate::finding::{Finding, Inner, Rule, Severity, Span, Words};
use crate::json::TokenKind;
use crate::origin::Origin;
use crate::record::slot;
use crate::rules::stream::{DUPLICATE_EVENT, DUPLICATE_RECORD};

use super::Seen;
use super::collect::{About, Collected};

/// Hashes ids and contents, with a seed of its own for each run: nobody can make payloads that collide.
pub type Hasher = foldhash::fast::RandomState;

/// Who an event is, as far as comparing goes.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Which document of its stretch it is.
    pub about: About,
    /// Hash of `event_id` (`uuid` in v1); 0 when there is none.
    event: u64,
    /// Hash of the whole document.
    content: u64,
    /// Hash of the record's id; 0 when there is none.
    record: u64,
    /// Where the two ids stand in the text, with their quotes.
    event_at: (u32, u32),
    record_at: (u32, u32),
    /// What is to be said of an event that was taken out of something: the places are not in the text that is read.
    inner: Option<Box<Ids>>,
}

/// The ids of an event whose text is gone by the time it is compared.
#[derive(Clone, Debug)]
struct Ids {
    origin: Origin,
    outer: Span,
    event: Box<[u8]>,
    record: Box<[u8]>,
}

impl Identity {
    /// The identity of an event.
    #[inline]
    pub fn of(seen: &Seen<'_>, about: About, hasher: &Hasher) -> Identity {
        let hash = |at: Option<usize>| {
            let slot = at.map(|at| seen.record.slots[at]).filter(|slot| slot.end > slot.start + 2);
            match slot {
                Some(slot) if matches!(slot.kind, TokenKind::String { .. }) => {
                    let raw = &seen.record.text[slot.start as usize..slot.end as usize];
                    (hasher.hash_one(raw).max(1), (slot.start, slot.end))
                }
                _ => (0, (0, 0)),
            }
        };
        let (event, event_at) = hash(Some(slot::EVENT_ID));
        let (record, record_at) = hash(seen.record_of);
        let inner = (!seen.origin.is_plain()).then(|| {
            let text = |(start, end): (u32, u32)| seen.record.text[start as usize..end as usize].into();
            let outer = seen.place.0..seen.place.1;
            Box::new(Ids { origin: seen.origin, outer, event: text(event_at), record: text(record_at) })
        });
        let content = hasher.hash_one(seen.raw());
        Identity { about, event, content, record, event_at, record_at, inner }
    }

    /// Where the finding about this identity stands in the text that was read.
    pub fn place(&self) -> usize {
        self.inner.as_ref().map_or(self.event_at.0 as usize, |inner| inner.outer.start)
    }

    /// The id at a place, as messages quote it.
    fn id(&self, text: &[u8], event: bool) -> String {
        match &self.inner {
            Some(ids) => crate::rules::quoted(if event { &ids.event } else { &ids.record }),
            None => id_at(text, if event { self.event_at } else { self.record_at }),
        }
    }

    /// A finding about an id.
    fn finding(&self, rule: &'static Rule, severity: Severity, event: bool, words: Words) -> Finding {
        let pointer = if event { "/header/event_id" } else { "/event/record_id" }.to_owned();
        let (start, end) = if event { self.event_at } else { self.record_at };
        let (span, inner) = match &self.inner {
            None => (start as usize..end as usize, None),
            Some(ids) => {
                let text: Arc<[u8]> = if event { &*ids.event } else { &*ids.record }.into();
                let span = 0..text.len();
                (ids.outer.clone(), Some(Box::new(Inner { origin: ids.origin, text, span })))
            }
        };
        Finding { rule, severity, span, pointer, words, inner }
    }
}

/// The numbers are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl std::hash::Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("only u64 keys");
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

type Map = HashMap<u64, Earlier, BuildHasherDefault<AsIs>>;

#[derive(Clone, Copy)]
struct Earlier {
    number: u64,
    content: u64,
}

/// The last events. At least the last `size` are remembered, at most twice as many: when one half is full, the older
/// half is forgotten as a whole.
pub struct Window {
    size: usize,
    number: u64,
    events: [Map; 2],
    records: [Map; 2],
}

/// How many events are remembered unless the user says otherwise: five minutes of a busy tenant, and it fits a cache.
pub const DEFAULT_WINDOW: usize = 16_384;

/// What is said of an event that came again.
#[derive(Debug)]
pub struct Repeat {
    /// The finding.
    pub finding: Finding,
    /// Whether it is a delivery of the same event with the same content.
    pub delivery: bool,
}

impl Window {
    /// A window of at least `size` events; 0 remembers nothing.
    pub fn new(size: usize) -> Window {
        Window { size, number: 0, events: Default::default(), records: Default::default() }
    }

    /// Forgets everything: another file begins.
    pub fn clear(&mut self) {
        *self = Window::new(self.size);
    }

    /// Remembers an event, and says whether it came before.
    #[inline]
    pub fn see(&mut self, identity: &Identity, text: &[u8]) -> Option<Repeat> {
        if self.size == 0 {
            return None;
        }
        self.number += 1;
        let now = Earlier { number: self.number, content: identity.content };
        let event = remember(&mut self.events, identity.event, now, self.size);
        let record = remember(&mut self.records, identity.record, now, self.size);
        match (event, record) {
            (None, None) => None,
            (Some(earlier), _) => Some(self.same_event(identity, earlier, text)),
            (None, Some(earlier)) => Some(self.same_record(identity, earlier, text)),
        }
    }

    /// Tells everything that was found in a stretch, in the order of the places: what is said of an event among
    /// others stands where its id stands, among what is said of it alone.
    ///
    /// # Errors
    ///
    /// What `tell` returned: it stops there.
    pub fn tell<E>(
        &mut self,
        collected: &Collected,
        text: &[u8],
        mut tell: impl FnMut(About, &Finding) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut repeats = collected
            .identities
            .iter()
            .filter_map(|identity| Some((identity.about, self.see(identity, text)?.finding)))
            .peekable();
        for (finding, about) in collected.findings.0.iter().zip(&collected.about) {
            while let Some((of, repeat)) = repeats.next_if(|(of, repeat)| {
                (of.document, repeat.span.start) < (about.document, finding.span.start)
            }) {
                tell(of, &repeat)?;
            }
            tell(*about, finding)?;
        }
        repeats.try_for_each(|(of, repeat)| tell(of, &repeat))
    }

    #[cold]
    fn same_event(&self, identity: &Identity, earlier: Earlier, text: &[u8]) -> Repeat {
        let same = earlier.content == identity.content;
        let ago = ago(self.number - earlier.number);
        let id = identity.id(text, true);
        let words = match same {
            true => Words::new(format!("the event {id} was delivered before, {ago}"))
                .found("the same event_id with the same content")
                .help("handlers must remember event ids: delivery is at least once"),
            false => Words::new(format!("the event {id} came before with other content, {ago}"))
                .expected("the same content in every delivery of an event")
                .found("the same event_id with other content")
                .help("give each event an event_id of its own"),
        };
        let severity = if same { DUPLICATE_EVENT.severity } else { Severity::Error };
        Repeat { finding: identity.finding(&DUPLICATE_EVENT, severity, true, words), delivery: same }
    }

    #[cold]
    fn same_record(&self, identity: &Identity, earlier: Earlier, text: &[u8]) -> Repeat {
        let ago = ago(self.number - earlier.number);
        let id = identity.id(text, false);
        let words = Words::new(format!("another event told of the record {id} before, {ago}"))
            .found("the same record under another event_id");
        let finding = identity.finding(&DUPLICATE_RECORD, DUPLICATE_RECORD.severity, false, words);
        Repeat { finding, delivery: false }
    }
}

fn ago(events: u64) -> String {
    match events {
        1 => "in the event just before".to_owned(),
        _ => format!("{events} events ago"),
    }
}

fn id_at(text: &[u8], (start, end): (u32, u32)) -> String {
    crate::rules::quoted(&text[start as usize..end as usize])
}

#[inline]
fn remember(maps: &mut [Map; 2], key: u64, now: Earlier, size: usize) -> Option<Earlier> {
    if key == 0 {
        return None;
    }
    let [young, old] = maps;
    let earlier = match young.insert(key, now) {
        Some(earlier) => Some(earlier),
        None => old.get(&key).copied(),
    };
    if young.len() >= size {
        std::mem::swap(young, old);
        young.clear();
    }
    earlier
}
