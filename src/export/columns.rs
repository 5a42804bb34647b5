//! Which columns an event type has, and which of them somebody wants: functions of the catalogue.

use std::borrow::Cow;
use std::fmt;

use crate::catalog::{BODY, EVENT_CREATE_TIME, Event, Field, HEAD, Kind, is_secret_key};
use crate::engine::Seen;
use crate::json::DottedPath;
use crate::record::{Layout, Slot, flatten, slot, slots_of, twin_suffix};
use crate::secrets::without_secrets;
use crate::suggest::Unknown;
use crate::time::Unit;

/// What a user asks for; the default is the contract.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// These columns in this order, instead of all.
    pub columns: Option<Vec<String>>,
    /// A list, of which every item gets a row.
    pub explode: Option<String>,
    /// A last column `extra` with what the catalogue does not know, as JSON.
    pub extra: bool,
    /// Secret fields too, as the last columns before `extra`, so that the others stay where they are.
    pub secrets: bool,
}

/// Where a cell comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// The value in a slot.
    Value(usize),
    /// A list of scalars in a slot.
    Scalars(usize),
    /// The moment that a slot says.
    Moment(usize, Unit),
    /// What the value in a slot means: its kind has the labels.
    Label(usize, Kind),
    /// Which item of the exploded list the row is.
    Item,
    /// What a path leads to, by its number among [`Columns::paths`].
    Path(usize),
    /// The whole `event`.
    Body,
    /// What the catalogue does not know.
    Extra,
}

/// A column of the output.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub name: String,
    pub source: Source,
}

/// The list whose items get a row each.
#[derive(Clone, Debug)]
pub(crate) struct Explode {
    /// The slot of the list.
    pub slot: usize,
    /// The keys from the top of the document to it.
    pub steps: Vec<&'static str>,
    /// The kind of an item.
    pub item: Kind,
    /// The first of the slots that an item gets, after those of the event.
    pub base: usize,
}

/// The columns of an output: for one event type, or shared by all.
///
/// In their order: the header of the event without its secrets, with what that of its type has besides; the fields of its type as the catalogue has them,
/// each followed by its decoded twin (`_iso` for moments, `_label` for values that have labels). Names are the keys
/// on the wire, dotted where objects nest; `event.` stands before one that the header has too. Without a type (or for
/// one that the catalogue does not know) the last column is `event`, the whole body as JSON.
///
/// ```
/// use larkspect::export::{Columns, Wish};
/// let wish = Wish { columns: Some(vec!["create_time_iso".into(), "event".into()]), ..Wish::default() };
/// assert!(Columns::new(None, &wish).unwrap().names().eq(["create_time_iso", "event"]));
/// ```
#[derive(Clone, Debug)]
pub struct Columns {
    pub(crate) event: Option<&'static Event>,
    pub(crate) columns: Vec<Column>,
    pub(crate) explode: Option<Explode>,
    pub(crate) secrets: bool,
    /// The paths that columns were asked for by.
    pub(crate) paths: Vec<DottedPath>,
    /// How many slots a row has, those of an item included.
    pub(crate) slots: usize,
}

/// What a row is made from.
pub(crate) struct Row<'r> {
    pub seen: &'r Seen<'r>,
    pub slots: &'r [Slot],
    pub columns: &'r Columns,
    /// The number and the value of the item, where a list is exploded and not empty.
    pub item: Option<(usize, Slot)>,
}

/// A wish that cannot be fulfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsError {
    /// There is no column of this name, or no list to explode.
    Unknown(Unknown),
    /// The column of this name is one of the items of a list, and the list is not exploded.
    InItems {
        /// What was asked for.
        name: String,
        /// The list.
        list: String,
    },
    /// The column of this name holds a secret, and secrets were not asked for.
    Secret(String),
    /// The column of this name was asked for twice: rows with names have each only once.
    Twice(String),
    /// No columns at all.
    Empty,
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnsError::Unknown(unknown) => unknown.fmt(f),
            ColumnsError::InItems { name, list } => {
                write!(f, "`{}` is of the items of `{list}`: add --explode {list}", name.escape_debug())
            }
            ColumnsError::Secret(name) => write!(f, "`{name}` is a secret: ask with --show-secrets for it"),
            ColumnsError::Twice(name) => write!(f, "the column `{name}` is asked for twice"),
            ColumnsError::Empty => write!(f, "no columns are asked for"),
        }
    }
}

impl std::error::Error for ColumnsError {}

/// The column whose name does not come from the catalogue.
const EXTRA: &str = "extra";

impl Columns {
    /// The columns of a type, or those that every event has.
    ///
    /// # Errors
    ///
    /// A name that is not there, a secret that was not asked for, a column twice or none at all.
    pub fn new(event: Option<&'static Event>, wish: &Wish) -> Result<Columns, ColumnsError> {
        let layout = Layout::of(event);
        let explode = wish.explode.as_deref().map(|name| explode(&layout, name)).transpose()?;
        let names = names(&layout);
        let mut offer = Offer { explode: explode.as_ref(), ..Offer::default() };
        let mut paths = Vec::new();
        for (at, column) in layout.columns.iter().enumerate().filter(|(at, _)| *at != slot::SCHEMA) {
            if at == slot::EVENT_BASE {
                for field in header_extras(&layout) {
                    offer.push(field.key.to_owned(), Source::Path(paths.len()), field.secret);
                    paths.extend(DottedPath::parse(&format!("{HEAD}.{}", field.key)));
                }
            }
            offer.field(&names, &names[at], at, column.field);
        }
        let Offer { open, secret, .. } = offer;
        let body = Column { name: BODY.to_owned(), source: Source::Body };
        let extra = Column { name: EXTRA.to_owned(), source: Source::Extra };

        let mut columns = match &wish.columns {
            None => {
                let secret = secret.iter().filter(|_| wish.secrets);
                let body = Some(&body).filter(|_| event.is_none());
                open.iter().chain(body).chain(secret).cloned().collect()
            }
            Some(names) => {
                let mut chosen: Vec<Column> = Vec::with_capacity(names.len());
                let all = || open.iter().chain([&body, &extra]).chain(secret.iter().filter(|_| wish.secrets));
                for name in names {
                    if chosen.iter().any(|column| column.name == *name) {
                        return Err(ColumnsError::Twice(name.clone()));
                    }
                    match all().find(|column| column.name == *name) {
                        Some(column) => chosen.push(column.clone()),
                        None if secret.iter().any(|column| column.name == *name) => {
                            return Err(ColumnsError::Secret(name.clone()));
                        }
                        None => {
                            let known = all().map(|column| column.name.as_str());
                            let path = path(name, &layout, explode.as_ref(), known)?;
                            if !wish.secrets && path.keys().any(|key| is_secret_key(key.as_bytes())) {
                                return Err(ColumnsError::Secret(name.clone()));
                            }
                            chosen.push(Column { name: name.clone(), source: Source::Path(paths.len()) });
                            paths.push(path);
                        }
                    }
                }
                chosen
            }
        };
        if wish.extra && !columns.iter().any(|column| column.name == EXTRA) {
            columns.push(extra);
        }
        if columns.is_empty() {
            return Err(ColumnsError::Empty);
        }
        let items = explode.as_ref().map_or(0, |explode| match explode.item {
            Kind::Object(fields) => slots_of(fields),
            _ => 1,
        });
        let (secrets, slots) = (wish.secrets, layout.columns.len() + items);
        Ok(Columns { event, columns, explode, secrets, paths, slots })
    }

    /// JSON as it may be written: without its secrets, unless they were asked for.
    #[inline]
    pub(crate) fn shown<'j>(&self, json: &'j [u8]) -> Cow<'j, [u8]> {
        // What has no object has no keys: an empty list, or one of addresses.
        let open = json.len() <= 2 || self.secrets || memchr::memchr(b'{', json).is_none();
        if open { Cow::Borrowed(json) } else { without_secrets(json) }
    }

    /// The names, in the order of the output.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}

/// The path that is meant by a name that no column has.
///
/// # Errors
///
/// It is no path, or a bare name, which is more likely a slip: why there is no column of this name.
fn path<'c>(
    name: &str,
    layout: &Layout,
    explode: Option<&Explode>,
    known: impl Iterator<Item = &'c str>,
) -> Result<DottedPath, ColumnsError> {
    let mut of_items = false;
    for (slot, crate::record::Column { name: list, field, .. }) in layout.columns.iter().enumerate() {
        let inner = |rest: &str| rest.starts_with('.') || rest == "_item";
        if !matches!(field.kind, Kind::List(_)) || !name.strip_prefix(&**list).is_some_and(inner) {
            continue;
        }
        if explode.is_none_or(|explode| explode.slot != slot) {
            return Err(ColumnsError::InItems { name: name.to_owned(), list: list.clone() });
        }
        // All that an item has is known.
        of_items = true;
    }
    let path = DottedPath::parse(name).filter(|_| name.contains(['.', '[']) && !of_items);
    path.ok_or_else(|| {
        let known: Vec<&str> = known.collect();
        ColumnsError::Unknown(Unknown::among("column", name, &known))
    })
}

/// What the header of a type has besides, but for what fills a column that all have.
fn header_extras(layout: &Layout) -> impl Iterator<Item = &'static Field> {
    let fields = layout.event.map_or(&[][..], |event| event.header);
    fields.iter().filter(|field| field.key != EVENT_CREATE_TIME)
}

/// The name of each slot's column. The header comes first, so a field of the event gives way to its names.
fn names(layout: &Layout) -> Vec<String> {
    let is = |column: &crate::record::Column, name: &str| {
        column.name == name || column.twin().is_some_and(|twin| twin == name)
    };
    let header = |name: &str| {
        layout.columns.iter().any(|column| column.shared && is(column, name))
            || header_extras(layout).any(|field| field.key == name)
    };
    let name = |column: &crate::record::Column| {
        let name = &*column.name;
        let taken = !column.shared && (name == BODY || name == EXTRA || header(name));
        if taken { format!("{BODY}.{name}") } else { name.to_owned() }
    };
    layout.columns.iter().map(name).collect()
}

fn explode(layout: &Layout, name: &str) -> Result<Explode, ColumnsError> {
    let names = names(layout);
    for (at, column) in layout.columns.iter().enumerate() {
        if let (Kind::List(item), true) = (column.field.kind, names[at] == name) {
            let (steps, base) = (column.steps.clone(), layout.columns.len());
            return Ok(Explode { slot: at, steps, item: *item, base });
        }
    }
    let lists =
        names.iter().zip(&layout.columns).filter(|(_, column)| matches!(column.field.kind, Kind::List(_)));
    let lists: Vec<&str> = lists.map(|(name, _)| name.as_str()).collect();
    Err(ColumnsError::Unknown(Unknown::among("list", name, &lists)))
}

/// What can be had of an event type.
#[derive(Default)]
struct Offer<'e> {
    open: Vec<Column>,
    secret: Vec<Column>,
    explode: Option<&'e Explode>,
}

impl Offer<'_> {
    /// A field and its twin, or the fields of its items. `wire` are the names that twins may not take.
    fn field(&mut self, wire: &[String], name: &str, slot: usize, field: &'static Field) {
        match self.explode.filter(|explode| explode.slot == slot) {
            None => self.column(wire, name, slot, field.kind, field.secret),
            Some(explode) => {
                self.push(twin(wire, name, "item"), Source::Item, field.secret);
                match explode.item {
                    Kind::Object(fields) => {
                        for (at, inner) in flatten(fields, &[], false).into_iter().enumerate() {
                            let name = format!("{name}.{}", inner.name);
                            let secret = field.secret || inner.field.secret;
                            self.column(wire, &name, explode.base + at, inner.field.kind, secret);
                        }
                    }
                    kind => self.column(wire, name, explode.base, kind, field.secret),
                }
            }
        }
    }

    fn column(&mut self, wire: &[String], name: &str, slot: usize, kind: Kind, secret: bool) {
        let value = match kind {
            Kind::List(Kind::Object(_) | Kind::List(_)) => Source::Value(slot),
            Kind::List(_) => Source::Scalars(slot),
            _ => Source::Value(slot),
        };
        self.push(name.to_owned(), value, secret);
        if let Some(suffix) = twin_suffix(kind) {
            let source = match kind {
                Kind::Time(unit, _) => Source::Moment(slot, unit),
                _ => Source::Label(slot, kind),
            };
            self.push(twin(wire, name, suffix), source, secret);
        }
    }

    fn push(&mut self, name: String, source: Source, secret: bool) {
        let list = if secret { &mut self.secret } else { &mut self.open };
        list.push(Column { name, source });
    }
}

/// The name of a twin: `check_time_iso`, unless a field on the wire is called so.
fn twin(wire: &[String], name: &str, what: &str) -> String {
    let twin = format!("{name}_{what}");
    if wire.contains(&twin) { format!("{name}.{what}") } else { twin }
}
