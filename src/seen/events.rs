//! Events among other events: the same one again. Remembers hashes, never payloads, and only those of the last
//! events, so memory is bounded however long the stream.

use std::hash::{BuildHasher, Hasher as _};
use std::sync::Arc;

use crate::catalog::{BODY, Event, HEAD};
use crate::container::Form;
use crate::engine::Seen;
use crate::finding::{Finding, First, Inner, Rule, Severity, Span, Words};
use crate::json::{Place, TokenKind};
use crate::lang::{Lang, Langs, say};
use crate::origin::Origin;
use crate::record::slot;
use crate::rules::stream::{DUPLICATE_EVENT, DUPLICATE_RECORD};

use super::ring::{Earlier, Ring, Spot};
use crate::container::canonical::content;

pub use super::ring::Hashes;

/// Hashes ids and contents, with a seed of its own for each run: nobody can make payloads that collide.
pub type Hasher = foldhash::fast::RandomState;

/// Who an event is, as far as comparing goes.
#[derive(Clone, Debug)]
pub struct Identity {
    hashes: Hashes,
    /// Where the ids stand in the text, with their quotes.
    at: [(u32, u32); 2],
    /// The type, if the catalogue knows it.
    event: Option<&'static Event>,
    /// Whether it is a v1 event, whose id has another key.
    v1: bool,
    /// What is to be said of an event that was taken out of something: the places are not in the text that is read.
    inner: Option<Box<Ids>>,
}

/// The ids of an event whose text is gone by the time it is compared.
#[derive(Clone, Debug)]
struct Ids {
    origin: Origin,
    outer: Span,
    ids: [Box<[u8]>; 2],
}

/// Which of the two ids.
const EVENT: usize = 0;
const RECORD: usize = 1;

impl Identity {
    /// The identity of an event. `memory` is overwritten.
    #[inline]
    pub fn of(seen: &Seen<'_>, hasher: &Hasher, memory: &mut Vec<u8>) -> Identity {
        let at = [place(seen, Some(slot::EVENT_ID)), place(seen, seen.record_of)];
        let (event, record) = (hash(seen, at[EVENT], hasher), hash(seen, at[RECORD], hasher));
        // Events of two types may be about one record: a message and its recall.
        let of_type = seen.event().map_or(0, |event| event.name.as_ptr() as u64);
        let ids = [event, if record == 0 { 0 } else { (record ^ of_type).max(1) }];
        let hashes = Hashes { ids, content: hash_of(seen.content_in(memory), hasher) };
        let inner = (!seen.origin.is_plain()).then(|| {
            let ids = at.map(|(start, end)| seen.record.text[start as usize..end as usize].into());
            Box::new(Ids { origin: seen.origin, outer: seen.place.0..seen.place.1, ids })
        });
        Identity { hashes, at, event: seen.event(), v1: seen.form == Form::EventV1, inner }
    }

    /// Where the finding about this identity stands in the text that was read.
    pub fn place(&self) -> usize {
        self.at(EVENT)
    }

    /// An id as messages quote it.
    fn id(&self, text: &[u8], which: usize) -> String {
        let (start, end) = self.at[which];
        let raw =
            self.inner.as_ref().map_or_else(|| &text[start as usize..end as usize], |ids| &ids.ids[which]);
        crate::rules::quoted(raw)
    }

    /// The JSON pointer of an id.
    fn pointer(&self, which: usize) -> String {
        let record = self.event.and_then(|event| event.record).filter(|_| which == RECORD);
        match (record, slot::v1_key(slot::EVENT_ID).filter(|_| self.v1)) {
            (Some(key), _) => format!("/{BODY}/{}", key.replace('.', "/")),
            (None, Some(key)) => format!("/{key}"),
            (None, None) => format!("/{HEAD}/{}", slot::key(slot::EVENT_ID)),
        }
    }

    /// Where an id stands in the text that was read; that which it was taken out of, where it was.
    fn at(&self, which: usize) -> usize {
        self.inner.as_ref().map_or(self.at[which].0 as usize, |inner| inner.outer.start)
    }

    /// A finding about an id.
    fn finding(&self, rule: &'static Rule, severity: Severity, which: usize, words: Words) -> Finding {
        let pointer = self.pointer(which);
        let (start, end) = self.at[which];
        let (span, inner) = match &self.inner {
            None => (start as usize..end as usize, None),
            Some(ids) => {
                let text: Arc<[u8]> = (&*ids.ids[which]).into();
                let span = 0..text.len();
                (ids.outer.clone(), Some(Box::new(Inner { origin: ids.origin, text, span })))
            }
        };
        Finding { rule, severity, span, pointer, words, inner, first: None }
    }
}

/// Where an id of an event stands in its text, with its quotes; `(0, 0)` where there is none.
#[inline]
fn place(seen: &Seen<'_>, at: Option<usize>) -> (u32, u32) {
    let slot = at.map(|at| seen.record.slots[at]).filter(|slot| slot.end > slot.start + 2);
    match slot {
        Some(slot) if matches!(slot.kind, TokenKind::String { .. }) => (slot.start, slot.end),
        _ => (0, 0),
    }
}

/// The hash of an id; that of nothing is 0.
#[inline]
fn hash(seen: &Seen<'_>, (start, end): (u32, u32), hasher: &Hasher) -> u64 {
    match end {
        0 => 0,
        _ => hash_of(&seen.record.text[start as usize..end as usize], hasher).max(1),
    }
}

/// A hash of the event id for those who only compare ids; that of nothing is 0. Almost all have 32 digits.
#[inline]
pub fn id_of(seen: &Seen<'_>, hasher: &Hasher) -> u64 {
    let (start, end) = place(seen, Some(slot::EVENT_ID));
    let quoted = &seen.record.text[start as usize..end as usize];
    let Some(id) = quoted.get(1..33).filter(|_| quoted.len() == 34) else {
        return hash(seen, (start, end), hasher);
    };
    let mut state = hasher.build_hasher();
    for part in id.as_chunks::<16>().0 {
        state.write_u128(u128::from_le_bytes(*part));
    }
    state.finish().max(1)
}

/// The hash of bytes by themselves, to which their length need not be told apart.
#[inline]
fn hash_of(bytes: &[u8], hasher: &Hasher) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(bytes);
    state.finish()
}

impl Hashes {
    /// The hashes of a delivery: which record is behind the event does not matter.
    #[inline]
    pub fn of_delivery(seen: &Seen<'_>, hasher: &Hasher) -> Hashes {
        let event = hash(seen, place(seen, Some(slot::EVENT_ID)), hasher);
        Hashes { ids: [event, 0], content: hash_of(&content(seen.raw()), hasher) }
    }

    /// That of its id alone: enough to count what comes again.
    #[inline]
    pub fn of_id(id: u64) -> Hashes {
        Hashes { ids: [id, 0], content: 0 }
    }
}

/// The last events of all files.
#[derive(Debug)]
pub struct Window {
    ring: Ring,
    /// The names of the files so far.
    files: Vec<Arc<str>>,
    /// The number of the first event of the one that is read.
    begun: u32,
    /// Whether that may pause, as a pipe does.
    pauses: bool,
}

/// How many events are remembered unless the user says otherwise: five minutes of a busy tenant, and it fits a cache.
pub const DEFAULT_WINDOW: usize = 16_384;

impl Window {
    /// A window of `size` events; 0 remembers nothing.
    pub fn new(size: usize) -> Window {
        let ring = Ring::new(size);
        Window { begun: ring.number(), ring, files: Vec::new(), pauses: false }
    }

    /// Another file begins: what comes is remembered as its own. Whether it `pauses` decides how it is cut into texts:
    /// as much as was there, or always in the same way.
    pub fn begin(&mut self, file: &str, pauses: bool) {
        self.files.push(file.into());
        (self.begun, self.pauses) = (self.ring.number(), pauses);
    }

    /// A place in the file that is read: the line, counted from 1, and the byte.
    #[inline]
    fn here(&self, line: u64, offset: u64) -> Spot {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Spot { file: self.files.len() as u32, line, offset: offset as u32 }
    }

    /// The name of a file, if it is not the one that is read.
    fn other(&self, file: u32) -> Option<&Arc<str>> {
        let file = file as usize;
        self.files.get(file.wrapping_sub(1)).filter(|_| file < self.files.len())
    }

    /// Remembers an event, and says whether the same one with the same content was delivered before.
    #[inline]
    pub fn is_repeat(&mut self, hashes: Hashes) -> bool {
        let [earlier, _] = self.ring.see(hashes, None);
        earlier.is_some_and(|earlier| earlier.content == hashes.content)
    }

    /// Remembers an event by the hash of its id alone, 0 for none, and says whether it was there before.
    #[inline]
    pub fn is_repeated_id(&mut self, id: u64) -> bool {
        self.ring.see_id(id)
    }

    /// Remembers a signed request by the hash of what it was signed with, 0 for one that was not, and says where the
    /// same one was seen first.
    pub fn replay_of(&mut self, seal: u64, line: u64) -> Option<String> {
        if seal == 0 {
            return None;
        }
        let spots = [self.here(line, 0); 2];
        let [earlier, _] = self.ring.see(Hashes { ids: [seal, 0], content: 0 }, Some(spots));
        let Spot { file, line, .. } = earlier?.first;
        let name = self.files.get((file as usize).wrapping_sub(1)).map_or("-", |name| name);
        Some(format!("{name}:{line}"))
    }

    /// Remembers an event of `text`, and says what there is to say where it came before. The text stands at `place` of
    /// its file and the event in this line, where that is counted.
    #[inline]
    pub fn see(
        &mut self,
        identity: &Identity,
        text: &[u8],
        place: Option<Place>,
        line: u64,
        langs: Langs,
    ) -> Option<Finding> {
        let spots = place.map(|place| {
            [EVENT, RECORD].map(|which| self.here(line, place.offset + identity.at(which) as u64))
        });
        match self.ring.see(identity.hashes, spots) {
            [None, None] => None,
            earlier => self.judge(identity, earlier, text, place, langs),
        }
    }

    /// What is said of an event that came before. Of one in another file only that the same was delivered again: files
    /// of test payloads are copies of each other in which something was changed.
    #[cold]
    fn judge(
        &self,
        identity: &Identity,
        earlier: [Option<Earlier>; 2],
        text: &[u8],
        place: Option<Place>,
        langs: Langs,
    ) -> Option<Finding> {
        // This one has been counted.
        let before = self.ring.number().wrapping_sub(self.begun).wrapping_sub(1);
        let here = |earlier: &Earlier| earlier.ago <= before;
        let [event, record] = earlier;
        let event = event.filter(|event| here(event) || event.content == identity.hashes.content);
        let ago = |earlier: &Earlier, lang| match earlier.ago {
            _ if !here(earlier) => say!(lang, "在另一个文件里", "in another file"),
            1 => say!(lang, "上一个事件", "in the event just before"),
            events => say!(lang, "{events} 个事件之前", "{events} events ago"),
        };
        let (finding, which, spot) = match (event, record.filter(here)) {
            (Some(event), _) => {
                let ago = |lang| ago(&event, lang);
                (same_event(identity, event.content, ago, text, langs), EVENT, event.first)
            }
            (None, Some(record)) => {
                (same_record(identity, |lang| ago(&record, lang), text, langs), RECORD, record.first)
            }
            (None, None) => return None,
        };
        let first = place.map(|place| Box::new(self.first(identity, which, spot, text, place)));
        Some(Finding { first, ..finding })
    }

    /// Where the id stood first that an event of `text` has again. Of what comes through a pipe it is never a place in
    /// the text: what is there at once is left to chance.
    fn first(&self, identity: &Identity, which: usize, spot: Spot, text: &[u8], place: Place) -> First {
        let (start, end) = (identity.at[which].0 as usize, identity.at[which].1 as usize);
        let first = spot.offset.wrapping_sub(place.offset as u32) as usize;
        let span = first..first.saturating_add(end - start);
        let other = self.other(spot.file);
        let plain = other.is_none() && identity.inner.is_none() && !self.pauses && first < start;
        match plain && text.get(span.clone()) == Some(&text[start..end]) {
            true => First::Here(span),
            false => First::Gone { file: other.cloned(), line: u64::from(spot.line) },
        }
    }
}

fn same_event(
    identity: &Identity,
    content: u64,
    ago: impl Fn(Lang) -> String,
    text: &[u8],
    langs: Langs,
) -> Finding {
    let same = content == identity.hashes.content;
    let words = |lang| {
        let (id, ago) = (identity.id(text, EVENT), ago(lang));
        match same {
            true => Words::new(say!(
                lang,
                "事件 {id} 已经投递过（{ago}）",
                "the event {id} was delivered before, {ago}"
            ))
            .found(say!(lang, "event_id 相同，内容也相同", "the same event_id with the same content"))
            .help(say!(
                lang,
                "处理程序必须记住事件 ID：投递保证至少一次",
                "handlers must remember event ids: delivery is at least once"
            )),
            false => Words::new(say!(
                lang,
                "事件 {id} 出现过，但内容不同（{ago}）",
                "the event {id} came before with other content, {ago}"
            ))
            .expected(say!(
                lang,
                "同一个事件每次投递的内容相同",
                "the same content in every delivery of an event"
            ))
            .found(say!(lang, "event_id 相同，内容不同", "the same event_id with other content"))
            .help(say!(
                lang,
                "给每个事件各自的 event_id",
                "give each event an event_id of its own"
            )),
        }
    };
    let severity = if same { DUPLICATE_EVENT.severity } else { Severity::Error };
    identity.finding(&DUPLICATE_EVENT, severity, EVENT, Words::made(langs, words))
}

fn same_record(identity: &Identity, ago: impl Fn(Lang) -> String, text: &[u8], langs: Langs) -> Finding {
    let words = |lang| {
        let (id, ago) = (identity.id(text, RECORD), ago(lang));
        let message = say!(
            lang,
            "另一个事件也包含记录 {id}（{ago}）",
            "another event told of the record {id} before, {ago}"
        );
        Words::new(message).found(say!(
            lang,
            "同一条记录，event_id 不同",
            "the same record under another event_id"
        ))
    };
    identity.finding(&DUPLICATE_RECORD, DUPLICATE_RECORD.severity, RECORD, Words::made(langs, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_comes_again_is_known_by_where_it_was_first() {
        let mut window = Window::new(4);
        window.begin("a.http", false);
        assert_eq!(window.replay_of(7, 1), None);
        window.begin("b.http", false);
        assert_eq!(window.replay_of(7, 2).as_deref(), Some("a.http:1"));
        assert_eq!(window.replay_of(7, 3).as_deref(), Some("a.http:1"));
        assert_eq!((window.replay_of(0, 4), window.replay_of(0, 5)), (None, None), "not signed");
        for seal in 10..14 {
            assert_eq!(window.replay_of(seal, 6), None);
        }
        assert_eq!(window.replay_of(7, 7), None, "four others came between");
    }
}
