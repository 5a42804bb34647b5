//! What workers read off a piece of the input: of each event a few numbers, of names and values each one once.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Event, Kind, PUNCH};
use crate::engine::Seen;
use crate::finding::Span;
use crate::json::Place;
use crate::lang::{Label, Lang};
use crate::query::name::{created, happened};
use crate::query::{Chooser, Got, Name, Select};
use crate::record::Layout;
use crate::report::collect::Collected;
use crate::seen::events::Hasher;
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::PassedOver;
use crate::time::{Clock, Millis, Zone};

use super::choices::{ChoiceField, Said, Way, choice_fields, is_countable, said};
use super::key::{By, Keys};
use super::names::kept;

/// What is asked of each event; all workers share it.
#[derive(Debug)]
pub struct Question {
    /// Which events are wanted.
    pub select: Arc<Select>,
    /// By what they are grouped, if they are.
    pub by: Vec<By>,
    /// The zone of days and hours.
    pub zone: Zone,
    /// The language of labels in the names of groups.
    pub lang: Lang,
    /// The hasher of the run.
    pub hasher: Hasher,
    /// The counted fields of the types so far, by the address of their entry.
    fields: Mutex<HashMap<usize, Arc<[ChoiceField]>>>,
}

impl Question {
    /// A question.
    pub fn new(select: Select, by: Vec<Name>, zone: Zone, lang: Lang) -> Question {
        let (select, by) = (Arc::new(select), by.into_iter().map(By::new).collect());
        Question { select, by, zone, lang, hasher: Hasher::default(), fields: Mutex::default() }
    }

    fn fields_of(&self, event: Option<&'static Event>, layout: &Layout) -> Arc<[ChoiceField]> {
        let key = event.map_or(0, |event| std::ptr::from_ref(event).addr());
        let mut fields = self.fields.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(fields.entry(key).or_insert_with(|| choice_fields(event, layout).into()))
    }
}

/// No number: no moment, no delay.
pub(super) const NONE: i64 = i64::MIN;

/// So many values of a field are told apart; the others are one.
pub(super) const MOST_VALUES: usize = 64;
/// Longer values are no choices.
const LONGEST: usize = 80;
/// The one that stands for the others.
pub(super) const OTHERS: &str = "...";

/// So many risky punches of a capture are listed.
pub const MOST_RISKY: usize = 500;

/// Bytes of what is kept of their texts; what is longer ends with dots.
const LONG: usize = 1000;

/// What is known of an event.
pub(super) struct Fact {
    /// Its number in the stretch, by which repeats are known.
    pub document: u64,
    /// Which of the types.
    pub of: u32,
    /// The hash of who; 0 for nobody.
    pub person: u64,
    /// Where the name ends among those of all.
    pub name: u32,
    /// When it happened, or was made where nothing says so; in milliseconds.
    pub at: i64,
    /// What clocks showed then, in seconds after UTC.
    pub offset: i32,
    /// How much later it was made, in milliseconds.
    pub delay: i64,
    /// Where its values end among those of all.
    pub values: u32,
    /// Where the names of its groups end among those of all.
    pub groups: u32,
}

/// A type of which there are events in a stretch.
pub(super) struct TypePart {
    pub event: Option<&'static Event>,
    pub name: Box<str>,
    pub fields: Arc<[ChoiceField]>,
    /// Of each field its values, as JSON.
    pub values: Vec<Vec<Value>>,
    is_punch: bool,
}

/// A value of a field.
pub(super) struct Value {
    /// Its JSON.
    pub raw: Box<[u8]>,
    /// Whether a reader should be warned.
    pub alarm: bool,
}

/// The field of a punch that says where.
const PLACE: &str = "location_name";

/// A punch of which a reader should be warned.
#[derive(Clone, Debug)]
pub struct Risky {
    /// When it happened, in milliseconds.
    pub at: Option<Millis>,
    /// Who.
    pub person: String,
    /// Why.
    pub risks: Vec<Said>,
    /// Where.
    pub place: String,
    /// Of the record.
    pub record: String,
    /// The file in which it stands.
    pub file: String,
    /// The line.
    pub line: u64,
    /// Where it stands in the text.
    pub(super) start: usize,
    pub(super) document: u64,
}

/// What was read off a stretch.
pub struct Gathered {
    question: Arc<Question>,
    /// Findings, identities and counts.
    pub collected: Collected,
    here: Chooser,
    pub(super) facts: Vec<Fact>,
    /// Which value of which field, event by event.
    pub(super) values: Vec<(u8, u8)>,
    /// The names of groups, event by event, and of people.
    pub(super) keys: Keys,
    pub(super) names: String,
    pub(super) types: Vec<TypePart>,
    /// That of the last event.
    last: usize,
    pub(super) risky: Vec<Risky>,
    /// What is no event, by what it is, and its number.
    pub(super) others: Vec<(u64, Label)>,
    clock: Clock,
    /// The quarter of an hour of the last moment, and the offset then.
    offset: (i64, i32),
}

impl Gathered {
    /// Nothing yet, of a file.
    pub fn new(question: &Arc<Question>, file: &str) -> Gathered {
        let select = &question.select;
        let chooser = (!select.is_all()).then(|| Chooser::new(select, file, false));
        let asks_line = question.by.iter().any(|by| by.name.is_line());
        Gathered {
            collected: Collected::counting(question.hasher.clone()).choosing(chooser),
            here: Chooser::new(select, file, asks_line),
            facts: Vec::new(),
            values: Vec::new(),
            keys: Keys::default(),
            types: Vec::new(),
            last: 0,
            names: String::new(),
            risky: Vec::new(),
            others: Vec::new(),
            clock: Clock::new(question.zone),
            offset: (NONE, 0),
            question: Arc::clone(question),
        }
    }

    fn type_of(&mut self, seen: &Seen<'_>) -> usize {
        let event = seen.event();
        let is = |part: &TypePart| match (part.event, event) {
            (Some(ours), Some(theirs)) => std::ptr::eq(ours, theirs),
            (None, None) => *part.name == *seen.type_name(),
            _ => false,
        };
        if self.types.get(self.last).is_some_and(is) {
            return self.last;
        }
        self.last = self.types.iter().position(is).unwrap_or_else(|| {
            let fields = self.question.fields_of(event, seen.record.layout);
            let values = fields.iter().map(|_| Vec::new()).collect();
            let is_punch = event.is_some_and(|event| event.name == PUNCH);
            let name = seen.type_name().into_owned().into();
            self.types.push(TypePart { event, name, fields, values, is_punch });
            self.types.len() - 1
        });
        self.last
    }

    /// Reads an event, which is that of this number in the stretch.
    fn event(&mut self, seen: &Seen<'_>, document: u64) {
        let of = self.type_of(seen);
        let made = created(seen);
        let happened = happened(seen);
        let delay = match (made, happened) {
            (Some(made), Some(happened)) => made.since(happened).map_or(NONE, |delay| delay.0),
            _ => NONE,
        };
        let at = happened.or(made);
        let offset = at.and_then(|at| self.offset_at(at));
        let person = self.person(seen);
        let values = self.values.len();
        self.count_values(of, seen);
        if self.types[of].is_punch {
            self.note_risks(of, values, at, seen, document);
        }
        self.keys.add(seen, &self.question, &self.here.spot, &mut self.clock);
        self.facts.push(Fact {
            document,
            of: of as u32,
            person,
            name: self.names.len() as u32,
            // Beyond the calendar there is no day.
            at: at.filter(|_| offset.is_some()).map_or(NONE, |at| at.0),
            offset: offset.unwrap_or_default(),
            delay,
            values: self.values.len() as u32,
            groups: self.keys.len() as u32,
        });
    }

    /// What clocks of the zone show at a moment, in seconds after UTC.
    fn offset_at(&mut self, at: Millis) -> Option<i32> {
        /// No zone changes its clocks but at its ends.
        const QUARTER: i64 = 900_000;
        let quarter = at.0.div_euclid(QUARTER);
        if quarter != self.offset.0 {
            let local = self.question.zone.local(at)?;
            self.offset = (quarter, i32::try_from(local.since(at)?.0 / 1000).ok()?);
        }
        Some(self.offset.1)
    }

    /// Appends who it is, and says the hash of that.
    fn person(&mut self, seen: &Seen<'_>) -> u64 {
        let record = &seen.record;
        let id = record.layout.person.filter(|at| !record.is_empty(*at)).and_then(|at| record.text(at));
        let Some(id) = id else { return 0 };
        let id = kept(&id);
        self.names.push_str(&id);
        self.question.hasher.hash_one(&*id).max(1)
    }

    fn count_values(&mut self, of: usize, seen: &Seen<'_>) {
        let TypePart { fields, values, .. } = &mut self.types[of];
        let record = &seen.record;
        for (number, field) in fields.iter().enumerate() {
            let known = &mut values[number];
            match &field.way {
                Way::Slot(at) => {
                    if let Some(raw) = record.raw(*at).filter(|_| is_countable(record.slots[*at].kind)) {
                        self.values.push((number as u8, place_of(raw, &field.field.kind, known)));
                    }
                }
                Way::Within(name) => {
                    let start = self.values.len();
                    name.any(seen, &self.here.spot, |got, _| {
                        if let Got::Json { token, raw, .. } = got
                            && is_countable(token)
                        {
                            let value = (number as u8, place_of(raw, &field.field.kind, known));
                            // An event with a value is one, however often it has it.
                            if !self.values[start..].contains(&value) {
                                self.values.push(value);
                            }
                        }
                        false
                    });
                }
            }
        }
    }

    /// Keeps a punch whose values, from `start` on, warn of it.
    fn note_risks(&mut self, of: usize, start: usize, at: Option<Millis>, seen: &Seen<'_>, document: u64) {
        let TypePart { fields, values, .. } = &self.types[of];
        let value = |(field, value): &(u8, u8)| &values[usize::from(*field)][usize::from(*value)];
        let own = &self.values[start..];
        if self.risky.len() >= MOST_RISKY || !own.iter().any(|own| value(own).alarm) {
            return;
        }
        let risks = own.iter().filter(|own| value(own).alarm);
        let risks = risks.map(|own| said(&fields[usize::from(own.0)].field.kind, &value(own).raw)).collect();
        let layout = seen.record.layout;
        let text = |slot: Option<usize>| match slot.and_then(|at| seen.record.text(at)) {
            // Five hundred documents would be as much memory.
            Some(text) if text.len() > LONG => format!("{}...", &text[..text.floor_char_boundary(LONG)]),
            text => text.unwrap_or_default().into_owned(),
        };
        self.risky.push(Risky {
            at,
            person: text(layout.person),
            risks,
            place: text(layout.slot(PLACE)),
            record: text(layout.record),
            file: self.here.spot.file.clone(),
            line: 0,
            start: seen.place.0,
            document,
        });
    }
}

/// The place of a value among those that are known, which it is added to.
fn place_of(raw: &[u8], kind: &Kind, known: &mut Vec<Value>) -> u8 {
    let raw = if raw.len() > LONGEST { OTHERS.as_bytes() } else { raw };
    if let Some(at) = known.iter().position(|value| *value.raw == *raw) {
        return at as u8;
    }
    if known.len() == MOST_VALUES {
        known[MOST_VALUES - 1] = Value { raw: OTHERS.as_bytes().into(), alarm: false };
    } else {
        known.push(Value { raw: raw.into(), alarm: said(kind, raw).alarm });
    }
    known.len() as u8 - 1
}

impl Handler for Gathered {
    type Sink = Collected;

    fn sink(&mut self) -> &mut Collected {
        &mut self.collected
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let (events, documents) = (self.collected.counts.events, self.collected.documents());
        self.collected.document(seen, item);
        if self.collected.counts.events > events {
            self.event(seen, documents);
        } else if !seen.is_event() {
            self.others.push((documents, seen.form.about().name));
        }
    }

    fn broken(&mut self, span: Span, item: Option<Item>) {
        self.collected.broken(span, item);
    }

    fn skipped(&mut self, passed: PassedOver) {
        self.collected.skipped(passed);
    }

    fn begin_parts(&mut self) {
        self.collected.begin_parts();
    }

    fn end_parts(&mut self, span: Span, item: Option<Item>) {
        self.collected.end_parts(span, item);
    }

    fn begin(&mut self, text: &[u8], place: Place) {
        self.collected.begin(text, place);
        self.here.begin(text, place);
    }

    fn is_full(&self) -> bool {
        self.collected.is_full() || self.names.len() + self.keys.bytes() >= HEAVY
    }
}

/// So many bytes of names are handed on before more are gathered.
const HEAVY: usize = 1 << 20;
