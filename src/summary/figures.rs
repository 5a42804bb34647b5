//! All pieces together: the figures of a capture.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use crate::catalog::{Event, Kind, PUNCH};
use crate::finding::{Rule, Severity};
use crate::json::Place;
use crate::lang::Label;
use crate::rules::stream::DUPLICATE_EVENT;
use crate::rules::{self, is_unreadable};
use crate::seen::events::Window;
use crate::time::Millis;
use crate::view::table::alarms;

use super::choices::{ChoiceField, Said, said};
use super::gather::{Fact, Gathered, MOST_RISKY, MOST_VALUES, NONE, OTHERS, Question, Risky, TypePart};
use super::group::Groups;
use super::names::Names;
use super::people::{Minutes, PersonDays};
use super::quantiles::Quantiles;

/// So many types are told apart.
const MOST_TYPES: usize = 1000;

/// So many days are.
const MOST_DAYS: usize = 40_000;

/// So many people are, by ids of so many bytes together.
const MOST_PEOPLE: usize = 1 << 20;
const PEOPLE_BYTES: u32 = 1 << 26;

/// So many people of one value are.
const MOST_OF_VALUE: usize = 1 << 17;

/// The field of a punch that says how it was made, and the one that says whether it was in the field.
const HOW: &str = "type";
const IN_FIELD: &str = "is_field";

/// The bounds of the counts of delays, in milliseconds: each count is of those from one bound to below the next.
pub const DELAYS: [i64; 11] =
    [0, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000, 7_200_000, 86_400_000];

/// A moment in milliseconds, and by how many seconds clocks were after UTC then.
pub type LocalMillis = (i64, i32);

/// A type.
#[derive(Clone, Debug)]
pub struct TypeFigures {
    /// What the catalogue says of it, if it does.
    pub event: Option<&'static Event>,
    /// Its name.
    pub name: String,
    /// How many events.
    pub events: u64,
    /// The values of its fields.
    pub fields: Vec<FieldFigures>,
}

/// The values of a field.
#[derive(Clone, Debug)]
pub struct FieldFigures {
    /// The field.
    pub field: ChoiceField,
    /// In the order in which they came.
    pub values: Vec<ValueFigures>,
}

/// A value.
#[derive(Clone, Debug)]
pub struct ValueFigures {
    raw: Box<[u8]>,
    /// What it is called.
    pub said: Said,
    /// How many events have it.
    pub events: u64,
    /// Whose they are, where that is worth knowing, and how many of each.
    pub people: HashMap<u32, u32, foldhash::quality::RandomState>,
    notable: bool,
}

/// Findings of a rule that weigh the same.
#[derive(Clone, Copy, Debug)]
pub struct RuleFigures {
    /// The rule.
    pub rule: &'static Rule,
    /// What they weigh.
    pub severity: Severity,
    /// How many.
    pub count: u64,
}

/// Documents that are no events, of one kind.
#[derive(Clone, Copy, Debug)]
pub struct OtherFigures {
    /// What they are.
    pub what: Label,
    /// How many.
    pub count: u64,
}

/// The figures of a capture.
#[derive(Debug)]
pub struct Figures {
    /// What was asked.
    pub question: Arc<Question>,
    /// Events, deliveries of the same one counted once.
    pub events: u64,
    /// How many of them are punches.
    pub punches: u64,
    /// Deliveries of an event that came before with the same content: in nothing else here but the findings.
    pub repeats: u64,
    /// Documents that could not be read as events.
    pub unreadable: u64,
    /// Events that were not wanted.
    pub unwanted: u64,
    /// Events that have no moment, or one beyond the calendar.
    pub timeless: u64,
    /// Events of more types than are told apart.
    pub of_more_types: u64,
    /// When the first event happened, and the last.
    pub times: Option<[LocalMillis; 2]>,
    /// The least and the most that clocks were ahead of UTC at an event, in seconds.
    pub offsets: Option<[i32; 2]>,
    /// Events by the hours of each day since 1970.
    pub hours: BTreeMap<i32, [u64; 24]>,
    /// How much later events were made than what they tell happened.
    pub delays: Quantiles,
    /// The same, counted: before it, and then from each of `DELAYS` on.
    pub delay_counts: [u64; DELAYS.len() + 1],
    /// Who, by the number of each.
    pub people: Names,
    /// Whether there were more people than are told apart.
    pub crowded: bool,
    /// Punches by people and days.
    pub days: PersonDays,
    /// The first punches that a reader should be warned of.
    pub risky: Vec<Risky>,
    /// How many such punches there are.
    pub risky_punches: u64,
    /// Groups, where they were asked for.
    pub groups: Groups,
    /// The last day, which is not among the others yet.
    today: (i32, [u64; 24]),
    types: Vec<TypeFigures>,
    others: BTreeMap<&'static str, (Label, u64)>,
    rules: Vec<[u64; 3]>,
}

impl Figures {
    /// Nothing yet.
    pub fn new(question: Arc<Question>) -> Figures {
        Figures {
            question,
            events: 0,
            punches: 0,
            repeats: 0,
            unreadable: 0,
            unwanted: 0,
            timeless: 0,
            of_more_types: 0,
            times: None,
            offsets: None,
            hours: BTreeMap::new(),
            delays: Quantiles::default(),
            delay_counts: [0; DELAYS.len() + 1],
            people: Names::bounded(MOST_PEOPLE, PEOPLE_BYTES),
            crowded: false,
            days: PersonDays::default(),
            risky: Vec::new(),
            risky_punches: 0,
            groups: Groups::default(),
            today: (0, [0; 24]),
            types: Vec::new(),
            others: BTreeMap::new(),
            rules: vec![[0; 3]; rules::ALL.len()],
        }
    }

    /// Adds what was gathered from the next stretch: `text`, which stands at `place`. `window` remembers the events so far.
    pub fn add(&mut self, mut gathered: Gathered, text: &[u8], place: Place, window: &mut Window) {
        let (mut repeats, mut unreadable) = (Vec::new(), Vec::new());
        self.unwanted += gathered.collected.counts.unwanted;
        let told = gathered.collected.tell(window, text, None, |about, finding| {
            if let Some(at) = rules::ALL.iter().position(|rule| std::ptr::eq(*rule, finding.rule)) {
                self.rules[at][finding.severity as usize] += about.count;
            }
            let is_error = finding.severity == Severity::Error;
            if std::ptr::eq(finding.rule, &DUPLICATE_EVENT) && !is_error {
                repeats.push(about.document);
            }
            if is_error && is_unreadable(finding.rule) {
                self.unreadable += match about.count {
                    1 => u64::from(unreadable.last() != Some(&about.document)),
                    _ => about.unlisted,
                };
                unreadable.push(about.document);
            }
            Ok::<(), Infallible>(())
        });
        told.unwrap_or_else(|never| match never {});
        let is_among = |all: &[u64], document: u64| all.binary_search(&document).is_ok();
        for (document, what) in &gathered.others {
            if !is_among(&unreadable, *document) {
                self.others.entry(what.en).or_insert((*what, 0)).1 += 1;
            }
        }
        self.repeats += repeats.len() as u64;
        self.add_risky(std::mem::take(&mut gathered.risky), &repeats, text, place);
        let types: Vec<Option<Ours>> = gathered.types.iter().map(|part| self.ours(part)).collect();
        let (mut values, mut names, mut groups) = (Rest::new(), Rest::new(), Rest::new());
        for fact in &gathered.facts {
            let values = &gathered.values[values.next(fact.values)];
            let name = &gathered.names[names.next(fact.name)];
            let groups = groups.next(fact.groups);
            if is_among(&repeats, fact.document) {
                continue;
            }
            let person = match fact.person {
                0 => None,
                hash => self.people.number(hash, name),
            };
            self.crowded |= person.is_none() && fact.person != 0;
            let ours = types[fact.of as usize].as_ref();
            let event = self.event(fact, values, person, ours);
            let mut is_in_one = groups.is_empty();
            for key in groups {
                let (hash, key) = gathered.keys.get(key);
                if let Some(group) = self.groups.number(hash, key) {
                    is_in_one = true;
                    self.group(group, &event, values, ours);
                }
            }
            self.groups.left_out += u64::from(!is_in_one);
        }
    }

    fn event(
        &mut self,
        fact: &Fact,
        values: &[(u8, u8)],
        person: Option<u32>,
        ours: Option<&Ours>,
    ) -> Counted {
        self.events += 1;
        let at = Some((fact.at, fact.offset)).filter(|(at, _)| *at != NONE);
        let is_punch = ours.is_some_and(|ours| ours.is_punch);
        self.punches += u64::from(is_punch);
        match at {
            None => self.timeless += 1,
            Some(at) => {
                let [first, last] = self.times.unwrap_or([at, at]);
                self.times = Some([first.min(at), last.max(at)]);
                let [least, most] = self.offsets.unwrap_or([fact.offset; 2]);
                self.offsets = Some([least.min(fact.offset), most.max(fact.offset)]);
                let (day, second) = day_and_second(at);
                self.count_hour(day, second as usize / 3600);
                if let (true, Some(person)) = (is_punch, person) {
                    self.days.add(person, day, second);
                }
            }
        }
        if fact.delay != NONE {
            self.delays.add(fact.delay);
            self.delay_counts[DELAYS.partition_point(|bound| *bound <= fact.delay)] += 1;
        }
        let mut risky = false;
        if let Some(ours) = ours {
            let figures = &mut self.types[ours.at];
            figures.events += 1;
            for (field, value) in values {
                let field = usize::from(*field);
                let place = usize::from(ours.values[field][usize::from(*value)]);
                let value = &mut figures.fields[field].values[place];
                value.events += 1;
                risky |= value.said.alarm;
                if let (true, Some(person)) = (value.notable, person)
                    && (value.people.len() < MOST_OF_VALUE || value.people.contains_key(&person))
                {
                    *value.people.entry(person).or_default() += 1;
                }
            }
        } else {
            self.of_more_types += 1;
        }
        self.risky_punches += u64::from(risky && is_punch);
        Counted { person, at, is_punch, risky }
    }

    /// Counts an event in an hour of a day. Most are on the same day as the one before.
    fn count_hour(&mut self, day: i32, hour: usize) {
        if self.today.0 != day {
            self.settle();
            self.today.0 = day;
        }
        self.today.1[hour] += 1;
    }

    /// Puts the last day to the others; to be called when everything was added.
    pub fn settle(&mut self) {
        let (day, hours) = std::mem::take(&mut self.today);
        if hours == [0; 24] || self.hours.len() == MOST_DAYS && !self.hours.contains_key(&day) {
            return;
        }
        let all = self.hours.entry(day).or_insert([0; 24]);
        all.iter_mut().zip(hours).for_each(|(all, hour)| *all += hour);
    }

    /// Counts an event in a group.
    fn group(&mut self, number: u32, event: &Counted, values: &[(u8, u8)], ours: Option<&Ours>) {
        let group = self.groups.add(number, event.person, event.at.map(|(at, _)| at));
        let Some(ours) = ours.filter(|_| event.is_punch) else { return };
        group.risky += u64::from(event.risky);
        let (fields, mut way) = (&self.types[ours.at].fields, None);
        for (field, value) in values {
            let field = usize::from(*field);
            let place = ours.values[field][usize::from(*value)];
            match &*fields[field].field.name {
                IN_FIELD if fields[field].values[usize::from(place)].said.raw == "true" => group.field += 1,
                HOW => way = Some(place),
                _ => {}
            }
        }
        if let Some(way) = way {
            self.groups.add_way(number, way);
        }
    }

    /// Keeps the first risky punches, each with its line.
    fn add_risky(&mut self, risky: Vec<Risky>, repeats: &[u64], text: &[u8], place: Place) {
        let (mut line, mut from) = (place.lines + 1, 0);
        for mut punch in risky {
            if self.risky.len() == MOST_RISKY {
                return;
            }
            if repeats.binary_search(&punch.document).is_ok() {
                continue;
            }
            let to = punch.start.clamp(from, text.len());
            line += memchr::memchr_iter(b'\n', &text[from..to]).count() as u64;
            from = to;
            punch.line = line;
            self.risky.push(punch);
        }
    }

    /// Where a type of a stretch is counted, and where its values are; `None` where there are too many types.
    fn ours(&mut self, part: &TypePart) -> Option<Ours> {
        let is = |figures: &TypeFigures| match (figures.event, part.event) {
            (Some(ours), Some(theirs)) => std::ptr::eq(ours, theirs),
            (None, None) => *figures.name == *part.name,
            _ => false,
        };
        let known = self.types.iter().position(is);
        if known.is_none() && self.types.len() == MOST_TYPES {
            return None;
        }
        let at = known.unwrap_or(self.types.len());
        if known.is_none() {
            let fields = part.fields.iter().cloned();
            let fields = fields.map(|field| FieldFigures { field, values: Vec::new() }).collect();
            self.types.push(TypeFigures {
                event: part.event,
                name: part.name.to_string(),
                events: 0,
                fields,
            });
        }
        let is_punch = part.event.is_some_and(|event| event.name == PUNCH);
        let fields = &mut self.types[at].fields;
        let places = |(field, values): (&mut FieldFigures, &Vec<super::gather::Value>)| {
            values.iter().map(|value| field.place(&value.raw, is_punch)).collect()
        };
        Some(Ours { at, is_punch, values: fields.iter_mut().zip(&part.values).map(places).collect() })
    }

    /// The types, those with most events first.
    pub fn types(&self) -> Vec<&TypeFigures> {
        let mut types: Vec<&TypeFigures> = self.types.iter().filter(|figures| figures.events > 0).collect();
        types.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
        types
    }

    /// The type of punches, if there are any.
    pub fn punch_type(&self) -> Option<&TypeFigures> {
        self.types.iter().find(|figures| figures.events > 0 && figures.is_punch())
    }

    /// What was found, by rule: errors first, and of those the most frequent.
    pub fn rules(&self) -> Vec<RuleFigures> {
        let severities = [Severity::Note, Severity::Warning, Severity::Error];
        let all = rules::ALL.iter().zip(&self.rules).flat_map(|(rule, counts)| {
            severities.map(|severity| RuleFigures { rule, severity, count: counts[severity as usize] })
        });
        let mut all: Vec<RuleFigures> = all.filter(|figures| figures.count > 0).collect();
        all.sort_by_key(|figures| (std::cmp::Reverse(figures.severity), std::cmp::Reverse(figures.count)));
        all
    }

    /// The counts of delays that are worth a row, each by its place: what came before it, if anything did, and from the
    /// first of the others with events to the last.
    pub fn delay_rows(&self) -> impl Iterator<Item = (usize, u64)> {
        let is = |at: &usize| self.delay_counts[*at] > 0;
        let others = 1..self.delay_counts.len();
        let (start, end) =
            (others.clone().find(is).unwrap_or(1), others.rev().find(is).map_or(1, |at| at + 1));
        let rows = [0].into_iter().filter(move |_| self.delay_counts[0] > 0).chain(start..end);
        rows.map(|at| (at, self.delay_counts[at]))
    }

    /// What is no event though it could be read, by what it is.
    pub fn others(&self) -> impl Iterator<Item = OtherFigures> {
        self.others.values().map(|(what, count)| OtherFigures { what: *what, count: *count })
    }

    /// The first and the last punches of people on days, and on how many of those days there was but one.
    pub fn first_and_last(&self) -> (Minutes, Minutes, u64) {
        let (mut first, mut last, mut single) = (Minutes::default(), Minutes::default(), 0);
        for (_, _, day) in self.days.all() {
            first.add(day.first);
            last.add(day.last);
            single += u64::from(day.punches == 1);
        }
        (first, last, single)
    }

    /// How many people punched on each day.
    pub fn people_of_days(&self) -> BTreeMap<i32, u64> {
        self.days.people().filter(|(_, people)| *people > 0).collect()
    }

    /// How many people punched.
    pub fn employees(&self) -> usize {
        let mut punched = vec![false; self.people.len()];
        self.days.all().for_each(|(person, _, _)| punched[person as usize] = true);
        punched.into_iter().filter(|punched| *punched).count()
    }
}

impl TypeFigures {
    /// What a way in which punches were made is called, by its place.
    pub(super) fn way(&self, place: u8) -> Option<&Said> {
        let how = self.fields.iter().find(|field| field.field.name == HOW)?;
        how.values.get(usize::from(place)).map(|value| &value.said)
    }

    /// Whether it is that of punches.
    pub fn is_punch(&self) -> bool {
        self.event.is_some_and(|event| event.name == PUNCH)
    }

    /// The fields that say how punches were made, with the values of each.
    pub fn ways(&self) -> impl Iterator<Item = (&FieldFigures, Vec<&ValueFigures>)> {
        self.fields.iter().filter_map(|field| {
            let values = field.frequent();
            let is_flag = matches!(field.field.field.kind, Kind::Flag);
            if is_flag || alarms(field.field.field) {
                return None;
            }
            let calm: Vec<_> = values.into_iter().filter(|value| value.people.is_empty()).collect();
            (!calm.is_empty()).then_some((field, calm))
        })
    }

    /// What stands out among punches: values of which a reader should be warned, and flags that are set.
    pub fn notable(&self) -> impl Iterator<Item = (&FieldFigures, &ValueFigures)> {
        self.fields.iter().flat_map(|field| {
            let values = field.frequent().into_iter();
            values
                .filter(|value| value.said.alarm || value.said.raw == "true")
                .map(move |value| (field, value))
        })
    }
}

impl FieldFigures {
    /// The place of a value, which is added to those that are known.
    fn place(&mut self, raw: &[u8], is_punch: bool) -> u8 {
        if let Some(at) = self.values.iter().position(|value| *value.raw == *raw) {
            return at as u8;
        }
        let raw = if self.values.len() + 1 >= MOST_VALUES { OTHERS.as_bytes() } else { raw };
        if let Some(at) = self.values.iter().position(|value| *value.raw == *raw) {
            return at as u8;
        }
        let kind = &self.field.field.kind;
        let said = said(kind, raw);
        // Of punches most people have the usual values.
        let notable = match kind {
            Kind::Flag => said.raw == "true",
            _ => said.alarm || !is_punch,
        };
        self.values.push(ValueFigures {
            raw: raw.into(),
            said,
            events: 0,
            people: HashMap::default(),
            notable,
        });
        self.values.len() as u8 - 1
    }

    /// Whether its values say something: a flag that nothing has does not.
    pub fn is_telling(&self) -> bool {
        let is_flag = matches!(self.field.field.kind, Kind::Flag);
        self.values.iter().any(|value| value.events > 0 && !(is_flag && value.said.raw == "false"))
    }

    /// The values that events have, the most frequent first.
    pub fn frequent(&self) -> Vec<&ValueFigures> {
        let mut values: Vec<&ValueFigures> = self.values.iter().filter(|value| value.events > 0).collect();
        values.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.said.raw.cmp(&b.said.raw)));
        values
    }
}

impl ValueFigures {
    /// Whose events have it, who has most of them first; `most` of them.
    pub fn who(&self, most: usize) -> Vec<(u32, u32)> {
        let mut who: Vec<(u32, u32)> = self.people.iter().map(|(person, count)| (*person, *count)).collect();
        who.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
        who.truncate(most);
        who
    }
}

/// As what an event was counted.
struct Counted {
    person: Option<u32>,
    at: Option<LocalMillis>,
    is_punch: bool,
    risky: bool,
}

/// The parts of a list of which only the ends are known.
struct Rest(usize);

impl Rest {
    fn new() -> Rest {
        Rest(0)
    }

    /// The next part.
    fn next(&mut self, end: u32) -> Range<usize> {
        let start = std::mem::replace(&mut self.0, end as usize);
        start..end as usize
    }
}

/// Where a type of a stretch is counted.
struct Ours {
    at: usize,
    is_punch: bool,
    /// Of each field, the places of its values.
    values: Vec<Vec<u8>>,
}

/// The day since 1970 that clocks show, and the second of it.
pub fn day_and_second((at, offset): LocalMillis) -> (i32, u32) {
    let seconds = Millis(at).seconds().0 + i64::from(offset);
    let day = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX);
    (day, seconds.rem_euclid(86_400) as u32)
}
