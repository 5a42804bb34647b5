//! Lines of a card: a label, what it says, and beside it, where there is room, how it stands on the wire.

use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{push_clip, push_spaces, width};
use crate::terminal::wrap::{HARD_SPACE, wrap, wrap_words};

/// A line of a card; more than one where its text is long.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fact {
    /// What it is about; empty where it belongs to the line above.
    pub label: String,
    /// A name within the label: a path, or the title of a field of a list's item.
    pub key: String,
    /// The columns of the keys of its label; worked out when it is laid out.
    pub key_columns: usize,
    /// What it says. A line end begins a new line.
    pub value: String,
    /// The colour of what it says.
    pub ink: Option<Ink>,
    /// Wire names, each with the raw value where it differs from what was said.
    pub wire: Vec<(String, String)>,
}

impl Fact {
    /// What it says of values of the payload.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.value).chain(self.wire.iter().map(|(_, raw)| &**raw))
    }
}

/// Narrower than this, nothing is laid out: there are no such terminals.
const NARROWEST: usize = 20;
const INDENT: usize = 2;
const GAP: usize = 2;
/// In so many columns there is room for long labels, so long ones.
const ROOMY: usize = 72;
/// In fewer the values need it more.
const NARROW: usize = 56;
const WIDEST_LABEL: usize = 32;
/// Decoded values are given so many columns before raw ones are stacked.
const VALUE: usize = 32;
/// Beyond this a value wraps rather than push its raw twin away.
const WIDEST_VALUE: usize = 64;
/// Raw values in fewer columns would only be dots.
const WIRE: usize = 24;

/// How the raw values of a line stand: the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// `is_field  false, is_wifi false`: the first name has a column.
    Joined,
    /// One below the other, names in a column.
    Stacked,
    /// One below the other, right after their names.
    Ragged,
}

/// The widths of a card.
#[derive(Clone, Copy, Debug)]
struct Widths {
    /// With the gap after it.
    label: usize,
    /// Of a line without wire names, of one with them.
    key: [usize; 2],
    value: usize,
    /// Wire names, within `wire`.
    name: usize,
    /// 0 where there is no room for raw values.
    wire: usize,
    /// How the raw values of a line stand.
    stand: Stand,
    /// Value, gap and raw values together.
    room: usize,
    /// A line of its own, below the label.
    line: usize,
    /// Whether long words are kept whole.
    wordy: bool,
    /// Whether values have less room than they would without what stands beside them.
    squeezes: bool,
    /// Whether what stands beside them has too little too.
    is_tight: bool,
    /// Whether lines have no limit.
    endless: bool,
}

/// Appends the lines. `wordy` says that labels are long, wire names are paths, and values are ids and addresses: these
/// are kept whole, and names that say no more than their labels give way to them.
pub(crate) fn push_facts(facts: &mut [Fact], look: Look, wordy: bool, out: &mut String) {
    let paint = Paint::new(look.color);
    let limit = look.width.max(NARROWEST);
    if wordy {
        align_keys(facts);
    }
    let mut widths = Widths::of(facts, limit, wordy);
    if wordy && widths.squeezes {
        for fact in facts.iter_mut().filter(|fact| fact.wire.iter().all(|(_, raw)| raw.is_empty())) {
            fact.wire.clear();
        }
        widths = Widths::of(facts, limit, wordy);
        if widths.is_tight {
            facts.iter_mut().for_each(|fact| fact.wire.clear());
            widths = Widths::of(facts, limit, wordy);
        }
    }
    for fact in facts {
        push_fact(fact, widths, paint, out);
    }
}

/// Keys of one label share a column; those of another need not be as wide.
fn align_keys(facts: &mut [Fact]) {
    for block in facts.chunk_by_mut(|_, next| next.label.is_empty()) {
        let columns = block.iter().map(|fact| width(&fact.key)).max().unwrap_or(0);
        block.iter_mut().for_each(|fact| fact.key_columns = columns);
    }
}

impl Widths {
    fn of(facts: &[Fact], width_limit: usize, wordy: bool) -> Widths {
        let most = |of: &dyn Fn(&Fact) -> usize| facts.iter().map(of).max().unwrap_or(0);
        let widest = match wordy && width_limit >= ROOMY {
            // Without a limit nothing is cut.
            true if width_limit == usize::MAX => usize::MAX,
            true => WIDEST_LABEL,
            // The longest of the common ones, in Chinese, has eight characters.
            false if width_limit >= NARROW => (width_limit / 4).clamp(16, 24),
            false => (width_limit / 4).max(10),
        };
        let label = most(&|fact| width(&fact.label)).min(widest);
        let label = if label == 0 { 0 } else { label + GAP };
        let room = width_limit.saturating_sub(INDENT + label);
        // Paths of undocumented fields, and titles within an item of a list: two columns of their own.
        let key = |wired: bool| {
            let keys = facts.iter().filter(|fact| fact.wire.is_empty() != wired).map(|fact| width(&fact.key));
            keys.max().unwrap_or(0).min(40).min(room / 2)
        };
        let key = [key(false), key(true)];
        let name = most(&|fact| fact.wire.first().map_or(0, |(name, _)| width(name))).min(24);
        let value = most(&|fact| match fact.wire.is_empty() {
            true => 0,
            false => inset(fact, key) + fact.value.split('\n').map(width).max().unwrap_or(0),
        })
        .min(WIDEST_VALUE);
        let wire = |stand| facts.iter().map(|fact| wire_width(fact, stand, name)).max().unwrap_or(0);
        let (stand, endless) = (Stand::Joined, width_limit == usize::MAX);
        let line = width_limit.saturating_sub(2 * INDENT);
        let mut widths = Widths {
            label,
            key,
            value,
            name,
            wire: wire(stand),
            stand,
            room,
            line,
            wordy,
            squeezes: false,
            is_tight: false,
            endless,
        };
        if value + GAP + widths.wire <= room {
            return widths;
        }
        let most = room.saturating_sub(GAP + value.min(VALUE));
        widths.stand = if wire(Stand::Stacked) <= most { Stand::Stacked } else { Stand::Ragged };
        let wanted = wire(widths.stand);
        (widths.squeezes, widths.is_tight) = (true, wanted > most);
        widths.wire = wanted.min(most);
        widths.value = value.min(room.saturating_sub(GAP + widths.wire));
        if widths.wire < wanted.min(WIRE) {
            (widths.wire, widths.value) = (0, room);
        }
        widths
    }
}

/// The columns that a key takes from the value.
fn inset(fact: &Fact, key: [usize; 2]) -> usize {
    let columns = key[usize::from(!fact.wire.is_empty())];
    match (fact.key.is_empty(), fact.key_columns) {
        (true, _) => 0,
        (false, 0) => columns + GAP,
        (false, own) => own.min(columns) + GAP,
    }
}

fn push_fact(fact: &Fact, widths: Widths, paint: Paint, out: &mut String) {
    let inset = inset(fact, widths.key);
    let whole = fact.wire.is_empty() || widths.wire == 0;
    let mut columns = if whole { widths.room } else { widths.value }.saturating_sub(inset);
    let mut wire = if whole { Vec::new() } else { wire_lines(fact, widths.stand, widths.name, widths.wire) };
    // A raw value that is too long takes the room that is free beside it.
    let widest = wire.iter().map(|line| width(line)).max().unwrap_or(0);
    let given = widest.saturating_sub(widths.wire).min(columns.saturating_sub(width(&fact.value)));
    columns -= given;
    // Where an id or an address is too long for its column, it takes the room beside it, or lines of its own.
    let word = if widths.wordy && !widths.endless { widest_word(&fact.value) } else { 0 };
    let below = word > widths.room.saturating_sub(inset) && word <= widths.line;
    if below {
        columns = widths.line;
        wire.clear();
    } else if word > columns && word <= widths.line {
        columns = widths.room - inset;
        wire.clear();
    }
    // Without a limit a long value is one line, for grep, and pushes its raw twin away.
    let limit = if widths.endless { usize::MAX } else { columns };
    let values = if widths.wordy || whole { wrap_words } else { wrap }(&fact.value, limit);
    let names = [(&fact.label, widths.label), (&fact.key, inset)].map(|(name, columns)| {
        let columns = columns.saturating_sub(GAP);
        (if widths.wordy { wrap(name, columns) } else { vec![name.as_str()] }, columns)
    });
    let named = match names.iter().all(|(lines, _)| lines.concat().is_empty()) {
        true => 0,
        false => names.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0),
    };
    let beside = if below { 0 } else { values.len().max(wire.len()) };
    for at in 0..named.max(beside) {
        let mut line = Cells { paint, spaces: INDENT, out };
        for ((lines, columns), ink) in names.iter().zip([Ink::Frame, Ink::Faint]).filter(|((_, c), _)| *c > 0)
        {
            line.push(lines.get(at).copied().unwrap_or_default(), Some(ink), *columns, *columns);
        }
        if !below {
            line.push(values.get(at).copied().unwrap_or_default(), fact.ink, columns, limit);
        }
        if let Some(wire) = wire.get(at) {
            line.push(wire, Some(Ink::Faint), widths.wire + given, widths.wire + given);
        }
        out.push('\n');
    }
    for value in values.iter().filter(|_| below) {
        Cells { paint, spaces: 2 * INDENT, out }.push(value, fact.ink, columns, limit);
        out.push('\n');
    }
}

/// The columns of the widest word that has nowhere to break: no space and no wide character.
fn widest_word(text: &str) -> usize {
    let words = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
    words.map(str::len).max().unwrap_or(0)
}

/// Cells side by side. Spaces are written only before something, so no line ends in one.
struct Cells<'o> {
    paint: Paint,
    spaces: usize,
    out: &'o mut String,
}

impl Cells<'_> {
    fn push(&mut self, text: &str, ink: Option<Ink>, columns: usize, limit: usize) {
        let mut taken = 0;
        // A long text may have been broken at any of its spaces.
        let text = text.trim_end_matches([' ', HARD_SPACE]);
        if !text.is_empty() {
            push_spaces(std::mem::take(&mut self.spaces), self.out);
            let (open, close) = ink.map_or(("", ""), |ink| self.paint.codes(ink));
            self.out.push_str(open);
            let start = self.out.len();
            taken = push_clip(text, limit, self.out);
            if self.out[start..].contains(HARD_SPACE) {
                let plain = self.out[start..].replace(HARD_SPACE, " ");
                self.out.replace_range(start.., &plain);
            }
            self.out.push_str(close);
        }
        self.spaces = self.spaces.saturating_add(columns.saturating_sub(taken) + GAP);
    }
}

/// The columns of [`wire_lines`] without a limit.
fn wire_width(fact: &Fact, stand: Stand, name_columns: usize) -> usize {
    let part = |(name, raw): &(String, String), column: bool| match (raw.is_empty(), column) {
        (true, _) => width(name),
        (false, true) => (name_columns + GAP).max(width(name) + 1) + width(raw),
        (false, false) => width(name) + 1 + width(raw),
    };
    let Some((first, rest)) = fact.wire.split_first() else { return 0 };
    match stand {
        Stand::Joined => part(first, true) + rest.iter().map(|wire| 2 + part(wire, false)).sum::<usize>(),
        Stand::Stacked => fact.wire.iter().map(|wire| part(wire, true)).max().unwrap_or(0),
        Stand::Ragged => fact.wire.iter().map(|wire| part(wire, false)).max().unwrap_or(0),
    }
}

/// Wire names and raw values: beside each other or, where they do not fit, one below the other.
fn wire_lines(fact: &Fact, stand: Stand, name_columns: usize, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (name, raw) in &fact.wire {
        let part = if raw.is_empty() { name.clone() } else { format!("{name} {raw}") };
        // While the widths are being worked out there is no limit yet, and one below the other is the question.
        let fits = |line: &String| limit < usize::MAX && width(line) + 2 + width(&part) <= limit;
        match lines.last_mut().filter(|line| stand == Stand::Joined || fits(line)) {
            Some(line) => line.extend([", ", &part]),
            None if raw.is_empty() || stand == Stand::Ragged => lines.push(part),
            None => {
                let mut line = name.clone();
                push_spaces((name_columns + GAP).saturating_sub(width(name)).max(1), &mut line);
                line.push_str(raw);
                lines.push(line);
            }
        }
    }
    lines
}
