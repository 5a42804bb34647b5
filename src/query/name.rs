//! What a name leads to in an event: `check_time`, `check_time.day`, `sender.sender_id.open_id`, `file`.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::catalog::{BODY, EVENTS, Event, Field, HEAD, Kind, Wire};
use crate::engine::Seen;
use crate::json::{Cursor, DottedPath, SyntaxError, Token, TokenKind, Values, tree};
use crate::lang::{Label, both, label};
use crate::record::{Column, Layout, Record, Slot, slot};
use crate::suggest::Unknown;
use crate::time::{Millis, Unit};

use super::near::{no_part, unknown};
use super::select::Types;
use super::spot::Spot;
use super::value::Class;

/// What a name is that nothing has.
pub(super) const FIELD: Label = label("字段", "field");

/// What is asked of a value, by what stands behind its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value, as each command has it.
    Whole,
    /// `.raw`: as it stands in the document.
    Raw,
    /// `_iso`: a moment by ISO 8601.
    Iso,
    /// `_label`: what the catalogue calls it.
    Label,
    /// `.day`: of a moment, `2021-03-10`.
    Day,
    /// `.time`: of a moment, the time of day.
    Time,
    /// `.hour`: of a moment, 0 to 23.
    Hour,
}

impl Part {
    /// Every part with what stands behind the name for it; `:raw` is what `.raw` was before.
    pub(super) const ENDINGS: [(&'static str, Part); 7] = [
        (".raw", Part::Raw),
        (":raw", Part::Raw),
        ("_iso", Part::Iso),
        ("_label", Part::Label),
        (".day", Part::Day),
        (".time", Part::Time),
        (".hour", Part::Hour),
    ];

    /// What may stand behind the name of a field of this kind, and what it asks for.
    pub fn of(kind: &Kind) -> impl Iterator<Item = (&'static str, Label)> {
        let usual = Part::ENDINGS.iter().filter(|(ending, part)| *ending != ":raw" && part.is_of(kind));
        usual.map(|(ending, part)| (*ending, part.what()))
    }

    /// A name and the part that its ending asks for.
    fn split(name: &str) -> Option<(&str, Part)> {
        let split = |(ending, part): &(&'static str, Part)| Some((name.strip_suffix(*ending)?, *part));
        // What is left of `event.day` names no field: it is a field of the event's own.
        Part::ENDINGS.iter().find_map(split).filter(|(base, _)| *base != BODY && *base != HEAD)
    }

    /// What it is, in words.
    fn what(self) -> Label {
        match self {
            Part::Whole => label("值", "value"),
            Part::Raw => label("原始值", "raw value"),
            Part::Iso => label("时刻", "moment"),
            Part::Label => label("标签", "labels"),
            Part::Day => label("日期", "day"),
            Part::Time => label("钟点", "time of day"),
            Part::Hour => label("小时", "hour"),
        }
    }

    /// Whether values of a kind have it.
    pub fn is_of(self, kind: &Kind) -> bool {
        match self {
            Part::Whole | Part::Raw => true,
            Part::Label => matches!(item(kind), Kind::Choice(_) | Kind::Word(_)),
            Part::Iso => matches!(item(kind), Kind::Time(..) | Kind::Any),
            Part::Day | Part::Time | Part::Hour => {
                matches!(item(kind), Kind::Time(..) | Kind::Rfc3339 | Kind::DateTime | Kind::Any)
            }
        }
    }
}

/// The kind of the items of a list, of lists within it too; of anything else its own.
pub(super) fn item(mut kind: &Kind) -> &Kind {
    while let Kind::List(inner) = kind {
        kind = inner;
    }
    kind
}

/// What a table of many types calls the type of an event.
pub(crate) const EVENT: Label = label("事件", "event");
/// What a table of several files calls the place of an event.
pub(crate) const PLACE: Label = label("出处", "file");
/// What a table of many types calls what an event says in short, which is no field.
pub(crate) const CONTENT: Label = label("内容", "content");

/// A field of ours: what every event has, though no document says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// The file in which it stands.
    File,
    /// The line.
    Line,
    /// How long after it happened it was delivered.
    Delay,
    /// The day on which it happened.
    Day,
    /// Its type, also where it has another name for it.
    EventType,
}

impl Own {
    /// Every one with its name.
    pub const ALL: [(&'static str, Own); 5] = [
        ("file", Own::File),
        ("line", Own::Line),
        ("delay", Own::Delay),
        ("day", Own::Day),
        ("event_type", Own::EventType),
    ];

    /// The titles that tables have for some of them.
    const TITLES: [(Label, Own); 2] = [(EVENT, Own::EventType), (PLACE, Own::File)];

    /// The one of this name or title, with its name.
    fn find(name: &str) -> Option<(&'static str, Own)> {
        let titled = |(title, _): &&(Label, Own)| title.is(name) && name != BODY;
        let titled = Own::TITLES.iter().find(titled).map(|(_, own)| *own);
        Own::ALL.into_iter().find(|(known, own)| *known == name || titled == Some(*own))
    }

    fn named(name: &str) -> Option<Own> {
        Own::find(name).map(|(_, own)| own)
    }

    /// The same in both languages.
    pub(super) fn titles() -> impl Iterator<Item = String> {
        Own::TITLES.iter().flat_map(|(title, _)| [title.zh, title.en]).map(str::to_owned)
    }
}

/// Where a name leads in the events of one type.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// To a slot of the record.
    Slot(usize),
    /// To several, which share a title.
    Slots(Vec<usize>),
    /// To what a path leads to, from the body on or from the top of the document, of a documented kind.
    Documented { path: DottedPath, kind: Kind, body: bool },
    /// To what the path leads to, if anything, from the body on or else from the top of the document; else to a field of
    /// ours.
    Undocumented(Option<Own>),
    /// To a field of ours.
    Own(Own),
}

/// A name that somebody typed, and where it leads.
#[derive(Clone, Debug)]
pub struct Name {
    /// As it was typed.
    pub typed: String,
    /// Without what asks for a part.
    pub base: String,
    /// What is asked of the value.
    pub part: Part,
    /// The way of events that the catalogue knows, by the address of their entry.
    ways: HashMap<usize, Way, foldhash::fast::RandomState>,
    /// That of any other.
    other: Way,
    /// The path that the whole name is, and that of its base; `None` where it is none.
    path: Option<DottedPath>,
    base_path: Option<DottedPath>,
    /// Whether the path is that of the event's own.
    body: bool,
    /// The kinds that the catalogue has for it, and whether their values are known not to be all.
    pub kinds: Vec<(Kind, bool)>,
    /// Whether its path led anywhere, on any thread.
    led: Arc<AtomicBool>,
}

/// A value that a name leads to.
#[derive(Clone, Debug)]
pub enum Got<'g> {
    /// JSON.
    Json {
        /// What the catalogue says of it.
        kind: Kind,
        /// Its JSON type.
        token: TokenKind,
        /// Its JSON.
        raw: &'g [u8],
        /// What it holds as a number, if that is known.
        number: Option<i64>,
    },
    /// A file.
    File(&'g str),
    /// The type of an event, and what the catalogue has of it.
    Type(Cow<'g, str>, Option<&'static Event>),
    /// A number of ours.
    Number(u64),
    /// A length of time of ours.
    Length(Millis),
    /// The moment whose day is asked for.
    DayOf(Millis),
}

/// What documents have for a name: how it is written, and of what kind it is.
struct Documented {
    way: Way,
    field: Option<&'static Field>,
    kind: Kind,
}

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    ///
    /// It is a bare name that no event type has, nor any title.
    pub fn parse(typed: &str) -> Result<Name, Unknown> {
        Name::parse_of(typed, &[])
    }

    /// Reads a name in events of these types, or of any where there are none.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn parse_of(typed: &str, types: &[Types]) -> Result<Name, Unknown> {
        let all = layouts();
        let is_asked = |layout: &&Layout| {
            layout.event.is_some_and(|event| types.iter().any(|types| types.has(event.name)))
        };
        let some: Vec<Layout> = all.iter().filter(is_asked).cloned().collect();
        match Name::find(typed, &some) {
            Ok(name) if !some.is_empty() && !name.ways.is_empty() => Ok(name),
            _ => Name::find(typed, &all),
        }
    }

    fn find(typed: &str, layouts: &[Layout]) -> Result<Name, Unknown> {
        let typed = typed.trim();
        if let Some(name) = Name::known(typed, typed, Part::Whole, layouts) {
            return Ok(name);
        }
        if let Some((base, part)) = Part::split(typed)
            && let Some(name) = Name::known(typed, base, part, layouts)
        {
            return Ok(name);
        }
        let title = |base, part| Name::titled(typed, base, part, layouts);
        let split = Part::split(typed);
        if let Some(name) =
            title(typed, Part::Whole).or_else(|| split.and_then(|(base, part)| title(base, part)))
        {
            return Ok(name);
        }
        if let Some((base, part)) = Part::split(typed)
            && Name::known(typed, base, Part::Whole, layouts).is_some()
        {
            let part = part.what();
            let (zh, en) = (part.zh, part.en);
            let known = both!("`{base}` 没有{zh}", "`{base}` has no {en}");
            return Err(Unknown { what: FIELD, name: typed.to_owned(), near: None, known });
        }
        if let Some((base, _)) = typed.rsplit_once('.')
            && let Some(name) =
                Name::known(typed, base, Part::Whole, layouts).or_else(|| title(base, Part::Whole))
            && name.is_moment()
        {
            return Err(no_part(typed, base));
        }
        let is_path =
            typed.contains(['.', '[']) && DottedPath::parse(typed.trim_end_matches(":raw")).is_some();
        if is_path {
            let (base, part) = match Part::split(typed) {
                // A path has no such twins, or a key that ends so.
                Some((_, Part::Iso | Part::Label)) | None => (typed, Part::Whole),
                Some(split) => split,
            };
            return Ok(Name::new(typed, base, part, HashMap::default(), Vec::new()));
        }
        Err(unknown(typed, layouts))
    }

    /// The name where it is a title that people see: in the events of each type it leads to the fields that have it there.
    fn titled(typed: &str, base: &str, part: Part, layouts: &[Layout]) -> Option<Name> {
        let (mut ways, mut kinds) = (HashMap::default(), Vec::new());
        for layout in layouts {
            let has_part = |at: &usize| part.is_of(&layout.columns[*at].field.kind);
            let slots: Vec<usize> = titled(base, layout).filter(has_part).collect();
            for at in &slots {
                add_kinds(layout.columns[*at].field, &mut kinds);
            }
            if let (false, Some(event)) = (slots.is_empty(), layout.event) {
                let way = if let [slot] = slots[..] { Way::Slot(slot) } else { Way::Slots(slots) };
                ways.insert(std::ptr::from_ref(event).addr(), way);
            }
        }
        (!ways.is_empty()).then(|| Name::new(typed, base, part, ways, kinds))
    }

    /// Reads a name that the events of one type have, by its documents or of ours. `None` where it is none of theirs.
    pub(crate) fn within(typed: &str, layout: &Layout) -> Option<Name> {
        let layouts = std::slice::from_ref(layout);
        let part = || {
            let (base, part) = Part::split(typed)?;
            Name::known(typed, base, part, layouts)
        };
        Name::known(typed, typed, Part::Whole, layouts).or_else(part)
    }

    /// The fields of any type that people call so, by their names.
    pub(crate) fn all_titled(title: &str) -> BTreeSet<String> {
        let names = |layout: &Layout| -> Vec<String> {
            titled(title.trim(), layout).map(|at| layout.columns[at].name.clone()).collect()
        };
        layouts().iter().flat_map(names).collect()
    }

    /// The fields of one type that people call so, by their names.
    pub(crate) fn titled_within(title: &str, layout: &Layout) -> Option<Vec<String>> {
        let names: Vec<String> = titled(title, layout).map(|at| layout.columns[at].name.clone()).collect();
        (!names.is_empty()).then_some(names)
    }

    fn new(
        typed: &str,
        base: &str,
        part: Part,
        ways: HashMap<usize, Way, foldhash::fast::RandomState>,
        kinds: Vec<(Kind, bool)>,
    ) -> Name {
        let own = Own::named(base);
        let other = match own {
            Some(Own::EventType) => Way::Own(Own::EventType),
            own => Way::Undocumented(own),
        };
        let strip = |name: &str| {
            DottedPath::parse(name.strip_prefix(BODY).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name))
        };
        let body = base.strip_prefix(BODY).is_some_and(|rest| rest.starts_with('.'));
        let path = strip(typed).filter(|_| part != Part::Whole);
        Name {
            typed: typed.to_owned(),
            base: base.to_owned(),
            part,
            ways,
            other,
            path,
            base_path: strip(base),
            body,
            kinds,
            led: Arc::default(),
        }
    }

    /// The name where some event type, or all of ours, has what it says.
    fn known(typed: &str, base: &str, part: Part, layouts: &[Layout]) -> Option<Name> {
        let (base, own) = Own::find(base).map_or((base, None), |(name, own)| (name, Some(own)));
        let mut kinds: Vec<(Kind, bool)> = Vec::new();
        let mut ways = HashMap::default();
        let is_whole = matches!(part, Part::Whole | Part::Raw);
        let mut found = own.is_some_and(|own| is_whole || own == Own::Day && part == Part::Day);
        for layout in layouts {
            if own == Some(Own::EventType) {
                break;
            }
            let documented = documented(layout, base).filter(|documented| part.is_of(&documented.kind));
            let Some(Documented { way, field, kind }) = documented else { continue };
            found = true;
            match field {
                Some(field) => add_kinds(field, &mut kinds),
                None => kinds.push((kind, false)),
            }
            if let Some(event) = layout.event {
                ways.insert(std::ptr::from_ref(event).addr(), way);
            }
        }
        let mut name = found.then(|| Name::new(typed, base, part, ways, kinds))?;
        // What stands in every header does so in those of unknown types too.
        if let (None, Some(slot)) = (
            own,
            layouts
                .first()
                .map_or(&[][..], |layout| &layout.columns)
                .iter()
                .position(|column| column.shared && is_named(column, base)),
        ) {
            name.other = Way::Slot(slot);
        }
        Some(name)
    }

    /// The field of ours that it is where no document says otherwise.
    pub fn own(&self) -> Option<Own> {
        Own::named(&self.base)
    }

    /// Whether it is a moment wherever it is documented, and nobody says that it is of the event's own.
    fn is_moment(&self) -> bool {
        let is_moment = |(kind, _): &(Kind, bool)| Part::Day.is_of(kind) && !matches!(item(kind), Kind::Any);
        !self.body && !self.kinds.is_empty() && self.kinds.iter().all(is_moment)
    }

    /// Whether it is said to be of the event's own: `event.X`.
    pub fn is_own(&self) -> bool {
        self.body
    }

    /// Whether it is a path that nobody documents and no event so far had.
    pub fn led_nowhere(&self) -> bool {
        self.kinds.is_empty() && self.own().is_none() && !self.led.load(Ordering::Relaxed)
    }

    /// Whether it may ask on which line an event stands.
    pub fn is_line(&self) -> bool {
        self.own() == Some(Own::Line)
    }

    /// Whether all that it names are texts, letter for letter. Ids are: none is the number 1e5.
    pub(crate) fn is_of_texts(&self) -> bool {
        let is_text = |(kind, _): &(Kind, bool)| matches!(Class::of(kind, self.part), Class::Text);
        matches!(self.own(), Some(Own::File | Own::EventType))
            || !self.kinds.is_empty() && self.kinds.iter().all(is_text)
    }

    pub(crate) fn way(&self, event: Option<&'static Event>) -> &Way {
        event.and_then(|event| self.ways.get(&std::ptr::from_ref(event).addr())).unwrap_or(&self.other)
    }

    /// Visits the values that the name leads to in an event, the items of lists one by one, until `take` answers true;
    /// whether it did. What is absent or null is not visited. `take` is told which part is asked for.
    pub fn any(&self, seen: &Seen<'_>, spot: &Spot, mut take: impl FnMut(Got<'_>, Part) -> bool) -> bool {
        let record = &seen.record;
        let own = match self.way(seen.event()) {
            Way::Slot(at) => return slot_of(record, *at, &mut |got| take(got, self.part)),
            Way::Slots(slots) => {
                return slots.iter().any(|at| slot_of(record, *at, &mut |got| take(got, self.part)));
            }
            Way::Undocumented(own) => *own,
            Way::Documented { .. } => None,
            Way::Own(own) => return self.of_ours(*own, seen, spot).is_some_and(|got| take(got, self.part)),
        };
        if let Some((Values { values, .. }, kind, part)) = self.led(seen) {
            let json = |value: &Token| &record.text[value.start..value.end];
            return values
                .iter()
                .any(|value| each(kind, value.kind, json(value), None, &mut |got| take(got, part)));
        }
        own.and_then(|own| self.of_ours(own, seen, spot)).is_some_and(|got| take(got, self.part))
    }

    /// The JSON that the name leads to in an event. `None` where there is nothing, or it is a field of ours.
    pub(crate) fn json<'s>(&self, seen: &Seen<'s>) -> Option<Led<'s>> {
        let record = &seen.record;
        let slot = match self.way(seen.event()) {
            Way::Slot(at) => Some(*at),
            Way::Slots(slots) => {
                slots.iter().copied().find(|at| !record.is_empty(*at)).or(slots.first().copied())
            }
            _ => None,
        };
        if let Some(at) = slot {
            let kind = record.layout.columns[at].field.kind;
            return Some(Led { json: Cow::Borrowed(record.raw(at)?), kind, part: self.part, many: false });
        }
        let (Values { values, many }, kind, part) = self.led(seen)?;
        let json = |value: &Token| &record.text[value.start..value.end];
        let json = match (&values[..], many) {
            ([value], false) => Cow::Borrowed(json(value)),
            _ => {
                let all: Vec<&[u8]> = values.iter().map(json).collect();
                Cow::Owned([&b"["[..], &all.join(&b","[..]), b"]"].concat())
            }
        };
        Some(Led { json, kind, part, many })
    }

    /// What a path of the name leads to in an event; nothing where it is no path there.
    fn led(&self, seen: &Seen<'_>) -> Option<(Values, Kind, Part)> {
        let body = seen.body.map(|(start, _)| start);
        let find = |path: &DottedPath, start: usize| {
            Some(path.find(seen.record.text, start)).filter(|found| !found.values.is_empty())
        };
        match self.way(seen.event()) {
            Way::Documented { path, kind, body: own } => {
                let start = if *own { body? } else { seen.start };
                Some((find(path, start)?, *kind, self.part))
            }
            // An event that has only what is documented has nothing for a name that nobody documents.
            Way::Undocumented(_) if !seen.usual => {
                let top = Some(seen.start).filter(|_| !self.body);
                let ways = [(&self.path, Part::Whole), (&self.base_path, self.part)];
                ways.into_iter().find_map(|(path, part)| {
                    let path = path.as_ref()?;
                    let values = [body, top].into_iter().flatten().find_map(|start| find(path, start))?;
                    if !self.led.load(Ordering::Relaxed) {
                        self.led.store(true, Ordering::Relaxed);
                    }
                    Some((values, Kind::Any, part))
                })
            }
            _ => None,
        }
    }

    fn of_ours<'g>(&self, own: Own, seen: &Seen<'g>, spot: &'g Spot) -> Option<Got<'g>> {
        Some(match own {
            Own::File => Got::File(&spot.file),
            Own::Line => Got::Number(spot.line(seen)),
            Own::EventType => {
                Got::Type(Some(seen.type_name()).filter(|name| !name.is_empty())?, seen.event())
            }
            Own::Day => Got::DayOf(happened(seen).or_else(|| created(seen))?),
            Own::Delay => Got::Length(delay(seen)?),
        })
    }
}

/// The JSON to which a name leads in an event.
pub(crate) struct Led<'s> {
    /// Several values are an array.
    pub json: Cow<'s, [u8]>,
    /// What the catalogue says of the value, or of each of several.
    pub kind: Kind,
    /// What is asked of it.
    pub part: Part,
    /// Whether a list was passed on the way, so that the array is of our making.
    pub many: bool,
}

/// Hands on the value in a slot, or the items of its list.
fn slot_of(record: &Record<'_>, at: usize, take: &mut impl FnMut(Got<'_>) -> bool) -> bool {
    let Slot { kind: token, .. } = record.slots[at];
    let kind = record.layout.columns[at].field.kind;
    record.raw(at).is_some_and(|raw| each(kind, token, raw, record.slots[at].number(), take))
}

/// Hands on a value, or the items of a list; null is nothing.
fn each(
    kind: Kind,
    token: TokenKind,
    raw: &[u8],
    number: Option<i64>,
    take: &mut impl FnMut(Got<'_>) -> bool,
) -> bool {
    match (token, kind) {
        (TokenKind::Null, _) => false,
        (TokenKind::Array, _) => {
            let inner = if let Kind::List(inner) = kind { *inner } else { Kind::Any };
            tree::items(raw, 0).any(|item| each(inner, item.kind, &raw[item.start..item.end], None, take))
        }
        _ => take(Got::Json { kind, token, raw, number }),
    }
}

/// The moment in a slot, by the unit that its magnitude tells: a wrong unit, or a wrong type, is for `check` to say.
fn moment_in(seen: &Seen<'_>, at: usize) -> Option<Millis> {
    let value = seen.record.meant(at)?;
    // Far from our days the magnitude tells nothing: then it is of the unit that is documented.
    let documented = match seen.record.layout.columns[at].field.kind {
        Kind::Time(unit, _) => Some(unit),
        _ => None,
    };
    Unit::guess(value).or(documented)?.to_millis(value)
}

/// When the thing happened, where the event says so.
pub fn happened(seen: &Seen<'_>) -> Option<Millis> {
    seen.happened.and_then(|at| moment_in(seen, at))
}

/// When the event was made.
pub fn created(seen: &Seen<'_>) -> Option<Millis> {
    moment_in(seen, slot::CREATE_TIME)
}

/// How long after it happened the event was made, each by the unit that its magnitude tells.
pub(crate) fn delay(seen: &Seen<'_>) -> Option<Millis> {
    created(seen)?.since(happened(seen)?)
}

/// The layouts of all event types; that of a punch first.
fn layouts() -> Vec<Layout> {
    EVENTS.iter().map(|event| Layout::of(Some(event))).collect()
}

/// Whether a column is meant by a name: `event.app_id` is the event's own, `header.app_id` the header's, `app_id`
/// either.
fn is_named(column: &Column, name: &str) -> bool {
    match name.split_once('.') {
        Some((BODY, rest)) if !column.shared && column.name == rest => true,
        Some((HEAD, rest)) if column.shared && column.name == rest => true,
        Some((BODY, _)) => false,
        _ => column.name == name,
    }
}

/// What an event type has for a name.
fn documented(layout: &Layout, name: &str) -> Option<Documented> {
    if let Some(at) = layout.columns.iter().position(|column| is_named(column, name)) {
        let field = layout.columns[at].field;
        return Some(Documented { way: Way::Slot(at), field: Some(field), kind: field.kind });
    }
    let event = layout.event?;
    let header = name.strip_prefix(HEAD).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
    if let Some(field) = event.header.iter().find(|field| field.key == header) {
        let path = DottedPath::parse(&format!("{HEAD}.{header}"))?;
        return Some(Documented {
            way: Way::Documented { path, kind: field.kind, body: false },
            field: Some(field),
            kind: field.kind,
        });
    }
    // Within lists, and objects as a whole.
    let own = name.strip_prefix(BODY).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
    let path = DottedPath::parse(own)?;
    let (mut fields, mut found) = (event.fields, None::<&'static Field>);
    for key in path.keys() {
        let field = fields.iter().find(|field| field.key == key)?;
        fields = if let Kind::Object(inner) = item(&field.kind) { inner } else { &[] };
        found = Some(field);
    }
    let kind = found?.kind;
    Some(Documented { way: Way::Documented { path, kind, body: true }, field: found, kind })
}

/// Whether two kinds are compared alike.
pub(super) fn is_same(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Choice(a), Kind::Choice(b)) => std::ptr::eq(*a, *b),
        (Kind::Word(a), Kind::Word(b)) => std::ptr::eq(*a, *b),
        (Kind::List(a), Kind::List(b)) => is_same(a, b),
        (Kind::Time(_, Wire::Text), Kind::Time(_, Wire::Text)) => true,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Adds the kinds that a field is documented as, where none is compared like them.
fn add_kinds(field: &Field, kinds: &mut Vec<(Kind, bool)>) {
    for kind in std::iter::once(&field.kind).chain(field.also) {
        if !kinds.iter().any(|(known, open)| is_same(known, kind) && *open == field.open) {
            kinds.push((*kind, field.open));
        }
    }
}

/// The slots of a layout that people call so.
fn titled<'l>(title: &'l str, layout: &'l Layout) -> impl Iterator<Item = usize> + 'l {
    let is_title = move |column: &Column| titles(column).any(|known| known.eq_ignore_ascii_case(title));
    layout.columns.iter().enumerate().filter(move |(_, column)| is_title(column)).map(|(at, _)| at)
}

/// What people call a column: its own title or that of its line, alone and behind that of the object around.
pub(super) fn titles(column: &Column) -> impl Iterator<Item = String> {
    let own = [Some(column.field.title), column.line.map(|line| line.title)].into_iter().flatten();
    let outer = column.within;
    own.flat_map(move |label| {
        let within =
            outer.map(|outer| [format!("{}{}", outer.zh, label.zh), format!("{} {}", outer.en, label.en)]);
        [label.zh.to_owned(), label.en.to_owned()].into_iter().chain(within.into_iter().flatten())
    })
}

/// What a number or a text is in JSON as a text: a string unescaped, anything else as it stands.
pub(super) fn text_of(token: TokenKind, raw: &[u8]) -> Cow<'_, str> {
    match token {
        TokenKind::String { .. } => crate::json::unescape(&raw[1..raw.len() - 1]),
        _ => str::from_utf8(raw).map_or_else(|_| String::from_utf8_lossy(raw), Cow::Borrowed),
    }
}

/// Visits what stands within the JSON at the cursor, which has been checked: each value that is no object and no list, with
/// what the catalogue says of it.
pub(super) fn leaves(
    kind: &Kind,
    cursor: &mut Cursor<'_>,
    take: &mut dyn FnMut(&Kind, TokenKind, &[u8]),
) -> Result<(), SyntaxError> {
    let text = cursor.text();
    match cursor.peek() {
        Some(b'{') => tree::visit_members(cursor, |cursor, key| {
            let fields = if let Kind::Object(fields) = kind { fields } else { &[][..] };
            let key = crate::json::unescape(tree::body(text, key));
            let field = fields.iter().find(|field| field.key == key);
            leaves(field.map_or(&Kind::Any, |field| &field.kind), cursor, take)
        }),
        Some(b'[') => tree::visit_items(cursor, |cursor, _| {
            leaves(if let Kind::List(inner) = kind { inner } else { &Kind::Any }, cursor, take)
        }),
        _ => {
            let token = cursor.token()?;
            take(kind, token.kind, &text[token.start..token.end]);
            Ok(())
        }
    }
}
