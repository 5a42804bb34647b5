//! The moments of an event beside each other, judged when the document is whole: `header` may follow `event`.

use crate::catalog::{EVENT_CREATE_TIME, Envelope};
use crate::finding::Sink;
use crate::json::{Path, Segment};
use crate::record::{Record, slot};
use crate::rules::{Site, time};
use crate::time::{Millis, Unit, Zone};

use super::plan::Plan;

/// Judges every moment of a record, and their order. Returns the unit in which its `create_time` is documented.
#[inline]
pub(crate) fn judge(record: &Record<'_>, plan: &Plan, zone: Zone, sink: &mut impl Sink) -> Unit {
    let created = record.number(slot::CREATE_TIME);
    let created_unit = plan.layout.event.map_or(Unit::Millis, |event| event.created_in);
    // An event whose own time is in doubt says nothing of the others.
    let anchor = created
        .filter(|value| Unit::guess(*value) == Some(created_unit))
        .and_then(|value| created_unit.to_millis(value));
    let is_v1 = plan.layout.event.is_some_and(|event| event.envelope == Envelope::V1);
    for &(at, unit) in &plan.times {
        let at = usize::from(at);
        let Some(value) = record.number(at) else { continue };
        // That of a v1 event stands around it, and has been judged there.
        if is_v1 && at == slot::CREATE_TIME {
            continue;
        }
        let (unit, anchor) = if at == slot::CREATE_TIME { (created_unit, None) } else { (unit, anchor) };
        // The times of other types may be long past or far off: when somebody joined, when a contract ends.
        let recent = at == slot::CREATE_TIME || plan.is_punch;
        if let Some(trouble) = time::moment(value, unit, anchor, recent) {
            with_site(record, at, zone, |site| trouble.report(site, sink));
        }
    }
    if let (Some(at), Some(created), true) = (plan.layout.happened, anchor, plan.is_punch) {
        compare(record, at, created, zone, sink);
    }
    created_unit
}

fn compare(record: &Record<'_>, at: usize, created: Millis, zone: Zone, sink: &mut impl Sink) {
    let Some(value) = record.number(at) else { return };
    if Unit::guess(value) == Some(Unit::Seconds) {
        let punched = Unit::Seconds.to_seconds(value);
        if time::is_after(punched, created) {
            with_site(record, at, zone, |site| time::punch_after_event(site, punched, created, sink));
        }
    }
}

/// Hands over the site of a slot's value.
#[cold]
fn with_site(record: &Record<'_>, at: usize, zone: Zone, judge: impl FnOnce(&Site<'_>)) {
    let slot = &record.slots[at];
    let column = &record.layout.columns[at];
    let (last, steps) = column.steps.split_last().expect("a column has a key");
    let last =
        if at == slot::CREATE_TIME && record.is_created_by_approval() { EVENT_CREATE_TIME } else { last };
    down(&Path::ROOT, steps, |parent| {
        judge(&Site {
            text: record.text,
            start: slot.start as usize,
            end: slot.end as usize,
            parent,
            segment: Segment::Key(last),
            kind: column.field.kind,
            field: column.field,
            slotted: true,
            zone,
        });
    });
}

/// Hands over the path that these keys lead to.
pub(super) fn down(path: &Path<'_>, steps: &[&'static str], then: impl FnOnce(&Path<'_>)) {
    match steps {
        [] => then(path),
        [one] => then(&path.child(Segment::Key(one))),
        _ => deeper(path, steps, &mut Some(then)),
    }
}

fn deeper<F: FnOnce(&Path<'_>)>(path: &Path<'_>, steps: &[&'static str], then: &mut Option<F>) {
    match steps.split_first() {
        Some((first, rest)) => deeper(&path.child(Segment::Key(first)), rest, then),
        None => then.take().expect("called once")(path),
    }
}
