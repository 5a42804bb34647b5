//! Which events are wanted: those that meet conditions, of these types, from one time to another. Asked on the workers,
//! event by event.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{self, EVENTS, Event};
use crate::engine::Seen;
use crate::lang::{Label, Lang, Sentence, both, label, say};
use crate::record::{Layout, slot};
use crate::time::{Millis, Zone, parse_span};

use super::condition::{Condition, Refused, note};
use super::literal::is_like;
use super::name::{Name, Own, Way, created, happened};
use super::spot::Spot;

/// How times that somebody types are understood.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// In this zone.
    pub zone: Zone,
    /// `today` is the day of this moment.
    pub now: Millis,
}

/// Which moment of an event counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// When it happened, or was made where nothing says so.
    #[default]
    Happened,
    /// When it was made, and so about delivered.
    Delivered,
}

/// Event types that somebody named: a type, or several by `*`, or what people call one.
#[derive(Clone, Debug)]
pub struct Types {
    /// As it was typed.
    pub typed: String,
    /// The name or pattern that it stands for.
    pattern: String,
    /// Which events there were, on any thread.
    asked: Arc<Asked>,
}

/// Of which types events were, as far as it matters.
#[derive(Debug, Default)]
struct Asked {
    /// An event was of the types that are asked for.
    met: AtomicBool,
    /// Some of the others, as long as none was. What the catalogue does not have may be anything, and is not repeated.
    others: Mutex<BTreeSet<&'static str>>,
    unknown: AtomicBool,
}

/// More types are no help.
const MOST: usize = 4;

impl FromStr for Types {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Types, Self::Err> {
        Ok(Types::named(text))
    }
}

impl Types {
    /// What somebody typed.
    pub fn named(text: &str) -> Types {
        let typed = text.trim();
        let titled = EVENTS.iter().find(|event| event.title.is(typed));
        let pattern = titled.map_or(typed, |event| event.name).to_owned();
        Types { typed: typed.to_owned(), pattern, asked: Arc::default() }
    }

    /// Where no event was of these types: what there is to say of that.
    pub fn words(&self, lang: Lang) -> Option<String> {
        if self.asked.met.load(Ordering::Relaxed) {
            return None;
        }
        let part = self.pattern.trim_matches(['*', '.']).to_lowercase();
        let with =
            EVENTS.iter().map(|event| event.name).filter(|name| !part.is_empty() && name.contains(&*part));
        let with: Vec<&str> = with.filter(|name| !self.has(name)).take(MOST).collect();
        let known = match &with[..] {
            [] => self.asked.words(lang),
            with => {
                let [zh, en] = ["、", ", "].map(|comma| with.join(comma));
                say!(lang, "；有 {zh} 等类型", "; there are types such as {en}")
            }
        };
        let typed = &self.typed;
        Some(say!(lang, "没有类型为 {typed} 的事件{known}", "no event was of type {typed}{known}"))
    }

    /// Whether none of them is documented, and no event was of one.
    pub(super) fn are_nowhere(&self) -> bool {
        !self.are_known() && !self.asked.met.load(Ordering::Relaxed)
    }

    /// Whether one of them is documented.
    pub(super) fn are_known(&self) -> bool {
        EVENTS.iter().any(|event| self.has(event.name))
    }

    /// An event is of another type.
    pub(super) fn other(&self, event: Option<&'static Event>) {
        let Asked { met, others, unknown } = &*self.asked;
        match event {
            _ if met.load(Ordering::Relaxed) => {}
            None => note(unknown),
            Some(event) => {
                let mut others = others.lock().unwrap_or_else(PoisonError::into_inner);
                if others.len() <= MOST {
                    others.insert(event.name);
                }
            }
        }
    }

    /// Whether a type is one of them.
    pub fn has(&self, name: &str) -> bool {
        is_like(name, &self.pattern)
    }

    /// The one type that it names; `None` for a pattern.
    pub fn one(&self) -> Option<&str> {
        Some(&*self.pattern).filter(|pattern| !pattern.contains('*'))
    }

    /// What is said where it names a type that nobody knows, and one is near.
    pub fn mistake(&self) -> Option<crate::suggest::Unknown> {
        let known = |name: &str| catalog::event(name).is_some() || catalog::unlisted(name).is_some();
        let name = self.one().filter(|name| !known(name))?;
        Some(catalog::unknown_event(name)).filter(|unknown| unknown.near.is_some())
    }
}

impl Asked {
    /// Of which types events were instead.
    fn words(&self, lang: Lang) -> String {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = label("目录中没有的类型", "types that are not in the catalogue").text(lang);
        let unknown = Some(unknown).filter(|_| self.unknown.load(Ordering::Relaxed));
        let more = (others.len() > MOST).then_some("..");
        let others: Vec<&str> = others.iter().copied().take(MOST).chain(more).chain(unknown).collect();
        let [zh, en] = ["、", ", "].map(|comma| others.join(comma));
        if others.is_empty() { String::new() } else { say!(lang, "；有 {zh}", "; there are {en}") }
    }
}

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct Select {
    conditions: Vec<Condition>,
    types: Vec<Types>,
    since: Option<Millis>,
    until: Option<Millis>,
    clock: Clock,
    zone: Option<Zone>,
}

impl Select {
    /// Events that meet all of these.
    ///
    /// # Errors
    ///
    /// What is no condition, or one that nothing can ever meet.
    pub fn new(conditions: &[String], types: &[Types], times: Times) -> Result<Select, Refused> {
        let conditions = conditions.iter().map(|text| Condition::parse(text, types, times));
        let (conditions, types) = (conditions.collect::<Result<_, _>>()?, types.to_vec());
        Ok(Select { conditions, types, zone: Some(times.zone), ..Select::default() })
    }

    /// The same, but only from one time to another. A day that is named as the end is meant as a whole.
    ///
    /// # Errors
    ///
    /// A text that names no time, or two between which there is none: why.
    pub fn between(
        self,
        since: Option<&str>,
        until: Option<&str>,
        clock: Clock,
        times: Times,
    ) -> Result<Select, Sentence> {
        let span = |flag: &str, text: &str| {
            parse_span(text, times.zone, times.now).map_err(|why| {
                let Sentence { zh, en } = (&why).into();
                both!("{flag}：{zh}", "{flag}: {en}")
            })
        };
        let typed = (since, until);
        let since = since.map(|text| span("--since", text)).transpose()?.map(|span| span.start);
        let until = until.map(|text| span("--until", text)).transpose()?;
        // Whole days are longer than a second.
        let until = until.map(|span| if span.end.0 - span.start.0 > 1000 { span.end } else { span.start });
        if let ((Some(from), Some(to)), true) =
            (typed, since.zip(until).is_some_and(|(since, until)| since >= until))
        {
            return Err(both!(
                "--since {from} 和 --until {to} 之间没有时间",
                "no time lies between --since {from} and --until {to}"
            ));
        }
        Ok(Select { since, until, clock, ..self })
    }

    /// Whether an event is wanted.
    #[inline]
    pub fn wants(&self, seen: &Seen<'_>, spot: &Spot) -> bool {
        (self.since.is_none() && self.until.is_none() || self.in_time(seen))
            && (self.types.is_empty() || self.is_of_types(seen))
            && self.conditions.iter().all(|condition| condition.holds(seen, spot))
    }

    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        self.conditions.is_empty() && self.types.is_empty() && !self.is_timed()
    }

    /// Whether only events from or to some time are wanted.
    pub fn is_timed(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether conditions ask where an event stands.
    pub fn asks_line(&self) -> bool {
        self.conditions.iter().any(|condition| condition.name.is_line())
    }

    /// What to say where columns show another moment of events than that by which they were selected.
    pub fn other_clock(&self, columns: &[&Name]) -> Option<Label> {
        if !self.is_timed() {
            return None;
        }
        let layouts: Vec<Layout> = EVENTS.iter().map(|event| Layout::of(Some(event))).collect();
        let leads = |name: &Name, slot: fn(&Layout) -> Option<usize>| {
            let mut asked = layouts.iter().filter(|layout| self.is_asked(layout.event));
            asked.any(|layout| matches!(name.way(layout.event), Way::Slot(at) if Some(*at) == slot(layout)))
        };
        let happened = |name: &&Name| name.own() == Some(Own::Day) || leads(name, |layout| layout.happened);
        let delivered = |name: &&Name| leads(name, |_| Some(slot::CREATE_TIME));
        self.unlike(columns.iter().any(happened), columns.iter().any(delivered))
    }

    /// The same where it is known of both moments whether they are shown.
    pub fn unlike(&self, happened: bool, delivered: bool) -> Option<Label> {
        // Types that say nothing of when things happened have one clock.
        let mut asked = EVENTS.iter().filter(|event| self.is_asked(Some(event)));
        let mut any_happens = || asked.any(|event| event.happened.is_some());
        match self.clock {
            _ if !self.is_timed() => None,
            Clock::Happened if delivered && !happened && any_happens() => Some(label(
                "--since 和 --until 按发生时间筛选，显示的却是投递时间：加 --clock delivered 就按投递时间筛选",
                "--since and --until go by when things happened, what is shown is when events were delivered: \
                 --clock delivered goes by that",
            )),
            Clock::Delivered if happened && !delivered => Some(label(
                "--since 和 --until 按投递时间筛选，显示的却是发生时间：加 --clock happened 就按发生时间筛选",
                "--since and --until go by when events were delivered, what is shown is when things happened: \
                 --clock happened goes by that",
            )),
            _ => None,
        }
    }

    /// Whether events of a type are wanted.
    fn is_asked(&self, event: Option<&Event>) -> bool {
        self.types.is_empty()
            || event.is_some_and(|event| self.types.iter().any(|types| types.has(event.name)))
    }

    fn is_of_types(&self, seen: &Seen<'_>) -> bool {
        let name = seen.type_name();
        let found = self.types.iter().find(|types| types.has(&name));
        match found {
            Some(types) => note(&types.asked.met),
            None => self.types.iter().for_each(|types| types.other(seen.event())),
        }
        found.is_some()
    }

    /// What there is to say of the questions once all events have been asked, but for how many met them.
    pub fn words(&self, lang: Lang) -> Vec<String> {
        let types = self.types.iter().filter(|_| !self.is_timed()).filter_map(|types| types.words(lang));
        self.conditions.iter().filter_map(|condition| condition.words(lang)).chain(types).collect()
    }

    /// Whether something was asked for that neither the documents nor the events have, once all have been asked: a type, a
    /// field, a value. What is only not there today is no mistake, and who asks for a time does not see all events.
    pub fn is_in_vain(&self) -> bool {
        let timed = self.is_timed();
        !timed && self.types.iter().any(Types::are_nowhere)
            || self.conditions.iter().any(|condition| condition.is_in_vain(timed))
    }

    /// The zone in which times are asked; `None` where the answer is the same in any.
    pub fn zone(&self) -> Option<Zone> {
        self.zone.filter(|_| self.is_timed() || self.conditions.iter().any(Condition::is_zoned))
    }

    /// Without a moment an event is in no span of time.
    fn in_time(&self, seen: &Seen<'_>) -> bool {
        let happened = if self.clock == Clock::Happened { happened(seen) } else { None };
        let Some(at) = happened.or_else(|| created(seen)) else { return false };
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at < until)
    }
}
