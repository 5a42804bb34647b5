//! Values that are good for certain, by a look at their bytes: what the walk would find nothing wrong with. Whatever
//! is not certain is left to the walk.

use crate::catalog::{Field, Kind, Presence, Word};
use crate::json::{
    Cursor, TokenKind, block, closes_after, digit_count, digits_end, has_lone_surrogate, number, plain_end,
};
use crate::record::Slot;
use crate::rules::value;

/// What is good for certain, by a look at its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Good {
    /// No value: only the bytes before it are compared, and more follow.
    Bytes,
    /// A string of at least so many bytes between its quotes.
    Text(u8),
    /// `true` or `false`.
    Flag,
    /// One digit, whose bit is set.
    Digit(u16),
    /// A string of up to fifteen digits, no idle zero before them.
    Moment,
    /// A number, its sign left out, below this.
    Degrees(u16),
    /// A string that holds a MAC address or nothing.
    Mac,
    /// A string that is one of these.
    Word(&'static [Word]),
    /// This string.
    Type(&'static str),
    /// A list without items or, if they may be, of URLs.
    List { urls: bool },
}

impl Good {
    /// What is good for a field.
    pub fn of(field: &Field) -> Option<Good> {
        Some(match field.kind {
            Kind::Text => Good::Text(u8::from(field.presence == Presence::Required)),
            Kind::Flag => Good::Flag,
            Kind::Choice(choices) => {
                let digits = choices.iter().filter(|choice| (0..=9).contains(&choice.value));
                Good::Digit(digits.fold(0, |bits, choice| bits | 1 << choice.value))
            }
            Kind::Seconds | Kind::Millis => Good::Moment,
            Kind::Longitude | Kind::Latitude => Good::Degrees(value::limit(field.kind)),
            Kind::Mac => Good::Mac,
            Kind::Word(words) => Good::Word(words),
            Kind::List(item) => Good::List { urls: matches!(item, Kind::Url) },
            Kind::Url | Kind::Integer | Kind::Day | Kind::Object(_) => return None,
        })
    }

    /// Whether it begins with a quote, which is then among the bytes before.
    pub fn is_quoted(self) -> bool {
        matches!(self, Good::Text(_) | Good::Moment | Good::Mac | Good::Word(_) | Good::Type(_))
    }
}

/// How long a string was, and how many times in a row: most are as long as the last one. What follows can then be
/// looked at before the string has been searched for its end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habit {
    length: u8,
    times: u8,
}

impl Habit {
    /// So many times make a habit.
    const ENOUGH: u8 = 4;

    #[inline(always)]
    fn holds(self, text: &[u8], at: usize) -> bool {
        self.times >= Habit::ENOUGH && closes_after(text, at, usize::from(self.length))
    }

    #[inline(always)]
    fn learn(&mut self, length: usize) {
        let same = usize::from(self.length) == length;
        self.times = if same { self.times.saturating_add(1) } else { 0 };
        self.length = length as u8;
    }
}

/// One past a value, what it is, and the number that it writes.
pub(crate) type Found = (usize, TokenKind, i64);

const PLAIN: TokenKind = TokenKind::String { escaped: false };

/// One past the quote that closes a string at `end`.
#[inline(always)]
fn closed(text: &[u8], end: usize) -> Option<usize> {
    (text.get(end) == Some(&b'"')).then_some(end + 1)
}

/// The value at `at` (after its quote, if it has one), if it is good for certain.
#[inline(always)]
pub(crate) fn find(good: Good, habit: &mut Habit, text: &[u8], at: usize) -> Option<Found> {
    Some(match good {
        Good::Bytes => (at, TokenKind::Null, Slot::NO_NUMBER),
        Good::Text(_) if habit.holds(text, at) => {
            (at + usize::from(habit.length) + 1, PLAIN, Slot::NO_NUMBER)
        }
        Good::Text(least) => {
            let end = plain_end(text, at);
            match text.get(end)? {
                b'"' if end - at >= usize::from(least) => {
                    habit.learn(end - at);
                    (end + 1, PLAIN, Slot::NO_NUMBER)
                }
                b'\\' => escaped(text, at)?,
                _ => return None,
            }
        }
        Good::Flag => match text.get(at..)?.first_chunk()? {
            [b't', b'r', b'u', b'e', _] => (at + 4, TokenKind::Bool(true), Slot::NO_NUMBER),
            b"false" => (at + 5, TokenKind::Bool(false), Slot::NO_NUMBER),
            _ => return None,
        },
        Good::Digit(bits) => {
            // A second digit is none of the bytes that follow in the template.
            let digit = text.get(at)?.wrapping_sub(b'0');
            if digit > 9 || bits >> digit & 1 == 0 {
                return None;
            }
            (at + 1, TokenKind::Number { integer: true }, i64::from(digit))
        }
        Good::Moment => {
            let block = block(text, at)?;
            let count = digit_count(block);
            if !(1..16).contains(&count) || (count > 1 && text[at] == b'0') {
                return None;
            }
            (closed(text, at + count)?, PLAIN, number(block, count) as i64)
        }
        Good::Degrees(limit) => {
            let (end, integer) = degrees(limit, text, at)?;
            (end, TokenKind::Number { integer }, Slot::NO_NUMBER)
        }
        Good::Mac => {
            let length = if text.get(at)? == &b'"' { 0 } else { 17 };
            if !value::is_mac(text.get(at..at + length)?) {
                return None;
            }
            (closed(text, at + length)?, PLAIN, Slot::NO_NUMBER)
        }
        Good::Word(words) => {
            let stands =
                |word: &&Word| text.get(at..).is_some_and(|text| text.starts_with(word.value.as_bytes()));
            let end = words.iter().filter(stands).find_map(|word| closed(text, at + word.value.len()))?;
            (end, PLAIN, Slot::NO_NUMBER)
        }
        Good::Type(name) => {
            if !text.get(at..)?.starts_with(name.as_bytes()) {
                return None;
            }
            (closed(text, at + name.len())?, PLAIN, Slot::NO_NUMBER)
        }
        Good::List { urls } => (list(urls, text, at)?, TokenKind::Array, Slot::NO_NUMBER),
    })
}

/// A string with escapes whose body begins at `at`.
#[cold]
fn escaped(text: &[u8], at: usize) -> Option<Found> {
    let token = Cursor::new(text, at - 1).string().ok()?;
    match has_lone_surrogate(&text[at..token.end - 1]) {
        None => Some((token.end, token.kind, Slot::NO_NUMBER)),
        Some(_) => None,
    }
}

/// One past a number of at most three digits before its point, below `limit` without its sign, and without an exponent;
/// and whether it is an integer.
#[inline(always)]
fn degrees(limit: u16, text: &[u8], at: usize) -> Option<(usize, bool)> {
    let first = at + usize::from(*text.get(at)? == b'-');
    let block = block(text, first)?;
    let whole = digit_count(block);
    if !(1..=3).contains(&whole)
        || (whole > 1 && text[first] == b'0')
        || number(block, whole) >= u64::from(limit)
    {
        return None;
    }
    let mut end = first + whole;
    let integer = text[end] != b'.';
    // An exponent is none of the bytes that follow in the template.
    if !integer {
        let fraction = end + 1;
        end = digits_end(text, fraction);
        if end == fraction {
            return None;
        }
    }
    Some((end, integer))
}

/// One past a list written without white space: empty or, if they may be, of URLs without escapes.
#[inline(always)]
fn list(urls: bool, text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)?.first_chunk()? {
        b"[]" => Some(at + 2),
        b"[\"" if urls => {
            let mut at = at + 1;
            loop {
                let end = plain_end(text, at + 1);
                match text.get(end..)?.first_chunk()? {
                    _ if !value::is_plain_url(&text[at + 1..end]) => return None,
                    b"\"]" => return Some(end + 2),
                    b"\"," if text.get(end + 2) == Some(&b'"') => at = end + 2,
                    _ => return None,
                }
            }
        }
        _ => None,
    }
}
