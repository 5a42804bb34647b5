//! Events to try things with: realistic, the same for a seed on every machine and in every version, valid or broken
//! in exactly one way. A few gigabytes of them are made in seconds, so benchmarks need no stored corpus.
//!
//! What comes out are bodies as the platform would post them; a [`Poster`] encrypts them and makes requests of them.

mod calendar;
mod days;
mod envelope;
mod faults;
mod generate;
mod layout;
mod mix;
mod mutate;
mod people;
mod random;
mod request;
mod text;
mod values;

pub use faults::{NoFault, mixed_faults};
pub use layout::Frame;
pub use request::{Poster, Url};

use crate::catalog::{EVENTS, Event, PUNCH};
use crate::finding::Rule;
use crate::json::write_escaped;
use crate::time::{Millis, Zone};

use calendar::{Office, Pace};
use days::{Agenda, Habits};
use envelope::{App, Head, Stamp};
use generate::{Generator, Known, MESSAGE};
use mutate::Draft;
use random::Random;
use text::{digits, hex};

/// 2021-03-10 08:00 at +08:00, the morning of the official example.
pub const START: Millis = Millis(1_615_334_400_000);

/// 2015 and 2100: outside of them times are not plausible, or not of the usual number of digits.
const BOUNDS: (i64, i64) = (1_420_070_400_000, 4_102_444_800_000);

/// How many people a company has whose days are laid out, or whose events are mixed, unless it is said.
pub const EMPLOYEES: u32 = 50;

/// How many things everybody does in a day: of one type, and of all together.
const DEEDS: u32 = 3;
const MIXED_DEEDS: u32 = 15;

/// How many types are tried before a mixed capture gives up breaking a rule.
const TRIES: u32 = 10_000;

/// Makes events of one type or of many, in the order of their times.
///
/// ```
/// use larkspect::{catalog, sample::{self, Sampler}};
/// let event = catalog::event("attendance.user_flow.created_v1").unwrap();
/// let mut line = Vec::new();
/// Sampler::new(1, event, sample::START).event(&mut line);
/// assert!(line.starts_with(br#"{"schema":"2.0","header":{"event_id":""#));
/// ```
#[derive(Debug)]
pub struct Sampler {
    sources: Vec<Source>,
    /// How often each source is drawn.
    weights: Vec<(usize, u32)>,
    app: App,
    random: Random,
    now: Millis,
    pace: &'static Pace,
    agenda: Option<Agenda>,
    messages: u64,
    last: Option<Told>,
    /// What was to be told but could not be broken.
    back: Option<Told>,
    limit: usize,
}

/// A type whose events can show a rule: the one of the rule's example, if it names one, before all others.
fn shows(rule: &'static Rule) -> Option<&'static Event> {
    let named = EVENTS.iter().filter(|event| rule.wrong.contains(event.name));
    named.chain(EVENTS).copied().find(|event| {
        let mut sampler = Sampler::new(1, event, START).limit(4 << 10);
        let mut out = Vec::new();
        sampler.event(&mut out);
        sampler.faulty(rule, &mut out).is_ok()
    })
}

/// What makes the events of one type.
#[derive(Debug)]
struct Source {
    event: &'static Event,
    generator: Generator,
    head: Head,
}

/// All that it takes to tell of an event again.
#[derive(Clone, Debug)]
struct Told {
    source: usize,
    known: Known,
    random: Random,
}

impl Sampler {
    /// A company of this seed, and its events of one type from `start` on (at the earliest 2015, at the latest 2100).
    /// The company is the same for every type.
    pub fn new(seed: u64, event: &'static Event, start: Millis) -> Sampler {
        let pace = if event.name.starts_with("attendance.") { calendar::PUNCHES } else { calendar::WORK };
        // Another stream of numbers for each type, so that no two events have the same id.
        Sampler::of(seed, event.name, &[(event, 1)], pace, start)
    }

    /// A company of this seed, and its events of all types from `start` on, as [`Sampler::new`] has them: mostly what an
    /// endpoint gets that subscribes to many things.
    pub fn mix(seed: u64, start: Millis) -> Sampler {
        let events: Vec<_> = EVENTS.iter().map(|event| (*event, mix::weight(event))).collect();
        Sampler::of(seed, "mix", &events, calendar::WORK, start).people(EMPLOYEES)
    }

    fn of(
        seed: u64,
        stream: &str,
        events: &[(&'static Event, u32)],
        pace: &'static Pace,
        start: Millis,
    ) -> Sampler {
        let app = App::new(seed);
        let source = |(event, _): &(&'static Event, u32)| Source {
            event,
            generator: Generator::new(event, &app),
            head: app.head(event),
        };
        Sampler {
            sources: events.iter().map(source).collect(),
            weights: events.iter().enumerate().map(|(at, (_, weight))| (at, *weight)).collect(),
            random: Random::new(text::fold(seed, stream)),
            app,
            now: Millis(start.0.clamp(BOUNDS.0, BOUNDS.1)),
            pace,
            agenda: None,
            messages: 0,
            last: None,
            back: None,
            limit: 64 << 20,
        }
    }

    /// Sets the zone by whose clocks people work, before days are laid out; +08:00 otherwise.
    pub fn zone(mut self, zone: Zone) -> Sampler {
        self.app.office = Office(zone);
        for source in &mut self.sources {
            source.generator.company.office = self.app.office;
        }
        self
    }

    /// Sets how many people there are.
    pub fn people(mut self, count: u32) -> Sampler {
        for source in &mut self.sources {
            source.generator.company.people = count.max(1);
        }
        self
    }

    /// Lays out whole days, from the one of the start on, for so many employees: when they come and go, and what else
    /// they do. Then [`Sampler::is_over`].
    pub fn days(self, days: u32, employees: u32) -> Sampler {
        let habits = match &self.sources[..] {
            [one] if one.event.name == PUNCH => Habits { punches: true, others: 0 },
            [_] => Habits { punches: false, others: DEEDS },
            _ => Habits { punches: true, others: MIXED_DEEDS },
        };
        let mut sampler = self.people(employees);
        let App { seed, office, .. } = sampler.app;
        sampler.agenda = Some(Agenda::new(seed, office, sampler.now, days, employees.max(1), habits));
        sampler
    }

    /// Whether the days that were laid out are over. What is told after that is not laid out.
    pub fn is_over(&self) -> bool {
        self.back.is_none() && self.agenda.as_ref().is_some_and(Agenda::is_over)
    }

    /// Sets what `document-too-large` is larger than; 64 MiB otherwise.
    pub fn limit(mut self, bytes: usize) -> Sampler {
        self.limit = bytes;
        self
    }

    /// Sets the Verification Token; otherwise it is one of the seed.
    pub fn token(mut self, token: &str) -> Sampler {
        let mut quoted = Vec::new();
        write_escaped(token, &mut quoted);
        self.app.token = String::from_utf8_lossy(&quoted[1..quoted.len() - 1]).into_owned();
        for source in &mut self.sources {
            source.head = self.app.head(source.event);
        }
        self
    }

    /// When the last event was created.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Appends the next event, as compact JSON without a line end.
    pub fn event(&mut self, out: &mut Vec<u8>) {
        let told = self.next();
        self.tell(told.clone(), out);
        let has_record = |told: &Told| self.sources[told.source].event.record.is_some();
        // What may be told again: in a mixed capture rather what has a record than what has none.
        if has_record(&told) || !self.last.as_ref().is_some_and(has_record) {
            self.last = Some(told);
        }
    }

    /// Appends an event in the old envelope: `ts`, `uuid`, `token`, `type`, `event`. It is the approval of an outing
    /// whatever the type of the others, most of which have no old form.
    pub fn v1(&mut self, out: &mut Vec<u8>) {
        let Told { known, mut random, .. } = self.next();
        self.app.v1(known.created, &mut random, out);
    }

    /// Appends the question that the platform asks before it delivers to an address.
    pub fn challenge(&mut self, out: &mut Vec<u8>) {
        let Told { mut random, .. } = self.next();
        self.app.challenge(&mut random, out);
    }

    /// Appends an event that is as it should be, but for what `rule` finds, and only that. In a mixed capture it is of a
    /// type that can break the rule.
    ///
    /// `duplicate-event` and `duplicate-record` repeat the last one of [`Sampler::event`], so there must be one; where days
    /// are laid out, once.
    ///
    /// # Errors
    ///
    /// When events of this type cannot break the rule, or nobody has said how; nothing is appended then.
    pub fn faulty(&mut self, rule: &'static Rule, out: &mut Vec<u8>) -> Result<(), NoFault> {
        let fault = faults::of(rule).ok_or(NoFault::Unknown(rule))?;
        let is_mix = self.sources.len() > 1;
        let mut told = match (fault.follows, &self.last) {
            (true, None) => return Err(NoFault::First(rule)),
            (true, Some(last)) => last.clone(),
            (false, _) => self.next(),
        };
        let start = out.len();
        for _ in 0..if is_mix && !fault.follows { TRIES } else { 1 } {
            self.tell(told.clone(), out);
            let event = self.sources[told.source].event;
            let mut draft = Draft::new(out, start, event, told.known.created, self.limit, &mut self.random);
            if fault.make(&mut draft).is_some() {
                if fault.follows && self.agenda.is_some() {
                    // Told twice is enough: the days must go on.
                    self.last = None;
                }
                return Ok(());
            }
            out.truncate(start);
            if is_mix && !fault.follows {
                told = self.draw(told.known.created, told.known.who);
            }
        }
        let event = self.sources[told.source].event;
        if fault.follows {
            // Another event may have a record that can be repeated.
            return Err(if is_mix { NoFault::First(rule) } else { NoFault::NoPlace(rule, event) });
        }
        if is_mix || self.agenda.is_some() {
            self.back = Some(told);
        }
        Err(NoFault::NoPlace(rule, event))
    }

    /// Appends the next event, faulty with the chance `rate` (from 0 to 1), and says by which rule. Any rule of
    /// [`mixed_faults`] is drawn that the type can break and the frame can hold, but for `document-too-large`.
    pub fn mixed(&mut self, rate: f64, frame: Frame, out: &mut Vec<u8>) -> Option<&'static Rule> {
        // 2^64, which is what u64::MAX rounds to: a rate of 1 is beyond every number.
        const ALL: f64 = u64::MAX as f64;
        if u128::from(self.random.next()) >= (rate * ALL) as u128 {
            self.event(out);
            return None;
        }
        loop {
            let rule = self.random.pick(faults::FAULTS).rule;
            if faults::mixes(rule) && frame.holds(rule) && self.faulty(rule, out).is_ok() {
                return Some(rule);
            }
        }
    }

    fn next(&mut self) -> Told {
        if let Some(told) = self.back.take() {
            return told;
        }
        let Some(laid_out) = self.agenda.as_mut().and_then(Agenda::next) else {
            self.now = self.app.office.next(self.now, self.pace, &mut self.random);
            return self.draw(self.now, None);
        };
        self.now = laid_out.created;
        let source = loop {
            let source = self.source();
            // Punches are laid out; all else is drawn.
            if self.sources.len() == 1 || laid_out.is_punch == (self.sources[source].event.name == PUNCH) {
                break source;
            }
        };
        self.of_source(source, laid_out.created, Some(laid_out.who))
    }

    /// An event of a type that is drawn.
    fn draw(&mut self, created: Millis, who: Option<u32>) -> Told {
        let source = self.source();
        self.of_source(source, created, who)
    }

    fn source(&mut self) -> usize {
        match &self.weights[..] {
            [_] => 0,
            weights => *self.random.weighed(weights),
        }
    }

    fn of_source(&mut self, source: usize, created: Millis, who: Option<u32>) -> Told {
        let known = Known { created, who, messages: self.messages };
        self.messages += u64::from(self.sources[source].event.name == MESSAGE);
        // Each event has its own stream of numbers: one that is told again is the same to the last digit.
        Told { source, known, random: Random::new(self.random.next()) }
    }

    fn tell(&self, told: Told, out: &mut Vec<u8>) {
        let Told { source, known, mut random } = told;
        let Source { generator, head, .. } = &self.sources[source];
        let (Head { before_id, before_time, stamp, rest }, created) = (head, known.created);
        if let Some(before_id) = before_id {
            out.extend_from_slice(before_id.as_bytes());
            hex::<16>(&mut random, out);
            hex::<16>(&mut random, out);
        }
        out.extend_from_slice(before_time.as_bytes());
        match stamp {
            Stamp::Millis => digits::<13>(created.0 as u64, out),
            Stamp::Micros => digits::<16>(1000 * created.0 as u64, out),
            Stamp::Fraction => {
                digits::<10>(created.seconds().0 as u64, out);
                out.push(b'.');
                digits::<3>(created.subsecond() as u64, out);
            }
        }
        out.extend_from_slice(rest.as_bytes());
        generator.body(known, &mut random, out);
        out.push(b'}');
    }
}
