//! Which columns an event type has, and which of them somebody wants: functions of the catalogue.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use crate::catalog::{BODY, EVENT_CREATE_TIME, Event, Field, HEAD, Kind, is_secret_key};
use crate::engine::Seen;
use crate::lang::{Lang, label, say};
use crate::query::{Name, Part, Spot, Way};
use crate::record::{Layout, Slot, flatten, slot, slots_of, twin_suffix};
use crate::secrets::without_secrets;
use crate::suggest::{Unknown, nearest};
use crate::time::Unit;

use super::tally::Tally;

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

impl Wish {
    /// Whether only what every event has is asked for: then the events of all types are rows of one table.
    pub fn suits_all(&self) -> bool {
        let layout = Layout::of(None);
        let has = |name: &String| name == BODY || Name::within(name.trim(), &layout).is_some();
        !self.extra
            && self.explode.is_none()
            && self.columns.iter().flatten().all(has)
            && self.columns.is_some()
    }
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
    /// What a name leads to, by its number among [`Columns::named`].
    Named(usize),
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
    /// Whether its field may have values that are not documented.
    pub open: bool,
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
    /// The names whose values are looked for in each event.
    pub(crate) named: Vec<Name>,
    /// Whether somebody chose them, and nobody misses the others.
    pub(crate) chosen: bool,
    /// How many slots a row has, those of an item included.
    pub(crate) slots: usize,
}

/// What a row is made from.
pub(crate) struct Row<'r> {
    pub seen: &'r Seen<'r>,
    pub spot: &'r Spot,
    pub slots: &'r [Slot],
    pub columns: &'r Columns,
    /// The number and the value of the item, where a list is exploded and not empty.
    pub item: Option<(usize, Slot)>,
    pub tally: &'r Tally,
}

impl Row<'_> {
    /// JSON as it may be written: without its secrets, which are counted, unless they were asked for.
    #[inline]
    pub fn shown<'j>(&self, json: &'j [u8]) -> Cow<'j, [u8]> {
        // What has no object has no keys: an empty list, or one of addresses.
        let open = json.len() <= 2 || self.columns.secrets || memchr::memchr(b'{', json).is_none();
        if open {
            return Cow::Borrowed(json);
        }
        let (json, gone) = without_secrets(json);
        self.tally.withhold(gone);
        json
    }
}

/// A wish that cannot be fulfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsError {
    /// There is no column of this name, or no list to explode.
    Unknown(Unknown),
    /// The column of this name counts the items of a list, and the list is not exploded.
    InItems {
        /// What was asked for.
        name: String,
        /// The list.
        list: String,
    },
    /// The column of this name holds a secret, and secrets were not asked for.
    Secret(String),
    /// No columns at all.
    Empty,
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl ColumnsError {
    /// What is wrong, in one language.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            ColumnsError::Unknown(unknown) => unknown.words(lang),
            ColumnsError::InItems { name, list } => {
                let name = name.escape_debug();
                say!(
                    lang,
                    "`{name}` 是 `{list}` 中各项的序号：请加 --explode {list}",
                    "`{name}` counts the items of `{list}`: add --explode {list}"
                )
            }
            ColumnsError::Secret(name) => say!(
                lang,
                "`{name}` 是秘密：要导出它请加 --show-secrets",
                "`{name}` is a secret: ask with --show-secrets for it"
            ),
            ColumnsError::Empty => say!(lang, "没有指定任何列", "no columns are asked for"),
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
    /// A name that is not there, a secret that was not asked for, or no columns at all.
    pub fn new(event: Option<&'static Event>, wish: &Wish) -> Result<Columns, ColumnsError> {
        let layout = Layout::of(event);
        let explode = wish.explode.as_deref().map(|name| explode(&layout, name)).transpose()?;
        let names = names(&layout);
        let mut offer = Offer { explode: explode.as_ref(), ..Offer::default() };
        let mut named = Vec::new();
        for (at, column) in layout.columns.iter().enumerate().filter(|(at, _)| *at != slot::SCHEMA) {
            if at == slot::EVENT_BASE {
                for field in header_extras(&layout) {
                    offer.push(field.key.to_owned(), Source::Named(named.len()), field);
                    named.extend(Name::within(&format!("{HEAD}.{}", field.key), &layout));
                }
            }
            offer.field(&names, &names[at], at, column.field);
        }
        let body = Column { name: BODY.to_owned(), source: Source::Body, open: true };
        let extra = Column { name: EXTRA.to_owned(), source: Source::Extra, open: true };

        let mut columns = match &wish.columns {
            None => {
                let secret = offer.secret.iter().filter(|_| wish.secrets);
                let body = Some(&body).filter(|_| event.is_none());
                offer.open.iter().chain(body).chain(secret).cloned().collect()
            }
            Some(names) => {
                let mut chosen: Vec<Column> = Vec::with_capacity(names.len());
                offer.open.extend([body, extra.clone()]);
                for name in names {
                    offer.choose(name.trim(), &layout, wish.secrets, &mut named, &mut chosen)?;
                }
                chosen
            }
        };
        let chosen = wish.columns.is_some();
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
        Ok(Columns { event, columns, explode, secrets, named, chosen, slots })
    }

    /// Each of them once: for rows that are objects, in which a key stands only once. What has the same name is the same.
    pub(crate) fn once(&mut self) {
        let mut names = HashSet::new();
        self.columns.retain(|column| names.insert(column.name.clone()));
    }

    /// The names, in the order of the output.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}

/// What is meant by a name that no column has: something that this type has by another name or title, or else whatever
/// any event may have.
fn meant(typed: &str, layout: &Layout) -> Result<Vec<Name>, Unknown> {
    if let Some(name) = Name::within(typed, layout) {
        return Ok(vec![name]);
    }
    match Name::titled_within(typed, layout) {
        Some(names) => Ok(names.iter().filter_map(|name| Name::within(name, layout)).collect()),
        None => Name::parse(typed).map(|name| vec![name]),
    }
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
    Err(ColumnsError::Unknown(Unknown::among(label("数组", "list"), name, &lists)))
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
            None => self.column(wire, name, slot, field.kind, field),
            Some(explode) => {
                self.push(twin(wire, name, "item"), Source::Item, field);
                match explode.item {
                    Kind::Object(fields) => {
                        for (at, inner) in flatten(fields, &[], false).into_iter().enumerate() {
                            let name = format!("{name}.{}", inner.name);
                            self.column(wire, &name, explode.base + at, inner.field.kind, inner.field);
                        }
                    }
                    kind => self.column(wire, name, explode.base, kind, field),
                }
            }
        }
    }

    fn column(&mut self, wire: &[String], name: &str, slot: usize, kind: Kind, field: &'static Field) {
        let value = match kind {
            Kind::List(Kind::Object(_) | Kind::List(_)) => Source::Value(slot),
            Kind::List(_) => Source::Scalars(slot),
            _ => Source::Value(slot),
        };
        self.push(name.to_owned(), value, field);
        if let Some(suffix) = twin_suffix(kind) {
            let source = match kind {
                Kind::Time(unit, _) => Source::Moment(slot, unit),
                _ => Source::Label(slot, kind),
            };
            self.push(twin(wire, name, suffix), source, field);
        }
    }

    fn push(&mut self, name: String, source: Source, field: &'static Field) {
        let list = if field.secret { &mut self.secret } else { &mut self.open };
        list.push(Column { name, source, open: field.open });
    }

    /// Adds the columns that are meant by a name: those of this name, or what it leads to in each event.
    fn choose(
        &self,
        typed: &str,
        layout: &Layout,
        secrets: bool,
        named: &mut Vec<Name>,
        chosen: &mut Vec<Column>,
    ) -> Result<(), ColumnsError> {
        // In the rows of its items a list is each of them.
        let of_items = self.explode.map(|_| typed.replace("[]", ""));
        let is_named = |column: &Column| column.name == typed || Some(&column.name) == of_items.as_ref();
        if let Some(column) = self.find(secrets, typed, is_named)? {
            chosen.push(Column { name: typed.to_owned(), ..column.clone() });
            return Ok(());
        }
        let (names, lists) =
            (self::names(layout), |at: &usize| matches!(layout.columns[*at].field.kind, Kind::List(_)));
        for list in (0..names.len()).filter(lists) {
            let Some(rest) = typed.strip_prefix(&*names[list]) else { continue };
            match self.explode.is_some_and(|explode| explode.slot == list) {
                // All that an item has is known.
                true if rest.starts_with('.') => {
                    return Err(self.unknown(Unknown::among(label("字段", "field"), typed, &[])));
                }
                false if rest == "_item" => {
                    return Err(ColumnsError::InItems { name: typed.to_owned(), list: names[list].clone() });
                }
                _ => {}
            }
        }
        let names = meant(typed, layout).map_err(|unknown| self.unknown(unknown))?;
        let alone = names.len() == 1;
        for name in names {
            let by_title = name.part == Part::Whole && name.base != typed;
            // Asked for by its title beside its name, a column is told from itself.
            let called = |name: &str, chosen: &[Column]| {
                let taken = by_title && alone && chosen.iter().any(|known| known.name == name);
                if by_title && !taken { name.to_owned() } else { typed.to_owned() }
            };
            let is_meant = |column: &Column| match (name.way(layout.event), column.source, name.part) {
                (Way::Slot(at), Source::Value(slot) | Source::Scalars(slot), Part::Whole | Part::Raw)
                | (Way::Slot(at), Source::Moment(slot, _), Part::Iso)
                | (Way::Slot(at), Source::Label(slot, _), Part::Label) => *at == slot,
                _ => false,
            };
            if let Some(column) = self.find(secrets, typed, is_meant)? {
                let source = match (column.source, name.part) {
                    (Source::Scalars(slot), Part::Raw) => Source::Value(slot),
                    (source, _) => source,
                };
                chosen.push(Column { name: called(&column.name, chosen), source, open: column.open });
                continue;
            }
            if !secrets && name.base.split(['.', '[']).any(|key| is_secret_key(key.as_bytes())) {
                return Err(ColumnsError::Secret(typed.to_owned()));
            }
            let title = called(&name.base, chosen);
            chosen.push(Column { name: title, source: Source::Named(named.len()), open: true });
            named.push(name);
        }
        Ok(())
    }

    /// The first column that is meant, if it is no secret that was not asked for.
    fn find(
        &self,
        secrets: bool,
        typed: &str,
        is_meant: impl Fn(&Column) -> bool,
    ) -> Result<Option<&Column>, ColumnsError> {
        match (
            self.open.iter().find(|column| is_meant(column)),
            self.secret.iter().find(|column| is_meant(column)),
        ) {
            (None, Some(_)) if !secrets => Err(ColumnsError::Secret(typed.to_owned())),
            (open, secret) => Ok(open.or(secret)),
        }
    }

    /// The same, with the column that is near.
    fn unknown(&self, unknown: Unknown) -> ColumnsError {
        // What has more behind a name that is known has said itself what is wrong.
        let names = self.open.iter().map(|column| column.name.as_str());
        let near = nearest(&unknown.name, names.filter(|name| !unknown.name.starts_with(name)));
        let near = near.map(str::to_owned);
        ColumnsError::Unknown(Unknown { near: near.or(unknown.near.clone()), ..unknown })
    }
}

/// The name of a twin: `check_time_iso`, unless a field on the wire is called so.
fn twin(wire: &[String], name: &str, what: &str) -> String {
    let twin = format!("{name}_{what}");
    if wire.contains(&twin) { format!("{name}.{what}") } else { twin }
}
