//! Conditions on events: `type=5`, `risk_result!=0`, `location_name~西湖`, `check_time.time>09:00`. Read, held against the
//! catalogue, and asked of each event by the kind of its field. What people see and what they type are the same: labels,
//! days and times are understood beside raw values.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering as Memory};

use crate::catalog::Kind;
use crate::engine::Seen;
use crate::json::{Cursor, Decimal};
use crate::lang::{Lang, Sentence, both, say};
use crate::time::Clock;

use super::literal::Literal;
use super::name::{Got, Name, Own, Part, is_same, item, leaves, text_of};
use super::select::{Times, Types};
use super::spot::Spot;
use super::value::{Class, Key, Numbers, flag, label};

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Equal,
    Unequal,
    Contains,
    Lacks,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The longer signs first: `<=` begins with `<`.
const SIGNS: [(&str, Test); 8] = [
    ("!=", Test::Unequal),
    ("!~", Test::Lacks),
    ("<=", Test::LessOrEqual),
    (">=", Test::GreaterOrEqual),
    ("=", Test::Equal),
    ("~", Test::Contains),
    ("<", Test::Less),
    (">", Test::Greater),
];

impl Test {
    /// Whether it asks which of two comes first.
    pub fn is_order(self) -> bool {
        !matches!(self, Test::Equal | Test::Unequal) && !self.is_search()
    }

    /// Whether it looks for a part of a text.
    pub fn is_search(self) -> bool {
        matches!(self, Test::Contains | Test::Lacks)
    }

    /// How it is written.
    pub fn sign(self) -> &'static str {
        SIGNS.iter().find(|(_, test)| *test == self).map_or("", |(sign, _)| sign)
    }
}

/// A condition that is none, or that no event can ever meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The condition as it was typed.
    pub condition: String,
    /// Which part of it is wrong.
    pub wrong: Range<usize>,
    /// Why, and what to write instead.
    pub why: Sentence,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why.text(Lang::En))
    }
}

/// A condition whose values are understood, to be asked of events.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What is asked about.
    pub name: Name,
    test: Test,
    /// Any of these; none where it is asked whether there is a value.
    values: Vec<Literal>,
    times: Times,
    /// Values that can never meet it, where others can.
    doubts: Vec<Doubt>,
    /// What came of it so far, on any thread.
    seen: Arc<Outcomes>,
}

/// Values that can never meet a condition.
#[derive(Clone, Debug)]
enum Doubt {
    /// Those of a kind, and why.
    Kind(Kind, Sentence),
    /// Event types, where none that is documented is asked for, until one is met.
    Types(Types),
}

/// What came of asking a condition.
#[derive(Debug, Default)]
struct Outcomes {
    /// An event was asked.
    asked: AtomicBool,
    /// An event had a value to be asked.
    met: AtomicBool,
    /// An event had a value that could have met it.
    possible: AtomicBool,
    /// One more than the place of the doubt about a value that an event had; 0 for none.
    doubted: AtomicUsize,
    /// Values that could not be read as what the field holds, and so not be compared.
    unread: AtomicU64,
}

/// Notes that something was seen. Mostly it has been before, and looking is cheaper than writing.
pub(super) fn note(flag: &AtomicBool) {
    if !flag.load(Memory::Relaxed) {
        flag.store(true, Memory::Relaxed);
    }
}

impl Condition {
    /// Reads a condition on events of these types, or of any where there are none, with times as `times` says.
    ///
    /// # Errors
    ///
    /// It is none, no event type has the field, or no event can ever have the value: what is wrong, and what was
    /// probably meant.
    pub fn parse(text: &str, types: &[Types], times: Times) -> Result<Condition, Refused> {
        let refuse = |wrong: Range<usize>, why: Sentence| Refused { condition: text.to_owned(), wrong, why };
        let at = text.find(['!', '<', '>', '=', '~']).unwrap_or(text.len());
        // A Chinese keyboard has them one key away.
        let wide = |range: Range<usize>| {
            let (start, wide, sign) = wide_sign(&text[range.clone()])?;
            let start = range.start + start;
            let why = both!("请写 {sign}，不要写 {wide}", "write {sign} instead of {wide}");
            Some(refuse(start..start + wide.len(), why))
        };
        let Some((sign, test)) = SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign)) else {
            if let Some(refused) = wide(0..text.len()) {
                return Err(refused);
            }
            let why = both!(
                "请写字段、= != ~ !~ < <= > >= 之一，再写值：type=5、location_name~西湖",
                "write a field, one of = != ~ !~ < <= > >=, and a value: type=5, location_name~西湖"
            );
            return Err(refuse(at..text.len(), why));
        };
        let trimmed = |range: Range<usize>| {
            let part = &text[range.clone()];
            let start = range.start + (part.len() - part.trim_start().len());
            start..start + part.trim().len()
        };
        let (of_name, of_value) = (trimmed(0..at), trimmed(at + sign.len()..text.len()));
        let typed = &text[of_name.clone()];
        let first = text[of_value.clone()].chars().next().map_or(0, char::len_utf8);
        if let Some(refused) = wide(of_name.clone()).or_else(|| wide(of_value.start..of_value.start + first))
        {
            return Err(refused);
        }
        if typed.is_empty() {
            let why = both!("{sign} 前面缺少字段", "a field is missing before {sign}");
            return Err(refuse(0..at.max(1), why));
        }
        let name = Name::parse_of(typed, types).map_err(|unknown| refuse(of_name, (&unknown).into()))?;
        let value = match &text[of_value.clone()] {
            // What other languages write for no text.
            "\"\"" | "''" => "",
            value => value,
        };
        if value.starts_with('=') && *test == Test::Equal {
            let why = both!("等于只写一个等号：{typed}{value}", "equal is one sign: {typed}{value}");
            return Err(refuse(of_value, why));
        }
        // What SQL and spreadsheets write for it.
        if let (Test::Less, Some(rest)) = (test, value.strip_prefix('>')) {
            let (range, rest) = (at..of_value.start + 1, rest.trim_start());
            let why = both!("不等于写作 !=：{typed}!={rest}", "unequal is written !=: {typed}!={rest}");
            return Err(refuse(range, why));
        }
        if value.is_empty() && !matches!(test, Test::Equal | Test::Unequal) {
            let why = both!(
                "{typed}{sign} 后面缺少值；没有值的事件满足 {typed}=",
                "a value is missing after {typed}{sign}; {typed}= holds where there is none"
            );
            return Err(refuse(at..text.len(), why));
        }
        let values = match value.is_empty() {
            true => Vec::new(),
            false => {
                values(&name, *test, value, times).map_err(|why| refuse(of_value, hinted(why, value)))?
            }
        };
        let doubts = doubts(&name, *test, &values, times);
        Ok(Condition { name, test: *test, values, times, doubts, seen: Arc::default() })
    }

    /// Whether an event meets the condition: of a list, whether an item does. What is absent is neither equal nor unequal
    /// to anything, and neither has nor lacks anything in it.
    #[inline]
    pub fn holds(&self, seen: &Seen<'_>, spot: &Spot) -> bool {
        let mut met = false;
        let is_presence = self.values.is_empty();
        let any = self.name.any(seen, spot, |got, part| {
            met = true;
            if is_presence { !got.is_empty() } else { self.is_met_by(&got, part) }
        });
        note(&self.seen.asked);
        if met {
            note(&self.seen.met);
        }
        any != (is_presence && self.test == Test::Equal)
    }

    /// Whether another zone could change its answer.
    pub fn is_zoned(&self) -> bool {
        let part = matches!(self.name.part, Part::Day | Part::Time | Part::Hour);
        let moment = |kind: &Kind| matches!(Class::of(kind, self.name.part), Class::Moment);
        part || self.name.own() == Some(Own::Day) || self.name.kinds.iter().any(|(kind, _)| moment(kind))
    }

    /// What there is to say once all events have been asked: that none had such a field, that no value could have met the
    /// condition, though those of other types can, or that some could not be read.
    pub fn words(&self, lang: Lang) -> Option<String> {
        let Outcomes { asked, met, unread, .. } = &*self.seen;
        let (typed, read) = (&self.name.typed, |flag: &AtomicBool| flag.load(Memory::Relaxed));
        if self.values.is_empty() || !read(asked) {
            return None;
        }
        if !read(met) {
            return Some(self.name.nowhere(lang));
        }
        let why = self.doubted().and_then(|doubt| match doubt {
            Doubt::Kind(_, why) => Some(why.text(lang).to_owned()),
            Doubt::Types(types) => types.mistake().map(|near| near.words(lang)).or_else(|| types.words(lang)),
        });
        if let Some(why) = why {
            return Some(say!(lang, "--where {typed}：{why}", "--where {typed}: {why}"));
        }
        let unread = unread.load(Memory::Relaxed);
        let are = if unread == 1 { "value of it could" } else { "values of it could" };
        (unread > 0).then(|| {
            say!(
                lang,
                "--where {typed}：有 {unread} 个值无法解读，按不满足条件处理",
                "--where {typed}: {unread} {are} not be read, and met nothing"
            )
        })
    }

    /// Whether it asks for what neither the documents nor the events have: a value, and where all events were asked
    /// (not `timed`) a field or a type.
    pub fn is_in_vain(&self, timed: bool) -> bool {
        let is_nowhere = self.seen.asked.load(Memory::Relaxed) && self.name.led_nowhere();
        match self.doubted() {
            Some(Doubt::Kind(..)) => true,
            Some(Doubt::Types(types)) => !timed || types.mistake().is_some(),
            None => !timed && is_nowhere && !self.values.is_empty(),
        }
    }

    /// What all events that had the field say, as long as none had a value that could have met it.
    fn doubted(&self) -> Option<&Doubt> {
        let place = self.seen.doubted.load(Memory::Relaxed).checked_sub(1)?;
        self.doubts.get(place).filter(|_| !self.seen.possible.load(Memory::Relaxed))
    }

    fn is_met_by(&self, got: &Got<'_>, part: Part) -> bool {
        let holds = match self.test {
            Test::Equal => self.values.iter().any(|value| self.equals(got, part, value)),
            Test::Unequal => !self.values.iter().any(|value| self.equals(got, part, value)),
            Test::Contains => self.values.iter().any(|value| contains(got, part, value, self.times)),
            Test::Lacks => !self.values.iter().any(|value| contains(got, part, value, self.times)),
            order => self.values.iter().any(|value| {
                self.order(got, part, value).is_some_and(|found| match order {
                    Test::Less => found.is_lt(),
                    Test::LessOrEqual => found.is_le(),
                    Test::Greater => found.is_gt(),
                    _ => found.is_ge(),
                })
            }),
        };
        // Once a value could have met it, no doubt is left to be told.
        if !self.doubts.is_empty() && !self.seen.possible.load(Memory::Relaxed) {
            self.doubt(got, holds);
        }
        holds
    }

    #[cold]
    fn doubt(&self, got: &Got<'_>, holds: bool) {
        let doubted = |doubt: &Doubt| match (doubt, got) {
            (Doubt::Kind(known, _), Got::Json { kind, .. }) => is_same(known, item(kind)),
            (Doubt::Types(types), Got::Type(_, event)) => {
                types.other(*event);
                !holds
            }
            _ => false,
        };
        match self.doubts.iter().position(doubted) {
            Some(place) => self.seen.doubted.store(place + 1, Memory::Relaxed),
            None => note(&self.seen.possible),
        }
    }

    fn equals(&self, got: &Got<'_>, part: Part, value: &Literal) -> bool {
        let class = got.class(part);
        // Two integers are what they are: no label is a number.
        if let (Class::Number(_) | Class::Choice(_), Some(typed)) = (class, value.integer)
            && let Some(found) = got.integer(part, self.times.zone)
        {
            return found == typed;
        }
        // And what is no number is what one is called.
        if let (Class::Choice(choices), None, Some(found)) =
            (class, &value.number, got.integer(part, self.times.zone))
        {
            let choice = choices.iter().find(|choice| choice.value == found);
            return choice.is_some_and(|choice| value.is_label(choice.label, Test::Equal));
        }
        let text = matches!(part, Part::Whole | Part::Raw | Part::Label).then(|| got.text());
        if text.as_ref().is_some_and(|text| value.is_text(text)) {
            return true;
        }
        // The name of a file does, wherever that is.
        if let Got::File(file) = got {
            return file.rsplit(['/', '\\']).next() == Some(&value.text);
        }
        match class {
            Class::Flag => text.is_some_and(|text| is_flag(&text, value)),
            Class::Word(_) => {
                is_called(got, value, Test::Equal) || text.is_some_and(|text| value.fits(&text, Test::Equal))
            }
            Class::Choice(_) if is_called(got, value, Test::Equal) => true,
            Class::Text | Class::Json => false,
            _ => self.order(got, part, value).is_some_and(Ordering::is_eq),
        }
    }

    /// How the value of an event stands to one that was typed: before, within, after it.
    fn order(&self, got: &Got<'_>, part: Part, value: &Literal) -> Option<Ordering> {
        let within = |below: bool, inside: bool| match (below, inside) {
            (true, _) => Ordering::Less,
            (false, true) => Ordering::Equal,
            (false, false) => Ordering::Greater,
        };
        let number = |found: &Decimal, typed: &Option<Decimal>| Some(found.cmp(typed.as_ref()?));
        let class = got.class(part);
        // Most numbers are integers of 64 bits: as such they are the same, and need no memory.
        if let Some(found) = got.integer(part, self.times.zone) {
            match (class, value.integer, &value.time_of_day) {
                (Class::Number(_) | Class::Choice(_), Some(typed), _) => return Some(found.cmp(&typed)),
                (Class::TimeOfDay, _, Some(span)) => {
                    return Some(within(found < span.start.0, found < span.end.0));
                }
                _ => {}
            }
        }
        // Rounding keeps the order: where two numbers differ rounded, so do they.
        if let (Class::Number(_), Some(typed), Some(found)) = (class, value.float, got.float())
            && found != typed
        {
            return found.partial_cmp(&typed);
        }
        if let (Class::Day, Some(day), Some(at)) =
            (class, &value.day_span, got.moment_of_day(self.times.zone))
        {
            return Some(within(at < day.start, at < day.end));
        }
        let Some(key) = got.key(part, self.times.zone) else {
            // Once for each, and what cannot be read is unequal to anything.
            let is_first = self.values.first().is_some_and(|first| std::ptr::eq(first, value));
            if is_first && self.test != Test::Unequal {
                self.seen.unread.fetch_add(1, Memory::Relaxed);
            }
            return None;
        };
        match (key, class) {
            (Key::Time(length), Class::Length) => Some(length.cmp(&value.length?)),
            (Key::Time(at), _) => {
                let span = match &value.again {
                    Some(again) if again.contains(&at) => again,
                    _ => value.span.as_ref()?,
                };
                Some(within(at < span.start, at < span.end))
            }
            (Key::Number(day), Class::Day) => number(&day, &value.day),
            (Key::Number(found), _) => number(&found, &value.number),
            (Key::Text(_), Class::Flag) => None,
            (Key::Text(text), _) => Some(text.cmp(&value.text)),
        }
    }
}

/// The first sign of a text as other keyboards have it: where it stands, and what to write.
fn wide_sign(text: &str) -> Option<(usize, &'static str, &'static str)> {
    const WIDE: [(&str, &str); 12] = [
        ("！＝", "!="),
        ("！～", "!~"),
        ("＜＝", "<="),
        ("＞＝", ">="),
        ("！", "!="),
        ("＝", "="),
        ("＜", "<"),
        ("＞", ">"),
        ("～", "~"),
        ("≠", "!="),
        ("≤", "<="),
        ("≥", ">="),
    ];
    text.char_indices().find_map(|(at, _)| {
        let (wide, sign) = WIDE.iter().find(|(wide, _)| text[at..].starts_with(wide))?;
        Some((at, *wide, *sign))
    })
}

/// Why a value is none, and that its comma may be why.
fn hinted(why: Sentence, value: &str) -> Sentence {
    if !value.contains('，') {
        return why;
    }
    let Sentence { zh, en } = why;
    both!("{zh}；值之间要用半角逗号 `,`，不能用全角逗号", "{en}; between values stands , instead of ，")
}

/// The values of a condition: one, or those between commas; one in double quotes is taken whole.
fn values(name: &Name, test: Test, text: &str, times: Times) -> Result<Vec<Literal>, Sentence> {
    let glob = name.own() == Some(Own::EventType) && !test.is_order();
    // A type may be named as people call it.
    let meant = |text: &str| {
        let types = Types::named(text);
        types.one().filter(|_| glob && !test.is_search()).unwrap_or(text).to_owned()
    };
    let suits = |literal: &Literal| suits(name, test, literal, times);
    let literal = |text: &str| {
        let literal = Literal::new(&meant(text), times, glob);
        if matches!(test, Test::Equal | Test::Unequal) { literal.whole(times) } else { literal }
    };
    let whole = literal(text);
    let parts = split(text)?;
    if parts.len() == 1 && !text.starts_with('"') {
        return suits(&whole).map(|()| vec![whole]);
    }
    if parts.len() > 1 && test.is_order() {
        let sign = test.sign();
        return Err(both!(
            "{sign} 只能比较一个值；要匹配多个值中的任意一个，用 = 或 !=",
            "one value is compared with {sign}; any of several with = or !="
        ));
    }
    // A label may have a comma in it.
    let is_label = |(kind, open): &(Kind, bool)| {
        whole.suits(Class::of(kind, name.part), *open, test, &name.base, times).is_ok()
    };
    if parts.len() > 1 && is_closed(name) && name.kinds.iter().any(is_label) {
        return Ok(vec![whole]);
    }
    let suitable = |part: String| {
        let literal = literal(&part);
        suits(&literal).map(|()| literal)
    };
    parts.into_iter().map(suitable).collect()
}

/// Parts a list at its commas, but not in double quotes, which are taken away; in them `""` is one.
fn split(text: &str) -> Result<Vec<String>, Sentence> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let quoted = match rest.strip_prefix('"') {
            Some(inner) => {
                let (part, after) = quoted(inner)?;
                let after = after.trim_start();
                if !after.is_empty() && !after.starts_with(',') {
                    return Err(both!(
                        "右引号后面多出 {after}；\"a \"\"b\"\"\" 是一个带引号的值",
                        "behind the closing quote stands {after}; \"a \"\"b\"\"\" is a value with quotes in it"
                    ));
                }
                Some((part, after))
            }
            None => None,
        };
        let (part, after) = quoted.unwrap_or_else(|| {
            let end = rest.find(',').unwrap_or(rest.len());
            (rest[..end].trim_end().to_owned(), &rest[end..])
        });
        if part.is_empty() {
            return Err(both!(
                "逗号旁边缺少值；\"a,b\" 是一个带逗号的值",
                "a value is missing beside a comma; \"a,b\" is one value with a comma in it"
            ));
        }
        parts.push(part);
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => return Ok(parts),
        }
    }
}

/// What stands before the quote that closes it, and what behind that.
fn quoted(inner: &str) -> Result<(String, &str), Sentence> {
    let (mut part, mut rest) = (String::new(), inner);
    loop {
        let (before, after) = rest.split_once('"').ok_or_else(|| {
            let [zh, en] = match inner {
                "" => [String::new(), String::new()],
                _ => [format!("{inner} 前面的"), format!(" before {inner}")],
            };
            both!(
                "{zh}引号没有闭合；\"a \"\"b\"\"\" 是一个带引号的值",
                "the quote{en} is not closed; \"a \"\"b\"\"\" is a value with quotes in it"
            )
        })?;
        part.push_str(before);
        let Some(more) = after.strip_prefix('"') else { return Ok((part, after)) };
        part.push('"');
        rest = more;
    }
}

fn is_closed(name: &Name) -> bool {
    let closed = |kind: &Kind| matches!(Class::of(kind, name.part), Class::Choice(_) | Class::Word(_));
    !name.kinds.is_empty() && name.kinds.iter().all(|(kind, open)| closed(kind) && !open)
}

/// Whether an event could have the value; otherwise what its field takes instead.
fn suits(name: &Name, test: Test, literal: &Literal, times: Times) -> Result<(), Sentence> {
    let own = name.own().map(|own| match own {
        Own::File | Own::EventType => Class::Text,
        Own::Line => Class::Number(Numbers::Lines),
        Own::Delay => Class::Length,
        Own::Day => Class::Day,
    });
    // Whatever stands there in events of types that nobody knows is the event's own.
    if name.is_own() || name.kinds.is_empty() && own.is_none() {
        return literal.suits(Class::of(&Kind::Any, name.part), true, test, &name.base, times);
    }
    let documented = name.kinds.iter().map(|(kind, open)| (Class::of(kind, name.part), *open));
    let mut why = None;
    for (class, open) in documented.chain(own.map(|class| (class, false))) {
        match literal.suits(class, open, test, &name.base, times) {
            Ok(()) => return Ok(()),
            Err(complaint) => _ = why.get_or_insert(complaint),
        }
    }
    why.map_or(Ok(()), Err)
}

/// What the kinds of a field whose values could be none of these take instead.
fn doubts(name: &Name, test: Test, values: &[Literal], times: Times) -> Vec<Doubt> {
    if name.own() == Some(Own::EventType) {
        let types = values.iter().map(|value| Types::named(&value.text));
        return types.filter(|types| test == Test::Equal && !types.are_known()).map(Doubt::Types).collect();
    }
    let doubt = |(kind, open): &(Kind, bool)| {
        let class = Class::of(kind, name.part);
        let mut first = None;
        for value in values {
            match value.suits(class, *open, test, &name.base, times) {
                Ok(()) => return None,
                Err(why) => _ = first.get_or_insert(hinted(why, &value.text)),
            }
        }
        Some(Doubt::Kind(*item(kind), first?))
    };
    name.kinds.iter().filter_map(doubt).collect()
}

/// Whether a value holds what was typed: in its text, or in what it is called.
fn contains(got: &Got<'_>, part: Part, value: &Literal, times: Times) -> bool {
    // Of a part of a moment nobody means the digits of the timestamp.
    let is_part = matches!(part, Part::Day | Part::Time | Part::Hour | Part::Iso);
    if is_part || matches!(got, Got::DayOf(_) | Got::Length(_)) {
        let said = got.said(part, Lang::En, &mut Clock::new(times.zone));
        return said.is_some_and(|said| value.fits(&said, Test::Contains));
    }
    if value.fits(&got.text(), Test::Contains) {
        return true;
    }
    match (got.class(part), got) {
        (Class::Choice(_) | Class::Word(_), _) => is_called(got, value, Test::Contains),
        (Class::Flag, _) => is_flag(&got.text(), value),
        (Class::Text, Got::Type(_, Some(event))) => {
            part == Part::Whole && value.is_label(event.title, Test::Contains)
        }
        // As it is shown.
        (Class::Day, Got::Json { raw, .. }) => {
            let digits = String::from_utf8_lossy(raw);
            let day =
                digits.split_at_checked(4).and_then(|(year, rest)| Some((year, rest.split_at_checked(2)?)));
            day.is_some_and(|(year, (month, day))| format!("{year}-{month}-{day}").contains(&value.text))
        }
        (Class::Json, Got::Json { kind, raw, .. }) => {
            let mut found = false;
            let walked = leaves(kind, &mut Cursor::new(raw, 0), &mut |kind, token, raw| {
                let text = text_of(token, raw);
                found |= value.fits(&text, Test::Contains)
                    || label(kind, token, raw).is_some_and(|label| value.is_label(label, Test::Contains));
            });
            walked.is_ok() && found
        }
        _ => false,
    }
}

/// Whether a flag is set as it was typed.
fn is_flag(text: &str, value: &Literal) -> bool {
    value.flag.is_some() && flag(text) == value.flag
}

/// Whether what was typed is what the number or word is called, or part of that.
fn is_called(got: &Got<'_>, value: &Literal, test: Test) -> bool {
    let Got::Json { kind, token, raw, .. } = got else { return false };
    label(kind, *token, raw).is_some_and(|label| value.is_label(label, test))
}
