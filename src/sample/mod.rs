//! Events to try things with: realistic, the same for a seed on every machine and in every version, valid or broken
//! in exactly one way. A few gigabytes of them are made in seconds, so benchmarks need no stored corpus.
//!
//! What comes out are bodies as the platform would post them; a [`Poster`] encrypts them and makes requests of them.

mod calendar;
mod envelope;
mod faults;
mod generate;
mod layout;
mod mutate;
mod random;
mod request;
mod text;

pub use faults::{NoFault, mixed_faults};
pub use layout::Frame;
pub use request::{Poster, Url};

use crate::catalog::{EVENTS, Event};
use crate::finding::Rule;
use crate::json::write_escaped;
use crate::time::Millis;

use envelope::{App, Head, Stamp};
use generate::Generator;
use mutate::Draft;
use random::Random;
use text::{digits, hex};

/// 2021-03-10 08:00 at +08:00, the morning of the official example.
pub const START: Millis = Millis(1_615_334_400_000);

/// 2015 and 2100: outside of them times are not plausible, or not of the usual number of digits.
const BOUNDS: (i64, i64) = (1_420_070_400_000, 4_102_444_800_000);

/// Makes events of one type, in the order of their times.
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
    event: &'static Event,
    generator: Generator,
    app: App,
    head: Head,
    random: Random,
    now: Millis,
    last: Option<Told>,
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

/// All that it takes to tell of an event again.
#[derive(Clone, Debug)]
struct Told {
    created: Millis,
    random: Random,
}

impl Sampler {
    /// A company of this seed, and its events of one type from `start` on (at the earliest 2015, at the latest 2100).
    /// The company is the same for every type.
    pub fn new(seed: u64, event: &'static Event, start: Millis) -> Sampler {
        let app = App::new(seed);
        Sampler {
            event,
            generator: Generator::new(event, &app),
            head: app.head(event),
            app,
            // Another stream of numbers for each type, so that no two events have the same id.
            random: Random::new(text::fold(seed, event.name)),
            now: Millis(start.0.clamp(BOUNDS.0, BOUNDS.1)),
            last: None,
            limit: 64 << 20,
        }
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
        self.head = self.app.head(self.event);
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
        self.last = Some(told);
    }

    /// Appends an event in the old envelope: `ts`, `uuid`, `token`, `type`, `event`. It is the approval of an outing
    /// whatever the type of the others, most of which have no old form.
    pub fn v1(&mut self, out: &mut Vec<u8>) {
        let Told { created, mut random } = self.next();
        self.app.v1(created, &mut random, out);
    }

    /// Appends the question that the platform asks before it delivers to an address.
    pub fn challenge(&mut self, out: &mut Vec<u8>) {
        let Told { mut random, .. } = self.next();
        self.app.challenge(&mut random, out);
    }

    /// Appends an event that is as it should be, but for what `rule` finds, and only that.
    ///
    /// `duplicate-event` and `duplicate-record` repeat the last one of [`Sampler::event`], so there must be one.
    ///
    /// # Errors
    ///
    /// When events of this type cannot break the rule, or nobody has said how; nothing is appended then.
    pub fn faulty(&mut self, rule: &'static Rule, out: &mut Vec<u8>) -> Result<(), NoFault> {
        let fault = faults::of(rule).ok_or(NoFault::Unknown(rule))?;
        let told = match (fault.follows, &self.last) {
            (true, None) => return Err(NoFault::First(rule)),
            (true, Some(last)) => last.clone(),
            (false, _) => self.next(),
        };
        let start = out.len();
        self.tell(told.clone(), out);
        let mut draft = Draft::new(out, start, self.event, told.created, self.limit, &mut self.random);
        if fault.make(&mut draft).is_none() {
            out.truncate(start);
            return Err(NoFault::NoPlace(rule, self.event));
        }
        Ok(())
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
        self.now = calendar::next(self.now, &mut self.random);
        // Each event has its own stream of numbers: one that is told again is the same to the last digit.
        Told { created: self.now, random: Random::new(self.random.next()) }
    }

    fn tell(&self, told: Told, out: &mut Vec<u8>) {
        let Told { created, mut random } = told;
        let Head { before_id, before_time, stamp, rest } = &self.head;
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
        self.generator.body(created, &mut random, out);
        out.push(b'}');
    }
}
