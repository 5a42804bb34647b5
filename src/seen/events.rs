//! Events among other events: the same one again. Remembers hashes, never payloads, and only those of the last
//! events, so memory is bounded however long the stream.

use std::hash::BuildHasher;
use std::sync::Arc;

use crate::container::Form;
use crate::engine::Seen;
use crate::finding::{Finding, Inner, Rule, Severity, Span, Words};
use crate::json::TokenKind;
use crate::origin::Origin;
use crate::record::slot;
use crate::report::collect::{About, Collected, EventType};
use crate::rules::stream::{DUPLICATE_EVENT, DUPLICATE_RECORD};

use super::canonical::content;
use super::ring::{Earlier, Recent};

pub use super::ring::Hashes;

/// Hashes ids and contents, with a seed of its own for each run: nobody can make payloads that collide.
pub type Hasher = foldhash::fast::RandomState;

/// Who an event is, as far as comparing goes.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Which document of its stretch it is.
    pub about: About,
    hashes: Hashes,
    /// Where the ids stand in the text, with their quotes.
    at: [(u32, u32); 2],
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
    /// The identity of an event.
    #[inline]
    pub fn of(seen: &Seen<'_>, about: About, hasher: &Hasher) -> Identity {
        let at = [Some(slot::EVENT_ID), seen.record_of].map(|at| place(seen, at));
        let ids = at.map(|at| hash(seen, at, hasher));
        let hashes = Hashes { ids, content: hasher.hash_one(&*content(seen.raw())) };
        let inner = (!seen.origin.is_plain()).then(|| {
            let ids = at.map(|(start, end)| seen.record.text[start as usize..end as usize].into());
            Box::new(Ids { origin: seen.origin, outer: seen.place.0..seen.place.1, ids })
        });
        Identity { about, hashes, at, v1: seen.form == Form::EventV1, inner }
    }

    /// Where the finding about this identity stands in the text that was read.
    pub fn place(&self) -> usize {
        self.inner.as_ref().map_or(self.at[EVENT].0 as usize, |inner| inner.outer.start)
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
        match (which, self.about.kind) {
            (EVENT, _) if self.v1 => "/uuid".to_owned(),
            (RECORD, EventType::Known(event)) => {
                format!("/event/{}", event.record.unwrap_or_default().replace('.', "/"))
            }
            _ => "/header/event_id".to_owned(),
        }
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
        Finding { rule, severity, span, pointer, words, inner }
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
        _ => hasher.hash_one(&seen.record.text[start as usize..end as usize]).max(1),
    }
}

impl Hashes {
    /// The hashes of a delivery: which record is behind the event does not matter.
    #[inline]
    pub fn of_delivery(seen: &Seen<'_>, hasher: &Hasher) -> Hashes {
        let event = hash(seen, place(seen, Some(slot::EVENT_ID)), hasher);
        Hashes { ids: [event, 0], content: hasher.hash_one(&*content(seen.raw())) }
    }
}

/// The last events.
#[derive(Debug)]
pub struct Window(Recent);

/// How many events are remembered unless the user says otherwise: five minutes of a busy tenant, and it fits a cache.
pub const DEFAULT_WINDOW: usize = 16_384;

impl Window {
    /// A window of `size` events; 0 remembers nothing.
    pub fn new(size: usize) -> Window {
        Window(Recent::new(size))
    }

    /// Forgets everything: another file begins.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Remembers an event, and says whether the same one with the same content was delivered before.
    #[inline]
    pub fn is_repeat(&mut self, hashes: Hashes) -> bool {
        let [earlier, _] = self.0.see(hashes);
        earlier.is_some_and(|earlier| earlier.content == hashes.content)
    }

    /// Remembers an event, and says what there is to say where it came before.
    #[inline]
    fn see(&mut self, identity: &Identity, text: &[u8]) -> Option<Finding> {
        match self.0.see(identity.hashes) {
            [None, None] => None,
            [Some(earlier), _] => Some(same_event(identity, earlier, text)),
            [None, Some(earlier)] => Some(same_record(identity, earlier, text)),
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
            .filter_map(|identity| Some((identity.about, self.see(identity, text)?)))
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
}

#[cold]
fn same_event(identity: &Identity, earlier: Earlier, text: &[u8]) -> Finding {
    let same = earlier.content == identity.hashes.content;
    let ago = ago(earlier.ago);
    let id = identity.id(text, EVENT);
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
    identity.finding(&DUPLICATE_EVENT, severity, EVENT, words)
}

#[cold]
fn same_record(identity: &Identity, earlier: Earlier, text: &[u8]) -> Finding {
    let ago = ago(earlier.ago);
    let id = identity.id(text, RECORD);
    let words = Words::new(format!("another event told of the record {id} before, {ago}"))
        .found("the same record under another event_id");
    identity.finding(&DUPLICATE_RECORD, DUPLICATE_RECORD.severity, RECORD, words)
}

fn ago(events: u32) -> String {
    match events {
        1 => "in the event just before".to_owned(),
        _ => format!("{events} events ago"),
    }
}
