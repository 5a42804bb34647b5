//! What a stretch of a stream came to: every finding and the document it is about, identities for the rules that
//! compare events, and counts.

use crate::catalog::Event;
use crate::container::Form;
use crate::engine::Seen;
use crate::finding::{At, Finding, Findings, Mark, Severity, Sink, Span, Words};
use crate::json::{Place, TokenKind};
use crate::lang::{Lang, Langs};
use crate::query::Chooser;
use crate::record::slot;
use crate::rules::is_unreadable;
use crate::rules::shape::UNKNOWN_FIELD;
use crate::seen::events::{Hasher, Identity, Window};
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::{PassedOver, Stats};
use std::iter::Peekable;

use super::cap::{Cap, Unlisted};
use super::undocumented::Strangers;

/// Counts of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that are JSON.
    pub documents: u64,
    /// Documents that are events.
    pub events: u64,
    /// Events that are not wanted, in none of the other counts.
    pub unwanted: u64,
    /// Questions of the platform whether an address is its owner's.
    pub challenges: u64,
}

/// Which document a finding is about.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRef {
    /// Its number in the stretch, broken ones counted too.
    pub document: u64,
    /// Which item of a top-level array it is.
    pub item: Option<Item>,
    /// What type of event it is.
    pub kind: EventType,
    /// How many findings it stands for: one, but for what is said of those that are not listed.
    pub count: u64,
    /// How many documents those are about, of which nothing is listed.
    pub unlisted: u64,
}

impl DocumentRef {
    /// A document by itself, where its number does not matter.
    pub const ALONE: DocumentRef =
        DocumentRef { document: 0, item: None, kind: EventType::None, count: 1, unlisted: 0 };

    /// The number of the item in its array, of which `before` items came before the stretch.
    pub fn number(&self, before: u64) -> Option<u64> {
        self.item.map(|item| if item.relative { item.number + before } else { item.number })
    }

    /// The JSON pointer of a finding from the top of the file's JSON.
    pub fn pointer(&self, finding: &Finding, before: u64) -> String {
        match self.number(before) {
            Some(number) => format!("/{number}{}", finding.pointer),
            None => finding.pointer.clone(),
        }
    }
}

/// The type of an event, small enough to stand beside each finding.
#[derive(Clone, Copy, Debug)]
pub enum EventType {
    /// The document is no event, or its type could not be read.
    None,
    /// A type of the catalogue.
    Known(&'static Event),
    /// Another: its place in [`Collected::types`].
    Other(u32),
}

/// Types among which one is looked for that the catalogue does not know.
const FEW_TYPES: usize = 8;

/// Collects every finding.
#[derive(Debug, Default)]
pub struct Collected {
    /// In the order of their places within each document, document by document.
    pub findings: Findings,
    /// For each finding, its document.
    pub about: Vec<DocumentRef>,
    /// Who each event is, in order.
    pub identities: Vec<(DocumentRef, Identity)>,
    /// How many documents there were.
    pub counts: Counts,
    /// What they are.
    pub stats: Stats,
    /// Event types that the catalogue does not know.
    pub types: Vec<Box<str>>,
    hasher: Hasher,
    /// Which events are wanted; `None`: all.
    chooser: Option<Chooser>,
    /// Where a document is written as it is compared.
    memory: Vec<u8>,
    /// Nobody is told of the findings.
    counting: bool,
    document: u64,
    cap: Cap,
    /// The documents that come are held by one that is taken apart.
    within: bool,
    /// Bytes of findings so far.
    weight: usize,
}

impl Collected {
    /// Nothing yet. The hasher is the same for a whole run.
    pub fn new(hasher: Hasher) -> Collected {
        Collected { hasher, ..Collected::default() }
    }

    /// The same for those who only count findings: of each there is the rule, the severity and the place.
    pub fn counting(hasher: Hasher) -> Collected {
        Collected { counting: true, ..Collected::new(hasher) }
    }

    /// The same, with the words of findings in these languages.
    pub fn telling(mut self, langs: Langs) -> Collected {
        self.findings.1 = langs;
        self
    }

    /// The same, of the events that are wanted: what is found in others is forgotten.
    pub fn choosing(self, chooser: Option<Chooser>) -> Collected {
        Collected { chooser, ..self }
    }

    /// The name of a type.
    pub fn type_name(&self, kind: EventType) -> Option<&str> {
        match kind {
            EventType::None => None,
            EventType::Known(event) => Some(event.name),
            EventType::Other(at) => self.types.get(at as usize).map(|name| &**name),
        }
    }

    /// Tells everything that was found in a stretch, in the order of the places: what is said of an event among
    /// others stands where its id stands, among what is said of it alone. `place` is where `text` stands in its file,
    /// where somebody is told in which line an event was first.
    ///
    /// # Errors
    ///
    /// What `tell` returned: it stops there.
    pub fn tell<E>(
        &self,
        window: &mut Window,
        text: &[u8],
        place: Option<Place>,
        mut tell: impl FnMut(DocumentRef, &Finding) -> Result<(), E>,
    ) -> Result<(), E> {
        let line = place.map(|place| place.lines + 1);
        let mut lines = Lines { ends: memchr::memchr_iter(b'\n', text).peekable(), line };
        let see = |(about, identity): &(DocumentRef, Identity)| {
            let line = lines.of(identity.place());
            Some((*about, window.see(identity, text, place, line, self.findings.1)?))
        };
        let mut repeats = self.identities.iter().filter_map(see).peekable();
        for (finding, about) in self.findings.0.iter().zip(&self.about) {
            while let Some((of, repeat)) = repeats.next_if(|(of, repeat)| {
                (of.document, repeat.span.start) < (about.document, finding.span.start)
            }) {
                tell(of, &repeat)?;
            }
            tell(*about, finding)?;
        }
        repeats.try_for_each(|(of, repeat)| tell(of, &repeat))
    }

    /// How many documents there were so far, broken ones and unwanted ones too: the number of the next one.
    pub fn documents(&self) -> u64 {
        self.document
    }

    fn type_of(&mut self, seen: &Seen<'_>) -> EventType {
        match seen.event() {
            Some(event) => EventType::Known(event),
            None => self.other_type(seen),
        }
    }

    #[cold]
    fn other_type(&mut self, seen: &Seen<'_>) -> EventType {
        // Most names are written as they are: a known one need not be read.
        let raw =
            seen.record.raw(slot::EVENT_TYPE).and_then(|raw| raw.strip_prefix(b"\"")?.strip_suffix(b"\""));
        let plain = matches!(seen.record.slots[slot::EVENT_TYPE].kind, TokenKind::String { escaped: false });
        if let Some(at) = raw.filter(|_| plain).and_then(|name| self.place_of(name)) {
            return EventType::Other(at);
        }
        let name = seen.type_name();
        if name.is_empty() {
            return EventType::None;
        }
        let at = self.place_of(name.as_bytes()).unwrap_or_else(|| {
            self.types.push(name.into());
            self.types.len() as u32 - 1
        });
        EventType::Other(at)
    }

    /// Where a type stands among the last ones: the same few come again and again.
    fn place_of(&self, name: &[u8]) -> Option<u32> {
        let from = self.types.len().saturating_sub(FEW_TYPES);
        let at = self.types[from..].iter().rposition(|known| known.as_bytes() == name)?;
        Some((from + at) as u32)
    }

    /// The findings of a document have been reported: puts them in the order of their places.
    fn settle(&mut self, end: usize, item: Option<Item>, kind: EventType) {
        let about = DocumentRef { document: self.document, item, kind, count: 1, unlisted: 0 };
        self.document += 1;
        if self.findings.0.len() > self.about.len() || self.within {
            self.settle_some(end, about);
        }
    }

    #[cold]
    fn settle_some(&mut self, end: usize, about: DocumentRef) {
        // Stable, so that findings of one place stay in the order in which the rules speak.
        self.findings.0[self.about.len()..].sort_by_key(|finding| finding.span.start);
        self.about.resize(self.findings.0.len(), about);
        match self.within {
            true => self.cap.next(),
            false => self.close(end, about),
        }
    }

    /// Says how many findings are not listed.
    fn close(&mut self, end: usize, about: DocumentRef) {
        let end = end.saturating_sub(1)..end;
        for Unlisted { finding, count, documents } in self.cap.close(end, self.findings.1) {
            self.findings.0.push(finding);
            self.about.push(DocumentRef { count, unlisted: documents, ..about });
        }
    }

    fn weigh_last(&mut self) {
        if let Some(finding) = self.findings.0.last() {
            self.weight += self.cap.weigh(finding);
        }
    }
}

/// Counts the lines of a text on the way through it, where they are wanted.
struct Lines<'t> {
    /// The line ends that have not been passed: most events are a line, and to find its end is cheaper than to count.
    ends: Peekable<memchr::Memchr<'t>>,
    line: Option<u64>,
}

impl Lines<'_> {
    /// The line of a byte that is not before the last one; 0 where lines are not wanted.
    #[inline]
    fn of(&mut self, at: usize) -> u64 {
        let Some(line) = &mut self.line else { return 0 };
        while self.ends.next_if(|end| *end < at).is_some() {
            *line += 1;
        }
        *line
    }
}

impl Sink for Collected {
    #[cold]
    #[inline(never)]
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words) {
        if self.cap.admits(at.rule, at.severity) {
            match self.counting {
                true => self.findings.0.push(Finding::bare(at)),
                false => self.findings.report(at, words),
            }
            self.weigh_last();
        }
    }
    fn mark(&self) -> Mark {
        self.findings.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.findings.rewind(mark);
        self.weight -= self.cap.rewind(&self.findings.0[self.about.len()..]);
    }
}

impl Handler for Collected {
    type Sink = Collected;

    fn sink(&mut self) -> &mut Collected {
        self
    }

    #[inline]
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.stats.count(seen, item);
        if seen.is_event() && self.chooser.as_ref().is_some_and(|chooser| !chooser.wants(seen)) {
            self.counts.unwanted += 1;
            self.document += 1;
            // What has been settled is about others.
            return self.rewind(Mark([self.about.len(), 0, 0]));
        }
        self.counts.documents += 1;
        let mut kind = EventType::None;
        if seen.is_event() {
            self.counts.events += 1;
            kind = self.type_of(seen);
            let about = DocumentRef { document: self.document, item, kind, count: 1, unlisted: 0 };
            self.identities.push((about, Identity::of(seen, &self.hasher, &mut self.memory)));
        }
        self.counts.challenges += u64::from(matches!(seen.form, Form::Challenge | Form::ChallengeV2));
        self.settle(seen.place.1, item, kind);
    }

    fn broken(&mut self, span: Span, item: Option<Item>) {
        self.settle(span.end, item, EventType::None);
    }

    fn skipped(&mut self, passed: PassedOver) {
        self.stats.passed_over.add(&passed);
    }

    fn begin_parts(&mut self) {
        self.within = true;
    }

    fn end_parts(&mut self, span: Span, item: Option<Item>) {
        self.within = false;
        let document = self.document.saturating_sub(1);
        self.close(span.end, DocumentRef { document, item, ..DocumentRef::ALONE });
    }

    fn begin(&mut self, text: &[u8], place: Place) {
        if let Some(chooser) = &mut self.chooser {
            chooser.begin(text, place);
        }
        let most = HEAVY / size_of::<(DocumentRef, Identity)>();
        self.identities.reserve((text.len() / SHORT).min(most));
    }

    fn is_full(&self) -> bool {
        let identities = self.identities.len() * size_of::<(DocumentRef, Identity)>();
        self.findings.0.len() >= MANY || self.weight + identities >= HEAVY
    }
}

/// So many findings are handed on before more are collected: of a file that is no capture at all, each line is one,
/// and words take a hundred times the room of the text that they are about.
pub const MANY: usize = 8192;

/// Bytes of an event that is shorter than most.
const SHORT: usize = 512;

/// So many bytes of findings and identities are: there may be some handlers for each thread.
const HEAVY: usize = 512 << 10;

/// Keeps only findings of what could not be read as an event at all: for commands that show events and do not judge
/// them. They name a few, so no more than a thousand of a stretch are kept, and all are counted.
#[derive(Debug, Default)]
pub struct Unreadable {
    findings: Findings,
    count: usize,
    /// Told apart where somebody wants to know.
    strangers: Option<Strangers>,
}

/// Findings that are kept of a stretch.
const NAMED: usize = 1000;

impl Unreadable {
    /// The first of the findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings.0
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Nothing yet; the words of findings are in this language.
    pub fn telling(lang: Lang) -> Unreadable {
        Unreadable { findings: Findings(Vec::new(), Langs::Only(lang)), ..Unreadable::default() }
    }

    /// Keeps the undocumented fields of each document too.
    pub fn with_strangers(self) -> Unreadable {
        Unreadable { strangers: Some(Strangers::default()), ..self }
    }

    /// The undocumented fields of the documents since this was asked before, if there are any.
    #[inline]
    pub fn strangers(&mut self) -> Option<Strangers> {
        self.strangers.as_mut().filter(|strangers| !strangers.is_empty()).map(std::mem::take)
    }
}

impl Sink for Unreadable {
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words) {
        if let Some(strangers) = &mut self.strangers
            && std::ptr::eq(at.rule, &UNKNOWN_FIELD)
        {
            return strangers.add(at.path);
        }
        if at.severity == Severity::Error && is_unreadable(at.rule) {
            self.count += 1;
            if self.findings.0.len() < NAMED {
                self.findings.report(at, words);
            }
        }
    }
    fn mark(&self) -> Mark {
        Mark([self.findings.0.len(), self.count, self.strangers.as_ref().map_or(0, Strangers::len)])
    }
    fn rewind(&mut self, mark: Mark) {
        self.findings.rewind(mark);
        self.count = mark.0[1];
        if let Some(strangers) = &mut self.strangers {
            strangers.truncate(mark.0[2]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::stream::frame::{Limits, read_all};
    use crate::time::Zone;
    use std::collections::BTreeMap;

    #[test]
    fn who_only_counts_comes_to_the_same_without_words() {
        let event = r#"{"schema":"2.0","header":{"event_id":"1","event_type":"attendance.user_flow.created_v1","token":"t",
            "create_time":"1615381917707","tenant_key":"k","app_id":"a"},"event":{"type":99,"chek_time":"1","x":null}}"#;
        let many: String = (0..5000).map(|at| format!("{{\"event\":{{\"{at}\":1,\"{at}\":2}}}}")).collect();
        let text =
            format!("{event}\n{}\n{event}{{\"code\":0}}{{\"event\":", many.replace("}{", "},{").repeat(2));
        let counts = |mut collected: Collected| {
            read_all(&mut Engine::new(Zone::Utc), text.as_bytes(), Limits::default(), &mut collected);
            let mut counts = BTreeMap::new();
            let mut worded = 0;
            let told = collected.tell(&mut Window::new(9), text.as_bytes(), None, |about, finding| {
                *counts.entry((finding.rule.code, finding.severity, about.document)).or_insert(0) +=
                    about.count;
                worded += usize::from(!finding.words.message.is_empty());
                Ok::<(), ()>(())
            });
            assert_eq!(told, Ok(()));
            (counts, worded)
        };
        let (told, words) = counts(Collected::new(Hasher::default()));
        let (counted, few) = counts(Collected::counting(Hasher::default()));
        assert_eq!(counted, told);
        assert!(words > 8 && few < words, "{few} of {words} have words");
    }
}
